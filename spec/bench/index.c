/*
** index.c - the positional index beside FTS5 (and Xapian, where it is there), on the same words.
**
**   index DATA-FOLDER FOLDER [runs]     of index.docs, for files, too
**
** Building: ids given, and a fifth of the words looked up by their text; in one
** segment, and in 8. Queries: the ten best, each kind 100 times, median and
** p99, with 1 and 8 segments, and with 5 % of the documents removed. Scores are
** compared with FTS5's, unit by unit in the last place.
*/
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "index.h"
#include "../../csrc/store/rank.h"
#include "../../csrc/store/vocab.h"

#define QUESTIONS 100
#define ASKED (QUESTIONS * KINDS)
#define BUDGET ((size_t)64 << 20)

static const char *const kind_names[KINDS] = {"rare", "frequent", "AND", "OR", "phrase", "prefix", "NEAR"};

static void *need(void *p) {
  if (p == NULL) die("out of memory");
  return p;
}

/* ---- words ------------------------------------------------------------------- */

static struct vocab vocabulary;

static void add_words(struct input *in, const mill_lexicon *lx, const docs *d, uint32_t doc, mill_tokens *t,
                      uint32_t *n, uint32_t *room) {
  if (mill_segment(lx, d->doc[doc], d->size[doc], NULL, t, NULL) < 0) die("segmenting failed");
  if (*n + t->n > *room) {
    *room = (*n + (uint32_t)t->n) * 2;
    in->ids = need(realloc(in->ids, *room * sizeof *in->ids));
    in->given = need(realloc(in->given, *room));
  }
  for (size_t k = 0; k < t->n; k++) {
    const char *text = d->doc[doc] + t->start[k];
    if (t->kind[k] >= MILL_KIND_PUNCT) continue;
    in->ids[*n] = vocab_of_token(&vocabulary, t->word[k], text, t->start[k + 1] - t->start[k], 0, 0);
    in->given[(*n)++] = t->word[k] != MILL_NONE;
  }
}

/* A fifth of the running words without an id, whatever the list has. */
static double drop_ids(struct input *in, uint32_t n) {
  uint32_t without = 0, state = 1;
  for (uint32_t k = 0; k < n; k++) without += !in->given[k];
  double real = (double)without / n;
  for (uint32_t k = 0; k < n; k++) {
    state = state * 1664525u + 1013904223u;
    if (in->given[k] && without < n / 5 && (state >> 8) % 1000 < 1000 * (0.2 - real) / (1 - real))
      in->given[k] = 0, without++;
  }
  return real;
}

static struct input read_input(const mill_data *data, const char *folder) {
  struct input in = {0};
  mill_tokens t = {0};
  uint32_t n = 0, room = 0;
  docs raw = docs_read(folder, "index"), d = docs_clean(data, &raw, 1);
  vocab_init(&vocabulary, mill_data_lexicon(data));
  in.bytes = raw.total;
  in.n_docs = (uint32_t)d.n;
  in.first = need(malloc((d.n + 1) * sizeof *in.first));
  for (uint32_t doc = 0; doc < in.n_docs; doc++) {
    in.first[doc] = n;
    add_words(&in, mill_data_lexicon(data), &d, doc, &t, &n, &room);
  }
  in.first[d.n] = n;
  in.n_ids = vocabulary.n;
  in.words = need(malloc(((size_t)in.n_ids + 1) * sizeof *in.words));
  for (uint32_t id = 1; id <= in.n_ids; id++) {
    size_t len;
    in.words[id].text = vocab_text(&vocabulary, id, &len);
    in.words[id].len = (uint32_t)len;
  }
  double real = drop_ids(&in, n);
  printf("%.1f MB, %u documents, %u words, %u different; %.1f %% not in the word list, 20 %% looked up by text\n\n",
         megabytes(in.bytes), in.n_docs, n, in.n_ids, 100 * real);
  mill_tokens_free(&t);
  docs_free(&raw);
  docs_free(&d);
  return in;
}

