/*
** date.c - dates in folded text.
**
**   2020年2月4日  二〇二〇年二月四日  2020-02-26 16:57  2020/2/6  2020.2.6
**   [今年|2020年|庚子年] [农历] 正月初二 | 2月5日 | 2月 ; 2月6日晨; 6日
**   今天 昨天 明晚 本月5日 大年三十
**
** Reading fills what the text says, then date_resolve (date_resolve.c) checks
** it and adds the year. A date in the shape of one that cannot be (2月30日) is
** refused, never mended.
*/
#include "date.h"

#include "calendar.h"
#include "numeral.h"
#include "scan.h"

#define NEVER 255
typedef struct reader {
  const char *s;
  size_t n, i;
  const mill_date *ref;
  mill_date *out;
  int marker;  /* 1 农历, 2 公历 said */
} reader;

static size_t blanks(const reader *r, size_t i) {
  size_t from = i;
  while (i < r->n && r->s[i] == ' ' && i - from < 2) i++;
  return i;
}

/* Bytes of `word` at r->i, blanks before it included; 0 when absent. */
static size_t word_at(const reader *r, size_t i, const char *word) {
  size_t from = blanks(r, i), len = scan_literal(r->s, r->n, from, word);
  return len > 0 ? from - i + len : 0;
}

/* ---- numbers in dates ------------------------------------------------------------ */

/* One character of a year: digit, Chinese digit, or o for 〇. -1 none. */
static int year_digit(const reader *r, size_t i, int chinese, size_t *len) {
  uint32_t c = scan_peek(r->s, r->n, i, len);
  if (*len == 0) return -1;
  if (c >= '0' && c <= '9') return (int)(c - '0');
  return chinese && c == 'o' ? 0 : numeral_digit(c);
}

/* Exactly four digits, Arabic or Chinese. Bytes or 0. */
static size_t four_digits(const reader *r, size_t i, int *year) {
  size_t from = i, len;
  int chinese = 0, d;
  *year = 0;
  for (int k = 0; k < 4; k++, i += len) {
    if ((d = year_digit(r, i, chinese, &len)) < 0 || (k == 0 && d == 0)) return 0;
    chinese |= len > 1;
    *year = *year * 10 + d;
  }
  return year_digit(r, i, 0, &len) >= 0 ? 0 : i - from;
}

/* A month or a day: 1-2 Arabic digits, or a Chinese numeral. */
static size_t small(const reader *r, size_t i, int *value, int *arabic) {
  numeral x;
  size_t len = i < r->n ? numeral_scan(r->s + i, r->n - i, &x) : 0;
  int plain = len > 0 && !x.pair && !x.vague && !x.decimal && !x.bare && x.value < 100;
  if (!plain || (x.arabic && len > 2)) return 0;
  *value = (int)x.value, *arabic = x.arabic;
  return len;
}

/* 1-2 digits that no digit follows. */
static size_t digits2(const reader *r, size_t i, int *value) {
  size_t len = 0;
  for (*value = 0; len < 3 && scan_is_digit(r->s, r->n, i + len); len++)
    *value = *value * 10 + (r->s[i + len] - '0');
  return len <= 2 ? len : 0;
}

/* ---- 2020-02-26 -------------------------------------------------------------------- */

/* The day of an ISO date: a clock may stick to it (2020-02-2616:57). */
static size_t iso_day(const reader *r, size_t i, int *day) {
  size_t len = digits2(r, i, day);
  if (len > 0) return len;
  int sticks = i + 4 < r->n && r->s[i + 4] == ':';
  for (size_t k = 0; k < 4; k++) sticks = sticks && scan_is_digit(r->s, r->n, i + k);
  if (sticks) *day = (r->s[i] - '0') * 10 + (r->s[i + 1] - '0');
  return sticks ? 2 : 0;
}

static int iso(reader *r) {
  int year, month, day = 0;
  size_t i = four_digits(r, 0, &year), len;
  if (i != 4 || i >= r->n || strchr("-/.", r->s[4]) == NULL) return 0;
  char sep = r->s[4];
  if ((len = digits2(r, 5, &month)) == 0 || year < 1000) return 0;
  i = 5 + len;
  int full = i < r->n && r->s[i] == sep && (len = iso_day(r, i + 1, &day)) > 0;
  if (full) i += 1 + len;
  int tail = i < r->n && (r->s[i] == sep && sep != '.') && scan_is_digit(r->s, r->n, i + 1);
  if (tail) return 0;
  if (!full && (sep != '-' || i != 7 || month < 1 || month > 12 || year < 1900 || year > 2100))
    return 0;
  if (sep == '.' && (month < 1 || month > 12 || day < 1 || day > 31)) return 0;
  if (month > 99 || day > 99) return 0;
  r->out->year = year, r->out->month = (uint8_t)month, r->out->day = (uint8_t)day;
  r->out->grain = full ? MILL_GRAIN_DAY : MILL_GRAIN_MONTH;
  if (month == 0 || (full && day == 0)) r->out->month = NEVER;
  r->i = i;
  return 1;
}

