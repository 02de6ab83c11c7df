/*
** l_tokens.c - tm.words and tm.tokens: the words of a string or a text.
**
** A textmill.tokens is one block, counted by the collector:
**
**   | n, source | from[n] | to[n] | position[n] | tag[n] | kind[n] |   user values: s, names of tags
**
** position is there in mode "search" only, where the words that stand in a token
** (subwords.c) follow it, all at its position.
**
** from and to are bytes of s itself (a text: of its clean form), mapped back
** from the folded form once. Nothing in it needs to be freed. What segmenting
** needs (folded copy, map, token columns) is in one box of the Lua state that
** is used again and again.
*/
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "l_view.h"
#include "l_words_kept.h"

/* ---- workspace --------------------------------------------------------------- */

#define WORK "textmill.words.workspace"
#define KEEP_TOKENS 65536u /* larger columns are not kept between calls */

typedef struct work {
  mill_tokens tokens;
  mill_subwords parts;
  uint8_t *tags; /* of a model, owned */
  char *folded;  /* owned; NULL when a text lends its own */
  mill_map *map; /* owned, likewise */
} work;

static void forget_input(work *w) {
  free(w->folded);
  free(w->tags);
  mill_map_free(w->map);
  w->folded = NULL;
  w->tags = NULL;
  w->map = NULL;
}

static int work_gc(lua_State *L) {
  work *w = luaL_checkudata(L, 1, WORK);
  forget_input(w);
  mill_tokens_free(&w->tokens);
  mill_subwords_free(&w->parts);
  return 0;
}

/* The workspace of this state; owned by the registry. */
static work *get_work(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, WORK ".box") == LUA_TUSERDATA) {
    work *known = lua_touserdata(L, -1);
    lua_pop(L, 1);
    forget_input(known); /* a call that raised may have left some */
    return known;
  }
  lua_pop(L, 1);
  work *w = lua_newuserdatauv(L, sizeof *w, 0);
  memset(w, 0, sizeof *w);
  luaL_setmetatable(L, WORK);
  lua_setfield(L, LUA_REGISTRYINDEX, WORK ".box");
  return w;
}

static void release_work(work *w) {
  forget_input(w);
  if (w->tokens.capacity > KEEP_TOKENS) mill_tokens_free(&w->tokens);
  if (w->parts.capacity > KEEP_TOKENS) mill_subwords_free(&w->parts);
}

/* ---- tokens -------------------------------------------------------------------- */

static const char tokens_class[] = MILL_T_TOKENS;

#define PART 0x80u /* beside a kind: a word that stands in the token before */

typedef struct tokens {
  bind_head head;
  size_t n, next;      /* next: where tm.words goes on, */
  uint32_t done;       /* and the end of the last word it gave */
  const char *source;  /* of a string, which user value 1 holds */
  mill_text **text;    /* box of a text, likewise; the text may be closed */
  uint32_t *from, *to; /* in this block, like tag and kind */
  uint32_t *position;  /* of words, from 1; NULL: not asked for */
  uint8_t *tag, *kind;
  int by_model;        /* tags are a model's: user value 2 names them */
} tokens;

/* Pushes a block for n tokens of the value at `arg`, with their positions or without. */
static tokens *new_tokens(lua_State *L, int arg, size_t n, const char *source, int positions) {
  tokens *t = lua_newuserdatauv(L, sizeof *t + n * (positions ? 14 : 10), 2);
  *t = (tokens){.n = n, .source = source, .text = luaL_testudata(L, arg, MILL_T_TEXT)};
  t->from = (uint32_t *)(void *)(t + 1);
  t->to = t->from + n;
  t->position = positions ? t->to + n : NULL;
  t->tag = (uint8_t *)(t->to + (positions ? 2 : 1) * n);
  t->kind = t->tag + n;
  lua_pushvalue(L, arg);
  lua_setiuservalue(L, -2, 1);
  bind_set_head(L, &t->head, tokens_class);
  return t;
}

