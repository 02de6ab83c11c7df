/*
** vm.h - the machine that runs patterns: its state, shared by the files that
** make it up (vm.c control, vm_atom.c atoms, vm_capture.c captures and
** constraints, vm_trace.c failures).
**
**   stack   | choice | choice | barrier | choice |      alternatives to take up
**   log     | open n | found number | close | part |    what was seen on the way
**   frames  | rule call <- rule call                    linked to their callers
**   looks   | the barriers' own data |
**
** A choice remembers how long the log was, so that failing forgets what was
** seen since. Frames stay while a choice may come back to them. Nothing here
** recurses: a text can use up steps and entries (MILL_ELIMIT), not the C stack.
**
** A state that has failed once, an instruction with a position, fails always
** (program->memo), which keeps a search linear in the text: states are noted
** once an attempt has become long.
*/
#ifndef MILL_VM_H
#define MILL_VM_H

#include "pattern_code.h"
#include "rec_signs.h"

#define VM_BARRIER UINT32_MAX   /* pc of a stack entry that guards a look */
#define VM_NO_FRAME UINT32_MAX
#define VM_UNKNOWN UINT32_MAX   /* recogniser not yet asked */
#define VM_TIMED 0x80000000u    /* in the length of a date: it has a time of day */

#define VM_BLOCK 64u /* tokens that are looked over at once (rec_starts) */

typedef struct vm_entry {
  uint32_t pc, pos, tok, n_log, frame, n_frames;
} vm_entry;

enum vm_event_kind { EV_OPEN, EV_CLOSE, EV_MARK, EV_UNMARK, EV_FOUND, EV_PART };

typedef struct vm_event {
  uint8_t kind;
  uint8_t x;       /* open: is_list; found: enum mill_recognizer */
  uint32_t a;      /* open: name; part: index */
  uint32_t pos, to; /* to: found only */
} vm_event;

typedef struct vm_frame {
  uint32_t back, caller; /* instruction to come back to; its frame */
} vm_frame;

typedef struct vm_look {
  uint32_t entry;            /* its barrier in the stack */
  uint32_t pc;               /* the OP_LOOK */
  uint32_t pos, tok;         /* where to go on afterwards */
  uint32_t cursor, cursor_tok; /* where the body was last tried */
  uint32_t crossed;          /* tokens gone back */
  uint32_t limit, start;     /* to restore */
} vm_look;

/* What the filter of a recogniser did not want of what it found. */
enum vm_refusal { REFUSED_NOTHING, REFUSED_VALUE, REFUSED_KIND, REFUSED_GRAIN, REFUSED_LEVEL, REFUSED_UNIT };

struct vm_trace;

struct mill_machine {
  const mill_view *view;     /* of the current call */
  const mill_program *prog;
  const uint32_t *start_of;  /* view->tokens->start */
  uint32_t n_tokens;

  uint32_t pos, tok;  /* token tok holds pos; tok == n_tokens at the end */
  uint32_t start;     /* where this attempt began: no blank is passed there */
  uint32_t limit;     /* end of the text that may be looked at */
  uint32_t frame;

  vm_entry *stack;    uint32_t n_stack, stack_capacity;
  vm_event *log;      uint32_t n_log, log_capacity;
  vm_frame *frames;   uint32_t n_frames, frames_capacity;
  vm_look *looks;     uint32_t n_looks, looks_capacity;
  mill_capture *captures; uint32_t n_captures, captures_capacity;

  uint64_t steps;     /* left in this call */
  uint64_t max_steps; /* per call; 0: by the length of the text */
  uint32_t max_depth;
  double max_ms, deadline; /* per call, 0: none; by the monotonic clock, in ms */
  int code;           /* sticky error of this call */
  const char *complaint;

  uint64_t *memo;     uint32_t n_memo, memo_size; /* open hash of states, see vm.c */
  int memo_on;
  uint32_t memo_base;           /* added to instructions: where programs take turns */
  uint32_t memo_after;       /* steps of an attempt before states are noted */
  const mill_program *searched; /* by the last search, which mill_find_next goes on with */
  uint32_t searched_to;         /* end of its match */

  uint16_t may[VM_BLOCK];            /* where recognisers may begin: block `may_block` - 1, */
  uint32_t may_block, may_wanted;    /* for these of them; 0: not known */
  const mill_view *attached;         /* lengths belong to this one */
  uint32_t *lengths[MILL_REC_COUNT]; /* tokens of the match at each token */

  URegularExpression **regexes; uint32_t n_regexes; /* clones for this call */
  struct vm_trace *trace;            /* borrowed; NULL: none */
};

static inline int vm_at_token(const mill_machine *vm) {
  return vm->pos < vm->limit && vm->start_of[vm->tok] == vm->pos;
}

