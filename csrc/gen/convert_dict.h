/*
** convert_dict.h - OpenCC's dictionaries as they are read, made and joined
** (part of mkconvert.c, which says what for).
*/
#ifndef MILL_GEN_CONVERT_DICT_H
#define MILL_GEN_CONVERT_DICT_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/utf8.h"

static const char *folder; /* DATA/opencc */

_Noreturn static void die(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fprintf(stderr, "mkconvert: ");
  vfprintf(stderr, format, args);
  fprintf(stderr, "\n");
  va_end(args);
  exit(1);
}

static void *grow(void *p, size_t n, size_t item) { /* room for item n, doubling */
  if ((n & (n - 1)) != 0) return p;
  p = realloc(p, (n == 0 ? 1 : n * 2) * item);
  if (p == NULL) die("out of memory");
  return p;
}

static char *copy(const char *s, size_t n) {
  char *c = malloc(n + 1);
  if (c == NULL) die("out of memory");
  memcpy(c, s, n);
  c[n] = 0;
  return c;
}

static char *read_file(const char *name, const char *suffix) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
  FILE *f = fopen(path, "rb");
  if (f == NULL) die("cannot open %s", path);
  static char buffer[4 << 20];
  size_t n = fread(buffer, 1, sizeof buffer, f);
  fclose(f);
  if (n == sizeof buffer || !mill_utf8_valid(buffer, n, NULL, NULL)) die("%s: too large or not UTF-8", path);
  return copy(buffer, n);
}

/* ---- dictionaries ----------------------------------------------------------- */

typedef struct entry { const char *key, *value; } entry; /* never freed */
typedef struct dict { entry *e; size_t n; } dict;        /* sorted by key when complete */

static void add(dict *d, const char *key, const char *value) {
  d->e = grow(d->e, d->n, sizeof *d->e);
  d->e[d->n++] = (entry){key, value};
}

static int by_key(const void *a, const void *b) {
  return strcmp(((const entry *)a)->key, ((const entry *)b)->key);
}

static dict sorted(dict d) {
  qsort(d.e, d.n, sizeof *d.e, by_key);
  for (size_t i = 1; i < d.n; i++)
    if (strcmp(d.e[i - 1].key, d.e[i].key) == 0) die("two entries for %s", d.e[i].key);
  return d;
}

/* The value of key[0,len), or NULL. */
static const char *find(const dict *d, const char *key, size_t len) {
  size_t low = 0, high = d->n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    int c = strncmp(d->e[mid].key, key, len);
    if (c == 0 && d->e[mid].key[len] == 0) return d->e[mid].value;
    if (c < 0)
      low = mid + 1;
    else
      high = mid;
  }
  return NULL;
}

/* The longest key that begins s, or NULL. */
static const char *longest(const dict *d, const char *s, size_t *len) {
  const char *best = NULL;
  for (size_t k = 0; s[k] != 0;) {
    k += utf8_length((unsigned char)s[k]);
    const char *value = find(d, s, k);
    if (value != NULL) best = value, *len = k;
  }
  return best;
}

static const char *convert(const dict *d, const char *s) {
  char out[1024];
  size_t n = 0;
  while (*s != 0) {
    size_t len = 0;
    const char *value = longest(d, s, &len);
    if (value == NULL) value = s, len = utf8_length((unsigned char)*s);
    size_t more = value == s ? len : strlen(value);
    if (n + more >= sizeof out) die("too long: %s", s);
    memcpy(out + n, value, more);
    n += more;
    s += len;
  }
  return copy(out, n);
}

/* Lines of a file one by one: key, first value, all values; `comment` is the
** comment line just before, or "". 0 at the end. */
typedef struct line { char *key, *values; const char *comment; } line;
static int next_line(char **at, line *l) {
  l->comment = "";
  while (**at != 0) {
    char *s = *at, *end = s + strcspn(s, "\n");
    *at = *end != 0 ? end + 1 : end;
    *end = 0;
    if (end > s && end[-1] == '\r') end[-1] = 0;
    if (*s == '#') l->comment = s;
    if (*s == '#' || *s == 0) continue;
    char *tab = strchr(s, '\t');
    if (tab == NULL) die("no value: %s", s);
    *tab = 0;
    l->key = s;
    l->values = tab + 1;
    return 1;
  }
  return 0;
}

static dict plain(const char *name) {
  dict d = {0};
  line l;
  for (char *at = read_file(name, ".txt"); next_line(&at, &l);)
    add(&d, l.key, copy(l.values, strcspn(l.values, " ")));
  return sorted(d);
}

