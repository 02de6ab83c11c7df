/*
** module.c - luaopen_textmill_core: the C half of the module. lua/textmill
** puts the public functions together from this table.
*/
#include "../core/cpu.h"
#include "../store/store.h"
#include "bind.h"

#define DECLARE(name) void mill_open_##name(lua_State *L);
BIND_CLASSES(DECLARE)

MILL_API int luaopen_textmill_core(lua_State *L);

/* require "textmill.core" --> table; the second argument, the path of this
** file, is where the data images lie. */
int luaopen_textmill_core(lua_State *L) {
  const char *path = luaL_optstring(L, 2, "");
  lua_newtable(L);
  lua_pushstring(L, path);
  lua_setfield(L, LUA_REGISTRYINDEX, "textmill.path");
  lua_pushliteral(L, MILL_VERSION);
  lua_setfield(L, -2, "version");
  lua_pushliteral(L, MILL_UNICODE);
  lua_setfield(L, -2, "unicode_version");
  lua_pushinteger(L, MILL_SCHEMA);
  lua_setfield(L, -2, "schema");
  lua_pushstring(L, cpu_has_avx2() ? "avx2" : "none");
  lua_setfield(L, -2, "simd");
  bind_open(L);
#define OPEN(name) mill_open_##name(L);
  BIND_CLASSES(OPEN)
  return 1;
}
