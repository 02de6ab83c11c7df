/*
** normalize.c - all forms of mill_normalize: UTF-8 to UTF-8 by table.
**
**   source  人民ＡＢ政府e◌́x          values of the form's trie:
**           0 0 r r 0 0 0 B 0          0 stays, r is replaced, B looks back
**           ----    ----    -          runs copied whole
**               # #                    one piece each
**                       ###            stretch: the character before B, B, and
**                                      all further B: decomposed, ordered,
**                                      composed (compose.c)
**
** What a form makes of two characters side by side is what it makes of each,
** unless the second is a B: so the piece before a B is taken back, and the
** stretch is worked out as a whole. Every character is looked at once in the
** fast loop and at most once more in a stretch: time is linear.
** Reference: UAX #15; NFKC_Casefold: UAX #44; tables: gen/mkunicode.c.
*/
#include "normalize.h"

#include <string.h>

#include "alloc.h"
#include "compose.h"
#include "error.h"
#include "unicode.h"
#include "utf8.h"

typedef struct work {
  const mill_unicode *u;
  enum mill_form form;
  const char *s;
  size_t n, done;      /* source bytes; those already in out */
  mill_buffer *out;
  mill_map *map;       /* may be NULL */
  size_t last_at;      /* the last edit, not yet in the map: a B may follow */
  uint32_t last_source, last_output;
  enum mill_edit last; /* MILL_EDIT_NONE: nothing waits */
  int capitals;        /* 1: the form changes A..Z */
  canon canon;
  mill_buffer stretch; /* result of a stretch */
} work;

/* ---- emitting pieces ------------------------------------------------------- */

static void flush_last(work *w) {
  if (w->last != MILL_EDIT_NONE && w->map != NULL)
    mill_map_edit(w->map, w->last_source, w->last_output, w->last);
  w->last = MILL_EDIT_NONE;
}

/* Copies the source as it is, up to `to`. Leaves room for one record. */
static void keep_to(work *w, size_t to) {
  size_t n = to - w->done;
  if (!mill_buffer_reserve(w->out, n + 80) || n == 0) return;
  memcpy(w->out->bytes + w->out->len, w->s + w->done, n);
  w->out->len += n;
  w->done = to;
  flush_last(w);
  if (w->map != NULL) mill_map_keep(w->map, n);
}

/* The next `source_len` bytes become text[0,len). */
static void edit(work *w, size_t source_len, const char *text, size_t len, enum mill_edit kind) {
  flush_last(w);
  mill_buffer_append(w->out, text, len);
  w->last_at = w->done;
  w->last_source = (uint32_t)source_len;
  w->last_output = (uint32_t)len;
  w->last = kind;
  w->done += source_len;
}

/* The same from a record: records have 16 readable bytes. */
static inline void edit_record(work *w, size_t source_len, uint32_t value) {
  unicode_piece p = unicode_record(w->u, value);
  if (p.len > 16 || w->out->capacity - w->out->len < 16) {
    edit(w, source_len, p.text, p.len, p.kind);
    return;
  }
  flush_last(w);
  memcpy(w->out->bytes + w->out->len, p.text, 16);
  w->out->len += p.len;
  w->last_at = w->done;
  w->last_source = (uint32_t)source_len;
  w->last_output = (uint32_t)p.len;
  w->last = p.kind;
  w->done += source_len;
}

/* ---- one character alone ----------------------------------------------------- */

/* What a form makes of the character s[0,len) by itself. jamo: room for 12. */
static unicode_piece alone(const work *w, const char *s, size_t len, uint32_t c, char *jamo) {
  uint32_t value = unicode_value(w->u, (int)w->form, c);
  if (value == UNICODE_HANGUL)
    return (unicode_piece){jamo, hangul_decompose(c, jamo), MILL_EDIT_NORMAL};
  if ((value & 0x7FFFu) == 0) return (unicode_piece){s, len, MILL_EDIT_NONE};
  return unicode_record(w->u, value);
}

static unicode_piece alone_at(const work *w, size_t i, size_t *len, char *jamo) {
  uint32_t c = utf8_decode(w->s + i, len);
  return alone(w, w->s + i, *len, c, jamo);
}

