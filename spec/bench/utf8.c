/*
** utf8.c - is it UTF-8? GB/s on texts of one kind, in pieces of 4 KB and whole,
** beside ICU (u_strFromUTF8, which writes nothing: it only counts) and utf8proc
** (utf8proc_iterate, a character at a time). CPU time, the best of RUNS.
**
**   utf8 RUNS [--rows]
*/
#include "bench.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>
#ifdef BENCH_UTF8PROC
#include <utf8proc.h>
#endif

enum { SIZE = 8000000, PIECE = 4096, RIVALS = 3 };

static int ours(const char *s, size_t n) {
  size_t bad;
  return mill_utf8_valid(s, n, &bad, NULL);
}

static int icu(const char *s, size_t n) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t len;
  u_strFromUTF8(NULL, 0, &len, s, (int32_t)n, &code);
  return code == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(code);
}

static int proc(const char *s, size_t n) {
#ifdef BENCH_UTF8PROC
  utf8proc_int32_t c;
  for (size_t at = 0; at < n;) {
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)s + at, (utf8proc_ssize_t)(n - at), &c);
    if (step < 1) return 0;
    at += (size_t)step;
  }
  return 1;
#else
  (void)s, (void)n;
  return -1;
#endif
}

static size_t fill(char *out, const char *pattern) {
  size_t len = strlen(pattern), n = 0;
  for (; n + len <= SIZE; n += len) memcpy(out + n, pattern, len);
  return n;
}

static void row(const char *name, const char *s, size_t n, size_t piece, int runs) {
  static int (*const check[RIVALS])(const char *, size_t) = {ours, icu, proc};
  double best[RIVALS] = {0};
  for (int r = 0; r < runs; r++)
    for (int k = 0; k < RIVALS; k++) {
      double from = cpu_seconds();
      int good = 1;
      for (size_t at = 0; at < n && good > 0; at += piece)
        good = check[k](s + at, n - at < piece ? n - at : piece);
      if (good == 0) die("a valid text is refused");
      double speed = good < 0 ? 0 : (double)n / 1e9 / (cpu_seconds() - from);
      if (speed > best[k]) best[k] = speed;
    }
  char label[80];
  snprintf(label, sizeof label, "%s, %s", name, piece == n ? "8 MB" : "pieces of 4 KB");
  printf("%-32s %8.2f %8.2f %8.2f GB/s\n", label, best[0], best[1], best[2]);
  bench_row("UTF-8 validation", label, best[0], "GB/s", "ICU", best[1], NULL);
  if (best[2] > 0) bench_row("UTF-8 validation", label, best[0], "GB/s", "utf8proc", best[2], NULL);
}

int main(int argc, char **argv) {
  static const struct { const char *name, *pattern; } texts[] = {
      {"English", "The river rose again in the night, and so the council met early. "},
      {"Chinese", "全镇设置水位观测点，配备手摇报警器，每天两次通报水情。"},
      {"Vietnamese", "người dân được thông báo về mực nước sông mỗi ngày hai lần. "},
      {"Chinese and English", "全镇 village 设置 36 个 points，每天 twice 通报水情。"}};
  char *s = malloc(SIZE);
  bench_rows(&argc, argv);
  if (argc != 2 || s == NULL) die("usage: utf8 RUNS");
  int runs = atoi(argv[1]) > 0 ? atoi(argv[1]) : 5;
  bench_version("ICU", U_ICU_VERSION);
  printf("%-32s %8s %8s %8s\n", "", "textmill", "ICU", "utf8proc");
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
    size_t n = fill(s, texts[k].pattern), len = strlen(texts[k].pattern);
    row(texts[k].name, s, n, n, runs);
    row(texts[k].name, s, n, PIECE / len * len, runs);
  }
  free(s);
  return 0;
}
