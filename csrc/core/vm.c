/*
** vm.c - the control part of the machine (see vm.h): choices, calls, looks.
*/
#include "rec_dates.h"
#include "vm.h"

#include <string.h>
#include <time.h>

#include "alloc.h"
#include "error.h"
#include "utf8.h"

#define DEFAULT_STEPS 10000000u
#define DEFAULT_DEPTH 1000000u
#define STEPS_PER_BYTE 100u
#define MEMO_AFTER 2000u       /* steps of one attempt before states are noted */
#define MEMO_MOST (1u << 22)   /* states noted, 32 MB */
#define CLOCK_EVERY 4096u      /* steps between two looks at the clock */

void vm_fail(mill_machine *vm, int code, const char *complaint) {
  if (vm->code < 0) return;
  vm->code = code;
  vm->complaint = complaint;
}

/* Room for one more item; the count is limited, so that no text exhausts memory. */
static int room(mill_machine *vm, void *array, uint32_t *capacity, uint32_t n, size_t item) {
  if (n >= vm->max_depth) vm_fail(vm, MILL_ELIMIT, "the pattern needs too deep a stack for this text");
  else if (n < *capacity) return 1;
  else if (mill_grow(array, capacity, (size_t)n + 1, item) < 0) vm_fail(vm, MILL_ENOMEM, "out of memory");
  return vm->code == 0;
}

void vm_push(mill_machine *vm, uint32_t pc, uint32_t pos, uint32_t tok) {
  if (!room(vm, &vm->stack, &vm->stack_capacity, vm->n_stack, sizeof *vm->stack)) return;
  vm->stack[vm->n_stack++] = (vm_entry){pc, pos, tok, vm->n_log, vm->frame, vm->n_frames};
}

void vm_log(mill_machine *vm, vm_event event) {
  if (!room(vm, &vm->log, &vm->log_capacity, vm->n_log, sizeof *vm->log)) return;
  vm->log[vm->n_log++] = event;
}

uint32_t vm_token_at(const mill_machine *vm, uint32_t pos) {
  uint32_t low = 0, high = vm->n_tokens;
  while (low < high) {
    uint32_t mid = low + (high - low) / 2;
    if (vm->start_of[mid + 1] <= pos) low = mid + 1;
    else high = mid;
  }
  return low;
}

/* ---- calls ------------------------------------------------------------------------- */

static void call_rule(mill_machine *vm, uint32_t back) {
  if (!room(vm, &vm->frames, &vm->frames_capacity, vm->n_frames, sizeof *vm->frames)) return;
  vm->frames[vm->n_frames] = (vm_frame){back, vm->frame};
  vm->frame = vm->n_frames++;
}

/* Leaves a rule; its frame is given up when no choice can come back to it. */
static uint32_t return_from_rule(mill_machine *vm) {
  uint32_t kept = vm->n_stack > 0 ? vm->stack[vm->n_stack - 1].n_frames : 0;
  vm_frame frame = vm->frames[vm->frame];
  if (vm->frame + 1 == vm->n_frames && vm->frame >= kept) vm->n_frames--;
  vm->frame = frame.caller;
  return frame.back;
}

/* ---- states that failed -------------------------------------------------------------- */

void vm_memo_clear(mill_machine *vm) {
  if (vm->n_memo > 0) memset(vm->memo, 0, vm->memo_size * sizeof *vm->memo);
  vm->n_memo = 0;
  vm->memo_on = 0;
}

static uint64_t state_key(uint32_t pc, uint32_t pos) { return ((uint64_t)pc << 32 | pos) + 1; }

static uint64_t *memo_slot(uint64_t *table, uint32_t size, uint64_t key) {
  uint32_t at = (uint32_t)(key * 0x9E3779B97F4A7C15u >> 32) & (size - 1);
  while (table[at] != 0 && table[at] != key) at = (at + 1) & (size - 1);
  return &table[at];
}

/* Doubles the table; without memory the search just goes on with what it has. */
static void memo_grow(mill_machine *vm) {
  uint32_t size = vm->memo_size == 0 ? 4096 : vm->memo_size * 2;
  uint64_t *table = mem_calloc(size, sizeof *table);
  if (table == NULL) return;
  for (uint32_t k = 0; k < vm->memo_size; k++)
    if (vm->memo[k] != 0) *memo_slot(table, size, vm->memo[k]) = vm->memo[k];
  mem_free(vm->memo);
  vm->memo = table;
  vm->memo_size = size;
}

