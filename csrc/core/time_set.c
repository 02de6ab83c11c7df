/*
** time_set.c - what comes again: 每天, 每周一、三上午, 每月5号和20号, 每年9月到11月,
** 每隔三天, 农历一四七, 逢五逢十, 工作日, 一周两次, 5月1日至3日每天8点.
** On which days they fall: time_set_days.c.
*/
#include "calendar.h"
#include "time_expr.h"

static void step(mill_time *out, int unit, double times) {
  memset(out, 0, sizeof *out);
  out->kind = MILL_TIME_SET, out->grain = (uint8_t)unit;
  out->amount[unit] = out->high[unit] = times;
}

/* The moment of a set: 每年|9月到11月. */
static void place(const time_reader *r, mill_time *out, const mill_time *m, const time_point *p) {
  mill_date x;
  out->from = m->from, out->to = m->to, out->moment = 1, out->part = m->part, out->form = m->form;
  out->base_from = m->base_from, out->base_to = m->base_to, out->lunar |= m->lunar,
  out->anchored = MILL_ANCHOR_ALL;
  out->zone = m->zone, out->zoned = m->zoned;
  if (out->weekdays || out->days || out->months) return; /* listed before */
  if (p->weekday != 0)
    out->weekdays |= (uint8_t)(1u << p->weekday), out->weekday = p->weekday, out->nth = p->nth;
  time_civil(m->from, &x);
  if (out->grain == MILL_UNIT_MONTH && p->said & SAID_DAY && !p->weekday) {
    mill_date lunar;
    int is =
        m->lunar &&
        mill_lunar_from_days(r->data, (int32_t)(time_floor(m->from, MILL_UNIT_DAY) / TIME_DAY), &lunar) == 0;
    int last = p->form != MILL_FORM_DATE && x.day >= 28; /* 最后一天 */
    out->days |= last ? 1u << 31 : 1u << (is ? lunar.lunar_day : x.day);
  }
  if (out->grain == MILL_UNIT_YEAR) out->months = (uint16_t)(p->weekday ? 1u << x.month : 0);
}

/* A moment inside the unit that comes again: 每月|最后一个星期五, 每年|的最后一天; seed NULL: any. */
static size_t moment_in(const time_reader *r, size_t i, const time_point *seed, mill_time *out) {
  mill_time m;
  time_point p;
  time_reader same = *r;
  same.prefer = out->amount[MILL_UNIT_WEEK] > 0 ? MILL_PREFER_FUTURE : MILL_PREFER_SAME;
  size_t gap = time_gap(r, i), len = time_range_from(&same, i + gap, seed, &m, &p);
  if (len == 0) return 0;
  place(r, out, &m, &p);
  return gap + len;
}

/* The unit of now: this month of 每月. */
static time_point unit_now(const time_reader *r, int unit) {
  static const unsigned said[] = {SAID_YEAR, SAID_YEAR | SAID_MONTH, SAID_WEEK,
                                  SAID_YEAR | SAID_MONTH | SAID_DAY};
  time_point p = {0};
  int64_t from = time_floor(r->now, unit);
  time_set(&p, from, time_add(from, unit, 1), unit, said[unit]);
  p.anchored = MILL_ANCHOR_ALL;
  return p;
}

static size_t moment(const time_reader *r, size_t i, int unit, double times, mill_time *out) {
  mill_time a = *out, b = *out;
  size_t len = moment_in(r, i, NULL, &a), more = 0;
  if (unit <= MILL_UNIT_DAY) {
    time_point seed = unit_now(r, unit);
    mill_date x;
    time_civil(r->now, &x);
    if (unit == MILL_UNIT_MONTH && times > 2.5) {
      int64_t from = time_at(x.year, (x.month - 1) / 3 * 3 + 1, 1);
      time_set(&seed, from, time_add_months(from, 3), MILL_UNIT_MONTH, 0);
      seed.form = MILL_FORM_THIRD;
    }
    more = moment_in(r, i, &seed, &b);
  }
  *out = more > len ? b : a;
  return more > len ? more : len;
}

