/*
** charset.c - guessing charsets: how often right, and how long it takes, by charset
** and length, beside ICU's ucsdet and, where it is installed, uchardet.
**
** A guess is right when decoding by it gives the very text. Texts: pieces of Chinese
** text (Big5: converted) at random places, with so many Han characters; of the other
** languages paragraphs written for this, with so many characters, at least one of
** them outside ASCII. Ours is measured as mill_decode, with the text and its map,
** and as the guess alone; the others only guess, by detectors opened once.
** usage: charset IMAGES SIMPLIFIED.txt SAMPLES
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "core/charset.h"
#include "core/utf8.h"
#include "row.h"
#include "textmill.h"
#ifdef BENCH_UCHARDET
#include <uchardet/uchardet.h>
#endif

#include "charset_texts.h"

#define ROOM 4096
#define TIMES 5 /* every sample so often, the best time counts */

typedef struct result { double right, time; } result; /* sums */

static UCharsetDetector *icu;
#ifdef BENCH_UCHARDET
static uchardet_t uchardet;
#endif
static uint64_t seed = 20;

_Noreturn static void fail(const char *what) {
  fprintf(stderr, "bench-charset: %s\n", what);
  exit(1);
}

static size_t below(size_t n) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (size_t)((seed >> 33) % n);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* ---- samples ------------------------------------------------------------------ */

/* A random piece of s[0,n) with so many characters that count; its length, or 0. */
static size_t piece(const char *s, size_t n, size_t count, int han, const char **from) {
  size_t at = below(n), len, end;
  while (at < n && utf8_is_tail((unsigned char)s[at])) at++;
  for (end = at; end < n && count > 0; end += len) {
    uint32_t c = utf8_decode(s + end, &len);
    count -= !han || (c >= 0x4E00 && c <= 0x9FFF);
  }
  *from = s + at;
  return count == 0 && end - at < ROOM ? end - at : 0;
}

static size_t recode(const char *to, const char *from, const char *s, size_t n, char *out, size_t room) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t len = ucnv_convert(to, from, out, (int32_t)room, s, (int32_t)n, &status);
  return U_FAILURE(status) || (size_t)len >= room ? 0 : (size_t)len;
}

/* Does the text survive the charset? Then its bytes are in out. */
static size_t encode(const char *converter, const char *s, size_t n, char *out) {
  char back[2 * ROOM];
  size_t len = recode(converter, "UTF-8", s, n, out, ROOM);
  size_t got = len == 0 ? 0 : recode("UTF-8", converter, out, len, back, sizeof back);
  if (got != n || memcmp(back, s, n) != 0) return 0;
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)out[i] >= 0x80) return len;
  return 0;
}

/* ---- the three ------------------------------------------------------------------- */

/* Is the text the same when decoded as somebody's name says? */
static int is_right(const char *name, const char *bytes, size_t len, const char *s, size_t n) {
  char back[2 * ROOM];
  if (name == NULL || *name == 0) return 0;
  const char *canonical = charset_canonical(name, strlen(name));
  if (canonical == NULL && strcmp(name, "UHC") == 0) canonical = "euc-kr";
  if (canonical != NULL && strcmp(canonical, "utf-8") == 0) return len == n && memcmp(bytes, s, n) == 0;
  size_t got =
      recode("UTF-8", canonical != NULL ? charset_converter(canonical) : name, bytes, len, back, sizeof back);
  return got == n && memcmp(back, s, n) == 0;
}

static void try_decode(const char *bytes, size_t len, const char *s, size_t n, result *r) {
  double best = 1e9;
  for (int i = 0; i < TIMES; i++) {
    char *out, charset[32];
    size_t got;
    mill_map *map;
    mill_error err;
    double start = now();
    if (mill_decode(bytes, len, NULL, &out, &got, charset, &map, &err) < 0) fail(err.message);
    double time = now() - start;
    if (time < best) best = time;
    if (i == 0) r->right += got == n && memcmp(out, s, n) == 0;
    free(out);
    mill_map_free(map);
  }
  r->time += best;
}

static void try_guess(const char *bytes, size_t len, const char *s, size_t n, result *r) {
  const char *name = NULL;
  double best = 1e9;
  for (int i = 0; i < TIMES; i++) {
    double start = now();
    name = charset_guess(bytes, len);
    double time = now() - start;
    if (time < best) best = time;
  }
  r->right += is_right(name, bytes, len, s, n);
  r->time += best;
}

static void try_icu(const char *bytes, size_t len, const char *s, size_t n, result *r) {
  const char *name = NULL;
  double best = 1e9;
  for (int i = 0; i < TIMES; i++) {
    UErrorCode status = U_ZERO_ERROR;
    double start = now();
    ucsdet_setText(icu, bytes, (int32_t)len, &status);
    const UCharsetMatch *m = ucsdet_detect(icu, &status);
    name = m != NULL ? ucsdet_getName(m, &status) : NULL;
    double time = now() - start;
    if (time < best) best = time;
  }
  r->right += is_right(name, bytes, len, s, n);
  r->time += best;
}

