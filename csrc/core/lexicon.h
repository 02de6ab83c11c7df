/*
** lexicon.h - the lexicon image and how the segmenter walks it.
**
** Words are folded strings over "characters": a code point, or a whole run of
** ASCII letters and digits (T恤 = [t] 恤, 4s店 = [4s] 店). Characters that
** occur in words have dense ids 1, 2, ...; 0 is every other character.
**
**   chars[code point]  = id << 8 | flags | class  (BMP; astral: two lists)
**   cells              = a double-array trie. The node of a first character is
**                        the cell of its id; from a cell, character `id` leads
**                        to cell base + id, if that one's check says `id`:
**
**     cell               | check 16 | base 24 | word 24 |
**                        base 0: the end, for cells[0 + id] are first characters,
**                        and what leads nowhere (they, free cells) checks as
**                        LEX_NO_CHECK; LEX_NO_WORD: no word ends here
**     worth[word]        = cost | tag << 16; the cost is -log(p) * 2000
**     first[id]          = of a first character alone: its cost, word or not, as an
**                        edge of one unit (LEX_PACK), and the word with its tag
**
** A cell is all that a lookup brings into the cache: costs and tags lie in the
** order of word ids, where those of frequent words are together.
**
** No two nodes share a base, so the id alone tells whose child a cell is. Nodes
** that texts pass often are laid out first, near each other.
**
** Word ids: 0..n-1, most frequent first. Ids are private to one image.
**
** Invariant: whatever the image holds, a lookup stays inside the sections:
** sizes are checked by lexicon_attach, with the ids of characters; cells where
** a base is used (lex_child), word ids where they are used.
*/
#ifndef MILL_LEXICON_H
#define MILL_LEXICON_H

#include <string.h>

#include "../textmill.h"

#define LEX_LAYOUT 8u
#define LEX_NO_WORD 0xFFFFFu   /* `word` of a cell that ends no word */
#define LEX_NO_COST 0xFFFFu
#define LEX_NO_CHECK 0xFFFFu
#define LEX_COST_SCALE 2000.0
#define LEX_MAX_CHARS 16u      /* longest word, in characters */
#define LEX_RUN_BYTES 7u       /* longest run of letters that can be a character */
#define LEX_MAX_IDS 32767u

enum char_class { /* of one code point; charclass.txt */
  CHAR_PUNCT = 0, CHAR_HAN, CHAR_DIGIT, CHAR_LATIN, CHAR_KANA, CHAR_OTHER,
  CHAR_MARK,      /* combining: belongs to what stands before it */
  CHAR_BLANK, CHAR_BREAK,
  CHAR_FLAG,      /* regional indicator: two make one flag */
  CHAR_CLASSES
};
#define CHAR_CLASS_MASK 15u
#define CHAR_NUMERAL 0x10u /* beside CHAR_HAN: 零 一 二 ... 十 百 千 万 亿 */

typedef struct lex_params {
  uint32_t layout, n_words, n_ids, n_cells;
  uint32_t unknown_cost; /* a Han character that is no word */
  uint32_t run_cost;     /* a run of letters or digits, a sign */
  uint32_t number_cost;  /* a numeral written in characters */
  uint32_t n_runs;       /* slots of runs: power of two */
  uint32_t seams;        /* a number of this list of seams; never 0 */
  uint32_t reserved[7];
} lex_params;

typedef uint64_t lex_cell;
#define LEX_CELL(check, base, word) ((uint64_t)(check) << 48 | (uint64_t)(base) << 24 | (word))
static inline uint32_t lex_check(lex_cell c) { return (uint32_t)(c >> 48); }
static inline uint32_t lex_base(lex_cell c) { return (uint32_t)(c >> 24) & 0xFFFFFFu; }
static inline uint32_t lex_word(lex_cell c) { return (uint32_t)c & LEX_NO_WORD; }
typedef struct lex_range { uint32_t from, to, char_class; } lex_range;
typedef struct lex_astral { uint32_t codepoint, id; } lex_astral;
/* key: the bytes of the run, little end first, its length in the top byte */
typedef struct lex_run { uint64_t key; uint32_t id, classes; } lex_run;
typedef struct lex_step { uint32_t word, frequency; } lex_step;
/* A word's id with its tag (and LEX_NUMBER) in the top byte. */
#define LEX_TERM(word, tag) ((uint32_t)(tag) << 24 | (word))
static inline uint32_t lex_term_word(uint32_t term) { return term & 0xFFFFFFu; }
static inline uint32_t lex_term_tag(uint32_t term) { return term >> 24; }
typedef struct lex_first { uint32_t edge, term; } lex_first;
/* low: cost 16 | tag 7 | word's low 9; high: its high 11 | base 21 */
typedef struct lex_hot { uint32_t low, high; } lex_hot;

