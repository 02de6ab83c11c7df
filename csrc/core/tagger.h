/*
** tagger.h - part-of-speech tags of a model: greedy, left to right.
**
** A token's tag is the one with the highest sum of the rows of its features:
** the word, its first and last characters, its neighbours, its tag in the
** lexicon, the tags given to the two tokens before it.
**
**   key (32 bits)  hash of one feature
**   row            16 small weights, one a tag; found at key * n_rows >> 32 or
**                  one of the next TAGGER_PROBES - 1 rows, by 16 bits of the key
**
** A token behind the end of a sentence or a line has nothing before it. Blank
** tokens are passed over.
**
** Invariant: whatever the image holds, a look-up stays inside the sections:
** TAGGER_PROBES rows stand behind n_rows, and there are n_tags names.
*/
#ifndef MILL_TAGGER_H
#define MILL_TAGGER_H

#include "image.h"

#define TAGGER_TAGS 16u
#define TAGGER_PROBES 8u /* a vector of checks */
#define TAGGER_FEATURES 24u
#define TAGGER_NAME 8u
#define TAGGER_EDGE 31u        /* "tag" of what is before the first and behind the last */

typedef struct tagger_view {
  const uint16_t *check;       /* n_rows + TAGGER_PROBES */
  const int8_t (*rows)[TAGGER_TAGS];
  const char (*names)[TAGGER_NAME];
  uint32_t n_rows, n_tags;
} tagger_view;

/* What the features are made of. */
typedef struct tagger_token {
  uint32_t word, first, second, last, last_two; /* hashes */
  uint8_t lexical, length, kind;
} tagger_token;

/* Fills the view, which *out then owns; *out is NULL for a model without tags.
** 0 or MILL_E*. */
int tagger_attach(tagger_view **out, const mill_image *im, mill_error *err);
void tagger_detach(tagger_view *t);

void tagger_look(tagger_token *out, const char *s, size_t n, uint8_t lexical, uint8_t kind);
/* A token that is none: at the edges of a sentence. */
tagger_token tagger_edge(void);
int tagger_ends(const char *s, size_t n); /* does the token end a sentence? */
/* The keys of the token at[0] between its neighbours; tag1, tag2: of the token
** before and of the one before that. Returns how many. */
uint32_t tagger_keys(const tagger_token *before, const tagger_token *at, const tagger_token *after,
                     uint32_t tag1, uint32_t tag2, uint32_t keys[TAGGER_FEATURES]);
static inline uint16_t tagger_check(uint32_t key) { return (uint16_t)(key | 1); } /* 0: free */
static inline uint32_t tagger_row(uint32_t key, uint32_t n_rows) {
  return (uint32_t)((uint64_t)key * n_rows >> 32);
}
/* The best tag of a token with these keys. */
uint32_t tagger_choose(const tagger_view *t, const uint32_t *keys, uint32_t n);

#endif
