/*
** l_fact_rows.c - facts as Lua tables become rows for the corpus (class textmill.fact_rows).
**
**   { type="quantity", subtype=, item=, value=, lo=, hi=, unit=, approx=,
**     time = { from=, to=, grain=, calendar=, source= } | "2020-02-06",
**     place = { code=, name=, level=, how= } | "name", place_code=, place_level=, place_how=,
**     scope=, polarity=, modality=, status=, args = "{...}",
**     mentions = { { i=, j=, rule=, version=, captures = { name = {i, j} } }, ... } }
**
** i, j: clean text, 1-based, inclusive (or ri, rj: raw bytes). Strings are borrowed from the tables,
** which stay on the stack; arrays are userdata, so that raising leaks nothing.
*/
#include <string.h>

#include "l_corpus.h"

struct room { mill_mention *mentions; mill_argument *args; };

/* Pushes the field as the table itself has it: what __index makes up would
** not outlive its place on the stack. */
static int get_field(lua_State *L, int t, const char *name) {
  t = lua_absindex(L, t);
  lua_pushstring(L, name);
  return lua_rawget(L, t);
}

/* ---- counting first, so that three arrays are enough */

static void count_captures(lua_State *L, size_t *n) { /* the mention is on top */
  if (get_field(L, -1, "captures") == LUA_TTABLE) {
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
      lua_pop(L, 1);
      ++*n;
    }
  }
  lua_pop(L, 1);
}

static void count_parts(lua_State *L, int facts, size_t n, size_t *mentions, size_t *args) {
  for (size_t k = 1; k <= n; k++) {
    luaL_argcheck(L, lua_rawgeti(L, facts, (lua_Integer)k) == LUA_TTABLE, facts, "facts are tables");
    if (get_field(L, -1, "mentions") != LUA_TTABLE) luaL_argerror(L, facts, "a fact needs mentions");
    size_t many = lua_rawlen(L, -1);
    for (size_t m = 1; m <= many; m++) {
      if (lua_rawgeti(L, -1, (lua_Integer)m) != LUA_TTABLE) luaL_argerror(L, facts, "mentions are tables");
      count_captures(L, args);
      lua_pop(L, 1);
    }
    *mentions += many;
    lua_pop(L, 2);
  }
}

/* ---- reading one fact; the table is at index t */

/* A string field, borrowed from the table; NULL when absent. */
static const char *get_text(lua_State *L, int t, const char *name) {
  const char *s = NULL;
  int type = get_field(L, t, name);
  if (type == LUA_TSTRING) s = lua_tostring(L, -1);
  else if (type != LUA_TNIL) luaL_error(L, "fact: %s is no string", name);
  lua_pop(L, 1);
  return s;
}

static int get_number(lua_State *L, int t, const char *name, double *out) {
  int type = get_field(L, t, name);
  if (type != LUA_TNIL && type != LUA_TNUMBER) luaL_error(L, "fact: %s is no number", name);
  if (type == LUA_TNUMBER) *out = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return type == LUA_TNUMBER;
}

static void get_time(lua_State *L, int t, mill_fact *f) {
  int type = get_field(L, t, "time");
  if (type == LUA_TSTRING) {
    f->time_from = lua_tostring(L, -1);
  } else if (type == LUA_TTABLE) {
    int at = lua_gettop(L);
    f->time_from = get_text(L, at, "from");
    f->time_to = get_text(L, at, "to");
    f->time_grain = get_text(L, at, "grain");
    f->time_calendar = get_text(L, at, "calendar");
    f->time_source = get_text(L, at, "source");
  } else if (type != LUA_TNIL) {
    luaL_error(L, "fact: time is a string or a table");
  }
  lua_pop(L, 1);
}

static void get_place(lua_State *L, int t, mill_fact *f) {
  int type = get_field(L, t, "place"), at = lua_gettop(L);
  if (type == LUA_TTABLE) {
    f->place_name = get_text(L, at, "name");
    f->place_code = get_text(L, at, "code");
    f->place_level = get_text(L, at, "level");
    f->place_how = get_text(L, at, "how");
  } else {
    lua_pop(L, 1);
    lua_pushnil(L);
    f->place_name = get_text(L, t, "place");
    f->place_code = get_text(L, t, "place_code");
    f->place_level = get_text(L, t, "place_level");
    f->place_how = get_text(L, t, "place_how");
  }
  lua_pop(L, 1);
}

/* Lua i, j as a clean span; the store checks it against the text. */
static mill_span get_span(lua_State *L, lua_Integer i, lua_Integer j) {
  if (i < 1 || j < i - 1 || j > (lua_Integer)MILL_MAX_BYTES)
    luaL_error(L, "fact: a position outside of the text");
  return (mill_span){(uint32_t)(i - 1), (uint32_t)j};
}

