/*
** l_text.c - tm.clean, tm.decode and the class textmill.text: a cleaned
** document. Blocks, articles, metadata and notes come as plain lists of
** tables; fields (t.charset, t.html...) say how the text was made.
*/
#include <stdio.h>
#include <string.h>

#include "bind.h"

#define MAX_FILE ((size_t)256 << 20)

static const char *const glosses[] = {"none", "junk", "true"};
static const char *const scripts[] = {"none", "simplified", "traditional", "mixed"};

mill_text *bind_check_text_object(lua_State *L, int arg) {
  mill_text **box = luaL_checkudata(L, arg, MILL_T_TEXT);
  luaL_argcheck(L, *box != NULL, arg, "text is closed");
  return *box;
}

static size_t footprint(const mill_text *t) {
  const mill_run *runs;
  size_t n = t->raw_len + t->clean_len + t->folded_len;
  n += mill_map_runs(t->map, &runs) * sizeof *runs;
  if (t->fold_map != NULL) n += mill_map_runs(t->fold_map, &runs) * sizeof *runs;
  return n + t->n_blocks * sizeof *t->blocks + t->n_notes * sizeof *t->notes + t->n_meta * sizeof *t->meta;
}

static int text_gc(lua_State *L) {
  mill_text **box = luaL_checkudata(L, 1, MILL_T_TEXT);
  if (*box != NULL) bind_discharge(L, footprint(*box));
  mill_text_free(*box);
  *box = NULL;
  return 0;
}

/* ---- making -------------------------------------------------------------------- */

void bind_charge_text(lua_State *L, const mill_text *t) { bind_charge(L, footprint(t)); }

static size_t option_size(lua_State *L, int arg, const char *name, size_t standard) {
  int type = lua_getfield(L, arg, name);
  lua_Integer value = type == LUA_TNIL ? 0 : luaL_checkinteger(L, -1);
  if (type != LUA_TNIL && value < 1) luaL_argerror(L, arg, lua_pushfstring(L, "%s must be positive", name));
  lua_pop(L, 1);
  return type == LUA_TNIL ? standard : (size_t)value;
}

/* The options of tm.clean; the charset's name stays on the stack. */
static void read_options(lua_State *L, int arg, mill_clean_options *o) {
  static const char *const known[] = {"charset", "html", "max_bytes", "max_depth", "mojibake", NULL};
  *o = (mill_clean_options){.html = -1};
  bind_check_options(L, arg, known);
  if (lua_isnoneornil(L, arg)) return;
  if (lua_getfield(L, arg, "html") != LUA_TNIL) o->html = lua_toboolean(L, -1);
  lua_pop(L, 1);
  lua_getfield(L, arg, "mojibake");
  o->mojibake_off = ~bind_repair_kinds(L, arg, "mojibake") & MILL_REPAIR_ALL;
  lua_pop(L, 1);
  o->max_bytes = option_size(L, arg, "max_bytes", 0);
  o->max_depth = (uint32_t)option_size(L, arg, "max_depth", 0);
  if (lua_getfield(L, arg, "charset") != LUA_TNIL) o->charset = luaL_checkstring(L, -1);
}

/* The raw bytes of argument 1: a string, or the file of {path=}. Returns 0,
** or pushes the failure and returns its length. */
static int read_raw(lua_State *L, const mill_clean_options *o, const char **raw, size_t *n) {
  static const char *const known[] = {"path", NULL};
  if (!lua_istable(L, 1)) return *raw = luaL_checklstring(L, 1, n), 0;
  bind_check_options(L, 1, known);
  luaL_argcheck(L, lua_getfield(L, 1, "path") == LUA_TSTRING, 1, "path missing");
  const char *path = lua_tostring(L, -1);
  mill_error err;
  char **bytes = bind_new_bytes(L);
  size_t limit = o->max_bytes > 0 ? o->max_bytes : MAX_FILE;
  if (mill_read_file(path, limit, bytes, n, &err) < 0) return bind_fail(L, &err);
  return *raw = *bytes, 0;
}

