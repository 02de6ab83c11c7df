/*
** places.h - the gazetteer (the places image).
**
**   "places"    place_record[]     dense index -> name, code, parent
**   "names"     bytes              NUL-terminated names as published
**   "keys"      place_key[]        distinct folded names, full and short
**   "keytext"   bytes
**   "postings"  u32[]              places of a key: index | SHORT bit
**   "slots"     u32[2^k]           open addressing: hash's top bits << 17 | key + 1, 0 empty
**   "lengths"   u32[]              first character U+4E00.. -> bit set of the
**                                  lengths, in characters, of the keys it begins
**   "pairs"     u32[65536]         open addressing by the first two characters, hashed: low
**                                  half of the hash << 16 | how long the keys are that begin
**                                  so and are in a usual form (PLACE_USUAL): bit k: 3k-2 to
**                                  3k bytes; bit 0: over 45; 0 empty
**   "begins"    u64[4096]          the same pairs, two bits each: small enough to stay in
**                                  the cache (Bloom, "Space/time trade-offs in hash coding
**                                  with allowable errors", 1970)
**
** A key is found by hash (mill_hash64, linear probing); a longest-prefix scan
** tries only the lengths that exist for the first character, longest first.
*/
#ifndef MILL_PLACES_H
#define MILL_PLACES_H

#include "data.h"
#include "utf8.h"

#define PLACE_SHORT 0x80000000u /* posting: the key is a short form (河南) */
#define PLACE_FIRST 0x4E00u
#define PLACE_FIRSTS (0xA000u - 0x4E00u)
#define PLACE_MAX_CHARS 32
#define PLACE_PAIRS 65536u
#define PLACE_BEGINS 4096u
#define PLACE_KEY_BITS 17u /* of a slot */
#define PLACE_KEY_MASK ((1u << PLACE_KEY_BITS) - 1)

typedef struct place_record {
  uint32_t name;     /* offset in "names" */
  uint32_t parent;   /* index or MILL_NONE */
  uint32_t code;     /* provinces 11, ... townships 9 digits: as published */
  uint16_t village;  /* last three digits of a village's code */
  uint8_t level, vintages; /* bit k: in vintage k (textmill.h) */
} place_record;

typedef struct place_key {
  uint32_t text;     /* offset in "keytext" */
  uint32_t first;    /* in "postings" */
  uint16_t len, count;
} place_key;

struct mill_places {
  const place_record *places; size_t n_places;
  const char *names;          size_t n_names;
  const place_key *keys;      size_t n_keys;
  const char *keytext;        size_t n_keytext;
  const uint32_t *postings;   size_t n_postings;
  const uint32_t *slots;      size_t n_slots;
  const uint32_t *lengths;
  const uint32_t *pairs;
  const uint64_t *begins;
};

/* What a slot says of the hash of its key beside its place. */
static inline uint32_t place_slot_tag(uint64_t hash) { return (uint32_t)(hash >> 49) << PLACE_KEY_BITS; }

static inline uint32_t place_pair_hash(uint32_t first, uint32_t second) {
  uint32_t x = (first * 0x9E3779B1u ^ second) * 0x85EBCA6Bu;
  return x ^ x >> 15;
}

/* The two bits of a pair with that hash in its word of "begins". */
static inline uint64_t place_begin_bits(uint32_t hash) {
  return (uint64_t)1 << (hash >> 20 & 63) | (uint64_t)1 << (hash >> 26);
}

/* The slot of two characters in a table of pairs: theirs, or the empty one where they go.
** A table without an empty slot ends where it began. */
static inline uint32_t place_pair(const uint32_t *pairs, uint32_t first, uint32_t second) {
  uint32_t hash = place_pair_hash(first, second), at = hash >> 16, end = at;
  while (pairs[at] != 0 && (pairs[at] ^ hash << 16) >> 16 != 0) {
    at = (at + 1) % PLACE_PAIRS;
    if (at == end) break;
  }
  return at;
}

/* Which forms a scan accepts, per level: bit 1<<level for full names, and
** 1<<(level+8) for short ones. */
#define PLACE_FULL(level) (1u << (level))
#define PLACE_BRIEF(level) (1u << ((level) + 8))
#define PLACE_ALL_FULL 0x3Eu
/* Full names everywhere; short ones of provinces, cities, counties. */
#define PLACE_USUAL (PLACE_ALL_FULL | PLACE_BRIEF(1) | PLACE_BRIEF(2) | PLACE_BRIEF(3))

/* Forms (see above) under which s[0,n) is a place; 0 none. *first: index of
** the first such place in code order. */
uint32_t places_forms(const mill_data *d, const char *s, size_t n, uint32_t *first);
/* Keeps, in place, those of `count` places that existed in a vintage; all of them
** when none did. How many are kept. */
size_t places_of_time(mill_place *found, size_t count, int vintage);
/* How long a place in a usual form at s[0] can be, as far as its first two characters
** say: bit k: 3k-2 to 3k bytes; 0 surely none. */
static inline uint32_t places_lengths(const mill_data *d, const char *s, size_t n) {
  const struct mill_places *p = d != NULL ? d->places_view : NULL;
  size_t len;
  if (p == NULL || n < 4 || (unsigned char)s[0] < 0xE4 || (unsigned char)s[0] > 0xE9) return 0;
  uint32_t c = utf8_decode(s, &len);
  if (3 + utf8_length((unsigned char)s[3]) > n) return 0;
  uint32_t second = utf8_decode(s + 3, &len), hash = place_pair_hash(c, second);
  uint64_t bits = place_begin_bits(hash);
  if ((p->begins[hash % PLACE_BEGINS] & bits) != bits) return 0;
  uint32_t lengths = p->pairs[place_pair(p->pairs, c, second)] & 0xFFFF;
  return lengths & 1 ? lengths | 0xFFFF0000u : lengths;
}
/* Longest prefix of s[0,n) that is a place in one of `forms`: bytes, 0 none;
** *found: its forms. */
size_t places_prefix(const mill_data *d, const char *s, size_t n, uint32_t forms,
                     uint32_t *found);

#endif