static lua_Integer get_integer(lua_State *L, int t, const char *name) {
  int ok;
  get_field(L, t, name);
  lua_Integer x = lua_tointegerx(L, -1, &ok);
  if (!ok) luaL_error(L, "mention: %s is no integer", name);
  lua_pop(L, 1);
  return x;
}

/* i, j in clean text, or ri, rj in raw bytes: metadata of an attribute. */
static void get_place_of(lua_State *L, int t, mill_mention *m) {
  int in_clean = get_field(L, t, "i") != LUA_TNIL;
  lua_pop(L, 1);
  m->clean = (mill_span){MILL_NONE, MILL_NONE};
  if (in_clean) m->clean = get_span(L, get_integer(L, t, "i"), get_integer(L, t, "j"));
  else m->raw = get_span(L, get_integer(L, t, "ri"), get_integer(L, t, "rj"));
}

static void get_captures(lua_State *L, int t, mill_mention *m, struct room *room) {
  mill_argument *args = room->args;
  if (get_field(L, t, "captures") == LUA_TTABLE) {
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
      int named = lua_type(L, -2) == LUA_TSTRING && lua_istable(L, -1);
      if (!named) luaL_error(L, "mention: captures are {name = {i, j}}");
      lua_rawgeti(L, -1, 1);
      lua_rawgeti(L, -2, 2);
      mill_span s = get_span(L, luaL_checkinteger(L, -2), luaL_checkinteger(L, -1));
      lua_pop(L, 3);
      *room->args++ = (mill_argument){lua_tostring(L, -1), s};
    }
  }
  lua_pop(L, 1);
  m->args = args;
  m->n_args = (size_t)(room->args - args);
}

static void get_mentions(lua_State *L, int t, mill_fact *f, struct room *room) {
  get_field(L, t, "mentions");
  f->mentions = room->mentions;
  f->n_mentions = lua_rawlen(L, -1);
  for (size_t k = 1; k <= f->n_mentions; k++) {
    mill_mention *m = room->mentions++;
    lua_rawgeti(L, -1, (lua_Integer)k);
    int at = lua_gettop(L);
    memset(m, 0, sizeof *m);
    get_place_of(L, at, m);
    m->rule = get_text(L, at, "rule");
    m->rule_version = get_text(L, at, "version");
    get_captures(L, at, m, room);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void get_fact(lua_State *L, int t, mill_fact *f, struct room *room) {
  memset(f, 0, sizeof *f);
  f->type = get_text(L, t, "type");
  if (f->type == NULL) luaL_error(L, "fact: type missing");
  f->subtype = get_text(L, t, "subtype");
  f->item = get_text(L, t, "item");
  f->has_value = get_number(L, t, "value", &f->value);
  f->lo = f->hi = f->value;
  f->has_bounds = get_number(L, t, "lo", &f->lo) | get_number(L, t, "hi", &f->hi) | f->has_value;
  f->unit = get_text(L, t, "unit");
  f->approx = get_text(L, t, "approx");
  f->scope = get_text(L, t, "scope");
  f->polarity = get_text(L, t, "polarity");
  f->modality = get_text(L, t, "modality");
  f->status = get_text(L, t, "status");
  f->args = get_text(L, t, "args");
  get_time(L, t, f);
  get_place(L, t, f);
  get_mentions(L, t, f, room);
}

/* {from, to, kind} with indices of the facts */
static mill_link *get_links(lua_State *L, int t, size_t *n) {
  *n = lua_istable(L, t) ? lua_rawlen(L, t) : 0;
  mill_link *links = lua_newuserdatauv(L, (*n + 1) * sizeof *links, 0);
  for (size_t k = 0; k < *n; k++) {
    luaL_argcheck(L, lua_rawgeti(L, t, (lua_Integer)k + 1) == LUA_TTABLE, t, "links are {from, to, kind}");
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    lua_rawgeti(L, -3, 3);
    links[k].from = (size_t)(luaL_checkinteger(L, -3) - 1);
    links[k].to = (size_t)(luaL_checkinteger(L, -2) - 1);
    luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, t, "a link's kind is a string");
    links[k].kind = lua_tostring(L, -1);
    lua_pop(L, 4);
  }
  return links;
}

/* The 32 bytes of a SHA-256 given as hexadecimal digits at `arg`. */
static void get_sha(lua_State *L, int arg, unsigned char sha[32]) {
  size_t n;
  const char *s = luaL_checklstring(L, arg, &n);
  luaL_argcheck(L, n == 64 && strspn(s, "0123456789abcdef") == 64, arg, "64 hexadecimal digits expected");
  for (int k = 0; k < 32; k++) {
    int high = s[2 * k] <= '9' ? s[2 * k] - '0' : s[2 * k] - 'a' + 10;
    int low = s[2 * k + 1] <= '9' ? s[2 * k + 1] - '0' : s[2 * k + 1] - 'a' + 10;
    sha[k] = (unsigned char)(high << 4 | low);
  }
}

/* core.fact_id(text, sha256, fact) --> id; the first mention's span and captures count */
static int fact_id(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  unsigned char sha[32];
  mill_fact f;
  size_t n_mentions = 0, n_args = 0;
  char id[32];
  get_sha(L, 2, sha);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  luaL_checkstack(L, 24, NULL);
  lua_createtable(L, 1, 0);
  lua_pushvalue(L, 3);
  lua_rawseti(L, 4, 1);
  count_parts(L, 4, 1, &n_mentions, &n_args);
  luaL_argcheck(L, n_mentions > 0, 3, "a fact needs mentions");
  struct room room;
  room.mentions = lua_newuserdatauv(L, n_mentions * sizeof *room.mentions, 0);
  mill_argument *args = room.args = lua_newuserdatauv(L, (n_args + 1) * sizeof *room.args, 0);
  f.type = get_text(L, 3, "type");
  f.subtype = get_text(L, 3, "subtype");
  luaL_argcheck(L, f.type != NULL, 3, "a fact needs a type");
  get_mentions(L, 3, &f, &room);
  const mill_mention *m = &f.mentions[0];
  int in_clean = m->clean.from != MILL_NONE, inside = in_clean ? m->clean.to <= t->clean_len
                                                               : m->raw.to <= t->raw_len;
  for (size_t k = 0; k < m->n_args; k++) inside &= args[k].clean.to <= t->clean_len;
  luaL_argcheck(L, inside, 3, "a position outside of the text");
  mill_sort_arguments(args, m->n_args); /* those of the first mention come first */
  if (mill_fact_id(t, sha, f.type, f.subtype, in_clean ? mill_text_raw(t, m->clean) : m->raw, args,
                   m->n_args, id) < 0)
    return luaL_error(L, "out of memory");
  lua_pushstring(L, id);
  return 1;
}

/* ---- class textmill.fact_rows */

static int rows_gc(lua_State *L) {
  mill_fact_rows **box = luaL_checkudata(L, 1, CORPUS_T_FACT_ROWS);
  mill_fact_rows_free(*box);
  *box = NULL;
  return 0;
}

/* #rows --> how many mentions they hold */
static int rows_len(lua_State *L) {
  mill_fact_rows **box = luaL_checkudata(L, 1, CORPUS_T_FACT_ROWS);
  lua_pushinteger(L, *box != NULL ? (lua_Integer)mill_fact_rows_mentions(*box) : 0);
  return 1;
}

mill_fact_rows **corpus_new_fact_rows(lua_State *L) {
  mill_fact_rows **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, CORPUS_T_FACT_ROWS);
  return box;
}

