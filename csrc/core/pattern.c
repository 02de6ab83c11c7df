/*
** pattern.c - building pattern trees. See pattern.h for the picture.
** Every constructor goes through node_new, so that a failure at any point
** leaves nothing behind and nothing half built.
*/
#include "pattern.h"

#include <stdio.h>
#include <string.h>

#include <unicode/uregex.h>
#include <unicode/utext.h>

#include "alloc.h"
#include "error.h"

/* ---- nodes ----------------------------------------------------------------- */

static mill_pattern *node_new(enum pattern_kind kind, uint32_t n, mill_error *err) {
  mill_pattern *p = mem_calloc(1, sizeof *p);
  if (p != NULL && n > 0) {
    p->child = mem_calloc(n, sizeof *p->child);
    if (p->child == NULL) mem_free(p), p = NULL;
  }
  if (p == NULL) {
    mill_fail_memory(err);
    return NULL;
  }
  p->refs = 1;
  p->kind = (uint8_t)kind;
  p->depth = 1;
  p->size = 1;
  return p;
}

mill_pattern *pattern_retain(mill_pattern *p) {
  p->refs++;
  return p;
}

void pattern_release(mill_pattern *p) {
  if (p == NULL || --p->refs > 0) return;
  for (uint32_t k = 0; k < p->n; k++) pattern_release(p->child[k]);
  mem_free(p->child);
  mem_free(p->text);
  mem_free(p->text2);
  mem_free(p->filter);
  mem_free(p->where);
  mem_free(p);
}

static char *copy_text(const char *s, size_t n) {
  char *copy = mem_malloc(n + 1);
  if (copy == NULL) return NULL;
  memcpy(copy, s, n);
  copy[n] = 0;
  return copy;
}

void pattern_set_where(mill_pattern *p, const char *where) {
  if (p->where == NULL) p->where = copy_text(where, strlen(where));
}

/* Sets p's text; releases p and returns NULL when there is no memory. */
static mill_pattern *with_text(mill_pattern *p, const char *s, size_t n, mill_error *err) {
  if (p == NULL) return NULL;
  p->text = copy_text(s, n);
  p->len = n;
  if (p->text != NULL) return p;
  mill_fail_memory(err);
  pattern_release(p);
  return NULL;
}

/* Appends a child to a node with room for it. */
static void adopt(mill_pattern *p, mill_pattern *child) {
  p->child[p->n++] = pattern_retain(child);
  if (child->depth >= p->depth) p->depth = (uint16_t)(child->depth + 1);
  p->size = child->size > UINT32_MAX / 2 - p->size ? UINT32_MAX / 2 : p->size + child->size;
  if (p->kind != PAT_GRAMMAR) p->open |= child->open;
}

/* Refuses what later walks could not handle. */
static mill_pattern *bounded(mill_pattern *p, mill_error *err) {
  if (p == NULL || (p->depth <= PATTERN_DEPTH && p->size <= PATTERN_NODES)) return p;
  const char *what = p->depth > PATTERN_DEPTH ? "is nested too deep" : "has too many parts";
  unsigned limit = p->depth > PATTERN_DEPTH ? PATTERN_DEPTH : PATTERN_NODES;
  mill_fail(err, MILL_ELIMIT, 0, "the pattern %s (limit %u)", what, limit);
  pattern_release(p);
  return NULL;
}

static mill_pattern *node_of(enum pattern_kind kind, mill_pattern *a, mill_pattern *b,
                             mill_error *err) {
  mill_pattern *p = node_new(kind, b != NULL ? 2 : 1, err);
  if (p == NULL) return NULL;
  adopt(p, a);
  if (b != NULL) adopt(p, b);
  return bounded(p, err);
}

/* ---- atoms ------------------------------------------------------------------- */

mill_pattern *pattern_text(enum pattern_kind kind, const char *s, size_t n, mill_error *err) {
  if (n == 0 && (kind == PAT_LITERAL || kind == PAT_INSIDE)) return pattern_constant(1, err);
  return with_text(node_new(kind, 0, err), s, n, err);
}

mill_pattern *pattern_any(uint32_t n, mill_error *err) {
  if (n == 0) return pattern_constant(1, err);
  mill_pattern *p = node_new(PAT_ANY, 0, err);
  if (p != NULL) p->min = n;
  return p;
}

