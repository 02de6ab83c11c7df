/*
** time_named.c - stretches of the year that have names of their own: quarters by
** letter (Q3), school years and terms, plans of five years, holidays of schools,
** 三伏 and 数九, years before our era, what is left of this year (年内).
**
** School years begin on 1 September here, second terms on 1 February; where
** schools differ the result says so (approx).
*/
#include "calendar.h"
#include "timex.h"

/* The year said, or that of the reference. */
static int the_year(const time_reader *r, time_point *p) {
  if (p->said & SAID_YEAR) return time_year_of(p->from);
  p->anchored |= MILL_ANCHOR_YEAR;
  return r->left != NULL ? time_year_of(r->left->from) : r->ref.year;
}

static int only_year(const time_point *p) { return !(p->said & (uint16_t)~SAID_YEAR); }

static void months(time_point *p, int64_t from, int64_t to, int form) {
  time_set(p, from, to, MILL_UNIT_MONTH, SAID_YEAR | SAID_MONTH);
  p->form = (uint8_t)form;
}

/* ---- quarters ------------------------------------------------------------------- */

static int alnum(const time_reader *r, size_t i) {
  return i < r->n && ((r->s[i] >= 'a' && r->s[i] <= 'z') || (r->s[i] >= '0' && r->s[i] <= '9'));
}

/* 2020年Q3, Q2; 季初, 季末 of this quarter */
static size_t letter_quarter(const time_reader *r, size_t i, time_point *p) {
  if (i + 1 >= r->n || r->s[i] != 'q' || r->s[i + 1] < '1' || r->s[i + 1] > '4' || alnum(r, i + 2)) return 0;
  if (i > 0 && p->said == 0 && alnum(r, i - 1)) return 0;
  int year = the_year(r, p);
  int64_t from = time_at(year, (r->s[i + 1] - '1') * 3 + 1, 1);
  return months(p, from, time_add_months(from, 3), MILL_FORM_THIRD), 2;
}

static size_t edge_of_quarter(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"季度末", "季末", "季度初", "季初", NULL};
  int which;
  mill_date x;
  size_t len = p->said == 0 ? scan_any(r->s, r->n, i, words, &which) : 0;
  if (len == 0) return 0;
  time_civil(r->left != NULL ? r->left->from : r->now, &x);
  int64_t from = time_add_months(time_at(x.year, (x.month - 1) / 3 * 3 + 1, 1), which < 2 ? 2 : 0);
  months(p, from, time_add_months(from, 1), which < 2 ? MILL_FORM_END : MILL_FORM_BEGIN);
  return p->anchored |= MILL_ANCHOR_ALL, p->approx = 1, len;
}

/* ---- schools ---------------------------------------------------------------------- */

/* 第一学期, 上学期, 秋季学期: 1 or 2. 上学期 alone is another word: the last one. */
static size_t term(const time_reader *r, size_t i, int *which) {
  static const char *const words[] = {"第一学期", "第1学期", "上学期", "秋季学期", "秋学期", "第二学期", "第2学期", "下学期", "春季学期",
    "春学期", NULL};
  int k;
  size_t len = scan_any(r->s, r->n, i, words, &k);
  if (len > 0) *which = k < 5 ? 1 : 2;
  return len;
}

static void set_term(time_point *p, int year, int which) {
  int64_t from = which == 2 ? time_at(year + 1, 2, 1) : time_at(year, 9, 1);
  months(p, from, which == 1 ? time_at(year + 1, 2, 1) : time_at(year + 1, which == 2 ? 8 : 9, 1),
         which ? MILL_FORM_HALF : MILL_FORM_SEASON);
  p->approx = 1;
}

/* 2020学年, 2020-2021学年第二学期 */
static size_t school_year(const time_reader *r, size_t i, time_point *p) {
  static const char *const signs[] = {"——", "—", "-", "~", "至", "/", NULL};
  static const char *const words[] = {"学年度", "学年", NULL};
  time_count a, b;
  int which = 0;
  size_t start = i, len = p->said == 0 ? time_number(r, i, &a) : 0;
  if (len == 0 || !a.whole || a.value < 1900 || a.value > 2200) return 0;
  i += len;
  size_t sign = scan_any(r->s, r->n, i, signs, NULL), more = sign > 0 ? time_number(r, i + sign, &b) : 0;
  if (more > 0 && (int)b.value != (int)a.value + 1 && (int)b.value != ((int)a.value + 1) % 100) return 0;
  i += more > 0 ? sign + more : scan_literal(r->s, r->n, i, "年");
  if ((len = scan_any(r->s, r->n, i, words, NULL)) == 0) return 0;
  i += len;
  i += time_gap(r, i);
  i += term(r, i, &which);
  return set_term(p, (int)a.value, which), i - start;
}

