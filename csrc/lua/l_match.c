/*
** l_match.c - matching: p:match, p:find, p:gmatch, and the matches they give.
** A match holds spans of folded text and its view; values are worked out when
** they are asked for. User value 1 is the view, 2 the pattern.
*/
#include <string.h>

#include "../core/date.h"
#include "../core/vm_trace.h"
#include "l_pattern.h"
#include "l_view.h"

#define MILL_T_MATCH "textmill.match"

typedef struct bind_match {
  mill_span folded, source;
  uint32_t n;
  mill_capture captures[]; /* n */
} bind_match;

int match_is_reserved(const char *name) {
  static const char *const known[] = {"i", "j", "span", "info", "text", "names", NULL};
  for (int k = 0; known[k] != NULL; k++)
    if (strcmp(known[k], name) == 0) return 1;
  return 0;
}

static bind_match *check_match(lua_State *L) { return luaL_checkudata(L, 1, MILL_T_MATCH); }

mill_span match_source(lua_State *L, int arg) {
  return ((const bind_match *)luaL_checkudata(L, arg, MILL_T_MATCH))->source;
}

/* The view of the match at `arg`, left on the stack; raises when its text is closed. */
static const bind_view *push_view_of(lua_State *L, int arg) {
  lua_getiuservalue(L, arg, 1);
  const bind_view *v = lua_touserdata(L, -1);
  if (v->view.text != NULL) {
    lua_getiuservalue(L, -1, 1);
    if (bind_test_text(L, -1) == NULL) luaL_error(L, "the text of this match is closed");
    lua_pop(L, 1);
  }
  return v;
}

static const bind_view *push_match_view(lua_State *L) { return push_view_of(L, 1); }

static const mill_program *match_program(lua_State *L, int arg) {
  lua_getiuservalue(L, arg, 2);
  const mill_program *program = bind_check_pattern(L, -1)->program;
  lua_pop(L, 1);
  return program;
}

/* Pushes a match made from *found, on the view and pattern at these indices. */
static bind_match *push_match(lua_State *L, int view, int pattern, const mill_match *found) {
  size_t n = found->n_captures;
  const bind_view *v = lua_touserdata(L, view);
  bind_match *m = lua_newuserdatauv(L, sizeof *m + n * sizeof *m->captures, 2);
  m->folded = found->folded;
  m->source = view_source(v, found->folded);
  m->n = (uint32_t)n;
  if (n > 0) memcpy(m->captures, found->captures, n * sizeof *m->captures);
  lua_pushvalue(L, view);
  lua_setiuservalue(L, -2, 1);
  lua_pushvalue(L, pattern);
  lua_setiuservalue(L, -2, 2);
  luaL_setmetatable(L, MILL_T_MATCH);
  return m;
}

void match_push(lua_State *L, int view, int pattern, const mill_match *found) {
  push_match(L, view, pattern, found);
}

/* ---- values of captures --------------------------------------------------------------- */

/* Asks the recogniser that made the capture again. 1 found. */
static int refind(const bind_view *v, const mill_capture *c, mill_found *found) {
  const uint32_t *start = v->tokens.start;
  size_t low = 0, high = v->tokens.n;
  if (c->recognizer < 0) return 0;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (start[mid] < c->folded.from) low = mid + 1;
    else high = mid;
  }
  return low < v->tokens.n && start[low] == c->folded.from &&
         mill_recognize(&v->view, (enum mill_recognizer)c->recognizer, (uint32_t)low, found) > 0;
}

static void push_number(lua_State *L, double value) {
  lua_Integer whole;
  if (lua_numbertointeger(value, &whole) && (double)whole >= value && (double)whole <= value)
    lua_pushinteger(L, whole);
  else
    lua_pushnumber(L, value);
}

static int is_number(const mill_capture *c) {
  return c->recognizer == MILL_REC_NUMBER || c->recognizer == MILL_REC_QUANTITY;
}

