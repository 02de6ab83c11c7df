/* l_corpus_stats.c - class textmill.corpus: counting words. */
#include "l_corpus.h"

/* A whole number of the options at `arg`, 0 when it is not there. */
static uint32_t whole(lua_State *L, int arg, const char *name) {
  lua_Integer n = 0;
  if (!lua_istable(L, arg)) return 0;
  if (lua_getfield(L, arg, name) != LUA_TNIL) {
    int is = 0;
    n = lua_tointegerx(L, -1, &is);
    if (!is || n < 1 || n > 1000000000)
      luaL_argerror(L, arg, lua_pushfstring(L, "%s: a whole number above 0", name));
  }
  lua_pop(L, 1);
  return (uint32_t)n;
}

static void set_count(lua_State *L, const char *name, uint64_t n) {
  lua_pushinteger(L, (lua_Integer)n);
  lua_setfield(L, -2, name);
}

static int give(lua_State *L, int arg, int code, mill_rows **rows, const mill_error *err) {
  if (code == MILL_EINVAL) return luaL_argerror(L, arg, err->message);
  if (code < 0) return bind_raise(L, err);
  bind_push_rows(L, rows);
  return 1;
}

/* corpus:collocates(query, [{span=, by=, min=, limit=}]) --> rows, {nodes=, words=, window=} */
int corpus_collocates(lua_State *L) {
  static const char *const known[] = {"span", "by", "min", "limit", NULL};
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *query = luaL_checkstring(L, 2);
  mill_collocate_options o = {0};
  mill_counts totals = {0};
  mill_error err;
  lua_settop(L, 3);
  bind_check_options(L, 3, known);
  o.span = whole(L, 3, "span");
  o.min = whole(L, 3, "min");
  o.limit = whole(L, 3, "limit");
  luaL_argcheck(L, o.span <= 1000, 3, "span: at most 1000");
  if (lua_istable(L, 3) && lua_getfield(L, 3, "by") != LUA_TNIL) o.by = luaL_checkstring(L, -1);
  mill_rows **rows = bind_new_rows(L);
  give(L, 3, mill_corpus_collocates(c, query, &o, rows, &totals, &err), rows, &err);
  lua_createtable(L, 0, 3);
  set_count(L, "nodes", totals.nodes);
  set_count(L, "words", totals.words);
  set_count(L, "window", totals.window);
  return 2;
}

/* corpus:keyness(scope | nil, [{min=, limit=}]) --> rows */
int corpus_keyness(lua_State *L) {
  static const char *const known[] = {"min", "limit", NULL};
  mill_corpus *c = bind_check_corpus(L, 1);
  const mill_scope *other = lua_isnoneornil(L, 2) ? NULL : bind_check_scope(L, 2);
  mill_error err;
  lua_settop(L, 3);
  bind_check_options(L, 3, known);
  uint32_t least = whole(L, 3, "min"), limit = whole(L, 3, "limit");
  mill_rows **rows = bind_new_rows(L);
  return give(L, 3, mill_corpus_keyness(c, other, least, limit, rows, &err), rows, &err);
}

/* corpus:frequencies([{of="words"|"tags"|"kind", n=, min=, limit=}]) --> rows, total */
int corpus_frequencies(lua_State *L) {
  static const char *const known[] = {"of", "n", "min", "limit", NULL};
  static const char *const of[] = {"words", "tags", "kind", NULL};
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_frequency_options o = {0};
  mill_error err;
  uint64_t total = 0;
  lua_settop(L, 2);
  bind_check_options(L, 2, known);
  o.n = whole(L, 2, "n");
  o.min = whole(L, 2, "min");
  o.limit = whole(L, 2, "limit");
  if (lua_istable(L, 2) && lua_getfield(L, 2, "of") != LUA_TNIL) o.of = luaL_checkoption(L, -1, NULL, of);
  mill_rows **rows = bind_new_rows(L);
  give(L, 2, mill_corpus_frequencies(c, &o, rows, &total, &err), rows, &err);
  lua_pushinteger(L, (lua_Integer)total);
  return 2;
}

/* corpus:dispersion(query) --> {hits=, words=, parts=, range=, juilland=, dp=, dp_norm=} */
int corpus_dispersion(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *query = luaL_checkstring(L, 2);
  mill_dispersion d;
  mill_error err;
  if (mill_corpus_dispersion(c, query, &d, &err) < 0) return bind_raise(L, &err);
  lua_createtable(L, 0, 7);
  set_count(L, "hits", d.hits);
  set_count(L, "words", d.words);
  set_count(L, "parts", d.parts);
  set_count(L, "range", d.range);
  lua_pushnumber(L, d.juilland);
  lua_setfield(L, -2, "juilland");
  lua_pushnumber(L, d.dp);
  lua_setfield(L, -2, "dp");
  lua_pushnumber(L, d.dp_norm);
  lua_setfield(L, -2, "dp_norm");
  return 1;
}

/* corpus:similar(doc id, [limit]) --> rows | nil, message, position, code */
int corpus_similar(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *id = luaL_checkstring(L, 2);
  lua_Integer limit = luaL_optinteger(L, 3, 10);
  mill_error err;
  luaL_argcheck(L, limit > 0, 3, "a number above 0");
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_similar(c, id, (size_t)limit, rows, &err) < 0) return corpus_fail(L, &err);
  bind_push_rows(L, rows);
  return 1;
}
