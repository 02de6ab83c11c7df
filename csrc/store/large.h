/* large.h - memory that is about to be filled from one end to the other, as the arrays of a batch's
** index are: in small pages each of them would first be a fault, which together took as long as the
** sorting that fills them. */
#ifndef MILL_LARGE_H
#define MILL_LARGE_H

#include <stdint.h>
#include <sys/mman.h>

#define LARGE_PAGE ((uintptr_t)2 << 20)

/* Asks for large pages where the n bytes at p hold some and the system gives them on request. A hint:
** nothing depends on what becomes of it. */
static inline void large_hint(void *p, size_t n) {
#ifdef MADV_HUGEPAGE
  uintptr_t from = ((uintptr_t)p + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1), to = ((uintptr_t)p + n) & ~(LARGE_PAGE - 1);
  if (p != NULL && from < to) madvise((char *)p + (from - (uintptr_t)p), to - from, MADV_HUGEPAGE);
#else
  (void)p, (void)n;
#endif
}

#endif
