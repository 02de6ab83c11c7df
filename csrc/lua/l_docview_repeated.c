/*
** l_docview_repeated.c - v:repeated: which facts of a document say what one before them says; v:alike: may
** two of its blocks be one (lua/textmill/rules/zh/finish.lua, check_duplicates.lua).
**
**   person 李明   place 石桥镇   person 李明      -> { 3, 1 }: the third is the first once more
**
** What a fact is known by is written as bytes, which are looked up among those of the facts before. The
** room for that is the box's. Nothing collects garbage while it is filled: no finalizer takes it meanwhile.
*/
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "l_docview.h"

enum { LIST = 2, FOUND, NAMES }; /* on the stack: facts, what is found, then the names of fields */
enum { TYPE, SUBTYPE, NAME, VALUE, CODE, OFFICE, ROLE, ITEM, MAX, UNIT, PLACE, FIELDS };
static const char *const names[FIELDS] = {"type", "subtype", "name", "value", "code", "office", "role", "item",
                                          "max",  "unit",    "place"};

typedef struct piece { const char *s; size_t n; } piece; /* of a string that its fact keeps; s NULL: none */

/* What a fact is known by: bytes of `keys`, and the code that it or one of the same has. */
typedef struct known { size_t at, n; piece code; lua_Integer fact; } known;

typedef struct repeats {
  mill_buffer keys;
  known *list;
  uint32_t *slots; /* number in the list + 1, by hash */
  uint32_t capacity, slots_capacity, n, mask;
} repeats;

void docview_repeats_free(repeats *r) {
  if (r == NULL) return;
  mem_free(r->list);
  mem_free(r->slots);
  mill_buffer_free(&r->keys);
  mem_free(r);
}

enum { MOST_KEPT = 1 << 20 }; /* bytes */

/* The box's room, emptied, for n keys. */
static repeats *take_room(lua_State *L, box *b, size_t n) {
  uint32_t slots = 16;
  if (b->strings == NULL) luaL_error(L, "the strings of this document are closed"); /* room would stay */
  if (b->repeats == NULL) b->repeats = mem_calloc(1, sizeof *b->repeats);
  repeats *r = b->repeats;
  if (r == NULL || n >= INT_MAX / 4) luaL_error(L, "out of memory");
  while (slots < 2 * n) slots *= 2;
  if (mill_grow(&r->slots, &r->slots_capacity, slots, sizeof *r->slots) < 0 ||
      mill_grow(&r->list, &r->capacity, n + 1, sizeof *r->list) < 0)
    luaL_error(L, "out of memory");
  memset(r->slots, 0, slots * sizeof *r->slots);
  if (r->keys.error || r->keys.capacity > MOST_KEPT) mill_buffer_free(&r->keys);
  r->keys.len = 0;
  r->n = 0;
  r->mask = slots - 1;
  return r;
}

/* The key that is the bytes from `at` on: one that is listed, or the next in the list, with n 0. */
static known *find(repeats *r, size_t at) {
  size_t n = r->keys.len - at;
  uint32_t slot = (uint32_t)mill_hash64(r->keys.bytes + at, n, 0) & r->mask;
  for (; r->slots[slot] != 0; slot = (slot + 1) & r->mask) {
    known *k = &r->list[r->slots[slot] - 1];
    if (k->n == n && memcmp(r->keys.bytes + k->at, r->keys.bytes + at, n) == 0) return k;
  }
  known *k = &r->list[r->n++];
  r->slots[slot] = r->n;
  *k = (known){.at = at, .n = n};
  return k;
}

/* ---- what a fact is known by; it is on the top */

static int get(lua_State *L, int field) {
  lua_pushvalue(L, NAMES + field);
  return lua_rawget(L, -2);
}

static piece get_text(lua_State *L, int field) {
  piece p = {NULL, 0};
  if (get(L, field) == LUA_TSTRING) p.s = lua_tolstring(L, -1, &p.n);
  lua_pop(L, 1);
  return p;
}

static int has(lua_State *L, int field) {
  get(L, field);
  int is = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is;
}

static void put_piece(mill_buffer *b, char kind, const void *s, size_t n) {
  mill_buffer_byte(b, kind);
  mill_buffer_append(b, &n, sizeof n);
  mill_buffer_append(b, s, n);
}

/* As tostring has it. */
static void put_float(mill_buffer *b, double x) {
  char s[64];
  size_t n = (size_t)snprintf(s, sizeof s - 2, "%.14g", x);
  if (strspn(s, "-0123456789") == n) memcpy(s + n, ".0", 2), n += 2;
  put_piece(b, 's', s, n);
}

/* Appends a field: two that are one to Lua, or a number and what tostring makes of it, are the same bytes;
** what is absent is an empty string. */
static void put(lua_State *L, mill_buffer *b, int field) {
  int type = get(L, field);
  if (type == LUA_TSTRING) {
    size_t n;
    const char *s = lua_tolstring(L, -1, &n);
    put_piece(b, 's', s, n);
  } else if (lua_isinteger(L, -1)) {
    lua_Integer x = lua_tointeger(L, -1);
    put_piece(b, 'i', &x, sizeof x);
  } else if (type == LUA_TNUMBER) {
    put_float(b, lua_tonumber(L, -1));
  } else if (!lua_toboolean(L, -1)) {
    put_piece(b, 's', "", 0);
  } else {
    const void *p = lua_topointer(L, -1);
    put_piece(b, 'p', &p, sizeof p);
  }
  lua_pop(L, 1);
}

