/*
** timestamp.c - times of publication as datelines write them. Dates in prose,
** lunar ones and those without a year are the business of time_date.c.
**
**   year (4 digits or Chinese digits)  month  day  [weekday]  [hour:minute[:second]]
**   day/month/year, month day, year
**
** Without a year: 03-05 12:30, 昨天, 5分钟前: says that something was published, not when.
*/
#include <stdio.h>

#include "calendar.h"
#include "fields.h"
#include "numeral.h"

typedef struct reader { const char *s; size_t n, i; } reader;

static void blanks(reader *r) {
  size_t w;
  while ((w = text_blank(r->s + r->i, r->n - r->i)) > 0) r->i += w;
}

static int eat(reader *r, const char *word) {
  size_t w = text_starts(r->s + r->i, r->n - r->i, word);
  r->i += w;
  return w > 0;
}

static int eat_any(reader *r, const char *const *words) {
  size_t w = text_starts_any(r->s + r->i, r->n - r->i, words);
  r->i += w;
  return w > 0;
}

/* min..max decimal digits; -1 none (nothing eaten). */
static int digits(reader *r, int min, int max) {
  int value = 0, count = 0;
  while (count < max && r->i + (size_t)count < r->n && r->s[r->i + (size_t)count] >= '0' &&
         r->s[r->i + (size_t)count] <= '9')
    value = value * 10 + (r->s[r->i + (size_t)count++] - '0');
  if (count < min) return -1;
  r->i += (size_t)count;
  return value;
}

static int han_digit(reader *r) {
  size_t len;
  uint32_t c = scan_peek(r->s, r->n, r->i, &len);
  int d = len == 0 ? -1
          : c == 'o' || c == '0' || c == 0x43E
              ? 0
              : numeral_digit(c); /* 二o二o, in Cyrillic, too */
  if (d >= 0) r->i += len;
  return d;
}

static int han_year(reader *r) {
  int year = 0;
  for (int k = 0; k < 4; k++) {
    int d = han_digit(r);
    if (d < 0) return -1;
    year = year * 10 + d;
  }
  return year;
}

static int han_number(reader *r) {
  unsigned value;
  size_t w = text_han_number(r->s + r->i, r->n - r->i, &value);
  r->i += w;
  return w > 0 ? (int)value : -1;
}

