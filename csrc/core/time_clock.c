/*
** time_clock.c - times of day: 下午三点半, 三点一刻, 差五分八点, 15:15,
** 3:15 pm, and parts of the day alone: 早上, 晚上.
*/
#include "timex.h"

typedef struct part_word { const char *word; uint8_t part; } part_word;
/* Longer words first. */
static const part_word parts[] = {
    {"凌晨", MILL_PART_DAWN}, {"拂晓", MILL_PART_DAWN}, {"清晨", MILL_PART_EARLY}, {"清早", MILL_PART_EARLY},
    {"大清早", MILL_PART_EARLY}, {"一大早", MILL_PART_EARLY}, {"早上", MILL_PART_MORNING},
    {"早晨", MILL_PART_MORNING}, {"早间", MILL_PART_MORNING}, {"朝早", MILL_PART_MORNING},
    {"上午", MILL_PART_FORENOON}, {"午前", MILL_PART_FORENOON}, {"中午", MILL_PART_NOON}, {"正午", MILL_PART_NOON},
    {"晌午", MILL_PART_NOON}, {"下午", MILL_PART_AFTERNOON}, {"午后", MILL_PART_AFTERNOON}, {"午间", MILL_PART_NOON},
    {"晏昼", MILL_PART_AFTERNOON}, {"下昼", MILL_PART_AFTERNOON}, {"傍晚", MILL_PART_DUSK}, {"黄昏", MILL_PART_DUSK},
    {"晚上", MILL_PART_EVENING}, {"晚间", MILL_PART_EVENING}, {"夜晚", MILL_PART_EVENING}, {"夜间", MILL_PART_NIGHT},
    {"夜里", MILL_PART_NIGHT}, {"午夜", MILL_PART_MIDNIGHT}, {"半夜", MILL_PART_MIDNIGHT},
    {"深夜", MILL_PART_MIDNIGHT}, {"夜晚", MILL_PART_EVENING}, {"白天", MILL_PART_DAYTIME},
    {"日间", MILL_PART_DAYTIME}, {"晨", MILL_PART_EARLY}, {"早", MILL_PART_MORNING}, {"晚", MILL_PART_EVENING},
    {"夜", MILL_PART_NIGHT}};
#define FIRST_SHORT (sizeof parts / sizeof *parts - 4)

static const uint8_t hours[MILL_PART_COUNT][2] = {{0, 0}, {0, 6}, {5, 8}, {6, 9}, {8, 12}, {12, 14}, {12, 18},
                                                  {17, 19}, {18, 24}, {20, 24}, {23, 24}, {6, 18}};

static size_t part_at(const time_reader *r, size_t i, int *which, int *brief) {
  for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
    size_t len = scan_literal(r->s, r->n, i, parts[k].word);
    if (len > 0) return *which = parts[k].part, *brief = k >= FIRST_SHORT, len;
  }
  return 0;
}

/* am, pm, p, a.m. behind a clock: 1 morning, 2 afternoon */
static size_t meridiem(const time_reader *r, size_t i, int *which) {
  static const char *const words[] = {"a.m.", "p.m.", "a.m", "p.m", "am", "pm", "a", "p", NULL};
  size_t gap = i < r->n && r->s[i] == ' ' ? 1 : 0, len = scan_any(r->s, r->n, i + gap, words, which);
  if (len == 0) return 0;
  size_t end = i + gap + len;
  if (end < r->n && r->s[end] >= 'a' && r->s[end] <= 'z') return 0;
  *which = *which % 2 + 1;
  return gap + len;
}

static int to_24(int hour, int part) {
  int late = part >= MILL_PART_AFTERNOON && part <= MILL_PART_MIDNIGHT;
  if (part == MILL_PART_NOON) return hour <= 3 ? hour + 12 : hour;
  if (hour == 12 && part >= MILL_PART_DAWN && part <= MILL_PART_MORNING) return 0;
  if (!late) return hour;
  if (part >= MILL_PART_EVENING && hour == 12) return 24;
  if (part >= MILL_PART_EVENING && hour <= 4) return hour + 24;
  return hour < 12 ? hour + 12 : hour;
}

typedef struct clock { int hour, minute, second, clear; uint8_t about; } clock;

static size_t plain(const time_reader *r, size_t i, int limit, int *value, int *arabic) {
  time_count c;
  size_t len = time_number(r, i, &c);
  for (size_t k = i; len > 0 && k < i + len; k++) { /* 三点零五 is a clock here, no decimal */
    if (!scan_literal(r->s, r->n, k, "点")) continue;
    time_reader before = *r;
    before.n = k;
    len = time_number(&before, i, &c);
    break;
  }
  if (len == 0 || !c.whole || c.value > limit || c.vague || (c.arabic && len > 2)) return 0;
  *value = (int)c.value, *arabic = c.arabic;
  return len;
}

