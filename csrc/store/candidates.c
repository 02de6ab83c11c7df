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
** Each line is an FTS5 expression; together they name a superset, verified on
** the text afterwards. Sets wider than WIDE words are left out of a
** conjunction, or make the query read every document. Characters that stand
** in words without index entries (punctuation) cut a string into runs, of
** which the longest speaks for it.
*/
#include "candidates.h"

#include "../core/utf8.h"

#define WIDE 160      /* words in one OR */
#define MAX_CUT 8     /* characters of a string that are looked up */

void doc_list_free(struct doc_list *l) { mem_free(l->docs); }

/* ---- FTS5 */

static void put_term(mill_buffer *b, const char *s, size_t n, int prefix) {
  mill_buffer_byte(b, '"');
  for (size_t k = 0; k < n; k++) {
    if (s[k] == '"') mill_buffer_byte(b, '"');
    mill_buffer_byte(b, s[k]);
  }
  mill_buffer_append(b, prefix ? "\" * " : "\" ", prefix ? 4 : 2);
}

static void put_text(mill_buffer *b, const char *s) { mill_buffer_append(b, s, strlen(s)); }

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

/* Runs an FTS5 expression; *rows: how many articles. */
static int match(mill_corpus *c, mill_buffer *expression, struct doc_list *out, uint64_t *rows,
                 mill_error *err) {
  sqlite3_stmt *s = NULL;
  int code = 0;
  *rows = 0;
  if (expression->error) return mill_fail_memory(err);
  if (expression->len == 0) return 0;
  int rc = sqlite3_prepare_v2(c->db, "SELECT a.doc FROM mill_fts f JOIN mill_articles a"
                                     " ON a.article = f.rowid WHERE mill_fts MATCH ?1",
                              -1, &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "searching", err);
  sqlite3_bind_text64(s, 1, expression->bytes, expression->len, SQLITE_STATIC, SQLITE_UTF8);
  c->fts.verbatim = 1;
  while (code == 0 && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    ++*rows;
    if (push(out, sqlite3_column_int64(s, 0)) < 0) code = mill_fail_memory(err);
  }
  c->fts.verbatim = 0;
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(c, rc, "searching", err);
  sqlite3_finalize(s);
  sort_unique(out);
  return code;
}

/* ---- vocabulary */

/* Appends "w1" OR "w2"... for words picked by `pick`; returns how many, or
** WIDE + 1 when there are more. Words with NULs cannot be said to FTS5. */
struct word_set { mill_buffer terms; uint32_t n; int wide; };

static void add_word(const struct vocab *v, struct word_set *set, uint32_t id) {
  size_t n;
  const char *s = vocab_text(v, id, &n);
  if (!vocab_indexed(v, id)) return;
  if (set->n >= WIDE || memchr(s, 0, n) != NULL) {
    set->wide = 1;
    return;
  }
  if (set->n++ > 0) put_text(&set->terms, "OR ");
  put_term(&set->terms, s, n, 0);
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

static void words_containing(const struct vocab *v, const char *s, size_t n, struct word_set *set) {
  const char *at = v->arena, *end = v->arena + v->arena_len;
  while (!set->wide && at < end && (at = memmem(at, (size_t)(end - at), s, n)) != NULL) {
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

static void words_ending(const struct vocab *v, const char *s, size_t n, struct word_set *set) {
  for (uint32_t id = 1; id <= v->n && !set->wide; id++) {
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
** whole word s[a,b). Leaves set->wide when there are too many. */
static void words_before(const struct vocab *v, const char *s, size_t b, struct word_set *set) {
  words_ending(v, s, b, set);
  for (size_t a = 1; a < b && !set->wide; a++) {
    if (utf8_is_tail((unsigned char)s[a])) continue;
    uint32_t id = vocab_find(v, s + a, b - a);
    if (id != 0) add_word(v, set, id);
  }
}

/* OR ("s[b..)" * AND (words before)) */
static void put_cut(const struct vocab *v, const char *s, size_t n, size_t b, mill_buffer *out) {
  struct word_set before = {0};
  words_before(v, s, b, &before);
  if (before.wide || before.n > 0) {
    if (out->len > 0) put_text(out, "OR ");
    put_text(out, "(");
    put_term(out, s + b, n - b, 1);
    if (!before.wide) {
      put_text(out, "AND (");
      mill_buffer_append(out, before.terms.bytes, before.terms.len);
      put_text(out, ")");
    }
    put_text(out, ") ");
  }
  if (before.terms.error) out->error = before.terms.error;
  mill_buffer_free(&before.terms);
}

static int string_candidates(mill_corpus *c, struct leaf *l, struct doc_list *out,
                             mill_error *err) {
  struct vocab *v = &c->words;
  struct word_set inside = {0};
  mill_buffer expression = {0};
  const char *s = NULL;
  size_t n = 0;
  int code = 0;
  longest_run(v, l->text, l->len, &s, &n);
  l->rows = UINT64_MAX; /* not known unless the index says it */
  if (n == 0) return out->all = 1, 0;
  words_containing(v, s, n, &inside);
  if (!inside.wide) {
    mill_buffer_append(&expression, inside.terms.bytes, inside.terms.len);
    for (size_t b = 1; b < n; b++)
      if (!utf8_is_tail((unsigned char)s[b])) put_cut(v, s, n, b, &expression);
    if (inside.terms.error) expression.error = MILL_ENOMEM;
    code = match(c, &expression, out, &l->rows, err);
  } else {
    out->all = 1;
  }
  mill_buffer_free(&inside.terms);
  mill_buffer_free(&expression);
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
  struct word_set set = {0};
  mill_buffer expression = {0};
  int unindexed = 0;
  if (find_members(&c->words, l, &set, &unindexed) < 0) return mill_fail_memory(err);
  int code = 0;
  if (unindexed || (set.wide && l->kind != LEAF_PREFIX)) {
    l->rows = UINT64_MAX;
    out->all = 1;
  } else if (set.n > 0) {
    put_text(&expression, all_columns ? "(" : "body : (");
    if (l->kind == LEAF_PREFIX) put_term(&expression, l->text, l->len, 1);
    else mill_buffer_append(&expression, set.terms.bytes, set.terms.len);
    put_text(&expression, ")");
    code = match(c, &expression, out, &l->rows, err);
  }
  mill_buffer_free(&set.terms);
  mill_buffer_free(&expression);
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
