/*
** time_holiday.c - holidays by name, solar terms, seasons.
**
** Easter: Meeus, Astronomical Algorithms, 2nd ed., ch. 8; the sun's longitude:
** ch. 25 (0.01 degrees, a quarter of an hour), at 120 degrees east.
*/
#include <math.h>
#include <string.h>

#include "calendar.h"
#include "rec_signs.h"
#include "timex.h"

#include "time_holidays.h"

static const char *const terms[] = {"立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑",
                                    "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至", "小寒", "大寒",
                                    NULL};

/* ---- rules -------------------------------------------------------------------------- */

static int64_t easter(int year) {
  int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25,
      g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451, sum = h + l - 7 * m + 114;
  return time_at(year, sum / 31, sum % 31 + 1);
}

static int64_t orthodox(int year) {
  int a = year % 4, b = year % 7, c = year % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7,
      sum = d + e + 114;
  return time_at(year, sum / 31, sum % 31 + 1) + (int64_t)(year / 100 - year / 400 - 2) * TIME_DAY;
}

/* The sun's apparent longitude in degrees, t in seconds since 1970. */
double time_sun(double t) {
  const double rad = 3.14159265358979323846 / 180;
  double c = (t / TIME_DAY - 10957.5) / 36525;
  double l = 280.46646 + 36000.76983 * c, m = (357.52911 + 35999.05029 * c) * rad;
  double centre = (1.914602 - 0.004817 * c) * sin(m) + 0.019993 * sin(2 * m) + 0.000289 * sin(3 * m);
  double omega = (125.04 - 1934.136 * c) * rad;
  return l + centre - 0.00569 - 0.00478 * sin(omega);
}

/* The day on which term k (0 立春) of that year begins. */
int64_t time_term(int year, int k) {
  double want = fmod(315 + 15.0 * k, 360), t = (double)time_at(year, 2, 4) + k * 15.2184 * TIME_DAY;
  if (k >= 22) t -= 365.2422 * TIME_DAY; /* 小寒, 大寒 open the year */
  for (int step = 0; step < 6; step++) {
    double off = fmod(want - time_sun(t) + 36180, 360) - 180;
    t += off * 365.2422 / 360 * TIME_DAY;
  }
  return time_floor((int64_t)t + 8 * 3600, MILL_UNIT_DAY);
}

static int64_t nth_weekday(int year, int month, int which, int weekday) {
  int64_t first = time_at(year, month, 1), monday;
  if (which < 0) first = time_at(year, month, calendar_gregorian_days(year, month) - 6), which = 1;
  if (weekday > 7) return nth_weekday(year, month, which, weekday % 8) + (int64_t)(weekday / 8) * TIME_DAY;
  monday = time_floor(first, MILL_UNIT_WEEK);
  int64_t day = monday + (int64_t)(weekday - 1) * TIME_DAY;
  if (day < first) day += 7 * TIME_DAY;
  return day + (int64_t)(which - 1) * 7 * TIME_DAY;
}

/* The last Saturday of March, a week before when the day behind it is Easter; at half past eight. */
static int64_t earth_hour(int year) {
  int64_t day = nth_weekday(year, 3, -1, 6);
  return day + (day + TIME_DAY == easter(year) ? -7 : 0) * TIME_DAY + 20 * 3600 + 1800;
}

static int holiday_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  int32_t days;
  if (year < 1000 || year > 9000) return 0;
  if (arg[0] == FIXED) *from = time_at(year, arg[1], arg[2]);
  if (arg[0] == NTH) *from = nth_weekday(year, arg[1], arg[2], arg[3]);
  if (arg[0] == EASTER) *from = easter(year) + (int64_t)arg[1] * TIME_DAY;
  if (arg[0] == ORTHODOX) *from = orthodox(year) + (int64_t)arg[1] * TIME_DAY;
  if (arg[0] == TERM) *from = time_term(year, arg[1]) + (int64_t)arg[2] * TIME_DAY;
  if (arg[0] == LUNAR) {
    int day = arg[2] == DATE_LAST_DAY ? calendar_month_days(r->data, year, arg[1], arg[3]) : arg[2];
    if (mill_days_from_lunar(r->data, year, arg[1], arg[3], day, &days) < 0) return 0;
    *from = (int64_t)days * TIME_DAY;
  }
  *to = *from + TIME_DAY;
  if (arg[0] == EARTH_HOUR) *from = earth_hour(year), *to = *from + 3600;
  if ((arg[0] == EASTER || arg[0] == ORTHODOX) && arg[2] > 0) *to = *from + (int64_t)arg[2] * TIME_DAY;
  return 1;
}

