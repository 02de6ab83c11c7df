/*
** time_relative.c - words that are seen from now (今天, 上个月, 下下周三) or from
** the moment said before them (第二天, 前三个月, 最后一个星期一, 上旬, 年底).
*/
#include "calendar.h"
#include "timex.h"

/* ---- days ---------------------------------------------------------------------- */

typedef struct relative_day { const char *word; int8_t days; uint8_t evening; } relative_day;
static const relative_day days[] = {
    {"今天", 0, 0}, {"今日", 0, 0}, {"当天", 0, 0}, {"当日", 0, 0}, {"同日", 0, 0}, {"本日", 0, 0}, {"即日", 0, 0}, {"昨天", -1, 0},
    {"昨日", -1, 0}, {"寻日", -1, 0}, {"琴日", -1, 0}, {"昨儿", -1, 0}, {"前天", -2, 0}, {"前日", -2, 0}, {"前儿", -2, 0},
    {"明天", 1, 0}, {"明日", 1, 0}, {"明儿", 1, 0}, {"听日", 1, 0}, {"次日", 1, 0}, {"翌日", 1, 0}, {"隔天", 1, 0},
    {"隔日", 1, 0}, {"后天", 2, 0}, {"后日", 2, 0}, {"今晚", 0, 1}, {"今晨", 0, 1}, {"今早", 0, 1}, {"今夜", 0, 1},
    {"昨晚", -1, 1}, {"昨夜", -1, 1}, {"昨早", -1, 1}, {"明晚", 1, 1}, {"明晨", 1, 1}, {"明早", 1, 1}, {"当晚", 0, 1},
    {"前晚", -2, 1}, {"后晚", 2, 1}, {"听晚", 1, 1}, {"寻晚", -1, 1}, {"琴晚", -1, 1}};

/* 今天, 大前天, 大大后天: bytes without 晚 of 今晚, which is read again. */
static size_t named_day(const time_reader *r, size_t i, int *off) {
  static const char *const others[] = {"今日头条", "明日之后", "明日之星", "前天津", "前日本", "后日本", NULL};
  size_t start = i, big;
  if (scan_any(r->s, r->n, i, others, NULL)) return 0;
  int more = 0;
  while (more < 3 && (big = scan_literal(r->s, r->n, i, "大")) > 0) i += big, more++;
  for (size_t k = 0; k < sizeof days / sizeof *days; k++) {
    size_t len = scan_literal(r->s, r->n, i, days[k].word);
    if (len == 0) continue;
    if (more > 0 && (days[k].days > -2 && days[k].days < 2)) return 0;
    *off = days[k].days + (days[k].days < 0 ? -more : more);
    return i - start + (days[k].evening ? 3 : len);
  }
  return 0;
}

static void set_relative_day(const time_reader *r, time_point *p, int off) {
  int64_t day = time_floor(r->now, MILL_UNIT_DAY) + (int64_t)off * TIME_DAY;
  if (p->said & SAID_YEAR) { /* 去年今天 */
    mill_date x;
    time_civil(day, &x);
    int year = time_year_of(p->from);
    if (x.day <= calendar_gregorian_days(year, x.month)) day = time_at(year, x.month, x.day);
  }
  if (p->said & SAID_WEEK) day += p->from - time_floor(r->now, MILL_UNIT_WEEK); /* 上周的今天 */
  if (p->said & (SAID_DAY | SAID_WEEKDAY))
    day = time_floor(p->from, MILL_UNIT_DAY) + (int64_t)off * TIME_DAY; /* 明天的后天 */
  p->anchored |= MILL_ANCHOR_ALL;
  time_set(p, day, day + TIME_DAY, MILL_UNIT_DAY, SAID_YEAR | SAID_MONTH | SAID_DAY);
}

