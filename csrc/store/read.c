/*
** read.c - listings, citations, totals, and SQL. Everything here turns a
** statement into mill_rows.
*/
#include <limits.h>
#include <stdio.h>

#include "internal.h"
#include "show.h"
#include "table.h"

/* ---- statements into rows */

static void put_column(mill_rows *r, sqlite3_stmt *s, int k) {
  switch (sqlite3_column_type(s, k)) {
    case SQLITE_INTEGER: rows_integer(r, sqlite3_column_int64(s, k)); break;
    case SQLITE_FLOAT: rows_real(r, sqlite3_column_double(s, k)); break;
    case SQLITE_TEXT: {
      const char *text = (const char *)sqlite3_column_text(s, k);
      rows_bytes(r, text != NULL ? text : "", (size_t)sqlite3_column_bytes(s, k));
      break;
    }
    case SQLITE_BLOB: {
      const void *blob = sqlite3_column_blob(s, k);
      rows_blob(r, blob != NULL ? blob : "", (size_t)sqlite3_column_bytes(s, k));
      break;
    }
    default: rows_null(r);
  }
}

/* Column names as rows_new wants them; blanks inside become '_'. */
static mill_rows *rows_of(sqlite3_stmt *s) {
  mill_buffer names = {0};
  for (int k = 0; k < sqlite3_column_count(s); k++) {
    const char *name = sqlite3_column_name(s, k);
    if (k > 0) mill_buffer_byte(&names, ' ');
    for (; name != NULL && *name != 0; name++) mill_buffer_byte(&names, *name == ' ' ? '_' : *name);
  }
  char *text = mill_buffer_take(&names, NULL);
  mill_rows *r = text != NULL ? rows_new(text) : NULL;
  mem_free(text);
  return r;
}

int table_read(mill_corpus *c, sqlite3_stmt *s, mill_rows **out, mill_error *err) {
  mill_rows *r = rows_of(s);
  int rc = SQLITE_DONE;
  while (r != NULL && (rc = sqlite3_step(s)) == SQLITE_ROW)
    for (int k = 0; k < sqlite3_column_count(s); k++) put_column(r, s, k);
  if (rc == SQLITE_DONE) return rows_take(r, out, err);
  mill_rows_free(r);
  return sql_fail(c, rc, "reading", err);
}

int table_query(mill_corpus *c, const char *sql, const char *const *values, size_t n,
                mill_rows **out, mill_error *err) {
  sqlite3_stmt *s = NULL;
  *out = NULL;
  int code = corpus_read(c, err);
  if (code < 0) return code;
  int rc = sqlite3_prepare_v2(c->db, sql, -1, &s, NULL);
  if (rc != SQLITE_OK) code = sql_fail(c, rc, "reading", err);
  for (size_t k = 0; k < n && code == 0; k++) sql_bind_text(s, (int)k + 1, values[k]);
  if (code == 0) code = table_read(c, s, out, err);
  sqlite3_finalize(s);
  corpus_read_end(c);
  return code;
}

/* ---- documents, totals */

int mill_corpus_docs(mill_corpus *c, const char *id, mill_rows **out, mill_error *err) {
#define DOC_COLUMNS                                                                             \
  "SELECT v.id AS doc, v.title, v.published, v.source, v.url, v.path, v.bytes, v.characters,"   \
  " v.tokens, v.charset, v.script, v.glosses, v.articles, v.meta, v.sha256,"                    \
  " (SELECT date FROM mill_sources s WHERE s.doc = d.doc AND date IS NOT NULL"                  \
  "  ORDER BY source LIMIT 1) AS date FROM mill_docs d JOIN documents v ON v.id = d.id "
  if (id == NULL)
    return table_query(c, DOC_COLUMNS "WHERE mill_in_scope(d.doc) ORDER BY d.doc", NULL, 0, out, err);
  return table_query(c, DOC_COLUMNS "WHERE d.id = ?1 OR d.doc = (SELECT doc FROM mill_sources"
                                    " WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mill_docs"
                                    " WHERE id = ?1) ORDER BY source LIMIT 1)", &id, 1, out, err);
}

