/*
** fuzz_segment.c - what must hold for the tokens of any bytes, UTF-8 or not:
** they tile the text, end at characters, and name words that are there. The
** first byte says whether numbers are split and how often the text repeats.
*/
#include <stdlib.h>
#include <string.h>

#include "core/data.h"
#include "textmill.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

static const mill_lexicon *lexicon(void) {
  static mill_data d;
  if (d.lexicon_view == NULL) MUST(lexicon_attach(&d, getenv("TEXTMILL_DATA"), NULL) == 0);
  return mill_data_lexicon(&d);
}

static void check_token(const mill_lexicon *lx, const mill_tokens *t, const char *s, size_t k,
                        int valid) {
  mill_word w;
  size_t len = t->start[k + 1] - t->start[k];
  MUST(t->start[k] < t->start[k + 1] && t->tag[k] < MILL_TAG_COUNT && t->kind[k] <= MILL_KIND_BREAK);
  MUST(t->value[k] == MILL_NONE || (t->value[k] < t->n_values && t->kind[k] == MILL_KIND_NUMBER));
  if (t->word[k] == MILL_NONE) return;
  MUST(mill_lexicon_word(lx, t->word[k], &w) == 1);
  /* marks may stand inside; bytes that are no UTF-8 may look like a word */
  MUST(!valid || (len >= w.len && s[t->start[k]] == w.text[0]));
}

static void check_tokens(const mill_lexicon *lx, const mill_tokens *t, const char *s, size_t n) {
  size_t at;
  enum mill_utf8_kind kind;
  int valid = mill_utf8_valid(s, n, &at, &kind);
  MUST(t->start[0] == 0 && t->start[t->n] == n);
  for (size_t k = 0; k < t->n; k++) {
    check_token(lx, t, s, k, valid);
    if (valid) MUST(((unsigned char)s[t->start[k]] & 0xC0) != 0x80);
  }
}

/* Words in words lie inside their tokens, in order. */
static void check_subwords(const mill_lexicon *lx, const mill_tokens *t, const char *s) {
  static mill_subwords parts;
  MUST(mill_find_subwords(lx, NULL, s, t, &parts, NULL) == 0);
  for (size_t k = 0; k < parts.n; k++) {
    const mill_subword *w = &parts.list[k], *last = w - 1;
    MUST(w->from >= t->start[w->token] && w->to <= t->start[w->token + 1] && w->from < w->to);
    MUST(w->word < mill_lexicon_count(lx) && w->tag < MILL_TAG_COUNT);
    MUST(k == 0 || w->from > last->from || (w->from == last->from && w->to < last->to));
  }
}

/* Sentences come in order and do not overlap. */
static void check_sentences(const char *s, size_t n) {
  static mill_breaks *b;
  mill_span p;
  uint32_t at = 0;
  if (b == NULL) MUST(mill_breaks_open(MILL_BREAK_SENTENCE, "en", &b, NULL) == 0);
  MUST(mill_breaks_text(b, s, n, NULL) == 0);
  for (; mill_breaks_next(b, &p); at = p.to) MUST(p.from >= at && p.to > p.from && p.to <= n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  static mill_tokens t; /* reused, as callers do */
  if (n < 2) return 0;
  size_t times = 1u << (bytes[0] >> 1 & 7), len = (n - 1) * times;
  mill_segment_options o = {.split_numbers = bytes[0] & 1};
  char *s = malloc(len);
  if (s == NULL) return 0;
  for (size_t i = 0; i < times; i++) memcpy(s + i * (n - 1), bytes + 1, n - 1);
  MUST(mill_segment(lexicon(), s, len, &o, &t, NULL) == 0);
  check_tokens(lexicon(), &t, s, len);
  check_subwords(lexicon(), &t, s);
  check_sentences(s, len);
  mill_word w;
  mill_lexicon_find(lexicon(), s, len, &w);
  free(s);
  return 0;
}
