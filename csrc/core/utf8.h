/*
** utf8.h - stepping through UTF-8. Everything here is for text already known
** to be valid (mill_utf8_valid), except utf8_next_lossy.
*/
#ifndef MILL_UTF8_H
#define MILL_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the sequence that begins with this lead byte: 1..4. */
static inline size_t utf8_length(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The code point at s (valid UTF-8); *len = its bytes. */
static inline uint32_t utf8_decode(const char *s, size_t *len) {
  const unsigned char *u = (const unsigned char *)s;
  if (u[0] < 0x80) return *len = 1, u[0];
  if (u[0] < 0xE0) return *len = 2, (u[0] & 31u) << 6 | (u[1] & 63u);
  if (u[0] < 0xF0)
    return *len = 3, (u[0] & 15u) << 12 | (u[1] & 63u) << 6 | (u[2] & 63u);
  return *len = 4, (u[0] & 7u) << 18 | (u[1] & 63u) << 12 | (u[2] & 63u) << 6 | (u[3] & 63u);
}

/* Writes c at out (room for 4); returns its bytes. c must be a scalar value. */
static inline size_t utf8_encode(uint32_t c, char *out) {
  if (c < 0x80) return out[0] = (char)c, 1;
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 63));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 63));
    out[2] = (char)(0x80 | (c & 63));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 63));
  out[2] = (char)(0x80 | (c >> 6 & 63));
  out[3] = (char)(0x80 | (c & 63));
  return 4;
}

/* Bytes that c takes. */
static inline size_t utf8_size(uint32_t c) {
  return 1u + (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);
}

/* The single character at s[0,n), or UINT32_MAX: there is none, or more. */
static inline uint32_t utf8_single(const char *s, size_t n) {
  size_t len;
  if (n == 0 || utf8_length((unsigned char)s[0]) != n) return UINT32_MAX;
  return utf8_decode(s, &len);
}

/* Is this byte a continuation byte? */
static inline int utf8_is_tail(unsigned char b) { return (b & 0xC0) == 0x80; }

/* Start of the character before s[i], i > 0. */
static inline size_t utf8_prev(const char *s, size_t i) {
  do i--;
  while (i > 0 && utf8_is_tail((unsigned char)s[i]));
  return i;
}

#endif