/* 一次, 两回: how often */
static size_t times_a(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"次", "回", "趟", "遍", NULL};
  time_count c;
  size_t number = time_number(r, i, &c),
         mark = number > 0 ? scan_any(r->s, r->n, i + number, words, NULL) : 0;
  if (mark == 0 && scan_literal(r->s, r->n, i, "一度")) return out->times = 1, 6;
  if (mark == 0 || !c.whole) return 0;
  out->times = (uint16_t)c.value;
  return number + mark;
}

static size_t unit_of_set(const time_reader *r, size_t i, int *unit, double *times, int *work) {
  static const char *const words[] = {"年度", "年", "季度", "季", "个月", "月份", "月", "星期", "礼拜", "周", "工作日", "天", "日",
                                      "晚上", "晚", "早上", "早", "小时", "钟头", "分钟", "秒钟", "秒", NULL};
  static const uint8_t units[] = {0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5, 6, 6};
  static const char *const others[] = {"年级", "天下", "日均", "季节", NULL};
  int which;
  int other = scan_any(r->s, r->n, i, others, NULL) && !scan_literal(r->s, r->n, i, "天下午"); /* 每天|下午 */
  size_t len = other ? 0 : scan_any(r->s, r->n, i, words, &which);
  if (len > 0) *unit = units[which], *times = which == 2 || which == 3 ? 3 : 1, *work = which == 10;
  return len > 0 && which >= 13 && which <= 16 ? SIZE_MAX : len;
}

/* ---- lists ------------------------------------------------------------------------------ */

static size_t joint(const time_reader *r, size_t i) {
  static const char *const words[] = {"、", ",", "和", "与", "及", "或", "/", NULL};
  return scan_any(r->s, r->n, i, words, NULL);
}

static size_t range_sign(const time_reader *r, size_t i) {
  static const char *const words[] = {"——", "—", "-", "~", "至", "到", NULL};
  return scan_any(r->s, r->n, i, words, NULL);
}

/* 一、三, 一至五, 一三五, 二和周四 behind 周: a bit each; *parts how many were said */
static size_t weekdays(const time_reader *r, size_t i, uint8_t *mask, int *parts) {
  static const char *const counts[] = {"次", "回", "趟", "遍", "个", "天", "小", "分", NULL};
  int day, last;
  size_t start = i, len = time_weekday_number(r, i, &last);
  *mask = 0, *parts = 0;
  if (len == 0 || scan_any(r->s, r->n, i + len, counts, NULL)) return 0;
  i += len, *mask = (uint8_t)(1u << last), *parts = 1;
  for (int k = 0; k < 8; k++) {
    size_t mark = joint(r, i), to = mark > 0 ? 0 : range_sign(r, i), word = time_week_word(r, i + mark + to);
    len = time_weekday_number(r, i + mark + to + word, &day);
    size_t end = i + mark + to + word + len;
    if (len == 0 || (word == 0 && scan_any(r->s, r->n, end, counts, NULL))) break;
    if (mark + to + word == 0 && (unsigned char)r->s[i] < 0x80) break; /* 周1 2 */
    if (mark + to > 0 && word == 0 &&
        (scan_is_digit(r->s, r->n, end) ||
         scan_any(r->s, r->n, end, (const char *const[]){"月", "号", "点", "时", ":", NULL}, NULL)))
      break;
    if (to > 0) for (int d = last; d != day; d = d % 7 + 1) *mask |= (uint8_t)(1u << (d % 7 + 1));
    *mask |= (uint8_t)(1u << day), last = day, i = end;
    *parts += to > 0 ? 2 : 1;
  }
  return i - start;
}

