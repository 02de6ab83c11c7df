/* org_names.c - where names of organisations begin and end (see org_names.h). */
#include "org_names.h"

#include <string.h>

#define ORG_NAME(name) #name,
static const char *const class_names[ORG_CLASS_COUNT] = {ORG_CLASSES(ORG_NAME)};

int org_class_by_name(const char *name) {
  for (int c = 0; c < ORG_CLASS_COUNT; c++)
    if (strcmp(name, class_names[c]) == 0) return c;
  return -1;
}

enum {
  CHAR = 3,              /* bytes of a Chinese character */
  LONGEST = 9,           /* tokens before a head, and of heads in a row */
  FARTHEST_SCOPE = 5,    /* tokens */
  LONGEST_FIRM = 6,      /* tokens before what the walk has found */
  SHORTEST_NAME = 3, LONGEST_NAME = 18, /* characters */
  PAIR_ROOM = 64
};

#define NOUN (TOKEN_TAG(N) | TOKEN_TAG(NR) | TOKEN_TAG(NS) | TOKEN_TAG(NT) | TOKEN_TAG(NZ) | TOKEN_TAG(J) | \
              TOKEN_TAG(VN) | TOKEN_TAG(B) | TOKEN_TAG(G) | TOKEN_TAG(X) | TOKEN_TAG(ENG) | TOKEN_TAG(AN) | \
              TOKEN_TAG(S))
/* What may stand between a division and what the walk has found. */
#define PASSED (TOKEN_TAG(N) | TOKEN_TAG(NR) | TOKEN_TAG(NS) | TOKEN_TAG(NT) | TOKEN_TAG(NZ) | TOKEN_TAG(J) | \
                TOKEN_TAG(VN) | TOKEN_TAG(B) | TOKEN_TAG(G) | TOKEN_TAG(A) | TOKEN_TAG(X) | TOKEN_TAG(AN) | \
                TOKEN_TAG(S) | TOKEN_TAG(L) | TOKEN_TAG(V) | TOKEN_TAG(I))
/* What ends a firm's name to the left. */
#define FIRM_STOPS (TOKEN_TAG(W) | TOKEN_TAG(M) | TOKEN_TAG(Q) | TOKEN_TAG(U) | TOKEN_TAG(P) | TOKEN_TAG(C) | \
                    TOKEN_TAG(R) | TOKEN_TAG(D) | TOKEN_TAG(F) | TOKEN_TAG(BLANK))

static int is(token_words *t, ptrdiff_t k, enum org_class c) { return (int)(token_classes(t, k) >> c & 1); }
static int any_of(token_words *t, ptrdiff_t k, uint64_t classes) { return (token_classes(t, k) & classes) != 0; }
#define CLASS(c) (UINT64_C(1) << ORG_##c)

static int tagged(const token_words *t, ptrdiff_t k, uint64_t tags) { return (token_tag(t, k) & tags) != 0; }
static int noun(const token_words *t, ptrdiff_t k) { return tagged(t, k, NOUN); }

/* The classes of two tokens in a row as one string; what glosses stand between is none of it. */
static uint64_t pair_classes(const token_words *t, ptrdiff_t k) {
  char both[PAIR_ROOM];
  size_t n = token_bytes(t, k), m = token_bytes(t, k + 1);
  if (n + m > sizeof both) return 0;
  memcpy(both, t->text + t->from[k], n);
  memcpy(both + n, t->text + t->from[k + 1], m);
  return word_classes_of(t->words, both, n + m);
}

/* Has the head at k + 1 the word at k as one that it fits? */
static int fits(const token_words *t, ptrdiff_t k) { return (int)(pair_classes(t, k) >> ORG_fits & 1); }

/* ---- heads of one character ---------------------------------------------------------- */

/* 宣讲|队, 抽|粪|队: what a team does, in one word or in two characters. */
static int team_of(token_words *t, ptrdiff_t k, org_clause c) {
  if (token_chars(t, k - 1) == 2)
    return tagged(t, k - 1, TOKEN_TAG(V)) && !any_of(t, k - 1, CLASS(telling) | CLASS(outside));
  if (k - 2 < c.a || !tagged(t, k - 2, TOKEN_TAG(V) | TOKEN_TAG(G))) return 0;
  return token_chars(t, k - 2) == 1 && token_chars(t, k - 1) == 1 &&
         (k - 2 == c.a || tagged(t, k - 3, TOKEN_TAG(Q) | TOKEN_TAG(W) | TOKEN_TAG(V))) &&
         tagged(t, k - 1, TOKEN_TAG(N));
}

