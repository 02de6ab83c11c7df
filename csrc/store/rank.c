/*
** rank.c - the best articles of a query.
**
**   segment by segment   term -> list of (ordinal, times), ascending, without
**                        removed articles; AND and NEAR keep what all have
**   all segments         rows of each term -> idf
**   segment by segment   scores, and the best in a small sorted array
**
** bm25 as in SQLite's fts5_aux.c (k1 1.2, b 0.75), the same operations in the
** same order, so that scores are the same doubles:
**   idf = ln((N - n + 0.5) / (n + 0.5)), 1e-6 unless above 0
**   score = sum idf * (tf * (k1 + 1)) / (tf + k1 * (1 - b + b * D / avgD))
** n counts the rows of a phrase, of a word of NEAR wherever it stands.
**
** One word without removals is not listed: a block whose greatest count in its
** shortest article could not get among the best is left encoded.
*/
#include "rank.h"

#include <math.h>

#include "../core/alloc.h"
#include "../core/error.h"

static const double k1 = 1.2, b = 0.75;

/* Postings of a term in a segment: tf[k] of ordinal[k]. */
struct list { uint32_t *ordinal, *tf; uint32_t n, ordinal_capacity, tf_capacity; };

struct ranking {
  const struct index_segment *segments; uint32_t n_segments;
  const struct rank_query *q;
  struct list *lists;                      /* [segment * n_terms + term] */
  uint64_t rows[RANK_TERMS];
  double idf[RANK_TERMS], average;
  struct posting_cursor *cursors;          /* one a word of the longest term, n_cursors */
  uint32_t n_cursors;
  uint32_t **positions, *capacity;         /* of the cursors */
  struct ranked *best; uint32_t n_best, limit;
};

static int push(struct list *l, uint32_t ordinal, uint32_t tf) {
  if (l->n >= l->tf_capacity &&
      (mill_grow(&l->ordinal, &l->ordinal_capacity, (size_t)l->n + 1, sizeof *l->ordinal) < 0 ||
       mill_grow(&l->tf, &l->tf_capacity, (size_t)l->n + 1, sizeof *l->tf) < 0))
    return MILL_ENOMEM;
  l->ordinal[l->n] = ordinal;
  l->tf[l->n++] = tf;
  return 0;
}

static int room(struct list *l, size_t n) {
  if (mill_grow(&l->ordinal, &l->ordinal_capacity, n, sizeof *l->ordinal) < 0) return MILL_ENOMEM;
  return mill_grow(&l->tf, &l->tf_capacity, n, sizeof *l->tf);
}

/* ---- a word, and any of many */

static int list_word(struct ranking *r, const struct index_segment *g, uint32_t word, struct list *out) {
  const struct segment_word *w = segment_find(g, word);
  struct posting_cursor *c = &r->cursors[0];
  if (w == NULL) return 0;
  int code = cursor_open(c, g, w);
  if (code == 0) code = room(out, (size_t)out->n + w->n);
  for (uint32_t n; code == 0 && (n = cursor_block(c)) > 0;) {
    if (g->removed == NULL) {
      memcpy(out->ordinal + out->n, c->b.ordinal, n * sizeof *out->ordinal);
      memcpy(out->tf + out->n, c->b.tf, n * sizeof *out->tf);
      out->n += n;
    } else {
      for (uint32_t k = 0; k < n; k++) {
        out->ordinal[out->n] = c->b.ordinal[k];
        out->tf[out->n] = c->b.tf[k];
        out->n += !segment_is_removed(g, c->b.ordinal[k]);
      }
    }
  }
  return code == 0 ? c->code : code;
}

/* Counts summed by ordinal, then read off in order. */
static int list_any(struct ranking *r, const struct index_segment *g, const struct rank_term *t, struct list *out) {
  struct posting_cursor *c = &r->cursors[0];
  uint32_t *sum = mem_calloc((size_t)g->n_articles + 1, sizeof *sum), found = 0;
  int code = sum == NULL ? MILL_ENOMEM : 0;
  for (uint32_t i = 0; i < t->n && code == 0; i++) {
    const struct segment_word *w = segment_find(g, t->words[i]);
    if (w == NULL) continue;
    code = cursor_open(c, g, w);
    for (uint32_t n; code == 0 && (n = cursor_block(c)) > 0;)
      for (uint32_t k = 0; k < n; k++) {
        found += sum[c->b.ordinal[k]] == 0;
        sum[c->b.ordinal[k]] += c->b.tf[k];
      }
    if (code == 0) code = c->code;
  }
  if (code == 0) code = room(out, found);
  for (uint32_t k = 0; code == 0 && found > 0; k++) {
    if (sum[k] == 0) continue;
    found--;
    if (!segment_is_removed(g, k)) code = push(out, k, sum[k]);
  }
  mem_free(sum);
  return code;
}

