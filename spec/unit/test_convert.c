/*
** test_convert.c - script conversion: fixtures, maps, user entries, words, the
** fast path beside the slow one, and OpenCC's own cases where they are.
*/
#include <stdlib.h>

#include "check.h"
#include "core/convert.h"
#include "core/utf8.h"
#include "textmill.h"

#define SHARED "../shared/data/opencc/"

static mill_data *data;

/* ---- helpers ---------------------------------------------------------------- */

static int map_holds(const mill_map *m, const char *s, size_t n, const char *out, size_t len) {
  const mill_run *runs;
  size_t count = mill_map_runs(m, &runs), at = 0, to = 0;
  if (mill_map_source_len(m) != n || mill_map_output_len(m) != len) return 0;
  for (size_t i = 0; i < count; i++) {
    size_t same = runs[i].source - at;
    if (runs[i].source < at || runs[i].output - to != same || runs[i].kind != MILL_EDIT_SCRIPT) return 0;
    if (memcmp(s + at, out + to, same) != 0 || runs[i].count == 0) return 0;
    at = runs[i].source + (size_t)runs[i].count * runs[i].source_len;
    to = runs[i].output + (size_t)runs[i].count * runs[i].output_len;
    if (at < n && utf8_is_tail((unsigned char)s[at])) return 0;
    if (to < len && utf8_is_tail((unsigned char)out[to])) return 0;
  }
  return n - at == len - to && memcmp(s + at, out + to, n - at) == 0;
}

/* Converts, checks the map; the result, for the caller, or NULL. */
static char *converted(const char *config, const char *s, size_t n, const mill_convert_options *o,
                       size_t *len) {
  char *out, *bare;
  size_t bare_len;
  mill_map *map;
  mill_error err;
  if (mill_convert(data, config, s, n, o, &out, len, &map, &err) < 0) {
    fprintf(stderr, "  %s: %s\n", config, err.message);
    CHECK(0);
    return NULL;
  }
  CHECK(out[*len] == 0 && map_holds(map, s, n, out, *len));
  if (CHECK_EQ(mill_convert(data, config, s, n, o, &bare, &bare_len, NULL, &err), 0))
    CHECK(bare_len == *len && memcmp(bare, out, bare_len) == 0);
  free(bare);
  mill_map_free(map);
  return out;
}

static int becomes(const char *config, const char *s, const mill_convert_options *o, const char *want) {
  size_t len;
  char *out = converted(config, s, strlen(s), o, &len);
  int ok = out != NULL && strcmp(out, want) == 0;
  if (!ok)
    fprintf(stderr, "  %s of %s: got %s, expected %s\n", config, s, out != NULL ? out : "nothing", want);
  free(out);
  return ok;
}

/* ---- fixtures ----------------------------------------------------------------- */

