/*
** convert_fast.c - characters of three bytes, many at a time.
**
** Most phrases are neutral: they say what their characters say one by one, and
** only keep other phrases from matching across them. So characters are converted
** one by one, and only where a phrase with effect may begin does longest match
** have to be known:
**
**     ...|不|同|的|心|理|发|展|和|...     理发 has an effect: candidate at 理
**           j     j  j  j               j: neighbours within some phrase
**                 |--------> walk       from 心 by longest match: 心理, then 发:
**                                       it never comes by 理, no match there
**
** No phrase spans two neighbours that are neighbours in no phrase, so longest
** match comes by there, whatever stands before: the walk begins at the nearest
** such place before the candidate (`visited` at the latest). Filters say both
** (bits by hash); one that says yes for nothing only costs a longer walk.
**
** Neutral phrases hold characters of three bytes without special values only.
** So `visited` or a walk knows all that happens at characters of other kinds:
** there longest match comes by, unless a phrase with effect spans it.
*/
#include "convert_run.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

#define MANY 48 /* bits are noted when so many wait: 8 more, or a phrase of 7, fit */

/* Where the fast way stands: locals of its loops, and what they hand on. */
typedef struct place {
  size_t p;
  char *o;
  uint64_t bits; /* of k characters: changed? */
  unsigned k;
} place;

static inline void note(run *w, place *at) {
  if (__builtin_expect(at->k < MANY, 1)) return;
  edits_bits(&w->e, at->bits, at->k);
  at->bits = at->k = 0;
}

/* The three bytes of the character at s, and no more. */
static inline uint32_t load_three(const char *s) {
  return (unsigned char)s[0] | (uint32_t)(unsigned char)s[1] << 8 | (uint32_t)(unsigned char)s[2] << 16;
}

/* The phrase longest match finds at p, or NULL. */
static const convert_phrase *match_at(const run *w, size_t p, size_t to) {
  size_t rest = to - p, second, third;
  if (rest < 4 || !(value_of(w->index, w->values, load_three(w->s + p)) & CONVERT_PHRASES)) return NULL;
  second = utf8_length((unsigned char)w->s[p + 3]);
  uint32_t two = convert_hash(convert_bytes(w->s + p), convert_bytes(w->s + p + 3)), three = two;
  third = p + 3 + second;
  if (third < to) three = convert_hash_on(two, convert_bytes(w->s + third));
  return run_find(w, p, to, two, three);
}

/* Where longest match comes by at p or behind it, from the nearest place known. */
static size_t walk(const run *w, size_t p, size_t to) {
  const uint32_t *joins = w->v->filters + w->t->join;
  size_t at = p;
  for (; at > w->visited; at -= 3) {
    uint32_t hash = convert_hash(load_three(w->s + at - 3), load_three(w->s + at));
    if (!filter_has(joins, w->t->join_shift, hash)) break;
  }
  while (at < p) {
    const convert_phrase *f = match_at(w, at, to);
    at += f != NULL ? f->key_len : 3;
  }
  return at;
}

/* One character of three bytes, by itself. */
static inline void single(const run *w, place *at) {
  uint32_t x = load_three(w->s + at->p), value = value_of(w->index, w->values, x) & CONVERT_BITS;
  store(at->o, x ^ value);
  at->bits |= (uint64_t)(value != 0) << at->k++;
  at->p += 3;
  at->o += 3;
}

/* A candidate at at->p: goes on behind what matches there, or what spans it. */
static void resolve(run *w, place *at, size_t to) {
  size_t next = walk(w, at->p, to);
  const convert_phrase *f = next == at->p ? match_at(w, next, to) : NULL;
  if (f != NULL && f->changes == 0xFF) {
    w->out->len = (size_t)(at->o - w->out->bytes);
    edits_bits(&w->e, at->bits, at->k);
    at->bits = at->k = 0;
    at->p = run_emit(w, f, at->p);
    at->o = w->out->bytes + w->out->len;
  } else if (f != NULL) { /* at most seven characters of three bytes, and as many come out */
    copy_words(at->o, w->v->pool + f->text + f->key_len, f->key_len);
    at->bits |= (uint64_t)f->changes << at->k;
    at->k += f->key_len / 3u;
    at->p += f->key_len;
    at->o += f->key_len;
  } else {
    if (next == at->p) next += 3;
    for (; at->p < next; note(w, at)) single(w, at); /* a neutral phrase's rest, or nothing matches */
  }
  w->visited = at->p;
  note(w, at);
}

