/* l_view.c - views of strings and texts (see l_view.h), core.pattern_context. */
#include "l_view.h"

#include "../core/date.h"
#include "../core/tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MILL_T_VIEW "textmill.view"
#define VIEWS "textmill.views"         /* registry: weak table text -> view */
#define LAST_VIEW "textmill.view.last" /* registry: view of the last string */
#define LAST_OWN "textmill.view.own"   /* ... of the last value with a lexicon */
#define SPARE "textmill.view.spare"    /* registry: what the segmenter works in, between views */

static int view_gc(lua_State *L) {
  bind_view *v = luaL_checkudata(L, 1, MILL_T_VIEW);
  bind_discharge(L, v->charged);
  mill_machine_free(v->vm);
  mill_tokens_free(&v->tokens);
  mill_map_free(v->map);
  free(v->folded);
  free(v->marks);
  mill_userwords_free(v->user);
  memset(v, 0, sizeof *v);
  return 0;
}

mill_span view_source(const bind_view *v, mill_span folded) {
  return v->map != NULL ? mill_map_from(v->map, folded)
                        : mill_text_clean_of_folded(v->view.text, folded);
}

uint32_t view_folded(const bind_view *v, uint32_t source) {
  uint32_t to = source < v->source_len ? source + 1 : source;
  mill_span s = {source, to};
  return v->map != NULL ? mill_map_to(v->map, s).from
                        : mill_text_folded_of_clean(v->view.text, s).from;
}

void view_push_display(lua_State *L, const bind_view *v, mill_span source) {
  mill_error err;
  size_t n = 0;
  char **box = bind_new_bytes(L);
  enum mill_form form = v->view.text != NULL ? mill_text_form(v->view.text) : MILL_DISPLAY;
  int rc = mill_normalize(v->view.data, form, v->source + source.from,
                          source.to - source.from, box, &n, NULL, &err);
  if (rc < 0) lua_pushlstring(L, v->source + source.from, source.to - source.from);
  else lua_pushlstring(L, *box, n);
  bind_free_bytes(box);
  lua_remove(L, -2);
}

/* The date a text says it was published on. */
static mill_date published(const mill_text *t) {
  for (size_t k = 0; t != NULL && k < t->n_meta; k++)
    if (strcmp(t->meta[k].key, "published") == 0) return date_of_day(t->meta[k].value);
  return date_of_day(NULL);
}

static int spare_gc(lua_State *L) {
  mill_tokens_free(luaL_checkudata(L, 1, SPARE));
  return 0;
}

/* Tokens of which only the segmenter's scratch is used: a view that lives until it is
** collected need not keep 70 KB for it. */
static mill_tokens *spare_tokens(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, SPARE ".box") != LUA_TUSERDATA) {
    lua_pop(L, 1);
    mill_tokens *made = lua_newuserdatauv(L, sizeof *made, 0);
    memset(made, 0, sizeof *made);
    luaL_setmetatable(L, SPARE);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, SPARE ".box");
  }
  mill_tokens *t = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return t;
}

/* Exchanges the two scratches. */
static void swap_scratch(mill_tokens *a, mill_tokens *b) {
  void *scratch = a->scratch;
  a->scratch = b->scratch;
  b->scratch = scratch;
}

/* Fills an empty view. 0 or MILL_E*; what was made belongs to the box. */
static int fill_view(bind_view *v, const mill_text *text, mill_error *err) {
  size_t n = 0;
  int rc = 0;
  if (text != NULL && text->folded != NULL) {
    v->view.folded = text->folded;
    n = text->folded_len;
  } else {
    rc = mill_normalize(v->view.data, MILL_FOLD, v->source, v->source_len, &v->folded, &n, &v->map, err);
    v->view.folded = v->folded;
  }
  if (rc < 0) return rc;
  v->view.folded_len = n;
  if (v->tokens.start == NULL) /* a stored document brings its own */
    rc = mill_segment(mill_data_lexicon(v->view.data), v->view.folded, n,
                      &(mill_segment_options){.user = v->user}, &v->tokens, err);
  if (rc < 0) return rc;
  v->view.tokens = &v->tokens;
  v->view.user = v->user;
  v->view.text = text;
  v->view.ref = published(text);
  v->view.dates = &v->dates;
  v->vm = mill_machine_new();
  if (v->vm == NULL) {
    err->code = MILL_ENOMEM, err->position = 0;
    snprintf(err->message, sizeof err->message, "out of memory");
    return MILL_ENOMEM;
  }
  mill_machine_attach(v->vm, &v->view);
  return 0;
}

