/*
** fuzz_mojibake.c - any text, and any text garbled in some charset: what is
** put right is UTF-8, the map holds, what was not touched is as it was. The
** first byte chooses the charset and the kinds.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "textmill.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static mill_data *data; /* opened once; a fuzzer has one thread */

static void map_must_hold(const mill_map *m, const char *s, size_t n, const char *out, size_t len) {
  const mill_run *runs;
  size_t count = mill_map_runs(m, &runs), at = 0, to = 0;
  MUST(mill_map_source_len(m) == n && mill_map_output_len(m) == len);
  for (size_t i = 0; i < count; i++) {
    size_t same = runs[i].source - at;
    MUST(runs[i].source >= at && runs[i].output - to == same && memcmp(s + at, out + to, same) == 0);
    MUST(runs[i].source_len > 0 && runs[i].output_len > 0);
    at = runs[i].source + (size_t)runs[i].count * runs[i].source_len;
    to = runs[i].output + (size_t)runs[i].count * runs[i].output_len;
    MUST(at <= n && to <= len && (at == n || !utf8_is_tail((unsigned char)s[at])));
    MUST(to == len || !utf8_is_tail((unsigned char)out[to]));
  }
  MUST(n - at == len - to && memcmp(s + at, out + to, n - at) == 0);
}

static void check(const char *s, size_t n, unsigned kinds) {
  char *out;
  size_t len;
  uint32_t count;
  mill_map *m;
  mill_error err;
  const mill_run *runs;
  MUST(mill_repair(data, s, n, kinds, &out, &len, &m, &count, &err) == 0);
  MUST(mill_utf8_valid(out, len, NULL, NULL) && out[len] == 0);
  map_must_hold(m, s, n, out, len);
  MUST(count > 0 || mill_map_runs(m, &runs) == 0);
  free(out);
  mill_map_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const char *const charsets[] = {"utf-8", "gb18030", "windows-1252", "windows-1251"};
  mill_error err;
  char charset[32], *text;
  size_t len;
  mill_map *m;
  if (size < 2) return 0;
  const char *dir = getenv("TEXTMILL_DATA");
  if (data == NULL && mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    __builtin_trap();
  }
  MUST(mill_decode((const char *)bytes + 1, size - 1, charsets[bytes[0] & 3], &text, &len, charset, &m,
                   &err) == 0);
  check(text, len, bytes[0] >> 2 & MILL_REPAIR_ALL);
  free(text);
  mill_map_free(m);
  return 0;
}
