/*
** list_items.h - the items of a list in running text: what stands between marks, without the blanks,
** colons and quotation marks around it.
**
**   “镇、村、组”        镇 | 村 | 组        marks: 、
**
** Marks are packed as first_mark.h has them.
*/
#ifndef MILL_LIST_ITEMS_H
#define MILL_LIST_ITEMS_H

#include "../textmill.h"

typedef struct list_walk {
  const char *s; /* borrowed, like the marks */
  size_t at, to; /* what is left of it; at > to: nothing */
  const char *marks;
  size_t marks_len;
} list_walk;

/* A walk over s[from, to) of a text of n bytes in UTF-8, without the characters that its ends cut in two. */
list_walk list_begin(const char *s, size_t n, size_t from, size_t to, const char *marks, size_t marks_len);

/* The next item that is not empty; 0 where there is none. */
int list_next(list_walk *w, mill_span *item);

/* Writes the item to `out` (room for as many bytes as it has) without the quotation marks (‘ ’ “ ”) within; how
** many bytes that are. NULL: none is written. */
size_t list_words(const char *s, mill_span item, char *out);

#endif
