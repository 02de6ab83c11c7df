/*
** readline.c - textmill.readline: line editing and history for the REPL. A
** module of its own, since GNU Readline is GPL; nothing else links to it.
*/
#include <lauxlib.h>
#include <lua.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#if defined(__GNUC__)
#define API __attribute__((visibility("default")))
#else
#define API
#endif

API int luaopen_textmill_readline(lua_State *L);

/* ---- Ctrl-C: takes the line back while one is read; lua's own handler, which
** stops a running chunk, is put back behind it. Signals and Readline know no
** user pointer: these are of the process. */
static volatile sig_atomic_t interrupted;
static struct sigaction lua_interrupt; /* lua's handler, from the first read */
static int has_lua_interrupt;

static void on_interrupt(int signal) {
  (void)signal;
  interrupted = 1;
}

/* Readline's source of bytes: an interrupted line ends as an empty one. */
static int read_key(FILE *in) {
  unsigned char key;
  for (;;) {
    ssize_t n = interrupted ? -1 : read(fileno(in), &key, 1);
    if (n == 1) return key;
    if (n == 0) return EOF;
    if (!interrupted && errno != EINTR) return EOF;
    if (interrupted) {
      rl_replace_line("", 0);
      fputs("^C", rl_outstream);
      return '\n';
    }
  }
}

static char *read_line(const char *prompt) {
  struct sigaction ours, before;
  memset(&ours, 0, sizeof ours);
  ours.sa_handler = on_interrupt;
  sigemptyset(&ours.sa_mask);
  interrupted = 0;
  rl_catch_signals = 0;
  rl_getc_function = read_key;
  sigaction(SIGINT, &ours, &before);
  if (!has_lua_interrupt) lua_interrupt = before, has_lua_interrupt = 1;
  char *line = readline(prompt);
  sigaction(SIGINT, &lua_interrupt, NULL);
  return line;
}

/* readline.read(prompt) --> line | nil at the end of input | false: Ctrl-C */
static int rl_read(lua_State *L) {
  const char *prompt = luaL_checkstring(L, 1);
  char **guard = lua_newuserdatauv(L, sizeof *guard, 0);
  *guard = NULL;
  luaL_setmetatable(L, "textmill.line");
  *guard = read_line(prompt);
  if (interrupted) return lua_pushboolean(L, 0), 1;
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
  rl_completion_append_character = ' ';
  if (rl_completion_quote_character != 0) return NULL; /* in a string: names of files */
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
  rl_completer_quote_characters = "\"'";
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
