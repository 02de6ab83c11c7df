/*
** layout.c - blobs for the parts of a document and for what cleaning did.
**
**   layout  format u8 | n blocks | blocks | n articles | articles
**     block     head u8: kind (4 bits) and which of these are there | level u8, ordinal | article |
**               clean, folded: how far from the end of the block before, as it usually is one byte | clean
**               length | how much shorter the folded one is | reason
**     article   clean folded first_block n_blocks title+1
**   notes   format u8 | n | notes: kind*2+kept raw clean
**   span    from, length;  reason: length, bytes;  all varints; what may be below 0 is folded: 0 -1 1 -2...
**
** What is not there is 0, the article the one of the block before. Before schema 10 (format 1) a block
** was kind level ordinal article clean folded reason.
*/
#include "layout.h"

#include "../core/alloc.h"
#include "../core/map.h"
#include "codec.h"

enum { OLD_FORMAT = 1, FORMAT = 2, NOTES_FORMAT = 1 };
enum { KIND = 15, B_PLACE = 16, B_ARTICLE = 32, B_GAPS = 64, B_REASON = 128 };
_Static_assert((int)MILL_BLOCK_BOILERPLATE <= (int)KIND, "a kind has four bits");

/* Spans of the block before; the first one begins at 0. */
struct before { uint32_t article; int64_t clean, folded; };
static const struct before nothing_before = {0, -1, -1};

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

static unsigned char *write_signed(unsigned char *p, int64_t x) { /* of 33 bits at most */
  uint64_t y = (uint64_t)x << 1 ^ (uint64_t)(x >> 63);
  for (; y >= 0x80; y >>= 7) *p++ = (unsigned char)(y | 0x80);
  *p++ = (unsigned char)y;
  return p;
}

static int64_t get_signed(struct cursor *c) {
  uint64_t y = get_varint(c);
  return (int64_t)(y >> 1) ^ -(int64_t)(y & 1);
}

enum { BLOCK_USUAL = 5, BLOCK_MOST = 2 + 8 * 5 }; /* bytes, but for the reason */

static void put_block(mill_buffer *out, const struct layout_block *x, struct before *last) {
  const mill_block *b = &x->block;
  mill_span clean = b->clean, folded = x->folded;
  int64_t gap = clean.from - last->clean, folded_gap = folded.from - last->folded;
  int head = b->kind | (b->level != 0 || b->ordinal != 0 ? B_PLACE : 0);
  head |= (b->article != last->article ? B_ARTICLE : 0) | (gap != 1 || folded_gap != 1 ? B_GAPS : 0);
  head |= x->reason_len > 0 ? B_REASON : 0;
  if (!mill_buffer_reserve(out, BLOCK_MOST)) return;
  unsigned char *start = (unsigned char *)out->bytes + out->len, *p = start;
  *p++ = (unsigned char)head;
  if (head & B_PLACE) *p++ = b->level, p = write_varint(p, b->ordinal);
  if (head & B_ARTICLE) p = write_varint(p, b->article);
  if (head & B_GAPS) p = write_signed(write_signed(p, gap), folded_gap);
  p = write_varint(p, clean.to - clean.from);
  p = write_signed(p, (int64_t)(clean.to - clean.from) - (folded.to - folded.from));
  if (head & B_REASON) p = write_varint(p, x->reason_len);
  out->len += (size_t)(p - start);
  mill_buffer_append(out, x->reason, x->reason_len);
  *last = (struct before){b->article, clean.to, folded.to};
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
  struct before last = nothing_before;
  for (size_t k = 0; k < l->n_blocks; k++) put_block(out, &l->blocks[k], &last);
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

/* A span that begins so far from where the one before ended. */
static mill_span get_next_span(struct cursor *c, int64_t before, int64_t gap, int64_t length) {
  int64_t most = MILL_MAX_BYTES;
  if (gap < -most || gap > most || length < 0 || length > most || before + gap < 0 || before + gap > most - length) {
    c->bad = 1;
    return (mill_span){0, 0};
  }
  return (mill_span){(uint32_t)(before + gap), (uint32_t)(before + gap + length)};
}

static struct layout_block get_block(struct cursor *c, struct before *last) {
  struct layout_block b = {0};
  int head = get_byte(c);
  int64_t gap = 1, folded_gap = 1;
  b.block.kind = (uint8_t)(head & KIND);
  if (head & B_PLACE) b.block.level = (uint8_t)get_byte(c), b.block.ordinal = (uint16_t)get_u32(c);
  b.block.article = head & B_ARTICLE ? get_u32(c) : last->article;
  if (head & B_GAPS) gap = get_signed(c), folded_gap = get_signed(c);
  int64_t length = get_u32(c), shorter = get_signed(c);
  if (shorter < -(int64_t)MILL_MAX_BYTES || shorter > (int64_t)MILL_MAX_BYTES) c->bad = 1, shorter = 0;
  b.block.clean = get_next_span(c, last->clean, gap, length);
  b.folded = get_next_span(c, last->folded, folded_gap, length - shorter);
  if (head & B_REASON) b.reason_len = get_u32(c);
  b.reason = get_bytes(c, b.reason_len);
  if (b.block.kind > MILL_BLOCK_BOILERPLATE) c->bad = 1;
  *last = (struct before){b.block.article, b.block.clean.to, b.folded.to};
  return b;
}

static struct layout_block get_old_block(struct cursor *c) {
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
  int format = blob != NULL ? get_byte(&c) : 0;
  if (format != FORMAT && format != OLD_FORMAT) return MILL_ECORRUPT;
  struct before last = nothing_before;
  l->n_blocks = l->n_articles = 0;
  uint32_t blocks = get_count(&c, format == FORMAT ? 3 : 9);
  if (mill_grow(&l->blocks, &l->block_capacity, blocks, sizeof *l->blocks) < 0) return MILL_ENOMEM;
  while (l->n_blocks < blocks && !c.bad)
    l->blocks[l->n_blocks++] = format == FORMAT ? get_block(&c, &last) : get_old_block(&c);
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
  mill_buffer_byte(out, NOTES_FORMAT);
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
  if (blob == NULL || get_byte(&c) != NOTES_FORMAT) return MILL_ECORRUPT;
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
