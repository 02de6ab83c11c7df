/*
** train.h - the trainer's parts. It is a layer above core: the library trains,
** the core only reads what was trained.
**
**   sentences.c      segmented text or CoNLL-U -> folded sentences with words, tags
**   examples.c    sentences -> what the model sees of every unit (model_look)
**   grams.c       the sequences of 2 to 4 units that are worth a weight
**   boundary.c    weights by AdaGrad on logistic loss, L1; small integers of them
**   pack.c        the image: ids, lines, tables
**   tag_train.c   the tagger, an averaged perceptron
**   train.c       all together: mill_train
**
** The same seed and the same input make the same image, byte for byte: no libm,
** no threads, no hash order that depends on addresses.
*/
#ifndef MILL_TRAIN_H
#define MILL_TRAIN_H

#include "../core/model.h"
#include "../core/tagger.h"

/* ---- sentences.c ------------------------------------------------------------- */

typedef struct train_sentences {
  char *text; size_t n_text; uint32_t text_room;       /* folded sentences, one after the other */
  uint32_t *word_end; size_t n_words; uint32_t words_room; /* offset in text behind each word */
  uint8_t *tag; uint32_t tags_room;              /* of each word, index in tag_name; 255 none */
  uint32_t *first_word; size_t n_sentences; uint32_t sentences_room; /* of each sentence; n + 1 */
  char tag_name[64][16]; uint32_t n_tags;       /* in order of appearance */
} train_sentences;

/* Reads a file of words separated by blanks, a sentence a line, or CoNLL-U
** (name ends in .conll or .conllu). 0 or MILL_E*. */
int sentences_read(train_sentences *c, const mill_data *d, const char *path, mill_error *err);
void sentences_free(train_sentences *c);
static inline uint32_t sentences_word_start(const train_sentences *c, size_t word) {
  return word == 0 ? 0 : c->word_end[word - 1];
}

/* ---- examples.c ------------------------------------------------------------- */

#define GOLD_NONE 255u /* not to be learnt: pads, first units, what is fixed */
typedef struct train_examples {
  size_t n, room;     /* units; windows are parted by MODEL_BEFORE pads */
  uint16_t *ids, *type, *path, *span;
  uint32_t *pair;
  uint8_t *gold;      /* 1: a word begins at the unit */
  uint32_t *window; size_t n_windows; uint32_t windows_room; /* first unit of each */
  uint32_t *window_len; uint32_t lens_room;
} train_examples;

/* Ids for the characters of the corpus, by frequency. chars: 65536; types: MODEL_IDS. */
int examples_ids(const train_sentences *c, uint16_t *chars, uint8_t *types);
int examples_make(train_examples *e, const train_sentences *c, const mill_lexicon *lx,
                  const uint16_t *chars, const uint8_t *types);
void examples_free(train_examples *e);

/* ---- grams.c ------------------------------------------------------------------ */

typedef struct train_gram {
  uint32_t parent; /* index of the sequence without its last unit; level 2: the first id */
  uint32_t count;
  uint16_t id;     /* the last unit */
  uint8_t level, kept;
} train_gram;
typedef struct train_grams {
  train_gram *gram; size_t n; uint32_t room;
  uint32_t *at[3]; /* of each unit: the sequence of 2, 3, 4 that starts there, or MILL_NONE */
} train_grams;

/* Sequences that occur at least min_count times, up to `longest` units. */
int grams_collect(train_grams *g, const train_examples *e, uint32_t min_count, uint32_t longest);
void grams_free(train_grams *g);

/* ---- boundary.c --------------------------------------------------------------- */

typedef struct train_weight { float w, g; } train_weight; /* value, sum of squared gradients */
typedef struct train_model {
  train_weight (*unit)[MODEL_WEIGHTS]; /* MODEL_IDS */
  train_weight (*gram)[MODEL_WEIGHTS]; /* places as in model_line: [1..5], [2..5], [3..5] */
  train_weight *type, *path, *span, *pair, bias;
} train_model;

int boundary_new(train_model *m, size_t n_grams);
void boundary_free(train_model *m);
void boundary_learn(train_model *m, const train_examples *e, const train_grams *g,
                    const mill_train_options *o, uint32_t *order);
/* Arithmetic that is the same on every machine: e^x; one step of AdaGrad against
** the slope of the loss; L1; w * scale as an integer of at most +-most. */
float train_exp(float x);
void train_step(train_weight *w, float slope, float rate);
void train_shrink(train_weight *w, size_t n, float l1);
int32_t train_round(float w, float scale, int32_t most);
/* The weight as the image has it. */
int32_t boundary_round(float w, int32_t most);
#define BOUNDARY_SCALE 32
/* The integer score of unit u by the trainer's own tables (not the image). */
int32_t boundary_score(const train_model *m, const train_examples *e, const train_grams *g,
                       size_t u);

/* ---- pack.c --------------------------------------------------------------------- */

typedef struct train_pack {
  model_params params;
  uint16_t chars[65536];
  uint8_t types[MODEL_IDS];
  int16_t units[MODEL_IDS][8];
  int16_t type_weight[MODEL_N_TYPES], path_weight[MODEL_N_PATHS], span_weight[MODEL_N_SPANS];
  int16_t pair_weight[MODEL_N_PAIRS];
  model_line lines[MODEL_MAX_LINES + 1];
} train_pack;
/* Chooses the sequences that fit into most_lines or fewer, and rounds all weights;
** sets gram[].kept. */
int pack_boundary(train_pack *p, const train_model *m, train_grams *g, uint32_t most_lines);
void pack_sections(const train_pack *p, mill_image_writer *w);

/* ---- tag_train.c ------------------------------------------------------------------ */

#define TAGS_SCALE 24 /* what a weight of 1.0 becomes */
typedef struct train_tags {
  uint16_t *check;
  int8_t (*rows)[TAGGER_TAGS];
  char names[TAGGER_TAGS][TAGGER_NAME];
  uint32_t n_rows, n_tags;
} train_tags;
void tags_free(train_tags *t);
/* Learns the tags of all words; order: room for a number a sentence. */
int tags_learn(train_tags *t, const train_sentences *c, const mill_lexicon *lx,
               const mill_train_options *o, uint32_t *order, mill_error *err);
void tags_sections(const train_tags *t, mill_image_writer *w);
/* What the tagger sees of each word. */
int tags_columns(const train_sentences *c, const mill_lexicon *lx, tagger_token *out);

/* xorshift64*: the same on every machine. State must not be 0. */
static inline uint64_t train_random(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * UINT64_C(2685821657736338717);
}
void train_shuffle(uint32_t *order, size_t n, uint64_t *state);

#endif
