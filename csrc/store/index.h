/* index.h - a document's articles into the index, or out of it. */
#ifndef MILL_INDEX_H
#define MILL_INDEX_H

#include "internal.h"

struct index_job {
  int64_t doc;
  const uint32_t *ids, *start; uint32_t n; /* tokens */
  const struct layout *layout;
  const int64_t *rows;   /* deleting: the articles' rows; NULL when adding */
  /* adding: makes the row of article a, which has so many words */
  int (*row_of)(void *context, uint32_t a, uint32_t words, int64_t *row, mill_error *err);
  void *context;
};
int index_document(mill_corpus *c, const struct index_job *job, mill_error *err);

/* The tokens of a document sorted into 2 lists an article, body and rest: list k
** is ids[ends[k-1], ends[k]), 0 where a word is not indexed; words[k] of it are. */
struct index_lists { uint32_t *ids, *ends, *words, n; }; /* they lie in the room that they were made in */
int index_lists_make(const struct vocab *v, const struct index_job *job, mill_buffer *room, struct index_lists *l);
static inline uint32_t index_list_from(const struct index_lists *l, uint32_t k) {
  return k == 0 ? 0 : l->ends[k - 1];
}

#endif
