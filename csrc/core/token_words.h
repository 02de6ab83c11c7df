/*
** token_words.h - the tokens of a text and the classes of words they belong to, for grammars of names
** (org_names.h, place_grammar.h). A token that does not exist has no characters, no class and no tag.
*/
#ifndef MILL_TOKEN_WORDS_H
#define MILL_TOKEN_WORDS_H

#include "../textmill.h"
#include "word_classes.h"

enum { TOKEN_WORDS_KEPT = 64 };

typedef struct token_words {
  const word_classes *words; /* borrowed, like the columns */
  const char *text;
  const uint32_t *from, *to;
  const uint8_t *tag;
  ptrdiff_t n;
  uint32_t kept[TOKEN_WORDS_KEPT]; /* tokens that were asked for last, + 1; 0: none */
  uint64_t classes[TOKEN_WORDS_KEPT];
} token_words;

static inline int token_exists(const token_words *t, ptrdiff_t k) { return k >= 0 && k < t->n; }

static inline size_t token_bytes(const token_words *t, ptrdiff_t k) {
  return token_exists(t, k) ? t->to[k] - t->from[k] : 0;
}

static inline uint64_t token_classes(token_words *t, ptrdiff_t k) {
  if (!token_exists(t, k)) return 0;
  size_t place = (size_t)k % TOKEN_WORDS_KEPT;
  if (t->kept[place] != (uint32_t)k + 1) {
    t->kept[place] = (uint32_t)k + 1;
    t->classes[place] = word_classes_of(t->words, t->text + t->from[k], t->to[k] - t->from[k]);
  }
  return t->classes[place];
}

/* Its tag as one bit. */
static inline uint64_t token_tag(const token_words *t, ptrdiff_t k) {
  return token_exists(t, k) ? UINT64_C(1) << t->tag[k] : 0;
}

static inline size_t bytes_chars(const char *s, size_t n) {
  size_t chars = 0;
  for (size_t k = 0; k < n; k++) chars += ((unsigned char)s[k] & 0xC0) != 0x80;
  return chars;
}

static inline size_t token_chars(const token_words *t, ptrdiff_t k) {
  return token_exists(t, k) ? bytes_chars(t->text + t->from[k], t->to[k] - t->from[k]) : 0;
}

#define TOKEN_TAG(t) (UINT64_C(1) << MILL_TAG_##t)

#endif
