/*
** l_lexicon.c - the class textmill.lexicon: the words textmill knows, their
** tags, frequencies, classes, and the readings of characters.
*/
#include <string.h>

#include "../core/data.h"
#include "../core/unicode.h"
#include "../core/utf8.h"
#include "bind.h"

/* The images belong to the Lua state, the words over them to the handle; what
** has been segmented with them shares them (mill_userwords_own). */
typedef struct handle { const mill_data *data; mill_userwords *user; } handle;

static handle *check_lexicon(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, MILL_T_LEXICON);
  luaL_argcheck(L, h->user != NULL, 1, "the lexicon is closed");
  return h;
}

mill_userwords *bind_lexicon_words(lua_State *L, int arg) {
  handle *h = luaL_checkudata(L, arg, MILL_T_LEXICON);
  luaL_argcheck(L, h->user != NULL, arg, "the lexicon is closed");
  return h->user;
}

mill_userwords **bind_new_words(lua_State *L) {
  const mill_data *d = bind_data(L);
  handle *h = lua_newuserdatauv(L, sizeof *h, 0);
  *h = (handle){d, NULL};
  luaL_setmetatable(L, MILL_T_LEXICON);
  return &h->user;
}

/* core.lexicon([base], [o]) --> lexicon; base: another lexicon to start from, whose
** later changes are not seen */
static int lexicon(lua_State *L) {
  static const char *const none[] = {NULL};
  mill_error err;
  mill_userwords *base = lua_isnoneornil(L, 1) ? NULL : bind_lexicon_words(L, 1);
  bind_check_options(L, 2, none);
  mill_userwords **box = bind_new_words(L);
  if (base != NULL) *box = mill_userwords_share(base);
  else if (mill_userwords_new(bind_data(L), box, &err) < 0) return bind_raise(L, &err);
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

static void set_entry(lua_State *L, const char *text, size_t len, unsigned tag, uint32_t frequency,
                      uint32_t classes) {
  lua_createtable(L, 0, 6);
  lua_pushlstring(L, text, len);
  lua_setfield(L, -2, "word");
  lua_pushstring(L, mill_tag_name((enum mill_tag)tag));
  lua_setfield(L, -2, "tag");
  lua_pushinteger(L, (lua_Integer)frequency);
  lua_setfield(L, -2, "frequency");
  push_classes(L, classes);
  lua_setfield(L, -2, "classes");
}

/* A user word: its own classes, too, and what was said of it. */
static void push_user_entry(lua_State *L, const mill_userwords *u, const mill_user_entry *e,
                            uint32_t frequency) {
  const char *name;
  set_entry(L, e->text, e->len, e->tag, frequency, e->classes);
  lua_getfield(L, -1, "classes");
  for (uint32_t k = 0; (name = mill_userwords_class(u, e->id, k)) != NULL; k++) {
    lua_pushstring(L, name);
    lua_rawseti(L, -2, luaL_len(L, -2) + 1);
  }
  lua_pop(L, 1);
  if (e->weight > 0) lua_pushinteger(L, (lua_Integer)e->weight), lua_setfield(L, -2, "weight");
  lua_pushboolean(L, 1);
  lua_setfield(L, -2, "user");
  lua_pushboolean(L, e->force);
  lua_setfield(L, -2, "force");
}

/*
** lex:get(word) --> {word=, tag=, frequency=, classes={...}} | nil; of a user word
** also user=true, force=, weight= where one was given
** word in either script, any width and case; entry.word is the folded form
*/
static int lexicon_get(lua_State *L) {
  size_t n, len;
  mill_error err;
  mill_word w;
  mill_user_entry e;
  const handle *h = check_lexicon(L);
  const char *s = luaL_checklstring(L, 2, &n);
  lua_settop(L, 2);
  char **folded = bind_new_bytes(L);
  if (mill_normalize(h->data, MILL_FOLD, s, n, folded, &len, NULL, &err) < 0) return bind_fail(L, &err);
  int found = mill_lexicon_find(mill_data_lexicon(h->data), *folded, len, &w);
  int own = mill_userwords_find(h->user, *folded, len, &e) && (e.word || e.removed);
  bind_free_bytes(folded);
  if (own && e.word) push_user_entry(L, h->user, &e, found ? w.frequency : 0);
  else if (found && !own) set_entry(L, w.text, w.len, w.tag, w.frequency, w.classes);
  else lua_pushnil(L);
  return 1;
}

/* ---- changing ----------------------------------------------------------------- */

/* Reads the options of lex:add at `arg`; strings stay on the stack. */
static mill_user_word check_word(lua_State *L, int arg) {
  static const char *const known[] = {"tag", "class", "weight", "force", NULL};
  mill_user_word o = {0};
  bind_check_options(L, arg, known);
  if (lua_isnoneornil(L, arg)) return o;
  if (lua_getfield(L, arg, "tag") != LUA_TNIL) {
    int tag = mill_tag_by_name(luaL_checkstring(L, -1));
    luaL_argcheck(L, tag > 0, arg, lua_pushfstring(L, "unknown tag '%s'", lua_tostring(L, -1)));
    o.tag = (uint8_t)tag;
  }
  if (lua_getfield(L, arg, "weight") != LUA_TNIL) {
    lua_Number weight = luaL_checknumber(L, -1);
    luaL_argcheck(L, weight >= 1 && weight <= UINT32_MAX, arg, "a weight is a frequency from 1 on");
    o.weight = (uint32_t)weight;
  }
  lua_getfield(L, arg, "force");
  o.force = (uint8_t)lua_toboolean(L, -1);
  if (lua_getfield(L, arg, "class") != LUA_TNIL) o.classes = luaL_checkstring(L, -1);
  return o;
}

/*
** lex:add(word, [{tag=, class=, weight=, force=}]) --> lex | nil, message, position, code
** class: names separated by blanks; weight: a frequency as the list has them,
** without one the word wins against its parts
*/
static int lexicon_add(lua_State *L) {
  mill_error err;
  size_t n;
  handle *h = check_lexicon(L);
  const char *s = luaL_checklstring(L, 2, &n);
  lua_settop(L, 3);
  mill_user_word o = check_word(L, 3);
  if (mill_userwords_own(&h->user, &err) < 0) return bind_raise(L, &err);
  int rc = mill_userwords_add(h->user, s, n, &o, &err);
  if (rc == MILL_EINVAL) return luaL_argerror(L, 2, err.message);
  if (rc < 0) return rc == MILL_ENOMEM ? bind_raise(L, &err) : bind_fail(L, &err);
  lua_settop(L, 1);
  return 1;
}

/* lex:remove(word) --> true when there was such a word, else false */
static int lexicon_remove(lua_State *L) {
  mill_error err;
  size_t n;
  handle *h = check_lexicon(L);
  const char *s = luaL_checklstring(L, 2, &n);
  if (mill_userwords_own(&h->user, &err) < 0) return bind_raise(L, &err);
  int rc = mill_userwords_remove(h->user, s, n, &err);
  if (rc == MILL_EINVAL) return luaL_argerror(L, 2, err.message);
  if (rc < 0) return rc == MILL_ENOMEM ? bind_raise(L, &err) : bind_fail(L, &err);
  lua_pushboolean(L, rc);
  return 1;
}

/* lex:close(); also of the words a load builds: an error leaves the handle as it was */
static int lexicon_close(lua_State *L) {
  handle *h = luaL_checkudata(L, 1, MILL_T_LEXICON);
  mill_userwords_free(h->user);
  h->user = NULL;
  return 0;
}

/*
** lex:load(file) --> number of words | nil, message, line, code
** jieba's format: word [frequency] [tag] a line; of a file with an error nothing
** is taken
*/
static int lexicon_load(lua_State *L) {
  mill_error err;
  size_t n;
  handle *h = check_lexicon(L);
  const char *path = luaL_checkstring(L, 2);
  lua_settop(L, 2);
  mill_userwords **work = bind_new_words(L);
  char **bytes = bind_new_bytes(L);
  if (mill_read_file(path, (size_t)256 << 20, bytes, &n, &err) < 0) return bind_fail(L, &err);
  if (mill_userwords_copy(h->user, work, &err) < 0) return bind_raise(L, &err);
  int added = mill_userwords_load(*work, *bytes, n, path, &err);
  if (added == MILL_ENOMEM) return bind_raise(L, &err);
  if (added < 0) {
    bind_fail(L, &err);
    lua_pushinteger(L, (lua_Integer)err.position);
    lua_replace(L, -3);
    return 4;
  }
  mill_userwords *old = h->user;
  h->user = *work;
  *work = old;
  lua_pushinteger(L, added);
  return 1;
}

/* ---- reading ------------------------------------------------------------------- */

/* lex:readings(char) --> {"zhong", ...}: pinyin, the usual one first; empty
** for a character without readings */
static int lexicon_readings(lua_State *L) {
  const mill_data *d = check_lexicon(L)->data;
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

/* Words of the image, those removed not counted, and user words it has not. */
static lua_Integer count_words(const handle *h) {
  uint32_t words, removed, again = 0;
  mill_user_entry e;
  mill_word w;
  mill_userwords_count(h->user, &words, &removed);
  for (uint32_t k = 0; mill_userwords_get(h->user, k, &e); k++)
    again += e.word && mill_lexicon_find(mill_data_lexicon(h->data), e.text, e.len, &w);
  return (lua_Integer)mill_lexicon_count(mill_data_lexicon(h->data)) + words - removed - again;
}

/* #lex --> number of words */
static int lexicon_len(lua_State *L) {
  lua_pushinteger(L, count_words(check_lexicon(L)));
  return 1;
}

/* tostring(lex) --> "textmill.lexicon(339491 words, jieba-339k/9c1e, 3 of one's own)" */
static int lexicon_tostring(lua_State *L) {
  const handle *h = luaL_checkudata(L, 1, MILL_T_LEXICON);
  uint32_t words, removed;
  if (h->user == NULL) return lua_pushliteral(L, MILL_T_LEXICON " (closed)"), 1;
  lua_pushfstring(L, MILL_T_LEXICON "(%I words, %s", (LUAI_UACINT)count_words(h),
                  mill_data_describe(h->data, "lexicon"));
  mill_userwords_count(h->user, &words, &removed);
  if (words > 0) lua_pushfstring(L, ", %d of one's own", (int)words), lua_concat(L, 2);
  if (removed > 0) lua_pushfstring(L, ", %d removed", (int)removed), lua_concat(L, 2);
  lua_pushliteral(L, ")");
  lua_concat(L, 2);
  return 1;
}

void mill_open_lexicon(lua_State *L) {
  static const luaL_Reg meta[] = {{"__len", lexicon_len}, {"__tostring", lexicon_tostring},
                                  {"__gc", lexicon_close}, {"__close", lexicon_close},
                                  {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"get", lexicon_get}, {"readings", lexicon_readings}, {"add", lexicon_add},
      {"remove", lexicon_remove}, {"load", lexicon_load}, {NULL, NULL}};
  bind_class(L, MILL_T_LEXICON, meta, methods);
  lua_pushcfunction(L, lexicon);
  lua_setfield(L, -2, "lexicon");
}