mill_pattern *pattern_constant(int truth, mill_error *err) {
  return node_new(truth ? PAT_TRUE : PAT_FALSE, 0, err);
}

mill_pattern *pattern_mask(enum pattern_kind kind, uint64_t mask, mill_error *err) {
  mill_pattern *p = node_new(kind, 0, err);
  if (p != NULL) p->mask = mask;
  return p;
}

mill_pattern *pattern_sentence(mill_error *err) { return node_new(PAT_SENTENCE, 0, err); }

static const char *const kind_names[] = {"han",   "number", "latin", "kana",
                                         "other", "punct",  "blank", "break"};

const char *pattern_kind_name(int kind) {
  return kind >= 0 && kind <= MILL_KIND_BREAK ? kind_names[kind] : NULL;
}

int pattern_kind_by_name(const char *name, size_t n) {
  for (int k = 0; k <= MILL_KIND_BREAK; k++)
    if (strlen(kind_names[k]) == n && memcmp(kind_names[k], name, n) == 0) return k;
  return -1;
}

static int block_by_name(const char *name) {
  for (int k = 0; k <= MILL_BLOCK_BOILERPLATE; k++) {
    const char *known = mill_block_name((enum mill_block_kind)k);
    if (known != NULL && strcmp(known, name) == 0) return k;
  }
  return -1;
}

/* The bit that a name stands for, 0 when there is no such name. */
static uint64_t bit_of(enum pattern_kind kind, const char *name) {
  if (kind == PAT_CLASS) {
    int bit = mill_class_by_name(name);
    return bit > 0 ? (uint64_t)bit : 0;
  }
  int k = kind == PAT_TAG    ? mill_tag_by_name(name)
          : kind == PAT_KIND ? pattern_kind_by_name(name, strlen(name))
                             : block_by_name(name);
  return k >= 0 ? (uint64_t)1 << k : 0;
}

static const char *noun_of(enum pattern_kind kind) {
  return kind == PAT_TAG ? "tag" : kind == PAT_CLASS ? "class" : kind == PAT_KIND ? "kind" : "block";
}

static int fail_name(enum pattern_kind kind, const char *names, const char *s, size_t n, mill_error *err) {
  return mill_fail(err, MILL_EINVAL, (size_t)(s - names), "unknown %s '%.*s'", noun_of(kind),
                   n < 64 ? (int)n : 64, s);
}

/* a + b, taking both over. */
static mill_pattern *either(mill_pattern *a, mill_pattern *b, mill_error *err) {
  mill_pattern *p = pattern_choice(a, b, err);
  pattern_release(a);
  pattern_release(b);
  return p;
}

/* Classes that textmill does not know are the user's own: one node each. Adds it to
** what stands for the names before; frees both on failure. */
static mill_pattern *or_group(mill_pattern *before, const char *s, size_t n, mill_error *err) {
  mill_pattern *group = pattern_text(PAT_GROUP, s, n, err);
  if (before == NULL || group == NULL) {
    if (group == NULL) pattern_release(before);
    return group;
  }
  return either(before, group, err);
}

mill_pattern *pattern_named(enum pattern_kind kind, const char *names, mill_error *err) {
  uint64_t mask = 0;
  mill_pattern *groups = NULL;
  char name[64];
  for (const char *s = names + strspn(names, " "); *s != 0; s += strspn(s, " ")) {
    size_t n = strcspn(s, " ");
    snprintf(name, sizeof name, "%.*s", n < sizeof name ? (int)n : 0, s);
    uint64_t bit = bit_of(kind, name);
    if (bit == 0 && (kind != PAT_CLASS || name[0] == 0)) {
      pattern_release(groups);
      return fail_name(kind, names, s, n, err), NULL;
    }
    if (bit == 0 && (groups = or_group(groups, s, n, err)) == NULL) return NULL;
    mask |= bit;
    s += n;
  }
  if (mask == 0 && groups != NULL) return groups;
  if (mask == 0) return mill_fail(err, MILL_EINVAL, 0, "no %s is named", noun_of(kind)), NULL;
  mill_pattern *known = pattern_mask(kind, mask, err);
  if (known == NULL) return pattern_release(groups), NULL;
  return groups != NULL ? either(known, groups, err) : known;
}