/* 本学期, 上学期, 新学年 */
static size_t this_term(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"本学期", "这学期", "这个学期", "新学期", "上学期", "上个学期", "下学期", "下个学期", "本学年", "新学年",
                                      "上学年", "上一学年", "下学年", "下一学年", NULL};
  static const int8_t offs[] = {0, 0, 0, 0, -1, -1, 1, 1, 0, 0, -2, -2, 2, 2};
  int k;
  mill_date x;
  size_t len = p->said == 0 ? scan_any(r->s, r->n, i, words, &k) : 0;
  if (len == 0) return 0;
  time_civil(r->now, &x);
  int half = x.year * 2 + (x.month >= 8 ? 0 : -1) + offs[k]; /* 2 * year: its autumn term */
  if (k >= 8) set_term(p, half / 2, 0);
  else set_term(p, half / 2, half % 2 ? 2 : 1);
  return p->anchored |= MILL_ANCHOR_ALL, len;
}

/* 暑假, 寒假: July and August; about four weeks around the lunar new year. */
static size_t vacation(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"暑假", "暑期", "寒假", "春季学期", "秋季学期", NULL};
  int k;
  int32_t day;
  size_t len = only_year(p) ? scan_any(r->s, r->n, i, words, &k) : 0;
  if (len == 0) return 0;
  int year = the_year(r, p);
  if (k == 2 && mill_days_from_lunar(r->data, year, 1, 0, 1, &day) < 0) return 0;
  if (k == 2) months(p, (int64_t)(day - 18) * TIME_DAY, (int64_t)(day + 16) * TIME_DAY, MILL_FORM_SEASON);
  if (k < 2) months(p, time_at(year, 7, 1), time_at(year, 9, 1), MILL_FORM_SEASON);
  if (k > 2) set_term(p, k == 3 ? year - 1 : year, k == 3 ? 2 : 1);
  return p->approx = 1, len;
}

/* ---- plans of five years --------------------------------------------------------------- */

