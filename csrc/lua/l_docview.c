/*
** l_docview.c - what a document of rules (lua/textmill/document.lua) knows in columns: where
** the strings stand that rules wait for, which tokens they are, blocks and clauses.
**
** A textmill.docview is one block of memory, counted by the collector:
**
**   | header | blocks[n] | hits[h] | groups[g + 1] | at[h] | whole[tokens] | tail[tokens] |
**
** hits are all finds in the order of the text; a group is a string that stands there, they are
** sorted by its number; at[g.first] up to the next group's first are its bytes of shown text;
** whole and tail say of each token which string it is, and which of three bytes (a Han
** character) it ends with: number + 1, or 0. User values: 1 tokens, 2 shown text, 3 its
** map, 4 the strings (whose box holds what is used again for every document), 5 the
** clauses, and the tokens of them that are strings or tagged nt.
**
** Sets of strings come as Lua strings of bits, least first (cues.lua).
*/
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "../core/clauses.h"
#include "../core/needles.h"
#include "l_pattern.h"

#define MILL_T_NEEDLES "textmill.needles"
#define MILL_T_DOCVIEW "textmill.docview"

/* ---- the strings -------------------------------------------------------------- */

typedef struct box {
  needles *strings;    /* owned */
  uint32_t *counts;    /* of hits by string; owned, in user value 1; zero between documents */
  needle_hits hits;    /* of the last document; owned, like */
  clause_list clauses; /* these */
} box;

static int needles_gc(lua_State *L) {
  box *b = luaL_checkudata(L, 1, MILL_T_NEEDLES);
  needles_free(b->strings);
  needle_hits_free(&b->hits);
  clauses_free(&b->clauses);
  memset(b, 0, sizeof *b);
  return 0;
}

/* core.needles(list of strings) --> needles: none empty, each once */
static int new_needles(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_Unsigned n = lua_rawlen(L, 1);
  luaL_argcheck(L, n <= 1u << 24, 1, "too many strings");
  const char **strings = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *strings, 0);
  size_t *lengths = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *lengths, 0);
  for (lua_Unsigned k = 0; k < n; k++) { /* borrowed: the list holds them */
    luaL_argcheck(L, lua_rawgeti(L, 1, (lua_Integer)k + 1) == LUA_TSTRING, 1, "not all are strings");
    strings[k] = lua_tolstring(L, -1, &lengths[k]);
    luaL_argcheck(L, lengths[k] > 0 && lengths[k] < 1u << 16, 1, "a string is empty or too long");
    lua_pop(L, 1);
  }
  box *b = lua_newuserdatauv(L, sizeof *b, 1);
  memset(b, 0, sizeof *b);
  luaL_setmetatable(L, MILL_T_NEEDLES);
  b->counts = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *b->counts, 0);
  memset(b->counts, 0, ((size_t)n + 1) * sizeof *b->counts);
  lua_setiuservalue(L, -2, 1);
  b->strings = needles_new(strings, lengths, (uint32_t)n);
  if (b->strings == NULL) return luaL_error(L, "out of memory");
  return 1;
}

/* #needles --> how many strings */
static int needles_len(lua_State *L) {
  const box *b = luaL_checkudata(L, 1, MILL_T_NEEDLES);
  lua_pushinteger(L, b->strings != NULL ? (lua_Integer)needles_count(b->strings) : 0);
  return 1;
}

/* ---- the view ------------------------------------------------------------------ */

enum { UV_TOKENS = 1, UV_SHOWN, UV_MAP, UV_NEEDLES, UV_CLAUSES };

typedef struct view_block {
  mill_span clean, shown;
  int clauses; /* is it of a kind that has clauses? */
} view_block;

typedef struct view_group { uint32_t needle, first; } view_group;
typedef struct view_place { uint32_t token, clause; } view_place;

