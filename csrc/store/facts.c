/*
** facts.c - facts with their mentions, links, verdicts and groups.
**
**   pack --store_facts--> mill_facts (replaced per document and pack)
**                           1--n mill_mentions: raw span, clean span, quote,
**                                rule, captures {"item":{"raw":[a,b],"clean":[c,d]}}
**   mill_verdicts hang on ids, not rows: they survive.
*/
#include <stdio.h>

#include "internal.h"
#include "show.h"
#include "table.h"

struct storing {
  mill_corpus *c;
  struct shown shown;
  int64_t doc, pack;
  const char *version;
  unsigned char sha[32];
  int64_t *rows;        /* row of each fact, for links */
  size_t stored;
};

/* ---- spans */

struct place { mill_span raw, clean; };

static int resolve(const struct storing *x, const mill_mention *m, struct place *out,
                   mill_error *err) {
  const mill_text *t = x->shown.text;
  int known = m->clean.from != MILL_NONE;
  if (known ? m->clean.from > m->clean.to || m->clean.to > t->clean_len
            : m->raw.from > m->raw.to || m->raw.to > t->raw_len)
    return mill_fail(err, MILL_EINVAL, 0, "a mention lies outside of document %s", x->shown.id);
  out->clean = m->clean;
  out->raw = known ? mill_text_raw(t, m->clean) : m->raw;
  return 0;
}

/* ---- mentions */

static void put_json_string(mill_buffer *b, const char *s) {
  mill_buffer_byte(b, '"');
  for (; *s != 0; s++) {
    char escape[8];
    if (*s == '"' || *s == '\\') mill_buffer_byte(b, '\\');
    if ((unsigned char)*s >= 0x20) {
      mill_buffer_byte(b, *s);
    } else {
      snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*s);
      mill_buffer_append(b, escape, 6);
    }
  }
  mill_buffer_byte(b, '"');
}

static void put_captures(const mill_text *t, const mill_argument *args, size_t n, mill_buffer *b) {
  mill_buffer_byte(b, '{');
  for (size_t k = 0; k < n; k++) {
    char text[96];
    mill_span clean = args[k].clean, raw = mill_text_raw(t, clean);
    if (k > 0) mill_buffer_byte(b, ',');
    put_json_string(b, args[k].name);
    snprintf(text, sizeof text, ":{\"raw\":[%u,%u],\"clean\":[%u,%u]}", raw.from, raw.to,
             clean.from, clean.to);
    mill_buffer_append(b, text, strlen(text));
  }
  mill_buffer_byte(b, '}');
  mill_buffer_byte(b, 0);
}

/* The mention's arguments sorted and checked; *out: caller frees. */
static int sorted_arguments(const struct storing *x, const mill_mention *m, mill_argument **out,
                            mill_error *err) {
  *out = mem_malloc((m->n_args + 1) * sizeof **out);
  if (*out == NULL) return mill_fail_memory(err);
  if (m->n_args > 0) memcpy(*out, m->args, m->n_args * sizeof **out);
  for (size_t k = 0; k < m->n_args; k++)
    if (m->args[k].clean.from > m->args[k].clean.to ||
        m->args[k].clean.to > x->shown.text->clean_len) {
      mem_free(*out);
      *out = NULL;
      return mill_fail(err, MILL_EINVAL, 0, "argument %s lies outside of document %s",
                       m->args[k].name, x->shown.id);
    }
  mill_sort_arguments(*out, m->n_args);
  return 0;
}

static int add_mention(struct storing *x, int64_t fact, const mill_mention *m, mill_error *err) {
  struct place p = {{0, 0}, {0, 0}};
  mill_argument *args = NULL;
  mill_buffer captures = {0}, quote = {0};
  int code = resolve(x, m, &p, err);
  if (code == 0) code = sorted_arguments(x, m, &args, err);
  if (code < 0) return code;
  put_captures(x->shown.text, args, m->n_args, &captures);
  if (p.clean.from != MILL_NONE) code = show_put(&x->shown, p.clean, &quote, err);
  if (captures.error && code == 0) code = mill_fail_memory(err);
  sqlite3_stmt *s = code == 0 ? sql_get(x->c, S_MENTION_ADD, err) : NULL;
  if (s != NULL) {
    sqlite3_bind_int64(s, 1, fact);
    sqlite3_bind_int64(s, 2, p.raw.from);
    sqlite3_bind_int64(s, 3, p.raw.to);
    if (p.clean.from != MILL_NONE) {
      sqlite3_bind_int64(s, 4, p.clean.from);
      sqlite3_bind_int64(s, 5, p.clean.to);
      sqlite3_bind_text64(s, 6, quote.bytes != NULL ? quote.bytes : "", quote.len, SQLITE_STATIC,
                          SQLITE_UTF8);
    }
    sql_bind_text(s, 7, m->rule);
    sql_bind_text(s, 8, m->rule_version);
    if (m->n_args > 0) sql_bind_text(s, 9, captures.bytes);
    code = sql_done(x->c, s, "storing a mention", err);
  } else if (code == 0) {
    code = MILL_EIO;
  }
  mill_buffer_free(&captures);
  mill_buffer_free(&quote);
  mem_free(args);
  return code;
}

