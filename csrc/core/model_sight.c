/*
** model_sight.c - what the model sees of a window: the ids and kinds of its
** units, and what the dictionary has to say. The trainer sees by the same code.
*/
#include "model.h"
#include "utf8.h"

/* ---- ids ------------------------------------------------------------------------ */

/* A run of digits with signs: its shape. */
static uint32_t number_shape(const char *s, size_t n) {
  if (n == 0) return MODEL_AMOUNT;
  if (s[n - 1] == '%') return MODEL_PERCENT;
  uint32_t shape = MODEL_DIGITS + (uint32_t)(n < 5 ? n : 5) - 1;
  for (size_t i = 0; i < n; i++) {
    if (s[i] == ':') return MODEL_CLOCK;
    if (s[i] == '-' || s[i] == '/') return MODEL_DASHED;
    if (s[i] < '0' || s[i] > '9') shape = MODEL_AMOUNT;
  }
  return shape;
}

static uint32_t char_id(const uint16_t *chars, const char *s, size_t n, uint32_t unknown) {
  size_t len;
  if (utf8_length((unsigned char)*s) > n) return unknown; /* cut off: not valid UTF-8 */
  uint32_t c = utf8_decode(s, &len), id = c < 65536 ? chars[c] : 0;
  return id != 0 ? id : unknown;
}

static uint32_t run_id(const uint16_t *chars, uint32_t kind, const char *s, size_t n) {
  switch (kind & CHAR_CLASS_MASK) {
    case CHAR_HAN: return char_id(chars, s, n, MODEL_UNKNOWN_HAN);
    case CHAR_DIGIT: return number_shape(s, n);
    case CHAR_LATIN: return n == 1 ? MODEL_LETTER : MODEL_LETTERS;
    case CHAR_KANA: return MODEL_KANA;
    case CHAR_BLANK: case CHAR_BREAK: return MODEL_BLANK;
    case CHAR_PUNCT: return char_id(chars, s, n, MODEL_UNKNOWN_SIGN);
    default: return MODEL_OTHER;
  }
}

static void look_at_units(model_sight *m, const window *w, const char *text, const uint16_t *chars) {
  uint16_t *ids = m->ids + MODEL_BEFORE;
  const unsigned char *s = (const unsigned char *)text;
  for (uint32_t k = 0; k < w->n; k++) {
    size_t at = w->offset[k], len = w->offset[k + 1] - at;
    uint32_t id = 0;
    if (len == 3 && (s[at] & 0xF0) == 0xE0)
      id = chars[(s[at] & 15u) << 12 | (s[at + 1] & 63u) << 6 | (s[at + 2] & 63u)];
    ids[k] = (uint16_t)(id != 0 ? id : run_id(chars, w->kind[k], text + at, len));
  }
  memset(m->ids, 0, MODEL_BEFORE * sizeof *m->ids);
  memset(ids + w->n, 0, 8 * sizeof *ids);
}

/* ---- the dictionary's path --------------------------------------------------------- */

/* Tag and length of a word of the path: 8 bits. */
static uint32_t word_code(uint32_t tag, uint32_t len) { return tag << 2 | ((len < 4 ? len : 4) - 1); }

/* Is the token of the path a numeral written in characters? It stays whole. */
static int is_numeral(const window *w, uint32_t k, uint32_t len) {
  if (len < 2 || w->head[k] == 0 || window_far_word(w, k, len) != LEX_NO_WORD) return 0;
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next)
    if (PACKED_LEN(w->more[i - 1].packed) == len && w->more[i - 1].word == LEX_NO_WORD) return 1;
  return 0;
}

static void look_at_path(model_sight *m, const window *w, const mill_lexicon *lx) {
  uint8_t *cut = m->cut + MODEL_BEFORE;
  const uint32_t n = w->n, n_words = lx->params->n_words;
  uint32_t before = 0, closed = 0; /* closed: a blank or a user's word stands before */
  memset(m->cut, 1, MODEL_BEFORE);
  memset(cut, 0, n);
  memset(cut + n, 1, 8);
  memset(m->fixed, 0, n);
  for (uint32_t k = 0, len; k < n; k += len) {
    len = w->length[k];
    uint32_t word = window_word(w, k, len), kind = w->kind[k] & CHAR_CLASS_MASK;
    uint32_t users = word != LEX_NO_WORD && word >= n_words; /* nothing cuts it or joins it */
    uint32_t tag = users                 ? MILL_TAG_X
                   : word != LEX_NO_WORD ? lexicon_tag(lx, word)
                                         : 48 + kind; /* above the tags */
    uint32_t code = word_code(tag, len), inside = MODEL_INSIDE + (tag << 6 | ((len < 8 ? len : 8) - 1) << 3);
    uint32_t blank = kind == CHAR_BLANK || kind == CHAR_BREAK, whole = users;
    if (w->head[k] != 0) whole |= (uint32_t)is_numeral(w, k, len);
    cut[k] = 1;
    m->pair[k] = before << 8 | code;
    m->fixed[k] = (uint8_t)((users | blank | closed) * MODEL_CUT);
    for (uint32_t i = 1; i < len; i++) m->pair[k + i] = inside + (i < 8 ? i : 8) - 1;
    if (whole) memset(m->fixed + k + 1, MODEL_JOIN, len - 1);
    before = code;
    closed = users | blank;
  }
}

