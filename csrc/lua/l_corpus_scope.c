/* l_corpus_scope.c - class textmill.scope: the part of a corpus that a view reads. */
#include "l_corpus.h"

#define CORPUS_T_SCOPE "textmill.scope"

static int scope_gc(lua_State *L) {
  mill_scope **box = luaL_checkudata(L, 1, CORPUS_T_SCOPE);
  mill_scope_free(*box);
  *box = NULL;
  return 0;
}

mill_scope *bind_check_scope(lua_State *L, int arg) {
  mill_scope **box = luaL_checkudata(L, arg, CORPUS_T_SCOPE);
  luaL_argcheck(L, *box != NULL, arg, "no scope");
  return *box;
}

/* Values of the list at the top, kept alive by it. */
static void get_values(lua_State *L, mill_condition *x, const char **values) {
  x->n_values = lua_rawlen(L, -1);
  x->values = values;
  for (size_t k = 0; k < x->n_values; k++) {
    lua_rawgeti(L, -1, (lua_Integer)k + 1);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 2, "a value is no string");
    values[k] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
}

static const char *get_text(lua_State *L, const char *name) {
  lua_getfield(L, -1, name);
  luaL_argcheck(L, lua_isnil(L, -1) || lua_type(L, -1) == LUA_TSTRING, 2, "a date is no string");
  const char *s = lua_tostring(L, -1);
  lua_pop(L, 1);
  return s;
}

static size_t count_values(lua_State *L, size_t n) {
  size_t all = 0;
  for (size_t k = 0; k < n; k++) {
    luaL_argcheck(L, lua_rawgeti(L, 2, (lua_Integer)k + 1) == LUA_TTABLE, 2, "a list of conditions");
    all += lua_rawlen(L, -1);
    lua_pop(L, 1);
  }
  return all;
}

/* corpus:scope{ {key=, from=, to=, value, ...}, ... } --> scope, documents, articles
** | nil, message for a key that the corpus does not have */
int corpus_scope(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  luaL_checkstack(L, 16, NULL);
  size_t n = lua_rawlen(L, 2), used = 0;
  mill_condition *list = lua_newuserdatauv(L, (n + 1) * sizeof *list, 0);
  const char **values = lua_newuserdatauv(L, (count_values(L, n) + 1) * sizeof *values, 0);
  for (size_t k = 0; k < n; k++) { /* strings stay in the table at 2 */
    lua_rawgeti(L, 2, (lua_Integer)k + 1);
    list[k] = (mill_condition){get_text(L, "key"), get_text(L, "from"), get_text(L, "to"), NULL, 0};
    luaL_argcheck(L, list[k].key != NULL, 2, "a condition without a key");
    get_values(L, &list[k], values + used);
    used += list[k].n_values;
    lua_pop(L, 1);
  }
  mill_scope **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, CORPUS_T_SCOPE);
  if (mill_scope_new(c, list, n, box, &err) < 0) return corpus_fail(L, &err);
  lua_pushinteger(L, (lua_Integer)mill_scope_documents(*box));
  lua_pushinteger(L, (lua_Integer)mill_scope_articles(*box));
  return 3;
}

/* corpus:within(scope, method, ...) --> what the method gives, reading only what is
** in the scope */
int corpus_within(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_scope **box = luaL_checkudata(L, 2, CORPUS_T_SCOPE);
  const char *name = luaL_checkstring(L, 3);
  if (lua_getfield(L, 1, name) != LUA_TFUNCTION)
    return luaL_argerror(L, 3, lua_pushfstring(L, "no method '%s'", name));
  lua_insert(L, 4); /* corpus scope name f ... */
  lua_pushvalue(L, 1);
  lua_insert(L, 5);
  mill_corpus_restrict(c, *box);
  int status = lua_pcall(L, lua_gettop(L) - 4, LUA_MULTRET, 0);
  mill_corpus **still = luaL_checkudata(L, 1, MILL_T_CORPUS);
  if (*still != NULL) mill_corpus_restrict(*still, NULL);
  return status == LUA_OK ? lua_gettop(L) - 3 : lua_error(L);
}

/* corpus:in_scope(doc id, [article]) --> is it in the scope at hand? */
int corpus_in_scope(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *id = luaL_checkstring(L, 2);
  lua_Integer article = luaL_optinteger(L, 3, 0);
  mill_error err;
  luaL_argcheck(L, article >= 0 && article < UINT32_MAX, 3, "no article");
  int code = mill_corpus_in_scope(c, id, (uint32_t)article, &err);
  if (code < 0) return corpus_fail(L, &err);
  lua_pushboolean(L, code);
  return 1;
}

void corpus_open_scope(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", scope_gc}, {"__close", scope_gc}, {NULL, NULL}};
  bind_class(L, CORPUS_T_SCOPE, meta, NULL);
}
