/* new_words.c - counting runs and weighing them; new_words.h says how. */
#include "new_words.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "buffer.h"

/* ---- tables: 64 bits -> a count or node ---------------------------------------- */

static int table_new(new_table *t, uint32_t slots) {
  t->slots = mem_calloc(slots, sizeof *t->slots);
  t->mask = slots - 1;
  t->n = 0;
  return t->slots != NULL ? 0 : MILL_ENOMEM;
}

static void table_free(new_table *t) {
  mem_free(t->slots);
  memset(t, 0, sizeof *t);
}

static uint32_t slot_of(const new_table *t, uint64_t key) {
  uint64_t x = key * UINT64_C(0x9E3779B97F4A7C15);
  uint32_t at = (uint32_t)(x ^ x >> 32) & t->mask;
  while (t->slots[at].key != 0 && t->slots[at].key != key) at = (at + 1) & t->mask;
  return at;
}

static int widen(new_table *t) {
  new_table wide;
  if (t->mask >= UINT32_MAX / 4 || table_new(&wide, (t->mask + 1) * 2) < 0) return MILL_ENOMEM;
  for (uint32_t k = 0; k <= t->mask; k++)
    if (t->slots[k].key != 0) wide.slots[slot_of(&wide, t->slots[k].key)] = t->slots[k];
  wide.n = t->n;
  mem_free(t->slots);
  *t = wide;
  return 0;
}

/* The value of a key, made 0 when it is new; NULL without memory. */
static uint32_t *value_of(new_table *t, uint64_t key) {
  uint32_t at = slot_of(t, key);
  if (t->slots[at].key == 0) {
    if (t->n >= t->mask - t->mask / 4) {
      if (widen(t) < 0) return NULL;
      at = slot_of(t, key);
    }
    t->slots[at] = (new_slot){key, 0};
    t->n++;
  }
  return &t->slots[at].value;
}

/* ---- runs ----------------------------------------------------------------------- */

int new_words_init(new_words *w, uint32_t n_symbols, const uint8_t *chars) {
  memset(w, 0, sizeof *w);
  w->n_symbols = n_symbols;
  w->chars = chars;
  w->level = 1;
  if (mill_grow(&w->nodes, &w->nodes_capacity, (size_t)n_symbols + 1, sizeof *w->nodes) < 0 ||
      table_new(&w->edges, 1024) < 0 || table_new(&w->counts, 1024) < 0 || table_new(&w->beside, 1024) < 0)
    return MILL_ENOMEM;
  memset(w->nodes, 0, ((size_t)n_symbols + 1) * sizeof *w->nodes);
  for (uint32_t k = 1; k <= n_symbols; k++) w->nodes[k] = (new_node){0, k, 0, 0, 1, chars[k]};
  w->n_nodes = n_symbols + 1;
  return 0;
}

void new_words_free(new_words *w) {
  table_free(&w->edges);
  table_free(&w->counts);
  table_free(&w->beside);
  mem_free(w->nodes);
  mem_free(w->candidates);
  memset(w, 0, sizeof *w);
}

void new_words_count_symbols(new_words *w, const uint32_t *symbols, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (symbols[i] != 0) w->nodes[symbols[i]].count++, w->total++;
}

void new_words_limits(new_words *w, uint32_t min_count, uint32_t max_chars) {
  w->min_count = min_count;
  w->max_chars = max_chars;
  w->level = 2;
}

static uint64_t key_of(uint32_t node, uint32_t symbol) { return (uint64_t)node << 32 | symbol; }

static uint32_t step(const new_words *w, uint32_t node, uint32_t symbol) {
  const new_slot *s = &w->edges.slots[slot_of(&w->edges, key_of(node, symbol))];
  return s->key != 0 ? s->value : 0;
}

static uint32_t single(const new_words *w, uint32_t symbol) {
  return symbol != 0 && w->nodes[symbol].count >= w->min_count ? symbol : 0;
}

