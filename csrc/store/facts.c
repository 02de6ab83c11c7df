/*
** facts.c - facts with their mentions, links, verdicts and groups.
**
**   pack --store_facts--> mill_facts (replaced per document and pack), each with its first
**                           mention: raw span, clean span, quote, rule, captures
**                           {"item":{"raw":[a,b],"clean":[c,d]}}; others in mill_mentions
**   mill_verdicts hang on ids, not rows: they survive.
**
** What the rows say is made before (fact_rows.c); here they are written.
*/
#include <stdio.h>

#include "fact_source.h"
#include "show.h"
#include "table.h"

static void bind_row_text(const struct storing *x, sqlite3_stmt *s, int at, struct row_text t) {
  if (t.at != MILL_NONE) sqlite3_bind_text(s, at, x->rows->text.bytes + t.at, (int)t.len, SQLITE_STATIC);
}

/* ---- mentions */

/* One of those behind the fact's first. Their numbers ascend, since they are given one by one. */
static int add_mention(struct storing *x, int64_t fact, uint32_t k, mill_error *err) {
  const struct mention_row *m = &x->rows->mentions[k];
  sqlite3_stmt *s = sql_get(x->c, S_MENTION_ADD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, fact);
  sqlite3_bind_int64(s, 2, k);
  sqlite3_bind_int64(s, 3, m->raw.from);
  sqlite3_bind_int64(s, 4, m->raw.to);
  if (m->clean.from != MILL_NONE) {
    sqlite3_bind_int64(s, 5, m->clean.from);
    sqlite3_bind_int64(s, 6, m->clean.to);
    bind_row_text(x, s, 7, m->quote);
  }
  bind_row_text(x, s, 8, m->rule);
  bind_row_text(x, s, 9, m->version);
  bind_row_text(x, s, 10, m->captures);
  return sql_done(x->c, s, "storing a mention", err);
}

/* The same fact twice: mentions join it. */
static int add_mentions(struct storing *x, uint32_t k, mill_error *err) {
  const struct fact_row *f = &x->rows->facts[k];
  int code = 0;
  for (uint32_t m = f->mentions + (f->first == k); m < f[1].mentions && code == 0; m++)
    code = add_mention(x, x->numbers[k], m, err);
  return code;
}

/* ---- facts */

/* The number behind the last of the document's facts; 0 where it has none. */
static int next_number(struct storing *x, int64_t *at, mill_error *err) {
  sqlite3_stmt *s = sql_get(x->c, S_FACT_LAST, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, x->doc);
  int code = sql_row(x->c, s, "storing facts", err);
  if (code < 0) return code;
  *at = sqlite3_column_type(s, 0) != SQLITE_NULL ? sqlite3_column_int64(s, 0) + 1 : 0;
  sqlite3_reset(s);
  return 0;
}

/* What the document has of the pack goes. */
static int drop(struct storing *x, enum statement which, mill_error *err) {
  sqlite3_stmt *s = sql_get(x->c, which, err);
  if (s == NULL) return sql_code(x->c->db, sqlite3_extended_errcode(x->c->db)); /* mostly its first use */
  sqlite3_bind_int64(s, 1, x->doc);
  sqlite3_bind_int64(s, 2, x->pack);
  return sql_done(x->c, s, "replacing facts", err);
}

/* The pack's facts go; those of other packs keep their numbers, ours come behind them. *n: how many */
static int number_facts(struct storing *x, size_t *n, mill_error *err) {
  int64_t at = 0, first = FACT_OF_DOC(x->doc);
  int code = next_number(x, &at, err);
  if (code == 0 && at != 0) {
    code = drop(x, S_FACTS_DROP, err);
    if (code == 0) code = next_number(x, &at, err);
  }
  if (code < 0) return code;
  if (at == 0) at = first;
  int64_t room = first + MOST_FACTS - at;
  for (uint32_t k = 0; k < x->rows->n; k++) {
    const struct fact_row *f = &x->rows->facts[k];
    x->numbers[k] = f->first == k ? at + (int64_t)(*n)++ : x->numbers[f->first];
  }
  return (int64_t)*n <= room ? 0 : mill_fail(err, MILL_ELIMIT, 0, "too many facts in one document");
}

