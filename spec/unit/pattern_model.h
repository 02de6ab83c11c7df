/*
** pattern_model.h - patterns and token columns out of random bytes, and a plain
** matcher for part of the language: recursive, without code, sharing nothing
** with the machine. Continuations are lists on the C stack:
**
**   model_match({rest of the pattern, then what comes behind}, pos) -> end
*/
#ifndef PATTERN_MODEL_H
#define PATTERN_MODEL_H

#include "core/pattern.h"
#include "core/vm.h"
#include "token_text.h"

typedef struct bytes_in { const uint8_t *p, *end; } bytes_in;

static inline uint32_t take(bytes_in *in) { return in->p < in->end ? *in->p++ : 0; }

/* ---- texts ------------------------------------------------------------------------- */

static const char *const model_letters[] = {"a", "b", "卡", "点", "1", "a", "。", " ", "\n", "b"};

/* Tokens of one or two letters; blanks and breaks are tokens of their own. */
static inline const mill_view *model_text(bytes_in *in, token_text *t) {
  char notation[400];
  size_t n = 0;
  uint32_t count = take(in) % 24;
  for (uint32_t k = 0; k < count; k++) {
    uint32_t byte = take(in);
    const char *s = model_letters[byte % 10];
    memcpy(notation + n, s, strlen(s));
    n += strlen(s);
    int gap = *s == ' ' || *s == '\n';
    if (!gap && (byte & 16)) notation[n++] = '/', notation[n++] = byte & 32 ? 'n' : 'v';
    if (!gap && (byte & 0xC0)) notation[n++] = '|';
  }
  notation[n] = 0;
  return tokenize(t, notation);
}

/* ---- patterns ------------------------------------------------------------------------ */

static const char *const model_words[] = {"a", "b", "卡", "卡点", "ab", "点", "1", "aa", "a b", "。"};

static inline mill_pattern *model_atom(bytes_in *in, int plain, mill_error *err) {
  const char *s = model_words[take(in) % 10];
  switch (take(in) % (plain ? 6 : 9)) {
    case 0: return pattern_any(1 + (take(in) & 1), err);
    case 1: return pattern_mask(PAT_TAG, (uint64_t)1 << (take(in) & 1 ? MILL_TAG_N : MILL_TAG_V), err);
    case 2: return pattern_mask(PAT_KIND, (uint64_t)1 << take(in) % 8, err);
    case 3: return pattern_text(PAT_INSIDE, s, strlen(s), err);
    case 4: return pattern_text(PAT_FORM, s, strlen(s), err);
    case 5: return pattern_text(PAT_LITERAL, s, strlen(s), err);
    case 6: return pattern_sentence(err);
    case 7: return take(in) & 1 ? pattern_regex("a*", 2, err) : pattern_regex("[ab]+", 5, err);
    default: return pattern_same("x", "y", take(in) & 1 ? "tag" : NULL, err);
  }
}

/* Replaces the one or two patterns on top of the stack; keeps them on refusal. */
static inline void model_operator(bytes_in *in, mill_pattern **stack, uint32_t *n, int plain,
                                  mill_error *err) {
  uint32_t op = take(in) % (plain ? 9 : 14), two = op < 3 || op > 11;
  if (*n < 1 + two) return;
  mill_pattern *b = stack[*n - 1], *a = two ? stack[*n - 2] : b, *made = NULL;
  uint32_t min = take(in) % 4, max = min + take(in) % 3;
  switch (op) {
    case 0: made = pattern_sequence(a, b, err); break;
    case 1: made = pattern_choice(a, b, err); break;
    case 2: made = pattern_but_not(a, b, err); break;
    case 3: made = pattern_repeat(b, min, max, err); break;
    case 4: made = pattern_repeat(b, min, PATTERN_FOREVER, err); break;
    case 5: made = pattern_lazy(b, err); break;
    case 6: made = pattern_look(b, (int)(min & 1), err); break;
    case 7: made = pattern_after(b, err); break;
    case 8: case 9: made = pattern_capture(b, min & 1 ? "x" : "y", (int)(min & 2), err); break;
    case 10: case 11: made = pattern_skip(b, min, err); break;
    case 12: made = pattern_within(a, b, err); break;
    default: made = pattern_containing(a, b, err);
  }
  if (made == NULL) return;
  pattern_release(b);
  if (two) pattern_release(a);
  *n -= two;
  stack[*n - 1] = made;
}

/* A pattern from the next bytes; plain: one that model_match knows. */
static inline mill_pattern *model_pattern(bytes_in *in, int plain, mill_error *err) {
  mill_pattern *stack[16], *result;
  uint32_t n = 0, steps = 2 + take(in) % 24;
  for (uint32_t k = 0; k < steps; k++) {
    if (n < 2 || (n < 16 && take(in) % 5 < 2)) {
      mill_pattern *p = model_atom(in, plain, err);
      if (p != NULL) stack[n++] = p;
    } else {
      model_operator(in, stack, &n, plain, err);
    }
  }
  result = n > 0 ? pattern_retain(stack[n - 1]) : NULL;
  while (n > 0) pattern_release(stack[--n]);
  return result;
}

