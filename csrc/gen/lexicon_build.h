/*
** lexicon_build.h - what mklexicon works on: the words and where they are, the
** tables of the image as they grow.
*/
#ifndef MILL_LEXICON_BUILD_H
#define MILL_LEXICON_BUILD_H

#include <stdio.h>
#include <stdlib.h>

#include "../core/data.h"
#include "../core/lexicon.h"
#include "double_array.h"

static void die(const char *what, const char *which) {
  fprintf(stderr, "mklexicon: %s %s\n", what, which);
  exit(1);
}

static void *must(void *p) {
  if (p == NULL) die("out of memory", "");
  return p;
}

/* ---- the words ------------------------------------------------------------ */

typedef struct word {
  char *text;          /* folded */
  uint32_t len, frequency, classes;
  uint32_t best;       /* frequency of the reading that gave the tag */
  uint8_t tag, n_ids;
  uint16_t ids[LEX_MAX_CHARS];
} word;

typedef struct build {
  mill_data data;      /* only the Unicode image, for folding */
  mill_lexicon lx;     /* only chars and ranges, later the trie */
  word *words; size_t n_words, room;
  uint32_t *index; size_t n_index; /* open hash: text -> word + 1 */
  lex_params params;
  uint32_t *chars;
  lex_range *ranges; size_t n_ranges;
  lex_astral *astral; size_t n_astral;
  lex_run *runs;
  double_array trie;
  lex_cell *cells;
  uint16_t *cost;
  uint32_t *worth;
  lex_first *first;
  uint32_t *pairs;
  uint16_t *hot_check;
  lex_hot *hot;
  uint32_t *triples;
  double total;        /* of all frequencies */
} build;

#define INDEX_SIZE (1u << 21)

static uint32_t *find_slot(const build *b, const char *s, size_t n) {
  size_t i = mill_hash64(s, n, 0) & (INDEX_SIZE - 1);
  for (; b->index[i] != 0; i = (i + 1) & (INDEX_SIZE - 1)) {
    const word *w = &b->words[b->index[i] - 1];
    if (w->len == n && memcmp(w->text, s, n) == 0) break;
  }
  return &b->index[i];
}

static word *find_word(build *b, const char *s, size_t n) {
  uint32_t i = *find_slot(b, s, n);
  return i == 0 ? NULL : &b->words[i - 1];
}

/* Finds or appends the folded word s[0,n); takes a copy. */
static word *add_word(build *b, const char *s, size_t n) {
  uint32_t *slot = find_slot(b, s, n);
  if (*slot != 0) return &b->words[*slot - 1];
  if (b->n_words == b->room) {
    b->room = b->room * 2 + 1024;
    b->words = must(realloc(b->words, b->room * sizeof *b->words));
  }
  word *w = &b->words[b->n_words++];
  *w = (word){.len = (uint32_t)n, .text = must(malloc(n + 1))};
  memcpy(w->text, s, n);
  w->text[n] = 0;
  *slot = (uint32_t)b->n_words;
  return w;
}

#endif
