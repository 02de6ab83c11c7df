/*
** l_docview.c - what a document of rules (lua/textmill/document.lua) knows in columns: where
** the strings stand that rules wait for, which tokens they are, blocks and clauses
** (see l_docview.h).
*/
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "l_docview.h"
#include "l_pattern.h"

const char docview_class[] = "textmill.docview";

/* Bytes of a set of that many strings: whole words. */
static size_t set_bytes(uint32_t strings) { return ((size_t)strings / 64 + 1) * sizeof(uint64_t); }

/* ---- the strings -------------------------------------------------------------- */

static int needles_gc(lua_State *L) {
  box *b = luaL_checkudata(L, 1, MILL_T_NEEDLES);
  needles_free(b->strings);
  needle_hits_free(&b->hits);
  clauses_free(&b->clauses);
  twins_free(&b->twins);
  docview_repeats_free(b->repeats);
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
  size_t set = set_bytes((uint32_t)n), counts = ((size_t)n + 1) * sizeof *b->counts;
  b->seen = lua_newuserdatauv(L, set + counts, 0);
  memset(b->seen, 0, set + counts);
  b->counts = (uint32_t *)(void *)((char *)b->seen + set);
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

/* Counts the hits of the box by string, and notes which they are; how many strings there are. */
static uint32_t count_hits(box *b) {
  const needle_hit *list = b->hits.list;
  uint32_t groups = 0;
  for (size_t k = 0; k < b->hits.n; k++) {
    uint32_t needle = list[k].needle;
    if (b->counts[needle]++ > 0) continue;
    b->seen[needle / 64] |= UINT64_C(1) << needle % 64;
    groups++;
  }
  return groups;
}

/* Begins the groups, in the order of the strings; where each begins becomes its count. */
static void begin_groups(docview *v) {
  uint32_t *counts = v->box->counts, sum = 0, n = 0;
  for (uint32_t word = 0; word <= v->n_needles / 64; word++)
    for (uint64_t left = v->box->seen[word]; left != 0; left &= left - 1) {
      uint32_t needle = word * 64 + (uint32_t)__builtin_ctzll(left), count = counts[needle];
      v->groups[n++] = (view_group){needle, sum};
      counts[needle] = sum;
      sum += count;
    }
  v->groups[n] = (view_group){MILL_NONE, sum};
  v->n_groups = n;
}

/* Sorts the hits by string, and clears the counts and what was seen. */
static void file_hits(docview *v) {
  box *b = v->box;
  const needle_hits *h = &b->hits;
  begin_groups(v);
  for (size_t k = 0; k < h->n; k++) {
    v->hits[k] = h->list[k];
    v->at[b->counts[h->list[k].needle]++] = h->list[k].at;
  }
  for (uint32_t g = 0; g < v->n_groups; g++) b->counts[v->groups[g].needle] = 0;
  memcpy(v->present, b->seen, v->set_bytes);
  memset(b->seen, 0, v->set_bytes);
}

/* Marks the tokens that the string number `needle` + 1 at byte `at` is, or ends. k: the token that holds it;
** some may share a place. */
static inline void mark_hit(const docview *v, size_t k, uint32_t at, uint32_t end, uint32_t needle) {
  const uint32_t *from = v->tokens.from, *to = v->tokens.to;
  for (size_t m = k; m < v->tokens.n && from[m] <= at; m++) {
    if (to[m] != end) continue;
    if (from[m] == at) v->whole[m] = needle;
    if (end - at == 3) v->tail[m] = needle;
  }
}

/* Which tokens are strings, or end in one of three bytes. */
static void mark_tokens(docview *v) {
  const needle_hit *list = v->hits;
  const uint32_t *to = v->tokens.to, *starts = needles_starts(v->box->strings);
  size_t k = 0, n = v->tokens.n, n_hits = n > 0 ? v->n_hits : 0, marked = 0;
  memset(v->whole, 0, 2 * n * sizeof *v->whole); /* and tail, which lies behind it */
  for (size_t i = 0; i < n_hits; i++) {
    uint32_t at = list[i].at, needle = list[i].needle;
    while (k + 1 < n && to[k] <= at) k++;
    mark_hit(v, k, at, at + starts[needle + 1] - starts[needle], needle + 1);
  }
  for (size_t t = 0; t < n; t++) {
    v->marked[marked] = (uint32_t)t;
    marked += (v->whole[t] | v->tail[t]) != 0;
  }
  v->n_marked = marked;
}

/* Which of the marked tokens stand in each block: from the one that holds its first byte on. */
static void mark_blocks(docview *v) {
  uint32_t m = 0, n = (uint32_t)v->n_marked;
  for (size_t b = 0; b < v->n_blocks; b++) {
    view_block *block = &v->blocks[b];
    size_t first = docview_token_at(v, block->shown.from);
    while (m > 0 && v->marked[m - 1] >= first) m--;
    while (m < n && v->marked[m] < first) m++;
    block->from = m;
    while (m < n && v->tokens.from[v->marked[m]] < block->shown.to) m++;
    block->to = m;
  }
}

static void fill_blocks(docview *v, const mill_text *text, const mill_map *map) {
  for (size_t k = 0; k < v->n_blocks; k++) {
    mill_span clean = text->blocks[k].clean;
    v->blocks[k] = (view_block){.clean = clean, .shown = mill_map_to(map, clean), .kind = text->blocks[k].kind};
  }
}

/* Pushes a view with room for what was found. */
static docview *push_view(lua_State *L, uint32_t strings, size_t n_blocks, uint32_t groups, size_t hits,
                          size_t n_tokens) {
  size_t words = 2 * ((size_t)groups + 1) + 3 * hits + 3 * n_tokens;
  size_t set = set_bytes(strings);
  size_t bytes = sizeof(docview) + 2 * set + n_blocks * sizeof(view_block) + words * sizeof(uint32_t);
  docview *v = lua_newuserdatauv(L, bytes, UV_PAIRS);
  memset(v, 0, sizeof *v + 2 * set);
  v->present = (uint8_t *)(v + 1);
  v->placed = v->present + set;
  v->set_bytes = set;
  v->n_blocks = n_blocks;
  v->blocks = (view_block *)(void *)(v->placed + set);
  v->hits = (needle_hit *)(void *)(v->blocks + n_blocks);
  v->n_hits = hits;
  v->groups = (view_group *)(void *)(v->hits + hits);
  v->at = (uint32_t *)(void *)(v->groups + groups + 1);
  v->whole = v->at + hits;
  v->tail = v->whole + n_tokens;
  v->marked = v->tail + n_tokens;
  bind_set_head(L, &v->head, docview_class);
  return v;
}

/* What a view that was not finished has left. */
static void clear_counts(box *b) {
  uint32_t n = needles_count(b->strings);
  memset(b->counts, 0, n * sizeof *b->counts);
  memset(b->seen, 0, set_bytes(n));
}

/* Finds the strings, and pushes a view with room for them. A finalizer that runs meanwhile
** may have them found in another text: then they are found again. */
static docview *push_found(lua_State *L, box *b, const char *shown, size_t n, size_t n_blocks,
                           size_t n_tokens) {
  for (;; lua_pop(L, 1)) {
    uint32_t use = ++b->use;
    if (b->strings == NULL) luaL_argerror(L, 5, "they are closed");
    if (b->unfinished) clear_counts(b);
    b->unfinished = 1;
    if (needles_scan(b->strings, shown, n, &b->hits) < 0) luaL_error(L, "out of memory");
    docview *v = push_view(L, needles_count(b->strings), n_blocks, count_hits(b), b->hits.n, n_tokens);
    if (b->use == use) return v;
  }
}

/* core.docview(shown, tokens, map, text, needles) --> docview */
static int new_docview(lua_State *L) {
  bind_columns tokens;
  size_t n;
  lua_settop(L, 5);
  const char *shown = luaL_checklstring(L, 1, &n);
  luaL_argcheck(L, bind_test_tokens(L, 2, &tokens), 2, "tokens expected");
  mill_map **map = luaL_checkudata(L, 3, MILL_T_MAP);
  luaL_argcheck(L, tokens.n == 0 || tokens.to[tokens.n - 1] <= n, 2, "tokens of another text");
  luaL_argcheck(L, *map != NULL, 3, "map is closed");
  luaL_argcheck(L, mill_map_output_len(*map) == n, 3, "map of another text");
  const mill_text *text = bind_check_text_object(L, 4);
  box *b = luaL_checkudata(L, 5, MILL_T_NEEDLES);
  docview *v = push_found(L, b, shown, n, text->n_blocks, tokens.n);
  v->n_needles = needles_count(b->strings);
  v->tokens = tokens;
  v->shown = shown;
  v->shown_len = n;
  v->map = map;
  v->box = b;
  fill_blocks(v, text, *map);
  file_hits(v);
  b->unfinished = 0;
  mark_tokens(v);
  mark_blocks(v);
  static const int holds[] = {2, 1, 3, 5}; /* arguments that are user values 1 to 4 */
  for (int k = 0; k < 4; k++) {
    lua_pushvalue(L, holds[k]);
    lua_setiuservalue(L, 6, k + 1);
  }
  return 1;
}

/* The keys of a block, then the names of the kinds: upvalues of v:blocks, which need not be looked up. */
enum { KIND = 1, FROM, TO, SHOWN_FROM, SHOWN_TO, ARTICLE, LEVEL, ORDINAL, REASON, KINDS };
static const char *const block_keys[] = {"kind", "i", "j", "si", "sj", "article", "level", "ordinal",
                                         "reason"};

static void set_integer(lua_State *L, int key, lua_Integer value) {
  lua_pushvalue(L, lua_upvalueindex(key));
  lua_pushinteger(L, value);
  lua_rawset(L, -3);
}

static void set_kind(lua_State *L, int kind) {
  lua_pushvalue(L, lua_upvalueindex(KIND));
  lua_pushvalue(L, lua_upvalueindex(KINDS + kind));
  lua_rawset(L, -3);
}

static void set_reason(lua_State *L, const char *s) {
  lua_pushvalue(L, lua_upvalueindex(REASON));
  lua_pushstring(L, s);
  lua_rawset(L, -3);
}

static void push_block(lua_State *L, const mill_block *b, const view_block *at) {
  lua_createtable(L, 0, 6 + (b->level > 0) + (b->ordinal > 0) + (b->reason != NULL));
  set_kind(L, b->kind);
  set_integer(L, FROM, (lua_Integer)b->clean.from + 1);
  set_integer(L, TO, b->clean.to);
  set_integer(L, SHOWN_FROM, (lua_Integer)at->shown.from + 1);
  set_integer(L, SHOWN_TO, at->shown.to);
  set_integer(L, ARTICLE, (lua_Integer)b->article + 1);
  if (b->level > 0) set_integer(L, LEVEL, b->level);
  if (b->ordinal > 0) set_integer(L, ORDINAL, b->ordinal);
  if (b->reason != NULL) set_reason(L, b->reason);
}

/* v:blocks(text) --> list of { kind, i, j, si, sj, article, level?, ordinal?, reason? }: as
** text:blocks() has them, without their words; si, sj: their spans in shown text */
static int view_blocks(lua_State *L) {
  const docview *v = docview_check(L);
  const mill_text *text = bind_check_text_object(L, 2);
  luaL_argcheck(L, text->n_blocks == v->n_blocks, 2, "another text");
  lua_createtable(L, v->n_blocks < INT_MAX ? (int)v->n_blocks : 0, 0);
  for (size_t k = 0; k < v->n_blocks; k++) {
    push_block(L, &text->blocks[k], &v->blocks[k]);
    lua_rawseti(L, -2, (lua_Integer)k + 1);
  }
  return 1;
}

static void push_blocks(lua_State *L) {
  int n = (int)(sizeof block_keys / sizeof *block_keys), kinds = MILL_BLOCK_BOILERPLATE + 1;
  for (int k = 0; k < n; k++) lua_pushstring(L, block_keys[k]);
  for (int k = 0; k < kinds; k++) lua_pushstring(L, mill_block_name((enum mill_block_kind)k));
  lua_pushcclosure(L, view_blocks, n + kinds);
}

/* #view --> how many strings it was made with */
static int view_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)docview_check(L)->n_needles);
  return 1;
}

