/*
** readline.c - textmill.readline: line editing and history for the REPL. A
** module of its own, since GNU Readline is GPL; nothing else links to it.
*/
#include <lauxlib.h>
#include <lua.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/history.h>
#include <readline/readline.h>

#if defined(__GNUC__)
#define API __attribute__((visibility("default")))
#else
#define API
#endif

API int luaopen_textmill_readline(lua_State *L);

/* readline.read(prompt) --> line | nil at the end of input */
static int rl_read(lua_State *L) {
  const char *prompt = luaL_checkstring(L, 1);
  char **guard = lua_newuserdatauv(L, sizeof *guard, 0);
  *guard = NULL;
  luaL_setmetatable(L, "textmill.line");
  *guard = readline(prompt);
  if (*guard == NULL) return 0;
  lua_pushstring(L, *guard);
  free(*guard);
  *guard = NULL;
  return 1;
}

static int line_gc(lua_State *L) {
  char **guard = lua_touserdata(L, 1);
  free(*guard);
  *guard = NULL;
  return 0;
}

/* readline.add(line): remembers a line */
static int rl_add(lua_State *L) {
  add_history(luaL_checkstring(L, 1));
  return 0;
}

/* readline.load(path) / readline.save(path, [lines]): the history file */
static int rl_load(lua_State *L) {
  lua_pushboolean(L, read_history(luaL_checkstring(L, 1)) == 0);
  return 1;
}

static int rl_save(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  stifle_history((int)luaL_optinteger(L, 2, 1000));
  lua_pushboolean(L, write_history(path) == 0);
  return 1;
}

/* readline.words(list): Tab completes the word before the cursor from the list
** that list(word) returns. The state is kept for the call of readline only. */
static lua_State *completing; /* Readline's interface has no user pointer */

static char *next_candidate(const char *text, int state) {
  lua_State *L = completing;
  (void)text;
  if (L == NULL) return NULL;
  lua_rawgeti(L, -1, state + 1);
  const char *word = lua_tostring(L, -1);
  char *copy = word != NULL ? strdup(word) : NULL;
  lua_pop(L, 1);
  return copy;
}

static char **complete(const char *text, int start, int end) {
  lua_State *L = completing;
  (void)start, (void)end;
  rl_attempted_completion_over = 1;
  if (L == NULL) return NULL;
  int top = lua_gettop(L);
  char **matches = NULL;
  lua_getfield(L, LUA_REGISTRYINDEX, "textmill.complete");
  lua_pushstring(L, text);
  if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_istable(L, -1)) {
    rl_completion_append_character = '\0';
    matches = rl_completion_matches(text, next_candidate);
  }
  lua_settop(L, top);
  return matches;
}

static int rl_words(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "textmill.complete");
  completing = L;
  rl_completer_word_break_characters = (char *)" \t\n\"\\'`@$><=;|&{}()[]+-*/,~#%^";
  rl_attempted_completion_function = complete;
  return 0;
}

int luaopen_textmill_readline(lua_State *L) {
  static const luaL_Reg functions[] = {{"read", rl_read}, {"add", rl_add},
                                       {"load", rl_load}, {"save", rl_save},
                                       {"words", rl_words}, {NULL, NULL}};
  luaL_newmetatable(L, "textmill.line");
  lua_pushcfunction(L, line_gc);
  lua_setfield(L, -2, "__gc");
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  return 1;
}
