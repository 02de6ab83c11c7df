/*
** page.h - a page while its blocks are being found: one piece for every
** line, later for every part of a line, in order.
**
**   clean    Title \n 2020-02-26 16:57  Source: X  Clicks: 285 \n First para...
**   pieces   |title |dateline                    |boilerplate  |paragraph
**
** Invariants: pieces are in order, do not overlap, have no white space at
** their edges, and together hold every byte of clean that is not white space.
** Cues are compared in folded text (simplified characters, half width, lower
** case), positions are kept in both.
*/
#ifndef MILL_PAGE_H
#define MILL_PAGE_H

#include <string.h>

#include "cpu.h"
#include "scan.h"
#include "structure.h"

/* What a field of a metadata line says. */
enum field_key {
  FIELD_NONE = 0, FIELD_TITLE, FIELD_PUBLISHED, FIELD_SOURCE, FIELD_AUTHOR, FIELD_EDITOR,
  FIELD_REVIEWER, FIELD_KEYWORD, FIELD_SECTION, FIELD_CLICKS, FIELD_PUBLISHER,
  FIELD_DESCRIPTION,
  FIELD_CONTRIBUTOR, /* 供稿: people are authors, an office is the publisher */
  FIELD_OTHER,   /* a label we know but do not keep: file number, subject class */
  FIELD_COUNTER, /* any other count: likes, comments */
  FIELD_TOOL,    /* font size, print, close */
  FIELD_SHARE,
  FIELD_ABSTRACT,
  FIELD_ACCOUNT  /* who put the page there: of a forum its author, else its source (title.c) */
};

/* What signs stand in a piece: passes look closer only where there is what
** they cannot do without. Where it is not said that they are exact, a few others
** set them, too. */
enum page_sign {
  SIGN_BLANK = 1u,  /* white space; exact, and bit 0, so that it can be counted */
  SIGN_DIGIT = 2u,  /* 0-9; exact */
  SIGN_MARK = 4u,   /* what edges of fields and bars are made of: ( ) [ ] : | / - > _ 【 】 〔 〕 丨,
                       U+0080..U+00BF, U+F000..U+FFFF, U+2000..U+2FFF but for ‘ ’ “ ” … */
  SIGN_MONTH = 8u,  /* 月; exact */
  SIGN_LATIN = 16u  /* a-z */
};

typedef struct page_piece {
  mill_span clean, folded;
  const html_hint *hint;  /* what markup said, or NULL; borrowed */
  const char *reason;     /* boilerplate only; static */
  uint32_t line;          /* counted from 0: parts of one line share it */
  uint32_t chars;         /* code points of folded that are not white space */
  uint32_t cues;          /* bits of enum cue_bit (cues.h) found inside */
  uint32_t article;
  uint32_t signs;         /* bits of enum page_sign */
  uint32_t edges;         /* bits of enum cue_edge (cues.h): how it begins and ends */
  uint32_t context;       /* bits of enum html_context that carry weight (regions.c) */
  uint16_t ordinal;
  uint8_t kind;           /* enum mill_block_kind */
  uint8_t level;
  uint8_t settled;        /* 1: kind is decided, later passes leave it alone */
  uint8_t sentence;       /* 1: ends as a sentence does */
  uint8_t linked;         /* 1: stands in links, most of it */
} page_piece;

typedef struct page_found { /* metadata before it is sorted out */
  mill_span folded;         /* of the value */
  char iso[24];             /* published: the value; else empty */
  uint8_t key;              /* enum field_key */
  uint8_t rank;             /* the smallest wins where only one can */
#define RANK_PERSON 9       /* of a publisher that is a person */
  uint8_t cut;              /* of a title in lines: broken within its words */
} page_found;

typedef struct page {
  mill_text *text;                /* borrowed */
  const html_structure *hints;    /* borrowed */
  const char *folded; size_t folded_len;
  const mill_map *fold_map;       /* clean -> folded; NULL: the same */
  char *own_folded; mill_map *own_map; /* these two, unless they are the text's */
  page_piece *pieces; uint32_t n, capacity;
  page_piece *spare; uint32_t spare_capacity; /* room that page_rewrite writes into next */
  page_found *found; uint32_t n_found, found_capacity;
  const struct cue_index *cues;   /* borrowed from the text's data */
  uint32_t trail;                 /* the line that is a breadcrumb, or MILL_NONE */
  uint8_t avx2;                   /* cpu_has_avx2() */
  uint8_t japanese;               /* kana were seen: names are written with a space */
  int code;                       /* sticky: 0 or MILL_ENOMEM */
} page;

/* Folds the clean text and cuts it into one piece a line. 0 or MILL_E*. */
int page_open(page *p, mill_text *t, const html_structure *hints, mill_error *err);
void page_close(page *p);