/* ---- the matcher ------------------------------------------------------------------------ */

#define MODEL_NONE (-1L)
#define MODEL_GIVE_UP (-2L) /* too much work: no opinion */

typedef struct model {
  const mill_view *v;
  uint32_t start; /* no blank is passed over there */
  long work;
} model;

typedef struct todo {
  const mill_pattern *p;    /* NULL: end only where `until` says */
  uint32_t child, count;    /* place in a sequence; repeats done */
  long until;               /* behind a look-behind: where it must end; -1 anywhere */
  const struct todo *next;
} todo;

static inline long model_match(model *m, const todo *t, uint32_t pos);

static inline uint32_t model_token(const mill_view *v, uint32_t pos) {
  uint32_t t = 0;
  while (t < v->tokens->n && v->tokens->start[t + 1] <= pos) t++;
  return t;
}

static inline int model_boundary(const mill_view *v, uint32_t pos) {
  return v->tokens->start[model_token(v, pos)] == pos;
}

/* End of the atom's match at pos, or MODEL_NONE. */
static inline long model_atom_at(const mill_view *v, const mill_pattern *p, uint32_t pos) {
  uint32_t t = model_token(v, pos), n = (uint32_t)p->len;
  int has = p->text != NULL && n <= v->folded_len - pos && memcmp(v->folded + pos, p->text, n) == 0;
  if (p->kind == PAT_INSIDE) return has ? (long)(pos + n) : MODEL_NONE;
  if (t == v->tokens->n || v->tokens->start[t] != pos) return MODEL_NONE;
  long end = v->tokens->start[t + 1];
  int kind = v->tokens->kind[t];
  switch (p->kind) {
    case PAT_LITERAL: return has && model_boundary(v, pos + n) ? (long)(pos + n) : MODEL_NONE;
    case PAT_FORM: return has && end == (long)(pos + n) ? end : MODEL_NONE;
    case PAT_TAG: return p->mask >> v->tokens->tag[t] & 1 ? end : MODEL_NONE;
    case PAT_KIND: return p->mask >> kind & 1 ? end : MODEL_NONE;
    default: return kind < MILL_KIND_BLANK ? end : MODEL_NONE; /* any token */
  }
}

static inline long model_step(model *m, const mill_pattern *p, uint32_t pos) {
  long end = model_atom_at(m->v, p, pos);
  uint32_t t = model_token(m->v, pos), n = (uint32_t)m->v->tokens->n;
  if (end >= 0 || p->kind == PAT_INSIDE || pos == m->start || t == n || m->v->tokens->start[t] != pos)
    return end;
  if (m->v->tokens->kind[t] != MILL_KIND_BLANK) return end;
  while (t < n && m->v->tokens->kind[t] == MILL_KIND_BLANK) t++;
  return t < n ? model_atom_at(m->v, p, m->v->tokens->start[t]) : MODEL_NONE;
}

static inline long model_any(model *m, const todo *t, uint32_t pos) {
  mill_pattern one = {.kind = PAT_ANY, .min = 1};
  long at = pos;
  for (uint32_t k = 0; k < t->p->min && at >= 0; k++) at = model_step(m, &one, (uint32_t)at);
  return at >= 0 ? model_match(m, t->next, (uint32_t)at) : at;
}

static inline long model_repeat(model *m, const todo *t, uint32_t pos) {
  todo again = {t->p, 0, t->count + 1, -1, t->next}, body = {t->p->child[0], 0, 0, -1, &again};
  int may_stop = t->count >= t->p->min, may_go = t->p->max == PATTERN_FOREVER || t->count < t->p->max;
  long end = MODEL_NONE;
  if (may_stop && t->p->lazy) end = model_match(m, t->next, pos);
  if (end == MODEL_NONE && may_go) end = model_match(m, &body, pos);
  if (end == MODEL_NONE && may_stop && !t->p->lazy) end = model_match(m, t->next, pos);
  return end;
}

/* Does something end at pos, or before blanks in front of it? */
static inline long model_after(model *m, const mill_pattern *p, uint32_t pos) {
  uint32_t start = m->start;
  long end = MODEL_NONE;
  todo behind = {NULL, 0, 0, (long)pos, NULL}, body = {p, 0, 0, -1, &behind};
  for (long s = pos; s >= 0 && end == MODEL_NONE; s--) {
    if (s < (long)pos && m->v->folded[s] == '\n') break;
    if (s < (long)m->v->folded_len && (m->v->folded[s] & 0xC0) == 0x80) continue;
    m->start = (uint32_t)s;
    end = model_match(m, &body, (uint32_t)s);
  }
  m->start = start;
  return end;
}

static inline int model_only_blanks(const mill_view *v, uint32_t from, uint32_t to) {
  if (!model_boundary(v, from) || from > to) return 0;
  while (from < to && v->folded[from] == ' ') from++;
  return from == to;
}

