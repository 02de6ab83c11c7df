/* scope.h - the articles a view reads (see scope.c). */
#ifndef MILL_STORE_SCOPE_H
#define MILL_STORE_SCOPE_H

#include <sqlite3.h>

#include "store.h"

/* Is some article of this document in it? NULL: everything is. */
int scope_has_document(const mill_scope *s, int64_t doc);
/* article: 0, 1, ... within the document. */
int scope_has(const mill_scope *s, int64_t doc, uint32_t article);
/* Gives the connection mill_in_scope(doc [, article number from 1]), which asks the
** corpus's present scope. An SQLite code. */
int scope_register(mill_corpus *c, sqlite3 *db);

#endif
