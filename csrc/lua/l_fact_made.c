/*
** l_fact_made.c - facts as rules make them become rows for the corpus, each table walked over once.
**
**   { type="permit", name="通行证", colour="绿", valid="3月1日至5日", value=3, unit="张", mentions=... }
**       column   item  argument       argument     column
**
** The store has columns for what every fact may have; the rest of the keys travel as one JSON
** object, `args`, keys sorted. What JSON of the usual values does not cover (functions, tables of
** other classes, bytes that are no UTF-8) lua/textmill/stored.lua writes.
*/
#include <string.h>

#include "../store/json_text.h"
#include "l_fact_reading.h"

enum { MOST_ARGUMENTS = 64 };
enum { ARRAYS = 1, NOTHING, CLASSES, ARGS_OF, ROOM, QUICK }; /* upvalues; the first two are json_put_value's */

/* What a key is to the store. NAME and behind: arguments that a fact may be listed by, best first. */
enum key_class {
  KEY_ARGUMENT, KEY_INTERNAL, KEY_TYPE, KEY_SUBTYPE, KEY_UNIT, KEY_APPROX, KEY_SCOPE, KEY_POLARITY,
  KEY_MODALITY, KEY_STATUS, KEY_PLACE_CODE, KEY_PLACE_LEVEL, KEY_PLACE_HOW, KEY_TIME, KEY_PLACE,
  KEY_VALUE, KEY_LO, KEY_HI, KEY_ITEM, KEY_NAME, KEY_TITLE, KEY_MESSAGE, KEY_FIRST
};
static const char *const key_names[] = {
  NULL, NULL, "type", "subtype", "unit", "approx", "scope", "polarity", "modality", "status", "place_code",
  "place_level", "place_how", "time", "place", "value", "lo", "hi", "item", "name", "title", "message",
  "first"
};

/* CLASSES once more, by where the strings lie that this table keeps: a key found here need not be looked up
** there. */
enum { SLOTS = 256 };
struct quick { const char *keys[SLOTS]; uint8_t classes[SLOTS]; };

struct walk {
  lua_State *L;
  const struct quick *quick;
  fact_reading *r;
  mill_fact *f;
  struct json_key args[MOST_ARGUMENTS]; /* at: their values' places */
  int n_args, odd; /* odd: keys that are no strings, or too many of them */
  int has_time, place_in_parts;
  int listed_by;   /* class of what the item is so far; KEY_VALUE: words in the place of a number; 0: none */
};

/* ---- columns; the value is on the top */

static const char **text_column(mill_fact *f, int class) {
  switch (class) {
    case KEY_TYPE: return &f->type;
    case KEY_SUBTYPE: return &f->subtype;
    case KEY_UNIT: return &f->unit;
    case KEY_APPROX: return &f->approx;
    case KEY_SCOPE: return &f->scope;
    case KEY_POLARITY: return &f->polarity;
    case KEY_MODALITY: return &f->modality;
    case KEY_STATUS: return &f->status;
    case KEY_PLACE_CODE: return &f->place_code;
    case KEY_PLACE_LEVEL: return &f->place_level;
    default: return &f->place_how;
  }
}

static void put_number(struct walk *w, int class) {
  double x = lua_tonumber(w->L, -1);
  mill_fact *f = w->f;
  if (class == KEY_VALUE) f->value = x, f->has_value = 1;
  else if (class == KEY_LO) f->lo = x, f->has_bounds |= 1;
  else f->hi = x, f->has_bounds |= 2;
}

/* Whatever it is, as tostring has it; item goes before name, name before title... */
static void put_item(struct walk *w, int class) {
  int better = w->listed_by == 0 || w->listed_by == KEY_VALUE || class < w->listed_by;
  size_t n;
  if (class == KEY_VALUE ? w->listed_by != 0 : !better || !lua_toboolean(w->L, -1)) return;
  const char *s = luaL_tolstring(w->L, -1, &n);
  w->f->item = fact_reading_bytes(w->r, s, n);
  w->listed_by = class;
  lua_pop(w->L, 1);
}

