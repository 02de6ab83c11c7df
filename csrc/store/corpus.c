/*
** corpus.c - opening, closing, transactions.
**
**   begin .. add add add | add add .. commit      a batch: commits by size
**            ^ one transaction ^                  and time on its own; the next
**                                                 call begins the next one
**
** Invariant: words_committed <= words_saved <= words.n; after a rollback the
** vocabulary is cut back to words_committed.
*/
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include "columns.h"
#include "early.h"
#include "scope.h"
#include "stream.h"

#define BATCH_BYTES ((size_t)64 << 20)
#define BATCH_SECONDS 5.0
#define EARLY_BYTES ((size_t)1 << 20)
#define FRESH_WAITS 12 /* times BUSY_MS */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

const char *mill_corpus_path(const mill_corpus *c) { return c->path; }

/* ---- opening */

/* A stranger's file: no SQL in it may do more than hold data. */
static void harden(sqlite3 *db) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_busy_timeout(db, BUSY_MS);
  sqlite3_extended_result_codes(db, 1);
}

/* Is there a regular file? *empty: it has no bytes (or is absent). */
static int check_file(const char *path, enum mill_mode mode, int *empty, mill_error *err) {
  struct stat st;
  *empty = 1;
  if (*path == 0 || strcmp(path, ":memory:") == 0) /* SQLite would drop it on closing */
    return mill_fail(err, MILL_EINVAL, 0, "'%s' is not the name of a file", path);
  if (stat(path, &st) != 0) {
    if (errno == ENOENT && mode == MILL_MODE_CREATE) return 0;
    return mill_fail(err, errno == ENOENT ? MILL_ENOTFOUND : MILL_EIO, 0, "%s: %s", path,
                     strerror(errno));
  }
  if (S_ISDIR(st.st_mode)) return mill_fail(err, MILL_EFORMAT, 0, "%s: is a folder", path);
  if (!S_ISREG(st.st_mode))
    return mill_fail(err, MILL_EFORMAT, 0, "%s: is not a regular file", path);
  *empty = st.st_size == 0;
  if (*empty && mode != MILL_MODE_CREATE)
    return mill_fail(err, MILL_EFORMAT, 0, "%s: an empty file, not a textmill corpus", path);
  return 0;
}

static int can_read(sqlite3 *db) {
  return sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

/* Has the file a log that is not in it yet, or a journal? Without it what one
** reads is old, or between two states. */
static int has_log(const char *path, const char *suffix) {
  struct stat st;
  char *name = sqlite3_mprintf("%s%s", path, suffix);
  int yes = name == NULL || (stat(name, &st) == 0 && st.st_size > 0);
  sqlite3_free(name);
  return yes;
}

/* A process that was killed in its first batch left a journal, which whoever may
** write undoes when looking at the file, although we are only to read. */
static int recover(const char *path) {
  sqlite3 *db = NULL;
  int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc == SQLITE_OK) harden(db), rc = can_read(db);
  sqlite3_close_v2(db);
  return rc;
}

