/*
** l_docview_where.c - where strings, words and digits stand that rules look for: candidates, few
** of which a rule looks at again.
**
** Sets of characters come as Lua strings of bits, too: one a code point (core.char_bits).
*/
#include <stdlib.h>
#include <string.h>

#include "../core/lexicon.h"
#include "../core/utf8.h"
#include "l_docview.h"

/* Puts an empty list, with room for a few items, in the place of the nil on the top. */
static void begin_list(lua_State *L) {
  lua_pop(L, 1);
  lua_createtable(L, DOCVIEW_ROOM, 0);
}

static void push_item(lua_State *L, lua_Integer *n, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_rawseti(L, -2, ++*n);
}

/* ---- strings ------------------------------------------------------------------------ */

int docview_walk_to(const docview *v, docview_walk *w, uint32_t at, lua_Integer kinds) {
  while (w->block < v->n_blocks && v->blocks[w->block].shown.to <= at) w->block++;
  if (w->block == v->n_blocks || v->blocks[w->block].shown.from > at) return 0;
  if (!(kinds >> v->blocks[w->block].kind & 1)) return 0;
  while (w->token + 1 < v->tokens.n && v->tokens.from[w->token + 1] <= at) w->token++;
  return 1;
}

/* Appends byte, string, block, token and the token's first byte to the list on the top. */
static void push_spot(lua_State *L, const docview *v, const docview_walk *w, size_t h, lua_Integer *n) {
  if (*n == 0) begin_list(L);
  push_item(L, n, (size_t)v->hits[h].at + 1);
  push_item(L, n, (size_t)v->hits[h].needle + 1);
  push_item(L, n, w->block + 1);
  push_item(L, n, w->token + 1);
  push_item(L, n, v->tokens.n > 0 ? (size_t)v->tokens.from[w->token] + 1 : 1);
}

/* v:spots(bits, kinds) --> { byte, number of the string that stands there, number of its block,
** token that holds the byte, the first byte of that, byte, ... } in the order of the text, in these
** blocks | nil */
int docview_spots(lua_State *L) {
  const docview *v = docview_check(L);
  bits set = docview_check_bits(L, 2);
  lua_Integer n = 0, kinds = luaL_checkinteger(L, 3);
  docview_walk w = {0, 0};
  lua_pushnil(L);
  if (!docview_any_of(v, set)) return 1;
  for (size_t h = 0; h < v->n_hits; h++)
    if (docview_in_bits(set, v->hits[h].needle + 1) && docview_walk_to(v, &w, v->hits[h].at, kinds))
      push_spot(L, v, &w, h, &n);
  return 1;
}

int docview_is_tail(const docview *v, size_t h, size_t k, bits others, bits leads) {
  uint32_t at = v->hits[h].at, to = at + needles_length(v->box->strings, v->hits[h].needle);
  uint32_t from = v->tokens.from[k], end = v->tokens.to[k];
  if (end - from > to - at && docview_in_bits(others, v->whole[k])) return 0;
  return end == to || (from == at && docview_in_bits(leads, v->whole[k]));
}

/* v:tails(bits, kinds, others, leads) --> as v:spots: where a string ends a token that is not one of
** the words `others`, or begins one of the words `leads` (村 of 柳湾村, not of 农村; of 村民) | nil */
int docview_tails(lua_State *L) {
  const docview *v = docview_check(L);
  bits set = docview_check_bits(L, 2), others = docview_check_bits(L, 4), leads = docview_check_bits(L, 5);
  lua_Integer n = 0, kinds = luaL_checkinteger(L, 3);
  docview_walk w = {0, 0};
  if (v->box->strings == NULL) return luaL_error(L, "the strings of this document are closed");
  lua_pushnil(L);
  for (size_t h = 0; h < v->n_hits && v->tokens.n > 0; h++) {
    if (!docview_in_bits(set, v->hits[h].needle + 1)) continue;
    if (docview_walk_to(v, &w, v->hits[h].at, kinds) && docview_is_tail(v, h, w.token, others, leads))
      push_spot(L, v, &w, h, &n);
  }
  return 1;
}

/* ---- words -------------------------------------------------------------------------- */

/* Is the first character of token k in the set? */
static int begins_with(const docview *v, size_t k, bits characters) {
  size_t len;
  uint32_t from = v->tokens.from[k];
  return from < v->tokens.to[k] && docview_in_bits(characters, utf8_decode(v->shown + from, &len) + 1);
}

/* What must follow a token: one that begins so, behind blanks and what begins with what is passed. */
typedef struct next_word { bits passed, opens; int any; } next_word;

static int is_passed(const docview *v, size_t k, bits passed) {
  return v->tokens.tag[k] == MILL_TAG_BLANK || begins_with(v, k, passed);
}

static int is_followed(const docview *v, size_t k, const next_word *next) {
  if (next->any) return 1;
  for (k++; k < v->tokens.n && is_passed(v, k, next->passed);) k++;
  return k < v->tokens.n && begins_with(v, k, next->opens);
}

