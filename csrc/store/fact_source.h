/*
** fact_source.h - a document's facts on their way into the file (facts.c): what the table
** mill_fact_source (fact_source.c) shows to the statement that stores them.
*/
#ifndef MILL_FACT_SOURCE_H
#define MILL_FACT_SOURCE_H

#include "fact_rows.h"
#include "internal.h"

struct storing {
  mill_corpus *c;
  const mill_fact_rows *rows;
  int64_t doc, pack;
  const char *version;
  int64_t *numbers; /* the row of each fact in the file */
  const mill_extraction *note; /* what they were made with; NULL: nothing to note */
};

#endif
