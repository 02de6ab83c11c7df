/*
** search.c - ranked search and counting.
**
**   index --rank_run--> article, counts, score ---------------> found
**                  \--> what only the text can say --read it--^
**
** A file without an index of ours (an older one, read only): every article is of the
** second kind, and idf comes from what the texts said.
*/
#include "facets.h"

#include <math.h>
#include <stdlib.h>

struct unsure { int64_t article, doc; uint32_t length; };

static const mill_query_options defaults = {0};

void search_free(struct search *s) {
  evaluation_free(&s->e);
  mem_free(s->items);
  mem_free(s->unsure);
  mem_free(s->counts);
  mem_free(s->seen);
}

/* Of the table of articles, where no index says it. */
static int read_totals(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_ARTICLE_TOTALS, err);
  if (s == NULL) return MILL_EIO;
  int code = sql_row(c, s, "searching", err);
  if (code < 0) return code;
  c->n_articles = (uint64_t)sqlite3_column_int64(s, 0);
  c->n_tokens = (uint64_t)sqlite3_column_int64(s, 1);
  sqlite3_reset(s);
  return 0;
}

static int sum_totals(mill_corpus *c, mill_error *err) {
  int code = segments_get(c, err);
  if (code < 0) return code;
  c->n_articles = c->n_tokens = 0;
  for (uint32_t i = 0; i < c->index.n; i++) {
    const struct index_segment *g = &c->index.items[i];
    c->n_articles += g->n_articles - g->n_removed;
    for (uint32_t k = 0; k < g->n_articles; k++) c->n_tokens += segment_is_removed(g, k) ? 0 : g->lengths[k];
  }
  return 0;
}

/* Articles and words of the corpus; read again when somebody has written. */
static int load_totals(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_DATA_VERSION, err);
  if (s == NULL) return MILL_EIO;
  int code = sql_row(c, s, "searching", err);
  if (code < 0) return code;
  int64_t version = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  if (version == c->totals_version && !c->batch) return 0;
  code = c->has_segments ? sum_totals(c, err) : read_totals(c, err);
  if (code == 0) c->totals_version = version;
  return code;
}

/* ---- what is found */

/* A document counts once, whichever of its articles match. */
static int count_document(struct search *s, int64_t doc) {
  if (doc < 0 || doc > INT64_C(1) << 33) return MILL_ECORRUPT;
  if (doc > s->last || s->seen == NULL) {
    int64_t last = doc + doc / 2 + 8192;
    uint8_t *seen = mem_realloc(s->seen, (size_t)last / 8 + 1);
    if (seen == NULL) return MILL_ENOMEM;
    size_t old = s->seen != NULL ? (size_t)s->last / 8 + 1 : 0;
    memset(seen + old, 0, (size_t)last / 8 + 1 - old);
    s->seen = seen;
    s->last = last;
  }
  uint8_t bit = (uint8_t)(1u << doc % 8), *at = &s->seen[doc / 8];
  s->e.totals.documents += !(*at & bit);
  *at |= bit;
  return 0;
}

static int is_better(const struct found *a, const struct found *b) {
  return a->score != b->score ? a->score > b->score : a->article < b->article;
}

static int by_score(const void *a, const void *b) { return is_better(a, b) ? -1 : is_better(b, a); }

/* Keeps all, or the best in their order. */
static int keep(struct search *s, const struct found *f) {
  if (s->keep == 0 || s->n < s->keep) {
    if (mill_grow(&s->items, &s->capacity, (size_t)s->n + 1, sizeof *s->items) < 0) return MILL_ENOMEM;
    s->n++;
  } else if (!is_better(f, &s->items[s->n - 1])) {
    return 0;
  }
  uint32_t k = s->n - 1;
  for (; s->keep > 0 && k > 0 && is_better(f, &s->items[k - 1]); k--) s->items[k] = s->items[k - 1];
  s->items[k] = *f;
  if (s->n == s->keep) s->floor = s->items[s->n - 1].score;
  return 0;
}

static int take(struct search *s, const struct found *f, int tallied) {
  if (tallied) return keep(s, f);
  s->e.totals.articles++;
  s->e.totals.hits += f->hits;
  int code = count_document(s, f->doc);
  return code < 0 || s->rank.totals == NULL ? code : keep(s, f);
}

