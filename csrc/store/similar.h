/* similar.h - signatures of stored articles (see similar.c). */
#ifndef MILL_STORE_SIMILAR_H
#define MILL_STORE_SIMILAR_H

#include "../core/similar.h"
#include "internal.h"

/* Signature of an article (0-based): its body, without captions, keyword lists
** and boilerplate. A layout from the file may reach beyond the folded text: what
** does is left out. */
void similar_sign(const mill_buffer *folded, const struct layout *l, uint32_t article, mill_sketch *out);
/* Stores it for this row of mill_articles, if that is still there. 0 or MILL_E*. */
int similar_store(mill_corpus *c, int64_t row, const mill_sketch *g, mill_error *err);
/* The article's distinct shingles. *hashes: of `capacity`, reused, the caller's. */
int similar_shingles(const mill_buffer *folded, const struct layout *l, uint32_t article,
                     uint64_t **hashes, uint32_t *capacity, size_t *n);

#endif
