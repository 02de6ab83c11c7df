/*
** l_corpus_search.c - methods of textmill.corpus that ask: search, count.
**
** Ctrl-C stops a query where somebody handles it (as lua's own program does): the signal
** waits while C works, which looks now and then whether it is there. So no handler and no
** variable of the process is needed. Where nobody handles it, it ends the program as ever.
*/
#include <signal.h>
#include <string.h>
#include <time.h>

#include "l_corpus.h"

/* ---- Ctrl-C */

int corpus_interrupted(void *unused) {
  sigset_t pending;
  (void)unused;
  return sigpending(&pending) == 0 && sigismember(&pending, SIGINT) == 1;
}

void corpus_interrupt_begin(struct corpus_interrupt *i) {
  struct sigaction handler;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  i->on = sigaction(SIGINT, NULL, &handler) == 0 && handler.sa_handler != SIG_DFL &&
          handler.sa_handler != SIG_IGN && pthread_sigmask(SIG_BLOCK, &set, &i->before) == 0;
}

/* The signal that stopped the query is taken; one that came too late goes to its handler. */
void corpus_interrupt_end(const struct corpus_interrupt *i, int code) {
  static const struct timespec at_once = {0, 0};
  sigset_t set;
  if (!i->on) return;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  if (code == MILL_ECANCEL) sigtimedwait(&set, NULL, &at_once);
  pthread_sigmask(SIG_SETMASK, &i->before, NULL);
}

static void interrupt_begin(struct corpus_interrupt *i, mill_query_options *o) {
  corpus_interrupt_begin(i);
  if (i->on) o->stop = corpus_interrupted;
}

/* ---- options */

static size_t get_size(lua_State *L, int arg, const char *name) {
  lua_Integer n = 0;
  if (lua_getfield(L, arg, name) != LUA_TNIL) {
    n = luaL_checkinteger(L, -1);
    if (n < 0) luaL_argerror(L, arg, lua_pushfstring(L, "%s must not be negative", name));
  }
  lua_pop(L, 1);
  return (size_t)n;
}

/* Options of search, count and kwic. */
void corpus_get_options(lua_State *L, mill_corpus *c, int arg, mill_query_options *o) {
  static const char *const known[] = {"in", "limit", "offset", "context", "doc", "sort", "mode", "max_ms",
      "facets", "totals", NULL};
  static const char *const modes[] = {"strings", "words", NULL};
  static const char *const where[] = {"body", "all", NULL};
  static const char *const sorts[] = {"none", "left", "right", "centre", NULL};
  mill_error err;
  memset(o, 0, sizeof *o);
  bind_check_options(L, arg, known);
  if (lua_isnoneornil(L, arg)) return;
  if (lua_getfield(L, arg, "in") != LUA_TNIL) o->all = luaL_checkoption(L, -1, NULL, where);
  if (lua_getfield(L, arg, "sort") != LUA_TNIL) o->sort = luaL_checkoption(L, -1, NULL, sorts);
  if (lua_getfield(L, arg, "doc") != LUA_TNIL &&
      mill_corpus_find(c, luaL_checkstring(L, -1), &o->doc, &err) < 0)
    bind_raise(L, &err);
  if (lua_getfield(L, arg, "mode") != LUA_TNIL) o->words = luaL_checkoption(L, -1, NULL, modes);
  lua_pop(L, 4);
  size_t max_ms = get_size(L, arg, "max_ms");
  o->max_ms = max_ms < UINT32_MAX ? (uint32_t)max_ms : UINT32_MAX;
  o->limit = get_size(L, arg, "limit");
  o->offset = get_size(L, arg, "offset");
  o->context = get_size(L, arg, "context");
}

void corpus_push_totals(lua_State *L, const mill_totals *t) {
  lua_createtable(L, 0, 4);
  lua_pushinteger(L, (lua_Integer)t->hits);
  lua_setfield(L, -2, "hits");
  lua_pushinteger(L, (lua_Integer)t->articles);
  lua_setfield(L, -2, "articles");
  lua_pushinteger(L, (lua_Integer)t->documents);
  lua_setfield(L, -2, "documents");
  lua_pushinteger(L, (lua_Integer)t->scanned);
  lua_setfield(L, -2, "scanned");
}

/* ---- errors that point at the place */

