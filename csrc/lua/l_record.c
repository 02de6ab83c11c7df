/*
** l_record.c - class textmill.record: one document of an NDJSON file at a time, which goes to the
** store without becoming a Lua value; core.json_document: such a line as a table.
*/
#include "l_record.h"

#define RECORD "textmill.record"

typedef struct record { mill_record r; int full; } record;

static const char *const names[] = {"id", "path", "url", "date"};

static record *check_record(lua_State *L) { return luaL_checkudata(L, 1, RECORD); }

const mill_record *bind_test_record(lua_State *L, int arg) {
  record *x = luaL_testudata(L, arg, RECORD);
  if (x != NULL) luaL_argcheck(L, x->full, arg, "the record is empty");
  return x != NULL ? &x->r : NULL;
}

static int record_gc(lua_State *L) {
  mill_record_free(&check_record(L)->r);
  return 0;
}

/* core.record() --> an empty record */
static int new_record(lua_State *L) {
  record *x = lua_newuserdatauv(L, sizeof *x, 0);
  *x = (record){0};
  luaL_setmetatable(L, RECORD);
  return 1;
}

/* record:read(reader, number) --> true: it holds the document of the next line, which has this number |
** the line, when it is none or not as most are | nil at the end | nil, message, position, code */
static int record_read(lua_State *L) {
  record *x = check_record(L);
  mill_gzip *z = bind_check_gzip(L, 2);
  mill_error err = {0};
  const char *line;
  size_t n;
  x->r.line = luaL_checkinteger(L, 3);
  x->full = 0;
  int got = mill_gzip_line(z, &line, &n, &err);
  if (got < 0) return bind_fail(L, &err);
  if (got == 0) return lua_pushnil(L), 1;
  if ((got = mill_record_read(&x->r, line, n)) < 0) return luaL_error(L, "out of memory");
  x->full = got;
  if (got) lua_pushboolean(L, 1);
  else lua_pushlstring(L, line, n);
  return 1;
}

static void put_field(lua_State *L, const mill_record *r, enum mill_record_field field, const char *name) {
  size_t n;
  const char *s = mill_record_field(r, field, &n);
  if (s == NULL) return;
  lua_pushlstring(L, s, n);
  lua_setfield(L, -2, name);
}

/* record:head() --> {id=, path=, line=}: what is said of a document that cannot be stored */
static int record_head(lua_State *L) {
  check_record(L);
  const mill_record *r = bind_test_record(L, 1);
  lua_createtable(L, 0, 3);
  put_field(L, r, MILL_RECORD_ID, "id");
  put_field(L, r, MILL_RECORD_PATH, "path");
  lua_pushinteger(L, (lua_Integer)r->line);
  lua_setfield(L, -2, "line");
  return 1;
}

/* #record --> bytes of its text */
static int record_len(lua_State *L) {
  size_t n;
  check_record(L);
  mill_record_field(bind_test_record(L, 1), MILL_RECORD_TEXT, &n);
  lua_pushinteger(L, (lua_Integer)n);
  return 1;
}

static void push_document(lua_State *L, const mill_record *r) {
  lua_createtable(L, 0, 4); /* id, raw, meta, line */
  for (int k = 0; k < 4; k++) put_field(L, r, (enum mill_record_field)k, names[k]);
  put_field(L, r, MILL_RECORD_TEXT, "raw");
  lua_createtable(L, 0, r->n);
  for (int k = 0; k < r->n; k++) {
    const struct mill_record_member *m = &r->members[k];
    lua_pushlstring(L, r->bytes + m->key.at, m->key.n);
    lua_pushlstring(L, r->bytes + m->value.at, m->value.n);
    lua_rawset(L, -3);
  }
  lua_setfield(L, -2, "meta");
}

/* json_document(line) --> what inputs.document makes of it | nil: inputs.lua must see to it */
static int json_document(lua_State *L) {
  size_t n;
  const char *line = luaL_checklstring(L, 1, &n);
  record *x = lua_touserdata(L, lua_upvalueindex(1));
  if (x->full) new_record(L), x = lua_touserdata(L, -1); /* a finalizer, while it is read */
  int got = mill_record_read(&x->r, line, n);
  if (got < 0) return luaL_error(L, "out of memory");
  if (got == 0) return lua_pushnil(L), 1;
  x->full = 1;
  push_document(L, &x->r);
  x->full = 0;
  return 1;
}

void mill_open_record(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", record_gc}, {"__len", record_len}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"read", record_read}, {"head", record_head}, {NULL, NULL}};
  bind_class(L, RECORD, meta, methods);
  lua_pushcfunction(L, new_record);
  lua_setfield(L, -2, "record");
  new_record(L);
  lua_pushcclosure(L, json_document, 1);
  lua_setfield(L, -2, "json_document");
}
