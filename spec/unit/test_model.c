/*
** test_model.c - training and scoring: what the trainer learnt and what the image
** gives must be the same integers; damaged images are refused.
*/
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "core/data.h"
#include "train/train.h"

#define CORPUS "spec/fixtures/segmented.conllu"

static mill_data *data;
static char made[] = "/tmp/test_model_XXXXXX"; /* the trained image */

static char *read_all(const char *path, size_t *n) {
  char *s;
  mill_error err;
  if (!CHECK(mill_read_file(path, 1u << 24, &s, n, &err) == 0)) exit(1);
  return s;
}

static void train(const char *path, uint32_t seed) {
  mill_train_options o = {.seed = seed, .epochs = 4, .longest = 4, .min_count = 1, .name = "test"};
  mill_train_report r;
  mill_error err;
  if (!CHECK(mill_train(data, CORPUS, path, &o, &r, &err) == 0)) fprintf(stderr, "%s\n", err.message);
  CHECK_EQ(r.sentences, 12);
  CHECK_EQ(r.words, 90);
  CHECK(r.kept > 0 && r.kept <= r.sequences);
}

static void check_words(const char *got, const char *expected) {
  if (!CHECK(strcmp(got, expected) == 0)) fprintf(stderr, "  got %s, expected %s\n", got, expected);
}

static const char *segmented(const mill_model *m, const char *s, int tags) {
  static char out[2000];
  static uint8_t tag[500];
  mill_tokens t = {0};
  mill_segment_options o = {.model = m};
  size_t n = 0;
  CHECK_EQ(mill_segment(mill_data_lexicon(data), s, strlen(s), &o, &t, NULL), 0);
  CHECK(t.n < sizeof tag);
  if (tags) CHECK_EQ(mill_tag(m, s, &t, tag, NULL), 0);
  for (size_t k = 0; k < t.n; k++)
    n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s%s%s", k > 0 ? " " : "",
                          (int)(t.start[k + 1] - t.start[k]), s + t.start[k], tags ? "/" : "",
                          tags ? tag[k] == MILL_NO_TAG ? "_" : mill_model_tag(m, tag[k]) : "");
  out[n] = 0;
  mill_tokens_free(&t);
  return out;
}

/* ---- the same integers -------------------------------------------------------------- */

typedef struct lab {
  train_sentences c;
  train_examples e;
  train_grams g;
  train_model m;
  train_pack pack;
  uint32_t order[64];
  window w;
  model_sight sight;
  model_view view;
} lab;

static void learn(lab *l, uint32_t lines) {
  mill_train_options o = {.seed = 7, .epochs = 6, .rate = 0.2, .l1 = 0.001};
  CHECK_EQ(sentences_read(&l->c, data, CORPUS, NULL), 0);
  CHECK_EQ(examples_ids(&l->c, l->pack.chars, l->pack.types), 0);
  CHECK_EQ(examples_make(&l->e, &l->c, mill_data_lexicon(data), l->pack.chars, l->pack.types), 0);
  CHECK_EQ(grams_collect(&l->g, &l->e, 1, 4), 0);
  CHECK_EQ(boundary_new(&l->m, l->g.n), 0);
  boundary_learn(&l->m, &l->e, &l->g, &o, l->order);
  CHECK_EQ(pack_boundary(&l->pack, &l->m, &l->g, lines), 0);
  l->view = (model_view){&l->pack.params, l->pack.chars, l->pack.types,
                         (const int16_t (*)[8])l->pack.units, l->pack.lines, l->pack.type_weight,
                         l->pack.path_weight, l->pack.span_weight, l->pack.pair_weight};
}

