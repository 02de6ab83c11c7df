/*
** list_cross.c - a string over the boundaries of words: of each boundary the places of an
** article behind which the text is the string up to there.
**
**   ..a | b..           a place that is behind a word ending with a, and before one that
**                       begins with b and is its neighbour in the text
**   ..x | y | b..       or behind y, before which the string's part x ends
**
** Where the segment has the boundary's seam (seams.h), nothing runs over it elsewhere; of a
** string of two characters the seam's counts are all there is to know.
**
** The first kind is held against its rarer side: that one's articles are marked (those of the
** seam are fewer), the other side's positions in these are put into a set as its postings are
** read, and the rarer one's are looked up there. Of the second kind what each boundary is asked
** for is found from the right, and the sets are filled from the left.
*/
#include "list_cross.h"

#include "cursor.h"
#include "sums.h"

#define MOST_PLACES (UINT64_C(1) << 29) /* running words: 64 MB a set; else texts are read */
#define AHEAD 8u                        /* words whose postings are on their way */

void cross_free(struct crossing *x) {
  if (x == NULL) return;
  cross_end(x);
  mem_free(x->words.items);
  mem_free(x->one);
  mem_free(x->both);
  mem_free(x->narrow);
  mem_free(x->kept);
  mem_free(x->base);
  mem_free(x->own);
  mem_free(x->positions);
  mem_free(x);
}

int cross_begin(struct lister *l, const struct term *t) {
  if (l->crossing == NULL && (l->crossing = mem_calloc(1, sizeof *l->crossing)) == NULL) return MILL_ENOMEM;
  l->crossing->l = l;
  l->crossing->term = t;
  return 0;
}

void cross_end(struct crossing *x) {
  for (uint32_t k = 0; k < MAX_CUTS; k++) {
    mem_free(x->wanted[k]);
    mem_free(x->sets[k]);
    mem_free(x->seams[k]);
    x->wanted[k] = x->seams[k] = NULL;
    x->sets[k] = NULL;
  }
}

/* ---- words of a side */

/* Those that the segment has, in x->words behind what is there. */
static int add_words(struct crossing *x, const struct word_list *ids) {
  struct cross_words *w = &x->words;
  if (mill_grow(&w->items, &w->capacity, (size_t)w->n + ids->n, sizeof *w->items) < 0) return MILL_ENOMEM;
  for (uint32_t k = 0; k < ids->n; k++) {
    const struct segment_word *one = segment_find(x->l->g, ids->ids[k]);
    w->items[w->n] = one;
    w->n += one != NULL;
  }
  return ids->error;
}

struct side { const struct segment_word *const *words; uint32_t n; uint64_t postings; };

static struct side side_from(const struct crossing *x, uint32_t from, uint32_t to) {
  struct side s = {x->words.items + from, to - from, 0};
  for (uint32_t k = 0; k < s.n; k++) s.postings += s.words[k]->n;
  return s;
}

/* Each of these forgets what the others gave. */
static int side_of(struct crossing *x, const struct word_list *ids, struct side *out) {
  x->words.n = 0;
  int code = add_words(x, ids);
  *out = side_from(x, 0, x->words.n);
  return code;
}

static int tail_of(struct crossing *x, const struct cut *cut, uint32_t i, struct side *out) {
  return side_of(x, &(struct word_list){.ids = &cut->tails.ids[i], .n = 1}, out);
}

static int sides_of(struct crossing *x, const struct cut *cut, struct side *before, struct side *after) {
  x->words.n = 0;
  int code = add_words(x, &cut->ends);
  uint32_t n = x->words.n;
  if (code == 0) code = add_words(x, &cut->after);
  *before = side_from(x, 0, n);
  *after = side_from(x, n, x->words.n);
  return code;
}

/* ---- postings */

static int some_set(const uint64_t *bits, uint32_t from, uint32_t to) {
  uint64_t first = ~UINT64_C(0) << from % 64, last = ~UINT64_C(0) >> (63 - to % 64);
  if (from / 64 == to / 64) return (bits[from / 64] & first & last) != 0;
  if ((bits[from / 64] & first) | (bits[to / 64] & last)) return 1;
  for (uint32_t k = from / 64 + 1; k < to / 64; k++)
    if (bits[k] != 0) return 1;
  return 0;
}

