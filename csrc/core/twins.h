/*
** twins.h - nouns of two characters that may be slips of one another: both stand behind the
** same two words, differ in one character, one of them once and the other several times.
**
**   重读|课文 ... 重读|课文 ... 重读|课闻      odd: 课闻, usual: 课文
**
** Whether the characters sound alike is not asked here.
*/
#ifndef MILL_TWINS_H
#define MILL_TWINS_H

#include <stddef.h>
#include <stdint.h>

typedef struct twin_text { /* borrowed: n tokens, their spans in a text and their tags */
  const char *text;
  const uint32_t *from, *to;
  const uint8_t *tag;
  size_t n;
} twin_text;

typedef struct twin { uint32_t odd, usual; } twin; /* tokens */

typedef struct twins { /* zeroed before the first use; the arrays are kept for the next text */
  twin *list;
  size_t n, capacity;
  uint32_t *slots, *next; /* work: see twins.c */
  struct twin_group *groups;
  size_t n_slots, n_groups, token_capacity;
} twins;

/* Finds them: those behind the word that comes twice first in the text stand first, then
** those of the first odd noun, then in the order of the usual ones. 0, or MILL_ENOMEM. */
int twins_find(twins *w, const twin_text *t);
void twins_free(twins *w);

#endif
