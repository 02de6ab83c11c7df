/*
** time_holiday.c - holidays by name, solar terms, seasons.
**
** Easter: Meeus, Astronomical Algorithms, 2nd ed., ch. 8; the sun's longitude:
** ch. 25 (0.01 degrees, a quarter of an hour), at 120 degrees east.
*/
#include <math.h>

#include "calendar.h"
#include "timex.h"

enum { FIXED, LUNAR, NTH, EASTER, TERM, ORTHODOX };
typedef struct holiday {
  const char *word;
  uint8_t rule;
  int16_t a, b, c; /* FIXED, LUNAR: month, day; NTH: month, which (-1 last), weekday; EASTER: days after; TERM: number */
} holiday;

/* Longer names first where one begins another. */
static const holiday holidays[] = {
    {"元旦", FIXED, 1, 1, 0}, {"阳历新年", FIXED, 1, 1, 0}, {"公历新年", FIXED, 1, 1, 0}, {"情人节", FIXED, 2, 14, 0},
    {"女生节", FIXED, 3, 7, 0}, {"国际劳动妇女节", FIXED, 3, 8, 0}, {"国际妇女节", FIXED, 3, 8, 0}, {"妇女节", FIXED, 3, 8, 0},
    {"三八", FIXED, 3, 8, 0}, {"女神节", FIXED, 3, 8, 0}, {"植树节", FIXED, 3, 12, 0}, {"白色情人节", FIXED, 3, 14, 0},
    {"国际消费者权益日", FIXED, 3, 15, 0}, {"消费者权益日", FIXED, 3, 15, 0}, {"三一五", FIXED, 3, 15, 0}, {"愚人节", FIXED, 4, 1, 0},
    {"世界地球日", FIXED, 4, 22, 0}, {"地球日", FIXED, 4, 22, 0}, {"世界读书日", FIXED, 4, 23, 0}, {"读书日", FIXED, 4, 23, 0},
    {"五一国际劳动节", FIXED, 5, 1, 0}, {"国际劳动节", FIXED, 5, 1, 0}, {"五一劳动节", FIXED, 5, 1, 0}, {"劳动节", FIXED, 5, 1, 0},
    {"五一", FIXED, 5, 1, 0}, {"五四青年节", FIXED, 5, 4, 0}, {"青年节", FIXED, 5, 4, 0}, {"五四", FIXED, 5, 4, 0},
    {"护士节", FIXED, 5, 12, 0}, {"网络情人节", FIXED, 5, 20, 0}, {"六一国际儿童节", FIXED, 6, 1, 0},
    {"国际儿童节", FIXED, 6, 1, 0}, {"六一儿童节", FIXED, 6, 1, 0}, {"儿童节", FIXED, 6, 1, 0}, {"六一", FIXED, 6, 1, 0},
    {"世界环境日", FIXED, 6, 5, 0}, {"环境日", FIXED, 6, 5, 0}, {"七一建党节", FIXED, 7, 1, 0}, {"建党节", FIXED, 7, 1, 0},
    {"党的生日", FIXED, 7, 1, 0}, {"八一建军节", FIXED, 8, 1, 0}, {"建军节", FIXED, 8, 1, 0}, {"台湾父亲节", FIXED, 8, 8, 0},
    {"教师节", FIXED, 9, 10, 0}, {"国庆节", FIXED, 10, 1, 0}, {"国庆日", FIXED, 10, 1, 0}, {"国庆", FIXED, 10, 1, 0},
    {"十一", FIXED, 10, 1, 0}, {"双十一", FIXED, 11, 11, 0}, {"双11", FIXED, 11, 11, 0}, {"光棍节", FIXED, 11, 11, 0},
    {"双十二", FIXED, 12, 12, 0}, {"万圣夜", FIXED, 10, 31, 0}, {"万圣节", FIXED, 10, 31, 0}, {"万圣前夜", FIXED, 10, 31, 0},
    {"记者节", FIXED, 11, 8, 0}, {"老板节", FIXED, 10, 16, 0}, {"国家公祭日", FIXED, 12, 13, 0}, {"平安夜", FIXED, 12, 24, 0},
    {"圣诞前夜", FIXED, 12, 24, 0}, {"圣诞夜", FIXED, 12, 24, 0}, {"圣诞节", FIXED, 12, 25, 0}, {"圣诞", FIXED, 12, 25, 0},
    {"跨年夜", FIXED, 12, 31, 0},
    {"春节", LUNAR, 1, 1, 0}, {"农历新年", LUNAR, 1, 1, 0}, {"阴历新年", LUNAR, 1, 1, 0}, {"新春", LUNAR, 1, 1, 0},
    {"正月朔日", LUNAR, 1, 1, 0}, {"正月正时", LUNAR, 1, 1, 0}, {"正月正", LUNAR, 1, 1, 0}, {"新年", FIXED, 1, 1, 0},
    {"元宵节", LUNAR, 1, 15, 0}, {"元宵", LUNAR, 1, 15, 0}, {"上元节", LUNAR, 1, 15, 0},
    {"端午节", LUNAR, 5, 5, 0}, {"端午", LUNAR, 5, 5, 0}, {"端阳节", LUNAR, 5, 5, 0}, {"端阳", LUNAR, 5, 5, 0},
    {"七夕节", LUNAR, 7, 7, 0}, {"七夕", LUNAR, 7, 7, 0}, {"乞巧节", LUNAR, 7, 7, 0}, {"中元节", LUNAR, 7, 15, 0},
    {"盂兰盆节", LUNAR, 7, 15, 0}, {"盂兰节", LUNAR, 7, 15, 0}, {"中秋节", LUNAR, 8, 15, 0}, {"中秋", LUNAR, 8, 15, 0},
    {"重阳节", LUNAR, 9, 9, 0}, {"重阳", LUNAR, 9, 9, 0}, {"腊八节", LUNAR, 12, 8, 0}, {"腊八", LUNAR, 12, 8, 0},
    {"北方小年", LUNAR, 12, 23, 0}, {"小年", LUNAR, 12, 23, 0}, {"南方小年", LUNAR, 12, 24, 0},
    {"除夕夜", LUNAR, 12, DATE_LAST_DAY, 0}, {"除夕", LUNAR, 12, DATE_LAST_DAY, 0},
    {"卫塞节", LUNAR, 4, 15, 0}, {"比萨宝蕉节", LUNAR, 4, 15, 0}, {"庞格尔节", FIXED, 1, 14, 0},
    {"淡米尔丰收节", FIXED, 1, 14, 0},
    {"佛诞", LUNAR, 4, 8, 0}, {"浴佛节", LUNAR, 4, 8, 0},
    {"母亲节", NTH, 5, 2, 7}, {"父亲节", NTH, 6, 3, 7}, {"感恩节", NTH, 11, 4, 4}, {"黑色星期五", NTH, 11, 4, 5},
    {"复活节星期一", EASTER, 1, 0, 0}, {"复活节星期日", EASTER, 0, 0, 0}, {"复活节前夜", EASTER, -1, 0, 0},
    {"复活节", EASTER, 0, 0, 0}, {"圣灰星期三", EASTER, -46, 0, 0}, {"圣灰礼仪日", EASTER, -46, 0, 0},
    {"圣灰日", EASTER, -46, 0, 0}, {"灰日", EASTER, -46, 0, 0}, {"大斋首日", EASTER, -46, 0, 0},
    {"基督圣体圣血", EASTER, 60, 0, 0}, {"基督圣体", EASTER, 60, 0, 0}, {"耶稣受难日翌日", EASTER, -1, 0, 0},
    {"耶稣受难日", EASTER, -2, 0, 0}, {"主受难日", EASTER, -2, 0, 0}, {"沉默星期五", EASTER, -2, 0, 0},
    {"沉默周五", EASTER, -2, 0, 0}, {"沈默周五", EASTER, -2, 0, 0}, {"圣周五", EASTER, -2, 0, 0}, {"圣周星期五", EASTER, -2, 0, 0},
    {"圣周六", EASTER, -1, 0, 0}, {"圣周星期六", EASTER, -1, 0, 0}, {"黑色星期六", EASTER, -1, 0, 0}, {"圣周四", EASTER, -3, 0, 0},
    {"圣周星期四", EASTER, -3, 0, 0}, {"神圣星期四", EASTER, -3, 0, 0}, {"濯足节", EASTER, -3, 0, 0}, {"棕枝主日", EASTER, -7, 0, 0},
    {"圣枝主日", EASTER, -7, 0, 0}, {"圣树主日", EASTER, -7, 0, 0}, {"耶稣升天节", EASTER, 39, 0, 0}, {"圣灵降临节", EASTER, 49, 0, 0},
    {"圣灵降临日", EASTER, 49, 0, 0}, {"五旬节", EASTER, 49, 0, 0}, {"圣灵节庆日", EASTER, 50, 0, 0}, {"煎饼星期二", EASTER, -47, 0, 0},
    {"忏悔节", EASTER, -47, 0, 0}, {"圣三一主日", EASTER, 56, 0, 0}, {"天主三一主日", EASTER, 56, 0, 0}, {"圣三主日", EASTER, 56, 0, 0},
    {"圣三节", EASTER, 56, 0, 0},
    {"东正教复活节星期一", ORTHODOX, 1, 0, 0}, {"东正教复活节", ORTHODOX, 0, 0, 0}, {"东正教圣周六", ORTHODOX, -1, 0, 0},
    {"东正教耶稣受难日翌日", ORTHODOX, -1, 0, 0}, {"东正教耶稣受难日", ORTHODOX, -2, 0, 0}, {"东正教圣周五", ORTHODOX, -2, 0, 0},
    {"东正教沉默周五", ORTHODOX, -2, 0, 0}, {"东正教沈默周五", ORTHODOX, -2, 0, 0}, {"东正教棕枝主日", ORTHODOX, -7, 0, 0},
    {"东正教圣树主日", ORTHODOX, -7, 0, 0}, {"东正教圣枝主日", ORTHODOX, -7, 0, 0}, {"拉撒路圣周六", ORTHODOX, -8, 0, 0},
    {"大斋期", EASTER, -46, 46, 0}, {"大斋节", EASTER, -46, 46, 0}, {"四旬期", EASTER, -46, 46, 0}, {"四旬节", ORTHODOX, -48, 40, 0},
    {"清明节", TERM, 4, 0, 0},
};