static int is_time(const mill_capture *c) {
  return c->recognizer == MILL_REC_DATE || c->recognizer == MILL_REC_TIME;
}

static void push_value(lua_State *L, const bind_view *v, const mill_capture *c) {
  mill_found found;
  if ((is_number(c) || is_time(c)) && refind(v, c, &found)) {
    if (is_number(c)) push_number(L, found.number.value);
    else *bind_new_date(L) = found.date;
  } else {
    view_push_display(L, v, view_source(v, c->folded));
  }
}

static void set_integer(lua_State *L, const char *name, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_setfield(L, -2, name);
}

static void set_number(lua_State *L, const char *name, double value) {
  push_number(L, value);
  lua_setfield(L, -2, name);
}

void match_set_number(lua_State *L, const mill_number *n) {
  static const char *const kinds[] = {"cardinal", "ordinal", "fraction", "percent", "range"};
  static const char *const approx[] = {NULL, "over", "about", "near", "least", "most", "vague"};
  set_number(L, "value", n->value);
  set_number(L, "lo", n->lo);
  set_number(L, "hi", n->hi);
  if (n->kind < 5) {
    lua_pushstring(L, kinds[n->kind]);
    lua_setfield(L, -2, "kind");
  }
  if (n->approx > 0 && n->approx < 7) {
    lua_pushstring(L, approx[n->approx]);
    lua_setfield(L, -2, "approx");
  }
}

static void set_number_info(lua_State *L, const bind_view *v, const mill_found *found) {
  match_set_number(L, &found->number);
  if (found->unit.from < found->unit.to) {
    view_push_display(L, v, view_source(v, found->unit));
    lua_setfield(L, -2, "unit");
  }
}

static void set_date_info(lua_State *L, const mill_date *d) {
  static const char *const grains[] = {"year", "month", "day", "hour", "minute", "second"};
  char iso[48];
  lua_pushlstring(L, iso, date_format(NULL, d, iso));
  lua_setfield(L, -2, "value");
  if (d->year != 0) set_integer(L, "year", d->year);
  if (d->month != 0) set_integer(L, "month", d->month);
  if (d->day != 0) set_integer(L, "day", d->day);
  if (d->hour != 255) set_integer(L, "hour", d->hour);
  if (d->minute != 255) set_integer(L, "minute", d->minute);
  if (d->second != 255) set_integer(L, "second", d->second);
  lua_pushstring(L, d->grain < 6 ? grains[d->grain] : "day");
  lua_setfield(L, -2, "grain");
  lua_pushboolean(L, d->lunar);
  lua_setfield(L, -2, "lunar");
  lua_pushstring(L, d->year_from != 0 ? "ref" : "text");
  lua_setfield(L, -2, "year_from");
}

static void set_place_info(lua_State *L, const bind_view *v, const mill_found *found) {
  mill_place place;
  if (found->place == MILL_NONE || mill_places_get(v->view.data, found->place, &place) < 0) return;
  lua_pushstring(L, place.code);
  lua_setfield(L, -2, "code");
  lua_pushstring(L, place.name);
  lua_setfield(L, -2, "name");
  set_integer(L, "level", place.level);
}

/* Pushes all that is known about a capture. */
static void push_info(lua_State *L, const bind_view *v, const mill_capture *c) {
  static const char *const names[] = {"number", "measure", "quantity", "date", "time",
                                      "person", "place", "org", "role"};
  mill_found found;
  mill_span source = view_source(v, c->folded);
  lua_createtable(L, 0, 12);
  set_integer(L, "i", (lua_Integer)source.from + 1);
  set_integer(L, "j", (lua_Integer)source.to);
  view_push_display(L, v, source);
  lua_setfield(L, -2, "text");
  lua_pushstring(L, c->recognizer >= 0 ? names[c->recognizer] : "text");
  lua_setfield(L, -2, "type");
  if (!refind(v, c, &found)) return;
  if (is_number(c)) set_number_info(L, v, &found);
  if (is_time(c)) set_date_info(L, &found.date);
  if (c->recognizer == MILL_REC_PLACE) set_place_info(L, v, &found);
}

