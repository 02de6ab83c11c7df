/* fuse.h - inside mill_fold, for its tests. */
#ifndef MILL_FUSE_H
#define MILL_FUSE_H

#include "buffer.h"
#include "data.h"
#include "normalize.h"

/* Appends s[0,n) folded without its glosses to out, its pieces to map, in one
** pass, on a path of normalize_append_on. 1: not done, something combines across a
** gloss; 0 or MILL_E*. On failure, and on 1, out and map hold a beginning. */
int fuse_append_on(const mill_data *d, const char *s, size_t n, mill_buffer *out, mill_map *map,
                   enum normalize_path path);
/* mill_fold by its stages, one after the other. */
int fold_in_stages(const mill_data *d, const char *s, size_t n, char **out, size_t *len,
                   mill_map **map, mill_error *err);

#endif
