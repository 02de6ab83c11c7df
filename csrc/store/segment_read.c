/*
** segment_read.c - a segment opened: its articles, and its words with where their
** postings lie. A word is found by its bit, its place by the bits before it; a seam by halves.
*/
#include "segment.h"

#include "../core/alloc.h"
#include "../core/cpu.h"
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

/* Documents of one article each lie in their order. */
static void note_documents(struct index_segment *g) {
  uint32_t n = g->n_articles, k = 1;
  while (k < n && g->articles[k].doc > g->articles[k - 1].doc) k++;
  g->first_doc = n > 0 ? g->articles[0].doc : 0;
  g->last_doc = n > 0 && k == n ? g->articles[n - 1].doc : 0;
}

static int load_articles(struct index_segment *g) {
  mill_buffer b = {0};
  struct cursor c;
  struct segment_article last = {0};
  int code = load_stream(g, STREAM_ARTICLES, &b, &c);
  g->articles = mem_malloc(((size_t)g->n_articles + 1) * sizeof *g->articles);
  g->lengths = mem_malloc(((size_t)g->n_articles + 1) * sizeof *g->lengths);
  if (code == 0 && (g->articles == NULL || g->lengths == NULL)) code = MILL_ENOMEM;
  for (uint32_t k = 0; k < g->n_articles && code == 0; k++) {
    last.article = (int64_t)((uint64_t)last.article + get_varint(&c));
    uint64_t z = get_varint(&c);
    last.doc = (int64_t)((uint64_t)last.doc + (z >> 1 ^ (0 - (z & 1))));
    last.body = get_u32(&c);
    last.rest = get_u32(&c);
    g->has_rest |= last.rest > 0;
    if (c.bad || (uint64_t)last.body + last.rest > UINT32_MAX) code = MILL_ECORRUPT;
    g->articles[k] = last;
    g->lengths[k] = last.body + last.rest;
  }
  if (code == 0) note_documents(g);
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
    last.n_positions = head & 1 ? (sizes & 31) + (word < SEGMENT_SEAMS) : get_varint(&c);
    last.postings = postings;
    last.positions = positions;
    postings += last.n_postings;
    positions += last.n_positions;
    if (c.bad || word > UINT32_MAX || last.n == 0 || last.n > g->n_articles ||
        last.n_positions > g->bytes[STREAM_POSITIONS] || (word >= SEGMENT_SEAMS && last.n_positions > 0))
      code = MILL_ECORRUPT;
    g->words[k] = last;
    g->n_text += word < SEGMENT_SEAMS;
  }
  if (code == 0 && g->n_words > 0 && last.word > SEGMENT_MARK) g->seam_list = last.word - SEGMENT_MARK;
  if (code == 0 && (postings != g->bytes[STREAM_POSTINGS] || positions != g->bytes[STREAM_POSITIONS]))
    code = MILL_ECORRUPT;
  mill_buffer_free(&b);
  return code;
}

static inline uint32_t count_bits(uint64_t x) {
  x -= x >> 1 & UINT64_C(0x5555555555555555);
  x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
  return (uint32_t)(((x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F)) * UINT64_C(0x0101010101010101) >> 56);
}

/* Not where few words lie far apart: those are looked for by halves. */
static int mark_words(struct index_segment *g) {
  g->max_word = g->n_text > 0 ? g->words[g->n_text - 1].word : 0;
  size_t cells = (size_t)g->max_word / 64 + 1;
  if (cells > (size_t)g->n_text * 4 + 1024) return 0;
  if ((g->bits = mem_calloc(cells, sizeof *g->bits)) == NULL) return MILL_ENOMEM;
  for (uint32_t k = 0; k < g->n_text; k++)
    g->bits[g->words[k].word / 64].bits |= UINT64_C(1) << g->words[k].word % 64;
  for (size_t k = 1; k < cells; k++)
    g->bits[k].before = g->bits[k - 1].before + count_bits(g->bits[k - 1].bits);
  return 0;
}

int segment_open(struct index_segment *g, struct segment_store *s, int64_t id) {
  memset(g, 0, sizeof *g);
  g->store = s;
  g->id = id;
  g->avx2 = cpu_has_avx2();
  int code = load_head(g);
  if (code == 0) code = load_articles(g);
  if (code == 0) code = load_words(g);
  return code == 0 ? mark_words(g) : code;
}

void segment_free(struct index_segment *g) {
  mem_free(g->articles);
  mem_free(g->lengths);
  mem_free(g->words);
  mem_free(g->bits);
  mem_free(g->removed);
  memset(g, 0, sizeof *g);
}

static const struct segment_word *halve(const struct index_segment *g, uint32_t lo, uint32_t end,
                                        uint32_t word) {
  uint32_t hi = end;
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (g->words[mid].word < word) lo = mid + 1;
    else hi = mid;
  }
  return lo < end && g->words[lo].word == word ? &g->words[lo] : NULL;
}

const struct segment_word *segment_seam(const struct index_segment *g, uint32_t number) {
  return halve(g, g->n_text, g->n_words, SEGMENT_SEAMS + number);
}

const struct segment_word *segment_find(const struct index_segment *g, uint32_t word) {
  if (g->bits == NULL) return halve(g, 0, g->n_text, word);
  if (word > g->max_word) return NULL;
  const struct rank_bits *cell = &g->bits[word / 64];
  uint64_t bit = UINT64_C(1) << word % 64;
  return cell->bits & bit ? &g->words[cell->before + count_bits(cell->bits & (bit - 1))] : NULL;
}
