/*
** tokenizer.h - textmill's words as an FTS5 tokenizer.
**
** One implementation, two homes: the corpus hands over ready tokens while it
** builds, under the stock name `unicode61`, so that a stock SQLite opens the
** file; the loadable extension registers it as `textmill` for any table.
*/
#ifndef MILL_TOKENIZER_H
#define MILL_TOKENIZER_H

#ifdef MILL_EXTENSION
#include <sqlite3ext.h>
#else
#include <sqlite3.h>
#endif

#include "../textmill.h"

/* One ready token of an indexed column: text borrowed. */
struct fts_token { const char *text; int len; };

struct fts_context {
  const mill_data *data;   /* borrowed; folding and lexicon for plain text */
  /* Ready tokens: a document column whose text is "b" or "r" (body, rest)
  ** yields these instead of being read. NULL: read the text. */
  const struct fts_token *ready[2];
  int n_ready[2];
  int verbatim;            /* 1: a query string is one token as it stands */
};

/* Registers the tokenizer. context is borrowed until the connection closes,
** unless destroy is given, which is called with it then. An SQLITE_ code. */
int fts_register(sqlite3 *db, const char *name, struct fts_context *context,
                 void (*destroy)(void *));

#endif
