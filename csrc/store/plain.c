/*
** plain.c - the machine of patterns (core/vm.c) for those that ask for words and recognisers:
** the same instructions, on types instead of text.
**
**   types   17 203  64   9 511 ...
**   masks   00  01  10  01  00        may a match begin? then which atoms are it
**
** What a token is to the atoms of a pattern is known by its type, asked once (plain_code.c);
** only literals that begin in one token and end in another look at texts, and recognisers,
** where a type says that something may begin (plain_view.c). There are no captures: who
** wants them runs the pattern on that document. An attempt of very many steps is left to the
** machine, which remembers what has failed.
*/
#include "plain.h"

enum { MOST_STEPS = 10000, STEPS_A_LOOK = 1000000, STEPS_OF_RECOGNIZER = 100, FAILED = -1 };

int plain_use(struct plain *p, const struct columns *x) {
  uint32_t n = types_count(&x->table) + 1;
  p->x = x;
  if (mill_grow(&p->masks, &p->capacity, n, sizeof *p->masks) < 0) return MILL_ENOMEM;
  while (p->n_masks < n) p->masks[p->n_masks++] = PLAIN_UNKNOWN | PLAIN_START;
  return p->view != NULL ? plain_view_use(p->view, x) : 0;
}

static inline uint32_t mask_at(struct plain *p, uint32_t k) {
  uint32_t m = p->masks[p->x->types[k]];
  return m & PLAIN_UNKNOWN ? plain_ask(p, p->x->types[k]) : m;
}

static const char *text_at(const struct plain *p, uint32_t k, size_t *n) {
  const struct vocab *v = &p->c->words;
  return vocab_text(v, types_get(&p->x->table, v, p->x->types[k]).id, n);
}

static int push(struct plain *p, uint32_t code, uint32_t at) {
  if (p->n_choices == PLAIN_DEPTH) return 0;
  p->choices[p->n_choices++] = (struct plain_choice){code, at};
  return 1;
}

/* ---- atoms: the token behind, 0: not here (no atom ends at token 0 of all) */

static uint32_t literal_at(const struct plain *p, uint32_t code, uint32_t k) {
  const instruction *i = &p->prog->code[code];
  const char *text = p->prog->text.bytes + i->a;
  size_t at = 0, n;
  for (; k < p->end; k++) {
    const char *s = text_at(p, k, &n);
    if (n > i->b - at || memcmp(text + at, s, n) != 0) return 0;
    if ((at += n) == i->b) return k + 1;
  }
  return 0;
}

/* The longest member; shorter ones are stacked. */
static uint32_t set_at(struct plain *p, uint32_t code, uint32_t k, int *deep) {
  const literal_set *set = &p->prog->sets[p->prog->code[code].a];
  mill_buffer *joined = &p->joined;
  uint32_t end = 0, hash = FNV_START;
  joined->len = 0;
  for (; k < p->end; k++) {
    size_t n;
    const char *s = text_at(p, k, &n);
    if (joined->len + n > set->longest) break;
    mill_buffer_append(joined, s, n);
    for (size_t j = 0; j < n; j++) hash = fnv_step(hash, s[j]);
    if (joined->error || !literal_set_has(p->prog, set, joined->bytes, (uint32_t)joined->len, hash)) continue;
    if (end > 0 && !push(p, code + 1, end)) *deep = 1;
    end = k + 1;
  }
  if (joined->error) *deep = 1;
  return end;
}

static uint32_t recognized_at(struct plain *p, uint32_t code, uint32_t k) {
  const instruction *i = &p->prog->code[code];
  uint32_t n;
  p->spent += STEPS_OF_RECOGNIZER;
  const mill_view *v = plain_view_find(p->view, p->doc, i->x, k - p->first, &n);
  if (v == NULL) p->failed = 1;
  if (v == NULL || n == 0) return 0;
  return i->a > 0 && vm_refuses(p->prog, i, v, k - p->first, n) != REFUSED_NOTHING ? 0 : k + n;
}

static int is_gap(struct plain *p, uint32_t k) {
  return k == p->end || (mask_at(p, k) & (PLAIN_BLANK | PLAIN_BREAK));
}

static int ends_sentence(struct plain *p, uint32_t k, uint32_t mask) {
  return (mask & (PLAIN_BREAK | PLAIN_ENDS)) || ((mask & PLAIN_STOP) && is_gap(p, k + 1));
}

static int at_edge(struct plain *p, uint32_t k) {
  if (k == p->end || (mask_at(p, k) & PLAIN_BREAK)) return 1;
  while (k > p->first && (mask_at(p, k - 1) & PLAIN_BLANK)) k--;
  while (k > p->first && (mask_at(p, k - 1) & PLAIN_CLOSES)) k--;
  return k == p->first || ends_sentence(p, k - 1, mask_at(p, k - 1));
}

static uint32_t token_at(struct plain *p, uint32_t code, uint32_t k, uint32_t mask, int *deep) {
  const struct plain_code *i = &p->code[code];
  switch ((enum plain_op)i->op) {
    case PLAIN_ATOM: return mask & i->bits ? k + 1 : 0;
    case PLAIN_WORD_OF_SENTENCE: return (mask & i->bits) && !ends_sentence(p, k, mask) ? k + 1 : 0;
    case PLAIN_LITERAL: return mask & i->bits ? k + 1 : mask & i->begins ? literal_at(p, code, k) : 0;
    case PLAIN_RECOGNIZE: return mask & i->bits ? recognized_at(p, code, k) : 0;
    default: return mask & i->begins ? set_at(p, code, k, deep) : mask & i->bits ? k + 1 : 0;
  }
}