/* Was this choice taken at this position before? Then it has failed, since
** matching goes forward only; otherwise it is noted. Left out are choices inside
** of looks and rules, which depend on more than the position, and those where
** the attempt began: there no blank is passed, and there a match that did not
** fail may have ended. */
static int seen_before(mill_machine *vm, uint32_t pc) {
  if (vm->n_looks > 0 || vm->frame != VM_NO_FRAME || vm->pos == vm->start) return 0;
  if (vm->n_memo * 2 >= vm->memo_size && vm->memo_size < MEMO_MOST) memo_grow(vm);
  if (vm->n_memo * (uint64_t)4 >= vm->memo_size * (uint64_t)3) return 0; /* full, or none */
  uint64_t key = state_key(pc + vm->memo_base, vm->pos);
  uint64_t *slot = memo_slot(vm->memo, vm->memo_size, key);
  if (*slot == key) return 1;
  *slot = key;
  vm->n_memo++;
  return 0;
}

/* ---- looks ----------------------------------------------------------------------------- */

/* Start of the span that the last open mark began; closes it. */
static uint32_t close_mark(mill_machine *vm) {
  uint32_t k = vm->n_log, open = 0;
  while (k-- > 0) {
    if (vm->log[k].kind == EV_UNMARK) open++;
    if (vm->log[k].kind == EV_MARK && open-- == 0) break;
  }
  uint32_t pos = vm->log[k].pos;
  vm_log(vm, (vm_event){EV_UNMARK, 0, 0, vm->pos, 0});
  return vm_trim(vm, (mill_span){pos, vm->pos}).from;
}

static void set_position(mill_machine *vm, uint32_t pos, uint32_t tok) {
  vm->pos = pos;
  vm->tok = tok;
}

static void begin_look(mill_machine *vm, uint32_t pc) {
  const instruction *i = &vm->prog->code[pc];
  vm_look look = {vm->n_stack, pc, vm->pos, vm->tok, vm->pos, vm->tok, 0, vm->limit, vm->start};
  if (i->x >= LOOK_WITHIN) {
    look.cursor = close_mark(vm);
    look.cursor_tok = vm_token_at(vm, look.cursor);
  }
  vm_push(vm, VM_BARRIER, vm->pos, vm->tok);
  if (!room(vm, &vm->looks, &vm->looks_capacity, vm->n_looks, sizeof *vm->looks)) return;
  vm->looks[vm->n_looks++] = look;
  if (i->x == LOOK_CONTAINING) vm->limit = vm->pos;
  if (i->x >= LOOK_AFTER) vm->start = look.cursor;
  set_position(vm, look.cursor, look.cursor_tok);
}

/* Moves a look's cursor to the start of the next character or token to the
** left, not over a line break nor further than `most` tokens; 0 at the end. */
static int step_back(mill_machine *vm, vm_look *look, uint32_t most) {
  const mill_tokens *t = vm->view->tokens;
  if (look->cursor == 0) return 0;
  if (look->cursor == vm->start_of[look->cursor_tok]) {
    uint32_t before = look->cursor_tok - 1;
    if (t->kind[before] == MILL_KIND_BREAK) return 0;
    if (t->kind[before] != MILL_KIND_BLANK && look->crossed++ == most) return 0;
    look->cursor_tok = before;
  }
  look->cursor = vm->prog->has_inside ? (uint32_t)utf8_prev(vm->view->folded, look->cursor)
                                      : vm->start_of[look->cursor_tok];
  return 1;
}

/* The same to the right, up to the limit. */
static int step_on(mill_machine *vm, vm_look *look) {
  if (look->cursor >= vm->limit) return 0;
  look->cursor += vm->prog->has_inside
                      ? (uint32_t)utf8_length((unsigned char)vm->view->folded[look->cursor])
                      : vm->start_of[look->cursor_tok + 1] - look->cursor;
  while (look->cursor_tok < vm->n_tokens && vm->start_of[look->cursor_tok + 1] <= look->cursor)
    look->cursor_tok++;
  return look->cursor < vm->limit;
}

#define WITHIN_BACK 256 /* tokens that a span around a match may begin before it */

