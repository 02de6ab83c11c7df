/* test_time.c - expressions of time against what they mean on 2020-02-26 16:57. */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "core/image.h"
#include "core/calendar.h"
#include "core/data.h"
#include "core/timex.h"
#include "textmill.h"

typedef struct time_case {
  const char *text, *from, *to; /* to NULL: not looked at; ".." open */
  int rest;                     /* bytes left over */
} time_case;

static const time_case cases[] = {
    {"2020年2月26日", "2020-02-26T00:00", "2020-02-27T00:00", 0}, {"20200226", "2020-02-26T00:00", NULL, 0},
    {"2020-02-26", "2020-02-26T00:00", NULL, 0}, {"二〇二〇年", "2020-01-01T00:00", "2021-01-01T00:00", 0},
    {"零六年端午", "2006-05-31T00:00", NULL, 0},
    {"光绪二十年七月初一", "1894-08-01T00:00", NULL, 0}, {"同治元年闰八月初一", "1862-09-24T00:00", NULL, 0},
    {"雍正四年大年三十", "1727-01-21T00:00", NULL, 0}, {"二零一五到二零一七年", "2015-01-01T00:00", "2018-01-01T00:00", 0}, {"庚子年正月初二", "2020-01-26T00:00", NULL, 0},
    {"今天", "2020-02-26T00:00", NULL, 0}, {"大前天", "2020-02-23T00:00", NULL, 0},
    {"明晚8点", "2020-02-27T20:00", NULL, 0}, {"上周三", "2020-02-19T00:00", "2020-02-20T00:00", 0},
    {"下下周", "2020-03-09T00:00", "2020-03-16T00:00", 0}, {"三天前", "2020-02-23T00:00", NULL, 0},
    {"两个月后", "2020-04-26T00:00", NULL, 0}, {"5年前", "2015-02-26T00:00", NULL, 0},
    {"半小时后", "2020-02-26T17:27", NULL, 0}, {"2小时前", "2020-02-26T14:57", NULL, 0},
    {"本月底", "2020-02-24T00:00", "2020-03-01T00:00", 0}, {"3月上旬", "2020-03-01T00:00", "2020-03-11T00:00", 0},
    {"一季度", "2020-01-01T00:00", "2020-04-01T00:00", 0}, {"去年下半年", "2019-07-01T00:00", "2020-01-01T00:00", 0},
    {"上世纪80年代", "1980-01-01T00:00", "1990-01-01T00:00", 0},
    {"去年底", "2019-12-01T00:00", "2020-01-01T00:00", 0}, {"三月第二周", "2020-03-09T00:00", "2020-03-16T00:00", 0},
    {"五月第二个星期日", "2020-05-10T00:00", NULL, 0}, {"今年的第二天", "2020-01-02T00:00", NULL, 0},
    {"下午3点半", "2020-02-26T15:30", NULL, 0}, {"三点一刻", "2020-02-26T03:15", NULL, 0},
    {"差五分八点", "2020-02-26T07:55", NULL, 0}, {"3:15 pm", "2020-02-26T15:15", NULL, 0},
    {"晚上八点到十点", "2020-02-26T20:00", "2020-02-26T22:00", 0},
    {"2018-2020年", "2018-01-01T00:00", "2021-01-01T00:00", 0},
    {"3月5日至4月1日", "2020-03-05T00:00", "2020-04-02T00:00", 0}, {"11月到次年3月", "2019-11-01T00:00", NULL, 0},
    {"从一月十日到十二日", "2020-01-10T00:00", "2020-01-13T00:00", 0},
    {"2019年4月12-19日", "2019-04-12T00:00", "2019-04-20T00:00", 0},
    {"近三天", "2020-02-24T00:00", "2020-02-27T00:00", 0}, {"未来一周", "2020-02-26T00:00", "2020-03-04T00:00", 0},
    {"2月以前", "..", "2020-02-01T00:00", 0}, {"2019年以来", "2019-01-01T00:00", "..", 0},
    {"从2001年起至今", "2001-01-01T00:00", "2020-02-26T16:57", 0}, {"春节", "2020-01-25T00:00", NULL, 0},
    {"除夕", "2020-01-24T00:00", NULL, 0}, {"清明", "2020-04-04T00:00", NULL, 0},
    {"中秋节", "2019-09-13T00:00", NULL, 0}, {"2020年中秋", "2020-10-01T00:00", NULL, 0},
    {"母亲节", "2020-05-10T00:00", NULL, 0}, {"2019年感恩节", "2019-11-28T00:00", NULL, 0},
    {"2013年复活节", "2013-03-31T00:00", NULL, 0}, {"冬至", "2019-12-22T00:00", NULL, 0},
    {"2018年逾越节", "2018-03-30T00:00", "2018-04-08T00:00", 0}, {"2013年开斋节", "2013-08-08T00:00", NULL, 0},
    {"每周二、四", "2020-02-27T00:00", NULL, 0}, {"每月最后一个星期五", "2020-02-28T00:00", NULL, 0},
    {"3月6日至8日每天8点至11点", "2020-03-06T08:00", "2020-03-06T11:00", 0},
    {"周六、周日", "2020-02-29T00:00", "2020-03-02T00:00", 0}, {"三天后下午三点", "2020-02-29T15:00", NULL, 0},
    {"两周后的周五", "2020-03-13T00:00", NULL, 0}, {"自3月1日起10日内", "2020-03-01T00:00", "2020-03-11T00:00", 0},
    {"截至2月底", "..", "2020-03-01T00:00", 0}, {"去年同期", "2019-02-26T00:00", NULL, 0},
    {"2018-2019学年", "2018-09-01T00:00", "2019-09-01T00:00", 0},
    {"2019q3", "2019-07-01T00:00", "2019-10-01T00:00", 0},
    {"十二五期间", "2011-01-01T00:00", "2016-01-01T00:00", 0},
    {"2018年头伏", "2018-07-17T00:00", "2018-07-27T00:00", 0}, {"2020年三九天", "2021-01-08T00:00", NULL, 0},
    {"年内", "2020-02-26T00:00", "2021-01-01T00:00", 0}, {"深秋", "2019-10-07T00:00", NULL, 0},
    {"2021年排灯节", "2021-11-04T00:00", NULL, 0}, {"2021年洒红节", "2021-03-28T00:00", NULL, 0},
    {"2021年开斋节", "2021-05-13T00:00", NULL, 0}, {"2020年古尔邦节", "2020-07-31T00:00", NULL, 0},
    {"北京时间20时", "2020-02-26T20:00", NULL, 0}, {"march 5, 2020", "2020-03-05T00:00", NULL, 0},
    {"4pm", "2020-02-26T16:00", NULL, 0}, {"今天天气", "2020-02-26T00:00", NULL, 6},
    {"2月4日召开会议", "2020-02-04T00:00", NULL, 12}};

