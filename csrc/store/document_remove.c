/*
** document_remove.c - a document goes: its words out of the index, then its rows.
*/
#include "internal.h"
#include "index.h"

int document_articles(mill_corpus *c, int64_t doc, int64_t *rows, uint32_t n, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_ARTICLES_GET, err);
  uint32_t k = 0;
  int code;
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  while ((code = sql_row(c, s, "reading articles", err)) > 0 && k < n)
    rows[k++] = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  if (code < 0) return code;
  if (code == 0 && k == n) return 0;
  return mill_fail(err, MILL_ECORRUPT, 0, "document %lld: its articles do not fit its blocks",
                   (long long)doc);
}

static int unindex(mill_corpus *c, int64_t doc, mill_error *err) {
  struct reader r = {0};
  int64_t *rows = NULL;
  int code = reader_get(c, &r, doc, err);
  if (code == 0 && (rows = mem_malloc(((size_t)r.layout.n_articles + 1) * sizeof *rows)) == NULL)
    code = mill_fail_memory(err);
  if (code == 0) code = document_articles(c, doc, rows, r.layout.n_articles, err);
  struct index_job job = {doc, r.id, r.start, r.n, &r.layout, rows, NULL, NULL};
  if (code == 0) code = index_document(c, &job, err);
  mem_free(rows);
  reader_free(&r);
  return code;
}

/* Rows that refer to the document by a foreign key go with it; those written with
** every document have none, which would be looked after with each of them. */
int document_delete(mill_corpus *c, int64_t doc, mill_error *err) {
  static const enum statement all[] = {S_TEXT_DELETE, S_FORWARD_DELETE, S_ARTICLES_DELETE, S_META_DELETE,
                                       S_SOURCES_DELETE, S_DOC_FACTS_DELETE, S_DOC_DELETE};
  int code = unindex(c, doc, err);
  for (size_t k = 0; k < sizeof all / sizeof *all && code == 0; k++) {
    sqlite3_stmt *s = sql_get(c, all[k], err);
    if (s == NULL) return MILL_EIO;
    sqlite3_bind_int64(s, 1, doc);
    code = sql_done(c, s, "removing a document", err);
  }
  return code;
}

int mill_corpus_remove(mill_corpus *c, const char *id, mill_error *err) {
  int64_t doc;
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  code = mill_corpus_find(c, id, &doc, err);
  if (code == 0) code = document_delete(c, doc, err);
  return corpus_leave(c, code, 0, err);
}
