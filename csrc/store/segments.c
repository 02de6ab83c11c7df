/*
** segments.c - the segments of a corpus, in transactions.
**
**   add -> gather --64 MB, commit or a reader--> segment of level 0
**   8 segments of level n --commit--> one of level n + 1
**   remove -> a bit in the segment's row
**
** Everything is rows of the one SQLite file, so a commit has the index with its
** documents, a killed process leaves neither, and readers see their snapshot.
** A segment never changes but for its bits: the opened ones are kept by their
** number, the bits are read again when another connection has written.
*/
#include "segments.h"

#include "internal.h"
#include "seams.h"

#define BUDGET ((size_t)64 << 20)
#define FAN 8u

int segments_fail(mill_corpus *c, int code, const char *doing, mill_error *err) {
  if (code == MILL_ENOMEM) return mill_fail_memory(err);
  if (code != MILL_EIO)
    return mill_fail(err, code, 0,
                     code == MILL_ECORRUPT ? "%s: the index is damaged" : "%s: the index is too large",
                     c->path != NULL ? c->path : "corpus in memory");
  int rc = sqlite3_extended_errcode(c->db);
  return sql_fail(c, rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_ERROR : rc, doing,
                  err);
}

static void forget(struct segment_set *x) {
  for (uint32_t k = 0; k < x->n; k++) segment_free(&x->items[k]);
  segment_store_forget(&x->store);
  x->n = 0;
  x->valid = 0;
}

void segments_undo(mill_corpus *c) {
  gather_clear(&c->index.gather);
  forget(&c->index); /* a number given in this transaction may be given again */
  c->index.broken = 0;
}

void segments_close(mill_corpus *c) {
  forget(&c->index);
  mem_free(c->index.items);
  gather_free(&c->index.gather);
  segment_store_free(&c->index.store);
}

int segments_begin(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_DATA_VERSION, err);
  c->index.store.db = c->db;
  if (s == NULL) return MILL_EIO;
  int code = sql_row(c, s, "reading the index", err);
  if (code < 0) return code;
  int64_t version = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  if (version != c->index.version) c->index.valid = 0;
  c->index.version = version;
  return 0;
}

/* ---- writing what is gathered */

static int write_gathered(mill_corpus *c, mill_error *err) {
  struct segment_set *x = &c->index;
  int64_t id;
  if (x->broken) return mill_fail(err, MILL_EIO, 0, "the index could not be written before");
  if (x->gather.n_articles == 0) return 0;
  x->broken = 1;
  x->valid = 0;
  int code = gather_write(&x->gather, &x->store, 0, &id);
  if (code < 0) return segments_fail(c, code, "writing the index", err);
  x->broken = 0;
  gather_clear(&x->gather);
  return 0;
}

int segments_add(mill_corpus *c, int64_t article, int64_t doc, const uint32_t *body, uint32_t n_body,
                 const uint32_t *rest, uint32_t n_rest, mill_error *err) {
  struct gather *g = &c->index.gather;
  int code = 0;
  if (g->n_articles > 0 &&
      (g->articles[g->n_articles - 1].article >= article || gather_memory(g) > BUDGET))
    code = write_gathered(c, err);
  struct gathered a = {.article = article, .doc = doc, .body = n_body, .rest = n_rest};
  if (code == 0 && seams_gather(g, &c->words, &a, body, rest) < 0) code = mill_fail_memory(err);
  return code;
}

/* ---- opening */

/* The bits of a segment that is kept. */
static int take_removed(struct index_segment *g, const void *bits, size_t size) {
  if (size == 0) {
    mem_free(g->removed);
    g->removed = NULL;
    g->n_removed = 0;
    return 0;
  }
  if (size != ((size_t)g->n_articles + 7) / 8) return MILL_ECORRUPT;
  if (g->removed == NULL && (g->removed = mem_malloc(size)) == NULL) return MILL_ENOMEM;
  memcpy(g->removed, bits, size);
  g->n_removed = 0;
  for (uint32_t k = 0; k < g->n_articles; k++) g->n_removed += (uint32_t)segment_is_removed(g, k);
  return 0;
}

