/*
** l_docview.h - the columns of a document of rules, shared by l_docview.c (strings, blocks) and
** l_docview_*.c.
**
** A textmill.docview is one block of memory, counted by the collector:
**
**   | header | present | placed | blocks[n] | hits[h] | groups[g + 1] | at[h] | whole | tail | marked |
**
** present and placed are sets of strings: those that stand in the text, those that are a whole
** token of a clause (filled with the clauses). hits are all finds in the order of the text; a
** group is a string that stands there, they are sorted by its number; at[g.first] up to the next
** group's first are its bytes of shown text; whole and tail say of each token which string it is,
** and which of three bytes (a Han character) it ends with: number + 1, or 0; marked are the numbers
** of the tokens of which one of these is not 0.
**
** User values: 1 tokens, 2 shown text, 3 its map, 4 the strings (whose box holds what is used
** again for every document), 5 the clauses, and the tokens of them that are strings or tagged nt,
** 6 which pairs of characters stand in the text; these two are made at the first need.
**
** Sets of strings come as Lua strings of bits, least first (cues.lua).
*/
#ifndef MILL_L_DOCVIEW_H
#define MILL_L_DOCVIEW_H

#include <string.h>

#include "../core/clauses.h"
#include "../core/needles.h"
#include "../core/twins.h"
#include "bind.h"

#define MILL_T_NEEDLES "textmill.needles"

typedef struct box {
  needles *strings;    /* owned */
  uint32_t *counts;    /* of hits by string; in user value 1, like: */
  uint64_t *seen;      /* the set of those that were hit; both are zero between documents */
  needle_hits hits;    /* of the last document; owned, like */
  clause_list clauses; /* these */
  twins twins;         /* and these */
  struct repeats *repeats; /* room of v:repeated; owned, NULL before the first use */
  uint32_t use;        /* goes up whenever hits, clauses or twins are filled anew */
  int unfinished;      /* they may not be zero: a view was not finished */
} box;

enum { DOCVIEW_ROOM = 16 }; /* items that a list of places has room for at first */
enum { UV_TOKENS = 1, UV_SHOWN, UV_MAP, UV_NEEDLES, UV_CLAUSES, UV_PAIRS };

typedef struct view_block {
  mill_span clean, shown;
  uint32_t from, to; /* its part of `marked` */
  uint8_t kind;
} view_block;

typedef struct view_group { uint32_t needle, first; } view_group;
typedef struct view_place { uint32_t token, clause, whole; } view_place; /* whole: of the token */

typedef struct docview {
  bind_head head;
  bind_columns tokens;     /* borrowed from user value 1 */
  const char *shown;       /* from 2 */
  size_t shown_len;
  mill_map **map;          /* from 3 */
  box *box;                /* from 4 */
  clause *clauses;         /* in 5, once they were asked for, like */
  view_place *places;      /* these */
  uint64_t *pairs;         /* in 6, likewise: l_docview_find.c */
  size_t n_clauses, n_places, n_blocks, n_hits;
  uint32_t n_needles, n_groups, pair_bits;
  uint8_t *present, *placed; /* set_bytes each; in this block, like all below */
  size_t set_bytes;
  view_block *blocks;
  needle_hit *hits;
  view_group *groups;      /* n_groups, and one behind them */
  uint32_t *at, *whole, *tail, *marked;
  size_t n_marked;
} docview;

extern const char docview_class[]; /* "textmill.docview" */

static inline docview *docview_check(lua_State *L) { return bind_check_head(L, 1, docview_class); }

/* The token that holds byte i, or the last one before it; 0 when there is none. */
static inline size_t docview_token_at(const docview *v, uint32_t i) {
  size_t lo = 0, hi = v->tokens.n;
  while (lo + 1 < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (v->tokens.from[mid] <= i) lo = mid;
    else hi = mid;
  }
  return lo;
}

/* A set of strings. */
typedef struct bits { const uint8_t *set; size_t n; } bits;

static inline bits docview_check_bits(lua_State *L, int arg) {
  size_t n;
  const char *s = luaL_checklstring(L, arg, &n);
  return (bits){(const uint8_t *)s, n};
}

/* number: from 1, 0 is none */
static inline int docview_in_bits(bits b, uint32_t number) {
  size_t k = (size_t)number - 1;
  return number > 0 && k / 8 < b.n && (b.set[k / 8] >> (k % 8) & 1) != 0;
}

