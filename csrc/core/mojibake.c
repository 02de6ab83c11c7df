/*
** mojibake.c - putting text right that went through the wrong charset.
**
**   乡镇，   --UTF-8-->  E4B9A1 E99587 EFBC8C  --read as GBK-->  涔￠晣锛?
**   é        --UTF-8-->  C3 A9   --as windows-1252-->  Ã©  --again-->  ÃƒÂ©
**
** Going back: the characters become the bytes they stand for in the guessed
** charset, the bytes are read as UTF-8. Each kind of charset is a pass over
** the text, repeated while it finds something, because mistakes pile up;
** every pass has its map, and the maps are composed.
**
** Invariant: what a pass writes is valid UTF-8; text it does not touch is
** copied byte by byte.
** Reference: the question which text is garbled was asked first by ftfy
** (https://github.com/rspeer/python-ftfy); its test cases are ours, the
** answers differ.
*/
#include "mojibake.h"

#include "alloc.h"
#include "error.h"

#define LAYERS 6 /* of mistakes, one on top of the other */

/* ---- writing ------------------------------------------------------------------ */

static void fail_memory(repair *r) { r->error = MILL_ENOMEM; }

static void keep(repair *r, size_t to) {
  mill_buffer_append(&r->out, r->s + r->kept, to - r->kept);
  mill_map_keep(r->map, to - r->kept);
  r->kept = to;
}

void repair_piece(repair *r, size_t from, size_t to, const char *text, size_t len,
                  enum mill_edit kind) {
  if (r->error < 0) return;
  if (r->map == NULL) {
    if ((r->map = mill_map_new()) == NULL || !mill_buffer_reserve(&r->out, r->n + 1)) {
      fail_memory(r);
      return;
    }
  }
  keep(r, from);
  mill_buffer_append(&r->out, text, len);
  mill_map_edit(r->map, to - from, len, kind);
  r->kept = to;
  for (size_t k = 0; k < len; k++) r->count += ((unsigned char)text[k] & 0xC0) != 0x80;
}

/* Closes a pass: 1 with the text in *out, 0 when nothing was repaired. */
static int finish(repair *r, mill_stage *out) {
  int rc = r->error;
  if (r->map != NULL && rc == 0) keep(r, r->n);
  if (r->map != NULL && rc == 0) rc = mill_map_error(r->map);
  char *text = NULL;
  size_t len = 0;
  if (r->map != NULL && rc == 0) {
    text = mill_buffer_take(&r->out, &len);
    if (text == NULL) rc = MILL_ENOMEM;
  }
  if (rc < 0 || r->map == NULL) {
    mill_buffer_free(&r->out);
    mill_map_free(r->map);
    return rc;
  }
  *out = (mill_stage){text, len, r->map};
  return 1;
}

/* ---- passes ------------------------------------------------------------------- */

typedef void pass(repair *r);

/* The text so far: *out, or s[0,n) while nothing was repaired. Runs a pass
** over it; 1 when it changed something. */
static int run(pass *p, const mill_data *d, const char *s, size_t n, mill_stage *out, uint32_t *count) {
  repair r = {.s = out->text != NULL ? out->text : s, .n = out->text != NULL ? out->len : n, .data = d};
  mill_stage next;
  p(&r);
  int rc = finish(&r, &next);
  if (rc <= 0) return rc;
  if (out->map != NULL) {
    mill_map *both = NULL;
    rc = mill_map_compose(out->map, next.map, &both);
    mill_map_free(next.map);
    next.map = both;
  }
  if (rc < 0) return mem_free(next.text), rc;
  mill_stage_free(out);
  *out = next;
  *count += r.count;
  return 1;
}

int mojibake_repair(const mill_data *d, const char *s, size_t n, unsigned kinds, mill_stage *out,
                    uint32_t *count, mill_error *err) {
  mill_stage now = {0};
  int rc = 0;
  *count = 0;
  if (kinds & MILL_REPAIR_GBK) rc = run(mojibake_gbk, d, s, n, &now, count);
  if (kinds & MILL_REPAIR_LATIN) {
    for (int k = 0; k < LAYERS && rc >= 0; k++)
      if ((rc = run(mojibake_latin, d, s, n, &now, count)) == 0) break;
    if (rc >= 0) rc = run(mojibake_controls, d, s, n, &now, count);
  }
  if (rc < 0)
    return mill_stage_free(&now),
           mill_fail(err, rc, 0, rc == MILL_ENOMEM ? "out of memory" : "text too large");
  if (now.text == NULL) return 0;
  *out = now;
  return 1;
}

/* ---- the public function --------------------------------------------------------- */

static int copy_as_is(const char *s, size_t n, mill_stage *out) {
  if ((out->map = mill_map_new()) == NULL || (out->text = mem_malloc(n + 1)) == NULL) {
    mill_stage_free(out);
    return MILL_ENOMEM;
  }
  memcpy(out->text, s, n);
  out->text[n] = 0;
  out->len = n;
  mill_map_keep(out->map, n);
  return mill_map_error(out->map);
}

int mill_repair(const mill_data *d, const char *s, size_t n, unsigned kinds, char **out,
                size_t *out_len, mill_map **map, uint32_t *count, mill_error *err) {
  mill_stage stage = {0};
  size_t bad;
  *out = NULL, *count = 0;
  if (map != NULL) *map = NULL;
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "text too large: %zu bytes", n);
  if (!mill_utf8_valid(s, n, &bad, NULL))
    return mill_fail(err, MILL_EUTF8, bad, "not UTF-8 at byte %zu", bad);
  int rc = mojibake_repair(d, s, n, kinds, &stage, count, err);
  if (rc == 0 && copy_as_is(s, n, &stage) < 0) return mill_fail_memory(err);
  if (rc < 0) return rc;
  *out = stage.text, *out_len = stage.len;
  if (map != NULL) *map = stage.map;
  else mill_map_free(stage.map);
  return 0;
}
