/*
** segments.h - the segments of a corpus: what is gathered in the open
** transaction, what is opened of those in the file, and when they merge.
*/
#ifndef MILL_SEGMENTS_H
#define MILL_SEGMENTS_H

#include "segment.h"

struct segment_set {
  struct segment_store store;
  struct gather gather;                       /* articles not written yet */
  struct index_segment *items; uint32_t n, capacity;
  int valid;                                  /* items are those of this snapshot */
  int broken;                                 /* writing failed half way: nothing may be committed */
  int64_t version;                            /* PRAGMA data_version when they were read */
};

struct mill_corpus;
/* A transaction has begun: has another connection written since? */
int segments_begin(struct mill_corpus *c, mill_error *err);
/* Writes what is gathered, and opens the segments of the file: c->index.items. */
int segments_get(struct mill_corpus *c, mill_error *err);
int segments_add(struct mill_corpus *c, int64_t article, int64_t doc, const uint32_t *body, uint32_t n_body,
                 const uint32_t *rest, uint32_t n_rest, mill_error *err);
int segments_remove(struct mill_corpus *c, const int64_t *articles, uint32_t n, mill_error *err);
/* Before a commit: writes what is gathered and merges where 8 of a level are. */
int segments_commit(struct mill_corpus *c, mill_error *err);
/* All into one, without what is removed. */
int segments_compact(struct mill_corpus *c, mill_error *err);
void segments_undo(struct mill_corpus *c);
void segments_close(struct mill_corpus *c);
/* What a failure of the functions of segment.h was. Returns its code. */
int segments_fail(struct mill_corpus *c, int code, const char *doing, mill_error *err);

#endif
