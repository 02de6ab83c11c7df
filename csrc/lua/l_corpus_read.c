/* l_corpus_read.c - methods of textmill.corpus that read. */
#include <stdlib.h>
#include <string.h>

#include "l_corpus.h"
#include "l_view.h"

/* Rows of a C call (code < 0: raise), as a list. */
static int give_rows(lua_State *L, int code, mill_rows **rows, const mill_error *err) {
  if (code < 0) return bind_raise(L, err);
  bind_push_rows(L, rows);
  return 1;
}

/* corpus:docs([id]) --> list of rows */
int corpus_docs(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *id = luaL_optstring(L, 2, NULL);
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  return give_rows(L, mill_corpus_docs(c, id, rows, &err), rows, &err);
}

/* corpus:ids() --> list of the documents' ids, in the order they came */
int corpus_ids(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_ids(c, rows, &err) < 0) return bind_raise(L, &err);
  size_t n = mill_rows_count(*rows);
  lua_createtable(L, n < INT32_MAX ? (int)n : 0, 0);
  for (size_t k = 0; k < n; k++) {
    mill_cell id = mill_rows_cell(*rows, k, 0);
    lua_pushlstring(L, id.bytes, id.len);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}

int stored_text_read(mill_corpus *c, int64_t doc, stored_text *out, mill_error *err) {
  *out = (stored_text){0};
  int code = mill_corpus_text(c, doc, &out->text, &out->tokens, err);
  if (code == 0) code = mill_corpus_words(c, &out->user, err);
  if (code < 0) stored_text_free(out);
  return code;
}

void stored_text_free(stored_text *t) {
  mill_text_free(t->text);
  mill_tokens_free(&t->tokens);
  mill_userwords_free(t->user);
  *t = (stored_text){0};
}

static int text_gc(lua_State *L) {
  stored_text_free(luaL_checkudata(L, 1, CORPUS_T_TEXT));
  return 0;
}

stored_text *stored_text_new(lua_State *L) {
  stored_text *t = lua_newuserdatauv(L, sizeof *t, 0);
  *t = (stored_text){0};
  luaL_setmetatable(L, CORPUS_T_TEXT);
  return t;
}

int stored_text_push(lua_State *L, stored_text *t, mill_error *err) {
  mill_text **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_TEXT);
  *box = t->text;
  t->text = NULL;
  bind_charge_text(L, *box);
  int code = bind_view_tokens(L, -1, &t->tokens, t->user, err);
  if (code < 0) lua_pop(L, 1);
  return code;
}

/* Pushes the stored document as a textmill.text with its view, so that
** patterns find its tokens. 0 or MILL_E*, nothing pushed then. */
static int push_text(lua_State *L, mill_corpus *c, int64_t doc, mill_error *err) {
  stored_text *t = stored_text_new(L);
  int code = stored_text_read(c, doc, t, err);
  if (code == 0) code = stored_text_push(L, t, err);
  stored_text_free(t);
  lua_remove(L, code < 0 ? -1 : -2);
  return code;
}

void corpus_open_texts(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", text_gc}, {NULL, NULL}};
  bind_class(L, CORPUS_T_TEXT, meta, NULL);
}

/* Pushes {key = first value} of what the document says about itself. */
static void push_meta(lua_State *L, const mill_text *t) {
  lua_createtable(L, 0, (int)t->n_meta);
  for (size_t k = 0; k < t->n_meta; k++) {
    if (lua_getfield(L, -1, t->meta[k].key) == LUA_TNIL) {
      lua_pushstring(L, t->meta[k].value);
      lua_setfield(L, -3, t->meta[k].key);
    }
    lua_pop(L, 1);
  }
}

/* corpus:doc(id) --> {id=, raw=, text=, meta=, sources=} | nil, message, position, code */
int corpus_doc(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *id = luaL_checkstring(L, 2);
  mill_error err;
  int64_t doc;
  lua_settop(L, 2);
  if (mill_corpus_find(c, id, &doc, &err) < 0) return corpus_fail(L, &err);
  lua_createtable(L, 0, 6);
  if (push_text(L, c, doc, &err) < 0) return corpus_fail(L, &err);
  mill_text *t = bind_test_text(L, -1);
  lua_pushlstring(L, t->raw, t->raw_len);
  lua_setfield(L, 3, "raw");
  push_meta(L, t);
  lua_setfield(L, 3, "meta");
  lua_setfield(L, 3, "text");
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_docs(c, id, rows, &err) < 0) return bind_raise(L, &err);
  lua_pushstring(L, mill_rows_cell(*rows, 0, 0).bytes); /* its own name, whatever was asked */
  lua_setfield(L, 3, "id");
  bind_push_row(L, rows);
  lua_setfield(L, 3, "row");
  lua_getfield(L, 3, "id");
  if (mill_corpus_sources(c, lua_tostring(L, -1), rows, &err) < 0) return bind_raise(L, &err);
  bind_push_rows(L, rows);
  lua_setfield(L, 3, "sources");
  lua_settop(L, 3);
  return 1;
}

