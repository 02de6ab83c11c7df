/*
** l_corpus_match.c - corpus:match, and class textmill.matches: how often a pattern matches
** each document. Lines are made of them in Lua (lua/textmill/matches.lua).
*/
#include "l_corpus.h"
#include "l_pattern.h"

#define MILL_T_MATCHES "textmill.matches"

static const mill_matches *check_matches(lua_State *L) {
  return *(mill_matches **)luaL_checkudata(L, 1, MILL_T_MATCHES);
}

static int matches_gc(lua_State *L) {
  mill_matches **box = luaL_checkudata(L, 1, MILL_T_MATCHES);
  mill_matches_free(*box);
  *box = NULL;
  return 0;
}

/* #matches --> how many there are */
static int matches_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)mill_matches_count(check_matches(L)));
  return 1;
}

/* m:documents() --> how many documents have one, how many were looked at, how many articles have one */
static int matches_documents(lua_State *L) {
  const mill_matches *m = check_matches(L);
  lua_pushinteger(L, mill_matches_documents(m));
  lua_pushinteger(L, mill_matches_looked_at(m));
  lua_pushinteger(L, (lua_Integer)mill_matches_articles(m));
  return 3;
}

/* m:at(k) --> number of its document, which of the matches in it, how many those are | nil */
static int matches_at(lua_State *L) {
  const mill_matches *m = check_matches(L);
  lua_Integer k = luaL_checkinteger(L, 2);
  uint64_t number, of;
  int64_t doc = k >= 1 ? mill_matches_at(m, (uint64_t)k - 1, &number, &of) : 0;
  if (doc == 0) return luaL_pushfail(L), 1;
  lua_pushinteger(L, doc);
  lua_pushinteger(L, (lua_Integer)number + 1);
  lua_pushinteger(L, (lua_Integer)of);
  return 3;
}

static lua_Integer get_limit(lua_State *L, const char *name, lua_Integer most) {
  lua_Integer n = 0;
  if (lua_istable(L, 3) && lua_getfield(L, 3, name) != LUA_TNIL) n = luaL_checkinteger(L, -1);
  luaL_argcheck(L, n >= 0, 3, "a limit below 0");
  return n < most ? n : most;
}

/* corpus:match(pattern, [{limit=, max_ms=}]) --> matches */
int corpus_match(lua_State *L) {
  static const char *const known[] = {"limit", "max_ms", NULL};
  mill_corpus *c = bind_check_corpus(L, 1);
  const mill_program *program = bind_program(L, bind_check_pattern(L, 2));
  mill_error err;
  struct corpus_interrupt stop;
  bind_check_options(L, 3, known);
  mill_match_options o = {.limit = (uint64_t)get_limit(L, "limit", INT64_MAX),
                          .max_ms = (uint32_t)get_limit(L, "max_ms", UINT32_MAX)};
  mill_matches **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_MATCHES);
  corpus_interrupt_begin(&stop);
  if (stop.on) o.stop = corpus_interrupted;
  int code = mill_corpus_match(c, program, &o, box, &err);
  corpus_interrupt_end(&stop, code);
  return code < 0 ? bind_raise(L, &err) : 1;
}

/* corpus:name(number) --> id of the document | nil */
int corpus_name(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  char id[256];
  mill_error err;
  int code = mill_corpus_name(c, luaL_checkinteger(L, 2), id, &err);
  if (code < 0) return bind_raise(L, &err);
  if (code > 0) lua_pushstring(L, id);
  else luaL_pushfail(L);
  return 1;
}

void corpus_open_match(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", matches_gc}, {"__len", matches_len}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"documents", matches_documents}, {"at", matches_at}, {NULL, NULL}};
  bind_class(L, MILL_T_MATCHES, meta, methods);
}
