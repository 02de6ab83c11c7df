/*
** l_corpus_words.c - class textmill.corpus: user words, groups, new words.
*/
#include "l_corpus.h"

/* corpus:userwords(lexicon) --> {added=, removed=, contain=, documents=}: what was
** added to and removed from this lexicon becomes the file's
** corpus:userwords() --> rows */
int corpus_userwords(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_words_report r;
  mill_error err;
  if (lua_isnoneornil(L, 2)) {
    mill_rows **rows = bind_new_rows(L);
    if (mill_corpus_list_userwords(c, rows, &err) < 0) return bind_raise(L, &err);
    bind_push_rows(L, rows);
    return 1;
  }
  if (mill_corpus_userwords(c, bind_lexicon_words(L, 2), &r, &err) < 0) return bind_raise(L, &err);
  lua_createtable(L, 0, 4);
  lua_pushinteger(L, (lua_Integer)r.added);
  lua_setfield(L, -2, "added");
  lua_pushinteger(L, (lua_Integer)r.removed);
  lua_setfield(L, -2, "removed");
  lua_pushinteger(L, (lua_Integer)r.contain);
  lua_setfield(L, -2, "contain");
  lua_pushinteger(L, (lua_Integer)r.documents);
  lua_setfield(L, -2, "documents");
  return 1;
}

/* corpus:group(name, "word word ..." | "word\nword...") ; corpus:group() --> rows */
int corpus_group(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  if (lua_isnoneornil(L, 2)) {
    mill_rows **rows = bind_new_rows(L);
    if (mill_corpus_groups(c, rows, &err) < 0) return bind_raise(L, &err);
    bind_push_rows(L, rows);
    return 1;
  }
  const char *name = luaL_checkstring(L, 2), *words = luaL_checkstring(L, 3);
  int code = mill_corpus_group(c, name, words, &err);
  if (code == MILL_EINVAL || code == MILL_EUTF8) return luaL_argerror(L, 2, err.message);
  if (code < 0) return bind_raise(L, &err);
  return 0;
}

/* A number of the options at 2, 0 when it is not there. */
static lua_Number option(lua_State *L, const char *name) {
  lua_Number x = 0;
  if (!lua_istable(L, 2)) return 0;
  if (lua_getfield(L, 2, name) != LUA_TNIL) {
    x = luaL_checknumber(L, -1);
    luaL_argcheck(L, x > 0 && x < 1e9, 2, lua_pushfstring(L, "%s is no number above 0", name));
  }
  lua_pop(L, 1);
  return x;
}

/* corpus:new_words([{min_count=, min_docs=, max_len=, n=, min_cohesion=, min_entropy=}])
** --> rows: word count docs cohesion left right example cite */
int corpus_new_words(lua_State *L) {
  static const char *const known[] = {"min_count", "min_docs", "max_len", "n", "min_cohesion",
                                      "min_entropy", NULL};
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  lua_settop(L, 2);
  bind_check_options(L, 2, known);
  mill_new_words_options o = {
      (uint32_t)option(L, "min_count"), (uint32_t)option(L, "min_docs"), (uint32_t)option(L, "max_len"),
      (uint32_t)option(L, "n"), option(L, "min_cohesion"), option(L, "min_entropy")};
  mill_rows **rows = bind_new_rows(L);
  int code = mill_corpus_new_words(c, &o, rows, &err);
  if (code == MILL_EINVAL) return luaL_argerror(L, 2, err.message);
  if (code < 0) return bind_raise(L, &err);
  bind_push_rows(L, rows);
  return 1;
}
