/* l_breaks.c - tm.sentences and tm.graphemes: pieces of a string or a text. */
#include "bind.h"

#define BREAKS "textmill.breaks"

static int breaks_gc(lua_State *L) {
  mill_breaks **box = luaL_checkudata(L, 1, BREAKS);
  mill_breaks_free(*box);
  *box = NULL;
  return 0;
}

/* the iterator: () --> piece, i, j | nil
** upvalues: box of the break iterator, the string or text it reads */
static int next_piece(lua_State *L) {
  mill_breaks **box = lua_touserdata(L, lua_upvalueindex(1));
  mill_span piece;
  size_t n;
  lua_settop(L, 0);
  lua_pushvalue(L, lua_upvalueindex(2));
  const char *s = bind_check_text(L, 1, &n); /* raises when the text was closed */
  if (*box == NULL || !mill_breaks_next(*box, &piece)) return lua_pushnil(L), 1;
  lua_pushlstring(L, s + piece.from, piece.to - piece.from);
  bind_push_span(L, piece);
  return 3;
}

static int pieces(lua_State *L, enum mill_break_kind kind) {
  mill_error err = {0};
  size_t n;
  const char *s = bind_check_text(L, 1, &n);
  const char *locale = luaL_optstring(L, 2, NULL);
  mill_breaks **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, BREAKS);
  int rc = mill_breaks_open(kind, locale, box, &err);
  if (rc == 0) rc = mill_breaks_text(*box, s, n, &err);
  if (rc < 0) return bind_raise(L, &err);
  lua_pushvalue(L, 1);
  lua_pushcclosure(L, next_piece, 2);
  return 1;
}

/* core.sentences(s, [locale]) --> iterator: piece, i, j; locale as ICU names it */
static int sentences(lua_State *L) {
  lua_settop(L, 2);
  if (lua_isnil(L, 2)) { /* no sentence ends behind Mr. and the like */
    lua_pushliteral(L, "en@ss=standard");
    lua_replace(L, 2);
  }
  return pieces(L, MILL_BREAK_SENTENCE);
}

/* core.graphemes(s) --> iterator: piece, i, j */
static int graphemes(lua_State *L) {
  lua_settop(L, 1);
  return pieces(L, MILL_BREAK_GRAPHEME);
}

void mill_open_breaks(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", breaks_gc}, {"__close", breaks_gc}, {NULL, NULL}};
  bind_class(L, BREAKS, meta, NULL);
  lua_pushcfunction(L, sentences);
  lua_setfield(L, -2, "sentences");
  lua_pushcfunction(L, graphemes);
  lua_setfield(L, -2, "graphemes");
  lua_pushstring(L, mill_icu_version());
  lua_setfield(L, -2, "icu_version");
}
