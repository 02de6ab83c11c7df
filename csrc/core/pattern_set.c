/* pattern_set.c - making a set of patterns; see pattern_set.h. */
#include "pattern_set.h"

#include <string.h>

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
      if (set->repeats[p] || !names(&set->programs[p]->first, k)) continue;
      if (mill_grow(&lists->items, &capacity, (size_t)count + 1, sizeof *lists->items) < 0)
        return MILL_ENOMEM;
      lists->items[count++] = p;
    }
  }
  lists->from[n] = count;
  return 0;
}

static void add_masks(mill_pattern_set *set, const first_set *f) {
  set->class_mask |= f->classes;
  set->recognizer_mask |= f->recognizers;
  set->kind_mask |= f->kinds;
  set->tag_mask |= f->tags;
  for (int k = 0; f->literals && k < 64; k++) set->character_bits[k] |= f->bits[k];
  set->has_literals |= f->literals;
}

/* Is an array of one program that of the other? Their counts are the same. */
static int same_items(const void *a, const void *b, uint32_t n, size_t item) {
  return n == 0 || memcmp(a, b, n * item) == 0;
}

/* Surely the same instructions over the same texts; sets and regular expressions are not
** looked into. */
static int same_program(const mill_program *a, const mill_program *b) {
  if (a->n_code != b->n_code || a->text.len != b->text.len || a->n_names != b->n_names ||
      a->n_masks != b->n_masks || a->n_sets + b->n_sets + a->n_filters + b->n_filters > 0 ||
      a->n_regexes + b->n_regexes > 0)
    return 0;
  return same_items(a->code, b->code, a->n_code, sizeof *a->code) &&
         same_items(a->text.bytes, b->text.bytes, (uint32_t)a->text.len, 1) &&
         same_items(a->names, b->names, a->n_names, sizeof *a->names) &&
         same_items(a->masks, b->masks, a->n_masks, sizeof *a->masks);
}

/* Two rules often ask for the same: then one program runs for both. */
static void find_repeats(mill_pattern_set *set) {
  for (uint32_t p = 0; p < set->n; p++) set->same[p] = MILL_NONE;
  for (uint32_t p = 1; p < set->n; p++) {
    uint32_t q = 0;
    while (q < p && (set->same[q] != MILL_NONE || !same_program(set->programs[q], set->programs[p]))) q++;
    if (q == p) continue;
    set->same[q] = p; /* the last one so far: a chain */
    set->repeats[p] = 1;
  }
}

static int fill(mill_pattern_set *set) {
  uint32_t base = 0;
  find_repeats(set);
  for (uint32_t p = 0; p < set->n; p++) {
    const mill_program *prog = set->programs[p];
    set->base[p] = base;
    base += prog->n_code;
    set->has_inside |= prog->first.characters && !prog->first.any;
    if (prog->first.any) set->has_any = 1;
    else add_masks(set, &prog->first);
  }
  set->only_recognizers = !set->has_any && !set->has_inside && !set->has_literals && set->kind_mask == 0 &&
                          set->tag_mask == 0 && set->class_mask == 0;
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
  set->same = mem_calloc((size_t)n + 1, sizeof *set->same);
  set->repeats = mem_calloc((size_t)n + 1, sizeof *set->repeats);
  int ok = set->programs != NULL && set->base != NULL && set->same != NULL && set->repeats != NULL;
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
  mem_free(set->same);
  mem_free(set->repeats);
  mem_free(set);
}