static int set_holiday(const time_reader *r, time_point *p, int rule, int a, int b, int c) {
  int arg[] = {rule, a, b, c};
  if (!time_pick_year(r, p, holiday_in, arg)) return 0;
  time_set(p, p->from, p->to, rule == EARTH_HOUR ? MILL_UNIT_MINUTE : MILL_UNIT_DAY,
           SAID_MONTH | SAID_DAY | SAID_YEAR);
  p->form = MILL_FORM_HOLIDAY, p->lunar = rule == LUNAR;
  return 1;
}

/* What is another day in Taiwan. */
static void in_taiwan(holiday *h) {
  static const holiday others[] = {{"国庆", FIXED, 10, 10, 0}, {"儿童节", FIXED, 4, 4, 0},
                                   {"教师节", FIXED, 9, 28, 0}, {"父亲节", FIXED, 8, 8, 0},
                                   {"青年节", FIXED, 3, 29, 0}, {"记者节", FIXED, 9, 1, 0},
                                   {"光复节", FIXED, 10, 25, 0}};
  for (size_t k = 0; k < sizeof others / sizeof *others; k++)
    if (strncmp(h->word, others[k].word, strlen(others[k].word)) == 0) *h = others[k];
}

/* The longest name in the table at byte i: its bytes, *found; 0 none. */
static size_t name_at(const time_reader *r, size_t i, const holiday **found) {
  size_t best = 0, len;
  if (i < r->n && (unsigned char)r->s[i] < 0x80) return 0; /* a digit: no name begins so */
  for (size_t k = 0; k < sizeof holidays / sizeof *holidays && i + 6 <= r->n; k++)
    if (holidays[k].word[1] == r->s[i + 1] &&
        holidays[k].word[2] == r->s[i + 2] && /* before the whole is compared */
        (len = scan_literal(r->s, r->n, i, holidays[k].word)) > best)
      best = len, *found = &holidays[k];
  return best;
}

void time_holiday_names(time_take_name *take, void *to) {
  for (size_t k = 0; k < sizeof holidays / sizeof *holidays; k++) take(to, holidays[k].word);
  for (size_t k = 0; terms[k] != NULL; k++) take(to, terms[k]);
}

/* Does the character begin one of all those names? Nearly always not. */
static int may_be_named(const time_reader *r, size_t i) {
  const struct rec_signs *signs = rec_signs_of(r->data);
  size_t len;
  return signs == NULL || (rec_sign_at(signs, r->s, r->n, i, &len) & SIGN_HOLIDAY_FIRST) != 0;
}

