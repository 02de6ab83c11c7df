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
