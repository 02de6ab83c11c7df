/*
** fuzz_normalize.c - every form of any text, and mill_fold beside its stages: the map holds, the result is
** UTF-8, ICU says the same where it has the form and Unicode 15.0 the
** characters, and what must not change twice does not.
*/
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "core/fuse.h"
#include "core/unicode.h"
#include "core/utf8.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

static mill_data tables;

static void map_must_hold(const mill_map *m, const char *s, size_t n, const char *out, size_t len) {
  const mill_run *runs;
  size_t count = mill_map_runs(m, &runs), at = 0, to = 0;
  MUST(mill_map_source_len(m) == n && mill_map_output_len(m) == len);
  for (size_t i = 0; i < count; i++) {
    size_t same = runs[i].source - at;
    MUST(runs[i].source >= at && runs[i].output - to == same && memcmp(s + at, out + to, same) == 0);
    at = runs[i].source + (size_t)runs[i].count * runs[i].source_len;
    to = runs[i].output + (size_t)runs[i].count * runs[i].output_len;
    MUST(at <= n && to <= len && (at == n || !utf8_is_tail((unsigned char)s[at])));
    MUST(to == len || !utf8_is_tail((unsigned char)out[to]));
  }
  MUST(n - at == len - to && memcmp(s + at, out + to, n - at) == 0);
}

static const UNormalizer2 *icu_form(enum mill_form form) {
  UErrorCode status = U_ZERO_ERROR;
  switch (form) {
    case MILL_NFC: return unorm2_getNFCInstance(&status);
    case MILL_NFD: return unorm2_getNFDInstance(&status);
    case MILL_NFKC: return unorm2_getNFKCInstance(&status);
    case MILL_NFKD: return unorm2_getNFKDInstance(&status);
    case MILL_NFKC_CF: return unorm2_getNFKCCasefoldInstance(&status);
    default: return NULL;
  }
}

static void icu_must_agree(enum mill_form form, const char *s, size_t n, const char *out, size_t len) {
  static UChar wide[1 << 14], want[1 << 18];
  static char bytes[1 << 20];
  const UNormalizer2 *icu = icu_form(form);
  UErrorCode status = U_ZERO_ERROR;
  int32_t wide_len, want_len, bytes_len;
  if (icu == NULL || n > 4096) return;
  u_strFromUTF8(wide, 1 << 14, &wide_len, s, (int32_t)n, &status);
  for (int32_t i = 0; i < wide_len; i++) {
    UChar32 c;
    U16_GET(wide, 0, i, wide_len, c);
    if (!u_isdefined(c)) return;
  }
  want_len = unorm2_normalize(icu, wide, wide_len, want, 1 << 18, &status);
  u_strToUTF8(bytes, 1 << 20, &bytes_len, want, want_len, &status);
  MUST(U_SUCCESS(status) && (size_t)bytes_len == len && memcmp(bytes, out, len) == 0);
}

static void fold_must_agree(const char *s, size_t n) {
  char *a, *b = NULL;
  size_t a_len, b_len = 0, runs;
  mill_map *x, *y = NULL;
  const mill_run *p, *q;
  int rc = mill_fold(&tables, s, n, &a, &a_len, &x, NULL);
  MUST(fold_in_stages(&tables, s, n, &b, &b_len, &y, NULL) == rc);
  if (rc < 0) return;
  MUST(a_len == b_len && memcmp(a, b, a_len) == 0);
  runs = mill_map_runs(x, &p);
  MUST(mill_map_runs(y, &q) == runs && (runs == 0 || memcmp(p, q, runs * sizeof *p) == 0));
  free(a);
  free(b);
  mill_map_free(x);
  mill_map_free(y);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  if (tables.unicode_view == NULL) {
    const char *dir = getenv("TEXTMILL_DATA");
    MUST(unicode_attach(&tables, dir != NULL ? dir : "build/lib/textmill", NULL) == 0);
  }
  if (n == 0) return 0;
  enum mill_form form = (enum mill_form)(bytes[0] % (MILL_DISPLAY + 1));
  const char *s = (const char *)bytes + 1;
  if (bytes[0] >= 0xC0) return fold_must_agree(s, n - 1), 0;
  char *out, *twice;
  size_t len, again;
  mill_map *map;
  int rc = mill_normalize(&tables, form, s, n - 1, &out, &len, &map, NULL);
  MUST(rc == 0 || (rc == MILL_EUTF8 && !mill_utf8_valid(s, n - 1, NULL, NULL)));
  if (rc < 0) return 0;
  MUST(out[len] == 0 && mill_utf8_valid(out, len, NULL, NULL));
  map_must_hold(map, s, n - 1, out, len);
  icu_must_agree(form, s, n - 1, out, len);
  MUST(mill_normalize(&tables, form, out, len, &twice, &again, NULL, NULL) == 0);
  MUST(again == len && memcmp(out, twice, len) == 0);
  free(out);
  free(twice);
  mill_map_free(map);
  return 0;
}
