/*
** time_set.c - what comes again: 每天, 每周一上午, 每年9月到11月, 每隔三天,
** 农历一四七, 逢五逢十, 工作日; and on which days it falls.
*/
#include "calendar.h"
#include "time_expr.h"

static void step(mill_time *out, int unit, double times) {
  memset(out, 0, sizeof *out);
  out->kind = MILL_TIME_SET, out->grain = (uint8_t)unit;
  out->amount[unit] = out->high[unit] = times;
}

/* The moment of a set: 每年|9月到11月. */
static void place(const time_reader *r, mill_time *out, const mill_time *m, const time_point *p) {
  mill_date x;
  (void)r;
  out->from = m->from, out->to = m->to, out->moment = 1, out->part = m->part, out->form = m->form;
  out->base_from = m->base_from, out->base_to = m->base_to, out->lunar = m->lunar, out->anchored = 1;
  if (p->weekday != 0) out->weekdays |= (uint8_t)(1u << p->weekday), out->weekday = p->weekday;
  time_civil(m->from, &x);
  if (out->grain == MILL_UNIT_MONTH && p->said & SAID_DAY) out->days |= 1u << x.day;
  if (out->grain == MILL_UNIT_YEAR) out->set_month = x.month;
}

static size_t moment(const time_reader *r, size_t i, mill_time *out) {
  mill_time m;
  time_point p;
  time_reader same = *r;
  same.prefer = MILL_PREFER_SAME;
  if (out->amount[MILL_UNIT_WEEK] > 0) same.prefer = MILL_PREFER_FUTURE;
  size_t gap = time_gap(r, i), len = time_range_scan(&same, i + gap, &m, &p);
  if (len == 0) return 0;
  place(r, out, &m, &p);
  return gap + len;
}

static size_t times_a(const time_reader *r, size_t i) {
  static const char *const words[] = {"次", "回", "趟", NULL};
  time_count c;
  size_t number = time_number(r, i, &c), mark = number > 0 ? scan_any(r->s, r->n, i + number, words, NULL) : 0;
  return mark > 0 ? number + mark : 0;
}

static size_t unit_of_set(const time_reader *r, size_t i, int *unit, double *times) {
  static const char *const words[] = {"年", "季度", "个月", "月", "星期", "礼拜", "周", "工作日", "天", "日", "晚", "早", "小时", "钟头", "分钟", "秒", NULL};
  static const uint8_t units[] = {0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 5, 6};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len > 0) *unit = units[which], *times = which == 1 ? 3 : 1;
  return len > 0 && which == 7 ? len + 1000 : len;
}

/* ---- market days ----------------------------------------------------------------------- */

static size_t one_digit(const time_reader *r, size_t i, int *digit) {
  size_t len;
  uint32_t c = scan_peek(r->s, r->n, i, &len);
  *digit = len == 0 ? -1 : numeral_small_unit(c) == 10 ? 0 : numeral_digit(c);
  return *digit >= 0 && len > 1 ? len : 0;
}

static uint32_t days_ending(int digit) {
  uint32_t bits = 0;
  for (int day = digit == 0 ? 10 : digit; day <= 30; day += 10) bits |= 1u << day;
  return bits;
}

/* 一四七: days that end in these digits */
static size_t endings(const time_reader *r, size_t i, mill_time *out, int least) {
  size_t start = i, len;
  int digit, n = 0, last = -1;
  while (n < 5 && (len = one_digit(r, i, &digit)) > 0) {
    int order = digit == 0 ? 10 : digit;
    if (order <= last) break;
    out->days |= days_ending(digit), i += len, n++, last = order;
    i += scan_literal(r->s, r->n, i, "、");
  }
  if (n < least) return 0;
  i += scan_literal(r->s, r->n, i, "日");
  return i - start;
}

/* 初一、十五 */
static size_t lunar_list(const time_reader *r, size_t i, mill_time *out) {
  static const char *const joints[] = {"、", "和", "与", ",", NULL};
  size_t start = i, end = i;
  int n = 0;
  while (n < 8) {
    time_count c;
    size_t word = scan_literal(r->s, r->n, i, "初"), len = time_number(r, i + word, &c);
    if (len == 0 || c.arabic || !c.whole || c.value < 1 || c.value > (word > 0 ? 10 : 30) || (n == 0 && word == 0)) break;
    out->days |= 1u << (int)c.value, i += word + len, end = i, n++;
    size_t joint = scan_any(r->s, r->n, i, joints, NULL);
    if (joint == 0) break;
    i += joint;
  }
  return n >= 2 ? end - start : 0;
}

static size_t market(const time_reader *r, size_t i, mill_time *out) {
  static const char *const markers[] = {"农历", "阴历", NULL};
  size_t start = i, len = scan_any(r->s, r->n, i, markers, NULL), at;
  step(out, MILL_UNIT_DAY, 0);
  out->lunar = len > 0;
  i += len;
  i += len > 0 ? time_gap(r, i) : 0;
  if (len > 0 && (at = scan_literal(r->s, r->n, i, "每月")) > 0) i += at;
  if (len > 0 && (at = lunar_list(r, i, out)) > 0) return i + at - start;
  size_t on = scan_literal(r->s, r->n, i, "逢"), end = 0;
  out->days = 0;
  while (on > 0 && (at = endings(r, i + on, out, 1)) > 0) {
    i += on + at, end = i;
    on = scan_literal(r->s, r->n, i, "逢");
  }
  if (end > 0) return end - start;
  out->days = 0;
  return len > 0 && (at = endings(r, i, out, 2)) > 0 ? i + at - start : 0;
}

