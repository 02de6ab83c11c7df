/*
** l_lexicon.c - the class textmill.lexicon: the words textmill knows, their
** tags, frequencies, classes, and the readings of characters.
*/
#include <string.h>

#include "../core/data.h"
#include "../core/unicode.h"
#include "../core/utf8.h"
#include "bind.h"

/* The userdata is a handle; the images belong to the Lua state. */
typedef struct handle { const mill_data *data; } handle;

static const mill_data *check_lexicon(lua_State *L) {
  return ((handle *)luaL_checkudata(L, 1, MILL_T_LEXICON))->data;
}

/* core.lexicon([base]) --> lexicon; base: another lexicon to start from */
static int lexicon(lua_State *L) {
  static const char *const none[] = {NULL};
  if (!lua_isnoneornil(L, 1)) luaL_checkudata(L, 1, MILL_T_LEXICON);
  bind_check_options(L, 2, none);
  handle *h = lua_newuserdatauv(L, sizeof *h, 0);
  h->data = bind_data(L);
  luaL_setmetatable(L, MILL_T_LEXICON);
  return 1;
}

/* Pushes the list of class names of a word: {"measure", "unit"}. */
static void push_classes(lua_State *L, uint32_t classes) {
  static const char *const names[] = {"surname", "measure", "province", "city",  "county",
                                      "township", "unit",   "role",     "money", "time"};
  lua_newtable(L);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (classes & (uint32_t)mill_class_by_name(names[i])) {
      lua_pushstring(L, names[i]);
      lua_rawseti(L, -2, luaL_len(L, -2) + 1);
    }
}

static void push_entry(lua_State *L, const mill_word *w) {
  lua_createtable(L, 0, 4);
  lua_pushlstring(L, w->text, w->len);
  lua_setfield(L, -2, "word");
  lua_pushstring(L, mill_tag_name((enum mill_tag)w->tag));
  lua_setfield(L, -2, "tag");
  lua_pushinteger(L, (lua_Integer)w->frequency);
  lua_setfield(L, -2, "frequency");
  push_classes(L, w->classes);
  lua_setfield(L, -2, "classes");
}

/*
** lex:get(word) --> {word=, tag=, frequency=, classes={...}} | nil
** word in either script, any width and case; entry.word is the folded form
*/
static int lexicon_get(lua_State *L) {
  size_t n, len;
  mill_error err;
  mill_word w;
  const mill_data *d = check_lexicon(L);
  const char *s = luaL_checklstring(L, 2, &n);
  lua_settop(L, 2);
  char **folded = bind_new_bytes(L);
  if (mill_normalize(d, MILL_FOLD, s, n, folded, &len, NULL, &err) < 0) return bind_fail(L, &err);
  int found = mill_lexicon_find(mill_data_lexicon(d), *folded, len, &w);
  bind_free_bytes(folded);
  if (!found) return lua_pushnil(L), 1;
  push_entry(L, &w);
  return 1;
}

/* lex:readings(char) --> {"zhong", ...}: pinyin, the usual one first; empty
** for a character without readings */
static int lexicon_readings(lua_State *L) {
  const mill_data *d = check_lexicon(L);
  size_t n, len = 0, position;
  enum mill_utf8_kind kind;
  lua_Integer at = 0;
  const char *s = luaL_checklstring(L, 2, &n);
  luaL_argcheck(L, mill_utf8_valid(s, n, &position, &kind), 2, "not UTF-8");
  uint32_t c = n > 0 ? utf8_decode(s, &len) : 0;
  luaL_argcheck(L, n > 0 && len == n, 2, "one character expected");
  const char *list = unicode_readings(d->unicode_view, c);
  lua_newtable(L);
  while (*(list += strspn(list, " ")) != 0) {
    n = strcspn(list, " ");
    lua_pushlstring(L, list, n);
    lua_rawseti(L, -2, ++at);
    list += n;
  }
  return 1;
}

/* #lex --> number of words */
static int lexicon_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)mill_lexicon_count(mill_data_lexicon(check_lexicon(L))));
  return 1;
}

/* tostring(lex) --> "textmill.lexicon(339491 words, jieba-339k/9c1e)" */
static int lexicon_tostring(lua_State *L) {
  const mill_data *d = check_lexicon(L);
  lua_pushfstring(L, MILL_T_LEXICON "(%I words, %s)",
                  (LUAI_UACINT)mill_lexicon_count(mill_data_lexicon(d)),
                  mill_data_describe(d, "lexicon"));
  return 1;
}

/* The handle owns nothing. */
static int lexicon_close(lua_State *L) { return check_lexicon(L), 0; }

void mill_open_lexicon(lua_State *L) {
  static const luaL_Reg meta[] = {{"__len", lexicon_len}, {"__tostring", lexicon_tostring},
                                  {"__gc", lexicon_close}, {"__close", lexicon_close},
                                  {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"get", lexicon_get}, {"readings", lexicon_readings}, {NULL, NULL}};
  bind_class(L, MILL_T_LEXICON, meta, methods);
  lua_pushcfunction(L, lexicon);
  lua_setfield(L, -2, "lexicon");
}
