/*
** frequencies.c - counting words, tags, kinds and runs of n words; how a word is spread.
**
** Runs of words do not go over the end of a sentence. They are counted in a table of
** places where they stand first: a run is compared word by word, so that no two are
** taken for one.
*/
#include <math.h>

#include "stream.h"

struct counted { uint32_t key, count, docs; };

static int by_count(const void *a, const void *b) {
  const struct counted *x = a, *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return x->key < y->key ? -1 : x->key > y->key;
}

/* ---- words, tags, kinds */

static void put_word(mill_buffer *b, const struct vocab *v, uint32_t id) {
  size_t n;
  const char *s = vocab_text(v, id, &n);
  mill_buffer_append(b, s, n);
}

static const char *kind_name(uint8_t kind) {
  static const char *const names[] = {"han", "number", "latin", "kana", "other"};
  switch (kind) {
    case MILL_KIND_HAN: return names[0];
    case MILL_KIND_NUMBER: return names[1];
    case MILL_KIND_LATIN: return names[2];
    case MILL_KIND_KANA: return names[3];
    default: return names[4];
  }
}

static int put_row(mill_rows *rows, const char *s, size_t n, uint32_t count, uint32_t docs, double total) {
  rows_bytes(rows, s, n);
  rows_integer(rows, count);
  rows_real(rows, total > 0 ? 1e6 * count / total : 0);
  rows_integer(rows, docs);
  return 0;
}

static int put_words(mill_corpus *c, const uint32_t *counts, const uint32_t *docs, double total,
                     const mill_frequency_options *o, mill_rows *rows) {
  uint32_t n = 0, least = o->min != 0 ? o->min : 1;
  struct counted *list = mem_malloc(((size_t)c->words.n + 1) * sizeof *list);
  if (list == NULL) return MILL_ENOMEM;
  for (uint32_t id = 1; id <= c->words.n; id++)
    if (counts[id] >= least) list[n++] = (struct counted){id, counts[id], docs[id]};
  if (n > 0) qsort(list, n, sizeof *list, by_count);
  for (uint32_t k = 0; k < n && (o->limit == 0 || k < o->limit); k++) {
    size_t len;
    const char *s = vocab_text(&c->words, list[k].key, &len);
    put_row(rows, s, len, list[k].count, list[k].docs, total);
  }
  mem_free(list);
  return 0;
}

/* Tags are each word's usual one: tags in context are not in the stream. */
static void put_classes(mill_corpus *c, const uint32_t *counts, double total, int kinds, mill_rows *rows) {
  uint64_t sums[256] = {0}, types[256] = {0};
  for (uint32_t id = 1; id <= c->words.n; id++) {
    const struct vocab_word *w = &c->words.words[id];
    sums[kinds ? w->kind : w->tag] += counts[id];
    types[kinds ? w->kind : w->tag] += counts[id] > 0;
  }
  for (uint32_t done = 0; done < 256; done++) {
    uint32_t best = 0;
    for (uint32_t k = 1; k < 256; k++)
      if (sums[k] > sums[best]) best = k;
    if (sums[best] == 0) return;
    const char *name = kinds ? kind_name((uint8_t)best) : mill_tag_name((enum mill_tag)best);
    rows_text(rows, name != NULL ? name : "?");
    rows_integer(rows, (int64_t)sums[best]);
    rows_real(rows, 1e6 * (double)sums[best] / total);
    rows_integer(rows, (int64_t)types[best]);
    sums[best] = 0;
  }
}

/* ---- runs of words */

struct runs {
  mill_corpus *c; const struct stream *s; uint32_t length;
  uint32_t *table; size_t mask;                     /* entry + 1, 0 empty */
  struct counted *entries; uint32_t n, capacity;    /* key: first place */
  uint32_t *last; uint32_t last_capacity;           /* document an entry was last seen in */
  uint64_t total;
};

static uint64_t hash_run(const uint32_t *ids, uint32_t n) {
  uint64_t h = n;
  for (uint32_t k = 0; k < n; k++) h = (h ^ ids[k]) * UINT64_C(0x9E3779B97F4A7C15), h ^= h >> 29;
  return h ^ h >> 32;
}

static size_t slot_of(const struct runs *r, const uint32_t *ids) {
  size_t k = (size_t)hash_run(ids, r->length) & r->mask;
  for (;; k = (k + 1) & r->mask) {
    if (r->table[k] == 0) return k;
    const uint32_t *known = r->s->ids + r->entries[r->table[k] - 1].key;
    if (memcmp(known, ids, r->length * sizeof *ids) == 0) return k;
  }
}

