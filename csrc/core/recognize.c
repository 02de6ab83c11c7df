/* recognize.c - mill_recognize: one entry for all recognisers, see rec.h. */
#include "lexicon.h"
#include "rec.h"
#include "userwords.h"

void rec_clear(mill_found *out) {
  memset(out, 0, sizeof *out);
  out->place = MILL_NONE;
}

uint32_t rec_classes(const mill_view *v, uint32_t k) {
  const mill_lexicon *lx = mill_data_lexicon(v->data);
  if (k >= v->tokens->n || lx == NULL) return 0;
  uint32_t word = v->tokens->word[k];
  const user_entry *own = userwords_of_id(v->user, word);
  if (own != NULL) return own->classes;
  return word < mill_lexicon_count(lx) ? lexicon_classes(lx, word) : 0;
}

uint32_t rec_frequency(const mill_view *v, uint32_t k) {
  const mill_lexicon *lx = mill_data_lexicon(v->data);
  mill_word w;
  if (k >= v->tokens->n || lx == NULL || v->tokens->word[k] == MILL_NONE) return 0;
  return mill_lexicon_word(lx, v->tokens->word[k], &w) > 0 ? w.frequency : 0;
}

uint32_t rec_chars(const mill_view *v, uint32_t k) {
  uint32_t n = 0;
  for (size_t i = 0, len = rec_len(v, k); i < len; i++)
    n += !utf8_is_tail((unsigned char)rec_text(v, k)[i]);
  return n;
}

uint32_t rec_tokens(const mill_view *v, uint32_t at, size_t bytes) {
  const uint32_t *start = v->tokens->start;
  uint32_t k = at;
  while (k < rec_count(v) && start[k] - start[at] < bytes) k++;
  return start[k] - start[at] == bytes ? k - at : 0;
}

size_t rec_window(const mill_view *v, uint32_t at) {
  uint32_t k = at;
  while (k < rec_count(v) && v->tokens->kind[k] != MILL_KIND_BREAK &&
         v->tokens->start[k] - v->tokens->start[at] < REC_BYTES)
    k++;
  return v->tokens->start[k] - v->tokens->start[at];
}

int mill_recognize(const mill_view *v, enum mill_recognizer what, uint32_t at, mill_found *out) {
  static int (*const families[MILL_REC_COUNT])(const mill_view *, uint32_t, mill_found *) = {
      rec_number, rec_measure, rec_quantity, rec_date, rec_time,
      rec_person, rec_place,   rec_org,      rec_role};
  rec_clear(out);
  if ((unsigned)what >= MILL_REC_COUNT || at >= v->tokens->n) return 0;
  if (v->tokens->kind[at] == MILL_KIND_BLANK || v->tokens->kind[at] == MILL_KIND_BREAK) return 0;
  return families[what](v, at, out);
}