/* The next block that has some of the articles; what has none is not decoded. */
static uint32_t next_block(struct crossing *x, struct posting_cursor *c, const uint64_t *articles,
                           int *code) {
  uint32_t from, to;
  while (articles != NULL && cursor_ahead(c, &from, &to) && from <= to && !some_set(articles, from, to))
    cursor_skip(c, to + 1);
  return lister_block(x->l, c, code);
}

static void fetch(const struct crossing *x, const struct segment_word *w) {
  const struct index_segment *g = x->l->g;
  const void *p = segment_peek(g->store, g->id, STREAM_POSTINGS, w->postings, 1);
  if (p != NULL) __builtin_prefetch(p);
}

/* Every block of the words' postings that has some of the articles (NULL: of all). */
typedef int (*each_block)(struct crossing *x, struct posting_cursor *c);
static int each(struct crossing *x, const struct side *s, const uint64_t *articles, each_block f) {
  struct posting_cursor *c;
  int code = 0;
  for (uint32_t i = 0; i < s->n && code == 0; i++) {
    if (i + AHEAD < s->n) fetch(x, s->words[i + AHEAD]);
    uint32_t n = lister_first(x->l, s->words[i], &c, &code);
    for (; n > 0 && (code = f(x, c)) == 0; n = next_block(x, c, articles, &code)) continue;
  }
  return code;
}

static int mark_one(struct crossing *x, struct posting_cursor *c) {
  for (uint32_t k = 0; k < c->n; k++)
    x->into[c->b.ordinal[k] / 64] |= (uint64_t)(lister_tf(x->l, c, k) > 0) << c->b.ordinal[k] % 64;
  return 0;
}

/* The words' articles, all of them. */
static int mark_all(struct crossing *x, const struct side *s, uint64_t *into) {
  x->into = into;
  memset(into, 0, sums_cells(x->l->g) * sizeof *into);
  return each(x, s, NULL, mark_one);
}

static uint64_t is_set(const uint64_t *bits, uint32_t k) { return bits[k / 64] >> k % 64 & 1; }

static int mark_both(struct crossing *x, struct posting_cursor *c) {
  for (uint32_t k = 0; k < c->n; k++) {
    uint32_t ordinal = c->b.ordinal[k];
    uint64_t is = is_set(x->within, ordinal) & (lister_tf(x->l, c, k) > 0);
    x->both[ordinal / 64] |= is << ordinal % 64;
  }
  return 0;
}

/* ---- positions */

#define TOGETHER 3u /* postings of a block: positions of more are summed all at once */

/* Postings of a block in the articles, and how many positions of the block are before them. */
struct sifted { uint32_t n, at[BLOCK_ROOM], before[BLOCK_ROOM]; };

#if MILL_AVX2
/* Eight at a time. */
MILL_TARGET_BITS static uint32_t sift_avx2(const struct posting_cursor *c, const uint64_t *articles,
                                           uint32_t *at) {
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), low = _mm256_set1_epi32(31);
  uint32_t n = 0;
  for (uint32_t k = 0; k < c->n; k += 8) {
    __m256i there = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(c->n - k)), lanes);
    __m256i x = _mm256_maskload_epi32((const int *)(const void *)(c->b.ordinal + k), there);
    __m256i cell = _mm256_i32gather_epi32((const int *)(const void *)articles, _mm256_srli_epi32(x, 5), 4);
    __m256i is = _mm256_srlv_epi32(cell, _mm256_and_si256(x, low));
    uint32_t some = (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(is, 31)));
    if (c->n - k < 8) some &= (1u << (c->n - k)) - 1;
    for (; some != 0; some &= some - 1) at[n++] = k + _tzcnt_u32(some);
  }
  return n;
}
#endif

static uint32_t sift_any(const struct posting_cursor *c, const uint64_t *articles, uint32_t *at) {
  uint32_t n = 0;
#if MILL_AVX2
  if (c->avx2) return sift_avx2(c, articles, at);
#endif
  for (uint32_t k = 0; k < c->n; k++) {
    at[n] = k;
    n += (uint32_t)is_set(articles, c->b.ordinal[k]);
  }
  return n;
}

static void sift(const struct crossing *x, const struct posting_cursor *c, const uint64_t *articles,
                 struct sifted *s) {
  uint32_t n = sift_any(c, articles, s->at), k = 0, before = 0;
  s->n = 0;
  for (uint32_t i = 0; i < n; i++) {
    for (; k < s->at[i]; k++) before += c->b.tf[k];
    s->at[s->n] = k;
    s->before[s->n] = before;
    s->n += lister_tf(x->l, c, k) > 0;
  }
}

