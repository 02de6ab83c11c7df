/*
** threads.c - several Lua states in one process, four of them at work in
** threads of their own, under ThreadSanitizer: they share nothing, and every
** answer is the one a single state gives.
*/
#include <pthread.h>

#include "host.h"

enum { THREADS = 4, ROUNDS = 3, MOST = 16 };

static char *expected[MOST + 1];

static void *allocate(void *ud, void *p, size_t old, size_t size) {
  (void)ud, (void)old;
  if (size == 0) return free(p), NULL;
  return realloc(p, size);
}

/* Returns how many answers were right. */
static void *work(void *arg) {
  long *right = arg;
  const char *name;
  for (int round = 0; round < ROUNDS; round++) {
    lua_State *L = host_new(allocate, NULL);
    if (L == NULL) return NULL;
    for (int k = 1; k <= host_count(L); k++)
      if (host_run(L, k, &name) == LUA_OK && strcmp(lua_tostring(L, -1), expected[k]) == 0) ++*right;
      else fprintf(stderr, "%s: %s\n", name, luaL_tolstring(L, -1, NULL));
    lua_close(L);
  }
  return NULL;
}

/* Three threads prepare documents for one corpus, and are given up half-way. */
static void check_workers(void) {
  static const char script[] =
      "local core = require 'textmill.core'\n"
      "local c = core.open(nil)\n"
      "local function go(n, left)\n"
      "  local w = c:workers(3)\n"
      "  for k = 1, n do\n"
      "    while w:full() do assert(w:next()) end\n"
      "    assert(w:put { id = n .. '-' .. k, raw = ('全镇第' .. k .. '号水渠長(zhǎng)' .. n .. "
      "'米。'):rep(k % 40 + 1) })\n"
      "  end\n"
      "  while #w > left do assert(w:next()) end\n"
      "  w:close()\n"
      "end\n"
      "go(200, 0) go(50, 7)\n"
      "return #c\n";
  lua_State *L = host_new(allocate, NULL);
  if (!CHECK(L != NULL)) return;
  if (!CHECK_EQ(luaL_dostring(L, script), LUA_OK)) fprintf(stderr, "%s\n", lua_tostring(L, -1));
  CHECK_EQ(lua_tointeger(L, -1), 243);
  lua_close(L);
}

/* Three threads run a pack over one corpus, each with a state of its own: once to the end,
** once given up half-way. */
static void check_crew(void) {
  static const char script[] =
      "package.path = 'lua/?.lua;lua/?/init.lua;' .. package.path\n"
      "local tm = require 'textmill'\n"
      "local c = tm.open(nil)\n"
      "for k = 1, 60 do c:add { id = 'd' .. k, text = ('全镇第' .. k .. '号水渠长' .. k .. '米。'):rep(k % 4 "
      "+ 1) } end\n"
      "local one = c:extract('zh.report').facts\n"
      "assert(one > 50 and c:extract('zh.report', { jobs = 3, again = true }).facts == one)\n"
      "local ok = pcall(c.extract, c, 'zh.report', { jobs = 3, again = true, on_progress = function(n)\n"
      "  if n == 25 then error('enough') end\n"
      "end })\n"
      "c:close()\n"
      "return ok\n";
  lua_State *L = host_new(allocate, NULL);
  if (!CHECK(L != NULL)) return;
  if (!CHECK_EQ(luaL_dostring(L, script), LUA_OK)) fprintf(stderr, "%s\n", lua_tostring(L, -1));
  CHECK(lua_isboolean(L, -1) && !lua_toboolean(L, -1));
  lua_close(L);
}

int main(void) {
  lua_State *first = host_new(allocate, NULL), *second = host_new(allocate, NULL);
  pthread_t threads[THREADS];
  long right[THREADS] = {0};
  const char *name;
  if (!CHECK(first != NULL && second != NULL)) return check_report();
  int n = host_count(first);
  CHECK(n > 0 && n <= MOST);
  for (int k = 1; k <= n && CHECK_EQ(host_run(first, k, &name), LUA_OK); k++) {
    expected[k] = strdup(lua_tostring(first, -1));
    CHECK_EQ(host_run(second, k, &name), LUA_OK); /* by turns with the first */
    CHECK_STR(lua_tostring(second, -1), expected[k]);
  }
  lua_close(first); /* what the second has stays whole */
  CHECK_EQ(host_run(second, 1, &name), LUA_OK);
  CHECK_STR(lua_tostring(second, -1), expected[1]);
  lua_close(second);
  for (int t = 0; t < THREADS; t++) CHECK_EQ(pthread_create(&threads[t], NULL, work, &right[t]), 0);
  for (int t = 0; t < THREADS; t++) {
    pthread_join(threads[t], NULL);
    CHECK_EQ(right[t], ROUNDS * n);
  }
  for (int k = 1; k <= n; k++) free(expected[k]);
  check_workers();
  check_crew();
  return check_report();
}
