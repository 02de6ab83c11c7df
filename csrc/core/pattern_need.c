/*
** pattern_need.c - what every match must hold: a search looks for that first.
**
**   P.any^-4 * (P"gate" + P"post")      one of "gate", "post"
**   P.tag"v" * P"a" * P"beginning"      "beginning": the longest of several, as the rarest; also "a"
**
** Only what a match uses up itself counts, no look around it.
*/
#include <string.h>

#include "alloc.h"
#include "pattern_code.h"

typedef struct need {
  const mill_pattern *texts[NEED_MOST];
  uint32_t n; /* 0: nothing is known */
} need;

static need need_of(const mill_pattern *p);

/* Length of its shortest text; 0 when nothing is known. */
static size_t weight(const need *a) {
  size_t least = a->n > 0 ? SIZE_MAX : 0;
  for (uint32_t k = 0; k < a->n; k++)
    if (a->texts[k]->len < least) least = a->texts[k]->len;
  return least;
}

/* One of the children's must be there. */
static need need_any(const mill_pattern *p) {
  need all = {{NULL}, 0};
  for (uint32_t k = 0; k < p->n; k++) {
    need one = need_of(p->child[k]);
    if (one.n == 0 || all.n + one.n > NEED_MOST) return (need){{NULL}, 0};
    memcpy(all.texts + all.n, one.texts, one.n * sizeof *one.texts);
    all.n += one.n;
  }
  return all;
}

/* All of them must: the best one is enough. */
static need need_best(const mill_pattern *p) {
  need best = {{NULL}, 0};
  for (uint32_t k = 0; k < p->n; k++) {
    need one = need_of(p->child[k]);
    if (weight(&one) > weight(&best) || (weight(&one) == weight(&best) && one.n < best.n)) best = one;
  }
  return best;
}

static need need_of(const mill_pattern *p) {
  switch ((enum pattern_kind)p->kind) {
    case PAT_LITERAL: case PAT_INSIDE: case PAT_FORM:
      if (p->len > 0) return (need){{p}, 1};
      break;
    case PAT_SET: case PAT_CHOICE: return need_any(p);
    case PAT_SEQUENCE: return need_best(p);
    case PAT_REPEAT:
      if (p->min > 0) return need_of(p->child[0]);
      break;
    case PAT_CAPTURE: case PAT_SKIP: case PAT_WITHIN: case PAT_CONTAINING: case PAT_RULE:
      return need_of(p->child[0]);
    default: break;
  }
  return (need){{NULL}, 0};
}

static void put_texts(mill_program *prog, const need *n, struct need_text *out) {
  for (uint32_t k = 0; k < n->n; k++) {
    out[k] = (struct need_text){(uint32_t)prog->text.len, (uint32_t)n->texts[k]->len};
    mill_buffer_append(&prog->text, n->texts[k]->text, n->texts[k]->len);
  }
}

/* What the parts of a sequence need each, but for `best`, which is said already. */
static void put_also(const mill_pattern *p, const need *best, mill_program *prog) {
  program_need *out = &prog->need;
  need own = {{NULL}, 0};
  switch ((enum pattern_kind)p->kind) {
    case PAT_SEQUENCE:
      for (uint32_t k = 0; k < p->n; k++) put_also(p->child[k], best, prog);
      return;
    case PAT_REPEAT:
      if (p->min == 0) return;
      put_also(p->child[0], best, prog);
      return;
    case PAT_CAPTURE: case PAT_SKIP: case PAT_WITHIN: case PAT_CONTAINING: case PAT_RULE:
      put_also(p->child[0], best, prog);
      return;
    default: own = need_of(p);
  }
  if (own.n == 0 || own.texts[0] == best->texts[0] || out->n_also == NEED_ALSO) return;
  out->also[out->n_also].n = own.n;
  put_texts(prog, &own, out->also[out->n_also++].texts);
}

int pattern_need(const mill_pattern *p, mill_program *prog) {
  need n = need_of(p);
  prog->need.n = n.n;
  prog->need.reach = pattern_max_tokens(p);
  put_texts(prog, &n, prog->need.texts);
  if (n.n > 0) put_also(p, &n, prog);
  return prog->text.error ? MILL_ENOMEM : 0;
}
