/*
** lexicon.h - the lexicon image and how the segmenter walks it.
**
** Words are folded strings over "characters": a code point, or a whole run of
** ASCII letters and digits (T恤 = [t] 恤, 4s店 = [4s] 店). Characters that
** occur in words have dense ids 1, 2, ...; 0 is every other character.
**
**   chars[code point]  = id << 8 | flags | class  (BMP; astral: two lists)
**   roots[id]          = the one-character word with its cost
**   buckets            = the trie of longer words, a hash of its edges:
**
**     key (35 bits)  node 20 | id 15        from node along character id;
**                    the node of a first character is LEX_FIRST | its id
**     mix(key)       a bijection of 35 bits: keys are known by their mix only;
**                    bucket = mix * n >> 35, and the low 19 bits of mix tell
**                    the keys of a bucket apart
**     bucket         one cache line, 8 slots:
**                    | tag u16 x 8 | rest u32 x 8 | cost u16 x 8 |
**     rest           word 20 | part of speech 6 | low tag bits 3 |
**                    spilled 1 | has children 1 | used 1
**     node           bucket * 8 + slot; in the overflow table: n * 8 + index
**
** The keys a full bucket has no room for are in an open hash of whole mixes;
** `spilled` of slot mix % 8 says that there may be such a key.
**
**   pairs              = a bit a pair of characters that may begin a word, by
**                        the top bits of its mix: small enough to stay in the
**                        cache, it saves most look-ups that would find nothing
**
** Every cost is -log(p) * 2000.
** Word ids: 0..n-1, most frequent first. Ids are private to one image.
**
** Invariant: whatever the image holds, a lookup stays inside the sections:
** sizes are checked by lexicon_attach, ids and nodes by construction of the
** index computations (masks and products), word ids where they are used.
*/
#ifndef MILL_LEXICON_H
#define MILL_LEXICON_H

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "../textmill.h"

#define LEX_LAYOUT 5u
#define LEX_PAIR_BITS 20u
#define LEX_NO_WORD 0xFFFFFu   /* `word` field of a node that ends no word */
#define LEX_NO_COST 0xFFFFu
#define LEX_COST_SCALE 2000.0
#define LEX_MAX_CHARS 16u      /* longest word, in characters */
#define LEX_RUN_BYTES 7u       /* longest run of letters that can be a character */
#define LEX_MIN_BUCKETS 65536u /* fewer would not tell keys apart in 19 bits */
#define LEX_MAX_BUCKETS 122880u
#define LEX_MAX_OVER 32768u
#define LEX_FIRST 0xF8000u     /* = 8 * LEX_MAX_BUCKETS + LEX_MAX_OVER */
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
  uint32_t layout, n_words, n_ids, n_buckets, n_over; /* n_over: power of two */
  uint32_t unknown_cost; /* a Han character that is no word */
  uint32_t run_cost;     /* a run of letters or digits, a sign */
  uint32_t number_cost;  /* a numeral written in characters */
  uint32_t n_runs;       /* slots of runs: power of two */
  uint32_t reserved[7];
} lex_params;

typedef struct lex_bucket {
  uint16_t tag[8];
  uint32_t rest[8];
  uint16_t cost[8];
} lex_bucket;

typedef struct lex_over { uint64_t mix; uint32_t rest, cost; } lex_over; /* mix 0: free */
typedef struct lex_root { uint32_t rest, cost; } lex_root;
typedef struct lex_range { uint32_t from, to, char_class; } lex_range;
typedef struct lex_astral { uint32_t codepoint, id; } lex_astral;
/* key: the bytes of the run, little end first, its length in the top byte */
typedef struct lex_run { uint64_t key; uint32_t id, classes; } lex_run;
typedef struct lex_step { uint32_t word, frequency; } lex_step;

struct mill_lexicon {
  const lex_params *params;
  const uint32_t *chars;        /* 65536 */
  const lex_range *ranges; size_t n_ranges; /* classes above the BMP, sorted */
  const lex_astral *astral; size_t n_astral;/* ids above the BMP, sorted */
  const lex_run *runs;
  const lex_root *roots;        /* n_ids + 1 */
  const uint8_t *pairs;         /* 2^LEX_PAIR_BITS bits */
  const lex_bucket *buckets;
  const lex_over *over;
  const uint32_t *block;        /* text offset of every 16th word */
  const uint8_t *length;        /* bytes of each word */
  const char *text; size_t text_len;
  const lex_step *steps; size_t n_steps;    /* words from `word` on have `frequency` */
  const uint8_t *tag;           /* of each word */
  const uint8_t *class_set;     /* of each word: index in sets */
  const uint32_t *sets; size_t n_sets;
};

/* What a lookup found: rest as above (0: nothing), cost, and where. */
typedef struct lex_edge { uint32_t rest, cost, node; } lex_edge; /* cost >= LEX_NO_COST: no word */

#define LEX_USED 0x80000000u
#define LEX_KIDS 0x40000000u
#define LEX_SPILL 0x20000000u
#define LEX_TAG_SHIFT 26
static inline uint32_t lex_rest_word(uint32_t rest) { return rest & 0xFFFFFu; }
static inline uint32_t lex_rest_tag(uint32_t rest) { return rest >> 20 & 63u; }

static inline uint64_t lex_key(uint32_t node, uint32_t id) { return (uint64_t)node << 15 | id; }