static int insert_facts(struct storing *x, mill_error *err) {
  sqlite3_stmt *s = x->rows->n > 0 ? sql_get(x->c, S_FACT_ADD, err) : NULL;
  if (s == NULL) return x->rows->n > 0 ? MILL_EIO : 0;
  x->c->storing = x;
  int code = sql_done(x->c, s, "storing facts", err);
  x->c->storing = NULL;
  return code;
}

static int add_link(struct storing *x, const struct link_row *l, mill_error *err) {
  sqlite3_stmt *s = sql_get(x->c, S_LINK_ADD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, x->numbers[l->from]);
  sqlite3_bind_int64(s, 2, x->numbers[l->to]);
  bind_row_text(x, s, 3, l->kind);
  return sql_done(x->c, s, "storing a link", err);
}

/* ---- a document's facts of one pack */

/* The pack's number, 0 when it is not known with this version. */
static int find_pack(struct storing *x, const char *pack, mill_error *err) {
  sqlite3_stmt *s = sql_get(x->c, S_PACK_GET, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, pack);
  sql_bind_text(s, 2, x->version);
  int code = sql_row(x->c, s, "storing facts", err);
  x->pack = code > 0 ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_reset(s);
  return code < 0 ? code : 0;
}

static int add_pack(struct storing *x, const char *pack, mill_error *err) {
  sqlite3_stmt *s = sql_get(x->c, S_PACK_ADD, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, pack);
  sql_bind_text(s, 2, x->version);
  int code = sql_done(x->c, s, "storing facts", err);
  return code == 0 ? find_pack(x, pack, err) : code;
}

/* The pack's number, which is one for all documents of an extraction; given to it when it is new. */
static int open_pack(struct storing *x, const char *pack, mill_error *err) {
  struct known_pack *known = &x->c->known_pack;
  const char *version = x->version != NULL ? x->version : "";
  size_t n = strlen(pack) + 1, m = strlen(version) + 1;
  if (known->transaction == x->c->transactions && known->has_version == (x->version != NULL) &&
      n + m <= sizeof known->names && memcmp(known->names, pack, n) == 0 && memcmp(known->names + n, version, m) == 0)
    return x->pack = known->pack, 0;
  known->transaction = 0;
  int code = find_pack(x, pack, err);
  if (code == 0 && x->pack == 0) return add_pack(x, pack, err);
  if (code < 0 || n + m > sizeof known->names) return code;
  memcpy(known->names, pack, n);
  memcpy(known->names + n, version, m);
  known->has_version = x->version != NULL;
  known->pack = x->pack;
  known->transaction = x->c->transactions;
  return 0;
}

/* Refused before anything is written: rows of other bytes than the document has. */
static int check_bytes(const struct storing *x, mill_error *err) {
  if (x->doc > INT64_MAX / MOST_FACTS || x->rows->n >= MOST_FACTS)
    return mill_fail(err, MILL_ELIMIT, 0, "too many facts or documents");
  sqlite3_stmt *s = sql_get(x->c, S_DOC_HEAD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, x->doc);
  int code = sql_row(x->c, s, "storing facts", err);
  int same = code > 0 && sqlite3_column_bytes(s, 1) == 32 &&
             memcmp(x->rows->sha, sqlite3_column_blob(s, 1), 32) == 0;
  sqlite3_reset(s);
  if (code < 0) return code;
  if (code == 0) return mill_fail(err, MILL_ENOTFOUND, 0, "no document with number %lld", (long long)x->doc);
  return same ? 0 : mill_fail(err, MILL_EINVAL, 0, "facts of another text than the document's");
}

static int store(struct storing *x, const char *pack, size_t *stored, mill_error *err) {
  const mill_fact_rows *r = x->rows;
  int code = check_bytes(x, err);
  if (code == 0) code = open_pack(x, pack, err);
  if (code == 0) code = drop(x, S_EXTRACTION_DROP, err);
  if (code == 0) code = number_facts(x, stored, err);
  if (code == 0) code = insert_facts(x, err);
  for (uint32_t k = 0; k < r->n && code == 0; k++) code = add_mentions(x, k, err);
  for (uint32_t k = 0; k < r->n_links && code == 0; k++) code = add_link(x, &r->links[k], err);
  return code == 0 && x->note != NULL ? extraction_add(x->c, x->doc, x->pack, x->note, err) : code;
}

