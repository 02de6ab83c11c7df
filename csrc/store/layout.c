/*
** layout.c - blobs for the parts of a document and for what cleaning did.
**
**   layout  format u8 | n blocks | blocks | n articles | articles
**     block     kind level ordinal article clean folded reason
**     article   clean folded first_block n_blocks title+1
**   notes   format u8 | n | notes: kind*2+kept raw clean
**   span    from, length;  reason: length, bytes;  all varints
*/
#include "layout.h"

#include "../core/alloc.h"
#include "../core/map.h"
#include "codec.h"

enum { FORMAT = 1 };

/* ---- blocks and articles */

int layout_is_rest(const mill_block *b) {
  return b->kind == MILL_BLOCK_BOILERPLATE || b->kind == MILL_BLOCK_CAPTION ||
         b->kind == MILL_BLOCK_KEYWORDS;
}

static void put_span(mill_buffer *b, mill_span s) {
  put_varint(b, s.from);
  put_varint(b, s.to - s.from);
}

static mill_span get_span(struct cursor *c) {
  uint64_t from = get_varint(c), to = from + get_varint(c);
  if (from > MILL_MAX_BYTES || to > MILL_MAX_BYTES || to < from) c->bad = 1;
  return (mill_span){(uint32_t)from, (uint32_t)to};
}

static unsigned char *write_span(unsigned char *p, mill_span s) {
  return write_varint(write_varint(p, s.from), s.to - s.from);
}

enum { BLOCK_USUAL = 16, BLOCK_MOST = 2 + 7 * 5 }; /* bytes, but for the reason */

static void put_block(mill_buffer *out, const struct layout_block *b) {
  if (!mill_buffer_reserve(out, BLOCK_MOST)) return;
  unsigned char *start = (unsigned char *)out->bytes + out->len, *p = start;
  *p++ = b->block.kind;
  *p++ = b->block.level;
  p = write_varint(p, b->block.ordinal);
  p = write_varint(p, b->block.article);
  p = write_span(p, b->block.clean);
  p = write_span(p, b->folded);
  p = write_varint(p, b->reason_len);
  out->len += (size_t)(p - start);
  mill_buffer_append(out, b->reason, b->reason_len);
}

static void put_article(mill_buffer *out, const struct layout_article *a) {
  put_span(out, a->article.clean);
  put_span(out, a->folded);
  put_varint(out, a->article.first_block);
  put_varint(out, a->article.n_blocks);
  put_varint(out, a->article.title == MILL_NONE ? 0 : (uint64_t)a->article.title + 1);
}

void layout_encode(const struct layout *l, mill_buffer *out) {
  mill_buffer_reserve(out, BLOCK_USUAL * (l->n_blocks + l->n_articles + 1u));
  mill_buffer_byte(out, FORMAT);
  put_varint(out, l->n_blocks);
  for (size_t k = 0; k < l->n_blocks; k++) put_block(out, &l->blocks[k]);
  put_varint(out, l->n_articles);
  for (size_t k = 0; k < l->n_articles; k++) put_article(out, &l->articles[k]);
}

static struct layout_block block_of(const mill_text *t, const mill_block *b, uint32_t *next) {
  struct layout_block x = {.block = *b, .folded = map_to_next(t->fold_map, next, b->clean), .reason = b->reason};
  x.reason_len = b->reason != NULL ? (uint32_t)strlen(b->reason) : 0;
  x.block.reason = NULL;
  return x;
}

/* A text without articles is stored as one. */
int layout_of(const mill_text *t, struct layout *l) {
  const mill_article whole = {{0, (uint32_t)t->clean_len}, 0, (uint32_t)t->n_blocks, MILL_NONE};
  const mill_article *articles = t->n_articles > 0 ? t->articles : &whole;
  size_t n = t->n_articles > 0 ? t->n_articles : 1;
  uint32_t next = 0;
  if (mill_grow(&l->blocks, &l->block_capacity, t->n_blocks, sizeof *l->blocks) < 0 ||
      mill_grow(&l->articles, &l->article_capacity, n, sizeof *l->articles) < 0)
    return MILL_ENOMEM;
  l->n_blocks = (uint32_t)t->n_blocks;
  l->n_articles = (uint32_t)n;
  for (size_t k = 0; k < t->n_blocks; k++) l->blocks[k] = block_of(t, &t->blocks[k], &next);
  for (size_t k = 0; k < n; k++)
    l->articles[k] = (struct layout_article){articles[k], mill_map_to(t->fold_map, articles[k].clean)};
  return 0;
}

