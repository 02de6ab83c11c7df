/*
** seams.c - the seams of an article, gathered with it and written behind a segment's words.
**
**   words    开发 展开 。 展览      their edges    开..发 展..开 | 展..览
**   seams         发展                numbers in the lexicon's list, with a bit for the rest
**   sort     by number, as gather.c does with words; each number's articles with counts
*/
#include "seams.h"

#include <stdlib.h>

#include "../core/alloc.h"
#include "../core/lexicon.h"
#include "../core/utf8.h"
#include "large.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

_Static_assert(VOCAB_MOST <= SEGMENT_SEAMS, "words and seams are told apart by their numbers");

/* ---- edges of words */

#define NO_HAN 0xFFFFu
#define NO_EDGES UINT32_MAX

static uint32_t han_at(const char *s) {
  size_t len;
  uint32_t c = utf8_decode(s, &len) - LEX_HAN;
  return c < LEX_HANS ? c : NO_HAN;
}

/* First and last character; what is not indexed has none. */
static uint32_t edges_of(const struct vocab *v, uint32_t id) {
  size_t n;
  const char *s = vocab_text(v, id, &n);
  return n == 0 || !vocab_indexed(v, id) ? NO_EDGES : han_at(s) << 16 | han_at(s + utf8_prev(s, n));
}

static int know_edges(struct vocab *v) {
  if (v->n_edges > v->n) return 0;
  if (mill_grow(&v->edges, &v->edges_capacity, (size_t)v->n + 1, sizeof *v->edges) < 0) return MILL_ENOMEM;
  if (v->n_edges == 0) v->edges[v->n_edges++] = NO_EDGES;
  for (; v->n_edges <= v->n; v->n_edges++) v->edges[v->n_edges] = edges_of(v, v->n_edges);
  return 0;
}

/* ---- numbers */

#define AHEAD 8u /* look-ups under way */

uint32_t seams_list(const struct vocab *v) {
  return v->lexicon != NULL ? v->lexicon->params->seams & SEGMENT_LISTS : 0;
}

/* Keys of the pairs of Han characters between neighbours; how many. */
static uint32_t keys_of(const struct vocab *v, const uint32_t *words, uint32_t n, uint32_t *keys) {
  uint32_t many = 0;
  for (uint32_t k = 0, before = NO_HAN; k < n; k++) {
    uint32_t edges = v->edges[words[k]], first = edges >> 16;
    keys[many] = lex_seam_key(before, first);
    many += (before != NO_HAN) & (first != NO_HAN);
    before = edges & 0xffff;
  }
  return many;
}

/* The number of a key, MILL_NONE; full: its bucket is, and others may be behind it. */
static inline uint32_t find(const uint32_t *seams, uint32_t key, uint32_t *full) {
  uint32_t slot = lex_seam_bucket(key), is = 0;
#ifdef __SSE2__
  const __m128i *lanes = (const __m128i *)(const void *)(seams + slot), x = _mm_set1_epi32((int)key);
  __m128i a = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_loadu_si128(lanes), x),
                              _mm_cmpeq_epi32(_mm_loadu_si128(lanes + 1), x));
  __m128i b = _mm_packs_epi32(_mm_cmpeq_epi32(_mm_loadu_si128(lanes + 2), x),
                              _mm_cmpeq_epi32(_mm_loadu_si128(lanes + 3), x));
  is = (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(a, b));
#else
  for (uint32_t k = 0; k < LEX_BUCKET; k++) is |= (uint32_t)(seams[slot + k] == key) << k;
#endif
  *full = (is == 0) & (seams[slot + LEX_BUCKET - 1] != 0);
  return is != 0 ? slot + (uint32_t)__builtin_ctz(is) : MILL_NONE;
}

int64_t seams_of(struct vocab *v, const uint32_t *words, uint32_t n, uint32_t *out) {
  uint32_t many = 0;
  if (v->lexicon == NULL) return 0;
  if (know_edges(v) < 0) return MILL_ENOMEM;
  const uint32_t *seams = v->lexicon->seams;
  uint32_t keys = keys_of(v, words, n, out);
  for (uint32_t k = 0; k < keys; k++) {
    uint32_t key = out[k], pair = key - 1, full;
    if (k + AHEAD < keys) __builtin_prefetch(&seams[lex_seam_bucket(out[k + AHEAD])]);
    out[many] = find(seams, key, &full);
    if (full) out[many] = lexicon_seam(v->lexicon, LEX_HAN + (pair >> 15), LEX_HAN + (pair & 0x7fff));
    many += out[many] != MILL_NONE;
  }
  return many;
}

/* ---- gathering */

