/* stream.h - the running words of a corpus in memory, for statistics (see stream.c). */
#ifndef MILL_STORE_STREAM_H
#define MILL_STORE_STREAM_H

#include "query.h"
#include "scope.h"

struct segment { int64_t doc; uint32_t article, from; }; /* of stream.ids, up to the next one's */
struct stream {
  uint32_t *ids; uint32_t n, capacity;        /* corpus ids; 0: nothing goes across */
  struct segment *segments; uint32_t n_segments, segment_capacity; /* and one behind the last */
  uint32_t *counts; uint64_t total;           /* of each id, of the whole corpus */
  uint32_t *docs;                             /* documents with it; NULL: not asked for yet */
  uint32_t *places, *first; /* where each id stands, [first[id], first[id + 1]); NULL likewise */
  int64_t version; int changes; int64_t epoch; uint32_t known; /* of the file when it was read */
};

/* The corpus's stream, read again when something was written. Inside a corpus_read. */
int stream_get(mill_corpus *c, const struct stream **out, mill_error *err);
void stream_free(struct stream *s); /* NULL is allowed */
/* How often each word stands in the present scope: counts[id], owned by the caller; and
** in how many documents (docs may be NULL). *total: all words. */
int stream_count(mill_corpus *c, const struct stream *s, uint32_t **counts, uint32_t **docs,
                 uint64_t *total, mill_error *err);

/* What a query asks for, as runs of whole words: words and strings, with | and @group. */
struct pattern_node {
  struct query q;
  uint8_t *whole, *begin;  /* bit sets over ids: is one; may begin one of several words */
  uint32_t n;
  int strings;             /* some string may take several words */
  uint32_t only;           /* the one word of `whole`, when there is no other way; else 0 */
};
int node_parse(mill_corpus *c, const char *query, struct pattern_node *out, mill_error *err);
void node_free(struct pattern_node *p);
/* Words the node takes at ids[k], 0: it is not there. end: of ids. */
uint32_t node_at(const struct vocab *v, const struct pattern_node *p, const uint32_t *ids, uint32_t k,
                 uint32_t end);
/* The next place at or behind k where a node may begin, or end. */
uint32_t node_next(const struct pattern_node *p, const uint32_t *ids, uint32_t k, uint32_t end);
/* All places in the stream of the last stream_get where a node may begin, ascending: at
** *places, which is the stream's, or *owned, to be freed. *places stays NULL when it is
** better to walk: a node of too many words, or too large a corpus. 0 or MILL_ENOMEM. */
int stream_places(mill_corpus *c, const struct pattern_node *p, const uint32_t **places, uint32_t **owned,
                  uint32_t *n);

#endif