/* Neither a moment nor a length of time. */
static const char *const none[] = {"", "会议", "三点八", "二十七点三", "25:70", "今日头条", "一日之计", "十分之一", "周边", "五角大楼",
  "每", "从", "年"};

static mill_data data;
static const mill_date ref = {.year = 2020, .month = 2, .day = 26, .hour = 16, .minute = 57};

static void show(int64_t t, char out[24]) {
  mill_date x;
  if (t == MILL_TIME_OPEN || t == INT64_MIN) {
    snprintf(out, 24, "..");
    return;
  }
  mill_time_civil(t, &x);
  snprintf(out, 24, "%04d-%02d-%02dT%02d:%02d", (int)x.year % 10000, x.month, x.day, x.hour, x.minute);
}

static void check_case(const time_case *c) {
  char from[24] = "", to[24] = "";
  mill_time t;
  size_t n = strlen(c->text);
  int used = mill_time_scan(&data, c->text, n, &ref, NULL, &t);
  if (used > 0) show(t.from, from), show(t.to, to);
  int ok =
      used == (int)n - c->rest && strcmp(from, c->from) == 0 && (c->to == NULL || strcmp(to, c->to) == 0);
  if (!CHECK(ok)) fprintf(stderr, "  %s: used %d of %d, %s to %s\n", c->text, used, (int)n, from, to);
}

/* Solar terms against the dates of an almanac: the first of each kind of 1900-2100. */
static void check_terms(void) {
  static const struct { const char *text, *day; } terms[] = {
      {"2008年清明", "2008-04-04"}, {"2009年清明", "2009-04-04"}, {"2010年清明", "2010-04-05"},
      {"2021年立春", "2021-02-03"}, {"2017年立春", "2017-02-03"}, {"2020年夏至", "2020-06-21"},
      {"2020年秋分", "2020-09-22"}, {"2020年冬至", "2020-12-21"}, {"2021年大寒", "2021-01-20"},
      {"2024年小寒", "2024-01-06"}, {"2023年春分", "2023-03-21"}, {"2026年立秋", "2026-08-07"}};
  for (size_t k = 0; k < sizeof terms / sizeof *terms; k++) {
    mill_time t;
    char from[24] = "";
    if (mill_time_scan(&data, terms[k].text, strlen(terms[k].text), &ref, NULL, &t) > 0) show(t.from, from);
    if (!CHECK(strncmp(from, terms[k].day, 10) == 0)) fprintf(stderr, "  %s: %s\n", terms[k].text, from);
  }
}

