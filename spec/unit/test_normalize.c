/*
** test_normalize.c - normalisation and folding: fixtures, the Unicode
** conformance file, all code points, and random strings beside ICU.
*/
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "check.h"
#include "core/normalize.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "textmill.h"

#define CONFORMANCE "../shared/data/ucd/NormalizationTest.txt"

static mill_data data; /* only the Unicode image is needed here */

/* ---- helpers --------------------------------------------------------------- */

/* The invariants of a map between source and output. */
static int map_holds(const mill_map *m, const char *s, size_t n, const char *out, size_t len) {
  const mill_run *runs;
  size_t count = mill_map_runs(m, &runs), at = 0, to = 0;
  if (mill_map_source_len(m) != n || mill_map_output_len(m) != len) return 0;
  for (size_t i = 0; i < count; i++) {
    size_t same = runs[i].source - at;
    if (runs[i].source < at || runs[i].output - to != same) return 0;
    if (memcmp(s + at, out + to, same) != 0 || runs[i].count == 0) return 0;
    at = runs[i].source + (size_t)runs[i].count * runs[i].source_len;
    to = runs[i].output + (size_t)runs[i].count * runs[i].output_len;
    if (runs[i].kind == MILL_EDIT_NONE) return 0;
  }
  return n - at == len - to && memcmp(s + at, out + to, n - at) == 0;
}

/* Normalises, checks the map, returns the result in a static buffer. */
static const char *made(enum mill_form form, const char *s, size_t n, size_t *len) {
  static char result[1 << 20];
  char *out;
  mill_map *map;
  mill_error err;
  if (!CHECK(mill_normalize(&data, form, s, n, &out, len, &map, &err) == 0)) return "";
  if (!map_holds(map, s, n, out, *len)) CHECK(map_holds(map, s, n, out, *len));
  if (*len >= sizeof result) *len = sizeof result - 1;
  memcpy(result, out, *len);
  result[*len] = 0;
  free(out);
  mill_map_free(map);
  return result;
}

static const char *form_of(enum mill_form form, const char *s) {
  size_t len;
  return made(form, s, strlen(s), &len);
}

/* ---- fixtures ---------------------------------------------------------------- */

