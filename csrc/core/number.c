/*
** number.c - numbers in folded text, with all that Chinese puts around them.
**
**   [约|近|超过|上] [第|负] numeral [分之 numeral | % | 成] [余|多|来 [万|亿]]
**        [至|到|- the same] [左右|以上|以内]
**
** Results: value with bounds lo..hi, what kind it is, how approximate. A
** percentage is given in percent (百分之五, 5%, 半成 -> 5), other fractions as
** the quotient. What a word boundary says (一线, 第一书记, 十分) is not known
** here: callers hold the result against the tokens.
*/
#include "number.h"

#include <math.h>

#include "numeral.h"
#include "scan.h"

typedef struct parsed { /* one side of a range */
  mill_number x;
  numeral numeral;
  size_t len;
  int plain;            /* nothing but a numeral */
  int loose;            /* see NUMBER_LOOSE */
} parsed;

static size_t read_numeral(const char *s, size_t n, int loose, numeral *out) {
  return loose ? numeral_scan_loose(s, n, out) : numeral_scan(s, n, out);
}

/* ---- approximations --------------------------------------------------------- */

size_t number_hedge_before(const char *s, size_t n, int *approx) {
  static const char *const words[] = {
      "不低于", "不少于", "不超过", "不多于", "不高于", "大约", "大概", "约为", "差不多", "将近",
      "接近", "超过", "多于", "高于", "至少", "最少", "起码", "至多", "最多", "不足",
      "不到", "低于", "少于", "逾", "超", "约", "近", NULL};
  static const uint8_t kinds[] = {
      MILL_APPROX_LEAST, MILL_APPROX_LEAST, MILL_APPROX_MOST,  MILL_APPROX_MOST,
      MILL_APPROX_MOST,  MILL_APPROX_ABOUT, MILL_APPROX_ABOUT, MILL_APPROX_ABOUT,
      MILL_APPROX_ABOUT, MILL_APPROX_NEAR,  MILL_APPROX_NEAR,  MILL_APPROX_LEAST,
      MILL_APPROX_LEAST, MILL_APPROX_LEAST, MILL_APPROX_LEAST, MILL_APPROX_LEAST,
      MILL_APPROX_LEAST, MILL_APPROX_MOST,  MILL_APPROX_MOST,  MILL_APPROX_MOST,
      MILL_APPROX_MOST,  MILL_APPROX_MOST,  MILL_APPROX_MOST,  MILL_APPROX_LEAST,
      MILL_APPROX_LEAST, MILL_APPROX_ABOUT, MILL_APPROX_NEAR};
  int which;
  size_t len = scan_any(s, n, 0, words, &which);
  if (len > 0) *approx = kinds[which];
  return len;
}

size_t number_hedge_after(const char *s, size_t n, int *approx) {
  static const char *const words[] = {"左右", "上下", "以上", "及以上", "之多", "以下",
                                      "以内", "之内", "及以下", NULL};
  static const uint8_t kinds[] = {MILL_APPROX_ABOUT, MILL_APPROX_ABOUT, MILL_APPROX_LEAST,
                                  MILL_APPROX_LEAST, MILL_APPROX_LEAST, MILL_APPROX_MOST,
                                  MILL_APPROX_MOST,  MILL_APPROX_MOST,  MILL_APPROX_MOST};
  int which;
  size_t len = scan_any(s, n, 0, words, &which);
  if (len > 0) *approx = kinds[which];
  return len;
}

size_t number_more(const char *s, size_t n, int *approx) {
  size_t len;
  *approx = MILL_APPROX_OVER;
  if ((len = scan_literal(s, n, 0, "余")) > 0)
    return scan_one_of(s, n, len, "额款温热地震粮") > 0 ? 0 : len;
  if ((len = scan_literal(s, n, 0, "多")) > 0)
    return scan_one_of(s, n, len, "少样数") > 0 ? 0 : len;
  *approx = MILL_APPROX_ABOUT;
  if ((len = scan_literal(s, n, 0, "来")) > 0)
    return scan_one_of(s, n, len, "自到源往访临电历信") > 0 ? 0 : len;
  return 0;
}

double number_place(double x) {
  double place = 1;
  if (x != floor(x) || x == 0) return 1;
  while (place < 1e15 && fmod(x, place * 10) == 0) place *= 10;
  return place;
}

