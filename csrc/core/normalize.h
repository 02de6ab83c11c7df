/* normalize.h - normalising into a buffer that already holds something. */
#ifndef MILL_NORMALIZE_H
#define MILL_NORMALIZE_H

#include "buffer.h"
#include "data.h"

/*
** Appends the form of s[0,n) to out and its pieces to map (may be NULL). What stood in out before is not looked at: pieces do not compose
** across calls. 0, MILL_EUTF8, MILL_ENOMEM or MILL_ELIMIT (out longer than
** MILL_MAX_BYTES); on failure out and map hold a beginning.
*/
int normalize_append(const mill_data *d, enum mill_form form, const char *s, size_t n,
                     mill_buffer *out, mill_map *map);
/* The same on a given path: avx2 = 1 only where cpu_has_avx2(). */
int normalize_append_on(const mill_data *d, enum mill_form form, const char *s, size_t n,
                        mill_buffer *out, mill_map *map, int avx2);

#endif
