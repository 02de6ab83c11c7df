/*
** fields.h - what metadata lines and bylines are made of: a time of
** publication, lists of names, labelled fields.
*/
#ifndef MILL_FIELDS_H
#define MILL_FIELDS_H

#include "page.h"

/* The longest time of publication at folded s[0,n): 2020-02-26 16:57,
** 2020年2月26日, 二〇二〇年二月二十六日, March 3, 2020. Returns its bytes and
** writes ISO 8601 (a date or a date-time), or 0. A year is required. */
size_t timestamp_scan(const char *s, size_t n, char iso[24]);
/* The same of a year of the republic without its name, which only a label tells from other numbers: 109-10-12. */
size_t timestamp_republic(const char *s, size_t n, char iso[24]);
/* A time of writing without a year at folded s[0,n): 03-05 12:30, 昨天 12:30, 5分钟前. Its bytes, or 0. */
size_t moment_scan(const char *s, size_t n);

/* One field of a metadata line: 来源:某网 */
typedef struct field {
  mill_span whole, value; /* folded */
  uint8_t key;            /* enum field_key */
  uint8_t labelled;       /* 1: a label stood before the value */
  char iso[24];           /* of a time, ISO 8601; else empty */
} field;

/* Who a word may be that stands in a line of fields and is none. */
enum field_loose {
  LOOSE_NOTHING = 0,
  LOOSE_PERSON,
  LOOSE_ACCOUNT /* a person, or an account that publishes */,
  LOOSE_POSTER
};

/* fields_note.c: notes what the field says. */
void fields_note(page *p, const field *f, enum field_loose loose);
/* fields_read.c: bytes of blanks, brackets and bars at folded s[0,n). */
size_t fields_skip_edges(const char *s, size_t n);

/* fields_read.c: is it the page of a newspaper: 第03版, A4版:综合? */
int fields_is_sheet(const char *s, size_t n);

enum names_mode {
  NAMES_LOOSE = 0,       /* after a label: every token that can be a name */
  NAMES_STRICT = 1,      /* all tokens must be names or known other things */
  NAMES_SURNAME = 2,     /* names must begin with a surname (signatures) */
  NAMES_JAPANESE = 4     /* family and given name are written with a space */
};
#define NAMES_MAX 24
/* Person names in folded[span): split at separators, single characters joined
** (李 明), roles (记者, 通讯员, 文, 摄) and offices before a name left out.
** Returns how many; *roles: how many role words stood there. A Strict reading
** that fails returns 0. */
size_t names_parse(const page *p, mill_span span, unsigned mode,
                   mill_span out[NAMES_MAX], unsigned *roles);
/* Is folded `name` that of one person, with a known surname? */
int name_is_person(const page *p, mill_span name);
/* Does s[0,n) end as the name of a medium (网, 日报) or an office (局, 委)? */
int name_is_medium(const page *p, const char *s, size_t n);
/* The name of a medium that is too long for that of a person (王建社). */
int name_is_paper(const page *p, mill_span name);
int name_is_office(const page *p, const char *s, size_t n);

/* fields.c: reads the end of the last piece, from folded byte `from` on, as
** fields: （原载《某报》2020年1月2日）. 1: it is a piece of its own now; 0: nothing done. */
int fields_mark_end(page *p, uint32_t from);

/* headings.c: the number in front of a heading or item (一、 (二) 1. 第三章):
** its bytes, its level 1..4 (6: an article of a law) and its ordinal; 0 none. */
size_t heading_number(const char *s, size_t n, unsigned *level, unsigned *ordinal);

#endif
