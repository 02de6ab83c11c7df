/*
** numeral_edges.c - numerals written in Han characters as edges of the lattice:
** 三百, 二十五, digits with them (30万), ordinals (第二十三, 第14). They compete
** with words by cost, so 一线, 一盘棋, 第一书记 stay words.
*/
#include "number.h"
#include "numeral.h"
#include "utf8.h"
#include "window.h"

#define MAX_NUMERAL 24u /* units looked at from one start: keeps time linear */

/* ---- common numerals at once ----------------------------------------------- */

/* 十 百 千 万 亿: their values; 0 for all else. */
static uint32_t unit_of(uint32_t c) {
  return c == 0x4E07 ? 10000 : c == 0x4EBF ? 100000000 : (uint32_t)numeral_small_unit(c);
}

static int two_characters(const uint32_t *c, const int *digit, uint32_t *value) {
  uint32_t unit = unit_of(c[1]);
  if (unit != 0 && digit[0] > 0) return *value = (uint32_t)digit[0] * unit, 1;
  return *value = 10 + (uint32_t)digit[1], c[0] == 0x5341 && digit[1] > 0;
}

int short_numeral(const char *s, size_t n, uint32_t *value) {
  uint32_t c[4];
  int digit[4], two = 0;
  size_t count = n / 3, len;
  if (n > 12 || n % 3 != 0) return 0;
  for (size_t i = 0; i < count; i++) {
    if (((unsigned char)s[3 * i] & 0xF0) != 0xE0) return 0;
    c[i] = utf8_decode(s + 3 * i, &len);
    digit[i] = numeral_digit(c[i]);
    two |= c[i] == 0x4E24; /* 两 is like 二 at the beginning only */
  }
  if (count == 1) return *value = (uint32_t)digit[0], digit[0] >= 0;
  if (two) return 0;
  if (count == 2) return two_characters(c, digit, value);
  if (count == 3)
    return *value = (uint32_t)(digit[0] * 10 + digit[2]), c[1] == 0x5341 && digit[0] > 0 && digit[2] > 0;
  *value = (uint32_t)(digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3]);
  return count == 4 && digit[0] > 0 && digit[1] >= 0 && digit[2] >= 0 && digit[3] >= 0;
}

/* A few digits. */
static int few_digits(const char *s, size_t n, uint32_t *value) {
  if (n == 0 || n > 9) return 0;
  for (size_t i = *value = 0; i < n; i++) {
    if (s[i] < '0' || s[i] > '9') return 0;
    *value = *value * 10 + (uint32_t)(s[i] - '0');
  }
  return 1;
}

/* 12.5, 30万, 1.5亿, 12%: by the same steps as numeral.c takes, so with the same bits. */
static int short_amount(const char *s, size_t n, mill_number *out) {
  double value = 0, divisor = 1;
  size_t i = 0, from;
  for (; i < n && i < 9 && s[i] >= '0' && s[i] <= '9'; i++) value = value * 10 + (s[i] - '0');
  if (i == 0) return 0;
  if (i < n && s[i] == '.') {
    for (from = ++i; i < n && i - from < 6 && s[i] >= '0' && s[i] <= '9'; i++)
      value = value * 10 + (s[i] - '0'), divisor *= 10;
    if (i == from) return 0;
    value /= divisor;
  }
  int percent = n - i == 1 && s[i] == '%';
  if (n - i == 3 && memcmp(s + i, "万", 3) == 0) value *= 1e4;
  else if (n - i == 3 && memcmp(s + i, "亿", 3) == 0) value *= 1e8;
  else if (n > i && !percent) return 0;
  *out = (mill_number){value, value, value, percent ? MILL_NUMBER_PERCENT : MILL_NUMBER_CARDINAL, 0};
  return 1;
}