/* ---- phrases and NEAR: cursors that walk together */

/* Opens a cursor for each word; 1, or 0 when one is not here. */
static int open_all(struct ranking *r, const struct index_segment *g, const uint32_t *words, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) {
    const struct segment_word *w = segment_find(g, words[k]);
    if (w == NULL) return 0;
    int code = cursor_open(&r->cursors[k], g, w);
    if (code < 0) return code;
  }
  return 1;
}

/* To the next article that all cursors have, above the last: 1, 0 or MILL_E*. */
static int meet(struct ranking *r, uint32_t n, uint32_t lead, uint32_t *ordinal) {
  struct posting_cursor *c = r->cursors;
  if (!cursor_next(&c[lead])) return c[lead].code;
  for (uint32_t k = 0; k < n;) {
    uint32_t at = cursor_ordinal(&c[lead]);
    if (k != lead && !cursor_seek(&c[k], at)) return c[k].code;
    if (cursor_ordinal(&c[k]) == at) {
      k++;
      continue;
    }
    if (!cursor_seek(&c[lead], cursor_ordinal(&c[k]))) return c[lead].code;
    k = 0;
  }
  *ordinal = cursor_ordinal(&c[lead]);
  return 1;
}

static uint32_t rarest(const struct ranking *r, uint32_t n) {
  uint32_t lead = 0;
  for (uint32_t k = 1; k < n; k++)
    if (r->cursors[k].word->n < r->cursors[lead].word->n) lead = k;
  return lead;
}

static int load_positions(struct ranking *r, uint32_t k) {
  struct posting_cursor *c = &r->cursors[k];
  if (mill_grow(&r->positions[k], &r->capacity[k], c->b.tf[c->at], sizeof **r->positions) < 0) return MILL_ENOMEM;
  int code = cursor_positions(c, r->positions[k]);
  for (uint32_t i = 0; i < c->b.tf[c->at] && code == 0; i++) r->positions[k][i] = position_number(r->positions[k][i]);
  return code;
}

static uint32_t tf_of(const struct ranking *r, uint32_t k) { return r->cursors[k].b.tf[r->cursors[k].at]; }

/* How often do the words stand one behind the other? */
static uint32_t count_runs(const struct ranking *r, uint32_t n) {
  uint32_t count = 0, at[RANK_TERMS] = {0};
  for (uint32_t i = 0; i < tf_of(r, 0); i++) {
    uint32_t first = r->positions[0][i], k = 1;
    for (; k < n; k++) {
      uint32_t m = tf_of(r, k);
      while (at[k] < m && r->positions[k][at[k]] < first + k) at[k]++;
      if (at[k] == m) return count;
      if (r->positions[k][at[k]] != first + k) break;
    }
    count += k == n;
  }
  return count;
}

static int list_phrase(struct ranking *r, const struct index_segment *g, const struct rank_term *t, struct list *out) {
  int code = open_all(r, g, t->words, t->n);
  if (code <= 0) return code;
  uint32_t lead = rarest(r, t->n), ordinal;
  while ((code = meet(r, t->n, lead, &ordinal)) > 0) {
    if (segment_is_removed(g, ordinal)) continue;
    for (uint32_t k = 0; k < t->n; k++)
      if ((code = load_positions(r, k)) < 0) return code;
    uint32_t count = count_runs(r, t->n);
    if (count > 0 && push(out, ordinal, count) < 0) return MILL_ENOMEM;
  }
  return code;
}

/* The occurrences that lie together, as FTS5 finds them: all within
** [max - 1 - distance, max]; then the one that moves least moves on. Each
** counts once. 0: nowhere. */
static int near_counts(const struct ranking *r, uint32_t *counts) {
  uint32_t n = r->q->n_terms, at[RANK_TERMS] = {0}, kept[RANK_TERMS];
  for (uint32_t k = 0; k < n; k++) counts[k] = 0, kept[k] = UINT32_MAX;
  for (;;) {
    int64_t max = r->positions[0][at[0]];
    for (int match = 0; !match;) {
      match = 1;
      for (uint32_t k = 0; k < n; k++) {
        int64_t min = max - 1 - r->q->distance;
        if (r->positions[k][at[k]] >= min && r->positions[k][at[k]] <= max) continue;
        match = 0;
        while (r->positions[k][at[k]] < min)
          if (++at[k] == tf_of(r, k)) return counts[0] > 0;
        if (r->positions[k][at[k]] > max) max = r->positions[k][at[k]];
      }
    }
    uint32_t next = 0;
    int64_t least = INT64_MAX;
    for (uint32_t k = 0; k < n; k++) {
      if (kept[k] != at[k]) counts[k]++, kept[k] = at[k];
      int64_t ahead = at[k] + 1 < tf_of(r, k) ? r->positions[k][at[k] + 1] : INT64_MAX;
      if (ahead < least) least = ahead, next = k;
    }
    if (least == INT64_MAX) return 1;
    at[next]++;
  }
}

