/*
** search.c - ranked search and counting.
**
** Ranking is FTS5's bm25 (k1 1.2, b 0.75, natural logarithm) over verified
** counts:  idf = ln((N - n + 0.5) / (n + 0.5)), at least 1e-6
**          score = sum idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * D / avgD))
** N, D, avgD: articles and their indexed words, as FTS5 counts them.
*/
#include <math.h>

#include "evaluate.h"
#include "show.h"

struct found { int64_t doc; uint32_t article, length; mill_span first; size_t counts; double score; };

struct ranking {
  struct found *items; uint32_t n, capacity;
  uint32_t *counts; uint32_t n_counts, counts_capacity; /* n_leaves a found article */
  uint64_t rows[QUERY_LEAVES];                          /* articles seen with a leaf */
};

static const mill_query_options defaults = {0};

/* ---- collecting */

/* Words and first hit of every article of the document, in one pass each. */
struct article { uint32_t length; mill_span first; };

static struct article *measure(const struct evaluation *e) {
  const struct reader *r = &e->reader;
  uint32_t hint = 0, n = r->layout.n_articles;
  struct article *list = mem_malloc(((size_t)n + 1) * sizeof *list);
  if (list == NULL) return NULL;
  for (uint32_t a = 0; a < n; a++) list[a] = (struct article){0, {MILL_NONE, MILL_NONE}};
  for (uint32_t k = 0; k < r->n; k++) {
    if (!vocab_indexed(&e->c->words, r->id[k])) continue;
    uint32_t b = layout_block_at(&r->layout, r->start[k], &hint);
    list[b != MILL_NONE ? r->layout.blocks[b].block.article : 0].length++;
  }
  for (uint32_t k = 0; k < e->hits.n; k++) {
    const struct hit *h = &e->hits.items[k];
    if (!e->q.leaves[h->leaf].negative && h->folded.from < list[h->article].first.from)
      list[h->article].first = h->folded;
  }
  return list;
}

static int keep(struct evaluation *e, struct ranking *r, uint32_t article,
                const struct article *about) {
  uint32_t n_leaves = e->q.n_leaves;
  const uint32_t *counts = e->hits.counts + (size_t)article * n_leaves;
  if (mill_grow(&r->items, &r->capacity, (size_t)r->n + 1, sizeof *r->items) < 0 ||
      mill_grow(&r->counts, &r->counts_capacity, (size_t)r->n_counts + n_leaves,
                sizeof *r->counts) < 0)
    return MILL_ENOMEM;
  r->items[r->n++] = (struct found){e->reader.doc, article, about->length, about->first,
                                    r->n_counts, 0};
  memcpy(r->counts + r->n_counts, counts, n_leaves * sizeof *counts);
  r->n_counts += n_leaves;
  return 0;
}

static int collect(struct evaluation *e, mill_error *err) {
  struct ranking *r = e->context;
  struct article *list = measure(e);
  int code = list == NULL ? MILL_ENOMEM : 0;
  for (uint32_t a = 0; a < e->reader.layout.n_articles && code == 0; a++) {
    if (!hits_match(&e->q, &e->hits, a)) continue;
    for (uint16_t k = 0; k < e->q.n_leaves; k++)
      r->rows[k] += e->hits.counts[(size_t)a * e->q.n_leaves + k] > 0;
    code = keep(e, r, a, &list[a]);
  }
  mem_free(list);
  return code < 0 ? mill_fail_memory(err) : 0;
}

/* ---- ranking */

/* Articles and words of the corpus; read again when somebody has written. */
static int load_totals(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s;
  int64_t version = -1;
  if (sqlite3_prepare_v2(c->db, "PRAGMA data_version", -1, &s, NULL) == SQLITE_OK &&
      sqlite3_step(s) == SQLITE_ROW)
    version = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  if (version == c->totals_version && !c->batch) return 0;
  if ((s = sql_get(c, S_ARTICLE_TOTALS, err)) == NULL) return MILL_EIO;
  int code = sql_row(c, s, "searching", err);
  if (code < 0) return code;
  c->n_articles = (uint64_t)sqlite3_column_int64(s, 0);
  c->n_tokens = (uint64_t)sqlite3_column_int64(s, 1);
  sqlite3_reset(s);
  c->totals_version = version;
  return 0;
}

