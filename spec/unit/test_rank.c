/*
** test_rank.c - ranking beside FTS5 on the same words: random articles of body and rest,
** in several segments, some removed; random queries of AND, OR, NOT, phrases, prefixes and
** NEAR, nested. The same articles must match, in the same order, with scores at most one
** unit in the last place apart; the ten best must be the first ten of all, and counts the
** same without scores. Also: a query that is stopped, and damaged postings.
*/
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../bench/best.h"
#include "check.h"
#include "store/rank.h"

#define WORDS 60u       /* w0..w59: prefixes w1 and w2 are of eleven words each */
#define ARTICLES 5000u  /* at most */

static sqlite3 *db;
static struct segment_store store;
static struct index_segment segments[8];
static uint32_t n_segments;
static struct rank_totals totals;
static uint64_t seed = 20200206;

static void run(const char *sql) {
  if (!CHECK_EQ(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK))
    fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
}

static int only_rare; /* as many as fill a block or two */

/* Frequent words are the low ones. Id w + 1. */
static uint32_t random_word(void) {
  if (only_rare) return 48 + check_below(&seed, 10);
  uint32_t a = check_below(&seed, WORDS), b = check_below(&seed, WORDS);
  return a < b ? a : b;
}

static uint32_t random_text(uint32_t *ids, uint32_t most, char *text) {
  uint32_t n = check_below(&seed, most + 1);
  *text = 0;
  for (uint32_t k = 0; k < n; k++) {
    uint32_t w = random_word();
    ids[k] = w + 1;
    text += sprintf(text, "w%u ", w);
  }
  return n;
}

static void add_articles(struct gather *g, uint32_t from, uint32_t to) {
  uint32_t body[200], rest[40];
  static char text[2][2000];
  sqlite3_stmt *s;
  sqlite3_prepare_v2(db, "INSERT INTO t(rowid, body, rest) VALUES(?1, ?2, ?3)", -1, &s, NULL);
  for (uint32_t k = from; k < to; k++) {
    uint32_t most = k / 250 % 3 == 1 ? 12 : k % 7 == 0 ? 200 : 30; /* blocks that differ in what they can score */
    uint32_t n = random_text(body, most, text[0]),
        m = random_text(rest, k % 3 == 0 ? 20 : 0, text[1]);
    CHECK_EQ(gather_article(g, k + 1, k + 1, body, n, rest, m), 0);
    sqlite3_bind_int64(s, 1, k + 1);
    sqlite3_bind_text(s, 2, text[0], -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 3, text[1], -1, SQLITE_STATIC);
    CHECK_EQ(sqlite3_step(s), SQLITE_DONE);
    sqlite3_reset(s);
  }
  sqlite3_finalize(s);
}

static void build(uint32_t articles, uint32_t parts, uint32_t remove_every) {
  struct gather g = {0};
  char sql[100];
  int64_t id;
  run("DROP TABLE IF EXISTS t; DROP TABLE IF EXISTS mill_segments; DROP TABLE IF EXISTS mill_postings;"
      "CREATE VIRTUAL TABLE t USING fts5(body, rest);" SEGMENT_DDL ";" POSTING_DDL ";");
  memset(&store, 0, sizeof store);
  store.db = db;
  for (uint32_t p = 0; p < parts; p++) {
    add_articles(&g, articles * p / parts, articles * (p + 1) / parts);
    CHECK_EQ(gather_write(&g, &store, 0, &id), 0);
    gather_clear(&g);
    CHECK_EQ(segment_open(&segments[p], &store, id), 0);
    if (parts == 5) segments[p].avx2 = 0; /* numbers read one by one are the same */
  }
  gather_free(&g);
  n_segments = parts;
  totals = (struct rank_totals){0};
  for (uint32_t p = 0; p < parts; p++) {
    struct index_segment *s = &segments[p];
    if (remove_every > 0) s->removed = calloc(s->n_articles / 8 + 1, 1);
    for (uint32_t k = 0; k < s->n_articles; k++) {
      if (remove_every > 0 && s->articles[k].article % remove_every == 0) {
        s->removed[k / 8] |= (uint8_t)(1u << k % 8);
        s->n_removed++;
        continue;
      }
      totals.articles++;
      totals.tokens += (uint64_t)s->articles[k].body + s->articles[k].rest;
    }
  }
  if (remove_every == 0) return;
  snprintf(sql, sizeof sql, "DELETE FROM t WHERE rowid %% %u = 0", remove_every);
  run(sql);
}

