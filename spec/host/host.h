/*
** host.h - a program that hosts Lua states with the module built in: states
** with an allocator of the host's, and the pieces of spec/host/scenarios.lua.
*/
#ifndef HOST_H
#define HOST_H

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>

#include "check.h"

int luaopen_textmill_core(lua_State *L);

/* A state with the module and the list of scenarios on its stack, at 1. */
static lua_State *host_new(lua_Alloc allocate, void *ud) {
  lua_State *L = lua_newstate(allocate, ud);
  if (L == NULL) return NULL;
  luaL_openlibs(L);
  luaL_requiref(L, "textmill.core", luaopen_textmill_core, 0);
  lua_settop(L, 0);
  if (luaL_dofile(L, "spec/host/scenarios.lua") != LUA_OK) {
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    lua_close(L);
    return NULL;
  }
  return L;
}

static inline int host_count(lua_State *L) { return (int)lua_rawlen(L, 1); }

/* Runs the k-th scenario; its answer, or the error, is on the stack top. */
static int host_run(lua_State *L, int k, const char **name) {
  lua_settop(L, 1);
  lua_rawgeti(L, 1, k);
  lua_rawgeti(L, -1, 1);
  *name = lua_tostring(L, -1); /* the table keeps it */
  lua_rawgeti(L, -2, 2);
  return lua_pcall(L, 0, 1, 0);
}

#endif
