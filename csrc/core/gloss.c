/*
** gloss.c - pinyin in brackets behind one Han character.
**
**   junk   鎮(zhèn)黨(dǎng)委   a converter's leftovers: gone from clean text
**   true   行(háng)业            an author's help: kept, skipped in folded text
**
** A candidate is one Han character, directly () or （）, in it one lower-case
** syllable of at most 6 letters and one tone mark that is a reading of the
** character or of its simplified form. It looks like junk when it is the
** usual reading and simplification changes the character. A document with at
** least MINIMUM candidates, SHARE of them junk, loses all of them.
*/
#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "clean.h"
#include "cpu.h"
#include "error.h"
#include "unicode.h"
#include "utf8.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

#define MINIMUM 3
#define SHARE 90 /* per cent */
#define ZERO_WIDTH 8 /* bytes of such characters between a character and its bracket */
#define LETTERS 6
#define SYLLABLE (LETTERS * 3) /* bytes of a composed syllable */
#define BEFORE (ZERO_WIDTH + 8) /* bytes before a bracket that are looked at */
#define REACH 128 /* and from it on; no text is that long */

static const char OPEN[] = "\xEF\xBC\x88", CLOSE[] = "\xEF\xBC\x89"; /* （） */

/* Where a bracket of either width begins in s[i,n), or n. */
static size_t bracket_from(const char *s, size_t i, size_t n) {
  for (; i < n; i++)
    if (s[i] == '(' || (s[i] == OPEN[0] && n - i >= 3 && memcmp(s + i, OPEN, 3) == 0)) break;
  return i;
}

#if MILL_AVX2
/* The same 32 bytes at a time; stops before the last, when there is none. */
MILL_TARGET_AVX2 static size_t bracket_avx2(const char *s, size_t i, size_t n) {
  const __m256i half = _mm256_set1_epi8('('), a = _mm256_set1_epi8(OPEN[0]),
                b = _mm256_set1_epi8(OPEN[1]), c = _mm256_set1_epi8(OPEN[2]);
  for (; n - i >= 34; i += 32) {
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(s + i));
    __m256i second = _mm256_loadu_si256((const __m256i *)(const void *)(s + i + 1));
    __m256i third = _mm256_loadu_si256((const __m256i *)(const void *)(s + i + 2));
    __m256i full = _mm256_and_si256(_mm256_cmpeq_epi8(x, a), _mm256_cmpeq_epi8(second, b));
    full = _mm256_and_si256(full, _mm256_cmpeq_epi8(third, c));
    int hit = _mm256_movemask_epi8(_mm256_or_si256(full, _mm256_cmpeq_epi8(x, half)));
    if (hit != 0) return i + (size_t)__builtin_ctz((unsigned)hit);
  }
  return i;
}
#endif

static size_t next_bracket(gloss_scan *g) {
  size_t at = g->next;
#if MILL_AVX2
  if (g->avx2) at = bracket_avx2(g->s, at, g->n);
#endif
  at = bracket_from(g->s, at, g->n);
  g->next = at < g->n ? at + 1 : at;
  return at;
}

void gloss_begin(gloss_scan *g, const mill_unicode *u, const char *s, size_t n) {
  *g = (gloss_scan){u, s, n, 0, cpu_has_avx2()};
}

/* Letters of pinyin with their tone marks composed; IPA look-alikes that
** input methods produce are read as the letters they stand for. */
static uint32_t plain_letter(uint32_t c) { return c == 0x251 ? 'a' : c == 0x261 ? 'g' : c; }
static int is_mark(uint32_t c) {
  return c == 0x300 || c == 0x301 || c == 0x304 || c == 0x308 || c == 0x30C || c == 0x302;
}
static int is_pinyin(uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFC) || (c >= 0x101 && c <= 0x1DC) ||
         (c >= 0x1F8 && c <= 0x1F9) || (c >= 0x1E3E && c <= 0x1EBF);
}

/* Reads a syllable at s[0,n): composed into out, *len its bytes. Returns the
** bytes read, 0 when it is none. */
static size_t read_syllable(const mill_unicode *u, const char *s, size_t n, char *out, size_t *len) {
  uint32_t letters[LETTERS];
  size_t count = 0, i = 0, step;
  for (; i < n; i += step) {
    uint32_t c = plain_letter(utf8_decode(s + i, &step)), joined = 0;
    if (count > 0 && is_mark(c) && (joined = unicode_compose(u, letters[count - 1], c)) != 0) {
      letters[count - 1] = joined;
    } else {
      if (!is_pinyin(c)) break;
      if (count == LETTERS) return 0;
      letters[count++] = c;
    }
  }
  *len = 0;
  for (size_t k = 0; k < count; k++) *len += utf8_encode(letters[k], out + *len);
  return i;
}

