/*
** set_model.h - a set of random patterns over a random text, beside each of them alone.
*/
#ifndef SET_MODEL_H
#define SET_MODEL_H

#include "pattern_model.h"

#define SET_MOST 8

typedef struct set_many {
  mill_pattern *p[SET_MOST];
  const mill_program *prog[SET_MOST];
  uint32_t n;
} set_many;

static inline void set_add_random(set_many *m, bytes_in *in) {
  mill_error err;
  mill_program *prog = NULL;
  int again = m->n > 0 && take(in) % 8 == 0; /* two rules may ask for the same */
  mill_pattern *p = again ? pattern_retain(m->p[m->n - 1]) : model_pattern(in, 0, &err);
  if (p == NULL) return;
  if (mill_program_new(p, 0, &prog, &err) < 0) {
    pattern_release(p);
    return;
  }
  m->p[m->n] = p;
  m->prog[m->n++] = prog;
}

static inline void set_free_many(set_many *m) {
  for (uint32_t k = 0; k < m->n; k++) {
    pattern_release(m->p[k]);
    mill_program_free((mill_program *)(uintptr_t)m->prog[k]);
  }
}

static inline int set_same_captures(const mill_hits *hits, const mill_hit *h, const mill_match *m) {
  if (h->n_captures != m->n_captures) return 0;
  for (uint32_t k = 0; k < h->n_captures; k++) {
    const mill_capture *a = &hits->captures[h->first_capture + k], *b = &m->captures[k];
    if (a->name != b->name || a->folded.from != b->folded.from || a->folded.to != b->folded.to ||
        a->recognizer != b->recognizer) return 0;
  }
  return 1;
}

static inline int set_failed(const mill_hits *hits, uint32_t k) {
  for (uint32_t f = 0; f < hits->n_failures; f++)
    if (hits->failures[f].program == k) return 1;
  return 0;
}

/* Are the hits of program k those of mill_find and mill_find_next? Counts them. */
static inline int set_like_alone(const set_many *m, uint32_t k, const mill_view *v, const mill_hits *hits,
                                 long *matched) {
  mill_match found;
  uint32_t from = 0, h = 0;
  mill_machine *vm = mill_machine_new();
  mill_machine_attach(vm, v);
  mill_machine_limits(vm, 20000, 1000);
  int rc = mill_find(vm, m->prog[k], v, 0, &found, NULL), same = 1;
  while (same && rc == 1) {
    while (h < hits->n && hits->items[h].program != k) h++;
    same = h < hits->n && hits->items[h].folded.from == found.folded.from &&
           hits->items[h].folded.to == found.folded.to && set_same_captures(hits, &hits->items[h], &found);
    h++;
    *matched += 1;
    from = found.folded.to;
    if (found.folded.from == found.folded.to)
      do from++; while (from < v->folded_len && (v->folded[from] & 0xC0) == 0x80);
    rc = mill_find_next(vm, m->prog[k], v, from, &found, NULL);
  }
  while (h < hits->n && hits->items[h].program != k) h++;
  mill_machine_free(vm);
  return same && h == hits->n && (rc < 0) == set_failed(hits, k);
}

/* A text and patterns from the next bytes: does their set find what each of them finds? */
static inline int set_agrees(bytes_in *in, mill_machine *vm, mill_hits *hits, long *matched) {
  mill_error err;
  token_text t;
  set_many m = {.n = 0};
  mill_pattern_set *set = NULL;
  const mill_view *v = model_text(in, &t);
  for (uint32_t wanted = 1 + take(in) % SET_MOST; wanted > 0; wanted--) set_add_random(&m, in);
  vm->memo_after = take(in) & 3;
  mill_machine_attach(vm, v);
  mill_machine_limits(vm, 20000, 1000);
  int same = mill_pattern_set_new(m.prog, m.n, &set, &err) == 0 &&
             mill_pattern_set_run(vm, set, v, hits, &err) == 0;
  for (uint32_t k = 0; same && k < m.n; k++) same = set_like_alone(&m, k, v, hits, matched);
  mill_pattern_set_free(set);
  mill_machine_attach(vm, NULL);
  set_free_many(&m);
  return same;
}

#endif
