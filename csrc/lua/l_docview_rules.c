/* l_docview_rules.c - what all rules of a pack, or many of their matches, ask at once. */
#include <string.h>

#include "../core/first_mark.h"
#include "../core/marks.h"
#include "l_docview.h"

/* A row of v:wanted: an empty one wants no string, another one of a set, whose bytes before `first` are 0. */
typedef struct wanted_row { bits set; size_t first; } wanted_row;

/* Reads the row at the beginning of `rows`, which it takes off: both numbers in two bytes, least first,
** that of the bytes first. */
static wanted_row take_row(lua_State *L, bits *rows) {
  const uint8_t *s = rows->set;
  luaL_argcheck(L, rows->n >= 4 && rows->n - 4 >= (size_t)(s[0] | s[1] << 8), 2, "half a row");
  wanted_row row = {{s + 4, (size_t)(s[0] | s[1] << 8)}, (size_t)(s[2] | s[3] << 8)};
  *rows = (bits){s + 4 + row.set.n, rows->n - 4 - row.set.n};
  return row;
}

/* v:wanted(rows) --> { k, ... }: the numbers of the rows whose set of strings has one that stands in the
** text, and of those that want none */
int docview_wanted(lua_State *L) {
  const docview *v = docview_check(L);
  bits rows = docview_check_bits(L, 2);
  lua_Integer found = 0;
  lua_createtable(L, 64, 0);
  for (lua_Integer k = 1; rows.n > 0; k++) {
    wanted_row row = take_row(L, &rows);
    int any = row.first < v->set_bytes && docview_share(row.set, v->present + row.first, v->set_bytes - row.first);
    if (row.set.n > 0 && !any) continue;
    lua_pushinteger(L, k);
    lua_rawseti(L, -2, ++found);
  }
  return 1;
}

/* The token at `arg`, from 0. */
static size_t check_token(lua_State *L, const docview *v, int arg) {
  lua_Integer k = luaL_checkinteger(L, arg);
  luaL_argcheck(L, k >= 1 && (lua_Unsigned)k <= v->tokens.n, arg, "no such token");
  return (size_t)k - 1;
}

/* v:range(a, b) --> i, j: the bytes of shown text from token a to token b */
int docview_range(lua_State *L) {
  const docview *v = docview_check(L);
  size_t a = check_token(L, v, 2), b = check_token(L, v, 3);
  bind_push_span(L, (mill_span){v->tokens.from[a], v->tokens.to[b]});
  return 2;
}

static void push_item(lua_State *L, lua_Integer *n, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_rawseti(L, -2, ++*n);
}

/* Appends the number of an item that begins block b, where one does; in paragraphs not 第一条. */
static void push_lead(lua_State *L, const docview *v, size_t b, lua_Integer *n) {
  mark_number m;
  mill_span s = v->blocks[b].shown;
  if (s.from >= s.to || !marks_read(v->shown + s.from, v->shown_len - s.from, &m) || m.words >= s.to - s.from)
    return;
  if (m.words == 0 && v->blocks[b].kind == MILL_BLOCK_PARAGRAPH) return;
  push_item(L, n, b + 1);
  lua_pushstring(L, m.style);
  lua_rawseti(L, -2, ++*n);
  push_item(L, n, m.value);
  push_item(L, n, s.from + m.words + 1);
}

