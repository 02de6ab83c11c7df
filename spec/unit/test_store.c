/*
** test_store.c - the parts of the store one by one (vocabulary, forward blobs,
** layouts, rows, queries) and a corpus through its C interface, under the
** sanitizers; damaged blobs must be refused or decoded, never read beyond.
*/
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "store/forward.h"
#include "store/layout.h"
#include "store/query.h"
#include "store/rows.h"
#include "store/store.h"
#include "store/vocab.h"

/* ---- vocabulary */

static void test_vocab(void) {
  struct vocab v;
  char word[32];
  CHECK_EQ(vocab_init(&v, NULL), 0);
  for (uint32_t k = 1; k <= 5000; k++) {
    int n = snprintf(word, sizeof word, "w%u", k);
    CHECK_EQ(vocab_of_token(&v, MILL_NONE, word, (size_t)n, 1, MILL_KIND_HAN), k);
  }
  CHECK_EQ(vocab_find(&v, "w77", 3), 77);
  CHECK_EQ(vocab_find(&v, "w5001", 5), 0);
  CHECK_EQ(vocab_find(&v, "w7", 1), 0); /* "w": length counts */
  vocab_truncate(&v, 100);
  CHECK_EQ(v.n, 100);
  CHECK_EQ(vocab_find(&v, "w100", 4), 100);
  CHECK_EQ(vocab_find(&v, "w101", 4), 0);
  CHECK_EQ(vocab_append(&v, "new", 3, 2, MILL_KIND_PUNCT), 101);
  CHECK(vocab_separator(&v, 'n'));
  CHECK(!vocab_separator(&v, '7'));
  CHECK_EQ(vocab_of_token(&v, MILL_NONE, "", 0, 0, 0), 102); /* an empty word is a word */
  vocab_free(&v);
}

/* ---- forward blobs */

/* Random tokens over a small vocabulary, with all kinds of exceptions. */
/* Blobs of format 1: a number's value was an exception, as any other. */
static void test_first_format(void) {
  static const unsigned char blob[] = {1, 3, 1, 0x40 | 1, 70, 2, 0, 4, 1, 1};
  struct vocab v;
  mill_tokens t = {0};
  vocab_init(&v, NULL);
  CHECK_EQ(vocab_append(&v, "70", 2, MILL_TAG_M, MILL_KIND_NUMBER), 1);
  CHECK_EQ(vocab_append(&v, "x", 1, MILL_TAG_N, MILL_KIND_LATIN), 2);
  CHECK_EQ(forward_decode(blob, sizeof blob, &v, &t), 0);
  CHECK_EQ(t.n, 3);
  CHECK_EQ(t.value[0], MILL_NONE);
  CHECK_EQ(t.value[1], 0);
  CHECK_EQ(t.value[2], MILL_NONE);
  CHECK(t.values[0].value == 70);
  mill_tokens_free(&t);
  vocab_free(&v);
}

/* Few exceptions and frequent words leave long runs of short codes. */
static void random_tokens(uint64_t *seed, struct vocab *v, mill_tokens *t, uint32_t *ids) {
  size_t at = 0;
  uint32_t rate = check_below(seed, 2) ? 8 : 200, most = check_below(seed, 2) ? v->n : 400;
  t->n_values = check_below(seed, 40);
  for (size_t k = 0; k < t->n_values; k++) {
    double x = check_below(seed, 3) ? check_below(seed, 100000) : -1.5 * check_below(seed, 9);
    t->values[k] = (mill_number){x, x, check_below(seed, 2) ? x : x + 0.25,
                                 (uint8_t)check_below(seed, 5), (uint8_t)check_below(seed, 7)};
  }
  for (size_t k = 0; k < t->n; k++) {
    ids[k] = 1 + check_below(seed, most);
    t->start[k] = (uint32_t)at;
    at += v->words[ids[k]].len;
    t->word[k] = MILL_NONE;
    int odd = check_below(seed, rate) == 0;
    t->tag[k] = odd ? (uint8_t)check_below(seed, MILL_TAG_COUNT) : v->words[ids[k]].tag;
    t->kind[k] = odd ? (uint8_t)check_below(seed, 8) : v->words[ids[k]].kind;
    int valued = t->n_values > 0 && check_below(seed, rate + 1) == 0;
    t->value[k] = valued ? check_below(seed, (uint32_t)t->n_values) : MILL_NONE;
  }
  t->start[t->n] = (uint32_t)at;
}

