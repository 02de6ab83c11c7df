/*
** time_calendars.c - the Hebrew and the Islamic calendar, as
** far as their holidays need. Source: Reingold and Dershowitz, Calendrical
** Calculations, 3rd ed., ch. 6 and 7; the new moons of time_moon.c. The Islamic days
** may be off by one from those that are proclaimed by sight. Hebrew days begin on the evening before,
** so do their holidays here.
*/
#include "timex.h"

#define UNIX_DAY 719163 /* 1970-01-01 counted from 0001-01-01 = 1 */

static int64_t hebrew_elapsed(int64_t year) {
  int64_t months = (235 * year - 234) / 19, parts = 12084 + 13753 * months, day = 29 * months + parts / 25920;
  return 3 * (day + 1) % 7 < 3 ? day + 1 : day;
}

/* The day of 1 Tishri. */
static int64_t new_year(int64_t year) {
  int64_t before = hebrew_elapsed(year - 1), at = hebrew_elapsed(year), behind = hebrew_elapsed(year + 1);
  int delay = behind - at == 356 ? 2 : at - before == 382 ? 1 : 0;
  return -1373427 + at + delay - UNIX_DAY;
}

static int64_t independence(int64_t passover) {
  int64_t day = passover + 20;
  int weekday = (int)((day + 3) % 7) + 1; /* 1 Monday */
  return weekday == 5 ? day - 1 : weekday == 6 ? day - 2 : weekday == 1 ? day + 1 : day;
}

/* Not on a Friday nor on a Sunday: the day that leads away from the Sabbath. */
static int64_t beside_sabbath(int64_t day) {
  int weekday = (int)((day + 3) % 7) + 1;
  return weekday == 5 ? day - 1 : weekday == 7 ? day + 1 : day;
}

enum { NEW_YEAR, ATONEMENT, TABERNACLES, LAW, LIGHTS, TREES, LOTS, PASSOVER, INDEPENDENCE, OMER, WEEKS,
       ASSEMBLY, HOLOCAUST, TEMPLE, JERUSALEM };

static int64_t hebrew_day(int year, int which) {
  int64_t autumn = new_year(year + 3761), last = new_year(year + 3760), passover = autumn - 163;
  int64_t length = autumn - last, next = new_year(year + 3762) - autumn;
  switch (which) {
    case NEW_YEAR: return autumn;
    case ATONEMENT: return autumn + 9;
    case TABERNACLES: return autumn + 14;
    case LAW: return autumn + 22;
    case LIGHTS: return autumn + 30 + (next % 10 == 5 ? 30 : 29) + 24;
    case TREES: return passover - (length > 380 ? 89 : 59);
    case LOTS: return passover - 30;
    case INDEPENDENCE: return independence(passover);
    case OMER: return passover + 33;
    case WEEKS: return passover + 50;
    case ASSEMBLY: return autumn + 21;
    case HOLOCAUST: return beside_sabbath(passover + 12);
    case TEMPLE: return passover + 112 + ((passover + 112 + 3) % 7 == 5); /* not on a Sabbath */
    case JERUSALEM: return passover + 43;
    default: return passover;
  }
}

static int64_t islamic_day(int64_t year, int month, int day) {
  return day + 29 * (month - 1) + month / 2 + 354 * (year - 1) + (3 + 11 * year) / 30 + 227014 - UNIX_DAY;
}

/* The month begins on the day behind the sunset in Mecca that follows its new moon (the
** rule of the calendar of Umm al-Qura); far from today by arithmetic. */
static int64_t seen_day(int64_t year, int month, int day) {
  int64_t plain = islamic_day(year, month, 1);
  if (plain < -70 * 366 || plain > 230 * 366) return plain + day - 1;
  int64_t moon = time_new_moon((plain - 1) * TIME_DAY), shifted = moon + 9 * 3600; /* 15:00 of Greenwich is sunset */
  return time_floor(shifted, MILL_UNIT_DAY) / TIME_DAY + day;
}

/* The first one in that Gregorian year. */
static int64_t islamic_in(int year, int month, int day) {
  int64_t first = time_at(year, 1, 1) / TIME_DAY, guess = ((int64_t)year - 622) * 33 / 32 - 1;
  while (seen_day(guess, month, day) < first) guess++;
  return seen_day(guess, month, day);
}

