/*
** vm_search.c - the search for a place where a match begins.
**
**   token by token: can it begin one (first set)? is what every match must hold
**   ahead (anchor)? then the machine runs.
**
**   P.tag"n"^-3 * P"post"     a   b   c   d   post  e ...
**                                 ^ first_tok  ^ at       only b to post are tried
*/
#include <string.h> /* memmem: _GNU_SOURCE */

#include "utf8.h"
#include "vm.h"

#define CLOCK_EVERY 16384u /* tokens between two looks at the clock */

static uint32_t find_text(const mill_machine *vm, const struct need_text *t, uint32_t from) {
  const char *s = vm->view->folded, *at;
  if (from >= vm->limit) return MILL_NONE;
  at = memmem(s + from, vm->limit - from, vm->prog->text.bytes + t->text, t->len);
  return at != NULL ? (uint32_t)(at - s) : MILL_NONE;
}

/* The first token from which a match can reach byte `at`. */
static uint32_t reach_back(const mill_machine *vm, uint32_t at, uint32_t reach) {
  uint32_t t = vm_token_at(vm, at);
  for (; t > 0 && reach > 0; t--)
    if (vm->view->tokens->kind[t - 1] != MILL_KIND_BLANK) reach--;
  return t;
}

int vm_anchored(mill_machine *vm, vm_anchor *a, uint32_t t) {
  const program_need *need = &vm->prog->need;
  uint32_t pos = vm->start_of[t];
  if (need->n == 0) return 1;
  if (!a->known || (a->at < pos && a->at != MILL_NONE)) {
    a->at = MILL_NONE;
    for (uint32_t k = 0; k < need->n; k++) {
      if (!a->known || a->next[k] < pos) a->next[k] = find_text(vm, &need->texts[k], pos);
      if (a->next[k] < a->at) a->at = a->next[k];
    }
    a->known = 1;
    a->first_tok = a->at == MILL_NONE || need->reach == PATTERN_FOREVER
                       ? 0 : reach_back(vm, a->at, need->reach);
  }
  return a->at == MILL_NONE ? -1 : t >= a->first_tok;
}

static void fill_match(mill_machine *vm, mill_match *out) {
  out->folded = (mill_span){vm->start, vm->pos};
  out->n_captures = vm->n_captures;
  out->captures = vm->captures;
}

/* Tries token t: at its start, and at its characters where that can help. */
int vm_try_token(mill_machine *vm, uint32_t t, uint32_t from) {
  const first_set *first = &vm->prog->first;
  const char *s = vm->view->folded;
  uint32_t pos = vm->start_of[t], end = vm->start_of[t + 1];
  if (pos >= from && vm_can_start(vm, t) && vm_run(vm, pos, t)) return 1;
  if (!first->characters) return 0;
  for (pos += (uint32_t)utf8_length((unsigned char)s[pos]); pos < end && vm->code == 0;
       pos += (uint32_t)utf8_length((unsigned char)s[pos])) {
    uint32_t h = first_hash(s + pos, end - pos);
    if (pos < from || !(first->any || (first->bits[h >> 6] >> (h & 63) & 1))) continue;
    if (vm_run(vm, pos, t)) return 1;
  }
  return 0;
}

uint32_t vm_next_from(const mill_machine *vm) {
  uint32_t next = vm->pos;
  if (vm->pos > vm->start) return next;
  do next++; /* an empty match: over one character */
  while (next < vm->view->folded_len && utf8_is_tail((unsigned char)vm->view->folded[next]));
  return next;
}

static int search_tokens(mill_machine *vm, uint32_t from) {
  vm_anchor anchor = {.known = 0};
  for (uint32_t t = vm_token_at(vm, from); vm->code == 0 && t < vm->n_tokens; t++) {
    if ((t & (CLOCK_EVERY - 1)) == 0) vm_watch(vm);
    int can = vm_anchored(vm, &anchor, t);
    if (can < 0) return 0;
    if (can == 0) t = anchor.first_tok;
    if (vm_try_token(vm, t, from)) return 1;
  }
  return 0;
}

static int search(mill_machine *vm, uint32_t from, mill_match *out, mill_error *err) {
  int found = search_tokens(vm, from);
  if (!found && vm->code == 0 && vm->prog->first.any) found = vm_run(vm, vm->limit, vm->n_tokens);
  found = vm_end(vm, found, from, err);
  if (found == 1) fill_match(vm, out);
  vm->searched_to = vm->pos;
  return found;
}

int mill_find(mill_machine *vm, const mill_program *prog, const mill_view *v, uint32_t from,
              mill_match *out, mill_error *err) {
  if (from > v->folded_len) return 0;
  vm_begin(vm, prog, v, 0);
  return search(vm, from, out, err);
}

int mill_find_next(mill_machine *vm, const mill_program *prog, const mill_view *v, uint32_t from,
                   mill_match *out, mill_error *err) {
  if (from > v->folded_len) return 0;
  vm_begin(vm, prog, v, from >= vm->searched_to);
  return search(vm, from, out, err);
}

int mill_match_at(mill_machine *vm, const mill_program *prog, const mill_view *v, uint32_t from,
                  mill_match *out, mill_error *err) {
  if (from > v->folded_len) return 0;
  vm_begin(vm, prog, v, 0);
  vm->searched = NULL;
  int found = vm_end(vm, vm_run(vm, from, vm_token_at(vm, from)), from, err);
  if (found == 1) fill_match(vm, out);
  return found;
}