/* 次日, 当晚 behind the left side of a range are seen from it. */
static int seen_from_left(const time_reader *r, size_t i, time_point *p, int off) {
  static const char *const words[] = {"次日", "翌日", "当日", "同日", "当天", "当晚", "隔天", "隔日", NULL};
  if (r->left == NULL || !scan_any(r->s, r->n, i, words, NULL)) return 0;
  int64_t day = time_floor(r->left->from, MILL_UNIT_DAY) + (int64_t)off * TIME_DAY;
  time_set(p, day, day + TIME_DAY, MILL_UNIT_DAY, SAID_YEAR | SAID_MONTH | SAID_DAY);
  return 1;
}

static size_t now_word(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"现在", "此时此刻", "此时", "此刻", "当前", "目前", "而家", "依家", "如今", NULL};
  size_t len = scan_any(r->s, r->n, i, words, NULL);
  if (len == 0 || (p->said & SAID_HOUR)) return 0;
  int64_t at = r->now;
  if (p->said & SAID_DAY) at = p->from + (r->now - time_floor(r->now, MILL_UNIT_DAY));
  time_set(p, at, at + 1, MILL_UNIT_SECOND, SAID_YEAR | SAID_MONTH | SAID_DAY | SAID_HOUR);
  p->form = MILL_FORM_NOW, p->anchored |= MILL_ANCHOR_ALL;
  return len;
}

/* ---- 上个月, 本季度, 下下周, 这一年 ----------------------------------------------------- */

/* 上 下 这 本 and what may follow: bytes, *off. */
static size_t pointer(const time_reader *r, size_t i, int *off) {
  static const char *const words[] = {"上一个", "下一个", "这一个", "上1个", "下1个", "上个", "下个", "这个", "今个", "本个", "上一", "下一", "这一",
                                      "前一个", "后一个", "前一", "后一", "上", "下", "这", "本", "今", "当", "同", NULL};
  static const int8_t offs[] = {-1, 1, 0, -1, 1, -1, 1, 0, 0, 0, -1, 1, 0, -1, 1, -1, 1, -1, 1, 0, 0, 0, 0, 0};
  size_t start = i, len;
  int which, more = 0;
  while (more < 3 && (scan_literal(r->s, r->n, i, "大上") || scan_literal(r->s, r->n, i, "大下"))) more++, i += 3;
  while (more < 4 && scan_literal(r->s, r->n, i, "上上") | scan_literal(r->s, r->n, i, "下下")) more++, i += 3;
  if ((len = scan_any(r->s, r->n, i, words, &which)) == 0) return 0;
  *off = offs[which] * (1 + more);
  return i + len - start;
}

size_t time_week_word(const time_reader *r, size_t i) {
  static const char *const words[] = {"星期", "礼拜", "周", NULL};
  static const char *const others[] = {"周年", "周岁", "周边", "周围", "周期", "周转", "周口", "周知", "周密", "周到", NULL};
  return scan_any(r->s, r->n, i, others, NULL) ? 0 : scan_any(r->s, r->n, i, words, NULL);
}

static size_t half_year(const time_reader *r, size_t i, int off, time_point *p) {
  size_t len = scan_literal(r->s, r->n, i, "半年");
  if (len == 0) return 0;
  mill_date x;
  time_civil(r->now, &x);
  int64_t from = time_add_months(time_at(x.year, x.month <= 6 ? 1 : 7, 1), 6 * off);
  time_set(p, from, time_add_months(from, 6), MILL_UNIT_MONTH, SAID_YEAR | SAID_MONTH);
  p->form = MILL_FORM_HALF;
  return len;
}

static size_t quarter(const time_reader *r, size_t i, int off, time_point *p) {
  static const char *const words[] = {"季度", "季", NULL};
  size_t len = scan_any(r->s, r->n, i, words, NULL);
  if (len == 0) return 0;
  mill_date x;
  time_civil(r->now, &x);
  int64_t from = time_add_months(time_at(x.year, (x.month - 1) / 3 * 3 + 1, 1), 3 * off);
  time_set(p, from, time_add_months(from, 3), MILL_UNIT_MONTH, SAID_YEAR | SAID_MONTH);
  p->form = MILL_FORM_THIRD;
  return len;
}