/* Have the sets a string in common? */
static inline int docview_share(bits b, const uint8_t *set, size_t n) {
  size_t k = 0;
  uint64_t x, y;
  if (b.n < n) n = b.n;
  for (; k + sizeof x <= n; k += sizeof x) {
    memcpy(&x, b.set + k, sizeof x);
    memcpy(&y, set + k, sizeof y);
    if ((x & y) != 0) return 1;
  }
  for (; k < n; k++)
    if ((b.set[k] & set[k]) != 0) return 1;
  return 0;
}

/* Does one of the strings stand in the text? */
static inline int docview_any_of(const docview *v, bits b) {
  return docview_share(b, v->present, v->set_bytes);
}

/* The group of string number `needle`, from 0; NULL where it does not stand in the text. */
const view_group *docview_group(const docview *v, lua_Integer needle);
/* The block whose span in shown (clean) text holds byte i, from 1; 0 for none. */
size_t docview_block_at(const docview *v, uint32_t i, int clean);

/* A walk over the hits, with the block and the token that hold each; it begins with zeros. */
typedef struct docview_walk { size_t block, token; } docview_walk;
/* Brings the walk to byte `at`, behind those before; is that in a block of these kinds? */
int docview_walk_to(const docview *v, docview_walk *w, uint32_t at, lua_Integer kinds);
/* Does hit h end token k, or begin it where that is one of `leads`? A token that is more than the
** string must not be one of `others`. */
int docview_is_tail(const docview *v, size_t h, size_t k, bits others, bits leads);

/* v:spots, v:tails, v:whole, v:ending, v:digits, core.char_bits (l_docview_where.c) */
int docview_spots(lua_State *L);
int docview_tails(lua_State *L);
int docview_whole(lua_State *L);
int docview_ending(lua_State *L);
int docview_digits(lua_State *L);
int docview_char_bits(lua_State *L);
/* The map of its text; raises where that is closed. */
const mill_map *docview_map(lua_State *L, const docview *v);
/* Makes the clauses, at the first need; the view lies at 1. */
void docview_need_clauses(lua_State *L, docview *v);
/* The clause that holds the bytes i to j (1-based) of shown text, from 1; 0 for none. They are made. */
size_t docview_clause_of(const docview *v, lua_Integer i, lua_Integer j);

/* v:clauses, v:clause, v:clause_at, v:places (l_docview_clauses.c); v:cite, v:order
** (l_docview_cite.c); v:twins (l_docview_twins.c); v:counted (l_docview_counted.c); v:find
** (l_docview_find.c); v:wanted, v:range, v:numbered
** (l_docview_rules.c) */
int docview_clauses(lua_State *L);
void docview_push_clause(lua_State *L); /* pushes v:clause */
int docview_clause_at(lua_State *L);
int docview_first_of(lua_State *L); /* these two: l_docview_clauses.c */
int docview_trimmed(lua_State *L);
int docview_places(lua_State *L);
void docview_push_cite(lua_State *L); /* pushes v:cite */
int docview_order(lua_State *L);
int docview_twins(lua_State *L);
int docview_counted(lua_State *L);
int docview_repeated(lua_State *L); /* l_docview_repeated.c, like */
int docview_alike(lua_State *L);    /* this one */
void docview_repeats_free(struct repeats *r);
int docview_find(lua_State *L);
int docview_wanted(lua_State *L);
int docview_range(lua_State *L);
int docview_numbered(lua_State *L);
int docview_organisations(lua_State *L); /* l_docview_names.c */
int docview_organisation_start(lua_State *L);
int docview_by_suffix(lua_State *L); /* l_docview_places.c */
int docview_place_start(lua_State *L);
int docview_place_unled(lua_State *L);
int docview_place_fits(lua_State *L);
int docview_quotations(lua_State *L); /* l_docview_quotes.c */
int docview_read(lua_State *L); /* l_docview_read.c */
int docview_tabular(lua_State *L); /* l_docview_tables.c */
int docview_block_kinds(lua_State *L); /* core.block_kinds, .first_mark, .item_number: l_docview_rules.c */
int docview_first_mark(lua_State *L);
int docview_last_mark(lua_State *L); /* core.last_mark */
int docview_item_number(lua_State *L);

#endif
