/* pending.c - weak stand-ins so that every part links while it is being built. */
#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "data.h"
#include "error.h"
#include "structure.h"

#define WEAK __attribute__((weak))
#define ATTACH(n)                                                         \
  WEAK int n##_attach(mill_data *d, const char *dir, mill_error *err) {   \
    (void)d, (void)dir, (void)err;                                        \
    return 0;                                                             \
  }                                                                       \
  WEAK void n##_detach(mill_data *d) { (void)d; }
ATTACH(unicode)
ATTACH(lexicon)
ATTACH(places)
ATTACH(calendar)

/* blocks.c: one paragraph a line, one article. */
static int add_line(mill_text *t, uint32_t *capacity, size_t from, size_t to) {
  if (mill_grow(&t->blocks, capacity, t->n_blocks + 1, sizeof *t->blocks) < 0) return MILL_ENOMEM;
  t->blocks[t->n_blocks++] = (mill_block){.clean = {(uint32_t)from, (uint32_t)to}};
  return 0;
}

WEAK int mill_find_blocks(mill_text *t, const html_structure *hints, mill_error *err) {
  uint32_t capacity = 0;
  (void)hints;
  for (size_t i = 0, j; i < t->clean_len; i = j + 1) {
    const char *end = memchr(t->clean + i, '\n', t->clean_len - i);
    j = end != NULL ? (size_t)(end - t->clean) : t->clean_len;
    if (j > i && add_line(t, &capacity, i, j) < 0) return mill_fail_memory(err);
  }
  if ((t->articles = mem_calloc(1, sizeof *t->articles)) == NULL) return mill_fail_memory(err);
  t->n_articles = 1;
  t->articles[0] = (mill_article){{0, (uint32_t)t->clean_len}, 0, (uint32_t)t->n_blocks, MILL_NONE};
  return 0;
}

/* recognize.c: tokens with a value are numbers, nothing else is recognised. */
WEAK int mill_recognizer_by_name(const char *name) { return (void)name, -1; }
WEAK int mill_recognize(const mill_view *v, enum mill_recognizer what, uint32_t at, mill_found *out) {
  const mill_tokens *t = v->tokens;
  if (what != MILL_REC_NUMBER || t->value[at] >= t->n_values) return 0;
  *out = (mill_found){.n_tokens = 1, .number = t->values[t->value[at]], .place = MILL_NONE};
  return 1;
}