void number_bound(mill_number *x, int approx, double place) {
  double step = place >= 10 ? place / 10 : 1;
  x->approx = (uint8_t)approx;
  switch (approx) {
    case MILL_APPROX_OVER:
      x->lo = place > 1 ? x->hi + 1 : x->hi;
      x->hi = place > 1 ? x->hi + place - 1 : x->hi + 1;
      break;
    case MILL_APPROX_NEAR: x->lo -= step; break;
    case MILL_APPROX_LEAST: x->hi = INFINITY; break;
    case MILL_APPROX_MOST: x->lo = x->lo > 0 ? 0 : -INFINITY; break;
    default: break;
  }
}

/* ---- one number ---------------------------------------------------------------- */

static void exact(parsed *p, uint8_t kind) {
  p->x.value = p->numeral.value;
  p->x.lo = p->numeral.vague || p->numeral.pair ? p->numeral.lo : p->numeral.value;
  p->x.hi = p->numeral.vague || p->numeral.pair ? p->numeral.hi : p->numeral.value;
  p->x.kind = p->numeral.pair && kind == MILL_NUMBER_CARDINAL ? MILL_NUMBER_RANGE : kind;
  p->x.approx = p->numeral.vague ? MILL_APPROX_VAGUE : MILL_APPROX_NONE;
}

static void scale(mill_number *x, double by) { x->value *= by, x->lo *= by, x->hi *= by; }

static void negate(mill_number *x) {
  double lo = x->lo;
  x->value = -x->value, x->lo = -x->hi, x->hi = -lo;
}

/* 第三, 第23, 第一百零一, 倒数第二 (-2): bytes. */
static size_t ordinal(const char *s, size_t n, parsed *p) {
  static const char *const marks[] = {"第", "倒数第", NULL};
  int from_end = 0;
  size_t mark = scan_any(s, n, 0, marks, &from_end);
  size_t len = mark > 0 ? read_numeral(s + mark, n - mark, p->loose, &p->numeral) : 0;
  if (len == 0 || p->numeral.vague || p->numeral.bare || p->numeral.decimal) return 0;
  exact(p, MILL_NUMBER_ORDINAL);
  if (from_end) negate(&p->x);
  p->plain = 0;
  return mark + len;
}

/* 二分一, 四分三, short for 二分之一, 四分之三: the bytes of 分. */
static size_t short_fraction(const char *s, size_t n, size_t at, const parsed *p) {
  size_t mark = scan_literal(s, n, at, "分"), len = 0;
  int may = p->numeral.value >= 2 && p->numeral.value <= 10 && !p->numeral.arabic && mark > 0;
  int above = may ? numeral_digit(scan_peek(s, n, at + mark, &len)) : 0;
  if (above < 1 || above >= (int)p->numeral.value) return 0;
  if (above > 1 && scan_one_of(s, n, at + mark + len, "十百千万亿秒点厘毫毛两三四五六七八九") > 0) return 0;
  return mark;
}

/* A 分之 B behind the numeral A at s[0, at): end, or `at` when there is none. */
static size_t chinese_fraction(const char *s, size_t n, size_t at, parsed *p) {
  static const char *const signs[] = {"负", "-", NULL};
  size_t mark = scan_any(s, n, at, (const char *const[]){"分之", "份之", NULL}, NULL);
  if (mark == 0 && p->loose) mark = short_fraction(s, n, at, p);
  if (mark == 0) return at;
  numeral under = p->numeral;
  size_t minus = scan_any(s, n, at + mark, signs, NULL);
  mark += minus;
  size_t len = read_numeral(s + at + mark, n - at - mark, p->loose, &p->numeral);
  int percent = under.bare && under.value == 100;
  if (len == 0 || under.value == 0) return p->numeral = under, at;
  exact(p, percent ? MILL_NUMBER_PERCENT : MILL_NUMBER_FRACTION);
  if (!percent) scale(&p->x, 1 / under.value);
  if (minus > 0) negate(&p->x);
  p->plain = 0;
  return at + mark + len;
}

/* 3/4, not a date (2020/2/6) or a code. */
static size_t slash_fraction(const char *s, size_t n, size_t at, parsed *p) {
  numeral under;
  if (at >= n || s[at] != '/' || p->numeral.decimal) return at;
  if (!p->loose && !scan_is_digit(s, n, at + 1)) return at;
  size_t len = read_numeral(s + at + 1, n - at - 1, p->loose, &under), end = at + 1 + len;
  int odd = p->numeral.zero || under.zero || under.decimal || len == 0 || under.value == 0;
  odd |= under.units && !p->loose;
  if (odd || p->numeral.value >= 1000 || under.value > 1000) return at;
  if (end < n && (s[end] == '/' || s[end] == '-' || s[end] == '%')) return at;
  exact(p, MILL_NUMBER_FRACTION);
  scale(&p->x, 1 / under.value);
  p->plain = 0;
  return end;
}

