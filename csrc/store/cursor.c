/*
** cursor.c - cursors over a word's postings; positions.c has their positions.
**
** Every byte is judged: an ordinal at or above n_articles, a block that does not end where
** its skip says, a count that runs
** past its stream end the cursor with MILL_ECORRUPT. Buffers have 16 bytes
** behind their end, zeros, which end any number: a block is read whole and checked
** once. Where there is AVX2, numbers of one byte are read eight at a time.
*/
#include "cursor.h"
#include "dense.h"

static void begin(struct posting_cursor *c, const struct index_segment *g, const struct segment_word *w) {
  c->segment = g;
  c->word = w;
  c->n_blocks = (w->n + SEGMENT_BLOCK - 1) / SEGMENT_BLOCK;
  c->block = c->n = c->at = c->placed = c->summed = c->counted = 0;
  c->postings.len = c->positions.len = 0;
  c->avx2 = g->avx2;
  c->code = 0;
}

int cursor_open(struct posting_cursor *c, const struct index_segment *g, const struct segment_word *w) {
  begin(c, g, w);
  c->code = segment_bytes(g->store, g->id, STREAM_POSTINGS, w->postings, w->n_postings, &c->postings);
  if (c->code == 0 && c->n_blocks > 1 && w->n_postings < (uint64_t)c->n_blocks * 16) c->code = MILL_ECORRUPT;
  return c->code;
}

void cursor_free(struct posting_cursor *c) {
  mill_buffer_free(&c->postings);
  mill_buffer_free(&c->positions);
  mem_free(c->sums);
}

static int fail(struct posting_cursor *c) {
  c->code = MILL_ECORRUPT;
  c->block = c->n_blocks;
  c->n = c->at = 0;
  return 0;
}

/* ---- a block of postings */

static int read_postings(struct reading *r, struct cursor_block *b, uint32_t n, const unsigned char *end) {
  for (uint32_t k = 0; k < n; k++) {
    if (r->p >= end) return 0;
    read_posting(r, &b->ordinal[k], &b->tf[k], &b->rest[k]);
  }
  return 1;
}

#if MILL_AVX2
/* Postings of one or two bytes each that end among the next eight bytes, read together: of
** each byte the number that would end there, of which those are kept where one does. One
** with a count of its own, or of more bytes, is read by itself. */
MILL_TARGET_BITS static int read_postings_avx2(struct reading *r, struct cursor_block *b, uint32_t n,
                                               const unsigned char *end) {
  const __m128i most = _mm_set1_epi8((char)(CODE_ENDS - 1)), none = _mm_set1_epi16(CODE_ENDS - 1);
  const __m128i three = _mm_set1_epi16(3), one = _mm_set1_epi16(1);
  for (uint32_t k = 0; k < n;) {
    if (r->p >= end) return 0;
    __m128i x = _mm_loadl_epi64((const __m128i *)(const void *)r->p);
    __m128i counted = _mm_cmpeq_epi8(_mm_and_si128(x, _mm_set1_epi8(3)), _mm_set1_epi8(3));
    __m128i last = _mm_cmpeq_epi8(_mm_min_epu8(x, most), x);
    uint32_t ends = (uint32_t)_mm_movemask_epi8(last) & 0xff, digits = ~ends & 0xff;
    uint32_t stop = ((uint32_t)_mm_movemask_epi8(counted) & ends) | (digits & digits >> 1) | 0x100;
    ends &= (stop & (0 - stop)) - 1;
    uint32_t some = (uint32_t)_mm_popcnt_u32(ends);
    if (some < 2) { /* not worth it */
      for (uint32_t to = k + 2 < n ? k + 2 : n; k < to && r->p < end; k++)
        read_posting(r, &b->ordinal[k], &b->tf[k], &b->rest[k]);
      continue;
    }
    if (some > n - k) some = n - k;
    __m128i digit = _mm_sub_epi16(_mm_max_epi16(_mm_cvtepu8_epi16(_mm_slli_epi64(x, 8)), none), none);
    __m128i heads = _mm_add_epi16(_mm_cvtepu8_epi16(x), _mm_mullo_epi16(digit, _mm_set1_epi16(CODE_ENDS)));
    uint64_t bytes = _pdep_u64(ends, UINT64_C(0x0101010101010101)) * 255;
    uint64_t order = _pext_u64(UINT64_C(0x0706050403020100), bytes);
    __m128i kept = _mm_cvtepu8_epi16(_mm_cvtsi64_si128((long long)order));
    kept = _mm_add_epi16(_mm_mullo_epi16(kept, _mm_set1_epi16(0x0202)), _mm_set1_epi16(0x0100));
    heads = _mm_shuffle_epi8(heads, kept);
    __m128i sums = _mm_add_epi16(_mm_srli_epi16(heads, 2), one);
    sums = _mm_add_epi16(sums, _mm_slli_si128(sums, 2));
    sums = _mm_add_epi16(sums, _mm_slli_si128(sums, 4));
    sums = _mm_add_epi16(sums, _mm_slli_si128(sums, 8));
    __m256i base = _mm256_set1_epi32((int)(uint32_t)r->ordinal);
    _mm256_storeu_si256((__m256i *)(void *)(b->ordinal + k),
                        _mm256_add_epi32(_mm256_cvtepu16_epi32(sums), base));
    _mm256_storeu_si256((__m256i *)(void *)(b->tf + k),
                        _mm256_cvtepu16_epi32(_mm_add_epi16(_mm_and_si128(heads, three), one)));
    _mm256_storeu_si256((__m256i *)(void *)(b->rest + k), _mm256_setzero_si256());
    k += some;
    r->p += _tzcnt_u32(_pdep_u32(1u << (some - 1), ends)) + 1;
    r->ordinal += (uint32_t)(b->ordinal[k - 1] - (uint32_t)r->ordinal);
  }
  return 1;
}
#endif

