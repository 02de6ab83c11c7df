/*
** time_span.c - durations seen from a moment: 三天前, 两个月后, 近三天, 未来一周,
** 三年以来, 一周内, 2月13号3天后.
*/
#include "timex.h"

/* Bytes of 的, blanks and 的第 between. */
static void seal(mill_time *t, int64_t from, int64_t to, int grain, int form, int direction) {
  t->from = from, t->to = to, t->grain = (uint8_t)grain, t->form = (uint8_t)form,
  t->direction = (int8_t)direction;
}

enum { AGO, LATER, LONG_AGO, FAR, SINCE, INSIDE };

static size_t relation(const time_reader *r, size_t i, int *which) {
  static const char *const words[] = {"以前", "之前", "前", "以后", "之后", "过后", "后", "以来", "来", "之内", "以内", "内", "里",
    "间", NULL};
  static const uint8_t kinds[] = {LONG_AGO, AGO,   AGO,    FAR,    LATER,  LATER,  LATER,
                                  SINCE,    SINCE, INSIDE, INSIDE, INSIDE, INSIDE, INSIDE};
  static const char *const others[] = {"前提", "前列", "前线", "前进", "前往", "前来", "后勤", "后方", "后备", "来自", "来到", "来源",
                                       "里面", "里程", "内部", "内容", "后续", "前后", "间隔", "间接", NULL};
  static const char *const came[] = {"前来过", "前来了", "前来的", NULL}; /* 三天前|来过 */
  int k;
  if (scan_any(r->s, r->n, i, others, NULL) && !scan_any(r->s, r->n, i, came, NULL)) return 0;
  size_t len = scan_any(r->s, r->n, i, words, &k);
  if (len > 0) *which = kinds[k];
  return len;
}

/* 三天前: at the grain of what was counted. */
size_t time_offset(const time_reader *r, size_t i, const time_point *base, mill_time *out) {
  int which;
  size_t start = i, len = time_duration(r, i, 0, out);
  if (len == 0) return 0;
  i += len;
  size_t gap = time_gap(r, i), word = relation(r, i + gap, &which);
  if (word == 0) return 0;
  i += gap + word;
  int sign = which == AGO || which == LONG_AGO || which == SINCE ? -1 : 1, finest = time_finest(out);
  int64_t now = base != NULL ? base->from : r->now, at = time_shift(now, out, sign);
  if (out->work) finest = MILL_UNIT_DAY;
  out->anchored = base == NULL ? MILL_ANCHOR_ALL : base->anchored;
  out->kind = MILL_TIME_POINT;
  seal(out, at, at + 1, finest, MILL_FORM_OFFSET, sign);
  if (finest <= MILL_UNIT_DAY) out->from = time_floor(at, MILL_UNIT_DAY), out->to = out->from + TIME_DAY;
  if (which == LONG_AGO) out->mod = MILL_MOD_BEFORE;
  if (which == FAR) out->mod = MILL_MOD_AFTER;
  if (which == SINCE) out->kind = MILL_TIME_RANGE, out->mod = MILL_MOD_SINCE, out->from = at, out->to = now;
  if (which == INSIDE) out->kind = MILL_TIME_RANGE, out->mod = MILL_MOD_WITHIN, out->from = now, out->to = at;
  return i - start;
}

static int units_of(const mill_time *t) {
  int n = 0;
  for (int k = 0; k < MILL_UNIT_COUNT; k++) n += t->amount[k] > 0;
  return n;
}

/* 近, 过去, 未来, 上, 前 ... and a duration */
static size_t direction(const time_reader *r, size_t i, int *sign, int *loose) {
  static const char *const words[] = {"过去", "最近", "近", "前面", "之前", "往前", "向前", "此前", "前", "上", "未来", "接下来",
                                      "接着", "今后", "之后", "往后", "向后", "此后", "后面", "后", "下", "再过", "过", "刚过去",
                                      "这", "以前", "以后", "还剩下", "还剩", NULL};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len == 0) return 0;
  *sign = which < 10 || which == 23 || which == 25 ? -1 : which == 24 ? 0 : 1;
  *loose = which == 21 || which == 22; /* 再过三天: the moment then */
  return len;
}

/* The span as it is counted: 近三天 ends now, at the grain of days with today. */
static void fill(int64_t now, int sign, mill_time *out) {
  int finest = out->work ? MILL_UNIT_DAY : time_finest(out);
  int64_t edge = now, far;
  if (finest <= MILL_UNIT_DAY) edge = time_floor(now, MILL_UNIT_DAY) + (sign < 0 ? TIME_DAY : 0);
  if (sign == 0)
    sign = -1, edge = finest <= MILL_UNIT_DAY ? edge + TIME_DAY : edge; /* 这几天, 这两年: up to today */
  far = time_shift(edge, out, sign);
  seal(out, sign < 0 ? far : edge, sign < 0 ? edge : far, finest, MILL_FORM_SPAN, sign);
}

/* 近年来: the last few years, without a count */
static size_t late_years(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"近年来", "近些年来", "近些年", "近年", NULL};
  size_t len = scan_any(r->s, r->n, i, words, NULL);
  if (len == 0) return 0;
  memset(out, 0, sizeof *out);
  out->kind = MILL_TIME_RANGE, out->anchored = MILL_ANCHOR_ALL, out->approx = 1;
  out->amount[MILL_UNIT_YEAR] = 3, out->high[MILL_UNIT_YEAR] = 9;
  fill(r->now, -1, out);
  return len;
}

/* 下 二〇〇九年: a year, read digit by digit */
static int names_year(const time_reader *r, size_t i) {
  time_count c;
  size_t len = time_number(r, i, &c);
  return len > 0 && c.sequence && c.value >= 1000 && scan_literal(r->s, r->n, i + len, "年") > 0;
}

size_t time_span(const time_reader *r, size_t i, mill_time *out) {
  int sign, loose;
  size_t late = late_years(r, i, out);
  if (late > 0) return late;
  size_t start = i, len = direction(r, i, &sign, &loose);
  if (len == 0) return 0;
  int single = len == 3;
  i += len;
  i += time_gap(r, i);
  if (single && scan_literal(r->s, r->n, i, "的")) return 0;
  if (sign == 0 && scan_literal(r->s, r->n, i, "一")) return 0; /* 这一天, 这一年 */
  if (names_year(r, i)) return 0;
  len = time_duration(r, i, 1, out);
  if (len == 0 || (units_of(out) > 1 && scan_literal(r->s, r->n, start, "还剩"))) return 0; /* how long */
  i += len;
  int finest = time_finest(out);
  size_t gap = time_gap(r, i);
  static const char *const tails[] = {"以来", "之内", "以内", "之间", "期间", "内", "里", "来", "间", "中", NULL};
  size_t tail = scan_any(r->s, r->n, i + gap, tails, NULL);
  static const char *const others[] = {"中国", "中央", "中共", "来自", "来到", "里面", "内部", "间接", NULL};
  if (tail == 3 && scan_any(r->s, r->n, i + gap, others, NULL)) tail = 0;
  if (tail > 0) i += gap + tail;
  out->anchored = MILL_ANCHOR_ALL;
  out->kind = MILL_TIME_RANGE;
  if (loose) {
    int64_t at = time_shift(r->now, out, 1);
    seal(out, finest <= MILL_UNIT_DAY ? time_floor(at, MILL_UNIT_DAY) : at, MILL_TIME_OPEN, finest,
         MILL_FORM_OFFSET, 1);
    out->mod = MILL_MOD_AFTER;
    return i - start;
  }
  fill(r->now, sign, out);
  return i - start;
}
