/*
** show.c - clean text and the raw bytes behind it, one above the other: the
** debugging view of the maps.
**
**   shown  设       立  14  个
**   raw    設(shè)  立  14  個(gè)        gloss x2, script x2
**
** A cell is one piece: the characters that share a raw span; unedited letters
** and digits share one. What was deleted between them has a cell with nothing
** above it. Columns count terminal width, and long texts take several rows.
*/
#include <string.h>

#include "alloc.h"
#include "ascii.h"
#include "buffer.h"
#include "error.h"
#include "utf8.h"

#define COLUMNS 76
#define LONGEST 60 /* bytes of raw shown in one cell */

typedef struct show {
  const mill_text *t;
  mill_buffer out, above, below;
  size_t columns;               /* of the row under way */
  const char *display;          /* display form of the whole clean span */
  mill_map *map;                /* clean span -> display */
  uint32_t origin;              /* where the clean span begins */
} show;

/* Appends bytes as one printable line. */
static void printable(mill_buffer *b, const char *s, size_t n) {
  static const char hex[] = "0123456789ABCDEF";
  for (size_t i = 0, bad; i < n;) {
    if (mill_utf8_valid(s + i, n - i, &bad, NULL)) bad = n - i;
    for (size_t k = i; k < i + bad; k++) {
      unsigned char c = (unsigned char)s[k];
      if (c == '\n') mill_buffer_append(b, "\xE2\x86\xB5", 3);      /* ↵ */
      else if (c == '\t') mill_buffer_append(b, "\xE2\x86\x92", 3); /* → */
      else if (c < ' ' || c == 0x7F) mill_buffer_append(b, "\xC2\xB7", 2);
      else mill_buffer_byte(b, c);
    }
    if ((i += bad) >= n) break;
    unsigned char c = (unsigned char)s[i++];
    char code[4] = {'<', hex[c >> 4], hex[c & 15], '>'};
    mill_buffer_append(b, code, 4);
  }
}

static void pad(mill_buffer *b, size_t n) {
  while (n-- > 0) mill_buffer_byte(b, ' ');
}

static void trim(mill_buffer *b) {
  while (b->len > 0 && b->bytes[b->len - 1] == ' ') b->len--;
}

static void end_row(show *s) {
  if (s->columns == 0) return;
  trim(&s->above);
  trim(&s->below);
  mill_buffer_append(&s->out, "shown  ", 7);
  mill_buffer_append(&s->out, s->above.bytes, s->above.len);
  mill_buffer_append(&s->out, "\nraw    ", 8);
  mill_buffer_append(&s->out, s->below.bytes, s->below.len);
  mill_buffer_byte(&s->out, '\n');
  s->above.len = s->below.len = s->columns = 0;
}

static void cell(show *s, const char *top, size_t top_len, mill_span raw) {
  mill_buffer shown = {0}, bytes = {0};
  size_t n = raw.to - raw.from;
  printable(&shown, top, top_len);
  printable(&bytes, s->t->raw + raw.from, n < LONGEST ? n : LONGEST);
  if (n > LONGEST) mill_buffer_append(&bytes, "\xE2\x80\xA6", 3);
  size_t above = mill_width(s->t->data, shown.bytes, shown.len);
  size_t below = mill_width(s->t->data, bytes.bytes, bytes.len);
  size_t width = above > below ? above : below;
  if (s->columns > 0 && s->columns + width > COLUMNS) end_row(s);
  mill_buffer_append(&s->above, shown.bytes, shown.len);
  mill_buffer_append(&s->below, bytes.bytes, bytes.len);
  pad(&s->above, width - above + 1);
  pad(&s->below, width - below + 1);
  s->columns += width + 1;
  if (shown.error || bytes.error) s->out.error = MILL_ENOMEM;
  mill_buffer_free(&shown);
  mill_buffer_free(&bytes);
}

/* Is clean[at] an unedited letter or digit? */
static int is_plain(const show *s, uint32_t at, mill_span raw) {
  int c = (unsigned char)s->t->clean[at];
  return (ascii_is_letter(c) || ascii_is_digit(c)) && raw.to - raw.from == 1 &&
         s->t->raw[raw.from] == (char)c;
}

