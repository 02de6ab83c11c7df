/*
** time_point.c - a moment: words that narrow each other, 去年|3月|5日|下午三点.
** Years, months and days by number are read here.
*/
#include "calendar.h"
#include "timex.h"

/* ---- years ----------------------------------------------------------------------- */

/* 二〇二〇, 零六, 九七: read digit by digit; 2020, 06. Digits read, *year. */
static size_t year_digits(const time_reader *r, size_t i, int *year, int *digits) {
  size_t start = i, len;
  int arabic = -1;
  *year = *digits = 0;
  while (*digits < 5) {
    uint32_t c = scan_peek(r->s, r->n, i, &len);
    int d = len == 0                  ? -1
            : c >= '0' && c <= '9'    ? (int)(c - '0')
            : c == 'o' && arabic == 0 ? 0
                                      : numeral_digit(c);
    if (d < 0 || c == 0x4FE9 || c == 0x4E24) break; /* 俩 两 count */
    if (arabic < 0) arabic = c < 0x80;
    *year = *year * 10 + d, ++*digits, i += len;
  }
  return i - start;
}

static size_t spoken_thousands(const time_reader *r, size_t i, int *year, int *digits) {
  time_count c;
  size_t len = time_number(r, i, &c);
  if (len == 0 || !c.whole || c.vague || c.arabic || c.value < 1000) return 0;
  *year = (int)c.value, *digits = 4;
  return len;
}

static int full_year(const time_reader *r, int year, int digits) {
  if (digits == 4) return year;
  int century = r->ref.year / 100 * 100;
  if (century + year > r->ref.year + 30) century -= 100;
  if (century + year < r->ref.year - 69) century += 100;
  return century + year;
}

static void set_year(time_point *p, int year) {
  time_set(p, time_at(year, 1, 1), time_at(year + 1, 1, 1), MILL_UNIT_YEAR, SAID_YEAR);
}

static size_t year(const time_reader *r, size_t i, time_point *p) {
  static const char *const others[] = {"年级", "年纪", "年轻", "年龄", "年人", "年代", NULL};
  static const char *const more[] = {"财政年度", "会计年度", "预算年度", "财年", "年度", "年版", "版", "年", " 年", NULL};
  int value, digits, which;
  if (p->said != 0) return 0;
  size_t len = year_digits(r, i, &value, &digits);
  if (digits != 4 && digits != 2) len = spoken_thousands(r, i, &value, &digits);
  if (len == 0 || (digits != 4 && digits != 2) || (digits == 4 && value < 100)) return 0;
  size_t mark = scan_any(r->s, r->n, i + len, more, &which);
  if (mark == 0 || scan_any(r->s, r->n, i + len, others, NULL)) return 0;
  set_year(p, full_year(r, value, digits));
  return len + mark;
}

/* 2018: alone, or before a sign and another year; 二零一五 only there. */
static size_t bare_year(const time_reader *r, size_t i, time_point *p) {
  int value, digits;
  size_t len = p->said == 0 ? year_digits(r, i, &value, &digits) : 0;
  if (len == 0 || digits != 4 || value < 1500 || value > 2100) return 0;
  if (len != 4 && !scan_any(r->s, r->n, i + len, (const char *const[]){"至", "到", "-", "~", "—", NULL}, NULL))
    return 0; /* 二零一五|到二零一七年 */
  static const char *const counts[] = {"个", "名", "人", "元", "万", "千", "米", "多", "余", "只", "吨", "户", "%", "亿",
                                       "辆", "公", "条", "次", "家", "所", "亩", "件", "张", "块", "台", "株", "头", "处",
                                       "分", "秒", "小时", "天", "号", "克", "斤", "里", "平", "支", ".", ":", NULL};
  if (scan_any(r->s, r->n, i + len, counts, NULL) && !scan_literal(r->s, r->n, i + len, "只是")) return 0;
  set_year(p, value);
  p->bare_year = 1;
  return len;
}

