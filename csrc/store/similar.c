/*
** similar.c - what is kept of an article to compare it with others, and the
** same made anew from its text.
**
**   blocks of the article   title paragraph boilerplate paragraph caption
**   what counts             title paragraph             paragraph
**
** The pieces follow each other as if nothing stood between them: pages that
** show one report inside different frames, or cut it into other paragraphs,
** have equal shingles.
*/
#include "similar.h"

/* The next piece of the article's body at or behind block *k; 0: no more. */
static int next_piece(const struct layout *l, uint32_t article, uint32_t *k, mill_span *piece) {
  const struct layout_article *a = &l->articles[article];
  uint32_t first = a->article.first_block, n = a->article.n_blocks;
  if (n == 0) {
    *piece = a->folded;
    return (*k)++ == 0;
  }
  while (*k < n && layout_is_rest(&l->blocks[first + *k].block)) ++*k;
  if (*k >= n) return 0;
  *piece = l->blocks[first + (*k)++].folded;
  return 1;
}

void similar_sign(const mill_buffer *folded, const struct layout *l, uint32_t article, mill_sketch *out) {
  struct signing g;
  mill_span piece;
  signing_begin(&g);
  for (uint32_t k = 0; next_piece(l, article, &k, &piece);)
    if (piece.to <= folded->len) signing_add(&g, folded->bytes + piece.from, piece.to - piece.from);
  signing_end(&g, out);
}

int similar_store(mill_corpus *c, int64_t row, const mill_sketch *g, mill_error *err) {
  unsigned char bytes[MILL_SIGNATURE_BYTES];
  mill_signature_encode(g, bytes);
  sqlite3_stmt *s = sql_get(c, S_SIGNATURE_ADD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, row);
  sql_bind_bytes(s, 2, bytes, sizeof bytes);
  return sql_done(c, s, "storing a signature", err);
}

int similar_shingles(const mill_buffer *folded, const struct layout *l, uint32_t article,
                     uint64_t **hashes, uint32_t *capacity, size_t *n) {
  enum { ROOM = 1024 };
  struct shingler g = {0};
  mill_span piece;
  *n = 0;
  for (uint32_t k = 0; next_piece(l, article, &k, &piece);) {
    if (piece.to > folded->len) continue;
    for (size_t at = 0, len = piece.to - piece.from; at < len;) {
      if (mill_grow(hashes, capacity, *n + ROOM, sizeof **hashes) < 0) return MILL_ENOMEM;
      *n += shingles_next(&g, folded->bytes + piece.from, len, &at, *hashes + *n, ROOM);
    }
  }
  *n = shingles_distinct(*hashes, *n);
  return 0;
}
