/*
** forward.c - the forward index: one blob a document, its tokens in order.
**
**   format u8 | n tokens | n values | values... | tokens...
**
**   value   head u8: kind (3 bits), approx (3 bits), 0x40 = exact natural number
**           exact: varint; else three doubles value, lo, hi
**   token   code of the corpus id; a word's usual tag and kind stand in the
**           vocabulary, and a word that usually is a number takes the next
**           value. Code 0 announces an exception: flags u8, then
**             1 tag u8   2 kind u8   4 value: the next one   8 value: varint
**             16 no value
**           and the code of the id. In format 1 numbers were exceptions, too.
**   code    1 byte below 160; 2 bytes to 20,639; 3 to 1,003,679; else 255, u32
**
** Ids are given in order of first appearance, so that frequent words are the
** short ones. Token lengths are the words' lengths: joined, the words are the
** folded text.
*/
#include "forward.h"

#include <math.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "../core/alloc.h"
#include "codec.h"

enum { FORMAT = 2, EXACT = 0x40 };
enum { X_TAG = 1, X_KIND = 2, X_NEXT = 4, X_VALUE = 8, X_NONE = 16 };
enum { LONGEST = 15, AT_ONCE = 1024 }; /* bytes that writing a token takes, tokens between looks for room */
#define TWO 160u
#define THREE (TWO + 80u * 256u)
#define FIVE (THREE + 15u * 65536u)

