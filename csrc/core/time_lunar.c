/*
** time_lunar.c - days of the lunar calendar in words: 农历正月初二, 八月十五, 腊月廿三,
** 闰四月, 除夕, 大年初二, 初五; and which day that is.
*/
#include "calendar.h"
#include "timex.h"

/* Month and day as they are written; day 0: the whole month. */
typedef struct lunar_words { int month, leap, day; } lunar_words;

/* 1-2 digits, or a number in words. */
static size_t small(const time_reader *r, size_t i, int *value, int *arabic) {
  time_count c;
  size_t len = time_number(r, i, &c);
  if (len == 0 || !c.whole || c.vague || c.value > 99 || (c.arabic && len > 2)) return 0;
  *value = (int)c.value, *arabic = c.arabic;
  return len;
}

/* 正月 冬月 腊月 闰四月 */
static size_t month_name(const time_reader *r, size_t i, lunar_words *out) {
  static const char *const names[] = {"正月", "冬月", "腊月", NULL};
  static const uint8_t months[] = {1, 11, 12};
  int which, value, arabic;
  size_t leap = scan_literal(r->s, r->n, i, "闰"), len = scan_any(r->s, r->n, i + leap, names, &which);
  if (len > 0) return out->month = months[which], out->leap = leap > 0, leap + len;
  if (leap == 0 || (len = small(r, i + leap, &value, &arabic)) == 0) return 0;
  size_t mark = scan_literal(r->s, r->n, i + leap + len, "月");
  if (mark == 0 || value < 1 || value > 12) return 0;
  out->month = value, out->leap = 1;
  return leap + len + mark;
}

/* 初二, 十五, 廿三, 三十; strict: without 初 only what no count can be (二月二, 八月十五,
** not 三月三人). */
static size_t day_name(const time_reader *r, size_t i, int strict, int month, int *day) {
  int value, arabic;
  size_t first = scan_literal(r->s, r->n, i, "初"), len = small(r, i + first, &value, &arabic);
  if (len == 0 || (arabic && strict)) return 0;
  if (first > 0 ? value < 1 || value > 10 : value < 1) return 0;
  if (strict && first == 0) {
    if (value > 30 || (value < 10 && value != month)) return 0;
    if (scan_one_of(r->s, r->n, i + len, "个名人元万千百多余几至到日号天年月次户") > 0) return 0;
  }
  return *day = value, first + len;
}

/* 除夕 大年三十 大年初二 */
static size_t new_year(const time_reader *r, size_t i, lunar_words *out) {
  static const char *const words[] = {"除夕", "大年三十", "年三十", "大年初", NULL};
  int which, value, arabic;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len == 0) return 0;
  *out = (lunar_words){12, 0, DATE_LAST_DAY};
  if (which < 3) return len;
  size_t more = small(r, i + len, &value, &arabic);
  if (more == 0 || value < 1 || value > 10) return 0;
  *out = (lunar_words){1, 0, value};
  return len + more;
}

/* A month by its lunar name, and its day. */
static size_t named(const time_reader *r, size_t i, lunar_words *out) {
  *out = (lunar_words){0};
  size_t len = month_name(r, i, out), end = i + len;
  if (len == 0) return 0;
  size_t more = day_name(r, end, 0, out->month, &out->day);
  if (more > 0 && scan_one_of(r->s, r->n, end + more, "个名人元多余至到") > 0 && !scan_literal(r->s, r->n, end, "初"))
    more = 0, out->day = 0;
  end += more;
  if (more > 0) end += scan_any(r->s, r->n, end, (const char *const[]){"日", "号", NULL}, NULL);
  return end - i;
}

/* 二月初二, 八月十五, 农历2月2日: a numbered month that is lunar. */
static size_t numbered(const time_reader *r, size_t i, int marked, lunar_words *out) {
  int month, arabic;
  size_t start = i, len = small(r, i, &month, &arabic),
         mark = len > 0 ? scan_literal(r->s, r->n, i + len, "月") : 0;
  if (mark == 0 || month < 1 || month > 12) return 0;
  i += len + mark;
  if (arabic && !marked && !scan_literal(r->s, r->n, i, "初")) return 0;
  *out = (lunar_words){month, 0, 0};
  len = day_name(r, i, !marked, month, &out->day);
  if (len == 0 && !marked) return 0;
  i += len;
  if (len > 0) i += scan_any(r->s, r->n, i, (const char *const[]){"日", "号", NULL}, NULL);
  return i - start;
}

/* ---- which day ------------------------------------------------------------------- */

/* Before the calendar's table. */
static int is_far(int year) { return year < 1900; }

static int lunar_month_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  int32_t days;
  int len = calendar_month_days(r->data, year, arg[0], arg[1]);
  if (len == 0 && is_far(year)) return time_far_month(year, arg[0], arg[1], from, to);
  if (len == 0 || mill_days_from_lunar(r->data, year, arg[0], arg[1], 1, &days) < 0) return 0;
  *from = (int64_t)days * TIME_DAY, *to = *from + (int64_t)len * TIME_DAY;
  return 1;
}

