/* test_map.c - maps against examples and against the slow model. */
#include "check.h"
#include "map_model.h"

static mill_span span(uint32_t from, uint32_t to) { return (mill_span){from, to}; }

#define CHECK_SPAN(got, f, t)     \
  do {                            \
    mill_span got_ = (got);       \
    CHECK_EQ(got_.from, f);       \
    CHECK_EQ(got_.to, t);         \
  } while (0)

/* The drawing at the head of map.c. */
static mill_map *drawing(void) {
  mill_map *m = mill_map_new();
  mill_map_keep(m, 4);
  for (int i = 0; i < 3; i++) mill_map_edit(m, 2, 1, MILL_EDIT_WIDTH);
  mill_map_keep(m, 6);
  mill_map_edit(m, 4, 6, MILL_EDIT_NORMAL);
  mill_map_keep(m, 4);
  mill_map_edit(m, 3, 0, MILL_EDIT_HTML);
  mill_map_keep(m, 4);
  return m;
}

static void test_drawing(void) {
  mill_map *m = drawing();
  const mill_run *r;
  CHECK_EQ(mill_map_error(m), 0);
  CHECK_EQ(mill_map_source_len(m), 31);
  CHECK_EQ(mill_map_output_len(m), 27);
  CHECK_EQ(mill_map_runs(m, &r), 3);
  CHECK_EQ(r[0].count, 3);
  CHECK_EQ(r[2].source, 24);
  CHECK_EQ(r[2].output, 23);
  CHECK_SPAN(mill_map_from(m, span(0, 27)), 0, 31);
  CHECK_SPAN(mill_map_from(m, span(5, 6)), 6, 8);
  CHECK_SPAN(mill_map_from(m, span(14, 15)), 16, 20);  /* inside a piece: all of it */
  CHECK_SPAN(mill_map_from(m, span(18, 20)), 16, 21);
  CHECK_SPAN(mill_map_from(m, span(22, 23)), 23, 24);  /* a deletion behind: not part */
  CHECK_SPAN(mill_map_from(m, span(23, 24)), 27, 28);  /* a deletion before: not part */
  CHECK_SPAN(mill_map_from(m, span(22, 24)), 23, 28);  /* between: part */
  CHECK_SPAN(mill_map_from(m, span(23, 23)), 24, 24);  /* empty: left of the deletion */
  CHECK_SPAN(mill_map_from(m, span(0, 0)), 0, 0);
  CHECK_SPAN(mill_map_from(m, span(27, 27)), 31, 31);
  CHECK_SPAN(mill_map_from(m, span(99, 999)), 31, 31); /* beyond the end */
  CHECK_SPAN(mill_map_from(m, span(26, 999)), 30, 31);
  CHECK_SPAN(mill_map_to(m, span(7, 8)), 5, 6);
  CHECK_SPAN(mill_map_to(m, span(25, 26)), 23, 23);    /* deleted: nothing */
  CHECK_SPAN(mill_map_to(m, span(17, 18)), 13, 19);
  mill_map_free(m);
}

/* Insertions and deletions at both ends, and next to each other. */
static void test_empty_sides(void) {
  mill_map *m = mill_map_new();
  mill_map_edit(m, 5, 0, MILL_EDIT_HTML);
  mill_map_edit(m, 0, 2, MILL_EDIT_BLANK);
  mill_map_keep(m, 3);
  mill_map_edit(m, 4, 0, MILL_EDIT_HTML);
  mill_map_edit(m, 4, 0, MILL_EDIT_HTML);
  const mill_run *r;
  CHECK_EQ(mill_map_runs(m, &r), 3);
  CHECK_EQ(r[2].count, 2);
  CHECK_SPAN(mill_map_from(m, span(0, 2)), 5, 5);
  CHECK_SPAN(mill_map_from(m, span(2, 5)), 5, 8);
  CHECK_SPAN(mill_map_from(m, span(0, 5)), 5, 8);
  CHECK_SPAN(mill_map_from(m, span(5, 5)), 8, 8);
  CHECK_SPAN(mill_map_from(m, span(0, 0)), 0, 0);
  CHECK_SPAN(mill_map_to(m, span(0, 5)), 0, 0);
  CHECK_SPAN(mill_map_to(m, span(12, 16)), 5, 5);
  CHECK_SPAN(mill_map_to(m, span(4, 6)), 0, 3);
  mill_map_free(m);
}

