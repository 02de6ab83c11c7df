/* sweep_model.c - training, opening, segmenting and tagging when memory is refused. */
#include <unistd.h>

#include "alloc_sweep.h"
#include "core/data.h"

static char image[] = "/tmp/sweep_model_XXXXXX";
static mill_data *data;

static int use(const mill_model *m) {
  static const char text[] = "张大海在河边种柳树。";
  uint8_t tags[sizeof text];
  mill_tokens t = {0};
  mill_segment_options o = {.model = m};
  int rc = mill_segment(mill_data_lexicon(data), text, sizeof text - 1, &o, &t, NULL);
  if (rc == 0) rc = mill_tag(m, text, &t, tags, NULL);
  mill_tokens_free(&t);
  return rc;
}

static int open_and_use(void) {
  mill_model *m;
  mill_score s;
  int rc = mill_model_open(image, &m, NULL);
  if (rc == 0) rc = use(m);
  if (rc == 0) rc = mill_evaluate(data, m, "spec/fixtures/segmented.conllu", &s, NULL);
  mill_model_free(m);
  return rc;
}

static int train(void) {
  mill_train_options o = {.epochs = 1, .tag_epochs = 1, .lines = 1024};
  return mill_train(data, "spec/fixtures/segmented.conllu", image, &o, NULL, NULL);
}

int main(void) {
  if (!CHECK(mill_data_open(getenv("TEXTMILL_DATA"), &data, NULL) == 0)) return 1;
  close(mkstemp(image));
  sweep("train", train);
  sweep("model", open_and_use);
  unlink(image);
  mill_data_free(data);
  return check_report();
}