/* 世纪 and 年代 */
static size_t decade(const time_reader *r, size_t i, time_point *p) {
  static const char *const seen[] = {"上个世纪", "上世纪", "本世纪", "这个世纪", "下个世纪", "下世纪", NULL};
  static const int8_t offs[] = {-1, -1, 0, 0, 1, 1};
  int which, century = r->ref.year / 100;
  time_count c;
  size_t start = i, len = scan_any(r->s, r->n, i, seen, &which), has = len;
  if (p->said != 0) return 0;
  if (len > 0) {
    century += offs[which], p->anchored |= MILL_ANCHOR_YEAR;
  } else if ((len = time_number(r, i, &c)) > 0 && c.whole && c.value >= 1 && c.value <= 30 &&
             scan_literal(r->s, r->n, i + len, "世纪")) {
    century = (int)c.value - 1, len += 6, has = len;
  } else {
    len = 0;
  }
  i += len;
  size_t gap = has > 0 ? time_gap(r, i) : 0, number = time_number(r, i + gap, &c);
  size_t mark = number > 0 ? scan_literal(r->s, r->n, i + gap + number, "年代") : 0;
  int full = has == 0 && c.whole && c.value >= 1000 && c.value < 2200; /* 1990年代 */
  if (mark > 0 && c.whole && (c.value < 100 || full) && (int)c.value % 10 == 0) {
    if (full) century = 0;
    if (has == 0 && !full) {
      p->anchored |= MILL_ANCHOR_YEAR;
      if (r->prefer != MILL_PREFER_FUTURE && century * 100 + (int)c.value > r->ref.year) century--;
    }
    int from = century * 100 + (int)c.value;
    time_set(p, time_at(from, 1, 1), time_at(from + 10, 1, 1), MILL_UNIT_YEAR, SAID_YEAR | SAID_MONTH);
    p->form = MILL_FORM_DECADE;
    return i + gap + number + mark - start;
  }
  if (has == 0) return 0;
  time_set(p, time_at(century * 100, 1, 1), time_at(century * 100 + 100, 1, 1), MILL_UNIT_YEAR,
           SAID_YEAR | SAID_MONTH);
  p->form = MILL_FORM_DECADE;
  return i - start;
}

/* ---- eras --------------------------------------------------------------------------- */

typedef struct era { const char *word; int16_t first; } era;
/* First years of the reigns of Tang, Song, Yuan, Ming and Qing that texts name most; as
** folded text has them (乾隆 is 干隆). */
static const era eras[] = {
    {"武德", 618}, {"贞观", 627}, {"永徽", 650}, {"神龙", 705}, {"景龙", 707}, {"开元", 713}, {"天宝", 742}, {"建中", 780},
    {"贞元", 785}, {"元和", 806}, {"长庆", 821}, {"大和", 827}, {"会昌", 841}, {"大中", 847}, {"咸通", 860}, {"建隆", 960},
    {"太平兴国", 976}, {"淳化", 990}, {"景德", 1004}, {"天圣", 1023}, {"庆历", 1041}, {"嘉祐", 1056}, {"熙宁", 1068},
    {"元丰", 1078}, {"元祐", 1086}, {"政和", 1111}, {"宣和", 1119}, {"靖康", 1126}, {"建炎", 1127}, {"绍兴", 1131},
    {"淳熙", 1174}, {"嘉定", 1208}, {"至元", 1264}, {"至正", 1341}, {"洪武", 1368}, {"建文", 1399}, {"永乐", 1403},
    {"洪熙", 1425}, {"宣德", 1426}, {"正统", 1436}, {"景泰", 1450}, {"天顺", 1457}, {"成化", 1465}, {"弘治", 1488},
    {"正德", 1506}, {"嘉靖", 1522}, {"隆庆", 1567}, {"万历", 1573}, {"天启", 1621}, {"崇祯", 1628}, {"顺治", 1644},
    {"康熙", 1662}, {"雍正", 1723}, {"干隆", 1736}, {"嘉庆", 1796}, {"道光", 1821}, {"咸丰", 1851}, {"同治", 1862},
    {"光绪", 1875}, {"宣统", 1909}, {"民国", 1912}};

