/*
** l_phrases.c - noun phrases beside counts for rules (lua/textmill/rules/zh/phrase.lua): classes of
** words, made once, and the phrases of a document. Tokens are numbered from 1.
**
** The phrases of a document are functions that share one upvalue, which nobody else sees: a phrase_text
** with its signs behind it. Its user values: 1 the tokens, 2 shown text, 3 the words. These are freed before
** the rest when a state closes, while finalizers may still call.
*/
#include <string.h>

#include "../core/phrases.h"
#include "bind.h"

#define MILL_T_PHRASE_WORDS "textmill.phrase_words"
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

typedef struct document_phrases {
  phrase_text text;     /* with the signs of its tokens behind this struct */
  phrase_words **words; /* of user value 3: what text.words is, NULL once they are freed */
} document_phrases;

static const phrase_text *phrases_of(lua_State *L) {
  const document_phrases *p = lua_touserdata(L, lua_upvalueindex(1));
  if (*p->words == NULL) luaL_error(L, "the words of these phrases are closed");
  return &p->text;
}

/* The token at the argument, from 0; one far outside is as good as any that does not exist. */
static ptrdiff_t check_token(lua_State *L, const phrase_text *t, int arg) {
  lua_Integer k = luaL_checkinteger(L, arg), n = (lua_Integer)t->n;
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

/* p.right(k) --> first and last token of the noun phrase that begins at token k, true for a title
** in 《》 | nothing */
static int right(lua_State *L) {
  const phrase_text *t = phrases_of(L);
  return push_found(L, phrase_right(t, check_token(L, t, 1)));
}

/* p.left(k) --> first and last token of the one that ends at token k, "verb" where it is one,
** "quoted" where it stands in quotation marks | nothing */
static int left(lua_State *L) {
  const phrase_text *t = phrases_of(L);
  return push_found(L, phrase_left(t, check_token(L, t, 1)));
}

/* p.skip(k) --> the last token at or before k that is no filler, 0 where there is none */
static int skip(lua_State *L) {
  const phrase_text *t = phrases_of(L);
  lua_pushinteger(L, phrase_skip(t, check_token(L, t, 1)) + 1);
  return 1;
}

/* p.clause(k, [brackets]) --> the first token of the clause that token k is in, as far back as it is
** looked for; brackets: they end one, too */
static int clause(lua_State *L) {
  const phrase_text *t = phrases_of(L);
  lua_pushinteger(L, phrase_clause(t, check_token(L, t, 1), lua_toboolean(L, 2)) + 1);
  return 1;
}

static int push_token(lua_State *L, ptrdiff_t k) {
  if (k < 0) lua_pushnil(L);
  else lua_pushinteger(L, k + 1);
  return 1;
}

/* p.origin(k, from) --> the last token before k that is 由 or 从, no digit between | nil */
static int origin(lua_State *L) {
  const phrase_text *t = phrases_of(L);
  return push_token(L, phrase_origin(t, check_token(L, t, 1), check_token(L, t, 2)));
}

/* p.scope(k, from) --> the last one of the class count_scopes | nil */
static int scope(lua_State *L) {
  const phrase_text *t = phrases_of(L);
  return push_token(L, phrase_scope(t, check_token(L, t, 1), check_token(L, t, 2)));
}

/* p.before(k) --> the first token of the clause that the count at token k is in, the last one before k that
** is no filler, what the clause holds before k: bits, enum phrase_holds */
static int before(lua_State *L) {
  const phrase_text *t = phrases_of(L);
  ptrdiff_t k = check_token(L, t, 1), from = phrase_clause(t, k, 0);
  lua_pushinteger(L, from + 1);
  lua_pushinteger(L, phrase_skip(t, k - 1) + 1);
  lua_pushinteger(L, (lua_Integer)phrase_holds(t, from, k));
  return 3;
}

static const luaL_Reg of_document[] = {{"right", right}, {"left", left}, {"skip", skip}, {"clause", clause},
                                        {"origin", origin}, {"scope", scope}, {"before", before}, {NULL, NULL}};

/* core.phrases(shown, tokens, words) --> { right =, left =, ... } */
static int new_phrases(lua_State *L) {
  bind_columns tokens;
  size_t n;
  lua_settop(L, 3);
  const char *shown = luaL_checklstring(L, 1, &n);
  luaL_argcheck(L, bind_test_tokens(L, 2, &tokens), 2, "tokens expected");
  luaL_argcheck(L, tokens.n == 0 || tokens.to[tokens.n - 1] <= n, 2, "tokens of another text");
  phrase_words **w = luaL_checkudata(L, 3, MILL_T_PHRASE_WORDS);
  luaL_argcheck(L, *w != NULL, 3, "they are closed");
  document_phrases *p = lua_newuserdatauv(L, sizeof *p + tokens.n * sizeof *p->text.signs, UV_WORDS);
  uint64_t *signs = (uint64_t *)(void *)(p + 1);
  *p = (document_phrases){{*w, shown, tokens.from, tokens.to, tokens.tag, tokens.n, signs}, w};
  memset(signs, 0, tokens.n * sizeof *signs);
  static const int holds[] = {2, 1, 3}; /* arguments that are user values 1 to 3 */
  for (int k = 0; k < 3; k++) {
    lua_pushvalue(L, holds[k]);
    lua_setiuservalue(L, 4, k + 1);
  }
  luaL_newlibtable(L, of_document);
  lua_insert(L, 4);
  luaL_setfuncs(L, of_document, 1);
  return 1;
}

void mill_open_phrases(lua_State *L) {
  static const luaL_Reg words_meta[] = {{"__gc", words_gc}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"phrase_words", new_words}, {"phrases", new_phrases}, {NULL, NULL}};
  bind_class(L, MILL_T_PHRASE_WORDS, words_meta, NULL);
  luaL_setfuncs(L, functions, 0);
}