/* ---- fields of matches --------------------------------------------------------------------- */

/* The k-th capture (from 1) of that name in the match at `arg`; k = 0: the first of a list, the last
** of others. NULL when there is none. */
static const mill_capture *capture_of(lua_State *L, int arg, const char *name, lua_Integer k) {
  const bind_match *m = lua_touserdata(L, arg);
  const mill_program *program = match_program(L, arg);
  const mill_capture *last = NULL;
  for (uint32_t c = 0; c < m->n; c++) {
    if (strcmp(mill_program_name(program, m->captures[c].name), name) != 0) continue;
    last = &m->captures[c];
    if (k == 1 || (k == 0 && last->is_list)) return last;
    if (k > 1) k--, last = NULL;
  }
  return last;
}

/* Pushes the values of all captures of a list's name. */
static void push_list(lua_State *L, const bind_view *v, const bind_match *m, uint32_t name) {
  lua_Integer n = 0;
  lua_newtable(L);
  for (uint32_t c = 0; c < m->n; c++) {
    if (m->captures[c].name != name) continue;
    push_value(L, v, &m->captures[c]);
    lua_rawseti(L, -2, ++n);
  }
}

/* m.i, m.j --> position; m.name --> value of a capture, or nil */
static int match_index(lua_State *L) {
  const bind_match *m = check_match(L);
  const char *key = luaL_checkstring(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
  if (strcmp(key, "i") == 0) return lua_pushinteger(L, (lua_Integer)m->source.from + 1), 1;
  if (strcmp(key, "j") == 0) return lua_pushinteger(L, (lua_Integer)m->source.to), 1;
  const mill_capture *c = capture_of(L, 1, key, 0);
  if (c == NULL) return lua_pushnil(L), 1;
  const bind_view *v = push_match_view(L);
  if (c->is_list) push_list(L, v, m, c->name);
  else push_value(L, v, c);
  return 1;
}

/* The capture that arguments 2 and 3 name, or NULL. */
static const mill_capture *check_capture(lua_State *L) {
  check_match(L);
  return capture_of(L, 1, luaL_checkstring(L, 2), luaL_optinteger(L, 3, 0));
}

int match_find_again(lua_State *L, int arg, const char *name, mill_found *found, mill_span *unit) {
  arg = lua_absindex(L, arg);
  luaL_checkudata(L, arg, MILL_T_MATCH);
  const mill_capture *c = capture_of(L, arg, name, 0);
  const bind_view *v = push_view_of(L, arg);
  int what = c != NULL && refind(v, c, found) ? c->recognizer : -1;
  *unit = (mill_span){0, 0};
  if (what >= 0 && found->unit.from < found->unit.to && is_number(c)) *unit = view_source(v, found->unit);
  lua_pop(L, 1);
  return what;
}

/* m:span([name, [k]]) --> i, j of the match or a capture (of the k-th of this
** name), or nil */
static int match_span(lua_State *L) {
  const bind_match *m = check_match(L);
  if (lua_isnoneornil(L, 2)) return bind_push_span(L, m->source), 2;
  const mill_capture *c = check_capture(L);
  if (c == NULL) return luaL_pushfail(L), 1;
  bind_push_span(L, view_source(push_match_view(L), c->folded));
  return 2;
}

/* m:info(name, [k]) --> {i=, j=, text=, type=, value=, lo=, hi=, ...} or nil */
static int match_info(lua_State *L) {
  const mill_capture *c = check_capture(L);
  if (c == NULL) return luaL_pushfail(L), 1;
  push_info(L, push_match_view(L), c);
  return 1;
}

/* m:text([name, [k]]) --> display form of the match or a capture, or nil */
static int match_text(lua_State *L) {
  const bind_match *m = check_match(L);
  const mill_capture *c = lua_isnoneornil(L, 2) ? NULL : check_capture(L);
  if (c == NULL && !lua_isnoneornil(L, 2)) return luaL_pushfail(L), 1;
  const bind_view *v = push_match_view(L);
  view_push_display(L, v, c != NULL ? view_source(v, c->folded) : m->source);
  return 1;
}

/* m:names() --> list of the names that captured something, in order */
static int match_names(lua_State *L) {
  const bind_match *m = check_match(L);
  const mill_program *program = match_program(L, 1);
  lua_Integer n = 0;
  lua_newtable(L);
  for (uint32_t c = 0; c < m->n; c++) {
    uint32_t before = 0;
    while (before < c && m->captures[before].name != m->captures[c].name) before++;
    if (before < c) continue;
    lua_pushstring(L, mill_program_name(program, m->captures[c].name));
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* tostring(m) --> "24个卡点  n=24 item=卡点  1-11" */
static int match_tostring(lua_State *L) {
  const bind_match *m = check_match(L);
  const mill_program *program = match_program(L, 1);
  luaL_Buffer b;
  const bind_view *v = push_match_view(L);
  view_push_display(L, v, m->source);
  const char *text = lua_tostring(L, -1);
  luaL_buffinit(L, &b);
  luaL_addstring(&b, text);
  luaL_addstring(&b, " ");
  for (uint32_t c = 0; c < m->n && c < 20; c++) {
    luaL_addstring(&b, " ");
    luaL_addstring(&b, mill_program_name(program, m->captures[c].name));
    luaL_addstring(&b, "=");
    push_value(L, v, &m->captures[c]);
    luaL_addvalue(&b);
  }
  lua_pushfstring(L, "%s%d-%d", m->n > 0 ? "  " : " ", (int)m->source.from + 1, (int)m->source.to);
  luaL_addvalue(&b);
  luaL_pushresult(&b);
  return 1;
}

/* ---- running -------------------------------------------------------------------------------- */

/* Sets the machine's limits from the options at `arg`. */
static void set_limits(lua_State *L, bind_view *v, int arg) {
  static const char *const known[] = {"max_steps", "max_depth", "max_ms", "lexicon", NULL};
  lua_Integer steps = 0, depth = 0;
  lua_Number ms = 0;
  bind_check_options(L, arg, known);
  if (lua_istable(L, arg)) {
    lua_getfield(L, arg, "max_steps");
    lua_getfield(L, arg, "max_depth");
    lua_getfield(L, arg, "max_ms");
    steps = luaL_optinteger(L, -3, 0);
    depth = luaL_optinteger(L, -2, 0);
    ms = luaL_optnumber(L, -1, 0);
    luaL_argcheck(L, steps >= 0 && depth >= 0 && depth < UINT32_MAX && ms >= 0, arg, "a limit below 0");
    lua_pop(L, 3);
  }
  mill_machine_limits(v->vm, (uint64_t)steps, (uint32_t)depth);
  mill_machine_time(v->vm, ms);
}

void match_set_limits(lua_State *L, bind_view *v, int arg) { set_limits(L, v, arg); }

/* Folded position of the 1-based init at `arg`; 0 and *past = 1 behind the end. */
static uint32_t check_init(lua_State *L, int arg, const bind_view *v, int *past) {
  lua_Integer init = luaL_optinteger(L, arg, 1), n = (lua_Integer)v->source_len;
  if (init < 0) init = n + init + 1 > 0 ? n + init + 1 : 1;
  if (init == 0) init = 1;
  *past = init > n + 1;
  return *past ? 0 : view_folded(v, (uint32_t)(init - 1));
}

/* Stack: pattern, s, init, options. Runs once and pushes the view and the
** match; 1 match, 0 none, negative: *err. */
static int run_once(lua_State *L, int anchored, mill_error *err) {
  mill_match found;
  int past;
  lua_settop(L, 4);
  bind_pattern *p = bind_check_pattern(L, 1);
  const mill_program *program = bind_program(L, p);
  bind_view *v = bind_push_view_with(L, 2, 4, err);
  if (v == NULL) return err->code;
  uint32_t from = check_init(L, 3, v, &past);
  set_limits(L, v, 4);
  int rc = past ? 0
           : anchored ? mill_match_at(v->vm, program, &v->view, from, &found, err)
                      : mill_find(v->vm, program, &v->view, from, &found, err);
  if (rc == 1) push_match(L, 5, 1, &found);
  return rc;
}

/* p:match(s, [init], [o]) --> match that begins at init, or nil */
int match_match(lua_State *L) {
  mill_error err;
  int rc = run_once(L, 1, &err);
  if (rc < 0) return bind_fail(L, &err);
  if (rc == 0) luaL_pushfail(L);
  return 1;
}

/* p:find(s, [init], [o]) --> i, j, match of the first one at or after init, or nil */
int match_find(lua_State *L) {
  mill_error err;
  int rc = run_once(L, 0, &err);
  if (rc < 0) return bind_fail(L, &err);
  if (rc == 0) return luaL_pushfail(L), 1;
  bind_push_span(L, ((bind_match *)lua_touserdata(L, 6))->source);
  lua_pushvalue(L, 6);
  return 3;
}

/* Next match of gmatch. Upvalues: pattern, view, folded position, options,
** whether there was a match before. */
static int gmatch_next(lua_State *L) {
  mill_error err;
  mill_match found;
  lua_settop(L, 0);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, lua_upvalueindex(4));
  lua_Integer from = lua_tointeger(L, lua_upvalueindex(3));
  bind_view *v = lua_touserdata(L, 2);
  if (v->view.text != NULL) {
    lua_getiuservalue(L, 2, 1);
    if (bind_test_text(L, -1) == NULL) return luaL_error(L, "the text was closed while matching");
  }
  set_limits(L, v, 3);
  const mill_program *program = bind_program(L, bind_check_pattern(L, 1));
  if (from < 0 || (size_t)from > v->view.folded_len) return lua_pushnil(L), 1;
  int rc = (lua_toboolean(L, lua_upvalueindex(5)) ? mill_find_next : mill_find)(
      v->vm, program, &v->view, (uint32_t)from, &found, &err);
  if (rc < 0) return bind_raise(L, &err);
  if (rc == 0) return lua_pushnil(L), 1;
  lua_Integer next = found.folded.to;
  if (found.folded.to == found.folded.from) { /* over one character */
    do next++;
    while ((size_t)next < v->view.folded_len && (v->view.folded[next] & 0xC0) == 0x80);
  }
  lua_pushinteger(L, next);
  lua_replace(L, lua_upvalueindex(3));
  lua_pushboolean(L, 1);
  lua_replace(L, lua_upvalueindex(5));
  push_match(L, 2, 1, &found);
  return 1;
}

/* p:gmatch(s, [init], [o]) --> iterator over matches, none overlapping */
int match_gmatch(lua_State *L) {
  mill_error err;
  int past;
  lua_settop(L, 4);
  bind_program(L, bind_check_pattern(L, 1));
  bind_view *v = bind_push_view_with(L, 2, 4, &err);
  if (v == NULL) return bind_raise(L, &err);
  set_limits(L, v, 4);
  uint32_t from = check_init(L, 3, v, &past);
  lua_pushvalue(L, 1);
  lua_pushvalue(L, 5);
  lua_pushinteger(L, past ? -1 : (lua_Integer)from);
  lua_pushvalue(L, 4);
  lua_pushboolean(L, 0);
  lua_pushcclosure(L, gmatch_next, 5);
  return 1;
}

/* ---- traces ----------------------------------------------------------------------------------- */

#define MILL_T_TRACE "textmill.trace"

/* What a trace holds in C while it is turned into a table. */
typedef struct trace_box {
  vm_trace trace;
  mill_buffer text, failed; /* the drawing; the part that failed, as it is written */
} trace_box;

static int trace_box_gc(lua_State *L) {
  trace_box *box = lua_touserdata(L, 1);
  trace_free(&box->trace);
  mill_buffer_free(&box->text);
  mill_buffer_free(&box->failed);
  return 0;
}

static trace_box *push_trace_box(lua_State *L) {
  trace_box *box = lua_newuserdatauv(L, sizeof *box, 0);
  memset(box, 0, sizeof *box);
  luaL_setmetatable(L, MILL_T_TRACE ".box");
  return box;
}

/* Pushes {matched=, i=, j=, part=, failed=, boundary=, attempts=, drawing=}. */
static void push_trace(lua_State *L, const bind_view *v, const trace_box *box, const mill_program *program) {
  const mill_buffer *failed = &box->failed;
  const trace_attempt *a = &box->trace.best;
  mill_span source = view_source(v, (mill_span){a->start, a->pos});
  lua_createtable(L, 0, 7);
  lua_pushboolean(L, a->matched);
  lua_setfield(L, -2, "matched");
  set_integer(L, "i", (lua_Integer)source.from + 1);
  set_integer(L, "j", (lua_Integer)source.to);
  set_integer(L, "attempts", box->trace.n_attempts);
  if (!a->matched && a->part != MILL_NONE) {
    set_integer(L, "part", program->parts[a->part].number);
    lua_pushboolean(L, a->boundary);
    lua_setfield(L, -2, "boundary");
    lua_pushlstring(L, failed->bytes != NULL ? failed->bytes : "", failed->len);
    lua_setfield(L, -2, "failed");
  }
  lua_pushlstring(L, box->text.bytes, box->text.len);
  lua_setfield(L, -2, "drawing");
  luaL_setmetatable(L, MILL_T_TRACE);
}

/* tostring(trace) --> the drawing */
static int trace_tostring(lua_State *L) {
  lua_getfield(L, 1, "drawing");
  return 1;
}

/* p:trace(s, [init], [o]) --> trace, a table that prints what happened */
int match_trace(lua_State *L) {
  mill_error err;
  int past;
  lua_settop(L, 4);
  const mill_program *program = bind_traced_program(L, bind_check_pattern(L, 1));
  bind_view *v = bind_push_view_with(L, 2, 4, &err);
  if (v == NULL) return bind_fail(L, &err);
  set_limits(L, v, 4);
  uint32_t from = check_init(L, 3, v, &past);
  trace_box *box = push_trace_box(L);
  if (past) from = (uint32_t)v->view.folded_len;
  if (trace_run(v->vm, program, &v->view, from, &box->trace, &err) < 0) return bind_fail(L, &err);
  trace_print(&box->trace, program, &v->view, &box->text);
  uint32_t part = box->trace.best.part;
  if (!box->trace.best.matched && part != MILL_NONE)
    pattern_print_short(program->parts[part].node, &box->failed);
  if (box->text.error || box->failed.error) return luaL_error(L, "out of memory");
  push_trace(L, v, box, program);
  return 1;
}

void mill_open_match(lua_State *L) {
  static const luaL_Reg meta[] = {{"__tostring", match_tostring}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"span", match_span}, {"info", match_info}, {"text", match_text},
                                     {"names", match_names}, {NULL, NULL}};
  bind_class(L, MILL_T_MATCH, meta, NULL);
  luaL_getmetatable(L, MILL_T_MATCH);
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_pushcclosure(L, match_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  static const luaL_Reg trace_meta[] = {{"__tostring", trace_tostring}, {NULL, NULL}};
  static const luaL_Reg box_meta[] = {{"__gc", trace_box_gc}, {NULL, NULL}};
  bind_class(L, MILL_T_TRACE, trace_meta, NULL);
  bind_class(L, MILL_T_TRACE ".box", box_meta, NULL);
}
