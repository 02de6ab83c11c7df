/* table.h - whole statements as rows (read.c). */
#ifndef MILL_TABLE_H
#define MILL_TABLE_H

#include "internal.h"

/* Steps s to its end. The caller finalizes it. */
int table_read(mill_corpus *c, sqlite3_stmt *s, mill_rows **out, mill_error *err);
/* Prepares, binds texts (NULL: null), reads, inside a corpus_read. */
int table_query(mill_corpus *c, const char *sql, const char *const *values, size_t n,
                mill_rows **out, mill_error *err);

#endif