static mill_pattern *with_literals(mill_pattern *p, mill_pattern *const *literals, uint32_t n,
                                   mill_error *err) {
  for (uint32_t k = 0; p != NULL && k < n; k++) {
    if (literals[k]->kind == PAT_LITERAL) {
      adopt(p, literals[k]);
      continue;
    }
    mill_fail(err, MILL_EINVAL, k, "member %u of the set is not a text, or empty", (unsigned)k + 1);
    pattern_release(p);
    return NULL;
  }
  return bounded(p, err);
}

mill_pattern *pattern_set(mill_pattern *const *literals, uint32_t n, mill_error *err) {
  if (n == 0) return pattern_constant(0, err);
  return with_literals(node_new(PAT_SET, n, err), literals, n, err);
}

mill_pattern *pattern_recognize(enum mill_recognizer what, const pattern_filter *filter,
                                mill_pattern *const *units, uint32_t n, mill_error *err) {
  mill_pattern *p = with_literals(node_new(PAT_RECOGNIZE, n, err), units, n, err);
  if (p == NULL) return NULL;
  p->which = (uint8_t)what;
  if (filter == NULL) return p;
  p->filter = mem_malloc(sizeof *p->filter);
  if (p->filter == NULL) {
    mill_fail_memory(err);
    pattern_release(p);
    return NULL;
  }
  *p->filter = *filter;
  return p;
}

mill_pattern *pattern_regex(const char *s, size_t n, mill_error *err) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where = {0};
  UText *text = utext_openUTF8(NULL, s, (int64_t)n, &status);
  URegularExpression *re = uregex_openUText(text, 0, &where, &status);
  uregex_close(re);
  utext_close(text);
  if (U_SUCCESS(status)) return pattern_text(PAT_REGEX, s, n, err);
  size_t at = where.offset > 0 ? (size_t)where.offset : 0;
  mill_fail(err, MILL_ESYNTAX, at, "bad regular expression '%.*s' at character %zu: %s",
            n < 80 ? (int)n : 80, s, at + 1, u_errorName(status));
  return NULL;
}

/* ---- operators ----------------------------------------------------------------- */

/* How many children p contributes to a flat node of `kind`. */
static uint32_t spread(const mill_pattern *p, enum pattern_kind kind) {
  return p->kind == kind ? p->n : 1;
}

static void adopt_flat(mill_pattern *node, mill_pattern *p) {
  if (p->kind != node->kind) {
    adopt(node, p);
    return;
  }
  for (uint32_t k = 0; k < p->n; k++) adopt(node, p->child[k]);
}

static mill_pattern *flat(enum pattern_kind kind, mill_pattern *a, mill_pattern *b,
                          mill_error *err) {
  mill_pattern *p = node_new(kind, spread(a, kind) + spread(b, kind), err);
  if (p == NULL) return NULL;
  adopt_flat(p, a);
  adopt_flat(p, b);
  return bounded(p, err);
}

mill_pattern *pattern_sequence(mill_pattern *a, mill_pattern *b, mill_error *err) {
  if (a->kind == PAT_TRUE) return pattern_retain(b);
  if (b->kind == PAT_TRUE) return pattern_retain(a);
  return flat(PAT_SEQUENCE, a, b, err);
}

mill_pattern *pattern_choice(mill_pattern *a, mill_pattern *b, mill_error *err) {
  if (a->kind == PAT_FALSE) return pattern_retain(b);
  if (b->kind == PAT_FALSE) return pattern_retain(a);
  return flat(PAT_CHOICE, a, b, err);
}

mill_pattern *pattern_but_not(mill_pattern *a, mill_pattern *b, mill_error *err) {
  mill_pattern *refuse = pattern_look(b, 0, err);
  if (refuse == NULL) return NULL;
  mill_pattern *p = pattern_sequence(refuse, a, err);
  pattern_release(refuse);
  return p;
}

mill_pattern *pattern_repeat(mill_pattern *p, uint32_t min, uint32_t max, mill_error *err) {
  if (min > max) {
    mill_fail(err, MILL_EINVAL, 0, "a repeat from %u to %u", (unsigned)min, (unsigned)max);
    return NULL;
  }
  if (max == PATTERN_FOREVER && pattern_nullable(p)) {
    mill_fail(err, MILL_ESYNTAX, 0, "an open repeat of a pattern that can match nothing would never end");
    return NULL;
  }
  mill_pattern *r = node_of(PAT_REPEAT, p, NULL, err);
  if (r != NULL) r->min = min, r->max = max;
  return r;
}

