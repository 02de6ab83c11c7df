/*
** fuse.c - text to what is matched, in one pass with one map: UTF-8 checked,
** pinyin glosses skipped, NFKC_Casefold, ignorables dropped, characters
** simplified.
**
**   s     其中的銀(yín)行ＡＢ      銀(yín): one piece, 6 + 5 bytes -> 银
**         ------ ^^^^^^^ -^^      before and behind it: normalize.c
**   out   其中的银行ab
**
** A gloss parts the text: a Han character begins it, which looks back at nothing.
** What follows may look back (a combining mark behind the bracket would stand
** at the character once the gloss is gone): such a text, which nobody writes,
** goes through the stages one by one. Both ways give the same bytes and pieces.
*/
#include "fuse.h"

#include "alloc.h"
#include "clean.h"
#include "error.h"
#include "normalize_work.h"
#include "utf8_check.h"

/* Does s[at] look back? Nothing is known of it. */
static int looks_back(const work *w, const char *s, size_t n, size_t at) {
  char four[4] = {0};
  size_t len;
  if (at == n) return 0;
  memcpy(four, s + at, n - at < 4 ? n - at : 4);
  return (unicode_value(w->u, MILL_FOLD, utf8_decode(four, &len)) & UNICODE_BACK) != 0;
}

/* The character and its gloss become one piece: what the character becomes
** (and ignorables behind it). */
static int put_gloss(work *w, const gloss *g) {
  enum mill_utf8_kind kind;
  mill_map *map = w->map;
  size_t from = w->out->len, len = g->open - g->from;
  if (utf8_check((const unsigned char *)w->s, g->to, g->from, &kind) < g->to) return MILL_EUTF8;
  w->map = NULL;
  w->total = g->open;
  int rc = normalize_rest(w);
  w->map = map;
  if (rc < 0) return rc;
  size_t new_len = w->out->len - from;
  int same = new_len == len && memcmp(w->out->bytes + from, w->s + g->from, len) == 0;
  mill_map_edit(map, g->to - g->from, new_len, same ? MILL_EDIT_GLOSS : MILL_EDIT_MIXED);
  w->done = w->told = g->to;
  return mill_map_error(map);
}

int fuse_append_on(const mill_data *d, const char *s, size_t n, mill_buffer *out, mill_map *map,
                   enum normalize_path path) {
  work w;
  gloss_scan scan;
  gloss g;
  int rc = 0;
  work_begin(&w, d->unicode_view, MILL_FOLD, s, n, out, map, path);
  gloss_begin(&scan, w.u, s, n);
  while (rc == 0 && gloss_next(&scan, &g)) {
    w.total = g.from;
    rc = looks_back(&w, s, n, g.to) ? 1 : normalize_rest(&w);
    if (rc == 0) rc = put_gloss(&w, &g);
  }
  w.total = n;
  if (rc == 0) rc = normalize_rest(&w);
  work_end(&w);
  return rc;
}

int fold_in_stages(const mill_data *d, const char *s, size_t n, char **out, size_t *len,
                   mill_map **map, mill_error *err) {
  mill_stage bare = {0};
  mill_map *fold = NULL;
  gloss_list l = {0};
  int rc = mill_utf8_valid(s, n, NULL, NULL) ? 0 : normalize_fail(s, n, MILL_EUTF8, err);
  if (rc == 0 && gloss_find(d->unicode_view, s, n, &l) < 0) rc = mill_fail_memory(err);
  if (rc == 0) rc = gloss_strip(&l, s, n, &bare, err);
  gloss_list_free(&l);
  if (rc == 0) rc = mill_normalize(d, MILL_FOLD, bare.text, bare.len, out, len, &fold, err);
  if (rc == 0 && (rc = mill_map_compose(bare.map, fold, map)) < 0) {
    mem_free(*out);
    *out = NULL;
    mill_fail_memory(err);
  }
  mill_map_free(fold);
  mill_stage_free(&bare);
  return rc;
}

int mill_fold(const mill_data *d, const char *s, size_t n, char **out, size_t *out_len,
              mill_map **map, mill_error *err) {
  mill_buffer b = {0};
  *out = NULL;
  *out_len = 0;
  *map = NULL;
  int rc = normalize_check(d, MILL_FOLD, n, err);
  if (rc < 0) return rc;
  mill_map *m = mill_map_new();
  if (m == NULL) return mill_fail_memory(err);
  rc = mill_buffer_reserve(&b, normalize_room(n)) ? fuse_append_on(d, s, n, &b, m, normalize_best_path())
                                                  : b.error;
  if (rc == 0 && (*out = mill_buffer_take(&b, out_len)) == NULL) rc = MILL_ENOMEM;
  if (rc == 0) return *map = m, 0;
  mill_buffer_free(&b);
  mill_map_free(m);
  return rc > 0 ? fold_in_stages(d, s, n, out, out_len, map, err) : normalize_fail(s, n, rc, err);
}
