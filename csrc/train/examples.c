/*
** examples.c - sentences to examples: every window of a sentence as the model
** will see it (the core's own code), with the boundaries that are right.
*/
#include <stdlib.h>
#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/utf8.h"
#include "train.h"

/* ---- ids -------------------------------------------------------------------------- */

typedef struct char_count { uint32_t c, count; } char_count;

static int more_frequent(const void *x, const void *y) {
  const char_count *a = x, *b = y;
  if (a->count != b->count) return a->count < b->count ? 1 : -1;
  return a->c < b->c ? -1 : a->c > b->c;
}

/* The kind of a character that has an id of its own. */
static uint8_t char_type(uint32_t c) {
  static const uint32_t numerals[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D,
                                      0x5341, 0x767E, 0x5343, 0x4E07, 0x4EBF, 0x25CB, 0x3007, 0x96F6, 0x4E24};
  static const uint32_t times[] = {0x5E74, 0x6708, 0x65E5, 0x65F6, 0x5206}; /* 年月日时分 */
  for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
    if (numerals[i] == c) return MODEL_TYPE_NUMERAL;
  for (size_t i = 0; i < sizeof times / sizeof *times; i++)
    if (times[i] == c) return MODEL_TYPE_TIME;
  return c >= 0x3400 && c < 0xA000 ? MODEL_TYPE_HAN : MODEL_TYPE_SIGN;
}

static void fixed_types(uint8_t *types) {
  memset(types, MODEL_TYPE_SIGN, MODEL_IDS);
  memset(types + MODEL_DIGITS, MODEL_TYPE_DIGITS, MODEL_AMOUNT - MODEL_DIGITS + 1);
  types[MODEL_PAD] = MODEL_TYPE_PAD;
  types[MODEL_LETTER] = types[MODEL_LETTERS] = MODEL_TYPE_LETTERS;
  types[MODEL_KANA] = types[MODEL_OTHER] = MODEL_TYPE_KANA;
  types[MODEL_UNKNOWN_HAN] = MODEL_TYPE_HAN;
}

int examples_ids(const train_sentences *c, uint16_t *chars, uint8_t *types) {
  char_count *count = mem_calloc(65536, sizeof *count);
  if (count == NULL) return MILL_ENOMEM;
  for (uint32_t i = 0; i < 65536; i++) count[i].c = i;
  for (size_t i = 0, len; i < c->n_text; i += len) {
    uint32_t k = utf8_decode(c->text + i, &len);
    if (k < 65536 && k >= 0x80 && (k < 0xAC00 || k > 0xD7A3)) count[k].count++;
    else if (k > ' ' && k < 0x80 && (k < '0' || k > '9') && (k < 'a' || k > 'z')) count[k].count++;
  }
  qsort(count, 65536, sizeof *count, more_frequent);
  memset(chars, 0, 65536 * sizeof *chars);
  fixed_types(types);
  /* one that occurs once teaches what is unknown */
  for (uint32_t i = 0; i < MODEL_IDS - MODEL_FIRST_CHAR && count[i].count > 1; i++) {
    chars[count[i].c] = (uint16_t)(MODEL_FIRST_CHAR + i);
    types[MODEL_FIRST_CHAR + i] = char_type(count[i].c);
  }
  mem_free(count);
  return 0;
}

/* ---- examples ----------------------------------------------------------------------- */

static int reserve(train_examples *e, size_t more) {
  size_t want = e->n + more, room = e->room < 65536 ? 65536 : e->room;
  if (want <= e->room) return 0;
  while (room < want) room += room / 2;
  void *columns[] = {e->ids, e->type, e->path, e->span, e->pair, e->gold};
  static const size_t item[] = {2, 2, 2, 2, 4, 1};
  int rc = 0;
  for (int i = 0; i < 6; i++) {
    void *grown = mem_realloc(columns[i], room * item[i]);
    if (grown == NULL) rc = MILL_ENOMEM;
    else columns[i] = grown;
  }
  e->ids = columns[0], e->type = columns[1], e->path = columns[2], e->span = columns[3];
  e->pair = columns[4], e->gold = columns[5];
  if (rc == 0) e->room = room;
  return rc;
}

static void add_pads(train_examples *e) {
  for (uint32_t i = 0; i < MODEL_BEFORE; i++, e->n++) {
    e->ids[e->n] = 0;
    e->gold[e->n] = GOLD_NONE;
    e->type[e->n] = e->path[e->n] = e->span[e->n] = 0;
    e->pair[e->n] = 0;
  }
}

/* Appends the first `n` units of the window; *word: the first word of the corpus
** that ends behind the window's start. */
static int add_window(train_examples *e, const train_sentences *c, const model_sight *m,
                      const window *w, uint32_t n, size_t *word, size_t base) {
  if (reserve(e, n + 2 * MODEL_BEFORE) < 0 ||
      mill_grow(&e->window, &e->windows_room, e->n_windows + 1, sizeof *e->window) < 0 ||
      mill_grow(&e->window_len, &e->lens_room, e->n_windows + 1, sizeof *e->window_len) < 0)
    return MILL_ENOMEM;
  if (e->n == 0) add_pads(e);
  e->window[e->n_windows] = (uint32_t)e->n;
  e->window_len[e->n_windows++] = n;
  for (uint32_t k = 0; k < n; k++, e->n++) {
    size_t at = base + w->offset[k];
    while (c->word_end[*word] <= at) ++*word;
    int begins = sentences_word_start(c, *word) == at;
    e->ids[e->n] = m->ids[MODEL_BEFORE + k];
    e->gold[e->n] = k == 0 || m->fixed[k] != 0 ? GOLD_NONE : (uint8_t)begins;
    e->type[e->n] = k > 0 ? m->type[k] : 0;
    e->path[e->n] = k > 0 ? m->path[k] : 0;
    e->span[e->n] = k > 0 ? m->span[k] : 0;
    e->pair[e->n] = m->pair[k];
  }
  add_pads(e);
  return 0;
}

typedef struct work { window w; model_sight m; } work;

static int add_sentence(train_examples *e, const train_sentences *c, size_t s, const mill_lexicon *lx,
                        const uint16_t *chars, const uint8_t *types, work *k) {
  size_t word = c->first_word[s], base = sentences_word_start(c, word);
  size_t n = c->word_end[c->first_word[s + 1] - 1] - base;
  int rc = 0;
  for (size_t i = 0; rc == 0 && i < n;) {
    window_fill(&k->w, lx, c->text + base, i, n, 0);
    window_words(&k->w, lx);
    window_numerals(&k->w, lx, c->text + base);
    window_path(&k->w, 1);
    model_look(&k->m, &k->w, lx, c->text + base, chars, types);
    uint32_t units = k->w.final ? k->w.n : k->w.n - WINDOW_TAIL;
    rc = add_window(e, c, &k->m, &k->w, units, &word, base);
    i = k->w.offset[units];
  }
  return rc;
}

int examples_make(train_examples *e, const train_sentences *c, const mill_lexicon *lx,
                  const uint16_t *chars, const uint8_t *types) {
  work *k = mem_malloc(sizeof *k);
  int rc = k == NULL ? MILL_ENOMEM : 0;
  for (size_t s = 0; rc == 0 && s < c->n_sentences; s++)
    rc = add_sentence(e, c, s, lx, chars, types, k);
  mem_free(k);
  return rc;
}

void examples_free(train_examples *e) {
  void *columns[] = {e->ids, e->type, e->path, e->span, e->pair, e->gold, e->window, e->window_len};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) mem_free(columns[i]);
  memset(e, 0, sizeof *e);
}
