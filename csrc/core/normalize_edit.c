/*
** normalize_edit.c - makes the edits that the scan listed.
**
**   source  |....(....|.....|....       the scan has copied the part behind
**   out     |....(....|.....|....       `out` already: an edit that keeps the
**                                       length changes bytes there
**   source  |....（....|.....|....
**   out     |....(|....|.....|          after the first that does not, what
**                                       stays is copied from the source
**
** The quick entries (unicode.h) say in one load what a character becomes; what
** they leave open goes through normalize_join.c, and what that leaves open through
** its value, or stretch.c.
*/
#include <string.h>

#include "buffer.h"
#include "normalize_pen.h"

/* ---- between work and pen ---------------------------------------------------------- */

/* May the map grow by as many runs as edits are left? Else it has its error. */
static int map_has_room(work *w, uint32_t edits) {
  mill_map *m = w->map;
  if (m == NULL || m->error != 0) return 0;
  if (m->source_len + (w->n - w->told) > MILL_MAX_BYTES) m->error = MILL_ELIMIT;
  else m->error = mill_grow(&m->runs, &m->capacity, (size_t)m->n + edits + 1, sizeof *m->runs);
  return m->error == 0;
}

/* Of an empty map a pen cannot write the first run; spare: two runs that are not read. */
static void pick_up(pen *k, work *w, uint32_t edits, mill_run *spare) {
  mill_map *m = map_has_room(w, edits) ? w->map : NULL;
  *k = (pen){.out = w->out->bytes, .to = w->out->len, .done = w->done, .next = spare + 1};
  k->end = k->first = (uint32_t)w->told;
  k->shape = NO_SHAPE;
  if (m == NULL) return;
  if (m->n == 0) {
    k->next = NULL;
    return;
  }
  k->next = m->runs + m->n;
  k->step = sizeof *m->runs;
  k->source = m->source_len - (uint32_t)w->told;
  k->output = m->output_len - (uint32_t)(w->out->len - (w->done - w->told));
  k->end = k->first = m->source_len;
  if (run_source_end(k->next - 1) == k->end) k->shape = shape_of_run(k->next - 1);
}

static void lay_down(const pen *k, work *w) {
  w->out->len = k->to;
  w->done = k->done;
  if (w->told == k->end - k->source) return; /* no piece since pick_up */
  const mill_run *last = k->next - (k->step != 0);
  w->told = k->end - k->source;
  w->last_source = last->source_len;
  w->last_output = last->output_len;
  w->last = (enum mill_edit)last->kind;
  if (k->step == 0) return;
  w->map->n = (uint32_t)(k->next - w->map->runs);
  w->map->source_len = k->end;
  w->map->output_len = run_output_end(last);
}

/* ---- easy edits ------------------------------------------------------------------------ */

/* The capital at `done`; a copy of it in `out` is small already. A branch, since
** few have another one before them, or all. */
ALWAYS_INLINE void edit_capital(pen *k, const char *s, uint32_t kind, int moved) {
  uint32_t source = (uint32_t)k->done + k->source;
  if (moved) k->out[k->to] = (char)(s[k->done] | 0x20);
  if (source == k->end) {
    put_run(k, CAPITAL_SHAPE | kind, 1, 1, 1, kind);
  } else {
    *k->next = (mill_run){source, (uint32_t)k->to + k->output, 1, 1, 1, kind};
    k->next = (mill_run *)(void *)((char *)k->next + k->step);
    k->end = source + 1;
    k->shape = CAPITAL_SHAPE | kind;
  }
  k->done++;
  k->to++;
}

/* Goes to the character at `at`. */
ALWAYS_INLINE void go_to(pen *k, const char *s, size_t at, int moved) {
  if (moved) {
    bring(k, s, at);
  } else {
    k->to += at - k->done;
    k->done = at;
  }
}

/* Makes the edits from number i on. Stops at one that is hard, not below `limit`,
** or behind the first that changes the length, where moved is 0. Returns its
** number. The pen and what is read of the work are copied, so that they lie in
** registers. */
ALWAYS_INLINE uint32_t easy(pen *given, const work *w, const edits_at *l, uint32_t i, int moved) {
  pen k = *given;
  const char *s = w->s;
  const uint16_t *list = l->e->at, *page = w->look->page;
  const uint32_t *quick = w->u->quick;
  const size_t from = l->from, limit = l->limit;
  const uint32_t n = l->e->n, capitals = (uint32_t)w->capitals;
  for (uint32_t shorter = 0, entry; i < n && shorter == 0; i++) {
    size_t at = from + list[i];
    if (at >= limit) break;
    if (moved && at < k.done) continue; /* went into the edit before */
    uint32_t first = (unsigned char)s[at];
    if (first < 0x80) {
      go_to(&k, s, at, moved);
      edit_capital(&k, s, capitals, moved);
    } else if (first < 0xF0) {
      uint32_t len = first < 0xE0 ? 2 : 3;
      entry = entry_at(quick, page, s + at, len);
      if (entry == 0) continue; /* stays */
      if (entry & QUICK_HARD) break;
      go_to(&k, s, at, moved);
      shorter = edit_quick(&k, s, entry, len, moved) & (uint32_t)(moved - 1);
    } else if (changes(w, (const unsigned char *)s + at)) {
      break;
    }
  }
  *given = k;
  return i;
}

