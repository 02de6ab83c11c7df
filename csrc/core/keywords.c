/*
** keywords.c - bare words at the end of a text: a tag list whose label was
** lost. One a line, or all in one line with blanks between. Evidence: four
** (five) or more of them, nothing but words, and most of them are words of
** the text above.
*/
#include "page.h"

#define KEYWORD_MAX_CHARS 8
#define KEYWORDS_MIN 4
#define KEYWORDS_MAX 40
#define LINE_MIN 5

/* Nothing but letters, digits and joints, and not too long? */
static int is_word(const page *p, mill_span x) {
  const char *s = page_at(p, x.from);
  size_t n = span_len(x), len;
  unsigned letters = 0, chars = 0;
  for (size_t i = 0; i < n; i += len, chars++) {
    uint32_t c = utf8_decode(s + i, &len);
    int letter = text_is_han(c) || text_is_kana(c) || (c >= 'a' && c <= 'z') || c >= 0xC0;
    if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != 0xB7) return 0;
    letters += (unsigned)letter;
  }
  return letters > 0 && chars >= 2 && chars <= (unsigned)((unsigned char)*s < 0x80 ? 24 : KEYWORD_MAX_CHARS);
}

static int bare_word(const page *p, const page_piece *q) {
  return !q->settled && !q->sentence && !(q->hint && q->hint->role == HTML_CELL) && is_word(p, q->folded);
}

static int occurs(const page *p, uint32_t before, mill_span x) {
  return memmem(p->folded, before, page_at(p, x.from), span_len(x)) != NULL;
}

/* The words of a line, parted by blanks; 0: it holds something else, too. */
static uint32_t words_of(const page *p, mill_span line, mill_span words[KEYWORDS_MAX]) {
  uint32_t n = 0, from = line.from;
  size_t w;
  for (uint32_t at = from; at <= line.to;
       at += w ? (uint32_t)w : (uint32_t)utf8_length((unsigned char)*page_at(p, at))) {
    w = at < line.to ? text_blank(page_at(p, at), line.to - at) : 1;
    if (w == 0) continue;
    mill_span word = {from, at};
    if (n == KEYWORDS_MAX || from == at || !is_word(p, word)) return 0;
    words[n++] = word;
    from = at + (uint32_t)w;
  }
  return n;
}

/* 春耕 农资 种子 ...: the last line, when it is a list of words. */
static int mark_line(page *p, uint32_t end) {
  mill_span words[KEYWORDS_MAX];
  if (end < 2 || p->pieces[end - 1].sentence ||
      (p->pieces[end - 1].hint && p->pieces[end - 1].hint->role == HTML_CELL))
    return 0;
  mill_span line = p->pieces[end - 1].folded;
  uint32_t n = words_of(p, line, words), hits = 0;
  if (n < LINE_MIN) return 0;
  for (uint32_t i = 0; i < n; i++) hits += (uint32_t)occurs(p, line.from, words[i]);
  if (hits * 3 < n * 2) return 0;
  for (uint32_t i = 0; i < n; i++) page_note(p, FIELD_KEYWORD, words[i], 2);
  page_settle(p, end - 1, MILL_BLOCK_KEYWORDS, NULL);
  return 1;
}

void keywords_mark(page *p) {
  uint32_t end = p->n, from, hits = 0;
  while (end > 0 && p->pieces[end - 1].settled) end--;
  if (mark_line(p, end)) return;
  for (from = end; from > 0 && end - from < KEYWORDS_MAX && bare_word(p, &p->pieces[from - 1]);) from--;
  if (end - from < KEYWORDS_MIN || from == 0) return;
  uint32_t text_end = p->pieces[from].folded.from;
  while (from < end && !occurs(p, text_end, p->pieces[from].folded)) from++; /* a caption above them */
  for (uint32_t i = from; i < end; i++) hits += (uint32_t)occurs(p, text_end, p->pieces[i].folded);
  if (end - from < KEYWORDS_MIN || hits * 2 < end - from) return;
  for (uint32_t i = from; i < end; i++) {
    page_note(p, FIELD_KEYWORD, p->pieces[i].folded, 2);
    page_settle(p, i, MILL_BLOCK_KEYWORDS, NULL);
  }
}
