/*
** segment_read.c - a segment opened, and cursors over a word's postings.
**
** Every byte is judged: an ordinal at or above n_articles, a count that runs
** past its stream end the cursor with MILL_ECORRUPT. Buffers have 16 bytes
** behind their end, zeros, which end any number: a posting is read whole and checked
** once.
*/
#include "segment.h"

#include "../core/alloc.h"
#include "codec.h"

/* ---- opening */

static int load_head(struct index_segment *g) {
  sqlite3_stmt *s = NULL;
  static const char sql[] = "SELECT articles, words, article_bytes, word_bytes, posting_bytes,"
                            " position_bytes, removed FROM mill_segments WHERE segment = ?1";
  if (sqlite3_prepare_v2(g->store->db, sql, -1, &s, NULL) != SQLITE_OK)
    return sqlite3_errcode(g->store->db) == SQLITE_NOMEM ? MILL_ENOMEM : MILL_EIO;
  sqlite3_bind_int64(s, 1, g->id);
  int rc = sqlite3_step(s);
  int code = rc == SQLITE_ROW ? 0 : rc == SQLITE_DONE ? MILL_ECORRUPT : (rc & 0xff) == SQLITE_NOMEM
      ? MILL_ENOMEM : MILL_EIO;
  int64_t articles = sqlite3_column_int64(s, 0), words = sqlite3_column_int64(s, 1);
  for (int k = 0; k < STREAMS; k++) {
    int64_t n = sqlite3_column_int64(s, 2 + k);
    if (n < 0) code = MILL_ECORRUPT;
    g->bytes[k] = (uint64_t)n;
  }
  /* an article takes four bytes at least, a word two */
  if (articles < 0 || words < 0 || (uint64_t)articles > g->bytes[STREAM_ARTICLES] / 4 ||
      (uint64_t)words > g->bytes[STREAM_WORDS] / 2 || articles > UINT32_MAX / 8)
    code = MILL_ECORRUPT;
  g->n_articles = (uint32_t)articles;
  g->n_words = (uint32_t)words;
  size_t size = (size_t)sqlite3_column_bytes(s, 6);
  if (code == 0 && size > 0) {
    if (size != ((size_t)g->n_articles + 7) / 8) code = MILL_ECORRUPT;
    else if ((g->removed = mem_malloc(size)) == NULL) code = MILL_ENOMEM;
    else memcpy(g->removed, sqlite3_column_blob(s, 6), size);
    for (uint32_t k = 0; code == 0 && k < g->n_articles; k++)
      g->n_removed += (uint32_t)segment_is_removed(g, k);
  }
  sqlite3_finalize(s);
  return code;
}

static int load_stream(struct index_segment *g, enum segment_stream stream, mill_buffer *b,
    struct cursor *c) {
  int code = segment_bytes(g->store, g->id, stream, 0, g->bytes[stream], b);
  *c = (struct cursor){(const unsigned char *)b->bytes, (const unsigned char *)b->bytes + b->len, 0};
  return code;
}

static int load_articles(struct index_segment *g) {
  mill_buffer b = {0};
  struct cursor c;
  struct segment_article last = {0};
  int code = load_stream(g, STREAM_ARTICLES, &b, &c);
  if (code == 0 && (g->articles = mem_malloc(((size_t)g->n_articles + 1) * sizeof *g->articles)) == NULL)
    code = MILL_ENOMEM;
  for (uint32_t k = 0; k < g->n_articles && code == 0; k++) {
    last.article = (int64_t)((uint64_t)last.article + get_varint(&c));
    uint64_t z = get_varint(&c);
    last.doc = (int64_t)((uint64_t)last.doc + (z >> 1 ^ (0 - (z & 1))));
    last.body = get_u32(&c);
    last.rest = get_u32(&c);
    g->has_rest |= last.rest > 0;
    if (c.bad) code = MILL_ECORRUPT;
    g->articles[k] = last;
  }
  mill_buffer_free(&b);
  return code;
}

static int load_words(struct index_segment *g) {
  mill_buffer b = {0};
  struct cursor c;
  struct segment_word last = {0};
  uint64_t postings = 0, positions = 0;
  int code = load_stream(g, STREAM_WORDS, &b, &c);
  if (code == 0 && (g->words = mem_malloc(((size_t)g->n_words + 1) * sizeof *g->words)) == NULL)
    code = MILL_ENOMEM;
  for (uint32_t k = 0; k < g->n_words && code == 0; k++) {
    uint32_t head = get_u32(&c), sizes = head & 1 ? (uint32_t)get_byte(&c) : 0;
    uint64_t word = (uint64_t)last.word + (head >> 1) + 1;
    last.word = (uint32_t)word;
    last.n = head & 1 ? 1 : get_u32(&c);
    last.n_postings = head & 1 ? (sizes >> 5) + 1 : get_u32(&c);
    last.n_positions = head & 1 ? (sizes & 31) + 1 : get_varint(&c);
    last.postings = postings;
    last.positions = positions;
    postings += last.n_postings;
    positions += last.n_positions;
    if (c.bad || word > UINT32_MAX || last.n == 0 || last.n > g->n_articles ||
        last.n_positions > g->bytes[STREAM_POSITIONS])
      code = MILL_ECORRUPT;
    g->words[k] = last;
  }
  if (code == 0 && (postings != g->bytes[STREAM_POSTINGS] || positions != g->bytes[STREAM_POSITIONS]))
    code = MILL_ECORRUPT;
  mill_buffer_free(&b);
  return code;
}

