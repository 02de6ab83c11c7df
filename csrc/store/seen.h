/* seen.h - what a file that was empty when we began to write cannot have yet (seen.c). */
#ifndef MILL_SEEN_H
#define MILL_SEEN_H

#include <stddef.h>
#include <stdint.h>

enum seen_kind { SEEN_HASH, SEEN_ID /* of a document or a source: mostly the same */, SEEN_PATH };

struct seen {
  int state;               /* 0 not begun, 1 complete, -1 given up: anything may be there */
  int64_t version;         /* PRAGMA data_version: nobody else has written */
  uint32_t *table; uint32_t mask, n;
};

/* A writing transaction begins: is the file still what we know? empty: it never had a
** document. */
void seen_begin(struct seen *x, int empty, int64_t version);
/* What is stored, and what is taken back by a rollback, stays in. */
void seen_add(struct seen *x, enum seen_kind kind, const void *s, size_t n);
/* 0: the file does not have it; 1: ask. */
int seen_maybe(const struct seen *x, enum seen_kind kind, const void *s, size_t n);
void seen_free(struct seen *x);

#endif
