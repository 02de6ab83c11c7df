/* normalize.h - normalising into a buffer that already holds something. */
#ifndef MILL_NORMALIZE_H
#define MILL_NORMALIZE_H

#include "buffer.h"
#include "cpu.h"
#include "data.h"

/*
** Appends the form of s[0,n) to out and its pieces to map (may be NULL). What stood in out before is not looked at: pieces do not compose
** across calls. 0, MILL_EUTF8, MILL_ENOMEM or MILL_ELIMIT (out longer than
** MILL_MAX_BYTES); on failure out and map hold a beginning.
*/
int normalize_append(const mill_data *d, enum mill_form form, const char *s, size_t n,
                     mill_buffer *out, mill_map *map);
/* The same on a given path; all make the same bytes and pieces. */
enum normalize_path {
  NORMALIZE_PORTABLE,
  NORMALIZE_AVX2,     /* only where cpu_has_avx2() */
  NORMALIZE_STRETCHES /* portable, and what interacts goes through stretch.c, all of it */
};
static inline enum normalize_path normalize_best_path(void) {
  return cpu_has_avx2() ? NORMALIZE_AVX2 : NORMALIZE_PORTABLE;
}
int normalize_append_on(const mill_data *d, enum mill_form form, const char *s, size_t n,
                        mill_buffer *out, mill_map *map, enum normalize_path path);

/* Is s[0,n) of one line, of characters of ASCII without capitals and of three bytes that the form leaves as
** they are? Then its form is itself. 0: perhaps. */
int normalize_stays(const mill_data *d, enum mill_form form, const char *s, size_t n);

/* What mostly is enough for the result of n bytes. */
static inline size_t normalize_room(size_t n) { return n < 8192 ? n + 192 : n + n / 16 + 192; }

/* Fills err with why s[0,n) could not be normalised; returns code. */
int normalize_fail(const char *s, size_t n, int code, mill_error *err);
/* MILL_EINVAL or MILL_ELIMIT, with err filled, when it need not be tried. */
int normalize_check(const mill_data *d, enum mill_form form, size_t n, mill_error *err);

#endif