/* 1日、15日; 5号和20号; 1、11、21日; 1日至5日; 初一、十五 */
static size_t month_days(const time_reader *r, size_t i, mill_time *out) {
  static const char *const marks[] = {"日", "号", NULL};
  size_t start = i, end = i, len;
  uint32_t bits = 0;
  int n = 0, lunar = 0, last = 0, marked = 0, to = 0;
  while (n < 31) {
    time_count c;
    size_t first = scan_literal(r->s, r->n, i, "初");
    len = time_number(r, i + first, &c);
    if (len == 0 || !c.whole || c.value < 1 || c.value > 31 || (first > 0 && (c.arabic || c.value > 10)))
      break;
    lunar |= first > 0;
    i += first + len;
    size_t mark = scan_any(r->s, r->n, i, marks, NULL);
    if (mark == 0 && !lunar && joint(r, i) + range_sign(r, i) == 0) break;
    marked |= mark > 0 || lunar, i += mark;
    for (int d = to ? last : (int)c.value; d <= (int)c.value; d++) bits |= 1u << d;
    last = (int)c.value, n++, end = marked ? i : end;
    size_t next = joint(r, i), sign = next > 0 ? 0 : range_sign(r, i);
    to = sign > 0;
    if (next + sign == 0) break;
    i += next + sign;
  }
  if (n == 0 || !marked) return 0;
  out->days = bits, out->lunar = (uint8_t)lunar;
  return end - start;
}

/* 3月和9月, 3、6、9月 */
static size_t year_months(const time_reader *r, size_t i, mill_time *out) {
  static const char *const marks[] = {"月份", "月", NULL};
  size_t start = i, end = i;
  uint16_t bits = 0;
  int n = 0;
  while (n < 12) {
    time_count c;
    size_t len = time_number(r, i, &c);
    if (len == 0 || !c.whole || c.value < 1 || c.value > 12) break;
    i += len;
    size_t mark = scan_any(r->s, r->n, i, marks, NULL);
    i += mark, bits |= (uint16_t)(1u << (int)c.value), n++;
    if (mark > 0) end = i;
    size_t next = joint(r, i);
    if (next == 0) break;
    i += next;
  }
  if (n < 2 || end == start || range_sign(r, end) || scan_is_digit(r->s, r->n, end)) return 0;
  out->months = bits;
  return end - start;
}

static int has(unsigned mask, int64_t d) { return (int)(mask >> d & 1u); }

/* The first day of the mask from today on; today when there is no mask. */
static time_point first_day(const time_reader *r, uint8_t mask) {
  time_point p = unit_now(r, MILL_UNIT_DAY);
  for (int k = 0;
       mask != 0 && k < 7 && !has(mask, (p.from - time_floor(p.from, MILL_UNIT_WEEK)) / TIME_DAY + 1); k++)
    p.from += TIME_DAY, p.to += TIME_DAY;
  return p;
}

/* The listed days of this month from the first one on: a day, or a stretch without gaps; from == to none. */
static time_point listed_days(const time_reader *r, uint32_t days) {
  time_point p = unit_now(r, MILL_UNIT_DAY);
  int64_t month = time_floor(r->now, MILL_UNIT_MONTH), end = time_add_months(month, 1);
  int first = 1;
  while (first < 31 && !has(days, first)) first++;
  p.from = month + (int64_t)(first - 1) * TIME_DAY, p.to = p.from;
  while (first <= 31 && has(days, first) && p.to < end) p.to += TIME_DAY, first++;
  return p;
}

/* A clock or part of the day behind a list: 每周二和周四|下午三点, 每月10号|上午九点. */
static size_t clock_behind(const time_reader *r, size_t i, mill_time *out) {
  static const char *const daily[] = {"每天", "每日", "的每天", NULL};
  time_point seed = first_day(r, out->weekdays);
  if (out->days != 0 && !out->lunar) {
    time_point listed = listed_days(r, out->days);
    if (listed.from < listed.to) seed = listed, seed.to = seed.from + TIME_DAY;
  }
  size_t word = scan_any(r->s, r->n, i, daily, NULL), len = moment_in(r, i + word, &seed, out);
  return len > 0 ? word + len : 0;
}

/* ---- market days ----------------------------------------------------------------------- */

static size_t one_digit(const time_reader *r, size_t i, int *digit) {
  size_t len;
  uint32_t c = scan_peek(r->s, r->n, i, &len);
  *digit = len == 0 ? -1 : numeral_small_unit(c) == 10 ? 0 : numeral_digit(c);
  return *digit >= 0 && len > 1 ? len : 0;
}

static uint32_t days_ending(int digit) {
  uint32_t bits = 0;
  for (int day = digit == 0 ? 10 : digit; day <= 30; day += 10) bits |= 1u << day;
  return bits;
}

