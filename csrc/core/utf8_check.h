/*
** utf8_check.h - the two halves of mill_utf8_valid: a fast one that says how
** far the text is certainly good, and an exact one that says what is bad.
*/
#ifndef MILL_UTF8_CHECK_H
#define MILL_UTF8_CHECK_H

#include "../textmill.h"
#include "cpu.h"

/* Position of the first bad sequence at or behind `from` (where a sequence
** begins), or n; *kind says why. */
size_t utf8_check(const unsigned char *s, size_t n, size_t from, enum mill_utf8_kind *kind);

#if MILL_AVX2
/* Length of a well-formed prefix, whole sequences: everything but the last
** bytes when s[0,n) is UTF-8, else some place before the first bad sequence.
** Only where cpu_has_avx2(). */
size_t utf8_good_avx2(const unsigned char *s, size_t n);
#endif

#endif
