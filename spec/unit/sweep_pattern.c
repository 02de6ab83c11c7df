/* sweep_pattern.c - building, compiling, running, tracing and printing patterns
** when memory is refused. */
#include "alloc_sweep.h"
#include "core/pattern.h"
#include "core/vm_trace.h"
#include "token_text.h"

static mill_error err;
static mill_pattern *made[64]; /* everything built, in order; NULL after a refusal */
static int n_made;

static mill_pattern *keep(mill_pattern *p) {
  if (p != NULL) made[n_made++] = p;
  return p;
}

static mill_pattern *text(enum pattern_kind kind, const char *s) {
  return keep(pattern_text(kind, s, strlen(s), &err));
}

/* ("a" + set)^1:as"x" * re * skip(b, 2) * after(b) * #{grammar}, with same(x, x) */
static mill_pattern *build(void) {
  mill_pattern *a = text(PAT_LITERAL, "a"), *b = text(PAT_LITERAL, "b"), *ref = text(PAT_REF, "r"), *p, *q;
  if (a == NULL || b == NULL || ref == NULL) return NULL;
  ref->open = 1;
  mill_pattern *list[] = {a, b};
  if ((p = keep(pattern_set(list, 2, &err))) == NULL) return NULL;
  if ((p = keep(pattern_choice(a, p, &err))) == NULL) return NULL;
  if ((p = keep(pattern_repeat(p, 1, PATTERN_FOREVER, &err))) == NULL) return NULL;
  if ((p = keep(pattern_capture(p, "x", 0, &err))) == NULL) return NULL;
  if ((q = keep(pattern_regex("c+", 2, &err))) == NULL || (p = keep(pattern_sequence(p, q, &err))) == NULL) return NULL;
  if ((q = keep(pattern_skip(b, 2, &err))) == NULL || (p = keep(pattern_sequence(p, q, &err))) == NULL) return NULL;
  if ((q = keep(pattern_after(b, &err))) == NULL || (p = keep(pattern_sequence(p, q, &err))) == NULL) return NULL;
  if ((q = keep(pattern_same("x", "x", NULL, &err))) == NULL || (p = keep(pattern_sequence(p, q, &err))) == NULL) return NULL;
  if ((q = keep(pattern_sequence(a, ref, &err))) == NULL || (q = keep(pattern_choice(q, b, &err))) == NULL) return NULL;
  if ((q = keep(pattern_rule("r", q, &err))) == NULL || (q = keep(pattern_grammar(&q, 1, &err))) == NULL) return NULL;
  return (q = keep(pattern_look(q, 1, &err))) == NULL ? NULL : keep(pattern_sequence(p, q, &err));
}

static int run(mill_machine *vm, mill_pattern *p, const mill_view *v) {
  mill_program *prog = NULL;
  mill_match m;
  vm_trace t = {0};
  mill_buffer out = {0};
  int rc = mill_program_new(p, PROGRAM_TRACE, &prog, &err);
  if (rc == 0) rc = mill_find(vm, prog, v, 0, &m, &err);
  if (rc >= 0) {
    CHECK_EQ(rc, 1);
    rc = trace_run(vm, prog, v, 0, &t, &err);
  }
  if (rc >= 0) {
    trace_print(&t, prog, v, &out);
    rc = out.error;
  }
  mill_buffer_free(&out);
  trace_free(&t);
  mill_program_free(prog);
  return rc;
}

static int patterns(void) {
  static token_text t;
  const mill_view *v = tokenize(&t, "b|a|c|a|b|x|a|b|a|b|c c|b a|b");
  mill_pattern *p = build();
  int rc = p == NULL ? err.code : 0;
  mill_machine *vm = rc == 0 ? mill_machine_new() : NULL;
  if (rc == 0) rc = vm == NULL ? MILL_ENOMEM : run(vm, p, v);
  mill_machine_free(vm);
  while (n_made > 0) pattern_release(made[--n_made]);
  return rc;
}

int main(void) {
  sweep("patterns", patterns);
  return check_report();
}
