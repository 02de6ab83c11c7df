/*
** unicode.h - what textmill knows about each character, by table.
**
** Every table is a trie over the code point with blocks of 64, the bits one
** UTF-8 continuation byte carries:
**
**   c < 0x10000    tries[t].bmp[c >> 6]    -> block b -> values[b * 64 + (c & 63)]
**   else           tries[t].high[c >> 12]  -> block m -> mid[m * 64 + (c >> 6 & 63)]
**                                          -> block b -> values[b * 64 + (c & 63)]
**
** Blocks are shared by all tries. For the forms of mill_normalize (trie
** number = enum mill_form) a value says what becomes of the character:
**
**   0                 it stays, and does not touch its neighbours
**   record | BACK     it is replaced by records[record]; with BACK it may also
**                     change what stands before it (marks, composition)
**   UNICODE_HANGUL    a syllable that decomposes by arithmetic (NFD, NFKD)
**
** Every index was checked when the image was opened: look-ups are O(1) and
** never leave the tables, whatever c <= 0x10FFFF. Reference: UAX #15, UAX #44.
*/
#ifndef MILL_UNICODE_H
#define MILL_UNICODE_H

#include "data.h"

#define UNICODE_BACK 0x8000u
#define UNICODE_HANGUL 0x7FFFu
#define UNICODE_MAX 0x10FFFFu

enum unicode_trie {
  UNICODE_FORMS = MILL_DISPLAY + 1, /* one trie a form, then: */
  UNICODE_PROPERTIES = UNICODE_FORMS,
  UNICODE_READINGS,
  UNICODE_TRIES
};

/* General class of a character, made for segmentation. */
enum unicode_class {
  UNICODE_OTHER = 0, /* controls, format characters, private use, unassigned */
  UNICODE_HAN,       /* script Han: ideographs, 〇 々, radicals */
  UNICODE_DIGIT,     /* decimal digits of any script (Nd) */
  UNICODE_LATIN,     /* letters of script Latin */
  UNICODE_KANA,      /* Hiragana, Katakana, ー */
  UNICODE_LETTER,    /* letters and other numbers of all other scripts */
  UNICODE_MARK,      /* combining marks: belong to what stands before */
  UNICODE_PUNCT,     /* P* */
  UNICODE_SYMBOL,    /* S*: + < = > | ~ $ ° ℃ and emoji */
  UNICODE_BLANK,     /* white space inside a line */
  UNICODE_BREAK      /* LF VT FF CR NEL LS PS */
};

typedef struct unicode_trie_root {
  uint16_t bmp[1024]; /* value block of c >> 6 */
  uint16_t high[272]; /* mid block of c >> 12; the first 16 are unused */
} unicode_trie_root;

/* What of the BMP a form touches; made from the tries when they are opened. */
typedef struct unicode_look {
  uint64_t changes[1024]; /* bit c & 63 of [c >> 6]: the value is not 0 */
  uint16_t page[1024];    /* of c >> 6 in mill_unicode.quick; 0: nothing changes */
  uint8_t half[16];       /* low half of a lead byte: UNICODE_HALF bits, where some
                             character changes */
  uint8_t third[16];      /* low half of a third byte: bits 0..3 for U+2000, 2010, 2020,
                             2030 plus it, 4..7 for U+3000 alike, where it changes */
} unicode_look;

/* Bit of unicode_look.half for a lead byte and the one behind it: Cx by 80..9F
** and A0..BF, Dx alike, Ex by 80..8F, 90..9F, A0..BF, Fx always. */
#define UNICODE_HALF_E(second) (1u << (((second) >> 4 & 3u) < 2 ? ((second) >> 4 & 3u) : 2))
#define UNICODE_HALF_F 8u
#define UNICODE_HALF_C(second) (16u << ((second) >> 5 & 1u))
#define UNICODE_HALF_D(second) (64u << ((second) >> 5 & 1u))

/* A character of two or three bytes and what becomes of it, in one load:
**   bits 0..23   its bytes XOR those that replace it, first byte lowest
**   bits 24, 25  its length XOR the new length
**   bits 26..29  enum mill_edit
** 0: it stays. When bit 31 is set it is not that easy, and the others are
**   bits 0..15   its value in the form
**   bits 16..23  canonical combining class of what it becomes
**   bit 24       it looks back, and becomes one character that does not decompose */
#define QUICK_BYTES 0xFFFFFFu
#define QUICK_LENGTH(q) ((q) >> 24 & 3u)
#define QUICK_KIND(q) ((q) >> 26 & 15u)
#define QUICK_HARD 0x80000000u
#define QUICK_VALUE(q) ((q) & 0xFFFFu)
#define QUICK_CLASS(q) ((q) >> 16 & 255u)
#define QUICK_JOINS (1u << 24)