/* Brings the spans of tokens, which go up, back through a map: what lies between
** two runs of edits has moved as a whole. */
static void map_back(tokens *t, const mill_map *map, const mill_run *runs, size_t n_runs) {
  size_t i = 0; /* runs that begin at or before the token */
  for (size_t k = 0; k < t->n; k++) {
    mill_span s = {t->from[k], t->to[k]};
    while (i < n_runs && runs[i].output <= s.from) i++;
    const mill_run *r = i > 0 ? &runs[i - 1] : NULL;
    uint32_t source = r != NULL ? r->source + r->count * r->source_len : 0;
    uint32_t output = r != NULL ? r->output + r->count * r->output_len : 0;
    int between = s.from < s.to && s.from >= output && (i == n_runs || s.to <= runs[i].output);
    s = between ? (mill_span){s.from - output + source, s.to - output + source} : mill_map_from(map, s);
    t->from[k] = s.from;
    t->to[k] = s.to;
  }
}

static void fill_tokens(tokens *t, const mill_tokens *m, const mill_map *map) {
  const mill_run *runs;
  size_t n_runs = map == NULL ? 0 : mill_map_runs(map, &runs);
  for (size_t k = 0; k < t->n; k++) {
    t->from[k] = m->start[k];
    t->to[k] = m->start[k + 1];
  }
  if (n_runs > 0) map_back(t, map, runs, n_runs);
  memcpy(t->tag, m->tag, t->n);
  memcpy(t->kind, m->kind, t->n);
}

/* Tokens, each with its parts behind it. */
static void place_parts(tokens *t, const mill_tokens *m, const mill_subwords *parts) {
  size_t at = 0;
  for (size_t k = 0, p = 0; k < m->n; k++) {
    t->from[at] = m->start[k];
    t->to[at] = m->start[k + 1];
    t->tag[at] = m->tag[k];
    t->kind[at++] = m->kind[k];
    for (; p < parts->n && parts->list[p].token == k; p++, at++) {
      t->from[at] = parts->list[p].from;
      t->to[at] = parts->list[p].to;
      t->tag[at] = parts->list[p].tag;
      t->kind[at] = PART | MILL_KIND_HAN;
    }
  }
}

static int is_blank(uint32_t kind) { return kind == MILL_KIND_BLANK || kind == MILL_KIND_BREAK; }

/* Counts words, as tm.words gives them; takes out parts that in the source are no less
** than what stands before (one character that folding made a word of: U+3231). */
static void count_positions(tokens *t) {
  uint32_t position = 0, done = 0;
  size_t at = 0;
  for (size_t k = 0; k < t->n; k++) {
    int part = (t->kind[k] & PART) != 0, again = t->from[k] < done || t->from[k] == t->to[k];
    if (part && t->from[k] == t->from[at - 1] && t->to[k] == t->to[at - 1]) continue;
    if (!part && !again && !is_blank(t->kind[k])) position++, done = t->to[k];
    t->from[at] = t->from[k];
    t->to[at] = t->to[k];
    t->tag[at] = t->tag[k];
    t->kind[at] = t->kind[k];
    t->position[at++] = position;
  }
  t->n = at;
}

static void fill_search(tokens *t, const work *w, const mill_map *map) {
  const mill_run *runs;
  size_t n_runs = map == NULL ? 0 : mill_map_runs(map, &runs);
  place_parts(t, &w->tokens, &w->parts);
  if (n_runs > 0) map_back(t, map, runs, n_runs);
  count_positions(t);
}

/* Pushes the piece of the source that token k is. */
static const char *source_of(lua_State *L, const tokens *t) {
  if (t->text != NULL && *t->text == NULL) luaL_error(L, "the text of these words is closed");
  return t->text != NULL ? (*t->text)->clean : t->source;
}

static void push_piece(lua_State *L, const tokens *t, size_t k) {
  lua_pushlstring(L, source_of(L, t) + t->from[k], t->to[k] - t->from[k]);
}

/* What to do: the options of tm.words. */
typedef struct wish {
  mill_segment_options o;
  int tags;   /* by the model */
  int search; /* with the words in words */
} wish;

