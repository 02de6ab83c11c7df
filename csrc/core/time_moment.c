/*
** time_moment.c - seconds and the civil calendar, and which year, month or day
** an expression means that does not say it.
*/
#include <stdlib.h>

#include "calendar.h"
#include "timex.h"

int64_t time_at(int year, int month, int day) {
  return (int64_t)mill_date_days(year, month, day) * TIME_DAY;
}

static int64_t day_number(int64_t t) { return t >= 0 ? t / TIME_DAY : -((TIME_DAY - 1 - t) / TIME_DAY); }

void time_civil(int64_t t, mill_date *out) {
  int64_t day = day_number(t);
  int left = (int)(t - day * TIME_DAY);
  memset(out, 0, sizeof *out);
  mill_date_from_days((int32_t)day, out);
  out->hour = (uint8_t)(left / 3600), out->minute = (uint8_t)(left / 60 % 60),
  out->second = (uint8_t)(left % 60);
}

void mill_time_civil(int64_t t, mill_date *out) { time_civil(t, out); }

static void lunar_parts(const mill_data *d, mill_date *out) {
  mill_date x;
  if (mill_lunar_from_days(d, mill_date_days(out->year, out->month, out->day), &x) < 0) return;
  out->lunar_year = x.lunar_year, out->lunar_month = x.lunar_month, out->lunar_leap = x.lunar_leap;
  out->lunar_day = out->grain >= MILL_GRAIN_DAY ? x.lunar_day : 0;
}

void mill_time_date(const mill_data *d, const mill_time *t, int has_ref, mill_date *out) {
  static const uint8_t grains[] = {MILL_GRAIN_YEAR, MILL_GRAIN_MONTH,  MILL_GRAIN_DAY,   MILL_GRAIN_DAY,
                                   MILL_GRAIN_HOUR, MILL_GRAIN_MINUTE, MILL_GRAIN_SECOND};
  int open = has_ref ? 0 : t->anchored, dated = t->kind == MILL_TIME_POINT && !(open & MILL_ANCHOR_ALL);
  memset(out, 0, sizeof *out);
  out->grain = grains[t->grain], out->year_from = t->anchored != 0, out->lunar = t->lunar;
  if (dated)
    time_civil(t->from, out), out->grain = grains[t->grain], out->year_from = t->anchored != 0,
                              out->lunar = t->lunar;
  if (dated && t->lunar) lunar_parts(d, out);
  if (open) out->year = 0, out->lunar_year = 0;
  if (open & (MILL_ANCHOR_MONTH | MILL_ANCHOR_DAY)) out->month = 0;
  if (open & MILL_ANCHOR_DAY) out->day = 0;
  if (open && out->lunar) out->month = out->day = 0; /* which day it is, its year says */
  if (!dated || out->grain < MILL_GRAIN_HOUR) out->hour = 255;
  if (!dated || out->grain < MILL_GRAIN_MINUTE) out->minute = 255;
  if (!dated || out->grain < MILL_GRAIN_SECOND) out->second = 255;
  if (out->grain < MILL_GRAIN_DAY && !out->lunar) out->day = 0;
  if (out->grain < MILL_GRAIN_MONTH) out->month = 0;
}

int time_year_of(int64_t t) {
  mill_date x;
  time_civil(t, &x);
  return x.year;
}

int64_t time_add_months(int64_t t, int months) {
  mill_date x;
  time_civil(t, &x);
  int all = x.year * 12 + x.month - 1 + months, year = all >= 0 ? all / 12 : -((11 - all) / 12);
  int month = all - year * 12 + 1, last = calendar_gregorian_days(year, month);
  return time_at(year, month, x.day < last ? x.day : last) + (t - day_number(t) * TIME_DAY);
}

int64_t time_add(int64_t t, int unit, int amount) {
  static const int seconds[] = {0, 0, 7 * TIME_DAY, TIME_DAY, 3600, 60, 1};
  if (unit == MILL_UNIT_YEAR) return time_add_months(t, amount * 12);
  if (unit == MILL_UNIT_MONTH) return time_add_months(t, amount);
  return t + (int64_t)seconds[unit] * amount;
}

int64_t time_floor(int64_t t, int unit) {
  mill_date x;
  int64_t day = day_number(t);
  time_civil(t, &x);
  if (unit == MILL_UNIT_YEAR) return time_at(x.year, 1, 1);
  if (unit == MILL_UNIT_MONTH) return time_at(x.year, x.month, 1);
  if (unit == MILL_UNIT_WEEK) return (day - (((day + 3) % 7 + 7) % 7)) * TIME_DAY; /* Monday */
  if (unit == MILL_UNIT_DAY) return day * TIME_DAY;
  if (unit == MILL_UNIT_HOUR) return t - x.minute * 60 - x.second;
  return unit == MILL_UNIT_MINUTE ? t - x.second : t;
}

void time_set(time_point *p, int64_t from, int64_t to, int grain, unsigned said) {
  p->from = from, p->to = to, p->grain = (uint8_t)grain;
  p->said = (uint16_t)(p->said | said), p->form = MILL_FORM_DATE;
}

/* ---- the year that is not said ------------------------------------------------- */

