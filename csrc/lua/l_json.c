/*
** l_json.c - core.json_value: values of JSON; core.json_string: a string of another; core.json_text: JSON
** of what facts are made of. What is out of the ordinary is left to lua/textmill/json.lua.
*/
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/buffer.h"
#include "../store/json_text.h"
#include "l_fact_reading.h"

/* One escape at p, behind the backslash; where it ends, or NULL. */
static const char *put_escape(luaL_Buffer *b, const char *p, const char *end) {
  char bytes[4];
  size_t n;
  if ((p = json_escape(p, end, bytes, &n)) != NULL) luaL_addlstring(b, bytes, n);
  return p;
}

#define FEW_BYTES 16384u /* room that nobody misses */

/* Pushes the string whose text begins at p; *next: behind its closing quote. Otherwise pushes
** nothing, says what is wrong, and *next is where. */
static const char *push_string(lua_State *L, const char *p, const char *end, const char **next) {
  const char *stop = json_plain_end(p, end);
  if (stop < end && *stop == '"') {
    lua_pushlstring(L, p, (size_t)(stop - p));
    return *next = stop + 1, NULL;
  }
  const char *problem = NULL;
  int top = lua_gettop(L);
  luaL_Buffer b;
  size_t most = (size_t)(end - p), room = (size_t)(stop - p) * 2 + 16; /* it is no longer than what says it */
  luaL_buffinitsize(L, &b, most <= FEW_BYTES || most < room ? most : room);
  for (;;) {
    luaL_addlstring(&b, p, (size_t)(stop - p));
    if (stop == end) problem = "string without an end", stop = p;
    if (problem != NULL || *stop == '"') break;
    if (*stop != '\\') problem = "control character in a string";
    else if ((p = put_escape(&b, stop + 1, end)) != NULL) stop = json_plain_end(p, end);
    else problem = stop + 1 < end && stop[1] == 'u' ? "\\u needs four hexadecimal digits" : "unknown escape";
    if (problem != NULL) break;
  }
  if (problem != NULL) return lua_settop(L, top), *next = stop, problem;
  luaL_pushresult(&b);
  return *next = stop + 1, NULL;
}

/* core.json_string(s, i) --> the string whose text begins at i, behind its quote, and
** the position behind the closing one | nil, message, position */
static int json_string(lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n), *next;
  lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1 && (size_t)i <= n + 1, 2, "out of range");
  const char *problem = push_string(L, s + i - 1, s + n, &next);
  if (problem != NULL) {
    lua_pushnil(L);
    lua_pushstring(L, problem);
  }
  lua_pushinteger(L, next - s + 1);
  return problem != NULL ? 3 : 2;
}

/* ---- reading values as they usually are; 0 or NULL: json.lua must see to it, which says, too,
** what is wrong */

enum { ARRAYS = 1, NOTHING }; /* upvalues: the metatable of arrays, json.null */
enum { MOST_DEPTH = 100 };

static const char *skip_blanks(const char *p, const char *end) {
  while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) p++;
  return p;
}

/* What may not stand here, like a zero byte, is found out by whoever reads on. */
static int is_delimited(const char *p, const char *end) {
  return p == end || strchr(" ,]}\n\t\r", *p) != NULL;
}

/* Whole numbers of up to 18 digits. */
static const char *push_number(lua_State *L, const char *p, const char *end) {
  int minus = *p == '-', n = 0;
  lua_Integer x = 0;
  p += minus;
  const char *first = p;
  for (; p < end && *p >= '0' && *p <= '9' && n < 18; p++, n++) x = x * 10 + (*p - '0');
  if (n == 0 || (n > 1 && *first == '0')) return NULL;
  if (!is_delimited(p, end)) return NULL;
  lua_pushinteger(L, minus ? -x : x);
  return p;
}

/* Pushes null, true or false. */
static const char *push_word(lua_State *L, const char *p, const char *end) {
  size_t n = 0;
  while (n < 6 && p + n < end && p[n] >= 'a' && p[n] <= 'z') n++;
  if (n == 4 && memcmp(p, "null", 4) == 0) lua_pushvalue(L, lua_upvalueindex(NOTHING));
  else if (n == 4 && memcmp(p, "true", 4) == 0) lua_pushboolean(L, 1);
  else if (n == 5 && memcmp(p, "false", 5) == 0) lua_pushboolean(L, 0);
  else return NULL;
  return is_delimited(p + n, end) ? p + n : NULL;
}

