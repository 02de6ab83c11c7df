/*
** numeral.c - reading one numeral; see numeral.h.
**
** A Chinese numeral is a sum of sections of four places, each multiplied by
** 万 or 亿; inside a section digits are multiplied by 千, 百, 十:
**
**     一千二百  亿  三十  万  零  十二         ((1x1000 + 2x100) x 1e8) + ...
**     [section] x1e8 + [section] x1e4 + [section]
**
** An Arabic literal may stand wherever a digit may (2万5千, 1亿2000万). All
** sums are kept three times: value, lower and upper bound, so that 两三百 and
** 几十万 come out of the same arithmetic.
*/
#include "numeral.h"

#include <math.h>

#include "scan.h"

enum { V, LO, HI, READINGS };

typedef struct literal { /* one digit slot */
  double v[READINGS];
  double place;          /* of its last digit that counts */
  size_t len;            /* bytes, 0 for an implied 1 (十 = 一十) */
  uint8_t vague, pair, arabic, zero, decimal, chinese;
} literal;

typedef struct parse {
  const char *s;
  size_t n, i;             /* i: behind what is accepted */
  double section[READINGS], low[READINGS], high[READINGS]; /* low: below 亿 */
  double place;            /* of the last digit, in the section so far */
  double limit;            /* the next small unit must be smaller */
  double last_unit;        /* unit just read, for 两百五 */
  int n_literals, wan, filled; /* filled: the section has something */
  int zero;                /* 零 stands before the next digit */
  double lead, scale;
  int loose;               /* see numeral_scan_loose */
  numeral *out;
} parse;

/* Digits by the character, each in a slot of its own: asked of every third character, so without a branch. */
#define SLOT(c) ((uint32_t)(c) * 0x9C25B2DBu >> 26)
#define DIGIT(c, value) [SLOT(c)] = (uint32_t)(c) << 8 | (value)
static const uint32_t digits[64] = {
  DIGIT(0x3007, 0), DIGIT(0x96F6, 0), DIGIT(0x25CB, 0), DIGIT(0x25EF, 0),                   /* 〇 零 ○ ◯ */
  DIGIT(0x4E00, 1), DIGIT(0x58F9, 1), DIGIT(0x5F0C, 1),                                     /* 一 壹 弌 */
  DIGIT(0x4E8C, 2), DIGIT(0x8D30, 2), DIGIT(0x8CB3, 2), DIGIT(0x4E24, 2), DIGIT(0x5F0D, 2), /* 二 贰 貳 两 弍 */
  DIGIT(0x4E09, 3), DIGIT(0x53C1, 3), DIGIT(0x53C4, 3), DIGIT(0x5F0E, 3),                   /* 三 叁 叄 弎 */
  DIGIT(0x56DB, 4), DIGIT(0x8086, 4), DIGIT(0x4E94, 5), DIGIT(0x4F0D, 5),                   /* 四 肆 五 伍 */
  DIGIT(0x516D, 6), DIGIT(0x9646, 6), DIGIT(0x9678, 6), DIGIT(0x4E03, 7), DIGIT(0x67D2, 7), /* 六 陆 陸 七 柒 */
  DIGIT(0x516B, 8), DIGIT(0x634C, 8), DIGIT(0x4E5D, 9), DIGIT(0x7396, 9)};                  /* 八 捌 九 玖 */

int numeral_digit(uint32_t c) {
  uint32_t entry = digits[SLOT(c)];
  return entry >> 8 == c && c != 0 ? (int)(entry & 255u) : -1;
}

int numeral_small_unit(uint32_t c) {
  switch (c) {
    case 0x5341: case 0x62FE: return 10;   /* 十 拾 */
    case 0x767E: case 0x4F70: return 100;  /* 百 佰 */
    case 0x5343: case 0x4EDF: return 1000; /* 千 仟 */
    default: return 0;
  }
}

double numeral_big_unit(uint32_t c) {
  switch (c) {
    case 0x4E07: case 0x842C: return 1e4;  /* 万 萬 */
    case 0x4EBF: case 0x5104: return 1e8;  /* 亿 億 */
    case 0x5146: return 1e12;              /* 兆 */
    default: return 0;
  }
}

static int tens_in_one(uint32_t c) { /* 廿 卅 卌 */
  return c == 0x5EFF ? 2 : c == 0x5345 ? 3 : c == 0x534C ? 4 : 0;
}

static uint32_t peek(const parse *p, size_t i, size_t *len) {
  return scan_peek(p->s, p->n, i, len);
}