static size_t era_year(const time_reader *r, size_t i, time_point *p) {
  static const char *const houses[] = {"唐朝", "唐代", "唐", "北宋", "南宋", "宋朝", "宋代", "宋", "元朝", "元代", "元", "明朝",
                                       "明代", "明", "清朝", "清代", "大清", "清", "中华", NULL};
  time_count c = {.value = 1};
  if (p->said != 0 || (i < r->n && (unsigned char)r->s[i] < 0x80)) return 0;
  size_t house = scan_any(r->s, r->n, i, houses, NULL), at = i + house;
  for (size_t k = 0; k < sizeof eras / sizeof *eras; k++) {
    size_t len = scan_literal(r->s, r->n, at, eras[k].word);
    if (len == 0) continue;
    len += scan_literal(r->s, r->n, at + len, "皇帝") + scan_literal(r->s, r->n, at + len, "帝");
    size_t number = scan_literal(r->s, r->n, at + len, "元");
    if (number == 0) number = time_number(r, at + len, &c);
    size_t mark = number > 0 ? scan_literal(r->s, r->n, at + len + number, "年") : 0;
    if (mark == 0 || c.value < 1 || c.value > 130) return 0;
    set_year(p, eras[k].first + (int)c.value - 1);
    return house + len + number + mark;
  }
  return 0;
}

/* 庚子年: the one of sixty nearest to the reference. */
static size_t cycle_year(const time_reader *r, size_t i, time_point *p) {
  static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", NULL};
  static const char *const branches[] = {"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥", NULL};
  int stem, branch;
  size_t a = p->said == 0 ? scan_any(r->s, r->n, i, stems, &stem) : 0;
  size_t b = a > 0 ? scan_any(r->s, r->n, i + a, branches, &branch) : 0;
  size_t c = b > 0 ? scan_literal(r->s, r->n, i + a + b, "年") : 0;
  if (c == 0 || (stem - branch) % 2 != 0) return 0;
  int place = ((6 * stem - 5 * branch) % 60 + 60) % 60; /* 甲子 0 */
  set_year(p, r->ref.year + (((place + 4 - r->ref.year) % 60) + 90) % 60 - 30);
  p->anchored |= MILL_ANCHOR_YEAR;
  return a + b + c;
}

/* 去年同期, 上月同期: that day of it. */
static size_t same_period(const time_reader *r, size_t i, time_point *p) {
  static const char *const words[] = {"同期", "同一时期", "同一天", "同日", "同一时间", "今天", "今日", NULL};
  int which;
  size_t len = p->grain <= MILL_UNIT_MONTH && p->said != 0 && !(p->said & (SAID_DAY | SAID_WEEK))
                   ? scan_any(r->s, r->n, i, words, &which)
                   : 0;
  mill_date now, x;
  if (len == 0) return 0;
  time_civil(r->left != NULL ? r->left->from : r->now, &now);
  time_civil(p->from, &x);
  int month = p->said & SAID_MONTH ? x.month : now.month, last = calendar_gregorian_days(x.year, month);
  int64_t from = time_at(x.year, month, now.day < last ? now.day : last);
  time_set(p, from, from + TIME_DAY, MILL_UNIT_DAY, SAID_YEAR | SAID_MONTH | SAID_DAY);
  return p->anchored |= MILL_ANCHOR_ALL, p->approx = which < 5, len;
}

/* ---- months and days ------------------------------------------------------------------- */

static size_t small(const time_reader *r, size_t i, int *value, int *arabic) {
  time_count c;
  size_t len = time_number(r, i, &c);
  if (len == 0 || !c.whole || c.vague || c.value > 99 || (c.arabic && len > 2)) return 0;
  *value = (int)c.value, *arabic = c.arabic;
  return len;
}

