/*
** vocab.c - corpus words in memory: an arena, an open-addressing hash over
** it, and two remap columns to and from the lexicon of the open image.
**
**   token --lexicon id--> of_lexicon[] --> corpus id      (most tokens)
**   token --7 bytes-----> shorts[] ------> corpus id      (marks, digits)
**   token --text--------> table[hash] ---> corpus id      (the rest)
**
** Invariant: words[1..n] are in arena order; table holds each id once and is
** at most half full; shorts holds nothing that table does not.
*/
#include "vocab.h"

#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/utf8.h"

#define SEED 0x6d696c6cu
#define FIRST_TABLE 4096u
_Static_assert(VOCAB_SHORT == 1 << 12, "short_word takes the upper 12 bits");

int vocab_init(struct vocab *v, const mill_lexicon *lexicon) {
  memset(v, 0, sizeof *v);
  v->lexicon = lexicon;
  v->n_lexicon = lexicon != NULL ? mill_lexicon_count(lexicon) : 0;
  v->of_lexicon = mem_calloc((size_t)v->n_lexicon + 1, sizeof *v->of_lexicon);
  v->table = mem_calloc(FIRST_TABLE, sizeof *v->table);
  v->shorts = mem_calloc(VOCAB_SHORT, sizeof *v->shorts);
  v->mask = FIRST_TABLE - 1;
  if (v->of_lexicon == NULL || v->table == NULL || v->shorts == NULL ||
      mill_grow(&v->words, &v->capacity, 1, sizeof *v->words) < 0 ||
      mill_grow(&v->shapes, &v->shapes_capacity, 1, sizeof *v->shapes) < 0)
    return MILL_ENOMEM;
  memset(v->words, 0, sizeof *v->words);
  v->shapes[0] = 0;
  return 0;
}

static void drop_buckets(struct vocab *v) {
  mem_free(v->first.starts);
  mem_free(v->first.ids);
  mem_free(v->last.starts);
  mem_free(v->last.ids);
  v->first = v->last = (struct vocab_buckets){0};
  v->n_sorted = 0;
}

void vocab_free(struct vocab *v) {
  mem_free(v->arena);
  mem_free(v->words);
  mem_free(v->shapes);
  mem_free(v->table);
  mem_free(v->shorts);
  mem_free(v->of_lexicon);
  mem_free(v->to_lexicon);
  mem_free(v->edges);
  drop_buckets(v);
  memset(v, 0, sizeof *v);
}

static uint32_t hash_of(const char *s, size_t n) { return (uint32_t)mill_hash64(s, n, SEED); }

/* The slot that holds this text, or the empty one where it would go. */
static uint32_t slot_of(const struct vocab *v, uint32_t hash, const char *s, size_t n) {
  uint32_t k = hash & v->mask;
  for (; v->table[k].id != 0; k = (k + 1) & v->mask) {
    if (v->table[k].hash != hash) continue;
    const struct vocab_word *w = &v->words[v->table[k].id];
    if (w->len == n && memcmp(v->arena + w->offset, s, n) == 0) break;
  }
  return k;
}

/* Every id is in the table that is to be replaced, once. */
static void fill_table(struct vocab *v, const struct vocab_slot *from, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (from[i].id == 0) continue;
    uint32_t k = from[i].hash & v->mask;
    while (v->table[k].id != 0) k = (k + 1) & v->mask;
    v->table[k] = from[i];
  }
}

static int widen_table(struct vocab *v) {
  if (v->n < v->mask / 2) return 0;
  size_t size = ((size_t)v->mask + 1) * 2;
  if (size > UINT32_MAX) return MILL_ENOMEM;
  struct vocab_slot *old = v->table, *table = mem_calloc(size, sizeof *table);
  if (table == NULL) return MILL_ENOMEM;
  v->table = table;
  v->mask = (uint32_t)(size - 1);
  fill_table(v, old, size / 2);
  mem_free(old);
  return 0;
}

