/*
** needles.c - many strings in one pass (see needles.h).
**
** Strings of three bytes and more are filed by their first three, which is one Han
** character, shorter ones by their first: the head of each. Those of one head lie together:
**
**   byte -> lead: does one begin so?  -> three bytes -> filter: 64K bits of their hashes
**                                                    -> slot of the table -> group
**   group: first entry, how many, which second characters there are: 64 bits of their hashes
**   entry: the eight bytes behind the head as one number
**
** Most characters of a text end at the filter, most others at the second character.
*/
#include "needles.h"

#include <string.h>

#include "../textmill.h"
#include "alloc.h"

enum { SHORT = 1, LONG = 2 };
#define HEAD 3u /* bytes of a long string's head; of a short one's: 1 */
#define FILTER_BITS 16
#define REST 8u /* bytes behind the head that an entry holds */

typedef struct entry {
  uint64_t rest, mask; /* what stands behind the head, and which bytes of that count */
  uint32_t number, length;
} entry;

typedef struct group {
  uint64_t seconds;     /* hashes of the characters behind the head; all where some is shorter */
  uint32_t first, n;    /* its entries; those with greater numbers first */
  uint32_t alone;       /* number of the string that is the head + 1; 0: none */
} group;

struct needles {
  uint32_t n, mask;       /* mask: slots - 1 */
  uint8_t lead[256];      /* SHORT | LONG: what begins with the byte */
  uint32_t shorts[256];   /* group of the byte + 1; 0: none */
  uint64_t filter[(1u << FILTER_BITS) / 64];
  uint32_t *keys, *slots; /* of the table; slots like shorts */
  group *groups;
  entry *entries;         /* n */
  uint32_t *start;        /* n + 1, into bytes */
  uint32_t n_groups;
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

/* ---- making ------------------------------------------------------------------- */

static uint32_t head_of(uint32_t length) { return length < HEAD ? 1 : HEAD; }

/* The group of a string, made where it is the first of its head. */
static group *group_of(needles *k, uint32_t number) {
  const char *s = k->bytes + k->start[number];
  int is_long = needles_length(k, number) >= HEAD;
  uint32_t *place = is_long ? slot_of(k, key_at(s)) : &k->shorts[(uint8_t)s[0]];
  if (*place == 0) *place = ++k->n_groups;
  k->lead[(uint8_t)s[0]] |= is_long ? LONG : SHORT;
  if (is_long) {
    uint32_t h = hash_of(key_at(s)) >> (32 - FILTER_BITS);
    k->filter[h / 64] |= 1ull << (h % 64);
  }
  return &k->groups[*place - 1];
}

/* Up to eight bytes as a number. */
static uint64_t bytes_at(const char *s, size_t n) {
  uint64_t rest = 0;
  memcpy(&rest, s, n < REST ? n : REST);
  return rest;
}

/* The bit of the character that the bytes begin with, if it has three. */
static uint64_t second_bit(uint64_t rest) { return 1ull << (hash_of(key_at((const char *)&rest)) >> 26); }

static void add_entry(needles *k, group *g, uint32_t number) {
  static const char ones[REST] = {-1, -1, -1, -1, -1, -1, -1, -1};
  uint32_t length = needles_length(k, number), head = head_of(length), n = length - head;
  uint64_t rest = bytes_at(k->bytes + k->start[number] + head, n);
  k->entries[g->first + g->n++] = (entry){rest, bytes_at(ones, n), number, length};
  if (n == 0) g->alone = number + 1;
  else g->seconds |= n < HEAD ? ~0ull : second_bit(rest);
}

/* Files all strings: first how many each group has, then themselves, the last one first. */
static void file_needles(needles *k) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < k->n; i++) group_of(k, i)->n++;
  for (uint32_t g = 0; g < k->n_groups; g++) {
    k->groups[g].first = sum;
    sum += k->groups[g].n;
    k->groups[g].n = 0;
  }
  for (uint32_t i = k->n; i-- > 0;) add_entry(k, group_of(k, i), i);
}

static int reserve(needles *k, const size_t *lengths, uint32_t n) {
  size_t total = 0;
  uint32_t slots = 16;
  while (slots / 2 < n) slots *= 2;
  k->mask = slots - 1;
  k->start = mem_malloc(((size_t)n + 1) * sizeof *k->start);
  k->groups = mem_calloc((size_t)n + 1, sizeof *k->groups);
  k->entries = mem_malloc(((size_t)n + 1) * sizeof *k->entries);
  k->keys = mem_calloc(slots, sizeof *k->keys);
  k->slots = mem_calloc(slots, sizeof *k->slots);
  if (k->start == NULL || k->groups == NULL || k->entries == NULL) return 0;
  if (k->keys == NULL || k->slots == NULL) return 0;
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
  for (uint32_t i = 0; i < n; i++) memcpy(k->bytes + k->start[i], strings[i], lengths[i]);
  file_needles(k);
  return k;
}

void needles_free(needles *k) {
  if (k == NULL) return;
  mem_free(k->keys);
  mem_free(k->slots);
  mem_free(k->groups);
  mem_free(k->entries);
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

/* Does the string of the entry stand at text[at]? rest: the bytes there behind its head. */
static int stands(const needles *k, const entry *e, uint64_t rest, const char *text, size_t n, size_t at) {
  uint32_t known = head_of(e->length) + REST;
  if ((rest & e->mask) != e->rest || e->length > n - at) return 0;
  if (e->length <= known) return 1;
  return memcmp(k->bytes + k->start[e->number] + known, text + at + known, e->length - known) == 0;
}

/* Adds the strings of a group that stand at text[at], where their head of so many bytes does. */
static int add_group(const needles *k, uint32_t number, uint32_t head, const char *text, size_t n, size_t at,
                     needle_hits *hits) {
  const group *g = &k->groups[number - 1];
  uint64_t rest = bytes_at(text + at + head, n - at - head);
  if ((g->seconds & second_bit(rest)) == 0)
    return g->alone > 0 ? add_hit(hits, g->alone - 1, at) : 0;
  for (const entry *e = k->entries + g->first, *end = e + g->n; e < end; e++)
    if (stands(k, e, rest, text, n, at) && add_hit(hits, e->number, at) < 0) return MILL_ENOMEM;
  return 0;
}

/* The group of the long strings that begin with the three bytes + 1, or 0. */
static uint32_t long_group(const needles *k, uint32_t key) {
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
    if ((lead & SHORT) != 0 && add_group(k, k->shorts[byte], 1, text, n, at, hits) < 0) return MILL_ENOMEM;
    if ((lead & LONG) == 0 || n - at < HEAD) continue;
    uint32_t found = long_group(k, key_at(text + at));
    if (found != 0 && add_group(k, found, HEAD, text, n, at, hits) < 0) return MILL_ENOMEM;
  }
  return 0;
}

void needle_hits_free(needle_hits *hits) {
  mem_free(hits->list);
  memset(hits, 0, sizeof *hits);
}
