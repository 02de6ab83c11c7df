/*
** test_gather.c - a segment is the same, byte for byte, for any number of threads that write
** it: many random words, some not indexed, bodies and rests; one word only; none; words so
** few that some threads have none.
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

static void add_articles(struct gather *g, uint32_t articles, uint32_t words, uint32_t least) {
  uint32_t body[400], rest[60];
  for (uint32_t k = 1; k <= articles; k++) {
    uint32_t n = check_below(&seed, 400), m = k % 3 == 0 ? check_below(&seed, 60) : 0;
    for (uint32_t i = 0; i < n; i++) body[i] = words == 0 ? 0 : least + random_word(words);
    for (uint32_t i = 0; i < m; i++) rest[i] = words == 0 ? 0 : least + random_word(words);
    CHECK_EQ(gather_article(g, k, k, body, n, rest, m), 0);
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

static void same_for_all(uint32_t articles, uint32_t words, uint32_t least) {
  static const uint32_t threads[] = {1, 2, 3, 8, 64};
  struct gather g = {0};
  add_articles(&g, articles, words, least);
  uint64_t one = written(&g, 0);
  for (int k = 0; k < 5; k++) CHECK(written(&g, threads[k]) == one);
  gather_free(&g);
}

int main(void) {
  CHECK_EQ(sqlite3_open(":memory:", &db), SQLITE_OK);
  same_for_all(2000, 20000, 0);
  same_for_all(800, 5, 0);
  same_for_all(800, 1, 70000); /* two words, far behind */
  same_for_all(800, 0, 0);
  same_for_all(3, 100, 0);
  sqlite3_close(db);
  return check_report();
}
