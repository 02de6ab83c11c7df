/*
** record.c - a line of NDJSON as a document, without a value of any language in between.
**
**   {"id": 7, "text": "甲\n乙", "county": "丙"}   -->   bytes  7 . 甲 乙 . county . 丙 .
**                                                     fields, members: places in it
**
** What an escape says is shorter than the escape, and a string than its quotes: so the strings
** of a line, terminated, have room in as many bytes as the line.
*/
#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "json_text.h"

typedef struct mill_record_text text;
typedef struct mill_record_member member;
static const text none = {MILL_RECORD_NONE, 0};

struct reading { mill_record *r; const char *p, *end; char *to; };

/* ---- values: 1, or 0 where they are not usual */

static void skip_blanks(struct reading *x) {
  while (x->p < x->end && (*x->p == ' ' || *x->p == '\n' || *x->p == '\t' || *x->p == '\r')) x->p++;
}

/* The string whose text begins here. */
static int take_string(struct reading *x, text *out) {
  char *start = x->to;
  for (;;) {
    size_t n;
    x->p = json_copy_plain(x->p, x->end, &x->to);
    if (x->p == x->end) return 0;
    if (*x->p == '"') break;
    if (*x->p != '\\' || (x->p = json_escape(x->p + 1, x->end, x->to, &n)) == NULL) return 0;
    x->to += n;
  }
  x->p++;
  *out = (text){(size_t)(start - x->r->bytes), (size_t)(x->to - start)};
  *x->to++ = 0;
  return 1;
}

/* What may not stand here, like a zero byte, is found out by whoever reads on. */
static int is_delimited(const struct reading *x) {
  return x->p == x->end || strchr(" ,]}\n\t\r", *x->p) != NULL;
}

static void put(struct reading *x, const char *s, size_t n, text *out) {
  memcpy(x->to, s, n);
  *out = (text){(size_t)(x->to - x->r->bytes), n};
  x->to += n;
  *x->to++ = 0;
}

/* Whole numbers of up to 18 digits. */
static int take_number(struct reading *x, text *out) {
  const char *start = x->p;
  int minus = *x->p == '-', n = 0;
  const char *first = x->p += minus;
  for (; x->p < x->end && *x->p >= '0' && *x->p <= '9' && n < 18; x->p++) n++;
  if (n == 0 || (n > 1 && *first == '0') || !is_delimited(x)) return 0;
  if (*first == '0') start = first; /* -0 */
  put(x, start, (size_t)(x->p - start), out);
  return 1;
}

enum value_kind { STRANGE, STRING, NUMBER, TRUTH, NOTHING };

/* null, true or false. */
static enum value_kind take_word(struct reading *x, text *out) {
  static const char *const words[] = {"null", "true", "false"};
  *out = none;
  for (int k = 0; k < 3; k++) {
    size_t n = strlen(words[k]);
    if ((size_t)(x->end - x->p) < n || memcmp(x->p, words[k], n) != 0) continue;
    x->p += n;
    if (!is_delimited(x)) return STRANGE;
    if (k > 0) put(x, words[k], n, out);
    return k > 0 ? TRUTH : NOTHING;
  }
  return STRANGE;
}

static enum value_kind take_value(struct reading *x, text *out) {
  skip_blanks(x);
  if (x->p == x->end) return STRANGE;
  switch (*x->p) {
    case '"': return x->p++, take_string(x, out) ? STRING : STRANGE;
    case 't': case 'f': case 'n': return take_word(x, out);
    default: return take_number(x, out) ? NUMBER : STRANGE;
  }
}

/* ---- members */

/* A key with a zero byte in it is another. */
static int is_text(const mill_record *r, text t, const char *s, size_t n) {
  return t.n == n && memcmp(r->bytes + t.at, s, n) == 0;
}

static int is_named(const mill_record *r, text t, const char *name) { return is_text(r, t, name, strlen(name)); }

/* Of two members of one name the last one counts; null is none. */
static int put_member(mill_record *r, text key, text value) {
  int k = 0;
  while (k < r->n && !is_text(r, r->members[k].key, r->bytes + key.at, key.n)) k++;
  if (value.at == MILL_RECORD_NONE) {
    if (k < r->n) r->members[k] = r->members[--r->n];
    return 1;
  }
  if (k == MILL_RECORD_MEMBERS) return 0;
  if (k == r->n) r->n++;
  r->members[k] = (member){key, value};
  return 1;
}

