/*
** l_docview_quotes.c - v:quotations: what stands between quotation marks (lua/textmill/rules/zh/quotes.lua).
*/
#include <stdlib.h>
#include <string.h>

#include "l_docview.h"

/* Where string number `needle` stands first at or behind byte `at`; MILL_NONE for nowhere. */
static uint32_t next_at(const docview *v, const view_group *g, uint32_t at) {
  if (g == NULL) return MILL_NONE;
  uint32_t lo = g->first, hi = g[1].first, end = hi;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (v->at[mid] < at) lo = mid + 1;
    else hi = mid;
  }
  return lo < end ? v->at[lo] : MILL_NONE;
}

typedef struct quotation { uint32_t open, close, block; uint8_t opening, closing; } quotation;
typedef struct found { quotation *list; size_t n, room; } found;

/* A pair of marks: where they stand, the bytes of each. */
typedef struct mark_pair { const view_group *open, *close; uint32_t opening, closing; } mark_pair;

/* Adds what stands between the marks of a pair, in one block each. Of marks that lie in each other the
** first opening one goes with the first closing one. */
static void add_pair(const docview *v, mark_pair m, found *out) {
  uint32_t p = 0, i;
  while (out->n < out->room && (i = next_at(v, m.open, p)) != MILL_NONE) {
    size_t b = docview_block_at(v, i, 0);
    uint32_t j = b > 0 ? next_at(v, m.close, i + m.opening) : 0;
    if (b == 0) {
      p = i + m.opening;
    } else if (j == MILL_NONE) {
      return;
    } else if (j >= v->blocks[b - 1].shown.to) {
      p = v->blocks[b - 1].shown.to;
    } else {
      out->list[out->n++] = (quotation){i, j, (uint32_t)b, (uint8_t)m.opening, (uint8_t)m.closing};
      p = j + m.closing;
    }
  }
}

static int before(const void *a, const void *b) {
  uint32_t x = ((const quotation *)a)->open, y = ((const quotation *)b)->open;
  return (x > y) - (x < y);
}

static void set_field(lua_State *L, const char *key, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, key);
}

static void push_quotation(lua_State *L, const quotation *q) {
  lua_createtable(L, 0, 6);
  set_field(L, "i", (size_t)q->open + q->opening + 1);
  set_field(L, "j", q->close);
  set_field(L, "open", (size_t)q->open + 1);
  set_field(L, "close", (size_t)q->close + q->closing);
  set_field(L, "number", q->block);
  lua_rawgeti(L, 3, q->block);
  lua_setfield(L, -2, "block");
}

static mark_pair check_pair(lua_State *L, const docview *v, lua_Integer k) {
  lua_rawgeti(L, 2, k);
  lua_rawgeti(L, 2, k + 1);
  lua_Integer open = lua_tointeger(L, -2) - 1, close = lua_tointeger(L, -1) - 1;
  lua_pop(L, 2);
  luaL_argcheck(L, open >= 0 && close >= 0 && open < v->n_needles && close < v->n_needles, 2,
                "numbers of strings expected");
  return (mark_pair){docview_group(v, open), docview_group(v, close),
                     needles_length(v->box->strings, (uint32_t)open),
                     needles_length(v->box->strings, (uint32_t)close)};
}

static size_t how_many(const view_group *g) { return g != NULL ? g[1].first - g->first : 0; }

/* v:quotations({ open, close, ... }, blocks) --> list of { i, j, open, close, block, number } by where they
** open: what stands between two marks, the numbers of strings, with these, its block and the number of that */
int docview_quotations(lua_State *L) {
  const docview *v = docview_check(L);
  found all = {NULL, 0, 0};
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checktype(L, 3, LUA_TTABLE);
  lua_settop(L, 3);
  if (v->box->strings == NULL) return luaL_error(L, "the strings of this document are closed");
  lua_Integer marks = (lua_Integer)lua_rawlen(L, 2);
  for (lua_Integer k = 1; k + 1 <= marks; k += 2) all.room += how_many(check_pair(L, v, k).open);
  lua_newtable(L);
  if (all.room == 0) return 1;
  all.list = lua_newuserdatauv(L, all.room * sizeof *all.list, 0);
  for (lua_Integer k = 1; k + 1 <= marks; k += 2) add_pair(v, check_pair(L, v, k), &all);
  if (all.n > 1) qsort(all.list, all.n, sizeof *all.list, before);
  for (size_t k = 0; k < all.n; k++) {
    push_quotation(L, &all.list[k]);
    lua_rawseti(L, 4, (lua_Integer)k + 1);
  }
  lua_settop(L, 4);
  return 1;
}