static size_t unit_seen(const time_reader *r, size_t i, int off, time_point *p) {
  static const char *const words[] = {"财政年度", "财年", "年度", "年", "月份", "月", "天", "小时", "钟头", "分钟", "世纪", NULL};
  static const uint8_t units[] = {0, 0, 0, 0, 1, 1, 3, 4, 4, 5, 0};
  static const char *const others[] = {"年级", "年纪", "年轻", "天下", "天空", "天才", "年龄", "月球", "月亮", "天津", NULL};
  int which = 0;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  int other = scan_any(r->s, r->n, i, others, NULL) &&
              (off != 0 || !scan_literal(r->s, r->n, i, "天下午")); /* 这天|下午 */
  if (len == 0 || which == 10 || other) return 0;
  int unit = units[which];
  int64_t from = time_add(time_floor(r->now, unit), unit, off);
  unsigned said[] = {SAID_YEAR, SAID_YEAR | SAID_MONTH, 0, SAID_YEAR | SAID_MONTH | SAID_DAY, SAID_HOUR | SAID_DAY, SAID_HOUR | SAID_DAY};
  if (unit == MILL_UNIT_MONTH && (p->said & SAID_YEAR)) { /* 去年本月 */
    mill_date x;
    time_civil(from, &x);
    from = time_at(time_year_of(p->from), x.month, 1);
  }
  time_set(p, from, time_add(from, unit, 1), unit, said[unit]);
  if (unit >= MILL_UNIT_HOUR) p->form = MILL_FORM_UNIT;
  return len;
}

static size_t seen_unit(const time_reader *r, size_t i, time_point *p) {
  int off;
  size_t start = i, len = pointer(r, i, &off);
  if (len == 0) return 0;
  i += len;
  int half = (r->s[start] == "上"[0]) && scan_literal(r->s, r->n, i, "半月") > 0;
  time_point was = *p;
  if (half) return 0;
  if (p->said & (uint16_t)~SAID_YEAR) return 0;
  /* 上半年 下半年 are halves of a year: only 上个半年 is seen from now */
  size_t more = len > 3 ? half_year(r, i, off, p) : 0;
  if (more == 0) more = quarter(r, i, off, p);
  if (more == 0) more = unit_seen(r, i, off, p);
  if (more == 0) return *p = was, 0;
  p->anchored |= MILL_ANCHOR_ALL;
  if (p->form == MILL_FORM_DATE && p->grain == MILL_UNIT_DAY) p->form = MILL_FORM_DATE;
  return len + more;
}

static size_t year_word(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"大前年", "大后年", "今年", "本年", "去年", "旧年", "明年", "来年", "前年", "后年", "翌年",
    "次年", "当年", "同年", "上年", NULL};
  static const int8_t offs[] = {-3, 3, 0, 0, -1, -1, 1, 1, -2, 2, 1, 1, 0, 0, -1};
  int which;
  size_t len = p->said == 0 ? scan_any(r->s, r->n, i, words, &which) : 0;
  if (len == 0) return 0;
  int year = (which >= 10 && r->left != NULL ? time_year_of(r->left->from) : r->ref.year) + offs[which];
  time_set(p, time_at(year, 1, 1), time_at(year + 1, 1, 1), MILL_UNIT_YEAR, SAID_YEAR);
  p->anchored |= MILL_ANCHOR_YEAR;
  return len + scan_literal(r->s, r->n, i + len, "度");
}

size_t time_relative(const time_reader *r, size_t i, time_point *p) {
  int off;
  size_t len = now_word(r, i, p);
  if (len > 0) return len;
  if (!(p->said & (SAID_MONTH | SAID_PART | SAID_HOUR)) ||
      (p->said & SAID_DAY && p->grain == MILL_UNIT_DAY)) {
    if ((len = named_day(r, i, &off)) > 0) {
      if (!seen_from_left(r, i, p, off)) set_relative_day(r, p, off);
      return len;
    }
  }
  if ((len = year_word(r, i, p)) > 0) return len;
  return seen_unit(r, i, p);
}

/* ---- weeks and weekdays -------------------------------------------------------------- */

