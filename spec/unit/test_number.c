/* test_number.c - mill_number_scan over what Chinese reports write. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "core/number.h"
#include "core/numeral.h"
#include "core/utf8.h"
#include "textmill.h"

typedef struct number_case {
  const char *text;
  size_t used;        /* bytes; -1 all of it */
  double value, lo, hi;
  int kind, approx;
} number_case;

#define ALL ((size_t)-1)
#define C MILL_NUMBER_CARDINAL
#define O MILL_NUMBER_ORDINAL
#define F MILL_NUMBER_FRACTION
#define P MILL_NUMBER_PERCENT
#define R MILL_NUMBER_RANGE
#define EXACT(text, used, v, kind) {text, used, v, v, v, kind, MILL_APPROX_NONE}

static const number_case cases[] = {
    /* Arabic */
    EXACT("70", ALL, 70, C), EXACT("1,200", ALL, 1200, C), EXACT("12,345,678", ALL, 12345678, C),
    EXACT("3.5", ALL, 3.5, C), EXACT("1,200.50", ALL, 1200.5, C), EXACT("1,20", 1, 1, C),
    EXACT("4.", 1, 4, C), EXACT("192.168.1.1", 3, 192, C), EXACT("0.25", ALL, 0.25, C),
    EXACT("3万", ALL, 30000, C), EXACT("2万5千", ALL, 25000, C), EXACT("1.2万", ALL, 12000, C),
    EXACT("1亿2000万", ALL, 120000000, C), EXACT("2万2020年", 4, 20000, C),
    EXACT("1,100万", ALL, 11000000, C), EXACT("-5", ALL, -5, C), EXACT("负三", ALL, -3, C),
    /* Chinese */
    EXACT("一", ALL, 1, C), EXACT("十", ALL, 10, C), EXACT("十二", ALL, 12, C),
    EXACT("二十", ALL, 20, C), EXACT("九十九", ALL, 99, C), EXACT("一百零五", ALL, 105, C),
    EXACT("一百一十", ALL, 110, C), EXACT("一百十一", ALL, 111, C), EXACT("两百五", ALL, 250, C),
    EXACT("五百三十二", ALL, 532, C), EXACT("一千零五", ALL, 1005, C),
    EXACT("一万零十二", ALL, 10012, C), EXACT("三万五", ALL, 35000, C),
    EXACT("七十八万五佰零六", ALL, 780506, C), EXACT("十亿零六万零五百零六", ALL, 1000060506, C),
    EXACT("一千亿零一", ALL, 100000000001, C), EXACT("一万亿", ALL, 1e12, C),
    EXACT("十三点五亿", ALL, 1.35e9, C), EXACT("零点五", ALL, 0.5, C), EXACT("三点一四", ALL, 3.14, C),
    EXACT("四万万", ALL, 4e8, C), EXACT("一万零百一十一", ALL, 10111, C), EXACT("三十两", 6, 30, C),
    EXACT("10.1万零100", 7, 101000, C), EXACT("一七二零点一三", ALL, 1720.13, C),
    EXACT("五折", ALL, 50, P), EXACT("八五折", ALL, 85, P), EXACT("五折叠", 3, 5, C),
    EXACT("半成", ALL, 5, P), EXACT("三成半", ALL, 35, P), EXACT("半成品", 3, 0.5, F),
    EXACT("倒数第二", ALL, -2, O), EXACT("零下五", ALL, -5, C),
    EXACT("六点五十", 3, 6, C), EXACT("三点五分", 3, 3, C), EXACT("壹佰贰拾", ALL, 120, C),
    EXACT("廿二", ALL, 22, C), EXACT("卅", ALL, 30, C), EXACT("百万", ALL, 1e6, C),
    EXACT("千万", ALL, 1e7, C), EXACT("万一", 3, 10000, C), EXACT("零", ALL, 0, C),
    EXACT("二〇二〇", ALL, 2020, C), EXACT("一九八七", ALL, 1987, C), EXACT("二○一九", ALL, 2019, C),
    EXACT("二零零三", ALL, 2003, C), EXACT("一半", ALL, 0.5, F),
    EXACT("5亿1万4千6百", ALL, 500014600, C), EXACT("十点二三", ALL, 10.23, C),
    EXACT("五十五兆一十二亿四万五千二", ALL, 55001200045200, C),
    EXACT("一百二十点五", ALL, 120.5, C), EXACT("百点五", ALL, 100.5, C),
    EXACT("十二点三十", 6, 12, C),
    /* fractions, percent, ordinals */
    EXACT("三分之一", ALL, 1.0 / 3, F), EXACT("千分之五", ALL, 0.005, F),
    EXACT("三又四分之一", ALL, 3.25, F), EXACT("3/4", ALL, 0.75, F), EXACT("2020/2/6", 4, 2020, C),
    EXACT("百分之五十", ALL, 50, P), EXACT("百分之百", ALL, 100, P), EXACT("7.5%", ALL, 7.5, P),
    EXACT("七成", ALL, 70, P), EXACT("九成五", ALL, 95, P), EXACT("十成", ALL, 100, P), EXACT("三成立", 3, 3, C),
    EXACT("第三", ALL, 3, O), EXACT("第23", ALL, 23, O), EXACT("第一百零一", ALL, 101, O),
    /* two readings, ranges */
    {"两三", ALL, 2, 2, 3, R, 0}, {"三五百", ALL, 300, 300, 500, R, 0},
    {"七八十", ALL, 70, 70, 80, R, 0}, {"十五六", ALL, 15, 15, 16, R, 0},
    {"一两万", ALL, 10000, 10000, 20000, R, 0}, {"2至3", ALL, 2, 2, 3, R, 0},
    {"5—10", ALL, 5, 5, 10, R, 0}, {"10~15", ALL, 10, 10, 15, R, 0},
    {"八到九百亿", ALL, 800e8, 800e8, 900e8, R, 0}, {"两到三万", ALL, 20000, 20000, 30000, R, 0},
    {"2至3万", ALL, 20000, 20000, 30000, R, 0}, {"5000至1万", ALL, 5000, 5000, 10000, R, 0},
    {"十到二十", ALL, 10, 10, 20, R, 0}, {"5%-10%", ALL, 5, 5, 10, P, 0},
    {"5-10%", ALL, 5, 5, 10, P, 0}, {"百分之五至十", ALL, 5, 5, 10, P, 0},
    {"第三至第五", ALL, 3, 3, 5, O, 0}, EXACT("5到3", 1, 5, C), EXACT("400-820-8820", 3, 400, C),
    EXACT("2020-02-26", 4, 2020, C),
    /* approximations */
    {"三百余", ALL, 300, 301, 399, C, MILL_APPROX_OVER},
    {"1200多", ALL, 1200, 1201, 1299, C, MILL_APPROX_OVER},
    {"18000余", ALL, 18000, 18001, 18999, C, MILL_APPROX_OVER},
    {"百余", ALL, 100, 101, 199, C, MILL_APPROX_OVER},
    {"三百多万", ALL, 3e6, 3000001, 3999999, C, MILL_APPROX_OVER},
    {"两万多", ALL, 20000, 20001, 29999, C, MILL_APPROX_OVER},
    {"1.2万余", ALL, 12000, 12001, 12999, C, MILL_APPROX_OVER},
    {"十来", ALL, 10, 10, 10, C, MILL_APPROX_ABOUT}, EXACT("2020来自", 4, 2020, C),
    {"数十", ALL, 20, 20, 90, C, MILL_APPROX_VAGUE}, {"几百", ALL, 200, 200, 900, C, MILL_APPROX_VAGUE},
    {"十几", ALL, 10, 11, 19, C, MILL_APPROX_VAGUE}, {"二十几", ALL, 20, 21, 29, C, MILL_APPROX_VAGUE},
    {"数万", ALL, 20000, 20000, 90000, C, MILL_APPROX_VAGUE},
    {"十几万", ALL, 100000, 110000, 190000, C, MILL_APPROX_VAGUE},
    {"近2000", ALL, 2000, 1900, 2000, C, MILL_APPROX_NEAR},
    {"近百", ALL, 100, 90, 100, C, MILL_APPROX_NEAR}, {"约300", ALL, 300, 300, 300, C, MILL_APPROX_ABOUT},
    {"300左右", ALL, 300, 300, 300, C, MILL_APPROX_ABOUT},
    {"60以上", ALL, 60, 60, INFINITY, C, MILL_APPROX_LEAST},
    {"超过2万", ALL, 20000, 20000, INFINITY, C, MILL_APPROX_LEAST},
    {"上百", ALL, 100, 100, INFINITY, C, MILL_APPROX_LEAST},
    {"不足50", ALL, 50, 0, 50, C, MILL_APPROX_MOST},
    {"成千上万", ALL, 1000, 1000, INFINITY, C, MILL_APPROX_LEAST},
    /* none */
    EXACT("", 0, 0, C), EXACT("村", 0, 0, C), EXACT("第", 0, 0, C), EXACT("几个", 0, 0, C),
    EXACT("数字", 0, 0, C), EXACT("近三年", 0, 0, C), EXACT("约定", 0, 0, C), EXACT("○", 0, 0, C),
    EXACT("上海", 0, 0, C), EXACT("、三", 0, 0, C),
};

