/* number.h - what the recognisers need of number.c beside mill_number_scan. */
#ifndef MILL_NUMBER_H
#define MILL_NUMBER_H

#include "../textmill.h"

/* Parts of an expression that number_scan may take beside the number. */
enum number_parts {
  NUMBER_BEFORE = 1, /* 约 近 超过 */
  NUMBER_AFTER = 2,  /* 左右 以上 */
  NUMBER_RANGES = 4, /* 2至3 */
  NUMBER_LOOSE = 8   /* numerals as numeral_scan_loose reads them; 二分一, 六十/一百二十 */
};
size_t number_scan(const char *folded, size_t n, int parts, mill_number *out);
/* *taken: which of the parts it took, or tried to: without the others the answer is the
** same. */
size_t number_scan_taking(const char *folded, size_t n, int parts, mill_number *out, int *taken);

/* 约 近 超过 上 ... at s[0]: bytes, and which approximation in *approx. */
size_t number_hedge_before(const char *s, size_t n, int *approx);
/* 左右 以上 以内 ... at s[0]. */
size_t number_hedge_after(const char *s, size_t n, int *approx);
/* 余 多 来 at s[0], right behind a number or a measure (三百余, 3年多). */
size_t number_more(const char *s, size_t n, int *approx);
/* Sets bounds of an exact number as the approximation says; place: of the
** last digit that counts (1200 -> 100). */
void number_bound(mill_number *x, int approx, double place);
/* The place of the last digit of x that is not 0; 1 for fractions. */
double number_place(double x);

#endif
