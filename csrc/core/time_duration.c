/*
** time_duration.c - durations: 两年零三个月, 三天半, 一个半小时, 半年, 3年多,
** 三到五天, 十三天—八周.
*/
#include <math.h>

#include "timex.h"

size_t time_gap(const time_reader *r, size_t i) {
  size_t from = i;
  while (i < r->n && r->s[i] == ' ' && i - from < 2) i++;
  static const char *const of[] = {"的", "嘅", NULL};
  i += scan_any(r->s, r->n, i, of, NULL);
  while (i < r->n && r->s[i] == ' ' && i - from < 8) i++;
  return i - from;
}

static size_t read_number(const time_reader *r, size_t i, time_count *out) {
  static const char *const few[] = {"俩", "仨", "卅", "廿", NULL};
  static const uint8_t values[] = {2, 3, 30, 20};
  numeral x;
  int which;
  *out = (time_count){0};
  size_t len = scan_any(r->s, r->n, i, few, &which);
  if (len > 0) {
    out->value = out->hi = values[which], out->whole = 1;
    if (which < 2) return len;
    size_t digit;
    uint32_t c = scan_peek(r->s, r->n, i + len, &digit);
    if (numeral_digit(c) > 0) out->value += numeral_digit(c), out->hi = out->value, len += digit;
    return len;
  }
  if ((len = scan_literal(r->s, r->n, i, "几")) > 0 && !scan_one_of(r->s, r->n, i + len, "十百千万亿")) {
    out->value = 3, out->hi = 9, out->whole = 1, out->vague = 1;
    return len;
  }
  len = i < r->n ? numeral_scan(r->s + i, r->n - i, &x) : 0;
  if (len == 0 || x.bare) return 0;
  out->value = x.value, out->hi = x.hi;
  out->vague = x.vague || x.pair;
  out->whole = !x.decimal && x.value < 10000;
  out->dated = x.arabic && (x.zero || (len == 4 && x.value >= 1500 && x.value <= 2100));
  out->arabic = x.arabic, out->sequence = x.sequence, out->digits = (int)len;
  return len;
}

size_t time_number(const time_reader *r, size_t i, time_count *out) {
  if (r->numbers == NULL || r->n == 0) return read_number(r, i, out);
  size_t k = i % TIME_NUMBERS;
  if (r->numbers->of[k].n != r->n || r->numbers->of[k].at != i) {
    size_t len = read_number(r, i, &r->numbers->of[k].count);
    r->numbers->of[k].at = i, r->numbers->of[k].n = r->n, r->numbers->of[k].len = len;
  }
  *out = r->numbers->of[k].count;
  return r->numbers->of[k].len;
}

/* ---- units ---------------------------------------------------------------------- */

typedef struct unit {
  const char *word;
  uint8_t unit, counted; /* counted: 1 needs 个 before it to be a duration, else may be part of a date */
  double times;
} unit;
static const unit units[] = {
    {"世纪", MILL_UNIT_YEAR, 0, 100},  {"周年", MILL_UNIT_YEAR, 0, 1},      {"年", MILL_UNIT_YEAR, 0, 1},
    {"季度", MILL_UNIT_MONTH, 1, 3},   {"月", MILL_UNIT_MONTH, 1, 1},       {"星期", MILL_UNIT_WEEK, 0, 1},
    {"礼拜", MILL_UNIT_WEEK, 0, 1},    {"周", MILL_UNIT_WEEK, 0, 1},        {"工作日", MILL_UNIT_DAY, 0, 1},
    {"交易日", MILL_UNIT_DAY, 0, 1},   {"天", MILL_UNIT_DAY, 0, 1},         {"昼夜", MILL_UNIT_DAY, 0, 1},
    {"日", MILL_UNIT_DAY, 0, 1},       {"小时", MILL_UNIT_HOUR, 0, 1},      {"钟头", MILL_UNIT_HOUR, 0, 1},
    {"刻钟", MILL_UNIT_MINUTE, 0, 15}, {"分钟", MILL_UNIT_MINUTE, 0, 1},    {"分", MILL_UNIT_MINUTE, 0, 1},
    {"秒钟", MILL_UNIT_SECOND, 0, 1},  {"秒", MILL_UNIT_SECOND, 0, 1},      {"钟", MILL_UNIT_HOUR, 1, 1},
    {"时", MILL_UNIT_HOUR, 2, 1},
};

static size_t unit_at(const time_reader *r, size_t i, const unit **out) {
  static const char *const others[] = {"年级", "年份",   "月份", "年代", "年度", "年轻",
                                       "天气", "天才",   "周岁", "分之", "分子", "分公",
                                       "分钱", "分天下", "日常", "日元", NULL};
  static const char *const sides[] = {"日之前", "日之后", "日之内", "日之间", NULL};
  if (scan_any(r->s, r->n, i, others, NULL) ||
      (scan_literal(r->s, r->n, i, "日之") && !scan_any(r->s, r->n, i, sides, NULL)))
    return 0;
  for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
    size_t len = scan_literal(r->s, r->n, i, units[k].word);
    if (len > 0) return *out = &units[k], len;
  }
  return 0;
}

