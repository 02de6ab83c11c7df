/*
** calendar.c - Gregorian day numbers and the lunar calendar; calendar.h shows
** the table. Gregorian days follow Howard Hinnant's days_from_civil.
*/
#include "calendar.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

/* ---- Gregorian ---------------------------------------------------------------- */

int32_t mill_date_days(int32_t year, int month, int day) {
  int64_t y = (int64_t)year - (month <= 2);
  int64_t era = (y >= 0 ? y : y - 399) / 400;
  int64_t year_of_era = y - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (int32_t)(era * 146097 + day_of_era - 719468);
}

void mill_date_from_days(int32_t days, mill_date *out) {
  int64_t z = (int64_t)days + 719468;
  int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  int64_t doe = z - era * 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t mp = (5 * doy + 2) / 153;
  memset(out, 0, sizeof *out);
  out->day = (uint8_t)(doy - (153 * mp + 2) / 5 + 1);
  out->month = (uint8_t)(mp < 10 ? mp + 3 : mp - 9);
  out->year = (int32_t)(yoe + era * 400 + (out->month <= 2));
  out->hour = out->minute = out->second = 255;
  out->grain = MILL_GRAIN_DAY;
}

int calendar_gregorian_days(int32_t year, int month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month < 1 || month > 12 ? 0 : month == 2 ? 28 + leap : days[month - 1];
}

/* ---- lunar ------------------------------------------------------------------------ */

/* The record of a lunar year; 0 when it is not in the table. */
static int record(const mill_data *d, int year, uint32_t *out) {
  const struct mill_calendar *c = d != NULL ? d->calendar_view : NULL;
  if (c == NULL || year < c->first || year - c->first >= (int)c->count) return 0;
  *out = c->years[year - c->first];
  return 1;
}

static int32_t first_day(int year, uint32_t r) {
  return mill_date_days(year, 1, 1) + LUNAR_BEGIN(r);
}

static int slot_days(uint32_t r, int slot) { return 29 + (int)(r >> slot & 1u); }

/* Place of a month among the 12 or 13 of its year, or -1. */
static int slot_of(uint32_t r, int month, int leap) {
  int leap_month = (int)LUNAR_LEAP(r);
  if (month < 1 || month > 12 || (leap && month != leap_month)) return -1;
  return month - 1 + (leap_month > 0 && (month > leap_month || leap));
}

int calendar_month_days(const mill_data *d, int year, int month, int leap) {
  uint32_t r;
  int slot = record(d, year, &r) ? slot_of(r, month, leap) : -1;
  return slot < 0 ? 0 : slot_days(r, slot);
}

int mill_days_from_lunar(const mill_data *d, int year, int month, int leap, int day,
                         int32_t *days) {
  uint32_t r;
  int slot = record(d, year, &r) ? slot_of(r, month, leap) : -1;
  if (slot < 0 || day < 1 || day > slot_days(r, slot)) return MILL_EINVAL;
  *days = first_day(year, r) + day - 1;
  for (int k = 0; k < slot; k++) *days += slot_days(r, k);
  return 0;
}

static void fill(mill_date *out, int year, int slot, int leap_month, int day) {
  int after = leap_month > 0 && slot >= leap_month;
  out->lunar_year = (int16_t)year;
  out->lunar_month = (uint8_t)(slot + 1 - after);
  out->lunar_leap = (uint8_t)(leap_month > 0 && slot == leap_month);
  out->lunar_day = (uint8_t)day;
}

/* The days before the first lunar new year belong to the last month of the
** year before the table. */
static int before_table(const struct mill_calendar *c, int32_t days, mill_date *out) {
  int32_t day = days - mill_date_days(c->first, 1, 1);
  if (day < 0) return MILL_EINVAL;
  fill(out, c->first - 1, 11, 0, day + 1);
  return 0;
}

int mill_lunar_from_days(const mill_data *d, int32_t days, mill_date *out) {
  uint32_t r;
  mill_date_from_days(days, out);
  int year = out->year;
  if (d == NULL || d->calendar_view == NULL || !record(d, year, &r)) return MILL_EINVAL;
  if (days < first_day(year, r) && !record(d, --year, &r))
    return before_table(d->calendar_view, days, out);
  int32_t left = days - first_day(year, r);
  int slot = 0, last = LUNAR_LEAP(r) > 0 ? 12 : 11;
  while (slot < last && left >= slot_days(r, slot)) left -= slot_days(r, slot++);
  if (left >= slot_days(r, slot)) return MILL_EINVAL; /* a damaged table */
  fill(out, year, slot, (int)LUNAR_LEAP(r), left + 1);
  return 0;
}

/* ---- the image ----------------------------------------------------------------------- */

int calendar_attach(mill_data *d, const char *dir, mill_error *err) {
  char path[4096];
  int len = snprintf(path, sizeof path, "%s/textmill-calendar.dat", dir);
  if (len < 0 || (size_t)len >= sizeof path)
    return mill_fail(err, MILL_EINVAL, 0, "the path of the data images is too long");
  int rc = mill_image_open(&d->calendar, path, "calendar", err);
  if (rc < 0) return rc;
  size_t n;
  const uint32_t *words = mill_image_section(&d->calendar, "lunar", 4, &n, err);
  if (words == NULL) return MILL_EFORMAT;
  if (n < 3 || words[1] != n - 2 || words[0] < 1000 || words[0] > 9000)
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: bad table of lunar years", path);
  d->calendar_view = mem_calloc(1, sizeof *d->calendar_view);
  if (d->calendar_view == NULL) return mill_fail_memory(err);
  *d->calendar_view = (struct mill_calendar){(int32_t)words[0], words[1], words + 2};
  return 0;
}

void calendar_detach(mill_data *d) {
  mem_free(d->calendar_view);
  d->calendar_view = NULL;
}