static int list_near(struct ranking *r, const struct index_segment *g, struct list *out) {
  uint32_t n = r->q->n_terms, words[RANK_TERMS], counts[RANK_TERMS], ordinal;
  for (uint32_t k = 0; k < n; k++) words[k] = r->q->terms[k].words[0];
  int code = open_all(r, g, words, n);
  if (code <= 0) return code;
  uint32_t lead = rarest(r, n);
  while ((code = meet(r, n, lead, &ordinal)) > 0) {
    if (segment_is_removed(g, ordinal)) continue;
    for (uint32_t k = 0; k < n; k++)
      if ((code = load_positions(r, k)) < 0) return code;
    if (!near_counts(r, counts)) continue;
    for (uint32_t k = 0; k < n; k++)
      if (push(&out[k], ordinal, counts[k]) < 0) return MILL_ENOMEM;
  }
  return code;
}

/* ---- terms and operators */

static int is_word(const struct rank_term *t) { return t->n == 1; }

static int list_term(struct ranking *r, const struct index_segment *g, uint32_t term, struct list *out) {
  const struct rank_term *t = &r->q->terms[term];
  if (is_word(t)) return list_word(r, g, t->words[0], out);
  return t->any ? list_any(r, g, t, out) : list_phrase(r, g, t, out);
}

/* Articles of a word: as the dictionary says, or counted when some are removed. */
static int count_word(struct ranking *r, const struct index_segment *g, uint32_t word, uint64_t *rows) {
  const struct segment_word *w = segment_find(g, word);
  struct posting_cursor *c = &r->cursors[0];
  if (w == NULL) return 0;
  if (g->removed == NULL) return *rows += w->n, 0;
  int code = cursor_open(c, g, w);
  for (uint32_t n; code == 0 && (n = cursor_block(c)) > 0;)
    for (uint32_t k = 0; k < n; k++) *rows += !segment_is_removed(g, c->b.ordinal[k]);
  return code == 0 ? c->code : code;
}

/* All words: cursors meet, the rarest leading. */
static int list_meetings(struct ranking *r, const struct index_segment *g, struct list *out) {
  uint32_t n = r->q->n_terms, words[RANK_TERMS], ordinal;
  for (uint32_t k = 0; k < n; k++) words[k] = r->q->terms[k].words[0];
  int code = open_all(r, g, words, n);
  if (code <= 0) return code;
  uint32_t lead = rarest(r, n);
  while ((code = meet(r, n, lead, &ordinal)) > 0) {
    if (segment_is_removed(g, ordinal)) continue;
    for (uint32_t k = 0; k < n; k++)
      if (push(&out[k], ordinal, tf_of(r, k)) < 0) return MILL_ENOMEM;
  }
  return code;
}

/* Keeps what all lists have. */
static void intersect(struct list *lists, uint32_t n_lists) {
  uint32_t n = 0, at[RANK_TERMS] = {0};
  for (uint32_t i = 0; i < lists[0].n; i++) {
    uint32_t ordinal = lists[0].ordinal[i], k = 1;
    at[0] = i;
    for (; k < n_lists; k++) {
      while (at[k] < lists[k].n && lists[k].ordinal[at[k]] < ordinal) at[k]++;
      if (at[k] == lists[k].n || lists[k].ordinal[at[k]] != ordinal) break;
    }
    for (uint32_t j = 0; k == n_lists && j < n_lists; j++) {
      lists[j].ordinal[n] = ordinal;
      lists[j].tf[n] = lists[j].tf[at[j]];
    }
    n += k == n_lists;
  }
  for (uint32_t j = 0; j < n_lists; j++) lists[j].n = n;
}

static int only_words(const struct rank_query *q) {
  for (uint32_t k = 0; k < q->n_terms; k++)
    if (!is_word(&q->terms[k])) return 0;
  return 1;
}

