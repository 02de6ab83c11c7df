/*
** l_corpus_lines.c - corpus:kwic, and class textmill.lines: a concordance whose lines are
** written when they are asked for. The corpus is its first user value.
*/
#include "l_corpus.h"

#define CORPUS_T_LINES "textmill.lines"

static int lines_gc(lua_State *L) {
  mill_concordance **box = luaL_checkudata(L, 1, CORPUS_T_LINES);
  mill_concordance_free(*box);
  *box = NULL;
  return 0;
}

static mill_concordance *check_lines(lua_State *L, int arg) {
  mill_concordance **box = luaL_checkudata(L, arg, CORPUS_T_LINES);
  luaL_argcheck(L, *box != NULL, arg, "no lines");
  return *box;
}

/* #lines --> how many there are */
static int lines_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)mill_concordance_count(check_lines(L, 1)));
  return 1;
}

/* corpus:kwic(query, [{sort="left"|"right"|"centre", ...as search}]) --> lines, totals */
int corpus_kwic(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  const char *query = corpus_check_query(L);
  struct corpus_interrupt stop;
  mill_query_options o;
  mill_totals totals = {0};
  mill_error err;
  corpus_get_options(L, c, 3, &o);
  mill_concordance **box = lua_newuserdatauv(L, sizeof *box, 1);
  *box = NULL;
  luaL_setmetatable(L, CORPUS_T_LINES);
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  corpus_interrupt_begin(&stop);
  if (stop.on) o.stop = corpus_interrupted;
  int code = mill_corpus_concordance(c, query, &o, box, &totals, &err);
  corpus_interrupt_end(&stop, code);
  if (code < 0) return corpus_raise_at(L, query, &err);
  corpus_push_totals(L, &totals);
  return 2;
}

/* corpus:lines(lines, from, n) --> rows of n lines, or as many as there are, of its own kwic */
int corpus_lines(lua_State *L) {
  bind_check_corpus(L, 1);
  mill_concordance *k = check_lines(L, 2);
  lua_Integer from = luaL_checkinteger(L, 3), n = luaL_checkinteger(L, 4);
  mill_error err;
  luaL_argcheck(L, from > 0, 3, "lines are counted from 1");
  luaL_argcheck(L, n >= 0, 4, "must not be negative");
  lua_getiuservalue(L, 2, 1);
  luaL_argcheck(L, lua_rawequal(L, -1, 1), 2, "lines of another corpus");
  mill_rows **rows = bind_new_rows(L);
  if (mill_concordance_lines(k, (size_t)from - 1, (size_t)n, rows, &err) < 0) return bind_raise(L, &err);
  bind_push_rows(L, rows);
  return 1;
}

void corpus_open_lines(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", lines_gc}, {"__len", lines_len}, {NULL, NULL}};
  bind_class(L, CORPUS_T_LINES, meta, NULL);
}
