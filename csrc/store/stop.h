/* stop.h - a query that must end before it is done: its time is over, or somebody
** has had enough. */
#ifndef MILL_STOP_H
#define MILL_STOP_H

#include <stdint.h>

#include "../core/error.h"

struct stop {
  double deadline;            /* seconds of the monotonic clock; 0: none */
  uint32_t max_ms;
  int (*ask)(void *context);  /* not 0: stop; NULL: nobody to ask */
  void *context;
  uint32_t calls;
  int code;                   /* MILL_ELIMIT or MILL_ECANCEL once it has stopped */
};

/* From now on. max_ms 0 and ask NULL: never. */
void stop_begin(struct stop *s, uint32_t max_ms, int (*ask)(void *), void *context);
/* 0, or the code that ends the query. Looks at the clock. */
int stop_look(struct stop *s);
/* The same, at every 32nd call: for inner loops. s may be NULL. */
static inline int stop_check(struct stop *s) {
  return s == NULL || (++s->calls & 31) != 0 ? 0 : stop_look(s);
}
/* Milliseconds that are left, at least a few; 0: as many as it takes. */
double stop_left(const struct stop *s);
/* Fills err for a code of the above; `doing`: "searching". Returns the code. */
int stop_fail(const struct stop *s, const char *doing, mill_error *err);

#endif