size_t time_weekday_number(const time_reader *r, size_t i, int *day) {
  static const char *const words[] = {"一", "二", "三", "四", "五", "六", "日", "天", "1", "2", "3", "4", "5", "6",
    "7", NULL};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len == 0 || (which >= 8 && scan_is_digit(r->s, r->n, i + len))) return 0;
  *day = which < 7 ? which + 1 : which == 7 ? 7 : which - 7;
  return len;
}

static void pick_weekday(const time_reader *r, time_point *p, int day) {
  int64_t base = r->left != NULL ? r->left->from : r->now, today = time_floor(base, MILL_UNIT_DAY);
  int64_t at = time_floor(base, MILL_UNIT_WEEK) + (int64_t)(day - 1) * TIME_DAY;
  if ((r->prefer == MILL_PREFER_FUTURE || r->left != NULL) && at < today) at += 7 * TIME_DAY;
  if (r->left == NULL && r->prefer == MILL_PREFER_PAST && at > today) at -= 7 * TIME_DAY;
  if (r->left == NULL && r->prefer == MILL_PREFER_NEAREST && at - today > 3 * TIME_DAY) at -= 7 * TIME_DAY;
  if (r->left == NULL && r->prefer == MILL_PREFER_NEAREST && today - at > 3 * TIME_DAY) at += 7 * TIME_DAY;
  time_set(p, at, at + TIME_DAY, MILL_UNIT_DAY, SAID_WEEKDAY);
  if (r->left == NULL) p->anchored |= MILL_ANCHOR_ALL;
}

/* 周三, 上周三, 这个星期一, 下周末, 上上周; behind a day it only confirms it. */
size_t time_week(const time_reader *r, size_t i, time_point *p) {
  int off = 0, day = 0, seen;
  size_t start = i, len = pointer(r, i, &off);
  seen = len > 0;
  i += len;
  size_t word = time_week_word(r, i);
  if (word == 0) return 0;
  i += word;
  if (p->said & SAID_DAY) {
    size_t number = seen ? 0 : time_weekday_number(r, i, &day);
    return number > 0 ? i + number - start : 0;
  }
  if (p->said & (SAID_MONTH | SAID_HOUR | SAID_WEEKDAY)) return 0;
  int inner = !seen && p->said & SAID_WEEK && p->form != MILL_FORM_WEEKEND; /* 下周的周三 */
  int64_t week = inner ? time_floor(p->from, MILL_UNIT_WEEK)
                       : time_floor(r->now, MILL_UNIT_WEEK) + (int64_t)off * 7 * TIME_DAY;
  size_t end = scan_literal(r->s, r->n, i, "末");
  if (end > 0) {
    if (scan_literal(r->s, r->n, i + 3, "尾")) return 0;
    time_set(p, week + 5 * TIME_DAY, week + 7 * TIME_DAY, MILL_UNIT_DAY, SAID_WEEKDAY);
    p->form = MILL_FORM_WEEKEND, p->anchored |= MILL_ANCHOR_ALL;
    end += scan_literal(r->s, r->n, i + end, "两天");
    return i + end - start;
  }
  size_t number = time_weekday_number(r, i, &day);
  if (number == 0 && !seen) return 0;
  if (number == 0) {
    time_set(p, week, week + 7 * TIME_DAY, MILL_UNIT_WEEK, SAID_WEEK);
    return p->anchored |= MILL_ANCHOR_ALL, i - start;
  }
  if (seen || inner)
    week += (int64_t)(day - 1) * TIME_DAY, time_set(p, week, week + TIME_DAY, MILL_UNIT_DAY, SAID_WEEKDAY),
        p->anchored |= MILL_ANCHOR_ALL;
  else
    pick_weekday(r, p, day);
  p->form = seen ? MILL_FORM_DATE : MILL_FORM_WEEKDAY, p->weekday = (uint8_t)day;
  return i + number - start;
}

/* ---- inside the moment said before ------------------------------------------------------ */

