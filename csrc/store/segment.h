/*
** segment.h - the positional index: immutable segments in SQLite rows.
**
** A segment holds the postings of some articles. Its words are corpus ids
** (mill_words has their texts), its articles are counted from 0: ordinals,
** ascending by article number. Four streams of bytes, each cut into chunks of
** one database page:
**
**   ARTICLES   article (delta) | document (delta) | body words | rest words
**   WORDS      each: (word - the one before - 1) << 1 | 0, articles, bytes of postings,
**              bytes of positions; with | 1, of one article: a byte with both sizes
**   POSTINGS   of each word: skips, when more than 128 articles; then for each article:
**              (ordinal - the one before - 1) << 2 | times - 1; 3 where there are more or
**              some are in the rest, then times << 1 | has rest, [times in the rest];
**              or, between skips, as bits where that is shorter (dense.h)
**   POSITIONS  of each posting: the first, then differences - 1, of the rest anew. A
**              position is the word's number among the indexed words of the body, as FTS5
**              counts, twice; plus 1 when something not indexed (a mark, a blank) or
**              nothing stands before it: the word before is its neighbour in the text
**              where it is even. The rest begins at SEGMENT_REST.
**
** Behind all words stand seams (seams.h): word SEGMENT_SEAMS + number in the lexicon's list, with
** postings as words have them and no positions; and last SEGMENT_MARK + list: the segment has
** all of this list's. One without a mark, as they were before schema 9, has none. The mark has
** one posting, of the first article.
**
** Numbers of the first two are varints, of the others codes (codec.h). Skips, one each
** 128 articles, have 16
** bytes little-endian: last ordinal u32, end of postings u32, end of positions
** u32 (from the word's first), greatest count u16, least length u16 (both
** cut to 65,535). The high bit of the second says that the block is of bits.
*/
#ifndef MILL_SEGMENT_H
#define MILL_SEGMENT_H

#include <sqlite3.h>

#include "../core/buffer.h"
#include "../textmill.h"

/* Rows of this many bytes fill a page of 8,192 or, two of them, of 16,384: no overflow pages. */
#define SEGMENT_CHUNK 8120u
#define SEGMENT_BLOCK 128u          /* articles between skips */
#define SEGMENT_REST (1u << 31)     /* first position of the rest */
#define SEGMENT_DENSE (1u << 31)    /* of a skip's end of postings */
#define SEGMENT_SEAMS (1u << 30)    /* the first seam */
#define SEGMENT_MARK 0x60000000u    /* list 0 */
#define SEGMENT_LISTS 0x1FFFFFFFu   /* lists are told apart by so many bits */
static inline uint32_t position_number(uint32_t position) { return position >> 1; }
#define SEGMENT_DDL \
  "CREATE TABLE mill_segments(\n" \
  "  segment INTEGER PRIMARY KEY AUTOINCREMENT, level INTEGER NOT NULL,\n" \
  "  articles INTEGER NOT NULL, tokens INTEGER NOT NULL, words INTEGER NOT NULL,\n" \
  "  article_bytes INTEGER NOT NULL, word_bytes INTEGER NOT NULL,\n" \
  "  posting_bytes INTEGER NOT NULL, position_bytes INTEGER NOT NULL,\n" \
  "  removed BLOB)" /* bit set over ordinals, NULL: none */
#define POSTING_DDL "CREATE TABLE mill_postings(chunk INTEGER PRIMARY KEY, data BLOB NOT NULL)"

enum segment_stream { STREAM_ARTICLES, STREAM_WORDS, STREAM_POSTINGS, STREAM_POSITIONS, STREAMS };

struct index_segment;

/* ---- chunks.c: the statements of one connection, and chunks that were read */

struct chunk_slot;
struct segment_store {
  sqlite3 *db; sqlite3_stmt *put, *get, *add;
  struct chunk_slot *slots;                  /* made when first needed */
  double *norms, norms_average;              /* of rank.c: what a length does to a score */
};
void segment_store_free(struct segment_store *s);
/* What was read is read again: before numbers of segments are given anew, or to check. */
void segment_store_forget(struct segment_store *s);
int segment_prepare(struct segment_store *s, sqlite3_stmt **slot, const char *sql);
int segment_failed(const struct segment_store *s); /* what the statement's failure was */
int64_t segment_chunk_number(int64_t segment, enum segment_stream stream, uint64_t chunk);
/* n bytes of a stream from `from`, appended to out with 16 zero bytes behind
** (not counted): 0, MILL_ECORRUPT when they are not there, MILL_ENOMEM, ... */
int segment_bytes(struct segment_store *s, int64_t segment, enum segment_stream stream,
                  uint64_t from, uint64_t n, mill_buffer *out);

/* The same bytes where they lie, until something else is read; NULL: they are not in memory in
** one piece. 16 bytes behind them can be read. */
const void *segment_peek(struct segment_store *s, int64_t segment, enum segment_stream stream,
                         uint64_t from, uint64_t n);

