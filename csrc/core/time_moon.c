/*
** time_moon.c - the moon: new moons, and the feasts that hang on them.
**
** Longitudes: Meeus, Astronomical Algorithms, 2nd ed., ch. 25 and 47, the terms
** above 0.004 degrees; a new moon is right to some minutes. Indian lunisolar months
** (new moon to new moon, named by the sign the sun enters, Lahiri's ayanamsa) and
** their 30 parts: Reingold and Dershowitz, Calendrical Calculations, 3rd ed., ch. 19.
** A feast's day is that on which its part holds at sunrise or at sunset in India;
** where regions differ this is the northern reckoning.
*/
#include <math.h>

#include "timex.h"

#define RAD (3.14159265358979323846 / 180)
#define LUNATION (29.530588861 * TIME_DAY)

static double turn(double x) { return fmod(fmod(x, 360) + 360, 360); }

/* The moon's longitude in degrees, t in seconds since 1970. */
static double moon(double t) {
  static const struct { int32_t sine; int8_t d, m, a, f; } terms[] = {
      {6288774, 0, 0, 1, 0}, {1274027, 2, 0, -1, 0}, {658314, 2, 0, 0, 0}, {213618, 0, 0, 2, 0},
      {-185116, 0, 1, 0, 0}, {-114332, 0, 0, 0, 2}, {58793, 2, 0, -2, 0}, {57066, 2, -1, -1, 0},
      {53322, 2, 0, 1, 0}, {45758, 2, -1, 0, 0}, {-40923, 0, 1, -1, 0}, {-34720, 1, 0, 0, 0},
      {-30383, 0, 1, 1, 0}, {15327, 2, 0, 0, -2}, {-12528, 0, 0, 1, 2}, {10980, 0, 0, 1, -2},
      {10675, 4, 0, -1, 0}, {10034, 0, 0, 3, 0}, {8548, 4, 0, -2, 0}, {-7888, 2, 1, -1, 0},
      {-6766, 2, 1, 0, 0}, {-5163, 1, 0, -1, 0}, {4987, 1, 1, 0, 0}, {4036, 2, -1, 1, 0}};
  double c = (t / TIME_DAY - 10957.5) / 36525, sum = 0;
  double d = 297.8501921 + 445267.1114034 * c, m = 357.5291092 + 35999.0502909 * c;
  double a = 134.9633964 + 477198.8675055 * c, f = 93.272095 + 483202.0175233 * c;
  for (size_t k = 0; k < sizeof terms / sizeof *terms; k++)
    sum += terms[k].sine * sin((terms[k].d * d + terms[k].m * m + terms[k].a * a + terms[k].f * f) * RAD);
  return turn(218.3164477 + 481267.88123421 * c + sum / 1e6);
}

/* How far the moon is before the sun, 0-360. */
static double elongation(double t) { return turn(moon(t) - time_sun(t)); }

/* The moment nearest to another at which the moon is that many degrees before the sun. */
static int64_t elongated(int64_t near, double degrees) {
  double t = (double)near;
  for (int k = 0; k < 8; k++) {
    double off = turn(elongation(t) - degrees);
    t -= (off > 180 ? off - 360 : off) / 360 * LUNATION;
  }
  return (int64_t)t;
}

int64_t time_new_moon(int64_t near) { return elongated(near, 0); }

/* ---- Indian feasts --------------------------------------------------------------- */

/* Sidereal longitude of the sun. */
static double star_sun(double t) { return turn(time_sun(t) - 23.853 - (t / TIME_DAY - 10957.5) / 365.25 * 0.013972); }

/* The new moon that opens month m (0 Chaitra) of that year; the second one of two. */
static int64_t opening(int year, int m) {
  int64_t entry = time_at(year, 3, 15) + (int64_t)(m * 30.44 * TIME_DAY), moon_at = time_new_moon(entry);
  for (int k = -1; k <= 3; k++) {
    int64_t this = time_new_moon(moon_at + (int64_t)(k * LUNATION)), next = time_new_moon(this + (int64_t)LUNATION);
    int sign = (int)(star_sun((double)this) / 30), other = (int)(star_sun((double)next) / 30);
    if ((sign + 1) % 12 == m && sign != other) return this;
  }
  return moon_at;
}

