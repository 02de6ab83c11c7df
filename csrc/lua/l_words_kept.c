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

/* All its bytes, some of them twice, and how many they are. */
static kept_word key_of(const char *s, size_t n) {
  unsigned char bytes[sizeof(kept_word)] = {0};
  kept_word key;
  bytes[15] = (unsigned char)n;
  if (n >= 8) {
    memcpy(bytes, s, 8);
    memcpy(bytes + 8, s + n - 7, 7);
  } else if (n >= 4) {
    memcpy(bytes, s, 4);
    memcpy(bytes + 4, s + n - 4, 4);
  } else {
    bytes[0] = (unsigned char)s[0];
    bytes[1] = (unsigned char)s[n / 2];
    bytes[2] = (unsigned char)s[n - 1];
  }
  memcpy(&key, bytes, sizeof key);
  return key;
}

static size_t place_of(kept_word key) {
  uint64_t h = (key.low * UINT64_C(0x9E3779B97F4A7C15)) ^ (key.high * UINT64_C(0xC2B2AE3D27D4EB4F));
  return (size_t)((h ^ h >> 29) * UINT64_C(0x165667B19E3779F9) >> 40) & (WORDS_KEPT - 1);
}

kept_word words_kept_ask(const kept_word *keys, const char *s, size_t n) {
  if (n == 0 || n > WORDS_KEPT_BYTES) return (kept_word){0, 0};
  kept_word key = key_of(s, n);
  __builtin_prefetch(&keys[place_of(key)]);
  return key;
}

void words_kept_push(lua_State *L, kept_word *keys, int table, const char *s, size_t n, kept_word key) {
  if (n == 0 || n > WORDS_KEPT_BYTES) {
    lua_pushlstring(L, s, n);
    return;
  }
  size_t k = place_of(key);
  if (keys[k].low == key.low && keys[k].high == key.high) {
    lua_rawgeti(L, table, (lua_Integer)k + 1);
    return;
  }
  lua_pushlstring(L, s, n); /* may collect: the rest does not, and stays together */
  lua_pushvalue(L, -1);
  lua_rawseti(L, table, (lua_Integer)k + 1);
  keys[k] = key;
}
