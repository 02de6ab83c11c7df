/* pattern_set.c - making a set of patterns; see pattern_set.h. */
#include "pattern_set.h"

#include "alloc.h"
#include "error.h"

/* Does the program's first set name item k of a kind of list? */
typedef int (*names_item)(const first_set *f, uint32_t k);

static int in_kind(const first_set *f, uint32_t k) { return !f->any && (f->kinds >> k & 1); }
static int in_tag(const first_set *f, uint32_t k) { return !f->any && (f->tags >> k & 1); }
static int in_class(const first_set *f, uint32_t k) { return !f->any && (f->classes >> k & 1); }
static int in_recognizer(const first_set *f, uint32_t k) { return !f->any && (f->recognizers >> k & 1); }
static int in_any(const first_set *f, uint32_t k) { return f->any && k == 0; }
static int in_character(const first_set *f, uint32_t k) {
  return !f->any && f->literals && (f->bits[k >> 6] >> (k & 63) & 1);
}
static int in_inside(const first_set *f, uint32_t k) { return f->characters && in_character(f, k); }

/* Fills n lists with the programs that name their items. */
static int make_lists(const mill_pattern_set *set, program_lists *lists, uint32_t n, names_item names) {
  uint32_t capacity = 0, count = 0;
  lists->from = mem_malloc(((size_t)n + 1) * sizeof *lists->from);
  if (lists->from == NULL) return MILL_ENOMEM;
  for (uint32_t k = 0; k < n; k++) {
    lists->from[k] = count;
    for (uint32_t p = 0; p < set->n; p++) {
      if (!names(&set->programs[p]->first, k)) continue;
      if (mill_grow(&lists->items, &capacity, (size_t)count + 1, sizeof *lists->items) < 0) return MILL_ENOMEM;
      lists->items[count++] = p;
    }
  }
  lists->from[n] = count;
  return 0;
}

static int fill(mill_pattern_set *set) {
  uint32_t base = 0;
  for (uint32_t p = 0; p < set->n; p++) {
    const mill_program *prog = set->programs[p];
    set->base[p] = base;
    base += prog->n_code;
    set->has_inside |= prog->first.characters && !prog->first.any;
    if (!prog->first.any) {
      set->class_mask |= prog->first.classes;
      set->recognizer_mask |= prog->first.recognizers;
    }
  }
  if (make_lists(set, &set->kinds, MILL_KIND_BREAK + 1, in_kind) < 0) return MILL_ENOMEM;
  if (make_lists(set, &set->tags, 64, in_tag) < 0) return MILL_ENOMEM;
  if (make_lists(set, &set->characters, 4096, in_character) < 0) return MILL_ENOMEM;
  if (make_lists(set, &set->inside, 4096, in_inside) < 0) return MILL_ENOMEM;
  if (make_lists(set, &set->classes, 32, in_class) < 0) return MILL_ENOMEM;
  if (make_lists(set, &set->recognizers, MILL_REC_COUNT, in_recognizer) < 0) return MILL_ENOMEM;
  return make_lists(set, &set->any, 1, in_any);
}

int mill_pattern_set_new(const mill_program *const *programs, uint32_t n, mill_pattern_set **out,
                         mill_error *err) {
  *out = NULL;
  mill_pattern_set *set = mem_calloc(1, sizeof *set);
  if (set == NULL) return mill_fail_memory(err);
  set->n = n;
  set->programs = mem_calloc((size_t)n + 1, sizeof *set->programs);
  set->base = mem_calloc((size_t)n + 1, sizeof *set->base);
  int ok = set->programs != NULL && set->base != NULL;
  for (uint32_t k = 0; ok && k < n; k++) set->programs[k] = programs[k];
  if (!ok || fill(set) < 0) {
    mill_pattern_set_free(set);
    return mill_fail_memory(err);
  }
  *out = set;
  return 0;
}

static void free_lists(program_lists *lists) {
  mem_free(lists->from);
  mem_free(lists->items);
}

void mill_pattern_set_free(mill_pattern_set *set) {
  if (set == NULL) return;
  free_lists(&set->kinds);
  free_lists(&set->tags);
  free_lists(&set->characters);
  free_lists(&set->inside);
  free_lists(&set->classes);
  free_lists(&set->recognizers);
  free_lists(&set->any);
  mem_free(set->programs);
  mem_free(set->base);
  mem_free(set);
}