/* The seams of a list behind those that are there; how many, or MILL_ENOMEM. */
static int64_t add_list(struct gather *g, struct vocab *v, uint32_t from, const uint32_t *words, uint32_t n,
                        uint32_t rest) {
  uint32_t *to = g->seams + from;
  int64_t many = seams_of(v, words, n, to);
  for (int64_t k = 0; k < many; k++) to[k] = to[k] << 1 | rest;
  return many;
}

int seams_gather(struct gather *g, struct vocab *v, const struct gathered *a, const uint32_t *body,
                 const uint32_t *rest) {
  size_t most = (size_t)g->n_seams + a->body + a->rest + 1;
  if (most > UINT32_MAX / 2 || mill_grow(&g->seams, &g->seams_capacity, most, sizeof *g->seams) < 0)
    return MILL_ENOMEM;
  int64_t n = add_list(g, v, g->n_seams, body, a->body, 0);
  int64_t m = n < 0 ? n : add_list(g, v, g->n_seams + (uint32_t)n, rest, a->rest, 1);
  if (m < 0 || gather_article(g, a->article, a->doc, body, a->body, rest, a->rest) < 0) return MILL_ENOMEM;
  g->n_seams += (uint32_t)(n + m);
  g->seam_list = seams_list(v);
  return 0;
}

/* ---- writing */

/* The seams of all articles, each with its place: an ordinal << 1 | in the rest. */
#define EACH_SEAM(g, a, k)                                             \
  for (uint32_t a = 0, k = 0; a < (g)->n_articles; a++)                \
    for (uint32_t end_of_a = end_of(g, a); k < end_of_a; k++)

static uint32_t end_of(const struct gather *g, uint32_t article) {
  return article + 1 < g->n_articles ? g->articles[article + 1].first_seam : g->n_seams;
}

/* Number k: places[ends[k - 1], ends[k]). */
static void sort(const struct gather *g, uint32_t *ends, uint32_t *places) {
  uint32_t sum = 0;
  for (uint32_t k = 0; k < g->n_seams; k++) ends[g->seams[k] >> 1]++;
  for (uint32_t k = 0; k < LEX_SEAMS; k++) {
    uint32_t here = ends[k];
    ends[k] = sum;
    sum += here;
  }
  EACH_SEAM(g, a, k) places[ends[g->seams[k] >> 1]++] = a << 1 | (g->seams[k] & 1);
}

static void put_postings(struct segment_writer *w, const uint32_t *p, const uint32_t *end) {
  while (p < end) {
    uint32_t ordinal = *p >> 1, tf = 0, rest = 0;
    for (; p < end && *p >> 1 == ordinal; p++) tf++, rest += *p & 1;
    segment_put_posting(w, ordinal, tf, rest);
  }
}

static void put_many(const struct gather *g, struct segment_writer *w) {
  uint32_t *ends = mem_calloc(LEX_SEAMS, sizeof *ends);
  uint32_t *places = mem_malloc(((size_t)g->n_seams + 1) * sizeof *places);
  if (ends == NULL || places == NULL) w->code = MILL_ENOMEM;
  else large_hint(places, (size_t)g->n_seams * sizeof *places), sort(g, ends, places);
  for (uint32_t k = 0, from = 0; k < LEX_SEAMS && w->code == 0; from = ends[k++]) {
    if (from == ends[k]) continue;
    put_postings(w, places + from, places + ends[k]);
    segment_put_word(w, SEGMENT_SEAMS + k);
  }
  mem_free(ends);
  mem_free(places);
}

/* ---- few of them, as one document has: no look at all that there might be */

#define FEW (LEX_SEAMS / 64)

static int compare(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static void put_few(const struct gather *g, struct segment_writer *w) {
  uint32_t n = g->n_seams, *places = mem_malloc(((size_t)n + 1) * sizeof *places);
  uint64_t *all = mem_malloc(((size_t)n + 1) * sizeof *all);
  if (places == NULL || all == NULL) w->code = MILL_ENOMEM;
  else {
    EACH_SEAM(g, a, k) all[k] = (uint64_t)(g->seams[k] >> 1) << 32 | a << 1 | (g->seams[k] & 1);
    qsort(all, n, sizeof *all, compare);
    for (uint32_t k = 0; k < n; k++) places[k] = (uint32_t)all[k];
  }
  for (uint32_t from = 0, k = 0; from < n && w->code == 0; from = k) {
    while (k < n && all[k] >> 32 == all[from] >> 32) k++;
    put_postings(w, places + from, places + k);
    segment_put_word(w, SEGMENT_SEAMS + (uint32_t)(all[from] >> 32));
  }
  mem_free(places);
  mem_free(all);
}

void seams_put(const struct gather *g, struct segment_writer *w) {
  if (g->seam_list == 0) return;
  if (g->n_seams < FEW) put_few(g, w);
  else put_many(g, w);
  segment_put_mark(w, g->seam_list);
}
