/*
** tagged_row.h - for tests of the grammars of names: a row of words with their tags as tokens, and the classes
** of words that rules would hand over.
*/
#ifndef TAGGED_ROW_H
#define TAGGED_ROW_H

#include <string.h>

#include "check.h"
#include "core/token_words.h"

enum { ROW_TOKENS = 24, ROW_BYTES = ROW_TOKENS * 16, ROW_WORDS = 6 };

typedef struct row {
  char text[ROW_BYTES];
  uint32_t from[ROW_TOKENS], to[ROW_TOKENS];
  uint8_t tag[ROW_TOKENS], ends[ROW_BYTES]; /* ends: what known names end there, none at first */
  token_words t;
} row;

typedef struct tagged { const char *word; uint8_t tag; } tagged;

/* A class by its name, then words of it. */
typedef const char *const row_class[ROW_WORDS];

/* Adds the words of n classes, whose numbers `number_of` says. -1 without memory. */
static inline int row_classes(word_classes *w, row_class *classes, size_t n, int (*number_of)(const char *)) {
  for (size_t c = 0; c < n; c++)
    for (size_t k = 1; k < ROW_WORDS && classes[c][k] != NULL; k++) {
      int class = number_of(classes[c][0]);
      CHECK(class >= 0);
      if (word_classes_add(w, classes[c][k], strlen(classes[c][k]), UINT64_C(1) << class) < 0) return -1;
    }
  return 0;
}

/* n words become the tokens of the row, which tile its text. */
static inline void row_set(row *x, const word_classes *w, const tagged *list, size_t n) {
  uint32_t at = 0;
  memset(x->ends, 0, sizeof x->ends);
  for (size_t k = 0; k < n; k++) {
    size_t length = strlen(list[k].word);
    memcpy(x->text + at, list[k].word, length);
    x->from[k] = at;
    x->to[k] = at += (uint32_t)length;
    x->tag[k] = list[k].tag;
  }
  x->t = (token_words){.words = w, .text = x->text, .from = x->from, .to = x->to, .tag = x->tag,
                       .n = (ptrdiff_t)n};
}

#endif