static size_t known_holiday(const time_reader *r, size_t i, time_point *p) {
  int which;
  const holiday *found = NULL;
  if (!may_be_named(r, i)) return 0;
  size_t best = name_at(r, i, &found);
  if (found == NULL) {
    if ((best = scan_any(r->s, r->n, i, terms, &which)) == 0) return time_feast(r, i, p);
    static const char *const ends[] = {"假期", "小长假", "节气", "当天", NULL};
    return set_holiday(r, p, TERM, which, 0, 0) ? best + scan_any(r->s, r->n, i + best, ends, NULL) : 0;
  }
  /* 十一 is a number before nearly everything */
  static const char *const numbers[] = {"十一", "三八", "五四", "六一", "五一", "三一五", NULL};
  size_t end = i + best;
  if (scan_any(r->s, r->n, i, numbers, NULL) == best) {
    static const char *const behind[] = {"期间", "假期", "前后", "节", "长假", "黄金周", "当天", NULL};
    static const char *const signs[] = {"到", "至", "-", "~", "—", NULL};
    size_t sign = scan_any(r->s, r->n, end, signs, NULL); /* 五一到|十一 */
    if (sign > 0 && scan_any(r->s, r->n, end + sign, numbers, NULL))
      return set_holiday(r, p, found->rule, found->a, found->b, found->c) ? best : 0;
    int alone =
        p->said != 0 || (i == 0 && end == r->n) || (r->left != NULL && r->left->form == MILL_FORM_HOLIDAY);
    if (!alone && !scan_any(r->s, r->n, end, behind, NULL)) return 0;
    if (end < r->n && (unsigned char)r->s[end] >= 0x80 && !scan_any(r->s, r->n, end, behind, NULL)) return 0;
  }
  holiday here = *found;
  if (r->region == MILL_REGION_TW) in_taiwan(&here);
  if (!set_holiday(r, p, here.rule, here.a, here.b, here.c)) return 0;
  static const char *const tails[] = {"国际劳动节", "节假期", "节假日", "节", "瞻礼", "小长假", "假期", NULL};
  static const char *const weeks[] = {"节长假", "节黄金周", "长假", "黄金周", NULL};
  size_t week = scan_any(r->s, r->n, end, weeks, NULL);
  if (week > 0) {
    time_set(p, p->from, p->from + 7 * TIME_DAY, MILL_UNIT_DAY, 0);
    p->form = MILL_FORM_HOLIDAY;
    return best + week;
  }
  return best + scan_any(r->s, r->n, end, tails, NULL);
}

/* ---- other words in a name ----------------------------------------------------------- */

/* What names of churches' and peoples' feasts have for each other; "" leaves it out of names that are
** that people's alone (印度儿童节 is another day than 儿童节). */
typedef struct swap { const char *word, *other; } swap;
static const swap swaps[] = {
    {"星期", "周"}, {"礼拜", "周"}, {"礼拜", "星期"}, {"周", "星期"}, {"主日", "星期日"}, {"犹太教", "犹太"},
    {"犹太教", ""}, {"犹太", ""},
    {"伊斯兰教", "伊斯兰"}, {"伊斯兰教", ""}, {"伊斯兰", ""}, {"穆斯林", "伊斯兰"}, {"穆斯林", ""}, {"回教", "伊斯兰"},
    {"回教", ""}, {"印度教", "印度"}, {"印度教", ""}, {"印度", ""}, {"基督", "耶稣"}, {"耶稣", "基督"}};

/* Begins of names that are worth it. */
static int is_feast(const time_reader *r, size_t i) {
  static const char *const begins[] = {"圣", "神圣", "受难", "复活", "黑色", "沉默", "沈默", "拉撒路", "拉匝禄", "东正教", "犹太",
                                       "伊斯兰", "穆斯林", "回教", "印度", "煎饼", "薄饼", "忏悔", "洁净", "濯足", "基督", "耶稣",
                                       "网络", "棕枝", "棕榈", "肥美", "油腻", "狂欢", NULL};
  return scan_any(r->s, r->n, i, begins, NULL) > 0;
}

typedef size_t namer(const time_reader *, size_t, time_point *);

/* The name at i with one word for another: bytes of it as it stands there. */
static size_t swapped(const time_reader *r, size_t i, namer *named, time_point *p) {
  char text[96];
  for (size_t k = 0; k < sizeof swaps / sizeof *swaps; k++) {
    size_t word = strlen(swaps[k].word), other = strlen(swaps[k].other), at = 0;
    while (at < 24 && !scan_literal(r->s, r->n, i + at, swaps[k].word)) at += 3;
    if (at == 24) continue;
    size_t rest = r->n - (i + at + word) < 36 ? r->n - (i + at + word) : 36;
    memcpy(text, r->s + i, at);
    memcpy(text + at, swaps[k].other, other);
    memcpy(text + at + other, r->s + i + at + word, rest);
    time_reader inner = *r;
    inner.s = text, inner.n = at + other + rest, inner.numbers = NULL;
    time_point q = *p;
    size_t len = other > 0 ? named(&inner, 0, &q) : time_feast(&inner, 0, &q);
    if (len >= at + other && len > other) return *p = q, len - other + word;
  }
  return 0;
}

