/* place_grammar.c - where names of places begin, what may be one (see place_grammar.h). */
#include "place_grammar.h"

#include <string.h>

#include "ascii.h"

#define PLACE_NAME(name) #name,
static const char *const class_names[PLACE_CLASS_COUNT] = {PLACE_CLASSES(PLACE_NAME)};

int place_class_by_name(const char *name) {
  for (int c = 0; c < PLACE_CLASS_COUNT; c++)
    if (strcmp(name, class_names[c]) == 0) return c;
  return -1;
}

enum {
  CHAR = 3,                        /* bytes of a Chinese character */
  LONGEST_SUFFIX = 3 * CHAR,
  MOST_BEFORE = 5,                 /* characters that the walk takes before a suffix */
  LONGEST_STEM = 5,                /* characters */
  SHORTEST_KNOWN = 2 * CHAR, LONGEST_KNOWN = 4 * CHAR, /* bytes of a stem behind a place that is known */
  LEAST_LEFT = 3,                  /* characters of a name */
  MOST = 3, MOST_OF_ESTATE = 4
};

#define NAMES (TOKEN_TAG(NS) | TOKEN_TAG(NR) | TOKEN_TAG(NZ) | TOKEN_TAG(NT))

static uint64_t classes_of(const word_classes *w, const char *s, size_t n) {
  return n > 0 ? word_classes_of(w, s, n) : 0;
}
static int is(const word_classes *w, const char *s, size_t n, enum place_class c) {
  return (int)(classes_of(w, s, n) >> c & 1);
}
static int token_is(token_words *t, ptrdiff_t k, enum place_class c) { return (int)(token_classes(t, k) >> c & 1); }
static int tagged(const token_words *t, ptrdiff_t k, uint64_t tags) { return (token_tag(t, k) & tags) != 0; }

/* The last bytes, all where there are fewer. */
static int ends_as(const word_classes *w, const char *s, size_t n, size_t bytes, enum place_class c) {
  return n < bytes ? is(w, s, n, c) : is(w, s + n - bytes, bytes, c);
}

size_t place_suffix(const word_classes *w, const char *s, size_t n) {
  for (size_t bytes = LONGEST_SUFFIX; bytes >= CHAR; bytes -= CHAR)
    if (n > bytes && is(w, s + n - bytes, bytes, PLACE_suffix)) return bytes;
  return 0;
}

static int is_alnum(char c) { return ascii_is_letter(c) || ascii_is_digit(c); }
static int is_punct(char c) { return c > ' ' && c < 0x7F && !is_alnum(c); }
static int is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static int has_ascii(const char *s, size_t n, int blanks) {
  for (size_t k = 0; k < n; k++)
    if (is_alnum(s[k]) || is_punct(s[k]) || (blanks && is_space(s[k]))) return 1;
  return 0;
}

/* ---- may it be a name? -------------------------------------------------------------------- */

/* Is one of the words of one or two characters, of the class, in it? */
static int has_word(const word_classes *w, const char *s, size_t n, enum place_class c) {
  for (size_t k = 0; k + CHAR <= n; k++) {
    if (((unsigned char)s[k] & 0xC0) == 0x80) continue;
    if (is(w, s + k, CHAR, c) || (n - k >= 2 * CHAR && is(w, s + k, 2 * CHAR, c))) return 1;
  }
  return 0;
}

/* Does a stem, or what stands in its last two or three characters, tell a kind of place? */
static int tells_kind(const word_classes *w, const char *s, size_t n) {
  size_t at = n;
  for (int chars = 1; chars <= 3 && at > 0; chars++) {
    do at--;
    while (at > 0 && ((unsigned char)s[at] & 0xC0) == 0x80);
    if (chars > 1 && at > 0 && is(w, s + at, n - at, PLACE_kind)) return 1;
  }
  return n > CHAR && is(w, s + n - CHAR, CHAR, PLACE_tier) && is(w, s, n - CHAR, PLACE_kind);
}

/* Is what ends the stem (n bytes of a name of `all`) no end of one? 2022年|城乡|居民 */
static int ends_badly(const word_classes *w, const char *s, size_t n, size_t all) {
  size_t bytes = n < CHAR ? n : CHAR;
  const char *tail = s + n - bytes;
  uint64_t classes = classes_of(w, tail, bytes);
  if (classes >> PLACE_stem_end_not & 1) return 1;
  if (all - n == bytes && memcmp(tail, s + n, bytes) == 0) return 1;
  if (is(w, s, bytes, PLACE_when) && ends_as(w, s, all, 2 * CHAR, PLACE_urban)) return 1;
  return n > CHAR && (classes >> PLACE_rise & 1) && is(w, s, n - CHAR, PLACE_way); /* 产业富镇 */
}

