/*
** marks.h - where the numbers of items may stand in shown Chinese text, told by a few bytes:
** what a number is and what it numbers, numbering.lua decides.
**
**   一、 第一级 (一) 1. 01 ①   at the head of a block      第一,  第三步   in running text
*/
#ifndef MILL_MARKS_H
#define MILL_MARKS_H

#include <stddef.h>

/* May a number begin at s[0]? */
int marks_lead(const char *s, size_t n);

/* Does 第, which stands at s[0], number an item: a numeral up to 99 behind it, then 步 or , : 、? */
int marks_ordinal(const char *s, size_t n);

#endif
