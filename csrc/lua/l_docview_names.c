/*
** l_docview_names.c - v:organisations, v:organisation_start: names of organisations, by the grammar of
** core/org_names.h.
*/
#include <string.h>

#include "../core/org_names.h"
#include "l_docview.h"
#include "l_word_classes.h"

static token_words tokens_of(const docview *v, const word_classes *words) {
  token_words t = {.words = words, .text = v->shown, .from = v->tokens.from, .to = v->tokens.to,
                   .tag = v->tokens.tag, .n = (ptrdiff_t)v->tokens.n};
  return t;
}

static void push_item(lua_State *L, lua_Integer *n, lua_Integer value) {
  lua_pushinteger(L, value);
  lua_rawseti(L, -2, ++*n);
}

/* What a rule looks at again: names, and what may be one by what stands around it. */
static int may_be(const org_name *o) {
  return o->a >= 0 && ((o->flags & (ORG_FITS | ORG_VILLAGE | ORG_TASK)) != 0 ||
                       ((o->flags & ORG_QUOTED) != 0 && o->a == o->b));
}

/* Appends the name whose head stands at token k, if there may be one, to the list on the top. */
static void push_name(lua_State *L, token_words *t, size_t k, org_clause c, size_t where, lua_Integer *n) {
  org_name o = org_name_at(t, (ptrdiff_t)k, c);
  if (!may_be(&o)) return;
  push_item(L, n, (lua_Integer)k + 1);
  push_item(L, n, (lua_Integer)where + 1);
  push_item(L, n, o.a + 1);
  push_item(L, n, o.b + 1);
  push_item(L, n, (lua_Integer)t->from[o.a] + 1);
  push_item(L, n, t->to[o.b]);
  push_item(L, n, o.flags);
}

static void push_in_titles(lua_State *L, const docview *v, token_words *t) {
  lua_Integer n = 0;
  lua_newtable(L);
  for (size_t b = 0; b < v->n_blocks; b++) {
    mill_span s = v->blocks[b].shown;
    if (v->blocks[b].kind != MILL_BLOCK_TITLE || s.to <= s.from + 1 || v->tokens.n == 0) continue;
    org_clause c = {(ptrdiff_t)docview_token_at(v, s.from), (ptrdiff_t)docview_token_at(v, s.to - 1)};
    for (ptrdiff_t k = c.a; k <= c.b; k++)
      if (v->tokens.tag[k] == MILL_TAG_NT || (token_classes(t, k) >> ORG_head & 1))
        push_name(L, t, (size_t)k, c, b, &n);
  }
}

/* v:organisations(words, heads, kinds) --> two lists, of titles and of clauses in these blocks: { token of a
** head, number of its block or clause, first and last token of its name, their bytes i and j, flags
** (org_names.h), token, ... }; words: core.org_words; heads: the strings that are heads, as bits */
int docview_organisations(lua_State *L) {
  docview *v = docview_check(L);
  token_words t = tokens_of(v, word_classes_check(L, 2, WORDS_OF_ORGANISATIONS));
  bits heads = docview_check_bits(L, 3);
  lua_Integer n = 0, kinds = luaL_checkinteger(L, 4);
  docview_need_clauses(L, v);
  push_in_titles(L, v, &t);
  lua_newtable(L);
  for (size_t p = 0; p < v->n_places; p++) {
    const view_place *at = &v->places[p];
    if (v->tokens.tag[at->token] != MILL_TAG_NT && !docview_in_bits(heads, at->whole)) continue;
    const clause *c = &v->clauses[at->clause];
    if (kinds >> v->blocks[c->block].kind & 1)
      push_name(L, &t, at->token, (org_clause){c->a, c->b}, at->clause, &n);
  }
  return 2;
}

/* v:organisation_start(words, k, a, b) --> the first token of the name whose head stands at token k of the
** clause of tokens a to b | nil */
int docview_organisation_start(lua_State *L) {
  const docview *v = docview_check(L);
  token_words t = tokens_of(v, word_classes_check(L, 2, WORDS_OF_ORGANISATIONS));
  lua_Integer k = luaL_checkinteger(L, 3), a = luaL_checkinteger(L, 4), b = luaL_checkinteger(L, 5);
  luaL_argcheck(L, a >= 1 && a <= k && k <= b && b <= t.n, 3, "tokens of a clause expected");
  ptrdiff_t start = org_name_start(&t, (ptrdiff_t)k - 1, (org_clause){(ptrdiff_t)a - 1, (ptrdiff_t)b - 1});
  if (start < 0) return lua_pushnil(L), 1;
  lua_pushinteger(L, start + 1);
  return 1;
}
