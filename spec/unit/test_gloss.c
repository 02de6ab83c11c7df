/*
** test_gloss.c - pinyin in brackets: what is a candidate, what is junk, and
** documents made of both kinds with known truth.
*/
#include <stdlib.h>

#include "check.h"
#include "core/clean.h"
#include "core/data.h"
#include "core/unicode.h"
#include "core/utf8.h"

static mill_data *data;

/* Candidates of s with j for junk and t for true, "" for none. */
static const char *candidates(const char *s) {
  static char kinds[64];
  gloss_scan scan;
  gloss g;
  size_t n = 0;
  gloss_begin(&scan, data->unicode_view, s, strlen(s));
  while (gloss_next(&scan, &g) && n < sizeof kinds - 1) {
    CHECK(g.from < g.open && g.open < g.to && g.to <= strlen(s));
    kinds[n++] = g.junk ? 'j' : 't';
  }
  kinds[n] = 0;
  return kinds;
}

static void single(void) {
  static const struct { const char *s, *kinds; } cases[] = {
      {"鎮(zhèn)", "j"},     {"鎮（zhèn）", "j"},   {"鎮(zhe\xCC\x80n)", "j"}, /* decomposed */
      {"們(men)", "j"},      {"行(háng)业", "t"},   {"亳(bó)州", "t"},
      {"鎮(zhèn）", ""},      {"鎮 (zhèn)", ""},     {"鎮(Zhèn)", ""},          {"鎮( zhèn)", ""},
      {"鎮(zhen)", ""},      {"鎮(mǎ)", ""},      {"重庆(Chongqing)", ""},  {"重庆(chóngqìng)", ""},
      {"第一(1)", ""},       {"鎮()", ""},          {"鎮(", ""},              {"(zhèn)", ""},
      {"a(zhèn)", ""},       {"人(who)", ""},       {"網(wǎng)絡(luò)點(diǎn)", "jjj"},
      {"鎮(zhèn)(zhèn)", "j"}, {"鎮(zhènnnnn)", ""},  {"鎮((zhèn))", ""},         {"女(nǚ)", "t"},
      {"鎮\xE2\x80\x8B(zhèn)", "j"}, {"a\xE2\x80\x8B(zhèn)", ""},
      {"說(shuō)", "j"},       {"動(d\xC3\xB2n\xC9\xA1)", "j"}, /* IPA g */
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
    if (!CHECK(strcmp(candidates(cases[k].s), cases[k].kinds) == 0))
      fprintf(stderr, "  %s: %s\n", cases[k].s, candidates(cases[k].s));
}

static void modes(void) {
  static const struct { const char *s; enum mill_gloss mode; } cases[] = {
      {"春天来了", MILL_GLOSS_NONE},
      {"鎮(zhèn)會(huì)", MILL_GLOSS_TRUE},             /* too few */
      {"鎮(zhèn)會(huì)議(yì)", MILL_GLOSS_JUNK},
      {"鎮(zhèn)會(huì)議(yì)行(háng)", MILL_GLOSS_TRUE}, /* 75 % */
  };
  gloss_list l = {0};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
    CHECK_EQ(gloss_find(data->unicode_view, cases[k].s, strlen(cases[k].s), &l), (int)cases[k].mode);
  gloss_list_free(&l);
}

/* ---- generated documents ---- */

static const char traditional[] = "會議開時間這國長門東車馬鳥魚龍龜兒學習書筆畫記錄電話語說讀寫聽見飛機鐵銀錢場員級"
                                  "組織紅綠藍黃風雲電義務總結構橋樓屋歲當應該對錯誤認識實現變愛親戚們萬億個條雙隻張";
static const char plain[] = "的是在不人有我他上大来到地子出年得里后自以能家小多天而好看起发成只作用道行所然事前"
                            ",。《》(一)(2)（图）(Beijing)(a)10(xx)";

/* The usual reading of c; 0 when it has none. */
static size_t usual_reading(uint32_t c, char out[16]) {
  const char *list = unicode_readings(data->unicode_view, c);
  size_t n = strcspn(list, " ");
  if (n == 0 || n > 15) return 0;
  memcpy(out, list, n);
  return n;
}

/* Another reading than the usual one, or a reading of a character that
** simplification leaves alone: an author's gloss. */
static size_t other_reading(uint32_t c, char out[16]) {
  const char *list = unicode_readings(data->unicode_view, c);
  size_t first = strcspn(list, " ");
  if (list[first] == 0) return 0;
  const char *second = list + first + 1;
  size_t n = strcspn(second, " ");
  if (n == 0 || n > 15 || strlen(second) > 200) return 0;
  memcpy(out, second, n);
  return n;
}

static uint32_t pick(uint64_t *state, const char *from, const char **at, size_t *len) {
  size_t i = check_below(state, (uint32_t)strlen(from));
  while (utf8_is_tail((unsigned char)from[i])) i--;
  *at = from + i;
  return utf8_decode(from + i, len);
}

/* A document: about a third of its characters glossed with junk, or a few
** true glosses; the same without junk glosses is *truth. */
static size_t generate(uint64_t *state, int junk, char *raw, char *truth, size_t *glosses) {
  size_t n = 0, m = 0;
  *glosses = 0;
  for (uint32_t k = 150 + check_below(state, 200); k > 0; k--) {
    const char *at;
    size_t len, reading = 0;
    char syllable[16];
    int glossed = check_below(state, junk ? 3 : 40) == 0;
    uint32_t c = pick(state, glossed && junk ? traditional : check_below(state, 2) ? traditional : plain, &at, &len);
    memcpy(raw + n, at, len), n += len;
    memcpy(truth + m, at, len), m += len;
    if (glossed) reading = junk ? usual_reading(c, syllable) : other_reading(c, syllable);
    if (reading == 0) continue;
    int wide = check_below(state, 5) == 0;
    int kept = !junk;
    size_t from = n;
    n += (size_t)sprintf(raw + n, "%s%.*s%s", wide ? "（" : "(", (int)reading, syllable, wide ? "）" : ")");
    if (kept) memcpy(truth + m, raw + from, n - from), m += n - from;
    ++*glosses;
  }
  raw[n] = truth[m] = 0;
  return n;
}

static void generated(void) {
  static char raw[16384], truth[16384];
  uint64_t state = 3;
  size_t right = 0, documents = 1000;
  for (size_t k = 0; k < documents; k++) {
    size_t glosses;
    mill_error err;
    mill_text *t = NULL;
    mill_clean_options o = {.html = 0, .charset = "utf-8", .no_blocks = 1};
    size_t n = generate(&state, (int)(k % 2), raw, truth, &glosses);
    CHECK_EQ(mill_clean(data, raw, n, &o, &t, &err), 0);
    int same = strcmp(t->clean, truth) == 0 && t->n_glosses == (k % 2 ? glosses : 0);
    if (!same && k % 2 && glosses >= 3) fprintf(stderr, "  document %zu: %u of %zu glosses\n", k, t->n_glosses, glosses);
    right += (size_t)same;
    mill_text_free(t);
  }
  printf("glosses: %zu of %zu generated documents exactly right\n", right, documents);
  CHECK(right * 1000 >= documents * 999);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  single();
  modes();
  generated();
  mill_data_free(data);
  return check_report();
}
