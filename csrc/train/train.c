/* train.c - mill_train: a file of segmented text to a model image. */
#include <stdio.h>
#include <string.h>

#include "../core/alloc.h"
#include "../core/error.h"
#include "train.h"

typedef struct job {
  train_sentences sentences;
  train_examples examples;
  train_grams grams;
  train_model model;
  train_pack *pack;
  train_tags tags;
  uint32_t *order;
} job;

static void job_free(job *j) {
  sentences_free(&j->sentences);
  examples_free(&j->examples);
  grams_free(&j->grams);
  boundary_free(&j->model);
  tags_free(&j->tags);
  mem_free(j->pack);
  mem_free(j->order);
}

static int learn_words(job *j, const mill_data *d, const mill_train_options *o) {
  j->pack = mem_calloc(1, sizeof *j->pack);
  if (j->pack == NULL || examples_ids(&j->sentences, j->pack->chars, j->pack->types) < 0 ||
      examples_make(&j->examples, &j->sentences, mill_data_lexicon(d), j->pack->chars,
                    j->pack->types) < 0 ||
      grams_collect(&j->grams, &j->examples, o->min_count, o->longest) < 0 ||
      boundary_new(&j->model, j->grams.n) < 0)
    return MILL_ENOMEM;
  j->order = mem_malloc((j->examples.n_windows + 1) * sizeof *j->order);
  if (j->order == NULL) return MILL_ENOMEM;
  boundary_learn(&j->model, &j->examples, &j->grams, o, j->order);
  return pack_boundary(j->pack, &j->model, &j->grams, o->lines);
}

/* Tags, where the text has them. */
static int learn_tags(job *j, const mill_data *d, const mill_train_options *o, mill_error *err) {
  if (j->sentences.n_tags == 0) return 0;
  uint32_t *order = mem_realloc(j->order, (j->sentences.n_sentences + 1) * sizeof *order);
  if (order == NULL) return mill_fail_memory(err);
  j->order = order;
  return tags_learn(&j->tags, &j->sentences, mill_data_lexicon(d), o, j->order, err);
}

static int write_image(job *j, const mill_train_options *o, const char *path, mill_error *err) {
  mill_image_writer w = {.kind = "model"};
  snprintf(w.description, sizeof w.description, "%.40s", o->name != NULL ? o->name : "trained here");
  pack_sections(j->pack, &w);
  if (j->tags.n_tags > 0) tags_sections(&j->tags, &w);
  return mill_image_write(&w, path, err);
}

/* What is left at 0 gets its usual value. */
static mill_train_options defaults(const mill_train_options *given) {
  mill_train_options o = {0};
  if (given != NULL) o = *given;
  if (o.epochs == 0) o.epochs = 8;
  if (o.min_count == 0) o.min_count = 2;
  if (o.longest == 0) o.longest = 3;
  if (o.tag_epochs == 0) o.tag_epochs = 8;
  if (o.tag_rows == 0) o.tag_rows = 66000;
  if (o.rate == 0) o.rate = 0.2;
  if (o.l1 == 0) o.l1 = 0.01;
  if (o.seed == 0) o.seed = 1;
  return o;
}

int mill_train(const mill_data *d, const char *words, const char *path,
               const mill_train_options *options, mill_train_report *report, mill_error *err) {
  mill_train_options o = defaults(options);
  if (o.longest > 4 || o.longest < 2 ||
      (o.lines != 0 && (o.lines < MODEL_MIN_LINES || o.lines > MODEL_MAX_LINES)))
    return mill_fail(err, MILL_EINVAL, 0, "longest is 2 to 4, lines %u to %u", MODEL_MIN_LINES,
                     MODEL_MAX_LINES);
  job j = {0};
  int rc = sentences_read(&j.sentences, d, words, err);
  if (rc == 0 && o.lines == 0) o.lines = j.sentences.n_tags > 0 ? 7000 : 25000; /* < 2 MB with all */
  if (rc == 0 && (rc = learn_words(&j, d, &o)) < 0) mill_fail_memory(err);
  if (rc == 0) rc = learn_tags(&j, d, &o, err);
  if (rc == 0) rc = write_image(&j, &o, path, err);
  if (report != NULL) {
    *report = (mill_train_report){.sentences = j.sentences.n_sentences, .words = j.sentences.n_words,
                                  .units = j.examples.n, .sequences = j.grams.n};
    for (size_t i = 0; i < j.grams.n; i++) report->kept += j.grams.gram[i].kept;
  }
  job_free(&j);
  return rc;
}
