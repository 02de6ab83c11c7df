/*
** time_lunar_far.c - months of the lunar calendar in years that no table holds: by the rules of 1645
** (定气), from the new moons and the sun. 冬至 lies in month 11; between two such months that are
** thirteen apart the first without a term of the middle (中气) is the leap month. Before 1645 the
** calendar of the day may differ by some days, seldom by a month; what is read so is "about".
*/
#include "timex.h"

#define BEIJING 27940 /* seconds east: its own noon until 1928, that of 120 degrees behind */
#define ZONE (8 * 3600)

/* The day of the new moon nearest to one. */
static int64_t moon_day(int64_t near) {
  int64_t moon = time_new_moon(near);
  return time_floor(moon + (time_year_of(moon) < 1929 ? BEIJING : ZONE), MILL_UNIT_DAY);
}

/* The first day of month 11 of that year. */
static int64_t eleventh(int year) {
  int64_t solstice = time_term(year, 21), moon = moon_day(solstice);
  return moon > solstice ? moon_day(moon - 29 * TIME_DAY) : moon;
}

/* Does one of the twelve terms of the middle fall on the days from, ... to - 1? */
static int has_middle(int64_t from, int64_t to) {
  int year = time_year_of(from);
  for (int k = 1; k < 24; k += 2) {
    int64_t this = time_term(year, k), next = time_term(year + 1, k);
    if ((this >= from && this < to) || (next >= from && next < to)) return 1;
  }
  return 0;
}

/* The month `off` months behind the eleventh of that year (1: the twelfth). */
static int64_t behind_eleventh(int year, int off, int leap, int64_t *to) {
  int64_t from = eleventh(year), end = eleventh(year + 1);
  int long_year = end - from > 370 * (int64_t)TIME_DAY, number = 0, was_leap = 0;
  for (int k = 0; k < 14 && from < end; k++) {
    *to = moon_day(from + 30 * TIME_DAY);
    int is_leap = long_year && !was_leap && k > 0 && !has_middle(from, *to);
    was_leap |= is_leap;
    number += k > 0 && !is_leap;
    if (number == off && is_leap == leap) return from;
    from = *to;
  }
  return INT64_MIN;
}

int time_far_month(int year, int month, int leap, int64_t *from, int64_t *to) {
  if (year < 600 || year > 2600 || month < 1 || month > 12) return 0;
  *from = month > 10 ? behind_eleventh(year, month - 11, leap, to)
                     : behind_eleventh(year - 1, month + 1, leap, to);
  return *from != INT64_MIN;
}
