/* test_userwords.c - user words against a model: what the cheapest path over image
** and user words costs, found by trying every path; sharing; threads; hostile words. */
#include <pthread.h>
#include <stdlib.h>

#include "check.h"
#include "core/data.h"
#include "core/userwords.h"

static mill_data *data;
static mill_tokens t;
static char joined[4096];

static const char *words_of(const mill_userwords *u, const char *s) {
  mill_segment_options o = {.user = u};
  size_t at = 0;
  CHECK_EQ(mill_segment(mill_data_lexicon(data), s, strlen(s), &o, &t, NULL), 0);
  for (size_t k = 0; k < t.n; k++) {
    size_t len = t.start[k + 1] - t.start[k];
    if (k > 0) joined[at++] = '|';
    memcpy(joined + at, s + t.start[k], len);
    at += len;
  }
  joined[at] = 0;
  return joined;
}

static mill_userwords *new_words(void) {
  mill_userwords *u = NULL;
  CHECK_EQ(mill_userwords_new(data, &u, NULL), 0);
  return u;
}

static int add(mill_userwords *u, const char *word) {
  return mill_userwords_add(u, word, strlen(word), NULL, NULL);
}

static void test_ids(void) {
  mill_userwords *u = new_words();
  mill_user_entry e;
  mill_user_word o = {.classes = "checkpoint measure gate", .tag = MILL_TAG_NS};
  CHECK_EQ(mill_userwords_add(u, "勸返點", strlen("勸返點"), &o, NULL), 0);
  CHECK_STR(words_of(u, "设劝返点"), "设|劝返点");
  CHECK_EQ(t.word[1], mill_lexicon_count(mill_data_lexicon(data)));
  CHECK_EQ(t.tag[1], MILL_TAG_NS);
  CHECK_EQ(t.kind[1], MILL_KIND_HAN);
  CHECK_EQ(mill_userwords_find(u, "劝返点", strlen("劝返点"), &e), 1);
  CHECK(e.id == t.word[1] && e.word && !e.force && e.classes == MILL_CLASS_MEASURE);
  CHECK_STR(mill_userwords_class(u, e.id, 0), "gate");
  CHECK_STR(mill_userwords_class(u, e.id, 1), "checkpoint");
  CHECK(mill_userwords_class(u, e.id, 2) == NULL && mill_userwords_class(u, 5, 0) == NULL);
  CHECK_EQ(mill_userwords_find(u, "劝返", strlen("劝返"), &e), 0);
  mill_userwords_free(u);
}

/* A token that only bears a class leaves the text as it is cut. */
static void test_only_class(void) {
  mill_userwords *u = new_words();
  mill_user_word o = {.classes = "gate", .only_class = 1};
  CHECK_EQ(mill_userwords_add(u, "劝返点", strlen("劝返点"), &o, NULL), 0);
  CHECK_STR(words_of(u, "设劝返点"), "设|劝返|点");
  mill_userwords_free(u);
}

static void test_sharing(void) {
  mill_userwords *u = new_words(), *other;
  CHECK_EQ(add(u, "劝返点"), 0);
  other = mill_userwords_share(u);
  CHECK_EQ(mill_userwords_own(&other, NULL), 0);
  CHECK(other != u);
  CHECK_EQ(mill_userwords_remove(other, "劝返点", strlen("劝返点"), NULL), 1);
  CHECK_EQ(add(other, "设劝"), 0);
  CHECK_STR(words_of(u, "设劝返点"), "设|劝返点");
  CHECK_STR(words_of(other, "设劝返点"), "设劝|返|点");
  mill_userwords_free(u);
  CHECK_EQ(mill_userwords_own(&other, NULL), 0); /* alone: nothing to copy */
  CHECK_STR(words_of(other, "设劝返点"), "设劝|返|点");
  mill_userwords_free(other);
}

/* ---- the cheapest path, by brute force over two letters ----------------------- */

/* Cost of the cheapest way to put s together from these words and single x. */
static double model(const char *s, size_t n, char words[][8], const double *cost, uint32_t n_words) {
  double best[32];
  best[0] = 0;
  for (size_t i = 1; i <= n; i++) {
    best[i] = 1e9;
    for (uint32_t k = 0; k < n_words; k++) {
      size_t len = strlen(words[k]);
      if (len <= i && memcmp(s + i - len, words[k], len) == 0 && best[i - len] + cost[k] < best[i])
        best[i] = best[i - len] + cost[k];
    }
  }
  return best[n];
}

