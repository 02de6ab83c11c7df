/*
** l_system.c - the little of the operating system that Lua lacks and the
** command needs: folders, kinds of files, the terminal, monotonic time.
*/
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bind.h"

static int push_errno(lua_State *L, const char *path) {
  int e = errno;
  luaL_pushfail(L);
  lua_pushfstring(L, "%s: %s", path, strerror(e));
  lua_pushinteger(L, 0);
  lua_pushstring(L, e == ENOENT ? "notfound" : "io");
  return 4;
}

static const char *kind_of(mode_t mode) {
  if (S_ISREG(mode)) return "file";
  if (S_ISDIR(mode)) return "folder";
  if (S_ISFIFO(mode)) return "fifo";
  return "other";
}

/* core.stat(path) --> kind, bytes, device:inode | nil, message, 0, code */
static int system_stat(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  struct stat st;
  if (stat(path, &st) != 0) return push_errno(L, path);
  lua_pushstring(L, kind_of(st.st_mode));
  lua_pushinteger(L, (lua_Integer)st.st_size);
  lua_pushfstring(L, "%I:%I", (LUAI_UACINT)st.st_dev, (LUAI_UACINT)st.st_ino);
  return 3;
}

/* The guard closes the folder even when Lua raises in between. */
static int dir_gc(lua_State *L) {
  DIR **box = lua_touserdata(L, 1);
  if (*box != NULL) closedir(*box);
  *box = NULL;
  return 0;
}

static void push_dir_guard(lua_State *L, DIR ***box) {
  *box = lua_newuserdatauv(L, sizeof **box, 0);
  **box = NULL;
  luaL_setmetatable(L, "textmill.folder");
}

/* core.list(folder) --> unsorted list of names without . and .. | nil, message... */
static int system_list(lua_State *L) {
  const char *path = luaL_checkstring(L, 1);
  DIR **dir;
  push_dir_guard(L, &dir);
  lua_toclose(L, -1);
  *dir = opendir(path);
  if (*dir == NULL) return push_errno(L, path);
  lua_newtable(L);
  const struct dirent *entry;
  lua_Integer n = 0;
  while ((entry = readdir(*dir)) != NULL) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    lua_pushstring(L, entry->d_name);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* core.isatty(fd) --> boolean */
static int system_isatty(lua_State *L) {
  lua_pushboolean(L, isatty((int)luaL_checkinteger(L, 1)));
  return 1;
}

/* Why an earlier write to standard output failed: its errno is long gone, but
** a pipe that nobody reads still says so. */
static int output_errno(void) {
  struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0 ? EPIPE : EIO;
}

/* core.flush() --> true | nil, message, "full"|"pipe"|"io": was all that went to
** standard output written? */
static int system_flush(lua_State *L) {
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout)) return lua_pushboolean(L, 1), 1;
  int e = errno != 0 ? errno : output_errno();
  luaL_pushfail(L);
  lua_pushstring(L, e == EIO ? "the disk is full or does not work" : strerror(e));
  lua_pushstring(L, e == ENOSPC ? "full" : e == EPIPE ? "pipe" : "io");
  return 3;
}

/* core.terminal_width() --> columns | nil */
static int system_terminal_width(lua_State *L) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 0;
  lua_pushinteger(L, size.ws_col);
  return 1;
}

/* core.now() --> seconds, monotonic, with fractions */
static int system_now(lua_State *L) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  lua_pushnumber(L, (lua_Number)t.tv_sec + (lua_Number)t.tv_nsec / 1e9);
  return 1;
}

/* core.peak_memory() --> largest resident size of this process, bytes */
static int system_peak_memory(lua_State *L) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  lua_pushinteger(L, (lua_Integer)usage.ru_maxrss);
#else
  lua_pushinteger(L, (lua_Integer)usage.ru_maxrss * 1024);
#endif
  return 1;
}

/* core.sha256(s) --> 64 hexadecimal digits */
static int system_sha256(lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n);
  unsigned char digest[32];
  char hex[64];
  mill_sha256(s, n, digest);
  for (size_t i = 0; i < 32; i++) {
    hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
    hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
  }
  lua_pushlstring(L, hex, sizeof hex);
  return 1;
}

void mill_open_system(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"stat", system_stat},           {"list", system_list},
      {"isatty", system_isatty},       {"terminal_width", system_terminal_width},
      {"flush", system_flush},
      {"now", system_now},             {"peak_memory", system_peak_memory},
      {"sha256", system_sha256},       {NULL, NULL}};
  static const luaL_Reg folder[] = {{"__gc", dir_gc}, {"__close", dir_gc}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  bind_class(L, "textmill.folder", folder, NULL);
}