/* The frequent run of `len` symbols that begins here, or 0. */
static uint32_t run_at(const new_words *w, const uint32_t *symbols, size_t n, uint32_t len) {
  if (n < len) return 0;
  uint32_t node = single(w, symbols[0]);
  for (uint32_t k = 1; k < len && node != 0; k++) node = symbols[k] != 0 ? step(w, node, symbols[k]) : 0;
  return node;
}

/* Too many runs: those met no more often than this many times go, and may come again.
** (Manku & Motwani, "Approximate frequency counts over data streams", 2002.) */
static int forget_rare(new_words *w) {
  new_table kept;
  if (table_new(&kept, w->counts.mask + 1) < 0) return MILL_ENOMEM;
  w->lost++;
  for (uint32_t k = 0; k <= w->counts.mask; k++) {
    const new_slot *s = &w->counts.slots[k];
    if (s->key == 0 || s->value <= w->lost) continue;
    kept.slots[slot_of(&kept, s->key)] = *s;
    kept.n++;
  }
  mem_free(w->counts.slots);
  w->counts = kept;
  return 0;
}

int new_words_count_runs(new_words *w, const uint32_t *symbols, size_t n) {
  uint32_t before = w->level - 1, next = n > 0 ? run_at(w, symbols, n, before) : 0;
  for (size_t i = 0; i + before < n; i++) {
    uint32_t node = next, last = symbols[i + before];
    next = run_at(w, symbols + i + 1, n - i - 1, before);
    if (node == 0 || next == 0 || w->nodes[node].chars + w->chars[last] > w->max_chars) continue;
    if (w->counts.n >= NEW_WORDS_COUNTED && forget_rare(w) < 0) return MILL_ENOMEM;
    uint32_t *count = value_of(&w->counts, key_of(node, last));
    if (count == NULL) return MILL_ENOMEM;
    ++*count;
  }
  return 0;
}

int new_words_next_level(new_words *w) {
  uint32_t first = w->n_nodes;
  for (uint32_t k = 0; k <= w->counts.mask; k++) {
    const new_slot *s = &w->counts.slots[k];
    if (s->key == 0 || s->value < w->min_count) continue;
    uint32_t parent = (uint32_t)(s->key >> 32), symbol = (uint32_t)s->key, *edge;
    if (mill_grow(&w->nodes, &w->nodes_capacity, (size_t)w->n_nodes + 1, sizeof *w->nodes) < 0 ||
        (edge = value_of(&w->edges, s->key)) == NULL)
      return MILL_ENOMEM;
    w->nodes[w->n_nodes] = (new_node){parent, symbol, s->value, 0, (uint8_t)w->level,
                                      (uint8_t)(w->nodes[parent].chars + w->chars[symbol])};
    *edge = w->n_nodes++;
  }
  table_free(&w->counts);
  w->lost = 0;
  if (table_new(&w->counts, 1024) < 0) return MILL_ENOMEM;
  return w->n_nodes > first && w->level++ < NEW_WORDS_RUN;
}

/* ---- candidates ------------------------------------------------------------------ */

uint32_t new_words_run(const new_words *w, uint32_t node, uint32_t run[NEW_WORDS_RUN]) {
  uint32_t n = w->nodes[node].n;
  for (uint32_t k = n; k-- > 0; node = w->nodes[node].parent) run[k] = w->nodes[node].symbol;
  return n;
}

static double cohesion_of(const new_words *w, uint32_t node) {
  uint32_t run[NEW_WORDS_RUN], n = new_words_run(w, node, run), head = node;
  double least = 1e9, count = w->nodes[node].count;
  for (uint32_t k = n - 1; k > 0; k--) { /* run[0, k) and run[k, n) */
    head = w->nodes[head].parent;
    uint32_t tail = run_at(w, run + k, n - k, n - k);
    if (tail == 0) return 0; /* cannot be: its parts are as frequent */
    double pmi = log2(count * (double)w->total / ((double)w->nodes[head].count * w->nodes[tail].count));
    if (pmi < least) least = pmi;
  }
  return least;
}

