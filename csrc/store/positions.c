/*
** positions.c - where a word stands in the articles of its postings.
**
** Positions lie behind each other as their postings do, so that a posting's are found by
** how many are before them in its block. Of few postings those are skipped; where most of
** a block is wanted all its numbers are summed at once, and each posting's are the sums
** less the last one before.
*/
#include "cursor.h"

static const unsigned char *look(const struct posting_cursor *c) {
  const struct index_segment *g = c->segment;
  return segment_peek(g->store, g->id, STREAM_POSITIONS, c->lies_from, c->lies_n);
}

/* Those of a block, lazily: most queries never ask. Where they lie in memory in one piece they
** are not copied; then they may be gone at the next question (still_there). */
static int load_positions(struct posting_cursor *c, uint32_t block) {
  uint64_t from = 0, to = c->word->n_positions;
  if (c->n_blocks > 1) {
    if (block > 0) from = skip_of(c, block - 1).positions;
    to = skip_of(c, block).positions;
  }
  c->positions.len = 0;
  c->placed = c->summed = 0;
  if (from > to || to > c->word->n_positions) return MILL_ECORRUPT;
  c->lies_from = c->word->positions + from;
  c->lies_n = to - from;
  c->lies = look(c);
  c->is_copy = c->lies == NULL;
  int code = c->is_copy ? segment_bytes(c->segment->store, c->segment->id, STREAM_POSITIONS, c->lies_from,
                                        c->lies_n, &c->positions) : 0;
  if (code < 0) return code;
  if (c->is_copy) c->lies = (const unsigned char *)c->positions.bytes;
  c->placed = block + 1;
  c->place = c->lies;
  c->place_before = 0;
  return 0;
}

static int still_there(const struct posting_cursor *c) { return c->is_copy || look(c) == c->lies; }

#if MILL_AVX2
/* skip_codes, 32 bytes at a time. */
MILL_TARGET_BITS static const unsigned char *skip_avx2(const unsigned char *p, const unsigned char *end,
                                                       uint64_t n) {
  const __m256i most = _mm256_set1_epi8((char)(CODE_ENDS - 1));
  while (n >= 32 && end - p >= 32) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i ends = _mm256_cmpeq_epi8(_mm256_min_epu8(x, most), x);
    n -= (uint64_t)_mm_popcnt_u32((uint32_t)_mm256_movemask_epi8(ends));
    p += 32;
  }
  return skip_codes(p, end, n);
}

/* How many numbers end before `end`. */
MILL_TARGET_BITS static uint32_t count_avx2(const unsigned char *p, const unsigned char *end) {
  const __m256i most = _mm256_set1_epi8((char)(CODE_ENDS - 1));
  uint32_t n = 0;
  for (; end - p >= 32; p += 32) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
    n += (uint32_t)_mm_popcnt_u32((uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(x, most), x)));
  }
  for (; p < end; p++) n += *p < CODE_ENDS;
  return n;
}

/* sum_codes, eight bytes at a time: at each byte the number of two bytes at most that would
** end there, of which those are kept where one does. Where the next eight lie, and what comes
** before them, is known without having summed. A number of more bytes is read by itself. */
MILL_TARGET_BITS static const unsigned char *sum_avx2(const unsigned char *p, const unsigned char *end,
                                                      uint32_t n, uint32_t next, uint32_t *out) {
  const __m128i most = _mm_set1_epi8((char)(CODE_ENDS - 1)), none = _mm_set1_epi16(CODE_ENDS - 1);
  __m128i before = _mm_setzero_si128();
  uint32_t carry = 0, delta; /* 1: the byte before is the digit of a number */
  for (uint32_t k = 0; k < n;) {
    if (p >= end) return NULL;
    __m128i x = _mm_loadl_epi64((const __m128i *)(const void *)p);
    uint32_t ends = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(x, most), x)) & 0xff;
    uint32_t digits = ~ends & 0xff, some = (uint32_t)_mm_popcnt_u32(ends);
    if (digits & (digits << 1 | carry)) {
      p = read_code(p - carry, &delta);
      out[k] = next + delta;
      if (out[k] < next || out[k] == UINT32_MAX) return NULL;
      next = out[k++] + 1;
      before = _mm_setzero_si128();
      carry = 0;
      continue;
    }
    __m128i digit = _mm_cvtepu8_epi16(_mm_or_si128(_mm_slli_epi64(x, 8), before));
    digit = _mm_mullo_epi16(_mm_sub_epi16(_mm_max_epi16(digit, none), none), _mm_set1_epi16(CODE_ENDS));
    uint64_t bytes = _pdep_u64(ends, UINT64_C(0x0101010101010101)) * 255;
    uint64_t order = _pext_u64(UINT64_C(0x0706050403020100), bytes);
    __m128i kept = _mm_cvtepu8_epi16(_mm_cvtsi64_si128((long long)order));
    kept = _mm_add_epi16(_mm_mullo_epi16(kept, _mm_set1_epi16(0x0202)), _mm_set1_epi16(0x0100));
    __m128i sums = _mm_shuffle_epi8(_mm_add_epi16(_mm_cvtepu8_epi16(x), digit), kept);
    sums = _mm_add_epi16(sums, _mm_set1_epi16(1));
    sums = _mm_add_epi16(sums, _mm_slli_si128(sums, 2));
    sums = _mm_add_epi16(sums, _mm_slli_si128(sums, 4));
    sums = _mm_add_epi16(sums, _mm_slli_si128(sums, 8));
    _mm256_storeu_si256((__m256i *)(void *)(out + k),
                        _mm256_add_epi32(_mm256_cvtepu16_epi32(sums), _mm256_set1_epi32((int)(next - 1))));
    if (some >= n - k && out[n - 1] < next) return NULL;
    if (some >= n - k) return p + _tzcnt_u32(_pdep_u32(1u << (n - k - 1), ends)) + 1;
    __m128i last = _mm_cvtsi32_si128((int)((some - 1) * 0x0202 + 0x0100));
    uint32_t sum = (uint32_t)_mm_extract_epi16(_mm_shuffle_epi8(sums, last), 0);
    if (next > UINT32_MAX - sum) return NULL;
    next += sum;
    k += some;
    p += 8;
    before = _mm_srli_epi64(x, 56);
    carry = digits >> 7;
  }
  return p;
}
#endif

