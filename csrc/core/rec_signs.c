/*
** rec_signs.c - the characters that numbers, dates, times and names of places begin and
** go on with (rec_signs.h). Who teaches number.c or time_clock.c a new word adds its
** characters here; spec/unit/test_pattern_set.c finds what is forgotten. For dates in
** patterns the table decides: what begins otherwise (世界水日) is read by tm.date alone.
*/
#include "rec_signs.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "scan.h"
#include "timex.h"

/* ---- the table --------------------------------------------------------------------- */

#define DIGITS "0123456789o〇零○◯一壹弌二贰貳贰两弍三叁叄弎四肆五伍六陆陸七柒八捌九玖十拾廿卅卌"
#define UNITS "百佰千仟万萬亿億兆"
#define STEMS "甲乙丙丁戊己庚辛壬癸"
#define BRANCHES "子丑寅卯辰巳午未申酉戌亥"

static const struct sign_row { uint32_t signs; const char *characters; } rows[] = {
    {SIGN_DIGIT, DIGITS},
    {SIGN_NUMBER_START, DIGITS UNITS "几数半不大约差将接超多高至最起低少逾近成上第倒负零-−"},
    {SIGN_NUMBER_END, DIGITS UNITS "几数半余多来成折%‰"},
    {SIGN_NUMBER_ONE, DIGITS UNITS "几数半第上-逾超约近"},
    {SIGN_NUMBER_FIRST, "不大约差将接超多高至最起低少逾近成上"},
    {SIGN_NUMBER_SECOND, DIGITS UNITS "几数半低少超多高约概为不近过于码足到负-−第倒"},
    {SIGN_DATE_FIRST, "今本去明前后大昨农阴夏旧公阳新正冬腊闰除年上下周星礼春国劳元端中重清" STEMS},
    {SIGN_DATE_SECOND, DIGITS UNITS "天日年晚晨夜月个历夕前后正冬腊期拜节庆动旦宵秋阳明" BRANCHES},
    {SIGN_DATE_MARK, "年月日-/."},
    {SIGN_CLOCK_FIRST, "凌清早上一中正下午傍晚夜深当晨"},
    {SIGN_CLOCK_SECOND, "晨早上午后晚夜间里"},
    {SIGN_CLOCK_MARK, ":时点"},
    {SIGN_COUNTED_TIME, " t年月日号份初历夕天个-/.:时点分秒刻整钟许闰正冬腊农阴夏旧公阳新除大今本去明昨前" STEMS BRANCHES},
    {SIGN_COUNTED_TIME, DIGITS UNITS "几数半凌清早上一中正下午傍晚夜深当晨后间里"},
    {SIGN_PLACE_TAIL, "村区镇乡道县"},
    {SIGN_HEAD_TAIL, "会组部所院室站处队心社司局台团行校学市店厂协联委党府支纪大政专班专构"},
};

static void add_all(struct rec_signs *signs, const struct sign_row *row) {
  size_t len;
  for (const char *s = row->characters; *s != 0; s += len) {
    uint32_t c = utf8_decode(s, &len);
    if (c < REC_SIGNS) signs->of[c] |= (uint16_t)row->signs;
  }
}

static void add_holiday(void *signs, const char *name) {
  size_t len;
  uint32_t c = utf8_decode(name, &len);
  if (c < REC_SIGNS) ((struct rec_signs *)signs)->of[c] |= (uint16_t)SIGN_HOLIDAY_FIRST;
}

int rec_signs_attach(mill_data *d, mill_error *err) {
  struct rec_signs *signs = mem_calloc(1, sizeof *signs);
  if (signs == NULL) return mill_fail_memory(err);
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) add_all(signs, &rows[k]);
  time_holiday_names(add_holiday, signs);
  time_feast_names(add_holiday, signs);
  time_indian_names(add_holiday, signs);
  d->signs = signs;
  return 0;
}

void rec_signs_detach(mill_data *d) {
  mem_free(d->signs);
  d->signs = NULL;
}

