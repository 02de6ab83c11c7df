/*
** words_engine.h - what every segmenter of `make bench-words` is asked, in C and C++:
**
**   PROGRAM ENGINE speed TEXT RUNS   MB/s line by line, MB/s in one piece, tokens, ms to open
**   PROGRAM ENGINE memory TEXT       MB of the process when it has cut TEXT, read line by line
**   PROGRAM ENGINE cut               lines of stdin to words separated by blanks
**
** Answers are one line, separated by tabs; words.lua asks. An engine that takes long for the
** text runs fewer times.
*/
#ifndef MILL_WORDS_ENGINE_H
#define MILL_WORDS_ENGINE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct cut_span { size_t from, to; } cut_span;
typedef struct cut_list { cut_span *list; size_t n, room; } cut_list;

typedef struct engine {
  const char *name;
  void (*open)(void);
  char *(*prepare)(char *text, size_t *n);  /* what speed is not to count, or NULL; owned */
  /* Cuts s[0,n), s[n] = 0: how many words; `out` not NULL: appends their spans. */
  size_t (*cut)(const char *s, size_t n, cut_list *out);
} engine;

static inline void engine_die(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static inline void cut_add(cut_list *l, size_t from, size_t to) {
  if (l->n == l->room) {
    l->room = l->room * 2 + 64;
    l->list = (cut_span *)realloc(l->list, l->room * sizeof *l->list);
    if (l->list == NULL) engine_die("out of memory");
  }
  l->list[l->n].from = from;
  l->list[l->n++].to = to;
}

/* CPU time of this thread: what others do on the machine counts less. */
static inline double engine_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline char *engine_read(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  if (f == NULL || fseek(f, 0, SEEK_END) != 0) engine_die(path);
  *n = (size_t)ftell(f);
  rewind(f);
  char *s = (char *)malloc(*n + 1);
  if (s == NULL || fread(s, 1, *n, f) != *n) engine_die(path);
  s[*n] = 0;
  fclose(f);
  return s;
}

/* Lines are ended by 0 in the place of \n. */
static inline size_t engine_lines(const engine *e, char *s, size_t n) {
  size_t count = 0;
  for (char *p = s, *end = s + n; p < end;) {
    size_t len = strlen(p);
    count += e->cut(p, len, NULL);
    p += len + 1;
  }
  return count;
}

static int engine_order(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

/* Median MB/s of up to `runs` runs, fewer when they take long. */
static inline double engine_time(const engine *e, char *s, size_t n, int whole, int runs, size_t *tokens) {
  double times[25], spent = 0;
  int k = 0;
  while (k < runs && k < 25 && (k == 0 || spent < 4)) {
    double from = engine_seconds();
    *tokens = whole ? e->cut(s, n, NULL) : engine_lines(e, s, n);
    times[k] = engine_seconds() - from;
    spent += times[k++];
  }
  qsort(times, (size_t)k, sizeof *times, engine_order);
  return (double)n / 1e6 / times[k / 2];
}

static inline void engine_speed(const engine *e, const char *path, int runs) {
  size_t n, tokens = 0, unused;
  double from = engine_seconds();
  e->open();
  double opened = engine_seconds() - from;
  char *s = engine_read(path, &n);
  if (e->prepare != NULL) s = e->prepare(s, &n);
  double whole = engine_time(e, s, n, 1, runs, &unused);
  for (size_t i = 0; i < n; i++)
    if (s[i] == '\n') s[i] = 0;
  double lines = engine_time(e, s, n, 0, runs, &tokens);
  printf("%.4g\t%.4g\t%zu\t%.4g\n", lines, whole, tokens, opened * 1e3);
  free(s);
}

static inline void engine_each_line(const engine *e, FILE *in, int print) {
  char *line = NULL;
  size_t room = 0;
  cut_list l = {NULL, 0, 0};
  for (ssize_t n; (n = getline(&line, &room, in)) >= 0;) {
    if (n > 0 && line[n - 1] == '\n') line[--n] = 0;
    l.n = 0;
    e->cut(line, (size_t)n, print ? &l : NULL);
    for (size_t k = 0; k < l.n; k++)
      printf("%s%.*s", k > 0 ? " " : "", (int)(l.list[k].to - l.list[k].from), line + l.list[k].from);
    if (print) putchar('\n');
  }
  free(line);
  free(l.list);
}

/* Resident: what is mapped from files and has been read counts, too. */
static inline void engine_memory(const engine *e, const char *path) {
  char line[256];
  FILE *in = fopen(path, "rb"), *status;
  if (in == NULL) engine_die(path);
  e->open();
  engine_each_line(e, in, 0);
  fclose(in);
  status = fopen("/proc/self/status", "r");
  while (status != NULL && fgets(line, sizeof line, status) != NULL)
    if (strncmp(line, "VmRSS:", 6) == 0) printf("%.4g\n", atof(line + 6) * 1024 / 1e6);
  if (status != NULL) fclose(status);
}

static inline int engine_main(const engine *all, size_t n_all, int argc, char **argv) {
  const engine *e = NULL;
  for (size_t k = 0; k < n_all && argc > 2; k++)
    if (strcmp(argv[1], all[k].name) == 0) e = &all[k];
  if (e == NULL) engine_die("usage: ENGINE speed TEXT RUNS | memory TEXT | cut");
  if (strcmp(argv[2], "speed") == 0 && argc == 5) engine_speed(e, argv[3], atoi(argv[4]));
  else if (strcmp(argv[2], "memory") == 0 && argc == 4) engine_memory(e, argv[3]);
  else e->open(), engine_each_line(e, stdin, 1);
  return 0;
}

#endif