int segment_open(struct index_segment *g, struct segment_store *s, int64_t id) {
  memset(g, 0, sizeof *g);
  g->store = s;
  g->id = id;
  int code = load_head(g);
  if (code == 0) code = load_articles(g);
  return code == 0 ? load_words(g) : code;
}

void segment_free(struct index_segment *g) {
  mem_free(g->articles);
  mem_free(g->words);
  mem_free(g->removed);
  memset(g, 0, sizeof *g);
}

const struct segment_word *segment_find(const struct index_segment *g, uint32_t word) {
  uint32_t lo = 0, hi = g->n_words;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (g->words[mid].word < word) lo = mid + 1;
    else hi = mid;
  }
  return lo < g->n_words && g->words[lo].word == word ? &g->words[lo] : NULL;
}

/* ---- cursors */

struct skip { uint32_t last, postings, positions; };

static uint32_t get_le32(const unsigned char *p) {
  return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static struct skip skip_of(const struct posting_cursor *c, uint32_t block) {
  const unsigned char *p = (const unsigned char *)c->postings.bytes + (size_t)block * 16;
  return (struct skip){get_le32(p), get_le32(p + 4), get_le32(p + 8)};
}

int cursor_open(struct posting_cursor *c, const struct index_segment *g, const struct segment_word *w) {
  c->segment = g;
  c->word = w;
  c->n_blocks = (w->n + SEGMENT_BLOCK - 1) / SEGMENT_BLOCK;
  c->block = c->n = c->at = c->placed = 0;
  c->postings.len = c->positions.len = 0;
  c->code = segment_bytes(g->store, g->id, STREAM_POSTINGS, w->postings, w->n_postings, &c->postings);
  if (c->code == 0 && c->n_blocks > 1 && w->n_postings < (uint64_t)c->n_blocks * 16) c->code = MILL_ECORRUPT;
  return c->code;
}

void cursor_free(struct posting_cursor *c) {
  mill_buffer_free(&c->postings);
  mill_buffer_free(&c->positions);
}

static int fail(struct posting_cursor *c) {
  c->code = MILL_ECORRUPT;
  c->block = c->n_blocks;
  c->n = c->at = 0;
  return 0;
}

/* Decodes block c->block and moves behind it. */
static uint32_t decode(struct posting_cursor *c) {
  const unsigned char *base = (const unsigned char *)c->postings.bytes, *p = base,
      *end = base + c->postings.len;
  uint32_t n = c->word->n - c->block * SEGMENT_BLOCK, ordinal = UINT32_MAX, head;
  if (n > SEGMENT_BLOCK) n = SEGMENT_BLOCK;
  if (c->n_blocks > 1) {
    struct skip before = c->block > 0 ? skip_of(c, c->block - 1) : (struct skip){.last = UINT32_MAX};
    base += (size_t)c->n_blocks * 16;
    if (before.postings > (size_t)(end - base)) return (uint32_t)fail(c);
    p = base + before.postings;
    ordinal = before.last;
  }
  for (uint32_t k = 0; k < n; k++) {
    if (p >= end) return (uint32_t)fail(c);
    p = read_code(p, &head);
    ordinal += (head >> 2) + 1;
    c->b.ordinal[k] = ordinal;
    c->b.tf[k] = (head & 3) + 1;
    c->b.rest[k] = 0;
    if ((head & 3) == 3) {
      p = read_code(p, &head);
      c->b.tf[k] = head >> 1;
      if (head & 1) p = read_code(p, &c->b.rest[k]);
    }
    if (ordinal >= c->segment->n_articles || c->b.tf[k] == 0 || c->b.tf[k] > SEGMENT_REST / 2 ||
        c->b.rest[k] > c->b.tf[k])
      return (uint32_t)fail(c);
  }
  if (p > end) return (uint32_t)fail(c);
  c->n = n;
  c->at = 0;
  c->block++;
  return n;
}

int cursor_block_bound(const struct posting_cursor *c, uint32_t block, uint32_t *tf, uint32_t *length) {
  if (c->n_blocks <= 1) return 0;
  uint32_t x = get_le32((const unsigned char *)c->postings.bytes + (size_t)block * 16 + 12);
  *tf = x & 0xffff;
  *length = x >> 16;
  return *tf < 0xffff;
}

/* The first block at or behind `block` that ends at or above `to`: gallop, then halve. */
static uint32_t find_block(const struct posting_cursor *c, uint32_t block, uint32_t to) {
  if (block >= c->n_blocks || skip_of(c, block).last >= to) return block;
  uint32_t lo = block, step = 1; /* ends below */
  while (lo + step < c->n_blocks && skip_of(c, lo + step).last < to) lo += step, step *= 2;
  uint32_t hi = lo + step < c->n_blocks ? lo + step : c->n_blocks;
  while (lo + 1 < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (skip_of(c, mid).last < to) lo = mid;
    else hi = mid;
  }
  return hi;
}

int cursor_bound(const struct posting_cursor *c, uint32_t from, uint32_t *tf, uint32_t *length,
    uint32_t *until) {
  if (c->n_blocks <= 1) return 0;
  int here = c->n > 0 && c->b.ordinal[c->n - 1] >= from;
  uint32_t block = here ? c->block - 1 : find_block(c, c->block, from);
  if (block >= c->n_blocks) return *tf = 0, *length = 1, 1;
  uint32_t last = skip_of(c, block).last;
  if (last < *until) *until = last;
  return cursor_block_bound(c, block, tf, length);
}

uint32_t cursor_block(struct posting_cursor *c) {
  if (c->code < 0 || c->block >= c->n_blocks) return c->n = 0;
  return decode(c);
}

int cursor_next(struct posting_cursor *c) {
  if (c->at + 1 < c->n) return c->at++, 1;
  return cursor_block(c) > 0;
}

int cursor_seek(struct posting_cursor *c, uint32_t to) {
  if (c->n > 0 && c->b.ordinal[c->at] >= to) return 1;
  if (c->n == 0 || c->b.ordinal[c->n - 1] < to) {
    if (c->code < 0) return 0;
    if (c->n_blocks > 1) c->block = find_block(c, c->block, to);
    if (cursor_block(c) == 0) return 0;
  }
  uint32_t lo = c->at, step = 1, last = c->n - 1;
  while (lo + step < last && c->b.ordinal[lo + step] < to) lo += step, step *= 2;
  while (c->b.ordinal[lo] < to && lo < last) lo++; /* at most as many as were jumped over */
  c->at = lo;
  return c->b.ordinal[lo] >= to;
}

/* ---- positions */

/* Those of the current block, lazily: most queries never ask. */
static int load_positions(struct posting_cursor *c) {
  uint32_t block = c->block - 1;
  uint64_t from = 0, to = c->word->n_positions;
  if (c->n_blocks > 1) {
    if (block > 0) from = skip_of(c, block - 1).positions;
    to = skip_of(c, block).positions;
  }
  if (from > to || to > c->word->n_positions) return MILL_ECORRUPT;
  if (c->positions.len == 0 || from < c->held || to > c->held + c->positions.len) {
    uint64_t end = c->word->positions + to, last = c->word->positions + c->word->n_positions;
    end = (end + SEGMENT_CHUNK - 1) / SEGMENT_CHUNK * SEGMENT_CHUNK; /* a row is read but once */
    if (end > last) end = last;
    c->positions.len = 0;
    int code = segment_bytes(c->segment->store, c->segment->id, STREAM_POSITIONS, c->word->positions + from,
                             end - c->word->positions - from, &c->positions);
    if (code < 0) return c->positions.len = 0, code;
    c->held = from;
  }
  c->placed = c->block;
  c->place = (const unsigned char *)c->positions.bytes + (from - c->held);
  c->place_at = 0;
  return 0;
}

/* Moves to those of the current posting; where they begin, or NULL (c->code). */
static const unsigned char *place(struct posting_cursor *c) {
  if (c->placed != c->block || c->place_at > c->at)
    if ((c->code = load_positions(c)) < 0) return NULL;
  const unsigned char *end = (const unsigned char *)c->positions.bytes + c->positions.len;
  uint64_t skip = 0;
  while (c->place_at < c->at) skip += c->b.tf[c->place_at++];
  c->place = skip_codes(c->place, end, skip);
  if (c->place == NULL || c->b.tf[c->at] > (size_t)(end - c->place)) {
    c->code = MILL_ECORRUPT;
    c->placed = 0;
    return NULL;
  }
  return c->place;
}

int cursor_positions(struct posting_cursor *c, uint32_t *out) {
  const unsigned char *p = place(c);
  uint32_t next = 0, delta;
  if (p == NULL) return c->code;
  for (uint32_t k = 0, n = c->b.tf[c->at], rest = n - c->b.rest[c->at]; k < n; k++) {
    if (k == rest) next = SEGMENT_REST;
    p = read_code(p, &delta);
    out[k] = next + delta;
    next = out[k] + 1;
    if (p > (const unsigned char *)c->positions.bytes + c->positions.len) return c->code = MILL_ECORRUPT;
  }
  return 0;
}

int cursor_position_bytes(struct posting_cursor *c, const unsigned char **from, size_t *n) {
  if ((*from = place(c)) == NULL) return c->code;
  const unsigned char *end = (const unsigned char *)c->positions.bytes + c->positions.len;
  end = skip_codes(*from, end, c->b.tf[c->at]);
  if (end == NULL) return c->code = MILL_ECORRUPT;
  *n = (size_t)(end - *from);
  return 0;
}
