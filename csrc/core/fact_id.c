/*
** fact_id.c - the name of a fact that stays.
**
**   q:1c770a9be2f4    q from the type, then the beginning of
**   SHA-256( sha256 of the document as hex \0 type \0 subtype \0 FROM-TO
**            [ \0 name=FROM-TO ]... )        raw spans, arguments by name
**
** Nothing else goes in: ids are the same over rule versions, machines and
** runs, in the corpus and in pipelines.
*/
#include "fact_id.h"

#include <stdlib.h>
#include <string.h>

enum { SHA_BYTES = 32 };

static const char *letters_of(const char *type) {
  static const char *const table[][2] = {
    {"quantity", "q"}, {"person", "p"}, {"place", "l"}, {"organisation", "o"}, {"time", "t"},
    {"scheme", "s"}, {"member", "m"}, {"step", "st"}, {"rule", "r"}, {"permit", "pm"},
    {"event", "e"}, {"section", "h"}, {"metadata", "md"}, {"check", "c"}, {"role", "ro"}};
  for (size_t k = 0; k < sizeof table / sizeof *table; k++)
    if (table[k][0][0] == type[0] && strcmp(table[k][0], type) == 0) return table[k][1];
  return "x";
}

static int by_name(const void *a, const void *b) {
  return strcmp(((const mill_argument *)a)->name, ((const mill_argument *)b)->name);
}

void mill_sort_arguments(mill_argument *args, size_t n) {
  if (n > 1) qsort(args, n, sizeof *args, by_name);
}

static void put_hex(mill_buffer *b, const unsigned char *bytes, size_t n) {
  static const char hex[] = "0123456789abcdef";
  if (!mill_buffer_reserve(b, 2 * n)) return;
  for (size_t k = 0; k < n; k++) {
    b->bytes[b->len++] = hex[bytes[k] >> 4];
    b->bytes[b->len++] = hex[bytes[k] & 15];
  }
}

static void put_part(mill_buffer *b, const char *s) {
  mill_buffer_byte(b, 0);
  mill_buffer_append(b, s, strlen(s));
}

static void put_span(mill_buffer *b, mill_span raw) {
  mill_buffer_decimal(b, raw.from);
  mill_buffer_byte(b, '-');
  mill_buffer_decimal(b, raw.to);
}

/* letters:, 12 digits. The buffer has room for them. */
static void write_id(const char *letters, mill_buffer *b, const unsigned char digest[32], char id[32]) {
  size_t n = strlen(letters), at = b->len;
  put_hex(b, digest, 6);
  if (b->error) return;
  memcpy(id, letters, n);
  id[n] = ':';
  memcpy(id + n + 1, b->bytes + at, 12);
  id[n + 13] = 0;
}

void fact_id_begin(mill_buffer *b, const unsigned char sha[32]) {
  b->len = 0;
  mill_buffer_reserve(b, 256); /* mostly enough */
  put_hex(b, sha, SHA_BYTES);
}

int fact_id(const mill_text *t, const char *type, const char *subtype, mill_span raw, const mill_argument *args,
            size_t n, mill_buffer *b, char id[32]) {
  unsigned char digest[32];
  if (!b->error) b->len = 2 * SHA_BYTES;
  put_part(b, type);
  put_part(b, subtype != NULL ? subtype : "");
  put_part(b, "");
  put_span(b, raw);
  for (size_t k = 0; k < n; k++) {
    put_part(b, args[k].name);
    mill_buffer_byte(b, '=');
    put_span(b, mill_text_raw(t, args[k].clean));
  }
  if (b->error) return MILL_ENOMEM;
  mill_sha256(b->bytes, b->len, digest);
  write_id(letters_of(type), b, digest, id);
  return b->error;
}

int mill_fact_id(const mill_text *t, const unsigned char sha[32], const char *type,
                 const char *subtype, mill_span raw, const mill_argument *args, size_t n,
                 char id[32]) {
  mill_buffer room = {0};
  fact_id_begin(&room, sha);
  int code = fact_id(t, type, subtype, raw, args, n, &room, id);
  mill_buffer_free(&room);
  return code;
}
