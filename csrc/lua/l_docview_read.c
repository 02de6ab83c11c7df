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

/* Where a match stands. */
static void set_place(lua_State *L, const docview *v, mill_span clean) {
  mill_span s = shown_of(L, v, clean);
  size_t block = docview_block_at(v, clean.from, 1);
  if (block > 0) set_integer(L, "block", block);
  set_integer(L, "i", (size_t)clean.from + 1);
  set_integer(L, "j", clean.to);
  set_integer(L, "si", (size_t)s.from + 1);
  set_integer(L, "sj", s.to);
  set_integer(L, "first", docview_token_at(v, s.from) + 1);
  set_integer(L, "last", docview_token_at(v, s.to > 0 ? s.to - 1 : 0) + 1);
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

/* v:read(list of matches, name) --> list of { i, j, si, sj, first, last, block?, value?, ... }: where
** each stands in clean and in shown text, its tokens, the number of the block it begins in, and what
** its capture of that name is: value, lo, hi, kind, approx, unit; year, month, day, lunar; code */
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
    lua_createtable(L, 0, 14);
    set_place(L, v, clean);
    if (what == MILL_REC_NUMBER || what == MILL_REC_QUANTITY) match_set_number(L, &found.number);
    if (what == MILL_REC_DATE || what == MILL_REC_TIME) set_date(L, &found.date);
    if (what == MILL_REC_PLACE) set_code(L, found.place);
    set_unit(L, v, unit);
    lua_rawseti(L, 4, k);
    lua_pop(L, 1);
  }
  return 1;
}
