/*
** time_date.c - dates: moments that say a year, month or day, as mill_date has them.
**
**   2020年2月4日  二〇二〇年二月四日  2020-02-26 16:57  3月5日  正月初二  昨晚8时
**
** Weaker forms of time (6.30, 2020 alone, 上旬, 年底) are none here: what is counted
** looks like them. A date in the shape of one that cannot be (2月30日) is refused.
*/
#include "calendar.h"
#include "timex.h"

/* ---- what cannot be ----------------------------------------------------------------- */

static size_t figure(const time_reader *r, size_t i, int *value) {
  time_count c;
  while (i < r->n && r->s[i] == ' ') i++;
  size_t len = time_number(r, i, &c);
  *value = len > 0 && c.whole && !c.vague && c.value < 10000 ? (int)c.value : -1;
  return *value >= 0 ? len : 0;
}

/* 2月30日, 13月5日, 2月0日; year 0: any year */
static int bad_month_day(const time_reader *r, size_t i, int year) {
  static const char *const marks[] = {"日", "号", NULL};
  int month, day;
  size_t len = figure(r, i, &month), mark = len > 0 ? scan_literal(r->s, r->n, i + len, "月") : 0;
  if (mark == 0) return 0;
  i += len + mark;
  size_t more = figure(r, i, &day);
  if (more == 0 || !scan_any(r->s, r->n, i + more, marks, NULL)) return 0;
  return month < 1 || month > 12 || day < 1 || day > calendar_gregorian_days(year != 0 ? year : 2000, month);
}

/* 2020-02-30, 2020-13-01 */
static int bad_iso(const time_reader *r) {
  int part[3], n = 0;
  size_t i = 0;
  for (; n < 3; n++) {
    size_t digits = 0;
    for (part[n] = 0; digits < 5 && scan_is_digit(r->s, r->n, i); i++, digits++)
      part[n] = part[n] * 10 + (r->s[i] - '0');
    if (digits == 0 || (n == 0 ? digits != 4 : digits > 2)) return 0;
    if (n < 2 && !(i < r->n && (r->s[i] == '-' || r->s[i] == '/') && (n == 0 || r->s[i] == r->s[4])))
      return 0;
    i += n < 2;
  }
  if (i < r->n && (r->s[i] == '-' || r->s[i] == '/' || scan_is_digit(r->s, r->n, i))) return 0;
  return part[0] >= 1000 &&
         (part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > calendar_gregorian_days(part[0], part[1]));
}

/* 2020年闰五月初一: that year has no such month */
static int bad_lunar(const time_reader *r, size_t i, int year) {
  int month;
  size_t leap = scan_literal(r->s, r->n, i, "闰"), len = leap > 0 ? figure(r, i + leap, &month) : 0;
  if (len == 0 || !scan_literal(r->s, r->n, i + leap + len, "月") ||
      calendar_month_days(r->data, year, 1, 0) == 0)
    return 0;
  return calendar_month_days(r->data, year, month, 1) == 0;
}

int time_impossible(const time_reader *r) {
  time_point year;
  mill_date x;
  if (bad_iso(r) || bad_month_day(r, 0, 0)) return 1;
  time_reader head = *r;
  size_t len = 0;
  for (size_t k = 0; k < r->n && k < 24; k++)
    if (scan_literal(r->s, r->n, k, "年")) { head.n = k + 3, len = time_point_scan(&head, 0, &year); break; }
  if (len != head.n || len == 0 || year.grain != MILL_UNIT_YEAR) return 0;
  time_civil(year.from, &x);
  return bad_month_day(r, len, x.year) || bad_lunar(r, len, x.year);
}

/* ---- dates ------------------------------------------------------------------------------ */