/* 16:57[:30] */
static size_t colon(const time_reader *r, size_t i, clock *c) {
  static const char *const marks[] = {":", "点", "时", NULL};
  int value[3], arabic;
  size_t k = i, n = 0;
  while (n < 3) {
    size_t len = plain(r, k, n == 0 ? 24 : 59, &value[n], &arabic);
    if (len == 0 || !arabic || (n > 0 && len != 2)) break;
    k += len, n++;
    if (n < 3 && !(k < r->n && r->s[k] == ':' && scan_is_digit(r->s, r->n, k + 1))) break;
    if (n < 3) k++;
  }
  (void)marks;
  if (n < 2 || scan_is_digit(r->s, r->n, k)) return 0;
  *c = (clock){value[0], value[1], n == 3 ? value[2] : -1, 1, 0};
  k += scan_literal(r->s, r->n, k, "时") > 0 && !scan_literal(r->s, r->n, k, "时候") ? 3 : 0;
  return k - i;
}

static size_t seconds(const time_reader *r, size_t i, clock *c) {
  int value, arabic;
  size_t len = plain(r, i, 59, &value, &arabic), mark = len > 0 ? scan_literal(r->s, r->n, i + len, "秒") : 0;
  if (mark == 0) return 0;
  c->second = value;
  return len + mark + scan_literal(r->s, r->n, i + len + mark, "钟");
}

/* Behind 点: 半, 一刻, 十五[分], 零五, 搭三 (Cantonese: three fives; 晏昼三点三, too). */
static size_t minutes(const time_reader *r, size_t i, int said, clock *c) {
  static const char *const words[] = {"半", "一刻", "1刻", "三刻", "3刻", "两刻", "2刻", NULL};
  static const uint8_t values[] = {30, 15, 15, 45, 45, 30, 30};
  int which, value, arabic;
  size_t and = scan_literal(r->s, r->n, i, "搭"), k = i + and, len = scan_any(r->s, r->n, k, words, &which),
         mark;
  if (len > 0)
    return c->minute = values[which], c->clear = 1, and+len + scan_literal(r->s, r->n, k + len, "钟");
  size_t zero = scan_literal(r->s, r->n, k, "零") + scan_literal(r->s, r->n, k, "过");
  if ((len = plain(r, k + zero, 59, &value, &arabic)) == 0) return zero = 0, 0;
  size_t end = k + zero + len;
  if (and > 0 && value < 12) return c->minute = value * 5, c->clear = 1, end - i;
  mark = scan_literal(r->s, r->n, end, "个字");
  if (mark > 0 && value < 12) return c->minute = value * 5, c->clear = 1, end + mark - i;
  mark = scan_literal(r->s, r->n, end, "分之") ? 0 : scan_literal(r->s, r->n, end, "分");
  int shown = arabic ? len == 2 : zero > 0 || value >= 10;
  int alone = end == r->n || (unsigned char)r->s[end] < 0x80 || scan_one_of(r->s, r->n, end, ",。、的到至") > 0;
  if (mark == 0 && !shown && said && alone && !arabic && zero == 0 && value > 0)
    return c->minute = value * 5, c->clear = 1, end - i;
  if (mark == 0 && !shown) return SIZE_MAX; /* 八点八 is a number */
  if (mark > 0 && !shown && value < 10 && scan_literal(r->s, r->n, end + mark, "钟"))
    return SIZE_MAX; /* 五点五分钟 */
  c->minute = value, c->clear = 1;
  if (mark == 0) return end - i;
  end += mark + scan_literal(r->s, r->n, end + mark, "钟");
  return end - i + seconds(r, end, c);
}

/* 八点整, 八点正; not 八点正在开会 */
static int sharp(const time_reader *r, size_t i) {
  if (scan_literal(r->s, r->n, i, "整")) return 1;
  return scan_literal(r->s, r->n, i, "正") && !scan_one_of(r->s, r->n, i + 3, "在好式是要值常当赶逢门对面");
}

