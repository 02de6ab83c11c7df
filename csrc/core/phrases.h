/*
** phrases.h - noun phrases beside a count, over the tokens of Chinese text.
**
**   right   12个 [农机 服务 站点] 。        the phrase that begins at a token
**   left    发放 [手套] 300副              the phrase that ends at a token
**   skip    手套 <- 共计 约 300副          back over words that are none of it
**   clause  ,[发放 手套 共计 300副          where the clause begins; what stands in it before the count
**
** The words that decide (what ends a phrase, what may stand in it, heads, nouns of people) are the
** rules' own and come as classes; this file knows the order in which they are asked. What a token is
** to all classes is its signs, 64 bits, worked out when it is first looked at:
**
**   | of which classes: the word, its last character, its first | letters, digits | characters | which mark |
**
** They are judgement, not grammar: the lexicon's tags are a word's most frequent ones.
*/
#ifndef MILL_PHRASES_H
#define MILL_PHRASES_H

#include <stddef.h>
#include <stdint.h>

#include "word_classes.h"

enum phrase_class { /* of whole words, but for those that say otherwise */
  PHRASE_ENDERS,     /* end a phrase to the right, whatever their tag */
  PHRASE_FILLERS,    /* between a noun and its number: 共计 */
  PHRASE_SCOPES,     /* where, not what: 全镇 */
  PHRASE_NO_ITEMS,   /* no noun phrase by themselves */
  PHRASE_PEOPLE,     /* nouns of people */
  PHRASE_MAKERS,     /* verbs that take what is counted as their object */
  PHRASE_ADNOMINAL,  /* verbs that are attributes: 返乡 */
  PHRASE_NUMERALS,
  PHRASE_DURATIONS,
  PHRASE_HEADS,      /* characters that end nouns: 点, 队 */
  PHRASE_ASPECTS,    /* nouns that the lexicon takes for numerals: 大项 */
  PHRASE_SIDES,      /* where something is ends the noun: 上 */
  PHRASE_STATES,     /* how something is: 超标 */
  PHRASE_AGES,
  PHRASE_LIMITS,     /* 以上 */
  PHRASE_SIZES,      /* 千伏 */
  PHRASE_LESS,       /* before 于: 不少 */
  PHRASE_MODALS,
  PHRASE_SENTENCES,  /* ends of sentences */
  PHRASE_NO_PERSON,  /* end like a noun of people and are none */
  PHRASE_PEOPLE_ENDS, /* last characters of nouns of people */
  PHRASE_MEASURING,  /* last characters of nouns of measuring: 率 */
  PHRASE_CLAUSE_ENDS,
  PHRASE_COUNT_SCOPES, /* of what a count holds: 共计, 各 */
  PHRASE_MOST,       /* before 的: 最多 */
  PHRASE_WITH,       /* what is compared stands before it: 比 */
  PHRASE_TAKING,     /* 把, 将 */
  PHRASE_OVER,       /* 高于 */
  PHRASE_CHANGE,     /* 增加 */
  PHRASE_CLASSES
};

/* The class of that name in lower case, "people_ends"; -1: none. */
int phrase_class_by_name(const char *name);

typedef struct word_classes phrase_words; /* with marks beside the classes: phrase_signs.h */
/* NULL: out of memory. */
phrase_words *phrase_words_new(void);
/* Adds a word of n bytes, which are copied, to a class. 0, or MILL_ENOMEM. */
int phrase_words_add(phrase_words *w, enum phrase_class class, const char *s, size_t n);
void phrase_words_free(phrase_words *w); /* takes NULL */

typedef struct phrase_text { /* all borrowed */
  const phrase_words *words;
  const char *text;
  const uint32_t *from, *to; /* spans of the tokens */
  const uint8_t *tag;        /* enum mill_tag */
  size_t n;
  uint64_t *signs;           /* of each token; zero before it is looked at */
} phrase_text;

enum phrase_kind {
  PHRASE_NONE,
  PHRASE_NOUN,
  PHRASE_VERB,   /* left: there is no noun, but a verb */
  PHRASE_QUOTED, /* left: what stands in quotation marks */
  PHRASE_TITLE   /* right: what stands in 《》 */
};
typedef struct phrase_found {
  enum phrase_kind kind;
  ptrdiff_t a, b; /* its first and last token, from 0; of an empty title b is before a */
} phrase_found;

/* Tokens are numbered from 0; one that does not exist is as a mark without characters. */
phrase_found phrase_right(const phrase_text *t, ptrdiff_t k);
phrase_found phrase_left(const phrase_text *t, ptrdiff_t k);
/* The first token of the clause that token k is in, 25 tokens back at most; brackets: ( ) end one, too. */
ptrdiff_t phrase_clause(const phrase_text *t, ptrdiff_t k, int brackets);
/* What stands in the clause before a count, as bits. */
enum phrase_holds {
  PHRASE_HOLDS_EACH = 1,     /* a token that begins with 每 */
  PHRASE_HOLDS_FROM = 2,     /* 由 or 从 */
  PHRASE_HOLDS_SCOPE = 4,    /* one of the class count_scopes */
  PHRASE_HOLDS_MOST = 8,     /* one of the class most with 的 behind it */
  PHRASE_HOLDS_WITH = 16,    /* one of the class with */
  PHRASE_HOLDS_TAKING = 32,  /* one of the class taking */
  PHRASE_HOLDS_OVER = 64,    /* one of the class over */
  PHRASE_HOLDS_BRACKET = 128, /* what ends a clause only where brackets do */
  PHRASE_HOLDS_CHANGE = 256   /* one of the class change */
};
/* What the tokens from `from` to the one before k hold. */
unsigned phrase_holds(const phrase_text *t, ptrdiff_t from, ptrdiff_t k);
/* The last token before k, `from` or behind it, that is 由 or 从, no digit between; of the class count_scopes;
** -1: there is none. */
ptrdiff_t phrase_origin(const phrase_text *t, ptrdiff_t k, ptrdiff_t from);
ptrdiff_t phrase_scope(const phrase_text *t, ptrdiff_t k, ptrdiff_t from);
/* The last token at or before k that is no filler and no 每户; -1 where all are. */
ptrdiff_t phrase_skip(const phrase_text *t, ptrdiff_t k);

#endif
