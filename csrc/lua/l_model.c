/*
** l_model.c - the class textmill.model: trained models of words and tags; how
** they are made (core.train) and judged (core.evaluate).
**
** A model is a box of a mill_model with one user value: the list of its tags'
** names, from 0, made when it was opened.
*/
#include <string.h>

#include "bind.h"

static mill_model **check_box(lua_State *L, int arg) { return luaL_checkudata(L, arg, MILL_T_MODEL); }

static int model_gc(lua_State *L) {
  mill_model **box = check_box(L, 1);
  mill_model_free(*box);
  *box = NULL;
  return 0;
}

/* Pushes a table of the tags' names; a blank has none: _. */
static void push_names(lua_State *L, const mill_model *m) {
  lua_newtable(L);
  for (uint32_t i = 0; mill_model_tag(m, i) != NULL; i++) {
    lua_pushstring(L, mill_model_tag(m, i));
    lua_rawseti(L, -2, (lua_Integer)i);
  }
  lua_pushliteral(L, "_");
  lua_rawseti(L, -2, MILL_NO_TAG);
}

/* Pushes the model of the image at path. 0 or MILL_E*, when nothing is pushed. */
static int push_model(lua_State *L, const char *path, mill_error *err) {
  mill_model **box = lua_newuserdatauv(L, sizeof *box, 1);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_MODEL);
  int rc = mill_model_open(path, box, err);
  if (rc < 0) return lua_pop(L, 1), rc;
  push_names(L, *box);
  lua_setiuservalue(L, -2, 1);
  return 0;
}

/* core.model(path) --> model | nil, message, position, code */
static int model(lua_State *L) {
  mill_error err = {0};
  if (push_model(L, luaL_checkstring(L, 1), &err) < 0) return bind_fail(L, &err);
  return 1;
}

/* The line that installs the model textmill offers. */
#define INSTALL "no model is installed: run 'make install-model' in textmill's sources " \
  "('make model' to use it there), or give one: model = tm.model(path)"

const mill_model *bind_push_model(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, MILL_T_MODEL ".box") != LUA_TUSERDATA) {
    mill_error err = {0};
    lua_pop(L, 1);
    bind_push_directory(L);
    const char *path = lua_pushfstring(L, "%s/" MILL_MODEL_FILE, lua_tostring(L, -1));
    int rc = push_model(L, path, &err);
    if (rc == MILL_ENOTFOUND) memcpy(err.message, INSTALL, sizeof INSTALL);
    if (rc < 0) bind_raise(L, &err);
    lua_replace(L, -3);
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, MILL_T_MODEL ".box");
  }
  return *(mill_model **)lua_touserdata(L, -1);
}

const mill_model *bind_check_model(lua_State *L, int arg) {
  mill_model *m = *check_box(L, arg);
  if (m == NULL) luaL_argerror(L, arg, "the model is closed");
  return m;
}

/* tostring(m) --> "textmill.model(gsd-v1, 16 tags)" */
static int model_tostring(lua_State *L) {
  mill_model *m = *check_box(L, 1);
  uint32_t n = 0;
  if (m == NULL) return lua_pushliteral(L, MILL_T_MODEL "(closed)"), 1;
  while (mill_model_tag(m, n) != NULL) n++;
  lua_pushfstring(L, MILL_T_MODEL "(%s, %I tags)", mill_model_describe(m), (LUAI_UACINT)n);
  return 1;
}

