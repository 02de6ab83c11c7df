/*
** test_similar.c - signatures against true Jaccard indices, computed here from
** shingles kept as strings.
*/
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "core/cpu.h"
#include "core/similar.h"

enum { CHARACTERS = 4000, PIECES = 5000, SHINGLE = 40 };

static double estimate(const char *a, const char *b) {
  mill_sketch x, y;
  mill_signature(a, strlen(a), &x);
  mill_signature(b, strlen(b), &y);
  return mill_signature_similarity(&x, &y);
}

/* ---- a model: characters of three bytes only, the last five of them */

typedef struct model { char (*shingle)[SHINGLE]; size_t n; } model;

static int by_text(const void *a, const void *b) { return strcmp(a, b); }

static model model_of(const char *s) {
  model m = {calloc(PIECES, SHINGLE), 0};
  size_t n = strlen(s) / 3;
  for (size_t k = 0; k < n; k++) {
    size_t from = k < 4 ? 0 : k - 4;
    memcpy(m.shingle[m.n++], s + 3 * from, 3 * (k + 1 - from));
  }
  qsort(m.shingle, m.n, SHINGLE, by_text);
  size_t kept = 0;
  for (size_t k = 0; k < m.n; k++)
    if (kept == 0 || strcmp(m.shingle[k], m.shingle[kept - 1]) != 0)
      memmove(m.shingle[kept++], m.shingle[k], SHINGLE);
  m.n = kept;
  return m;
}

static double model_jaccard(const char *a, const char *b) {
  model x = model_of(a), y = model_of(b);
  size_t both = 0;
  for (size_t k = 0; k < x.n; k++)
    both += bsearch(x.shingle[k], y.shingle, y.n, SHINGLE, by_text) != NULL;
  double j = (double)both / (double)(x.n + y.n - both);
  free(x.shingle);
  free(y.shingle);
  return j;
}

static double exact(const char *a, const char *b) {
  static uint64_t x[PIECES], y[PIECES];
  struct shingler g = {0}, h = {0};
  size_t at = 0, n = shingles_next(&g, a, strlen(a), &at, x, PIECES);
  at = 0;
  size_t m = shingles_next(&h, b, strlen(b), &at, y, PIECES);
  return shingles_jaccard(x, shingles_distinct(x, n), y, shingles_distinct(y, m));
}

static void put_character(char *out, uint64_t *seed) {
  uint32_t c = 0x4E00 + check_below(seed, 800);
  out[0] = (char)(0xE0 | c >> 12);
  out[1] = (char)(0x80 | (c >> 6 & 63));
  out[2] = (char)(0x80 | (c & 63));
}

/* n characters, and the same with `edits` runs of up to 20 written anew. */
static void make_pair(char *a, char *b, size_t n, uint32_t edits, uint64_t *seed) {
  for (size_t k = 0; k < n; k++) put_character(a + 3 * k, seed);
  a[3 * n] = 0;
  memcpy(b, a, 3 * n + 1);
  for (; edits > 0; edits--) {
    size_t at = check_below(seed, (uint32_t)n), len = check_below(seed, 20) + 1;
    for (size_t k = at; k < n && k < at + len; k++) put_character(b + 3 * k, seed);
  }
}

static void test_against_truth(size_t n, uint32_t most, double bound) {
  char a[3 * CHARACTERS + 1], b[3 * CHARACTERS + 1];
  uint64_t seed = 20 + n;
  double sum = 0, bias = 0;
  const int rounds = 150;
  for (int k = 0; k < rounds; k++) {
    make_pair(a, b, n, check_below(&seed, most), &seed);
    double truth = model_jaccard(a, b), found = estimate(a, b);
    if (!CHECK(fabs(exact(a, b) - truth) < 1e-12)) return;
    if (!CHECK(fabs(found - truth) < 0.2)) return;
    sum += fabs(found - truth);
    bias += found - truth;
  }
  if (!CHECK(sum / rounds < bound) || !CHECK(fabs(bias / rounds) < 0.015))
    fprintf(stderr, "  %zu characters: mean error %f, bias %f\n", n, sum / rounds, bias / rounds);
}

/* ---- what does not count, what does */

