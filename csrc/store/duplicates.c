/*
** duplicates.c - groups of articles that say nearly the same.
**
**   signatures   128 slots each, cut into bands of r      (mill_signatures)
**   candidates   articles with one band alike             (sorting, band by band)
**   pairs        candidates whose estimate is not too low, and whose shingles,
**                made anew from the text, reach the threshold
**   groups       articles joined by pairs                 (union-find)
**
** r is the largest for which a pair just at the threshold is missed with a
** chance below 1/1000: (1 - t^r)^(128/r). What is reported is exact: stored
** signatures, which a stranger may have written, only choose whom to compare.
** The file gets the signatures it lacks when the groups are known: adding never
** waits for them. What only reads, or is locked or full, stays as it is.
** Time is linear in the articles but for sorting: of a run with one band alike
** each is compared with the first and the 32 before it, and no article is
** compared in vain more than 64 times.
** Reference: J. Leskovec, A. Rajaraman, J. Ullman, Mining of Massive Datasets,
** chapter 3, 2014.
*/
#include <math.h>
#include <stdlib.h>

#include "show.h"
#include "similar.h"

enum { SETS = 64, BEFORE = 32, VAIN = 64, FAILED = 1 << 14, LONGEST_BAND = 8 };
static const double margin = 0.12; /* an estimate may be that much too low: 3 sigma */

struct item {
  int64_t doc;
  uint32_t article;   /* 0-based in the document */
  uint32_t parent;    /* union-find; the first of a group is its root */
  uint32_t size;      /* of a root's group */
  uint32_t vain;      /* comparisons that found no pair */
  mill_sketch sketch;
};
struct set { uint32_t item; uint64_t *hash; uint32_t capacity; size_t n; }; /* item+1 */
struct band { uint64_t key; uint32_t item; };
struct fresh { int64_t row; uint32_t item; }; /* MILL_NONE: it has no shingles */

struct search {
  mill_corpus *c;
  double threshold;
  struct item *items; uint32_t n, capacity;
  struct fresh *fresh; uint32_t n_fresh, fresh_capacity; /* signatures the file lacks */
  struct band *bands;           /* of n */
  uint64_t *failed;             /* pairs compared in vain, by hash */
  struct set sets[SETS];        /* shingles, by number of the item */
  struct reader reader;         /* the document read last */
};

static void search_free(struct search *x) {
  for (size_t k = 0; k < SETS; k++) mem_free(x->sets[k].hash);
  mem_free(x->items);
  mem_free(x->fresh);
  mem_free(x->bands);
  mem_free(x->failed);
  reader_free(&x->reader);
}

/* ---- signatures */

static int read_document(struct search *x, int64_t doc, uint32_t article, mill_error *err) {
  int code = x->reader.doc == doc ? 0 : reader_get(x->c, &x->reader, doc, err);
  if (code < 0) return x->reader.doc = 0, code;
  if (article < x->reader.layout.n_articles) return 0;
  return mill_fail(err, MILL_ECORRUPT, 0, "document %lld: its articles do not fit its blocks",
                   (long long)doc);
}

static int sign_item(struct search *x, struct item *i, int64_t row, mill_error *err) {
  int code = read_document(x, i->doc, i->article, err);
  if (code < 0) return code;
  similar_sign(&x->reader.folded, &x->reader.layout, i->article, &i->sketch);
  if (mill_grow(&x->fresh, &x->fresh_capacity, (size_t)x->n_fresh + 1, sizeof *x->fresh) < 0)
    return mill_fail_memory(err);
  x->fresh[x->n_fresh++] = (struct fresh){row, i->sketch.shingles > 0 ? x->n : MILL_NONE};
  return 0;
}

/* One row: document, number, signature, article. Made anew where there is none. */
static int add_item(struct search *x, sqlite3_stmt *s, mill_error *err) {
  if (mill_grow(&x->items, &x->capacity, (size_t)x->n + 1, sizeof *x->items) < 0)
    return mill_fail_memory(err);
  struct item *i = &x->items[x->n];
  int64_t number = sqlite3_column_int64(s, 1);
  memset(i, 0, sizeof *i);
  i->doc = sqlite3_column_int64(s, 0);
  if (number < 1 || number > UINT32_MAX) number = UINT32_MAX; /* no such article */
  i->article = (uint32_t)(number - 1);
  if (mill_signature_decode(sqlite3_column_blob(s, 2), (size_t)sqlite3_column_bytes(s, 2),
                            &i->sketch) < 0) {
    int code = sign_item(x, i, sqlite3_column_int64(s, 3), err);
    if (code < 0) return code;
  }
  i->parent = x->n;
  i->size = 1;
  x->n += i->sketch.shingles > 0;
  return 0;
}