/* ---- facts */

static int64_t article_of(const mill_text *t, mill_span clean) {
  int64_t article = 1;
  for (size_t k = 0; k < t->n_articles; k++)
    if (clean.from != MILL_NONE && t->articles[k].clean.from <= clean.from) article = (int64_t)k + 1;
  return article;
}

static void bind_fact(sqlite3_stmt *s, const struct storing *x, const mill_fact *f,
                      const char *id, const struct place *first) {
  const char *texts[] = {f->time_from,  f->time_to,     f->time_grain, f->time_calendar,
                         f->time_source, f->place_code, f->place_name, f->place_level,
                         f->place_how,  f->scope,       f->polarity,   f->modality,
                         f->status,     f->args};
  sql_bind_text(s, 1, id);
  sqlite3_bind_int64(s, 2, x->doc);
  sqlite3_bind_int64(s, 3, article_of(x->shown.text, first->clean));
  sqlite3_bind_int64(s, 4, x->pack);
  sql_bind_text(s, 5, x->version);
  sql_bind_text(s, 6, f->type);
  sql_bind_text(s, 7, f->subtype);
  sql_bind_text(s, 8, f->item);
  if (f->has_value) sqlite3_bind_double(s, 9, f->value);
  if (f->has_bounds) sqlite3_bind_double(s, 10, f->lo), sqlite3_bind_double(s, 11, f->hi);
  sql_bind_text(s, 12, f->unit);
  sql_bind_text(s, 13, f->approx);
  for (int k = 0; k < 14; k++) sql_bind_text(s, 14 + k, texts[k]);
}

static int64_t known_fact(struct storing *x, const char *id) {
  sqlite3_stmt *s = sql_get(x->c, S_FACT_GET, NULL);
  int64_t row = 0;
  if (s == NULL) return 0;
  sqlite3_bind_int64(s, 1, x->doc);
  sqlite3_bind_int64(s, 2, x->pack);
  sql_bind_text(s, 3, id);
  if (sqlite3_step(s) == SQLITE_ROW) row = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  return row;
}

static int insert_fact(struct storing *x, const mill_fact *f, const char *id,
                       const struct place *first, int64_t *row, mill_error *err) {
  if ((*row = known_fact(x, id)) != 0) return 0; /* the same fact twice: mentions join it */
  sqlite3_stmt *s = sql_get(x->c, S_FACT_ADD, err);
  if (s == NULL) return MILL_EIO;
  bind_fact(s, x, f, id, first);
  int code = sql_done(x->c, s, "storing a fact", err);
  *row = sqlite3_last_insert_rowid(x->c->db);
  x->stored++;
  return code;
}

static int add_fact(struct storing *x, const mill_fact *f, int64_t *row, mill_error *err) {
  struct place first = {{0, 0}, {0, 0}};
  mill_argument *args = NULL;
  char id[32];
  if (f->type == NULL || f->n_mentions == 0)
    return mill_fail(err, MILL_EINVAL, 0, "a fact needs a type and a mention");
  int code = resolve(x, &f->mentions[0], &first, err);
  if (code == 0) code = sorted_arguments(x, &f->mentions[0], &args, err);
  if (code < 0) return code;
  if (mill_fact_id(x->shown.text, x->sha, f->type, f->subtype, first.raw, args,
                   f->mentions[0].n_args, id) < 0)
    code = mill_fail_memory(err);
  mem_free(args);
  if (code == 0) code = insert_fact(x, f, id, &first, row, err);
  for (size_t k = 0; k < f->n_mentions && code == 0; k++)
    code = add_mention(x, *row, &f->mentions[k], err);
  return code;
}

