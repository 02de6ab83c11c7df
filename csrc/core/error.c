/* error.c - error codes, their names, and how messages are made. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

int mill_fail(mill_error *err, int code, size_t position, const char *format, ...) {
  if (err != NULL) {
    va_list args;
    err->code = code;
    err->position = position;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
  }
  return code;
}

int mill_fail_memory(mill_error *err) {
  return mill_fail(err, MILL_ENOMEM, 0, "out of memory");
}

const char *mill_code_name(int code) {
  static const char *const names[] = {"ok",       "nomem",  "invalid",  "utf8",    "limit",
                                      "io",       "format", "version",  "corrupt", "notfound",
                                      "syntax",   "busy",   "full",     "readonly", "cancel",
                                      "empty",    "charset"};
  size_t k = code <= 0 ? (size_t)-(long)code : 0;
  return k < sizeof names / sizeof *names ? names[k] : "unknown";
}
