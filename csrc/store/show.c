/* show.c - from stored texts to what a person reads. */
#include "show.h"

#include "../core/normalize.h"
#include "../core/utf8.h"

static int load_id(struct shown *s, int64_t doc, mill_error *err) {
  sqlite3_stmt *q = sql_get(s->c, S_DOC_HEAD, err);
  if (q == NULL) return MILL_EIO;
  sqlite3_bind_int64(q, 1, doc);
  int code = sql_row(s->c, q, "reading a document", err);
  if (code > 0)
    sqlite3_snprintf(sizeof s->id, s->id, "%s", (const char *)sqlite3_column_text(q, 0));
  sqlite3_reset(q);
  return code < 0 ? code : 0;
}

int show_load(struct shown *s, int64_t doc, mill_error *err) {
  if (s->doc == doc && s->text != NULL) return 0;
  mill_text_free(s->text);
  s->text = NULL;
  s->doc = doc;
  int code = mill_corpus_text(s->c, doc, &s->text, NULL, err);
  return code == 0 ? load_id(s, doc, err) : code;
}

void show_free(struct shown *s) {
  mill_text_free(s->text);
  s->text = NULL;
}

int show_display(const mill_text *t, mill_span clean, mill_buffer *out, mill_error *err) {
  const char *s = t->clean + clean.from;
  size_t n = clean.to - clean.from, at = out->len;
  enum mill_form form = mill_text_form(t);
  if (clean.from >= clean.to) return 0;
  int code = normalize_check(t->data, form, n, err);
  if (code < 0) return code;
  if (normalize_stays(t->data, form, s, n)) {
    mill_buffer_append(out, s, n);
    return out->error ? mill_fail_memory(err) : 0;
  }
  code = mill_buffer_reserve(out, normalize_room(n)) ? normalize_append(t->data, form, s, n, out, NULL)
                                                     : out->error;
  if (code < 0) return normalize_fail(s, n, code, err);
  for (char *p = out->bytes + at; p < out->bytes + out->len; p++)
    if (*p == '\n' || *p == '\r' || *p == '\t') *p = ' ';
  return out->error ? mill_fail_memory(err) : 0;
}

int show_put(const struct shown *s, mill_span clean, mill_buffer *out, mill_error *err) {
  return show_display(s->text, clean, out, err);
}

/* Bounds of the block that holds a clean position; the whole text without. */
static mill_span around(const struct shown *s, uint32_t at) {
  const mill_text *t = s->text;
  size_t lo = 0, hi = t->n_blocks;
  while (lo < hi) { /* the last block that begins at or before `at` */
    size_t mid = lo + (hi - lo) / 2;
    if (t->blocks[mid].clean.from <= at) lo = mid + 1;
    else hi = mid;
  }
  if (lo == 0 || t->blocks[lo - 1].clean.to < at) return (mill_span){0, (uint32_t)t->clean_len};
  return t->blocks[lo - 1].clean;
}

mill_span show_before(const struct shown *s, mill_span clean, size_t n) {
  mill_span block = around(s, clean.from);
  uint32_t at = clean.from;
  while (n-- > 0 && at > block.from) at = (uint32_t)utf8_prev(s->text->clean, at);
  return (mill_span){at, clean.from};
}

mill_span show_after(const struct shown *s, mill_span clean, size_t n) {
  mill_span block = around(s, clean.from);
  uint32_t at = clean.to;
  while (n-- > 0 && at < block.to) at += (uint32_t)utf8_length((unsigned char)s->text->clean[at]);
  if (at > s->text->clean_len) at = (uint32_t)s->text->clean_len;
  return (mill_span){clean.to, at > clean.to ? at : clean.to};
}

void show_cite(const struct shown *s, mill_span raw, mill_rows *rows) {
  char cite[300];
  sqlite3_snprintf(sizeof cite, cite, "%s#%u,%u", s->id, raw.from, raw.to);
  rows_text(rows, cite);
}

void show_spans(mill_span raw, mill_span clean, mill_rows *rows) {
  rows_integer(rows, raw.from);
  rows_integer(rows, raw.to);
  rows_integer(rows, clean.from);
  rows_integer(rows, clean.to);
}

int show_title(mill_corpus *c, int64_t doc, uint32_t article, mill_rows *rows, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_TITLE_GET, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  sqlite3_bind_int64(s, 2, (int64_t)article + 1);
  int code = sql_row(c, s, "reading titles", err);
  rows_text(rows, code > 0 ? (const char *)sqlite3_column_text(s, 0) : NULL);
  sqlite3_reset(s);
  return code < 0 ? code : 0;
}
