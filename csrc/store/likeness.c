/*
** likeness.c - documents about the same things: the cosine of their words, each
** weighed by tf-idf.
**
**   weight of a word in a document   (1 + ln tf) ln(N / df)     (Salton, Buckley 1988: ltc)
**   likeness of two documents        sum of products / (length * length)
**
** One pass over the stream: a document's frequencies are gathered in a column over all
** words, and cleared by walking its words again.
*/
#include <math.h>

#include "stream.h"

struct like { int64_t doc; double score; };

struct likening {
  mill_corpus *c; const struct stream *s;
  double *idf, *target;     /* of each id; weights of the document asked about */
  uint32_t *tf;             /* of each id, in the document at hand; zero between documents */
  struct like *found; uint32_t n, capacity;
  double target_length;
};

static int by_score(const void *a, const void *b) {
  const struct like *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  return x->doc < y->doc ? -1 : x->doc > y->doc;
}

/* Segments [g, end) are those of one document. */
static uint32_t document_end(const struct stream *s, uint32_t g) {
  uint32_t end = g + 1;
  while (end < s->n_segments && s->segments[end].doc == s->segments[g].doc) end++;
  return end;
}

static double weight(const struct likening *x, uint32_t id) {
  return (1 + log(x->tf[id])) * x->idf[id];
}

/* Calls for each different word of the document: product with the target, own square. */
static void gather(struct likening *x, uint32_t g, uint32_t end, int keep, double *product, double *square) {
  const uint32_t *ids = x->s->ids;
  uint32_t from = x->s->segments[g].from, to = x->s->segments[end].from;
  *product = *square = 0;
  for (uint32_t k = from; k < to; k++) x->tf[ids[k]]++;
  x->tf[0] = 0;
  for (uint32_t k = from; k < to; k++) {
    uint32_t id = ids[k];
    if (x->tf[id] == 0) continue; /* seen, or no word */
    double w = weight(x, id);
    if (keep) x->target[id] = w;
    *product += w * x->target[id];
    *square += w * w;
    x->tf[id] = 0;
  }
}

static int keep_found(struct likening *x, int64_t doc, double score) {
  if (mill_grow(&x->found, &x->capacity, (size_t)x->n + 1, sizeof *x->found) < 0) return MILL_ENOMEM;
  x->found[x->n++] = (struct like){doc, score};
  return 0;
}

static int compare_all(struct likening *x, int64_t doc) {
  const struct stream *s = x->s;
  double product, square;
  for (uint32_t g = 0; g < s->n_segments; g = document_end(s, g))
    if (s->segments[g].doc == doc) {
      gather(x, g, document_end(s, g), 1, &product, &square);
      x->target_length = sqrt(square);
    }
  for (uint32_t g = 0, end; g < s->n_segments; g = end) {
    end = document_end(s, g);
    if (s->segments[g].doc == doc || !scope_has_document(x->c->scope, s->segments[g].doc)) continue;
    gather(x, g, end, 0, &product, &square);
    if (product <= 0) continue;
    if (keep_found(x, s->segments[g].doc, product / (sqrt(square) * x->target_length)) < 0)
      return MILL_ENOMEM;
  }
  if (x->n > 0) qsort(x->found, x->n, sizeof *x->found, by_score);
  return 0;
}

/* Inverse document frequencies of the whole corpus. */
static int weigh_words(struct likening *x, mill_error *err) {
  const mill_scope *scope = x->c->scope;
  uint32_t *counts = NULL, *docs = NULL;
  uint64_t total;
  double n = 0;
  x->c->scope = NULL;
  int code = stream_count(x->c, x->s, &counts, &docs, &total, err);
  x->c->scope = scope;
  if (code < 0) return code;
  for (uint32_t g = 0; g < x->s->n_segments; g = document_end(x->s, g)) n++;
  for (uint32_t id = 1; id <= x->c->words.n; id++) x->idf[id] = docs[id] > 0 ? log(n / docs[id]) : 0;
  mem_free(counts);
  mem_free(docs);
  return 0;
}

static int put_found(const struct likening *x, size_t limit, mill_rows *rows, mill_error *err) {
  sqlite3_stmt *q = NULL;
  int rc = sqlite3_prepare_v2(x->c->db,
                              "SELECT d.id, v.title FROM mill_docs d JOIN documents v ON v.id = d.id"
                              " WHERE d.doc = ?1",
                              -1, &q, NULL),
      code = 0;
  if (rc != SQLITE_OK) return sql_fail(x->c, rc, "reading", err);
  for (uint32_t k = 0; k < x->n && k < limit && code == 0; k++) {
    sqlite3_bind_int64(q, 1, x->found[k].doc);
    rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) {
      rows_text(rows, (const char *)sqlite3_column_text(q, 0));
      rows_text(rows, (const char *)sqlite3_column_text(q, 1));
      rows_real(rows, x->found[k].score);
    } else if (rc != SQLITE_DONE) {
      code = sql_fail(x->c, rc, "reading", err);
    }
    sqlite3_reset(q);
  }
  sqlite3_finalize(q);
  return code;
}

static int like(mill_corpus *c, const char *id, size_t limit, mill_rows *rows, mill_error *err) {
  struct likening x = {.c = c};
  int64_t doc = 0;
  size_t n = (size_t)c->words.n + 1;
  int code = mill_corpus_find(c, id, &doc, err);
  if (code == 0) code = stream_get(c, &x.s, err);
  if (code < 0) return code;
  x.idf = mem_calloc(n, sizeof *x.idf);
  x.target = mem_calloc(n, sizeof *x.target);
  x.tf = mem_calloc(n, sizeof *x.tf);
  if (x.idf == NULL || x.target == NULL || x.tf == NULL) code = mill_fail_memory(err);
  if (code == 0) code = weigh_words(&x, err);
  if (code == 0 && compare_all(&x, doc) < 0) code = mill_fail_memory(err);
  if (code == 0) code = put_found(&x, limit, rows, err);
  mem_free(x.idf);
  mem_free(x.target);
  mem_free(x.tf);
  mem_free(x.found);
  return code;
}

int mill_corpus_similar(mill_corpus *c, const char *id, size_t limit, mill_rows **out, mill_error *err) {
  *out = NULL;
  mill_rows *rows = rows_new("doc title similarity");
  int code = rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    code = like(c, id, limit != 0 ? limit : 10, rows, err);
    corpus_read_end(c);
  }
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}