static int load_items(struct search *x, mill_error *err) {
  const char *with = "SELECT a.doc, a.number, s.signature, article FROM mill_articles a"
                     " LEFT JOIN mill_signatures s USING(article) ORDER BY article";
  const char *without = "SELECT doc, number, NULL, article FROM mill_articles ORDER BY article";
  sqlite3_stmt *s = NULL;
  int code = 0, rc = sqlite3_prepare_v2(x->c->db, x->c->has_signatures ? with : without, -1, &s, NULL);
  while (code == 0 && (rc == SQLITE_OK || rc == SQLITE_ROW) && (rc = sqlite3_step(s)) == SQLITE_ROW)
    code = add_item(x, s, err);
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(x->c, rc, "reading signatures", err);
  sqlite3_finalize(s);
  return code;
}

static int put_fresh(struct search *x, mill_error *err) {
  const mill_sketch none = {.shingles = 0};
  int code = corpus_enter(x->c, 0, err);
  if (code < 0) return code;
  for (uint32_t k = 0; k < x->n_fresh && code == 0; k++) {
    const struct fresh *f = &x->fresh[k];
    code = similar_store(x->c, f->row, f->item != MILL_NONE ? &x->items[f->item].sketch : &none, err);
  }
  return corpus_leave(x->c, code, 0, err);
}

/* Stores what was made anew. What cannot be stored is made again next time, and is
** no failure of a call that reads; nobody's batch or lock is touched for it. */
static int store_fresh(struct search *x, mill_error *err) {
  mill_corpus *c = x->c;
  if (x->n_fresh == 0 || !c->writable || !c->has_signatures || !sqlite3_get_autocommit(c->db)) return 0;
  sqlite3_busy_timeout(c->db, 0);
  int code = put_fresh(x, err);
  sqlite3_busy_timeout(c->db, BUSY_MS);
  return code == MILL_ENOMEM ? code : 0;
}

/* ---- comparing two */

static int set_of(struct search *x, uint32_t item, const struct set **out, mill_error *err) {
  struct set *set = &x->sets[item % SETS];
  *out = set;
  if (set->item == item + 1) return 0;
  const struct item *i = &x->items[item];
  int code = read_document(x, i->doc, i->article, err);
  if (code < 0) return code;
  set->item = 0;
  if (similar_shingles(&x->reader.folded, &x->reader.layout, i->article, &set->hash,
                       &set->capacity, &set->n) < 0)
    return mill_fail_memory(err);
  set->item = item + 1;
  return 0;
}

static int compare(struct search *x, uint32_t a, uint32_t b, double *jaccard, mill_error *err) {
  const struct set *p, *q;
  struct set own = {0}; /* where both share a place */
  int code = set_of(x, a, &p, err);
  if (code == 0 && a != b && a % SETS == b % SETS) {
    own = x->sets[a % SETS];
    x->sets[a % SETS] = (struct set){0};
    p = &own;
  }
  if (code == 0) code = set_of(x, b, &q, err);
  if (code == 0) *jaccard = shingles_jaccard(p->hash, p->n, q->hash, q->n);
  mem_free(own.hash);
  return code;
}

static uint32_t root_of(struct search *x, uint32_t k) {
  while (x->items[k].parent != k) k = x->items[k].parent = x->items[x->items[k].parent].parent;
  return k;
}

static void join(struct search *x, uint32_t a, uint32_t b) {
  a = root_of(x, a), b = root_of(x, b);
  uint32_t first = a < b ? a : b, second = a < b ? b : a;
  x->items[second].parent = first;
  x->items[first].size += x->items[second].size;
}

/* Joins the groups of a < b when they are a pair. */
static int try_pair(struct search *x, uint32_t a, uint32_t b, mill_error *err) {
  struct item *p = &x->items[a], *q = &x->items[b];
  uint64_t pair = ((uint64_t)a << 32 | b) + 1, *failed = &x->failed[mill_hash64(&pair, 8, 0) % FAILED];
  double jaccard;
  if (*failed == pair || p->vain >= VAIN || q->vain >= VAIN || root_of(x, a) == root_of(x, b) ||
      mill_signature_similarity(&p->sketch, &q->sketch) < x->threshold - margin)
    return 0;
  int code = compare(x, a, b, &jaccard, err);
  if (code < 0) return code;
  if (jaccard >= x->threshold) return join(x, a, b), 0;
  *failed = pair;
  p->vain++, q->vain++;
  return 0;
}

