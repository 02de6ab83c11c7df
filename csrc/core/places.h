/*
** places.h - the gazetteer (the places image).
**
**   "places"    place_record[]     dense index -> name, code, parent
**   "names"     bytes              NUL-terminated names as published
**   "keys"      place_key[]        distinct folded names, full and short
**   "keytext"   bytes
**   "postings"  u32[]              places of a key: index | SHORT bit
**   "slots"     u32[2^k]           open addressing: key + 1, 0 empty
**   "lengths"   u32[]              first character U+4E00.. -> bit set of the
**                                  lengths, in characters, of the keys it begins
**
** A key is found by hash (mill_hash64, linear probing); a longest-prefix scan
** tries only the lengths that exist for the first character, longest first.
*/
#ifndef MILL_PLACES_H
#define MILL_PLACES_H

#include "data.h"

#define PLACE_SHORT 0x80000000u /* posting: the key is a short form (河南) */
#define PLACE_FIRST 0x4E00u
#define PLACE_FIRSTS (0xA000u - 0x4E00u)
#define PLACE_MAX_CHARS 32

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
};

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
/* Longest prefix of s[0,n) that is a place in one of `forms`: bytes, 0 none;
** *found: its forms. max_bytes: prefixes longer than that are not tried. */
size_t places_prefix(const mill_data *d, const char *s, size_t n, uint32_t forms,
                     uint32_t *found);

#endif
