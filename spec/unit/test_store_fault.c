/*
** test_store_fault.c - the store when SQLite is refused memory or the program
** is interrupted, at every point in turn: the code says so, what the batch had
** before stays or is undone as a whole, the file stays sound.
**
** SQLite's allocator is ours here: it refuses request number `left` and all
** that follow, as spec/unit/alloc_sweep.h does for the core.
*/
#include <sqlite3.h>
#include <stdlib.h>

#include "check.h"
#include "store/internal.h"
#include "store/store.h"

/* ---- an allocator that refuses */

static sqlite3_mem_methods plain;
static long left = -1, refused; /* left -1: nothing is refused */

static int grants(void) {
  if (left < 0) return 1;
  if (left > 0) return left--, 1;
  return refused++, 0;
}
static void *give(int n) { return grants() ? plain.xMalloc(n) : NULL; }
static void *resize(void *p, int n) { return grants() ? plain.xRealloc(p, n) : NULL; }

static void install(void) {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &plain);
  sqlite3_mem_methods ours = plain;
  ours.xMalloc = give;
  ours.xRealloc = resize;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* every request is seen */
}

/* ---- what is tried */

static int add(mill_corpus *c, const char *id, const char *text, mill_error *err) {
  mill_receipt r;
  mill_source source = {.id = id};
  return mill_corpus_add_raw(c, text, strlen(text), NULL, &source, &r, err);
}

static int search(mill_corpus *c, mill_error *err) {
  mill_rows *rows = NULL;
  mill_totals totals;
  int code = mill_corpus_search(c, "卡口 | 值守*", NULL, &rows, &totals, err);
  mill_rows_free(rows);
  return code;
}

static int store_fact(mill_corpus *c, mill_error *err) {
  int64_t doc;
  mill_argument arg = {"value", {0, 3}};
  mill_mention mention = {.clean = {0, 6}, .rule = "r", .args = &arg, .n_args = 1};
  mill_fact fact = {.type = "quantity", .item = "卡口", .mentions = &mention, .n_mentions = 1};
  int code = mill_corpus_find(c, "1", &doc, err);
  return code < 0 ? code
                  : mill_corpus_store_facts(c, doc, "p", "1", &fact, 1, NULL, 0, NULL, err);
}

static int replace(mill_corpus *c, mill_error *err) {
  int code = mill_corpus_begin(c, err);
  if (code == 0) code = add(c, "new", "新设卡口14个，值守人员3人。\n第二行也有卡口。", err);
  if (code == 0) code = add(c, "1", "另一个内容，没有那个词。", err);
  if (code == 0) code = mill_corpus_remove(c, "2", err);
  return code == 0 ? mill_corpus_commit(c, err) : code;
}

static int64_t count(mill_corpus *c, const char *query) {
  mill_totals t = {0};
  mill_error err = {0};
  CHECK_EQ(mill_corpus_count(c, query, NULL, &t, &err), 0);
  return (int64_t)t.hits;
}

static size_t problems(mill_corpus *c) {
  mill_rows *rows = NULL;
  mill_error err = {0};
  if (!CHECK_EQ(mill_corpus_verify(c, &rows, &err), 0)) return 1;
  size_t n = mill_rows_count(rows);
  for (size_t k = 0; k < n; k++) fprintf(stderr, "  %s\n", mill_rows_cell(rows, k, 1).bytes);
  mill_rows_free(rows);
  return n;
}

static mill_corpus *open_filled(const mill_data *d) {
  mill_corpus *c = NULL;
  mill_error err = {0};
  CHECK_EQ(mill_corpus_open(d, NULL, MILL_MODE_CREATE, &c, &err), 0);
  CHECK_EQ(add(c, "1", "村口設立卡口一处。", &err), 0);
  CHECK_EQ(add(c, "2", "卡口有人值守。", &err), 0);
  return c;
}

/* The two documents of before, or these after one, two or three calls of
** `replace`: never part of a call. */
static void check_whole(mill_corpus *c, const char *what, long n) {
  int64_t hits = count(c, "卡口"), other = count(c, "另一个内容");
  int whole = other == 0 ? hits == 2 || hits == 4 : hits == 3 || hits == 2;
  if (!CHECK(whole && problems(c) == 0)) fprintf(stderr, "  %s, request %ld refused\n", what, n);
}

