/*
** time_zone.c - whose clock it is: 北京时间 8点, 当地时间周三晚, 16:00 UTC,
** 08:00:00+08:00, 下午3点(东京时间). The clock itself stays as it was said; the
** zone goes beside it, in minutes east of Greenwich, summer time included where
** its days follow a rule (United States since 2007, European Union since 1996).
*/
#include "timex.h"

enum { FIXED, AMERICA, EUROPE, UNKNOWN };
typedef struct zone { const char *word; int16_t minutes; uint8_t summer; } zone;

/* Longer ones before those they begin with. */
static const zone before[] = {
    {"当地时间", 0, UNKNOWN}, {"本地时间", 0, UNKNOWN}, {"北京时间", 480, FIXED}, {"东八区", 480, FIXED},
    {"香港时间", 480, FIXED}, {"台北时间", 480, FIXED}, {"新加坡时间", 480, FIXED}, {"东京时间", 540, FIXED},
    {"日本时间", 540, FIXED}, {"首尔时间", 540, FIXED}, {"韩国时间", 540, FIXED}, {"莫斯科时间", 180, FIXED},
    {"迪拜时间", 240, FIXED}, {"新德里时间", 330, FIXED}, {"印度时间", 330, FIXED}, {"曼谷时间", 420, FIXED},
    {"泰国时间", 420, FIXED}, {"河内时间", 420, FIXED}, {"格林尼治标准时间", 0, FIXED}, {"格林尼治时间", 0, FIXED},
    {"格林威治标准时间", 0, FIXED}, {"格林威治时间", 0, FIXED}, {"世界标准时间", 0, FIXED}, {"协调世界时", 0, FIXED},
    {"世界时", 0, FIXED}, {"美国东部时间", -300, AMERICA}, {"美东时间", -300, AMERICA}, {"纽约时间", -300, AMERICA},
    {"华盛顿时间", -300, AMERICA}, {"美国中部时间", -360, AMERICA}, {"芝加哥时间", -360, AMERICA}, {"美国山地时间", -420, AMERICA},
    {"美国西部时间", -480, AMERICA}, {"美西时间", -480, AMERICA}, {"太平洋时间", -480, AMERICA}, {"洛杉矶时间", -480, AMERICA},
    {"伦敦时间", 0, EUROPE}, {"英国时间", 0, EUROPE}, {"欧洲中部时间", 60, EUROPE}, {"巴黎时间", 60, EUROPE},
    {"法国时间", 60, EUROPE}, {"柏林时间", 60, EUROPE}, {"德国时间", 60, EUROPE}, {"罗马时间", 60, EUROPE},
    {"日内瓦时间", 60, EUROPE}, {"布鲁塞尔时间", 60, EUROPE}};

/* CST is three zones, IST two: left out. */
static const zone behind[] = {
    {"utc", 0, FIXED}, {"gmt", 0, FIXED}, {"cest", 120, FIXED}, {"cet", 60, FIXED}, {"wet", 0, FIXED},
    {"west", 60, FIXED}, {"bst", 60, FIXED}, {"eet", 120, FIXED}, {"eest", 180, FIXED}, {"msk", 180, FIXED},
    {"est", -300, FIXED}, {"edt", -240, FIXED}, {"cdt", -300, FIXED}, {"mst", -420, FIXED},
    {"mdt", -360, FIXED}, {"pst", -480, FIXED}, {"pdt", -420, FIXED}, {"hst", -600, FIXED},
    {"jst", 540, FIXED}, {"kst", 540, FIXED}, {"hkt", 480, FIXED}, {"sgt", 480, FIXED}, {"aest", 600, FIXED},
    {"aedt", 660, FIXED}, {"nzst", 720, FIXED}};

/* The first Sunday at or behind a day of a month. */
static int64_t sunday(int year, int month, int day) {
  int64_t at = time_at(year, month, day), off = at - time_floor(at, MILL_UNIT_WEEK);
  return at + (6 * TIME_DAY - off + 7 * TIME_DAY) % (7 * TIME_DAY);
}