/* One byte more may be written than the code has. */
static inline unsigned char *put_code(unsigned char *p, uint32_t id) {
  if (id < THREE) { /* no branch on which of both it is: nobody could foresee it */
    uint32_t two = id >= TWO, x = id - TWO * two;
    p[0] = (unsigned char)(x + (160 + (x >> 8) - x) * two);
    p[1] = (unsigned char)x;
    p += 1 + two;
  } else if (id < FIVE) {
    uint32_t x = id - THREE;
    *p++ = (unsigned char)(240 + (x >> 16));
    *p++ = (unsigned char)x;
    *p++ = (unsigned char)(x >> 8);
  } else {
    *p++ = 255;
    for (int k = 0; k < 4; k++) *p++ = (unsigned char)(id >> 8 * k);
  }
  return p;
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

static unsigned char *put_exception(unsigned char *p, int flags, const mill_tokens *t, size_t k) {
  *p++ = 0;
  *p++ = (unsigned char)flags;
  if (flags & X_TAG) *p++ = t->tag[k];
  if (flags & X_KIND) *p++ = t->kind[k];
  if (flags & X_VALUE) p = write_varint(p, t->value[k]);
  return p;
}

static int is_number(uint32_t shape) { return shape >> 8 == MILL_KIND_NUMBER; }

/* What the word's usual shape does not say of token k. */
static int exceptions(const mill_tokens *t, size_t k, uint32_t shape, uint32_t next) {
  int flags = (t->tag[k] != (shape & 0xff) ? X_TAG : 0) | (t->kind[k] != shape >> 8 ? X_KIND : 0);
  uint32_t expected = is_number(shape) ? next : MILL_NONE;
  if (t->value[k] == expected) return flags;
  return flags | (t->value[k] == MILL_NONE ? X_NONE : t->value[k] == next ? X_NEXT : X_VALUE);
}

void forward_encode(const mill_tokens *t, const uint32_t *ids, const struct vocab *v,
                    mill_buffer *out) {
  mill_buffer_byte(out, FORMAT);
  put_varint(out, t->n);
  put_varint(out, t->n_values);
  for (size_t k = 0; k < t->n_values; k++) put_value(out, &t->values[k]);
  uint32_t next = 0;
  for (size_t k = 0; k < t->n;) {
    size_t end = t->n - k < AT_ONCE ? t->n : k + AT_ONCE;
    if (!mill_buffer_reserve(out, (end - k) * LONGEST)) return;
    unsigned char *p = (unsigned char *)out->bytes + out->len, *start = p;
    for (; k < end; k++) {
      uint32_t shape = v->shapes[ids[k]];
      if (vocab_shape(t->tag[k], t->kind[k]) != shape || t->value[k] != MILL_NONE || is_number(shape)) {
        int flags = exceptions(t, k, shape, next);
        if (flags != 0) p = put_exception(p, flags, t, k);
        if (t->value[k] != MILL_NONE) next = t->value[k] + 1;
      }
      p = put_code(p, ids[k]);
    }
    out->len += (size_t)(p - start);
  }
}

/* ---- reading */

struct head { uint64_t n, n_values; int numbers; }; /* numbers: take the next value unsaid */

static int open_blob(struct cursor *c, const void *blob, size_t n, struct head *h) {
  *c = (struct cursor){blob, (const unsigned char *)blob + n, 0};
  int format = blob != NULL ? get_byte(c) : 0;
  if (format != FORMAT && format != 1) return MILL_ECORRUPT;
  h->numbers = format == FORMAT;
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

/* Reads one token; `next` counts values as forward_encode did. */
static struct token get_token(struct cursor *c, const struct vocab *v, const struct head *h, uint32_t *next) {
  struct token t = {get_code(c), MILL_NONE, 0, 0};
  int flags = 0, tag = 0, kind = 0;
  if (t.id == 0 && !c->bad) {
    flags = get_byte(c);
    if (flags & X_TAG) tag = get_byte(c);
    if (flags & X_KIND) kind = get_byte(c);
    if (flags & X_VALUE) t.value = get_u32(c);
    t.id = get_code(c);
  }
  if (t.id == 0 || t.id > v->n) {
    c->bad = 1;
    return t;
  }
  uint32_t shape = v->shapes[t.id];
  if (flags & X_NEXT || (h->numbers && is_number(shape) && !(flags & (X_VALUE | X_NONE)))) t.value = *next;
  if (t.value != MILL_NONE) *next = t.value + 1;
  t.tag = (uint8_t)(flags & X_TAG ? (uint32_t)tag : shape);
  t.kind = (uint8_t)(flags & X_KIND ? (uint32_t)kind : shape >> 8);
  if (t.tag >= MILL_TAG_COUNT || t.kind > MILL_KIND_BREAK) c->bad = 1;
  return t;
}

/* ---- codes of one and two bytes, which are nearly all */

#define WIDTH 32u /* bytes looked at together */

struct signs { uint32_t leads, others; }; /* a bit a byte: may begin two bytes; no code that is meant here */

#if defined(__SSE2__)
static struct signs signs_of(const unsigned char *p) {
  struct signs out = {0, 0};
  for (unsigned k = 0; k < WIDTH; k += 16) {
    __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(p + k));
    __m128i lead = _mm_cmpeq_epi8(_mm_max_epu8(x, _mm_set1_epi8((char)TWO)), x);
    __m128i other = _mm_or_si128(_mm_cmpeq_epi8(_mm_max_epu8(x, _mm_set1_epi8((char)240)), x),
                                 _mm_cmpeq_epi8(x, _mm_setzero_si128()));
    out.leads |= (uint32_t)_mm_movemask_epi8(lead) << k;
    out.others |= (uint32_t)_mm_movemask_epi8(other) << k;
  }
  return out;
}
#else
static struct signs signs_of(const unsigned char *p) {
  struct signs out = {0, 0};
  for (unsigned k = 0; k < WIDTH; k++) {
    out.leads |= (uint32_t)(p[k] >= TWO) << k;
    out.others |= (uint32_t)(p[k] == 0 || p[k] >= 240) << k;
  }
  return out;
}
#endif

/* Those of the bytes that do begin two: in a row of such every other one, from its first.
** Adding the first of a row to it carries through to its end. */
static uint32_t begin_two(uint32_t leads) {
  uint32_t even = 0x55555555u, firsts = leads & ~(leads << 1);
  uint32_t from_odd = leads & (leads + (firsts & even)), from_even = leads & ~from_odd;
  return (from_even & even) | (from_odd & ~even);
}

static uint32_t highest_of(const uint32_t *ids, uint64_t n, uint32_t high) {
  for (uint64_t k = 0; k < n; k++) high = ids[k] > high ? ids[k] : high;
  return high;
}

/* Reads codes of one and two bytes, `most` at most, up to the first that is another, or
** nearly; how many. *highest: the largest of them, when it is larger. */
static uint64_t get_run(struct cursor *c, uint32_t *out, uint64_t most, uint32_t *highest) {
  uint64_t n = 0;
  while (most - n >= WIDTH && c->end - c->at > WIDTH) {
    struct signs s = signs_of(c->at);
    uint32_t twos = begin_two(s.leads), begins = ~(twos << 1), others = s.others & begins;
    if (others != 0) begins &= (others & (0u - others)) - 1;
    const unsigned char *p = c->at;
    for (uint32_t left = begins; left != 0; left &= left - 1) {
      const unsigned char *q = p + __builtin_ctz(left);
      uint32_t two = q[0] >= TWO, id = q[0] + (TWO + ((q[0] - TWO) << 8 | q[1]) - q[0]) * two;
      out[n++] = id;
    }
    if (others != 0) {
      c->at += __builtin_ctz(others);
      break;
    }
    c->at += WIDTH + (twos >> (WIDTH - 1));
  }
  *highest = highest_of(out, n, *highest);
  return n;
}

/* The code where a run ended, which may be of five bytes and 0. */
static uint32_t get_long(struct cursor *c, uint32_t *highest) {
  uint32_t id = get_code(c);
  if (id == 0) c->bad = 1;
  if (id > *highest) *highest = id;
  return id;
}

int forward_ids(const void *blob, size_t n, const struct vocab *v, uint32_t *ids) {
  struct cursor c;
  struct head h;
  uint32_t next = 0, highest = 0;
  if (open_blob(&c, blob, n, &h) < 0) return MILL_ECORRUPT;
  for (uint64_t k = 0; k < h.n_values; k++) get_value(&c);
  for (uint64_t k = 0; k < h.n && !c.bad; k++) {
    k += get_run(&c, ids + k, h.n - k, &highest);
    if (k == h.n) break;
    if (c.at < c.end && *c.at != 0) ids[k] = get_long(&c, &highest);
    else ids[k] = get_token(&c, v, &h, &next).id;
  }
  return c.bad || c.at != c.end || highest > v->n ? MILL_ECORRUPT : 0;
}

int forward_types(const void *blob, size_t n, const struct vocab *v, struct type_table *table,
                  uint32_t *types) {
  struct cursor c;
  struct head h;
  uint32_t next = 0, highest = 0;
  if (open_blob(&c, blob, n, &h) < 0) return MILL_ECORRUPT;
  for (uint64_t k = 0; k < h.n_values; k++) get_value(&c);
  for (uint64_t k = 0; k < h.n && !c.bad; k++) {
    k += get_run(&c, types + k, h.n - k, &highest);
    if (k == h.n) break;
    if (c.at < c.end && *c.at != 0) {
      types[k] = get_long(&c, &highest);
      continue;
    }
    struct token t = get_token(&c, v, &h, &next);
    types[k] = t.id;
    if (c.bad || t.id > table->known) c.bad = 1;
    else if (vocab_shape(t.tag, t.kind) != v->shapes[t.id] &&
             (types[k] = types_other(table, (struct word_type){t.id, t.tag, t.kind})) == 0)
      return MILL_ENOMEM;
  }
  return c.bad || c.at != c.end || highest > table->known ? MILL_ECORRUPT : 0;
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

/* Tokens of their words' usual shapes, whose ids stand in t->word from k on; the byte behind them. */
static uint64_t give_shapes(mill_tokens *t, size_t k, size_t end, uint64_t at, const struct vocab *v, int numbers,
                            uint32_t *next, int *bad) {
  for (; k < end; k++) {
    uint32_t id = t->word[k], shape = v->shapes[id];
    t->start[k] = (uint32_t)at;
    t->tag[k] = (uint8_t)shape;
    t->kind[k] = (uint8_t)(shape >> 8);
    t->value[k] = numbers && is_number(shape) ? (*next)++ : MILL_NONE;
    if (t->tag[k] >= MILL_TAG_COUNT || t->kind[k] > MILL_KIND_BREAK) *bad = 1;
    at += v->words[id].len;
  }
  return at;
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
    uint32_t highest = 0;
    size_t end = k + get_run(&c, t->word + k, t->n - k, &highest);
    if (highest > v->n) return MILL_ECORRUPT;
    at = give_shapes(t, k, end, at, v, h.numbers, &next, &c.bad);
    if (next > t->n_values || at > MILL_MAX_BYTES) c.bad = 1;
    if ((k = end) == t->n) break;
    struct token x = get_token(&c, v, &h, &next);
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