/* 第二, 首, 最后一, 倒数第三; 前三, 后两, 最后四 (count > 0). */
static size_t ordinal(const time_reader *r, size_t i, int *n, int *count, int *backwards) {
  static const char *const words[] = {"倒数第", "第", "首", "最后", "最前", "头", "前", "后", "末", NULL};
  int which;
  time_count c = {.value = 1, .whole = 1};
  size_t len = scan_any(r->s, r->n, i, words, &which), gap = len > 0 ? time_gap(r, i + len) : 0;
  if (len == 0) return 0;
  size_t number = time_number(r, i + len + gap, &c);
  if (number == 0) c.value = 1, c.whole = 1, gap = 0;
  if (!c.whole || c.vague || c.value < 1 || c.value > 999 ||
      (number == 0 && which != 2 && which != 3 && which != 8))
    return 0;
  *n = (int)c.value, *backwards = which == 0 || which == 3 || which == 7 || which == 8;
  *count = which >= 2 && (number > 0 && which != 0);
  if (which == 3 && *n == 1) *count = 0;
  size_t end = i + len + gap + number;
  if (end < r->n && r->s[end] == ' ') end++;
  end += scan_literal(r->s, r->n, end, "个");
  end += time_gap(r, end);
  return end - i;
}

static size_t inner_unit(const time_reader *r, size_t i, int *unit, int *times) {
  static const char *const words[] = {"季度", "季", "月份", "月", "天", "日", "小时", "钟头", "年", "星期", "礼拜", "周", NULL};
  static const uint8_t units[] = {1, 1, 1, 1, 3, 3, 4, 4, 0, 2, 2, 2};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len > 0) *unit = units[which], *times = which < 2 ? 3 : 1;
  return len;
}

/* The n-th weekday of a month or year. */
static int set_weekday(time_point *p, int n, int backwards, int day) {
  int64_t at = time_floor(p->from, MILL_UNIT_WEEK) + (int64_t)(day - 1) * TIME_DAY;
  if (at < p->from) at += 7 * TIME_DAY;
  if (backwards) while (at + 7 * TIME_DAY < p->to) at += 7 * TIME_DAY;
  at += (int64_t)(backwards ? 1 - n : n - 1) * 7 * TIME_DAY;
  if (at < p->from || at >= p->to) return 0;
  time_set(p, at, at + TIME_DAY, MILL_UNIT_DAY, SAID_DAY | SAID_MONTH);
  p->weekday = (uint8_t)day, p->nth = (int8_t)(backwards ? -n : n);
  return 1;
}

static int is_year(const time_point *p) { return p->to - p->from > 360 * (int64_t)TIME_DAY; }

static int64_t first_week(const time_point *p) {
  int64_t week = time_floor(p->from, MILL_UNIT_WEEK);
  if (is_year(p)) return time_floor(p->from + 3 * TIME_DAY, MILL_UNIT_WEEK);
  return week < p->from ? week + 7 * TIME_DAY : week;
}

static int64_t last_week(const time_point *p) {
  return time_floor(p->to - (is_year(p) ? 4 : 1) * TIME_DAY, MILL_UNIT_WEEK);
}

/* Units of an outer interval: Monday weeks that begin in a month, of a year those that have
** most of their days in it (ISO 8601, GB/T 7408). */
static int set_inner(time_point *p, int n, int count, int backwards, int unit, int times) {
  int64_t from = p->from, to;
  if (unit == MILL_UNIT_WEEK) from = first_week(p);
  if (backwards) {
    int64_t end = unit == MILL_UNIT_WEEK ? last_week(p) + 7 * TIME_DAY : p->to;
    from = time_add(end, unit, -n * times), to = count ? end : time_add(from, unit, times);
  } else {
    to = time_add(from, unit, n * times);
    if (!count) from = time_add(to, unit, -times);
  }
  if (to > p->to + 6 * TIME_DAY || from < p->from - (unit == MILL_UNIT_WEEK ? 3 * TIME_DAY : 0)) return 0;
  static const unsigned said[] = {SAID_YEAR, SAID_MONTH, SAID_WEEK | SAID_MONTH, SAID_DAY | SAID_MONTH,
                                  SAID_HOUR};
  time_set(p, from, to, unit, said[unit]);
  p->form = count || times > 1 ? MILL_FORM_THIRD : MILL_FORM_UNIT;
  return 1;
}

