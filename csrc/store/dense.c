/* dense.c - see dense.h. */
#include "dense.h"

#include "../core/cpu.h"
#include "codec.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

/* ---- writing */

static size_t code_size(uint32_t x) {
  size_t n = 1;
  for (uint32_t high = x / CODE_ENDS; high > 0; high = (high - 1) / 16) n++;
  return n;
}

static int is_plain(const struct cursor_block *b, uint32_t k, uint32_t width) {
  return b->tf[k] < 1u << width && b->rest[k] == 0;
}

/* Counts in so many bits, with those that need more. */
static size_t counts_size(const struct cursor_block *b, uint32_t n, uint32_t width) {
  size_t size = ((size_t)n * width + 7) / 8;
  for (uint32_t k = 0; k < n; k++) {
    if (is_plain(b, k, width)) continue;
    size += code_size(b->tf[k] << 1 | (b->rest[k] > 0));
    if (b->rest[k] > 0) size += code_size(b->rest[k]);
  }
  return size;
}

static void write_counts(const struct cursor_block *b, uint32_t n, uint32_t width, unsigned char *p) {
  unsigned char *rest = p + ((size_t)n * width + 7) / 8;
  memset(p, 0, (size_t)(rest - p));
  for (uint32_t k = 0; k < n; k++) {
    int plain = is_plain(b, k, width);
    uint32_t count = plain ? b->tf[k] - 1 : (1u << width) - 1;
    p[k * width / 8] |= (unsigned char)(count << k * width % 8);
    if (plain) continue;
    rest = write_code(rest, b->tf[k] << 1 | (b->rest[k] > 0));
    if (b->rest[k] > 0) rest = write_code(rest, b->rest[k]);
  }
}

size_t dense_write(const struct cursor_block *b, uint32_t n, uint32_t first, unsigned char *p, size_t most) {
  uint32_t span = b->ordinal[n - 1] - first + 1, width = 2;
  size_t head = 1 + ((size_t)span + 7) / 8, best = SIZE_MAX;
  if (span > DENSE_SPAN || head + n / 4 >= most) return 0;
  for (uint32_t w = 2; w <= 8; w *= 2) {
    size_t size = counts_size(b, n, w);
    if (size < best) best = size, width = w;
  }
  if (head + best >= most) return 0;
  memset(p, 0, head);
  *p = (unsigned char)width;
  for (uint32_t k = 0; k < n; k++) {
    uint32_t bit = b->ordinal[k] - first;
    p[1 + bit / 8] |= (unsigned char)(1u << bit % 8);
  }
  write_counts(b, n, width, p + head);
  return head + best;
}

/* ---- reading */

static inline uint32_t count_bits(uint64_t x) { return (uint32_t)__builtin_popcountll(x); }

/* The bits, and how many stand before each 64. The block has n of them, its last at `last`. */
static int take_bits(struct cursor_block *b, uint32_t n, uint32_t last, const unsigned char *p, size_t size) {
  uint32_t words = (uint32_t)(size + 7) / 8, sum = 0, span = last - b->first + 1;
  b->bits[words - 1] = 0;
  memcpy(b->bits, p, size); /* little-endian, as all of the file */
  for (uint32_t k = 0; k < words; k++) {
    b->before[k] = (uint8_t)sum;
    sum += count_bits(b->bits[k]);
    if (sum > n) return 0;
  }
  return sum == n && b->bits[(span - 1) / 64] >> (span - 1) % 64 == 1;
}

static void list_bits(struct cursor_block *b, uint32_t n) {
  for (uint32_t k = 0, at = 0; k < n; at++)
    for (uint64_t x = b->bits[at]; x != 0; x &= x - 1)
      b->ordinal[k++] = b->first + at * 64 + (uint32_t)__builtin_ctzll(x);
}