static void check_equal(const mill_tokens *a, const mill_tokens *b, const uint32_t *ids) {
  int same = a->n == b->n && a->n_values == b->n_values;
  for (size_t k = 0; same && k < a->n; k++)
    same = a->start[k] == b->start[k] && ids[k] == b->word[k] && a->tag[k] == b->tag[k] &&
           a->kind[k] == b->kind[k] && a->value[k] == b->value[k];
  for (size_t k = 0; same && k < a->n_values; k++)
    same = a->values[k].value == b->values[k].value && a->values[k].lo == b->values[k].lo &&
           a->values[k].hi == b->values[k].hi && a->values[k].kind == b->values[k].kind &&
           a->values[k].approx == b->values[k].approx;
  CHECK(same);
}

/* The types of a blob are words, tags and kinds of its tokens; those of a damaged one are
** refused, or types that there are. */
static void check_types(const void *blob, size_t n, const struct vocab *v, uint32_t *types,
                        const mill_tokens *t) {
  struct type_table table = {0};
  types_clear(&table, v->n);
  int code = forward_types(blob, n, v, &table, types), same = 1;
  CHECK(code == 0 || code == MILL_ECORRUPT);
  CHECK(t == NULL || code == 0);
  for (int64_t k = 0; code == 0 && same && k < forward_count(blob, n); k++) {
    same = types[k] > 0 && types[k] <= types_count(&table);
    if (!same || t == NULL) continue;
    struct word_type x = types_get(&table, v, types[k]);
    same = x.id == t->word[k] && x.tag == t->tag[k] && x.kind == t->kind[k];
  }
  CHECK(same);
  types_free(&table);
}

/* Every prefix and many flipped bits, in exactly as much memory as said. */
static void damage(uint64_t *seed, const mill_buffer *blob, const struct vocab *v, mill_tokens *out) {
  uint32_t *ids = malloc((blob->len + 1) * sizeof *ids);
  for (size_t round = 0; round < 300; round++) {
    size_t n = round < 100 ? check_below(seed, (uint32_t)blob->len + 1) : blob->len;
    unsigned char *copy = malloc(n > 0 ? n : 1);
    memcpy(copy, blob->bytes, n);
    if (n > 0) copy[check_below(seed, (uint32_t)n)] ^= (unsigned char)(1u << check_below(seed, 8));
    int64_t count = forward_count(copy, n);
    CHECK(count <= (int64_t)n);
    if (count >= 0 && forward_ids(copy, n, v, ids) == 0)
      for (int64_t k = 0; k < count; k++)
        if (ids[k] == 0 || ids[k] > v->n) CHECK_EQ(ids[k], v->n); /* outside of the vocabulary */
    int code = forward_decode(copy, n, v, out);
    CHECK(code == 0 || code == MILL_ECORRUPT);
    if (count >= 0) check_types(copy, n, v, ids, code == 0 ? out : NULL);
    free(copy);
  }
  free(ids);
}

static void test_forward(void) {
  static const uint32_t sizes[] = {0, 1, 7, 500, 3000};
  struct vocab v;
  mill_tokens t = {0}, back = {0};
  uint32_t *ids = malloc(3001 * sizeof *ids);
  uint64_t seed = 42;
  char word[32];
  vocab_init(&v, NULL);
  for (uint32_t k = 0; k < 30000; k++) {
    int n = snprintf(word, sizeof word, "%u", k);
    vocab_append(&v, word, (size_t)n, (uint8_t)(k % MILL_TAG_COUNT), (uint8_t)(k % 8));
  }
  t.start = malloc(3002 * 4), t.word = malloc(3001 * 4), t.value = malloc(3001 * 4);
  t.tag = malloc(3001), t.kind = malloc(3001), t.values = malloc(40 * sizeof *t.values);
  for (int round = 0; round < 40; round++) {
    mill_buffer blob = {0};
    t.n = sizes[round % 5];
    random_tokens(&seed, &v, &t, ids);
    forward_encode(&t, ids, &v, &blob);
    CHECK_EQ(blob.error, 0);
    CHECK_EQ(forward_count(blob.bytes, blob.len), t.n);
    CHECK_EQ(forward_decode(blob.bytes, blob.len, &v, &back), 0);
    check_equal(&t, &back, ids);
    uint32_t *types = malloc((t.n + 1) * sizeof *types);
    check_types(blob.bytes, blob.len, &v, types, &back);
    free(types);
    damage(&seed, &blob, &v, &back);
    mill_buffer_free(&blob);
  }
  CHECK_EQ(forward_count(NULL, 0), MILL_ECORRUPT);
  mill_tokens_free(&t);
  mill_tokens_free(&back);
  vocab_free(&v);
  free(ids);
}

