/*
** l_lists.c - items of lists in running text for rules (lua/textmill/rules/zh/lists.lua), and strings looked
** for in part of a text. Bytes are counted from 1, spans are inclusive.
*/
#include <limits.h>
#include <string.h>

#include "../core/first_mark.h"
#include "../core/list_items.h"
#include "bind.h"

/* ---- items --------------------------------------------------------------------------- */

enum { TEXT = 1, FROM, TO, KEYS = TO }; /* the keys of an item: upvalues, which need not be looked up */

static void set_integer(lua_State *L, int key, size_t value) {
  lua_pushvalue(L, lua_upvalueindex(key));
  lua_pushinteger(L, (lua_Integer)value);
  lua_rawset(L, -3);
}

/* Pushes { text =, i =, j = }. */
static void push_item(lua_State *L, const char *s, mill_span item) {
  size_t n = item.to - item.from;
  lua_createtable(L, 0, KEYS);
  lua_pushvalue(L, lua_upvalueindex(TEXT));
  if (list_words(s, item, NULL) == n) {
    lua_pushlstring(L, s + item.from, n);
  } else {
    luaL_Buffer b;
    char *out = luaL_buffinitsize(L, &b, n);
    luaL_pushresultsize(&b, list_words(s, item, out));
  }
  lua_rawset(L, -3);
  set_integer(L, FROM, (size_t)item.from + 1);
  set_integer(L, TO, item.to);
}

/* The walk that the arguments s, i, j, marks say. */
static list_walk check_walk(lua_State *L) {
  size_t n, marks_len;
  const char *s = luaL_checklstring(L, 1, &n), *marks = luaL_checklstring(L, 4, &marks_len);
  lua_Integer i = luaL_checkinteger(L, 2), j = luaL_checkinteger(L, 3);
  luaL_argcheck(L, i >= 1, 2, "position out of range");
  luaL_argcheck(L, n < UINT32_MAX, 1, "too long");
  luaL_argcheck(L, first_mark_packed(marks, marks_len), 4, "marks and their lengths expected");
  return list_begin(s, n, (size_t)i - 1, j < 0 ? 0 : (size_t)j, marks, marks_len);
}

/* core.list_items(s, i, j, marks) --> list of { text, i, j }: what stands between the marks (packed, see
** first_mark.h) in s[i, j]; the words without quotation marks */
static int list_items(lua_State *L) {
  list_walk w = check_walk(L);
  mill_span item;
  lua_Integer n = 0;
  lua_settop(L, 4);
  lua_newtable(L);
  while (list_next(&w, &item)) {
    push_item(L, w.s, item);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* The iterator; upvalues: the keys, s, marks, where to go on (from 0), where it ends. */
enum { SOURCE = KEYS + 1, MARKS, AT, END };
static int next_item(lua_State *L) {
  size_t marks_len;
  mill_span item;
  const char *s = lua_tostring(L, lua_upvalueindex(SOURCE));
  const char *marks = lua_tolstring(L, lua_upvalueindex(MARKS), &marks_len);
  list_walk w = {s, (size_t)lua_tointeger(L, lua_upvalueindex(AT)), (size_t)lua_tointeger(L, lua_upvalueindex(END)),
                 marks, marks_len};
  if (!list_next(&w, &item)) return 0;
  lua_pushinteger(L, (lua_Integer)w.at);
  lua_replace(L, lua_upvalueindex(AT));
  push_item(L, s, item);
  return 1;
}

/* core.each_item(s, i, j, marks) --> iterator over the same */
static int each_item(lua_State *L) {
  list_walk w = check_walk(L);
  for (int k = 1; k <= KEYS; k++) lua_pushvalue(L, lua_upvalueindex(k));
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 4);
  lua_pushinteger(L, (lua_Integer)w.at);
  lua_pushinteger(L, (lua_Integer)w.to);
  lua_pushcclosure(L, next_item, END);
  return 1;
}

/* ---- strings ---------------------------------------------------------------------------- */

/* core.find_within(s, words, from, to) --> where the words stand first that lie in s[from, to], or nil */
static int find_within(lua_State *L) {
  size_t n, len;
  const char *s = luaL_checklstring(L, 1, &n), *words = luaL_checklstring(L, 2, &len);
  lua_Integer from = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
  if (from < 1) from = 1;
  if (to > (lua_Integer)n) to = (lua_Integer)n;
  const char *at = len > 0 && to >= from
                       ? memmem(s + from - 1, (size_t)(to - from) + 1, words, len) : NULL;
  if (at == NULL) return lua_pushnil(L), 1;
  lua_pushinteger(L, (lua_Integer)(at - s) + 1);
  return 1;
}

void mill_open_lists(lua_State *L) {
  static const luaL_Reg of_items[] = {{"list_items", list_items}, {"each_item", each_item}, {NULL, NULL}};
  lua_pushcfunction(L, find_within);
  lua_setfield(L, -2, "find_within");
  lua_pushliteral(L, "text");
  lua_pushliteral(L, "i");
  lua_pushliteral(L, "j");
  luaL_setfuncs(L, of_items, KEYS);
}