/* Does the value go to a column? */
static int put_column(struct walk *w, int class) {
  lua_State *L = w->L;
  int type = lua_type(L, -1);
  if (class >= KEY_VALUE && class <= KEY_HI && type == LUA_TNUMBER) return put_number(w, class), 1;
  if (class == KEY_VALUE && type == LUA_TSTRING) put_item(w, class);
  if (class >= KEY_ITEM) put_item(w, class);
  if (class >= KEY_VALUE) return class == KEY_ITEM;
  if (class == KEY_TIME) fact_reading_time(L, w->r, w->f), w->has_time = 1;
  else if (class == KEY_PLACE && type == LUA_TTABLE) w->place_in_parts = 1;
  else if (class == KEY_PLACE) fact_reading_place(L, w->r, w->f);
  else if (class >= KEY_TYPE) *text_column(w->f, class) = fact_reading_text(L, -1, w->r, key_names[class]);
  return class != KEY_ARGUMENT;
}

/* ---- arguments */

/* Appends their JSON; 0 where Lua must see to it. */
static int put_json(struct walk *w) {
  mill_buffer *b = &w->r->text;
  int done = !w->odd;
  json_sort_keys(w->args, w->n_args);
  mill_buffer_byte(b, '{');
  for (int k = 0; k < w->n_args && done; k++) {
    if (k > 0) mill_buffer_byte(b, ',');
    done = json_put_string(b, w->args[k].s, w->args[k].n);
    mill_buffer_byte(b, ':');
    lua_pushvalue(w->L, w->args[k].at);
    done = done && json_put_value(w->L, b, 0);
    lua_pop(w->L, 1);
  }
  mill_buffer_byte(b, '}');
  return done;
}

static void put_arguments(struct walk *w, int t) {
  lua_State *L = w->L;
  size_t at = w->r->text.len, n;
  if (w->n_args == 0 && !w->odd) return;
  if (put_json(w)) {
    mill_buffer_byte(&w->r->text, 0);
    w->f->args = (const char *)(uintptr_t)(at + 1);
    return;
  }
  w->r->text.len = at;
  lua_pushvalue(L, lua_upvalueindex(ARGS_OF));
  lua_pushvalue(L, t);
  lua_call(L, 1, 1);
  const char *s = luaL_checklstring(L, -1, &n);
  w->f->args = fact_reading_bytes(w->r, s, n);
  lua_pop(L, 1);
}

/* ---- one fact */

static unsigned slot_of(const struct quick *q, const char *key) {
  unsigned at = (unsigned)((uintptr_t)key >> 3) * 0x9e3779b1u >> 24;
  while (q->keys[at] != NULL && q->keys[at] != key) at = (at + 1) % SLOTS;
  return at;
}

/* Of the key below the value on the top. */
static int class_of(const struct walk *w) {
  unsigned at = slot_of(w->quick, lua_tostring(w->L, -2));
  if (w->quick->keys[at] != NULL) return w->quick->classes[at];
  lua_pushvalue(w->L, -2);
  lua_rawget(w->L, lua_upvalueindex(CLASSES));
  int class = (int)lua_tointeger(w->L, -1);
  lua_pop(w->L, 1);
  return class;
}

/* The key below the value on the top, which an argument leaves on the stack with its key: whatever
** happens to the table, they stay. The key is on the top then. */
static void take(struct walk *w) {
  lua_State *L = w->L;
  int class = lua_type(L, -2) == LUA_TSTRING ? class_of(w) : KEY_ARGUMENT;
  if (class == KEY_INTERNAL || put_column(w, class)) {
    lua_pop(L, 1);
  } else if (lua_type(L, -2) != LUA_TSTRING || w->n_args == MOST_ARGUMENTS) {
    w->odd = 1;
    lua_pop(L, 1);
  } else {
    struct json_key *a = &w->args[w->n_args++];
    a->s = lua_tolstring(L, -2, &a->n);
    a->at = lua_gettop(L);
    lua_pushvalue(L, -2);
  }
}

static int get_field(lua_State *L, int t, const char *name) {
  lua_pushstring(L, name);
  return lua_rawget(L, t);
}

/* A place in parts goes before columns of its own. What a fact of type place or time is about
** stands in its arguments. */
static void put_special(struct walk *w, int t, const char *type) {
  lua_State *L = w->L;
  mill_fact *f = w->f;
  int is_place = strcmp(type, "place") == 0;
  if (strcmp(type, "time") == 0 && !w->has_time && get_field(L, t, "value") != LUA_TNUMBER)
    fact_reading_time(L, w->r, f);
  if (!is_place && !w->place_in_parts) return;
  get_field(L, t, is_place ? "name" : "place");
  fact_reading_place(L, w->r, f);
  if (!is_place || lua_istable(L, -1)) return;
  get_field(L, t, "code");
  f->place_code = fact_reading_text(L, -1, w->r, "code");
  get_field(L, t, "how");
  f->place_how = fact_reading_text(L, -1, w->r, "how");
}

