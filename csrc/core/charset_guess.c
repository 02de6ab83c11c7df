/*
** charset_guess.c - which legacy charset are these bytes in?
**
** Each candidate's converter decodes a sample, and every character outside
** ASCII is worth something: a frequent Han character 4..7, kana and Hangul a
** little less, a rare Han character nothing (in Korean any: hardly anybody
** writes them there today), an impossible sequence -12. The
** mean per byte outside ASCII decides; random decodings of the right bytes
** give mostly rare characters. Below MINIMUM no candidate is believed.
** The weights come from word frequencies (csrc/data/charset/common-han.txt).
*/
#include <string.h>
#include <unicode/ucnv.h>

#include "charset.h"

#define SAMPLE 32768
#define MINIMUM 1.2

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

static int in(uint32_t c, uint32_t low, uint32_t high) { return c - low <= high - low; }

/* What one decoded character says for its charset. */
static int weight(uint32_t c, int korean) {
  if (in(c, 0x4E00, 0x9FFF)) return korean ? -1 : charset_common_han(c);
  if (in(c, 0x3040, 0x30FF)) return 5;
  if (in(c, 0xAC00, 0xD7A3)) return 1 + charset_common_han(c);
  if (in(c, 0x3000, 0x303F) || in(c, 0xFF00, 0xFF5E)) return 4;
  if (in(c, 0x2010, 0x2027)) return 3;
  if (in(c, 0xFF61, 0xFF9F)) return -2;               /* half-width katakana */
  if (in(c, 0xE000, 0xF8FF) || in(c, 0x80, 0x9F)) return -8; /* private, C1 */
  if (c >= 0x3400) return -4;                         /* rare ideographs, compatibility */
  return 0;
}

/* The mean worth of s[0,n) read through converter `name`. */
static double score(const char *name, int korean, const char *s, size_t n) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *cv = ucnv_open(name, &status);
  if (U_FAILURE(status)) return -100;
  ucnv_setToUCallBack(cv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  const char *at = s, *end = s + n;
  long sum = 0, bytes = 0;
  while (at < end) {
    if ((unsigned char)*at < 0x80) { at++; continue; }
    const char *from = at;
    status = U_ZERO_ERROR;
    uint32_t c = (uint32_t)ucnv_getNextUChar(cv, &at, end, &status);
    if (status == U_TRUNCATED_CHAR_FOUND || status == U_INDEX_OUTOFBOUNDS_ERROR) break;
    if (U_FAILURE(status)) ucnv_resetToUnicode(cv);
    sum += U_FAILURE(status) ? -12 : weight(c, korean);
    if (at <= from) at = from + 1;
    bytes += at - from;
  }
  ucnv_close(cv);
  return bytes > 0 ? (double)sum / (double)bytes : -100;
}

static int is_letter(unsigned char b) { return (b | 32) >= 'a' && (b | 32) <= 'z'; }

/* The same for windows-1252: its letters stand beside ASCII letters. */
static double score_western(const unsigned char *s, size_t n) {
  double sum = 0;
  size_t bytes = 0;
  for (size_t i = 0; i < n; i++) {
    if (s[i] < 0x80) continue;
    bytes++;
    if (i > 0 && s[i - 1] >= 0x80) sum -= 1.5;
    else if ((i > 0 && is_letter(s[i - 1])) || (i + 1 < n && is_letter(s[i + 1]))) sum += 2.5;
    else if (i + 1 >= n || s[i + 1] < 0x80) sum += 1; /* a sign by itself */
  }
  return bytes > 0 ? sum / (double)bytes : -100;
}

const char *charset_guess(const char *s, size_t n) {
  static const char *const candidates[] = {"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"};
  enum { KOREAN = 4 };
  size_t from = 0;
  while (from < n && (unsigned char)s[from] < 0x80) from++;
  from = from > 16 ? from - 16 : 0;
  size_t len = n - from < SAMPLE ? n - from : SAMPLE;
  const char *best = "windows-1252";
  double top = score_western((const unsigned char *)s + from, len);
  for (size_t k = 0; k < sizeof candidates / sizeof *candidates; k++) {
    double x = score(charset_converter(candidates[k]), k == KOREAN, s + from, len);
    if (x > top) top = x, best = candidates[k];
  }
  return top >= MINIMUM ? best : NULL;
}
