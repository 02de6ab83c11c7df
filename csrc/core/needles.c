/*
** needles.c - many strings in one pass (see needles.h).
**
** Strings of three bytes and more are filed by their first three, which is one Han
** character, shorter ones by their first: the head of each. Those of one head lie together:
**
**   byte -> group of short ones
**   three bytes -> filter: 64K bits of their hashes -> slot of the table -> group of long ones
**   group: first entry, how many, which second characters there are: 64 bits of their hashes
**   entry: the eight bytes behind the head as one number
**
** Most characters of a text end at the filter, most others at the second character.
*/
#include "needles.h"

#include <string.h>

#include "../textmill.h"
#include "alloc.h"

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

typedef struct slot { uint32_t key, group; } slot; /* group: its number + 1; 0: none */

struct needles {
  uint32_t n, mask;       /* mask: slots - 1 */
  uint32_t shorts[256];   /* group of the byte + 1; 0: none */
  uint64_t filter[(1u << FILTER_BITS) / 64];
  slot *table;            /* mask + 1 */
  group *groups;
  entry *entries;         /* n */
  uint32_t *start;        /* n + 1, into bytes */
  uint32_t n_groups;
  char *bytes;
  int inside;             /* a string begins inside of a character */
};

static uint32_t key_at(const char *s) {
  const uint8_t *b = (const uint8_t *)s;
  return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
}

/* The same where four bytes may be read. */
static inline uint32_t key_of_four(const char *s) {
  uint32_t key;
  if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__) return key_at(s);
  memcpy(&key, s, sizeof key);
  return key & 0xFFFFFF;
}

static uint32_t hash_of(uint32_t key) { return key * 2654435761u; }

/* The slot of a key, or the empty one where it belongs. */
static slot *slot_of(const needles *k, uint32_t key) {
  uint32_t h = (hash_of(key) >> 8) & k->mask;
  while (k->table[h].group != 0 && k->table[h].key != key) h = (h + 1) & k->mask;
  return &k->table[h];
}

/* ---- making ------------------------------------------------------------------- */

static uint32_t head_of(uint32_t length) { return length < HEAD ? 1 : HEAD; }

/* Where the number of the group of long strings with this head stands. */
static uint32_t *place_of_long(needles *k, uint32_t key) {
  uint32_t bit = hash_of(key) >> (32 - FILTER_BITS);
  slot *found = slot_of(k, key);
  k->filter[bit / 64] |= 1ull << (bit % 64);
  found->key = key;
  return &found->group;
}

/* The group of a string, made where it is the first of its head. */
static group *group_of(needles *k, uint32_t number) {
  const char *s = k->bytes + k->start[number];
  int is_long = needles_length(k, number) >= HEAD;
  uint32_t *place = is_long ? place_of_long(k, key_at(s)) : &k->shorts[(uint8_t)s[0]];
  if (*place == 0) *place = ++k->n_groups;
  k->inside |= ((uint8_t)s[0] & 0xC0) == 0x80;
  return &k->groups[*place - 1];
}

/* Up to eight bytes as a number. */
static uint64_t bytes_at(const char *s, size_t n) {
  uint64_t rest = 0;
  memcpy(&rest, s, n < REST ? n : REST);
  return rest;
}

/* The bit of the character that the bytes begin with, if it has three. */
static uint64_t second_bit(uint64_t rest) { return 1ull << (hash_of(key_of_four((const char *)&rest)) >> 26); }

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
  k->table = mem_calloc(slots, sizeof *k->table);
  if (k->start == NULL || k->groups == NULL || k->entries == NULL || k->table == NULL) return 0;
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
  mem_free(k->table);
  mem_free(k->groups);
  mem_free(k->entries);
  mem_free(k->start);
  mem_free(k->bytes);
  mem_free(k);
}

uint32_t needles_count(const needles *k) { return k->n; }

uint32_t needles_length(const needles *k, uint32_t needle) { return k->start[needle + 1] - k->start[needle]; }

const uint32_t *needles_starts(const needles *k) { return k->start; }

