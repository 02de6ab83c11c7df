/*
** row.h - the line that bench programs print for `make bench-clean`.
**
**   row      section  name         ours   unit  rival    its figure  target
**   row      convert  s2t, no map  130.2  MB/s  OpenCC   3.1         x20
**   version  OpenCC   1.1.6
**
** separated by tabs. Several rivals: a row each, of the same name. An empty
** field: none (no rival, no target). A target is
**
**   >=N or <=N   of our own figure, in its unit
**   xN           N times as good as the rival in this run
**
** The smaller figure is better when the target is <=, or the unit a time (ns,
** us, ms, s) or a size (B, KB, MB); else the larger one. Quoted figures of a
** rival that does not run here say so in its name: "ftfy 6 (quoted)".
**
** A program calls bench_rows(&argc, argv) first: with --rows among its arguments
** rows are printed, besides whatever it prints for people; without it they are not.
** clean.lua collects them.
*/
#ifndef MILL_BENCH_ROW_H
#define MILL_BENCH_ROW_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static int bench_rows_wanted;

/* Takes --rows out of the arguments; 1 when it was there. */
static inline int bench_rows(int *argc, char **argv) {
  int n = 0;
  for (int k = 0; k < *argc; k++) {
    if (k > 0 && strcmp(argv[k], "--rows") == 0)
      bench_rows_wanted = 1;
    else
      argv[n++] = argv[k];
  }
  *argc = n;
  argv[n] = NULL;
  return bench_rows_wanted;
}

/* rival NULL or figure NAN or 0: no rival ran; target NULL: none asked. */
static inline void bench_row(const char *section, const char *name, double ours, const char *unit,
                             const char *rival, double figure, const char *target) {
  if (!bench_rows_wanted) return;
  printf("\nrow\t%s\t%s\t%.6g\t%s\t", section, name, ours, unit);
  if (rival != NULL && figure > 0) /* false for NAN */
    printf("%s\t%.6g\t", rival, figure);
  else
    printf("\t\t");
  printf("%s\n", target != NULL ? target : "");
}

static inline void bench_version(const char *rival, const char *version) {
  if (bench_rows_wanted) printf("version\t%s\t%s\n", rival, version);
}

#endif
