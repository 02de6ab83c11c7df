/*
** rec_quantity.c - a number and what it counts in:
**
**   60余|件   1200多|名   2|至|3|名   3|年|多   两|个|半|小时   300|人|左右
**
** Dates (2月5日) and clock times (6点) are none. `unit` is the measure word;
** of 个小时 it is 小时.
*/
#include <math.h>

#include "number.h"
#include "rec.h"
#include "rec_signs.h"

#define COUNTED (MILL_CLASS_MEASURE | MILL_CLASS_UNIT | MILL_CLASS_MONEY)

static mill_span span_of(const mill_view *v, uint32_t k) {
  return (mill_span){v->tokens->start[k], v->tokens->start[k + 1]};
}

/* 两面|铜锣, not 四面|环山: the measure behind `used` bytes of token `at` is of a flat thing. */
static int sheet_of(const mill_view *v, uint32_t at, size_t used) {
  static const char *const things[] = {"旗", "锣", "鼓", "墙", "镜", "牌", "匾", NULL};
  size_t len = rec_len(v, at + 1);
  if (scan_literal(rec_text(v, at), rec_len(v, at), used, "面") == 0 || len < 3) return 0;
  return scan_any(rec_text(v, at + 1), len, len - 3, things, NULL) > 0;
}

/* 十道, 两级: a word that is a numeral and its measure. The ones with 一 are
** adverbs and nouns far more often (一线, 一面, 一道). */
static int glued(const mill_view *v, uint32_t at, mill_found *out) {
  static const char *const not_counted[] = {"线", "级", "面", "方", "手", "样", "分", "等", NULL};
  mill_word w;
  const char *s = rec_text(v, at);
  size_t n = rec_len(v, at);
  const mill_lexicon *lx = mill_data_lexicon(v->data);
  if (rec_tag(v, at) != MILL_TAG_M || lx == NULL) return 0;
  size_t used = number_scan(s, n, 0, &out->number);
  if (used == 0 || used >= n || out->number.hi < 2 || out->number.kind == MILL_NUMBER_ORDINAL) return 0;
  if (!sheet_of(v, at, used) && scan_any(s, n, used, not_counted, NULL) > 0) return 0;
  if (!mill_lexicon_find(lx, s + used, n - used, &w) || !(w.classes & COUNTED)) return 0;
  out->n_tokens = 1;
  out->unit = (mill_span){v->tokens->start[at] + (uint32_t)used, v->tokens->start[at + 1]};
  return 1;
}

/* 个 before a time, 小时: what is counted are hours. */
static int is_long_unit(const mill_view *v, uint32_t k) {
  static const char *const units[] = {"小时", "月", "星期", "礼拜", "钟头", "世纪", "季度", "工作日", NULL};
  return rec_is_any(v, k, units);
}

/* 半 behind a measure adds half of it: 两个半小时, 三年半. */
static uint32_t half(const mill_view *v, uint32_t k, mill_found *out) {
  if (!rec_is(v, k, "半") || out->number.lo != out->number.hi) return 0;
  out->number.value += 0.5, out->number.lo += 0.5, out->number.hi += 0.5;
  return 1;
}

/* 个|半小时: the half and the unit are one word. */
static int half_unit(const mill_view *v, uint32_t k, mill_found *out) {
  static const char *const words[] = {"半小时", "半月", "半钟头", "半世纪", NULL};
  if (!rec_is_any(v, k, words) || out->number.lo != out->number.hi) return 0;
  out->number.value += 0.5, out->number.lo += 0.5, out->number.hi += 0.5;
  out->unit = (mill_span){v->tokens->start[k] + 3, v->tokens->start[k + 1]};
  return 1;
}

/* 多, 余 behind a measure: 3年多, 两个多月. */
static uint32_t some_more(const mill_view *v, uint32_t k, mill_found *out) {
  int approx;
  size_t n = rec_len(v, k);
  if (n == 0 || number_more(rec_text(v, k), n, &approx) != n || rec_is(v, k, "来")) return 0;
  if (out->number.approx == MILL_APPROX_NONE && out->number.lo == out->number.hi)
    number_bound(&out->number, approx, 1);
  return 1;
}

