/* l_workers.c - class textmill.workers: threads that prepare documents. */
#include "../store/workers.h"

#include "l_corpus.h"

#define WORKERS "textmill.workers"

static mill_workers *check_workers(lua_State *L) {
  mill_workers **box = luaL_checkudata(L, 1, WORKERS);
  luaL_argcheck(L, *box != NULL, 1, "the workers are closed");
  lua_getiuservalue(L, 1, 1);
  bind_check_corpus(L, -1); /* raises when it was closed */
  lua_pop(L, 1);
  return *box;
}

enum { ID = 2, PATH };

/* The document whose id and path stand there could not be stored. */
static int push_failure(lua_State *L, const mill_error *err, int64_t line) {
  if (corpus_is_fatal(err->code)) return bind_raise(L, err);
  lua_pushnil(L);
  lua_createtable(L, 0, 5);
  lua_pushstring(L, err->message);
  lua_setfield(L, -2, "message");
  lua_pushstring(L, mill_code_name(err->code));
  lua_setfield(L, -2, "code");
  lua_pushvalue(L, ID);
  lua_setfield(L, -2, "id");
  lua_pushvalue(L, PATH);
  lua_setfield(L, -2, "path");
  if (line > 0) {
    lua_pushinteger(L, line);
    lua_setfield(L, -2, "line");
  }
  return 2;
}

static int workers_close(lua_State *L) {
  mill_workers **box = luaL_checkudata(L, 1, WORKERS);
  mill_workers_close(*box);
  *box = NULL;
  return 0;
}

/* corpus:workers(threads) --> workers, which keep the corpus */
int corpus_workers(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  lua_Integer n = luaL_checkinteger(L, 2);
  mill_error err = {0};
  luaL_argcheck(L, n >= 1 && n <= 64, 2, "1 to 64 threads");
  mill_workers **box = lua_newuserdatauv(L, sizeof *box, 1);
  *box = NULL;
  luaL_setmetatable(L, WORKERS);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  if (mill_workers_open(c, (unsigned)n, box, &err) < 0) return bind_raise(L, &err);
  return 1;
}

/* workers:put{...}, workers:put(record, ...) as corpus:add --> true | nil, message, position, code */
static int workers_put(lua_State *L) {
  mill_workers *w = check_workers(L);
  corpus_document d;
  mill_error err = {0};
  int failed = corpus_get_document(L, &d);
  if (failed) return failed;
  if (mill_workers_put(w, d.raw, d.n, &d.options, &d.source, d.line, &err) < 0) return bind_raise(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

/* workers:next() --> of the document put first, as corpus:add, bytes | nil, {message=, code=, id=, path=, line=} */
static int workers_next(lua_State *L) {
  mill_workers *w = check_workers(L);
  mill_under_way d = mill_workers_oldest(w);
  mill_receipt receipt;
  mill_error err = {0};
  lua_settop(L, 1);
  lua_pushstring(L, d.id); /* both are gone behind mill_workers_next */
  lua_pushstring(L, d.path);
  if (mill_workers_next(w, &receipt, &err) < 0) return push_failure(L, &err, d.note);
  corpus_push_receipt(L, &receipt);
  if (d.path != NULL) {
    lua_pushvalue(L, PATH);
    lua_setfield(L, -2, "path");
  }
  lua_pushinteger(L, (lua_Integer)d.bytes);
  return 2;
}

/* workers:full() --> must next() come before put()? */
static int workers_full(lua_State *L) {
  lua_pushboolean(L, mill_workers_full(check_workers(L)));
  return 1;
}

/* #workers --> documents put and not stored yet */
static int workers_len(lua_State *L) {
  lua_pushinteger(L, mill_workers_pending(check_workers(L)));
  return 1;
}

void corpus_open_workers(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", workers_close}, {"__close", workers_close},
                                  {"__len", workers_len}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"put", workers_put}, {"next", workers_next}, {"full", workers_full},
                                     {"close", workers_close}, {NULL, NULL}};
  bind_class(L, WORKERS, meta, methods);
}