typedef struct docview {
  bind_columns tokens;     /* borrowed from user value 1 */
  const char *shown;       /* from 2 */
  size_t shown_len;
  mill_map **map;          /* from 3 */
  box *box;                /* from 4 */
  clause *clauses;         /* in 5, once they were asked for, like */
  view_place *places;      /* these */
  size_t n_clauses, n_places, n_blocks, n_hits;
  uint32_t n_needles, n_groups;
  view_block *blocks;      /* in this block, like all below */
  needle_hit *hits;
  view_group *groups;      /* n_groups, and one behind them */
  uint32_t *at, *whole, *tail;
} docview;

static docview *check_view(lua_State *L) { return luaL_checkudata(L, 1, MILL_T_DOCVIEW); }

static const mill_map *view_map(lua_State *L, const docview *v) {
  if (*v->map == NULL) luaL_error(L, "the map of this document is closed");
  return *v->map;
}

/* The token that holds byte i, or the last one before it; 0 when there is none. */
static size_t token_at(const docview *v, uint32_t i) {
  size_t lo = 0, hi = v->tokens.n;
  while (lo + 1 < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (v->tokens.from[mid] <= i) lo = mid;
    else hi = mid;
  }
  return lo;
}

static int by_needle(const void *a, const void *b) {
  const view_group *x = a, *y = b;
  return (x->needle > y->needle) - (x->needle < y->needle);
}

/* Counts the hits of the box by string; how many strings there are. */
static uint32_t count_hits(box *b) {
  uint32_t groups = 0;
  for (size_t k = 0; k < b->hits.n; k++) groups += b->counts[b->hits.list[k].needle]++ == 0;
  return groups;
}

/* Sorts the hits by string, and clears the counts. */
static void file_hits(docview *v) {
  const needle_hits *h = &v->box->hits;
  uint32_t *counts = v->box->counts, sum = 0, n = 0;
  if (h->n > 0) memcpy(v->hits, h->list, h->n * sizeof *v->hits);
  for (size_t k = h->n; k-- > 0;) { /* each string once: its count is set aside */
    uint32_t needle = h->list[k].needle;
    if (counts[needle] == 0) continue;
    v->groups[n++] = (view_group){needle, counts[needle]};
    counts[needle] = 0;
  }
  qsort(v->groups, n, sizeof *v->groups, by_needle);
  for (uint32_t g = 0; g < n; g++) {
    sum += v->groups[g].first;
    counts[v->groups[g].needle] = sum; /* its end; filling from behind makes it its beginning */
  }
  for (size_t k = h->n; k-- > 0;) v->at[--counts[h->list[k].needle]] = h->list[k].at;
  for (uint32_t g = 0; g < n; g++) {
    v->groups[g].first = counts[v->groups[g].needle];
    counts[v->groups[g].needle] = 0;
  }
  v->groups[n] = (view_group){MILL_NONE, (uint32_t)h->n};
  v->n_groups = n;
}

/* Which tokens are strings, or end in one of three bytes. */
static void mark_tokens(docview *v) {
  const needle_hits *h = &v->box->hits;
  size_t k = 0, n = v->tokens.n;
  memset(v->whole, 0, n * sizeof *v->whole);
  memset(v->tail, 0, n * sizeof *v->tail);
  for (size_t i = 0; i < h->n && n > 0; i++) {
    uint32_t at = h->list[i].at, end = at + needles_length(v->box->strings, h->list[i].needle);
    while (k + 1 < n && v->tokens.to[k] <= at) k++;
    for (size_t m = k; m < n && v->tokens.from[m] <= at; m++) { /* some may share a place */
      if (v->tokens.to[m] != end) continue;
      if (v->tokens.from[m] == at) v->whole[m] = h->list[i].needle + 1;
      if (end - at == 3) v->tail[m] = h->list[i].needle + 1;
    }
  }
}

static int has_clauses(uint8_t kind) {
  return kind == MILL_BLOCK_PARAGRAPH || kind == MILL_BLOCK_LIST || kind == MILL_BLOCK_HEADING ||
         kind == MILL_BLOCK_CAPTION;
}

static void fill_blocks(docview *v, const mill_text *text, const mill_map *map) {
  for (size_t k = 0; k < v->n_blocks; k++) {
    mill_span clean = text->blocks[k].clean;
    v->blocks[k] = (view_block){clean, mill_map_to(map, clean), has_clauses(text->blocks[k].kind)};
  }
}