/* corpus:text(id) --> the document's text alone | nil, message, position, code */
int corpus_text(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  int64_t doc;
  if (corpus_find(L, c, 2, &doc, &err) < 0 || push_text(L, c, doc, &err) < 0) return corpus_fail(L, &err);
  return 1;
}

/* corpus:cite("DOC#FROM,TO") --> row | nil, message, position, code */
int corpus_cite(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *citation = luaL_checkstring(L, 2);
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_cite(c, citation, rows, &err) < 0) return corpus_fail(L, &err);
  bind_push_row(L, rows);
  return 1;
}

/* corpus:stats() --> row of totals */
int corpus_stats(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_stats(c, rows, &err) < 0) return bind_raise(L, &err);
  bind_push_row(L, rows);
  return 1;
}

/* ---- SQL */

static mill_cell to_cell(lua_State *L, int at) {
  mill_cell c = {0};
  switch (lua_type(L, at)) {
    case LUA_TNONE: case LUA_TNIL: break;
    case LUA_TBOOLEAN: c.type = MILL_CELL_INTEGER, c.integer = lua_toboolean(L, at); break;
    case LUA_TNUMBER:
      if (lua_isinteger(L, at)) c.type = MILL_CELL_INTEGER, c.integer = lua_tointeger(L, at);
      else c.type = MILL_CELL_REAL, c.real = lua_tonumber(L, at);
      break;
    case LUA_TSTRING: c.type = MILL_CELL_TEXT, c.bytes = lua_tolstring(L, at, &c.len); break;
    default: luaL_argerror(L, at, "SQL takes strings, numbers, booleans and nil");
  }
  return c;
}

/* corpus:sql(statement, values..., [{write=true}]) --> rows, column names */
int corpus_sql(lua_State *L) {
  static const char *const known[] = {"write", NULL};
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *sql = luaL_checkstring(L, 2);
  mill_cell values[64];
  mill_error err;
  int write = 0, n = lua_gettop(L) - 2;
  if (n > 0 && lua_istable(L, n + 2)) {
    bind_check_options(L, n + 2, known);
    lua_getfield(L, n + 2, "write");
    write = lua_toboolean(L, -1);
    lua_pop(L, 1);
    n--;
  }
  luaL_argcheck(L, n <= 64, 3, "at most 64 values");
  for (int k = 0; k < n; k++) values[k] = to_cell(L, k + 3);
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_sql(c, sql, values, (size_t)n, write, rows, &err) < 0) return bind_raise(L, &err);
  bind_push_columns(L, *rows);
  bind_push_rows(L, rows);
  lua_insert(L, -2);
  return 2;
}

/* corpus:verify() --> list of {doc=, problem=}; empty when all is well */
int corpus_verify(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  return give_rows(L, mill_corpus_verify(c, rows, &err), rows, &err);
}

/* corpus:duplicates(threshold) --> list of {group=, doc=, article=, title=,
** similarity=, cite=} */
int corpus_duplicates(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  double threshold = luaL_checknumber(L, 2);
  luaL_argcheck(L, threshold > 0 && threshold <= 1, 2, "above 0 and at most 1 expected");
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  return give_rows(L, mill_corpus_duplicates(c, threshold, rows, &err), rows, &err);
}

/* corpus:reindex() --> number of documents, all cut anew */
int corpus_reindex(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  uint32_t n;
  if (mill_corpus_reindex(c, &n, &err) < 0) return bind_raise(L, &err);
  lua_pushinteger(L, n);
  return 1;
}

/* corpus:compact(): the index in one segment */
int corpus_compact(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  return mill_corpus_compact(c, &err) < 0 ? bind_raise(L, &err) : 0;
}
