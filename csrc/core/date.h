/* date.h - what the recognisers and the binding need beside mill_date_scan. */
#ifndef MILL_DATE_H
#define MILL_DATE_H

#include "../textmill.h"

#define DATE_LAST_DAY 31 /* lunar_day of 除夕: the last of its month, 29 or 30 */

/* Which year a date without one belongs to, seen from the reference date. */
enum date_prefer { DATE_NEAREST = 0, DATE_PAST, DATE_FUTURE };

/* mill_date_scan with a preference; *core (may be NULL): bytes without the
** time of day behind the date (2月6日 of 2月6日晨). */
int date_scan(const mill_data *d, const char *s, size_t n, const mill_date *ref,
              enum date_prefer prefer, mill_date *out, size_t *core);
/* A clock time (16:57, 早上六点, 24时) at s[0]: bytes, 0 none. Sets hour,
** minute, second, grain; the rest is left alone. */
size_t date_clock_scan(const char *s, size_t n, mill_date *out);
/* ISO 8601: 2020-02-04, XXXX-02-04, 2020-02, 2020-02-26T16:57; a lunar month
** is an interval. Returns the length written. */
size_t date_format(const mill_data *d, const mill_date *date, char out[48]);
/* "2020-02-20..." as a day; year 0 when it is none. s may be NULL. */
mill_date date_of_day(const char *s);

#endif
