/*
** test_phrases.c - noun phrases beside counts: each case is a row of words with their tags, and the
** phrase that is found at one of them. Random rows end, wherever one looks.
*/
#include "check.h"
#include "core/phrases.h"
#include "textmill.h"

#define TOKENS 24

typedef struct row {
  char text[TOKENS * 16];
  uint32_t from[TOKENS], to[TOKENS];
  uint8_t tag[TOKENS];
  uint64_t signs[TOKENS];
  phrase_text t;
} row;

typedef struct tagged { const char *word; uint8_t tag; } tagged;

static const char *const classes[][4] = {
  {"enders", "积极", "参加", NULL}, {"fillers", "共计", "约", NULL}, {"scopes", "全镇", NULL},
  {"no_items", "期间", NULL}, {"people", "村民", NULL}, {"makers", "发放", NULL}, {"adnominal", "返乡", NULL},
  {"numerals", "两", "三", NULL}, {"heads", "点", "队", NULL}, {"sides", "上", NULL}, {"less", "不少", NULL},
  {"people_ends", "员", NULL}, {"no_person", "卫生", NULL}, {"measuring", "量", NULL}, {"sentences", "。", NULL},
  {"clause_ends", ",", "。", "\n"}, {"count_scopes", "各", NULL},
  {"most", "最多", NULL}, {"with", "比", NULL}, {"taking", "把", NULL}, {"over", "高于", NULL},
  {"change", "增加", NULL}};

static int fill(phrase_words *w) {
  for (size_t c = 0; c < sizeof classes / sizeof *classes; c++)
    for (size_t k = 1; k < 4 && classes[c][k] != NULL; k++) {
      enum phrase_class class = (enum phrase_class)phrase_class_by_name(classes[c][0]);
      if (phrase_words_add(w, class, classes[c][k], strlen(classes[c][k])) < 0) return MILL_ENOMEM;
    }
  return 0;
}

static void set(row *x, const phrase_words *w, const tagged *list, size_t n) {
  uint32_t at = 0;
  memset(x->signs, 0, sizeof x->signs);
  for (size_t k = 0; k < n; k++) {
    size_t length = strlen(list[k].word);
    memcpy(x->text + at, list[k].word, length);
    x->from[k] = at;
    x->to[k] = at += (uint32_t)length;
    x->tag[k] = list[k].tag;
  }
  x->t = (phrase_text){w, x->text, x->from, x->to, x->tag, n, x->signs};
}

static void expect(phrase_found f, enum phrase_kind kind, ptrdiff_t a, ptrdiff_t b) {
  CHECK_EQ(f.kind, kind);
  if (kind == PHRASE_NONE || f.kind == PHRASE_NONE) return;
  CHECK_EQ(f.a, a);
  CHECK_EQ(f.b, b);
}

#define SET(...) \
  do { \
    static const tagged list[] = {__VA_ARGS__}; \
    set(&x, w, list, sizeof list / sizeof *list); \
  } while (0)
#define N MILL_TAG_N
#define V MILL_TAG_V
#define W MILL_TAG_W
#define M MILL_TAG_M
#define Q MILL_TAG_Q

static void to_the_right(const phrase_words *w) {
  row x;
  SET({"12", M}, {"个", Q}, {"农机", N}, {"服务", MILL_TAG_VN}, {"站点", N}, {"。", W});
  expect(phrase_right(&x.t, 2), PHRASE_NOUN, 2, 4);
  expect(phrase_right(&x.t, 5), PHRASE_NONE, 0, 0);
  SET({"37", M}, {"名", Q}, {"返乡", V}, {"队员", N}, {"参加", V}, {"清淤", V});
  expect(phrase_right(&x.t, 2), PHRASE_NOUN, 2, 3);
  SET({"3", M}, {"本", Q}, {"《", W}, {"水法", N}, {"》", W});
  expect(phrase_right(&x.t, 2), PHRASE_TITLE, 3, 3);
  SET({"3", M}, {"台", Q}, {"带", V}, {"北斗", N}, {"的", MILL_TAG_U}, {"拖拉机", N}, {"。", W});
  expect(phrase_right(&x.t, 2), PHRASE_NOUN, 5, 5);
  SET({"3", M}, {"家", Q}, {"期间", N}, {"。", W});
  expect(phrase_right(&x.t, 2), PHRASE_NONE, 0, 0);
  SET({"3", M}, {"处", Q}, {"荒山", N}, {"上", MILL_TAG_F}, {"种树", V});
  expect(phrase_right(&x.t, 2), PHRASE_NOUN, 2, 2);
}

static void to_the_left(const phrase_words *w) {
  row x;
  SET({"发放", V}, {"手套", N}, {"300", M}, {"副", Q});
  expect(phrase_left(&x.t, 1), PHRASE_NOUN, 1, 1);
  expect(phrase_left(&x.t, 0), PHRASE_VERB, 0, 0);
  SET({"改", V}, {"了", MILL_TAG_U});
  expect(phrase_left(&x.t, 0), PHRASE_NONE, 0, 0);
  SET({"抽", V}, {"粪", MILL_TAG_G}, {"队", N}, {"5", M});
  expect(phrase_left(&x.t, 2), PHRASE_NOUN, 0, 2);
  SET({"结成", V}, {"“", W}, {"对子", N}, {"”", W}, {"5", M});
  expect(phrase_left(&x.t, 3), PHRASE_QUOTED, 2, 2);
  SET({"“", W}, {"没", V}, {"命", N}, {"。", W}, {"”", W}, {"5", M});
  expect(phrase_left(&x.t, 4), PHRASE_NONE, 0, 0);
  SET({"手套", N}, {"(", W}, {"棉", N}, {")", W}, {"5", M});
  expect(phrase_left(&x.t, 3), PHRASE_NOUN, 0, 0);
  SET({"信访", V}, {"总量", N}, {"5", M});
  expect(phrase_left(&x.t, 1), PHRASE_NOUN, 0, 1);
}