/* ---- where strings stand --------------------------------------------------------- */

const view_group *docview_group(const docview *v, lua_Integer needle) {
  uint32_t lo = 0, hi = v->n_groups;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if ((lua_Integer)v->groups[mid].needle < needle) lo = mid + 1;
    else hi = mid;
  }
  return lo < v->n_groups && (lua_Integer)v->groups[lo].needle == needle ? &v->groups[lo] : NULL;
}

size_t docview_block_at(const docview *v, uint32_t i, int clean) {
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
  const docview *v = docview_check(L);
  lua_pushboolean(L, docview_group(v, luaL_checkinteger(L, 2) - 1) != NULL);
  return 1;
}

/* v:next(k, p) --> where string k stands next at or after byte p, and the number of the
** block there | nil */
static int view_next(lua_State *L) {
  const docview *v = docview_check(L);
  const view_group *g = docview_group(v, luaL_checkinteger(L, 2) - 1);
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
  push_number_of(L, docview_block_at(v, v->at[lo], 0));
  return 2;
}

/* v:any(bits) --> does one of the strings stand in the text? */
static int view_any(lua_State *L) {
  const docview *v = docview_check(L);
  lua_pushboolean(L, docview_any_of(v, docview_check_bits(L, 2)));
  return 1;
}

/* v:shown_block(i) --> number of the block that holds byte i of shown text | nil */
static int view_shown_block(lua_State *L) {
  const docview *v = docview_check(L);
  lua_Integer i = luaL_checkinteger(L, 2);
  push_number_of(L, i < 1 || i > UINT32_MAX ? 0 : docview_block_at(v, (uint32_t)(i - 1), 0));
  return 1;
}