static uint64_t sum(const struct search *s, const uint32_t *counts) {
  uint64_t hits = 0;
  for (uint16_t k = 0; k < s->e.q.n_leaves; k++) hits += counts[k];
  return hits;
}

static int push_unsure(struct search *s, int64_t article, int64_t doc, uint32_t length) {
  if (mill_grow(&s->unsure, &s->unsure_capacity, (size_t)s->n_unsure + 1, sizeof *s->unsure) < 0)
    return MILL_ENOMEM;
  s->unsure[s->n_unsure++] = (struct unsure){article, doc, length};
  return 0;
}

static int take_match(void *context, const struct rank_match *m) {
  struct search *s = context;
  const struct segment_article *a = &m->segment->articles[m->ordinal];
  if (s->e.o->doc != 0 && a->doc != s->e.o->doc) return 0;
  if (!scope_has_row(s->e.c->scope, a->doc, a->article)) return 0;
  if (m->unsure) return push_unsure(s, a->article, a->doc, a->body + a->rest);
  return take(s, &(struct found){a->article, a->doc, sum(s, m->counts), m->score}, m->tallied);
}

/* ---- what the text must say */

static int by_document(const void *a, const void *b) {
  const struct unsure *x = a, *y = b;
  if (x->doc != y->doc) return x->doc < y->doc ? -1 : 1;
  return x->article < y->article ? -1 : x->article > y->article;
}

int search_number(struct evaluation *e, int64_t article, uint32_t *number, mill_error *err) {
  uint32_t n = e->reader.layout.n_articles;
  *number = 0;
  if (n == 1) return 0;
  int64_t *rows = mem_malloc(((size_t)n + 1) * sizeof *rows);
  int code = rows == NULL ? mill_fail_memory(err) : document_articles(e->c, e->reader.doc, rows, n, err);
  while (code == 0 && *number < n && rows[*number] != article) ++*number;
  mem_free(rows);
  if (code == 0 && *number == n)
    return mill_fail(err, MILL_ECORRUPT, 0, "the index has an article that its document has not");
  return code;
}

/* Counts of the leaves that show, into s->counts; 1 when the article matches. */
static int verify(struct search *s, const struct unsure *u, mill_error *err) {
  struct evaluation *e = &s->e;
  uint32_t number, n = e->q.n_leaves;
  int code = search_number(e, u->article, &number, err);
  if (code < 0 || !hits_match(&e->q, &e->hits, number)) return code;
  if (mill_grow(&s->counts, &s->counts_capacity, (size_t)s->n_counts + n, sizeof *s->counts) < 0)
    return mill_fail_memory(err);
  for (uint16_t k = 0; k < n; k++) {
    size_t cell = (size_t)number * n + k;
    s->counts[s->n_counts + k] = e->hits.shown[cell] ? e->hits.counts[cell] : 0;
  }
  return 1;
}

/* Reads the documents; the articles that match stay in s->unsure, their counts beside. */
static int read_unsure(struct search *s, mill_error *err) {
  struct evaluation *e = &s->e;
  uint32_t kept = 0;
  int64_t doc = -1;
  int code = 0;
  if (s->n_unsure > 0) qsort(s->unsure, s->n_unsure, sizeof *s->unsure, by_document);
  for (uint32_t k = 0; k < s->n_unsure && code >= 0; k++) {
    const struct unsure *u = &s->unsure[k];
    if (u->doc != doc) {
      if (stop_look(&e->stop) < 0) return stop_fail(&e->stop, "searching", err);
      e->totals.scanned++;
      code = reader_get(e->c, &e->reader, doc = u->doc, err);
      if (code == 0 && hits_find(&e->q, &e->reader, &e->c->words, e->o->all, &e->hits) < 0)
        code = mill_fail_memory(err);
    }
    if (code == 0 && (code = verify(s, u, err)) > 0) {
      s->unsure[kept++] = *u;
      s->n_counts += e->q.n_leaves;
      code = 0;
    }
  }
  s->n_unsure = kept;
  return code;
}

