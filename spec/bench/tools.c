/* tools.c - clock, median, files of documents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"

void die(const char *what) {
  fprintf(stderr, "bench: %s\n", what);
  exit(1);
}

double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

double median(double *values, int n) {
  qsort(values, (size_t)n, sizeof *values, by_value);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double megabytes(size_t bytes) { return (double)bytes / 1e6; }

/* ---- documents ------------------------------------------------------------- */

static void *need(void *p) {
  if (p == NULL) die("out of memory");
  return p;
}

static void add_doc(docs *d, const char *s, size_t n) {
  if ((d->n & (d->n - 1)) == 0) { /* full at every power of two */
    size_t room = d->n == 0 ? 1 : d->n * 2;
    d->doc = need(realloc(d->doc, room * sizeof *d->doc));
    d->size = need(realloc(d->size, room * sizeof *d->size));
  }
  d->doc[d->n] = s;
  d->size[d->n++] = n;
  d->total += n;
}

static void read_all(docs *d, const char *path) {
  FILE *f = fopen(path, "rb");
  if (f == NULL || fseek(f, 0, SEEK_END) != 0) die(path);
  long n = ftell(f);
  rewind(f);
  if (n < 0) die(path);
  d->bytes = need(malloc((size_t)n + 1));
  d->len = fread(d->bytes, 1, (size_t)n, f);
  d->bytes[d->len] = 0;
  fclose(f);
}

docs docs_read(const char *folder, const char *name) {
  docs d = {0};
  char path[4096], *after;
  snprintf(path, sizeof path, "%s/%s.docs", folder, name);
  read_all(&d, path);
  for (const char *p = d.bytes, *end = p + d.len; p < end;) {
    size_t n = strtoul(p, &after, 10);
    if (after == p || *after != '\n' || n > (size_t)(end - after) - 1) die("not a file of documents");
    add_doc(&d, after + 1, n);
    p = after + 1 + n;
  }
  return d;
}

docs docs_clean(const mill_data *data, const docs *raw, int folded) {
  docs d = {0};
  size_t room = 0, *sizes = need(malloc((raw->n + 1) * sizeof *sizes));
  mill_error err;
  for (size_t k = 0; k < raw->n; k++) {
    mill_text *t;
    if (mill_clean(data, raw->doc[k], raw->size[k], NULL, &t, &err) < 0) die(err.message);
    const char *s = folded ? t->folded : t->clean;
    sizes[k] = folded ? t->folded_len : t->clean_len;
    if (d.len + sizes[k] > room) d.bytes = need(realloc(d.bytes, room = (d.len + sizes[k]) * 2));
    memcpy(d.bytes + d.len, s, sizes[k]);
    d.len += sizes[k];
    mill_text_free(t);
  }
  for (size_t k = 0, at = 0; k < raw->n; at += sizes[k++]) add_doc(&d, d.bytes + at, sizes[k]);
  free(sizes);
  return d;
}

void docs_free(docs *d) {
  free(d->bytes);
  free(d->doc);
  free(d->size);
  *d = (docs){0};
}
