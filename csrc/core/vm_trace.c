/* vm_trace.c - running a pattern to see where it fails (see vm_trace.h). */
#include "vm_trace.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "utf8.h"

/* The part that is being matched: the last one in the log. */
static uint32_t current_part(const mill_machine *vm) {
  for (uint32_t k = vm->n_log; k > 0; k--)
    if (vm->log[k - 1].kind == EV_PART) return vm->log[k - 1].a;
  return MILL_NONE;
}

static int copy_log(vm_event **to, uint32_t *n, uint32_t *capacity, const vm_event *from, uint32_t count) {
  if (mill_grow(to, capacity, count, sizeof **to) < 0) return MILL_ENOMEM;
  if (count > 0) memcpy(*to, from, count * sizeof **to);
  *n = count;
  return 0;
}

/* Were the characters of a literal there, but not as whole tokens? */
static int boundary_only(const mill_machine *vm, uint32_t pc) {
  const instruction *i = &vm->prog->code[pc];
  if (i->op != OP_LITERAL && i->op != OP_FORM) return 0;
  return i->b <= vm->limit - vm->pos &&
         memcmp(vm->view->folded + vm->pos, vm->prog->text.bytes + i->a, i->b) == 0;
}

/* Where the failure stands for the reader: looks fail where they were begun.
** 0: in a refusal, where failing is what is wanted. */
static int failure_position(const mill_machine *vm, uint32_t *pos) {
  *pos = vm->pos;
  for (uint32_t k = 0; k < vm->n_looks; k++)
    if (vm->prog->code[vm->looks[k].pc].x == LOOK_NOT) return 0;
  if (vm->n_looks > 0) *pos = vm->looks[0].pos;
  return 1;
}

void vm_trace_failure(mill_machine *vm, uint32_t pc) {
  vm_trace *t = vm->trace;
  uint32_t pos, part = current_part(vm);
  if (part == MILL_NONE || !failure_position(vm, &pos)) return;
  if (t->now.part != MILL_NONE) {
    const trace_part *parts = vm->prog->parts;
    if (pos < t->now.pos) return;
    if (pos == t->now.pos && parts[part].number < parts[t->now.part].number) return;
    if (pos > t->now.pos || part != t->now.part) t->now.boundary = t->now.refused = 0;
  }
  if (vm->n_looks == 0) {
    t->now.boundary |= (uint8_t)boundary_only(vm, pc);
    if (t->now.refused == REFUSED_NOTHING) t->now.refused = (uint8_t)vm_refusal_at(vm, &vm->prog->code[pc]);
  }
  t->now.pos = pos;
  t->now.part = part;
  if (copy_log(&t->log, &t->n_log, &t->log_capacity, vm->log, vm->n_log) < 0) t->error = MILL_ENOMEM;
}

#define FIRST_PART 3u /* the progress of an attempt that does not come behind its first part */

/* Parts done: the measure of attempts; what was recognised and refused is half of one. */
static uint32_t progress(const mill_program *prog, const trace_attempt *a) {
  if (a->matched) return UINT32_MAX;
  return a->part == MILL_NONE ? 0 : 2 * prog->parts[a->part].number + (a->refused != REFUSED_NOTHING);
}

static void keep_other(vm_trace *t, const trace_attempt *a) {
  if (t->n_others < TRACE_OTHERS) t->others[t->n_others++] = *a;
}

/* The running attempt is over: it becomes the best one, another one, or nothing. */
static void judge(vm_trace *t, const mill_program *prog) {
  int has_best = t->best.matched || t->best.part != MILL_NONE;
  uint32_t now = progress(prog, &t->now), best = has_best ? progress(prog, &t->best) : 0;
  int counts = t->now.matched || now > FIRST_PART;
  if (counts) t->n_attempts++;
  if (now <= best) {
    if (counts) keep_other(t, &t->now);
    return;
  }
  if (best > FIRST_PART) keep_other(t, &t->best);
  t->best = t->now;
  if (copy_log(&t->best_log, &t->n_best, &t->best_capacity, t->log, t->n_log) < 0)
    t->error = MILL_ENOMEM;
}

static int try_at(mill_machine *vm, vm_trace *t, uint32_t pos, uint32_t tok) {
  t->now = (trace_attempt){.start = pos, .pos = pos, .part = MILL_NONE};
  t->n_log = 0;
  t->now.matched = (uint8_t)vm_run(vm, pos, tok);
  if (t->now.matched) {
    t->now.pos = vm->pos;
    if (copy_log(&t->log, &t->n_log, &t->log_capacity, vm->log, vm->n_log) < 0) t->error = MILL_ENOMEM;
  }
  judge(t, vm->prog);
  return t->now.matched;
}

/* All places in token k where mill_find would begin, and the token's start. */
static int try_token(mill_machine *vm, vm_trace *t, uint32_t k, uint32_t from) {
  uint32_t pos = vm->start_of[k], end = vm->start_of[k + 1];
  int word = vm->view->tokens->kind[k] < MILL_KIND_BLANK;
  if (pos >= from && (word || vm_can_start(vm, k)) && try_at(vm, t, pos, k)) return 1;
  if (!vm->prog->first.characters) return 0;
  while ((pos += (uint32_t)utf8_length((unsigned char)vm->view->folded[pos])) < end && vm->code == 0)
    if (pos >= from && try_at(vm, t, pos, k)) return 1;
  return 0;
}

int trace_run(mill_machine *vm, const mill_program *prog, const mill_view *v, uint32_t from,
              vm_trace *t, mill_error *err) {
  int found = 0;
  t->best.part = MILL_NONE;
  vm_begin(vm, prog, v, 0);
  vm->trace = t;
  for (uint32_t k = vm_token_at(vm, from); !found && vm->code == 0 && k < vm->n_tokens; k++)
    found = try_token(vm, t, k, from);
  vm->trace = NULL;
  found = vm_end(vm, found, from, err);
  return found >= 0 && t->error < 0 ? mill_fail_memory(err) : found;
}

void trace_free(vm_trace *t) {
  mem_free(t->log);
  mem_free(t->best_log);
  memset(t, 0, sizeof *t);
}