static void test_equal(void) {
  mill_sketch a, b;
  const char *text = "全镇设置36个水位观测点, 配备手摇报警器40台。the village keeps watch";
  mill_signature(text, strlen(text), &a);
  mill_signature(text, strlen(text), &b);
  CHECK(memcmp(&a, &b, sizeof a) == 0);
  CHECK_EQ(mill_signature_distance(&a, &b), 0);
  CHECK(mill_signature_similarity(&a, &b) == 1.0);
  CHECK(estimate("全镇,设置。36个 水位、观测点", "全镇设置36个\n水位观测点") == 1.0);
  CHECK(estimate("open data: for all", "  open\tdata for - all\xC2\xB7") == 1.0);
  CHECK(exact("全镇设置水位观测点", "村口设立卡口一处有人值守") == 0.0);
  CHECK(exact("open data for all", "opendata for all") < 1.0);
  CHECK(exact("人々は水を", "人は水を") < 1.0);
}

static void test_nothing(void) {
  mill_sketch none, some;
  mill_signature("", 0, &none);
  CHECK_EQ(none.shingles, 0);
  mill_signature(" ,。-", 6, &none);
  CHECK_EQ(none.shingles, 0);
  mill_signature("水", 3, &some);
  CHECK_EQ(some.shingles, 1);
  CHECK(mill_signature_similarity(&none, &none) == 1.0);
  CHECK(mill_signature_similarity(&none, &some) == 0.0);
}

/* Letters of three bytes belong to words: one unit a word, as in plain letters. */
static size_t units(const char *s) {
  uint64_t unit[64];
  size_t at = 0;
  return units_portable(s, strlen(s), &at, unit, 64);
}

static void test_words(void) {
  CHECK_EQ(units("người được những trường"), 4);
  CHECK_EQ(units("ἀρχὴ ⱥbc ꞓd ẁ"), 4);
  CHECK_EQ(units("chợ水chợ"), 3);
  CHECK_EQ(units("ẁ水"), 2);
  CHECK_EQ(units("คน"), 2); /* no letter of words: a character each */
  CHECK_EQ(units("⸢水⸣ — “水” 。々"), 3);
  CHECK_EQ(exact("mùa vụ được", "mùa vụ đượng") > 0, exact("mua vu duoc", "mua vu duong") > 0);
  CHECK(exact("được mùa vụ", "mùa vụ được") < 1.0);
}

/* ---- both paths */

/* Text of words, characters, marks, four bytes; `broken`: and any bytes. */
static size_t make_text(char *out, size_t room, int broken, uint64_t *seed) {
  static const char *const parts[] = {"được", "trường", "水", "全镇", "。", "“", "”", "々", "の", "글", "ꞓ", "⸢",
                                      "é", "·", " ", ", ", "36", "a", "longestofwords", "𠀀", "😀", "ⱥ", "⺀",
                                      "\n"};
  size_t n = 0, kinds = 1 + check_below(seed, sizeof parts / sizeof *parts);
  while (n + 80 < room) {
    const char *p = parts[check_below(seed, (uint32_t)kinds)];
    if (check_below(seed, 4) == 0) put_character(out + n, seed), n += 3;
    else if (broken && check_below(seed, 30) == 0) out[n++] = (char)check_random(seed);
    else memcpy(out + n, p, strlen(p)), n += strlen(p);
    if (check_below(seed, 200) == 0)
      for (uint32_t k = check_below(seed, 70); k > 0; k--) out[n++] = (char)('a' + k % 26);
  }
  return n;
}

static void test_paths(void) {
  static uint64_t x[PIECES], y[PIECES];
  uint64_t seed = 77;
  if (!cpu_has_avx2()) printf("no AVX2 here: only the portable path is tested\n");
  for (int k = 0; k < 2000; k++) {
    char *s = malloc(1500);
    size_t n = make_text(s, 90 + check_below(&seed, 1400), k % 2, &seed), a = 0, b = 0, at;
    struct shingler g = {.portable = 0}, h = {.portable = 1};
    s = realloc(s, n);
    for (at = 0; at < n;) a += shingles_next(&g, s, n, &at, x + a, PIECES - a);
    for (at = 0; at < n;) b += shingles_next(&h, s, n, &at, y + b, 100);
    if (!CHECK_EQ(a, b) || !CHECK(memcmp(x, y, a * sizeof *x) == 0)) k = 2000;
    free(s);
  }
}

