/* buffer.c - growable bytes and arrays. */
#include "buffer.h"

#include <stdio.h>

#include "../textmill.h"
#include "alloc.h"
#include "utf8.h"

int mill_buffer_reserve(mill_buffer *b, size_t more) {
  if (b->error) return 0;
  if (b->capacity - b->len >= more) return 1;
  size_t need = b->len + more;
  size_t capacity = b->capacity < 64 ? 64 : b->capacity;
  while (capacity < need) capacity += capacity / 2 + 32;
  char *bytes = need < more ? NULL : mem_realloc(b->bytes, capacity);
  if (bytes == NULL) {
    b->error = MILL_ENOMEM;
    return 0;
  }
  b->bytes = bytes;
  b->capacity = capacity;
  return 1;
}

void mill_buffer_append(mill_buffer *b, const void *bytes, size_t n) {
  if (n == 0 || !mill_buffer_reserve(b, n)) return;
  memcpy(b->bytes + b->len, bytes, n);
  b->len += n;
}

void mill_buffer_decimal(mill_buffer *b, uint32_t x) {
  char digits[10];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + x % 10);
  while ((x /= 10) > 0);
  mill_buffer_append(b, digits + at, sizeof digits - at);
}

void mill_buffer_codepoint(mill_buffer *b, uint32_t c) {
  if (!mill_buffer_reserve(b, 4)) return;
  b->len += utf8_encode(c, b->bytes + b->len);
}

void mill_buffer_free(mill_buffer *b) {
  mem_free(b->bytes);
  memset(b, 0, sizeof *b);
}

void mill_decimal_point(char *number) {
  static const char signs[] = "+-0123456789e";
  char *point = number + strspn(number, signs), *rest = point + strcspn(point, signs);
  if (*point == 0) return;
  *point = '.';
  memmove(point + 1, rest, strlen(rest) + 1);
}

void mill_buffer_double(mill_buffer *b, double x, int digits) {
  char text[48];
  snprintf(text, sizeof text, "%.*g", digits, x);
  mill_decimal_point(text);
  mill_buffer_append(b, text, strlen(text));
}

char *mill_buffer_take(mill_buffer *b, size_t *len) {
  mill_buffer_byte(b, 0);
  if (b->error) {
    mill_buffer_free(b);
    return NULL;
  }
  char *bytes = b->bytes;
  if (len != NULL) *len = b->len - 1;
  memset(b, 0, sizeof *b);
  return bytes;
}

int mill_grow(void *array, uint32_t *capacity, size_t needed, size_t item) {
  if (needed <= *capacity) return 0;
  if (needed > UINT32_MAX / 2) return MILL_ENOMEM;
  size_t size = *capacity < 16 ? 16 : *capacity;
  while (size < needed) size += size / 2;
  void *old, *grown;
  memcpy(&old, array, sizeof old);
  grown = mem_realloc(old, size * item);
  if (grown == NULL) return MILL_ENOMEM;
  memcpy(array, &grown, sizeof grown);
  *capacity = (uint32_t)size;
  return 0;
}
