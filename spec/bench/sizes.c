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

static double percent(sqlite3 *db, const char *sql, double raw) { return number(db, sql) / raw * 100; }

#define STREAM(k) "SELECT coalesce(sum(length(data)), 0) FROM mill_postings WHERE (chunk >> 26 & 3) = " #k

/* What a search reads: the segments' streams, the words they are of and, to see a
** string's occurrences within and across words, the tokens. Targets are shares of raw. */
static void print_index(sqlite3 *db, const char *name, double raw, const char *path, int judged) {
  double articles = percent(db, STREAM(0), raw), words = percent(db, STREAM(1), raw);
  double postings = percent(db, STREAM(2), raw), positions = percent(db, STREAM(3), raw);
  double texts = percent(db, "SELECT sum(length(words)) FROM mill_vocabulary", raw);
  double tokens = percent(db, "SELECT sum(length(tokens)) FROM mill_forward", raw);
  double index = articles + words + postings + positions, file = file_size(path) / raw * 100;
  printf("  %-10s %8.1f %8.1f %8.1f %9.1f %8.1f | %8.1f | %8.1f | %8.1f", name, articles, words, postings,
         positions, index, texts, tokens, file);
  if (judged)
    printf("  (<= 35, 35, 280: %s)", index <= 35 && tokens <= 35 && file <= 280 ? "ok" : "ABOVE");
  printf("\n");
}

struct kind {
  const char *name;
  double maps;
  int judged;
}; /* maps: what the design allows, 0: nothing said */
static const struct kind kinds[] = {
  {"clean", 6, 1}, {"gb18030", 15, 0}, {"big5", 15, 0}, {"entities", 25, 0}, {"dirty", 0, 0}};

static void print_texts(sqlite3 *db, const struct kind *k, double raw) {
  double map = percent(db, "SELECT sum(length(map)) FROM mill_texts", raw);
  double fold = percent(db, "SELECT sum(length(fold_map)) FROM mill_texts", raw);
  printf("  %-10s %7.1f  %6.2f %6.2f %6.2f %7.1f %7.1f", k->name, raw / 1e6, map, fold, map + fold,
         percent(db, "SELECT coalesce(sum(length(clean)), 0) FROM mill_texts", raw),
         percent(db, "SELECT sum(length(layout)) FROM mill_forward", raw));
  if (k->maps > 0) printf("  (maps <= %.0f: %s)", k->maps, map + fold <= k->maps ? "ok" : "ABOVE");
  printf("\n");
}

/* The corpus of documents of one kind, at path; raw bytes, 0: not made. */
static double make(const mill_data *data, const char *folder, const char *name, const char *path,
                   sqlite3 **db) {
  docs d = docs_read(folder, name);
  double raw = (double)d.total;
  if (d.n > 0) pass_run(data, &d, path);
  docs_free(&d);
  if (raw > 0 && sqlite3_open_v2(path, db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) die(path);
  return raw;
}

void sizes_print(const mill_data *data, const char *folder, const char *path) {
  sqlite3 *db;
  printf("\nSizes, %% of raw bytes (clean: stored only where it is not the raw bytes)\n");
  printf("  %-10s %7s  %6s %6s %6s %7s %7s\n", "input", "raw MB", "map", "fold", "maps", "clean", "layout");
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    double raw = make(data, folder, kinds[k].name, path, &db);
    if (raw > 0) print_texts(db, &kinds[k], raw), sqlite3_close(db);
    else printf("  %-10s not made: iconv is missing\n", kinds[k].name);
  }
  printf("\n  %-10s %8s %8s %8s %9s %8s | %8s | %8s | %8s\n", "exact", "articles", "words", "postings",
         "positions", "index", "texts", "forward", "file");
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k += 4) {
    double raw = make(data, folder, kinds[k].name, path, &db);
    print_index(db, kinds[k].name, raw, path, kinds[k].judged);
    sqlite3_close(db);
  }
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
  printf(
      "\n  all images open in %.3f ms (checksums, on request: %.1f ms), +%.1f MB resident; a corpus in %.2f "
      "ms\n",
      median(opens, 20) * 1e3, verify * 1e3, after - before, median(corpora, 20) * 1e3);
  mill_data_free(d);
}