/* The end of the cell that begins at clean `at`; *raw: its raw span. */
static uint32_t cell_end(const show *s, uint32_t at, uint32_t to, mill_span *raw) {
  const char *clean = s->t->clean;
  uint32_t end = at + (uint32_t)utf8_length((unsigned char)clean[at]);
  *raw = mill_text_raw(s->t, (mill_span){at, end});
  int plain = is_plain(s, at, *raw);
  while (end < to) {
    uint32_t next = end + (uint32_t)utf8_length((unsigned char)clean[end]);
    mill_span r = mill_text_raw(s->t, (mill_span){end, next});
    int same = r.from == raw->from && r.to == raw->to;
    if (!same && !(plain && r.from == raw->to && is_plain(s, end, r))) break;
    raw->to = r.to;
    end = next;
  }
  return end;
}

static void cells(show *s, mill_span clean) {
  uint32_t last = MILL_NONE;
  for (uint32_t at = clean.from, end; at < clean.to; at = end) {
    mill_span raw;
    end = cell_end(s, at, clean.to, &raw);
    if (last != MILL_NONE && raw.from > last) cell(s, "", 0, (mill_span){last, raw.from});
    mill_span shown = mill_map_to(s->map, (mill_span){at - s->origin, end - s->origin});
    cell(s, s->display + shown.from, shown.to - shown.from, raw);
    last = raw.to;
  }
}

/* Counts pieces by kind: of the raw -> clean map inside raw, and of display. */
static void count_kinds(const mill_map *m, mill_span source, uint32_t counts[]) {
  const mill_run *runs;
  size_t n = mill_map_runs(m, &runs), low = 0, high = n;
  while (low < high) { /* first run that ends behind source.from */
    size_t middle = (low + high) / 2;
    if (runs[middle].source + runs[middle].count * runs[middle].source_len <= source.from) low = middle + 1;
    else high = middle;
  }
  for (size_t k = low; k < n && runs[k].source < source.to; k++)
    for (uint32_t i = 0; i < runs[k].count; i++) {
      uint32_t at = runs[k].source + i * runs[k].source_len;
      if (at >= source.from && at + runs[k].source_len <= source.to && runs[k].kind <= MILL_EDIT_MIXED)
        counts[runs[k].kind]++;
    }
}

static void kinds(show *s, mill_span clean) {
  uint32_t counts[MILL_EDIT_MIXED + 1] = {0};
  count_kinds(s->t->map, mill_text_raw(s->t, clean), counts);
  count_kinds(s->map, (mill_span){0, clean.to - clean.from}, counts);
  const char *separator = "       ";
  for (int k = 1; k <= MILL_EDIT_MIXED; k++) {
    if (counts[k] == 0) continue;
    char number[16];
    size_t i = sizeof number;
    for (uint32_t c = counts[k]; c > 0; c /= 10) number[--i] = (char)('0' + c % 10);
    mill_buffer_append(&s->out, separator, strlen(separator));
    mill_buffer_append(&s->out, mill_edit_name((enum mill_edit)k), strlen(mill_edit_name((enum mill_edit)k)));
    mill_buffer_append(&s->out, " x", 2);
    mill_buffer_append(&s->out, number + i, sizeof number - i);
    separator = ", ";
  }
}

int mill_text_show(const mill_text *t, mill_span clean, char **out, size_t *len, mill_error *err) {
  show s = {.t = t, .origin = clean.from};
  char *display = NULL;
  size_t display_len;
  *out = NULL;
  int rc = mill_normalize(t->data, mill_text_form(t), t->clean + clean.from, clean.to - clean.from, &display,
                          &display_len, &s.map, err);
  if (rc < 0) return rc;
  s.display = display;
  cells(&s, clean);
  end_row(&s);
  kinds(&s, clean);
  if (s.above.error || s.below.error) s.out.error = MILL_ENOMEM;
  mill_buffer_free(&s.above);
  mill_buffer_free(&s.below);
  mill_map_free(s.map);
  mem_free(display);
  *out = mill_buffer_take(&s.out, len);
  return *out != NULL ? 0 : mill_fail_memory(err);
}