/* core.clean(raw | {path=}, [{charset=, html=, max_bytes=, max_depth=,
** mojibake=}]) --> text
** | nil, message, position, code */
static int clean(lua_State *L) {
  mill_clean_options o;
  const char *raw = NULL;
  size_t n = 0;
  mill_error err;
  lua_settop(L, 2);
  read_options(L, 2, &o);
  int failed = read_raw(L, &o, &raw, &n);
  if (failed) return failed;
  const mill_data *d = bind_data(L);
  mill_text **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_TEXT);
  if (mill_clean(d, raw, n, &o, box, &err) < 0) return bind_fail(L, &err);
  bind_charge_text(L, *box);
  return 1;
}

/* core.decode(bytes, [charset]) --> utf8, charset, map | nil, message, position, code */
static int decode(lua_State *L) {
  size_t n, len;
  mill_error err;
  char charset[32];
  const char *bytes = luaL_checklstring(L, 1, &n), *hint = luaL_optstring(L, 2, NULL);
  lua_settop(L, 2);
  mill_map **map = bind_new_map(L);   /* 3 */
  char **result = bind_new_bytes(L);  /* 4 */
  if (mill_decode(bytes, n, hint, result, &len, charset, map, &err) < 0) return bind_fail(L, &err);
  lua_pushlstring(L, *result, len);
  bind_free_bytes(result);
  lua_pushstring(L, charset);
  lua_pushvalue(L, 3);
  return 3;
}

/* ---- positions ------------------------------------------------------------------- */

/* #t --> bytes of clean text */
static int text_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)bind_check_text_object(L, 1)->clean_len);
  return 1;
}

/* tostring(t) --> clean text */
static int text_tostring(lua_State *L) {
  mill_text **box = luaL_checkudata(L, 1, MILL_T_TEXT);
  if (*box == NULL) lua_pushliteral(L, "textmill.text (closed)");
  else lua_pushlstring(L, (*box)->clean, (*box)->clean_len);
  return 1;
}

static size_t characters(const char *s, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += ((unsigned char)s[i] & 0xC0) != 0x80;
  return count;
}

static void add_count(luaL_Buffer *b, const char *before, size_t n, const char *unit) {
  char line[64];
  luaL_addlstring(b, line, (size_t)snprintf(line, sizeof line, "%s%zu %s%s", before, n, unit, n == 1 ? "" : unit[strlen(unit) - 1] == 's' ? "es" : "s"));
}

/* __inspect(t) --> string: one line about the text, for the REPL */
static int text_inspect(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  add_count(&b, "textmill.text(", t->raw_len, "byte");
  add_count(&b, " raw -> ", t->clean_len, "byte");
  add_count(&b, " clean, ", characters(t->clean, t->clean_len), "character");
  add_count(&b, ", ", t->n_articles, "article");
  add_count(&b, ", ", t->n_blocks, "block");
  luaL_addstring(&b, "; ");
  luaL_addstring(&b, t->charset);
  if (t->html) luaL_addstring(&b, ", html");
  if (t->n_glosses > 0) add_count(&b, ", ", t->n_glosses, "removed gloss");
  if (t->n_broken > 0) add_count(&b, ", ", t->n_broken, "broken place");
  if (t->script > 0) luaL_addstring(&b, ", "), luaL_addstring(&b, scripts[t->script % 4]);
  luaL_addstring(&b, ")");
  luaL_pushresult(&b);
  return 1;
}