/* Is the word before a lone character one it makes a name with? */
static int short_head(token_words *t, ptrdiff_t k, org_clause c) {
  if (k == c.a) return 0;
  size_t chars = token_chars(t, k - 1);
  if (chars == 1 && k - 1 > c.a && (pair_classes(t, k - 2) >> ORG_office & 1)) return 1;
  if (is(t, k, ORG_team) && team_of(t, k, c)) return 1;
  if (is(t, k, ORG_placed)) return fits(t, k - 1);
  return chars >= 2 && (noun(t, k - 1) || is(t, k - 1, ORG_task)) && !is(t, k - 1, ORG_outside) &&
         !tagged(t, k - 1, TOKEN_TAG(S)) && !tagged(t, k + 1, TOKEN_TAG(N));
}

/* ---- what may stand in a name --------------------------------------------------------- */

/* 盛|达|建筑|公司: the name of a firm that the lexicon cuts into characters, two of them at least. */
static int one_character(token_words *t, ptrdiff_t k) {
  return token_exists(t, k) && !tagged(t, k, TOKEN_TAG(W) | TOKEN_TAG(M)) && !is(t, k, ORG_no_part) &&
         token_chars(t, k) == 1;
}
static int spelt(token_words *t, ptrdiff_t k, ptrdiff_t head) {
  return is(t, head, ORG_firm) && one_character(t, k) &&
         (one_character(t, k - 1) || (k < head - 1 && one_character(t, k + 1)));
}

/* A verb of two characters that is part of the name: 搬迁|工作|领导|小组. -1: that cannot be said. */
static int names_work(token_words *t, ptrdiff_t k, ptrdiff_t head) {
  int telling = is(t, k, ORG_telling);
  if (is(t, k + 1, ORG_work) && k + 1 < head) return !telling;
  if (telling || !tagged(t, k - 1, TOKEN_TAG(N)) || token_chars(t, k - 1) != 2 || is(t, k - 1, ORG_outside))
    return -1;
  if (!(noun(t, k + 1) || k + 1 == head) || noun(t, k - 2)) return -1;
  return !tagged(t, k - 2, TOKEN_TAG(B) | TOKEN_TAG(A));
}

static int verb_inside(token_words *t, ptrdiff_t k, ptrdiff_t head) {
  if (is(t, k, ORG_task)) return 1;
  size_t chars = token_chars(t, k);
  int work = tagged(t, k, TOKEN_TAG(V)) && chars == 2 ? names_work(t, k, head) : -1;
  if (work >= 0) return work;
  return spelt(t, k, head) ||
         (is(t, head, ORG_company) && chars == 1 && k == head - 2 && tagged(t, k - 1, TOKEN_TAG(NR))) ||
         (is(t, head, ORG_project) && chars == 2 && k < head - 1);
}

static int time_inside(token_words *t, ptrdiff_t k, ptrdiff_t head) {
  return k < head && is(t, k, ORG_task) && token_chars(t, k) > 2;
}

static int begins(const token_words *t, ptrdiff_t k, const char *s, size_t n) {
  return token_bytes(t, k) >= n && memcmp(t->text + t->from[k], s, n) == 0;
}

static int circled(const token_words *t, ptrdiff_t k) { return begins(t, k, "\xE2\x91", 2); } /* ④ */

/* What is no noun and may stand in a name, by its tag. */
static int other_inside(token_words *t, ptrdiff_t k, ptrdiff_t head) {
  switch (t->tag[k]) {
    case MILL_TAG_V: case MILL_TAG_AD: case MILL_TAG_D: case MILL_TAG_VD: return verb_inside(t, k, head);
    case MILL_TAG_A: case MILL_TAG_F:
      return token_chars(t, k) == 1 && tagged(t, k + 1, TOKEN_TAG(N)) && token_chars(t, k + 1) == 1;
    case MILL_TAG_T: return time_inside(t, k, head);
    case MILL_TAG_M: return begins(t, k, "第", CHAR) && token_bytes(t, k) > CHAR;
    case MILL_TAG_L: /* 退役军人|服务|站 */
      return (k == head - 2 && token_chars(t, k) == 4) || time_inside(t, k, head);
    default: return 0;
  }
}

