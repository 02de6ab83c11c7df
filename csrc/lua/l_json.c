/* l_json.c - core.json_string: the strings of JSON, which are nearly all of an NDJSON file. */
#include <string.h>

#include "../core/utf8.h"
#include "bind.h"

/* Four hexadecimal digits at p, or -1. */
static int32_t four_digits(const char *p, const char *end) {
  int32_t x = 0;
  if (end - p < 4) return -1;
  for (int k = 0; k < 4; k++) {
    char c = p[k];
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
              : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return -1;
    x = x * 16 + digit;
  }
  return x;
}

/* \uXXXX at *p, behind the u: two that are a surrogate pair make one character, a lone
** surrogate becomes U+FFFD. -1: no digits. */
static int32_t unicode_escape(const char **p, const char *end) {
  int32_t c = four_digits(*p, end), low;
  if (c < 0) return -1;
  *p += 4;
  if (c < 0xD800 || c > 0xDFFF) return c;
  if (c > 0xDBFF || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u') return 0xFFFD;
  low = four_digits(*p + 2, end);
  if (low < 0xDC00 || low > 0xDFFF) return 0xFFFD;
  *p += 6;
  return 0x10000 + (c - 0xD800) * 0x400 + (low - 0xDC00);
}

/* What stands for itself from p on. */
static const char *plain_end(const char *p, const char *end) {
  while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= ' ') p++;
  return p;
}

static int fail_at(lua_State *L, const char *message, const char *s, const char *p) {
  lua_pushnil(L);
  lua_pushstring(L, message);
  lua_pushinteger(L, p - s + 1);
  return 3;
}

/* One escape at p, behind the backslash; where it ends, or NULL. */
static const char *put_escape(luaL_Buffer *b, const char *p, const char *end) {
  static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
  const char *at = p < end && *p != 0 ? strchr(names, *p) : NULL;
  if (at != NULL) return luaL_addchar(b, values[at - names]), p + 1;
  if (p == end || *p++ != 'u') return NULL;
  int32_t c = unicode_escape(&p, end);
  if (c < 0) return NULL;
  char bytes[4];
  luaL_addlstring(b, bytes, utf8_encode((uint32_t)c, bytes));
  return p;
}

/* core.json_string(s, i) --> the string whose text begins at i, behind its quote, and
** the position behind the closing one | nil, message, position */
static int json_string(lua_State *L) {
  size_t n;
  const char *s = luaL_checklstring(L, 1, &n), *end = s + n;
  lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1 && (size_t)i <= n + 1, 2, "out of range");
  const char *p = s + i - 1, *stop = plain_end(p, end);
  if (stop < end && *stop == '"') {
    lua_pushlstring(L, p, (size_t)(stop - p));
    lua_pushinteger(L, stop - s + 2);
    return 2;
  }
  luaL_Buffer b;
  luaL_buffinitsize(L, &b, (size_t)(stop - p) * 2 + 16);
  for (;;) {
    luaL_addlstring(&b, p, (size_t)(stop - p));
    if (stop == end) return fail_at(L, "string without an end", s, p);
    if (*stop == '"') break;
    if (*stop != '\\') return fail_at(L, "control character in a string", s, stop);
    p = put_escape(&b, stop + 1, end);
    if (p == NULL)
      return fail_at(L, stop + 1 < end && stop[1] == 'u' ? "\\u needs four hexadecimal digits" : "unknown escape", s, stop);
    stop = plain_end(p, end);
  }
  luaL_pushresult(&b);
  lua_pushinteger(L, stop - s + 2);
  return 2;
}

void mill_open_json(lua_State *L) {
  lua_pushcfunction(L, json_string);
  lua_setfield(L, -2, "json_string");
}
