/* index.h - writing a document's articles into FTS5, or taking them out. */
#ifndef MILL_INDEX_H
#define MILL_INDEX_H

#include "internal.h"

struct index_job {
  const uint32_t *ids, *start; uint32_t n; /* tokens */
  const struct layout *layout;
  const int64_t *rows;   /* deleting: the articles' rows; NULL when adding */
  /* adding: makes the row of article a, which has so many words */
  int (*row_of)(void *context, uint32_t a, uint32_t words, int64_t *row, mill_error *err);
  void *context;
};
int index_document(mill_corpus *c, const struct index_job *job, mill_error *err);

#endif
