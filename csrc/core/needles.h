/*
** needles.h - many strings looked for in one pass over a text: what rules wait for.
**
** Every occurrence of every string is found, also inside others and overlapping; the
** work is one step a character and one a find, whatever the number of strings.
*/
#ifndef MILL_NEEDLES_H
#define MILL_NEEDLES_H

#include <stddef.h>
#include <stdint.h>

typedef struct needles needles;

typedef struct needle_hit {
  uint32_t needle; /* its number, from 0 */
  uint32_t at;     /* byte of the text */
} needle_hit;

typedef struct needle_hits { /* zeroed before the first use; kept between scans */
  needle_hit *list;          /* in the order of the text */
  size_t n, capacity;
} needle_hits;

/* New, for n strings (none empty, no two alike), which are copied; NULL: out of memory.
** The caller frees it. */
needles *needles_new(const char *const *strings, const size_t *lengths, uint32_t n);
void needles_free(needles *k); /* takes NULL */
uint32_t needles_count(const needles *k);
/* Bytes of string number `needle`. */
uint32_t needles_length(const needles *k, uint32_t needle);
/* Where each begins among all of them in a row, and where the last one ends: their lengths. */
const uint32_t *needles_starts(const needles *k);

/* Replaces *hits by all that is found in text[0, n). 0, or MILL_ENOMEM. */
int needles_scan(const needles *k, const char *text, size_t n, needle_hits *hits);
void needle_hits_free(needle_hits *hits);

#endif
