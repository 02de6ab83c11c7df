/* test_charset.c - decoding: which charset, which bytes, which map. */
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include "../bench/charset_texts.h"
#include "check.h"
#include "core/charset.h"
#include "core/utf8.h"
#include "textmill.h"

static char charset[32];
static mill_map *map;
static char *text;
static size_t text_len;

static int decode(const char *s, size_t n, const char *hint) {
  mill_error err;
  mill_map_free(map);
  free(text);
  map = NULL, text = NULL, text_len = 0;
  int rc = mill_decode(s, n, hint, &text, &text_len, charset, &map, &err);
  if (rc == 0) {
    CHECK_EQ(mill_map_source_len(map), n);
    CHECK_EQ(mill_map_output_len(map), text_len);
    CHECK(mill_utf8_valid(text, text_len, NULL, NULL));
  }
  return rc;
}

static size_t encode(const char *utf8, const char *name, char *out, size_t room) {
  UErrorCode status = U_ZERO_ERROR;
  return (size_t)ucnv_convert(name, "UTF-8", out, (int32_t)room, utf8, (int32_t)strlen(utf8), &status);
}

/* Sentences long enough for statistics, and short ones. */
static const struct { const char *name, *converter, *text; } samples[] = {
    {"gb18030", "gb18030", "今天上午全镇召开会议,安排春季植树工作。"},
    {"gb18030", "gb18030", "全村共有三百户人家"},
    {"gb18030", "gb18030", "<p>河边新修了一座桥。</p>"},
    {"big5", "Big5-HKSCS", "今天上午全鎮召開會議,安排春季植樹工作。"},
    {"big5", "Big5-HKSCS", "這個村子有三百戶人家"},
    {"shift_jis", "windows-31j", "春になると川のそばに桜が咲きます。"},
    {"euc-jp", "euc-jp", "春になると川のそばに桜が咲きます。町の人々が集まる。"},
    {"euc-kr", "windows-949", "봄이 오면 강가에 꽃이 핍니다. 마을 사람들이 모입니다."},
    {"windows-1252", "windows-1252", "Le café près de la forêt était fermé à midi."},
};

static void legacy(void) {
  char bytes[512];
  for (size_t k = 0; k < sizeof samples / sizeof *samples; k++) {
    size_t n = encode(samples[k].text, samples[k].converter, bytes, sizeof bytes);
    CHECK_EQ(decode(bytes, n, NULL), 0);
    CHECK_STR(charset, samples[k].name);
    CHECK_STR(text, samples[k].text);
  }
}

static void by_pieces(void) {
  CHECK_EQ(decode("a\xC9\xE8\xC1\xA2z", 6, "gbk"), 0); /* a设立z */
  CHECK_STR(text, "a设立z");
  mill_span s = mill_map_from(map, (mill_span){4, 7});
  CHECK_EQ(s.from, 3), CHECK_EQ(s.to, 5);
  s = mill_map_from(map, (mill_span){2, 3}); /* inside a character: all of it */
  CHECK_EQ(s.from, 1), CHECK_EQ(s.to, 3);
}

