/* vm_trace.h - what the machine notes down while a pattern is traced. */
#ifndef MILL_VM_TRACE_H
#define MILL_VM_TRACE_H

#include "vm.h"

typedef struct vm_trace {
  uint32_t pos, pc; /* the furthest failure */
} vm_trace;

#endif
