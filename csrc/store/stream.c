/*
** stream.c - all words of the bodies in a row, as statistics want them.
**
**   forward blobs   设立 卡点 14 个 。 全镇 ...   + blocks
**   stream          17 203 64 9 0 511 ...         0: a sentence or block ends
**   segments        {doc 1, article 0, from 0} {doc 1, article 1, from 9120} ...
**
** Blanks and signs are left out, captions, keyword lists and boilerplate too: as in
** the index's column body. It is made at the first call (4 bytes a word) and kept by
** the corpus until something is written. Lists of places (4 bytes more) and documents
** of each word are made at the first question that is about a word.
*/
#include "stream.h"

enum { IS_WORD = 1, IS_END = 2 };

void stream_free(struct stream *s) {
  if (s == NULL) return;
  mem_free(s->ids);
  mem_free(s->segments);
  mem_free(s->counts);
  mem_free(s->docs);
  mem_free(s->places);
  mem_free(s->first);
  mem_free(s);
}

/* ---- making */

struct loading {
  mill_corpus *c; struct stream *s;
  uint8_t *flags; uint32_t n_flags;
  struct layout layout;
  uint32_t *ids; uint32_t capacity;
};

/* Marks that end a sentence, as folding leaves them. */
static int is_end(const struct vocab *v, uint32_t id) {
  static const char *const ends[] = {"\xe3\x80\x82", "!", "?", ";", ".", "\xe2\x80\xa6"};
  size_t n;
  const char *s = vocab_text(v, id, &n);
  if (v->words[id].kind == MILL_KIND_BREAK) return 1;
  for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
    if (n == strlen(ends[k]) && memcmp(s, ends[k], n) == 0) return 1;
  return 0;
}

static int make_flags(struct loading *l) {
  const struct vocab *v = &l->c->words;
  if ((l->flags = mem_calloc((size_t)v->n + 1, 1)) == NULL) return MILL_ENOMEM;
  for (uint32_t id = 1; id <= v->n; id++)
    l->flags[id] = vocab_indexed(v, id) ? IS_WORD : is_end(v, id) ? IS_END : 0;
  return 0;
}

static int put(struct stream *s, uint32_t id) {
  if (id == 0 && (s->n == 0 || s->ids[s->n - 1] == 0)) return 0;
  if (mill_grow(&s->ids, &s->capacity, (size_t)s->n + 1, sizeof *s->ids) < 0) return MILL_ENOMEM;
  s->ids[s->n++] = id;
  return 0;
}

static int open_segment(struct stream *s, int64_t doc, uint32_t article) {
  if (put(s, 0) < 0) return MILL_ENOMEM;
  if (mill_grow(&s->segments, &s->segment_capacity, (size_t)s->n_segments + 2, sizeof *s->segments) < 0)
    return MILL_ENOMEM;
  s->segments[s->n_segments++] = (struct segment){doc, article, s->n};
  return 0;
}

static int put_tokens(struct loading *l, int64_t doc, uint32_t n) {
  const struct vocab *v = &l->c->words;
  uint32_t hint = 0, last = MILL_NONE, article = MILL_NONE;
  size_t at = 0;
  for (uint32_t k = 0; k < n; k++) {
    uint32_t id = l->ids[k], b = layout_block_at(&l->layout, (uint32_t)at, &hint);
    at += v->words[id].len;
    if (at > MILL_MAX_BYTES) return MILL_ECORRUPT;
    if (b != MILL_NONE && layout_is_rest(&l->layout.blocks[b].block)) continue;
    uint32_t here = b != MILL_NONE ? l->layout.blocks[b].block.article : 0;
    if (here != article && open_segment(l->s, doc, article = here) < 0) return MILL_ENOMEM;
    if ((b != last || l->flags[id] == IS_END) && put(l->s, 0) < 0) return MILL_ENOMEM;
    last = b;
    if (l->flags[id] == IS_WORD && put(l->s, id) < 0) return MILL_ENOMEM;
  }
  return 0;
}

static int load_document(struct loading *l, sqlite3_stmt *q) {
  const void *tokens = sqlite3_column_blob(q, 1), *layout = sqlite3_column_blob(q, 2);
  size_t n_tokens = (size_t)sqlite3_column_bytes(q, 1), n_layout = (size_t)sqlite3_column_bytes(q, 2);
  int64_t n = forward_count(tokens, n_tokens);
  if (n < 0) return MILL_ECORRUPT;
  if (mill_grow(&l->ids, &l->capacity, (size_t)n + 1, sizeof *l->ids) < 0) return MILL_ENOMEM;
  int code = forward_ids(tokens, n_tokens, &l->c->words, l->ids);
  if (code == 0) code = layout_decode(layout, n_layout, &l->layout);
  return code == 0 ? put_tokens(l, sqlite3_column_int64(q, 0), (uint32_t)n) : code;
}