static void drop(void) {
  for (uint32_t p = 0; p < n_segments; p++) segment_free(&segments[p]);
  segment_store_free(&store);
}

/* ---- random queries, as a tree and as FTS5 reads them */

struct question {
  struct node nodes[64]; uint16_t n_nodes;
  struct term terms[24]; const struct term *list[24]; uint16_t n_terms;
  uint32_t words[24][WORDS];
  char text[2000]; size_t len;
  struct walk_query query;
};

static void say(struct question *q, const char *s) {
  q->len += (size_t)snprintf(q->text + q->len, sizeof q->text - q->len, "%s", s);
}

static uint16_t new_node(struct question *q, enum node_kind kind) {
  q->nodes[++q->n_nodes] = (struct node){kind, 0, 0, 0, 0};
  return q->n_nodes;
}

/* A word, a phrase of up to three, or a prefix. */
static uint16_t random_leaf(struct question *q, int only_words) {
  uint16_t node = new_node(q, NODE_LEAF), k = q->n_terms++;
  struct term *t = &q->terms[k];
  uint32_t *ids = q->words[k], kind = only_words ? 2 : check_below(&seed, 6), n = 1;
  char word[16];
  q->nodes[node].leaf = k;
  t->kind = TERM_WORDS;
  if (kind == 0) {
    uint32_t digit = 1 + check_below(&seed, 6);
    n = 0;
    for (uint32_t w = 0; w < WORDS; w++)
      if (w == digit || w / 10 == digit) ids[n++] = w + 1;
    snprintf(word, sizeof word, "w%u*", digit);
    say(q, word);
  } else {
    if (kind == 1) n = 2 + check_below(&seed, 2);
    if (n > 1) t->kind = TERM_PHRASE;
    for (uint32_t i = 0; i < n; i++) {
      uint32_t w = n > 1 ? check_below(&seed, 12) : random_word();
      ids[i] = w + 1;
      snprintf(word, sizeof word, "%sw%u", i > 0 ? " + " : "", w);
      say(q, word);
    }
  }
  t->words.ids = ids;
  t->words.n = n;
  q->list[k] = t;
  return node;
}

static void add_child(struct question *q, uint16_t parent, uint16_t *last, uint16_t child) {
  if (*last == 0) q->nodes[parent].first = child;
  else q->nodes[*last].next = child;
  *last = child;
}

static uint16_t random_near(struct question *q) {
  uint16_t node = new_node(q, NODE_NEAR), last = 0;
  char end[32];
  q->nodes[node].distance = check_below(&seed, 12);
  say(q, "NEAR(");
  for (uint32_t k = 0, n = 2 + check_below(&seed, 2); k < n; k++) {
    if (k > 0) say(q, " ");
    add_child(q, node, &last, random_leaf(q, 0));
  }
  snprintf(end, sizeof end, ", %u)", q->nodes[node].distance);
  say(q, end);
  return node;
}

/* a, a AND b..., a OR b..., a NOT b of words, phrases, prefixes and (but in OR) NEAR. */
static uint16_t random_row(struct question *q) {
  static const char *const between[] = {" AND ", " OR ", " NOT "};
  uint32_t kind = check_below(&seed, 3), n = kind == 2 ? 2 : 1 + check_below(&seed, 4);
  uint16_t root = new_node(q, kind == 1 ? NODE_OR : NODE_AND), last = 0;
  for (uint32_t k = 0; k < n; k++) {
    if (k > 0) say(q, between[kind]);
    int is_not = kind == 2 && k == 1, near = kind == 0 && check_below(&seed, 3) == 0;
    uint16_t child = is_not ? new_node(q, NODE_NOT) : 0, inner = near ? random_near(q) : random_leaf(q, 0);
    if (is_not) q->nodes[child].first = inner;
    add_child(q, root, &last, is_not ? child : inner);
  }
  return root;
}

static uint16_t random_tree(struct question *q, int depth);

