/*
** rec.h - what the recognisers share: stepping over the tokens of a view, and
** one function a family. Each answers for the longest match that begins at
** token `at`: 1 and *out, or 0. All are pure: the same view and token give the
** same answer; they look at a bounded number of tokens, so that asking at
** every token of a text stays linear.
*/
#ifndef MILL_REC_H
#define MILL_REC_H

#include "../textmill.h"
#include "scan.h"

#define REC_BYTES 96u  /* a number or a date ends within that many bytes */

int rec_number(const mill_view *v, uint32_t at, mill_found *out);
int rec_measure(const mill_view *v, uint32_t at, mill_found *out);
int rec_quantity(const mill_view *v, uint32_t at, mill_found *out);
int rec_date(const mill_view *v, uint32_t at, mill_found *out);
int rec_time(const mill_view *v, uint32_t at, mill_found *out);
int rec_person(const mill_view *v, uint32_t at, mill_found *out);
int rec_place(const mill_view *v, uint32_t at, mill_found *out);
int rec_org(const mill_view *v, uint32_t at, mill_found *out);
int rec_role(const mill_view *v, uint32_t at, mill_found *out);
/* 0: surely no role, no organisation begins at a token like this, wherever it stands. */
int role_may_begin(const mill_view *v, uint32_t at);
int org_may_begin(const mill_view *v, uint32_t at);
/* 0: surely no name of the gazetteer begins at token `at`. */
int place_fits(const mill_view *v, uint32_t at);
/* The last token of a name of a place that is not in the gazetteer is one of the next
** PLACE_TOKENS, and begins PLACE_STEM bytes (four characters) behind its start at most. */
#define PLACE_TOKENS 6u
#define PLACE_STEM 16u

static inline uint32_t rec_count(const mill_view *v) { return (uint32_t)v->tokens->n; }

static inline const char *rec_text(const mill_view *v, uint32_t k) {
  return v->folded + v->tokens->start[k];
}

/* Bytes of token k; 0 behind the end. */
static inline size_t rec_len(const mill_view *v, uint32_t k) {
  return k < v->tokens->n ? v->tokens->start[k + 1] - v->tokens->start[k] : 0;
}

static inline uint8_t rec_tag(const mill_view *v, uint32_t k) {
  return k < v->tokens->n ? v->tokens->tag[k] : (uint8_t)MILL_TAG_W;
}

static inline uint8_t rec_kind(const mill_view *v, uint32_t k) {
  return k < v->tokens->n ? v->tokens->kind[k] : (uint8_t)MILL_KIND_BREAK;
}

/* Is s[0,n) the word? Byte by byte: the first three tell nearly all Han characters apart. */
static inline int rec_same(const char *s, size_t n, const char *word) {
  for (size_t i = 0; i < n; i++)
    if (s[i] != word[i] || word[i] == 0) return 0;
  return n > 0 && word[n] == 0;
}

static inline int rec_is(const mill_view *v, uint32_t k, const char *word) {
  return k < v->tokens->n && rec_same(rec_text(v, k), rec_len(v, k), word);
}

/* Is token k one of a NULL-terminated list of words? */
static inline int rec_is_any(const mill_view *v, uint32_t k, const char *const *words) {
  if (k >= v->tokens->n) return 0;
  const char *s = rec_text(v, k);
  size_t n = rec_len(v, k);
  for (; *words != NULL; words++)
    if (rec_same(s, n, *words)) return 1;
  return 0;
}

/* Classes of the word token k is (0: not in the lexicon), and its frequency. */
uint32_t rec_classes(const mill_view *v, uint32_t k);
uint32_t rec_frequency(const mill_view *v, uint32_t k);
/* Characters of token k. */
uint32_t rec_chars(const mill_view *v, uint32_t k);

/* How many tokens from `at` end exactly behind `bytes` bytes; 0 when that is
** inside a token. */
uint32_t rec_tokens(const mill_view *v, uint32_t at, size_t bytes);
/* Bytes from token `at` to the end of its line, at most REC_BYTES. */
size_t rec_window(const mill_view *v, uint32_t at);

/* A number at token `at` that has blanks inside of it (15.8 万): bytes with them, or 0.
** parts: see number.h. */
size_t rec_spaced_number(const mill_view *v, uint32_t at, int parts, mill_number *out);

/* An empty answer. */
void rec_clear(mill_found *out);

#endif
