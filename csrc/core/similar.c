/*
** similar.c - how much two texts have in common: shingles, MinHash, SimHash.
**
**   folded   "全镇设置36个, open data"
**   units     全 镇 设 置 36 个 open data     marks and blanks do not count
**   shingles  one ends at every unit: 5 units where it is a character (Han, kana,
**             hangul, all of 3 or 4 bytes), 3 where it is a word (letters and
**             digits of 1 or 2 bytes); fewer at the very beginning
**   hashes    one a shingle -> the least of each of 128 slots (MinHash)
**                           -> the majority of each bit       (SimHash)
**
** The share of equal slots estimates the Jaccard index of the shingle sets with
** a standard error of sqrt(J(1-J)/128). Five characters say about as much as
** three English words: both are rarely shared by chance, and an edited
** sentence spoils only the few shingles that cross it.
**
** One permutation serves all slots: a hash belongs to the slot its upper bits
** name. Slots that stay empty borrow from full ones in an order that depends on
** the slot alone ("optimal densification"). Of the least hash 16 bits are kept.
**
** Invariant: a hash depends on its units only, never on the machine, the byte
** order or how the text was cut into calls at ends of words.
** References: A. Broder, On the resemblance and containment of documents, 1997;
** P. Li, A. Owen, C. Zhang, One Permutation Hashing, 2012; A. Shrivastava,
** Optimal Densification for Fast and Accurate Minwise Hashing, 2017; P. Li, A.
** Koenig, b-Bit Minwise Hashing, 2010; M. Charikar, Similarity Estimation
** Techniques from Rounding Algorithms, 2002; carry-save counting: W. Mula, N.
** Kurz, D. Lemire, Faster Population Counts Using AVX2 Instructions, 2016.
*/
#include "similar.h"

#include <stdlib.h>
#include <string.h>

#include "cpu.h"

#define SLOTS MILL_SIGNATURE_SLOTS
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define K1 UINT64_C(0x9E3779B185EBCA87)
#define K2 UINT64_C(0xD6E8FEB86659FD93)

enum { BLOCK = SIGNING_BLOCK, FORMAT = 1, SLOT_BITS = 7 };
_Static_assert(SLOTS == 1 << SLOT_BITS, "the upper bits of a hash name its slot");

static inline uint64_t rol(uint64_t x, int k) { return x << k | x >> (64 - k); }

static inline uint64_t get_le(const unsigned char *p, size_t n) {
  uint64_t x = 0;
  for (size_t k = 0; k < n; k++) x |= (uint64_t)p[k] << 8 * k;
  return x;
}

