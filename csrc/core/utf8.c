/*
** utf8.c - is it UTF-8, and if not, where and why.
**
** Well-formed sequences (Unicode 15.0, table 3-7):
**   00..7F | C2..DF t | E0 A0..BF t | E1..EC t t | ED 80..9F t | EE..EF t t
**   F0 90..BF t t | F1..F3 t t t | F4 80..8F t t            (t = 80..BF)
*/
#include "utf8.h"

#include <string.h>

#include "utf8_check.h"

/* A lead byte that begins no sequence. */
static enum mill_utf8_kind bad_lead(unsigned char b) {
  if (b < 0xC0) return MILL_UTF8_STRAY;
  if (b < 0xC2) return MILL_UTF8_OVERLONG;
  return b < 0xF8 ? MILL_UTF8_RANGE : MILL_UTF8_INVALID_BYTE;
}

/* A second byte that is a continuation byte, but not after this lead. */
static enum mill_utf8_kind bad_second(unsigned char lead, unsigned char b) {
  if (lead == 0xE0 && b < 0xA0) return MILL_UTF8_OVERLONG;
  if (lead == 0xED && b > 0x9F) return MILL_UTF8_SURROGATE;
  if (lead == 0xF0 && b < 0x90) return MILL_UTF8_OVERLONG;
  if (lead == 0xF4 && b > 0x8F) return MILL_UTF8_RANGE;
  return MILL_UTF8_OK;
}

/* What is wrong with the sequence at s, n >= 1 bytes left? */
static enum mill_utf8_kind check(const unsigned char *s, size_t n) {
  if (s[0] < 0x80) return MILL_UTF8_OK;
  if (s[0] < 0xC2 || s[0] > 0xF4) return bad_lead(s[0]);
  size_t len = utf8_length(s[0]);
  if (n < 2 || !utf8_is_tail(s[1])) return MILL_UTF8_TRUNCATED;
  enum mill_utf8_kind kind = bad_second(s[0], s[1]);
  for (size_t i = 2; i < len && kind == MILL_UTF8_OK; i++)
    if (i >= n || !utf8_is_tail(s[i])) kind = MILL_UTF8_TRUNCATED;
  return kind;
}

/* Length of the ASCII text at s, in steps of 8 bytes. */
static size_t ascii_prefix(const unsigned char *s, size_t n) {
  size_t i = 0;
  for (uint64_t word; n - i >= 8; i += 8) {
    memcpy(&word, s + i, 8);
    if (word & UINT64_C(0x8080808080808080)) break;
  }
  return i;
}

/* The end of the characters of three bytes at s[i] that are most of CJK; E0 and
** ED are looked at more closely elsewhere. */
static size_t most_of_three(const unsigned char *s, size_t n, size_t i) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  for (uint32_t x; n - i >= 4; i += 3) {
    memcpy(&x, s + i, 4);
    if ((x & 0xC0C0F0u) != 0x8080E0u || (0x2001u >> (x & 15u) & 1u)) break;
  }
#endif
  while (n - i >= 3 && s[i] > 0xE0 && s[i] < 0xED && utf8_is_tail(s[i + 1]) && utf8_is_tail(s[i + 2]))
    i += 3;
  return i;
}

size_t utf8_check(const unsigned char *s, size_t n, size_t from, enum mill_utf8_kind *kind) {
  size_t i = from;
  while (i < n) {
    if (s[i] < 0x80) {
      i += ascii_prefix(s + i, n - i);
      if (i == n) break;
    }
    if (s[i] >> 4 == 0xE && (i = most_of_three(s, n, i)) == n) break;
    if ((*kind = check(s + i, n - i)) != MILL_UTF8_OK) return i;
    i += utf8_length(s[i]);
  }
  *kind = MILL_UTF8_OK;
  return n;
}

static size_t good_prefix(const unsigned char *s, size_t n) {
#if MILL_AVX2
  if (n >= 64 && cpu_has_avx2()) return utf8_good_avx2(s, n);
#endif
  (void)s, (void)n;
  return 0;
}

int mill_utf8_valid(const char *s, size_t n, size_t *position, enum mill_utf8_kind *kind) {
  const unsigned char *bytes = (const unsigned char *)s;
  enum mill_utf8_kind why;
  size_t at = utf8_check(bytes, n, good_prefix(bytes, n), &why);
  if (why == MILL_UTF8_OK) return 1;
  if (position != NULL) *position = at;
  if (kind != NULL) *kind = why;
  return 0;
}

const char *mill_utf8_kind_name(enum mill_utf8_kind kind) {
  static const char *const names[] = {"ok",        "truncated", "stray",       "overlong",
                                      "surrogate", "range",     "invalid_byte"};
  return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}
