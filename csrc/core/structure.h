/*
** structure.h - what the markup of a page says about the structure of its
** clean text: the bridge from the HTML stage (html_text.c) to block finding
** (blocks.c).
**
**   clean   Site title \n Home News \n 1. Heading \n First paragraph... \n
**   hints   |title    |  |nav     |   |heading 2 |  |paragraph         |
**
** Hints are in source order, do not overlap, and stand for the innermost
** block element around a stretch of text; a hint may hold several lines
** (<br>). Text outside every hint has no markup to speak for it. Plain text
** has no hints at all. A span is without white space at its edges.
*/
#ifndef MILL_STRUCTURE_H
#define MILL_STRUCTURE_H

#include "../textmill.h"

enum html_role {
  HTML_PARAGRAPH = 0, /* p, div and everything without a role of its own */
  HTML_TITLE,         /* <title> */
  HTML_HEADING,       /* h1..h6: level */
  HTML_ITEM,          /* li, dt, dd: level = list depth */
  HTML_CELL,          /* td, th: several cells of a row are one hint */
  HTML_CAPTION,       /* figcaption, caption */
  HTML_QUOTE,         /* blockquote */
  HTML_PRE            /* pre, textarea: line breaks as in the source */
};

/* What stands around it: elements, and whole tokens of class, id and role
** attributes ("main-nav" and "mainNav" have the tokens main and nav) of any open element. */
enum html_context {
  HTML_IN_NAV = 1u, HTML_IN_HEADER = 2u, HTML_IN_FOOTER = 4u, HTML_IN_ASIDE = 8u,
  HTML_IN_FORM = 16u /* form, button, select */, HTML_IN_ARTICLE = 32u,
  HTML_IN_MAIN = 64u, HTML_IN_FIGURE = 128u,
  HTML_SAYS_NAV = 1u << 8 /* nav menu breadcrumb crumb pager ... */,
  HTML_SAYS_SHARE = 1u << 9, HTML_SAYS_COMMENT = 1u << 10,
  HTML_SAYS_FOOT = 1u << 11 /* footer copyright */,
  HTML_SAYS_RELATED = 1u << 12, HTML_SAYS_AD = 1u << 13,
  HTML_SAYS_CONTENT = 1u << 14 /* content article main body text */,
  HTML_SAYS_TITLE = 1u << 15, HTML_SAYS_INFO = 1u << 16 /* info meta source author date */
};

typedef struct html_hint {
  mill_span clean;
  uint8_t role;      /* enum html_role */
  uint8_t level;     /* headings 1..6, list depth; else 0 */
  uint16_t ordinal;  /* li of an ol: 1, 2...; else 0 */
  uint32_t context;  /* bits of enum html_context */
  uint32_t linked;   /* bytes of the span inside <a> */
} html_hint;

/* Metadata that stands in attributes, or in script data, so only in raw. */
typedef struct html_fact {
  char *key;         /* as written, lower case: "og:title", "author", "description",
                        "lang", "charset", "canonical", "datetime" */
  char *value;       /* UTF-8, entities resolved */
  mill_span raw;     /* of the value, in the raw bytes */
} html_fact;

typedef struct html_structure {
  html_hint *hints; uint32_t n_hints, hints_capacity;
  html_fact *facts; uint32_t n_facts, facts_capacity;
} html_structure;

void html_structure_free(html_structure *s); /* the arrays, not the struct */

/*
** Finds blocks, articles and metadata of t, whose raw, clean, map, charset,
** html and script are ready and whose blocks, articles and meta are empty;
** fills these (arrays of mem_malloc, owned by t; so are mill_meta.value).
** Called at the end of mill_clean, before folding. hints is never NULL.
** 0 or MILL_E*; on failure what was filled stays for mill_text_free.
*/
int mill_find_blocks(mill_text *t, const html_structure *hints, mill_error *err);

/* The same of n texts, AT_ONCE at most: pass after pass, each over all of them, so that its code is
** fetched once (clean.c). Those whose code is negative are left out. */
#define AT_ONCE 16u
typedef struct blocks_job { mill_text *text; const html_structure *hints; int *code; mill_error *err; } blocks_job;
void blocks_find(const blocks_job *jobs, unsigned n);

#endif
