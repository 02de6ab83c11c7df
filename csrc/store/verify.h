/* verify.h - what the files of checking share. */
#ifndef MILL_VERIFY_H
#define MILL_VERIFY_H

#include "internal.h"

struct check { mill_corpus *c; mill_rows *rows; };
void verify_problem(struct check *x, const char *doc, const char *text); /* doc NULL: of the file */
/* Each row of the statement but `fine` is a problem. */
int verify_sql(struct check *x, const char *sql, const char *fine, mill_error *err);
/* verify_index.c: the index against the stored tokens. */
int verify_index(struct check *x, mill_error *err);

#endif
