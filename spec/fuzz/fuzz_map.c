/*
** fuzz_map.c - what must hold for every map.
**
** The input is a program for three maps f: A -> B, g: B -> C, h: C -> D, and,
** read again, a map's byte code. Broken invariants trap.
*/
#include <string.h>

#include "../unit/map_model.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

typedef struct input { const uint8_t *p, *end; } input;

static uint32_t next(input *in) { return in->p < in->end ? *in->p++ : 0; }

/* A map over n bytes (n UINT32_MAX: of any length), from the next 24 steps. */
static mill_map *read_map(input *in, uint32_t n, int inserts) {
  mill_map *m = mill_map_new();
  MUST(m != NULL);
  for (int step = 0; step < 24 && n > 0; step++) {
    uint32_t op = next(in), s = op & 7, o = op >> 3 & 7, times = 1 + (op >> 6 & 3);
    if (n != UINT32_MAX && s * times > n) times = 1, s = s < n ? s : n;
    if (s == 0 && !inserts) continue;
    if (n != UINT32_MAX) n -= s * times;
    if (s == o) mill_map_keep(m, (size_t)s * times);
    else
      for (uint32_t i = 0; i < times; i++)
        mill_map_edit(m, s, o, (enum mill_edit)(op % MILL_EDIT_MIXED));
  }
  if (n != UINT32_MAX) mill_map_keep(m, n);
  MUST(mill_map_error(m) == 0);
  return m;
}

static void check_look_up(const mill_map *m) {
  uint32_t ns = (uint32_t)mill_map_source_len(m), no = (uint32_t)mill_map_output_len(m);
  mill_span last = {0, 0};
  for (uint32_t x = 0; x < no; x++) {
    mill_span s = mill_map_from(m, (mill_span){x, x + 1}), all;
    MUST(s.from <= s.to && s.to <= ns && s.from >= last.from && s.to >= last.to);
    all = mill_map_to(m, s); /* an output byte lies within what its source became */
    MUST(s.from == s.to || (all.from <= x && x < all.to));
    all = mill_map_from(m, (mill_span){0, x + 1});
    MUST(all.to == s.to);
    last = s;
  }
  for (uint32_t x = 0; x < ns; x++) {
    mill_span s = mill_map_to(m, (mill_span){x, x + 1});
    MUST(s.from <= s.to && s.to <= no);
    MUST(mill_map_to(m, (mill_span){x, ns}).from == s.from);
    MUST(mill_map_from(m, (mill_span){x % (no + 1), x % (no + 1)}).to <= ns);
  }
}

/* Runs are ordered, do not overlap, and are as far apart in both texts. */
static void check_runs(const mill_map *m) {
  const mill_run *r;
  uint64_t s = 0, o = 0;
  size_t n = mill_map_runs(m, &r);
  for (size_t i = 0; i < n; i++) {
    MUST(r[i].count > 0 && r[i].source_len + r[i].output_len > 0);
    MUST(r[i].source >= s && r[i].source - s == r[i].output - o);
    s = r[i].source + (uint64_t)r[i].count * r[i].source_len;
    o = r[i].output + (uint64_t)r[i].count * r[i].output_len;
  }
  MUST(mill_map_source_len(m) >= s && mill_map_source_len(m) - s == mill_map_output_len(m) - o);
}

static int same(const mill_map *a, const mill_map *b) {
  const mill_run *x, *y;
  size_t n = mill_map_runs(a, &x), k = mill_map_runs(b, &y);
  return n == k && (n == 0 || memcmp(x, y, n * sizeof *x) == 0) &&
         mill_map_source_len(a) == mill_map_source_len(b);
}

static void check_code(const mill_map *m) {
  unsigned char *bytes;
  size_t n;
  mill_map *back;
  MUST(mill_map_encode(m, &bytes, &n) == 0);
  MUST(mill_map_decode(bytes, n, &back) == 0);
  MUST(same(m, back));
  mill_map_free(back);
  free(bytes);
}

static mill_map *compose(const mill_map *f, const mill_map *g) {
  mill_map *m;
  MUST(mill_map_compose(f, g, &m) == 0);
  MUST(mill_map_source_len(m) == mill_map_source_len(f));
  MUST(mill_map_output_len(m) == mill_map_output_len(g));
  check_runs(m);
  return m;
}

static model slow_f, slow_g, slow_fg, left, right;

static void check_composition(const mill_map *f, const mill_map *g, const mill_map *h) {
  mill_map *fg = compose(f, g), *gh = compose(g, h);
  mill_map *fg_h = compose(fg, h), *f_gh = compose(f, gh);
  model_read(&slow_f, f);
  model_read(&slow_g, g);
  model_compose(&slow_f, &slow_g, &slow_fg);
  model_read(&left, fg);
  MUST(model_same(&left, &slow_fg));
  model_read(&left, fg_h);
  model_read(&right, f_gh);
  MUST(model_same(&left, &right));
  check_code(fg_h);
  mill_map_free(fg), mill_map_free(gh), mill_map_free(fg_h), mill_map_free(f_gh);
}

/* A map that changes nothing composes to the other one, and maps x to x. */
static void check_identity(const mill_map *f) {
  mill_map *before = mill_map_new(), *behind = mill_map_new();
  MUST(before != NULL && behind != NULL);
  mill_map_keep(before, mill_map_source_len(f));
  mill_map_keep(behind, mill_map_output_len(f));
  mill_map *a = compose(before, f), *b = compose(f, behind);
  MUST(same(a, f) && same(b, f));
  mill_span s = mill_map_from(before, (mill_span){0, (uint32_t)mill_map_source_len(f)});
  MUST(s.from == 0 && s.to == mill_map_source_len(f));
  mill_map_free(a), mill_map_free(b), mill_map_free(before), mill_map_free(behind);
}

static void check_hostile_code(const uint8_t *data, size_t n) {
  mill_map *m;
  int rc = mill_map_decode(data, n, &m);
  MUST(rc == 0 || rc == MILL_ECORRUPT);
  if (m == NULL) return;
  check_runs(m);
  check_code(m);
  mill_map_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  input in = {data, data + n};
  mill_map *f = read_map(&in, UINT32_MAX, 1);
  mill_map *g = read_map(&in, (uint32_t)mill_map_output_len(f), 0);
  mill_map *h = read_map(&in, (uint32_t)mill_map_output_len(g), 0);
  check_runs(f);
  check_look_up(f);
  check_look_up(g);
  check_code(f);
  check_identity(f);
  check_composition(f, g, h);
  check_hostile_code(data, n);
  mill_map_free(f), mill_map_free(g), mill_map_free(h);
  return 0;
}