/* Pushes { token, number of its block, token, ... } of the tokens whose column has one of the bits
** (argument 2), in blocks of the kinds at 3, and that are followed so; nil where there is none. */
static int push_marked(lua_State *L, const docview *v, const uint32_t *column, const next_word *next) {
  bits set = docview_check_bits(L, 2);
  lua_Integer n = 0, kinds = luaL_checkinteger(L, 3);
  lua_pushnil(L);
  if (!docview_any_of(v, set)) return 1;
  for (size_t b = 0; b < v->n_blocks; b++) {
    if (!(kinds >> v->blocks[b].kind & 1) || v->blocks[b].shown.from >= v->blocks[b].shown.to) continue;
    for (uint32_t m = v->blocks[b].from; m < v->blocks[b].to; m++) {
      size_t t = v->marked[m];
      if (!docview_in_bits(set, column[t]) || !is_followed(v, t, next)) continue;
      if (n == 0) begin_list(L);
      push_item(L, &n, t + 1);
      push_item(L, &n, b + 1);
    }
  }
  return 1;
}

/* v:whole(bits, kinds) --> the tokens in these blocks that are one of the strings, each with the
** number of its block | nil */
int docview_whole(lua_State *L) {
  const docview *v = docview_check(L);
  return push_marked(L, v, v->whole, &(next_word){.any = 1});
}

/* v:ending(bits, kinds, [opens, passed]) --> those that end in one of the strings of three bytes; opens:
** only where the next token begins with one of these characters, blanks and tokens that begin with one of
** `passed` not counted | nil */
int docview_ending(lua_State *L) {
  const docview *v = docview_check(L);
  next_word next = {.any = lua_isnoneornil(L, 4)};
  if (!next.any) {
    next.opens = docview_check_bits(L, 4);
    next.passed = docview_check_bits(L, 5);
  }
  return push_marked(L, v, v->tail, &next);
}

/* ---- digits ------------------------------------------------------------------------- */

static int is_digit(char c) { return c >= '0' && c <= '9'; }

/* The first digit of s at or behind byte i, n where there is none. Eight bytes of a character that is
** not ASCII, or of several, are passed over at once. */
static size_t next_digit(const char *s, size_t i, size_t n) {
  while (i < n && !is_digit(s[i])) {
    uint64_t eight = 0;
    if (n - i >= 8) memcpy(&eight, s + i, 8);
    i += (eight & UINT64_C(0x8080808080808080)) == UINT64_C(0x8080808080808080) ? 8 : 1;
  }
  return i;
}

/* v:digits() --> { i, j, i, j, ... }: where runs of ASCII digits stand | nil */
int docview_digits(lua_State *L) {
  const docview *v = docview_check(L);
  lua_Integer n = 0;
  lua_pushnil(L);
  for (size_t i = 0; (i = next_digit(v->shown, i, v->shown_len)) < v->shown_len;) {
    size_t from = i;
    while (i < v->shown_len && is_digit(v->shown[i])) i++;
    if (n == 0) begin_list(L);
    push_item(L, &n, from + 1);
    push_item(L, &n, i);
  }
  return 1;
}

/* ---- sets of characters ---------------------------------------------------------------- */

enum { CHAR_SET = 0x10000 / 8, FIRST_WIDE = 0x800, ALL_WIDE = 0x10000 - FIRST_WIDE, LINE = 4 };

static void add_char(uint8_t *set, uint32_t c) {
  if (c / 8 < CHAR_SET) set[c / 8] |= (uint8_t)(1u << c % 8);
}

/* Adds the characters of three bytes that, folded, hold a word of the class. */
static int add_class(const mill_data *d, uint32_t class, uint8_t *set, char *lines, mill_error *err) {
  const mill_lexicon *lx = mill_data_lexicon(d);
  size_t n = 0, len;
  char *folded = NULL;
  mill_word word;
  for (uint32_t c = FIRST_WIDE; c < 0x10000; c++) { /* a line each; surrogates are none */
    if (c < 0xD800 || c > 0xDFFF) n += utf8_encode(c, lines + n);
    lines[n++] = '\n';
  }
  int rc = mill_normalize(d, MILL_FOLD, lines, n, &folded, &len, NULL, err);
  if (rc < 0) return rc;
  uint32_t c = FIRST_WIDE;
  for (size_t i = 0; lx != NULL && i < len; i++) {
    if (folded[i] == '\n') c++;
    else if (i + 3 <= len && mill_lexicon_find(lx, folded + i, 3, &word) > 0 && (word.classes & class))
      add_char(set, c);
  }
  free(folded);
  return 0;
}

/* core.char_bits(list of strings, [class]) --> the set of their first characters, and of those that are
** words of the lexicon's class ("surname") by themselves; a superset where folding makes several of one */
int docview_char_bits(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  const char *class = luaL_optstring(L, 2, NULL);
  int bit = class != NULL ? mill_class_by_name(class) : 0;
  luaL_argcheck(L, bit >= 0, 2, "no such class");
  lua_settop(L, 2);
  uint8_t *set = lua_newuserdatauv(L, CHAR_SET, 0);
  memset(set, 0, CHAR_SET);
  for (lua_Integer k = 1; lua_rawgeti(L, 1, k) == LUA_TSTRING; k++, lua_pop(L, 1)) {
    size_t n, len;
    const char *s = lua_tolstring(L, -1, &n);
    luaL_argcheck(L, n > 0 && mill_utf8_valid(s, n, NULL, NULL), 1, "characters in UTF-8 expected");
    add_char(set, utf8_decode(s, &len));
  }
  mill_error err;
  if (class != NULL) {
    char *lines = lua_newuserdatauv(L, (size_t)ALL_WIDE * LINE, 0);
    if (add_class(bind_data(L), (uint32_t)bit, set, lines, &err) < 0) return bind_fail(L, &err);
  }
  lua_pushlstring(L, (const char *)set, CHAR_SET);
  return 1;
}
