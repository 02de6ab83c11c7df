/*
** sweep_lua.c - the Lua module when memory is refused, and under a restless
** collector. Lua, the core and SQLite draw on one budget: everything after the
** n-th request is refused, for n over the whole run of a scenario (evenly
** chosen where they are many). Then the answer is right or the error is want of
** memory, never anything else; the same state goes on afterwards; nothing
** leaks (the leak checker looks at the end).
*/
#include <malloc.h>
#include <sqlite3.h>

#include "host.h"

enum { MOST_POINTS = 1000 };

static long left = -1; /* requests still granted; -1: all */
static long asked, refused;

static int grants(void) {
  asked++;
  if (left < 0 || left-- > 0) return 1;
  left = 0;
  refused++;
  return 0;
}

/* the core's (core/alloc.h) */
void *mill_test_malloc(size_t n);
void *mill_test_calloc(size_t n, size_t size);
void *mill_test_realloc(void *p, size_t n);
void *mill_test_malloc(size_t n) { return grants() ? malloc(n) : NULL; }
void *mill_test_calloc(size_t n, size_t size) { return grants() ? calloc(n, size) : NULL; }
void *mill_test_realloc(void *p, size_t n) { return grants() ? realloc(p, n) : NULL; }

/* SQLite's */
static void *sql_malloc(int n) { return grants() ? malloc((size_t)n) : NULL; }
static void *sql_realloc(void *p, int n) { return grants() ? realloc(p, (size_t)n) : NULL; }
static int sql_size(void *p) { return p != NULL ? (int)malloc_usable_size(p) : 0; }
static int sql_roundup(int n) { return (n + 7) & ~7; }
static int sql_init(void *ud) { return (void)ud, SQLITE_OK; }
static void sql_shutdown(void *ud) { (void)ud; }

/* Lua's: shrinking may not fail */
static void *lua_grants(void *ud, void *p, size_t old, size_t size) {
  (void)ud;
  if (size == 0) return free(p), NULL;
  if ((p == NULL || size > old) && !grants()) return NULL;
  return realloc(p, size);
}

static int is_nomem(lua_State *L) {
  if (lua_type(L, -1) == LUA_TSTRING) return strstr(lua_tostring(L, -1), "not enough memory") != NULL ||
                                             strstr(lua_tostring(L, -1), "out of memory") != NULL;
  if (!lua_istable(L, -1)) return 0;
  int is = lua_getfield(L, -1, "code") == LUA_TSTRING && strcmp(lua_tostring(L, -1), "nomem") == 0;
  lua_pop(L, 1);
  return is;
}

static void say(lua_State *L, const char *name, long n, const char *what) {
  luaL_tolstring(L, -1, NULL);
  fprintf(stderr, "  %s, request %ld refused: %s: %s\n", name, n, what, lua_tostring(L, -1));
}

/* One run with everything after the n-th request refused. 1: went through. */
static int once(lua_State *L, int k, long n, const char *expected) {
  const char *name;
  lua_gc(L, LUA_GCCOLLECT); /* or the strings of the last run are still there */
  asked = refused = 0;
  left = n;
  int rc = host_run(L, k, &name);
  left = -1;
  if (rc == LUA_OK) {
    const char *answer = lua_tostring(L, -1);
    if (!CHECK(answer != NULL && strcmp(answer, expected) == 0)) say(L, name, n, "another answer");
  } else if (!CHECK(refused > 0 && is_nomem(L))) {
    say(L, name, n, "another error");
  }
  return refused == 0;
}

static void sweep(lua_State *L, int k) {
  const char *name;
  for (int warm = 0; warm < 2; warm++) { /* images open, metatables made, strings interned */
    lua_gc(L, LUA_GCCOLLECT);
    asked = 0;
    if (!CHECK_EQ(host_run(L, k, &name), LUA_OK)) {
      say(L, name, -1, "fails by itself");
      return;
    }
  }
  char *expected = strdup(lua_tostring(L, -1));
  long all = asked, step = all / MOST_POINTS + 1, n = 0;
  for (; n < 2 * all && !once(L, k, n, expected); n += step - (step > 1 && n / step % 3 == 1)) {
  }
  CHECK_EQ(once(L, k, -1, expected), 1);
  fprintf(stderr, "%-10s %6ld requests, every %ld.\n", name, all, step);
  free(expected);
}

/* The same answers while the collector runs at every chance. */
static void restless(void) {
  for (int generational = 0; generational < 2; generational++) {
    lua_State *L = host_new(lua_grants, NULL);
    const char *name;
    if (!CHECK(L != NULL)) return;
    for (int k = 1; k <= host_count(L); k++) {
      CHECK_EQ(host_run(L, k, &name), LUA_OK);
      char *expected = strdup(lua_tostring(L, -1));
      if (generational) lua_gc(L, LUA_GCGEN, 1, 1);
      else lua_gc(L, LUA_GCINC, 1, 1000, 1);
      if (CHECK_EQ(host_run(L, k, &name), LUA_OK)) CHECK_STR(lua_tostring(L, -1), expected);
      else say(L, name, -1, "restless");
      lua_gc(L, LUA_GCINC, 200, 100, 13);
      free(expected);
    }
    lua_close(L);
  }
}

/* The module itself, its images and metatables, in a new state each time. */
static void opening(void) {
  for (long n = 0, done = 0; !done && n < 20000; n += n < 2000 ? 13 : 97) {
    asked = refused = 0;
    left = n;
    lua_State *L = lua_newstate(lua_grants, NULL);
    left = -1;
    if (L == NULL) continue;
    luaL_openlibs(L);
    lua_pushcfunction(L, luaopen_textmill_core);
    left = n;
    int rc = lua_pcall(L, 0, 1, 0);
    done = refused == 0;
    left = -1;
    if (rc != LUA_OK && !CHECK(is_nomem(L))) say(L, "opening", n, "another error");
    lua_close(L);
  }
}

int main(void) {
  static const sqlite3_mem_methods methods = {sql_malloc, free,     sql_realloc,  sql_size,
                                              sql_roundup, sql_init, sql_shutdown, NULL};
  CHECK_EQ(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
  opening();
  restless();
  lua_State *L = host_new(lua_grants, NULL);
  if (CHECK(L != NULL)) {
    for (int k = 1; k <= host_count(L); k++) sweep(L, k);
    lua_close(L);
  }
  sqlite3_shutdown();
  return check_report();
}