#define LEX_MASK35 ((UINT64_C(1) << 35) - 1)
static inline uint64_t lex_mix(uint64_t key) {
  return key * UINT64_C(0x9E3779B97F4A7C15) & LEX_MASK35;
}
/* The bit of a first edge's mix in `pairs`, and whether it is set. */
static inline uint32_t lex_pair_bit(uint64_t mixed) {
  return (uint32_t)(mixed >> (35 - LEX_PAIR_BITS));
}
static inline uint32_t lex_may_begin(const uint8_t *pairs, uint64_t mixed) {
  uint32_t bit = lex_pair_bit(mixed);
  return (uint32_t)pairs[bit >> 3] >> (bit & 7) & 1u;
}
static inline uint32_t lex_bucket_of(uint64_t mixed, uint32_t n_buckets) {
  return (uint32_t)(mixed * n_buckets >> 35);
}
static inline uint32_t lex_over_of(uint64_t mixed, uint32_t n_over) {
  return (uint32_t)(mixed >> 8) & (n_over - 1);
}

/* The edge of a key, and the lookup for what the first candidate slot does not
** settle; only in the overflow table. mixed = lex_mix(key). */
lex_edge lexicon_edge_of(const mill_lexicon *lx, uint64_t key);
lex_edge lexicon_edge_slow(const mill_lexicon *lx, uint64_t mixed);
lex_edge lexicon_edge_over(const mill_lexicon *lx, uint64_t mixed);

/* What a loop over edges keeps in registers. */
typedef struct lex_trie { const lex_bucket *buckets; uint32_t n; } lex_trie;
static inline lex_trie lexicon_trie(const mill_lexicon *lx) {
  return (lex_trie){lx->buckets, lx->params->n_buckets};
}

/* The first of the 8 slots whose tag is `tag`, or 8 or more. */
#if defined(__SSE2__) && !defined(MILL_PORTABLE) /* every x86-64 has it */
static inline uint32_t lex_match(const lex_bucket *b, uint32_t tag) {
  __m128i tags = _mm_load_si128((const __m128i *)(const void *)b->tag);
  __m128i same = _mm_cmpeq_epi16(tags, _mm_set1_epi16((short)tag));
  return (uint32_t)__builtin_ctz((uint32_t)_mm_movemask_epi8(same) | 1u << 16) >> 1;
}
#else
/* Marks the 16-bit lanes of v that are zero (exactly up to the first one). */
static inline uint64_t lex_zero_lanes(uint64_t v) {
  const uint64_t ones = UINT64_C(0x0001000100010001);
  return (v - ones) & ~v & ones << 15;
}
static inline uint32_t lex_match(const lex_bucket *b, uint32_t tag) {
  uint64_t all = tag * UINT64_C(0x0001000100010001), low, high;
  memcpy(&low, b->tag, 8); /* lanes count from the low end: images are little-endian */
  memcpy(&high, b->tag + 4, 8);
  low = lex_zero_lanes(low ^ all);
  high = lex_zero_lanes(high ^ all);
  if (low != 0) return (uint32_t)__builtin_ctzll(low) >> 4;
  return high != 0 ? 4 + ((uint32_t)__builtin_ctzll(high) >> 4) : 8;
}
#endif

/* Follows one edge of the trie, given as lex_mix(key). The common cases touch
** one cache line and have no branch that depends on whether the edge is there. */
static inline lex_edge lexicon_edge(const mill_lexicon *lx, lex_trie trie, uint64_t x) {
  const uint32_t own = 7u << LEX_TAG_SHIFT | LEX_USED;
  uint32_t at = lex_bucket_of(x, trie.n);
  const lex_bucket *b = &trie.buckets[at];
  uint32_t slot = lex_match(b, (uint32_t)(x >> 3) & 0xFFFFu), any = 0u - (slot < 8);
  slot = (slot & any) | ((uint32_t)(x & 7) & ~any); /* none: the one that knows of spilled keys */
  uint32_t rest = b->rest[slot], sure = (uint32_t)(x & 7) << LEX_TAG_SHIFT | LEX_USED;
  uint32_t odd = (rest ^ (sure & any)) & ((own & any) | (LEX_SPILL & ~any));
  if (__builtin_expect(odd != 0, 0))
    return any ? lexicon_edge_slow(lx, x) : lexicon_edge_over(lx, x);
  return (lex_edge){rest & any, b->cost[slot] | (~any & 0xFFFFu), at * 8 + slot};
}

static inline void lexicon_prefetch(lex_trie trie, uint64_t mixed) {
  __builtin_prefetch(&trie.buckets[lex_bucket_of(mixed, trie.n)]);
}

/* id << 8 | class of a code point. */
uint32_t lexicon_astral(const mill_lexicon *lx, uint32_t codepoint);
static inline uint32_t lexicon_char(const mill_lexicon *lx, uint32_t c) {
  return c < 0x10000 ? lx->chars[c] : lexicon_astral(lx, c);
}

/* The key of a run of 1..7 bytes. */
static inline uint64_t lex_run_key(const char *s, size_t n) {
  uint64_t key = (uint64_t)n << 56;
  for (size_t i = 0; i < n; i++) key |= (uint64_t)(unsigned char)s[i] << 8 * i;
  return key;
}
/* The id of a run of letters and digits, 0 none; *classes: its word's classes. */
uint32_t lexicon_run(const mill_lexicon *lx, const char *s, size_t n, uint32_t *classes);

uint32_t lexicon_classes(const mill_lexicon *lx, uint32_t word);
/* Bytes of the surname that folded s[0,n) begins with, compound ones first;
** 0 none. lx may be NULL. */
size_t lexicon_surname(const mill_lexicon *lx, const char *s, size_t n);

/* jieba's tag string -> enum mill_tag (nrt -> NR, uj -> U, ng -> G ...). */
int lexicon_tag_of(const char *tag);

#endif
