/* fact_id.h - mill_fact_id with room for what is hashed, which who names many keeps. */
#ifndef MILL_FACT_ID_H
#define MILL_FACT_ID_H

#include "../textmill.h"
#include "buffer.h"

/* room: the caller's, emptied first. 0 or MILL_ENOMEM. */
int fact_id(const mill_text *t, const unsigned char sha[32], const char *type, const char *subtype,
            mill_span raw, const mill_argument *args, size_t n, mill_buffer *room, char id[32]);

#endif