typedef struct feast {
  const char *word;
  uint8_t month, day;  /* Islamic; month 0: Hebrew, day says which */
  uint8_t days;
} feast;
static const feast feasts[] = {
    {"犹太新年", 0, NEW_YEAR, 3}, {"赎罪日", 0, ATONEMENT, 1}, {"住棚节", 0, TABERNACLES, 9}, {"西赫托拉节", 0, LAW, 1},
    {"诵经节", 0, LAW, 1}, {"欢庆圣法节", 0, LAW, 1}, {"转经节", 0, LAW, 1}, {"光明节", 0, LIGHTS, 8},
    {"献殿节", 0, LIGHTS, 8}, {"烛光节", 0, LIGHTS, 8}, {"哈努卡节", 0, LIGHTS, 8}, {"修殿节", 0, LIGHTS, 8},
    {"犹太植树节", 0, TREES, 1}, {"图比舍巴特节", 0, TREES, 1}, {"普珥节", 0, LOTS, 1}, {"普林节", 0, LOTS, 1},
    {"逾越节", 0, PASSOVER, 9}, {"以色列独立日", 0, INDEPENDENCE, 1}, {"以色列国庆节", 0, INDEPENDENCE, 1},
    {"犹太教篝火节", 0, OMER, 1}, {"篝火节", 0, OMER, 1}, {"七七节", 0, WEEKS, 3}, {"沙夫幼特节", 0, WEEKS, 3},
    {"新果实节", 0, WEEKS, 3}, {"收割节", 0, WEEKS, 3}, {"帐篷节", 0, TABERNACLES, 9}, {"棚节", 0, TABERNACLES, 9},
    {"犹太赎罪日", 0, ATONEMENT, 1}, {"犹太逾越节", 0, PASSOVER, 9}, {"无酵节", 0, PASSOVER, 9}, {"犹太光明节", 0, LIGHTS, 8},
    {"圣会节", 0, ASSEMBLY, 1}, {"诵经节庆典", 0, LAW, 1}, {"喜庆妥拉节", 0, LAW, 1}, {"妥拉节", 0, LAW, 1},
    {"犹太大屠杀纪念日", 0, HOLOCAUST, 1}, {"大屠杀纪念日", 0, HOLOCAUST, 1}, {"犹太人大屠杀纪念日", 0, HOLOCAUST, 1},
    {"掣签节", 0, LOTS, 1}, {"圣殿被毁节", 0, TEMPLE, 1},
    {"阿术拉节", 1, 10, 1}, {"阿修拉节", 1, 10, 1}, {"圣殿被毁日", 0, TEMPLE, 1}, {"犹太圣殿被毁日", 0, TEMPLE, 1}, {"圣殿被毁纪念日", 0, TEMPLE, 1},
    {"耶路撒冷日", 0, JERUSALEM, 1}, {"树木新年", 0, TREES, 1}, {"犹太历新年", 0, NEW_YEAR, 3}, {"吹角节", 0, NEW_YEAR, 3},
    {"回历新年", 1, 1, 1}, {"回教新年", 1, 1, 1}, {"穆斯林新年", 1, 1, 1}, {"阿舒拉日", 1, 10, 1}, {"先知诞辰", 3, 12, 1},
    {"先知纪念日", 3, 12, 1}, {"穆罕默德诞辰", 3, 12, 1}, {"穆圣诞辰", 3, 12, 1}, {"升霄节", 7, 27, 1}, {"登霄夜", 7, 27, 1},
    {"白拉特夜", 8, 15, 1}, {"拜拉特夜", 8, 15, 1}, {"伊斯兰斋月", 9, 1, 30}, {"回教斋月", 9, 1, 30}, {"伊斯兰教斋月", 9, 1, 30},
    {"盖德尔之夜", 9, 27, 1}, {"高贵之夜", 9, 27, 1}, {"定命之夜", 9, 27, 1}, {"前定之夜", 9, 27, 1}, {"伊斯兰开斋节", 10, 1, 1},
    {"驻阿拉法特日", 12, 9, 1}, {"阿拉法特日", 12, 9, 1}, {"忠孝节", 12, 10, 1}, {"哈芝节", 12, 10, 1}, {"献牲节", 12, 10, 1},
    {"牺牲节", 12, 10, 1}, {"库尔班节", 12, 10, 1}, {"伊斯兰教新年", 1, 1, 1}, {"伊斯兰新年", 1, 1, 1}, {"阿舒拉节", 1, 10, 1}, {"圣纪节", 3, 12, 1},
    {"圣忌节", 3, 12, 1}, {"夜行登霄节", 7, 27, 1}, {"登霄节", 7, 27, 1}, {"穆斯林斋月", 9, 1, 30}, {"斋月", 9, 1, 30},
    {"法令之夜", 9, 27, 1}, {"权力之夜", 9, 27, 1}, {"盖德尔夜", 9, 27, 1}, {"开斋节", 10, 1, 1}, {"肉孜节", 10, 1, 1},
    {"尔代节", 10, 1, 1}, {"古尔邦节", 12, 10, 1}, {"宰牲节", 12, 10, 1}};

static int feast_in(const time_reader *r, int year, const int *arg, int64_t *from, int64_t *to) {
  (void)r;
  if (year < 1000 || year > 3000) return 0;
  int64_t day = arg[0] == 0 ? hebrew_day(year, arg[1]) - 1 : islamic_in(year, arg[0], arg[1]);
  *from = day * TIME_DAY, *to = *from + (int64_t)arg[2] * TIME_DAY;
  return 1;
}

void time_feast_names(time_take_name *take, void *to) {
  for (size_t k = 0; k < sizeof feasts / sizeof *feasts; k++) take(to, feasts[k].word);
}

size_t time_feast(const time_reader *r, size_t i, time_point *p) {
  for (size_t k = 0; k < sizeof feasts / sizeof *feasts; k++) {
    size_t len = scan_literal(r->s, r->n, i, feasts[k].word);
    if (len == 0) continue;
    int arg[] = {feasts[k].month, feasts[k].day, feasts[k].days};
    if (!time_pick_year(r, p, feast_in, arg)) return 0;
    time_set(p, p->from, p->to, MILL_UNIT_DAY, SAID_MONTH | SAID_DAY | SAID_YEAR);
    p->form = MILL_FORM_HOLIDAY;
    return len;
  }
  return time_indian(r, i, p);
}
