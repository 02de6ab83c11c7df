/* test_segment.c - lexicon image and segmenter. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "core/data.h"
#include "core/lexicon.h"
#include "core/number.h"
#include "core/utf8.h"
#include "core/window.h"

static mill_data data;
static const mill_lexicon *lx;
static mill_tokens t;

/* The tokens of s, separated by |. */
static const char *segmented(const char *s, int split) {
  static char out[4096];
  size_t n = 0;
  mill_segment_options o = {.split_numbers = split};
  CHECK_EQ(mill_segment(lx, s, strlen(s), &o, &t, NULL), 0);
  for (size_t k = 0; k < t.n; k++)
    n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s", k > 0 ? "|" : "",
                          (int)(t.start[k + 1] - t.start[k]), s + t.start[k]);
  out[n] = 0;
  return out;
}

static void check(const char *s, const char *expected) {
  const char *got = segmented(s, 0);
  if (!CHECK(strcmp(got, expected) == 0)) fprintf(stderr, "  got %s, expected %s\n", got, expected);
}

static void test_words(void) {
  check("", "");
  check("全村设立检测卡口70处", "全村|设立|检测|卡口|70|处");
  check("研究生命的起源", "研究|生命|的|起源");
  check("他们在一线工作", "他们|在|一线|工作");
  check("\n\r\n 好\t\t的\n", "\n\r\n| |好|\t\t|的|\n");
  check("t恤和at恤", "t恤|和|at|恤");
  check("カタカナと漢字", "カタカナ|と|漢字"); /* not folded: no word */
  check("한국 привет", "한국| |привет");
  check("好……的——吗!!", "好|……|的|——|吗|!|!");
}

static void test_numbers(void) {
  check("三百六十五天", "三百六十五|天");
  check("百余名,三百多户,几十名", "百|余|名|,|三百|多|户|,|几十|名");
  check("第十二条第14个第一名", "第十二|条|第14|个|第一|名");
  check("30万元3.5亿元2千克5千名", "30万|元|3.5亿|元|2|千克|5千|名");
  check("万一一律两委一盘棋", "万一|一律|两委|一盘棋");
  check("2月4日16:57 2020-02-26", "2|月|4|日|16:57| |2020-02-26");
  check("1,234.5 1,23 50% 1-2", "1,234.5| |1|,|23| |50%| |1|-|2");
  check("5km 4g 3d打印 10000m", "5|km| |4g| |3d|打印| |10000|m");
  CHECK_STR(segmented("1,234.5元", 1), "1|,|234|.|5|元");
}

static void test_columns(void) {
  segmented("三百户a,1.5% 第二", 0);
  CHECK_EQ(t.n, 7);
  CHECK_EQ(t.kind[0], MILL_KIND_NUMBER);
  CHECK(t.value[0] != MILL_NONE && t.values[t.value[0]].value == 300);
  CHECK_EQ(t.tag[1], MILL_TAG_Q);
  CHECK_EQ(t.kind[2], MILL_KIND_LATIN);
  CHECK_EQ(t.kind[3], MILL_KIND_PUNCT);
  CHECK(t.value[4] != MILL_NONE && t.values[t.value[4]].kind == MILL_NUMBER_PERCENT);
  CHECK_EQ(t.kind[5], MILL_KIND_BLANK);
  CHECK(t.value[6] != MILL_NONE && t.values[t.value[6]].kind == MILL_NUMBER_ORDINAL);
  segmented("万一", 0);
  CHECK_EQ(t.kind[0], MILL_KIND_HAN);
  CHECK_EQ(t.value[0], MILL_NONE);
}