static int list_segment(struct ranking *r, const struct index_segment *g, struct list *lists) {
  const struct rank_query *q = r->q;
  int walk = q->operator != RANK_OR && q->n_terms > 1 && only_words(q), code = 0;
  for (uint32_t k = 0; k < q->n_terms && code == 0; k++) {
    if (walk) {
      code = count_word(r, g, q->terms[k].words[0], &r->rows[k]);
    } else {
      code = list_term(r, g, k, &lists[k]);
      r->rows[k] += lists[k].n;
    }
  }
  if (code < 0 || q->n_terms == 1) return code;
  if (walk) return q->operator == RANK_NEAR ? list_near(r, g, lists) : list_meetings(r, g, lists);
  if (q->operator == RANK_AND) intersect(lists, q->n_terms);
  return 0;
}

/* ---- scores */

static void keep(struct ranking *r, const struct segment_article *a, double score) {
  if (r->n_best == r->limit) {
    const struct ranked *last = &r->best[r->n_best - 1];
    if (score < last->score || (score == last->score && a->article > last->article)) return;
    r->n_best--;
  }
  uint32_t k = r->n_best++;
  for (; k > 0; k--) {
    const struct ranked *x = &r->best[k - 1];
    if (x->score > score || (x->score == score && x->article < a->article)) break;
    r->best[k] = *x;
  }
  r->best[k] = (struct ranked){a->article, a->doc, score};
}

static inline double score_of(const struct ranking *r, uint32_t term, double tf, double length) {
  return r->idf[term] * ((tf * (k1 + 1.0)) / (tf + k1 * (1 - b + b * length / r->average)));
}

static inline double length_of(const struct index_segment *g, uint32_t ordinal) {
  return (double)(g->articles[ordinal].body + (uint64_t)g->articles[ordinal].rest);
}

static int score_any(struct ranking *r, const struct index_segment *g, const struct list *lists) {
  double *sum = mem_calloc((size_t)g->n_articles + 1, sizeof *sum);
  if (sum == NULL) return MILL_ENOMEM;
  for (uint32_t t = 0; t < r->q->n_terms; t++)
    for (uint32_t k = 0; k < lists[t].n; k++) {
      uint32_t ordinal = lists[t].ordinal[k];
      sum[ordinal] += score_of(r, t, lists[t].tf[k], length_of(g, ordinal));
    }
  for (uint32_t k = 0; k < g->n_articles; k++)
    if (sum[k] > 0) keep(r, &g->articles[k], sum[k]);
  mem_free(sum);
  return 0;
}

static int score_segment(struct ranking *r, const struct index_segment *g, const struct list *lists) {
  uint32_t n_terms = r->q->n_terms;
  if (n_terms > 1 && r->q->operator == RANK_OR) return score_any(r, g, lists);
  for (uint32_t k = 0; k < lists[0].n; k++) {
    uint32_t ordinal = lists[0].ordinal[k];
    double score = 0, length = length_of(g, ordinal);
    for (uint32_t t = 0; t < n_terms; t++) score += score_of(r, t, lists[t].tf[k], length);
    keep(r, &g->articles[ordinal], score);
  }
  return 0;
}

static void set_idf(struct ranking *r, const struct rank_totals *totals) {
  r->average = (double)totals->tokens / (double)totals->articles;
  for (uint32_t t = 0; t < r->q->n_terms; t++) {
    double rows = (double)r->rows[t], idf = log(((double)totals->articles - rows + 0.5) / (rows + 0.5));
    r->idf[t] = idf > 0 ? idf : 1e-6;
  }
}

/* Can nothing in the block that comes next get among the best? */
static int is_hopeless(const struct ranking *r, const struct posting_cursor *c) {
  uint32_t tf, length;
  if (r->n_best < r->limit || !cursor_bound(c, &tf, &length)) return 0;
  return score_of(r, 0, tf, length) < r->best[r->n_best - 1].score;
}

static int rank_word(struct ranking *r, const struct index_segment *g, uint32_t word) {
  const struct segment_word *w = segment_find(g, word);
  struct posting_cursor *c = &r->cursors[0];
  if (w == NULL) return 0;
  int code = cursor_open(c, g, w);
  while (code == 0) {
    while (is_hopeless(r, c)) c->block++;
    uint32_t n = cursor_block(c);
    if (n == 0) return c->code;
    for (uint32_t k = 0; k < n; k++) {
      uint32_t ordinal = c->b.ordinal[k];
      if (!segment_is_removed(g, ordinal))
        keep(r, &g->articles[ordinal], score_of(r, 0, c->b.tf[k], length_of(g, ordinal)));
    }
  }
  return code;
}

/* ---- public */

