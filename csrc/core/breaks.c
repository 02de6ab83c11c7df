/*
** breaks.c - graphemes, words, sentences and lines by the break iterators of
** the linked ICU, straight on UTF-8 (a UText counts bytes).
**
** Sentences depart from UAX #29 where Chinese pages need it:
**   （见附件。另发。）   no sentence ends inside a pair of brackets
**   他走了。（完。）     an opening mark belongs to what follows, unlike in UAX #29
**   1.加强领导          a number alone is no sentence: it begins one
** What stands between quotation marks is text like any other: 他说：“好。我去。”
** is two sentences, and the closing mark belongs to the second.
** Reference: UAX #29 (https://www.unicode.org/reports/tr29/), UAX #14.
*/
#include "breaks.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "alloc.h"
#include "error.h"
#include "utf8.h"

#define MAX_BRACKETED 900u /* bytes: a bracket whose partner is farther off is a stray one */
#define MAX_ORDINAL 16u    /* bytes of what may be a number before a sentence */

struct mill_breaks {
  UBreakIterator *it;
  UText text;
  enum mill_break_kind kind;
  const char *s; /* borrowed */
  size_t n, at;  /* at: where the next piece begins */
  size_t bracket, bracket_start, bracket_end; /* sentences: known before `bracket`; the last pair */
};

/* ---- sentences ------------------------------------------------------------- */

static const char *const openers[] = {"(", "[", "{", "（", "【", "〔", "《", "〈"};
static const char *const closers[] = {")", "]", "}", "）", "】", "〕", "》", "〉"};
#define PAIRS (sizeof openers / sizeof *openers)

static int stands_at(const mill_breaks *b, size_t i, const char *sign) {
  size_t n = strlen(sign);
  return b->n - i >= n && memcmp(b->s + i, sign, n) == 0;
}

/* The end of the pair that opens at i with bracket k; 0: none on this line. It
** stops at a second bracket of the kind, which keeps hostile rows linear. */
static size_t pair_end(const mill_breaks *b, size_t i, size_t k) {
  size_t from = i + strlen(openers[k]);
  size_t limit = b->n - from < MAX_BRACKETED ? b->n : from + MAX_BRACKETED;
  for (size_t at = from; at < limit && b->s[at] != '\n'; at++) {
    if (stands_at(b, at, closers[k])) return at + strlen(closers[k]);
    if (stands_at(b, at, openers[k])) return 0;
  }
  return 0;
}

/* Does `end` fall inside a pair of brackets, or right behind a pair that stands in
** the middle of the sentence? Asked with growing ends. */
static int is_bracketed(mill_breaks *b, size_t end) {
  while (b->bracket < end) {
    size_t k = 0, close = 0;
    while (k < PAIRS && !stands_at(b, b->bracket, openers[k])) k++;
    if (k < PAIRS) close = pair_end(b, b->bracket, k);
    if (close > 0) b->bracket_start = b->bracket, b->bracket_end = close;
    b->bracket = close > 0 ? close : b->bracket + 1;
  }
  return end < b->bracket_end || (end == b->bracket_end && b->bracket_start > b->at);
}

/* Is the character at s[0,n) white space? *len: its bytes; one cut off is none. */
static int is_space(const char *s, size_t n, size_t *len) {
  *len = utf8_length((unsigned char)s[0]);
  return *len <= n && u_isUWhiteSpace((UChar32)utf8_decode(s, len));
}

/* The piece without the white space around it. */
static mill_span trimmed(const char *s, size_t from, size_t to) {
  size_t len = 0;
  while (from < to && is_space(s + from, to - from, &len)) from += len;
  while (to > from) {
    size_t last = to - 1;
    while (last > from && utf8_is_tail((unsigned char)s[last])) last--;
    if (!is_space(s + last, to - last, &len)) break;
    to = last;
  }
  return (mill_span){(uint32_t)from, (uint32_t)to};
}

