/* sizes.c - what a document costs on disk, what opening costs, memory. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "bench.h"

static double number(sqlite3 *db, const char *sql) {
  sqlite3_stmt *s;
  double x = 0;
  if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK) die(sqlite3_errmsg(db));
  if (sqlite3_step(s) == SQLITE_ROW) x = sqlite3_column_double(s, 0);
  sqlite3_finalize(s);
  return x;
}

static double file_size(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 ? (double)st.st_size : 0;
}

/* limit: what the design allows for the maps, 0 where it names none. */
static void print_kind(const mill_data *data, const char *folder, const char *name, double limit,
                       const char *path) {
  docs d = docs_read(folder, name);
  sqlite3 *db;
  if (d.n == 0) {
    printf("  %-10s not made: iconv is missing\n", name);
    docs_free(&d);
    return;
  }
  pass_run(data, &d, path);
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) die(path);
  double raw = (double)d.total / 100;
  double map = number(db, "SELECT sum(length(map)) FROM mill_texts") / raw;
  double fold = number(db, "SELECT sum(length(fold_map)) FROM mill_texts") / raw;
  double forward = number(db, "SELECT sum(length(tokens)) FROM mill_forward") / raw;
  double layout = number(db, "SELECT sum(length(layout)) FROM mill_forward") / raw;
  double clean = number(db, "SELECT sum(length(clean)) FROM mill_texts") / raw;
  double index = number(db, "SELECT sum(length(block)) FROM mill_fts_data") / raw;
  sqlite3_close(db);
  char bound[40] = "";
  if (limit > 0) snprintf(bound, sizeof bound, " (<= %.0f: %s)", limit, map + fold <= limit ? "ok" : "ABOVE");
  printf("  %-10s %7.1f  %6.2f %6.2f %6.2f %7.1f %7.1f %7.1f %7.1f %7.1f%s\n", name, megabytes(d.total), map, fold,
         map + fold, clean, forward, layout, index, file_size(path) / raw, bound);
  docs_free(&d);
}

void sizes_print(const mill_data *data, const char *folder, const char *path) {
  printf("\nSizes, %% of raw bytes (clean: stored only where it is not the raw bytes)\n");
  printf("  %-10s %7s  %6s %6s %6s %7s %7s %7s %7s %7s\n", "input", "raw MB", "map", "fold", "maps", "clean",
         "forward", "layout", "index", "file");
  print_kind(data, folder, "clean", 6, path);
  print_kind(data, folder, "gb18030", 15, path);
  print_kind(data, folder, "big5", 15, path);
  print_kind(data, folder, "entities", 25, path);
  print_kind(data, folder, "dirty", 0, path);
}

double memory_peak(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
#ifdef __APPLE__
  return (double)use.ru_maxrss / 1e6;
#else
  return (double)use.ru_maxrss / 1e3;
#endif
}

static double memory_now(void) {
  unsigned long size, pages = 0;
  FILE *f = fopen("/proc/self/statm", "r");
  if (f != NULL) {
    if (fscanf(f, "%lu %lu", &size, &pages) != 2) pages = 0;
    fclose(f);
  }
  return (double)pages * 4096 / 1e6;
}

/* path: a corpus that is there. */
void opening_print(const char *images, const char *path) {
  static const char *const names[] = {"unicode", "lexicon", "places", "calendar"};
  double opens[20], corpora[20];
  mill_data *d = NULL;
  mill_corpus *c;
  mill_error err;
  double before = memory_now();
  printf("\nOpening and memory\n ");
  for (int k = 0; k < 4; k++) {
    char file[4096];
    snprintf(file, sizeof file, "%s/textmill-%s.dat", images, names[k]);
    printf(" %s %.2f MB ", names[k], file_size(file) / 1e6);
  }
  for (int k = 0; k < 20; k++) {
    mill_data_free(d);
    double from = seconds();
    if (mill_data_open(images, &d, &err) < 0) die(err.message);
    opens[k] = seconds() - from;
  }
  double after = memory_now(), from = seconds();
  if (mill_data_verify(d, &err) < 0) die(err.message);
  double verify = seconds() - from;
  for (int k = 0; k < 20; k++) {
    from = seconds();
    if (mill_corpus_open(d, path, MILL_MODE_READ, &c, &err) < 0) die(err.message);
    corpora[k] = seconds() - from;
    mill_corpus_close(c);
  }
  printf("\n  all images open in %.3f ms (checksums, on request: %.1f ms), +%.1f MB resident; a corpus in %.2f ms\n",
         median(opens, 20) * 1e3, verify * 1e3, after - before, median(corpora, 20) * 1e3);
  mill_data_free(d);
}
