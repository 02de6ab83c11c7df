/*
** l_pattern_set.c - core.pattern_set: several patterns over a text in one pass.
**
** User value 1 of a set is the list of its patterns, which own the programs.
*/
#include <string.h>

#include "../core/pattern_code.h"
#include "l_pattern.h"
#include "l_view.h"

#define MILL_T_SET "textmill.pattern_set"

typedef struct bind_set {
  mill_pattern_set *set; /* owned */
  mill_hits hits;        /* owned; of the last run */
  uint32_t n;
} bind_set;

static int set_gc(lua_State *L) {
  bind_set *s = luaL_checkudata(L, 1, MILL_T_SET);
  mill_pattern_set_free(s->set);
  mill_hits_free(&s->hits);
  memset(s, 0, sizeof *s);
  return 0;
}

/* core.pattern_set(list of patterns) --> set */
static int new_set(lua_State *L) {
  mill_error err;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_Unsigned n = lua_rawlen(L, 1);
  luaL_argcheck(L, n <= 65535, 1, "more than 65535 patterns");
  const mill_program **programs = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *programs, 0);
  lua_createtable(L, (int)n, 0);
  for (lua_Unsigned k = 0; k < n; k++) {
    lua_rawgeti(L, 1, (lua_Integer)k + 1);
    programs[k] = bind_program(L, bind_check_pattern(L, -1));
    lua_rawseti(L, 3, (lua_Integer)k + 1);
  }
  bind_set *s = lua_newuserdatauv(L, sizeof *s, 1);
  memset(s, 0, sizeof *s);
  luaL_setmetatable(L, MILL_T_SET);
  lua_pushvalue(L, 3);
  lua_setiuservalue(L, -2, 1);
  if (mill_pattern_set_new(programs, (uint32_t)n, &s->set, &err) < 0) return bind_raise(L, &err);
  s->n = (uint32_t)n;
  return 1;
}

/* Pushes a match and adds it to its program's list. Stack: 5 view, 6 patterns, 7 lists. */
static void add_match(lua_State *L, const bind_set *s, const mill_hit *hit) {
  mill_match m = {hit->folded, hit->n_captures, s->hits.captures + hit->first_capture};
  lua_rawgeti(L, 7, (lua_Integer)hit->program + 1);
  lua_rawgeti(L, 6, (lua_Integer)hit->program + 1);
  match_push(L, 5, 9, &m);
  lua_rawseti(L, 8, (lua_Integer)lua_rawlen(L, 8) + 1);
  lua_settop(L, 7);
}

/* Pushes { [k] = {code=, message=, position=} } of the programs that gave up. */
static void push_failures(lua_State *L, const bind_set *s, const bind_view *v) {
  lua_newtable(L);
  for (uint32_t f = 0; f < s->hits.n_failures; f++) {
    const mill_hit_failure *one = &s->hits.failures[f];
    lua_createtable(L, 0, 3);
    lua_pushstring(L, mill_code_name(one->code));
    lua_setfield(L, -2, "code");
    lua_pushstring(L, one->message);
    lua_setfield(L, -2, "message");
    mill_span at = view_source(v, (mill_span){one->position, one->position});
    lua_pushinteger(L, (lua_Integer)at.from + 1);
    lua_setfield(L, -2, "position");
    lua_rawseti(L, -2, (lua_Integer)one->program + 1);
  }
}

/* set:matches(s, [o]) --> { matches of pattern 1, of pattern 2, ... }, failures
** the same as gmatch for each; o: max_steps, max_depth (each pattern's), max_ms (of all) */
static int set_matches(lua_State *L) {
  mill_error err;
  bind_set *s = luaL_checkudata(L, 1, MILL_T_SET);
  lua_settop(L, 4);
  bind_view *v = bind_push_view_with(L, 2, 3, &err);
  if (v == NULL) return bind_raise(L, &err);
  lua_getiuservalue(L, 1, 1);
  match_set_limits(L, v, 3);
  if (mill_pattern_set_run(v->vm, s->set, &v->view, &s->hits, &err) < 0) return bind_raise(L, &err);
  lua_createtable(L, (int)s->n, 0);
  for (uint32_t k = 0; k < s->n; k++) {
    lua_newtable(L);
    lua_rawseti(L, 7, (lua_Integer)k + 1);
  }
  for (uint32_t h = 0; h < s->hits.n; h++) add_match(L, s, &s->hits.items[h]);
  push_failures(L, s, v);
  return 2;
}

/* #set --> how many patterns */
static int set_len(lua_State *L) {
  const bind_set *s = luaL_checkudata(L, 1, MILL_T_SET);
  lua_pushinteger(L, (lua_Integer)s->n);
  return 1;
}

static int reads_facts(const mill_pattern *p) {
  if (p->kind == PAT_FACT) return 1;
  for (uint32_t k = 0; k < p->n; k++)
    if (reads_facts(p->child[k])) return 1;
  return 0;
}

/* core.pattern_reads_facts(p) --> is there a P.fact in it? */
static int pattern_reads_facts(lua_State *L) {
  lua_pushboolean(L, reads_facts(bind_check_pattern(L, 1)->tree));
  return 1;
}

void mill_open_pattern_set(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", set_gc}, {"__len", set_len}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"matches", set_matches}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"pattern_set", new_set},
                                       {"pattern_reads_facts", pattern_reads_facts}, {NULL, NULL}};
  bind_class(L, MILL_T_SET, meta, methods);
  luaL_setfuncs(L, functions, 0);
}
