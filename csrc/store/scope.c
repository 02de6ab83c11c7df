/*
** scope.c - part of a corpus, as a set of articles that every reader asks.
**
**   conditions --one SELECT--> (doc, number)...
**
**   docs   bit d: some article of document d is in        100100110...
**   many   bit d: the document has more than one          000100000...
**   parts  of those, sorted: (doc, article)               (3,1) (3,2)
**   rows   the same articles by their rows, sorted        7 8
**
** Nothing is copied: the set is laid over the index (evaluate.c), and SQL asks it
** by mill_in_scope. It is what the corpus was when it was made: what is added
** later is not in it.
*/
#include "scope.h"

#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

struct part { int64_t doc; uint32_t article; };

struct mill_scope {
  uint8_t *docs, *many; int64_t last; /* bits up to this document */
  struct part *parts; uint32_t n_parts, capacity;
  int64_t *rows; uint32_t rows_capacity; /* n_parts */
  size_t n_docs, n_articles;
};

#define MAX_VALUES 30000 /* SQLite takes 32,766 parameters */

void mill_scope_free(mill_scope *s) {
  if (s == NULL) return;
  mem_free(s->docs);
  mem_free(s->many);
  mem_free(s->parts);
  mem_free(s->rows);
  mem_free(s);
}

size_t mill_scope_documents(const mill_scope *s) { return s->n_docs; }
size_t mill_scope_articles(const mill_scope *s) { return s->n_articles; }

void mill_corpus_restrict(mill_corpus *c, const mill_scope *s) { c->scope = s; }

/* ---- asking */

static int bit(const uint8_t *set, int64_t k) { return set[k / 8] >> k % 8 & 1; }

int scope_has_document(const mill_scope *s, int64_t doc) {
  return s == NULL || (doc >= 0 && doc <= s->last && bit(s->docs, doc));
}

static int has_part(const mill_scope *s, int64_t doc, uint32_t article) {
  uint32_t lo = 0, hi = s->n_parts;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    const struct part *p = &s->parts[mid];
    if (p->doc == doc && p->article == article) return 1;
    if (p->doc < doc || (p->doc == doc && p->article < article)) lo = mid + 1;
    else hi = mid;
  }
  return 0;
}

int scope_has(const mill_scope *s, int64_t doc, uint32_t article) {
  if (s == NULL) return 1;
  if (!scope_has_document(s, doc)) return 0;
  return !bit(s->many, doc) || has_part(s, doc, article);
}

int scope_has_row(const mill_scope *s, int64_t doc, int64_t article) {
  if (s == NULL) return 1;
  if (!scope_has_document(s, doc)) return 0;
  if (!bit(s->many, doc)) return 1;
  uint32_t lo = 0, hi = s->n_parts;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (s->rows[mid] == article) return 1;
    if (s->rows[mid] < article) lo = mid + 1;
    else hi = mid;
  }
  return 0;
}

int mill_corpus_in_scope(mill_corpus *c, const char *id, uint32_t article, mill_error *err) {
  int64_t doc;
  int code = c->scope != NULL ? mill_corpus_find(c, id, &doc, err) : 1;
  if (code < 0 || c->scope == NULL) return code;
  return article == 0 ? scope_has_document(c->scope, doc) : scope_has(c->scope, doc, article - 1);
}

/* mill_in_scope(doc [, number]) */
static void in_scope(sqlite3_context *context, int n, sqlite3_value **v) {
  const mill_corpus *c = sqlite3_user_data(context);
  int64_t doc = sqlite3_value_int64(v[0]), number = n > 1 ? sqlite3_value_int64(v[1]) : 0;
  int in = number > 0 && number <= UINT32_MAX ? scope_has(c->scope, doc, (uint32_t)(number - 1))
                                              : scope_has_document(c->scope, doc);
  sqlite3_result_int(context, in);
}

/* mill_older_facts(): does the file number facts without regard to their document? 0 or 1 */
static void older_facts(sqlite3_context *context, int n, sqlite3_value **v) {
  (void)n, (void)v;
  sqlite3_result_int(context, ((const mill_corpus *)sqlite3_user_data(context))->has_older_facts);
}

