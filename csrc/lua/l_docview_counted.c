/*
** l_docview_counted.c - v:counted: where the counts of a document stand, as columns, for all that is
** asked of every one of them when the rules are done (lua/textmill/rules/zh/counted.lua).
**
**        from            start                  vi  vj        bytes of shown text
**   ...。|---------------|柳湾村、石桥村共种小麦|4200|亩,      from: LONGEST bytes back at most,
**                        si .................. sj            and in the block of the number
*/
#include <limits.h>
#include <string.h>

#include "l_docview.h"

enum { LONGEST = 600 };
enum { SI, SJ, VI, VJ, FROM, START, CLAUSE, CI, SECOND, COLUMNS };
static const char *const names[COLUMNS] = {"si", "sj", "vi", "vj", "from", "start", "clause", "ci", "second"};
enum { LIST = 2, RESULT, COLUMN }; /* on the stack: the columns from COLUMN on */

/* Reads i and j at the top two places, of clean text, pops them; the span as the text shows it. */
static mill_span pop_shown(lua_State *L, const docview *v) {
  const mill_map *map = docview_map(L, v);
  mill_span clean = bind_check_span(L, lua_absindex(L, -2), mill_map_source_len(map));
  lua_pop(L, 2);
  return mill_map_to(map, clean);
}

/* The span of the fact on the top. */
static mill_span fact_span(lua_State *L, const docview *v) {
  lua_getfield(L, -1, "i");
  lua_getfield(L, -2, "j");
  return pop_shown(L, v);
}

/* The span of its number: the capture `value` of its first mention, else its own. */
static mill_span value_span(lua_State *L, const docview *v) {
  int fact = lua_gettop(L);
  int found = lua_getfield(L, fact, "mentions") == LUA_TTABLE && lua_rawgeti(L, -1, 1) == LUA_TTABLE &&
              lua_getfield(L, -1, "captures") == LUA_TTABLE && lua_getfield(L, -1, "value") == LUA_TTABLE;
  if (found) {
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
  }
  mill_span s = {0, 0};
  if (found) s = pop_shown(L, v);
  lua_settop(L, fact);
  return found ? s : fact_span(L, v);
}

/* First byte of the sentence that holds byte `at`, `from` or behind it. */
static uint32_t sentence_start(const char *s, uint32_t from, uint32_t at) {
  for (uint32_t k = at; k > from; k--) {
    const char *c = s + k - 1;
    if (*c == '\n' || *c == ';' || *c == '!' || *c == '?') return k;
    if (*c == '\x82' && k - from >= 3 && memcmp(c - 2, "。", 3) == 0) return k;
  }
  return from;
}

/* The clause that was looked at last, and where its second 、 stands: several counts lie in most. */
typedef struct looked { size_t clause; lua_Integer second; } looked;

/* First byte of the second 、 in the clause that holds the number, 0 for none. */
static lua_Integer second_point(const docview *v, mill_span value, looked *last) {
  size_t n = docview_clause_of(v, (lua_Integer)value.from + 1, value.to);
  if (n == 0 || n == last->clause) return n == 0 ? 0 : last->second;
  const clause *c = &v->clauses[n - 1];
  const char *at = v->shown + v->tokens.from[c->a], *end = v->shown + v->tokens.to[c->b];
  at = memmem(at, (size_t)(end - at), "、", 3);
  if (at != NULL) at = memmem(at + 3, (size_t)(end - at - 3), "、", 3);
  *last = (looked){n, at != NULL ? at - v->shown + 1 : 0};
  return last->second;
}

static void set_row(lua_State *L, const lua_Integer row[COLUMNS], lua_Integer k) {
  for (int c = 0; c < COLUMNS; c++) {
    lua_pushinteger(L, row[c]);
    lua_rawseti(L, COLUMN + c, k);
  }
}

static void add_row(lua_State *L, docview *v, lua_Integer k, looked *last) {
  mill_span fact = fact_span(L, v), value = value_span(L, v);
  size_t block = docview_block_at(v, value.from, 0);
  uint32_t from = block > 0 ? v->blocks[block - 1].shown.from : 0;
  if (value.from > LONGEST && from < value.from - LONGEST) from = value.from - LONGEST;
  lua_Integer i = (lua_Integer)fact.from + 1, vi = (lua_Integer)value.from + 1;
  size_t n = docview_clause_of(v, i, fact.to);
  lua_Integer ci = n > 0 ? (lua_Integer)v->tokens.from[v->clauses[n - 1].a] + 1 : 0;
  set_row(L, (lua_Integer[COLUMNS]){i, fact.to, vi, value.to, (lua_Integer)from + 1,
                                    (lua_Integer)sentence_start(v->shown, from, value.from) + 1,
                                    (lua_Integer)n, ci, second_point(v, value, last)}, k);
}

/* v:counted(list of facts) --> { si =, sj =, vi =, vj =, from =, start =, clause =, ci =, second = }: lists, an
** entry for each fact: its span, that of its number, the byte where the sentence of that begins (`from`:
** looked back no farther), the number and the first byte of the clause that holds the fact, and the
** first byte of the second 、 in the clause that holds its number, 0 for none */
int docview_counted(lua_State *L) {
  docview *v = docview_check(L);
  luaL_checktype(L, LIST, LUA_TTABLE);
  lua_settop(L, LIST);
  lua_Integer n = (lua_Integer)lua_rawlen(L, LIST);
  lua_createtable(L, 0, COLUMNS);
  for (int c = 0; c < COLUMNS; c++) lua_createtable(L, n < INT_MAX ? (int)n : 0, 0);
  docview_need_clauses(L, v);
  looked last = {0, 0};
  for (lua_Integer k = 1; k <= n; k++) {
    luaL_argexpected(L, lua_rawgeti(L, LIST, k) == LUA_TTABLE, LIST, "list of facts");
    add_row(L, v, k, &last);
    lua_pop(L, 1);
  }
  for (int c = COLUMNS; c-- > 0;) lua_setfield(L, RESULT, names[c]);
  return 1;
}
