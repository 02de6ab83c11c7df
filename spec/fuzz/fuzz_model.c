/*
** fuzz_model.c - a model image of any content, its checksums passed over: what is
** refused is refused; what is taken cuts any text into tokens that tile it.
** Input: a step, then (where, byte) pairs that damage a trained image, 0, text.
*/
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/model.h"
#include "core/tagger.h"
#include "textmill.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

static mill_data *data;
static char *good;
static size_t good_len;

static void train_one(void) {
  char path[] = "/tmp/fuzz_model_XXXXXX";
  mill_train_options o = {.min_count = 1, .longest = 4};
  MUST(mill_data_open(getenv("TEXTMILL_DATA"), &data, NULL) == 0);
  close(mkstemp(path));
  MUST(mill_train(data, "spec/fixtures/segmented.conllu", path, &o, NULL, NULL) == 0);
  MUST(mill_read_file(path, 1u << 24, &good, &good_len, NULL) == 0);
  unlink(path);
}

static void use(const mill_model *m, const char *s, size_t n) {
  static mill_tokens t;
  static uint8_t tags[8192];
  mill_segment_options o = {.model = m};
  MUST(mill_segment(mill_data_lexicon(data), s, n, &o, &t, NULL) == 0);
  MUST(t.start[0] == 0 && t.start[t.n] == n && t.n < sizeof tags);
  for (size_t k = 0; k < t.n; k++) MUST(t.start[k] < t.start[k + 1]);
  if (m->tagger == NULL) return;
  MUST(mill_tag(m, s, &t, tags, NULL) == 0);
  for (size_t k = 0; k < t.n; k++) MUST(tags[k] == MILL_NO_TAG || mill_model_tag(m, tags[k]) != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  static uint64_t *image; /* aligned, as a mapped file is */
  if (data == NULL) train_one();
  if (image == NULL) image = calloc(good_len / 8 + 9, 8);
  if (image == NULL || n < 2) return 0;
  memcpy(image, good, good_len);
  size_t i = 1, at = 136, step = 1 + (size_t)bytes[0] * bytes[0] * 8;
  for (; i + 1 < n && bytes[i] != 0; i += 2) {
    at = (at + bytes[i] * step) % good_len;
    ((unsigned char *)image)[at] ^= bytes[i + 1];
  }
  mill_model m = {.image = {.bytes = (const unsigned char *)image, .len = good_len}};
  const uint32_t *sections = image ? (const uint32_t *)(const void *)((const char *)image + 44) : NULL;
  if (*sections > 24) return 0; /* what mill_image_open has checked */
  for (uint32_t k = 0; k < *sections; k++) {
    uint64_t entry[2];
    memcpy(entry, (const char *)image + 136 + k * 32 + 16, sizeof entry);
    if (entry[0] % 64 != 0 || entry[0] > good_len || entry[1] > good_len - entry[0]) return 0;
  }
  if (model_attach(&m.view, &m.image, NULL) == 0 && tagger_attach(&m.tagger, &m.image, NULL) == 0)
    use(&m, (const char *)bytes + (i < n ? i : n), i < n ? n - i : 0);
  tagger_detach(m.tagger);
  return 0;
}
