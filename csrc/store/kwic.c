/*
** kwic.c - concordance: every hit on a line of its own, node in the middle.
**
**   query --documents--> places, and characters to sort them by --> lines that are asked for
**
** A query of one part, not sorted: how many lines there are is the index's to say, and
** documents are looked at as far as lines are wanted. All others find every place first.
** What is asked for later finds all again when something was written since.
*/
#include "columns.h"
#include "evaluate.h"
#include "kwic_sort.h"
#include "show.h"

struct place { int64_t doc; uint32_t article; mill_span folded; };

struct mill_concordance {
  mill_corpus *c;                   /* borrowed */
  char *query;
  mill_query_options o;
  struct evaluation e;              /* its reader and hits are the last document's */
  struct place *places; uint32_t n, capacity;
  struct kwic_keys keys;            /* while they are sorted */
  uint32_t *order;                  /* [rank]: its place; NULL: as they stand */
  uint64_t all;                     /* places that there are, found or not */
  mill_totals totals;
  struct file_state state;          /* when they were found */
};

/* A part of the lines on its way out. */
struct lines { mill_rows *rows; struct shown shown; mill_buffer scratch; };

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

static int put_line(mill_concordance *k, struct lines *l, const struct place *h, mill_error *err) {
  const struct shown *s = &l->shown;
  int code = show_load(&l->shown, h->doc, err);
  if (code < 0) return code;
  size_t context = k->o.context != 0 ? k->o.context : 20;
  mill_span clean = mill_text_clean_of_folded(s->text, h->folded);
  mill_span raw = mill_text_raw(s->text, clean);
  rows_text(l->rows, s->id);
  rows_integer(l->rows, (int64_t)h->article + 1);
  code = show_title(k->c, s->doc, h->article, l->rows, err);
  if (code == 0) code = put_piece(l, show_before(s, clean, context), err);
  if (code == 0) code = put_piece(l, clean, err);
  if (code == 0) code = put_piece(l, show_after(s, clean, context), err);
  show_cite(s, raw, l->rows);
  show_spans(raw, clean, l->rows);
  return code;
}

/* ---- places */

static int keep_place(mill_concordance *k, const struct hit *h, mill_error *err) {
  struct reader *r = &k->e.reader;
  if (mill_grow(&k->places, &k->capacity, (size_t)k->n + 1, sizeof *k->places) < 0)
    return mill_fail_memory(err);
  k->places[k->n++] = (struct place){r->doc, h->article, h->folded};
  if (k->o.sort == MILL_SORT_NONE) return 0;
  mill_span block = {0, (uint32_t)r->folded.len};
  if (h->block != MILL_NONE) {
    mill_span b = r->layout.blocks[h->block].folded;
    if (b.from <= h->folded.from && b.to >= h->folded.to && b.to <= block.to) block = b;
  }
  return kwic_keys_add(&k->keys, &r->folded, block, h->folded, k->o.sort) < 0 ? mill_fail_memory(err) : 0;
}

static int add_places(struct evaluation *e, mill_error *err) {
  mill_span last = {MILL_NONE, MILL_NONE};
  int code = 0;
  if (e->hits.n > 0 && e->q.n_leaves > 1) qsort(e->hits.items, e->hits.n, sizeof *e->hits.items, by_place);
  for (uint32_t i = 0; i < e->hits.n && code == 0; i++) {
    const struct hit *h = &e->hits.items[i];
    if (!evaluation_shows(e, h)) continue;
    if (h->folded.from == last.from && h->folded.to == last.to) continue; /* by two terms */
    last = h->folded;
    code = keep_place(e->context, h, err);
  }
  return code;
}

/* Can the index say how many lines there are, so that places are found as they are wanted? */
static int is_lazy(const mill_concordance *k) {
  const struct query *q = &k->e.q;
  return k->o.sort == MILL_SORT_NONE && k->o.doc == 0 && !k->e.docs.all && q->n_leaves == 1 &&
         !q->leaves[0].negative;
}

/* Documents are looked at until there are so many places, or no more documents. */
static int find(mill_concordance *k, uint64_t n, mill_error *err) {
  int code = 1;
  while (code > 0 && k->n < n) code = evaluation_next(&k->e, err);
  return code < 0 ? code : 0;
}

static int sort(mill_concordance *k, mill_error *err) {
  if (k->o.sort == MILL_SORT_NONE || k->n == 0) return 0;
  k->order = mem_malloc(k->n * sizeof *k->order);
  int code = k->order == NULL || kwic_keys_sort(&k->keys, k->order) < 0 ? mill_fail_memory(err) : 0;
  kwic_keys_free(&k->keys);
  memset(&k->keys, 0, sizeof k->keys);
  return code;
}

static int find_all(mill_concordance *k, mill_error *err) {
  int code = find(k, UINT64_MAX, err);
  k->all = k->n;
  k->totals = k->e.totals;
  return code == 0 ? sort(k, err) : code;
}

/* Forgets what was found. */
static void clear(mill_concordance *k) {
  evaluation_free(&k->e);
  memset(&k->e, 0, sizeof k->e);
  kwic_keys_free(&k->keys);
  memset(&k->keys, 0, sizeof k->keys);
  mem_free(k->order);
  k->order = NULL;
  k->n = 0;
}

