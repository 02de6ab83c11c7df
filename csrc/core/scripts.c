/*
** scripts.c - words of scripts whose writing sets no blanks and which the
** lexicon does not know: Thai, Lao, Khmer, Myanmar, and Japanese among Han
** characters. The segmenter leaves them as runs; here ICU's dictionaries cut
** them. Most texts have no such token, which one look at the kinds shows.
**
**   before   他 买 了 | 東京 都 は 図書 館 を 開 いた        KANA among HAN
**   after    他 买 了 | 東京 都 は 図書館 を 開 い た        by ICU
**
** A kana or two in a Chinese text (优の良品) make no Japanese: a run of Han and
** kana counts as Japanese when a fifth of it, and more than one, is kana.
*/
#include <string.h>

#include "breaks.h"
#include "error.h"
#include "tokens.h"
#include "utf8.h"

typedef struct range { uint32_t from, to; } range;
static const range unspaced[] = { /* blocks of the scripts ICU has dictionaries for */
    {0x0E00, 0x0E7F}, {0x0E80, 0x0EFF}, {0x1000, 0x109F},
    {0x1780, 0x17FF}, {0xA9E0, 0xA9FF}, {0xAA60, 0xAA7F}};

static int is_unspaced(uint32_t c) {
  for (size_t k = 0; k < sizeof unspaced / sizeof *unspaced; k++)
    if (c >= unspaced[k].from && c <= unspaced[k].to) return 1;
  return 0;
}

static size_t characters(const char *s, size_t from, size_t to) {
  size_t count = 0;
  for (size_t i = from; i < to; i++) count += !utf8_is_tail((unsigned char)s[i]);
  return count;
}

/* ---- which tokens ------------------------------------------------------------ */

/* User words stay as they are; their ids are behind those of the lexicon. */
static int is_users(const mill_lexicon *lx, const mill_tokens *t, size_t k) {
  return t->word[k] != MILL_NONE && t->word[k] >= mill_lexicon_count(lx);
}

/* The end of the run of tokens that begins with k; *cuts: ICU shall cut it. */
static size_t run_end(const mill_lexicon *lx, const mill_tokens *t, const char *s, size_t k, int *cuts) {
  size_t kana = 0, end = k, len = 0;
  uint32_t bytes = t->start[k + 1] - t->start[k];
  if (t->kind[k] == MILL_KIND_OTHER) {
    *cuts = utf8_length((unsigned char)s[t->start[k]]) <= bytes &&
            is_unspaced(utf8_decode(s + t->start[k], &len));
    return k + 1;
  }
  for (; end < t->n && (t->kind[end] == MILL_KIND_HAN || t->kind[end] == MILL_KIND_KANA); end++) {
    if (is_users(lx, t, end)) break;
    if (t->kind[end] == MILL_KIND_KANA) kana += characters(s, t->start[end], t->start[end + 1]);
  }
  *cuts = kana > 1 && kana * 5 >= characters(s, t->start[k], t->start[end]);
  return end;
}

/* The token where a run that may have to be cut begins, from k on. */
static size_t next_run(const mill_lexicon *lx, const mill_tokens *t, size_t k) {
  size_t first = k;
  while (k < t->n && ((t->kind[k] != MILL_KIND_OTHER && t->kind[k] != MILL_KIND_KANA) || is_users(lx, t, k)))
    k++;
  if (k < t->n && t->kind[k] == MILL_KIND_KANA) /* the Han characters before it belong to it */
    while (k > first && t->kind[k - 1] == MILL_KIND_HAN && !is_users(lx, t, k - 1)) k--;
  return k;
}

/* ---- new columns -------------------------------------------------------------- */

typedef struct cutter {
  const mill_lexicon *lx;
  const char *s;
  const mill_tokens *from;
  mill_tokens to;      /* its values stay those of `from` */
  mill_breaks *breaks; /* opened on first need */
} cutter;