/* Any bytes, cut anywhere; heap copies show a read behind the end. */
static void test_any_bytes(void) {
  uint64_t seed = 5;
  for (int k = 0; k < 3000; k++) {
    size_t n = check_below(&seed, 40);
    char *s = malloc(n + (n == 0));
    mill_sketch g;
    for (size_t i = 0; i < n; i++) s[i] = (char)check_random(&seed);
    mill_signature(s, n, &g);
    CHECK(g.shingles <= n);
    free(s);
  }
}

/* Pieces that end where characters and words do make the same signature, and
** many blocks the same counts as one by one. */
static void test_pieces(void) {
  static char text[40000];
  uint64_t seed = 9;
  size_t n = 0;
  while (n < sizeof text - 40) {
    if (check_below(&seed, 4) > 0) put_character(text + n, &seed), n += 3;
    else n += (size_t)sprintf(text + n, " w%x ", check_below(&seed, 1u << 30) << check_below(&seed, 9));
  }
  struct signing g;
  mill_sketch whole, parts;
  mill_signature(text, n, &whole);
  signing_begin(&g);
  for (size_t at = 0, to; at < n; at = to) {
    to = at + check_below(&seed, 3000) + 10;
    while (to < n && text[to] != ' ') to++;
    if (to > n) to = n;
    signing_add(&g, text + at, to - at);
  }
  signing_end(&g, &parts);
  CHECK(memcmp(&whole, &parts, sizeof whole) == 0);
  CHECK(whole.shingles > 3000);
}

static void test_simhash(void) {
  static uint64_t hashes[PIECES];
  static char a[3 * CHARACTERS + 1], b[3 * CHARACTERS + 1];
  uint64_t seed = 3, expected = 0;
  mill_sketch x, y;
  make_pair(a, b, 3001, 10, &seed);
  mill_signature(a, strlen(a), &x);
  mill_signature(b, strlen(b), &y);
  struct shingler g = {0};
  size_t at = 0, n = shingles_next(&g, a, strlen(a), &at, hashes, PIECES);
  for (int bit = 0; bit < 64; bit++) {
    size_t ones = 0;
    for (size_t k = 0; k < n; k++) ones += hashes[k] >> bit & 1;
    expected |= (uint64_t)(ones > n / 2) << bit;
  }
  CHECK(x.simhash == expected);
  CHECK(mill_signature_distance(&x, &y) < 16);
  make_pair(b, a, 3001, 0, &seed);
  mill_signature(b, strlen(b), &y);
  CHECK(mill_signature_distance(&x, &y) > 16);
}

/* The bytes are part of the file format: they may never change. */
static void test_bytes(void) {
  const char *text = "水位观测点 open data 36";
  unsigned char bytes[MILL_SIGNATURE_BYTES], digest[32];
  mill_sketch a, b;
  mill_signature(text, strlen(text), &a);
  mill_signature_encode(&a, bytes);
  CHECK_EQ(mill_signature_decode(bytes, sizeof bytes, &b), 0);
  CHECK(memcmp(&a, &b, sizeof a) == 0);
  CHECK_EQ(bytes[0], 2);
  CHECK_EQ(bytes[1], 8);
  mill_sha256(bytes, sizeof bytes, digest);
  char hex[9];
  snprintf(hex, sizeof hex, "%02x%02x%02x%02x", digest[0], digest[1], digest[2], digest[3]);
  CHECK_STR(hex, "4df72c5c");
  CHECK_EQ(mill_signature_decode(bytes, sizeof bytes - 1, &b), MILL_ECORRUPT);
  CHECK_EQ(mill_signature_decode(NULL, 0, &b), MILL_ECORRUPT);
  bytes[0] = 1;
  CHECK_EQ(mill_signature_decode(bytes, sizeof bytes, &b), MILL_EVERSION);
  bytes[0] = 3;
  CHECK_EQ(mill_signature_decode(bytes, sizeof bytes, &b), MILL_ECORRUPT);
}

int main(void) {
  test_against_truth(4000, 120, 0.036);
  test_against_truth(600, 20, 0.036);
  test_against_truth(60, 3, 0.05); /* most slots are borrowed */
  test_equal();
  test_nothing();
  test_any_bytes();
  test_words();
  test_paths();
  test_pieces();
  test_simhash();
  test_bytes();
  return check_report();
}