static int widen(struct runs *r) {
  size_t size = r->table == NULL ? 1 << 16 : (r->mask + 1) * 2;
  if (r->table != NULL && r->n < r->mask / 2) return 0;
  uint32_t *table = mem_calloc(size, sizeof *table);
  if (table == NULL) return MILL_ENOMEM;
  mem_free(r->table);
  r->table = table;
  r->mask = size - 1;
  for (uint32_t k = 0; k < r->n; k++) table[slot_of(r, r->s->ids + r->entries[k].key)] = k + 1;
  return 0;
}

static int count_run(struct runs *r, uint32_t at, uint32_t document) {
  if (widen(r) < 0) return MILL_ENOMEM;
  size_t slot = slot_of(r, r->s->ids + at);
  if (r->table[slot] == 0) {
    if (mill_grow(&r->entries, &r->capacity, (size_t)r->n + 1, sizeof *r->entries) < 0 ||
        mill_grow(&r->last, &r->last_capacity, (size_t)r->n + 1, sizeof *r->last) < 0)
      return MILL_ENOMEM;
    r->entries[r->n] = (struct counted){at, 0, 0};
    r->last[r->n] = 0;
    r->table[slot] = ++r->n;
  }
  uint32_t k = r->table[slot] - 1;
  r->entries[k].count++;
  if (r->last[k] != document) r->last[k] = document, r->entries[k].docs++;
  r->total++;
  return 0;
}

static int count_runs(struct runs *r) {
  const struct stream *s = r->s;
  uint32_t number = 0;
  for (uint32_t g = 0; g < s->n_segments; g++) {
    const struct segment *x = &s->segments[g];
    if (g == 0 || x->doc != x[-1].doc) number = g + 1;
    if (!scope_has(r->c->scope, x->doc, x->article)) continue;
    uint32_t run = 0;
    for (uint32_t k = x->from; k < x[1].from; k++) {
      run = s->ids[k] != 0 ? run + 1 : 0;
      if (run >= r->length && count_run(r, k + 1 - r->length, number) < 0) return MILL_ENOMEM;
    }
  }
  return 0;
}

static int put_runs(struct runs *r, const mill_frequency_options *o, mill_rows *rows) {
  mill_buffer text = {0};
  uint32_t least = o->min != 0 ? o->min : 1;
  if (r->n > 0) qsort(r->entries, r->n, sizeof *r->entries, by_count);
  for (uint32_t k = 0; k < r->n && (o->limit == 0 || k < o->limit) && r->entries[k].count >= least; k++) {
    text.len = 0;
    for (uint32_t i = 0; i < r->length; i++) {
      if (i > 0) mill_buffer_byte(&text, ' ');
      put_word(&text, &r->c->words, r->s->ids[r->entries[k].key + i]);
    }
    if (text.error) break;
    put_row(rows, text.bytes, text.len, r->entries[k].count, r->entries[k].docs, (double)r->total);
  }
  int code = text.error;
  mill_buffer_free(&text);
  return code;
}

static int frequencies_of_runs(mill_corpus *c, const struct stream *s, const mill_frequency_options *o,
                               mill_rows *rows, uint64_t *total) {
  struct runs r = {.c = c, .s = s, .length = o->n};
  int code = count_runs(&r);
  if (code == 0) code = put_runs(&r, o, rows);
  *total = r.total;
  mem_free(r.table);
  mem_free(r.entries);
  mem_free(r.last);
  return code;
}

static int frequencies(mill_corpus *c, const mill_frequency_options *o, mill_rows *rows, uint64_t *total,
                       mill_error *err) {
  const struct stream *s;
  uint32_t *counts = NULL, *docs = NULL;
  int code = stream_get(c, &s, err);
  if (code < 0) return code;
  if (o->of == MILL_OF_WORDS && o->n > 1)
    return frequencies_of_runs(c, s, o, rows, total) < 0 ? mill_fail_memory(err) : 0;
  if ((code = stream_count(c, s, &counts, &docs, total, err)) < 0) return code;
  if (o->of != MILL_OF_WORDS) put_classes(c, counts, (double)*total, o->of == MILL_OF_KINDS, rows);
  else if (put_words(c, counts, docs, (double)*total, o, rows) < 0) code = mill_fail_memory(err);
  mem_free(counts);
  mem_free(docs);
  return code;
}

