/* document.h - what of a document is made before the corpus comes in (document.c): by
** the thread that writes, or by others ahead of it (workers.c). */
#ifndef MILL_DOCUMENT_H
#define MILL_DOCUMENT_H

#include "internal.h"

struct prepared {
  mill_buffer layout, notes;
  unsigned char *map, *fold_map; size_t map_len, fold_map_len;
  struct layout parts;
  char **titles;             /* of each article, as displayed; may be NULL */
  int64_t characters;
};
/* p: zeroed. 0 or MILL_E*; free in any case. */
int prepare_text(const mill_data *d, const mill_text *t, struct prepared *p, mill_error *err);
void prepared_free(struct prepared *p);

/* A document cut into words; prepared: NULL where it is to be made. */
struct cut {
  const mill_text *text;
  const mill_tokens *tokens;
  const struct prepared *prepared;
  const unsigned char *sha;
};
/* mill_corpus_add for tokens made without the words of the file, which are made again
** when it has such; sha: of the raw bytes. */
int document_add_cut(mill_corpus *c, const struct cut *d, const mill_source *source, mill_receipt *out,
                     mill_error *err);
/* Bytes that the corpus has get one more source, and are not cleaned again: 1. Not
** known: 0. */
int document_add_known(mill_corpus *c, const unsigned char sha[32], const mill_source *source,
                       mill_receipt *out, mill_error *err);
/* Does it have them? 1, 0 or MILL_E*. */
int document_is_known(mill_corpus *c, const unsigned char sha[32], mill_error *err);

#endif