typedef struct unicode_pair { uint32_t first, second, composite; } unicode_pair;

typedef struct mill_unicode { /* all but looks borrowed from the image */
  const unicode_trie_root *tries;
  const uint16_t *mid, *values;
  const uint32_t *records;    /* offset << 10 | length << 4 | enum mill_edit */
  const char *pool;           /* UTF-8; 16 bytes may be read from any record */
  const uint32_t *properties; /* class | width << 4 | ccc << 8 | flags */
  const unicode_pair *pairs;  /* hash table; composite 0 = free */
  uint32_t pair_mask;
  const uint32_t *readings;   /* offset in reading_pool */
  const char *reading_pool;   /* NUL-terminated lists */
  unicode_look *looks;        /* one a form; owned */
  uint32_t *quick;            /* pages of 64; owned */
} mill_unicode;

#define UNICODE_IS_NONSPACING 0x10000u /* gc Mn */
#define UNICODE_IS_SPACE 0x20000u      /* White_Space */
#define UNICODE_IS_IGNORABLE 0x40000u  /* Default_Ignorable_Code_Point */

/* The value of c in a trie. */
static inline uint32_t unicode_value(const mill_unicode *u, int trie, uint32_t c) {
  const unicode_trie_root *t = &u->tries[trie];
  uint32_t block;
  if (c < 0x10000)
    block = t->bmp[c >> 6];
  else if (c <= UNICODE_MAX)
    block = u->mid[t->high[c >> 12] * 64u + (c >> 6 & 63u)];
  else
    return 0;
  return u->values[block * 64u + (c & 63u)];
}

static inline uint32_t unicode_properties(const mill_unicode *u, uint32_t c) {
  return u->properties[unicode_value(u, UNICODE_PROPERTIES, c)];
}
static inline enum unicode_class unicode_class_of(const mill_unicode *u, uint32_t c) {
  return (enum unicode_class)(unicode_properties(u, c) & 15u);
}
/* Columns on a terminal: 0 (marks, ignorables, controls), 1 or 2. */
static inline unsigned unicode_width(const mill_unicode *u, uint32_t c) {
  return unicode_properties(u, c) >> 4 & 3u;
}
/* Canonical combining class. */
static inline uint8_t unicode_ccc(const mill_unicode *u, uint32_t c) {
  return (uint8_t)(unicode_properties(u, c) >> 8);
}

/* The entry of a character of two or three bytes that begins at p. */
static inline uint32_t unicode_quick(const mill_unicode *u, const unicode_look *look,
                                     const unsigned char *p) {
  uint32_t three = p[0] >= 0xE0, block, low;
  block = three ? (p[0] & 15u) << 6 | (p[1] & 63u) : p[0] & 31u;
  low = p[1 + three] & 63u;
  return u->quick[look->page[block] * 64u + low];
}

/* What a form puts in place of a character. */
typedef struct unicode_piece {
  const char *text; size_t len; /* borrowed */
  enum mill_edit kind;
} unicode_piece;
static inline unicode_piece unicode_record(const mill_unicode *u, uint32_t value) {
  uint32_t r = u->records[value & 0x7FFFu];
  return (unicode_piece){u->pool + (r >> 10), r >> 4 & 63u, (enum mill_edit)(r & 15u)};
}

/* Makes looks and quick from the tries. 0: no memory (unicode_quick.c). */
int unicode_make_looks(mill_unicode *u);

/* The class of the last mark in the canonical decomposition of c; -1: c is no base. */
int unicode_last_class(const mill_unicode *u, uint32_t c);
/* The simplified form of a character, itself when it has no other. */
uint32_t unicode_simplify(const mill_unicode *u, uint32_t c);
/* The primary composite of a pair (Hangul too), or 0. */
uint32_t unicode_compose(const mill_unicode *u, uint32_t first, uint32_t second);
/* Pinyin readings of a character, NFC, separated by blanks, NUL-terminated;
** "" when there are none. The first is the usual one (first kMandarin); where
** Unihan names no usual one the list begins with a blank. */
const char *unicode_readings(const mill_unicode *u, uint32_t c);
/* Is s[0,n) a reading of c: 0 no, 1 yes, 2 the usual one. */
int unicode_is_reading(const mill_unicode *u, uint32_t c, const char *s, size_t n);

#endif
