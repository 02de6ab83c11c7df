/*
** evaluate.c - words and tags of a model beside those of a file. A sentence is
** segmented as one piece of folded text.
*/
#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/error.h"
#include "train.h"

typedef struct judge {
  const mill_data *data;
  const mill_model *model;
  const train_sentences *gold;
  uint8_t tag[64];    /* the model's number of each tag of the file; MILL_NO_TAG none */
  mill_tokens tokens;
  uint8_t *tags; uint32_t tags_room;
} judge;

/* The model's numbers of the file's tags. */
static void match_tags(judge *j) {
  memset(j->tag, MILL_NO_TAG, sizeof j->tag);
  for (uint32_t i = 0; i < j->gold->n_tags; i++)
    for (uint32_t k = 0; mill_model_tag(j->model, k) != NULL; k++)
      if (strcmp(mill_model_tag(j->model, k), j->gold->tag_name[i]) == 0) j->tag[i] = (uint8_t)k;
}

static uint32_t gold_tag(const judge *j, size_t word) {
  return j->gold->tag[word] == 255 ? 256 : j->tag[j->gold->tag[word]];
}

static int judge_words(judge *j, size_t sentence, mill_score *sum, mill_error *err) {
  const train_sentences *c = j->gold;
  size_t g = c->first_word[sentence], end = c->first_word[sentence + 1];
  uint32_t base = sentences_word_start(c, g);
  mill_segment_options o = {.model = j->model};
  int tagging = j->model != NULL && j->model->tagger != NULL;
  int rc = mill_segment(mill_data_lexicon(j->data), c->text + base, c->word_end[end - 1] - base, &o,
                        &j->tokens, err);
  if (rc == 0 && tagging && mill_grow(&j->tags, &j->tags_room, j->tokens.n + 1, 1) < 0)
    rc = mill_fail_memory(err);
  if (rc == 0 && tagging) rc = mill_tag(j->model, c->text + base, &j->tokens, j->tags, err);
  sum->gold += end - g;
  for (size_t k = 0; rc == 0 && k < j->tokens.n; k++) {
    uint32_t from = base + j->tokens.start[k], to = base + j->tokens.start[k + 1];
    while (g < end && c->word_end[g] < to) g++;
    sum->found++;
    if (g == end || c->word_end[g] != to || sentences_word_start(c, g) != from) continue;
    sum->right++;
    sum->both += tagging && j->tags[k] == gold_tag(j, g);
  }
  return rc;
}

/* Tags of the gold words. */
static void judge_tags(const judge *j, size_t sentence, const tagger_token *word, mill_score *sum) {
  const size_t from = j->gold->first_word[sentence], to = j->gold->first_word[sentence + 1];
  const tagger_token edge = tagger_edge();
  uint32_t tag1 = TAGGER_EDGE, tag2 = TAGGER_EDGE, keys[TAGGER_FEATURES];
  for (size_t i = from; i < to; i++) {
    uint32_t n = tagger_keys(i > from ? &word[i - 1] : &edge, &word[i],
                             i + 1 < to ? &word[i + 1] : &edge, tag1, tag2, keys);
    tag2 = tag1;
    tag1 = tagger_choose(j->model->tagger, keys, n);
    sum->tagged += tag1 == gold_tag(j, i);
  }
}

static int judge_all(judge *j, mill_score *out, mill_error *err) {
  int rc = 0;
  tagger_token *word = NULL;
  if (j->model != NULL && j->model->tagger != NULL) {
    match_tags(j);
    if ((word = mem_calloc(j->gold->n_words, sizeof *word)) == NULL) return mill_fail_memory(err);
    tags_columns(j->gold, mill_data_lexicon(j->data), word);
  }
  for (size_t s = 0; rc == 0 && s < j->gold->n_sentences; s++) {
    rc = judge_words(j, s, out, err);
    if (word != NULL) judge_tags(j, s, word, out);
  }
  mem_free(word);
  return rc;
}

int mill_evaluate(const mill_data *d, const mill_model *model, const char *words, mill_score *out,
                  mill_error *err) {
  train_sentences gold = {0};
  judge j = {.data = d, .model = model, .gold = &gold};
  memset(out, 0, sizeof *out);
  int rc = sentences_read(&gold, d, words, err);
  if (rc == 0) rc = judge_all(&j, out, err);
  mem_free(j.tags);
  mill_tokens_free(&j.tokens);
  sentences_free(&gold);
  return rc;
}
