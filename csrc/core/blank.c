/*
** blank.c - white space as a reader sees it.
**
**   "  a \t b \r\n \n c\0d "   ->   "a b\ncd"
**    ^^ ^^^^^ ^^^^^^^^^  ^    ^      each run one piece
**
** Invariant of the output: no white space at either end of a line, no empty
** line, never two blanks in a row, no control characters but LF (and TAB,
** where it parts table cells).
*/
#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "clean.h"
#include "cpu.h"
#include "error.h"
#include "utf8.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

enum blank { INK = 0, SPACE, TAB, BREAK, CONTROL };

/* What stands at s[0,n), and its bytes. Reference: White_Space in UCD. */
static enum blank look(const unsigned char *s, size_t n, size_t *len) {
  *len = 1;
  if (s[0] <= ' ') {
    if (s[0] == ' ') return SPACE;
    if (s[0] == '\t') return TAB;
    return s[0] >= '\n' && s[0] <= '\r' ? BREAK : CONTROL;
  }
  if (s[0] < 0x7F) return INK;
  if (s[0] == 0x7F) return CONTROL;
  if (n >= 2 && s[0] == 0xC2 && s[1] <= 0xA0) {
    *len = 2;
    return s[1] == 0xA0 ? SPACE : s[1] == 0x85 ? BREAK : CONTROL;
  }
  if (n < 3) return INK;
  uint32_t c = (s[0] & 15u) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);
  *len = 3;
  if (s[0] == 0xE2 && (c == 0x2028 || c == 0x2029)) return BREAK;
  if (s[0] == 0xE2 && ((c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F)) return SPACE;
  if ((s[0] == 0xE3 && c == 0x3000) || (s[0] == 0xE1 && c == 0x1680)) return SPACE;
  return INK;
}

/* Can the character at s be what look() calls other than INK? */
static int may_be_blank(const unsigned char *s) {
  if (s[0] <= ' ') return 1;
  if (s[0] < 0xE4 && s[0] >= 0xE1)
    return s[1] <= 0x81 || s[1] == 0x9A; /* U+1680, U+2000..U+207F, U+3000..U+307F */
  return s[0] == 0x7F || s[0] == 0xC2;
}

#if MILL_AVX2
#define AHEAD 34u /* bytes that a step reads */

MILL_TARGET_BITS static inline __m256i load(const char *s) {
  return _mm256_loadu_si256((const __m256i *)(const void *)s);
}
MILL_TARGET_BITS static inline __m256i same(__m256i x, int b) {
  return _mm256_cmpeq_epi8(x, _mm256_set1_epi8((char)b));
}
MILL_TARGET_BITS static inline __m256i up_to(__m256i x, int b) { /* without a sign */
  return _mm256_cmpeq_epi8(_mm256_min_epu8(x, _mm256_set1_epi8((char)b)), x);
}

/* The same of 32 bytes, and closer: of U+2000..U+203F those that are near a blank, of
** U+3000..U+303F the first, since full stops and quotes stand among them. */
MILL_TARGET_BITS static inline uint32_t may_be_blanks(const char *s) {
  __m256i x = load(s), second = load(s + 1), third = load(s + 2), row = same(second, 0x80);
  __m256i ends = _mm256_or_si256(up_to(third, 0x8A), _mm256_cmpgt_epi8(third, _mm256_set1_epi8((char)0xA6)));
  __m256i e2 =
      _mm256_and_si256(same(x, 0xE2), _mm256_or_si256(_mm256_and_si256(row, ends), same(second, 0x81)));
  __m256i e3 = _mm256_and_si256(same(x, 0xE3), _mm256_and_si256(row, same(third, 0x80)));
  __m256i other = _mm256_or_si256(_mm256_or_si256(same(x, 0xE1), same(x, 0xC2)),
                                  _mm256_or_si256(same(x, 0x7F), up_to(x, ' ')));
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(other, _mm256_or_si256(e2, e3)));
}

/* As far as whole steps go. */
MILL_TARGET_BITS static size_t skip_avx2(const char *s, size_t n, size_t i) {
  for (; i + AHEAD <= n; i += 32) {
    uint32_t found = may_be_blanks(s + i);
    if (found != 0) return i + _tzcnt_u32(found);
  }
  while (i < n && utf8_is_tail((unsigned char)s[i])) i++;
  return i;
}
#endif

/* The first place at or after i where there may be. */
static size_t skip_ink(const char *s, size_t n, size_t i, int avx2) {
#if MILL_AVX2
  if (avx2) i = skip_avx2(s, n, i);
#endif
  (void)avx2;
  while (i < n && !may_be_blank((const unsigned char *)s + i)) i += utf8_length((unsigned char)s[i]);
  return i;
}

typedef struct writer {
  const char *s; size_t n;
  size_t kept; /* s[kept, here) is still to be copied */
  mill_buffer out;
  mill_map *map;
  int failed;
} writer;

/* Copies what was kept, then s[from, to) becomes text[0, len). Before the first there is neither map
** nor room. */
static void replace(writer *w, size_t from, size_t to, const char *text, size_t len, enum mill_edit kind) {
  if (w->map == NULL && ((w->map = mill_map_new()) == NULL || !mill_buffer_reserve(&w->out, w->n + 1))) {
    w->failed = 1;
    return;
  }
  mill_buffer_append(&w->out, w->s + w->kept, from - w->kept);
  mill_map_keep(w->map, from - w->kept);
  mill_buffer_append(&w->out, text, len);
  if (to > from) mill_map_edit(w->map, to - from, len, kind);
  w->kept = to;
}

/* The run of white space (and controls) at s[i]: its end, and what it is. */
static size_t run_at(const char *s, size_t n, size_t i, enum blank *what, int *controls) {
  size_t len;
  *what = INK, *controls = 1;
  for (; i < n; i += len) {
    enum blank b = look((const unsigned char *)s + i, n - i, &len);
    if (b == INK) break;
    if (b == CONTROL) continue;
    *controls = 0;
    if (b > *what) *what = b;
  }
  return i;
}

/* Closes the text; 1, or 0 when nothing was replaced. */
static int finish(writer *w, mill_stage *out, mill_error *err) {
  if (w->map == NULL && !w->failed) return 0;
  if (!w->failed) replace(w, w->n, w->n, "", 0, MILL_EDIT_NONE);
  out->map = w->map;
  out->text = w->failed ? (mill_buffer_free(&w->out), NULL) : mill_buffer_take(&w->out, &out->len);
  if (out->text != NULL && mill_map_error(w->map) == 0) return 1;
  mill_stage_free(out);
  return mill_fail_memory(err);
}

int blank_collapse(const char *s, size_t n, int tabs, mill_stage *out, mill_error *err) {
  writer w = {.s = s, .n = n};
  int avx2 = cpu_has_avx2();
  for (size_t i = skip_ink(s, n, 0, avx2); i < n && !w.failed; i = skip_ink(s, n, i, avx2)) {
    enum blank what;
    int controls;
    size_t end = run_at(s, n, i, &what, &controls);
    if (end == i) { i += utf8_length((unsigned char)s[i]); continue; } /* ink after all */
    int edge = i == 0 || end == n;
    const char *text = what == BREAK ? "\n" : what == TAB && tabs ? "\t" : " ";
    if (controls) replace(&w, i, end, "", 0, MILL_EDIT_IGNORABLE);
    else if (edge) replace(&w, i, end, "", 0, MILL_EDIT_BLANK);
    else if (end - i > 1 || s[i] != *text) replace(&w, i, end, text, 1, MILL_EDIT_BLANK);
    i = end;
  }
  return finish(&w, out, err);
}