/* The positions of sifted posting `i`, as they are stored. */
static int load(struct crossing *x, struct posting_cursor *c, const struct sifted *s, uint32_t i) {
  uint32_t at = s->at[i], before = s->before[i], tf = c->b.tf[at], rest = c->b.rest[at];
  x->n = lister_tf(x->l, c, at);
  x->n_rest = x->l->body_only ? 0 : rest;
  if (s->n >= TOGETHER && rest == 0 && c->n_sums > 0) {
    if (tf > c->n_sums || before > c->n_sums - tf) return MILL_ECORRUPT;
    x->stored = c->sums + before + 1;
    x->less = c->sums[before] + 1;
    return 0;
  }
  if (tf > c->word->n_positions) return MILL_ECORRUPT;
  if (mill_grow(&x->positions, &x->capacity, (size_t)tf + 8, sizeof *x->positions) < 0) return MILL_ENOMEM;
  x->stored = x->positions;
  x->less = 0;
  return cursor_positions_of(c, &(struct posting_spot){c->block - 1, before, rest}, tf, x->positions);
}

static inline uint64_t places_in(const struct crossing *x, uint32_t ordinal) {
  return (uint64_t)x->l->g->lengths[ordinal] + 3;
}

static int put_behind(struct crossing *x, uint32_t ordinal) { return places_put(x, ordinal, 1); }

static void count(struct crossing *x, uint32_t ordinal, uint32_t times) {
  if (times > 0) sums_add(x->l, ordinal, x->term->overlaps ? LIST_UNSURE : times);
}

/* Counts how many of the article's words are right before (behind) a place in x->set. */
static int look(struct crossing *x, uint32_t ordinal, int behind) {
  uint32_t times;
  int code = places_look(x, ordinal, behind, &times);
  if (code == 0) count(x, ordinal, times);
  return code;
}

static int look_before(struct crossing *x, uint32_t ordinal) { return look(x, ordinal, 0); }
static int look_behind(struct crossing *x, uint32_t ordinal) { return look(x, ordinal, 1); }

typedef int (*each_article)(struct crossing *x, uint32_t ordinal);

/* The block's postings in x->within, with their positions. */
static int each_posting(struct crossing *x, struct posting_cursor *c) {
  struct sifted s;
  sift(x, c, x->within, &s);
  for (uint32_t i = 0; i < s.n; i++) {
    __builtin_prefetch(&x->base[c->b.ordinal[s.at[i]]]);
    __builtin_prefetch(&x->l->g->lengths[c->b.ordinal[s.at[i]]]);
  }
  int code = s.n >= TOGETHER ? cursor_sums(c, c->block - 1) : 0;
  for (uint32_t i = 0; i < s.n && code == 0; i++)
    if ((code = load(x, c, &s, i)) == 0) code = x->each(x, c->b.ordinal[s.at[i]]);
  return code;
}

static int each_in(struct crossing *x, const struct side *s, const uint64_t *within, each_article f) {
  x->within = within;
  x->each = f;
  return each(x, s, within, each_posting);
}

/* ---- a boundary by itself */

/* No article has places. */
static void begin_places(struct crossing *x) {
  memset(x->both, 0, sums_cells(x->l->g) * sizeof *x->both);
  if (x->own_used > 0) memset(x->own, 0, x->own_used);
  x->own_used = 0;
  x->places = 0;
  x->from = NULL;
}

/* Gives the article of a posting its places, when it has none yet. */
static int lay(struct crossing *x, uint32_t ordinal) {
  if (is_set(x->both, ordinal)) return 0;
  x->both[ordinal / 64] |= UINT64_C(1) << ordinal % 64;
  if (x->places > MOST_PLACES) return 0; /* it is given up */
  x->base[ordinal] = (uint32_t)x->places;
  x->places += places_in(x, ordinal);
  if (x->places > MOST_PLACES) return 0;
  uint32_t had = x->own_capacity;
  size_t bytes = (size_t)(x->places / 8) + PLACES_SPARE;
  if (bytes > had && mill_grow(&x->own, &x->own_capacity, bytes, 1) < 0) return MILL_ENOMEM;
  if (bytes > had) memset(x->own + had, 0, x->own_capacity - had);
  x->own_used = bytes;
  x->set = x->own;
  return 0;
}