/* ---- years -------------------------------------------------------------------------- */

/* 今年, 去年: needs a reference date to be a year. */
static size_t relative_year(reader *r, size_t i) {
  static const char *const words[] = {"今年", "本年", "去年", "明年", "前年", "后年", NULL};
  static const int8_t offsets[] = {0, 0, -1, 1, -2, 2};
  int which;
  size_t len = scan_any(r->s, r->n, i, words, &which);
  if (len > 0 && r->ref != NULL && r->ref->year != 0)
    r->out->year = r->ref->year + offsets[which], r->out->year_from = 1;
  return len;
}

/* 庚子年: the year of the cycle of sixty nearest to the reference date. */
static size_t cycle_year(reader *r, size_t i) {
  static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", NULL};
  static const char *const branches[] = {"子", "丑", "寅", "卯", "辰", "巳",
                                         "午", "未", "申", "酉", "戌", "亥", NULL};
  int stem, branch;
  size_t a = scan_any(r->s, r->n, i, stems, &stem);
  size_t b = a > 0 ? scan_any(r->s, r->n, i + a, branches, &branch) : 0;
  size_t c = b > 0 ? scan_literal(r->s, r->n, i + a + b, "年") : 0;
  if (c == 0 || (stem - branch) % 2 != 0) return 0;
  if (r->ref != NULL && r->ref->year != 0) {
    int place = ((6 * stem - 5 * branch) % 60 + 60) % 60; /* 甲子 0 */
    int off = (((place + 4 - r->ref->year) % 60) + 90) % 60 - 30;
    r->out->year = r->ref->year + off, r->out->year_from = 1;
  }
  return a + b + c;
}

/* 2020年, 二〇二〇年, and 20年 where a month follows. */
static size_t plain_year(reader *r, size_t i) {
  int year, month, arabic;
  size_t len = four_digits(r, i, &year), mark = len > 0 ? word_at(r, i + len, "年") : 0;
  if (mark > 0) return r->out->year = year, len + mark;
  len = digits2(r, i, &year);
  mark = len == 2 ? scan_literal(r->s, r->n, i + 2, "年") : 0;
  size_t more = mark > 0 ? small(r, i + 2 + mark, &month, &arabic) : 0;
  if (more == 0 || !scan_literal(r->s, r->n, i + 2 + mark + more, "月")) return 0;
  r->out->year = year + (year < 50 ? 2000 : 1900);
  return 2 + mark;
}

static void read_year(reader *r) {
  size_t len = plain_year(r, r->i);
  if (len == 0) len = relative_year(r, r->i);
  if (len == 0) len = cycle_year(r, r->i);
  if (len > 0) r->out->grain = MILL_GRAIN_YEAR;
  r->i += len;
}

static void read_marker(reader *r) {
  static const char *const words[] = {"农历", "阴历", "夏历", "旧历", "公历", "阳历", "新历", NULL};
  int which;
  size_t from = blanks(r, r->i), len = scan_any(r->s, r->n, from, words, &which);
  if (len == 0) return;
  r->i = from + len;
  r->marker = which < 4 ? 1 : 2;
}

/* ---- months and days ------------------------------------------------------------------ */

/* 正月 冬月 腊月 闰四月 */
static size_t lunar_month(const reader *r, size_t i, mill_date *out) {
  static const char *const names[] = {"正月", "冬月", "腊月", NULL};
  static const uint8_t months[] = {1, 11, 12};
  int which, value, arabic;
  size_t leap = scan_literal(r->s, r->n, i, "闰");
  size_t len = scan_any(r->s, r->n, i + leap, names, &which);
  if (len > 0) return out->lunar_month = months[which], out->lunar_leap = leap > 0, leap + len;
  if (leap == 0 || (len = small(r, i + leap, &value, &arabic)) == 0) return 0;
  size_t mark = scan_literal(r->s, r->n, i + leap + len, "月");
  if (mark == 0 || value < 1 || value > 12) return 0;
  out->lunar_month = (uint8_t)value, out->lunar_leap = 1;
  return leap + len + mark;
}

