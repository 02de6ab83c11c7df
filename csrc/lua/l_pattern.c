/*
** l_pattern.c - the class textmill.pattern: tm.pattern (P), its constructors
** and operators. Matching is in l_match.c.
**
** Strings are folded here, so that the tree holds what the machine compares.
** Every new node gets a box first and is owned by it at once: whatever raises
** later, nothing leaks.
*/
#include "l_pattern.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bind_pattern *new_box(lua_State *L) {
  bind_pattern *p = lua_newuserdatauv(L, sizeof *p, 0);
  memset(p, 0, sizeof *p);
  luaL_setmetatable(L, MILL_T_PATTERN);
  return p;
}

bind_pattern *bind_check_pattern(lua_State *L, int arg) {
  bind_pattern *p = luaL_checkudata(L, arg, MILL_T_PATTERN);
  luaL_argcheck(L, p->tree != NULL, arg, "pattern is closed");
  return p;
}

static int pattern_gc(lua_State *L) {
  bind_pattern *p = luaL_checkudata(L, 1, MILL_T_PATTERN);
  pattern_release(p->tree);
  mill_program_free(p->program);
  mill_program_free(p->traced);
  memset(p, 0, sizeof *p);
  return 0;
}

/* Gives the tree to the box on the stack top, or raises what went wrong. */
static int own(lua_State *L, bind_pattern *box, mill_pattern *tree, const mill_error *err) {
  if (tree == NULL) return luaL_error(L, "%s", err->message);
  box->tree = tree;
  luaL_where(L, 1);
  size_t n;
  const char *where = lua_tolstring(L, -1, &n);
  if (n > 2 && tree->refs == 1) {
    lua_pushlstring(L, where, n - 2); /* without ": " */
    pattern_set_where(tree, lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return 1;
}

static const mill_program *compile(lua_State *L, bind_pattern *p, mill_program **program, int flags) {
  mill_error err;
  if (*program == NULL && mill_program_new(p->tree, flags, program, &err) < 0)
    luaL_error(L, "%s", err.message);
  return *program;
}

const mill_program *bind_program(lua_State *L, bind_pattern *p) {
  return compile(L, p, &p->program, 0);
}

const mill_program *bind_traced_program(lua_State *L, bind_pattern *p) {
  return compile(L, p, &p->traced, PROGRAM_TRACE);
}

/* ---- arguments ------------------------------------------------------------------------- */

/* Pushes the folded form of the string at `arg`, raising on bad UTF-8. */
static const char *push_folded(lua_State *L, int arg, size_t *n) {
  size_t len;
  mill_error err;
  const char *s = luaL_checklstring(L, arg, &len);
  char **bytes = bind_new_bytes(L);
  if (mill_normalize(bind_data(L), MILL_FOLD, s, len, bytes, n, NULL, &err) < 0)
    luaL_argerror(L, arg, err.message);
  const char *folded = lua_pushlstring(L, *bytes, *n);
  bind_free_bytes(bytes);
  lua_remove(L, -2);
  return folded;
}

/* Pushes the pattern of one text. */
static bind_pattern *push_text_pattern(lua_State *L, int arg, enum pattern_kind kind) {
  mill_error err;
  size_t n;
  bind_pattern *box = new_box(L);
  const char *s = push_folded(L, arg, &n);
  mill_pattern *tree = pattern_text(kind, s, n, &err);
  lua_pop(L, 1);
  own(L, box, tree, &err);
  return box;
}

/* P(n): n tokens; P(-n): fewer than n are left. */
static void push_count_pattern(lua_State *L, int arg) {
  mill_error err;
  lua_Integer n = luaL_checkinteger(L, arg);
  luaL_argcheck(L, n >= -10000 && n <= 10000, arg, "more than 10000 tokens");
  bind_pattern *box = new_box(L);
  mill_pattern *any = pattern_any((uint32_t)(n < 0 ? -n : n), &err), *tree = any;
  if (any != NULL && n < 0) {
    tree = pattern_look(any, 0, &err);
    pattern_release(any);
  }
  own(L, box, tree, &err);
}

static void push_grammar(lua_State *L, int arg);

/* Makes the value at `arg` a pattern, in place, and returns its tree. */
static mill_pattern *to_pattern(lua_State *L, int arg) {
  mill_error err;
  switch (lua_type(L, arg)) {
    case LUA_TSTRING: push_text_pattern(L, arg, PAT_LITERAL); break;
    case LUA_TNUMBER: push_count_pattern(L, arg); break;
    case LUA_TTABLE: push_grammar(L, arg); break;
    case LUA_TBOOLEAN: {
      bind_pattern *box = new_box(L);
      own(L, box, pattern_constant(lua_toboolean(L, arg), &err), &err);
      break;
    }
    default: return bind_check_pattern(L, arg)->tree;
  }
  lua_replace(L, arg);
  return bind_check_pattern(L, arg)->tree;
}

/* P(value) --> pattern */
static int make(lua_State *L) {
  lua_remove(L, 1); /* the table P */
  luaL_checkany(L, 1);
  lua_settop(L, 1);
  to_pattern(L, 1);
  return 1;
}

/* ---- atoms ------------------------------------------------------------------------------- */

/* P.inside(s) --> pattern of characters, also within tokens */
static int make_inside(lua_State *L) { return push_text_pattern(L, 1, PAT_INSIDE), 1; }

/* P.form(s) --> pattern of one token */
static int make_form(lua_State *L) { return push_text_pattern(L, 1, PAT_FORM), 1; }

static int make_plain_text(lua_State *L, enum pattern_kind kind) {
  mill_error err;
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  luaL_argcheck(L, n > 0 && strlen(s) == n, 1, "a name is expected");
  bind_pattern *box = new_box(L);
  mill_pattern *tree = pattern_text(kind, s, n, &err);
  if (tree != NULL) tree->open = kind == PAT_REF;
  return own(L, box, tree, &err);
}

/* P.fact(type) --> pattern of what an earlier fact of that type covers */
static int make_fact(lua_State *L) { return make_plain_text(L, PAT_FACT); }

/* P.V(name) --> pattern: a rule of the grammar around */
static int make_reference(lua_State *L) { return make_plain_text(L, PAT_REF); }

static int make_named(lua_State *L, enum pattern_kind kind) {
  mill_error err;
  const char *names = luaL_checkstring(L, 1);
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_named(kind, names, &err), &err);
}

/* P.tag(names) --> pattern of a token with one of these tags: "n nr" */
static int make_tag(lua_State *L) { return make_named(L, PAT_TAG); }
/* P.class(names) --> pattern of a word of one of these classes: "township" */
static int make_class(lua_State *L) { return make_named(L, PAT_CLASS); }
/* P.kind(names) --> pattern of a token of one of these kinds: "han latin" */
static int make_kind(lua_State *L) { return make_named(L, PAT_KIND); }
/* P.block(names) --> pattern: the position is in such a block: "heading" */
static int make_block(lua_State *L) { return make_named(L, PAT_BLOCK); }

/* P.re(regex) --> pattern of one whole token */
static int make_regex(lua_State *L) {
  mill_error err;
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  if (!mill_utf8_valid(s, n, NULL, NULL)) luaL_argerror(L, 1, "not UTF-8");
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_regex(s, n, &err), &err);
}