static int setup(struct ranking *r) {
  const struct rank_query *q = r->q;
  uint32_t most = q->n_terms;
  if (q->n_terms == 0 || q->n_terms > RANK_TERMS) return MILL_EINVAL;
  for (uint32_t k = 0; k < q->n_terms; k++) {
    if (q->terms[k].any || q->terms[k].n <= most) continue;
    if (q->terms[k].n > RANK_TERMS) return MILL_EINVAL;
    most = q->terms[k].n;
  }
  r->n_cursors = most;
  r->cursors = mem_calloc(most, sizeof *r->cursors);
  r->positions = mem_calloc(most, sizeof *r->positions);
  r->capacity = mem_calloc(most, sizeof *r->capacity);
  r->lists = mem_calloc((size_t)r->n_segments * q->n_terms + 1, sizeof *r->lists);
  return r->cursors == NULL || r->positions == NULL || r->capacity == NULL || r->lists == NULL ? MILL_ENOMEM : 0;
}

static void clean_up(struct ranking *r) {
  for (uint32_t k = 0; k < r->n_cursors; k++) {
    if (r->cursors != NULL) cursor_free(&r->cursors[k]);
    if (r->positions != NULL) mem_free(r->positions[k]);
  }
  for (size_t k = 0; r->lists != NULL && k < (size_t)r->n_segments * r->q->n_terms; k++) {
    mem_free(r->lists[k].ordinal);
    mem_free(r->lists[k].tf);
  }
  mem_free(r->cursors);
  mem_free(r->positions);
  mem_free(r->capacity);
  mem_free(r->lists);
}

static int rank_one_word(struct ranking *r, const struct rank_totals *totals) {
  int code = 0;
  uint32_t word = r->q->terms[0].words[0];
  for (uint32_t k = 0; k < r->n_segments && code == 0; k++) code = count_word(r, &r->segments[k], word, &r->rows[0]);
  set_idf(r, totals);
  for (uint32_t k = 0; k < r->n_segments && code == 0; k++) code = rank_word(r, &r->segments[k], word);
  return code;
}

static int list_all(struct ranking *r) {
  int code = 0;
  for (uint32_t k = 0; k < r->n_segments && code == 0; k++)
    code = list_segment(r, &r->segments[k], r->lists + (size_t)k * r->q->n_terms);
  return code;
}

int rank_top(const struct index_segment *segments, uint32_t n_segments, const struct rank_totals *totals,
             const struct rank_query *q, uint32_t limit, struct ranked *out, uint32_t *n) {
  struct ranking r = {.segments = segments, .n_segments = n_segments, .q = q, .best = out, .limit = limit};
  *n = 0;
  if (limit == 0 || totals->articles == 0) return 0;
  int code = setup(&r);
  if (code == 0 && q->n_terms == 1 && is_word(&q->terms[0])) {
    code = rank_one_word(&r, totals);
  } else {
    if (code == 0) code = list_all(&r);
    if (code == 0) set_idf(&r, totals);
    for (uint32_t k = 0; k < n_segments && code == 0; k++)
      code = score_segment(&r, &segments[k], r.lists + (size_t)k * q->n_terms);
  }
  clean_up(&r);
  *n = code == 0 ? r.n_best : 0;
  return code;
}

static uint64_t united(const struct ranking *r, const struct index_segment *g, const struct list *lists, uint8_t *seen) {
  uint64_t n = 0;
  memset(seen, 0, (size_t)g->n_articles + 1);
  for (uint32_t t = 0; t < r->q->n_terms; t++)
    for (uint32_t k = 0; k < lists[t].n; k++) {
      n += !seen[lists[t].ordinal[k]];
      seen[lists[t].ordinal[k]] = 1;
    }
  return n;
}

int rank_count(const struct index_segment *segments, uint32_t n_segments, const struct rank_query *q, uint64_t *n) {
  struct ranking r = {.segments = segments, .n_segments = n_segments, .q = q};
  uint32_t most = 0;
  *n = 0;
  for (uint32_t k = 0; k < n_segments; k++) most = segments[k].n_articles > most ? segments[k].n_articles : most;
  uint8_t *seen = mem_malloc((size_t)most + 1);
  int code = seen == NULL ? MILL_ENOMEM : setup(&r);
  if (code == 0 && q->n_terms == 1 && is_word(&q->terms[0])) {
    for (uint32_t k = 0; k < n_segments && code == 0; k++)
      code = count_word(&r, &segments[k], q->terms[0].words[0], n);
  } else if (code == 0 && (code = list_all(&r)) == 0) {
    for (uint32_t k = 0; k < n_segments; k++) {
      const struct list *lists = r.lists + (size_t)k * q->n_terms;
      *n += q->operator == RANK_OR ? united(&r, &segments[k], lists, seen) : lists[0].n;
    }
  }
  mem_free(seen);
  clean_up(&r);
  return code;
}
