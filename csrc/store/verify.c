/*
** verify.c - is everything in the file what it should be?
**
**   pages       PRAGMA integrity_check, foreign_key_check
**   documents   hash of raw, maps against lengths, blobs decode, folded text
**               joined from words == clean text folded anew
**   index       see verify_index.c
**   signatures  of every article against its text
**   orphans     articles, blobs, index rows without their document
*/
#include <stdio.h>
#include <sys/stat.h>

#include "internal.h"
#include "similar.h"
#include "table.h"
#include "verify.h"

void verify_problem(struct check *x, const char *doc, const char *text) {
  rows_text(x->rows, doc);
  rows_text(x->rows, text);
}

/* ---- what SQLite can check */

int verify_sql(struct check *x, const char *sql, const char *fine, mill_error *err) {
  sqlite3_stmt *s = NULL;
  int rc = sqlite3_prepare_v2(x->c->db, sql, -1, &s, NULL);
  while (rc == SQLITE_OK || rc == SQLITE_ROW) {
    if ((rc = sqlite3_step(s)) != SQLITE_ROW) break;
    const char *text = (const char *)sqlite3_column_text(s, 0);
    if (fine == NULL || text == NULL || strcmp(text, fine) != 0)
      verify_problem(x, NULL, text != NULL ? text : "?");
  }
  sqlite3_finalize(s);
  if (rc == SQLITE_DONE) return 0;
  int code = sql_fail(x->c, rc, "checking", err);
  if (code != MILL_ECORRUPT) return code;
  verify_problem(x, NULL, sqlite3_errmsg(x->c->db));
  return 0;
}

/* SQLite takes what is missing of the last page for zeros. */
static int is_cut_off(mill_corpus *c) {
  struct stat st;
  sqlite3_stmt *s = NULL;
  int64_t page = 0;
  if (c->path == NULL || stat(c->path, &st) != 0) return 0;
  if (sqlite3_prepare_v2(c->db, "PRAGMA page_size", -1, &s, NULL) == SQLITE_OK &&
      sqlite3_step(s) == SQLITE_ROW)
    page = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  return page > 0 && st.st_size % page != 0;
}

static int check_structure(struct check *x, mill_error *err) {
  static const char *const orphans[] =
      {"SELECT 'text without a document: ' || doc FROM mill_texts WHERE doc NOT IN (SELECT doc FROM "
       "mill_docs)",
       "SELECT 'tokens without a document: ' || doc FROM mill_forward WHERE doc NOT IN (SELECT doc FROM "
       "mill_docs)",
       "SELECT 'document without its text: ' || id FROM mill_docs WHERE doc NOT IN (SELECT doc FROM "
       "mill_texts)",
       "SELECT 'document without its tokens: ' || id FROM mill_docs WHERE doc NOT IN (SELECT doc FROM "
       "mill_forward)",
       "SELECT 'document without an article: ' || id FROM mill_docs WHERE doc NOT IN (SELECT doc FROM "
       "mill_articles)",
       "SELECT 'article without a document: ' || article FROM mill_articles WHERE doc NOT IN (SELECT doc "
       "FROM mill_docs)",
       "SELECT 'metadata without a document: ' || doc FROM mill_metadata WHERE doc NOT IN (SELECT doc FROM "
       "mill_docs)",
       "SELECT 'source without a document: ' || doc FROM mill_sources WHERE doc NOT IN (SELECT doc FROM "
       "mill_docs)",
       "SELECT 'row of ' || \"table\" || ' without its parent' FROM pragma_foreign_key_check",
       "SELECT 'fact stored twice: ' || id FROM mill_facts GROUP BY id, doc, pack HAVING count(*) > 1",
       "SELECT 'fact without a document: ' || id FROM mill_facts WHERE doc NOT IN (SELECT doc FROM "
       "mill_docs)"};
  static const char *const facts[] =
      {/* by the form that they have: has_older_facts */
       "SELECT 'fact of another document than it says: ' || id FROM mill_facts WHERE fact >> 24 <> doc",
       "SELECT 'fact without a mention: ' || id FROM mill_facts WHERE fact NOT IN (SELECT fact FROM "
       "mill_mentions)"};
  int code = verify_sql(x, "PRAGMA integrity_check(100)", "ok", err);
  if (code == 0 && is_cut_off(x->c)) verify_problem(x, NULL, "the file is cut off");
  for (size_t k = 0; k < sizeof orphans / sizeof *orphans && code == 0; k++)
    code = verify_sql(x, orphans[k], NULL, err);
  if (code == 0) code = verify_sql(x, facts[x->c->has_older_facts], NULL, err);
  return code;
}

/* ---- documents */

