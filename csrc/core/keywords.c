/*
** keywords.c - bare words, one a line, at the end of a text: a tag list whose
** label was lost. Evidence: four or more of them, nothing but words, and most
** of them are words of the text above.
*/
#include "alloc.h"
#include "page.h"

#define KEYWORD_MAX_CHARS 8
#define KEYWORDS_MIN 4
#define KEYWORDS_MAX 40

static int bare_word(const page *p, const page_piece *q) {
  const char *s = page_at(p, q->folded.from);
  size_t n = span_len(q->folded), len;
  if (q->settled || q->chars < 2 || q->chars > (unsigned)((unsigned char)*s < 0x80 ? 24 : KEYWORD_MAX_CHARS)) return 0;
  if (q->hint && q->hint->role == HTML_CELL) return 0;
  unsigned letters = 0;
  for (size_t i = 0; i < n; i += len) {
    uint32_t c = utf8_decode(s + i, &len);
    int letter = text_is_han(c) || text_is_kana(c) || (c >= 'a' && c <= 'z') || c >= 0xC0;
    if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != 0xB7) return 0;
    letters += (unsigned)letter;
  }
  return letters > 0;
}

static int occurs(const page *p, uint32_t before, const page_piece *q) {
  return memmem(p->folded, before, page_at(p, q->folded.from), span_len(q->folded)) != NULL;
}

void keywords_mark(page *p) {
  uint32_t end = p->n, from, hits = 0;
  while (end > 0 && p->pieces[end - 1].settled) end--;
  for (from = end; from > 0 && end - from < KEYWORDS_MAX && bare_word(p, &p->pieces[from - 1]);) from--;
  if (end - from < KEYWORDS_MIN || from == 0) return;
  uint32_t text_end = p->pieces[from].folded.from;
  while (from < end && !occurs(p, text_end, &p->pieces[from])) from++; /* a caption above them */
  for (uint32_t i = from; i < end; i++) hits += (uint32_t)occurs(p, text_end, &p->pieces[i]);
  if (end - from < KEYWORDS_MIN || hits * 2 < end - from) return;
  for (uint32_t i = from; i < end; i++) {
    page_note(p, FIELD_KEYWORD, p->pieces[i].folded, 2);
    page_settle(p, i, MILL_BLOCK_KEYWORDS, NULL);
  }
}
