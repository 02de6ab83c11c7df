/* phrases.c - noun phrases beside a count (see phrases.h). */
#include "phrases.h"

#include <string.h>

#include "../textmill.h"
#include "phrase_signs.h"

/* ---- what tokens are ---------------------------------------------------------------- */

#define T(tag) (UINT64_C(1) << MILL_TAG_##tag)
#define NOUN (T(N) | T(NR) | T(NS) | T(NT) | T(NZ) | T(VN) | T(J) | T(AN) | T(S) | T(T) | T(K))
#define MODIFIER                                                                                            \
  (T(A) | T(B) | T(G) | T(L) | T(I) | T(ENG) | T(X) | T(Z) | T(V) | T(VD) | T(AD) | T(F) | T(H) | T(O) |    \
   T(NZ) | T(NR) | T(Q) | T(M) | T(D) | T(R))
#define STOP_RIGHT (T(P) | T(C) | T(U) | T(W) | T(Y) | T(E))
/* What a verb inside the phrase may follow: 武汉|返乡|人员, 县|外|返乡|人员. */
#define BEFORE_VERB                                                                                         \
  (T(NS) | T(S) | T(F) | T(T) | T(G) | T(V) | T(VD) | T(M) | T(Q) | T(A) | T(B) | T(D) | T(J) | T(P))
#define STATE (T(A) | T(AN) | T(Z))
#define HEADED (T(N) | T(V) | T(VN) | T(A) | T(G) | T(B) | T(NZ) | T(J))
#define PARTS (T(N) | T(V) | T(VN) | T(G) | T(A) | T(B) | T(M) | T(J) | T(NR) | T(NS) | T(NZ))
#define NAMING (T(N) | T(G) | T(J) | T(NZ))
#define KINDS (T(A) | T(B) | T(VN)) /* 先进|村: what a place is like makes a noun of 村 */

enum { LONGEST = 12, LONGEST_CLAUSE = 8, LONGEST_WORD = 4, LONGEST_QUOTE = 30, LONGEST_BRACKET = 12 };

static uint64_t signs(const phrase_text *t, ptrdiff_t k) { return phrase_signs(t, k); }
static int is(const phrase_text *t, ptrdiff_t k, enum phrase_class c) { return sign_is(signs(t, k), c); }
static unsigned chars(const phrase_text *t, ptrdiff_t k) { return sign_chars(signs(t, k)); }
static enum sign_mark mark(const phrase_text *t, ptrdiff_t k) { return sign_mark_of(signs(t, k)); }

static enum mill_tag tag(const phrase_text *t, ptrdiff_t k) {
  return k < 0 || (size_t)k >= t->n ? MILL_TAG_W : (enum mill_tag)t->tag[k];
}

/* Is the tag of token k one of the set? */
static int in(const phrase_text *t, ptrdiff_t k, uint64_t set) { return (int)(set >> tag(t, k) & 1); }

static int is_person(uint64_t s) {
  if (sign_is(s, PHRASE_PEOPLE) || (s & SIGN_PEOPLE_TAIL) != 0) return 1;
  return sign_chars(s) > 1 && sign_is(s, PHRASE_PEOPLE_ENDS) && !sign_is(s, PHRASE_NO_PERSON);
}

/* Is the word a noun, or a lone character that may end one (点, 队, 员)? */
static int nominal(const phrase_text *t, ptrdiff_t k) {
  uint64_t s = signs(t, k);
  if (sign_is(s, PHRASE_HEADS) && !in(t, k - 1, T(Q) | T(M))) return 1;
  if (tag(t, k) == MILL_TAG_B && sign_chars(s) > 1 && tag(t, k + 1) == MILL_TAG_W) return 1; /* 6个年级、 */
  if (tag(t, k) == MILL_TAG_M && sign_is(s, PHRASE_ASPECTS)) return 1;
  if (tag(t, k) == MILL_TAG_Z && (s & SIGN_HEAD_TAIL) != 0) return 1;
  return in(t, k, NOUN | T(G) | T(L) | T(I) | T(X) | T(ENG));
}

/* A verb and the one character that makes it a noun: 劝返|点. */
static int compound(const phrase_text *t, ptrdiff_t k) {
  return is(t, k + 1, PHRASE_HEADS) && tag(t, k) == MILL_TAG_V;
}