/* Pushes a new view of the value at `arg`, or NULL and nothing. ready: tokens
** to take over, or NULL; user: words to share, or NULL. */
static bind_view *new_view(lua_State *L, int arg, mill_tokens *ready, mill_userwords *user,
                           mill_error *err) {
  const mill_data *data = bind_data(L);
  mill_tokens *spare = spare_tokens(L);
  bind_view *v = lua_newuserdatauv(L, sizeof *v, 2);
  memset(v, 0, sizeof *v);
  luaL_setmetatable(L, MILL_T_VIEW);
  lua_pushvalue(L, arg);
  lua_setiuservalue(L, -2, 1);
  v->view.data = data;
  v->user = mill_userwords_share(user);
  if (ready != NULL) {
    v->tokens = *ready;
    memset(ready, 0, sizeof *ready);
  }
  v->source = bind_check_text(L, arg, &v->source_len);
  const mill_text *text = bind_test_text(L, arg);
  swap_scratch(&v->tokens, spare);
  int filled = v->source_len <= MILL_MAX_BYTES && fill_view(v, text, err) == 0;
  swap_scratch(&v->tokens, spare);
  if (filled) {
    size_t columns = sizeof(uint32_t) * (3 + MILL_REC_COUNT) + 2; /* and what is remembered */
    v->charged = v->tokens.n * columns + (v->folded != NULL ? v->view.folded_len : 0);
    bind_charge(L, v->charged);
    return v;
  }
  if (v->source_len > MILL_MAX_BYTES) {
    err->code = MILL_ELIMIT, err->position = 0;
    snprintf(err->message, sizeof err->message, "text of over %u bytes", MILL_MAX_BYTES);
  }
  lua_pop(L, 1);
  return NULL;
}

static bind_view *view_of_text(lua_State *L, int arg, mill_tokens *ready, mill_userwords *user,
                               mill_error *err) {
  lua_getfield(L, LUA_REGISTRYINDEX, VIEWS);
  lua_pushvalue(L, arg);
  if (lua_rawget(L, -2) == LUA_TUSERDATA) {
    lua_remove(L, -2);
    return lua_touserdata(L, -1);
  }
  lua_pop(L, 1);
  bind_view *v = new_view(L, arg, ready, user, err);
  if (v == NULL) {
    lua_pop(L, 1);
    return NULL;
  }
  lua_pushvalue(L, arg);
  lua_pushvalue(L, -2);
  lua_rawset(L, -4);
  lua_remove(L, -2);
  return v;
}

static bind_view *view_of_string(lua_State *L, int arg, mill_error *err) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, LAST_VIEW) == LUA_TUSERDATA) {
    lua_getiuservalue(L, -1, 1);
    int same = lua_rawequal(L, -1, arg);
    lua_pop(L, 1);
    if (same) return lua_touserdata(L, -1);
  }
  lua_pop(L, 1);
  bind_view *v = new_view(L, arg, NULL, NULL, err);
  if (v == NULL) return NULL;
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, LAST_VIEW);
  return v;
}

/* The word ids of tokens that came without. */
static void find_words(bind_view *v, mill_tokens *t) {
  const mill_lexicon *lx = mill_data_lexicon(v->view.data);
  mill_word word;
  for (size_t k = 0; k < t->n; k++) {
    const char *s = v->view.folded + t->start[k];
    int known = lx != NULL && mill_lexicon_find(lx, s, t->start[k + 1] - t->start[k], &word) > 0;
    t->word[k] = known ? word.id : MILL_NONE;
    t->value[k] = MILL_NONE;
  }
}