static int noun_inside(token_words *t, ptrdiff_t k) {
  if (tagged(t, k, TOKEN_TAG(N))) {
    if (token_bytes(t, k) == CHAR && tagged(t, k - 1, TOKEN_TAG(M))) return 0; /* 8|支 */
  } else if (circled(t, k)) {
    return 0;
  }
  return !is(t, k, ORG_scopes) || is(t, k, ORG_bare_scope);
}

/* May the token k stand in a name whose part behind it begins at k + 1? */
static int inside(token_words *t, ptrdiff_t k, ptrdiff_t head) {
  if (is(t, k, ORG_kept)) return 1;
  if (is(t, k, ORG_outside)) return 0;
  if (is(t, k, ORG_task) && (tagged(t, k - 1, TOKEN_TAG(NT)) || is(t, k - 1, ORG_ruling))) return 0;
  if (noun(t, k)) return noun_inside(t, k);
  return !circled(t, k) && other_inside(t, k, head);
}

/* ---- where it begins ------------------------------------------------------------------- */

/* 昆山|绿|源|再生|资源|有限公司: a firm's name begins with its place, whatever stands between them, or where
** its clause begins. -1: neither. */
static ptrdiff_t firm_start(token_words *t, ptrdiff_t e, org_clause c) {
  for (ptrdiff_t k = e - 1; k >= c.a && k >= e - LONGEST_FIRM; k--) {
    if (tagged(t, k, FIRM_STOPS) || any_of(t, k, CLASS(no_part) | CLASS(telling) | CLASS(outside))) return -1;
    if (tagged(t, k, TOKEN_TAG(NS)) || (k == c.a && !tagged(t, k, TOKEN_TAG(V) | TOKEN_TAG(T)))) return k;
    if (tagged(t, k, TOKEN_TAG(T)) && !is(t, k, ORG_modern)) return -1;
  }
  return -1;
}

ptrdiff_t org_name_start(token_words *t, ptrdiff_t k, org_clause c) {
  ptrdiff_t e = k, from = c.a > k - LONGEST ? c.a : k - LONGEST;
  if (is(t, k, ORG_short)) {
    if (!short_head(t, k, c)) return -1;
    e = k - 1;
  }
  while (e > from && inside(t, e - 1, k)) {
    e--;
    if (is(t, e, ORG_scopes) && !tagged(t, e - 1, TOKEN_TAG(NR) | TOKEN_TAG(NS) | TOKEN_TAG(NZ))) break;
  }
  ptrdiff_t firm = is(t, k, ORG_firm) ? firm_start(t, e, c) : -1;
  return firm >= 0 ? firm : e;
}

/* 县|...|局: a division may begin what the walk has cut too short. Its token, or -1. */
static ptrdiff_t scope_of(token_words *t, ptrdiff_t k, org_clause c) {
  for (ptrdiff_t e = k - 1; e >= c.a && e >= k - FARTHEST_SCOPE; e--) {
    if (is(t, e, ORG_scope)) return e == c.a || !tagged(t, e - 1, TOKEN_TAG(M)) ? e : -1;
    if (!tagged(t, e, PASSED) || any_of(t, e, CLASS(outside) | CLASS(telling) | CLASS(no_part))) return -1;
  }
  return -1;
}

/* ---- where it ends ---------------------------------------------------------------------- */

/* 党委 and 政府 are one name, 公安|机关, 村|委会: does the head at k go on with the one behind it? */
static int goes_on(token_words *t, ptrdiff_t k) {
  if (!is(t, k + 1, ORG_head) || is(t, k + 1, ORG_no_end)) return 0;
  if (is(t, k + 1, ORG_short)) return is(t, k + 1, ORG_always) || (is(t, k + 1, ORG_placed) && fits(t, k));
  return tagged(t, k + 1, NOUN | TOKEN_TAG(L));
}

static ptrdiff_t whole_head(token_words *t, ptrdiff_t k, org_clause c) {
  ptrdiff_t last = c.b < k + LONGEST ? c.b : k + LONGEST;
  if (is(t, k, ORG_branched) && k + 2 <= last && is(t, k + 2, ORG_shop)) return k + 2; /* 超市|河东|店 */
  while (k < last && goes_on(t, k)) k++;
  return k;
}

/* ---- is it a name? ----------------------------------------------------------------------- */

