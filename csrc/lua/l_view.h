/*
** l_view.h - what patterns and rules look at, made once for a string or text
** and kept: folded text, tokens, and a machine that remembers what it has
** recognised.
**
**   string or text --fold--> folded --segment--> tokens --> machine
**        source   <---------- map -----------/
**
** The view of a text lives as long as the text; of strings only the last one
** is kept. User value 1 holds the source, 2 the types of the marks.
*/
#ifndef MILL_L_VIEW_H
#define MILL_L_VIEW_H

#include "../core/rec_dates.h"
#include "bind.h"

typedef struct bind_view {
  mill_view view;
  mill_tokens tokens;
  mill_machine *vm;
  const char *source; size_t source_len; /* clean text or the string; borrowed */
  char *folded;      /* owned; NULL when the text has its own */
  mill_map *map;     /* owned, with folded; source -> folded */
  mill_mark *marks;  /* owned; types are strings of user value 2 */
  mill_userwords *user; /* shared; NULL: none. It does not change any more */
  struct mill_dates dates; /* of view */
  size_t charged;    /* bytes the collector was told of */
} bind_view;

/* Pushes the view of the string or text at `arg` and returns it. Other types
** raise; bad data returns NULL with *err filled and pushes nothing. */
bind_view *bind_push_view(lua_State *L, int arg, mill_error *err);

/* The same with the words of options.lexicon, when the table at `options` has one:
** the last such view is kept, beside the others. */
bind_view *bind_push_view_with(lua_State *L, int arg, int options, mill_error *err);

/* Makes the view of the text at `arg` from tokens it already has (taken over,
** even on failure): a stored document is not segmented again. user: the words and
** classes it has been segmented with, or NULL; shared. 0 or MILL_E*. */
int bind_view_tokens(lua_State *L, int arg, mill_tokens *ready, mill_userwords *user, mill_error *err);

/* The source span of a folded one, and the folded position of a source byte. */
mill_span view_source(const bind_view *v, mill_span folded);
uint32_t view_folded(const bind_view *v, uint32_t source);

/* Pushes source[span) as it is displayed. */
void view_push_display(lua_State *L, const bind_view *v, mill_span source);

#endif
