/*
** text_model.h - what must hold for every cleaned text, whatever the bytes
** were. text_wrong(t) names the first thing that does not, or gives NULL.
** Shared by test_clean.c and fuzz_clean.c.
*/
#ifndef TEXT_MODEL_H
#define TEXT_MODEL_H

#include <string.h>

#include "textmill.h"

/* The shape of clean text: see csrc/core/blank.c. */
static const char *clean_wrong(const char *s, size_t n) {
  if (!mill_utf8_valid(s, n, NULL, NULL)) return "clean is not UTF-8";
  if (s[n] != 0 || strlen(s) != n) return "clean is not terminated, or holds NUL";
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)s[i], next = (unsigned char)s[i + 1];
    int blank = c == ' ' || c == '\t' || c == '\n';
    if ((c < ' ' && !blank) || c == 0x7F) return "control character in clean";
    if (blank && (i == 0 || i + 1 == n)) return "blank at an edge of clean";
    if (blank && (next == ' ' || next == '\t' || next == '\n')) return "two blanks in clean";
    if (c == 0xC2 && next <= 0xA0) return "NBSP or C1 control in clean";
    if (c == 0xE3 && next == 0x80 && (unsigned char)s[i + 2] == 0x80) return "ideographic space in clean";
  }
  return NULL;
}

static int span_in(mill_span s, size_t n) { return s.from <= s.to && s.to <= n; }

static const char *spans_wrong(const mill_text *t) {
  uint32_t last = 0;
  for (size_t k = 0; k < t->n_blocks; k++) {
    mill_span b = t->blocks[k].clean;
    if (!span_in(b, t->clean_len) || b.from < last) return "blocks out of range or order";
    if (t->blocks[k].article >= t->n_articles) return "block of no article";
    last = b.to;
  }
  for (size_t k = 0; k < t->n_articles; k++)
    if (!span_in(t->articles[k].clean, t->clean_len)) return "article out of range";
  for (size_t k = 0; k < t->n_notes; k++)
    if (!span_in(t->notes[k].raw, t->raw_len) || !span_in(t->notes[k].clean, t->clean_len))
      return "note out of range";
  for (size_t k = 0; k < t->n_meta; k++) {
    if (t->meta[k].raw.from != MILL_NONE && !span_in(t->meta[k].raw, t->raw_len))
      return "metadata out of range";
    if (t->meta[k].clean.from != MILL_NONE && !span_in(t->meta[k].clean, t->clean_len))
      return "metadata out of range";
  }
  return NULL;
}

/* Every character of clean has raw bytes, in order, and they lead back to it. */
static const char *positions_wrong(const mill_text *t) {
  mill_span before = {0, 0};
  for (uint32_t i = 0, end; i < t->clean_len; i = end) {
    for (end = i + 1; end < t->clean_len && ((unsigned char)t->clean[end] & 0xC0) == 0x80; end++) {}
    mill_span raw = mill_text_raw(t, (mill_span){i, end});
    if (!span_in(raw, t->raw_len) || raw.from == raw.to) return "a character without raw bytes";
    if (raw.from < before.from || raw.to < before.to) return "raw spans out of order";
    mill_span back = mill_text_clean_of_raw(t, raw);
    if (back.from > i || back.to < end) return "raw span does not lead back";
    before = raw;
  }
  return NULL;
}

static inline const char *text_wrong(const mill_text *t) {
  const char *wrong = clean_wrong(t->clean, t->clean_len);
  if (wrong == NULL && mill_map_source_len(t->map) != t->raw_len) wrong = "map and raw disagree";
  if (wrong == NULL && mill_map_output_len(t->map) != t->clean_len) wrong = "map and clean disagree";
  if (wrong == NULL && t->fold_map != NULL && mill_map_source_len(t->fold_map) != t->clean_len)
    wrong = "fold map and clean disagree";
  if (wrong == NULL && t->fold_map != NULL && mill_map_output_len(t->fold_map) != t->folded_len)
    wrong = "fold map and folded disagree";
  if (wrong == NULL) wrong = spans_wrong(t);
  return wrong != NULL ? wrong : positions_wrong(t);
}

#endif
