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

/* mill_decode; of what is UTF-8 already, without a mark before it, *out and *map stay NULL. */
int charset_decode(const char *bytes, size_t n, const char *hint, char **out, size_t *out_len,
                   char charset_out[32], mill_map **map, mill_error *err);

/* Lower-case name of a label ("GB2312" -> "gb18030", "latin1" ->
** "windows-1252"; WHATWG's idea of what labels mean); NULL when unknown. */
const char *charset_canonical(const char *label, size_t n);
/* The name ICU knows it by; NULL for UTF-8. */
const char *charset_converter(const char *canonical);
/* The charset s[0,n) declares in <meta> or <?xml?> within its first 4 KB, as
** canonical name, or NULL. */
const char *charset_declared(const char *s, size_t n);
/* The legacy charset under which s[0,n) is most probable (charset_guess.c): its
** canonical name, or NULL when none is plausible. */
const char *charset_guess(const char *s, size_t n);

/* How frequent a Han character (or Hangul syllable) is: 4..7, 0 all others. */
int charset_common_han(uint32_t c);

/* ---- tables (charset_table.c) ------------------------------------------------ */

/* Charsets of two bytes, and of one, in the order of their tables. */
enum charset_double { CHARSET_GB18030, CHARSET_BIG5, CHARSET_SHIFT_JIS, CHARSET_EUC_JP, CHARSET_EUC_KR,
                      CHARSET_DOUBLES };
enum charset_single { CHARSET_1252, CHARSET_1250, CHARSET_1254, CHARSET_1251, CHARSET_KOI8_R, CHARSET_1253,
                      CHARSET_SINGLES };
#define CHARSET_ROW 32768u
#define CHARSET_NEVER (-127) /* the weight of what is no character */

/* By charset_pair: the character of two bytes, or 0: ask ICU; how probable it is in
** texts of that charset (quarters of a bit: 4 * log2). By byte & 127: the same for
** charsets of one byte. */
extern const uint16_t charset_pairs[CHARSET_DOUBLES][CHARSET_ROW];
extern const int8_t charset_weights[CHARSET_DOUBLES][CHARSET_ROW];
extern const int8_t charset_letters[CHARSET_SINGLES][128];

/* The row of two bytes whose first is 80..FF. */
static inline uint32_t charset_pair(const char *s) {
  return ((unsigned char)s[0] & 127u) << 8 | (unsigned char)s[1];
}

typedef struct utf8_census {
  size_t good, broken; /* multi-byte sequences, broken places */
  int cut;             /* the last sequence is cut short by the end: not in broken */
} utf8_census;
/* Counts; stops early where s is clearly not UTF-8. */
void charset_census(const char *s, size_t n, utf8_census *out);

#endif