/* One corpus, all refusals: what fails must leave it usable. */
static void sweep(const mill_data *d, const char *what, int (*f)(mill_corpus *, mill_error *)) {
  long n = 0, step = 1;
  for (int code = -1; code < 0 && n < 100000; n += step) {
    mill_corpus *c = open_filled(d);
    mill_error err = {0};
    left = n, refused = 0;
    code = f(c, &err);
    left = -1;
    if (code < 0 && refused == 0) CHECK(0);
    if (code < 0 && !CHECK_EQ(err.code, MILL_ENOMEM))
      fprintf(stderr, "  %s, request %ld refused: %s\n", what, n, err.message);
    CHECK_EQ(mill_corpus_commit(c, &err), 0); /* what the batch still has */
    if (n % 8 == 0) check_whole(c, what, n);
    mill_corpus_close(c);
    if (n > 100) step = 7;
  }
  CHECK(n > 0 && n < 100000);
}

/* ---- opening, and interruption */

static void sweep_open(const mill_data *d) {
  int code = -1;
  for (long n = 0; code < 0 && n < 100000; n += n > 200 ? 13 : 1) {
    mill_corpus *c = NULL;
    mill_error err = {0};
    left = n;
    code = mill_corpus_open(d, NULL, MILL_MODE_CREATE, &c, &err);
    left = -1;
    CHECK(code == 0 || (c == NULL && err.code == MILL_ENOMEM) ||
          (fprintf(stderr, "  open, request %ld: %s\n", n, err.message), 0));
    mill_corpus_close(c);
  }
  CHECK_EQ(code, 0);
}

static int stop(void *context) {
  long *steps = context;
  return --*steps == 0;
}

/* SQLite stops after so many steps of its machine: a batch is undone whole. */
static void test_interrupted(const mill_data *d) {
  int seen = 0;
  for (long n = 1; n < 60; n++) {
    mill_corpus *c = open_filled(d);
    mill_error err = {0};
    long steps = n;
    sqlite3_progress_handler(c->db, 20, stop, &steps);
    int code = replace(c, &err);
    sqlite3_progress_handler(c->db, 0, NULL, NULL);
    seen += code == MILL_ECANCEL;
    CHECK_EQ(mill_corpus_commit(c, &err), 0);
    check_whole(c, "interrupted", n);
    mill_corpus_close(c);
  }
  CHECK(seen > 5);
}

/* What is refused before the first write leaves the batch alone. */
static void test_too_large(const mill_data *d) {
  mill_corpus *c = open_filled(d);
  mill_error err = {0};
  static char large[40000];
  memset(large, 'x', sizeof large - 1);
  CHECK_EQ(mill_corpus_begin(c, &err), 0);
  CHECK_EQ(add(c, "3", "第三件。", &err), 0);
  CHECK_EQ(mill_corpus_pending(c), 1);
  sqlite3_limit(c->db, SQLITE_LIMIT_LENGTH, 30000);
  CHECK_EQ(add(c, "4", large, &err), MILL_ELIMIT);
  CHECK_EQ(mill_corpus_pending(c), 1);
  CHECK_EQ(add(c, "5", "第五件。", &err), 0);
  if (!CHECK_EQ(mill_corpus_commit(c, &err), 0)) fprintf(stderr, "  %s\n", err.message);
  CHECK_EQ(mill_corpus_pending(c), 0);
  CHECK_EQ(count(c, "件"), 2);
  CHECK_EQ(problems(c), 0);
  mill_corpus_close(c);
}

/* ---- facts: those of before or those of now, never some of each */

enum { OLD_FACTS = 3, NEW_FACTS = 40 };

/* n facts of this item, 2 KB each; each second one has three mentions. */
static int store_many(mill_corpus *c, const char *item, size_t n, mill_error *err) {
  mill_mention mentions[NEW_FACTS][3];
  mill_fact facts[NEW_FACTS];
  char types[NEW_FACTS][32], args[2000] = "{}";
  int64_t doc;
  memset(facts, 0, sizeof facts);
  memset(mentions, 0, sizeof mentions);
  memset(args + 2, ' ', sizeof args - 3);
  for (size_t k = 0; k < n; k++) {
    snprintf(types[k], sizeof types[k], "type %zu", k);
    for (int m = 0; m < 3; m++) mentions[k][m] = (mill_mention){.clean = {0, 6}, .rule = "r"};
    facts[k] = (mill_fact){.type = types[k], .item = item, .args = args, .mentions = mentions[k]};
    facts[k].n_mentions = k % 2 ? 3 : 1;
  }
  int code = mill_corpus_find(c, "1", &doc, err);
  return code < 0 ? code : mill_corpus_store_facts(c, doc, "p", "1", facts, n, NULL, 0, NULL, err);
}

