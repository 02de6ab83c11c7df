/*
** kwic_sort.c - the order of concordance lines: by what stands left of the node, from
** it outwards, right of it, or by the node itself.
**
**   line -> text to sort by -> ICU sort key (bytes) -> merge sort of line numbers
**
** Collation is that of the Unicode Collation Algorithm with Chinese tailored to pinyin
** (CLDR zh): an a is before b, and after them 阿 before 八. Lines that collate alike keep
** their order.
*/
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "../core/utf8.h"
#include "kwic_sort.h"

enum { LEFT = 3, NODE, RIGHT };

struct keys {
  UCollator *collator;
  mill_buffer bytes, reversed;
  size_t *from;                          /* [row], and one behind the last */
  UChar *wide; uint32_t wide_capacity;
};

/* From the node outwards: the characters of s backwards. */
static int reverse(struct keys *k, mill_cell s) {
  k->reversed.len = 0;
  for (size_t i = s.len; i > 0;) {
    size_t before = utf8_prev(s.bytes, i);
    mill_buffer_append(&k->reversed, s.bytes + before, i - before);
    i = before;
  }
  return k->reversed.error;
}

/* Appends the sort key of a text; keys end with a 0 and may follow each other. */
static int put_key(struct keys *k, const char *s, size_t n) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t len = 0;
  if (mill_grow(&k->wide, &k->wide_capacity, n + 1, sizeof *k->wide) < 0) return MILL_ENOMEM;
  u_strFromUTF8WithSub(k->wide, (int32_t)k->wide_capacity, &len, n > 0 ? s : "", (int32_t)n, 0xFFFD, NULL,
                       &status);
  if (U_FAILURE(status)) return MILL_ENOMEM;
  int32_t size = ucol_getSortKey(k->collator, k->wide, len, NULL, 0);
  if (size < 0 || !mill_buffer_reserve(&k->bytes, (size_t)size)) return MILL_ENOMEM;
  ucol_getSortKey(k->collator, k->wide, len, (uint8_t *)k->bytes.bytes + k->bytes.len, size);
  k->bytes.len += (size_t)size;
  return 0;
}

static int put_row(struct keys *k, const mill_rows *r, size_t row, int sort) {
  mill_cell left = mill_rows_cell(r, row, LEFT), node = mill_rows_cell(r, row, NODE),
            right = mill_rows_cell(r, row, RIGHT);
  if (sort == MILL_SORT_LEFT) {
    int code = reverse(k, left);
    return code < 0 ? code : put_key(k, k->reversed.bytes, k->reversed.len);
  }
  int code = sort == MILL_SORT_CENTRE ? put_key(k, node.bytes, node.len) : 0;
  return code < 0 ? code : put_key(k, right.bytes, right.len);
}

static int make_keys(struct keys *k, const mill_rows *r, size_t n, int sort) {
  UErrorCode status = U_ZERO_ERROR;
  k->collator = ucol_open("zh@collation=pinyin", &status);
  k->from = mem_malloc((n + 1) * sizeof *k->from);
  if (k->from == NULL || U_FAILURE(status)) return MILL_ENOMEM;
  for (size_t row = 0; row < n; row++) {
    k->from[row] = k->bytes.len;
    if (put_row(k, r, row, sort) < 0) return MILL_ENOMEM;
  }
  k->from[n] = k->bytes.len;
  return 0;
}

static int compare(const struct keys *k, uint32_t x, uint32_t y) {
  size_t a = k->from[x + 1] - k->from[x], b = k->from[y + 1] - k->from[y];
  int order = memcmp(k->bytes.bytes + k->from[x], k->bytes.bytes + k->from[y], a < b ? a : b);
  if (order == 0) order = a < b ? -1 : a > b;
  return order != 0 ? order : x < y ? -1 : 1; /* equal lines keep their order */
}

/* Bottom-up merge sort: stable, no recursion, no context argument needed. */
static void merge_sort(const struct keys *k, uint32_t *order, uint32_t *space, size_t n) {
  for (size_t width = 1; width < n; width *= 2) {
    for (size_t lo = 0; lo < n; lo += 2 * width) {
      size_t mid = lo + width < n ? lo + width : n, hi = lo + 2 * width < n ? lo + 2 * width : n;
      size_t i = lo, j = mid;
      for (size_t at = lo; at < hi; at++)
        space[at] = i < mid && (j >= hi || compare(k, order[i], order[j]) <= 0) ? order[i++] : order[j++];
    }
    memcpy(order, space, n * sizeof *order);
  }
}

int kwic_sort(const mill_rows *r, int sort, uint32_t *order, uint32_t *space, size_t n) {
  struct keys k = {0};
  int code = make_keys(&k, r, n, sort);
  if (code == 0) merge_sort(&k, order, space, n);
  if (k.collator != NULL) ucol_close(k.collator);
  mill_buffer_free(&k.bytes);
  mill_buffer_free(&k.reversed);
  mem_free(k.from);
  mem_free(k.wide);
  return code;
}