static void put_bounds(mill_fact *f) {
  if (!(f->has_bounds & 1)) f->lo = f->value;
  if (!(f->has_bounds & 2)) f->hi = f->value;
  f->has_bounds = f->has_bounds != 0 || f->has_value;
}

/* The fact whose table is on the top */
static void read_fact(lua_State *L, fact_reading *r) {
  struct walk w;
  w.L = L, w.r = r, w.f = fact_reading_next(L, r);
  w.quick = lua_touserdata(L, lua_upvalueindex(QUICK));
  w.n_args = w.odd = w.has_time = w.place_in_parts = w.listed_by = 0;
  int t = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, t) != 0) take(&w);
  if (w.f->type == NULL) luaL_error(L, "fact: type missing");
  put_arguments(&w, t);
  put_special(&w, t, r->text.error ? "" : r->text.bytes + (uintptr_t)w.f->type - 1);
  put_bounds(w.f);
  lua_settop(L, t);
  fact_reading_mentions(L, t, r, w.f);
}

/* What the last call has left, or, where that is still at work or has raised, another. */
static fact_reading *take_room(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(ROOM));
  fact_reading *r = lua_touserdata(L, -1);
  if (r->busy) {
    r = fact_reading_new(L);
    lua_pushvalue(L, -1);
    lua_replace(L, lua_upvalueindex(ROOM));
  }
  r->busy = 1;
  return r;
}

/* rows(text, sha256, facts) --> rows for corpus:store_facts of the document with these bytes
** | nil, message, position, code */
static int make_rows(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  unsigned char sha[32];
  mill_error err;
  fact_reading_sha(L, 2, sha);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  luaL_checkstack(L, 2 * MOST_ARGUMENTS + 450, NULL); /* 4 a level of what is written as JSON */
  fact_reading *r = take_room(L);
  fact_reading_keys(L, r);
  size_t n = lua_rawlen(L, 3);
  for (size_t k = 0; k < n; k++) {
    luaL_argcheck(L, lua_rawgeti(L, 3, (lua_Integer)k + 1) == LUA_TTABLE, 3, "facts are tables");
    read_fact(L, r);
    lua_pop(L, 1);
  }
  fact_reading_end(L, r);
  mill_fact_rows **box = corpus_new_fact_rows(L);
  *box = corpus_spare_rows(L);
  int code = mill_fact_rows_new(t, sha, r->facts, n, NULL, 0, box, &err);
  fact_reading_clear(r);
  if (code < 0) return corpus_fail(L, &err);
  return 1;
}

/* Pushes what is found at once of the classes in the table on the top. */
static void push_quick(lua_State *L) {
  struct quick *q = lua_newuserdatauv(L, sizeof *q, 0);
  int n = 0;
  *q = (struct quick){0};
  lua_pushnil(L);
  while (lua_next(L, -3) != 0 && ++n < SLOTS / 2) {
    const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
    unsigned at = key != NULL ? slot_of(q, key) : 0;
    if (key != NULL) q->keys[at] = key, q->classes[at] = (uint8_t)lua_tointeger(L, -1);
    lua_pop(L, 1);
  }
  if (n == SLOTS / 2) lua_pop(L, 2);
}

/* core.made_rows(metatable of arrays, json.null, {key that is no argument = true}, args_of) --> rows, the
** function above. args_of(fact): JSON of its arguments where C does not write it */
static int new_made_rows(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checktype(L, 3, LUA_TTABLE);
  luaL_checktype(L, 4, LUA_TFUNCTION);
  lua_settop(L, 4);
  lua_newtable(L);
  lua_pushnil(L);
  while (lua_next(L, 3) != 0) {
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_pushinteger(L, KEY_INTERNAL);
    lua_rawset(L, 5);
  }
  for (int k = KEY_TYPE; k <= KEY_FIRST; k++) {
    lua_pushinteger(L, k);
    lua_setfield(L, 5, key_names[k]);
  }
  push_quick(L);
  lua_insert(L, 5);
  lua_replace(L, 3);
  fact_reading_new(L);
  lua_insert(L, 5);
  lua_pushcclosure(L, make_rows, 6);
  return 1;
}

void corpus_open_fact_made(lua_State *L) {
  lua_pushcfunction(L, new_made_rows);
  lua_setfield(L, -2, "made_rows");
}
