/*
** calendar.h - the lunar years 1900-2100 in 4 bytes each (the calendar image).
**
**   section "lunar": u32 first year, u32 count, then per year one u32
**     bits 0..12   month k has 30 days (else 29), leap month in its place
**     bits 13..16  leap month (0 none): follows the month of that number
**     bits 17..22  day of the Gregorian year on which it begins, 0-based
**
** ICU's Chinese calendar is wrong on 417 days of these years; this table is
** checked against all 73,414 of them (spec/unit/test_date.c).
*/
#ifndef MILL_CALENDAR_H
#define MILL_CALENDAR_H

#include "data.h"

struct mill_calendar {
  int32_t first;          /* first lunar year */
  uint32_t count;
  const uint32_t *years;  /* borrowed from the image */
};

#define LUNAR_LEAP(y) ((y) >> 13 & 15u)
#define LUNAR_BEGIN(y) ((int32_t)((y) >> 17 & 63u))

/* Days of a lunar month (29 or 30); 0 when the year is not in the table or
** has no such month. leap: the leap month of that number. */
int calendar_month_days(const mill_data *d, int year, int month, int leap);
/* Number of days of a Gregorian month. */
int calendar_gregorian_days(int32_t year, int month);

#endif
