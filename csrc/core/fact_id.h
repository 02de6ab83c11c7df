/* fact_id.h - mill_fact_id with room for what is hashed, which who names many keeps. */
#ifndef MILL_FACT_ID_H
#define MILL_FACT_ID_H

#include "../textmill.h"
#include "buffer.h"

/* Puts into the room what the ids of all facts of a document with these bytes begin with. */
void fact_id_begin(mill_buffer *room, const unsigned char sha[32]);
/* room: the caller's, begun; may be used again. 0 or MILL_ENOMEM. */
int fact_id(const mill_text *t, const char *type, const char *subtype, mill_span raw, const mill_argument *args,
            size_t n, mill_buffer *room, char id[32]);

#endif