/* Raises; under a query that is wrong stands a caret. */
int corpus_raise_at(lua_State *L, const char *query, const mill_error *err) {
  if (err->code != MILL_ESYNTAX || err->position > strlen(query)) return bind_raise(L, err);
  luaL_Buffer b;
  lua_createtable(L, 0, 4);
  lua_pushstring(L, mill_code_name(err->code));
  lua_setfield(L, -2, "code");
  lua_pushinteger(L, (lua_Integer)err->position + 1);
  lua_setfield(L, -2, "position");
  luaL_buffinit(L, &b);
  luaL_addstring(&b, err->message);
  luaL_addstring(&b, "\n  ");
  for (const char *s = query; *s != 0; s++) luaL_addchar(&b, (unsigned char)*s < ' ' ? ' ' : *s);
  luaL_addstring(&b, "\n  ");
  for (size_t n = mill_width(bind_data(L), query, err->position); n > 0; n--) luaL_addchar(&b, ' ');
  luaL_addchar(&b, '^');
  luaL_pushresult(&b);
  lua_setfield(L, -2, "message");
  luaL_setmetatable(L, "textmill.error");
  return lua_error(L);
}

/* ---- methods */

/* The query at 2: what stands behind a zero byte would not be looked for. */
const char *corpus_check_query(lua_State *L) {
  size_t n;
  const char *query = luaL_checklstring(L, 2, &n);
  luaL_argcheck(L, strlen(query) == n, 2, "a query has no zero bytes");
  return query;
}

#define MAX_FACETS 32

/* The strings of the list `facets` of the options; they stay in it. */
static size_t get_facets(lua_State *L, int arg, const char **keys) {
  size_t n = 0;
  if (lua_isnoneornil(L, arg) || lua_getfield(L, arg, "facets") == LUA_TNIL)
    return lua_settop(L, arg), (size_t)0;
  luaL_argcheck(L, lua_istable(L, -1), arg, "facets: a list of keys expected");
  for (; lua_rawgeti(L, -1, (lua_Integer)n + 1) != LUA_TNIL; lua_pop(L, 1)) {
    luaL_argcheck(L, n < MAX_FACETS, arg, "facets: at most 32 keys");
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, arg, "facets: a key is a string");
    keys[n++] = lua_tostring(L, -1);
  }
  lua_settop(L, arg);
  return n;
}

/* limit = 0: what is found is counted, and nothing of it given. */
static int wants_rows(lua_State *L, int arg) {
  if (lua_isnoneornil(L, arg)) return 1;
  int none = lua_getfield(L, arg, "limit") != LUA_TNIL && lua_tointeger(L, -1) == 0;
  lua_pop(L, 1);
  return !none;
}

static int wants_totals(lua_State *L, int arg) {
  if (lua_isnoneornil(L, arg)) return 1;
  int no = lua_getfield(L, arg, "totals") == LUA_TBOOLEAN && !lua_toboolean(L, -1);
  lua_pop(L, 1);
  return !no;
}

/* corpus:search(query, [{in="body"|"all", mode="strings"|"words", limit=, offset=, context=,
** doc=, max_ms=, facets=, totals=false}]) --> rows, totals | nil, facets */
int corpus_search(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *query = corpus_check_query(L), *keys[MAX_FACETS];
  struct corpus_interrupt stop;
  mill_query_options o;
  mill_totals totals = {0};
  mill_error err;
  lua_settop(L, 3);
  corpus_get_options(L, c, 3, &o);
  size_t n_keys = get_facets(L, 3, keys);
  int count = wants_totals(L, 3), give = wants_rows(L, 3);
  if (!give) o.limit = 1;
  mill_rows **rows = bind_new_rows(L), **facets = bind_new_rows(L);
  interrupt_begin(&stop, &o);
  int code = mill_corpus_search_facets(c, query, &o, keys, n_keys, rows, facets, count ? &totals : NULL,
      &err);
  corpus_interrupt_end(&stop, code);
  if (code < 0) return corpus_raise_at(L, query, &err);
  if (give) bind_push_rows(L, rows);
  else lua_newtable(L);
  if (count) corpus_push_totals(L, &totals);
  else lua_pushnil(L);
  bind_push_rows(L, facets);
  return 3;
}

/* corpus:count(query, [{in=, mode=, doc=, max_ms=}]) --> {hits=, articles=, documents=, scanned=} */
int corpus_count(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *query = corpus_check_query(L);
  struct corpus_interrupt stop;
  mill_query_options o;
  mill_totals totals = {0};
  mill_error err;
  corpus_get_options(L, c, 3, &o);
  interrupt_begin(&stop, &o);
  int code = mill_corpus_count(c, query, &o, &totals, &err);
  corpus_interrupt_end(&stop, code);
  if (code < 0) return corpus_raise_at(L, query, &err);
  corpus_push_totals(L, &totals);
  return 1;
}