static int is(piece p, const char *s) { return p.n == strlen(s) && memcmp(p.s, s, p.n) == 0; }

/* Appends what the fact is known by; 0: nothing, it is never another. */
static int put_key(lua_State *L, mill_buffer *b) {
  piece type = get_text(L, TYPE);
  if (type.s == NULL) return 0;
  if (is(type, "quantity")) {
    mill_buffer_byte(b, 'q');
    for (const int *f = (const int[]){VALUE, ITEM, MAX, UNIT, PLACE, FIELDS}; *f != FIELDS; f++) put(L, b, *f);
    return 1;
  }
  int person = is(type, "person"), place = is(type, "place"), named = person || place || is(type, "organisation");
  int about = named ? NAME : VALUE;
  if (!named && !is(type, "time")) return 0;
  if ((!person && has(L, SUBTYPE)) || !has(L, about)) return 0;
  mill_buffer_byte(b, person ? 'p' : place ? 'l' : named ? 'o' : 't');
  put(L, b, about);
  if (person && has(L, OFFICE)) put(L, b, ROLE);
  return 1;
}

/* The first fact that the one on the top, number k, is. Two places of one name that have other codes are two. */
static lua_Integer first_of(lua_State *L, repeats *r, lua_Integer k) {
  size_t at = r->keys.len;
  if (!put_key(L, &r->keys)) return k;
  int counts = r->keys.bytes != NULL && r->keys.bytes[at] == 'q';
  piece code = counts ? (piece){NULL, 0} : get_text(L, CODE);
  if (r->keys.error) luaL_error(L, "out of memory");
  known *o = find(r, at);
  if (o->fact != 0 && o->code.s != NULL && code.s != NULL &&
      (o->code.n != code.n || memcmp(o->code.s, code.s, code.n) != 0)) {
    put_piece(&r->keys, 'c', code.s, code.n);
    if (r->keys.error) luaL_error(L, "out of memory");
    o = find(r, at);
  }
  if (o->code.s == NULL) o->code = code;
  if (o->fact == 0) return o->fact = k;
  r->keys.len = at;
  return o->fact;
}

/* v:repeated(facts) --> { k, first, ... }: facts that say what another before them says, with that | nil */
int docview_repeated(lua_State *L) {
  const docview *v = docview_check(L);
  luaL_checktype(L, LIST, LUA_TTABLE);
  lua_settop(L, LIST);
  lua_newtable(L);
  for (int k = 0; k < FIELDS; k++) lua_pushstring(L, names[k]);
  lua_Integer n = (lua_Integer)lua_rawlen(L, LIST), found = 0;
  repeats *r = take_room(L, v->box, (size_t)n);
  for (lua_Integer k = 1; k <= n; k++) {
    luaL_argexpected(L, lua_rawgeti(L, LIST, k) == LUA_TTABLE, LIST, "list of facts");
    lua_Integer first = first_of(L, r, k);
    lua_pop(L, 1);
    if (first == k) continue;
    lua_pushinteger(L, k);
    lua_rawseti(L, FOUND, ++found);
    lua_pushinteger(L, first);
    lua_rawseti(L, FOUND, ++found);
  }
  if (found == 0) return lua_pushnil(L), 1;
  lua_pushvalue(L, FOUND);
  return 1;
}

/* v:alike(kinds, least, others, least of others) --> are there two blocks as long in shown text, of these kinds
** (core.block_kinds) and with that many bytes behind their first at least? */
int docview_alike(lua_State *L) {
  const docview *v = docview_check(L);
  lua_Integer kinds = luaL_checkinteger(L, 2), least = luaL_checkinteger(L, 3);
  lua_Integer others = luaL_checkinteger(L, 4), least_other = luaL_checkinteger(L, 5);
  repeats *r = take_room(L, v->box, v->n_blocks);
  int alike = 0;
  for (size_t k = 0; k < v->n_blocks && !alike; k++) {
    mill_span s = v->blocks[k].shown;
    lua_Integer kind = (lua_Integer)1 << v->blocks[k].kind, n = (lua_Integer)s.to - (lua_Integer)s.from - 1;
    if (!((kinds & kind) != 0 && n >= least) && !((others & kind) != 0 && n >= least_other)) continue;
    uint32_t slot = (uint32_t)n * 0x9e3779b1u & r->mask;
    for (; r->slots[slot] != 0 && r->list[r->slots[slot] - 1].fact != n; slot = (slot + 1) & r->mask) {}
    alike = r->slots[slot] != 0;
    r->list[r->n].fact = n;
    if (!alike) r->slots[slot] = ++r->n;
  }
  lua_pushboolean(L, alike);
  return 1;
}