static void test_limits(void) {
  mill_map *m = mill_map_new(), *out;
  mill_map_keep(m, MILL_MAX_BYTES);
  CHECK_EQ(mill_map_error(m), 0);
  mill_map_edit(m, 1, 1, MILL_EDIT_CASE);
  CHECK_EQ(mill_map_error(m), MILL_ELIMIT);
  mill_map_keep(m, 0); /* sticky */
  CHECK_EQ(mill_map_error(m), MILL_ELIMIT);
  CHECK_EQ(mill_map_compose(m, m, &out), MILL_ELIMIT);
  CHECK(out == NULL);
  mill_map_free(m);
  m = mill_map_new();
  mill_map_edit(m, SIZE_MAX, 0, MILL_EDIT_HTML);
  CHECK_EQ(mill_map_error(m), MILL_ELIMIT);
  mill_map_free(m);
  m = mill_map_new();
  mill_map_edit(m, 1, 1, (enum mill_edit)99);
  CHECK_EQ(mill_map_error(m), MILL_EINVAL);
  mill_map_free(m);
  mill_map_free(NULL);
}

/* GB18030 -> UTF-8, then one character of two widened away: pieces survive. */
static void test_compose_example(void) {
  mill_map *f = mill_map_new(), *g = mill_map_new(), *h;
  for (int i = 0; i < 4; i++) mill_map_edit(f, 2, 3, MILL_EDIT_CHARSET);
  mill_map_keep(g, 3);
  mill_map_edit(g, 3, 1, MILL_EDIT_WIDTH);
  mill_map_edit(g, 6, 3, MILL_EDIT_GLOSS);
  CHECK_EQ(mill_map_compose(f, g, &h), 0);
  const mill_run *r;
  CHECK_EQ(mill_map_runs(h, &r), 3);
  CHECK_EQ(r[0].kind, MILL_EDIT_CHARSET);
  CHECK_EQ(r[1].kind, MILL_EDIT_MIXED);
  CHECK_SPAN(mill_map_from(h, span(3, 4)), 2, 4);
  CHECK_SPAN(mill_map_from(h, span(4, 5)), 4, 8);
  mill_map_free(h);
  CHECK_EQ(mill_map_compose(g, f, &h), MILL_EINVAL);
  mill_map_free(f);
  mill_map_free(g);
}

/* A random map over a source of exactly n bytes; does it insert, too? */
static mill_map *random_map(uint64_t *seed, uint32_t n, int inserts) {
  mill_map *m = mill_map_new();
  while (n > 0) {
    uint32_t s = check_below(seed, 5), o = check_below(seed, 4), times = 1 + check_below(seed, 4);
    if (s > n) s = n;
    if (s == 0 && !inserts) continue;
    if (s > 0 && s * times > n) times = n / s;
    n -= s * times;
    if (check_below(seed, 3) == 0)
      mill_map_keep(m, (size_t)s * times);
    else
      for (uint32_t i = 0; i < times; i++)
        mill_map_edit(m, s, o, (enum mill_edit)(1 + check_below(seed, 2)));
  }
  return m;
}

static void check_lookups(const mill_map *m, const model *slow) {
  uint32_t ns = (uint32_t)mill_map_source_len(m), no = (uint32_t)mill_map_output_len(m), bad = 0;
  for (uint32_t a = 0; a < no; a++)
    for (uint32_t b = a + 1; b <= no && b < a + 9; b++) {
      mill_span x = mill_map_from(m, span(a, b)), y = model_from(slow, a, b);
      bad += x.from != y.from || x.to != y.to;
    }
  for (uint32_t a = 0; a < ns; a++)
    for (uint32_t b = a + 1; b <= ns && b < a + 9; b++) {
      mill_span x = mill_map_to(m, span(a, b)), y = model_to(slow, a, b);
      bad += x.from != y.from || x.to != y.to;
    }
  CHECK_EQ(bad, 0);
}

