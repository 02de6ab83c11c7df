/* l_normalize.c - tm.normalize: Unicode forms, case, width, marks. */
#include "bind.h"

static enum mill_form check_form(lua_State *L, int arg) {
  const char *name = luaL_checkstring(L, arg);
  int form = mill_form_by_name(name);
  if (form < 0) {
    const char *known = "nfc nfd nfkc nfkd nfkc_cf casefold width nomarks fold display";
    luaL_argerror(L, arg, lua_pushfstring(L, "unknown form '%s'; known: %s", name, known));
  }
  return (enum mill_form)form;
}

/*
** core.normalize(s, form) --> string, map | nil, message, position, code
** s: string or text; form, any case: nfc nfd nfkc nfkd nfkc_cf casefold width
** nomarks fold display
*/
static int normalize(lua_State *L) {
  size_t n, len;
  mill_error err;
  const char *s = bind_check_text(L, 1, &n);
  enum mill_form form = check_form(L, 2);
  lua_settop(L, 2);
  const mill_data *d = bind_data(L);
  mill_map **map = bind_new_map(L);   /* 3 */
  char **result = bind_new_bytes(L);  /* 4 */
  if (mill_normalize(d, form, s, n, result, &len, map, &err) < 0) return bind_fail(L, &err);
  lua_pushlstring(L, *result, len);
  bind_free_bytes(result);
  lua_pushvalue(L, 3);
  return 2;
}

void mill_open_normalize(lua_State *L) {
  lua_pushcfunction(L, normalize);
  lua_setfield(L, -2, "normalize");
}
