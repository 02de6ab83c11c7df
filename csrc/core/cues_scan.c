/*
** cues_scan.c - finding the words of cues.c in a page.
**
** Phrases stand anywhere. Most characters begin none; of those that may, most
** are not followed by what would have to follow. With AVX2 that is asked for
** eight characters at once, so that few places are left to look at.
*/
#include "cues_index.h"
#include "eight_avx2.h"

/* Does the entry stand at the beginning of s[0,n)? Most differ at its end. */
static int begins(const cue_entry *e, const char *s, size_t n) {
  return e->len <= n && s[e->len - 1u] == e->text[e->len - 1u] && memcmp(s, e->text, e->len) == 0;
}

/* ---- phrases -------------------------------------------------------------------- */

typedef struct finder {
  page *p;
  const cue_index *x;
  uint32_t piece; /* the one at hand, or the next */
} finder;

/* Gives the phrases that begin at folded byte `at` to the piece they stand in. */
static void look_at(finder *f, uint32_t at) {
  page_piece *q = f->p->pieces;
  while (f->piece < f->p->n && q[f->piece].folded.to <= at) f->piece++;
  q += f->piece;
  if (f->piece == f->p->n || q->folded.from > at) return;
  const char *s = page_at(f->p, at);
  for (unsigned k = f->x->head[USE_PHRASE][cue_hash(s)]; k; k = f->x->entries[k - 1].next)
    if (begins(&f->x->entries[k - 1], s, q->folded.to - at)) q->cues |= f->x->entries[k - 1].value;
}

static void scan_portable(finder *f) {
  const char *s = f->p->folded;
  size_t n = f->p->folded_len, step;
  for (size_t i = 0; i < n; i += step) {
    uint32_t c = utf8_decode(s + i, &step);
    uint32_t roles = step == 3 ? f->x->roles[c >> 3] >> (c & 7) * 4 & (CUE_FIRST | CUE_ALONE)
                               : f->x->head[USE_PHRASE][cue_hash(s + i)];
    if (roles) look_at(f, (uint32_t)i);
  }
}

#if MILL_AVX2
#define BLOCK 64u
#define BOTH_HALVES(f, a, b) \
  ((uint32_t)_mm256_movemask_epi8(f(a)) | (uint64_t)(uint32_t)_mm256_movemask_epi8(f(b)) << 32)

MILL_TARGET_BITS static inline __m256i load(const char *s) {
  return _mm256_loadu_si256((const __m256i *)(const void *)s);
}

/* Leads of three bytes. */
MILL_TARGET_BITS static inline __m256i of_three(__m256i x) {
  return _mm256_cmpeq_epi8(_mm256_and_si256(x, _mm256_set1_epi8((char)0xF0)), _mm256_set1_epi8((char)0xE0));
}

/* a-z, and leads of two bytes: with a sign, they are below E0 and not below C0. */
MILL_TARGET_BITS static inline __m256i of_fewer(__m256i x) {
  __m256i two =
      _mm256_cmpeq_epi8(_mm256_and_si256(x, _mm256_set1_epi8((char)0xE0)), _mm256_set1_epi8((char)0xC0));
  return _mm256_or_si256(two, _mm256_cmpgt_epi8(x, _mm256_set1_epi8('a' - 1)));
}

/* The places in the block at s where a phrase may begin. */
MILL_TARGET_BITS static uint64_t candidates(const cue_index *x, const char *s) {
  __m256i a = load(s), b = load(s + 32);
  uint64_t three = BOTH_HALVES(of_three, a, b), first = 0, second = 0, alone = 0;
  for (uint64_t left = three; left != 0;) {
    unsigned k = (unsigned)_tzcnt_u64(left);
    uint64_t here = left & (uint64_t)EIGHT_LEADS << k;
    __m256i roles = eight_nibbles(x->roles, eight_at((const unsigned char *)s + k));
    first |= eight_signs(roles) << k & here;
    second |= eight_signs(_mm256_slli_epi32(roles, 1)) << k & here;
    alone |= eight_signs(_mm256_slli_epi32(roles, 2)) << k & here;
    left ^= here;
  }
  uint64_t follows = (second | ~three) >> 3 | UINT64_C(7) << 61; /* in the next block: who knows */
  uint64_t found = (first & follows) | alone;
  for (uint64_t fewer = BOTH_HALVES(of_fewer, a, b); fewer != 0; fewer &= fewer - 1)
    if (x->head[USE_PHRASE][(unsigned char)s[_tzcnt_u64(fewer)]]) found |= fewer & (0 - fewer);
  return found;
}