static double idf(const struct evaluation *e, const struct ranking *r, uint16_t leaf) {
  uint64_t n = e->q.leaves[leaf].rows;
  if (n == UINT64_MAX || e->q.n_leaves == 1) n = r->rows[leaf];
  double x = log(((double)e->c->n_articles - (double)n + 0.5) / ((double)n + 0.5));
  return x > 0 ? x : 1e-6;
}

static void score(const struct evaluation *e, struct ranking *r) {
  double weight[QUERY_LEAVES];
  double average = e->c->n_articles > 0 ? (double)e->c->n_tokens / (double)e->c->n_articles : 1;
  if (average <= 0) average = 1;
  for (uint16_t k = 0; k < e->q.n_leaves; k++)
    weight[k] = e->q.leaves[k].negative ? 0 : idf(e, r, k);
  for (uint32_t i = 0; i < r->n; i++) {
    struct found *f = &r->items[i];
    for (uint16_t k = 0; k < e->q.n_leaves; k++) {
      double tf = r->counts[f->counts + k], d = f->length / average;
      if (tf > 0) f->score += weight[k] * (tf * 2.2) / (tf + 1.2 * (0.25 + 0.75 * d));
    }
  }
}

static int by_score(const void *a, const void *b) {
  const struct found *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->doc != y->doc) return x->doc < y->doc ? -1 : 1;
  return x->article < y->article ? -1 : x->article > y->article;
}

/* ---- showing */

static int put_mark(mill_buffer *b, const char *mark) {
  mill_buffer_append(b, mark, strlen(mark));
  return 0;
}

static int by_place(const void *a, const void *b) {
  const struct hit *x = a, *y = b;
  if (x->folded.from != y->folded.from) return x->folded.from < y->folded.from ? -1 : 1;
  return x->folded.to > y->folded.to ? -1 : x->folded.to < y->folded.to;
}

/* ... text ‹hit› text ... around the first hit, with every hit in reach marked. */
static int snippet(const struct evaluation *e, const struct shown *s, mill_span first,
                   mill_buffer *out, mill_error *err) {
  size_t context = e->o->context != 0 ? e->o->context : 30;
  mill_span clean = mill_text_clean_of_folded(s->text, first);
  mill_span before = show_before(s, clean, context), after = show_after(s, clean, context);
  mill_span reach = mill_text_folded_of_clean(s->text, (mill_span){before.from, after.to});
  uint32_t at = before.from;
  int code = 0;
  if (show_before(s, clean, context + 1).from < before.from) put_mark(out, "…");
  for (uint32_t k = 0; k < e->hits.n && code == 0; k++) {
    if (e->hits.items[k].folded.from < reach.from) continue;
    if (e->hits.items[k].folded.from >= reach.to) break;
    mill_span hit = mill_text_clean_of_folded(s->text, e->hits.items[k].folded);
    if (e->q.leaves[e->hits.items[k].leaf].negative || hit.from < at || hit.to > after.to) continue;
    code = show_put(s, (mill_span){at, hit.from}, out, err);
    put_mark(out, "‹");
    if (code == 0) code = show_put(s, hit, out, err);
    put_mark(out, "›");
    at = hit.to;
  }
  if (code == 0) code = show_put(s, (mill_span){at, after.to}, out, err);
  if (show_after(s, clean, context + 1).to > after.to) put_mark(out, "…");
  return code;
}

static int64_t sum_counts(const struct evaluation *e, const struct ranking *r,
                          const struct found *f) {
  int64_t sum = 0;
  for (uint16_t k = 0; k < e->q.n_leaves; k++)
    if (!e->q.leaves[k].negative) sum += r->counts[f->counts + k];
  return sum;
}