/* The model of the options at `arg`, which stays on the stack; NULL for none. */
static const mill_model *check_mode(lua_State *L, int arg, wish *w) {
  lua_getfield(L, arg, "mode");
  const char *mode = luaL_optstring(L, -1, NULL);
  lua_getfield(L, arg, "model");
  int given = !lua_isnil(L, -1);
  w->search = mode != NULL && strcmp(mode, "search") == 0;
  if (mode != NULL && !w->search && strcmp(mode, "dict") != 0 && strcmp(mode, "model") != 0)
    luaL_argerror(L, arg, lua_pushfstring(L, "no mode '%s'; there are: dict, model, search", mode));
  if (mode != NULL && strcmp(mode, "dict") == 0 && given)
    luaL_argerror(L, arg, "mode 'dict' takes no model");
  if (given) return bind_check_model(L, lua_absindex(L, -1));
  return mode != NULL && strcmp(mode, "model") == 0 ? bind_push_model(L) : NULL;
}

/* Reads the options at `arg`. Leaves the model, or something, on the top. */
static wish check_options(lua_State *L, int arg) {
  static const char *const known[] = {"mode", "model", "lexicon", "numbers", "tags", NULL};
  static const char *const numbers[] = {"whole", "split", NULL};
  static const char *const tags[] = {"lexicon", "upos", NULL};
  wish w = {0};
  bind_check_options(L, arg, known);
  if (lua_isnoneornil(L, arg)) return lua_pushnil(L), w;
  lua_getfield(L, arg, "lexicon");
  if (!lua_isnil(L, -1)) w.o.user = bind_lexicon_words(L, -1);
  lua_getfield(L, arg, "numbers");
  if (!lua_isnil(L, -1)) w.o.split_numbers = luaL_checkoption(L, -1, NULL, numbers) == 1;
  lua_getfield(L, arg, "tags");
  if (!lua_isnil(L, -1)) w.tags = luaL_checkoption(L, -1, NULL, tags) == 1;
  w.o.model = check_mode(L, arg, &w);
  if (w.tags && w.search) luaL_argerror(L, arg, "mode 'search' gives the lexicon's tags");
  if (w.tags && (w.o.model == NULL || mill_model_tag(w.o.model, 0) == NULL))
    luaL_argerror(L, arg, w.o.model == NULL ? "tags = 'upos' needs mode = 'model'" : "the model has no tags");
  return w;
}

/* The model's tags in the place of the lexicon's. */
static int tag_by_model(work *w, const wish *o, const char *folded, mill_error *err) {
  w->tags = malloc(w->tokens.n + 1);
  if (w->tags == NULL) {
    *err = (mill_error){.code = MILL_ENOMEM, .message = "out of memory"};
    return MILL_ENOMEM;
  }
  int rc = mill_tag(o->o.model, folded, &w->tokens, w->tags, err);
  if (rc == 0) memcpy(w->tokens.tag, w->tags, w->tokens.n);
  return rc;
}

/* Folds and segments the value at 1 into w. Returns its map, or NULL where
** nothing moved; raises what goes wrong. */
static const mill_map *segment(lua_State *L, work *w, const wish *o) {
  mill_error err = {0};
  size_t n;
  const mill_data *d = bind_data(L);
  mill_text *text = bind_test_text(L, 1);
  const char *s = bind_check_text(L, 1, &n), *folded;
  int rc = 0;
  if (text == NULL) rc = mill_normalize(d, MILL_FOLD, s, n, &w->folded, &n, &w->map, &err);
  else if (text->folded == NULL) rc = mill_text_fold(text, &err);
  folded = text != NULL ? text->folded : w->folded;
  if (text != NULL) n = text->folded_len;
  if (rc == 0) rc = mill_segment(mill_data_lexicon(d), folded, n, &o->o, &w->tokens, &err);
  if (rc == 0 && o->tags) rc = tag_by_model(w, o, folded, &err);
  if (rc == 0 && o->search)
    rc = mill_find_subwords(mill_data_lexicon(d), o->o.user, folded, &w->tokens, &w->parts, &err);
  if (rc < 0) bind_raise(L, &err);
  return text != NULL ? text->fold_map : w->map;
}

/* Pushes the tokens of the value at 1 with the options at 2. */
static tokens *push_tokens(lua_State *L) {
  size_t n;
  const char *source = bind_check_text(L, 1, &n);
  lua_settop(L, 2);
  wish o = check_options(L, 2);
  lua_replace(L, 3); /* the model stays where it cannot be collected */
  lua_settop(L, 3);
  work *w = get_work(L);
  const mill_map *map = segment(L, w, &o);
  tokens *t = new_tokens(L, 1, w->tokens.n + (o.search ? w->parts.n : 0), source, o.search);
  if (o.search) fill_search(t, w, map);
  else fill_tokens(t, &w->tokens, map);
  release_work(w);
  if (!o.tags) return t;
  t->by_model = 1;
  lua_getiuservalue(L, 3, 1);
  lua_setiuservalue(L, -2, 2);
  return t;
}