/* Is there a candidate around the bracket at `open`? Reads at most REACH bytes
** behind it, without asking whether they are there. */
static int candidate_at(const gloss_scan *g, size_t open, gloss *out) {
  if (open == 0) return 0;
  int wide = g->s[open] != '(';
  size_t inner = open + (wide ? 3 : 1), step, len;
  size_t from = utf8_prev(g->s, open);
  uint32_t c = utf8_decode(g->s + from, &step);
  while (from > 0 && open - from <= ZERO_WIDTH && unicode_properties(g->unicode, c) & UNICODE_IS_IGNORABLE) {
    from = utf8_prev(g->s, from);
    c = utf8_decode(g->s + from, &step);
  }
  char syllable[SYLLABLE + 8];
  if (unicode_class_of(g->unicode, c) != UNICODE_HAN) return 0;
  size_t used = read_syllable(g->unicode, g->s + inner, g->n - inner, syllable, &len);
  size_t close = inner + used, width = wide ? 3 : 1;
  if (used == 0 || g->n - close < width) return 0;
  if (wide ? memcmp(g->s + close, CLOSE, 3) != 0 : g->s[close] != ')') return 0;
  uint32_t simple = unicode_simplify(g->unicode, c);
  int reading = unicode_is_reading(g->unicode, c, syllable, len);
  if (!reading && !unicode_is_reading(g->unicode, simple, syllable, len)) return 0;
  *out = (gloss){from, open, close + width, reading == 2 && simple != c};
  return 1;
}

/* The same anywhere: what is near the end is looked at in a copy. */
static int candidate(const gloss_scan *g, size_t open, gloss *out) {
  char copy[BEFORE + REACH * 2] = {0};
  if (g->n - open > REACH) return candidate_at(g, open, out);
  size_t from = open < BEFORE ? 0 : open - BEFORE;
  memcpy(copy, g->s + from, g->n - from);
  gloss_scan near = {g->unicode, copy, g->n - from, 0, 0};
  if (!candidate_at(&near, open - from, out)) return 0;
  out->from += from, out->open += from, out->to += from;
  return 1;
}

int gloss_next(gloss_scan *g, gloss *out) {
  if (g->unicode == NULL) return 0;
  for (size_t open; (open = next_bracket(g)) < g->n;)
    if (candidate(g, open, out)) return 1;
  return 0;
}

int gloss_find(const mill_unicode *u, const char *s, size_t n, gloss_list *out) {
  gloss_scan scan;
  gloss g;
  uint64_t junk = 0;
  gloss_begin(&scan, u, s, n);
  for (out->n = 0; gloss_next(&scan, &g); junk += (uint64_t)g.junk) {
    if (mill_grow(&out->at, &out->capacity, out->n + 1u, sizeof *out->at) != 0) return MILL_ENOMEM;
    out->at[out->n++] = g;
  }
  if (out->n == 0) return MILL_GLOSS_NONE;
  return out->n >= MINIMUM && junk * 100 >= (uint64_t)out->n * SHARE ? MILL_GLOSS_JUNK : MILL_GLOSS_TRUE;
}

void gloss_list_free(gloss_list *l) {
  mem_free(l->at);
  *l = (gloss_list){0};
}

int gloss_strip(const gloss_list *l, const char *s, size_t n, mill_stage *out, mill_error *err) {
  mill_buffer b = {0};
  size_t at = 0;
  if ((out->map = mill_map_new()) == NULL) return mill_fail_memory(err);
  mill_buffer_reserve(&b, n + 1);
  for (const gloss *g = l->at; g != NULL && g < l->at + l->n; at = g++->to) {
    mill_buffer_append(&b, s + at, g->open - at);
    mill_map_keep(out->map, g->from - at);
    mill_map_edit(out->map, g->to - g->from, g->open - g->from, MILL_EDIT_GLOSS);
  }
  mill_buffer_append(&b, s + at, n - at);
  mill_map_keep(out->map, n - at);
  out->text = mill_buffer_take(&b, &out->len);
  if (out->text != NULL && mill_map_error(out->map) == 0) return 0;
  mill_stage_free(out);
  return mill_fail_memory(err);
}
