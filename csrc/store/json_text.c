/* json_text.c - see json_text.h. Sixteen bytes at a time are looked at, where the machine has SSE2. */
#include "json_text.h"

#include <stdio.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "../core/utf8.h"
#include "../textmill.h"

/* ---- reading */

/* Four hexadecimal digits at p, or -1. */
static int32_t four_digits(const char *p, const char *end) {
  int32_t x = 0;
  if (end - p < 4) return -1;
  for (int k = 0; k < 4; k++) {
    char c = p[k];
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
              : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return -1;
    x = x * 16 + digit;
  }
  return x;
}

/* \uXXXX at *p, behind the u. -1: no digits. */
static int32_t unicode_escape(const char **p, const char *end) {
  int32_t c = four_digits(*p, end), low;
  if (c < 0) return -1;
  *p += 4;
  if (c < 0xD800 || c > 0xDFFF) return c;
  if (c > 0xDBFF || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u') return 0xFFFD;
  low = four_digits(*p + 2, end);
  if (low < 0xDC00 || low > 0xDFFF) return 0xFFFD;
  *p += 6;
  return 0x10000 + (c - 0xD800) * 0x400 + (low - 0xDC00);
}

const char *json_escape(const char *p, const char *end, char out[4], size_t *n) {
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  const char *at = p < end && *p != 0 ? strchr(names, *p) : NULL;
  if (at != NULL) {
    out[0] = values[at - names];
    return *n = 1, p + 1;
  }
  if (p == end || *p++ != 'u') return NULL;
  int32_t c = unicode_escape(&p, end);
  if (c < 0) return NULL;
  *n = utf8_encode((uint32_t)c, out);
  return p;
}

static inline int is_plain(char c) { return c != '"' && c != '\\' && (unsigned char)c >= ' '; }

#if defined(__SSE2__)
enum { AT_ONCE = 16 };
typedef __m128i piece;
static inline piece load(const char *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
static inline void store(char *p, piece x) { _mm_storeu_si128((__m128i *)(void *)p, x); }
/* How many bytes from the first stand for themselves. */
static inline unsigned plain_bytes(piece x) {
  __m128i quote = _mm_cmpeq_epi8(x, _mm_set1_epi8('"')), slash = _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'));
  __m128i below = _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(' ' - 1)), x);
  unsigned ends = (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), below));
  return ends != 0 ? (unsigned)__builtin_ctz(ends) : AT_ONCE;
}
#else
enum { AT_ONCE = 8 };
typedef uint64_t piece;
static inline piece load(const char *p) {
  uint64_t x;
  memcpy(&x, p, sizeof x);
  return x;
}
static inline void store(char *p, piece x) { memcpy(p, &x, sizeof x); }
static inline unsigned plain_bytes(piece x) {
  const uint64_t ones = UINT64_MAX / 255;
  const char *p = (const char *)&x;
  uint64_t ends = ((x - ones * ' ') | ((x ^ ones * '"') - ones) | ((x ^ ones * '\\') - ones)) & ~x & ones * 0x80;
  unsigned n = ends == 0 ? AT_ONCE : 0;
  while (n < AT_ONCE && is_plain(p[n])) n++; /* which byte is the first depends on the machine */
  return n;
}
#endif

const char *json_plain_end(const char *p, const char *end) {
  while (end - p >= AT_ONCE) {
    unsigned n = plain_bytes(load(p));
    p += n;
    if (n < AT_ONCE) return p;
  }
  while (p < end && is_plain(*p)) p++;
  return p;
}

const char *json_copy_plain(const char *p, const char *end, char **to) {
  char *out = *to;
  while (end - p >= AT_ONCE) {
    piece x = load(p);
    unsigned n = plain_bytes(x);
    store(out, x);
    p += n, out += n;
    if (n < AT_ONCE) return *to = out, p;
  }
  while (p < end && is_plain(*p)) *out++ = *p++;
  return *to = out, p;
}

/* ---- writing */

int json_put_string(mill_buffer *b, const char *s, size_t n) {
  size_t bad, from = 0;
  if (!mill_utf8_valid(s, n, &bad, NULL)) return 0;
  mill_buffer_byte(b, '"');
  for (size_t k = 0; k <= n; k++) {
    unsigned char c = k < n ? (unsigned char)s[k] : 0;
    if (k < n && c >= ' ' && c != '"' && c != '\\' && c != 0x7f) continue;
    mill_buffer_append(b, s + from, k - from);
    from = k + 1;
    if (k == n) break;
    char text[8];
    const char *short_form = c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\t' ? "\\t"
                             : c == '\r' ? "\\r" : NULL;
    if (short_form == NULL) snprintf(text, sizeof text, "\\u%04x", c);
    mill_buffer_append(b, short_form != NULL ? short_form : text, short_form != NULL ? 2 : 6);
  }
  mill_buffer_byte(b, '"');
  return 1;
}