/* The document again, for showing: its hits in the order of the text. */
static int load_hits(struct evaluation *e, struct shown *s, int64_t doc, mill_error *err) {
  int code = reader_get(e->c, &e->reader, doc, err);
  if (code == 0 && hits_find(&e->q, &e->reader, &e->c->words, e->o->all, &e->hits) < 0)
    code = mill_fail_memory(err);
  if (code == 0 && e->hits.n > 0)
    qsort(e->hits.items, e->hits.n, sizeof *e->hits.items, by_place);
  return code == 0 ? show_load(s, doc, err) : code;
}

static int put_row(struct evaluation *e, const struct ranking *r, const struct found *f,
                   struct shown *s, mill_rows *rows, mill_error *err) {
  mill_buffer text = {0};
  int code = s->doc == f->doc ? 0 : load_hits(e, s, f->doc, err);
  if (code < 0) return code;
  mill_span none = {0, 0}, clean, raw;
  clean = f->first.from == MILL_NONE ? none : mill_text_clean_of_folded(s->text, f->first);
  raw = mill_text_raw(s->text, clean);
  code = snippet(e, s, f->first.from == MILL_NONE ? none : f->first, &text, err);
  rows_text(rows, s->id);
  rows_integer(rows, (int64_t)f->article + 1);
  if (code == 0) code = show_title(e->c, f->doc, f->article, rows, err);
  rows_real(rows, f->score);
  rows_integer(rows, sum_counts(e, r, f));
  rows_bytes(rows, text.bytes != NULL ? text.bytes : "", text.len);
  show_cite(s, raw, rows);
  show_spans(raw, clean, rows);
  mill_buffer_free(&text);
  return code;
}

static int put_rows(struct evaluation *e, struct ranking *r, mill_rows *rows, mill_error *err) {
  struct shown s = {e->c, 0, NULL, ""};
  int code = 0;
  size_t from = e->o->offset < r->n ? e->o->offset : r->n, left = r->n - from;
  size_t n = e->o->limit != 0 && e->o->limit < left ? e->o->limit : left;
  for (size_t k = from; k < from + n && code == 0; k++)
    code = put_row(e, r, &r->items[k], &s, rows, err);
  show_free(&s);
  return code;
}

/* ---- public */

int mill_corpus_search(mill_corpus *c, const char *query, const mill_query_options *o,
                       mill_rows **out, mill_totals *totals, mill_error *err) {
  struct ranking r = {0};
  struct evaluation *e = mem_calloc(1, sizeof *e);
  mill_rows *rows = rows_new("doc article title score hits snippet cite raw_from raw_to clean_from clean_to");
  *out = NULL;
  int code = e == NULL || rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    e->c = c;
    e->o = o != NULL ? o : &defaults;
    e->visit = collect;
    e->context = &r;
    code = evaluate(e, query, err);
    if (code == 0) code = load_totals(c, err);
    if (code == 0) {
      score(e, &r);
      if (r.n > 0) qsort(r.items, r.n, sizeof *r.items, by_score);
      code = put_rows(e, &r, rows, err);
    }
    if (totals != NULL) *totals = e->totals;
    corpus_read_end(c);
  }
  if (e != NULL) evaluation_free(e);
  mem_free(e);
  mem_free(r.items);
  mem_free(r.counts);
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}

int mill_corpus_count(mill_corpus *c, const char *query, const mill_query_options *o,
                      mill_totals *totals, mill_error *err) {
  struct evaluation *e = mem_calloc(1, sizeof *e);
  int code = e == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    e->c = c;
    e->o = o != NULL ? o : &defaults;
    code = evaluate(e, query, err);
    *totals = e->totals;
    corpus_read_end(c);
  }
  if (e != NULL) evaluation_free(e);
  mem_free(e);
  return code;
}