/* The next 8 bytes, the first lowest; zeros behind the end. */
static inline uint64_t load(const char *s, size_t at, size_t n) {
  const unsigned char *p = (const unsigned char *)s + at;
  if (n - at < 8) return get_le(p, n - at);
  return p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
         (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
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

/* Is this character of three bytes (the first lowest) a mark: U+2000..U+2BFF,
** U+3000..U+303F but 々〆〇? Width variants are folded away. */
static inline int is_mark(uint64_t c) {
  if ((c & 0xff) == 0xE2) return (c >> 8 & 0xff) < 0xB0;
  return (c & 0xffff) == 0x80E3 && (c >> 16 < 0x85 || c >> 16 > 0x87);
}

/* The word that begins with w at *at: its hash; *at moves behind it and one blank. */
static inline uint64_t take_word(const char *s, size_t n, size_t *at, uint64_t w, uint64_t stop) {
  uint64_t hash = 0;
  while (stop == 0) {
    hash = rol((hash ^ w) * K1, 29);
    *at += 8;
    w = load(s, *at, n);
    stop = ~word_bytes(w) & EACH(0x80);
  }
  uint64_t below = (stop & (~stop + 1)) - 1; /* 7 bits more than the word has */
  size_t len = (size_t)__builtin_ctzll(stop) / 8;
  *at += len + ((w >> 8 * len & 0xff) == ' ');
  hash = (hash ^ (w & below >> 7)) * K1;
  return hash ^ hash >> 32;
}

static inline uint64_t finish(uint64_t h) {
  h *= K2;
  return h ^ h >> 32;
}

/* The unit at *at (not a word): moves behind it; 0 for a mark. */
static inline uint64_t take_character(uint64_t w, size_t *at) {
  if ((w & 0xff) < 0xE0) return *at += (w & 0xff) == 0xC2 ? 2 : 1, 0;
  if ((w & 0xff) >= 0xF0) return *at += 4, (w & 0xffffffff) * K1;
  *at += 3;
  return is_mark(w & 0xffffff) ? 0 : (w & 0xffffff) * K1;
}

/* The rolling hash of five units: each is turned by 13 bits for every one that
** came after it, the sixth taken out again. */
static inline uint64_t roll(struct shingler *g, uint64_t unit) {
  g->five = rol(g->five, 13) ^ (unit ^ rol(g->unit[4], 65 - 64));
  for (int k = 4; k > 0; k--) g->unit[k] = g->unit[k - 1];
  g->unit[0] = unit;
  return g->five;
}

size_t shingles_next(struct shingler *state, const char *s, size_t n, size_t *from, uint64_t *out,
                     size_t room) {
  struct shingler g = *state; /* in registers */
  size_t at = *from, count = 0;
  while (at < n && count < room) {
    uint64_t w = load(s, at, n), unit, stop;
    if ((w & 0xff) - 0xE4 < 12) { /* most Han, hangul: nothing to ask */
      at += 3;
      out[count++] = finish(roll(&g, (w & 0xffffff) * K1));
    } else if ((w & 0xff) < 0xE0 && ((stop = ~word_bytes(w) & EACH(0x80)) & 0x80) == 0) {
      unit = take_word(s, n, &at, w, stop);
      out[count++] = finish(unit ^ rol(g.unit[0], 13) ^ rol(g.unit[1], 26));
      roll(&g, unit);
    } else if ((unit = take_character(w, &at)) != 0) {
      out[count++] = finish(roll(&g, unit));
    }
  }
  *state = g;
  *from = at < n ? at : n;
  return count;
}

/* ---- counting bits: how many hashes have each bit set */

/* Four counters side by side: one AVX2 register, or two of SSE2 or NEON. */
typedef uint64_t lanes __attribute__((vector_size(32), aligned(8), may_alias));

/* Bit by bit, *high and *low become the two digits of *low + *a + *b. */
static inline void add3(lanes *high, lanes *low, const lanes *a, const lanes *b) {
  lanes ab = *a ^ *b;
  *high = (*a & *b) | (ab & *low);
  *low ^= ab;
}

/* ones, twos, fours: binary digits of the counters; eights[j], byte k: how often
** bit 8k+j carried out of them. n is a multiple of 32, at most BLOCK, so that no
** byte overflows. */
static inline void count_in(const uint64_t *hashes, size_t n, uint32_t counts[64]) {
  lanes ones = {0}, twos = {0}, fours = {0}, eights[8] = {{0}}, t1, t2, f1, f2, carry;
  for (const uint64_t *end = hashes + n; hashes < end; hashes += 32) {
    const lanes *h = (const lanes *)hashes;
    add3(&t1, &ones, &h[0], &h[1]);
    add3(&t2, &ones, &h[2], &h[3]);
    add3(&f1, &twos, &t1, &t2);
    add3(&t1, &ones, &h[4], &h[5]);
    add3(&t2, &ones, &h[6], &h[7]);
    add3(&f2, &twos, &t1, &t2);
    add3(&carry, &fours, &f1, &f2);
    for (int j = 0; j < 8; j++) eights[j] += carry >> j & EACH(1);
  }
  for (int j = 0; j < 8; j++) { /* sums of four lanes still fit their bytes */
    uint64_t some = 0, many = 0;
    for (int l = 0; l < 4; l++) {
      some += (ones[l] >> j & EACH(1)) + 2 * (twos[l] >> j & EACH(1)) + 4 * (fours[l] >> j & EACH(1));
      many += eights[j][l];
    }
    for (int k = 0; k < 64; k += 8)
      counts[k + j] += (uint32_t)((some >> k & 0xff) + 8 * (many >> k & 0xff));
  }
}

#if MILL_AVX2
MILL_TARGET_AVX2 static void count_bits_avx2(const uint64_t *h, size_t n, uint32_t counts[64]) {
  count_in(h, n, counts);
}
#endif

static void count_bits(const uint64_t *h, size_t n, uint32_t counts[64]) {
#if MILL_AVX2
  if (cpu_has_avx2()) {
    count_bits_avx2(h, n, counts);
    return;
  }
#endif
  count_in(h, n, counts);
}

/* ---- signatures */

void signing_begin(struct signing *g) {
  memset(g->least, 0xff, sizeof g->least);
  memset(g->ones, 0, sizeof g->ones);
  memset(&g->shingler, 0, sizeof g->shingler);
  g->shingles = g->waiting = 0;
}

/* Counts the hashes that wait: per block of hashes, not per piece of text. */
static void count_waiting(struct signing *g) {
  size_t whole = (g->waiting + 31) & ~(size_t)31;
  for (size_t k = 0; k < g->waiting; k++) { /* no branch: a guess would often be wrong */
    uint64_t h = g->hashes[k], *least = &g->least[h >> (64 - SLOT_BITS)];
    *least = h < *least ? h : *least;
  }
  memset(g->hashes + g->waiting, 0, (whole - g->waiting) * sizeof *g->hashes);
  count_bits(g->hashes, whole, g->ones);
  g->shingles += g->waiting;
  g->waiting = 0;
}

void signing_add(struct signing *g, const char *s, size_t n) {
  for (size_t at = 0; at < n;) {
    g->waiting += shingles_next(&g->shingler, s, n, &at, g->hashes + g->waiting, BLOCK - g->waiting);
    if (g->waiting == BLOCK) count_waiting(g);
  }
}

/* Where slot k borrows: hashed places, then the next ones. Some slot is full. */
static size_t lender(const uint64_t least[SLOTS], size_t k) {
  size_t at = k;
  for (size_t try = 1; least[at] == UINT64_MAX; try++)
    at = try < SLOTS ? finish((k * SLOTS + try) * K1) >> (64 - SLOT_BITS) : (at + 1) % SLOTS;
  return at;
}

void signing_end(struct signing *g, mill_sketch *out) {
  count_waiting(g);
  memset(out, 0, sizeof *out);
  out->shingles = g->shingles < UINT32_MAX ? (uint32_t)g->shingles : UINT32_MAX;
  if (g->shingles == 0) return;
  for (size_t k = 0; k < SLOTS; k++) out->slot[k] = (uint16_t)g->least[lender(g->least, k)];
  for (int k = 0; k < 64; k++) out->simhash |= (uint64_t)(g->ones[k] > g->shingles / 2) << k;
}

void mill_signature(const char *folded, size_t n, mill_sketch *out) {
  struct signing g;
  signing_begin(&g);
  signing_add(&g, folded, n);
  signing_end(&g, out);
}

double mill_signature_similarity(const mill_sketch *a, const mill_sketch *b) {
  unsigned same = 0;
  if (a->shingles == 0 || b->shingles == 0) return a->shingles == b->shingles;
  for (size_t k = 0; k < SLOTS; k++) same += a->slot[k] == b->slot[k];
  return same / (double)SLOTS;
}

int mill_signature_distance(const mill_sketch *a, const mill_sketch *b) {
  return __builtin_popcountll(a->simhash ^ b->simhash);
}

/* ---- format u8 | shingles u32 | simhash u64 | slots u16[] */

static unsigned char *put_le(unsigned char *p, uint64_t x, size_t n) {
  for (size_t k = 0; k < n; k++) p[k] = (unsigned char)(x >> 8 * k);
  return p + n;
}

void mill_signature_encode(const mill_sketch *g, unsigned char bytes[MILL_SIGNATURE_BYTES]) {
  unsigned char *p = put_le(bytes, FORMAT, 1);
  p = put_le(p, g->shingles, 4);
  p = put_le(p, g->simhash, 8);
  for (size_t k = 0; k < SLOTS; k++) p = put_le(p, g->slot[k], 2);
}

int mill_signature_decode(const void *bytes, size_t n, mill_sketch *out) {
  const unsigned char *p = bytes;
  if (p == NULL || n != MILL_SIGNATURE_BYTES || p[0] != FORMAT) return MILL_ECORRUPT;
  out->shingles = (uint32_t)get_le(p + 1, 4);
  out->simhash = get_le(p + 5, 8);
  for (size_t k = 0; k < SLOTS; k++) out->slot[k] = (uint16_t)get_le(p + 13 + 2 * k, 2);
  return 0;
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
