/*
** fuzz_convert.c - any text through every configuration: the map holds, the
** result is UTF-8, and the fast path says what the slow one says. The first
** byte chooses the configuration and whether words guide, the second how many
** of the next bytes are a user's key.
*/
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "core/utf8.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

static mill_data *data;

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

/* Converts; what comes out must be sound. The result, or NULL. */
static char *converted(const char *config, const char *s, size_t n, const mill_convert_options *o,
                       size_t *len) {
  char *out;
  mill_map *map;
  int rc = mill_convert(data, config, s, n, o, &out, len, &map, NULL);
  MUST(rc == 0 || rc == MILL_EINVAL || (rc == MILL_EUTF8 && !mill_utf8_valid(s, n, NULL, NULL)));
  if (rc < 0) return NULL;
  MUST(out[*len] == 0 && mill_utf8_valid(out, *len, NULL, NULL));
  map_must_hold(map, s, n, out, *len);
  mill_map_free(map);
  return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  if (data == NULL) {
    const char *dir = getenv("TEXTMILL_DATA");
    MUST(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, NULL) == 0);
  }
  if (n < 2) return 0;
  const char *config = mill_convert_name(data, bytes[0] % 16), *s = (const char *)bytes + 2;
  static const mill_convert_entry never = {"\xf0\xbf\xbf\xbd\xf0\xbf\xbf\xbd", 8, "", 0};
  size_t len, slow_len, key = bytes[1] % 8;
  n -= 2;
  mill_convert_options slow = {&never, 1, 0};
  char *a = converted(config, s, n, NULL, &len), *b = converted(config, s, n, &slow, &slow_len);
  MUST((a == NULL) == (b == NULL));
  if (a != NULL && memmem(s, n, never.key, 8) == NULL) MUST(len == slow_len && memcmp(a, b, len) == 0);
  free(a);
  free(b);
  if (key > n) key = n;
  mill_convert_entry user = {s, key, s + key, n - key < 20 ? n - key : 20};
  mill_convert_options o = {&user, key > 0, bytes[0] / 16 % 2};
  free(converted(config, s + key, n - key, &o, &len));
  return 0;
}
