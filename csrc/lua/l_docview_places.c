/*
** l_docview_places.c - v:by_suffix, v:place_start, v:place_unled, v:place_fits: names of places, by the grammar
** of core/place_grammar.h.
*/
#include <string.h>

#include "../core/place_grammar.h"
#include "l_docview.h"
#include "l_word_classes.h"

static token_words check_words(lua_State *L, const docview *v) {
  token_words t = {.words = word_classes_check(L, 2, WORDS_OF_PLACES), .text = v->shown, .from = v->tokens.from,
                   .to = v->tokens.to, .tag = v->tokens.tag, .n = (ptrdiff_t)v->tokens.n};
  return t;
}

/* The bytes from `arg` to `arg` + 1 of shown text. */
static mill_span check_span(lua_State *L, const docview *v, int arg) {
  return bind_check_span(L, arg, v->shown_len);
}

static int push_byte(lua_State *L, uint32_t at) {
  if (at == MILL_NONE) lua_pushnil(L);
  else lua_pushinteger(L, (lua_Integer)at + 1);
  return 1;
}

/* v:place_start(words, at, from, k, most) --> where the name begins, not before byte `from`, whose suffix stands
** at byte `at` in token k, how many characters it has before that | nil */
int docview_place_start(lua_State *L) {
  const docview *v = docview_check(L);
  token_words t = check_words(L, v);
  lua_Integer at = luaL_checkinteger(L, 3), from = luaL_checkinteger(L, 4), k = luaL_checkinteger(L, 5);
  lua_Integer most = luaL_checkinteger(L, 6);
  luaL_argcheck(L, at >= 1 && (lua_Unsigned)at <= v->shown_len, 3, "position out of range");
  luaL_argcheck(L, from >= 1 && from <= at, 4, "position out of range");
  luaL_argcheck(L, k >= 1 && k <= t.n && (lua_Integer)v->tokens.from[k - 1] < at, 5, "no such token");
  place_stem s = {(uint32_t)at - 1, (uint32_t)at, (uint32_t)from - 1, (ptrdiff_t)k - 1};
  size_t chars;
  uint32_t begin = place_start(&t, &s, most < 0 ? 0 : (size_t)most, &chars);
  push_byte(L, begin);
  lua_pushinteger(L, (lua_Integer)chars);
  return begin == MILL_NONE ? 1 : 2;
}

/* v:place_unled(words, i, j, least) --> where the name begins in the bytes i to j without the words that lead to
** it, nil where not as many characters as `least` are left */
int docview_place_unled(lua_State *L) {
  const docview *v = docview_check(L);
  token_words t = check_words(L, v);
  mill_span s = check_span(L, v, 3);
  return push_byte(L, place_unled(&t, s.from, s.to, (size_t)luaL_checkinteger(L, 5)));
}

/* v:place_fits(words, i, j, known) --> may these bytes be a place's name? known: the gazetteer has it */
int docview_place_fits(lua_State *L) {
  const docview *v = docview_check(L);
  token_words t = check_words(L, v);
  mill_span s = check_span(L, v, 3);
  int known = lua_toboolean(L, 5);
  lua_pushboolean(L, s.from < s.to && place_acceptable(t.words, v->shown + s.from, s.to - s.from, known) &&
                         bytes_chars(v->shown + s.from, s.to - s.from) > 1 &&
                         (known || place_named(&t, s.from, s.to)));
  return 1;
}

enum { LIST = 8, ENDS };

/* The bytes of a text where the places of the list end. Pushed. */
static uint8_t *push_ends(lua_State *L, const docview *v, const word_classes *w) {
  uint8_t *ends = lua_newuserdatauv(L, v->shown_len + 1, 0);
  memset(ends, 0, v->shown_len + 1);
  lua_Integer n = (lua_Integer)lua_rawlen(L, LIST);
  for (lua_Integer k = 1; k <= n; k++) {
    luaL_argexpected(L, lua_rawgeti(L, LIST, k) == LUA_TTABLE, LIST, "list of spans");
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    mill_span s = bind_check_span(L, lua_gettop(L) - 1, v->shown_len);
    lua_pop(L, 3);
    size_t bytes = place_suffix(w, v->shown + s.from, s.to - s.from);
    if (s.to > s.from) ends[s.to - 1] = bytes > 0 ? (uint8_t)bytes : PLACE_NO_SUFFIX;
  }
  return ends;
}

/* Adds the place whose suffix is hit h, if one is named. */
static void add_place(lua_State *L, const docview *v, token_words *t, size_t h, const docview_walk *w, uint8_t *ends) {
  uint32_t at = v->hits[h].at, to = at + needles_length(v->box->strings, v->hits[h].needle);
  place_stem s = {at, to, v->blocks[w->block].shown.from, (ptrdiff_t)w->token};
  uint32_t begin = place_of_suffix(t, &s, &(place_ends){ends});
  if (begin == MILL_NONE) return;
  ends[to - 1] = (uint8_t)(to - at);
  lua_createtable(L, 3, 0);
  lua_pushinteger(L, (lua_Integer)begin + 1);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)to);
  lua_rawseti(L, -2, 2);
  lua_rawseti(L, LIST, (lua_Integer)lua_rawlen(L, LIST) + 1);
}

/* v:by_suffix(words, suffixes, kinds, others, leads, split, list): adds the places { i, j } to the list that are
** named in these blocks by their suffix, which ends a token that is none of `others`, or begins one of `leads`;
** or, be it of `split`, begins any. The list has those that are known already. */
int docview_by_suffix(lua_State *L) {
  const docview *v = docview_check(L);
  token_words t = check_words(L, v);
  bits set = docview_check_bits(L, 3), others = docview_check_bits(L, 5), leads = docview_check_bits(L, 6);
  bits split = docview_check_bits(L, 7);
  lua_Integer kinds = luaL_checkinteger(L, 4);
  luaL_checktype(L, LIST, LUA_TTABLE);
  lua_settop(L, LIST);
  if (v->box->strings == NULL) return luaL_error(L, "the strings of this document are closed");
  if ((!docview_any_of(v, set) && !docview_any_of(v, split)) || v->tokens.n == 0) return 0;
  uint8_t *ends = push_ends(L, v, t.words);
  docview_walk w = {0, 0}, again = {0, 0};
  for (size_t h = 0; h < v->n_hits; h++) {
    if (!docview_in_bits(set, v->hits[h].needle + 1)) continue;
    if (docview_walk_to(v, &w, v->hits[h].at, kinds) && docview_is_tail(v, h, w.token, others, leads))
      add_place(L, v, &t, h, &w, ends);
  }
  for (size_t h = 0; h < v->n_hits && docview_any_of(v, split); h++) {
    if (!docview_in_bits(split, v->hits[h].needle + 1)) continue;
    if (docview_walk_to(v, &again, v->hits[h].at, kinds) && v->tokens.from[again.token] == v->hits[h].at)
      add_place(L, v, &t, h, &again, ends);
  }
  return 0;
}