struct mill_lexicon {
  const lex_params *params;
  const uint32_t *chars;        /* 65536 */
  const lex_range *ranges; size_t n_ranges; /* classes above the BMP, sorted */
  const lex_astral *astral; size_t n_astral;/* ids above the BMP, sorted */
  const lex_run *runs;
  const lex_cell *cells;        /* n_cells > n_ids */
  const uint32_t *worth;        /* n_words */
  const lex_first *first;       /* n_ids + 1 */
  const uint32_t *pairs;        /* LEX_PAIRS */
  const uint16_t *hot_check;    /* LEX_HOT, and 2 that are read with the last */
  const lex_hot *hot;           /* LEX_HOT */
  const uint32_t *triples;      /* LEX_TRIPLES bits */
  const uint32_t *block;        /* text offset of every 16th word */
  const uint8_t *length;        /* bytes of each word */
  const char *text; size_t text_len;
  const lex_step *steps; size_t n_steps;    /* words from `word` on have `frequency` */
  const uint8_t *class_set;     /* of each word: index in sets */
  const uint32_t *sets; size_t n_sets;
  const uint32_t *seams;        /* LEX_SEAMS */
};

#define LEX_NUMBER 0x80u /* beside a tag: the word is a number by itself */

/* The trie as loops keep it in registers, and the cell that character `id`
** behind a node with this base leads to, if its check says so. */
typedef struct lex_trie {
  const lex_cell *cells;
  const uint32_t *worth;
  uint32_t last, n_words;
} lex_trie;
static inline lex_trie lexicon_trie(const mill_lexicon *lx) {
  return (lex_trie){lx->cells, lx->worth, lx->params->n_cells - 1, lx->params->n_words};
}
static inline uint32_t lex_child(lex_trie trie, uint32_t base, uint32_t id) {
  uint32_t at = base + id;
  return at < trie.last ? at : trie.last; /* beyond the end in damaged images only */
}

/* The cost of an edge in a path: with its length (1..31) in the low 5 bits,
** inverted, so that the longer word wins among equals. */
#define LEX_PACK(cost, len) ((uint32_t)(cost) << 5 | (31u - (uint32_t)(len)))

/* What keeps most lookups in the cache. A pair of characters has a hash of 30
** bits from which it can be told again:
**   pairs[hash]    two bits of a word of 32, both set if it may begin a word
**   hot[hash]      of one frequent pair its cell's base and word, and what this is
**                  worth; hot_check[hash] has the low bits of its hash. 0: no pair
** triples: a bit for the base of a pair and a third character: may a word go on so. */
#define LEX_PAIRS 65536u
#define LEX_HOT 16384u
#define LEX_TRIPLES (1u << 20) /* bits */
#define LEX_PAIR_FACTOR 0x9E3779B1u
#define LEX_TRIPLE_BASE 0x9E3779B1u
#define LEX_TRIPLE_ID 0x85EBCA6Bu
static inline uint32_t lex_pair(uint32_t id, uint32_t next) {
  return (id << 15 | next) * LEX_PAIR_FACTOR & 0x3FFFFFFFu;
}
static inline uint32_t lex_hot_of(uint32_t pair) { return pair >> 16; }
static inline uint32_t lex_hot_check(uint32_t pair) { return pair & 0xFFFFu; }
#define LEX_HOT_BASES (1u << 21)
static inline lex_hot lex_hot_new(uint32_t base, uint32_t word, uint32_t cost, uint32_t tag) {
  uint32_t short_tag = (tag & 0x3Fu) | (tag & LEX_NUMBER) >> 1;
  return (lex_hot){word << 23 | short_tag << 16 | cost, base << 11 | word >> 9};
}
static inline uint32_t lex_hot_base(lex_hot h) { return h.high >> 11; }
static inline uint32_t lex_hot_word(lex_hot h) { return h.low >> 23 | (h.high & 0x7FFu) << 9; }
static inline uint32_t lex_hot_tag(lex_hot h) { return (h.low >> 16 & 0x3Fu) | (h.low >> 15 & LEX_NUMBER); }
static inline uint32_t lex_may_begin(const uint32_t *pairs, uint32_t pair) {
  uint32_t bits = pairs[pair >> 14];
  return bits >> (pair & 31) & bits >> (pair >> 5 & 31) & 1u;
}
static inline uint32_t lex_triple(uint32_t base, uint32_t id) {
  return (base * LEX_TRIPLE_BASE + id * LEX_TRIPLE_ID) >> 12;
}
static inline uint32_t lex_may_follow(const uint32_t *triples, uint32_t base, uint32_t id) {
  uint32_t bit = lex_triple(base, id);
  return triples[bit >> 5] >> (bit & 31) & 1u;
}

