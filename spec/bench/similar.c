/*
** similar.c - speed of mill_signature on folded text.
**
**   similar DATA-FOLDER TEXT RUNS
*/
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char english[] =
    "The committee keeps a record of all meetings, and its members read the minutes of "
    "every session before they vote; those who cannot attend send a note in advance. ";

/* Median MB/s of signatures of pieces of `size` bytes. */
static double speed(const char *s, size_t n, size_t size, int runs) {
  double times[MAX_RUNS];
  mill_sketch g;
  uint64_t sum = 0;
  for (int k = 0; k < runs; k++) {
    double from = cpu_seconds();
    for (size_t at = 0; at < n; at += size) {
      mill_signature(s + at, n - at < size ? n - at : size, &g);
      sum += g.simhash;
    }
    times[k] = cpu_seconds() - from;
  }
  return sum == 1 ? 0 : megabytes(n) / median(times, runs);
}

static void row(const char *name, const char *s, size_t n, int runs) {
  printf("%-10s %9.0f %9.0f %9.0f\n", name, speed(s, n, 1500, runs), speed(s, n, 20000, runs),
         speed(s, n, n, runs));
}

int main(int argc, char **argv) {
  mill_data *d;
  mill_error err;
  char *raw, *folded, *latin = malloc(10000000);
  size_t n, m, size = sizeof english - 1;
  if (argc < 4 || latin == NULL) die("usage: similar DATA-FOLDER TEXT RUNS");
  int runs = atoi(argv[3]) < MAX_RUNS ? atoi(argv[3]) : MAX_RUNS;
  if (mill_data_open(argv[1], &d, &err) < 0) die(err.message);
  if (mill_read_file(argv[2], 100000000, &raw, &n, &err) < 0) die(err.message);
  if (mill_normalize(d, MILL_FOLD, raw, n, &folded, &m, NULL, &err) < 0) die(err.message);
  for (size_t at = 0; at < 10000000; at++) latin[at] = (char)(english[at % size] | 0x20);
  printf("signatures, MB/s of folded text in pieces of 1.5 KB, 20 KB, 10 MB\n");
  row("Chinese", folded, m, runs);
  row("English", latin, 10000000, runs);
  free(raw), free(folded), free(latin);
  mill_data_free(d);
  return 0;
}
