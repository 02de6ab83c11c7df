/*
** userwords.h - a user's own words, laid over the shared lexicon image.
**
**   entries   text, tag, cost, classes; the number of an entry is for good, so
**             that word id = words of the image + number
**   edges     one hash (node, character) -> node, open addressing; node 1 is
**             the root; a blank of a word stands for any run of blanks
**   begins    a bit a character that some word begins with (modulo 65536): what
**             text without user words pays is one look-up a unit
**
** An entry does one or more of: offer an edge to the path (a word), mask the
** image's word (removed), stand before any path (forced), only bear a class
** (group). Entries change only while one handle holds the object: who shares
** it and wants to write gets a copy (mill_userwords_own), so what a text has
** been segmented with stays as it was, and threads may share one.
*/
#ifndef MILL_USERWORDS_H
#define MILL_USERWORDS_H

#include "lexicon.h"
#include "window.h"

enum user_flag {
  USER_WORD = 1,   /* offers an edge */
  USER_FORCE = 2,  /* is a token wherever it stands */
  USER_MASK = 4,   /* the image's word is not one here */
  USER_GROUP = 8   /* bears classes, whatever else it is */
};

typedef struct user_entry {
  uint32_t text, len;     /* in the arena; folded, single blanks */
  uint32_t cost, weight;  /* weight 0: none was given */
  uint32_t classes;       /* enum mill_class */
  uint32_t groups;        /* first user_group + 1; 0 none */
  uint8_t tag, kind, flags;
} user_entry;

typedef struct user_group { uint32_t name, next; } user_group; /* next: index + 1 */
typedef struct user_edge { uint64_t key; uint32_t node; } user_edge; /* key 0: free */

#define USER_ROOT 1u

struct mill_userwords {
  const mill_data *data;                  /* borrowed */
  _Atomic uint32_t holders;
  char *arena; uint32_t arena_len, arena_capacity;
  user_entry *entries; uint32_t n, capacity, n_live, n_forced, n_masked;
  user_group *groups; uint32_t n_groups, groups_capacity;
  uint32_t *names; uint32_t n_names, names_capacity; /* of groups: arena, terminated */
  user_edge *edges; uint32_t n_edges, mask;          /* mask + 1 slots */
  uint32_t *word_at; uint32_t n_nodes, nodes_capacity; /* of each node: entry + 1 */
  uint64_t begins[1024];
  double total;                           /* frequencies are of so many words; 0: not known yet */
  window *scratch;                        /* for costs of parts; owned */
};

static inline int userwords_begins(const mill_userwords *u, uint32_t c) {
  return (int)(u->begins[c >> 6 & 1023] >> (c & 63) & 1);
}
/* The node behind `node` along character c; 0 none. */
uint32_t userwords_step(const mill_userwords *u, uint32_t node, uint32_t c);
/* The same for the character of s[0,n), n > 0, at its front; *used: its bytes,
** or those of the whole run of blanks. */
uint32_t userwords_follow(const mill_userwords *u, uint32_t node, const char *s, size_t n, size_t *used);
/* The entry of a node, or NULL. */
static inline const user_entry *userwords_entry(const mill_userwords *u, uint32_t node) {
  uint32_t at = u->word_at[node];
  return at != 0 && u->entries[at - 1].flags != 0 ? &u->entries[at - 1] : NULL;
}
/* Does the entry bear a class of this name? */
int userwords_bears(const mill_userwords *u, const user_entry *e, const char *name, size_t n);
/* Does it, or a longer word, stand for something here? For words behind ids. */
const user_entry *userwords_of_id(const mill_userwords *u, uint32_t word);

/* userwords_cost.c: what a path through the words of the image pays for folded
** s[0,n), and the cost of a word met `weight` times. */
uint32_t userwords_path_cost(mill_userwords *u, const char *s, size_t n);
int userwords_costs(mill_userwords *u, mill_error *err);
uint32_t userwords_weight_cost(const mill_userwords *u, uint32_t weight);
uint32_t userwords_default_cost(mill_userwords *u, const char *s, size_t n);

/* userwords_segment.c: what the segmenter asks. */
/* Lays the words over the edges of a window (after window_words). */
void userwords_edges(const mill_userwords *u, window *w, const char *text);
/* Gives tokens [from, t->n) that are user words their tags and kinds. */
void userwords_settle(const mill_userwords *u, mill_tokens *t, size_t from);
/* The first forced word in text[from, n): its entry and span, or NULL. */
const user_entry *userwords_forced(const mill_userwords *u, const char *text, size_t from, size_t n,
                                   mill_span *span);
static inline uint32_t userwords_id(const mill_userwords *u, const user_entry *e) {
  return mill_data_lexicon(u->data)->params->n_words + (uint32_t)(e - u->entries);
}

#endif