/* 三又四分之一, loosely 1 3/5: whole number, 又, fraction. */
static size_t mixed_fraction(const char *s, size_t n, size_t at, parsed *p) {
  size_t mark = scan_literal(s, n, at, "又"), end;
  int slash = mark == 0 && p->loose && p->numeral.arabic && at < n && s[at] == ' ';
  if (slash) mark = 1;
  if (mark == 0) return at;
  parsed part = {.loose = p->loose};
  size_t len = read_numeral(s + at + mark, n - at - mark, p->loose, &part.numeral);
  if (len == 0) return at;
  if (slash) end = slash_fraction(s + at + mark, n - at - mark, len, &part);
  else end = chinese_fraction(s + at + mark, n - at - mark, len, &part);
  if (end == len || part.x.kind != MILL_NUMBER_FRACTION) return at;
  double whole = p->numeral.value;
  p->x = part.x, p->plain = 0;
  p->x.value += whole, p->x.lo += whole, p->x.hi += whole;
  return at + mark + end;
}

/* 五折, 8.5折, 三八折: percent of the price; not 折叠. End, or `at`. */
static size_t discount(const char *s, size_t n, size_t at, parsed *p) {
  size_t mark = scan_literal(s, n, at, "折");
  double x = p->numeral.value;
  int digits = p->numeral.sequence || p->numeral.arabic;
  if (mark == 0 || p->numeral.vague || p->numeral.pair || x <= 0 || x >= 100) return at;
  if (p->numeral.units || (x >= 10 && !digits) || x == 10) return at;
  if (scan_one_of(s, n, at + mark, "叠页线断腾子回返") > 0) return at;
  exact(p, MILL_NUMBER_PERCENT);
  if (x < 10) scale(&p->x, 10);
  p->plain = 0;
  return at + mark;
}

/* 七成, 九成五, 9.5成; not 成立, 成员: end, or `at`. */
static size_t tenths(const char *s, size_t n, size_t at, parsed *p) {
  size_t mark = scan_literal(s, n, at, "成"), len;
  if (mark == 0 || p->numeral.value > 10 || p->numeral.vague) return at;
  if (scan_one_of(s, n, at + mark, "立为员果功长绩本熟都就分了人年品群份套交效婚型") > 0) return at;
  exact(p, MILL_NUMBER_PERCENT);
  scale(&p->x, 10);
  p->plain = 0;
  at += mark;
  int more = numeral_digit(scan_peek(s, n, at, &len));
  if (more < 0 && (len = scan_literal(s, n, at, "半")) > 0) more = 5; /* 三成半 */
  if (len == 0 || more <= 0) return at;
  p->x.value += more, p->x.lo += more, p->x.hi += more;
  return at + len;
}

static size_t percent_sign(const char *s, size_t n, size_t at, parsed *p) {
  size_t len = scan_literal(s, n, at, "%");
  if (len > 0) exact(p, MILL_NUMBER_PERCENT);
  if (len == 0 && (len = scan_literal(s, n, at, "‰")) > 0) {
    exact(p, MILL_NUMBER_FRACTION);
    scale(&p->x, 0.001);
  }
  if (len > 0) p->plain = 0;
  return at + len;
}

/* 余 多 来 behind the numeral, and a big unit behind them (三百多万). */
static size_t more(const char *s, size_t n, size_t at, parsed *p) {
  int approx;
  size_t mark = number_more(s + at, n - at, &approx), len;
  if (mark == 0 || p->numeral.vague || p->numeral.pair || p->numeral.sequence) return at;
  uint32_t c = scan_peek(s, n, at + mark, &len);
  double big = len > 0 ? numeral_big_unit(c) : 0;
  int round = p->numeral.place >= 10 || p->numeral.units;
  if (approx == MILL_APPROX_ABOUT && (!round || p->numeral.value >= 1e8)) return at;
  if (!round && p->numeral.value < 10 && big == 0) return at;
  if (big > 0) {
    scale(&p->x, big);
    p->numeral.value *= big, p->numeral.place *= big, p->numeral.units = 1;
    mark += len;
  }
  number_bound(&p->x, approx, p->numeral.place);
  p->plain = 0;
  return at + mark;
}

