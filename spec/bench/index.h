/* index.h - what the engines of `make bench-index` are given: the same words. */
#ifndef MILL_BENCH_INDEX_H
#define MILL_BENCH_INDEX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct word { const char *text; uint32_t len; };
struct input {
  uint32_t n_docs, *first;      /* words of document d: [first[d], first[d+1]) */
  uint32_t *ids;                /* corpus ids, dense from 1 */
  uint32_t n_ids;
  struct word *words;           /* [id] */
  uint8_t *given;               /* [word]: 0, its id must be found by its text */
  size_t bytes;                 /* of raw text */
};

enum kind { K_RARE, K_FREQUENT, K_AND, K_OR, K_PHRASE, K_PREFIX, K_NEAR, KINDS };
#define NEAR_DISTANCE 5
struct question { enum kind kind; uint32_t a, b; struct word prefix; };

struct answer { uint32_t n; double score[10]; };

/* An engine over a file or folder at path, which is removed by close. parts: commits
** (segments, where the engine has them), each a share of the documents; 1: merged
** into one. NULL: what the engine has no measured form of. */
struct engine {
  const char *name;
  double (*build)(void *self, const struct input *in, uint32_t parts);  /* seconds */
  void (*remove)(void *self, const struct input *in, uint32_t every);   /* documents 0, every, ... */
  void (*ask)(void *self, const struct input *in, const struct question *q, struct answer *out);
  double (*size)(void *self);                                           /* bytes */
  void (*close)(void *self);
  void *self;
};

/* given: all ids are ready, else a fifth is looked up by its text. budget: of memory. */
struct engine own_engine(const char *path, int given, size_t budget);
struct engine fts_engine(const char *path);
/* Compiled in where the library is there: BENCH_XAPIAN, BENCH_GROONGA, BENCH_LUCENE. */
struct engine xapian_engine(const char *path);
struct engine groonga_engine(const char *path);
struct engine lucene_engine(const char *path);

struct vocab;
const struct vocab *bench_vocabulary(void);  /* of the words of the input */

#ifdef __cplusplus
}
#endif
#endif
