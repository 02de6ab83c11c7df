/*
** entities.c - character references: &amp; &copy &#22823; &#x5927;
**
** A name that ends in its semicolon is found by a hash; nothing longer can
** match. Else (&copy 2024, &notit;) names are sorted, so a longer and longer
** prefix narrows one range of the table; the last complete name on the way is
** the longest match.
** Reference: https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state
*/
#include <string.h>

#include "ascii.h"
#include "html.h"

static const struct { char name[33]; uint8_t len; uint32_t first, second; } names[] = {
#include "entities.inc"
};

/* What numbers 0x80..0x9F stand for: windows-1252. */
static const uint16_t western[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

static uint32_t by_number(uint32_t c) {
  if (c >= 0x80 && c <= 0x9F) return western[c - 0x80];
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0xFFFD;
  return c;
}

static int digit(int c, int hex) {
  if (ascii_is_digit(c)) return c - '0';
  return hex && ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f' ? ascii_lower(c) - 'a' + 10 : -1;
}

static size_t number(const char *s, size_t n, uint32_t *c) {
  int hex = n > 2 && (s[2] == 'x' || s[2] == 'X'), d;
  size_t first = hex ? 3 : 2, i = first;
  uint32_t value = 0;
  for (; i < n && (d = digit((unsigned char)s[i], hex)) >= 0; i++)
    if (value <= 0x10FFFF) value = value * (hex ? 16u : 10u) + (uint32_t)d;
  if (i == first) return 0;
  *c = by_number(value);
  return i < n && s[i] == ';' ? i + 1 : i;
}

/* First row in [low, high) whose byte k is >= b (or > b). */
static size_t bound(size_t low, size_t high, size_t k, unsigned char b, int after) {
  while (low < high) {
    size_t middle = (low + high) / 2;
    unsigned char x = (unsigned char)names[middle].name[k];
    if (x < b || (after && x == b)) low = middle + 1;
    else high = middle;
  }
  return low;
}

enum { SLOTS = 8192 };
static const uint16_t slots[SLOTS] = { /* 1 + row, 0: none */
#include "entity-slots.inc"
};

/* The row of the name at s that ends in a semicolon within n bytes; -1: none. */
static int whole_name(const char *s, size_t n) {
  unsigned h = 0;
  size_t len = 0, most = n < sizeof names->name - 1 ? n : sizeof names->name - 1;
  for (;;) {
    if (len == most) return -1;
    int c = (unsigned char)s[len++];
    h = (h * 33 + (unsigned)c) % SLOTS;
    if (c == ';') break;
    if (!ascii_is_letter(c) && !ascii_is_digit(c)) return -1;
  }
  for (; slots[h] != 0; h = (h + 1) % SLOTS) {
    int row = slots[h] - 1;
    if (names[row].len == len && memcmp(names[row].name, s, len) == 0) return row;
  }
  return -1;
}

static size_t named(const char *s, size_t n, int attribute, uint32_t c[2]) {
  size_t low = 0, high = sizeof names / sizeof *names, best = 0, row = 0;
  if (!ascii_is_letter((unsigned char)s[1])) return 0;
  int whole = whole_name(s + 1, n - 1);
  if (whole >= 0) {
    c[0] = names[whole].first, c[1] = names[whole].second;
    return names[whole].len + 1u;
  }
  for (size_t k = 0; k + 1 < n && k < 32; k++) {
    unsigned char b = (unsigned char)s[k + 1];
    low = bound(low, high, k, b, 0);
    high = bound(low, high, k, b, 1);
    if (low >= high) break;
    if (names[low].len == k + 1) best = k + 1, row = low;
  }
  if (best == 0) return 0;
  if (attribute && s[best] != ';' && best + 1 < n &&
      (s[best + 1] == '=' || ascii_is_letter((unsigned char)s[best + 1]) ||
       ascii_is_digit((unsigned char)s[best + 1])))
    return 0;
  c[0] = names[row].first, c[1] = names[row].second;
  return best + 1;
}

size_t html_reference(const char *s, size_t n, int attribute, uint32_t c[2], int *count) {
  c[1] = 0;
  size_t used = n < 3 ? 0 : s[1] == '#' ? number(s, n, c) : named(s, n, attribute, c);
  *count = c[1] != 0 ? 2 : 1;
  return used;
}