/* The day on which part n (1-30) holds at that hour of Indian time. */
static int64_t part_day(int64_t first, int n, int hour) {
  int64_t day = time_floor(first + (int64_t)((n - 1) / 30.0 * LUNATION), MILL_UNIT_DAY) - 2 * TIME_DAY;
  for (int k = 0; k < 6; k++, day += TIME_DAY) {
    int64_t t = day + (int64_t)hour * 3600 - 19800; /* 5:30 east */
    int part = (int)(elongation((double)t) / 12) + 1;
    if (part == n || (part > n && part - n < 4)) return day;
  }
  return day;
}

/* The first day of the sun in sign 4 (Leo) on which the moon is in the 22nd mansion. */
static int64_t onam(int year) {
  int64_t day = time_at(year, 8, 17);
  for (int k = 0; k < 30; k++, day += TIME_DAY) {
    double t = (double)(day + 6 * 3600 - 19800);
    double mansion = turn(moon(t) - 23.853 - (t / TIME_DAY - 10957.5) / 365.25 * 0.013972) / (360.0 / 27);
    if ((int)mansion == 21) return day;
  }
  return day;
}

enum { SUNRISE = 6, SUNSET = 18, ONAM = 99 };
typedef struct feast { const char *word; int8_t month, part, hour, days; } feast;
/* month 0 Chaitra ... 11 Phalguna; parts 1-15 of the waxing, 16-30 of the waning moon */
static const feast feasts[] = {
    {"印度排灯节", 6, 30, SUNSET, 1}, {"排灯节", 6, 30, SUNSET, 1}, {"屠妖节", 6, 30, SUNSET, 1},
    {"印度灯节", 6, 30, SUNSET, 1}, {"万灯节", 6, 30, SUNSET, 1}, {"丹特拉斯节", 6, 28, SUNSET, 1},
    {"财富节", 6, 28, SUNSET, 1}, {"兄妹节", 7, 2, SUNRISE, 1}, {"印度兄弟节", 7, 2, SUNRISE, 1},
    {"侯丽节", 11, 15, SUNSET, 1}, {"洒红节", 11, 15, SUNSET, 1}, {"胡里节", 11, 15, SUNSET, 1},
    {"欢悦节", 11, 15, SUNSET, 1}, {"五彩节", 11, 15, SUNSET, 1}, {"霍利节", 11, 15, SUNSET, 1},
    {"好利节", 11, 15, SUNSET, 1}, {"荷丽节", 11, 15, SUNSET, 1}, {"色彩节", 11, 15, SUNSET, 1},
    {"十胜节", 6, 10, SUNRISE, 1}, {"圣母节", 6, 10, SUNRISE, 1}, {"九夜节", 6, 1, SUNRISE, 9},
    {"难近母节", 6, 1, SUNRISE, 9}, {"杜尔迦节", 6, 1, SUNRISE, 9}, {"杜加节", 6, 1, SUNRISE, 9},
    {"象头神节", 5, 4, SUNRISE, 1}, {"象神节", 5, 4, SUNRISE, 1}, {"甘尼许节", 5, 4, SUNRISE, 1},
    {"黑天神节", 4, 23, SUNRISE, 1}, {"黑天诞辰", 4, 23, SUNRISE, 1}, {"克里希纳诞辰", 4, 23, SUNRISE, 1},
    {"克利须那神诞", 4, 23, SUNRISE, 1}, {"兄妹情节", 4, 15, SUNRISE, 1}, {"保护绳节", 4, 15, SUNRISE, 1},
    {"拉克沙班丹节", 4, 15, SUNRISE, 1}, {"印度兄妹节", 4, 15, SUNRISE, 1}, {"罗摩诞辰", 0, 9, SUNRISE, 1},
    {"罗摩节", 0, 9, SUNRISE, 1}, {"拉玛节", 0, 9, SUNRISE, 1}, {"大雄诞辰", 0, 13, SUNRISE, 1},
    {"大雄节", 0, 13, SUNRISE, 1}, {"摩诃吠罗诞辰", 0, 13, SUNRISE, 1}, {"湿婆节", 10, 29, SUNSET, 1},
    {"湿婆神节", 10, 29, SUNSET, 1}, {"摩诃湿婆节", 10, 29, SUNSET, 1}, {"湿婆之夜", 10, 29, SUNSET, 1},
    {"春五节", 10, 5, SUNRISE, 1}, {"维桑特潘查米", 10, 5, SUNRISE, 1}, {"乌加迪节", 0, 1, SUNRISE, 1},
    {"泰卢固新年", 0, 1, SUNRISE, 1}, {"克哈特普迦节", 7, 6, SUNRISE, 1}, {"恰特节", 7, 6, SUNRISE, 1},
    {"印度万灯节", 6, 30, SUNSET, 1}, {"光灯节", 6, 30, SUNSET, 1},
    {"印度洒红节", 11, 15, SUNSET, 1}, {"印度胡里节", 11, 15, SUNSET, 1}, {"印度五彩节", 11, 15, SUNSET, 1},
    {"克里希纳神诞", 4, 23, SUNRISE, 1}, {"克里希纳节", 4, 23, SUNRISE, 1}, {"黑天节", 4, 23, SUNRISE, 1},
    {"奎师那诞辰", 4, 23, SUNRISE, 1}, {"罗摩那瓦米节", 0, 9, SUNRISE, 1},
    {"摩诃毗罗诞辰", 0, 13, SUNRISE, 1}, {"摩诃吠罗诞辰日", 0, 13, SUNRISE, 1}, {"大湿婆节", 10, 29, SUNSET, 1},
    {"湿婆神之夜", 10, 29, SUNSET, 1}, {"辩才天女节", 10, 5, SUNRISE, 1},
    {"乌嘎迪节", 0, 1, SUNRISE, 1}, {"古鲁纳那克诞辰", 7, 15, SUNRISE, 1}, {"上师节", 3, 15, SUNRISE, 1},
    {"札格纳特节", 3, 2, SUNRISE, 1}, {"凯旋节", 6, 10, SUNRISE, 1}, {"胜利十日节", 6, 10, SUNRISE, 1},
    {"德塞拉节", 6, 10, SUNRISE, 1}, {"杜尔迦女神节", 6, 1, SUNRISE, 9}, {"印度九夜节", 6, 1, SUNRISE, 9},
    {"欧那节", ONAM, 0, 0, 1}, {"奥南节", ONAM, 0, 0, 1}, {"那纳克诞辰", 7, 15, SUNRISE, 1}, {"古鲁那纳克诞辰", 7, 15, SUNRISE, 1}, {"乘车节", 3, 2, SUNRISE, 1},
    {"印度战车节", 3, 2, SUNRISE, 1}, {"导师节", 3, 15, SUNRISE, 1}, {"欧南节", ONAM, 0, 0, 1}, {"欧娜节", ONAM, 0, 0, 1},
    {"欧纳姆节", ONAM, 0, 0, 1}, {"胡丽节", 11, 15, SUNSET, 1}, {"迪瓦利节", 6, 30, SUNSET, 1},
    {"黑天神诞辰", 4, 23, SUNRISE, 1}};

