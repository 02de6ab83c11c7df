/*
** timex.h - expressions of time: what mill_time_scan reads, file by file.
**
**   time_moment.c    seconds and the civil calendar; the year that fits
**   time_numeric.c   2020-02-26  26/2/2020  6.30  20200226
**   time_english.c   26 February 2020, last Friday
**   time_point.c     words that narrow a moment: year, month, week, day
**   time_relative.c  今天, 上周三, 本月, 第二天, 上旬, 年底
**   time_holiday.c   holidays, solar terms, seasons
**   time_lunar.c     正月初二, 八月十五
**   time_lunar_far.c 康熙五年三月初八
**   time_date.c      dates as mill_date has them
**   time_calendars.c 逾越节, 开斋节
**   time_moon.c      new moons, 排灯节
**   time_clock.c     下午三点半, 差五分八点, 3:15 pm, 晚上
**   time_duration.c  三天半, 一年零三个月
**   time_span.c      三天前, 近两个月, 未来一周
**   time_named.c     2020学年, Q3, 十四五, 三伏
**   time_zone.c      北京时间, UTC+8
**   time_set.c       每周一、三, 5月1日至3日每天8点
**   time_expr.c      ranges, 以前/以来, and the whole
**
** A moment is an interval that each word narrows: 去年 -> 2019, 3月 -> 2019-03,
** 5日 -> one day of it. Every step reads forward, so time is linear.
*/
#ifndef MILL_TIMEX_H
#define MILL_TIMEX_H

#include "date.h"
#include "numeral.h"
#include "scan.h"

enum { SAID_YEAR = 1, SAID_MONTH = 2, SAID_WEEK = 4, SAID_DAY = 8, SAID_PART = 16, SAID_HOUR = 32,
       SAID_WEEKDAY = 64 };

#define TIME_DAY 86400
typedef struct time_point {
  int64_t from, to;
  uint16_t said;      /* SAID_... */
  uint8_t grain;      /* enum mill_time_unit */
  uint8_t form;       /* enum mill_time_form */
  uint8_t part;       /* enum mill_time_part */
  uint8_t approx, lunar, anchored, weekday, open_hour;
  uint8_t zoned;
  int16_t zone;           /* zoned: minutes east of Greenwich */
  int8_t nth;             /* of a weekday in its month: 2 the second, -1 the last; 0 not so said */
  uint8_t bare_year;  /* 2016 without 年, 6.30, 1.2.3: may be a count */
  size_t core;        /* bytes of the date in it: without the clock or 上旬 behind it */
} time_point;

typedef struct time_reader {
  const mill_data *data;
  const char *s;
  size_t n;
  mill_date ref;
  int64_t now;
  int prefer, region, day_first;
  const time_point *left; /* of a range: says what its right side leaves out */
  struct time_numbers *numbers; /* read last, where the reader began; NULL: not kept */
} time_reader;

/* A reader of s[0,n), at most an expression's bytes of it; prefer nearest. */
void time_reader_set(time_reader *r, const mill_data *d, const char *s, size_t n, const mill_date *ref);
/* Is the beginning in the shape of a date that cannot be (2月30日)? */
int time_impossible(const time_reader *r);

/* A number in an expression of time, and its bytes; 0 none. */
typedef struct time_count {
  double value, hi;
  int whole;       /* an integer below 10,000 */
  int arabic, digits, sequence, vague;
  int dated;       /* digits as a year has them: 2024, 07 */
} time_count;
size_t time_number(const time_reader *r, size_t i, time_count *out);
/* Numbers read last: nearly every kind of word asks for the one at the same place. */
#define TIME_NUMBERS 4
typedef struct time_numbers {
  struct { size_t at, n, len; time_count count; } of[TIME_NUMBERS]; /* n 0: empty */
} time_numbers;
static inline void time_keep_numbers(time_reader *r, time_numbers *numbers) {
  for (size_t k = 0; k < TIME_NUMBERS; k++) numbers->of[k].n = 0;
  r->numbers = numbers;
}
/* Bytes of 的, blanks between words. */
size_t time_gap(const time_reader *r, size_t i);

