/*
** stages.c - what each stage between raw bytes and a searchable corpus costs,
** on clean and on dirty input, beside ICU and FTS5 on the same text.
**
**   stages IMAGES DOCS-FOLDER [RUNS]
**
** MB are 10^6 bytes of RAW input everywhere, so that rows can be added. Each
** figure is the median of RUNS passes.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sqlite3.h>
#include <unicode/uversion.h>

#include "bench.h"

typedef struct figures {
  double of[STAGES], total, cpu, close; /* ms per MB */
  double icu_words, icu_fold, fts, trigram; /* of raw, too */
  double raw_mb, clean_mb, folded_mb;
} figures;

static double ms_per_mb(double *taken, int runs, double mb) { return median(taken, runs) * 1e3 / mb; }

static void measure_stages(const mill_data *data, const docs *d, const char *path, int runs, figures *f) {
  static pass p[MAX_RUNS];
  double values[MAX_RUNS];
  for (int k = 0; k < runs; k++) p[k] = pass_run(data, d, path);
  for (int s = 0; s < STAGES; s++) {
    for (int k = 0; k < runs; k++) values[k] = p[k].of[s];
    f->of[s] = ms_per_mb(values, runs, f->raw_mb);
  }
  for (int k = 0; k < runs; k++) values[k] = p[k].total;
  f->total = ms_per_mb(values, runs, f->raw_mb);
  for (int k = 0; k < runs; k++) values[k] = p[k].cpu;
  f->cpu = ms_per_mb(values, runs, f->raw_mb);
  for (int k = 0; k < runs; k++) values[k] = p[k].close;
  f->close = ms_per_mb(values, runs, f->raw_mb);
}

static void measure_rivals(const docs *clean, const char *path, int runs, figures *f) {
  double words[MAX_RUNS], fold[MAX_RUNS], fts[MAX_RUNS], trigram[MAX_RUNS];
  if (runs > 3) runs = 3; /* they take longer than all of ours */
  for (int k = 0; k < runs; k++) {
    words[k] = rival_words(clean);
    fold[k] = rival_fold(clean);
    fts[k] = rival_fts(clean, path, "unicode61 remove_diacritics 0");
    trigram[k] = rival_fts(clean, path, "trigram");
  }
  f->icu_words = ms_per_mb(words, runs, f->raw_mb);
  f->icu_fold = ms_per_mb(fold, runs, f->raw_mb);
  f->fts = ms_per_mb(fts, runs, f->raw_mb);
  f->trigram = ms_per_mb(trigram, runs, f->raw_mb);
}

static figures measure(const mill_data *data, const char *folder, const char *name, const char *path,
                       int runs) {
  figures f = {0};
  docs raw = docs_read(folder, name);
  f.raw_mb = megabytes(raw.total);
  measure_stages(data, &raw, path, runs, &f);
  docs clean = docs_clean(data, &raw, 0);
  f.clean_mb = megabytes(clean.total);
  measure_rivals(&clean, path, runs, &f);
  docs_free(&clean);
  docs_free(&raw);
  return f;
}

/* ---- tables -------------------------------------------------------------------- */

static void cell(double ms, double total) {
  if (ms < 0.0005) printf("%9s %8s %5s", "-", "-", "-");
  else if (total > 0) printf("%9.2f %8.1f %4.1f%%", ms, 1e3 / ms, ms / total * 100);
  else printf("%9.2f %8.1f %5s", ms, 1e3 / ms, "");
}

static void row(const char *name, double clean, double clean_total, double dirty, double dirty_total) {
  printf("  %-24s", name);
  cell(clean, clean_total);
  printf("  |");
  cell(dirty, dirty_total);
  printf("\n");
}

static double sum(const figures *f, enum stage from, enum stage to) {
  double x = 0;
  for (int s = (int)from; s <= (int)to; s++) x += f->of[s];
  return x;
}

static void print_stages(const figures *c, const figures *d) {
  printf("\nRaw to searchable: each stage's own time within one pass\n");
  printf("  %-24s%9s %8s %5s  |%9s %8s %5s\n", "", "clean", "", "", "dirty", "", "");
  printf("  %-24s%9s %8s %5s  |%9s %8s %5s\n", "stage", "ms/MB", "MB/s", "share", "ms/MB", "MB/s", "share");
  for (int s = 1; s < STAGES; s++) row(stage_names[s], c->of[s], c->total, d->of[s], d->total);
  row("sum of the stages", sum(c, STAGE_HASH, STAGE_FREE), c->total, sum(d, STAGE_HASH, STAGE_FREE),
      d->total);
  row("unexplained remainder", c->total - sum(c, STAGE_HASH, STAGE_FREE), c->total,
      d->total - sum(d, STAGE_HASH, STAGE_FREE), d->total);
  row("RAW TO SEARCHABLE", c->total, c->total, d->total, d->total);
  row("the processor's share", c->cpu, c->total, d->cpu, d->total);
  if (c->cpu < 0.8 * c->total) printf("  (others use this core: the figures above are too high)\n");
  row("closing (not in it)", c->close, 0, d->close, 0);
}