/* Without memory: a rollback must not fail. */
void vocab_truncate(struct vocab *v, uint32_t n) {
  if (n >= v->n) return;
  v->arena_len = v->words[n + 1].offset;
  v->n = n;
  if (v->n_sorted > n) drop_buckets(v); /* the numbers will be other words' */
  if (v->n_to > n + 1) v->n_to = n + 1;
  if (v->n_edges > n + 1) v->n_edges = n + 1;
  for (uint32_t k = 0; k < v->n_lexicon; k++)
    if (v->of_lexicon[k] > n) v->of_lexicon[k] = 0;
  memset(v->shorts, 0, VOCAB_SHORT * sizeof *v->shorts);
  memset(v->table, 0, ((size_t)v->mask + 1) * sizeof *v->table);
  for (uint32_t id = 1; id <= n; id++) {
    const char *s = v->arena + v->words[id].offset;
    uint32_t hash = hash_of(s, v->words[id].len);
    v->table[slot_of(v, hash, s, v->words[id].len)] = (struct vocab_slot){hash, id};
  }
}

/* Four bytes more: a decoder may look past the end of a damaged character. */
static int room_in_arena(struct vocab *v, size_t n) {
  n += 4;
  if (v->arena_capacity - v->arena_len >= n) return 0;
  size_t size = v->arena_capacity + v->arena_capacity / 2 + n + 65536;
  char *arena = mem_realloc(v->arena, size);
  if (arena == NULL) return MILL_ENOMEM;
  v->arena = arena;
  v->arena_capacity = size;
  return 0;
}

static uint32_t append(struct vocab *v, uint32_t hash, const char *s, size_t n, uint32_t shape) {
  if (n > MILL_MAX_BYTES || v->n >= VOCAB_MOST - 1 || widen_table(v) < 0 ||
      room_in_arena(v, n) < 0 ||
      mill_grow(&v->words, &v->capacity, (size_t)v->n + 2, sizeof *v->words) < 0 ||
      mill_grow(&v->shapes, &v->shapes_capacity, (size_t)v->n + 2, sizeof *v->shapes) < 0)
    return 0;
  uint32_t slot = slot_of(v, hash, s, n);
  if (n > 0) memcpy(v->arena + v->arena_len, s, n);
  uint32_t id = ++v->n;
  v->words[id] = (struct vocab_word){v->arena_len, (uint32_t)n, (uint8_t)shape, (uint8_t)(shape >> 8)};
  v->shapes[id] = (uint16_t)shape;
  v->arena_len += n;
  v->table[slot] = (struct vocab_slot){hash, id};
  return id;
}

uint32_t vocab_append(struct vocab *v, const char *s, size_t n, uint8_t tag, uint8_t kind) {
  return append(v, hash_of(s, n), s, n, vocab_shape(tag, kind));
}

uint32_t vocab_find(const struct vocab *v, const char *s, size_t n) {
  return v->table[slot_of(v, hash_of(s, n), s, n)].id;
}

static uint32_t find_or_append(struct vocab *v, const char *s, size_t n, uint32_t shape) {
  uint32_t hash = hash_of(s, n), id = v->table[slot_of(v, hash, s, n)].id;
  return id != 0 ? id : append(v, hash, s, n, shape);
}

/* Marks, blanks, digits and letters are a fifth of all tokens and few. */
static uint32_t short_word(struct vocab *v, const char *s, size_t n, uint32_t shape) {
  uint64_t text = (uint64_t)n << 56;
  for (size_t k = 0; k < n; k++) text |= (uint64_t)(unsigned char)s[k] << 8 * k;
  struct vocab_short *at = &v->shorts[(text * UINT64_C(0x9e3779b97f4a7c15)) >> 52];
  if (at->text == text) return at->id;
  uint32_t id = find_or_append(v, s, n, shape);
  if (id != 0) *at = (struct vocab_short){text, id};
  return id;
}

#define NOT_ASKED (MILL_NONE - 1)