static uint16_t random_operator(struct question *q, int depth) {
  int is_or = (int)check_below(&seed, 2);
  uint16_t node = new_node(q, is_or ? NODE_OR : NODE_AND), last = 0;
  say(q, "(");
  for (uint32_t k = 0, n = 1 + check_below(&seed, 3); k < n; k++) {
    if (k > 0) say(q, is_or ? " OR " : " AND ");
    add_child(q, node, &last, random_tree(q, depth + 1));
  }
  say(q, ")");
  return node;
}

static uint16_t random_tree(struct question *q, int depth) {
  if (depth > 2 || q->n_terms > 8 || check_below(&seed, 2)) return random_leaf(q, 1);
  return random_operator(q, depth);
}

/* tree [NOT tree] */
static uint16_t random_nested(struct question *q) {
  uint16_t root = new_node(q, NODE_AND), last = 0;
  add_child(q, root, &last, random_tree(q, 0));
  if (check_below(&seed, 2) == 0) return root;
  uint16_t not = new_node(q, NODE_NOT);
  say(q, " NOT ");
  q->nodes[not].first = random_tree(q, 1);
  add_child(q, root, &last, not);
  return root;
}

/* One operator over two or three words, most of them frequent. */
static uint16_t random_flat(struct question *q) {
  static const enum node_kind kinds[] = {NODE_AND, NODE_OR, NODE_NEAR};
  static const char *const between[] = {" AND ", " OR ", " "};
  uint32_t kind = check_below(&seed, 3);
  uint16_t root = new_node(q, kinds[kind]), last = 0;
  char end[32] = "";
  q->nodes[root].distance = check_below(&seed, 12);
  if (kind == 2) snprintf(end, sizeof end, ", %u)", q->nodes[root].distance);
  say(q, kind == 2 ? "NEAR(" : "");
  for (uint32_t k = 0, n = 2 + check_below(&seed, 2); k < n; k++) {
    if (k > 0) say(q, between[kind]);
    add_child(q, root, &last, random_leaf(q, 1));
  }
  say(q, end);
  return root;
}

/* Nested, only words of everywhere: what may have all words of a row and yet not match it
** (a phrase, a column, a NOT) makes FTS5 forget or keep places of the parts beside it, when
** an operator within another fails there. */
enum shape { ROW, FLAT, NESTED };

static void make_question(struct question *q, enum shape shape, int body_only) {
  memset(q, 0, sizeof *q);
  body_only &= shape != NESTED;
  say(q, body_only ? "body : (" : "(");
  uint16_t root = shape == NESTED ? random_nested(q) : shape == FLAT ? random_flat(q) : random_row(q);
  say(q, ")");
  q->query = (struct walk_query){q->nodes, (uint16_t)(q->n_nodes + 1), root, q->list, q->n_terms, body_only};
}

/* ---- asking both */

struct answers { struct ranked items[ARTICLES]; uint32_t n; uint32_t limit; double floor; };

static int take(void *context, const struct rank_match *m) {
  struct answers *a = context;
  const struct segment_article *x = &m->segment->articles[m->ordinal];
  best_keep(a->items, &a->n, a->limit, &(struct ranked){x->article, x->doc, m->score});
  if (a->n == a->limit) a->floor = a->items[a->n - 1].score;
  return 0;
}

static int ask(const struct question *q, struct answers *a, uint32_t limit, int floor, int scores) {
  struct rank r = {.segments = segments, .n_segments = n_segments, .query = &q->query, .totals = scores
      ? &totals : NULL,
                   .take = take, .context = a, .floor = floor ? &a->floor : NULL};
  a->n = 0;
  a->floor = 0;
  a->limit = limit;
  return rank_run(&r);
}

static void ask_fts(const char *text, struct answers *a) {
  sqlite3_stmt *s;
  a->n = 0;
  sqlite3_prepare_v2(db, "SELECT rowid, -bm25(t) FROM t WHERE t MATCH ?1 ORDER BY 2 DESC, 1", -1, &s, NULL);
  sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
  int rc;
  while ((rc = sqlite3_step(s)) == SQLITE_ROW && a->n < ARTICLES)
    a->items[a->n++] = (struct ranked){sqlite3_column_int64(s, 0), 0, sqlite3_column_double(s, 1)};
  if (!CHECK_EQ(rc, SQLITE_DONE)) fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(db));
  sqlite3_finalize(s);
}

