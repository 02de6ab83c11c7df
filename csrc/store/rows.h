/* rows.h - building a mill_rows. Errors are sticky; rows_take checks once. */
#ifndef MILL_ROWS_H
#define MILL_ROWS_H

#include "store.h"

/* `names`: column names separated by blanks, copied. NULL: no memory. */
mill_rows *rows_new(const char *names);
void rows_null(mill_rows *r);
void rows_integer(mill_rows *r, int64_t i);
void rows_real(mill_rows *r, double d);
void rows_text(mill_rows *r, const char *s);  /* NULL: null */
void rows_bytes(mill_rows *r, const char *s, size_t n);
void rows_blob(mill_rows *r, const void *bytes, size_t n);
/* Reorders the rows: row k becomes old row order[k]. */
int rows_reorder(mill_rows *r, const uint32_t *order);
/* 0 and the rows in *out, or MILL_ENOMEM and r freed. */
int rows_take(mill_rows *r, mill_rows **out, mill_error *err);

#endif
