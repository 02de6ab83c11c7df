/*
** marks.h - the numbers of items in shown Chinese text: those at the head of a block are read,
** of others is told where they may stand; what they number, numbering.lua decides.
**
**   一、 第一级 (一) 1. 01 ①   at the head of a block      第一,  第三步   in running text
*/
#ifndef MILL_MARKS_H
#define MILL_MARKS_H

#include <stddef.h>

/* The number of an item. Numerals go up to 99, digits are two at most. */
typedef struct mark_number {
  const char *style; /* "第" "①" "01" "一、" "一." "(一)" "一)" "1、" "1." "1)" "(1)": static */
  unsigned value;
  size_t words;      /* where the words of the item begin; of 第一级 at the number itself */
} mark_number;

/* Reads the number that begins at s[0]. 1, or 0: there is none. */
int marks_read(const char *s, size_t n, mark_number *out);

/* Does 第, which stands at s[0], number an item: a numeral up to 99 behind it, then 步 or , : 、? */
int marks_ordinal(const char *s, size_t n);

#endif
