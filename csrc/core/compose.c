/* compose.c - canonical ordering and composition of a stretch of text. */
#include "compose.h"

#include <string.h>

#include "../textmill.h"
#include "alloc.h"
#include "utf8.h"

#define CODE(item) ((item)&0xFFFFFFu)
#define CCC(item) ((item) >> 24)
#define SHORT_RUN 24 /* marks sorted by insertion; longer runs by counting */

size_t hangul_decompose(uint32_t syllable, char *out) {
  uint32_t s = syllable - 0xAC00u;
  size_t n = utf8_encode(0x1100u + s / 588, out);
  n += utf8_encode(0x1161u + s % 588 / 28, out + n);
  if (s % 28 != 0) n += utf8_encode(0x11A7u + s % 28, out + n);
  return n;
}

static void add(canon *k, const mill_unicode *u, uint32_t c) {
  k->items[k->n++] = c | (uint32_t)unicode_ccc(u, c) << 24;
}

static void add_text(canon *k, const mill_unicode *u, const char *text, size_t n) {
  for (size_t i = 0, len; i < n; i += len) add(k, u, utf8_decode(text + i, &len));
}

static void add_decomposed(canon *k, const mill_unicode *u, uint32_t c) {
  uint32_t value = unicode_value(u, MILL_NFD, c);
  char jamo[12];
  if (value == UNICODE_HANGUL) {
    add_text(k, u, jamo, hangul_decompose(c, jamo));
  } else if ((value & 0x7FFFu) != 0) {
    unicode_piece p = unicode_record(u, value);
    add_text(k, u, p.text, p.len);
  } else {
    add(k, u, c);
  }
}

int canon_add(canon *k, const mill_unicode *u, const char *text, size_t n, int decompose) {
  for (size_t i = 0, len; i < n; i += len) {
    uint32_t c = utf8_decode(text + i, &len);
    if (k->capacity - k->n < 64) { /* a record has at most 63 bytes */
      int rc = mill_grow(&k->items, &k->capacity, (size_t)k->n + 64, sizeof *k->items);
      if (rc < 0) return rc;
    }
    if (decompose)
      add_decomposed(k, u, c);
    else
      add(k, u, c);
  }
  return 0;
}

static void sort_short(uint32_t *a, uint32_t n) {
  for (uint32_t i = 1; i < n; i++) {
    uint32_t x = a[i], j = i;
    for (; j > 0 && CCC(a[j - 1]) > CCC(x); j--) a[j] = a[j - 1];
    a[j] = x;
  }
}

/* Stable counting sort by combining class. */
static int sort_long(canon *k, uint32_t *a, uint32_t n) {
  uint32_t start[257] = {0};
  int rc = mill_grow(&k->spare, &k->spare_capacity, n, sizeof *k->spare);
  if (rc < 0) return rc;
  for (uint32_t i = 0; i < n; i++) start[CCC(a[i]) + 1]++;
  for (int i = 0; i < 256; i++) start[i + 1] += start[i];
  for (uint32_t i = 0; i < n; i++) k->spare[start[CCC(a[i])]++] = a[i];
  memcpy(a, k->spare, n * sizeof *a);
  return 0;
}

int canon_order(canon *k) {
  int rc = 0;
  for (uint32_t i = 0, j; i < k->n && rc == 0; i = j) {
    for (j = i; j < k->n && CCC(k->items[j]) != 0; j++) continue;
    if (j - i > SHORT_RUN)
      rc = sort_long(k, k->items + i, j - i);
    else
      sort_short(k->items + i, j - i);
    while (j < k->n && CCC(k->items[j]) == 0) j++;
  }
  return rc;
}

/* A mark composes with the last starter when nothing of its own class or of
** class 0 stands between them. */
void canon_compose(canon *k, const mill_unicode *u) {
  uint32_t *a = k->items, n = 0, starter = MILL_NONE;
  for (uint32_t i = 0; i < k->n; i++) {
    uint32_t x = a[i], before = n > 0 ? CCC(a[n - 1]) : 0, both = 0;
    if (starter != MILL_NONE && (starter + 1 == n || (before != 0 && before < CCC(x))))
      both = unicode_compose(u, CODE(a[starter]), CODE(x));
    if (both != 0) {
      a[starter] = both;
    } else {
      if (CCC(x) == 0) starter = n;
      a[n++] = x;
    }
  }
  k->n = n;
}

void canon_write(const canon *k, mill_buffer *out) {
  if (!mill_buffer_reserve(out, (size_t)k->n * 4 + 16)) return;
  for (uint32_t i = 0; i < k->n; i++)
    out->len += utf8_encode(CODE(k->items[i]), out->bytes + out->len);
}

void canon_free(canon *k) {
  mem_free(k->items);
  mem_free(k->spare);
  memset(k, 0, sizeof *k);
}
