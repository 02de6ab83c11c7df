/*
** cursor.c - cursors over a word's postings and positions.
**
** Every byte is judged: an ordinal at or above n_articles, a count that runs
** past its stream end the cursor with MILL_ECORRUPT. Buffers have 16 bytes
** behind their end, zeros, which end any number: a block is read whole and checked
** once. Where there is AVX2, numbers of one byte are read eight at a time.
*/
#include "segment.h"

#include "../core/alloc.h"
#include "../core/cpu.h"
#include "codec.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

struct skip { uint32_t last, postings, positions; };

static uint32_t get_le32(const unsigned char *p) {
  return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static struct skip skip_of(const struct posting_cursor *c, uint32_t block) {
  const unsigned char *p = (const unsigned char *)c->postings.bytes + (size_t)block * 16;
  return (struct skip){get_le32(p), get_le32(p + 4), get_le32(p + 8)};
}

int cursor_open(struct posting_cursor *c, const struct index_segment *g, const struct segment_word *w) {
  c->segment = g;
  c->word = w;
  c->n_blocks = (w->n + SEGMENT_BLOCK - 1) / SEGMENT_BLOCK;
  c->block = c->n = c->at = c->placed = 0;
  c->postings.len = c->positions.len = 0;
  c->avx2 = cpu_has_avx2();
  c->code = segment_bytes(g->store, g->id, STREAM_POSTINGS, w->postings, w->n_postings, &c->postings);
  if (c->code == 0 && c->n_blocks > 1 && w->n_postings < (uint64_t)c->n_blocks * 16) c->code = MILL_ECORRUPT;
  return c->code;
}

void cursor_free(struct posting_cursor *c) {
  mill_buffer_free(&c->postings);
  mill_buffer_free(&c->positions);
}

static int fail(struct posting_cursor *c) {
  c->code = MILL_ECORRUPT;
  c->block = c->n_blocks;
  c->n = c->at = 0;
  return 0;
}

/* ---- a block of postings */

/* Where reading stands: the next byte, the last ordinal, and whether a count is wrong. */
struct reading { const unsigned char *p; uint64_t ordinal; uint32_t bad; };

/* One posting of numbers of any length. */
static void read_long(struct reading *r, struct cursor_block *b, uint32_t k) {
  uint32_t head, tf, rest = 0;
  r->p = read_code(r->p, &head);
  tf = (head & 3) + 1;
  r->ordinal += (uint64_t)(head >> 2) + 1;
  if ((head & 3) == 3) {
    r->p = read_code(r->p, &head);
    tf = head >> 1;
    if (head & 1) r->p = read_code(r->p, &rest);
  }
  b->ordinal[k] = (uint32_t)r->ordinal;
  b->tf[k] = tf;
  b->rest[k] = rest;
  r->bad |= (tf == 0) | (tf > SEGMENT_REST / 2) | (rest > tf);
}

/* One posting: of one byte, or two without a rest; whether it is of two is no branch. */
static inline void read_posting(struct reading *r, struct cursor_block *b, uint32_t k) {
  uint32_t head = r->p[0], count = r->p[1], more = (head & 3) == 3;
  if (head >= CODE_ENDS || (more & ((count & 1) | (count >= CODE_ENDS)))) {
    read_long(r, b, k);
    return;
  }
  uint32_t tf = more ? count >> 1 : (head & 3) + 1;
  r->ordinal += (head >> 2) + 1;
  r->p += 1 + more;
  b->ordinal[k] = (uint32_t)r->ordinal;
  b->tf[k] = tf;
  b->rest[k] = 0;
  r->bad |= tf == 0;
}

static int read_postings(struct reading *r, struct cursor_block *b, uint32_t n, const unsigned char *end) {
  for (uint32_t k = 0; k < n; k++) {
    if (r->p >= end) return 0;
    read_posting(r, b, k);
  }
  return 1;
}

#if MILL_AVX2
/* x0 x1 x2 ... -> x0, x0 + x1, ... + base each. */
MILL_TARGET_BITS static inline __m256i sums_of(__m256i x, uint32_t base) {
  x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
  x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
  __m256i low = _mm256_permute4x64_epi64(_mm256_shuffle_epi32(x, 0xff), 0x44); /* the lower half's sum */
  x = _mm256_add_epi32(x, _mm256_blend_epi32(_mm256_setzero_si256(), low, 0xf0));
  return _mm256_add_epi32(x, _mm256_set1_epi32((int)base));
}

MILL_TARGET_BITS static int read_postings_avx2(struct reading *r, struct cursor_block *b, uint32_t n,
                                               const unsigned char *end) {
  const __m128i three = _mm_set1_epi8(3), most = _mm_set1_epi8((char)(CODE_ENDS - 1));
  for (uint32_t k = 0; k < n;) {
    if (r->p >= end) return 0;
    __m128i x = _mm_loadl_epi64((const __m128i *)(const void *)r->p);
    __m128i more = _mm_cmpeq_epi8(_mm_and_si128(x, three), three);
    __m128i small = _mm_cmpeq_epi8(_mm_min_epu8(x, most), x);
    uint32_t plain = (uint32_t)_mm_movemask_epi8(_mm_andnot_si128(more, small));
    uint32_t some = _tzcnt_u32((~plain & 0xff) | 0x100);
    if (some < 3) { /* not worth it */
      for (uint32_t to = k + 4 < n ? k + 4 : n; k < to && r->p < end; k++) read_posting(r, b, k);
      continue;
    }
    if (some > n - k) some = n - k;
    __m256i wide = _mm256_cvtepu8_epi32(x), one = _mm256_set1_epi32(1);
    __m256i ordinals = sums_of(_mm256_add_epi32(_mm256_srli_epi32(wide, 2), one), (uint32_t)r->ordinal);
    _mm256_storeu_si256((__m256i *)(void *)(b->ordinal + k), ordinals);
    _mm256_storeu_si256((__m256i *)(void *)(b->tf + k),
                        _mm256_add_epi32(_mm256_and_si256(wide, _mm256_set1_epi32(3)), one));
    _mm256_storeu_si256((__m256i *)(void *)(b->rest + k), _mm256_setzero_si256());
    k += some;
    r->p += some;
    r->ordinal += (uint32_t)(b->ordinal[k - 1] - (uint32_t)r->ordinal);
  }
  return 1;
}
#endif

static int read_any(const struct posting_cursor *c, struct reading *r, struct cursor_block *b, uint32_t n,
                    const unsigned char *end) {
#if MILL_AVX2
  if (c->avx2) return read_postings_avx2(r, b, n, end);
#endif
  (void)c;
  return read_postings(r, b, n, end);
}

/* Decodes block c->block and moves behind it. Ordinals ascend, so that the last one says
** whether all are there. */
static uint32_t decode(struct posting_cursor *c) {
  const unsigned char *base = (const unsigned char *)c->postings.bytes, *end = base + c->postings.len;
  uint32_t n = c->word->n - c->block * SEGMENT_BLOCK;
  struct reading r = {base, UINT64_MAX, 0};
  if (n > SEGMENT_BLOCK) n = SEGMENT_BLOCK;
  if (c->n_blocks > 1) {
    struct skip before = c->block > 0 ? skip_of(c, c->block - 1) : (struct skip){.last = UINT32_MAX};
    base += (size_t)c->n_blocks * 16;
    if (before.postings > (size_t)(end - base)) return (uint32_t)fail(c);
    r.p = base + before.postings;
    if (c->block > 0) r.ordinal = before.last;
  }
  if (!read_any(c, &r, &c->b, n, end) || r.p > end || r.bad || r.ordinal >= c->segment->n_articles)
    return (uint32_t)fail(c);
  c->n = n;
  c->at = 0;
  c->block++;
  return n;
}

int cursor_block_bound(const struct posting_cursor *c, uint32_t block, uint32_t *tf, uint32_t *length) {
  if (c->n_blocks <= 1) return 0;
  uint32_t x = get_le32((const unsigned char *)c->postings.bytes + (size_t)block * 16 + 12);
  *tf = x & 0xffff;
  *length = x >> 16;
  return *tf < 0xffff;
}

/* The first block at or behind `block` that ends at or above `to`: gallop, then halve. */
static uint32_t find_block(const struct posting_cursor *c, uint32_t block, uint32_t to) {
  if (block >= c->n_blocks || skip_of(c, block).last >= to) return block;
  uint32_t lo = block, step = 1; /* ends below */
  while (lo + step < c->n_blocks && skip_of(c, lo + step).last < to) lo += step, step *= 2;
  uint32_t hi = lo + step < c->n_blocks ? lo + step : c->n_blocks;
  while (lo + 1 < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (skip_of(c, mid).last < to) lo = mid;
    else hi = mid;
  }
  return hi;
}

int cursor_bound(const struct posting_cursor *c, uint32_t from, uint32_t *tf, uint32_t *length,
    uint32_t *until) {
  if (c->n_blocks <= 1) return 0;
  int here = c->n > 0 && c->b.ordinal[c->n - 1] >= from;
  uint32_t block = here ? c->block - 1 : find_block(c, c->block, from);
  if (block >= c->n_blocks) return *tf = 0, *length = 1, 1;
  uint32_t last = skip_of(c, block).last;
  if (last < *until) *until = last;
  return cursor_block_bound(c, block, tf, length);
}

int cursor_range(const struct posting_cursor *c, uint32_t from, uint32_t to, uint32_t *tf, uint32_t *length) {
  if (c->n_blocks <= 1) return 0;
  int here = c->n > 0 && c->b.ordinal[c->n - 1] >= from;
  uint32_t block = here ? c->block - 1 : find_block(c, c->block, from);
  *tf = 0;
  *length = UINT32_MAX;
  for (int more = 1; more && block < c->n_blocks; block++) {
    uint32_t one, least;
    if (!cursor_block_bound(c, block, &one, &least)) return 0;
    if (one > *tf) *tf = one;
    if (least < *length) *length = least;
    more = skip_of(c, block).last < to;
  }
  return 1;
}

int cursor_ahead(const struct posting_cursor *c, uint32_t *from, uint32_t *to) {
  if (c->n_blocks <= 1 || c->block >= c->n_blocks) return 0;
  *from = c->block > 0 ? skip_of(c, c->block - 1).last + 1 : 0;
  *to = skip_of(c, c->block).last;
  return 1;
}

void cursor_skip(struct posting_cursor *c, uint32_t to) {
  if (c->n_blocks > 1 && c->code == 0) c->block = find_block(c, c->block, to);
}

uint32_t cursor_block(struct posting_cursor *c) {
  if (c->code < 0 || c->block >= c->n_blocks) return c->n = 0;
  return decode(c);
}

int cursor_next(struct posting_cursor *c) {
  if (c->at + 1 < c->n) return c->at++, 1;
  return cursor_block(c) > 0;
}

int cursor_seek(struct posting_cursor *c, uint32_t to) {
  if (c->n > 0 && c->b.ordinal[c->at] >= to) return 1;
  if (c->n == 0 || c->b.ordinal[c->n - 1] < to) {
    if (c->code < 0) return 0;
    if (c->n_blocks > 1) c->block = find_block(c, c->block, to);
    if (cursor_block(c) == 0) return 0;
  }
  uint32_t lo = c->at, step = 1, last = c->n - 1;
  while (lo + step < last && c->b.ordinal[lo + step] < to) lo += step, step *= 2;
  while (c->b.ordinal[lo] < to && lo < last) lo++; /* at most as many as were jumped over */
  c->at = lo;
  return c->b.ordinal[lo] >= to;
}

/* ---- positions */

/* Those of the current block, lazily: most queries never ask. */
static int load_positions(struct posting_cursor *c) {
  uint32_t block = c->block - 1;
  uint64_t from = 0, to = c->word->n_positions;
  if (c->n_blocks > 1) {
    if (block > 0) from = skip_of(c, block - 1).positions;
    to = skip_of(c, block).positions;
  }
  if (from > to || to > c->word->n_positions) return MILL_ECORRUPT;
  if (c->positions.len == 0 || from < c->held || to > c->held + c->positions.len) {
    uint64_t end = c->word->positions + to, last = c->word->positions + c->word->n_positions;
    end = (end + SEGMENT_CHUNK - 1) / SEGMENT_CHUNK * SEGMENT_CHUNK; /* a row is read but once */
    if (end > last) end = last;
    c->positions.len = 0;
    int code = segment_bytes(c->segment->store, c->segment->id, STREAM_POSITIONS, c->word->positions + from,
                             end - c->word->positions - from, &c->positions);
    if (code < 0) return c->positions.len = 0, code;
    c->held = from;
  }
  c->placed = c->block;
  c->place = (const unsigned char *)c->positions.bytes + (from - c->held);
  c->place_at = 0;
  return 0;
}

#if MILL_AVX2
/* skip_codes, 32 bytes at a time. */
MILL_TARGET_BITS static const unsigned char *skip_avx2(const unsigned char *p, const unsigned char *end, uint64_t n) {
  const __m256i most = _mm256_set1_epi8((char)(CODE_ENDS - 1));
  while (n >= 32 && end - p >= 32) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i ends = _mm256_cmpeq_epi8(_mm256_min_epu8(x, most), x);
    n -= (uint64_t)_mm_popcnt_u32((uint32_t)_mm256_movemask_epi8(ends));
    p += 32;
  }
  return skip_codes(p, end, n);
}