static void put(mill_time *t, const unit *u, double value, double hi) {
  t->amount[u->unit] += value * u->times, t->high[u->unit] += hi * u->times;
  t->grain = u->unit;
  t->work |= u->word[0] != 0 && (strcmp(u->word, "工作日") == 0 || strcmp(u->word, "交易日") == 0);
}

/* [大|小]半[个]小时, 半年 */
static size_t half(const time_reader *r, size_t i, mill_time *t) {
  const unit *u;
  size_t big = scan_literal(r->s, r->n, i, "大半"), little = scan_literal(r->s, r->n, i, "小半");
  size_t len = big + little > 0 ? big + little : scan_literal(r->s, r->n, i, "半");
  size_t one = len > 0 ? scan_literal(r->s, r->n, i + len, "个") : 0, k = i + len + one;
  size_t mark = len > 0 ? unit_at(r, k, &u) : 0;
  if (mark == 0 || (u->counted == 1 && one == 0 && u->unit == MILL_UNIT_HOUR) || u->counted == 2) return 0;
  put(t, u, 0.5, big > 0 ? 0.9 : 0.5);
  t->approx |= big + little > 0;
  return k + mark - i;
}

/* 半 behind a unit (三天半, 五分半) or before it (一个半小时). */
static size_t and_half(const time_reader *r, size_t i, double *value) {
  size_t len = scan_literal(r->s, r->n, i, "半");
  if (len > 0) *value = 0.5;
  return len;
}

static size_t more_or_less(const time_reader *r, size_t i, mill_time *t) {
  static const char *const words[] = {"多", "余", "来", NULL};
  size_t len = scan_any(r->s, r->n, i, words, NULL);
  t->approx |= len > 0;
  return len;
}

/* 十分漂亮: "very", where no time goes on behind it; 四周都是山: all around. */
static int other_sense(const time_reader *r, size_t i, const time_count *c, const unit *u) {
  if (c->value == 4 && !c->arabic && strcmp(u->word, "周") == 0)
    return scan_one_of(r->s, r->n, i, "都是有环围被皆为") > 0;
  if (c->value != 10 || c->arabic || strcmp(u->word, "分") != 0 || i >= r->n || (unsigned char)r->s[i] < 0x80)
    return 0;
  return !scan_one_of(r->s, r->n, i, "钟后前之内以里多左半来许零一二三四五六七八九到至间");
}

/* One number with its unit. */
static size_t single(const time_reader *r, size_t i, int bare_month, mill_time *t) {
  time_count c;
  const unit *u;
  double extra = 0;
  size_t start = i, len = time_number(r, i, &c), all;
  if (len > 0 && scan_any(r->s, r->n, i + len, (const char *const[]){"整年", "整天", "整日", "整夜", "整个", NULL}, NULL))
    len += 3; /* 一整天 */
  if (len == 0 && (scan_literal(r->s, r->n, i, "个半") || scan_literal(r->s, r->n, i, "分半")))
    c.value = c.hi = 1, c.vague = 0;
  else if (len == 0) return half(r, i, t);
  i += len;
  t->approx |= c.vague != 0;
  i += more_or_less(r, i, t);
  if (i < r->n && r->s[i] == ' ') i++;
  size_t ge = scan_literal(r->s, r->n, i, "个");
  i += ge;
  if (ge > 0) i += more_or_less(r, i, t);
  size_t inner = ge > 0 ? and_half(r, i, &extra) : 0;
  if (inner == 0 && c.value == 1 && scan_literal(r->s, r->n, i, "半")) inner = and_half(r, i, &extra);
  i += inner;
  if (i < r->n && r->s[i] == ' ') i++;
  all = unit_at(r, i, &u);
  if (all > 0 && ge > 0 && strcmp(u->word, "年") == 0 && !scan_literal(r->s, r->n, i, "年头")) return 0;
  if (c.dated && ge == 0 && !t->approx && all > 0 && u->unit == MILL_UNIT_YEAR) return 0; /* 2024年, 07年 */
  if (inner == 0 && all > 0 && len > 0 && ge == 0 && c.sequence && u->unit == MILL_UNIT_YEAR && !bare_month)
    return 0;
  if (all == 0 || (u->counted == 1 && ge == 0 && inner == 0 && !bare_month)) return 0;
  if (u->counted == 2 && t->amount[MILL_UNIT_DAY] == 0) return 0;
  i += all;
  if (other_sense(r, i, &c, u)) return 0;
  if (inner == 0) i += and_half(r, i, &extra);
  i += u->unit == MILL_UNIT_MINUTE && scan_literal(r->s, r->n, i, "钟") ? 3 : 0;
  if (!(u->unit == MILL_UNIT_YEAR && scan_literal(r->s, r->n, i, "来"))) i += more_or_less(r, i, t);
  if (c.value + extra <= 0) return 0;
  put(t, u, c.value + extra, c.hi + extra);
  return i - start;
}

