/* l_places.c - core.places, core.village: the gazetteer for rules that decide
** which of several places of a name is meant. */
#include <string.h>

#include "bind.h"

#define MAX_NAMESAKES 256u

/* The vintage for the date "2020-02-26" at `arg`; none: the newest. */
static int check_vintage(lua_State *L, int arg) {
  mill_date date = {0};
  size_t n;
  const char *s = luaL_optlstring(L, arg, NULL, &n);
  if (s == NULL) return mill_places_vintage(date);
  if (mill_date_scan(bind_data(L), s, n, NULL, &date) != (int)n || date.year == 0)
    luaL_argerror(L, arg, "not a date with a year");
  return mill_places_vintage(date);
}

/* Pushes a folded copy of the string at `arg`; it stays on the stack. */
static const char *push_folded(lua_State *L, int arg, size_t *len) {
  mill_error err = {0};
  size_t n;
  const char *s = luaL_checklstring(L, arg, &n);
  char **box = bind_new_bytes(L);
  if (mill_normalize(bind_data(L), MILL_FOLD, s, n, box, len, NULL, &err) < 0) bind_raise(L, &err);
  return *box;
}

static void set_string(lua_State *L, const char *key, const char *value) {
  lua_pushstring(L, value);
  lua_setfield(L, -2, key);
}

static void push_vintages(lua_State *L, unsigned vintages) {
  lua_createtable(L, MILL_PLACE_VINTAGES, 0);
  for (int k = 0, n = 0; k < MILL_PLACE_VINTAGES; k++)
    if (vintages >> k & 1u) {
      lua_pushstring(L, mill_places_vintage_name(k));
      lua_rawseti(L, -2, ++n);
    }
}

static void push_place(lua_State *L, const mill_place *p) {
  lua_createtable(L, 0, 5);
  set_string(L, "code", p->code);
  set_string(L, "name", p->name);
  lua_pushinteger(L, p->level);
  lua_setfield(L, -2, "level");
  push_vintages(L, p->vintages);
  lua_setfield(L, -2, "vintages");
}

/* Sets field "up" of the place on the stack: the divisions it lies in, the nearest first. */
static void set_parents(lua_State *L, const mill_place *p) {
  mill_place up = *p;
  lua_newtable(L);
  for (int n = 1; up.parent != MILL_NONE && mill_places_get(bind_data(L), up.parent, &up) == 0; n++) {
    lua_createtable(L, 0, 3);
    set_string(L, "code", up.code);
    set_string(L, "name", up.name);
    lua_pushinteger(L, up.level);
    lua_setfield(L, -2, "level");
    lua_rawseti(L, -2, n);
  }
  lua_setfield(L, -2, "up");
}

/* core.places(name, [date]) --> list of {code=, name=, level=, vintages=, up=}: all places of
** that full or short name at that time, of all times when there was none then */
static int places(lua_State *L) {
  mill_place found[MAX_NAMESAKES];
  size_t n;
  lua_settop(L, 2);
  int vintage = check_vintage(L, 2);
  const char *name = push_folded(L, 1, &n);
  size_t count = mill_places_find(bind_data(L), name, n, found, MAX_NAMESAKES), kept = 0;
  if (count > MAX_NAMESAKES) count = MAX_NAMESAKES;
  for (size_t k = 0; k < count; k++) kept += (unsigned)found[k].vintages >> vintage & 1u;
  lua_newtable(L);
  for (size_t k = 0, at = 0; k < count; k++) {
    if (kept > 0 && !((unsigned)found[k].vintages >> vintage & 1u)) continue;
    push_place(L, &found[k]);
    set_parents(L, &found[k]);
    lua_rawseti(L, -2, (lua_Integer)++at);
  }
  return 1;
}

/* core.village(town, name, [date]) --> {code=, name=, urban=, vintages=} | nil; without the image of
** villages always nil */
static int village(lua_State *L) {
  mill_village v;
  size_t n;
  const char *town = luaL_checkstring(L, 1);
  lua_settop(L, 3);
  int vintage = check_vintage(L, 3);
  const char *name = push_folded(L, 2, &n);
  if (!mill_villages_find(bind_data(L), town, name, n, vintage, &v)) return lua_pushnil(L), 1;
  lua_createtable(L, 0, 4);
  set_string(L, "code", v.code);
  set_string(L, "name", v.name);
  lua_pushboolean(L, v.urban);
  lua_setfield(L, -2, "urban");
  push_vintages(L, v.vintages);
  lua_setfield(L, -2, "vintages");
  return 1;
}

/* core.has_villages() --> boolean */
static int has_villages(lua_State *L) {
  lua_pushboolean(L, mill_villages_there(bind_data(L)));
  return 1;
}

/* core.build_villages(path, {["2019"] = "villages.csv", ...}) --> number of villages
** | nil, message, position, code */
static int build_villages(lua_State *L) {
  const char *csv[MILL_PLACE_VINTAGES] = {NULL}, *out = luaL_checkstring(L, 1);
  mill_error err = {0};
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checkstack(L, MILL_PLACE_VINTAGES, NULL);
  for (int k = 0; k < MILL_PLACE_VINTAGES; k++) {
    lua_getfield(L, 2, mill_places_vintage_name(k));
    csv[k] = lua_tostring(L, -1);
  }
  int n = mill_villages_build(bind_data(L), csv, out, &err);
  if (n < 0) return bind_fail(L, &err);
  lua_pushinteger(L, n);
  return 1;
}

void mill_open_places(lua_State *L) {
  static const luaL_Reg functions[] = {{"places", places}, {"village", village},
                                       {"has_villages", has_villages},
                                       {"build_villages", build_villages}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
