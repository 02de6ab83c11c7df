/*
** numeral.h - one numeral, written in Arabic digits, Chinese characters or
** both, without what stands around it (第, %, 余, 左右, 至 ...).
**
**   1,200   3.5   3万   2万5千   一万零十二   十三点五亿   二〇二〇   壹佰贰拾
**   two readings at once:  两三百 (200, 300)   十五六 (15, 16)
**   vague digits:          几十 (20, 90)   十几 (11, 19)   数百 (200, 900)
*/
#ifndef MILL_NUMERAL_H
#define MILL_NUMERAL_H

#include <stddef.h>
#include <stdint.h>

typedef struct numeral {
  double value;   /* the number named; of two readings the lower; 十几 -> 10 */
  double lo, hi;  /* bounds; equal to value when there is one reading */
  double place;   /* of the last digit that counts: 三百 100, 1200 100, 1.2万 1000 */
  double lead;    /* 九百亿 = lead 9 x scale 1e10; 0 when several digits are summed */
  double scale;
  double big;     /* of the 万 and 亿 at its end: 九百亿 1e8, 三百 1 */
  uint8_t vague;  /* has 几 or 数 */
  uint8_t pair;   /* two readings: 两三百 */
  uint8_t units;  /* has 十 百 千 万 亿 */
  uint8_t bare;   /* a unit alone: 百, 千, 万, 亿 */
  uint8_t arabic; /* begins with an Arabic digit */
  uint8_t zero;   /* Arabic with a leading zero: 0394, 02 */
  uint8_t sequence; /* digits read one by one: 二〇二〇 */
  uint8_t decimal;
} numeral;

/* The longest numeral that starts at s[0] (folded text): bytes used, 0 none. */
size_t numeral_scan(const char *s, size_t n, numeral *out);
/* The same where a number is expected and no running text around it: Arabic
** digits behind Chinese units (三十3, 二十五点3), 百三, .5, 2e13, 参 俩 幺. */
size_t numeral_scan_loose(const char *s, size_t n, numeral *out);
/* Value of a Chinese digit (〇 零 ○ 一 壹 ... 九 两), or -1. */
int numeral_digit(uint32_t c);
/* 十 百 千 and their formal forms: 10, 100, 1000; else 0. */
int numeral_small_unit(uint32_t c);
/* 万 亿 兆: 1e4, 1e8, 1e12; else 0. */
double numeral_big_unit(uint32_t c);

#endif
