/* l_corpus_facts.c - methods of textmill.corpus that store and read facts. */
#include <string.h>

#include "l_corpus.h"

int corpus_find(lua_State *L, mill_corpus *c, int arg, int64_t *doc, mill_error *err) {
  if (lua_isinteger(L, arg)) return *doc = lua_tointeger(L, arg), 0;
  return mill_corpus_find(c, luaL_checkstring(L, arg), doc, err);
}

/* corpus:store_facts(id, pack, version, facts, [links], [inputs, ref | nil, fired]) --> stored
** | nil, message, position, code
** facts: tables, or rows made of them (core.fact_rows), which come without links, and with what is noted of
** how they were made */
int corpus_store_facts(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *pack = luaL_checkstring(L, 3), *version = luaL_optstring(L, 4, NULL);
  corpus_facts_given g = {0};
  size_t stored = 0;
  int64_t doc;
  mill_error err;
  lua_settop(L, 9);
  mill_fact_rows **rows = luaL_testudata(L, 5, CORPUS_T_FACT_ROWS);
  luaL_argcheck(L, rows == NULL || *rows != NULL, 5, "the rows are closed");
  int noted = !lua_isnil(L, 7);
  luaL_argcheck(L, rows != NULL || !noted, 7, "only rows are noted");
  mill_extraction note = {pack, NULL, NULL, NULL};
  if (noted) note = (mill_extraction){pack, luaL_checkstring(L, 7), luaL_optstring(L, 8, NULL), luaL_checkstring(L, 9)};
  if (rows == NULL) g = corpus_get_facts(L, 5, 6);
  int code = corpus_find(L, c, 2, &doc, &err);
  if (code == 0 && rows != NULL)
    code = mill_corpus_store_fact_rows(c, doc, pack, version, *rows, noted ? &note : NULL, &stored, &err);
  else if (code == 0)
    code = mill_corpus_store_facts(c, doc, pack, version, g.facts, g.n, g.links, g.n_links, &stored, &err);
  if (code < 0) return corpus_fail(L, &err);
  lua_pushinteger(L, (lua_Integer)stored);
  return 1;
}

/* corpus:note_extraction(id, pack, inputs, ref | nil, fired) -- what its facts were made with,
** unless the document is gone */
int corpus_note_extraction(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_extraction e = {luaL_checkstring(L, 3), luaL_checkstring(L, 4), luaL_optstring(L, 5, NULL),
                       luaL_checkstring(L, 6)};
  int64_t doc;
  mill_error err;
  int code = corpus_find(L, c, 2, &doc, &err);
  if (code == 0) code = mill_corpus_note_extraction(c, doc, &e, &err);
  return code < 0 ? bind_raise(L, &err) : 0;
}

/* corpus:forget_runs() -- what no document's facts were made with any more is forgotten */
int corpus_forget_runs(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  return mill_corpus_forget_runs(c, &err) < 0 ? bind_raise(L, &err) : 0;
}

/* corpus:extraction(id, pack) --> {number=, published=, sha256=, inputs=, ref=, fired=}, the last three
** nil: not noted
** | nil: there is no such document */
int corpus_extraction(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *id = luaL_checkstring(L, 2), *pack = luaL_checkstring(L, 3);
  int64_t doc;
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  int code = mill_corpus_find(c, id, &doc, &err);
  if (code == 0) code = mill_corpus_extraction(c, doc, pack, rows, &err);
  if (code == MILL_ENOTFOUND) return 0;
  if (code < 0) return bind_raise(L, &err);
  bind_push_rows(L, rows);
  lua_rawgeti(L, -1, 1);
  return 1;
}

/* ---- reading */

/* corpus:facts([{column = value}]) --> rows of facts_flat */
int corpus_facts(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_filter where[16];
  mill_error err;
  size_t n = 0;
  lua_settop(L, 2);
  luaL_checkstack(L, 24, NULL);
  if (!lua_isnil(L, 2)) {
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_pushnil(L);
    while (lua_next(L, 2) != 0) { /* a copy of the value stays below the key, kept as a string */
      luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING && n < 16, 2, "conditions are {column = value}");
      where[n].column = lua_tostring(L, -2);
      where[n++].value = luaL_checkstring(L, -1);
      lua_insert(L, -2);
    }
  }
  mill_rows **rows = bind_new_rows(L);
  int code = mill_corpus_facts(c, where, n, rows, &err);
  if (code == MILL_EINVAL) return luaL_argerror(L, 2, err.message);
  if (code < 0) return bind_raise(L, &err);
  bind_push_rows(L, rows);
  return 1;
}

/* corpus:mentions(fact id) --> rows of mentions */
int corpus_mentions(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *fact = luaL_checkstring(L, 2);
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_mentions(c, fact, rows, &err) < 0) return bind_raise(L, &err);
  bind_push_rows(L, rows);
  return 1;
}

/* corpus:verdict(fact id, verdict | nil) */
int corpus_verdict(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *fact = luaL_checkstring(L, 2), *verdict = luaL_optstring(L, 3, NULL);
  mill_error err;
  if (mill_corpus_verdict(c, fact, verdict, &err) < 0) return bind_raise(L, &err);
  return 0;
}
