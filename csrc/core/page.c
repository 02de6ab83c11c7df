/*
** page.c - the pieces of a page: folding, cutting into lines, cutting lines,
** and the small questions about text that all passes ask. See page.h.
*/
#include "cues.h"

#include "alloc.h"
#include "buffer.h"
#include "data.h"
#include "error.h"
#include "map.h"
#include "numeral.h"

/* ---- looking at text ------------------------------------------------------ */

size_t text_blank_at(const char *s, size_t n) {
  const unsigned char *u = (const unsigned char *)s;
  if (n == 0) return 0;
  if (u[0] <= 0x20) return u[0] == 0x20 || (u[0] >= 9 && u[0] <= 13);
  if (u[0] == 0xC2 && n > 1) return u[1] == 0xA0 || u[1] == 0x85 ? 2 : 0;
  if (u[0] == 0xE2 && n > 2 && u[1] == 0x80)
    return (u[2] >= 0x80 && u[2] <= 0x8B) || u[2] == 0xA8 || u[2] == 0xA9 || u[2] == 0xAF ? 3 : 0;
  if (u[0] == 0xE3 && n > 2) return u[1] == 0x80 && u[2] == 0x80 ? 3 : 0; /* U+3000 */
  if (u[0] == 0xEF && n > 2) return u[1] == 0xBB && u[2] == 0xBF ? 3 : 0; /* U+FEFF */
  return 0;
}