static const char *const terms[] = {"立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋",
                                    "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒", NULL};

/* ---- rules -------------------------------------------------------------------------- */

static int64_t easter(int year) {
  int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
  return time_at(year, sum / 31, sum % 31 + 1);
}

static int64_t orthodox(int year) {
  int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7, sum = d + e + 114;
  return time_at(year, sum / 31, sum % 31 + 1) + (int64_t)(year / 100 - year / 400 - 2) * TIME_DAY;
}

/* The sun's apparent longitude in degrees, t in seconds since 1970. */
static double sun(double t) {
  const double rad = 3.14159265358979323846 / 180;
  double c = (t / TIME_DAY - 10957.5) / 36525;
  double l = 280.46646 + 36000.76983 * c, m = (357.52911 + 35999.05029 * c) * rad;
  double centre = (1.914602 - 0.004817 * c) * sin(m) + 0.019993 * sin(2 * m) + 0.000289 * sin(3 * m);
  double omega = (125.04 - 1934.136 * c) * rad;
  return l + centre - 0.00569 - 0.00478 * sin(omega);
}

/* The day on which term k (0 立春) of that year begins. */
static int64_t term_day(int year, int k) {
  double want = fmod(315 + 15.0 * k, 360), t = (double)time_at(year, 2, 4) + k * 15.2184 * TIME_DAY;
  if (k >= 22) t -= 365.2422 * TIME_DAY; /* 小寒, 大寒 open the year */
  for (int step = 0; step < 6; step++) {
    double off = fmod(want - sun(t) + 36180, 360) - 180;
    t += off * 365.2422 / 360 * TIME_DAY;
  }
  return time_floor((int64_t)t + 8 * 3600, MILL_UNIT_DAY);
}