/* 点, 队... behind a word they make a noun of: 安置|点. */
static int headed(const phrase_text *t, ptrdiff_t k) { return is(t, k, PHRASE_HEADS) && in(t, k - 1, HEADED); }

/* Does a noun follow within a few words, with nothing that ends a phrase between? */
static int noun_ahead(const phrase_text *t, ptrdiff_t k) {
  for (ptrdiff_t e = k; e <= k + 3; e++) {
    if (in(t, e, STOP_RIGHT) || is(t, e, PHRASE_ENDERS) || (e == k && tag(t, e) == MILL_TAG_M)) return 0;
    if (in(t, e, T(N) | T(NZ) | T(VN) | T(NT))) return 1;
  }
  return 0;
}

/* 返乡|人员, 防护|口罩: a verb that is an attribute of the noun behind it. */
static int attributive(const phrase_text *t, ptrdiff_t k) {
  return is(t, k, PHRASE_ADNOMINAL) && noun_ahead(t, k + 1);
}

/* ---- modifiers before the noun ------------------------------------------------------- */

enum { NOWHERE = -2 }; /* no token */

/* A modifier before 的: 年富力强、懂技术[的]同志. The token behind 的. */
static ptrdiff_t behind_de(const phrase_text *t, ptrdiff_t k, ptrdiff_t n) {
  for (ptrdiff_t e = k; e <= k + n; e++) {
    enum sign_mark m = mark(t, e);
    if (m == SIGN_DE) return e + 1;
    if (m == SIGN_COMMA || m == SIGN_STOP || m == SIGN_SEMICOLON || m == SIGN_BREAK || m == SIGN_EMPTY)
      return NOWHERE;
  }
  return NOWHERE;
}

/* Idioms and adjectives with 、 before 的: 年富力强、懂技术的 is all modifier. */
static ptrdiff_t adjectival(const phrase_text *t, ptrdiff_t k) {
  if (!in(t, k, T(I) | T(L) | T(A) | T(Z) | T(AN)) || mark(t, k + 1) != SIGN_POINT) return NOWHERE;
  ptrdiff_t after = behind_de(t, k + 1, 10);
  return after != NOWHERE && noun_ahead(t, after) ? after : NOWHERE;
}

/* 3台[带北斗导航的]拖拉机, 16户[缺劳力的]农户: the token behind a clause that begins at k with a verb; the
** phrase has gone as far as token e. */
static ptrdiff_t behind_relative(const phrase_text *t, ptrdiff_t k, ptrdiff_t e) {
  if (tag(t, k) != MILL_TAG_V || (is(t, k, PHRASE_ENDERS) && mark(t, k) != SIGN_HAVE)) return NOWHERE;
  for (ptrdiff_t n = e; n <= k + LONGEST_CLAUSE; n++) {
    if (mark(t, n) == SIGN_DE) return noun_ahead(t, n + 1) ? n + 1 : NOWHERE;
    if (in(t, n, T(W) | T(M)) || mark(t, n) == SIGN_EMPTY || (signs(t, n) & SIGN_HAS_BREAK) != 0) return NOWHERE;
  }
  return NOWHERE;
}

/* 3家[污染严重的]企业: the token behind 的, where what is said of the noun up to token b is how it is. */
static ptrdiff_t behind_state(const phrase_text *t, ptrdiff_t b) {
  ptrdiff_t k = b + 1;
  if (tag(t, k) == MILL_TAG_D && in(t, k + 1, STATE)) k++;
  int state = is(t, k, PHRASE_STATES) || (in(t, k, STATE) && chars(t, k) > 1);
  return state && mark(t, k + 1) == SIGN_DE && noun_ahead(t, k + 2) ? k + 2 : NOWHERE;
}

/* 1.3万名[60周岁以上的]老人: the token behind how old they are. */
static ptrdiff_t behind_age(const phrase_text *t, ptrdiff_t k) {
  if (tag(t, k) != MILL_TAG_M || !is(t, k + 1, PHRASE_AGES)) return k;
  ptrdiff_t e = k + 2;
  while (is(t, e, PHRASE_LIMITS)) e++;
  return e > k + 2 ? e : k;
}

/* 6条[10千伏]线路: the token behind a size of the noun. */
static ptrdiff_t behind_size(const phrase_text *t, ptrdiff_t k) {
  int sized = tag(t, k) == MILL_TAG_M && (signs(t, k) & SIGN_DIGIT_FIRST) != 0 && is(t, k + 1, PHRASE_SIZES);
  return sized && in(t, k + 2, NOUN) ? k + 2 : k;
}

