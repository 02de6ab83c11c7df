/*
** l_fact_rows.c - facts as Lua tables become rows for the corpus (class textmill.fact_rows).
**
**   { type="quantity", subtype=, item=, value=, lo=, hi=, unit=, approx=,
**     time = { from=, to=, grain=, calendar=, source= } | "2020-02-06",
**     place = { code=, name=, level=, how= } | "name", place_code=, place_level=, place_how=,
**     scope=, polarity=, modality=, status=, args = "{...}",
**     mentions = { { i=, j=, rule=, version=, captures = { name = {i, j} } }, ... } }
**
** i, j: clean text, 1-based, inclusive (or ri, rj: raw bytes).
*/
#include <string.h>

#include "../core/alloc.h"
#include "l_fact_reading.h"

#define READING "textmill.fact_rows.reading"
enum { MOST_KEPT = 1 << 20 }; /* bytes */

/* Pushes the field as the table itself has it: what __index makes up would
** not outlive its place on the stack. */
static int get_field(lua_State *L, int t, const char *name) {
  t = lua_absindex(L, t);
  lua_pushstring(L, name);
  return lua_rawget(L, t);
}

/* ---- arrays */

static void free_reading(fact_reading *r) {
  mem_free(r->facts);
  mem_free(r->mentions);
  mem_free(r->args);
  mill_buffer_free(&r->text);
  *r = (fact_reading){0};
}

void fact_reading_clear(fact_reading *r) {
  if (r->text.capacity > MOST_KEPT || r->facts_capacity > MOST_KEPT / sizeof *r->facts || r->text.error) {
    free_reading(r);
    return;
  }
  r->n = r->n_mentions = r->n_args = 0;
  r->text.len = 0;
  r->rule.n = r->version.n = 0;
  r->busy = 0;
}

static int reading_gc(lua_State *L) {
  free_reading(luaL_checkudata(L, 1, READING));
  return 0;
}

fact_reading *fact_reading_new(lua_State *L) {
  fact_reading *r = lua_newuserdatauv(L, sizeof *r, 0);
  *r = (fact_reading){0};
  luaL_setmetatable(L, READING);
  return r;
}

static void make_room(lua_State *L, void *array, uint32_t *capacity, uint32_t n, size_t item) {
  if (n >= *capacity && mill_grow(array, capacity, (size_t)n + 1, item) < 0) luaL_error(L, "out of memory");
}

mill_fact *fact_reading_next(lua_State *L, fact_reading *r) {
  make_room(L, &r->facts, &r->facts_capacity, r->n, sizeof *r->facts);
  mill_fact *f = &r->facts[r->n++];
  memset(f, 0, sizeof *f);
  return f;
}

/* ---- strings */

const char *fact_reading_bytes(fact_reading *r, const char *s, size_t n) {
  size_t at = r->text.len;
  mill_buffer_append(&r->text, s, n);
  mill_buffer_byte(&r->text, 0);
  return (const char *)(uintptr_t)(at + 1); /* set_text makes it a pointer */
}

const char *fact_reading_text(lua_State *L, int at, fact_reading *r, const char *name) {
  size_t n;
  int type = lua_type(L, at);
  if (type == LUA_TNIL) return NULL;
  if (type != LUA_TSTRING && type != LUA_TUSERDATA) luaL_error(L, "fact: %s is no string", name);
  const char *s = type == LUA_TSTRING ? lua_tolstring(L, at, &n) : luaL_tolstring(L, at, &n);
  const char *kept = fact_reading_bytes(r, s, n);
  if (type == LUA_TUSERDATA) lua_pop(L, 1);
  return kept;
}

static void set_text(const fact_reading *r, const char **s) {
  if (*s != NULL) *s = r->text.bytes + (uintptr_t)*s - 1;
}

static void set_texts(const fact_reading *r, mill_fact *f) {
  const char **const all[] = {&f->type,          &f->subtype,     &f->item,       &f->unit,
                              &f->approx,        &f->time_from,   &f->time_to,    &f->time_grain,
                              &f->time_calendar, &f->time_source, &f->place_code, &f->place_name,
                              &f->place_level,   &f->place_how,   &f->scope,      &f->polarity,
                              &f->modality,      &f->status,      &f->args};
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) set_text(r, all[k]);
}