int quick_number(const char *s, size_t n, mill_number *out) {
  uint32_t value;
  size_t mark = n > 3 && memcmp(s, "第", 3) == 0 ? 3 : 0;
  if (!few_digits(s + mark, n - mark, &value) && !short_numeral(s + mark, n - mark, &value))
    return mark == 0 && short_amount(s, n, out);
  *out = (mill_number){value, value, value, mark > 0 ? MILL_NUMBER_ORDINAL : MILL_NUMBER_CARDINAL, 0};
  return 1;
}

/* ---- edges --------------------------------------------------------------------- */

static int is_numeral(const window *w, uint32_t k) { return (w->kind[k] & CHAR_NUMERAL) != 0; }

/* Does unit k, a numeral or digits, say 万 or 亿? Those do not begin a numeral (万一). */
static int is_large(const window *w, const char *text, uint32_t k) {
  if (w->kind[k] == CHAR_DIGIT) return 0;
  return memcmp(text + w->offset[k], "万", 3) == 0 || memcmp(text + w->offset[k], "亿", 3) == 0;
}

/* Is unit k the first half of a unit of measurement (千克, 千瓦)? */
static int begins_unit(const window *w, const mill_lexicon *lx, uint32_t k) {
  if (k + 1 >= w->n || w->id[k] == 0 || w->id[k + 1] == 0) return 0;
  lex_edge e = lexicon_next(lx, w->id[k], w->id[k + 1]);
  return (lexicon_classes(lx, e.word) & MILL_CLASS_UNIT) != 0;
}

/* Adds the longest numeral that starts at unit k and ends before unit `end`;
** returns the unit behind it, k + 1 when there is none. */
static uint32_t add_numeral(window *w, const mill_lexicon *lx, const char *text, uint32_t k,
                            uint32_t end) {
  mill_number number;
  if (end - k > MAX_NUMERAL) end = k + MAX_NUMERAL;
  if (begins_unit(w, lx, end - 1)) end--;
  size_t from = w->offset[k], used = w->offset[end] - from;
  if (!quick_number(text + from, used, &number)) used = number_scan(text + from, used, 0, &number);
  uint32_t to = k;
  while (to < end && w->offset[to] < from + used) to++;
  if (to <= k + 1 || w->offset[to] != from + used) return k + 1;
  window_add(w, k, to - k, lx->params->number_cost, LEX_NO_WORD);
  return to;
}

/* Does a word of the list cross from before unit k to behind it (周一 in 周一百)? */
static int is_crossed(const window *w, uint32_t k) {
  for (uint32_t len = 2; len <= 4; len++)
    for (uint32_t back = 1; back < len && back <= k; back++)
      if (w->edge[len - 2][k - back] < NO_EDGE) return 1;
  return 0;
}

/* Is unit k the 第 of an ordinal? */
static int is_ordinal(const window *w, const char *text, uint32_t k) {
  return k + 1 < w->n && w->kind[k] == CHAR_HAN &&
         memcmp(text + w->offset[k], "第", strlen("第")) == 0;
}

/* The numerals of the run [k, end): one behind the other; from every unit
** where a word may take away the beginning. */
static void add_run_numerals(window *w, const mill_lexicon *lx, const char *text, uint32_t k,
                             uint32_t end) {
  int everywhere = is_crossed(w, k);
  for (uint32_t i = k, next; i + 1 < end; i = everywhere ? i + 1 : next)
    next = is_large(w, text, i) ? i + 1 : add_numeral(w, lx, text, i, end);
}

/* The run that begins with the i-th of the counting units: only its first one
** may be digits. Returns how many of them it takes. */
static uint32_t add_run_at(window *w, const mill_lexicon *lx, const char *text, uint32_t i) {
  uint32_t k = w->counts[i], end = k + 1;
  while (end < w->n && is_numeral(w, end)) end++;
  if (k > 0 && is_ordinal(w, text, k - 1)) add_numeral(w, lx, text, k - 1, end);
  if (end - k > 1) add_run_numerals(w, lx, text, k, end);
  return end - k;
}

void window_numerals(window *w, const mill_lexicon *lx, const char *text) {
  for (uint32_t i = 0; i < w->n_counts && w->counts[i] < w->n;) i += add_run_at(w, lx, text, i);
}
