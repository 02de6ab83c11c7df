/*
** l_corpus.c - class textmill.corpus: opening, batches, adding, removing.
** Results are plain lists of tables; lua/textmill/corpus.lua dresses them.
*/
#include "../store/workers.h"

#include "l_corpus.h"
#include "l_record.h"

#include <string.h>

#define MILL_T_ROWS "textmill.rows"

/* ---- the userdata */

mill_corpus *bind_check_corpus(lua_State *L, int arg) {
  mill_corpus **box = luaL_checkudata(L, arg, MILL_T_CORPUS);
  luaL_argcheck(L, *box != NULL, arg, "corpus is closed");
  return *box;
}

/* corpus:close() */
static int corpus_close(lua_State *L) {
  mill_corpus **box = luaL_checkudata(L, 1, MILL_T_CORPUS);
  mill_corpus_close(*box);
  *box = NULL;
  return 0;
}

/* tostring(corpus) */
static int corpus_tostring(lua_State *L) {
  mill_corpus **box = luaL_checkudata(L, 1, MILL_T_CORPUS);
  const char *path = *box != NULL ? mill_corpus_path(*box) : NULL;
  if (*box == NULL) lua_pushliteral(L, "textmill.corpus (closed)");
  else lua_pushfstring(L, "textmill.corpus(%s)", path != NULL ? path : "in memory");
  return 1;
}

/* #corpus --> documents */
static int corpus_len(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error err;
  mill_rows **rows = bind_new_rows(L);
  if (mill_corpus_stats(c, rows, &err) < 0) return bind_raise(L, &err);
  lua_pushinteger(L, mill_rows_cell(*rows, 0, 0).integer);
  return 1;
}

/* core.open([path], [{mode="r"|"rw"|"create", fts5=boolean}]) --> corpus; path nil: in memory */
static int corpus_open(lua_State *L) {
  static const char *const known[] = {"mode", "fts5", NULL};
  static const char *const modes[] = {"r", "rw", "create", NULL};
  mill_error err;
  const char *path = luaL_optstring(L, 1, NULL);
  int mode = MILL_MODE_WRITE;
  bind_check_options(L, 2, known);
  lua_settop(L, 2);
  if (lua_istable(L, 2) && lua_getfield(L, 2, "mode") != LUA_TNIL)
    mode = luaL_checkoption(L, -1, NULL, modes);
  if (lua_istable(L, 2) && lua_getfield(L, 2, "fts5") != LUA_TNIL && lua_toboolean(L, -1)) mode |= MILL_MODE_FTS5;
  const mill_data *d = bind_data(L);
  mill_corpus **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_CORPUS);
  if (mill_corpus_open(d, path, (enum mill_mode)mode, box, &err) < 0) return bind_raise(L, &err);
  return 1;
}

/* ---- rows */

static int rows_gc(lua_State *L) {
  mill_rows **box = luaL_checkudata(L, 1, MILL_T_ROWS);
  mill_rows_free(*box);
  *box = NULL;
  return 0;
}

mill_rows **bind_new_rows(lua_State *L) {
  mill_rows **box = lua_newuserdatauv(L, sizeof *box, 0);
  *box = NULL;
  luaL_setmetatable(L, MILL_T_ROWS);
  return box;
}

static void push_cell(lua_State *L, mill_cell c) {
  switch (c.type) {
    case MILL_CELL_INTEGER: lua_pushinteger(L, c.integer); break;
    case MILL_CELL_REAL: lua_pushnumber(L, c.real); break;
    case MILL_CELL_TEXT: case MILL_CELL_BLOB: lua_pushlstring(L, c.bytes, c.len); break;
    default: lua_pushnil(L);
  }
}

/* Column names are interned once, on the stack, so that a row costs a table. */
static void push_row_at(lua_State *L, const mill_rows *r, size_t row, int names) {
  size_t n = mill_rows_columns(r);
  lua_createtable(L, 0, (int)n);
  for (size_t k = 0; k < n; k++) {
    mill_cell c = mill_rows_cell(r, row, k);
    if (c.type == MILL_CELL_NULL) continue;
    lua_rawgeti(L, names, (lua_Integer)k + 1);
    push_cell(L, c);
    lua_rawset(L, -3);
  }
}