/* One step of a lookup: node is the id of a first character, or from here. */
typedef struct lex_edge {
  uint32_t word, cost; /* LEX_NO_WORD, LEX_NO_COST: no word ends here */
  uint32_t node, more; /* more: longer words go on; node 0: no such path */
} lex_edge;
lex_edge lexicon_first(const mill_lexicon *lx, uint32_t id);
lex_edge lexicon_next(const mill_lexicon *lx, uint32_t node, uint32_t id);

/* id << 8 | class of a code point. */
uint32_t lexicon_astral(const mill_lexicon *lx, uint32_t codepoint);
static inline uint32_t lexicon_char(const mill_lexicon *lx, uint32_t c) {
  return c < 0x10000 ? lx->chars[c] : lexicon_astral(lx, c);
}

/* The id of the character (or run of letters) at s[0,n), n > 0; *len: its bytes.
** 0: none, or no UTF-8. Of a damaged image it may be above n_ids. */
uint32_t lexicon_id_at(const mill_lexicon *lx, const char *s, size_t n, size_t *len);

/* Seams: pairs of Han characters that stand side by side in some word, and so are what people
** look for. Keys lie in buckets, filled from the first slot on, and those that a full one has no
** room for in the next; slots left are 0. A pair's number is its slot, MILL_NONE: it is in no
** word. seams.c looks the pairs of whole texts up in the same table. */
#define LEX_HAN 0x4E00u
#define LEX_HANS 20992u
#define LEX_SEAMS (1u << 19)
#define LEX_BUCKET 16u
/* Characters less LEX_HAN, both below LEX_HANS. */
static inline uint32_t lex_seam_key(uint32_t first, uint32_t second) { return (first << 15 | second) + 1; }
static inline uint32_t lex_seam_bucket(uint32_t key) { return (key * 0x9E3779B1u >> 17) * LEX_BUCKET; }
uint32_t lexicon_seam(const mill_lexicon *lx, uint32_t first, uint32_t second); /* of code points */

/* The key of a run of 1..7 bytes. */
static inline uint64_t lex_run_key(const char *s, size_t n) {
  uint64_t key = (uint64_t)n << 56;
  for (size_t i = 0; i < n; i++) key |= (uint64_t)(unsigned char)s[i] << 8 * i;
  return key;
}
static inline uint32_t lex_run_hash(uint64_t key) {
  return (uint32_t)((key ^ key >> 21) * UINT64_C(0x9E3779B97F4A7C15) >> 40);
}
/* The id of a run of letters and digits, 0 none; *classes: its word's classes. */
uint32_t lexicon_run(const mill_lexicon *lx, const char *s, size_t n, uint32_t *classes);

/* The tag of a word with LEX_NUMBER, as the image has it; and without, in range. */
static inline uint32_t lex_worth_cost(uint32_t worth) { return worth & 0xFFFFu; }
static inline uint32_t lex_worth_tag(uint32_t worth) { return worth >> 16 & 0xFFu; }
static inline uint8_t lexicon_tag(const mill_lexicon *lx, uint32_t word) {
  uint8_t tag = (uint8_t)(lex_worth_tag(lx->worth[word]) & ~LEX_NUMBER);
  return tag < MILL_TAG_COUNT ? tag : MILL_TAG_NONE;
}
uint32_t lexicon_classes(const mill_lexicon *lx, uint32_t word);
/* Bytes of the surname that folded s[0,n) begins with, compound ones first;
** 0 none. lx may be NULL. */
size_t lexicon_surname(const mill_lexicon *lx, const char *s, size_t n);

/* jieba's tag string -> enum mill_tag (nrt -> NR, uj -> U, ng -> G ...). */
int lexicon_tag_of(const char *tag);

#endif
