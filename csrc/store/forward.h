/* forward.h - the tokens of one document as a compact blob (see forward.c). */
#ifndef MILL_FORWARD_H
#define MILL_FORWARD_H

#include "../core/buffer.h"
#include "../textmill.h"
#include "types.h"

/* ids[k]: corpus id of token k. Appends the blob to out (sticky errors). */
void forward_encode(const mill_tokens *t, const uint32_t *ids, const struct vocab *v,
                    mill_buffer *out);
/* Number of tokens a blob says it holds (never more than its bytes), or
** MILL_ECORRUPT. */
int64_t forward_count(const void *blob, size_t n);
/* Decodes the ids alone: ids has room for forward_count. 0 or MILL_ECORRUPT. */
int forward_ids(const void *blob, size_t n, const struct vocab *v, uint32_t *ids);
/* Likewise the types, of a table that is as old as the vocabulary. 0, MILL_ECORRUPT or
** MILL_ENOMEM. */
int forward_types(const void *blob, size_t n, const struct vocab *v, struct type_table *table,
                  uint32_t *types);
/* Decodes everything. out: zeroed or reused; out->word gets CORPUS ids. */
int forward_decode(const void *blob, size_t n, const struct vocab *v, mill_tokens *out);

#endif
