/*
** index_own.c - textmill's own index (csrc/store: gather_*, segment_*, rank_run) on the
** words of `make bench-index`, in a database tuned as FTS5's is.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "best.h"
#include "index.h"
#include "../../csrc/store/rank.h"
#include "../../csrc/store/vocab.h"

static void *need(void *p) {
  if (p == NULL) die("out of memory");
  return p;
}

struct own {
  sqlite3 *db;
  char path[4096];
  struct segment_store store;
  struct index_segment segments[64]; uint32_t n;
  struct rank_totals totals;
  uint32_t *by_text;            /* ids in the order of their texts: for prefixes */
  int given;                    /* all ids are */
  size_t budget;
};

static const struct input *sorting;
static int by_text(const void *x, const void *y) {
  const struct word *a = &sorting->words[*(const uint32_t *)x], *b = &sorting->words[*(const uint32_t *)y];
  int c = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
  return c != 0 ? c : (a->len > b->len) - (a->len < b->len);
}

static void run(struct own *o, const char *sql) {
  if (sqlite3_exec(o->db, sql, NULL, NULL, NULL) != SQLITE_OK) die(sqlite3_errmsg(o->db));
}

static void *own_new(const char *path, int given, size_t budget) {
  struct own *o = need(calloc(1, sizeof *o));
  snprintf(o->path, sizeof o->path, "%s", path);
  unlink(path);
  sqlite3_open(path, &o->db);
  run(o,
      "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
      "PRAGMA cache_size=-400000; PRAGMA mmap_size=1073741824;" SEGMENT_DDL "\n;" POSTING_DDL);
  o->store.db = o->db;
  o->given = given;
  o->budget = budget;
  return o;
}

static void write_out(struct own *o, struct gather *g) {
  int64_t id;
  if (gather_write(g, &o->store, 0, &id) < 0) die("writing a segment");
  gather_clear(g);
}

static double own_build(void *self, const struct input *in, uint32_t parts) {
  struct own *o = self;
  struct gather g = {0};
  uint32_t room = 1 << 20, *ids = need(malloc(room * sizeof *ids));
  double from = cpu_seconds();
  run(o, "BEGIN");
  for (uint32_t doc = 0, part = 1; doc < in->n_docs; doc++) {
    uint32_t first = in->first[doc], n = in->first[doc + 1] - first;
    const uint32_t *words = in->ids + first;
    if (n > room) die("a document too long");
    if (!o->given) {
      for (uint32_t k = 0; k < n; k++) {
        const struct word *w = &in->words[words[k]];
        ids[k] = in->given[first + k] ? words[k] : vocab_find(bench_vocabulary(), w->text, w->len);
      }
      words = ids;
    }
    if (gather_article(&g, doc + 1, doc + 1, words, n, NULL, 0) < 0) die("out of memory");
    if (gather_memory(&g) > o->budget) write_out(o, &g);
    if ((uint64_t)(doc + 1) * parts < (uint64_t)part * in->n_docs) continue;
    write_out(o, &g);
    run(o, "COMMIT; BEGIN");
    part++;
  }
  run(o, "COMMIT");
  double took = cpu_seconds() - from;
  gather_free(&g);
  free(ids);
  return took;
}

static void own_open(struct own *o, const struct input *in) {
  sqlite3_stmt *s;
  sqlite3_prepare_v2(o->db, "SELECT segment FROM mill_segments ORDER BY segment", -1, &s, NULL);
  while (sqlite3_step(s) == SQLITE_ROW && o->n < 64)
    if (segment_open(&o->segments[o->n++], &o->store, sqlite3_column_int64(s, 0)) < 0)
      die("opening a segment");
  sqlite3_finalize(s);
  o->totals = (struct rank_totals){in->n_docs, in->first[in->n_docs]};
  o->by_text = need(malloc((size_t)in->n_ids * sizeof *o->by_text));
  for (uint32_t k = 0; k < in->n_ids; k++) o->by_text[k] = k + 1;
  sorting = in;
  qsort(o->by_text, in->n_ids, sizeof *o->by_text, by_text);
}

static void own_remove(void *self, const struct input *in, uint32_t every) {
  struct own *o = self;
  if (o->n == 0) own_open(o, in);
  for (uint32_t k = 0; k < o->n; k++) {
    struct index_segment *g = &o->segments[k];
    g->removed = need(calloc(g->n_articles / 8 + 1, 1));
    for (uint32_t a = 0; a < g->n_articles; a++)
      if ((g->articles[a].article - 1) % every == 0) {
        g->removed[a / 8] |= (uint8_t)(1u << a % 8);
        o->totals.articles--;
        o->totals.tokens -= g->articles[a].body;
      }
  }
}

