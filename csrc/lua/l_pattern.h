/* l_pattern.h - the box of a pattern, shared by l_pattern.c and l_match.c. */
#ifndef MILL_L_PATTERN_H
#define MILL_L_PATTERN_H

#include "../core/pattern.h"
#include "bind.h"

struct bind_view;

typedef struct bind_pattern {
  mill_pattern *tree;    /* owned reference */
  mill_program *program; /* owned; made at the first use */
  mill_program *traced;  /* owned; made at the first trace */
} bind_pattern;

/* The pattern at `arg`; raises on anything else. */
bind_pattern *bind_check_pattern(lua_State *L, int arg);
/* Compiled; raises when it cannot be. */
const mill_program *bind_program(lua_State *L, bind_pattern *p);
const mill_program *bind_traced_program(lua_State *L, bind_pattern *p);

/* p:match, p:find, p:gmatch and p:trace (l_match.c), for the class's table. */
int match_match(lua_State *L);
int match_find(lua_State *L);
int match_gmatch(lua_State *L);
int match_trace(lua_State *L);
/* Pushes a match made from *found, on the view and pattern at these indices. */
void match_push(lua_State *L, int view, int pattern, const mill_match *found);
/* The span in its source of the match at `arg`; raises on anything else. */
mill_span match_source(lua_State *L, int arg);
/* Asks again for what made the capture `name` of the match at `arg`: its recogniser, with *found
** and the source span of its unit (from == to: none), or -1. */
int match_find_again(lua_State *L, int arg, const char *name, mill_found *found, mill_span *unit);
/* Sets value, lo, hi, kind and approx of the table on the top. */
void match_set_number(lua_State *L, const mill_number *n);
/* Sets the limits of the view's machine from the options at `arg`. */
void match_set_limits(lua_State *L, struct bind_view *v, int arg);
/* Is this the name of a field or method of matches, no capture can have it? */
int match_is_reserved(const char *name);

#endif
