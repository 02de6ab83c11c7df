/*
** convert_run.h - one step under way: what convert_step.c, convert_fast.c and
** convert_note.c share.
*/
#ifndef MILL_CONVERT_RUN_H
#define MILL_CONVERT_RUN_H

#include "convert.h"
#include "cpu.h"
#include "utf8.h"

/* Edits on their way into a map: `kept` bytes, then `count` pieces 3 -> 3. */
typedef struct edits {
  mill_map *map; /* may be NULL */
  size_t kept, count;
} edits;

typedef struct run {
  const struct mill_convert *v;
  const convert_table *t;
  const uint8_t *index;
  const uint32_t *values;
  const step *st;
  const char *s;
  size_t n;
  size_t visited; /* convert_fast.c: longest match comes by here */
  const marks *words;
  uint32_t word; /* the next of them */
  mill_buffer *out;
  step_text *text;
  edits e;
  int rc; /* sticky */
} run;

/* ---- edits into a map (convert_note.c) ------------------------------------- */

/* Appends to the map what waits. */
void edits_flush(edits *e);

static inline void edits_keep(edits *e, size_t n) {
  if (e->count > 0 && n > 0) edits_flush(e);
  e->kept += n;
}

static inline void edits_change(edits *e, size_t count) { e->count += count; }

/* One piece of `from` bytes became `to` bytes. */
void edits_piece(edits *e, size_t from, size_t to);
/* n <= 63 characters of three bytes: a bit for each that is another one of three. */
void edits_bits(edits *e, uint64_t bits, unsigned n);
/* a[0,an) became b[0,bn): character by character where they are as many, else in
** one piece between what both begin and end with. */
void edits_text(edits *e, const char *a, size_t an, const char *b, size_t bn);
void edits_phrase(edits *e, const convert_phrase *p, const char *key, const char *value);

/* ---- phrases (convert_step.c) ------------------------------------------------ */

/* The longest phrase at s[p,to) filed under one of these hashes: of three
** characters and more, else of two; NULL: none. */
const convert_phrase *run_find(const run *w, size_t p, size_t to, uint32_t two, uint32_t three);
/* Writes what the phrase at `at` becomes; returns where it ends. */
size_t run_emit(run *w, const convert_phrase *p, size_t at);

static inline uint32_t filter_has(const uint32_t *filter, uint32_t shift, uint32_t hash) {
  uint32_t bits = convert_filter_bits(hash, shift);
  return (filter[hash >> shift >> 5] & bits) == bits;
}

/* ---- the fast way (convert_fast.c) ---------------------------------------------- */

/* Goes through characters of three bytes at s[p,to), and the phrases among them;
** returns where it stopped. Longest match comes by p. For steps without words, user
** entries and cuts. */
size_t run_fast(run *w, size_t p, size_t to);

/* ---- characters of three bytes ----------------------------------------------------- */

/* n bytes of the pool, in words: there and in the output is room for seven more. */
static inline void copy_words(char *o, const char *s, size_t n) {
  for (size_t i = 0; i < n; i += 8) memcpy(o + i, s + i, 8);
}

/* Four bytes, the first one lowest on any machine. */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOW_FIRST(x) __builtin_bswap32(x)
#else
#define LOW_FIRST(x) (x)
#endif
static inline uint32_t load(const char *s) {
  uint32_t x;
  memcpy(&x, s, 4);
  return LOW_FIRST(x);
}
static inline void store(char *s, uint32_t x) {
  x = LOW_FIRST(x);
  memcpy(s, &x, 4);
}
static inline int is_three(uint32_t x) { return (x & 0xF0u) == 0xE0u; }
/* The value of the character whose bytes x begins with, where is_three(x). */
static inline uint32_t value_of(const uint8_t *index, const uint32_t *values, uint32_t x) {
  return values[(uint32_t)index[x & 15u] << 12 | (x >> 8 & 63u) << 6 | (x >> 16 & 63u)];
}

#endif