/* 一点钟, 一点半, 一点一刻, 一点十分; not 一点半成品, 一点五 */
static int is_one_oclock(const time_reader *r, size_t i) {
  static const char *const words[] = {"半", "一刻", "1刻", "三刻", "3刻", NULL};
  time_count c;
  if (scan_literal(r->s, r->n, i, "钟")) return 1;
  size_t len = scan_any(r->s, r->n, i, words, NULL), end = i + len;
  if (len > 0)
    return end >= r->n || (unsigned char)r->s[end] < 0x80 || scan_one_of(r->s, r->n, end, ",。;、到至左前后起的开出集") > 0;
  size_t zero = scan_literal(r->s, r->n, i, "零") + scan_literal(r->s, r->n, i, "过");
  len = time_number(r, i + zero, &c), end = i + zero + len;
  return len > 0 && c.whole && !c.vague && c.value < 60 && scan_literal(r->s, r->n, end, "分") > 0 &&
         !scan_any(r->s, r->n, end, (const char *const[]){"分之", "分钱", NULL}, NULL);
}

/* What makes 三点 a time: something said, or what stands behind it. */
static int reads_as_hour(const time_reader *r, size_t i, int point, int clear, int one) {
  static const char *const words[] = {"时间", "时代", "时候", "时期", "时刻", "时常", "时而", "时装", "时光", "时限", "时段", "时节",
                                      "时空", "时效", "时政", "时不", "时有", "点儿", "点点", "点要", "点建", "点意", "点原", "点多",
                                      "点钱", NULL};
  if (scan_any(r->s, r->n, i, words, NULL)) return 0;
  if (!point || clear) return clear || !one;
  size_t mark = scan_literal(r->s, r->n, i, "点"), end = i + mark + scan_literal(r->s, r->n, i + mark, "钟");
  if (one) return is_one_oclock(r, i + mark); /* 这一点 */
  if (end > i + mark || end >= r->n) return 1;
  if (scan_is_digit(r->s, r->n, end)) /* 十一点05分 */
    return scan_is_digit(r->s, r->n, end + 1) && !scan_is_digit(r->s, r->n, end + 2);
  return (unsigned char)r->s[end] < 0x30 || sharp(r, end) ||
         scan_one_of(r->s, r->n, end,
                     ",。;、:)前后起至到左开在从半一二三四五六七八九十零过差搭整许的之以钟") > 0;
}

/* 三点|多, 三点|来钟: not to the minute; 三点多钟 */
static size_t about_hour(const time_reader *r, size_t k) {
  static const char *const words[] = {"多钟", "来钟", "许", "多", NULL};
  int which = 0;
  size_t len = scan_any(r->s, r->n, k, words, &which);
  if (which == 3 && k + len < r->n && (unsigned char)r->s[k + len] >= 0x80 &&
      !scan_one_of(r->s, r->n, k + len, ",。;、:)(的到至时")) return 0;
  return len;
}

/* 三点 ..., 16时40分50秒 */
static size_t spoken(const time_reader *r, size_t i, int said, clock *c) {
  static const char *const marks[] = {"时", "点", NULL};
  int hour, arabic, point;
  size_t len = plain(r, i, 24, &hour, &arabic),
         mark = len > 0 ? scan_any(r->s, r->n, i + len, marks, &point) : 0;
  if (mark == 0) return 0;
  *c = (clock){hour, -1, -1,
               said || arabic || scan_literal(r->s, r->n, i + len + mark, "来钟") ||
                   scan_literal(r->s, r->n, i + len + mark, "多钟"),
               0};
  if (!reads_as_hour(r, i + len, point, said || arabic, hour == 1)) return 0;
  size_t k = i + len + mark;
  k += scan_literal(r->s, r->n, k, "钟");
  size_t more = minutes(r, k, said, c);
  if (more == SIZE_MAX) return 0;
  k += more;
  if (more == 0 && sharp(r, k)) k += 3, c->clear = 1;
  if (more == 0 && c->clear) c->about = (uint8_t)about_hour(r, k), k += c->about;
  return k - i;
}

/* 差五分八点, 八点差五分 */
static size_t short_of(const time_reader *r, size_t i, int *value) {
  int arabic;
  size_t word = scan_literal(r->s, r->n, i, "差"), len = word > 0 ? plain(r, i + word, 59, value, &arabic) : 0;
  if (len == 0) {
    if (word > 0 && (len = scan_literal(r->s, r->n, i + word, "一刻")) > 0) return *value = 15, word + len;
    return 0;
  }
  if (scan_literal(r->s, r->n, i + word + len, "刻")) return *value *= 15, word + len + 3;
  size_t mark = scan_literal(r->s, r->n, i + word + len, "分");
  return mark > 0 ? word + len + mark + scan_literal(r->s, r->n, i + word + len + mark, "钟") : 0;
}

