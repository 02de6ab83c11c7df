/*
** model.h - a trained model of word boundaries: the image and how it scores.
**
** A boundary t stands between the units t-1 and t of a window (window.h). It is
** there when the sum of the weights of what is seen around it is above 0:
**
**   units      t-3  t-2  t-1 | t  t+1  t+2
**   one unit    .    .    .    .   .    .       6 places
**   two units   [----]  ...      ...  [--]      5 places
**   three       [---------]  ... [--------]     4 places
**   four        [--------------]  ...           3 places
**   types       kinds of the units t-2 .. t+1
**   path        the dictionary's segmentation: its boundaries t-3 .. t+3, the
**               lengths and tags of its words at t
**   spans       the longest words of the dictionary that start at, end at and
**               go across t
**
** Sequences of two to four units are a trie whose edges are a hash:
**
**   key (b bits)   node b-12 | id 12   the node of a first unit: model_first + id
**   mix(key)       a bijection; line = mix * n >> b. With n >= 2^(b-16) lines the
**                  keys of one line lie closer than 2^16, so 16 bits of mix tell
**                  them apart: a look-up finds exactly what was put in, or nothing
**   line           64 bytes, 8 slots: | tag u16 x 8 | weights 6 bytes x 8 |
**   weights        [0] is 1 where the sequence goes on; [1..5], [2..5], [3..5] for
**                  sequences of 2, 3, 4 that start at unit j: boundaries ..j+3
**   node           line * 8 + slot; a slot that is free has weights 0
**
** Reference: Neubig, Nakata, Mori, "Pointwise Prediction for Robust, Adaptable
** Japanese Morphological Analysis", ACL 2011; weights are small integers here.
**
** Invariant: whatever the image holds, a look-up stays inside its sections; the
** sections' sizes are checked by model_attach, ids and keys by construction.
*/
#ifndef MILL_MODEL_H
#define MILL_MODEL_H

#include "image.h"
#include "window.h"

#define MODEL_LAYOUT 1u
#define MODEL_ID_BITS 12u
#define MODEL_IDS (1u << MODEL_ID_BITS)
#define MODEL_MIN_LINES 1024u
#define MODEL_MAX_LINES 32256u
#define MODEL_REACH 3          /* units seen on each side of a boundary */
#define MODEL_WEIGHTS 6        /* places of one unit */

enum { /* ids that are no characters; those of characters follow */
  MODEL_PAD = 0, /* before the first unit and behind the last one */
  MODEL_DIGITS,  /* 1..5: that many digits, five for more */
  MODEL_PERCENT = 6, MODEL_CLOCK, MODEL_DASHED, MODEL_AMOUNT,
  MODEL_LETTER, MODEL_LETTERS, MODEL_KANA, MODEL_OTHER, MODEL_BLANK,
  MODEL_UNKNOWN_HAN, MODEL_UNKNOWN_SIGN, MODEL_FIRST_CHAR
};

enum { /* kinds of units, 3 bits */
  MODEL_TYPE_PAD = 0, MODEL_TYPE_DIGITS, MODEL_TYPE_LETTERS, MODEL_TYPE_NUMERAL,
  MODEL_TYPE_TIME, MODEL_TYPE_HAN, MODEL_TYPE_SIGN, MODEL_TYPE_KANA
};

#define MODEL_N_TYPES 4096u    /* 4 units */
#define MODEL_N_PATHS 1024u    /* 7 boundaries of the path; equal characters 3 bits */
#define MODEL_N_SPANS 1728u    /* 6 starts x 6 ends x 6 across x 3 boundaries */
#define MODEL_INSIDE 65536u    /* pairs: two words 16 bits; above: inside of one */
#define MODEL_N_PAIRS (MODEL_INSIDE + 4096u)

typedef struct model_params {
  uint32_t layout, n_lines, bits, scale; /* bits: b above */
  /* scale: what a weight of 1.0 became */
  int32_t bias;
  uint32_t reserved[11];
} model_params;

typedef struct model_line {
  uint16_t tag[8];
  int8_t weight[8][MODEL_WEIGHTS];
} model_line;

