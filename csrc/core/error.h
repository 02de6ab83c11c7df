/* error.h - filling a mill_error. */
#ifndef MILL_ERROR_H
#define MILL_ERROR_H

#include "../textmill.h"

/* Fills err (may be NULL) and returns code, so that `return mill_fail(...)`. */
int mill_fail(mill_error *err, int code, size_t position, const char *format, ...)
    MILL_PRINTF(4, 5);
/* mill_fail for MILL_ENOMEM with the usual message. */
int mill_fail_memory(mill_error *err);

#endif
