/*
** needles.c - many strings in one pass (see needles.h).
**
** Strings of three bytes and more are filed by their first three, which is one Han
** character, shorter ones by their first:
**
**   byte -> lead: does one begin so?  -> three bytes -> filter: 64K bits of their hashes
**                                                    -> slot of the table -> chain, compared
**
** Most characters of a text end at the filter.
*/
#include "needles.h"

#include <string.h>

#include "../textmill.h"
#include "alloc.h"

enum { SHORT = 1, LONG = 2 };
#define HEAD 3u /* bytes a long string is filed by */
#define FILTER_BITS 16

struct needles {
  uint32_t n, mask;       /* mask: slots - 1 */
  uint8_t lead[256];      /* SHORT | LONG: what begins with the byte */
  uint32_t shorts[256];   /* first of a chain: number + 1; 0: none */
  uint64_t filter[(1u << FILTER_BITS) / 64];
  uint32_t *keys, *slots; /* of the table; slots like shorts */
  uint32_t *next;         /* of the chain, n */
  uint32_t *start;        /* n + 1, into bytes */
  char *bytes;
};

static uint32_t key_at(const char *s) {
  const uint8_t *b = (const uint8_t *)s;
  return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
}

static uint32_t hash_of(uint32_t key) { return key * 2654435761u; }

static uint32_t *slot_of(const needles *k, uint32_t key) {
  uint32_t h = (hash_of(key) >> 8) & k->mask;
  while (k->slots[h] != 0 && k->keys[h] != key) h = (h + 1) & k->mask;
  k->keys[h] = key;
  return &k->slots[h];
}

static void file_needle(needles *k, uint32_t number) {
  const char *s = k->bytes + k->start[number];
  uint32_t length = needles_length(k, number), *head;
  if (length < HEAD) {
    k->lead[(uint8_t)s[0]] |= SHORT;
    head = &k->shorts[(uint8_t)s[0]];
  } else {
    uint32_t h = hash_of(key_at(s)) >> (32 - FILTER_BITS);
    k->lead[(uint8_t)s[0]] |= LONG;
    k->filter[h / 64] |= 1ull << (h % 64);
    head = slot_of(k, key_at(s));
  }
  k->next[number] = *head;
  *head = number + 1;
}

static int reserve(needles *k, const size_t *lengths, uint32_t n) {
  size_t total = 0;
  uint32_t slots = 16;
  while (slots / 2 < n) slots *= 2;
  k->mask = slots - 1;
  k->start = mem_malloc(((size_t)n + 1) * sizeof *k->start);
  k->next = mem_malloc(((size_t)n + 1) * sizeof *k->next);
  k->keys = mem_calloc(slots, sizeof *k->keys);
  k->slots = mem_calloc(slots, sizeof *k->slots);
  if (k->start == NULL || k->next == NULL || k->keys == NULL || k->slots == NULL) return 0;
  for (uint32_t i = 0; i < n; i++) {
    k->start[i] = (uint32_t)total;
    total += lengths[i];
  }
  k->start[n] = (uint32_t)total;
  if (total > UINT32_MAX) return 0;
  k->bytes = mem_malloc(total + 1);
  return k->bytes != NULL;
}

needles *needles_new(const char *const *strings, const size_t *lengths, uint32_t n) {
  needles *k = mem_calloc(1, sizeof *k);
  if (k == NULL || !reserve(k, lengths, n)) {
    needles_free(k);
    return NULL;
  }
  k->n = n;
  for (uint32_t i = 0; i < n; i++) {
    memcpy(k->bytes + k->start[i], strings[i], lengths[i]);
    file_needle(k, i);
  }
  return k;
}

void needles_free(needles *k) {
  if (k == NULL) return;
  mem_free(k->keys);
  mem_free(k->slots);
  mem_free(k->next);
  mem_free(k->start);
  mem_free(k->bytes);
  mem_free(k);
}

uint32_t needles_count(const needles *k) { return k->n; }

uint32_t needles_length(const needles *k, uint32_t needle) { return k->start[needle + 1] - k->start[needle]; }

/* ---- scanning --------------------------------------------------------------- */

static int add_hit(needle_hits *hits, uint32_t needle, size_t at) {
  if (hits->n == hits->capacity) {
    size_t capacity = hits->capacity == 0 ? 256 : 2 * hits->capacity;
    needle_hit *list = mem_realloc(hits->list, capacity * sizeof *list);
    if (list == NULL) return MILL_ENOMEM;
    hits->list = list;
    hits->capacity = capacity;
  }
  hits->list[hits->n++] = (needle_hit){needle, (uint32_t)at};
  return 0;
}

/* Most differ in the first byte or the third, if they do. */
static int same_rest(const char *a, const char *b, uint32_t n) {
  return a[0] == b[0] && a[n - 1] == b[n - 1] && memcmp(a, b, n) == 0;
}

/* Adds the strings of a chain that stand at text[at], whose first `known` bytes do. */
static int compare(const needles *k, uint32_t chain, uint32_t known, const char *text, size_t n, size_t at,
                   needle_hits *hits) {
  for (; chain != 0; chain = k->next[chain - 1]) {
    uint32_t number = chain - 1, length = needles_length(k, number);
    if (length > n - at) continue;
    const char *rest = k->bytes + k->start[number] + known;
    if (length > known && !same_rest(rest, text + at + known, length - known)) continue;
    if (add_hit(hits, number, at) < 0) return MILL_ENOMEM;
  }
  return 0;
}

/* The chain of the long strings that begin with the three bytes, or 0. */
static uint32_t long_chain(const needles *k, uint32_t key) {
  uint32_t h = hash_of(key);
  uint32_t bit = h >> (32 - FILTER_BITS);
  if ((k->filter[bit / 64] >> (bit % 64) & 1) == 0) return 0;
  for (h = (h >> 8) & k->mask; k->slots[h] != 0; h = (h + 1) & k->mask)
    if (k->keys[h] == key) return k->slots[h];
  return 0;
}

int needles_scan(const needles *k, const char *text, size_t n, needle_hits *hits) {
  hits->n = 0;
  for (size_t at = 0; at < n; at++) {
    uint8_t byte = (uint8_t)text[at], lead = k->lead[byte];
    if (lead == 0) continue;
    if ((lead & SHORT) != 0 && compare(k, k->shorts[byte], 1, text, n, at, hits) < 0) return MILL_ENOMEM;
    if ((lead & LONG) == 0 || n - at < HEAD) continue;
    uint32_t chain = long_chain(k, key_at(text + at));
    if (chain != 0 && compare(k, chain, HEAD, text, n, at, hits) < 0) return MILL_ENOMEM;
  }
  return 0;
}

void needle_hits_free(needle_hits *hits) {
  mem_free(hits->list);
  memset(hits, 0, sizeof *hits);
}
