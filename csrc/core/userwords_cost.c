/*
** userwords_cost.c - what a user word costs on a path. Costs are those of the
** image, -log(p) * 2000, and a weight is a frequency in the image's own counts.
**
** A word without a weight costs as much as the commonest word of the image, or
** a step less than its parts where these are cheaper still: against its parts it
** always wins, against a word that crosses its edge nearly always.
** (jieba's suggest_freq has the second half of this idea.)
*/
#include "userwords.h"

#include <math.h>

#include "alloc.h"
#include "error.h"

uint32_t userwords_path_cost(mill_userwords *u, const char *s, size_t n) {
  const mill_lexicon *lx = mill_data_lexicon(u->data);
  window *w = u->scratch;
  window_fill(w, lx, s, 0, n, 0);
  if (w->n == 0) return 0;
  window_words(w, lx);
  window_numerals(w, lx, s);
  window_path(w, 0);
  return w->best[0] >> 5;
}

int userwords_costs(mill_userwords *u, mill_error *err) {
  mill_word top;
  if (u->scratch == NULL && (u->scratch = mem_malloc(sizeof *u->scratch)) == NULL)
    return mill_fail_memory(err);
  if (u->total > 0) return 0;
  u->total = 1;
  char text[264] = ""; /* what reads it may look past its end */
  if (mill_lexicon_word(mill_data_lexicon(u->data), 0, &top) <= 0) return 0;
  memcpy(text, top.text, top.len);
  u->total = top.frequency * exp(userwords_path_cost(u, text, top.len) / LEX_COST_SCALE);
  return 0;
}

uint32_t userwords_weight_cost(const mill_userwords *u, uint32_t weight) {
  double cost = -log(weight / u->total) * LEX_COST_SCALE;
  if (!(cost > 0)) return 0;
  return cost < LEX_NO_COST - 1 ? (uint32_t)cost : LEX_NO_COST - 1;
}

uint32_t userwords_default_cost(mill_userwords *u, const char *s, size_t n) {
  mill_word top;
  uint32_t parts = userwords_path_cost(u, s, n), cost = LEX_NO_COST - 1;
  if (mill_lexicon_word(mill_data_lexicon(u->data), 0, &top) > 0)
    cost = userwords_weight_cost(u, top.frequency);
  if (parts > 0 && parts - 1 < cost) cost = parts - 1;
  return cost;
}
