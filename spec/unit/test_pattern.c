/*
** test_pattern.c - the machine on token columns made by hand: what each atom
** and operator means, limits, and a comparison with a plain reference matcher.
*/
#include "check.h"
#include "core/pattern.h"
#include "core/pattern_code.h"
#include "pattern_model.h"

/* ---- building in one line: every function takes over its arguments ------------ */

static mill_error err;

static mill_pattern *text(const char *s) { return pattern_text(PAT_LITERAL, s, strlen(s), &err); }
static mill_pattern *inside(const char *s) { return pattern_text(PAT_INSIDE, s, strlen(s), &err); }
static mill_pattern *any(uint32_t n) { return pattern_any(n, &err); }
static mill_pattern *tag(int k) { return pattern_mask(PAT_TAG, (uint64_t)1 << k, &err); }
static mill_pattern *kind(int k) { return pattern_mask(PAT_KIND, (uint64_t)1 << k, &err); }

static mill_pattern *drop(mill_pattern *made, mill_pattern *a, mill_pattern *b) {
  pattern_release(a);
  pattern_release(b);
  return made;
}
static mill_pattern *seq(mill_pattern *a, mill_pattern *b) {
  return drop(pattern_sequence(a, b, &err), a, b);
}
static mill_pattern *either(mill_pattern *a, mill_pattern *b) {
  return drop(pattern_choice(a, b, &err), a, b);
}
static mill_pattern *but(mill_pattern *a, mill_pattern *b) { return drop(pattern_but_not(a, b, &err), a, b); }
static mill_pattern *rep(mill_pattern *p, uint32_t min, uint32_t max) {
  return drop(pattern_repeat(p, min, max, &err), p, NULL);
}
static mill_pattern *lazy(mill_pattern *p) { return drop(pattern_lazy(p, &err), p, NULL); }
static mill_pattern *look(mill_pattern *p, int yes) { return drop(pattern_look(p, yes, &err), p, NULL); }
static mill_pattern *after(mill_pattern *p) { return drop(pattern_after(p, &err), p, NULL); }
static mill_pattern *skip(mill_pattern *p, uint32_t n) { return drop(pattern_skip(p, n, &err), p, NULL); }
static mill_pattern *as(mill_pattern *p, const char *name) {
  return drop(pattern_capture(p, name, 0, &err), p, NULL);
}
static mill_pattern *within(mill_pattern *p, mill_pattern *s) {
  return drop(pattern_within(p, s, &err), p, s);
}
static mill_pattern *containing(mill_pattern *s, mill_pattern *p) {
  return drop(pattern_containing(s, p, &err), s, p);
}

/* ---- running ---------------------------------------------------------------------- */

static char found_text[1024];

/* The first match of p (which it frees) in s, as "text" or "text name=text...";
** "-" for none, "!code" for an error. */
static const char *find(const char *s, mill_pattern *p) {
  static token_text t;
  mill_program *prog = NULL;
  mill_match m;
  const mill_view *v = tokenize(&t, s);
  if (p == NULL || mill_program_new(p, 0, &prog, &err) < 0) {
    pattern_release(p);
    snprintf(found_text, sizeof found_text, "!%s", err.message);
    return found_text;
  }
  mill_machine *vm = mill_machine_new();
  mill_machine_attach(vm, v);
  int rc = mill_find(vm, prog, v, 0, &m, &err);
  if (rc == 0) snprintf(found_text, sizeof found_text, "-");
  if (rc < 0) snprintf(found_text, sizeof found_text, "!%s", mill_code_name(rc));
  if (rc == 1) {
    int n = snprintf(found_text, sizeof found_text, "%.*s", (int)(m.folded.to - m.folded.from),
                     t.folded + m.folded.from);
    for (size_t k = 0; k < m.n_captures; k++)
      n += snprintf(found_text + n, sizeof found_text - (size_t)n, " %s=%.*s",
                    mill_program_name(prog, m.captures[k].name),
                    (int)(m.captures[k].folded.to - m.captures[k].folded.from),
                    t.folded + m.captures[k].folded.from);
  }
  mill_machine_free(vm);
  mill_program_free(prog);
  pattern_release(p);
  return found_text;
}

