/*
** clock.c - times of day: 16:57  16:57:30  早上六点  下午3点半  24时  8时30分.
** Durations (24小时) and enumerated points (三点要求) are none.
*/
#include "date.h"
#include "numeral.h"
#include "scan.h"

enum { ANY, MORNING, NOON, EVENING };

static size_t period(const char *s, size_t n, size_t i, int *which) {
  static const char *const words[] = {"凌晨", "清晨", "早晨", "早上", "清早", "上午", "一早",
                                      "中午", "正午", "下午", "午后", "傍晚", "晚上", "晚间",
                                      "夜间", "夜里", "深夜", "当晚", "晨",   "早",   "晚",
                                      "夜",   NULL};
  int k;
  size_t len = scan_any(s, n, i, words, &k);
  if (len > 0) *which = k < 7 || k == 18 || k == 19 ? MORNING : k < 9 ? NOON : EVENING;
  return len;
}

/* 1-2 Arabic digits or a plain Chinese numeral below 60. */
static size_t small_number(const char *s, size_t n, size_t i, int *value, int *arabic) {
  numeral x;
  size_t len = numeral_scan(s + i, n - i, &x);
  if (len == 0 || x.pair || x.vague || x.decimal || x.bare || x.value >= 60) return 0;
  *arabic = x.arabic;
  *value = (int)x.value;
  return x.arabic && len > 2 ? 0 : len;
}

static size_t two_digits(const char *s, size_t n, size_t i, int *value) {
  if (!scan_is_digit(s, n, i) || !scan_is_digit(s, n, i + 1) || scan_is_digit(s, n, i + 2)) return 0;
  *value = (s[i] - '0') * 10 + (s[i + 1] - '0');
  return *value < 60 ? 2 : 0;
}

/* 16:57[:30] */
static size_t colon_clock(const char *s, size_t n, mill_date *out) {
  int hour = 0, minute, second, digits = 0;
  while (digits < 3 && scan_is_digit(s, n, (size_t)digits)) hour = hour * 10 + (s[digits++] - '0');
  size_t i = (size_t)digits, len;
  if (digits < 1 || digits > 2 || hour > 24 || i >= n || s[i] != ':') return 0;
  if ((len = two_digits(s, n, i + 1, &minute)) == 0) return 0;
  i += 1 + len;
  out->hour = (uint8_t)hour, out->minute = (uint8_t)minute, out->grain = MILL_GRAIN_MINUTE;
  if (i < n && s[i] == ':' && (len = two_digits(s, n, i + 1, &second)) > 0) {
    i += 1 + len;
    out->second = (uint8_t)second, out->grain = MILL_GRAIN_SECOND;
  }
  return i;
}

/* What stands behind 时 or 点: 30分, 三十, 半, 一刻, 整, 钟, 许. */
static size_t minutes(const char *s, size_t n, size_t i, int clear, mill_date *out) {
  static const char *const words[] = {"半", "一刻", "三刻", "整", "钟", "许", NULL};
  static const uint8_t values[] = {30, 15, 45, 0, 255, 255};
  int which, value, arabic;
  size_t len = scan_any(s, n, i, words, &which), mark;
  if (len > 0) {
    if (values[which] != 255) out->minute = values[which], out->grain = MILL_GRAIN_MINUTE;
    return len;
  }
  if ((len = small_number(s, n, i, &value, &arabic)) == 0) return 0;
  mark = scan_literal(s, n, i + len, "分");
  if (mark > 0 && scan_literal(s, n, i + len, "分之")) return 0;
  if (mark == 0 && (!clear || value < 10)) return 0;
  out->minute = (uint8_t)value, out->grain = MILL_GRAIN_MINUTE;
  return len + mark;
}

/* 时 is 2时, not 时间 时代; 点 alone needs something that makes it a time. */
static int is_hour(const char *s, size_t n, size_t i, int point, int clear, int one) {
  if (!point) return !scan_one_of(s, n, i, "间代候期刻常而装尚光限段节空效政不有") && (clear || !one);
  if (clear || i >= n) return clear || !one;
  if (one) return 0; /* 这一点 */
  return (unsigned char)s[i] < 0x30 || scan_one_of(s, n, i, ",。;、:)前后起至到左开在从") > 0;
}

/* [早上] 六点 ... */
static size_t spoken_clock(const char *s, size_t n, size_t i, int which, mill_date *out) {
  int hour, arabic, point;
  static const char *const marks[] = {"时", "点", NULL};
  size_t len = small_number(s, n, i, &hour, &arabic), mark;
  if (len == 0 || hour > 24) return 0;
  int one = !arabic && hour == 1;
  mark = scan_any(s, n, i + len, marks, &point);
  if (mark == 0) return 0;
  i += len + mark;
  mill_date found = *out;
  found.hour = (uint8_t)hour, found.grain = MILL_GRAIN_HOUR;
  found.minute = found.second = 255;
  size_t rest = minutes(s, n, i, which != ANY || arabic || point == 0, &found);
  if (rest == 0 && !is_hour(s, n, i, point, which != ANY, one)) return 0;
  *out = found;
  return i + rest;
}

/* 下午3点 -> 15, 凌晨12点 -> 0, 中午1点 -> 13. */
static void shift_hour(mill_date *out, int which) {
  if (which == MORNING && out->hour == 12) out->hour = 0;
  if (which == EVENING && out->hour >= 1 && out->hour <= 12) out->hour = (uint8_t)(out->hour + 12);
  if (which == NOON && out->hour >= 1 && out->hour <= 3) out->hour = (uint8_t)(out->hour + 12);
}

size_t date_clock_scan(const char *s, size_t n, mill_date *out) {
  int which = ANY;
  size_t i = period(s, n, 0, &which), len;
  if (i > 0 && i < n && s[i] == ' ') i++;
  len = colon_clock(s + i, n - i, out);
  size_t end = len > 0 ? i + len : spoken_clock(s, n, i, which, out);
  if (end > 0) shift_hour(out, which);
  return end;
}
