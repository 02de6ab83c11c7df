/* l_words_kept.c - strings of words that are asked for again (see l_words_kept.h). */
#include "l_words_kept.h"

#include <string.h>

#define KEPT "textmill.words.kept" /* registry: table of strings; its keys are entry 0 */

kept_word *words_kept(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, KEPT) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_createtable(L, WORDS_KEPT, 1);
    kept_word *keys = lua_newuserdatauv(L, WORDS_KEPT * sizeof *keys, 0);
    memset(keys, 0, WORDS_KEPT * sizeof *keys);
    lua_rawseti(L, -2, 0);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, KEPT);
  }
  lua_rawgeti(L, -1, 0);
  kept_word *keys = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return keys;
}

void words_kept_make(lua_State *L, kept_word *keys, int table, const char *s, size_t n, kept_place place) {
  lua_pushlstring(L, s, n); /* may collect: the rest does not, and stays together */
  if (n == 0 || n > WORDS_KEPT_BYTES) return;
  lua_pushvalue(L, -1);
  lua_rawseti(L, table, (lua_Integer)place.at + 1);
  keys[place.at] = place.key;
}