/* Pushes a view with room for what was found. */
static docview *push_view(lua_State *L, size_t n_blocks, uint32_t groups, size_t hits, size_t n_tokens) {
  size_t words = 2 * ((size_t)groups + 1) + 3 * hits + 2 * n_tokens;
  size_t bytes = sizeof(docview) + n_blocks * sizeof(view_block) + words * sizeof(uint32_t);
  docview *v = lua_newuserdatauv(L, bytes, 5);
  memset(v, 0, sizeof *v);
  v->n_blocks = n_blocks;
  v->blocks = (view_block *)(void *)(v + 1);
  v->hits = (needle_hit *)(void *)(v->blocks + n_blocks);
  v->n_hits = hits;
  v->groups = (view_group *)(void *)(v->hits + hits);
  v->at = (uint32_t *)(void *)(v->groups + groups + 1);
  v->whole = v->at + hits;
  v->tail = v->whole + n_tokens;
  luaL_setmetatable(L, MILL_T_DOCVIEW);
  return v;
}

/* core.docview(shown, tokens, map, text, needles) --> docview */
static int new_docview(lua_State *L) {
  bind_columns tokens;
  size_t n;
  lua_settop(L, 5);
  const char *shown = luaL_checklstring(L, 1, &n);
  luaL_argcheck(L, bind_test_tokens(L, 2, &tokens), 2, "tokens expected");
  mill_map **map = luaL_checkudata(L, 3, MILL_T_MAP);
  luaL_argcheck(L, *map != NULL, 3, "map is closed");
  const mill_text *text = bind_check_text_object(L, 4);
  box *b = luaL_checkudata(L, 5, MILL_T_NEEDLES);
  luaL_argcheck(L, b->strings != NULL, 5, "they are closed");
  if (needles_scan(b->strings, shown, n, &b->hits) < 0) return luaL_error(L, "out of memory");
  docview *v = push_view(L, text->n_blocks, count_hits(b), b->hits.n, tokens.n);
  v->n_needles = needles_count(b->strings);
  v->tokens = tokens;
  v->shown = shown;
  v->shown_len = n;
  v->map = map;
  v->box = b;
  fill_blocks(v, text, *map);
  file_hits(v);
  mark_tokens(v);
  static const int holds[] = {2, 1, 3, 5}; /* arguments that are user values 1 to 4 */
  for (int k = 0; k < 4; k++) {
    lua_pushvalue(L, holds[k]);
    lua_setiuservalue(L, 6, k + 1);
  }
  return 1;
}

/* v:place(blocks): sets si, sj of the blocks of the text, their spans in shown text */
static int view_set_blocks(lua_State *L) {
  const docview *v = check_view(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  for (size_t k = 0; k < v->n_blocks; k++) {
    luaL_argcheck(L, lua_rawgeti(L, 2, (lua_Integer)k + 1) == LUA_TTABLE, 2, "a block is missing");
    lua_pushinteger(L, (lua_Integer)v->blocks[k].shown.from + 1);
    lua_setfield(L, -2, "si");
    lua_pushinteger(L, v->blocks[k].shown.to);
    lua_setfield(L, -2, "sj");
    lua_pop(L, 1);
  }
  return 0;
}

/* #view --> how many strings it was made with */
static int view_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_view(L)->n_needles);
  return 1;
}

/* ---- where strings stand --------------------------------------------------------- */

/* The group of string number `needle`, from 0; NULL where it does not stand in the text. */
static const view_group *group_of(const docview *v, lua_Integer needle) {
  uint32_t lo = 0, hi = v->n_groups;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if ((lua_Integer)v->groups[mid].needle < needle) lo = mid + 1;
    else hi = mid;
  }
  return lo < v->n_groups && (lua_Integer)v->groups[lo].needle == needle ? &v->groups[lo] : NULL;
}

