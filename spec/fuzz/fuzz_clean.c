/* fuzz_clean.c - any bytes, any options: a text that holds what text_model.h
** says. The first byte chooses the options. */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/text_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static mill_data *data; /* opened once; a fuzzer has one thread */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static const char *const charsets[] = {NULL, "utf-8", "gb18030", "big5"};
  mill_error err;
  mill_text *t = NULL;
  if (size < 2) return 0;
  const char *dir = getenv("TEXTMILL_DATA");
  if (data == NULL && mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    __builtin_trap();
  }
  mill_clean_options o = {.charset = charsets[bytes[0] & 3], .html = (int)(bytes[0] >> 2 & 3) % 3 - 1,
                          .max_depth = bytes[0] & 16 ? 4 : 0};
  if (mill_clean(data, (const char *)bytes + 1, size - 1, &o, &t, &err) < 0) __builtin_trap();
  const char *wrong = text_wrong(t);
  if (wrong != NULL) {
    fprintf(stderr, "%s\n", wrong);
    __builtin_trap();
  }
  char *shown = NULL;
  size_t len;
  mill_span all = {0, (uint32_t)t->clean_len};
  if (mill_text_show(t, all, &shown, &len, &err) < 0) __builtin_trap();
  free(shown);
  mill_text_free(t);
  return 0;
}