static int is_summer(int rule, int64_t t) {
  int year = time_year_of(t);
  if (rule == AMERICA) return t >= sunday(year, 3, 8) + 7200 && t < sunday(year, 11, 1) + 7200;
  return rule == EUROPE && t >= sunday(year, 3, 25) && t < sunday(year, 10, 25);
}

/* +8, +08:00, -0530: bytes, minutes */
static size_t shift(const time_reader *r, size_t i, int *minutes) {
  size_t k = i + 1, digits = 0;
  int value = 0;
  if (i >= r->n || (r->s[i] != '+' && r->s[i] != '-')) return 0;
  while (digits < 4 && scan_is_digit(r->s, r->n, k)) value = value * 10 + (r->s[k++] - '0'), digits++;
  if (digits == 0 || digits == 3 || scan_is_digit(r->s, r->n, k)) return 0;
  int hour = digits == 4 ? value / 100 : value, minute = digits == 4 ? value % 100 : 0;
  if (digits < 4 && k + 2 < r->n && r->s[k] == ':' && scan_is_digit(r->s, r->n, k + 1) &&
      scan_is_digit(r->s, r->n, k + 2))
    minute = (r->s[k + 1] - '0') * 10 + (r->s[k + 2] - '0'), k += 3;
  if (hour > 14 || minute > 59) return 0;
  *minutes = (hour * 60 + minute) * (r->s[i] == '-' ? -1 : 1);
  return k - i;
}

size_t time_zone_before(const time_reader *r, size_t i, time_zone *out) {
  size_t len = 0;
  for (size_t k = 0; k < sizeof before / sizeof *before && len == 0; k++)
    if ((len = scan_literal(r->s, r->n, i, before[k].word)) > 0)
      *out = (time_zone){before[k].minutes, before[k].summer, before[k].summer != UNKNOWN};
  static const char *const letters[] = {"utc", "gmt", NULL};
  if (len == 0 && (len = scan_any(r->s, r->n, i, letters, NULL)) > 0) {
    int minutes = 0;
    len += shift(r, i + len, &minutes);
    *out = (time_zone){(int16_t)minutes, FIXED, 1};
  }
  while (len > 0 && i + len < r->n && r->s[i + len] == ' ') len++;
  return len;
}

static int letter(const time_reader *r, size_t i) { return i < r->n && r->s[i] >= 'a' && r->s[i] <= 'z'; }

/* z, +08:00 stick to the clock; letters stand behind a blank; names in brackets.
** 8:30-11:30 is a range: a minus needs the seconds before it. */
size_t time_zone_behind(const time_reader *r, size_t i, int seconds, time_zone *out) {
  int minutes = 0;
  size_t len = i < r->n && (r->s[i] == '+' || seconds) ? shift(r, i, &minutes) : 0,
         gap = i < r->n && r->s[i] == ' ' ? 1 : 0;
  if (len >= 5) return *out = (time_zone){(int16_t)minutes, FIXED, 1}, len;
  if (i < r->n && r->s[i] == 'z' && !letter(r, i + 1)) return *out = (time_zone){0, FIXED, 1}, 1;
  if (i + gap < r->n && r->s[i + gap] == '(') {
    len = time_zone_before(r, i + gap + 1, out);
    return len > 0 && i + gap + 1 + len < r->n && r->s[i + gap + 1 + len] == ')' ? gap + len + 2 : 0;
  }
  for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) {
    if ((len = scan_literal(r->s, r->n, i + gap, behind[k].word)) == 0 || letter(r, i + gap + len)) continue;
    size_t more = behind[k].minutes == 0 ? shift(r, i + gap + len, &minutes) : 0;
    *out = (time_zone){(int16_t)(behind[k].minutes + minutes), FIXED, 1};
    return gap + len + more;
  }
  return 0;
}

void time_zone_set(time_point *p, const time_zone *z) {
  p->zoned = z->known;
  p->zone = (int16_t)(z->minutes + (is_summer(z->summer, p->from) ? 60 : 0));
}