int mill_corpus_ids(mill_corpus *c, mill_rows **out, mill_error *err) {
  return table_query(c, "SELECT id AS doc FROM mill_docs WHERE mill_in_scope(doc) ORDER BY mill_docs.doc",
                     NULL, 0, out, err);
}

int mill_corpus_sources(mill_corpus *c, const char *id, mill_rows **out, mill_error *err) {
  return table_query(c, "SELECT id, path, url, date, meta FROM sources WHERE doc = ?1", &id, 1,
                     out, err);
}

static const char totals[] =
    "SELECT count(*) AS documents, (SELECT count(*) FROM mill_articles WHERE mill_in_scope(doc, number)) AS "
    "articles,"
    " (SELECT count(*) FROM mill_sources WHERE mill_in_scope(doc)) AS sources,"
    " coalesce(sum(tokens), 0) AS tokens, CAST(?1 AS INTEGER) AS words,"
    " (SELECT count(*) FROM mill_facts WHERE mill_in_scope(doc, article)) AS facts,"
    " (SELECT count(*) * CAST(?2 AS INTEGER) FROM mill_facts WHERE mill_in_scope(doc, article)) +"
    " (SELECT count(*) FROM mill_mentions JOIN mill_facts USING(fact) WHERE mill_in_scope(doc, article)) AS "
    "mentions,"
    " coalesce(sum(bytes), 0) AS bytes, coalesce(sum(characters), 0) AS characters,"
    " coalesce(sum(glosses), 0) AS glosses,"
    " (SELECT count(*) FROM documents v JOIN mill_docs x ON x.id = v.id WHERE published IS NOT NULL"
    "   AND mill_in_scope(x.doc)) AS dated,"
    " (SELECT count(*) FROM add_log) AS failures,"
    " (SELECT value FROM mill_meta WHERE key = 'schema') AS schema,"
    " (SELECT value FROM mill_meta WHERE key = 'unicode') AS unicode,"
    " (SELECT value FROM mill_meta WHERE key = 'lexicon') AS lexicon FROM mill_docs WHERE mill_in_scope(doc)";

int mill_corpus_stats(mill_corpus *c, mill_rows **out, mill_error *err) {
  char words[24];
  const char *values[] = {words, c->has_older_facts ? "0" : "1"}; /* mentions that stand with their fact */
  int code = corpus_read(c, err); /* the vocabulary is the file's */
  if (code < 0) return code;
  sqlite3_snprintf(sizeof words, words, "%u", c->words.n);
  code = table_query(c, totals, values, 2, out, err);
  corpus_read_end(c);
  return code;
}

/* ---- citations: DOC#FROM,TO */

static int read_number(const char **s, uint32_t *out) {
  uint64_t x = 0;
  const char *start = *s;
  for (; **s >= '0' && **s <= '9'; ++*s)
    if ((x = x * 10 + (uint64_t)(**s - '0')) > MILL_MAX_BYTES) return 0;
  *out = (uint32_t)x;
  return *s > start;
}

static int parse_citation(const char *s, char id[256], mill_span *raw, mill_error *err) {
  const char *hash = strrchr(s, '#'), *at = hash != NULL ? hash + 1 : s;
  size_t n = hash != NULL ? (size_t)(hash - s) : 0;
  if (n == 0 || n > 255 || !read_number(&at, &raw->from) || *at++ != ',' ||
      !read_number(&at, &raw->to) || *at != 0 || raw->to < raw->from)
    return mill_fail(err, MILL_ESYNTAX, (size_t)(at - s), "'%s' is no citation: DOC#FROM,TO", s);
  memcpy(id, s, n);
  id[n] = 0;
  return 0;
}