/* 左右, 以上 behind the measure. */
static uint32_t hedged(const mill_view *v, uint32_t k, mill_found *out) {
  int approx;
  size_t n = rec_len(v, k);
  if (n == 0 || number_hedge_after(rec_text(v, k), n, &approx) != n) return 0;
  if (out->number.approx == MILL_APPROX_NONE)
    number_bound(&out->number, approx, number_place(out->number.value));
  return 1;
}

/* A number that is a date or a time of day, or part of a date; unit: the token behind it. */
static int is_time(const mill_view *v, uint32_t at, uint32_t unit, uint32_t n_tokens) {
  mill_found found;
  if (!time_may_count(rec_signs_of(v->data), rec_text(v, unit), rec_len(v, unit))) return 0;
  for (uint32_t back = 0; back <= 5 && back <= at; back++) { /* 5日 of 2月5日 */
    rec_clear(&found);
    if (rec_date(v, at - back, &found) && found.n_tokens >= back + n_tokens) return 1;
  }
  rec_clear(&found);
  return rec_time(v, at, &found) && found.n_tokens >= n_tokens;
}

/* 9.72‰: so many in a thousand, not the fraction. */
static int per_mille(const mill_view *v, uint32_t end, mill_found *out) {
  static const char sign[] = "‰";
  const uint32_t len = sizeof sign - 1;
  if (end < len || memcmp(v->folded + end - len, sign, len) != 0) return 0;
  mill_number *x = &out->number;
  x->value = rint(x->value * 1e9) / 1e6, x->lo = rint(x->lo * 1e9) / 1e6, x->hi = rint(x->hi * 1e9) / 1e6;
  out->unit = (mill_span){end - len, end};
  return 1;
}

/* 百分之五, 30%: a quantity in itself; its unit is the sign. */
static int percentage(const mill_view *v, uint32_t at, mill_found *out) {
  uint32_t end = v->tokens->start[at + out->n_tokens];
  if (out->number.kind == MILL_NUMBER_FRACTION) return per_mille(v, end, out);
  if (out->number.kind != MILL_NUMBER_PERCENT) return 0;
  int sign = end > 0 && v->folded[end - 1] == '%';
  out->unit = (mill_span){sign ? end - 1 : end, end};
  return 1;
}

/* 37.3°c, 5°: degrees, whose sign no word has. */
static int degrees(const mill_view *v, uint32_t at, uint32_t k, mill_found *out) {
  static const char *const signs[] = {"°c", "°f", "°", NULL};
  if (!rec_is_any(v, k, signs)) return 0;
  out->unit = span_of(v, k);
  out->n_tokens = k + 1 - at;
  return 1;
}

int rec_quantity(const mill_view *v, uint32_t at, mill_found *out) {
  if (!rec_number(v, at, out)) {
    rec_clear(out);
    return glued(v, at, out);
  }
  if (out->number.kind == MILL_NUMBER_ORDINAL) return 0;
  uint32_t k = at + out->n_tokens;
  if (rec_kind(v, k) == MILL_KIND_BLANK && rec_len(v, k) == 1) k++;
  if (degrees(v, at, k, out)) return 1;
  if (!(rec_classes(v, k) & COUNTED) || rec_kind(v, k) == MILL_KIND_NUMBER)
    return percentage(v, at, out);
  uint32_t unit = k++, first = unit, added;
  if (rec_is(v, unit, "个") && half_unit(v, k, out)) {
    out->n_tokens = k + 1 - at;
    return 1;
  }
  if (rec_is(v, unit, "个")) {
    added = half(v, k, out);
    if (added == 0) added = some_more(v, k, out);
    if (is_long_unit(v, k + added)) unit = k + added, k = unit + 1, added = 0;
    k += added;
  }
  added = half(v, k, out);
  if (added == 0) added = some_more(v, k, out);
  k += added;
  k += hedged(v, k, out);
  out->unit = span_of(v, unit);
  out->n_tokens = k - at;
  return !is_time(v, at, first, out->n_tokens);
}
