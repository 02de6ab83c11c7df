/*
** codec.h - varints and bounds-checked reading for the stored blobs.
** Little-endian everywhere; a reader that ran out of bytes stays `bad`.
*/
#ifndef MILL_CODEC_H
#define MILL_CODEC_H

#include <stdint.h>
#include <string.h>

#include "../core/buffer.h"

struct cursor { const unsigned char *at, *end; int bad; };

static inline void put_varint(mill_buffer *b, uint64_t x) {
  for (; x >= 0x80; x >>= 7) mill_buffer_byte(b, (int)(x & 0x7f) | 0x80);
  mill_buffer_byte(b, (int)x);
}

static inline unsigned char *write_varint(unsigned char *p, uint32_t x) {
  for (; x >= 0x80; x >>= 7) *p++ = (unsigned char)(x | 0x80);
  *p++ = (unsigned char)x;
  return p;
}

static inline uint64_t get_varint(struct cursor *c) {
  uint64_t x = 0;
  for (unsigned shift = 0; shift < 64 && c->at < c->end; shift += 7) {
    unsigned char byte = *c->at++;
    x |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return x;
  }
  c->bad = 1;
  c->at = c->end;
  return 0;
}

/* A varint that must fit 32 bits. */
static inline uint32_t get_u32(struct cursor *c) {
  uint64_t x = get_varint(c);
  if (x > UINT32_MAX) c->bad = 1;
  return (uint32_t)x;
}

static inline int get_byte(struct cursor *c) {
  if (c->at < c->end) return *c->at++;
  c->bad = 1;
  return 0;
}

static inline void put_double(mill_buffer *b, double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  for (int k = 0; k < 8; k++) mill_buffer_byte(b, (int)(bits >> 8 * k & 0xff));
}

static inline double get_double(struct cursor *c) {
  uint64_t bits = 0;
  for (int k = 0; k < 8; k++) bits |= (uint64_t)get_byte(c) << 8 * k;
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}

/* Numbers of the index: most of one byte. A byte below CODE_ENDS ends a number, others
** are digits of base 16 without a zero before it, so 2 bytes reach 4,079, 3 reach 65,519.
** Behind what is read must stand a zero byte: it ends what is damaged. */
#define CODE_ENDS 240u
#define CODE_MOST 8u /* bytes of a number */

/* One byte more may be written than the number has: without a branch on whether it
** has one or two, which nobody could foresee. */
static inline unsigned char *write_code(unsigned char *p, uint32_t x) {
  if (x < CODE_ENDS * 17) {
    uint32_t high = x / CODE_ENDS, low = x - high * CODE_ENDS, two = high > 0;
    p[0] = (unsigned char)(low + (CODE_ENDS - 1 + high - low) * two);
    p[1] = (unsigned char)low;
    return p + 1 + two;
  }
  unsigned char digits[CODE_MOST];
  uint32_t n = 0;
  for (uint32_t high = x / CODE_ENDS; high > 0; high = (high - 1) / 16)
    digits[n++] = (unsigned char)(CODE_ENDS + (high - 1) % 16);
  while (n > 0) *p++ = digits[--n];
  *p++ = (unsigned char)(x % CODE_ENDS);
  return p;
}

static inline const unsigned char *read_code(const unsigned char *p, uint32_t *x) {
  uint32_t high = 0;
  while (*p >= CODE_ENDS) high = high * 16 + (*p++ - CODE_ENDS) + 1;
  *x = high * CODE_ENDS + *p++;
  return p;
}

/* Moves over n numbers. NULL: there are not so many before end. */
static inline const unsigned char *skip_codes(const unsigned char *p, const unsigned char *end, uint64_t n) {
  while (n >= 8 && end - p >= 8) {
    uint64_t x;
    memcpy(&x, p, 8);
    x &= x << 1 & x << 2 & x << 3; /* the high bit of a byte: it is a digit */
    n -= (uint64_t)__builtin_popcountll(~x & UINT64_C(0x8080808080808080));
    p += 8;
  }
  while (n > 0 && p < end) n -= *p++ < CODE_ENDS;
  return n == 0 ? p : NULL;
}

/* n bytes, or NULL (and bad). Borrowed from the blob. */
static inline const char *get_bytes(struct cursor *c, uint64_t n) {
  if (n > (uint64_t)(c->end - c->at)) {
    c->bad = 1;
    c->at = c->end;
    return NULL;
  }
  const char *p = (const char *)c->at;
  c->at += n;
  return p;
}

#endif
