/*
** convert.h - the script conversion image and what the files that use it share
** (convert.c, convert_step.c, convert_user.c, convert_image.c).
**
** A conversion is a chain of at most 3 steps; a step is one dictionary, applied
** from left to right by longest match (gen/mkconvert.c makes one dictionary of
** what OpenCC's configurations say in groups):
**
**   s2t    [ST]
**   s2twp  [ST, cuts] -> [TW phrases and variants]
**   tw2s   [TS phrases onto themselves, cuts] -> [TW reversed] -> [TS]
**
** A step that cuts leaves marks around every phrase it matched: no match of a
** later step crosses them. That is OpenCC's segmentation.
**
** Sections (u32 unless said otherwise)
**   configs  convert_config
**   tables   convert_table, one a dictionary; the first only normalises
**   index    u8, 64 a table: code point >> 12 -> page
**   values   pages of 4096: what becomes of a character (CONVERT_*), shared
**   filters  bits by hash: may there be such a phrase? one with effect? may these
**            two characters be neighbours within a phrase?
**   pairs    hash table: tag (the hash), list (first phrase << 8 | how many)
**   phrases  convert_phrase, in a list the longest first
**   pool     bytes: keys with their values; single characters: length, bytes
*/
#ifndef MILL_CONVERT_H
#define MILL_CONVERT_H

#include <stdatomic.h>
#include <string.h>

#include "buffer.h"
#include "data.h"
#include "map.h"
#include "utf8.h"

/* A value: flags and 24 bits: the bytes of the character xor those it becomes
** (both have three), or where in the pool the other ones stand. 0: unchanged. */
#define CONVERT_SPECIAL 0x80000000u   /* one of the last three of these, too */
#define CONVERT_EFFECT 0x40000000u    /* begins a phrase with effect: one that says more than
                                         its characters one by one (convert_fast.c) */
#define CONVERT_SECOND 0x20000000u    /* is the second character of a phrase with effect */
#define CONVERT_PHRASES 0x10000000u   /* phrases begin with this character */
#define CONVERT_POOL 0x08000000u      /* the bits are a place in the pool */
#define CONVERT_SKIP 0x04000000u      /* begins an ideographic description */
#define CONVERT_NORMALIZE 0x02000000u /* a compatibility ideograph */
#define CONVERT_BITS 0x00FFFFFFu

#define CONVERT_PLANES 0x40000u /* code points below have values */
#define CONVERT_PAGE 0x1000u
#define CONVERT_PAGES (CONVERT_PLANES / CONVERT_PAGE)
#define CONVERT_STEPS 3u
#define CONVERT_CUTS 1u /* flag of a step */

typedef struct convert_config {
  char name[8];
  uint32_t n_steps;
  struct { uint16_t table, flags; } steps[CONVERT_STEPS];
} convert_config;

typedef struct convert_table {
  uint32_t filter, filter_shift; /* first word; see convert_filter_bits */
  uint32_t effect, effect_shift; /* the same, of phrases with effect only */
  uint32_t join, join_shift;     /* the same, of two neighbours within any phrase */
  uint32_t pair, pair_shift;     /* first slot; slot = hash >> shift, then the next ones */
  uint32_t ascii;                /* 1: there are keys that begin with ASCII */
  uint32_t longest;              /* bytes of the longest value */
} convert_table;

typedef struct convert_pair { uint32_t tag, list; } convert_pair; /* list 0: empty slot */

typedef struct convert_phrase {
  uint32_t text;                /* in the pool: key, then value */
  uint8_t key_len, value_len;   /* bytes */
  uint8_t same;                 /* 1: the value is the key */
  uint8_t changes;              /* 255, or where key and value are as many characters of three
                                   bytes, at most 7: a bit for each that is another one */
} convert_phrase;

struct mill_convert { /* convert_view of a mill_data */
  const convert_config *configs;
  const convert_table *tables;
  const uint8_t *index;
  const uint32_t *values, *filters;
  const convert_pair *pairs;
  const convert_phrase *phrases;
  const char *pool;
  size_t n_configs, n_tables, n_index, n_values, n_filters, n_pairs, n_phrases, n_pool;
  int portable;        /* for tests: never the path of this processor */
  _Atomic int checked; /* 1: every index was found in range, at the first use */
};