static int lay_behind(struct crossing *x, uint32_t ordinal) {
  int code = lay(x, ordinal);
  return code < 0 || x->places > MOST_PLACES ? code : places_put(x, ordinal, 1);
}

static int lay_before(struct crossing *x, uint32_t ordinal) {
  int code = lay(x, ordinal);
  return code < 0 || x->places > MOST_PLACES ? code : places_put(x, ordinal, 0);
}

/* Too many places: the texts of articles with both sides must say. */
static int give_up(struct crossing *x, const uint64_t *articles) {
  for (uint32_t k = 0; k < x->l->g->n_articles; k++)
    if (is_set(articles, k)) sums_add(x->l, k, LIST_UNSURE);
  return 0;
}

static void mark_any(struct crossing *x, uint64_t *into) {
  memset(into, 0xff, sums_cells(x->l->g) * sizeof *into);
}

/* Words that end with the string's part before boundary k, right before words that begin with
** what is behind it. `first` is put into the set, the other side is looked up there. */
static int cross_alone(struct crossing *x, uint32_t k) {
  const uint64_t *articles = x->seams[k];
  struct side before, after;
  int code = sides_of(x, &x->term->cuts[k], &before, &after), rarer = before.postings <= after.postings;
  const struct side *rare = rarer ? &before : &after, *other = rarer ? &after : &before;
  if (code < 0 || rare->n == 0 || other->n == 0) return code;
  /* where most of the rarer side's articles have the other, too, it is not marked before */
  int most = other->postings > x->l->g->n_articles / 4, forward = rarer == (articles != NULL || most);
  begin_places(x);
  if (articles == NULL && most) mark_any(x, x->one);
  else if (articles == NULL) code = mark_all(x, rare, x->one);
  if (articles == NULL) articles = x->one;
  const struct side *first = forward ? &before : &after, *second = forward ? &after : &before;
  if (code == 0) code = each_in(x, first, articles, forward ? lay_behind : lay_before);
  if (code < 0 || x->places == 0) return code;
  if (x->places > MOST_PLACES) return give_up(x, x->both);
  return each_in(x, second, x->both, forward ? look_behind : look_before);
}

/* ---- boundaries with words between them */

static int want(struct crossing *x, uint32_t k, const uint64_t *articles) {
  size_t cells = sums_cells(x->l->g);
  if (x->wanted[k] == NULL && (x->wanted[k] = mem_calloc(cells, sizeof **x->wanted)) == NULL)
    return MILL_ENOMEM;
  for (size_t cell = 0; cell < cells; cell++) x->wanted[k][cell] |= articles[cell];
  return 0;
}

/* The words' articles among those given. */
static int mark(struct crossing *x, const struct side *s, const uint64_t *within) {
  memset(x->both, 0, sums_cells(x->l->g) * sizeof *x->both);
  x->within = within;
  return each(x, s, within, mark_both);
}

static int is_live(const struct crossing *x, uint32_t k, uint32_t tail) {
  return x->state[k] != CUT_CLOSED && x->state[x->term->cuts[k].behind[tail]] != CUT_CLOSED;
}

/* Articles that may have boundary k, behind a whole word: of its seam, or of words behind it and
** of what later boundaries want. */
static int may_have(struct crossing *x, uint32_t k, uint64_t *bits) {
  const struct cut *cut = &x->term->cuts[k];
  size_t cells = sums_cells(x->l->g);
  struct side after;
  int code = 0;
  if (x->seams[k] != NULL) {
    memcpy(bits, x->seams[k], cells * sizeof *bits);
    return 0;
  }
  if ((code = side_of(x, &cut->after, &after)) == 0) code = mark_all(x, &after, bits);
  for (size_t cell = 0; cell < cells && x->wanted[k] != NULL; cell++) bits[cell] |= x->wanted[k][cell];
  return code;
}

/* Keeps the article, when some of its words are right before (behind) a place in x->set. */
static int keep(struct crossing *x, uint32_t ordinal, int behind) {
  uint32_t times;
  int code = places_look(x, ordinal, behind, &times);
  x->kept[ordinal / 64] |= (uint64_t)(times > 0) << ordinal % 64;
  return code;
}

