/* l_corpus.h - shared by the files that bind the corpus. */
#ifndef MILL_L_CORPUS_H
#define MILL_L_CORPUS_H

#include <signal.h>

#include "../store/store.h"
#include "bind.h"

/* The open corpus at `arg`; raises when it is closed. */
mill_corpus *bind_check_corpus(lua_State *L, int arg);
/* The document at `arg`: its id, or the number that corpus:extraction gives. 0 or MILL_E*. */
int corpus_find(lua_State *L, mill_corpus *c, int arg, int64_t *doc, mill_error *err);
/* Failures of the file or of memory; all others are the request's. */
int corpus_is_fatal(int code);
/* nil, message, position, code for a bad request; raises when the file fails. */
int corpus_fail(lua_State *L, const mill_error *err);

/* Pushes an empty box for rows, freed with it. */
mill_rows **bind_new_rows(lua_State *L);
/* Pushes the rows as a list of tables {column = value}; frees the rows. */
void bind_push_rows(lua_State *L, mill_rows **box);
/* Pushes the first row as a table, or nil; frees the rows. */
void bind_push_row(lua_State *L, mill_rows **box);
/* Pushes the list of column names. */
void bind_push_columns(lua_State *L, const mill_rows *r);

/* A stored document's text with its tokens on its way to a state (l_corpus_read.c). */
#define CORPUS_T_TEXT "textmill.corpus.text"
typedef struct stored_text { mill_text *text; mill_tokens tokens; mill_userwords *user; } stored_text;
int stored_text_read(mill_corpus *c, int64_t doc, stored_text *out, mill_error *err);
void stored_text_free(stored_text *t);
stored_text *stored_text_new(lua_State *L); /* pushes an empty one, freed with it */
/* Pushes a textmill.text made of it, with its view; it is taken over, even on failure, when
** nothing is pushed. 0 or MILL_E*. */
int stored_text_push(lua_State *L, stored_text *t, mill_error *err);
void corpus_open_texts(lua_State *L);

/* Ctrl-C while C works (l_corpus_search.c): what may be long asks corpus_interrupted when
** `on`; code: what it ended with. */
struct corpus_interrupt { sigset_t before; int on; };
void corpus_interrupt_begin(struct corpus_interrupt *i);
int corpus_interrupted(void *unused);
void corpus_interrupt_end(const struct corpus_interrupt *i, int code);

/* ---- queries (l_corpus_search.c) */
/* Options of search, count and kwic at `arg`. */
void corpus_get_options(lua_State *L, mill_corpus *c, int arg, mill_query_options *o);
const char *corpus_check_query(lua_State *L);                /* the query at 2 */
void corpus_push_totals(lua_State *L, const mill_totals *t);
/* Raises; under a query that is wrong stands a caret. */
int corpus_raise_at(lua_State *L, const char *query, const mill_error *err);

/* ---- facts on their way in (l_fact_rows.c) */
#define CORPUS_T_FACT_ROWS "textmill.fact_rows"
typedef struct corpus_facts_given { /* kept by what was pushed */
  mill_fact *facts; size_t n;
  mill_link *links; size_t n_links;
} corpus_facts_given;
/* The facts, a list of tables, and the links, a list or nil, at these places; pushes what
** keeps them. */
corpus_facts_given corpus_get_facts(lua_State *L, int facts, int links);
/* Rows that were closed, for mill_fact_rows_new; NULL: none. */
mill_fact_rows *corpus_spare_rows(lua_State *L);
mill_fact_rows **corpus_new_fact_rows(lua_State *L); /* pushes an empty box */
void corpus_open_fact_rows(lua_State *L);
void corpus_open_fact_made(lua_State *L); /* l_fact_made.c */

/* methods of l_corpus_facts.c and l_corpus_read.c */
int corpus_store_facts(lua_State *L);
int corpus_extraction(lua_State *L);
int corpus_note_extraction(lua_State *L);
int corpus_forget_runs(lua_State *L);
int corpus_facts(lua_State *L);
int corpus_mentions(lua_State *L);
int corpus_verdict(lua_State *L);
int corpus_group(lua_State *L);     /* l_corpus_words.c */
int corpus_userwords(lua_State *L);
int corpus_new_words(lua_State *L);
int corpus_ids(lua_State *L);
int corpus_docs(lua_State *L);
int corpus_doc(lua_State *L);
int corpus_text(lua_State *L);
int corpus_cite(lua_State *L);
int corpus_stats(lua_State *L);
int corpus_search(lua_State *L);    /* l_corpus_search.c */
int corpus_count(lua_State *L);
int corpus_kwic(lua_State *L);      /* l_corpus_lines.c */
int corpus_lines(lua_State *L);
void corpus_open_lines(lua_State *L);
int corpus_match(lua_State *L);     /* l_corpus_match.c */
int corpus_name(lua_State *L);
void corpus_open_match(lua_State *L);
int corpus_sql(lua_State *L);
int corpus_verify(lua_State *L);
int corpus_compact(lua_State *L);
int corpus_reindex(lua_State *L);
int corpus_duplicates(lua_State *L);
void corpus_open_scope(lua_State *L); /* l_corpus_scope.c */
int corpus_scope(lua_State *L);
int corpus_within(lua_State *L);
int corpus_in_scope(lua_State *L);
mill_scope *bind_check_scope(lua_State *L, int arg);
int corpus_collocates(lua_State *L); /* l_corpus_stats.c */
int corpus_keyness(lua_State *L);
int corpus_frequencies(lua_State *L);
int corpus_dispersion(lua_State *L);
int corpus_similar(lua_State *L);

/* ---- documents on their way in (l_corpus.c, l_workers.c) */
typedef struct corpus_document { /* borrows from the stack */
  const char *raw;
  size_t n;
  mill_clean_options options;
  mill_source source;
  lua_Integer line; /* of its file; 0: not known */
} corpus_document;
int corpus_get_document(lua_State *L, corpus_document *d);
int corpus_push_receipt(lua_State *L, const mill_receipt *r); /* pushes {what=, id=}; 1 */
int corpus_workers(lua_State *L);
void corpus_open_workers(lua_State *L);
void corpus_open_crew(lua_State *L); /* l_crew.c */

#endif
