/*
** normalize_pen.h - writes edits: what changes from edit to edit of a part.
**
**   source  |kkkkk(kk|......      k stayed, ( was replaced by two bytes
**   out     |kkkkk((kk|
**                end  done        the last piece ends at `end`, in the map's source
**
** A pen is copied into locals by whoever writes much with it, so that it lies
** in registers. Runs are written whole whether an edit begins one or joins it:
** no branch depends on what a text holds, as long as it is of one kind.
*/
#ifndef MILL_NORMALIZE_PEN_H
#define MILL_NORMALIZE_PEN_H

#include <string.h>

#include "normalize_work.h"

#define COPY 64 /* bytes copied at a time, needed or not */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

typedef struct pen { /* what changes from edit to edit; the rest is in work */
  char *out;
  size_t to, done;
  mill_run *next;          /* behind the last run of the map, or spare + 1; NULL: it only looks */
  size_t step;             /* bytes of a run; 0: there is no map */
  uint32_t source, output; /* added to places, give those of the map */
  uint32_t end, shape;     /* where the last piece ends in the map's source; its shape */
  uint32_t first;          /* `end` before its first piece */
} pen;

/* What a piece may share with the one before, as a number: that of a quick entry
** with its length, of capitals, of others, or none. */
#define QUICK_SHAPE(entry, three) ((entry) >> 24 | (three) << 6 | 0x80u)
#define CAPITAL_SHAPE 0x100u
#define NO_SHAPE 0x200u
#define OTHER_SHAPE(source_len, output_len, kind) ((kind) << 24 | (source_len) << 16 | (output_len) << 10)

static inline uint32_t shape_of(uint32_t source_len, uint32_t output_len, uint32_t kind) {
  if (source_len == 1 && output_len == 1) return CAPITAL_SHAPE | kind;
  if ((source_len == 2 || source_len == 3) && output_len <= source_len)
    return QUICK_SHAPE((source_len ^ output_len) << 24 | kind << 26, source_len - 2);
  if (source_len > 255 || output_len > 63) return NO_SHAPE;
  return OTHER_SHAPE(source_len, output_len, kind);
}

static inline uint32_t shape_of_run(const mill_run *r) {
  return shape_of(r->source_len, r->output_len, r->kind);
}

/* ---- pieces ------------------------------------------------------------------------ */

/* `count` pieces from `done` and `to` on. The run is written either way; joined
** to the one before, the next is written over it. */
ALWAYS_INLINE void put_run(pen *k, uint32_t shape, uint32_t source_len, uint32_t output_len,
                           uint32_t count, uint32_t kind) {
  uint32_t source = (uint32_t)k->done + k->source;
  size_t joins = (size_t)((source == k->end) & (shape == k->shape));
  k->next[-1].count += count & (uint32_t)-joins;
  *k->next = (mill_run){source, (uint32_t)k->to + k->output, count, source_len, output_len, kind};
  k->next = (mill_run *)(void *)((char *)k->next + (k->step & (joins - 1)));
  k->end = source + source_len * count;
  k->shape = shape;
}

typedef char block __attribute__((vector_size(32), aligned(1), may_alias));

/* Copies what stays up to `at`, COPY bytes at a time; as many can be read there. */
ALWAYS_INLINE void bring(pen *k, const char *s, size_t at) {
  size_t n = at - k->done, i = 0;
  do {
    const block *from = (const block *)(const void *)(s + k->done + i);
    block *to = (block *)(void *)(k->out + k->to + i);
    block a = from[0], b = from[1];
    to[0] = a, to[1] = b;
    i += COPY;
  } while (i < n);
  k->to += n;
  k->done = at;
}

/* ---- the edits of a part -------------------------------------------------------------- */

typedef struct edits_at {
  size_t from, limit;
  const edit_list *e;
  int complete; /* all that change are listed */
} edits_at;

/* The entry of the character of `len` bytes at p. */
ALWAYS_INLINE uint32_t entry_at(const uint32_t *quick, const uint16_t *page, const char *text,
                                uint32_t len) {
  const unsigned char *p = (const unsigned char *)text;
  uint32_t block_of_64 = len == 3 ? (p[0] & 15u) << 6 | (p[1] & 63u) : p[0] & 31u;
  return quick[page[block_of_64] * 64u + (p[len - 1] & 63u)];
}

/* The character of `len` bytes with this entry, copied already or not; returns
** how much shorter it is then. */
ALWAYS_INLINE uint32_t edit_quick(pen *k, const char *s, uint32_t entry, uint32_t len, int moved) {
  uint32_t new_len = len ^ QUICK_LENGTH(entry), x;
  memcpy(&x, moved ? s + k->done : k->out + k->to, 4);
  x ^= entry & QUICK_BYTES;
  memcpy(k->out + k->to, &x, 4);
  put_run(k, QUICK_SHAPE(entry, len - 2), len, new_len, 1, QUICK_KIND(entry));
  k->to += new_len;
  k->done += len;
  return len - new_len;
}

/* ---- easy edits ------------------------------------------------------------------------ */


/* Makes those from number i on that interact, or grow: joins of a base and what
** looks back, jamo, decompositions. Stops at one that is easy, or too hard for it;
** returns its number. *moved: set when something was written (normalize_join.c). */
uint32_t edit_joins(pen *given, const work *w, const edits_at *l, uint32_t i, int *moved);

#endif