/* 一四七: days that end in these digits */
static size_t endings(const time_reader *r, size_t i, mill_time *out, int least) {
  size_t start = i, len;
  int digit, n = 0, last = -1;
  while (n < 5 && (len = one_digit(r, i, &digit)) > 0) {
    int order = digit == 0 ? 10 : digit;
    if (order <= last) break;
    out->days |= days_ending(digit), i += len, n++, last = order;
    i += scan_literal(r->s, r->n, i, "、");
  }
  if (n < least) return 0;
  i += scan_literal(r->s, r->n, i, "日");
  return i - start;
}

/* 初一、十五 */
static size_t lunar_list(const time_reader *r, size_t i, mill_time *out) {
  static const char *const joints[] = {"、", "和", "与", ",", NULL};
  size_t start = i, end = i;
  int n = 0;
  while (n < 8) {
    time_count c;
    size_t word = scan_literal(r->s, r->n, i, "初"), len = time_number(r, i + word, &c);
    if (len == 0 || c.arabic || !c.whole || c.value < 1 || c.value > (word > 0 ? 10 : 30) ||
        (n == 0 && word == 0))
      break;
    out->days |= 1u << (int)c.value, i += word + len, end = i, n++;
    size_t joint = scan_any(r->s, r->n, i, joints, NULL);
    if (joint == 0) break;
    i += joint;
  }
  return n >= 2 ? end - start : 0;
}

static size_t market(const time_reader *r, size_t i, mill_time *out) {
  static const char *const markers[] = {"农历", "阴历", NULL};
  size_t start = i, len = scan_any(r->s, r->n, i, markers, NULL), at;
  step(out, MILL_UNIT_DAY, 0);
  out->lunar = len > 0;
  i += len;
  i += len > 0 ? time_gap(r, i) : 0;
  if (len > 0 && (at = scan_literal(r->s, r->n, i, "每月")) > 0) i += at;
  if (len > 0 && (at = lunar_list(r, i, out)) > 0) return i + at - start;
  size_t on = scan_literal(r->s, r->n, i, "逢"), end = 0;
  out->days = 0;
  while (on > 0 && (at = endings(r, i + on, out, 1)) > 0) {
    i += on + at, end = i;
    on = scan_literal(r->s, r->n, i, "逢");
  }
  if (end > 0) return end - start;
  out->days = 0;
  return len > 0 && (at = endings(r, i, out, 2)) > 0 ? i + at - start : 0;
}

/* ---- 每 ------------------------------------------------------------------------------- */

/* 每周|一、三、五; 每逢|周末 */
static size_t every_week(const time_reader *r, size_t i, double times, mill_time *out) {
  int parts;
  uint8_t mask = 0;
  size_t start = i, word = time_week_word(r, i), end = scan_literal(r->s, r->n, i + word, "末"),
         gap = time_gap(r, i + word);
  static const char *const ends[] = {"周末", "双休日", "周六日", NULL};
  size_t named = scan_any(r->s, r->n, i, ends, NULL);
  if (named == 0 && word == 0) return 0;
  size_t inner = word > 0 && gap > 0 ? time_week_word(r, i + word + gap) : 0; /* 每周的周三 */
  if (inner > 0) word += gap + inner;
  size_t list = named + end > 0 ? 0 : weekdays(r, i + word, &mask, &parts);
  if (named == 0 && list == 0) return 0;
  step(out, MILL_UNIT_WEEK, times);
  if (named > 0) mask = 0xC0, word = named;
  out->weekdays = mask, i += word + list;
  for (int d = 1; d <= 7 && out->weekday == 0; d++) if (has(mask, d)) out->weekday = (uint8_t)d;
  size_t more = clock_behind(r, i, out);
  if (more == 0) { /* its first one from now on */
    time_point day = first_day(r, mask);
    int first = (int)((day.from - time_floor(day.from, MILL_UNIT_WEEK)) / TIME_DAY) + 1;
    while (first < 7 && has(mask, ++first)) day.to += TIME_DAY; /* 周末: both days */
    out->from = out->base_from = day.from, out->to = out->base_to = day.to, out->moment = 1,
    out->anchored = MILL_ANCHOR_ALL;
  }
  return i + more - start;
}

