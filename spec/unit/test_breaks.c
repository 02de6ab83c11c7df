/*
** test_breaks.c - graphemes, words, sentences, lines: against the standard's
** own files as far as the linked ICU goes (which is printed), and what we add
** to it; words of scripts without blanks among the segmenter's tokens.
*/
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "check.h"
#include "core/data.h"
#include "core/utf8.h"
#include "textmill.h"

static mill_data data;

/* ---- pieces ----------------------------------------------------------------- */

/* The pieces of s, with | between them. */
static const char *pieces(enum mill_break_kind kind, const char *s) {
  static char out[4096];
  mill_breaks *b;
  mill_span p;
  size_t at = 0;
  out[0] = 0;
  if (!CHECK_EQ(mill_breaks_open(kind, kind == MILL_BREAK_SENTENCE ? "en@ss=standard" : NULL, &b, NULL), 0))
    return out;
  CHECK_EQ(mill_breaks_text(b, s, strlen(s), NULL), 0);
  while (mill_breaks_next(b, &p) && at + 256 < sizeof out)
    at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s", at ? "|" : "", (int)(p.to - p.from),
                           s + p.from);
  CHECK_EQ(mill_breaks_next(b, &p), 0); /* and stays at the end */
  mill_breaks_free(b);
  return out;
}

static void test_sentences(void) {
  static const struct { const char *s, *want; } cases[] = {
      {"全镇共有三所学校。今年新建一所！", "全镇共有三所学校。|今年新建一所！"},
      {"会议要求（见附件。另发。）各村落实。", "会议要求（见附件。另发。）各村落实。"},
      {"他走了。（完。）大家散了。", "他走了。|（完。）|大家散了。"},
      {"他说：“好。我去。”大家笑了。", "他说：“好。|我去。”|大家笑了。"},
      {"她說：「好嗎？」他點頭。", "她說：「好嗎？」|他點頭。"},
      {"1.修路。2.架桥。", "1.修路。|2.架桥。"},
      {"  一、总则 \n\n 第一条 为了  ", "一、总则|第一条 为了"},
      {"Mr. Li came. It was 3.5 km.\t好。", "Mr. Li came.|It was 3.5 km.|好。"},
      {"（（（【没有完。走了。", "（（（【没有完。|走了。"},
      {"", ""}, {" \n ", ""}, {"。", "。"}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    const char *got = pieces(MILL_BREAK_SENTENCE, cases[k].s);
    if (!CHECK_STR(got, cases[k].want)) fprintf(stderr, "  got %s\n", got);
  }
}

static void test_graphemes(void) {
  CHECK_STR(pieces(MILL_BREAK_GRAPHEME, "e\xCC\x81" "點\xF0\x9F\x87\xA8\xF0\x9F\x87\xB3\r\n"),
            "e\xCC\x81|點|\xF0\x9F\x87\xA8\xF0\x9F\x87\xB3|\r\n");
  CHECK_STR(pieces(MILL_BREAK_GRAPHEME, "a\xFF" "b"), "a|\xFF|b"); /* broken: a sign of its own */
}

static void test_arguments(void) {
  mill_breaks *b;
  mill_error err;
  CHECK_EQ(mill_breaks_open(MILL_BREAK_WORD, NULL, &b, &err), 0);
  CHECK_EQ(mill_breaks_text(b, "", (size_t)MILL_MAX_BYTES + 1, &err), MILL_ELIMIT);
  mill_span p;
  CHECK_EQ(mill_breaks_text(b, "", 0, &err), 0);
  CHECK_EQ(mill_breaks_next(b, &p), 0);
  mill_breaks_free(b);
  mill_breaks_free(NULL);
}

/* ---- the standard's files --------------------------------------------------------- */

