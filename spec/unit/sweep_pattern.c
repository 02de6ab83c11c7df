/* sweep_pattern.c - building, compiling, running, tracing and printing patterns, one and
** sets of them, when memory is refused. */
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
  if ((q = keep(pattern_regex("c+", 2, &err))) == NULL || (p = keep(pattern_sequence(p, q, &err))) == NULL)
    return NULL;
  if ((q = keep(pattern_skip(b, 2, &err))) == NULL || (p = keep(pattern_sequence(p, q, &err))) == NULL)
    return NULL;
  if ((q = keep(pattern_after(b, &err))) == NULL || (p = keep(pattern_sequence(p, q, &err))) == NULL)
    return NULL;
  if ((q = keep(pattern_same("x", "x", NULL, &err))) == NULL ||
      (p = keep(pattern_sequence(p, q, &err))) == NULL)
    return NULL;
  if ((q = keep(pattern_sequence(a, ref, &err))) == NULL || (q = keep(pattern_choice(q, b, &err))) == NULL)
    return NULL;
  if ((q = keep(pattern_rule("r", q, &err))) == NULL || (q = keep(pattern_grammar(&q, 1, &err))) == NULL)
    return NULL;
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

/* A set of three programs, two of them equal, one that reads tokens as numbers. */
static int run_set(mill_machine *vm, const mill_view *v, mill_pattern *p, mill_pattern *number) {
  mill_program *one = NULL, *two = NULL, *three = NULL;
  mill_pattern_set *set = NULL;
  mill_hits hits = {0};
  int rc = mill_program_new(p, 0, &one, &err);
  if (rc == 0) rc = mill_program_new(p, 0, &two, &err);
  if (rc == 0) rc = mill_program_new(number, 0, &three, &err);
  if (rc == 0) rc = mill_pattern_set_new((const mill_program *[]){one, three, two}, 3, &set, &err);
  mill_machine_attach(vm, v);
  if (rc == 0) rc = mill_pattern_set_run(vm, set, v, &hits, &err);
  if (rc == 0) {
    CHECK(hits.n >= 4); /* what one finds, the other finds */
    for (uint32_t k = 0; k < hits.n_failures; k++) rc = hits.failures[k].code; /* refused in one program */
  }
  mill_hits_free(&hits);
  mill_pattern_set_free(set);
  mill_program_free(one);
  mill_program_free(two);
  mill_program_free(three);
  return rc;
}

static int sets(void) {
  static token_text t;
  const mill_view *v = tokenize(&t, "b|a|c|1|b|x|a|b|a|b|c c|b a|b|3");
  mill_pattern *a = text(PAT_LITERAL, "a"), *b = text(PAT_LITERAL, "b"), *p = NULL, *q = NULL, *n = NULL;
  if (a != NULL && b != NULL && (p = keep(pattern_choice(a, b, &err))) != NULL)
    p = keep(pattern_capture(p, "x", 0, &err));
  if (p != NULL && (q = keep(pattern_regex("[0-9]", 5, &err))) != NULL)
    n = keep(pattern_recognize(MILL_REC_NUMBER, NULL, NULL, 0, &err));
  if (n != NULL) n = keep(pattern_choice(n, q, &err));
  int rc = n == NULL ? err.code : 0;
  mill_machine *vm = rc == 0 ? mill_machine_new() : NULL;
  if (rc == 0) rc = vm == NULL ? MILL_ENOMEM : run_set(vm, v, p, n);
  mill_machine_free(vm);
  while (n_made > 0) pattern_release(made[--n_made]);
  return rc;
}

int main(void) {
  sweep("patterns", patterns);
  sweep("sets of patterns", sets);
  return check_report();
}