/* The body of the innermost look has failed where it was tried. Returns the
** instruction to go on at, or MILL_NONE when the look as a whole failed. */
static uint32_t resume_look(mill_machine *vm) {
  vm_look *look = &vm->looks[vm->n_looks - 1];
  const instruction *i = &vm->prog->code[look->pc];
  int again = 0;
  if (i->x == LOOK_AFTER) again = step_back(vm, look, i->b);
  if (i->x == LOOK_WITHIN) again = step_back(vm, look, WITHIN_BACK);
  if (i->x == LOOK_CONTAINING) again = step_on(vm, look);
  if (again) {
    vm->start = look->cursor;
    set_position(vm, look->cursor, look->cursor_tok);
    return look->pc + 1;
  }
  vm->limit = look->limit;
  vm->start = look->start;
  set_position(vm, look->pos, look->tok);
  vm->n_stack = look->entry;
  vm->n_looks--;
  return i->x == LOOK_NOT ? i->a : MILL_NONE;
}

/* Only blanks between the end of what stands before and the position? */
static int reaches(const mill_machine *vm, const vm_look *look) {
  uint32_t t = vm->tok;
  if (vm->pos >= look->pos) return vm->pos == look->pos;
  if (vm->start_of[t] != vm->pos) return 0;
  while (t < look->tok && vm->view->tokens->kind[t] == MILL_KIND_BLANK) t++;
  return t == look->tok && vm->start_of[t] == look->pos;
}

/* The body has matched: 1 go on behind the look, 0 this is a failure. */
static int end_look(mill_machine *vm) {
  vm_look *look = &vm->looks[vm->n_looks - 1];
  const instruction *i = &vm->prog->code[look->pc];
  if (i->x == LOOK_AFTER && !reaches(vm, look)) return 0;
  if (i->x == LOOK_WITHIN && vm->pos < look->pos) return 0;
  vm->limit = look->limit;
  vm->start = look->start;
  set_position(vm, look->pos, look->tok);
  vm->n_stack = look->entry;
  vm->n_looks--;
  return i->x != LOOK_NOT;
}

/* ---- running ------------------------------------------------------------------------------ */

/* Takes up the last alternative; its instruction, or MILL_NONE: none is left. */
static uint32_t backtrack(mill_machine *vm) {
  while (vm->n_stack > 0) {
    const vm_entry *e = &vm->stack[vm->n_stack - 1];
    vm->n_log = e->n_log;
    vm->frame = e->frame;
    vm->n_frames = e->n_frames;
    if (e->pc != VM_BARRIER) {
      set_position(vm, e->pos, e->tok);
      vm->n_stack--;
      return e->pc;
    }
    uint32_t pc = resume_look(vm);
    if (pc != MILL_NONE) return pc;
  }
  return MILL_NONE;
}

/* One step of control; returns the next instruction, or MILL_NONE: failed. */
static uint32_t control(mill_machine *vm, uint32_t pc) {
  const instruction *i = &vm->prog->code[pc];
  switch ((enum opcode)i->op) {
    case OP_CHOICE:
      if (vm->memo_on && seen_before(vm, pc)) return MILL_NONE;
      vm_push(vm, i->a, vm->pos, vm->tok);
      return pc + 1;
    case OP_SET: case OP_GROUP: /* stack alternatives too */
      if (vm->memo_on && seen_before(vm, pc)) return MILL_NONE;
      return vm_atom(vm, i) ? pc + 1 : MILL_NONE;
    case OP_JUMP: return i->a;
    case OP_CALL: call_rule(vm, pc + 1); return i->a;
    case OP_RETURN: return return_from_rule(vm);
    case OP_OPEN: vm_log(vm, (vm_event){EV_OPEN, i->x, i->a, vm->pos, 0}); return pc + 1;
    case OP_CLOSE: vm_log(vm, (vm_event){EV_CLOSE, 0, 0, vm->pos, 0}); return pc + 1;
    case OP_MARK: vm_log(vm, (vm_event){EV_MARK, 0, 0, vm->pos, 0}); return pc + 1;
    case OP_PART: vm_log(vm, (vm_event){EV_PART, 0, i->a, vm->pos, 0}); return pc + 1;
    case OP_LOOK: begin_look(vm, pc); return pc + 1;
    case OP_LOOK_END: return end_look(vm) ? pc + 1 : MILL_NONE;
    default: return vm_atom(vm, i) ? pc + 1 : MILL_NONE;
  }
}

static double milliseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