/* May a phrase with effect begin at p, with a character of this value? Else no. */
static inline int candidate(const run *w, size_t p, size_t to, uint32_t value) {
  if (!(value & CONVERT_EFFECT) || p + 3 >= to) return 0;
  if (p + 9 > to) return 1;
  uint32_t x = load(w->s + p), y = load(w->s + p + 3), z = load(w->s + p + 6);
  if (!is_three(y) || !is_three(z)) return 1;
  if (!(value_of(w->index, w->values, y) & CONVERT_SECOND)) return 0;
  const uint32_t *effects = w->v->filters + w->t->effect;
  uint32_t two = convert_hash(x & 0xFFFFFFu, y & 0xFFFFFFu), three = convert_hash_on(two, z & 0xFFFFFFu);
  return (int)(filter_has(effects, w->t->effect_shift, two) | filter_has(effects, w->t->effect_shift, three));
}

static void fast_portable(run *w, place *at, size_t to) {
  const size_t end = w->n < 10 ? 0 : w->n - 9 < to ? w->n - 9 : to; /* ten bytes are read at p */
  while (at->p < end && w->rc == 0) {
    uint32_t x = load(w->s + at->p);
    if (!is_three(x)) return;
    uint32_t value = value_of(w->index, w->values, x);
    if (value & CONVERT_SPECIAL) return;
    if (candidate(w, at->p, to, value)) {
      resolve(w, at, to);
    } else {
      single(w, at);
      note(w, at);
    }
  }
}

/* A few bytes of ASCII, with which nothing begins. */
static inline void pass_ascii(run *w, place *at, size_t to) {
  size_t from = at->p, end = to - from > 16 ? from + 16 : to;
  edits_bits(&w->e, at->bits, at->k);
  at->bits = at->k = 0;
  do *at->o++ = w->s[at->p++];
  while (at->p < end && (unsigned char)w->s[at->p] < 0x80);
  edits_keep(&w->e, at->p - from);
  w->visited = at->p;
}

#if MILL_AVX2

#define WIDE MILL_TARGET_AVX2 static inline
#define BLOCK 24 /* bytes: eight characters */
#define READ 36  /* bytes read from the beginning of a block */

/* Eight characters of three bytes, one a lane, the first byte lowest; where other
** ones are among them, whatever. */
WIDE __m256i spread(const char *s) {
  const __m256i lanes = _mm256_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1,
                                         0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
  __m128i low = _mm_loadu_si128((const __m128i *)(const void *)s);
  __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(s + 12));
  return _mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1), lanes);
}

WIDE void gather_up(char *o, __m256i x) {
  const __m256i lanes = _mm256_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1,
                                         0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1);
  x = _mm256_shuffle_epi8(x, lanes);
  _mm_storeu_si128((__m128i *)(void *)o, _mm256_castsi256_si128(x));
  _mm_storeu_si128((__m128i *)(void *)(o + 12), _mm256_extracti128_si256(x, 1));
}

/* All bits of the lanes that hold a character of three bytes. */
WIDE __m256i threes(__m256i x) {
  return _mm256_cmpeq_epi32(_mm256_and_si256(x, _mm256_set1_epi32(0xF0)), _mm256_set1_epi32(0xE0));
}

/* value_of in every lane; whatever stands there, within the table. `pages`: the
** first 16 of the index, in either half. */
WIDE __m256i values_of(__m256i pages, const uint32_t *values, __m256i x) {
  const __m256i six = _mm256_set1_epi32(63);
  __m256i page = _mm256_shuffle_epi8(pages, _mm256_and_si256(x, _mm256_set1_epi32(15)));
  page = _mm256_slli_epi32(_mm256_and_si256(page, _mm256_set1_epi32(255)), 12);
  __m256i middle = _mm256_slli_epi32(_mm256_and_si256(_mm256_srli_epi32(x, 8), six), 6);
  __m256i last = _mm256_and_si256(_mm256_srli_epi32(x, 16), six);
  __m256i at = _mm256_or_si256(page, _mm256_or_si256(middle, last));
  return _mm256_i32gather_epi32((const int *)(const void *)values, at, 4);
}

/* filter_has in every lane: all bits or none. */
WIDE __m256i filter_lanes(const uint32_t *filter, uint32_t shift, __m256i hash) {
  const __m256i one = _mm256_set1_epi32(1), five = _mm256_set1_epi32(31);
  __m256i bit = _mm256_srl_epi32(hash, _mm_cvtsi32_si128((int)shift));
  __m256i more = _mm256_srl_epi32(hash, _mm_cvtsi32_si128((int)shift - 5));
  __m256i word = _mm256_i32gather_epi32((const int *)(const void *)filter, _mm256_srli_epi32(bit, 5), 4);
  __m256i bits = _mm256_or_si256(_mm256_sllv_epi32(one, _mm256_and_si256(bit, five)),
                                 _mm256_sllv_epi32(one, _mm256_and_si256(more, five)));
  return _mm256_cmpeq_epi32(_mm256_and_si256(word, bits), bits);
}

WIDE unsigned lanes_of(__m256i x) { return (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(x)); }