/* 七八|月, 5、6、7|月份: months one after the other are a stretch; *value the first, *last the last. */
static size_t months_in_a_row(const time_reader *r, size_t i, const time_point *p, int *value, int *last) {
  static const char *const marks[] = {"月份", "月", NULL};
  time_count c;
  int next, arabic;
  size_t start = i, len = time_number(r, i, &c), mark;
  if (len == 0 || !c.whole || c.value < 1 || c.value > 12) return 0;
  *value = *last = (int)c.value, i += len;
  if (c.vague && (int)c.hi == *value + 1) *last = *value + 1;
  else if (c.vague || (c.arabic && len > 2)) return 0;
  while ((mark = scan_literal(r->s, r->n, i, "、")) > 0 && (len = small(r, i + mark, &next, &arabic)) > 0 &&
         next == *last + 1)
    *last = next, i += mark + len;
  int listed = *value == 1 && p->said == 0 && r->s[start] == '1'; /* 1、2月份: the first of a list, perhaps */
  mark = *last > *value && *last <= 12 && !listed ? scan_any(r->s, r->n, i, marks, NULL) : 0;
  return mark == 0 || time_number(r, i + mark, &c) > 0 ? 0 : i + mark - start;
}

static size_t month(const time_reader *r, size_t i, time_point *p) {
  int value, arabic, last;
  static const char *const marks[] = {"月份", " 月", "月", NULL};
  if (p->said & (uint16_t)~(SAID_YEAR | SAID_WEEKDAY)) return 0;
  size_t row = months_in_a_row(r, i, p, &value, &last);
  if (row > 0) {
    if (!time_set_month(r, p, value)) return 0;
    p->to = time_add_months(p->to, last - value), p->form = MILL_FORM_THIRD;
    return row;
  }
  size_t len = small(r, i, &value, &arabic), mark = len > 0 ? scan_any(r->s, r->n, i + len, marks, NULL) : 0;
  if (len == 0 && (mark = scan_literal(r->s, r->n, i, "元月")) > 0) value = 1;
  if (mark == 0 || value < 1 || value > 12) return 0;
  size_t end = i + len + mark;
  if (scan_one_of(r->s, r->n, end, "球亮饼票经薪租嫂")) return 0;
  if (scan_literal(r->s, r->n, end, "天") && !scan_literal(r->s, r->n, end, "天气")) return 0; /* 五月天 */
  p->said &= (uint16_t)~SAID_WEEKDAY; /* 星期天, 二月十号 */
  return time_set_month(r, p, value) ? len + mark : 0;
}

/* 星期天, 二月十号: the year in which that is a Sunday. */
static void year_of_weekday(const time_reader *r, time_point *p) {
  static const int offs[] = {0, -1, 1, -2, 2, -3, 3};
  mill_date x;
  time_civil(p->from, &x);
  for (size_t k = 0; k < sizeof offs / sizeof *offs; k++) {
    int year = r->ref.year + offs[k];
    if (x.day > calendar_gregorian_days(year, x.month)) continue;
    int64_t at = time_at(year, x.month, x.day);
    if ((at - time_floor(at, MILL_UNIT_WEEK)) / TIME_DAY + 1 != p->weekday) continue;
    p->from = at, p->to = at + TIME_DAY;
    return;
  }
}

