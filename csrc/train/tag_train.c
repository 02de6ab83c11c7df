/*
** tag_train.c - the weights of the tagger: maximum entropy, trained on the tags it
** gives itself. Rows are known by 32 bits of key; those worth most go to the image.
**
** Reference: Ratnaparkhi, EMNLP 1996 (the model); AdaGrad as in boundary.c.
*/
#include <stdlib.h>
#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/error.h"
#include "../core/lexicon.h"
#include "../core/number.h"
#include "../core/tagger.h"
#include "../core/utf8.h"
#include "train.h"

/* ---- words as tokens ------------------------------------------------------------------ */

/* What the segmenter says of a word (segment.c), for one whose ends are given. */
static void lexical_word(const mill_lexicon *lx, const char *s, size_t n, uint8_t *tag, uint8_t *kind) {
  static const uint8_t kinds[CHAR_CLASS_MASK + 1] = {
      MILL_KIND_PUNCT, MILL_KIND_HAN, MILL_KIND_NUMBER, MILL_KIND_LATIN, MILL_KIND_KANA, MILL_KIND_OTHER,
      MILL_KIND_PUNCT, MILL_KIND_BLANK, MILL_KIND_BREAK, MILL_KIND_PUNCT};
  static const uint8_t tags[CHAR_CLASS_MASK + 1] = {
      MILL_TAG_W, MILL_TAG_X, MILL_TAG_M, MILL_TAG_ENG, MILL_TAG_X, MILL_TAG_X, MILL_TAG_X,
      MILL_TAG_BLANK, MILL_TAG_BLANK, MILL_TAG_W};
  size_t len;
  mill_word word;
  mill_number number;
  uint32_t c = lexicon_char(lx, utf8_decode(s, &len)) & CHAR_CLASS_MASK;
  *kind = kinds[c];
  *tag = mill_lexicon_find(lx, s, n, &word) ? word.tag : tags[c];
  if ((c == CHAR_HAN || c == CHAR_DIGIT) && number_scan(s, n, 0, &number) == n) {
    *kind = MILL_KIND_NUMBER;
    *tag = MILL_TAG_M;
  }
}

int tags_columns(const train_sentences *c, const mill_lexicon *lx, tagger_token *out) {
  for (size_t i = 0; i < c->n_words; i++) {
    uint8_t tag, kind;
    const char *s = c->text + sentences_word_start(c, i);
    size_t n = c->word_end[i] - sentences_word_start(c, i);
    lexical_word(lx, s, n, &tag, &kind);
    tagger_look(&out[i], s, n, tag, kind);
  }
  return 0;
}

/* ---- rows ------------------------------------------------------------------------------- */

typedef struct tag_row {
  uint32_t key, seen;                 /* seen 0: free */
  train_weight tag[TAGGER_TAGS];
} tag_row;

static tag_row *row_of(tag_row *rows, uint32_t n, uint32_t key) {
  uint32_t i = tagger_row(key, n);
  while (rows[i].seen != 0 && rows[i].key != key) i = i + 1 == n ? 0 : i + 1;
  rows[i].key = key;
  return &rows[i];
}

typedef struct tag_job {
  const train_sentences *c;
  const tagger_token *word;
  tag_row *rows; uint32_t n_rows;
  float rate, l1;
} tag_job;

/* Probabilities of the tags by the rows; returns the likeliest. */
static uint32_t weigh(tag_row **row, uint32_t n, uint32_t n_tags, float *p) {
  float sum = 0;
  uint32_t best = 0;
  for (uint32_t k = 0; k < n_tags; k++) {
    p[k] = 0;
    for (uint32_t i = 0; i < n; i++) p[k] += row[i]->tag[k].w;
    if (p[k] > p[best]) best = k;
  }
  float most = p[best];
  for (uint32_t k = 0; k < n_tags; k++) sum += p[k] = train_exp(p[k] - most);
  for (uint32_t k = 0; k < n_tags; k++) p[k] /= sum;
  return best;
}

static void update(const tag_job *j, tag_row **row, uint32_t n, uint32_t right, const float *p) {
  for (uint32_t k = 0; k < j->c->n_tags; k++) {
    float slope = p[k] - (k == right ? 1.0f : 0.0f);
    if (slope < 0.005f && slope > -0.005f) continue;
    for (uint32_t i = 0; i < n; i++) train_step(&row[i]->tag[k], slope, j->rate);
  }
}

/* The tags before are those the model gives itself, as they will be. */
static void learn_sentence(tag_job *j, size_t s) {
  const size_t from = j->c->first_word[s], to = j->c->first_word[s + 1];
  const tagger_token edge = tagger_edge();
  uint32_t tag1 = TAGGER_EDGE, tag2 = TAGGER_EDGE, keys[TAGGER_FEATURES];
  tag_row *row[TAGGER_FEATURES];
  float p[TAGGER_TAGS];
  for (size_t i = from; i < to; i++) {
    uint32_t n = tagger_keys(i > from ? &j->word[i - 1] : &edge, &j->word[i],
                             i + 1 < to ? &j->word[i + 1] : &edge, tag1, tag2, keys);
    for (uint32_t k = 0; k < n; k++) {
      row[k] = row_of(j->rows, j->n_rows, keys[k]);
      row[k]->seen++;
    }
    tag2 = tag1;
    tag1 = weigh(row, n, j->c->n_tags, p);
    update(j, row, n, j->c->tag[i], p);
  }
}