static size_t of_easter(const time_reader *r, size_t i, time_point *p) {
  const holiday *found = NULL;
  size_t len = name_at(r, i, &found);
  if (len == 0 || found->rule != EASTER) return 0;
  return set_holiday(r, p, ORTHODOX, found->a, found->b, found->c) ? len : 0;
}

/* 东正教|圣礼拜五: any feast around Easter, by the other Easter */
static size_t orthodox_holiday(const time_reader *r, size_t i, time_point *p) {
  size_t church = scan_literal(r->s, r->n, i, "东正教");
  if (church == 0) return 0;
  church += time_gap(r, i + church);
  size_t len = of_easter(r, i + church, p);
  if (len == 0) len = swapped(r, i + church, of_easter, p);
  return len > 0 ? church + len : 0;
}

static size_t named_holiday(const time_reader *r, size_t i, time_point *p) {
  size_t len = known_holiday(r, i, p);
  if (len > 0 || !is_feast(r, i)) return len;
  if ((len = orthodox_holiday(r, i, p)) > 0) return len;
  return swapped(r, i, known_holiday, p);
}

/* 圣诞节|前夜, 国庆节|次日: the day before it, the day behind it */
static size_t day_beside(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"前夜", "翌日", "次日", NULL};
  int which;
  size_t len = p->grain == MILL_UNIT_DAY ? scan_any(r->s, r->n, i, words, &which) : 0;
  if (len == 0) return 0;
  int64_t from = which == 0 ? p->from - TIME_DAY : p->to;
  time_set(p, from, from + TIME_DAY, MILL_UNIT_DAY, 0);
  p->form = MILL_FORM_HOLIDAY;
  return len;
}

/* 国庆节|第三天: counted from the holiday on; bytes. */
static size_t day_of_it(const time_reader *r, size_t i, time_point *p) {
  static const char *const marks[] = {"的第", "第", NULL};
  time_count c;
  size_t mark = scan_any(r->s, r->n, i, marks, NULL), len = mark > 0 ? time_number(r, i + mark, &c) : 0;
  if (len == 0 || !c.whole || c.value < 1 || c.value > 15 || !scan_literal(r->s, r->n, i + mark + len, "天"))
    return 0;
  int64_t day = p->from + ((int64_t)c.value - 1) * TIME_DAY;
  time_set(p, day, day + TIME_DAY, MILL_UNIT_DAY, 0);
  p->form = MILL_FORM_HOLIDAY;
  return mark + len + 3;
}

/* Is the holiday on the day said before it, or in the (lunar) month said before it? */
static int falls_there(const time_reader *r, const time_point *day, const time_point *p) {
  mill_date said, x;
  if (p->said & SAID_DAY) return day->from == p->from;
  time_civil(p->from, &said);
  time_civil(day->from, &x);
  if (!day->lunar) return x.month == said.month;
  return mill_lunar_from_days(r->data, (int32_t)(day->from / TIME_DAY), &x) == 0 &&
         x.lunar_month == said.month;
}

/* 八月十五|中秋节, 12月25日|圣诞节, 八月|中秋: the name of the day said. */
static size_t confirmed(const time_reader *r, size_t i, time_point *p) {
  if (!(p->said & SAID_MONTH) || p->said & (SAID_WEEK | SAID_PART | SAID_HOUR)) return 0;
  time_count c;
  if (!(p->said & SAID_DAY) && time_number(r, i, &c) > 0) return 0; /* 10月|十一 */
  for (int back = 0; back < 2; back++) { /* 除夕 may be in the year behind that of its month */
    time_point q = {0};
    int year = time_year_of(p->from) - back;
    time_set(&q, time_at(year, 1, 1), time_at(year + 1, 1, 1), MILL_UNIT_YEAR, SAID_YEAR);
    size_t len = named_holiday(r, i, &q);
    if (len == 0) return 0;
    if (q.grain != MILL_UNIT_DAY || !falls_there(r, &q, p)) continue;
    p->said |= SAID_DAY, p->from = q.from, p->to = q.to, p->grain = MILL_UNIT_DAY, p->lunar |= q.lunar;
    return p->form = MILL_FORM_HOLIDAY, len;
  }
  return 0;
}

