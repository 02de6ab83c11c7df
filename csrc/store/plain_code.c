/*
** plain_code.c - from a program to atoms over types, and what a type is to them.
**
**   P.tag"a" * P"gate"^-2      atom 1: the tag is a; atoms 2, 3: is "gate", may begin it
**   type 17 -> mask 010        asked once a query, when the type is first seen
*/
#include "doc_view.h"
#include "plain.h"

/* ---- compiling */

/* Instructions that ask a token the same. */
static int is_like(const instruction *a, const instruction *b) {
  return a->op == b->op && a->x == b->x && a->a == b->a && a->b == b->b;
}

static uint32_t new_bit(struct plain *p) {
  if (p->n_bits < PLAIN_BITS) return UINT32_C(1) << p->n_bits++;
  return p->failed = 1, UINT32_C(0);
}

static void put_atom(struct plain *p, uint32_t k, enum plain_op op, int begins) {
  const instruction *code = p->prog->code;
  uint32_t n = 0;
  while (n < p->n_atoms && !is_like(&code[p->atoms[n].code], &code[k])) n++;
  if (n == p->n_atoms) {
    uint32_t bit = new_bit(p), other = begins ? new_bit(p) : 0;
    if (p->failed) return;
    p->atoms[p->n_atoms++] = (struct plain_atom){k, bit, other};
  }
  p->code[k] = (struct plain_code){(uint8_t)op, p->atoms[n].bits, p->atoms[n].begins, 0};
}

/* Of measures a word's classes say all. */
static int is_class(const instruction *i) { return i->x == MILL_REC_MEASURE && i->a == 0; }

static void put_recognizer(struct plain *p, uint32_t k) {
  const instruction *i = &p->prog->code[k];
  put_atom(p, k, is_class(i) ? PLAIN_ATOM : PLAIN_RECOGNIZE, 0);
  p->recognizers |= UINT32_C(1) << i->x;
  if (is_class(i) || p->view != NULL) return;
  if ((p->view = plain_view_new(p->c, doc_view_wants_day(p->prog))) == NULL) p->failed = 1;
}

static void put(struct plain *p, uint32_t k) {
  const instruction *i = &p->prog->code[k];
  struct plain_code *out = &p->code[k];
  switch ((enum opcode)i->op) {
    case OP_ANY: case OP_TAG: case OP_KIND: case OP_CLASS: case OP_FORM: case OP_REGEX:
      put_atom(p, k, PLAIN_ATOM, 0);
      break;
    case OP_ANY_SENTENCE: put_atom(p, k, PLAIN_WORD_OF_SENTENCE, 0); break;
    case OP_LITERAL: put_atom(p, k, PLAIN_LITERAL, 1); break;
    case OP_SET: put_atom(p, k, PLAIN_SET, 1); break;
    case OP_RECOGNIZE: put_recognizer(p, k); break;
    case OP_SENTENCE: out->op = PLAIN_EDGE; break;
    case OP_CHOICE: *out = (struct plain_code){PLAIN_CHOICE, 0, 0, i->a}; break;
    case OP_JUMP: *out = (struct plain_code){PLAIN_JUMP, 0, 0, i->a}; break;
    case OP_LOOK:
      *out = (struct plain_code){PLAIN_LOOK, i->x, i->b, i->a};
      p->failed |= i->x > LOOK_AFTER;
      break;
    case OP_LOOK_END: out->op = PLAIN_LOOK_END; break;
    case OP_OPEN: case OP_CLOSE: out->op = PLAIN_PASS; break;
    case OP_FAIL: out->op = PLAIN_FAIL; break;
    case OP_END: out->op = PLAIN_END; break;
    default: p->failed = 1;
  }
}

/* First characters of the members of each set. */
static int put_firsts(struct plain *p) {
  const mill_program *prog = p->prog;
  if (prog->n_sets == 0) return 1;
  if ((p->firsts = mem_calloc(prog->n_sets, sizeof *p->firsts)) == NULL) return MILL_ENOMEM;
  for (uint32_t k = 0; k < prog->n_sets; k++)
    for (uint32_t i = 0; i < prog->sets[k].n_items; i++) {
      const struct set_item *item = &prog->sets[k].items[i];
      uint32_t h = first_hash(prog->text.bytes + item->text, item->len);
      p->firsts[k].bits[h >> 6] |= UINT64_C(1) << (h & 63);
    }
  return 1;
}

