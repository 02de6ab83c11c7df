/* l_number.c - tm.number: one whole string as a number. */
#include <math.h>
#include <string.h>

#include "../core/error.h"
#include "../core/number.h"
#include "bind.h"

static const char *const KINDS[] = {"cardinal", "ordinal", "fraction", "percent", "range"};
static const char *const APPROX[] = {NULL, "over", "about", "near", "least", "most", "vague"};

/* A whole number as a Lua integer, everything else as a float. */
static void push_value(lua_State *L, double x) {
  if (x == floor(x) && fabs(x) < 9e15)
    lua_pushinteger(L, (lua_Integer)x);
  else
    lua_pushnumber(L, x);
}

/* tostring(info) --> "{approx=over, lo=301, hi=399}" */
static int info_tostring(lua_State *L) {
  static const char *const keys[] = {"kind", "approx", "lo", "hi", NULL};
  luaL_Buffer b;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  luaL_buffinit(L, &b);
  luaL_addstring(&b, "{");
  for (int k = 0, n = 0; keys[k] != NULL; k++) {
    lua_getfield(L, 1, keys[k]);
    int skip = lua_isnil(L, -1) || (k == 0 && strcmp(lua_tostring(L, -1), "cardinal") == 0);
    lua_pop(L, 1);
    if (skip) continue;
    luaL_addstring(&b, n++ > 0 ? ", " : "");
    luaL_addstring(&b, keys[k]);
    luaL_addstring(&b, "=");
    lua_getfield(L, 1, keys[k]);
    luaL_tolstring(L, -1, NULL);
    lua_remove(L, -2);
    luaL_addvalue(&b);
  }
  luaL_addstring(&b, "}");
  luaL_pushresult(&b);
  return 1;
}

/* Pushes {kind=, approx=, lo=, hi=}. */
static void push_info(lua_State *L, const mill_number *x) {
  lua_createtable(L, 0, 4);
  lua_pushstring(L, KINDS[x->kind]);
  lua_setfield(L, -2, "kind");
  if (x->approx != MILL_APPROX_NONE) {
    lua_pushstring(L, APPROX[x->approx]);
    lua_setfield(L, -2, "approx");
  }
  push_value(L, x->lo);
  lua_setfield(L, -2, "lo");
  push_value(L, x->hi);
  lua_setfield(L, -2, "hi");
  luaL_setmetatable(L, "textmill.number");
}

/* Why s[0,n) is no number: what kind of word it is, or what is left over. */
static void explain(const mill_data *d, const char *s, size_t n, size_t used, mill_error *err) {
  mill_word w;
  const mill_lexicon *lx = mill_data_lexicon(d);
  int shown = n > 120 ? 120 : (int)n;
  if (n == 0)
    mill_fail(err, MILL_EINVAL, 0, "not a number (empty)");
  else if (lx != NULL && mill_lexicon_find(lx, s, n, &w) && (w.classes & MILL_CLASS_ROLE))
    mill_fail(err, MILL_EINVAL, 0, "not a number (%.*s is a role)", shown, s);
  else if (used > 0 && used < (size_t)shown)
    mill_fail(err, MILL_EINVAL, used, "not a number (%.*s is left over)", shown - (int)used, s + used);
  else
    mill_fail(err, MILL_EINVAL, used, "not a number (%.*s)", shown, s);
}

/* The position in s of a position in its folded form. */
static size_t unfold(const mill_map *map, size_t at) {
  return mill_map_from(map, (mill_span){(uint32_t)at, (uint32_t)at}).to;
}

/* All of s[0,n) as running text would read it, or else loosely: bytes used. */
static size_t number_whole(const char *s, size_t n, mill_number *x) {
  size_t used = mill_number_scan(s, n, x);
  if (used == n) return used;
  mill_number loose;
  size_t more = number_scan(s, n, NUMBER_BEFORE | NUMBER_AFTER | NUMBER_RANGES | NUMBER_LOOSE, &loose);
  return more == n ? (*x = loose, more) : used;
}

/* core.number(s) --> n, {kind=, approx=, lo=, hi=} | nil, message, position, code */
static int number(lua_State *L) {
  size_t n, len;
  mill_error err;
  mill_number x;
  const char *s = bind_check_text(L, 1, &n);
  lua_settop(L, 1);
  const mill_data *d = bind_data(L);
  mill_map **map = bind_new_map(L);
  char **folded = bind_new_bytes(L);
  if (mill_normalize(d, MILL_FOLD, s, n, folded, &len, map, &err) < 0) return bind_fail(L, &err);
  size_t used = number_whole(*folded, len, &x);
  if (used == 0 || used < len) {
    explain(d, *folded, len, used, &err);
    err.position = unfold(*map, err.position);
    return bind_fail(L, &err);
  }
  push_value(L, x.value);
  push_info(L, &x);
  return 2;
}

/* core.number_at(folded, i, loose, ranges) --> j, value, {kind=, ...} | nothing: the
** longest number without hedges that begins at byte i. */
static int number_at(lua_State *L) {
  size_t n;
  mill_number x;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1 && (lua_Unsigned)i <= n + 1, 2, "outside of the string");
  int parts = (lua_toboolean(L, 3) ? NUMBER_LOOSE : 0) | (lua_toboolean(L, 4) ? NUMBER_RANGES : 0);
  size_t used = number_scan(s + i - 1, n - (size_t)(i - 1), parts, &x);
  if (used == 0) return 0;
  lua_pushinteger(L, i - 1 + (lua_Integer)used);
  push_value(L, x.value);
  push_info(L, &x);
  return 3;
}

void mill_open_number(lua_State *L) {
  static const luaL_Reg info[] = {{"__tostring", info_tostring}, {NULL, NULL}};
  bind_class(L, "textmill.number", info, NULL);
  lua_pushcfunction(L, number);
  lua_setfield(L, -2, "number");
  lua_pushcfunction(L, number_at);
  lua_setfield(L, -2, "number_at");
}
