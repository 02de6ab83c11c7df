/* l_docview_clauses.c - v:clauses and what is asked of them; they are cut at the first need. */
#include <string.h>

#include "l_docview.h"

static int has_clauses(uint8_t kind) {
  return kind == MILL_BLOCK_PARAGRAPH || kind == MILL_BLOCK_LIST || kind == MILL_BLOCK_HEADING ||
         kind == MILL_BLOCK_CAPTION;
}

static void cut_blocks(lua_State *L, const docview *v, clause_list *list) {
  clause_text t = {v->shown, v->tokens.from, v->tokens.to};
  list->n = 0;
  list->parts = 0;
  for (size_t k = 0; k < v->n_blocks && v->tokens.n > 0; k++) {
    mill_span s = v->blocks[k].shown;
    if (!has_clauses(v->blocks[k].kind) || s.from >= s.to) continue;
    uint32_t first = (uint32_t)docview_token_at(v, s.from), last = (uint32_t)docview_token_at(v, s.to - 1);
    if (clauses_add(list, &t, (uint32_t)k, first, last) < 0) luaL_error(L, "out of memory");
  }
}

/* Writes the places of the clauses to `out`, where it is not NULL; how many there are. */
static size_t find_places(const docview *v, const clause_list *list, view_place *out) {
  size_t n = 0;
  for (uint32_t c = 0; c < list->n; c++)
    for (uint32_t k = list->list[c].a; k <= list->list[c].b; k++) {
      if (v->whole[k] == 0 && v->tokens.tag[k] != MILL_TAG_NT) continue;
      if (out != NULL) out[n] = (view_place){k, c, v->whole[k]};
      n++;
    }
  return n;
}

void docview_need_clauses(lua_State *L, docview *v) {
  if (v->clauses != NULL) return;
  clause_list *list = &v->box->clauses;
  uint32_t use;
  clause *own = NULL;
  do { /* a finalizer that runs meanwhile may have filled the list for another document */
    if (own != NULL) lua_pop(L, 1);
    use = ++v->box->use;
    cut_blocks(L, v, list);
    size_t n = find_places(v, list, NULL);
    own = lua_newuserdatauv(L, (list->n + 1) * sizeof *own + n * sizeof(view_place), 0);
  } while (v->box->use != use);
  if (list->n > 0) memcpy(own, list->list, list->n * sizeof *own);
  lua_setiuservalue(L, 1, UV_CLAUSES);
  v->clauses = own;
  v->n_clauses = list->n;
  v->places = (view_place *)(void *)(own + list->n + 1);
  v->n_places = find_places(v, list, v->places);
  for (size_t p = 0; p < v->n_places; p++) {
    uint32_t whole = v->places[p].whole;
    if (whole > 0) v->placed[(whole - 1) / 8] |= (uint8_t)(1u << (whole - 1) % 8);
  }
}

/* v:clauses() --> how many there are */
int docview_clauses(lua_State *L) {
  docview *v = docview_check(L);
  docview_need_clauses(L, v);
  lua_pushinteger(L, (lua_Integer)v->n_clauses);
  return 1;
}

/* The keys of a clause: upvalues of v:clause, which need not be looked up. */
enum { FROM = 1, TO, FIRST, LAST, MARK, NUMBER, PART, BLOCK, QUOTED };
static const char *const keys[] = {"i", "j", "a", "b", "mark", "n", "part", "block", "quoted"};

/* Sets a field of the table below to the value on the top, which it pops. */
static void set_key(lua_State *L, int key) {
  lua_pushvalue(L, lua_upvalueindex(key));
  lua_insert(L, -2);
  lua_rawset(L, -3);
}

static void set_integer(lua_State *L, int key, size_t value) {
  lua_pushvalue(L, lua_upvalueindex(key));
  lua_pushinteger(L, (lua_Integer)value);
  lua_rawset(L, -3);
}

static void push_mark(lua_State *L, const docview *v, uint32_t k) {
  if (k == MILL_NONE) lua_pushliteral(L, "\n");
  else lua_pushlstring(L, v->shown + v->tokens.from[k], v->tokens.to[k] - v->tokens.from[k]);
}

/* v:clause(n, blocks) --> { i, j, a, b, mark, n, part, block, quoted? } | nothing: its bytes of shown text,
** its tokens, what ends it, which sentence it is part of, its entry in the list of blocks; quoted is rare: a
** table of eight fields is half as large */
static int view_clause(lua_State *L) {
  docview *v = docview_check(L);
  lua_Integer n = luaL_checkinteger(L, 2);
  luaL_checktype(L, 3, LUA_TTABLE);
  docview_need_clauses(L, v);
  if (n < 1 || (lua_Unsigned)n > v->n_clauses) return 0;
  const clause *c = &v->clauses[n - 1];
  lua_createtable(L, 0, c->quoted ? 9 : 8);
  set_integer(L, FROM, (size_t)v->tokens.from[c->a] + 1);
  set_integer(L, TO, v->tokens.to[c->b]);
  set_integer(L, FIRST, (size_t)c->a + 1);
  set_integer(L, LAST, (size_t)c->b + 1);
  push_mark(L, v, c->mark);
  set_key(L, MARK);
  set_integer(L, NUMBER, (size_t)n);
  set_integer(L, PART, c->part);
  lua_rawgeti(L, 3, (lua_Integer)c->block + 1);
  set_key(L, BLOCK);
  if (!c->quoted) return 1;
  lua_pushboolean(L, 1);
  set_key(L, QUOTED);
  return 1;
}

void docview_push_clause(lua_State *L) {
  int n = (int)(sizeof keys / sizeof *keys);
  for (int k = 0; k < n; k++) lua_pushstring(L, keys[k]);
  lua_pushcclosure(L, view_clause, n);
}

