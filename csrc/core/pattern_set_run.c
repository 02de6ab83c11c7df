/* pattern_set_run.c - one pass of a set of patterns over a text; see pattern_set.h. */
#include <stdio.h>

#include "alloc.h"
#include "error.h"
#include "pattern_set.h"
#include "utf8.h"

#define TURN 1024u /* tokens between two looks at the clock */

/* Where one program is in its own search. */
typedef struct runner {
  uint32_t from;     /* behind its last match */
  uint32_t tried;    /* last token it was asked at + 1 */
  uint64_t steps;    /* left to it */
  int over;          /* nothing more for it in this text: an error, or its need is not ahead */
  int memo_on;
  vm_anchor anchor;
  URegularExpression **regexes; uint32_t n_regexes; /* its clones */
} runner;

typedef struct pass {
  mill_machine *vm;
  const mill_pattern_set *set;
  runner *runners;
  mill_hits *hits;
  int code; /* of the pass as a whole: MILL_ENOMEM */
} pass;

/* ---- taking turns ---------------------------------------------------------------- */

static void enter(pass *p, uint32_t k) {
  mill_machine *vm = p->vm;
  const runner *r = &p->runners[k];
  vm->prog = p->set->programs[k];
  vm->steps = r->steps;
  vm->memo_on = r->memo_on;
  vm->memo_base = p->set->base[k];
  vm->regexes = r->regexes;
  vm->n_regexes = r->n_regexes;
}

static void leave(pass *p, uint32_t k) {
  mill_machine *vm = p->vm;
  runner *r = &p->runners[k];
  r->steps = vm->steps;
  r->memo_on = vm->memo_on;
  r->regexes = vm->regexes;
  r->n_regexes = vm->n_regexes;
  vm->regexes = NULL;
  vm->n_regexes = 0;
}

static void add_failure(pass *p, mill_hit_failure one) {
  mill_hits *h = p->hits;
  if (mill_grow(&h->failures, &h->failures_capacity, (size_t)h->n_failures + 1, sizeof *h->failures) < 0)
    p->code = MILL_ENOMEM;
  else h->failures[h->n_failures++] = one;
}

/* A program's error is its own: the others go on. */
static void note_error(pass *p, uint32_t k) {
  mill_machine *vm = p->vm;
  if (vm->code == MILL_ENOMEM) p->code = MILL_ENOMEM;
  for (uint32_t q = k; q != MILL_NONE; q = p->set->same[q])
    add_failure(p, (mill_hit_failure){q, vm->code, vm->start, vm->complaint});
  p->runners[k].over = 1;
  vm->code = 0;
  vm->complaint = NULL;
}

static void add_hit(pass *p, mill_hit hit) {
  mill_hits *h = p->hits;
  if (mill_grow(&h->items, &h->capacity, (size_t)h->n + 1, sizeof *h->items) < 0) p->code = MILL_ENOMEM;
  else h->items[h->n++] = hit;
}

static void note_match(pass *p, uint32_t k) {
  mill_hits *h = p->hits;
  mill_machine *vm = p->vm;
  vm_collect(vm);
  if (vm->code < 0) return;
  if (mill_grow(&h->captures, &h->captures_capacity, (size_t)h->n_captures + vm->n_captures + 1,
                sizeof *h->captures) < 0) {
    p->code = MILL_ENOMEM;
    return;
  }
  for (uint32_t q = k; q != MILL_NONE; q = p->set->same[q])
    add_hit(p, (mill_hit){q, {vm->start, vm->pos}, h->n_captures, vm->n_captures});
  for (uint32_t c = 0; c < vm->n_captures; c++) h->captures[h->n_captures++] = vm->captures[c];
}

/* ---- asking ------------------------------------------------------------------------ */

/* All matches of program k that begin in token t, or at the end of the text. */
static void ask(pass *p, uint32_t k, uint32_t t) {
  runner *r = &p->runners[k];
  mill_machine *vm = p->vm;
  if (r->over || r->tried == t + 1) return;
  r->tried = t + 1;
  if (t < vm->n_tokens && r->from >= vm->start_of[t + 1]) return;
  enter(p, k);
  int can = t == vm->n_tokens ? 1 : vm_anchored(vm, &r->anchor, t);
  if (can < 0) r->over = 1;
  while (can > 0 && vm->code == 0 && p->code == 0) {
    int found = t < vm->n_tokens ? vm_try_token(vm, t, r->from)
                                 : r->from <= vm->limit && vm_run(vm, vm->limit, t);
    if (!found) break;
    note_match(p, k);
    r->from = vm_next_from(vm);
    if (t < vm->n_tokens && r->from >= vm->start_of[t + 1]) break;
  }
  leave(p, k);
  if (vm->code < 0) note_error(p, k);
}

