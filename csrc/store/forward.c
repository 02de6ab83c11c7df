/*
** forward.c - the forward index: one blob a document, its tokens in order.
**
**   format u8 | n tokens | n values | values... | tokens...
**
**   value   head u8: kind (3 bits), approx (3 bits), 0x40 = exact natural number
**           exact: varint; else three doubles value, lo, hi
**   token   code of the corpus id; a word's usual tag and kind stand in the
**           vocabulary. Code 0 announces an exception: flags u8, then
**             1 tag u8   2 kind u8   4 value: the next one   8 value: varint
**           and the code of the id.
**   code    1 byte below 160; 2 bytes to 20,639; 3 to 1,003,679; else 255, u32
**
** Ids are given in order of first appearance, so that frequent words are the
** short ones. Token lengths are the words' lengths: joined, the words are the
** folded text.
*/
#include "forward.h"

#include <math.h>

#include "../core/alloc.h"
#include "codec.h"

enum { FORMAT = 1, EXACT = 0x40 };
enum { X_TAG = 1, X_KIND = 2, X_NEXT = 4, X_VALUE = 8 };
#define TWO 160u
#define THREE (TWO + 80u * 256u)
#define FIVE (THREE + 15u * 65536u)

static void put_code(mill_buffer *b, uint32_t id) {
  if (!mill_buffer_reserve(b, 5)) return;
  unsigned char *p = (unsigned char *)b->bytes + b->len;
  if (id < TWO) {
    p[0] = (unsigned char)id;
    b->len += 1;
  } else if (id < THREE) {
    p[0] = (unsigned char)(160 + ((id - TWO) >> 8));
    p[1] = (unsigned char)(id - TWO);
    b->len += 2;
  } else if (id < FIVE) {
    uint32_t x = id - THREE;
    p[0] = (unsigned char)(240 + (x >> 16));
    p[1] = (unsigned char)x;
    p[2] = (unsigned char)(x >> 8);
    b->len += 3;
  } else {
    p[0] = 255;
    for (int k = 0; k < 4; k++) p[1 + k] = (unsigned char)(id >> 8 * k);
    b->len += 5;
  }
}

static inline uint32_t get_code(struct cursor *c) {
  size_t left = (size_t)(c->end - c->at);
  const unsigned char *p = c->at;
  if (left >= 1 && p[0] < 160) return c->at += 1, p[0];
  if (left >= 2 && p[0] < 240) return c->at += 2, TWO + ((p[0] - 160u) << 8 | p[1]);
  if (left >= 3 && p[0] < 255)
    return c->at += 3, THREE + ((p[0] - 240u) << 16 | p[1] | (uint32_t)p[2] << 8);
  if (left >= 5 && p[0] == 255)
    return c->at += 5, p[1] | (uint32_t)p[2] << 8 | (uint32_t)p[3] << 16 | (uint32_t)p[4] << 24;
  c->bad = 1;
  c->at = c->end;
  return 0;
}

/* ---- writing */

static void put_value(mill_buffer *b, const mill_number *x) {
  int exact = x->lo == x->value && x->hi == x->value && x->value >= 0 &&
              x->value < 9007199254740992.0 && floor(x->value) == x->value &&
              !signbit(x->value);
  mill_buffer_byte(b, (x->kind & 7) | (x->approx & 7) << 3 | (exact ? EXACT : 0));
  if (exact) {
    put_varint(b, (uint64_t)x->value);
    return;
  }
  put_double(b, x->value);
  put_double(b, x->lo);
  put_double(b, x->hi);
}

static void put_exception(mill_buffer *b, int flags, const mill_tokens *t, size_t k) {
  mill_buffer_byte(b, 0);
  mill_buffer_byte(b, flags);
  if (flags & X_TAG) mill_buffer_byte(b, t->tag[k]);
  if (flags & X_KIND) mill_buffer_byte(b, t->kind[k]);
  if (flags & X_VALUE) put_varint(b, t->value[k]);
}

void forward_encode(const mill_tokens *t, const uint32_t *ids, const struct vocab *v,
                    mill_buffer *out) {
  mill_buffer_byte(out, FORMAT);
  put_varint(out, t->n);
  put_varint(out, t->n_values);
  for (size_t k = 0; k < t->n_values; k++) put_value(out, &t->values[k]);
  uint32_t next = 0;
  for (size_t k = 0; k < t->n; k++) {
    const struct vocab_word *w = &v->words[ids[k]];
    int flags = (t->tag[k] != w->tag ? X_TAG : 0) | (t->kind[k] != w->kind ? X_KIND : 0);
    if (t->value[k] != MILL_NONE) flags |= t->value[k] == next ? X_NEXT : X_VALUE;
    if (flags & (X_NEXT | X_VALUE)) next = t->value[k] + 1;
    if (flags != 0) put_exception(out, flags, t, k);
    put_code(out, ids[k]);
  }
}

/* ---- reading */

struct head { uint64_t n, n_values; };

