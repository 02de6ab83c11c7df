/*
** verify_index.c - does the index say what the stored tokens say?
**
**   segments   every posting of every segment is decoded; what is not removed is
**              summed by word: times, and a sum of hashes of (article, position).
**              The same sums come from the tokens; articles and their lengths
**              are compared one by one. So are seams, where all segments have the
**              lexicon's list of them.
**   mill_fts   where there: its own check of pages, rows, and terms counted
*/
#include <stdio.h>

#include "../core/lexicon.h"
#include "index.h"
#include "seams.h"
#include "verify.h"

struct sums { uint64_t *hash; uint32_t *times; };

static uint64_t mix(int64_t article, uint32_t position) {
  uint64_t x = (uint64_t)article * UINT64_C(0x9E3779B97F4A7C15) + position;
  x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
  return x ^ x >> 31;
}

static int sums_make(struct sums *s, uint32_t n) {
  s->hash = mem_calloc((size_t)n + 1, sizeof *s->hash);
  s->times = mem_calloc((size_t)n + 1, sizeof *s->times);
  return s->hash == NULL || s->times == NULL ? MILL_ENOMEM : 0;
}

static void sums_free(struct sums *s) {
  mem_free(s->hash);
  mem_free(s->times);
}

static void sums_add(struct sums *s, uint32_t word, int64_t article, uint32_t position) {
  s->hash[word] += mix(article, position);
  s->times[word]++;
}

/* ---- from the tokens */

struct lengths { int64_t article; uint64_t words; };
struct expected {
  struct sums sums, seams;
  struct lengths *articles; uint32_t n, capacity;
  uint32_t *numbers, numbers_capacity; /* scratch: a list's seams */
};

static void expected_free(struct expected *e) {
  sums_free(&e->sums);
  sums_free(&e->seams);
  mem_free(e->articles);
  mem_free(e->numbers);
}

static int expect_seams(struct expected *e, struct vocab *v, const uint32_t *ids, uint32_t n, int64_t article,
                        uint32_t rest) {
  if (e->seams.hash == NULL) return 0;
  if (mill_grow(&e->numbers, &e->numbers_capacity, (size_t)n + 1, sizeof *e->numbers) < 0) return MILL_ENOMEM;
  int64_t many = seams_of(v, ids, n, e->numbers);
  for (int64_t k = 0; k < many; k++) sums_add(&e->seams, e->numbers[k], article, rest);
  return many < 0 ? MILL_ENOMEM : 0;
}

static int expect_list(struct expected *e, struct vocab *v, const struct index_lists *l, uint32_t list,
                       int64_t article) {
  uint32_t position = list & 1 ? SEGMENT_REST : 0, gap = 1, from = index_list_from(l, list);
  if (expect_seams(e, v, l->ids + from, l->ends[list] - from, article, position) < 0) return MILL_ENOMEM;
  for (uint32_t k = from; k < l->ends[list]; k++) {
    if (l->ids[k] != 0) sums_add(&e->sums, l->ids[k], article, position + gap);
    gap = l->ids[k] == 0;
    position += gap ? 0 : 2;
  }
  return 0;
}

static int expect_document(struct check *x, struct reader *r, struct expected *e, mill_error *err) {
  uint32_t n = r->layout.n_articles;
  struct index_lists l = {0};
  struct index_job job = {r->doc, r->id, r->start, r->n, &r->layout, NULL, NULL, NULL};
  int64_t *rows = mem_malloc(((size_t)n + 1) * sizeof *rows);
  int code = rows == NULL ? mill_fail_memory(err) : document_articles(x->c, r->doc, rows, n, err);
  if (code == 0 && (index_lists_make(&x->c->words, &job, &x->c->scratch2, &l) < 0 ||
                    mill_grow(&e->articles, &e->capacity, (size_t)e->n + n, sizeof *e->articles) < 0))
    code = mill_fail_memory(err);
  for (uint32_t a = 0; a < n && code == 0; a++) {
    if (expect_list(e, &x->c->words, &l, a * 2, rows[a]) < 0 ||
        expect_list(e, &x->c->words, &l, a * 2 + 1, rows[a]) < 0)
      code = mill_fail_memory(err);
    e->articles[e->n++] = (struct lengths){rows[a], (uint64_t)l.words[a * 2] + l.words[a * 2 + 1]};
  }
  mem_free(rows);
  return code;
}