static struct layout_block get_block(struct cursor *c) {
  struct layout_block b = {0};
  b.block.kind = (uint8_t)get_byte(c);
  b.block.level = (uint8_t)get_byte(c);
  b.block.ordinal = (uint16_t)get_u32(c);
  b.block.article = get_u32(c);
  b.block.clean = get_span(c);
  b.folded = get_span(c);
  b.reason_len = get_u32(c);
  b.reason = get_bytes(c, b.reason_len);
  if (b.block.kind > MILL_BLOCK_BOILERPLATE) c->bad = 1;
  return b;
}

static struct layout_article get_article(struct cursor *c, uint32_t n_blocks) {
  struct layout_article a = {0};
  a.article.clean = get_span(c);
  a.folded = get_span(c);
  a.article.first_block = get_u32(c);
  a.article.n_blocks = get_u32(c);
  a.article.title = get_u32(c) - 1; /* 0 becomes MILL_NONE */
  if (a.article.first_block > n_blocks || a.article.n_blocks > n_blocks - a.article.first_block ||
      (a.article.title != MILL_NONE && a.article.title >= n_blocks))
    c->bad = 1;
  return a;
}

/* A count of things that take at least `size` bytes each. */
static uint32_t get_count(struct cursor *c, size_t size) {
  uint64_t n = get_varint(c);
  if (n > (uint64_t)(c->end - c->at) / size) {
    c->bad = 1;
    return 0;
  }
  return (uint32_t)n;
}

int layout_decode(const void *blob, size_t n, struct layout *l) {
  struct cursor c = {blob, (const unsigned char *)blob + n, 0};
  if (blob == NULL || get_byte(&c) != FORMAT) return MILL_ECORRUPT;
  l->n_blocks = l->n_articles = 0;
  uint32_t blocks = get_count(&c, 9);
  if (mill_grow(&l->blocks, &l->block_capacity, blocks, sizeof *l->blocks) < 0) return MILL_ENOMEM;
  while (l->n_blocks < blocks && !c.bad) l->blocks[l->n_blocks++] = get_block(&c);
  uint32_t articles = get_count(&c, 7);
  if (mill_grow(&l->articles, &l->article_capacity, articles, sizeof *l->articles) < 0)
    return MILL_ENOMEM;
  while (l->n_articles < articles && !c.bad)
    l->articles[l->n_articles++] = get_article(&c, l->n_blocks);
  for (uint32_t k = 0; k < l->n_blocks; k++)
    if (l->blocks[k].block.article >= l->n_articles) c.bad = 1;
  return c.bad || c.at != c.end ? MILL_ECORRUPT : 0;
}

uint32_t layout_block_at(const struct layout *l, uint32_t folded, uint32_t *hint) {
  if (l->n_blocks == 0) return MILL_NONE;
  while (*hint + 1 < l->n_blocks && l->blocks[*hint + 1].folded.from <= folded) ++*hint;
  return *hint;
}

int layout_is_boilerplate(const struct layout *l, uint32_t folded, uint32_t *hint) {
  uint32_t b = layout_block_at(l, folded, hint);
  if (b == MILL_NONE || l->blocks[b].block.kind != MILL_BLOCK_BOILERPLATE) return 0;
  return folded >= l->blocks[b].folded.from && folded < l->blocks[b].folded.to;
}

void layout_free(struct layout *l) {
  mem_free(l->blocks);
  mem_free(l->articles);
  memset(l, 0, sizeof *l);
}

/* ---- notes */

void notes_encode(const mill_text *t, mill_buffer *out) {
  mill_buffer_byte(out, FORMAT);
  put_varint(out, t->n_notes);
  for (size_t k = 0; k < t->n_notes; k++) {
    const mill_note *x = &t->notes[k];
    put_varint(out, (uint64_t)x->kind * 2 + (x->kept != 0));
    put_span(out, x->raw);
    put_span(out, x->clean);
  }
}

int notes_decode(const void *blob, size_t n, mill_note **notes, size_t *count) {
  struct cursor c = {blob, (const unsigned char *)blob + n, 0};
  *notes = NULL;
  *count = 0;
  if (blob == NULL || get_byte(&c) != FORMAT) return MILL_ECORRUPT;
  uint32_t many = get_count(&c, 5);
  if (many == 0) return c.bad ? MILL_ECORRUPT : 0;
  if ((*notes = mem_calloc(many, sizeof **notes)) == NULL) return MILL_ENOMEM;
  for (; *count < many && !c.bad; ++*count) {
    mill_note *x = &(*notes)[*count];
    uint32_t head = get_u32(&c);
    x->kind = (enum mill_edit)(head / 2 <= MILL_EDIT_MIXED ? head / 2 : MILL_EDIT_NONE);
    x->kept = (int)(head & 1);
    x->raw = get_span(&c);
    x->clean = get_span(&c);
  }
  return c.bad ? MILL_ECORRUPT : 0;
}