/* Numerals (12, 三, (a)) and signs alone, which announce what follows. */
static int is_ordinal(const char *s, mill_span p) {
  static const char numerals[] = "一二三四五六七八九十";
  size_t letters = 0;
  if (p.to - p.from > MAX_ORDINAL) return 0;
  for (size_t i = p.from, len = 0; i < p.to; i += len) {
    if (utf8_length((unsigned char)s[i]) > p.to - i) return 0;
    uint32_t c = utf8_decode(s + i, &len);
    int numeral = len == 3 && strstr(numerals, (char[4]){s[i], s[i + 1], s[i + 2], 0}) != NULL;
    if (c >= 128 && !numeral) return 0;
    letters += (c | 32) >= 'a' && (c | 32) <= 'z';
    if (strchr("?!\n", (int)c) != NULL) return 0;
  }
  return letters <= 1;
}

/* The boundary at `to`, moved before opening marks that stand there. */
static size_t before_openers(const mill_breaks *b, size_t to) {
  static const char *const quotes[] = {"“", "‘", "「", "『"};
  for (size_t k = 0; to < b->n && k < PAIRS + 4;) {
    const char *sign = k < PAIRS ? openers[k] : quotes[k - PAIRS];
    size_t n = strlen(sign);
    int is_there = to - b->at > n && memcmp(b->s + to - n, sign, n) == 0;
    if (is_there) to -= n;
    k = is_there ? 0 : k + 1;
  }
  return to;
}

/* The next sentence; piece.from == piece.to: only white space is left. */
static mill_span next_sentence(mill_breaks *b) {
  mill_span piece = {(uint32_t)b->n, (uint32_t)b->n};
  int32_t end;
  while ((end = ubrk_next(b->it)) != UBRK_DONE) {
    size_t to = before_openers(b, (size_t)end);
    if (to < b->n && b->s[to - 1] != '\n' && is_bracketed(b, to)) continue;
    piece = trimmed(b->s, b->at, to);
    if (to < b->n && b->s[to - 1] != '\n' && is_ordinal(b->s, piece)) continue;
    b->at = to;
    if (piece.from < piece.to) return piece;
  }
  return (mill_span){(uint32_t)b->n, (uint32_t)b->n};
}

/* ---- public ------------------------------------------------------------------ */

static UBreakIteratorType icu_type(enum mill_break_kind kind) {
  switch (kind) {
    case MILL_BREAK_GRAPHEME: return UBRK_CHARACTER;
    case MILL_BREAK_WORD: return UBRK_WORD;
    case MILL_BREAK_SENTENCE: return UBRK_SENTENCE;
    default: return UBRK_LINE;
  }
}

static int fail_icu(mill_error *err, UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) return mill_fail_memory(err);
  return mill_fail(err, MILL_EINVAL, 0, "break iterator: %s", u_errorName(status));
}

int mill_breaks_open(enum mill_break_kind kind, const char *locale, mill_breaks **out,
                     mill_error *err) {
  UErrorCode status = U_ZERO_ERROR;
  mill_breaks *b = *out = mem_calloc(1, sizeof *b);
  if (b == NULL) return mill_fail_memory(err);
  UText empty = UTEXT_INITIALIZER;
  b->text = empty;
  b->kind = kind;
  b->it = ubrk_open(icu_type(kind), locale == NULL ? "" : locale, NULL, 0, &status);
  if (U_SUCCESS(status)) return 0;
  mill_breaks_free(b);
  *out = NULL;
  return fail_icu(err, status);
}

int mill_breaks_text(mill_breaks *b, const char *s, size_t n, mill_error *err) {
  UErrorCode status = U_ZERO_ERROR;
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "the text is too long");
  utext_openUTF8(&b->text, s, (int64_t)n, &status);
  ubrk_setUText(b->it, &b->text, &status);
  if (U_FAILURE(status)) return fail_icu(err, status);
  b->s = s;
  b->n = n;
  b->at = b->bracket = b->bracket_start = b->bracket_end = 0;
  ubrk_first(b->it);
  return 0;
}

int mill_breaks_next(mill_breaks *b, mill_span *piece) {
  if (b->kind == MILL_BREAK_SENTENCE) {
    *piece = next_sentence(b);
    return piece->from < piece->to;
  }
  int32_t end = ubrk_next(b->it);
  if (end == UBRK_DONE) return 0;
  *piece = (mill_span){(uint32_t)b->at, (uint32_t)end};
  b->at = (size_t)end;
  return 1;
}

void mill_breaks_free(mill_breaks *b) {
  if (b == NULL) return;
  if (b->it != NULL) ubrk_close(b->it);
  utext_close(&b->text);
  mem_free(b);
}

const char *mill_icu_version(void) { return U_ICU_VERSION; }