/* What stands behind 每月, 每年: a list, or one moment of it. */
static size_t inside(const time_reader *r, size_t i, int unit, double times, mill_time *out) {
  size_t gap = time_gap(r, i), list = 0;
  if (unit == MILL_UNIT_MONTH && times < 2) list = month_days(r, i + gap, out);
  if (unit == MILL_UNIT_YEAR) list = year_months(r, i + gap, out);
  if (list == 0) return moment(r, i, unit, times, out);
  mill_time single = *out;
  single.days = 0, single.months = 0, single.lunar = 0;
  size_t one = moment(r, i, unit, times, &single);
  if (one > gap + list && single.days == 0) return *out = single, one;
  size_t clock = clock_behind(r, i + gap + list, out);
  time_point days = listed_days(r, out->days);
  if (clock == 0 && out->days != 0 && !out->lunar && days.from < days.to)
    out->from = out->base_from = days.from, out->to = out->base_to = days.to, out->moment = 1,
    out->anchored = MILL_ANCHOR_ALL;
  return gap + list + clock;
}

static size_t every_unit(const time_reader *r, size_t i, mill_time *out) {
  int unit = 0, work = 0;
  double times = 1;
  size_t start = i, len = unit_of_set(r, i, &unit, &times, &work), more;
  if (len == 0) return 0;
  step(out, unit, times);
  out->work = (uint8_t)work;
  if (len == SIZE_MAX) { /* 每晚八点: 晚 is read with the clock */
    time_point day = unit_now(r, MILL_UNIT_DAY);
    return moment_in(r, i, &day, out);
  }
  i += len;
  more = inside(r, i, unit, times, out);
  i += more;
  size_t gap = time_gap(r, i);
  more = times_a(r, i + gap, out);
  return i + (more > 0 ? gap + more : 0) - start;
}

/* Which day or hour of it behind 每两周, 每隔三天: 的周三晚, 早上八点. */
static size_t when_of_it(const time_reader *r, size_t i, const mill_time *d, mill_time *out) {
  mill_time found = *out;
  int week = d->grain == MILL_UNIT_WEEK;
  time_point today = unit_now(r, MILL_UNIT_DAY);
  if (!week && d->grain != MILL_UNIT_DAY) return 0;
  size_t len = moment_in(r, i, week ? NULL : &today, &found);
  if (len == 0 || (week ? found.weekdays == 0 : found.to - found.from >= TIME_DAY)) return 0;
  return *out = found, len;
}

/* 每 and what it counts */
static size_t every(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"每间隔", "每隔", "每逢", "每当", "每一", "每个", "每", "隔", "逢", NULL};
  int which;
  size_t start = i, len = scan_any(r->s, r->n, i, words, &which), more;
  if (len == 0) return 0;
  i += len;
  i += which == 8 ? 0 : scan_literal(r->s, r->n, i, "个");
  if (which == 2 && (more = market(r, i, out)) > 0) return i + more - start;
  if ((more = every_week(r, i, which == 7 ? 2 : 1, out)) > 0) return i + more - start;
  if (which == 8) return 0;
  mill_time d;
  size_t counted = which != 2 ? time_duration(r, i, 1, &d) : 0;
  if (which == 4 && counted == 0 && (counted = time_duration(r, i - 3, 1, &d)) > 0) counted -= 3; /* 每|一刻钟 */
  more = which == 7 || which <= 1 ? 0 : every_unit(r, i, out);
  if (more >= counted && more > 0) return i + more - start;
  if (counted > 0) {
    step(out, d.grain, 0);
    memcpy(out->amount, d.amount, sizeof d.amount), memcpy(out->high, d.high, sizeof d.high);
    i += counted;
    i += when_of_it(r, i, &d, out);
    return i + times_a(r, i, out) - start;
  }
  if (which == 7) return 0;
  if (which <= 1) return (more = every_unit(r, i, out)) > 0 ? i + more - start : 0;
  step(out, MILL_UNIT_YEAR, 1);
  more = moment_in(r, i, NULL, out);
  if (out->weekdays)
    out->amount[MILL_UNIT_YEAR] = 0, out->amount[MILL_UNIT_WEEK] = 1, out->grain = MILL_UNIT_WEEK;
  return more > 0 ? i + more - start : 0;
}

