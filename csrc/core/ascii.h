/* ascii.h - letters of markup and charset names: ASCII only, no locale. */
#ifndef MILL_ASCII_H
#define MILL_ASCII_H

#include <stddef.h>

static inline int ascii_lower(int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
static inline int ascii_is_letter(int c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static inline int ascii_is_digit(int c) { return c >= '0' && c <= '9'; }
static inline int ascii_is_blank(int c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}
/* Is s[0,n) the NUL-terminated lower-case word, in any case? */
static inline int ascii_same(const char *s, size_t n, const char *word) {
  size_t i = 0;
  for (; i < n && word[i] != 0; i++)
    if (ascii_lower((unsigned char)s[i]) != word[i]) return 0;
  return i == n && word[i] == 0;
}
/* Does s[0,n) begin with it? */
static inline int ascii_begins(const char *s, size_t n, const char *word) {
  for (size_t i = 0; word[i] != 0; i++)
    if (i >= n || ascii_lower((unsigned char)s[i]) != word[i]) return 0;
  return 1;
}

#endif
