/*
** compose.h - the part of normalisation that looks at several characters:
** canonical ordering and composition of one stretch (UAX #15, section 1.3).
** Linear in its length, whatever it holds.
*/
#ifndef MILL_COMPOSE_H
#define MILL_COMPOSE_H

#include "buffer.h"
#include "unicode.h"

typedef struct canon { /* zeroed to begin with; its memory is reused */
  uint32_t *items;     /* code point | combining class << 24 */
  uint32_t *spare;     /* for sorting */
  uint32_t n, capacity, spare_capacity;
} canon;

/* Appends text[0,n), decomposed canonically when asked. 0 or MILL_ENOMEM. */
int canon_add(canon *k, const mill_unicode *u, const char *text, size_t n, int decompose);
/* Orders marks by combining class. 0 or MILL_ENOMEM. */
int canon_order(canon *k);
void canon_compose(canon *k, const mill_unicode *u);
/* The stretch as UTF-8, out->bytes not NULL even when it is empty; errors
** stick to out. */
void canon_write(const canon *k, mill_buffer *out);
void canon_free(canon *k);

/* Writes the jamo of a Hangul syllable at out (room for 9); returns bytes. */
size_t hangul_decompose(uint32_t syllable, char *out);

#endif