/* ---- numbers, dates, clocks ----------------------------------------------------------- */

int number_may_begin(const struct rec_signs *signs, const char *s, size_t len, uint8_t kind,
                     uint8_t tag) {
  size_t first, second;
  if (kind == MILL_KIND_LATIN) return 0;
  if (signs == NULL) return 1;
  uint32_t sign = rec_sign_at(signs, s, len, 0, &first);
  if (!(sign & SIGN_NUMBER_START) || kind == MILL_KIND_NUMBER) return (sign & SIGN_NUMBER_START) != 0;
  if (tag == MILL_TAG_M || (first == len && (sign & SIGN_NUMBER_ONE))) return 1;
  uint32_t next = sign & SIGN_NUMBER_FIRST ? rec_sign_at(signs, s, len, first, &second) : 0;
  if (next & SIGN_NUMBER_SECOND) return 1;
  return len > 6 && memcmp(s + len - 6, "分之", 6) == 0; /* 千分之|五 */
}

int number_may_end(const struct rec_signs *signs, const char *s, size_t n) {
  size_t len;
  return signs == NULL || (n > 0 && (rec_sign_at(signs, s, n, utf8_prev(s, n), &len) & SIGN_NUMBER_END));
}

#define LONGEST 256u /* bytes of a date (time_date.c); keeps a text of digits linear */

/* The signs of the character at s[i]; without a table from the rows themselves. */
static uint32_t sign_at(const struct rec_signs *signs, const char *s, size_t n, size_t i, size_t *len) {
  if (signs != NULL) return rec_sign_at(signs, s, n, i, len);
  uint32_t found = 0;
  *len = i < n ? utf8_length((unsigned char)s[i]) : 0;
  for (size_t k = 0; k < sizeof rows / sizeof *rows && i < n; k++)
    if (scan_one_of(s, n, i, rows[k].characters)) found |= rows[k].signs;
  return found;
}

/* Behind the digits at s[i] and `blanks` blanks at most: is there one of these signs? */
static int marked(const struct rec_signs *signs, const char *s, size_t n, size_t i, size_t blanks,
                  uint32_t mark) {
  size_t len = 0;
  if (n > LONGEST) n = LONGEST;
  while (sign_at(signs, s, n, i, &len) & SIGN_DIGIT) i += len;
  while (blanks-- > 0 && i < n && s[i] == ' ') i++;
  return (sign_at(signs, s, n, i, &len) & mark) != 0;
}

int date_may_begin(const struct rec_signs *signs, const char *s, size_t n) {
  size_t len, second;
  uint32_t sign = sign_at(signs, s, n, 0, &len);
  if ((sign & SIGN_DIGIT) && marked(signs, s, n, len, 2, SIGN_DATE_MARK)) return 1;
  return (sign & SIGN_DATE_FIRST) && (sign_at(signs, s, n, len, &second) & SIGN_DATE_SECOND);
}

/* Digits behind one blank at most. */
static int digit_next(const struct rec_signs *signs, const char *s, size_t n, size_t i) {
  size_t len;
  if (i < n && s[i] == ' ') i++;
  return (sign_at(signs, s, n, i, &len) & SIGN_DIGIT) != 0;
}

int clock_may_begin(const struct rec_signs *signs, const char *s, size_t n) {
  size_t len, second;
  uint32_t sign = sign_at(signs, s, n, 0, &len);
  if ((sign & SIGN_DIGIT) && marked(signs, s, n, len, 0, SIGN_CLOCK_MARK)) return 1;
  if (!(sign & SIGN_CLOCK_FIRST)) return 0;
  if (digit_next(signs, s, n, len)) return 1; /* 晚8点 */
  if (!(sign_at(signs, s, n, len, &second) & SIGN_CLOCK_SECOND)) return 0;
  return digit_next(signs, s, n, len + second);
}

int time_may_count(const struct rec_signs *signs, const char *s, size_t n) {
  size_t len;
  return signs == NULL || (rec_sign_at(signs, s, n, 0, &len) & SIGN_COUNTED_TIME);
}