static const char *push_json(lua_State *L, const char *p, const char *end, int depth);

/* The members of an object or array, whose table is on the top. */
static const char *read_members(lua_State *L, const char *p, const char *end, int is_object, int depth) {
  const char close = is_object ? '}' : ']';
  p = skip_blanks(p, end);
  if (p < end && *p == close) return p + 1;
  for (lua_Integer k = 1;; k++) {
    if (is_object) {
      p = skip_blanks(p, end);
      if (p == end || *p != '"' || push_string(L, p + 1, end, &p) != NULL) return NULL;
      p = skip_blanks(p, end);
      if (p == end || *p++ != ':') return NULL;
    }
    if ((p = push_json(L, p, end, depth + 1)) == NULL) return NULL;
    if (is_object) lua_rawset(L, -3);
    else lua_rawseti(L, -2, k);
    p = skip_blanks(p, end);
    if (p < end && *p == close) return p + 1;
    if (p == end || *p++ != ',') return NULL;
  }
}

/* Pushes the value at p; where it ends. Otherwise NULL, with anything pushed. */
static const char *push_json(lua_State *L, const char *p, const char *end, int depth) {
  p = skip_blanks(p, end);
  if (p == end || depth > MOST_DEPTH) return NULL;
  switch (*p) {
    case '"': return push_string(L, p + 1, end, &p) == NULL ? p : NULL;
    case '{': lua_createtable(L, 0, 4); return read_members(L, p + 1, end, 1, depth);
    case '[':
      lua_newtable(L);
      lua_pushvalue(L, lua_upvalueindex(ARRAYS));
      lua_setmetatable(L, -2);
      return read_members(L, p + 1, end, 0, depth);
    case 't': case 'f': case 'n': return push_word(L, p, end);
    default: return push_number(L, p, end);
  }
}

/* value(s) --> the value that the text is | nil: json.lua must see to it */
static int json_value(lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n), *end = s + n;
  luaL_checkstack(L, 4 * MOST_DEPTH + 20, NULL);
  const char *p = push_json(L, s, end, 0);
  if (p == NULL || skip_blanks(p, end) != end) lua_pushnil(L);
  return 1;
}

/* core.json_value(metatable of arrays, json.null) --> value, the function above */
static int new_json_value(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  lua_pushcclosure(L, json_value, 2);
  return 1;
}

/* ---- writing */

#define JSON_BUFFER "textmill.json.buffer"
enum { MOST_KEYS = 64 };

static int buffer_gc(lua_State *L) {
  mill_buffer_free(luaL_checkudata(L, 1, JSON_BUFFER));
  return 0;
}

static void put_number(lua_State *L, mill_buffer *b, int at) {
  char text[64];
  lua_Number x = lua_tonumber(L, at);
  int n = 0;
  if (lua_isinteger(L, at)) n = snprintf(text, sizeof text, LUA_INTEGER_FMT, lua_tointeger(L, at));
  else if (isnan(x) || isinf(x)) n = snprintf(text, sizeof text, "null");
  else if (x == floor(x) && fabs(x) < 0x1p53) n = snprintf(text, sizeof text, "%lld", (long long)x);
  else mill_buffer_double(b, x, 14);
  mill_buffer_append(b, text, (size_t)n);
}