/* The block whose span in shown (clean) text holds byte i, from 1; 0 for none. */
static size_t block_at(const docview *v, uint32_t i, int clean) {
  size_t lo = 0, hi = v->n_blocks;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    mill_span s = clean ? v->blocks[mid].clean : v->blocks[mid].shown;
    if (i < s.from) hi = mid;
    else if (i >= s.to) lo = mid + 1;
    else return mid + 1;
  }
  return 0;
}

static void push_number_of(lua_State *L, size_t k) {
  if (k == 0) lua_pushnil(L);
  else lua_pushinteger(L, (lua_Integer)k);
}

/* v:has(k) --> does string k stand in the text? */
static int view_has(lua_State *L) {
  const docview *v = check_view(L);
  lua_pushboolean(L, group_of(v, luaL_checkinteger(L, 2) - 1) != NULL);
  return 1;
}

/* v:next(k, p) --> where string k stands next at or after byte p, and the number of the
** block there | nil */
static int view_next(lua_State *L) {
  const docview *v = check_view(L);
  const view_group *g = group_of(v, luaL_checkinteger(L, 2) - 1);
  lua_Integer p = luaL_checkinteger(L, 3);
  if (g == NULL) return lua_pushnil(L), 1;
  uint32_t lo = g->first, hi = g[1].first, end = hi;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if ((lua_Integer)v->at[mid] + 1 < p) lo = mid + 1;
    else hi = mid;
  }
  if (lo == end) return lua_pushnil(L), 1;
  lua_pushinteger(L, (lua_Integer)v->at[lo] + 1);
  push_number_of(L, block_at(v, v->at[lo], 0));
  return 2;
}

typedef struct bits { const uint8_t *set; size_t n; } bits;

static bits check_bits(lua_State *L, int arg) {
  size_t n;
  const char *s = luaL_checklstring(L, arg, &n);
  return (bits){(const uint8_t *)s, n};
}

/* number: from 1, 0 is none */
static int in_bits(bits b, uint32_t number) {
  size_t k = (size_t)number - 1;
  return number > 0 && k / 8 < b.n && (b.set[k / 8] >> (k % 8) & 1) != 0;
}

/* Does one of the strings stand in the text? */
static int any_of(const docview *v, bits b) {
  for (uint32_t g = 0; g < v->n_groups; g++)
    if (in_bits(b, v->groups[g].needle + 1)) return 1;
  return 0;
}

/* v:any(bits) --> does one of the strings stand in the text? */
static int view_any(lua_State *L) {
  const docview *v = check_view(L);
  lua_pushboolean(L, any_of(v, check_bits(L, 2)));
  return 1;
}

