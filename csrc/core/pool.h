/*
** pool.h - memory for one thread that makes and drops small things without end, such as a Lua
** state: pieces of one size lie in lists, so that giving and taking one back is a few instructions.
**
**   slab  [ piece | piece | piece | ....... free ]     pieces of multiples of 16 bytes, MOST at most
**             \_______/
**              free list of that size                  larger ones are the allocator's own
**
** What is given back stays for pieces of the same size until the pool is freed; its size at its
** height bounds it. Not to be shared between threads.
*/
#ifndef MILL_POOL_H
#define MILL_POOL_H

#include <stddef.h>

typedef struct pool pool;

/* NULL without memory. Owned by the caller. */
pool *pool_new(void);
/* And all small pieces with it; larger ones must have been given back. NULL is nothing. */
void pool_free(pool *p);

/* As realloc, of a block of `old` bytes: block NULL (old is ignored) gives a new one, size 0 takes it
** back and returns NULL. NULL where there is no memory, the block then stays as it was; to make one
** smaller never fails. Blocks are aligned for any type. */
void *pool_resize(pool *p, void *block, size_t old, size_t size);

#endif