static int64_t nth_weekday(int year, int month, int which, int weekday) {
  int64_t first = time_at(year, month, 1), monday = time_floor(first, MILL_UNIT_WEEK);
  int64_t day = monday + (int64_t)(weekday - 1) * TIME_DAY;
  if (day < first) day += 7 * TIME_DAY;
  return day + (int64_t)(which - 1) * 7 * TIME_DAY;
}

static int holiday_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  int32_t days;
  if (year < 1000 || year > 9000) return 0;
  if (arg[0] == FIXED) *from = time_at(year, arg[1], arg[2]);
  if (arg[0] == NTH) *from = nth_weekday(year, arg[1], arg[2], arg[3]);
  if (arg[0] == EASTER) *from = easter(year) + (int64_t)arg[1] * TIME_DAY;
  if (arg[0] == ORTHODOX) *from = orthodox(year) + (int64_t)arg[1] * TIME_DAY;
  if (arg[0] == TERM) *from = term_day(year, arg[1]);
  if (arg[0] == LUNAR) {
    int day = arg[2] == DATE_LAST_DAY ? calendar_month_days(r->data, year, arg[1], arg[3]) : arg[2];
    if (mill_days_from_lunar(r->data, year, arg[1], arg[3], day, &days) < 0) return 0;
    *from = (int64_t)days * TIME_DAY;
  }
  *to = *from + TIME_DAY;
  if ((arg[0] == EASTER || arg[0] == ORTHODOX) && arg[2] > 0) *to = *from + (int64_t)arg[2] * TIME_DAY;
  return 1;
}

