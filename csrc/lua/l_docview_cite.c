/* l_docview_cite.c - v:cite: a fact that a rule found in shown text is given its span of clean
** text, its mention and quote; v:order: facts in the order of the text. */
#include <limits.h>
#include <stdlib.h>

#include "l_docview.h"

const mill_map *docview_map(lua_State *L, const docview *v) {
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
  return mill_map_from(docview_map(L, v), shown);
}

/* The keys of a fact and of its mention: upvalues of v:cite, which need not be looked up. */
enum { AT = 1, SPANS, CAPTURES, MENTIONS, QUOTE, FROM, TO, RULE, STATUS, VERSION, OK };
static const char *const keys[] = {"at", "spans", "captures", "mentions", "quote", "i", "j", "rule", "status",
                                   "version", "ok"};

enum { LIST = 2, NAME, MADE_BY, FACT }; /* what lies on the stack: arguments, then the fact that is cited */

/* Pushes a field of the fact. Raw, like setting: no code of a metatable runs in between. */
static int get_fact(lua_State *L, int key) {
  lua_pushvalue(L, lua_upvalueindex(key));
  return lua_rawget(L, FACT);
}

/* Sets a field of the table at `table` to the value on the top, which it pops. */
static void set_key(lua_State *L, int table, int key) {
  lua_pushvalue(L, lua_upvalueindex(key));
  lua_insert(L, -2);
  lua_rawset(L, table);
}

static void set_integer(lua_State *L, int table, int key, size_t value) {
  lua_pushvalue(L, lua_upvalueindex(key));
  lua_pushinteger(L, (lua_Integer)value);
  lua_rawset(L, table);
}

static void set_value(lua_State *L, int table, int key, int value) {
  lua_pushvalue(L, lua_upvalueindex(key));
  lua_pushvalue(L, value);
  lua_rawset(L, table);
}

/* The same of a field that the fact may have already. */
static void set_missing(lua_State *L, int key, int value) {
  if (get_fact(L, key) == LUA_TNIL) set_value(L, FACT, key, value);
  lua_pop(L, 1);
}

static void clear(lua_State *L, int key) {
  if (get_fact(L, key) != LUA_TNIL) {
    lua_pushnil(L);
    set_key(L, FACT, key);
  }
  lua_pop(L, 1);
}

/* Pushes the fact's spans as spans of clean text, else its captures, else an empty table. */
static void push_captures(lua_State *L, const docview *v) {
  if (get_fact(L, SPANS) == LUA_TTABLE) {
    lua_createtable(L, 0, 2);
    lua_pushnil(L);
    while (lua_next(L, -3) != 0) {
      mill_span s = pop_clean_span(L, v);
      lua_pushvalue(L, -1);
      push_pair(L, s);
      lua_rawset(L, -4);
    }
    lua_remove(L, -2);
    return;
  }
  lua_pop(L, 1);
  if (get_fact(L, CAPTURES) != LUA_TNIL) return;
  lua_pop(L, 1);
  lua_newtable(L);
}

/* Pushes the mention of clean span s and, below it, its quote. */
static void push_mention(lua_State *L, const docview *v, mill_span s) {
  mill_span shown = mill_map_to(docview_map(L, v), s);
  lua_pushlstring(L, v->shown + shown.from, shown.to - shown.from);
  int quote = lua_gettop(L), mention = quote + 1;
  lua_createtable(L, 0, 6);
  set_integer(L, mention, FROM, (size_t)s.from + 1);
  set_integer(L, mention, TO, s.to);
  set_value(L, mention, QUOTE, quote);
  set_value(L, mention, RULE, NAME);
  set_value(L, mention, VERSION, MADE_BY);
  push_captures(L, v);
  set_key(L, mention, CAPTURES);
}

/* Cites the fact on the top, at FACT. What it has no more goes last: the table grows once. */
static void cite(lua_State *L, const docview *v) {
  get_fact(L, AT);
  mill_span s = pop_clean_span(L, v);
  lua_createtable(L, 1, 0);
  int mentions = lua_gettop(L), quote = mentions + 1;
  push_mention(L, v, s);
  lua_rawseti(L, mentions, 1);
  set_missing(L, QUOTE, quote);
  set_value(L, FACT, MENTIONS, mentions);
  set_integer(L, FACT, FROM, (size_t)s.from + 1);
  set_integer(L, FACT, TO, s.to);
  set_value(L, FACT, RULE, NAME);
  set_missing(L, STATUS, lua_upvalueindex(OK));
  clear(L, SPANS);
  clear(L, CAPTURES);
  clear(L, AT);
}

/* Is the fact on the top one with `at`, and no mentions yet? */
static int is_open(lua_State *L) {
  int open = get_fact(L, AT) != LUA_TNIL && get_fact(L, MENTIONS) == LUA_TNIL;
  lua_settop(L, FACT);
  return open;
}

/* v:cite(list of facts, rule, version) --> how many have been cited: those with `at` (and `spans`) in
** shown text get their span of clean text, their mention, quote, rule and status. */
static int view_cite(lua_State *L) {
  const docview *v = docview_check(L);
  luaL_checktype(L, LIST, LUA_TTABLE);
  lua_settop(L, MADE_BY);
  lua_Integer n = (lua_Integer)lua_rawlen(L, LIST), cited = 0;
  for (lua_Integer k = 1; k <= n; k++) {
    luaL_argexpected(L, lua_rawgeti(L, LIST, k) == LUA_TTABLE, LIST, "list of facts");
    if (is_open(L)) {
      cite(L, v);
      cited++;
    }
    lua_settop(L, MADE_BY);
  }
  lua_pushinteger(L, cited);
  return 1;
}

void docview_push_cite(lua_State *L) {
  int n = (int)(sizeof keys / sizeof *keys);
  for (int k = 0; k < n; k++) lua_pushstring(L, keys[k]);
  lua_pushcclosure(L, view_cite, n);
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

/* Gives the mentions of the fact on the top the version, at 3, where they have none. */
static void set_versions(lua_State *L) {
  lua_pushliteral(L, "mentions");
  if (lua_rawget(L, -2) != LUA_TTABLE) luaL_error(L, "a fact has no mentions");
  lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer k = 1; k <= n; k++) {
    if (lua_rawgeti(L, -1, k) != LUA_TTABLE) luaL_error(L, "a mention is no table");
    lua_pushliteral(L, "version");
    if (lua_rawget(L, -2) == LUA_TNIL) {
      lua_pushliteral(L, "version");
      lua_pushvalue(L, 3);
      lua_rawset(L, -4);
    }
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
}

/* v:order(facts, version) --> a list of them by place, the longer ones first, those of one place as
** they were; mentions without a version get this one */
int docview_order(lua_State *L) {
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 3);
  size_t n = (size_t)lua_rawlen(L, 2);
  luaL_argcheck(L, n < INT_MAX, 2, "too many facts");
  placed *list = lua_newuserdatauv(L, (n + 1) * sizeof *list, 0);
  for (size_t k = 0; k < n; k++) {
    luaL_argexpected(L, lua_rawgeti(L, 2, (lua_Integer)k + 1) == LUA_TTABLE, 2, "list of facts");
    list[k].i = field(L, "i");
    list[k].j = field(L, "j");
    list[k].k = (lua_Integer)k + 1;
    set_versions(L);
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
