/*
** l_docview_find.c - v:find: a string in shown text that nobody waited for, mostly a name that does
** not stand there. Which pairs of characters do is known from one look at the text:
**
**   the first six bytes of the string -> hash -> bit: does a character begin with these somewhere?
*/
#include <string.h>

#include "l_docview.h"

#define PAIR 6u /* bytes of two Chinese characters */

/* The bit of the six bytes at s. */
static uint32_t bit_of(const docview *v, const char *s) {
  uint64_t key = 0;
  memcpy(&key, s, PAIR);
  return (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - v->pair_bits));
}

/* Notes all pairs, at the first need; of Chinese text a bit in twelve is set at most. */
static void need_pairs(lua_State *L, docview *v) {
  if (v->pairs != NULL) return;
  uint32_t log = 10;
  while (log < 24 && (size_t)1 << log < 4 * v->shown_len) log++;
  size_t bytes = ((size_t)1 << log) / 8;
  uint64_t *pairs = lua_newuserdatauv(L, bytes, 0);
  memset(pairs, 0, bytes);
  v->pair_bits = log;
  for (size_t k = 0; k + PAIR <= v->shown_len; k++) {
    if (((unsigned char)v->shown[k] & 0xC0) == 0x80) continue; /* no character begins here */
    uint32_t bit = bit_of(v, v->shown + k);
    pairs[bit / 64] |= UINT64_C(1) << (bit % 64);
  }
  lua_setiuservalue(L, 1, UV_PAIRS);
  v->pairs = pairs;
}

/* May the string stand in the text, if it begins with a character? */
static int may_stand(lua_State *L, docview *v, const char *s, size_t n) {
  if (n < PAIR || ((unsigned char)*s & 0xC0) == 0x80) return 1;
  need_pairs(L, v);
  uint32_t bit = bit_of(v, s);
  return (int)(v->pairs[bit / 64] >> (bit % 64) & 1);
}

/* v:find(s, p) --> where the string, which is not empty, stands in shown text at or behind byte p | nil */
int docview_find(lua_State *L) {
  docview *v = docview_check(L);
  size_t n;
  const char *s = luaL_checklstring(L, 2, &n);
  lua_Integer p = luaL_checkinteger(L, 3);
  size_t from = p < 1 ? 0 : (size_t)p - 1;
  luaL_argcheck(L, n > 0, 2, "the string is empty");
  const char *at = NULL;
  if (from <= v->shown_len && n <= v->shown_len - from && may_stand(L, v, s, n))
    at = memmem(v->shown + from, v->shown_len - from, s, n);
  if (at == NULL) lua_pushnil(L);
  else lua_pushinteger(L, at - v->shown + 1);
  return 1;
}
