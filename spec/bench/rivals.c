/*
** rivals.c - ICU and SQLite's own tokenizers on the same text, set up as
** their manuals recommend for speed (one iterator reused; one transaction;
** contentless table; the pragmas our corpus uses).
*/
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "bench.h"

double rival_words(const docs *d) {
  UErrorCode e = U_ZERO_ERROR;
  UBreakIterator *it = ubrk_open(UBRK_WORD, "zh", NULL, 0, &e);
  UText *text = NULL;
  size_t count = 0;
  double from = seconds();
  for (size_t k = 0; k < d->n && U_SUCCESS(e); k++) {
    text = utext_openUTF8(text, d->doc[k], (int64_t)d->size[k], &e);
    ubrk_setUText(it, text, &e);
    ubrk_first(it);
    while (ubrk_next(it) != UBRK_DONE) count++;
  }
  double taken = seconds() - from;
  utext_close(text);
  ubrk_close(it);
  if (U_FAILURE(e) || count == 0) die("ICU's word break iterator failed");
  return taken;
}

/* From and to UTF-8 through ICU's UTF-16: its C interface has no other way. */
double rival_fold(const docs *d) {
  UErrorCode e = U_ZERO_ERROR;
  const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&e);
  size_t room = 0;
  UChar *in = NULL, *out = NULL;
  char *utf8 = NULL;
  double from = seconds();
  for (size_t k = 0; k < d->n && U_SUCCESS(e); k++) {
    int32_t n, m, len, size = (int32_t)d->size[k];
    if (d->size[k] >= room) {
      room = d->size[k] * 2 + 64;
      in = realloc(in, room * sizeof *in), out = realloc(out, room * 4 * sizeof *out);
      utf8 = realloc(utf8, room * 12);
      if (in == NULL || out == NULL || utf8 == NULL) die("out of memory");
    }
    u_strFromUTF8(in, (int32_t)room, &n, d->doc[k], size, &e);
    m = unorm2_normalize(fold, in, n, out, (int32_t)room * 4, &e);
    u_strToUTF8(utf8, (int32_t)room * 12, &len, out, m, &e);
  }
  double taken = seconds() - from;
  free(in), free(out), free(utf8);
  if (U_FAILURE(e)) die("ICU's normaliser failed");
  return taken;
}

static void run(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) die(sqlite3_errmsg(db));
}

double rival_fts(const docs *d, const char *path, const char *tokenizer) {
  sqlite3 *db;
  sqlite3_stmt *s;
  char sql[200];
  remove_corpus(path);
  if (sqlite3_open(path, &db) != SQLITE_OK) die("SQLite cannot open a file");
  run(db, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
          "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000");
  snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE t USING fts5(body, content='', tokenize='%s')", tokenizer);
  run(db, sql);
  run(db, "INSERT INTO t(t, rank) VALUES('hashsize', 33554432)");
  double from = seconds();
  run(db, "BEGIN");
  if (sqlite3_prepare_v2(db, "INSERT INTO t(rowid, body) VALUES(?1, ?2)", -1, &s, NULL) != SQLITE_OK)
    die("FTS5");
  for (size_t k = 0; k < d->n; k++) {
    sqlite3_bind_int64(s, 1, (sqlite3_int64)k + 1);
    sqlite3_bind_text(s, 2, d->doc[k], (int)d->size[k], SQLITE_STATIC);
    if (sqlite3_step(s) != SQLITE_DONE) die(sqlite3_errmsg(db));
    sqlite3_reset(s);
  }
  sqlite3_finalize(s);
  run(db, "COMMIT");
  double taken = seconds() - from;
  sqlite3_close(db);
  remove_corpus(path);
  return taken;
}
