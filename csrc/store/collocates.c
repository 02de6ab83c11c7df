/*
** collocates.c - words near a word, keyness of a part, and how even a word lies.
**
**   windows of `span` words on both sides, inside the sentence:
**                  word      others
**      windows     O11       O12       | R1   words in windows
**      elsewhere   O21       O22       | R2
**                  C1 = f2   C2          N    words
**
**   E11 = R1 C1 / N                                      expected by chance
**   ll       2 sum O ln(O/E), negative where O11 < E11   Dunning 1993
**   mi       log2(O11 / E11)                             Church and Hanks 1990
**   t        (O11 - E11) / sqrt(O11)                     Church et al. 1991
**   logdice  14 + log2(2 O11 / (f1 + f2))                Rychly 2008
**
** Marginals of surface cooccurrence as in Evert 2008 (Corpora and collocations, 4.1).
** Keyness: the same ll for the part against the other part, and log ratio (Hardie
** 2014): log2 of the relative frequencies, half an occurrence standing for none.
** Dispersion over documents: Juilland's D (1970) = 1 - V / sqrt(n - 1), V the variation
** coefficient of the relative frequencies; DP (Gries 2008) = half the sum of
** |share of the occurrences - share of the words|, and DP / (1 - least share) (Lijffijt
** and Gries 2012).
*/
#include <math.h>

#include "stream.h"

static const char *const measures[] = {"logdice", "ll", "mi", "t"};
enum { M_LOGDICE, M_LL, M_MI, M_T, M_COUNT };

/* ---- measures */

static double term(double o, double e) { return o > 0 && e > 0 ? o * log(o / e) : 0; }

/* O11, its row and column, and everything: log-likelihood with the sign of the difference. */
double mill_log_likelihood(double o, double row, double column, double n) {
  double r2 = n - row, c2 = n - column, o12 = row - o, o21 = column - o, o22 = r2 - o21;
  if (n <= 0) return 0;
  if (o21 < 0) o21 = 0; /* windows may overlap: a word is counted in each */
  if (o22 < 0) o22 = 0;
  double e = row * column / n;
  double sum = 2 * (term(o, e) + term(o12, row * c2 / n) + term(o21, r2 * column / n) +
                    term(o22, r2 * c2 / n));
  if (sum < 0) sum = 0;
  return o < e ? -sum : sum;
}

struct scored { uint32_t id; double by; };