int scope_register(mill_corpus *c, sqlite3 *db) {
  int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
  int rc = sqlite3_create_function_v2(db, "mill_in_scope", 1, flags, c, in_scope, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_create_function_v2(db, "mill_older_facts", 0, flags | SQLITE_DETERMINISTIC, c, older_facts, NULL, NULL,
                                    NULL);
  if (rc != SQLITE_OK) return rc;
  return sqlite3_create_function_v2(db, "mill_in_scope", 2, flags, c, in_scope, NULL, NULL, NULL);
}

/* ---- conditions as SQL */

/* @ stands for the list of values. */
static const struct form { const char *key, *sql; } forms[] = {
  {"doc", "a.doc IN (SELECT doc FROM mill_docs WHERE id IN (@) UNION"
          " SELECT doc FROM mill_sources WHERE id IN (@))"},
  {"place", "EXISTS (SELECT 1 FROM mill_facts f WHERE f.doc = a.doc AND " FACTS_OF_ANY("f", "a") " AND f.article = a.number"
            " AND (f.place IN (@) OR f.place_code IN (@)))"},
  {"title", "a.title IN (@)"},
  {"url", "EXISTS (SELECT 1 FROM mill_sources s WHERE s.doc = a.doc AND s.url IN (@))"},
  {"path", "EXISTS (SELECT 1 FROM mill_sources s WHERE s.doc = a.doc AND s.path IN (@))"},
  {"charset", "EXISTS (SELECT 1 FROM mill_docs d WHERE d.doc = a.doc AND d.charset IN (@))"},
  {"script", "EXISTS (SELECT 1 FROM mill_docs d WHERE d.doc = a.doc AND CASE d.script WHEN 1 THEN"
             " 'simplified' WHEN 2 THEN 'traditional' WHEN 3 THEN 'mixed' ELSE 'neither' END IN (@))"},
};
/* of any other key, which is the parameter # */
static const char meta_form[] =
    "(EXISTS (SELECT 1 FROM mill_metadata m WHERE m.doc = a.doc AND m.key = # AND m.value IN (@))"
    " OR EXISTS (SELECT 1 FROM mill_sources s, " SCOPE_META " j WHERE s.doc = a.doc AND j.key = #"
    " AND CAST(j.value AS TEXT) IN (@)))";

struct building { mill_buffer sql; const char **values; size_t n; };

static void put_text(mill_buffer *b, const char *s) { mill_buffer_append(b, s, strlen(s)); }

static void put_parameter(struct building *w, size_t number) {
  char text[32];
  snprintf(text, sizeof text, "?%zu", number + 1);
  put_text(&w->sql, text);
}

static void put_form(struct building *w, const char *form, size_t key, size_t first, size_t n) {
  for (const char *s = form; *s != 0; s++) {
    if (*s == '#') put_parameter(w, key);
    else if (*s != '@') mill_buffer_byte(&w->sql, *s);
    for (size_t k = 0; *s == '@' && k < n; k++) {
      if (k > 0) mill_buffer_byte(&w->sql, ',');
      put_parameter(w, first + k);
    }
  }
}

static void put_date(struct building *w, const mill_condition *x) {
  put_text(&w->sql, " AND " SCOPE_PUBLISHED " IS NOT NULL");
  if (x->from != NULL) {
    w->values[w->n++] = x->from;
    put_form(w, " AND " SCOPE_PUBLISHED " >= #", w->n - 1, 0, 0);
  }
  if (x->to != NULL) { /* 2020-02 takes in all of February */
    w->values[w->n++] = x->to;
    put_form(w, " AND substr(" SCOPE_PUBLISHED ", 1, length(#)) <= #", w->n - 1, 0, 0);
  }
}

static void put_condition(struct building *w, const mill_condition *x) {
  const char *form = meta_form;
  if (strcmp(x->key, "date") == 0) {
    put_date(w, x);
    return;
  }
  for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
    if (strcmp(forms[k].key, x->key) == 0) form = forms[k].sql;
  size_t key = w->n, first = w->n;
  if (form == meta_form) w->values[w->n++] = x->key, first++;
  for (size_t k = 0; k < x->n_values; k++) w->values[w->n++] = x->values[k];
  put_text(&w->sql, " AND ");
  put_form(w, form, key, first, x->n_values);
}

/* ---- keys */

#define META_KEYS                                                                              \
  "SELECT DISTINCT key FROM mill_metadata UNION SELECT DISTINCT j.key FROM mill_sources s, " SCOPE_META \
  " j ORDER BY 1"

static int has_form(const char *key) {
  for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
    if (strcmp(forms[k].key, key) == 0) return 1;
  return strcmp(key, "date") == 0;
}

/* Does the corpus know the key? Else says which there are. */
int scope_check_key(mill_corpus *c, const char *key, mill_error *err) {
  mill_buffer known = {0};
  sqlite3_stmt *s = NULL;
  if (has_form(key)) return 0;
  int rc = sqlite3_prepare_v2(c->db, META_KEYS, -1, &s, NULL), found = 0;
  if (rc != SQLITE_OK) return sql_fail(c, rc, "reading keys", err);
  while ((rc = sqlite3_step(s)) == SQLITE_ROW && !found) {
    const char *name = (const char *)sqlite3_column_text(s, 0);
    if (name == NULL) continue;
    found = strcmp(name, key) == 0;
    if (has_form(name)) continue;
    mill_buffer_byte(&known, ' ');
    put_text(&known, name);
  }
  sqlite3_finalize(s);
  mill_buffer_byte(&known, 0);
  int code = found ? 0 : known.error ? mill_fail_memory(err) : mill_fail(
      err, MILL_EINVAL, 0, "no '%.40s' to choose by (there are: date place doc title url path"
      " charset script%.300s)", key, known.bytes);
  mill_buffer_free(&known);
  return code;
}

/* ---- making */

static int add_row(mill_scope *s, sqlite3_stmt *q, int64_t *last) {
  int64_t doc = sqlite3_column_int64(q, 0), number = sqlite3_column_int64(q, 1);
  if (doc < 0 || doc > s->last || number < 1 || number > UINT32_MAX) return 0;
  s->n_articles++;
  s->n_docs += doc != *last;
  *last = doc;
  s->docs[doc / 8] |= (uint8_t)(1u << doc % 8);
  if (sqlite3_column_int64(q, 2) < 2) return 0;
  s->many[doc / 8] |= (uint8_t)(1u << doc % 8);
  if (mill_grow(&s->parts, &s->capacity, (size_t)s->n_parts + 1, sizeof *s->parts) < 0) return MILL_ENOMEM;
  if (mill_grow(&s->rows, &s->rows_capacity, (size_t)s->n_parts + 1, sizeof *s->rows) < 0) return MILL_ENOMEM;
  s->rows[s->n_parts] = sqlite3_column_int64(q, 3);
  s->parts[s->n_parts++] = (struct part){doc, (uint32_t)(number - 1)};
  return 0;
}

static int by_row(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

static int read_scope(mill_corpus *c, mill_scope *s, const struct building *w, mill_error *err) {
  sqlite3_stmt *q = NULL;
  int64_t last = -1;
  int code = 0, rc = sqlite3_prepare_v2(c->db, w->sql.bytes, -1, &q, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "making a view", err);
  for (size_t k = 0; k < w->n; k++) sql_bind_text(q, (int)k + 1, w->values[k]);
  while (code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW)
    if (add_row(s, q, &last) < 0) code = mill_fail_memory(err);
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(c, rc, "making a view", err);
  sqlite3_finalize(q);
  if (s->n_parts > 0) qsort(s->rows, s->n_parts, sizeof *s->rows, by_row);
  return code;
}

static int make_bits(mill_corpus *c, mill_scope *s, mill_error *err) {
  sqlite3_stmt *q = NULL;
  int rc = sqlite3_prepare_v2(c->db, "SELECT coalesce(max(doc), 0) FROM mill_docs", -1, &q, NULL);
  if (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) s->last = sqlite3_column_int64(q, 0);
  sqlite3_finalize(q);
  if (rc != SQLITE_ROW) return sql_fail(c, rc, "making a view", err);
  if (s->last < 0 || s->last > INT64_C(1) << 40)
    return mill_fail(err, MILL_ECORRUPT, 0, "a document's number is out of range");
  s->docs = mem_calloc((size_t)s->last / 8 + 1, 1);
  s->many = mem_calloc((size_t)s->last / 8 + 1, 1);
  return s->docs == NULL || s->many == NULL ? mill_fail_memory(err) : 0;
}

static int build(mill_corpus *c, struct building *w, const mill_condition *x, size_t n,
                 mill_scope *s, mill_error *err) {
  size_t room = 1;
  int code = 0;
  for (size_t k = 0; k < n && code == 0; k++) {
    room += x[k].n_values + 3;
    if (strcmp(x[k].key, "date") != 0 && x[k].n_values == 0)
      code = mill_fail(err, MILL_EINVAL, 0, "'%.40s' has no value to choose by", x[k].key);
    else code = scope_check_key(c, x[k].key, err);
  }
  if (code == 0 && room > MAX_VALUES)
    code = mill_fail(err, MILL_EINVAL, 0, "at most %d values to choose by", MAX_VALUES);
  if (code < 0) return code;
  if ((w->values = mem_malloc(room * sizeof *w->values)) == NULL) return mill_fail_memory(err);
  put_text(&w->sql, "SELECT a.doc, a.number, (SELECT count(*) FROM mill_articles b"
                    " WHERE b.doc = a.doc), a.article FROM mill_articles a"
                    " WHERE mill_in_scope(a.doc, a.number)");
  for (size_t k = 0; k < n; k++) put_condition(w, &x[k]);
  put_text(&w->sql, " ORDER BY a.doc, a.number");
  mill_buffer_byte(&w->sql, 0);
  if (w->sql.error) return mill_fail_memory(err);
  code = make_bits(c, s, err);
  return code == 0 ? read_scope(c, s, w, err) : code;
}

int mill_scope_new(mill_corpus *c, const mill_condition *conditions, size_t n, mill_scope **out,
                   mill_error *err) {
  struct building w = {{0}, NULL, 0};
  mill_scope *s = mem_calloc(1, sizeof *s);
  *out = NULL;
  if (s == NULL) return mill_fail_memory(err);
  int code = corpus_read(c, err);
  if (code == 0) {
    code = build(c, &w, conditions, n, s, err);
    corpus_read_end(c);
  }
  mill_buffer_free(&w.sql);
  mem_free(w.values);
  if (code < 0) mill_scope_free(s);
  else *out = s;
  return code < 0 ? code : 0;
}
