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

/* May `kept` bytes and `count` pieces follow without memory or limits? */
static inline int map_is_usual(const mill_map *m, size_t kept, uint64_t source, uint64_t output) {
  return m->error == 0 && m->n > 0 && m->n < m->capacity &&
         m->source_len + kept + source <= MILL_MAX_BYTES &&
         m->output_len + kept + output <= MILL_MAX_BYTES;
}

/* The same behind `kept` unchanged bytes; inline for what is usual. */
static inline void map_append_behind(mill_map *m, size_t kept, uint32_t source_len,
                                     uint32_t output_len, uint32_t count, uint32_t kind) {
  uint64_t source = (uint64_t)source_len * count, output = (uint64_t)output_len * count;
  if (!map_is_usual(m, kept, source, output)) {
    mill_map_keep(m, kept);
    map_append(m, source_len, output_len, count, kind);
    return;
  }
  mill_run *last = &m->runs[m->n - 1];
  m->source_len += (uint32_t)kept;
  m->output_len += (uint32_t)kept;
  if (kept == 0 && last->kind == kind && last->source_len == source_len &&
      last->output_len == output_len && run_source_end(last) == m->source_len &&
      run_output_end(last) == m->output_len)
    last->count += count;
  else
    m->runs[m->n++] = (mill_run){m->source_len, m->output_len, count, source_len, output_len, kind};
  m->source_len += (uint32_t)source;
  m->output_len += (uint32_t)output;
}

/* mill_map_to for spans that go up: *next is 0 for the first and kept between them. */
mill_span map_to_next(const mill_map *m, uint32_t *next, mill_span source);

/* Takes the last piece back, which nothing was kept behind. */
static inline void map_take_back(mill_map *m) {
  if (m->error != 0) return;
  mill_run *last = &m->runs[m->n - 1];
  m->source_len -= last->source_len;
  m->output_len -= last->output_len;
  if (--last->count == 0) m->n--;
}

#endif
