/* l_convert.c - tm.convert: simplified, traditional, Taiwan, Hong Kong, Japan. */
#include <string.h>

#include "bind.h"

/* Raises naming the configurations when there is none of this name. */
static const char *check_config(lua_State *L, int arg, const mill_data *d) {
  const char *name = luaL_checkstring(L, arg), *known;
  luaL_Buffer b;
  if (mill_convert_name(d, 0) == NULL) return name; /* no image: mill_convert says so */
  for (size_t i = 0; (known = mill_convert_name(d, i)) != NULL; i++) {
    const char *a = known, *c = name;
    while (*a != 0 && *a == (*c >= 'A' && *c <= 'Z' ? *c + 32 : *c)) a++, c++;
    if (*a == 0 && *c == 0) return name;
  }
  luaL_buffinit(L, &b);
  for (size_t i = 0; (known = mill_convert_name(d, i)) != NULL; i++) {
    if (i > 0) luaL_addchar(&b, ' ');
    luaL_addstring(&b, known);
  }
  luaL_pushresult(&b);
  luaL_argerror(L, arg, lua_pushfstring(L, "unknown conversion '%s'; known: %s", name, lua_tostring(L, -1)));
  return NULL;
}

/* The entries of the table at `arg`, in a userdata it pushes; the strings stay
** alive with the table. */
static void push_entries(lua_State *L, int arg, mill_convert_options *o) {
  size_t n = 0;
  for (lua_pushnil(L); lua_next(L, arg) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
      luaL_argerror(L, 3, "option 'user': keys and values are strings");
    n++;
  }
  mill_convert_entry *e = lua_newuserdatauv(L, (n + 1) * sizeof *e, 0);
  size_t i = 0;
  for (lua_pushnil(L); lua_next(L, arg) != 0 && i < n; lua_pop(L, 1), i++) {
    e[i].key = lua_tolstring(L, -2, &e[i].key_len);
    e[i].value = lua_tolstring(L, -1, &e[i].value_len);
  }
  o->entries = e;
  o->n_entries = n;
}

/* Options at index 3; pushes two values that keep the entries alive. */
static void check_options(lua_State *L, mill_convert_options *o) {
  static const char *const known[] = {"words", "user", NULL};
  bind_check_options(L, 3, known);
  if (lua_isnil(L, 3)) {
    lua_settop(L, 5);
    return;
  }
  lua_getfield(L, 3, "words");
  o->words = lua_toboolean(L, -1);
  lua_pop(L, 1);
  if (lua_getfield(L, 3, "user") == LUA_TNIL) {
    lua_settop(L, 5);
    return;
  }
  if (!lua_istable(L, 4)) luaL_argerror(L, 3, "option 'user' is a table: text = text");
  push_entries(L, 4, o);
}

/*
** core.convert(s, config [, {words=, user=}]) --> string, map | nil, message, position, code
** s: string or text; config, any case: s2t t2s s2tw tw2s s2hk hk2s s2twp tw2sp
** s2hkp hk2sp t2tw tw2t t2hk hk2t t2jp jp2t; words: guided by the segmenter;
** user: {key = value}, over the dictionaries
*/
static int convert(lua_State *L) {
  size_t n, len;
  mill_error err;
  mill_convert_options o = {NULL, 0, 0};
  const char *s = bind_check_text(L, 1, &n);
  luaL_checkstring(L, 2);
  lua_settop(L, 3);
  check_options(L, &o);               /* 4, 5 */
  const mill_data *d = bind_data(L);
  const char *config = check_config(L, 2, d);
  mill_map **map = bind_new_map(L);   /* 6 */
  char **result = bind_new_bytes(L);  /* 7 */
  if (mill_convert(d, config, s, n, &o, result, &len, map, &err) < 0) return bind_fail(L, &err);
  lua_pushlstring(L, *result, len);
  bind_free_bytes(result);
  lua_pushvalue(L, 6);
  return 2;
}

void mill_open_convert(lua_State *L) {
  lua_pushcfunction(L, convert);
  lua_setfield(L, -2, "convert");
}
