/*
** words_ours.c - textmill as an engine of `make bench-words` (words_engine.h):
**
**   dict   mill_segment of folded text: words, tags, kinds, numbers' values
**   fold   any text: folded and segmented, spans brought back through the map
**   model  as fold, with the trained model that $MODEL names
**
** The images are in $DATA.
*/
#include "textmill.h"
#include "words_engine.h"

static mill_data *data;
static mill_model *model;
static mill_tokens tokens;

static void open_images(void) {
  mill_error err;
  const char *path = getenv("MODEL");
  if (mill_data_open(getenv("DATA"), &data, &err) < 0) engine_die(err.message);
  if (path != NULL && mill_model_open(path, &model, &err) < 0) engine_die(err.message);
}

static char *fold(char *text, size_t *n) {
  char *folded;
  mill_error err;
  if (mill_normalize(data, MILL_FOLD, text, *n, &folded, n, NULL, &err) < 0) engine_die(err.message);
  free(text);
  return folded;
}

static size_t cut_folded(const char *s, size_t n, cut_list *out) {
  if (mill_segment(mill_data_lexicon(data), s, n, NULL, &tokens, NULL) < 0) engine_die("segmenting failed");
  for (size_t k = 0; out != NULL && k < tokens.n; k++) cut_add(out, tokens.start[k], tokens.start[k + 1]);
  return tokens.n;
}

static size_t cut_any(const char *s, size_t n, cut_list *out) {
  char *folded;
  mill_map *map;
  mill_error err;
  mill_segment_options o = {.model = model};
  if (mill_normalize(data, MILL_FOLD, s, n, &folded, &n, &map, &err) < 0 ||
      mill_segment(mill_data_lexicon(data), folded, n, &o, &tokens, &err) < 0)
    engine_die(err.message);
  uint32_t done = 0;
  size_t count = 0;
  for (size_t k = 0; k < tokens.n; k++) {
    mill_span w = mill_map_from(map, (mill_span){tokens.start[k], tokens.start[k + 1]});
    if (w.to <= w.from || w.from < done) continue; /* one character that folds to several words */
    done = w.to;
    count++;
    if (out != NULL) cut_add(out, w.from, w.to);
  }
  mill_map_free(map);
  free(folded);
  return count;
}

int main(int argc, char **argv) {
  static const engine all[] = {{"dict", open_images, fold, cut_folded},
                               {"fold", open_images, NULL, cut_any},
                               {"model", open_images, NULL, cut_any}};
  return engine_main(all, sizeof all / sizeof *all, argc, argv);
}
