/* workers.h - threads that prepare documents for a corpus; see workers.c. */
#ifndef MILL_WORKERS_H
#define MILL_WORKERS_H

#include "store.h"

typedef struct mill_workers mill_workers;
/* 1 to 64 threads for an open corpus, the calling one among them, to which the corpus
** belongs and which makes all calls. 0 or MILL_E*; *out is owned by the caller. */
int mill_workers_open(mill_corpus *c, unsigned threads, mill_workers **out, mill_error *err);
/* Is there no room for another document before mill_workers_next? */
int mill_workers_full(const mill_workers *w);
unsigned mill_workers_pending(const mill_workers *w); /* documents put and not stored yet */
/* Copies a document and hands it to a thread. options and source may be NULL; note: a number of the
** caller's for it. 0, MILL_ENOMEM, MILL_EINVAL when full. */
int mill_workers_put(mill_workers *w, const char *raw, size_t n, const mill_clean_options *options,
                     const mill_source *source, int64_t note, mill_error *err);
/* What came with the oldest document; strings until mill_workers_next. All 0: there is none. */
typedef struct mill_under_way { const char *id, *path; size_t bytes; int64_t note; } mill_under_way;
mill_under_way mill_workers_oldest(mill_workers *w);
/* Waits for the oldest document, at work on others, and stores it: as mill_corpus_add_raw returns;
** either way the document is done with. MILL_ENOTFOUND when there is none. */
int mill_workers_next(mill_workers *w, mill_receipt *out, mill_error *err);
/* So many threads, the calling one among them, write the index of a large batch from now on;
** 1 until something is said. What they write is the same for any number. */
void mill_corpus_use_threads(mill_corpus *c, unsigned threads);
/* Joins the threads; what was not stored is dropped. NULL is fine. */
void mill_workers_close(mill_workers *w);

#endif
