/*
** wrap.c - lines that were cut where a page of print was full, or within a sentence,
** are one line again. Chinese text only; marked-up pages have their own lines.
**
**   全镇新建大棚 126 座、拱棚 640 座,改造旧\n棚 58 座。     cut at the edge: joined
**   全镇新建大棚 126 座\n,改造旧棚 58 座。              a mark begins no line: joined
**   全镇新建大棚 126 座、\n拱棚 640 座。                nor does such a one end a paragraph
**   一、产业发展\n(一)种植业                            a number begins one
**
** That lines are cut at an edge is seen on the whole text: nearly none is longer,
** many end near the edge in the middle of a sentence.
*/
#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "clean.h"
#include "error.h"
#include "numeral.h"
#include "scan.h"
#include "utf8.h"

#define EDGE_MIN 30u  /* columns; a Han character takes two */
#define EDGE_MAX 110u
#define RAGGED 8u     /* a line this much shorter is full, too */
#define BYTES_MAX 168u /* of a line of EDGE_MAX columns */
#define FULL_MIN 4u

enum { OPEN = 1, MARKED = 2, STOPPED = 4 }; /* ends within a sentence; has marks inside; ends with 。 */

typedef struct line { uint32_t from, to; uint8_t columns, flags; } line;
typedef struct lines { line *at; uint32_t n, capacity, longer; } lines;

static uint32_t char_at(const char *s, size_t i, size_t *len) { return utf8_decode(s + i, len); }

static uint32_t last_char(const char *s, uint32_t from, uint32_t to) {
  size_t len;
  return to > from ? char_at(s, utf8_prev(s, to), &len) : 0;
}

