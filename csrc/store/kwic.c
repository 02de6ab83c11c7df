/* kwic.c - concordance: every hit on a line of its own, node in the middle. */
#include "evaluate.h"
#include "kwic_sort.h"
#include "show.h"

struct lines { mill_rows *rows; struct shown shown; mill_buffer scratch; size_t skipped; };

static const mill_query_options defaults = {0};

static int by_place(const void *a, const void *b) {
  const struct hit *x = a, *y = b;
  if (x->folded.from != y->folded.from) return x->folded.from < y->folded.from ? -1 : 1;
  return x->folded.to < y->folded.to ? -1 : x->folded.to > y->folded.to;
}

static int put_piece(struct lines *l, mill_span clean, mill_error *err) {
  l->scratch.len = 0;
  int code = show_put(&l->shown, clean, &l->scratch, err);
  rows_bytes(l->rows, l->scratch.bytes != NULL ? l->scratch.bytes : "", l->scratch.len);
  return code;
}

static int put_line(struct evaluation *e, struct lines *l, const struct hit *h, mill_error *err) {
  const struct shown *s = &l->shown;
  size_t context = e->o->context != 0 ? e->o->context : 20;
  mill_span clean = mill_text_clean_of_folded(s->text, h->folded);
  mill_span raw = mill_text_raw(s->text, clean);
  rows_text(l->rows, s->id);
  rows_integer(l->rows, (int64_t)h->article + 1);
  int code = show_title(e->c, s->doc, h->article, l->rows, err);
  if (code == 0) code = put_piece(l, show_before(s, clean, context), err);
  if (code == 0) code = put_piece(l, clean, err);
  if (code == 0) code = put_piece(l, show_after(s, clean, context), err);
  show_cite(s, raw, l->rows);
  show_spans(raw, clean, l->rows);
  return code;
}

/* Unsorted lines are made only as far as they are asked for. */
static int is_wanted(const struct evaluation *e, struct lines *l) {
  if (e->o->sort != MILL_SORT_NONE) return 1;
  if (l->skipped < e->o->offset) return l->skipped++, 0;
  return e->o->limit == 0 || mill_rows_count(l->rows) < e->o->limit;
}

static int add_lines(struct evaluation *e, mill_error *err) {
  struct lines *l = e->context;
  mill_span last = {MILL_NONE, MILL_NONE};
  int code = 0;
  if (e->hits.n > 0) qsort(e->hits.items, e->hits.n, sizeof *e->hits.items, by_place);
  for (uint32_t k = 0; k < e->hits.n && code == 0; k++) {
    const struct hit *h = &e->hits.items[k];
    if (!evaluation_shows(e, h)) continue;
    if (h->folded.from == last.from && h->folded.to == last.to) continue; /* by two terms */
    last = h->folded;
    if (!is_wanted(e, l)) continue;
    code = show_load(&l->shown, e->reader.doc, err);
    if (code == 0) code = put_line(e, l, h, err);
  }
  return code;
}

/* ---- sorting */

static int sort_lines(mill_rows *r, const mill_query_options *o, mill_error *err) {
  size_t n = mill_rows_count(r);
  if (o->sort == MILL_SORT_NONE || n == 0) return 0;
  uint32_t *order = mem_malloc(2 * n * sizeof *order);
  if (order == NULL) return mill_fail_memory(err);
  for (size_t k = 0; k < n; k++) order[k] = (uint32_t)k;
  if (kwic_sort(r, o->sort, order, order + n, n) < 0) {
    mem_free(order);
    return mill_fail_memory(err);
  }
  size_t skip = o->offset < n ? o->offset : n;
  for (size_t k = 0; k + skip < n; k++) order[k] = order[k + skip]; /* the rest is cut off */
  int code = rows_reorder(r, order);
  size_t left = n - skip;
  rows_truncate(r, o->limit != 0 && o->limit < left ? o->limit : left);
  mem_free(order);
  return code < 0 ? mill_fail_memory(err) : 0;
}

int mill_corpus_kwic(mill_corpus *c, const char *query, const mill_query_options *o,
                     mill_rows **out, mill_totals *totals, mill_error *err) {
  struct lines l = {NULL, {c, 0, NULL, ""}, {0}, 0};
  struct evaluation *e = mem_calloc(1, sizeof *e);
  *out = NULL;
  l.rows = rows_new("doc article title left node right cite raw_from raw_to clean_from clean_to");
  int code = e == NULL || l.rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    e->c = c;
    e->o = o != NULL ? o : &defaults;
    e->visit = add_lines;
    e->context = &l;
    code = evaluate(e, query, err);
    if (code == 0) code = sort_lines(l.rows, e->o, err);
    if (totals != NULL) *totals = e->totals;
    corpus_read_end(c);
  }
  if (e != NULL) evaluation_free(e);
  mem_free(e);
  show_free(&l.shown);
  mill_buffer_free(&l.scratch);
  if (code == 0) return rows_take(l.rows, out, err);
  mill_rows_free(l.rows);
  return code;
}
