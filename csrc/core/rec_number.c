/*
** rec_number.c - numbers and measures over tokens.
**
** A number is read from the characters (number.c) and must end where a token
** ends, so that words stay words: 一|线 counts, 一线 does not. What a number
** alone cannot tell - 第一书记, 第一时间, 千万不要 - is refused here.
*/
#include "number.h"
#include "rec.h"
#include "rec_signs.h"

/* May a number begin with this token? Numerals do; words only when they are
** numerals throughout (数十 百 上百) or hedges (约, 近, 超过). */
static int may_begin(const mill_view *v, uint32_t at) {
  mill_number x;
  int approx;
  size_t n = rec_len(v, at);
  uint8_t kind = v->tokens->kind[at];
  if (!number_may_begin(rec_signs_of(v->data), rec_text(v, at), n, kind, rec_tag(v, at))) return 0;
  if (kind == MILL_KIND_NUMBER) return 1;
  if (number_hedge_before(rec_text(v, at), n, &approx) == n) return 1;
  if (rec_tag(v, at) == MILL_TAG_M || rec_is(v, at, "上") || rec_is(v, at, "几") ||
      rec_is(v, at, "数") || rec_is(v, at, "第") || rec_is(v, at, "-"))
    return 1;
  if (n > 6 && memcmp(rec_text(v, at) + n - 6, "分之", 6) == 0) return 1; /* 千分之|五 */
  if (number_scan(rec_text(v, at), n, NUMBER_BEFORE, &x) == n && x.approx == MILL_APPROX_LEAST)
    return 1; /* 成千上万 */
  return n == 3 && number_scan(rec_text(v, at), n, 0, &x) == n;
}

/* The longest number that is all of the first tokens: 三|千克 is not 三千. */
static uint32_t whole_tokens(const mill_view *v, uint32_t at, size_t n, mill_number *out) {
  for (uint32_t k = 4; k > 0; k--) {
    if (at + k > rec_count(v)) continue;
    size_t len = v->tokens->start[at + k] - v->tokens->start[at];
    if (!number_may_end(rec_signs_of(v->data), rec_text(v, at), len)) continue;
    if (len <= n && number_scan(rec_text(v, at), len, 0, out) == len) return k;
  }
  return 0;
}

/* 百 千 万 千万 as a word of its own counts only before what it counts:
** 千万不要, 万分. */
static int lonely_unit(const mill_view *v, uint32_t at, uint32_t n_tokens) {
  static const char *const units[] = {"百", "千", "万", "亿", "千万", "亿万", "百万", NULL};
  if (n_tokens != 1 || !rec_is_any(v, at, units)) return 0;
  return !(rec_classes(v, at + 1) & (MILL_CLASS_MEASURE | MILL_CLASS_UNIT | MILL_CLASS_MONEY));
}

/* 第一书记, 第一时间, 第一线: words that begin like an ordinal. */
static int not_ordinal(const mill_view *v, uint32_t next) {
  static const char *const words[] = {"书记", "时间", "线", "要务", "责任", "责任人", "要素",
                                      "手", "产业", "夫人", NULL};
  return rec_is_any(v, next, words);
}

int rec_number(const mill_view *v, uint32_t at, mill_found *out) {
  static const int tries[] = {NUMBER_BEFORE | NUMBER_AFTER | NUMBER_RANGES,
                              NUMBER_BEFORE | NUMBER_RANGES, NUMBER_BEFORE, 0};
  if (!may_begin(v, at)) return 0;
  const char *s = rec_text(v, at);
  size_t n = rec_window(v, at);
  int taken = 0;
  for (size_t k = 0; k < sizeof tries / sizeof *tries && out->n_tokens == 0; k++) {
    size_t apart = rec_spaced_number(v, at, tries[k], &out->number);
    if (apart > 0 && (out->n_tokens = rec_tokens(v, at, apart)) > 0) return 1;
    if (k > 0 && !(taken & tries[k - 1] & ~tries[k])) continue; /* the same again */
    size_t used = number_scan_taking(s, n, tries[k], &out->number, &taken);
    out->n_tokens = used > 0 ? rec_tokens(v, at, used) : 0;
  }
  if (out->n_tokens == 0) out->n_tokens = whole_tokens(v, at, n, &out->number);
  if (out->n_tokens == 0 || lonely_unit(v, at, out->n_tokens)) return 0;
  return !(out->number.kind == MILL_NUMBER_ORDINAL && not_ordinal(v, at + out->n_tokens));
}

int rec_measure(const mill_view *v, uint32_t at, mill_found *out) {
  uint32_t classes = rec_classes(v, at);
  if (!(classes & (MILL_CLASS_MEASURE | MILL_CLASS_UNIT | MILL_CLASS_MONEY))) return 0;
  out->n_tokens = 1;
  out->unit = (mill_span){v->tokens->start[at], v->tokens->start[at + 1]};
  return 1;
}
