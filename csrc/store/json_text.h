/* json_text.h - strings of JSON: what stands for itself in them, escapes, and writing them. */
#ifndef MILL_JSON_TEXT_H
#define MILL_JSON_TEXT_H

#include "../core/buffer.h"

/* Where what stands for itself from p on ends: at a quote, a backslash, a control character, or `end`. */
const char *json_plain_end(const char *p, const char *end);
/* The same, copied to *to, which moves behind the copy. There is room for all of [p, end) and
** JSON_SPARE bytes. */
const char *json_copy_plain(const char *p, const char *end, char **to);
#define JSON_SPARE 16u
/* The escape at p, behind its backslash: its bytes, up to 4, to out, how many to *n; where it ends,
** or NULL. Two \u that are a surrogate pair are one character, a lone surrogate becomes U+FFFD. */
const char *json_escape(const char *p, const char *end, char out[4], size_t *n);
/* Appends the string in quotes. 0: it is not UTF-8, nothing of use was appended. */
int json_put_string(mill_buffer *b, const char *s, size_t n);

#endif