static int take_member(struct reading *x) {
  static const char *const names[] = {"id", "path", "url", "date", "text"};
  mill_record *r = x->r;
  text key, value;
  skip_blanks(x);
  if (x->p == x->end || *x->p++ != '"' || !take_string(x, &key)) return 0;
  skip_blanks(x);
  if (x->p == x->end || *x->p++ != ':') return 0;
  enum value_kind kind = take_value(x, &value);
  if (kind == STRANGE || is_named(r, key, "bytes_b64") || is_named(r, key, "meta")) return 0;
  for (int k = 0; k < MILL_RECORD_FIELDS; k++) {
    if (!is_named(r, key, names[k])) continue;
    r->fields[k] = value;
    return k == MILL_RECORD_TEXT ? kind == STRING : kind != TRUTH;
  }
  return put_member(r, key, value);
}

static int take_members(struct reading *x) {
  for (;;) {
    if (!take_member(x)) return 0;
    skip_blanks(x);
    if (x->p == x->end) return 0;
    char c = *x->p++;
    if (c == '}') break;
    if (c != ',') return 0;
  }
  skip_blanks(x);
  return x->p == x->end;
}

/* ---- metadata */

static int order(const mill_record *r, text a, text b) {
  int way = memcmp(r->bytes + a.at, r->bytes + b.at, a.n < b.n ? a.n : b.n);
  return way != 0 ? way : (a.n > b.n) - (a.n < b.n);
}

static void sort_members(mill_record *r) {
  for (int k = 1; k < r->n; k++) {
    member one = r->members[k];
    int at = k;
    for (; at > 0 && order(r, r->members[at - 1].key, one.key) > 0; at--) r->members[at] = r->members[at - 1];
    r->members[at] = one;
  }
}

/* {"key":"value",...}; 0: some of it is not UTF-8. */
static int write_meta(mill_record *r) {
  mill_buffer b = {.bytes = r->meta, .capacity = r->meta_capacity};
  int good = 1;
  for (int k = 0; k < r->n && good; k++) {
    const member *m = &r->members[k];
    mill_buffer_byte(&b, k == 0 ? '{' : ',');
    good = json_put_string(&b, r->bytes + m->key.at, m->key.n);
    mill_buffer_byte(&b, ':');
    good = good && json_put_string(&b, r->bytes + m->value.at, m->value.n);
  }
  if (r->n > 0) mill_buffer_byte(&b, '}');
  mill_buffer_byte(&b, 0);
  r->meta = b.bytes;
  r->meta_capacity = b.capacity;
  return b.error ? MILL_ENOMEM : good;
}

/* ---- all of it */

static int make_room(mill_record *r, size_t n) {
  if (r->capacity >= n) return 0;
  mem_free(r->bytes); /* nothing in it is wanted any more */
  r->capacity = 0;
  size_t size = n + n / 4;
  if ((r->bytes = mem_malloc(size)) == NULL) return MILL_ENOMEM;
  r->capacity = size;
  return 0;
}

int mill_record_read(mill_record *r, const char *line, size_t n) {
  struct reading x = {r, line, line + n, NULL};
  r->n = 0;
  for (int k = 0; k < MILL_RECORD_FIELDS; k++) r->fields[k] = none;
  skip_blanks(&x);
  if (x.p == x.end || *x.p++ != '{') return 0;
  if (make_room(r, n + JSON_SPARE) < 0) return MILL_ENOMEM;
  x.to = r->bytes;
  if (!take_members(&x) || r->fields[MILL_RECORD_TEXT].at == MILL_RECORD_NONE) return 0;
  sort_members(r);
  return write_meta(r);
}

void mill_record_free(mill_record *r) {
  mem_free(r->bytes);
  mem_free(r->meta);
  *r = (mill_record){0};
}

const char *mill_record_field(const mill_record *r, enum mill_record_field field, size_t *n) {
  text t = r->fields[field];
  int there = r->bytes != NULL && t.at != MILL_RECORD_NONE;
  if (n != NULL) *n = there ? t.n : 0;
  return there ? r->bytes + t.at : NULL;
}

mill_source mill_record_source(const mill_record *r) {
  return (mill_source){mill_record_field(r, MILL_RECORD_ID, NULL), mill_record_field(r, MILL_RECORD_PATH, NULL),
                       mill_record_field(r, MILL_RECORD_URL, NULL), mill_record_field(r, MILL_RECORD_DATE, NULL),
                       r->n > 0 ? r->meta : NULL};
}