static uint64_t ulps(double x, double y) {
  int64_t a, b;
  memcpy(&a, &x, 8);
  memcpy(&b, &y, 8);
  return (uint64_t)(a > b ? a - b : b - a);
}

/* FTS5 asked about one article. Going through a table it forgets the places of a part that
** it has read ahead when an AND inside of another operator fails before (its poslists are
** cleared); asked by row it does not. */
static double ask_row(const char *text, int64_t article) {
  sqlite3_stmt *s;
  sqlite3_prepare_v2(db, "SELECT -bm25(t) FROM t WHERE t MATCH ?1 AND rowid = ?2", -1, &s, NULL);
  sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_int64(s, 2, article);
  double score = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_double(s, 0) : -1;
  sqlite3_finalize(s);
  return score;
}

static uint32_t forgotten;

/* The same articles with the same scores, best first. */
static int same(const struct answers *own, const struct answers *other, const char *text) {
  static double score[ARTICLES + 1];
  int ok = own->n == other->n;
  for (uint32_t k = 0; k <= ARTICLES; k++) score[k] = -1;
  for (uint32_t k = 0; k < other->n; k++) score[other->items[k].article] = other->items[k].score;
  for (uint32_t k = 0; k < own->n && ok; k++) {
    const struct ranked *x = &own->items[k];
    ok = score[x->article] >= 0 &&
        (k == 0 || x[-1].score > x->score || (x[-1].score == x->score && x[-1].article < x->article));
    if (!ok || ulps(x->score, score[x->article]) <= 1) continue;
    ok = ulps(x->score, ask_row(text, x->article)) <= 1;
    forgotten++;
  }
  return ok;
}

static uint32_t compare(uint32_t rounds) {
  static struct answers own, best, other;
  struct question *q = malloc(sizeof *q);
  uint32_t matched = 0;
  for (uint32_t i = 0; i < rounds && check_failed == 0; i++) {
    make_question(q, (enum shape)(i % 3), i % 2);
    ask_fts(q->text, &other);
    CHECK_EQ(ask(q, &own, ARTICLES, 0, 1), 0);
    int ok = CHECK_EQ(own.n, other.n) && CHECK(same(&own, &other, q->text));
    CHECK_EQ(ask(q, &best, 10, 1, 1), 0);
    ok &= CHECK_EQ(best.n, own.n < 10 ? own.n : 10) &&
        CHECK(memcmp(best.items, own.items, best.n * sizeof *best.items) == 0);
    CHECK_EQ(ask(q, &best, ARTICLES, 0, 0), 0);
    ok &= CHECK_EQ(best.n, own.n);
    if (!ok) fprintf(stderr, "  question %u: %s\n", i, q->text);
    matched += own.n;
  }
  free(q);
  CHECK(forgotten < matched / 50); /* it is the exception */
  forgotten = 0;
  return matched;
}

/* With a floor the best are the same as without: of rows of one operator, also where words stand in so
** many articles that all weigh the same, and only those with all of them can be among the best. */
static void floors(uint32_t rounds) {
  static struct answers own, best;
  struct question *q = malloc(sizeof *q);
  struct rank_totals real = totals;
  for (uint32_t i = 0; i < rounds && check_failed == 0; i++) {
    uint32_t limit = 1 + check_below(&seed, 20);
    if (i % 2 == 1) totals.articles = real.articles / (2 + check_below(&seed, 8));
    only_rare = i % 4 == 2;
    make_question(q, FLAT, i % 3 == 0);
    CHECK_EQ(ask(q, &own, limit, 0, 1), 0);
    CHECK_EQ(ask(q, &best, limit, 1, 1), 0);
    if (!CHECK(best.n == own.n && memcmp(best.items, own.items, best.n * sizeof *best.items) == 0))
      fprintf(stderr, "  question %u: %s, %u best\n", i, q->text, limit);
    totals = real;
    only_rare = 0;
  }
  free(q);
}

static int enough(void *asked) { return ++*(int *)asked > 3; }

