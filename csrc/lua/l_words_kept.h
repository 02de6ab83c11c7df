/*
** l_words_kept.h - strings of words that are made again and again: a table of those asked for
** last, so that they are neither hashed by Lua nor made and collected once a document.
**
**   bytes and length -> place -> is it the word that stands there? -> its string
*/
#ifndef MILL_L_WORDS_KEPT_H
#define MILL_L_WORDS_KEPT_H

#include <stdint.h>

#include "bind.h"

#define WORDS_KEPT 16384u    /* a power of two */
#define WORDS_KEPT_BYTES 15u /* longer words are not kept */

typedef struct kept_word { uint64_t low, high; } kept_word; /* bytes, and how many; 0: none */

/* Pushes the table of strings, made at the first need; its keys, which live like it. */
kept_word *words_kept(lua_State *L);

/* The key of a word whose string is pushed soon: its place is fetched meanwhile. */
kept_word words_kept_ask(const kept_word *keys, const char *s, size_t n);
/* Pushes the string of a word with this key; table: where words_kept pushed its own. */
void words_kept_push(lua_State *L, kept_word *keys, int table, const char *s, size_t n, kept_word key);

#endif
