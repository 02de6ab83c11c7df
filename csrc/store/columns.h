/* columns.h - all tokens of documents in a row, for patterns (see columns.c). */
#ifndef MILL_STORE_COLUMNS_H
#define MILL_STORE_COLUMNS_H

#include "internal.h"
#include "stop.h"
#include "types.h"

struct column_doc { int64_t doc; uint32_t from, area; }; /* up to the next one's */
/* Tokens from here on belong to this article, those of boilerplate are left out. */
struct column_area { uint32_t from, article; uint8_t skip; };

/* What tells that something was written, by whomever. Inside a corpus_read. */
struct file_state { int64_t version, epoch; int changes; };
struct file_state file_state_of(mill_corpus *c);
int file_state_is(mill_corpus *c, const struct file_state *s);

struct columns {
  struct type_table table;
  uint32_t *types; uint32_t n, capacity;
  struct column_doc *docs; uint32_t n_docs, doc_capacity;      /* and one behind the last */
  struct column_area *areas; uint32_t n_areas, area_capacity;
  struct layout layout;                                        /* scratch */
  struct file_state state;                                     /* when it was read */
};

/* Is what the corpus keeps still the whole of it? Inside a corpus_read, like all below. */
int columns_kept(mill_corpus *c);
/* Reads every document, to be kept until something is written. 0 or MILL_E*; stop's, too. */
int columns_keep(mill_corpus *c, struct stop *stop, const struct columns **out, mill_error *err);
/* Appends one document; its tokens and layout as mill_forward has them. */
int columns_add(mill_corpus *c, struct columns *x, int64_t doc, sqlite3_stmt *row, int column,
                mill_error *err);
/* For reading documents anew: empty, with a table for the present vocabulary. */
void columns_clear(const mill_corpus *c, struct columns *x);
void columns_free(struct columns *x); /* what it holds */
void columns_drop(mill_corpus *c);    /* the corpus's own */

/* The area of a token of document d. */
const struct column_area *columns_area(const struct columns *x, uint32_t d, uint32_t token);

#endif