/* ---- tm.words --------------------------------------------------------------------- */

/* Moves to the next word: no blank, no line break, no further part of a
** character that folding made several of (½). Its index, or n. */
static size_t next_word(tokens *t) {
  size_t k = t->next;
  while (k < t->n && !(t->kind[k] & PART) &&
         (is_blank(t->kind[k]) || t->from[k] < t->done || t->from[k] == t->to[k]))
    k++;
  t->next = k < t->n ? k + 1 : k;
  if (k < t->n && !(t->kind[k] & PART)) t->done = t->to[k];
  return k;
}

/* the iterator: () --> word, i, j, tag, [position] | nil
** upvalues: tokens, table of tag names (strings made once) */
static int words_next(lua_State *L) {
  tokens *t = lua_touserdata(L, lua_upvalueindex(1));
  size_t k = next_word(t);
  if (k == t->n) return lua_pushnil(L), 1;
  push_piece(L, t, k);
  bind_push_span(L, (mill_span){t->from[k], t->to[k]});
  lua_rawgeti(L, lua_upvalueindex(2), t->tag[k]);
  if (t->position == NULL) return 4;
  lua_pushinteger(L, t->position[k]);
  return 5;
}

static void push_tag_names(lua_State *L, const tokens *t, int at) {
  if (t->by_model) {
    lua_getiuservalue(L, at, 2);
    return;
  }
  if (lua_getfield(L, LUA_REGISTRYINDEX, WORK ".tags") == LUA_TTABLE) return;
  lua_pop(L, 1);
  lua_createtable(L, MILL_TAG_COUNT, 1);
  for (int tag = 0; tag < MILL_TAG_COUNT; tag++) {
    lua_pushstring(L, mill_tag_name((enum mill_tag)tag));
    lua_rawseti(L, -2, tag);
  }
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, WORK ".tags");
}

/*
** core.words(s, [o]) --> iterator: word, i, j, tag, [position]
** s: string or text; o: mode="dict"|"model"|"search", model, lexicon, numbers="whole"|"split",
** tags="lexicon"|"upos"
*/
static int words(lua_State *L) {
  tokens *t = push_tokens(L);
  push_tag_names(L, t, lua_gettop(L));
  lua_pushcclosure(L, words_next, 2);
  return 1;
}

enum { MOST_VALUES = 1000 }; /* that are returned at once: a longer stack is cleared at every collection */

/* ---- tm.tokens ---------------------------------------------------------------------- */

static tokens *check_tokens(lua_State *L) { return bind_check_head(L, 1, tokens_class); }

int bind_test_tokens(lua_State *L, int arg, bind_columns *out) {
  const tokens *t = luaL_testudata(L, arg, MILL_T_TOKENS);
  if (t == NULL) return 0;
  luaL_argcheck(L, !t->by_model, arg, "patterns read the lexicon's tags, these are a model's");
  luaL_argcheck(L, t->position == NULL, arg, "patterns need words that do not overlap, not mode 'search'");
  *out = (bind_columns){t->n, t->from, t->to, t->tag, t->kind};
  return 1;
}

/* The token number at 2 (from the end when negative), 0-based. */
static size_t check_index(lua_State *L, const tokens *t) {
  lua_Integer k = luaL_checkinteger(L, 2);
  if (k < 0) k += (lua_Integer)t->n + 1;
  luaL_argcheck(L, k >= 1 && (lua_Unsigned)k <= t->n, 2, "no such token");
  return (size_t)k - 1;
}

/* core.tokens(s, [o]) --> tokens; options as for words */
static int new_tokens_of(lua_State *L) { return push_tokens(L), 1; }

