/*
** words.c - speed of mill_segment (dict mode, or a model) beside ICU's word break iterator, and word
** F1 on segmented text by the bakeoff's convention.
**
**   words speed DATA-FOLDER TEXT       MB/s line by line and in one piece
**   words score DATA-FOLDER GOLD...    gold: words separated by blanks
**   words -m MODEL [-v VOCABULARY] ... the same by a trained model; recall of the
**                                      gold words that are not in the vocabulary
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "textmill.h"

static void die(const char *what) {
  fprintf(stderr, "words: %s\n", what);
  exit(1);
}

/* CPU time of this thread: what others do on the machine counts less. */
static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static char *read_file(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  size_t room = 1 << 20;
  char *s = malloc(room);
  if (f == NULL || s == NULL) die(path);
  *n = 0;
  for (size_t got; (got = fread(s + *n, 1, room - *n - 1, f)) > 0;) {
    *n += got;
    if (*n + 1 >= room && (s = realloc(s, room *= 2)) == NULL) die("out of memory");
  }
  fclose(f);
  return s;
}

static const char *const *vocabulary; /* sorted; NULL: none */
static size_t n_vocabulary;
static mill_segment_options how;       /* model, or none */

/* ---- speed ------------------------------------------------------------------ */

static size_t segment_lines(const mill_lexicon *lx, const char *s, size_t n, mill_tokens *t) {
  size_t count = 0;
  for (const char *p = s, *end = s + n, *line; p < end; p = line + 1) {
    line = memchr(p, '\n', (size_t)(end - p));
    if (line == NULL) line = end;
    if (mill_segment(lx, p, (size_t)(line - p), &how, t, NULL) < 0) die("segmenting failed");
    count += t->n;
  }
  return count;
}

static size_t segment_whole(const mill_lexicon *lx, const char *s, size_t n, mill_tokens *t) {
  if (mill_segment(lx, s, n, &how, t, NULL) < 0) die("segmenting failed");
  return t->n;
}

static size_t segment_icu(const char *s, size_t n) {
  UErrorCode e = U_ZERO_ERROR;
  UBreakIterator *it = ubrk_open(UBRK_WORD, "zh", NULL, 0, &e);
  UText *text = NULL;
  size_t count = 0;
  for (const char *p = s, *end = s + n, *line; p < end && U_SUCCESS(e); p = line + 1) {
    line = memchr(p, '\n', (size_t)(end - p));
    if (line == NULL) line = end;
    text = utext_openUTF8(text, p, line - p, &e);
    ubrk_setUText(it, text, &e);
    ubrk_first(it);
    while (ubrk_next(it) != UBRK_DONE) count++;
  }
  utext_close(text);
  ubrk_close(it);
  return count;
}

