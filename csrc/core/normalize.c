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

typedef struct part { /* a character of a stretch and what it becomes alone */
  const char *text;   /* in the source, in a record, or work.jamo */
  uint32_t len;
  uint8_t source_len, kind, back;
} part;

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
  part *parts;         /* the stretch at hand */
  uint32_t n_parts, parts_capacity;
  canon canon;
  mill_buffer stretch; /* its result */
  char jamo[12];       /* only the first character of a stretch can need it */
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

/* What a form makes of the character at s[at] by itself. jamo: room for 12
** bytes that live as long as the result is used. */
static part alone(const work *w, size_t at, char *jamo) {
  size_t len;
  uint32_t c = utf8_decode(w->s + at, &len);
  uint32_t value = unicode_value(w->u, (int)w->form, c);
  part p = {.text = w->s + at, .len = (uint32_t)len, .source_len = (uint8_t)len};
  p.back = (value & UNICODE_BACK) != 0;
  if (value == UNICODE_HANGUL) {
    p.len = (uint32_t)hangul_decompose(c, jamo);
    p.text = jamo;
    p.kind = MILL_EDIT_NORMAL;
  } else if ((value & 0x7FFFu) != 0) {
    unicode_piece r = unicode_record(w->u, value);
    p.text = r.text, p.len = (uint32_t)r.len, p.kind = (uint8_t)r.kind;
  }
  return p;
}

static void emit(work *w, const part *p) {
  if (p->kind == MILL_EDIT_NONE)
    keep_to(w, w->done + p->source_len);
  else
    edit(w, p->source_len, p->text, p->len, (enum mill_edit)p->kind);
}

/* ---- stretches ---------------------------------------------------------------- */

static int add_part(work *w, part p) {
  int rc = mill_grow(&w->parts, &w->parts_capacity, (size_t)w->n_parts + 1, sizeof p);
  if (rc == 0) w->parts[w->n_parts++] = p;
  return rc;
}

/* Collects the stretch from `from` on that holds a B at `at`. */
static int collect(work *w, size_t from, size_t at) {
  int rc = 0;
  char unused[12]; /* a B is no syllable */
  w->n_parts = 0;
  if (from < at) rc = add_part(w, alone(w, from, w->jamo));
  while (at < w->n && rc == 0) {
    part p = alone(w, at, unused);
    if (!p.back) break;
    rc = add_part(w, p);
    at += p.source_len;
  }
  return rc;
}

/* Works out in w->stretch what the parts become together. */
static int fill_stretch(work *w) {
  int whole = w->form != MILL_WIDTH && w->form != MILL_DISPLAY; /* these only join ﾞ and ﾟ */
  int rc = 0;
  w->canon.n = 0;
  for (uint32_t i = 0; i < w->n_parts && rc == 0; i++)
    rc = canon_add(&w->canon, w->u, w->parts[i].text, w->parts[i].len, whole);
  if (rc == 0 && whole) rc = canon_order(&w->canon);
  if (rc < 0) return rc;
  if (w->form != MILL_NFD && w->form != MILL_NFKD) canon_compose(&w->canon, w->u);
  w->stretch.len = 0;
  canon_write(&w->canon, &w->stretch);
  return w->stretch.error;
}

/* How many parts came out, each as it does alone, at the beginning of the
** result; *used: the bytes they fill. */
static uint32_t same_beginning(const work *w, size_t *used) {
  size_t k = 0;
  uint32_t i = 0;
  for (; i < w->n_parts; i++) {
    const part *p = &w->parts[i];
    if (p->len > w->stretch.len - k || memcmp(w->stretch.bytes + k, p->text, p->len) != 0) break;
    k += p->len;
  }
  *used = k;
  return i;
}

/* The same at the end, not below part `first` and byte `used`: the number of
** the first such part; *left: where they begin in the result. */
static uint32_t same_ending(const work *w, uint32_t first, size_t used, size_t *left) {
  size_t k = w->stretch.len;
  uint32_t i = w->n_parts;
  for (; i > first; i--) {
    const part *p = &w->parts[i - 1];
    if (p->len > k - used || memcmp(w->stretch.bytes + k - p->len, p->text, p->len) != 0) break;
    k -= p->len;
  }
  *left = k;
  return i;
}

/* Emits parts first..last-1 as one piece that became text[0,len). Its kind:
** that of the only kind of edit in it, as far as it can stand for all. */
static void emit_together(work *w, uint32_t first, uint32_t last, const char *text, size_t len) {
  uint32_t kinds = 0;
  size_t source_len = 0;
  for (uint32_t i = first; i < last; i++) {
    kinds |= 1u << w->parts[i].kind & ~(1u << MILL_EDIT_NONE);
    source_len += w->parts[i].source_len;
  }
  enum mill_edit kind = MILL_EDIT_MIXED;
  if (kinds == 0 || kinds == 1u << MILL_EDIT_NORMAL) kind = MILL_EDIT_NORMAL;
  if (kinds == 1u << MILL_EDIT_WIDTH) kind = MILL_EDIT_WIDTH;
  edit(w, source_len, text, len, kind);
}

/* Emits the stretch: characters that came out as they do alone keep pieces of
** their own; what is between is one piece. */
static int emit_stretch(work *w) {
  size_t used, left;
  int rc = fill_stretch(w);
  if (rc < 0) return rc;
  uint32_t first = same_beginning(w, &used);
  if (first == w->n_parts && used < w->stretch.len) first = 0, used = 0; /* cannot tell apart */
  uint32_t second = same_ending(w, first, used, &left);
  if (first == second && left > used) second = w->n_parts, left = w->stretch.len;
  for (uint32_t i = 0; i < first; i++) emit(w, &w->parts[i]);
  if (first < second) emit_together(w, first, second, w->stretch.bytes + used, left - used);
  for (uint32_t i = second; i < w->n_parts; i++) emit(w, &w->parts[i]);
  return 0;
}

/* A B stands at *at: takes back the character before it, works the stretch
** out, and moves *at to its end. */
static int back(work *w, size_t *at) {
  size_t from = *at;
  if (*at > w->done) {
    from = utf8_prev(w->s, *at);
    keep_to(w, from);
  } else if (w->last != MILL_EDIT_NONE) {
    from = w->done = w->last_at;
    w->out->len -= w->last_output;
    w->last = MILL_EDIT_NONE;
  }
  int rc = w->out->error != 0 ? w->out->error : collect(w, from, *at);
  if (rc == 0) rc = emit_stretch(w);
  flush_last(w);
  *at = w->done;
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
      rc = back(w, &at);
    } else {
      keep_to(w, at);
      if (value == UNICODE_HANGUL)
        edit(w, len, w->jamo, alone(w, at, w->jamo).len, MILL_EDIT_NORMAL);
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
  mem_free(w.parts);
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
