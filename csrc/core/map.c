/*
** map.c - building maps, and looking positions up in both directions.
**
** A mill_map keeps runs of edits only; what lies between them is unchanged:
**
**     source 0    4      10        16      20     23     30
**            |....|ss|ss|ss|.......|ssss|........|sss|....|
**            |....|o |o |o |.......|oooooo|......|....|
**     output 0    4      7         13     19     23   27
**
**     runs   source output count source_len output_len
**       [0]       4      4     3          2          1
**       [1]      16     13     1          4          6
**       [2]      24     23     1          3          0    (deleted)
**
** Invariants: runs are ordered in both texts; between run k and run k + 1 the
** two texts have equally many (unchanged) bytes; neighbours that touch differ
** in lengths or kind. A piece is one edit, or one unchanged byte.
**
** Look-up is the same in both directions, so it is written once, over `side`:
** which of the two texts a position belongs to.
*/
#include "map.h"

#include <string.h>

#include "alloc.h"
#include "buffer.h"

const char *mill_edit_name(enum mill_edit kind) {
  static const char *const names[] = {"none",   "html",  "entity", "gloss",  "charset",
                                      "mojibake", "broken", "blank", "normal", "width",
                                      "case",   "script", "ignorable", "guess", "mixed"};
  return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

/* ---- building ----------------------------------------------------------- */

mill_map *mill_map_new(void) { return mem_calloc(1, sizeof(mill_map)); }

void mill_map_free(mill_map *m) {
  if (m == NULL) return;
  mem_free(m->runs);
  mem_free(m);
}

int mill_map_error(const mill_map *m) { return m->error; }
size_t mill_map_source_len(const mill_map *m) { return m->source_len; }
size_t mill_map_output_len(const mill_map *m) { return m->output_len; }

size_t mill_map_runs(const mill_map *m, const mill_run **runs) {
  *runs = m->runs;
  return m->n;
}

/* May both texts grow by this much? */
static int has_room(mill_map *m, uint64_t source, uint64_t output) {
  if (m->error) return 0;
  if (source > MILL_MAX_BYTES - m->source_len || output > MILL_MAX_BYTES - m->output_len)
    m->error = MILL_ELIMIT;
  return m->error == 0;
}

void mill_map_keep(mill_map *m, size_t n) {
  if (!has_room(m, n, n)) return;
  m->source_len += (uint32_t)n;
  m->output_len += (uint32_t)n;
}

/* The last run, when these pieces continue it. */
static mill_run *continued(const mill_map *m, uint64_t source_len, uint64_t output_len,
                           uint32_t kind) {
  mill_run *r = m->n > 0 ? &m->runs[m->n - 1] : NULL;
  return r != NULL && r->source_len == source_len && r->output_len == output_len &&
                 r->kind == kind && run_source_end(r) == m->source_len &&
                 run_output_end(r) == m->output_len
             ? r
             : NULL;
}

static void add_run(mill_map *m, mill_run run) {
  m->error = mill_grow(&m->runs, &m->capacity, (size_t)m->n + 1, sizeof *m->runs);
  if (m->error == 0) m->runs[m->n++] = run;
}

void map_append(mill_map *m, uint64_t source_len, uint64_t output_len, uint64_t count,
                uint32_t kind) {
  if (count == 0 || (source_len == 0 && output_len == 0)) return;
  if (kind > MILL_EDIT_MIXED) m->error = m->error ? m->error : MILL_EINVAL;
  if (source_len > MILL_MAX_BYTES || output_len > MILL_MAX_BYTES || count > MILL_MAX_BYTES)
    m->error = m->error ? m->error : MILL_ELIMIT;
  if (m->error || !has_room(m, source_len * count, output_len * count)) return;
  mill_run *last = continued(m, source_len, output_len, kind);
  if (last != NULL)
    last->count += (uint32_t)count;
  else
    add_run(m, (mill_run){m->source_len, m->output_len, (uint32_t)count, (uint32_t)source_len,
                          (uint32_t)output_len, kind});
  if (m->error) return;
  m->source_len += (uint32_t)(source_len * count);
  m->output_len += (uint32_t)(output_len * count);
}

void mill_map_edit(mill_map *m, size_t source_len, size_t output_len, enum mill_edit kind) {
  map_append(m, source_len, output_len, 1, (uint32_t)kind);
}

/* ---- looking up --------------------------------------------------------- */

enum side { SOURCE, OUTPUT };

static uint32_t start_of(const mill_run *r, enum side s) {
  return s == SOURCE ? r->source : r->output;
}
static uint32_t length_of(const mill_run *r, enum side s) {
  return s == SOURCE ? r->source_len : r->output_len;
}
static enum side other(enum side s) { return s == SOURCE ? OUTPUT : SOURCE; }

/* The last run that starts at or before x, or NULL. Of several that start at
** the same place all but the last are empty on this side, so the last is the
** one that can hold x. Without branches on the data: compilers make the step
** a conditional move. */
static const mill_run *run_before(const mill_map *m, enum side s, uint32_t x) {
  const mill_run *base = m->runs;
  uint32_t n = m->n;
  if (n == 0 || start_of(base, s) > x) return NULL;
  while (n > 1) {
    uint32_t half = n / 2;
    base += start_of(base + half, s) <= x ? half : 0;
    n -= half;
  }
  return base;
}

typedef struct piece { mill_span here, there; } piece; /* on side s, and on the other */

/* The piece that holds byte x of side s; `r` is run_before(x). */
static piece piece_of(const mill_run *r, enum side s, uint32_t x) {
  if (r == NULL) return (piece){{x, x + 1}, {x, x + 1}};
  uint32_t here = length_of(r, s), there = length_of(r, other(s));
  uint32_t offset = x - start_of(r, s), begin = start_of(r, other(s));
  if (offset >= r->count * here) { /* behind the run: unchanged */
    uint32_t y = begin + r->count * there + (offset - r->count * here);
    return (piece){{x, x + 1}, {y, y + 1}};
  }
  uint32_t k = r->count == 1 ? 0 : offset / here;
  uint32_t from = start_of(r, s) + k * here, to = begin + k * there;
  return (piece){{from, from + here}, {to, to + there}};
}

static piece piece_at(const mill_map *m, enum side s, uint32_t x) {
  return piece_of(run_before(m, s, x), s, x);
}

/* The other side of the gap between bytes x - 1 and x: behind the piece of
** byte x - 1, so left of what was deleted or inserted there. */
static uint32_t point_across(const mill_map *m, enum side s, uint32_t x) {
  if (x == 0) return 0;
  piece p = piece_at(m, s, x - 1);
  return x == p.here.to ? p.there.to : p.there.from;
}

/* run_before(x), x not left of what gave `r`: mostly the same run. */
static const mill_run *run_near(const mill_map *m, const mill_run *r, enum side s, uint32_t x) {
  if (m->n == 0) return NULL;
  const mill_run *next = r != NULL ? r + 1 : m->runs;
  return next == m->runs + m->n || start_of(next, s) > x ? r : run_before(m, s, x);
}

static mill_span across(const mill_map *m, enum side s, mill_span span) {
  uint32_t len = s == SOURCE ? m->source_len : m->output_len;
  if (span.to > len) span.to = len;
  if (span.from >= span.to) {
    uint32_t at = point_across(m, s, span.from < len ? span.from : len);
    return (mill_span){at, at};
  }
  const mill_run *r = run_before(m, s, span.from);
  mill_span first = piece_of(r, s, span.from).there;
  mill_span last = piece_of(run_near(m, r, s, span.to - 1), s, span.to - 1).there;
  return (mill_span){first.from, last.to};
}

mill_span mill_map_from(const mill_map *m, mill_span output) { return across(m, OUTPUT, output); }
mill_span mill_map_to(const mill_map *m, mill_span source) { return across(m, SOURCE, source); }

mill_span map_to_next(const mill_map *m, uint32_t *next, mill_span source) {
  if (source.from >= source.to || source.to > m->source_len) return mill_map_to(m, source);
  uint32_t k = *next;
  while (k < m->n && m->runs[k].source <= source.from) k++;
  mill_span first = piece_of(k > 0 ? &m->runs[k - 1] : NULL, SOURCE, source.from).there;
  while (k < m->n && m->runs[k].source < source.to) k++;
  mill_span last = piece_of(k > 0 ? &m->runs[k - 1] : NULL, SOURCE, source.to - 1).there;
  *next = k;
  return (mill_span){first.from, last.to};
}
