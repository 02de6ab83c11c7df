/*
** fields_read.h - one line read as fields of metadata: between fields_read.c and
** fields.c, which makes pieces of what was read.
*/
#ifndef MILL_FIELDS_READ_H
#define MILL_FIELDS_READ_H

#include "cues.h"
#include "fields.h"

#define FIELDS_MAX 24

typedef struct field_line {
  const page *p;
  const char *s; /* its folded text */
  uint32_t to;
  uint32_t n, labelled, loose, moments; /* loose: words that are no field; moments: times without a year */
  field fields[FIELDS_MAX];
} field_line;

/* Reads folded `span` of p, the whole of it; 1: it is a line of fields, l->fields[0, l->n) in their
** order and without gaps between them. */
int fields_read(field_line *l, const page *p, mill_span span);

/* Is there a label or a time at the beginning of a word of q? A line without is none of fields,
** whatever its words are. */
int fields_have_anchor(const page *p, const page_piece *q);

/* A label that is in force at folded s[0,n): followed by a colon, or by what may do without. Its bytes
** up to the value, and *key; 0: none. */
size_t fields_label_at(const cue_index *x, const char *s, size_t n, enum field_key *key);

/* Bytes of blanks at folded s[0,n). */
size_t fields_skip_blanks(const char *s, size_t n);

#endif
