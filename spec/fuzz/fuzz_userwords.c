/*
** fuzz_userwords.c - any bytes as a file of user words, and as the text they are
** then found in: tokens tile the text, ids are those of words that are there, a
** word that was removed is not there. The first byte says how many of the bytes
** are the file, and whether some words are forced.
*/
#include <stdlib.h>
#include <string.h>

#include "textmill.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

static const mill_data *images(void) {
  static mill_data *d;
  if (d == NULL) MUST(mill_data_open(getenv("TEXTMILL_DATA"), &d, NULL) == 0);
  return d;
}

static void check_tokens(const mill_userwords *u, const mill_tokens *t, size_t n) {
  uint32_t first = mill_lexicon_count(mill_data_lexicon(images()));
  mill_user_entry e;
  MUST(t->n == 0 || (t->start[0] == 0 && t->start[t->n] == n));
  for (size_t k = 0; k < t->n; k++) {
    MUST(t->start[k] < t->start[k + 1] && t->tag[k] < MILL_TAG_COUNT && t->kind[k] <= MILL_KIND_BREAK);
    MUST(t->value[k] == MILL_NONE || t->value[k] < t->n_values);
    if (t->word[k] == MILL_NONE || t->word[k] < first) continue;
    MUST(mill_userwords_get(u, t->word[k] - first, &e) == 1 && e.word && e.id == t->word[k]);
  }
}

static void check_subwords(const mill_userwords *u, const mill_tokens *t, const char *s) {
  static mill_subwords parts;
  mill_user_entry e;
  uint32_t first = mill_lexicon_count(mill_data_lexicon(images()));
  MUST(mill_find_subwords(mill_data_lexicon(images()), u, s, t, &parts, NULL) == 0);
  for (size_t k = 0; k < parts.n; k++) {
    const mill_subword *w = &parts.list[k], *last = w - 1;
    MUST(w->from >= t->start[w->token] && w->to <= t->start[w->token + 1] && w->from < w->to);
    MUST(w->word < first || (mill_userwords_get(u, w->word - first, &e) == 1 && e.word));
    MUST(k == 0 || w->from > last->from || (w->from == last->from && w->to < last->to));
  }
}

static void segment(const mill_userwords *u, const char *s, size_t n) {
  static mill_tokens t;
  mill_segment_options o = {.user = u};
  MUST(mill_segment(mill_data_lexicon(images()), s, n, &o, &t, NULL) == 0);
  check_tokens(u, &t, n);
  check_subwords(u, &t, s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  mill_userwords *u = NULL;
  mill_error err;
  if (n < 2) return 0;
  size_t cut = 1 + (n - 1) * (bytes[0] >> 1) / 128;
  mill_user_word force = {.force = 1, .classes = "a b"};
  const char *s = (const char *)bytes + 1;
  MUST(mill_userwords_new(images(), &u, NULL) == 0);
  int rc = mill_userwords_load(u, s, cut - 1, "words", &err);
  MUST(rc >= 0 || (rc == err.code && strncmp(err.message, "words:", 6) == 0));
  if (bytes[0] & 1) mill_userwords_add(u, s, cut / 4, &force, NULL);
  mill_userwords_remove(u, s, cut / 8, NULL);
  segment(u, s + cut - 1, n - cut);
  segment(u, s, n - 1);
  mill_userwords_free(u);
  return 0;
}
