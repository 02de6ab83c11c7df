/*
** ledger.c - what a transaction adds to at its end: the words of the corpus and the
** numbers that were given last.
**
**   mill_vocabulary  a row a commit and 1,024 words: the first word's id, how many, and
**                    for each: tag u8 | kind u8 | length varint | text
**   mill_meta        last_doc, last_article, last_source: never given again
**
** In files of older schemas each word has a row of mill_words.
*/
#include "codec.h"
#include "internal.h"

enum { AT_ONCE = 1024 };
#define MOST_NUMBERS (INT64_MAX / 4)

/* ---- words */

static int take_word(mill_corpus *c, const char *text, size_t n, int tag, int kind, mill_error *err) {
  size_t bad;
  if (tag < 0 || tag >= MILL_TAG_COUNT || kind < 0 || kind > MILL_KIND_BREAK || (n > 0 && text == NULL) ||
      (n > 0 && !mill_utf8_valid(text, n, &bad, NULL)))
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: the word list is damaged", c->path);
  if (vocab_append(&c->words, n > 0 ? text : "", n, (uint8_t)tag, (uint8_t)kind) == 0)
    return mill_fail_memory(err);
  return 0;
}

/* A row of mill_vocabulary; its words follow those that are known. */
static int take_chunk(mill_corpus *c, sqlite3_stmt *s, mill_error *err) {
  const unsigned char *blob = sqlite3_column_blob(s, 2);
  struct cursor at = {blob, blob, blob == NULL};
  int64_t n = sqlite3_column_int64(s, 1);
  int code = 0;
  if (blob != NULL) at.end = blob + sqlite3_column_bytes(s, 2);
  if (sqlite3_column_int64(s, 0) != (int64_t)c->words.n + 1 || n < 1) at.bad = 1;
  for (; n > 0 && !at.bad && code == 0; n--) {
    int tag = get_byte(&at), kind = get_byte(&at);
    uint32_t len = get_u32(&at);
    const char *text = get_bytes(&at, len);
    if (!at.bad) code = take_word(c, text, len, tag, kind, err);
  }
  if (code == 0 && (at.bad || at.at != at.end))
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: the word list is damaged", c->path);
  return code;
}

static int take_row(mill_corpus *c, sqlite3_stmt *s, mill_error *err) {
  if (sqlite3_column_int64(s, 0) != (int64_t)c->words.n + 1)
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: the word list is damaged", c->path);
  const char *text = sqlite3_column_blob(s, 1);
  return take_word(c, text, (size_t)sqlite3_column_bytes(s, 1), sqlite3_column_int(s, 2),
                   sqlite3_column_int(s, 3), err);
}

int ledger_load_words(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, c->has_word_rows ? S_WORD_LOAD : S_VOCABULARY_LOAD, err);
  int code;
  if (s == NULL) return err != NULL ? err->code : MILL_EIO;
  sqlite3_bind_int64(s, 1, c->words.n);
  while ((code = sql_row(c, s, "reading the words", err)) > 0)
    if ((code = c->has_word_rows ? take_row(c, s, err) : take_chunk(c, s, err)) < 0) break;
  sqlite3_reset(s);
  return code;
}

static int save_chunk(mill_corpus *c, uint32_t first, uint32_t end, mill_error *err) {
  mill_buffer *b = &c->scratch;
  b->len = 0;
  for (uint32_t id = first; id < end; id++) {
    size_t n;
    const char *text = vocab_text(&c->words, id, &n);
    mill_buffer_byte(b, c->words.words[id].tag);
    mill_buffer_byte(b, c->words.words[id].kind);
    put_varint(b, n);
    mill_buffer_append(b, text, n);
  }
  if (b->error) return mill_buffer_free(b), mill_fail_memory(err);
  sqlite3_stmt *s = sql_get(c, S_VOCABULARY_ADD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, first);
  sqlite3_bind_int64(s, 2, end - first);
  sql_bind_bytes(s, 3, b->bytes, b->len);
  return sql_done(c, s, "storing words", err);
}

int ledger_save_words(mill_corpus *c, mill_error *err) {
  while (c->words_saved < c->words.n) {
    uint32_t first = c->words_saved + 1, end = c->words.n + 1;
    if (end - first > AT_ONCE) end = first + AT_ONCE;
    int code = save_chunk(c, first, end, err);
    if (code < 0) return code;
    c->words_saved = end - 1;
  }
  return 0;
}

/* ---- numbers */

static int last_source(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_SOURCE_MAX, err);
  if (s == NULL) return MILL_EIO;
  int code = sql_row(c, s, "reading numbers", err);
  if (code > 0) c->numbers.source = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  return code < 0 ? code : 0;
}

int ledger_load_numbers(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_NUMBERS, err);
  if (s == NULL) return MILL_EIO;
  int code = sql_row(c, s, "reading numbers", err);
  if (code < 0) return code;
  struct numbers *x = &c->numbers;
  int no_source = sqlite3_column_type(s, 2) == SQLITE_NULL;
  x->doc = sqlite3_column_int64(s, 0);
  x->article = sqlite3_column_int64(s, 1);
  x->source = sqlite3_column_int64(s, 2);
  sqlite3_reset(s);
  if (no_source && (code = last_source(c, err)) < 0) return code;
  c->numbers_saved = *x;
  if (x->doc >= 0 && x->doc < MOST_NUMBERS && x->article >= 0 && x->article < MOST_NUMBERS &&
      x->source >= 0 && x->source < MOST_NUMBERS)
    return 0;
  return mill_fail(err, MILL_ECORRUPT, 0, "%s: numbers of documents are damaged",
                   c->path != NULL ? c->path : "corpus in memory");
}

int ledger_save_numbers(mill_corpus *c, mill_error *err) {
  static const char *const keys[] = {"last_doc", "last_article", "last_source"};
  const struct numbers *x = &c->numbers, *old = &c->numbers_saved;
  const int64_t now[] = {x->doc, x->article, x->source}, before[] = {old->doc, old->article, old->source};
  for (int k = 0; k < 3; k++) {
    if (now[k] == before[k]) continue;
    sqlite3_stmt *s = sql_get(c, S_META_SET, err);
    if (s == NULL) return MILL_EIO;
    sql_bind_text(s, 1, keys[k]);
    sqlite3_bind_int64(s, 2, now[k]);
    int code = sql_done(c, s, "storing numbers", err);
    if (code < 0) return code;
  }
  c->numbers_saved = *x;
  return 0;
}