/* The short cuts to values say what mill_number_scan says. */
static void test_values(void) {
  static const char *const numbers[] = {"零", "〇", "一", "二", "两", "三", "九", "十", "百", "千", "0", "7",
                                        "007", "42", "123456789", "1234567890", "十五", "五十", "四百",
                                        "六千", "七万", "二亿", "二十五", "九十九", "一九九八"};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    mill_number expected;
    size_t n = strlen(numbers[i]);
    segmented(numbers[i], 0);
    if (mill_number_scan(numbers[i], n, &expected) != n) {
      CHECK(t.n == 1 && t.value[0] == MILL_NONE);
      continue;
    }
    const mill_number *got = CHECK(t.n == 1 && t.value[0] == 0) ? &t.values[0] : NULL;
    if (got == NULL) fprintf(stderr, "  %s\n", numbers[i]);
    CHECK(got != NULL && got->value == expected.value && got->lo == expected.lo && got->hi == expected.hi &&
          got->kind == expected.kind && got->approx == expected.approx);
  }
}

/* What short_numeral reads, of all strings of 1 to 4 of these characters,
** mill_number_scan reads as a whole and as the same exact number. */
static void test_short_numerals(void) {
  static const char *const all[] = {"〇", "零", "一", "两", "二", "五", "九", "十", "百", "万", "几", "年"};
  const uint32_t n = sizeof all / sizeof *all;
  uint32_t wrong = 0, read = 0, value;
  for (uint32_t code = 1; code < n * n * n * n; code++) {
    char s[16] = "";
    for (uint32_t rest = code; rest > 0; rest /= n) strcat(s, all[rest % n]);
    mill_number expected = {0};
    if (!short_numeral(s, strlen(s), &value)) continue;
    read++;
    wrong += mill_number_scan(s, strlen(s), &expected) != strlen(s) || expected.value != value ||
             expected.lo != value || expected.hi != value || expected.kind != 0 || expected.approx != 0;
  }
  CHECK_EQ(wrong, 0);
  CHECK(read > 500);
}

/* What quick_number reads, of all strings of 1 to 4 of these, number_scan reads as a
** whole and as the same, bit by bit, with what may stand before it or not. */
static void test_quick_numbers(void) {
  static const char *const all[] = {"第", "0", "7", "314159", ".", "万", "亿", "%", "一", "十", "百",
                                    "零", "两", "-", ":", ","};
  const uint32_t n = sizeof all / sizeof *all;
  uint32_t wrong = 0, read = 0, kinds = 0;
  for (uint32_t code = 1; code < n * n * n * n; code++) {
    char s[32] = "";
    mill_number got, expected = {0};
    for (uint32_t rest = code; rest > 0; rest /= n) strcat(s, all[rest % n]);
    if (!quick_number(s, strlen(s), &got)) continue;
    read++, kinds |= 1u << got.kind;
    for (int parts = 0; parts <= NUMBER_BEFORE; parts++)
      wrong += number_scan(s, strlen(s), parts, &expected) != strlen(s) ||
               memcmp(&expected.value, &got.value, 8) != 0 || expected.lo != got.lo ||
               expected.hi != got.hi || expected.kind != got.kind || expected.approx != got.approx;
  }
  CHECK_EQ(wrong, 0);
  CHECK(read > 300);
  CHECK_EQ(kinds, 1u << MILL_NUMBER_CARDINAL | 1u << MILL_NUMBER_ORDINAL | 1u << MILL_NUMBER_PERCENT);
}

/* Every word is found again, under its own id. */
static void test_lexicon(void) {
  mill_word w, again;
  uint32_t n = mill_lexicon_count(lx), bad = 0, last = UINT32_MAX;
  CHECK(n > 300000);
  for (uint32_t id = 0; id < n; id++) {
    int ok = mill_lexicon_word(lx, id, &w) == 1 && w.id == id && w.frequency <= last &&
             mill_lexicon_find(lx, w.text, w.len, &again) == 1 && again.id == id;
    last = w.frequency;
    bad += !ok;
  }
  CHECK_EQ(bad, 0);
  CHECK_EQ(mill_lexicon_word(lx, n, &w), 0);
  CHECK_EQ(mill_lexicon_find(lx, "历史史历", strlen("历史史历"), &w), 0);
  CHECK_EQ(mill_lexicon_find(lx, "\xE5\x8E", 2, &w), 0);
  CHECK_EQ(mill_lexicon_find(lx, "", 0, &w), 0);
}