static void check_durations(void) {
  static const struct { const char *text; int unit; double amount; } list[] = {
      {"两小时", MILL_UNIT_HOUR, 2}, {"三天半", MILL_UNIT_DAY, 3.5}, {"一年零三个月", MILL_UNIT_MONTH, 3},
      {"半年", MILL_UNIT_YEAR, 0.5}, {"一个半小时", MILL_UNIT_HOUR, 1.5}, {"三刻钟", MILL_UNIT_MINUTE, 45},
      {"90日", MILL_UNIT_DAY, 90}, {"俩礼拜", MILL_UNIT_WEEK, 2}};
  for (size_t k = 0; k < sizeof list / sizeof *list; k++) {
    mill_time t;
    int n = (int)strlen(list[k].text),
        used = mill_time_scan(&data, list[k].text, (size_t)n, NULL, &(mill_time_options){.duration = 1}, &t);
    int ok = used == n && t.kind == MILL_TIME_DURATION && t.amount[list[k].unit] == list[k].amount;
    if (!CHECK(ok)) fprintf(stderr, "  %s: %d kind %d\n", list[k].text, used, t.kind);
  }
}

/* Words of time in any order: inside the text, never a month 13. */
static void check_random_text(void) {
  static const char *const parts[] = {"2020", "年", "2", "月", "30", "日", "正月", "初", "二", "十", "农历", "上", "下",
                                      "周", "星期", "天", "前", "后", "每", "至", "-", "半", "个", "小时", "点", "分", "近",
                                      "今", "去年", "底", "第", "春节", "以来", "的", "晚", "差", "一刻", ":", "零", "多",
                                      "到", "逢", "世纪", "年代", "季度", " ", "工作日", "大", "9999", "亿"};
  uint64_t seed = 226;
  for (int round = 0; round < 60000; round++) {
    char text[160];
    size_t n = 0, begin = 0, at = 0;
    for (uint32_t k = check_below(&seed, 12) + 1; k > 0; k--) {
      const char *part = parts[check_below(&seed, sizeof parts / sizeof *parts)];
      memcpy(text + n, part, strlen(part));
      n += strlen(part);
    }
    char *exact = malloc(n);
    if (exact == NULL) return;
    memcpy(exact, text, n);
    mill_time t;
    int used, ok = 1;
    while ((used = mill_time_find(&data, exact, n, at, round % 2 ? &ref : NULL,
                                  &(mill_time_options){.prefer = (uint8_t)(round % 4),
                                                       .duration = round % 3 == 0},
                                  &t, &begin)) > 0) {
      ok = ok && begin >= at && begin + (size_t)used <= n && (t.kind != MILL_TIME_POINT || t.from < t.to);
      at = begin + (size_t)used;
    }
    if (!CHECK(ok)) fprintf(stderr, "  %.*s\n", (int)n, text);
    free(exact);
  }
}

/* The rules of far years give the table's months, but where a new moon is minutes from midnight. */
static void check_far_months(void) {
  int wrong = 0, all = 0;
  for (int year = 1900; year <= 2100; year++) {
    for (int k = 0; k < 24; k++) {
      int month = k / 2 + 1, leap = k % 2, length = calendar_month_days(&data, year, month, leap);
      int64_t from, to;
      int32_t day = 0;
      int known = length > 0 && mill_days_from_lunar(&data, year, month, leap, 1, &day) == 0;
      int found = time_far_month(year, month, leap, &from, &to);
      all += known;
      int same = known && from == day * (int64_t)TIME_DAY && to - from == length * (int64_t)TIME_DAY;
      wrong += found != known || (known && !same);
    }
  }
  if (!CHECK(all > 2400 && wrong * 80 < all)) fprintf(stderr, "  %d of %d months differ\n", wrong, all);
  printf("lunar months by rule: %d of %d differ\n", wrong, all);
}

/* Time grows with the text: a hundredfold text of hostile words, not squared. */
static void check_linear(void) {
  static const char *const units[] = {"一", "2", "上", "每", "三天零", "1-", "今明后"};
  for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
    size_t len = strlen(units[k]), copies = 20000, begin = 0, at = 0;
    char *text = malloc(len * copies);
    if (text == NULL) return;
    for (size_t i = 0; i < copies; i++) memcpy(text + i * len, units[k], len);
    mill_time t;
    int used;
    clock_t start = clock();
    while ((used = mill_time_find(&data, text, len * copies, at, &ref, NULL, &t, &begin)) > 0)
      at = begin + (size_t)used;
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    if (!CHECK(seconds < 4)) fprintf(stderr, "  %s x %zu: %.1f s\n", units[k], copies, seconds);
    free(text);
  }
}

int main(void) {
  mill_error err = {0};
  const char *dir = getenv("TEXTMILL_DATA");
  mill_time t;
  if (!CHECK(calendar_attach(&data, dir != NULL ? dir : "build/lib/textmill", &err) == 0))
    return check_report();
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) check_case(&cases[k]);
  for (size_t k = 0; k < sizeof none / sizeof *none; k++) {
    int used = mill_time_scan(&data, none[k], strlen(none[k]), &ref, NULL, &t);
    if (!CHECK(used <= 0)) fprintf(stderr, "  %s: %d bytes\n", none[k], used);
  }
  check_terms();
  check_far_months();
  check_durations();
  check_random_text();
  check_linear();
  calendar_detach(&data);
  mill_image_close(&data.calendar);
  return check_report();
}
