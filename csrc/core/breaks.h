/* breaks.h - break iterators for the core's own use: see mill_breaks in textmill.h. */
#ifndef MILL_BREAKS_H
#define MILL_BREAKS_H

#include "../textmill.h"

/* Tokens of scripts that set no blanks between words (Thai, Lao, Khmer, Myanmar), and
** of Japanese, are cut into words by ICU's dictionaries, in place: spans, kinds
** and tags are right afterwards, and the tokens still tile the
** text.
** Tokens without such letters are not looked at twice. 0 or MILL_E*. */
int breaks_refine(const mill_lexicon *lx, mill_tokens *t, const char *folded, mill_error *err);

#endif