static int set_holiday(const time_reader *r, time_point *p, int rule, int a, int b, int c) {
  int arg[] = {rule, a, b, c};
  if (!time_pick_year(r, p, holiday_in, arg)) return 0;
  time_set(p, p->from, p->to, MILL_UNIT_DAY, SAID_MONTH | SAID_DAY | SAID_YEAR);
  p->form = MILL_FORM_HOLIDAY, p->lunar = rule == LUNAR;
  return 1;
}

static size_t named_holiday(const time_reader *r, size_t i, time_point *p) {
  int which;
  size_t best = 0, len;
  const holiday *found = NULL;
  for (size_t k = 0; k < sizeof holidays / sizeof *holidays; k++)
    if ((len = scan_literal(r->s, r->n, i, holidays[k].word)) > best) best = len, found = &holidays[k];
  if (found == NULL) {
    if ((best = scan_any(r->s, r->n, i, terms, &which)) == 0) return time_feast(r, i, p);
    return set_holiday(r, p, TERM, which, 0, 0) ? best : 0;
  }
  /* 十一 is a number before nearly everything */
  static const char *const numbers[] = {"十一", "三八", "五四", "六一", "五一", "三一五", NULL};
  size_t end = i + best;
  if (scan_any(r->s, r->n, i, numbers, NULL) == best) {
    static const char *const behind[] = {"期间", "假期", "前后", "节", "长假", "黄金周", "当天", NULL};
    int alone = p->said != 0 || (i == 0 && end == r->n);
    if (!alone && !scan_any(r->s, r->n, end, behind, NULL)) return 0;
    if (end < r->n && (unsigned char)r->s[end] >= 0x80 && !scan_any(r->s, r->n, end, behind, NULL)) return 0;
  }
  if (!set_holiday(r, p, found->rule, found->a, found->b, found->c)) return 0;
  static const char *const tails[] = {"国际劳动节", "节", "瞻礼", "假期", NULL};
  return best + scan_any(r->s, r->n, end, tails, NULL);
}