static int by_score(const void *a, const void *b) {
  const struct scored *x = a, *y = b;
  if (x->by != y->by) return x->by > y->by ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

static void put_word(mill_rows *rows, const struct vocab *v, uint32_t id) {
  size_t n;
  const char *s = vocab_text(v, id, &n);
  rows_bytes(rows, s, n);
}

/* ---- collocates */

struct windows {
  const mill_corpus *c; const struct stream *s; const struct pattern_node *node;
  uint32_t span, *left, *right; /* counts by id */
  uint64_t nodes, words;        /* occurrences, words in windows */
};

static void count_side(struct windows *w, uint32_t from, uint32_t to, int step, uint32_t *counts) {
  uint32_t k = from;
  for (uint32_t taken = 0; taken < w->span && k != to; taken++, k += (uint32_t)step) {
    uint32_t id = w->s->ids[k];
    if (id == 0) return;
    counts[id]++;
    w->words++;
  }
}

static void count_segment(struct windows *w, uint32_t from, uint32_t to) {
  uint32_t k = from;
  while ((k = node_next(w->node, w->s->ids, k, to)) < to) {
    uint32_t n = node_at(&w->c->words, w->node, w->s->ids, k, to);
    if (n == 0) {
      k++;
      continue;
    }
    w->nodes++;
    count_side(w, k - 1, from - 1, -1, w->left);
    count_side(w, k + n, to, 1, w->right);
    k += n;
  }
}

/* Places where the node may begin are listed. Windows end at a 0, which stands between
** segments, too. */
static void count_places(struct windows *w, const uint32_t *places, uint32_t n) {
  enum { AHEAD = 12 };
  const struct stream *s = w->s;
  uint32_t first = s->segments[0].from, g = 0, next = 0; /* nodes do not overlap */
  for (uint32_t i = 0; i < n; i++) {
    uint32_t k = places[i], taken;
    if (i + AHEAD < n) __builtin_prefetch(&s->ids[places[i + AHEAD]]);
    if (k < next) continue;
    if (w->c->scope != NULL) {
      while (g + 1 < s->n_segments && s->segments[g + 1].from <= k) g++;
      if (!scope_has(w->c->scope, s->segments[g].doc, s->segments[g].article)) continue;
    }
    if ((taken = node_at(&w->c->words, w->node, s->ids, k, s->n)) == 0) continue;
    w->nodes++;
    count_side(w, k - 1, first - 1, -1, w->left);
    count_side(w, k + taken, s->n, 1, w->right);
    next = k + taken;
  }
}

static int count_windows(mill_corpus *c, struct windows *w) {
  const struct stream *s = w->s;
  const uint32_t *places;
  uint32_t *owned, n;
  if (s->n_segments == 0) return 0;
  if (stream_places(c, w->node, &places, &owned, &n) < 0) return MILL_ENOMEM;
  if (places != NULL) {
    count_places(w, places, n);
  } else if (c->scope == NULL) {
    count_segment(w, s->segments[0].from, s->n);
  } else {
    for (uint32_t g = 0; g < s->n_segments; g++)
      if (scope_has(c->scope, s->segments[g].doc, s->segments[g].article))
        count_segment(w, s->segments[g].from, s->segments[g + 1].from);
  }
  mem_free(owned);
  return 0;
}

static double measure(const struct windows *w, uint32_t id, int which, double f2, double n) {
  double o = (double)w->left[id] + w->right[id], e = (double)w->words * f2 / n;
  switch (which) {
    case M_LOGDICE: return 14 + log2(2 * o / ((double)w->nodes + f2));
    case M_LL: return mill_log_likelihood(o, (double)w->words, f2, n);
    case M_MI: return log2(o / e);
    case M_T: return (o - e) / sqrt(o);
    default: return o;
  }
}

static void put_collocate(mill_rows *rows, const struct windows *w, uint32_t id, double f2, double n) {
  put_word(rows, &w->c->words, id);
  rows_integer(rows, (int64_t)w->left[id] + w->right[id]);
  rows_integer(rows, w->left[id]);
  rows_integer(rows, w->right[id]);
  rows_integer(rows, (int64_t)f2);
  rows_real(rows, (double)w->words * f2 / n);
  for (int m = 0; m < M_COUNT; m++) rows_real(rows, measure(w, id, m, f2, n));
}

static int put_best(mill_rows *rows, const struct windows *w, const uint32_t *counts, double total,
                    int by, const mill_collocate_options *o) {
  uint32_t words = w->c->words.n, n = 0, least = o->min != 0 ? o->min : 3;
  struct scored *list = mem_malloc(((size_t)words + 1) * sizeof *list);
  if (list == NULL) return MILL_ENOMEM;
  for (uint32_t id = 1; id <= words; id++)
    if ((uint64_t)w->left[id] + w->right[id] >= least)
      list[n++] = (struct scored){id, measure(w, id, by, counts[id], total)};
  if (n > 0) qsort(list, n, sizeof *list, by_score);
  for (uint32_t k = 0; k < n && (o->limit == 0 || k < o->limit); k++)
    put_collocate(rows, w, list[k].id, counts[list[k].id], total);
  mem_free(list);
  return 0;
}

static int measure_named(const char *name, mill_error *err) {
  if (name == NULL) return M_LOGDICE;
  for (int k = 0; k < M_COUNT; k++)
    if (strcmp(measures[k], name) == 0) return k;
  return mill_fail(err, MILL_EINVAL, 0, "no measure '%.20s' (there are: logdice ll mi t)", name);
}

static int collocate(mill_corpus *c, const struct pattern_node *node, int by,
                     const mill_collocate_options *o, mill_rows *rows, mill_counts *totals,
                     mill_error *err) {
  struct windows w = {.c = c, .node = node, .span = o->span != 0 ? o->span : 5};
  uint32_t *counts = NULL;
  uint64_t total = 0;
  int code = stream_get(c, &w.s, err);
  if (code == 0) code = stream_count(c, w.s, &counts, NULL, &total, err);
  if (code < 0) return code;
  w.left = mem_calloc((size_t)c->words.n + 1, sizeof *w.left);
  w.right = mem_calloc((size_t)c->words.n + 1, sizeof *w.right);
  if (w.left == NULL || w.right == NULL) code = MILL_ENOMEM;
  if (code == 0) code = count_windows(c, &w);
  if (code == 0) code = put_best(rows, &w, counts, (double)total, by, o);
  *totals = (mill_counts){w.nodes, total, w.words};
  mem_free(counts);
  mem_free(w.left);
  mem_free(w.right);
  return code < 0 ? mill_fail_memory(err) : 0;
}

int mill_corpus_collocates(mill_corpus *c, const char *query, const mill_collocate_options *o,
                           mill_rows **out, mill_counts *totals, mill_error *err) {
  struct pattern_node *node = mem_calloc(1, sizeof *node);
  int by = measure_named(o->by, err), code = by < 0 ? by : 0;
  *out = NULL;
  mill_rows *rows = rows_new("word count left right frequency expected logdice ll mi t");
  if (code == 0 && (node == NULL || rows == NULL)) code = mill_fail_memory(err);
  if (code == 0 && (code = corpus_read(c, err)) == 0) {
    code = node_parse(c, query, node, err);
    if (code == 0) code = collocate(c, node, by, o, rows, totals, err);
    corpus_read_end(c);
  }
  if (node != NULL) node_free(node);
  mem_free(node);
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}

/* ---- keyness */

static double per_million(double count, double total) { return total > 0 ? 1e6 * count / total : 0; }

static double log_ratio(double a, double na, double b, double nb) {
  return log2(((a > 0 ? a : 0.5) / na) / ((b > 0 ? b : 0.5) / nb));
}

static int put_key_words(mill_corpus *c, const uint32_t *a, double na, const uint32_t *b, double nb,
                         uint32_t least, size_t limit, mill_rows *rows) {
  uint32_t words = c->words.n, n = 0;
  struct scored *list = mem_malloc(((size_t)words + 1) * sizeof *list);
  if (list == NULL) return MILL_ENOMEM;
  for (uint32_t id = 1; id <= words && na > 0 && nb > 0; id++)
    if ((uint64_t)a[id] + b[id] >= least)
      list[n++] = (struct scored){id, mill_log_likelihood(a[id], na, (double)a[id] + b[id], na + nb)};
  if (n > 0) qsort(list, n, sizeof *list, by_score);
  for (uint32_t k = 0; k < n && (limit == 0 || k < limit); k++) {
    uint32_t id = list[k].id;
    put_word(rows, &c->words, id);
    rows_integer(rows, a[id]);
    rows_real(rows, per_million(a[id], na));
    rows_integer(rows, b[id]);
    rows_real(rows, per_million(b[id], nb));
    rows_real(rows, list[k].by);
    rows_real(rows, log_ratio(a[id], na, b[id], nb));
  }
  mem_free(list);
  return 0;
}

static int keyness(mill_corpus *c, const mill_scope *other, uint32_t least, size_t limit,
                   mill_rows *rows, mill_error *err) {
  const mill_scope *mine = c->scope;
  const struct stream *s;
  uint32_t *a = NULL, *b = NULL;
  uint64_t na = 0, nb = 0;
  int code = stream_get(c, &s, err);
  if (code == 0) code = stream_count(c, s, &a, NULL, &na, err);
  c->scope = other;
  if (code == 0) code = stream_count(c, s, &b, NULL, &nb, err);
  c->scope = mine;
  if (code == 0 && put_key_words(c, a, (double)na, b, (double)nb, least, limit, rows) < 0)
    code = mill_fail_memory(err);
  mem_free(a);
  mem_free(b);
  return code;
}

int mill_corpus_keyness(mill_corpus *c, const mill_scope *other, uint32_t least, size_t limit,
                        mill_rows **out, mill_error *err) {
  *out = NULL;
  mill_rows *rows = rows_new("word count per_million other other_per_million ll log_ratio");
  int code = rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    code = keyness(c, other, least != 0 ? least : 3, limit, rows, err);
    corpus_read_end(c);
  }
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}