static int load_all(struct loading *l, mill_error *err) {
  mill_corpus *c = l->c;
  sqlite3_stmt *q = NULL;
  int code = 0, rc = sqlite3_prepare_v2(c->db, "SELECT doc, tokens, layout FROM mill_forward ORDER BY doc",
                                        -1, &q, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "counting words", err);
  while (code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW) {
    code = load_document(l, q);
    if (code == MILL_ENOMEM) mill_fail_memory(err);
    else if (code < 0) mill_fail(err, code, 0, "document %lld: its tokens are damaged",
                                 (long long)sqlite3_column_int64(q, 0));
  }
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(c, rc, "counting words", err);
  sqlite3_finalize(q);
  if (code == 0 && open_segment(l->s, 0, 0) < 0) code = mill_fail_memory(err);
  if (code == 0) l->s->n_segments--; /* only its beginning counts */
  return code;
}

static int count_all(mill_corpus *c, struct stream *s) {
  if ((s->counts = mem_calloc((size_t)c->words.n + 1, sizeof *s->counts)) == NULL) return MILL_ENOMEM;
  for (uint32_t k = 0; k < s->n; k++) s->counts[s->ids[k]]++;
  s->counts[0] = 0;
  for (uint32_t id = 1; id <= c->words.n; id++) s->total += s->counts[id];
  return 0;
}

int stream_get(mill_corpus *c, const struct stream **out, mill_error *err) {
  int64_t version = sql_data_version(c);
  int changes = sqlite3_total_changes(c->db);
  struct stream *s = c->stream;
  *out = s;
  if (s != NULL && s->version == version && s->changes == changes && s->epoch == c->user_epoch &&
      s->known == c->words.n)
    return 0;
  stream_free(s);
  c->stream = NULL;
  s = mem_calloc(1, sizeof *s);
  struct loading l = {.c = c, .s = s};
  int code = s == NULL || make_flags(&l) < 0 ? mill_fail_memory(err) : load_all(&l, err);
  mem_free(l.flags);
  mem_free(l.ids);
  layout_free(&l.layout);
  if (code == 0 && count_all(c, s) < 0) code = mill_fail_memory(err);
  if (code < 0) return stream_free(s), code;
  s->version = version, s->changes = changes, s->epoch = c->user_epoch, s->known = c->words.n;
  *out = c->stream = s;
  return 0;
}

/* ---- places */

#define MOST_PLACES (UINT32_C(1) << 27) /* words: lists of 512 MB */

/* A counting sort of the stream. */
static int make_places(struct stream *s, uint32_t n_words) {
  uint32_t *first = mem_malloc(((size_t)n_words + 2) * sizeof *first), at = 0;
  uint32_t *places = mem_malloc((size_t)(s->total + 1) * sizeof *places);
  if (first == NULL || places == NULL) {
    mem_free(first);
    mem_free(places);
    return MILL_ENOMEM;
  }
  first[0] = first[1] = 0; /* of id while filling: where its next goes, in first[id + 1] */
  for (uint32_t id = 1; id <= n_words; id++) first[id + 1] = at, at += s->counts[id];
  for (uint32_t k = 0; k < s->n; k++)
    if (s->ids[k] != 0) places[first[s->ids[k] + 1]++] = k;
  s->first = first;
  s->places = places;
  return 0;
}

struct list { const uint32_t *at; uint32_t n; };

/* The lists of a node's words; more than `most` words or places: 0, else how many lists. */
static uint32_t lists_of(const struct stream *s, const struct pattern_node *p, struct list *lists,
                         uint32_t most, uint64_t most_places) {
  uint32_t n = 0;
  uint64_t sum = 0;
  for (uint32_t id = 1; id <= p->n && id <= s->known; id++) {
    if (p->whole[id / 8] == 0 && p->begin[id / 8] == 0) {
      id |= 7;
      continue;
    }
    if (s->counts[id] == 0 || !((p->whole[id / 8] | p->begin[id / 8]) >> id % 8 & 1)) continue;
    if (n == most || (sum += s->counts[id]) > most_places) return 0;
    lists[n++] = (struct list){s->places + s->first[id], s->counts[id]};
  }
  return n;
}