static void try_uchardet(const char *bytes, size_t len, const char *s, size_t n, result *r) {
#ifdef BENCH_UCHARDET
  const char *name = NULL;
  double best = 1e9;
  for (int i = 0; i < TIMES; i++) {
    double start = now();
    uchardet_reset(uchardet);
    uchardet_handle_data(uchardet, bytes, len);
    uchardet_data_end(uchardet);
    name = uchardet_get_charset(uchardet);
    double time = now() - start;
    if (time < best) best = time;
  }
  r->right += is_right(name, bytes, len, s, n);
  r->time += best;
#else
  (void)bytes, (void)len, (void)s, (void)n, (void)r;
#endif
}

/* ---- rows -------------------------------------------------------------------------- */

static void row(const char *label, const char *converter, const char *s, size_t n, size_t count, int han,
                int samples) {
  result decode = {0}, guess = {0}, ucsdet = {0}, mozilla = {0};
  int done = 0;
  for (int tries = 0; done < samples && tries < 20 * samples; tries++) {
    char bytes[ROOM];
    const char *from;
    size_t len = piece(s, n, count, han, &from), coded = len > 0 ? encode(converter, from, len, bytes) : 0;
    if (coded == 0) continue;
    done++;
    try_decode(bytes, coded, from, len, &decode);
    try_guess(bytes, coded, from, len, &guess);
    try_icu(bytes, coded, from, len, &ucsdet);
    try_uchardet(bytes, coded, from, len, &mozilla);
  }
  if (done == 0) return;
  double all = done;
  printf("%-22s %4zu %6d %8.1f %6.2f %6.2f %10.1f %7.1f", label, count, done, 100 * decode.right / all,
         decode.time / all, guess.time / all, 100 * ucsdet.right / all, ucsdet.time / all);
#ifdef BENCH_UCHARDET
  printf(" %10.1f %7.1f", 100 * mozilla.right / all, mozilla.time / all);
#endif
  printf("\n");
  if (count != 8 && count != 16 && count != 256) return;
  /* asked: eight Chinese characters, short texts at once */
  const char *right =
      strstr(label, "simplified") != NULL || strstr(label, "traditional") != NULL ? ">=99" : NULL;
  const char *fast = count <= 16 ? "<=2" : NULL;
  char name[80];
  snprintf(name, sizeof name, "%s, %zu characters", label, count);
  bench_row("charset, texts read right", name, 100 * decode.right / all, "%", "ICU ucsdet",
            100 * ucsdet.right / all, right);
  bench_row("charset, time of a guess", name, guess.time / all, "us", "ICU ucsdet", ucsdet.time / all, fast);
#ifdef BENCH_UCHARDET
  bench_row("charset, texts read right", name, 100 * decode.right / all, "%", "uchardet",
            100 * mozilla.right / all, NULL);
  bench_row("charset, time of a guess", name, guess.time / all, "us", "uchardet", mozilla.time / all, NULL);
#endif
}

static void rows(const char *label, const char *converter, const char *s, size_t n, int han, int samples) {
  static const size_t counts[] = {4, 8, 16, 32, 64, 256};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    row(label, converter, s, n, counts[i], han, samples);
}

int main(int argc, char **argv) {
  mill_data *data;
  mill_error err;
  UErrorCode status = U_ZERO_ERROR;
  char *s, *t;
  size_t n, t_len;
  bench_rows(&argc, argv);
  int samples = argc == 4 ? atoi(argv[3]) : 0;
  if (samples < 1) fail("usage: charset IMAGES SIMPLIFIED.txt SAMPLES");
  if (mill_data_open(argv[1], &data, &err) < 0 || mill_read_file(argv[2], 1u << 30, &s, &n, &err) < 0)
    fail(err.message);
  if (mill_convert(data, "s2t", s, n, NULL, &t, &t_len, NULL, &err) < 0) fail(err.message);
  icu = ucsdet_open(&status);
#ifdef BENCH_UCHARDET
  uchardet = uchardet_new();
#endif
  printf("%-22s %4s %6s %8s %6s %6s %10s %7s %10s %7s\n", "", "", "", "decode", "us", "guess", "ucsdet", "us",
         "uchardet", "us");
  printf("%-22s %4s %6s %8s %6s %6s %10s %7s %10s %7s\n", "text", "long", "texts", "right %", "", "us",
         "right %", "", "right %", "");
  rows("simplified gb18030", "gb18030", s, n, 1, samples);
  rows("traditional gb18030", "gb18030", t, t_len, 1, samples);
  rows("traditional big5", "Big5-HKSCS", t, t_len, 1, samples);
  rows("simplified utf-8", "UTF-8", s, n, 1, samples);
  for (size_t i = 0; i < sizeof charset_texts / sizeof *charset_texts; i++)
    rows(charset_texts[i].label, charset_texts[i].converter, charset_texts[i].text,
         strlen(charset_texts[i].text), 0, samples);
  ucsdet_close(icu);
#ifdef BENCH_UCHARDET
  uchardet_delete(uchardet);
#endif
  free(s);
  free(t);
  mill_data_free(data);
  return 0;
}