/* 高风险区, 易发区, 空心村: a word that names none, with something before it. */
static int ends_generic(const word_classes *w, const char *s, size_t n, const char *suffix, size_t bytes) {
  uint64_t classes = classes_of(w, suffix, bytes);
  if (classes & (UINT64_C(1) << PLACE_district | UINT64_C(1) << PLACE_city))
    return n > 2 * CHAR && is(w, s + n - 2 * CHAR, 2 * CHAR, PLACE_generic);
  return (classes >> PLACE_hamlet & 1) && n > 3 * CHAR && is(w, s + n - 3 * CHAR, 3 * CHAR, PLACE_generic);
}

int place_acceptable(const word_classes *w, const char *s, size_t n, int known) {
  uint64_t whole = classes_of(w, s, n);
  if (whole & (UINT64_C(1) << PLACE_generic | UINT64_C(1) << PLACE_scopes)) return 0;
  size_t bytes = known ? 0 : place_suffix(w, s, n), stem = n - bytes;
  if (bytes == 0) return 1;
  uint64_t classes = classes_of(w, s, stem), suffix = classes_of(w, s + stem, bytes);
  if (classes & (UINT64_C(1) << PLACE_kind | UINT64_C(1) << PLACE_outside | UINT64_C(1) << PLACE_meeting)) return 0;
  if (suffix >> PLACE_province & 1) return 0;
  size_t head = stem < CHAR ? stem : CHAR;
  if (suffix >> PLACE_estate & 1)
    return !ends_as(w, s, stem, 2 * CHAR, PLACE_plain_estate) && !is(w, s, head, PLACE_outside);
  if (tells_kind(w, s, stem) || has_word(w, s, stem, PLACE_within)) return 0;
  if (ends_badly(w, s, stem, n) || ends_generic(w, s, n, s + stem, bytes)) return 0;
  return stem <= CHAR || !is(w, s, head, PLACE_loose);
}

/* ---- tokens within it ------------------------------------------------------------------------ */

/* The token that holds byte i, or the last one before it. */
static ptrdiff_t token_at(const token_words *t, uint32_t i) {
  ptrdiff_t lo = 0, hi = t->n;
  while (lo + 1 < hi) {
    ptrdiff_t mid = lo + (hi - lo) / 2;
    if (t->from[mid] <= i) lo = mid;
    else hi = mid;
  }
  return lo;
}

/* Has a token of [i, j) one of the tags (long: of two characters at least)? */
static int has_tag(const token_words *t, uint32_t i, uint32_t j, uint64_t tags, int only_long) {
  for (ptrdiff_t k = token_at(t, i), last = token_at(t, j - 1); k <= last; k++)
    if (tagged(t, k, tags) && (!only_long || token_chars(t, k) > 1)) return 1;
  return 0;
}

/* The larger divisions are in the gazetteer; others must not be made of words. */
static int proper(const token_words *t, uint32_t i, uint32_t j) {
  const uint64_t names = TOKEN_TAG(NS) | TOKEN_TAG(NR) | TOKEN_TAG(NZ) | TOKEN_TAG(S);
  return !has_tag(t, i, j, ~names, 1);
}

int place_named(token_words *t, uint32_t i, uint32_t j) {
  const uint64_t no_zone = TOKEN_TAG(V) | TOKEN_TAG(VN) | TOKEN_TAG(N) | TOKEN_TAG(A) | TOKEN_TAG(AD) |
                           TOKEN_TAG(AN) | TOKEN_TAG(F) | TOKEN_TAG(D) | TOKEN_TAG(Z) | TOKEN_TAG(B);
  const uint64_t no_stem = TOKEN_TAG(V) | TOKEN_TAG(VN) | TOKEN_TAG(D) | TOKEN_TAG(R) | TOKEN_TAG(P) |
                           TOKEN_TAG(C) | TOKEN_TAG(U) | TOKEN_TAG(AD) | TOKEN_TAG(VD);
  uint32_t bytes = (uint32_t)place_suffix(t->words, t->text + i, j - i), end = j - bytes;
  if (bytes == 0) return 1;
  if (is(t->words, t->text + end, bytes, PLACE_district) && has_tag(t, i, end, no_zone, 0)) return 0;
  return bytes_chars(t->text + i, end - i) != 1 && !has_tag(t, i, end, no_stem, 1);
}

