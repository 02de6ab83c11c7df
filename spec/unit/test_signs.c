/*
** test_signs.c - the passes of page.h that have a version for AVX2 find the same
** on either path, wherever a piece begins and ends: signs and cues; so do
** the share of kana and the script of a text.
**
** Texts lie in memory of exactly their size, so that the sanitizer sees what is
** read behind them.
*/
#include <stdlib.h>

#include "../../csrc/core/clean.h"
#include "../../csrc/core/cues.h"
#include "../../csrc/core/data.h"
#include "check.h"

static const char *const parts[] = {
  "村", "月", "丨", "中", "月底", "转载", "版权声明", "本网", "本app", "文", "图", "摄", "扫一扫", "下载app", "copyright", "icp备",
  "©", "a", "z", "0", "9", " ", "\t", ":", "|", "/", "-", "(", ")", "[", "]", "<", ">", "_", "+", "*", ",",
  ".", "~", "{", "。", "、", "《", "》", "【", "】", "〔", "　", "“", "”", "…", "—", "•", "→", "\xC2\xA0", "\xC2\x85",
  "\xC2\xB7", "é", "ϐ", "\xE2\x80\x83", "\xEF\xBB\xBF", "\xEF\xB8\xB1", "か", "カ", "각", "𠀀", "😀", "\n"};
#define N_PARTS (sizeof parts / sizeof *parts)
#define TEXT_MAX 900u
#define PIECES_MAX 40u

static uint64_t state = 1;
static uint32_t random_below(uint32_t n) { return check_below(&state, n); }

typedef struct sample {
  char *text; /* of exactly n + 1 bytes */
  uint32_t n, n_pieces;
  page_piece pieces[PIECES_MAX];
} sample;

/* Text of random parts, cut into pieces at random, some bytes left between. */
static void make(sample *x) {
  char text[TEXT_MAX + 16];
  uint32_t want = random_below(TEXT_MAX), from = 0;
  memset(x, 0, sizeof *x);
  while (x->n < want) {
    const char *part = parts[random_below(N_PARTS)];
    memcpy(text + x->n, part, strlen(part));
    x->n += (uint32_t)strlen(part);
    if (random_below(10) != 0 || x->n_pieces == PIECES_MAX) continue;
    x->pieces[x->n_pieces++].folded = (mill_span){from, x->n};
    from = random_below(3) != 0 ? x->n : x->n + (uint32_t)strlen(part = parts[random_below(N_PARTS)]);
    if (from > x->n) memcpy(text + x->n, part, from - x->n);
    x->n = from;
  }
  if (!CHECK((x->text = malloc(x->n + 1)) != NULL)) exit(1);
  memcpy(x->text, text, x->n);
  x->text[x->n] = 0;
}

static void same_signs(sample *x) {
  static page_piece other[PIECES_MAX];
  memcpy(other, x->pieces, sizeof other);
  signs_find(x->text, x->n + 1, x->pieces, x->n_pieces, 0);
  signs_find(x->text, x->n + 1, other, x->n_pieces, cpu_has_avx2());
  for (uint32_t i = 0; i < x->n_pieces; i++) {
    CHECK_EQ(x->pieces[i].signs, other[i].signs);
    CHECK_EQ(x->pieces[i].chars, other[i].chars);
    CHECK_EQ(x->pieces[i].chars, text_chars(x->text + x->pieces[i].folded.from, span_len(x->pieces[i].folded)));
  }
}

static void same_kana(const sample *x) {
  uint32_t kana, other, all = signs_kana(x->text, x->n, 0, &kana);
  CHECK_EQ(all, signs_kana(x->text, x->n, cpu_has_avx2(), &other));
  CHECK_EQ(kana, other);
}

static uint32_t same_cues(const mill_data *d, sample *x) {
  static page_piece other[PIECES_MAX];
  uint32_t all = 0;
  memcpy(other, x->pieces, sizeof other);
  page p = {.folded = x->text, .folded_len = x->n, .pieces = x->pieces, .n = x->n_pieces, .cues = d->cues};
  cues_scan(&p);
  p.pieces = other, p.avx2 = (uint8_t)cpu_has_avx2();
  cues_scan(&p);
  for (uint32_t i = 0; i < x->n_pieces; i++) {
    CHECK_EQ(x->pieces[i].cues, other[i].cues);
    all |= other[i].cues;
  }
  return all;
}

/* The script, on either path and counted here: text in one script, some of the other. */
static void run_scripts(const mill_data *d) {
  static const char *const words[2][4] = {{"这里", "发展", "镇、", "村民。"}, {"這裡", "發展", "鎮、", "村民。"}};
  for (unsigned k = 0; k < 600; k++) {
    char text[TEXT_MAX];
    size_t n = 0, want = random_below(TEXT_MAX - 16);
    uint32_t share = random_below(12), kana = random_below(3) == 0;
    while (n < want) {
      const char *word = kana && random_below(2) ? "かナ" : random_below(8) ? words[random_below(10) < share][random_below(4)] : "a, ";
      memcpy(text + n, word, strlen(word));
      n += strlen(word);
    }
    char *copy = malloc(n + 1);
    if (!CHECK(copy != NULL)) return;
    memcpy(copy, text, n);
    copy[n] = 0;
    CHECK_EQ(script_of(d->unicode_view, copy, n, 0), script_of(d->unicode_view, copy, n, cpu_has_avx2()));
    free(copy);
  }
  CHECK_EQ(script_of(d->unicode_view, "这里发展这里发展", 24, cpu_has_avx2()), 1);
  CHECK_EQ(script_of(d->unicode_view, "這裡發展這裡發展", 24, cpu_has_avx2()), 2);
  CHECK_EQ(script_of(d->unicode_view, "abc", 3, cpu_has_avx2()), 0);
}

static void run_random(const mill_data *d) {
  uint32_t cues = 0;
  for (int k = 0; k < 3000; k++) {
    sample x;
    make(&x);
    same_signs(&x);
    same_kana(&x);
    cues |= same_cues(d, &x);
    free(x.text);
  }
  CHECK((cues & (CUE_RIGHTS | CUE_SELF | CUE_SIGNUP | CUE_ROLE)) == (CUE_RIGHTS | CUE_SELF | CUE_SIGNUP | CUE_ROLE));
}

/* A phrase at any distance from the beginning is found, in its piece only. */
static void run_places(const mill_data *d) {
  for (uint32_t at = 0; at < 200; at++) {
    char text[256];
    memset(text, 'x', sizeof text);
    memcpy(text + at, "版权声明", 12);
    page_piece q[2] = {{.folded = {0, at + 11}}, {.folded = {at, at + 20}}};
    for (int k = 0; k < 2; k++) { /* cut short; whole */
      page p = {.folded = text, .folded_len = at + 20, .pieces = q + k, .n = 1, .cues = d->cues, .avx2 = (uint8_t)cpu_has_avx2()};
      cues_scan(&p);
    }
    CHECK_EQ(q[0].cues & CUE_RIGHTS, 0);
    CHECK(q[1].cues & CUE_RIGHTS);
  }
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_data *d = NULL;
  mill_error err;
  if (mill_data_open(dir ? dir : "build/lib/textmill", &d, &err) != 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  run_random(d);
  run_places(d);
  run_scripts(d);
  mill_data_free(d);
  return check_report();
}
