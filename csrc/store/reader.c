/*
** reader.c - stored documents decoded: for searching (folded text joined from
** the words) and as a mill_text with tokens.
*/
#include "internal.h"

/* ---- for searching */

static int corrupt(mill_corpus *c, int64_t doc, const char *what, mill_error *err) {
  return mill_fail(err, MILL_ECORRUPT, 0, "%s: document %lld: its %s are damaged",
                   c->path != NULL ? c->path : "corpus in memory", (long long)doc, what);
}

/* Starts and folded text from the ids. Nearly all words have at most 16 bytes, which go
** over at once, whatever stands behind them. */
static int join_words(struct reader *r, const struct vocab *v) {
  mill_buffer *out = &r->folded;
  size_t at = 0;
  out->len = 0;
  if (!mill_buffer_reserve(out, (size_t)r->n * 8 + 32)) return MILL_ENOMEM;
  for (uint32_t k = 0; k < r->n; k++) {
    const struct vocab_word *w = &v->words[r->id[k]];
    if (out->capacity - at < (size_t)w->len + 32) { /* and the 0 at the end */
      out->len = at;
      if (!mill_buffer_reserve(out, (size_t)w->len + 32)) return MILL_ENOMEM;
    }
    r->start[k] = (uint32_t)at;
    if (w->len <= 16 && w->offset + 16 <= v->arena_len) memcpy(out->bytes + at, v->arena + w->offset, 16);
    else memcpy(out->bytes + at, v->arena + w->offset, w->len);
    at += w->len;
    if (at > MILL_MAX_BYTES) return MILL_ECORRUPT;
  }
  r->start[r->n] = (uint32_t)at;
  out->bytes[at] = 0;
  out->len = at;
  return 0;
}

int reader_load(mill_corpus *c, struct reader *r, int64_t doc, const void *tokens,
                size_t tokens_len, const void *layout, size_t layout_len, mill_error *err) {
  int64_t n = forward_count(tokens, tokens_len);
  r->doc = doc;
  r->n = 0;
  if (n < 0) return corrupt(c, doc, "tokens", err);
  if (mill_grow(&r->id, &r->id_capacity, (size_t)n + 1, sizeof *r->id) < 0 ||
      mill_grow(&r->start, &r->start_capacity, (size_t)n + 1, sizeof *r->start) < 0)
    return mill_fail_memory(err);
  int code = forward_ids(tokens, tokens_len, &c->words, r->id);
  if (code == 0) r->n = (uint32_t)n, code = join_words(r, &c->words);
  if (code == MILL_ECORRUPT) return corrupt(c, doc, "tokens", err);
  if (code == 0) code = layout_decode(layout, layout_len, &r->layout);
  if (code == MILL_ECORRUPT) return corrupt(c, doc, "blocks", err);
  return code < 0 ? mill_fail_memory(err) : 0;
}

int reader_get(mill_corpus *c, struct reader *r, int64_t doc, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_FORWARD_GET, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  int code = sql_row(c, s, "reading a document", err);
  if (code == 0) return mill_fail(err, MILL_ENOTFOUND, 0, "no document with number %lld", (long long)doc);
  if (code > 0)
    code = reader_load(c, r, doc, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0),
                       sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1), err);
  /* reasons of blocks lie in the row: nobody reads them through a reader */
  sqlite3_reset(s);
  return code;
}

void reader_free(struct reader *r) {
  mem_free(r->id);
  mem_free(r->start);
  mill_buffer_free(&r->folded);
  layout_free(&r->layout);
}

/* ---- as a text */

static char *copy_bytes(const void *bytes, size_t n) {
  char *p = mem_malloc(n + 1);
  if (p == NULL) return NULL;
  if (n > 0) memcpy(p, bytes, n);
  p[n] = 0;
  return p;
}

/* Blocks and the strings of their reasons in one allocation: mill_text_free
** frees the array, and the strings with it. */
static int give_blocks(mill_text *t, const struct layout *l) {
  size_t strings = 0;
  for (uint32_t k = 0; k < l->n_blocks; k++) strings += (size_t)l->blocks[k].reason_len + 1;
  t->blocks = mem_malloc((size_t)l->n_blocks * sizeof *t->blocks + strings + 1);
  t->articles = mem_malloc(((size_t)l->n_articles + 1) * sizeof *t->articles);
  if (t->blocks == NULL || t->articles == NULL) return MILL_ENOMEM;
  char *at = (char *)(t->blocks + l->n_blocks);
  for (uint32_t k = 0; k < l->n_blocks; k++) {
    const struct layout_block *b = &l->blocks[k];
    t->blocks[k] = b->block;
    if (b->reason_len == 0) continue;
    memcpy(at, b->reason, b->reason_len);
    at[b->reason_len] = 0;
    t->blocks[k].reason = at;
    at += b->reason_len + 1;
  }
  for (uint32_t k = 0; k < l->n_articles; k++) t->articles[k] = l->articles[k].article;
  t->n_blocks = l->n_blocks;
  t->n_articles = l->n_articles;
  return 0;
}