void fact_reading_end(lua_State *L, fact_reading *r) {
  uint32_t mention = 0, arg = 0;
  if (r->text.error) luaL_error(L, "out of memory");
  for (uint32_t k = 0; k < r->n; k++) {
    set_texts(r, &r->facts[k]);
    if (r->facts[k].n_mentions > 0) r->facts[k].mentions = &r->mentions[mention];
    mention += (uint32_t)r->facts[k].n_mentions;
  }
  for (uint32_t k = 0; k < r->n_mentions; k++) {
    mill_mention *m = &r->mentions[k];
    set_text(r, &m->rule);
    set_text(r, &m->rule_version);
    if (m->n_args > 0) m->args = &r->args[arg];
    arg += (uint32_t)m->n_args;
  }
  for (uint32_t k = 0; k < r->n_args; k++) set_text(r, &r->args[k].name);
}

/* ---- reading one fact; the table is at index t */

/* A string field; NULL when absent. */
static const char *get_text(lua_State *L, int t, fact_reading *r, const char *name) {
  get_field(L, t, name);
  const char *s = fact_reading_text(L, -1, r, name);
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

void fact_reading_time(lua_State *L, fact_reading *r, mill_fact *f) {
  int at = lua_gettop(L);
  if (!lua_istable(L, at)) {
    f->time_from = fact_reading_text(L, at, r, "time");
    return;
  }
  f->time_from = get_text(L, at, r, "from");
  f->time_to = get_text(L, at, r, "to");
  f->time_grain = get_text(L, at, r, "grain");
  f->time_calendar = get_text(L, at, r, "calendar");
  f->time_source = get_text(L, at, r, "source");
}

void fact_reading_place(lua_State *L, fact_reading *r, mill_fact *f) {
  int at = lua_gettop(L);
  if (!lua_istable(L, at)) {
    f->place_name = fact_reading_text(L, at, r, "place");
    return;
  }
  f->place_name = get_text(L, at, r, "name");
  f->place_code = get_text(L, at, r, "code");
  f->place_level = get_text(L, at, r, "level");
  f->place_how = get_text(L, at, r, "how");
}

/* Lua i, j as a clean span; the store checks it against the text. */
static mill_span get_span(lua_State *L, lua_Integer i, lua_Integer j) {
  if (i < 1 || j < i - 1 || j > (lua_Integer)MILL_MAX_BYTES)
    luaL_error(L, "fact: a position outside of the text");
  return (mill_span){(uint32_t)(i - 1), (uint32_t)j};
}

/* Names of fields, which lie on the stack while many are read: a name need not be looked up then. */
enum { MENTIONS, CAPTURES, CLEAN_I, CLEAN_J, RAW_I, RAW_J, RULE, VERSION, KEYS };

void fact_reading_keys(lua_State *L, fact_reading *r) {
  static const char *const names[KEYS] = {"mentions", "captures", "i", "j", "ri", "rj", "rule", "version"};
  r->keys = lua_gettop(L) + 1;
  for (int k = 0; k < KEYS; k++) lua_pushstring(L, names[k]);
}

static int get_key(lua_State *L, int t, const fact_reading *r, int key) {
  lua_pushvalue(L, r->keys + key);
  return lua_rawget(L, t);
}

/* The integer on the top, which goes. */
static lua_Integer pop_integer(lua_State *L, const char *name) {
  int ok;
  lua_Integer x = lua_tointegerx(L, -1, &ok);
  if (!ok) luaL_error(L, "mention: %s is no integer", name);
  lua_pop(L, 1);
  return x;
}

/* i, j in clean text, or ri, rj in raw bytes: metadata of an attribute. */
static void get_place_of(lua_State *L, int t, const fact_reading *r, mill_mention *m) {
  m->clean = (mill_span){MILL_NONE, MILL_NONE};
  if (get_key(L, t, r, CLEAN_I) != LUA_TNIL) {
    lua_Integer i = pop_integer(L, "i");
    get_key(L, t, r, CLEAN_J);
    m->clean = get_span(L, i, pop_integer(L, "j"));
    return;
  }
  lua_pop(L, 1);
  get_key(L, t, r, RAW_I);
  lua_Integer i = pop_integer(L, "ri");
  get_key(L, t, r, RAW_J);
  m->raw = get_span(L, i, pop_integer(L, "rj"));
}

/* The text of a field that most mentions of a document share with the one before. */
static const char *get_shared(lua_State *L, int t, fact_reading *r, int key) {
  size_t n;
  int is_rule = key == RULE;
  size_t *at = is_rule ? &r->rule.at : &r->version.at, *known = is_rule ? &r->rule.n : &r->version.n;
  const char *out, *s = get_key(L, t, r, key) == LUA_TSTRING ? lua_tolstring(L, -1, &n) : NULL;
  if (s != NULL && n > 0 && n == *known && memcmp(r->text.bytes + *at, s, n) == 0) {
    out = (const char *)(uintptr_t)(*at + 1);
  } else {
    *at = r->text.len;
    *known = s != NULL && !r->text.error ? n : 0;
    out = fact_reading_text(L, -1, r, is_rule ? "rule" : "version");
    if (r->text.error) *known = 0;
  }
  lua_pop(L, 1);
  return out;
}

/* The integer at place k of the table on the top, which must be one. */
static lua_Integer bound_of(lua_State *L, int k) {
  int ok;
  lua_rawgeti(L, -1, k);
  lua_Integer x = lua_tointegerx(L, -1, &ok);
  if (!ok) luaL_error(L, "mention: captures are {name = {i, j}}");
  lua_pop(L, 1);
  return x;
}

static void get_captures(lua_State *L, int t, fact_reading *r) {
  if (get_key(L, t, r, CAPTURES) == LUA_TTABLE) {
    lua_pushnil(L);
    while (lua_next(L, -2) != 0) {
      int named = lua_type(L, -2) == LUA_TSTRING && lua_istable(L, -1);
      if (!named) luaL_error(L, "mention: captures are {name = {i, j}}");
      lua_Integer i = bound_of(L, 1);
      mill_span s = get_span(L, i, bound_of(L, 2));
      lua_pop(L, 1);
      make_room(L, &r->args, &r->args_capacity, r->n_args, sizeof *r->args);
      r->args[r->n_args++] = (mill_argument){fact_reading_text(L, -1, r, "a capture"), s};
    }
  }
  lua_pop(L, 1);
}

static void get_mention(lua_State *L, int t, fact_reading *r) {
  make_room(L, &r->mentions, &r->mentions_capacity, r->n_mentions, sizeof *r->mentions);
  mill_mention *m = &r->mentions[r->n_mentions++];
  uint32_t before = r->n_args;
  memset(m, 0, sizeof *m);
  get_place_of(L, t, r, m);
  m->rule = get_shared(L, t, r, RULE);
  m->rule_version = get_shared(L, t, r, VERSION);
  get_captures(L, t, r);
  m->n_args = r->n_args - before;
}

void fact_reading_mentions(lua_State *L, int t, fact_reading *r, mill_fact *f) {
  if (get_key(L, t, r, MENTIONS) != LUA_TTABLE) luaL_error(L, "a fact needs mentions");
  f->n_mentions = lua_rawlen(L, -1);
  for (size_t k = 1; k <= f->n_mentions; k++) {
    if (lua_rawgeti(L, -1, (lua_Integer)k) != LUA_TTABLE) luaL_error(L, "mentions are tables");
    get_mention(L, lua_gettop(L), r);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

static void get_fact(lua_State *L, int t, fact_reading *r) {
  mill_fact *f = fact_reading_next(L, r);
  f->type = get_text(L, t, r, "type");
  if (f->type == NULL) luaL_error(L, "fact: type missing");
  f->subtype = get_text(L, t, r, "subtype");
  f->item = get_text(L, t, r, "item");
  f->has_value = get_number(L, t, "value", &f->value);
  f->lo = f->hi = f->value;
  f->has_bounds = get_number(L, t, "lo", &f->lo) | get_number(L, t, "hi", &f->hi) | f->has_value;
  f->unit = get_text(L, t, r, "unit");
  f->approx = get_text(L, t, r, "approx");
  f->scope = get_text(L, t, r, "scope");
  f->polarity = get_text(L, t, r, "polarity");
  f->modality = get_text(L, t, r, "modality");
  f->status = get_text(L, t, r, "status");
  f->args = get_text(L, t, r, "args");
  get_field(L, t, "time");
  fact_reading_time(L, r, f);
  if (get_field(L, t, "place") != LUA_TTABLE) {
    f->place_code = get_text(L, t, r, "place_code");
    f->place_level = get_text(L, t, r, "place_level");
    f->place_how = get_text(L, t, r, "place_how");
  }
  fact_reading_place(L, r, f);
  lua_pop(L, 2);
  fact_reading_mentions(L, t, r, f);
}

/* {from, to, kind} with indices of the facts; kinds are kept in r */
static mill_link *get_links(lua_State *L, int t, fact_reading *r, size_t *n) {
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
    links[k].kind = fact_reading_text(L, -1, r, "kind");
    lua_pop(L, 4);
  }
  return links;
}

void fact_reading_sha(lua_State *L, int arg, unsigned char sha[32]) {
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
  char id[32];
  fact_reading_sha(L, 2, sha);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  luaL_checkstack(L, 32, NULL);
  fact_reading *r = fact_reading_new(L);
  fact_reading_keys(L, r);
  mill_fact *f = fact_reading_next(L, r);
  f->type = get_text(L, 3, r, "type");
  f->subtype = get_text(L, 3, r, "subtype");
  luaL_argcheck(L, f->type != NULL, 3, "a fact needs a type");
  fact_reading_mentions(L, 3, r, f);
  luaL_argcheck(L, f->n_mentions > 0, 3, "a fact needs mentions");
  fact_reading_end(L, r);
  const mill_mention *m = r->mentions; /* whose arguments come first */
  int in_clean = m->clean.from != MILL_NONE, inside = in_clean ? m->clean.to <= t->clean_len
                                                               : m->raw.to <= t->raw_len;
  for (size_t k = 0; k < m->n_args; k++) inside &= r->args[k].clean.to <= t->clean_len;
  luaL_argcheck(L, inside, 3, "a position outside of the text");
  mill_sort_arguments(r->args, m->n_args);
  if (mill_fact_id(t, sha, f->type, f->subtype, in_clean ? mill_text_raw(t, m->clean) : m->raw, r->args,
                   m->n_args, id) < 0)
    return luaL_error(L, "out of memory");
  lua_pushstring(L, id);
  return 1;
}

/* ---- class textmill.fact_rows */

/* Rows that are closed leave their room to the next ones: memory that is given back and asked
** for again with every document costs more than what is put there. */
#define SPARE "textmill.fact_rows.spare"
enum { MOST_SPARE = 64 };
typedef struct spare_rows { mill_fact_rows *items[MOST_SPARE]; int n, closed; } spare_rows;

static spare_rows *spare_of(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, SPARE ".items");
  spare_rows *s = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return s;
}

static int spare_gc(lua_State *L) {
  spare_rows *s = luaL_checkudata(L, 1, SPARE);
  while (s->n > 0) mill_fact_rows_free(s->items[--s->n]);
  s->closed = 1; /* rows that outlive it are freed */
  return 0;
}

mill_fact_rows *corpus_spare_rows(lua_State *L) {
  spare_rows *s = spare_of(L);
  return s->n > 0 ? s->items[--s->n] : NULL;
}

static int rows_gc(lua_State *L) {
  mill_fact_rows **box = luaL_checkudata(L, 1, CORPUS_T_FACT_ROWS);
  spare_rows *s = spare_of(L);
  int kept = *box != NULL && !s->closed && s->n < MOST_SPARE && mill_fact_rows_are_few(*box);
  if (kept) s->items[s->n++] = *box;
  else mill_fact_rows_free(*box);
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
  luaL_checktype(L, facts, LUA_TTABLE);
  luaL_checkstack(L, 32, NULL);
  fact_reading *r = fact_reading_new(L);
  fact_reading_keys(L, r);
  g.n = lua_rawlen(L, facts);
  for (size_t k = 0; k < g.n; k++) {
    luaL_argcheck(L, lua_rawgeti(L, facts, (lua_Integer)k + 1) == LUA_TTABLE, facts, "facts are tables");
    get_fact(L, lua_gettop(L), r);
    lua_pop(L, 1);
  }
  g.links = get_links(L, links, r, &g.n_links);
  fact_reading_end(L, r);
  for (size_t k = 0; k < g.n_links; k++) set_text(r, &g.links[k].kind);
  g.facts = r->facts;
  return g;
}

/* core.fact_rows(text, sha256, facts, [links]) --> rows for corpus:store_facts of the document
** with these bytes | nil, message, position, code */
static int new_fact_rows(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  unsigned char sha[32];
  mill_error err;
  fact_reading_sha(L, 2, sha);
  lua_settop(L, 4);
  corpus_facts_given g = corpus_get_facts(L, 3, 4);
  mill_fact_rows **box = corpus_new_fact_rows(L);
  *box = corpus_spare_rows(L);
  int code = mill_fact_rows_new(t, sha, g.facts, g.n, g.links, g.n_links, box, &err);
  if (code < 0) return corpus_fail(L, &err);
  return 1;
}

void corpus_open_fact_rows(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", rows_gc}, {"__close", rows_gc}, {"__len", rows_len}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"fact_rows", new_fact_rows}, {"fact_id", fact_id}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"close", rows_gc}, {NULL, NULL}};
  static const luaL_Reg reading[] = {{"__gc", reading_gc}, {NULL, NULL}};
  static const luaL_Reg spare[] = {{"__gc", spare_gc}, {NULL, NULL}};
  bind_class(L, READING, reading, NULL);
  bind_class(L, CORPUS_T_FACT_ROWS, meta, methods);
  bind_class(L, SPARE, spare, NULL);
  spare_rows *s = lua_newuserdatauv(L, sizeof *s, 0);
  *s = (spare_rows){0};
  luaL_setmetatable(L, SPARE);
  lua_setfield(L, LUA_REGISTRYINDEX, SPARE ".items");
  luaL_setfuncs(L, functions, 0);
}
