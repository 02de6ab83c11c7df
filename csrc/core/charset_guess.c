/*
** charset_guess.c - which legacy charset are these bytes in?
**
** Of every candidate: how probable are these bytes as a text of that charset? The
** sum, over the characters they would be, of the logarithm of what share such texts
** have of that character (charset_table.c; quarters of a bit). ASCII counts too,
** since the same byte may be the second of a character or one by itself. All weights
** are below 0: a candidate is given up where it falls behind the best one so far.
**
**   BA BA D7 D6   gb18030 汉 字 -9.6-9.5   big5 犖 趼 -19-19   windows-1252 º º × Ö ...
**
** In charsets of one byte a letter's neighbours say more than its share: see
** `neighbours`.
*/
#include <limits.h>
#include <string.h>

#include "ascii.h"
#include "charset.h"

#define SAMPLE 32768  /* bytes looked at, behind the first one that is not ASCII, */
#define ENOUGH 1024   /* or until so many of them were not */
#define CUT_SHORT (-44)
#define FOUR_BYTES (-104) /* of GB18030 */
#define THREE_BYTES (-96) /* of EUC-JP */
#define HALF_KATAKANA (-60)
#define PLAUSIBLE (-56)   /* the least mean weight a byte outside ASCII */


/* ---- charsets of two bytes ------------------------------------------------------ */

/* ASCII in texts: what is rare there is mostly the second byte of something. */
static inline int ascii_weight(unsigned char b) {
  if (b < 0x40) return b == 0x7F || b < 9 ? -60 : -24;
  return (b & 0x1F) - 1u < 26 ? -24 : -36;
}

/* Bytes of the character at s[0,n), s[0] >= 0x80, and its weight. */
static inline size_t one_of_two(enum charset_double k, const char *s, size_t n, int *weight) {
  unsigned char b = (unsigned char)s[0];
  if (k == CHARSET_SHIFT_JIS && b >= 0xA1 && b <= 0xDF) return *weight = HALF_KATAKANA, 1;
  if (n < 2) return *weight = CUT_SHORT, 1;
  *weight = charset_weights[k][charset_pair(s)];
  if (*weight != CHARSET_NEVER) return 2;
  unsigned char second = (unsigned char)s[1];
  if (k == CHARSET_GB18030 && n >= 4 && second >= '0' && second <= '9' && (unsigned char)s[2] > 0x80)
    return *weight = FOUR_BYTES, 4;
  if (k == CHARSET_EUC_JP && b == 0x8F && n >= 3 && second > 0xA0) return *weight = THREE_BYTES, 3;
  return 1;
}

static inline int is_small(unsigned char b) { return b >= 'a' && b <= 'z'; }

/* A character whose second byte is ASCII, in the middle of a word of such letters:
** that is a word with an accent, mostly. */
static inline int within_word(const char *s, size_t n, size_t i) {
  if ((unsigned char)s[i + 1] >= 0x80) return 0;
  return (i > 0 && is_small((unsigned char)s[i - 1]) ? -16 : 0) +
         (i + 2 < n && is_small((unsigned char)s[i + 2]) ? -16 : 0);
}

/* The weight of s[0,n); anything below `best` where it is not better. */
static long weigh_double(enum charset_double k, const char *s, size_t n, long best) {
  long sum = 0;
  for (size_t i = 0; i < n && sum > best;) {
    if ((unsigned char)s[i] < 0x80) {
      sum += ascii_weight((unsigned char)s[i++]);
      continue;
    }
    int weight;
    size_t len = one_of_two(k, s + i, n - i, &weight);
    sum += weight + (len == 2 ? within_word(s, n, i) : 0);
    i += len;
  }
  return sum;
}

/* ---- charsets of one byte ---------------------------------------------------------- */

/* Latin letters outside ASCII stand beside letters of ASCII, seldom beside each
** other; in Cyrillic and Greek it is the other way round, and capitals begin words. */
static int neighbours(enum charset_single k, unsigned char before, unsigned char b, unsigned char after) {
  int other = b >= 0xC0, latin = ascii_is_letter(before) || ascii_is_letter(after);
  if (k <= CHARSET_1254) {
    if (before >= 0x80 && after >= 0x80) return -40;
    return (before >= 0x80 || after >= 0x80 ? -16 : 0) - (other && !latin ? 8 : 0);
  }
  int small = k == CHARSET_KOI8_R ? b >= 0xC0 && b < 0xE0 : b >= 0xE0;
  int small_before = k == CHARSET_KOI8_R ? before >= 0xC0 && before < 0xE0 : before >= 0xE0;
  return (latin && other ? -24 : 0) + (other && !small && small_before ? -32 : 0);
}

static long weigh_single(enum charset_single k, const char *s, size_t n, long best) {
  static const int8_t seldom[CHARSET_SINGLES] = {0, -10, -14, -20, -24, -20};
  long sum = seldom[k];
  unsigned char before = ' ';
  for (size_t i = 0; i < n && sum > best; i++) {
    unsigned char b = (unsigned char)s[i];
    if (b < 0x80) sum += ascii_weight(b);
    else
      sum +=
          charset_letters[k][b & 127] + neighbours(k, before, b, i + 1 < n ? (unsigned char)s[i + 1] : ' ');
    before = b;
  }
  return sum;
}

/* ---- the best of them ----------------------------------------------------------------- */

/* The part of s[0,n) to look at: from a little before the first byte outside ASCII,
** to where enough of them were. *outside: how many. */
static const char *sample(const char *s, size_t *n, size_t *outside) {
  size_t from = 0, to;
  while (from < *n && (unsigned char)s[from] < 0x80) from++;
  size_t end = *n - from < SAMPLE ? *n : from + SAMPLE;
  for (to = from, *outside = 0; to < end && *outside < ENOUGH; to++) *outside += (unsigned char)s[to] >= 0x80;
  from = from > 16 ? from - 16 : 0;
  *n = to - from;
  return s + from;
}

const char *charset_guess(const char *s, size_t n) {
  static const char *const doubles[] = {"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"};
  static const char *const singles[] = {"windows-1252", "windows-1250", "windows-1254",
                                        "windows-1251", "koi8-r",       "windows-1253"};
  const char *name = NULL;
  size_t outside;
  s = sample(s, &n, &outside);
  long best = LONG_MIN;
  for (int k = 0; k < CHARSET_DOUBLES; k++) {
    long weight = weigh_double((enum charset_double)k, s, n, best);
    if (weight > best) best = weight, name = doubles[k];
  }
  for (int k = 0; k < CHARSET_SINGLES; k++) {
    long weight = weigh_single((enum charset_single)k, s, n, best);
    if (weight > best) best = weight, name = singles[k];
  }
  for (size_t i = 0; i < n; i++) /* what all of them have in common */
    if ((unsigned char)s[i] < 0x80) best -= ascii_weight((unsigned char)s[i]);
  return outside > 0 && best >= PLAUSIBLE * (long)outside ? name : NULL;
}

/* ---- frequent characters ---------------------------------------------------------------- */

static const struct { uint16_t c; uint8_t weight; } common[] = {
#include "common-han.inc"
};

int charset_common_han(uint32_t c) {
  size_t low = 0, high = sizeof common / sizeof *common;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (common[middle].c == c) return common[middle].weight;
    if (common[middle].c < c) low = middle + 1;
    else high = middle;
  }
  return 0;
}
