/*
** convert_note.c - what a step changed, into a map.
**
** Nearly all changes are of one character of three bytes into another; they come
** as bits, 56 characters at a time, and leave as runs of equal pieces.
*/
#include "alloc.h"
#include "convert_run.h"

/* Appends to the map what waits. Its lengths stay below the limit, as the text
** and the result do (room, step_run). */
void edits_flush(edits *e) {
  mill_map *m = e->map;
  if (m != NULL) {
    m->source_len += (uint32_t)e->kept;
    m->output_len += (uint32_t)e->kept;
    if (e->kept > 0 && e->count > 0 && m->n < m->capacity) { /* cannot join the run before */
      m->runs[m->n++] = (mill_run){m->source_len, m->output_len, (uint32_t)e->count, 3, 3, MILL_EDIT_SCRIPT};
      m->source_len += 3 * (uint32_t)e->count;
      m->output_len += 3 * (uint32_t)e->count;
    } else {
      map_append(m, 3, 3, e->count, MILL_EDIT_SCRIPT);
    }
  }
  e->kept = e->count = 0;
}

void edits_piece(edits *e, size_t from, size_t to) {
  if (from == 3 && to == 3) {
    edits_change(e, 1);
    return;
  }
  edits_flush(e);
  if (e->map != NULL) mill_map_edit(e->map, from, to, MILL_EDIT_SCRIPT);
}

/* Does a piece 3 -> 3 that follows now continue the last run? */
static int continues(const mill_map *m) {
  const mill_run *last = m->n > 0 ? &m->runs[m->n - 1] : NULL;
  return last != NULL && last->source_len == 3 && last->output_len == 3 && last->kind == MILL_EDIT_SCRIPT &&
         run_source_end(last) == m->source_len && run_output_end(last) == m->output_len;
}

/* Straight into the map: a run for every row of bits. */
void edits_bits(edits *e, uint64_t bits, unsigned n) {
  mill_map *m = e->map;
  if (m == NULL || n == 0) return;
  edits_flush(e);
  if (m->capacity - m->n < 32) {
    if (m->error == 0) m->error = mill_grow(&m->runs, &m->capacity, (size_t)m->n + 32, sizeof *m->runs);
    if (m->error) return;
  }
  if (bits & 1 && continues(m)) {
    m->runs[m->n - 1].count += (uint32_t)__builtin_ctzll(~bits); /* bit 63 is not set */
    bits &= bits + 1;
  }
  uint64_t first = bits & ~(bits << 1), last = bits & ~(bits >> 1);
  uint32_t source = m->source_len, output = m->output_len;
  mill_run *r = m->runs + m->n;
  for (; first != 0; first &= first - 1, last &= last - 1, r++) {
    uint32_t from = (uint32_t)__builtin_ctzll(first), to = (uint32_t)__builtin_ctzll(last) + 1;
    *r = (mill_run){source + 3 * from, output + 3 * from, to - from, 3, 3, MILL_EDIT_SCRIPT};
  }
  m->n = (uint32_t)(r - m->runs);
  m->source_len = source + 3 * n;
  m->output_len = output + 3 * n;
}

static size_t characters(const char *s, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += !utf8_is_tail((unsigned char)s[i]);
  return count;
}

/* a[0,an) became b[0,bn): character by character where they are as many,
** else in one piece between what both begin and end with. */
void edits_text(edits *e, const char *a, size_t an, const char *b, size_t bn) {
  int pairs = characters(a, an) == characters(b, bn);
  size_t tail = 0;
  while (an > 0 && bn > 0) {
    size_t la = utf8_length((unsigned char)*a), lb = utf8_length((unsigned char)*b);
    int same = la == lb && memcmp(a, b, la) == 0;
    if (!same && !pairs) break;
    if (same)
      edits_keep(e, la);
    else
      edits_piece(e, la, lb);
    a += la, an -= la;
    b += lb, bn -= lb;
  }
  while (an > 0 && bn > 0) {
    size_t i = utf8_prev(a, an), k = utf8_prev(b, bn);
    if (an - i != bn - k || memcmp(a + i, b + k, an - i) != 0) break;
    tail += an - i;
    an = i;
    bn = k;
  }
  if (an + bn > 0) edits_piece(e, an, bn);
  if (tail > 0) edits_keep(e, tail);
}

void edits_phrase(edits *e, const convert_phrase *p, const char *key, const char *value) {
  if (e->map == NULL) return;
  if (p->same) {
    edits_keep(e, p->key_len);
  } else if (p->changes != 0xFF) {
    edits_bits(e, p->changes, p->key_len / 3u);
  } else {
    edits_text(e, key, p->key_len, value, p->value_len);
  }
}
