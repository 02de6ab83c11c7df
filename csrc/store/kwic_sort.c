/*
** kwic_sort.c - the order of concordance lines: by what stands left of the node, from
** it outwards, right of it, or by the node and what follows.
**
**   line -> characters -> ranks, 16 bits each -> radix sort by the first four,
**                                                merge sort of what these leave equal
**
** A character's rank is its primary weight in the Unicode Collation Algorithm with Chinese
** tailored to pinyin (CLDR zh), among the characters that the lines have: signs, digits, 阿
** before 八, then other letters. Ranks are compared one by one; what has no primary weight is
** left out. (Strings collated as a whole differ from that only in scripts with contractions.)
** Lines that collate alike keep their order.
*/
#include <unicode/ucol.h>
#include <unicode/utf16.h>

#include "../core/utf8.h"
#include "kwic_sort.h"

#define POINTS 0x110000u
#define LAST_RANK 0xFFFEu
#define NODE_END 0u /* before anything: a node is before its continuations */

void kwic_keys_free(struct kwic_keys *k) {
  mem_free(k->points);
  mem_free(k->from);
  mem_free(k->seen);
}

/* ---- characters of lines */

static inline void put_point(struct kwic_keys *k, uint32_t c) {
  k->points[k->n_points++] = c;
  k->seen[c] = 1;
}

/* The first character of s[0, n), n > 0; a damaged file's text need not be UTF-8. */
static inline uint32_t point_at(const char *s, size_t n, size_t *len) {
  const unsigned char *u = (const unsigned char *)s;
  if (n >= 3 && u[0] >= 0xE0 && u[0] < 0xF0) /* most of them */
    return *len = 3, (u[0] & 15u) << 12 | (u[1] & 63u) << 6 | (u[2] & 63u);
  uint32_t c = utf8_length(u[0]) <= n ? utf8_decode(s, len) : POINTS;
  if (c >= POINTS) *len = 1, c = 0xFFFD;
  return c;
}

static void put_forward(struct kwic_keys *k, const mill_buffer *t, uint32_t from, uint32_t to) {
  for (uint32_t n = k->depth; n > 0 && from < to; n--) {
    size_t len;
    put_point(k, point_at(t->bytes + from, to - from, &len));
    from += (uint32_t)len;
  }
}

static void put_backward(struct kwic_keys *k, const mill_buffer *t, uint32_t from, uint32_t to) {
  for (uint32_t n = k->depth; n > 0 && from < to; n--) {
    size_t len, at = utf8_prev(t->bytes, to);
    if (at < from) at = from;
    put_point(k, point_at(t->bytes + at, to - at, &len));
    to = (uint32_t)at;
  }
}

int kwic_keys_add(struct kwic_keys *k, const mill_buffer *folded, mill_span block, mill_span node, int sort) {
  if (k->seen == NULL && (k->seen = mem_calloc(POINTS, 1)) == NULL) return MILL_ENOMEM;
  if (mill_grow(&k->from, &k->from_capacity, (size_t)k->n + 2, sizeof *k->from) < 0 ||
      mill_grow(&k->points, &k->points_capacity, (size_t)k->n_points + 2 * (size_t)k->depth + 1,
                sizeof *k->points) < 0)
    return MILL_ENOMEM;
  k->from[k->n++] = k->n_points;
  if (sort == MILL_SORT_LEFT) put_backward(k, folded, block.from, node.from);
  if (sort == MILL_SORT_CENTRE) {
    put_forward(k, folded, node.from, node.to);
    put_point(k, NODE_END);
  }
  if (sort != MILL_SORT_LEFT) put_forward(k, folded, node.to, block.to);
  k->from[k->n] = k->n_points;
  return 0;
}

/* ---- ranks of characters */

struct weight { const uint8_t *key; uint32_t len, c; };

