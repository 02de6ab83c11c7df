/*
** date_resolve.c - checks a date that was read and adds what the text leaves
** out, seen from a reference date:
**
**   12月30日   seen from 2020-02-26 -> 2019-12-30   (nearest)
**   正月初二   seen from 2020-02-20 -> 2020-01-26   (lunar year nearest)
**   6日        seen from 2020-02-20 -> 2020-02-06
**
** and the ISO form of the result.
*/
#include <stdlib.h>

#include "calendar.h"
#include "date.h"

typedef struct choice { /* the best candidate so far */
  int32_t days, distance;
  int found, number;    /* number: year or month of the candidate */
} choice;

static int has_ref(const mill_date *ref) { return ref != NULL && ref->year != 0; }

static int32_t ref_days(const mill_date *ref) {
  return mill_date_days(ref->year, ref->month ? ref->month : 7, ref->day ? ref->day : 1);
}

static void consider(choice *best, int32_t days, int number, const mill_date *ref,
                     enum date_prefer prefer) {
  int32_t off = days - ref_days(ref);
  if ((prefer == DATE_PAST && off > 0) || (prefer == DATE_FUTURE && off < 0)) return;
  if (off < 0) off = -off;
  if (best->found && best->distance <= off) return;
  *best = (choice){days, off, 1, number};
}

/* ---- Gregorian --------------------------------------------------------------------- */

static int gregorian_ok(const mill_date *x) {
  if (x->month == 0) return x->day <= 31;
  if (x->month > 12) return 0;
  int year = x->year != 0 ? x->year : 2000; /* some year has a 29 February */
  return x->day <= calendar_gregorian_days(year, x->month);
}

static void choose_year(mill_date *x, const mill_date *ref, enum date_prefer prefer) {
  choice best = {0};
  for (int year = ref->year - 4; year <= ref->year + 4; year++) {
    if (x->day > calendar_gregorian_days(year, x->month)) continue;
    int day = x->day ? x->day : prefer == DATE_PAST ? 1 : prefer == DATE_FUTURE ? 28 : 15;
    consider(&best, mill_date_days(year, x->month, day), year, ref, prefer);
  }
  if (best.found) x->year = best.number, x->year_from = 1;
}

static void choose_month(mill_date *x, const mill_date *ref, enum date_prefer prefer) {
  choice best = {0};
  int now = ref->year * 12 + ref->month - 1;
  for (int m = now - 2; m <= now + 2; m++)
    if (x->day <= calendar_gregorian_days(m / 12, m % 12 + 1))
      consider(&best, mill_date_days(m / 12, m % 12 + 1, x->day), m, ref, prefer);
  if (!best.found) return;
  x->year = best.number / 12, x->month = (uint8_t)(best.number % 12 + 1), x->year_from = 1;
}

/* ---- lunar --------------------------------------------------------------------------- */

/* Day number of the lunar date in that lunar year: 1 when it exists. */
static int lunar_days(const mill_data *d, const mill_date *x, int year, int32_t *days) {
  int day = x->lunar_day > 0 ? x->lunar_day : 1;
  if (day == DATE_LAST_DAY) day = calendar_month_days(d, year, x->lunar_month, x->lunar_leap);
  return mill_days_from_lunar(d, year, x->lunar_month, x->lunar_leap, day, days) == 0;
}

static void place_lunar(mill_date *x, int lunar_year, int32_t days, const mill_data *d) {
  mill_date day, again;
  mill_date_from_days(days, &day);
  x->year = day.year, x->month = day.month, x->day = day.day;
  x->lunar_year = (int16_t)lunar_year;
  if (x->lunar_day == DATE_LAST_DAY && mill_lunar_from_days(d, days, &again) == 0)
    x->lunar_day = again.lunar_day;
}

static int resolve_lunar(const mill_data *d, mill_date *x, const mill_date *ref,
                         enum date_prefer prefer) {
  choice best = {0};
  int32_t days;
  int said = x->year;
  if (x->lunar_month < 1 || x->lunar_month > 12 || x->lunar_day > DATE_LAST_DAY) return MILL_EINVAL;
  x->year = 0;
  if (said != 0) {
    x->lunar_year = (int16_t)said;
    if (calendar_month_days(d, said, 1, 0) == 0) return 0; /* outside the table */
    if (!lunar_days(d, x, said, &days)) return MILL_EINVAL;
    return place_lunar(x, said, days, d), 0;
  }
  if (!has_ref(ref)) return 0;
  for (int year = ref->year - 2; year <= ref->year + 2; year++)
    if (lunar_days(d, x, year, &days)) consider(&best, days, year, ref, prefer);
  if (best.found) place_lunar(x, best.number, best.days, d), x->year_from = 1;
  return 0;
}

int date_resolve(const mill_data *d, mill_date *x, const mill_date *ref, enum date_prefer prefer) {
  if (x->lunar) return resolve_lunar(d, x, ref, prefer);
  if (!gregorian_ok(x)) return MILL_EINVAL;
  if (x->year != 0 || !has_ref(ref)) return 0;
  if (x->month != 0)
    choose_year(x, ref, prefer);
  else if (ref->month != 0)
    choose_month(x, ref, prefer);
  return 0;
}

/* ---- ISO 8601 --------------------------------------------------------------------------- */

/* One of year, month, day: X for what is not known. */
static size_t part(char *out, int value, int width, int known) {
  for (int k = width - 1; k >= 0; k--, value /= 10)
    out[k] = known ? "0123456789"[abs(value % 10)] : 'X';
  return (size_t)width;
}

static size_t day_form(char *out, const mill_date *x) {
  size_t n = 0;
  if (x->year < 0) out[n++] = '-'; /* ISO 8601: -0220 is 221 BC */
  n += part(out + n, x->year, 4, x->year != 0);
  if (x->grain == MILL_GRAIN_YEAR) return n;
  out[n++] = '-';
  n += part(out + n, x->month, 2, x->month != 0);
  if (x->grain == MILL_GRAIN_MONTH && !x->lunar) return n;
  out[n++] = '-';
  return n + part(out + n, x->day, 2, x->day != 0);
}

static size_t clock_form(char *out, const mill_date *x) {
  size_t n = 0;
  out[n++] = 'T';
  n += part(out + n, x->hour, 2, 1);
  if (x->grain < MILL_GRAIN_MINUTE) return n;
  out[n++] = ':';
  n += part(out + n, x->minute, 2, x->minute != 255);
  if (x->grain < MILL_GRAIN_SECOND) return n;
  out[n++] = ':';
  return n + part(out + n, x->second, 2, x->second != 255);
}

size_t date_format(const mill_data *d, const mill_date *x, char out[48]) {
  size_t n = day_form(out, x);
  if (x->grain > MILL_GRAIN_DAY && x->hour != 255) n += clock_form(out + n, x);
  if (x->lunar && x->grain == MILL_GRAIN_MONTH && x->year != 0) {
    mill_date end;
    int len = calendar_month_days(d, x->lunar_year, x->lunar_month, x->lunar_leap);
    mill_date_from_days(mill_date_days(x->year, x->month, x->day) + len - 1, &end);
    out[n++] = '/';
    n += day_form(out + n, &end);
  }
  out[n] = 0;
  return n;
}
