/*
** gather.c - from articles to a segment.
**
**   articles  w3 w1 w3 | w2 w3      gathered, in order
**   count     w1:1 w2:1 w3:3        a counting sort by word leaves each word's
**   sort      w1 | w2 | w3 w3 w3    occurrences in order of article and position
**   encode    word by word          (segment_write.c)
**
** With more threads each sorts and encodes a range of the words, of about as many
** occurrences; the ranges are joined in order, so that the segment is the same. Its
** streams leave when all are whole: chunks come to the file in the order of their
** numbers, for any number of threads.
*/
#include <pthread.h>

#include "seams.h"

#include "../core/alloc.h"
#include "codec.h"

#define MOST_RANGES 8u
#define FEW_WORDS 65536u /* occurrences that one thread sorts before another has begun */

/* ---- gathering */

int gather_article(struct gather *g, int64_t article, int64_t doc, const uint32_t *body,
                   uint32_t n_body, const uint32_t *rest, uint32_t n_rest) {
  size_t n = (size_t)n_body + n_rest;
  if (n + g->n > UINT32_MAX / 2) return MILL_ENOMEM;
  if (mill_grow(&g->words, &g->capacity, g->n + n, sizeof *g->words) < 0 ||
      mill_grow(&g->articles, &g->articles_capacity, (size_t)g->n_articles + 1,
                sizeof *g->articles) < 0)
    return MILL_ENOMEM;
  uint32_t *to = g->words + g->n, max = g->max_word, words[2] = {0, 0};
  if (n_body > 0) memcpy(to, body, n_body * sizeof *to);
  if (n_rest > 0) memcpy(to + n_body, rest, n_rest * sizeof *to);
  for (size_t k = 0; k < n; k++) max = to[k] > max ? to[k] : max;
  for (size_t k = 0; k < n_body; k++) words[0] += to[k] != 0;
  for (size_t k = n_body; k < n; k++) words[1] += to[k] != 0;
  g->max_word = max;
  g->articles[g->n_articles++] =
      (struct gathered){article, doc, g->n, n_body, n_rest, words[0], words[1], g->n_seams};
  g->n += (uint32_t)n;
  return 0;
}

/* A word, its occurrence while sorting, and about five bytes of streams; of a seam as well. */
size_t gather_memory(const struct gather *g) {
  return (size_t)g->n * 12 + (size_t)g->n_seams * 10 + (size_t)g->n_articles * sizeof *g->articles +
      (size_t)g->max_word * 4;
}

void gather_clear(struct gather *g) { g->n = g->n_articles = g->max_word = g->n_seams = g->seam_list = 0; }

void gather_free(struct gather *g) {
  mem_free(g->words);
  mem_free(g->articles);
  mem_free(g->seams);
  memset(g, 0, sizeof *g);
}

/* ---- sorting */

struct place { uint32_t ordinal, position; };
/* Word k: places[ends[k-1], ends[k]), when it is sorted; word 0 has none. */
struct inversion { const struct gather *g; uint32_t *ends; struct place *places; };
struct range {
  const struct inversion *v;
  uint32_t first, end;      /* words */
  uint32_t place;           /* where the first one's places begin */
  struct segment_writer *w;
};

/* The words of a body or a rest, whose positions begin at `position`. Those of other ranges
** are put nowhere: no branch could foresee them. */
static void put_list(const struct range *r, uint32_t article, const uint32_t *words, uint32_t n,
                     uint32_t position) {
  uint32_t *ends = r->v->ends, first = r->first, many = r->end - first, none = 0;
  struct place *places = r->v->places, nowhere;
  for (uint32_t k = 0, gap = 1; k < n; k++) {
    uint32_t word = words[k], mine = word - first < many, *end = mine ? &ends[word] : &none;
    struct place *to = mine ? &places[*end] : &nowhere;
    *to = (struct place){article, position + gap};
    *end += mine;
    gap = word == 0;
    position += gap ? 0 : 2;
  }
}

static void sort(const struct range *r) {
  const struct gather *g = r->v->g;
  for (uint32_t a = 0; a < g->n_articles; a++) {
    const uint32_t *words = g->words + g->articles[a].first;
    uint32_t body = g->articles[a].body;
    put_list(r, a, words, body, 0);
    put_list(r, a, words + body, g->articles[a].rest, SEGMENT_REST);
  }
}

/* How many places each word has, and so where they begin. */
static int count(const struct gather *g, struct inversion *v) {
  *v = (struct inversion){.g = g, .ends = mem_calloc((size_t)g->max_word + 2, sizeof *v->ends),
                          .places = mem_malloc(((size_t)g->n + 1) * sizeof *v->places)};
  if (v->ends == NULL || v->places == NULL) return MILL_ENOMEM;
  uint32_t *ends = v->ends, sum = 0;
  for (uint32_t k = 0; k < g->n; k++) ends[g->words[k]]++;
  ends[0] = 0;
  for (uint32_t word = 1; word <= g->max_word; word++) {
    uint32_t here = ends[word];
    ends[word] = sum;
    sum += here;
  }
  ends[g->max_word + 1] = sum;
  return 0;
}

