/*
** test_record.c - lines of NDJSON as documents: what is taken, what is left to others, and that every
** part and every slip of a line is read within its bytes.
*/
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "store/record.h"

static mill_record r;

/* A copy of its own size, so that reading past it shows. */
static int take(const char *line, size_t n) {
  char *copy = malloc(n > 0 ? n : 1);
  memcpy(copy, line, n);
  int code = mill_record_read(&r, copy, n);
  free(copy);
  return code;
}

static int take_all(const char *line) { return take(line, strlen(line)); }

static void check_field(enum mill_record_field field, const char *is, size_t n) {
  size_t len;
  const char *s = mill_record_field(&r, field, &len);
  if (is == NULL) {
    CHECK(s == NULL);
    return;
  }
  CHECK(s != NULL && len == n && memcmp(s, is, n) == 0 && s[n] == 0);
}

static void usual_lines(void) {
  CHECK_EQ(take_all("{\"text\":\"a\\n\\u4e00\\ud83d\\ude00\\/\",\"id\":-12,\"z\":true,\"b\":\"q\\\"\",\"n\":null}"), 1);
  check_field(MILL_RECORD_TEXT, "a\n\xe4\xb8\x80\xf0\x9f\x98\x80/", 10);
  check_field(MILL_RECORD_ID, "-12", 3);
  check_field(MILL_RECORD_URL, NULL, 0);
  CHECK_STR(mill_record_source(&r).meta, "{\"b\":\"q\\\"\",\"z\":\"true\"}");
  CHECK_EQ(take_all(" { \"text\" : \"\" , \"id\":\"x\",\"id\":null,\"date\":\"a\\u0000b\",\"k\":-0, \"k\":null } \t"), 1);
  check_field(MILL_RECORD_TEXT, "", 0);
  check_field(MILL_RECORD_ID, NULL, 0);
  check_field(MILL_RECORD_DATE, "a\0b", 3);
  CHECK(mill_record_source(&r).meta == NULL);
  CHECK_EQ(take_all("{\"text\":\"t\",\"k\":-0,\"l\":123456789012345678}"), 1);
  CHECK_STR(mill_record_source(&r).meta, "{\"k\":\"0\",\"l\":\"123456789012345678\"}");
}

static void other_lines(void) {
  static const char *const lines[] = {
      "", "x", "[]", "{}", "{\"id\":1}", "{\"text\":null}", "{\"text\":1}", "{\"text\":\"a\",\"id\":true}",
      "{\"text\":\"a\",\"meta\":1}", "{\"text\":\"a\",\"bytes_b64\":\"\"}", "{\"text\":\"a\",\"x\":1.5}",
      "{\"text\":\"a\",\"x\":01}", "{\"text\":\"a\",\"x\":-}", "{\"text\":\"a\",\"x\":nul}", "{\"text\":\"a\"}}",
      "{\"text\":\"a\",}", "{\"text\":\"a\\x\"}", "{\"text\":\"a\\ud800\\u00\"}", "{\"text\":\"\t\"}",
      "{\"text\":\"a\",\"x\":[]}", "{\"text\":\"a\",\"x\":truex}", "{\"text\":\"a\",\"m\":\"\xff\"}",
      "{\"text\":\"a\",\"x\":1234567890123456789}"};
  for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
    CHECK_EQ(take_all(lines[k]), 0);
  CHECK_EQ(take_all("{\"text\":\"\xff is no UTF-8\"}"), 1); /* which cleaning sees to */
}

/* 64 other members, and one more. */
static void many_members(void) {
  char line[4096];
  for (int many = 64; many <= 65; many++) {
    size_t n = (size_t)snprintf(line, sizeof line, "{\"text\":\"a\"");
    for (int k = 0; k < many; k++) n += (size_t)snprintf(line + n, sizeof line - n, ",\"k%02d\":%d", many - k, k);
    n += (size_t)snprintf(line + n, sizeof line - n, "}");
    CHECK_EQ(take(line, n), many == 64);
  }
}

/* Each part of it, each byte of it another, and each prefix behind a long one. */
static void broken_lines(void) {
  static const char line[] = "{\"id\":\"\\u00e9\\ud83d\\ude00 0123456789abcdef\",\"text\":\"\\\"0123456789abcdefgh\\\\\","
                             "\"n\":-120,\"t\":true,\"f\":false,\"o\":null,\"date\":\"\"}";
  size_t n = sizeof line - 1;
  char other[sizeof line];
  CHECK_EQ(take(line, n), 1);
  for (size_t k = 0; k < n; k++) CHECK_EQ(take(line, k), 0);
  for (size_t k = 0; k < n; k++)
    for (int c = 0; c < 256; c++) {
      memcpy(other, line, sizeof line);
      other[k] = (char)c;
      CHECK(take(other, n) >= 0);
    }
}

int main(void) {
  usual_lines();
  other_lines();
  many_members();
  broken_lines();
  mill_record_free(&r);
  return check_report();
}
