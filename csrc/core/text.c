/*
** text.c - a cleaned document and the three texts it holds.
**
**   raw  --map-->  clean  --fold_map-->  folded
**
** Spans go both ways through the maps; a piece that is partly covered counts
** whole. Folded text is never stored: mill_text_fold makes it from clean.
*/
#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "clean.h"
#include "data.h"
#include "error.h"

const char *mill_block_name(enum mill_block_kind kind) {
  static const char *const names[] = {"paragraph", "title",    "dateline", "byline",   "heading",
                                      "list",      "caption", "keywords", "abstract", "boilerplate"};
  return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

void mill_text_free(mill_text *t) {
  if (t == NULL) return;
  for (size_t k = 0; k < t->n_meta; k++) mem_free(t->meta[k].value);
  mem_free(t->meta);
  mem_free(t->blocks);
  mem_free(t->articles);
  mem_free(t->notes);
  mill_map_free(t->map);
  mill_map_free(t->fold_map);
  mem_free((char *)(uintptr_t)t->raw);
  mem_free((char *)(uintptr_t)t->clean);
  mem_free((char *)(uintptr_t)t->folded);
  mem_free(t);
}

int text_note(mill_text *t, mill_note note) {
  if (t->n_notes >= MILL_MAX_NOTES * 4u) return 0;
  /* doubling: the capacity is the next power of two */
  if (t->n_notes >= 16 ? (t->n_notes & (t->n_notes - 1)) == 0 : t->n_notes == 0) {
    size_t room = t->n_notes == 0 ? 16 : t->n_notes * 2;
    mill_note *grown = mem_realloc(t->notes, room * sizeof *grown);
    if (grown == NULL) return MILL_ENOMEM;
    t->notes = grown;
  }
  t->notes[t->n_notes++] = note;
  return 0;
}

int mill_text_fold(mill_text *t, mill_error *err) {
  char *folded = NULL;
  size_t len = 0;
  mill_map *map = NULL;
  int rc = t->gloss_mode == MILL_GLOSS_TRUE
               ? mill_fold(t->data, t->clean, t->clean_len, &folded, &len, &map, err)
               : mill_normalize(t->data, MILL_FOLD, t->clean, t->clean_len, &folded, &len, &map, err);
  if (rc < 0) {
    mem_free(folded);
    mill_map_free(map);
    return rc;
  }
  mem_free((char *)(uintptr_t)t->folded);
  mill_map_free(t->fold_map);
  t->folded = folded;
  t->folded_len = len;
  t->fold_map = map;
  return 0;
}

enum mill_form mill_text_form(const mill_text *t) {
  return t->script == 0 ? MILL_WIDTH : MILL_DISPLAY;
}

mill_span mill_text_raw(const mill_text *t, mill_span clean) {
  return mill_map_from(t->map, clean);
}

mill_span mill_text_clean_of_raw(const mill_text *t, mill_span raw) {
  return mill_map_to(t->map, raw);
}

mill_span mill_text_clean_of_folded(const mill_text *t, mill_span folded) {
  return t->fold_map != NULL ? mill_map_from(t->fold_map, folded) : (mill_span){0, 0};
}

mill_span mill_text_folded_of_clean(const mill_text *t, mill_span clean) {
  return t->fold_map != NULL ? mill_map_to(t->fold_map, clean) : (mill_span){0, 0};
}

int mill_text_find(const mill_text *t, const char *s, size_t n, uint32_t from, mill_span *out,
                   mill_error *err) {
  char *folded = NULL;
  size_t len = 0;
  int rc = mill_normalize(t->data, MILL_FOLD, s, n, &folded, &len, NULL, err);
  if (rc < 0) return rc;
  if (len == 0) { /* nothing matches at once, as in string.find */
    mem_free(folded);
    return *out = (mill_span){from, from}, 1;
  }
  size_t at = from > 0 ? mill_text_folded_of_clean(t, (mill_span){0, from}).to : 0;
  int found = 0;
  while (!found && at < t->folded_len) {
    const char *hit = memmem(t->folded + at, t->folded_len - at, folded, len);
    if (hit == NULL) break;
    uint32_t begin = (uint32_t)(hit - t->folded);
    *out = mill_text_clean_of_folded(t, (mill_span){begin, begin + (uint32_t)len});
    found = out->from >= from; /* a piece that began before does not count */
    at = begin + 1u;
  }
  mem_free(folded);
  return found;
}