/* A medium where no -shm file can be made: read the file as unchanging. */
static int open_immutable(mill_corpus *c, const char *path) {
  static const char hex[] = "0123456789abcdef";
  mill_buffer uri = {0};
  mill_buffer_append(&uri, "file:", 5);
  for (const unsigned char *p = (const unsigned char *)path; *p != 0; p++) {
    if (*p > ' ' && *p < 0x7f && strchr("?#%", *p) == NULL) {
      mill_buffer_byte(&uri, *p);
    } else {
      mill_buffer_byte(&uri, '%');
      mill_buffer_byte(&uri, hex[*p >> 4]);
      mill_buffer_byte(&uri, hex[*p & 15]);
    }
  }
  mill_buffer_append(&uri, "?immutable=1", 12);
  char *text = mill_buffer_take(&uri, NULL);
  if (text == NULL) return SQLITE_NOMEM;
  sqlite3_close_v2(c->db);
  c->db = NULL;
  int rc = sqlite3_open_v2(text, &c->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
  mem_free(text);
  return rc;
}

static int connect(mill_corpus *c, enum mill_mode mode, mill_error *err) {
  int flags = mode == MILL_MODE_READ    ? SQLITE_OPEN_READONLY
              : mode == MILL_MODE_WRITE ? SQLITE_OPEN_READWRITE
                                        : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const char *path = c->path != NULL ? c->path : ":memory:";
  int rc = sqlite3_open_v2(path, &c->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc == SQLITE_OK) harden(c->db);
  if (rc == SQLITE_OK && (rc = can_read(c->db)) != SQLITE_OK && mode == MILL_MODE_READ) {
    int refused = (rc & 0xff) == SQLITE_CANTOPEN || (rc & 0xff) == SQLITE_READONLY;
    if (refused && has_log(path, "-journal")) {
      if (recover(path) == SQLITE_OK) rc = can_read(c->db);
    } else if (refused && !has_log(path, "-wal")) {
      rc = open_immutable(c, path);
      if (rc == SQLITE_OK) harden(c->db), rc = can_read(c->db);
    }
  }
  if (rc == SQLITE_OK) return 0;
  if (c->db == NULL) return mill_fail_memory(err);
  if ((rc & 0xff) == SQLITE_NOTADB)
    return mill_fail(err, MILL_EFORMAT, 0, "%s: not a textmill corpus (not an SQLite file)", path);
  return sql_fail(c, rc, "opening", err);
}

static int has_tables(mill_corpus *c) {
  sqlite3_stmt *s;
  int yes = 1;
  if (sqlite3_prepare_v2(c->db, "SELECT count(*) FROM sqlite_schema", -1, &s, NULL) != SQLITE_OK)
    return 1;
  if (sqlite3_step(s) == SQLITE_ROW) yes = sqlite3_column_int(s, 0) > 0;
  sqlite3_finalize(s);
  return yes;
}

static int prepare(mill_corpus *c, mill_error *err);

/* Runs it without waiting for the disk: what an interrupted process leaves is as sound as ever,
** for a machine that loses its power nothing has been promised yet. */
static int without_waiting(mill_corpus *c, int (*f)(mill_corpus *, mill_error *), mill_error *err) {
  sqlite3_exec(c->db, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
  int code = f(c, err), restored = sql_exec(c, "PRAGMA synchronous=FULL", "opening", code == 0 ? err : NULL);
  return code == 0 ? restored : code;
}

/* Page size first (WAL mode fixes it), tables last: a process killed in
** between leaves a file without tables, finished next time. */
static int create(mill_corpus *c, mill_error *err) {
  int code = sql_exec(c, "PRAGMA page_size=16384; PRAGMA journal_mode=TRUNCATE", "making the file", err);
  c->fresh = c->path != NULL;
  if (code == 0) code = prepare(c, err);
  if (code == 0) code = without_waiting(c, schema_create, err);
  return code < 0 && has_tables(c) ? 0 : code; /* another process was first: checked next */
}

/* No mapped memory: pages from there are checked anew (cell_size_check) whenever they are
** looked at, those of the cache once; and a file cut short by another would end the process. */
static int prepare(mill_corpus *c, mill_error *err) {
  static const char settings[] =
      "PRAGMA foreign_keys=ON; PRAGMA secure_delete=OFF; PRAGMA temp_store=MEMORY;"
      "PRAGMA cache_size=-65536; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0";
  int code = sql_exec(c, settings, "opening", err);
  c->writable = sqlite3_db_readonly(c->db, "main") == 0;
  if (code == 0 && c->writable)
    code = sql_exec(c,
                    "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA "
                    "journal_size_limit=67108864",
                    "opening", err);
  if (code == 0 && c->writable && !c->fresh) {
    code = sql_exec(c, "PRAGMA journal_mode=WAL", "opening", err);
    if (code == MILL_EBUSY) c->fresh = 1, code = 0; /* its maker's first batch is still under way */
  }
  c->fts.data = c->data;
  if (code == 0 && (scope_register(c, c->db) != SQLITE_OK || fact_source_register(c, c->db) != SQLITE_OK))
    code = mill_fail_memory(err);
  if (code == 0 && fts_register(c->db, "unicode61", &c->fts, NULL) != SQLITE_OK)
    code = mill_fail(err, MILL_EVERSION, 0, "this SQLite library has no FTS5");
  return code;
}

static int open_corpus(mill_corpus *c, const char *path, enum mill_mode mode, mill_error *err) {
  int empty = 1, code = 0;
  c->has_fts = ((unsigned)mode & MILL_MODE_FTS5) != 0;
  mode = (enum mill_mode)((unsigned)mode & ~(unsigned)MILL_MODE_FTS5);
  if (vocab_init(&c->words, c->data != NULL ? mill_data_lexicon(c->data) : NULL) < 0)
    return mill_fail_memory(err);
  c->totals_version = c->user_epoch = c->index.version = -1;
  if (path != NULL) {
    if ((code = check_file(path, mode, &empty, err)) < 0) return code;
    if ((c->path = mem_malloc(strlen(path) + 1)) == NULL) return mill_fail_memory(err);
    strcpy(c->path, path);
  } else {
    mode = MILL_MODE_CREATE;
  }
  if ((code = connect(c, mode, err)) < 0) return code;
  if (mode == MILL_MODE_CREATE && !has_tables(c)) {
    if (!empty && sqlite3_db_readonly(c->db, "main"))
      return mill_fail(err, MILL_EREADONLY, 0, "%s: read-only and empty", path);
    code = create(c, err);
  } else if ((code = schema_check(c, err)) == 0) {
    code = prepare(c, err);
    if (code == 0 && c->writable && c->is_older) code = schema_upgrade(c, err);
  }
  if (code == 0 && path != NULL) code = schema_check(c, err);
  return code;
}

int mill_corpus_open(const mill_data *d, const char *path, enum mill_mode mode,
                     mill_corpus **out, mill_error *err) {
  mill_corpus *c = mem_calloc(1, sizeof *c);
  *out = NULL;
  if (c == NULL) return mill_fail_memory(err);
  c->data = d;
  int code = open_corpus(c, path, mode, err);
  if (code < 0) {
    mill_corpus_close(c);
    return code;
  }
  *out = c;
  return 0;
}

void mill_corpus_close(mill_corpus *c) {
  if (c == NULL) return;
  sql_finalize(c);
  segments_close(c);
  sqlite3_close_v2(c->db);
  stream_free(c->stream);
  columns_drop(c);
  vocab_free(&c->words);
  seen_free(&c->seen);
  mill_userwords_free(c->user);
  mill_tokens_free(&c->tokens);
  mill_buffer_free(&c->scratch);
  mill_buffer_free(&c->scratch2);
  mem_free(c->ids);
  mem_free(c->known_run.inputs);
  mem_free(c->path);
  mem_free(c);
}

/* ---- the vocabulary in the file */

/* Another process may have added words since. */
static int refresh_words(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, c->has_word_rows ? S_WORD_MAX : S_VOCABULARY_MAX, err);
  if (s == NULL) return MILL_EIO;
  int code = sql_row(c, s, "reading the words", err);
  if (code < 0) return code;
  int64_t max = code > 0 ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_reset(s);
  code = max > (int64_t)c->words.n ? ledger_load_words(c, err) : 0;
  if (code < 0) return code;
  c->words_saved = c->words_committed = c->words.n;
  if ((code = userwords_refresh(c, err)) < 0) return code;
  return c->has_segments ? segments_begin(c, err) : 0;
}

int corpus_words(mill_corpus *c, mill_error *err) { return refresh_words(c, err); }

/* ---- transactions */

static int run(mill_corpus *c, enum statement which, const char *doing, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, which, err);
  return s == NULL ? MILL_EIO : sql_done(c, s, doing, err);
}