/* ---- time_moment.c */
int64_t time_at(int year, int month, int day);
void time_civil(int64_t t, mill_date *out);
int time_year_of(int64_t t);
int64_t time_add_months(int64_t t, int months);
int64_t time_add(int64_t t, int unit, int amount); /* unit: enum mill_time_unit */
int64_t time_floor(int64_t t, int unit);
void time_set(time_point *p, int64_t from, int64_t to, int grain, unsigned said);
/* The interval that f gives in a year: 1, or 0 when that year has none. */
typedef int time_yearly(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to);
/* The year said, that of the left side of a range, or the preferred one. */
int time_pick_year(const time_reader *r, time_point *p, time_yearly *f, const int *arg);
int time_set_month(const time_reader *r, time_point *p, int month);
int time_set_day(const time_reader *r, time_point *p, int day);
int time_set_hour(const time_reader *r, time_point *p, int hour, int minute, int second);

/* Can an expression begin at s[i]? A quick look. */
int time_may_begin(const char *s, size_t n, size_t i);

/* ---- one word each: bytes used, 0 none; *p narrowed */
size_t time_numeric(const time_reader *r, size_t i, time_point *p);
size_t time_english(const time_reader *r, size_t i, time_point *p);
size_t time_holiday(const time_reader *r, size_t i, time_point *p);
/* Hebrew and Islamic holidays */
size_t time_feast(const time_reader *r, size_t i, time_point *p);
/* Hand all names over that a holiday begins with, to `take`: those of time_holiday.c, time_feast, time_indian. */
typedef void time_take_name(void *to, const char *name);
void time_holiday_names(time_take_name *take, void *to);
void time_feast_names(time_take_name *take, void *to);
void time_indian_names(time_take_name *take, void *to);
size_t time_season(const time_reader *r, size_t i, time_point *p);
size_t time_relative(const time_reader *r, size_t i, time_point *p);
size_t time_inside(const time_reader *r, size_t i, time_point *p);
size_t time_week(const time_reader *r, size_t i, time_point *p);
size_t time_clock(const time_reader *r, size_t i, time_point *p);
/* The days of a lunar month by the moon alone: for years that no table holds. 1, or 0 no such month. */
int time_far_month(int year, int month, int leap, int64_t *from, int64_t *to);
size_t time_lunar_words(const time_reader *r, size_t i, time_point *p);
/* Stretches with names of their own: 2020学年, Q3, 十四五时期, 三伏 */
size_t time_named(const time_reader *r, size_t i, time_point *p);
/* A moment of one or more words. */
size_t time_point_scan(const time_reader *r, size_t i, time_point *p);
/* Words that narrow *p further: bytes. */
size_t time_point_more(const time_reader *r, size_t i, time_point *p);
/* Seven days a week: bytes of 一, 天, 3; *day 1 Monday. */
size_t time_weekday_number(const time_reader *r, size_t i, int *day);
size_t time_week_word(const time_reader *r, size_t i);
/* 北京时间 before a clock, UTC and +08:00 behind it: bytes. known 0: 当地时间. */
typedef struct time_zone { int16_t minutes; uint8_t summer, known; } time_zone;
size_t time_zone_before(const time_reader *r, size_t i, time_zone *out);
size_t time_zone_behind(const time_reader *r, size_t i, int seconds, time_zone *out);
void time_zone_set(time_point *p, const time_zone *z);
/* The day (since 1970-01-01) on which term k (0 立春) of that year begins, in seconds. */
int64_t time_term(int year, int k);
/* The sun's apparent longitude in degrees, 0-360 or beyond; t in seconds since 1970. */
double time_sun(double t);
/* The new moon nearest to a moment. */
int64_t time_new_moon(int64_t near);
size_t time_indian(const time_reader *r, size_t i, time_point *p);

/* ---- durations: bytes used. bare_month: 三月 may be three months */
size_t time_duration(const time_reader *r, size_t i, int bare_month, mill_time *out);
/* Adds a duration to a moment: sign -1 before. */
int64_t time_shift(int64_t t, const mill_time *duration, int sign);
int time_finest(const mill_time *duration);
/* 三天前, 近两个月: a point or a range seen from the moment `from` */
size_t time_span(const time_reader *r, size_t i, mill_time *out);
size_t time_offset(const time_reader *r, size_t i, const time_point *base, mill_time *out);

#endif
