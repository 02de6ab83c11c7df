/*
** shingles.c - folded text as units, units as shingles (portable path).
**
**   folded   "全镇设置36个, open data"
**   units     全 镇 设 置 36 个 open data     marks and blanks do not count
**   shingles  one ends at every unit: 5 units where it is a character (Han, kana,
**             hangul, all of 3 or 4 bytes), 3 where it is a word (letters and
**             digits of 1 or 2 bytes, and the letters of 3 bytes that join them:
**             ứ, ἀ); fewer at the very beginning
**   hashes    one a shingle
**
** Five characters say about as much as three English words: both are rarely
** shared by chance, and an edited sentence spoils only the few shingles that
** cross it.
**
** A unit is 64 bits, the lowest is 1 for a word. A shingle's hash adds the units,
** each turned by 8 bits more than the one after it, and mixes the halves by one
** multiplication, so that AVX2 makes four at once (shingles_avx2.c).
** Invariant: a hash depends on its units only, never on the machine, the byte
** order or how the text was cut into calls at ends of words; any bytes do no
** harm, and both paths read them alike.
** Reference for mixing: Wang Yi, wyhash (32 bits), 2019.
*/
#include "shingles.h"

#include <stdlib.h>
#include <string.h>

#include "cpu.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

enum { CHUNK = 256, BEFORE = SHINGLE_UNITS - 1 };

/* The next 8 bytes, the first lowest; zeros behind the end. */
static inline uint64_t load(const char *s, size_t at, size_t n) {
  if (n - at >= 8) return unit_load(s + at);
  uint64_t x = 0;
  for (size_t k = 0; k < n - at; k++) x |= (uint64_t)(unsigned char)s[at + k] << 8 * k;
  return x;
}

/* ---- units */

/* The upper bit of each byte that belongs to a word: ASCII letters and digits,
** characters of two bytes but U+0080..U+00BF (marks). Eight bytes at once: a sum
** reaches a byte's upper bit where the byte is at least what was asked for. */
static inline uint64_t word_bytes(uint64_t x) {
  uint64_t high = x & EACH(0x80), low = x & EACH(0x7f), lower = low | EACH(0x20);
  uint64_t digit = (low + EACH(0x80 - '0')) & ~(low + EACH(0x7f - '9'));
  uint64_t letter = (lower + EACH(0x80 - 'a')) & ~(lower + EACH(0x7f - 'z'));
  uint64_t three = x << 1 & x << 2;                   /* E0..FF */
  uint64_t marks = ~((low ^ EACH(0x42)) + EACH(0x7f)); /* C2 */
  return (((digit | letter) & ~high) | (high & ~three & ~marks)) & EACH(0x80);
}

/* Does a letter of three bytes that joins words begin here: U+1D00..U+1FFF,
** U+2C00..U+2DFF, U+A700..U+A7FF? Its other bytes pass for a word's anyway. */
static inline int is_letter3(uint64_t w) {
  unsigned lead = w & 0xff, next = w >> 8 & 0xff;
  return (lead == 0xE1 && next - 0xB4 < 12u) || (lead == 0xE2 && next - 0xB0 < 8u) ||
         (lead == 0xEA && next - 0x9C < 4u);
}

/* Is this character of three bytes (the first lowest) a mark: U+2000..U+2BFF,
** U+2E00..U+2E7F, U+3000..U+303F but 々〆〇? Width variants are folded away. */
static inline int is_mark(uint64_t c) {
  unsigned next = c >> 8 & 0xff;
  if ((c & 0xff) == 0xE2) return next < 0xB0 || next - 0xB8 < 2u;
  return (c & 0xffff) == 0x80E3 && (c >> 16 < 0x85 || c >> 16 > 0x87);
}

/* Behind the word at s[at], of which w are the next bytes. */
static inline size_t word_end(const char *s, size_t at, size_t n, uint64_t w) {
  for (;; w = load(s, at, n)) {
    uint64_t stop = ~word_bytes(w) & EACH(0x80);
    size_t len = stop != 0 ? (size_t)__builtin_ctzll(stop) / 8 : 8;
    at += len;
    if (len == 8 || (len == 0 && is_letter3(w))) at += len == 0;
    else if (len > 6 ? !is_letter3(load(s, at, n)) : !is_letter3(w >> 8 * len)) return at;
  }
}