/* Is the count at token e part of a clause that 的 ends and a verb at k begins (核|载 7人的)? */
static int relative(const phrase_text *t, ptrdiff_t k, ptrdiff_t e) {
  return (tag(t, k) == MILL_TAG_V || tag(t, k + 1) == MILL_TAG_V) && behind_de(t, e, 4) != NOWHERE;
}

/* ---- marks in pairs -------------------------------------------------------------------- */

/* 《...》 or “...” that opens at token k: its last token within n tokens. */
static ptrdiff_t enclosed(const phrase_text *t, ptrdiff_t k, ptrdiff_t n) {
  enum sign_mark close = sign_closes(mark(t, k));
  if (close == SIGN_NO_MARK) return NOWHERE;
  for (ptrdiff_t e = k + 1; e <= k + n && (size_t)e < t->n; e++) {
    if (mark(t, e) == close) return e;
    if (mark(t, e) == SIGN_BREAK) return NOWHERE;
  }
  return NOWHERE;
}

/* Where a quoted phrase opens that closes at token k. */
static ptrdiff_t opened(const phrase_text *t, ptrdiff_t k, ptrdiff_t n) {
  enum sign_mark open = sign_opens(mark(t, k));
  if (open == SIGN_NO_MARK) return NOWHERE;
  for (ptrdiff_t e = k - 1; e >= 0 && e >= k - n; e--) {
    if (mark(t, e) == open) return e;
    if (mark(t, e) == SIGN_BREAK) return NOWHERE;
  }
  return NOWHERE;
}

/* ---- to the right ------------------------------------------------------------------------ */

typedef struct walk { /* of one phrase: its first and last token so far, where it is */
  ptrdiff_t k, e, first, last, quoted;
  int people, counted; /* the last is a noun of people; a number stands inside */
} walk;

static void start_again(walk *w) {
  w->first = w->last = NOWHERE;
  w->people = w->counted = 0;
}

/* The token at w->e is 的: 0 where the phrase ends before it. */
static int pass_de(const phrase_text *t, walk *w) {
  int owner = w->last == w->e - 1 && tag(t, w->e - 1) == MILL_TAG_N && tag(t, w->first) != MILL_TAG_V;
  if ((!w->counted && (w->people || owner)) || !noun_ahead(t, w->e + 1)) return 0;
  start_again(w);
  return 1;
}

/* Does the token at w->e end the phrase that has a noun already? */
static int ends_noun(const phrase_text *t, const walk *w, uint64_t s) {
  ptrdiff_t e = w->e;
  if (sign_is(s, PHRASE_SIDES) && !in(t, e + 1, NOUN) && !attributive(t, e + 1)) return 1;
  if (w->people && tag(t, e) == MILL_TAG_VN) return 1;
  if (w->people && tag(t, e) == MILL_TAG_N && sign_chars(s) == 1 && !sign_is(s, PHRASE_HEADS)) return 1;
  return in(t, e, T(D) | T(AD) | T(VD) | T(R) | T(I) | T(L) | T(T));
}

/* A verb behind the noun that is no attribute of another. */
static int ends_before_verb(const phrase_text *t, const walk *w) {
  ptrdiff_t e = w->e;
  return tag(t, e) == MILL_TAG_V && !attributive(t, e) && !compound(t, e) &&
         (w->people || !in(t, e - 1, BEFORE_VERB) || !noun_ahead(t, e + 1));
}

/* Takes a modifier; one of a single character may be the last of the noun. */
static void take_modifier(const phrase_text *t, walk *w, uint64_t s) {
  if (w->first == NOWHERE) w->first = w->e;
  int about = sign_is(s, PHRASE_FILLERS) || mark(t, w->e + 1) == SIGN_THEN; /* 217户村民|少则, 22支龙舟队|近500名 */
  if (sign_chars(s) == 1 && w->last != NOWHERE && in(t, w->e, T(A) | T(B) | T(Q) | T(H)) && !about) w->last = w->e;
}

