/*
** normalize.c - all forms of mill_normalize: UTF-8 to UTF-8 by table.
**
**   source  人民ＡＢ政府e◌́x          values of the form's trie:
**           0 0 r r 0 0 0 B 0          0 stays, r is replaced, B looks back
**               # #                    one piece each
**                       ###            stretch: the character before B, B, and
**                                      all further B, worked out together
**                                      (stretch.c)
**
** What a form makes of two characters side by side is what it makes of each,
** unless the second is a B: so the piece before a B is taken back, and the
** stretch is worked out as a whole. Parts of the text that end before a
** character that is no B have nothing to do with each other. Each is scanned
** (is it UTF-8? what changes?) and edited while it is in the cache. Every
** character is looked at once in the scan, once when it changes and at most
** twice more in a stretch: time is linear.
** Reference: UAX #15; NFKC_Casefold: UAX #44; tables: gen/mkunicode.c.
*/
#include "normalize.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "normalize_work.h"
#include "utf8_check.h"

/* ---- parts ------------------------------------------------------------------------ */

static size_t scan(const work *w, edit_list *e) {
  char *to = w->out->bytes + w->out->len;
#if MILL_AVX2
  if (w->path == NORMALIZE_AVX2 && w->total - w->done >= 64 + SCAN_SLACK) return scan_avx2(w, w->done, to, e);
#endif
  return scan_portable(w, w->done, to, e);
}

static int looks_back_at(const work *w, size_t at) {
  size_t len;
  return (value_at(w, at, &len) & UNICODE_BACK) != 0;
}

/* Where the last character between `low` and `end` begins that does not look
** back, or `low`. It may be cut off: then the next scan looks at it. */
static size_t last_border(const work *w, size_t low, size_t end) {
  while (end > low) {
    end = utf8_prev(w->s, end);
    if (!looks_back_at(w, end)) break;
  }
  return end > low ? end : low;
}

/* A character with more than a part of what looks back behind it: the part is
** as long as all of it, and lists the first two characters, since the edit of
** the second takes in all. 0: it is not UTF-8. */
static int scan_long(work *w, edit_list *e) {
  size_t from = w->done, low = from, at = from, end, len;
  enum mill_utf8_kind kind;
  int found;
  do {
    end = w->total - at > SCAN_BYTES ? at + SCAN_BYTES : w->total;
    end = utf8_check((const unsigned char *)w->s, end, at, &kind);
    if (end == at) return 0;
    w->n = end == w->total ? end : last_border(w, low, end);
    found = w->n > low;
    low = utf8_prev(w->s, end), at = end;
  } while (!found);
  e->n = value_at(w, from, &len) != 0;
  e->at[0] = 0;
  e->at[e->n++] = (uint16_t)len;
  return 1;
}

/* Scans and edits the next part. */
static int next_part(work *w, edit_list *e) {
  size_t rest = w->total - w->done, from = w->done;
  if (rest > SCAN_BYTES) rest = SCAN_BYTES;
  if (!mill_buffer_reserve(w->out, part_room(w, rest))) return w->out->error;
  size_t scanned = scan(w, e);
  if (scanned == 0) return MILL_EUTF8;
  w->n = from + scanned;
  if (w->n < w->total) w->n = last_border(w, from, w->n);
  if (w->n > from) return edit_part(w, e, 0);
  return scan_long(w, e) ? edit_part(w, e, 1) : MILL_EUTF8;
}

int normalize_rest(work *w) {
  edit_list e;
  int rc = 0;
  e.many = 0;
  while (w->done < w->total && rc == 0) {
    rc = next_part(w, &e);
    if (rc == 0) rc = w->out->error;
    if (rc == 0 && w->out->len > MILL_MAX_BYTES) rc = MILL_ELIMIT;
  }
  if (w->map != NULL) mill_map_keep(w->map, w->done - w->told);
  w->told = w->done;
  w->last = MILL_EDIT_NONE;
  return rc == 0 && w->map != NULL ? mill_map_error(w->map) : rc;
}

/* ---- the whole ------------------------------------------------------------------------ */