corpus_facts_given corpus_get_facts(lua_State *L, int facts, int links) {
  corpus_facts_given g = {0};
  size_t n_mentions = 0, n_args = 0;
  luaL_checktype(L, facts, LUA_TTABLE);
  luaL_checkstack(L, 24, NULL);
  g.n = lua_rawlen(L, facts);
  count_parts(L, facts, g.n, &n_mentions, &n_args);
  g.facts = lua_newuserdatauv(L, (g.n + 1) * sizeof *g.facts, 0);
  struct room room;
  room.mentions = lua_newuserdatauv(L, (n_mentions + 1) * sizeof *room.mentions, 0);
  room.args = lua_newuserdatauv(L, (n_args + 1) * sizeof *room.args, 0);
  for (size_t k = 0; k < g.n; k++) {
    lua_rawgeti(L, facts, (lua_Integer)k + 1);
    get_fact(L, lua_gettop(L), &g.facts[k], &room);
    lua_pop(L, 1);
  }
  g.links = get_links(L, links, &g.n_links);
  return g;
}

/* core.fact_rows(text, sha256, facts, [links]) --> rows for corpus:store_facts of the document
** with these bytes | nil, message, position, code */
static int new_fact_rows(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  unsigned char sha[32];
  mill_error err;
  get_sha(L, 2, sha);
  lua_settop(L, 4);
  corpus_facts_given g = corpus_get_facts(L, 3, 4);
  mill_fact_rows **box = corpus_new_fact_rows(L);
  int code = mill_fact_rows_new(t, sha, g.facts, g.n, g.links, g.n_links, box, &err);
  if (code < 0) return corpus_fail(L, &err);
  return 1;
}

void corpus_open_fact_rows(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", rows_gc}, {"__close", rows_gc}, {"__len", rows_len}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"fact_rows", new_fact_rows}, {"fact_id", fact_id}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"close", rows_gc}, {NULL, NULL}};
  bind_class(L, CORPUS_T_FACT_ROWS, meta, methods);
  luaL_setfuncs(L, functions, 0);
}