static int indian_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  if (year < 1600 || year > 2400) return 0;
  const feast *x = &feasts[arg[0]];
  if (x->days > 1) { /* all days on which one of its parts of the moon holds */
    int64_t first = opening(year, x->month), last = elongated(first + (int64_t)(x->days / 30.0 * LUNATION),
                                                              12.0 * x->days);
    *from = time_floor(first + 19800, MILL_UNIT_DAY);
    *to = time_floor(last + 19800, MILL_UNIT_DAY) + TIME_DAY;
    return 1;
  }
  *from = x->month == ONAM ? onam(year) : part_day(opening(x->month >= 10 ? year - 1 : year, x->month), x->part, x->hour);
  *to = *from + x->days * TIME_DAY;
  return 1;
}

void time_indian_names(time_take_name *take, void *to) {
  for (size_t k = 0; k < sizeof feasts / sizeof *feasts; k++) take(to, feasts[k].word);
}

size_t time_indian(const time_reader *r, size_t i, time_point *p) {
  for (size_t k = 0; k < sizeof feasts / sizeof *feasts; k++) {
    size_t len = scan_literal(r->s, r->n, i, feasts[k].word);
    int arg[] = {(int)k};
    if (len == 0) continue;
    if (!time_pick_year(r, p, indian_in, arg)) return 0;
    time_set(p, p->from, p->to, MILL_UNIT_DAY, SAID_MONTH | SAID_DAY | SAID_YEAR);
    return p->form = MILL_FORM_HOLIDAY, len;
  }
  return 0;
}
