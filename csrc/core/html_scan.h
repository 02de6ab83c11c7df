/*
** html_scan.h - the searches markup is made of, 16 bytes at a time where the
** processor has SSE2 (every x86-64 has: nothing to ask at run time), else byte
** by byte. Both are here, so that a test compares them.
**
**     <a class="nav main" href=x>Tom &amp; Ann</a>
**       ^1     ^2      ^3       ^1   ^4
**     1 html_name_end  2 html_attribute_end  3 html_quote_end  4 html_text_stop
**
** All take s[0,n), begin at i <= n and return a place in [i, n]; n: nothing
** found. None reads outside of s[0,n).
*/
#ifndef MILL_HTML_SCAN_H
#define MILL_HTML_SCAN_H

#include <stdint.h>
#include <string.h>

#include "ascii.h"

#if defined(__SSE2__) && defined(__GNUC__) && !defined(MILL_PORTABLE)
#define MILL_SSE2 1
#include <emmintrin.h>
#else
#define MILL_SSE2 0
#endif

/* ---- which bytes stop which search --------------------------------------------- */

static inline int html_stops_name(int c) { return c == '>' || c == '/' || ascii_is_blank(c); }
static inline int html_stops_attribute(int c) { return c == '=' || html_stops_name(c); }
static inline int html_stops_value(int c) { return c == '>' || ascii_is_blank(c); }
static inline int html_stops_text(int c) { return c == '<' || c == '&' || (c != ' ' && ascii_is_blank(c)); }
static inline int html_stops_blank(int c) { return !ascii_is_blank(c); }

#define HTML_SEARCH_PORTABLE(name, stops)                                            \
  static inline size_t name##_portable(const char *s, size_t n, size_t i) {          \
    while (i < n && !stops((unsigned char)s[i])) i++;                                \
    return i;                                                                        \
  }
HTML_SEARCH_PORTABLE(html_name_end, html_stops_name)           /* of a tag's name */
HTML_SEARCH_PORTABLE(html_attribute_end, html_stops_attribute) /* of an attribute's name */
HTML_SEARCH_PORTABLE(html_value_end, html_stops_value)         /* of a value without quotes */
HTML_SEARCH_PORTABLE(html_text_stop, html_stops_text)          /* text that needs a look */
HTML_SEARCH_PORTABLE(html_blank_end, html_stops_blank)         /* of white space */

/* The next quote of that kind. */
static inline size_t html_quote_end_portable(const char *s, size_t n, size_t i, char quote) {
  const char *at = i < n ? memchr(s + i, quote, n - i) : NULL;
  return at != NULL ? (size_t)(at - s) : n;
}

#if MILL_SSE2
static inline __m128i html_load(const char *s) { return _mm_loadu_si128((const __m128i *)(const void *)s); }
static inline __m128i html_is(__m128i x, char c) { return _mm_cmpeq_epi8(x, _mm_set1_epi8(c)); }
/* Bytes up to c: blanks, and controls that are none (looked at again). */
static inline __m128i html_up_to(__m128i x, char c) {
  return _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(c)), x);
}

static inline __m128i html_name_stops(__m128i x) {
  return _mm_or_si128(html_up_to(x, ' '), _mm_or_si128(html_is(x, '/'), html_is(x, '>')));
}
static inline __m128i html_attribute_stops(__m128i x) {
  return _mm_or_si128(html_name_stops(x), html_is(x, '='));
}
static inline __m128i html_value_stops(__m128i x) {
  return _mm_or_si128(html_up_to(x, ' '), html_is(x, '>'));
}
static inline __m128i html_text_stops(__m128i x) {
  return _mm_or_si128(html_up_to(x, 0x1F), _mm_or_si128(html_is(x, '<'), html_is(x, '&')));
}
static inline __m128i html_blank_stops(__m128i x) { /* \t..\r may hold VT, looked at again */
  __m128i low = html_up_to(_mm_sub_epi8(x, _mm_set1_epi8('\t')), '\r' - '\t');
  return _mm_cmpeq_epi8(_mm_or_si128(low, html_is(x, ' ')), _mm_setzero_si128());
}

