/*
** model_score.c - the sums of weights of a window, and the words they make.
**
** Sequences are found level by level as in window_words.c: what a level needs of the
** memory is asked for all at once. The sums slide over the units: the weights of
** what starts at unit j are added to boundaries j-2 .. j+3 (lanes 0..5), then
** boundary j-2 is complete.
*/
#include "model.h"

#if defined(__SSE2__) && !defined(MILL_PORTABLE)
#include <emmintrin.h>
#endif

/* ---- sequences ---------------------------------------------------------------------- */

/* The first of the 8 slots whose tag is `tag`, or 8. */
static inline uint32_t match(const model_line *line, uint32_t tag) {
#if defined(__SSE2__) && !defined(MILL_PORTABLE)
  __m128i tags = _mm_loadu_si128((const __m128i *)(const void *)line->tag);
  __m128i same = _mm_cmpeq_epi16(tags, _mm_set1_epi16((short)tag));
  return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(same) | 1u << 16) >> 1;
#else
  uint32_t slot = 0;
  while (slot < 8 && line->tag[slot] != tag) slot++;
  return slot;
#endif
}

/* Follows `count` keys of one level; at[j]: the slot (or the last line's first,
** where weights are 0). Lists those that go on. */
static uint32_t follow(const model_view *v, model_sight *m, uint32_t count, uint32_t level) {
  const uint32_t n_lines = v->params->n_lines, bits = v->params->bits, from = level & 1;
  const model_line *lines = v->lines;
  const uint16_t *ids = m->ids;
  uint32_t on = 0, *at = m->at[level - 2];
  for (uint32_t q = 0; q < count; q++) {
    uint32_t mixed = m->key[from][q], j = m->from[from][q], line = model_line_of(mixed, n_lines, bits);
    uint32_t slot = match(&lines[line], mixed & 0xFFFFu), there = 0u - (slot < 8);
    uint32_t node = ((line * 8 + slot) & there) | (n_lines * 8 & ~there);
    at[j] = node;
    m->key[1 - from][on] = model_mix(node, ids[j + level], bits);
    m->from[1 - from][on] = (uint16_t)j;
    on += lines[node >> 3].weight[node & 7][0] & 1;
  }
  for (uint32_t q = 0; q < on; q++)
    __builtin_prefetch(&lines[model_line_of(m->key[1 - from][q], n_lines, bits)]);
  return on;
}

/* Finds the sequences that start at units -1 .. n-1. */
static void find_sequences(const model_view *v, model_sight *m) {
  const uint32_t n_lines = v->params->n_lines, bits = v->params->bits, none = n_lines * 8;
  const uint32_t first = MODEL_BEFORE - 1, last = MODEL_BEFORE + m->n;
  uint32_t count = 0;
  for (uint32_t j = first; j < last; j++) {
    uint32_t mixed = model_mix(model_first(bits) + m->ids[j], m->ids[j + 1], bits);
    m->key[0][count] = mixed;
    m->from[0][count++] = (uint16_t)j;
    m->at[1][j] = m->at[2][j] = none;
    __builtin_prefetch(&v->lines[model_line_of(mixed, n_lines, bits)]);
  }
  for (uint32_t level = 2; level <= 4 && count > 0; level++) count = follow(v, m, count, level);
}

static int32_t table_score(const model_view *v, const model_sight *m, uint32_t t) {
  return v->type_weight[m->type[t]] + v->path_weight[m->path[t]] + v->span_weight[m->span[t]] +
         v->pair_weight[m->pair[t]];
}

/* ---- sums ----------------------------------------------------------------------------- */

static void add_lanes(int16_t *sum, const int8_t *weight) {
  for (int p = 1; p < MODEL_WEIGHTS; p++) sum[p] = (int16_t)(sum[p] + weight[p]);
}

static const int8_t *slot_weights(const model_view *v, uint32_t node) {
  return v->lines[node >> 3].weight[node & 7];
}