static int check_layout(const mill_text *t, const struct layout *l) {
  for (uint32_t k = 0; k < l->n_blocks; k++)
    if (l->blocks[k].block.clean.to > t->clean_len || l->blocks[k].folded.to > t->folded_len)
      return MILL_ECORRUPT;
  for (uint32_t k = 0; k < l->n_articles; k++)
    if (l->articles[k].article.clean.to > t->clean_len) return MILL_ECORRUPT;
  return 0;
}

static mill_span span_at(sqlite3_stmt *s, int column, size_t limit) {
  mill_span none = {MILL_NONE, MILL_NONE};
  if (sqlite3_column_type(s, column) == SQLITE_NULL) return none;
  int64_t from = sqlite3_column_int64(s, column), to = sqlite3_column_int64(s, column + 1);
  if (from < 0 || to < from || (uint64_t)to > limit) return none;
  return (mill_span){(uint32_t)from, (uint32_t)to};
}

struct meta_list { mill_meta *items; uint32_t n, capacity; };

static int read_meta_rows(mill_corpus *c, int64_t doc, const mill_text *t, struct meta_list *l,
                          mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_META_GET, err);
  int code = 0;
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  while ((code = sql_row(c, s, "reading metadata", err)) > 0) {
    const char *key = (const char *)sqlite3_column_text(s, 0);
    const char *value = (const char *)sqlite3_column_text(s, 1);
    if (key == NULL) key = "";
    if (value == NULL) value = "";
    if (mill_grow(&l->items, &l->capacity, (size_t)l->n + 1, sizeof *l->items) < 0) break;
    mill_meta *m = &l->items[l->n];
    memset(m, 0, sizeof *m);
    m->raw = span_at(s, 2, t->raw_len);
    m->clean = span_at(s, 4, t->clean_len);
    m->value = copy_bytes(value, strlen(value));
    m->key = copy_bytes(key, strlen(key));
    l->n++;
    if (m->value == NULL || m->key == NULL) break;
  }
  sqlite3_reset(s);
  return code > 0 ? mill_fail_memory(err) : code;
}

/* As with blocks: the keys go behind the array. */
static int give_meta(mill_text *t, struct meta_list *l) {
  size_t strings = 0;
  for (uint32_t k = 0; k < l->n; k++) strings += strlen(l->items[k].key) + 1;
  t->meta = mem_malloc((size_t)l->n * sizeof *t->meta + strings + 1);
  if (t->meta == NULL) return MILL_ENOMEM;
  char *at = (char *)(t->meta + l->n);
  for (uint32_t k = 0; k < l->n; k++) {
    size_t n = strlen(l->items[k].key) + 1;
    t->meta[k] = l->items[k];
    t->meta[k].key = memcpy(at, l->items[k].key, n);
    l->items[k].value = NULL; /* the text's now */
    at += n;
  }
  t->n_meta = l->n;
  return 0;
}

static int load_meta(mill_corpus *c, int64_t doc, mill_text *t, mill_error *err) {
  struct meta_list l = {0};
  int code = read_meta_rows(c, doc, t, &l, err);
  if (code == 0 && give_meta(t, &l) < 0) code = mill_fail_memory(err);
  for (uint32_t k = 0; k < l.n; k++) {
    mem_free(l.items[k].value);
    mem_free((void *)(uintptr_t)l.items[k].key);
  }
  mem_free(l.items);
  return code;
}

static const void *column(sqlite3_stmt *s, int k, size_t *n) {
  const void *p = sqlite3_column_blob(s, k);
  *n = (size_t)sqlite3_column_bytes(s, k);
  return p != NULL ? p : "";
}

static int give_texts(sqlite3_stmt *s, mill_text *t) {
  size_t n;
  const void *p = column(s, 0, &n);
  t->raw = copy_bytes(p, t->raw_len = n);
  if (sqlite3_column_type(s, 1) != SQLITE_NULL) p = column(s, 1, &n);
  t->clean = copy_bytes(p, t->clean_len = n);
  if (t->raw == NULL || t->clean == NULL) return MILL_ENOMEM;
  p = column(s, 2, &n);
  int code = mill_map_decode(p, n, &t->map);
  p = column(s, 3, &n);
  if (code == 0) code = mill_map_decode(p, n, &t->fold_map);
  p = column(s, 4, &n);
  if (code == 0) code = notes_decode(p, n, &t->notes, &t->n_notes);
  return code;
}