/* m:tags() --> {"NOUN", ...}: those it gives; empty for a model of words alone */
static int model_tags(lua_State *L) {
  const mill_model *m = bind_check_model(L, 1);
  lua_newtable(L);
  for (uint32_t i = 0; mill_model_tag(m, i) != NULL; i++) {
    lua_pushstring(L, mill_model_tag(m, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* ---- training -------------------------------------------------------------------------- */

/* The whole number `name` of the table at 3, from 0; 0 when it is not there. */
static uint32_t count_option(lua_State *L, const char *name) {
  lua_getfield(L, 3, name);
  int whole = 0;
  lua_Integer n = lua_tointegerx(L, -1, &whole);
  if (!lua_isnil(L, -1) && (!whole || n < 0 || n > 1000000000))
    luaL_argerror(L, 3, lua_pushfstring(L, "%s must be a whole number", name));
  lua_pop(L, 1);
  return (uint32_t)n;
}

static double number_option(lua_State *L, const char *name) {
  lua_getfield(L, 3, name);
  double n = lua_tonumber(L, -1);
  if (!lua_isnil(L, -1) && (!lua_isnumber(L, -1) || !(n > 0 && n < 100)))
    luaL_argerror(L, 3, lua_pushfstring(L, "%s must be a number above 0", name));
  lua_pop(L, 1);
  return n;
}

static mill_train_options check_options(lua_State *L) {
  static const char *const known[] = {"seed", "epochs", "min_count", "longest", "lines", "rate", "l1",
                                      "tag_epochs", "tag_rows", "name", NULL};
  bind_check_options(L, 3, known);
  if (lua_isnil(L, 3)) return (mill_train_options){0};
  mill_train_options o = {.seed = count_option(L, "seed"), .epochs = count_option(L, "epochs"),
                          .min_count = count_option(L, "min_count"), .longest = count_option(L, "longest"),
                          .lines = count_option(L, "lines"), .rate = number_option(L, "rate"),
                          .l1 = number_option(L, "l1"), .tag_epochs = count_option(L, "tag_epochs"),
                          .tag_rows = count_option(L, "tag_rows")};
  lua_getfield(L, 3, "name");
  if (!lua_isnil(L, -1)) o.name = luaL_checkstring(L, -1); /* stays on the stack */
  return o;
}

static void set_count(lua_State *L, const char *name, size_t n) {
  lua_pushinteger(L, (lua_Integer)n);
  lua_setfield(L, -2, name);
}

/* core.train(words, path, [o]) --> {sentences=, words=, units=, sequences=, kept=}
** | nil, message, position, code
** words: a file of words separated by blanks, or CoNLL-U; path: of the new image */
static int train(lua_State *L) {
  mill_error err = {0};
  mill_train_report r;
  const char *words = luaL_checkstring(L, 1), *path = luaL_checkstring(L, 2);
  lua_settop(L, 3);
  mill_train_options o = check_options(L);
  if (mill_train(bind_data(L), words, path, &o, &r, &err) < 0) return bind_fail(L, &err);
  lua_createtable(L, 0, 5);
  set_count(L, "sentences", r.sentences);
  set_count(L, "words", r.words);
  set_count(L, "units", r.units);
  set_count(L, "sequences", r.sequences);
  set_count(L, "kept", r.kept);
  return 1;
}

static void set_ratio(lua_State *L, const char *name, size_t part, size_t whole) {
  lua_pushnumber(L, whole > 0 ? (double)part / (double)whole : 0);
  lua_setfield(L, -2, name);
}

/* core.evaluate(words, [model]) --> {words=, precision=, recall=, f1=, tags=, both=}
** | nil, message, position, code
** without a model: the lexicon alone; tags, both: of a model with tags */
static int evaluate(lua_State *L) {
  mill_error err = {0};
  mill_score s;
  const char *words = luaL_checkstring(L, 1);
  const mill_model *m = lua_isnoneornil(L, 2) ? NULL : bind_check_model(L, 2);
  if (mill_evaluate(bind_data(L), m, words, &s, &err) < 0) return bind_fail(L, &err);
  lua_createtable(L, 0, 6);
  set_count(L, "words", s.gold);
  set_ratio(L, "precision", s.right, s.found);
  set_ratio(L, "recall", s.right, s.gold);
  set_ratio(L, "f1", 2 * s.right, s.gold + s.found);
  if (m == NULL || mill_model_tag(m, 0) == NULL) return 1;
  set_ratio(L, "tags", s.tagged, s.gold);
  set_ratio(L, "both", 2 * s.both, s.gold + s.found);
  return 1;
}

void mill_open_model(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", model_gc}, {"__close", model_gc},
                                  {"__tostring", model_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"tags", model_tags}, {NULL, NULL}};
  bind_class(L, MILL_T_MODEL, meta, methods);
  lua_pushcfunction(L, model);
  lua_setfield(L, -2, "model");
  lua_pushcfunction(L, train);
  lua_setfield(L, -2, "train");
  lua_pushcfunction(L, evaluate);
  lua_setfield(L, -2, "evaluate");
}
