/*
** normalize_work.h - one normalisation under way.
**
**   normalize.c        part after part of the text: scanned, then edited
**   normalize_scan.c   is it UTF-8, and what in it changes? (scan_avx2.c)
**   normalize_edit.c   makes those edits
**   normalize_join.c   usual ones that interact with their neighbours, or grow
**   stretch.c          any that interact
**
**   source  |...........|.......|.........|......
**                     told    done        n      total
**   `out` holds what became of [0,done), `map` knows of [0,told); all of
**   [told,done) stayed as it is. So a character may be taken back: it is
**   either the last one before `done` or, at told == done, the last piece.
**   A part ends at n, before a character that does not look back.
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
  size_t n, done, told, total;
  mill_buffer *out;
  mill_map *map;            /* may be NULL */
  uint32_t last_source, last_output; /* the piece that ends at `told` */
  enum mill_edit last;      /* MILL_EDIT_NONE: there is none to take back */
  enum mill_edit capitals;  /* what A..Z -> a..z is; MILL_EDIT_NONE: they stay */
  enum normalize_path path;
  part *parts;              /* the stretch at hand */
  uint32_t n_parts, parts_capacity;
  canon canon;
  mill_buffer stretch;      /* its result */
  char jamo[12];            /* only the first character of a stretch can need it */
} work;

/* Fills w for a form of s[0,n). */
void work_begin(work *w, const mill_unicode *u, enum mill_form form, const char *s, size_t n,
                mill_buffer *out, mill_map *map, enum normalize_path path);
void work_end(work *w);

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

static inline int decomposes(enum mill_form form) { return form == MILL_NFD || form == MILL_NFKD; }

/* These only join ﾞ and ﾟ, and decompose nothing. */
static inline int is_width(enum mill_form form) { return form == MILL_WIDTH || form == MILL_DISPLAY; }

/* Why a piece is what it is, from the kinds of edit in it (bits): that of the
** only one, as far as it can stand for all. */
static inline enum mill_edit kind_together(uint32_t kinds) {
  kinds &= ~(1u << MILL_EDIT_NONE);
  if (kinds == 0 || kinds == 1u << MILL_EDIT_NORMAL) return MILL_EDIT_NORMAL;
  return kinds == 1u << MILL_EDIT_WIDTH ? MILL_EDIT_WIDTH : MILL_EDIT_MIXED;
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

/* Characters that change, by their places in a part, in order; some may stay.
** many: the part before had so many to look at that they are worth a test. */
#define SCAN_BYTES 8192u
typedef struct edit_list {
  uint32_t n, many;
  uint16_t at[SCAN_BYTES + 64];
} edit_list;
/* What `out` must have room for while `rest` bytes are edited: none of the quick
** entries is longer than its character; behind it up to PART_SPARE bytes are written. */
#define PART_SPARE 128u
static inline size_t part_room(const work *w, size_t rest) {
  return rest * (decomposes(w->form) ? 3 : 1) + PART_SPARE + 64;
}

/* Scans a part from `from` on: copies it to `to` with A..Z as the form has them
** and lists what changes. Returns how many bytes, 0: they are not UTF-8. What is
** scanned may end within a character. */
size_t scan_portable(const work *w, size_t from, char *to, edit_list *e);
#if MILL_AVX2
/* The same 64 bytes at a time, where the text has so many and SCAN_SLACK more. */
#define SCAN_SLACK 40
size_t scan_avx2(const work *w, size_t from, char *to, edit_list *e);
#endif

/* Normalises [done,total); what was before is not looked at. 0 or MILL_E*. */
int normalize_rest(work *w);

/* Makes the edits of the part [done,n), which `out` has a copy of behind its
** end; moved: it has not. 0 or MILL_E*. */
int edit_part(work *w, const edit_list *e, int moved);

#endif