/* Takes a noun or what may stand before one; 0 where the phrase ends before the token. */
static int take_word(const phrase_text *t, walk *w, uint64_t s) {
  int has_noun = w->last != NOWHERE;
  if (has_noun && ends_noun(t, w, s)) return 0;
  if (nominal(t, w->e)) {
    if (w->first == NOWHERE) w->first = w->e;
    w->last = w->e;
    w->people = is_person(s);
  } else {
    if ((has_noun && ends_before_verb(t, w)) || !in(t, w->e, MODIFIER)) return 0;
    take_modifier(t, w, s);
  }
  return 1;
}

/* Takes the token at w->e; 0 where the phrase ends before it. */
static int take_right(const phrase_text *t, walk *w) {
  ptrdiff_t e = w->e;
  uint64_t s = signs(t, e);
  enum sign_mark m = sign_mark_of(s);
  if (e == w->quoted) return 1;
  if (m == SIGN_DE) return pass_de(t, w);
  if (m == SIGN_SELF && tag(t, e + 1) == MILL_TAG_V) {
    if (w->first == NOWHERE) w->first = e;
    return 1;
  }
  ptrdiff_t close = m == SIGN_QUOTE && w->first != NOWHERE && chars(t, e - 1) == 1 ? enclosed(t, e, 4) : NOWHERE;
  if (close != NOWHERE) {
    w->e = close;
    return 1;
  }
  if (sign_is(s, PHRASE_ENDERS) || in(t, e, STOP_RIGHT | T(BLANK)) || m == SIGN_EMPTY) return 0;
  if (w->last != NOWHERE && sign_is(s, PHRASE_NUMERALS) && tag(t, e + 1) == MILL_TAG_Q) return 0; /* 两个社区 */
  if (tag(t, e) != MILL_TAG_M || (s & SIGN_COUNT) == 0) return take_word(t, w, s);
  if (e == w->k || !relative(t, w->k, e)) return 0; /* 一座[能容纳五百人的]广场 */
  w->counted = 1;
  return 1;
}

/* Walks from w->k on; the token where the phrase begins that is meant instead, or NOWHERE. */
static ptrdiff_t walk_right(const phrase_text *t, walk *w) {
  start_again(w);
  for (; w->e < w->k + LONGEST && take_right(t, w); w->e++) {}
  ptrdiff_t head = w->counted ? NOWHERE : behind_relative(t, w->k, w->e);
  if (head != NOWHERE || w->last != NOWHERE) return head;
  if (in(t, w->k, STOP_RIGHT) || is(t, w->k, PHRASE_ENDERS)) return NOWHERE;
  ptrdiff_t after = behind_de(t, w->k, 14);
  return after != NOWHERE && after > w->k + 1 && noun_ahead(t, after) ? after : NOWHERE;
}

/* One phrase from token k on: found, and the token to go on from, where the noun stands behind that;
** found is what holds if nothing stands there. */
static ptrdiff_t right_of(const phrase_text *t, ptrdiff_t k, phrase_found *found) {
  found->kind = PHRASE_NONE;
  if (tag(t, k) == MILL_TAG_BLANK && (signs(t, k) & SIGN_HAS_BREAK) == 0) k++;
  k = behind_size(t, behind_age(t, k));
  ptrdiff_t after = adjectival(t, k);
  if (after != NOWHERE) return after;
  ptrdiff_t close = enclosed(t, k, LONGEST_QUOTE);
  if (close != NOWHERE && mark(t, k) == SIGN_BOOK) {
    *found = (phrase_found){PHRASE_TITLE, k + 1, close - 1};
    return NOWHERE;
  }
  walk w = {.k = k, .e = close != NOWHERE ? k + 1 : k, .quoted = close};
  after = walk_right(t, &w);
  if (after != NOWHERE || w.last == NOWHERE) return after;
  if (w.first == w.last && is(t, w.last, PHRASE_NO_ITEMS)) return NOWHERE;
  *found = (phrase_found){PHRASE_NOUN, w.first, w.last};
  return w.people ? NOWHERE : behind_state(t, w.last);
}

phrase_found phrase_right(const phrase_text *t, ptrdiff_t k) {
  phrase_found known = {PHRASE_NONE, 0, 0}, found;
  while (k != NOWHERE) {
    k = right_of(t, k, &found);
    if (found.kind == PHRASE_NONE) continue;
    if (found.kind == PHRASE_TITLE && known.kind != PHRASE_NONE) found.kind = PHRASE_NOUN;
    known = found;
  }
  return known;
}

/* ---- to the left -------------------------------------------------------------------------- */