int new_words_choose(new_words *w, double min_cohesion,
                     int (*keep)(void *context, const uint32_t *run, uint32_t n), void *context) {
  uint32_t run[NEW_WORDS_RUN];
  for (uint32_t k = w->n_symbols + 1; k < w->n_nodes; k++) {
    double cohesion = cohesion_of(w, k);
    if (cohesion < min_cohesion || !keep(context, run, new_words_run(w, k, run))) continue;
    if (mill_grow(&w->candidates, &w->candidates_capacity, (size_t)w->n_candidates + 1,
                  sizeof *w->candidates) < 0)
      return MILL_ENOMEM;
    w->candidates[w->n_candidates] = (new_candidate){.node = k, .cohesion = cohesion, .last_doc = MILL_NONE};
    w->nodes[k].candidate = ++w->n_candidates;
  }
  return 0;
}

/* ---- evidence -------------------------------------------------------------------- */

/* Counts a neighbour; edges are each of their own and need no count. */
static int count_beside(new_words *w, uint32_t candidate, uint32_t side, uint32_t symbol) {
  if (symbol == 0) return 0;
  uint32_t *count = value_of(&w->beside, key_of(candidate * 2 + side, symbol));
  if (count == NULL) return MILL_ENOMEM;
  ++*count;
  return 0;
}

int new_words_look(new_words *w, const uint32_t *symbols, const uint32_t *sides, size_t n, uint32_t doc) {
  for (size_t i = 0; i < n; i++) {
    uint32_t node = single(w, symbols[i]);
    for (size_t k = i + 1; node != 0 && k < n && symbols[k] != 0; k++) {
      if ((node = step(w, node, symbols[k])) == 0) break;
      uint32_t at = w->nodes[node].candidate;
      if (at == 0) continue;
      new_candidate *c = &w->candidates[at - 1];
      c->count++;
      if (c->docs == 0) c->first_doc = doc;
      if (c->last_doc != doc) c->docs++, c->last_doc = doc;
      if (count_beside(w, at, 0, i > 0 ? sides[i - 1] : 0) < 0 ||
          count_beside(w, at, 1, k + 1 < n ? sides[k + 1] : 0) < 0)
        return MILL_ENOMEM;
    }
  }
  return 0;
}

/* Sums c log c of the neighbours into left and right, then makes them entropies. */
static void weigh_sides(new_words *w) {
  for (uint32_t k = 0; k <= w->beside.mask; k++) {
    const new_slot *s = &w->beside.slots[k];
    if (s->key == 0) continue;
    uint32_t at = (uint32_t)(s->key >> 32);
    new_candidate *c = &w->candidates[at / 2 - 1];
    *(at % 2 ? &c->right : &c->left) += s->value * log2(s->value);
  }
  for (uint32_t k = 0; k < w->n_candidates; k++) {
    new_candidate *c = &w->candidates[k];
    double count = c->count > 0 ? c->count : 1;
    c->left = log2(count) - c->left / count;
    c->right = log2(count) - c->right / count;
  }
}

/* By score, then by node: the same on every machine. */
static int is_before(const new_candidate *a, const new_candidate *b) {
  if (a->score > b->score || b->score > a->score) return a->score > b->score;
  return a->node < b->node;
}

static void sift(new_candidate *c, uint32_t at, uint32_t n) {
  for (uint32_t child; (child = 2 * at + 1) < n; at = child) {
    if (child + 1 < n && is_before(&c[child], &c[child + 1])) child++;
    if (!is_before(&c[at], &c[child])) return;
    new_candidate swap = c[at];
    c[at] = c[child];
    c[child] = swap;
  }
}

void new_words_rank(new_words *w) {
  new_candidate *c = w->candidates;
  weigh_sides(w);
  for (uint32_t k = 0; k < w->n_candidates; k++) {
    double side = c[k].left < c[k].right ? c[k].left : c[k].right;
    c[k].score = side * c[k].cohesion;
  }
  for (uint32_t k = w->n_candidates / 2; k-- > 0;) sift(c, k, w->n_candidates);
  for (uint32_t n = w->n_candidates; n-- > 1;) { /* heap sort, the worst to the end */
    new_candidate swap = c[0];
    c[0] = c[n];
    c[n] = swap;
    sift(c, 0, n);
  }
}