MILL_TARGET_BITS static void scan_avx2(finder *f) {
  const char *s = f->p->folded;
  size_t n = f->p->folded_len;
  char end[BLOCK + BLOCK + EIGHT_READ] = {0};
  for (size_t i = 0; i < n; i += BLOCK) {
    const char *at = s + i;
    if (n - i < BLOCK + EIGHT_READ) {
      memset(end, 0, sizeof end);
      at = memcpy(end, at, n - i);
    }
    for (uint64_t found = candidates(f->x, at); found != 0; found &= found - 1)
      look_at(f, (uint32_t)(i + _tzcnt_u64(found)));
  }
}
#endif

void cues_scan(page *p) {
  finder f = {p, p->cues, 0};
#if MILL_AVX2
  if (p->avx2) {
    scan_avx2(&f);
    return;
  }
#endif
  scan_portable(&f);
}

/* ---- words ------------------------------------------------------------------------ */

enum cue_word cue_word_of(const cue_index *x, const char *s, size_t n) {
  while (n > 1 && s[n - 1] == ':') n--;
  if (n == 0 || n > 40) return WORD_NONE;
  for (unsigned k = x->head[USE_WORD][cue_hash(s)]; k; k = x->entries[k - 1].next)
    if (x->entries[k - 1].len == n && begins(&x->entries[k - 1], s, n))
      return (enum cue_word)x->entries[k - 1].value;
  return WORD_NONE;
}

/* ---- edges ------------------------------------------------------------------------ */

/* (, a digit, or a numeral's character */
static uint32_t may_number(const cue_index *x, const char *s) {
  size_t len;
  uint32_t c = utf8_decode(s, &len);
  uint32_t may =
      len == 3 ? x->roles[c >> 3] >> (c & 7) * 4 & CUE_NUMBERS : c == '(' || (c >= '0' && c <= '9');
  return may ? EDGE_NUMBER : 0u;
}

uint32_t cue_starts(const cue_index *x, const char *s, size_t n) {
  uint32_t edges = n > 0 ? may_number(x, s) : 0;
  for (unsigned k = n > 0 ? x->head[USE_START][cue_hash(s)] : 0; k; k = x->entries[k - 1].next)
    if (begins(&x->entries[k - 1], s, n)) edges |= x->entries[k - 1].value;
  return edges;
}

uint32_t cue_ends(const cue_index *x, const char *s, size_t n) {
  uint32_t edges = 0;
  for (unsigned k = n > 0 ? x->head[USE_END][cue_hash(s + utf8_prev(s, n))] : 0; k;
       k = x->entries[k - 1].next) {
    const cue_entry *e = &x->entries[k - 1];
    if (e->len <= n && memcmp(s + n - e->len, e->text, e->len) == 0) edges |= e->value;
  }
  return edges;
}

size_t cue_start_of(const cue_index *x, enum cue_edge edge, const char *s, size_t n) {
  for (unsigned k = n > 0 ? x->head[USE_START][cue_hash(s)] : 0; k; k = x->entries[k - 1].next)
    if (x->entries[k - 1].value == (uint32_t)edge && begins(&x->entries[k - 1], s, n))
      return x->entries[k - 1].len;
  return 0;
}

/* ---- labels ----------------------------------------------------------------------- */

/* Bytes of s that spell `word`, blanks allowed between its characters. */
static size_t spells(const char *s, size_t n, const char *word) {
  size_t i = 0, b;
  while (*word) {
    size_t w = utf8_length((unsigned char)*word);
    if (i > 0 && w > 1)
      while ((b = text_blank(s + i, n - i)) > 0) i += b;
    if (w > n - i || memcmp(s + i, word, w) != 0) return 0;
    i += w;
    word += w;
  }
  return i;
}

int cue_may_label(const cue_index *x, const char *s, size_t n) {
  return n > 0 && x->head[USE_LABEL][cue_hash(s)] != 0;
}

size_t cue_label(const cue_index *x, const char *s, size_t n, enum field_key *key, int *spaced) {
  size_t best = 0;
  for (unsigned k = n > 0 ? x->head[USE_LABEL][cue_hash(s)] : 0; k; k = x->entries[k - 1].next) {
    const cue_entry *e = &x->entries[k - 1];
    size_t w = spells(s, n, e->text);
    if (w <= best) continue;
    best = w;
    *key = (enum field_key)(e->value & 255u);
    *spaced = (int)(e->value >> 8);
  }
  return best;
}
