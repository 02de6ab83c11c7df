/*
** window.h - the stretch of text the segmenter works on at a time.
**
**   text    全镇设立检测卡口70处,
**   units   全 镇 设 立 检 测 卡 口 [70] 处 ,
**
** A unit is what no word boundary falls into: a Han character, or a whole run
** (number, letters, kana, blanks...), each with the marks that follow it.
** Words are paths of edges over units; the cheapest path wins:
**
**   c1[k]           the unit k alone            (always there)
**   edge[L-2][k]    a word of L = 2, 3, 4 units that starts at unit k
**   more[]          longer words, and numerals, chained from head[k]
**
** A window ends at a sign where it can; where 512 units hold none, only the
** tokens well before its end are taken over. So memory and time are bounded,
** whatever the text.
*/
#ifndef MILL_WINDOW_H
#define MILL_WINDOW_H

#include "lexicon.h"

#define WINDOW_UNITS 512u
#define WINDOW_PAD 32u     /* units behind the end that may be read: all 0 */
#define WINDOW_TAIL 64u    /* tokens that start here are left to the next window */
#define WINDOW_MORE 1024u
#define MAX_EDGE 31u       /* units */

/* 512 * 65535 << 5 and NO_EDGE fit 32 bits together. */
#define NO_EDGE 0x40000000u
#define PACK(cost, len) LEX_PACK(cost, len)
#define PACKED_LEN(packed) (31u - ((packed) & 31u))
#define PACKED_COST(packed) ((packed) & ~31u)

typedef struct more_edge {
  uint32_t packed, word; /* LEX_NO_WORD: a numeral */
  uint16_t next; /* index + 1 */
} more_edge;

typedef struct window {
  uint32_t n;         /* units */
  int final;          /* the whole path is valid */
  int marked;         /* some unit has marks behind it, which its word has not */
  int free;           /* the path need not be made of edges: a model's */
  uint32_t offset[WINDOW_UNITS + WINDOW_PAD];
  uint16_t id[WINDOW_UNITS + WINDOW_PAD];  /* 0: no word passes */
  uint8_t kind[WINDOW_UNITS + WINDOW_PAD]; /* enum char_class, CHAR_NUMERAL */
  uint32_t c1[WINDOW_UNITS + WINDOW_PAD];
  uint32_t edge[3][WINDOW_UNITS + WINDOW_PAD];
  uint32_t term[4][WINDOW_UNITS + WINDOW_PAD]; /* words of 1..4 units, or LEX_NO_WORD (LEX_TERM) */
  uint32_t best[WINDOW_UNITS + WINDOW_PAD];
  uint8_t length[WINDOW_UNITS];
  uint16_t head[WINDOW_UNITS];             /* index in more + 1 */
  more_edge more[WINDOW_MORE];
  uint32_t n_more;
  uint32_t n_counts;
  uint16_t counts[WINDOW_UNITS + 1];       /* units of digits and numerals */
  uint16_t rare[WINDOW_UNITS + WINDOW_PAD]; /* pairs to look up */
  uint16_t at[WINDOW_UNITS + WINDOW_PAD];   /* units from which paths go on, */
  uint32_t child[WINDOW_UNITS + WINDOW_PAD]; /* and the cells to look at next */
  uint32_t pair[WINDOW_UNITS + WINDOW_PAD]; /* of window_words.c: hashes of pairs, which are hot, */
  uint32_t hot[WINDOW_UNITS + WINDOW_PAD], base[WINDOW_UNITS + WINDOW_PAD]; /* where these lead */
  uint32_t n_numbers;
  uint16_t number[WINDOW_UNITS + 1];        /* units that begin tokens which may be numbers, */
  uint16_t number_at[WINDOW_UNITS + 1];     /* and which tokens of the window these are */
} window;

/* units.c: reads units from text[from, n) until the window is full. */
void window_fill(window *w, const mill_lexicon *lx, const char *text, size_t from, size_t n,
                 int split_numbers);
/* numeral_edges.c: adds an edge for every numeral written in Han characters. */
void window_numerals(window *w, const mill_lexicon *lx, const char *text);
/* Reads s[0,n) if the whole of it is one of the commonest numerals in Han
** characters: one digit, 十五 五十 五百 五万, 二十五, 一九九八. */
int short_numeral(const char *s, size_t n, uint32_t *value);
/* The same of numbers: digits and these, ordinals of them (第三, 第14), 30万, 1.5亿, 12%;
** what number_scan would say of it, but at once. */
int quick_number(const char *s, size_t n, mill_number *out);
/* window_words.c: finds the words; viterbi.c: then the cheapest path (w->length). parts: no edge goes over
** a sign, and what the path costs, best[0], is not asked for. */
void window_words(window *w, const mill_lexicon *lx);
void window_path(window *w, int parts);
/* Appends an edge of `len` units at k; one too many is ignored. */
void window_add(window *w, uint32_t k, uint32_t len, uint32_t cost, uint32_t word);
/* The word that is the token of `len` units at k, or LEX_NO_WORD. */
uint32_t window_far_word(const window *w, uint32_t k, uint32_t len);
static inline uint32_t window_word(const window *w, uint32_t k, uint32_t len) {
  return __builtin_expect((w->head[k] | w->free) != 0, 0) ? window_far_word(w, k, len)
                                                          : lex_term_word(w->term[(len - 1) & 3][k]);
}

#endif
