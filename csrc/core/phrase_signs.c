/* phrase_signs.c - classes of words, and what a token is to them (see phrase_signs.h). */
#include "phrase_signs.h"

#include <string.h>

#include "../textmill.h"

static const char *const class_names[PHRASE_CLASSES] = {
  "enders", "fillers", "scopes", "no_items", "people", "makers", "adnominal", "numerals", "durations",
  "heads", "aspects", "sides", "states", "ages", "limits", "sizes", "less", "modals", "sentences",
  "no_person", "people_ends", "measuring", "clause_ends", "count_scopes", "most", "with", "taking", "over", "change"};

static const char *const mark_words[SIGN_MARKS] = {
  [SIGN_BOOK] = "《", [SIGN_UNBOOK] = "》", [SIGN_QUOTE] = "“", [SIGN_UNQUOTE] = "”", [SIGN_SINGLE] = "‘",
  [SIGN_UNSINGLE] = "’", [SIGN_CORNER] = "「", [SIGN_UNCORNER] = "」", [SIGN_WHITE] = "『",
  [SIGN_UNWHITE] = "』", [SIGN_DE] = "的", [SIGN_SELF] = "自", [SIGN_THAN] = "于", [SIGN_WILL] = "将",
  [SIGN_HAVE] = "有", [SIGN_THEN] = "则", [SIGN_EACH] = "每", [SIGN_NOW_THERE] = "现有",
  [SIGN_PERSON] = "个人", [SIGN_FROM] = "由", [SIGN_OPEN] = "(", [SIGN_CLOSE] = ")", [SIGN_COMMA] = ",", [SIGN_STOP] = "。",
  [SIGN_SEMICOLON] = ";", [SIGN_POINT] = "、", [SIGN_BREAK] = "\n"};

int phrase_class_by_name(const char *name) {
  for (int c = 0; c < PHRASE_CLASSES; c++)
    if (strcmp(name, class_names[c]) == 0) return c;
  return -1;
}

/* ---- the words ---------------------------------------------------------------------- */

static uint64_t find(const phrase_words *w, const char *s, size_t n) { return word_classes_of(w, s, n); }

static int add_mark(phrase_words *w, const char *s, int mark) {
  return word_classes_add(w, s, strlen(s), (uint64_t)mark << SIGN_MARK);
}

phrase_words *phrase_words_new(void) {
  phrase_words *w = word_classes_new();
  int failed = w == NULL;
  for (int m = 0; m < SIGN_MARKS && !failed; m++) failed = mark_words[m] != NULL && add_mark(w, mark_words[m], m) < 0;
  failed = failed || add_mark(w, "从", SIGN_FROM) < 0;
  if (!failed) return w;
  phrase_words_free(w);
  return NULL;
}

int phrase_words_add(phrase_words *w, enum phrase_class class, const char *s, size_t n) {
  return word_classes_add(w, s, n, UINT64_C(1) << class);
}

void phrase_words_free(phrase_words *w) { word_classes_free(w); }

/* ---- signs --------------------------------------------------------------------------- */

enum { CHAR = 3 }; /* bytes of a Chinese character */

static int is_digit(char c) { return c >= '0' && c <= '9'; }
static int is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* What the string is made of, and how many characters it has. */
static uint64_t made_of(const char *s, size_t n) {
  uint64_t signs = 0, chars = 0;
  for (size_t k = 0; k < n; k++) {
    if (is_digit(s[k])) signs |= SIGN_DIGIT | SIGN_ALNUM | (k == 0 ? SIGN_DIGIT_FIRST : 0);
    else if (is_letter(s[k])) signs |= SIGN_ALNUM;
    else if (s[k] == '\n') signs |= SIGN_HAS_BREAK;
    chars += ((unsigned char)s[k] & 0xC0) != 0x80;
  }
  return signs | (chars < SIGN_MOST_CHARS ? chars : SIGN_MOST_CHARS) << SIGN_CHARS;
}

static int begins(const char *s, size_t n, const char *character) {
  return n >= CHAR && memcmp(s, character, CHAR) == 0;
}

/* What its last characters and its first are. */
static uint64_t ends_of(const phrase_words *w, const char *s, size_t n) {
  const uint64_t by_tail = UINT64_C(1) << PHRASE_PEOPLE_ENDS | UINT64_C(1) << PHRASE_MEASURING;
  uint64_t signs = 0;
  if (n < CHAR) return 0;
  uint64_t last = find(w, s + n - CHAR, CHAR);
  if (sign_is(last, PHRASE_HEADS)) signs |= SIGN_HEAD_TAIL;
  if (n >= 2 * CHAR && sign_is(find(w, s + n - 2 * CHAR, 2 * CHAR), PHRASE_PEOPLE)) signs |= SIGN_PEOPLE_TAIL;
  if (sign_is(find(w, s, CHAR), PHRASE_NUMERALS)) signs |= SIGN_NUMERAL_FIRST;
  if (begins(s, n, "每") && n > CHAR) signs |= SIGN_EACH_FIRST;
  if (begins(s + n - CHAR, CHAR, "里")) signs |= SIGN_INSIDE;
  return signs | (last & by_tail);
}

uint64_t signs_of(const phrase_words *w, const char *s, size_t n) {
  const uint64_t by_tail = UINT64_C(1) << PHRASE_PEOPLE_ENDS | UINT64_C(1) << PHRASE_MEASURING;
  uint64_t signs = SIGN_KNOWN | made_of(s, n) | ends_of(w, s, n) | (find(w, s, n) & ~by_tail);
  int numeral = sign_chars(signs) > 1 && (signs & SIGN_NUMERAL_FIRST) != 0 && !begins(s, n, "一");
  if ((signs & SIGN_DIGIT_FIRST) != 0 || numeral) signs |= SIGN_COUNT;
  return n > 0 ? signs : SIGN_KNOWN | (uint64_t)SIGN_EMPTY << SIGN_MARK;
}
