/*
** alloc.h - the one place where the core asks for memory. The allocation
** sweep builds with MILL_ALLOC_TEST and gets an allocator that refuses
** everything after the n-th request (spec/unit/alloc_sweep.h).
*/
#ifndef MILL_ALLOC_H
#define MILL_ALLOC_H

#include <stdlib.h>

#ifdef MILL_ALLOC_TEST
void *mill_test_malloc(size_t n);
void *mill_test_calloc(size_t n, size_t size);
void *mill_test_realloc(void *p, size_t n);
#define mem_malloc(n) mill_test_malloc(n)
#define mem_calloc(n, size) mill_test_calloc(n, size)
#define mem_realloc(p, n) mill_test_realloc(p, n)
#else
#define mem_malloc(n) malloc(n)
#define mem_calloc(n, size) calloc(n, size)
#define mem_realloc(p, n) realloc(p, n)
#endif
#define mem_free(p) free(p)

#endif