/* ---- the dictionary's words --------------------------------------------------------- */

/* Words of more than four units, which are rare. */
static void long_spans(model_sight *m, const window *w, uint32_t k) {
  for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next) {
    uint32_t len = PACKED_LEN(w->more[i - 1].packed);
    if (w->more[i - 1].word == LEX_NO_WORD || len < 2 || w->more[i - 1].packed >= NO_EDGE) continue;
    uint8_t l = (uint8_t)(len < 6 ? len - 1 : 5);
    if (m->starts[k] < l) m->starts[k] = l;
    if (m->ends[k + len] < l) m->ends[k + len] = l;
    for (uint32_t t = k + 1; t < k + len; t++)
      if (m->across[t] < l) m->across[t] = l;
  }
}

/* Lengths less 1 of the longest words at each boundary; loops over bytes without
** branches. two[k]..: is there such a word at unit k? */
static void look_at_spans(model_sight *m, const window *w) {
  enum { PAD = 4 };
  uint8_t two[WINDOW_UNITS + 8] = {0}, three[WINDOW_UNITS + 8] = {0}, four[WINDOW_UNITS + 8] = {0};
  const uint32_t n = w->n;
  for (uint32_t k = 0; k < n; k++) {
    two[k + PAD] = (uint8_t)(1 - (w->edge[0][k] >> 30 & 1)); /* NO_EDGE is bit 30 */
    three[k + PAD] = (uint8_t)(2 - (w->edge[1][k] >> 30 & 1) * 2);
    four[k + PAD] = (uint8_t)(3 - (w->edge[2][k] >> 30 & 1) * 3);
  }
  for (uint32_t k = 0; k <= n; k++) {
    uint8_t a = two[k + PAD] > three[k + PAD] ? two[k + PAD] : three[k + PAD];
    uint8_t b = two[k + 2] > three[k + 1] ? two[k + 2] : three[k + 1];
    uint8_t c = three[k + 3] > three[k + 2] ? three[k + 3] : three[k + 2];
    uint8_t d = four[k + 3] > four[k + 2] ? four[k + 3] : four[k + 2];
    c = c > two[k + 3] ? c : two[k + 3];
    d = d > four[k + 1] ? d : four[k + 1];
    m->starts[k] = a > four[k + PAD] ? a : four[k + PAD];
    m->ends[k] = b > four[k] ? b : four[k];
    m->across[k] = c > d ? c : d;
  }
  if (w->n_more == 0) return;
  for (uint32_t k = 0; k < n; k++)
    if (w->head[k] != 0) long_spans(m, w, k);
}

/* ---- keys ---------------------------------------------------------------------------- */

static void make_keys(model_sight *m, const uint8_t *types) {
  const uint32_t n = m->n;
  const uint16_t *id = m->ids + MODEL_BEFORE;
  const uint8_t *cut = m->cut + MODEL_BEFORE;
  uint32_t type = types[id[0]], path = 0;
  type = (types[id[-1]] * 8u + type) * 8u + types[id[1]];
  for (int t = -2; t <= 3; t++) path = path << 1 | cut[t];
  for (uint32_t t = 1; t < n; t++) {
    type = (type << 3 | types[id[t + 1]]) & (MODEL_N_TYPES - 1);
    path = (path << 1 | cut[t + 3]) & 127u;
    uint32_t same = (uint32_t)(id[t - 1] == id[t]) | (uint32_t)(id[(int)t - 2] == id[t]) << 1 |
                    (uint32_t)(id[t - 1] == id[t + 1]) << 2;
    m->type[t] = (uint16_t)type;
    m->path[t] = (uint16_t)(path << 3 | same);
    m->span[t] = (uint16_t)(((m->starts[t] * 6u + m->ends[t]) * 6u + m->across[t]) * 8u +
                            (path >> 2 & 7u));
  }
}

void model_look(model_sight *m, const window *w, const mill_lexicon *lx, const char *text,
                const uint16_t *chars, const uint8_t *types) {
  m->n = w->n;
  look_at_units(m, w, text, chars);
  look_at_path(m, w, lx);
  look_at_spans(m, w);
  make_keys(m, types);
}
