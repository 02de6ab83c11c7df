/* plain_alloc.c - the usual allocator behind MILL_ALLOC_TEST (core/alloc.h), so
** that units and allocation sweeps share one set of sanitized objects. */
#include <stdlib.h>

void *mill_test_malloc(size_t n);
void *mill_test_calloc(size_t n, size_t size);
void *mill_test_realloc(void *p, size_t n);
void *mill_test_malloc(size_t n) { return malloc(n); }
void *mill_test_calloc(size_t n, size_t size) { return calloc(n, size); }
void *mill_test_realloc(void *p, size_t n) { return realloc(p, n); }
