/* sweep_map.c - maps when memory is refused: building, composing, coding. */
#include "alloc_sweep.h"

/* Not mergeable, so that the array of runs has to grow. */
static mill_map *build(size_t n, size_t out) {
  mill_map *m = mill_map_new();
  if (m == NULL) return NULL;
  for (size_t i = 0; i < n; i++) {
    mill_map_keep(m, out);
    mill_map_edit(m, out, i % 2 ? out : 1, MILL_EDIT_ENTITY);
  }
  return m;
}

static int build_and_compose(void) {
  mill_map *f = build(200, 3), *both = NULL;
  mill_map *g = f != NULL ? mill_map_new() : NULL;
  int rc = f == NULL || g == NULL ? MILL_ENOMEM : mill_map_error(f);
  if (rc == 0) {
    for (size_t i = mill_map_output_len(f) / 2; i > 0; i--) {
      mill_map_keep(g, i % 2);
      mill_map_edit(g, 2 - i % 2, i % 3, MILL_EDIT_CASE);
    }
    mill_map_keep(g, mill_map_output_len(f) - mill_map_source_len(g));
    rc = mill_map_compose(f, g, &both);
  }
  mill_map_free(f);
  mill_map_free(g);
  mill_map_free(both);
  return rc;
}

static int code(void) {
  unsigned char *bytes = NULL;
  size_t n = 0;
  mill_map *m = build(100, 2), *back = NULL;
  int rc = m == NULL ? MILL_ENOMEM : mill_map_encode(m, &bytes, &n);
  if (rc == 0) rc = mill_map_decode(bytes, n, &back);
  free(bytes);
  mill_map_free(m);
  mill_map_free(back);
  return rc;
}

int main(void) {
  sweep("build and compose", build_and_compose);
  sweep("code", code);
  return check_report();
}
