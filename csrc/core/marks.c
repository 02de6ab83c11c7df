/* marks.c - candidates for the numbers of items (see marks.h). */
#include "marks.h"

#include <string.h>

enum { HAN = 3 }; /* bytes of a character */

/* 1 to 10 of the numeral at s[p]; 0 for none. */
static unsigned numeral_at(const char *s, size_t n, size_t p) {
  static const char numerals[] = "一二三四五六七八九十";
  for (unsigned k = 0; p + HAN <= n && k * HAN + 1 < sizeof numerals; k++)
    if (memcmp(s + p, numerals + k * HAN, HAN) == 0) return k + 1;
  return 0;
}

static int is_numeral(const char *s) { return numeral_at(s, HAN, 0) > 0; }

static size_t is_at(const char *s, size_t n, size_t p, const char *what) {
  size_t len = strlen(what);
  return p <= n && len <= n - p && memcmp(s + p, what, len) == 0 ? 1 : 0;
}

static int is_digit(const char *s, size_t n, size_t p) { return p < n && s[p] >= '0' && s[p] <= '9'; }

static unsigned digit_of(char c) { return (unsigned)(c - '0'); }

static size_t after_blanks(const char *s, size_t n, size_t p) {
  while (p < n && (s[p] == ' ' || (s[p] >= '\t' && s[p] <= '\r'))) p++;
  return p;
}

/* The numeral up to 99 at s[p]: its bytes, 0 for none. */
static size_t read_numeral(const char *s, size_t n, size_t p, unsigned *value) {
  unsigned a = numeral_at(s, n, p), b = a > 0 ? numeral_at(s, n, p + HAN) : 0;
  unsigned c = b > 0 ? numeral_at(s, n, p + 2 * HAN) : 0;
  *value = a;
  if (a == 0) return 0;
  if (a == 10 && b > 0 && b < 10) return *value = 10 + b, 2 * HAN;
  if (b != 10 || a == 10) return HAN;
  int of_three = c > 0 && c < 10;
  *value = a * 10 + (of_three ? c : 0);
  return of_three ? 3 * HAN : 2 * HAN;
}

/* A numeral or one or two digits at s[p]: its bytes, 0 for none; *digits: which of these. */
static size_t read_value(const char *s, size_t n, size_t p, unsigned *value, int *digits) {
  size_t bytes = read_numeral(s, n, p, value);
  *digits = bytes == 0;
  for (; *digits && bytes < 2 && is_digit(s, n, p + bytes); bytes++)
    *value = *value * 10 + digit_of(s[p + bytes]);
  return bytes;
}

static int found(mark_number *out, const char *style, unsigned value, size_t words) {
  *out = (mark_number){style, value, words};
  return 1;
}

/* What is written behind a number without brackets that ends at q. */
static int read_point(const char *s, size_t n, size_t q, unsigned value, int digits, mark_number *out) {
  if (is_at(s, n, q, "、")) return found(out, digits ? "1、" : "一、", value, q + HAN);
  size_t behind = q < n ? after_blanks(s, n, q + 1) : n;
  if (q >= n || strchr(".:,)", s[q]) == NULL || s[q] == 0) return 0;
  if (s[q] == ')') return found(out, digits ? "1)" : "一)", value, behind);
  return !is_digit(s, n, behind) && found(out, digits ? "1." : "一.", value, behind);
}

int marks_read(const char *s, size_t n, mark_number *out) {
  unsigned value = 0;
  int digits;
  if (is_at(s, n, 0, "第")) return read_numeral(s, n, HAN, &value) > 0 && found(out, "第", value, 0);
  if (n >= HAN && memcmp(s, "\xE2\x91", 2) == 0) { /* ① to ⑳ */
    unsigned last = (unsigned char)s[2];
    return last >= 0xA0 && last <= 0xB3 && found(out, "①", last - 0x9F, HAN);
  }
  size_t zero = is_at(s, n, 0, "0") && is_digit(s, n, 1) ? after_blanks(s, n, 2) : 0;
  if (zero > 2) return found(out, "01", digit_of(s[1]), zero);
  size_t bracket = is_at(s, n, 0, "("), q = read_value(s, n, bracket, &value, &digits);
  if (q == 0) return 0;
  q += bracket;
  if (!bracket) return read_point(s, n, q, value, digits, out);
  return is_at(s, n, q, ")") && found(out, digits ? "(1)" : "(一)", value, q + 1);
}

int marks_ordinal(const char *s, size_t n) {
  size_t p = HAN;
  while (p <= 3 * HAN && p + HAN <= n && is_numeral(s + p)) p += HAN;
  if (p == HAN || p >= n) return 0;
  if (s[p] == ',' || s[p] == ':') return 1;
  return p + HAN <= n && (memcmp(s + p, "步", HAN) == 0 || memcmp(s + p, "、", HAN) == 0);
}