static void test_atoms(void) {
  CHECK_STR(find("全镇|设立|卡|点|70", text("卡点")), "卡点");
  CHECK_STR(find("全镇|设立|卡点位|70", text("卡点")), "-");
  CHECK_STR(find("全镇|设立|卡点位|70", inside("卡点")), "卡点");
  CHECK_STR(find("全镇|设立|大卡点|70", inside("卡点")), "卡点");
  CHECK_STR(find("全镇|卡|点", pattern_text(PAT_FORM, "卡点", 6, &err)), "-");
  CHECK_STR(find("全镇|卡点", pattern_text(PAT_FORM, "卡点", 6, &err)), "卡点");
  CHECK_STR(find("a|b\nc|d", seq(text("b"), any(1))), "-");
  CHECK_STR(find("a|b\nc|d", any(2)), "ab");
  CHECK_STR(find("a/n|b/v", tag(MILL_TAG_V)), "b");
  CHECK_STR(find("村|24", kind(MILL_KIND_NUMBER)), "24");
  CHECK_STR(find("a", pattern_constant(0, &err)), "-");
}

static void test_blanks(void) {
  CHECK_STR(find("gate 14 b", seq(text("gate"), kind(MILL_KIND_NUMBER))), "gate 14");
  CHECK_STR(find(" 14", kind(MILL_KIND_NUMBER)), "14");
  CHECK_STR(find("a 14", seq(text("a"), as(kind(MILL_KIND_NUMBER), "n"))), "a 14 n=14");
  CHECK_STR(find("a b", text("a b")), "a b");
  CHECK_STR(find("a b", seq(text("a"), seq(kind(MILL_KIND_BLANK), text("b")))), "a b");
  CHECK_STR(find("a b", seq(text("a"), look(text("b"), 0))), "-");
  CHECK_STR(find("a b", seq(after(text("a")), text("b"))), "b");
}

static void test_operators(void) {
  CHECK_STR(find("a|b|c", seq(text("b"), text("c"))), "bc");
  CHECK_STR(find("a|b|c", either(text("c"), text("b"))), "b");
  CHECK_STR(find("x|x|x|y", rep(text("x"), 0, PATTERN_FOREVER)), "xxx");
  CHECK_STR(find("x|x|x|y", lazy(rep(text("x"), 1, PATTERN_FOREVER))), "x");
  CHECK_STR(find("x|x|x|y", seq(lazy(rep(text("x"), 1, 5)), text("y"))), "xxxy");
  CHECK_STR(find("x|x|x|x", rep(text("x"), 2, 3)), "xxx");
  CHECK_STR(find("x|y", rep(text("x"), 2, 3)), "-");
  /* a repeat gives back what follows needs */
  CHECK_STR(find("24/m|村/n|点/n|x", seq(rep(tag(MILL_TAG_N), 0, 2), text("点"))), "村点");
  CHECK_STR(find("a|b|c", but(any(1), text("a"))), "b");
  CHECK_STR(find("a|b|a|c", seq(text("a"), look(text("c"), 1))), "a");
  CHECK_STR(find("a|b|a|c", seq(text("a"), as(look(text("c"), 0), "e"))), "a e=");
  CHECK_STR(find("第|14|个", seq(look(after(text("第")), 0), kind(MILL_KIND_NUMBER))), "-");
  CHECK_STR(find("a|b|c|d", seq(text("a"), skip(text("d"), 2))), "abcd");
  CHECK_STR(find("a|b|c|d", seq(text("a"), skip(text("d"), 1))), "-");
  CHECK_STR(find("a|。|d", seq(text("a"), skip(text("d"), 5))), "-");
}