/* Puts the tokens of c in the place of the view's own: the same bytes, cut otherwise. Some
** that share a place in the source (folding made several of one character) become one. */
static int take_columns(bind_view *v, const bind_columns *c) {
  mill_tokens *t = &v->tokens;
  t->n = t->n_values = 0;
  if (tokens_reserve(t, c->n + 1) < 0) return MILL_ENOMEM;
  uint32_t at = 0;
  for (size_t k = 0; k < c->n; k++) {
    uint32_t start = t->n == 0 ? 0 : view_folded(v, c->from[k]);
    if (t->n > 0 && start <= at) continue;
    t->start[t->n] = at = start;
    t->tag[t->n] = c->tag[k];
    t->kind[t->n++] = c->kind[k];
  }
  t->start[t->n] = (uint32_t)v->view.folded_len;
  find_words(v, t);
  mill_machine_attach(v->vm, &v->view);
  return 0;
}

/* The view of the tokens at `arg`, kept while they live. */
static bind_view *view_of_tokens(lua_State *L, int arg, const bind_columns *c, mill_error *err) {
  lua_getfield(L, LUA_REGISTRYINDEX, VIEWS);
  lua_pushvalue(L, arg);
  if (lua_rawget(L, -2) == LUA_TUSERDATA) {
    lua_remove(L, -2);
    return lua_touserdata(L, -1);
  }
  lua_pop(L, 1);
  lua_getiuservalue(L, arg, 1);
  bind_view *v = new_view(L, lua_gettop(L), NULL, NULL, err);
  if (v == NULL || take_columns(v, c) < 0) {
    if (v != NULL) *err = (mill_error){.code = MILL_ENOMEM, .message = "out of memory"};
    lua_pop(L, v == NULL ? 2 : 3);
    return NULL;
  }
  lua_pushvalue(L, arg);
  lua_pushvalue(L, -2);
  lua_rawset(L, -5);
  lua_replace(L, -3);
  lua_pop(L, 1);
  return v;
}

bind_view *bind_push_view(lua_State *L, int arg, mill_error *err) {
  bind_columns columns;
  arg = lua_absindex(L, arg);
  if (bind_test_tokens(L, arg, &columns)) return view_of_tokens(L, arg, &columns, err);
  if (bind_test_text(L, arg) != NULL) return view_of_text(L, arg, NULL, NULL, err);
  luaL_checkstring(L, arg); /* turns a number into a string, in place */
  return view_of_string(L, arg, err);
}

/* The view of the value at `arg` with these words; they are the same as long as the
** object is, since nobody changes what a view shares. */
static bind_view *view_with_words(lua_State *L, int arg, mill_userwords *user, mill_error *err) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, LAST_OWN) == LUA_TUSERDATA) {
    bind_view *last = lua_touserdata(L, -1);
    lua_getiuservalue(L, -1, 1);
    int same = lua_rawequal(L, -1, arg) && last->user == user;
    lua_pop(L, 1);
    if (same) return last;
  }
  lua_pop(L, 1);
  bind_view *v = new_view(L, arg, NULL, user, err);
  if (v == NULL) return NULL;
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, LAST_OWN);
  return v;
}

bind_view *bind_push_view_with(lua_State *L, int arg, int options, mill_error *err) {
  arg = lua_absindex(L, arg);
  if (!lua_istable(L, options) || lua_getfield(L, options, "lexicon") == LUA_TNIL) {
    if (lua_istable(L, options)) lua_pop(L, 1);
    return bind_push_view(L, arg, err);
  }
  mill_userwords *user = bind_lexicon_words(L, -1);
  if (bind_test_text(L, arg) == NULL) luaL_checkstring(L, arg);
  bind_view *v = view_with_words(L, arg, user, err);
  if (v != NULL) lua_remove(L, -2);
  else lua_pop(L, 1);
  return v;
}

int bind_view_tokens(lua_State *L, int arg, mill_tokens *ready, mill_userwords *user, mill_error *err) {
  if (view_of_text(L, lua_absindex(L, arg), ready, user, err) == NULL) return err->code;
  lua_pop(L, 1);
  return 0;
}