/* 机|插|率, 抽|粪|队: characters in a row are a word that the lexicon does not know, whatever it takes them
** for; a noun where the last is, or one of three. Its first token. */
static int is_part(const phrase_text *t, ptrdiff_t e) {
  uint64_t s = signs(t, e);
  if (!in(t, e, PARTS) && !(tag(t, e) == MILL_TAG_Q && tag(t, e - 1) != MILL_TAG_M)) return 0;
  return sign_chars(s) == 1 && (s & SIGN_ALNUM) == 0 && !sign_is(s, PHRASE_NUMERALS) &&
         !sign_is(s, PHRASE_FILLERS) && !sign_is(s, PHRASE_ENDERS);
}

static ptrdiff_t unknown_word(const phrase_text *t, ptrdiff_t k) {
  ptrdiff_t e = k;
  int noun = 0;
  for (; k - e < LONGEST_WORD && is_part(t, e); e--) noun |= in(t, e, NAMING);
  if (k - e < 2 || !noun) return NOWHERE;
  return k - e > 2 || in(t, k, NAMING) || is(t, k, PHRASE_HEADS) ? e + 1 : NOWHERE;
}

/* 信访|总量, 受灾|面积: nouns of measuring, which verbs stand before as attributes. */
static int measures(uint64_t s) { return sign_chars(s) > 1 && sign_is(s, PHRASE_MEASURING); }

/* May the token be the one a phrase ends with, or stand before its noun? */
static int noun_or_kind(const phrase_text *t, const walk *w, uint64_t s) {
  ptrdiff_t e = w->e;
  if (in(t, e, NOUN | T(L) | T(I) | T(X) | T(ENG) | T(G) | T(B) | T(Z))) return 1;
  if (tag(t, e) == MILL_TAG_M) return sign_chars(s) > 1 && (s & (SIGN_DIGIT | SIGN_NUMERAL_FIRST)) == 0;
  if (w->last != NOWHERE && in(t, e, T(A) | T(AN) | T(F))) return 1;
  return sign_chars(s) == 1 && in(t, e, T(A) | T(K));
}

/* Does the token end the phrase to its right, whatever it is? */
static int ends_left(const phrase_text *t, const walk *w, uint64_t s) {
  ptrdiff_t e = w->e;
  enum sign_mark m = sign_mark_of(s);
  int kind = w->last == NOWHERE && sign_chars(s) == 1 && in(t, e - 1, KINDS) && chars(t, e - 1) == 2;
  if ((sign_is(s, PHRASE_SCOPES) && !kind) || m == SIGN_DE) return 1;
  return w->last != NOWHERE && (sign_is(s, PHRASE_MAKERS) || m == SIGN_NOW_THERE);
}

/* Is the token a verb that belongs to the noun behind it? */
static int belongs(const phrase_text *t, const walk *w, uint64_t s) {
  ptrdiff_t e = w->e;
  if (w->last == NOWHERE) return 0;
  if (w->last == e + 1 && headed(t, w->last) && in(t, e, T(V) | T(VD)) && sign_chars(s) <= 3) return 1;
  return sign_is(s, PHRASE_ADNOMINAL) ||
         (tag(t, e) == MILL_TAG_V && sign_chars(s) == 2 && measures(signs(t, w->last)));
}

/* Takes the token at w->e; 0 where the phrase begins behind it. */
static int take_left(const phrase_text *t, walk *w) {
  ptrdiff_t e = w->e;
  uint64_t s = signs(t, e);
  if (ends_left(t, w, s)) return 0;
  /* 清单, which the lexicon has as an adjective */
  int head = e == w->k && (headed(t, e) || (tag(t, e) == MILL_TAG_A && sign_chars(s) > 1 && (s & SIGN_HEAD_TAIL)));
  if (!head && !belongs(t, w, s) && !noun_or_kind(t, w, s)) return 0;
  w->first = e;
  if (w->last == NOWHERE) w->last = e;
  return 1;
}

/* One character cannot name a thing: 告知|书 takes what it hangs on. */
static ptrdiff_t with_neighbour(const phrase_text *t, ptrdiff_t first, ptrdiff_t last) {
  if (first != last || chars(t, first) > 1) return first;
  if (in(t, first - 1, T(W) | T(P) | T(C) | T(U) | T(M) | T(Q) | T(D) | T(R) | T(BLANK))) return first;
  return is(t, first - 1, PHRASE_SCOPES) ? first : first - 1;
}