static int keep_before(struct crossing *x, uint32_t ordinal) { return keep(x, ordinal, 0); }
static int keep_behind(struct crossing *x, uint32_t ordinal) { return keep(x, ordinal, 1); }

static int has_tails(const struct crossing *x, uint32_t k) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < x->term->cuts[k].tails.n; i++) n += (uint32_t)is_live(x, k, i);
  return n > 0;
}

/* Of x->both those articles stay where tail i of boundary k is the neighbour of words at its one
** end, when nothing else can be there: the end with fewer postings, if there is such. Seldom many
** stay, and then the other end's words need not be read. */
static int keep_neighbours(struct crossing *x, uint32_t k, uint32_t i) {
  const struct cut *cut = &x->term->cuts[k], *behind = &x->term->cuts[cut->behind[i]];
  size_t size = sums_cells(x->l->g) * sizeof *x->both;
  struct side tail, ends, after;
  int first = !has_tails(x, cut->behind[i]), last = x->wanted[k] == NULL;
  int code = side_of(x, &behind->ends, &ends);
  if (code == 0) code = side_of(x, &cut->after, &after);
  if (code < 0 || (!first && !last)) return code;
  int left = first && (!last || ends.postings < after.postings);
  memcpy(x->narrow, x->both, size);
  memset(x->kept, 0, size);
  begin_places(x);
  code = tail_of(x, cut, i, &tail);
  if (code == 0) code = each_in(x, &tail, x->narrow, left ? lay_before : lay_behind);
  if (code == 0 && x->places > MOST_PLACES) return memcpy(x->both, x->narrow, size), 0;
  if (code == 0) code = side_of(x, left ? &behind->ends : &cut->after, &ends);
  if (code == 0 && x->places > 0) code = each_in(x, &ends, x->both, left ? keep_before : keep_behind);
  memcpy(x->both, x->kept, size);
  return code;
}

static int is_empty(const struct crossing *x, const uint64_t *bits) {
  uint64_t any = 0;
  for (size_t cell = 0; cell < sums_cells(x->l->g); cell++) any |= bits[cell];
  return any == 0;
}

/* In which articles boundary k is asked for: that may have it, with a whole word before it, of
** which it says the same to the boundary before that. */
static int want_cut(struct crossing *x, uint32_t k) {
  const struct cut *cut = &x->term->cuts[k];
  int code = 0, asked = 0;
  for (uint32_t i = 0; i < cut->tails.n && code == 0; i++) {
    uint32_t behind = cut->behind[i];
    struct side tail;
    if (!is_live(x, k, i) || (cut->after.n == 0 && x->wanted[k] == NULL)) continue;
    if (!asked++ && (code = may_have(x, k, x->one)) < 0) break;
    for (size_t cell = 0; cell < sums_cells(x->l->g); cell++)
      x->narrow[cell] = x->one[cell] & (x->seams[behind] != NULL ? x->seams[behind][cell] : UINT64_MAX);
    code = tail_of(x, cut, i, &tail);
    if (code == 0) code = mark(x, &tail, x->narrow);
    if (code == 0 && !is_empty(x, x->both)) code = keep_neighbours(x, k, i);
    if (code < 0 || is_empty(x, x->both)) continue;
    code = want(x, k, x->both);
    if (code == 0) code = want(x, behind, x->both);
  }
  return code;
}

/* Where each article that is wanted begins. */
static void lay_out(struct crossing *x) {
  x->places = 0;
  for (size_t cell = 0; cell < sums_cells(x->l->g); cell++) {
    uint64_t bits = 0;
    for (uint32_t k = 0; k < x->term->n_cuts; k++) bits |= x->wanted[k] != NULL ? x->wanted[k][cell] : 0;
    x->both[cell] = bits;
    for (; bits != 0; bits &= bits - 1) {
      uint32_t ordinal = (uint32_t)cell * 64 + (uint32_t)__builtin_ctzll(bits);
      x->base[ordinal] = (uint32_t)x->places;
      if (x->places <= MOST_PLACES) x->places += places_in(x, ordinal);
    }
  }
}