/* At k, or behind the blanks there; not where the match begins. */
static uint32_t atom_at(struct plain *p, uint32_t code, uint32_t k, int *deep) {
  if (k >= p->end) return 0;
  uint32_t mask = mask_at(p, k), to = token_at(p, code, k, mask, deep);
  if (to > 0 || k == p->start || !(mask & PLAIN_BLANK)) return to;
  do if (++k == p->end) return 0; while ((mask = mask_at(p, k)) & PLAIN_BLANK);
  return token_at(p, code, k, mask, deep);
}

/* ---- running */

static int run(struct plain *p, uint32_t code, uint32_t k, uint32_t target, uint32_t *to);

/* Only blanks between the end of what stands before and the place? */
static int reaches(struct plain *p, uint32_t k, uint32_t target) {
  while (k < target && (mask_at(p, k) & PLAIN_BLANK)) k++;
  return k == target;
}

/* What stands before token k: tried from there on to the left, over `most` tokens. */
static int look_back(struct plain *p, uint32_t code, uint32_t k, uint32_t most) {
  uint32_t to, crossed = 0, start = p->start;
  int found;
  for (uint32_t at = k;; at--) {
    p->start = at;
    if ((found = run(p, code, at, k, &to)) != 0 || at == p->first) break;
    uint32_t mask = mask_at(p, at - 1);
    if ((mask & PLAIN_BREAK) || (!(mask & PLAIN_BLANK) && crossed++ == most)) break;
  }
  p->start = start;
  return found;
}

/* Is what the look at `code` wants there? What it found on the way does not count. */
static int look(struct plain *p, uint32_t code, uint32_t k) {
  const struct plain_code *i = &p->code[code];
  uint32_t to, n = p->n_choices;
  int found = i->bits == LOOK_AFTER ? look_back(p, code + 1, k, i->begins)
                                    : run(p, code + 1, k, MILL_NONE, &to);
  p->n_choices = n;
  return found == FAILED ? FAILED : found == (i->bits != LOOK_NOT);
}

/* From `code` to the end of the pattern or of a look, which has to reach `target` when there
** is one. 1 and the token behind in *to, 0 none, FAILED: too much for here. */
static int run(struct plain *p, uint32_t code, uint32_t k, uint32_t target, uint32_t *to) {
  uint32_t before = p->n_choices, next;
  int deep = 0;
  while (p->steps++ < MOST_STEPS && !deep) {
    const struct plain_code *i = &p->code[code];
    int ok = 1;
    switch ((enum plain_op)i->op) {
      case PLAIN_END: return *to = k, 1;
      case PLAIN_LOOK_END:
        if (target == MILL_NONE || reaches(p, k, target)) return *to = k, 1;
        ok = 0;
        break;
      case PLAIN_LOOK:
        if ((ok = look(p, code, k)) == FAILED) return FAILED;
        code = i->a;
        break;
      case PLAIN_PASS: code++; break;
      case PLAIN_JUMP: code = i->a; break;
      case PLAIN_CHOICE: deep = !push(p, i->a, k), code++; break;
      case PLAIN_EDGE: ok = at_edge(p, k), code++; break;
      case PLAIN_FAIL: ok = 0; break;
      default: ok = (next = atom_at(p, code, k, &deep)) > 0, code++, k = next;
    }
    if (ok) continue;
    if (p->n_choices == before) return 0;
    code = p->choices[--p->n_choices].code, k = p->choices[p->n_choices].at;
  }
  return FAILED;
}

static int attempt(struct plain *p, uint32_t k, uint32_t *to) {
  p->start = k;
  p->n_choices = p->steps = 0;
  return run(p, 0, k, MILL_NONE, to);
}

/* A long document may take long: the clock is looked at on the way. */
static int is_stopped(struct plain *p, struct stop *stop) {
  p->spent += p->steps;
  if (p->spent < STEPS_A_LOOK) return 0;
  p->spent = 0;
  return stop_look(stop) != 0;
}

int plain_next(struct plain *p, uint32_t d, struct stop *stop, uint32_t *at, uint32_t *from) {
  const uint32_t *types = p->x->types;
  uint32_t k = *at, to = 0;
  p->doc = d;
  p->first = p->x->docs[d].from;
  p->end = p->x->docs[d + 1].from;
  if (k > p->end) return 0;
  int found = 0;
  for (; found == 0; k++) {
    while (k < p->end && !(p->masks[types[k]] & PLAIN_START)) k++;
    if (k >= p->end) break;
    if (!(mask_at(p, k) & PLAIN_START)) continue;
    found = attempt(p, *from = k, &to);
    if (found >= 0 && is_stopped(p, stop)) return FAILED;
  }
  if (found == 0 && p->prog->first.any) found = attempt(p, *from = k = p->end, &to);
  if (p->failed) return FAILED;
  *at = to > *from ? to : *from + 1;
  return found;
}