static void give_facts_of_cleaning(sqlite3_stmt *s, mill_text *t) {
  const char *charset = (const char *)sqlite3_column_text(s, 7);
  sqlite3_snprintf(sizeof t->charset, t->charset, "%s", charset != NULL ? charset : "utf-8");
  t->html = (uint8_t)sqlite3_column_int(s, 8);
  t->gloss_mode = (uint8_t)sqlite3_column_int(s, 9);
  t->script = (uint8_t)sqlite3_column_int(s, 10);
  t->n_glosses = (uint32_t)sqlite3_column_int64(s, 11);
  t->n_broken = (uint32_t)sqlite3_column_int64(s, 12);
}

static int maps_fit(const mill_text *t) {
  return mill_map_source_len(t->map) == t->raw_len && mill_map_output_len(t->map) == t->clean_len &&
         mill_map_source_len(t->fold_map) == t->clean_len &&
         mill_map_output_len(t->fold_map) == t->folded_len;
}

/* The folded text, joined from the words of tokens that say where each begins. */
static int give_folded(mill_text *t, const mill_tokens *tokens, const struct vocab *v) {
  size_t n = tokens->start[tokens->n];
  char *out = mem_malloc(n + 17); /* nearly all words have at most 16 bytes, which go over at once */
  if (out == NULL) return MILL_ENOMEM;
  for (size_t k = 0; k < tokens->n; k++) {
    const struct vocab_word *w = &v->words[tokens->word[k]];
    if (w->len <= 16 && w->offset + 16 <= v->arena_len) memcpy(out + tokens->start[k], v->arena + w->offset, 16);
    else memcpy(out + tokens->start[k], v->arena + w->offset, w->len);
  }
  out[n] = 0;
  t->folded = out;
  t->folded_len = n;
  return 0;
}

static int fit(const mill_text *t, const struct layout *l, mill_error *err) {
  if (maps_fit(t) && check_layout(t, l) == 0) return 0;
  return mill_fail(err, MILL_ECORRUPT, 0, "maps, blocks and texts do not fit each other");
}

/* Everything but metadata, from one row of S_TEXT_GET; tokens: those of the corpus's words. */
static int fill_text(mill_corpus *c, sqlite3_stmt *s, int64_t doc, mill_text *t, mill_tokens *tokens,
                     mill_error *err) {
  struct layout l = {0};
  size_t n;
  const void *blob = column(s, 5, &n);
  int code = forward_decode(blob, n, &c->words, tokens);
  if (code == MILL_ECORRUPT) return corrupt(c, doc, "tokens", err);
  if (code == 0) code = give_folded(t, tokens, &c->words);
  blob = column(s, 6, &n);
  if (code == 0 && (code = layout_decode(blob, n, &l)) == MILL_ECORRUPT) corrupt(c, doc, "blocks", err);
  else if (code == 0 && (code = give_texts(s, t)) < 0) mill_fail(err, code, 0, "a damaged map or note");
  else if (code == 0) code = give_blocks(t, &l) < 0 ? mill_fail_memory(err) : fit(t, &l, err);
  else mill_fail_memory(err);
  give_facts_of_cleaning(s, t);
  t->data = c->data;
  layout_free(&l);
  return code;
}

uint32_t reader_lexicon_id(mill_corpus *c, uint32_t id) {
  mill_user_entry e;
  size_t n;
  if (c->user == NULL || id > c->words.n) return vocab_to_lexicon(&c->words, id);
  const char *s = vocab_text(&c->words, id, &n);
  return mill_userwords_find(c->user, s, n, &e) && e.word ? e.id : vocab_to_lexicon(&c->words, id);
}

static int read_text(mill_corpus *c, int64_t doc, mill_text *t, mill_tokens *tokens, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_TEXT_GET, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  int code = sql_row(c, s, "reading a document", err);
  if (code == 0) return mill_fail(err, MILL_ENOTFOUND, 0, "no document with number %lld", (long long)doc);
  if (code > 0) code = fill_text(c, s, doc, t, tokens, err);
  sqlite3_reset(s);
  for (size_t k = 0; k < tokens->n && code == 0; k++) tokens->word[k] = reader_lexicon_id(c, tokens->word[k]);
  return code == 0 ? load_meta(c, doc, t, err) : code;
}

int mill_corpus_text(mill_corpus *c, int64_t doc, mill_text **out, mill_tokens *tokens,
                     mill_error *err) {
  mill_text *t = mem_calloc(1, sizeof *t);
  mill_tokens unasked = {0};
  *out = NULL;
  if (t == NULL) return mill_fail_memory(err);
  int code = corpus_read(c, err);
  if (code == 0) {
    code = read_text(c, doc, t, tokens != NULL ? tokens : &unasked, err);
    corpus_read_end(c);
  }
  mill_tokens_free(&unasked);
  if (code < 0) {
    mill_text_free(t);
    return code;
  }
  *out = t;
  return 0;
}
