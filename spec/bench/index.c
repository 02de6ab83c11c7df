/*
** index.c - the positional index beside FTS5, and Xapian, Groonga and Lucene++ where they
** are there, on the same words.
**
**   index DATA-FOLDER FOLDER [runs]     of index.docs, for files, too
**
** Building: ids given, and a fifth of the words looked up by their text; in one
** segment, and in 8. Queries: the ten best, each kind 100 times, median and
** p99, with 1 and 8 segments, and with 5 % of the documents removed. Scores are
** compared with FTS5's, unit by unit in the last place; the others rank by formulas
** of their own, so that only how many they find is compared. Times are CPU times of
** the process, so that a busy machine shows the same; all lies in memory. A row that is not twice
** as good as the best rival says LOSES (under 1) or MISSED.
*/
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "index.h"
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

const struct vocab *bench_vocabulary(void) { return &vocabulary; }

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
  printf(
      "%.1f MB, %u documents, %u words, %u different; %.1f %% not in the word list, 20 %% looked up by "
      "text\n\n",
      megabytes(in.bytes), in.n_docs, n, in.n_ids, 100 * real);
  mill_tokens_free(&t);
  docs_free(&raw);
  docs_free(&d);
  return in;
}

/* ---- questions ------------------------------------------------------------------- */

static uint32_t dice(uint32_t *state, uint32_t n) {
  *state = *state * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(*state >> 4) * n >> 28);
}

