/*
** l_words_kept.h - strings of words that are made again and again: a table of those asked for
** last, so that they are neither hashed by Lua nor made and collected once a document.
**
**   bytes and length -> place -> is it the word that stands there? -> its string
*/
#ifndef MILL_L_WORDS_KEPT_H
#define MILL_L_WORDS_KEPT_H

#include <stdint.h>
#include <string.h>

#include "bind.h"

#define WORDS_KEPT 16384u    /* a power of two */
#define WORDS_KEPT_BYTES 15u /* longer words are not kept */

typedef struct kept_word { uint64_t low, high; } kept_word; /* bytes, and how many; 0: none */
typedef struct kept_place { kept_word key; size_t at; } kept_place; /* at: its entry */

/* Pushes the table of strings, made at the first need; its keys, which live like it. */
kept_word *words_kept(lua_State *L);

static inline uint64_t words_kept_bytes(const char *s, size_t n) {
  uint64_t x = 0;
  memcpy(&x, s, n);
  return x;
}

/* All its bytes, some of them twice, and how many they are. */
static inline kept_word words_kept_key(const char *s, size_t n) {
  uint64_t length = (uint64_t)n << 56;
  if (n >= 8) return (kept_word){words_kept_bytes(s, 8), words_kept_bytes(s + n - 7, 7) | length};
  if (n >= 4) return (kept_word){words_kept_bytes(s, 4) | words_kept_bytes(s + n - 4, 4) << 32, length};
  const unsigned char *b = (const unsigned char *)s;
  return (kept_word){(uint64_t)b[0] | (uint64_t)b[n / 2] << 8 | (uint64_t)b[n - 1] << 16, length};
}

static inline size_t words_kept_place(kept_word key) {
  uint64_t h = (key.low * UINT64_C(0x9E3779B97F4A7C15)) ^ (key.high * UINT64_C(0xC2B2AE3D27D4EB4F));
  return (size_t)((h ^ h >> 29) * UINT64_C(0x165667B19E3779F9) >> 40) & (WORDS_KEPT - 1);
}

/* Where the string of a word is kept that is pushed soon: it is fetched meanwhile. */
static inline kept_place words_kept_ask(const kept_word *keys, const char *s, size_t n) {
  if (n == 0 || n > WORDS_KEPT_BYTES) return (kept_place){{0, 0}, 0};
  kept_word key = words_kept_key(s, n);
  size_t at = words_kept_place(key);
  __builtin_prefetch(&keys[at]);
  return (kept_place){key, at};
}

/* Pushes the string of a word that is not kept, and keeps it where it may be. */
void words_kept_make(lua_State *L, kept_word *keys, int table, const char *s, size_t n, kept_place place);

/* Pushes the string of a word with this place; table: where words_kept pushed its own. */
static inline void words_kept_push(lua_State *L, kept_word *keys, int table, const char *s, size_t n,
                                   kept_place place) {
  const kept_word *k = &keys[place.at];
  if (n > 0 && n <= WORDS_KEPT_BYTES && k->low == place.key.low && k->high == place.key.high)
    lua_rawgeti(L, table, (lua_Integer)place.at + 1);
  else words_kept_make(L, keys, table, s, n, place);
}

#endif