static void test_spans(void) {
  mill_pattern *brackets = seq(text("("), seq(rep(any(1), 0, 9), text(")")));
  CHECK_STR(find("x|y|(|a|x|)|x", within(text("x"), brackets)), "x");
  CHECK_STR(find("x|y|(|a|)|x", within(as(text("x"), "q"),
                                       seq(text("("), seq(lazy(rep(any(1), 0, 9)), text(")"))))), "-");
  CHECK_STR(find("(|a|)|(|b|)", containing(seq(text("("), seq(any(1), text(")"))), as(text("b"), "q"))),
            "(b) q=b");
}

static void test_captures(void) {
  CHECK_STR(find("a|b|c", seq(as(text("a"), "x"), as(seq(text("b"), as(text("c"), "z")), "y"))),
            "abc x=a y=bc z=c");
  CHECK_STR(find("a|b", either(seq(as(text("a"), "x"), text("z")), as(any(2), "y"))), "ab y=ab");
  mill_pattern *same = pattern_same("x", "y", NULL, &err);
  CHECK_STR(find("a|b|c|c", seq(as(any(1), "x"), seq(as(any(1), "y"), same))), "cc x=c y=c");
  CHECK_STR(find("a", seq(text("a"), pattern_same("x", "y", NULL, &err))),
            "!same or less names 'x', but nothing is captured as that");
}

static void test_sets(void) {
  mill_pattern *list[] = {text("卡"), text("卡点"), text("卡口"), text("a b")};
  mill_pattern *set = pattern_set(list, 4, &err);
  for (int k = 0; k < 4; k++) pattern_release(list[k]);
  CHECK_STR(find("设|卡|点|x", pattern_retain(set)), "卡点");
  CHECK_STR(find("设|卡|点|x", seq(pattern_retain(set), text("点"))), "卡点");
  CHECK_STR(find("设|卡点|x", pattern_retain(set)), "卡点");
  CHECK_STR(find("设|卡点x", pattern_retain(set)), "-");
  CHECK_STR(find("x a b", set), "a b");
}

static void test_sentences(void) {
  CHECK_STR(find("a|。|b|c", seq(text("b"), pattern_sentence(&err))), "-");
  CHECK_STR(find("a|。|b|c", seq(pattern_sentence(&err), text("b"))), "b");
  CHECK_STR(find("x|b|\nb|c", seq(pattern_sentence(&err), seq(text("b"), any(1)))), "bc");
  CHECK_STR(find("x b.y|a", seq(pattern_sentence(&err), text("b"))), "-");
}

/* balanced brackets */
static mill_pattern *balanced(void) {
  mill_pattern *ref = pattern_text(PAT_REF, "b", 1, &err);
  ref->open = 1;
  mill_pattern *body = seq(text("("), seq(rep(either(text("x"), ref), 0, PATTERN_FOREVER), text(")")));
  mill_pattern *rule = drop(pattern_rule("b", body, &err), body, NULL);
  return drop(pattern_grammar(&rule, 1, &err), rule, NULL);
}

static void test_grammars(void) {
  CHECK_STR(find("x|(|x|(|)|x|)|)", balanced()), "(x()x)");
  CHECK_STR(find("x|(|x|(|)|x", seq(balanced(), text("x"))), "()x");
  mill_pattern *ref = pattern_text(PAT_REF, "a", 1, &err);
  ref->open = 1;
  mill_pattern *body = seq(rep(text("x"), 0, 1), ref);
  mill_pattern *rule = drop(pattern_rule("a", body, &err), body, NULL);
  CHECK(pattern_grammar(&rule, 1, &err) == NULL);
  CHECK(strstr(err.message, "'a' is left recursive") != NULL);
  pattern_release(rule);
}

