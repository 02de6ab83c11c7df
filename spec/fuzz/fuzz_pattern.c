/*
** fuzz_pattern.c - random patterns over random texts: the machine never crashes
** and keeps its limits; where a plain matcher has an opinion, they agree; traces
** and printing take anything.
*/
#include <stddef.h>
#include <stdint.h>

#include "../unit/set_model.h"
#include "core/pattern_code.h"
#include "core/vm_trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void trace(mill_machine *vm, mill_pattern *p, const mill_view *v) {
  mill_program *prog = NULL;
  mill_error err;
  vm_trace t = {0};
  mill_buffer text = {0};
  if (mill_program_new(p, PROGRAM_TRACE, &prog, &err) < 0) return;
  if (trace_run(vm, prog, v, 0, &t, &err) >= 0) trace_print(&t, prog, v, &text);
  program_print(prog, &text);
  pattern_print(p, SIZE_MAX, &text);
  mill_buffer_free(&text);
  trace_free(&t);
  mill_program_free(prog);
}

static void compare_set(bytes_in in) {
  mill_hits hits = {0};
  long matched = 0;
  mill_machine *vm = mill_machine_new();
  if (!set_agrees(&in, vm, &hits, &matched)) __builtin_trap();
  mill_machine_free(vm);
  mill_hits_free(&hits);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bytes_in in = {data, data + size};
  if (size > 0 && (data[size - 1] & 3) == 0) return compare_set(in), 0;
  token_text t;
  mill_error err;
  mill_program *prog = NULL;
  const mill_view *v = model_text(&in, &t);
  int plain = (int)(take(&in) & 1);
  mill_pattern *p = model_pattern(&in, plain, &err);
  if (p == NULL) return 0;
  mill_machine *vm = mill_machine_new(), *fresh = mill_machine_new();
  vm->memo_after = take(&in) & 3;
  mill_machine_attach(vm, v);
  if (mill_program_new(p, 0, &prog, &err) == 0) {
    mill_machine_limits(vm, 20000, 1000);
    if (model_compare(vm, prog, p, v, plain) >= 0) __builtin_trap();
    if (!model_all_matches(vm, fresh, prog, v)) __builtin_trap();
    trace(vm, p, v);
  }
  mill_machine_free(vm);
  mill_machine_free(fresh);
  mill_program_free(prog);
  pattern_release(p);
  return 0;
}
