/*
** terms.c - from the leaves of a query to words of the index.
**
**   prefix, suffix, infix, regex   words of the corpus that are so
**   word, cut                      one word, or several side by side
**   string                         words that hold it, and pairs of words that it may
**                                  run over: for each cut s = a b
**
**     | ..a | b.. |       a word that begins with b, after a word that ends with a
**     | ..x | y | b.. |   or is a part of a
**
** Characters that stand in words without index entries (punctuation) cut a string into
** runs, of which the longest speaks for it: the text must say the rest.
*/
#include "terms.h"

#include "../core/lexicon.h"
#include "../core/utf8.h"
#include "../core/word_regex.h"
#include "seams.h"

#define MAX_CUT (MAX_CUTS + 1) /* characters of a string that are looked up */
#define REGEX_WORDS 10000 /* words one regular expression may stand for */

static void add_word(const struct vocab *v, struct word_list *l, uint32_t id) {
  if (!vocab_indexed(v, id) || l->error) return;
  if (mill_grow(&l->ids, &l->capacity, (size_t)l->n + 1, sizeof *l->ids) < 0) l->error = MILL_ENOMEM;
  else l->ids[l->n++] = id;
}

/* ---- vocabulary */

static int begins(const struct vocab *v, uint32_t id, const char *s, size_t n) {
  const struct vocab_word *w = &v->words[id];
  return w->len >= n && memcmp(v->arena + w->offset, s, n) == 0;
}

static int ends(const struct vocab *v, uint32_t id, const char *s, size_t n) {
  const struct vocab_word *w = &v->words[id];
  return w->len >= n && memcmp(v->arena + w->offset + w->len - n, s, n) == 0;
}

/* Words that begin with s (at_end: end so), indexed or not. */
static void words_like(const struct vocab *v, int at_end, const char *s, size_t n,
                       void (*found)(void *context, uint32_t id), void *context) {
  int (*is_one)(const struct vocab *, uint32_t, const char *, size_t) = at_end ? ends : begins;
  size_t len;
  uint32_t count = 0, c = utf8_decode(s + (at_end ? utf8_prev(s, n) : 0), &len);
  const uint32_t *ids = v->n_sorted > 0 ? vocab_like(at_end ? &v->last : &v->first, c, &count) : NULL;
  for (uint32_t k = 0; k < count; k++)
    if (is_one(v, ids[k], s, n)) found(context, ids[k]);
  for (uint32_t id = v->n_sorted + 1; id <= v->n; id++)
    if (is_one(v, id, s, n)) found(context, id);
}

/* The word at this place of the arena. */
static uint32_t word_at(const struct vocab *v, size_t offset) {
  uint32_t lo = 1, hi = v->n;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo + 1) / 2;
    if (v->words[mid].offset <= offset) lo = mid;
    else hi = mid - 1;
  }
  return lo;
}

static void words_holding(const struct vocab *v, const char *s, size_t n,
                          void (*found)(void *context, uint32_t id), void *context) {
  const char *at = v->arena, *end = v->arena + v->arena_len;
  while (at < end && (at = memmem(at, (size_t)(end - at), s, n)) != NULL) {
    uint32_t id = word_at(v, (size_t)(at - v->arena));
    const char *word_end = v->arena + v->words[id].offset + v->words[id].len;
    if (at + n <= word_end) {
      found(context, id);
      at = word_end;
    } else {
      at++;
    }
  }
}

/* ---- kinds of one word */

struct members { const struct vocab *v; struct leaf *l; uint32_t n; };

static void add_member(void *context, uint32_t id) {
  struct members *m = context;
  m->l->members[id / 8] |= (uint8_t)(1u << id % 8);
  m->n++;
  if (vocab_indexed(m->v, id)) add_word(m->v, &m->l->term.words, id);
  else m->l->term.kind = TERM_EVERY;
}

static int regex_members(mill_corpus *c, struct members *m, struct stop *stop, mill_error *err) {
  word_regex *r;
  int code = word_regex_new(m->l->text, m->l->len, &r, err);
  if (code == MILL_ESYNTAX && err != NULL) err->position += m->l->at;
  if (code < 0) return code;
  for (uint32_t id = 1; id <= c->words.n && code >= 0 && m->n <= REGEX_WORDS; id++) {
    size_t n;
    const char *s = vocab_text(&c->words, id, &n);
    if (!vocab_indexed(&c->words, id)) continue; /* marks are no words */
    if ((code = word_regex_match(r, s, n)) > 0) add_member(m, id);
    if (code == MILL_ELIMIT)
      mill_fail(err, code, m->l->at, "query: /%.60s/ needs too much time or memory on one word", m->l->text);
    if (code == MILL_ENOMEM) mill_fail_memory(err);
    if (code >= 0 && (code = stop_check(stop)) < 0) stop_fail(stop, "searching", err);
  }
  word_regex_free(r);
  if (code < 0) return code;
  if (m->n <= REGEX_WORDS) return 0;
  return mill_fail(err, MILL_ELIMIT, m->l->at, "query: /%.60s/ matches more than %d of the corpus's words",
      m->l->text, REGEX_WORDS);
}