/* 24[小时]降雨量, 一[个人]: what measures the number before it is none of the noun. */
static ptrdiff_t measured(const phrase_text *t, ptrdiff_t first, ptrdiff_t last) {
  int unit = first < last && tag(t, first - 1) == MILL_TAG_M &&
             (is(t, first, PHRASE_DURATIONS) || mark(t, first) == SIGN_PERSON);
  return unit ? first + 1 : first;
}

/* 帮扶“对子”: a short quoted noun and the word it belongs to. */
static ptrdiff_t led(const phrase_text *t, ptrdiff_t open) {
  ptrdiff_t k = open - 1;
  int noun = in(t, k, T(N) | T(VN)) || (tag(t, k) == MILL_TAG_V && is(t, k, PHRASE_ADNOMINAL));
  int one = mark(t, open) == SIGN_QUOTE && mark(t, open + 2) == SIGN_UNQUOTE;
  return noun && one && chars(t, k) > 1 ? k : open + 1;
}

/* “走晚一步,就没命了。”: speech is no name. */
static int spoken(const phrase_text *t, ptrdiff_t open, ptrdiff_t close) {
  for (ptrdiff_t e = open + 1; e < close; e++)
    if (is(t, e, PHRASE_SENTENCES)) return 1;
  return 0;
}

/* The verb that ends at token k; one of a single character names nothing: 改了7200户. */
static phrase_found verb_left(const phrase_text *t, ptrdiff_t k) {
  ptrdiff_t e = k;
  for (; e >= 0 && k - e < 3; e--) {
    if (!in(t, e, T(V) | T(VN) | T(VD) | T(AD) | T(D) | T(A))) break;
    if (is(t, e, PHRASE_FILLERS) || is(t, e, PHRASE_NO_ITEMS)) break;
  }
  int named = e + 1 < k || (e + 1 == k && chars(t, k) > 1);
  return named ? (phrase_found){PHRASE_VERB, e + 1, k} : (phrase_found){PHRASE_NONE, 0, 0};
}

/* Where the bracket opens that closes at token k. */
static ptrdiff_t bracket_of(const phrase_text *t, ptrdiff_t k) {
  if (mark(t, k) != SIGN_CLOSE) return NOWHERE;
  for (ptrdiff_t e = k - 1; e >= 0 && e >= k - LONGEST_BRACKET; e--)
    if (mark(t, e) == SIGN_OPEN) return e;
  return NOWHERE;
}

/* 省里, 村里 (where, not what), and words that are no items by themselves. */
static int no_item(uint64_t s) {
  return sign_is(s, PHRASE_NO_ITEMS) || (sign_chars(s) == 2 && (s & SIGN_INSIDE) != 0);
}

static phrase_found quoted_left(const phrase_text *t, ptrdiff_t open, ptrdiff_t k) {
  if (k - open <= 1 || spoken(t, open, k)) return (phrase_found){PHRASE_NONE, 0, 0};
  return (phrase_found){PHRASE_QUOTED, led(t, open), k - 1};
}

phrase_found phrase_left(const phrase_text *t, ptrdiff_t k) {
  ptrdiff_t open = opened(t, k, LONGEST_QUOTE);
  while (open == NOWHERE) {
    ptrdiff_t bracket = bracket_of(t, k);
    if (bracket == NOWHERE) break;
    k = bracket - 1;
    open = opened(t, k, LONGEST_QUOTE);
  }
  if (open != NOWHERE) return quoted_left(t, open, k);
  walk w = {.k = k, .e = k, .first = unknown_word(t, k), .last = NOWHERE};
  if (w.first != NOWHERE) {
    w.last = k;
    w.e = w.first - 1;
    if (tag(t, w.first) == MILL_TAG_V) return (phrase_found){PHRASE_NOUN, w.first, k}; /* 公司|送茶包 */
  }
  for (; w.e >= 0 && k - w.e < LONGEST && take_left(t, &w); w.e--) {}
  if (w.last == NOWHERE) return verb_left(t, k);
  if (w.first == w.last && no_item(signs(t, w.last))) return (phrase_found){PHRASE_NONE, 0, 0};
  return (phrase_found){PHRASE_NOUN, measured(t, with_neighbour(t, w.first, w.last), w.last), w.last};
}

