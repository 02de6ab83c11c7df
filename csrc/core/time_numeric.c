/*
** time_numeric.c - dates of digits and signs: 2020-02-26, 2020/2/6, 2020.02,
** 20200226, 26/2/2020, 27-7-3, 09-01, 6.30. A day before its month is read
** where only that can be; of two readings month first.
*/
#include "calendar.h"
#include "timex.h"

typedef struct group { int value, digits; } group;

static size_t digits(const time_reader *r, size_t i, group *g) {
  size_t k = i;
  for (g->value = 0; k < r->n && k - i < 9 && scan_is_digit(r->s, r->n, k); k++)
    g->value = g->value * 10 + (r->s[k] - '0');
  g->digits = (int)(k - i);
  return k - i;
}

static size_t sign(const time_reader *r, size_t i) {
  static const char *const signs[] = {"-", "/", ".", "·", NULL};
  return scan_any(r->s, r->n, i, signs, NULL);
}

static int real(int year, int month, int day) {
  return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= calendar_gregorian_days(year, month);
}

static int full_year(group g) { return g.digits == 4 ? g.value : g.value + (g.value < 50 ? 2000 : 1900); }

static int take(time_point *p, int year, int month, int day) {
  if (!real(year, month, day)) return 0;
  time_set(p, time_at(year, month, day), time_at(year, month, day) + TIME_DAY, MILL_UNIT_DAY,
           SAID_YEAR | SAID_MONTH | SAID_DAY);
  return 1;
}

/* year first; else month/day/year (day first by option), else the other way; else a short year first */
static int three(const time_reader *r, const group *g, time_point *p) {
  if (g[0].digits == 4)
    return g[1].digits <= 2 && g[2].digits <= 2 && take(p, g[0].value, g[1].value, g[2].value);
  if (g[0].digits > 2 || g[1].digits > 2) return 0;
  int year = full_year(g[2]);
  if (g[2].digits == 4 && r->day_first && take(p, year, g[1].value, g[0].value)) return 1;
  if (g[2].digits == 4) return take(p, year, g[0].value, g[1].value) || take(p, year, g[1].value, g[0].value);
  if (g[2].digits > 2) return 0;
  p->bare_year = 1;
  if (g[0].value > 12 || g[2].digits == 1 || g[0].digits == 2) {
    if (take(p, full_year(g[0]), g[1].value, g[2].value)) return 1;
  }
  return g[2].digits == 2 && (take(p, year, g[1].value, g[0].value) || take(p, year, g[0].value, g[1].value));
}

/* 1999.8|-2002.2: the sign between two of them, a year behind it */
static int year_behind(const time_reader *r, const char *mark) {
  static const char *const signs[] = {"——", "—", "-", "~", "至", "到", NULL};
  if (r->left != NULL) return r->left->grain == MILL_UNIT_MONTH && r->left->bare_year;
  size_t k = (size_t)(mark - r->s) + 2, len = scan_any(r->s, r->n, k, signs, NULL);
  group g;
  return len > 0 && digits(r, k + len, &g) == 4 && k + len + 4 < r->n && r->s[k + len + 4] == *mark;
}

static int two(const time_reader *r, const group *g, time_point *p, const char *mark) {
  if (g[0].digits == 4 && g[1].digits <= 2 && g[1].value >= 1 && g[1].value <= 12 &&
      (g[1].digits == 2 || *mark == '/' || year_behind(r, mark))) {
    time_set(p, time_at(g[0].value, g[1].value, 1), time_add_months(time_at(g[0].value, g[1].value, 1), 1),
             MILL_UNIT_MONTH, SAID_YEAR | SAID_MONTH);
    p->bare_year = *mark != '-' || g[0].value < 1900 || g[0].value > 2100;
    return g[0].value >= 1000;
  }
  if (g[0].digits > 2 || g[1].digits > 2 || g[0].value > 12 || g[1].value > 31) return 0;
  p->bare_year = 1;
  int clear = *mark != '-' || (g[0].digits == 2 && g[1].digits == 2);
  return clear && time_set_month(r, p, g[0].value) && time_set_day(r, p, g[1].value);
}

/* 20200226 */
static size_t compact(const time_reader *r, size_t i, group g, time_point *p) {
  (void)r, (void)i;
  return g.digits == 8 && g.value / 10000 < 2200 && g.value / 10000 > 1500 &&
                 take(p, g.value / 10000, g.value / 100 % 100, g.value % 100) ? 8 : 0;
}

/* two figures of a day that a clock sticks to: 2021-09-0910:09 */
static size_t stuck_day(const time_reader *r, size_t i, group *g) {
  size_t len = digits(r, i, g);
  if (len == 4 && i + 4 < r->n && r->s[i + 4] == ':') g->value /= 100, g->digits = 2, len = 2;
  return len;
}

size_t time_numeric(const time_reader *r, size_t i, time_point *p) {
  group g[3];
  size_t a = digits(r, i, &g[0]), k = i + a, mark;
  if (a == 0 || p->said != 0) return 0;
  if (a == 8) return compact(r, i, g[0], p);
  if (a > 4 || a == 3 || (mark = sign(r, k)) == 0) return 0;
  size_t b = digits(r, k + mark, &g[1]), more;
  const char *const symbol = r->s + k;
  if (b == 0 || b > 2) return 0;
  k += mark + b;
  if ((more = sign(r, k)) == mark && r->s[k] == *symbol) {
    size_t c = stuck_day(r, k + more, &g[2]);
    if (c > 0 && three(r, g, p)) return k + more + c - i;
    if (c > 0 && c < 4) return 0;
  }
  if (scan_one_of(r->s, r->n, k, "亿万千百元块%倍度米公吨斤克分秒小天个人次点名岁折级寸亩里平")) return 0; /* 7.5亿 */
  return two(r, g, p, symbol) ? k - i : 0;
}
