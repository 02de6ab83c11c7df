/* layout.h - blocks, articles and notes of a document as blobs (see layout.c). */
#ifndef MILL_LAYOUT_H
#define MILL_LAYOUT_H

#include "../core/buffer.h"
#include "../textmill.h"

/* block.reason is NULL here; `reason` lies in the blob, not terminated. */
struct layout_block { mill_block block; mill_span folded; const char *reason; uint32_t reason_len; };
struct layout_article { mill_article article; mill_span folded; };
struct layout {
  struct layout_block *blocks; uint32_t n_blocks, block_capacity;
  struct layout_article *articles; uint32_t n_articles, article_capacity;
};

/* Blocks and articles of a folded text with their spans in clean and in folded text; reasons are the
** text's. l: zeroed or reused. 0 or MILL_ENOMEM. */
int layout_of(const mill_text *t, struct layout *l);
void layout_encode(const struct layout *l, mill_buffer *out);
/* l: zeroed or reused. 0, MILL_ECORRUPT or MILL_ENOMEM. */
int layout_decode(const void *blob, size_t n, struct layout *l);
void layout_free(struct layout *l);
/* Is this block outside of what search reads unless asked? */
int layout_is_rest(const mill_block *b);

/* The block a folded position belongs to: the last that begins at or before
** it, else the first; MILL_NONE without blocks. *hint: where the last call for
** a smaller position ended, 0 at first. */
uint32_t layout_block_at(const struct layout *l, uint32_t folded, uint32_t *hint);
/* Is this folded position in a block of boilerplate? *hint: as above. */
int layout_is_boilerplate(const struct layout *l, uint32_t folded, uint32_t *hint);

/* Removed glosses, repairs. *notes is the caller's. */
void notes_encode(const mill_text *t, mill_buffer *out);
int notes_decode(const void *blob, size_t n, mill_note **notes, size_t *count);

#endif
