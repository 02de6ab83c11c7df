/*
** segment_write.c - the encoder of a segment: word by word, the streams leaving in chunks
** of a page. Parts, of words behind those of others, are encoded in memory and joined:
** all that a word says is relative to where the word's own bytes begin.
*/
#include "segment.h"

#include "../core/alloc.h"
#include "codec.h"
#include "dense.h"

#define CHUNK SEGMENT_CHUNK

/* ---- streams */

static int put_chunk(struct segment_writer *w, enum segment_stream stream, uint64_t chunk,
                     const char *bytes, size_t n) {
  sqlite3_stmt *s = w->store->put;
  if (chunk >> 26 != 0) return MILL_ELIMIT;
  sqlite3_bind_int64(s, 1, segment_chunk_number(w->segment, stream, chunk));
  sqlite3_bind_blob(s, 2, bytes, (int)n, SQLITE_STATIC);
  int code = sqlite3_step(s) == SQLITE_DONE ? 0 : segment_failed(w->store);
  sqlite3_reset(s);
  return code;
}

/* Hands over full chunks, and at last the rest. A part keeps what it has. */
static void flush(struct segment_writer *w, enum segment_stream stream, int all) {
  struct stream_writer *t = &w->streams[stream];
  size_t at = 0;
  if (t->bytes.error) w->code = MILL_ENOMEM;
  if (w->store == NULL) return;
  while (w->code == 0 && (t->bytes.len - at >= CHUNK || (all && at < t->bytes.len))) {
    size_t n = t->bytes.len - at < CHUNK ? t->bytes.len - at : CHUNK;
    w->code = put_chunk(w, stream, (t->flushed + at) / CHUNK, t->bytes.bytes + at, n);
    at += n;
  }
  if (at == 0) return;
  memmove(t->bytes.bytes, t->bytes.bytes + at, t->bytes.len - at);
  t->bytes.len -= at;
  t->flushed += at;
}

static uint64_t length_of(const struct stream_writer *t) { return t->flushed + t->bytes.len; }

static void flush_when_long(struct segment_writer *w, enum segment_stream stream) {
  if (!w->whole && w->streams[stream].bytes.len >= 64 * CHUNK) flush(w, stream, 0);
}

/* ---- the encoder */