static uint32_t lower(const struct own *o, const struct input *in, const char *s, size_t n, int after) {
  uint32_t lo = 0, hi = in->n_ids;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    const struct word *w = &in->words[o->by_text[mid]];
    int c = memcmp(w->text, s, w->len < n ? w->len : n);
    if (c < 0 || (c == 0 && (w->len < n || after))) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

#define BEST 10
struct top { struct ranked best[BEST]; uint32_t n; double floor; };

static int take_best(void *context, const struct rank_match *m) {
  struct top *t = context;
  const struct segment_article *a = &m->segment->articles[m->ordinal];
  best_keep(t->best, &t->n, BEST, &(struct ranked){a->article, a->doc, m->score});
  if (t->n == BEST) t->floor = t->best[BEST - 1].score;
  return 0;
}

/* The words of the question: the first term's, and the second's. */
static uint16_t terms_of(const struct own *o, const struct input *in, const struct question *q,
                         uint32_t *pair, struct term *terms) {
  terms[0] = (struct term){.kind = q->kind == K_PHRASE ? TERM_PHRASE : TERM_WORDS,
                           .words = {.ids = pair, .n = q->kind == K_PHRASE ? 2 : 1}};
  terms[1] = (struct term){.kind = TERM_WORDS, .words = {.ids = pair + 1, .n = 1}};
  if (q->kind == K_PREFIX) {
    uint32_t from = lower(o, in, q->prefix.text, q->prefix.len, 0),
             to = lower(o, in, q->prefix.text, q->prefix.len, 1);
    terms[0].words = (struct word_list){.ids = o->by_text + from, .n = to - from};
  }
  return q->kind == K_AND || q->kind == K_OR || q->kind == K_NEAR ? 2 : 1;
}

static void own_ask(void *self, const struct input *in, const struct question *q, struct answer *out) {
  struct own *o = self;
  uint32_t pair[2] = {q->a, q->b};
  struct term terms[2];
  if (o->n == 0) own_open(o, in);
  uint16_t n = terms_of(o, in, q, pair, terms);
  enum node_kind kind = q->kind == K_OR ? NODE_OR : q->kind == K_NEAR ? NODE_NEAR : NODE_AND;
  const struct node nodes[4] = {[1] = {NODE_LEAF, 0, 0, n > 1 ? 2 : 0, 0},
                                [2] = {NODE_LEAF, 1, 0, 0, 0},
                                [3] = {kind, 0, 1, 0, NEAR_DISTANCE}};
  const struct term *list[2] = {&terms[0], &terms[1]};
  const struct walk_query query = {nodes, (uint16_t)(n > 1 ? 4 : 2), n > 1 ? 3 : 1, list, n, 0};
  struct top top = {.n = 0};
  struct rank r = {.segments = o->segments, .n_segments = o->n, .query = &query, .totals = &o->totals,
                   .take = take_best, .context = &top, .floor = &top.floor};
  if (rank_run(&r) < 0) die("ranking failed");
  out->n = top.n;
  for (uint32_t k = 0; k < top.n; k++) out->score[k] = top.best[k].score;
}

static double own_size(void *self) {
  struct own *o = self;
  sqlite3_stmt *s;
  double n[4];
  sqlite3_prepare_v2(o->db,
                     "SELECT sum(article_bytes), sum(word_bytes), sum(posting_bytes), sum(position_bytes)"
                     " FROM mill_segments",
                     -1, &s, NULL);
  sqlite3_step(s);
  for (int k = 0; k < 4; k++) n[k] = sqlite3_column_double(s, k);
  sqlite3_finalize(s);
  return n[0] + n[1] + n[2] + n[3];
}

static void own_close(void *self) {
  struct own *o = self;
  for (uint32_t k = 0; k < o->n; k++) segment_free(&o->segments[k]);
  segment_store_free(&o->store);
  sqlite3_close(o->db);
  unlink(o->path);
  free(o->by_text);
  free(o);
}

struct engine own_engine(const char *path, int given, size_t budget) {
  return (struct engine){"textmill", own_build, own_remove, own_ask, own_size, own_close,
                         own_new(path, given, budget)};
}