/* 春节, 下一个元旦 */
size_t time_holiday(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"下一个", "下个", "上一个", "上个", NULL};
  int which;
  if (p->said & (uint16_t)~SAID_YEAR) return 0;
  size_t len = p->said == 0 ? scan_any(r->s, r->n, i, words, &which) : 0;
  if (len == 0) return named_holiday(r, i, p);
  time_reader other = *r;
  other.prefer = which < 2 ? MILL_PREFER_FUTURE : MILL_PREFER_PAST;
  size_t more = named_holiday(&other, i + len, p);
  return more > 0 ? len + more : 0;
}

/* ---- seasons ---------------------------------------------------------------------------- */

static int season_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  *from = term_day(year, arg[0] * 6), *to = arg[0] == 3 ? term_day(year + 1, 0) : term_day(year, arg[0] * 6 + 6);
  return 1;
}

size_t time_season(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"春", "夏", "秋", "冬", NULL};
  static const char *const tails[] = {"季", "天", "日", NULL};
  int which;
  if (p->said & (uint16_t)~SAID_YEAR) return 0;
  size_t len = scan_any(r->s, r->n, i, words, &which), tail = len > 0 ? scan_any(r->s, r->n, i + len, tails, NULL) : 0;
  if (tail == 0 || !time_pick_year(r, p, season_in, &which)) return 0;
  time_set(p, p->from, p->to, MILL_UNIT_MONTH, SAID_MONTH | SAID_YEAR);
  p->form = MILL_FORM_SEASON;
  return len + tail;
}

/* ---- lunar days ---------------------------------------------------------------------------- */

static int lunar_month_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  int32_t days;
  int len = calendar_month_days(r->data, year, arg[0], arg[1]);
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
  p->from += (int64_t)(day - 1) * TIME_DAY, p->anchored |= r->left == NULL;
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

static int set_lunar(const time_reader *r, time_point *p, const mill_date *x) {
  int arg[] = {x->lunar_month, x->lunar_leap}, ok;
  if (x->lunar_day == 0) {
    ok = time_pick_year(r, p, lunar_month_in, arg);
    if (ok) time_set(p, p->from, p->to, MILL_UNIT_MONTH, SAID_YEAR | SAID_MONTH);
  } else {
    ok = set_holiday(r, p, LUNAR, x->lunar_month, x->lunar_day, x->lunar_leap);
    p->form = MILL_FORM_DATE;
  }
  p->lunar = 1;
  return ok;
}

/* 农历正月初二, 八月十五, 腊月廿三, 闰四月, 初五; month and day are read by date.c. */
size_t time_lunar_words(const time_reader *r, size_t i, time_point *p) {
  static const char *const markers[] = {"农历", "阴历", "夏历", "旧历", NULL};
  static const char *const years[] = {"今年", "本年", "去年", "明年", "前年", "后年", NULL};
  char text[160] = "农历";
  mill_date x;
  size_t start = i, marker = scan_any(r->s, r->n, i, markers, NULL), core = 0;
  if (p->said & (uint16_t)~SAID_YEAR) return 0;
  i += marker;
  i += marker > 0 ? time_gap(r, i) : 0;
  if (marker > 0) i += lunar_year(r, i, p);
  size_t alone = lunar_day_alone(r, i, p);
  if (alone > 0) return i + alone - start;
  if (scan_any(r->s, r->n, i, years, NULL)) return 0;
  size_t room = r->n - i < sizeof text - 7 ? r->n - i : sizeof text - 7, mark = marker > 0 ? 6 : 0;
  while (room > 0 && i + room < r->n && ((unsigned char)r->s[i + room] & 0xC0) == 0x80) room--;
  memcpy(text + 6, r->s + i, room);
  int used = date_scan(r->data, text + 6 - mark, room + mark, NULL, DATE_NEAREST, &x, &core);
  if (used <= 0 || core <= mark || !x.lunar || x.year != 0 || !set_lunar(r, p, &x)) return 0;
  return i + core - mark - start;
}