/* 参 (formal three), 俩, 幺: digits only where a number is expected. */
static int loose_digit(uint32_t c) {
  return c == 0x53C2 || c == 0x53C3 ? 3 : c == 0x4FE9 || c == 0x5006 ? 2 : c == 0x5E7A ? 1 : -1;
}

static int digit_of(const char *s, size_t n, size_t i, int loose, size_t *len) {
  uint32_t c = scan_peek(s, n, i, len);
  int digit = *len > 0 ? numeral_digit(c) : -1;
  return digit < 0 && loose && *len > 0 ? loose_digit(c) : digit;
}

static int digit_at(const parse *p, size_t i, size_t *len) {
  return digit_of(p->s, p->n, i, p->loose, len);
}

static int is_unit_at(const parse *p, size_t i) {
  size_t len;
  uint32_t c = peek(p, i, &len);
  return len > 0 && (numeral_small_unit(c) > 0 || numeral_big_unit(c) > 0);
}

static void set_readings(literal *l, double value, double lo, double hi) {
  l->v[V] = value, l->v[LO] = lo, l->v[HI] = hi;
}

/* ---- Arabic ---------------------------------------------------------------- */

/* Digits of an integer with separators, 12,345: bytes; the separators must
** stand every three digits, otherwise the plain digit run counts. */
static size_t grouped_digits(const char *s, size_t n, size_t run) {
  size_t i = run;
  if (run > 3) return run;
  while (i + 3 < n && s[i] == ',' && scan_is_digit(s, n, i + 1) && scan_is_digit(s, n, i + 2) &&
         scan_is_digit(s, n, i + 3) && !scan_is_digit(s, n, i + 4))
    i += 4;
  return i;
}

static size_t digit_run(const char *s, size_t n, size_t i) {
  size_t from = i;
  while (scan_is_digit(s, n, i)) i++;
  return i - from;
}

/* The digits behind a decimal point at s[i]; 0 when it is none (1.2.3, "4."). */
static size_t decimals(const char *s, size_t n, size_t i) {
  if (i >= n || s[i] != '.') return 0;
  size_t run = digit_run(s, n, i + 1);
  int version = run > 0 && i + 1 + run < n && s[i + 1 + run] == '.' && scan_is_digit(s, n, i + 2 + run);
  return version ? 0 : run;
}

/* Value of the digits in s[0,n), separators skipped; the digits behind the
** point (at `point`) count as such. */
static void arabic_value(const char *s, size_t n, size_t point, literal *l) {
  double value = 0, place = 1, divisor = 1;
  for (size_t i = 0; i < n && value < 1e290; i++) {
    if (s[i] < '0' || s[i] > '9') continue;
    value = value * 10 + (s[i] - '0');
    if (i > point) divisor *= 10;
    place = s[i] != '0' ? 1 : place * 10;
  }
  if (divisor > 1e290) divisor = 1e290;
  l->place = value > 0 ? place / divisor : 1;
  set_readings(l, value / divisor, value / divisor, value / divisor);
}

/* e13, e+14, e-2 at s[i]: bytes and the power of ten; 0 when there is none. */
static size_t exponent(const char *s, size_t n, size_t i, int *power) {
  if (i >= n || (s[i] != 'e' && s[i] != 'E')) return 0;
  size_t at = i + 1 + (i + 1 < n && (s[i + 1] == '+' || s[i + 1] == '-'));
  size_t run = digit_run(s, n, at);
  if (run == 0 || run > 3) return 0;
  *power = 0;
  for (size_t k = at; k < at + run; k++) *power = *power * 10 + (s[k] - '0');
  if (s[i + 1] == '-') *power = -*power;
  return at + run - i;
}

static void raise_by(literal *l, int power) {
  double by = pow(10, power);
  for (int k = 0; k < READINGS; k++) l->v[k] *= by;
  l->place *= by;
}

/* 40k, not 40km. */
static size_t kilo(const char *s, size_t n, size_t i) {
  if (i >= n || (s[i] != 'k' && s[i] != 'K')) return 0;
  char next = i + 1 < n ? s[i + 1] : 0;
  return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '/' ? 0 : 1;
}

static int read_arabic(const parse *p, size_t i, literal *l) {
  const char *s = p->s + i;
  size_t n = p->n - i, run = digit_run(s, n, 0), more;
  size_t whole = grouped_digits(s, n, run), behind = decimals(s, n, whole);
  int power;
  if (run == 0 && !(p->loose && behind > 0)) return 0; /* .5 */
  l->len = behind > 0 ? whole + 1 + behind : whole;
  l->arabic = 1;
  l->zero = run > 1 && s[0] == '0';
  l->decimal = behind > 0;
  arabic_value(s, l->len, whole, l);
  if (p->loose && (more = exponent(s, n, l->len, &power)) > 0) l->len += more, raise_by(l, power);
  if (p->loose && (more = kilo(s, n, l->len)) > 0) l->len += more, raise_by(l, 3);
  return 1;
}

