/*
** test_needles.c - many strings in one pass are found where each of them stands; clauses
** are cut at their marks.
*/
#include <stdlib.h>

#include "check.h"
#include "core/clauses.h"
#include "core/needles.h"
#include "textmill.h"

/* ---- strings ------------------------------------------------------------------ */

#define MOST 40

static const char *const pieces[] = {"一", "是", "一是", "二", "大", "a", "b", "ab", ",", "。", "\xE4\xB8",
  "\xF0\xA0\x80\x80"};
enum { PIECES = sizeof pieces / sizeof *pieces };

/* Writes some random pieces; returns the length. */
static size_t random_text(uint64_t *seed, char *out, uint32_t most) {
  size_t n = 0;
  uint32_t count = check_below(seed, most + 1);
  for (uint32_t k = 0; k < count; k++) {
    const char *piece = pieces[check_below(seed, PIECES)];
    memcpy(out + n, piece, strlen(piece));
    n += strlen(piece);
  }
  out[n] = 0;
  return n;
}

typedef struct strings {
  char bytes[MOST][64];
  const char *s[MOST];
  size_t length[MOST];
  uint32_t n;
} strings;

static void random_strings(uint64_t *seed, strings *list) {
  list->n = 0;
  for (int k = 0; k < MOST; k++) {
    char *s = list->bytes[list->n];
    size_t n = random_text(seed, s, 4);
    int known = n == 0;
    for (uint32_t i = 0; i < list->n; i++) known |= strcmp(s, list->s[i]) == 0;
    if (known) continue;
    list->s[list->n] = s;
    list->length[list->n++] = n;
  }
}

/* Are the hits what a search of every string at every byte finds, in that order? */
static void check_hits(const strings *list, const char *text, size_t n, const needle_hits *hits) {
  size_t found = 0;
  for (size_t at = 0; at < n; at++) {
    size_t here = 0;
    for (uint32_t k = 0; k < list->n; k++)
      here += list->length[k] <= n - at && memcmp(text + at, list->s[k], list->length[k]) == 0;
    for (size_t h = found; h < found + here && h < hits->n; h++) {
      const needle_hit *hit = &hits->list[h];
      CHECK_EQ(hit->at, at);
      CHECK(memcmp(text + at, list->s[hit->needle], list->length[hit->needle]) == 0);
      for (size_t o = found; o < h; o++) CHECK(hits->list[o].needle != hit->needle);
    }
    found += here;
  }
  CHECK_EQ(hits->n, found);
}

static void test_random(void) {
  uint64_t seed = 20240101;
  needle_hits hits = {0};
  strings list;
  char text[1024];
  for (int round = 0; round < 400; round++) {
    random_strings(&seed, &list);
    needles *k = needles_new(list.s, list.length, list.n);
    if (!CHECK(k != NULL)) break;
    CHECK_EQ(needles_count(k), list.n);
    size_t n = random_text(&seed, text, 120);
    char *exact = malloc(n + 1); /* so that reading behind it is seen */
    if (CHECK(exact != NULL)) {
      memcpy(exact, text, n);
      CHECK_EQ(needles_scan(k, exact, n, &hits), 0);
      check_hits(&list, text, n, &hits);
    }
    free(exact);
    needles_free(k);
  }
  needle_hits_free(&hits);
}

static void test_none(void) {
  needle_hits hits = {0};
  needles *k = needles_new(NULL, NULL, 0);
  CHECK(k != NULL);
  CHECK_EQ(needles_scan(k, "一是", 6, &hits), 0);
  CHECK_EQ(hits.n, 0);
  needles_free(k);
  needles_free(NULL);
  needle_hits_free(&hits);
}

/* ---- clauses ------------------------------------------------------------------- */

/* What never ends is cut: its tokens are all in some clause, none of which is long. */
static void test_endless(void) {
  enum { TOKENS = 1000, MOST_IN_ONE = 400 };
  char text[TOKENS + 1];
  uint32_t from[TOKENS], to[TOKENS], next = 0;
  for (uint32_t k = 0; k < TOKENS; k++) from[k] = k, to[k] = k + 1;
  memset(text, 'a', TOKENS);
  clause_text t = {text, from, to};
  clause_list list = {0};
  CHECK_EQ(clauses_add(&list, &t, 0, 0, TOKENS - 1), 0);
  for (size_t k = 0; k < list.n; k++) {
    CHECK_EQ(list.list[k].a, next);
    CHECK(list.list[k].b - list.list[k].a < MOST_IN_ONE);
    CHECK_EQ(list.list[k].part, 1);
    next = list.list[k].b + 1;
  }
  CHECK_EQ(next, TOKENS);
  clauses_free(&list);
}

/* Tokens are the characters of the text. */
static uint32_t cut(const char *text, uint32_t *from, uint32_t *to) {
  uint32_t n = 0;
  for (uint32_t i = 0; text[i] != 0;) {
    from[n] = i++;
    while (((unsigned char)text[i] & 0xC0) == 0x80) i++;
    to[n++] = i;
  }
  return n;
}

static void expect(const clause_list *list, size_t k, clause c) {
  if (!CHECK(k < list->n)) return;
  CHECK_EQ(list->list[k].a, c.a);
  CHECK_EQ(list->list[k].b, c.b);
  CHECK_EQ(list->list[k].mark, c.mark);
  CHECK_EQ(list->list[k].part, c.part);
  CHECK_EQ(list->list[k].block, c.block);
  CHECK_EQ(list->list[k].quoted, c.quoted);
}

static void test_clauses(void) {
  uint32_t from[64], to[64];
  clause_list list = {0};
  /*                  0 1 23 4 5 6 7 8 9 */
  const char *text = "他说,“好。行。”走。";
  clause_text t = {text, from, to};
  uint32_t n = cut(text, from, to);
  CHECK_EQ(clauses_add(&list, &t, 7, 0, n - 1), 0);
  expect(&list, 0, (clause){0, 1, 2, 1, 7, 0});
  expect(&list, 1, (clause){3, 4, 5, 1, 7, 1}); /* the quotation begins it */
  expect(&list, 2, (clause){6, 6, 7, 2, 7, 1});
  expect(&list, 3, (clause){8, 9, 10, 3, 7, 1}); /* ” stands in the clause behind */
  CHECK_EQ(list.n, 4);
  CHECK_EQ(list.parts, 5);
  CHECK_EQ(clauses_add(&list, &t, 8, 0, 1), 0);
  expect(&list, 4, (clause){0, 1, MILL_NONE, 5, 8, 0}); /* the end of its block */
  clauses_free(&list);
}

static void test_marks(void) {
  uint32_t from[64], to[64];
  clause_list list = {0};
  const char *text = "甲……,,乙:丙\n丁";
  clause_text t = {text, from, to};
  uint32_t n = cut(text, from, to);
  CHECK_EQ(clauses_add(&list, &t, 0, 0, n - 1), 0);
  expect(&list, 0, (clause){0, 0, 1, 1, 0, 0});
  expect(&list, 1, (clause){5, 5, 6, 1, 0, 0}); /* nothing stands between the marks */
  expect(&list, 2, (clause){7, 7, 8, 1, 0, 0});
  expect(&list, 3, (clause){9, 9, MILL_NONE, 2, 0, 0});
  CHECK_EQ(list.n, 4);
  clauses_free(&list);
}

int main(void) {
  test_random();
  test_none();
  test_clauses();
  test_endless();
  test_marks();
  return check_report();
}