static size_t compare_sentence(lab *l, size_t s, size_t unit) {
  int32_t fast[WINDOW_UNITS + 1] = {0}, plain[WINDOW_UNITS + 1] = {0};
  const mill_lexicon *lx = mill_data_lexicon(data);
  uint32_t base = sentences_word_start(&l->c, l->c.first_word[s]);
  size_t n = l->c.word_end[l->c.first_word[s + 1] - 1] - base;
  window_fill(&l->w, lx, l->c.text + base, 0, n, 0);
  window_words(&l->w, lx);
  window_numerals(&l->w, lx, l->c.text + base);
  window_path(&l->w, 1);
  model_look(&l->sight, &l->w, lx, l->c.text + base, l->view.chars, l->view.types);
  model_score(&l->view, &l->sight, fast);
  model_score_portable(&l->view, &l->sight, plain);
  for (uint32_t t = 1; t < l->w.n; t++) {
    CHECK_EQ(fast[t], boundary_score(&l->m, &l->e, &l->g, unit + t));
    CHECK_EQ(plain[t], fast[t]);
  }
  return unit + l->w.n + MODEL_BEFORE;
}

static void test_same_scores(uint32_t lines) {
  lab *l = calloc(1, sizeof *l);
  if (l == NULL) exit(1);
  learn(l, lines);
  size_t unit = MODEL_BEFORE, kept[5] = {0};
  for (size_t i = 0; i < l->g.n; i++) kept[l->g.gram[i].level] += l->g.gram[i].kept;
  CHECK(kept[2] > 0 && kept[3] > 0 && kept[4] > 0);
  for (size_t s = 0; s < l->c.n_sentences; s++) unit = compare_sentence(l, s, unit);
  CHECK_EQ(unit, l->e.n);
  sentences_free(&l->c);
  examples_free(&l->e);
  grams_free(&l->g);
  boundary_free(&l->m);
  free(l);
}

static void test_arithmetic(void) {
  for (int i = -10; i <= 10; i++) {
    float product = train_exp((float)i) * train_exp((float)-i);
    CHECK(product > 0.9995f && product < 1.0005f);
  }
  CHECK(train_exp(1) > 2.71827f && train_exp(1) < 2.71830f);
  CHECK_EQ(train_round(1.26f, 2, 127), 3);
  CHECK_EQ(train_round(-1.26f, 2, 127), -3);
  CHECK_EQ(train_round(9e9f, 1, 127), 127);
}

/* ---- words and tags -------------------------------------------------------------------- */

static void test_words(void) {
  mill_model *m;
  mill_error err;
  if (!CHECK_EQ(mill_model_open(made, &m, &err), 0)) exit(1);
  CHECK_STR(mill_model_describe(m), "test");
  check_words(segmented(m, "张大海在河边种柳树。", 1), "张大海/PROPN 在/ADP 河边/NOUN 种/VERB 柳树/NOUN 。/PUNCT");
  check_words(segmented(m, "", 0), "");
  check_words(segmented(m, "见https://example.org/a?b=1 1,234.5元 30%", 0),
            "见 https://example.org/a?b=1   1,234.5 元   30%"); /* wholes stay whole */
  check_words(segmented(m, "一千二百三十四", 0), "一千二百三十四");
  check_words(segmented(m, "在 \n河边", 1), "在/ADP  /_ \n/_ 河边/NOUN");
  mill_model_free(m);
}

static void test_user_words(void) {
  mill_model *m;
  mill_score s;
  if (!CHECK_EQ(mill_model_open(made, &m, NULL), 0)) exit(1);
  CHECK_EQ(mill_evaluate(data, m, CORPUS, &s, NULL), 0);
  CHECK_EQ(s.gold, 90);
  CHECK(s.right > 83 && s.tagged > 83 && s.both > 80 && s.both <= s.right); /* seen in training */
  CHECK_EQ(mill_evaluate(data, NULL, CORPUS, &s, NULL), 0);
  CHECK(s.right < 88 && s.tagged == 0); /* the names are not in the lexicon */
  mill_model_free(m);
}

/* ---- files -------------------------------------------------------------------------------- */

