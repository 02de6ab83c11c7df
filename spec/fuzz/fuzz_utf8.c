/* fuzz_utf8.c - both paths of the validation say the same, at any alignment. */
#include <stdint.h>
#include <string.h>

#include "core/utf8.h"
#include "core/utf8_check.h"

#define MUST(c) \
  if (!(c)) __builtin_trap()

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
  for (size_t skip = 0; skip < 4 && skip <= n; skip++) {
    enum mill_utf8_kind slow, fast = MILL_UTF8_OK;
    size_t at = utf8_check(data + skip, n - skip, 0, &slow), position = n - skip;
    int ok = mill_utf8_valid((const char *)data + skip, n - skip, &position, &fast);
    MUST(ok == (slow == MILL_UTF8_OK) && position == at && fast == slow);
    for (size_t i = skip, len; i < skip + at; i += len) { /* what passes decodes and encodes back */
      char back[4];
      uint32_t c = utf8_decode((const char *)data + i, &len);
      MUST(c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && i + len <= skip + at);
      MUST(utf8_encode(c, back) == len && memcmp(back, data + i, len) == 0);
    }
  }
  return 0;
}
