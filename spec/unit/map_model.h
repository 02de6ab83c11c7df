/*
** map_model.h - a map the slow and obvious way: one record a piece, unchanged
** bytes included, every look-up a walk from the start. Tests and the fuzzer
** compare the real maps with it.
*/
#ifndef MAP_MODEL_H
#define MAP_MODEL_H

#include <stdint.h>
#include <stdlib.h>

#include "textmill.h"

#define MODEL_MAX 4096

typedef struct model_piece {
  uint32_t s0, s1, o0, o1;
  int kept;
} model_piece;

typedef struct model {
  model_piece at[MODEL_MAX];
  int n;
} model;

static inline model_piece model_end(const model *m) {
  return m->n > 0 ? m->at[m->n - 1] : (model_piece){0, 0, 0, 0, 1};
}

static inline void model_add(model *m, uint32_t s, uint32_t o, int kept) {
  model_piece e = model_end(m);
  if ((s == 0 && o == 0) || m->n == MODEL_MAX) return;
  m->at[m->n++] = (model_piece){e.s1, e.s1 + s, e.o1, e.o1 + o, kept};
}

static inline void model_read(model *m, const mill_map *map) {
  const mill_run *r;
  size_t n = mill_map_runs(map, &r);
  m->n = 0;
  for (size_t i = 0; i < n; i++) {
    while (model_end(m).s1 < r[i].source && m->n < MODEL_MAX) model_add(m, 1, 1, 1);
    for (uint32_t k = 0; k < r[i].count; k++) model_add(m, r[i].source_len, r[i].output_len, 0);
  }
  while (model_end(m).s1 < mill_map_source_len(map) && m->n < MODEL_MAX) model_add(m, 1, 1, 1);
}

/* The source span of [from, to) of the output, from < to. */
static inline mill_span model_from(const model *m, uint32_t from, uint32_t to) {
  mill_span s = {0, 0};
  for (int i = m->n - 1; i >= 0; i--)
    if (m->at[i].o0 <= from && from < m->at[i].o1) s.from = m->at[i].s0;
  for (int i = 0; i < m->n; i++)
    if (m->at[i].o0 < to && to <= m->at[i].o1) s.to = m->at[i].s1;
  return s;
}
static inline mill_span model_to(const model *m, uint32_t from, uint32_t to) {
  mill_span s = {0, 0};
  for (int i = m->n - 1; i >= 0; i--)
    if (m->at[i].s0 <= from && from < m->at[i].s1) s.from = m->at[i].o0;
  for (int i = 0; i < m->n; i++)
    if (m->at[i].s0 < to && to <= m->at[i].s1) s.to = m->at[i].o1;
  return s;
}

/* The whole of `f` and `g` by the definition: a piece ends where both have an
** edge; what is empty in the middle stands alone at such places, f's first. */
static inline void model_compose(const model *f, const model *g, model *out) {
  int i = 0, j = 0;
  out->n = 0;
  while (i < f->n || j < g->n) {
    if (i < f->n && f->at[i].o0 == f->at[i].o1) {
      model_add(out, f->at[i].s1 - f->at[i].s0, 0, 0);
      i++;
      continue;
    }
    if (j < g->n && g->at[j].s0 == g->at[j].s1) {
      model_add(out, 0, g->at[j].o1 - g->at[j].o0, 0);
      j++;
      continue;
    }
    int i0 = i++, j0 = j++;
    while (f->at[i - 1].o1 != g->at[j - 1].s1) {
      if (f->at[i - 1].o1 < g->at[j - 1].s1) i++;
      else j++;
    }
    int kept = i - i0 == 1 && j - j0 == 1 && f->at[i0].kept && g->at[j0].kept;
    model_add(out, f->at[i - 1].s1 - f->at[i0].s0, g->at[j - 1].o1 - g->at[j0].o0, kept);
  }
}

static inline int model_same(const model *a, const model *b) {
  if (a->n != b->n) return 0;
  for (int i = 0; i < a->n; i++)
    if (a->at[i].s1 != b->at[i].s1 || a->at[i].o1 != b->at[i].o1 || a->at[i].kept != b->at[i].kept)
      return 0;
  return 1;
}

#endif