/* What ends a transaction is prepared before it begins: undoing must work
** when memory is refused. */
static int prepare_ends(mill_corpus *c, mill_error *err) {
  return sql_get(c, S_COMMIT, err) == NULL || sql_get(c, S_ROLLBACK, err) == NULL ? MILL_EIO : 0;
}

static void undo(mill_corpus *c) {
  c->writing = 0;
  if (!sqlite3_get_autocommit(c->db)) run(c, S_ROLLBACK, "undoing", NULL);
  if (!sqlite3_get_autocommit(c->db)) c->writable = 0; /* nothing may be built on this */
  vocab_truncate(&c->words, c->words_committed);
  c->words_saved = c->words_committed;
  segments_undo(c);
  stream_free(c->stream); /* what they hold may never have been written */
  c->stream = NULL;
  columns_drop(c);
  c->totals_version = c->user_epoch = -1;
  c->batch_bytes = c->batch_docs = 0;
}

static int start(mill_corpus *c, mill_error *err) {
  if (!c->writable)
    return mill_fail(err, MILL_EREADONLY, 0, "%s: the corpus is read-only", c->path);
  int code = prepare_ends(c, err);
  if (code == 0) code = run(c, S_BEGIN, "writing", err);
  if (code == 0 && ((code = refresh_words(c, err)) < 0 || (code = ledger_load_numbers(c, err)) < 0)) undo(c);
  c->writing = code == 0;
  if (code == 0) seen_begin(&c->seen, c->numbers.doc == 0, c->has_segments ? c->index.version : -1);
  c->transactions++;
  c->batch_bytes = c->batch_docs = 0;
  c->batch_start = now();
  return code;
}

/* Undoes the transaction after a failure and says what went with it. */
static int fail_undone(mill_corpus *c, int code, mill_error *err) {
  uint32_t lost = c->batch_docs;
  undo(c);
  c->batch = 0;
  if (err == NULL) return code;
  char *end = err->message + strlen(err->message);
  size_t room = sizeof err->message - strlen(err->message);
  if (lost > 0) snprintf(end, room, " (%u documents since the last commit are undone)", lost);
  else snprintf(end, room, " (what was written since the last commit is undone)");
  return code;
}

/* The first transaction of a new file goes straight to its place: there are no old
** pages to save, and a log would only be copied. With the next one, readers and the
** writer shall not wait for each other. When a reader keeps us from changing over now,
** the next commit tries again. Two bytes of the first page change: whichever of both
** is on the disk, what was committed is there. */
static int use_log(mill_corpus *c, mill_error *err) {
  return sql_exec(c, "PRAGMA journal_mode=WAL", "committing", err);
}