#define TOFU "# @tofu-risk:"
#define PREFER "# @reverse-prefer:"

/* TSCharactersExt: marked lines; the first value that is not the key. */
static dict extension(const char *name) {
  dict d = {0};
  line l;
  for (char *at = read_file(name, ".txt"); next_line(&at, &l);) {
    if (strncmp(l.comment, TOFU, strlen(TOFU)) != 0) continue;
    size_t n = strcspn(l.values, " ");
    if (n == strlen(l.key) && memcmp(l.key, l.values, n) == 0 && l.values[n] == ' ') l.values += n + 1;
    add(&d, l.key, copy(l.values, strcspn(l.values, " ")));
  }
  return sorted(d);
}

/* Every value to the first key that has it, or to the one a comment prefers:
** "# @reverse-prefer: VALUE [KEY]". */
static dict reversed(const char *name) {
  dict d = {0}, preferred = {0};
  line l;
  for (char *at = read_file(name, ".txt"); next_line(&at, &l);)
    for (char *v = strtok(l.values, " "); v != NULL; v = strtok(NULL, " ")) {
      size_t i = 0;
      while (i < d.n && strcmp(d.e[i].key, v) != 0) i++;
      if (i == d.n) add(&d, v, l.key);
    }
  for (char *s = strstr(read_file(name, ".txt"), PREFER); s != NULL; s = strstr(s, PREFER)) {
    char value[32], key[32];
    s += strlen(PREFER);
    int got = sscanf(copy(s, strcspn(s, "\n")), "%31s %31s", value, key);
    if (got < 1) die("%s: bad preference", name);
    const char *chosen = got == 2 ? key : value;
    add(&preferred, copy(value, strlen(value)), copy(chosen, strlen(chosen)));
  }
  for (size_t i = 0; i < d.n; i++)
    for (size_t k = 0; k < preferred.n; k++)
      if (strcmp(preferred.e[k].key, d.e[i].key) == 0) d.e[i].value = preferred.e[k].value;
  return sorted(d);
}

static dict join_short(dict first, dict second);

/* Phrases of the regional dictionaries under their simplified names: those of
** three characters and more. */
static dict regional(void) {
  dict d = {0},
       t2s = join_short(join_short(plain("TSPhrases"), extension("TSCharacters")), plain("TSCharacters"));
  const char *const from[] = {"HKPhrases", "TWPhrases"};
  for (int f = 0; f < 2; f++) {
    dict p = plain(from[f]);
    for (size_t i = 0; i < p.n; i++) {
      const char *key = convert(&t2s, p.e[i].key);
      size_t chars = 0, known = 0;
      for (const char *s = key; *s != 0; s += utf8_length((unsigned char)*s)) chars++;
      while (known < d.n && strcmp(d.e[known].key, key) != 0) known++;
      if (known < d.n && strcmp(d.e[known].value, p.e[i].key) != 0) die("two phrases become %s", key);
      if (chars >= 3 && known == d.n) add(&d, key, p.e[i].key);
    }
  }
  return sorted(d);
}

static dict named(const char *name) {
  size_t n = strlen(name);
  if (strcmp(name, "STPhrases_GeneratedFromRegionalPhrases") == 0) return regional();
  if (strcmp(name, "TWVariantsRev") == 0 || strcmp(name, "HKVariantsRev") == 0 ||
      strcmp(name, "JPShinjitaiCharactersRev") == 0)
    return reversed(copy(name, n - 3));
  return plain(name);
}

/* ---- groups ------------------------------------------------------------------- */

static dict join_union(dict first, dict second) {
  dict d = {0};
  for (size_t i = 0; i < first.n; i++) add(&d, first.e[i].key, first.e[i].value);
  for (size_t i = 0; i < second.n; i++)
    if (find(&first, second.e[i].key, strlen(second.e[i].key)) == NULL)
      add(&d, second.e[i].key, second.e[i].value);
  return sorted(d);
}

static dict join_short(dict first, dict second) {
  dict d = {0};
  size_t len;
  for (size_t i = 0; i < first.n; i++) add(&d, first.e[i].key, first.e[i].value);
  for (size_t i = 0; i < second.n; i++)
    if (longest(&first, second.e[i].key, &len) == NULL) add(&d, second.e[i].key, second.e[i].value);
  return sorted(d);
}

#endif