/* n numbers at p, each the distance to the one before, which is next - 1. Where they end; NULL: not
** before `end`, or they are beyond 32 bits: what is read ascends. */
static const unsigned char *sum_codes(const struct posting_cursor *c, const unsigned char *p,
                                      const unsigned char *end, uint32_t n, uint32_t next, uint32_t *out) {
#if MILL_AVX2
  if (c->avx2) return sum_avx2(p, end, n, next, out);
#endif
  (void)c;
  for (uint32_t k = 0, delta; k < n; k++) {
    if (p >= end) return NULL;
    p = read_code(p, &delta);
    out[k] = next + delta;
    if (out[k] < next || out[k] == UINT32_MAX) return NULL;
    next = out[k] + 1;
  }
  return p;
}

/* Moves to where `before` positions of the block lie before; NULL: c->code. */
static const unsigned char *place(struct posting_cursor *c, uint32_t block, uint32_t before, uint32_t n) {
  int there = c->placed == block + 1 && c->place_before <= before && still_there(c);
  if (!there && (c->code = load_positions(c, block)) < 0) return NULL;
  const unsigned char *end = c->lies + c->lies_n;
  uint32_t skip = before - c->place_before;
#if MILL_AVX2
  if (c->avx2 && skip >= 32) c->place = skip_avx2(c->place, end, skip);
  else
#endif
  c->place = skip_codes(c->place, end, skip);
  c->place_before = before;
  if (c->place == NULL || n > (size_t)(end - c->place)) {
    c->code = MILL_ECORRUPT;
    c->placed = 0;
    return NULL;
  }
  return c->place;
}

int cursor_positions_of(struct posting_cursor *c, const struct posting_spot *s, uint32_t n, uint32_t *out) {
  const unsigned char *p = place(c, s->block, s->before, n);
  if (p == NULL) return c->code;
  const unsigned char *end = c->lies + c->lies_n;
  p = sum_codes(c, p, end, n - s->rest, 0, out);
  if (p != NULL && s->rest > 0) p = sum_codes(c, p, end, s->rest, SEGMENT_REST, out + n - s->rest);
  if (p == NULL || p > end) return c->placed = 0, c->code = MILL_ECORRUPT;
  c->place = p; /* the next posting's */
  c->place_before = s->before + n;
  return 0;
}

static uint32_t count_codes(const struct posting_cursor *c, const unsigned char *p, const unsigned char *end) {
  uint32_t n = 0;
#if MILL_AVX2
  if (c->avx2) return count_avx2(p, end);
#endif
  (void)c;
  for (; p < end; p++) n += *p < CODE_ENDS;
  return n;
}

int cursor_sums(struct posting_cursor *c, uint32_t block) {
  if ((c->code = load_positions(c, block)) < 0) return c->code;
  size_t size = (size_t)c->lies_n;
  if (mill_grow(&c->sums, &c->sums_capacity, size + 9, sizeof *c->sums) < 0) return c->code = MILL_ENOMEM;
  const unsigned char *p = c->place, *end = p + size;
  uint32_t count = count_codes(c, p, end);
  c->sums[0] = 0;
  c->n_sums = sum_codes(c, p, end, count, 1, c->sums + 1) != NULL ? count : 0;
  c->summed = block + 1;
  return 0;
}

/* The spot of the current posting: counted on from the last that was asked for. */
static struct posting_spot spot_here(struct posting_cursor *c) {
  if (c->counted != c->block || c->count_at > c->at) c->counted = c->block, c->count_at = c->count = 0;
  while (c->count_at < c->at) c->count += c->b.tf[c->count_at++];
  return (struct posting_spot){c->block - 1, c->count, c->b.rest[c->at]};
}

int cursor_positions(struct posting_cursor *c, uint32_t *out) {
  struct posting_spot s = spot_here(c);
  return cursor_positions_of(c, &s, c->b.tf[c->at], out);
}

int cursor_position_bytes(struct posting_cursor *c, const unsigned char **from, size_t *n) {
  struct posting_spot s = spot_here(c);
  if ((*from = place(c, s.block, s.before, c->b.tf[c->at])) == NULL) return c->code;
  const unsigned char *end = skip_codes(*from, c->lies + c->lies_n, c->b.tf[c->at]);
  if (end == NULL) return c->code = MILL_ECORRUPT;
  *n = (size_t)(end - *from);
  return 0;
}
