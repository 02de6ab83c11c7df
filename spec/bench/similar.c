/*
** similar.c - speed of mill_signature on folded text: MinHash and SimHash at once,
** beside the same by the portable path. CPU time, the best of RUNS: other work on
** the machine only ever makes a run slower.
**
**   similar DATA-FOLDER TEXT RUNS [--rows]
*/
#include "../../csrc/core/similar.h"
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LATIN = 10000000 };
static const char *const english[] = {
    "the ", "of ", "and ", "to ", "in ", "a ", "is ", "that ", "for ", "it ", "was ", "on ", "river ",
    "village ", "council ", "meeting ", "report ", "farmers ", "harvest ", "between ", "several ",
    "however ", "quickly ", "road ", "building ", "school ", "was finished ", "last year ", "during ",
    "improved ", "agreement ", "services ", "people ", "water ", "market, ", "which ", "their ",
    "season. the ", "winter. in ", "again. it ", "monday ", "peter ", "2019 ", "price; ", "\n"};
static const char *const vietnamese[] = {
    "người ", "được ", "những ", "trong ", "của ", "nước ", "đường ", "trường ", "một ", "các ",
    "nông nghiệp ", "phát triển ", "kinh tế ", "xã hội ", "học sinh ", "bệnh viện ", "mùa vụ ",
    "chợ ", "sông ", "làng ", "năm ", "và ", "với ", "để ", "không ", "rất ", "tốt. ", "hội đồng ", "\n"};

/* In no order that repeats: a processor would learn it. */
static size_t words(const char *const *word, size_t count, char *out) {
  uint64_t state = 88172645463325252u;
  size_t n = 0;
  while (n < LATIN) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    const char *w = word[state % count];
    memcpy(out + n, w, strlen(w));
    n += strlen(w);
  }
  return n;
}

static void sign(const char *s, size_t n, int portable, mill_sketch *out) {
  struct signing g;
  signing_begin(&g);
  g.shingler.portable = portable;
  signing_add(&g, s, n);
  signing_end(&g, out);
}

/* MB/s of signatures of pieces of `size` bytes. */
static double speed(const char *s, size_t n, size_t size, int portable, int runs) {
  double best = 0;
  mill_sketch g;
  uint64_t sum = 0;
  for (int k = 0; k < runs; k++) {
    double from = cpu_seconds();
    for (size_t at = 0; at < n; at += size) {
      sign(s + at, n - at < size ? n - at : size, portable, &g);
      sum += g.simhash;
    }
    double took = cpu_seconds() - from;
    if (k == 0 || took < best) best = took;
  }
  return sum == 1 ? 0 : megabytes(n) / best;
}

static void row(const char *name, const char *s, size_t n, int runs) {
  static const size_t sizes[] = {1500, 20000, 10000000};
  static const char *const size_names[] = {"1.5 KB", "20 KB", "10 MB"};
  printf("%-11s", name);
  for (int k = 0; k < 3; k++) {
    double fast = speed(s, n, sizes[k], 0, runs), portable = speed(s, n, sizes[k], 1, runs);
    char label[64];
    printf(" %8.0f %8.0f", fast, portable);
    snprintf(label, sizeof label, "signatures, %s, %s each", name, size_names[k]);
    bench_row("near duplicates", label, fast, "MB/s", "own portable path", portable, ">=900");
  }
  putchar('\n');
}

int main(int argc, char **argv) {
  mill_data *d;
  mill_error err;
  char *raw, *folded, *latin = malloc(LATIN + 64);
  size_t n, m;
  bench_rows(&argc, argv);
  if (argc < 4 || latin == NULL) die("usage: similar DATA-FOLDER TEXT RUNS");
  int runs = atoi(argv[3]) < MAX_RUNS ? atoi(argv[3]) : MAX_RUNS;
  if (mill_data_open(argv[1], &d, &err) < 0) die(err.message);
  if (mill_read_file(argv[2], 100000000, &raw, &n, &err) < 0) die(err.message);
  if (mill_normalize(d, MILL_FOLD, raw, n, &folded, &m, NULL, &err) < 0) die(err.message);
  printf("signatures, MB/s of folded text in pieces of 1.5 KB, 20 KB, 10 MB; each: as it is, portable\n");
  row("Chinese", folded, m, runs);
  row("English", latin, words(english, sizeof english / sizeof *english, latin), runs);
  row("Vietnamese", latin, words(vietnamese, sizeof vietnamese / sizeof *vietnamese, latin), runs);
  free(raw), free(folded), free(latin);
  mill_data_free(d);
  return 0;
}