static int close_to(double a, double b) {
  return a == b || fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static void check_case(const number_case *c) {
  mill_number x = {0};
  size_t n = strlen(c->text), used = mill_number_scan(c->text, n, &x);
  size_t want = c->used == ALL ? n : c->used;
  int ok = used == want;
  if (ok && want > 0)
    ok = close_to(x.value, c->value) && close_to(x.lo, c->lo) && close_to(x.hi, c->hi) &&
         x.kind == c->kind && x.approx == c->approx;
  if (!CHECK(ok))
    fprintf(stderr, "  %s: used %zu of %zu, value %.10g [%.10g, %.10g] kind %d approx %d\n", c->text,
            used, want, x.value, x.lo, x.hi, x.kind, x.approx);
}

/* Where a number is expected, more is one; in running text it is not. */
static void check_loose(void) {
  static const struct { const char *text; double value; size_t running; } loose[] = {
      {"百三", 130, 3},      {"千零四", 1004, 3},       {"百二万", 1.2e6, 3},    {"三十3", 33, 6},
      {"二十五点3", 25.3, 9}, {"1点45", 1.45, 1},     {"40k", 40000, 2},       {"21.2e3", 21200, 4},
      {".5", 0.5, 0}, {"参拾", 30, 0},        {"幺幺四", 114, 0},      {"俩", 2, 0},          {"二分一", 0.5, 3},
      {"2^-1", 0.5, 1},       {"1 3/5", 1.6, 1},       {"一二点三", 12.3, 6}, {"六十/一百二十", 0.5, 6}};
  for (size_t k = 0; k < sizeof loose / sizeof *loose; k++) {
    mill_number x;
    size_t n = strlen(loose[k].text);
    int ok = number_scan(loose[k].text, n, NUMBER_LOOSE, &x) == n && close_to(x.value, loose[k].value);
    ok = ok && number_scan(loose[k].text, n, 0, &x) == loose[k].running;
    if (!CHECK(ok)) fprintf(stderr, "  %s: %.10g\n", loose[k].text, x.value);
  }
}

/* Random mixtures: never reads behind the end (under ASan, the buffer is
** exact), never uses more than there is, and bounds are in order. */
static void check_random_text(void) {
  static const char *const parts[] = {"一", "两", "三", "十", "百", "千", "万", "亿", "零", "〇",
                                      "点", "分之", "余", "多", "来", "几", "数", "约", "近",
                                      "左右", "以上", "至", "-", "%", "成", "第", "负", "半", "又",
                                      "1", "20", "3.5", ",", "k", "e", "^", " ", "折", "参", "幺", "倒数第", "零下",
                                      ".", "/", "村", "上", "廿"};
  uint64_t seed = 20200226;
  for (int round = 0; round < 20000; round++) {
    char text[128];
    size_t n = 0;
    for (uint32_t k = check_below(&seed, 8) + 1; k > 0; k--) {
      const char *part = parts[check_below(&seed, sizeof parts / sizeof *parts)];
      memcpy(text + n, part, strlen(part));
      n += strlen(part);
    }
    char *exact = malloc(n);
    if (exact == NULL) return;
    memcpy(exact, text, n);
    mill_number x;
    int scope = (int)check_below(&seed, 16);
    size_t used = number_scan(exact, n, scope, &x);
    if (!(used <= n && (used == 0 || (x.lo <= x.hi && !isnan(x.value)))))
      CHECK(0), fprintf(stderr, "  %.*s\n", (int)n, text);
    free(exact);
  }
  CHECK(1);
}

/* Long digit strings: linear, finite. */
static void check_long(void) {
  static char digits[100001];
  memset(digits, '9', 100000);
  mill_number x;
  CHECK_EQ(mill_number_scan(digits, 100000, &x), 100000);
  CHECK(isfinite(x.value));
  for (int k = 0; k < 33333; k++) memcpy(digits + 3 * k, "九", 3);
  CHECK_EQ(mill_number_scan(digits, 99999, &x), 99999);
  CHECK(isfinite(x.value));
}

/* Every character that is a digit, and no other one. */
static void digits(void) {
  static const char *const of[] = {"〇零○◯", "一壹弌", "二贰貳两弍", "三叁叄弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"};
  static signed char value[0x110000];
  size_t len, wrong = 0;
  memset(value, -1, sizeof value);
  for (int d = 0; d < 10; d++)
    for (const char *s = of[d]; *s != 0; s += len) value[utf8_decode(s, &len)] = (signed char)d;
  for (uint32_t c = 0; c < 0x110000; c++) wrong += numeral_digit(c) != value[c];
  CHECK_EQ(wrong, 0);
}

int main(void) {
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) check_case(&cases[k]);
  check_loose();
  check_random_text();
  check_long();
  digits();
  return check_report();
}