/* ---- one digit slot ---------------------------------------------------------- */

/* 两三 | 七八 | 三五: two digits that name a span. */
static int is_pair(int a, int b) { return a >= 1 && (b == a + 1 || (a == 3 && b == 5)); }

static int read_chinese(const parse *p, size_t i, literal *l) {
  size_t len, len2, len3;
  int a = digit_at(p, i, &len);
  if (a < 0) return 0;
  int b = digit_at(p, i + len, &len2);
  l->len = len, l->place = 1, l->chinese = 1;
  set_readings(l, a, a, a);
  if (b >= 0 && is_pair(a, b) && digit_at(p, i + len + len2, &len3) < 0) {
    l->len += len2, l->pair = 1;
    set_readings(l, a, a, b);
  }
  return 1;
}

/* 几十 数百 at the start; 十几, 一百几十 later on. */
static int read_vague(const parse *p, size_t i, literal *l) {
  size_t len = scan_one_of(p->s, p->n, i, "几数");
  if (len == 0) return 0;
  int first = p->n_literals == 0, count = scan_literal(p->s, p->n, i, "数") > 0;
  size_t unit_len;
  int small = numeral_small_unit(peek(p, i + len, &unit_len)) > 0, unit = is_unit_at(p, i + len);
  if (first ? !unit : count || (p->last_unit != 10 && !unit)) return 0;
  l->len = len, l->place = 1, l->vague = 1;
  set_readings(l, first ? 2 : small ? 1 : 0, first ? 2 : 1, 9);
  return 1;
}

/* An implied 1: 十二 everywhere, 百 千 万 亿 only as the first thing. */
static int read_implied(const parse *p, size_t i, literal *l) {
  size_t len;
  uint32_t c = peek(p, i, &len);
  if (len == 0) return 0;
  int ten = numeral_small_unit(c) == 10;
  if (!ten && ((p->n_literals > 0 && !p->zero) || !is_unit_at(p, i))) return 0;
  l->place = 1;
  set_readings(l, 1, 1, 1);
  return 1;
}

static int read_literal(const parse *p, size_t i, literal *l) {
  memset(l, 0, sizeof *l);
  if (read_chinese(p, i, l) || read_vague(p, i, l)) return 1;
  int arabic_may = p->n_literals == 0 || p->out->arabic || p->loose;
  if (arabic_may && read_arabic(p, i, l)) return 1;
  return p->limit > 10 && read_implied(p, i, l);
}

/* ---- the sum ------------------------------------------------------------------ */

static void add(parse *p, const literal *l, double unit, size_t end) {
  for (int k = 0; k < READINGS; k++) p->section[k] += l->v[k] * unit;
  p->place = l->place * unit;
  p->lead = p->n_literals == 0 ? l->v[V] : 0;
  if (p->n_literals == 0) p->scale = unit;
  p->n_literals++;
  p->filled = 1, p->zero = 0, p->out->big = 1;
  p->i = end;
  p->out->vague |= l->vague, p->out->pair |= l->pair, p->out->decimal |= l->decimal;
  if (p->n_literals > 1) return;
  p->out->arabic = l->arabic, p->out->zero = l->zero;
  p->out->bare = l->len == 0 && unit != 10;
}

/* One place behind 点: a Chinese digit, not 两; loosely an Arabic one, too. */
static int decimal_at(const parse *p, size_t i, size_t *len) {
  if (p->loose && scan_is_digit(p->s, p->n, i)) return *len = 1, p->s[i] - '0';
  return scan_literal(p->s, p->n, i, "两") > 0 ? -1 : digit_at(p, i, len);
}

/* 点五 behind a section; not in clock times (六点五十, 三点五分): no clock has 九十八点. */
static void chinese_decimals(parse *p) {
  size_t len, i = p->i + scan_literal(p->s, p->n, p->i, "点");
  double place = 1, value = 0;
  size_t from = i;
  if (i == p->i || p->out->pair || p->out->vague || p->out->decimal) return;
  if (p->out->arabic && !p->loose) return;
  for (int d; (d = decimal_at(p, i, &len)) >= 0 && place > 1e-15; i += len)
    place /= 10, value += d * place;
  uint32_t c = peek(p, i, &len);
  if (i == from || (len > 0 && numeral_small_unit(c) > 0)) return;
  static const char *const others[] = {"分之", "分钟", "分米", "分贝", NULL}; /* 三点五分钟 */
  int hour = p->section[0] <= 24 && p->low[0] + p->high[0] == 0;
  if (hour && scan_one_of(p->s, p->n, i, "分刻整") > 0 && !scan_any(p->s, p->n, i, others, NULL)) return;
  for (int k = 0; k < READINGS; k++) p->section[k] += value;
  p->lead = p->n_literals == 1 ? p->lead + value : 0;
  p->place = place, p->i = i, p->limit = 1, p->out->decimal = 1;
}

