/*
** normalize_work.h - one normalisation under way, shared by normalize.c (the
** loop), skip_avx2.c (what stays) and stretch.c (what interacts).
**
**   source  |...........|.......|..............
**                     told    done            n
**   `out` holds what became of [0,done), `map` knows of [0,told); all of
**   [told,done) stayed as it is. So a character may be taken back: it is
**   either the last one before `done` or, at told == done, the last piece.
*/
#ifndef MILL_NORMALIZE_WORK_H
#define MILL_NORMALIZE_WORK_H

#include <string.h>

#include "compose.h"
#include "cpu.h"
#include "map.h"
#include "normalize.h"
#include "unicode.h"
#include "utf8.h"

typedef struct part { /* a character of a stretch and what it becomes alone */
  const char *text;   /* in the source, in a record, or work.jamo */
  uint32_t len;
  uint8_t source_len, kind, back;
} part;

typedef struct work {
  const mill_unicode *u;
  const unicode_look *look; /* of the form */
  enum mill_form form;
  const char *s;
  size_t n, done, told;
  mill_buffer *out;
  mill_map *map;            /* may be NULL */
  uint32_t last_source, last_output; /* the piece that ends at `told` */
  enum mill_edit last;      /* MILL_EDIT_NONE: there is none to take back */
  enum mill_edit capitals;  /* what A..Z -> a..z is; MILL_EDIT_NONE: they stay */
  int avx2;                 /* 1: skip_avx2 may be used */
  part *parts;              /* the stretch at hand */
  uint32_t n_parts, parts_capacity;
  canon canon;
  mill_buffer stretch;      /* its result */
  char jamo[12];            /* only the first character of a stretch can need it */
} work;

/* Puts `count` pieces that are in `out` already behind what stayed so far. */
static inline void tell(work *w, uint32_t source_len, uint32_t output_len, uint32_t count,
                        enum mill_edit kind) {
  if (w->map != NULL)
    map_append_behind(w->map, w->done - w->told, source_len, output_len, count, (uint32_t)kind);
  w->done += (size_t)source_len * count;
  w->told = w->done;
  w->last_source = source_len;
  w->last_output = output_len;
  w->last = kind;
}

/* The next `source_len` bytes become text[0,len). */
static inline void edit(work *w, size_t source_len, const char *text, size_t len,
                        enum mill_edit kind) {
  mill_buffer_append(w->out, text, len);
  tell(w, (uint32_t)source_len, (uint32_t)len, 1, kind);
}

/* The value of the character at s[at] and its length. */
static inline uint32_t value_at(const work *w, size_t at, size_t *len) {
  uint32_t c = utf8_decode(w->s + at, len);
  return unicode_value(w->u, (int)w->form, c);
}

/* Does the form change the character at p, which is not ASCII? */
static inline int changes(const work *w, const unsigned char *p) {
  size_t len;
  if (p[0] < 0xE0) return (int)(w->look->changes[p[0] & 31u] >> (p[1] & 63u) & 1u);
  if (p[0] < 0xF0)
    return (int)(w->look->changes[(p[0] & 15u) << 6 | (p[1] & 63u)] >> (p[2] & 63u) & 1u);
  return unicode_value(w->u, (int)w->form, utf8_decode((const char *)p, &len)) != 0;
}

/* The next `source_len` bytes become the record of this value. 0: not done,
** it is none or a long one, or there is no room. */
static inline int edit_quickly(work *w, size_t source_len, uint32_t value) {
  if (value >= UNICODE_HANGUL) return 0;
  unicode_piece p = unicode_record(w->u, value);
  if (p.len > 16 || w->out->capacity - w->out->len < 16) return 0;
  memcpy(w->out->bytes + w->out->len, p.text, 16); /* as many are readable */
  w->out->len += p.len;
  tell(w, (uint32_t)source_len, (uint32_t)p.len, 1, p.kind);
  return 1;
}

/* A character with UNICODE_BACK stands at `done`: works out what it and its
** neighbours become. 0 or MILL_E*. */
int stretch_emit(work *w);

#if MILL_AVX2
/* Copies what stays from `done` on; A..Z and what has a short record become
** pieces on the way. Stops at another character that changes, where `out` gets
** short, or less than SKIP_ROOM bytes before the end. `out` has room for the
** rest of the source and SKIP_ROOM bytes. 1: it stopped at a change. */
#define SKIP_ROOM 72
int skip_avx2(work *w);
#endif

#endif