void bind_push_columns(lua_State *L, const mill_rows *r) {
  size_t n = mill_rows_columns(r);
  lua_createtable(L, (int)n, 0);
  for (size_t k = 0; k < n; k++) {
    lua_pushstring(L, mill_rows_name(r, k));
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
}

static void free_rows(mill_rows **box) {
  mill_rows_free(*box);
  *box = NULL;
}

void bind_push_rows(lua_State *L, mill_rows **box) {
  size_t n = mill_rows_count(*box);
  luaL_checkstack(L, 8, NULL);
  bind_push_columns(L, *box);
  int names = lua_gettop(L);
  lua_createtable(L, n < INT32_MAX ? (int)n : 0, 0);
  for (size_t k = 0; k < n; k++) {
    push_row_at(L, *box, k, names);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  lua_remove(L, names);
  free_rows(box);
}

void bind_push_row(lua_State *L, mill_rows **box) {
  if (mill_rows_count(*box) == 0) {
    lua_pushnil(L);
  } else {
    bind_push_columns(L, *box);
    push_row_at(L, *box, 0, lua_gettop(L));
    lua_remove(L, -2);
  }
  free_rows(box);
}

/* ---- errors */

int corpus_is_fatal(int code) {
  switch (code) {
    case MILL_ENOMEM: case MILL_EIO: case MILL_EBUSY: case MILL_EFULL: case MILL_EREADONLY:
    case MILL_ECORRUPT: return 1;
    default: return 0;
  }
}

int corpus_fail(lua_State *L, const mill_error *err) {
  return corpus_is_fatal(err->code) ? bind_raise(L, err) : bind_fail(L, err);
}

/* ---- writing */

/* corpus:begin([threads]) -- a batch: many documents, few transactions; threads that may write
** its index (1) */
static int corpus_begin(lua_State *L) {
  mill_error err;
  mill_corpus *c = bind_check_corpus(L, 1);
  lua_Integer threads = luaL_optinteger(L, 2, 1);
  luaL_argcheck(L, threads >= 1 && threads <= 64, 2, "1 to 64 threads");
  if (mill_corpus_begin(c, &err) < 0) return bind_raise(L, &err);
  mill_corpus_use_threads(c, (unsigned)threads);
  return 0;
}

/* corpus:commit() */
static int corpus_commit(lua_State *L) {
  mill_error err;
  if (mill_corpus_commit(bind_check_corpus(L, 1), &err) < 0) return bind_raise(L, &err);
  return 0;
}

/* corpus:rollback() */
static int corpus_rollback(lua_State *L) {
  mill_error err;
  if (mill_corpus_rollback(bind_check_corpus(L, 1), &err) < 0) return bind_raise(L, &err);
  return 0;
}

/* A string field of the table at 2, or NULL; numbers become strings. The
** value stays on the stack. */
static const char *field(lua_State *L, const char *name) {
  if (lua_getfield(L, 2, name) == LUA_TNIL) return NULL;
  const char *s = lua_tostring(L, -1);
  if (s == NULL) luaL_argerror(L, 2, lua_pushfstring(L, "%s is no string", name));
  return s;
}

int corpus_push_receipt(lua_State *L, const mill_receipt *r) {
  static const char *const names[] = {"", "added", "same", "replaced"};
  lua_createtable(L, 0, 2);
  lua_pushstring(L, names[r->outcome]);
  lua_setfield(L, -2, "what");
  lua_pushstring(L, r->id);
  lua_setfield(L, -2, "id");
  return 1;
}

/* The raw bytes of the document at 2: raw | bytes of path. 0, or pushes the
** failure and returns its length. */
static int get_raw(lua_State *L, const char *path, const char **raw, size_t *n) {
  mill_error err;
  if (lua_getfield(L, 2, "raw") == LUA_TSTRING) return *raw = lua_tolstring(L, -1, n), 0;
  luaL_argcheck(L, path != NULL, 2, "raw or path missing");
  char **bytes = bind_new_bytes(L);
  if (mill_read_file(path, (size_t)256 << 20, bytes, n, &err) < 0) return bind_fail(L, &err);
  return *raw = *bytes, 0;
}

/* The document of the record at 2, with the date (when it has none) and the charset at 3 and 4. */
static int get_record(lua_State *L, const mill_record *r, corpus_document *d) {
  lua_settop(L, 4);
  *d = (corpus_document){.options = {.html = -1}, .source = mill_record_source(r), .line = r->line};
  d->raw = mill_record_field(r, MILL_RECORD_TEXT, &d->n);
  if (d->source.date == NULL) d->source.date = luaL_optstring(L, 3, NULL);
  d->options.charset = luaL_optstring(L, 4, NULL);
  return 0;
}

/* The document that the table or record at 2 describes; what it borrows stays on the stack.
** 0, or pushes the failure and returns its length. */
int corpus_get_document(lua_State *L, corpus_document *d) {
  const mill_record *r = bind_test_record(L, 2);
  if (r != NULL) return get_record(L, r, d);
  static const char *const known[] = {"raw", "text", "path", "id", "url", "date", "meta",
                                      "charset", "html", "line", NULL}; /* line: of its file, for messages */
  luaL_checktype(L, 2, LUA_TTABLE);
  bind_check_options(L, 2, known);
  lua_settop(L, 2);
  luaL_checkstack(L, 20, NULL);
  *d = (corpus_document){.options = {.html = -1}};
  d->source = (mill_source){field(L, "id"), field(L, "path"), field(L, "url"), field(L, "date"),
                            field(L, "meta")};
  d->options.charset = field(L, "charset");
  if (lua_getfield(L, 2, "html") != LUA_TNIL) d->options.html = lua_toboolean(L, -1);
  if (lua_getfield(L, 2, "line") != LUA_TNIL) d->line = lua_tointeger(L, -1);
  lua_getfield(L, 2, "text");
  mill_text *t = bind_test_text(L, -1);
  if (t == NULL) return get_raw(L, d->source.path, &d->raw, &d->n);
  d->raw = t->raw;
  d->n = t->raw_len;
  return 0;
}

/*
** corpus:add{raw= | text= | path=, id=, url=, date=, meta=JSON, charset=, html=, line=}
** corpus:add(record, [date of one without], [charset])
** --> {what="added"|"same"|"replaced", id=, path=} | nil, message, position,
** code for a document that cannot be taken; raises when the file fails
*/
static int corpus_add(lua_State *L) {
  mill_corpus *c = bind_check_corpus(L, 1);
  corpus_document d;
  mill_receipt receipt;
  mill_error err;
  int failed = corpus_get_document(L, &d);
  if (failed) return failed;
  if (mill_corpus_add_raw(c, d.raw, d.n, &d.options, &d.source, &receipt, &err) < 0) return corpus_fail(L, &err);
  corpus_push_receipt(L, &receipt);
  if (d.source.path != NULL) {
    lua_pushstring(L, d.source.path);
    lua_setfield(L, -2, "path");
  }
  return 1;
}

/* corpus:log{path=, message=, code=} -- what could not be added, and why */
static int corpus_log(lua_State *L) {
  static const char *const known[] = {"path", "message", "code", NULL};
  mill_corpus *c = bind_check_corpus(L, 1);
  mill_error why = {0}, err;
  luaL_checktype(L, 2, LUA_TTABLE);
  bind_check_options(L, 2, known);
  lua_settop(L, 2);
  const char *path = field(L, "path"), *message = field(L, "message"), *code = field(L, "code");
  if (message != NULL) strncpy(why.message, message, sizeof why.message - 1);
  for (int k = 0; code != NULL && k >= MILL_ECHARSET; k--)
    if (strcmp(mill_code_name(k), code) == 0) why.code = k;
  if (mill_corpus_log(c, path, &why, &err) < 0) return bind_raise(L, &err);
  return 0;
}

/* corpus:remove(id) --> true | nil, message, position, code */
static int corpus_remove(lua_State *L) {
  mill_error err;
  const char *id = luaL_checkstring(L, 2);
  if (mill_corpus_remove(bind_check_corpus(L, 1), id, &err) < 0) return corpus_fail(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

void mill_open_corpus(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", corpus_close}, {"__close", corpus_close},
                                  {"__tostring", corpus_tostring}, {"__len", corpus_len},
                                  {NULL, NULL}};
  static const luaL_Reg methods[] = {
    {"close", corpus_close}, {"begin", corpus_begin}, {"commit", corpus_commit},
    {"rollback", corpus_rollback}, {"add", corpus_add}, {"log", corpus_log},
    {"remove", corpus_remove}, {"ids", corpus_ids}, {"name", corpus_name}, {"match", corpus_match},
    {"docs", corpus_docs}, {"doc", corpus_doc}, {"text", corpus_text}, {"cite", corpus_cite},
    {"stats", corpus_stats}, {"search", corpus_search}, {"count", corpus_count},
    {"kwic", corpus_kwic}, {"lines", corpus_lines}, {"sql", corpus_sql}, {"verify", corpus_verify},
    {"compact", corpus_compact},
    {"reindex", corpus_reindex}, {"duplicates", corpus_duplicates},
    {"store_facts", corpus_store_facts}, {"extraction", corpus_extraction},
    {"note_extraction", corpus_note_extraction}, {"forget_runs", corpus_forget_runs}, {"facts", corpus_facts}, {"mentions", corpus_mentions},
    {"verdict", corpus_verdict}, {"group", corpus_group}, {"userwords", corpus_userwords},
    {"new_words", corpus_new_words}, {"workers", corpus_workers}, {"scope", corpus_scope},
    {"within", corpus_within}, {"in_scope", corpus_in_scope},
    {"collocates", corpus_collocates}, {"keyness", corpus_keyness}, {"frequencies", corpus_frequencies},
    {"dispersion", corpus_dispersion}, {"similar", corpus_similar}, {NULL, NULL}};
  static const luaL_Reg rows[] = {{"__gc", rows_gc}, {"__close", rows_gc}, {NULL, NULL}};
  bind_class(L, MILL_T_CORPUS, meta, methods);
  bind_class(L, MILL_T_ROWS, rows, NULL);
  corpus_open_texts(L);
  corpus_open_crew(L);
  corpus_open_workers(L);
  corpus_open_scope(L);
  corpus_open_fact_rows(L);
  corpus_open_fact_made(L);
  corpus_open_match(L);
  corpus_open_lines(L);
  lua_pushcfunction(L, corpus_open);
  lua_setfield(L, -2, "open");
}