static int by_bytes(const void *a, const void *b) {
  const struct json_key *x = a, *y = b;
  int order = memcmp(x->s, y->s, x->n < y->n ? x->n : y->n);
  return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

void json_sort_keys(struct json_key *keys, int n) { qsort(keys, (size_t)n, sizeof *keys, by_bytes); }

/* The keys of the table on the top, sorted; -1: too many, or not all strings. They stay on the
** stack: a finalizer may take them out of the table. */
static int sorted_keys(lua_State *L, struct json_key keys[MOST_KEYS]) {
  int n = 0, t = lua_gettop(L);
  luaL_checkstack(L, MOST_KEYS + 10, NULL);
  lua_pushnil(L);
  while (lua_next(L, t) != 0) {
    lua_pop(L, 1);
    if (n == MOST_KEYS || lua_type(L, -1) != LUA_TSTRING) return -1;
    keys[n].at = lua_gettop(L);
    keys[n].s = lua_tolstring(L, -1, &keys[n].n);
    n++;
    lua_pushvalue(L, -1);
  }
  json_sort_keys(keys, n);
  return n;
}

static int put_array(lua_State *L, mill_buffer *b, int depth) {
  mill_buffer_byte(b, '[');
  for (lua_Integer k = 1; lua_rawgeti(L, -1, k) != LUA_TNIL; k++) {
    if (k > 1) mill_buffer_byte(b, ',');
    int done = json_put_value(L, b, depth);
    lua_pop(L, 1);
    if (!done) return 0;
  }
  lua_pop(L, 1);
  mill_buffer_byte(b, ']');
  return 1;
}

static int put_object(lua_State *L, mill_buffer *b, int depth) {
  struct json_key keys[MOST_KEYS];
  int t = lua_gettop(L), n = sorted_keys(L, keys), done = n >= 0;
  mill_buffer_byte(b, '{');
  for (int k = 0; k < n && done; k++) {
    if (k > 0) mill_buffer_byte(b, ',');
    done = json_put_string(b, keys[k].s, keys[k].n);
    mill_buffer_byte(b, ':');
    lua_pushvalue(L, keys[k].at);
    lua_rawget(L, t);
    done = done && json_put_value(L, b, depth);
    lua_pop(L, 1);
  }
  mill_buffer_byte(b, '}');
  lua_settop(L, t);
  return done;
}

/* Tables with a metatable of somebody else are not ours to read. */
static int put_table(lua_State *L, mill_buffer *b, int depth) {
  int array = lua_rawlen(L, -1) > 0;
  if (lua_rawequal(L, -1, lua_upvalueindex(NOTHING))) return mill_buffer_append(b, "null", 4), 1;
  if (lua_getmetatable(L, -1)) {
    array = lua_rawequal(L, -1, lua_upvalueindex(ARRAYS));
    lua_pop(L, 1);
    if (!array) return 0;
  }
  return array ? put_array(L, b, depth + 1) : put_object(L, b, depth + 1);
}

/* Of the value on the top; 0: json.lua must see to it. */
int json_put_value(lua_State *L, mill_buffer *b, int depth) {
  size_t n;
  if (depth > MOST_DEPTH) return 0;
  switch (lua_type(L, -1)) {
    case LUA_TBOOLEAN: {
      const char *word = lua_toboolean(L, -1) ? "true" : "false";
      return mill_buffer_append(b, word, strlen(word)), 1;
    }
    case LUA_TNUMBER: return put_number(L, b, -1), 1;
    case LUA_TSTRING: {
      const char *s = lua_tolstring(L, -1, &n);
      return json_put_string(b, s, n);
    }
    case LUA_TUSERDATA: {
      const char *s = luaL_tolstring(L, -1, &n);
      int done = json_put_string(b, s, n);
      return lua_pop(L, 1), done;
    }
    case LUA_TTABLE: return put_table(L, b, depth);
    default: return 0;
  }
}

/* text(value) --> JSON with sorted keys, userdata as tostring has it | nil: not one of the
** usual values */
static int json_text(lua_State *L) {
  lua_settop(L, 1);
  luaL_checkstack(L, 4 * MOST_DEPTH + 20, NULL);
  mill_buffer *b = lua_newuserdatauv(L, sizeof *b, 0);
  *b = (mill_buffer){0};
  luaL_setmetatable(L, JSON_BUFFER);
  lua_pushvalue(L, 1);
  int done = json_put_value(L, b, 0);
  if (b->error) return luaL_error(L, "out of memory");
  if (done) lua_pushlstring(L, b->bytes, b->len);
  else lua_pushnil(L);
  mill_buffer_free(b);
  return 1;
}

/* core.json_text(metatable of arrays, json.null) --> text, the function above */
static int new_json_text(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  lua_pushcclosure(L, json_text, 2);
  return 1;
}

void mill_open_json(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", buffer_gc}, {NULL, NULL}};
  bind_class(L, JSON_BUFFER, meta, NULL);
  lua_pushcfunction(L, new_json_text);
  lua_setfield(L, -2, "json_text");
  lua_pushcfunction(L, new_json_value);
  lua_setfield(L, -2, "json_value");
  lua_pushcfunction(L, json_string);
  lua_setfield(L, -2, "json_string");
}
