/*
** l_phrases.c - noun phrases beside counts for rules (lua/textmill/rules/zh/phrase.lua): classes of
** words, made once, and the phrases of a document. Tokens are numbered from 1.
**
** User values of phrases: 1 the tokens, 2 shown text, 3 the words; the signs lie behind them.
*/
#include <string.h>

#include "../core/phrases.h"
#include "bind.h"

#define MILL_T_PHRASE_WORDS "textmill.phrase_words"
#define MILL_T_PHRASES "textmill.phrases"
enum { UV_TOKENS = 1, UV_SHOWN, UV_WORDS };

static int words_gc(lua_State *L) {
  phrase_words **w = luaL_checkudata(L, 1, MILL_T_PHRASE_WORDS);
  phrase_words_free(*w);
  *w = NULL;
  return 0;
}

/* Adds the keys of the set on the top to a class. */
static void add_words(lua_State *L, phrase_words *w, int class) {
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    size_t n;
    luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING, 1, "sets of strings expected");
    const char *s = lua_tolstring(L, -2, &n);
    luaL_argcheck(L, n > 0 && n < 1u << 16, 1, "a word is empty or too long");
    if (phrase_words_add(w, (enum phrase_class)class, s, n) < 0) luaL_error(L, "out of memory");
  }
}

/* core.phrase_words({ class = set of words, ... }) --> words; the classes: phrases.h */
static int new_words(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  phrase_words **w = lua_newuserdatauv(L, sizeof *w, 0);
  *w = NULL;
  luaL_setmetatable(L, MILL_T_PHRASE_WORDS);
  *w = phrase_words_new();
  if (*w == NULL) return luaL_error(L, "out of memory");
  for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
    int class = lua_type(L, -2) == LUA_TSTRING ? phrase_class_by_name(lua_tostring(L, -2)) : -1;
    luaL_argcheck(L, class >= 0 && lua_istable(L, -1), 1, "sets of words by class expected");
    add_words(L, *w, class);
  }
  return 1;
}

/* core.phrases(shown, tokens, words) --> phrases */
static int new_phrases(lua_State *L) {
  bind_columns tokens;
  size_t n;
  lua_settop(L, 3);
  const char *shown = luaL_checklstring(L, 1, &n);
  luaL_argcheck(L, bind_test_tokens(L, 2, &tokens), 2, "tokens expected");
  luaL_argcheck(L, tokens.n == 0 || tokens.to[tokens.n - 1] <= n, 2, "tokens of another text");
  phrase_words **w = luaL_checkudata(L, 3, MILL_T_PHRASE_WORDS);
  phrase_text *t = lua_newuserdatauv(L, sizeof *t + tokens.n * sizeof *t->signs, UV_WORDS);
  *t = (phrase_text){*w, shown, tokens.from, tokens.to, tokens.tag, tokens.n, (uint64_t *)(void *)(t + 1)};
  memset(t->signs, 0, tokens.n * sizeof *t->signs);
  luaL_setmetatable(L, MILL_T_PHRASES);
  static const int holds[] = {2, 1, 3}; /* arguments that are user values 1 to 3 */
  for (int k = 0; k < 3; k++) {
    lua_pushvalue(L, holds[k]);
    lua_setiuservalue(L, 4, k + 1);
  }
  return 1;
}

static const phrase_text *check_phrases(lua_State *L) { return luaL_checkudata(L, 1, MILL_T_PHRASES); }

/* The token at argument 2, from 0; one far outside is as good as any that does not exist. */
static ptrdiff_t check_token(lua_State *L, const phrase_text *t) {
  lua_Integer k = luaL_checkinteger(L, 2), n = (lua_Integer)t->n;
  return (ptrdiff_t)(k < 0 ? -1 : k > n + 1 ? n : k - 1);
}

static int push_found(lua_State *L, phrase_found f) {
  if (f.kind == PHRASE_NONE) return 0;
  lua_pushinteger(L, f.a + 1);
  lua_pushinteger(L, f.b + 1);
  if (f.kind == PHRASE_NOUN) return 2;
  if (f.kind == PHRASE_TITLE) lua_pushboolean(L, 1);
  else lua_pushstring(L, f.kind == PHRASE_VERB ? "verb" : "quoted");
  return 3;
}

/* p:right(k) --> first and last token of the noun phrase that begins at token k, true for a title
** in 《》 | nothing */
static int right(lua_State *L) {
  const phrase_text *t = check_phrases(L);
  return push_found(L, phrase_right(t, check_token(L, t)));
}

/* p:left(k) --> first and last token of the one that ends at token k, "verb" where it is one,
** "quoted" where it stands in quotation marks | nothing */
static int left(lua_State *L) {
  const phrase_text *t = check_phrases(L);
  return push_found(L, phrase_left(t, check_token(L, t)));
}

/* p:skip(k) --> the last token at or before k that is no filler, 0 where there is none */
static int skip(lua_State *L) {
  const phrase_text *t = check_phrases(L);
  lua_pushinteger(L, phrase_skip(t, check_token(L, t)) + 1);
  return 1;
}

void mill_open_phrases(lua_State *L) {
  static const luaL_Reg words_meta[] = {{"__gc", words_gc}, {"__close", words_gc}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{NULL, NULL}};
  static const luaL_Reg methods[] = {{"right", right}, {"left", left}, {"skip", skip}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"phrase_words", new_words}, {"phrases", new_phrases}, {NULL, NULL}};
  bind_class(L, MILL_T_PHRASE_WORDS, words_meta, NULL);
  bind_class(L, MILL_T_PHRASES, meta, methods);
  luaL_setfuncs(L, functions, 0);
}