static void ask_all(pass *p, const program_lists *lists, uint32_t item, uint32_t t) {
  for (uint32_t k = lists->from[item]; k < lists->from[item + 1]; k++) ask(p, lists->items[k], t);
}

/* Asks the programs that may begin with a character inside of token t. */
static void ask_inside(pass *p, uint32_t t) {
  const char *s = p->vm->view->folded;
  uint32_t pos = p->vm->start_of[t], end = p->vm->start_of[t + 1];
  for (pos += (uint32_t)utf8_length((unsigned char)s[pos]); pos < end;
       pos += (uint32_t)utf8_length((unsigned char)s[pos]))
    ask_all(p, &p->set->inside, first_hash(s + pos, end - pos), t);
}

/* Asks the programs that may begin with the first character of token t. */
static void ask_character(pass *p, uint32_t t) {
  const mill_machine *vm = p->vm;
  uint32_t from = vm->start_of[t], h = first_hash(vm->view->folded + from, vm->start_of[t + 1] - from);
  if (p->set->character_bits[h >> 6] >> (h & 63) & 1) ask_all(p, &p->set->characters, h, t);
}

static void ask_recognizers(pass *p, uint32_t may, uint32_t t) {
  for (int what = 0; may != 0; what++, may >>= 1)
    if ((may & 1) && vm_recognized(p->vm, what, t) > 0) ask_all(p, &p->set->recognizers, (uint32_t)what, t);
}

/* may: the recognisers that may find something at token t. */
static void ask_token(pass *p, uint32_t t, uint32_t may) {
  const mill_machine *vm = p->vm;
  const mill_pattern_set *set = p->set;
  uint8_t kind = vm->view->tokens->kind[t], tag = vm->view->tokens->tag[t] & 63u;
  if (set->has_any) ask_all(p, &set->any, 0, t);
  if (set->kind_mask >> kind & 1) ask_all(p, &set->kinds, kind, t);
  if (set->tag_mask >> tag & 1) ask_all(p, &set->tags, tag, t);
  if (set->has_literals) ask_character(p, t);
  uint32_t classes = set->class_mask != 0 ? set->class_mask & vm_classes(vm, t) : 0;
  for (uint32_t c = 0; classes != 0; c++, classes >>= 1)
    if (classes & 1) ask_all(p, &set->classes, c, t);
  ask_recognizers(p, may, t);
  if (set->has_inside) ask_inside(p, t);
}

static void ask_tokens(pass *p, uint32_t from, uint32_t to) {
  mill_machine *vm = p->vm;
  uint32_t wanted = p->set->recognizer_mask;
  for (uint32_t t = from; t < to && p->code == 0; t++) {
    uint32_t may = wanted != 0 ? vm_may_begin(vm, t, wanted) : 0;
    if (may != 0 || !p->set->only_recognizers) ask_token(p, t, may);
  }
}

/* ---- the pass ------------------------------------------------------------------------ */

static void run(pass *p, uint32_t from) {
  mill_machine *vm = p->vm;
  for (uint32_t k = 0; k < p->set->n; k++) {
    p->runners[k].from = from;
    p->runners[k].steps = vm_budget(vm);
  }
  for (uint32_t t = vm_token_at(vm, from), to; t < vm->n_tokens && p->code == 0; t = to) {
    to = vm->n_tokens - t < TURN ? vm->n_tokens : t + TURN;
    vm_watch(vm);
    if (vm->code < 0) return; /* the time of all of them is over */
    ask_tokens(p, t, to);
  }
  if (p->code == 0) ask_all(p, &p->set->any, 0, vm->n_tokens);
}

void mill_hits_clear(mill_hits *h) { h->n = h->n_captures = h->n_failures = 0; }

void mill_hits_free(mill_hits *h) {
  mem_free(h->items);
  mem_free(h->captures);
  mem_free(h->failures);
  *h = (mill_hits){0};
}

int mill_pattern_set_run(mill_machine *vm, const mill_pattern_set *set, const mill_view *v,
                         mill_hits *hits, mill_error *err) {
  static const mill_program nothing = {.n_code = 0};
  pass p = {vm, set, mem_calloc((size_t)set->n + 1, sizeof(runner)), hits, 0};
  mill_hits_clear(hits);
  if (p.runners == NULL) return mill_fail_memory(err);
  vm->searched = NULL;
  vm_begin(vm, &nothing, v, 0);
  run(&p, 0);
  for (uint32_t k = 0; k < set->n; k++) {
    enter(&p, k);
    vm_close_regexes(vm);
  }
  int code = p.code < 0 ? p.code : vm->code;
  vm->searched = NULL;
  mem_free(p.runners);
  if (code == MILL_ENOMEM) return mill_fail_memory(err);
  return code < 0 ? mill_fail(err, code, vm->start, "%s", vm->complaint) : 0;
}
