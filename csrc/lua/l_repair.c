/* l_repair.c - tm.repair: mojibake put right. */
#include <string.h>

#include "bind.h"

unsigned bind_repair_kinds(lua_State *L, int arg, const char *name) {
  static const char *const names[] = {"all", "gbk", "latin", NULL};
  static const unsigned kinds[] = {MILL_REPAIR_ALL, MILL_REPAIR_GBK, MILL_REPAIR_LATIN};
  if (lua_isnil(L, -1)) return MILL_REPAIR_ALL;
  if (lua_isboolean(L, -1)) return lua_toboolean(L, -1) ? MILL_REPAIR_ALL : 0;
  const char *value = lua_tostring(L, -1);
  for (int k = 0; value != NULL && names[k] != NULL; k++)
    if (strcmp(value, names[k]) == 0) return kinds[k];
  luaL_argerror(L, arg, lua_pushfstring(L, "%s must be true, false, \"all\", \"gbk\" or \"latin\"", name));
  return 0;
}

/* core.repair(s, [{kind = "all" | "gbk" | "latin"}]) --> string, map, n
** | nil, message, position, code
** s: string or text; n: characters put in */
static int repair(lua_State *L) {
  static const char *const known[] = {"kind", NULL};
  size_t n, len = 0;
  uint32_t count = 0;
  unsigned kinds = MILL_REPAIR_ALL;
  mill_error err;
  const char *s = bind_check_text(L, 1, &n);
  lua_settop(L, 2);
  bind_check_options(L, 2, known);
  if (!lua_isnil(L, 2)) {
    lua_getfield(L, 2, "kind");
    kinds = bind_repair_kinds(L, 2, "kind");
    lua_pop(L, 1);
  }
  const mill_data *d = bind_data(L);
  mill_map **map = bind_new_map(L);   /* 3 */
  char **result = bind_new_bytes(L);  /* 4 */
  if (mill_repair(d, s, n, kinds, result, &len, map, &count, &err) < 0) return bind_fail(L, &err);
  lua_pushlstring(L, *result, len);
  bind_free_bytes(result);
  lua_pushvalue(L, 3);
  lua_pushinteger(L, (lua_Integer)count);
  return 3;
}

void mill_open_repair(lua_State *L) {
  lua_pushcfunction(L, repair);
  lua_setfield(L, -2, "repair");
}