static void emit_alone(work *w, size_t at) {
  char jamo[12];
  size_t len;
  unicode_piece p = alone_at(w, at, &len, jamo);
  if (p.kind == MILL_EDIT_NONE)
    keep_to(w, at + len);
  else
    edit(w, len, p.text, p.len, p.kind);
}

/* ---- stretches ---------------------------------------------------------------- */

/* End of the stretch that begins at `from` and holds a B at `at`. */
static size_t stretch_end(const work *w, size_t at) {
  size_t len;
  while (at < w->n) {
    uint32_t c = utf8_decode(w->s + at, &len);
    if (!(unicode_value(w->u, (int)w->form, c) & UNICODE_BACK)) break;
    at += len;
  }
  return at;
}

/* Works out the form of s[from,to) in w->stretch. */
static int fill_stretch(work *w, size_t from, size_t to) {
  int whole = w->form != MILL_WIDTH && w->form != MILL_DISPLAY; /* these only join ﾞ and ﾟ */
  int rc = 0;
  char jamo[12];
  w->canon.n = 0;
  for (size_t i = from, len; i < to && rc == 0; i += len) {
    unicode_piece p = alone_at(w, i, &len, jamo);
    rc = canon_add(&w->canon, w->u, p.text, p.len, whole);
  }
  if (rc == 0 && whole) rc = canon_order(&w->canon);
  if (rc < 0) return rc;
  if (w->form != MILL_NFD && w->form != MILL_NFKD) canon_compose(&w->canon, w->u);
  w->stretch.len = 0; /* bytes is never NULL below, even for an empty result */
  if (!mill_buffer_reserve(&w->stretch, 16)) return w->stretch.error;
  canon_write(&w->canon, &w->stretch);
  return w->stretch.error;
}

/* Bytes of s[from,to) whose characters, each alone, begin the result;
** *used: bytes of the result they fill. */
static size_t same_beginning(const work *w, size_t from, size_t to, size_t *used) {
  char jamo[12];
  size_t i = from, k = 0, len;
  for (; i < to; i += len) {
    unicode_piece p = alone_at(w, i, &len, jamo);
    if (p.len > w->stretch.len - k || memcmp(w->stretch.bytes + k, p.text, p.len) != 0) break;
    k += p.len;
  }
  *used = k;
  return i;
}

/* The same from the end, not going below `from` and `used`. */
static size_t same_ending(const work *w, size_t from, size_t to, size_t used, size_t *left) {
  char jamo[12];
  size_t k = w->stretch.len, len;
  while (to > from) {
    size_t i = utf8_prev(w->s, to);
    unicode_piece p = alone_at(w, i, &len, jamo);
    if (p.len > k - used || memcmp(w->stretch.bytes + k - p.len, p.text, p.len) != 0) break;
    k -= p.len;
    to = i;
  }
  *left = k;
  return to;
}

/* Why s[from,to) as a whole became something else. */
static enum mill_edit stretch_kind(const work *w, size_t from, size_t to) {
  enum mill_edit kind = MILL_EDIT_NONE;
  char jamo[12];
  for (size_t i = from, len; i < to; i += len) {
    enum mill_edit k = alone_at(w, i, &len, jamo).kind;
    if (k == MILL_EDIT_NONE || k == kind) continue;
    if (kind != MILL_EDIT_NONE) return MILL_EDIT_MIXED;
    kind = k;
  }
  if (kind == MILL_EDIT_NONE) return MILL_EDIT_NORMAL;
  return kind == MILL_EDIT_WIDTH || kind == MILL_EDIT_NORMAL ? kind : MILL_EDIT_MIXED;
}

/* Emits s[from,to): characters that came out as they do alone keep pieces of
** their own; what is between is one piece. */
static int emit_stretch(work *w, size_t from, size_t to) {
  size_t used, left, first, second;
  int rc = fill_stretch(w, from, to);
  if (rc < 0) return rc;
  first = same_beginning(w, from, to, &used);
  if (first == to && used < w->stretch.len) first = from, used = 0; /* cannot tell apart */
  second = same_ending(w, first, to, used, &left);
  if (first == second && left > used) second = to, left = w->stretch.len;
  for (size_t i = from; i < first; i += utf8_length((unsigned char)w->s[i])) emit_alone(w, i);
  if (first < second) {
    enum mill_edit kind = stretch_kind(w, first, second);
    edit(w, second - first, w->stretch.bytes + used, left - used, kind);
  }
  for (size_t i = second; i < to; i += utf8_length((unsigned char)w->s[i])) emit_alone(w, i);
  return 0;
}

