/*
** map.h - inside a mill_map, for the files that build, compose and code maps
** (map.c, map_compose.c, map_code.c). map.c draws it.
*/
#ifndef MILL_MAP_H
#define MILL_MAP_H

#include "../textmill.h"

struct mill_map {
  mill_run *runs; /* owned; ordered, no two mergeable neighbours */
  uint32_t n, capacity;
  uint32_t source_len, output_len; /* of all that was appended */
  int error;                       /* sticky: 0 or MILL_E* */
};

/* Behind the last piece of a run, in each text. */
static inline uint32_t run_source_end(const mill_run *r) {
  return r->source + r->count * r->source_len;
}
static inline uint32_t run_output_end(const mill_run *r) {
  return r->output + r->count * r->output_len;
}

/* Appends `count` equal pieces; joins the run before it where that is the
** same kind of piece and nothing unchanged stands between. */
void map_append(mill_map *m, uint64_t source_len, uint64_t output_len, uint64_t count,
                uint32_t kind);

#endif