/* Every pair of Han characters of a word has a number of its own; others have none. */
static void test_seams(void) {
  uint32_t n = mill_lexicon_count(lx), bad = 0, *of = calloc(LEX_SEAMS, sizeof *of);
  size_t len;
  for (uint32_t id = 0; id < n; id++) {
    mill_word w;
    uint32_t before = 0;
    mill_lexicon_word(lx, id, &w);
    for (size_t at = 0; at < w.len; at += len) {
      uint32_t c = utf8_decode(w.text + at, &len), han = c - LEX_HAN < LEX_HANS;
      uint32_t number = before != 0 ? lexicon_seam(lx, before, c) : MILL_NONE;
      if (before == 0 || !han) bad += number != MILL_NONE;
      else if (number >= LEX_SEAMS || (of[number] != 0 && of[number] != lex_seam_key(before - LEX_HAN, c - LEX_HAN)))
        bad++;
      else of[number] = lex_seam_key(before - LEX_HAN, c - LEX_HAN);
      before = han ? c : 0;
    }
  }
  CHECK_EQ(bad, 0);
  for (uint32_t slot = 0; slot < LEX_SEAMS; slot++) bad += of[slot] != lx->seams[slot];
  CHECK_EQ(bad, 0);
  CHECK_EQ(lexicon_seam(lx, 0x9F98, 0x9F98), MILL_NONE); /* no word has it */
  CHECK_EQ(lexicon_seam(lx, 'a', 0x4E00), MILL_NONE);
  CHECK_EQ(lexicon_seam(lx, 0x4E00, 0x9FFF + 1), MILL_NONE);
  free(of);
  for (int tag = 0; tag < MILL_TAG_COUNT; tag++)
    CHECK_EQ(mill_tag_by_name(mill_tag_name((enum mill_tag)tag)), tag);
}

/* ---- the cheapest path, found the slow way ---------------------------------------- */

/* Cost of s[0,n) as one word; UINT32_MAX: none. */
static uint32_t word_cost(const char *s, size_t n) {
  size_t len;
  lex_edge e = lexicon_first(lx, lexicon_char(lx, utf8_decode(s, &len)) >> 8);
  for (size_t i = len; i < n; i += len) {
    e = lexicon_next(lx, e.node, lexicon_char(lx, utf8_decode(s + i, &len)) >> 8);
    if (e.node == 0) return UINT32_MAX;
  }
  return e.cost == LEX_NO_COST ? UINT32_MAX : e.cost;
}

static uint32_t cheapest(const char *s, size_t n) {
  uint32_t best[256] = {0}; /* by bytes still to go */
  for (size_t left = 3; left <= n; left += 3) {
    best[left] = UINT32_MAX;
    for (size_t len = 3; len <= left && len <= 48; len += 3) {
      uint32_t cost = word_cost(s + n - left, len);
      if (cost != UINT32_MAX && cost + best[left - len] < best[left]) best[left] = cost + best[left - len];
    }
  }
  return best[n];
}

/* Random strings of frequent characters and pieces of words. */
static size_t random_text(uint64_t *state, char *s) {
  mill_word w;
  size_t n = 0;
  while (n < 150) {
    if (!mill_lexicon_word(lx, check_below(state, 60000), &w) || w.len % 3 != 0) continue;
    size_t len = w.len, from = check_below(state, 4) == 0 ? 3 * check_below(state, (uint32_t)len / 3) : 0;
    int plain = 1;
    for (size_t i = 0; i < len; i += 3)
      plain &= ((unsigned char)w.text[i] & 0xF0) == 0xE0 &&
               (lexicon_char(lx, utf8_decode(w.text + i, &(size_t){0})) & 0xFF) == CHAR_HAN;
    if (!plain || len > 60) continue;
    memcpy(s + n, w.text + from, len - from);
    n += len - from;
  }
  s[n] = 0;
  return n;
}