static int open_blob(struct cursor *c, const void *blob, size_t n, struct head *h) {
  *c = (struct cursor){blob, (const unsigned char *)blob + n, 0};
  if (blob == NULL || get_byte(c) != FORMAT) return MILL_ECORRUPT;
  h->n = get_varint(c);
  h->n_values = get_varint(c);
  size_t left = (size_t)(c->end - c->at);
  return c->bad || h->n > left || h->n_values > left ? MILL_ECORRUPT : 0;
}

int64_t forward_count(const void *blob, size_t n) {
  struct cursor c;
  struct head h;
  return open_blob(&c, blob, n, &h) < 0 ? MILL_ECORRUPT : (int64_t)h.n;
}

static mill_number get_value(struct cursor *c) {
  mill_number x = {0};
  int head = get_byte(c);
  x.kind = (uint8_t)(head & 7);
  x.approx = (uint8_t)(head >> 3 & 7);
  if (head & EXACT) {
    x.value = x.lo = x.hi = (double)get_varint(c);
  } else {
    x.value = get_double(c);
    x.lo = get_double(c);
    x.hi = get_double(c);
  }
  return x;
}

struct token { uint32_t id, value; uint8_t tag, kind; };

/* Reads one token; `next` counts values as put_exception did. */
static struct token get_token(struct cursor *c, const struct vocab *v, uint32_t *next) {
  struct token t = {get_code(c), MILL_NONE, 0, 0};
  int flags = 0, tag = 0, kind = 0;
  if (t.id == 0 && !c->bad) {
    flags = get_byte(c);
    if (flags & X_TAG) tag = get_byte(c);
    if (flags & X_KIND) kind = get_byte(c);
    if (flags & X_NEXT) t.value = *next;
    if (flags & X_VALUE) t.value = get_u32(c);
    if (flags & (X_NEXT | X_VALUE)) *next = t.value + 1;
    t.id = get_code(c);
  }
  if (t.id == 0 || t.id > v->n) {
    c->bad = 1;
    return t;
  }
  t.tag = flags & X_TAG ? (uint8_t)tag : v->words[t.id].tag;
  t.kind = flags & X_KIND ? (uint8_t)kind : v->words[t.id].kind;
  if (t.tag >= MILL_TAG_COUNT || t.kind > MILL_KIND_BREAK) c->bad = 1;
  return t;
}

int forward_ids(const void *blob, size_t n, const struct vocab *v, uint32_t *ids) {
  struct cursor c;
  struct head h;
  uint32_t next = 0;
  if (open_blob(&c, blob, n, &h) < 0) return MILL_ECORRUPT;
  for (uint64_t k = 0; k < h.n_values; k++) get_value(&c);
  for (uint64_t k = 0; k < h.n && !c.bad; k++) {
    if (c.at < c.end && *c.at != 0) {
      ids[k] = get_code(&c);
      if (ids[k] == 0 || ids[k] > v->n) c.bad = 1;
    } else {
      ids[k] = get_token(&c, v, &next).id;
    }
  }
  return c.bad || c.at != c.end ? MILL_ECORRUPT : 0;
}

static int make_room(mill_tokens *t, const struct head *h) {
  if (h->n >= MILL_MAX_BYTES || h->n_values >= MILL_MAX_BYTES) return MILL_ECORRUPT;
  if (t->capacity < h->n + 1) {
    uint32_t size = (uint32_t)h->n + 1; /* start has one more than the others */
    mill_tokens_free(t);
    memset(t, 0, sizeof *t);
    t->start = mem_malloc(((size_t)size + 1) * sizeof *t->start);
    t->word = mem_malloc(size * sizeof *t->word);
    t->value = mem_malloc(size * sizeof *t->value);
    t->tag = mem_malloc(size);
    t->kind = mem_malloc(size);
    if (!t->start || !t->word || !t->value || !t->tag || !t->kind) return MILL_ENOMEM;
    t->capacity = size;
  }
  return mill_grow(&t->values, &t->values_capacity, h->n_values, sizeof *t->values);
}

int forward_decode(const void *blob, size_t n, const struct vocab *v, mill_tokens *t) {
  struct cursor c;
  struct head h;
  uint32_t next = 0;
  uint64_t at = 0;
  if (open_blob(&c, blob, n, &h) < 0) return MILL_ECORRUPT;
  int code = make_room(t, &h);
  if (code < 0) return code;
  t->n = (size_t)h.n;
  t->n_values = (size_t)h.n_values;
  for (size_t k = 0; k < t->n_values; k++) t->values[k] = get_value(&c);
  for (size_t k = 0; k < t->n && !c.bad; k++) {
    struct token x = get_token(&c, v, &next);
    if (c.bad) break;
    if (x.value != MILL_NONE && x.value >= t->n_values) c.bad = 1;
    t->start[k] = (uint32_t)at;
    t->word[k] = x.id;
    t->value[k] = x.value;
    t->tag[k] = x.tag;
    t->kind[k] = x.kind;
    at += v->words[x.id].len;
    if (at > MILL_MAX_BYTES) c.bad = 1;
  }
  t->start[t->n] = (uint32_t)at;
  return c.bad || c.at != c.end ? MILL_ECORRUPT : 0;
}