/* v:spots(bits) --> { byte, number of the string that stands there, byte, ... } in the order
** of the text | nil */
static int view_spots(lua_State *L) {
  const docview *v = check_view(L);
  bits b = check_bits(L, 2);
  lua_Integer n = 0;
  lua_pushnil(L);
  for (size_t h = 0; h < v->n_hits; h++) {
    if (!in_bits(b, v->hits[h].needle + 1)) continue;
    if (n == 0) {
      lua_pop(L, 1);
      lua_newtable(L);
    }
    lua_pushinteger(L, (lua_Integer)v->hits[h].at + 1);
    lua_rawseti(L, -2, ++n);
    lua_pushinteger(L, (lua_Integer)v->hits[h].needle + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* Pushes the list of the tokens from the one at byte i to the one at j (arguments 3, 4)
** whose column has one of the bits; nil where there is none. */
static int push_marked(lua_State *L, const docview *v, const uint32_t *column) {
  bits b = check_bits(L, 2);
  mill_span s = bind_check_span(L, 3, v->shown_len);
  lua_Integer n = 0;
  lua_pushnil(L);
  if (s.to == 0 || v->tokens.n == 0) return 1;
  size_t last = token_at(v, s.to - 1);
  for (size_t k = token_at(v, s.from); k <= last; k++) {
    if (!in_bits(b, column[k])) continue;
    if (n == 0) {
      lua_pop(L, 1);
      lua_newtable(L);
    }
    lua_pushinteger(L, (lua_Integer)k + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* v:whole(bits, i, j) --> the tokens of shown[i, j] that are one of the strings | nil */
static int view_whole(lua_State *L) {
  const docview *v = check_view(L);
  return push_marked(L, v, v->whole);
}

/* v:ending(bits, i, j) --> those that end in one of the strings of three bytes | nil */
static int view_ending(lua_State *L) {
  const docview *v = check_view(L);
  return push_marked(L, v, v->tail);
}

/* v:shown_block(i) --> number of the block that holds byte i of shown text | nil */
static int view_shown_block(lua_State *L) {
  const docview *v = check_view(L);
  lua_Integer i = luaL_checkinteger(L, 2);
  push_number_of(L, i < 1 || i > UINT32_MAX ? 0 : block_at(v, (uint32_t)(i - 1), 0));
  return 1;
}

/* v:clean_block(i) --> the same of clean text */
static int view_clean_block(lua_State *L) {
  const docview *v = check_view(L);
  lua_Integer i = luaL_checkinteger(L, 2);
  push_number_of(L, i < 1 || i > UINT32_MAX ? 0 : block_at(v, (uint32_t)(i - 1), 1));
  return 1;
}

/* v:blocks_of(matches) --> list of the numbers of the blocks they begin in; 0: in none */
static int view_blocks_of(lua_State *L) {
  const docview *v = check_view(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Integer n = (lua_Integer)lua_rawlen(L, 2);
  lua_createtable(L, n < INT_MAX ? (int)n : 0, 0);
  for (lua_Integer k = 1; k <= n; k++) {
    lua_rawgeti(L, 2, k);
    size_t block = block_at(v, match_source(L, -1).from, 1);
    lua_pop(L, 1);
    lua_pushinteger(L, (lua_Integer)block);
    lua_rawseti(L, -2, k);
  }
  return 1;
}

/* v:digits() --> { i, j, i, j, ... }: where runs of ASCII digits stand | nil */
static int view_digits(lua_State *L) {
  const docview *v = check_view(L);
  lua_Integer n = 0;
  lua_pushnil(L);
  for (size_t i = 0; i < v->shown_len; i++) {
    size_t from = i;
    while (i < v->shown_len && v->shown[i] >= '0' && v->shown[i] <= '9') i++;
    if (i == from) continue;
    if (n == 0) {
      lua_pop(L, 1);
      lua_newtable(L);
    }
    lua_pushinteger(L, (lua_Integer)from + 1);
    lua_rawseti(L, -2, ++n);
    lua_pushinteger(L, (lua_Integer)i);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* ---- clauses ------------------------------------------------------------------------ */

static void cut_blocks(lua_State *L, const docview *v, clause_list *list) {
  clause_text t = {v->shown, v->tokens.from, v->tokens.to};
  list->n = 0;
  list->parts = 0;
  for (size_t k = 0; k < v->n_blocks && v->tokens.n > 0; k++) {
    mill_span s = v->blocks[k].shown;
    if (!v->blocks[k].clauses || s.from >= s.to) continue;
    uint32_t first = (uint32_t)token_at(v, s.from), last = (uint32_t)token_at(v, s.to - 1);
    if (clauses_add(list, &t, (uint32_t)k, first, last) < 0) luaL_error(L, "out of memory");
  }
}

/* Writes the places of the clauses to `out`, where it is not NULL; how many there are. */
static size_t find_places(const docview *v, const clause_list *list, view_place *out) {
  size_t n = 0;
  for (uint32_t c = 0; c < list->n; c++)
    for (uint32_t k = list->list[c].a; k <= list->list[c].b; k++) {
      if (v->whole[k] == 0 && v->tokens.tag[k] != MILL_TAG_NT) continue;
      if (out != NULL) out[n] = (view_place){k, c};
      n++;
    }
  return n;
}

/* Makes the clauses, at the first need. */
static void need_clauses(lua_State *L, docview *v) {
  if (v->clauses != NULL) return;
  clause_list *list = &v->box->clauses;
  cut_blocks(L, v, list);
  size_t n = find_places(v, list, NULL);
  clause *own = lua_newuserdatauv(L, (list->n + 1) * sizeof *own + n * sizeof(view_place), 0);
  if (list->n > 0) memcpy(own, list->list, list->n * sizeof *own);
  lua_setiuservalue(L, 1, UV_CLAUSES);
  v->clauses = own;
  v->n_clauses = list->n;
  v->places = (view_place *)(void *)(own + list->n + 1);
  v->n_places = find_places(v, list, v->places);
}

/* v:clauses() --> how many there are */
static int view_clauses(lua_State *L) {
  docview *v = check_view(L);
  need_clauses(L, v);
  lua_pushinteger(L, (lua_Integer)v->n_clauses);
  return 1;
}

static void push_mark(lua_State *L, const docview *v, uint32_t k) {
  if (k == MILL_NONE) lua_pushliteral(L, "\n");
  else lua_pushlstring(L, v->shown + v->tokens.from[k], v->tokens.to[k] - v->tokens.from[k]);
}

/* v:clause(n) --> i, j, a, b, mark, part, block, quoted | nothing */
static int view_clause(lua_State *L) {
  docview *v = check_view(L);
  lua_Integer n = luaL_checkinteger(L, 2);
  need_clauses(L, v);
  if (n < 1 || (lua_Unsigned)n > v->n_clauses) return 0;
  const clause *c = &v->clauses[n - 1];
  bind_push_span(L, (mill_span){v->tokens.from[c->a], v->tokens.to[c->b]});
  lua_pushinteger(L, (lua_Integer)c->a + 1);
  lua_pushinteger(L, (lua_Integer)c->b + 1);
  push_mark(L, v, c->mark);
  lua_pushinteger(L, c->part);
  lua_pushinteger(L, (lua_Integer)c->block + 1);
  lua_pushboolean(L, (int)c->quoted);
  return 8;
}

/* v:places(bits, [nt]) --> { token, number of its clause, token, ... }: the tokens in clauses
** that are one of the strings; with nt those tagged so, too | nil */
static int view_places(lua_State *L) {
  docview *v = check_view(L);
  bits b = check_bits(L, 2);
  int nt = lua_toboolean(L, 3);
  lua_Integer n = 0;
  if (!nt && !any_of(v, b)) return lua_pushnil(L), 1;
  need_clauses(L, v);
  lua_pushnil(L);
  for (size_t p = 0; p < v->n_places; p++) {
    uint32_t k = v->places[p].token;
    if (!in_bits(b, v->whole[k]) && !(nt && v->tokens.tag[k] == MILL_TAG_NT)) continue;
    if (n == 0) {
      lua_pop(L, 1);
      lua_newtable(L);
    }
    lua_pushinteger(L, (lua_Integer)k + 1);
    lua_rawseti(L, -2, ++n);
    lua_pushinteger(L, (lua_Integer)v->places[p].clause + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* ---- citing ---------------------------------------------------------------------------- */

/* Reads the span {i, j} on the top, of a text of that length, and pops it. */
static mill_span pop_span(lua_State *L, size_t len) {
  luaL_argexpected(L, lua_istable(L, -1), 2, "fact with spans {i, j}");
  int at = lua_gettop(L);
  lua_rawgeti(L, at, 1);
  lua_rawgeti(L, at, 2);
  mill_span s = bind_check_span(L, at + 1, len);
  lua_settop(L, at - 1);
  return s;
}

static void push_pair(lua_State *L, mill_span s) {
  lua_createtable(L, 2, 0);
  lua_pushinteger(L, (lua_Integer)s.from + 1);
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, (lua_Integer)s.to);
  lua_rawseti(L, -2, 2);
}

/* Pushes fact.spans as spans of clean text, else its captures, else an empty table; the
** fact at 2 loses both. */
static void push_captures(lua_State *L, const mill_map *map) {
  if (lua_getfield(L, 2, "spans") == LUA_TTABLE) {
    lua_createtable(L, 0, 2);
    lua_pushnil(L);
    while (lua_next(L, -3) != 0) {
      mill_span s = mill_map_from(map, pop_span(L, mill_map_output_len(map)));
      lua_pushvalue(L, -1);
      push_pair(L, s);
      lua_rawset(L, -4);
    }
    lua_remove(L, -2);
    lua_pushnil(L);
    lua_setfield(L, 2, "spans");
  } else {
    lua_pop(L, 1);
    if (lua_getfield(L, 2, "captures") == LUA_TNIL) {
      lua_pop(L, 1);
      lua_newtable(L);
    }
  }
  if (lua_getfield(L, 2, "captures") != LUA_TNIL) {
    lua_pushnil(L);
    lua_setfield(L, 2, "captures");
  }
  lua_pop(L, 1);
}

/* Sets a field of the fact at 2 to the value on the top, which it pops; with `keep` only
** where there was none. */
static void set_fact(lua_State *L, const char *key, int keep) {
  if (keep) {
    int known = lua_getfield(L, 2, key) != LUA_TNIL;
    lua_pop(L, 1);
    if (known) {
      lua_pop(L, 1);
      return;
    }
  }
  lua_setfield(L, 2, key);
}

/* Pushes the mention of clean span s; argument 3 is the rule's name, 4 the version. */
static void push_mention(lua_State *L, const docview *v, const mill_map *map, mill_span s) {
  mill_span shown = mill_map_to(map, s);
  lua_createtable(L, 0, 6);
  lua_pushinteger(L, (lua_Integer)s.from + 1);
  lua_setfield(L, -2, "i");
  lua_pushinteger(L, (lua_Integer)s.to);
  lua_setfield(L, -2, "j");
  lua_pushlstring(L, v->shown + shown.from, shown.to - shown.from);
  lua_setfield(L, -2, "quote");
  lua_pushvalue(L, 3);
  lua_setfield(L, -2, "rule");
  lua_pushvalue(L, 4);
  lua_setfield(L, -2, "version");
  push_captures(L, map);
  lua_setfield(L, -2, "captures");
}

/* v:cite(fact, rule, version): a fact with `at` (and `spans`) in shown text gets its span of
** clean text, its mention, quote, rule and status. */
static int view_cite(lua_State *L) {
  const docview *v = check_view(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_settop(L, 4);
  const mill_map *map = view_map(L, v);
  lua_getfield(L, 2, "at");
  mill_span s = mill_map_from(map, pop_span(L, mill_map_output_len(map)));
  lua_pushnil(L);
  lua_setfield(L, 2, "at");
  lua_createtable(L, 1, 0);
  push_mention(L, v, map, s);
  lua_getfield(L, -1, "quote");
  set_fact(L, "quote", 1);
  lua_rawseti(L, -2, 1);
  lua_setfield(L, 2, "mentions");
  lua_pushinteger(L, (lua_Integer)s.from + 1);
  lua_setfield(L, 2, "i");
  lua_pushinteger(L, (lua_Integer)s.to);
  lua_setfield(L, 2, "j");
  lua_pushvalue(L, 3);
  lua_setfield(L, 2, "rule");
  lua_pushliteral(L, "ok");
  set_fact(L, "status", 1);
  return 0;
}

void mill_open_docview(lua_State *L) {
  static const luaL_Reg needles_meta[] = {{"__gc", needles_gc}, {"__len", needles_len}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__len", view_len}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"has", view_has}, {"next", view_next}, {"any", view_any}, {"spots", view_spots}, {"whole", view_whole},
      {"ending", view_ending}, {"shown_block", view_shown_block}, {"clean_block", view_clean_block},
      {"blocks_of", view_blocks_of}, {"digits", view_digits},
      {"place", view_set_blocks}, {"clauses", view_clauses}, {"clause", view_clause}, {"places", view_places}, {"cite", view_cite},
      {NULL, NULL}};
  static const luaL_Reg functions[] = {{"needles", new_needles}, {"docview", new_docview}, {NULL, NULL}};
  bind_class(L, MILL_T_NEEDLES, needles_meta, NULL);
  bind_class(L, MILL_T_DOCVIEW, meta, methods);
  luaL_setfuncs(L, functions, 0);
}