/* ---- scanning --------------------------------------------------------------- */

/* Room for n more hits. */
static int reserve_hits(needle_hits *hits, size_t n) {
  if (hits->capacity - hits->n >= n) return 0;
  size_t capacity = hits->capacity == 0 ? 256 : 2 * hits->capacity;
  while (capacity - hits->n < n) capacity *= 2;
  needle_hit *list = mem_realloc(hits->list, capacity * sizeof *list);
  if (list == NULL) return MILL_ENOMEM;
  hits->list = list;
  hits->capacity = capacity;
  return 0;
}

/* Does the string of the entry stand at text[at]? rest: the bytes there behind its head. */
static int stands(const needles *k, const entry *e, uint64_t rest, const char *text, size_t n, size_t at) {
  uint32_t known = head_of(e->length) + REST;
  if ((rest & e->mask) != e->rest || e->length > n - at) return 0;
  if (e->length <= known) return 1;
  return memcmp(k->bytes + k->start[e->number] + known, text + at + known, e->length - known) == 0;
}

/* Adds the strings of a group that stand at text[at], where their head does; rest: what is behind that. */
static int add_group(const needles *k, uint32_t number, uint64_t rest, const char *text, size_t n, size_t at,
                     needle_hits *hits) {
  const group *g = &k->groups[number - 1];
  if (reserve_hits(hits, g->n) < 0) return MILL_ENOMEM;
  needle_hit *out = hits->list + hits->n;
  if ((g->seconds & second_bit(rest)) == 0) {
    *out = (needle_hit){g->alone - 1, (uint32_t)at};
    out += g->alone > 0;
  } else {
    for (const entry *e = k->entries + g->first, *end = e + g->n; e < end; e++)
      if (stands(k, e, rest, text, n, at)) *out++ = (needle_hit){e->number, (uint32_t)at};
  }
  hits->n = (size_t)(out - hits->list);
  return 0;
}

/* The group of the long strings that begin with the three bytes + 1, or 0. */
static inline uint32_t long_group(const needles *k, uint32_t key) {
  uint32_t bit = hash_of(key) >> (32 - FILTER_BITS);
  return (k->filter[bit / 64] >> (bit % 64) & 1) == 0 ? 0 : slot_of(k, key)->group;
}

/* Adds what stands at text[at], one of the last bytes. */
static int look_at_end(const needles *k, const char *text, size_t n, size_t at, needle_hits *hits) {
  uint32_t found = k->shorts[(uint8_t)text[at]];
  const char *s = text + at;
  if (found != 0 && add_group(k, found, bytes_at(s + 1, n - at - 1), text, n, at, hits) < 0) return MILL_ENOMEM;
  found = n - at < HEAD ? 0 : long_group(k, key_at(s));
  return found == 0 ? 0 : add_group(k, found, bytes_at(s + HEAD, n - at - HEAD), text, n, at, hits);
}

int needles_scan(const needles *k, const char *text, size_t n, needle_hits *hits) {
  size_t at = 0, last = n < HEAD + REST ? 0 : n - (HEAD + REST);
  uint64_t rest;
  hits->n = 0;
  while (at < last) {
    uint32_t key = key_of_four(text + at);
    uint32_t found = k->shorts[key & 0xFF], more = long_group(k, key);
    memcpy(&rest, text + at + 1, sizeof rest);
    if (found != 0 && add_group(k, found, rest, text, n, at, hits) < 0) return MILL_ENOMEM;
    memcpy(&rest, text + at + HEAD, sizeof rest);
    if (more != 0 && add_group(k, more, rest, text, n, at, hits) < 0) return MILL_ENOMEM;
    at += !k->inside && (key & 0xC0C000) == 0x808000 ? 3 : 1;
  }
  for (; at < n; at++)
    if (look_at_end(k, text, n, at, hits) < 0) return MILL_ENOMEM;
  return 0;
}

void needle_hits_free(needle_hits *hits) {
  mem_free(hits->list);
  memset(hits, 0, sizeof *hits);
}