static int compare_keys(const struct weight *a, const struct weight *b) {
  int order = memcmp(a->key, b->key, a->len < b->len ? a->len : b->len);
  return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static int by_weight(const void *x, const void *y) {
  const struct weight *a = x, *b = y;
  int order = compare_keys(a, b);
  return order != 0 ? order : (a->c > b->c) - (a->c < b->c);
}

/* The primary key of one character at the end of `out`; ICU ends it with a 0. */
static int put_weight(const UCollator *collator, uint32_t c, mill_buffer *out) {
  UChar wide[2];
  int32_t n = 0;
  if (c == '\n' || c == '\r' || c == '\t') c = ' '; /* as shown */
  U16_APPEND_UNSAFE(wide, n, c);
  if (!mill_buffer_reserve(out, 256)) return MILL_ENOMEM;
  int32_t size = ucol_getSortKey(collator, wide, n, (uint8_t *)out->bytes + out->len, 256);
  out->len += size > 256 ? 256 : size > 0 ? (size_t)size : 0;
  return 0;
}

/* Ranks from 2 in the order of the weights, equal ones equal; 0: no weight, 1: the end
** of a node. Characters of a corpus that has more than there are ranks share some. */
static void give_ranks(struct weight *w, uint32_t n, uint16_t *ranks) {
  uint32_t different = 0, rank = 0;
  qsort(w, n, sizeof *w, by_weight);
  for (uint32_t k = 0; k < n; k++) different += k == 0 || compare_keys(&w[k - 1], &w[k]) != 0;
  for (uint32_t k = 0; k < n; k++) {
    if (k == 0 || compare_keys(&w[k - 1], &w[k]) != 0) rank++;
    uint64_t r = different < LAST_RANK ? rank + 1 : 2 + (uint64_t)rank * (LAST_RANK - 2) / different;
    ranks[w[k].c] = w[k].len <= 1 ? 0 : (uint16_t)r;
  }
  ranks[NODE_END] = 1;
}

/* The characters that are seen, for each its key's end; the list is the caller's. */
static int weigh(const struct kwic_keys *k, const UCollator *collator, mill_buffer *keys,
                 struct weight **list, uint32_t *n) {
  uint32_t capacity = 0;
  for (uint32_t c = 0; c < POINTS; c++) {
    uint64_t eight;
    memcpy(&eight, k->seen + (c & ~7u), 8); /* few are */
    if (eight == 0) c |= 7;
    if (eight == 0 || !k->seen[c]) continue;
    size_t from = keys->len;
    if (mill_grow(list, &capacity, (size_t)*n + 1, sizeof **list) < 0) return MILL_ENOMEM;
    if (put_weight(collator, c, keys) < 0) return MILL_ENOMEM;
    (*list)[(*n)++] = (struct weight){NULL, (uint32_t)(keys->len - from), c};
  }
  const uint8_t *at = (const uint8_t *)keys->bytes;
  for (uint32_t i = 0; i < *n; at += (*list)[i++].len) (*list)[i].key = at;
  return 0;
}

static int make_ranks(const struct kwic_keys *k, uint16_t *ranks) {
  UErrorCode status = U_ZERO_ERROR;
  mill_buffer keys = {0};
  struct weight *list = NULL;
  uint32_t n = 0;
  UCollator *collator = ucol_open("zh@collation=pinyin", &status);
  int code = U_FAILURE(status) ? MILL_ENOMEM : 0;
  if (code == 0) ucol_setStrength(collator, UCOL_PRIMARY);
  if (code == 0) code = weigh(k, collator, &keys, &list, &n);
  if (code == 0 && n > 0) give_ranks(list, n, ranks);
  if (collator != NULL) ucol_close(collator);
  mill_buffer_free(&keys);
  mem_free(list);
  return code;
}

/* ---- sorting lines */

struct line {
  uint64_t first;
  uint32_t number, rest;
}; /* four ranks, the first's bits the highest; points behind */
struct sorting {
  const struct kwic_keys *k;
  const uint16_t *ranks;        /* of characters */
  struct line *lines, *space;
};

/* The next rank at *p or behind it, before `end`; 0: there is none. */
static inline uint16_t next_rank(const struct sorting *s, uint32_t *p, uint32_t end) {
  while (*p < end) {
    uint16_t rank = s->ranks[s->k->points[(*p)++]];
    if (rank != 0) return rank;
  }
  return 0;
}

static void begin_lines(struct sorting *s) {
  for (uint32_t i = 0; i < s->k->n; i++) {
    uint32_t p = s->k->from[i], end = s->k->from[i + 1];
    uint64_t first = 0;
    for (int n = 0; n < 4; n++) first = first << 16 | next_rank(s, &p, end);
    s->lines[i] = (struct line){first, i, p};
  }
}

/* Least byte first; a byte that all lines share is left out. */
static void radix_sort(struct sorting *s) {
  uint32_t counts[8][256] = {{0}};
  for (uint32_t i = 0; i < s->k->n; i++)
    for (unsigned b = 0; b < 8; b++) counts[b][s->lines[i].first >> 8 * b & 255]++;
  for (unsigned b = 0; b < 8; b++) {
    uint32_t at = 0;
    if (counts[b][s->lines[0].first >> 8 * b & 255] == s->k->n) continue;
    for (unsigned v = 0; v < 256; v++) {
      uint32_t here = counts[b][v];
      counts[b][v] = at;
      at += here;
    }
    for (uint32_t i = 0; i < s->k->n; i++)
      s->space[counts[b][s->lines[i].first >> 8 * b & 255]++] = s->lines[i];
    struct line *other = s->lines;
    s->lines = s->space;
    s->space = other;
  }
}

/* Lines whose first four ranks are equal. */
static int is_behind(const struct sorting *s, const struct line *a, const struct line *b) {
  uint32_t i = a->rest, j = b->rest, i_end = s->k->from[a->number + 1], j_end = s->k->from[b->number + 1];
  for (;;) {
    uint16_t x = next_rank(s, &i, i_end), y = next_rank(s, &j, j_end);
    if (x != y || x == 0) return x > y;
  }
}

/* Bottom-up merge sort of a run: stable, no recursion. */
static void merge_sort(const struct sorting *s, struct line *lines, struct line *space, size_t n) {
  for (size_t width = 1; width < n; width *= 2) {
    for (size_t lo = 0; lo < n; lo += 2 * width) {
      size_t mid = lo + width < n ? lo + width : n, hi = lo + 2 * width < n ? lo + 2 * width : n;
      size_t i = lo, j = mid;
      for (size_t at = lo; at < hi; at++)
        space[at] = i < mid && (j >= hi || !is_behind(s, &lines[i], &lines[j])) ? lines[i++] : lines[j++];
    }
    memcpy(lines, space, n * sizeof *lines);
  }
}

static void sort_lines(struct sorting *s) {
  radix_sort(s);
  for (uint32_t from = 0, to; from < s->k->n; from = to) {
    for (to = from + 1; to < s->k->n && s->lines[to].first == s->lines[from].first; to++) continue;
    if (to - from > 1) merge_sort(s, s->lines + from, s->space + from, to - from);
  }
}

int kwic_keys_sort(struct kwic_keys *k, uint32_t *order) {
  if (k->n == 0) return 0;
  uint16_t *ranks = mem_calloc(POINTS, sizeof *ranks);
  struct line *a = mem_malloc(k->n * sizeof *a), *b = mem_malloc(k->n * sizeof *b);
  struct sorting s = {k, ranks, a, b};
  int code = ranks == NULL || a == NULL || b == NULL ? MILL_ENOMEM : make_ranks(k, ranks);
  if (code == 0) {
    begin_lines(&s);
    sort_lines(&s);
    for (uint32_t i = 0; i < k->n; i++) order[i] = s.lines[i].number;
  }
  mem_free(ranks);
  mem_free(a);
  mem_free(b);
  return code;
}
