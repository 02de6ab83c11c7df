/*
** charset.h - finding out in which charset bytes are written, and converting
** them to UTF-8 with a map.
*/
#ifndef MILL_CHARSET_H
#define MILL_CHARSET_H

#include "../textmill.h"

/* One stage of cleaning: text made from an earlier text. */
typedef struct mill_stage {
  char *text;    /* owned, terminated */
  size_t len;
  mill_map *map; /* owned; earlier text -> text */
} mill_stage;
void mill_stage_free(mill_stage *s); /* what it owns, not the struct */

/* Lower-case name of a label ("GB2312" -> "gb18030", "latin1" ->
** "windows-1252"; WHATWG's idea of what labels mean); NULL when unknown. */
const char *charset_canonical(const char *label, size_t n);
/* The name ICU knows it by; NULL for UTF-8. */
const char *charset_converter(const char *canonical);
/* The charset s[0,n) declares in <meta> or <?xml?> within its first 4 KB, as
** canonical name, or NULL. */
const char *charset_declared(const char *s, size_t n);
/* Scores the legacy charsets on the characters they would give (charset_guess.c)
** and returns the best one's canonical name, or NULL when none is plausible. */
const char *charset_guess(const char *s, size_t n);

/* How frequent a Han character (or Hangul syllable) is: 4..7, 0 all others. */
int charset_common_han(uint32_t c);

typedef struct utf8_census {
  size_t good, broken; /* multi-byte sequences, broken places */
  int cut;             /* the last sequence is cut short by the end: not in broken */
} utf8_census;
/* Counts; stops early where s is clearly not UTF-8. */
void charset_census(const char *s, size_t n, utf8_census *out);

#endif