static int by_value(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

typedef size_t segmenter(const mill_lexicon *lx, const char *s, size_t n, mill_tokens *t);

static void time_ours(const char *name, segmenter *f, const mill_lexicon *lx, const char *s,
                      size_t n) {
  double runs[5];
  mill_tokens t = {0};
  size_t tokens = 0;
  for (int i = 0; i < 5; i++) {
    double from = seconds();
    tokens = f(lx, s, n, &t);
    runs[i] = seconds() - from;
  }
  qsort(runs, 5, sizeof *runs, by_value);
  printf("%-24s %7.1f MB/s (best %.1f)  %zu tokens\n", name, (double)n / 1e6 / runs[2],
         (double)n / 1e6 / runs[0], tokens);
  mill_tokens_free(&t);
}

/* The tagger by itself: tokens are made before. */
static void time_tags(const mill_lexicon *lx, const char *s, size_t n) {
  double runs[5];
  mill_tokens t = {0};
  if (mill_segment(lx, s, n, &how, &t, NULL) < 0) die("segmenting failed");
  uint8_t *tags = malloc(t.n + 1);
  for (int i = 0; tags != NULL && i < 5; i++) {
    double from = seconds();
    if (mill_tag(how.model, s, &t, tags, NULL) < 0) die("tagging failed");
    runs[i] = seconds() - from;
  }
  qsort(runs, 5, sizeof *runs, by_value);
  printf("%-24s %7.1f MB/s (best %.1f)\n", "tags by themselves", (double)n / 1e6 / runs[2],
         (double)n / 1e6 / runs[0]);
  free(tags);
  mill_tokens_free(&t);
}

static void speed(const mill_data *d, const char *path) {
  size_t n, m;
  char *raw = read_file(path, &n), *s;
  mill_error err;
  if (mill_normalize(d, MILL_FOLD, raw, n, &s, &m, NULL, &err) < 0) die(err.message);
  const mill_lexicon *lx = mill_data_lexicon(d);
  time_ours("textmill, line by line", segment_lines, lx, s, m);
  time_ours("textmill, one piece", segment_whole, lx, s, m);
  if (how.model != NULL) { /* the lexicon alone and ICU have rows of their own */
    if (mill_model_tag(how.model, 0) != NULL) time_tags(lx, s, m);
    how.model = NULL;
    time_ours("dict, same run", segment_lines, lx, s, m);
    free(s);
    free(raw);
    return;
  }
  double from = seconds();
  size_t tokens = segment_icu(s, m < 2000000 ? m : 2000000);
  printf("%-24s %7.1f MB/s  %zu tokens\n", "ICU, first 2 MB",
         (double)(m < 2000000 ? m : 2000000) / 1e6 / (seconds() - from), tokens);
  free(s);
  free(raw);
}

/* ---- score -------------------------------------------------------------------- */

typedef struct score { size_t gold, found, right, unknown, unknown_right; } score;

/* Words of the training vocabulary, for the recall of those outside it. */
static int by_text(const void *x, const void *y) {
  return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static int is_unknown(const char *s, size_t n) {
  char word[512];
  const char *key = word;
  if (vocabulary == NULL || n >= sizeof word) return 0;
  memcpy(word, s, n);
  word[n] = 0;
  return bsearch(&key, vocabulary, n_vocabulary, sizeof key, by_text) == NULL;
}

static void read_vocabulary(const char *path) {
  size_t n, room = 0;
  char *s = read_file(path, &n), *save;
  const char **list = NULL;
  s[n] = 0;
  for (char *w = strtok_r(s, " \r\n\t", &save); w != NULL; w = strtok_r(NULL, " \r\n\t", &save)) {
    if (n_vocabulary == room && (list = realloc(list, (room = room * 2 + 65536) * sizeof *list)) == NULL)
      die("out of memory");
    list[n_vocabulary++] = w;
  }
  qsort(list, n_vocabulary, sizeof *list, by_text);
  vocabulary = list;
}

/* Ideographic spaces (the traditional files have them) to plain ones. */
static void plain_blanks(char *line) {
  for (char *s = line; (s = strstr(s, "\xE3\x80\x80")) != NULL; s += 3) memset(s, ' ', 3);
}

/* One line of gold: `text` becomes the words joined, ends[] where each ends. */
static size_t join_words(char *line, char *text, size_t *ends) {
  size_t n = 0, words = 0;
  plain_blanks(line);
  for (char *w = strtok(line, " \t\r"); w != NULL; w = strtok(NULL, " \t\r")) {
    size_t len = strlen(w);
    if (n == 0 && memcmp(w, "\xEF\xBB\xBF", len < 3 ? len : 3) == 0) w += 3, len -= 3;
    if (len == 0) continue;
    memcpy(text + n, w, len);
    ends[words++] = n += len;
  }
  return words;
}

static void score_line(const mill_data *d, char *line, size_t len, score *sum) {
  char *text = malloc(len + 1), *folded;
  size_t *ends = malloc((len + 1) * sizeof *ends), n, words = join_words(line, text, ends), g = 0;
  mill_map *map;
  mill_tokens t = {0};
  mill_error err;
  sum->gold += words;
  for (size_t k = 0, from = 0; k < words; from = ends[k++])
    sum->unknown += (size_t)is_unknown(text + from, ends[k] - from);
  if (words == 0) goto out;
  if (mill_normalize(d, MILL_FOLD, text, ends[words - 1], &folded, &n, &map, &err) < 0 ||
      mill_segment(mill_data_lexicon(d), folded, n, &how, &t, &err) < 0)
    die(err.message);
  for (size_t k = 0; k < t.n; k++) {
    mill_span s = mill_map_from(map, (mill_span){t.start[k], t.start[k + 1]});
    while (g < words && ends[g] < s.to) g++;
    sum->found++;
    if (g == words || ends[g] != s.to || (g == 0 ? 0 : ends[g - 1]) != s.from) continue;
    sum->right++;
    sum->unknown_right += (size_t)is_unknown(text + s.from, s.to - s.from);
  }
  mill_map_free(map);
  free(folded);
out:
  mill_tokens_free(&t);
  free(text);
  free(ends);
}

static void score_file(const mill_data *d, const char *path) {
  size_t n;
  char *s = read_file(path, &n);
  score sum = {0};
  for (char *p = s, *end = s + n, *line; p < end; p = line + 1) {
    line = memchr(p, '\n', (size_t)(end - p));
    if (line == NULL) break;
    *line = 0;
    score_line(d, p, (size_t)(line - p), &sum);
  }
  double precision = (double)sum.right / (double)sum.found;
  double recall = (double)sum.right / (double)sum.gold;
  printf("P %.4f  R %.4f  F1 %.4f", precision, recall, 2 * precision * recall / (precision + recall));
  if (sum.unknown > 0)
    printf("  R-OOV %.4f of %zu", (double)sum.unknown_right / (double)sum.unknown, sum.unknown);
  printf("  %s\n", path);
  free(s);
}

int main(int argc, char **argv) {
  mill_data *d;
  mill_model *model = NULL;
  mill_error err;
  for (; argc > 2 && argv[1][0] == '-'; argc -= 2, argv += 2) {
    if (strcmp(argv[1], "-m") == 0 && mill_model_open(argv[2], &model, &err) < 0) die(err.message);
    if (strcmp(argv[1], "-v") == 0) read_vocabulary(argv[2]);
  }
  how.model = model;
  if (argc < 4) die("usage: words [-m MODEL] [-v VOCABULARY] speed|score DATA-FOLDER FILE...");
  double from = seconds();
  if (mill_data_open(argv[2], &d, &err) < 0) die(err.message);
  if (strcmp(argv[1], "speed") == 0) printf("opened in %.3f ms\n", (seconds() - from) * 1e3);
  for (int i = 3; i < argc; i++)
    if (strcmp(argv[1], "speed") == 0) speed(d, argv[i]);
    else score_file(d, argv[i]);
  mill_data_free(d);
  mill_model_free(model);
  return 0;
}
