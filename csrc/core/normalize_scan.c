/*
** normalize_scan.c - what changes in a part of the text, on any processor.
**
** A part is checked and read a character at a time; ASCII eight bytes at a time. Places are written whether anything changes there or not,
** and counted when it does: that costs less than a branch on the text.
*/
#include "normalize_work.h"
#include "utf8_check.h"

#define ONES UINT64_C(0x0101010101010101)

/* 0x80 in each byte of x, which is ASCII, that is A..Z. */
static uint64_t capitals_in(uint64_t x) {
  return (x + (0x80 - 'A') * ONES) & ~(x + (0x80 - 'Z' - 1) * ONES) & 0x80 * ONES;
}

/* Lists the capital at s[i] and makes it small, if the form does so. */
static void ascii_byte(const work *w, size_t from, size_t i, char *to, edit_list *e) {
  char b = w->s[i];
  uint32_t capital = w->capitals != MILL_EDIT_NONE && b >= 'A' && b <= 'Z';
  to[i - from] = (char)(b | (char)(capital << 5));
  e->at[e->n] = (uint16_t)(i - from);
  e->n += capital;
}

/* The ASCII text from s[i] on, not beyond `end`; returns where it ends. */
static size_t ascii(const work *w, size_t from, size_t i, size_t end, char *to, edit_list *e) {
  uint64_t change = w->capitals != MILL_EDIT_NONE ? 0x80 * ONES : 0;
  for (uint64_t x; end - i >= 8; i += 8) {
    memcpy(&x, w->s + i, 8);
    if (x & 0x80 * ONES) break;
    uint64_t capitals = capitals_in(x) & change;
    x |= capitals >> 2;
    memcpy(to + (i - from), &x, 8);
    for (size_t k = 0; capitals != 0 && k < 8; k++) ascii_byte(w, from, i + k, to, e);
  }
  for (; i < end && (unsigned char)w->s[i] < 0x80; i++) ascii_byte(w, from, i, to, e);
  return i;
}

/* The characters of three bytes from s[i] on that are most of CJK: they are tested
** on the way. E0 and ED are looked at more closely elsewhere. */
static size_t three_bytes(const work *w, size_t from, size_t i, size_t end, char *to,
                          edit_list *e) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (end - i < 4) return i;
  const unsigned char *p = (const unsigned char *)w->s + i, *last = p + (end - i - 4);
  const uint64_t *restrict changes_of = w->look->changes;
  uint16_t *restrict at = e->at;
  char *restrict out = to + (i - from);
  uint32_t n = e->n, place = (uint32_t)(i - from);
  for (; p <= last; p += 3, out += 3, place += 3) {
    uint32_t x;
    memcpy(&x, p, 4);
    if ((x & 0xC0C0F0u) != 0x8080E0u || (0x2001u >> (x & 15u) & 1u)) break;
    memcpy(out, &x, 4);
    at[n] = (uint16_t)place;
    n += (uint32_t)(changes_of[(x & 15u) << 6 | (x >> 8 & 63u)] >> (x >> 16 & 63u)) & 1u;
  }
  e->n = n;
  return (size_t)(p - (const unsigned char *)w->s);
#else
  (void)w, (void)from, (void)end, (void)to, (void)e;
  return i;
#endif
}

/* The character at s[i], if it is one; its length, or 0. */
static size_t other(const work *w, size_t from, size_t i, char *to, edit_list *e) {
  const unsigned char *p = (const unsigned char *)w->s + i;
  enum mill_utf8_kind kind;
  size_t len = utf8_length(p[0]), left = w->total - i;
  if (utf8_check(p, len < left ? len : left, 0, &kind) != len) return 0;
  memcpy(to + (i - from), p, len);
  e->at[e->n] = (uint16_t)(i - from);
  e->n += (uint32_t)changes(w, p);
  return len;
}

size_t scan_portable(const work *w, size_t from, char *to, edit_list *e) {
  size_t end = w->total - from > SCAN_BYTES ? from + SCAN_BYTES : w->total, i = from;
  const unsigned char *s = (const unsigned char *)w->s;
  e->n = 0;
  while (i < end) {
    if (s[i] < 0x80) i = ascii(w, from, i, end, to, e);
    else if (s[i] >> 4 == 0xE) i = three_bytes(w, from, i, end, to, e);
    if (i == end || s[i] < 0x80) continue;
    size_t len = other(w, from, i, to, e);
    if (len == 0) return 0;
    i += len;
  }
  return i - from;
}
