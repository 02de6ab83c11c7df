/* word_regex.h - a regular expression on single words (ICU's), with limits. */
#ifndef MILL_WORD_REGEX_H
#define MILL_WORD_REGEX_H

#include "error.h"

typedef struct word_regex word_regex;
/* Valid UTF-8 s[0,n), which must outlive it. MILL_ESYNTAX: err->position is the byte of s
** where it is wrong. */
int word_regex_new(const char *s, size_t n, word_regex **out, mill_error *err);
void word_regex_free(word_regex *r); /* NULL is allowed */
/* 1: it matches the whole of word[0,n); 0; MILL_ELIMIT: too much time or stack on it. */
int word_regex_match(word_regex *r, const char *word, size_t n);

#endif
