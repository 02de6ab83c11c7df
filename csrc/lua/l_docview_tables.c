/*
** l_docview_tables.c - v:tabular: the blocks of a document where a table may begin, for the rules that
** read its figures (lua/textmill/rules/zh/quantity_table.lua).
**
**   村名 户数 投资      a row a line: the block has a blank, and so has the next one
**   序号 / 单位 / ...   a cell a line: so many short blocks follow one another
*/
#include <string.h>

#include "l_docview.h"

enum { ROWS = 1, CELLS = 2 };

static size_t size_of(const docview *v, size_t block) {
  mill_span s = v->blocks[block].shown;
  return s.to > s.from ? s.to - s.from : 0;
}

static int has_blank(const docview *v, size_t block) {
  const char *s = v->shown + v->blocks[block].shown.from;
  size_t n = size_of(v, block);
  return memchr(s, ' ', n) != NULL || memchr(s, '\t', n) != NULL;
}

static lua_Integer push_spot(lua_State *L, lua_Integer n, size_t block, int kind) {
  if (n == 0) {
    lua_pop(L, 1);
    lua_createtable(L, DOCVIEW_ROOM, 0);
  }
  lua_pushinteger(L, (lua_Integer)block + 1);
  lua_rawseti(L, -2, n + 1);
  lua_pushinteger(L, kind);
  lua_rawseti(L, -2, n + 2);
  return n + 2;
}

/* v:tabular(longest, cells, widest) --> { block, kind, block, kind, ... }: the blocks of at most `widest`
** bytes, no boilerplate, where a table may begin; kind: 1 it and the next one have blanks, 2 so many
** blocks of at most `longest` bytes follow one another from it on, 3 both | nil */
int docview_tabular(lua_State *L) {
  const docview *v = docview_check(L);
  size_t longest = (size_t)luaL_checkinteger(L, 2), cells = (size_t)luaL_checkinteger(L, 3);
  size_t widest = (size_t)luaL_checkinteger(L, 4), run = 0;
  lua_Integer n = 0;
  lua_pushnil(L);
  int blank = v->n_blocks > 0 && has_blank(v, 0);
  for (size_t k = 0; k < v->n_blocks; k++) {
    int next = k + 1 < v->n_blocks && has_blank(v, k + 1), lined = blank && next;
    blank = next;
    if (run > 0) run--; /* how many short blocks follow, this one among them */
    else
      while (k + run < v->n_blocks && size_of(v, k + run) <= longest) run++;
    int kind = (lined ? ROWS : 0) | (run >= cells ? CELLS : 0);
    if (kind == 0 || size_of(v, k) > widest || v->blocks[k].kind == MILL_BLOCK_BOILERPLATE) continue;
    n = push_spot(L, n, k, kind);
  }
  return 1;
}