/* 四万点六: decimals behind 万 and 亿, not 四万点六亿. */
static void late_decimals(parse *p) {
  size_t len;
  parse was = *p;
  numeral out = *p->out;
  if (p->filled || p->n_literals == 0 || !scan_literal(p->s, p->n, p->i, "点")) return;
  chinese_decimals(p);
  if (p->i > was.i && numeral_big_unit(peek(p, p->i, &len)) > 0) *p->out = out, *p = was;
}

static void multiply(parse *p, double by) {
  double *into = by == 1e4 ? p->low : p->high;
  for (int k = 0; k < READINGS; k++) {
    double whole = by == 1e4 ? p->section[k] : p->low[k] + p->section[k];
    if (by != 1e4) p->low[k] = 0;
    into[k] += whole * by;
    p->section[k] = 0;
  }
  p->place *= by, p->scale *= by, p->out->big *= by;
}

/* 四万万: the second 万 makes it 亿. */
static int ten_thousand_twice(parse *p, size_t len) {
  for (int k = 0; k < READINGS; k++) p->high[k] += p->low[k] * 1e4, p->low[k] = 0;
  p->place *= 1e4, p->scale *= 1e4, p->out->big *= 1e4, p->last_unit = 1e8;
  p->i += len, p->wan = 0;
  return 1;
}

/* 万 or 亿 behind a section. 1 when one was taken. */
static int big_unit(parse *p) {
  size_t len;
  uint32_t c = peek(p, p->i, &len);
  double by = len > 0 ? numeral_big_unit(c) : 0;
  if (by == 0 || (!p->filled && !p->wan)) return 0;
  if (by == 1e4 && p->wan) return p->filled ? 0 : ten_thousand_twice(p, len);
  if (by > 1e4 && p->high[HI] > 0 && by > 1e8) return 0;
  multiply(p, by);
  p->i += len;
  p->wan = by == 1e4, p->filled = 0, p->limit = 1e4, p->last_unit = by;
  p->out->units = 1;
  return 1;
}

/* 两 says two at the beginning and before a unit only; else it is 50 grams. */
static int is_liang(const parse *p, size_t i) { return scan_literal(p->s, p->n, i, "两") > 0; }

/* A digit without a unit: the ones, or (两百五) a tenth of the unit before. */
static int ones(parse *p, const literal *l, size_t end) {
  if (p->limit <= 1) return 0;
  double unit = 1;
  size_t len;
  int big = numeral_big_unit(peek(p, end, &len)) > 0; /* 5亿1万: the 1 is one 万 */
  if (!big && l->len <= 6 && !p->zero && p->last_unit >= 100 && l->v[V] > 0 && l->v[V] < 10 &&
      !l->decimal && !l->vague && p->n_literals > 0)
    unit = p->last_unit / 10;
  if (l->chinese && p->n_literals > 0 && is_liang(p, p->i)) return 0; /* 三十|两 */
  if (p->out->bare && p->n_literals == 1 && p->last_unit >= 100 && !p->zero)
    unit = p->last_unit / 10; /* 百二万 */
  if (l->arabic && p->n_literals > 0 && l->v[V] >= p->last_unit) return 0;
  if (l->arabic && p->n_literals > 0 && scan_one_of(p->s, p->n, end, "年月日号")) return 0;
  add(p, l, unit, end);
  p->limit = 1;
  return 1;
}

/* 千 and 百 in the name of a unit (kilo-, hecto-): 十一|千米 is no 一千. */
static int begins_metric(const parse *p, size_t i) {
  static const char *const units[] = {"千米", "千克", "千瓦", "千卡", "千焦", "千帕", "千赫", "千伏",
                                      "千安", "千字节", "千比特", "百帕"};
  for (size_t k = 0; k < sizeof units / sizeof *units; k++)
    if (scan_literal(p->s, p->n, i, units[k]) > 0) return 1;
  return 0;
}

