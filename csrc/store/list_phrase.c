/*
** list_phrase.c - words side by side, and words near each other.
**
** In an article that all words have, the places of the rarest are tried on the next rare
** one, and so on: most articles are done with after two, and the positions of the
** frequent words are not touched. Places are tried by pairs where both words have few, else
** by a bit for each, so that nothing is guessed:
**
**   rarest      where the phrase would begin     bits  ..1....1.......
**   the next    where it would, by this word           ..^.^...   ^      kept: those on a bit
*/
#include "meeting.h"

#include "../core/alloc.h"
#include "../core/cpu.h"

#if MILL_AVX2
#include <immintrin.h>
#endif

/* ---- phrases */

#define PLACES 65536u /* of longer articles places are compared */
#define FEW 64u       /* of so many, pairs */

/* Where word k stands in a row. all: of most rows it will be asked. */
static int stands_of(struct meeting *m, uint16_t k, uint32_t row, int all, struct stands *s) {
  const struct posting_spot *spot = m->spots + (size_t)k * SEGMENT_BLOCK + row;
  int summed = m->feeds[k].c->summed == spot->block + 1;
  return meeting_stands(m, k, spot, meeting_tf(m, k)[row], summed || (all && meeting_wants(m, k, row)), s);
}

/* Numbers that are in both, ascending, into both. */
static uint32_t keep_compared(const uint32_t *begin, uint32_t n, uint32_t *p, uint32_t n_p) {
  uint32_t kept = 0;
  for (uint32_t i = 0, j = 0; i < n && j < n_p;) {
    uint32_t x = begin[i], y = p[j];
    p[kept] = y;
    kept += x == y;
    i += x <= y;
    j += y <= x;
  }
  return kept;
}

/* Where word k of the phrase says that it begins, LIST_TERMS more; what none is above. */
static uint32_t places_of(const struct stands *s, uint16_t k, uint32_t *p) {
  uint32_t most = 0, more = LIST_TERMS - k;
  for (uint32_t i = 0; i < s->n; i++) most |= p[i] = stands_at(s, i) + more;
  return most;
}

/* The same of those alone that are on a bit, to *kept; of a bit too far away another is seen. */
static uint32_t places_on(const struct stands *s, uint16_t k, const uint64_t *bits, uint32_t *p,
                          uint32_t *kept) {
  uint32_t most = 0, more = LIST_TERMS - k, n = 0;
  for (uint32_t i = 0; i < s->n; i++) {
    uint32_t place = stands_at(s, i) + more;
    most |= p[n] = place;
    n += (uint32_t)(bits[place / 64 % (PLACES / 64)] >> place % 64) & 1;
  }
  *kept = n;
  return most;
}

#if MILL_AVX2
/* Numbers that two words have, each so many more, into p, where both are few: every pair is
** tried, eight at once. */
MILL_TARGET_BITS static uint32_t keep_pairs(const struct stands *a, uint32_t more_a, const struct stands *b,
                                            uint32_t more_b, uint32_t *p) {
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), base = _mm256_set1_epi32((int)b->base);
  const __m256i more = _mm256_set1_epi32((int)more_b);
  const __m128i shift = _mm_cvtsi32_si128((int)b->shift);
  uint64_t kept = 0;
  uint32_t n = 0;
  for (uint32_t j = 0; j < b->n; j += 8) {
    __m256i there = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(b->n - j)), lanes);
    __m256i x = _mm256_maskload_epi32((const int *)(const void *)(b->p + j), there);
    x = _mm256_add_epi32(_mm256_srl_epi32(_mm256_sub_epi32(x, base), shift), more);
    x = _mm256_and_si256(x, there); /* no place is 0 */
    for (uint32_t i = 0; i < a->n; i++) {
      __m256i hit = _mm256_cmpeq_epi32(x, _mm256_set1_epi32((int)(stands_at(a, i) + more_a)));
      kept |= (uint64_t)!_mm256_testz_si256(hit, hit) << i;
    }
  }
  for (; kept != 0; kept &= kept - 1) p[n++] = stands_at(a, (uint32_t)_tzcnt_u64(kept)) + more_a;
  return n;
}

/* Are places to be tried by pairs? */
static int are_few(const struct meeting *m, const struct stands *a, const struct stands *b) {
  return m->l->g->avx2 && a->n <= FEW && b->n <= FEW;
}
#endif

/* Keeps the beginnings that word k has, too, as its own positions. Where some lie beyond
** the bits, the row is read again, to be compared. */
static int keep(struct meeting *m, const uint32_t *begin, uint32_t *n, uint32_t most, uint16_t k,
                uint32_t row, int all) {
  struct stands s;
  int code = stands_of(m, k, row, all, &s);
  uint32_t *p = m->l->positions[k], kept = 0;
#if MILL_AVX2
  struct stands a = {begin, *n, 0, 0};
  if (code == 0 && are_few(m, &a, &s)) return *n = keep_pairs(&a, 0, &s, LIST_TERMS - k, p), 0;
#endif
  if (code == 0 && most < PLACES) {
    for (uint32_t i = 0; i < *n; i++) m->bits[begin[i] / 64] |= UINT64_C(1) << begin[i] % 64;
    most = places_on(&s, k, m->bits, p, &kept);
    for (uint32_t i = 0; i < *n; i++) m->bits[begin[i] / 64] = 0;
    if (most >= PLACES) code = stands_of(m, k, row, all, &s);
  }
  if (code == 0 && most >= PLACES) {
    places_of(&s, k, p);
    kept = keep_compared(begin, *n, p, s.n);
  }
  *n = kept;
  return code;
}