/* 5日, 5号; 5 and 十五 behind a month */
static size_t day(const time_reader *r, size_t i, time_point *p) {
  int value, arabic;
  static const char *const marks[] = {"日", "号", " 日", NULL};
  static const char *const others[] = {"号楼", "号线", "号院", "号文", "号公", "号令", "号门", "号店", "日元", "日均", "号召", "号称",
    "号机", "号码", "日内", "日游", NULL};
  if (p->said & (uint16_t)~(SAID_YEAR | SAID_MONTH)) return 0;
  if (p->grain != MILL_UNIT_MONTH && p->said != 0) return 0;
  size_t len = small(r, i, &value, &arabic), mark = len > 0 ? scan_any(r->s, r->n, i + len, marks, NULL) : 0;
  if (len == 0 || value < 1 || value > 31) return 0;
  if (mark > 0 && (p->said == 0 || !(p->said & SAID_MONTH)) && scan_any(r->s, r->n, i + len, others, NULL))
    return 0;
  static const char *const parts[] = {"上午", "下午", "中午", "凌晨", "清晨", "早上", "晚上", "傍晚", "深夜", "夜间", NULL};
  int dated = (r->left != NULL && r->left->said & SAID_DAY) || /* 五日至|八日, 九日上午 */
              scan_any(r->s, r->n, i + len + mark, parts, NULL) > 0;
  if (mark > 0 && p->said == 0 && !arabic && value < 10 && !dated && scan_literal(r->s, r->n, i + len, "日"))
    return 0; /* 三日: three days */
  if (mark == 0) {
    if (!(p->said & SAID_MONTH) || i + len < r->n) {
      static const char *const behind[] = {"早", "晚", "上午", "下午", "中午", "凌晨", "夜", "至", "到", "-", "~", ",",
        ";", " ", "。", "、", NULL};
      if (!(p->said & SAID_MONTH) || (!scan_any(r->s, r->n, i + len, behind, NULL))) return 0;
      if (!arabic && value < 10) return 0;
    }
  }
  if (!time_set_day(r, p, value)) return 0;
  if (p->weekday != 0 && !(p->said & SAID_YEAR)) year_of_weekday(r, p);
  return len + mark;
}

/* 上午8点 that 今天 names: any word that narrows what is said so far. */
static size_t word(const time_reader *r, size_t i, time_point *p) {
  typedef size_t step(const time_reader *, size_t, time_point *);
  static step *const steps[] = {time_english, time_numeric, time_named,
                                decade,       year,         era_year,
                                cycle_year,   time_holiday, time_lunar_words,
                                time_season,  time_week,    time_relative,
                                time_clock,   month,        time_inside,
                                same_period,  day,          bare_year};
  uint32_t c;
  size_t len;
  c = scan_peek(r->s, r->n, i, &len);
  if (len == 0 || (c < 0x80 && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && c != '"')) return 0;
  for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
    time_point next = *p;
    if ((len = steps[k](r, i, &next)) > 0) {
      if (next.said == p->said && next.grain == p->grain && next.from == p->from && next.to == p->to &&
          next.form == p->form && !(p->said & SAID_DAY))
        continue;
      return *p = next, len;
    }
  }
  return 0;
}

/* 9~12点半, 2——4月, 12-19日: a number that has the unit of the number behind the sign. */
static size_t elliptic(const time_reader *r, size_t i, time_point *p) {
  static const char *const signs[] = {"——", "—", "-", "~", "至", "到", NULL};
  static const char *const marks[] = {"月", "日", "号", "点", "时", NULL};
  int value, other, arabic, which;
  size_t len = small(r, i, &value, &arabic), sign = len > 0 ? scan_any(r->s, r->n, i + len, signs, NULL) : 0;
  size_t next = sign > 0 ? small(r, i + len + sign, &other, &arabic) : 0;
  size_t mark = next > 0 ? scan_any(r->s, r->n, i + len + sign + next, marks, &which) : 0;
  if (mark == 0 || value >= other) return 0;
  p->bare_year = 1; /* its unit stands elsewhere */
  if (which == 0 && !(p->said & (uint16_t)~SAID_YEAR)) return time_set_month(r, p, value) ? len : 0;
  if (which == 0) return 0;
  if (which < 3)
    return !(p->said & SAID_DAY) && (p->said == 0 || (p->said & SAID_MONTH)) && time_set_day(r, p, value)
               ? len
               : 0;
  if (p->said & SAID_HOUR || (p->said != 0 && !(p->said & (SAID_DAY | SAID_WEEKDAY | SAID_PART)))) return 0;
  int hour =
      p->part >= MILL_PART_AFTERNOON && p->part <= MILL_PART_EVENING && value < 12 ? value + 12 : value;
  return time_set_hour(r, p, hour, -1, -1) ? len : 0;
}