/* t:find(s, [init]) --> i, j | nil. Either script, width and case. */
static int text_find(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  size_t n;
  mill_error err;
  mill_span found;
  const char *s = luaL_checklstring(L, 2, &n);
  lua_Integer init = luaL_optinteger(L, 3, 1), len = (lua_Integer)t->clean_len;
  if (init < 0) init = len + init + 1 > 1 ? len + init + 1 : 1;
  if (init == 0) init = 1;
  if (init > len + 1) return luaL_pushfail(L), 1;
  int rc = mill_text_find(t, s, n, (uint32_t)(init - 1), &found, &err);
  if (rc < 0) return bind_fail(L, &err);
  if (rc == 0) return luaL_pushfail(L), 1;
  bind_push_span(L, found);
  return 2;
}

/* t:raw(i, [j]) --> i, j in the raw bytes */
static int text_raw(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  bind_push_span(L, mill_text_raw(t, bind_check_span(L, 2, t->clean_len)));
  return 2;
}

/* t:at(ri, [rj]) --> i, j in clean text */
static int text_at(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  bind_push_span(L, mill_text_clean_of_raw(t, bind_check_span(L, 2, t->raw_len)));
  return 2;
}

/* t:show(i, j) --> string: clean text above raw bytes, and kinds of edits */
static int text_show(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  mill_span span = bind_check_span(L, 2, t->clean_len);
  size_t len;
  mill_error err;
  while (span.from > 0 && ((unsigned char)t->clean[span.from] & 0xC0) == 0x80) span.from--;
  while (span.to < t->clean_len && ((unsigned char)t->clean[span.to] & 0xC0) == 0x80) span.to++;
  char **result = bind_new_bytes(L);
  if (mill_text_show(t, span, result, &len, &err) < 0) return bind_raise(L, &err);
  lua_pushlstring(L, *result, len);
  bind_free_bytes(result);
  return 1;
}

/* ---- structure ------------------------------------------------------------------- */

static void set_integer(lua_State *L, const char *key, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_setfield(L, -2, key);
}

static void set_string(lua_State *L, const char *key, const char *value) {
  lua_pushstring(L, value);
  lua_setfield(L, -2, key);
}

/* Sets two keys of the table on top to a span; none where it is MILL_NONE. */
static void set_span(lua_State *L, const char *i, const char *j, mill_span s) {
  if (s.from == MILL_NONE) return;
  set_integer(L, i, (lua_Integer)s.from + 1);
  set_integer(L, j, s.to);
}

static void set_bytes(lua_State *L, const char *key, const char *text, mill_span s) {
  lua_pushlstring(L, text + s.from, s.to - s.from);
  lua_setfield(L, -2, key);
}

static void push_block(lua_State *L, const mill_text *t, const mill_block *b) {
  lua_createtable(L, 0, 8);
  set_string(L, "kind", mill_block_name((enum mill_block_kind)b->kind));
  set_span(L, "i", "j", b->clean);
  set_bytes(L, "text", t->clean, b->clean);
  set_integer(L, "article", (lua_Integer)b->article + 1);
  if (b->level > 0) set_integer(L, "level", b->level);
  if (b->ordinal > 0) set_integer(L, "ordinal", b->ordinal);
  if (b->reason != NULL) set_string(L, "reason", b->reason);
}

