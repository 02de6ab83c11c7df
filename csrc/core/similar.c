/*
** similar.c - how much two texts have in common: MinHash and SimHash of shingles.
**
**   folded text -> hashes, one a shingle (shingles.c)
**                  -> the least of each of 128 slots (MinHash)
**                  -> the majority of each bit       (SimHash)
**
** The share of equal slots estimates the Jaccard index of the shingle sets with
** a standard error of sqrt(J(1-J)/128).
**
** One permutation serves all slots: a hash belongs to the slot its upper bits
** name. Slots that stay empty borrow from full ones in an order that depends on
** the slot alone ("optimal densification"). Of the least hash 16 bits are kept.
**
** Stored signatures name their format; format 1 knew other hashes and split words
** at letters of three bytes. They are not compared with today's, but made anew.
**
** References: A. Broder, On the resemblance and containment of documents, 1997;
** P. Li, A. Owen, C. Zhang, One Permutation Hashing, 2012; A. Shrivastava,
** Optimal Densification for Fast and Accurate Minwise Hashing, 2017; P. Li, A.
** Koenig, b-Bit Minwise Hashing, 2010; M. Charikar, Similarity Estimation
** Techniques from Rounding Algorithms, 2002; carry-save counting: W. Mula, N.
** Kurz, D. Lemire, Faster Population Counts Using AVX2 Instructions, 2016.
*/
#include "similar.h"

#include <string.h>

#include "cpu.h"

#define SLOTS MILL_SIGNATURE_SLOTS
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
enum { BLOCK = SIGNING_BLOCK, FORMAT = 2, SLOT_BITS = 7 };
_Static_assert(SLOTS == 1 << SLOT_BITS, "the upper bits of a hash name its slot");

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
__attribute__((always_inline)) static inline void count_in(const uint64_t *hashes, size_t n,
                                                           uint32_t counts[64]) {
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
    if (BLOCK - g->waiting < SHINGLE_ROOM) count_waiting(g);
  }
}

static uint64_t spread(uint64_t x) {
  x *= UINT64_C(0x9E3779B185EBCA87) * UINT64_C(0xD6E8FEB86659FD93);
  return x ^ x >> 32;
}

/* Where slot k borrows: hashed places, then the next ones. Some slot is full. */
static size_t lender(const uint64_t least[SLOTS], size_t k) {
  size_t at = k;
  for (size_t try = 1; least[at] == UINT64_MAX; try++)
    at = try < SLOTS ? spread(k * SLOTS + try) >> (64 - SLOT_BITS) : (at + 1) % SLOTS;
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

static uint64_t get_le(const unsigned char *p, size_t n) {
  uint64_t x = 0;
  for (size_t k = 0; k < n; k++) x |= (uint64_t)p[k] << 8 * k;
  return x;
}

int mill_signature_decode(const void *bytes, size_t n, mill_sketch *out) {
  const unsigned char *p = bytes;
  if (p != NULL && n == MILL_SIGNATURE_BYTES && p[0] > 0 && p[0] < FORMAT) return MILL_EVERSION;
  if (p == NULL || n != MILL_SIGNATURE_BYTES || p[0] != FORMAT) return MILL_ECORRUPT;
  out->shingles = (uint32_t)get_le(p + 1, 4);
  out->simhash = get_le(p + 5, 8);
  for (size_t k = 0; k < SLOTS; k++) out->slot[k] = (uint16_t)get_le(p + 13 + 2 * k, 2);
  return 0;
}
