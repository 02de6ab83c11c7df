/* l_docview_cite.c - v:cite: a fact that a rule found in shown text is given its span of clean
** text, its mention and quote; v:order: facts in the order of the text. */
#include <limits.h>
#include <stdlib.h>

#include "l_docview.h"

static const mill_map *view_map(lua_State *L, const docview *v) {
  if (*v->map == NULL) luaL_error(L, "the map of this document is closed");
  return *v->map;
}

/* Reads the span {i, j} on the top, of a text of that length, and pops it. */
static mill_span pop_span(lua_State *L, size_t len) {
  luaL_argexpected(L, lua_istable(L, -1), 2, "fact with spans {i, j}");
  int at = lua_gettop(L);
  lua_rawgeti(L, at, 1);
  lua_rawgeti(L, at, 2);
  mill_span s = bind_check_span(L, at + 1, len);
  lua_settop(L, at - 1);
  return s;
}

static void push_pair(lua_State *L, mill_span s) {
  lua_createtable(L, 2, 0);
  lua_pushinteger(L, (lua_Integer)s.from + 1);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)s.to);
  lua_rawseti(L, -2, 2);
}

/* A span {i, j} of shown text on the top, as one of clean text. */
static mill_span pop_clean_span(lua_State *L, const docview *v) {
  mill_span shown = pop_span(L, v->shown_len);
  return mill_map_from(view_map(L, v), shown);
}

/* Pushes a field of the fact at 2. Raw, like setting: no code of a metatable runs in between. */
static int get_fact(lua_State *L, const char *key) {
  lua_pushstring(L, key);
  return lua_rawget(L, 2);
}

/* Sets a field of the fact at 2 to the value on the top, which it pops; with `keep` only
** where there was none. */
static void set_fact(lua_State *L, const char *key, int keep) {
  if (keep) {
    int known = get_fact(L, key) != LUA_TNIL;
    lua_pop(L, 1);
    if (known) {
      lua_pop(L, 1);
      return;
    }
  }
  lua_pushstring(L, key);
  lua_insert(L, -2);
  lua_rawset(L, 2);
}

/* Pushes fact.spans as spans of clean text, else its captures, else an empty table; the
** fact at 2 loses both. */
static void push_captures(lua_State *L, const docview *v) {
  if (get_fact(L, "spans") == LUA_TTABLE) {
    lua_createtable(L, 0, 2);
    lua_pushnil(L);
    while (lua_next(L, -3) != 0) {
      mill_span s = pop_clean_span(L, v);
      lua_pushvalue(L, -1);
      push_pair(L, s);
      lua_rawset(L, -4);
    }
    lua_remove(L, -2);
    lua_pushnil(L);
    set_fact(L, "spans", 0);
  } else {
    lua_pop(L, 1);
    if (get_fact(L, "captures") == LUA_TNIL) {
      lua_pop(L, 1);
      lua_newtable(L);
    }
  }
  if (get_fact(L, "captures") != LUA_TNIL) {
    lua_pushnil(L);
    set_fact(L, "captures", 0);
  }
  lua_pop(L, 1);
}

/* Pushes the mention of clean span s; argument 3 is the rule's name, 4 the version. */
static void push_mention(lua_State *L, const docview *v, mill_span s) {
  mill_span shown = mill_map_to(view_map(L, v), s);
  lua_createtable(L, 0, 6);
  lua_pushinteger(L, (lua_Integer)s.from + 1);
  lua_setfield(L, -2, "i");
  lua_pushinteger(L, (lua_Integer)s.to);
  lua_setfield(L, -2, "j");
  lua_pushlstring(L, v->shown + shown.from, shown.to - shown.from);
  lua_setfield(L, -2, "quote");
  lua_pushvalue(L, 3);
  lua_setfield(L, -2, "rule");
  lua_pushvalue(L, 4);
  lua_setfield(L, -2, "version");
  push_captures(L, v);
  lua_setfield(L, -2, "captures");
}

/* v:cite(fact, rule, version): a fact with `at` (and `spans`) in shown text gets its span of
** clean text, its mention, quote, rule and status. */
int docview_cite(lua_State *L) {
  const docview *v = docview_check(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 4);
  get_fact(L, "at");
  mill_span s = pop_clean_span(L, v);
  lua_pushnil(L);
  set_fact(L, "at", 0);
  lua_createtable(L, 1, 0);
  push_mention(L, v, s);
  lua_getfield(L, -1, "quote");
  set_fact(L, "quote", 1);
  lua_rawseti(L, -2, 1);
  set_fact(L, "mentions", 0);
  lua_pushinteger(L, (lua_Integer)s.from + 1);
  set_fact(L, "i", 0);
  lua_pushinteger(L, (lua_Integer)s.to);
  set_fact(L, "j", 0);
  lua_pushvalue(L, 3);
  set_fact(L, "rule", 0);
  lua_pushliteral(L, "ok");
  set_fact(L, "status", 1);
  return 0;
}

/* ---- order ------------------------------------------------------------------------ */

typedef struct placed { lua_Integer i, j; lua_Integer k; } placed; /* fact number k */

static int by_place(const void *a, const void *b) {
  const placed *x = a, *y = b;
  if (x->i != y->i) return x->i < y->i ? -1 : 1;
  if (x->j != y->j) return x->j > y->j ? -1 : 1;
  return x->k < y->k ? -1 : 1;
}

/* The integer in a field of the table on the top. */
static lua_Integer field(lua_State *L, const char *key) {
  int is;
  lua_pushstring(L, key);
  lua_rawget(L, -2);
  lua_Integer n = lua_tointegerx(L, -1, &is);
  if (!is) luaL_error(L, "a fact has no span");
  lua_pop(L, 1);
  return n;
}

/* v:order(facts) --> a list of them by place, the longer ones first, those of one place as
** they were */
int docview_order(lua_State *L) {
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  size_t n = (size_t)lua_rawlen(L, 2);
  luaL_argcheck(L, n < INT_MAX, 2, "too many facts");
  placed *list = lua_newuserdatauv(L, (n + 1) * sizeof *list, 0);
  for (size_t k = 0; k < n; k++) {
    luaL_argexpected(L, lua_rawgeti(L, 2, (lua_Integer)k + 1) == LUA_TTABLE, 2, "list of facts");
    list[k].i = field(L, "i");
    list[k].j = field(L, "j");
    list[k].k = (lua_Integer)k + 1;
    lua_pop(L, 1);
  }
  qsort(list, n, sizeof *list, by_place);
  lua_createtable(L, (int)n, 0);
  for (size_t k = 0; k < n; k++) {
    lua_rawgeti(L, 2, list[k].k);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}