typedef struct model_view {
  const model_params *params;
  const uint16_t *chars;       /* 65536: id of a code point, 0 none */
  const uint8_t *types;        /* MODEL_IDS: kind of each id */
  const int16_t (*units)[8];   /* MODEL_IDS: weights of one unit, lanes 6 and 7 are 0 */
  const model_line *lines;     /* n_lines + 1; the last one is 0 */
  const int16_t *type_weight, *path_weight, *span_weight, *pair_weight;
} model_view;



struct mill_model {
  mill_image image;
  model_view view;
  struct tagger_view *tagger; /* tagger.h; NULL: no tags */
};

/* What is seen in one window. Arrays of units have MODEL_REACH + 1 pads before. */
#define MODEL_BEFORE 8u
#define MODEL_ROOM (MODEL_BEFORE + WINDOW_UNITS + 8u)
typedef struct model_sight {
  uint32_t n;                    /* units */
  uint16_t ids[MODEL_ROOM];      /* unit k is ids[MODEL_BEFORE + k] */
  uint8_t cut[MODEL_ROOM];       /* the path's boundary before unit k, likewise */
  uint8_t fixed[WINDOW_UNITS + 1]; /* boundary t: 0 the model decides, MODEL_* below */
  uint32_t pair[WINDOW_UNITS + 1]; /* keys of boundary t in the tables of weights */
  uint16_t path[WINDOW_UNITS + 1], type[WINDOW_UNITS + 1], span[WINDOW_UNITS + 1];
  uint8_t starts[WINDOW_UNITS + 40], ends[WINDOW_UNITS + 40], across[WINDOW_UNITS + 40];
  uint32_t at[4][MODEL_ROOM];    /* look-ups of a level: sequences of 2, 3, 4 units */
  uint32_t key[2][MODEL_ROOM];
  uint16_t from[2][MODEL_ROOM];
  int16_t sum[MODEL_ROOM];       /* weights of sequences; boundary t is sum[MODEL_BEFORE + t] */
} model_sight;
#define MODEL_CUT 1
#define MODEL_JOIN 2

/* b for n lines: nodes of all slots and of all first units have b - 12 bits. */
static inline uint32_t model_bits(uint32_t n_lines) {
  uint32_t bits = 16;
  while (2u << (bits - 16) <= n_lines) bits++;
  return bits;
}
static inline int model_fits(uint32_t n_lines, uint32_t bits) {
  return bits >= 26 && bits <= 30 && n_lines >= 1u << (bits - 16) &&
         n_lines * 8 + MODEL_IDS <= 1u << (bits - MODEL_ID_BITS);
}
static inline uint32_t model_first(uint32_t bits) { return (1u << (bits - MODEL_ID_BITS)) - MODEL_IDS; }
static inline uint32_t model_mix(uint32_t node, uint32_t id, uint32_t bits) {
  return (node << MODEL_ID_BITS | id) * 0x9E3779B1u & ((1u << bits) - 1);
}
static inline uint32_t model_line_of(uint32_t mixed, uint32_t n_lines, uint32_t bits) {
  return (uint32_t)((uint64_t)mixed * n_lines >> bits);
}

/* Checks the sections of im and fills the view. 0 or MILL_E*. */
int model_attach(model_view *v, const mill_image *im, mill_error *err);

/* model_sight.c: what a window whose path is known shows. chars: 65536 ids,
** types: the kind of each id. */
void model_look(model_sight *m, const window *w, const mill_lexicon *lx, const char *text,
                const uint16_t *chars, const uint8_t *types);
/* model_score.c: the score of every boundary 1..n-1 into out (n at least). Both
** give the same; the second is for machines without SSE2 and for tests. */
void model_score(const model_view *v, model_sight *m, int32_t *out);
void model_score_portable(const model_view *v, model_sight *m, int32_t *out);
/* Replaces the path of the window by the model's. */
void model_path(const model_view *v, model_sight *m, window *w, const mill_lexicon *lx,
                const char *text);

#endif
