/*
** html_text.h - shared by the files that turn markup into text: the stack of
** open elements (html_text.c) and what attributes say (html_facts.c).
*/
#ifndef MILL_HTML_TEXT_H
#define MILL_HTML_TEXT_H

#include "buffer.h"
#include "clean.h"
#include "html.h"

/* Metadata in attributes beyond this many is left out. */
#define HTML_MAX_FACTS 4096u
/* So are values of more bytes, as they stand in the source. */
#define HTML_MAX_VALUE 100000u

/* The context bits that class, id and role of this tag give (html_context.c); s[0,n): the source. */
uint32_t html_context_of_names(const char *s, size_t n, const html_token *tag);
/* Adds what <meta>, <html lang>, <link rel=canonical> and <time> state. 0 or MILL_ENOMEM. */
int html_facts_of_tag(const char *s, const html_token *tag, html_structure *out);
/* Adds a fact; takes `value` over (mem_malloc'ed; NULL: no memory). 0 or MILL_ENOMEM. */
int html_add_fact(html_structure *h, const char *key, size_t key_len, char *value, size_t from, size_t to);
/* Adds headline, dates, authors, publisher of a JSON-LD script (html_json.c). 0 or MILL_ENOMEM. */
int html_facts_of_script(const char *s, size_t from, size_t to, html_structure *out);
/* Does this tag open a script of JSON-LD? */
int html_is_json_ld(const char *s, const html_token *tag);

#endif
