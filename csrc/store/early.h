/* early.h - while the index of a large batch is made, what the batch has written before goes to the
** disk (early.c). */
#ifndef MILL_EARLY_H
#define MILL_EARLY_H

#include <pthread.h>
#include <sqlite3.h>

struct early {
  sqlite3 *db;
  sqlite3_file *file;
  pthread_t thread;
  int started, failed;            /* the thread is there; the disk has refused */
  int apart, written;             /* the thread writes, too; it has */
  pthread_mutex_t mutex;
  pthread_cond_t settled;
};

/* Begins with the pages of the open transaction. apart: a thread may write them while this one
** leaves the connection alone until early_settle. Where it cannot be done nothing is. */
void early_begin(struct early *e, sqlite3 *db, int apart);
/* The connection is the caller's again. */
void early_settle(struct early *e);
/* Waits for the disk. 0, or -1: it has refused, and the transaction must not be committed. Also
** for what never began. */
int early_end(struct early *e);

#endif
