/*
** buffer.h - a growable byte buffer with sticky errors: after a failed
** append every further one is a no-op, so a writer checks once, at the end.
*/
#ifndef MILL_BUFFER_H
#define MILL_BUFFER_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct mill_buffer {
  char *bytes;    /* owned; NULL when empty */
  size_t len, capacity;
  int error;      /* 0 or MILL_ENOMEM */
} mill_buffer;

/* Makes room for `more` bytes behind len. 1 done, 0 no memory (sticky). */
int mill_buffer_reserve(mill_buffer *b, size_t more);
void mill_buffer_append(mill_buffer *b, const void *bytes, size_t n);
static inline void mill_buffer_byte(mill_buffer *b, int byte) {
  if ((b->error != 0 || b->len == b->capacity) && !mill_buffer_reserve(b, 1)) return;
  b->bytes[b->len++] = (char)byte;
}
void mill_buffer_decimal(mill_buffer *b, uint32_t x);
/* x, which is finite, with so many significant digits (1..17) and a point, whatever the locale is. */
void mill_buffer_double(mill_buffer *b, double x, int digits);
/* In place: the point of printf's %g as the locale has it (a comma, U+066B) becomes one of ASCII. */
void mill_decimal_point(char *number);
void mill_buffer_codepoint(mill_buffer *b, uint32_t c); /* as UTF-8 */
void mill_buffer_free(mill_buffer *b);                  /* and resets it */
/* Hands the bytes over, terminated by NUL; NULL (and freed) after an error. */
char *mill_buffer_take(mill_buffer *b, size_t *len);

/*
** Grows a typed array: mill_grow(&array, &capacity, needed, sizeof *array).
** Returns 0 or MILL_ENOMEM, when the old array is untouched.
*/
int mill_grow(void *array, uint32_t *capacity, size_t needed, size_t item);

#endif
