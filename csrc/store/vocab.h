/*
** vocab.h - the words of one corpus and the bridge between the two id spaces.
**
** Lexicon ids are stable within one image and never stored. Corpus ids are
** dense from 1, append-only, and are what blobs hold.
*/
#ifndef MILL_VOCAB_H
#define MILL_VOCAB_H

#include "../textmill.h"

#define VOCABULARY_DDL \
  "CREATE TABLE mill_vocabulary(first INTEGER PRIMARY KEY, n INTEGER NOT NULL, words BLOB NOT NULL)" /* ledger.c */

struct vocab_word { size_t offset; uint32_t len; uint8_t tag, kind; };
struct vocab_slot { uint32_t hash, id; };  /* id 0: empty */
struct vocab_short { uint64_t text; uint32_t id; }; /* bytes and length of a short word */
#define VOCAB_SHORT 4096u

/* Words by a character: ids[starts[c % BUCKETS] .. starts[c % BUCKETS + 1]), ascending. */
#define VOCAB_BUCKETS 16384u
struct vocab_buckets { uint32_t *starts, *ids; };

#define VOCAB_MOST (1u << 30) /* words */

struct vocab {
  char *arena; size_t arena_len, arena_capacity;       /* texts, one behind the other */
  struct vocab_word *words; uint32_t n, capacity;      /* [id], entry 0 unused; n = last id */
  uint16_t *shapes; uint32_t shapes_capacity;          /* [id]: kind << 8 | tag, close together */
  struct vocab_slot *table; uint32_t mask;             /* open addressing */
  struct vocab_short *shorts;                          /* marks and digits: those seen last */
  uint32_t *of_lexicon; uint32_t n_lexicon;            /* lexicon id -> corpus id, 0 unknown */
  uint32_t *to_lexicon; uint32_t n_to, to_capacity;    /* the reverse, filled on demand */
  const mill_lexicon *lexicon;                         /* borrowed; may be NULL */
  uint8_t separators[8192]; uint32_t n_separators;     /* see vocab_separator */
  uint32_t *edges; uint32_t n_edges, edges_capacity;   /* [id]: first and last character, see seams.c */
  struct vocab_buckets first, last; uint32_t n_sorted; /* words 1..n_sorted by their characters */
};

int vocab_init(struct vocab *v, const mill_lexicon *lexicon);
void vocab_free(struct vocab *v);
/* Forgets words with ids above n (after a rollback). */
void vocab_truncate(struct vocab *v, uint32_t n);
/* Appends a word that is not there yet. The new id, or 0: no memory. */
uint32_t vocab_append(struct vocab *v, const char *s, size_t n, uint8_t tag, uint8_t kind);
uint32_t vocab_find(const struct vocab *v, const char *s, size_t n); /* 0: unknown */
/* The corpus id of a token, appended when new; `lexicon` may be MILL_NONE. */
uint32_t vocab_of_token(struct vocab *v, uint32_t lexicon, const char *s, size_t n,
                        uint8_t tag, uint8_t kind);
/* Lexicon id of a corpus word, MILL_NONE when the list does not have it. */
uint32_t vocab_to_lexicon(struct vocab *v, uint32_t id);

/* Puts what is new into `first` and `last`, when it has become much. 0 or MILL_ENOMEM:
** words above n_sorted are in neither. */
int vocab_sort(struct vocab *v);
/* The ids of the sorted words that begin (last: end) with a character like c, with others
** among them; *n how many. */
static inline const uint32_t *vocab_like(const struct vocab_buckets *b, uint32_t c, uint32_t *n) {
  uint32_t from = b->starts[c % VOCAB_BUCKETS];
  *n = b->starts[c % VOCAB_BUCKETS + 1] - from;
  return b->ids + from;
}

/* Does this character stand in some word that is not indexed (or above the
** BMP, which is not looked at closely)? */
int vocab_separator(struct vocab *v, uint32_t c);

static inline const char *vocab_text(const struct vocab *v, uint32_t id, size_t *n) {
  *n = v->words[id].len;
  return v->arena + v->words[id].offset;
}

static inline uint32_t vocab_shape(uint8_t tag, uint8_t kind) { return (uint32_t)kind << 8 | tag; }

/* Is the word in the full-text index? Blanks, breaks, punctuation are not. */
static inline int vocab_indexed(const struct vocab *v, uint32_t id) {
  return v->shapes[id] < MILL_KIND_PUNCT << 8;
}

#endif