/* Makes the strings of the list at `arg` patterns, in a new table on the stack
** top, and pushes a buffer of borrowed pointers to them. */
static mill_pattern **push_literals(lua_State *L, int arg, uint32_t *n) {
  lua_Unsigned count = lua_rawlen(L, arg);
  luaL_argcheck(L, count < 1000000, arg, "too many members");
  *n = (uint32_t)count;
  lua_createtable(L, (int)count, 0);
  mill_pattern **list = lua_newuserdatauv(L, (count + 1) * sizeof *list, 0);
  for (lua_Unsigned k = 0; k < count; k++) {
    if (lua_rawgeti(L, arg, (lua_Integer)k + 1) != LUA_TSTRING)
      luaL_argerror(L, arg, lua_pushfstring(L, "member %d is not a string", (int)k + 1));
    list[k] = push_text_pattern(L, lua_gettop(L), PAT_LITERAL)->tree;
    lua_rawseti(L, -4, (lua_Integer)k + 1);
    lua_pop(L, 1);
  }
  return list;
}

/* P.set{s, ...} --> pattern of any of these texts, the longest first */
static int make_set(lua_State *L) {
  mill_error err;
  uint32_t n;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  mill_pattern **list = push_literals(L, 1, &n);
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_set(list, n, &err), &err);
}