struct early;

/* ---- gather.c: articles gathered in memory, written as one segment */

/* first, first_seam: in words, seams; body, rest: tokens; words_...: those that are indexed */
struct gathered { int64_t article, doc; uint32_t first, body, rest, words_body, words_rest, first_seam; };
struct gather {
  uint32_t *words; uint32_t n, capacity;                   /* of all articles, in order */
  struct gathered *articles; uint32_t n_articles, articles_capacity;
  uint32_t max_word;
  uint32_t *seams; uint32_t n_seams, seams_capacity;       /* number << 1 | in the rest (seams.c) */
  uint32_t seam_list;                                      /* of which list; 0: of none */
  uint32_t threads;                                        /* that may write it: 0 as 1 */
  struct early *early;                                     /* begins when it is written (early.h); NULL */
};
/* Articles come with ascending numbers; a word 0 is not indexed, but takes a
** position. MILL_ENOMEM leaves all as it was. */
int gather_article(struct gather *g, int64_t article, int64_t doc, const uint32_t *body,
                   uint32_t n_body, const uint32_t *rest, uint32_t n_rest);
size_t gather_memory(const struct gather *g); /* bytes, those of writing included */
void gather_clear(struct gather *g);
void gather_free(struct gather *g);
/* Inside a transaction. Nothing gathered: nothing written, *segment 0. */
int gather_write(struct gather *g, struct segment_store *s, int level, int64_t *segment);

/* A block of postings. What was written as bits has them, too: the posting of an ordinal
** that is there is the number of bits before its own. */
#define BLOCK_ROOM (SEGMENT_BLOCK + 8u) /* eight are written at once */
#define DENSE_SPAN 2048u                /* bits of a block, at most */
struct cursor_block {
  uint32_t ordinal[BLOCK_ROOM], tf[BLOCK_ROOM], rest[BLOCK_ROOM];
  int dense; uint32_t first;            /* the first bit's ordinal */
  uint64_t bits[DENSE_SPAN / 64]; uint8_t before[DENSE_SPAN / 64];
};

/* ---- segment_write.c: the encoder of a segment, also for merging: articles first, then
** words in ascending order, each with its postings by ascending ordinal. */
struct stream_writer { mill_buffer bytes; uint64_t flushed; };
struct segment_writer {
  struct segment_store *store;               /* NULL: a part */
  int64_t segment;
  int code;                                  /* the first failure, sticky */
  int whole;                                 /* streams leave at the end, one behind the other */
  struct stream_writer streams[STREAMS];
  uint32_t *lengths; uint32_t n_articles, lengths_capacity;
  uint64_t tokens; int64_t last_article, last_doc;
  uint32_t n_words, last_word;
  mill_buffer postings, skips;               /* of the word at hand */
  uint32_t n, last;                          /* its postings; the last ordinal that is written */
  struct cursor_block b; uint32_t held;      /* postings not written yet */
  uint64_t positions;                        /* where its positions begin */
  uint32_t max_tf, min_length;
};
int segment_begin(struct segment_writer *w, struct segment_store *s, int level);
void segment_put_article(struct segment_writer *w, int64_t article, int64_t doc, uint32_t body,
                         uint32_t rest);
void segment_put_posting(struct segment_writer *w, uint32_t ordinal, uint32_t tf, uint32_t rest);
/* The posting's positions go straight behind, as bytes or one by one. */
void segment_put_positions(struct segment_writer *w, const void *bytes, size_t n);
void segment_put_word(struct segment_writer *w, uint32_t word); /* ends its postings */
void segment_put_mark(struct segment_writer *w, uint32_t list); /* behind all words and seams */
int segment_end(struct segment_writer *w); /* frees, too; 0 or MILL_E* */
/* A part of w, which has its articles: words behind last_word, the last one before them that
** is in the segment. Another thread may put them. It lives no longer than w. */
void segment_begin_part(struct segment_writer *part, const struct segment_writer *w, uint32_t last_word);
/* Puts the part's words behind those of w, and frees it. */
void segment_join(struct segment_writer *w, struct segment_writer *part);

/* ---- segment_merge.c */

/* Makes one segment of several and drops them, and what is removed in them. Inside
** a transaction. *merged 0 when nothing was left. The opened ones stay the
** caller's to free. */
int segment_merge(const struct index_segment *const *from, uint32_t n, struct segment_store *s, int level,
                  int64_t *merged);

/* ---- segment_read.c: a segment opened */