/* , 、 and the like: neither at the head of a line nor at the end of a paragraph */
static int is_comma(uint32_t c) { return c == ',' || c == 0xFF0C || c == 0x3001; }
static int is_stop(uint32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == '!' || c == '?' || c == 0x2026;
}
static int is_semicolon(uint32_t c) { return c == ';' || c == 0xFF1B || c == ':' || c == 0xFF1A; }
static int begins_no_line(uint32_t c) {
  return is_comma(c) || c == 0x3002 || c == 0xFF1B || c == 0xFF09 || c == ')' || c == 0x300B;
}
static int is_han(uint32_t c) { return c >= 0x3400 && c < 0xA000; }
static int is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static int is_word(uint32_t c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static void measure(const char *s, line *l) {
  uint32_t columns = 0, han = 0, c = 0;
  size_t len;
  for (uint32_t i = l->from; i < l->to; i += (uint32_t)len) {
    c = char_at(s, i, &len);
    columns += len >= 3 ? 2u : 1u;
    han += (uint32_t)is_han(c);
    if (i + len < l->to && (is_comma(c) || is_stop(c) || is_semicolon(c))) l->flags |= MARKED;
  }
  l->columns = (uint8_t)(columns <= EDGE_MAX && han * 4 >= columns ? columns : 0);
  if (c == 0x3002) l->flags |= STOPPED;
  if (!is_stop(c) && !is_semicolon(c) && c != 0x201D && c != 0x3011 && c != ']') l->flags |= OPEN;
}

/* Cuts s[0,n) into lines. 0, or MILL_ENOMEM. */
static int cut(const char *s, size_t n, lines *ls) {
  for (size_t from = 0; from < n;) {
    const char *end = memchr(s + from, '\n', n - from);
    size_t to = end ? (size_t)(end - s) : n;
    if (mill_grow(&ls->at, &ls->capacity, ls->n + 1u, sizeof *ls->at) != 0) return MILL_ENOMEM;
    ls->at[ls->n++] = (line){(uint32_t)from, (uint32_t)to, 0, 0};
    ls->longer += to - from > BYTES_MAX;
    from = to + 1;
  }
  return 0;
}

/* Lines that end near column `edge`: all, those within a sentence, those with marks; how
** many are longer. */
typedef struct tally { uint32_t full, open, marked, longer; } tally;

static tally count(const uint32_t columns[EDGE_MAX + 1][4], uint32_t edge, uint32_t longer) {
  tally t = {0, 0, 0, longer};
  for (uint32_t w = edge - RAGGED; w <= edge; w++)
    t.full += columns[w][0], t.open += columns[w][1], t.marked += columns[w][2];
  for (uint32_t w = edge + 1; w <= EDGE_MAX; w++) t.longer += columns[w][0];
  return t;
}

/* The columns of a line of BYTES_MAX at most. */
static uint32_t width(const char *s, size_t n) {
  uint8_t characters = 0, wide = 0; /* counted in bytes, many at a time */
  for (size_t i = 0; i < n; i++) {
    characters = (uint8_t)(characters + !utf8_is_tail((unsigned char)s[i]));
    wide = (uint8_t)(wide + ((unsigned char)s[i] >= 0xE0));
  }
  return (uint32_t)characters + wide;
}

/* May lines have been cut at some column? Whether they are Chinese, and how they end, is
** not looked at: in most texts too few are of one width. */
static int may_have_edge(const char *s, const lines *ls) {
  uint32_t columns[2 * BYTES_MAX + 1] = {0}, full = 0;
  for (const line *l = ls->at; l < ls->at + ls->n; l++)
    if (l->to - l->from <= BYTES_MAX) columns[width(s + l->from, l->to - l->from)]++;
  for (uint32_t w = EDGE_MIN - RAGGED; w < EDGE_MIN; w++) full += columns[w];
  for (uint32_t edge = EDGE_MIN; edge <= EDGE_MAX; full -= columns[edge++ - RAGGED])
    if ((full += columns[edge]) >= FULL_MIN && full * 3 >= ls->n) return 1;
  return 0;
}

/* The column at which lines were cut, or 0. */
static uint32_t find_edge(const char *s, lines *ls) {
  uint32_t columns[EDGE_MAX + 1][4] = {{0}}, best = 0, most = FULL_MIN - 1, stopped = 0;
  if (ls->n < FULL_MIN + 1 || ls->longer * 8 > ls->n || !may_have_edge(s, ls)) return 0;
  for (uint32_t i = 0; i < ls->n; i++) {
    line *l = &ls->at[i];
    if (l->to - l->from > BYTES_MAX) continue;
    measure(s, l);
    columns[l->columns][0]++;
    columns[l->columns][1] += (l->flags & OPEN) != 0;
    columns[l->columns][2] += (l->flags & MARKED) != 0;
    stopped += (l->flags & STOPPED) != 0;
  }
  for (uint32_t edge = EDGE_MIN; edge <= EDGE_MAX; edge++) {
    tally t = count((const uint32_t(*)[4])columns, edge, ls->longer);
    if (t.open <= most || t.longer * 8 > ls->n || t.full * 3 < ls->n) continue;
    if (t.open * 3 < t.full * 2 || t.marked * 5 < t.full * 3) continue;
    most = t.open, best = edge;
  }
  return stopped * 10 >= most && stopped > 0 ? best : 0;
}

/* 一、 (一) 1. 1、 ① ● at the head of a line? */
static int is_numbered(const char *s, size_t n) {
  size_t i = 0, len, w;
  uint32_t c = char_at(s, 0, &len);
  if ((c >= 0x2460 && c <= 0x2473) || c == 0x25CF || c == 0x2022 || c == 0x25A0 || c == 0x25C6) return 1;
  if (c == '-' || c == '(' || c == 0xFF08) return 1;
  for (; i < n && i < 12; i += len) {
    c = char_at(s, i, &len);
    if (!is_digit(c) && numeral_digit(c) <= 0 && c != 0x5341) break; /* 十 */
  }
  if (i == 0) return scan_literal(s, n, 0, "第") > 0;
  w = scan_literal(s + i, n - i, 0, "、");
  if (w) return 1;
  if (i < n && (s[i] == '.' || c == 0xFF0E)) return i + len >= n || !is_digit((unsigned char)s[i + len]);
  return i < n && (s[i] == ')' || c == 0xFF09);
}

/* Does line l go on in the next one? `within`: it began in the middle of a sentence. */
static int goes_on(const char *s, const line *l, const line *next, uint32_t edge, int within) {
  size_t len;
  uint32_t head = char_at(s, next->from, &len), last = last_char(s, l->from, l->to);
  int word = is_han(last) || is_word(last) || last == '%',
      closed = last == ')' || last == 0xFF09 || last == 0x201D;
  if (!word && !closed && !is_comma(last) && last != 0x300B && last != 0x201C) return 0;
  if (begins_no_line(head)) return word || closed;
  if (is_numbered(s + next->from, next->to - next->from)) return 0;
  if (last == 0x3001 || last == 0xFF0C || (last == ',' && l->to - l->from > 30))
    return is_han(head) || is_word(head) || head == 0x201C;
  if (edge == 0 || !(l->flags & OPEN)) return 0;
  /* the last character of a title */
  if (next->to - next->from == 3 && is_han(head) && is_han(last)) return 1;
  int full = l->columns + RAGGED >= edge && l->columns <= edge + RAGGED;
  return full && (within || l->flags & MARKED || next->flags & STOPPED);
}

typedef struct joiner { const char *s; size_t kept; mill_buffer out; mill_map *map; uint32_t joined; } joiner;

/* Takes the line end at `at` out; a blank stays between Latin words. */
static void join(joiner *j, uint32_t at, int blank) {
  mill_buffer_append(&j->out, j->s + j->kept, at - j->kept);
  mill_map_keep(j->map, at - j->kept);
  if (blank) mill_buffer_append(&j->out, " ", 1);
  mill_map_edit(j->map, 1, blank ? 1 : 0, MILL_EDIT_BLANK);
  j->kept = at + 1;
  j->joined++;
}

static int join_all(const char *s, size_t n, const lines *ls, uint32_t edge, joiner *j) {
  int within = 0;
  for (uint32_t i = 0; i + 1 < ls->n; i++) {
    const line *l = &ls->at[i], *next = l + 1;
    size_t len;
    if (!(within = goes_on(s, l, next, edge, within))) continue;
    if (!j->map && !(j->map = mill_map_new())) return MILL_ENOMEM;
    uint32_t last = last_char(s, l->from, l->to), head = char_at(s, next->from, &len);
    join(j, l->to, is_word(last) && is_word(head) && !(is_digit(last) && is_digit(head)));
  }
  if (j->joined == 0) return 0;
  mill_buffer_append(&j->out, s + j->kept, n - j->kept);
  mill_map_keep(j->map, n - j->kept);
  return mill_map_error(j->map) != 0 ? MILL_ENOMEM : 1;
}

int wrap_join(const char *s, size_t n, mill_stage *out, mill_error *err) {
  lines ls = {0};
  joiner j = {.s = s};
  int rc = cut(s, n, &ls);
  if (rc == 0) rc = join_all(s, n, &ls, find_edge(s, &ls), &j);
  mem_free(ls.at);
  if (rc > 0) {
    out->map = j.map;
    out->text = mill_buffer_take(&j.out, &out->len);
    if (out->text != NULL) return 1;
    mill_stage_free(out);
    return mill_fail_memory(err);
  }
  mill_buffer_free(&j.out);
  mill_map_free(j.map);
  return rc < 0 ? mill_fail_memory(err) : 0;
}