static void stops(void) {
  struct question *q = malloc(sizeof *q);
  static struct answers a;
  struct stop stop;
  mill_error err;
  int asked = 0, ended = 0;
  for (uint32_t i = 0; i < 300; i++) {
    make_question(q, NESTED, 0);
    struct rank r = {.segments = segments, .n_segments = n_segments, .query = &q->query, .take = take,
        .context = &a, .stop = &stop};
    stop_begin(&stop, 0, enough, &asked);
    a.limit = ARTICLES;
    a.n = 0;
    asked = 0;
    int code = rank_run(&r);
    CHECK(code == 0 || code == MILL_ECANCEL);
    ended += code == MILL_ECANCEL;
  }
  CHECK(ended > 20);
  stop.code = MILL_ECANCEL;
  CHECK_EQ(stop_fail(&stop, "searching", &err), MILL_ECANCEL);
  free(q);
}

/* Any byte of the postings changed: an error or another answer, nothing worse. */
static void damage(void) {
  struct question *q = malloc(sizeof *q);
  uint32_t damaged = 0;
  static struct answers a;
  for (uint32_t i = 0; i < 300; i++) {
    char sql[200];
    make_question(q, (enum shape)(i % 2), (int)i % 3 == 0);
    run("SAVEPOINT s");
    snprintf(sql, sizeof sql,
        "UPDATE mill_postings SET data = substr(data, 1, %u) || randomblob(1) || substr(data, %u)"
             " WHERE chunk >> 26 & 3 >= 2", i * 5, i * 5 + 2);
    run(sql);
    segment_store_forget(&store);
    int code = ask(q, &a, i % 3 ? 10 : ARTICLES, i % 3 != 0, 1);
    CHECK(code == 0 || code == MILL_ECORRUPT);
    damaged += code != 0;
    run("ROLLBACK TO s; RELEASE s");
  }
  CHECK(damaged > 0);
  segment_store_forget(&store);
  free(q);
}

/* A block of the most frequent word that has nothing and ends there, as its skip says: neither
** is it passed over for ever, nor is what it really holds left out. */
static void damaged_skip(const char *last) {
  static uint32_t word[] = {1};
  static struct answers a;
  struct question *q = calloc(1, sizeof *q);
  char sql[300];
  q->terms[0].words.ids = word;
  q->terms[0].words.n = 1;
  q->list[0] = &q->terms[0];
  q->nodes[1] = (struct node){NODE_LEAF, 0, 0, 0, 0};
  q->query = (struct walk_query){q->nodes, 2, 1, q->list, 1, 0};
  run("SAVEPOINT s");
  snprintf(sql, sizeof sql,
           "UPDATE mill_postings SET data = substr(data, 1, 32) || x'%s' || substr(data, 37, 8)"
           " || x'00000100' || substr(data, 49) WHERE chunk >> 26 & 3 = 2 AND (chunk & 0x3ffffff) = 0",
           last);
  run(sql);
  segment_store_forget(&store);
  CHECK_EQ(ask(q, &a, 10, 1, 1), MILL_ECORRUPT);
  CHECK_EQ(ask(q, &a, ARTICLES, 0, 1), MILL_ECORRUPT);
  run("ROLLBACK TO s; RELEASE s");
  segment_store_forget(&store);
  CHECK_EQ(ask(q, &a, 10, 1, 1), 0);
  free(q);
}

int main(void) {
  if (!CHECK_EQ(sqlite3_open(":memory:", &db), SQLITE_OK)) return check_report();
  build(900, 1, 0);
  CHECK(compare(400) > 10000);
  stops();
  damage();
  damaged_skip("ffffffff");
  damaged_skip("00000000");
  damaged_skip("90010000");
  drop();
  build(900, 5, 0);
  CHECK(compare(400) > 10000);
  drop();
  build(900, 3, 9);
  CHECK(compare(400) > 10000);
  drop();
  /* more than are held back at once, blocks of bits in every segment */
  build(ARTICLES, 1, 0);
  CHECK(compare(150) > 10000);
  floors(2000);
  drop();
  build(ARTICLES, 8, 9);
  CHECK(compare(150) > 10000);
  floors(500);
  drop();
  sqlite3_close(db);
  return check_report();
}
