/*
** scan.h - small steps over folded UTF-8, shared by numbers, dates, blocks and
** recognisers. Nothing here reads behind s[n).
*/
#ifndef MILL_SCAN_H
#define MILL_SCAN_H

#include <string.h>

#include "utf8.h"

/* The code point at s[i] and its bytes; 0 and *len = 0 at the end. */
static inline uint32_t scan_peek(const char *s, size_t n, size_t i, size_t *len) {
  if (i >= n || i + utf8_length((unsigned char)s[i]) > n) return *len = 0, 0;
  return utf8_decode(s + i, len);
}

/* Bytes of the literal when s[i..) begins with it, else 0. */
static inline size_t scan_literal(const char *s, size_t n, size_t i, const char *literal) {
  /* nearly always: Han and marks differ in these */
  if (i >= n || s[i] != *literal || (literal[1] != 0 && (n - i < 2 || s[i + 1] != literal[1]))) return 0;
  size_t len = strlen(literal);
  return n - i >= len && memcmp(s + i, literal, len) == 0 ? len : 0;
}

/* Bytes of the first literal of a NULL-terminated list that stands at s[i];
** *which (may be NULL) says which one. Longer literals go first in the list. */
static inline size_t scan_any(const char *s, size_t n, size_t i, const char *const *list,
                              int *which) {
  for (int k = 0; list[k] != NULL; k++) {
    size_t len = scan_literal(s, n, i, list[k]);
    if (len > 0) {
      if (which != NULL) *which = k;
      return len;
    }
  }
  return 0;
}

/* Is the character at s[i] one of the characters of `set`? Bytes, or 0. */
static inline size_t scan_one_of(const char *s, size_t n, size_t i, const char *set) {
  while (*set != 0) {
    size_t len = utf8_length((unsigned char)*set);
    if (i + len <= n && memcmp(s + i, set, len) == 0) return len;
    set += len;
  }
  return 0;
}

static inline int scan_is_digit(const char *s, size_t n, size_t i) {
  return i < n && s[i] >= '0' && s[i] <= '9';
}

#endif
