/*
** map_compose.c - A -> B and B -> C make A -> C.
**
** Both maps are read side by side along B, the text they share. Unchanged
** stretches are read as runs of pieces 1 -> 1, so there is one case only: `f`
** pieces of one length against `g` pieces of another. They meet again at the
** least common multiple, and everything up to there is one piece of the
** result; while both runs last, it repeats:
**
**     A   |ss    |ss    |ss    |ss    |        first:  2 -> 3, four pieces
**     B   |bbb   |bbb   |bbb   |bbb   |
**     B   |bb  |bb  |bb  |bb  |bb |bb |        second: 2 -> 1, six pieces
**     C   |c   |c   |c   |c   |c  |c  |
**     A -> C:  4 -> 3, 4 -> 3                  they agree at B 0, 6, 12
**
** Where one run ends before they meet, pieces are gathered one run at a time
** (`gather`). So the work is of the order of the edits, not of the bytes.
**
** What is empty in B (deleted by the first map, inserted by the second) is a
** piece of its own where both maps agree, deletions first, and belongs to the
** piece around it elsewhere.
**
** Composition is associative as long as only the first map inserts. Where one
** map deletes and a later one inserts at the same place, the result has to
** choose an order that a straddling third map could contradict.
*/
#include "alloc.h"
#include "map.h"

/* Equal pieces to come; count 0 at the end of the map. */
typedef struct unit {
  uint32_t source_len, output_len, count, kind;
  int kept; /* unchanged bytes */
} unit;

typedef struct reader {
  const mill_map *m;
  uint32_t next; /* index of the next run */
  unit at;
} reader;

/* Loads the unit that begins at `from` in the source: a gap or a run. */
static void load(reader *r, uint32_t from) {
  const mill_run *run = r->next < r->m->n ? &r->m->runs[r->next] : NULL;
  uint32_t until = run != NULL ? run->source : r->m->source_len;
  if (until > from || run == NULL) {
    r->at = (unit){1, 1, until - from, MILL_EDIT_NONE, 1};
  } else {
    r->at = (unit){run->source_len, run->output_len, run->count, run->kind, 0};
    r->next++;
  }
}

static void take(reader *r, uint32_t pieces) {
  r->at.count -= pieces;
  if (r->at.count > 0) return;
  if (!r->at.kept)
    load(r, run_source_end(&r->m->runs[r->next - 1]));
  else if (r->next < r->m->n)
    load(r, r->m->runs[r->next].source);
}

static reader read_map(const mill_map *m) {
  reader r = {m, 0, {0, 0, 0, 0, 0}};
  load(&r, 0);
  return r;
}

static uint32_t join_kinds(uint32_t a, uint32_t b) {
  if (a == MILL_EDIT_NONE || a == b) return b;
  return b == MILL_EDIT_NONE ? a : MILL_EDIT_MIXED;
}

static uint64_t common_multiple(uint64_t a, uint64_t b) {
  uint64_t x = a, y = b;
  while (y != 0) {
    uint64_t rest = x % y;
    x = y;
    y = rest;
  }
  return a / x * b;
}

/* Appends as many whole pieces as both units give. 0: not even one. */
static int append_regular(mill_map *out, reader *f, reader *g) {
  uint64_t stretch = common_multiple(f->at.output_len, g->at.source_len);
  uint64_t per_f = stretch / f->at.output_len, per_g = stretch / g->at.source_len;
  uint64_t nf = f->at.count / per_f, ng = g->at.count / per_g, n = nf < ng ? nf : ng;
  if (n == 0) return 0;
  if (f->at.kept && g->at.kept)
    mill_map_keep(out, n);
  else
    map_append(out, per_f * f->at.source_len, per_g * g->at.output_len, n,
               join_kinds(f->at.kind, g->at.kind));
  take(f, (uint32_t)(n * per_f));
  take(g, (uint32_t)(n * per_g));
  return 1;
}

/* How much of a reader went into the piece being gathered. */
typedef struct gathered { uint64_t source, output; uint32_t kind; } gathered;

/* Takes what one unit has towards `missing` bytes of B; `in_b` is the length
** of its pieces there. Returns the bytes of B taken. */
static uint64_t gather(reader *r, uint32_t in_b, uint64_t missing, gathered *sum) {
  uint64_t n = r->at.count;
  if (in_b > 0 && n * in_b > missing) n = (missing + in_b - 1) / in_b;
  sum->source += n * r->at.source_len;
  sum->output += n * r->at.output_len;
  sum->kind = join_kinds(sum->kind, r->at.kind);
  take(r, (uint32_t)n);
  return n * in_b;
}

/* One piece, up to the next place in B where both maps have an edge. */
static void append_irregular(mill_map *out, reader *f, reader *g) {
  gathered sum_f = {0, 0, MILL_EDIT_NONE}, sum_g = {0, 0, MILL_EDIT_NONE};
  uint64_t bf = gather(f, f->at.output_len, 1, &sum_f), bg = 0;
  while (bf != bg) {
    if (bf < bg)
      bf += gather(f, f->at.output_len, bg - bf, &sum_f);
    else
      bg += gather(g, g->at.source_len, bf - bg, &sum_g);
  }
  map_append(out, sum_f.source, sum_g.output, 1, join_kinds(sum_f.kind, sum_g.kind));
}

static void compose(mill_map *out, reader *f, reader *g) {
  while (out->error == 0 && f->at.count + g->at.count > 0) {
    if (f->at.count > 0 && f->at.output_len == 0) {
      map_append(out, f->at.source_len, 0, f->at.count, f->at.kind);
      take(f, f->at.count);
    } else if (g->at.count > 0 && g->at.source_len == 0) {
      map_append(out, 0, g->at.output_len, g->at.count, g->at.kind);
      take(g, g->at.count);
    } else if (!append_regular(out, f, g)) {
      append_irregular(out, f, g);
    }
  }
}

int mill_map_compose(const mill_map *first, const mill_map *second, mill_map **out) {
  *out = NULL;
  if (first->error || second->error) return first->error ? first->error : second->error;
  if (first->output_len != second->source_len) return MILL_EINVAL;
  mill_map *m = mill_map_new();
  if (m == NULL) return MILL_ENOMEM;
  reader f = read_map(first), g = read_map(second);
  compose(m, &f, &g);
  int rc = m->error;
  if (rc == 0)
    *out = m;
  else
    mill_map_free(m);
  return rc;
}
