/*
** place_grammar.h - names of places as they are written: where a name begins whose suffix is known, what may be
** one.
**
**   助力|[金坪县]    unled          委托|村, 落后村    acceptable, named: none
**   高|家|[庄]村    start          小河|乡
**
** Which words lead to a name, tell a kind of place and the like is said by those who ask
** (lua/textmill/rules/zh/place_names.lua): they come as classes. Bytes are counted from 0, spans are half-open.
*/
#ifndef MILL_PLACE_GRAMMAR_H
#define MILL_PLACE_GRAMMAR_H

#include "token_words.h"

#define PLACE_CLASSES(X) \
  X(suffix)       /* 村, 街道: what names end in */ \
  X(generic)      /* whole words with a suffix that name no place */ \
  X(scopes)       /* say where: 全镇 */ \
  X(outside)      /* come before a name and are no part of it */ \
  X(ender)        /* end a noun phrase */ \
  X(numeral) \
  X(leading)      /* words before a name that the tags do not tell from its beginning */ \
  X(kind)         /* tell a kind of place: 贫困 */ \
  X(plain_estate) /* before 小区: any of them */ \
  X(stem_end_not) /* last characters of what is no name */ \
  X(tier)         /* 省 ... 村 */ \
  X(within)       /* stand in what is no name: 群众 */ \
  X(rise) X(way)  /* 产业富镇 */ \
  X(large)        /* suffixes that the gazetteer has all names of */ \
  X(when)         /* last characters of times: no part of a name; 年|城乡|居民 */ \
  X(no_beginning) /* characters that begin no name behind a place that is known */ \
  X(way_to)       /* 来到: a name follows */ \
  X(mark)         /* stand in no stem */ \
  X(village)      /* suffixes of villages */ \
  X(settlement)   /* of villages and estates: a name of one character is none */ \
  X(loose)        /* begin no stem of several characters */ \
  X(estate) X(province) X(district) X(city) X(hamlet) X(meeting) X(urban) X(inside) X(through) X(and)

#define PLACE_ENUM(name) PLACE_##name,
enum place_class { PLACE_CLASSES(PLACE_ENUM) PLACE_CLASS_COUNT };

/* The class of that name; -1: none. */
int place_class_by_name(const char *name);

/* The bytes of the longest suffix that these end with, and are more than; 0: none. */
size_t place_suffix(const word_classes *w, const char *s, size_t n);

/* May this be a place's name at all? known: the gazetteer has it. */
int place_acceptable(const word_classes *w, const char *s, size_t n, int known);

typedef struct place_stem { /* where a suffix stands */
  uint32_t at, to;   /* its bytes */
  uint32_t first;    /* first byte of its block: no name begins before */
  ptrdiff_t token;   /* that holds it */
} place_stem;

/* Where the name begins whose suffix stands there, with `most` characters before it; how many these are in
** *chars. MILL_NONE: there is none. */
uint32_t place_start(token_words *t, const place_stem *s, size_t most, size_t *chars);

/* Where the name begins in [i, j) without the words that lead to it; `least` characters must be left.
** MILL_NONE: nothing is. */
uint32_t place_unled(token_words *t, uint32_t i, uint32_t j, size_t least);

/* Is [i, j), which the gazetteer does not have, no verb before a suffix: 委托村? */
int place_named(token_words *t, uint32_t i, uint32_t j);

/* Where places are known to end: for each byte of the text how many bytes the suffix has of one whose last byte
** that is, PLACE_NO_SUFFIX where it has none; 0: none ends there. */
enum { PLACE_NO_SUFFIX = 255 };
typedef struct place_ends { const uint8_t *suffix; } place_ends;

/* Where the name begins whose suffix stands there; MILL_NONE: no place is named. */
uint32_t place_of_suffix(token_words *t, const place_stem *s, const place_ends *ends);

#endif
