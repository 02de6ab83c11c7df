/* l_data.c - the data images of one Lua state, and core.data_describe. */
#include <stdlib.h>
#include <string.h>

#include "bind.h"

/* The box in the registry owns the images; created empty, then filled. */
static int data_gc(lua_State *L) {
  mill_data **box = luaL_checkudata(L, 1, MILL_T_DATA);
  mill_data_free(*box);
  *box = NULL;
  return 0;
}

const char *bind_push_directory(lua_State *L) {
  const char *given = getenv("TEXTMILL_DATA");
  if (given != NULL && *given != 0) return lua_pushstring(L, given);
  lua_getfield(L, LUA_REGISTRYINDEX, "textmill.path");
  const char *path = lua_tostring(L, -1);
  const char *slash = path != NULL ? strrchr(path, '/') : NULL;
  const char *dir = slash != NULL ? lua_pushlstring(L, path, (size_t)(slash - path))
                                  : lua_pushliteral(L, ".");
  lua_remove(L, -2);
  return dir;
}

const mill_data *bind_data(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, MILL_T_DATA ".box") == LUA_TUSERDATA) {
    mill_data *d = *(mill_data **)lua_touserdata(L, -1);
    lua_pop(L, 1);
    return d;
  }
  lua_pop(L, 1);
  mill_data **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_DATA);
  mill_error err;
  if (mill_data_open(bind_push_directory(L), box, &err) < 0) bind_raise(L, &err);
  lua_pop(L, 1);
  mill_data *d = *box;
  lua_setfield(L, LUA_REGISTRYINDEX, MILL_T_DATA ".box");
  return d;
}

void bind_share_data(lua_State *L, const mill_data *d) {
  union { const mill_data *borrowed; mill_data *boxed; } data = {d};
  mill_data **box = lua_newuserdatauv(L, sizeof *box, 0); /* without a class: it owns nothing */
  *box = data.boxed;
  lua_setfield(L, LUA_REGISTRYINDEX, MILL_T_DATA ".box");
}

/* core.data_describe(key) --> string | nil */
static int describe(lua_State *L) {
  const char *key = luaL_checkstring(L, 1);
  lua_pushstring(L, mill_data_describe(bind_data(L), key));
  return 1;
}

/* core.data_folder() --> where the images are looked for */
static int folder(lua_State *L) { return bind_push_directory(L), 1; }

void mill_open_data(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", data_gc}, {"__close", data_gc}, {NULL, NULL}};
  bind_class(L, MILL_T_DATA, meta, NULL);
  lua_pushcfunction(L, describe);
  lua_setfield(L, -2, "data_describe");
  lua_pushcfunction(L, folder);
  lua_setfield(L, -2, "data_folder");
}