void work_begin(work *w, const mill_unicode *u, enum mill_form form, const char *s, size_t n,
                mill_buffer *out, mill_map *map, enum normalize_path path) {
  *w = (work){.u = u, .form = form, .s = s, .total = n, .out = out, .map = map, .path = path};
  w->look = &u->looks[form];
  w->capitals = unicode_record(u, unicode_value(u, (int)form, 'A')).kind;
}

void work_end(work *w) {
  canon_free(&w->canon);
  mem_free(w->parts);
  mill_buffer_free(&w->stretch);
}

int normalize_append_on(const mill_data *d, enum mill_form form, const char *s, size_t n,
                        mill_buffer *out, mill_map *map, enum normalize_path path) {
  work w;
  work_begin(&w, d->unicode_view, form, s, n, out, map, path);
  int rc = normalize_rest(&w);
  work_end(&w);
  return rc;
}

int normalize_append(const mill_data *d, enum mill_form form, const char *s, size_t n,
                     mill_buffer *out, mill_map *map) {
  return normalize_append_on(d, form, s, n, out, map, normalize_best_path());
}

int normalize_stays(const mill_data *d, enum mill_form form, const char *s, size_t n) {
  const uint64_t *changes = d->unicode_view->looks[form].changes;
  const unsigned char *p = (const unsigned char *)s, *end = p + n;
  while (p < end) {
    if (*p < 0x80) {
      if (*p < ' ' || (*p >= 'A' && *p <= 'Z')) return 0;
      p++;
      continue;
    }
    if (end - p < 3 || *p <= 0xE0 || *p == 0xED || *p >= 0xF0 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
      return 0;
    if (changes[(p[0] & 15u) << 6 | (p[1] & 63u)] >> (p[2] & 63u) & 1u) return 0;
    p += 3;
  }
  return 1;
}

/* ---- the public functions ---------------------------------------------------------- */

int normalize_check(const mill_data *d, enum mill_form form, size_t n, mill_error *err) {
  if (d->unicode_view == NULL)
    return mill_fail(err, MILL_EINVAL, 0, "the Unicode tables are not loaded");
  if ((unsigned)form > MILL_DISPLAY) return mill_fail(err, MILL_EINVAL, 0, "unknown form");
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "text of more than 2 GiB");
  return 0;
}

int normalize_fail(const char *s, size_t n, int code, mill_error *err) {
  size_t position = 0;
  enum mill_utf8_kind kind = MILL_UTF8_OK;
  if (code == MILL_ELIMIT) return mill_fail(err, code, 0, "the result is more than 2 GiB");
  if (code != MILL_EUTF8) return mill_fail_memory(err);
  mill_utf8_valid(s, n, &position, &kind);
  return mill_fail(err, code, position, "not UTF-8: %s", mill_utf8_kind_name(kind));
}

int mill_normalize(const mill_data *d, enum mill_form form, const char *s, size_t n, char **out,
                   size_t *out_len, mill_map **map, mill_error *err) {
  *out = NULL;
  *out_len = 0;
  if (map != NULL) *map = NULL;
  int rc = normalize_check(d, form, n, err);
  if (rc < 0) return rc;
  mill_buffer b = {0};
  mill_map *m = map != NULL ? mill_map_new() : NULL;
  if (map != NULL && m == NULL) return mill_fail_memory(err);
  rc = mill_buffer_reserve(&b, normalize_room(n)) ? normalize_append(d, form, s, n, &b, m) : b.error;
  if (rc == 0 && (*out = mill_buffer_take(&b, out_len)) == NULL) rc = MILL_ENOMEM;
  if (rc < 0) {
    mill_buffer_free(&b);
    mill_map_free(m);
    return normalize_fail(s, n, rc, err);
  }
  if (map != NULL) *map = m;
  return 0;
}

int mill_form_by_name(const char *name) {
  static const char *const names[] = {"nfc",      "nfd",   "nfkc",    "nfkd", "nfkc_cf",
                                      "casefold", "width", "nomarks", "fold", "display"};
  for (int f = 0; f <= MILL_DISPLAY; f++) {
    const char *a = names[f], *b = name;
    while (*a != 0 && *a == (*b >= 'A' && *b <= 'Z' ? *b + 32 : *b)) a++, b++;
    if (*a == 0 && *b == 0) return f;
  }
  return -1;
}
