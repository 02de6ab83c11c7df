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