/* sum_codes, as many at a time as are of one byte. */
MILL_TARGET_BITS static const unsigned char *sum_avx2(const unsigned char *p, const unsigned char *end, uint32_t n,
                                                      uint32_t next, uint32_t *out) {
  const __m128i most = _mm_set1_epi8((char)(CODE_ENDS - 1));
  for (uint32_t k = 0, delta; k < n;) {
    if (p >= end) return NULL;
    __m128i x = _mm_loadl_epi64((const __m128i *)(const void *)p);
    uint32_t plain = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(x, most), x));
    uint32_t some = _tzcnt_u32((~plain & 0xff) | 0x100);
    if (some > n - k) some = n - k;
    if (some >= 2) {
      __m256i wide = _mm256_add_epi32(_mm256_cvtepu8_epi32(x), _mm256_set1_epi32(1));
      _mm256_storeu_si256((__m256i *)(void *)(out + k), sums_of(wide, next - 1));
      k += some;
      p += some;
    } else {
      p = read_code(p, &delta);
      out[k++] = next + delta;
    }
    next = out[k - 1] + 1;
  }
  return p;
}
#endif

/* Moves to those of the current posting; where they begin, or NULL (c->code). */
static const unsigned char *place(struct posting_cursor *c) {
  if (c->placed != c->block || c->place_at > c->at)
    if ((c->code = load_positions(c)) < 0) return NULL;
  const unsigned char *end = (const unsigned char *)c->positions.bytes + c->positions.len;
  uint64_t skip = 0;
  while (c->place_at < c->at) skip += c->b.tf[c->place_at++];
#if MILL_AVX2
  if (c->avx2 && skip >= 32) c->place = skip_avx2(c->place, end, skip);
  else
#endif
  c->place = skip_codes(c->place, end, skip);
  if (c->place == NULL || c->b.tf[c->at] > (size_t)(end - c->place)) {
    c->code = MILL_ECORRUPT;
    c->placed = 0;
    return NULL;
  }
  return c->place;
}

