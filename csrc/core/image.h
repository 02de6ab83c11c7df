/*
** image.h - data images: read-only tables in one mapped file.
**
**   0   magic "TMILLIMG"                8 bytes
**   8   format          u32             MILL_IMAGE_FORMAT
**   12  byte order      u32 0x01020304  images are little-endian on disk
**   16  kind            char[16]        "unicode", "lexicon", "places", "calendar", ...
**   32  unicode         char[8]         "15.0"
**   40  fold version    u32             changes when folding changes
**   44  sections        u32             n
**   48  length          u64             of the whole file
**   56  checksum        u64             mill_hash64 of everything behind the table
**   64  description     char[64]        e.g. "jieba-349k/9c1e"
**   128 header checksum u64             mill_hash64 of the table, seeded with that of bytes 0..127
**   136 table: n times { name char[16], offset u64, length u64 }
**   ... sections, each aligned to 64
**
** Opening maps the file and checks header, table and bounds; the checksum of
** the content is checked by mill_image_verify only (< 1 ms to open).
*/
#ifndef MILL_IMAGE_H
#define MILL_IMAGE_H

#include "../textmill.h"

#define MILL_IMAGE_FORMAT 1u
#define MILL_FOLD_VERSION 1u

typedef struct mill_image {
  const unsigned char *bytes; /* mapped, owned */
  size_t len;
  const char *description;    /* in the mapping */
} mill_image;

int mill_image_open(mill_image *im, const char *path, const char *kind, mill_error *err);
void mill_image_close(mill_image *im);
int mill_image_verify(const mill_image *im, const char *path, mill_error *err);
/* A section by name; NULL and MILL_EFORMAT in err when absent or when its
** length is no multiple of `item`. *count = items. Borrowed. */
const void *mill_image_section(const mill_image *im, const char *name, size_t item,
                               size_t *count, mill_error *err);

/* Writing (csrc/gen only): sections are borrowed until mill_image_write. */
typedef struct mill_image_writer {
  char kind[16], description[64];
  struct { char name[16]; const void *bytes; size_t len; } sections[24];
  int n;
} mill_image_writer;
void mill_image_add(mill_image_writer *w, const char *name, const void *bytes, size_t len);
int mill_image_write(const mill_image_writer *w, const char *path, mill_error *err);

#endif
