/* tokens.h - growing the columns of mill_tokens. */
#ifndef MILL_TOKENS_H
#define MILL_TOKENS_H

#include "../textmill.h"

/* Room for `more` tokens behind n (and the end mark) and as many values.
** 0 or MILL_ENOMEM. */
int tokens_reserve(mill_tokens *t, size_t more);
/* Appends a value, for which there is room; its index. */
uint32_t tokens_add_value(mill_tokens *t, const mill_number *value);

#endif