static void print_groups(const figures *c, const figures *d) {
  printf("\nThe same in groups\n");
  row("cleaning", sum(c, STAGE_VALIDATE, STAGE_CLEAN), c->total, sum(d, STAGE_VALIDATE, STAGE_CLEAN),
      d->total);
  row("blocks, metadata", c->of[STAGE_BLOCKS], c->total, d->of[STAGE_BLOCKS], d->total);
  row("folding", c->of[STAGE_FOLD], c->total, d->of[STAGE_FOLD], d->total);
  row("segmenting", c->of[STAGE_SEGMENT], c->total, d->of[STAGE_SEGMENT], d->total);
  row("blobs and rows", sum(c, STAGE_IDS, STAGE_ROWS) + c->of[STAGE_HASH], c->total,
      sum(d, STAGE_IDS, STAGE_ROWS) + d->of[STAGE_HASH], d->total);
  row("index and commit", c->of[STAGE_INDEX] + c->of[STAGE_COMMIT], c->total,
      d->of[STAGE_INDEX] + d->of[STAGE_COMMIT], d->total);
}

/* ours and theirs in ms/MB: above 1 we are faster. */
static void versus(const char *what, const char *rival, double ours, double theirs) {
  printf("  %-34s %9.2f  %-28s %9.2f  %6.2fx%s\n", what, ours, rival, theirs, theirs / ours,
         theirs < ours ? "  (slower)" : "");
}

static double indexing(const figures *f) {
  return f->of[STAGE_FOLD] + f->of[STAGE_SEGMENT] + f->of[STAGE_IDS] + f->of[STAGE_INDEX] +
         f->of[STAGE_COMMIT];
}

static void print_rivals(const char *name, const figures *f) {
  printf("\nBeside others on the %s input, ms per MB of raw (they are given our clean text, UTF-8)\n", name);
  printf("  %-34s %9s  %-28s %9s  %6s\n", "ours", "ms/MB", "theirs", "ms/MB", "ratio");
  versus("fold (with its map)", "ICU NFKC_Casefold, no map", f->of[STAGE_FOLD], f->icu_fold);
  versus("segment", "ICU word break iterator", f->of[STAGE_SEGMENT], f->icu_words);
  versus("fold + segment + index + commit", "FTS5 unicode61", indexing(f), f->fts);
  versus("fold + segment + index + commit", "FTS5 trigram", indexing(f), f->trigram);
  versus("raw to searchable, all of it", "FTS5 unicode61", f->total, f->fts);
  versus("raw to searchable, all of it", "FTS5 trigram", f->total, f->trigram);
}

static void print_head(const mill_data *data, int runs, const figures *c, const figures *d) {
  char icu[U_MAX_VERSION_STRING_LENGTH];
  UVersionInfo v;
  u_getVersion(v);
  u_versionToString(v, icu);
  printf("textmill %s (Unicode %s, %s), ICU %s, SQLite %s; median of %d (rivals: of 3), one core\n",
         MILL_VERSION, MILL_UNICODE, mill_data_describe(data, "lexicon"), icu, sqlite3_libversion(), runs);
  printf("clean: %.1f MB raw; dirty: %.1f MB raw, %.1f MB of clean text in it\n", c->raw_mb, d->raw_mb,
         d->clean_mb);
}

int main(int argc, char **argv) {
  mill_data *data;
  mill_error err;
  char path[4096];
  if (argc < 3) die("usage: stages IMAGES DOCS-FOLDER [RUNS]");
  int runs = argc > 3 ? atoi(argv[3]) : 5;
  if (runs < 1 || runs > MAX_RUNS) die("RUNS: 1 to 25");
  snprintf(path, sizeof path, "%s/bench.db", argv[2]);
  if (mill_data_open(argv[1], &data, &err) < 0) die(err.message);
  figures clean = measure(data, argv[2], "clean", path, runs);
  double peak = memory_peak();
  figures dirty = measure(data, argv[2], "dirty", path, runs);
  print_head(data, runs, &clean, &dirty);
  print_stages(&clean, &dirty);
  print_groups(&clean, &dirty);
  print_rivals("clean", &clean);
  print_rivals("dirty", &dirty);
  sizes_print(data, argv[2], path);
  opening_print(argv[1], path);
  printf("  peak of a process with %.0f MB of documents in memory that adds them: %.0f MB\n", clean.raw_mb,
         peak);
  remove_corpus(path);
  mill_data_free(data);
  return 0;
}
