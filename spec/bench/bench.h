/*
** bench.h - what the parts of the bench share.
**
**   stages.c   the two tables and the order of things
**   timers.c   one pass raw -> searchable, each stage's own time
**   rivals.c   ICU and FTS5 on the same text
**   sizes.c    bytes on disk and in memory, opening times
**   tools.c    clock, median, documents
**   row.h      rows for `make bench-clean`
*/
#ifndef MILL_BENCH_H
#define MILL_BENCH_H

#include <stddef.h>

#include "../../csrc/store/store.h"
#include "row.h"

#define MAX_RUNS 25

/* ---- tools.c ---- */

_Noreturn void die(const char *what);
double seconds(void);
double cpu_seconds(void);              /* used by this process */
double median(double *values, int n); /* sorts them */
double megabytes(size_t bytes);       /* of 10^6 */

/* Documents as make_docs.lua writes them. */
typedef struct docs {
  char *bytes; size_t len;            /* the whole file */
  const char **doc; size_t *size; size_t n, total;
} docs;
docs docs_read(const char *folder, const char *name);
void docs_free(docs *d);
/* The same documents cleaned (folded: and folded), for stages and rivals that
** want text. */
docs docs_clean(const mill_data *data, const docs *raw, int folded);

/* ---- timers.c ---- */

enum stage {
  STAGE_REST, /* in no stage: what the sum does not explain */
  STAGE_HASH, STAGE_VALIDATE, STAGE_DECODE, STAGE_HTML, STAGE_GLOSS, STAGE_NFC, STAGE_BLANK,
  STAGE_COMPOSE, STAGE_CLEAN, STAGE_BLOCKS, STAGE_FOLD, STAGE_SEGMENT, STAGE_IDS, STAGE_FORWARD,
  STAGE_MAPS, STAGE_LAYOUT, STAGE_ROWS, STAGE_INDEX, STAGE_COMMIT, STAGE_FREE, STAGES
};
typedef struct pass { double of[STAGES], total, cpu, close; } pass; /* cpu: of total */
extern const char *const stage_names[STAGES];
/* Adds every document to a new corpus at `path` in one batch. */
pass pass_run(const mill_data *data, const docs *d, const char *path);
void remove_corpus(const char *path);

/* ---- rivals.c ---- */

double rival_words(const docs *d);            /* ICU's word break iterator: seconds */
double rival_fold(const docs *d);             /* ICU's NFKC_Casefold */
double rival_fts(const docs *d, const char *path, const char *tokenizer);

/* ---- sizes.c ---- */

void sizes_print(const mill_data *data, const char *folder, const char *path);
void opening_print(const char *images, const char *path);
double memory_peak(void); /* MB */

#endif