int plain_new(mill_corpus *c, const mill_program *prog, struct plain **out) {
  struct plain *p = *out = mem_calloc(1, sizeof *p);
  if (p == NULL) return MILL_ENOMEM;
  p->c = c;
  p->prog = prog;
  p->code = mem_calloc(prog->n_code, sizeof *p->code);
  if (prog->n_regexes > 0) p->regexes = mem_calloc(prog->n_regexes, sizeof(URegularExpression *));
  int code = p->code == NULL || (prog->n_regexes > 0 && p->regexes == NULL) ? MILL_ENOMEM : 1;
  if (code == 1) code = put_firsts(p);
  for (uint32_t k = 0; code == 1 && k < prog->n_code && !p->failed; k++) put(p, k);
  if (prog->first.characters) p->failed = 1;
  if (code == 1 && !p->failed) return 1;
  plain_free(p);
  *out = NULL;
  return code == 1 ? 0 : code;
}

void plain_free(struct plain *p) {
  if (p == NULL) return;
  for (uint32_t k = 0; p->regexes != NULL && k < p->prog->n_regexes; k++) uregex_close(p->regexes[k]);
  mem_free(p->regexes);
  plain_view_free(p->view);
  mem_free(p->firsts);
  mem_free(p->code);
  mem_free(p->masks);
  mill_buffer_free(&p->joined);
  mem_free(p);
}

/* ---- asking a type */

struct asked {
  const char *s; size_t n; struct word_type type;
  uint32_t classes;
  uint32_t may; /* recognisers: 1 << which */
};

static int matches_regex(struct plain *p, uint32_t k, const struct asked *t) {
  if (p->regexes[k] == NULL) p->regexes[k] = vm_clone_regex(p->prog->regexes[k]);
  int found = p->regexes[k] != NULL ? vm_regex_matches(p->regexes[k], t->s, t->n) : MILL_ENOMEM;
  if (found < 0) p->failed = 1;
  return found > 0;
}

/* Which recognisers may find something at such a token, wherever it stands. */
static uint32_t may_begin(const struct plain *p, const struct asked *t, uint32_t lexicon) {
  uint32_t start[2] = {0, (uint32_t)t->n};
  uint8_t tag = t->type.tag, kind = t->type.kind;
  mill_tokens tokens = {.n = 1, .start = start, .word = &lexicon, .tag = &tag, .kind = &kind};
  mill_view v = {.data = p->c->data,
                 .user = p->c->user,
                 .folded = t->s,
                 .folded_len = t->n,
                 .tokens = &tokens};
  return rec_starts_like(&v, 0, p->recognizers);
}

/* Whether it does is asked of the text, but for measures. */
static int is_recognized(const struct asked *t, const instruction *i) {
  if (!is_class(i)) return t->may >> i->x & 1;
  uint32_t counted = MILL_CLASS_MEASURE | MILL_CLASS_UNIT | MILL_CLASS_MONEY;
  return t->type.kind < MILL_KIND_BLANK && (t->classes & counted);
}

static int is_word(const struct asked *t) {
  return t->type.kind != MILL_KIND_BLANK && t->type.kind != MILL_KIND_BREAK;
}

static uint32_t fnv(const struct asked *t) {
  uint32_t hash = FNV_START;
  for (size_t k = 0; k < t->n; k++) hash = fnv_step(hash, t->s[k]);
  return hash;
}