static int begin(mill_concordance *k, mill_error *err) {
  clear(k);
  k->e.c = k->c;
  k->e.o = &k->o;
  k->e.visit = add_places;
  k->e.context = k;
  k->keys.depth = (uint32_t)(k->o.context == 0 ? 20 : k->o.context < 1000 ? k->o.context : 1000);
  k->state = file_state_of(k->c);
  int code = evaluation_begin(&k->e, k->query, err);
  if (code < 0 || !is_lazy(k)) return code < 0 ? code : find_all(k, err);
  code = mill_corpus_count(k->c, k->query, &k->o, &k->totals, err);
  k->all = k->totals.hits;
  return code;
}

/* Nobody stops what goes on later: it is told by its own call. */
static void be_quiet(mill_concordance *k) {
  k->o.max_ms = 0;
  k->o.stop = NULL;
  k->e.stop = (struct stop){0};
}

/* ---- lines */

static int by_number(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* Writes lines in the order of the documents, then puts them in theirs. space: room for 2 n. */
static int write_sorted(mill_concordance *k, struct lines *l, const uint32_t *order, uint32_t *space,
                        uint32_t n, mill_error *err) {
  uint32_t *by_document = space, *row_of = space + n;
  int code = 0;
  memcpy(by_document, order, n * sizeof *order);
  qsort(by_document, n, sizeof *by_document, by_number);
  for (uint32_t i = 0; i < n && code == 0; i++) code = put_line(k, l, &k->places[by_document[i]], err);
  if (code < 0) return code;
  for (uint32_t i = 0; i < n; i++) {
    uint32_t *at = bsearch(&order[i], by_document, n, sizeof *order, by_number);
    row_of[i] = (uint32_t)(at - by_document);
  }
  return mill_rows_count(l->rows) == n && rows_reorder(l->rows, row_of) < 0 ? mill_fail_memory(err) : 0;
}

static int write_lines(mill_concordance *k, struct lines *l, size_t from, uint32_t n, mill_error *err) {
  int code = find(k, from + n, err);
  if (code < 0 || n == 0) return code;
  if (k->n < from + n) return mill_fail(err, MILL_ECORRUPT, 0, "the index has hits that the texts have not");
  if (k->order == NULL) {
    for (uint32_t i = 0; i < n && code == 0; i++) code = put_line(k, l, &k->places[from + i], err);
    return code;
  }
  uint32_t *space = mem_malloc(2 * (size_t)n * sizeof *space);
  code = space == NULL ? mill_fail_memory(err) : write_sorted(k, l, k->order + from, space, n, err);
  mem_free(space);
  return code;
}

/* Are these still the places? They are looked for again when something was written. */
static int check_state(mill_concordance *k, mill_error *err) {
  uint64_t all = k->all;
  if (file_state_is(k->c, &k->state)) return 0;
  int code = begin(k, err);
  be_quiet(k);
  if (code < 0 || k->all == all) return code;
  k->all = all;
  return mill_fail(err, MILL_ENOTFOUND, 0,
                   "the corpus has changed since its lines were counted: ask again");
}

size_t mill_concordance_count(const mill_concordance *k) {
  size_t n = k->all > k->o.offset ? (size_t)k->all - k->o.offset : 0;
  return k->o.limit != 0 && k->o.limit < n ? k->o.limit : n;
}

int mill_concordance_lines(mill_concordance *k, size_t from, size_t n, mill_rows **out, mill_error *err) {
  struct lines l = {.shown = {k->c, 0, NULL, ""}};
  size_t count = mill_concordance_count(k);
  *out = NULL;
  if (from > count) from = count;
  if (n > count - from) n = count - from;
  l.rows = rows_new("doc article title left node right cite raw_from raw_to clean_from clean_to");
  int code = l.rows == NULL ? mill_fail_memory(err) : corpus_read(k->c, err);
  if (code == 0) {
    code = check_state(k, err);
    if (code == 0) code = write_lines(k, &l, k->o.offset + from, (uint32_t)n, err);
    if (code < 0) k->state.version = -1; /* whoever asks again begins anew */
    corpus_read_end(k->c);
  }
  show_free(&l.shown);
  mill_buffer_free(&l.scratch);
  if (code == 0) return rows_take(l.rows, out, err);
  mill_rows_free(l.rows);
  return code;
}

void mill_concordance_free(mill_concordance *k) {
  if (k == NULL) return;
  clear(k);
  mem_free(k->places);
  mem_free(k->query);
  mem_free(k);
}

int mill_corpus_concordance(mill_corpus *c, const char *query, const mill_query_options *o,
                            mill_concordance **out, mill_totals *totals, mill_error *err) {
  mill_concordance *k = mem_calloc(1, sizeof *k);
  size_t n = strlen(query) + 1;
  *out = NULL;
  if (k == NULL || (k->query = mem_malloc(n)) == NULL) return mem_free(k), mill_fail_memory(err);
  memcpy(k->query, query, n);
  k->c = c;
  k->o = o != NULL ? *o : defaults;
  int code = corpus_read(c, err);
  if (code == 0) code = begin(k, err), corpus_read_end(c);
  if (code < 0) return mill_concordance_free(k), code;
  be_quiet(k);
  if (totals != NULL) *totals = k->totals;
  *out = k;
  return 0;
}

int mill_corpus_kwic(mill_corpus *c, const char *query, const mill_query_options *o,
                     mill_rows **out, mill_totals *totals, mill_error *err) {
  mill_concordance *k;
  *out = NULL;
  int code = mill_corpus_concordance(c, query, o, &k, totals, err);
  if (code == 0) code = mill_concordance_lines(k, 0, SIZE_MAX, out, err);
  mill_concordance_free(k);
  return code;
}