uint32_t place_unled(token_words *t, uint32_t i, uint32_t j, size_t least) {
  const uint64_t leads = TOKEN_TAG(N) | TOKEN_TAG(VN) | TOKEN_TAG(V) | TOKEN_TAG(F) | TOKEN_TAG(T) | TOKEN_TAG(A) |
                         TOKEN_TAG(AD) | TOKEN_TAG(D) | TOKEN_TAG(R) | TOKEN_TAG(I) | TOKEN_TAG(L);
  ptrdiff_t k = token_at(t, i);
  if (t->n == 0 || t->from[k] != i || t->to[k] >= j || token_chars(t, k) != 2) return i;
  size_t rest = bytes_chars(t->text + t->to[k], j - t->to[k]);
  if (token_is(t, k, PLACE_leading)) return rest >= least ? t->to[k] : MILL_NONE;
  return rest > LEAST_LEFT && tagged(t, k, leads) ? t->to[k] : i;
}

/* ---- where it begins ---------------------------------------------------------------------------- */

/* Longer words that may be part of a name although the lexicon knows them. */
static int may_be_part(token_words *t, ptrdiff_t k) {
  const uint64_t never = TOKEN_TAG(W) | TOKEN_TAG(P) | TOKEN_TAG(C) | TOKEN_TAG(U) | TOKEN_TAG(BLANK) |
                         TOKEN_TAG(Q) | TOKEN_TAG(ENG);
  const uint64_t nouns = TOKEN_TAG(N) | TOKEN_TAG(A) | TOKEN_TAG(Z) | TOKEN_TAG(X) | TOKEN_TAG(F) | TOKEN_TAG(B) |
                         TOKEN_TAG(I);
  const char *s = t->text + t->from[k];
  size_t bytes = token_bytes(t, k), chars = token_chars(t, k);
  if (bytes == 0 || tagged(t, k, never)) return 0;
  if (token_is(t, k, PLACE_inside) && tagged(t, k - 1, TOKEN_TAG(A)) && token_chars(t, k - 1) == 2) return 1;
  if (token_is(t, k, PLACE_outside) || token_is(t, k, PLACE_ender) || token_is(t, k, PLACE_scopes)) return 0;
  if (has_ascii(s, bytes, 0)) return 0;
  if (chars == 1) return 1;
  if (tagged(t, k, NAMES)) return chars <= 3;
  if (chars != 2) return 0;
  return tagged(t, k, TOKEN_TAG(M) | nouns) ||
         (tagged(t, k, TOKEN_TAG(T)) && !ends_as(t->words, s, bytes, CHAR, PLACE_when));
}

/* Of a suffix within a token, behind two characters or more: a word of one character may begin the name. */
static uint32_t behind_one(token_words *t, const place_stem *s, size_t *chars) {
  const uint64_t one_more = TOKEN_TAG(A) | TOKEN_TAG(N) | TOKEN_TAG(G) | TOKEN_TAG(NR) | TOKEN_TAG(NS) |
                            TOKEN_TAG(B) | TOKEN_TAG(J);
  uint32_t begin = t->from[s->token];
  ptrdiff_t k = s->token - 1;
  if (k < 0 || t->from[k] < s->first || t->to[k] != begin || token_bytes(t, k) != CHAR) return begin;
  if (!tagged(t, k, one_more) || token_is(t, k, PLACE_outside)) return begin;
  ++*chars;
  return t->from[k];
}

/* 二十里铺: a numeral is not cut. */
static uint32_t with_numeral(const token_words *t, uint32_t begin, uint32_t first, size_t *chars) {
  const char *s = t->text;
  while (begin >= first + CHAR && is(t->words, s + begin, CHAR, PLACE_numeral) &&
         is(t->words, s + begin - CHAR, CHAR, PLACE_numeral)) {
    begin -= CHAR;
    ++*chars;
  }
  return begin;
}

uint32_t place_start(token_words *t, const place_stem *s, size_t most, size_t *chars) {
  uint32_t begin = s->at, own = t->from[s->token];
  *chars = 0;
  if (own < s->at) {
    begin = own;
    *chars = bytes_chars(t->text + own, s->at - own);
    if (tagged(t, s->token, TOKEN_TAG(NS))) return begin;
    if (*chars >= 2) return behind_one(t, s, chars);
  }
  for (ptrdiff_t e = s->token - 1; e >= 0 && *chars <= most; e--) {
    if (t->from[e] < s->first || t->to[e] != begin || !may_be_part(t, e)) break;
    if (*chars > 0 && place_suffix(t->words, t->text + t->from[e], token_bytes(t, e)) > 0) break;
    size_t n = token_chars(t, e);
    if (*chars + n > MOST_BEFORE || (*chars >= 2 && n > 1) || *chars >= most) break;
    begin = t->from[e];
    *chars += n;
  }
  return *chars == 0 ? MILL_NONE : with_numeral(t, begin, s->first, chars);
}