static uint32_t ask_set(const struct plain *p, const struct plain_atom *a, const struct asked *t) {
  const literal_set *set = &p->prog->sets[p->prog->code[a->code].a];
  const char *bytes = p->prog->text.bytes;
  uint32_t out = 0, first = first_hash(t->s, t->n);
  const uint64_t *firsts = p->firsts[p->prog->code[a->code].a].bits;
  if (t->n > set->longest || !(firsts[first >> 6] >> (first & 63) & 1)) return 0;
  if (literal_set_has(p->prog, set, t->s, (uint32_t)t->n, fnv(t))) out = a->bits;
  for (uint32_t k = 0; k < set->n_items && !(out & a->begins); k++)
    if (set->items[k].len > t->n && memcmp(bytes + set->items[k].text, t->s, t->n) == 0) out |= a->begins;
  return out;
}

static uint32_t ask_literal(const struct plain *p, const struct plain_atom *a, const struct asked *t) {
  const instruction *i = &p->prog->code[a->code];
  if (t->n > i->b || memcmp(p->prog->text.bytes + i->a, t->s, t->n) != 0) return 0;
  return t->n == i->b ? a->bits : a->begins;
}

static uint32_t ask_atom(struct plain *p, const struct plain_atom *a, const struct asked *t) {
  const instruction *i = &p->prog->code[a->code];
  const uint64_t *masks = p->prog->masks;
  int yes = 0;
  switch ((enum opcode)i->op) {
    case OP_ANY: case OP_ANY_SENTENCE: yes = is_word(t); break;
    case OP_TAG: yes = masks[i->a] >> t->type.tag & 1; break;
    case OP_KIND: yes = masks[i->a] >> t->type.kind & 1; break;
    case OP_CLASS: yes = (t->classes & masks[i->a]) != 0; break;
    case OP_REGEX: yes = is_word(t) && matches_regex(p, i->a, t); break;
    case OP_FORM: yes = t->n == i->b && memcmp(p->prog->text.bytes + i->a, t->s, t->n) == 0; break;
    case OP_RECOGNIZE: yes = is_recognized(t, i); break;
    case OP_SET: return ask_set(p, a, t);
    default: return ask_literal(p, a, t);
  }
  return yes ? a->bits : 0;
}

/* As vm_can_start has it. */
static int can_start(const struct plain *p, const struct asked *t) {
  const first_set *f = &p->prog->first;
  if (f->any) return t->type.kind != MILL_KIND_BLANK;
  if ((f->kinds >> t->type.kind & 1) || (f->tags >> t->type.tag & 1) || (f->classes & t->classes)) return 1;
  if (f->recognizers & t->may) return 1;
  uint32_t h = first_hash(t->s, t->n);
  return f->literals && (f->bits[h >> 6] >> (h & 63) & 1);
}

static uint32_t ask_marks(const struct asked *t) {
  int marks = vm_marks(t->type.kind, t->s, t->n);
  return (t->type.kind == MILL_KIND_BLANK ? PLAIN_BLANK : 0) |
         (t->type.kind == MILL_KIND_BREAK ? PLAIN_BREAK : 0) |
         (marks & MARK_ENDS ? PLAIN_ENDS : 0) | (marks & MARK_STOP ? PLAIN_STOP : 0) |
         (marks & MARK_CLOSES ? PLAIN_CLOSES : 0);
}

static int asks_classes(const struct plain *p) {
  for (uint32_t k = 0; k < p->n_atoms; k++)
    if (p->prog->code[p->atoms[k].code].op == OP_CLASS || p->recognizers != 0) return 1;
  return p->prog->first.classes != 0;
}

uint32_t plain_ask(struct plain *p, uint32_t type) {
  mill_corpus *c = p->c;
  struct asked t = {.type = types_get(&p->x->table, &c->words, type)};
  t.s = vocab_text(&c->words, t.type.id, &t.n);
  if (asks_classes(p)) {
    uint32_t lexicon = reader_lexicon_id(c, t.type.id);
    t.classes = vm_word_classes(c->data, c->user, lexicon);
    if (p->recognizers != 0) t.may = may_begin(p, &t, lexicon);
  }
  uint32_t mask = ask_marks(&t) | (can_start(p, &t) ? PLAIN_START : 0);
  for (uint32_t k = 0; k < p->n_atoms; k++) mask |= ask_atom(p, &p->atoms[k], &t);
  return p->masks[type] = mask;
}
