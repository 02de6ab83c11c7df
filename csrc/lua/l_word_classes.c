/* l_word_classes.c - core.org_words, core.place_words, core.place_suffix (see l_word_classes.h). */
#include "l_word_classes.h"

#include "../core/org_names.h"
#include "../core/place_grammar.h"

typedef struct box {
  word_classes *words; /* owned */
  enum word_purpose purpose;
} box;

static int words_gc(lua_State *L) {
  box *b = luaL_checkudata(L, 1, MILL_T_WORD_CLASSES);
  word_classes_free(b->words);
  b->words = NULL;
  return 0;
}

const word_classes *word_classes_check(lua_State *L, int arg, enum word_purpose purpose) {
  const box *b = luaL_checkudata(L, arg, MILL_T_WORD_CLASSES);
  luaL_argcheck(L, b->words != NULL && b->purpose == purpose, arg, "words of other names");
  return b->words;
}

/* Adds the keys of the set on the top to a class. */
static void add_words(lua_State *L, word_classes *w, int class) {
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    size_t n;
    luaL_argcheck(L, lua_type(L, -2) == LUA_TSTRING, 1, "sets of strings expected");
    const char *s = lua_tolstring(L, -2, &n);
    luaL_argcheck(L, n > 0 && n < 1u << 16, 1, "a word is empty or too long");
    if (word_classes_add(w, s, n, UINT64_C(1) << class) < 0) luaL_error(L, "out of memory");
  }
}

/* Pushes the table made of the sets of words by class at 1. */
static int push_words(lua_State *L, enum word_purpose purpose, int (*by_name)(const char *)) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  box *b = lua_newuserdatauv(L, sizeof *b, 0);
  *b = (box){NULL, purpose};
  luaL_setmetatable(L, MILL_T_WORD_CLASSES);
  b->words = word_classes_new();
  if (b->words == NULL) return luaL_error(L, "out of memory");
  for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
    int class = lua_type(L, -2) == LUA_TSTRING ? by_name(lua_tostring(L, -2)) : -1;
    luaL_argcheck(L, class >= 0 && lua_istable(L, -1), 1, "sets of words by class expected");
    add_words(L, b->words, class);
  }
  return 1;
}

/* core.org_words({ class = set of words, ... }) --> words; the classes: org_names.h */
static int org_words(lua_State *L) { return push_words(L, WORDS_OF_ORGANISATIONS, org_class_by_name); }

/* core.place_words({ class = set of words, ... }) --> words; the classes: place_grammar.h */
static int place_words(lua_State *L) { return push_words(L, WORDS_OF_PLACES, place_class_by_name); }

/* core.place_suffix(words, s) --> the longest suffix that s ends with and is more than | nil */
static int suffix_of(lua_State *L) {
  size_t n;
  const word_classes *w = word_classes_check(L, 1, WORDS_OF_PLACES);
  const char *s = luaL_checklstring(L, 2, &n);
  size_t bytes = place_suffix(w, s, n);
  if (bytes == 0) return lua_pushnil(L), 1;
  lua_pushlstring(L, s + n - bytes, bytes);
  return 1;
}

void mill_open_word_classes(lua_State *L) {
  static const luaL_Reg meta[] = {{"__gc", words_gc}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"org_words", org_words}, {"place_words", place_words},
                                       {"place_suffix", suffix_of}, {NULL, NULL}};
  bind_class(L, MILL_T_WORD_CLASSES, meta, NULL);
  luaL_setfuncs(L, functions, 0);
}