/* The year of the left side of a range, or that of now. */
static void seen_year(const time_reader *r, time_point *p) {
  int64_t year = time_floor(r->left != NULL ? r->left->from : r->now, MILL_UNIT_YEAR);
  time_set(p, year, time_add(year, MILL_UNIT_YEAR, 1), MILL_UNIT_YEAR, SAID_YEAR);
  if (r->left == NULL) p->anchored |= MILL_ANCHOR_ALL;
}

static size_t nth(const time_reader *r, size_t i, time_point *p) {
  int n, count, backwards, unit, times, day;
  size_t start = i, len = ordinal(r, i, &n, &count, &backwards);
  if (len == 0) return 0;
  i += len;
  size_t word = time_week_word(r, i), number = word > 0 ? time_weekday_number(r, i + word, &day) : 0;
  int alone = p->said == 0;
  if (number > 0 && !count) {
    if (alone) {
      int64_t month = time_floor(r->now, MILL_UNIT_MONTH);
      time_set(p, month, time_add_months(month, 1), MILL_UNIT_MONTH, SAID_YEAR | SAID_MONTH);
      p->anchored |= MILL_ANCHOR_ALL;
    }
    return set_weekday(p, n, backwards, day) ? i + word + number - start : 0;
  }
  size_t mark = inner_unit(r, i, &unit, &times);
  static const char *const others[] = {"天空", "日报", "月刊", "周刊", "年级", "周岁", NULL};
  if (mark == 0 || scan_any(r->s, r->n, i, others, NULL) || scan_any(r->s, r->n, i + mark, others, NULL))
    return 0;
  if (alone) {
    if (times == 1 && !(unit == MILL_UNIT_DAY && !backwards && !count)) return 0;
    if (times == 3) seen_year(r, p), p->said = 0;
    else
      time_set(p, time_floor(r->now, MILL_UNIT_DAY), INT64_MAX / 2, MILL_UNIT_YEAR, 0),
          p->anchored |= MILL_ANCHOR_ALL;
  }
  if (unit <= p->grain && times == 1 && !alone && !(unit == p->grain && unit == MILL_UNIT_YEAR)) return 0;
  unsigned year = SAID_YEAR;
  if (!set_inner(p, n, count, backwards, unit, times)) return 0;
  p->said |= (uint16_t)(alone || unit != MILL_UNIT_YEAR ? year : 0);
  return i + mark - start;
}

/* The number of quarters that go on behind the first: 二三|季度, 二至三|季度, 2、3|季度 */
static size_t last_quarter(const time_reader *r, size_t i, time_count *c) {
  static const char *const signs[] = {"——", "—", "-", "~", "至", "到", "、", "和", NULL};
  time_count last;
  size_t sign = scan_any(r->s, r->n, i, signs, NULL), len = sign > 0 ? time_number(r, i + sign, &last) : 0;
  if (len == 0 || !last.whole || last.value <= c->value) return 0;
  c->hi = last.value;
  return sign + len;
}

/* 一季度, 第一季度 without 第 */
static size_t plain_quarter(const time_reader *r, size_t i, time_point *p) {
  static const char *const others[] = {"季节", "季风", "季水", "季稻", "季作", NULL};
  time_count c;
  size_t len = time_number(r, i, &c);
  if (len == 0 || !c.whole || c.value < 1 || c.value > 4 || (p->said & (uint16_t)~SAID_YEAR)) return 0;
  len += last_quarter(r, i + len, &c);
  size_t mark = scan_literal(r->s, r->n, i + len, "季度");
  if (mark == 0 && p->said & SAID_YEAR && !scan_any(r->s, r->n, i + len, others, NULL))
    mark = scan_literal(r->s, r->n, i + len, "季"); /* 2020年一季, 三季末 */
  if (mark == 0 || c.hi > 4) return 0;
  if (!(p->said & SAID_YEAR)) seen_year(r, p);
  if (!set_inner(p, (int)c.value, 0, 0, MILL_UNIT_MONTH, 3)) return 0;
  p->to = time_add_months(p->to, 3 * (int)(c.hi - c.value));
  return len + mark;
}

