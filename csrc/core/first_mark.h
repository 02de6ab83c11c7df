/*
** first_mark.h - which of a few short strings (punctuation, a conjunction) comes first, or last, in a text.
**
** Marks are packed in one string: for each a byte that says how long it is, then its bytes.
*/
#ifndef MILL_FIRST_MARK_H
#define MILL_FIRST_MARK_H

#include <stddef.h>

/* Are these bytes marks: each length from 1 on, and within them? */
int first_mark_packed(const char *marks, size_t n);

/* Where the first of them stands in s[from, n), of two at one place the one that is named first;
** its number, from 0, in *which. n where there is none. */
size_t first_mark(const char *s, size_t n, size_t from, const char *marks, size_t marks_len, size_t *which);

/* Where the last of them stands in s[from, n): the one that begins last; else like first_mark. */
size_t last_mark(const char *s, size_t n, size_t from, const char *marks, size_t marks_len, size_t *which);

#endif
