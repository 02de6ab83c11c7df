/*
** vm_capture.c - what a match has captured: from the machine's log to spans,
** and the constraints that compare captures while matching.
*/
#include <string.h>

#include "buffer.h"
#include "utf8.h"
#include "vm.h"

mill_span vm_trim(const mill_machine *vm, mill_span s) {
  uint32_t t = vm_token_at(vm, s.from);
  while (t < vm->n_tokens && vm->start_of[t] == s.from && vm->start_of[t + 1] < s.to &&
         vm->view->tokens->kind[t] == MILL_KIND_BLANK)
    s.from = vm->start_of[++t];
  return s;
}

/* Closes the last open capture; found: the last recogniser event, or NULL. */
static void close_capture(mill_machine *vm, uint32_t to, const vm_event *found) {
  uint32_t k = vm->n_captures;
  while (k > 0 && vm->captures[k - 1].folded.to != MILL_NONE) k--;
  if (k == 0) return;
  mill_capture *c = &vm->captures[k - 1];
  c->folded = vm_trim(vm, (mill_span){c->folded.from, to});
  if (found != NULL && found->pos == c->folded.from && found->to == to) c->recognizer = found->x;
}

void vm_collect(mill_machine *vm) {
  const vm_event *found = NULL;
  vm->n_captures = 0;
  for (uint32_t k = 0; k < vm->n_log; k++) {
    const vm_event *e = &vm->log[k];
    if (e->kind == EV_FOUND) found = e;
    if (e->kind == EV_CLOSE) close_capture(vm, e->pos, found);
    if (e->kind != EV_OPEN) continue;
    if (mill_grow(&vm->captures, &vm->captures_capacity, (size_t)vm->n_captures + 1,
                  sizeof *vm->captures) < 0) {
      vm_fail(vm, MILL_ENOMEM, "out of memory");
      return;
    }
    vm->captures[vm->n_captures++] =
        (mill_capture){e->a, e->x, -1, {e->pos, MILL_NONE}};
  }
}

/* ---- constraints --------------------------------------------------------------------- */

/* The last finished capture of that name; NULL: none yet. */
static const mill_capture *captured(const mill_machine *vm, uint32_t name) {
  for (uint32_t k = vm->n_captures; k > 0; k--)
    if (vm->captures[k - 1].name == name && vm->captures[k - 1].folded.to != MILL_NONE)
      return &vm->captures[k - 1];
  return NULL;
}

static int same_text(const mill_machine *vm, mill_span a, mill_span b) {
  const char *s = vm->view->folded;
  return a.to - a.from == b.to - b.from && memcmp(s + a.from, s + b.from, a.to - a.from) == 0;
}

static uint32_t count_characters(const mill_machine *vm, mill_span s) {
  uint32_t n = 0;
  for (uint32_t k = s.from; k < s.to; k++) n += !utf8_is_tail((unsigned char)vm->view->folded[k]);
  return n;
}

/* What the capture's recogniser says about it; a bare span is read as a number. */
static int refind(const mill_machine *vm, const mill_capture *c, mill_found *found) {
  int what = c->recognizer >= 0 ? c->recognizer : MILL_REC_NUMBER;
  uint32_t t = vm_token_at(vm, c->folded.from);
  return t < vm->n_tokens && mill_recognize(vm->view, (enum mill_recognizer)what, t, found) > 0;
}

static int same_found(const mill_machine *vm, int attribute, const mill_capture *a,
                      const mill_capture *b) {
  mill_found x, y;
  if (!refind(vm, a, &x) || !refind(vm, b, &y)) return 0;
  if (attribute == ATTR_UNIT) return same_text(vm, x.unit, y.unit);
  if (attribute == ATTR_PLACE) return x.place != MILL_NONE && x.place == y.place;
  return x.number.lo <= y.number.lo && x.number.lo >= y.number.lo &&
         x.number.hi <= y.number.hi && x.number.hi >= y.number.hi;
}

static int same(const mill_machine *vm, int attribute, const mill_capture *a,
                const mill_capture *b) {
  const mill_tokens *t = vm->view->tokens;
  switch ((enum pattern_attribute)attribute) {
    case ATTR_TEXT: return same_text(vm, a->folded, b->folded);
    case ATTR_LENGTH: return count_characters(vm, a->folded) == count_characters(vm, b->folded);
    case ATTR_TAG: {
      uint32_t x = vm_token_at(vm, a->folded.from), y = vm_token_at(vm, b->folded.from);
      return x < vm->n_tokens && y < vm->n_tokens && t->tag[x] == t->tag[y];
    }
    default: return same_found(vm, attribute, a, b);
  }
}

static int is_time(const mill_capture *c) {
  return c->recognizer == MILL_REC_DATE || c->recognizer == MILL_REC_TIME;
}

/* Negative, zero or positive; what is not said counts as its least. */
static int compare_dates(const mill_date *a, const mill_date *b) {
  int x[] = {a->year, a->month, a->day, a->hour % 255, a->minute % 255, a->second % 255};
  int y[] = {b->year, b->month, b->day, b->hour % 255, b->minute % 255, b->second % 255};
  for (int k = 0; k < 6; k++)
    if (x[k] != y[k]) return x[k] < y[k] ? -1 : 1;
  return 0;
}

static int less(const mill_machine *vm, const mill_capture *a, const mill_capture *b) {
  mill_found x, y;
  if (is_time(a) != is_time(b) || !refind(vm, a, &x) || !refind(vm, b, &y)) return 0;
  if (is_time(a)) return compare_dates(&x.date, &y.date) < 0;
  return x.number.value < y.number.value;
}

int vm_constraint(mill_machine *vm, const instruction *i) {
  vm_collect(vm);
  const mill_capture *a = captured(vm, i->a), *b = captured(vm, i->b);
  if (vm->code < 0 || a == NULL || b == NULL) return 0;
  return i->op == OP_LESS ? less(vm, a, b) : same(vm, i->x, a, b);
}
