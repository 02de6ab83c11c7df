/*
** vm_trace.h - why a pattern does not match: the attempts at all places where
** it could begin, and of the best one how far it got and what stopped it.
**
**   an attempt that got two parts far and failed in the third:
**
**   start        part 2     failed
**     | part 1     |  part 3 |
**     70           处        ,          log: part, open n, ..., part, part
**
** The furthest failure counts (Ford 2002): of all the ways an attempt went
** wrong, the one at the greatest position, and there the latest part. The best
** attempt is the one with most parts done, the first one of equals.
*/
#ifndef MILL_VM_TRACE_H
#define MILL_VM_TRACE_H

#include "vm.h"

#define TRACE_OTHERS 4 /* attempts that are named beside the best one */

typedef struct trace_attempt {
  uint32_t start, pos;  /* where it began; furthest failure, or end of the match */
  uint32_t part;        /* index in program->parts of what failed; MILL_NONE */
  uint8_t matched;
  uint8_t boundary;     /* the characters were there, only a token boundary was not */
  uint8_t refused;      /* enum vm_refusal: it was recognised, but is not what is wanted */
} trace_attempt;

typedef struct vm_trace {
  trace_attempt now;            /* the one that is running */
  vm_event *log;  uint32_t n_log, log_capacity; /* at its furthest failure */
  trace_attempt best;
  vm_event *best_log; uint32_t n_best, best_capacity;
  uint32_t n_attempts;          /* that got past their first part, or the best */
  trace_attempt others[TRACE_OTHERS]; uint32_t n_others;
  int error;                    /* 0 or MILL_ENOMEM */
} vm_trace;

/* Tries prog (made with PROGRAM_TRACE) as mill_find does and keeps what
** happened in *t, zeroed before; trace_free frees what it holds. */
int trace_run(mill_machine *vm, const mill_program *prog, const mill_view *v, uint32_t from,
              vm_trace *t, mill_error *err);
void trace_free(vm_trace *t);
/* The drawing and explanation, several lines without a final newline. */
void trace_print(const vm_trace *t, const mill_program *prog, const mill_view *v, mill_buffer *out);

#endif