static int same_runs(const mill_map *a, const mill_map *b) {
  const mill_run *x, *y;
  size_t n = mill_map_runs(a, &x);
  return n == mill_map_runs(b, &y) && mill_map_source_len(a) == mill_map_source_len(b) &&
         mill_map_output_len(a) == mill_map_output_len(b) &&
         (n == 0 || memcmp(x, y, n * sizeof *x) == 0);
}

static void check_code(const mill_map *m) {
  unsigned char *bytes;
  size_t n;
  mill_map *back = NULL;
  if (!CHECK_EQ(mill_map_encode(m, &bytes, &n), 0)) return;
  CHECK_EQ(mill_map_decode(bytes, n, &back), 0);
  CHECK(back != NULL && same_runs(m, back));
  mill_map_free(back);
  for (size_t cut = 0; cut < n && cut < 6; cut++) {
    int rc = mill_map_decode(bytes, cut, &back); /* a prefix may be a shorter map */
    CHECK(rc == MILL_ECORRUPT || (rc == 0 && !same_runs(m, back)));
    mill_map_free(back);
  }
  free(bytes);
}

static model slow_f, slow_g, slow_fg, fast_fg, left, right;

static void check_associative(const mill_map *f, const mill_map *g, const mill_map *fg,
                              const mill_map *h) {
  mill_map *gh, *fg_h, *f_gh;
  CHECK_EQ(mill_map_compose(g, h, &gh), 0);
  CHECK_EQ(mill_map_compose(fg, h, &fg_h), 0);
  CHECK_EQ(mill_map_compose(f, gh, &f_gh), 0);
  model_read(&left, fg_h);
  model_read(&right, f_gh);
  CHECK(model_same(&left, &right));
  mill_map_free(gh);
  mill_map_free(fg_h);
  mill_map_free(f_gh);
}

static void test_random(void) {
  uint64_t seed = 20200126;
  for (int round = 0; round < 400; round++) {
    mill_map *f = random_map(&seed, 1 + check_below(&seed, 60), 1);
    mill_map *g = random_map(&seed, (uint32_t)mill_map_output_len(f), round % 2), *fg;
    model_read(&slow_f, f);
    model_read(&slow_g, g);
    check_lookups(f, &slow_f);
    check_code(f);
    CHECK_EQ(mill_map_compose(f, g, &fg), 0);
    model_compose(&slow_f, &slow_g, &slow_fg);
    model_read(&fast_fg, fg);
    CHECK(model_same(&slow_fg, &fast_fg));
    mill_map *h = random_map(&seed, (uint32_t)mill_map_output_len(g), 0);
    if (round % 2 == 0) check_associative(f, g, fg, h);
    mill_map_free(f);
    mill_map_free(g);
    mill_map_free(fg);
    mill_map_free(h);
  }
}

/* Codes that encode does not make. */
static void test_hostile_codes(void) {
  static const struct { unsigned char bytes[12]; size_t n; } cases[] = {
      {{0}, 0},                                        /* nothing */
      {{2, 0}, 2},                                     /* another format */
      {{1}, 1},                                        /* no length */
      {{1, 0x80, 0x00}, 3},                            /* a number longer than needed */
      {{1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}, 6},          /* a number out of range */
      {{1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}, 7},    /* a number without end */
      {{1, 9, 0x00}, 3},                               /* a slot that is empty */
      {{1, 9, 0xE0, 0x10, 0}, 5},                      /* a piece that is empty */
      {{1, 9, 0xE0, 0xF1, 1}, 5},                      /* a kind that is none */
      {{1, 1, 0xE0, 0x11, 2}, 5},                      /* longer than the source */
      {{1, 9, 0xE0, 0x11, 2, 0x00}, 6},                /* two runs that are one */
      {{1, 9, 0xFA, 0x00, 0x11, 2}, 6},                /* a short gap written long */
      {{1, 9, 0xE0, 0x19, 2}, 5},                      /* no count */
      {{1, 9, 0xE0, 0x1F, 7, 0xFE, 0xFF, 0xFF, 0xFF, 7}, 10}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    mill_map *m;
    if (!CHECK_EQ(mill_map_decode(cases[i].bytes, cases[i].n, &m), MILL_ECORRUPT))
      fprintf(stderr, "  case %zu\n", i);
    mill_map_free(m);
  }
}