/* 初二, 十五, 廿三, 三十; strict: without 初 only what no count can be
** (二月二, 八月十五, not 三月三人). */
static size_t lunar_day(const reader *r, size_t i, int strict, int month, uint8_t *day) {
  int value, arabic;
  size_t first = scan_literal(r->s, r->n, i, "初");
  size_t len = small(r, i + first, &value, &arabic);
  if (len == 0 || (arabic && strict)) return 0;
  if (first > 0 ? value < 1 || value > 10 : value < 1) return 0;
  if (strict && first == 0) {
    if (value > 30 || (value < 10 && value != month)) return 0;
    if (scan_one_of(r->s, r->n, i + len, "个名人元万千百多余几至到日号天年月次户") > 0) return 0;
  }
  *day = (uint8_t)(value > 30 ? NEVER : value);
  return first + len;
}

static int lunar(reader *r, size_t end, const mill_date *found, uint8_t day) {
  r->out->lunar = 1;
  r->out->lunar_month = found->lunar_month, r->out->lunar_leap = found->lunar_leap;
  r->out->lunar_day = day;
  r->out->grain = day > 0 ? MILL_GRAIN_DAY : MILL_GRAIN_MONTH;
  r->i = end;
  return 1;
}

/* 除夕 大年三十 大年初二 */
static int new_year(reader *r) {
  static const char *const words[] = {"除夕", "大年三十", "年三十", "大年初", NULL};
  int which, value, arabic;
  size_t len = scan_any(r->s, r->n, r->i, words, &which);
  mill_date found = {.lunar_month = 12};
  if (len == 0) return 0;
  if (which < 3) return lunar(r, r->i + len, &found, DATE_LAST_DAY);
  size_t more = small(r, r->i + len, &value, &arabic);
  if (more == 0 || value < 1 || value > 10) return 0;
  found.lunar_month = 1;
  return lunar(r, r->i + len + more, &found, (uint8_t)value);
}

/* A month by its lunar name, and its day. */
static int named_lunar(reader *r) {
  mill_date found = {0};
  uint8_t day = 0;
  size_t len = lunar_month(r, r->i, &found);
  if (len == 0) return 0;
  size_t end = r->i + len, more = lunar_day(r, end, 0, found.lunar_month, &day);
  if (more > 0 && scan_one_of(r->s, r->n, end + more, "个名人元多余至到") > 0 &&
      !scan_literal(r->s, r->n, end, "初"))
    more = 0, day = 0;
  end += more;
  if (more > 0) end += scan_literal(r->s, r->n, end, "日");
  return lunar(r, end, &found, day);
}

/* 二月初二, 八月十五, 农历2月2日: a numbered month that is lunar. */
static int numbered_lunar(reader *r, size_t end, int month, int arabic) {
  mill_date found = {.lunar_month = (uint8_t)month};
  uint8_t day = 0;
  int strict = r->marker != 1;
  if (r->marker == 2 || (arabic && strict && !scan_literal(r->s, r->n, end, "初"))) return 0;
  size_t len = lunar_day(r, end, strict, month, &day);
  if (len == 0 && strict) return 0;
  end += len;
  if (len > 0) end += scan_literal(r->s, r->n, end, "日");
  return lunar(r, end, &found, day);
}

/* The day behind 2月: 4日, 4号, 四日. */
static size_t month_day(const reader *r, size_t i, int *day) {
  int arabic;
  size_t from = blanks(r, i), len = small(r, from, day, &arabic);
  size_t mark = len > 0 ? word_at(r, from + len, "日") : 0;
  if (len > 0 && mark == 0) mark = word_at(r, from + len, "号");
  if (mark == 0) *day = 0;
  return mark > 0 ? from - i + len + mark : 0;
}

static int month(reader *r) {
  int value, day = 0, arabic;
  size_t from = blanks(r, r->i), len = small(r, from, &value, &arabic);
  size_t mark = len > 0 ? word_at(r, from + len, "月") : 0;
  if (mark == 0) return 0;
  size_t end = from + len + mark;
  if (value >= 1 && value <= 12 && numbered_lunar(r, end, value, arabic)) return 1;
  size_t more = month_day(r, end, &day);
  int zero = more > 0 && day == 0; /* 2月0日 */
  if (more == 0 && (value < 1 || value > 12)) return 0;
  if (more == 0) more = scan_literal(r->s, r->n, end, "份");
  r->out->month = (uint8_t)(value < 1 || value > 12 || zero ? NEVER : value);
  r->out->day = (uint8_t)(day > 31 ? NEVER : day);
  r->out->grain = day > 0 ? MILL_GRAIN_DAY : MILL_GRAIN_MONTH;
  r->i = end + more;
  return 1;
}

/* 6日 of a month that stands elsewhere; 5日内, 5日后 are spans of time. */
static int day_alone(reader *r) {
  int day, arabic;
  size_t len = small(r, r->i, &day, &arabic), mark = len > 0 ? scan_literal(r->s, r->n, r->i + len, "日") : 0;
  if (mark == 0 || day < 1 || day > 31 || (!arabic && day <= 10)) return 0;
  if (scan_one_of(r->s, r->n, r->i + len + mark, "内后前之以均元游") > 0) return 0;
  r->out->day = (uint8_t)day, r->out->grain = MILL_GRAIN_DAY;
  r->i += len + mark;
  return 1;
}

