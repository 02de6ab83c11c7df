/*
** test_gather.c - a segment is the same, byte for byte, for any number of threads that write
** it: many random words, some not indexed, bodies and rests; one word only; none; words so
** few that some threads have none; with seams and without.
*/
#include <sqlite3.h>
#include <string.h>

#include "check.h"
#include "store/segment.h"

static uint64_t seed = 20200206;
static sqlite3 *db;

static void run(const char *sql) {
  if (!CHECK_EQ(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK))
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
}

/* Frequent words are the low ones; 0 is not indexed. */
static uint32_t random_word(uint32_t words) {
  uint32_t a = check_below(&seed, words + 1), b = check_below(&seed, words + 1);
  return a < b ? a : b;
}

/* Some for the article that was gathered last. */
static void add_seams(struct gather *g, uint32_t seams) {
  uint32_t n = seams == 0 ? 0 : check_below(&seed, 60);
  CHECK_EQ(mill_grow(&g->seams, &g->seams_capacity, (size_t)g->n_seams + n + 1, sizeof *g->seams), 0);
  for (uint32_t k = 0; k < n; k++) g->seams[g->n_seams++] = check_below(&seed, seams) << 1 | (k % 5 == 0);
  g->seam_list = seams == 0 ? 0 : 77;
}

static void add_articles(struct gather *g, uint32_t articles, uint32_t words, uint32_t least, uint32_t seams) {
  uint32_t body[400], rest[60];
  for (uint32_t k = 1; k <= articles; k++) {
    uint32_t n = check_below(&seed, 400), m = k % 3 == 0 ? check_below(&seed, 60) : 0;
    for (uint32_t i = 0; i < n; i++) body[i] = words == 0 ? 0 : least + random_word(words);
    for (uint32_t i = 0; i < m; i++) rest[i] = words == 0 ? 0 : least + random_word(words);
    CHECK_EQ(gather_article(g, k, k, body, n, rest, m), 0);
    add_seams(g, seams);
  }
}

/* All that is written, as one hash. */
static uint64_t written(struct gather *g, uint32_t threads) {
  static const char *const queries[] = {
    "SELECT articles || ' ' || tokens || ' ' || words || ' ' || article_bytes || ' ' || word_bytes || ' ' ||"
    " posting_bytes || ' ' || position_bytes FROM mill_segments",
    "SELECT data FROM mill_postings ORDER BY chunk"};
  struct segment_store store = {.db = db};
  sqlite3_stmt *s;
  uint64_t hash = 1;
  int64_t id;
  run("DROP TABLE IF EXISTS mill_segments; DROP TABLE IF EXISTS mill_postings;" SEGMENT_DDL ";" POSTING_DDL
      ";");
  g->threads = threads;
  CHECK_EQ(gather_write(g, &store, 0, &id), 0);
  for (int k = 0; k < 2; k++) {
    sqlite3_prepare_v2(db, queries[k], -1, &s, NULL);
    while (sqlite3_step(s) == SQLITE_ROW)
      hash = mill_hash64(sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0), hash);
    sqlite3_finalize(s);
  }
  segment_store_free(&store);
  return hash;
}

/* Every seam has its counts, and the last word is the mark. */
static void check_seams(const struct gather *g) {
  struct segment_store store = {.db = db};
  struct index_segment s;
  struct posting_cursor c = {0};
  uint64_t times = 0, rest = 0, rests = 0;
  CHECK_EQ(segment_open(&s, &store, 1), 0);
  CHECK_EQ(s.seam_list, g->seam_list);
  CHECK_EQ(s.n_words - s.n_text > 0, g->seam_list != 0);
  for (uint32_t k = s.n_text; k + 1 < s.n_words; k++) {
    CHECK(segment_seam(&s, s.words[k].word - SEGMENT_SEAMS) == &s.words[k]);
    CHECK_EQ(cursor_open(&c, &s, &s.words[k]), 0);
    while (cursor_next(&c)) times += c.b.tf[c.at], rest += c.b.rest[c.at];
    CHECK_EQ(c.code, 0);
  }
  for (uint32_t k = 0; k < g->n_seams; k++) rests += g->seams[k] & 1;
  CHECK_EQ(times, g->n_seams);
  CHECK_EQ(rest, rests);
  cursor_free(&c);
  segment_free(&s);
  segment_store_free(&store);
}

static void same_for_all(uint32_t articles, uint32_t words, uint32_t least, uint32_t seams) {
  static const uint32_t threads[] = {1, 2, 3, 8, 64};
  struct gather g = {0};
  add_articles(&g, articles, words, least, seams);
  uint64_t one = written(&g, 0);
  check_seams(&g);
  for (int k = 0; k < 5; k++) CHECK(written(&g, threads[k]) == one);
  gather_free(&g);
}

int main(void) {
  CHECK_EQ(sqlite3_open(":memory:", &db), SQLITE_OK);
  same_for_all(2000, 20000, 0, 0);
  same_for_all(2000, 20000, 0, 400000);
  same_for_all(2000, 20000, 0, 30);
  same_for_all(800, 5, 0, 0);
  same_for_all(800, 1, 70000, 20000); /* two words, far behind */
  same_for_all(800, 0, 0, 0);
  same_for_all(800, 0, 0, 200);
  same_for_all(3, 100, 0, 10);
  sqlite3_close(db);
  return check_report();
}
