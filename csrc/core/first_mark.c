/* first_mark.c - which of a few short strings comes first; see first_mark.h. */
#include "first_mark.h"

#include <stdint.h>
#include <string.h>

int first_mark_packed(const char *marks, size_t n) {
  size_t p = 0;
  while (p < n) {
    size_t len = (unsigned char)marks[p];
    if (len == 0 || len >= n - p) return 0;
    p += 1 + len;
  }
  return 1;
}

/* Does one of the marks begin s? */
static int stands(const char *s, size_t n, const char *marks, size_t marks_len, size_t *which) {
  *which = 0;
  for (size_t p = 0; p < marks_len; p += 1 + (unsigned char)marks[p], ++*which) {
    size_t len = (unsigned char)marks[p];
    if (len <= n && memcmp(s, marks + p + 1, len) == 0) return 1;
  }
  return 0;
}

size_t first_mark(const char *s, size_t n, size_t from, const char *marks, size_t marks_len, size_t *which) {
  uint8_t begins[256] = {0}; /* by the byte that a mark begins with */
  for (size_t p = 0; p < marks_len; p += 1 + (unsigned char)marks[p]) begins[(unsigned char)marks[p + 1]] = 1;
  for (size_t at = from; at < n; at++)
    if (begins[(unsigned char)s[at]] && stands(s + at, n - at, marks, marks_len, which)) return at;
  return n;
}