/* ---- seen from the reference date --------------------------------------------------------- */

static int relative_day(reader *r) {
  static const char *const words[] = {"大前天", "大后天", "今天", "今日", "昨天", "昨日", "前天",
                                      "明天",   "明日",   "后天", "今晚", "今晨", "昨晚", "昨夜",
                                      "明晚",   "明晨",   NULL};
  static const int8_t offsets[] = {-3, 3, 0, 0, -1, -1, -2, 1, 1, 2, 0, 0, -1, -1, 1, 1};
  int which;
  size_t len = scan_any(r->s, r->n, 0, words, &which);
  const mill_date *ref = r->ref;
  if (len == 0 || ref == NULL || ref->year == 0 || ref->day == 0) return 0;
  mill_date_from_days(mill_date_days(ref->year, ref->month, ref->day) + offsets[which], r->out);
  r->out->year_from = 1;
  r->i = which >= 10 ? len - 3 : len; /* 晚 is read again with the clock */
  return 1;
}

/* 本月, 上月5日, 下个月 */
static int relative_month(reader *r) {
  static const char *const words[] = {"本月", "上月", "上个月", "下月", "下个月", NULL};
  static const int8_t offsets[] = {0, -1, -1, 1, 1};
  int which, day = 0;
  size_t len = scan_any(r->s, r->n, 0, words, &which);
  if (len == 0) return 0;
  size_t more = month_day(r, len, &day);
  if (r->ref == NULL || r->ref->year == 0 || r->ref->month == 0) return 0;
  int months = r->ref->year * 12 + r->ref->month - 1 + offsets[which];
  r->out->year = months / 12, r->out->month = (uint8_t)(months % 12 + 1);
  r->out->day = (uint8_t)(day > 31 ? NEVER : day), r->out->year_from = 1;
  r->out->grain = day > 0 ? MILL_GRAIN_DAY : MILL_GRAIN_MONTH;
  r->i = len + more;
  return 1;
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* A year alone counts when it is one: 2020年, not 300年 or 1000余年. */
static int year_alone(const reader *r) {
  int32_t year = r->out->year;
  return r->i > 0 && year >= 1800 && year <= 2100 && r->marker == 0 &&
         !scan_one_of(r->s, r->n, r->i, "多余来");
}

static int read_date(reader *r) {
  if (iso(r) || relative_day(r) || relative_month(r)) return 1;
  read_year(r);
  size_t year_end = r->i;
  read_marker(r);
  if (new_year(r) || named_lunar(r) || month(r)) return 1;
  r->i = year_end, r->marker = 0;
  if (year_end == 0) return day_alone(r);
  return year_alone(r);
}

/* The time of day behind a date, or the name of a part of it (2月6日晨). */
static size_t time_of_day(const reader *r) {
  static const char *const parts[] = {"凌晨", "清晨", "早晨", "早上", "上午", "中午", "下午", "傍晚",
                                      "晚上", "晚间", "夜间", "深夜", "晨",   "早",   "晚",   "夜",
                                      NULL};
  if (r->out->grain != MILL_GRAIN_DAY) return 0;
  size_t from = r->i;
  while (from < r->n && from - r->i < 3 && (r->s[from] == ' ' || r->s[from] == 't')) from++;
  if (from == r->n) return 0;
  size_t len = date_clock_scan(r->s + from, r->n - from, r->out);
  if (len > 0) return from - r->i + len;
  return scan_any(r->s, r->n, r->i, parts, NULL);
}

int date_scan(const mill_data *d, const char *s, size_t n, const mill_date *ref,
              enum date_prefer prefer, mill_date *out, size_t *core) {
  memset(out, 0, sizeof *out);
  out->hour = out->minute = out->second = NEVER;
  reader r = {.s = s, .n = n > 256 ? 256 : n, .ref = ref, .out = out};
  if (!read_date(&r)) return 0;
  if (core != NULL) *core = r.i;
  mill_date clock = *out;
  size_t more = time_of_day(&r);
  if (more > 0) clock = *out;
  out->grain = out->lunar || out->grain <= MILL_GRAIN_DAY ? out->grain : MILL_GRAIN_DAY;
  int rc = date_resolve(d, out, ref, prefer);
  if (more > 0 && clock.hour != NEVER) out->grain = clock.grain;
  return rc < 0 ? rc : (int)(r.i + more);
}

int mill_date_scan(const mill_data *d, const char *folded, size_t n, const mill_date *ref,
                   mill_date *out) {
  return date_scan(d, folded, n, ref, DATE_NEAREST, out, NULL);
}
