/*
** time_set_days.c - on which days something falls that comes again.
*/
#include "calendar.h"
#include "timex.h"

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

/* The n-th weekday of its month, from the end when n < 0. */
static int is_nth(const mill_date *x, int n) {
  if (n > 0) return (x->day - 1) / 7 + 1 == n;
  return (calendar_gregorian_days(x->year, x->month) - x->day) / 7 + 1 == -n;
}

static int day_of_month(const mill_data *d, const mill_time *t, int32_t day, const mill_date *civil) {
  mill_date x;
  if (t->lunar) return mill_lunar_from_days(d, day, &x) == 0 && (t->days >> x.lunar_day & 1u);
  int last = civil->day == calendar_gregorian_days(civil->year, civil->month);
  return (t->days >> civil->day & 1u) || (last && t->days == 1u << 31); /* day 31 alone: the last one */
}

int mill_time_on(const mill_data *d, const mill_time *t, int32_t day) {
  mill_date x;
  int weekday = (int)(((day + 3) % 7 + 7) % 7) + 1;
  int64_t at = (int64_t)day * TIME_DAY;
  if (t->kind != MILL_TIME_SET ||
      (t->limit_to != 0 && (at < time_floor(t->limit_from, MILL_UNIT_DAY) || at >= t->limit_to)))
    return 0;
  time_civil(at, &x);
  if (t->months != 0 && !(t->months >> x.month & 1u)) return 0;
  if (t->work || t->weekdays) {
    int on = (int)((t->work && !t->weekdays ? 0x3Eu : t->weekdays) >> weekday & 1u);
    return on && (t->nth == 0 || is_nth(&x, t->nth));
  }
  if (t->days != 0) return day_of_month(d, t, day, &x);
  if (t->months != 0) return 1;
  if (t->amount[MILL_UNIT_YEAR] > 0 && t->moment) return in_year(d, t, day);
  for (int k = MILL_UNIT_HOUR; k < MILL_UNIT_COUNT; k++)
    if (t->amount[k] > 0) return 1;
  return t->amount[MILL_UNIT_DAY] > 0 && t->amount[MILL_UNIT_DAY] <= 1;
}
