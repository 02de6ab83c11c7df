/*
** l_map.c - the class textmill.map: which bytes of the output came from which
** bytes of the source.
*/
#include "bind.h"

mill_map **bind_new_map(lua_State *L) {
  mill_map **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_MAP);
  return box;
}

static const mill_map *check_map(lua_State *L, int arg) {
  mill_map **box = luaL_checkudata(L, arg, MILL_T_MAP);
  luaL_argcheck(L, *box != NULL, arg, "map is closed");
  return *box;
}

static int map_gc(lua_State *L) {
  mill_map **box = luaL_checkudata(L, 1, MILL_T_MAP);
  mill_map_free(*box);
  *box = NULL;
  return 0;
}

/* m:from(i [, j]) --> i, j in the source */
static int map_from(lua_State *L) {
  const mill_map *m = check_map(L, 1);
  bind_push_span(L, mill_map_from(m, bind_check_span(L, 2, mill_map_output_len(m))));
  return 2;
}

/* m:to(i [, j]) --> i, j in the output */
static int map_to(lua_State *L) {
  const mill_map *m = check_map(L, 1);
  bind_push_span(L, mill_map_to(m, bind_check_span(L, 2, mill_map_source_len(m))));
  return 2;
}

/* m:compose(m2) --> map from m's source to m2's output */
static int map_compose(lua_State *L) {
  const mill_map *first = check_map(L, 1), *second = check_map(L, 2);
  luaL_argcheck(L, mill_map_output_len(first) == mill_map_source_len(second), 2,
                "map does not begin with the text where the first one ends");
  int rc = mill_map_compose(first, second, bind_new_map(L));
  if (rc < 0) return luaL_error(L, "cannot compose maps: %s", mill_code_name(rc));
  return 1;
}

/* #m --> number of runs of edits; 0 when nothing was changed */
static int map_len(lua_State *L) {
  const mill_run *runs;
  lua_pushinteger(L, (lua_Integer)mill_map_runs(check_map(L, 1), &runs));
  return 1;
}

/* tostring(m) --> "textmill.map(4261 -> 3078 bytes, 187 runs)" */
static int map_tostring(lua_State *L) {
  mill_map **box = luaL_checkudata(L, 1, MILL_T_MAP);
  const mill_run *runs;
  if (*box == NULL)
    lua_pushliteral(L, MILL_T_MAP "(closed)");
  else
    lua_pushfstring(L, MILL_T_MAP "(%I -> %I bytes, %I runs)",
                    (LUAI_UACINT)mill_map_source_len(*box), (LUAI_UACINT)mill_map_output_len(*box),
                    (LUAI_UACINT)mill_map_runs(*box, &runs));
  return 1;
}

void mill_open_map(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", map_gc},   {"__close", map_gc},
                                  {"__len", map_len}, {"__tostring", map_tostring},
                                  {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"from", map_from}, {"to", map_to}, {"compose", map_compose}, {NULL, NULL}};
  bind_class(L, MILL_T_MAP, meta, methods);
}