static int is_date(const time_reader *r, const time_point *p, int has_ref) {
  unsigned dated = SAID_YEAR | SAID_MONTH | SAID_DAY | SAID_WEEKDAY;
  int clock = p->form == MILL_FORM_CLOCK || p->form == MILL_FORM_PART;
  if (!(p->said & dated) || p->bare_year || p->grain == MILL_UNIT_WEEK) return 0;
  if (!has_ref && p->anchored & (MILL_ANCHOR_ALL | MILL_ANCHOR_DAY)) return 0;
  if (clock && !(p->said & (SAID_DAY | SAID_WEEKDAY))) return 0;
  if (!clock && p->form != MILL_FORM_DATE && p->form != MILL_FORM_HOLIDAY && p->form != MILL_FORM_WEEKDAY)
    return 0;
  if (p->grain != MILL_UNIT_YEAR) return 1;
  mill_date x;
  time_civil(p->from, &x);
  int short_year = scan_is_digit(r->s, r->n, 0) && !scan_is_digit(r->s, r->n, 2); /* 20年 counts years */
  return x.year >= 1800 && x.year <= 2100 && !short_year;
}

/* A part of the day keeps the day it was said of: 2月6日晨. */
static void as_date(const mill_data *d, const time_point *p, int has_ref, mill_date *out) {
  mill_time t = {.kind = MILL_TIME_POINT, .from = p->from, .to = p->to, .grain = p->grain, .lunar = p->lunar, .anchored = p->anchored};
  if (p->form == MILL_FORM_PART) t.grain = MILL_UNIT_DAY;
  mill_time_date(d, &t, has_ref, out);
}

int date_scan(const mill_data *d, const char *s, size_t n, const mill_date *ref, enum date_prefer prefer,
              mill_date *out, size_t *core) {
  time_point p;
  time_reader r;
  time_numbers numbers;
  int has_ref = ref != NULL && ref->year != 0;
  time_reader_set(&r, d, s, n, ref);
  r.prefer = (int)prefer;
  memset(out, 0, sizeof *out);
  out->hour = out->minute = out->second = 255;
  if (r.n == 0 || !time_may_begin(s, r.n, 0)) return 0;
  time_keep_numbers(&r, &numbers);
  size_t used = time_point_scan(&r, 0, &p);
  if (core != NULL) *core = used > 0 ? p.core : 0;
  if ((used == 0 || p.grain <= MILL_UNIT_MONTH) && time_impossible(&r)) return MILL_EINVAL;
  if (used > 0 && !is_date(&r, &p, has_ref)) {
    if (p.core == 0 || p.core >= used) return 0;
    r.n = p.core, used = time_point_scan(&r, 0, &p);
    if (used == 0 || !is_date(&r, &p, has_ref)) return 0;
  }
  if (used > 0) as_date(d, &p, has_ref, out);
  return (int)used;
}

int mill_date_scan(const mill_data *d, const char *folded, size_t n, const mill_date *ref, mill_date *out) {
  return date_scan(d, folded, n, ref, DATE_NEAREST, out, NULL);
}

size_t date_clock_scan(const char *s, size_t n, mill_date *out) {
  time_reader r;
  time_numbers numbers;
  time_point p = {0};
  mill_date x;
  time_reader_set(&r, NULL, s, n, NULL);
  time_keep_numbers(&r, &numbers);
  size_t used = r.n > 0 && time_may_begin(s, r.n, 0) ? time_clock(&r, 0, &p) : 0;
  if (used == 0 || !(p.said & SAID_HOUR)) return 0;
  time_civil(p.from, &x);
  int next = time_floor(p.from, MILL_UNIT_DAY) > time_floor(r.now, MILL_UNIT_DAY);
  out->hour = (uint8_t)(x.hour + (next ? 24 : 0));
  if (p.grain >= MILL_UNIT_MINUTE) out->minute = x.minute;
  if (p.grain >= MILL_UNIT_SECOND) out->second = x.second;
  out->grain = (uint8_t)(p.grain - MILL_UNIT_HOUR + MILL_GRAIN_HOUR);
  return used;
}
