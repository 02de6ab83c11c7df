/*
** pack.c - weights to the image: the sequences that matter most, as many as there
** are slots; all weights as small integers.
*/
#include <stdlib.h>
#include <string.h>

#include "../core/alloc.h"
#include "train.h"

typedef struct ranked { float worth; uint32_t gram; } ranked;

static int worthier(const void *x, const void *y) {
  const ranked *a = x, *b = y;
  if (a->worth != b->worth) return a->worth < b->worth ? 1 : -1;
  return a->gram < b->gram ? -1 : a->gram > b->gram;
}

/* What the image would lose without the sequence: its weights, by how often it is seen. */
static float worth(const train_model *m, const train_grams *g, size_t i) {
  float sum = 0;
  for (int p = 0; p < MODEL_WEIGHTS; p++) {
    int32_t w = boundary_round(m->gram[i][p].w, 127);
    sum += (float)(w < 0 ? -w : w);
  }
  float often = (float)(g->gram[i].count < 64 ? g->gram[i].count : 64);
  return sum * (4.0f + often);
}

static size_t parent_of(const train_grams *g, size_t i) {
  return g->gram[i].level > 2 ? g->gram[i].parent : MILL_NONE;
}

/* Keeps the worthiest, with the beginnings they hang on. */
static void choose(train_grams *g, const ranked *order, size_t room) {
  size_t used = 0;
  for (size_t q = 0; q < g->n && order[q].worth > 0; q++) {
    size_t need = 0;
    for (size_t i = order[q].gram; i != MILL_NONE && !g->gram[i].kept; i = parent_of(g, i)) need++;
    if (used + need > room) return;
    for (size_t i = order[q].gram; i != MILL_NONE && !g->gram[i].kept; i = parent_of(g, i))
      g->gram[i].kept = 1;
    used += need;
  }
}

/* Puts the kept sequences of a level into their lines; node[]: where each is.
** One for which its line has no room is dropped, and what hangs on it. */
static void place(train_pack *p, const train_model *m, train_grams *g, const ranked *order,
                  uint32_t level, uint32_t *node, uint8_t *full) {
  for (size_t q = 0; q < g->n; q++) {
    uint32_t i = order[q].gram, parent;
    train_gram *gram = &g->gram[i];
    if (!gram->kept || gram->level != level) continue;
    parent = level == 2 ? model_first(p->params.bits) + gram->parent : node[gram->parent];
    uint32_t mixed = model_mix(parent, gram->id, p->params.bits);
    uint32_t line = model_line_of(mixed, p->params.n_lines, p->params.bits);
    if (parent == MILL_NONE || full[line] == 8) {
      gram->kept = 0;
      continue;
    }
    uint32_t slot = full[line]++;
    node[i] = line * 8 + slot;
    p->lines[line].tag[slot] = (uint16_t)mixed;
    for (int k = 1; k < MODEL_WEIGHTS; k++)
      p->lines[line].weight[slot][k] = (int8_t)boundary_round(m->gram[i][k].w, 127);
    if (level > 2) p->lines[parent >> 3].weight[parent & 7][0] = 1;
  }
}

static int place_all(train_pack *p, const train_model *m, train_grams *g, const ranked *order) {
  uint32_t *node = mem_malloc((g->n + 1) * sizeof *node);
  uint8_t *full = mem_calloc(p->params.n_lines, 1);
  int rc = node == NULL || full == NULL ? MILL_ENOMEM : 0;
  if (rc == 0) {
    memset(node, 0xFF, (g->n + 1) * sizeof *node);
    for (uint32_t level = 2; level <= 4; level++) place(p, m, g, order, level, node, full);
  }
  mem_free(node);
  mem_free(full);
  return rc;
}

#define LOAD 85 /* per cent of the slots that are taken: few lines overflow */

/* Lines for n sequences: enough, of a number whose keys fit (model.h). */
static uint32_t lines_for(size_t n, uint32_t most) {
  size_t want = n * 100 / (8 * LOAD) + 1;
  uint32_t lines = want < most ? (uint32_t)want : most;
  if (lines < MODEL_MIN_LINES) lines = MODEL_MIN_LINES;
  while (!model_fits(lines, model_bits(lines))) lines--;
  return lines;
}

static void round_table(int16_t *out, const train_weight *w, size_t n) {
  for (size_t i = 0; i < n; i++) out[i] = (int16_t)boundary_round(w[i].w, 32000);
}

int pack_boundary(train_pack *p, const train_model *m, train_grams *g, uint32_t most_lines) {
  ranked *order = mem_malloc((g->n + 1) * sizeof *order);
  if (order == NULL) return MILL_ENOMEM;
  size_t n_worth = 0;
  for (size_t i = 0; i < g->n; i++) {
    order[i] = (ranked){worth(m, g, i), (uint32_t)i};
    n_worth += order[i].worth > 0;
  }
  uint32_t n_lines = lines_for(n_worth, most_lines);
  p->params = (model_params){.layout = MODEL_LAYOUT, .n_lines = n_lines,
                             .bits = model_bits(n_lines), .scale = BOUNDARY_SCALE,
                             .bias = boundary_round(m->bias.w, 32000)};
  qsort(order, g->n, sizeof *order, worthier);
  choose(g, order, (size_t)n_lines * 8 * LOAD / 100);
  int rc = place_all(p, m, g, order);
  mem_free(order);
  for (size_t i = 0; i < MODEL_IDS; i++)
    for (int k = 0; k < MODEL_WEIGHTS; k++)
      p->units[i][k] = (int16_t)boundary_round(m->unit[i][k].w, 2000);
  round_table(p->type_weight, m->type, MODEL_N_TYPES);
  round_table(p->path_weight, m->path, MODEL_N_PATHS);
  round_table(p->span_weight, m->span, MODEL_N_SPANS);
  round_table(p->pair_weight, m->pair, MODEL_N_PAIRS);
  return rc;
}

void pack_sections(const train_pack *p, mill_image_writer *w) {
  mill_image_add(w, "params", &p->params, sizeof p->params);
  mill_image_add(w, "chars", p->chars, sizeof p->chars);
  mill_image_add(w, "types", p->types, sizeof p->types);
  mill_image_add(w, "units", p->units, sizeof p->units);
  mill_image_add(w, "lines", p->lines, (p->params.n_lines + 1) * sizeof *p->lines);
  mill_image_add(w, "w.types", p->type_weight, sizeof p->type_weight);
  mill_image_add(w, "w.paths", p->path_weight, sizeof p->path_weight);
  mill_image_add(w, "w.spans", p->span_weight, sizeof p->span_weight);
  mill_image_add(w, "w.pairs", p->pair_weight, sizeof p->pair_weight);
}