/* A number of five bytes that is 0 is no word's. */
static void check_no_word(const mill_buffer *blob, const struct vocab *v) {
  struct type_table table = {0};
  uint32_t got = 0;
  memset(blob->bytes + blob->len - 4, 0, 4);
  types_clear(&table, v->n);
  CHECK_EQ(forward_ids(blob->bytes, blob->len, v, &got), MILL_ECORRUPT);
  CHECK_EQ(forward_types(blob->bytes, blob->len, v, &table, &got), MILL_ECORRUPT);
  types_free(&table);
}

/* Codes of ids at the edges of their lengths. */
static void test_codes(void) {
  static const uint32_t edges[] = {1, 159, 160, 161, 20639, 20640, 20641, 1003679, 1003680, 1003681};
  struct vocab v;
  vocab_init(&v, NULL);
  v.words = realloc(v.words, 1003700 * sizeof *v.words);
  v.shapes = realloc(v.shapes, 1003700 * sizeof *v.shapes);
  v.capacity = v.shapes_capacity = 1003700;
  v.n = 1003690;
  memset(v.words, 0, 1003700 * sizeof *v.words);
  memset(v.shapes, 0, 1003700 * sizeof *v.shapes);
  for (size_t k = 0; k < sizeof edges / sizeof *edges; k++) {
    uint32_t start[] = {0, 0}, word = MILL_NONE, value = MILL_NONE, id = edges[k], got = 0;
    uint8_t zero = 0;
    mill_tokens t = {.n = 1, .start = start, .word = &word, .tag = &zero, .kind = &zero, .value = &value};
    mill_buffer blob = {0};
    forward_encode(&t, &id, &v, &blob);
    CHECK_EQ(forward_ids(blob.bytes, blob.len, &v, &got), 0);
    CHECK_EQ(got, id);
    if (id == 1003681) check_no_word(&blob, &v);
    mill_buffer_free(&blob);
  }
  vocab_free(&v);
}

/* ---- rows, queries */

static void test_rows(void) {
  mill_rows *r = rows_new("a bb c"), *out;
  for (int k = 0; k < 3; k++) {
    rows_integer(r, k);
    rows_text(r, k == 1 ? NULL : "text");
    rows_real(r, k / 2.0);
  }
  uint32_t order[] = {2, 0, 1};
  CHECK_EQ(rows_reorder(r, order), 0);
  CHECK_EQ(rows_take(r, &out, NULL), 0);
  CHECK_EQ(mill_rows_count(out), 3);
  CHECK_EQ(mill_rows_columns(out), 3);
  CHECK_STR(mill_rows_name(out, 1), "bb");
  CHECK_EQ(mill_rows_cell(out, 0, 0).integer, 2);
  CHECK_STR(mill_rows_cell(out, 0, 1).bytes, "text");
  CHECK_EQ(mill_rows_cell(out, 5, 0).type, MILL_CELL_NULL);
  CHECK_EQ(mill_rows_cell(out, 0, 9).type, MILL_CELL_NULL);
  mill_rows_free(out);
  mill_rows_free(NULL);
}

/* Random strings of the language's own characters: parsed or refused with a
** position inside the query. */
static void test_queries(const mill_data *d) {
  static const char *const parts[] = {"(", ")", "|", "\"", "-", "*", "word:", " ", "OR", "AND", "NOT", "a",
                                      "\xE5\x8D\xA1", "\xE3\x80\x80", ""};
  uint64_t seed = 9;
  for (int round = 0; round < 3000; round++) {
    struct query *q = calloc(1, sizeof *q);
    mill_error err;
    char text[128] = "";
    for (int k = (int)check_below(&seed, 14); k > 0; k--) strcat(text, parts[check_below(&seed, 15)]);
    int code = query_parse(d, NULL, text, q, &err);
    CHECK(code == 0 || (code == MILL_ESYNTAX && err.position <= strlen(text)));
    query_free(q);
    free(q);
  }
}

/* ---- a corpus */

static void add(mill_corpus *c, const char *id, const char *text, int outcome) {
  mill_source source = {.id = id};
  mill_receipt r;
  mill_error err = {0};
  CHECK_EQ(mill_corpus_add_raw(c, text, strlen(text), NULL, &source, &r, &err), 0);
  CHECK_EQ(r.outcome, outcome);
}

