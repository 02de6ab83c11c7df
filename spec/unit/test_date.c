/* test_date.c - dates, times of day and the lunar calendar. */
#include <stdlib.h>

#include "check.h"
#include "core/calendar.h"
#include "core/date.h"

typedef struct date_case {
  const char *text, *iso; /* iso NULL: none; "!": impossible */
  int rest;               /* bytes left over */
} date_case;

static const date_case without_ref[] = {
    {"2020年2月4日", "2020-02-04", 0}, {"2020-02-26 16:57", "2020-02-26T16:57", 0},
    {"2020-06-03 15:42:00", "2020-06-03T15:42:00", 0}, {"2020-02-2616:57", "2020-02-26T16:57", 0},
    {"2020/2/6", "2020-02-06", 0}, {"2020.2.6", "2020-02-06", 0}, {"2020-02", "2020-02", 0},
    {"二〇二〇年二月四日", "2020-02-04", 0}, {"二○二○年十二月三十一日", "2020-12-31", 0},
    {"二零二零年二月", "2020-02", 0}, {"2020 年 2 月 4 日", "2020-02-04", 0},
    {"20年2月4日", "2020-02-04", 0}, {"98年5月", "1998-05", 0},
    {"2月5日", "XXXX-02-05", 0}, {"2月6日晨", "XXXX-02-06", 0}, {"2月5号", "XXXX-02-05", 0},
    {"2月5日晚8时30分", "XXXX-02-05T20:30", 0}, {"2月份", "XXXX-02", 0},
    {"2020年", "2020", 0}, {"2020年底", "2020", 3}, {"14日", "XXXX-XX-14", 0},
    {"2月29日", "XXXX-02-29", 0}, {"2020年2月29日", "2020-02-29", 0},
    {"2020年正月初一", "2020-01-25", 0}, {"2027年正月初一", "2027-02-06", 0},
    {"1987年闰六月初一", "1987-07-26", 0}, {"2020年农历二月初二", "2020-02-24", 0},
    {"2020年除夕", "2021-02-11", 0}, {"正月初二", "XXXX-XX-XX", 0},
    {"2020年正月", "2020-01-25/2020-02-22", 0}, {"公历二月二日", "XXXX-02-02", 0},
    /* impossible */
    {"2月30日", "!", 0}, {"2019年2月29日", "!", 0}, {"13月5日", "!", 0}, {"2020-02-30", "!", 0},
    {"4月31日", "!", 0}, {"2020-13-01", "!", 0}, {"2月0日", "!", 0}, {"2020年闰五月初一", "!", 0},
    {"2月45日", "!", 0},
    /* none */
    {"300年", NULL, 0}, {"1000余年", NULL, 0}, {"14天", NULL, 0}, {"2个月", NULL, 0}, {"5日内", NULL, 0},
    {"三月三人", "XXXX-03", 6}, {"2020", NULL, 0}, {"13月", NULL, 0}, {"1.2.3", NULL, 0},
    {"192.168.1.1", NULL, 0}, {"三日", NULL, 0}, {"今天", NULL, 0}, {"初二学生", NULL, 0},
    {"", NULL, 0}, {"2020年轻", NULL, 0}, {"6.30", NULL, 0}, {"12-19日", NULL, 0}, {"20年", NULL, 0},
};

static const date_case with_ref[] = { /* 2020-02-26 */
    {"2月4日", "2020-02-04", 0}, {"12月30日", "2019-12-30", 0}, {"3月5日", "2020-03-05", 0},
    {"正月初二", "2020-01-26", 0}, {"农历正月十五", "2020-02-08", 0}, {"大年三十", "2020-01-24", 0},
    {"除夕", "2020-01-24", 0}, {"大年初一", "2020-01-25", 0}, {"二月二", "2020-02-24", 0},
    {"腊月廿三", "2020-01-17", 0}, {"庚子年正月初二", "2020-01-26", 0}, {"己亥年腊月三十", "2020-01-24", 0},
    {"前天", "2020-02-24", 0}, {"昨晚8时", "2020-02-25T20", 0}, {"今年1月", "2020-01", 0},
    {"去年12月3日", "2019-12-03", 0}, {"本月5日", "2020-02-05", 0}, {"上月", "2020-01", 0},
    {"14日", "2020-02-14", 0}, {"2月29日", "2020-02-29", 0}, {"正月", "2020-01-25/2020-02-22", 0},
    {"2018年3月1日", "2018-03-01", 0}, {"今年", "2020", 0}, {"6月3日下午3点半", "2020-06-03T15:30", 0},
};

static mill_data data;

static void check_case(const date_case *c, const mill_date *ref) {
  mill_date x;
  char iso[48] = "";
  int n = (int)strlen(c->text), used = mill_date_scan(&data, c->text, (size_t)n, ref, &x);
  if (used > 0) date_format(&data, &x, iso);
  int ok = c->iso == NULL ? used == 0
           : c->iso[0] == '!' ? used == MILL_EINVAL
                              : used == n - c->rest && strcmp(iso, c->iso) == 0;
  if (!CHECK(ok)) fprintf(stderr, "  %s: used %d of %d, %s\n", c->text, used, n, iso);
}

