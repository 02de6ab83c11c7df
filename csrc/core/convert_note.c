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

/* The runs between the pairs of edges (bits; at least one pair), straight into
** the map. It stands at character `at` of theirs. The last one waits in e, as it
** may go on; returns where it ends. */
static unsigned note_runs(edits *e, uint64_t edges, unsigned at) {
  mill_map *m = e->map;
  uint32_t source = m->source_len - 3 * at, output = m->output_len - 3 * at;
  unsigned from, to;
  if (m->error == 0) m->error = mill_grow(&m->runs, &m->capacity, (size_t)m->n + 32, sizeof *m->runs);
  if (m->error) return at;
  for (mill_run *r = m->runs + m->n;; r++) {
    from = (unsigned)__builtin_ctzll(edges);
    edges &= edges - 1;
    to = (unsigned)__builtin_ctzll(edges);
    edges &= edges - 1;
    if (edges == 0) {
      m->n = (uint32_t)(r - m->runs);
      break;
    }
    *r = (mill_run){source + 3 * from, output + 3 * from, to - from, 3, 3, MILL_EDIT_SCRIPT};
  }
  m->source_len = source + 3 * from;
  m->output_len = output + 3 * from;
  e->count = to - from;
  return to;
}

/* n <= 63 characters of three bytes, from the bits of `plain`. */
void edits_bits(edits *e, uint64_t bits, unsigned n) {
  uint64_t edges = bits ^ bits << 1;
  if (e->map == NULL) return;
  if (edges != 0) {
    unsigned from = (unsigned)__builtin_ctzll(edges), to;
    edges &= edges - 1;
    to = (unsigned)__builtin_ctzll(edges);
    edges &= edges - 1;
    if (from > 0) edits_keep(e, 3 * (size_t)from);
    edits_change(e, to - from);
    if (edges != 0) {
      edits_flush(e);
      to = note_runs(e, edges, to);
    }
    n -= to;
  }
  if (n > 0) edits_keep(e, 3 * (size_t)n);
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
