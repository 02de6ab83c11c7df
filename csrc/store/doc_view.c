/*
** doc_view.c - the machine of patterns on stored documents.
**
**   forward blob  设立 卡点 14 个      tokens: words, tags, kinds, values
**     joined      设立卡点14个          folded text: recognisers, literals, regular expressions
**   layout        blocks, articles     where a match stands
**
** Nothing is cleaned, and neither raw nor clean text is read: they have nothing to say to a
** pattern but which block a place is in (P.block). The day that dates without a year refer
** to is in the metadata.
*/
#include "doc_view.h"

#include "../core/date.h"

int doc_view_open(struct doc_view *v, mill_corpus *c, const mill_program *prog, mill_error *err) {
  memset(v, 0, sizeof *v);
  v->c = c;
  v->prog = prog;
  v->wants_day = doc_view_wants_day(prog);
  for (uint32_t k = 0; k < prog->n_code; k++) v->wants_text |= prog->code[k].op == OP_BLOCK;
  v->n_lexicon = c->words.n + 1;
  v->lexicon = mem_calloc(v->n_lexicon, sizeof *v->lexicon);
  v->vm = mill_machine_new();
  if (v->lexicon == NULL || v->vm == NULL) return mill_fail_memory(err);
  int rc = sqlite3_prepare_v2(c->db, "SELECT tokens, layout FROM mill_forward WHERE doc = ?1", -1,
                              &v->forward, NULL);
  return rc == SQLITE_OK ? 0 : sql_fail(c, rc, "reading documents", err);
}

void doc_view_free(struct doc_view *v) {
  sqlite3_finalize(v->forward);
  sqlite3_finalize(v->day);
  mill_machine_free(v->vm);
  mill_tokens_free(&v->tokens);
  mill_buffer_free(&v->folded);
  layout_free(&v->layout);
  mill_text_free(v->text);
  mem_free(v->lexicon);
  memset(v, 0, sizeof *v);
}

/* ---- loading */

static uint32_t lexicon_of(struct doc_view *v, uint32_t id) {
  if (id >= v->n_lexicon) return reader_lexicon_id(v->c, id);
  if (v->lexicon[id] == 0) v->lexicon[id] = reader_lexicon_id(v->c, id) + 1; /* MILL_NONE is asked again */
  return v->lexicon[id] - 1;
}

/* The words joined; their numbers become the lexicon's. */
static int join(struct doc_view *v) {
  mill_tokens *t = &v->tokens;
  v->folded.len = 0;
  if (!mill_buffer_reserve(&v->folded, (size_t)t->start[t->n] + 4)) return MILL_ENOMEM;
  for (size_t k = 0; k < t->n; k++) {
    size_t n;
    const char *s = vocab_text(&v->c->words, t->word[k], &n);
    memcpy(v->folded.bytes + t->start[k], s, n);
    t->word[k] = lexicon_of(v, t->word[k]);
  }
  v->folded.len = t->start[t->n];
  memset(v->folded.bytes + v->folded.len, 0, 4);
  return 0;
}

static int decode(struct doc_view *v) {
  const void *tokens = sqlite3_column_blob(v->forward, 0), *layout = sqlite3_column_blob(v->forward, 1);
  int code = forward_decode(tokens, (size_t)sqlite3_column_bytes(v->forward, 0), &v->c->words, &v->tokens);
  if (code == 0) code = layout_decode(layout, (size_t)sqlite3_column_bytes(v->forward, 1), &v->layout);
  return code == 0 ? join(v) : code;
}

/* 1 loaded, 0 there is no such document. */
static int load(struct doc_view *v, int64_t doc, mill_error *err) {
  sqlite3_bind_int64(v->forward, 1, doc);
  int found = sql_row(v->c, v->forward, "reading a document", err);
  int code = found > 0 ? decode(v) : found;
  sqlite3_reset(v->forward);
  if (code == MILL_ENOMEM) return mill_fail_memory(err);
  if (code == MILL_ECORRUPT)
    return mill_fail(err, code, 0, "document %lld: its tokens are damaged", (long long)doc);
  return code < 0 ? code : found;
}

int doc_view_day(mill_corpus *c, sqlite3_stmt **q, int64_t doc, mill_date *out, mill_error *err) {
  static const char sql[] = "SELECT value FROM mill_metadata WHERE doc = ?1 AND key = 'published'"
                            " ORDER BY rowid LIMIT 1";
  int rc = *q == NULL ? sqlite3_prepare_v2(c->db, sql, -1, q, NULL) : SQLITE_OK;
  if (rc != SQLITE_OK) return sql_fail(c, rc, "reading metadata", err);
  sqlite3_bind_int64(*q, 1, doc);
  int code = sql_row(c, *q, "reading metadata", err);
  *out = date_of_day(code > 0 ? (const char *)sqlite3_column_text(*q, 0) : NULL);
  sqlite3_reset(*q);
  return code < 0 ? code : 0;
}

int doc_view_wants_day(const mill_program *prog) {
  for (uint32_t k = 0; k < prog->n_code; k++) {
    const instruction *i = &prog->code[k];
    if (i->op == OP_RECOGNIZE && i->x != MILL_REC_NUMBER && i->x != MILL_REC_MEASURE) return 1;
  }
  return 0;
}

static int load_text(struct doc_view *v, int64_t doc, mill_error *err) {
  mill_text_free(v->text);
  v->text = NULL;
  return mill_corpus_text(v->c, doc, &v->text, NULL, err);
}

/* ---- running */

/* The article and whether it is boilerplate, of a place behind those asked for before. */
struct place { uint32_t article, block; };

static int skips(const struct doc_view *v, struct place *p, uint32_t at) {
  const struct layout *l = &v->layout;
  while (p->article + 1 < l->n_articles && l->articles[p->article + 1].folded.from <= at) p->article++;
  return layout_is_boilerplate(l, at, &p->block);
}

static int each(struct doc_view *v, int (*take)(void *, uint32_t, int), void *context, mill_error *err) {
  struct place place = {0, 0};
  mill_match m;
  int code = mill_find(v->vm, v->prog, &v->view, 0, &m, err);
  while (code > 0) {
    int skip = skips(v, &place, m.folded.from), done = take(context, place.article, skip);
    if (done != 0) return done;
    code = mill_find_next(v->vm, v->prog, &v->view, vm_next_from(v->vm), &m, err);
  }
  return code;
}

int doc_view_each(struct doc_view *v, int64_t doc, int (*take)(void *, uint32_t article, int skip),
                  void *context, mill_error *err) {
  int code = load(v, doc, err);
  if (code <= 0) return code;
  v->view = (mill_view){.data = v->c->data, .user = v->c->user, .tokens = &v->tokens, .dates = &v->dates,
                        .folded = v->folded.bytes, .folded_len = v->folded.len, .ref = date_of_day(NULL)};
  if (v->wants_day && (code = doc_view_day(v->c, &v->day, doc, &v->view.ref, err)) < 0) return code;
  if (v->wants_text && (code = load_text(v, doc, err)) < 0) return code;
  v->view.text = v->wants_text ? v->text : NULL;
  mill_machine_attach(v->vm, &v->view);
  return each(v, take, context, err);
}
