/* l_valid.c - tm.valid: is it UTF-8? */
#include "bind.h"

/* core.valid(s) --> true | nil, message, position, kind */
static int valid(lua_State *L) {
  size_t n, position;
  enum mill_utf8_kind kind;
  const char *s = luaL_checklstring(L, 1, &n);
  if (mill_utf8_valid(s, n, &position, &kind)) {
    lua_pushboolean(L, 1);
    return 1;
  }
  const char *name = mill_utf8_kind_name(kind);
  luaL_pushfail(L);
  lua_pushfstring(L, "not UTF-8 at byte %I (%s)", (LUAI_UACINT)position + 1, name);
  lua_pushinteger(L, (lua_Integer)position + 1);
  lua_pushstring(L, name);
  return 4;
}

void mill_open_valid(lua_State *L) {
  lua_pushcfunction(L, valid);
  lua_setfield(L, -2, "valid");
}