/* A document that cannot be read has been named already. */
static int expect_all(struct check *x, struct expected *e, mill_error *err) {
  struct reader r = {0};
  sqlite3_stmt *s = NULL;
  int code = 0,
      rc = sqlite3_prepare_v2(x->c->db, "SELECT doc, tokens, layout FROM mill_forward", -1, &s, NULL);
  while (code == 0 && (rc == SQLITE_OK || rc == SQLITE_ROW)) {
    if ((rc = sqlite3_step(s)) != SQLITE_ROW) break;
    code = reader_load(x->c, &r, sqlite3_column_int64(s, 0), sqlite3_column_blob(s, 1),
                       (size_t)sqlite3_column_bytes(s, 1), sqlite3_column_blob(s, 2),
                       (size_t)sqlite3_column_bytes(s, 2), err);
    if (code == 0) code = expect_document(x, &r, e, err);
    if (code == MILL_ECORRUPT) code = 0;
  }
  sqlite3_finalize(s);
  reader_free(&r);
  return code < 0 || rc == SQLITE_DONE ? code : sql_fail(x->c, rc, "checking", err);
}

/* ---- from the segments */

static int sum_word(const struct index_segment *g, const struct segment_word *w, struct posting_cursor *c,
                    uint32_t **positions, uint32_t *capacity, struct sums *sums) {
  int code = cursor_open(c, g, w);
  while (code == 0 && cursor_next(c)) {
    uint32_t n = c->b.tf[c->at], rest = 0;
    if (n > c->word->n_positions) return MILL_ECORRUPT;
    if (mill_grow(positions, capacity, (size_t)n + 8, sizeof **positions) < 0) return MILL_ENOMEM;
    code = cursor_positions(c, *positions);
    for (uint32_t k = 0; k < n && code == 0; k++) {
      rest += (*positions)[k] >= SEGMENT_REST;
      if (!segment_is_removed(g, cursor_ordinal(c)))
        sums_add(sums, w->word, g->articles[cursor_ordinal(c)].article, (*positions)[k]);
    }
    if (code == 0 && rest != c->b.rest[c->at]) code = MILL_ECORRUPT;
  }
  return code == 0 ? c->code : code;
}

/* A posting of a seam says how often alone. */
static int sum_seam(const struct index_segment *g, const struct segment_word *w, struct posting_cursor *c,
                    struct sums *sums) {
  uint32_t number = w->word - SEGMENT_SEAMS;
  int code = cursor_open(c, g, w);
  while (code == 0 && cursor_next(c)) {
    uint32_t tf = c->b.tf[c->at], rest = c->b.rest[c->at];
    int64_t article = g->articles[cursor_ordinal(c)].article;
    if (segment_is_removed(g, cursor_ordinal(c))) continue;
    sums->times[number] += tf;
    sums->hash[number] += (tf - rest) * mix(article, 0) + rest * mix(article, SEGMENT_REST);
  }
  return code == 0 ? c->code : code;
}

static int sum_seams(const struct index_segment *g, struct posting_cursor *c, uint32_t numbers,
                     struct sums *sums) {
  int code = 0;
  for (uint32_t k = g->n_text; k + 1 < g->n_words && code == 0; k++)
    code = g->words[k].word - SEGMENT_SEAMS >= numbers ? MILL_ECORRUPT : sum_seam(g, &g->words[k], c, sums);
  return code;
}