/* ---- recognisers ---------------------------------------------------------------------------- */

static double number_field(lua_State *L, const char *name, double missing) {
  int type = lua_getfield(L, 2, name);
  if (type != LUA_TNIL && type != LUA_TNUMBER)
    luaL_argerror(L, 2, lua_pushfstring(L, "'%s' must be a number", name));
  double value = type == LUA_TNIL ? missing : lua_tonumber(L, -1);
  lua_pop(L, 1);
  return value;
}

/* Mask of the blank-separated names in field `name`, out of `known`. */
static uint32_t names_field(lua_State *L, const char *name, const char *const *known, int base) {
  uint32_t mask = 0;
  lua_getfield(L, 2, name);
  const char *s = luaL_optstring(L, -1, "");
  while (*(s += strspn(s, " ")) != 0) {
    size_t n = strcspn(s, " ");
    int k = 0;
    while (known[k] != NULL && !(strlen(known[k]) == n && memcmp(known[k], s, n) == 0)) k++;
    if (known[k] == NULL)
      luaL_argerror(L, 2, lua_pushfstring(L, "unknown %s '%s'", name, s));
    mask |= 1u << (k + base);
    s += n;
  }
  lua_pop(L, 1);
  return mask;
}

/* Pushes the list of units in field "unit": a string of names, or a list. */
static void push_units(lua_State *L) {
  if (lua_getfield(L, 2, "unit") == LUA_TTABLE) return;
  const char *s = luaL_optstring(L, -1, "");
  lua_newtable(L);
  for (lua_Integer k = 1; *(s += strspn(s, " ")) != 0; k++) {
    size_t n = strcspn(s, " ");
    lua_pushlstring(L, s, n);
    lua_rawseti(L, -2, k);
    s += n;
  }
  lua_remove(L, -2);
}

/* P.number{min=, max=, kind=, unit=} --> pattern; the same for the others,
** with what their results have: level= of places, grain= of dates */
static int call_recognizer(lua_State *L) {
  static const char *const known[] = {"min", "max", "kind", "unit", "level", "grain", NULL};
  mill_error err;
  uint32_t n;
  const mill_pattern *tree = bind_check_pattern(L, 1)->tree;
  if (tree->kind != PAT_RECOGNIZE || tree->filter != NULL)
    return luaL_error(L, "only recognisers take options: P.number{min=1}");
  luaL_checktype(L, 2, LUA_TTABLE);
  bind_check_options(L, 2, known);
  lua_settop(L, 2);
  pattern_filter f = {number_field(L, "min", -HUGE_VAL), number_field(L, "max", HUGE_VAL),
                      names_field(L, "kind", pattern_number_kinds, 0),
                      names_field(L, "grain", pattern_date_grains, 0),
                      names_field(L, "level", pattern_place_levels, MILL_PLACE_PROVINCE)};
  push_units(L);
  mill_pattern **units = push_literals(L, lua_gettop(L), &n);
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_recognize((enum mill_recognizer)tree->which, &f, units, n, &err), &err);
}

/* ---- operators -------------------------------------------------------------------------------- */

