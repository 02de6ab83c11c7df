/*
** test_pattern_set.c - one pass of many patterns gives what each of them gives alone; and
** recognisers find the same with the table of signs (core/rec_signs.h) and without it.
*/
#include <stdlib.h>

#include "check.h"
#include "core/lexicon.h"
#include "core/rec_signs.h"
#include "core/vm.h"
#include "pattern_model.h"

#define MOST 8

static mill_error err;

/* ---- sets of random patterns ------------------------------------------------------- */

typedef struct many {
  mill_pattern *p[MOST];
  const mill_program *prog[MOST];
  uint32_t n;
} many;

static void add_random(many *m, bytes_in *in) {
  mill_program *prog = NULL;
  int again = m->n > 0 && take(in) % 8 == 0; /* two rules may ask for the same */
  mill_pattern *p = again ? pattern_retain(m->p[m->n - 1]) : model_pattern(in, 0, &err);
  if (p == NULL) return;
  if (mill_program_new(p, 0, &prog, &err) < 0) {
    pattern_release(p);
    return;
  }
  m->p[m->n] = p;
  m->prog[m->n++] = prog;
}

static void free_many(many *m) {
  for (uint32_t k = 0; k < m->n; k++) {
    pattern_release(m->p[k]);
    mill_program_free((mill_program *)(uintptr_t)m->prog[k]);
  }
}

static int same_captures(const mill_hits *hits, const mill_hit *h, const mill_match *m) {
  if (h->n_captures != m->n_captures) return 0;
  for (uint32_t k = 0; k < h->n_captures; k++) {
    const mill_capture *a = &hits->captures[h->first_capture + k], *b = &m->captures[k];
    if (a->name != b->name || a->folded.from != b->folded.from || a->folded.to != b->folded.to ||
        a->recognizer != b->recognizer) return 0;
  }
  return 1;
}

static int failed(const mill_hits *hits, uint32_t k) {
  for (uint32_t f = 0; f < hits->n_failures; f++)
    if (hits->failures[f].program == k) return 1;
  return 0;
}

/* Are the hits of program k those of mill_find and mill_find_next? Counts them. */
static int like_alone(const many *m, uint32_t k, const mill_view *v, const mill_hits *hits, long *matched) {
  mill_match found;
  uint32_t from = 0, h = 0;
  mill_machine *vm = mill_machine_new();
  mill_machine_attach(vm, v);
  mill_machine_limits(vm, 20000, 1000);
  int rc = mill_find(vm, m->prog[k], v, 0, &found, NULL), same = 1;
  while (same && rc == 1) {
    while (h < hits->n && hits->items[h].program != k) h++;
    same = h < hits->n && hits->items[h].folded.from == found.folded.from &&
           hits->items[h].folded.to == found.folded.to && same_captures(hits, &hits->items[h], &found);
    h++;
    *matched += 1;
    from = found.folded.to;
    if (found.folded.from == found.folded.to)
      do from++; while (from < v->folded_len && (v->folded[from] & 0xC0) == 0x80);
    rc = mill_find_next(vm, m->prog[k], v, from, &found, NULL);
  }
  while (h < hits->n && hits->items[h].program != k) h++;
  mill_machine_free(vm);
  return same && h == hits->n && (rc < 0) == failed(hits, k);
}

static int agree(bytes_in *in, mill_machine *vm, mill_hits *hits, long *matched) {
  token_text t;
  many m = {.n = 0};
  mill_pattern_set *set = NULL;
  const mill_view *v = model_text(in, &t);
  for (uint32_t wanted = 1 + take(in) % MOST; wanted > 0; wanted--) add_random(&m, in);
  vm->memo_after = take(in) & 3;
  mill_machine_attach(vm, v);
  mill_machine_limits(vm, 20000, 1000);
  int same = mill_pattern_set_new(m.prog, m.n, &set, &err) == 0 &&
             mill_pattern_set_run(vm, set, v, hits, &err) == 0;
  for (uint32_t k = 0; same && k < m.n; k++) same = like_alone(&m, k, v, hits, matched);
  mill_pattern_set_free(set);
  mill_machine_attach(vm, NULL);
  free_many(&m);
  return same;
}

static void test_like_alone(void) {
  uint64_t state = 1907;
  long matched = 0;
  mill_hits hits = {0};
  mill_machine *vm = mill_machine_new();
  for (int round = 0; round < 3000; round++) {
    uint8_t bytes[600];
    for (size_t k = 0; k < sizeof bytes; k++) bytes[k] = (uint8_t)check_below(&state, 256);
    bytes_in in = {bytes, bytes + sizeof bytes};
    if (!CHECK(agree(&in, vm, &hits, &matched))) break;
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

/* Asks every recogniser at every token of s: with signs and without them (plain) the
** answer is the same, and what is found may begin there. How much was found. */
static long asked_everywhere(const mill_data *data, const mill_data *plain, mill_tokens *t, const char *s,
                             size_t n) {
  static uint16_t may[4096];
  mill_found found, expected;
  long yes = 0;
  if (mill_segment(mill_data_lexicon(data), s, n, NULL, t, &err) < 0) return -1;
  mill_view v = {.data = data, .folded = s, .folded_len = n, .tokens = t}, w = v;
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