/* Item k becomes segment `id`: one that is open further on, or opened here. */
static int place(mill_corpus *c, uint32_t k, sqlite3_stmt *s) {
  struct segment_set *x = &c->index;
  int64_t id = sqlite3_column_int64(s, 0);
  uint32_t at = k;
  while (at < x->n && x->items[at].id != id) at++;
  if (at == x->n) {
    if (mill_grow(&x->items, &x->capacity, (size_t)x->n + 1, sizeof *x->items) < 0) return MILL_ENOMEM;
    int code = segment_open(&x->items[x->n++], &x->store, id);
    if (code < 0) return code;
  }
  struct index_segment swap = x->items[k];
  x->items[k] = x->items[at];
  x->items[at] = swap;
  return take_removed(&x->items[k], sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1));
}

static int reconcile(mill_corpus *c, mill_error *err) {
  struct segment_set *x = &c->index;
  uint32_t k = 0;
  if (x->valid) return 0;
  sqlite3_stmt *s = sql_get(c, S_SEGMENT_LIST, err);
  if (s == NULL) return MILL_EIO;
  int code;
  while ((code = sql_row(c, s, "reading the index", err)) > 0) {
    if ((code = place(c, k++, s)) < 0) {
      sqlite3_reset(s);
      forget(x);
      return segments_fail(c, code, "reading the index", err);
    }
  }
  if (code < 0) return forget(x), code;
  while (x->n > k) segment_free(&x->items[--x->n]);
  x->valid = 1;
  return 0;
}

int segments_get(mill_corpus *c, mill_error *err) {
  int code = write_gathered(c, err);
  return code == 0 ? reconcile(c, err) : code;
}

/* ---- removing */

static int is_gathered(const struct gather *g, int64_t article) {
  uint32_t lo = 0, hi = g->n_articles;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (g->articles[mid].article < article) lo = mid + 1;
    else hi = mid;
  }
  return lo < g->n_articles && g->articles[lo].article == article;
}

/* Sets the bit of the article where it is and not removed; its segment, NULL: nowhere. */
static int remove_one(struct index_segment *g, int64_t article) {
  uint32_t lo = 0, hi = g->n_articles;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (g->articles[mid].article < article) lo = mid + 1;
    else hi = mid;
  }
  if (lo == g->n_articles || g->articles[lo].article != article || segment_is_removed(g, lo)) return 0;
  size_t size = ((size_t)g->n_articles + 7) / 8;
  if (g->removed == NULL && (g->removed = mem_calloc(size, 1)) == NULL) return MILL_ENOMEM;
  g->removed[lo / 8] |= (uint8_t)(1u << lo % 8);
  g->n_removed++;
  return 1;
}

static int save_removed(mill_corpus *c, const struct index_segment *g, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_SEGMENT_REMOVED, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, g->id);
  sql_bind_bytes(s, 2, g->removed, ((size_t)g->n_articles + 7) / 8);
  return sql_done(c, s, "writing the index", err);
}

int segments_remove(mill_corpus *c, const int64_t *articles, uint32_t n, mill_error *err) {
  struct segment_set *x = &c->index;
  int code = 0, gathered = 0, found;
  for (uint32_t k = 0; k < n; k++) gathered |= is_gathered(&x->gather, articles[k]);
  if (gathered) code = write_gathered(c, err);
  if (code == 0) code = reconcile(c, err);
  for (uint32_t i = 0; i < x->n && code == 0; i++) {
    int changed = 0;
    for (uint32_t k = 0; k < n && code == 0; k++) {
      found = remove_one(&x->items[i], articles[k]);
      if (found < 0) code = mill_fail_memory(err);
      changed |= found > 0;
    }
    if (code == 0 && changed) code = save_removed(c, &x->items[i], err);
  }
  if (code < 0) x->valid = 0; /* the bits are read again */
  return code;
}