static void test_cheapest(void) {
  char s[256];
  uint64_t state = 7;
  uint32_t wrong = 0;
  for (int i = 0; i < 400; i++) {
    size_t n = random_text(&state, s);
    uint32_t sum = 0;
    mill_segment(lx, s, n, NULL, &t, NULL);
    for (size_t k = 0; k < t.n; k++) sum += word_cost(s + t.start[k], t.start[k + 1] - t.start[k]);
    wrong += strstr(s, "第") == NULL && sum != cheapest(s, n);
  }
  CHECK_EQ(wrong, 0);
}

/* The path of a window in two parts is the one that is found in one, numerals before signs and all. */
static void test_halves(void) {
  static const char *const between[] = {",", "。", "三百,", "二十五。", "\n", "30万、", " ", "第十二条:", "covid-19,", "!!"};
  static window w;
  static uint8_t whole[WINDOW_UNITS + WINDOW_PAD];
  char s[2048];
  uint64_t state = 11;
  uint32_t parted = 0, wrong = 0;
  for (int i = 0; i < 400; i++) {
    size_t n = 0;
    while (n < 1400) {
      n += random_text(&state, s + n) % (3 * (1 + check_below(&state, 40))) / 3 * 3;
      n += (size_t)snprintf(s + n, 20, "%s", between[check_below(&state, 10)]);
    }
    window_fill(&w, lx, s, 0, n, 0);
    window_words(&w, lx);
    window_numerals(&w, lx, s);
    window_path(&w, 0);
    memcpy(whole, w.length, w.n);
    uint32_t first = w.best[0];
    window_path(&w, 1);
    parted += w.best[0] != first;
    wrong += memcmp(whole, w.length, w.n) != 0;
  }
  CHECK(parted > 300);
  CHECK_EQ(wrong, 0);
}

/* ---- long texts, damaged images, threads --------------------------------------------- */

/* Lines of a long text are segmented as they are alone; what has no sign for
** many windows is segmented and tiled, too. */
static void test_windows(void) {
  static const char *const lines[] = {"全村设立检测卡口70处,组织工作人员三百余人。\n", "研究生命的起源\n",
                                      "covid-19 2020-02-26 第十二条\n"};
  static char text[200000];
  size_t n = 0, expected = 0, at = 0;
  for (int i = 0; n < sizeof text - 100; i++) {
    segmented(lines[i % 3], 0);
    expected += t.n;
    n += (size_t)snprintf(text + n, sizeof text - n, "%s", lines[i % 3]);
  }
  CHECK_EQ(mill_segment(lx, text, n, NULL, &t, NULL), 0);
  CHECK_EQ(t.n, expected);
  static const char *const units[] = {"工作人员", "一", "一亿", "a", "1", "1,", "!", "\xCC\x81", "ん", "第"};
  for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
    for (n = 0; n + 20 < sizeof text;) n += (size_t)snprintf(text + n, 20, "%s", units[u]);
    CHECK_EQ(mill_segment(lx, text, n, NULL, &t, NULL), 0);
    for (at = 0; at < t.n && t.start[at] < t.start[at + 1];) at++;
    CHECK(at == t.n && t.start[0] == 0 && t.start[t.n] == n);
  }
  CHECK_EQ(mill_segment(NULL, text, 3, NULL, &t, NULL), MILL_EINVAL);
  CHECK_EQ(mill_segment(lx, text, (size_t)MILL_MAX_BYTES + 1, NULL, &t, NULL), MILL_ELIMIT);
}

static char folder[] = "/tmp/textmill-lexicon-XXXXXX", copy[64];

