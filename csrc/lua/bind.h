/*
** bind.h - what every binding file shares: positions, errors, options.
**
** The one place where C positions (0-based, half-open) become Lua positions
** (1-based, inclusive) is here: push_span / check_span.
*/
#ifndef MILL_BIND_H
#define MILL_BIND_H

#include <lauxlib.h>
#include <lua.h>

#include "../textmill.h"

/* Metatable names (__name of the userdata). */
#define MILL_T_DATA "textmill.data"
#define MILL_T_TEXT "textmill.text"
#define MILL_T_MAP "textmill.map"
#define MILL_T_TOKENS "textmill.tokens"
#define MILL_T_LEXICON "textmill.lexicon"
#define MILL_T_MODEL "textmill.model"
#define MILL_T_PATTERN "textmill.pattern"
#define MILL_T_DATE "textmill.date"
#define MILL_T_CORPUS "textmill.corpus"

/* C [from, to) -> Lua i, j. Pushes two integers. */
static inline void bind_push_span(lua_State *L, mill_span s) {
  lua_pushinteger(L, (lua_Integer)s.from + 1);
  lua_pushinteger(L, (lua_Integer)s.to);
}

/* Lua i, j at stack indices arg, arg+1 (j default: i; negative from the end)
** -> C span inside [0, len]. Raises on anything else. */
mill_span bind_check_span(lua_State *L, int arg, size_t len);

/* Bad data: pushes nil, message, position (1-based), code name; returns 4. */
int bind_fail(lua_State *L, const mill_error *err);

/* Raises an error object {code=, message=, position=} with __tostring. */
int bind_raise(lua_State *L, const mill_error *err);

/* Raises naming the first key of the options table at `arg` that is not in
** the NULL-terminated list; none or nil at arg is an empty table. Leaves the
** stack as it was. */
void bind_check_options(lua_State *L, int arg, const char *const *known);

/* The images every function of this module instance uses: opened on first
** need from the folder of the C module or TEXTMILL_DATA. Owned by the Lua
** state; valid while the state lives. Raises when they cannot be opened. */
const mill_data *bind_data(lua_State *L);

/* Lets a new state use the images of another, which outlives it. */
void bind_share_data(lua_State *L, const mill_data *d);

/* Pushes the folder of the images: TEXTMILL_DATA, else the C module's own. */
const char *bind_push_directory(lua_State *L);

/* Pushes the model that is installed and returns it; raises how to install it
** (l_model.c). Its user value 1 names its tags, from 0. */
#define MILL_MODEL_FILE "textmill-model-gsd.dat"
const mill_model *bind_push_model(lua_State *L);
/* The open model at `arg`; raises otherwise. Borrowed. */
const mill_model *bind_check_model(lua_State *L, int arg);

/* A string or a textmill.text at `arg` (its clean text). Borrowed while the
** value at `arg` is on the stack. */
const char *bind_check_text(lua_State *L, int arg, size_t *len);

/* The text userdata at `arg`, or NULL when it is another type. */
mill_text *bind_test_text(lua_State *L, int arg);

/* The columns of a textmill.tokens (l_tokens.c): spans in the source, which user value 1
** of it holds. Borrowed. */
typedef struct bind_columns {
  size_t n;
  const uint32_t *from, *to;
  const uint8_t *tag, *kind;
} bind_columns;
/* Of the value at `arg`; 0 when it is another type. Raises when its tags are a model's. */
int bind_test_tokens(lua_State *L, int arg, bind_columns *out);

/* The text userdata at `arg`; raises when it is another type or closed. */
mill_text *bind_check_text_object(lua_State *L, int arg);

/* Pushes an empty textmill.map and returns its box, for a C function to fill
** with a map that the box then owns (l_map.c). */
mill_map **bind_new_map(lua_State *L);

