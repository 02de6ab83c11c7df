/*
** test_twins.c - nouns that may be slips of one another: the same are found as by holding
** every noun of random texts against every other.
*/
#include "check.h"
#include "core/twins.h"
#include "textmill.h"

#define TOKENS 40

static const char *const words[] = {"课文", "课闻", "词文", "重读", "背诵", "认真", "大", "lesson", "。"};
enum { WORDS = sizeof words / sizeof *words };
static const uint8_t tags[] = {MILL_TAG_N, MILL_TAG_N, MILL_TAG_VN, MILL_TAG_V, MILL_TAG_V, MILL_TAG_D,
                               MILL_TAG_A, MILL_TAG_NZ, MILL_TAG_W};

typedef struct sample {
  char text[TOKENS * 8];
  uint32_t from[TOKENS], to[TOKENS], word[TOKENS];
  uint8_t tag[TOKENS];
  twin_text t;
} sample;

static void fill(sample *x, uint64_t *seed, uint32_t n, uint32_t variety) {
  size_t at = 0;
  for (uint32_t k = 0; k < n; k++) {
    uint32_t w = check_below(seed, variety);
    x->word[k] = w, x->tag[k] = tags[w], x->from[k] = (uint32_t)at;
    memcpy(x->text + at, words[w], strlen(words[w]));
    at += strlen(words[w]);
    x->to[k] = (uint32_t)at;
  }
  x->t = (twin_text){x->text, x->from, x->to, x->tag, n};
}

/* ---- the plain way ---------------------------------------------------------------------- */

static int is_noun(const sample *x, uint32_t k) {
  const char *w = words[x->word[k]];
  uint8_t tag = x->tag[k];
  return strlen(w) == 6 && (tag == MILL_TAG_N || tag == MILL_TAG_VN || tag == MILL_TAG_NZ);
}

/* Is token k a noun behind the word p, which has two characters or more, all of them Han? */
static int stands_behind(const sample *x, uint32_t k, uint32_t p) {
  const char *w = words[p];
  return k > 0 && x->word[k - 1] == p && is_noun(x, k) && strlen(w) >= 6 && (uint8_t)w[0] >= 0xE4;
}

static uint32_t times(const sample *x, uint32_t p, uint32_t w) {
  uint32_t n = 0;
  for (uint32_t k = 0; k < x->t.n; k++) n += stands_behind(x, k, p) && (w == WORDS || x->word[k] == w);
  return n;
}

static int differ_in_one(const char *a, const char *b) {
  int first = memcmp(a, b, 3) != 0, second = memcmp(a + 3, b + 3, 3) != 0;
  return first + second == 1;
}

static int is_pair(const sample *x, uint32_t odd, uint32_t usual) {
  if (odd < 2 || usual < 2 || odd == usual) return 0;
  uint32_t p = x->word[odd - 1];
  if (!stands_behind(x, odd, p) || !stands_behind(x, usual, p) || times(x, p, WORDS) < 3) return 0;
  return x->word[odd - 2] == x->word[usual - 2] && x->tag[odd - 2] != MILL_TAG_W &&
         times(x, p, x->word[odd]) == 1 && times(x, p, x->word[usual]) >= 2 &&
         differ_in_one(words[x->word[odd]], words[x->word[usual]]);
}

/* Where the list says the pair is; its length when it is not there. */
static size_t place_of(const twins *w, uint32_t odd, uint32_t usual) {
  size_t k = 0;
  while (k < w->n && (w->list[k].odd != odd || w->list[k].usual != usual)) k++;
  return k;
}

static void test_random(void) {
  uint64_t seed = 20260;
  twins w = {0};
  size_t found = 0;
  static sample x;
  for (int round = 0; round < 3000; round++) {
    fill(&x, &seed, 1 + check_below(&seed, TOKENS), 4 + check_below(&seed, WORDS - 3));
    CHECK_EQ(twins_find(&w, &x.t), 0);
    size_t pairs = 0;
    for (uint32_t a = 0; a < x.t.n; a++)
      for (uint32_t b = 0; b < x.t.n; b++) {
        if (!is_pair(&x, a, b)) continue;
        pairs++;
        CHECK(place_of(&w, a, b) < w.n);
      }
    CHECK_EQ(w.n, pairs);
    found += pairs;
  }
  CHECK(found > 100);
  twins_free(&w);
}

/* ---- order, limits ------------------------------------------------------------------------ */

static void lay(sample *x, const char *codes) { /* letters: a is the first word */
  static char text[1 << 14];
  static uint32_t from[2000], to[2000];
  static uint8_t tag[2000];
  size_t at = 0, n = strlen(codes);
  for (size_t k = 0; k < n; k++) {
    const char *w = words[codes[k] - 'a'];
    from[k] = (uint32_t)at, tag[k] = tags[codes[k] - 'a'];
    memcpy(text + at, w, strlen(w));
    to[k] = (uint32_t)(at += strlen(w));
  }
  x->t = (twin_text){text, from, to, tag, n};
}

static void test_order(void) {
  static sample x;
  twins w = {0};
  lay(&x, "");
  CHECK_EQ(twins_find(&w, &x.t), 0);
  CHECK_EQ(w.n, 0);
  lay(&x, "feafdafdafeafdbfeb"); /* behind 重读 it stands twice before it does behind 背诵 */
  CHECK_EQ(twins_find(&w, &x.t), 0);
  static const twin expected[] = {{14, 5}, {14, 8}, {17, 2}, {17, 11}};
  if (CHECK_EQ(w.n, 4))
    for (size_t k = 0; k < 4; k++) {
      CHECK_EQ(w.list[k].odd, expected[k].odd);
      CHECK_EQ(w.list[k].usual, expected[k].usual);
    }
  twins_free(&w);
}

/* Behind a word that has very many nouns nothing is compared. */
static void test_many(void) {
  static sample x;
  twins w = {0};
  char codes[1000];
  for (int nouns = 300; nouns <= 301; nouns++) {
    for (int k = 0; k < nouns; k++) memcpy(codes + 3 * k, k == 7 ? "fdb" : "fda", 3);
    codes[3 * nouns] = 0;
    lay(&x, codes);
    CHECK_EQ(twins_find(&w, &x.t), 0);
    CHECK_EQ(w.n, nouns == 300 ? 299 : 0);
  }
  twins_free(&w);
}

int main(void) {
  test_random();
  test_order();
  test_many();
  return check_report();
}