static uint64_t count_hits(mill_corpus *c, const char *query) {
  mill_totals t = {0};
  mill_error err = {0};
  CHECK_EQ(mill_corpus_count(c, query, NULL, &t, &err), 0);
  return t.hits;
}

static size_t problems(mill_corpus *c) {
  mill_rows *rows;
  mill_error err = {0};
  CHECK_EQ(mill_corpus_verify(c, &rows, &err), 0);
  size_t n = mill_rows_count(rows);
  for (size_t k = 0; k < n; k++) fprintf(stderr, "  %s\n", mill_rows_cell(rows, k, 1).bytes);
  mill_rows_free(rows);
  return n;
}

static void test_corpus(const mill_data *d, const char *path) {
  mill_corpus *c;
  mill_error err = {0};
  CHECK_EQ(mill_corpus_open(d, path, MILL_MODE_CREATE, &c, &err), 0);
  CHECK_EQ(mill_corpus_begin(c, &err), 0);
  add(c, "1", "全村设立检测卡口70处，值守人员3人。", MILL_ADDED);
  add(c, "2", "村口設立14個卡口。", MILL_ADDED);
  add(c, "3", "村口設立14個卡口。", MILL_SAME);
  add(c, "2", "换了内容。", MILL_ADDED); /* 3 still has the old bytes */
  CHECK_EQ(count_hits(c, "卡口"), 2); /* inside the batch */
  add(c, "3", "又换了。", MILL_REPLACED);
  CHECK_EQ(count_hits(c, "卡口"), 1);
  CHECK_EQ(mill_corpus_commit(c, &err), 0);
  add(c, "4", "卡口卡口", MILL_ADDED);
  CHECK_EQ(count_hits(c, "卡口"), 3);
  CHECK_EQ(count_hits(c, "口7"), 1);
  CHECK_EQ(problems(c), 0);
  CHECK_EQ(mill_corpus_remove(c, "4", &err), 0);
  CHECK_EQ(mill_corpus_remove(c, "4", &err), MILL_ENOTFOUND);
  CHECK_EQ(count_hits(c, "卡口"), 1);
  CHECK_EQ(problems(c), 0);
  mill_corpus_close(c);
}

/* Tokens of a stored document are those it was stored with. */
static void test_round_trip(const mill_data *d) {
  static const char raw[] = "<p>鎮（zhèn）上共1200余人，约三成，3.5%；ABC 1,234</p>";
  mill_corpus *c;
  mill_text *t, *back;
  mill_tokens tokens = {0}, again = {0};
  mill_receipt r;
  CHECK_EQ(mill_corpus_open(d, NULL, MILL_MODE_CREATE, &c, NULL), 0);
  CHECK_EQ(mill_clean(d, raw, sizeof raw - 1, NULL, &t, NULL), 0);
  CHECK_EQ(mill_segment(mill_data_lexicon(d), t->folded, t->folded_len, NULL, &tokens, NULL), 0);
  CHECK_EQ(mill_corpus_add(c, t, &tokens, NULL, &r, NULL), 0);
  CHECK_EQ(mill_corpus_text(c, r.doc, &back, &again, NULL), 0);
  CHECK_STR(t->folded, back->folded);
  CHECK_STR(t->clean, back->clean);
  CHECK_EQ(t->n_notes, back->n_notes);
  check_equal(&tokens, &again, tokens.word);
  mill_text_free(back);
  CHECK_EQ(mill_corpus_text(c, 99, &back, NULL, NULL), MILL_ENOTFOUND);
  mill_text_free(t);
  mill_tokens_free(&tokens);
  mill_tokens_free(&again);
  mill_corpus_close(c);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  char path[] = "/tmp/textmill-store-XXXXXX", side[64];
  mill_data *d = NULL;
  mill_error err = {0};
  test_vocab();
  test_forward();
  test_codes();
  test_first_format();
  test_rows();
  if (!CHECK_EQ(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &d, &err), 0)) {
    fprintf(stderr, "%s\n", err.message);
    return check_report();
  }
  int file = mkstemp(path);
  if (file >= 0) close(file);
  test_queries(d);
  test_corpus(d, NULL);
  test_corpus(d, path);
  test_round_trip(d);
  mill_data_free(d);
  unlink(path);
  snprintf(side, sizeof side, "%s-wal", path), unlink(side);
  snprintf(side, sizeof side, "%s-shm", path), unlink(side);
  return check_report();
}