static void test_fixtures(void) {
  static const struct { enum mill_form form; const char *from, *to; } cases[] = {
      {MILL_NFC, "", ""},
      {MILL_NFC, "e\u0301", "é"},
      {MILL_NFC, "\u0301e", "\u0301e"},
      {MILL_NFC, "q\u0307\u0323", "q\u0323\u0307"},
      {MILL_NFC, "\u1112\u1161\u11AB", "한"},
      {MILL_NFC, "\uAC00\u11A8", "각"},
      {MILL_NFC, "\u212B", "Å"},
      {MILL_NFC, "\uF900", "豈"},
      {MILL_NFD, "한글é", "\u1112\u1161\u11AB\u1100\u1173\u11AFe\u0301"},
      {MILL_NFKC, "ﬁ①Ａ", "fi1A"},
      {MILL_NFKC, "ｶﾞ", "ガ"},
      {MILL_NFKC_CF, "Straße\u00AD", "strasse"},
      {MILL_NFKC_CF, "e\u00AD\u0301", "é"},
      {MILL_CASEFOLD, "ǅ ΣΊΣΥΦΟΣ Ａ", "ǆ σίσυφοσ ａ"},
      {MILL_WIDTH, "ＡＢ１，　ｶﾞｷﾟ", "AB1, ガキ\u309A"},
      {MILL_WIDTH, "e\u0301\u212B\uFF9E①", "e\u0301\u212B\u3099①"},
      {MILL_NOMARKS, "Zürich zhèn e\u0301 한", "Zurich zhen e 한"},
      {MILL_FOLD, "開辦１２所學校，Ｃ棟", "开办12所学校,c栋"},
      {MILL_FOLD, "⾧\u200B江\uFEFF", "长江"},
      {MILL_FOLD, "㍿豈", "株式会社岂"},
      {MILL_DISPLAY, "開辦１２所「學校」，“Ｃ棟”。", "开办12所「学校」,“C栋”。"},
      {MILL_DISPLAY, "Ａbc ① ﬁ", "Abc ① ﬁ"},
      {MILL_DISPLAY, "他说：“开办２所学校”。", "他说:“开办2所学校”。"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *got = form_of(cases[i].form, cases[i].from);
    if (!CHECK(strcmp(got, cases[i].to) == 0))
      fprintf(stderr, "  case %zu: %s -> %s\n", i, cases[i].from, got);
  }
}

/* One run of the map of s in a form: where and why. */
static void expect_run(enum mill_form form, const char *s, size_t which, mill_run want) {
  char *out;
  size_t len;
  mill_map *map;
  const mill_run *runs;
  if (!CHECK(mill_normalize(&data, form, s, strlen(s), &out, &len, &map, NULL) == 0)) return;
  if (CHECK(which < mill_map_runs(map, &runs))) {
    CHECK_EQ(runs[which].source, want.source);
    CHECK_EQ(runs[which].output, want.output);
    CHECK_EQ(runs[which].count, want.count);
    CHECK_EQ(runs[which].source_len, want.source_len);
    CHECK_EQ(runs[which].output_len, want.output_len);
    CHECK_STR(mill_edit_name((enum mill_edit)runs[which].kind),
              mill_edit_name((enum mill_edit)want.kind));
  }
  free(out);
  mill_map_free(map);
}

static void test_kinds(void) {
  expect_run(MILL_FOLD, "我１２", 0, (mill_run){3, 3, 2, 3, 1, MILL_EDIT_WIDTH});
  expect_run(MILL_FOLD, "aBC", 0, (mill_run){1, 1, 2, 1, 1, MILL_EDIT_CASE});
  expect_run(MILL_FOLD, "小學", 0, (mill_run){3, 3, 1, 3, 3, MILL_EDIT_SCRIPT});
  expect_run(MILL_FOLD, "a\u200B", 0, (mill_run){1, 1, 1, 3, 0, MILL_EDIT_IGNORABLE});
  expect_run(MILL_FOLD, "①", 0, (mill_run){0, 0, 1, 3, 1, MILL_EDIT_NORMAL});
  expect_run(MILL_FOLD, "Ａ", 0, (mill_run){0, 0, 1, 3, 1, MILL_EDIT_MIXED});
  expect_run(MILL_NFC, "xe\u0301", 0, (mill_run){1, 1, 1, 3, 2, MILL_EDIT_NORMAL});
  expect_run(MILL_WIDTH, "xｶﾞ", 0, (mill_run){1, 1, 1, 6, 3, MILL_EDIT_WIDTH});
  expect_run(MILL_FOLD, "E\u0301", 0, (mill_run){0, 0, 1, 3, 2, MILL_EDIT_MIXED});
  /* what a stretch does not change keeps pieces of its own */
  expect_run(MILL_FOLD, "x\u00AD\u0323y\u00AD", 0, (mill_run){1, 1, 1, 2, 0, MILL_EDIT_IGNORABLE});
  expect_run(MILL_NFC, "qq\u0307\u0323", 0, (mill_run){2, 2, 1, 4, 4, MILL_EDIT_NORMAL});
}

static void test_errors(void) {
  char *out;
  size_t len;
  mill_map *map;
  mill_error err;
  CHECK_EQ(mill_normalize(&data, MILL_FOLD, "ab\xE4\xB8", 4, &out, &len, &map, &err), MILL_EUTF8);
  CHECK_EQ(err.position, 2);
  CHECK(out == NULL && map == NULL);
  CHECK_EQ(mill_normalize(&data, (enum mill_form)99, "a", 1, &out, &len, NULL, &err), MILL_EINVAL);
  CHECK_EQ(mill_form_by_name("NFKC_cf"), MILL_NFKC_CF);
  CHECK_EQ(mill_form_by_name("fold"), MILL_FOLD);
  CHECK_EQ(mill_form_by_name("nf"), -1);
  CHECK_EQ(mill_form_by_name("nfcx"), -1);
}

/* One bad byte in plain text, wherever it stands, is seen on every path. */
static void test_one_bad_byte(void) {
  static const char bad[] = {(char)0x84, (char)0xC3, (char)0xE4, (char)0xF0, (char)0xFF};
  char s[300];
  int missed = 0;
  for (size_t at = 0; at < sizeof s; at++)
    for (size_t b = 0; b < sizeof bad; b++)
      for (int path = 0; path < NORMALIZE_STRETCHES; path++) {
        mill_buffer out = {0};
        memset(s, 'x', sizeof s);
        s[at] = bad[b];
        CHECK(mill_buffer_reserve(&out, 1));
        missed += normalize_append_on(&data, MILL_FOLD, s, sizeof s, &out, NULL,
                                      path == 0 ? NORMALIZE_PORTABLE : normalize_best_path()) != MILL_EUTF8;
        mill_buffer_free(&out);
      }
  CHECK_EQ(missed, 0);
}

/* Japanese is shown as it is written, Chinese simplified. */
static void test_shown(void) {
  static const struct { const char *raw, *shown; } cases[] = {
      {"東京都へ、１２人が行きました。カタカナとひらがな", "東京都へ、12人が行きました。カタカナとひらがな"},
      {"開辦１２所學校，進行檢查", "开办12所学校,进行检查"},
      {"开办１２所学校，进行检查", "开办12所学校,进行检查"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    mill_text *t;
    mill_clean_options o = {.html = -1, .no_blocks = 1, .charset = "utf-8"};
    if (!CHECK(mill_clean(&data, cases[i].raw, strlen(cases[i].raw), &o, &t, NULL) == 0)) continue;
    CHECK_STR(form_of(mill_text_form(t), t->clean), cases[i].shown);
    mill_text_free(t);
  }
}

/* ---- properties ---------------------------------------------------------------- */

static void test_properties(void) {
  const mill_unicode *u = data.unicode_view;
  static const struct { uint32_t c; enum unicode_class class; unsigned width; } cases[] = {
      {0x4E00, UNICODE_HAN, 2},    {0x3007, UNICODE_HAN, 2},   {0x3005, UNICODE_HAN, 2},
      {'7', UNICODE_DIGIT, 1},     {'x', UNICODE_LATIN, 1},    {0xE9, UNICODE_LATIN, 1},
      {0x30AB, UNICODE_KANA, 2},   {0x30FC, UNICODE_KANA, 2},  {0x30FB, UNICODE_PUNCT, 2},
      {0x3002, UNICODE_PUNCT, 2},  {'(', UNICODE_PUNCT, 1},    {'+', UNICODE_SYMBOL, 1},
      {0x2103, UNICODE_SYMBOL, 1}, {' ', UNICODE_BLANK, 1},    {0x3000, UNICODE_BLANK, 2},
      {'\n', UNICODE_BREAK, 0},    {0x301, UNICODE_MARK, 0},   {0x416, UNICODE_LETTER, 1},
      {0xAC00, UNICODE_LETTER, 2}, {0x200B, UNICODE_OTHER, 0}, {0x1F600, UNICODE_SYMBOL, 2},
      {0x20000, UNICODE_HAN, 2},   {0x10FFFF, UNICODE_OTHER, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    if (unicode_class_of(u, cases[i].c) != cases[i].class || unicode_width(u, cases[i].c) != cases[i].width)
      fprintf(stderr, "  U+%04X: class %d, width %u\n", cases[i].c, unicode_class_of(u, cases[i].c),
              unicode_width(u, cases[i].c));
    CHECK_EQ(unicode_class_of(u, cases[i].c), cases[i].class);
    CHECK_EQ(unicode_width(u, cases[i].c), cases[i].width);
  }
  CHECK_EQ(unicode_ccc(u, 0x323), 220);
  CHECK_EQ(unicode_simplify(u, 0x9EDE), 0x70B9); /* 點 点 */
  CHECK_EQ(unicode_simplify(u, 0x70B9), 0x70B9);
  CHECK_EQ(unicode_simplify(u, 0xFF21), 0xFF21);
  CHECK_STR(unicode_readings(u, 0x5C71), "shān"); /* 山 */
  CHECK_STR(unicode_readings(u, 'a'), "");
  CHECK_EQ(unicode_is_reading(u, 0x884C, "xíng", strlen("xíng")), 2); /* 行 */
  CHECK_EQ(unicode_is_reading(u, 0x884C, "háng", strlen("háng")), 1);
  CHECK_EQ(unicode_is_reading(u, 0x884C, "xín", strlen("xín")), 0);
  CHECK_EQ(unicode_is_reading(u, 0x884C, "", 0), 0);
}

/* Folding what is folded changes nothing; each character by itself. */
static void test_idempotent(void) {
  static const enum mill_form forms[] = {MILL_FOLD, MILL_DISPLAY, MILL_NFKC_CF, MILL_CASEFOLD, MILL_WIDTH};
  int bad = 0;
  for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
    for (uint32_t c = 0; c <= UNICODE_MAX; c++) {
      if (unicode_value(data.unicode_view, (int)forms[f], c) == 0) continue;
      char s[4], first[256];
      size_t len, again, n = utf8_encode(c, s);
      memcpy(first, made(forms[f], s, n, &len), 256);
      const char *second = made(forms[f], first, len, &again);
      if (again == len && memcmp(first, second, len) == 0) continue;
      if (bad++ < 5) fprintf(stderr, "  form %d U+%04X\n", forms[f], c);
    }
  CHECK_EQ(bad, 0);
}

/* ---- NormalizationTest.txt ------------------------------------------------------- */

static void parse_field(const char *hex, char *out) {
  for (char *end; *hex != 0 && *hex != ';'; hex = end) {
    out += utf8_encode((uint32_t)strtoul(hex, &end, 16), out);
    if (end == hex) break;
  }
  *out = 0;
}

static int line_is_right(const char *line, unsigned char *listed) {
  char c[5][256];
  static const struct { enum mill_form form; int want, from, to; } rows[] = {
      {MILL_NFC, 1, 0, 2},  {MILL_NFC, 3, 3, 4},  {MILL_NFD, 2, 0, 2},
      {MILL_NFD, 4, 3, 4},  {MILL_NFKC, 3, 0, 4}, {MILL_NFKD, 4, 0, 4}};
  for (int i = 0; i < 5; i++, line = strchr(line, ';') + 1) parse_field(line, c[i]);
  size_t n;
  uint32_t first = utf8_decode(c[0], &n);
  if (c[0][n] == 0) listed[first] = 1;
  for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
    for (int i = rows[r].from; i <= rows[r].to; i++)
      if (strcmp(form_of(rows[r].form, c[i]), c[rows[r].want]) != 0) return 0;
  return 1;
}

/* What part 1 does not list stays as it is in all four forms. */
static int unlisted_stay(const unsigned char *listed) {
  for (uint32_t c = 0; c <= UNICODE_MAX; c++)
    for (int form = MILL_NFC; form <= MILL_NFKD && !listed[c]; form++)
      if ((unicode_value(data.unicode_view, form, c) & 0x7FFFu) != 0) return 0;
  return 1;
}

static void test_conformance(void) {
  FILE *f = fopen(CONFORMANCE, "r");
  if (f == NULL) {
    printf("skipped: " CONFORMANCE " is not here\n");
    return;
  }
  static unsigned char listed[UNICODE_MAX + 1];
  char line[2048];
  int bad = 0, lines = 0;
  while (fgets(line, sizeof line, f) != NULL) {
    if (line[0] == '#' || line[0] == '@' || line[0] == '\n') continue;
    lines++;
    if (!line_is_right(line, listed) && bad++ < 5) fprintf(stderr, "  %s", line);
  }
  fclose(f);
  CHECK(lines > 18000);
  CHECK_EQ(bad, 0);
  CHECK(unlisted_stay(listed));
}

/* ---- random strings beside ICU ------------------------------------------------------ */

/* Code points assigned in 15.0, those that interact much more often. */
static uint32_t random_char(uint64_t *state) {
  static const uint32_t few[] = {0x301, 0x323, 0x307, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x3099,
                                 0xAD,  0x200D, 0x345, 0x9BE, 0x9C7, 'e', 'A', 0x30AB, 0xFF9E};
  static const uint32_t from[] = {0x20,   0x300,  0x370,  0x900,   0x1100,  0x1E00,
                                  0x3000, 0xA640, 0xF900, 0x11000, 0x1D100, 0x2F800};
  for (;;) {
    uint32_t r = check_below(state, 8), c;
    if (r < 3) c = few[check_below(state, sizeof few / sizeof *few)];
    else if (r < 6) c = from[check_below(state, sizeof from / sizeof *from)] + check_below(state, 0x300);
    else c = check_below(state, r == 6 ? 0x10000 : 0x110000);
    if (c - 0xD800 < 0x800 || !u_isdefined((UChar32)c)) continue;
    return c;
  }
}

static const UNormalizer2 *icu_form(enum mill_form form, UErrorCode *status) {
  switch (form) {
    case MILL_NFC: return unorm2_getNFCInstance(status);
    case MILL_NFD: return unorm2_getNFDInstance(status);
    case MILL_NFKC: return unorm2_getNFKCInstance(status);
    case MILL_NFKD: return unorm2_getNFKDInstance(status);
    default: return unorm2_getNFKCCasefoldInstance(status);
  }
}

static int icu_agrees(enum mill_form form, const UChar *s, int32_t n) {
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[2048];
  char source[512], want[4096];
  int32_t source_len, wide_len, want_len;
  if (form == MILL_CASEFOLD)
    wide_len = u_strFoldCase(wide, 2048, s, n, U_FOLD_CASE_DEFAULT, &status);
  else
    wide_len = unorm2_normalize(icu_form(form, &status), s, n, wide, 2048, &status);
  u_strToUTF8(source, sizeof source, &source_len, s, n, &status);
  u_strToUTF8(want, sizeof want, &want_len, wide, wide_len, &status);
  size_t len;
  const char *got = made(form, source, (size_t)source_len, &len);
  return CHECK(U_SUCCESS(status)) && len == (size_t)want_len && memcmp(got, want, len) == 0;
}

static void test_beside_icu(int rounds) {
  static const enum mill_form forms[] = {MILL_NFC,  MILL_NFD,     MILL_NFKC,
                                         MILL_NFKD, MILL_NFKC_CF, MILL_CASEFOLD};
  uint64_t state = 20200603;
  int bad = 0;
  for (int i = 0; i < rounds; i++) {
    UChar s[64];
    int32_t n = 0;
    for (uint32_t k = 1 + check_below(&state, 12); k > 0; k--) {
      uint32_t c = random_char(&state);
      if (c > 0xFFFF) s[n++] = (UChar)(0xD7C0 + (c >> 10)), s[n++] = (UChar)(0xDC00 | (c & 0x3FF));
      else s[n++] = (UChar)c;
    }
    enum mill_form form = forms[i % 6];
    if (icu_agrees(form, s, n) || bad++ >= 5) continue;
    fprintf(stderr, "  form %d:", form);
    for (int32_t k = 0; k < n; k++) fprintf(stderr, " %04X", s[k]);
    fputc('\n', stderr);
  }
  CHECK_EQ(bad, 0);
}

/* Random strings: folding twice is folding once, whatever stands together. */
static void test_fold_twice(int rounds) {
  uint64_t state = 7;
  int bad = 0;
  for (int i = 0; i < rounds; i++) {
    char s[64], first[512];
    size_t n = 0, len, again;
    for (uint32_t k = 1 + check_below(&state, 12); k > 0; k--) n += utf8_encode(random_char(&state), s + n);
    memcpy(first, made(MILL_FOLD, s, n, &len), sizeof first);
    const char *second = made(MILL_FOLD, first, len, &again);
    bad += again != len || memcmp(first, second, len) != 0;
  }
  CHECK_EQ(bad, 0);
}

/* All paths make the same bytes and the same map. */
static int paths_agree(enum mill_form form, const char *s, size_t n) {
  enum { PATHS = NORMALIZE_STRETCHES + 1 };
  mill_buffer out[PATHS] = {{0}};
  mill_map *map[PATHS];
  const mill_run *runs[PATHS];
  size_t count[PATHS];
  int same = 1;
  for (int path = 0; path < PATHS; path++) {
    enum normalize_path used = path == NORMALIZE_AVX2 ? normalize_best_path() : (enum normalize_path)path;
    map[path] = mill_map_new();
    CHECK(mill_buffer_reserve(&out[path], 1)); /* bytes is not NULL */
    CHECK_EQ(normalize_append_on(&data, form, s, n, &out[path], map[path], used), 0);
    count[path] = mill_map_runs(map[path], &runs[path]);
    same = same && out[0].len == out[path].len && memcmp(out[0].bytes, out[path].bytes, out[0].len) == 0 &&
           count[0] == count[path] &&
           (count[0] == 0 || memcmp(runs[0], runs[path], count[0] * sizeof **runs) == 0);
  }
  same = same && map_holds(map[0], s, n, out[0].bytes, out[0].len);
  if (normalize_stays(&data, form, s, n)) same = same && out[0].len == n && memcmp(out[0].bytes, s, n) == 0;
  for (int path = 0; path < PATHS; path++) {
    mill_buffer_free(&out[path]);
    mill_map_free(map[path]);
  }
  return same;
}

/* Long texts with stretches of plain ASCII, Han and Latin between what interacts,
** and what of that is usual, often twice. */
static void test_paths(int rounds) {
  static const char *const plain[] = {"plain words ", "Capitals And OTHERS", "乡镇人民政府", "，。", "à été ",
                                      "ｶﾞギ", "한", "ệ", "😀", "É"};
  uint64_t state = 11;
  int bad = 0;
  for (int i = 0; i < rounds; i++) {
    char s[1024];
    size_t n = 0;
    for (uint32_t k = check_below(&state, 30); k > 0; k--) {
      if (check_below(&state, 3) == 0) n += utf8_encode(random_char(&state), s + n);
      else n += (size_t)snprintf(s + n, 32, "%s", plain[check_below(&state, sizeof plain / sizeof *plain)]);
    }
    char *exact = malloc(n > 0 ? n : 1); /* the sanitizer sees what is read behind it */
    memcpy(exact, s, n);
    bad += !paths_agree((enum mill_form)(i % (MILL_DISPLAY + 1)), exact, n);
    free(exact);
  }
  CHECK_EQ(bad, 0);
}

/* What is said to stay does, of every character; most Chinese text is told so at once. */
static void test_stays(void) {
  static const char *const usual[] = {"", "镇共设立14个卡点,投入3.5万元", "a-b c"}, *const others[] = {"A", "\n", "１", "é"};
  for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
    CHECK(normalize_stays(&data, MILL_DISPLAY, usual[i], strlen(usual[i])));
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    CHECK(!normalize_stays(&data, MILL_FOLD, others[i], strlen(others[i])));
  CHECK(!normalize_stays(&data, MILL_DISPLAY, "\xE4\xB8", 2) && !normalize_stays(&data, MILL_DISPLAY, "\xED\xA0\x80", 3));
  int bad = 0;
  for (int form = 0; form <= MILL_DISPLAY; form++) {
    for (uint32_t c = ' '; c < 0x11000; c++) {
      char s[8];
      size_t n = c >= 0xD800 && c < 0xE000 ? 0 : utf8_encode(c, s), len;
      if (n == 0 || !normalize_stays(&data, (enum mill_form)form, s, n)) continue;
      const char *out = made((enum mill_form)form, s, n, &len);
      bad += len != n || memcmp(out, s, n) != 0;
    }
  }
  CHECK_EQ(bad, 0);
}

/* A long tail of marks takes linear time and keeps its order by class. */
static void test_hostile(void) {
  size_t n = 1, len, count = 200000;
  char *s = malloc(1 + 2 * count), *out;
  mill_map *map;
  s[0] = 'q';
  for (size_t i = 0; i < count; i++) n += utf8_encode(i % 2 != 0 ? 0x323 : 0x307, s + n);
  if (CHECK(mill_normalize(&data, MILL_NFC, s, n, &out, &len, &map, NULL) == 0)) {
    CHECK_EQ(len, n);
    CHECK(map_holds(map, s, n, out, len));
    CHECK(memcmp(out + 1, "\u0323\u0323", 4) == 0 && memcmp(out + n - 4, "\u0307\u0307", 4) == 0);
    free(out);
    mill_map_free(map);
  }
  free(s);
}

/* ---- damaged tables -------------------------------------------------------------- */

static void write_file(const char *path, const unsigned char *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  if (!CHECK(f != NULL)) return;
  CHECK_EQ(fwrite(bytes, 1, n, f), n);
  fclose(f);
}

/* Attaches what lies in dir; when that goes, uses it. 1: it was attached. */
static int survives(const char *dir, const char *text, size_t n) {
  mill_data d = {0};
  mill_error err;
  int rc = unicode_attach(&d, dir, &err);
  for (int form = MILL_NFC; form <= MILL_DISPLAY && rc == 0; form++) {
    char *out;
    size_t len;
    mill_map *map;
    if (mill_normalize(&d, (enum mill_form)form, text, n, &out, &len, &map, &err) < 0) continue;
    free(out);
    mill_map_free(map);
  }
  for (uint32_t c = 0; c <= UNICODE_MAX && rc == 0; c += 17) {
    unicode_is_reading(d.unicode_view, c, "ma", 2);
    unicode_properties(d.unicode_view, c);
    unicode_simplify(d.unicode_view, c);
  }
  unicode_detach(&d);
  mill_image_close(&d.unicode);
  return rc == 0;
}

/* Opening does not read checksums of content: damage there is either refused
** or harmless. Some 300 images with a few bytes changed, most of them in the
** index tables; the sanitizers watch. */
static void test_damaged(void) {
  char dir[] = "/tmp/textmill-tables-XXXXXX", path[64], text[8192];
  unsigned char *copy = malloc(data.unicode.len);
  uint64_t state = 99;
  size_t n = 0;
  int attached = 0;
  for (uint32_t k = 0; k < 2000; k++) n += utf8_encode(random_char(&state), text + n);
  if (!CHECK(copy != NULL && mkdtemp(dir) != NULL)) return;
  snprintf(path, sizeof path, "%s/textmill-unicode.dat", dir);
  for (int i = 0; i < 300; i++) {
    memcpy(copy, data.unicode.bytes, data.unicode.len);
    for (int k = 0; k < 1 + i % 8; k++) {
      size_t reach = k % 2 ? data.unicode.len : 30000;
      size_t at = 1024 + (size_t)check_below(&state, (uint32_t)reach - 1024);
      copy[at] = (unsigned char)check_random(&state);
    }
    write_file(path, copy, data.unicode.len);
    attached += survives(dir, text, n);
  }
  CHECK(attached > 10 && attached < 300);
  remove(path);
  remove(dir);
  free(copy);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA"), *rounds = getenv("TEXTMILL_ROUNDS");
  mill_error err = {0};
  if (unicode_attach(&data, dir != NULL ? dir : "build/lib/textmill", &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  test_fixtures();
  test_kinds();
  test_errors();
  test_one_bad_byte();
  test_shown();
  test_properties();
  test_idempotent();
  test_conformance();
  test_beside_icu(rounds != NULL ? atoi(rounds) : 100000);
  test_fold_twice(20000);
  test_paths(20000);
  test_stays();
  test_hostile();
  test_damaged();
  unicode_detach(&data);
  mill_image_close(&data.unicode);
  return check_report();
}