static int sum_segment(struct check *x, const struct index_segment *g, struct sums *sums, struct sums *seams) {
  struct posting_cursor *c = mem_calloc(1, sizeof *c);
  uint32_t *positions = NULL, capacity = 0;
  int code = c == NULL ? MILL_ENOMEM : 0;
  for (uint32_t k = 0; k < g->n_text && code == 0; k++)
    code = g->words[k].word > x->c->words.n ? MILL_ECORRUPT
                                            : sum_word(g, &g->words[k], c, &positions, &capacity, sums);
  if (code == 0 && seams->hash != NULL) code = sum_seams(g, c, LEX_SEAMS, seams);
  if (c != NULL) cursor_free(c);
  mem_free(c);
  mem_free(positions);
  return code;
}

/* ---- both */

static int by_article(const void *a, const void *b) {
  const struct lengths *x = a, *y = b;
  return x->article < y->article ? -1 : x->article > y->article;
}

static int compare_articles(struct check *x, struct expected *e) {
  struct lengths *found = NULL;
  uint32_t n = 0, capacity = 0, differ = 0;
  for (uint32_t k = 0; k < x->c->index.n; k++) {
    const struct index_segment *g = &x->c->index.items[k];
    if (mill_grow(&found, &capacity, (size_t)n + g->n_articles, sizeof *found) < 0)
      return mem_free(found), MILL_ENOMEM;
    for (uint32_t a = 0; a < g->n_articles; a++)
      if (!segment_is_removed(g, a))
        found[n++] =
            (struct lengths){g->articles[a].article, (uint64_t)g->articles[a].body + g->articles[a].rest};
  }
  if (n > 0) qsort(found, n, sizeof *found, by_article);
  if (e->n > 0) qsort(e->articles, e->n, sizeof *e->articles, by_article);
  for (uint32_t k = 0; k < n && k < e->n; k++)
    differ |= found[k].article != e->articles[k].article || found[k].words != e->articles[k].words;
  if (n != e->n || differ) verify_problem(x, NULL, "index: its articles are not those of the documents");
  mem_free(found);
  return 0;
}

static void compare_words(struct check *x, const struct sums *a, const struct sums *b) {
  char text[160];
  for (uint32_t id = 1; id <= x->c->words.n; id++) {
    size_t n;
    const char *word = vocab_text(&x->c->words, id, &n);
    if (a->times[id] == b->times[id] && a->hash[id] == b->hash[id]) continue;
    snprintf(text, sizeof text, "index: '%.*s' is counted differently from the tokens", n < 40 ? (int)n : 40,
             word);
    verify_problem(x, NULL, text);
  }
}

static void compare_seams(struct check *x, const struct sums *a, const struct sums *b) {
  uint32_t differ = 0;
  for (uint32_t k = 0; a->hash != NULL && k < LEX_SEAMS; k++)
    differ += a->times[k] != b->times[k] || a->hash[k] != b->hash[k];
  if (differ > 0) verify_problem(x, NULL, "index: its seams are not those of the tokens");
}

/* Do all segments have the lexicon's list? Others are not asked for theirs. */
static int have_seams(const mill_corpus *c) {
  uint32_t list = seams_list(&c->words), others = 0;
  for (uint32_t k = 0; k < c->index.n; k++) others += c->index.items[k].seam_list != list;
  return list != 0 && others == 0;
}

static int make_all(struct check *x, struct expected *e, struct sums *sums, struct sums *seams) {
  uint32_t n = x->c->words.n;
  if (sums_make(&e->sums, n) < 0 || sums_make(sums, n) < 0) return MILL_ENOMEM;
  if (!have_seams(x->c)) return 0;
  n = LEX_SEAMS;
  return sums_make(&e->seams, n) < 0 || sums_make(seams, n) < 0 ? MILL_ENOMEM : 0;
}