int mill_corpus_frequencies(mill_corpus *c, const mill_frequency_options *o, mill_rows **out,
                            uint64_t *total, mill_error *err) {
  *out = NULL;
  *total = 0;
  if (o->n > 8) return mill_fail(err, MILL_EINVAL, 0, "runs of at most 8 words are counted");
  mill_rows *rows = rows_new(o->of == MILL_OF_WORDS ? "word count per_million docs"
                                                     : "word count per_million words");
  int code = rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    code = frequencies(c, o, rows, total, err);
    corpus_read_end(c);
  }
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}

/* ---- dispersion */

struct part { uint32_t words, hits; };

static uint32_t count_nodes(const mill_corpus *c, const struct stream *s, const struct pattern_node *p,
                            uint32_t k, uint32_t end) {
  uint32_t n, hits = 0;
  while ((k = node_next(p, s->ids, k, end)) < end) {
    n = node_at(&c->words, p, s->ids, k, end);
    hits += n > 0;
    k += n > 0 ? n : 1;
  }
  return hits;
}

/* Parts are documents that have words. */
static uint32_t measure_parts(const mill_corpus *c, const struct stream *s, const struct pattern_node *p,
                              struct part *parts) {
  uint32_t n = 0;
  int64_t last = -1;
  for (uint32_t g = 0; g < s->n_segments; g++) {
    const struct segment *x = &s->segments[g];
    if (!scope_has(c->scope, x->doc, x->article)) continue;
    uint32_t words = 0;
    for (uint32_t k = x->from; k < x[1].from; k++) words += s->ids[k] != 0;
    if (words == 0) continue;
    if (x->doc != last) parts[n++] = (struct part){0, 0}, last = x->doc;
    parts[n - 1].words += words;
    parts[n - 1].hits += count_nodes(c, s, p, x->from, x[1].from);
  }
  return n;
}

void mill_disperse(const uint32_t *hits, const uint32_t *words, size_t n, mill_dispersion *out) {
  double f = 0, size = 0, mean = 0, square = 0, least = 1;
  memset(out, 0, sizeof *out);
  for (size_t k = 0; k < n; k++) f += hits[k], size += words[k], out->range += hits[k] > 0;
  out->hits = (uint64_t)f;
  out->words = (uint64_t)size;
  out->parts = n;
  if (f <= 0 || size <= 0) return;
  for (size_t k = 0; k < n; k++) {
    double share = words[k] / size, rate = words[k] > 0 ? (double)hits[k] / words[k] : 0;
    mean += rate / (double)n;
    if (share < least) least = share;
    out->dp += fabs(hits[k] / f - share) / 2;
  }
  for (size_t k = 0; k < n; k++) {
    double d = (words[k] > 0 ? (double)hits[k] / words[k] : 0) - mean;
    square += d * d / (double)n;
  }
  out->juilland = n > 1 ? 1 - sqrt(square) / mean / sqrt((double)n - 1) : 1;
  out->dp_norm = least < 1 ? out->dp / (1 - least) : 0;
}

static int disperse(mill_corpus *c, const struct pattern_node *p, mill_dispersion *out, mill_error *err) {
  const struct stream *s;
  int code = stream_get(c, &s, err);
  if (code < 0) return code;
  struct part *parts = mem_malloc(((size_t)s->n_segments + 1) * sizeof *parts);
  uint32_t *columns = mem_malloc(((size_t)s->n_segments + 1) * 2 * sizeof *columns);
  if (parts == NULL || columns == NULL) {
    code = mill_fail_memory(err);
  } else {
    uint32_t n = measure_parts(c, s, p, parts);
    for (uint32_t k = 0; k < n; k++) columns[k] = parts[k].hits, columns[n + k] = parts[k].words;
    mill_disperse(columns, columns + n, n, out);
  }
  mem_free(parts);
  mem_free(columns);
  return code;
}

int mill_corpus_dispersion(mill_corpus *c, const char *query, mill_dispersion *out, mill_error *err) {
  struct pattern_node *p = mem_calloc(1, sizeof *p);
  if (p == NULL) return mill_fail_memory(err);
  int code = corpus_read(c, err);
  if (code == 0) {
    code = node_parse(c, query, p, err);
    if (code == 0) code = disperse(c, p, out, err);
    corpus_read_end(c);
  }
  node_free(p);
  mem_free(p);
  return code;
}