static void check_clock(const char *text, int used, int hour, int minute) {
  mill_date x = {.hour = 255, .minute = 255, .second = 255};
  int got = (int)date_clock_scan(text, strlen(text), &x);
  if (!CHECK(got == used && (used == 0 || (x.hour == hour && x.minute == minute))))
    fprintf(stderr, "  %s: used %d, %d:%d\n", text, got, x.hour, x.minute);
}

static void check_clocks(void) {
  check_clock("16:57", 5, 16, 57);
  check_clock("16:57:30", 8, 16, 57);
  check_clock("早上六点", 12, 6, 255);
  check_clock("下午3点半", 13, 15, 30);
  check_clock("晚8时", 7, 20, 255);
  check_clock("24时", 5, 24, 255);
  check_clock("14时30分", 10, 14, 30);
  check_clock("凌晨12点", 11, 0, 255);
  check_clock("上午九点一刻", 18, 9, 15);
  check_clock("8点整", 7, 8, 255);
  check_clock("24小时", 0, 0, 0);
  check_clock("三点要求", 0, 0, 0);
  check_clock("一时", 0, 0, 0);
  check_clock("25:10", 0, 0, 0);
  check_clock("16:60", 0, 0, 0);
  check_clock("7点8个", 0, 0, 0);
}

/* Every day of 1900-2100, both ways. */
static void check_calendar(void) {
  FILE *f = fopen("../shared/data/calendar/gregorian_lunar_1900_2100.tsv", "r");
  if (f == NULL) {
    printf("skipped: ../shared/data/calendar is not here\n");
    return;
  }
  int y, m, d, ly, lm, leap, ld, days = 0, wrong = 0;
  while (fscanf(f, "%d-%d-%d %d %d %d %d", &y, &m, &d, &ly, &lm, &leap, &ld) == 7) {
    mill_date x;
    int32_t at = mill_date_days(y, m, d), back = 0;
    days++;
    int ok = mill_lunar_from_days(&data, at, &x) == 0 && x.lunar_year == ly && x.lunar_month == lm &&
             x.lunar_leap == leap && x.lunar_day == ld && x.year == y && x.month == m && x.day == d;
    if (ok && ly >= 1900)
      ok = mill_days_from_lunar(&data, ly, lm, leap, ld, &back) == 0 && back == at;
    wrong += !ok;
  }
  fclose(f);
  printf("calendar: %d days, %d wrong\n", days, wrong);
  CHECK_EQ(days, 73414);
  CHECK_EQ(wrong, 0);
}

/* Gregorian day numbers against counting, over 1600-2400. */
static void check_day_numbers(void) {
  int32_t at = mill_date_days(1600, 1, 1), wrong = 0;
  for (int y = 1600; y < 2400; y++)
    for (int m = 1; m <= 12; m++)
      for (int d = 1; d <= calendar_gregorian_days(y, m); d++, at++) {
        mill_date x;
        mill_date_from_days(at, &x);
        wrong += mill_date_days(y, m, d) != at || x.year != y || x.month != m || x.day != d;
      }
  CHECK_EQ(wrong, 0);
  CHECK_EQ(mill_date_days(1970, 1, 1), 0);
}

static void check_random_text(void) {
  static const char *const parts[] = {"2020", "年", "2", "月", "30", "日", "正月", "初", "二", "十",
                                      "农历", "闰", "晚", "8", "时", ":", "57", "-", "/", ".", " ",
                                      "今年", "除夕", "庚子年", "大年初", "〇", "号", "点", "半"};
  uint64_t seed = 1900;
  mill_date ref = {.year = 2020, .month = 2, .day = 26};
  for (int round = 0; round < 20000; round++) {
    char text[128];
    size_t n = 0;
    for (uint32_t k = check_below(&seed, 9) + 1; k > 0; k--) {
      const char *part = parts[check_below(&seed, sizeof parts / sizeof *parts)];
      memcpy(text + n, part, strlen(part));
      n += strlen(part);
    }
    char *exact = malloc(n);
    if (exact == NULL) return;
    memcpy(exact, text, n);
    mill_date x;
    int used = mill_date_scan(&data, exact, n, round % 2 ? &ref : NULL, &x);
    if (used > (int)n || (used > 0 && (x.month > 12 || x.day > 31)))
      CHECK(0), fprintf(stderr, "  %.*s\n", (int)n, text);
    free(exact);
  }
  CHECK(1);
}

int main(void) {
  mill_error err = {0};
  const char *dir = getenv("TEXTMILL_DATA");
  mill_date ref = {.year = 2020, .month = 2, .day = 26};
  if (!CHECK(calendar_attach(&data, dir != NULL ? dir : "build/lib/textmill", &err) == 0)) {
    fprintf(stderr, "%s\n", err.message);
    return check_report();
  }
  for (size_t k = 0; k < sizeof without_ref / sizeof *without_ref; k++) check_case(&without_ref[k], NULL);
  for (size_t k = 0; k < sizeof with_ref / sizeof *with_ref; k++) check_case(&with_ref[k], &ref);
  check_clocks();
  check_calendar();
  check_day_numbers();
  check_random_text();
  calendar_detach(&data);
  mill_image_close(&data.calendar);
  return check_report();
}
