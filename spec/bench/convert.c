/*
** convert.c - script conversion in MB/s of input, beside Debian's OpenCC where
** it is installed (with its own, older dictionaries). The first 2 MB, page by
** page of 16 kB and more; CPU time; of several runs the best one, since other
** work on the machine only ever makes a run slower.
** usage: convert IMAGES SIMPLIFIED.txt RUNS
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/data.h"
#include "row.h"
#include "textmill.h"
#ifdef BENCH_OPENCC
#include <opencc/opencc.h>
#endif

#define MAX_RUNS 25

static mill_data *data;
static int runs;

_Noreturn static void fail(const char *what) {
  fprintf(stderr, "bench-convert: %s\n", what);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* other work on the machine does not count */
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

/* MB/s of the best run. */
static double speed(double *times, int n, size_t bytes) {
  qsort(times, (size_t)n, sizeof *times, by_value);
  return (double)bytes / 1e6 / times[0];
}

typedef struct text { char *s; size_t n; } text;

/* The page that begins at `at`: whole lines. */
static text page(text all, size_t at) {
  size_t n = all.n - at < 16384 ? all.n - at : 16384;
  const char *end = memchr(all.s + at + n, '\n', all.n - at - n);
  return (text){all.s + at, end != NULL ? (size_t)(end - all.s) + 1 - at : all.n - at};
}

static text convert(const char *config, text in, const mill_convert_options *o, mill_map **map) {
  text out;
  mill_error err;
  if (mill_convert(data, config, in.s, in.n, o, &out.s, &out.n, map, &err) < 0) fail(err.message);
  return out;
}

static double ours(const char *config, text in, int with_map, int words) {
  double times[MAX_RUNS];
  mill_convert_options o = {NULL, 0, words};
  for (int i = -1; i < runs; i++) { /* the first one warms up */
    double start = now();
    for (size_t at = 0; at < in.n;) {
      mill_map *map = NULL;
      text p = page(in, at), out = convert(config, p, &o, with_map ? &map : NULL);
      at += p.n;
      free(out.s);
      mill_map_free(map);
    }
    if (i >= 0) times[i] = now() - start;
  }
  return speed(times, runs, in.n);
}

static double opencc(const char *config, text in) {
#ifdef BENCH_OPENCC
  char name[32];
  double times[MAX_RUNS];
  int n = runs < 2 ? runs : 2;
  snprintf(name, sizeof name, "%s.json", config);
  opencc_t cc = opencc_open(name);
  if (cc == (opencc_t)-1) return 0;
  for (int i = 0; i < n; i++) {
    double start = now();
    for (size_t at = 0; at < in.n;) {
      text p = page(in, at);
      at += p.n;
      opencc_convert_utf8_free(opencc_convert_utf8(cc, p.s, p.n));
    }
    times[i] = now() - start;
  }
  opencc_close(cc);
  return speed(times, n, in.n);
#else
  (void)config, (void)in;
  return 0;
#endif
}

static void row(const char *config, text in, const char *what) {
  double rival = opencc(config, in), plain = ours(config, in, 0, 0), map = ours(config, in, 1, 0);
  char name[64];
  printf("%-6s %-12s %8.0f %8.0f %8.0f", config, what, plain, map, ours(config, in, 1, 1));
  if (rival > 0)
    printf(" %10.1f %7.0fx\n", rival, map / rival);
  else
    printf(" %10s\n", "-");
  snprintf(name, sizeof name, "%s of %s", config, what);
  const char *target = strcmp(config, "t2s") == 0 ? ">=1000" : strcmp(config, "s2t") == 0 ? ">=400" : NULL;
  bench_row("script conversion, with map", name, map, "MB/s", "OpenCC (Debian)", rival, target);
}

static void opening(const char *dir) {
  double open[MAX_RUNS], first[MAX_RUNS];
  for (int i = 0; i < runs; i++) {
    mill_data d = {0};
    mill_error err;
    char *out;
    size_t n;
    double start = now();
    if (convert_attach(&d, dir, &err) < 0) fail(err.message);
    open[i] = now() - start;
    if (mill_convert(&d, "s2t", "一", 3, NULL, &out, &n, NULL, &err) < 0) fail(err.message);
    first[i] = now() - start;
    free(out);
    convert_detach(&d);
    mill_image_close(&d.convert);
  }
  qsort(open, (size_t)runs, sizeof *open, by_value);
  qsort(first, (size_t)runs, sizeof *first, by_value);
  printf("image: opened in %.3f ms, with the first conversion (all checks) %.3f ms\n", open[runs / 2] * 1e3,
         first[runs / 2] * 1e3);
}

static text read_text(const char *path) {
  text t;
  mill_error err;
  if (mill_read_file(path, 1u << 30, &t.s, &t.n, &err) < 0) fail(err.message);
  for (size_t end = 2000000; end < t.n; end++) /* the first lines */
    if (t.s[end] == '\n') t.n = end + 1;
  return t;
}

int main(int argc, char **argv) {
  mill_error err;
  bench_rows(&argc, argv);
  runs = argc == 4 ? atoi(argv[3]) : 0;
  if (runs < 1 || runs > MAX_RUNS) fail("usage: convert IMAGES SIMPLIFIED.txt RUNS (1..25)");
  if (mill_data_open(argv[1], &data, &err) < 0) fail(err.message);
  text s = read_text(argv[2]), t = convert("s2t", s, NULL, NULL), tw = convert("s2twp", s, NULL, NULL);
  text hk = convert("s2hkp", s, NULL, NULL), jp = convert("t2jp", t, NULL, NULL);
#ifdef BENCH_OPENCC
#define QUOTE(x) #x
#define TEXT(x) QUOTE(x)
  bench_version("OpenCC (Debian)", TEXT(BENCH_OPENCC));
#endif
  opening(argv[1]);
  printf("MB/s of input, %.1f MB, best of %d\n", (double)s.n / 1e6, runs);
  printf("%-6s %-12s %8s %8s %8s %10s\n", "", "text", "no map", "map", "words", "OpenCC");
  row("t2s", t, "traditional");
  row("t2s", s, "simplified");
  row("s2t", s, "simplified");
  for (size_t i = 2; mill_convert_name(data, i) != NULL; i++) {
    const char *name = mill_convert_name(data, i);
    if (name[0] == 's') row(name, s, "simplified");
    if (strncmp(name, "tw", 2) == 0) row(name, tw, "Taiwan");
    if (strncmp(name, "hk", 2) == 0) row(name, hk, "Hong Kong");
    if (name[0] == 't' && name[1] == '2') row(name, t, "traditional");
    if (name[0] == 'j') row(name, jp, "Japanese");
  }
  free(s.s), free(t.s), free(tw.s), free(hk.s), free(jp.s);
  mill_data_free(data);
  return 0;
}