static void test_refusals(void) {
  mill_pattern *empty = rep(text("x"), 0, 3);
  CHECK(pattern_repeat(empty, 0, PATTERN_FOREVER, &err) == NULL);
  CHECK_EQ(err.code, MILL_ESYNTAX);
  pattern_release(empty);
  mill_pattern *open = rep(text("x"), 1, PATTERN_FOREVER);
  CHECK(pattern_after(open, &err) == NULL);
  CHECK(strstr(err.message, "P\"x\"^1") != NULL);
  pattern_release(open);
  CHECK(pattern_named(PAT_KIND, "han stone", &err) == NULL);
  CHECK_STR(err.message, "unknown kind 'stone'");
  CHECK(pattern_regex("(a", 2, &err) == NULL);
  mill_pattern *deep = text("x");
  for (int k = 0; k < 1000 && deep != NULL; k++) deep = look(deep, 1);
  CHECK(deep == NULL);
  CHECK_EQ(err.code, MILL_ELIMIT);
}

/* ---- limits ------------------------------------------------------------------------- */

/* n tokens "a" and one "b" behind. */
typedef struct long_text {
  mill_tokens tokens;
  mill_view view;
  char *folded;
} long_text;

static void make_long(long_text *t, uint32_t n) {
  memset(t, 0, sizeof *t);
  t->folded = malloc(n + 1);
  memset(t->folded, 'a', n);
  t->tokens.start = malloc((n + 1) * sizeof(uint32_t));
  t->tokens.tag = calloc(n, 1);
  t->tokens.kind = malloc(n);
  t->tokens.word = malloc(n * sizeof(uint32_t));
  memset(t->tokens.kind, MILL_KIND_LATIN, n);
  memset(t->tokens.word, 0xFF, n * sizeof(uint32_t));
  for (uint32_t k = 0; k <= n; k++) t->tokens.start[k] = k;
  t->tokens.n = n;
  t->view.folded = t->folded;
  t->view.folded_len = n;
  t->view.tokens = &t->tokens;
}

static void free_long(long_text *t) {
  free(t->folded);
  free(t->tokens.start);
  free(t->tokens.tag);
  free(t->tokens.kind);
  free(t->tokens.word);
}

static int find_long(const long_text *t, mill_pattern *p, uint64_t steps, uint32_t depth) {
  mill_program *prog;
  mill_match m;
  CHECK(mill_program_new(p, 0, &prog, &err) == 0);
  mill_machine *vm = mill_machine_new();
  mill_machine_limits(vm, steps, depth);
  int rc = mill_find(vm, prog, &t->view, 0, &m, &err);
  mill_machine_free(vm);
  mill_program_free(prog);
  pattern_release(p);
  return rc;
}

/* ((a|aa)*(a|aa)*) before b: exponential for a machine that forgets what has failed */
static mill_pattern *hostile(void) {
  mill_pattern *p = rep(either(text("a"), text("aa")), 0, PATTERN_FOREVER);
  mill_pattern *q = rep(either(text("aa"), text("a")), 0, PATTERN_FOREVER);
  return seq(p, seq(q, look(text("b"), 1)));
}

/* The clock stops what steps would not. */
static void test_time(const long_text *t) {
  mill_program *prog;
  mill_match m;
  mill_pattern *p = look(hostile(), 1);
  CHECK(mill_program_new(p, 0, &prog, &err) == 0);
  mill_machine *vm = mill_machine_new();
  mill_machine_limits(vm, UINT64_MAX, UINT32_MAX);
  mill_machine_time(vm, 5);
  CHECK_EQ(mill_find(vm, prog, &t->view, 0, &m, &err), MILL_ELIMIT);
  CHECK(strstr(err.message, "too long") != NULL);
  mill_machine_free(vm);
  mill_program_free(prog);
  pattern_release(p);
}

static void test_limits(void) {
  long_text t;
  make_long(&t, 20000);
  CHECK_EQ(find_long(&t, hostile(), 0, 0), 0);
  CHECK_EQ(find_long(&t, hostile(), 1000, 0), MILL_ELIMIT);
  CHECK(strstr(err.message, "too many steps") != NULL);
  CHECK_EQ(find_long(&t, hostile(), 0, 100), MILL_ELIMIT);
  CHECK(strstr(err.message, "stack") != NULL);
  CHECK_EQ(find_long(&t, balanced(), 0, 0), 0);
  /* the same inside of a look-ahead, where nothing is remembered, ends as well */
  CHECK_EQ(find_long(&t, look(hostile(), 1), 0, 0), MILL_ELIMIT);
  test_time(&t);
  free_long(&t);
}