/* v:clean_block(i) --> the same of clean text */
static int view_clean_block(lua_State *L) {
  const docview *v = docview_check(L);
  lua_Integer i = luaL_checkinteger(L, 2);
  push_number_of(L, i < 1 || i > UINT32_MAX ? 0 : docview_block_at(v, (uint32_t)(i - 1), 1));
  return 1;
}

/* v:blocks_of(matches) --> list of the numbers of the blocks they begin in; 0: in none */
static int view_blocks_of(lua_State *L) {
  const docview *v = docview_check(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Integer n = (lua_Integer)lua_rawlen(L, 2);
  lua_createtable(L, n < INT_MAX ? (int)n : 0, 0);
  for (lua_Integer k = 1; k <= n; k++) {
    lua_rawgeti(L, 2, k);
    size_t block = docview_block_at(v, match_source(L, -1).from, 1);
    lua_pop(L, 1);
    lua_pushinteger(L, (lua_Integer)block);
    lua_rawseti(L, -2, k);
  }
  return 1;
}

static const luaL_Reg view_methods[] = {{"has", view_has},
                                        {"next", view_next},
                                        {"any", view_any},
                                        {"spots", docview_spots},
                                        {"tails", docview_tails},
                                        {"whole", docview_whole},
                                        {"ending", docview_ending},
                                        {"shown_block", view_shown_block},
                                        {"clean_block", view_clean_block},
                                        {"blocks_of", view_blocks_of},
                                        {"digits", docview_digits},
                                        {"clauses", docview_clauses},
                                        {"clause_at", docview_clause_at},
                                        {"places", docview_places},
                                        {"first_of", docview_first_of},
                                        {"trimmed", docview_trimmed},
                                        {"order", docview_order},
                                        {"twins", docview_twins},
                                        {"counted", docview_counted},
                                        {"repeated", docview_repeated},
                                        {"alike", docview_alike},
                                        {"find", docview_find},
                                        {"wanted", docview_wanted},
                                        {"range", docview_range},
                                        {"numbered", docview_numbered},
                                        {"organisations", docview_organisations},
                                        {"organisation_start", docview_organisation_start},
                                        {"by_suffix", docview_by_suffix},
                                        {"place_start", docview_place_start},
                                        {"place_unled", docview_place_unled},
                                        {"place_fits", docview_place_fits},
                                        {"quotations", docview_quotations},
                                        {"read", docview_read},
                                        {"tabular", docview_tabular},
                                        {NULL, NULL}};

/* Adds the methods that have their keys as upvalues. */
static void add_keyed_methods(lua_State *L) {
  luaL_getmetatable(L, docview_class);
  lua_getfield(L, -1, "__index");
  docview_push_cite(L);
  lua_setfield(L, -2, "cite");
  docview_push_clause(L);
  lua_setfield(L, -2, "clause");
  push_blocks(L);
  lua_setfield(L, -2, "blocks");
  lua_pop(L, 2);
}

void mill_open_docview(lua_State *L) {
  static const luaL_Reg needles_meta[] = {{"__gc", needles_gc}, {"__len", needles_len}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__len", view_len}, {NULL, NULL}};
  static const luaL_Reg functions[] = {{"needles", new_needles}, {"docview", new_docview},
                                       {"block_kinds", docview_block_kinds}, {"char_bits", docview_char_bits},
                                       {"first_mark", docview_first_mark},
                                       {"last_mark", docview_last_mark}, {"item_number", docview_item_number},
                                       {NULL, NULL}};
  bind_class(L, MILL_T_NEEDLES, needles_meta, NULL);
  bind_class(L, docview_class, meta, view_methods);
  add_keyed_methods(L);
  luaL_setfuncs(L, functions, 0);
  bind_set_methods(L, docview_class, "docview_methods");
}