static int put_display(const struct shown *s, mill_span clean, mill_rows *rows, mill_error *err) {
  mill_buffer b = {0};
  int code = show_put(s, clean, &b, err);
  rows_bytes(rows, b.bytes != NULL ? b.bytes : "", b.len);
  mill_buffer_free(&b);
  return code;
}

static int put_head(const struct shown *s, mill_rows *rows, mill_error *err) {
  sqlite3_stmt *q = NULL;
  int rc = sqlite3_prepare_v2(s->c->db, "SELECT path, sha256 FROM documents WHERE id = ?1", -1, &q, NULL);
  if (rc != SQLITE_OK) return sql_fail(s->c, rc, "reading", err);
  sql_bind_text(q, 1, s->id);
  int code = sql_row(s->c, q, "reading", err);
  rows_text(rows, code > 0 ? (const char *)sqlite3_column_text(q, 0) : NULL);
  rows_text(rows, code > 0 ? (const char *)sqlite3_column_text(q, 1) : NULL);
  sqlite3_finalize(q);
  return code < 0 ? code : 0;
}

static int put_citation(struct shown *s, mill_span raw, mill_rows *rows, mill_error *err) {
  if (raw.to > s->text->raw_len)
    return mill_fail(err, MILL_ENOTFOUND, 0, "%s has %zu bytes: %u,%u lies outside", s->id,
                     s->text->raw_len, raw.from, raw.to);
  mill_span clean = mill_text_clean_of_raw(s->text, raw);
  rows_text(rows, s->id);
  show_spans(raw, clean, rows);
  rows_bytes(rows, s->text->raw + raw.from, raw.to - raw.from);
  rows_bytes(rows, s->text->clean + clean.from, clean.to - clean.from);
  int code = put_display(s, clean, rows, err);
  if (code == 0) code = put_display(s, show_before(s, clean, 20), rows, err);
  if (code == 0) code = put_display(s, show_after(s, clean, 20), rows, err);
  return code == 0 ? put_head(s, rows, err) : code;
}

int mill_corpus_cite(mill_corpus *c, const char *citation, mill_rows **out, mill_error *err) {
  struct shown s = {c, 0, NULL, ""};
  char id[256];
  mill_span raw = {0, 0};
  int64_t doc = 0;
  *out = NULL;
  int code = parse_citation(citation, id, &raw, err);
  if (code < 0 || (code = corpus_read(c, err)) < 0) return code;
  mill_rows *rows =
      rows_new("doc raw_from raw_to clean_from clean_to raw clean display left right path sha256");
  if (rows == NULL) code = mill_fail_memory(err);
  if (code == 0) code = mill_corpus_find(c, id, &doc, err);
  if (code == 0) code = show_load(&s, doc, err);
  if (code == 0) code = put_citation(&s, raw, rows, err);
  show_free(&s);
  corpus_read_end(c);
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}

/* ---- SQL */

/* While a reading statement is prepared: nothing that writes, attaches
** files or changes settings. */
static int only_reading(void *context, int action, const char *a, const char *b, const char *d,
                        const char *trigger) {
  (void)context, (void)d, (void)trigger;
  switch (action) {
    case SQLITE_SELECT: case SQLITE_READ: case SQLITE_FUNCTION: case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_PRAGMA: /* FTS5 asks for the version; people for columns */
      return a != NULL && (strcmp(a, "data_version") == 0 || strcmp(a, "table_info") == 0 ||
                           strcmp(a, "table_list") == 0 || (b == NULL && strcmp(a, "page_count") == 0))
                 ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
  }
}

static int is_ours(const char *name) {
  return name != NULL && (schema_has(name) || sqlite3_strnicmp(name, "mill_", 5) == 0);
}

