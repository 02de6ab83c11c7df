/*
** early.c - the rows of a new file's first batch on their way to the disk while its index is made.
**
**   rows ... rows | write pages | wait for the disk ............ |
**                 | count sort encode            | write the rest| commit
**
** Without it the disk has nothing to do until the commit, which then waits for all of it. A page
** that changes once more is written once more. What the transaction promises stays: the pages were
** not to be kept in any order (what was there before is in the journal, which is on the disk before
** they are written), and the commit waits for the disk as ever. One failure of the disk is told
** to one who waits: so ours counts.
**
** The connection is used by one thread at a time. The file is only waited for beside it, which the
** system's own functions allow; files of another kind are left alone.
*/
#include "early.h"

#include <string.h>

#include "internal.h"

/* What fails here fails again when it is committed; for readers, too, the commit waits. */
static void write_pages(sqlite3 *db) {
  sqlite3_busy_timeout(db, 0);
  sqlite3_db_cacheflush(db);
  sqlite3_busy_timeout(db, BUSY_MS);
}

static void *run(void *arg) {
  struct early *e = arg;
  if (e->apart) {
    write_pages(e->db);
    pthread_mutex_lock(&e->mutex);
    e->written = 1;
    pthread_cond_signal(&e->settled);
    pthread_mutex_unlock(&e->mutex);
  }
  e->failed = e->file->pMethods->xSync(e->file, SQLITE_SYNC_NORMAL) != SQLITE_OK;
  return NULL;
}

/* The main file, where it is one of the system's. */
static sqlite3_file *file_of(sqlite3 *db) {
  sqlite3_file *file = NULL;
  char *name = NULL;
  int known = sqlite3_file_control(db, "main", SQLITE_FCNTL_VFSNAME, &name) == SQLITE_OK && name != NULL &&
              strcmp(name, "unix") == 0;
  sqlite3_free(name);
  if (!known || sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return NULL;
  return file != NULL && file->pMethods != NULL ? file : NULL;
}

void early_begin(struct early *e, sqlite3 *db, int apart) {
  if (e->started || (e->file = file_of(db)) == NULL) return;
  e->db = db;
  e->apart = apart;
  e->failed = e->written = 0;
  if (!apart) write_pages(db);
  pthread_mutex_init(&e->mutex, NULL);
  pthread_cond_init(&e->settled, NULL);
  e->started = pthread_create(&e->thread, NULL, run, e) == 0;
  if (e->started) return;
  pthread_cond_destroy(&e->settled);
  pthread_mutex_destroy(&e->mutex);
}

void early_settle(struct early *e) {
  if (!e->started || !e->apart) return;
  pthread_mutex_lock(&e->mutex);
  while (!e->written) pthread_cond_wait(&e->settled, &e->mutex);
  pthread_mutex_unlock(&e->mutex);
}

int early_end(struct early *e) {
  if (!e->started) return 0;
  pthread_join(e->thread, NULL);
  pthread_cond_destroy(&e->settled);
  pthread_mutex_destroy(&e->mutex);
  e->started = 0;
  return e->failed ? -1 : 0;
}
