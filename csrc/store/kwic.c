/* kwic.c - concordance: every hit on a line of its own, node in the middle. */
#include "../core/utf8.h"
#include "evaluate.h"
#include "show.h"

enum { LEFT = 3, NODE, RIGHT };

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

/* From the node outwards, by characters. */
static int compare_backwards(mill_cell a, mill_cell b) {
  size_t i = a.len, j = b.len;
  while (i > 0 && j > 0) {
    size_t n, x = utf8_prev(a.bytes, i), y = utf8_prev(b.bytes, j);
    uint32_t p = utf8_decode(a.bytes + x, &n), q = utf8_decode(b.bytes + y, &n);
    if (p != q) return p < q ? -1 : 1;
    i = x;
    j = y;
  }
  return i > 0 ? 1 : j > 0 ? -1 : 0;
}

static int compare_forwards(mill_cell a, mill_cell b) {
  int order = memcmp(a.bytes, b.bytes, a.len < b.len ? a.len : b.len);
  return order != 0 ? order : a.len < b.len ? -1 : a.len > b.len;
}

static int compare(const mill_rows *r, int sort, uint32_t x, uint32_t y) {
  size_t column = sort == MILL_SORT_LEFT ? LEFT : sort == MILL_SORT_RIGHT ? RIGHT : NODE;
  mill_cell a = mill_rows_cell(r, x, column), b = mill_rows_cell(r, y, column);
  int order = column == LEFT ? compare_backwards(a, b) : compare_forwards(a, b);
  if (order == 0 && column == NODE)
    order = compare_forwards(mill_rows_cell(r, x, RIGHT), mill_rows_cell(r, y, RIGHT));
  return order != 0 ? order : x < y ? -1 : 1; /* equal lines keep their order */
}

/* Bottom-up merge sort: stable, no recursion, no context argument needed. */
static void merge_sort(const mill_rows *r, int sort, uint32_t *order, uint32_t *space, size_t n) {
  for (size_t width = 1; width < n; width *= 2) {
    for (size_t lo = 0; lo < n; lo += 2 * width) {
      size_t mid = lo + width < n ? lo + width : n, hi = lo + 2 * width < n ? lo + 2 * width : n;
      size_t i = lo, j = mid;
      for (size_t k = lo; k < hi; k++)
        space[k] = i < mid && (j >= hi || compare(r, sort, order[i], order[j]) <= 0) ? order[i++]
                                                                                    : order[j++];
    }
    memcpy(order, space, n * sizeof *order);
  }
}

static int sort_lines(mill_rows *r, const mill_query_options *o, mill_error *err) {
  size_t n = mill_rows_count(r);
  if (o->sort == MILL_SORT_NONE || n == 0) return 0;
  uint32_t *order = mem_malloc(2 * n * sizeof *order);
  if (order == NULL) return mill_fail_memory(err);
  for (size_t k = 0; k < n; k++) order[k] = (uint32_t)k;
  merge_sort(r, o->sort, order, order + n, n);
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