static int same_hash(const mill_text *t, const void *stored, int n) {
  unsigned char sha[32];
  mill_sha256(t->raw, t->raw_len, sha);
  return n == 32 && memcmp(sha, stored, 32) == 0;
}

/* Folded anew (the images may be newer: only the same fold version compares). */
static void check_folding(struct check *x, const char *id, mill_text *t) {
  const char *stored = t->folded;
  mill_map *map = t->fold_map;
  size_t n = t->folded_len;
  t->folded = NULL;
  t->fold_map = NULL;
  if (mill_text_fold(t, NULL) < 0 || t->folded_len != n || memcmp(t->folded, stored, n) != 0)
    verify_problem(x, id, "its words do not join to its folded text");
  mem_free((void *)(uintptr_t)stored);
  mill_map_free(map);
}

static int check_document(struct check *x, sqlite3_stmt *s, mill_error *err) {
  mill_text *t = NULL;
  mill_tokens tokens = {0};
  const char *id = (const char *)sqlite3_column_text(s, 1);
  int code = mill_corpus_text(x->c, sqlite3_column_int64(s, 0), &t, &tokens, err);
  if (code == 0) {
    if (!same_hash(t, sqlite3_column_blob(s, 2), sqlite3_column_bytes(s, 2)))
      verify_problem(x, id, "its bytes do not have the hash they had");
    check_folding(x, id, t);
  } else if (code == MILL_ECORRUPT || code == MILL_ENOTFOUND) {
    verify_problem(x, id, err != NULL ? err->message : "damaged");
    code = 0;
  }
  mill_text_free(t);
  mill_tokens_free(&tokens);
  return code;
}

static int check_documents(struct check *x, mill_error *err) {
  sqlite3_stmt *s = NULL;
  mill_error own;
  int code = 0, rc = sqlite3_prepare_v2(x->c->db, "SELECT doc, id, sha256 FROM mill_docs", -1, &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(x->c, rc, "checking", err);
  while (code == 0 && (rc = sqlite3_step(s)) == SQLITE_ROW)
    code = check_document(x, s, err != NULL ? err : &own);
  sqlite3_finalize(s);
  return code == 0 && rc != SQLITE_DONE ? sql_fail(x->c, rc, "checking", err) : code;
}

/* ---- signatures */

static int check_signature(struct check *x, sqlite3_stmt *s, struct reader *r, mill_error *err) {
  unsigned char bytes[MILL_SIGNATURE_BYTES];
  mill_sketch g, stored;
  int64_t doc = sqlite3_column_int64(s, 0), number = sqlite3_column_int64(s, 1);
  const void *blob = sqlite3_column_blob(s, 2);
  size_t size = (size_t)sqlite3_column_bytes(s, 2);
  if (mill_signature_decode(blob, size, &stored) == MILL_EVERSION) return 0; /* not used */
  int code = r->doc == doc ? 0 : reader_get(x->c, r, doc, err);
  if (code < 0) r->doc = 0;
  if (code == MILL_ECORRUPT || code == MILL_ENOTFOUND) return 0; /* said already */
  if (code < 0) return code;
  if (number < 1 || number > r->layout.n_articles) return 0;
  similar_sign(&r->folded, &r->layout, (uint32_t)(number - 1), &g);
  mill_signature_encode(&g, bytes);
  if (size != MILL_SIGNATURE_BYTES || memcmp(blob, bytes, sizeof bytes) != 0)
    verify_problem(x, (const char *)sqlite3_column_text(s, 3), "its signature is not that of its text");
  return 0;
}

static int check_signatures(struct check *x, mill_error *err) {
  sqlite3_stmt *s = NULL;
  struct reader r = {0};
  if (!x->c->has_signatures) return 0;
  int code = 0, rc = sqlite3_prepare_v2(x->c->db,
      "SELECT a.doc, a.number, s.signature, d.id FROM mill_signatures s JOIN mill_articles a"
      " USING(article) JOIN mill_docs d USING(doc) ORDER BY article", -1, &s, NULL);
  while (code == 0 && (rc == SQLITE_OK || rc == SQLITE_ROW) && (rc = sqlite3_step(s)) == SQLITE_ROW)
    code = check_signature(x, s, &r, err);
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(x->c, rc, "checking", err);
  sqlite3_finalize(s);
  reader_free(&r);
  return code;
}

int mill_corpus_verify(mill_corpus *c, mill_rows **out, mill_error *err) {
  struct check x = {c, rows_new("doc problem")};
  *out = NULL;
  int code = x.rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    code = check_structure(&x, err);
    if (code == 0) code = check_documents(&x, err);
    if (code == 0) code = verify_index(&x, err);
    if (code == 0) code = check_signatures(&x, err);
    corpus_read_end(c);
  }
  if (code == 0) return rows_take(x.rows, out, err);
  mill_rows_free(x.rows);
  return code;
}