/* A count that is not in the bits; NULL: damaged. */
static const unsigned char *read_rest(struct cursor_block *b, uint32_t k, const unsigned char *p,
                                      const unsigned char *end) {
  uint32_t head;
  if (p >= end) return NULL;
  p = read_code(p, &head);
  b->tf[k] = head >> 1;
  b->rest[k] = 0;
  if (head & 1) p = read_code(p, &b->rest[k]);
  return b->tf[k] == 0 || b->tf[k] > SEGMENT_REST / 2 || b->rest[k] > b->tf[k] ? NULL : p;
}

static int read_counts(struct cursor_block *b, uint32_t n, uint32_t width, const unsigned char *p,
                       const unsigned char *rest, const unsigned char *end) {
  uint32_t ones = (1u << width) - 1;
  for (uint32_t k = 0; k < n && rest != NULL; k++) {
    uint32_t count = (uint32_t)p[k * width / 8] >> k * width % 8 & ones;
    b->tf[k] = count + 1;
    b->rest[k] = 0;
    if (count == ones) rest = read_rest(b, k, rest, end);
  }
  return rest != NULL && rest <= end;
}

#if MILL_AVX2
/* Ordinals of eight bits at once: pext picks the numbers of those that are set. */
MILL_TARGET_BITS static void list_bits_avx2(struct cursor_block *b, uint32_t n) {
  const unsigned char *bytes = (const unsigned char *)b->bits;
  for (uint32_t k = 0, at = 0; k < n; at++) {
    uint64_t set = _pdep_u64(bytes[at], UINT64_C(0x0101010101010101)) * 255;
    __m128i order = _mm_cvtsi64_si128((long long)_pext_u64(UINT64_C(0x0706050403020100), set));
    __m256i base = _mm256_set1_epi32((int)(b->first + at * 8));
    __m256i ordinals = _mm256_add_epi32(_mm256_cvtepu8_epi32(order), base);
    _mm256_storeu_si256((__m256i *)(void *)(b->ordinal + k), ordinals);
    k += (uint32_t)_mm_popcnt_u32(bytes[at]);
  }
}

MILL_TARGET_BITS static int read_counts_avx2(struct cursor_block *b, uint32_t n, uint32_t width,
                                             const unsigned char *p, const unsigned char *rest,
                                             const unsigned char *end) {
  const uint64_t ones = (UINT64_C(1) << width) - 1, mask = ones * UINT64_C(0x0101010101010101);
  const __m128i most = _mm_set1_epi8((char)ones);
  for (uint32_t k = 0; k < n; k += 8, p += width) {
    uint64_t x;
    memcpy(&x, p, 8);
    __m128i counts = _mm_cvtsi64_si128((long long)_pdep_u64(x, mask));
    uint32_t more = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(counts, most)) & 0xff;
    __m256i wide = _mm256_add_epi32(_mm256_cvtepu8_epi32(counts), _mm256_set1_epi32(1));
    _mm256_storeu_si256((__m256i *)(void *)(b->tf + k), wide);
    _mm256_storeu_si256((__m256i *)(void *)(b->rest + k), _mm256_setzero_si256());
    if (n - k < 8) more &= (1u << (n - k)) - 1;
    for (; more != 0; more &= more - 1)
      if ((rest = read_rest(b, k + _tzcnt_u32(more), rest, end)) == NULL) return 0;
  }
  return rest <= end;
}
#endif

int dense_read(struct cursor_block *b, uint32_t n, uint32_t first, uint32_t last, const unsigned char *p,
               const unsigned char *end, int avx2) {
  if (last < first || last - first >= DENSE_SPAN || p >= end) return 0;
  uint32_t width = *p++;
  size_t bits = ((size_t)(last - first) + 8) / 8, counts = ((size_t)n * width + 7) / 8;
  if ((width != 2 && width != 4 && width != 8) || bits + counts > (size_t)(end - p)) return 0;
  b->first = first;
  if (!take_bits(b, n, last, p, bits)) return 0;
  p += bits;
#if MILL_AVX2
  if (avx2) {
    list_bits_avx2(b, n);
    return read_counts_avx2(b, n, width, p, p + counts, end);
  }
#endif
  (void)avx2;
  list_bits(b, n);
  return read_counts(b, n, width, p, p + counts, end);
}
