/*
** map_code.c - maps as bytes, small enough to store one with every document.
**
**   format 1
**   varint source_len
**   one record a run, to the end:
**     byte   slot << 5 | gap code
**              slot 0..6  the run's shape, by its place among the last seven
**              slot 7     a new shape: follows
**     gap    unchanged bytes before the run; most lie between characters of 3
**              code 0..3    that many bytes
**              code 4..25   3 * (code - 2):  6, 9 ... 69
**              code 26..30  (code - 26) << 8 | next byte
**              code 31      varint
**     shape  byte kind << 4 | repeats << 3 | output_len, or 7: varint follows
**            varint source_len
**     count  varint count - 2, where the shape repeats
**
** A record takes at least a byte, so n bytes never decode to more than n runs.
** The last seven shapes are kept most recent first, alike on both sides.
** Every map has exactly one code, and decode accepts nothing else.
*/
#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "map.h"

#define FORMAT 1
#define SLOTS 7u
#define LONG_OUTPUT 7u

/* What one run may share with another. */
typedef struct shape { uint32_t source_len, output_len, kind, repeats; } shape;
typedef struct recent { shape at[SLOTS]; } recent;

static int same_shape(const shape *a, const shape *b) {
  return a->source_len == b->source_len && a->output_len == b->output_len && a->kind == b->kind &&
         a->repeats == b->repeats;
}

static uint32_t slot_of(const recent *r, const shape *s) {
  uint32_t i = 0;
  while (i < SLOTS && !same_shape(&r->at[i], s)) i++;
  return i;
}

/* Moves shape s, found in this slot (or SLOTS: nowhere), to the front. */
static void move_to_front(recent *r, uint32_t slot, shape s) {
  uint32_t n = slot < SLOTS ? slot : SLOTS - 1;
  memmove(r->at + 1, r->at, n * sizeof *r->at);
  r->at[0] = s;
}

/* ---- encoding ----------------------------------------------------------- */

static void put_varint(mill_buffer *b, uint32_t v) {
  for (; v >= 0x80; v >>= 7) mill_buffer_byte(b, (int)(v & 0x7F) | 0x80);
  mill_buffer_byte(b, (int)v);
}

static uint32_t gap_code(uint32_t gap) {
  if (gap <= 3) return gap;
  if (gap % 3 == 0 && gap <= 69) return gap / 3 + 2;
  return gap < 5 << 8 ? 26 + (gap >> 8) : 31;
}

static void put_gap(mill_buffer *b, uint32_t code, uint32_t gap) {
  if (code == 31)
    put_varint(b, gap);
  else if (code >= 26)
    mill_buffer_byte(b, (int)(gap & 0xFF));
}

static void put_shape(mill_buffer *b, const shape *s) {
  uint32_t output = s->output_len < LONG_OUTPUT ? s->output_len : LONG_OUTPUT;
  mill_buffer_byte(b, (int)(s->kind << 4 | s->repeats << 3 | output));
  if (output == LONG_OUTPUT) put_varint(b, s->output_len);
  put_varint(b, s->source_len);
}

static void put_run(mill_buffer *b, recent *shapes, const mill_run *r, uint32_t gap) {
  shape s = {r->source_len, r->output_len, r->kind, r->count > 1};
  uint32_t slot = slot_of(shapes, &s), code = gap_code(gap);
  mill_buffer_byte(b, (int)(slot << 5 | code));
  put_gap(b, code, gap);
  if (slot == SLOTS) put_shape(b, &s);
  if (s.repeats) put_varint(b, r->count - 2);
  move_to_front(shapes, slot, s);
}

int mill_map_encode(const mill_map *m, unsigned char **bytes, size_t *n) {
  mill_buffer b = {NULL, 0, 0, 0};
  recent shapes = {0};
  *bytes = NULL;
  *n = 0;
  if (m->error) return m->error;
  mill_buffer_byte(&b, FORMAT);
  put_varint(&b, m->source_len);
  for (uint32_t i = 0, end = 0; i < m->n && !b.error; i++) {
    put_run(&b, &shapes, &m->runs[i], m->runs[i].source - end);
    end = run_source_end(&m->runs[i]);
  }
  *bytes = (unsigned char *)mill_buffer_take(&b, n);
  return *bytes != NULL ? 0 : MILL_ENOMEM;
}