static void test_fixtures(void) {
  static const char *const cases[][3] = {
      {"t2s", "設立十四個檢查站，乾淨的乾隆年間", "设立十四个检查站，干净的乾隆年间"},
      {"T2S", "漢", "汉"},
      {"s2t", "头发发展，干净，皇后在后面", "頭髮發展，乾淨，皇后在後面"},
      {"s2t", "心理发展", "心理發展"}, /* a phrase of the list keeps it; see words */
      {"s2tw", "这里", "這裡"},
      {"s2hk", "这里", "這裏"},
      {"s2twp", "软件和数据库，U盘", "軟體和資料庫，隨身碟"},
      {"tw2sp", "軟體和資料庫，隨身碟", "软件和数据库，U盘"},
      {"s2twp", "伊利亚·卡赞的", "伊力·卡山的"}, /* a phrase with characters of other lengths */
      {"tw2s", "這裡", "这里"},
      {"hk2s", "這裏", "这里"},
      {"t2tw", "這裏", "這裡"},
      {"tw2t", "這裡", "這裏"},
      {"t2jp", "舊字體", "旧字体"},
      {"jp2t", "旧字体", "舊字體"},
      {"s2t", "", ""},
      {"s2t", "plain ASCII, 123\n", "plain ASCII, 123\n"},
      {"t2s", "é漢ñ字😀漢", "é汉ñ字😀汉"},
      {"t2s", "⿰言漢漢", "⿰言漢汉"},       /* a description stays as it is */
      {"t2s", "⿰漢", "⿰汉"},               /* an unfinished one is none */
      {"t2s", "\uF9DC漢\uF900", "隆汉岂"},   /* compatibility ideographs */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK(becomes(cases[i][0], cases[i][1], NULL, cases[i][2]));
}

static void test_zero_bytes(void) {
  size_t len;
  char *out = converted("t2s", "漢\0漢", 7, NULL, &len);
  CHECK(out != NULL && len == 7 && memcmp(out, "汉\0汉", 7) == 0);
  free(out);
}

static void test_errors(void) {
  char *out;
  size_t len;
  mill_error err;
  CHECK_EQ(mill_convert(data, "t2x", "a", 1, NULL, &out, &len, NULL, &err), MILL_ENOTFOUND);
  CHECK(out == NULL && strstr(err.message, "'t2x'") != NULL && strstr(err.message, "s2twp") != NULL &&
        strstr(err.message, "jp2t") != NULL);
  CHECK_EQ(mill_convert(data, "", "a", 1, NULL, &out, &len, NULL, &err), MILL_ENOTFOUND);
  CHECK_EQ(mill_convert(data, "t2s", "ab\xff", 3, NULL, &out, &len, NULL, &err), MILL_EUTF8);
  CHECK_EQ(err.position, 2);
  mill_convert_entry bad = {"", 0, "x", 1};
  mill_convert_options o = {&bad, 1, 0};
  CHECK_EQ(mill_convert(data, "t2s", "a", 1, &o, &out, &len, NULL, &err), MILL_EINVAL);
  bad = (mill_convert_entry){"a", 1, "\xc0", 1};
  CHECK_EQ(mill_convert(data, "t2s", "a", 1, &o, &out, &len, NULL, &err), MILL_EINVAL);
  size_t names = 0;
  while (mill_convert_name(data, names) != NULL) names++;
  CHECK_EQ(names, 16);
}

/* A folder without the image opens; converting says what is missing. */
static void test_no_image(void) {
  mill_data none = {0};
  char *out;
  size_t len;
  mill_error err;
  CHECK_EQ(convert_attach(&none, "/nowhere", &err), 0);
  CHECK_EQ(mill_convert(&none, "t2s", "a", 1, NULL, &out, &len, NULL, &err), MILL_ENOTFOUND);
  CHECK(mill_convert_name(&none, 0) == NULL);
}

/* ---- maps ------------------------------------------------------------------------ */

static void test_map(void) {
  const char *s = "用U盘存数据库";
  char *out;
  size_t len;
  mill_map *m;
  if (!CHECK_EQ(mill_convert(data, "s2twp", s, strlen(s), NULL, &out, &len, &m, NULL), 0)) return;
  CHECK_STR(out, "用隨身碟存資料庫");
  mill_span a = mill_map_from(m, (mill_span){3, 6}); /* 隨 of U盘 */
  CHECK_EQ(a.from, 3);
  CHECK_EQ(a.to, 7);
  a = mill_map_from(m, (mill_span){12, 15}); /* 存 */
  CHECK_EQ(a.from, 7);
  CHECK_EQ(a.to, 10);
  a = mill_map_from(m, (mill_span){21, 24}); /* 庫 of 数据库, by characters */
  CHECK_EQ(a.from, 16);
  CHECK_EQ(a.to, 19);
  free(out);
  mill_map_free(m);
}

/* ---- user entries ------------------------------------------------------------------ */

#define ENTRY(k, v) {k, sizeof(k) - 1, v, sizeof(v) - 1}

static void test_user(void) {
  static const mill_convert_entry entries[] = {
      ENTRY("卡点", "檢查點"), ENTRY("头", "頁首"), ENTRY("软件", "程式"), ENTRY("无", ""),
      ENTRY("卡点", "關卡"), ENTRY("\uF900", "甲"), ENTRY("abc", "软件")};
  mill_convert_options o = {entries, sizeof entries / sizeof *entries, 0};
  CHECK(becomes("s2t", "设立卡点", &o, "設立關卡"));     /* the later of two */
  CHECK(becomes("s2t", "头发和头", &o, "頭髮和頁首"));   /* the longest match of both */
  CHECK(becomes("s2twp", "软件", &o, "程式"));           /* the user's, of equal ones */
  CHECK(becomes("s2twp", "发abc发", &o, "發软件發"));    /* not converted further */
  CHECK(becomes("tw2sp", "設abc軟體", &o, "设软件软件"));
  CHECK(becomes("s2t", "有无有", &o, "有有"));
  CHECK(becomes("t2s", "\uF900漢豈", &o, "甲汉甲"));     /* keys are normalised, too */
}

/* ---- words ------------------------------------------------------------------------- */

static void test_words(void) {
  mill_convert_options o = {NULL, 0, 1};
  static const char *const cases[][2] = {
      {"心理发展", "心理發展"}, {"青少年心理发展的特点", "青少年心理發展的特點"},
      {"头发", "頭髮"},         {"他在理发", "他在理髮"},
      {"干净的衣服", "乾淨的衣服"}, {"", ""}, {"abc 发展", "abc 發展"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK(becomes("s2t", cases[i][0], &o, cases[i][1]));
  CHECK(becomes("s2twp", "软件在发展", &o, "軟體在發展"));
  CHECK(becomes("tw2sp", "軟體在發展", &o, "软件在发展"));
}

/* ---- the fast path and the slow one -------------------------------------------------- */

static int same_maps(const mill_map *a, const mill_map *b) {
  const mill_run *x, *y;
  size_t n = mill_map_runs(a, &x), k = mill_map_runs(b, &y);
  return n == k && (n == 0 || memcmp(x, y, n * sizeof *x) == 0);
}

/* The same without what this processor can do. */
static void compare_portable(const char *config, const char *s, size_t n, const char *want, size_t want_len,
                             const mill_map *want_map) {
  char *out;
  size_t len;
  mill_map *m;
  data->convert_view->portable = 1;
  if (CHECK_EQ(mill_convert(data, config, s, n, NULL, &out, &len, &m, NULL), 0)) {
    CHECK(len == want_len && memcmp(out, want, len) == 0 && same_maps(m, want_map));
    free(out);
    mill_map_free(m);
  }
  data->convert_view->portable = 0;
}

/* An entry that never matches sends the text through the other path. */
static void compare_paths(const char *config, const char *s, size_t n) {
  static const mill_convert_entry never[] = {ENTRY("\U0003FFFDx", "")};
  mill_convert_options o = {never, 1, 0};
  char *fast, *slow, *exact = malloc(n); /* no byte behind it may be read */
  size_t fast_len, slow_len;
  mill_map *a, *b;
  if (!CHECK(exact != NULL)) return;
  s = memcpy(exact, s, n);
  if (!CHECK_EQ(mill_convert(data, config, s, n, NULL, &fast, &fast_len, &a, NULL), 0)) return;
  if (!CHECK_EQ(mill_convert(data, config, s, n, &o, &slow, &slow_len, &b, NULL), 0)) return;
  CHECK(fast_len == slow_len && memcmp(fast, slow, fast_len) == 0 && same_maps(a, b));
  CHECK(map_holds(a, s, n, fast, fast_len));
  compare_portable(config, s, n, fast, fast_len, a);
  free(fast);
  free(slow);
  free(exact);
  mill_map_free(a);
  mill_map_free(b);
}

/* Random text of keys of the dictionaries, parts of them, and other characters. */
static size_t random_text(uint64_t *state, char *s, size_t size) {
  const struct mill_convert *v = data->convert_view;
  size_t n = 0;
  while (n + 300 < size) {
    uint32_t what = check_below(state, 10);
    if (what < 6) {
      uint32_t few = (uint32_t)v->n_phrases / 10, all = (uint32_t)v->n_phrases; /* most are of s2t */
      uint32_t which = check_below(state, 2) ? check_below(state, all) : all - 1 - check_below(state, few);
      const convert_phrase *p = &v->phrases[which];
      size_t len = p->key_len;
      memcpy(s + n, v->pool + p->text, len);
      if (what < 2) len = utf8_prev(s + n, len);
      n += len;
    } else if (what < 9) {
      n += utf8_encode(0x4E00 + check_below(state, 0x5200), s + n);
    } else {
      static const uint32_t others[] = {'a',    '\n',   0xE9,    0x2FF0,  0x2FF2,
                                        0x2FFE, 0xF900, 0x2F800, 0x1F600, 0x20BB7};
      n += utf8_encode(others[check_below(state, 10)], s + n);
    }
  }
  return n;
}

static void test_paths(void) {
  static char s[4096];
  uint64_t state = 2026;
  for (int round = 0; round < 480; round++)
    compare_paths(mill_convert_name(data, (size_t)round % 16), s,
                  random_text(&state, s, 400 + check_below(&state, 3600)));
}

/* ---- OpenCC's own cases ---------------------------------------------------------------- */

static char *read_shared(const char *name) {
  char path[512];
  snprintf(path, sizeof path, SHARED "%s", name);
  char *s = NULL;
  size_t n;
  return mill_read_file(path, 1 << 24, &s, &n, NULL) == 0 ? s : NULL;
}

/* The next string of the JSON text, which knows no escapes; NULL at its end. */
static char *next_string(char **at) {
  char *from = strchr(*at, '"'), *to = from != NULL ? strchr(from + 1, '"') : NULL;
  if (to == NULL) return NULL;
  *to = 0;
  *at = to + 1;
  return from + 1;
}

static void test_cases(void) {
  char *json = read_shared("testcases/testcases.json"), *at = json, *key, *input = NULL;
  int right = 0, total = 0;
  if (json == NULL) {
    printf("skipped: " SHARED "testcases is not here\n");
    return;
  }
  CHECK(strchr(json, '\\') == NULL);
  while ((key = next_string(&at)) != NULL) {
    if (strcmp(key, "input") == 0) {
      input = next_string(&at);
    } else if (input != NULL && strcmp(key, "expected") != 0 && strcmp(key, "id") != 0) {
      char *want = next_string(&at);
      if (want == NULL) break;
      if (mill_convert_name(data, 0) == NULL) break;
      size_t len;
      char *out = converted(key, input, strlen(input), NULL, &len);
      total++;
      right += out != NULL && strcmp(out, want) == 0;
      if (out == NULL || strcmp(out, want) != 0) printf("  %s of %s: %s, not %s\n", key, input, out, want);
      free(out);
    } else if (strcmp(key, "id") == 0) {
      next_string(&at);
      input = NULL;
    }
  }
  printf("OpenCC's cases: %d of %d\n", right, total);
  CHECK_EQ(total, 543);
  CHECK(right >= 540);
  free(json);
}

/* Characters that differ, where both texts have as many. */
static size_t differences(const char *a, const char *b) {
  size_t count = 0;
  for (size_t la, lb; *a != 0 && *b != 0; a += la, b += lb) {
    uint32_t x = utf8_decode(a, &la), y = utf8_decode(b, &lb);
    count += x != y;
  }
  return count + strlen(a) + strlen(b);
}

static void compare_golden(const char *input, const char *config, const char *suffix, int words) {
  char name[128];
  size_t len;
  snprintf(name, sizeof name, "golden/output/us_constitution_zhs.%s%s.txt", config, suffix);
  char *want = read_shared(name);
  mill_convert_options o = {NULL, 0, words};
  char *out = converted(config, input, strlen(input), &o, &len);
  if (CHECK(want != NULL && out != NULL)) {
    size_t wrong = differences(out, want);
    if (words)
      printf("  %s%s: %zu characters differ\n", config, suffix, wrong);
    else
      CHECK_EQ(wrong, 0);
  }
  free(out);
  free(want);
}

static void test_golden(void) {
  static const char *const configs[] = {"s2t", "s2tw", "s2hk", "s2twp", "s2hkp"};
  char *input = read_shared("golden/input/us_constitution_zhs.txt");
  if (input == NULL) {
    printf("skipped: " SHARED "golden is not here\n");
    return;
  }
  for (int i = 0; i < 5; i++) {
    compare_golden(input, configs[i], "", 0);
    compare_golden(input, configs[i], "_jieba", 1);
  }
  free(input);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (!CHECK_EQ(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err), 0)) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  test_fixtures();
  test_zero_bytes();
  test_errors();
  test_no_image();
  test_map();
  test_user();
  test_words();
  test_paths();
  test_cases();
  test_golden();
  mill_data_free(data);
  return check_report();
}