/* Runs stay short however long the text; nothing is done piece by piece. */
static void test_size(void) {
  mill_map *m = mill_map_new(), *fold = mill_map_new(), *both;
  for (int i = 0; i < 1000000; i++) mill_map_edit(m, 8, 3, MILL_EDIT_ENTITY);
  mill_map_keep(fold, 3000000);
  CHECK_EQ(mill_map_compose(m, fold, &both), 0);
  CHECK(same_runs(m, both));
  unsigned char *bytes;
  size_t n;
  CHECK_EQ(mill_map_encode(both, &bytes, &n), 0);
  CHECK(n < 16);
  CHECK_SPAN(mill_map_from(both, span(1500000, 1500003)), 4000000, 4000008);
  free(bytes);
  mill_map_free(m);
  mill_map_free(fold);
  mill_map_free(both);
}

/* An ordinary page: full-width punctuation, some digits and Latin letters. */
static const char PAGE[] =
    "今年入冬以来，村里先后组织了几次集中清扫，把沟渠两边和房前屋后的垃圾都清运干净。村干部带头"
    "参加，各家各户也出了人手。每个网格由1名干部牵头，所需经费按每户20元的标准从集体收入中支付，"
    "结果在公告栏和微信群（WeChat）里公布，接受大家的监督。\n"
    "下一步还要继续开展检查，把这些好的做法写进村规民约里，让干净整洁慢慢成为大家的习惯。对检查中"
    "发现的问题，当天能够解决的当天解决，一时解决不了的列出清单，说明原因，定下完成的日子。\n";

/* What three stages make of the page: characters of 3 bytes come from
** `source` bytes each; full-width ones become 1 byte where `fold` is set. */
static size_t coded_size(size_t source, int fold, size_t *source_len) {
  mill_map *m = mill_map_new();
  unsigned char *bytes;
  size_t n = 0;
  for (const char *s = PAGE; *s != 0; s += *s & 0x80 ? 3 : 1) {
    int wide = (unsigned char)s[0] == 0xEF;
    if (*s & 0x80 && (source != 3 || (fold && wide)))
      mill_map_edit(m, source, fold && wide ? 1 : 3, MILL_EDIT_CHARSET);
    else
      mill_map_keep(m, *s & 0x80 ? 3 : 1);
  }
  *source_len = mill_map_source_len(m);
  CHECK_EQ(mill_map_encode(m, &bytes, &n), 0);
  free(bytes);
  mill_map_free(m);
  return n;
}

static void test_code_size(void) {
  size_t raw;
  CHECK(coded_size(3, 0, &raw) <= 4);           /* nothing changed: next to nothing */
  CHECK(coded_size(3, 1, &raw) * 100 <= raw * 6);
  CHECK(coded_size(2, 0, &raw) * 100 <= raw * 15); /* GB18030 */
  CHECK(coded_size(2, 1, &raw) * 100 <= raw * 15);
  CHECK(coded_size(8, 0, &raw) * 100 <= raw * 25); /* numeric entities */
}

int main(void) {
  test_drawing();
  test_empty_sides();
  test_limits();
  test_compose_example();
  test_random();
  test_hostile_codes();
  test_size();
  test_code_size();
  CHECK_STR(mill_edit_name(MILL_EDIT_GLOSS), "gloss");
  CHECK_STR(mill_edit_name((enum mill_edit)77), "unknown");
  return check_report();
}