/* v:numbered(kinds, k) --> { number of a block that begins with that of an item, its style, its value, where
** the words begin, ... }, { byte, number of its block, ... }: in these blocks; the latter of string number k
** (第), where it may number one */
int docview_numbered(lua_State *L) {
  const docview *v = docview_check(L);
  lua_Integer kinds = luaL_checkinteger(L, 2), needle = luaL_checkinteger(L, 3) - 1, n = 0;
  lua_newtable(L);
  for (size_t b = 0; b < v->n_blocks; b++)
    if (kinds >> v->blocks[b].kind & 1) push_lead(L, v, b, &n);
  lua_newtable(L);
  n = 0;
  const view_group *g = docview_group(v, needle);
  for (uint32_t h = g != NULL ? g->first : 0; g != NULL && h < g[1].first; h++) {
    uint32_t at = v->at[h];
    if (!marks_ordinal(v->shown + at, v->shown_len - at)) continue;
    size_t block = docview_block_at(v, at, 0);
    if (block == 0 || !(kinds >> v->blocks[block - 1].kind & 1)) continue;
    push_item(L, &n, (size_t)at + 1);
    push_item(L, &n, block);
  }
  return 2;
}

/* core.item_number(s, p) --> style, value, where its words begin, of the number of an item at byte p | nil */
int docview_item_number(lua_State *L) {
  size_t n;
  mark_number m;
  const char *s = luaL_checklstring(L, 1, &n);
  lua_Integer p = luaL_checkinteger(L, 2);
  if (p < 1 || (lua_Unsigned)p > n || !marks_read(s + p - 1, n - (size_t)p + 1, &m)) return lua_pushnil(L), 1;
  lua_pushstring(L, m.style);
  lua_pushinteger(L, (lua_Integer)m.value);
  lua_pushinteger(L, p + (lua_Integer)m.words);
  return 3;
}

/* core.block_kinds(set of names of kinds) --> the kinds as bits of an integer */
int docview_block_kinds(lua_State *L) {
  lua_Integer kinds = 0;
  luaL_checktype(L, 1, LUA_TTABLE);
  for (int k = 0; k <= MILL_BLOCK_BOILERPLATE; k++) {
    lua_getfield(L, 1, mill_block_name((enum mill_block_kind)k));
    if (lua_toboolean(L, -1)) kinds |= (lua_Integer)1 << k;
    lua_pop(L, 1);
  }
  lua_pushinteger(L, kinds);
  return 1;
}

/* The packed marks at 2. */
static const char *check_marks(lua_State *L, size_t *n) {
  const char *marks = luaL_checklstring(L, 2, n);
  luaL_argcheck(L, first_mark_packed(marks, *n), 2, "marks and their lengths expected");
  return marks;
}

static int push_mark(lua_State *L, int found, size_t at, size_t which) {
  if (!found) return lua_pushnil(L), 1;
  lua_pushinteger(L, (lua_Integer)at + 1);
  lua_pushinteger(L, (lua_Integer)which + 1);
  return 2;
}

/* core.first_mark(s, marks, from, [to]) --> where the first of the marks (first_mark.h) stands in the bytes
** `from` to `to`, and which one it is, from 1 | nil */
int docview_first_mark(lua_State *L) {
  size_t n, marks_len, which = 0;
  const char *s = luaL_checklstring(L, 1, &n), *marks = check_marks(L, &marks_len);
  lua_Integer from = luaL_checkinteger(L, 3), to = luaL_optinteger(L, 4, (lua_Integer)n);
  size_t begin = from < 1 ? 0 : (size_t)from - 1, end = to < 0 ? 0 : (lua_Unsigned)to < n ? (size_t)to : n;
  size_t at = begin < end ? first_mark(s, end, begin, marks, marks_len, &which) : end;
  return push_mark(L, at < end, at, which);
}

/* core.last_mark(s, marks, from, to) --> where the last of them stands in the bytes `from` to `to`, and
** which one it is | nil */
int docview_last_mark(lua_State *L) {
  size_t n, marks_len, which = 0;
  const char *s = luaL_checklstring(L, 1, &n), *marks = check_marks(L, &marks_len);
  lua_Integer from = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
  size_t begin = from < 1 ? 0 : (size_t)from - 1, end = to < 0 ? 0 : (lua_Unsigned)to < n ? (size_t)to : n;
  size_t at = begin < end ? last_mark(s, end, begin, marks, marks_len, &which) : end;
  return push_mark(L, at < end, at, which);
}