/* ---- decoding ----------------------------------------------------------- */

typedef struct reader {
  const unsigned char *p, *end;
  int bad; /* sticky: read beyond the end, or a number out of range */
} reader;

static uint32_t get_byte(reader *r) {
  if (r->p < r->end) return *r->p++;
  r->bad = 1;
  return 0;
}

static uint32_t get_varint(reader *r) {
  uint64_t v = 0;
  uint32_t b = 0x80;
  for (int shift = 0; b & 0x80 && shift < 35 && !r->bad; shift += 7) {
    b = get_byte(r);
    v |= (uint64_t)(b & 0x7F) << shift;
  }
  if (b & 0x80 || v > MILL_MAX_BYTES) r->bad = 1;
  return r->bad ? 0 : (uint32_t)v;
}

static uint32_t get_gap(reader *r, uint32_t code) {
  if (code <= 3) return code;
  if (code <= 25) return 3 * (code - 2);
  return code < 31 ? (code - 26) << 8 | get_byte(r) : get_varint(r);
}

static shape get_shape(reader *r) {
  uint32_t b = get_byte(r);
  shape s = {0, b & 7, b >> 4, b >> 3 & 1};
  if (s.output_len == LONG_OUTPUT) s.output_len = get_varint(r);
  s.source_len = get_varint(r);
  if (s.kind > MILL_EDIT_MIXED || (s.source_len == 0 && s.output_len == 0)) r->bad = 1;
  return s;
}

static void get_run(reader *r, recent *shapes, mill_map *m) {
  uint32_t b = get_byte(r), slot = b >> 5;
  uint32_t gap = get_gap(r, b & 31);
  shape s = slot < SLOTS ? shapes->at[slot] : get_shape(r);
  uint32_t count = s.repeats ? get_varint(r) : 0;
  if (s.source_len == 0 && s.output_len == 0) r->bad = 1; /* an empty slot */
  if (r->bad) return;
  mill_map_keep(m, gap);
  map_append(m, s.source_len, s.output_len, s.repeats ? (uint64_t)count + 2 : 1, s.kind);
  move_to_front(shapes, slot, s);
}

/* Reads all runs; 0, MILL_ENOMEM or MILL_ECORRUPT. */
static int get_map(reader *r, mill_map *m) {
  recent shapes = {0};
  if (get_byte(r) != FORMAT) r->bad = 1;
  uint32_t source_len = get_varint(r);
  while (r->p < r->end && !r->bad && m->error == 0) get_run(r, &shapes, m);
  if (r->bad || m->error == MILL_ELIMIT || m->source_len > source_len) return MILL_ECORRUPT;
  mill_map_keep(m, source_len - m->source_len);
  return m->error == MILL_ELIMIT ? MILL_ECORRUPT : m->error;
}

/* A code that says the same in another way was not made by encode: damage
** that happens to be readable. */
static int check_canonical(const mill_map *m, const unsigned char *bytes, size_t n) {
  unsigned char *again;
  size_t len;
  int rc = mill_map_encode(m, &again, &len);
  if (rc == 0 && (len != n || memcmp(again, bytes, n) != 0)) rc = MILL_ECORRUPT;
  mem_free(again);
  return rc;
}

int mill_map_decode(const unsigned char *bytes, size_t n, mill_map **out) {
  *out = NULL;
  if (n == 0) return MILL_ECORRUPT;
  mill_map *m = mill_map_new();
  if (m == NULL) return MILL_ENOMEM;
  reader r = {bytes, bytes + n, 0};
  int rc = get_map(&r, m);
  if (rc == 0) rc = check_canonical(m, bytes, n);
  if (rc == 0)
    *out = m;
  else
    mill_map_free(m);
  return rc;
}
