/*
** columns.c - all tokens of documents in a row, as patterns want them.
**
**   forward blobs   设立 卡点 14 个 。 全镇 ...            + blocks, articles
**   types           17 203 64 9 4 511 ...               a word with a tag and a kind: types.h
**   docs            {doc 1, from 0} {doc 2, from 9120} ...
**   areas           {from 0, article 0} {from 800, boilerplate} {from 860, article 1} ...
**
** Nothing is left out, since patterns see blanks and signs. Of the whole corpus it is made
** by the first pattern that has to look everywhere (4 bytes a token) and kept until
** something is written; for some documents it is made and thrown away (match.c).
*/
#include "columns.h"

void columns_free(struct columns *x) {
  types_free(&x->table);
  mem_free(x->types);
  mem_free(x->docs);
  mem_free(x->areas);
  layout_free(&x->layout);
  memset(x, 0, sizeof *x);
}

void columns_drop(mill_corpus *c) {
  if (c->columns == NULL) return;
  columns_free(c->columns);
  mem_free(c->columns);
  c->columns = NULL;
}

void columns_clear(const mill_corpus *c, struct columns *x) {
  types_clear(&x->table, c->words.n);
  x->n = x->n_docs = x->n_areas = 0;
}

/* ---- areas */

static int put_area(struct columns *x, uint32_t from, uint32_t article, int skip) {
  if (mill_grow(&x->areas, &x->area_capacity, (size_t)x->n_areas + 1, sizeof *x->areas) < 0)
    return MILL_ENOMEM;
  x->areas[x->n_areas++] = (struct column_area){from, article, (uint8_t)skip};
  return 0;
}

/* One article, nothing left out? */
static int is_plain(const struct layout *l) {
  for (uint32_t k = 0; k < l->n_blocks; k++)
    if (l->blocks[k].block.kind == MILL_BLOCK_BOILERPLATE) return 0;
  return l->n_articles <= 1;
}

static int put_areas(struct columns *x, const struct vocab *v, uint32_t first) {
  const struct layout *l = &x->layout;
  uint32_t at = 0, block = 0, article = 0, last = MILL_NONE;
  int was = 0;
  if (is_plain(l) || first == x->n) return put_area(x, first, 0, 0);
  for (uint32_t k = first; k < x->n; k++) {
    while (article + 1 < l->n_articles && l->articles[article + 1].folded.from <= at) article++;
    int skip = layout_is_boilerplate(l, at, &block);
    if (article != last || skip != was) {
      if (put_area(x, k, last = article, was = skip) < 0) return MILL_ENOMEM;
    }
    at += v->words[types_get(&x->table, v, x->types[k]).id].len;
    if (at > MILL_MAX_BYTES) return MILL_ECORRUPT;
  }
  return 0;
}

const struct column_area *columns_area(const struct columns *x, uint32_t d, uint32_t token) {
  uint32_t low = x->docs[d].area, high = x->docs[d + 1].area;
  while (high - low > 1) { /* the last that begins at or before the token */
    uint32_t mid = low + (high - low) / 2;
    if (x->areas[mid].from <= token) low = mid;
    else high = mid;
  }
  return &x->areas[low];
}

/* ---- documents */

static int put_doc(struct columns *x, int64_t doc) {
  if (mill_grow(&x->docs, &x->doc_capacity, (size_t)x->n_docs + 2, sizeof *x->docs) < 0) return MILL_ENOMEM;
  x->docs[x->n_docs++] = (struct column_doc){doc, x->n, x->n_areas};
  return 0;
}

static int add(mill_corpus *c, struct columns *x, int64_t doc, sqlite3_stmt *row, int column) {
  const void *tokens = sqlite3_column_blob(row, column), *layout = sqlite3_column_blob(row, column + 1);
  size_t n_tokens = (size_t)sqlite3_column_bytes(row, column);
  int64_t n = forward_count(tokens, n_tokens);
  if (n < 0) return MILL_ECORRUPT;
  if ((uint64_t)n + x->n >= UINT32_MAX) return MILL_ELIMIT;
  int code = layout_decode(layout, (size_t)sqlite3_column_bytes(row, column + 1), &x->layout);
  if (code < 0) return code;
  if (put_doc(x, doc) < 0 ||
      mill_grow(&x->types, &x->capacity, (size_t)x->n + (size_t)n + 1, sizeof *x->types) < 0)
    return MILL_ENOMEM;
  code = forward_types(tokens, n_tokens, &c->words, &x->table, x->types + x->n);
  if (code < 0) return code;
  uint32_t first = x->n;
  x->n += (uint32_t)n;
  if ((code = put_areas(x, &c->words, first)) < 0) return code;
  x->docs[x->n_docs] = (struct column_doc){0, x->n, x->n_areas};
  return 0;
}

int columns_add(mill_corpus *c, struct columns *x, int64_t doc, sqlite3_stmt *row, int column,
                mill_error *err) {
  int code = add(c, x, doc, row, column);
  if (code == MILL_ENOMEM) return mill_fail_memory(err);
  if (code == MILL_ELIMIT) return mill_fail(err, code, 0, "more tokens than can be counted");
  return code == 0 ? 0 : mill_fail(err, code, 0, "document %lld: its tokens are damaged", (long long)doc);
}

/* ---- everything */

struct file_state file_state_of(mill_corpus *c) {
  return (struct file_state){sql_data_version(c), c->user_epoch, sqlite3_total_changes(c->db)};
}

int file_state_is(mill_corpus *c, const struct file_state *s) {
  return s->changes == sqlite3_total_changes(c->db) && s->epoch == c->user_epoch &&
         s->version == sql_data_version(c);
}

int columns_kept(mill_corpus *c) {
  const struct columns *x = c->columns;
  return x != NULL && x->table.known == c->words.n && file_state_is(c, &x->state);
}

static int read_all(mill_corpus *c, struct stop *stop, struct columns *x, mill_error *err) {
  sqlite3_stmt *q = NULL;
  int code = 0, rc = sqlite3_prepare_v2(c->db, "SELECT doc, tokens, layout FROM mill_forward ORDER BY doc",
                                        -1, &q, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "reading tokens", err);
  while (code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW) {
    if (stop_look(stop) != 0) code = stop_fail(stop, "matching", err);
    else code = columns_add(c, x, sqlite3_column_int64(q, 0), q, 1, err);
  }
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(c, rc, "reading tokens", err);
  sqlite3_finalize(q);
  return code;
}

int columns_keep(mill_corpus *c, struct stop *stop, const struct columns **out, mill_error *err) {
  columns_drop(c);
  struct columns *x = c->columns = mem_calloc(1, sizeof *x);
  if (x == NULL) return mill_fail_memory(err);
  columns_clear(c, x);
  int code = read_all(c, stop, x, err);
  if (code < 0) return columns_drop(c), code;
  x->state = file_state_of(c);
  *out = x;
  return 0;
}