/* One step: [零] digit [unit]. 0 when nothing more belongs to the numeral. */
static int step(parse *p) {
  size_t i = p->i, len;
  literal l;
  if (p->out->bare && !p->loose) return 0; /* 万一 is no numeral */
  if (p->out->decimal) return 0;           /* nothing smaller behind 10.1万 */
  if (p->n_literals > 0 && digit_at(p, i, &len) == 0) i += len, p->zero = 1;
  uint32_t c = peek(p, i, &len);
  if (len > 0 && tens_in_one(c) > 0 && p->limit > 10) {
    l = (literal){.place = 1, .len = len};
    set_readings(&l, tens_in_one(c), tens_in_one(c), tens_in_one(c));
    add(p, &l, 10, i + len);
    p->limit = p->last_unit = 10, p->out->units = 1;
    return 1;
  }
  if (!read_literal(p, i, &l)) return 0;
  c = peek(p, i + l.len, &len);
  int unit = len > 0 ? numeral_small_unit(c) : 0;
  if (unit == 10 && l.arabic) unit = 0;
  if (unit >= p->limit && begins_metric(p, i + l.len)) unit = 0;
  if (unit == 0) return l.len > 0 ? ones(p, &l, i + l.len) : numeral_big_unit(c) > 0 && ones(p, &l, i);
  if (unit >= p->limit || (l.v[V] == 0 && !l.vague)) return 0;
  add(p, &l, unit, i + l.len + len);
  p->limit = p->last_unit = unit, p->out->units = 1;
  return 1;
}

/* 二〇二〇, 一九八七: digits read one by one. Two digits that name a span
** (两三) are none. */
static size_t sequence(const char *s, size_t n, int loose, numeral *out) {
  size_t i = 0, len;
  int count = 0, first = -1, second = -1, d;
  double value = 0;
  for (; (d = digit_of(s, n, i, loose, &len)) >= 0; i += len) {
    uint32_t c = scan_peek(s, n, i, &len);
    if (count == 0 && (c == 0x25CB || c == 0x25EF)) return 0; /* ○ alone is a bullet */
    if (count > 0 && c == 0x4E24) break; /* 九|两 */
    if (count == 0) first = d;
    if (count == 1) second = d;
    if (value < 1e290) value = value * 10 + d;
    count++;
  }
  if (count < 2) return 0;
  int point = loose && scan_literal(s, n, i, "点") > 0; /* 一二点三 */
  if (count == 2 && is_pair(first, second) && !point) return 0;
  parse probe = {.s = s, .n = n};
  if (count == 2 && is_unit_at(&probe, i)) return 0;
  *out = (numeral){.value = value, .lo = value, .hi = value, .place = 1, .lead = value,
                   .scale = 1, .sequence = 1};
  return i;
}

/* 一七二零点一三: decimals behind digits read one by one: end. */
static size_t sequence_decimals(const char *s, size_t n, size_t at, numeral *out) {
  size_t len, mark = scan_literal(s, n, at, "点"), i = at + mark;
  if (mark == 0) return at;
  parse p = {.s = s, .n = n};
  double place = 1, value = 0;
  for (int d; (d = decimal_at(&p, i, &len)) >= 0 && place > 1e-15; i += len)
    place /= 10, value += d * place;
  if (place == 1 || is_unit_at(&p, i) || scan_one_of(s, n, i, "分刻整") > 0) return at;
  out->value += value, out->lo = out->hi = out->lead = out->value;
  out->place = place, out->decimal = 1;
  return i;
}

static size_t scan(const char *s, size_t n, int loose, numeral *out) {
  size_t used = sequence(s, n, loose, out), len;
  if (used > 0) return sequence_decimals(s, n, used, out);
  memset(out, 0, sizeof *out);
  parse p = {.s = s, .n = n, .limit = 1e4, .place = 1, .scale = 1, .loose = loose, .out = out};
  uint32_t c = scan_peek(s, n, 0, &len);
  if (len == 0 || c == 0x25CB || c == 0x25EF) return 0;
  while (step(&p)) {
    chinese_decimals(&p);
    while (big_unit(&p)) continue;
    late_decimals(&p);
  }
  if (p.n_literals == 0) return 0;
  out->value = p.high[V] + p.low[V] + p.section[V];
  out->lo = p.high[LO] + p.low[LO] + p.section[LO];
  out->hi = p.high[HI] + p.low[HI] + p.section[HI];
  out->place = p.place;
  out->lead = p.n_literals == 1 ? p.lead : 0;
  out->scale = p.scale;
  return p.i;
}

size_t numeral_scan(const char *s, size_t n, numeral *out) { return scan(s, n, 0, out); }

size_t numeral_scan_loose(const char *s, size_t n, numeral *out) { return scan(s, n, 1, out); }