static int find_members(mill_corpus *c, struct leaf *l, struct stop *stop, mill_error *err) {
  struct vocab *v = &c->words;
  struct members m = {v, l, 0};
  int code = 0;
  if ((l->members = mem_calloc(v->n / 8 + 1, 1)) == NULL) return mill_fail_memory(err);
  l->term.kind = TERM_WORDS;
  switch (l->kind) {
    case LEAF_PREFIX: words_like(v, 0, l->text, l->len, add_member, &m); break;
    case LEAF_SUFFIX: words_like(v, 1, l->text, l->len, add_member, &m); break;
    case LEAF_INFIX: words_holding(v, l->text, l->len, add_member, &m); break;
    case LEAF_REGEX: code = regex_members(c, &m, stop, err); break;
    default: {
      uint32_t id = vocab_find(v, l->text, l->len);
      if (id != 0) add_member(&m, id);
    }
  }
  return code;
}

/* ---- words side by side */

/* The words of a phrase; one that the corpus does not know: it is nowhere. */
static int give_phrase(mill_corpus *c, struct leaf *l, const struct word_list *ids, mill_error *err) {
  int known = 1;
  for (uint32_t k = 0; k < ids->n; k++) known &= ids->ids[k] != 0;
  if (ids->n > LIST_TERMS)
    return mill_fail(err, MILL_ESYNTAX, l->at, "query: more than %u words side by side", LIST_TERMS);
  l->term.kind = ids->n > 1 && known ? TERM_PHRASE : TERM_WORDS;
  for (uint32_t k = 0; k < ids->n && known; k++) add_word(&c->words, &l->term.words, ids->ids[k]);
  if (ids->n != 1) return 0;
  if ((l->members = mem_calloc(c->words.n / 8 + 1, 1)) == NULL) return mill_fail_memory(err);
  if (known) l->members[ids->ids[0] / 8] |= (uint8_t)(1u << ids->ids[0] % 8);
  return 0;
}

static void add_id(struct word_list *l, uint32_t id) {
  if (!l->error && mill_grow(&l->ids, &l->capacity, (size_t)l->n + 1, sizeof *l->ids) < 0)
    l->error = MILL_ENOMEM;
  if (!l->error) l->ids[l->n++] = id;
}

/* word:"a b": a word between two blanks each. */
static void pieces(const struct vocab *v, const struct leaf *l, struct word_list *out) {
  for (size_t i = 0, from; i < l->len;) {
    while (i < l->len && (unsigned char)l->text[i] <= ' ') i++;
    for (from = i; i < l->len && (unsigned char)l->text[i] > ' ';) i++;
    if (i > from) add_id(out, vocab_find(v, l->text + from, i - from));
  }
}

/* Cut as the corpus's documents are. Marks and blanks are no words. */
static int cut_words(mill_corpus *c, const struct leaf *l, struct word_list *out, mill_error *err) {
  mill_tokens t = {0};
  mill_segment_options o = {.user = c->user};
  int code = mill_segment(mill_data_lexicon(c->data), l->text, l->len, &o, &t, err);
  for (size_t k = 0; k < t.n && code == 0; k++)
    if (t.kind[k] < MILL_KIND_PUNCT)
      add_id(out, vocab_find(&c->words, l->text + t.start[k], t.start[k + 1] - t.start[k]));
  mill_tokens_free(&t);
  return code;
}

static int side_by_side(mill_corpus *c, struct leaf *l, mill_error *err) {
  struct word_list ids = {0};
  uint32_t whole = vocab_find(&c->words, l->text, l->len);
  int code = 0;
  if (whole != 0 && vocab_indexed(&c->words, whole)) add_id(&ids, whole);
  else if (l->kind == LEAF_WORD) pieces(&c->words, l, &ids);
  else code = cut_words(c, l, &ids, err);
  if (code == 0) code = ids.error ? mill_fail_memory(err) : give_phrase(c, l, &ids, err);
  mem_free(ids.ids);
  return code;
}

/* ---- strings */

static int is_separator(struct vocab *v, const char *s) {
  size_t len;
  return vocab_separator(v, utf8_decode(s, &len)) || (unsigned char)*s <= ' ';
}

