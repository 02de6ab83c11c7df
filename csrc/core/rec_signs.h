/*
** rec_signs.h - what a character can be in numbers, dates, times and names of places:
** one look into a table says of nearly all tokens that a recogniser has nothing there.
**
**   卡 点 设 在 2 月 6 日 上 午          2: digit    月: behind a date's number
**   |  |  |  |  +-----------           上: first of a word of time, 午: its second
**   nothing begins at these
**
** The table (rec_signs.c) belongs to mill_data and is filled when it is opened. Answers
** promise too much, never too little; spec/unit/test_pattern_set.c asks with the table and
** without it. A view without data asks every recogniser.
*/
#ifndef MILL_REC_SIGNS_H
#define MILL_REC_SIGNS_H

#include "data.h"
#include "utf8.h"

enum rec_sign {
  SIGN_DIGIT = 1u << 0,       /* in a numeral as dates and clocks write it: 0 一 十 廿 */
  SIGN_NUMBER_START = 1u << 1, /* a number, or what stands before it, begins so: 3 几 约 */
  SIGN_NUMBER_ONE = 1u << 2,  /* a word of its own that a number begins with: 约 第 上 */
  SIGN_NUMBER_FIRST = 1u << 3, SIGN_NUMBER_SECOND = 1u << 4, /* of a longer word: 超过 上百 */
  SIGN_DATE_FIRST = 1u << 5, SIGN_DATE_SECOND = 1u << 6, /* 今天 农历 庚子 */
  SIGN_DATE_MARK = 1u << 7,   /* behind the first number of a date */
  SIGN_CLOCK_FIRST = 1u << 8, SIGN_CLOCK_SECOND = 1u << 9, /* 上午 凌晨 晚 */
  SIGN_CLOCK_MARK = 1u << 10, /* behind the hour */
  SIGN_COUNTED_TIME = 1u << 11, /* may stand in a date or clock behind a number: 月 点 */
  SIGN_PLACE_TAIL = 1u << 12, /* ends a name of a place: 村 镇 县 */
  SIGN_HEAD_TAIL = 1u << 13,  /* ends a name of an organisation: 部 会 院 */
  SIGN_NUMBER_END = 1u << 14, /* ends a number: 3 百 多 成 % */
  SIGN_HOLIDAY_FIRST = 1u << 15 /* the name of a holiday or a solar term begins so */
};

#define REC_SIGNS 0xA000u /* characters behind have no sign */

struct rec_signs { uint16_t of[REC_SIGNS]; };

/* The table of a view; NULL: there is none, everything may begin anywhere. */
static inline const struct rec_signs *rec_signs_of(const mill_data *d) { return d != NULL ? d->signs : NULL; }

/* Signs of the character at s[i], 0 at the end; *len: its bytes. */
static inline uint32_t rec_sign_at(const struct rec_signs *signs, const char *s, size_t n, size_t i,
                                   size_t *len) {
  if (i >= n) return *len = 0, 0;
  uint32_t c = utf8_decode(s + i, len);
  return c < REC_SIGNS ? signs->of[c] : 0;
}

/* Signs of the last character of s[0,n), when it has three bytes. */
static inline uint32_t rec_sign_last(const struct rec_signs *signs, const char *s, size_t n) {
  if (n < 3 || ((unsigned char)s[n - 3] & 0xF0) != 0xE0) return 0;
  size_t len;
  uint32_t c = utf8_decode(s + n - 3, &len);
  return c < REC_SIGNS ? signs->of[c] : 0;
}

/* Can a date, a clock begin at s[0]; a number at a token of this kind and tag, `len`
** bytes of s? 1 perhaps, 0 surely not. signs NULL: 1. */
int date_may_begin(const struct rec_signs *signs, const char *s, size_t n);
int clock_may_begin(const struct rec_signs *signs, const char *s, size_t n);
int number_may_begin(const struct rec_signs *signs, const char *s, size_t len, uint8_t kind, uint8_t tag);

/* Can a number end with the last character of s[0,n)? */
int number_may_end(const struct rec_signs *signs, const char *s, size_t n);

/* Can a date or clock go on behind a number with the word s[0,n)? 1 perhaps. */
int time_may_count(const struct rec_signs *signs, const char *s, size_t n);

/* may[t - from] for the tokens t of [from, to): which of the recognisers `wanted`
** (1 << what) may find something there (rec_starts.c). */
void rec_starts(const mill_view *v, uint32_t from, uint32_t to, uint32_t wanted, uint16_t *may);
/* Likewise for a token like t, wherever it stands: nothing else of the view is looked at. */
uint32_t rec_starts_like(const mill_view *v, uint32_t t, uint32_t wanted);

#endif