static void leave_fresh(mill_corpus *c) {
  sqlite3_busy_timeout(c->db, 0);
  c->fresh = without_waiting(c, use_log, NULL) != 0;
  sqlite3_busy_timeout(c->db, BUSY_MS);
}

/* Without a log readers are waited for; what has been added is not to be lost by it. */
static int commit(mill_corpus *c, mill_error *err) {
  int code = run(c, S_COMMIT, "committing", err);
  for (int k = 0; k < FRESH_WAITS && code == MILL_EBUSY && c->fresh; k++)
    code = run(c, S_COMMIT, "committing", err);
  if (code == 0 && c->fresh) leave_fresh(c);
  return code;
}

/* Pages that go straight to their places may go there early. A log would be written twice: pages
** that change again change its checksums from there on. */
static int finish_segments(mill_corpus *c, mill_error *err) {
  struct early early = {0};
  if (c->fresh && c->batch_bytes >= EARLY_BYTES) c->index.gather.early = &early;
  int code = segments_commit(c, err);
  c->index.gather.early = NULL;
  if (early_end(&early) < 0 && code == 0) /* SQLite knows nothing of it */
    code = mill_fail(err, MILL_EIO, 0, "%s: committing: the disk does not keep what is written", c->path);
  return code;
}

static int finish(mill_corpus *c, mill_error *err) {
  int code = c->has_segments ? finish_segments(c, err) : 0;
  if (code == 0) code = ledger_save_words(c, err);
  if (code == 0) code = ledger_save_numbers(c, err);
  if (code == 0) code = commit(c, err);
  if (code < 0) return fail_undone(c, code, err);
  c->writing = 0;
  c->words_committed = c->words_saved;
  c->totals_version = -1;
  c->batch_bytes = c->batch_docs = 0;
  return 0;
}

int mill_corpus_begin(mill_corpus *c, mill_error *err) {
  if (c->batch) return mill_fail(err, MILL_EINVAL, 0, "a batch is open already");
  int code = start(c, err);
  c->batch = code == 0;
  return code;
}

int mill_corpus_commit(mill_corpus *c, mill_error *err) {
  if (!c->batch) return 0;
  int code = sqlite3_get_autocommit(c->db) ? 0 : finish(c, err);
  c->batch = 0;
  return code;
}

uint32_t mill_corpus_pending(const mill_corpus *c) { return c->batch ? c->batch_docs : 0; }

int mill_corpus_rollback(mill_corpus *c, mill_error *err) {
  (void)err;
  if (c->batch) undo(c);
  c->batch = 0;
  return 0;
}

int corpus_enter(mill_corpus *c, size_t bytes, mill_error *err) {
  int code = 0;
  if (c->batch_docs > 0 && bytes > BATCH_BYTES - c->batch_bytes) code = finish(c, err);
  if (code == 0 && sqlite3_get_autocommit(c->db)) code = start(c, err);
  c->changes = sqlite3_total_changes(c->db);
  c->words_before = c->words.n;
  return code;
}

/* Has this call written, or SQLite itself given the transaction up? */
static int is_touched(const mill_corpus *c) {
  return sqlite3_total_changes(c->db) != c->changes || sqlite3_get_autocommit(c->db);
}

int corpus_leave(mill_corpus *c, int code, size_t bytes, mill_error *err) {
  if (!c->batch) {
    if (code >= 0) return finish(c, err);
    undo(c);
    return code;
  }
  if (code < 0 && is_touched(c)) return fail_undone(c, code, err);
  if (code < 0) return vocab_truncate(&c->words, c->words_before), code;
  c->batch_bytes += bytes;
  c->batch_docs += bytes > 0;
  if (c->batch_bytes < BATCH_BYTES && now() - c->batch_start < BATCH_SECONDS) return 0;
  return finish(c, err); /* the next call begins anew */
}

/* Inside a batch, a writing call or another reading one there is a
** transaction already, and the vocabulary is current. */
int corpus_read(mill_corpus *c, mill_error *err) {
  if (!sqlite3_get_autocommit(c->db)) return c->nested++, 0;
  int code = prepare_ends(c, err);
  if (code == 0) code = run(c, S_BEGIN_READ, "reading", err);
  if (code == 0 && (code = refresh_words(c, err)) < 0) run(c, S_ROLLBACK, "reading", NULL);
  return code;
}

void corpus_read_end(mill_corpus *c) {
  if (c->nested > 0) c->nested--;
  else if (!sqlite3_get_autocommit(c->db)) run(c, S_COMMIT, "reading", NULL);
}