/* 1.1^23, loosely: end, or `at`. */
static size_t power(const char *s, size_t n, size_t at, parsed *p) {
  numeral by;
  if (!p->loose || at >= n || s[at] != '^' || !p->plain) return at;
  int minus = at + 1 < n && s[at + 1] == '-', plus = at + 1 < n && s[at + 1] == '+';
  size_t from = at + 1 + (size_t)(minus || plus), len;
  if (!scan_is_digit(s, n, from) || (len = numeral_scan(s + from, n - from, &by)) == 0) return at;
  p->x.value = pow(p->x.value, minus ? -by.value : by.value);
  if (!isfinite(p->x.value)) return at;
  p->x.lo = p->x.hi = p->x.value, p->plain = 0;
  return from + len;
}

/* One number without hedges or ranges. 0 when there is none. */
static size_t one(const char *s, size_t n, int loose, parsed *p) {
  memset(p, 0, sizeof *p);
  p->loose = loose;
  if ((p->len = ordinal(s, n, p)) > 0) return p->len;
  size_t at = read_numeral(s, n, loose, &p->numeral), end;
  if (at == 0) return 0;
  exact(p, MILL_NUMBER_CARDINAL);
  p->plain = 1;
  static size_t (*const forms[])(const char *, size_t, size_t, parsed *) = {
      chinese_fraction, mixed_fraction, slash_fraction, tenths, discount,
      percent_sign,     power,          more};
  for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
    if ((end = forms[k](s, n, at, p)) > at) return p->len = end;
  return p->len = at;
}

/* A sign in front, half, or one number. */
static size_t signed_one(const char *s, size_t n, int loose, parsed *p) {
  static const char *const minus[] = {"负的", "负", "零下", "-", "−", NULL};
  size_t mark = scan_any(s, n, 0, minus, NULL), len;
  if (mark == 0) {
    static const char *const halves[] = {"一半", "半", NULL};
    if ((len = one(s, n, loose, p)) > 0 && !scan_literal(s, n, 0, "一半")) return len;
    if ((len = scan_any(s, n, 0, halves, NULL)) == 0) return 0;
    *p = (parsed){.x = {.value = 0.5, .lo = 0.5, .hi = 0.5, .kind = MILL_NUMBER_FRACTION},
                  .numeral = {.value = 0.5, .lo = 0.5, .hi = 0.5}};
    return p->len = tenths(s, n, len, p); /* 半成 */
  }
  len = one(s + mark, n - mark, loose, p);
  if (len == 0 || p->x.kind == MILL_NUMBER_ORDINAL || p->x.approx != MILL_APPROX_NONE) return 0;
  negate(&p->x);
  p->plain = 0;
  return p->len = mark + len;
}

/* ---- ranges ------------------------------------------------------------------- */

static size_t separator(const char *s, size_t n, size_t at, int *dash) {
  static const char *const words[] = {"至", "到", "——", "--", "—", "–", "-", "~", "〜",
                                      "―", "─", "−", NULL};
  int which;
  size_t len = scan_any(s, n, at, words, &which);
  *dash = len > 0 && which > 1;
  return len;
}

/* 八到九百亿, 2至3万, 5-10%: what is said once, at the end, holds for both. */
static void share_unit(parsed *a, const parsed *b) {
  if (a->plain && b->x.kind == MILL_NUMBER_PERCENT) {
    a->x.kind = MILL_NUMBER_PERCENT;
    return;
  }
  int whole = a->plain && a->numeral.units && a->numeral.big == 1 && b->numeral.big > 1;
  if (whole && a->x.value < b->x.value / b->numeral.big) { /* 七千到九千亿 */
    scale(&a->x, b->numeral.big);
    return;
  }
  int bare_digit = a->plain && !a->numeral.units && b->numeral.lead > 0;
  if (!bare_digit || b->numeral.scale <= 1 || a->x.value >= b->numeral.lead) return;
  scale(&a->x, b->numeral.scale);
}

/* Is `a sep b` a range, not a telephone number, a date or a version? */
static int is_range(const char *s, size_t n, const parsed *a, const parsed *b, int dash,
                    size_t end) {
  if (dash && (a->numeral.zero || b->numeral.zero)) return 0;
  if (dash && end + 1 < n && (s[end] == '-' || s[end] == '/') && scan_is_digit(s, n, end + 1))
    return 0;
  if (dash && a->numeral.arabic != b->numeral.arabic && !a->numeral.units && !b->numeral.units)
    return 0;
  int same = a->x.kind == b->x.kind;
  int percent = a->x.kind == MILL_NUMBER_PERCENT && b->plain;
  return a->x.approx == MILL_APPROX_NONE && a->x.kind != MILL_NUMBER_RANGE &&
         (same || percent || (b->plain && a->x.kind == MILL_NUMBER_ORDINAL)) &&
         a->x.hi < b->x.hi;
}

