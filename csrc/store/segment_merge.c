/*
** segment_merge.c - several segments into one.
**
**   articles   those not removed of all segments, by number -> new ordinals
**   words      of all segments in ascending order; for each its postings with
**              new ordinals (sorted when articles of the segments interlace),
**              positions copied as they are
*/
#include "segment.h"

#include "../core/alloc.h"

struct live { int64_t article; uint32_t segment, ordinal; };
struct moved { uint32_t ordinal, tf, rest; size_t from, n; }; /* positions: bytes [from, from+n) */

struct merging {
  const struct index_segment *const *from; uint32_t n;
  struct live *live; uint32_t n_live;
  uint32_t **ordinals;                   /* [segment][old]: the new one, MILL_NONE removed */
  uint32_t *at;                          /* [segment]: its next word */
  struct moved *postings; uint32_t n_postings, capacity;
  mill_buffer positions;
  struct posting_cursor *cursor;
};

static int by_article(const void *a, const void *b) {
  const struct live *x = a, *y = b;
  return x->article < y->article ? -1 : x->article > y->article;
}

static int by_ordinal(const void *a, const void *b) {
  const struct moved *x = a, *y = b;
  return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

/* Every array; the articles in their new order. */
static int number_articles(struct merging *m) {
  size_t total = 0;
  for (uint32_t k = 0; k < m->n; k++) total += m->from[k]->n_articles;
  m->live = mem_malloc((total + 1) * sizeof *m->live);
  m->ordinals = mem_calloc(m->n, sizeof *m->ordinals);
  m->at = mem_calloc(m->n, sizeof *m->at);
  m->cursor = mem_calloc(1, sizeof *m->cursor);
  if (m->live == NULL || m->ordinals == NULL || m->at == NULL || m->cursor == NULL) return MILL_ENOMEM;
  for (uint32_t k = 0; k < m->n; k++) {
    const struct index_segment *g = m->from[k];
    if ((m->ordinals[k] = mem_malloc(((size_t)g->n_articles + 1) * sizeof **m->ordinals)) == NULL)
      return MILL_ENOMEM;
    for (uint32_t a = 0; a < g->n_articles; a++) {
      m->ordinals[k][a] = MILL_NONE;
      if (!segment_is_removed(g, a)) m->live[m->n_live++] = (struct live){g->articles[a].article, k, a};
    }
  }
  if (m->n_live > 0) qsort(m->live, m->n_live, sizeof *m->live, by_article);
  for (uint32_t k = 0; k < m->n_live; k++) m->ordinals[m->live[k].segment][m->live[k].ordinal] = k;
  return 0;
}

static int take_posting(struct merging *m, uint32_t ordinal) {
  struct posting_cursor *c = m->cursor;
  const unsigned char *bytes = NULL;
  size_t n = 0;
  int code = c->word->word < SEGMENT_SEAMS ? cursor_position_bytes(c, &bytes, &n) : 0;
  if (code < 0) return code;
  if (mill_grow(&m->postings, &m->capacity, (size_t)m->n_postings + 1, sizeof *m->postings) < 0)
    return MILL_ENOMEM;
  m->postings[m->n_postings++] =
      (struct moved){ordinal, c->b.tf[c->at], c->b.rest[c->at], m->positions.len, n};
  if (n > 0) mill_buffer_append(&m->positions, bytes, n);
  return m->positions.error ? MILL_ENOMEM : 0;
}

static int take_word(struct merging *m, uint32_t segment) {
  const struct index_segment *g = m->from[segment];
  int code = cursor_open(m->cursor, g, &g->words[m->at[segment]]);
  while (code == 0 && cursor_next(m->cursor)) {
    uint32_t ordinal = m->ordinals[segment][cursor_ordinal(m->cursor)];
    if (ordinal != MILL_NONE) code = take_posting(m, ordinal);
  }
  return code == 0 ? m->cursor->code : code;
}

static void put_word(struct merging *m, struct segment_writer *w, uint32_t word) {
  int sorted = 1;
  for (uint32_t k = 1; k < m->n_postings; k++) sorted &= m->postings[k - 1].ordinal < m->postings[k].ordinal;
  if (!sorted) qsort(m->postings, m->n_postings, sizeof *m->postings, by_ordinal);
  for (uint32_t k = 0; k < m->n_postings; k++) {
    const struct moved *p = &m->postings[k];
    segment_put_posting(w, p->ordinal, p->tf, p->rest);
    if (p->n > 0) segment_put_positions(w, m->positions.bytes + p->from, p->n);
  }
  segment_put_word(w, word);
}

/* The least word not yet taken, 0: none (words begin at 1). */
static uint32_t next_word(const struct merging *m) {
  uint32_t word = 0;
  for (uint32_t k = 0; k < m->n; k++)
    if (m->at[k] < m->from[k]->n_words && (word == 0 || m->from[k]->words[m->at[k]].word < word))
      word = m->from[k]->words[m->at[k]].word;
  return word;
}

/* The list of seams that all segments have; 0: what some of them have would not be all. */
static uint32_t common_list(const struct merging *m) {
  uint32_t list = m->from[0]->seam_list;
  for (uint32_t k = 1; k < m->n; k++) list = m->from[k]->seam_list == list ? list : 0;
  return list;
}

static int merge_words(struct merging *m, struct segment_writer *w) {
  uint32_t list = common_list(m), end = list != 0 ? SEGMENT_MARK : SEGMENT_SEAMS;
  int code = 0;
  for (uint32_t word; code == 0 && w->code == 0 && (word = next_word(m)) != 0 && word < end;) {
    m->n_postings = 0;
    m->positions.len = 0;
    for (uint32_t k = 0; k < m->n && code == 0; k++) {
      if (m->at[k] >= m->from[k]->n_words || m->from[k]->words[m->at[k]].word != word) continue;
      code = take_word(m, k);
      m->at[k]++;
    }
    if (code == 0) put_word(m, w, word);
  }
  if (code == 0) segment_put_mark(w, list);
  return code;
}

static int write_merged(struct merging *m, struct segment_store *s, int level, int64_t *merged) {
  struct segment_writer w;
  int code = segment_begin(&w, s, level), ended;
  for (uint32_t k = 0; k < m->n_live && code == 0; k++) {
    const struct segment_article *a = &m->from[m->live[k].segment]->articles[m->live[k].ordinal];
    segment_put_article(&w, a->article, a->doc, a->body, a->rest);
  }
  if (code == 0) code = merge_words(m, &w);
  ended = segment_end(&w);
  *merged = w.segment;
  return code < 0 ? code : ended;
}

static int drop(struct segment_store *s, int64_t id) {
  char sql[200];
  sqlite3_snprintf(sizeof sql, sql,
                   "DELETE FROM mill_postings WHERE chunk >= %lld AND chunk < %lld;"
                   "DELETE FROM mill_segments WHERE segment = %lld",
                   (long long)id << 28, (long long)(id + 1) << 28, (long long)id);
  int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
  return rc == SQLITE_OK ? 0 : (rc & 0xff) == SQLITE_NOMEM ? MILL_ENOMEM : MILL_EIO;
}

int segment_merge(const struct index_segment *const *from, uint32_t n, struct segment_store *s, int level,
                  int64_t *merged) {
  struct merging m = {.from = from, .n = n};
  *merged = 0;
  int code = number_articles(&m);
  if (code == 0 && m.n_live > 0) code = write_merged(&m, s, level, merged);
  for (uint32_t k = 0; k < n && code == 0; k++) code = drop(s, from[k]->id);
  for (uint32_t k = 0; m.ordinals != NULL && k < n; k++) mem_free(m.ordinals[k]);
  if (m.cursor != NULL) cursor_free(m.cursor);
  mem_free(m.cursor);
  mem_free(m.live);
  mem_free(m.ordinals);
  mem_free(m.at);
  mem_free(m.postings);
  mill_buffer_free(&m.positions);
  return code;
}