/* ---- core.pattern_context ------------------------------------------------------------ */

static int by_position(const void *a, const void *b) {
  const mill_mark *x = a, *y = b;
  return (x->folded.from > y->folded.from) - (x->folded.from < y->folded.from);
}

/* Reads {type=, i=, j=} on the stack top into *mark; keeps the type alive in
** the table at `types`. Pops it. */
static void read_mark(lua_State *L, const bind_view *v, int types, mill_mark *mark) {
  luaL_checktype(L, -1, LUA_TTABLE);
  lua_getfield(L, -1, "type");
  lua_getfield(L, -2, "i");
  lua_getfield(L, -3, "j");
  mark->type = luaL_checkstring(L, -3);
  lua_Integer i = luaL_checkinteger(L, -2), j = luaL_checkinteger(L, -1);
  luaL_argcheck(L, i >= 1 && j >= i && (size_t)j <= v->source_len, 2, "fact outside of the text");
  mark->folded = (mill_span){view_folded(v, (uint32_t)i - 1), view_folded(v, (uint32_t)j)};
  lua_pushvalue(L, -3);
  lua_rawseti(L, types, (lua_Integer)lua_rawlen(L, types) + 1);
  lua_pop(L, 4);
}

/* Replaces the marks of v (on the stack at `box`) by the list at `facts`. */
static void set_marks(lua_State *L, bind_view *v, int box, int facts) {
  lua_Unsigned n = lua_rawlen(L, facts);
  v->view.n_marks = 0;
  v->view.marks = NULL;
  free(v->marks);
  v->marks = calloc((size_t)n + 1, sizeof *v->marks);
  if (v->marks == NULL) luaL_error(L, "out of memory");
  lua_newtable(L);
  int types = lua_gettop(L);
  for (lua_Unsigned k = 0; k < n; k++) {
    lua_rawgeti(L, facts, (lua_Integer)k + 1);
    read_mark(L, v, types, &v->marks[k]);
  }
  lua_setiuservalue(L, box, 2);
  qsort(v->marks, (size_t)n, sizeof *v->marks, by_position);
  v->view.marks = v->marks;
  v->view.n_marks = (size_t)n;
}

/*
** core.pattern_context(s, {ref=, facts=}) -- for this text, or for this string
** while it is the last one used: the date that dates without a year refer to
** ("2020-02-26"), and the facts that P.fact sees, a list of {type=, i=, j=}.
*/
static int pattern_context(lua_State *L) {
  static const char *const known[] = {"ref", "facts", NULL};
  mill_error err;
  bind_check_options(L, 2, known);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 2);
  lua_getfield(L, 2, "ref");
  lua_getfield(L, 2, "facts");
  bind_view *v = bind_push_view(L, 1, &err);
  if (v == NULL) return bind_fail(L, &err);
  if (!lua_isnil(L, 3)) {
    v->view.ref = date_of_day(luaL_checkstring(L, 3));
    luaL_argcheck(L, v->view.ref.year != 0, 2, "ref is no date (YYYY-MM-DD)");
    mill_machine_attach(v->vm, &v->view); /* dates may change */
  }
  if (!lua_isnil(L, 4)) {
    luaL_checktype(L, 4, LUA_TTABLE);
    set_marks(L, v, lua_gettop(L), 4);
  }
  lua_pushboolean(L, 1);
  return 1;
}

void mill_open_view(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", view_gc}, {NULL, NULL}};
  static const luaL_Reg spare_meta[] = {{"__gc", spare_gc}, {NULL, NULL}};
  bind_class(L, MILL_T_VIEW, meta, NULL);
  bind_class(L, SPARE, spare_meta, NULL);
  lua_newtable(L);
  lua_createtable(L, 0, 1);
  lua_pushliteral(L, "k");
  lua_setfield(L, -2, "__mode");
  lua_setmetatable(L, -2);
  lua_setfield(L, LUA_REGISTRYINDEX, VIEWS);
  lua_pushcfunction(L, pattern_context);
  lua_setfield(L, -2, "pattern_context");
}
