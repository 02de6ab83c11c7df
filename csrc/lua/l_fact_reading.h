/*
** l_fact_reading.h - facts as Lua tables, read into what the store takes: what l_fact_rows.c (tables in
** the store's own form) and l_fact_made.c (tables as rules make them) share.
**
** Everything is copied into a userdata, which frees it whatever is raised: a finalizer may change
** the tables at any time. While arrays and texts grow, a string is its place in `text`, counted from 1.
*/
#ifndef MILL_L_FACT_READING_H
#define MILL_L_FACT_READING_H

#include "../core/buffer.h"
#include "l_corpus.h"

typedef struct fact_reading {
  mill_fact *facts; uint32_t n, facts_capacity;
  mill_mention *mentions; uint32_t n_mentions, mentions_capacity;
  mill_argument *args; uint32_t n_args, args_capacity;
  mill_buffer text; /* all strings, terminated */
  struct { size_t at, n; } rule, version; /* kept last, as most mentions have the same; n 0: none */
  int keys;         /* where the fields' names of mentions lie on the stack */
  int busy;         /* being filled: whoever comes meanwhile takes another */
} fact_reading;

fact_reading *fact_reading_new(lua_State *L); /* pushes an empty one, freed with it */
void fact_reading_clear(fact_reading *r); /* empty, with its room for the next one, unless it is much */
/* The next fact, all of it 0. */
mill_fact *fact_reading_next(lua_State *L, fact_reading *r);
/* The string at `at`, kept; userdata (a date) as tostring has it. NULL of nil; raises for anything else. */
const char *fact_reading_text(lua_State *L, int at, fact_reading *r, const char *name);
const char *fact_reading_bytes(fact_reading *r, const char *s, size_t n); /* these bytes, kept */
void fact_reading_keys(lua_State *L, fact_reading *r); /* pushes what fact_reading_mentions needs */
/* Mentions of the fact whose table is at t. */
void fact_reading_mentions(lua_State *L, int t, fact_reading *r, mill_fact *f);
void fact_reading_end(lua_State *L, fact_reading *r); /* nothing grows any more: pointers are set */
/* time = { from=, to=, ... } | "2020-02-06", place = { name=, ... } of the value on the top */
void fact_reading_time(lua_State *L, fact_reading *r, mill_fact *f);
void fact_reading_place(lua_State *L, fact_reading *r, mill_fact *f);
/* The 32 bytes of a SHA-256 given as hexadecimal digits at `arg`. */
void fact_reading_sha(lua_State *L, int arg, unsigned char sha[32]);

/* l_json.c: appends JSON of the value on the top, for functions whose first two upvalues are the metatable of
** arrays and json.null. 0: not one of the usual values, see to it in Lua. */
int json_put_value(lua_State *L, mill_buffer *b, int depth);
/* A key of an object, which is kept by the stack; at: its or its value's place there. */
struct json_key { const char *s; size_t n; int at; };
void json_sort_keys(struct json_key *keys, int n);

#endif
