/*
** test_early.c - the pages of a new file's first batch, which go to the disk while the index is made
** (store/early.c): a disk that refuses them there fails the commit, and nothing of the batch stays; one that
** does not is waited for.
**
** The system's files are ours here: they count who waits for them, and refuse a thread that is not the first.
*/
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "store/store.h"
#include "store/workers.h"

static pthread_t first;
static int refuses, apart, at_home; /* waits of other threads, of ours */
static sqlite3_vfs ours, *theirs;
static sqlite3_io_methods methods;
static const sqlite3_io_methods *real;

static int wait_for_disk(sqlite3_file *f, int flags) {
  int beside = !pthread_equal(pthread_self(), first);
  *(beside ? &apart : &at_home) += 1;
  if (beside && refuses) return SQLITE_IOERR_FSYNC;
  return real->xSync(f, flags);
}

/* The main file gets our methods; who asks it for its system hears the real one's name. */
static int open_file(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
  (void)v;
  int code = theirs->xOpen(theirs, name, f, flags, out);
  if (code != SQLITE_OK || !(flags & SQLITE_OPEN_MAIN_DB)) return code;
  real = f->pMethods;
  methods = *real;
  methods.xSync = wait_for_disk;
  f->pMethods = &methods;
  return code;
}

static void install(void) {
  first = pthread_self();
  theirs = sqlite3_vfs_find(NULL);
  ours = *theirs;
  ours.zName = "counting";
  ours.xOpen = open_file;
  CHECK_EQ(sqlite3_vfs_register(&ours, 1), SQLITE_OK);
}

/* A batch that is large enough: documents of about 16 kB. */
static int add_batch(mill_corpus *c, mill_error *err) {
  static char raw[16384];
  int code = mill_corpus_begin(c, err);
  for (int k = 0; k < 100 && code == 0; k++) {
    char id[16];
    size_t n = 0;
    snprintf(id, sizeof id, "%d", k);
    while (n < sizeof raw - 64) n += (size_t)snprintf(raw + n, 64, "第%d村第%zu组共有农户%d户。\n", k, n, k);
    mill_source source = {.id = id};
    mill_receipt receipt;
    code = mill_corpus_add_raw(c, raw, n, NULL, &source, &receipt, err);
  }
  return code < 0 ? code : mill_corpus_commit(c, err);
}

static int64_t rows(const char *path) {
  sqlite3 *db = NULL;
  sqlite3_stmt *s = NULL;
  int64_t n = -1;
  CHECK_EQ(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  if (CHECK_EQ(sqlite3_prepare_v2(db, "SELECT count(*) FROM mill_docs", -1, &s, NULL), SQLITE_OK) &&
      sqlite3_step(s) == SQLITE_ROW)
    n = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  sqlite3_close(db);
  return n;
}

/* threads: with more than one the other one writes, too. */
static void run(const mill_data *d, int refuse, unsigned threads) {
  char path[] = "/tmp/test_early.XXXXXX";
  mill_corpus *c = NULL;
  mill_error err = {0};
  int fd = mkstemp(path);
  if (!CHECK(fd >= 0)) return;
  close(fd);
  refuses = apart = at_home = 0;
  CHECK_EQ(mill_corpus_open(d, path, MILL_MODE_CREATE, &c, &err), 0);
  refuses = refuse;
  mill_corpus_use_threads(c, threads);
  int code = add_batch(c, &err);
  CHECK(apart > 0);
  if (refuse) {
    CHECK_EQ(code, MILL_EIO);
    CHECK(strstr(err.message, "not an error") == NULL);
  } else {
    CHECK_EQ(code, 0);
  }
  mill_corpus_close(c);
  CHECK_EQ(rows(path), refuse ? 0 : 100);
  CHECK(refuse || at_home > 0); /* the commit waits, too */
  unlink(path);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_data *d = NULL;
  mill_error err = {0};
  install();
  if (!CHECK_EQ(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &d, &err), 0)) return check_report();
  if (strcmp(theirs->zName, "unix") == 0) {
    for (unsigned threads = 1; threads <= 2; threads++) {
      run(d, 0, threads);
      run(d, 1, threads);
    }
  }
  mill_data_free(d);
  return check_report();
}