/* ---- merging */

/* A level that has FAN segments: the first FAN of it into numbers; their count or 0. */
static int full_level(mill_corpus *c, int *level, int64_t *numbers, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_SEGMENT_LEVEL, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, FAN);
  int code = sql_row(c, s, "merging the index", err);
  if (code <= 0) return code;
  *level = sqlite3_column_int(s, 0);
  sqlite3_reset(s);
  if ((s = sql_get(c, S_SEGMENT_OF_LEVEL, err)) == NULL) return MILL_EIO;
  sqlite3_bind_int(s, 1, *level);
  int n = 0;
  while (n < (int)FAN && (code = sql_row(c, s, "merging the index", err)) > 0)
    numbers[n++] = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  return code < 0 ? code : n;
}

static int merge(mill_corpus *c, const struct index_segment *const *from, uint32_t n, int level,
                 mill_error *err) {
  int64_t merged;
  c->index.broken = 1;
  int code = segment_merge(from, n, &c->index.store, level, &merged);
  c->index.valid = 0;
  if (code < 0) return segments_fail(c, code, "merging the index", err);
  c->index.broken = 0;
  return 0;
}

/* Opens n segments of the file, with their bits; free in any case. */
static int open_numbers(mill_corpus *c, const int64_t *numbers, int n, struct index_segment *out,
                        mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_SEGMENT_LIST, err);
  int code, found = 0;
  if (s == NULL) return MILL_EIO;
  while ((code = sql_row(c, s, "merging the index", err)) > 0) {
    int64_t id = sqlite3_column_int64(s, 0);
    int k = 0;
    while (k < n && numbers[k] != id) k++;
    if (k == n) continue;
    if ((code = segment_open(&out[k], &c->index.store, id)) == 0)
      code = take_removed(&out[k], sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1));
    if (code < 0) return sqlite3_reset(s), segments_fail(c, code, "merging the index", err);
    found++;
  }
  if (code < 0) return code;
  return found == n ? 0 : segments_fail(c, MILL_ECORRUPT, "merging the index", err);
}

/* Those that merge are opened for it alone: who fills a file asks for none, and all
** together would grow with it. */
static int merge_numbers(mill_corpus *c, const int64_t *numbers, int n, int level, mill_error *err) {
  struct index_segment items[FAN] = {0};
  const struct index_segment *from[FAN];
  int code = open_numbers(c, numbers, n, items, err);
  for (int k = 0; k < n; k++) from[k] = &items[k];
  if (code == 0) code = merge(c, from, (uint32_t)n, level, err);
  for (int k = 0; k < n; k++) segment_free(&items[k]);
  return code;
}

int segments_commit(mill_corpus *c, mill_error *err) {
  int64_t numbers[FAN];
  int level = 0, n, code = write_gathered(c, err);
  while (code == 0 && (n = full_level(c, &level, numbers, err)) != 0) {
    if (n < 0) return n;
    code = merge_numbers(c, numbers, n, level + 1, err);
  }
  return code;
}

int segments_compact(mill_corpus *c, mill_error *err) {
  int code = segments_get(c, err);
  uint32_t n = c->index.n;
  if (code < 0 || n == 0 || (n == 1 && c->index.items[0].n_removed == 0)) return code;
  const struct index_segment **from = mem_malloc(n * sizeof *from);
  if (from == NULL) return mill_fail_memory(err);
  uint64_t articles = 0;
  int level = 1; /* the one that merging would have led to */
  for (uint32_t k = 0; k < n; k++) {
    from[k] = &c->index.items[k];
    articles += from[k]->n_articles;
  }
  for (; articles >= 512; articles /= FAN) level++;
  code = merge(c, from, n, level, err);
  mem_free(from);
  return code;
}
