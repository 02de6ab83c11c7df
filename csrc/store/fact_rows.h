/*
** fact_rows.h - a document's facts as the rows they become: ids, spans, quotes and captures,
** made from its text alone (fact_rows.c), by any thread; facts.c writes them.
**
**   facts    one a fact given; those of one id share `first`, the first of them
**   mentions of fact k: from its `mentions` up to the next one's; the last fact has one behind it
**   text     all strings, terminated, one behind the other
*/
#ifndef MILL_FACT_ROWS_H
#define MILL_FACT_ROWS_H

#include "../core/buffer.h"
#include "store.h"

/* Columns that are text, in the order of mill_facts. */
enum fact_text {
  FACT_TYPE, FACT_SUBTYPE, FACT_ITEM, FACT_UNIT, FACT_APPROX, FACT_TIME_FROM, FACT_TIME_TO, FACT_TIME_GRAIN,
  FACT_TIME_CALENDAR, FACT_TIME_SOURCE, FACT_PLACE_CODE, FACT_PLACE, FACT_PLACE_LEVEL, FACT_PLACE_HOW,
  FACT_SCOPE, FACT_POLARITY, FACT_MODALITY, FACT_STATUS, FACT_ARGS, FACT_TEXTS
};

struct row_text { uint32_t at, len; }; /* in text; at MILL_NONE: null */

struct fact_row {
  char id[32];
  struct row_text texts[FACT_TEXTS];
  double value, lo, hi;
  int has_value, has_bounds;
  uint32_t article, first, mentions;
};

struct mention_row {
  mill_span raw, clean; /* clean.from MILL_NONE: not known */
  struct row_text quote, rule, version, captures;
};

struct link_row { uint32_t from, to; struct row_text kind; };

struct mill_fact_rows {
  unsigned char sha[32]; /* of the document's bytes */
  struct fact_row *facts; uint32_t n;
  struct mention_row *mentions; uint32_t n_mentions;
  struct link_row *links; uint32_t n_links;
  mill_buffer text;
  uint32_t facts_capacity, mentions_capacity, links_capacity; /* room, also of a document before */
  struct row_scratch *scratch;                                /* of making them */
};

#endif
