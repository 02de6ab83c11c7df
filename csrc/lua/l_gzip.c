/* l_gzip.c - core.gzip, core.inflate: compressed input. */
#include <stdlib.h>

#include "l_record.h"

#define GZIP "textmill.gzip"
#define PIECE 65536u

static mill_gzip **check_box(lua_State *L) { return luaL_checkudata(L, 1, GZIP); }

mill_gzip *bind_check_gzip(lua_State *L, int arg) {
  mill_gzip **box = luaL_checkudata(L, arg, GZIP);
  luaL_argcheck(L, *box != NULL, arg, "the reader is closed");
  return *box;
}

static int gzip_close(lua_State *L) {
  mill_gzip **box = check_box(L);
  mill_gzip_close(*box);
  *box = NULL;
  return 0;
}

/* core.gzip(path) --> reader of a file, compressed or not | nil, message, position, code */
static int open_gzip(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  mill_error err = {0};
  mill_gzip **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, GZIP);
  if (mill_gzip_open(path, box, &err) < 0) return bind_fail(L, &err);
  return 1;
}

/* reader:read(n) --> up to n bytes, "" at the end | nil, message, position, code */
static int gzip_read(lua_State *L) {
  mill_gzip **box = check_box(L);
  lua_Integer n = luaL_optinteger(L, 2, PIECE);
  mill_error err = {0};
  luaL_Buffer b;
  luaL_argcheck(L, n >= 1 && n <= (lua_Integer)MILL_MAX_BYTES, 2, "out of range");
  if (*box == NULL) return luaL_error(L, "the reader is closed");
  char *room = luaL_buffinitsize(L, &b, (size_t)n);
  int64_t got = mill_gzip_read(*box, room, (size_t)n, &err);
  if (got < 0) return bind_fail(L, &err);
  luaL_pushresultsize(&b, (size_t)got);
  return 1;
}

/* reader:line() --> the next line without its end | nil at the end | nil, message, position, code */
static int gzip_line(lua_State *L) {
  mill_gzip **box = check_box(L);
  mill_error err = {0};
  const char *line;
  size_t n;
  if (*box == NULL) return luaL_error(L, "the reader is closed");
  int got = mill_gzip_line(*box, &line, &n, &err);
  if (got < 0) return bind_fail(L, &err);
  if (got == 0) return lua_pushnil(L), 1;
  lua_pushlstring(L, line, n);
  return 1;
}

/* reader:offset() --> bytes of the file, as it lies there, that have been read */
static int gzip_offset(lua_State *L) {
  mill_gzip **box = check_box(L);
  lua_pushinteger(L, *box != NULL ? (lua_Integer)mill_gzip_offset(*box) : -1);
  return 1;
}

/* core.inflate(bytes, [limit]) --> bytes | nil, message, position, code */
static int inflate_body(lua_State *L) {
  size_t n, len;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_Integer limit = luaL_optinteger(L, 2, 256 << 20);
  mill_error err = {0};
  luaL_argcheck(L, limit >= 0 && limit <= (lua_Integer)MILL_MAX_BYTES, 2, "out of range");
  char **box = bind_new_bytes(L);
  if (mill_inflate(s, n, (size_t)limit, box, &len, &err) < 0) return bind_fail(L, &err);
  lua_pushlstring(L, *box, len);
  bind_free_bytes(box);
  return 1;
}

void mill_open_gzip(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", gzip_close}, {"__close", gzip_close}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"read", gzip_read}, {"line", gzip_line},
                                     {"offset", gzip_offset}, {"close", gzip_close}, {NULL, NULL}};
  bind_class(L, GZIP, meta, methods);
  lua_pushcfunction(L, open_gzip);
  lua_setfield(L, -2, "gzip");
  lua_pushcfunction(L, inflate_body);
  lua_setfield(L, -2, "inflate");
}