/* s[at, end) is a word. */
static inline uint64_t word_unit(const char *s, size_t at, size_t end) {
  uint64_t hash = 0;
  for (; end - at > 8; at += 8) hash = unit_mix(hash, unit_load(s + at));
  return unit_word(hash, load(s, at, end));
}

/* The unit at *at (not a word): moves behind it; 0 for a mark. */
static inline uint64_t take_character(uint64_t w, size_t *at) {
  if ((w & 0xff) < 0xE0) return *at += (w & 0xff) == 0xC2 ? 2 : 1, 0;
  if ((w & 0xff) >= 0xF0) return *at += 4, unit_long(w & 0xffffffff);
  *at += 3;
  return is_mark(w & 0xffffff) ? 0 : unit_character(w & 0xffffff);
}

size_t units_portable(const char *s, size_t n, size_t *from, uint64_t *out, size_t room) {
  size_t at = *from, count = 0;
  while (at < n && count < room) {
    uint64_t w = load(s, at, n), unit;
    if ((w & 0xff) - 0xE4 < 6) { /* most Han: nothing to ask */
      at += 3;
      out[count++] = unit_character(w & 0xffffff);
      continue;
    }
    if ((word_bytes(w) & 0x80) != 0 || is_letter3(w)) {
      size_t end = word_end(s, at, n, w);
      unit = word_unit(s, at, end);
      at = end;
    } else {
      unit = take_character(w, &at);
    }
    out[count] = unit;
    count += unit != 0;
  }
  *from = at < n ? at : n;
  return count;
}

/* ---- shingles */

void shingles_portable(const uint64_t *unit, size_t n, uint64_t *out) {
  for (size_t k = 0; k < n; k++) out[k] = shingle_hash(unit + k);
}

/* Units behind four earlier ones; they end the text so far: the next call's. */
static size_t next_units(const struct shingler *g, const char *s, size_t n, size_t *at, uint64_t *out,
                         size_t room) {
#if MILL_AVX2
  if (!g->portable && cpu_has_avx2()) return units_avx2(s, n, at, out, room);
#endif
  (void)g;
  return units_portable(s, n, at, out, room);
}

static void hash_all(const struct shingler *g, const uint64_t *unit, size_t n, uint64_t *out) {
#if MILL_AVX2
  if (!g->portable && cpu_has_avx2()) {
    shingles_avx2(unit, n, out);
    return;
  }
#endif
  (void)g;
  shingles_portable(unit, n, out);
}

size_t shingles_next(struct shingler *g, const char *s, size_t n, size_t *at, uint64_t *out, size_t room) {
  uint64_t unit[BEFORE + CHUNK];
  size_t count = 0;
  memcpy(unit, g->unit, sizeof g->unit);
  while (*at < n && (count == 0 || room - count >= SHINGLE_ROOM)) {
    size_t most = room - count < CHUNK ? room - count : CHUNK;
    size_t got = next_units(g, s, n, at, unit + BEFORE, most);
    hash_all(g, unit, got, out + count);
    memmove(unit, unit + got, sizeof g->unit);
    count += got;
  }
  memcpy(g->unit, unit, sizeof g->unit);
  return count;
}

/* ---- exact sets */

static int by_hash(const void *x, const void *y) {
  uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
  return a < b ? -1 : a > b;
}

size_t shingles_distinct(uint64_t *hashes, size_t n) {
  size_t kept = 0;
  if (n > 1) qsort(hashes, n, sizeof *hashes, by_hash);
  for (size_t k = 0; k < n; k++)
    if (kept == 0 || hashes[k] != hashes[kept - 1]) hashes[kept++] = hashes[k];
  return kept;
}

double shingles_jaccard(const uint64_t *a, size_t n, const uint64_t *b, size_t m) {
  size_t i = 0, k = 0, both = 0;
  if (n + m == 0) return 1;
  while (i < n && k < m) {
    uint64_t x = a[i], y = b[k];
    both += x == y;
    i += x <= y;
    k += y <= x;
  }
  return (double)both / (double)(n + m - both);
}