/* A B stands at `at`: takes back the character before it, works the stretch
** out, and returns its end, or MILL_E*. */
static int back(work *w, size_t at, size_t *next) {
  size_t from = at;
  if (at > w->done) {
    from = utf8_prev(w->s, at);
    keep_to(w, from);
  } else if (w->last != MILL_EDIT_NONE) {
    from = w->done = w->last_at;
    w->out->len -= w->last_output;
    w->last = MILL_EDIT_NONE;
  }
  if (w->out->error) return w->out->error;
  *next = stretch_end(w, at);
  int rc = emit_stretch(w, from, *next);
  flush_last(w);
  return rc;
}

/* ---- the fast loop -------------------------------------------------------------- */

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
    uint64_t stop = (x | (w->capitals ? from_a & ~above_z : 0)) & 0x80 * ONES;
    if (stop != 0) return i + (size_t)__builtin_ctzll(stop) / 8;
  }
#endif
  while (i < n && p[i] < 0x80 && !(w->capitals && p[i] >= 'A' && p[i] <= 'Z')) i++;
  return i;
}

/* Skips characters that stay. Returns where the first other one is (n: none),
** its value and its length. The text is valid: tails need no check. */
static size_t skip_same(const work *w, size_t at, uint32_t *value, size_t *len) {
  const uint16_t *bmp = w->u->tries[w->form].bmp, *values = w->u->values;
  const unsigned char *p = (const unsigned char *)w->s + at;
  const unsigned char *end = (const unsigned char *)w->s + w->n;
  uint32_t v = 0;
  size_t k = 0;
  for (; p < end; p += k) {
    if (*p >= 0xE0 && *p < 0xF0) {
      k = 3;
      v = values[bmp[(p[0] & 15u) << 6 | (p[1] & 63u)] * 64u + (p[2] & 63u)];
    } else if (*p < 0x80) {
      k = plain_ascii(w, p, (size_t)(end - p));
      if (k > 0) continue;
      k = 1;
      v = values[bmp[1] * 64u + (*p & 63u)]; /* a capital */
    } else if (*p < 0xE0) {
      k = 2;
      v = values[bmp[p[0] & 31u] * 64u + (p[1] & 63u)];
    } else {
      v = unicode_value(w->u, (int)w->form, utf8_decode((const char *)p, &k));
    }
    if (v != 0) break;
  }
  *value = v;
  *len = k;
  return (size_t)(p - (const unsigned char *)w->s);
}

static int run(work *w) {
  size_t at = 0, len;
  uint32_t value;
  int rc = 0;
  while (rc == 0 && (at = skip_same(w, at, &value, &len)) < w->n) {
    if (value & UNICODE_BACK) {
      rc = back(w, at, &at);
    } else {
      keep_to(w, at);
      if (value == UNICODE_HANGUL)
        emit_alone(w, at);
      else
        edit_record(w, len, value);
      at += len;
    }
    if (w->out->error) return w->out->error;
    if (w->out->len > MILL_MAX_BYTES) return MILL_ELIMIT;
  }
  if (rc == 0) keep_to(w, w->n);
  flush_last(w);
  return rc != 0 ? rc : w->out->error;
}

int normalize_append(const mill_data *d, enum mill_form form, const char *s, size_t n,
                     mill_buffer *out, mill_map *map) {
  work w = {.u = d->unicode_view, .form = form, .s = s, .n = n, .out = out, .map = map};
  w.capitals = unicode_value(w.u, (int)form, 'A') != 0;
  int rc = run(&w);
  canon_free(&w.canon);
  mill_buffer_free(&w.stretch);
  if (rc == 0 && out->len > MILL_MAX_BYTES) rc = MILL_ELIMIT;
  if (rc == 0 && map != NULL) rc = mill_map_error(map);
  return rc;
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
  rc = mill_buffer_reserve(&b, n + n / 16 + 80) ? normalize_append(d, form, s, n, &b, m) : b.error;
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