void vm_watch(mill_machine *vm) {
  if (vm->max_ms > 0 && milliseconds() > vm->deadline)
    vm_fail(vm, MILL_ELIMIT, "the pattern takes too long on this text");
}

int vm_run(mill_machine *vm, uint32_t pos, uint32_t tok) {
  uint32_t pc = 0;
  uint64_t begun = vm->steps;
  vm->n_stack = vm->n_log = vm->n_frames = vm->n_looks = 0;
  vm->frame = VM_NO_FRAME;
  vm->start = pos;
  set_position(vm, pos, tok);
  while (vm->prog->code[pc].op != OP_END) {
    if (vm->steps-- == 0) vm_fail(vm, MILL_ELIMIT, "the pattern takes too many steps on this text");
    if ((vm->steps & (CLOCK_EVERY - 1)) == 0) vm_watch(vm);
    if (begun - vm->steps > vm->memo_after) vm->memo_on = vm->prog->memo;
    uint32_t next = control(vm, pc);
    if (vm->code < 0) return 0;
    if (next == MILL_NONE) {
      if (vm->trace != NULL) vm_trace_failure(vm, pc);
      next = backtrack(vm);
      if (next == MILL_NONE) return 0;
    }
    pc = next;
  }
  return 1;
}

uint64_t vm_budget(const mill_machine *vm) {
  if (vm->max_steps > 0) return vm->max_steps;
  return DEFAULT_STEPS + (uint64_t)STEPS_PER_BYTE * vm->view->folded_len;
}

void vm_begin(mill_machine *vm, const mill_program *prog, const mill_view *v, int going_on) {
  going_on = going_on && vm->searched == prog && vm->attached == v;
  vm->prog = prog;
  if (vm->view != v || vm->attached != v) vm->may_block = 0;
  vm->view = v;
  vm->start_of = v->tokens->start;
  vm->n_tokens = (uint32_t)v->tokens->n;
  vm->limit = (uint32_t)v->folded_len;
  vm->code = 0;
  vm->complaint = NULL;
  if (going_on) return;
  vm->steps = vm_budget(vm);
  if (vm->max_ms > 0) vm->deadline = milliseconds() + vm->max_ms;
  vm_memo_clear(vm);
  vm->memo_base = 0;
  vm->searched = prog;
}

void vm_close_regexes(mill_machine *vm) {
  for (uint32_t k = 0; k < vm->n_regexes; k++) uregex_close(vm->regexes[k]);
  mem_free(vm->regexes);
  vm->regexes = NULL;
  vm->n_regexes = 0;
}

int vm_end(mill_machine *vm, int result, uint32_t from, mill_error *err) {
  if (result == 1) vm_collect(vm);
  vm_close_regexes(vm);
  if (vm->code == 0) return result;
  return mill_fail(err, vm->code, vm->code == MILL_ELIMIT ? vm->start : from, "%s", vm->complaint);
}

/* ---- the machine ---------------------------------------------------------------------------- */

mill_machine *mill_machine_new(void) {
  mill_machine *vm = mem_calloc(1, sizeof *vm);
  if (vm == NULL) return NULL;
  vm->max_depth = DEFAULT_DEPTH;
  vm->memo_after = MEMO_AFTER;
  return vm;
}

void mill_machine_limits(mill_machine *vm, uint64_t max_steps, uint32_t max_depth) {
  vm->max_steps = max_steps;
  vm->max_depth = max_depth > 0 ? max_depth : DEFAULT_DEPTH;
}

void mill_machine_time(mill_machine *vm, double max_ms) { vm->max_ms = max_ms > 0 ? max_ms : 0; }

void mill_machine_attach(mill_machine *vm, const mill_view *v) {
  for (int k = 0; k < MILL_REC_COUNT; k++) {
    mem_free(vm->lengths[k]);
    vm->lengths[k] = NULL;
  }
  if (v != NULL && v->dates != NULL) memset(v->dates, 0, sizeof *v->dates);
  vm->attached = v;
  vm->searched = NULL;
  vm->may_block = 0;
}

void mill_machine_free(mill_machine *vm) {
  if (vm == NULL) return;
  mill_machine_attach(vm, NULL);
  mem_free(vm->stack);
  mem_free(vm->log);
  mem_free(vm->frames);
  mem_free(vm->looks);
  mem_free(vm->captures);
  mem_free(vm->memo);
  mem_free(vm);
}