mill_pattern *pattern_lazy(mill_pattern *p, mill_error *err) {
  if (p->kind != PAT_REPEAT) {
    mill_fail(err, MILL_EINVAL, 0, "lazy is for repeats (p^n); this is none");
    return NULL;
  }
  mill_pattern *r = pattern_repeat(p->child[0], p->min, p->max, err);
  if (r != NULL) r->lazy = 1;
  return r;
}

mill_pattern *pattern_look(mill_pattern *p, int positive, mill_error *err) {
  return node_of(positive ? PAT_AHEAD : PAT_NOT, p, NULL, err);
}

mill_pattern *pattern_after(mill_pattern *p, mill_error *err) {
  uint32_t most = pattern_max_tokens(p);
  if (most == PATTERN_FOREVER) {
    mill_buffer text = {0};
    pattern_print(p, 150, &text);
    mill_fail(err, MILL_ESYNTAX, 0, "look-behind needs a bounded length, which %.*s does not have",
              (int)text.len, text.bytes != NULL ? text.bytes : "");
    mill_buffer_free(&text);
    return NULL;
  }
  mill_pattern *r = node_of(PAT_AFTER, p, NULL, err);
  if (r != NULL) r->min = most;
  return r;
}

mill_pattern *pattern_skip(mill_pattern *p, uint32_t n, mill_error *err) {
  mill_pattern *r = node_of(PAT_SKIP, p, NULL, err);
  if (r != NULL) r->min = n;
  return r;
}

mill_pattern *pattern_within(mill_pattern *p, mill_pattern *span, mill_error *err) {
  return node_of(PAT_WITHIN, p, span, err);
}

mill_pattern *pattern_containing(mill_pattern *span, mill_pattern *p, mill_error *err) {
  return node_of(PAT_CONTAINING, span, p, err);
}

mill_pattern *pattern_capture(mill_pattern *p, const char *name, int is_list, mill_error *err) {
  mill_pattern *r = with_text(node_of(PAT_CAPTURE, p, NULL, err), name, strlen(name), err);
  if (r != NULL) r->which = is_list != 0;
  return r;
}

/* ---- constraints and grammars ---------------------------------------------------- */

static mill_pattern *two_names(enum pattern_kind kind, const char *a, const char *b,
                               mill_error *err) {
  mill_pattern *p = with_text(node_new(kind, 0, err), a, strlen(a), err);
  if (p == NULL) return NULL;
  p->text2 = copy_text(b, strlen(b));
  if (p->text2 != NULL) return p;
  mill_fail_memory(err);
  pattern_release(p);
  return NULL;
}

const char *const pattern_attribute_names[] = {"text", "tag", "length", "value", "unit", "place", NULL};

mill_pattern *pattern_same(const char *a, const char *b, const char *attribute, mill_error *err) {
  const char *const *names = pattern_attribute_names;
  uint8_t which = 0;
  while (attribute != NULL && names[which] != NULL && strcmp(names[which], attribute) != 0) which++;
  if (names[which] == NULL) {
    mill_fail(err, MILL_EINVAL, 0, "unknown attribute '%.40s' (text tag length value unit place)",
              attribute);
    return NULL;
  }
  mill_pattern *p = two_names(PAT_SAME, a, b, err);
  if (p != NULL) p->which = which;
  return p;
}

mill_pattern *pattern_less(const char *a, const char *b, mill_error *err) {
  return two_names(PAT_LESS, a, b, err);
}

mill_pattern *pattern_rule(const char *name, mill_pattern *p, mill_error *err) {
  return with_text(node_of(PAT_RULE, p, NULL, err), name, strlen(name), err);
}

mill_pattern *pattern_grammar(mill_pattern *const *rules, uint32_t n, mill_error *err) {
  mill_pattern *p = node_new(PAT_GRAMMAR, n, err);
  if (p == NULL) return NULL;
  for (uint32_t k = 0; k < n; k++) adopt(p, rules[k]);
  p = bounded(p, err);
  if (p == NULL || pattern_check_grammar(p, err) == 0) return p;
  pattern_release(p);
  return NULL;
}
