/*
** normalize.c - all forms of mill_normalize: UTF-8 to UTF-8 by table.
**
**   source  人民ＡＢ政府e◌́x          values of the form's trie:
**           0 0 r r 0 0 0 B 0          0 stays, r is replaced, B looks back
**           ----    ----    -          copied whole (skip_avx2.c)
**               # #                    one piece each
**                       ###            stretch: the character before B, B, and
**                                      all further B, worked out together
**                                      (stretch.c)
**
** What a form makes of two characters side by side is what it makes of each,
** unless the second is a B: so the piece before a B is taken back, and the
** stretch is worked out as a whole. Every character is looked at once in the
** fast loop and at most twice more in a stretch: time is linear.
** Reference: UAX #15; NFKC_Casefold: UAX #44; tables: gen/mkunicode.c.
*/
#include "normalize.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "normalize_work.h"

/* ---- what stays ------------------------------------------------------------------ */

#define ONES UINT64_C(0x0101010101010101)

/* Length of the ASCII text at p that stays: the image was checked to change
** nothing in ASCII but capitals. Eight bytes at a time; carries only run from
** a byte that stops the search to later ones. */
static size_t plain_ascii(const work *w, const unsigned char *p, size_t n) {
  size_t i = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  for (uint64_t x; n - i >= 8; i += 8) {
    memcpy(&x, p + i, 8);
    uint64_t from_a = x + (0x80 - 'A') * ONES, above_z = x + (0x80 - 'Z' - 1) * ONES;
    uint64_t stop = (x | (w->capitals != MILL_EDIT_NONE ? from_a & ~above_z : 0)) & 0x80 * ONES;
    if (stop != 0) return i + (size_t)__builtin_ctzll(stop) / 8;
  }
#endif
  while (i < n && p[i] < 0x80 && !(w->capitals != MILL_EDIT_NONE && p[i] >= 'A' &&
                                   p[i] <= 'Z'))
    i++;
  return i;
}

/* Length of what stays at p. The text is valid: tails need no check. */
static size_t same(const work *w, const unsigned char *p, size_t n) {
  size_t i = 0;
  while (i < n) {
    if (p[i] < 0x80) {
      size_t k = plain_ascii(w, p + i, n - i);
      if (k == 0) break; /* a capital */
      i += k;
    } else {
      if (changes(w, p + i)) break;
      i += utf8_length(p[i]);
    }
  }
  return i;
}

/* Copies what stays from `done` on. Returns the value of the first character
** that does not, and its length; 0 at the end. */
static uint32_t skip(work *w, size_t *len) {
  if (!mill_buffer_reserve(w->out, w->n - w->done + 96)) return 0;
#if MILL_AVX2
  if (w->n - w->done >= SKIP_ROOM && w->avx2 && skip_avx2(w)) return value_at(w, w->done, len);
  if (!mill_buffer_reserve(w->out, w->n - w->done + 96)) return 0; /* it filled `out`, maybe */
#endif
  size_t n = same(w, (const unsigned char *)w->s + w->done, w->n - w->done);
  if (n > 0) memcpy(w->out->bytes + w->out->len, w->s + w->done, n);
  w->out->len += n;
  w->done += n;
  return w->done < w->n ? value_at(w, w->done, len) : 0;
}

/* ---- what changes ---------------------------------------------------------------- */

static void edit_record(work *w, size_t source_len, uint32_t value) {
  unicode_piece p = unicode_record(w->u, value);
  if (!edit_quickly(w, source_len, value)) edit(w, source_len, p.text, p.len, p.kind);
}

static void edit_hangul(work *w, size_t len) {
  if (!mill_buffer_reserve(w->out, 16)) return;
  size_t k = hangul_decompose(utf8_decode(w->s + w->done, &len), w->out->bytes + w->out->len);
  w->out->len += k;
  tell(w, (uint32_t)len, (uint32_t)k, 1, MILL_EDIT_NORMAL);
}

static int run(work *w) {
  size_t len;
  while (w->done < w->n) {
    uint32_t value = skip(w, &len);
    while (value != 0) {
      int rc = 0;
      if (value & UNICODE_BACK)
        rc = stretch_emit(w);
      else if (value == UNICODE_HANGUL)
        edit_hangul(w, len);
      else
        edit_record(w, len, value);
      if (rc < 0) return rc;
      if (w->out->len > MILL_MAX_BYTES) return MILL_ELIMIT;
      const char *next = w->s + w->done;
      value = w->done < w->n && (*next & 0x80) != 0 && changes(w, (const unsigned char *)next)
                  ? value_at(w, w->done, &len) : 0;
    }
    if (w->out->error) return w->out->error;
  }
  if (w->map != NULL) mill_map_keep(w->map, w->done - w->told);
  return w->out->error;
}

int normalize_append_on(const mill_data *d, enum mill_form form, const char *s, size_t n,
                        mill_buffer *out, mill_map *map, int avx2) {
  work w = {.u = d->unicode_view, .form = form, .s = s, .n = n, .out = out, .map = map};
  w.avx2 = avx2;
  w.look = &w.u->looks[form];
  w.capitals = unicode_record(w.u, unicode_value(w.u, (int)form, 'A')).kind;
  int rc = run(&w);
  canon_free(&w.canon);
  mem_free(w.parts);
  mill_buffer_free(&w.stretch);
  if (rc == 0 && out->len > MILL_MAX_BYTES) rc = MILL_ELIMIT;
  if (rc == 0 && map != NULL) rc = mill_map_error(map);
  return rc;
}

int normalize_append(const mill_data *d, enum mill_form form, const char *s, size_t n,
                     mill_buffer *out, mill_map *map) {
  return normalize_append_on(d, form, s, n, out, map, cpu_has_avx2());
}

/* ---- the public functions ---------------------------------------------------------- */

static int check_input(const mill_data *d, enum mill_form form, const char *s, size_t n,
                       mill_error *err) {
  size_t position = 0;
  enum mill_utf8_kind kind = MILL_UTF8_OK;
  if (d->unicode_view == NULL)
    return mill_fail(err, MILL_EINVAL, 0, "the Unicode tables are not loaded");
  if ((unsigned)form > MILL_DISPLAY) return mill_fail(err, MILL_EINVAL, 0, "unknown form");
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "text of more than 2 GiB");
  if (!mill_utf8_valid(s, n, &position, &kind))
    return mill_fail(err, MILL_EUTF8, position, "not UTF-8: %s", mill_utf8_kind_name(kind));
  return 0;
}

int mill_normalize(const mill_data *d, enum mill_form form, const char *s, size_t n, char **out,
                   size_t *out_len, mill_map **map, mill_error *err) {
  *out = NULL;
  *out_len = 0;
  if (map != NULL) *map = NULL;
  int rc = check_input(d, form, s, n, err);
  if (rc < 0) return rc;
  mill_buffer b = {0};
  mill_map *m = map != NULL ? mill_map_new() : NULL;
  if (map != NULL && m == NULL) return mill_fail_memory(err);
  rc = mill_buffer_reserve(&b, n + n / 16 + 96) ? normalize_append(d, form, s, n, &b, m) : b.error;
  if (rc == 0 && (*out = mill_buffer_take(&b, out_len)) == NULL) rc = MILL_ENOMEM;
  if (rc < 0) {
    mill_buffer_free(&b);
    mill_map_free(m);
    return rc == MILL_ELIMIT ? mill_fail(err, rc, 0, "the result is more than 2 GiB")
                             : mill_fail_memory(err);
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