/* Makes to_lexicon as long as the words are; 0: no memory. */
static int widen_to_lexicon(struct vocab *v) {
  if (v->n_to > v->n) return 1;
  if (mill_grow(&v->to_lexicon, &v->to_capacity, (size_t)v->n + 1, sizeof *v->to_lexicon) < 0) return 0;
  while (v->n_to <= v->n) v->to_lexicon[v->n_to++] = NOT_ASKED;
  return 1;
}

uint32_t vocab_of_token(struct vocab *v, uint32_t lexicon, const char *s, size_t n,
                        uint8_t tag, uint8_t kind) {
  if (lexicon < v->n_lexicon && v->of_lexicon[lexicon] != 0) return v->of_lexicon[lexicon];
  uint32_t shape = vocab_shape(tag, kind);
  uint32_t id = n > 0 && n < 8 ? short_word(v, s, n, shape) : find_or_append(v, s, n, shape);
  if (lexicon < v->n_lexicon) {
    v->of_lexicon[lexicon] = id;
    if (id != 0 && widen_to_lexicon(v)) v->to_lexicon[id] = lexicon; /* the lexicon need not be asked */
  }
  return id;
}

uint32_t vocab_to_lexicon(struct vocab *v, uint32_t id) {
  if (v->lexicon == NULL || id > v->n) return MILL_NONE;
  if (!widen_to_lexicon(v)) return MILL_NONE;
  if (v->to_lexicon[id] == NOT_ASKED) {
    mill_word w;
    size_t n;
    const char *s = vocab_text(v, id, &n);
    v->to_lexicon[id] = mill_lexicon_find(v->lexicon, s, n, &w) > 0 ? w.id : MILL_NONE;
  }
  return v->to_lexicon[id];
}

static void note_separators(struct vocab *v, uint32_t id) {
  size_t n, len;
  const char *s = vocab_text(v, id, &n);
  for (size_t i = 0; i < n; i += len) {
    uint32_t c = utf8_decode(s + i, &len);
    if (c < 0x10000) v->separators[c / 8] |= (uint8_t)(1u << c % 8);
  }
}

int vocab_separator(struct vocab *v, uint32_t c) {
  if (v->n_separators > v->n) v->n_separators = v->n; /* a rollback: bits may stay */
  while (v->n_separators < v->n)
    if (!vocab_indexed(v, ++v->n_separators)) note_separators(v, v->n_separators);
  return c >= 0x10000 || (v->separators[c / 8] >> c % 8 & 1);
}

/* ---- words by their first and last characters */

#define MANY_NEW 2048u

static uint32_t character(const struct vocab *v, uint32_t id, int last) {
  size_t n, len;
  const char *s = vocab_text(v, id, &n);
  if (n == 0) return 0;
  return utf8_decode(s + (last ? utf8_prev(s, n) : 0), &len) % VOCAB_BUCKETS;
}

/* A counting sort. */
static int fill_buckets(const struct vocab *v, struct vocab_buckets *b, int last) {
  b->starts = mem_calloc((size_t)VOCAB_BUCKETS + 2, sizeof *b->starts);
  b->ids = mem_malloc(((size_t)v->n + 1) * sizeof *b->ids);
  if (b->starts == NULL || b->ids == NULL) return MILL_ENOMEM;
  uint32_t *at = b->starts + 1;
  for (uint32_t id = 1; id <= v->n; id++) at[character(v, id, last) + 1]++;
  for (uint32_t k = 1; k <= VOCAB_BUCKETS; k++) at[k] += at[k - 1];
  for (uint32_t id = 1; id <= v->n; id++) b->ids[at[character(v, id, last)]++] = id;
  return 0;
}

int vocab_sort(struct vocab *v) {
  if (v->n_sorted > 0 ? v->n - v->n_sorted < MANY_NEW : v->n == 0) return 0;
  drop_buckets(v);
  if (fill_buckets(v, &v->first, 0) < 0 || fill_buckets(v, &v->last, 1) < 0)
    return drop_buckets(v), MILL_ENOMEM;
  v->n_sorted = v->n;
  return 0;
}
