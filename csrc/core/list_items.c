/* list_items.c - what stands between the marks of a list; see list_items.h. */
#include "list_items.h"

#include <string.h>

#include "first_mark.h"

enum { QUOTE = 3 }; /* bytes of a quotation mark */

static int continues(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

list_walk list_begin(const char *s, size_t n, size_t from, size_t to, const char *marks, size_t marks_len) {
  list_walk w = {s, from, to < n ? to : n, marks, marks_len};
  while (w.at < w.to && continues(s[w.at])) w.at++;
  if (w.at >= w.to) return w.at = w.to + 1, w;
  size_t last = w.to - 1, next = w.to;
  while (last > 0 && continues(s[last])) last--;
  while (next < n && continues(s[next])) next++;
  if (next != w.to) w.to = last;
  return w;
}

static int is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* “ ‘ 「 and ” ’ 」: where = 0, 1 */
static int is_quote(const char *s, int closing) {
  unsigned char a = (unsigned char)s[0], b = (unsigned char)s[1], c = (unsigned char)s[2];
  if (b != 0x80) return 0;
  return (a == 0xE2 && (c == 0x98 + closing || c == 0x9C + closing)) || (a == 0xE3 && c == 0x8C + closing);
}

static mill_span trimmed(const char *s, size_t from, size_t to) {
  while (from < to) {
    if (is_blank(s[from]) || s[from] == ':') from++;
    else if (to - from >= QUOTE && is_quote(s + from, 0)) from += QUOTE;
    else break;
  }
  while (to > from) {
    if (is_blank(s[to - 1])) to--;
    else if (to - from >= QUOTE && is_quote(s + to - QUOTE, 1)) to -= QUOTE;
    else break;
  }
  return (mill_span){(uint32_t)from, (uint32_t)to};
}

int list_next(list_walk *w, mill_span *item) {
  while (w->at <= w->to) {
    size_t which = 0, from = w->at;
    size_t at = first_mark(w->s, w->to, from, w->marks, w->marks_len, &which);
    if (at < w->to) {
      const char *mark = w->marks;
      while (which-- > 0) mark += 1 + (unsigned char)*mark;
      w->at = at + (unsigned char)*mark;
    } else {
      w->at = w->to + 1;
    }
    *item = trimmed(w->s, from, at);
    if (item->from < item->to) return 1;
  }
  return 0;
}

static int is_mark(const char *s) {
  unsigned char c = (unsigned char)s[2];
  return s[0] == '\xE2' && s[1] == '\x80' && (c == 0x98 || c == 0x99 || c == 0x9C || c == 0x9D);
}

size_t list_words(const char *s, mill_span item, char *out) {
  size_t n = 0;
  for (size_t k = item.from; k < item.to;) {
    if (item.to - k >= QUOTE && is_mark(s + k)) {
      k += QUOTE;
      continue;
    }
    if (out != NULL) out[n] = s[k];
    n++, k++;
  }
  return n;
}
