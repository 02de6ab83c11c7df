/* sweep_userwords.c - user words when memory is refused. */
#include "alloc_sweep.h"
#include "core/data.h"

static mill_data *data;

static int load(void) {
  static const char file[] = "劝返点 3 ns\nwindows 11 5 nz\n三有一可\n检测 0\n一网统管\n";
  static const char text[] = "设劝返点,装windows 11,检测三有一可";
  mill_userwords *u = NULL, *copy = NULL;
  mill_tokens t = {0};
  mill_user_word o = {.force = 1, .classes = "gate measure post"};
  mill_segment_options with = {0};
  int rc = mill_userwords_new(data, &u, NULL);
  if (rc == 0) rc = mill_userwords_load(u, file, sizeof file - 1, "words", NULL);
  if (rc >= 0) rc = mill_userwords_add(u, "测三", 6, &o, NULL);
  if (rc >= 0) rc = mill_userwords_own(&(mill_userwords *){u}, NULL);
  if (rc >= 0) rc = mill_userwords_copy(u, &copy, NULL);
  if (rc >= 0) rc = mill_userwords_remove(copy, "windows 11", 10, NULL) < 0 ? MILL_ENOMEM : 0;
  with.user = copy;
  if (rc >= 0) rc = mill_segment(mill_data_lexicon(data), text, sizeof text - 1, &with, &t, NULL);
  mill_tokens_free(&t);
  mill_userwords_free(copy);
  mill_userwords_free(u);
  return rc < 0 ? rc : 0;
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, NULL) < 0) return 1;
  sweep("user words", load);
  mill_data_free(data);
  return check_report();
}
