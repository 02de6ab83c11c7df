/*
** rec_spaced.c - figures that a page has torn apart:
**
**   15.8 万元    2.6 万余人    1 236户    3. 2亩
**
** The text without the blanks inside the figure is read as any other number.
** In a table (大坪 312 086) blanks part figures, behind the number of an item
** (1. 5个) the point does: groups of three digits go on only behind a word or a
** sign, decimals only behind a word.
*/
#include "number.h"
#include "rec.h"

#define MOST_BLANKS 3u

typedef struct joined {
  char text[REC_BYTES];
  size_t len, n_blanks;
  size_t blank[MOST_BLANKS]; /* bytes of `text` before each of them */
} joined;

/* 万 亿 behind a blank go on with the figure. */
static int goes_on(const char *s, size_t n) {
  static const char *const units[] = {"万", "亿", NULL};
  return scan_any(s, n, 0, units, NULL) > 0;
}

static size_t digits(const char *s, size_t n, size_t at) {
  size_t i = at;
  while (scan_is_digit(s, n, i)) i++;
  return i - at;
}

/* What may go on behind a blank, by what stands before the figure. */
enum reach { POWERS, GROUPS, DECIMALS };

static int reach_of(const mill_view *v, uint32_t at) {
  uint8_t kind = at > 0 ? rec_kind(v, at - 1) : (uint8_t)MILL_KIND_BREAK;
  if (kind == MILL_KIND_HAN) return DECIMALS;
  return kind == MILL_KIND_PUNCT ? GROUPS : POWERS;
}

/* Does a blank at s[i] lie inside of the figure s[0, i)? */
static int inside(const char *s, size_t n, size_t i, int reach) {
  if (i == 0) return 0;
  if (goes_on(s + i + 1, n - i - 1)) return 1;
  if (s[i - 1] == '.') return reach == DECIMALS && i > 1 && digits(s, n, i + 1) > 0;
  int group = digits(s, n, i + 1) == 3 && digits(s, n, 0) <= 3 && s[0] != '0';
  return reach >= GROUPS && group && memchr(s, '.', i) == NULL;
}

/* Copies the figure at s[0, n) and what follows without the blanks inside of it: has it any? */
static int join(const char *s, size_t n, int reach, joined *out) {
  size_t i = 0;
  out->len = out->n_blanks = 0;
  for (; i < n && out->n_blanks < MOST_BLANKS; i++) {
    if (s[i] == ' ') {
      if (!inside(s, n, i, reach)) break;
      out->blank[out->n_blanks++] = out->len;
    } else if (scan_is_digit(s, n, i) || s[i] == '.') {
      out->text[out->len++] = s[i];
    } else break;
  }
  if (out->n_blanks == 0) return 0;
  memcpy(out->text + out->len, s + i, n - i);
  out->len += n - i;
  return 1;
}

/* Bytes of the line from token `at`, whole characters, as many as a joined figure holds. */
static size_t room(const mill_view *v, uint32_t at) {
  size_t n = rec_window(v, at);
  if (n <= REC_BYTES) return n;
  for (n = REC_BYTES; n > 0 && ((uint8_t)rec_text(v, at)[n] & 0xC0) == 0x80;) n--;
  return n;
}

size_t rec_spaced_number(const mill_view *v, uint32_t at, int parts, mill_number *out) {
  joined j;
  uint32_t next = rec_is(v, at + 1, ".") ? at + 2 : at + 1;
  if (rec_kind(v, at) != MILL_KIND_NUMBER || rec_kind(v, next) != MILL_KIND_BLANK) return 0;
  if (!join(rec_text(v, at), room(v, at), reach_of(v, at), &j)) return 0;
  size_t used = number_scan(j.text, j.len, parts, out), blanks = 0;
  while (blanks < j.n_blanks && used > j.blank[blanks]) blanks++;
  return blanks > 0 ? used + blanks : 0;
}