/* Where the phrase begins in a row, LIST_TERMS more. */
static int beginnings(struct meeting *m, uint32_t row, const uint32_t **places, uint32_t *n) {
  uint16_t lead = m->order[0], next = m->order[m->n > 1], j = 1;
  struct stands s, t;
  int code = stands_of(m, lead, row, 1, &s);
  if (code == 0) code = stands_of(m, next, row, 1, &t);
  if (code < 0) return code;
  uint32_t *begin = m->l->positions[lead], kept = s.n, most = 0;
#if MILL_AVX2
  if (are_few(m, &s, &t)) {
    begin = m->l->positions[next];
    kept = keep_pairs(&s, LIST_TERMS - lead, &t, LIST_TERMS - next, begin);
    j = 2;
  }
#endif
  if (j == 1 || m->n > 2) most = places_of(&s, lead, m->l->positions[lead]);
  for (; j < m->n && kept > 0 && code == 0; j++) {
    code = keep(m, begin, &kept, most, m->order[j], row, j == 1);
    begin = m->l->positions[m->order[j]];
  }
  *places = begin;
  *n = kept;
  return code;
}

/* Occurrences of a list's articles, one after the other. */
struct places { struct article_list list; uint32_t *positions, n, capacity; };

static int keep_places(struct places *p, const uint32_t *from, uint32_t n, uint32_t less) {
  if (mill_grow(&p->positions, &p->capacity, (size_t)p->n + n, sizeof *p->positions) < 0) return MILL_ENOMEM;
  for (uint32_t k = 0; k < n; k++) p->positions[p->n++] = from[k] - less;
  return 0;
}

static int list_rows(struct meeting *m, struct article_list *out, struct places *places) {
  for (uint32_t row = 0; row < m->rows; row++) {
    const uint32_t *begin;
    uint32_t n;
    int code = beginnings(m, row, &begin, &n);
    if (code < 0) return code;
    if (n > 0 && list_push(out, m->ordinal[row], n) < 0) return MILL_ENOMEM;
    if (n > 0 && places != NULL && keep_places(places, begin, n, LIST_TERMS) < 0) return MILL_ENOMEM;
  }
  return 0;
}

static int walk_phrase(struct lister *l, const struct term *t, struct article_list *out,
    struct places *places) {
  struct meeting m;
  if (t->words.n > LIST_TERMS) return MILL_EINVAL;
  int code = meeting_new(&m, l, (uint16_t)t->words.n, 1);
  if (code == 0 && (m.bits = mem_calloc(PLACES / 64, sizeof *m.bits)) == NULL) code = MILL_ENOMEM;
  for (uint16_t k = 0; k < t->words.n && code == 0; k++) code = feed_word(&m.feeds[k], l, k, t->words.ids[k]);
  if (code == 0 && meeting_begin(&m)) {
    while (code == 0 && meeting_next(&m)) code = list_rows(&m, out, places);
    if (code == 0) code = m.code;
  }
  meeting_free(&m);
  return code;
}

int list_phrase(struct lister *l, const struct term *t, struct article_list *out) {
  return walk_phrase(l, t, out, NULL);
}

/* ---- any of many words, with their positions */

