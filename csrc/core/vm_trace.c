/* vm_trace.c - where an attempt got furthest before it failed. */
#include "vm_trace.h"

void vm_trace_failure(mill_machine *vm, uint32_t pc) {
  vm_trace *t = vm->trace;
  if (vm->n_looks > 0 || vm->pos < t->pos) return;
  t->pos = vm->pos;
  t->pc = pc;
}
