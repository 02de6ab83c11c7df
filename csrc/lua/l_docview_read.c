/* l_docview_read.c - v:read: what is known of the matches of a recogniser, all of them at once. */
#include "l_docview.h"
#include "l_pattern.h"

static void set_integer(lua_State *L, const char *name, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, name);
}

/* The span as the text shows it. */
static mill_span shown_of(lua_State *L, const docview *v, mill_span clean) {
  mill_span s = mill_map_to(docview_map(L, v), clean);
  if (s.to > v->shown_len) luaL_error(L, "a match of another text");
  return s;
}

/* Where a match stands: as the text shows it. */
static mill_span set_shown(lua_State *L, const docview *v, mill_span clean) {
  mill_span s = shown_of(L, v, clean);
  set_integer(L, "si", (size_t)s.from + 1);
  set_integer(L, "sj", s.to);
  return s;
}

/* ... and of a count its place in clean text, its block and its tokens. */
static void set_place(lua_State *L, const docview *v, mill_span clean) {
  mill_span s = set_shown(L, v, clean);
  size_t block = docview_block_at(v, clean.from, 1), first = docview_token_at(v, s.from), last = first;
  while (last + 1 < v->tokens.n && v->tokens.from[last + 1] < s.to) last++;
  if (block > 0) set_integer(L, "block", block);
  set_integer(L, "i", (size_t)clean.from + 1);
  set_integer(L, "j", clean.to);
  set_integer(L, "first", first + 1);
  set_integer(L, "last", last + 1);
}

static void set_date(lua_State *L, const mill_date *d) {
  if (d->year != 0) set_integer(L, "year", (size_t)d->year);
  if (d->month != 0) set_integer(L, "month", d->month);
  if (d->day != 0) set_integer(L, "day", d->day);
  lua_pushboolean(L, d->lunar);
  lua_setfield(L, -2, "lunar");
}

static void set_code(lua_State *L, uint32_t place) {
  mill_place found;
  if (place == MILL_NONE || mill_places_get(bind_data(L), place, &found) < 0) return;
  lua_pushstring(L, found.code);
  lua_setfield(L, -2, "code");
}

static void set_unit(lua_State *L, const docview *v, mill_span unit) {
  if (unit.from == unit.to) return;
  mill_span s = shown_of(L, v, unit);
  lua_pushlstring(L, v->shown + s.from, s.to - s.from);
  lua_setfield(L, -2, "unit");
}

/* Pushes what is known of a match. */
static void push_reading(lua_State *L, const docview *v, mill_span clean, int what, const mill_found *found,
                         mill_span unit) {
  int dated = what == MILL_REC_DATE || what == MILL_REC_TIME;
  if (dated || what == MILL_REC_PLACE) {
    lua_createtable(L, 0, dated ? 6 : 3);
    set_shown(L, v, clean);
    if (dated) set_date(L, &found->date);
    else set_code(L, found->place);
    return;
  }
  lua_createtable(L, 0, 13);
  set_place(L, v, clean);
  if (what == MILL_REC_NUMBER || what == MILL_REC_QUANTITY) match_set_number(L, &found->number);
  set_unit(L, v, unit);
}

/* v:read(list of matches, name) --> list of { si, sj, ... }: where each stands in shown text, and what its
** capture of that name is: of a count value, lo, hi, kind, approx, unit, with i, j of clean text, first and
** last, its tokens, and the number of the block it begins in; year, month, day, lunar of a date; code */
int docview_read(lua_State *L) {
  const docview *v = docview_check(L);
  const char *name = luaL_checkstring(L, 3);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 3);
  lua_Integer n = (lua_Integer)lua_rawlen(L, 2);
  lua_createtable(L, n < 1 << 20 ? (int)n : 0, 0);
  for (lua_Integer k = 1; k <= n; k++) {
    mill_found found;
    mill_span unit;
    lua_rawgeti(L, 2, k);
    mill_span clean = match_source(L, -1);
    int what = match_find_again(L, -1, name, &found, &unit);
    push_reading(L, v, clean, what, &found, unit);
    lua_rawseti(L, 4, k);
    lua_pop(L, 1);
  }
  return 1;
}