/* Does the string fold as the view's text has? What is folded already stays as it is: no map then. */
static int folds_alike(lua_State *L, work *w, const bind_view *v, const char *s, size_t n) {
  mill_error err = {0};
  size_t folded_len = 0;
  if (n == v->view.folded_len && memcmp(s, v->view.folded, n) == 0) return 1;
  if (mill_normalize(bind_data(L), MILL_FOLD, s, n, &w->folded, &folded_len, &w->map, &err) < 0)
    bind_raise(L, &err);
  return folded_len == v->view.folded_len && memcmp(w->folded, v->view.folded, folded_len) == 0;
}

/* core.tokens_like(shown, text) --> tokens of the string `shown`, another form of the text:
** where both fold alike, nearly always, the text's own words are taken, else it is segmented. */
static int tokens_like(lua_State *L) {
  mill_error err = {0};
  size_t n;
  bind_check_text_object(L, 2);
  lua_settop(L, 2);
  const char *source = luaL_checklstring(L, 1, &n);
  const bind_view *v = bind_push_view(L, 2, &err);
  if (v == NULL) return bind_raise(L, &err);
  work *w = get_work(L);
  if (!folds_alike(L, w, v, source, n)) {
    lua_settop(L, 1);
    return push_tokens(L), 1;
  }
  tokens *t = new_tokens(L, 1, v->tokens.n, source, 0);
  fill_tokens(t, &v->tokens, w->map);
  release_work(w);
  return 1;
}

/* t:word(k) --> the piece of s */
static int tokens_word(lua_State *L) {
  tokens *t = check_tokens(L);
  push_piece(L, t, check_index(L, t));
  return 1;
}

/* t:span(k) --> i, j */
static int tokens_span(lua_State *L) {
  tokens *t = check_tokens(L);
  size_t k = check_index(L, t);
  bind_push_span(L, (mill_span){t->from[k], t->to[k]});
  return 2;
}

/* t:tag(k) --> "n", "v", "m"... */
static int tokens_tag(lua_State *L) {
  tokens *t = check_tokens(L);
  size_t k = check_index(L, t);
  push_tag_names(L, t, 1);
  lua_rawgeti(L, -1, t->tag[k]);
  return 1;
}

/* t:position(k) --> the number of the word, which blanks and parts have with it */
static int tokens_position(lua_State *L) {
  tokens *t = check_tokens(L);
  size_t k = check_index(L, t);
  if (t->position == NULL) luaL_error(L, "there are positions in mode 'search' only");
  lua_pushinteger(L, t->position[k]);
  return 1;
}

/* t:at(i) --> k: the token that holds byte i, or the last one before it */
static int tokens_at(lua_State *L) {
  tokens *t = check_tokens(L);
  lua_Integer i = luaL_checkinteger(L, 2);
  luaL_argcheck(L, i >= 1, 2, "position out of range");
  size_t lo = 0, hi = t->n;
  while (lo + 1 < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if ((lua_Integer)t->from[mid] < i) lo = mid;
    else hi = mid;
  }
  if (t->n == 0) return lua_pushnil(L), 1;
  while (lo > 0 && (t->kind[lo] & PART)) lo--;
  lua_pushinteger(L, (lua_Integer)lo + 1);
  return 1;
}

enum { AHEAD = 8 }; /* places that are on their way from memory while others are looked at */

/* Calls `done` with each token when its string lies on the top. List: where that needs its table. */
typedef void (*take_word)(lua_State *L, int list, size_t k);

static inline void each_word(lua_State *L, const tokens *t, kept_word *keys, int kept, int list,
                             take_word done) {
  const char *s = source_of(L, t);
  kept_place words[AHEAD];
  for (size_t k = 0; k < t->n && k < AHEAD; k++)
    words[k] = words_kept_ask(keys, s + t->from[k], t->to[k] - t->from[k]);
  for (size_t k = 0; k < t->n; k++) {
    words_kept_push(L, keys, kept, s + t->from[k], t->to[k] - t->from[k], words[k % AHEAD]);
    if (done != NULL) done(L, list, k);
    size_t next = k + AHEAD;
    if (next < t->n) words[k % AHEAD] = words_kept_ask(keys, s + t->from[next], t->to[next] - t->from[next]);
  }
}

static void put_in_list(lua_State *L, int list, size_t k) { lua_rawseti(L, list, (lua_Integer)k + 1); }

