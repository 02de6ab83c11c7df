/*
** threads_words.c - one lexicon, one object of user words and one model, shared by
** threads under ThreadSanitizer: every way of segmenting gives each thread what it
** gives alone, while one of them keeps changing a copy of the user words.
*/
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "textmill.h"

enum { THREADS = 4, ROUNDS = 40, WAYS = 4 };

static mill_data *data;
static mill_userwords *user;
static mill_model *model;
static uint64_t expected[WAYS];
static const char text[] = "全村设劝返点70处,北京大学研究生命的起源 windows 11,三百余名工作人员在中华人民共和国第十二条";

/* A hash of tokens and words in words; 0: it failed. */
static uint64_t segment(int way, mill_tokens *t, mill_subwords *parts, uint8_t *tags) {
  mill_segment_options o = {.user = way & 1 ? user : NULL, .model = way & 2 ? model : NULL};
  const mill_lexicon *lx = mill_data_lexicon(data);
  if (mill_segment(lx, text, sizeof text - 1, &o, t, NULL) < 0) return 0;
  if (mill_find_subwords(lx, o.user, text, t, parts, NULL) < 0) return 0;
  uint64_t hash = mill_hash64(t->start, (t->n + 1) * sizeof *t->start, 1);
  hash = mill_hash64(t->word, t->n * sizeof *t->word, hash);
  for (size_t k = 0; k < parts->n; k++)
    hash = mill_hash64(&parts->list[k].from, 3 * sizeof parts->list[k].from, hash);
  if (o.model == NULL || mill_model_tag(model, 0) == NULL) return hash;
  return mill_tag(model, text, t, tags, NULL) < 0 ? 0 : mill_hash64(tags, t->n, hash);
}

/* Adds a word to a copy; what the others segment with does not change. */
static int change_copy(int round) {
  char word[32];
  mill_userwords *mine = mill_userwords_share(user);
  int n = snprintf(word, sizeof word, "新词%d号", round);
  int rc = mill_userwords_own(&mine, NULL);
  if (rc >= 0) rc = mill_userwords_add(mine, word, (size_t)n, NULL, NULL);
  mill_userwords_free(mine);
  return rc;
}

typedef struct worker { int number; long wrong; } worker;

static void *work(void *arg) {
  worker *me = arg;
  mill_tokens t = {0};
  mill_subwords parts = {0};
  uint8_t tags[sizeof text];
  for (int round = 0; round < ROUNDS; round++) {
    for (int way = 0; way < WAYS; way++) me->wrong += segment(way, &t, &parts, tags) != expected[way];
    if (me->number == 0) me->wrong += change_copy(round) < 0;
  }
  mill_tokens_free(&t);
  mill_subwords_free(&parts);
  return NULL;
}

static void open_all(void) {
  static char path[] = "/tmp/threads_words_XXXXXX";
  mill_train_options o = {.epochs = 2, .min_count = 1, .name = "test"};
  int file = mkstemp(path);
  CHECK_EQ(mill_data_open(getenv("TEXTMILL_DATA"), &data, NULL), 0);
  CHECK(file >= 0 && close(file) == 0);
  CHECK_EQ(mill_train(data, "spec/fixtures/segmented.conllu", path, &o, NULL, NULL), 0);
  CHECK_EQ(mill_model_open(path, &model, NULL), 0);
  unlink(path);
  CHECK_EQ(mill_userwords_new(data, &user, NULL), 0);
  mill_user_word force = {.force = 1};
  CHECK_EQ(mill_userwords_add(user, "劝返点", strlen("劝返点"), NULL, NULL), 0);
  CHECK_EQ(mill_userwords_add(user, "windows 11", strlen("windows 11"), &force, NULL), 0);
}

int main(void) {
  pthread_t threads[THREADS];
  worker workers[THREADS] = {{0}};
  mill_tokens t = {0};
  mill_subwords parts = {0};
  uint8_t tags[sizeof text];
  open_all();
  for (int way = 0; way < WAYS; way++) CHECK((expected[way] = segment(way, &t, &parts, tags)) != 0);
  CHECK(expected[0] != expected[1] && expected[0] != expected[2]);
  for (int k = 0; k < THREADS; k++) {
    workers[k].number = k;
    CHECK_EQ(pthread_create(&threads[k], NULL, work, &workers[k]), 0);
  }
  for (int k = 0; k < THREADS; k++) {
    pthread_join(threads[k], NULL);
    CHECK_EQ(workers[k].wrong, 0);
  }
  mill_tokens_free(&t);
  mill_subwords_free(&parts);
  mill_userwords_free(user);
  mill_model_free(model);
  mill_data_free(data);
  return check_report();
}