/* Sets the error of the call. */
void vm_fail(mill_machine *vm, int code, const char *complaint);

/* Token that holds byte pos of folded text, n_tokens at the end. */
uint32_t vm_token_at(const mill_machine *vm, uint32_t pos);

/* Stacks an alternative: go on at pc, pos, tok. */
void vm_push(mill_machine *vm, uint32_t pc, uint32_t pos, uint32_t tok);
void vm_log(mill_machine *vm, vm_event event);

/* Runs an atom or test at the position; moves it and returns 1, or returns 0. */
int vm_atom(mill_machine *vm, const instruction *i);
/* Tokens of the recogniser's match at token t; 0: none. */
uint32_t vm_recognized(mill_machine *vm, int what, uint32_t t);

/* Looks over the block of token t for recognisers that may begin there. */
void vm_look_over(mill_machine *vm, uint32_t t, uint32_t wanted);

/* Which of the recognisers `wanted` (1 << what) may find something at token t. */
static inline uint32_t vm_may_begin(mill_machine *vm, uint32_t t, uint32_t wanted) {
  if (vm->may_block != t / VM_BLOCK + 1 || (wanted & ~vm->may_wanted)) vm_look_over(vm, t, wanted);
  return vm->may[t % VM_BLOCK] & wanted;
}

/* What a token of punctuation is to sentences: bits of vm_marks. A stop ends one before
** a gap only. */
enum { MARK_ENDS = 1, MARK_STOP = 2, MARK_CLOSES = 4 };
int vm_marks(uint8_t kind, const char *s, size_t n);

/* A clone that stops in time, NULL without memory. Is s[0, n) as a whole what it describes?
** 1, 0, or MILL_ELIMIT. */
URegularExpression *vm_clone_regex(const URegularExpression *re);
int vm_regex_matches(URegularExpression *re, const char *s, size_t n);

/* Classes of a word, by its id in the lexicon or among the user's words. */
uint32_t vm_word_classes(const mill_data *data, const mill_userwords *user, uint32_t id);
/* Classes of the word token t is; 0: none. */
uint32_t vm_classes(const mill_machine *vm, uint32_t t);

/* OP_SAME and OP_LESS over what has been captured so far. */
int vm_constraint(mill_machine *vm, const instruction *i);
/* Turns the log into vm->captures. */
void vm_collect(mill_machine *vm);
/* Passes over blank tokens at the edges of a captured span, if more is in it. */
mill_span vm_trim(const mill_machine *vm, mill_span s);

void vm_memo_clear(mill_machine *vm);
/* Steps that a call has on vm->view. */
uint64_t vm_budget(const mill_machine *vm);
/* Looks at the clock: an error of the call once its time is over. */
void vm_watch(mill_machine *vm);

/* One attempt at pos: 1 match (vm->pos is its end), 0 none, or vm->code < 0. */
int vm_run(mill_machine *vm, uint32_t pos, uint32_t tok);
/* Begins and ends a call on a view; going_on: with the steps that are left, and
** the states that are known, of the search before. */
void vm_begin(mill_machine *vm, const mill_program *prog, const mill_view *v, int going_on);
int vm_end(mill_machine *vm, int result, uint32_t from, mill_error *err);
/* ---- searching (vm_search.c) ------------------------------------------------ */

/* Where the next of the strings stands that every match must hold. */
typedef struct vm_anchor {
  uint32_t next[NEED_MOST]; /* of each, at or after the place asked for last; MILL_NONE */
  uint32_t at;              /* the first of them */
  uint32_t first_tok;       /* no match that holds it begins before that token */
  uint8_t known;            /* next is filled */
} vm_anchor;

/* Can a match begin at token t or later in it, as far as the anchor tells? 1, 0, or -1:
** nowhere in the rest of the text. */
int vm_anchored(mill_machine *vm, vm_anchor *a, uint32_t t);
/* Tries the places in token t that are at or after `from`; 1 match. */
int vm_try_token(mill_machine *vm, uint32_t t, uint32_t from);
/* Where the search for the next match goes on, behind the one just found. */
uint32_t vm_next_from(const mill_machine *vm);

void vm_close_regexes(mill_machine *vm);

/* May a match begin at token t? */
int vm_can_start(mill_machine *vm, uint32_t t);

/* Called at every failing instruction while tracing (vm_trace.c). */
void vm_trace_failure(mill_machine *vm, uint32_t pc);

/* What the filter of the instruction refuses in its recogniser's match of n tokens at token `at`. */
enum vm_refusal vm_refuses(const mill_program *prog, const instruction *i, const mill_view *v, uint32_t at,
                           uint32_t n);
/* Why the recogniser of the instruction, which finds something where the machine stands,
** fails there; nothing: for another reason. */
enum vm_refusal vm_refusal_at(mill_machine *vm, const instruction *i);

#endif
