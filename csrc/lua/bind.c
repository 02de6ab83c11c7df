/* bind.c - argument checks, errors and classes for the binding files. */
#include "bind.h"

#include <stdlib.h>
#include <string.h>

mill_span bind_check_span(lua_State *L, int arg, size_t len) {
  lua_Integer i = luaL_checkinteger(L, arg), j = luaL_optinteger(L, arg + 1, i);
  lua_Integer n = (lua_Integer)len;
  if (i < 0) i = n + i + 1;
  if (j < 0) j = n + j + 1;
  luaL_argcheck(L, i >= 1 && i <= n + 1, arg, "position outside the text");
  luaL_argcheck(L, j >= i - 1 && j <= n, arg + 1, "position outside the text");
  return (mill_span){(uint32_t)(i - 1), (uint32_t)j};
}

int bind_fail(lua_State *L, const mill_error *err) {
  luaL_pushfail(L);
  lua_pushstring(L, err->message);
  lua_pushinteger(L, (lua_Integer)err->position + 1);
  lua_pushstring(L, mill_code_name(err->code));
  return 4;
}

/* tostring(error) --> message */
static int error_tostring(lua_State *L) {
  lua_getfield(L, 1, "message");
  return 1;
}

int bind_raise(lua_State *L, const mill_error *err) {
  lua_createtable(L, 0, 3);
  lua_pushstring(L, mill_code_name(err->code));
  lua_setfield(L, -2, "code");
  lua_pushstring(L, err->message);
  lua_setfield(L, -2, "message");
  lua_pushinteger(L, (lua_Integer)err->position + 1);
  lua_setfield(L, -2, "position");
  luaL_setmetatable(L, "textmill.error");
  return lua_error(L);
}

static int is_known(const char *key, const char *const *known) {
  for (; *known != NULL; known++)
    if (strcmp(*known, key) == 0) return 1;
  return 0;
}

void bind_check_options(lua_State *L, int arg, const char *const *known) {
  if (lua_isnoneornil(L, arg)) return;
  luaL_checktype(L, arg, LUA_TTABLE);
  lua_pushnil(L);
  while (lua_next(L, arg) != 0) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_argerror(L, arg, "option names are strings");
    if (!is_known(lua_tostring(L, -1), known))
      luaL_argerror(L, arg, lua_pushfstring(L, "unknown option '%s'", lua_tostring(L, -1)));
  }
}

mill_text *bind_test_text(lua_State *L, int arg) {
  mill_text **box = luaL_testudata(L, arg, MILL_T_TEXT);
  return box != NULL ? *box : NULL;
}

const char *bind_check_text(lua_State *L, int arg, size_t *len) {
  mill_text *t = bind_test_text(L, arg);
  if (t == NULL) return luaL_checklstring(L, arg, len);
  *len = t->clean_len;
  return t->clean;
}

static int bytes_gc(lua_State *L) {
  bind_free_bytes(lua_touserdata(L, 1));
  return 0;
}

char **bind_new_bytes(lua_State *L) {
  char **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, "textmill.bytes");
  return box;
}

void bind_free_bytes(char **box) {
  free(*box);
  *box = NULL;
}

/* ---- memory the collector does not see ---- */

static const char account_key = 0; /* its address is the key */
enum { FREELY = 32 << 20 };        /* bytes that may wait for the collector's own pace */
enum { AT_ONCE = 64 };             /* kilobytes of a step: many small ones cost more than they do */
struct account { size_t charged, limit, waiting; };

static struct account *account_of(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &account_key);
  struct account *a = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return a;
}

static struct account *new_account(lua_State *L) {
  struct account *a = lua_newuserdatauv(L, sizeof *a, 0);
  *a = (struct account){.limit = FREELY};
  lua_rawsetp(L, LUA_REGISTRYINDEX, &account_key);
  return a;
}

/* A whole collection costs as much as the state is large: not before as many bytes
** were charged again. */
static void collect(lua_State *L, struct account *a) {
  lua_gc(L, LUA_GCCOLLECT, 0);
  size_t heap = (size_t)lua_gc(L, LUA_GCCOUNT, 0) << 10, limit = 2 * a->charged;
  if (limit < heap) limit = heap;
  a->limit = limit > FREELY ? limit : FREELY;
}

/* Steps alone will not do: Lua 5.4 may put finalizers off for as long as each step ends
** the cycle that the last string began. */
void bind_charge(lua_State *L, size_t bytes) {
  struct account *a = account_of(L);
  if (a == NULL) a = new_account(L);
  a->charged += bytes;
  a->waiting += bytes;
  size_t kilobytes = a->waiting >> 10;
  if (kilobytes < AT_ONCE || lua_gc(L, LUA_GCISRUNNING, 0) != 1) return;
  a->waiting = 0;
  if (a->charged > a->limit) collect(L, a);
  else lua_gc(L, LUA_GCSTEP, (int)(kilobytes < 0x3FFFFF ? kilobytes : 0x3FFFFF));
}

void bind_discharge(lua_State *L, size_t bytes) {
  struct account *a = account_of(L);
  if (a != NULL) a->charged -= bytes < a->charged ? bytes : a->charged;
}

void bind_class(lua_State *L, const char *name, const luaL_Reg *meta, const luaL_Reg *methods) {
  luaL_newmetatable(L, name);
  luaL_setfuncs(L, meta, 0);
  if (methods != NULL) {
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
  }
  lua_pop(L, 1);
}

void bind_set_methods(lua_State *L, const char *name, const char *field) {
  luaL_getmetatable(L, name);
  lua_getfield(L, -1, "__index");
  lua_setfield(L, -3, field);
  lua_pop(L, 1);
}

void bind_open(lua_State *L) {
  static const luaL_Reg error[] = {{"__tostring", error_tostring}, {NULL, NULL}};
  static const luaL_Reg bytes[] = {{"__gc", bytes_gc}, {NULL, NULL}};
  bind_class(L, "textmill.error", error, NULL);
  bind_class(L, "textmill.bytes", bytes, NULL);
}
