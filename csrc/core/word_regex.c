/* word_regex.c - see word_regex.h. */
#include "word_regex.h"

#include <unicode/uregex.h>
#include <unicode/utext.h>

#include "alloc.h"
#include "utf8.h"

#define MAX_STACK (1 << 20) /* bytes of ICU's own backtracking stack */
#define MAX_TIME 100        /* ICU's unit: roughly milliseconds, a word */

struct word_regex { URegularExpression *re; UText text; };

/* The byte where the k-th UTF-16 unit stands: ICU counts so. */
static size_t byte_of(const char *s, size_t n, int32_t k) {
  size_t i = 0, len;
  while (i < n && k > 0) {
    k -= utf8_decode(s + i, &len) >= 0x10000 ? 2 : 1;
    i += len;
  }
  return i;
}

int word_regex_new(const char *s, size_t n, word_regex **out, mill_error *err) {
  static const UText empty = UTEXT_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where = {0};
  word_regex *r = mem_calloc(1, sizeof *r);
  *out = NULL;
  if (r == NULL) return mill_fail_memory(err);
  r->text = empty;
  UText *source = utext_openUTF8(NULL, s, (int64_t)n, &status);
  r->re = uregex_openUText(source, UREGEX_CASE_INSENSITIVE, &where, &status);
  utext_close(source);
  if (U_SUCCESS(status)) {
    uregex_setStackLimit(r->re, MAX_STACK, &status);
    uregex_setTimeLimit(r->re, MAX_TIME, &status);
  }
  if (U_SUCCESS(status)) return *out = r, 0;
  word_regex_free(r);
  if (status == U_MEMORY_ALLOCATION_ERROR) return mill_fail_memory(err);
  return mill_fail(err, MILL_ESYNTAX, byte_of(s, n, where.offset - 1), "bad regular expression: %s",
      u_errorName(status));
}

void word_regex_free(word_regex *r) {
  if (r == NULL) return;
  uregex_close(r->re);
  utext_close(&r->text);
  mem_free(r);
}

int word_regex_match(word_regex *r, const char *word, size_t n) {
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(&r->text, word, (int64_t)n, &status);
  uregex_setUText(r->re, &r->text, &status);
  int found = uregex_matches64(r->re, 0, &status);
  if (status == U_MEMORY_ALLOCATION_ERROR) return MILL_ENOMEM;
  return U_FAILURE(status) ? MILL_ELIMIT : found != 0;
}