/* t:blocks([kind]) --> list of {kind, i, j, text, article, level, ordinal, reason} */
static int text_blocks(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  const char *kind = luaL_optstring(L, 2, NULL);
  lua_Integer n = 0;
  lua_newtable(L);
  for (size_t k = 0; k < t->n_blocks; k++) {
    if (kind != NULL && strcmp(kind, mill_block_name((enum mill_block_kind)t->blocks[k].kind)) != 0) continue;
    push_block(L, t, &t->blocks[k]);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* t:articles() --> list of {i, j, first, last, title}: clean span, block numbers */
static int text_articles(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  lua_createtable(L, (int)t->n_articles, 0);
  for (size_t k = 0; k < t->n_articles; k++) {
    const mill_article *a = &t->articles[k];
    lua_createtable(L, 0, 5);
    set_span(L, "i", "j", a->clean);
    set_integer(L, "first", (lua_Integer)a->first_block + 1);
    set_integer(L, "last", (lua_Integer)a->first_block + a->n_blocks);
    if (a->title < t->n_blocks) set_bytes(L, "title", t->clean, t->blocks[a->title].clean);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}

/* t:meta() --> list of {key, value, ri, rj, i, j}: raw span, clean span if any */
static int text_meta(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  lua_createtable(L, (int)t->n_meta, 0);
  for (size_t k = 0; k < t->n_meta; k++) {
    lua_createtable(L, 0, 6);
    set_string(L, "key", t->meta[k].key);
    set_string(L, "value", t->meta[k].value);
    set_span(L, "ri", "rj", t->meta[k].raw);
    set_span(L, "i", "j", t->meta[k].clean);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}

/* t:notes() --> list of {kind, ri, rj, raw, i, j, kept}: removed, repaired, set aside */
static int text_notes(lua_State *L) {
  const mill_text *t = bind_check_text_object(L, 1);
  lua_createtable(L, (int)t->n_notes, 0);
  for (size_t k = 0; k < t->n_notes; k++) {
    lua_createtable(L, 0, 7);
    set_string(L, "kind", mill_edit_name(t->notes[k].kind));
    set_span(L, "ri", "rj", t->notes[k].raw);
    set_bytes(L, "raw", t->raw, t->notes[k].raw);
    set_span(L, "i", "j", t->notes[k].clean);
    lua_pushboolean(L, t->notes[k].kept);
    lua_setfield(L, -2, "kept");
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}

/* ---- fields ----------------------------------------------------------------------- */

/* Pushes a field of that name; 0 when there is none. */
static int push_field(lua_State *L, const mill_text *t, const char *key) {
  if (strcmp(key, "charset") == 0) lua_pushstring(L, t->charset);
  else if (strcmp(key, "html") == 0) lua_pushboolean(L, t->html);
  else if (strcmp(key, "gloss_mode") == 0) lua_pushstring(L, glosses[t->gloss_mode % 3]);
  else if (strcmp(key, "script") == 0) lua_pushstring(L, scripts[t->script % 4]);
  else if (strcmp(key, "glosses") == 0) lua_pushinteger(L, t->n_glosses);
  else if (strcmp(key, "broken") == 0) lua_pushinteger(L, t->n_broken);
  else if (strcmp(key, "raw_len") == 0) lua_pushinteger(L, (lua_Integer)t->raw_len);
  else if (strcmp(key, "source") == 0) lua_pushlstring(L, t->raw, t->raw_len);
  else if (strcmp(key, "folded") == 0) lua_pushlstring(L, t->folded, t->folded_len);
  else return 0;
  return 1;
}

/* t.name --> method, or field: charset html gloss_mode script glosses broken
** raw_len source (the raw bytes) folded */
static int text_index(lua_State *L) {
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  if (lua_type(L, 2) != LUA_TSTRING) return luaL_pushfail(L), 1;
  if (!push_field(L, bind_check_text_object(L, 1), lua_tostring(L, 2))) luaL_pushfail(L);
  return 1;
}

void mill_open_text(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", text_gc},   {"__close", text_gc}, {"__len", text_len},
                                  {"__tostring", text_tostring}, {"__inspect", text_inspect}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"find", text_find},     {"raw", text_raw},       {"at", text_at},
                                     {"show", text_show},     {"blocks", text_blocks},
                                     {"articles", text_articles}, {"meta", text_meta},
                                     {"notes", text_notes},   {NULL, NULL}};
  static const luaL_Reg functions[] = {{"clean", clean}, {"decode", decode}, {NULL, NULL}};
  bind_class(L, MILL_T_TEXT, meta, NULL);
  luaL_setfuncs(L, functions, 0);
  luaL_newlib(L, methods);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "text_methods"); /* where Lua parts add theirs */
  luaL_getmetatable(L, MILL_T_TEXT);
  lua_insert(L, -2);
  lua_pushcclosure(L, text_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