/* 十四五: 2021-2025. The third began in 1966, each of the later ones five years on. Short
** names are numbers (八五, 十五) unless quotes or what follows say otherwise. */
static size_t plan(const time_reader *r, size_t i, time_point *p) {
  static const char *const open[] = {"\"", "“", "「", NULL}, *const close[] = {"\"", "”", "」", NULL};
  static const char *const behind[] = {"规划时期", "规划期间", "规划期", "时期", "期间", "规划", "计划", "末", "初", "开局之年",
    "收官之年", NULL};
  static const char *const counts[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", NULL};
  int which, n = 0;
  if (p->said != 0) return 0;
  size_t start = i, quote = scan_any(r->s, r->n, i, open, NULL), len;
  i += quote;
  size_t ten = scan_literal(r->s, r->n, i, "十");
  if (ten > 0) n = 10, i += ten;
  if (!(scan_literal(r->s, r->n, i, "五") && !scan_literal(r->s, r->n, i + 3, "五"))) {
    if ((len = scan_any(r->s, r->n, i, counts, &which)) == 0 || which > 8) return 0;
    n += which + 1, i += len;
  }
  if ((len = scan_literal(r->s, r->n, i, "五")) == 0) return 0;
  i += len;
  size_t end = quote > 0 ? scan_any(r->s, r->n, i, close, NULL) : 0;
  size_t word = scan_any(r->s, r->n, i + end, behind, NULL);
  if ((quote > 0 && end == 0) || (n <= 10 && word == 0) ||
      (quote == 0 && n > 10 && scan_one_of(r->s, r->n, i, "十百千万个年月日点名人天号")))
    return 0;
  int first = n <= 2 ? 1948 + 5 * n : 1951 + 5 * n;
  time_set(p, time_at(first, 1, 1), time_at(first + 5, 1, 1), MILL_UNIT_YEAR, SAID_YEAR | SAID_MONTH);
  p->form = MILL_FORM_DECADE;
  int edge = scan_literal(r->s, r->n, i + end, "末") ? 4 : scan_literal(r->s, r->n, i + end, "初") ? 1 : 0;
  if (edge == 4) time_set(p, time_at(first + 4, 1, 1), p->to, MILL_UNIT_YEAR, 0);
  if (edge == 1) time_set(p, p->from, time_at(first + 1, 1, 1), MILL_UNIT_YEAR, 0);
  static const char *const kept[] = {"规划时期", "规划期间", "规划期", "时期", "期间", "末", "初", NULL};
  return i + end + scan_any(r->s, r->n, i + end, kept, NULL) - start;
}

/* ---- hot and cold days -------------------------------------------------------------------- */

/* The n-th 庚 day at or behind t; 1970-01-01 was a 辛 day. */
static int64_t geng(int64_t t, int n) {
  int64_t day = t / TIME_DAY, off = ((9 - day) % 10 + 10) % 10;
  return (day + off + 10 * (n - 1)) * TIME_DAY;
}

static int dog_days(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  int64_t first = geng(time_term(year, 9), 3), last = geng(time_term(year, 12), 1);
  *from = arg[0] == 2 ? first + 10 * TIME_DAY : arg[0] == 3 ? last : first;
  *to = arg[0] == 1   ? first + 10 * TIME_DAY
        : arg[0] == 2 ? last
        : arg[0] == 4 ? first + TIME_DAY
                      : last + 10 * TIME_DAY;
  return 1;
}

/* 九 number arg[0], 0 all of them */
static int cold_days(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  int64_t first = time_term(year, 21);
  *from = first + (int64_t)(arg[0] > 0 ? arg[0] - 1 : 0) * 9 * TIME_DAY;
  *to = arg[0] > 0 ? *from + 9 * TIME_DAY : first + 81 * TIME_DAY;
  return 1;
}

static size_t hot_or_cold(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"入伏", "头伏", "初伏", "中伏", "二伏", "末伏", "三伏天", "三伏", "伏天", "数九寒天", "数九天",
                                      "数九", "一九天", "二九天", "三九天", "四九天", "五九天", "六九天", "七九天", "八九天", "九九天",
                                      NULL};
  static const int args[] = {4, 1, 1, 2, 2, 3, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  int which;
  size_t len = only_year(p) ? scan_any(r->s, r->n, i, words, &which) : 0;
  if (len == 0 || !time_pick_year(r, p, which < 9 ? dog_days : cold_days, &args[which])) return 0;
  time_set(p, p->from, p->to, MILL_UNIT_DAY, SAID_YEAR | SAID_MONTH | SAID_DAY);
  p->form = p->to - p->from > TIME_DAY ? MILL_FORM_SEASON : MILL_FORM_HOLIDAY;
  return len;
}

/* ---- far years --------------------------------------------------------------------------------- */

/* 公元前221年, 公元618年, 公元前2世纪; 公元前1年 is the year 0. */
static size_t common_era(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"公元前", "西元前", "公元", "西元", NULL};
  int which;
  time_count c;
  size_t len = p->said == 0 ? scan_any(r->s, r->n, i, words, &which) : 0;
  size_t number = len > 0 ? time_number(r, i + len, &c) : 0, end = i + len + number;
  if (number == 0 || !c.whole || c.value < 1 || c.value > 9999) return 0;
  size_t century = scan_literal(r->s, r->n, end, "世纪"),
         mark = century > 0 ? century : scan_literal(r->s, r->n, end, "年");
  if (mark == 0 || (century > 0 && c.value > 99)) return 0;
  int n = (int)c.value, first = which < 2 ? 1 - n : n, span = 1;
  if (century > 0) first = which < 2 ? 1 - n * 100 : (n - 1) * 100, span = 100;
  time_set(p, time_at(first, 1, 1), time_at(first + span, 1, 1), MILL_UNIT_YEAR, SAID_YEAR);
  if (century > 0) p->form = MILL_FORM_DECADE;
  return end + mark - i;
}

/* ---- what is left --------------------------------------------------------------------------------- */

/* 年内, 月内: from now to the end of it */
static size_t rest(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"年内", "月内", "周内", NULL};
  int which;
  size_t len = p->said == 0 ? scan_any(r->s, r->n, i, words, &which) : 0;
  if (len == 0) return 0;
  time_set(p, time_floor(r->now, MILL_UNIT_DAY), time_add(time_floor(r->now, which), which, 1), MILL_UNIT_DAY,
           SAID_YEAR | SAID_MONTH | SAID_DAY);
  p->form = MILL_FORM_END, p->anchored |= MILL_ANCHOR_ALL;
  return len;
}

size_t time_named(const time_reader *r, size_t i, time_point *p) {
  typedef size_t step(const time_reader *, size_t, time_point *);
  static step *const steps[] = {letter_quarter, edge_of_quarter, school_year, this_term, vacation,
                                plan,           hot_or_cold,     common_era,  rest};
  for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
    time_point next = *p;
    size_t len = steps[k](r, i, &next);
    if (len > 0) return *p = next, len;
  }
  return 0;
}