/* Blanks and signs that may stand between two words of a moment. */
static size_t between(const time_reader *r, size_t i, const time_point *p) {
  static const char *const civil[] = {"公历", "阳历", "新历", NULL};
  size_t gap = time_gap(r, i),
         marker = p->said & (uint16_t)~SAID_YEAR ? 0 : scan_any(r->s, r->n, i + gap, civil, NULL);
  if (marker > 0) return gap + marker;
  if (gap > 0) return gap;
  if (p->said & SAID_HOUR) return 0;
  static const char *const abouts[] = {"大约", "大概", "约", NULL};
  if (p->said & (SAID_DAY | SAID_WEEKDAY) && (gap = scan_any(r->s, r->n, i, abouts, NULL)) > 0) return gap;
  static const char *const marks[] = {",", "t", "(", NULL};
  size_t len = p->said & (SAID_DAY | SAID_WEEKDAY) ? scan_any(r->s, r->n, i, marks, NULL) : 0;
  if (len > 0 && r->s[i] == 't' && !scan_is_digit(r->s, r->n, i + 1)) return 0;
  return len + (len > 0 && i + len < r->n && r->s[i + len] == ' ' ? 1 : 0);
}

size_t time_point_more(const time_reader *r, size_t i, time_point *p) {
  size_t start = i, end = i, len;
  for (int k = 0; k < 8; k++) {
    size_t gap = p->said != 0 || k > 0 ||
                         scan_any(r->s, r->n, i, (const char *const[]){"公历", "阳历", "新历", NULL}, NULL)
                     ? between(r, i, p)
                     : 0;
    int comma = gap > 0 && (r->s[i] == ',' || r->s[i] == '(');
    time_point was = *p;
    time_zone zone = {0};
    size_t name = p->zoned || p->said & SAID_HOUR ? 0 : time_zone_before(r, i + gap, &zone);
    gap += name;
    len = elliptic(r, i + gap, p);
    if (len > 0) return i + gap + len - start;
    len = word(r, i + gap, p);
    if (len == 0) break;
    if (name > 0) time_zone_set(p, &zone);
    if (p->said & SAID_HOUR && !(was.said & SAID_HOUR) && p->form == MILL_FORM_CLOCK) {
      size_t more = time_zone_behind(r, i + gap + len, p->grain == MILL_UNIT_SECOND, &zone);
      if (more > 0) time_zone_set(p, &zone), len += more;
    }
    if (comma && !(p->weekday && p->said & SAID_DAY) && !(was.said & SAID_WEEKDAY) && was.said != 0) {
      /* 3月5日,下午: two expressions, unless the second confirms the first */
      if (was.from != p->from || was.to != p->to) { *p = was; break; }
    }
    if (comma && (was.said & SAID_WEEKDAY) && !(p->said & SAID_DAY) && p->grain != MILL_UNIT_MONTH) {
      *p = was;
      break;
    }
    i += gap + len, end = i;
    int date = p->form == MILL_FORM_DATE || p->form == MILL_FORM_HOLIDAY || p->form == MILL_FORM_WEEKDAY;
    if (date && !(p->said & (SAID_HOUR | SAID_PART))) p->core = end - start;
    if (comma && r->s[i - 1] != ')' && i < r->n && r->s[i] == ')') i++, end = i;
  }
  return end - start;
}

size_t time_point_scan(const time_reader *r, size_t i, time_point *p) {
  memset(p, 0, sizeof *p);
  return time_point_more(r, i, p);
}