int mill_corpus_store_fact_rows(mill_corpus *c, int64_t doc, const char *pack, const char *version,
                                const mill_fact_rows *rows, const mill_extraction *note, size_t *stored,
                                mill_error *err) {
  struct storing x = {c, rows, doc, 0, version, NULL, note};
  size_t n = 0;
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  x.numbers = mem_calloc((size_t)rows->n + 1, sizeof *x.numbers);
  code = x.numbers == NULL ? mill_fail_memory(err) : store(&x, pack, &n, err);
  mem_free(x.numbers);
  if (stored != NULL) *stored = n;
  return corpus_leave(c, code, 0, err);
}

int mill_corpus_store_facts(mill_corpus *c, int64_t doc, const char *pack, const char *version,
                            const mill_fact *facts, size_t n, const mill_link *links,
                            size_t n_links, size_t *stored, mill_error *err) {
  unsigned char sha[32];
  mill_text *t = NULL;
  mill_fact_rows *rows = NULL;
  int code = mill_corpus_text(c, doc, &t, NULL, err);
  if (code == 0) mill_sha256(t->raw, t->raw_len, sha);
  if (code == 0) code = mill_fact_rows_new(t, sha, facts, n, links, n_links, &rows, err);
  if (code == 0) code = mill_corpus_store_fact_rows(c, doc, pack, version, rows, NULL, stored, err);
  mill_fact_rows_free(rows);
  mill_text_free(t);
  return code;
}

/* ---- reading */

static int is_column(mill_corpus *c, const char *name) {
  sqlite3_stmt *s = NULL;
  int found = 0;
  if (sqlite3_prepare_v2(c->db, "SELECT 1 FROM pragma_table_info('facts_flat') WHERE name = ?1", -1,
                         &s, NULL) != SQLITE_OK)
    return 0;
  sql_bind_text(s, 1, name);
  found = sqlite3_step(s) == SQLITE_ROW;
  sqlite3_finalize(s);
  return found;
}

int mill_corpus_facts(mill_corpus *c, const mill_filter *where, size_t n, mill_rows **out,
                      mill_error *err) {
  mill_buffer sql = {0};
  const char *values[16];
  char part[96];
  *out = NULL;
  if (n > 16) return mill_fail(err, MILL_EINVAL, 0, "facts: at most 16 conditions");
#define PUT(s) mill_buffer_append(&sql, s, strlen(s))
  PUT("SELECT v.* FROM facts_flat v ");
  for (size_t k = 0; k < n; k++) {
    if (!is_column(c, where[k].column)) {
      mill_buffer_free(&sql);
      return mill_fail(err, MILL_EINVAL, 0, "facts have no column '%.60s'", where[k].column);
    }
    snprintf(part, sizeof part, "%s v.%.60s IS ?%d ", k == 0 ? "WHERE" : "AND", where[k].column,
             (int)k + 1);
    PUT(part);
    values[k] = where[k].value;
  }
  if (c->scope != NULL) {
    PUT(n == 0 ? "WHERE " : "AND ");
    PUT("EXISTS (SELECT 1 FROM mill_facts f WHERE f.id = v.id AND mill_in_scope(f.doc, f.article)) ");
  }
  PUT("ORDER BY v.doc, v.raw_from, v.raw_to, v.id");
  char *text = mill_buffer_take(&sql, NULL);
  if (text == NULL) return mill_fail_memory(err);
  int code = table_query(c, text, values, n, out, err);
  mem_free(text);
  return code;
}

int mill_corpus_mentions(mill_corpus *c, const char *fact, mill_rows **out, mill_error *err) {
  return table_query(c, "SELECT * FROM mentions WHERE fact = ?1 ORDER BY doc, raw_from, raw_to",
                     &fact, 1, out, err);
}

/* ---- verdicts */

int mill_corpus_verdict(mill_corpus *c, const char *fact, const char *verdict, mill_error *err) {
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  sqlite3_stmt *s = sql_get(c, verdict != NULL ? S_VERDICT_SET : S_VERDICT_DROP, err);
  if (s == NULL) return corpus_leave(c, MILL_EIO, 0, err);
  sql_bind_text(s, 1, fact);
  if (verdict != NULL) sql_bind_text(s, 2, verdict);
  return corpus_leave(c, sql_done(c, s, "storing a verdict", err), 0, err);
}