/* Extends p, of s[0, at), by a second number: end, or `at`. */
static size_t range(const char *s, size_t n, size_t at, parsed *p) {
  int dash;
  parsed b, a = *p;
  size_t mark = separator(s, n, at, &dash);
  if (mark == 0 || one(s + at + mark, n - at - mark, p->loose, &b) == 0) return at;
  size_t end = at + mark + b.len;
  share_unit(&a, &b);
  if (!is_range(s, n, &a, &b, dash, end)) return at;
  p->x = a.x;
  p->x.hi = b.x.hi, p->x.approx = b.x.approx;
  if (a.x.kind == MILL_NUMBER_CARDINAL) p->x.kind = MILL_NUMBER_RANGE;
  p->plain = 0;
  return end;
}

/* ---- the whole expression -------------------------------------------------------- */

/* 成百上千, 成千上万, 上百, 上千万: "at least". */
static size_t upward(const char *s, size_t n, mill_number *out) {
  static const char *const idioms[] = {"成百上千", "成千上万", "成千累万", NULL};
  static const double floors[] = {100, 1000, 1000};
  int which;
  size_t len = scan_any(s, n, 0, idioms, &which);
  if (len > 0) {
    *out = (mill_number){floors[which], floors[which], INFINITY, MILL_NUMBER_CARDINAL,
                         MILL_APPROX_LEAST};
    return len;
  }
  size_t mark = scan_literal(s, n, 0, "上");
  numeral x;
  len = mark > 0 ? numeral_scan(s + mark, n - mark, &x) : 0;
  if (len == 0 || !(x.bare || (x.units && x.lead == 1)) || x.value < 100) return 0;
  *out = (mill_number){x.value, x.value, INFINITY, MILL_NUMBER_CARDINAL, MILL_APPROX_LEAST};
  return mark + len;
}

/* 近 says "just under" of round numbers only: 近三年 is a span of time. */
static int may_hedge(int approx, const parsed *p) {
  if (p->x.kind == MILL_NUMBER_ORDINAL || p->numeral.sequence) return 0;
  if (p->x.approx != MILL_APPROX_NONE && p->x.approx != MILL_APPROX_VAGUE) return 0;
  return approx != MILL_APPROX_NEAR || p->x.hi >= 10 || p->x.kind == MILL_NUMBER_PERCENT;
}

size_t number_scan_taking(const char *s, size_t n, int parts, mill_number *out, int *taken) {
  parsed p;
  int before = 0, after = 0;
  size_t at = 0, len, whole;
  *taken = NUMBER_BEFORE;
  if ((parts & NUMBER_BEFORE) && (len = upward(s, n, out)) > 0) return len;
  if (parts & NUMBER_BEFORE) at = number_hedge_before(s, n, &before);
  if (at == 0) *taken = 0;
  if ((len = signed_one(s + at, n - at, (parts & NUMBER_LOOSE) != 0, &p)) == 0) return 0;
  if (at > 0 && !may_hedge(before, &p)) return 0;
  whole = (parts & NUMBER_RANGES) ? range(s + at, n - at, len, &p) : len;
  if (whole > len) *taken |= NUMBER_RANGES;
  double place = p.numeral.place > 0 ? p.numeral.place : 1;
  if (at > 0) number_bound(&p.x, before, place);
  at += whole;
  if ((parts & NUMBER_AFTER) && p.x.approx == MILL_APPROX_NONE &&
      p.x.kind != MILL_NUMBER_ORDINAL && (len = number_hedge_after(s + at, n - at, &after)) > 0) {
    number_bound(&p.x, after, place);
    *taken |= NUMBER_AFTER;
    at += len;
  }
  *out = p.x;
  return at;
}

size_t number_scan(const char *s, size_t n, int parts, mill_number *out) {
  int taken;
  return number_scan_taking(s, n, parts, out, &taken);
}

size_t mill_number_scan(const char *folded, size_t n, mill_number *out) {
  return number_scan(folded, n, NUMBER_BEFORE | NUMBER_AFTER | NUMBER_RANGES, out);
}
