/*
** alloc_sweep.h - running code once for every allocation it makes, refusing
** that one and all that follow.
**
**     static int body(void) { ... return rc; }      // 0 or a MILL_E* code
**     sweep("body", body);                          // in main of sweep_NAME.c
**
** The body must say MILL_ENOMEM whenever memory was refused to it, free all it
** made (the leak checker looks), and succeed when nothing was refused. Only
** requests through core/alloc.h count. One program, one include.
*/
#ifndef ALLOC_SWEEP_H
#define ALLOC_SWEEP_H

#include <stdlib.h>

#include "check.h"
#include "textmill.h"

static long sweep_left = -1; /* requests still granted; -1: all */
static long sweep_refused;

static int sweep_grants(void) {
  if (sweep_left < 0) return 1;
  if (sweep_left-- > 0) return 1;
  sweep_left = 0;
  sweep_refused++;
  return 0;
}

void *mill_test_malloc(size_t n);
void *mill_test_calloc(size_t n, size_t size);
void *mill_test_realloc(void *p, size_t n);
void *mill_test_malloc(size_t n) { return sweep_grants() ? malloc(n) : NULL; }
void *mill_test_calloc(size_t n, size_t size) { return sweep_grants() ? calloc(n, size) : NULL; }
void *mill_test_realloc(void *p, size_t n) { return sweep_grants() ? realloc(p, n) : NULL; }

static void sweep(const char *name, int (*body)(void)) {
  const long most = 100000; /* then something asks for ever more */
  long n = 0;
  for (; n < most; n++) {
    sweep_left = n;
    sweep_refused = 0;
    int rc = body();
    sweep_left = -1;
    if (sweep_refused == 0) {
      CHECK_EQ(rc, 0);
      break;
    }
    if (!CHECK_EQ(rc, MILL_ENOMEM)) fprintf(stderr, "  %s, request %ld refused\n", name, n);
  }
  CHECK(n > 0 && n < most);
}

#endif