/* ... in a batch that has another document's facts, too. */
static int store_anew(mill_corpus *c, mill_error *err) {
  int code = mill_corpus_begin(c, err);
  if (code == 0) code = store_many(c, "new", NEW_FACTS, err);
  return code == 0 ? mill_corpus_commit(c, err) : code;
}

static void check_facts(mill_corpus *c, int code) {
  mill_rows *rows = NULL, *totals = NULL;
  mill_error err = {0};
  if (!CHECK_EQ(mill_corpus_facts(c, NULL, 0, &rows, &err), 0)) return;
  const char *item = code < 0 ? "old" : "new";
  size_t n = mill_rows_count(rows), wanted = code < 0 ? OLD_FACTS : NEW_FACTS;
  CHECK_EQ(n, wanted);
  for (size_t k = 0; k < n; k++) CHECK(strcmp(mill_rows_cell(rows, k, 4).bytes, item) == 0);
  mill_rows_free(rows);
  CHECK_EQ(mill_corpus_sql(c, "SELECT count(*) FROM mentions", NULL, 0, 0, &totals, &err), 0);
  CHECK_EQ(mill_rows_cell(totals, 0, 0).integer, (int64_t)(wanted + wanted / 2 * 2));
  mill_rows_free(totals);
  CHECK_EQ(problems(c), 0);
}

static mill_corpus *open_with_facts(const mill_data *d) {
  mill_corpus *c = open_filled(d);
  mill_error err = {0};
  CHECK_EQ(store_many(c, "old", OLD_FACTS, &err), 0);
  return c;
}

static void try_anew(mill_corpus *c, int wanted, int *seen) {
  mill_error err = {0};
  int code = store_anew(c, &err);
  left = -1;
  sqlite3_progress_handler(c->db, 0, NULL, NULL);
  sqlite3_exec(c->db, "PRAGMA max_page_count=1000000", NULL, NULL, NULL);
  if (code < 0) CHECK_EQ(code, wanted);
  *seen += code < 0;
  CHECK_EQ(mill_corpus_commit(c, &err), 0);
  check_facts(c, code);
  CHECK_EQ(store_many(c, "new", NEW_FACTS, &err), 0); /* it is usable */
  check_facts(c, 0);
  mill_corpus_close(c);
}

static void test_facts_are_whole(const mill_data *d) {
  int refusals = 0, stops = 0, full = 0;
  for (long n = 0; n < 400; n += 3) {
    mill_corpus *c = open_with_facts(d);
    left = n, refused = 0;
    try_anew(c, MILL_ENOMEM, &refusals);
  }
  for (long n = 1; n < 60; n++) {
    mill_corpus *c = open_with_facts(d);
    long steps = n;
    sqlite3_progress_handler(c->db, 20, stop, &steps);
    try_anew(c, MILL_ECANCEL, &stops);
  }
  for (int more = 0; more < 4; more++) { /* pages that the file may grow by */
    mill_corpus *c = open_with_facts(d);
    mill_rows *pages = NULL;
    mill_error err = {0};
    CHECK_EQ(mill_corpus_sql(c, "PRAGMA page_count", NULL, 0, 0, &pages, &err), 0);
    char limit[64];
    snprintf(limit, sizeof limit, "PRAGMA max_page_count=%lld",
             (long long)mill_rows_cell(pages, 0, 0).integer + more);
    mill_rows_free(pages);
    sqlite3_exec(c->db, limit, NULL, NULL, NULL);
    try_anew(c, MILL_EFULL, &full);
  }
  CHECK(refusals > 20 && stops > 5 && full > 0);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_data *d = NULL;
  mill_error err = {0};
  install();
  if (!CHECK_EQ(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &d, &err), 0))
    return check_report();
  sweep_open(d);
  sweep(d, "search", search);
  sweep(d, "facts", store_fact);
  sweep(d, "replace", replace);
  test_interrupted(d);
  test_facts_are_whole(d);
  test_too_large(d);
  mill_data_free(d);
  return check_report();
}