static void write_copy(const unsigned char *bytes, size_t n) {
  FILE *f = fopen(copy, "wb");
  if (CHECK(f != NULL)) CHECK(fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
}

/* Damage behind the header is not looked for when opening: whatever is in the
** tables, nothing is read outside them and the tokens tile the text. */
static void test_damaged(void) {
  static const char text[] = "全村设立检测卡口70处,组织工作人员三百余人 4g 第十二条研究生命的起源";
  unsigned char *bytes = malloc(data.lexicon.len);
  uint64_t state = 11;
  CHECK(mkdtemp(folder) != NULL);
  snprintf(copy, sizeof copy, "%s/textmill-lexicon.dat", folder);
  for (int round = 0; round < 12 && bytes != NULL; round++) {
    memcpy(bytes, data.lexicon.bytes, data.lexicon.len);
    for (size_t i = 1024; i < data.lexicon.len; i += 1 + check_below(&state, 1u << (round + 1)))
      bytes[i] = (unsigned char)check_random(&state);
    write_copy(bytes, data.lexicon.len);
    mill_data d = {0};
    mill_error err;
    int rc = lexicon_attach(&d, folder, &err);
    if (rc == 0) {
      CHECK_EQ(mill_segment(mill_data_lexicon(&d), text, sizeof text - 1, NULL, &t, NULL), 0);
      CHECK_EQ(t.start[t.n], sizeof text - 1);
    } else {
      CHECK(rc == MILL_ECORRUPT || rc == MILL_EVERSION || rc == MILL_EFORMAT);
    }
    lexicon_detach(&d);
    mill_image_close(&d.lexicon);
  }
  free(bytes);
  unlink(copy);
  rmdir(folder);
}

/* Signs of a character that no table has a place for are refused on opening. */
static void test_damaged_signs(void) {
  unsigned char *bytes = malloc(data.lexicon.len);
  size_t at = (size_t)((const unsigned char *)&lx->chars[0x5168] - (const unsigned char *)data.lexicon.bytes);
  mill_data d = {0};
  mill_error err;
  if (!CHECK(bytes != NULL)) return;
  strcpy(folder, "/tmp/textmill-lexicon-XXXXXX");
  CHECK(mkdtemp(folder) != NULL);
  snprintf(copy, sizeof copy, "%s/textmill-lexicon.dat", folder);
  memcpy(bytes, data.lexicon.bytes, data.lexicon.len);
  CHECK_EQ(bytes[at], CHAR_HAN); /* little-endian: class and flags come first */
  bytes[at] |= 0xE0;
  write_copy(bytes, data.lexicon.len);
  CHECK_EQ(lexicon_attach(&d, folder, &err), MILL_ECORRUPT);
  lexicon_detach(&d);
  mill_image_close(&d.lexicon);
  free(bytes);
  unlink(copy);
  rmdir(folder);
}

static void *segment_alone(void *result) {
  static const char s[] = "全村设立检测卡口70处,组织工作人员三百余人";
  mill_tokens own = {0};
  uint64_t hash = 0;
  for (int i = 0; i < 200; i++) {
    if (mill_segment(lx, s, sizeof s - 1, NULL, &own, NULL) < 0) hash = 1;
    hash = mill_hash64(own.word, own.n * sizeof *own.word, hash);
  }
  mill_tokens_free(&own);
  *(uint64_t *)result = hash;
  return NULL;
}

static void test_threads(void) {
  pthread_t threads[4];
  uint64_t hash[4] = {0};
  for (int i = 0; i < 4; i++) CHECK_EQ(pthread_create(&threads[i], NULL, segment_alone, &hash[i]), 0);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  CHECK(hash[0] > 1 && hash[1] == hash[0] && hash[2] == hash[0] && hash[3] == hash[0]);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (lexicon_attach(&data, dir != NULL ? dir : "build/lib/textmill", &err) < 0)
    return fprintf(stderr, "%s\n", err.message), 1;
  lx = mill_data_lexicon(&data);
  CHECK_EQ(mill_image_verify(&data.lexicon, "lexicon", &err), 0);
  test_words();
  test_numbers();
  test_columns();
  test_values();
  test_short_numerals();
  test_quick_numbers();
  test_lexicon();
  test_seams();
  test_cheapest();
  test_halves();
  test_windows();
  test_damaged();
  test_damaged_signs();
  test_threads();
  mill_tokens_free(&t);
  lexicon_detach(&data);
  mill_image_close(&data.lexicon);
  return check_report();
}