/* While a writing statement is prepared: people's own tables beside ours. The
** corpus keeps its own tables, and its transaction. */
static int not_ours(void *context, int action, const char *a, const char *b, const char *d,
                    const char *trigger) {
  switch (action) {
    case SQLITE_INSERT: case SQLITE_UPDATE: case SQLITE_DELETE: case SQLITE_DROP_TABLE:
    case SQLITE_DROP_VIEW: case SQLITE_CREATE_TABLE: case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_VTABLE: case SQLITE_DROP_VTABLE:
      return is_ours(a) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_CREATE_INDEX: case SQLITE_DROP_INDEX: case SQLITE_ALTER_TABLE:
      return is_ours(a) || is_ours(b) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_REINDEX: case SQLITE_ANALYZE: return SQLITE_OK;
    default: return only_reading(context, action, a, b, d, trigger);
  }
}

static int refused(int write, mill_error *err) {
  return mill_fail(err, MILL_EREADONLY, 0, "SQL: %s",
                   write ? "this would change what the corpus keeps itself"
                         : "only statements that read are allowed here");
}

static int prepare_sql(mill_corpus *c, const char *sql, int write, sqlite3_stmt **s,
                       mill_error *err) {
  const char *tail = NULL;
  sqlite3_set_authorizer(c->db, write ? not_ours : only_reading, NULL);
  int rc = sqlite3_prepare_v2(c->db, sql, -1, s, &tail);
  sqlite3_set_authorizer(c->db, NULL, NULL);
  if (rc == SQLITE_AUTH) return refused(write, err);
  if (rc != SQLITE_OK) {
    int code = sql_code(c->db, rc), at = sqlite3_error_offset(c->db);
    return mill_fail(err, code, at > 0 ? (size_t)at : 0, "SQL: %s", sqlite3_errmsg(c->db));
  }
  while (tail != NULL && (*tail == ' ' || *tail == ';' || *tail == '\n' || *tail == '\t')) tail++;
  if (tail != NULL && *tail != 0)
    return mill_fail(err, MILL_ESYNTAX, (size_t)(tail - sql), "SQL: one statement at a time");
  if (*s == NULL) return mill_fail(err, MILL_ESYNTAX, 0, "SQL: there is no statement");
  if (!write && !sqlite3_stmt_readonly(*s)) return refused(write, err);
  return 0;
}

static void bind_cell(sqlite3_stmt *s, int at, const mill_cell *v) {
  switch (v->type) {
    case MILL_CELL_INTEGER: sqlite3_bind_int64(s, at, v->integer); break;
    case MILL_CELL_REAL: sqlite3_bind_double(s, at, v->real); break;
    case MILL_CELL_TEXT:
      sqlite3_bind_text64(s, at, v->bytes, v->len, SQLITE_STATIC, SQLITE_UTF8);
      break;
    case MILL_CELL_BLOB: sqlite3_bind_blob64(s, at, v->bytes, v->len, SQLITE_STATIC); break;
    default: break;
  }
}

static int run_sql(mill_corpus *c, const char *sql, const mill_cell *values, size_t n, int write,
                   mill_rows **out, mill_error *err) {
  sqlite3_stmt *s = NULL;
  int code = prepare_sql(c, sql, write, &s, err);
  if (code == 0 && n > (size_t)sqlite3_bind_parameter_count(s))
    code = mill_fail(err, MILL_EINVAL, 0, "SQL: %d values for %d parameters",
                     n < INT_MAX ? (int)n : INT_MAX, sqlite3_bind_parameter_count(s));
  for (size_t k = 0; k < n && code == 0; k++) bind_cell(s, (int)k + 1, &values[k]);
  if (code == 0) code = table_read(c, s, out, err);
  sqlite3_finalize(s);
  return code;
}

int mill_corpus_sql(mill_corpus *c, const char *sql, const mill_cell *values, size_t n, int write,
                    mill_rows **out, mill_error *err) {
  *out = NULL;
  int code = write ? corpus_enter(c, 0, err) : corpus_read(c, err);
  if (code < 0) return code;
  code = run_sql(c, sql, values, n, write, out, err);
  if (!write) return corpus_read_end(c), code;
  return corpus_leave(c, code, 0, err);
}
