/*
** userwords_load.c - user words from a file in jieba's format, one a line:
**
**   word [frequency] [tag]        阻击战 3 n      Windows 11 5 nz
**
** UTF-8, with or without a BOM, lines end in LF or CRLF. The word is what stands
** before a last number and a last tag of small letters, so it may hold blanks;
** where a line has a tab, tabs separate the three, and the word may end in a
** number. Frequency 0 removes the word, as with jieba. Empty lines, and lines
** that are a # or begin with # and a blank, are skipped.
*/
#include "userwords.h"

#include <stdio.h>
#include <string.h>

#include "error.h"

typedef struct line { const char *word, *frequency, *tag; size_t word_len, frequency_len, tag_len; } line;

static int is_gap(char c) { return c == ' ' || c == '\t'; }

static size_t trim(const char *s, size_t n) {
  while (n > 0 && is_gap(s[n - 1])) n--;
  return n;
}

/* Takes the last field of s[0,*n) off when it has only these characters and
** something stands before it. */
static size_t take_last(const char *s, size_t *n, char low, char high) {
  size_t to = trim(s, *n), i = to;
  while (i > 0 && s[i - 1] >= low && s[i - 1] <= high) i--;
  if (i == to || i == 0 || !is_gap(s[i - 1]) || trim(s, i) == 0) return 0;
  *n = i;
  return to - i;
}

static void split_at_tabs(const char *s, size_t n, line *l) {
  const char *tab = memchr(s, '\t', n), *end = s + n;
  l->word_len = (size_t)(tab - s);
  l->frequency = tab + 1;
  const char *next = memchr(tab + 1, '\t', (size_t)(end - tab - 1));
  l->frequency_len = (size_t)((next != NULL ? next : end) - l->frequency);
  if (next != NULL) l->tag = next + 1, l->tag_len = trim(next + 1, (size_t)(end - next - 1));
  l->frequency_len = trim(l->frequency, l->frequency_len);
}

/* Is it a tag, of jieba's? Without a frequency before it "visual studio" has none. */
static int is_tag(const char *s, size_t n) {
  char tag[8] = "";
  if (n > 4) return 0;
  memcpy(tag, s, n);
  return lexicon_tag_of(tag) != MILL_TAG_X || strcmp(tag, "x") == 0;
}

static void split_at_blanks(const char *s, size_t n, line *l) {
  size_t whole = n, len = take_last(s, &n, 'a', 'z'), after = n;
  size_t digits = take_last(s, &n, '0', '9');
  if (len > 0 && digits == 0 && !is_tag(s + after, len)) {
    n = whole, len = 0; /* the letters belong to the word */
  } else if (digits > 0) {
    l->frequency = s + n;
    l->frequency_len = digits;
  }
  if (len > 0) l->tag = s + after, l->tag_len = len;
  l->word_len = trim(s, n);
}

/* A decimal number; -1 when it is none or too large. */
static int64_t number_of(const char *s, size_t n) {
  int64_t x = 0;
  if (n == 0 || n > 10) return -1;
  for (size_t i = 0; i < n; i++) {
    if (s[i] < '0' || s[i] > '9') return -1;
    x = x * 10 + (s[i] - '0');
  }
  return x <= UINT32_MAX ? x : -1;
}

/* One line that is not empty. 1 when a word was added, 0 removed, or MILL_E*. */
static int add_line(mill_userwords *u, const char *s, size_t n, mill_error *err) {
  line l = {.word = s};
  mill_user_word o = {0};
  char tag[16] = "";
  size_t bad;
  if (!mill_utf8_valid(s, n, &bad, NULL)) return mill_fail(err, MILL_EUTF8, 0, "not UTF-8");
  if (memchr(s, '\t', n) != NULL) split_at_tabs(s, n, &l);
  else split_at_blanks(s, n, &l);
  int64_t frequency = l.frequency_len > 0 ? number_of(l.frequency, l.frequency_len) : 1;
  if (frequency < 0) return mill_fail(err, MILL_EINVAL, 0, "'%.*s' is no frequency",
                                      l.frequency_len < 40 ? (int)l.frequency_len : 40, l.frequency);
  if (l.tag_len >= sizeof tag) return mill_fail(err, MILL_EINVAL, 0, "a tag of over 15 letters");
  if (l.tag_len > 0) memcpy(tag, l.tag, l.tag_len), o.tag = (uint8_t)lexicon_tag_of(tag);
  if (l.frequency_len > 0) o.weight = (uint32_t)frequency;
  if (frequency == 0) return mill_userwords_remove(u, l.word, l.word_len, err) < 0 ? err->code : 0;
  int rc = mill_userwords_add(u, l.word, l.word_len, &o, err);
  return rc < 0 ? rc : 1;
}

static int is_comment(const char *s, size_t n) { return n > 0 && s[0] == '#' && (n == 1 || is_gap(s[1])); }

int mill_userwords_load(mill_userwords *u, const char *bytes, size_t n, const char *name, mill_error *err) {
  mill_error own, *e = err != NULL ? err : &own;
  size_t i = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, number = 0;
  int added = 0;
  while (i < n) {
    const char *s = bytes + i, *end = memchr(s, '\n', n - i);
    size_t len = end != NULL ? (size_t)(end - s) : n - i;
    i += len + 1;
    number++;
    if (len > 0 && s[len - 1] == '\r') len--;
    while (len > 0 && is_gap(*s)) s++, len--;
    if (trim(s, len) == 0 || is_comment(s, len)) continue;
    int rc = add_line(u, s, len, e);
    if (rc < 0) {
      char why[160];
      snprintf(why, sizeof why, "%.150s", e->message);
      return mill_fail(e, rc, number, "%.60s:%zu: %s", name, number, why);
    }
    added += rc;
  }
  return added;
}
