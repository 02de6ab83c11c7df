/* doc_view.h - a document as patterns see it, without its text (see doc_view.c). */
#ifndef MILL_STORE_DOC_VIEW_H
#define MILL_STORE_DOC_VIEW_H

#include "../core/rec_dates.h"
#include "../core/vm.h"
#include "internal.h"

struct doc_view {
  mill_corpus *c;
  const mill_program *prog;      /* borrowed */
  int wants_day, wants_text;     /* of the program */
  mill_machine *vm;
  sqlite3_stmt *forward, *day;
  uint32_t *lexicon; uint32_t n_lexicon; /* of corpus words: id + 1, 0 not asked */
  mill_tokens tokens;
  mill_buffer folded;
  struct layout layout;
  mill_text *text;
  mill_view view;
  struct mill_dates dates;
};

/* Inside a corpus_read. 0 or MILL_E*; free in any case. */
int doc_view_open(struct doc_view *v, mill_corpus *c, const mill_program *prog, mill_error *err);
void doc_view_free(struct doc_view *v);
/* The day that dates without a year refer to; *q: NULL at first, finalized by the caller. */
int doc_view_day(mill_corpus *c, sqlite3_stmt **q, int64_t doc, mill_date *out, mill_error *err);
int doc_view_wants_day(const mill_program *prog); /* Does a recogniser of it ask for that? */
/* Calls `take` for every match of the document, with its article and whether it is in boilerplate. What it
** returns but 0 ends the walk and is returned. */
int doc_view_each(struct doc_view *v, int64_t doc, int (*take)(void *, uint32_t article, int skip),
                  void *context, mill_error *err);

#endif