/* ---- names by their suffix ----------------------------------------------------------------------- */

/* Does a place that is known, a point of its list or 来到 stand right before byte p? */
static int is_open(const token_words *t, uint32_t p, const place_stem *stem, const place_ends *ends) {
  const char *s = t->text + p;
  size_t n = stem->to - stem->at;
  if (p > 0 && ends->suffix[p - 1] != 0) return 1;
  if (p >= CHAR + n && memcmp(s - CHAR, "、", CHAR) == 0 && ends->suffix[p - CHAR - 1] == n &&
      memcmp(s - CHAR - n, t->text + stem->at, n) == 0) return 1;
  return p >= 2 * CHAR && is(t->words, s - 2 * CHAR, 2 * CHAR, PLACE_way_to);
}

/* Is [p, at) the stem of a name behind such a place? */
static int stands_behind(const token_words *t, uint32_t p, const place_stem *s) {
  const word_classes *w = t->words;
  const char *stem = t->text + p;
  size_t n = s->at - p, body = n;
  uint64_t last = classes_of(w, stem + n - CHAR, CHAR);
  if (is(w, stem, CHAR, PLACE_no_beginning) || is(w, stem, n, PLACE_kind)) return 0;
  if (last & (UINT64_C(1) << PLACE_tier | UINT64_C(1) << PLACE_stem_end_not)) return 0;
  if (last >> PLACE_and & 1) body -= CHAR; /* 宙和 */
  if (!mill_utf8_valid(stem, n, NULL, NULL) || has_ascii(stem, n, 1) || has_word(w, stem, body, PLACE_mark)) return 0;
  return place_acceptable(w, stem, s->to - p, 0);
}

/* 高增乡|占里|村, 大庄村、|宙和|村: what stands between a place or a point of its list and the suffix is the
** name, whatever the lexicon takes it for. */
static uint32_t behind_known(const token_words *t, const place_stem *s, const place_ends *ends) {
  for (uint32_t bytes = SHORTEST_KNOWN; bytes <= LONGEST_KNOWN && bytes <= s->at; bytes += CHAR)
    if (is_open(t, s->at - bytes, s, ends))
      return stands_behind(t, s->at - bytes, s) ? s->at - bytes : MILL_NONE;
  return MILL_NONE;
}

static int has_digit(const char *s, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (ascii_is_digit(s[k])) return 1;
  return 0;
}

/* Is the stem [begin, at) long enough, and no numeral? 通村|公路 has none. */
static int has_stem(token_words *t, uint32_t begin, const place_stem *s, uint64_t suffix) {
  const uint64_t longer = UINT64_C(1) << PLACE_settlement | UINT64_C(1) << PLACE_district |
                          UINT64_C(1) << PLACE_province | UINT64_C(1) << PLACE_city;
  const char *stem = t->text + begin;
  size_t n = s->at - begin, chars = bytes_chars(stem, n);
  if (chars > LONGEST_STEM || is(t->words, stem, n, PLACE_numeral) || has_digit(stem, n)) return 0;
  if (chars == 1 && ((suffix & longer) != 0 || s->to - s->at > CHAR)) return 0;
  return !((suffix >> PLACE_hamlet & 1) && ends_as(t->words, stem, n, CHAR, PLACE_through) &&
           tagged(t, s->token + 1, TOKEN_TAG(N)));
}

uint32_t place_of_suffix(token_words *t, const place_stem *s, const place_ends *ends) {
  uint64_t suffix = classes_of(t->words, t->text + s->at, s->to - s->at);
  size_t chars;
  uint32_t begin = suffix >> PLACE_village & 1 ? behind_known(t, s, ends) : MILL_NONE;
  if (begin != MILL_NONE) return begin;
  begin = place_start(t, s, suffix >> PLACE_estate & 1 ? MOST_OF_ESTATE : MOST, &chars);
  if (begin != MILL_NONE && begin < s->at) begin = place_unled(t, begin, s->to, LEAST_LEFT);
  if (begin == MILL_NONE || begin >= s->at || !has_stem(t, begin, s, suffix)) return MILL_NONE;
  if (!place_acceptable(t->words, t->text + begin, s->to - begin, 0) || !place_named(t, begin, s->to))
    return MILL_NONE;
  return (suffix >> PLACE_large & 1) && !proper(t, begin, s->at) ? MILL_NONE : begin;
}