/* 上半年, 下半月 */
static size_t half(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"上半年", "下半年", "前半年", "后半年", "上半月", "下半月", NULL};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  int unit = which < 4 ? MILL_UNIT_YEAR : MILL_UNIT_MONTH;
  if (len == 0 || (p->said & (SAID_DAY | SAID_WEEK | SAID_HOUR)) ||
      (unit == MILL_UNIT_YEAR && (p->said & SAID_MONTH)))
    return 0;
  if (p->said == 0 || (unit == MILL_UNIT_MONTH && !(p->said & SAID_MONTH))) {
    int64_t from = time_floor(r->now, unit);
    time_set(p, from, time_add(from, unit, 1), unit, SAID_YEAR | SAID_MONTH), p->anchored |= MILL_ANCHOR_ALL;
  }
  int64_t middle = unit == MILL_UNIT_YEAR ? time_add_months(p->from, 6) : p->from + 15 * TIME_DAY;
  time_set(p, which % 2 ? middle : p->from, which % 2 ? p->to : middle,
           unit == MILL_UNIT_YEAR ? MILL_UNIT_MONTH : MILL_UNIT_DAY, SAID_MONTH);
  p->form = MILL_FORM_HALF;
  return len;
}

/* ---- 上旬, 年底: stretches of a month, a year, a decade ----------------------------------- */

typedef struct part_word { const char *word; uint8_t third, of; } part_word; /* of: MILL_UNIT_..., or OF_ANY */
enum { OF_ANY = 255 };
static const part_word part_words[] = {
    {"上旬", 0, MILL_UNIT_MONTH}, {"中旬", 1, MILL_UNIT_MONTH}, {"下旬", 2, MILL_UNIT_MONTH},
    {"月初", 0, MILL_UNIT_MONTH}, {"月中", 1, MILL_UNIT_MONTH}, {"月底", 2, MILL_UNIT_MONTH},
    {"月末", 2, MILL_UNIT_MONTH}, {"月尾", 2, MILL_UNIT_MONTH}, {"年初", 0, MILL_UNIT_YEAR},
    {"年中", 1, MILL_UNIT_YEAR},  {"年底", 2, MILL_UNIT_YEAR},  {"年末", 2, MILL_UNIT_YEAR},
    {"年尾", 2, MILL_UNIT_YEAR},  {"岁末", 2, MILL_UNIT_YEAR},  {"伊始", 0, OF_ANY},
    {"中期", 1, OF_ANY},          {"前期", 0, OF_ANY},          {"后期", 2, OF_ANY},
    {"末期", 2, OF_ANY},          {"初期", 0, OF_ANY},          {"初", 0, OF_ANY},
    {"底", 2, OF_ANY},            {"末", 2, OF_ANY},            {"中", 1, OF_ANY},
    {"尾", 2, OF_ANY}};
#define TENTHS 3    /* the first of them are ten days */
#define WHOLLY 14   /* 伊始 is the very beginning: not about */

static size_t part_word_at(const time_reader *r, size_t i, size_t *which) {
  static const char *const others[] = {"中国", "中央", "中共", "中学", "中心", "中华", "初中", "初步",
                                       "末端", "底部", "中秋", "初一", "初二", "初三", "末季", "末月",
                                       "末周", NULL};
  for (size_t k = 0; k < sizeof part_words / sizeof *part_words; k++) {
    size_t len = scan_literal(r->s, r->n, i, part_words[k].word);
    if (len > 0) return *which = k, len == 3 && scan_any(r->s, r->n, i, others, NULL) ? 0 : len;
  }
  return 0;
}