/* The same, whether moved or not; *moved: afterwards. */
ALWAYS_INLINE uint32_t easy_either(pen *k, const work *w, const edits_at *l, uint32_t i, int *moved) {
  size_t lead = k->to - k->done;
  if (!*moved) i = easy(k, w, l, i, 0);
  *moved |= i < l->e->n || k->to - k->done != lead;
  return *moved ? easy(k, w, l, i, 1) : i;
}

static uint32_t easy_portable(pen *k, const work *w, const edits_at *l, uint32_t i, int *moved) {
  return easy_either(k, w, l, i, moved);
}

#if MILL_AVX2
MILL_TARGET_BITS static uint32_t easy_avx2(pen *k, const work *w, const edits_at *l, uint32_t i,
                                           int *moved) {
  return easy_either(k, w, l, i, moved);
}
#endif

static uint32_t edit_easy(pen *k, const work *w, const edits_at *l, uint32_t i, int *moved) {
#if MILL_AVX2
  if (w->path == NORMALIZE_AVX2) return easy_avx2(k, w, l, i, moved);
#endif
  return easy_portable(k, w, l, i, moved);
}

/* Both kinds in turn, as they come; stops at one that is hard for either. */
static uint32_t edit_with_pen(pen *k, const work *w, const edits_at *l, uint32_t i, int *moved) {
  for (;;) {
    if (k->next != NULL) i = edit_easy(k, w, l, i, moved);
    if (i == l->e->n || w->path == NORMALIZE_STRETCHES || !l->complete) return i;
    uint32_t next = edit_joins(k, w, l, i, moved);
    if (next == i) return i;
    i = next;
  }
}

/* ---- what is not that easy ----------------------------------------------------------- */

static void edit_record(work *w, size_t source_len, uint32_t value) {
  unicode_piece p = unicode_record(w->u, value);
  edit(w, source_len, p.text, p.len, p.kind);
}

static void edit_hangul(work *w, size_t len) {
  char jamo[12];
  edit(w, len, jamo, hangul_decompose(utf8_decode(w->s + w->done, &len), jamo), MILL_EDIT_NORMAL);
}

static int edit_hard(work *w) {
  size_t len;
  uint32_t value = value_at(w, w->done, &len);
  if (value == 0) return 0; /* it stays */
  if (value & UNICODE_BACK) return stretch_emit(w);
  if (value == UNICODE_HANGUL) edit_hangul(w, len);
  else edit_record(w, len, value);
  return 0;
}

/* ---- a part -------------------------------------------------------------------------- */

/* Copies what stays up to `at`, if it is not there. */
static void bring_rest(work *w, size_t at, int moved) {
  if (moved) memcpy(w->out->bytes + w->out->len, w->s + w->done, at - w->done);
  w->out->len += at - w->done;
  w->done = at;
}

/* The edit of any character, at `at`. */
static int put_hard(work *w, size_t at, int *moved) {
  bring_rest(w, at, *moved);
  *moved = 1;
  int rc = edit_hard(w);
  if (rc == 0 && !mill_buffer_reserve(w->out, part_room(w, w->n - w->done))) rc = w->out->error;
  return rc == 0 && w->out->len > MILL_MAX_BYTES ? MILL_ELIMIT : rc;
}

int edit_part(work *w, const edit_list *e, int moved) {
  size_t limit = w->total < COPY ? 0 : w->total - COPY;
  edits_at l = {w->done, limit < w->n ? limit : w->n, e, !moved};
  mill_run spare[2] = {{0}, {0}};
  for (uint32_t i = 0; i < e->n; i++) {
    pen k;
    pick_up(&k, w, e->n - i, spare);
    i = edit_with_pen(&k, w, &l, i, &moved);
    lay_down(&k, w);
    if (i == e->n) break;
    size_t at = l.from + e->at[i];
    if (at < w->done) continue;
    if (at >= w->n) break;
    int rc = put_hard(w, at, &moved);
    if (rc < 0) return rc;
  }
  bring_rest(w, w->n, moved);
  return 0;
}
