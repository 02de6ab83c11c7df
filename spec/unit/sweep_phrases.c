/* sweep_phrases.c - classes of words when memory is refused, at every request in turn. */
#include "alloc_sweep.h"
#include "core/phrases.h"

enum { MANY = 3000, LONGEST = 16 }; /* the table of words grows twice */

static int fill(phrase_words *w) {
  char word[LONGEST];
  for (int k = 0; k < MANY; k++) {
    int n = snprintf(word, sizeof word, "word%d", k);
    if (phrase_words_add(w, (enum phrase_class)(k % PHRASE_CLASSES), word, (size_t)n) < 0) return MILL_ENOMEM;
  }
  return 0;
}

static int classes(void) {
  phrase_words *w = phrase_words_new();
  int rc = w == NULL ? MILL_ENOMEM : fill(w);
  phrase_words_free(w);
  return rc;
}

int main(void) {
  sweep("classes of words", classes);
  return check_report();
}
