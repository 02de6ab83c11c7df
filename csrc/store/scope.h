/* scope.h - the articles a view reads (see scope.c). */
#ifndef MILL_STORE_SCOPE_H
#define MILL_STORE_SCOPE_H

#include <sqlite3.h>

#include "store.h"

/* Is some article of this document in it? NULL: everything is. */
int scope_has_document(const mill_scope *s, int64_t doc);
/* article: 0, 1, ... within the document; or its row in mill_articles. */
int scope_has_row(const mill_scope *s, int64_t doc, int64_t article);
int scope_has(const mill_scope *s, int64_t doc, uint32_t article);
/* Does the corpus know this key of conditions? 0, or MILL_EINVAL naming those there are. */
int scope_check_key(mill_corpus *c, const char *key, mill_error *err);

/* SQL: the day of the article a, as the view documents has it; the metadata of source s. */
#define SCOPE_PUBLISHED                                                                              \
  "coalesce((SELECT value FROM mill_metadata m WHERE m.doc = a.doc AND key = 'published'"      \
  " LIMIT 1), (SELECT date FROM mill_sources s WHERE s.doc = a.doc AND date IS NOT NULL"       \
  " ORDER BY source LIMIT 1))"
#define SCOPE_META "json_each(CASE WHEN json_valid(s.meta) THEN s.meta END)"

/* Gives the connection mill_in_scope(doc [, article number from 1]), which asks the
** corpus's present scope. An SQLite code. */
int scope_register(mill_corpus *c, sqlite3 *db);

#endif
