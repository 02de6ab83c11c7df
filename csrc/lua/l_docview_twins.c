/* l_docview_twins.c - v:twins: nouns that may be slips of one another (core/twins.h). */
#include "l_docview.h"

/* Finds them; *out is a copy on the stack, since the box's list may be another document's as
** soon as a finalizer runs. How many there are. */
static size_t push_twins(lua_State *L, const docview *v, const twin **out) {
  twins *found = &v->box->twins;
  const twin_text t = {v->shown, v->tokens.from, v->tokens.to, v->tokens.tag, v->tokens.n};
  for (;; lua_pop(L, 1)) {
    uint32_t use = ++v->box->use;
    if (twins_find(found, &t) < 0) luaL_error(L, "out of memory");
    size_t n = found->n;
    if (n == 0) return 0;
    twin *own = lua_newuserdatauv(L, n * sizeof *own, 0);
    if (v->box->use != use) continue;
    for (size_t k = 0; k < n; k++) own[k] = found->list[k];
    *out = own;
    return n;
  }
}

/* v:twins() --> { odd, usual, odd, usual, ... }: tokens | nil */
int docview_twins(lua_State *L) {
  const docview *v = docview_check(L);
  const twin *list;
  size_t n = push_twins(L, v, &list);
  if (n == 0) return lua_pushnil(L), 1;
  lua_createtable(L, n < 1000 ? 2 * (int)n : 0, 0);
  for (size_t k = 0; k < n; k++) {
    lua_pushinteger(L, (lua_Integer)list[k].odd + 1);
    lua_rawseti(L, -2, 2 * (lua_Integer)k + 1);
    lua_pushinteger(L, (lua_Integer)list[k].usual + 1);
    lua_rawseti(L, -2, 2 * (lua_Integer)k + 2);
  }
  return 1;
}
