/*
** userwords_segment.c - user words as the segmenter meets them.
**
**   forced words  are found first, the leftmost and longest; the text between
**                 them is segmented stretch by stretch
**   other words   are edges among those of the image: they win by their cost
**
** A forced word cuts through anything but a run of letters or of digits: AI is
** not forced out of `said`, nor 19 out of 2019, but 19 is out of covid-19.
*/
#include "userwords.h"
#include "utf8.h"

/* ---- edges -------------------------------------------------------------------- */

static void remove_edge(window *w, const mill_lexicon *lx, uint32_t k, uint32_t len) {
  if (len == 1) {
    uint32_t han = (w->kind[k] & CHAR_CLASS_MASK) == CHAR_HAN;
    w->c1[k] = PACK(han ? lx->params->unknown_cost : lx->params->run_cost, 1);
    w->term[0][k] = LEX_NO_WORD;
  } else if (len <= 4) {
    w->edge[len - 2][k] = NO_EDGE;
  } else {
    for (uint32_t i = w->head[k]; i != 0; i = w->more[i - 1].next)
      if (PACKED_LEN(w->more[i - 1].packed) == len)
        w->more[i - 1].packed = NO_EDGE | (31u - len), w->more[i - 1].word = LEX_NO_WORD;
  }
}

static void put_edge(const mill_userwords *u, window *w, const user_entry *e, uint32_t k, uint32_t len) {
  uint32_t word = userwords_id(u, e);
  if (len == 1) {
    w->c1[k] = PACK(e->cost, 1);
    w->term[0][k] = LEX_TERM(word, LEX_NUMBER | MILL_TAG_X);
  } else if (len <= 4) {
    w->edge[len - 2][k] = PACK(e->cost, len);
    w->term[len - 1][k] = LEX_TERM(word, LEX_NUMBER | MILL_TAG_X);
  } else {
    window_add(w, k, len, e->cost, word);
  }
}

/* The words that begin at unit k and end where a unit ends. */
static void edges_at(const mill_userwords *u, window *w, const char *text, uint32_t k) {
  const mill_lexicon *lx = mill_data_lexicon(u->data);
  uint32_t at = w->offset[k], end = w->offset[w->n], node = USER_ROOT, m = k;
  while (at < end) {
    size_t used;
    node = userwords_follow(u, node, text + at, end - at, &used);
    if (node == 0) return;
    at += (uint32_t)used;
    while (m < w->n && w->offset[m + 1] <= at) m++;
    const user_entry *e = w->offset[m] == at ? userwords_entry(u, node) : NULL;
    if (e == NULL) continue;
    if (e->flags & USER_MASK) remove_edge(w, lx, k, m - k);
    else if ((e->flags & USER_WORD) && m - k <= MAX_EDGE) put_edge(u, w, e, k, m - k);
  }
}

void userwords_edges(const mill_userwords *u, window *w, const char *text) {
  size_t used;
  for (uint32_t k = 0; k < w->n; k++)
    if (userwords_follow(u, USER_ROOT, text + w->offset[k], w->offset[w->n] - w->offset[k], &used) != 0)
      edges_at(u, w, text, k);
}

/* ---- tokens -------------------------------------------------------------------- */

void userwords_settle(const mill_userwords *u, mill_tokens *t, size_t from) {
  uint32_t first = mill_data_lexicon(u->data)->params->n_words;
  for (size_t k = from; k < t->n; k++) {
    if (t->word[k] == MILL_NONE || t->word[k] < first) continue;
    const user_entry *e = userwords_of_id(u, t->word[k]);
    if (e == NULL) { /* a damaged image */
      t->word[k] = MILL_NONE;
      continue;
    }
    t->tag[k] = e->tag;
    if (e->tag == MILL_TAG_M && t->value[k] != MILL_NONE) continue; /* a number that is a word */
    t->kind[k] = e->kind;
    t->value[k] = MILL_NONE;
  }
}

/* ---- forced words -------------------------------------------------------------- */

/* Letters of a script that puts blanks between words. */
static uint32_t joined_class(const mill_userwords *u, uint32_t c) {
  uint32_t k = lexicon_char(mill_data_lexicon(u->data), c) & CHAR_CLASS_MASK;
  return k == CHAR_LATIN || k == CHAR_DIGIT || (k == CHAR_OTHER && c < 0xE00) ? k : 0;
}

/* May a token end before text[at]? before: the character in front of it. */
static int may_cut(const mill_userwords *u, uint32_t before, const char *text, size_t at, size_t n) {
  size_t len;
  if (at >= n) return 1;
  if (utf8_length((unsigned char)text[at]) > n - at) return 1; /* not UTF-8 */
  uint32_t c = utf8_decode(text + at, &len), k = joined_class(u, c);
  if ((lexicon_char(mill_data_lexicon(u->data), c) & CHAR_CLASS_MASK) == CHAR_MARK) return 0;
  return k == 0 || before == 0 || joined_class(u, before) != k;
}

/* The longest forced word at text[at]; *end behind it. */
static const user_entry *forced_at(const mill_userwords *u, const char *text, size_t at, size_t n,
                                   size_t *end) {
  const user_entry *best = NULL;
  uint32_t node = USER_ROOT;
  for (size_t i = at, used; i < n; ) {
    size_t len;
    if (utf8_length((unsigned char)text[i]) > n - i) break;
    node = userwords_follow(u, node, text + i, n - i, &used);
    if (node == 0) break;
    uint32_t last = utf8_decode(text + i, &len);
    i += used;
    const user_entry *e = userwords_entry(u, node);
    if (e != NULL && (e->flags & USER_FORCE) && may_cut(u, last, text, i, n)) best = e, *end = i;
  }
  return best;
}

const user_entry *userwords_forced(const mill_userwords *u, const char *text, size_t from, size_t n,
                                   mill_span *span) {
  uint32_t before = 0;
  if (u->n_forced == 0) return NULL;
  for (size_t at = from, len, end = 0; at < n; at += len) {
    if (utf8_length((unsigned char)text[at]) > n - at) return NULL;
    uint32_t c = utf8_decode(text + at, &len);
    const user_entry *e = userwords_begins(u, c) && may_cut(u, before, text, at, n)
                              ? forced_at(u, text, at, n, &end) : NULL;
    if (e != NULL) return *span = (mill_span){(uint32_t)at, (uint32_t)end}, e;
    before = c;
  }
  return NULL;
}
