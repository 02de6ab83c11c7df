/*
** candidates.c - from a query to the documents worth reading, by the index.
**
** A string s is found wherever segmentation put boundaries:
**
**   inside a word      |  .. s .. |           words that contain s
**   across words       | ..a | b.. |          for each cut s = a b:
**                      | ..x | y | b.. |      a word that begins with b, after a
**                                             word that ends with a or is a tail of a
**
** The articles with words of a line (for a cut: of both sides) are marked, segment
** by segment; together they are a superset, verified on the text afterwards.
** Characters that stand in words without index entries (punctuation) cut a
** string into runs, of which the longest speaks for it.
*/
#include "candidates.h"

#include "../core/utf8.h"

#define MAX_CUT 8     /* characters of a string that are looked up */

void doc_list_free(struct doc_list *l) { mem_free(l->docs); }

static int by_number(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

static void sort_unique(struct doc_list *l) {
  uint32_t n = 0;
  if (l->n == 0) return;
  qsort(l->docs, l->n, sizeof *l->docs, by_number);
  for (uint32_t k = 0; k < l->n; k++)
    if (n == 0 || l->docs[n - 1] != l->docs[k]) l->docs[n++] = l->docs[k];
  l->n = n;
}

static int push(struct doc_list *l, int64_t doc) {
  if (mill_grow(&l->docs, &l->capacity, (size_t)l->n + 1, sizeof *l->docs) < 0) return MILL_ENOMEM;
  l->docs[l->n++] = doc;
  return 0;
}

/* ---- sets of words, marks on articles */

struct word_set { uint32_t *ids, n, capacity; int error; };

static void add_word(const struct vocab *v, struct word_set *set, uint32_t id) {
  if (!vocab_indexed(v, id) || set->error) return;
  if (mill_grow(&set->ids, &set->capacity, (size_t)set->n + 1, sizeof *set->ids) < 0) set->error = MILL_ENOMEM;
  else set->ids[set->n++] = id;
}

/* Articles of one segment: bit 1 is the answer, others serve on the way to it. */
struct marks { mill_corpus *c; const struct index_segment *segment; uint8_t *of; struct posting_cursor *cursor; int body_only; };
enum { FOUND = 1, BEFORE = 2 };

/* Gives `bit` to the articles that have one of the words and all of `needed`. */
static int mark(struct marks *m, const struct word_set *set, uint8_t needed, uint8_t bit) {
  if (set->error) return set->error;
  for (uint32_t k = 0; k < set->n; k++) {
    const struct segment_word *w = segment_find(m->segment, set->ids[k]);
    struct posting_cursor *c = m->cursor;
    if (w == NULL) continue;
    int code = cursor_open(c, m->segment, w);
    for (uint32_t n; code == 0 && (n = cursor_block(c)) > 0;)
      for (uint32_t i = 0; i < n; i++) {
        uint8_t *of = &m->of[c->b.ordinal[i]];
        if ((*of & needed) == needed && (!m->body_only || c->b.tf[i] > c->b.rest[i])) *of |= bit;
      }
    if (code == 0) code = c->code;
    if (code < 0) return code;
  }
  return 0;
}

static int take_found(struct marks *m, struct doc_list *out, uint64_t *rows) {
  const struct index_segment *g = m->segment;
  for (uint32_t k = 0; k < g->n_articles; k++) {
    if (!(m->of[k] & FOUND) || segment_is_removed(g, k)) continue;
    ++*rows;
    if (out->n > 0 && out->docs[out->n - 1] == g->articles[k].doc) continue;
    if (push(out, g->articles[k].doc) < 0) return MILL_ENOMEM;
  }
  return 0;
}

/* Words that answer alone, and pairs of which both are needed. */
struct wanted { struct word_set alone; struct { struct word_set before, after; } cuts[MAX_CUT * 4]; uint32_t n_cuts; };

static void wanted_free(struct wanted *w) {
  mem_free(w->alone.ids);
  for (uint32_t k = 0; k < w->n_cuts; k++) {
    mem_free(w->cuts[k].before.ids);
    mem_free(w->cuts[k].after.ids);
  }
}

static int match_segment(struct marks *m, const struct wanted *w, struct doc_list *out, uint64_t *rows) {
  uint32_t n = m->segment->n_articles;
  memset(m->of, 0, n);
  int code = mark(m, &w->alone, 0, FOUND);
  for (uint32_t k = 0; k < w->n_cuts && code == 0; k++) {
    for (uint32_t i = 0; i < n; i++) m->of[i] &= FOUND;
    code = mark(m, &w->cuts[k].before, 0, BEFORE);
    if (code == 0) code = mark(m, &w->cuts[k].after, BEFORE, FOUND);
  }
  return code == 0 ? take_found(m, out, rows) : code;
}

/* The documents with what is wanted; *rows: how many articles. */
static int match(mill_corpus *c, const struct wanted *w, int body_only, struct doc_list *out, uint64_t *rows,
                 mill_error *err) {
  struct marks m = {.c = c, .body_only = body_only};
  uint32_t most = 0;
  *rows = 0;
  int code = segments_get(c, err);
  if (code < 0) return code;
  for (uint32_t k = 0; k < c->index.n; k++)
    if (c->index.items[k].n_articles > most) most = c->index.items[k].n_articles;
  m.of = mem_malloc((size_t)most + 1);
  m.cursor = mem_calloc(1, sizeof *m.cursor);
  if (m.of == NULL || m.cursor == NULL) code = MILL_ENOMEM;
  for (uint32_t k = 0; k < c->index.n && code == 0; k++) {
    m.segment = &c->index.items[k];
    code = match_segment(&m, w, out, rows);
  }
  if (m.cursor != NULL) cursor_free(m.cursor);
  mem_free(m.cursor);
  mem_free(m.of);
  sort_unique(out);
  return code < 0 ? segments_fail(c, code, "searching", err) : 0;
}

/* ---- vocabulary */

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

static void words_containing(const struct vocab *v, const char *s, size_t n, struct word_set *set) {
  const char *at = v->arena, *end = v->arena + v->arena_len;
  while (at < end && (at = memmem(at, (size_t)(end - at), s, n)) != NULL) {
    size_t offset = (size_t)(at - v->arena);
    uint32_t id = word_at(v, offset);
    size_t word_end = v->words[id].offset + v->words[id].len;
    if (offset + n <= word_end) {
      add_word(v, set, id);
      at = v->arena + word_end;
    } else {
      at++;
    }
  }
}

static void words_beginning(const struct vocab *v, const char *s, size_t n, struct word_set *set) {
  for (uint32_t id = 1; id <= v->n; id++) {
    const struct vocab_word *w = &v->words[id];
    if (w->len >= n && memcmp(v->arena + w->offset, s, n) == 0) add_word(v, set, id);
  }
}

static void words_ending(const struct vocab *v, const char *s, size_t n, struct word_set *set) {
  for (uint32_t id = 1; id <= v->n; id++) {
    const struct vocab_word *w = &v->words[id];
    if (w->len >= n && memcmp(v->arena + w->offset + w->len - n, s, n) == 0) add_word(v, set, id);
  }
}

/* ---- strings */

static int is_separator(struct vocab *v, const char *s) {
  size_t len;
  return vocab_separator(v, utf8_decode(s, &len)) || (unsigned char)*s <= ' ';
}

/* The longest run of s without separators, at most MAX_CUT characters. */
static void longest_run(struct vocab *v, const char *s, size_t n, const char **run,
                        size_t *run_len) {
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

/* Words that end at the cut, so that s[0,b) lies before it: ..s[0,b) or a
** whole word s[a,b). */
static void words_before(const struct vocab *v, const char *s, size_t b, struct word_set *set) {
  words_ending(v, s, b, set);
  for (size_t a = 1; a < b; a++) {
    if (utf8_is_tail((unsigned char)s[a])) continue;
    uint32_t id = vocab_find(v, s + a, b - a);
    if (id != 0) add_word(v, set, id);
  }
}

/* Words of both sides of the cut at b. */
static void add_cut(const struct vocab *v, const char *s, size_t n, size_t b, struct wanted *w) {
  struct word_set *before = &w->cuts[w->n_cuts].before;
  words_before(v, s, b, before);
  if (before->n == 0 && !before->error) return;
  words_beginning(v, s + b, n - b, &w->cuts[w->n_cuts++].after);
}

static int string_candidates(mill_corpus *c, struct leaf *l, struct doc_list *out, mill_error *err) {
  struct vocab *v = &c->words;
  const char *s = NULL;
  size_t n = 0;
  longest_run(v, l->text, l->len, &s, &n);
  l->rows = UINT64_MAX; /* not known unless the index says it */
  if (n == 0 || !c->has_segments) return out->all = 1, 0;
  struct wanted *w = mem_calloc(1, sizeof *w);
  if (w == NULL) return mill_fail_memory(err);
  words_containing(v, s, n, &w->alone);
  for (size_t b = 1; b < n; b++)
    if (!utf8_is_tail((unsigned char)s[b])) add_cut(v, s, n, b, w);
  int code = match(c, w, 0, out, &l->rows, err);
  wanted_free(w);
  mem_free(w);
  return code;
}

/* ---- words */

static int is_member(const struct vocab_word *w, const char *text, const struct leaf *l) {
  if (w->len < l->len) return 0;
  if (l->kind == LEAF_SUFFIX) return memcmp(text + w->len - l->len, l->text, l->len) == 0;
  return memcmp(text, l->text, l->len) == 0;
}

/* Fills leaf.members; unindexed: some member has no index entry. */
static int find_members(const struct vocab *v, struct leaf *l, struct word_set *set,
                        int *unindexed) {
  if ((l->members = mem_calloc(v->n / 8 + 1, 1)) == NULL) return MILL_ENOMEM;
  uint32_t first = 1, last = v->n;
  if (l->kind == LEAF_WORD) {
    first = last = vocab_find(v, l->text, l->len);
    if (first == 0) return 0;
  }
  for (uint32_t id = first; id <= last; id++) {
    const struct vocab_word *w = &v->words[id];
    if (!is_member(w, v->arena + w->offset, l)) continue;
    l->members[id / 8] |= (uint8_t)(1u << id % 8);
    if (vocab_indexed(v, id)) add_word(v, set, id);
    else *unindexed = 1;
  }
  return 0;
}

static int word_candidates(mill_corpus *c, struct leaf *l, int all_columns, struct doc_list *out,
                           mill_error *err) {
  struct wanted *w = mem_calloc(1, sizeof *w);
  int unindexed = 0;
  if (w == NULL) return mill_fail_memory(err);
  int code = find_members(&c->words, l, &w->alone, &unindexed);
  if (code < 0) {
    mill_fail_memory(err);
  } else if (unindexed || !c->has_segments) {
    l->rows = UINT64_MAX;
    out->all = 1;
  } else if (w->alone.n > 0 || w->alone.error) {
    code = match(c, w, !all_columns, out, &l->rows, err);
  }
  wanted_free(w);
  mem_free(w);
  return code;
}

/* ---- trees */

static void intersect(struct doc_list *a, struct doc_list *b) {
  uint32_t n = 0, i = 0, j = 0;
  if (b->all) return;
  if (a->all) {
    struct doc_list swap = *a;
    *a = *b;
    *b = swap;
    return;
  }
  while (i < a->n && j < b->n) {
    if (a->docs[i] < b->docs[j]) i++;
    else if (a->docs[i] > b->docs[j]) j++;
    else a->docs[n++] = a->docs[i++], j++;
  }
  a->n = n;
}

static int unite(struct doc_list *a, const struct doc_list *b) {
  if (a->all || b->all) return a->all = 1, 0;
  for (uint32_t k = 0; k < b->n; k++)
    if (push(a, b->docs[k]) < 0) return MILL_ENOMEM;
  sort_unique(a);
  return 0;
}

struct walk { mill_corpus *c; struct query *q; int all_columns; mill_error *err; };

static int of_node(const struct walk *w, uint16_t node, struct doc_list *out);

static int of_children(const struct walk *w, const struct node *parent, struct doc_list *out) {
  int is_and = parent->kind == NODE_AND, code = 0;
  out->all = is_and;
  for (uint16_t k = parent->first; k != 0 && code == 0; k = w->q->nodes[k].next) {
    struct doc_list one = {0};
    code = of_node(w, k, &one);
    if (code == 0 && is_and) intersect(out, &one);
    else if (code == 0 && unite(out, &one) < 0) code = mill_fail_memory(w->err);
    doc_list_free(&one);
  }
  return code;
}

static int of_node(const struct walk *w, uint16_t node, struct doc_list *out) {
  const struct node *n = &w->q->nodes[node];
  if (n->kind == NODE_NOT) { /* excludes after verification; its words must be known */
    struct doc_list ignored = {0};
    int code = of_node(w, n->first, &ignored);
    doc_list_free(&ignored);
    return out->all = 1, code;
  }
  if (n->kind != NODE_LEAF) return of_children(w, n, out);
  struct leaf *l = &w->q->leaves[n->leaf];
  return l->kind == LEAF_STRING ? string_candidates(w->c, l, out, w->err)
                                : word_candidates(w->c, l, w->all_columns, out, w->err);
}

int query_candidates(mill_corpus *c, struct query *q, int all_columns, struct doc_list *out,
                     mill_error *err) {
  struct walk w = {c, q, all_columns, err};
  return of_node(&w, q->root, out);
}