/* (any token)* b, or else one a: every match looks at all of the text */
static void test_many_matches(void) {
  long_text t;
  mill_program *prog;
  mill_match m;
  uint32_t n = 0, from = 0;
  int rc = 1;
  make_long(&t, 20000);
  mill_pattern *p = either(seq(rep(any(1), 0, PATTERN_FOREVER), text("b")), text("a"));
  CHECK(mill_program_new(p, 0, &prog, &err) == 0);
  mill_machine *vm = mill_machine_new();
  mill_machine_attach(vm, &t.view);
  while (rc == 1) {
    rc = mill_find_next(vm, prog, &t.view, from, &m, &err);
    from = m.folded.to;
    n += rc == 1;
  }
  CHECK_EQ(rc, 0); /* 200 million steps if every match began anew: over the limit */
  CHECK_EQ(n, 20000);
  mill_machine_free(vm);
  mill_program_free(prog);
  pattern_release(p);
  free_long(&t);
}

/* ---- printing ------------------------------------------------------------------------ */

static const char *printed(mill_pattern *p) {
  mill_buffer b = {0};
  pattern_print(p, SIZE_MAX, &b);
  snprintf(found_text, sizeof found_text, "%.*s", (int)b.len, b.bytes);
  mill_buffer_free(&b);
  pattern_release(p);
  return found_text;
}

static void test_printing(void) {
  CHECK_STR(printed(seq(as(kind(MILL_KIND_NUMBER), "n"), rep(either(text("a"), text("b")), 0, 1))),
            "P.kind\"number\":as\"n\" * (P\"a\" + P\"b\")^-1");
  CHECK_STR(printed(lazy(rep(but(any(1), text("x")), 2, PATTERN_FOREVER))),
            "((-P\"x\" * P(1))^2):lazy()");
  CHECK_STR(printed(skip(after(text("a")), 3)), "P.skip(P.after(P\"a\"), 3)");
}

/* ---- beside the plain matcher ---------------------------------------------------------- */

/* One random pattern over one random text; 1 when machine and model agree. */
static int agree(const uint8_t *bytes, size_t n, long *matched) {
  bytes_in in = {bytes, bytes + n};
  token_text t;
  mill_program *prog = NULL;
  mill_match m;
  const mill_view *v = model_text(&in, &t);
  mill_pattern *p = model_pattern(&in, 1, &err);
  mill_machine *vm = mill_machine_new(), *fresh = mill_machine_new();
  vm->memo_after = take(&in) & 1 ? 0 : 100;
  mill_machine_attach(vm, v);
  CHECK(p != NULL && mill_program_new(p, 0, &prog, &err) == 0);
  mill_machine_limits(vm, 50000, 0);
  long differs = model_compare(vm, prog, p, v, 1);
  if (differs < 0 && !model_all_matches(vm, fresh, prog, v)) differs = 0;
  *matched += mill_find(vm, prog, v, 0, &m, &err) == 1;
  if (differs >= 0)
    fprintf(stderr, "  %s at byte %ld of '%s'\n", printed(pattern_retain(p)), differs, t.folded);
  mill_machine_free(vm);
  mill_machine_free(fresh);
  mill_program_free(prog);
  pattern_release(p);
  return differs < 0;
}

static void test_model(void) {
  uint64_t state = 2020;
  long matched = 0;
  for (int round = 0; round < 4000; round++) {
    uint8_t bytes[160];
    for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (uint8_t)check_below(&state, 256);
    if (!CHECK(agree(bytes, sizeof bytes, &matched))) break;
  }
  CHECK(matched > 400); /* the comparison is about something */
}

int main(void) {
  test_atoms();
  test_blanks();
  test_operators();
  test_spans();
  test_captures();
  test_sets();
  test_sentences();
  test_grammars();
  test_refusals();
  test_limits();
  test_many_matches();
  test_printing();
  test_model();
  return check_report();
}