typedef mill_pattern *(*binary)(mill_pattern *, mill_pattern *, mill_error *);

static int make_binary(lua_State *L, binary build) {
  mill_error err;
  lua_settop(L, 2);
  mill_pattern *a = to_pattern(L, 1), *b = to_pattern(L, 2);
  bind_pattern *box = new_box(L);
  return own(L, box, build(a, b, &err), &err);
}

/* a * b --> pattern: a, then b */
static int make_sequence(lua_State *L) { return make_binary(L, pattern_sequence); }
/* a + b --> pattern: a, or else b */
static int make_choice(lua_State *L) { return make_binary(L, pattern_choice); }
/* a - b --> pattern: a where b does not match */
static int make_but_not(lua_State *L) { return make_binary(L, pattern_but_not); }
/* P.within(p, span) --> pattern: p, inside of a match of span */
static int make_within(lua_State *L) { return make_binary(L, pattern_within); }
/* P.containing(span, p) --> pattern: span, with a match of p in it */
static int make_containing(lua_State *L) { return make_binary(L, pattern_containing); }

static int make_look(lua_State *L, int positive) {
  mill_error err;
  mill_pattern *p = to_pattern(L, 1);
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_look(p, positive, &err), &err);
}

/* #p --> pattern: p matches here, nothing is used up */
static int make_ahead(lua_State *L) { return make_look(L, 1); }
/* -p --> pattern: p does not match here */
static int make_not(lua_State *L) { return make_look(L, 0); }

static uint32_t check_count(lua_State *L, int arg, lua_Integer n) {
  luaL_argcheck(L, n >= 0 && n <= 10000, arg, "a repeat of more than 10000 or less than 0");
  return (uint32_t)n;
}

/* p^n: at least n; p^-n: at most n; p^{m, n}: from m to n --> pattern */
static int make_repeat(lua_State *L) {
  mill_error err;
  uint32_t min = 0, max = PATTERN_FOREVER;
  mill_pattern *p = to_pattern(L, 1);
  if (lua_istable(L, 2)) {
    lua_rawgeti(L, 2, 1);
    lua_rawgeti(L, 2, 2);
    min = check_count(L, 2, luaL_checkinteger(L, -2));
    max = check_count(L, 2, luaL_checkinteger(L, -1));
  } else {
    lua_Integer n = luaL_checkinteger(L, 2);
    if (n >= 0) min = check_count(L, 2, n);
    else max = check_count(L, 2, -n);
  }
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_repeat(p, min, max, &err), &err);
}

/* p:lazy() --> pattern: the same repeat, as few as possible first */
static int make_lazy(lua_State *L) {
  mill_error err;
  mill_pattern *p = bind_check_pattern(L, 1)->tree;
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_lazy(p, &err), &err);
}

static int make_capture(lua_State *L, int is_list) {
  mill_error err;
  size_t n;
  mill_pattern *p = bind_check_pattern(L, 1)->tree;
  const char *name = luaL_checklstring(L, 2, &n);
  luaL_argcheck(L, n > 0 && strlen(name) == n, 2, "a name is expected");
  if (match_is_reserved(name))
    luaL_argerror(L, 2, lua_pushfstring(L, "'%s' is a field of every match; choose another name", name));
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_capture(p, name, is_list, &err), &err);
}

/* p:as(name) --> pattern whose match is m[name] */
static int make_as(lua_State *L) { return make_capture(L, 0); }
/* p:list(name) --> pattern whose matches are the list m[name] */
static int make_list(lua_State *L) { return make_capture(L, 1); }

/* P.after(p) --> pattern: p ends here */
static int make_after(lua_State *L) {
  mill_error err;
  mill_pattern *p = to_pattern(L, 1);
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_after(p, &err), &err);
}

/* P.skip(p, n) --> pattern: the next p within n tokens of the sentence */
static int make_skip(lua_State *L) {
  mill_error err;
  mill_pattern *p = to_pattern(L, 1);
  uint32_t n = check_count(L, 2, luaL_checkinteger(L, 2));
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_skip(p, n, &err), &err);
}

