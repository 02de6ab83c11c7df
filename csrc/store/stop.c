/* stop.c - see stop.h. */
#include "stop.h"

#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void stop_begin(struct stop *s, uint32_t max_ms, int (*ask)(void *), void *context) {
  *s = (struct stop){.max_ms = max_ms, .ask = ask, .context = context};
  if (max_ms > 0) s->deadline = now() + max_ms / 1e3;
}

int stop_look(struct stop *s) {
  if (s->code == 0 && s->ask != NULL && s->ask(s->context)) s->code = MILL_ECANCEL;
  if (s->code == 0 && s->deadline > 0 && now() > s->deadline) s->code = MILL_ELIMIT;
  return s->code;
}

double stop_left(const struct stop *s) {
  double left = s->deadline > 0 ? (s->deadline - now()) * 1e3 : 0;
  return s->deadline > 0 && left < 0.01 ? 0.01 : left;
}

int stop_fail(const struct stop *s, const char *doing, mill_error *err) {
  if (s->code == MILL_ECANCEL) return mill_fail(err, s->code, 0, "%s: stopped before it was done", doing);
  return mill_fail(err, MILL_ELIMIT, 0, "%s: the %u ms of max_ms are used up", doing, s->max_ms);
}