/* ---- encoding */

/* The postings and positions of one word. */
static void put_places(struct segment_writer *w, const struct place *p, const struct place *end) {
  mill_buffer *out = &w->streams[STREAM_POSITIONS].bytes;
  if (!mill_buffer_reserve(out, (size_t)(end - p) * CODE_MOST)) return;
  while (p < end) {
    const struct place *q = p;
    unsigned char *start = (unsigned char *)out->bytes + out->len, *to = start;
    uint32_t ordinal = p->ordinal, rest = 0, next = 0;
    do {
      uint32_t position = q->position, is_rest = position >= SEGMENT_REST;
      if (is_rest && rest++ == 0) next = SEGMENT_REST;
      to = write_code(to, position - next);
      next = position + 1;
    } while (++q < end && q->ordinal == ordinal);
    segment_put_posting(w, ordinal, (uint32_t)(q - p), rest);
    out->len += (size_t)(to - start); /* behind the posting, which may end a block before it */
    p = q;
  }
}

/* A range, as a thread's work. */
static void *put_range(void *arg) {
  struct range *r = arg;
  sort(r);
  for (uint32_t word = r->first, from = r->place; word < r->end && r->w->code == 0;
       from = r->v->ends[word++]) {
    if (from == r->v->ends[word]) continue;
    put_places(r->w, r->v->places + from, r->v->places + r->v->ends[word]);
    segment_put_word(r->w, word);
  }
  return NULL;
}

/* ---- ranges */

/* Cuts the words into n ranges; last[k]: the last word before range k that has places. */
static void cut(const struct inversion *v, uint32_t n, struct range *ranges, uint32_t *last) {
  const uint32_t *ends = v->ends, words = v->g->max_word + 1, all = ends[words];
  uint32_t k = 0, before = 0;
  for (uint32_t word = 1; word < words; word++) {
    while (k < n && ends[word] >= (uint64_t)all * k / n) {
      ranges[k] = (struct range){.v = v, .first = word, .end = words, .place = ends[word]};
      last[k] = before;
      if (k > 0) ranges[k - 1].end = word;
      k++;
    }
    if (ends[word + 1] > ends[word]) before = word;
  }
  for (; k < n; k++) { /* few words: some ranges have none */
    ranges[k] = (struct range){.v = v, .first = words, .end = words, .place = all};
    last[k] = before;
  }
}

/* Seams, as a thread's work. */
struct seam_range { const struct gather *g; struct segment_writer *w, part; };
static void *put_seams(void *arg) {
  struct seam_range *r = arg;
  seams_put(r->g, r->w);
  return NULL;
}

static void put_words(const struct inversion *v, struct segment_writer *w) {
  struct segment_writer parts[MOST_RANGES];
  struct seam_range seams = {.g = v->g, .w = w};
  struct range ranges[MOST_RANGES];
  pthread_t threads[MOST_RANGES], seam_thread;
  uint32_t last[MOST_RANGES], many = v->g->threads < MOST_RANGES ? v->g->threads : MOST_RANGES, started = 1;
  uint32_t n = many == 0 || v->g->n < FEW_WORDS ? 1 : many;
  cut(v, n, ranges, last);
  ranges[0].w = w;
  if (n > 1) segment_begin_part(seams.w = &seams.part, w, v->g->max_word);
  int apart = n > 1 && pthread_create(&seam_thread, NULL, put_seams, &seams) == 0;
  for (uint32_t k = 1; k < n; k++) segment_begin_part(ranges[k].w = &parts[k], w, last[k]);
  while (started < n && pthread_create(&threads[started], NULL, put_range, &ranges[started]) == 0) started++;
  put_range(&ranges[0]);
  for (uint32_t k = 1; k < n; k++) {
    if (k < started) pthread_join(threads[k], NULL);
    else put_range(&ranges[k]);
    segment_join(w, &parts[k]);
  }
  if (apart) pthread_join(seam_thread, NULL);
  else put_seams(&seams);
  if (n > 1) segment_join(w, &seams.part);
}

int gather_write(struct gather *g, struct segment_store *s, int level, int64_t *segment) {
  struct segment_writer w;
  struct inversion v;
  *segment = 0;
  if (g->n_articles == 0) return 0;
  int code = count(g, &v);
  if (code == 0) code = segment_begin(&w, s, level);
  if (code == 0) {
    w.whole = 1;
    for (uint32_t a = 0; a < g->n_articles; a++) {
      const struct gathered *x = &g->articles[a];
      segment_put_article(&w, x->article, x->doc, x->words_body, x->words_rest);
    }
    if (w.code == 0) put_words(&v, &w);
    code = segment_end(&w);
    *segment = w.segment;
  }
  mem_free(v.ends);
  mem_free(v.places);
  return code;
}
