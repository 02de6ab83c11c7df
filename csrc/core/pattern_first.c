/*
** pattern_first.c - where a match can begin, so that a search passes over
** everything else without starting the machine.
**
** The set is a union over all atoms that can come first; what lets the first
** atom be empty adds the next one. It may promise too much, never too little.
*/
#include <string.h>

#include "pattern_code.h"

static void add_literal(first_set *f, const mill_pattern *p) {
  uint32_t h = first_hash(p->text, p->len);
  f->bits[h >> 6] |= (uint64_t)1 << (h & 63);
  f->literals = 1;
}

static int add_first(const mill_pattern *p, first_set *f);

/* 1 when all children can match nothing, so that what follows counts too. */
static int add_sequence(const mill_pattern *p, first_set *f) {
  for (uint32_t k = 0; k < p->n; k++)
    if (!add_first(p->child[k], f)) return 0;
  return 1;
}

static int add_choice(const mill_pattern *p, first_set *f) {
  int empty = 0;
  for (uint32_t k = 0; k < p->n; k++) empty |= add_first(p->child[k], f);
  return empty;
}

/* Adds what p can begin with; returns whether p can match nothing. */
static int add_first(const mill_pattern *p, first_set *f) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_INSIDE: f->characters = 1; add_literal(f, p); return 0;
    case PAT_LITERAL: add_literal(f, p); return 0;
    case PAT_FORM:
      if (p->len > 0) add_literal(f, p);
      return 0;
    case PAT_SET: add_choice(p, f); return 0;
    case PAT_TAG: f->tags |= p->mask; return 0;
    case PAT_CLASS: f->classes |= (uint32_t)p->mask; return 0;
    case PAT_KIND: f->kinds |= (uint32_t)p->mask; return 0;
    case PAT_RECOGNIZE: f->recognizers |= 1u << p->which; return 0;
    case PAT_FALSE: return 0;
    case PAT_TRUE: case PAT_BLOCK: case PAT_SENTENCE: case PAT_SAME: case PAT_LESS:
    case PAT_AHEAD: case PAT_NOT: case PAT_AFTER:
      return 1;
    case PAT_SEQUENCE: return add_sequence(p, f);
    case PAT_CHOICE: return add_choice(p, f);
    case PAT_REPEAT:
      if (p->max == 0) return 1;
      return (add_first(p->child[0], f) | (p->min == 0)) != 0;
    case PAT_CAPTURE: case PAT_WITHIN: case PAT_CONTAINING: case PAT_RULE:
      return add_first(p->child[0], f);
    default: /* any token, regex, fact, skip, rules */
      f->any = 1;
      return 0;
  }
}

static int has_inside(const mill_pattern *p) {
  if (p->kind == PAT_INSIDE) return 1;
  for (uint32_t k = 0; k < p->n; k++)
    if (has_inside(p->child[k])) return 1;
  return 0;
}

void pattern_first(const mill_pattern *p, first_set *first) {
  memset(first, 0, sizeof *first);
  if (add_first(p, first)) first->any = 1;
  if (first->any) first->characters = (uint8_t)has_inside(p);
}
