/*
** test_pattern_set.c - one pass of many patterns gives what each of them gives alone; and
** recognisers find the same with the table of signs (core/rec_signs.h) and without it.
*/
#include <stdlib.h>

#include "check.h"
#include "core/rec_dates.h"
#include "core/lexicon.h"
#include "core/rec_signs.h"
#include "core/vm.h"
#include "set_model.h"

static mill_error err;

/* ---- sets of random patterns ------------------------------------------------------- */

static void test_like_alone(void) {
  uint64_t state = 1907;
  long matched = 0;
  mill_hits hits = {0};
  mill_machine *vm = mill_machine_new();
  for (int round = 0; round < 3000; round++) {
    uint8_t bytes[600];
    for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (uint8_t)check_below(&state, 256);
    bytes_in in = {bytes, bytes + sizeof bytes};
    if (!CHECK(set_agrees(&in, vm, &hits, &matched))) break;
  }
  CHECK(matched > 5000); /* the comparison is about something */
  mill_machine_free(vm);
  mill_hits_free(&hits);
}

/* ---- where recognisers begin --------------------------------------------------------- */

static const char *const tails[] = {"", "5日", "月", "年三月", "十五日", "点半", "30分", "个", "分之五", "上万", "万余人"};

static int same_found(const mill_found *a, const mill_found *b) {
  return a->n_tokens == b->n_tokens && memcmp(&a->number, &b->number, sizeof a->number) == 0 &&
         a->unit.from == b->unit.from && a->unit.to == b->unit.to &&
         memcmp(&a->date, &b->date, sizeof a->date) == 0 && a->place == b->place &&
         a->place_levels == b->place_levels;
}

/* Asks every recogniser at every token of s: with signs and dates kept, and without them
** (plain), the answer is the same, and what is found may begin there. How much was found. */
static long asked_everywhere(const mill_data *data, const mill_data *plain, mill_tokens *t, const char *s,
                             size_t n) {
  static uint16_t may[4096];
  mill_found found, expected;
  long yes = 0;
  if (mill_segment(mill_data_lexicon(data), s, n, NULL, t, &err) < 0) return -1;
  mill_view v = {.data = data, .folded = s, .folded_len = n, .tokens = t}, w = v;
  struct mill_dates dates = {0};
  v.dates = &dates;
  w.data = plain;
  uint32_t count = t->n < 4096 ? (uint32_t)t->n : 4096;
  rec_starts(&v, 0, count, (1u << MILL_REC_COUNT) - 1, may);
  for (uint32_t k = 0; k < count; k++)
    for (int what = 0; what < MILL_REC_COUNT; what++) {
      int is = mill_recognize(&w, (enum mill_recognizer)what, k, &expected) > 0;
      int same = (mill_recognize(&v, (enum mill_recognizer)what, k, &found) > 0) == is;
      if (is && same) same = same_found(&found, &expected) && (may[k] >> what & 1);
      if (!CHECK(same)) fprintf(stderr, "  recogniser %d at token %u in %.*s\n", what, k, (int)n, s);
      yes += is;
    }
  return yes;
}

/* step: every how manyth word of the lexicon. */
static void test_starts(const mill_data *data, const mill_data *plain, uint32_t step) {
  mill_tokens t = {0};
  mill_word word;
  char s[256];
  long yes = 0;
  const mill_lexicon *lx = mill_data_lexicon(data);
  for (uint32_t id = 0; id < mill_lexicon_count(lx); id += step) {
    if (!mill_lexicon_word(lx, id, &word) || word.len > 120) continue;
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
      int n = snprintf(s, sizeof s, "%.*s%s", (int)word.len, word.text, tails[k]);
      yes += asked_everywhere(data, plain, &t, s, (size_t)n);
    }
  }
  CHECK(yes > 1000);
  mill_tokens_free(&t);
}

/* Characters that numbers, dates and times are written with, put together anyhow. */
static void test_soup(const mill_data *data, const mill_data *plain) {
  static const char *const parts[] = {
      "1", "20", "2020", "3", "一", "二", "两", "十", "百", "万", "几", "半", "〇", "○", "第", "约", "近", "上", "多",
      "余", "至", "到", "-", "/", ".", ":", "%", "年", "月", "日", "号", "时", "点", "分", "个", "名", "小时", "天",
      "今", "明", "晚", "早", "上午", "下午", "凌晨", "正", "腊", "初", "闰", "农历", "庚子", "除夕", "大年", "本", "下", " ",
      "分之", "左右", "以上", "不到", "超过", "成", "折", "零", "村", "镇", "县", "城关", "东", "北京", "市", "张", "书记"};
  uint64_t state = 45;
  mill_tokens t = {0};
  long yes = 0;
  for (int round = 0; round < 20000; round++) {
    char s[160];
    size_t n = 0;
    for (uint32_t k = 1 + check_below(&state, 9); k > 0; k--) {
      const char *part = parts[check_below(&state, sizeof parts / sizeof *parts)];
      memcpy(s + n, part, strlen(part));
      n += strlen(part);
    }
    yes += asked_everywhere(data, plain, &t, s, n);
  }
  CHECK(yes > 20000);
  mill_tokens_free(&t);
}

static void test_recognisers(uint32_t step) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_data *data = NULL;
  if (!CHECK(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) == 0)) return;
  mill_data plain = *data;
  plain.signs = NULL;
  test_starts(data, &plain, step);
  test_soup(data, &plain);
  mill_data_free(data);
}

int main(int argc, char **argv) {
  test_like_alone();
  test_recognisers(argc > 1 ? (uint32_t)atoi(argv[1]) : 97);
  return check_report();
}
