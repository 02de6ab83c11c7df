/*
** time_english.c - dates in English: 26 February 2020, Feb. 26th, 2020, March 3, May 2019,
** Monday, today, yesterday, last week, next Friday, 2 days ago.
*/
#include "timex.h"

static int letter(const time_reader *r, size_t i) { return i < r->n && r->s[i] >= 'a' && r->s[i] <= 'z'; }

static size_t blanks(const time_reader *r, size_t i) {
  size_t from = i;
  while (i < r->n && i - from < 3 && (r->s[i] == ' ' || (r->s[i] == ',' && i == from))) i++;
  return i - from;
}

/* One of the words, whole: bytes. */
static size_t word_of(const time_reader *r, size_t i, const char *const *list, int *which) {
  if (i > 0 && letter(r, i - 1)) return 0;
  for (int k = 0; list[k] != NULL; k++) {
    size_t len = scan_literal(r->s, r->n, i, list[k]);
    if (len > 0 && !letter(r, i + len)) return *which = k, len;
  }
  return 0;
}

/* march, mar. */
static size_t month_name(const time_reader *r, size_t i, int *month) {
  static const char *const names[] = {"january", "february", "march", "april", "may", "june", "july",
                                      "august", "september", "october", "november", "december", "jan", "feb",
                                      "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
                                      "sept", NULL};
  size_t len = word_of(r, i, names, month);
  if (len == 0) return 0;
  *month = *month == 24 ? 9 : *month % 12 + 1;
  return len + (i + len < r->n && r->s[i + len] == '.' && len <= 4 ? 1 : 0);
}

/* 26, 26th */
static size_t day_number(const time_reader *r, size_t i, int *day) {
  static const char *const ends[] = {"st", "nd", "rd", "th", NULL};
  size_t len = 0;
  for (*day = 0; len < 3 && scan_is_digit(r->s, r->n, i + len); len++)
    *day = *day * 10 + (r->s[i + len] - '0');
  if (len == 0 || len > 2 || *day < 1 || *day > 31) return 0;
  len += scan_any(r->s, r->n, i + len, ends, NULL);
  return letter(r, i + len) ? 0 : len;
}

static size_t year_number(const time_reader *r, size_t i, int *year) {
  size_t len = 0;
  for (*year = 0; len < 5 && scan_is_digit(r->s, r->n, i + len); len++)
    *year = *year * 10 + (r->s[i + len] - '0');
  if (len == 4 && *year >= 1000) return 4;
  return *year = 0, 0;
}

static int set_date(const time_reader *r, time_point *p, int year, int month, int day) {
  if (year > 0) time_set(p, time_at(year, 1, 1), time_at(year + 1, 1, 1), MILL_UNIT_YEAR, SAID_YEAR);
  return time_set_month(r, p, month) && (day == 0 || time_set_day(r, p, day));
}

/* March 3[, 2020]; March 2020 */
static size_t month_first(const time_reader *r, size_t i, time_point *p) {
  int month, day = 0, year = 0;
  size_t start = i, len = month_name(r, i, &month), gap, more;
  if (len == 0) return 0;
  i += len;
  gap = blanks(r, i);
  if (gap > 0 && (more = year_number(r, i + gap, &year)) > 0) {
    i += gap + more;
  } else {
    more = gap > 0 ? day_number(r, i + gap, &day) : 0;
    if (more == 0) return 0;
    i += gap + more, gap = blanks(r, i);
    more = gap > 0 ? year_number(r, i + gap, &year) : 0;
    if (more > 0) i += gap + more;
  }
  return set_date(r, p, year, month, day) ? i - start : 0;
}

/* 3 March 2020, 3rd of March, 03-Mar-2020 */
static size_t day_first(const time_reader *r, size_t i, time_point *p) {
  int month, day, year = 0;
  size_t start = i, len = day_number(r, i, &day), gap, more;
  if (len == 0) return 0;
  i += len;
  int dash = i < r->n && r->s[i] == '-';
  gap = dash ? 1 : blanks(r, i);
  gap += scan_literal(r->s, r->n, i + gap, "of ");
  if (gap == 0 || (more = month_name(r, i + gap, &month)) == 0) return 0;
  i += gap + more;
  gap = dash && i < r->n && r->s[i] == '-' ? 1 : blanks(r, i);
  more = gap > 0 ? year_number(r, i + gap, &year) : 0;
  if (more > 0) i += gap + more;
  return set_date(r, p, year, month, day) ? i - start : 0;
}

