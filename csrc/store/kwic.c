/* kwic.c - concordance: every hit on a line of its own, node in the middle. */
#include "evaluate.h"
#include "kwic_sort.h"
#include "show.h"

/* Lines to be sorted are first only places with characters to sort by; then those that
** are asked for are written, in the order of the documents, and put in theirs. */
struct place { int64_t doc; uint32_t article; mill_span folded; };
struct lines {
  mill_rows *rows; struct shown shown; mill_buffer scratch; size_t skipped;
  struct place *places; uint32_t n, capacity;
  struct kwic_keys keys;
};

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

static int put_line(struct evaluation *e, struct lines *l, const struct place *h, mill_error *err) {
  const struct shown *s = &l->shown;
  int code = show_load(&l->shown, h->doc, err);
  if (code < 0) return code;
  size_t context = e->o->context != 0 ? e->o->context : 20;
  mill_span clean = mill_text_clean_of_folded(s->text, h->folded);
  mill_span raw = mill_text_raw(s->text, clean);
  rows_text(l->rows, s->id);
  rows_integer(l->rows, (int64_t)h->article + 1);
  code = show_title(e->c, s->doc, h->article, l->rows, err);
  if (code == 0) code = put_piece(l, show_before(s, clean, context), err);
  if (code == 0) code = put_piece(l, clean, err);
  if (code == 0) code = put_piece(l, show_after(s, clean, context), err);
  show_cite(s, raw, l->rows);
  show_spans(raw, clean, l->rows);
  return code;
}

/* Unsorted lines are made only as far as they are asked for. */
static int is_wanted(const struct evaluation *e, struct lines *l) {
  if (l->skipped < e->o->offset) return l->skipped++, 0;
  return e->o->limit == 0 || mill_rows_count(l->rows) < e->o->limit;
}

static int keep_place(struct evaluation *e, struct lines *l, const struct hit *h, const struct place *at,
                      mill_error *err) {
  mill_span block = {0, (uint32_t)e->reader.folded.len};
  if (h->block != MILL_NONE) {
    mill_span b = e->reader.layout.blocks[h->block].folded;
    if (b.from <= h->folded.from && b.to >= h->folded.to && b.to <= block.to) block = b;
  }
  if (mill_grow(&l->places, &l->capacity, (size_t)l->n + 1, sizeof *l->places) < 0 ||
      kwic_keys_add(&l->keys, &e->reader.folded, block, h->folded, e->o->sort) < 0)
    return mill_fail_memory(err);
  l->places[l->n++] = *at;
  return 0;
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
    struct place at = {e->reader.doc, h->article, h->folded};
    if (e->o->sort != MILL_SORT_NONE) code = keep_place(e, l, h, &at, err);
    else if (is_wanted(e, l)) code = put_line(e, l, &at, err);
  }
  return code;
}

/* ---- sorting */

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* Writes the n lines of `order`; row k then is line order[k]. space: room for 2 n. */
static int write_lines(struct evaluation *e, struct lines *l, const uint32_t *order, uint32_t *space, uint32_t n,
                       mill_error *err) {
  uint32_t *by_document = space, *row_of = space + n;
  int code = 0;
  memcpy(by_document, order, n * sizeof *order);
  qsort(by_document, n, sizeof *by_document, by_number);
  for (uint32_t k = 0; k < n && code == 0; k++) code = put_line(e, l, &l->places[by_document[k]], err);
  if (code < 0) return code;
  for (uint32_t k = 0; k < n; k++)
    row_of[k] = (uint32_t)((uint32_t *)bsearch(&order[k], by_document, n, sizeof *order, by_number) - by_document);
  return mill_rows_count(l->rows) == n && rows_reorder(l->rows, row_of) < 0 ? mill_fail_memory(err) : 0;
}

static int sort_lines(struct evaluation *e, struct lines *l, mill_error *err) {
  size_t skip = e->o->offset < l->n ? e->o->offset : l->n, n = l->n - skip;
  if (e->o->limit != 0 && e->o->limit < n) n = e->o->limit;
  if (n == 0) return 0;
  uint32_t *order = mem_malloc(((size_t)l->n + 2 * n) * sizeof *order);
  int code = order == NULL || kwic_keys_sort(&l->keys, order) < 0 ? mill_fail_memory(err) : 0;
  if (code == 0) code = write_lines(e, l, order + skip, order + l->n, (uint32_t)n, err);
  mem_free(order);
  return code;
}

int mill_corpus_kwic(mill_corpus *c, const char *query, const mill_query_options *o,
                     mill_rows **out, mill_totals *totals, mill_error *err) {
  struct lines l = {.shown = {c, 0, NULL, ""}};
  struct evaluation *e = mem_calloc(1, sizeof *e);
  *out = NULL;
  l.rows = rows_new("doc article title left node right cite raw_from raw_to clean_from clean_to");
  int code = e == NULL || l.rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    e->c = c;
    e->o = o != NULL ? o : &defaults;
    e->visit = add_lines;
    e->context = &l;
    l.keys.depth = (uint32_t)(e->o->context == 0 ? 20 : e->o->context < 1000 ? e->o->context : 1000);
    code = evaluate(e, query, err);
    if (code == 0) code = sort_lines(e, &l, err);
    if (totals != NULL) *totals = e->totals;
    corpus_read_end(c);
  }
  if (e != NULL) evaluation_free(e);
  mem_free(e);
  show_free(&l.shown);
  mill_buffer_free(&l.scratch);
  mem_free(l.places);
  kwic_keys_free(&l.keys);
  if (code == 0) return rows_take(l.rows, out, err);
  mill_rows_free(l.rows);
  return code;
}