/* In how many documents is each word? */
static uint32_t *frequencies(const struct input *in) {
  uint32_t *df = need(calloc((size_t)in->n_ids + 1, sizeof *df)),
           *last = need(calloc((size_t)in->n_ids + 1, sizeof *last));
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
  if (memchr(a->text, '"', a->len) || memchr(b->text, '"', b->len) || memchr(a->text, 0, a->len) ||
      memchr(b->text, 0, b->len))
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

/* All questions once unmeasured, then four times: the least of each. */
static struct figures ask_all(const struct engine *e, const struct input *in, const struct question *list) {
  struct figures f = {.answers = need(calloc(ASKED, sizeof(struct answer)))};
  double *times = need(malloc(ASKED * sizeof *times));
  for (int run_ = 0; run_ < 5; run_++)
    for (uint32_t k = 0; k < ASKED; k++) {
      double from = cpu_seconds();
      e->ask(e->self, in, &list[k], &f.answers[k]);
      double took = cpu_seconds() - from;
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

static void compare_scores(const struct figures *own, const struct figures *fts) {
  uint64_t worst = 0;
  uint32_t differ = 0;
  for (uint32_t k = 0; k < ASKED; k++) {
    const struct answer *a = &own->answers[k], *b = &fts->answers[k];
    differ += a->n != b->n;
    for (uint32_t i = 0; a->n == b->n && i < a->n; i++)
      if (ulps(a->score[i], b->score[i]) > worst) worst = ulps(a->score[i], b->score[i]);
  }
  printf("  scores beside FTS5's: %u answers of another length, at most %llu units in the last place\n",
         differ, (unsigned long long)worst);
}

static void compare_counts(const struct figures *own, const struct figures *other, const char *name) {
  uint32_t differ[KINDS] = {0}, sum = 0;
  for (uint32_t k = 0; k < ASKED; k++)
    if (own->answers[k].n != other->answers[k].n) differ[k / QUESTIONS]++, sum++;
  if (sum == 0) return;
  printf("  %s finds another number in %u answers:", name, sum);
  for (int k = 0; k < KINDS; k++)
    if (differ[k] > 0) printf(" %s %u", kind_names[k], differ[k]);
  printf("\n");
}

/* ---- the engines ----------------------------------------------------------------- */

enum { OWN, FTS, XAPIAN, GROONGA, LUCENE, ENGINES };
static const char *folder; /* where files go */

static struct engine make_engine(int which) {
  char path[4096];
  snprintf(path, sizeof path, "%s/index-%d.db", folder, which);
  switch (which) {
    case OWN: return own_engine(path, 1, SIZE_MAX);
    case FTS: return fts_engine(path);
#ifdef BENCH_XAPIAN
    case XAPIAN: return xapian_engine(path);
#endif
#ifdef BENCH_GROONGA
    case GROONGA: return groonga_engine(path);
#endif
#ifdef BENCH_LUCENE
    case LUCENE: return lucene_engine(path);
#endif
    default: return (struct engine){0};
  }
}

static void say_missing(void) {
  static const char *const names[ENGINES] = {NULL, NULL, "Xapian (libxapian-dev)", "Groonga (libgroonga-dev)",
                                             "Lucene++ (liblucene++-dev)"};
  int there[ENGINES] = {1, 1};
#ifdef BENCH_XAPIAN
  there[XAPIAN] = 1;
#endif
#ifdef BENCH_GROONGA
  there[GROONGA] = 1;
#endif
#ifdef BENCH_LUCENE
  there[LUCENE] = 1;
#endif
  for (int k = 0; k < ENGINES; k++)
    if (!there[k]) printf("skipped, not installed: %s; make bench-rivals installs it\n", names[k]);
  printf("quoted, not measured here: `simple` (SQLite tokenizer) 31 MB/s raw to searchable, without words;"
         " CWB's rows stand in spec/bench/explore.lua\n\n");
}

static const char *verdict(double ratio, double asked) {
  return ratio >= asked ? "" : ratio < 1 ? "LOSES" : "MISSED";
}

/* ---- measuring them ---------------------------------------------------------------- */

/* An engine built once and asked everything; rate in MB/s. */
struct measured { const char *name; double rate, bytes; struct figures f; };

/* Only ours and FTS5 are measured with documents removed (every > 0). */
static int measure_all(const struct input *in, const struct question *list, uint32_t parts, uint32_t every,
                       struct measured *out) {
  int n = 0;
  for (int which = OWN; which < (every > 0 ? FTS + 1 : ENGINES); which++) {
    struct engine e = make_engine(which);
    if (e.self == NULL) continue;
    double took = e.build(e.self, in, parts);
    if (every > 0) e.remove(e.self, in, every);
    out[n].name = e.name;
    out[n].rate = megabytes(in->bytes) / took;
    out[n].bytes = e.size(e.self);
    out[n++].f = ask_all(&e, in, list);
    e.close(e.self);
  }
  return n;
}

static void forget(struct measured *list, int n) {
  for (int k = 0; k < n; k++) free(list[k].f.answers);
}

/* ---- building ---------------------------------------------------------------------- */

static void build_row(const char *what, double rate, double bytes, double best, double asked,
                      const struct input *in) {
  printf("  %-46s %7.1f MB/s  %5.2f of raw", what, rate, bytes / (double)in->bytes);
  if (best > 0) printf("  %6.2fx %s", rate / best, verdict(rate / best, asked));
  printf("\n");
}

static void own_row(const char *what, int given, size_t budget, uint32_t parts, double best, double asked,
                    const struct input *in, int runs) {
  double times[MAX_RUNS], bytes = 0;
  char path[4096];
  snprintf(path, sizeof path, "%s/index-%d.db", folder, OWN);
  for (int k = 0; k < runs; k++) {
    struct engine e = own_engine(path, given, budget);
    times[k] = e.build(e.self, in, parts);
    bytes = e.size(e.self);
    e.close(e.self);
  }
  build_row(what, megabytes(in->bytes) / median(times, runs), bytes, best, asked, in);
}

static void rival_rows(const struct input *in, const struct measured *list, int n, const char *how,
                       double *best) {
  char name[80];
  for (int k = 1; k < n; k++) {
    snprintf(name, sizeof name, "%s, %s", list[k].name, how);
    build_row(name, list[k].rate, list[k].bytes, 0, 0, in);
    if (list[k].rate > *best) *best = list[k].rate;
  }
}

static void building(const struct input *in, const struct measured *one, const struct measured *eight, int n,
                     int runs) {
  double best = 0;
  printf("building from ready words; ours: how many times the best rival (asked: 3, within 64 MB 2)\n");
  rival_rows(in, one, n, "one part, optimized", &best);
  rival_rows(in, eight, n, "8 parts", &best);
  own_row("textmill, ids given, one segment", 1, SIZE_MAX, 1, best, 3, in, runs);
  own_row("textmill, ids given, 8 segments", 1, SIZE_MAX, 8, best, 3, in, runs);
  own_row("textmill, 20 % by text, one segment", 0, SIZE_MAX, 1, best, 3, in, runs);
  own_row("textmill, ids given, 64 MB of memory", 1, BUDGET, 1, best, 2, in, runs);
  own_row("textmill, 20 % by text, 64 MB", 0, BUDGET, 1, best, 2, in, runs);
}

/* ---- asking ------------------------------------------------------------------------ */

static void print_kind(int kind, const struct measured *list, int n) {
  double best[2] = {INFINITY, INFINITY}, own[2] = {list[0].f.median[kind], list[0].f.p99[kind]};
  const char *who[2] = {"", ""};
  printf("  %-9s", kind_names[kind]);
  for (int k = 0; k < n; k++) {
    double x[2] = {list[k].f.median[kind], list[k].f.p99[kind]};
    printf(" %8.3f %8.3f ", x[0] * 1e3, x[1] * 1e3);
    for (int i = 0; i < 2 && k > 0; i++)
      if (x[i] < best[i]) best[i] = x[i], who[i] = list[k].name;
  }
  for (int i = 0; i < 2; i++)
    printf("  %5.1fx %-8s %-6s", best[i] / own[i], who[i], verdict(best[i] / own[i], 2));
  printf("\n");
}

static void asking(const struct measured *list, int n, uint32_t parts, uint32_t every) {
  printf("\nthe ten best, ms: median and p99; %u segment%s%s\n", parts, parts > 1 ? "s" : "",
         every > 0 ? ", 5 % removed" : "");
  printf("  %-9s", "");
  for (int k = 0; k < n; k++) printf(" %17s ", list[k].name);
  printf("  best rival's median      p99\n");
  for (int kind = 0; kind < KINDS; kind++) print_kind(kind, list, n);
  compare_scores(&list[0].f, &list[1].f);
  for (int k = 2; k < n; k++) compare_counts(&list[0].f, &list[k].f, list[k].name);
  for (int k = 2; k < n; k++)
    if (strcmp(list[k].name, "Groonga") == 0)
      printf(
          "  (Groonga asks less: a prefix that is itself a word finds that word alone, the longer ones not;\n"
          "  and its NEAR takes the second word up to 7 behind the first, but 5 before: here it is 6 and "
          "6)\n");
}

int main(int n, char **args) {
  mill_data *data = NULL;
  mill_error err;
  int runs = n > 3 ? atoi(args[3]) : 5;
  if (n < 3) die("usage: index DATA-FOLDER FOLDER [runs]");
  if (runs < 1 || runs > MAX_RUNS) runs = 5;
  if (mill_data_open(args[1], &data, &err) < 0) die(err.message);
  folder = args[2];
  setvbuf(stdout, NULL, _IOLBF, 0);
  say_missing();
  struct input in = read_input(data, folder);
  struct question *list = make_questions(&in);
  struct measured one[ENGINES], eight[ENGINES];
  int engines = measure_all(&in, list, 1, 0, one);
  measure_all(&in, list, 8, 0, eight);
  building(&in, one, eight, engines, runs);
  asking(one, engines, 1, 0);
  asking(eight, engines, 8, 0);
  for (uint32_t parts = 1; parts <= 8; parts += 7) {
    struct measured two[ENGINES];
    int m = measure_all(&in, list, parts, 20, two);
    asking(two, m, parts, 20);
    forget(two, m);
  }
  forget(one, engines);
  forget(eight, engines);
  free(list);
  return 0;
}
