/*
** pattern_check.c - what is known about a pattern without running it: whether
** it can match nothing, how many tokens it can take, and whether a grammar is
** well formed. Patterns that would never end are refused here, so that the
** machine needs no guard against them.
**
** A grammar is checked with two tables over its rules: which can match nothing
** (found by repeating until nothing changes), and which can begin with which:
** a rule that can begin with itself is left recursive.
*/
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "pattern.h"
#include "utf8.h"

#define RECOGNIZER_TOKENS 32 /* longest recogniser match a look-behind considers */
#define GROUP_TOKENS MILL_MAX_USER_WORD /* a token has a byte at least */

/* The rules around a node: NULL outside of a grammar. */
typedef struct rules {
  const mill_pattern *grammar;
  const unsigned char *nullable;
} rules;

int pattern_find_rule(const mill_pattern *g, const char *name) {
  for (uint32_t k = 0; k < g->n; k++)
    if (strcmp(g->child[k]->text, name) == 0) return (int)k;
  return -1;
}

static int nullable_in(const mill_pattern *p, const rules *r);

static int all_nullable(const mill_pattern *p, const rules *r) {
  for (uint32_t k = 0; k < p->n; k++)
    if (!nullable_in(p->child[k], r)) return 0;
  return 1;
}

static int any_nullable(const mill_pattern *p, const rules *r) {
  for (uint32_t k = 0; k < p->n; k++)
    if (nullable_in(p->child[k], r)) return 1;
  return 0;
}

static int nullable_in(const mill_pattern *p, const rules *r) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_TRUE: case PAT_BLOCK: case PAT_SENTENCE: case PAT_SAME: case PAT_LESS:
    case PAT_AHEAD: case PAT_NOT: case PAT_AFTER:
      return 1;
    case PAT_SEQUENCE: return all_nullable(p, r);
    case PAT_CHOICE: return any_nullable(p, r);
    case PAT_REPEAT: return p->min == 0 || nullable_in(p->child[0], r);
    case PAT_CAPTURE: case PAT_SKIP: case PAT_WITHIN: case PAT_CONTAINING: case PAT_RULE:
      return nullable_in(p->child[0], r);
    case PAT_GRAMMAR: return (int)p->min;
    case PAT_REF: {
      int k = r != NULL ? pattern_find_rule(r->grammar, p->text) : -1;
      return k >= 0 && r->nullable[k];
    }
    default: return 0;
  }
}

int pattern_nullable(const mill_pattern *p) { return nullable_in(p, NULL); }

/* ---- length -------------------------------------------------------------------- */

static uint32_t add(uint32_t a, uint32_t b) {
  return a > UINT32_MAX - b ? PATTERN_FOREVER : a + b;
}

static uint32_t times(uint32_t a, uint32_t b) {
  uint64_t product = (uint64_t)a * b;
  if (a == 0 || b == 0) return 0;
  return a == PATTERN_FOREVER || product >= PATTERN_FOREVER ? PATTERN_FOREVER : (uint32_t)product;
}

static uint32_t characters(const mill_pattern *p) {
  uint32_t n = 0;
  for (size_t i = 0; i < p->len; i++) n += !utf8_is_tail((unsigned char)p->text[i]);
  return n;
}

static uint32_t sum_tokens(const mill_pattern *p) {
  uint32_t sum = 0;
  for (uint32_t k = 0; k < p->n; k++) sum = add(sum, pattern_max_tokens(p->child[k]));
  return sum;
}

static uint32_t most_tokens(const mill_pattern *p) {
  uint32_t most = 0;
  for (uint32_t k = 0; k < p->n; k++) {
    uint32_t n = pattern_max_tokens(p->child[k]);
    if (n > most) most = n;
  }
  return most;
}