static int add_links(struct storing *x, const mill_link *links, size_t n_links, size_t n,
                     mill_error *err) {
  for (size_t k = 0; k < n_links; k++) {
    if (links[k].from >= n || links[k].to >= n || links[k].kind == NULL)
      return mill_fail(err, MILL_EINVAL, 0, "a link between facts that are not there");
    sqlite3_stmt *s = sql_get(x->c, S_LINK_ADD, err);
    if (s == NULL) return MILL_EIO;
    sqlite3_bind_int64(s, 1, x->rows[links[k].from]);
    sqlite3_bind_int64(s, 2, x->rows[links[k].to]);
    sql_bind_text(s, 3, links[k].kind);
    int code = sql_done(x->c, s, "storing a link", err);
    if (code < 0) return code;
  }
  return 0;
}

/* ---- a document's facts of one pack */

static int open_pack(struct storing *x, const char *pack, mill_error *err) {
  sqlite3_stmt *s = sql_get(x->c, S_PACK_ADD, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, pack);
  sql_bind_text(s, 2, x->version);
  int code = sql_done(x->c, s, "storing facts", err);
  if (code < 0 || (s = sql_get(x->c, S_PACK_GET, err)) == NULL) return code < 0 ? code : MILL_EIO;
  sql_bind_text(s, 1, pack);
  code = sql_row(x->c, s, "storing facts", err);
  x->pack = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  if (code < 0 || (s = sql_get(x->c, S_FACTS_DROP, err)) == NULL) return code < 0 ? code : MILL_EIO;
  sqlite3_bind_int64(s, 1, x->doc);
  sqlite3_bind_int64(s, 2, x->pack);
  code = sql_done(x->c, s, "replacing facts", err);
  if (code < 0 || (s = sql_get(x->c, S_EXTRACTION_DROP, err)) == NULL) return code < 0 ? code : MILL_EIO;
  sqlite3_bind_int64(s, 1, x->doc);
  sqlite3_bind_int64(s, 2, x->pack);
  return sql_done(x->c, s, "replacing facts", err);
}

static int load_document(struct storing *x, mill_error *err) {
  sqlite3_stmt *s;
  int code = show_load(&x->shown, x->doc, err);
  if (code < 0 || (s = sql_get(x->c, S_DOC_HEAD, err)) == NULL) return code < 0 ? code : MILL_EIO;
  sqlite3_bind_int64(s, 1, x->doc);
  code = sql_row(x->c, s, "storing facts", err);
  if (code > 0 && sqlite3_column_bytes(s, 1) == 32) memcpy(x->sha, sqlite3_column_blob(s, 1), 32);
  sqlite3_reset(s);
  return code < 0 ? code : 0;
}

static int check_all(const struct storing *x, const mill_fact *facts, size_t n, mill_error *err) {
  for (size_t k = 0; k < n; k++) {
    if (facts[k].type == NULL || facts[k].n_mentions == 0)
      return mill_fail(err, MILL_EINVAL, 0, "fact %zu needs a type and a mention", k + 1);
    for (size_t m = 0; m < facts[k].n_mentions; m++) {
      struct place p;
      mill_argument *args = NULL;
      int code = resolve(x, &facts[k].mentions[m], &p, err);
      if (code == 0) code = sorted_arguments(x, &facts[k].mentions[m], &args, err);
      mem_free(args);
      if (code < 0) return code;
    }
  }
  return 0;
}

static int store(struct storing *x, const char *pack, const mill_fact *facts, size_t n,
                 const mill_link *links, size_t n_links, mill_error *err) {
  int code = load_document(x, err);
  if (code == 0) code = check_all(x, facts, n, err); /* refused before anything is written */
  for (size_t k = 0; k < n_links && code == 0; k++)
    if (links[k].from >= n || links[k].to >= n || links[k].kind == NULL)
      code = mill_fail(err, MILL_EINVAL, 0, "a link between facts that are not there");
  if (code == 0) code = open_pack(x, pack, err);
  for (size_t k = 0; k < n && code == 0; k++) code = add_fact(x, &facts[k], &x->rows[k], err);
  return code == 0 ? add_links(x, links, n_links, n, err) : code;
}

int mill_corpus_store_facts(mill_corpus *c, int64_t doc, const char *pack, const char *version,
                            const mill_fact *facts, size_t n, const mill_link *links,
                            size_t n_links, size_t *stored, mill_error *err) {
  struct storing x = {c, {c, 0, NULL, ""}, doc, 0, version, {0}, NULL, 0};
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  x.rows = mem_calloc(n + 1, sizeof *x.rows);
  if (x.rows == NULL) code = mill_fail_memory(err);
  if (code == 0) code = store(&x, pack, facts, n, links, n_links, err);
  show_free(&x.shown);
  mem_free(x.rows);
  if (stored != NULL) *stored = x.stored;
  return corpus_leave(c, code, 0, err);
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
