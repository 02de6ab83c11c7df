/* width.c - columns of a text on a terminal, after East Asian Width (UAX #11). */
#include "unicode.h"
#include "utf8.h"

size_t mill_width(const mill_data *d, const char *s, size_t n) {
  size_t columns = 0, len;
  for (size_t i = 0; i < n; i += len) {
    len = utf8_length((unsigned char)s[i]);
    if (utf8_is_tail((unsigned char)s[i]) || len > n - i) { /* broken: one column a byte */
      len = 1;
      columns++;
      continue;
    }
    columns += unicode_width(d->unicode_view, utf8_decode(s + i, &len));
  }
  return columns;
}