/* n numbers at p, each the distance to the one before, which is next - 1. Where they end;
** NULL: not before `end`. */
static const unsigned char *sum_codes(const struct posting_cursor *c, const unsigned char *p, uint32_t n,
                                      uint32_t next, uint32_t *out) {
  const unsigned char *end = (const unsigned char *)c->positions.bytes + c->positions.len;
#if MILL_AVX2
  if (c->avx2) return sum_avx2(p, end, n, next, out);
#endif
  for (uint32_t k = 0, delta; k < n; k++) {
    if (p >= end) return NULL;
    p = read_code(p, &delta);
    out[k] = next + delta;
    next = out[k] + 1;
  }
  return p;
}

int cursor_positions(struct posting_cursor *c, uint32_t *out) {
  const unsigned char *p = place(c), *end = (const unsigned char *)c->positions.bytes + c->positions.len;
  uint32_t n = c->b.tf[c->at], rest = c->b.rest[c->at];
  if (p == NULL) return c->code;
  p = sum_codes(c, p, n - rest, 0, out);
  if (p != NULL && rest > 0) p = sum_codes(c, p, rest, SEGMENT_REST, out + n - rest);
  if (p == NULL || p > end) return c->placed = 0, c->code = MILL_ECORRUPT;
  c->place = p; /* the next posting's */
  c->place_at = c->at + 1;
  return 0;
}

int cursor_position_bytes(struct posting_cursor *c, const unsigned char **from, size_t *n) {
  if ((*from = place(c)) == NULL) return c->code;
  const unsigned char *end = (const unsigned char *)c->positions.bytes + c->positions.len;
  end = skip_codes(*from, end, c->b.tf[c->at]);
  if (end == NULL) return c->code = MILL_ECORRUPT;
  *n = (size_t)(end - *from);
  return 0;
}
