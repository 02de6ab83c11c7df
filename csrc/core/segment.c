/*
** segment.c - folded text to tokens: window after window (window.h), the
** cheapest path of each, its tokens appended as columns. Linear in time;
** beside the tokens one window of memory, kept in mill_tokens for reuse.
*/
#include "alloc.h"
#include "breaks.h"
#include "error.h"
#include "model.h"
#include "number.h"
#include "tokens.h"
#include "userwords.h"

/* ---- one token --------------------------------------------------------------- */

/* Of tokens that are no words, by the class of the first unit (CHAR_NUMERAL beside it):
** their tag, kind, and whether they, or (always) words, too, may be numbers. */
typedef struct run_token { uint8_t tag, kind, counts, always; } run_token;
static const run_token run_tokens[CHAR_NUMERAL * 2] = {
    [CHAR_PUNCT] = {MILL_TAG_W, MILL_KIND_PUNCT, 0, 0},
    [CHAR_HAN] = {MILL_TAG_X, MILL_KIND_HAN, 0, 0},
    [CHAR_DIGIT] = {MILL_TAG_M, MILL_KIND_NUMBER, 1, 1},
    [CHAR_LATIN] = {MILL_TAG_ENG, MILL_KIND_LATIN, 0, 0},
    [CHAR_KANA] = {MILL_TAG_X, MILL_KIND_KANA, 0, 0},
    [CHAR_OTHER] = {MILL_TAG_X, MILL_KIND_OTHER, 0, 0},
    [CHAR_MARK] = {MILL_TAG_X, MILL_KIND_PUNCT, 0, 0},
    [CHAR_BLANK] = {MILL_TAG_BLANK, MILL_KIND_BLANK, 0, 0},
    [CHAR_BREAK] = {MILL_TAG_BLANK, MILL_KIND_BREAK, 0, 0},
    [CHAR_FLAG] = {MILL_TAG_W, MILL_KIND_PUNCT, 0, 0},
    [CHAR_HAN | CHAR_NUMERAL] = {MILL_TAG_X, MILL_KIND_HAN, 1, 0}};

/* The value of the number that is the whole of text[from, to), or MILL_NONE;
** parts: what may stand around the numeral (number.h). */
static uint32_t value_of(mill_tokens *t, const char *text, size_t from, size_t to, int parts) {
  mill_number number;
  if (quick_number(text + from, to - from, &number)) return tokens_add_value(t, &number);
  if (to - from >= 6 && (memcmp(text + from, "万", 3) == 0 || memcmp(text + from, "亿", 3) == 0))
    return MILL_NONE;
  if (number_scan(text + from, to - from, parts, &number) != to - from) return MILL_NONE;
  return tokens_add_value(t, &number);
}

/* Reads token `at`, the `len` units at unit k, as a number, if it is one. */
static void read_number(mill_tokens *t, size_t at, const window *w, const char *text, uint32_t k,
                        uint32_t len) {
  int plain = (w->kind[k] & CHAR_CLASS_MASK) == CHAR_HAN && !(w->kind[k] & CHAR_NUMERAL);
  t->value[at] = value_of(t, text, w->offset[k], w->offset[k + len], plain ? NUMBER_BEFORE : 0); /* 上百 */
  if (t->value[at] == MILL_NONE) return;
  t->kind[at] = MILL_KIND_NUMBER;
  t->tag[at] = MILL_TAG_M;
}

/* ---- the text ------------------------------------------------------------------ */

/* The word that is the token of `len` units at k, with its tag. User words may be numbers,
** others are known to be. */
static uint32_t far_term(const window *w, const mill_lexicon *lx, uint32_t k, uint32_t len) {
  uint32_t word = window_far_word(w, k, len), known = word < lx->params->n_words;
  return LEX_TERM(word, known ? lex_worth_tag(lx->worth[word]) : LEX_NUMBER | MILL_TAG_X);
}

/* Appends the tokens of the window, for which there is room, but for values; lists
** those that may be numbers. Returns the unit where the next one begins. What most
** tokens need has no branches. */
static uint32_t take_tokens(mill_tokens *t, window *w, const mill_lexicon *lx, uint32_t n_words) {
  mill_tokens c = *t; /* columns that stores of bytes cannot change */
  const uint32_t *const terms[] = {w->term[3], w->term[0], w->term[1], w->term[2]}; /* by length & 3 */
  uint32_t end = w->final ? w->n : w->n - WINDOW_TAIL, k = 0, numbers = 0;
  size_t at = c.n;
  for (uint32_t len; k < end; k += len, at++) {
    len = w->length[k];
    run_token run = run_tokens[w->kind[k]];
    uint32_t term = terms[len & 3][k], several = len > 1;
    if (__builtin_expect((w->head[k] | w->free) != 0, 0)) term = far_term(w, lx, k, len);
    uint32_t word = lex_term_word(term), none = 0u - (word >= n_words);
    uint32_t tag = lex_term_tag(term) & ~LEX_NUMBER;
    uint32_t counts = (lex_term_tag(term) >> 7 & ~none) | ((run.counts | several) & none) | run.always;
    c.start[at] = w->offset[k];
    c.word[at] = word | none;
    c.value[at] = MILL_NONE;
    c.tag[at] = (uint8_t)((tag | none) < MILL_TAG_COUNT ? tag : run.tag);
    c.kind[at] = (uint8_t)(run.kind ^ ((run.kind ^ MILL_KIND_HAN) & (0u - several))); /* no branch: half are */
    w->number[numbers] = (uint16_t)k;
    w->number_at[numbers] = (uint16_t)(at - c.n);
    numbers += counts;
  }
  w->n_numbers = numbers;
  t->n = at;
  return k;
}

