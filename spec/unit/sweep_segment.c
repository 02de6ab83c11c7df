/* sweep_segment.c - opening the lexicon and segmenting when memory is refused. */
#include "alloc_sweep.h"
#include "core/data.h"

static char text[20000];

static int segment(void) {
  mill_data d = {0};
  mill_tokens t = {0};
  mill_subwords parts = {0};
  int rc = lexicon_attach(&d, getenv("TEXTMILL_DATA"), NULL);
  if (rc == 0) rc = mill_segment(mill_data_lexicon(&d), text, 2000, NULL, &t, NULL);
  if (rc == 0) rc = mill_segment(mill_data_lexicon(&d), text, sizeof text, NULL, &t, NULL);
  if (rc == 0) rc = mill_find_subwords(mill_data_lexicon(&d), NULL, text, &t, &parts, NULL);
  mill_subwords_free(&parts);
  mill_tokens_free(&t);
  lexicon_detach(&d);
  mill_image_close(&d.lexicon);
  return rc;
}

int main(void) {
  static const char sample[] = "村里设立3个北京大学卡口,12人a 川に橋を作り,ไทยง่าย ";
  for (size_t i = 0; i < sizeof text; i++) text[i] = sample[i % (sizeof sample - 1)];
  sweep("segment", segment);
  return check_report();
}
