/*
** index_fts.c - FTS5 on the same words: contentless, a tokenizer that hands
** over what is ready, `hashsize` 64 MB, no merging while loading (each part is
** one segment) and 'optimize' timed with the build when one segment is wanted.
*/
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "index.h"

struct fts {
  sqlite3 *db;
  char path[4096];
  const struct input *in;
  uint32_t doc;
  int ready;
  sqlite3_stmt *query;
};

static int create(void *context, const char **args, int n, Fts5Tokenizer **out) {
  (void)args, (void)n;
  *out = context;
  return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *t) { (void)t; }

static int tokenize(Fts5Tokenizer *t, void *to, int flags, const char *s, int n,
                    int (*out)(void *, int, const char *, int, int, int)) {
  struct fts *f = (struct fts *)t;
  (void)flags;
  if (!f->ready) return out(to, 0, s, n, 0, n);
  for (uint32_t k = f->in->first[f->doc]; k < f->in->first[f->doc + 1]; k++) {
    const struct word *w = &f->in->words[f->in->ids[k]];
    int rc = out(to, 0, w->text, (int)w->len, 0, 0);
    if (rc != SQLITE_OK) return rc;
  }
  return SQLITE_OK;
}

static void run(struct fts *f, const char *sql) {
  if (sqlite3_exec(f->db, sql, NULL, NULL, NULL) != SQLITE_OK) die(sqlite3_errmsg(f->db));
}

static void *fts_new(const char *path) {
  struct fts *f = calloc(1, sizeof *f);
  fts5_api *api = NULL;
  sqlite3_stmt *s;
  fts5_tokenizer methods = {create, destroy, tokenize};
  if (f == NULL) die("out of memory");
  snprintf(f->path, sizeof f->path, "%s", path);
  unlink(path);
  sqlite3_open(path, &f->db);
  sqlite3_prepare_v2(f->db, "SELECT fts5(?1)", -1, &s, NULL);
  sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(s);
  sqlite3_finalize(s);
  if (api == NULL || api->xCreateTokenizer(api, "ready", f, &methods, NULL) != SQLITE_OK) die("no FTS5");
  run(f,
      "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
      "PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=1073741824;"
      "CREATE VIRTUAL TABLE t USING fts5(body, content='', tokenize='ready');"
      "INSERT INTO t(t, rank) VALUES('hashsize', 67108864); INSERT INTO t(t, rank) VALUES('automerge', 0);"
      "INSERT INTO t(t, rank) VALUES('crisismerge', 16);");
  return f;
}

static void put(struct fts *f, sqlite3_stmt *s, uint32_t doc) {
  f->doc = doc;
  f->ready = 1;
  sqlite3_bind_int64(s, 1, (int64_t)doc + 1);
  if (sqlite3_step(s) != SQLITE_DONE) die(sqlite3_errmsg(f->db));
  sqlite3_reset(s);
  f->ready = 0;
}

static double fts_build(void *self, const struct input *in, uint32_t parts) {
  struct fts *f = self;
  sqlite3_stmt *s;
  f->in = in;
  double from = cpu_seconds();
  run(f, "BEGIN");
  sqlite3_prepare_v2(f->db, "INSERT INTO t(rowid, body) VALUES(?1, 'x')", -1, &s, NULL);
  for (uint32_t doc = 0, part = 1; doc < in->n_docs; doc++) {
    put(f, s, doc);
    if ((uint64_t)(doc + 1) * parts < (uint64_t)part * in->n_docs) continue;
    run(f, "COMMIT; BEGIN");
    part++;
  }
  sqlite3_finalize(s);
  run(f, "COMMIT");
  if (parts == 1) run(f, "INSERT INTO t(t) VALUES('optimize')");
  return cpu_seconds() - from;
}

static void fts_remove(void *self, const struct input *in, uint32_t every) {
  struct fts *f = self;
  sqlite3_stmt *s;
  run(f, "BEGIN");
  sqlite3_prepare_v2(f->db, "INSERT INTO t(t, rowid, body) VALUES('delete', ?1, 'x')", -1, &s, NULL);
  for (uint32_t doc = 0; doc < in->n_docs; doc += every) put(f, s, doc);
  sqlite3_finalize(s);
  run(f, "COMMIT");
}

static void phrase_text(const struct input *in, const struct question *q, char *out, size_t size) {
  const struct word *a = &in->words[q->a], *b = &in->words[q->b];
  static const char *const form[KINDS] = {"\"%.*s\"", "\"%.*s\"", "\"%.*s\" AND \"%.*s\"",
                                          "\"%.*s\" OR \"%.*s\"",
                                          "\"%.*s\" + \"%.*s\"", "\"%.*s\" *", "NEAR(\"%.*s\" \"%.*s\", 5)"};
  if (q->kind == K_PREFIX) a = &q->prefix;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  snprintf(out, size, form[q->kind], (int)a->len, a->text, (int)b->len, b->text);
#pragma GCC diagnostic pop
}

static void fts_ask(void *self, const struct input *in, const struct question *q, struct answer *out) {
  struct fts *f = self;
  char text[4096];
  if (f->query == NULL &&
      sqlite3_prepare_v2(f->db, "SELECT rowid, rank FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT 10", -1,
                         &f->query, NULL) != SQLITE_OK)
    die(sqlite3_errmsg(f->db));
  phrase_text(in, q, text, sizeof text);
  sqlite3_bind_text(f->query, 1, text, -1, SQLITE_STATIC);
  out->n = 0;
  int rc;
  while ((rc = sqlite3_step(f->query)) == SQLITE_ROW)
    out->score[out->n++] = -sqlite3_column_double(f->query, 1);
  if (rc != SQLITE_DONE) die(sqlite3_errmsg(f->db));
  sqlite3_reset(f->query);
}

static double fts_size(void *self) {
  struct fts *f = self;
  sqlite3_stmt *s;
  sqlite3_prepare_v2(f->db, "SELECT sum(length(block)) FROM t_data", -1, &s, NULL);
  sqlite3_step(s);
  double n = sqlite3_column_double(s, 0);
  sqlite3_finalize(s);
  return n;
}

static void fts_close(void *self) {
  struct fts *f = self;
  sqlite3_finalize(f->query);
  sqlite3_close(f->db);
  unlink(f->path);
  free(f);
}

struct engine fts_engine(const char *path) {
  return (struct engine){"FTS5", fts_build, fts_remove, fts_ask, fts_size, fts_close, fts_new(path)};
}