static int schooled(token_words *t, ptrdiff_t a, ptrdiff_t k) {
  int ordinal = begins(t, a, "第", CHAR) && token_bytes(t, a) > CHAR;
  if (!(noun(t, a) || ordinal) || tagged(t, a, TOKEN_TAG(B))) return 0;
  return !tagged(t, a, TOKEN_TAG(N)) || k - a > 1 || token_chars(t, a) > 1;
}

/* Has the name of several words what its head at k needs before it? */
static int has_needs(token_words *t, ptrdiff_t a, ptrdiff_t k) {
  int all = is(t, a, ORG_all);
  if (is(t, k, ORG_bureau)) return is(t, k - 1, ORG_of_law);
  if (is(t, k, ORG_project)) return k - a >= 2 && !all;
  if (is(t, k, ORG_market)) return tagged(t, a, TOKEN_TAG(NS) | TOKEN_TAG(NZ)) && !all;
  if (is(t, k, ORG_not_all)) return !all;
  if (is(t, k, ORG_schooled)) return schooled(t, a, k);
  if (is(t, k, ORG_of_party)) return !is(t, a, ORG_rural) && !(k - a == 1 && is(t, a, ORG_bare_scope));
  return 1;
}

static uint64_t last_character(const token_words *t, ptrdiff_t k) {
  return token_bytes(t, k) >= CHAR ? word_classes_of(t->words, t->text + t->to[k] - CHAR, CHAR) : 0;
}

/* Is what was found a name and no common noun? */
static int is_name(token_words *t, ptrdiff_t a, ptrdiff_t k) {
  enum { COMMON = 4 * CHAR }; /* 村民小组 */
  const char *s = t->text + t->from[a];
  size_t n = t->to[k] - t->from[a];
  if (word_classes_of(t->words, s, n) >> ORG_generic & 1) return 0;
  if (n >= COMMON && (word_classes_of(t->words, s + n - COMMON, COMMON) >> ORG_common & 1)) return 0;
  if (a == k)
    return is(t, k, ORG_self) || (tagged(t, k, TOKEN_TAG(NT)) && (last_character(t, k) >> ORG_named_end & 1) &&
                                  token_chars(t, k) > 2);
  if (is(t, k, ORG_point)) return k - a >= 2;
  size_t chars = bytes_chars(s, n);
  return chars >= SHORTEST_NAME && chars <= LONGEST_NAME && has_needs(t, a, k);
}

static unsigned flags_of(token_words *t, ptrdiff_t k, org_name o, org_clause c) {
  uint32_t from = t->from[o.a];
  int quoted = from >= CHAR && memcmp(t->text + from - CHAR, "”", CHAR) == 0;
  int task = is(t, k - 1, ORG_task) && tagged(t, k - 1, TOKEN_TAG(V) | TOKEN_TAG(VN) | TOKEN_TAG(VD));
  return (is_name(t, o.a, o.b) ? ORG_FITS : 0u) | (quoted ? ORG_QUOTED : 0u) |
         (is(t, o.b, ORG_village_body) ? ORG_VILLAGE : 0u) | (task ? ORG_TASK : 0u) |
         (last_character(t, o.b) >> ORG_neighbour_end & 1 ? ORG_LISTED : 0u) |
         (is(t, o.b, ORG_company) ? ORG_COMPANY : 0u) |
         (o.a > c.a && is(t, o.a - 1, ORG_every) ? ORG_EVERY : 0u);
}

org_name org_name_at(token_words *t, ptrdiff_t k, org_clause c) {
  org_name none = {-1, -1, 0}, o = {org_name_start(t, k, c), whole_head(t, k, c), 0};
  ptrdiff_t scope = -1;
  if (is(t, o.b, ORG_project) && tagged(t, o.b + 1, TOKEN_TAG(M))) return none; /* 水利项目28个 */
  if (o.a > c.a && !tagged(t, o.a, TOKEN_TAG(NS))) scope = scope_of(t, o.a, c);
  if (scope >= 0) o.a = scope;
  if ((o.a < 0 && !is(t, o.b, ORG_placed)) || is(t, o.b, ORG_wide)) scope = scope_of(t, o.b, c);
  if (scope >= 0) o.a = scope;
  if (o.a < 0) return none;
  if (o.a < o.b && is(t, o.b, ORG_point) && is(t, o.a, ORG_bare_scope)) o.a++;
  o.flags = flags_of(t, k, o, c);
  return o;
}
