/*
** twins.c - nouns that may be slips of one another (see twins.h).
**
** The nouns are filed by the word before them:
**
**   hash of the word -> slots: group + 1 -> groups: first and last noun, how many
**                                           next: noun -> the next one of its group
*/
#include "twins.h"

#include <stdlib.h>
#include <string.h>

#include "../textmill.h"
#include "alloc.h"

#define NOUN 6u  /* bytes of two characters */
#define LEAST 2u /* times the usual noun stands behind the word */
#define MOST 300u /* nouns behind one word: each is held against the others */

typedef struct twin_group {
  uint32_t first, last, n; /* tokens; how many */
  uint32_t second;         /* the token that made it two */
} twin_group;

static uint32_t length_of(const twin_text *t, uint32_t k) { return t->to[k] - t->from[k]; }

static int same_word(const twin_text *t, uint32_t a, uint32_t b) {
  uint32_t n = length_of(t, a);
  return n == length_of(t, b) && memcmp(t->text + t->from[a], t->text + t->from[b], n) == 0;
}

/* A noun of two characters behind a Chinese word of two or more? */
static int is_filed(const twin_text *t, uint32_t k) {
  uint8_t tag = t->tag[k];
  if (tag != MILL_TAG_N && tag != MILL_TAG_VN && tag != MILL_TAG_NZ) return 0;
  if (length_of(t, k) != NOUN || length_of(t, k - 1) < NOUN) return 0;
  uint8_t byte = (uint8_t)t->text[t->from[k - 1]];
  return byte >= 0xE4 && byte <= 0xE9;
}

static uint32_t hash_of(const twin_text *t, uint32_t k) {
  uint32_t h = length_of(t, k), low, high;
  const char *s = t->text + t->from[k];
  memcpy(&low, s, sizeof low); /* its first two characters, six bytes at least */
  memcpy(&high, s + 2, sizeof high);
  h = (h ^ low) * 2654435761u;
  h = (h ^ (h >> 15) ^ high) * 2246822519u;
  return h ^ (h >> 13);
}

/* Room for the nouns of so many tokens, the slots empty. */
static int reserve(twins *w, size_t tokens) {
  size_t slots = 64;
  while (slots < tokens) slots *= 2;
  if (tokens > w->token_capacity) {
    mem_free(w->next);
    mem_free(w->groups);
    mem_free(w->slots);
    w->next = mem_malloc(tokens * sizeof *w->next);
    w->groups = mem_malloc(tokens * sizeof *w->groups);
    w->slots = mem_malloc(slots * sizeof *w->slots);
    w->token_capacity = w->next != NULL && w->groups != NULL && w->slots != NULL ? tokens : 0;
    if (w->token_capacity == 0) return MILL_ENOMEM;
  }
  w->n_slots = slots;
  w->n_groups = 0;
  memset(w->slots, 0, slots * sizeof *w->slots);
  return 0;
}

static void file_noun(twins *w, const twin_text *t, uint32_t k) {
  size_t h = hash_of(t, k - 1) & (w->n_slots - 1);
  while (w->slots[h] != 0 && !same_word(t, w->groups[w->slots[h] - 1].first - 1, k - 1))
    h = (h + 1) & (w->n_slots - 1);
  w->next[k] = MILL_NONE;
  if (w->slots[h] == 0) {
    w->groups[w->n_groups++] = (twin_group){k, k, 1, MILL_NONE};
    w->slots[h] = (uint32_t)w->n_groups;
    return;
  }
  twin_group *g = &w->groups[w->slots[h] - 1];
  if (g->n++ == 1) g->second = k;
  w->next[g->last] = k;
  g->last = k;
}

/* ---- the nouns of a group ------------------------------------------------------------ */

typedef struct nouns {
  uint64_t key[MOST]; /* the six bytes of each */
  uint32_t token[MOST];
  uint32_t n, times[MOST]; /* how often it stands in the group */
} nouns;

static void gather(nouns *list, const twins *w, const twin_text *t, const twin_group *g) {
  list->n = 0;
  for (uint32_t k = g->first; k != MILL_NONE; k = w->next[k]) {
    uint64_t key = 0;
    memcpy(&key, t->text + t->from[k], NOUN);
    list->key[list->n] = key;
    list->token[list->n] = k;
    list->times[list->n++] = 1;
  }
}

/* Counts them; how many of them stand there more than once. */
static uint32_t count(nouns *list) {
  uint32_t repeated = 0;
  for (uint32_t a = 0; a < list->n; a++)
    for (uint32_t b = a + 1; b < list->n; b++)
      if (list->key[a] == list->key[b]) list->times[a]++, list->times[b]++;
  for (uint32_t a = 0; a < list->n; a++) repeated += list->times[a] > 1;
  return repeated;
}

/* Have the two one character of two in common? */
static int one_differs(const nouns *list, uint32_t a, uint32_t b) {
  char x[sizeof(uint64_t)], y[sizeof(uint64_t)];
  memcpy(x, &list->key[a], sizeof x);
  memcpy(y, &list->key[b], sizeof y);
  return (memcmp(x, y, 3) == 0) != (memcmp(x + 3, y + 3, 3) == 0);
}

static int add(twins *w, twin one) {
  if (w->n == w->capacity) {
    size_t capacity = w->capacity == 0 ? 16 : 2 * w->capacity;
    twin *list = mem_realloc(w->list, capacity * sizeof *list);
    if (list == NULL) return MILL_ENOMEM;
    w->list = list;
    w->capacity = capacity;
  }
  w->list[w->n++] = one;
  return 0;
}

static int compare_nouns(twins *w, const twin_text *t, const twin_group *g) {
  nouns list;
  gather(&list, w, t, g);
  if (count(&list) < LEAST) return 0;
  for (uint32_t a = 0; a < list.n; a++) {
    uint32_t k = list.token[a];
    if (list.times[a] > 1 || k < 2 || t->tag[k - 2] == MILL_TAG_W) continue;
    for (uint32_t b = 0; b < list.n; b++) {
      uint32_t o = list.token[b];
      if (list.times[b] < LEAST || o < 2 || !one_differs(&list, a, b) || !same_word(t, k - 2, o - 2))
        continue;
      if (add(w, (twin){k, o}) < 0) return MILL_ENOMEM;
    }
  }
  return 0;
}

static int by_second(const void *a, const void *b) {
  const twin_group *x = a, *y = b;
  return (x->second > y->second) - (x->second < y->second);
}

/* Keeps the groups whose nouns may be compared. */
static void drop_groups(twins *w) {
  size_t kept = 0;
  for (size_t g = 0; g < w->n_groups; g++)
    if (w->groups[g].n > LEAST && w->groups[g].n <= MOST) w->groups[kept++] = w->groups[g];
  w->n_groups = kept;
}

int twins_find(twins *w, const twin_text *t) {
  w->n = 0;
  if (t->n < 3) return 0;
  if (reserve(w, t->n) < 0) return MILL_ENOMEM;
  for (uint32_t k = 1; k < t->n; k++)
    if (is_filed(t, k)) file_noun(w, t, k);
  drop_groups(w);
  if (w->n_groups > 1) qsort(w->groups, w->n_groups, sizeof *w->groups, by_second);
  for (size_t g = 0; g < w->n_groups; g++)
    if (compare_nouns(w, t, &w->groups[g]) < 0) return MILL_ENOMEM;
  return 0;
}

void twins_free(twins *w) {
  mem_free(w->list);
  mem_free(w->slots);
  mem_free(w->next);
  mem_free(w->groups);
  memset(w, 0, sizeof *w);
}