static void merge(struct list a, struct list b, uint32_t *out) {
  uint32_t i = 0, j = 0;
  while (i < a.n && j < b.n) *out++ = a.at[i] < b.at[j] ? a.at[i++] : b.at[j++];
  if (i < a.n) memcpy(out, a.at + i, (a.n - i) * sizeof *out);
  if (j < b.n) memcpy(out, b.at + j, (b.n - j) * sizeof *out);
}

/* Pairs of lists become one, until one is left. It lies in room, which has two halves. */
static struct list merge_all(struct list *lists, uint32_t n, uint32_t *room, uint64_t half) {
  for (int side = 0; n > 1; side = !side) {
    uint32_t *out = room + (side ? half : 0), left = 0;
    for (uint32_t k = 0; k < n; k += 2) {
      struct list none = {NULL, 0}, b = k + 1 < n ? lists[k + 1] : none;
      merge(lists[k], b, out);
      lists[left++] = (struct list){out, lists[k].n + b.n};
      out += lists[left - 1].n;
    }
    n = left;
  }
  return lists[0];
}

int stream_places(mill_corpus *c, const struct pattern_node *p, const uint32_t **places, uint32_t **owned,
                  uint32_t *n) {
  enum { MOST_LISTS = 64 };
  struct stream *s = c->stream;
  struct list lists[MOST_LISTS];
  uint64_t half = 0;
  *places = *owned = NULL;
  *n = 0;
  if (s->total > MOST_PLACES) return 0;
  if (s->places == NULL && make_places(s, s->known) < 0) return MILL_ENOMEM;
  uint32_t n_lists = lists_of(s, p, lists, MOST_LISTS, s->total / 8);
  if (n_lists == 0) return 0;
  for (uint32_t k = 0; k < n_lists; k++) half += lists[k].n;
  if (n_lists > 1 && (*owned = mem_malloc(2 * half * sizeof **owned)) == NULL) return MILL_ENOMEM;
  struct list all = n_lists > 1 ? merge_all(lists, n_lists, *owned, half) : lists[0];
  *places = all.at;
  *n = all.n;
  return 0;
}

/* ---- counting */

/* Words of the scope into count[id], their documents into in[id]; last: room for n ids, zeroed. */
static void count_scope(const struct stream *s, const mill_scope *scope, uint32_t *count, uint32_t *in,
                        uint32_t *last) {
  uint32_t number = 0;
  for (uint32_t g = 0; g < s->n_segments; g++) {
    const struct segment *x = &s->segments[g];
    if (g == 0 || x->doc != x[-1].doc) number = g + 1; /* names the document */
    if (!scope_has(scope, x->doc, x->article)) continue;
    for (uint32_t k = x->from; k < x[1].from; k++) {
      uint32_t id = s->ids[k];
      count[id]++;
      if (in != NULL && last[id] != number) last[id] = number, in[id]++;
    }
  }
}

/* Everything's counts are kept, documents once they were asked for. */
static int count_whole(mill_corpus *c, const struct stream *s, size_t n, uint32_t *count, uint32_t *in,
                       uint32_t *last) {
  if (in == NULL || s->docs != NULL) {
    memcpy(count, s->counts, n * sizeof *count);
    if (in != NULL) memcpy(in, s->docs, n * sizeof *in);
    return 0;
  }
  count_scope(s, NULL, count, in, last);
  if ((c->stream->docs = mem_malloc(n * sizeof *in)) == NULL) return MILL_ENOMEM;
  memcpy(c->stream->docs, in, n * sizeof *in);
  return 0;
}

int stream_count(mill_corpus *c, const struct stream *s, uint32_t **counts, uint32_t **docs,
                 uint64_t *total, mill_error *err) {
  size_t n = (size_t)c->words.n + 1;
  uint32_t *count = mem_calloc(n, sizeof *count), *last = NULL, *in = NULL;
  *total = 0;
  if (docs != NULL) last = mem_calloc(n, sizeof *last), in = mem_calloc(n, sizeof *in);
  int code = count == NULL || (docs != NULL && (last == NULL || in == NULL)) ? MILL_ENOMEM : 0;
  if (code == 0 && c->scope == NULL) code = count_whole(c, s, n, count, in, last);
  else if (code == 0) count_scope(s, c->scope, count, in, last);
  if (code < 0) {
    mem_free(count);
    mem_free(last);
    mem_free(in);
    return mill_fail_memory(err);
  }
  count[0] = 0;
  for (size_t id = 1; id < n; id++) *total += count[id];
  mem_free(last);
  *counts = count;
  if (docs != NULL) *docs = in;
  return 0;
}