/* The bytes of the character at s (valid UTF-8), the first one lowest. */
static inline uint32_t convert_bytes(const char *s) {
  uint32_t x = 0;
  for (size_t i = utf8_length((unsigned char)*s); i-- > 0;) x = x << 8 | (unsigned char)s[i];
  return x;
}

#define CONVERT_HASH_1 0x9E3779B1u
#define CONVERT_HASH_2 0x85EBCA6Bu
#define CONVERT_HASH_3 0xC2B2AE35u
#define CONVERT_HASH_ON 0x5BD1E995u
/* Hash of the two characters of a phrase; and on, with the third of a longer one:
** a phrase is filed under its first three characters, or both. */
static inline uint32_t convert_hash(uint32_t first, uint32_t second) {
  return first * CONVERT_HASH_1 + second * CONVERT_HASH_2;
}
static inline uint32_t convert_hash_on(uint32_t two, uint32_t third) {
  return (two ^ CONVERT_HASH_ON) + third * CONVERT_HASH_3;
}

/* The two bits of a filter's word that say for a hash: yes, maybe. The word is
** filter[hash >> shift >> 5]. */
static inline uint32_t convert_filter_bits(uint32_t hash, uint32_t shift) {
  return 1u << (hash >> shift & 31u) | 1u << (hash >> (shift - 5) & 31u);
}

/* What table t makes of code point c. */
static inline uint32_t convert_value(const struct mill_convert *v, uint32_t t, uint32_t c) {
  if (c >= CONVERT_PLANES) return 0;
  return v->values[(size_t)v->index[t * CONVERT_PAGES + (c >> 12)] * CONVERT_PAGE + (c & 0xFFFu)];
}

/* Checks all that a damaged image could lead astray; 0 or MILL_ECORRUPT. Any
** number of threads may do so at once. */
int convert_check(struct mill_convert *v, mill_error *err);

/* ---- marks: places in a text, ascending ---------------------------------- */

#define MARK_FINAL 0x80000000u /* what ends here is not converted any more */

typedef struct marks { uint32_t *at, n, capacity; } marks;

static inline int marks_add(marks *m, uint32_t at) {
  if (m->n == m->capacity && mill_grow(&m->at, &m->capacity, (size_t)m->n + 1, sizeof *m->at) < 0)
    return MILL_ENOMEM;
  m->at[m->n++] = at;
  return 0;
}

/* ---- user entries (convert_user.c) ----------------------------------------- */

typedef struct user_entries {
  const mill_convert_entry *entries; /* borrowed */
  uint32_t *slots, mask;             /* hash table: entry + 1, 0 empty */
  uint8_t lengths[32];               /* bits: which lengths keys have, 1..255 */
  uint32_t longest;
  uint64_t begins[256];              /* bits by first character: may a key begin? */
  char *keys;                        /* normalised */
  uint32_t *key_at;                  /* n + 1 */
} user_entries;

int user_prepare(user_entries *u, const struct mill_convert *v, const mill_convert_options *o,
                 mill_error *err);
void user_free(user_entries *u);
/* The longest entry whose key begins s[0,n): its index, or -1; c: the first
** character. *len = bytes of its key. */
int64_t user_find(const user_entries *u, const char *s, size_t n, uint32_t c, size_t *len);

/* Where words begin in s[0,n), by the segmenter: 0 first, n last. */
int words_find(const mill_data *d, const char *s, size_t n, marks *out, mill_error *err);

/* ---- one step (convert_step.c) ---------------------------------------------- */

typedef struct step_text { /* a text between two steps */
  mill_buffer bytes;
  marks cuts;  /* where its segments end; none: it is one segment */
  marks words; /* where its words begin, when the segmenter guides; else none */
} step_text;

typedef struct step {
  const struct mill_convert *v;
  uint32_t table;
  int cuts;                 /* leave marks around matches in out->cuts */
  int carry;                /* hand the marks of the input on to the output */
  int first;                /* ask for normalisation where it is needed */
  const user_entries *user; /* may be NULL */
} step;

#define STEP_NORMALIZE 1 /* result: normalise the text and begin again */

/* s[0,n), with its marks, into *out (empty); map may be NULL. 0,
** STEP_NORMALIZE or MILL_E*. */
int step_run(const step *st, const char *s, size_t n, const marks *cuts, const marks *words,
             step_text *out, mill_map *map);
void step_text_free(step_text *t);

#endif