/* Runs a pass that may cut: all pieces are handed over one by one, each as the
** last of pieces[0, n) when `pass` is called (so cutting costs no moving); `next` is the one to come, or NULL. */
typedef void page_pass(page *p, const page_piece *next, void *context);
void page_rewrite(page *p, page_pass *pass, void *context);
/* Cuts the last piece in front of folded byte `at`; both parts keep its
** properties, the second is the last one now. 1 done, 0 nothing to cut. */
int page_split(page *p, uint32_t at);
/* Decides a piece. */
void page_settle(page *p, uint32_t i, enum mill_block_kind kind, const char *reason);
/* Notes a piece of metadata whose value is folded[span). */
void page_note(page *p, enum field_key key, mill_span folded, int rank);
/* What was noted in folded[span) is not said of the page. */
void page_forget(page *p, mill_span folded);

mill_span page_clean(const page *p, mill_span folded);
mill_span page_trim(const char *s, mill_span span);

static inline const char *page_at(const page *p, uint32_t at) { return p->folded + at; }
static inline uint32_t span_len(mill_span s) { return s.to - s.from; }
/* A whole sentence, longer than headings, captions and slogans are. */
static inline int page_is_prose(const page_piece *q) { return q->sentence && q->chars >= 24; }

/* ---- looking at folded text ---------------------------------------------- */

/* Bytes of the white space character at s[0,n); 0: it is none. */
size_t text_blank_at(const char *s, size_t n);
static inline size_t text_blank(const char *s, size_t n) {
  unsigned char c = n > 0 ? (unsigned char)*s : 'a';
  /* nearly always: signs, letters and Han */
  return (c > 0x20 && c < 0xC2) || (c > 0xE3 && c < 0xEF) ? 0 : text_blank_at(s, n);
}
int text_is_han(uint32_t c);
int text_is_kana(uint32_t c);
/* Bytes of the word (of whichever word of a NULL-terminated list) that s[0,n)
** begins or ends with; 0. */
static inline size_t text_starts(const char *s, size_t n, const char *word) {
  return scan_literal(s, n, 0, word);
}
static inline size_t text_ends(const char *s, size_t n, const char *word) {
  size_t w = strlen(word);
  return w <= n && s[n - w] == *word && memcmp(s + n - w, word, w) == 0 ? w : 0;
}
size_t text_starts_any(const char *s, size_t n, const char *const *words);
size_t text_ends_any(const char *s, size_t n, const char *const *words);
/* The same for a list of marks, which are no letters, digits or Han, but for 丨:
** nearly always there is none. */
static inline size_t text_mark(const char *s, size_t n, const char *const *marks) {
  unsigned char c = n > 0 ? (unsigned char)*s : 'a';
  if ((c >= 0xE5 && c <= 0xED) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) return 0;
  return c == 0xE4 && (unsigned char)s[1] != 0xB8 ? 0 : text_starts_any(s, n, marks);
}
/* The first 。 in s[0,n), or NULL. */
const char *text_stop(const char *s, size_t n);
/* Code points of s[0,n) that are not white space. */
uint32_t text_chars(const char *s, size_t n);
/* Does it end as a sentence does, closing quotes and brackets aside? */
int text_is_sentence(const char *s, size_t n);
/* 一 .. 九十九 at s[0,n): bytes and value; 0: none. */
size_t text_han_number(const char *s, size_t n, unsigned *value);
/* Bytes of the closing brackets and quotes, or opening ones, at s. */
size_t text_bracket(const char *s, size_t n);

/* ---- signs.c -------------------------------------------------------------- */

/* Counts the characters and finds the signs of pieces[0,n), whose folded spans
** are of text; `readable` bytes of it may be read, some behind the last piece. */
void signs_find(const char *text, size_t readable, page_piece *pieces, uint32_t n, int avx2);

/* Of s[0,n), behind which a byte may be read: how many characters begin there, and
** how many of U+3040..U+30FF. */
uint32_t signs_kana(const char *s, size_t n, int avx2, uint32_t *kana);

/* ---- the passes, in the order in which blocks.c runs them ----------------- */

void regions_weigh(page *p);         /* regions.c: class names against the text they hold */
void boilerplate_mark(page *p);      /* boilerplate.c: what single lines show */
int boilerplate_has_tool(const page *p, uint32_t i); /* one of the few words of its line is a button's */
void regions_links(page *p);         /* regions.c: runs of links */
void fields_mark(page *p);           /* fields.c: metadata lines, bylines */
void signatures_mark(page *p);       /* signatures.c: names at the edges of prose */
void replies_mark(page *p);          /* replies.c: heads of replies, comments */
void boilerplate_spread(page *p);    /* boilerplate_spread.c: what neighbours show */
void title_mark(page *p);            /* title.c */
void headings_mark(page *p);         /* headings.c: headings, lists, captions */
void keywords_mark(page *p);         /* keywords.c: bare words at the end */
void regions_mark(page *p);          /* regions.c: above the title, below the text */
uint32_t articles_mark(page *p);     /* articles.c: returns how many */
int metadata_collect(page *p, mill_error *err); /* metadata.c: fills text->meta */

#endif