/* ---- ours ---------------------------------------------------------------------- */

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
  run(o, "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
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
  double from = seconds();
  run(o, "BEGIN");
  for (uint32_t doc = 0, part = 1; doc < in->n_docs; doc++) {
    uint32_t first = in->first[doc], n = in->first[doc + 1] - first;
    const uint32_t *words = in->ids + first;
    if (n > room) die("a document too long");
    if (!o->given) {
      for (uint32_t k = 0; k < n; k++) {
        const struct word *w = &in->words[words[k]];
        ids[k] = in->given[first + k] ? words[k] : vocab_find(&vocabulary, w->text, w->len);
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
  double took = seconds() - from;
  gather_free(&g);
  free(ids);
  return took;
}

static void own_open(struct own *o, const struct input *in) {
  sqlite3_stmt *s;
  sqlite3_prepare_v2(o->db, "SELECT segment FROM mill_segments ORDER BY segment", -1, &s, NULL);
  while (sqlite3_step(s) == SQLITE_ROW && o->n < 64)
    if (segment_open(&o->segments[o->n++], &o->store, sqlite3_column_int64(s, 0)) < 0) die("opening a segment");
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

static void own_ask(void *self, const struct input *in, const struct question *q, struct answer *out) {
  struct own *o = self;
  uint32_t pair[2] = {q->a, q->b};
  struct rank_term terms[2] = {{pair, 1, 0}, {pair + 1, 1, 0}};
  struct rank_query query = {terms, 2, RANK_AND, NEAR_DISTANCE};
  struct ranked best[10];
  if (o->n == 0) own_open(o, in);
  if (q->kind == K_RARE || q->kind == K_FREQUENT) query.n_terms = 1;
  if (q->kind == K_OR) query.operator = RANK_OR;
  if (q->kind == K_NEAR) query.operator = RANK_NEAR;
  if (q->kind == K_PHRASE) terms[0].n = 2, query.n_terms = 1;
  if (q->kind == K_PREFIX) {
    uint32_t from = lower(o, in, q->prefix.text, q->prefix.len, 0), to = lower(o, in, q->prefix.text, q->prefix.len, 1);
    terms[0] = (struct rank_term){o->by_text + from, to - from, 1};
    query.n_terms = 1;
  }
  if (rank_top(o->segments, o->n, &o->totals, &query, 10, best, &out->n) < 0) die("ranking failed");
  for (uint32_t k = 0; k < out->n; k++) out->score[k] = best[k].score;
}

static double own_size(void *self) {
  struct own *o = self;
  sqlite3_stmt *s;
  double n[4];
  sqlite3_prepare_v2(o->db, "SELECT sum(article_bytes), sum(word_bytes), sum(posting_bytes), sum(position_bytes)"
                            " FROM mill_segments", -1, &s, NULL);
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

/* ---- questions ------------------------------------------------------------------- */

static uint32_t dice(uint32_t *state, uint32_t n) {
  *state = *state * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(*state >> 4) * n >> 28);
}

/* In how many documents is each word? */
static uint32_t *frequencies(const struct input *in) {
  uint32_t *df = need(calloc((size_t)in->n_ids + 1, sizeof *df)), *last = need(calloc((size_t)in->n_ids + 1, sizeof *last));
  for (uint32_t d = 0; d < in->n_docs; d++)
    for (uint32_t k = in->first[d]; k < in->first[d + 1]; k++)
      if (last[in->ids[k]] != d + 1) last[in->ids[k]] = d + 1, df[in->ids[k]]++;
  free(last);
  return df;
}

static size_t first_character(const struct word *w) {
  size_t n = 1;
  while (n < w->len && (w->text[n] & 0xc0) == 0x80) n++;
  return n;
}

static int fits(const struct input *in, const uint32_t *df, struct question *q) {
  uint32_t many = in->n_docs / 50;
  const struct word *a = &in->words[q->a], *b = &in->words[q->b];
  if (memchr(a->text, '"', a->len) || memchr(b->text, '"', b->len) || memchr(a->text, 0, a->len) || memchr(b->text, 0, b->len))
    return 0;
  if (q->kind == K_RARE) return df[q->a] >= 2 && df[q->a] <= 20;
  if (q->kind == K_FREQUENT) return df[q->a] >= many;
  if (q->kind == K_PHRASE) return df[q->a] >= 100 && df[q->b] >= 100;
  if (q->kind == K_PREFIX) q->prefix = (struct word){a->text, (uint32_t)first_character(a)};
  if (q->kind == K_PREFIX) return (unsigned char)a->text[0] >= 0x80 && df[q->a] >= 5;
  return q->a != q->b && df[q->a] >= 200 && df[q->b] >= 200;
}

/* Words are drawn from the running text; pairs from one document, a phrase's
** side by side, those of NEAR at most five apart. */
static struct question *make_questions(const struct input *in) {
  struct question *list = need(calloc(ASKED, sizeof *list));
  uint32_t *df = frequencies(in), state = 7, n = in->first[in->n_docs];
  for (uint32_t i = 0; i < ASKED;) {
    struct question q = {.kind = (enum kind)(i / QUESTIONS)};
    uint32_t at = dice(&state, n - 300), gap = 1;
    if (q.kind == K_NEAR) gap = 2 + dice(&state, NEAR_DISTANCE - 1);
    if (q.kind == K_AND || q.kind == K_OR) gap = 1 + dice(&state, 200);
    q.a = in->ids[at];
    q.b = in->ids[at + gap];
    if (q.kind == K_RARE) q.a = q.b = 1 + dice(&state, in->n_ids);
    if (fits(in, df, &q)) list[i++] = q;
  }
  free(df);
  return list;
}

/* ---- measuring -------------------------------------------------------------------- */

struct figures { double median[KINDS], p99[KINDS]; struct answer *answers; };

/* All questions once unmeasured, then twice: the least of each. */
static struct figures ask_all(const struct engine *e, const struct input *in, const struct question *list) {
  struct figures f = {.answers = need(calloc(ASKED, sizeof(struct answer)))};
  double *times = need(malloc(ASKED * sizeof *times));
  for (int run_ = 0; run_ < 3; run_++)
    for (uint32_t k = 0; k < ASKED; k++) {
      double from = seconds();
      e->ask(e->self, in, &list[k], &f.answers[k]);
      double took = seconds() - from;
      if (run_ <= 1 || took < times[k]) times[k] = took;
    }
  for (int k = 0; k < KINDS; k++) {
    f.median[k] = median(times + (size_t)k * QUESTIONS, QUESTIONS);
    f.p99[k] = times[(size_t)k * QUESTIONS + QUESTIONS * 99 / 100];
  }
  free(times);
  return f;
}

/* How many units in the last place are two positive doubles apart? */
static uint64_t ulps(double x, double y) {
  int64_t a, b;
  memcpy(&a, &x, 8);
  memcpy(&b, &y, 8);
  return (uint64_t)(a > b ? a - b : b - a);
}

static void compare(const struct figures *own, const struct figures *other, const char *name, int scores) {
  uint64_t worst = 0;
  uint32_t differ = 0;
  for (uint32_t k = 0; k < ASKED && scores; k++) {
    const struct answer *a = &own->answers[k], *b = &other->answers[k];
    differ += a->n != b->n;
    for (uint32_t i = 0; a->n == b->n && i < a->n; i++)
      if (ulps(a->score[i], b->score[i]) > worst) worst = ulps(a->score[i], b->score[i]);
  }
  for (int k = 0; k < KINDS; k++)
    printf("  %-9s %9.3f %9.3f   %9.3f %9.3f   %6.1f x %6.1f x  %s\n", kind_names[k], own->median[k] * 1e3,
           own->p99[k] * 1e3, other->median[k] * 1e3, other->p99[k] * 1e3, other->median[k] / own->median[k],
           other->p99[k] / own->p99[k], name);
  if (scores)
    printf("  scores beside FTS5's: %u answers of another length, at most %llu units in the last place\n", differ,
           (unsigned long long)worst);
}

static struct engine own_engine(const char *path, int given, size_t budget) {
  return (struct engine){"textmill", own_build, own_remove, own_ask, own_size, own_close, own_new(path, given, budget)};
}

static struct engine fts_engine(const char *path) {
  return (struct engine){"FTS5", fts_build, fts_remove, fts_ask, fts_size, fts_close, fts_new(path, 0)};
}

static void build_row(const char *what, struct engine (*make)(const char *), const char *path, const struct input *in,
                      uint32_t parts, int runs) {
  double times[MAX_RUNS], size = 0;
  for (int k = 0; k < runs; k++) {
    struct engine e = make(path);
    times[k] = e.build(e.self, in, parts);
    size = e.size(e.self);
    e.close(e.self);
  }
  printf("  %-44s %7.1f MB/s  %5.2f of raw\n", what, megabytes(in->bytes) / median(times, runs), size / (double)in->bytes);
  fflush(stdout);
}

static struct engine given_whole(const char *path) { return own_engine(path, 1, SIZE_MAX); }
static struct engine fifth_whole(const char *path) { return own_engine(path, 0, SIZE_MAX); }
static struct engine given_budget(const char *path) { return own_engine(path, 1, BUDGET); }
static struct engine fifth_budget(const char *path) { return own_engine(path, 0, BUDGET); }

static void building(const char *own, const char *fts, const struct input *in, int runs) {
  printf("building from ready words\n");
  build_row("textmill, ids given, one segment", given_whole, own, in, 1, runs);
  build_row("textmill, 20 % by text, one segment", fifth_whole, own, in, 1, runs);
  build_row("textmill, ids given, 64 MB of memory", given_budget, own, in, 1, runs);
  build_row("textmill, 20 % by text, 64 MB", fifth_budget, own, in, 1, runs);
  build_row("textmill, ids given, 8 segments", given_whole, own, in, 8, runs);
  build_row("FTS5, optimized into one segment", fts_engine, fts, in, 1, runs);
  build_row("FTS5, 8 segments", fts_engine, fts, in, 8, runs);
}

static void asking(const char *own, const char *fts, const struct input *in, uint32_t parts, uint32_t every) {
  struct engine a = given_whole(own), b = fts_engine(fts);
  struct question *list = make_questions(in);
  a.build(a.self, in, parts);
  b.build(b.self, in, parts);
  if (every > 0) a.remove(a.self, in, every), b.remove(b.self, in, every);
  printf("\nthe ten best, ms: median and p99; %u segment%s%s\n", parts, parts > 1 ? "s" : "",
         every > 0 ? ", 5 % removed" : "");
  struct figures x = ask_all(&a, in, list), y = ask_all(&b, in, list);
  compare(&x, &y, b.name, 1);
  free(x.answers);
  free(y.answers);
  free(list);
  a.close(a.self);
  b.close(b.self);
}

int main(int n, char **args) {
  mill_data *data = NULL;
  mill_error err;
  char own[4096], fts[4096];
  int runs = n > 3 ? atoi(args[3]) : 5;
  if (n < 3) die("usage: index DATA-FOLDER FOLDER [runs]");
  if (runs < 1 || runs > MAX_RUNS) runs = 5;
  if (mill_data_open(args[1], &data, &err) < 0) die(err.message);
  snprintf(own, sizeof own, "%s/index-own.db", args[2]);
  snprintf(fts, sizeof fts, "%s/index-fts.db", args[2]);
  setvbuf(stdout, NULL, _IOLBF, 0);
  struct input in = read_input(data, args[2]);
  building(own, fts, &in, runs);
  asking(own, fts, &in, 1, 0);
  asking(own, fts, &in, 8, 0);
  asking(own, fts, &in, 1, 20);
  asking(own, fts, &in, 8, 20);
  return 0;
}
