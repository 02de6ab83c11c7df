/*
** tagger.c - tags for tokens; tagger.h has the picture. Linear in the text,
** without memory of its own.
**
** Reference: Ratnaparkhi, "A Maximum Entropy Model for Part-Of-Speech Tagging",
** EMNLP 1996 (the features); Collins, EMNLP 2002 (the averaged perceptron).
*/
#include "tagger.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "alloc.h"
#include "error.h"
#include "model.h"
#include "utf8.h"

/* ---- the image --------------------------------------------------------------------- */

static int corrupt(mill_error *err) {
  return mill_fail(err, MILL_ECORRUPT, 0, "the model's tagger is damaged");
}

static int attach(tagger_view *t, const mill_image *im, mill_error *err) {
  size_t n_checks, n_rows, n_names;
  t->check = mill_image_section(im, "t.check", sizeof *t->check, &n_checks, err);
  t->rows = (const int8_t (*)[TAGGER_TAGS])mill_image_section(im, "t.rows", TAGGER_TAGS, &n_rows, err);
  t->names = (const char (*)[TAGGER_NAME])mill_image_section(im, "t.names", TAGGER_NAME, &n_names, err);
  if (t->check == NULL || t->rows == NULL || t->names == NULL) return MILL_ECORRUPT;
  if (n_checks != n_rows || n_rows <= TAGGER_PROBES || n_rows > UINT32_MAX || n_names == 0 ||
      n_names > TAGGER_TAGS)
    return corrupt(err);
  for (size_t i = 0; i < n_names; i++)
    if (t->names[i][TAGGER_NAME - 1] != 0) return corrupt(err);
  t->n_rows = (uint32_t)(n_rows - TAGGER_PROBES);
  t->n_tags = (uint32_t)n_names;
  return 0;
}

int tagger_attach(tagger_view **out, const mill_image *im, mill_error *err) {
  size_t n;
  *out = NULL;
  if (mill_image_section(im, "t.names", 1, &n, NULL) == NULL) return 0; /* words only */
  tagger_view *t = mem_calloc(1, sizeof *t);
  if (t == NULL) return mill_fail_memory(err);
  *out = t;
  return attach(t, im, err);
}

void tagger_detach(tagger_view *t) { mem_free(t); }

/* ---- features ------------------------------------------------------------------------ */

static uint32_t mix(uint32_t h) {
  h ^= h >> 15;
  h *= 0x2C1B3C6Du;
  h ^= h >> 12;
  h *= 0x297A2D39u;
  return h ^ h >> 15;
}

static uint32_t pair(uint32_t a, uint32_t b) { return mix(a * 0x9E3779B1u + b); }

static uint32_t hash(const char *s, size_t n) {
  uint64_t h = n;
  for (size_t i = 0; i < n; i += 8) { /* eight bytes at a time, little end first as images are */
    uint64_t x = 0;
    if (n - i >= 8) memcpy(&x, s + i, 8);
    else for (size_t k = n; k > i; k--) x = x << 8 | (unsigned char)s[k - 1];
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 29;
  }
  return mix((uint32_t)(h >> 32) ^ (uint32_t)h);
}

/* Bytes of the last character of s[0,n). */
static size_t last_len(const char *s, size_t n) {
  size_t len = 1;
  while (len < n && len < 4 && ((unsigned char)s[n - len] & 0xC0) == 0x80) len++;
  return n == 0 ? 0 : len;
}

/* All numbers look alike: their digits say nothing of their tag. */
static void plain(const char *s, size_t n, char *out) {
  for (size_t i = 0; i < n; i++) out[i] = s[i] >= '0' && s[i] <= '9' ? '0' : s[i];
}

void tagger_look(tagger_token *out, const char *s, size_t n, uint8_t lexical, uint8_t kind) {
  char digits[24] = {0};
  if (kind == MILL_KIND_NUMBER && n <= sizeof digits) {
    plain(s, n, digits);
    s = digits;
  }
  size_t first = utf8_length((unsigned char)*s), last = last_len(s, n), second;
  if (first > n) first = n;
  second = first < n ? utf8_length((unsigned char)s[first]) : 0;
  if (second > n - first) second = n - first;
  size_t two = last + last_len(s, n - last);
  *out = (tagger_token){.word = hash(s, n), .first = hash(s, first),
                        .second = hash(s, first + second), .last = hash(s + n - last, last),
                        .last_two = hash(s + n - two, two), .lexical = lexical,
                        .length = (uint8_t)(n <= first ? 1 : n <= 6 ? 2 : n <= 9 ? 3 : 4),
                        .kind = kind};
}

tagger_token tagger_edge(void) { return (tagger_token){.lexical = 63}; }

int tagger_ends(const char *s, size_t n) {
  return (n == 3 && memcmp(s, "\xE3\x80\x82", 3) == 0) || (n == 1 && (*s == '!' || *s == '?'));
}

uint32_t tagger_keys(const tagger_token *before, const tagger_token *at, const tagger_token *after,
                     uint32_t tag1, uint32_t tag2, uint32_t keys[TAGGER_FEATURES]) {
  uint32_t lexical = at->lexical, ahead = after->lexical, behind = before->lexical, n = 0;
  const uint32_t parts[] = {
      at->word, before->word, after->word, at->first, at->last, at->second, at->last_two,
      (uint32_t)at->length << 4 | at->kind, tag1, tag1 << 8 | tag2, pair(at->word, tag1),
      before->last, after->first, lexical, ahead, behind, lexical << 8 | tag1,
      lexical << 8 | ahead, lexical << 8 | behind, lexical << 16 | ahead << 8 | tag1,
      pair(at->word, ahead), pair(at->last, lexical << 4 | at->length), pair(at->word, after->word),
      pair(after->word, tag1)};
  for (; n < TAGGER_FEATURES; n++) keys[n] = pair(parts[n], 0x51ED270Bu * (n + 1));
  return n;
}