/* ---- what stands between a noun and its number ----------------------------------------------- */

/* How many tokens the filler that ends at k has; 0: none ends there. 每户, 每|平方米 are what the number
** is for. */
static ptrdiff_t filler(const phrase_text *t, ptrdiff_t k) {
  uint64_t s = signs(t, k), before = signs(t, k - 1);
  if (tag(t, k) == MILL_TAG_BLANK && sign_mark_of(s) != SIGN_BREAK) return 1;
  if (sign_mark_of(s) == SIGN_THAN && sign_is(before, PHRASE_LESS)) return 2; /* 不少|于 */
  if (sign_mark_of(before) == SIGN_EACH && tag(t, k) != MILL_TAG_W) return 2;
  if (tag(t, k) == MILL_TAG_Q && (before & SIGN_EACH_FIRST) != 0) return 2; /* 每百|平方公里 */
  if ((s & SIGN_EACH_FIRST) != 0 || sign_is(s, PHRASE_FILLERS) || sign_mark_of(s) == SIGN_WILL) return 1;
  return sign_is(s, PHRASE_MODALS) && is(t, k + 1, PHRASE_FILLERS);
}

ptrdiff_t phrase_skip(const phrase_text *t, ptrdiff_t k) {
  for (ptrdiff_t n; k >= 0 && (n = filler(t, k)) > 0;) k -= n;
  return k;
}

/* ---- what stands before a count in its clause ------------------------------------------------- */

enum { FARTHEST = 25 }; /* tokens */

/* Brackets, breaks of lines among blanks. */
static int ends_line(const phrase_text *t, ptrdiff_t k, uint64_t s) {
  enum sign_mark m = sign_mark_of(s);
  return m == SIGN_OPEN || m == SIGN_CLOSE || (tag(t, k) == MILL_TAG_BLANK && (s & SIGN_HAS_BREAK) != 0);
}

ptrdiff_t phrase_clause(const phrase_text *t, ptrdiff_t k, int brackets) {
  ptrdiff_t from = k > FARTHEST ? k - FARTHEST : 0;
  for (ptrdiff_t e = k - 1; e >= from; e--) {
    uint64_t s = signs(t, e);
    if (sign_is(s, PHRASE_CLAUSE_ENDS) || (brackets && ends_line(t, e, s))) return e + 1;
  }
  return from;
}

unsigned phrase_holds(const phrase_text *t, ptrdiff_t from, ptrdiff_t k) {
  unsigned held = 0;
  for (ptrdiff_t e = from < 0 ? 0 : from; e < k; e++) {
    uint64_t s = signs(t, e);
    enum sign_mark m = sign_mark_of(s);
    if (m == SIGN_EACH || (s & SIGN_EACH_FIRST) != 0) held |= PHRASE_HOLDS_EACH;
    if (m == SIGN_FROM) held |= PHRASE_HOLDS_FROM;
    if (sign_is(s, PHRASE_COUNT_SCOPES)) held |= PHRASE_HOLDS_SCOPE;
    if (sign_is(s, PHRASE_MOST) && mark(t, e + 1) == SIGN_DE) held |= PHRASE_HOLDS_MOST;
    if (sign_is(s, PHRASE_WITH)) held |= PHRASE_HOLDS_WITH;
    if (sign_is(s, PHRASE_TAKING)) held |= PHRASE_HOLDS_TAKING;
    if (sign_is(s, PHRASE_OVER)) held |= PHRASE_HOLDS_OVER;
    if (sign_is(s, PHRASE_CHANGE)) held |= PHRASE_HOLDS_CHANGE;
    if (ends_line(t, e, s)) held |= PHRASE_HOLDS_BRACKET;
  }
  return held;
}

ptrdiff_t phrase_origin(const phrase_text *t, ptrdiff_t k, ptrdiff_t from) {
  for (ptrdiff_t e = k - 1; e >= from && e >= 0; e--) {
    if (mark(t, e) == SIGN_FROM) return e;
    if ((signs(t, e) & SIGN_DIGIT) != 0) return -1;
  }
  return -1;
}

ptrdiff_t phrase_scope(const phrase_text *t, ptrdiff_t k, ptrdiff_t from) {
  for (ptrdiff_t e = k - 1; e >= from && e >= 0; e--)
    if (is(t, e, PHRASE_COUNT_SCOPES)) return e;
  return -1;
}
