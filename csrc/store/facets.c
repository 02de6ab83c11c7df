/*
** facets.c - what was found, counted by metadata.
**
** The articles and their hits go to SQLite as one JSON object {"article": hits, ...}; one
** statement a key groups them by the key's values. An article with two values (places of
** its facts, urls of its copies) counts for each of them, once.
*/
#include "facets.h"

#include <stdio.h>

/* A value of the article a, and what is joined for it. */
struct source { const char *key, *value, *join; };
static const struct source sources[] = {
  {"date", SCOPE_PUBLISHED, ""},
  {"month", "substr(" SCOPE_PUBLISHED ", 1, 7)", ""},
  {"year", "substr(" SCOPE_PUBLISHED ", 1, 4)", ""},
  {"title", "a.title", ""},
  {"doc", "d.id", " JOIN mill_docs d ON d.doc = a.doc"},
  {"charset", "d.charset", " JOIN mill_docs d ON d.doc = a.doc"},
  {"script",
      "CASE d.script WHEN 1 THEN 'simplified' WHEN 2 THEN 'traditional' WHEN 3 THEN 'mixed'"
      " ELSE 'neither' END",
   " JOIN mill_docs d ON d.doc = a.doc"},
  {"place", "x.place",
      " LEFT JOIN mill_facts x ON x.doc = a.doc AND " FACTS_OF_ANY("x", "a")
      " AND x.article = a.number AND x.place IS NOT NULL"},
  {"url", "x.url", " LEFT JOIN mill_sources x ON x.doc = a.doc AND x.url IS NOT NULL"},
  {"path", "x.path", " LEFT JOIN mill_sources x ON x.doc = a.doc AND x.path IS NOT NULL"},
};
/* of any other key, which is parameter 2 */
static const struct source other = {NULL, "x.value",
  " LEFT JOIN (SELECT doc, value FROM mill_metadata WHERE key = ?2 UNION SELECT s.doc, CAST(j.value AS TEXT)"
  " FROM mill_sources s, " SCOPE_META " j WHERE j.key = ?2) x ON x.doc = a.doc"};

static const char form[] =
    "SELECT value, count(*), sum(hits) FROM (SELECT DISTINCT a.article, f.value AS hits, %s AS value"
    " FROM json_each(?1) f CROSS JOIN mill_articles a ON a.article = CAST(f.key AS INTEGER)%s)"
    " GROUP BY value ORDER BY 2 DESC, 1";

static const struct source *source_of(const char *key) {
  for (size_t k = 0; k < sizeof sources / sizeof *sources; k++)
    if (strcmp(sources[k].key, key) == 0) return &sources[k];
  return &other;
}

static int put_articles(const struct search *s, mill_buffer *json) {
  char pair[64];
  mill_buffer_byte(json, '{');
  for (uint32_t k = 0; k < s->n; k++) {
    int n = snprintf(pair, sizeof pair, "%s\"%lld\":%llu", k > 0 ? "," : "", (long long)s->items[k].article,
                     (unsigned long long)s->items[k].hits);
    mill_buffer_append(json, pair, (size_t)n);
  }
  mill_buffer_byte(json, '}');
  return json->error;
}

/* A list too long for SQLite must not be counted as an empty one. */
static int bind_articles(sqlite3_stmt *q, const mill_buffer *json, const char *key) {
  int rc = sqlite3_bind_text64(q, 1, json->bytes, json->len, SQLITE_STATIC, SQLITE_UTF8);
  return rc == SQLITE_OK && key != NULL ? sqlite3_bind_text(q, 2, key, -1, SQLITE_STATIC) : rc;
}

static int count_key(struct search *s, const char *key, const mill_buffer *json, mill_rows *rows,
                     mill_error *err) {
  mill_corpus *c = s->e.c;
  const struct source *source = source_of(key);
  sqlite3_stmt *q = NULL;
  int code = source == &other ? scope_check_key(c, key, err) : 0;
  if (code < 0) return code;
  char *sql = sqlite3_mprintf(form, source->value, source->join);
  int rc = sql != NULL ? sqlite3_prepare_v2(c->db, sql, -1, &q, NULL) : SQLITE_NOMEM;
  sqlite3_free(sql);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "counting facets", err);
  rc = bind_articles(q, json, source == &other ? key : NULL);
  while (rc == SQLITE_OK || rc == SQLITE_ROW) {
    if ((rc = sqlite3_step(q)) != SQLITE_ROW) break;
    rows_text(rows, key);
    rows_text(rows, (const char *)sqlite3_column_text(q, 0));
    rows_integer(rows, sqlite3_column_int64(q, 1));
    rows_integer(rows, sqlite3_column_int64(q, 2));
  }
  if (rc != SQLITE_DONE)
    code = s->e.stop.code < 0 ? stop_fail(&s->e.stop, "counting facets", err)
        : sql_fail(c, rc, "counting facets", err);
  sqlite3_finalize(q);
  return code;
}

static int progress(void *stop) { return stop_look(stop) < 0; }

int facets_count(struct search *s, const char *const *keys, size_t n, mill_rows *rows, mill_error *err) {
  mill_buffer json = {0};
  int code = put_articles(s, &json) < 0 ? mill_fail_memory(err) : 0;
  sqlite3_progress_handler(s->e.c->db, 10000, progress, &s->e.stop);
  for (size_t k = 0; k < n && code == 0; k++) code = count_key(s, keys[k], &json, rows, err);
  sqlite3_progress_handler(s->e.c->db, 0, NULL, NULL);
  mill_buffer_free(&json);
  return code;
}