int segment_begin(struct segment_writer *w, struct segment_store *s, int level) {
  memset(w, 0, sizeof *w);
  w->store = s;
  w->code = segment_prepare(s, &s->put, "INSERT OR REPLACE INTO mill_postings(chunk, data) VALUES(?1, ?2)");
  if (w->code == 0)
    w->code = segment_prepare(s, &s->add,
                              "INSERT OR REPLACE INTO mill_segments(segment, level, articles, tokens, words,"
                              " article_bytes, word_bytes, posting_bytes, position_bytes)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  if (w->code < 0) return w->code;
  sqlite3_bind_null(s->add, 1); /* takes the number; the rest is told at the end */
  sqlite3_bind_int(s->add, 2, level);
  for (int k = 3; k <= 9; k++) sqlite3_bind_int(s->add, k, 0);
  w->code = sqlite3_step(s->add) == SQLITE_DONE ? 0 : segment_failed(s);
  sqlite3_reset(s->add);
  w->segment = sqlite3_last_insert_rowid(s->db);
  w->min_length = UINT32_MAX;
  return w->code;
}

void segment_put_article(struct segment_writer *w, int64_t article, int64_t doc, uint32_t body,
                         uint32_t rest) {
  mill_buffer *b = &w->streams[STREAM_ARTICLES].bytes;
  if (w->code < 0) return;
  if (mill_grow(&w->lengths, &w->lengths_capacity, (size_t)w->n_articles + 1, sizeof *w->lengths) < 0) {
    w->code = MILL_ENOMEM;
    return;
  }
  int64_t doc_delta = doc - w->last_doc; /* seldom negative: an article put in anew */
  put_varint(b, (uint64_t)(article - w->last_article));
  put_varint(b, (uint64_t)doc_delta << 1 ^ (uint64_t)(doc_delta >> 63));
  put_varint(b, body);
  put_varint(b, rest);
  w->last_article = article;
  w->last_doc = doc;
  w->lengths[w->n_articles++] = body + rest;
  w->tokens += (uint64_t)body + rest;
  flush_when_long(w, STREAM_ARTICLES);
}

static void put_u32(mill_buffer *b, uint32_t x) {
  for (int k = 0; k < 4; k++) mill_buffer_byte(b, (int)(x >> 8 * k & 0xff));
}

/* What the block that ends here says of itself. */
static void put_skip(struct segment_writer *w, uint32_t dense) {
  uint32_t tf = w->max_tf < 0xffff ? w->max_tf : 0xffff;
  uint32_t length = w->min_length < 0xffff ? w->min_length : 0xffff;
  put_u32(&w->skips, w->last);
  put_u32(&w->skips, (uint32_t)w->postings.len | dense);
  put_u32(&w->skips, (uint32_t)(length_of(&w->streams[STREAM_POSITIONS]) - w->positions));
  put_u32(&w->skips, tf | length << 16);
  w->max_tf = 0;
  w->min_length = UINT32_MAX;
}

/* The postings held, as numbers. */
static unsigned char *write_numbers(const struct cursor_block *b, uint32_t n, uint32_t first,
                                    unsigned char *p) {
  for (uint32_t k = 0; k < n; k++) {
    uint32_t simple = b->rest[k] == 0 && b->tf[k] <= 3;
    p = write_code(p, (b->ordinal[k] - first) << 2 | (simple ? b->tf[k] - 1 : 3));
    if (!simple) p = write_code(p, b->tf[k] << 1 | (b->rest[k] > 0));
    if (b->rest[k] > 0) p = write_code(p, b->rest[k]);
    first = b->ordinal[k] + 1;
  }
  return p;
}

/* Writes what is held. skips: the word has them. */
static void put_block(struct segment_writer *w, int skips) {
  uint32_t n = w->held, first = w->n == n ? 0 : w->last + 1;
  size_t size;
  w->held = 0;
  if (!mill_buffer_reserve(&w->postings, 2 * ((size_t)n * 3 * CODE_MOST + DENSE_SPARE))) return;
  unsigned char *start = (unsigned char *)w->postings.bytes + w->postings.len;
  unsigned char *end = write_numbers(&w->b, n, first, start);
  size_t dense = skips ? dense_write(&w->b, n, first, end, (size_t)(end - start)) : 0;
  if (dense > 0) memmove(start, end, dense);
  size = dense > 0 ? dense : (size_t)(end - start);
  w->postings.len += size;
  w->last = w->b.ordinal[n - 1];
  if (skips) put_skip(w, dense > 0 ? SEGMENT_DENSE : 0);
}

void segment_put_posting(struct segment_writer *w, uint32_t ordinal, uint32_t tf, uint32_t rest) {
  if (w->n == 0) w->positions = length_of(&w->streams[STREAM_POSITIONS]);
  else if (w->held == SEGMENT_BLOCK) put_block(w, 1);
  w->b.ordinal[w->held] = ordinal;
  w->b.tf[w->held] = tf;
  w->b.rest[w->held++] = rest;
  if (tf > w->max_tf) w->max_tf = tf;
  if (w->lengths[ordinal] < w->min_length) w->min_length = w->lengths[ordinal];
  w->n++;
}

void segment_put_positions(struct segment_writer *w, const void *bytes, size_t n) {
  mill_buffer_append(&w->streams[STREAM_POSITIONS].bytes, bytes, n);
}

/* Most words stand in one article: two bytes say all of them. Seams have no positions. */
static void put_entry(const struct segment_writer *w, mill_buffer *out, uint32_t delta) {
  uint64_t postings = w->skips.len + w->postings.len;
  uint64_t positions = length_of(&w->streams[STREAM_POSITIONS]) - w->positions;
  int few = w->n == 1 && postings <= 8 && positions <= 32;
  put_varint(out, (uint64_t)delta << 1 | (uint64_t)few);
  if (few) {
    mill_buffer_byte(out, (int)((postings - 1) << 5 | (positions > 0 ? positions - 1 : 0)));
    return;
  }
  put_varint(out, w->n);
  put_varint(out, postings);
  put_varint(out, positions);
}

void segment_put_word(struct segment_writer *w, uint32_t word) {
  mill_buffer *dictionary = &w->streams[STREAM_WORDS].bytes;
  mill_buffer *postings = &w->streams[STREAM_POSTINGS].bytes;
  if (w->n == 0) return;
  put_block(w, w->n > SEGMENT_BLOCK);
  put_entry(w, dictionary, word - w->last_word - 1);
  mill_buffer_append(postings, w->skips.bytes, w->skips.len);
  mill_buffer_append(postings, w->postings.bytes, w->postings.len);
  if (w->skips.error || w->postings.error) w->code = MILL_ENOMEM;
  w->skips.len = w->postings.len = 0;
  w->n = w->max_tf = 0;
  w->min_length = UINT32_MAX;
  w->last_word = word;
  w->n_words++;
  flush_when_long(w, STREAM_WORDS);
  flush_when_long(w, STREAM_POSTINGS);
  flush_when_long(w, STREAM_POSITIONS);
}

void segment_put_mark(struct segment_writer *w, uint32_t list) {
  if (list == 0 || w->code < 0 || w->n_articles == 0) return;
  segment_put_posting(w, 0, 1, 0);
  segment_put_word(w, SEGMENT_MARK + list);
}

static void describe(struct segment_writer *w) {
  static const char sql[] =
      "UPDATE mill_segments SET articles = ?2, tokens = ?3, words = ?4, article_bytes = ?5,"
      " word_bytes = ?6, posting_bytes = ?7, position_bytes = ?8 WHERE segment = ?1";
  sqlite3_stmt *s = NULL;
  if ((w->code = segment_prepare(w->store, &s, sql)) < 0) return;
  sqlite3_bind_int64(s, 1, w->segment);
  sqlite3_bind_int64(s, 2, w->n_articles);
  sqlite3_bind_int64(s, 3, (int64_t)w->tokens);
  sqlite3_bind_int64(s, 4, w->n_words);
  for (int k = 0; k < STREAMS; k++) sqlite3_bind_int64(s, 5 + k, (int64_t)w->streams[k].flushed);
  if (sqlite3_step(s) != SQLITE_DONE) w->code = segment_failed(w->store);
  sqlite3_finalize(s);
}

static void free_buffers(struct segment_writer *w) {
  for (int k = 0; k < STREAMS; k++) mill_buffer_free(&w->streams[k].bytes);
  mill_buffer_free(&w->postings);
  mill_buffer_free(&w->skips);
}

int segment_end(struct segment_writer *w) {
  for (int k = 0; k < STREAMS; k++) flush(w, (enum segment_stream)k, 1);
  if (w->code == 0) describe(w);
  free_buffers(w);
  mem_free(w->lengths);
  w->lengths = NULL;
  return w->code;
}

/* ---- parts */

void segment_begin_part(struct segment_writer *part, const struct segment_writer *w, uint32_t last_word) {
  *part = (struct segment_writer){.lengths = w->lengths, .n_articles = w->n_articles, .last_word = last_word,
                                  .min_length = UINT32_MAX};
}

void segment_join(struct segment_writer *w, struct segment_writer *part) {
  for (int k = STREAM_WORDS; k < STREAMS; k++) {
    const mill_buffer *b = &part->streams[k].bytes;
    if (b->error) part->code = MILL_ENOMEM;
    mill_buffer_append(&w->streams[k].bytes, b->bytes, b->len);
  }
  w->n_words += part->n_words;
  w->last_word = part->last_word;
  if (w->code == 0) w->code = part->code;
  free_buffers(part);
}
