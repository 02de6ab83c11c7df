/*
** gather.c - from articles to a segment.
**
**   articles  w3 w1 w3 | w2 w3      gathered, in order
**   count     w1:1 w2:1 w3:3        a counting sort by word leaves each word's
**   sort      w1 | w2 | w3 w3 w3    occurrences in order of article and position
**   encode    word by word          (segment_write.c)
**
** With more threads each counts and sorts a share of the articles, behind the places of those
** before it; then ranges of the words, of about as many occurrences, and the seams are encoded by who
** is free. Ranges are joined in order, so that the segment is the same. Its streams leave when all are
** whole: chunks come to the file in the order of their numbers, for any number of threads.
*/
#include <pthread.h>
#include <stdatomic.h>

#include "seams.h"

#include "../core/alloc.h"
#include "codec.h"
#include "early.h"
#include "large.h"

#define MOST_THREADS 8u
#define EACH 4u         /* ranges for each thread: who is done with one takes another */
#define MOST_RANGES (MOST_THREADS * EACH)
#define SPARE 8u
#define FEW_WORDS 65536u /* occurrences that one thread sorts before another has begun */

/* ---- gathering */

int gather_article(struct gather *g, int64_t article, int64_t doc, const uint32_t *body,
                   uint32_t n_body, const uint32_t *rest, uint32_t n_rest) {
  size_t n = (size_t)n_body + n_rest;
  uint32_t capacity = g->capacity;
  if (n + g->n > UINT32_MAX / 2) return MILL_ENOMEM;
  if (mill_grow(&g->words, &g->capacity, g->n + n, sizeof *g->words) < 0 ||
      mill_grow(&g->articles, &g->articles_capacity, (size_t)g->n_articles + 1,
                sizeof *g->articles) < 0)
    return MILL_ENOMEM;
  if (g->capacity != capacity) large_hint(g->words, g->capacity * sizeof *g->words);
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

/* ---- threads */

/* Work in pieces, each taken by who is free. */
struct work { void (*f)(void *); char *items; size_t size; uint32_t n; atomic_uint next; };

static void *take_work(void *arg) {
  struct work *w = arg;
  for (uint32_t k; (k = atomic_fetch_add(&w->next, 1)) < w->n;) w->f(w->items + k * w->size);
  return NULL;
}

/* f of each of n items, in as many threads, the calling one among them; fewer than asked for do. */
static void in_threads(void (*f)(void *), void *items, size_t size, uint32_t n, uint32_t n_threads) {
  struct work w = {.f = f, .items = items, .size = size, .n = n};
  pthread_t threads[MOST_THREADS];
  uint32_t started = 1;
  while (started < n_threads && started < n && pthread_create(&threads[started], NULL, take_work, &w) == 0)
    started++;
  take_work(&w);
  for (uint32_t k = 1; k < started; k++) pthread_join(threads[k], NULL);
}

/* ---- sorting */

struct place { uint32_t ordinal, position; };
/* Articles that one thread sorts. Places of word k: from ends[k] on before, up to ends[k] after. */
struct share { const struct inversion *v; uint32_t first, end, *ends; };
/* Word k: places[ends[k-1], ends[k]), when all are sorted; word 0 has none. */
struct inversion {
  const struct gather *g;
  struct place *places; /* and, behind, one a share where word 0 goes, lines of the cache apart */
  uint32_t *ends;       /* the last share's */
  uint32_t n_shares;
  struct share shares[MOST_THREADS];
};
struct range {
  const struct inversion *v;
  uint32_t first, end;      /* words; both 0: the seams, behind all words */
  uint32_t place;           /* where the first one's places begin */
  struct segment_writer w;
  struct segment_writer *to; /* the first one's is the segment's own */
};

/* The words of a body or a rest, whose positions begin at `position`. No branch could foresee
** which of them are indexed. */
static void put_list(const struct share *s, uint32_t article, const uint32_t *words, uint32_t n,
                     uint32_t position) {
  uint32_t *ends = s->ends;
  struct place *places = s->v->places;
  for (uint32_t k = 0, gap = 1; k < n; k++) {
    uint32_t word = words[k], at = ends[word];
    places[at] = (struct place){article, position + gap};
    gap = word == 0;
    ends[word] = at + 1 - gap;
    position += gap ? 0 : 2;
  }
}

/* A share, as a thread's work. */
static void sort(void *arg) {
  const struct share *s = arg;
  const struct gather *g = s->v->g;
  for (uint32_t a = s->first; a < s->end; a++) {
    const uint32_t *words = g->words + g->articles[a].first;
    uint32_t body = g->articles[a].body;
    put_list(s, a, words, body, 0);
    put_list(s, a, words + body, g->articles[a].rest, SEGMENT_REST);
  }
}

static uint32_t word_of(const struct gather *g, uint32_t article) {
  return article < g->n_articles ? g->articles[article].first : g->n;
}

static void count(void *arg) {
  const struct share *s = arg;
  const uint32_t *words = s->v->g->words;
  uint32_t *ends = s->ends, end = word_of(s->v->g, s->end);
  for (uint32_t k = word_of(s->v->g, s->first); k < end; k++) ends[words[k]]++;
}

/* From how many places each word has in each share to where they begin. */
static void add_up(struct inversion *v) {
  uint32_t sum = 0;
  for (uint32_t word = 1; word <= v->g->max_word; word++)
    for (uint32_t k = 0; k < v->n_shares; k++) {
      uint32_t *at = &v->shares[k].ends[word], here = *at;
      *at = sum;
      sum += here;
    }
  for (uint32_t k = 0; k < v->n_shares; k++) v->shares[k].ends[0] = v->g->n + (k + 1) * SPARE;
  v->shares[0].ends[v->g->max_word + 1] = sum;
}

/* Cuts the articles into shares of about as many words. */
static int make_shares(struct inversion *v, uint32_t n) {
  const struct gather *g = v->g;
  for (uint32_t k = 0, a = 0; k < n; k++) {
    struct share *s = &v->shares[k];
    *s = (struct share){.v = v, .first = a, .ends = mem_calloc((size_t)g->max_word + 2, sizeof *s->ends)};
    v->n_shares = k + 1;
    v->ends = s->ends;
    if (s->ends == NULL) return MILL_ENOMEM;
    while (a < g->n_articles && word_of(g, a) < (uint64_t)g->n * (k + 1) / n) a++;
    s->end = k + 1 == n ? g->n_articles : a;
  }
  return 0;
}

static void free_inversion(struct inversion *v) {
  for (uint32_t k = 0; k < v->n_shares; k++) mem_free(v->shares[k].ends);
  mem_free(v->places);
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
static void put_range(void *arg) {
  struct range *r = arg;
  const uint32_t *ends = r->v->ends;
  if (r->end == 0) seams_put(r->v->g, r->to);
  for (uint32_t word = r->first, from = r->place; word < r->end && r->to->code == 0; from = ends[word++]) {
    if (from == ends[word]) continue;
    put_places(r->to, r->v->places + from, r->v->places + ends[word]);
    segment_put_word(r->to, word);
  }
}

/* ---- ranges */

/* Cuts the words into n ranges, before they are sorted; last[k]: the last word before range k
** that has places. */
static void cut(const struct inversion *v, uint32_t n, struct range *ranges, uint32_t *last) {
  const uint32_t *starts = v->shares[0].ends, words = v->g->max_word + 1, all = starts[words];
  uint32_t k = 0, before = 0;
  for (uint32_t word = 1; word < words; word++) {
    while (k < n && starts[word] >= (uint64_t)all * k / n) {
      ranges[k] = (struct range){.v = v, .first = word, .end = words, .place = starts[word]};
      last[k] = before;
      if (k > 0) ranges[k - 1].end = word;
      k++;
    }
    if (starts[word + 1] > starts[word]) before = word;
  }
  for (; k < n; k++) { /* few words: some ranges have none */
    ranges[k] = (struct range){.v = v, .first = words, .end = words, .place = all};
    last[k] = before;
  }
}

/* n threads put the words and the seams. The first range goes to the segment itself, others join it. */
static void put_all(struct inversion *v, uint32_t n, struct segment_writer *w) {
  struct range all[1 + MOST_RANGES], *ranges = all + 1; /* the seams take longest, and are taken first */
  uint32_t last[MOST_RANGES], n_ranges = n > 1 ? n * EACH : 1;
  in_threads(count, v->shares, sizeof *v->shares, v->n_shares, n);
  add_up(v);
  cut(v, n_ranges, ranges, last);
  in_threads(sort, v->shares, sizeof *v->shares, v->n_shares, n);
  all[0] = (struct range){.v = v, .to = &all[0].w};
  segment_begin_part(&all[0].w, w, v->g->max_word);
  ranges[0].to = w;
  for (uint32_t k = 1; k < n_ranges; k++) segment_begin_part(ranges[k].to = &ranges[k].w, w, last[k]);
  in_threads(put_range, all, sizeof *all, 1 + n_ranges, n);
  for (uint32_t k = 1; k < n_ranges; k++) segment_join(w, &ranges[k].w);
  segment_join(w, &all[0].w);
}

static void put_articles(const struct gather *g, struct segment_writer *w) {
  for (uint32_t a = 0; a < g->n_articles; a++) {
    const struct gathered *x = &g->articles[a];
    segment_put_article(w, x->article, x->doc, x->words_body, x->words_rest);
  }
}

/* Each share counts all words, so that few articles of many words have fewer. */
int gather_write(struct gather *g, struct segment_store *s, int level, int64_t *segment) {
  struct segment_writer w;
  struct inversion v = {.g = g};
  uint32_t n = g->threads == 0 || g->n < FEW_WORDS ? 1 : g->threads < MOST_THREADS ? g->threads : MOST_THREADS;
  uint32_t shares = g->n / (2 * g->max_word + 1) + 1;
  *segment = 0;
  if (g->n_articles == 0) return 0;
  v.places = mem_malloc(((size_t)g->n + (MOST_THREADS + 1) * SPARE) * sizeof *v.places);
  large_hint(v.places, ((size_t)g->n + (MOST_THREADS + 1) * SPARE) * sizeof *v.places);
  int code = v.places == NULL ? MILL_ENOMEM : make_shares(&v, shares < n ? shares : n);
  if (code == 0) code = segment_begin(&w, s, level);
  if (code == 0) {
    w.whole = 1;
    if (g->early != NULL) early_begin(g->early, s->db, n > 1);
    put_articles(g, &w);
    if (w.code == 0) put_all(&v, n, &w);
    if (g->early != NULL) early_settle(g->early);
    code = segment_end(&w);
    *segment = w.segment;
  }
  free_inversion(&v);
  return code;
}