uint32_t pattern_max_tokens(const mill_pattern *p) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_LITERAL: case PAT_INSIDE: return characters(p);
    case PAT_FORM: case PAT_TAG: case PAT_CLASS: case PAT_KIND: case PAT_REGEX: return 1;
    case PAT_ANY: return p->min;
    case PAT_RECOGNIZE: return RECOGNIZER_TOKENS;
    case PAT_GROUP: return GROUP_TOKENS;
    case PAT_SEQUENCE: return sum_tokens(p);
    case PAT_CHOICE: case PAT_SET: return most_tokens(p);
    case PAT_REPEAT: return times(pattern_max_tokens(p->child[0]), p->max);
    case PAT_SKIP: return add(p->min, pattern_max_tokens(p->child[0]));
    case PAT_CAPTURE: case PAT_WITHIN: case PAT_CONTAINING: case PAT_RULE:
      return pattern_max_tokens(p->child[0]);
    case PAT_FACT: case PAT_REF: case PAT_GRAMMAR: return PATTERN_FOREVER;
    default: return 0; /* zero width */
  }
}

/* ---- grammars -------------------------------------------------------------------- */

static int find_nullable(const mill_pattern *g, unsigned char *nullable) {
  rules r = {g, nullable};
  int changed = 0;
  for (uint32_t k = 0; k < g->n; k++) {
    if (nullable[k] || !nullable_in(g->child[k], &r)) continue;
    nullable[k] = 1;
    changed = 1;
  }
  return changed;
}

/* Rules that exist, loops that end: for everything below p but inner grammars. */
static int check_parts(const mill_pattern *p, const rules *r, const char *rule, mill_error *err) {
  if (p->kind == PAT_GRAMMAR) return 0;
  if (p->kind == PAT_REF && pattern_find_rule(r->grammar, p->text) < 0)
    return mill_fail(err, MILL_ESYNTAX, 0, "rule '%.60s' uses V'%.60s', which is not defined", rule,
                     p->text);
  if (p->kind == PAT_REPEAT && p->max == PATTERN_FOREVER && nullable_in(p->child[0], r))
    return mill_fail(err, MILL_ESYNTAX, 0,
                     "rule '%.60s' repeats a pattern that can match nothing; it would never end", rule);
  for (uint32_t k = 0; k < p->n; k++) {
    int code = check_parts(p->child[k], r, rule, err);
    if (code < 0) return code;
  }
  return 0;
}

/* Marks in `edge` the rules at the left edge of p. */
static void left_edge(const mill_pattern *p, const rules *r, unsigned char *edge) {
  if (p->kind == PAT_GRAMMAR) return;
  if (p->kind == PAT_REF) {
    int k = pattern_find_rule(r->grammar, p->text);
    if (k >= 0) edge[k] = 1;
  }
  for (uint32_t k = 0; k < p->n; k++) {
    left_edge(p->child[k], r, edge);
    if (p->kind == PAT_SEQUENCE && !nullable_in(p->child[k], r)) return;
  }
}

/* edges: n x n table, edges[a * n + b] = rule a can begin with rule b. Makes it
** transitive (Warshall) and returns a rule that can begin with itself, or n. */
static uint32_t find_cycle(unsigned char *edges, uint32_t n) {
  for (uint32_t k = 0; k < n; k++)
    for (uint32_t i = 0; i < n; i++)
      if (edges[i * n + k])
        for (uint32_t j = 0; j < n; j++) edges[i * n + j] |= edges[k * n + j];
  for (uint32_t k = 0; k < n; k++)
    if (edges[k * n + k]) return k;
  return n;
}

static int check_rules(const mill_pattern *g, unsigned char *nullable, unsigned char *edges,
                       mill_error *err) {
  rules r = {g, nullable};
  while (find_nullable(g, nullable)) continue;
  for (uint32_t k = 0; k < g->n; k++) {
    int code = check_parts(g->child[k], &r, g->child[k]->text, err);
    if (code < 0) return code;
    left_edge(g->child[k], &r, edges + (size_t)k * g->n);
  }
  uint32_t k = find_cycle(edges, g->n);
  if (k == g->n) return 0;
  return mill_fail(err, MILL_ESYNTAX, 0, "rule '%.60s' is left recursive: it can call itself without"
                   " having matched anything", g->child[k]->text);
}

int pattern_check_grammar(mill_pattern *g, mill_error *err) {
  if (g->n > 300) return mill_fail(err, MILL_ELIMIT, 0, "a grammar of more than 300 rules");
  unsigned char *table = mem_calloc(1 + g->n, g->n == 0 ? 1 : g->n);
  if (table == NULL) return mill_fail_memory(err);
  int code = check_rules(g, table, table + g->n, err);
  g->min = g->n > 0 && table[0];
  mem_free(table);
  return code;
}
