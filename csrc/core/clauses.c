/* clauses.c - cutting blocks into clauses (see clauses.h). */
#include "clauses.h"

#include <string.h>

#include "../textmill.h"
#include "alloc.h"

enum { NO_END, CLAUSE_END, PART_END };

/* Rules look back and forth in a clause for each of their words: one that nobody would say is cut, so
 * that this takes no time in proportion to the square of a text without marks. */
enum { MOST_TOKENS = 400 };

/* Does the token end a clause, a sentence? Half width, as texts are shown. */
static int end_of(const char *s, uint32_t n) {
  if (n == 1)
    return *s == ',' || *s == ':' ? CLAUSE_END : strchr(";!?\n", *s) != NULL && *s != 0 ? PART_END : NO_END;
  if (n == 3 && memcmp(s, "。", 3) == 0) return PART_END;
  return (n == 3 || n == 6) && memcmp(s, "……", n) == 0 ? CLAUSE_END : NO_END;
}

static int is_one_of(const char *s, uint32_t n, const char *a, const char *b) {
  return n == 3 && (memcmp(s, a, 3) == 0 || memcmp(s, b, 3) == 0);
}

static int add(clause_list *out, clause c) {
  if (out->n == out->capacity) {
    size_t capacity = out->capacity == 0 ? 64 : 2 * out->capacity;
    clause *list = mem_realloc(out->list, capacity * sizeof *list);
    if (list == NULL) return MILL_ENOMEM;
    out->list = list;
    out->capacity = capacity;
  }
  out->list[out->n++] = c;
  return 0;
}

int clauses_add(clause_list *out, const clause_text *t, uint32_t block, uint32_t first, uint32_t last) {
  uint32_t a = first, depth = 0;
  uint32_t quoted = 0;
  if (out->parts == 0) out->parts = 1;
  for (uint32_t k = first; k <= last; k++) {
    const char *s = t->text + t->from[k];
    uint32_t n = t->to[k] - t->from[k];
    int end = end_of(s, n);
    if (end == NO_END) {
      if (is_one_of(s, n, "“", "「")) depth++;
      else if (depth > 0 && is_one_of(s, n, "”", "」")) depth--;
      if (k == a && depth > 0) quoted = 1;
      if (k - a + 1 < MOST_TOKENS || k == last) continue;
      if (add(out, (clause){a, k, MILL_NONE, out->parts, block, quoted}) < 0) return MILL_ENOMEM;
      a = k + 1;
      quoted = depth > 0;
      continue;
    }
    if (k > a && add(out, (clause){a, k - 1, k, out->parts, block, quoted}) < 0) return MILL_ENOMEM;
    a = k + 1;
    quoted = depth > 0;
    if (end == PART_END) out->parts++;
  }
  if (last + 1 > a && add(out, (clause){a, last, MILL_NONE, out->parts, block, quoted}) < 0)
    return MILL_ENOMEM;
  out->parts++;
  return 0;
}

void clauses_free(clause_list *out) {
  mem_free(out->list);
  memset(out, 0, sizeof *out);
}