/* Words of signs, which the image does not join: so all edges but single ones are ours. */
static void test_cheapest(void) {
  uint64_t state = 11;
  for (int round = 0; round < 300; round++) {
    mill_userwords *u = new_words();
    char words[12][8] = {"+", "("}, text[25] = "";
    double cost[12];
    const double single = mill_data_lexicon(data)->params->run_cost;
    cost[0] = cost[1] = single;
    uint32_t n = 2;
    while (n < 10) {
      uint32_t len = 2 + check_below(&state, 5);
      for (uint32_t i = 0; i < len; i++) words[n][i] = check_below(&state, 2) ? '+' : '(';
      words[n][len] = 0;
      mill_user_word o = {.weight = 1 + check_below(&state, 100000)};
      mill_user_entry e;
      if (mill_userwords_find(u, words[n], len, &e)) continue;
      CHECK_EQ(mill_userwords_add(u, words[n], len, &o, NULL), 0);
      cost[n++] = userwords_weight_cost(u, o.weight);
    }
    for (int i = 0; i < 24; i++) text[i] = check_below(&state, 2) ? '+' : '(';
    words_of(u, text);
    double found = 0;
    for (size_t k = 0; k < t.n; k++)
      for (uint32_t w = 0; w < n; w++)
        if (strlen(words[w]) == t.start[k + 1] - t.start[k] &&
            memcmp(text + t.start[k], words[w], strlen(words[w])) == 0)
          found += cost[w];
    double best = model(text, 24, words, cost, n);
    CHECK(found - best < 0.5 && best - found < 0.5);
    mill_userwords_free(u);
  }
}

static void test_hostile(void) {
  mill_userwords *u = new_words();
  char text[4000], word[256];
  memset(text, 'a', sizeof text);
  for (size_t n = 1; n <= 255; n++) {
    memset(word, 'a', n);
    mill_user_word o = {.force = n % 2};
    CHECK_EQ(mill_userwords_add(u, word, n, &o, NULL), 0);
  }
  CHECK_EQ(mill_userwords_add(u, "\xFF", 1, NULL, NULL), MILL_EUTF8);
  CHECK_EQ(mill_userwords_add(u, "", 0, NULL, NULL), MILL_EINVAL);
  CHECK_EQ(mill_userwords_remove(u, "", 0, NULL), MILL_EINVAL);
  mill_segment_options o = {.user = u};
  CHECK_EQ(mill_segment(mill_data_lexicon(data), text, sizeof text, &o, &t, NULL), 0);
  CHECK_EQ(t.n, 1); /* letters are not parted */
  for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i * 7);
  CHECK_EQ(mill_segment(mill_data_lexicon(data), text, sizeof text, &o, &t, NULL), 0);
  CHECK_EQ(t.start[t.n], sizeof text);
  CHECK_EQ(mill_userwords_load(u, "\xEF\xBB\xBF\n a \n\r\n#\n 5 n\n\t\t", 19, "x", NULL), 2);
  mill_error err;
  CHECK_EQ(mill_userwords_load(u, "a\nb\t-1\n", 7, "words", &err), MILL_EINVAL);
  CHECK_STR(err.message, "words:2: '-1' is no frequency");
  mill_userwords_free(u);
}

/* ---- threads ------------------------------------------------------------------ */

static mill_userwords *shared;

static void *segment_alone(void *arg) {
  uint64_t *hash = arg;
  mill_tokens own = {0};
  static const char s[] = "设劝返点70处,装windows 11,三有一可,设立检测卡口";
  mill_segment_options o = {.user = shared};
  for (int k = 0; k < 300; k++) {
    mill_userwords *held = mill_userwords_share(shared);
    if (mill_segment(mill_data_lexicon(data), s, sizeof s - 1, &o, &own, NULL) < 0) *hash = 1;
    *hash = mill_hash64(own.start, own.n * sizeof *own.start, *hash);
    mill_userwords_free(held);
  }
  mill_tokens_free(&own);
  return NULL;
}

static void test_threads(void) {
  pthread_t threads[4];
  uint64_t hash[4] = {0};
  shared = new_words();
  add(shared, "劝返点");
  add(shared, "windows 11");
  add(shared, "三有一可");
  for (int i = 0; i < 4; i++) CHECK_EQ(pthread_create(&threads[i], NULL, segment_alone, &hash[i]), 0);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  CHECK(hash[0] > 1 && hash[1] == hash[0] && hash[2] == hash[0] && hash[3] == hash[0]);
  mill_userwords_free(shared);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0)
    return fprintf(stderr, "%s\n", err.message), 1;
  test_ids();
  test_only_class();
  test_sharing();
  test_cheapest();
  test_hostile();
  test_threads();
  mill_tokens_free(&t);
  mill_data_free(data);
  return check_report();
}