/* Of the lanes in `begin`, those where the filter knows the two or the three
** characters. */
WIDE unsigned known(const run *w, const char *s, __m256i x, unsigned begin) {
  const uint32_t *effects = w->v->filters + w->t->effect, shift = w->t->effect_shift;
  __m256i y = spread(s + 3), z = spread(s + 6);
  __m256i two = _mm256_add_epi32(_mm256_mullo_epi32(x, _mm256_set1_epi32((int)CONVERT_HASH_1)),
                                 _mm256_mullo_epi32(y, _mm256_set1_epi32((int)CONVERT_HASH_2)));
  __m256i three = _mm256_add_epi32(_mm256_xor_si256(two, _mm256_set1_epi32((int)CONVERT_HASH_ON)),
                                   _mm256_mullo_epi32(z, _mm256_set1_epi32((int)CONVERT_HASH_3)));
  unsigned yes =
      lanes_of(_mm256_or_si256(filter_lanes(effects, shift, two), filter_lanes(effects, shift, three)));
  unsigned others = ~lanes_of(_mm256_and_si256(threes(y), threes(z)));
  return begin & (yes | others);
}

/* What eight characters say, a bit each. */
typedef struct block { unsigned stop, begin, changed; } block;

/* Writes what becomes of the eight characters at s, one by one, at o. */
WIDE block convert_block(const run *w, const char *s, char *o, __m256i pages) {
  __m256i x = spread(s), value = values_of(pages, w->values, x);
  uint32_t ninth = load(s + BLOCK),
           after = is_three(ninth) ? value_of(w->index, w->values, ninth) : CONVERT_SECOND;
  __m256i next = _mm256_permutevar8x32_epi32(value, _mm256_setr_epi32(1, 2, 3, 4, 5, 6, 7, 0));
  next = _mm256_blend_epi32(next, _mm256_set1_epi32((int)after), 0x80);
  __m256i change = _mm256_and_si256(value, _mm256_set1_epi32((int)CONVERT_BITS));
  gather_up(o, _mm256_xor_si256(x, change));
  unsigned three = lanes_of(threes(x)), special = lanes_of(value) | (~three & 255u);
  unsigned same = lanes_of(_mm256_cmpeq_epi32(change, _mm256_setzero_si256()));
  /* a phrase with effect may begin where this one begins some, and the next is
  ** the second of some, or of another length */
  unsigned second = lanes_of(_mm256_slli_epi32(next, 2)) | ~(three >> 1 | 128u);
  unsigned begin = lanes_of(_mm256_slli_epi32(value, 1)) & second & ~special;
  if (begin != 0) begin = known(w, s, x, begin);
  return (block){special | begin, begin, same ^ 255u};
}

static inline void advance(place *at, unsigned changed, unsigned n) {
  at->bits |= (uint64_t)(changed & ((1u << n) - 1)) << at->k;
  at->k += n;
  at->p += 3 * (size_t)n;
  at->o += 3 * (size_t)n;
}

/* Blocks of eight characters at s[p,to), as long as READ bytes are there. Whole ones
** go on by constants: the next one need not wait for their values. */
MILL_TARGET_AVX2 static void fast_avx2(run *w, place *out, size_t to) {
  const __m256i pages = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)w->index));
  const size_t end = w->n < READ ? 0 : w->n - READ + 1;
  place at = *out;
  while (at.p + BLOCK <= to && at.p < end && w->rc == 0) {
    block b = convert_block(w, w->s + at.p, at.o, pages);
    while (b.stop == 0 && at.k < MANY && at.p + 2 * BLOCK <= to && at.p + BLOCK < end) {
      advance(&at, b.changed, 8);
      b = convert_block(w, w->s + at.p, at.o, pages);
    }
    note(w, &at);
    unsigned n = (unsigned)__builtin_ctz(b.stop | 256u);
    advance(&at, b.changed, n);
    if (n == 8) continue;
    note(w, &at);
    if (b.begin >> n & 1) {
      resolve(w, &at, to);
    } else {
      if (w->t->ascii || (unsigned char)w->s[at.p] >= 0x80) break;
      pass_ascii(w, &at, to);
    }
  }
  *out = at;
}

#endif

size_t run_fast(run *w, size_t p, size_t to) {
  place at = {p, w->out->bytes + w->out->len, 0, 0};
  w->visited = p;
#if MILL_AVX2
  if (!w->v->portable && cpu_has_avx2()) fast_avx2(w, &at, to);
#endif
  fast_portable(w, &at, to);
  /* the text may end within a phrase: what comes behind begins where that ends */
  if (at.p < to && w->rc == 0 && is_three((unsigned char)w->s[at.p]))
    for (size_t next = walk(w, at.p, to); at.p < next; note(w, &at)) single(w, &at);
  w->out->len = (size_t)(at.o - w->out->bytes);
  edits_bits(&w->e, at.bits, at.k);
  return at.p;
}