/* ---- tagging -------------------------------------------------------------------------- */

static const int8_t no_row[TAGGER_TAGS];

/* The row of a key: the first of its places that has its check. */
static const int8_t *find_row(const tagger_view *t, uint32_t key) {
  const uint16_t *at = t->check + tagger_row(key, t->n_rows);
#if defined(__SSE2__) && !defined(MILL_PORTABLE)
  __m128i there = _mm_loadu_si128((const __m128i *)(const void *)at);
  __m128i same = _mm_cmpeq_epi16(there, _mm_set1_epi16((short)tagger_check(key)));
  uint32_t i = (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(same) | 1u << 16) >> 1;
#else
  uint32_t i = 0;
  while (i < TAGGER_PROBES && at[i] != tagger_check(key)) i++;
#endif
  const int8_t *places[2] = {t->rows[(size_t)(at - t->check) + (i & (TAGGER_PROBES - 1))], no_row};
  return places[i >> 3]; /* nobody can tell which: no branch */
}

/* Adds up the rows, 16 weights each. */
static void add_rows(int16_t *sum, const int8_t *const *row, uint32_t n) {
#if defined(__SSE2__) && !defined(MILL_PORTABLE)
  __m128i low = _mm_setzero_si128(), high = low;
  for (uint32_t i = 0; i < n; i++) {
    __m128i w = _mm_loadu_si128((const __m128i *)(const void *)row[i]);
    low = _mm_add_epi16(low, _mm_srai_epi16(_mm_unpacklo_epi8(w, w), 8));
    high = _mm_add_epi16(high, _mm_srai_epi16(_mm_unpackhi_epi8(w, w), 8));
  }
  _mm_storeu_si128((__m128i *)(void *)sum, low);
  _mm_storeu_si128((__m128i *)(void *)(sum + 8), high);
#else
  memset(sum, 0, TAGGER_TAGS * sizeof *sum);
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < TAGGER_TAGS; k++) sum[k] = (int16_t)(sum[k] + row[i][k]);
#endif
}

uint32_t tagger_choose(const tagger_view *t, const uint32_t *keys, uint32_t n) {
  const int8_t *row[TAGGER_FEATURES];
  int16_t sum[TAGGER_TAGS];
  for (uint32_t i = 0; i < n; i++) row[i] = find_row(t, keys[i]);
  add_rows(sum, row, n);
  uint32_t best = 0;
  for (uint32_t k = 1; k < t->n_tags; k++)
    if (sum[k] > sum[best]) best = k;
  return best;
}

static int is_blank(const mill_tokens *t, size_t k) {
  return t->kind[k] == MILL_KIND_BLANK || t->kind[k] == MILL_KIND_BREAK;
}

/* The token behind k, as far as the sentence goes; *next: where it stands, or n. */
static tagger_token look_ahead(const char *s, const mill_tokens *t, size_t k, size_t *next) {
  tagger_token out = tagger_edge();
  size_t i = k + 1;
  while (i < t->n && t->kind[i] == MILL_KIND_BLANK) i++;
  int edge = i >= t->n || t->kind[i] == MILL_KIND_BREAK ||
             (k < t->n && tagger_ends(s + t->start[k], t->start[k + 1] - t->start[k]));
  while (i < t->n && is_blank(t, i)) i++;
  *next = i;
  if (!edge) tagger_look(&out, s + t->start[i], t->start[i + 1] - t->start[i], t->tag[i], t->kind[i]);
  return out;
}

int mill_tag(const mill_model *m, const char *folded, const mill_tokens *t, uint8_t *out,
             mill_error *err) {
  if (m->tagger == NULL) return mill_fail(err, MILL_EINVAL, 0, "the model has no tags");
  uint32_t keys[TAGGER_FEATURES], tag1 = TAGGER_EDGE, tag2 = TAGGER_EDGE;
  tagger_token before = tagger_edge(), at = before, after;
  size_t k = 0, next;
  memset(out, MILL_NO_TAG, t->n);
  while (k < t->n && is_blank(t, k)) k++;
  if (k < t->n)
    tagger_look(&at, folded + t->start[k], t->start[k + 1] - t->start[k], t->tag[k], t->kind[k]);
  for (; k < t->n; k = next) {
    after = look_ahead(folded, t, k, &next);
    uint32_t n = tagger_keys(&before, &at, &after, tag1, tag2, keys);
    out[k] = (uint8_t)tagger_choose(m->tagger, keys, n);
    tag2 = tag1, tag1 = out[k];
    before = at, at = after;
    if (after.lexical != 63 || next >= t->n) continue;
    tag1 = tag2 = TAGGER_EDGE; /* a new sentence */
    before = tagger_edge();
    tagger_look(&at, folded + t->start[next], t->start[next + 1] - t->start[next], t->tag[next],
                t->kind[next]);
  }
  return 0;
}

const char *mill_model_tag(const mill_model *m, uint32_t tag) {
  return m->tagger != NULL && tag < m->tagger->n_tags ? m->tagger->names[tag] : NULL;
}