/* The longest run of s without separators, at most MAX_CUT characters. */
static void longest_run(struct vocab *v, const char *s, size_t n, const char **run, size_t *run_len) {
  size_t best = 0;
  *run_len = 0;
  for (size_t i = 0; i < n;) {
    size_t from = i, characters = 0;
    while (i < n && characters < MAX_CUT) {
      size_t len = utf8_length((unsigned char)s[i]);
      if (is_separator(v, s + i)) break;
      i += len;
      characters++;
    }
    if (characters > best) best = characters, *run = s + from, *run_len = i - from;
    if (i < n && characters < MAX_CUT) i += utf8_length((unsigned char)s[i]);
  }
}

struct adding { const struct vocab *v; struct word_list *to; };
static void add_to(void *context, uint32_t id) {
  struct adding *a = context;
  add_word(a->v, a->to, id);
}

static uint32_t seam_at(const struct vocab *v, const char *s, size_t b) {
  size_t len;
  if (v->lexicon == NULL) return MILL_NONE;
  return lexicon_seam(v->lexicon, utf8_decode(s + utf8_prev(s, b), &len), utf8_decode(s + b, &len));
}

/* Words of both sides of the cut at b. */
static void make_cut(const struct vocab *v, const char *s, size_t n, size_t b, struct term *t) {
  struct cut *cut = &t->cuts[t->n_cuts];
  struct adding before = {v, &cut->ends}, after = {v, &cut->after};
  cut->seam = seam_at(v, s, b);
  words_like(v, 1, s, b, add_to, &before);
  uint8_t boundary = 0;
  for (size_t a = 1; a < b; a++) {
    if (utf8_is_tail((unsigned char)s[a])) continue;
    uint32_t id = vocab_find(v, s + a, b - a);
    if (id != 0 && vocab_indexed(v, id) && cut->tails.n < MAX_CUTS) {
      cut->behind[cut->tails.n] = boundary;
      add_word(v, &cut->tails, id);
    }
    boundary++;
  }
  if (cut->ends.n + cut->tails.n > 0) words_like(v, 0, s + b, n - b, add_to, &after);
  t->n_cuts++; /* though it may have no words: then it has no memory either */
}

/* Occurrences in a word, without overlaps; 0: too many for a byte. */
static uint8_t times_in(const struct vocab *v, uint32_t id, const char *s, size_t n) {
  size_t len, times = 0;
  const char *at = vocab_text(v, id, &len), *end = at + len;
  while ((at = memmem(at, (size_t)(end - at), s, n)) != NULL) times++, at += n;
  return times < 256 ? (uint8_t)times : 0;
}

/* May s stand so that one occurrence begins in another? */
static int may_overlap(const char *s, size_t n) {
  for (size_t k = 1; k < n; k++)
    if (memcmp(s, s + n - k, k) == 0) return 1;
  return 0;
}

static int string_term(struct vocab *v, struct leaf *l, mill_error *err) {
  struct term *t = &l->term;
  const char *s = NULL;
  size_t n = 0;
  longest_run(v, l->text, l->len, &s, &n);
  t->kind = n == 0 ? TERM_EVERY : TERM_STRING;
  if (n == 0) return 0;
  struct adding alone = {v, &t->words};
  words_holding(v, s, n, add_to, &alone);
  t->times = mem_calloc((size_t)t->words.n + 1, 1);
  t->cuts = mem_calloc(MAX_CUT, sizeof *t->cuts);
  if (t->times == NULL || t->cuts == NULL) return mill_fail_memory(err);
  t->overlaps = n < l->len || may_overlap(s, n);
  t->seam_list = seams_list(v);
  for (uint32_t k = 0; k < t->words.n && n == l->len; k++) t->times[k] = times_in(v, t->words.ids[k], s, n);
  for (size_t b = 1; b < n; b++)
    if (!utf8_is_tail((unsigned char)s[b])) make_cut(v, s, n, b, t);
  return 0;
}

/* ---- all of a query */

static int has_blank(const struct leaf *l) {
  for (size_t k = 0; k < l->len; k++)
    if ((unsigned char)l->text[k] <= ' ') return 1;
  return 0;
}

static int failed(const struct term *t) {
  int error = t->words.error;
  for (uint32_t k = 0; k < t->n_cuts; k++)
    error |= t->cuts[k].ends.error | t->cuts[k].tails.error | t->cuts[k].after.error;
  return error;
}

int terms_make(mill_corpus *c, struct query *q, struct stop *stop, mill_error *err) {
  int code = vocab_sort(&c->words);
  if (code < 0) return mill_fail_memory(err);
  for (uint16_t k = 0; k < q->n_leaves && code == 0; k++) {
    struct leaf *l = &q->leaves[k];
    if (l->kind == LEAF_STRING) code = string_term(&c->words, l, err);
    else if (l->kind == LEAF_CUT || (l->kind == LEAF_WORD && has_blank(l))) code = side_by_side(c, l, err);
    else code = find_members(c, l, stop, err);
    if (code == 0 && failed(&l->term)) code = mill_fail_memory(err);
    l->rows = UINT64_MAX;
  }
  return code;
}
