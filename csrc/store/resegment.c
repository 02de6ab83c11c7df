/*
** resegment.c - documents cut anew after the user words have changed.
**
**   few words: candidates by the index (strings, as a search); many: every document
**   reindex: every document, whatever it holds
**   candidate --decoded--> folded text --holds one of the words?--> mill_segment
**      old ids out of the index, new ids in; blob, counts of document and articles
**
** The text, its maps, blocks, signatures and rows stay. What comes out is what
** adding the document with these words would have stored: a word can change the
** tokens only of a text that holds it.
*/
#include "candidates.h"
#include "index.h"

#define BY_INDEX 64 /* words up to which the index is asked for candidates */

struct work {
  mill_corpus *c;
  const mill_userwords *touched; /* NULL: all are cut anew */
  struct reader reader;
  int64_t *rows; uint32_t rows_capacity; /* of the articles in the index */
  uint32_t contain;
};

/* Does one of the words begin at s[0]? */
static int begins_here(const mill_userwords *u, const char *s, size_t n) {
  uint32_t node = USER_ROOT;
  for (size_t i = 0, used; i < n; i += used) {
    node = userwords_follow(u, node, s + i, n - i, &used);
    if (node == 0) return 0;
    if (userwords_entry(u, node) != NULL) return 1;
  }
  return 0;
}

static int holds_word(const mill_userwords *u, const char *s, size_t n) {
  for (size_t i = 0; i < n; i++) /* no word begins with a tail of UTF-8 */
    if (((unsigned char)s[i] & 0xC0) != 0x80 && begins_here(u, s + i, n - i)) return 1;
  return 0;
}

static int take_out(struct work *w, int64_t doc, mill_error *err) {
  struct reader *r = &w->reader;
  if (mill_grow(&w->rows, &w->rows_capacity, (size_t)r->layout.n_articles + 1, sizeof *w->rows) < 0)
    return mill_fail_memory(err);
  int code = document_articles(w->c, doc, w->rows, r->layout.n_articles, err);
  struct index_job job = {doc, r->id, r->start, r->n, &r->layout, w->rows, NULL, NULL};
  return code == 0 ? index_document(w->c, &job, err) : code;
}

static int count_article(void *context, uint32_t a, uint32_t words, int64_t *row, mill_error *err) {
  struct work *w = context;
  sqlite3_stmt *s = sql_get(w->c, S_ARTICLE_TOKENS, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, *row = w->rows[a]);
  sqlite3_bind_int64(s, 2, words);
  return sql_done(w->c, s, "storing tokens", err);
}

static int put_in(struct work *w, int64_t doc, mill_error *err) {
  mill_corpus *c = w->c;
  mill_buffer blob = {0};
  struct index_job job =
      {doc, c->ids, c->tokens.start, (uint32_t)c->tokens.n, &w->reader.layout, NULL, count_article, w};
  int code = index_document(c, &job, err);
  forward_encode(&c->tokens, c->ids, &c->words, &blob);
  if (code == 0 && blob.error) code = mill_fail_memory(err);
  sqlite3_stmt *s = code == 0 ? sql_get(c, S_FORWARD_SET, err) : NULL;
  if (code == 0 && s == NULL) code = MILL_EIO;
  if (code == 0) {
    sqlite3_bind_int64(s, 1, doc);
    sql_bind_bytes(s, 2, blob.bytes, blob.len);
    code = sql_done(c, s, "storing tokens", err);
  }
  mill_buffer_free(&blob);
  if (code < 0) return code;
  if ((s = sql_get(c, S_DOC_TOKENS, err)) == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  sqlite3_bind_int64(s, 2, (int64_t)c->tokens.n);
  code = sql_done(c, s, "storing tokens", err);
  return code == 0 ? extractions_forget(c, doc, err) : code;
}

/* Tags may differ where the words do not: the blob then, not the index. */
static int segment_document(struct work *w, int64_t doc, mill_error *err) {
  mill_corpus *c = w->c;
  int code = reader_get(c, &w->reader, doc, err);
  if (code < 0) return code;
  const mill_buffer *folded = &w->reader.folded;
  const char *text = folded->bytes != NULL ? folded->bytes : "";
  if (w->touched != NULL && !holds_word(w->touched, text, folded->len)) return 0;
  w->contain++;
  mill_segment_options o = {.user = c->user};
  code = mill_segment(mill_data_lexicon(c->data), text, folded->len, &o, &c->tokens, err);
  if (code == 0 && document_ids(c, text, &c->tokens) < 0) code = mill_fail_memory(err);
  if (code == 0) code = take_out(w, doc, err);
  return code == 0 ? put_in(w, doc, err) : code;
}

/* ---- which documents ------------------------------------------------------------- */

/* A query that any of the words answers; a word with a quote cannot be asked for. */
static int ask(struct work *w, struct doc_list *out, mill_error *err) {
  struct query *q = mem_calloc(1, sizeof *q);
  mill_buffer text = {0};
  mill_user_entry e;
  int code = 0, all = w->touched->n > BY_INDEX;
  for (uint32_t k = 0; !all && mill_userwords_get(w->touched, k, &e); k++) {
    all = memchr(e.text, '"', e.len) != NULL;
    mill_buffer_append(&text, k > 0 ? "|\"" : "\"", k > 0 ? 2 : 1);
    mill_buffer_append(&text, e.text, e.len);
    mill_buffer_byte(&text, '"');
  }
  mill_buffer_byte(&text, 0);
  if (q == NULL || text.error) code = mill_fail_memory(err);
  else if (all) out->all = 1;
  else if ((code = query_parse(w->c->data, NULL, text.bytes, q, err)) == 0)
    code = query_candidates(w->c, q, 1, NULL, out, err);
  if (q != NULL) query_free(q);
  mem_free(q);
  mill_buffer_free(&text);
  return code;
}

int resegment(mill_corpus *c, const mill_userwords *touched, uint32_t *contain, mill_error *err) {
  struct work w = {.c = c, .touched = touched};
  struct doc_list docs = {.all = touched == NULL};
  int code = touched != NULL ? ask(&w, &docs, err) : 0;
  if (code == 0 && docs.all)
    code = doc_list_all(c, &docs, err); /* numbers first: tables are written meanwhile */
  for (uint32_t k = 0; code == 0 && k < docs.n; k++) code = segment_document(&w, docs.docs[k], err);
  *contain = w.contain;
  doc_list_free(&docs);
  reader_free(&w.reader);
  mem_free(w.rows);
  return code;
}

int mill_corpus_reindex(mill_corpus *c, uint32_t *documents, mill_error *err) {
  uint32_t n = 0;
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  code = userwords_refresh(c, err);
  if (code == 0) code = resegment(c, NULL, &n, err);
  if (code == 0) code = schema_stamp(c, err);
  if (documents != NULL) *documents = n;
  return corpus_leave(c, code, 0, err);
}
