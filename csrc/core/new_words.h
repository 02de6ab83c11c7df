/*
** new_words.h - words that a word list lacks, found by how they stand in a text.
**
** The text is a row of symbols (ids of tokens); 0 parts what no word spans. Runs of
** symbols are counted level by level: a run of n only where both its runs of n - 1
** are frequent, and of a level at most NEW_WORDS_COUNTED at a time, so that memory
** does not go with the text.
**
**   nodes   a frequent run each: (parent = the run without its last symbol, symbol)
**           nodes[1 .. n_symbols] are the single symbols; 0 none
**   edges   hash (node, symbol) -> node
**
** Evidence of a run w, all logarithms to base 2:
**   cohesion  the least, over all ways to part w in a and b, of
**             log(count(w) * N / (count(a) * count(b)))            (PMI)
**   left, right  entropy of the symbols beside it; an edge of the text (a sign, a
**             number, a line) is a symbol of its own each time
** After: Huang & Powers 2003; Jin & Tanaka-Ishii, "Unsupervised segmentation of
** Chinese text by use of branching entropy", 2006.
*/
#ifndef MILL_NEW_WORDS_H
#define MILL_NEW_WORDS_H

#include "../textmill.h"

#define NEW_WORDS_RUN 6u /* symbols of the longest run */
#define NEW_WORDS_COUNTED (6u << 20)

typedef struct new_node {
  uint32_t parent, symbol, count;
  uint32_t candidate; /* index + 1 */
  uint8_t n, chars;   /* symbols and characters of the run */
} new_node;

typedef struct new_candidate {
  uint32_t node, count, docs, last_doc, first_doc;
  double cohesion, left, right, score;
} new_candidate;

typedef struct new_slot { uint64_t key; uint32_t value; } new_slot; /* key 0: free */
typedef struct new_table { new_slot *slots; uint32_t mask, n; } new_table;

typedef struct new_words {
  uint32_t n_symbols, min_count, max_chars, level;
  uint64_t total;                    /* symbols in the text */
  const uint8_t *chars;              /* of each symbol, [1..n_symbols]; borrowed */
  new_node *nodes; uint32_t n_nodes, nodes_capacity;
  new_table edges, counts;           /* counts: runs of the level at hand */
  new_table beside;                  /* (candidate, side, symbol) -> count */
  new_candidate *candidates; uint32_t n_candidates, candidates_capacity;
  uint32_t lost;                     /* what a run's count may be too low by; see forget_rare */
} new_words;

/* chars: characters of each symbol, n_symbols + 1 of them. 0 or MILL_ENOMEM. */
int new_words_init(new_words *w, uint32_t n_symbols, const uint8_t *chars);
void new_words_free(new_words *w);
/* Level 1: counts symbols; then limits are set and each further level counts runs. */
void new_words_count_symbols(new_words *w, const uint32_t *symbols, size_t n);
void new_words_limits(new_words *w, uint32_t min_count, uint32_t max_chars);
int new_words_count_runs(new_words *w, const uint32_t *symbols, size_t n);
/* Keeps the frequent runs of the level and goes to the next. 1 there are some, 0 none
** or the last level, or MILL_ENOMEM. */
int new_words_next_level(new_words *w);
/* Makes candidates of the runs of two symbols and more whose cohesion is at least
** this, and of which `keep` says 1. 0 or MILL_ENOMEM. */
int new_words_choose(new_words *w, double min_cohesion,
                     int (*keep)(void *context, const uint32_t *run, uint32_t n), void *context);
/* Evidence from the text, again: sides[i] is what stands at i for its neighbours, 0
** for an edge. */
int new_words_look(new_words *w, const uint32_t *symbols, const uint32_t *sides, size_t n, uint32_t doc);
/* Entropies, and candidates in order: the best first. */
void new_words_rank(new_words *w);
/* The symbols of a node's run; returns how many. */
uint32_t new_words_run(const new_words *w, uint32_t node, uint32_t run[NEW_WORDS_RUN]);

#endif