struct segment_article { int64_t article, doc; uint32_t body, rest; };
struct segment_word {
  uint32_t word, n;
  uint64_t postings, positions;
  uint32_t n_postings;
  uint64_t n_positions;
};
struct index_segment {
  struct segment_store *store;
  int64_t id;
  uint32_t n_articles, n_words, n_removed;
  uint64_t bytes[STREAMS];
  struct segment_article *articles;
  struct segment_word *words;                /* ascending */
  uint32_t n_text, seam_list;                /* words before the seams; the list of these, 0: none */
  struct rank_bits *bits; uint32_t max_word; /* which there are: 64 a cell */
  uint32_t *lengths;                         /* of the articles: body and rest */
  uint8_t *removed;                          /* bit set; NULL: none */
  int has_rest, avx2;                        /* some article has a rest; the machine has it */
  int64_t first_doc, last_doc;               /* of the articles; last_doc 0: some share one */
};
struct rank_bits { uint64_t bits; uint32_t before; }; /* and how many in the cells before */
/* Reads mill_segments and the first two streams. Free in any case. */
int segment_open(struct index_segment *g, struct segment_store *s, int64_t id);
void segment_free(struct index_segment *g);
const struct segment_word *segment_find(const struct index_segment *g, uint32_t word); /* NULL: none */
const struct segment_word *segment_seam(const struct index_segment *g, uint32_t number); /* as well */
static inline int segment_is_removed(const struct index_segment *g, uint32_t ordinal) {
  return g->removed != NULL && (g->removed[ordinal / 8] >> ordinal % 8 & 1);
}

/* ---- cursor.c: cursors over a word's postings */

/* A block of postings at a time. `at` n: read on; ordinal[at] is the current one. */
struct posting_cursor {
  const struct index_segment *segment;
  const struct segment_word *word;
  mill_buffer postings, positions;
  uint32_t n_blocks, block, n, at;
  struct cursor_block b;
  uint32_t placed, place_before;             /* positions: of this block + 1; so many are before */
  const unsigned char *place;                /* what lies here */
  const unsigned char *lies; uint64_t lies_from, lies_n; int is_copy; /* all of the block's */
  uint32_t counted, count_at, count;         /* positions before posting count_at of block counted - 1 */
  uint32_t *sums, sums_capacity, n_sums, summed; /* of block summed - 1 */
  int code;                                  /* 0 or what went wrong, when it ends early */
  int avx2;
};
/* Opens before the first posting. 0 or MILL_E*; free in any case. */
int cursor_open(struct posting_cursor *c, const struct index_segment *g, const struct segment_word *w);
void cursor_free(struct posting_cursor *c);
/* To the next posting, or the first with an ordinal >= to: 1, or 0 at the end
** (c->code says if for a failure). Removed articles are not left out. */
int cursor_next(struct posting_cursor *c);
int cursor_seek(struct posting_cursor *c, uint32_t to);
/* Opens at a word and decodes its first block: less work where that is all. As cursor_block. */
uint32_t cursor_first(struct posting_cursor *c, const struct index_segment *g, const struct segment_word *w);
/* The next whole block into c->b; its size, 0 at the end. */
uint32_t cursor_block(struct posting_cursor *c);
/* The greatest count and the least length of what the word has in [from, *until], which
** becomes less where the block that holds `from` ends earlier; `from` is not before where
** the cursor stands. Nothing is decoded. 0 when it is not known. */
int cursor_bound(const struct posting_cursor *c, uint32_t from, uint32_t *tf, uint32_t *length,
                 uint32_t *until);
/* The same of all its blocks in [from, to]. */
int cursor_range(const struct posting_cursor *c, uint32_t from, uint32_t to, uint32_t *tf, uint32_t *length);
/* Where articles of the next block to be decoded lie; 0: there is none, or it does not say. */
int cursor_ahead(const struct posting_cursor *c, uint32_t *from, uint32_t *to);
/* Blocks not decoded yet that end below `to` are passed over. */
void cursor_skip(struct posting_cursor *c, uint32_t to);
/* ... of one block of n_blocks. */
int cursor_block_bound(const struct posting_cursor *c, uint32_t block, uint32_t *tf, uint32_t *length);

/* ---- positions.c */

/* The positions of the current posting, tf of them, into out, which has room for eight
** more. Those of the body ascend, and those of the rest, from SEGMENT_REST on. 0 or MILL_E*. */
int cursor_positions(struct posting_cursor *c, uint32_t *out);
/* A posting of any block: how many positions of the block are before its own, and how many
** of its own are in the rest. */
struct posting_spot { uint32_t block, before, rest; };
int cursor_positions_of(struct posting_cursor *c, const struct posting_spot *s, uint32_t n, uint32_t *out);
/* All of a block into c->sums: the k-th of a posting without a rest is sums[before + k + 1] -
** sums[before] - 1. c->n_sums: how many there are; 0: more than 32 bits hold, ask for each posting's. */
int cursor_sums(struct posting_cursor *c, uint32_t block);
/* The bytes that hold them, for copying; borrowed until something else is read. */
int cursor_position_bytes(struct posting_cursor *c, const unsigned char **from, size_t *n);
static inline uint32_t cursor_ordinal(const struct posting_cursor *c) { return c->b.ordinal[c->at]; }

#endif