/* ---- the image --------------------------------------------------------------------------- */


typedef struct worth { int64_t value; uint32_t row; } worth;

static int worthier(const void *x, const void *y) {
  const worth *a = x, *b = y;
  if (a->value != b->value) return a->value < b->value ? 1 : -1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static void place(train_tags *t, const tag_row *r) {
  uint32_t at = tagger_row(r->key, t->n_rows);
  uint16_t check = tagger_check(r->key);
  for (uint32_t i = 0; i < TAGGER_PROBES; i++) {
    if (t->check[at + i] == check) return; /* one that looks the same is worth more */
    if (t->check[at + i] != 0) continue;
    t->check[at + i] = check;
    for (uint32_t k = 0; k < TAGGER_TAGS; k++)
      t->rows[at + i][k] = (int8_t)train_round(r->tag[k].w, TAGS_SCALE, 127);
    return;
  }
}

static int tags_new(train_tags *t, uint32_t n_rows) {
  memset(t, 0, sizeof *t);
  t->n_rows = n_rows;
  t->check = mem_calloc(n_rows + TAGGER_PROBES, sizeof *t->check);
  t->rows = mem_calloc(n_rows + TAGGER_PROBES, sizeof *t->rows);
  return t->check != NULL && t->rows != NULL ? 0 : MILL_ENOMEM;
}

void tags_free(train_tags *t) {
  mem_free(t->check);
  mem_free(t->rows);
}

/* As many rows as are worth something, but no more than `most`. */
static int place_all(train_tags *t, const tag_job *j, uint32_t most) {
  worth *order = mem_malloc(j->n_rows * sizeof *order);
  uint32_t n = 0;
  if (order == NULL) return MILL_ENOMEM;
  for (uint32_t i = 0; i < j->n_rows; i++) {
    worth w = {0, i};
    if (j->rows[i].seen == 0) continue;
    for (uint32_t k = 0; k < TAGGER_TAGS; k++)
      w.value += abs(train_round(j->rows[i].tag[k].w, TAGS_SCALE, 127));
    w.value *= j->rows[i].seen < 100 ? 10 + j->rows[i].seen : 110;
    if (w.value > 0) order[n++] = w;
  }
  qsort(order, n, sizeof *order, worthier);
  int rc = tags_new(t, n + n / 9 + 64 < most ? n + n / 9 + 64 : most);
  for (uint32_t q = 0; rc == 0 && q < n && q < t->n_rows / 10 * 9; q++)
    place(t, &j->rows[order[q].row]);
  mem_free(order);
  return rc;
}

int tags_learn(train_tags *t, const train_sentences *c, const mill_lexicon *lx,
               const mill_train_options *o, uint32_t *order, mill_error *err) {
  if (c->n_tags > TAGGER_TAGS) return mill_fail(err, MILL_ELIMIT, 0, "more than 16 tags");
  size_t room = 1u << 16;
  while (room < c->n_words * TAGGER_FEATURES && room < 1u << 23) room *= 2;
  tagger_token *word = mem_calloc(c->n_words, sizeof *word);
  tag_job j = {c, word, mem_calloc(room, sizeof *j.rows), (uint32_t)room, (float)o->rate, (float)o->l1};
  uint64_t state = o->seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
  int rc = word == NULL || j.rows == NULL ? mill_fail_memory(err) : tags_columns(c, lx, word);
  for (uint32_t i = 0; i < c->n_sentences; i++) order[i] = i;
  for (uint32_t epoch = 0; rc == 0 && epoch < o->tag_epochs; epoch++) {
    train_shuffle(order, c->n_sentences, &state);
    for (size_t q = 0; q < c->n_sentences; q++) learn_sentence(&j, order[q]);
    for (size_t i = 0; i < room; i++) train_shrink(j.rows[i].tag, TAGGER_TAGS, j.l1);
  }
  if (rc == 0 && place_all(t, &j, o->tag_rows) < 0) rc = mill_fail_memory(err);
  t->n_tags = c->n_tags;
  for (uint32_t i = 0; i < c->n_tags; i++) memcpy(t->names[i], c->tag_name[i], TAGGER_NAME - 1);
  mem_free(word);
  mem_free(j.rows);
  return rc;
}

void tags_sections(const train_tags *t, mill_image_writer *w) {
  mill_image_add(w, "t.check", t->check, (t->n_rows + TAGGER_PROBES) * sizeof *t->check);
  mill_image_add(w, "t.rows", t->rows, (t->n_rows + TAGGER_PROBES) * sizeof *t->rows);
  mill_image_add(w, "t.names", t->names, t->n_tags * sizeof *t->names);
}