int text_is_han(uint32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

int text_is_kana(uint32_t c) { return c >= 0x3041 && c <= 0x30FE; }

size_t text_starts_any(const char *s, size_t n, const char *const *words) {
  return scan_any(s, n, 0, words, NULL);
}

size_t text_ends_any(const char *s, size_t n, const char *const *words) {
  for (; *words; words++) {
    size_t w = text_ends(s, n, *words);
    if (w) return w;
  }
  return 0;
}

const char *text_stop(const char *s, size_t n) {
  const char *end = s + n;
  while ((s = memchr(s, 0xE3, (size_t)(end - s))) != NULL && !text_starts(s, (size_t)(end - s), "。")) s++;
  return s;
}

uint32_t text_chars(const char *s, size_t n) {
  uint32_t count = 0;
  for (size_t i = 0; i < n;) {
    unsigned char c = (unsigned char)s[i];
    int plain = c > 0xE3 && c < 0xEF; /* most: three bytes, and no blank */
    count += plain || !text_blank(s + i, n - i);
    i += plain ? 3 : utf8_length(c);
  }
  return count;
}

/* 一 .. 九; 0: none. */
static unsigned digit_at(const char *s, size_t n, size_t *i) {
  size_t len;
  uint32_t c = scan_peek(s, n, *i, &len);
  int digit = len > 0 ? numeral_digit(c) : -1;
  if (digit <= 0) return 0;
  *i += len;
  return (unsigned)digit;
}

size_t text_han_number(const char *s, size_t n, unsigned *value) {
  size_t i = 0, ten;
  *value = digit_at(s, n, &i);
  if ((ten = scan_literal(s, n, i, "十")) > 0) {
    i += ten;
    *value = (*value ? *value : 1) * 10 + digit_at(s, n, &i);
  }
  return i;
}

size_t text_bracket(const char *s, size_t n) {
  static const char *const marks[] = {
    "(", ")", "[", "]", "{", "}", "<", ">", "【", "】", "〔", "〕", "「", "」", "『", "』",
    "《", "》", "〈", "〉", "“", "”", "‘", "’", "\"", "'", NULL};
  return text_mark(s, n, marks);
}

/* Bytes of the quote or bracket that closes at the end of s[0,n). */
static size_t closing_at_end(const char *s, size_t n) {
  static const char *const marks[] = {"”", "’", "」", "』", "》", "】", NULL};
  if (n == 0) return 0;
  switch ((unsigned char)s[n - 1]) {
    case '"': case '\'': case ')': case ']': return 1;
    case 0x8B: case 0x8D: case 0x8F: case 0x91: case 0x99: case 0x9D: return text_ends_any(s, n, marks);
    default: return 0;
  }
}

/* Bytes of the mark that ends a sentence there. */
static size_t stop_at_end(const char *s, size_t n) {
  if (n == 0) return 0;
  switch ((unsigned char)s[n - 1]) {
    case '!': case '?': case ';': return 1;
    case 0x82: return text_ends(s, n, "。");
    case 0xA6: return text_ends(s, n, "…");
    case '.': return text_ends(s, n, "...");
    default: return 0;
  }
}

int text_is_sentence(const char *s, size_t n) {
  size_t w;
  while ((w = closing_at_end(s, n)) > 0) n -= w;
  if (stop_at_end(s, n)) return 1;
  /* a full stop ends a sentence after a letter, not after "1" */
  return n > 1 && s[n - 1] == '.' && (s[n - 2] < '0' || s[n - 2] > '9');
}

mill_span page_trim(const char *s, mill_span span) {
  size_t w;
  while (span.from < span.to && (w = text_blank(s + span.from, span.to - span.from)) > 0)
    span.from += (uint32_t)w;
  while (span.from < span.to) {
    uint32_t last = (uint32_t)utf8_prev(s, span.to);
    if (!text_blank(s + last, span.to - last)) break;
    span.to = last;
  }
  return span;
}

/* ---- pieces ---------------------------------------------------------------- */

mill_span page_clean(const page *p, mill_span folded) {
  mill_span c = p->fold_map ? mill_map_from(p->fold_map, folded) : folded;
  return page_trim(p->text->clean, c);
}

/* Of spans that go up: *next is theirs. */
static mill_span folded_of(const page *p, uint32_t *next, mill_span clean) {
  mill_span f = p->fold_map ? map_to_next(p->fold_map, next, clean) : clean;
  return page_trim(p->folded, f);
}

/* Counts characters and finds signs in the pieces from number `first` on. */
static void measure(page *p, uint32_t first) {
  if (p->n == first) return; /* nor is there a list */
  signs_find(p->folded, p->folded_len + 1, p->pieces + first, p->n - first, p->avx2);
  for (page_piece *q = p->pieces + first; q < p->pieces + p->n; q++) {
    const char *s = page_at(p, q->folded.from);
    size_t n = span_len(q->folded);
    q->sentence = (uint8_t)text_is_sentence(s, n);
    q->edges = cue_starts(p->cues, s, n) | cue_ends(p->cues, s, n);
  }
}

static page_piece *room(page *p) {
  if (p->n == p->capacity && p->code == 0 &&
      mill_grow(&p->pieces, &p->capacity, p->n + 1u, sizeof *p->pieces) != 0)
    p->code = MILL_ENOMEM;
  return p->code ? NULL : &p->pieces[p->n];
}

static void add_line(page *p, mill_span clean, mill_span folded, uint32_t line, const html_hint *hint) {
  page_piece *q = room(p);
  if (!q) return;
  memset(q, 0, sizeof *q);
  q->clean = clean;
  q->folded = folded;
  q->line = line;
  q->hint = hint;
  p->n++;
}

/* The hint that covers byte `at`, searching on from *next; both go upwards. */
static const html_hint *hint_at(const html_structure *h, uint32_t *next, uint32_t at) {
  while (*next < h->n_hints && h->hints[*next].clean.to <= at) ++*next;
  return *next < h->n_hints && h->hints[*next].clean.from <= at ? &h->hints[*next] : NULL;
}

static void cut_lines(page *p) {
  const char *s = p->text->clean;
  uint32_t n = (uint32_t)p->text->clean_len, from = 0, next = 0, run = 0;
  for (uint32_t line = 0; from < n && !p->code; line++) {
    const char *end = memchr(s + from, '\n', n - from);
    uint32_t to = end ? (uint32_t)(end - s) : n;
    mill_span span = page_trim(s, (mill_span){from, to});
    if (span.from < span.to)
      add_line(p, span, folded_of(p, &run, span), line, hint_at(p->hints, &next, span.from));
    from = to + 1;
  }
  if (!p->code) measure(p, 0);
}

int page_split(page *p, uint32_t at) {
  mill_span middle = p->pieces[p->n - 1].clean;
  mill_span left = {p->pieces[p->n - 1].folded.from, at}, right = {at, p->pieces[p->n - 1].folded.to};
  left = page_trim(p->folded, left);
  right = page_trim(p->folded, right);
  if (left.from >= left.to || right.from >= right.to) return 0;
  mill_span clean = page_clean(p, right);
  if (clean.from <= middle.from || clean.from >= middle.to || !room(p)) return 0;
  page_piece *a = &p->pieces[p->n - 1], *b = &p->pieces[p->n++];
  *b = *a;
  a->folded = left;
  b->folded = right;
  a->clean = page_trim(p->text->clean, (mill_span){middle.from, clean.from});
  b->clean.from = clean.from;
  measure(p, p->n - 2);
  return 1;
}

void page_rewrite(page *p, page_pass *pass, void *context) {
  page_piece *old = p->pieces;
  uint32_t n = p->n, old_capacity = p->capacity;
  p->pieces = p->spare, p->capacity = p->spare_capacity;
  p->n = 0;
  if (mill_grow(&p->pieces, &p->capacity, n + n / 8 + 1u, sizeof *p->pieces) != 0) p->code = MILL_ENOMEM;
  for (uint32_t i = 0; i < n; i++) {
    page_piece *q = room(p);
    if (!q) break;
    *q = old[i];
    p->n++;
    pass(p, i + 1 < n ? &old[i + 1] : NULL, context);
  }
  p->spare = old, p->spare_capacity = old_capacity;
}

void page_settle(page *p, uint32_t i, enum mill_block_kind kind, const char *reason) {
  p->pieces[i].kind = (uint8_t)kind;
  p->pieces[i].reason = reason;
  p->pieces[i].settled = 1;
}

void page_note(page *p, enum field_key key, mill_span folded, int rank) {
  if (p->code == 0 &&
      mill_grow(&p->found, &p->found_capacity, p->n_found + 1u, sizeof *p->found) != 0)
    p->code = MILL_ENOMEM;
  if (p->code) return;
  page_found *f = &p->found[p->n_found++];
  memset(f, 0, sizeof *f);
  f->key = (uint8_t)key;
  f->rank = (uint8_t)rank;
  f->folded = page_trim(p->folded, folded);
}

void page_forget(page *p, mill_span folded) {
  for (uint32_t k = 0; k < p->n_found; k++)
    if (p->found[k].folded.from >= folded.from && p->found[k].folded.to <= folded.to)
      p->found[k].key = FIELD_NONE;
}

/* Enough kana to call the page Japanese? One look at the first 4,000 bytes. */
static int is_japanese(const page *p) {
  uint32_t kana, all = signs_kana(p->folded, p->folded_len < 4000 ? p->folded_len : 4000, p->avx2, &kana);
  return kana * 10 > all;
}

/* The text's own folded form serves, unless true glosses are left out of it. */
static int fold(page *p, const mill_text *t, mill_error *err) {
  if (t->folded != NULL && t->gloss_mode != MILL_GLOSS_TRUE) {
    p->folded = t->folded, p->folded_len = t->folded_len;
    p->fold_map = t->fold_map;
    return 0;
  }
  int code = mill_normalize(t->data, MILL_FOLD, t->clean, t->clean_len, &p->own_folded,
                            &p->folded_len, &p->own_map, err);
  p->folded = p->own_folded;
  p->fold_map = p->own_map;
  return code;
}

int page_open(page *p, mill_text *t, const html_structure *hints, mill_error *err) {
  memset(p, 0, sizeof *p);
  p->text = t;
  p->hints = hints;
  p->cues = t->data->cues;
  p->trail = MILL_NONE;
  p->avx2 = (uint8_t)cpu_has_avx2();
  int code = fold(p, t, err);
  if (code < 0) return code;
  p->japanese = (uint8_t)is_japanese(p);
  cut_lines(p);
  return p->code ? mill_fail_memory(err) : 0;
}

void page_close(page *p) {
  mem_free(p->own_folded);
  mill_map_free(p->own_map);
  mem_free(p->pieces);
  mem_free(p->spare);
  mem_free(p->found);
  memset(p, 0, sizeof *p);
}
