/*
** villages.h - the optional image of villages (textmill-villages.dat).
**
**   "towns"     village_town[]   townships by code, then one past the last
**   "villages"  village_record[] grouped by township, by code
**   "names"     bytes            NUL-terminated stems, folded
**
** A stem is a folded name without what makes it an office or a village:
** 石桥村委会, 石桥村 -> 石桥; 沙滩社区居委会 -> 沙滩. One character keeps its 村.
*/
#ifndef MILL_VILLAGES_H
#define MILL_VILLAGES_H

#include "data.h"

enum village_kind { VILLAGE_ANY = 0, VILLAGE_RURAL, VILLAGE_URBAN /* 社区, 居委会 */ };

typedef struct village_town { uint32_t code, first; } village_town;
typedef struct village_record {
  uint32_t name;    /* offset in "names" */
  uint16_t code;    /* the last three digits */
  uint8_t vintages; /* as of a place_record */
  uint8_t kind;     /* enum village_kind */
} village_record;

struct mill_villages {
  const village_town *towns; size_t n_towns; /* without the last one */
  const village_record *villages; size_t n_villages;
  const char *names; size_t n_names;
};

/* Bytes of the stem of folded s[0,n), and its kind. */
size_t village_stem(const char *s, size_t n, int *kind);

#endif
