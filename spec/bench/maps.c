/*
** maps.c - maps of real text in several encodings: bytes stored beside those of
** the raw text, looking positions up, composing. CPU time, the best of RUNS.
**
**   maps DATA-FOLDER FOLDER RUNS [--rows]     FOLDER: as map_texts.lua writes it
**   maps DATA-FOLDER FOLDER RUNS speed NAME   only mill_clean of NAME.docs, MB/s
*/
#include "bench.h"

#include <stdlib.h>
#include <string.h>

static mill_data *data;
static int runs;

static size_t stored(const mill_map *m) {
  unsigned char *bytes;
  size_t n;
  if (mill_map_encode(m, &bytes, &n) < 0) die("encoding a map");
  free(bytes);
  return n;
}

static mill_text *clean(const docs *d, size_t k) {
  mill_text *t;
  mill_error err;
  if (mill_clean(data, d->doc[k], d->size[k], NULL, &t, &err) < 0) die(err.message);
  return t;
}

static double least(double best, double took) { return best == 0 || took < best ? took : best; }

/* ---- sizes and look-ups */

/* ns to lead a token of 6 bytes at a random place in clean text back to raw. */
static double look_up(const docs *d) {
  double best = 0;
  uint64_t state = 99, sum = 0;
  enum { TRIES = 2000 };
  for (int r = 0; r < runs; r++) {
    double took = 0;
    size_t count = 0;
    for (size_t k = 0; k < d->n && k < 200; k++) {
      mill_text *t = clean(d, k);
      double from = cpu_seconds();
      for (int i = 0; i < TRIES && t->clean_len > 6; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        uint32_t at = (uint32_t)(state % (t->clean_len - 6));
        sum += mill_text_raw(t, (mill_span){at, at + 6}).from;
        count++;
      }
      took += cpu_seconds() - from;
      mill_text_free(t);
    }
    best = least(best, took / (double)count * 1e9);
  }
  return sum == 1 ? 0 : best;
}

static void encoding(const char *folder, const char *name, const char *target) {
  docs d = docs_read(folder, name);
  size_t raw = 0, to_clean = 0, to_folded = 0;
  char label[80];
  for (size_t k = 0; k < d.n; k++) {
    mill_text *t = clean(&d, k);
    raw += t->raw_len, to_clean += stored(t->map), to_folded += stored(t->fold_map);
    mill_text_free(t);
  }
  double a = 100.0 * (double)to_clean / (double)raw, b = 100.0 * (double)to_folded / (double)raw;
  double ns = look_up(&d);
  printf("%-10s %8.1f MB %8.2f %% %8.2f %% %8.2f %% %8.1f ns\n", name, megabytes(raw), a, b, a + b, ns);
  snprintf(label, sizeof label, "%s, raw -> clean and clean -> folded", name);
  bench_row("maps", label, a + b, "% of raw", NULL, 0, target);
  snprintf(label, sizeof label, "%s, raw -> clean", name);
  bench_row("maps", label, a, "% of raw", NULL, 0, NULL);
  snprintf(label, sizeof label, "%s, clean -> folded", name);
  bench_row("maps", label, b, "% of raw", NULL, 0, NULL);
  snprintf(label, sizeof label, "%s, a token looked up", name);
  bench_row("maps", label, ns, "ns", NULL, 0, NULL);
  docs_free(&d);
}

/* ---- composing: the same edits in a short and in a long text */

/* `edits` of 2 -> 3 bytes, or 3 -> 1, `gap` unchanged bytes apart. */
static mill_map *edited(size_t edits, size_t gap, int second) {
  mill_map *m = mill_map_new();
  for (size_t k = 0; m != NULL && k < edits; k++) {
    size_t in = second ? 3 : 2, out = second ? 1 : 3;
    mill_map_keep(m, gap + k % 3);
    mill_map_edit(m, in + (second ? 0 : k % 2), out, MILL_EDIT_HTML);
  }
  if (m == NULL || mill_map_error(m) < 0) die("out of memory");
  return m;
}

static double compose(size_t edits, size_t gap) {
  double best = 0;
  mill_map *a = edited(edits, gap, 0), *b = edited(edits, gap, 1), *c;
  for (int r = 0; r < runs; r++) {
    double from = cpu_seconds();
    if (mill_map_compose(a, b, &c) < 0) die("composing");
    best = least(best, cpu_seconds() - from);
    mill_map_free(c);
  }
  mill_map_free(a), mill_map_free(b);
  return best / (double)edits * 1e9;
}

static void composing(void) {
  static const struct { size_t edits, gap; const char *name; } cases[] = {
      {100000, 10, "100,000 edits in 1 MB"}, {100000, 1000, "100,000 edits in 100 MB"},
      {1000000, 10, "1,000,000 edits in 10 MB"}};
  double first = 0;
  char label[80];
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    double ns = compose(cases[k].edits, cases[k].gap);
    printf("composing two maps, %s: %.1f ns an edit\n", cases[k].name, ns);
    snprintf(label, sizeof label, "composing, %s, ns an edit", cases[k].name);
    bench_row("maps", label, ns, "ns", k > 0 ? "the first of these" : NULL, first, k > 0 ? "x0.5" : NULL);
    if (k == 0) first = ns;
  }
}

/* ---- speed */

static void speed(const char *folder, const char *name) {
  docs d = docs_read(folder, name);
  double best = 0;
  for (int r = 0; r < runs; r++) {
    double from = cpu_seconds();
    for (size_t k = 0; k < d.n; k++) mill_text_free(clean(&d, k));
    best = least(best, cpu_seconds() - from);
  }
  printf("%.3f\n", megabytes(d.total) / best);
  docs_free(&d);
}

int main(int argc, char **argv) {
  mill_error err;
  bench_rows(&argc, argv);
  if (argc < 4 || argc == 5) die("usage: maps DATA-FOLDER FOLDER RUNS [speed NAME]");
  runs = atoi(argv[3]) > 0 ? atoi(argv[3]) : 5;
  if (mill_data_open(argv[1], &data, &err) < 0) die(err.message);
  if (argc > 5) {
    speed(argv[2], argv[5]);
  } else {
    printf("%-10s %11s %10s %10s %10s %11s\n", "stored map", "raw", "to clean", "to folded", "both",
           "look-up");
    encoding(argv[2], "utf-8", "<=6");
    encoding(argv[2], "gloss", NULL);
    encoding(argv[2], "html", NULL);
    encoding(argv[2], "gb18030", "<=15");
    encoding(argv[2], "big5", "<=15");
    encoding(argv[2], "entities", "<=25");
    composing();
  }
  mill_data_free(data);
  return 0;
}