static void copy_tokens(cutter *c, size_t from, size_t end) {
  size_t n = end - from, at = c->to.n;
  if (n == 0) return;
  memcpy(c->to.start + at, c->from->start + from, n * sizeof *c->to.start);
  memcpy(c->to.word + at, c->from->word + from, n * sizeof *c->to.word);
  memcpy(c->to.value + at, c->from->value + from, n * sizeof *c->to.value);
  memcpy(c->to.tag + at, c->from->tag + from, n);
  memcpy(c->to.kind + at, c->from->kind + from, n);
  c->to.n += n;
}

static uint8_t kind_of(uint32_t c) {
  if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF)) return MILL_KIND_KANA;
  return c >= 0x3400 ? MILL_KIND_HAN : MILL_KIND_OTHER;
}

static void add_token(cutter *c, mill_span piece) {
  size_t at = c->to.n++, len;
  mill_word word;
  c->to.start[at] = piece.from;
  c->to.word[at] = MILL_NONE;
  c->to.value[at] = MILL_NONE;
  int whole = utf8_length((unsigned char)c->s[piece.from]) <= piece.to - piece.from; /* else no UTF-8 */
  c->to.kind[at] = whole ? kind_of(utf8_decode(c->s + piece.from, &len)) : MILL_KIND_OTHER;
  c->to.tag[at] = MILL_TAG_X;
  if (mill_lexicon_find(c->lx, c->s + piece.from, piece.to - piece.from, &word) == 1)
    c->to.word[at] = word.id;
}

/* Cuts the bytes of tokens [from, end); there is room for a token a byte. */
static int cut(cutter *c, size_t from, size_t end, mill_error *err) {
  uint32_t base = c->from->start[from], to = c->from->start[end];
  int rc = c->breaks == NULL ? mill_breaks_open(MILL_BREAK_WORD, NULL, &c->breaks, err) : 0;
  if (rc == 0) rc = mill_breaks_text(c->breaks, c->s + base, to - base, err);
  if (rc < 0) return rc;
  if (tokens_reserve(&c->to, to - base) < 0) return mill_fail_memory(err);
  for (mill_span p; mill_breaks_next(c->breaks, &p);)
    add_token(c, (mill_span){p.from + base, p.to + base});
  return 0;
}

/* Gives t the new columns; it keeps its values and its scratch. */
static void take_columns(mill_tokens *t, mill_tokens *fresh) {
  mill_tokens old = *t;
  t->n = fresh->n;
  t->start = fresh->start, fresh->start = old.start;
  t->word = fresh->word, fresh->word = old.word;
  t->value = fresh->value, fresh->value = old.value;
  t->tag = fresh->tag, fresh->tag = old.tag;
  t->kind = fresh->kind, fresh->kind = old.kind;
  t->capacity = fresh->capacity, fresh->capacity = old.capacity;
}

static int rebuild(cutter *c, mill_tokens *t, size_t first, mill_error *err) {
  size_t done = 0;
  for (size_t k = first, end; k < t->n; k = next_run(c->lx, t, end)) {
    int cuts, rc;
    end = run_end(c->lx, t, c->s, k, &cuts);
    if (!cuts) continue;
    if (tokens_reserve(&c->to, t->n) < 0) return mill_fail_memory(err);
    copy_tokens(c, done, k);
    if ((rc = cut(c, k, end, err)) < 0) return rc;
    done = end;
  }
  if (done == 0) return 0; /* nothing to cut */
  if (tokens_reserve(&c->to, t->n + 1) < 0) return mill_fail_memory(err);
  copy_tokens(c, done, t->n);
  c->to.start[c->to.n] = t->start[t->n];
  take_columns(t, &c->to);
  return 0;
}

int breaks_refine(const mill_lexicon *lx, mill_tokens *t, const char *folded, mill_error *err) {
  size_t first = next_run(lx, t, 0);
  if (first == t->n) return 0;
  cutter c = {.lx = lx, .s = folded, .from = t};
  int rc = rebuild(&c, t, first, err);
  mill_breaks_free(c.breaks);
  mill_tokens_free(&c.to);
  return rc;
}