/* The value on the stack top, an option `name` of the table at `arg` that says
** which mojibake is repaired, as a sum of enum mill_repair_kind; nil is all
** (l_repair.c). */
unsigned bind_repair_kinds(lua_State *L, int arg, const char *name);

/* The user words of the lexicon at `arg`, borrowed; raises when it is another type
** or closed (l_lexicon.c). */
mill_userwords *bind_lexicon_words(lua_State *L, int arg);
/* Pushes an empty lexicon, for a C function to fill with words that are freed with it. */
mill_userwords **bind_new_words(lua_State *L);

/* Pushes a textmill.date that the caller fills (l_date.c). */
mill_date *bind_new_date(lua_State *L);

/* Pushes an empty box and returns it, for a C function to fill with malloc'ed
** bytes: they are freed with the box, so that pushing them may raise. */
char **bind_new_bytes(lua_State *L);
/* Frees them at once, when they were pushed: large results do not wait for
** the collector. */
void bind_free_bytes(char **box);

/* Tells the collector of memory it does not see, so that a loop over large texts
** frees the old ones: a step as large as if the state had allocated it, and a whole
** collection when what is charged doubled since the last one. May collect, and raise
** where memory ends. discharge: when it is freed; never raises. */
void bind_charge(lua_State *L, size_t bytes);
void bind_discharge(lua_State *L, size_t bytes);

/* ... of what a text holds (l_text.c). */
void bind_charge_text(lua_State *L, const mill_text *t);

/* What a userdata begins with whose methods are called at every turn: its class, and the metatable
** that it got with it. The registry, where a class is looked up by name, need not be asked then. */
typedef struct bind_head { const char *class; const void *meta; } bind_head;

/* Gives the userdata on the top its metatable and head. class: a name that has one address */
static inline void bind_set_head(lua_State *L, bind_head *h, const char *class) {
  luaL_setmetatable(L, class);
  lua_getmetatable(L, -1);
  *h = (bind_head){class, lua_topointer(L, -1)};
  lua_pop(L, 1);
}

/* luaL_checkudata for a class whose objects begin with a head. */
static inline void *bind_check_head(lua_State *L, int arg, const char *class) {
  const bind_head *h = lua_touserdata(L, arg);
  if (h != NULL && lua_rawlen(L, arg) >= sizeof *h && h->class == class && lua_getmetatable(L, arg)) {
    int is = lua_topointer(L, -1) == h->meta;
    lua_pop(L, 1);
    if (is) return lua_touserdata(L, arg);
  }
  return luaL_checkudata(L, arg, class);
}

/* Registers methods and metamethods of a class once per state; leaves the
** stack as it was. `meta` holds __gc, __tostring...; `methods` goes to __index. */
void bind_class(lua_State *L, const char *name, const luaL_Reg *meta, const luaL_Reg *methods);

/* Sets a field of the table on the top to the methods of a class: who calls one at every turn (document.lua)
** need not have it looked up through the object's metatable. */
void bind_set_methods(lua_State *L, const char *name, const char *field);

/* Registers the classes of bind.c: when the module is opened, since a metatable
** made on first need and left half done for want of memory would leak. */
void bind_open(lua_State *L);

/* Each class file has one such function, listed in module.c: it registers its
** classes and adds its functions to the module table on the stack top. */
typedef void (*bind_opener)(lua_State *L);
#define BIND_CLASSES(X) X(breaks) \
  X(convert) \
  X(data) \
  X(text) \
  X(map) \
  X(json) \
  X(record) \
  X(normalize) \
  X(repair) \
  X(valid) \
  X(system) \
  X(width) \
  X(number) \
  X(date) \
  X(tokens) \
  X(gzip) \
  X(lexicon) \
  X(places) \
  X(model) \
  X(view) \
  X(docview) \
  X(lists) \
  X(word_classes) \
  X(phrases) \
  X(pattern) X(pattern_set) \
  X(match) \
  X(corpus) \
  /* the list ends here */

#endif