/* 4pm: bytes of the number, am or pm stands behind it */
static size_t bare_hour(const time_reader *r, size_t i, clock *c) {
  int hour, arabic, half;
  size_t len = plain(r, i, 12, &hour, &arabic), end = len > 0 && arabic ? meridiem(r, i + len, &half) : 0;
  if (end < 2 || r->s[i + len + end - 1] == ' ' ||
      (r->s[i + len + end - 1] != 'm' && r->s[i + len + end - 1] != '.'))
    return 0;
  *c = (clock){hour, -1, -1, 1, 0};
  return len;
}

static size_t whole_clock(const time_reader *r, size_t i, int said, clock *c) {
  int less = 0, half;
  size_t before = short_of(r, i, &less), k = i + before;
  size_t len = colon(r, k, c);
  if (len == 0) len = spoken(r, k, said || before > 0, c);
  if (len == 0) len = bare_hour(r, k, c);
  if (len == 0) return 0;
  k += len;
  if (before == 0 && c->minute < 0) k += short_of(r, k, &less);
  if (less > 0) c->minute = 60 - less, c->hour -= 1;
  size_t end = meridiem(r, k, &half);
  if (end > 0 && c->hour <= 12)
    c->hour = half == 2 ? c->hour % 12 + 12 : c->hour % 12, k += end, c->clear = 2;
  return k - i;
}

/* A part of the day without a clock. Short ones (早, 晚) need a day before. */
static size_t part_alone(const time_reader *r, size_t i, size_t len, int which, int brief, time_point *p) {
  int has_day = (p->said & (SAID_DAY | SAID_WEEKDAY)) != 0;
  if (brief && !has_day) return 0;
  if (brief && scan_one_of(r->s, r->n, i + len, "会已点餐报宴年期就")) return 0;
  if (!has_day) {
    int64_t day = time_floor(r->left != NULL ? r->left->from : r->now, MILL_UNIT_DAY);
    time_set(p, day, day + TIME_DAY, MILL_UNIT_DAY, 0);
    if (r->left == NULL) p->anchored |= MILL_ANCHOR_DAY;
  }
  int64_t day = time_floor(p->from, MILL_UNIT_DAY);
  time_set(p, day + hours[which][0] * 3600, day + hours[which][1] * 3600, MILL_UNIT_HOUR, SAID_PART);
  p->part = (uint8_t)which, p->form = MILL_FORM_PART;
  return len;
}

/* The right side of 下午1点到3点 is in the afternoon, too. */
static int inherited_part(const time_reader *r, const time_point *p, const clock *c) {
  if (r->left == NULL || (p->said & (SAID_DAY | SAID_WEEKDAY)) || c->clear == 2) return 0;
  int part = r->left->part;
  mill_date x;
  time_civil(r->left->from, &x);
  int hour = to_24(c->hour, part);
  return part != 0 && c->hour <= 12 && hour < 24 && hour >= x.hour ? part : 0;
}

/* 从现在到八点, now 16:12: that of the evening. */
static int later_half(const time_reader *r, const time_point *p, const clock *c) {
  mill_date x;
  if (r->left == NULL || (p->said & (SAID_DAY | SAID_WEEKDAY)) || c->hour > 11) return 0;
  time_civil(r->left->from, &x);
  int left = x.hour * 60 + x.minute, right = c->hour * 60 + (c->minute > 0 ? c->minute : 0);
  return right < left && right + 720 > left;
}

size_t time_clock(const time_reader *r, size_t i, time_point *p) {
  int which = 0, brief = 0;
  clock c = {0, -1, -1, 0, 0};
  if (p->said & SAID_HOUR) return 0;
  size_t len = p->said & SAID_PART ? 0 : part_at(r, i, &which, &brief), k = i + len;
  if (p->said & SAID_PART) which = p->part;
  size_t gap = len > 0 ? time_gap(r, k) : 0, more;
  int said = which != 0 || p->said != 0 || (r->left != NULL && r->left->said & SAID_HOUR);
  more = whole_clock(r, k + gap, said, &c);
  if (more == 0) return len > 0 ? part_alone(r, i, len, which, brief, p) : 0;
  if (p->said != 0 && !(p->said & (SAID_DAY | SAID_WEEKDAY | SAID_PART))) return 0; /* 3月三点 */
  int part = which != 0 ? which : inherited_part(r, p, &c);
  int hour = c.clear == 2 ? c.hour : to_24(c.hour, part);
  if (part == 0 && c.clear != 2 && later_half(r, p, &c)) hour += 12;
  p->open_hour = (uint8_t)(part == 0 && c.clear != 2 && c.hour <= 12);
  if (!time_set_hour(r, p, hour, c.minute, c.second)) return 0;
  p->part = (uint8_t)part, p->approx |= c.about > 0;
  return k + gap + more - i;
}
