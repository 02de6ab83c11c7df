/*
** token_text.h - token columns written by hand, for tests of the machine:
** "city/n |gates/n 24" has the tokens "city", " ", "gates", " ", "24". Tokens
** are divided by '|' or by a blank, which is a token itself; "/tag" names a tag.
*/
#ifndef TOKEN_TEXT_H
#define TOKEN_TEXT_H

#include <stdlib.h>
#include <string.h>

#include "textmill.h"

typedef struct token_text {
  char folded[512];
  uint32_t start[256], word[256], value[256];
  uint8_t tag[256], kind[256];
  mill_tokens tokens;
  mill_view view;
} token_text;

static inline uint8_t kind_of(const char *s, size_t n) {
  unsigned char c = (unsigned char)s[0];
  if (c == '\n') return MILL_KIND_BREAK;
  if (c == ' ') return MILL_KIND_BLANK;
  if (c >= '0' && c <= '9') return MILL_KIND_NUMBER;
  if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z' ? MILL_KIND_LATIN : MILL_KIND_PUNCT;
  if (n == 3 && (memcmp(s, "。", 3) == 0 || memcmp(s, "、", 3) == 0)) return MILL_KIND_PUNCT;
  return MILL_KIND_HAN;
}

static inline void add_token(token_text *t, const char *s, size_t n, int tag) {
  size_t k = t->tokens.n++, at = t->start[k];
  memcpy(t->folded + at, s, n);
  t->start[k + 1] = (uint32_t)(at + n);
  t->word[k] = t->value[k] = MILL_NONE;
  t->tag[k] = (uint8_t)tag;
  t->kind[k] = kind_of(s, n);
}

static inline int tag_named(const char *s, size_t n) {
  if (n == 1 && s[0] == 'n') return MILL_TAG_N;
  if (n == 1 && s[0] == 'v') return MILL_TAG_V;
  if (n == 1 && s[0] == 'm') return MILL_TAG_M;
  return MILL_TAG_X;
}

/* Fills t from the notation; t must not move afterwards. */
static inline const mill_view *tokenize(token_text *t, const char *s) {
  memset(t, 0, sizeof *t);
  t->tokens.start = t->start;
  t->tokens.word = t->word;
  t->tokens.tag = t->tag;
  t->tokens.kind = t->kind;
  t->tokens.value = t->value;
  while (*s != 0) {
    size_t n = strcspn(s, "|/ \n"), tag = 0;
    if (s[n] == '/') tag = strcspn(s + n + 1, "| \n");
    if (n > 0) add_token(t, s, n, s[n] == '/' ? tag_named(s + n + 1, tag) : MILL_TAG_X);
    s += n + (s[n] == '/' ? tag + 1 : 0);
    if (*s == ' ' || *s == '\n') add_token(t, s, 1, *s == ' ' ? MILL_TAG_BLANK : MILL_TAG_W);
    if (*s != 0) s++;
  }
  t->view.folded = t->folded;
  t->view.folded_len = t->start[t->tokens.n];
  t->view.tokens = &t->tokens;
  return &t->view;
}

#endif