/* A candidate in 16 bytes is almost always one; a control may be none. */
#define HTML_SEARCH(name, candidates, stops)                                         \
  static inline size_t name(const char *s, size_t n, size_t i) {                     \
    while (n - i >= 16) {                                                            \
      unsigned m = (unsigned)_mm_movemask_epi8(candidates(html_load(s + i)));        \
      i += m != 0 ? (unsigned)__builtin_ctz(m) : 16;                                 \
      if (m == 0) continue;                                                          \
      if (stops((unsigned char)s[i])) return i;                                      \
      i++;                                                                           \
    }                                                                                \
    return name##_portable(s, n, i);                                                 \
  }
HTML_SEARCH(html_name_end, html_name_stops, html_stops_name)
HTML_SEARCH(html_attribute_end, html_attribute_stops, html_stops_attribute)
HTML_SEARCH(html_value_end, html_value_stops, html_stops_value)
HTML_SEARCH(html_text_stop, html_text_stops, html_stops_text)

/* Short runs but for indents: the loop ends at what is no blank. */
static inline size_t html_blank_end(const char *s, size_t n, size_t i) {
  while (n - i >= 16) {
    __m128i x = html_load(s + i);
    unsigned m = (unsigned)_mm_movemask_epi8(_mm_or_si128(html_blank_stops(x), html_is(x, '\v')));
    if (m != 0) return i + (unsigned)__builtin_ctz(m);
    i += 16;
  }
  return html_blank_end_portable(s, n, i);
}

static inline size_t html_quote_end(const char *s, size_t n, size_t i, char quote) {
  for (size_t near = 0; near < 4 && n - i >= 16; near++, i += 16) {
    unsigned m = (unsigned)_mm_movemask_epi8(html_is(html_load(s + i), quote));
    if (m != 0) return i + (unsigned)__builtin_ctz(m);
  }
  return html_quote_end_portable(s, n, i, quote);
}
#else
#define html_name_end html_name_end_portable
#define html_attribute_end html_attribute_end_portable
#define html_value_end html_value_end_portable
#define html_text_stop html_text_stop_portable
#define html_blank_end html_blank_end_portable
#define html_quote_end html_quote_end_portable
#endif

/* ---- names ------------------------------------------------------------------------ */

/* Up to 16 bytes of a name, in lower case, zeros behind it. */
typedef struct html_key { uint64_t low, high; } html_key;

static inline html_key html_key_portable(const char *s, size_t len) {
  char name[16] = {0};
  html_key key;
  for (size_t i = 0; i < len; i++) name[i] = (char)ascii_lower((unsigned char)s[i]);
  memcpy(&key, name, sizeof key);
  return key;
}

/* len <= 16; `room`: bytes that may be read at s. */
static inline html_key html_key_of(const char *s, size_t len, size_t room) {
#if MILL_SSE2
  static const int8_t before[32] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  if (room >= 16) {
    __m128i x = _mm_and_si128(html_load(s), html_load((const char *)before + 16 - len));
    __m128i capital =
        _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8('A' - 1)), _mm_cmplt_epi8(x, _mm_set1_epi8('Z' + 1)));
    x = _mm_or_si128(x, _mm_and_si128(capital, _mm_set1_epi8(0x20)));
    html_key key;
    memcpy(&key, &x, sizeof key);
    return key;
  }
#else
  (void)room;
#endif
  return html_key_portable(s, len);
}

/* A number of `bits` bits; the tables' multipliers give each name its own. */
static inline unsigned html_hash(html_key key, uint64_t multiplier, unsigned bits) {
  return (unsigned)((key.low + key.high * UINT64_C(0x9E3779B1)) * multiplier >> (64 - bits));
}
static inline int html_key_is(html_key key, const char name[16]) {
  html_key other;
  memcpy(&other, name, sizeof other);
  return key.low == other.low && key.high == other.high;
}

#endif