static int month_name(reader *r) {
  static const char *const names[] = {
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", NULL};
  static const char *const marks = "abcdefghijklmnopqrstuvwxyz";
  for (int m = 0; names[m]; m++) {
    size_t full = text_starts(r->s + r->i, r->n - r->i, names[m]);
    size_t w = full ? full : r->n - r->i >= 3 && memcmp(r->s + r->i, names[m], 3) == 0 ? 3 : 0;
    if (w == 0 || (r->i + w < r->n && strchr(marks, r->s[r->i + w]) && r->s[r->i + w])) continue;
    r->i += w;
    eat(r, ".");
    return m + 1;
  }
  return -1;
}

static int possible(const int date[3]) {
  return date[0] >= 1900 && date[0] <= 2199 && date[1] >= 1 && date[1] <= 12 && date[2] >= 1 &&
         date[2] <= calendar_gregorian_days(date[0], date[1]);
}

/* 3, 03, and in words also 三 */
static int month_or_day(reader *r, int words) {
  int value = digits(r, 1, 2);
  return value < 0 && words ? han_number(r) : value;
}

/* 3月, 元月 */
static int month_in_words(reader *r) {
  return eat(r, "元") ? 1 : month_or_day(r, 1);
}

static int date_digits(reader *r, int date[3]) {
  static const char *const signs[] = {"-", "/", ".", NULL};
  if ((date[0] = digits(r, 4, 4)) < 0) return 0;
  blanks(r);
  int words = eat(r, "年");
  if (!words && !eat_any(r, signs)) return 0;
  blanks(r);
  if ((date[1] = words ? month_in_words(r) : month_or_day(r, 0)) < 0) return 0;
  blanks(r);
  if (words ? !eat(r, "月") : !eat_any(r, signs)) return 0;
  blanks(r);
  if ((date[2] = month_or_day(r, words)) < 0) return 0;
  size_t mark = r->i;
  blanks(r);
  if (words && !eat(r, "日") && !eat(r, "号")) r->i = mark;
  if (!words) r->i = mark;
  return 1;
}

static int date_han(reader *r, int date[3]) {
  return (date[0] = han_year(r)) >= 0 && eat(r, "年") && (date[1] = month_in_words(r)) >= 0 &&
         eat(r, "月") && (date[2] = month_or_day(r, 1)) >= 0 && eat(r, "日");
}

/* 26/02/2020, 26.2.2020: the day first; the month, where only that can be. */
static int date_reversed(reader *r, int date[3]) {
  static const char *const signs[] = {"/", ".", "-", NULL};
  if ((date[2] = digits(r, 1, 2)) < 0) return 0;
  char sign = r->i < r->n ? r->s[r->i] : '\0';
  if (!eat_any(r, signs) || (date[1] = digits(r, 1, 2)) < 0) return 0;
  if (r->i >= r->n || r->s[r->i] != sign || !eat_any(r, signs)) return 0;
  if (date[1] > 12) {
    int month = date[2];
    date[2] = date[1], date[1] = month;
  }
  return (date[0] = digits(r, 4, 4)) >= 0;
}

/* 20年2月26日: a year of two digits, the whole in words. */
static int date_short(reader *r, int date[3]) {
  if ((date[0] = digits(r, 2, 2)) < 0 || !eat(r, "年")) return 0;
  date[0] += 2000;
  return (date[1] = month_in_words(r)) >= 0 && eat(r, "月") && (date[2] = month_or_day(r, 1)) >= 0 &&
         eat(r, "日");
}

/* 民国109年3月5日 */
static int date_republic(reader *r, int date[3]) {
  if (!eat(r, "民国") || (date[0] = digits(r, 2, 3)) < 0 || !eat(r, "年")) return 0;
  date[0] += 1911;
  return (date[1] = month_or_day(r, 1)) >= 0 && eat(r, "月") && (date[2] = month_or_day(r, 1)) >= 0 &&
         eat(r, "日");
}

/* March 3, 2020 | 3 March 2020 */
static int date_words(reader *r, int date[3]) {
  static const char *const endings[] = {"st", "nd", "rd", "th", NULL};
  date[1] = month_name(r);
  blanks(r);
  if ((date[2] = digits(r, 1, 2)) < 0) return 0;
  eat_any(r, endings);
  blanks(r);
  if (date[1] < 0 && (date[1] = month_name(r)) < 0) return 0;
  eat(r, ",");
  blanks(r);
  return (date[0] = digits(r, 4, 4)) >= 0;
}

static void weekday(reader *r) {
  static const char *const marks[] = {"星期", "周", "(星期", "(周", "(", NULL};
  size_t mark = r->i;
  blanks(r);
  int bare = r->i < r->n && r->s[r->i] == '('; /* (二) is closed, too */
  if (!eat_any(r, marks) || (!eat(r, "日") && !eat(r, "天") && han_digit(r) < 0) || (!eat(r, ")") && bare))
    r->i = mark;
}

/* T16:57 | 下午4:57:03 | 16时57分; 0 when there is none, nothing eaten. */
static int clock(reader *r, int time[3]) {
  size_t mark = r->i;
  static const char *const morning[] = {"上午", "早上", "凌晨", "午前", NULL};
  static const char *const evening[] = {"下午", "晚上", "午后", "晚", NULL};
  static const char *const hours[] = {":", "时", "時", "点", NULL};
  eat(r, "t");
  eat(r, ",");
  blanks(r);
  eat_any(r, morning);
  int late = eat_any(r, evening);
  time[0] = digits(r, 1, 2);
  if (time[0] >= 0 && time[0] < 24 && eat_any(r, hours) && (time[1] = digits(r, 1, 2)) >= 0 &&
      time[1] < 60) {
    time[2] = -1;
    size_t end = r->i;
    if (eat(r, ":") || eat(r, "分")) {
      end = r->s[r->i - 1] == ':' ? end : r->i;
      time[2] = digits(r, 1, 2);
      if (time[2] >= 60 || time[2] < 0) time[2] = -1, r->i = end;
      else if (!eat(r, "秒")) {
        if (eat(r, ".")) digits(r, 0, 6); /* 00:00:00.0 */
        end = r->i;
      }
    }
    blanks(r);
    if (eat(r, "pm")) late = 1;
    else if (!eat(r, "am")) r->i = end;
    if (late && time[0] < 12) time[0] += 12;
    return 1;
  }
  r->i = mark;
  return 0;
}

/* At most 24 bytes: the fields are checked to be in range. */
static void write_iso(char iso[24], const int date[3], const int time[3]) {
  unsigned y = (unsigned)date[0] % 10000u, m = (unsigned)date[1] % 100u, d = (unsigned)date[2] % 100u;
  unsigned hh = (unsigned)time[0] % 100u, mm = (unsigned)time[1] % 100u, ss = (unsigned)time[2] % 100u;
  if (time[0] < 0) snprintf(iso, 24, "%04u-%02u-%02u", y, m, d);
  else if (time[2] < 0) snprintf(iso, 24, "%04u-%02u-%02uT%02u:%02u", y, m, d, hh, mm);
  else snprintf(iso, 24, "%04u-%02u-%02uT%02u:%02u:%02u", y, m, d, hh, mm, ss);
}

/* A digit, the first digit of a year from 1900 to 2199, a letter of a month's
** name, a blank: most words begin with none of them. */
static int may_begin(const char *s, size_t n) {
  if (n == 0) return 0;
  unsigned char c = (unsigned char)*s;
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 's') || text_blank(s, n) > 0;
  reader r = {s, n, 0};
  int digit = han_digit(&r);
  return digit == 1 || digit == 2 || text_starts(s, n, "民国") > 0;
}