/* What the texts said is scored and taken. */
static int take_read(struct search *s, mill_error *err) {
  for (uint32_t k = 0; k < s->n_unsure; k++) {
    const struct unsure *u = &s->unsure[k];
    const uint32_t *counts = s->counts + (size_t)k * s->e.q.n_leaves;
    double score = s->rank.totals != NULL ? rank_score(&s->rank, counts, u->length) : 0;
    int code = take(s, &(struct found){u->article, u->doc, sum(s, counts), score}, 0);
    if (code < 0) return plan_fail(s->e.c, NULL, code, err);
  }
  return 0;
}

/* ---- without an index */

static int every_article(struct search *s, mill_error *err) {
  mill_corpus *c = s->e.c;
  sqlite3_stmt *q = NULL;
  int code = 0,
      rc = sqlite3_prepare_v2(c->db, "SELECT article, doc, tokens FROM mill_articles", -1, &q, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "searching", err);
  while (code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW) {
    int64_t article = sqlite3_column_int64(q, 0), doc = sqlite3_column_int64(q, 1);
    if ((s->e.o->doc != 0 && doc != s->e.o->doc) || !scope_has_row(c->scope, doc, article)) continue;
    if (push_unsure(s, article, doc, (uint32_t)sqlite3_column_int64(q, 2)) < 0) code = mill_fail_memory(err);
  }
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(c, rc, "searching", err);
  sqlite3_finalize(q);
  return code;
}

static void weigh_read(struct search *s) {
  struct rank *r = &s->rank;
  r->average = s->corpus.articles > 0 && s->corpus.tokens > 0
      ? (double)s->corpus.tokens / (double)s->corpus.articles : 1;
  for (uint16_t t = 0; t < s->e.q.n_leaves; t++) {
    double n = 0;
    for (uint32_t k = 0; k < s->n_unsure; k++) n += s->counts[(size_t)k * s->e.q.n_leaves + t] > 0;
    double idf = log(((double)s->corpus.articles - n + 0.5) / (n + 0.5));
    r->idf[t] = idf > 0 ? idf : 1e-6;
  }
}

/* ---- running */

static int prepare(struct search *s, const char *query, mill_error *err) {
  struct evaluation *e = &s->e;
  e->q.words = e->o->words;
  e->hits.scope = e->c->scope;
  stop_begin(&e->stop, e->o->max_ms, e->o->stop, e->o->stop_context);
  int code = query_parse(e->c->data, e->c->user, query, &e->q, err);
  if (code == 0) code = terms_make(e->c, &e->q, &e->stop, err);
  return code;
}

/* Is every article a document of its own? Then documents need not be told apart. */
static int is_one_each(const struct segment_set *x) {
  for (uint32_t k = 0; k < x->n; k++) {
    const struct index_segment *g = &x->items[k];
    if (g->n_articles > 0 && g->last_doc == 0) return 0;
    for (uint32_t i = 0; i < k; i++)
      if (x->items[i].first_doc <= g->last_doc && g->first_doc <= x->items[i].last_doc) return 0;
  }
  return 1;
}

/* Totals of what is asked of the whole corpus are counted block by block, where only the best
** are wanted or none. */
static void use_tally(struct search *s) {
  if (s->e.o->doc != 0 || s->e.c->scope != NULL || s->rank.floor != NULL) return;
  if ((s->rank.totals != NULL && s->keep == 0) || !is_one_each(&s->e.c->index)) return;
  s->tally.least = s->rank.totals != NULL ? &s->floor : NULL;
  s->rank.tally = &s->tally;
}

static void add_tally(struct search *s) {
  s->e.totals.articles += s->tally.articles;
  s->e.totals.documents += s->tally.articles;
  s->e.totals.hits += s->tally.hits;
}

static int match(struct search *s, mill_error *err) {
  struct evaluation *e = &s->e;
  if (!e->c->has_segments) return every_article(s, err);
  int code = segments_get(e->c, err);
  if (code < 0) return code;
  plan_make(&s->plan, &e->q, !e->o->all);
  s->rank.segments = e->c->index.items;
  s->rank.n_segments = e->c->index.n;
  s->rank.query = &s->plan.query;
  s->rank.stop = &e->stop;
  s->rank.take = take_match;
  s->rank.context = s;
  use_tally(s);
  code = rank_run(&s->rank);
  add_tally(s);
  return code < 0 ? plan_fail(e->c, &e->stop, code, err) : 0;
}