/* 春节, 下一个元旦, 国庆节第三天 */
size_t time_holiday(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"下一个", "下个", "上一个", "上个", NULL};
  int which;
  if (p->said & (uint16_t)~SAID_YEAR) return confirmed(r, i, p);
  size_t len = p->said == 0 ? scan_any(r->s, r->n, i, words, &which) : 0;
  if (len == 0) {
    size_t name = named_holiday(r, i, p);
    size_t beside = name > 0 ? day_beside(r, i + name, p) : 0;
    return name > 0 ? name + (beside > 0 ? beside : day_of_it(r, i + name, p)) : 0;
  }
  time_reader other = *r;
  other.prefer = which < 2 ? MILL_PREFER_FUTURE : MILL_PREFER_PAST;
  size_t more = named_holiday(&other, i + len, p);
  return more > 0 ? len + more : 0;
}

/* ---- seasons ---------------------------------------------------------------------------- */

static int season_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  *from = time_term(year, arg[0] * 6),
  *to = arg[0] == 3 ? time_term(year + 1, 0) : time_term(year, arg[0] * 6 + 6);
  return 1;
}

size_t time_season(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"春", "夏", "秋", "冬", NULL};
  static const char *const tails[] = {"季", "天", "日", "初", "末", NULL};
  static const char *const thirds[] = {"初", "早", "孟", "仲", "盛", "隆", "严", "暮", "晚", "深", NULL};
  static const char *const begins[] = {"入", "开", NULL};
  static const char *const others[] = {"节", "运", "晚", "联", "雷", "播", "耕", "游", "风", "雨", "光", "花", "奥", "训",
    "令", "储", "泳", "收", "粮", "种", "修", "捕", NULL};
  int which, third = -1;
  if (p->said & (uint16_t)~SAID_YEAR) return 0;
  size_t start = i, begin = scan_any(r->s, r->n, i, begins, NULL),
         part = begin > 0 ? 0 : scan_any(r->s, r->n, i, thirds, &third);
  i += begin + part;
  size_t len = scan_any(r->s, r->n, i, words, &which),
         tail = len > 0 ? scan_any(r->s, r->n, i + len, tails, NULL) : 0;
  if (len == 0 || (begin + part + tail == 0) ||
      (begin + part > 0 && scan_any(r->s, r->n, i + len, others, NULL)))
    return 0;
  if (tail == 3 && begin + part == 0 && scan_literal(r->s, r->n, i + len, "初")) third = 0;
  if (tail == 3 && begin + part == 0 && scan_literal(r->s, r->n, i + len, "末")) third = 9;
  if (!time_pick_year(r, p, season_in, &which)) return 0;
  time_set(p, p->from, p->to, MILL_UNIT_MONTH, SAID_MONTH | SAID_YEAR);
  p->form = MILL_FORM_SEASON;
  if (begin > 0) {
    time_set(p, p->from, p->from + TIME_DAY, MILL_UNIT_DAY, SAID_DAY), p->form = MILL_FORM_BEGIN,
                                                                       p->approx = 1;
  } else if (third >= 0) {
    int64_t each = (p->to - p->from) / TIME_DAY / 3 * TIME_DAY, at = third < 3 ? 0 : third < 7 ? 1 : 2;
    time_set(p, p->from + at * each, at == 2 ? p->to : p->from + (at + 1) * each, MILL_UNIT_DAY, 0);
    p->form = MILL_FORM_SEASON, p->approx = 1;
  }
  return i + len + tail - start;
}