/* t:words() --> list of the pieces of s */
static int tokens_words(lua_State *L) {
  tokens *t = check_tokens(L);
  lua_settop(L, 1);
  kept_word *keys = words_kept(L);
  lua_createtable(L, t->n < INT_MAX ? (int)t->n : 0, 0);
  each_word(L, t, keys, 2, 3, put_in_list);
  return 1;
}

/* Room for a value a token, and some; raises where it is more than a call may return. */
static int check_room(lua_State *L, const tokens *t) {
  luaL_argcheck(L, t->n <= MOST_VALUES, 1, "more than may be returned at once");
  luaL_checkstack(L, (int)t->n + 256 + LUA_MINSTACK, NULL);
  return (int)t->n;
}

/* core.token_words(tokens) --> the pieces of s, a value each, 1000 at most: { core.token_words(t) } is made
** in a third of the time of t:words(), which must enter them one by one */
static int token_words(lua_State *L) {
  tokens *t = check_tokens(L);
  lua_settop(L, 1);
  int n = check_room(L, t);
  kept_word *keys = words_kept(L);
  each_word(L, t, keys, 2, 0, NULL);
  return n;
}

/* Where the name of a tag lies on the stack, pushed at its first turn. at: 256, of those that lie there */
static int name_of_tag(lua_State *L, int names, int *at, uint8_t tag) {
  if (at[tag] == 0) {
    lua_rawgeti(L, names, tag);
    at[tag] = lua_gettop(L);
  }
  return at[tag];
}

/* t:tags() --> list of tags */
static int tokens_tags(lua_State *L) {
  tokens *t = check_tokens(L);
  push_tag_names(L, t, 1);
  int names = lua_gettop(L), list = names + 1, at[256] = {0};
  lua_createtable(L, t->n < INT_MAX ? (int)t->n : 0, 0);
  luaL_checkstack(L, 256 + LUA_MINSTACK, NULL);
  for (size_t k = 0; k < t->n; k++) {
    lua_pushvalue(L, name_of_tag(L, names, at, t->tag[k]));
    lua_rawseti(L, list, (lua_Integer)k + 1);
  }
  lua_settop(L, list);
  return 1;
}

/* core.token_tags(tokens) --> the tags, likewise */
static int token_tags(lua_State *L) {
  tokens *t = check_tokens(L);
  lua_settop(L, 1);
  int n = check_room(L, t), at[256] = {0};
  push_tag_names(L, t, 1);
  for (size_t k = 0; k < t->n; k++) name_of_tag(L, 2, at, t->tag[k]);
  for (size_t k = 0; k < t->n; k++) lua_pushvalue(L, at[t->tag[k]]);
  return n;
}

/* #t --> number of tokens, blanks and line breaks among them */
static int tokens_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)check_tokens(L)->n);
  return 1;
}

/* tostring(t) --> "textmill.tokens(12 tokens)" */
static int tokens_tostring(lua_State *L) {
  lua_pushfstring(L, MILL_T_TOKENS "(%I tokens)", (LUAI_UACINT)check_tokens(L)->n);
  return 1;
}

/* A block of plain memory: closing it only empties it. */
static int tokens_close(lua_State *L) {
  tokens *t = check_tokens(L);
  t->n = t->next = 0;
  return 0;
}

void mill_open_tokens(lua_State *L) {
  static const luaL_Reg work_meta[] = {{"__gc", work_gc}, {NULL, NULL}};
  static const luaL_Reg meta[] = {{"__len", tokens_len},   {"__tostring", tokens_tostring},
                                  {"__gc", tokens_close},  {"__close", tokens_close},
                                  {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"word", tokens_word}, {"span", tokens_span}, {"tag", tokens_tag}, {"position", tokens_position},
      {"at", tokens_at}, {"words", tokens_words}, {"tags", tokens_tags}, {NULL, NULL}};
  bind_class(L, WORK, work_meta, NULL);
  bind_class(L, MILL_T_TOKENS, meta, methods);
  static const luaL_Reg functions[] = {{"words", words}, {"tokens", new_tokens_of},
                                       {"tokens_like", tokens_like}, {"token_words", token_words},
                                       {"token_tags", token_tags}, {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
  bind_set_methods(L, MILL_T_TOKENS, "tokens_methods");
}
