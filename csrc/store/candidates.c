/* candidates.c - from a query to the documents worth reading, by the index. */
#include "candidates.h"

#include <stdlib.h>

#include "terms.h"

void doc_list_free(struct doc_list *l) { mem_free(l->docs); }

int doc_list_all(mill_corpus *c, struct doc_list *out, mill_error *err) {
  sqlite3_stmt *s = NULL;
  out->n = 0;
  int code, rc = sqlite3_prepare_v2(c->db, "SELECT doc FROM mill_docs ORDER BY doc", -1, &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "reading", err);
  while ((code = sql_row(c, s, "reading", err)) > 0) {
    if (mill_grow(&out->docs, &out->capacity, (size_t)out->n + 1, sizeof *out->docs) < 0) {
      code = mill_fail_memory(err);
      break;
    }
    out->docs[out->n++] = sqlite3_column_int64(s, 0);
  }
  sqlite3_finalize(s);
  return code;
}

static int by_number(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

static void sort_unique(struct doc_list *l) {
  uint32_t n = 0;
  if (l->n == 0) return;
  qsort(l->docs, l->n, sizeof *l->docs, by_number);
  for (uint32_t k = 0; k < l->n; k++)
    if (n == 0 || l->docs[n - 1] != l->docs[k]) l->docs[n++] = l->docs[k];
  l->n = n;
}

static int take_document(void *context, const struct rank_match *m) {
  struct doc_list *l = context;
  int64_t doc = m->segment->articles[m->ordinal].doc;
  if (l->n > 0 && l->docs[l->n - 1] == doc) return 0;
  if (mill_grow(&l->docs, &l->capacity, (size_t)l->n + 1, sizeof *l->docs) < 0) return MILL_ENOMEM;
  l->docs[l->n++] = doc;
  return 0;
}

/* An AND of one part is that part. */
static uint16_t inner_root(const struct query *q) {
  uint16_t root = q->root;
  while (q->nodes[root].kind == NODE_AND && q->nodes[q->nodes[root].first].next == 0)
    root = q->nodes[root].first;
  return root;
}

void plan_make(struct plan *p, const struct query *q, int body_only) {
  for (uint16_t k = 0; k < q->n_leaves; k++) p->terms[k] = &q->leaves[k].term;
  p->query = (struct walk_query){q->nodes, q->n_nodes, inner_root(q), p->terms, q->n_leaves, body_only};
}

int plan_fail(mill_corpus *c, const struct stop *stop, int code, mill_error *err) {
  if (stop != NULL && stop->code == code) return stop_fail(stop, "searching", err);
  return segments_fail(c, code, "searching", err);
}

int query_candidates(mill_corpus *c, struct query *q, int all_columns, struct stop *stop,
                     struct doc_list *out, mill_error *err) {
  struct plan p;
  int code = terms_make(c, q, stop, err);
  if (code < 0) return code;
  if (!c->has_segments) return out->all = 1, 0;
  if ((code = segments_get(c, err)) < 0) return code;
  plan_make(&p, q, !all_columns);
  struct rank r = {.segments = c->index.items, .n_segments = c->index.n, .query = &p.query, .stop = stop,
                   .take = take_document, .context = out};
  if ((code = rank_run(&r)) < 0) return plan_fail(c, stop, code, err);
  sort_unique(out);
  return 0;
}

void doc_list_meet(struct doc_list *l, struct doc_list *other) {
  uint32_t n = 0;
  if (other->all) return;
  if (l->all) {
    struct doc_list all = *l;
    *l = *other;
    *other = all;
    return;
  }
  for (uint32_t k = 0, at = 0; k < l->n; k++) {
    while (at < other->n && other->docs[at] < l->docs[k]) at++;
    if (at < other->n && other->docs[at] == l->docs[k]) l->docs[n++] = l->docs[k];
  }
  l->n = n;
}

/* ---- what a pattern cannot do without */

/* A query that any of the strings answers; NULL: one of them cannot be asked for, or
** there is no memory (out->error). */
static const char *any_of(const char *const *texts, const size_t *lens, uint32_t n, mill_buffer *out) {
  for (uint32_t k = 0; k < n; k++) {
    if (memchr(texts[k], '"', lens[k]) != NULL) return NULL;
    mill_buffer_append(out, k > 0 ? "|\"" : "\"", k > 0 ? 2 : 1);
    mill_buffer_append(out, texts[k], lens[k]);
    mill_buffer_byte(out, '"');
  }
  mill_buffer_byte(out, 0);
  return out->error ? NULL : out->bytes;
}

int holding_candidates(mill_corpus *c, const char *const *texts, const size_t *lens, uint32_t n,
                       struct doc_list *out, mill_error *err) {
  struct query *q = mem_calloc(1, sizeof *q);
  mill_buffer text = {0};
  const char *query = any_of(texts, lens, n, &text);
  int code = q == NULL || text.error ? mill_fail_memory(err) : 0;
  if (code == 0 && (n == 0 || query == NULL || query_parse(c->data, NULL, query, q, err) < 0)) out->all = 1;
  else if (code == 0) code = query_candidates(c, q, 1, NULL, out, err);
  if (q != NULL) query_free(q);
  mem_free(q);
  mill_buffer_free(&text);
  return code;
}
