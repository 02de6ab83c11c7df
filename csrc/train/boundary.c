/*
** boundary.c - the weights of the boundary model: logistic loss, AdaGrad, L1.
**
** Reference: Duchi, Hazan, Singer, "Adaptive Subgradient Methods", JMLR 2011. The
** arithmetic is plain IEEE single precision in a fixed order, without libm: the
** weights are the same wherever they are learnt.
*/
#include <string.h>

#include "../core/alloc.h"
#include "train.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF /* gcc does not contract in ISO mode */
#endif

#define SURE 0.01f /* an example this well known teaches nothing more */

/* ---- arithmetic --------------------------------------------------------------------- */

/* e^(x/32) by its series, squared five times. */
float train_exp(float x) {
  x = x < -20.0f ? -20.0f : x > 20.0f ? 20.0f : x;
  float y = x / 32.0f;
  float p = 1.0f + y * (1.0f + y * (0.5f + y * (1.0f / 6 + y * (1.0f / 24 + y * (1.0f / 120)))));
  for (int i = 0; i < 5; i++) p *= p;
  return p;
}

static float logistic(float z) {
  z = z > 15.0f ? 15.0f : z < -15.0f ? -15.0f : z;
  return 1.0f / (1.0f + train_exp(-z));
}

/* 1 / sqrt(x), x > 0: Newton's steps from a first guess. */
static float inverse_root(float x) {
  union { float f; uint32_t u; } v = {x};
  v.u = 0x5F3759DFu - (v.u >> 1);
  for (int i = 0; i < 3; i++) v.f = v.f * (1.5f - 0.5f * x * v.f * v.f);
  return v.f;
}

int32_t train_round(float w, float scale, int32_t most) {
  float scaled = w * scale;
  if (scaled > (float)most) return most;
  if (scaled < (float)-most) return -most;
  return (int32_t)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
}

int32_t boundary_round(float w, int32_t most) { return train_round(w, BOUNDARY_SCALE, most); }

void train_step(train_weight *w, float slope, float rate) {
  w->g += slope * slope;
  w->w -= rate * slope * inverse_root(w->g);
}

/* ---- what an example is made of ---------------------------------------------------- */

#define MAX_PARTS 24

/* The weights that count for unit u; returns how many. gather and boundary_score
** name the places of model.h: boundary u sees unit u - 3 + i at place 5 - i. */
static int gather(train_model *m, const train_examples *e, const train_grams *g, size_t u,
                  train_weight **part) {
  int n = 0;
  for (size_t i = 0; i < 6; i++) part[n++] = &m->unit[e->ids[u - 3 + i]][5 - i];
  for (size_t level = 0; level < 3; level++)
    for (size_t i = 0; i + level < 5; i++) {
      uint32_t gram = g->at[level][u - 3 + i];
      if (gram != MILL_NONE) part[n++] = &m->gram[gram][5 - i];
    }
  part[n++] = &m->type[e->type[u]];
  part[n++] = &m->path[e->path[u]];
  part[n++] = &m->span[e->span[u]];
  part[n++] = &m->pair[e->pair[u]];
  part[n++] = &m->bias;
  return n;
}

int32_t boundary_score(const train_model *m, const train_examples *e, const train_grams *g,
                       size_t u) {
  int32_t z = boundary_round(m->bias.w, 32000);
  for (size_t i = 0; i < 6; i++) z += boundary_round(m->unit[e->ids[u - 3 + i]][5 - i].w, 2000);
  for (size_t level = 0; level < 3; level++)
    for (size_t i = 0; i + level < 5; i++) {
      uint32_t gram = g->at[level][u - 3 + i];
      if (gram != MILL_NONE && g->gram[gram].kept) z += boundary_round(m->gram[gram][5 - i].w, 127);
    }
  return z + boundary_round(m->type[e->type[u]].w, 32000) +
         boundary_round(m->path[e->path[u]].w, 32000) +
         boundary_round(m->span[e->span[u]].w, 32000) + boundary_round(m->pair[e->pair[u]].w, 32000);
}

/* ---- learning ------------------------------------------------------------------------- */

static void learn_example(train_model *m, const train_examples *e, const train_grams *g, size_t u,
                          float rate) {
  train_weight *part[MAX_PARTS];
  int n = gather(m, e, g, u, part);
  float z = 0;
  for (int i = 0; i < n; i++) z += part[i]->w;
  float slope = logistic(z) - (float)e->gold[u];
  if (slope < SURE && slope > -SURE) return;
  for (int i = 0; i < n; i++) train_step(part[i], slope, rate);
}

void train_shrink(train_weight *w, size_t n, float l1) {
  for (size_t i = 0; i < n; i++) {
    if (w[i].w == 0) continue;
    float less = l1 * inverse_root(w[i].g + 1e-6f);
    w[i].w = w[i].w > less ? w[i].w - less : w[i].w < -less ? w[i].w + less : 0;
  }
}

void boundary_learn(train_model *m, const train_examples *e, const train_grams *g,
                    const mill_train_options *o, uint32_t *order) {
  uint64_t state = o->seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
  for (uint32_t i = 0; i < e->n_windows; i++) order[i] = i;
  for (uint32_t epoch = 0; epoch < o->epochs; epoch++) {
    train_shuffle(order, e->n_windows, &state);
    for (size_t q = 0; q < e->n_windows; q++) {
      size_t from = e->window[order[q]], to = from + e->window_len[order[q]];
      for (size_t u = from; u < to; u++)
        if (e->gold[u] != GOLD_NONE) learn_example(m, e, g, u, (float)o->rate);
    }
    train_shrink(&m->unit[0][0], MODEL_IDS * MODEL_WEIGHTS, (float)o->l1);
    train_shrink(&m->gram[0][0], g->n * MODEL_WEIGHTS, (float)o->l1);
    train_shrink(m->pair, MODEL_N_PAIRS, (float)o->l1);
  }
}

void train_shuffle(uint32_t *order, size_t n, uint64_t *state) {
  for (size_t i = n; i > 1; i--) {
    size_t j = (size_t)(train_random(state) >> 16) % i;
    uint32_t x = order[i - 1];
    order[i - 1] = order[j];
    order[j] = x;
  }
}

int boundary_new(train_model *m, size_t n_grams) {
  memset(m, 0, sizeof *m);
  m->unit = mem_calloc(MODEL_IDS, sizeof *m->unit);
  m->gram = mem_calloc(n_grams + 1, sizeof *m->gram);
  m->type = mem_calloc(MODEL_N_TYPES, sizeof *m->type);
  m->path = mem_calloc(MODEL_N_PATHS, sizeof *m->path);
  m->span = mem_calloc(MODEL_N_SPANS, sizeof *m->span);
  m->pair = mem_calloc(MODEL_N_PAIRS, sizeof *m->pair);
  if (m->unit && m->gram && m->type && m->path && m->span && m->pair) return 0;
  boundary_free(m);
  return MILL_ENOMEM;
}

void boundary_free(train_model *m) {
  mem_free(m->unit);
  mem_free(m->gram);
  mem_free(m->type);
  mem_free(m->path);
  mem_free(m->span);
  mem_free(m->pair);
  memset(m, 0, sizeof *m);
}
