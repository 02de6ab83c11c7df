/*
** date_format.c - the ISO 8601 form of a date, X for what is not known.
*/
#include <stdio.h>
#include <stdlib.h>

#include "calendar.h"
#include "date.h"

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

mill_date date_of_day(const char *s) {
  mill_date d = {.hour = 255, .minute = 255, .second = 255, .grain = MILL_GRAIN_DAY};
  int year, month, day;
  if (s == NULL || sscanf(s, "%4d-%2d-%2d", &year, &month, &day) != 3) return d;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return d;
  d.year = year;
  d.month = (uint8_t)month;
  d.day = (uint8_t)day;
  return d;
}