size_t docview_clause_of(const docview *v, lua_Integer i, lua_Integer j) {
  size_t lo = 0, hi = v->n_clauses;
  while (lo < hi) { /* the first one that begins behind i */
    size_t mid = lo + (hi - lo) / 2;
    if ((lua_Integer)v->tokens.from[v->clauses[mid].a] < i) lo = mid + 1;
    else hi = mid;
  }
  return lo == 0 || (lua_Integer)v->tokens.to[v->clauses[lo - 1].b] < j ? 0 : lo;
}

/* v:clause_at(i, j) --> number of the clause that holds the bytes i to j of shown text | nil */
int docview_clause_at(lua_State *L) {
  docview *v = docview_check(L);
  lua_Integer i = luaL_checkinteger(L, 2), j = luaL_checkinteger(L, 3);
  docview_need_clauses(L, v);
  size_t n = docview_clause_of(v, i, j);
  if (n == 0) lua_pushnil(L);
  else lua_pushinteger(L, (lua_Integer)n);
  return 1;
}

/* v:places(bits, [nt], [kinds], [told]) --> { token, number of its clause, token, ... }: the tokens
** in clauses that are one of the strings; with nt those tagged so, too; kinds: in blocks of these
** alone (core.block_kinds); told: in no quotation of sentences | nil */
int docview_places(lua_State *L) {
  docview *v = docview_check(L);
  bits b = docview_check_bits(L, 2);
  int nt = lua_toboolean(L, 3), told = lua_toboolean(L, 5);
  lua_Integer n = 0, kinds = luaL_optinteger(L, 4, -1);
  if (!nt && !docview_any_of(v, b)) return lua_pushnil(L), 1;
  docview_need_clauses(L, v);
  lua_pushnil(L);
  if (!nt && !docview_share(b, v->placed, v->set_bytes)) return 1;
  for (size_t p = 0; p < v->n_places; p++) {
    uint32_t k = v->places[p].token;
    if (!docview_in_bits(b, v->places[p].whole) && !(nt && v->tokens.tag[k] == MILL_TAG_NT)) continue;
    const clause *c = &v->clauses[v->places[p].clause];
    if (!(kinds >> v->blocks[c->block].kind & 1) || (told && c->quoted)) continue;
    if (n == 0) {
      lua_pop(L, 1);
      lua_createtable(L, DOCVIEW_ROOM, 0);
    }
    lua_pushinteger(L, (lua_Integer)k + 1);
    lua_rawseti(L, -2, ++n);
    lua_pushinteger(L, (lua_Integer)v->places[p].clause + 1);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

/* ---- tokens of a clause --------------------------------------------------------------- */

/* The tokens at `arg` and behind it, from 0; of tokens that do not exist none is left. */
typedef struct token_range { lua_Integer a, b; } token_range;

static token_range check_range(lua_State *L, const docview *v, int arg) {
  lua_Integer a = luaL_checkinteger(L, arg) - 1, b = luaL_checkinteger(L, arg + 1) - 1;
  lua_Integer last = (lua_Integer)v->tokens.n - 1;
  return (token_range){a < 0 ? 0 : a, b > last ? last : b};
}

/* v:first_of(bits, a, b) --> the first of the tokens a to b that is one of the strings | nil */
int docview_first_of(lua_State *L) {
  const docview *v = docview_check(L);
  bits set = docview_check_bits(L, 2);
  token_range r = check_range(L, v, 3);
  for (lua_Integer k = r.a; k <= r.b; k++)
    if (docview_in_bits(set, v->whole[k])) return lua_pushinteger(L, k + 1), 1;
  return lua_pushnil(L), 1;
}

static int token_is(const docview *v, lua_Integer k, const char *s) {
  size_t n = strlen(s);
  return v->tokens.to[k] - v->tokens.from[k] == n && memcmp(v->shown + v->tokens.from[k], s, n) == 0;
}

static int is_blank(const docview *v, lua_Integer k) { return v->tokens.tag[k] == MILL_TAG_BLANK; }

/* The first token of the range that is the mark; behind its last one where none is. */
static lua_Integer first_token(const docview *v, token_range r, const char *s) {
  while (r.a <= r.b && !token_is(v, r.a, s)) r.a++;
  return r.a;
}

/* The first mark of a range that opens a quotation, a bracket: looked for once, whatever goes at the end. */
typedef struct openings { lua_Integer quote, bracket; } openings;

/* Is token k, the last one, a blank, a mark that opens something, or one that closes what was not opened? */
static int ends_loose(const docview *v, lua_Integer k, const openings *first) {
  if (is_blank(v, k) || token_is(v, k, "“") || token_is(v, k, "(") || token_is(v, k, "、")) return 1;
  return (token_is(v, k, "”") && first->quote > k) || (token_is(v, k, ")") && first->bracket > k);
}

/* v:trimmed(a, b) --> i, j: the bytes of the tokens a to b without blanks and lone marks at their ends */
int docview_trimmed(lua_State *L) {
  const docview *v = docview_check(L);
  token_range r = check_range(L, v, 2);
  luaL_argcheck(L, r.a < (lua_Integer)v->tokens.n && r.b >= 0, 2, "no such tokens");
  while (r.a < r.b && (is_blank(v, r.a) || token_is(v, r.a, "”") || token_is(v, r.a, ")") || token_is(v, r.a, "、")))
    r.a++;
  openings first = {first_token(v, r, "“"), first_token(v, r, "(")};
  while (r.b > r.a && ends_loose(v, r.b, &first)) r.b--;
  bind_push_span(L, (mill_span){v->tokens.from[r.a], v->tokens.to[r.b]});
  return 2;
}