/* P.same(a, b, [attr]) --> pattern: captures a and b agree in text (default),
** tag, length, value, unit or place */
static int make_same(lua_State *L) {
  mill_error err;
  const char *a = luaL_checkstring(L, 1), *b = luaL_checkstring(L, 2), *attr = luaL_optstring(L, 3, NULL);
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_same(a, b, attr, &err), &err);
}

/* P.less(a, b) --> pattern: capture a is a smaller number or earlier than b */
static int make_less(lua_State *L) {
  mill_error err;
  const char *a = luaL_checkstring(L, 1), *b = luaL_checkstring(L, 2);
  bind_pattern *box = new_box(L);
  return own(L, box, pattern_less(a, b, &err), &err);
}

/* ---- grammars ------------------------------------------------------------------------------- */

/* Pushes the rule `key` = value on the stack top as a pattern box; pops value. */
static mill_pattern *push_rule(lua_State *L, const char *name) {
  mill_error err;
  mill_pattern *p = to_pattern(L, lua_gettop(L));
  bind_pattern *box = new_box(L);
  own(L, box, pattern_rule(name, p, &err), &err);
  lua_remove(L, -2);
  return box->tree;
}

/* Counts the named rules, and raises on anything that is none. */
static lua_Integer count_rules(lua_State *L, int arg) {
  lua_Integer n = 0;
  for (lua_pushnil(L); lua_next(L, arg) != 0; lua_pop(L, 1)) {
    int named = lua_type(L, -2) == LUA_TSTRING;
    if (!named && !(lua_isinteger(L, -2) && lua_tointeger(L, -2) == 1))
      luaL_error(L, "a grammar holds rules by name and what it starts with at [1]");
    n += named;
  }
  return n;
}

static int by_name(const void *a, const void *b) {
  return strcmp((*(mill_pattern *const *)a)->text, (*(mill_pattern *const *)b)->text);
}

/* Fills rules[0] with the start and the others with the named rules, by name: a table has no
** order of its own; boxes go to the table at `keep`. Returns how many. */
static uint32_t collect_rules(lua_State *L, int arg, int keep, mill_pattern **rules, const char *start) {
  uint32_t n = start == NULL ? 0 : 1;
  if (start == NULL) { /* [1] is a pattern */
    lua_rawgeti(L, arg, 1);
    rules[n++] = push_rule(L, "[1]");
    lua_rawseti(L, keep, (lua_Integer)n);
  }
  for (lua_pushnil(L); lua_next(L, arg) != 0;) {
    if (lua_type(L, -2) != LUA_TSTRING) {
      lua_pop(L, 1);
      continue;
    }
    const char *name = lua_tostring(L, -2);
    uint32_t k = start != NULL && strcmp(name, start) == 0 ? 0 : n++;
    rules[k] = push_rule(L, name);
    lua_rawseti(L, keep, (lua_Integer)k + 1);
  }
  if (n > 2) qsort(rules + 1, n - 1, sizeof *rules, by_name);
  return n;
}

/* Pushes the grammar in the table at `arg`: {"start", start = p, ...} */
static void push_grammar(lua_State *L, int arg) {
  mill_error err;
  const char *start = NULL;
  lua_Integer n = count_rules(L, arg);
  luaL_argcheck(L, n <= 300, arg, "a grammar of more than 300 rules");
  int type = lua_rawgeti(L, arg, 1);
  if (type == LUA_TNIL) luaL_error(L, "a grammar needs what it starts with at [1]");
  if (type == LUA_TSTRING) {
    start = lua_tostring(L, -1); /* stays on the stack, and alive */
    if (lua_getfield(L, arg, start) == LUA_TNIL)
      luaL_error(L, "the grammar starts with '%s', which is not defined", start);
    lua_pop(L, 1);
  }
  lua_newtable(L);
  int keep = lua_gettop(L);
  mill_pattern **rules = lua_newuserdatauv(L, ((size_t)n + 2) * sizeof *rules, 0);
  uint32_t count = collect_rules(L, arg, keep, rules, start);
  bind_pattern *box = new_box(L);
  own(L, box, pattern_grammar(rules, count, &err), &err);
  lua_replace(L, keep - 1);
  lua_settop(L, keep - 1);
}