/* ---- candidates */

static size_t band_length(double threshold) {
  size_t r = LONGEST_BAND;
  while (r > 1 && pow(1 - pow(threshold, (double)r), (double)(MILL_SIGNATURE_SLOTS / r)) > 0.001) r--;
  return r;
}

static int by_key(const void *x, const void *y) {
  const struct band *a = x, *b = y;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  return a->item < b->item ? -1 : a->item > b->item;
}

/* bands[0, n) have one key: its articles, in order. */
static int try_run(struct search *x, const struct band *run, size_t n, mill_error *err) {
  int code = 0;
  for (size_t k = 1; k < n && code == 0; k++) {
    code = try_pair(x, run[0].item, run[k].item, err);
    for (size_t j = k > BEFORE + 1 ? k - BEFORE : 1; j < k && code == 0; j++)
      code = try_pair(x, run[j].item, run[k].item, err);
  }
  return code;
}

static int try_band(struct search *x, size_t from, size_t length, mill_error *err) {
  int code = 0;
  for (uint32_t k = 0; k < x->n; k++)
    x->bands[k] = (struct band){
        mill_hash64(&x->items[k].sketch.slot[from], length * sizeof(uint16_t), 0), k};
  qsort(x->bands, x->n, sizeof *x->bands, by_key);
  for (size_t k = 0, end; k < x->n && code == 0; k = end) {
    for (end = k + 1; end < x->n && x->bands[end].key == x->bands[k].key;) end++;
    if (end - k > 1) code = try_run(x, x->bands + k, end - k, err);
  }
  return code;
}

static int find_groups(struct search *x, mill_error *err) {
  size_t length = band_length(x->threshold);
  int code = load_items(x, err);
  if (code < 0 || x->n < 2) return code;
  x->bands = mem_malloc((size_t)x->n * sizeof *x->bands);
  x->failed = mem_calloc(FAILED, sizeof *x->failed);
  if (x->bands == NULL || x->failed == NULL) return mill_fail_memory(err);
  for (size_t at = 0; at + length <= MILL_SIGNATURE_SLOTS && code == 0; at += length)
    code = try_band(x, at, length, err);
  return code;
}

/* ---- rows */

static int put_member(struct search *x, struct shown *s, int64_t group, uint32_t first, uint32_t k,
                      mill_rows *rows, mill_error *err) {
  const struct item *i = &x->items[k];
  double jaccard;
  int code = compare(x, first, k, &jaccard, err);
  if (code == 0) code = show_load(s, i->doc, err);
  if (code < 0) return code;
  if (i->article >= s->text->n_articles)
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: its articles do not fit its blocks", s->id);
  rows_integer(rows, group);
  rows_text(rows, s->id);
  rows_integer(rows, (int64_t)i->article + 1);
  if ((code = show_title(x->c, i->doc, i->article, rows, err)) < 0) return code;
  rows_real(rows, jaccard);
  show_cite(s, mill_text_raw(s->text, s->text->articles[i->article].clean), rows);
  return 0;
}

/* Members behind their first: items sorted by root, then as they came. */
static int put_groups(struct search *x, mill_rows *rows, mill_error *err) {
  struct shown s = {x->c, 0, NULL, ""};
  size_t n = 0;
  int64_t group = 0;
  int code = 0;
  for (uint32_t k = 0; k < x->n; k++) {
    uint32_t root = root_of(x, k);
    if (x->items[root].size > 1) x->bands[n++] = (struct band){root, k};
  }
  if (n > 0) qsort(x->bands, n, sizeof *x->bands, by_key);
  for (size_t k = 0; k < n && code == 0; k++) {
    uint32_t first = (uint32_t)x->bands[k].key;
    group += x->bands[k].item == first;
    code = put_member(x, &s, group, first, x->bands[k].item, rows, err);
  }
  show_free(&s);
  return code;
}

int mill_corpus_duplicates(mill_corpus *c, double threshold, mill_rows **out, mill_error *err) {
  struct search x = {.c = c, .threshold = threshold};
  *out = NULL;
  if (!(threshold > 0 && threshold <= 1))
    return mill_fail(err, MILL_EINVAL, 0, "a threshold is above 0 and at most 1");
  mill_rows *rows = rows_new("group doc article title similarity cite");
  int code = rows == NULL ? mill_fail_memory(err) : corpus_read(c, err);
  if (code == 0) {
    code = find_groups(&x, err);
    if (code == 0) code = put_groups(&x, rows, err);
    corpus_read_end(c);
  }
  if (code == 0) code = store_fresh(&x, err);
  search_free(&x);
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}
