/* evaluate.c - candidates -> decoded documents -> hits -> totals and visits. */
#include "evaluate.h"

void evaluation_free(struct evaluation *e) {
  query_free(&e->q);
  doc_list_free(&e->docs);
  reader_free(&e->reader);
  hits_free(&e->hits);
}

int evaluation_shows(const struct evaluation *e, const struct hit *h) {
  return hits_shows(&e->q, &e->hits, h);
}

/* The document in e->reader. */
static int judge(struct evaluation *e, mill_error *err) {
  uint32_t matching = 0;
  if (stop_look(&e->stop) < 0) return stop_fail(&e->stop, "searching", err);
  e->totals.scanned++;
  if (hits_find(&e->q, &e->reader, &e->c->words, e->o->all, &e->hits) < 0)
    return mill_fail_memory(err);
  for (uint32_t a = 0; a < e->reader.layout.n_articles; a++)
    matching += (uint32_t)hits_match(&e->q, &e->hits, a);
  if (matching == 0) return 0;
  e->totals.articles += matching;
  e->totals.documents++;
  for (uint32_t k = 0; k < e->hits.n; k++)
    e->totals.hits += (uint64_t)evaluation_shows(e, &e->hits.items[k]);
  return e->visit != NULL ? e->visit(e, err) : 0;
}

static int scan_all(struct evaluation *e, mill_error *err) {
  mill_corpus *c = e->c;
  sqlite3_stmt *s = NULL;
  int code = 0, rc = sqlite3_prepare_v2(c->db, "SELECT doc, tokens, layout FROM mill_forward"
                                               " ORDER BY doc", -1, &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "searching", err);
  while (code == 0 && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    if (!scope_has_document(c->scope, sqlite3_column_int64(s, 0))) continue;
    code = reader_load(c, &e->reader, sqlite3_column_int64(s, 0), sqlite3_column_blob(s, 1),
                       (size_t)sqlite3_column_bytes(s, 1), sqlite3_column_blob(s, 2),
                       (size_t)sqlite3_column_bytes(s, 2), err);
    if (code == 0) code = judge(e, err);
  }
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(c, rc, "searching", err);
  sqlite3_finalize(s);
  return code;
}

static int only_document(struct evaluation *e, mill_error *err) {
  int code = reader_get(e->c, &e->reader, e->o->doc, err);
  return code == 0 ? judge(e, err) : code;
}

int evaluation_begin(struct evaluation *e, const char *query, mill_error *err) {
  e->q.words = e->o->words;
  stop_begin(&e->stop, e->o->max_ms, e->o->stop, e->o->stop_context);
  int code = query_parse(e->c->data, e->c->user, query, &e->q, err);
  if (code == 0) code = query_candidates(e->c, &e->q, e->o->all, &e->stop, &e->docs, err);
  e->hits.scope = e->c->scope;
  return code < 0 ? code : 0;
}

int evaluation_next(struct evaluation *e, mill_error *err) {
  if (e->o->doc != 0) return only_document(e, err);
  if (e->docs.all) return scan_all(e, err);
  while (e->next < e->docs.n && !scope_has_document(e->c->scope, e->docs.docs[e->next])) e->next++;
  if (e->next == e->docs.n) return 0;
  int code = reader_get(e->c, &e->reader, e->docs.docs[e->next++], err);
  if (code == 0) code = judge(e, err);
  return code < 0 ? code : 1;
}

int evaluate(struct evaluation *e, const char *query, mill_error *err) {
  int code = evaluation_begin(e, query, err);
  if (code < 0) return code;
  while ((code = evaluation_next(e, err)) > 0) continue;
  return code;
}