/* The same, with their values; returns where in the text the next token begins. */
static size_t take_over(mill_tokens *t, window *w, const mill_lexicon *lx, uint32_t n_words,
                        const char *text) {
  size_t first = t->n;
  uint32_t end = take_tokens(t, w, lx, n_words);
  for (uint32_t i = 0; i < w->n_numbers; i++)
    read_number(t, first + w->number_at[i], w, text, w->number[i], w->length[w->number[i]]);
  return w->offset[end];
}

/* A token of a word and marks is not that word: its text is another. */
static void part_marked(mill_tokens *t, size_t first, const mill_lexicon *lx, uint32_t end) {
  mill_word word;
  for (size_t k = first; k < t->n; k++) {
    uint32_t to = k + 1 < t->n ? t->start[k + 1] : end;
    if (t->word[k] < lx->params->n_words && mill_lexicon_word(lx, t->word[k], &word) > 0 &&
        word.len != to - t->start[k])
      t->word[k] = MILL_NONE;
  }
}

static int check_arguments(const mill_lexicon *lx, size_t n, mill_error *err) {
  if (lx == NULL) return mill_fail(err, MILL_EINVAL, 0, "no lexicon is loaded");
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "the text is too long");
  return 0;
}

/* Appends the tokens of text[from, to). */
static int segment_stretch(const mill_lexicon *lx, const char *text, size_t from, size_t to,
                           const mill_segment_options *o, mill_tokens *out, mill_error *err) {
  window *w = out->scratch;
  uint32_t n_words = o->user != NULL ? LEX_NO_WORD : lx->params->n_words; /* ids behind are user words */
  for (size_t i = from; i < to;) {
    window_fill(w, lx, text, i, to, o->split_numbers);
    if (tokens_reserve(out, w->n) < 0) return mill_fail_memory(err);
    window_words(w, lx);
    if (o->user != NULL) {
      userwords_edges(o->user, w, text);
      w->final = w->offset[w->n] >= to; /* a user word may go on behind a sign */
    }
    if (!o->split_numbers) window_numerals(w, lx, text);
    window_path(w, o->user == NULL);
    if (o->model != NULL) model_path(&o->model->view, out->sight, w, lx, text);
    size_t first = out->n;
    i = take_over(out, w, lx, n_words, text);
    if (w->marked) part_marked(out, first, lx, (uint32_t)i);
  }
  return 0;
}

/* One token that is a forced word; there is room for it. */
static int add_forced(mill_tokens *t, uint32_t word, uint32_t from, mill_error *err) {
  if (tokens_reserve(t, 1) < 0) return mill_fail_memory(err);
  t->start[t->n] = from;
  t->word[t->n] = word;
  t->value[t->n++] = MILL_NONE;
  return 0;
}

/* Forced words, and stretches of other text between them. */
static int segment_user(const mill_lexicon *lx, const char *text, size_t n,
                        const mill_segment_options *o, mill_tokens *out, mill_error *err) {
  const user_entry *e;
  mill_span span;
  size_t i = 0;
  int rc = 0;
  while (rc == 0 && (e = userwords_forced(o->user, text, i, n, &span)) != NULL) {
    rc = segment_stretch(lx, text, i, span.from, o, out, err);
    if (rc == 0) rc = add_forced(out, userwords_id(o->user, e), span.from, err);
    i = span.to;
  }
  if (rc == 0) rc = segment_stretch(lx, text, i, n, o, out, err);
  userwords_settle(o->user, out, 0);
  return rc;
}

int mill_segment(const mill_lexicon *lx, const char *folded, size_t n,
                 const mill_segment_options *options, mill_tokens *out, mill_error *err) {
  static const mill_segment_options plain = {0};
  int rc = check_arguments(lx, n, err);
  out->n = out->n_values = 0;
  if (rc < 0) return rc;
  if (out->scratch == NULL && (out->scratch = mem_malloc(sizeof(window))) == NULL)
    return mill_fail_memory(err);
  const mill_segment_options *o = options != NULL ? options : &plain;
  if (o->model != NULL && out->sight == NULL && (out->sight = mem_malloc(sizeof(model_sight))) == NULL)
    return mill_fail_memory(err);
  rc = o->user != NULL ? segment_user(lx, folded, n, o, out, err)
                       : segment_stretch(lx, folded, 0, n, o, out, err);
  if (rc < 0) return rc;
  if (tokens_reserve(out, 1) < 0) return mill_fail_memory(err);
  out->start[out->n] = (uint32_t)n;
  return breaks_refine(lx, out, folded, err);
}