static void utf8(void) {
  CHECK_EQ(decode("\xEF\xBB\xBFok", 5, NULL), 0);
  CHECK_STR(text, "ok");
  CHECK_STR(charset, "utf-8");
  const char *broken = "春天来了,河边的树都绿了,孩子们在\xE6\xB2岸边玩";
  CHECK_EQ(decode(broken, strlen(broken), NULL), 0);
  CHECK_STR(charset, "utf-8");
  CHECK_STR(text, "春天来了,河边的树都绿了,孩子们在\xEF\xBF\xBD岸边玩");
  const char *cut = "春天\xE6\x9D";
  CHECK_EQ(decode(cut, strlen(cut), NULL), 0);
  CHECK_STR(text, "春天\xEF\xBF\xBD");
  /* one U+FFFD a maximal subpart: WHATWG */
  CHECK_EQ(decode("\xF0\x80\x80\x41\xE1\x80\xE2\x41", 8, "utf-8"), 0);
  CHECK_STR(text, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" "A\xEF\xBF\xBD\xEF\xBF\xBD" "A");
}

static void utf16(void) {
  CHECK_EQ(decode("\xFF\xFE\x2D\x4E\x41\x00\x3D\xD8\x00\xDE", 10, NULL), 0);
  CHECK_STR(text, "中A\xF0\x9F\x98\x80");
  CHECK_STR(charset, "utf-16le");
  mill_span s = mill_map_from(map, (mill_span){4, 8});
  CHECK_EQ(s.from, 6), CHECK_EQ(s.to, 10);
  CHECK_EQ(decode("\xFE\xFF\x4E\x2D\xD8\x00", 6, NULL), 0); /* half a pair */
  CHECK_STR(text, "中\xEF\xBF\xBD");
}

static void declared(void) {
  char page[512];
  const char *head = "<meta http-equiv='Content-Type' content='text/html; charset=euc-kr'>";
  memcpy(page, head, strlen(head));
  size_t n = strlen(head) + encode("봄", "windows-949", page + strlen(head), 64);
  CHECK_EQ(decode(page, n, NULL), 0);
  CHECK_STR(charset, "euc-kr");
  /* a <meta> left from before the page was converted to UTF-8 */
  const char *stale = "<meta charset=gb2312>春天来了";
  CHECK_EQ(decode(stale, strlen(stale), NULL), 0);
  CHECK_STR(charset, "utf-8");
  CHECK_STR(charset_declared("<?xml version='1.0' encoding='Shift_JIS'?>", 42), "shift_jis");
  CHECK(charset_declared("<p>charset=gbk", 14) == NULL);
}

static void refused(void) {
  mill_error err;
  char *out;
  mill_map *m;
  CHECK_EQ(mill_decode("x", 1, "klingon", &out, &text_len, charset, &m, &err), MILL_ECHARSET);
  CHECK(strstr(err.message, "klingon") != NULL);
  CHECK_EQ(decode("", 0, NULL), 0);
  CHECK_EQ(text_len, 0);
}

/* Long texts take characters from a table: the same text as line by line. */
static void long_as_short(void) {
  enum { LINES = 400, LINE = 60 };
  static const char *const names[] = {"gb18030", "big5", "shift_jis", "euc-kr", "euc-jp"};
  static char bytes[LINES * LINE];
  uint64_t state = 5;
  for (int round = 0; round < 20; round++) {
    for (size_t i = 0; i < sizeof bytes; i++) /* mostly lead and trail bytes, repeated */
      bytes[i] = (char)(i % LINE == LINE - 1       ? '\n'
                        : check_below(&state, 4) ? 0x81 + check_below(&state, 8)
                                                 : check_random(&state));
    const char *name = names[round % 5];
    CHECK_EQ(decode(bytes, sizeof bytes, name), 0);
    char *whole = text;
    size_t whole_len = text_len, at = 0;
    text = NULL;
    for (size_t i = 0; i < LINES; i++) {
      CHECK_EQ(decode(bytes + i * LINE, LINE, name), 0);
      if (!CHECK(at + text_len <= whole_len && memcmp(whole + at, text, text_len) == 0)) break;
      at += text_len;
    }
    CHECK_EQ(at, whole_len);
    free(whole);
  }
}

/* Any bytes in any charset: valid UTF-8 and a map that adds up. */
static void random_bytes(void) {
  static const char *const names[] = {NULL,     "gbk",      "big5",        "sjis",  "euc-jp",
                                      "euc-kr", "utf-16le", "iso-2022-jp", "latin1"};
  uint64_t state = 7;
  char bytes[300];
  for (int round = 0; round < 3000; round++) {
    size_t n = check_below(&state, sizeof bytes);
    for (size_t i = 0; i < n; i++) bytes[i] = (char)check_random(&state);
    CHECK_EQ(decode(bytes, n, names[round % 9]), 0);
  }
}

/* Every pair of bytes, alone, by table and by ICU. */
static void pairs_as_icu(void) {
  static const char *const names[] = {"gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"};
  for (int k = 0; k < CHARSET_DOUBLES; k++) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *cv = ucnv_open(charset_converter(names[k]), &status);
    ucnv_setToUCallBack(cv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    size_t known = 0, wrong = 0;
    for (unsigned i = 0; i < CHARSET_ROW; i++) {
      char s[2] = {(char)(0x80 | i >> 8), (char)(i & 255)};
      const char *at = s;
      status = U_ZERO_ERROR;
      ucnv_resetToUnicode(cv);
      UChar32 c = ucnv_getNextUChar(cv, &at, s + 2, &status);
      uint32_t have = charset_pairs[k][i];
      CHECK_EQ(charset_pair(s), i);
      wrong += have != 0 && (U_FAILURE(status) || at != s + 2 || (uint32_t)c != have);
      known += have != 0;
      wrong += (charset_weights[k][i] == CHARSET_NEVER) != (have == 0);
    }
    CHECK_EQ(wrong, 0);
    CHECK(known > 6000);
    ucnv_close(cv);
  }
}

/* ---- maps lead back to the very bytes --------------------------------------------- */

/* A random text a charset can hold, one character in a few of ASCII. */
static size_t random_text(uint64_t *state, UConverter *cv, char *out, size_t room) {
  size_t n = 0;
  while (n + 8 < room) {
    uint32_t kind = check_below(state, 10);
    uint32_t c = kind < 3   ? ' ' + check_below(state, 95)
                 : kind < 9 ? 0x4E00 + check_below(state, 0x5200)
                            : 0x10000 + check_below(state, 0x20000);
    char utf8[4], bytes[16];
    size_t len = utf8_encode(c, utf8);
    UErrorCode status = U_ZERO_ERROR;
    UChar unit[2];
    int32_t units = 0;
    u_strFromUTF8(unit, 2, &units, utf8, (int32_t)len, &status);
    int32_t coded = ucnv_fromUChars(cv, bytes, sizeof bytes, unit, units, &status);
    if (U_FAILURE(status) || coded <= 0) continue;
    if (c >= 0x80 && coded == 1) continue; /* what cannot be written */
    memcpy(out + n, utf8, len);
    n += len;
  }
  return n;
}

/* Is span [from,to) of the text, cut out of the bytes by the map, that text again? */
static int leads_back(UConverter *cv, const char *bytes, uint32_t from, uint32_t to) {
  char again[4096];
  UErrorCode status = U_ZERO_ERROR;
  UChar units[2048];
  mill_span s = mill_map_from(map, (mill_span){from, to});
  int32_t n_units = ucnv_toUChars(cv, units, 2048, bytes + s.from, (int32_t)(s.to - s.from), &status), n = 0;
  u_strToUTF8(again, sizeof again, &n, units, n_units, &status);
  return !U_FAILURE(status) && (uint32_t)n == to - from && memcmp(again, text + from, to - from) == 0;
}

static void spans_of(const char *name, const char *converter, uint64_t *state) {
  char utf8[600], bytes[2400];
  UErrorCode status = U_ZERO_ERROR;
  UConverter *cv = ucnv_open(converter, &status);
  ucnv_setFromUCallBack(cv, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  ucnv_setToUCallBack(cv, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  for (int round = 0; round < 60; round++) {
    size_t n = random_text(state, cv, utf8, sizeof utf8);
    status = U_ZERO_ERROR;
    size_t len = (size_t)ucnv_convert(converter, "UTF-8", bytes, sizeof bytes, utf8, (int32_t)n, &status);
    CHECK_EQ(decode(bytes, len, name), 0);
    if (!CHECK(text_len == n && memcmp(text, utf8, n) == 0)) break;
    for (int k = 0; k < 40; k++) {
      size_t from = check_below(state, (uint32_t)n), to = from + 1 + check_below(state, 30);
      while (from > 0 && utf8_is_tail((unsigned char)text[from])) from--;
      if (to > n) to = n;
      while (to < n && utf8_is_tail((unsigned char)text[to])) to++;
      if (!CHECK(leads_back(cv, bytes, (uint32_t)from, (uint32_t)to))) break;
    }
  }
  ucnv_close(cv);
}

static void spans(void) {
  uint64_t state = 11;
  spans_of("gbk", "gb18030", &state);
  spans_of("big5", "Big5-HKSCS", &state);
  spans_of("gb18030", "gb18030", &state);
  spans_of("shift_jis", "windows-31j", &state);
  spans_of("euc-jp", "euc-jp", &state);
  spans_of("utf-16le", "UTF-16LE", &state);
  spans_of("utf-16be", "UTF-16BE", &state);
}

/* ---- floors of the guess: spec/bench/charset.c measures more of it ------------------- */

/* Of all pieces of so many characters with something outside ASCII, how many in a
** hundred are decoded to the very text? */
static double rightly(const char *s, const char *converter, size_t count) {
  size_t n = strlen(s), right = 0, all = 0, len;
  for (size_t at = 0; at < n; at++) {
    char piece[1024], bytes[2048];
    size_t end = at, k = 0, outside = 0;
    if (utf8_is_tail((unsigned char)s[at])) continue;
    for (; k < count && end < n; k++, end += len) outside += utf8_decode(s + end, &len) >= 0x80;
    if (k < count || outside == 0 || end - at >= sizeof piece) continue;
    memcpy(piece, s + at, end - at);
    piece[end - at] = 0;
    size_t coded = encode(piece, converter, bytes, sizeof bytes);
    CHECK_EQ(decode(bytes, coded, NULL), 0);
    all++;
    right += strcmp(text, piece) == 0;
  }
  return all > 0 ? 100.0 * (double)right / (double)all : 0;
}

static void floors(void) {
  static const struct { const char *label; size_t count; double least; } rows[] = {
      {"japanese shift_jis", 8, 99}, {"japanese euc-jp", 8, 99}, {"korean euc-kr", 8, 99},
      {"french windows-1252", 32, 95}, {"german windows-1252", 32, 97}, {"spanish windows-1252", 32, 97},
      {"polish windows-1250", 64, 90}, {"czech windows-1250", 64, 90}, {"turkish windows-1254", 64, 85},
      {"russian windows-1251", 8, 97}, {"russian koi8-r", 8, 97}, {"greek windows-1253", 16, 98}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (size_t k = 0; k < sizeof charset_texts / sizeof *charset_texts; k++) {
      if (strcmp(charset_texts[k].label, rows[i].label) != 0) continue;
      double right = rightly(charset_texts[k].text, charset_texts[k].converter, rows[i].count);
      if (!CHECK(right >= rows[i].least)) printf("  %s: %.1f %%\n", rows[i].label, right);
    }
  double gb = rightly(CHINESE, "gb18030", 8), big5 = rightly(CHINESE_TRADITIONAL, "Big5-HKSCS", 8);
  printf("charset guess, 8 characters: gb18030 %.1f %%, big5 %.1f %%\n", gb, big5);
  CHECK(gb >= 99 && big5 >= 99);
}

int main(void) {
  legacy();
  pairs_as_icu();
  spans();
  floors();
  by_pieces();
  utf8();
  utf16();
  declared();
  refused();
  long_as_short();
  random_bytes();
  mill_map_free(map);
  free(text);
  return check_report();
}