/* ---- 每 ------------------------------------------------------------------------------- */

/* 每 and what it counts */
static size_t every(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"每隔", "每逢", "每当", "每一", "每个", "每", "隔", NULL};
  int which, unit;
  double times;
  size_t start = i, len = scan_any(r->s, r->n, i, words, &which), more;
  if (len == 0) return 0;
  i += len;
  i += scan_literal(r->s, r->n, i, "个");
  if (which == 1 && (more = market(r, i, out)) > 0) return i + more - start;
  size_t week = which == 6 ? 0 : unit_of_set(r, i, &unit, &times);
  int work = week > 1000;
  if (work) week -= 1000;
  if (week > 0) {
    step(out, unit, times);
    out->work = (uint8_t)work;
    if (unit == MILL_UNIT_WEEK && (more = moment(r, i, out)) > 0 && out->weekdays) return i + more - start;
    step(out, unit, times);
    out->work = (uint8_t)work;
    if (scan_literal(r->s, r->n, i, "晚") || scan_literal(r->s, r->n, i, "早")) week = 0;
    i += week;
    more = moment(r, i, out);
    i += more;
    size_t gap = time_gap(r, i);
    more = times_a(r, i + gap);
    return i + (more > 0 ? gap + more : 0) - start;
  }
  mill_time d;
  if (which != 1 && (more = time_duration(r, i, 1, &d)) > 0) {
    step(out, d.grain, 0);
    memcpy(out->amount, d.amount, sizeof d.amount), memcpy(out->high, d.high, sizeof d.high);
    return i + more - start;
  }
  if (which == 6) return 0;
  step(out, MILL_UNIT_YEAR, 1);
  more = moment(r, i, out);
  if (out->weekdays) out->amount[MILL_UNIT_YEAR] = 0, out->amount[MILL_UNIT_WEEK] = 1, out->grain = MILL_UNIT_WEEK;
  return more > 0 ? i + more - start : 0;
}

/* 工作日三点, 非工作日 */
static size_t workdays(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"非工作日", "工作日", NULL};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which), daily;
  if (len == 0) return 0;
  step(out, MILL_UNIT_DAY, 1);
  out->work = which == 1, out->weekdays = which == 1 ? 0x3E : 0xC0;
  daily = scan_literal(r->s, r->n, i + len, "每天");
  uint8_t week = out->weekdays;
  size_t more = moment(r, i + len + daily, out);
  out->weekdays = week;
  return len + daily + more;
}

size_t time_set_scan(const time_reader *r, size_t i, mill_time *out) {
  size_t len = every(r, i, out);
  if (len == 0) len = workdays(r, i, out);
  return len > 0 ? len : market(r, i, out);
}

/* ---- on a day ------------------------------------------------------------------------------ */

/* Of every year: the days between the same days of its first occurrence. */
static int in_year(const mill_data *d, const mill_time *t, int32_t day) {
  mill_date first, x;
  if (t->lunar) {
    int32_t from = (int32_t)(time_floor(t->from, MILL_UNIT_DAY) / TIME_DAY);
    if (mill_lunar_from_days(d, from, &first) < 0 || mill_lunar_from_days(d, day, &x) < 0) return 0;
    int whole = t->to - t->from > 2 * TIME_DAY;
    return x.lunar_month == first.lunar_month && (whole || x.lunar_day == first.lunar_day);
  }
  time_civil((int64_t)day * TIME_DAY, &x);
  time_civil(t->from, &first);
  int64_t from = time_at(x.year, first.month, first.day), at = (int64_t)day * TIME_DAY;
  return at >= from && at < from + (t->to - t->from);
}

int mill_time_on(const mill_data *d, const mill_time *t, int32_t day) {
  mill_date x;
  int weekday = (int)(((day + 3) % 7 + 7) % 7) + 1;
  if (t->kind != MILL_TIME_SET) return 0;
  if (t->work || t->weekdays) return (int)((t->work && !t->weekdays ? 0x3Eu : t->weekdays) >> weekday & 1u);
  if (t->days != 0 && t->lunar) return mill_lunar_from_days(d, day, &x) == 0 && (t->days >> x.lunar_day & 1u);
  time_civil((int64_t)day * TIME_DAY, &x);
  if (t->days != 0) return (int)(t->days >> x.day & 1u);
  if (t->amount[MILL_UNIT_YEAR] > 0 && t->moment) return in_year(d, t, day);
  for (int k = MILL_UNIT_HOUR; k < MILL_UNIT_COUNT; k++)
    if (t->amount[k] > 0) return 1;
  return t->amount[MILL_UNIT_DAY] > 0 && t->amount[MILL_UNIT_DAY] <= 1;
}