/* What it is a part of: what is said, else the month or year of now. 1, or 0: it cannot be. */
static int part_of_what(const time_reader *r, time_point *p, int of) {
  if (p->said == 0) {
    if (of == OF_ANY) return 0;
    int64_t from = time_floor(r->left != NULL ? r->left->from : r->now, of);
    time_set(p, from, time_add(from, of, 1), of, SAID_YEAR | (of == MILL_UNIT_MONTH ? SAID_MONTH : 0));
    p->anchored |= MILL_ANCHOR_ALL;
    return 1;
  }
  if (of == MILL_UNIT_YEAR && p->grain != MILL_UNIT_YEAR) return 0;
  return !(of == MILL_UNIT_MONTH && p->grain == MILL_UNIT_YEAR && p->form != MILL_FORM_DECADE);
}

/* 九十年代初: three years; 世纪初: its first ten years */
static void third_of_decade(time_point *p, int third) {
  int century = p->to - p->from > 90 * 365 * (int64_t)TIME_DAY;
  int first = century ? 10 : 3, last = century ? 90 : 7;
  if (century && third == 1) first = 40, last = 60;
  int64_t from = third == 0 ? p->from : time_add(p->from, MILL_UNIT_YEAR, third == 1 ? first : last);
  int64_t to = third == 2 ? p->to : time_add(p->from, MILL_UNIT_YEAR, third == 0 ? first : last);
  time_set(p, from, to, MILL_UNIT_YEAR, 0);
}

/* Ten days, a beginning of five, a middle and an end of six; of a year months, of a quarter its month. */
static void third_of(time_point *p, int unit, int third, int tenth) {
  int64_t from, to;
  if (unit == MILL_UNIT_YEAR) {
    from = time_add_months(p->from, third == 0 ? 0 : third == 1 ? 5 : 11);
    to = time_add_months(from, third == 1 ? 2 : 1);
  } else if (p->form == MILL_FORM_THIRD && p->to - p->from > 85 * TIME_DAY) {
    from = time_add_months(p->from, third), to = time_add_months(from, 1);
  } else if (tenth) {
    from = p->from + (int64_t)third * 10 * TIME_DAY, to = third == 2 ? p->to : from + 10 * TIME_DAY;
  } else {
    from = third == 2 ? p->to - 6 * TIME_DAY : p->from + (third == 1 ? 12 : 0) * TIME_DAY;
    to = third == 2 ? p->to : from + (third == 1 ? 6 : 5) * TIME_DAY;
  }
  int months = unit == MILL_UNIT_YEAR || to - from > 25 * TIME_DAY;
  time_set(p, from, to, months ? MILL_UNIT_MONTH : MILL_UNIT_DAY, SAID_MONTH | SAID_YEAR);
}

/* 上旬 中旬 下旬: ten days of a month; 初 中 底 of a month or year. */
static size_t stretch(const time_reader *r, size_t i, time_point *p) {
  static const uint8_t forms[] = {MILL_FORM_BEGIN, MILL_FORM_MIDDLE, MILL_FORM_END};
  size_t which;
  if (p->said & (SAID_DAY | SAID_WEEK | SAID_HOUR | SAID_PART | SAID_WEEKDAY)) return 0;
  size_t len = part_word_at(r, i, &which);
  if (len == 0 || !part_of_what(r, p, part_words[which].of)) return 0;
  int third = part_words[which].third, unit = p->grain;
  if (p->form == MILL_FORM_DECADE) return third_of_decade(p, third), len;
  third_of(p, unit, third, which < TENTHS);
  p->form = which < TENTHS ? (uint8_t)MILL_FORM_THIRD : forms[third];
  p->approx = which >= TENTHS && which != WHOLLY, p->open_hour = (uint8_t)unit;
  return len;
}

size_t time_inside(const time_reader *r, size_t i, time_point *p) {
  size_t len = half(r, i, p);
  if (len == 0) len = plain_quarter(r, i, p);
  if (len == 0) len = stretch(r, i, p);
  if (len > 0) return len;
  if (p->said & (SAID_HOUR | SAID_PART)) return 0;
  time_point was = *p;
  len = nth(r, i, p);
  if (len == 0) *p = was;
  return len;
}
