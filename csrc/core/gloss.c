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
#include "error.h"
#include "unicode.h"
#include "utf8.h"

#define MINIMUM 3
#define SHARE 90 /* per cent */
#define ZERO_WIDTH 8 /* bytes of such characters between a character and its bracket */
#define LETTERS 6
#define SYLLABLE (LETTERS * 3) /* bytes of a composed syllable */

static const char OPEN[] = "\xEF\xBC\x88", CLOSE[] = "\xEF\xBC\x89"; /* （） */

void gloss_begin(gloss_scan *g, const mill_unicode *u, const char *s, size_t n) {
  *g = (gloss_scan){u, s, n, 0, 0};
  const char *half = memchr(s, '(', n), *full = memmem(s, n, OPEN, 3);
  g->half = half != NULL ? (size_t)(half - s) : n;
  g->full = full != NULL ? (size_t)(full - s) : n;
}

/* The next bracket of either width, in order. */
static size_t next_bracket(gloss_scan *g) {
  size_t at = g->half < g->full ? g->half : g->full;
  if (at >= g->n) return g->n;
  const char *more;
  if (at == g->half) {
    more = memchr(g->s + at + 1, '(', g->n - at - 1);
    g->half = more != NULL ? (size_t)(more - g->s) : g->n;
  } else {
    more = memmem(g->s + at + 3, g->n - at - 3, OPEN, 3);
    g->full = more != NULL ? (size_t)(more - g->s) : g->n;
  }
  return at;
}

/* Letters of pinyin with their tone marks composed; IPA look-alikes that
** input methods produce are read as the letters they stand for. */
static uint32_t plain_letter(uint32_t c) { return c == 0x251 ? 'a' : c == 0x261 ? 'g' : c; }
static int is_mark(uint32_t c) { return c == 0x300 || c == 0x301 || c == 0x304 || c == 0x308 || c == 0x30C || c == 0x302; }
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

/* Is there a candidate around the bracket at `open`? */
static int candidate(const gloss_scan *g, size_t open, gloss *out) {
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

int gloss_next(gloss_scan *g, gloss *out) {
  if (g->unicode == NULL) return 0;
  for (size_t open; (open = next_bracket(g)) < g->n;)
    if (candidate(g, open, out)) return 1;
  return 0;
}

enum mill_gloss gloss_mode(const mill_unicode *u, const char *s, size_t n) {
  gloss_scan scan;
  gloss g;
  uint64_t count = 0, junk = 0;
  gloss_begin(&scan, u, s, n);
  while (gloss_next(&scan, &g)) count++, junk += (uint64_t)g.junk;
  if (count == 0) return MILL_GLOSS_NONE;
  return count >= MINIMUM && junk * 100 >= count * SHARE ? MILL_GLOSS_JUNK : MILL_GLOSS_TRUE;
}

int gloss_strip(const mill_unicode *u, const char *s, size_t n, mill_stage *out, mill_error *err) {
  gloss_scan scan;
  gloss g;
  mill_buffer b = {0};
  size_t at = 0;
  if ((out->map = mill_map_new()) == NULL) return mill_fail_memory(err);
  mill_buffer_reserve(&b, n + 1);
  gloss_begin(&scan, u, s, n);
  while (gloss_next(&scan, &g)) {
    mill_buffer_append(&b, s + at, g.open - at);
    mill_map_keep(out->map, g.from - at);
    mill_map_edit(out->map, g.to - g.from, g.open - g.from, MILL_EDIT_GLOSS);
    at = g.to;
  }
  mill_buffer_append(&b, s + at, n - at);
  mill_map_keep(out->map, n - at);
  out->text = mill_buffer_take(&b, &out->len);
  if (out->text != NULL && mill_map_error(out->map) == 0) return 0;
  mill_stage_free(out);
  return mill_fail_memory(err);
}
