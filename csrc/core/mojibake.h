/*
** mojibake.h - UTF-8 that was read in another charset and saved again, by the
** kind of charset. mojibake.c puts the kinds together.
*/
#ifndef MILL_MOJIBAKE_H
#define MILL_MOJIBAKE_H

#include "buffer.h"
#include "charset.h"

/* A repair under way: s[0, kept) is written, and the map to it. The output
** begins with the first repair: texts without any cost no memory. */
typedef struct repair {
  const char *s; size_t n;
  const mill_data *data;
  size_t kept;
  mill_buffer out;
  mill_map *map;    /* NULL until the first repair */
  uint32_t count;   /* characters repaired */
  int error;        /* sticky: 0 or MILL_ENOMEM */
} repair;

/* s[from, to) becomes text[0, len), one piece; what lies between the repairs
** is kept. */
void repair_piece(repair *r, size_t from, size_t to, const char *text, size_t len,
                  enum mill_edit kind);

/* Read as GBK or GB18030 (mojibake_gbk.c). */
void mojibake_gbk(repair *r);
/* Read as windows-1252, macintosh and the like, one layer of it
** (mojibake_latin.c). */
void mojibake_latin(repair *r);
/* C1 controls to what windows-1252 has in their places. */
void mojibake_controls(repair *r);

/* Repairs s[0,n), valid UTF-8. 1: *out holds the text and its map; 0: nothing
** to repair, *out is untouched; MILL_E* otherwise. */
int mojibake_repair(const mill_data *d, const char *s, size_t n, unsigned kinds, mill_stage *out,
                    uint32_t *count, mill_error *err);

#endif
