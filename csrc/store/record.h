/* record.h - a line of NDJSON as a document, where it is as most are; see record.c. */
#ifndef MILL_RECORD_H
#define MILL_RECORD_H

#include "store.h"

#define MILL_RECORD_MEMBERS 64 /* more are not usual */

/* A string of the record: bytes[at .. at + n), with a NUL behind. at MILL_RECORD_NONE: none. */
#define MILL_RECORD_NONE SIZE_MAX
struct mill_record_text { size_t at, n; };
struct mill_record_member { struct mill_record_text key, value; };
enum mill_record_field { MILL_RECORD_ID, MILL_RECORD_PATH, MILL_RECORD_URL, MILL_RECORD_DATE, MILL_RECORD_TEXT,
                         MILL_RECORD_FIELDS };

typedef struct mill_record {
  char *bytes; size_t len, capacity;         /* owned; all strings */
  struct mill_record_text fields[MILL_RECORD_FIELDS];
  struct mill_record_member members[MILL_RECORD_MEMBERS]; /* all others, as text, sorted by key */
  int n;
  int64_t line;                              /* the caller's: its number in the file */
  char *meta; size_t meta_capacity;          /* owned; JSON of the members, terminated; "" where there are none */
} mill_record;

/* Takes the line {"text": ..., "id": ..., ...}, whose values are strings, whole numbers, truths and
** nulls; what was in r goes. r: zeroed before the first. 1; 0: the line is none of these, or none at all;
** MILL_ENOMEM. */
int mill_record_read(mill_record *r, const char *line, size_t n);
void mill_record_free(mill_record *r);
/* A field, NULL where there is none; *n, which may be NULL: its length. The record's until it reads on. */
const char *mill_record_field(const mill_record *r, enum mill_record_field field, size_t *n);
/* The fields and metadata, the record's until it reads on. */
mill_source mill_record_source(const mill_record *r);

#endif
