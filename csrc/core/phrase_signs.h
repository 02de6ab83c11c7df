/*
** phrase_signs.h - what a token is to those who look for phrases, as 64 bits (see phrases.h):
**
**   bits 0 ..          the classes, in their order
**   SIGN_PEOPLE_TAIL ..  what its ends are, what it is made of
**   3 bits             how many characters it has, 7 and more are 7
**   6 bits             which mark or little word it is, enum sign_mark
*/
#ifndef MILL_PHRASE_SIGNS_H
#define MILL_PHRASE_SIGNS_H

#include "phrases.h"

#define SIGN_BIT(n) (UINT64_C(1) << (PHRASE_CLASSES + (n)))
#define SIGN_PEOPLE_TAIL SIGN_BIT(0)   /* the last two characters are a noun of people */
#define SIGN_HEAD_TAIL SIGN_BIT(1)     /* the last one is a head */
#define SIGN_NUMERAL_FIRST SIGN_BIT(2) /* the first one is a numeral */
#define SIGN_COUNT SIGN_BIT(3)         /* a number in digits, a numeral of several characters but 一 */
#define SIGN_DIGIT SIGN_BIT(4)         /* holds an ASCII digit */
#define SIGN_DIGIT_FIRST SIGN_BIT(5)
#define SIGN_ALNUM SIGN_BIT(6)         /* holds an ASCII letter or digit */
#define SIGN_HAS_BREAK SIGN_BIT(7)
#define SIGN_EACH_FIRST SIGN_BIT(8)    /* 每户 */
#define SIGN_INSIDE SIGN_BIT(9)        /* 村里 */
#define SIGN_KNOWN SIGN_BIT(10)        /* it was looked at */
enum { SIGN_CHARS = PHRASE_CLASSES + 11, SIGN_MOST_CHARS = 7, SIGN_MARK = SIGN_CHARS + 3 };

enum sign_mark {
  SIGN_NO_MARK,
  SIGN_BOOK, SIGN_UNBOOK, SIGN_QUOTE, SIGN_UNQUOTE, SIGN_SINGLE, SIGN_UNSINGLE, /* in pairs */
  SIGN_CORNER, SIGN_UNCORNER, SIGN_WHITE, SIGN_UNWHITE,
  SIGN_DE, SIGN_SELF, SIGN_THAN, SIGN_WILL, SIGN_HAVE, SIGN_THEN, SIGN_EACH, SIGN_NOW_THERE, SIGN_PERSON,
  SIGN_FROM, /* 由, 从 */
  SIGN_OPEN, SIGN_CLOSE, SIGN_COMMA, SIGN_STOP, SIGN_SEMICOLON, SIGN_POINT, SIGN_BREAK,
  SIGN_EMPTY, /* no characters: no such token */
  SIGN_MARKS
};

static inline int sign_is(uint64_t s, enum phrase_class c) { return (int)(s >> c & 1); }
static inline unsigned sign_chars(uint64_t s) { return (unsigned)(s >> SIGN_CHARS & SIGN_MOST_CHARS); }
static inline enum sign_mark sign_mark_of(uint64_t s) { return (enum sign_mark)(s >> SIGN_MARK); }

/* What closes the pair that the mark opens; SIGN_NO_MARK: it opens none. */
static inline enum sign_mark sign_closes(enum sign_mark m) {
  return m >= SIGN_BOOK && m <= SIGN_WHITE && (m - SIGN_BOOK) % 2 == 0 ? m + 1 : SIGN_NO_MARK;
}
/* What opens the pair that the mark closes. */
static inline enum sign_mark sign_opens(enum sign_mark m) {
  return m >= SIGN_UNBOOK && m <= SIGN_UNWHITE && (m - SIGN_BOOK) % 2 == 1 ? m - 1 : SIGN_NO_MARK;
}

/* The signs of a string of n bytes. */
uint64_t signs_of(const phrase_words *w, const char *s, size_t n);

/* Those of token k, which need not exist; kept once they are known. */
static inline uint64_t phrase_signs(const phrase_text *t, ptrdiff_t k) {
  if (k < 0 || (size_t)k >= t->n) return (uint64_t)SIGN_EMPTY << SIGN_MARK;
  if (t->signs[k] == 0) t->signs[k] = signs_of(t->words, t->text + t->from[k], t->to[k] - t->from[k]);
  return t->signs[k];
}

#endif