int search_run(struct search *s, mill_corpus *c, const char *query, const mill_query_options *o, int ranked,
               mill_error *err) {
  s->e.c = c;
  s->e.o = o != NULL ? o : &defaults;
  int code = prepare(s, query, err);
  if (code == 0 && ranked) code = load_totals(c, err);
  s->corpus = (struct rank_totals){c->n_articles, c->n_tokens};
  if (ranked) s->rank.totals = &s->corpus;
  if (code == 0) code = match(s, err);
  if (code == 0) code = read_unsure(s, err);
  if (code == 0 && !c->has_segments)
    plan_make(&s->plan, &s->e.q, !s->e.o->all), s->rank.query = &s->plan.query, weigh_read(s);
  if (code == 0) code = take_read(s, err);
  if (code == 0 && s->keep == 0 && s->n > 0) qsort(s->items, s->n, sizeof *s->items, by_score);
  return code;
}

/* ---- public */

/* More than that are sorted at once, at the end. */
#define MANY 1000

/* How many of the best are kept; facets count all. */
static uint32_t wanted(const mill_query_options *o, size_t facets) {
  int all = o->limit == 0 || o->limit > MANY || o->offset > MANY - o->limit || facets > 0;
  return all ? 0 : (uint32_t)(o->limit + o->offset);
}

struct answer { mill_rows *rows, *facets; };

static int answer(struct search *s, const mill_query_options *o, const char *const *keys, size_t n_keys,
                  struct answer *a, mill_error *err) {
  size_t from = o->offset < s->n ? o->offset : s->n, left = s->n - from;
  int code = n_keys > 0 ? facets_count(s, keys, n_keys, a->facets, err) : 0;
  if (code < 0) return code;
  return search_rows(&s->e, s->items + from, o->limit != 0 && o->limit < left ? o->limit : left, a->rows,
      err);
}

int mill_corpus_search_facets(mill_corpus *c, const char *query, const mill_query_options *o,
                              const char *const *keys, size_t n_keys, mill_rows **out, mill_rows **facets,
                              mill_totals *totals, mill_error *err) {
  struct search *s = mem_calloc(1, sizeof *s);
  static const char columns[] =
      "doc article title score hits snippet cite raw_from raw_to clean_from clean_to";
  struct answer a = {rows_new(columns), rows_new("facet value articles hits")};
  *out = NULL;
  if (facets != NULL) *facets = NULL;
  if (o == NULL) o = &defaults;
  int code = s == NULL || a.rows == NULL || a.facets == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    s->keep = wanted(o, n_keys);
    if (totals == NULL && s->keep > 0) s->rank.floor = &s->floor;
    code = search_run(s, c, query, o, 1, err);
    if (code == 0) code = answer(s, o, keys, n_keys, &a, err);
    if (totals != NULL) *totals = s->e.totals;
    corpus_read_end(c);
  }
  if (s != NULL) search_free(s);
  mem_free(s);
  if (code == 0) code = rows_take(a.rows, out, err);
  else mill_rows_free(a.rows);
  if (code == 0 && facets != NULL) code = rows_take(a.facets, facets, err);
  else mill_rows_free(a.facets);
  if (code < 0) mill_rows_free(*out), *out = NULL;
  return code;
}

int mill_corpus_search(mill_corpus *c, const char *query, const mill_query_options *o,
                       mill_rows **out, mill_totals *totals, mill_error *err) {
  return mill_corpus_search_facets(c, query, o, NULL, 0, out, NULL, totals, err);
}

int mill_corpus_count(mill_corpus *c, const char *query, const mill_query_options *o,
                      mill_totals *totals, mill_error *err) {
  struct search *s = mem_calloc(1, sizeof *s);
  int code = s == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    code = search_run(s, c, query, o, 0, err);
    *totals = s->e.totals;
    corpus_read_end(c);
  }
  if (s != NULL) search_free(s);
  mem_free(s);
  return code;
}