/* The places of boundary k: first those behind whole words, and how often the string's last part
** stands behind these; then those where the string begins. */
static int fill_cut(struct crossing *x, uint32_t k) {
  const struct cut *cut = &x->term->cuts[k];
  struct side side;
  int code = 0;
  x->set = x->sets[k] = mem_calloc((size_t)(x->places / 8) + PLACES_SPARE, 1);
  if (x->set == NULL) return MILL_ENOMEM;
  for (uint32_t i = 0; i < cut->tails.n && code == 0; i++) {
    if (!is_live(x, k, i) || (x->from = x->sets[cut->behind[i]]) == NULL) continue;
    code = tail_of(x, cut, i, &side);
    if (code == 0) code = each_in(x, &side, x->wanted[k], put_behind);
  }
  x->from = NULL;
  if (code == 0 && cut->tails.n > 0) code = side_of(x, &cut->after, &side);
  if (code == 0 && cut->tails.n > 0) code = each_in(x, &side, x->wanted[k], look_behind);
  if (code == 0) code = side_of(x, &cut->ends, &side);
  return code == 0 ? each_in(x, &side, x->wanted[k], put_behind) : code;
}

static int cross_chain(struct crossing *x) {
  uint32_t n = x->term->n_cuts, chains = 0;
  int code = 0;
  for (uint32_t k = 0; k < n; k++)
    for (uint32_t i = 0; i < x->term->cuts[k].tails.n; i++) chains += (uint32_t)is_live(x, k, i);
  if (chains == 0) return 0;
  for (uint32_t k = n; k-- > 0 && code == 0;) code = want_cut(x, k);
  lay_out(x);
  if (x->places > MOST_PLACES / (n + 1)) return code < 0 ? code : give_up(x, x->both);
  for (uint32_t k = 0; k < n && code == 0 && x->places > 0; k++)
    if (x->wanted[k] != NULL) code = fill_cut(x, k);
  return code;
}

/* ---- all boundaries */

/* What the segment says of boundary k before any word is looked at. */
static int look_at(struct crossing *x, uint32_t k) {
  const struct cut *cut = &x->term->cuts[k];
  const struct index_segment *g = x->l->g;
  const struct segment_word *w = NULL;
  x->state[k] = cut->ends.n + cut->tails.n > 0 ? CUT_OPEN : CUT_CLOSED;
  if (x->state[k] == CUT_CLOSED || cut->seam == MILL_NONE || g->seam_list != x->term->seam_list) return 0;
  x->state[k] = (w = segment_seam(g, cut->seam)) != NULL ? CUT_SEAM : CUT_CLOSED;
  if (w == NULL || x->term->n_cuts == 1) return 0;
  if ((x->seams[k] = mem_malloc(sums_cells(g) * sizeof **x->seams)) == NULL) return MILL_ENOMEM;
  return mark_all(x, &(struct side){&w, 1, w->n}, x->seams[k]);
}

static int count_block(struct crossing *x, struct posting_cursor *c) {
  for (uint32_t k = 0; k < c->n; k++) count(x, c->b.ordinal[k], lister_tf(x->l, c, k));
  return 0;
}

/* A string of two characters, of which the segment has the seam. */
static int count_seam(struct crossing *x) {
  const struct segment_word *w = segment_seam(x->l->g, x->term->cuts[0].seam);
  return w != NULL ? each(x, &(struct side){&w, 1, w->n}, NULL, count_block) : 0;
}

int cross(struct crossing *x) {
  size_t cells = sums_cells(x->l->g);
  int code = 0;
  if (mill_grow(&x->one, &x->one_capacity, cells, sizeof *x->one) < 0 ||
      mill_grow(&x->both, &x->both_capacity, cells, sizeof *x->both) < 0 ||
      mill_grow(&x->narrow, &x->narrow_capacity, cells, sizeof *x->narrow) < 0 ||
      mill_grow(&x->kept, &x->kept_capacity, cells, sizeof *x->kept) < 0 ||
      mill_grow(&x->base, &x->base_capacity, (size_t)x->l->g->n_articles + 1, sizeof *x->base) < 0)
    return MILL_ENOMEM;
  for (uint32_t k = 0; k < x->term->n_cuts && code == 0; k++) code = look_at(x, k);
  if (code == 0 && x->term->n_cuts == 1 && x->state[0] == CUT_SEAM) return count_seam(x);
  for (uint32_t k = 0; k < x->term->n_cuts && code == 0; k++)
    if (x->state[k] != CUT_CLOSED) code = cross_alone(x, k);
  return code == 0 ? cross_chain(x) : code;
}