/* 12:30 behind a date or a word for a day; 0: none, nothing eaten. */
static int clock_behind(reader *r) {
  int time[3];
  size_t mark = r->i;
  blanks(r);
  if (clock(r, time)) return 1;
  r->i = mark;
  return 0;
}

size_t moment_scan(const char *s, size_t n) {
  static const char *const ago[] = {"分钟前", "小时前", "天前", "秒前", "个月前", "周前", "年前", NULL};
  static const char *const days[] = {"昨天", "今天", "前天", "刚刚", NULL};
  static const char *const signs[] = {"-", "/", ".", "月", NULL};
  reader r = {s, n < 48 ? n : 48, 0};
  if (n < 4 || ((*s < '0' || *s > '9') && (n < 6 || (memcmp(s + 3, "天", 3) != 0 && memcmp(s, "刚刚", 6) != 0))))
    return 0; /* nearly always */
  if (eat_any(&r, days)) return clock_behind(&r), r.i;
  int first = digits(&r, 1, 3), second;
  if (first < 0) return 0;
  if (eat_any(&r, ago)) return r.i;
  if (first > 12 || !eat_any(&r, signs) || (second = digits(&r, 1, 2)) < 1 || second > 31) return 0;
  eat(&r, "日");
  return clock_behind(&r) ? r.i : 0;
}

/* 109-10-12, 109/10/12, 109年10月12日: the republic's years without its name. */
size_t timestamp_republic(const char *s, size_t n, char iso[24]) {
  static const char *const signs[] = {"-", "/", ".", "年", NULL};
  static const char *const seconds[] = {"-", "/", ".", "月", NULL};
  reader r = {s, n < 80 ? n : 80, 0};
  int date[3], time[3] = {-1, -1, -1}, year = digits(&r, 2, 3);
  if (year < 80 || year > 180 || !eat_any(&r, signs)) return 0;
  date[0] = year + 1911;
  if ((date[1] = digits(&r, 1, 2)) < 0 || !eat_any(&r, seconds) || (date[2] = digits(&r, 1, 2)) < 0) return 0;
  eat(&r, "日");
  if (!possible(date) || (r.i < n && ((s[r.i] >= '0' && s[r.i] <= '9') || s[r.i] == '-'))) return 0;
  weekday(&r);
  if (!clock(&r, time)) time[0] = -1;
  write_iso(iso, date, time);
  return r.i;
}

size_t timestamp_scan(const char *s, size_t n, char iso[24]) {
  static int (*const forms[])(reader *, int[3]) = {date_digits, date_han,      date_republic,
                                                   date_words,  date_reversed, date_short};
  int ascii = n > 0 && (unsigned char)*s < 0x80;
  if (!may_begin(s, n)) return 0;
  if (n > 80) n = 80;
  for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
    if (ascii == (forms[f] == date_han || forms[f] == date_republic)) continue;
    reader r = {s, n, 0};
    int date[3] = {-1, -1, -1}, time[3] = {-1, -1, -1};
    if (!forms[f](&r, date) || !possible(date)) continue;
    if (r.i < n && s[r.i] >= '0' && s[r.i] <= '9' && s[r.i - 1] >= '0' && s[r.i - 1] <= '9' &&
        (s[r.i - 2] < '0' || s[r.i - 2] > '9'))
      continue; /* 2020-1-234; but 2020-02-2616:57, where tables glue them */
    weekday(&r);
    if (!clock(&r, time)) time[0] = -1;
    write_iso(iso, date, time);
    return r.i;
  }
  return 0;
}