static int by_key(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

struct keys { uint64_t *items; uint32_t n, capacity; };

static int add_keys(struct lister *l, uint32_t word, struct keys *keys) {
  int code = lister_open(l, 0, word);
  if (code <= 0) return code;
  struct posting_cursor *c = l->cursors[0];
  while ((code = stop_check(l->stop)) == 0 && cursor_next(c)) {
    uint32_t n;
    if (segment_is_removed(l->g, cursor_ordinal(c))) continue;
    if ((code = lister_positions(l, 0, &n)) < 0) return code;
    if (mill_grow(&keys->items, &keys->capacity, (size_t)keys->n + n, sizeof *keys->items) < 0)
      return MILL_ENOMEM;
    for (uint32_t i = 0; i < n; i++)
      keys->items[keys->n++] = (uint64_t)cursor_ordinal(c) << 32 | l->positions[0][i];
  }
  return code < 0 ? code : c->code;
}

static int places_of_any(struct lister *l, const struct term *t, struct places *out) {
  struct keys keys = {0};
  int code = 0;
  for (uint32_t k = 0; k < t->words.n && code == 0; k++) code = add_keys(l, t->words.ids[k], &keys);
  if (code == 0 && keys.n > 0) qsort(keys.items, keys.n, sizeof *keys.items, by_key);
  for (uint32_t k = 0; k < keys.n && code == 0; k++) {
    uint32_t ordinal = (uint32_t)(keys.items[k] >> 32), position = (uint32_t)keys.items[k];
    if (out->list.n > 0 && out->list.ordinal[out->list.n - 1] == ordinal) out->list.tf[out->list.n - 1]++;
    else code = list_push(&out->list, ordinal, 1);
    if (code == 0) code = keep_places(out, &position, 1, 0);
  }
  mem_free(keys.items);
  return code;
}

/* ---- NEAR: a member is a cursor, or places that were listed */

struct member { int listed; struct places places; uint32_t at, place; };

/* Moves to the first article at or above `to`: 1, 0 at the end, or MILL_E*. */
static int seek(struct lister *l, struct member *m, uint32_t k, uint32_t to, uint32_t *ordinal) {
  if (!m->listed) {
    struct posting_cursor *c = l->cursors[k];
    if (!cursor_seek(c, to)) return c->code;
    *ordinal = cursor_ordinal(c);
    return 1;
  }
  const struct article_list *list = &m->places.list;
  while (m->at < list->n && list->ordinal[m->at] < to) m->place += list->tf[m->at++];
  if (m->at == list->n) return 0;
  *ordinal = list->ordinal[m->at];
  return 1;
}

static int open_members(struct lister *l, const struct term *const *terms, uint32_t n, struct member *m) {
  for (uint32_t k = 0; k < n; k++) {
    if (term_is_word(terms[k])) continue;
    m[k].listed = 1;
    int code = terms[k]->kind == TERM_PHRASE ? walk_phrase(l, terms[k], &m[k].places.list, &m[k].places)
                                             : places_of_any(l, terms[k], &m[k].places);
    if (code < 0) return code;
    if (m[k].places.list.n == 0) return 0;
  }
  for (uint32_t k = 0; k < n; k++) {
    int code = m[k].listed ? 1 : lister_open(l, k, terms[k]->words.ids[0]);
    if (code <= 0) return code;
  }
  return 1;
}

/* Rarest first. */
static void arrange(const struct lister *l, const struct member *m, uint32_t n, uint8_t *order) {
  for (uint32_t k = 0; k < n; k++) {
    uint32_t at = k, size = m[k].listed ? m[k].places.list.n : l->cursors[k]->word->n;
    for (; at > 0; at--) {
      uint8_t x = order[at - 1];
      if ((m[x].listed ? m[x].places.list.n : l->cursors[x]->word->n) <= size) break;
      order[at] = x;
    }
    order[at] = (uint8_t)k;
  }
}

static int next_together(struct lister *l, struct member *m, const uint8_t *order, uint32_t n,
    uint32_t *ordinal) {
  uint32_t to = *ordinal, at = 0;
  int code = stop_check(l->stop);
  if (code < 0) return code;
  for (uint32_t k = 0; k < n;) {
    if ((code = seek(l, &m[order[k]], order[k], to, &at)) <= 0) return code;
    if (at == to || k == 0) to = at, k++;
    else to = at, k = 0;
  }
  *ordinal = to;
  return 1;
}

static int side_of(struct lister *l, const struct member *m, uint32_t k, struct near_side *s) {
  if (!m->listed) {
    int code = lister_positions(l, k, &s->n);
    s->positions = l->positions[k];
    return code;
  }
  s->positions = m->places.positions + m->place;
  s->n = m->places.list.tf[m->at];
  return 0;
}

static int near_articles(struct lister *l, const struct term *const *terms, uint32_t n, uint32_t distance,
                         struct member *m, struct article_list *out) {
  struct near_side sides[LIST_TERMS] = {{0}};
  uint8_t order[LIST_TERMS];
  int code;
  arrange(l, m, n, order);
  for (uint32_t k = 0; k < n; k++) sides[k].words = terms[k]->kind == TERM_PHRASE ? terms[k]->words.n : 1;
  for (uint32_t ordinal = 0; (code = next_together(l, m, order, n, &ordinal)) > 0; ordinal++) {
    int empty = segment_is_removed(l->g, ordinal);
    for (uint32_t k = 0; k < n && !empty; k++) {
      if ((code = side_of(l, &m[order[k]], order[k], &sides[order[k]])) < 0) return code;
      empty = sides[order[k]].n == 0;
    }
    if (empty || !near_match(sides, n, distance)) continue;
    for (uint32_t k = 0; k < n; k++)
      if (list_push(&out[k], ordinal, sides[k].count) < 0) return MILL_ENOMEM;
  }
  return code;
}

int list_near(struct lister *l, const struct term *const *terms, uint32_t n, uint32_t distance,
    struct article_list *out) {
  if (n > LIST_TERMS) return MILL_EINVAL;
  struct member *m = mem_calloc(n, sizeof *m);
  if (m == NULL) return MILL_ENOMEM;
  int code = open_members(l, terms, n, m);
  if (code > 0) code = near_articles(l, terms, n, distance, m, out);
  for (uint32_t k = 0; k < n; k++) {
    list_free(&m[k].places.list);
    mem_free(m[k].places.positions);
  }
  mem_free(m);
  return code;
}