static size_t joint(const time_reader *r, size_t i) {
  static const char *const words[] = {"加上", "零", "又", "加", "和", " ", NULL};
  return scan_any(r->s, r->n, i, words, NULL);
}

/* 三天三夜, 三天两夜: the nights are the days'. */
static size_t nights(const time_reader *r, size_t i, const mill_time *t) {
  time_count c;
  size_t len = t->grain == MILL_UNIT_DAY ? time_number(r, i, &c) : 0;
  double fewer = t->amount[MILL_UNIT_DAY] - c.value;
  return len > 0 && (fabs(fewer) < 1e-9 || fabs(fewer - 1) < 1e-9) && scan_literal(r->s, r->n, i + len, "夜")
             ? len + 3
             : 0;
}

/* 三到五天, 13天—8周: a second count behind a sign. */
static size_t upper(const time_reader *r, size_t i, int bare_month, mill_time *t) {
  static const char *const marks[] = {"——", "—", "–", "―", "─", "〜", "−", "--", "-", "~", "至", "到", NULL};
  mill_time more = {0};
  size_t mark = scan_any(r->s, r->n, i, marks, NULL),
         len = mark > 0 ? single(r, i + mark, bare_month, &more) : 0;
  if (len == 0) return 0;
  for (int k = 0; k < MILL_UNIT_COUNT; k++) t->high[k] = more.high[k];
  t->approx = 1;
  return mark + len;
}

/* 13—18天: the first count has the unit of the second. */
static size_t open_count(const time_reader *r, size_t i, int bare_month, mill_time *t) {
  static const char *const marks[] = {"——", "—", "–", "―", "─", "〜", "−", "--", "-", "~", "至", "到", NULL};
  time_count c;
  mill_time more = {0};
  size_t len = time_number(r, i, &c), mark = len > 0 ? scan_any(r->s, r->n, i + len, marks, NULL) : 0;
  size_t rest = mark > 0 ? single(r, i + len + mark, bare_month, &more) : 0;
  if (rest == 0) return 0;
  *t = more;
  for (int k = 0; k < MILL_UNIT_COUNT; k++)
    if (more.amount[k] > 0) t->amount[k] = c.value;
  t->approx = 1;
  return len + mark + rest;
}

size_t time_duration(const time_reader *r, size_t i, int bare_month, mill_time *out) {
  size_t start = i, len;
  memset(out, 0, sizeof *out);
  out->kind = MILL_TIME_DURATION;
  i += scan_any(r->s, r->n, i, (const char *const[]){"整整", "足足", NULL}, NULL);
  if ((len = single(r, i, bare_month, out)) == 0) {
    memset(out, 0, sizeof *out);
    len = open_count(r, i, bare_month, out);
    out->kind = MILL_TIME_DURATION;
    return len > 0 ? i + len - start : 0;
  }
  i += len;
  for (int k = 0; k < 7; k++) {
    mill_time next = *out;
    size_t and = joint(r, i);
    if ((len = nights(r, i, out)) > 0) return i + len - start;
    len = single(r, i + and, bare_month, &next);
    if (len == 0 || (next.grain <= out->grain && and == 0)) break;
    *out = next, i += and + len;
  }
  len = upper(r, i, bare_month, out);
  i += len;
  i += scan_literal(r->s, r->n, i, "整");
  return i - start;
}

int time_finest(const mill_time *t) {
  int finest = MILL_UNIT_YEAR;
  for (int k = 0; k < MILL_UNIT_COUNT; k++)
    if (t->amount[k] > 0) finest = k;
  return finest;
}

/* The next working day, Saturdays and Sundays left out. */
static int64_t working(int64_t t, int days, int sign) {
  if (days > 100000) days = 100000;
  while (days > 0) {
    t += sign * TIME_DAY;
    int64_t day = time_floor(t, MILL_UNIT_DAY);
    if (day - time_floor(t, MILL_UNIT_WEEK) < 5 * TIME_DAY) days--;
  }
  return t;
}

/* Fractions of a year are months, of a month 30 days, of a day hours. */
int64_t time_shift(int64_t t, const mill_time *d, int sign) {
  static const double each[] = {0, 0, 7 * TIME_DAY, TIME_DAY, 3600, 60, 1};
  double months = d->amount[MILL_UNIT_YEAR] * 12 + d->amount[MILL_UNIT_MONTH], rest = 0;
  if (months > 60000) months = 60000;
  if (d->work) return working(t, (int)d->amount[MILL_UNIT_DAY], sign);
  for (int k = MILL_UNIT_WEEK; k < MILL_UNIT_COUNT; k++) rest += d->amount[k] * each[k];
  if (rest > 1e11) rest = 1e11;
  t = time_add_months(t, sign * (int)floor(months));
  rest += (months - floor(months)) * 30 * TIME_DAY;
  return t + sign * (int64_t)llround(rest);
}