static void fillers(const phrase_words *w) {
  row x;
  SET({"手套", N}, {"共计", V}, {" ", MILL_TAG_BLANK}, {"约", MILL_TAG_D}, {"300", M});
  CHECK_EQ(phrase_skip(&x.t, 3), 0);
  SET({"口罩", N}, {"每", MILL_TAG_R}, {"户", Q}, {"不少", MILL_TAG_A}, {"于", MILL_TAG_P}, {"3", M});
  CHECK_EQ(phrase_skip(&x.t, 4), 0);
  SET({"共计", V}, {"3", M});
  CHECK_EQ(phrase_skip(&x.t, 0), -1);
}

static void in_the_clause(const phrase_words *w) {
  row x;
  SET({"雨", N}, {",", W}, {"由", MILL_TAG_P}, {"各", MILL_TAG_R}, {"(", W}, {"村", N}, {"种", V}, {"5", M});
  CHECK_EQ(phrase_clause(&x.t, 7, 0), 2);
  CHECK_EQ(phrase_clause(&x.t, 7, 1), 5);
  CHECK_EQ(phrase_clause(&x.t, 1, 0), 0);
  CHECK_EQ(phrase_origin(&x.t, 7, 2), 2);
  CHECK_EQ(phrase_origin(&x.t, 7, 3), -1);
  CHECK_EQ(phrase_scope(&x.t, 7, 2), 3);
  CHECK_EQ(phrase_scope(&x.t, 3, 0), -1);
  SET({"从", MILL_TAG_P}, {"30", M}, {"到", V}, {"50", M});
  CHECK_EQ(phrase_origin(&x.t, 3, 0), -1);
  CHECK_EQ(phrase_origin(&x.t, 1, 0), 0);
}

/* What the clause holds before a count, nothing of the clause before it. */
static void held(const phrase_words *w) {
  row x;
  SET({"把", MILL_TAG_P}, {",", W}, {"由", MILL_TAG_P}, {"各", MILL_TAG_R}, {"每户", MILL_TAG_R}, {"最多", MILL_TAG_D},
      {"的", MILL_TAG_U}, {"5", M});
  unsigned all = PHRASE_HOLDS_FROM | PHRASE_HOLDS_SCOPE | PHRASE_HOLDS_EACH | PHRASE_HOLDS_MOST;
  CHECK_EQ(phrase_holds(&x.t, 2, 7), all);
  CHECK_EQ(phrase_holds(&x.t, 2, 5), all & ~(unsigned)PHRASE_HOLDS_MOST);
  CHECK_EQ(phrase_holds(&x.t, 0, 2), PHRASE_HOLDS_TAKING);
  CHECK_EQ(phrase_holds(&x.t, 7, 7), 0);
  SET({"比", MILL_TAG_P}, {"(", W}, {"高于", V}, {"最多", MILL_TAG_D}, {"每", MILL_TAG_R}, {"5", M});
  CHECK_EQ(phrase_holds(&x.t, -3, 5),
           PHRASE_HOLDS_WITH | PHRASE_HOLDS_BRACKET | PHRASE_HOLDS_OVER | PHRASE_HOLDS_EACH);
  CHECK_EQ(phrase_holds(&x.t, 2, 9), PHRASE_HOLDS_OVER | PHRASE_HOLDS_EACH);
  SET({"增加", V}, {"5", M});
  CHECK_EQ(phrase_holds(&x.t, 0, 1), PHRASE_HOLDS_CHANGE);
}

/* Wherever one looks, and outside of the row: what is found lies in it. */
static void random_rows(const phrase_words *w) {
  static const tagged some[] = {{"3", M}, {"的", MILL_TAG_U}, {"村民", N}, {"“", W}, {"”", W}, {"(", W}, {")", W},
                                {"、", W}, {"好", MILL_TAG_A}, {"返乡", V}, {"队", N}, {"每户", MILL_TAG_R}, {"\n", W},
                                {"《", W}, {"》", W}, {"年富力强", MILL_TAG_I}, {"约", MILL_TAG_D}, {"有", V}};
  uint64_t seed = 11;
  tagged list[TOKENS];
  row x;
  for (int round = 0; round < 3000; round++) {
    for (size_t k = 0; k < TOKENS; k++) list[k] = some[check_below(&seed, sizeof some / sizeof *some)];
    set(&x, w, list, TOKENS);
    for (ptrdiff_t k = -2; k <= TOKENS + 1; k++) {
      phrase_found r = phrase_right(&x.t, k), l = phrase_left(&x.t, k);
      CHECK(r.kind == PHRASE_NONE || (r.a >= k && r.b < TOKENS && r.b + 1 >= r.a));
      CHECK(l.kind == PHRASE_NONE || (l.a >= 0 && l.b <= k && l.b >= l.a));
      CHECK(phrase_skip(&x.t, k) <= k);
    }
  }
}

int main(void) {
  CHECK_EQ(phrase_class_by_name("nothing"), -1);
  phrase_words *w = phrase_words_new();
  CHECK(w != NULL && fill(w) == 0);
  to_the_right(w);
  to_the_left(w);
  fillers(w);
  in_the_clause(w);
  held(w);
  random_rows(w);
  phrase_words_free(w);
  return check_report();
}