static int read_any(const struct posting_cursor *c, struct reading *r, struct cursor_block *b, uint32_t n,
                    const unsigned char *end) {
#if MILL_AVX2
  if (c->avx2 && n > 4) return read_postings_avx2(r, b, n, end);
#endif
  (void)c;
  return read_postings(r, b, n, end);
}

static uint32_t take_block(struct posting_cursor *c, uint32_t n) {
  c->n = n;
  c->at = 0;
  c->block++;
  return n;
}

static uint32_t read_bits(struct posting_cursor *c, const struct reading *r, uint32_t n, uint32_t last,
                          const unsigned char *end) {
  if (last >= c->segment->n_articles ||
      !dense_read(&c->b, n, (uint32_t)(r->ordinal + 1), last, r->p, end, c->avx2))
    return (uint32_t)fail(c);
  c->b.dense = 1;
  return take_block(c, n);
}

/* Postings of one block. Ordinals ascend, so that the last one says whether all are there. */
static uint32_t read_block(struct posting_cursor *c, struct reading r, uint32_t n, const unsigned char *end) {
  if (!read_any(c, &r, &c->b, n, end) || r.p > end || r.bad || r.ordinal >= c->segment->n_articles ||
      (c->n_blocks > 1 && r.ordinal != skip_of(c, c->block).last))
    return (uint32_t)fail(c);
  c->b.dense = 0;
  return take_block(c, n);
}

/* Decodes block c->block and moves behind it. */
static uint32_t decode(struct posting_cursor *c) {
  const unsigned char *base = (const unsigned char *)c->postings.bytes, *end = base + c->postings.len;
  uint32_t n = c->word->n - c->block * SEGMENT_BLOCK;
  struct reading r = {base, UINT64_MAX, 0};
  if (n > SEGMENT_BLOCK) n = SEGMENT_BLOCK;
  if (c->n_blocks > 1) {
    struct skip before = c->block > 0 ? skip_of(c, c->block - 1) : (struct skip){.last = UINT32_MAX};
    struct skip here = skip_of(c, c->block);
    base += (size_t)c->n_blocks * 16;
    if (before.postings > (size_t)(end - base)) return (uint32_t)fail(c);
    r.p = base + before.postings;
    if (c->block > 0) r.ordinal = before.last;
    if (here.dense) return read_bits(c, &r, n, here.last, end);
  }
  return read_block(c, r, n, end);
}

uint32_t cursor_first(struct posting_cursor *c, const struct index_segment *g, const struct segment_word *w) {
  const unsigned char *p = w->n > SEGMENT_BLOCK ? NULL
      : segment_peek(g->store, g->id, STREAM_POSTINGS, w->postings, w->n_postings);
  if (p == NULL) return cursor_open(c, g, w) < 0 ? 0 : decode(c);
  begin(c, g, w);
  return read_block(c, (struct reading){p, UINT64_MAX, 0}, w->n, p + w->n_postings);
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
  return *to < c->segment->n_articles; /* else damaged: who skipped to behind it would stay here */
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
