/* first_mark.c - which of a few short strings comes first, or last; see first_mark.h. */
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

/* Which bytes a mark begins with. */
static void note_first(const char *marks, size_t marks_len, uint8_t begins[256]) {
  memset(begins, 0, 256);
  for (size_t p = 0; p < marks_len; p += 1 + (unsigned char)marks[p]) begins[(unsigned char)marks[p + 1]] = 1;
}

size_t first_mark(const char *s, size_t n, size_t from, const char *marks, size_t marks_len, size_t *which) {
  uint8_t begins[256];
  note_first(marks, marks_len, begins);
  for (size_t at = from; at < n; at++)
    if (begins[(unsigned char)s[at]] && stands(s + at, n - at, marks, marks_len, which)) return at;
  return n;
}

size_t last_mark(const char *s, size_t n, size_t from, const char *marks, size_t marks_len, size_t *which) {
  uint8_t begins[256];
  note_first(marks, marks_len, begins);
  for (size_t at = n; at-- > from;)
    if (begins[(unsigned char)s[at]] && stands(s + at, n - at, marks, marks_len, which)) return at;
  return n;
}