/* ---- the class ---------------------------------------------------------------------------------- */

/* Pushes the pattern as it is written, cut after `most` bytes. */
static int push_source(lua_State *L, const mill_pattern *tree, size_t most) {
  mill_buffer text = {0};
  char **box = bind_new_bytes(L); /* before there is anything to lose */
  size_t n = 0;
  pattern_print(tree, most, &text);
  *box = mill_buffer_take(&text, &n);
  if (*box == NULL) return luaL_error(L, "out of memory");
  lua_pushlstring(L, *box, n);
  bind_free_bytes(box);
  return 1;
}

/* tostring(p) --> the pattern as it is written, what is over 4000 bytes cut off */
static int pattern_tostring(lua_State *L) {
  bind_pattern *p = luaL_checkudata(L, 1, MILL_T_PATTERN);
  if (p->tree == NULL) return lua_pushliteral(L, "textmill.pattern (closed)"), 1;
  return push_source(L, p->tree, 4000);
}

/* core.pattern_source(p) --> Lua that makes an equal pattern, where P stands for tm.pattern */
static int pattern_source(lua_State *L) { return push_source(L, bind_check_pattern(L, 1)->tree, SIZE_MAX); }

static const luaL_Reg constructors[] = {
    {"inside", make_inside}, {"form", make_form}, {"tag", make_tag}, {"class", make_class},
    {"set", make_set}, {"re", make_regex}, {"kind", make_kind}, {"fact", make_fact},
    {"block", make_block}, {"after", make_after}, {"skip", make_skip}, {"within", make_within},
    {"containing", make_containing}, {"same", make_same}, {"less", make_less},
    {"V", make_reference}, {NULL, NULL}};

static void set_recognizers(lua_State *L) {
  static const char *const names[MILL_REC_COUNT] = {"number", "measure", "quantity", "date", "time",
                                                    "person", "place", "org", "role"};
  mill_error err;
  for (int k = 0; k < MILL_REC_COUNT; k++) {
    bind_pattern *box = new_box(L);
    own(L, box, pattern_recognize((enum mill_recognizer)k, NULL, NULL, 0, &err), &err);
    lua_setfield(L, -2, names[k]);
  }
  bind_pattern *box = new_box(L);
  own(L, box, pattern_sentence(&err), &err);
  lua_setfield(L, -2, "sentence");
}

/* module on the stack top */
void mill_open_pattern(lua_State *L) {
  static const luaL_Reg meta[] = {
      {"__gc", pattern_gc}, {"__close", pattern_gc}, {"__tostring", pattern_tostring},
      {"__mul", make_sequence}, {"__add", make_choice}, {"__sub", make_but_not},
      {"__pow", make_repeat}, {"__len", make_ahead}, {"__unm", make_not},
      {"__call", call_recognizer}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"as", make_as}, {"list", make_list}, {"lazy", make_lazy}, {"match", match_match},
      {"find", match_find}, {"gmatch", match_gmatch}, {"trace", match_trace}, {NULL, NULL}};
  bind_class(L, MILL_T_PATTERN, meta, methods);
  lua_pushcfunction(L, pattern_source);
  lua_setfield(L, -2, "pattern_source");
  lua_newtable(L);
  luaL_setfuncs(L, constructors, 0);
  set_recognizers(L);
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, make);
  lua_setfield(L, -2, "__call");
  lua_setmetatable(L, -2);
  lua_setfield(L, -2, "pattern");
}
