/* test_charset.c - decoding: which charset, which bytes, which map. */
#include <stdlib.h>
#include <unicode/ucnv.h>

#include "check.h"
#include "core/charset.h"
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
  static const char *const names[] = {NULL, "gbk", "big5", "sjis", "euc-jp", "euc-kr", "utf-16le", "iso-2022-jp", "latin1"};
  uint64_t state = 7;
  char bytes[300];
  for (int round = 0; round < 3000; round++) {
    size_t n = check_below(&state, sizeof bytes);
    for (size_t i = 0; i < n; i++) bytes[i] = (char)check_random(&state);
    CHECK_EQ(decode(bytes, n, names[round % 9]), 0);
  }
}

int main(void) {
  legacy();
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
