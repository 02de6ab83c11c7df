/*
** stretch.c - characters that interact: a base and what follows it and looks
** back (marks, jamo, voiced sound marks).
**
** Three ways, tried in turn; where two apply they give the same bytes and the
** same pieces:
**
**   stay      e◌̣◌̂ in NFD: in order and decomposed already
**   join      e◌̣◌̂ -> ệ, ᄒ ᅡ ᆫ -> 한, ｶ ﾞ -> ガ: each composes with what is
**             before it, none has to change places; no memory needed (most of
**             these normalize_join.c has made already)
**   work out  anything: decomposed, ordered, composed (compose.c)
**
** The first two give up before they change anything, so every character is
** looked at a bounded number of times. Reference: UAX #15, section 1.3.
*/
#include <string.h>

#include "buffer.h"
#include "normalize_work.h"

/* ---- taking back ------------------------------------------------------------------ */

/* Takes back the character before `done`, or its piece. */
static void take_back(work *w) {
  if (w->done > w->told) {
    size_t from = utf8_prev(w->s, w->done);
    w->out->len -= w->done - from;
    w->done = from;
  } else if (w->last != MILL_EDIT_NONE) {
    w->out->len -= w->last_output;
    w->done = w->told -= w->last_source;
    if (w->map != NULL) map_take_back(w->map);
    w->last = MILL_EDIT_NONE;
  }
}

/* ---- what may stay ---------------------------------------------------------------- */

/* 1: the marks at `done` stand behind what stayed, in order, and stay. */
static int stay(work *w) {
  size_t at = w->done, len;
  uint8_t before = 0;
  if (w->done == w->told && w->done > 0) return 0;
  for (; at < w->n; at += len) {
    uint32_t c = utf8_decode(w->s + at, &len), value = unicode_value(w->u, (int)w->form, c);
    if (!(value & UNICODE_BACK)) break;
    uint8_t ccc = unicode_ccc(w->u, c);
    if (value != UNICODE_BACK || ccc < before) return 0;
    before = ccc;
  }
  mill_buffer_append(w->out, w->s + w->done, at - w->done);
  w->done = at;
  return 1;
}

/* ---- joining ---------------------------------------------------------------------- */

typedef struct joint {
  uint32_t c;      /* what all so far has become */
  uint8_t ccc;     /* of the last mark in it */
  uint32_t kinds;  /* bits: kinds of edit */
  size_t end;      /* of the source so far */
} joint;

/* The character before `done`, as it is alone. */
static int find_base(const work *w, joint *j) {
  size_t len = w->done > w->told ? w->done - utf8_prev(w->s, w->done)
               : w->last != MILL_EDIT_NONE ? w->last_output : 0;
  j->c = utf8_single(w->out->bytes + w->out->len - len, len);
  if (j->c > UNICODE_MAX) return 0;
  int ccc = is_width(w->form) ? 0 : unicode_last_class(w->u, j->c);
  j->ccc = (uint8_t)ccc;
  j->kinds = w->done > w->told ? 0 : 1u << w->last;
  j->end = w->done;
  return ccc >= 0;
}

/* Joins the B of this value at j->end; 0: not that simple. */
static int join_next(const work *w, joint *j, uint32_t c, uint32_t value, size_t len) {
  if (value != UNICODE_BACK) {
    unicode_piece p = unicode_record(w->u, value);
    c = utf8_single(p.text, p.len);
    if (c > UNICODE_MAX) return 0;
    j->kinds |= 1u << p.kind;
  }
  uint8_t ccc = unicode_ccc(w->u, c);
  if (ccc < j->ccc || (unicode_value(w->u, MILL_NFD, c) & 0x7FFFu) != 0) return 0;
  j->c = unicode_compose(w->u, j->c, c);
  j->ccc = ccc;
  j->end += len;
  return j->c != 0;
}

/* 1: all at `done` that looks back has become one with the base. */
static int join(work *w) {
  joint j;
  size_t len;
  if (!mill_buffer_reserve(w->out, 16) || !find_base(w, &j)) return 0;
  while (j.end < w->n) {
    uint32_t c = utf8_decode(w->s + j.end, &len), value = unicode_value(w->u, (int)w->form, c);
    if (!(value & UNICODE_BACK)) break;
    if (!join_next(w, &j, c, value, len)) return 0;
  }
  take_back(w);
  size_t k = utf8_encode(j.c, w->out->bytes + w->out->len);
  w->out->len += k;
  tell(w, (uint32_t)(j.end - w->done), (uint32_t)k, 1, kind_together(j.kinds));
  return 1;
}

/* ---- working out: one character alone ---------------------------------------------- */

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

/* What stays is copied and joins [told,done). */
static void emit(work *w, const part *p) {
  if (p->kind != MILL_EDIT_NONE) {
    edit(w, p->source_len, p->text, p->len, (enum mill_edit)p->kind);
    return;
  }
  mill_buffer_append(w->out, p->text, p->len);
  w->done += p->source_len;
}

/* ---- working out: together ---------------------------------------------------------- */

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
  int whole = !is_width(w->form);
  int rc = 0;
  w->canon.n = 0;
  for (uint32_t i = 0; i < w->n_parts && rc == 0; i++)
    rc = canon_add(&w->canon, w->u, w->parts[i].text, w->parts[i].len, whole);
  if (rc == 0 && whole) rc = canon_order(&w->canon);
  if (rc < 0) return rc;
  if (!decomposes(w->form)) canon_compose(&w->canon, w->u);
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

/* Emits parts first..last-1 as one piece that became text[0,len). */
static void emit_together(work *w, uint32_t first, uint32_t last, const char *text, size_t len) {
  uint32_t kinds = 0;
  size_t source_len = 0;
  for (uint32_t i = first; i < last; i++) {
    kinds |= 1u << w->parts[i].kind;
    source_len += w->parts[i].source_len;
  }
  edit(w, source_len, text, len, kind_together(kinds));
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

int stretch_emit(work *w) {
  if (decomposes(w->form) ? stay(w) : join(w)) return 0;
  size_t at = w->done;
  take_back(w);
  int rc = w->out->error != 0 ? w->out->error : collect(w, w->done, at);
  return rc == 0 ? emit_stretch(w) : rc;
}
