/*
** test_pattern_set.c - one pass of many patterns gives what each of them gives alone; and
** the recognisers begin nowhere that vm_may_begin denies.
*/
#include <stdlib.h>

#include "check.h"
#include "core/lexicon.h"
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
  mill_pattern *p = model_pattern(in, 0, &err);
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

/* Asks every recogniser at every token of s, whether it might begin there or not. */
static long asked_everywhere(mill_machine *vm, const mill_data *data, mill_tokens *t, const char *s, size_t n) {
  mill_found found;
  long yes = 0;
  if (mill_segment(mill_data_lexicon(data), s, n, NULL, t, &err) < 0) return -1;
  mill_view v = {.data = data, .folded = s, .folded_len = n, .tokens = t};
  vm_begin(vm, NULL, &v, 0);
  for (uint32_t k = 0; k < t->n; k++)
    for (int what = 0; what < MILL_REC_COUNT; what++) {
      if (mill_recognize(&v, (enum mill_recognizer)what, k, &found) <= 0) continue;
      if (!CHECK(vm_may_begin(vm, what, k))) fprintf(stderr, "  recogniser %d in %.*s\n", what, (int)n, s);
      yes++;
    }
  return yes;
}

/* step: every how manyth word of the lexicon. */
static void test_starts(uint32_t step) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_data *data = NULL;
  mill_tokens t = {0};
  mill_word word;
  char s[256];
  long yes = 0;
  if (!CHECK(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) == 0)) return;
  const mill_lexicon *lx = mill_data_lexicon(data);
  mill_machine *vm = mill_machine_new();
  for (uint32_t id = 0; id < mill_lexicon_count(lx); id += step) {
    if (!mill_lexicon_word(lx, id, &word) || word.len > 120) continue;
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
      int n = snprintf(s, sizeof s, "%.*s%s", (int)word.len, word.text, tails[k]);
      yes += asked_everywhere(vm, data, &t, s, (size_t)n);
    }
  }
  CHECK(yes > 1000);
  mill_machine_free(vm);
  mill_tokens_free(&t);
  mill_data_free(data);
}

int main(int argc, char **argv) {
  test_like_alone();
  test_starts(argc > 1 ? (uint32_t)atoi(argv[1]) : 97);
  return check_report();
}