static int fits(const time_reader *r, int64_t from, int64_t to) {
  if (r->prefer == MILL_PREFER_FUTURE) return to > r->now;
  if (r->prefer == MILL_PREFER_PAST) return from <= r->now;
  return 1;
}

static int64_t distance(const time_reader *r, int64_t from, int64_t to) {
  int64_t middle = to - from > TIME_DAY ? from + (to - from) / 2 : from;
  return llabs(middle - time_floor(r->now, MILL_UNIT_DAY));
}

/* right side of a range: the first one that ends behind its left side */
static int pick_right(const time_reader *r, time_point *p, time_yearly *f, const int *arg) {
  int year = time_year_of(r->left->from);
  for (int k = 0; k < 9; k++)
    if (f(r, year + k, arg, &p->from, &p->to) && p->to > r->left->from) return 1;
  return 0;
}

int time_pick_year(const time_reader *r, time_point *p, time_yearly *f, const int *arg) {
  int64_t from, to, best = INT64_MAX;
  if (p->said & SAID_YEAR) return f(r, time_year_of(p->from), arg, &p->from, &p->to);
  if (r->left != NULL) return pick_right(r, p, f, arg);
  p->anchored |= MILL_ANCHOR_YEAR;
  if (r->prefer == MILL_PREFER_SAME && f(r, r->ref.year, arg, &p->from, &p->to)) return 1;
  for (int k = -8; k <= 8; k++) {
    if (!f(r, r->ref.year + k, arg, &from, &to) || !fits(r, from, to)) continue;
    if (distance(r, from, to) >= best) continue;
    best = distance(r, from, to);
    p->from = from, p->to = to;
  }
  return best < INT64_MAX;
}

static int month_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  *from = time_at(year, arg[0], 1), *to = time_add_months(*from, 1);
  return 1;
}

static int day_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  if (arg[1] > calendar_gregorian_days(year, arg[0])) return 0;
  *from = time_at(year, arg[0], arg[1]), *to = *from + TIME_DAY;
  return 1;
}

int time_set_month(const time_reader *r, time_point *p, int month) {
  if (month < 1 || month > 12 || !time_pick_year(r, p, month_in, &month)) return 0;
  time_set(p, p->from, p->to, MILL_UNIT_MONTH, SAID_MONTH);
  return 1;
}

/* A day of a month that stands elsewhere. */
static int lonely_day(const time_reader *r, time_point *p, int day) {
  int64_t month = time_floor(r->left != NULL ? r->left->from : r->now, MILL_UNIT_MONTH), best = INT64_MAX;
  int first = r->left != NULL || r->prefer == MILL_PREFER_SAME ? 0 : -2;
  for (int k = first; k <= 2; k++) {
    mill_date x;
    int64_t from = time_add_months(month, k);
    time_civil(from, &x);
    if (day > calendar_gregorian_days(x.year, x.month)) continue;
    from += (int64_t)(day - 1) * TIME_DAY;
    int ok = r->left != NULL ? from >= r->left->from
                             : r->prefer == MILL_PREFER_SAME || fits(r, from, from + TIME_DAY);
    if (!ok || (r->left == NULL && r->prefer != MILL_PREFER_SAME && distance(r, from, from) >= best))
      continue;
    best = distance(r, from, from);
    p->from = from;
    if (first == 0) break;
  }
  if (r->left == NULL) p->anchored |= MILL_ANCHOR_MONTH;
  return best < INT64_MAX;
}

int time_set_day(const time_reader *r, time_point *p, int day) {
  mill_date x;
  if (day < 1 || day > 31) return 0;
  if (!(p->said & SAID_MONTH)) {
    if (!lonely_day(r, p, day)) return 0;
  } else {
    time_civil(p->from, &x);
    int arg[] = {x.month, day};
    if (!(p->said & SAID_YEAR) ? !time_pick_year(r, p, day_in, arg)
                               : !day_in(r, x.year, arg, &p->from, &p->to))
      return 0;
  }
  time_set(p, p->from, p->from + TIME_DAY, MILL_UNIT_DAY, SAID_DAY);
  return 1;
}

/* hour 24 and beyond: the next day. */
int time_set_hour(const time_reader *r, time_point *p, int hour, int minute, int second) {
  static const int seconds[] = {3600, 60, 1};
  int fine = second >= 0 ? 2 : minute >= 0 ? 1 : 0;
  int64_t day = time_floor(p->from, MILL_UNIT_DAY);
  if (!(p->said & (SAID_DAY | SAID_WEEKDAY))) {
    day = time_floor(r->left != NULL ? r->left->from : r->now, MILL_UNIT_DAY);
    if (r->left == NULL) p->anchored |= MILL_ANCHOR_DAY;
  }
  int64_t from = day + hour * 3600 + (minute > 0 ? minute * 60 : 0) + (second > 0 ? second : 0);
  if (r->left != NULL && !(p->said & (SAID_DAY | SAID_WEEKDAY)) && from < r->left->from) from += TIME_DAY;
  time_set(p, from, from + seconds[fine], MILL_UNIT_HOUR + fine, SAID_HOUR);
  p->form = MILL_FORM_CLOCK;
  return 1;
}