/* 周一、三、五; 周二和周四下午: a list of days that are not a stretch comes again. */
static size_t week_list(const time_reader *r, size_t i, mill_time *out) {
  int parts, runs = 0;
  uint8_t mask;
  size_t word = time_week_word(r, i), list = word > 0 ? weekdays(r, i + word, &mask, &parts) : 0;
  if (list == 0 || parts < 2) return 0;
  for (int d = 1; d <= 7; d++) runs += has(mask, d) && !has(mask, d == 1 ? 7 : d - 1);
  static const char *const daily[] = {"每天", "每日", "的每天", NULL};
  if (runs == 1 && !scan_any(r->s, r->n, i + word + list, daily, NULL)) return 0;
  return every_week(r, i, 1, out);
}

/* 一周两次, 一年一度 */
static size_t how_often(const time_reader *r, size_t i, mill_time *out) {
  mill_time d;
  size_t len = time_duration(r, i, 0, &d), more = len > 0 && !d.approx ? times_a(r, i + len, out) : 0;
  if (more == 0) return 0;
  step(out, d.grain, 0);
  memcpy(out->amount, d.amount, sizeof d.amount), memcpy(out->high, d.high, sizeof d.high);
  times_a(r, i + len, out);
  return len + more;
}

/* 工作日三点, 非工作日, 双休日 */
static size_t workdays(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"非工作日", "工作日", "双休日", "休息日", "法定工作日", NULL};
  static const char *const gaps[] = {"每天", "每日", "的", NULL};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which), daily;
  if (len == 0) return 0;
  step(out, MILL_UNIT_DAY, 1);
  out->work = which == 1 || which == 4, out->weekdays = out->work ? 0x3E : 0xC0;
  daily = scan_any(r->s, r->n, i + len, gaps, NULL);
  size_t more = moment_in(r, i + len + daily, NULL, out);
  return len + (more > 0 ? daily + more : 0);
}

/* 每天8点 behind 5月1日至3日, 的下午 behind 周一到周三: each day of the stretch */
size_t time_set_within(const time_reader *r, size_t i, const mill_time *stretch, mill_time *out) {
  static const char *const words[] = {"每天", "每日", "每晚", "每早", "的每天", "的每日", NULL};
  int which;
  size_t gap = i < r->n && r->s[i] == ' ' ? 1 : 0, len = scan_any(r->s, r->n, i + gap, words, &which);
  if (len == 0) return 0;
  if (which == 2 || which == 3) len -= 3;
  time_point seed = {0};
  time_set(&seed, stretch->from, stretch->from + TIME_DAY, MILL_UNIT_DAY, SAID_YEAR | SAID_MONTH | SAID_DAY);
  seed.anchored = stretch->anchored;
  step(out, MILL_UNIT_DAY, 1);
  size_t more = moment_in(r, i + gap + len, &seed, out);
  out->limit_from = stretch->from, out->limit_to = stretch->to;
  return more > 0 || which != 2 ? gap + len + more : 0;
}

/* 天天|晚上7点: a day's hour must follow, 天天 alone is "always". */
static size_t day_by_day(const time_reader *r, size_t i, mill_time *out) {
  static const char *const words[] = {"天天", "日日", NULL};
  size_t len = scan_any(r->s, r->n, i, words, NULL);
  time_point today = unit_now(r, MILL_UNIT_DAY);
  if (len == 0) return 0;
  step(out, MILL_UNIT_DAY, 1);
  size_t more = moment_in(r, i + len, &today, out);
  return more > 0 && out->to - out->from < TIME_DAY ? len + more : 0;
}

size_t time_set_scan(const time_reader *r, size_t i, mill_time *out) {
  typedef size_t scan(const time_reader *, size_t, mill_time *);
  static scan *const kinds[] = {every, week_list, workdays, how_often, day_by_day, market};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    size_t len = kinds[k](r, i, out);
    if (len > 0) return len;
  }
  return 0;
}