static inline long model_look(model *m, const todo *t, uint32_t pos) {
  todo body = {t->p->child[0], 0, 0, -1, NULL};
  long end = t->p->kind == PAT_AFTER ? model_after(m, t->p->child[0], pos) : model_match(m, &body, pos);
  if (end == MODEL_GIVE_UP) return end;
  return (end >= 0) == (t->p->kind != PAT_NOT) ? model_match(m, t->next, pos) : MODEL_NONE;
}

static inline long model_choice(model *m, const todo *t, uint32_t pos) {
  long end = MODEL_NONE;
  for (uint32_t k = 0; k < t->p->n && end == MODEL_NONE; k++) {
    todo branch = {t->p->child[k], 0, 0, -1, t->next};
    end = model_match(m, &branch, pos);
  }
  return end;
}

static inline long model_match(model *m, const todo *t, uint32_t pos) {
  if (m->work-- <= 0) return MODEL_GIVE_UP;
  if (t == NULL) return pos;
  if (t->p == NULL)
    return (long)pos == t->until || model_only_blanks(m->v, pos, (uint32_t)t->until) ? (long)pos : MODEL_NONE;
  switch (t->p->kind) {
    case PAT_TRUE: return model_match(m, t->next, pos);
    case PAT_FALSE: return MODEL_NONE;
    case PAT_ANY: return model_any(m, t, pos);
    case PAT_SEQUENCE: {
      todo rest = {t->p, t->child + 1, 0, -1, t->next}, first = {t->p->child[t->child], 0, 0, -1, &rest};
      if (t->child + 1 == t->p->n) first.next = t->next;
      return model_match(m, &first, pos);
    }
    case PAT_CHOICE: return model_choice(m, t, pos);
    case PAT_REPEAT: return model_repeat(m, t, pos);
    case PAT_AHEAD: case PAT_NOT: case PAT_AFTER: return model_look(m, t, pos);
    case PAT_CAPTURE: {
      todo body = {t->p->child[0], 0, 0, -1, t->next};
      return model_match(m, &body, pos);
    }
    default: {
      long end = model_step(m, t->p, pos);
      return end >= 0 ? model_match(m, t->next, (uint32_t)end) : end;
    }
  }
}

/* ---- the machine beside the matcher -------------------------------------------------------- */

/* What mill_match_at must say at pos: an end, MODEL_NONE or MODEL_GIVE_UP. */
static inline long model_expect(const mill_view *v, const mill_pattern *p, uint32_t pos) {
  model m = {v, pos, 20000};
  todo all = {p, 0, 0, -1, NULL};
  return model_match(&m, &all, pos);
}

/* Do all matches, found one after the other, equal those of searches that know
** nothing of each other? */
static inline int model_all_matches(mill_machine *vm, mill_machine *fresh, const mill_program *prog,
                                    const mill_view *v) {
  mill_match a, b;
  uint32_t from = 0;
  int rc = mill_find(vm, prog, v, 0, &a, NULL);
  for (int again = 0; again < 40; again++) {
    int expected = mill_find(fresh, prog, v, from, &b, NULL);
    if (rc < 0 || expected < 0) return 1;
    if (rc != expected) return 0;
    if (rc == 0) return 1;
    if (a.folded.from != b.folded.from || a.folded.to != b.folded.to) return 0;
    from = a.folded.to > a.folded.from ? a.folded.to : a.folded.to + 1;
    while (from < v->folded_len && (v->folded[from] & 0xC0) == 0x80) from++;
    rc = mill_find_next(vm, prog, v, from, &a, NULL);
  }
  return 1;
}

/* Compares machine and model at every character of v, and mill_find with
** mill_match_at. Returns the position of a difference, or -1. */
static inline long model_compare(mill_machine *vm, const mill_program *prog, const mill_pattern *p,
                                 const mill_view *v, int plain) {
  mill_match found = {{0, 0}, 0, NULL}, m;
  int rc = mill_find(vm, prog, v, 0, &found, NULL);
  mill_span first = rc == 1 ? found.folded : (mill_span){UINT32_MAX, 0};
  for (uint32_t pos = 0; rc >= 0 && pos <= v->folded_len; pos++) {
    if (pos < v->folded_len && (v->folded[pos] & 0xC0) == 0x80) continue;
    int at = mill_match_at(vm, prog, v, pos, &m, NULL);
    long expected = plain ? model_expect(v, p, pos) : MODEL_GIVE_UP;
    if (at >= 0 && expected != MODEL_GIVE_UP && (at == 1 ? (long)m.folded.to : MODEL_NONE) != expected)
      return pos;
    uint32_t t = model_token(v, pos);
    int word = t < v->tokens->n && v->tokens->start[t] == pos && v->tokens->kind[t] < MILL_KIND_BLANK;
    if (at == 1 && word && pos < first.from) return pos; /* mill_find missed it */
    if (at >= 0 && pos == first.from && (at == 0 || m.folded.to != first.to)) return pos;
  }
  return -1;
}

#endif