static void set_day(const time_reader *r, time_point *p, int off) {
  int64_t day = time_floor(r->now, MILL_UNIT_DAY) + (int64_t)off * TIME_DAY;
  time_set(p, day, day + TIME_DAY, MILL_UNIT_DAY, SAID_YEAR | SAID_MONTH | SAID_DAY);
  p->anchored |= MILL_ANCHOR_ALL;
}

/* today; last week; next Friday */
static size_t seen(const time_reader *r, size_t i, time_point *p) {
  static const char *const days[] = {"today", "yesterday", "tomorrow", NULL},
    *const sides[] = {"last", "this", "next", NULL};
  static const int8_t offs[] = {0, -1, 1};
  static const char *const units[] = {"year", "month", "week", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", NULL};
  int which, unit;
  size_t len = word_of(r, i, days, &which), more;
  if (len > 0) return set_day(r, p, offs[which]), len;
  len = word_of(r, i, sides, &which);
  more = len > 0 && i + len < r->n && r->s[i + len] == ' ' ? word_of(r, i + len + 1, units, &unit) : 0;
  if (more == 0) return 0;
  int grain = unit < 3 ? unit : MILL_UNIT_WEEK;
  int64_t from = time_add(time_floor(r->now, grain), grain, which - 1);
  if (unit < 3)
    time_set(p, from, time_add(from, grain, 1), grain,
             grain == 2 ? SAID_WEEK : SAID_YEAR | (grain ? SAID_MONTH : 0u));
  else
    time_set(p, from + (unit - 3) * TIME_DAY, from + (unit - 2) * TIME_DAY, MILL_UNIT_DAY, SAID_WEEKDAY),
        p->weekday = (uint8_t)(unit - 2);
  return p->anchored |= MILL_ANCHOR_ALL, len + 1 + more;
}

/* Monday, before a date or alone behind one */
static size_t weekday(const time_reader *r, size_t i, time_point *p) {
  static const char *const names[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
                                      "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};
  int which;
  size_t len = word_of(r, i, names, &which), gap = len > 0 ? blanks(r, i + len) : 0, more = 0;
  if (len == 0) return 0;
  if (gap > 0 &&
      ((more = month_first(r, i + len + gap, p)) > 0 || (more = day_first(r, i + len + gap, p)) > 0))
    return len + gap + more;
  if (which > 6) return 0;
  int64_t at = time_floor(r->now, MILL_UNIT_WEEK) + which * TIME_DAY;
  if (r->prefer == MILL_PREFER_FUTURE && at < time_floor(r->now, MILL_UNIT_DAY)) at += 7 * TIME_DAY;
  if (r->prefer == MILL_PREFER_PAST && at > r->now) at -= 7 * TIME_DAY;
  time_set(p, at, at + TIME_DAY, MILL_UNIT_DAY, SAID_WEEKDAY);
  p->weekday = (uint8_t)(which + 1), p->form = MILL_FORM_WEEKDAY, p->anchored |= MILL_ANCHOR_ALL;
  return len;
}

/* 2 days ago */
static size_t ago(const time_reader *r, size_t i, time_point *p) {
  static const char *const units[] = {"years", "months", "weeks", "days", "year", "month", "week", "day",
    NULL};
  time_count c;
  int unit;
  size_t len = time_number(r, i, &c), gap = len > 0 ? blanks(r, i + len) : 0,
         word = gap > 0 ? word_of(r, i + len + gap, units, &unit) : 0;
  size_t end = len + gap + word, back = word > 0 ? scan_literal(r->s, r->n, i + end, " ago") : 0;
  if (back == 0 || letter(r, i + end + back) || !c.whole || c.value > 5000) return 0;
  int64_t at = time_floor(time_add(r->now, unit % 4, -(int)c.value), MILL_UNIT_DAY);
  time_set(p, at, at + TIME_DAY, MILL_UNIT_DAY, SAID_YEAR | SAID_MONTH | SAID_DAY);
  p->form = MILL_FORM_OFFSET, p->anchored |= MILL_ANCHOR_ALL;
  return end + back;
}

size_t time_english(const time_reader *r, size_t i, time_point *p) {
  typedef size_t step(const time_reader *, size_t, time_point *);
  static step *const steps[] = {month_first, weekday, seen, day_first, ago};
  if (p->said != 0 || i >= r->n) return 0;
  int begin = letter(r, i) ? 0 : scan_is_digit(r->s, r->n, i) ? 3 : 5;
  for (int k = begin; k < (begin == 0 ? 3 : 5); k++) {
    time_point next = *p;
    size_t len = steps[k](r, i, &next);
    if (len > 0) return *p = next, len;
  }
  return 0;
}