/* 初二 of the lunar month that the reference or the left side is in. */
static int lonely_lunar(const time_reader *r, time_point *p, int day) {
  mill_date x;
  int64_t at = r->left != NULL ? r->left->from : r->now;
  if (mill_lunar_from_days(r->data, (int32_t)(time_floor(at, MILL_UNIT_DAY) / TIME_DAY), &x) < 0) return 0;
  int arg[] = {x.lunar_month, x.lunar_leap};
  if (!lunar_month_in(r, x.lunar_year, arg, &p->from, &p->to)) return 0;
  if (r->left != NULL && p->from + (int64_t)day * TIME_DAY <= r->left->from) p->from = p->to; /* 三十到|初五 */
  p->from += (int64_t)(day - 1) * TIME_DAY;
  if (p->to < p->from) p->to = p->from + TIME_DAY;
  if (r->left == NULL) p->anchored |= MILL_ANCHOR_MONTH;
  return p->from < p->to;
}

/* 初五, 廿一: a lunar day alone. */
static size_t lunar_day_alone(const time_reader *r, size_t i, time_point *p) {
  static const char *const behind[] = {"学", "中", "年", "级", "步", "期", NULL};
  time_count c;
  size_t word = scan_literal(r->s, r->n, i, "初");
  if (p->said != 0 || (word == 0 && !scan_literal(r->s, r->n, i, "廿"))) return 0;
  size_t len = time_number(r, i + word, &c);
  if (len == 0 || c.arabic || c.value < 1 || c.value > (word > 0 ? 10 : 30)) return 0;
  if (scan_any(r->s, r->n, i + word + len, behind, NULL) || !lonely_lunar(r, p, (int)c.value)) return 0;
  time_set(p, p->from, p->from + TIME_DAY, MILL_UNIT_DAY, SAID_MONTH | SAID_DAY | SAID_YEAR);
  p->lunar = 1;
  return word + len;
}

/* 2013年 behind 农历 */
static size_t lunar_year(const time_reader *r, size_t i, time_point *p) {
  time_count c;
  size_t len = p->said == 0 ? time_number(r, i, &c) : 0;
  if (len == 0 || !c.whole || c.value < 1000 || !scan_literal(r->s, r->n, i + len, "年")) return 0;
  time_set(p, time_at((int)c.value, 1, 1), time_at((int)c.value + 1, 1, 1), MILL_UNIT_YEAR, SAID_YEAR);
  return len + 3;
}

static int day_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  int32_t days;
  if (is_far(year)) {
    int64_t end;
    if (!time_far_month(year, arg[0], arg[1], from, &end)) return 0;
    *from = arg[2] == DATE_LAST_DAY ? end - TIME_DAY : *from + (int64_t)(arg[2] - 1) * TIME_DAY;
    *to = *from + TIME_DAY;
    return *to <= end;
  }
  int day = arg[2] == DATE_LAST_DAY ? calendar_month_days(r->data, year, arg[0], arg[1]) : arg[2];
  if (mill_days_from_lunar(r->data, year, arg[0], arg[1], day, &days) < 0) return 0;
  *from = (int64_t)days * TIME_DAY, *to = *from + TIME_DAY;
  return 1;
}

static int place(const time_reader *r, time_point *p, const lunar_words *x) {
  int arg[] = {x->month, x->leap, x->day};
  if (!time_pick_year(r, p, x->day == 0 ? lunar_month_in : day_in, arg)) return 0;
  time_set(p, p->from, p->to, x->day == 0 ? MILL_UNIT_MONTH : MILL_UNIT_DAY,
           SAID_YEAR | SAID_MONTH | (x->day > 0 ? SAID_DAY : 0u));
  p->approx = p->approx || is_far(time_year_of(p->from));
  return p->lunar = 1;
}

size_t time_lunar_words(const time_reader *r, size_t i, time_point *p) {
  static const char *const markers[] = {"农历", "阴历", "夏历", "旧历", NULL};
  static const char *const years[] = {"今年", "本年", "去年", "明年", "前年", "后年", NULL};
  lunar_words x = {0};
  size_t start = i, marker = scan_any(r->s, r->n, i, markers, NULL);
  if (p->said & (uint16_t)~SAID_YEAR) return 0;
  i += marker;
  i += marker > 0 ? time_gap(r, i) : 0;
  if (marker > 0) i += lunar_year(r, i, p);
  size_t alone = lunar_day_alone(r, i, p);
  if (alone > 0) return i + alone - start;
  if (scan_any(r->s, r->n, i, years, NULL)) return 0;
  size_t len = new_year(r, i, &x);
  if (len == 0) len = named(r, i, &x);
  if (len == 0) len = numbered(r, i, marker > 0, &x);
  return len > 0 && place(r, p, &x) ? i + len - start : 0;
}
