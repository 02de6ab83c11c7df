/*
** lexicon_seams.h - the pairs of Han characters that stand side by side in some word of the
** lexicon, as core/lexicon.h draws them.
*/
#ifndef MILL_LEXICON_SEAMS_H
#define MILL_LEXICON_SEAMS_H

#include "../core/utf8.h"
#include "lexicon_build.h"

static void add_seam(uint32_t *seams, uint32_t *n, uint32_t key) {
  uint32_t slot = lex_seam_bucket(key);
  while (seams[slot] != 0 && seams[slot] != key) slot = (slot + 1) % LEX_SEAMS;
  *n += seams[slot] == 0;
  seams[slot] = key;
}

static uint32_t *make_seams(build *b) {
  uint32_t *seams = must(calloc(LEX_SEAMS, sizeof *seams)), n = 0;
  size_t len;
  for (size_t i = 0; i < b->n_words; i++) {
    const word *w = &b->words[i];
    uint32_t before = LEX_HANS;
    for (size_t at = 0; at < w->len; at += len) {
      uint32_t c = utf8_decode(w->text + at, &len) - LEX_HAN;
      if (before < LEX_HANS && c < LEX_HANS) add_seam(seams, &n, lex_seam_key(before, c));
      before = c;
    }
  }
  if (n > LEX_SEAMS / 4 * 3) die("too many pairs of characters", "");
  b->params.seams = (uint32_t)mill_hash64(seams, LEX_SEAMS * sizeof *seams, 0) | 1; /* never 0 */
  return seams;
}

#endif