static void test_determinism(void) {
  char other[] = "/tmp/test_model_XXXXXX";
  size_t n, m;
  close(mkstemp(other));
  train(other, 1);
  char *a = read_all(made, &n), *b = read_all(other, &m);
  CHECK(n == m && memcmp(a, b, n) == 0);
  free(b);
  train(other, 2);
  b = read_all(other, &m);
  CHECK(n != m || memcmp(a, b, n) != 0);
  CHECK(n <= 2u << 20);
  free(a);
  free(b);
  unlink(other);
}

static int opened(const char *bytes, size_t n, mill_error *err) {
  char path[] = "/tmp/test_model_XXXXXX";
  FILE *f = fdopen(mkstemp(path), "wb");
  if (f == NULL || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) exit(1);
  mill_model *m;
  int rc = mill_model_open(path, &m, err);
  CHECK((rc == 0) == (m != NULL));
  mill_model_free(m);
  unlink(path);
  return rc;
}

static void test_damage(void) {
  size_t n;
  mill_error err;
  uint64_t state = 5;
  char *s = read_all(made, &n);
  CHECK_EQ(opened(s, n, &err), 0);
  for (size_t cut = 0; cut < n; cut += n / 17) CHECK(opened(s, cut, &err) < 0 && err.message[0] != 0);
  for (int i = 0; i < 200; i++) {
    size_t at = i < 100 ? (size_t)i * 4 : check_below(&state, (uint32_t)n);
    s[at] ^= 0x10;
    CHECK(opened(s, n, &err) < 0 && err.message[0] != 0);
    s[at] ^= 0x10;
  }
  mill_model *m;
  CHECK_EQ(mill_model_open("/nowhere/model.dat", &m, &err), MILL_ENOTFOUND);
  free(s);
}

static void write_text(const char *path, const char *s) {
  FILE *f = fopen(path, "wb");
  if (f == NULL || fputs(s, f) < 0 || fclose(f) != 0) exit(1);
}

static void test_bad_input(void) {
  char words[40] = "/tmp/test_model_XXXXXX", out[] = "/tmp/test_model_XXXXXX";
  mill_error err;
  mill_train_options wrong = {.longest = 9};
  close(mkstemp(words));
  close(mkstemp(out));
  CHECK_EQ(mill_train(data, words, out, NULL, NULL, &err), MILL_EEMPTY);
  write_text(words, "好 的\n\xE5\xA5 x\n");
  CHECK_EQ(mill_train(data, words, out, NULL, NULL, &err), MILL_EUTF8);
  CHECK(strstr(err.message, "line 2") != NULL);
  write_text(words, "好\n"); /* nothing to learn, but a model all the same */
  CHECK_EQ(mill_train(data, words, out, NULL, NULL, &err), 0);
  CHECK_EQ(mill_train(data, words, out, &wrong, NULL, &err), MILL_EINVAL);
  CHECK_EQ(mill_train(data, words, "/nowhere/x.dat", NULL, NULL, &err), MILL_ENOTFOUND);
  CHECK_EQ(mill_train(data, "/nowhere/words", out, NULL, NULL, &err), MILL_ENOTFOUND);
  unlink(words);
  strcat(words, ".conllu");
  write_text(words, "1\t好\n");
  CHECK_EQ(mill_train(data, words, out, NULL, NULL, &err), MILL_EFORMAT);
  unlink(words);
  unlink(out);
}

int main(void) {
  mill_error err;
  if (!CHECK(mill_data_open(getenv("TEXTMILL_DATA"), &data, &err) == 0)) return 1;
  close(mkstemp(made));
  train(made, 1);
  test_arithmetic();
  test_same_scores(3000);
  test_same_scores(MODEL_MIN_LINES);
  test_words();
  test_user_words();
  test_determinism();
  test_damage();
  test_bad_input();
  unlink(made);
  mill_data_free(data);
  return check_report();
}
