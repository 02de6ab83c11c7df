/* pending.c - weak stand-ins so that every part links while it is being built. */
#include "data.h"

#define WEAK __attribute__((weak))
#define ATTACH(n)                                                         \
  WEAK int n##_attach(mill_data *d, const char *dir, mill_error *err) {   \
    (void)d, (void)dir, (void)err;                                        \
    return 0;                                                             \
  }                                                                       \
  WEAK void n##_detach(mill_data *d) { (void)d; }
ATTACH(unicode)
ATTACH(lexicon)
ATTACH(places)
ATTACH(calendar)

/* recognize.c: tokens with a value are numbers, nothing else is recognised. */
WEAK int mill_recognizer_by_name(const char *name) { return (void)name, -1; }
WEAK int mill_recognize(const mill_view *v, enum mill_recognizer what, uint32_t at, mill_found *out) {
  const mill_tokens *t = v->tokens;
  if (what != MILL_REC_NUMBER || t->value[at] >= t->n_values) return 0;
  *out = (mill_found){.n_tokens = 1, .number = t->values[t->value[at]], .place = MILL_NONE};
  return 1;
}