/* Reads "÷ 0061 × 0308 ÷" into bytes and a mark at each byte where a piece ends. */
static size_t read_line(const char *line, char *s, char *ends) {
  size_t n = 0;
  memset(ends, 0, 512);
  for (const char *p = line; *p != 0 && *p != '#' && n < 500;) {
    if (strncmp(p, "÷", 2) == 0) ends[n] = 1;
    if ((*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'F')) {
      char *after;
      n += utf8_encode((uint32_t)strtoul(p, &after, 16), s + n);
      p = after;
    } else {
      p++;
    }
  }
  return n;
}

static int line_is_right(mill_breaks *b, const char *line) {
  char s[512], ends[512], got[512] = {0};
  size_t n = read_line(line, s, ends);
  mill_span p;
  if (strstr(line, "D8") != NULL && strstr(line, " D800 ") != NULL) return 1; /* no UTF-8 */
  if (mill_breaks_text(b, s, n, NULL) < 0) return 0;
  while (mill_breaks_next(b, &p)) got[p.to] = 1;
  return memcmp(got + 1, ends + 1, n) == 0;
}

/* Lines of the file that agree, all of them in *total; -1 without the file. */
static int agreement(enum mill_break_kind kind, const char *path, int *total) {
  FILE *f = fopen(path, "r");
  mill_breaks *b;
  char line[2048];
  int right = 0;
  *total = 0;
  if (f == NULL) return -1;
  CHECK_EQ(mill_breaks_open(kind, NULL, &b, NULL), 0);
  while (fgets(line, sizeof line, f) != NULL) {
    if (line[0] == '#') continue;
    ++*total;
    right += line_is_right(b, line);
  }
  mill_breaks_free(b);
  fclose(f);
  return right;
}

static void test_conformance(void) {
  static const struct { enum mill_break_kind kind; const char *name; } files[] = {
      {MILL_BREAK_GRAPHEME, "Grapheme"}, {MILL_BREAK_WORD, "Word"}, {MILL_BREAK_LINE, "Line"}};
  for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
    char path[128];
    int total, right;
    snprintf(path, sizeof path, "../shared/data/ucd/%sBreakTest.txt", files[k].name);
    right = agreement(files[k].kind, path, &total);
    if (right < 0) {
      printf("skipped: %s is not here\n", path);
      continue;
    }
    printf("ICU %s: %sBreakTest of 15.0: %d of %d lines\n", mill_icu_version(), files[k].name, right, total);
    CHECK(total > 500);
    if (strncmp(mill_icu_version(), "72", 2) == 0) CHECK(right * 100 >= total * 99);
  }
}

/* ---- tokens ------------------------------------------------------------------------ */

static const char *words(const char *s) {
  static char out[1024];
  mill_tokens t = {0};
  size_t at = 0, n = strlen(s);
  out[0] = 0;
  CHECK_EQ(mill_segment(mill_data_lexicon(&data), s, n, NULL, &t, NULL), 0);
  for (size_t k = 0; k < t.n && at + 64 < sizeof out; k++)
    at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s", k ? "|" : "",
                           (int)(t.start[k + 1] - t.start[k]), s + t.start[k]);
  CHECK_EQ(t.start[t.n], n);
  mill_tokens_free(&t);
  return out;
}

static void test_tokens(void) {
  CHECK_STR(words("ภาษาไทยง่ายนิดเดียว"), "ภาษา|ไทย|ง่าย|นิด|เดียว");
  CHECK_STR(words("新しい橋を"), "新しい|橋|を");
  CHECK_STR(words("优の良品"), "优|の|良|品"); /* one kana makes no Japanese */
  CHECK_STR(words("设立,ไทย,学校"), "设立|,|ไทย|,|学校");
  CHECK_STR(words("Ελλάδα россия"), "Ελλάδα| |россия");
}

int main(void) {
  mill_error err = {0};
  if (!CHECK_EQ(lexicon_attach(&data, getenv("TEXTMILL_DATA"), &err), 0)) return check_report();
  test_sentences();
  test_graphemes();
  test_arguments();
  test_conformance();
  test_tokens();
  lexicon_detach(&data);
  mill_image_close(&data.lexicon);
  return check_report();
}
