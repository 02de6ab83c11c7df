/*
** test_fuse.c - mill_fold, on both paths, beside its stages one after the other:
** the same bytes, the same pieces, the same errors.
*/
#include <stdlib.h>

#include "check.h"
#include "core/cpu.h"
#include "core/fuse.h"
#include "core/unicode.h"
#include "core/utf8.h"
#include "textmill.h"

static mill_data data; /* only the Unicode image is needed here */

static int same_map(const mill_map *a, const mill_map *b) {
  const mill_run *x, *y;
  size_t n = mill_map_runs(a, &x), k = mill_map_runs(b, &y);
  return n == k && mill_map_source_len(a) == mill_map_source_len(b) &&
         mill_map_output_len(a) == mill_map_output_len(b) &&
         (n == 0 || memcmp(x, y, n * sizeof *x) == 0);
}

/* The pass on one path says the same as the stages, or leaves it to them. */
static int path_agrees(const char *s, size_t n, const char *want, size_t want_len,
                       const mill_map *want_map, enum normalize_path path, int *left_it) {
  mill_buffer out = {0};
  mill_map *map = mill_map_new();
  CHECK(mill_buffer_reserve(&out, 1));
  int rc = fuse_append_on(&data, s, n, &out, map, path);
  *left_it = rc > 0;
  int same = want == NULL ? rc == MILL_EUTF8 || rc > 0
                          : rc > 0 || (rc == 0 && out.len == want_len &&
                                       memcmp(out.bytes, want, out.len) == 0 && same_map(map, want_map));
  mill_buffer_free(&out);
  mill_map_free(map);
  return same;
}

static int agrees(const char *s, size_t n, int *left_it) {
  char *want = NULL, *got = NULL;
  size_t want_len = 0, got_len = 0;
  mill_map *want_map = NULL, *map = NULL;
  mill_error a = {0}, b = {0};
  int want_rc = fold_in_stages(&data, s, n, &want, &want_len, &want_map, &a);
  int rc = mill_fold(&data, s, n, &got, &got_len, &map, &b), unused;
  int same = rc == want_rc && a.position == b.position && got_len == want_len;
  if (same && rc == 0) same = memcmp(got, want, got_len) == 0 && same_map(map, want_map);
  same = same && path_agrees(s, n, want, want_len, want_map, NORMALIZE_PORTABLE, left_it);
  if (cpu_has_avx2()) same = same && path_agrees(s, n, want, want_len, want_map, NORMALIZE_AVX2, &unused);
  free(want);
  free(got);
  mill_map_free(want_map);
  mill_map_free(map);
  return same;
}

static void test_fixtures(void) {
  static const struct { const char *from, *to; int left_it; } cases[] = {
      {"", "", 0},
      {"其中的銀(yín)行ＡＢ", "其中的银行ab", 0},
      {"行(háng)业", "行业", 0},
      {"行（háng）", "行", 0},
      {"行\u200B(háng)业", "行业", 0},
      {"重(zhòng)要(yào)的(de)", "重要的", 0},
      {"长(abc)", "长(abc)", 0},
      {"行(ha\u0301ng)业", "行业", 0},
      {"行(háng)\u0301业", "行\u0301业", 1},
      {"行(háng", "行(háng", 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *out = NULL;
    size_t len;
    mill_map *map;
    int left_it;
    if (!CHECK(mill_fold(&data, cases[i].from, strlen(cases[i].from), &out, &len, &map, NULL) == 0)) continue;
    CHECK_STR(out, cases[i].to);
    CHECK(agrees(cases[i].from, strlen(cases[i].from), &left_it));
    CHECK_EQ(left_it, cases[i].left_it);
    free(out);
    mill_map_free(map);
  }
}

/* A character with its gloss is one piece, told from one that changes as well. */
static void test_pieces(void) {
  const char s[] = "行(háng)銀(yín)行(háng)行(háng)";
  const mill_run *runs;
  char *out;
  size_t len;
  mill_map *map;
  if (!CHECK(mill_fold(&data, s, sizeof s - 1, &out, &len, &map, NULL) == 0)) return;
  CHECK_EQ(mill_map_runs(map, &runs), 3);
  CHECK_EQ(runs[0].kind, MILL_EDIT_GLOSS);
  CHECK_EQ(runs[1].kind, MILL_EDIT_MIXED);
  CHECK_EQ(runs[2].count, 2);
  CHECK_EQ(mill_map_from(map, (mill_span){3, 6}).to, 19);
  free(out);
  mill_map_free(map);
}

/* Texts of every kind put together at random, one in four damaged. */
static void test_random(int rounds) {
  static const char *const piece[] = {
      "行(háng)", "銀(yín)", "重（zhòng）", "的", "開辦學校", "乡镇人民政府，", "１２所", "ＡＢＣ", "plain words ",
      "Capitals AND Others ", "(x)", "（", ")", "(", "\u0301", "\u200B", "行\uFE00(háng)", "e\u0301", "ｶﾞ",
      "ﬁ①", "한", "\u1112\u1161\u11AB", "豈", "豈(qǐ)", "😀", "\U0002F800", "É", "\n", "行(háng",
      "長(zhǎng)\u0323"};
  uint64_t state = 4711;
  int bad = 0, left = 0, left_it;
  for (int i = 0; i < rounds; i++) {
    char s[4096];
    size_t n = 0;
    uint32_t count = check_below(&state, i % 8 == 0 ? 150 : 12);
    for (; count > 0; count--)
      n += (size_t)snprintf(s + n, 64, "%s", piece[check_below(&state, sizeof piece / sizeof *piece)]);
    if (i % 4 == 0 && n > 0) s[check_below(&state, (uint32_t)n)] = (char)check_random(&state);
    if (i % 16 == 1 && n > 0) n -= 1;
    char *exact = malloc(n > 0 ? n : 1); /* the sanitizer sees what is read behind it */
    memcpy(exact, s, n);
    bad += !agrees(exact, n, &left_it);
    left += left_it;
    free(exact);
  }
  CHECK_EQ(bad, 0);
  CHECK(left > 0 && left < rounds / 2);
}

/* Every character with a gloss: linear. */
static void test_hostile(void) {
  static const char one[] = "行(háng)";
  size_t each = sizeof one - 1, count = 100000, len;
  char *s = malloc(each * count), *out;
  mill_map *map;
  const mill_run *runs;
  for (size_t i = 0; i < count; i++) memcpy(s + i * each, one, each);
  if (CHECK(mill_fold(&data, s, each * count, &out, &len, &map, NULL) == 0)) {
    CHECK_EQ(len, 3 * count);
    CHECK_EQ(mill_map_runs(map, &runs), 1);
    free(out);
    mill_map_free(map);
  }
  free(s);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA"), *rounds = getenv("TEXTMILL_ROUNDS");
  mill_error err = {0};
  if (unicode_attach(&data, dir != NULL ? dir : "build/lib/textmill", &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  test_fixtures();
  test_pieces();
  test_random(rounds != NULL ? atoi(rounds) : 20000);
  test_hostile();
  unicode_detach(&data);
  mill_image_close(&data.unicode);
  return check_report();
}