static int check_segments(struct check *x, mill_error *err) {
  struct expected e = {0};
  struct sums sums = {0}, seams = {0};
  segment_store_forget(&x->c->index.store);
  int code = segments_get(x->c, err), inner = 0;
  if (code == 0 && make_all(x, &e, &sums, &seams) < 0) code = mill_fail_memory(err);
  if (code == 0) code = expect_all(x, &e, err);
  for (uint32_t k = 0; k < x->c->index.n && code == 0 && inner == 0; k++)
    inner = sum_segment(x, &x->c->index.items[k], &sums, &seams);
  if (code == 0 && inner == 0) inner = compare_articles(x, &e);
  if (code == 0 && inner < 0) code = segments_fail(x->c, inner, "checking", err);
  if (code == 0) compare_words(x, &e.sums, &sums);
  if (code == 0) compare_seams(x, &e.seams, &seams);
  if (code == MILL_ECORRUPT) verify_problem(x, NULL, "index: its postings are damaged"), code = 0;
  sums_free(&sums);
  sums_free(&seams);
  expected_free(&e);
  return code;
}

/* ---- mill_fts */

#define LONGEST_TERM 32768 /* FTS5 cuts terms there */

static int compare_terms(struct check *x, uint32_t *times, mill_error *err) {
  mill_corpus *c = x->c;
  sqlite3_stmt *s = NULL;
  char text[160];
  int rc = sqlite3_prepare_v2(c->db, "SELECT term, cnt FROM temp.mill_terms", -1, &s, NULL);
  while (rc == SQLITE_OK || rc == SQLITE_ROW) {
    if ((rc = sqlite3_step(s)) != SQLITE_ROW) break;
    const char *term = (const char *)sqlite3_column_text(s, 0);
    size_t n = (size_t)sqlite3_column_bytes(s, 0);
    uint32_t id = term != NULL ? vocab_find(&c->words, term, n) : 0;
    if (n >= LONGEST_TERM) continue;
    if (id == 0 || (int64_t)times[id] != sqlite3_column_int64(s, 1)) {
      snprintf(text, sizeof text, "mill_fts: '%.40s' is counted differently from the tokens", term);
      verify_problem(x, NULL, text);
    }
    times[id] = 0;
  }
  sqlite3_finalize(s);
  if (rc != SQLITE_DONE) return sql_fail(c, rc, "checking", err);
  for (uint32_t id = 1; id <= c->words.n; id++) {
    size_t n;
    const char *word = vocab_text(&c->words, id, &n);
    if (times[id] == 0 || n >= LONGEST_TERM) continue;
    snprintf(text, sizeof text, "mill_fts: '%.*s' is missing", n < 40 ? (int)n : 40, word);
    verify_problem(x, NULL, text);
  }
  return 0;
}

static int check_fts(struct check *x, mill_error *err) {
  static const char *const orphans[] =
      {"SELECT 'article without a row of mill_fts: ' || article FROM mill_articles WHERE article NOT IN "
       "(SELECT id FROM mill_fts_docsize)",
       "SELECT 'row of mill_fts without an article: ' || id FROM mill_fts_docsize WHERE id NOT IN (SELECT "
       "article FROM mill_articles)"};
  struct expected e = {0};
  int code = sums_make(&e.sums, x->c->words.n) < 0 ? mill_fail_memory(err) : 0;
  for (int k = 0; k < 2 && code == 0; k++) code = verify_sql(x, orphans[k], NULL, err);
  if (code == 0)
    code = sql_exec(x->c,
                    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.mill_terms USING fts5vocab('main', 'mill_fts', "
                    "'row')",
                    "checking", err);
  if (code == 0) code = expect_all(x, &e, err);
  if (code == 0) code = compare_terms(x, e.sums.times, err);
  if (code == MILL_ECORRUPT) verify_problem(x, NULL, "mill_fts: its pages are damaged"), code = 0;
  expected_free(&e);
  sqlite3_exec(x->c->db, "DROP TABLE IF EXISTS temp.mill_terms", NULL, NULL, NULL);
  return code;
}

int verify_index(struct check *x, mill_error *err) {
  int code = x->c->has_segments ? check_segments(x, err) : 0;
  return code == 0 && x->c->has_fts ? check_fts(x, err) : code;
}
