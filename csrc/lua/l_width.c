/* l_width.c - core.width: for tables that line up. */
#include "bind.h"

/* core.width(s) --> columns on a terminal (wide characters count two) */
static int width(lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_pushinteger(L, (lua_Integer)mill_width(bind_data(L), s, n));
  return 1;
}

void mill_open_width(lua_State *L) {
  lua_pushcfunction(L, width);
  lua_setfield(L, -2, "width");
}