static void sum_portable(const model_view *v, model_sight *m) {
  const uint32_t before = MODEL_BEFORE;
  memset(m->sum, 0, sizeof m->sum);
  for (uint32_t j = before - 3; j < before + m->n + 2; j++) {
    int16_t *sum = m->sum + j - 2;
    for (int p = 0; p < MODEL_WEIGHTS; p++) sum[p] = (int16_t)(sum[p] + v->units[m->ids[j]][p]);
    if (j + 1 < before || j >= before + m->n) continue;
    for (int level = 0; level < 3; level++) add_lanes(sum, slot_weights(v, m->at[level][j]));
  }
}

static void add_tables(const model_view *v, const model_sight *m, int32_t *out) {
  const model_view own = *v; /* out cannot change it */
  const int32_t bias = v->params->bias;
  const uint32_t n = m->n;
  for (uint32_t t = 1; t < n; t++)
    out[t] = bias + m->sum[MODEL_BEFORE + t] + table_score(&own, m, t);
}

void model_score_portable(const model_view *v, model_sight *m, int32_t *out) {
  find_sequences(v, m);
  sum_portable(v, m);
  add_tables(v, m, out);
}

#if defined(__SSE2__) && !defined(MILL_PORTABLE)
/* The weights of a slot as 16-bit lanes; lane 0 is a flag. The eight bytes at
** the last slot of a line reach into the next one: lanes 6 and 7 are not read. */
static inline __m128i load_slot(const model_line *lines, uint32_t node) {
  const char *p = (const char *)lines + (node >> 3) * 64 + 16 + (node & 7) * 6;
  __m128i w = _mm_loadl_epi64((const __m128i *)(const void *)p);
  return _mm_srai_epi16(_mm_unpacklo_epi8(w, w), 8);
}

static void sum_sse2(const model_view *v, model_sight *m) {
  const __m128i lanes = _mm_setr_epi16(0, -1, -1, -1, -1, -1, 0, 0);
  const uint32_t from = MODEL_BEFORE - 3, to = MODEL_BEFORE + m->n + 2;
  for (int level = 0; level < 3; level++) { /* what starts in the pads */
    uint32_t *at = m->at[level], none = v->params->n_lines * 8;
    at[from] = at[from + 1] = at[to - 2] = at[to - 1] = none;
  }
  __m128i sum = _mm_setzero_si128();
  const model_line *lines = v->lines;
  const int16_t (*units)[8] = v->units;
  for (uint32_t j = from; j < to; j++) {
    __m128i a = load_slot(lines, m->at[0][j]), b = load_slot(lines, m->at[1][j]);
    __m128i c = load_slot(lines, m->at[2][j]);
    __m128i unit = _mm_loadu_si128((const __m128i *)(const void *)units[m->ids[j]]);
    a = _mm_and_si128(_mm_add_epi16(a, _mm_add_epi16(b, c)), lanes);
    sum = _mm_add_epi16(sum, _mm_add_epi16(unit, a));
    m->sum[j - 2] = (int16_t)_mm_extract_epi16(sum, 0);
    sum = _mm_srli_si128(sum, 2);
  }
}

void model_score(const model_view *v, model_sight *m, int32_t *out) {
  find_sequences(v, m);
  sum_sse2(v, m);
  add_tables(v, m, out);
}
#else
void model_score(const model_view *v, model_sight *m, int32_t *out) {
  model_score_portable(v, m, out);
}
#endif

/* ---- words ----------------------------------------------------------------------------- */

void model_path(const model_view *v, model_sight *m, window *w, const mill_lexicon *lx,
                const char *text) {
  int32_t score[WINDOW_UNITS + 1];
  uint16_t begin[WINDOW_UNITS + 1];
  uint32_t n = w->n, words = 1, start = 0;
  if (n == 0) return;
  model_look(m, w, lx, text, v->chars, v->types);
  model_score(v, m, score);
  for (uint32_t t = 1; t < n; t++) { /* without branches: nobody can tell what comes */
    begin[words] = (uint16_t)t;
    words += (uint32_t)((score[t] > 0) & (m->fixed[t] != MODEL_JOIN)) | (m->fixed[t] == MODEL_CUT);
  }
  begin[words] = (uint16_t)n;
  for (uint32_t i = 1; i <= words; i++) {
    uint32_t to = begin[i];
    for (; to - start > MAX_EDGE; start += MAX_EDGE) w->length[start] = MAX_EDGE;
    w->length[start] = (uint8_t)(to - start);
    start = to;
  }
  w->free = 1;
}
