/*
** test_place_grammar.c - names of places: rows of words with their tags, a suffix in one of them, and where the
** name begins. Random rows stay within their block.
*/
#include "core/place_grammar.h"
#include "tagged_row.h"

static row_class classes[] = {
  {"suffix", "村", "县", "区", "小区", "街道"}, {"suffix", "省", "市", "新区", "社区", "镇"},
  {"generic", "农村", "疫区", "空心村", NULL},
  {"scopes", "全村", NULL}, {"outside", "在", "到", NULL}, {"ender", "参加", NULL}, {"numeral", "二", "十", NULL},
  {"leading", "助力", NULL}, {"kind", "贫困", "落后", NULL}, {"plain_estate", "老旧", NULL}, {"stem_end_not", "的", NULL},
  {"tier", "村", "镇", NULL}, {"within", "群众", "们", NULL}, {"rise", "富", NULL}, {"way", "产业", NULL},
  {"large", "县", "区", NULL}, {"when", "底", NULL}, {"no_beginning", "各", NULL}, {"way_to", "来到", NULL},
  {"mark", "、", "和", NULL}, {"village", "村", "社区", NULL}, {"settlement", "村", "小区", NULL}, {"loose", "各", NULL},
  {"estate", "小区", NULL}, {"province", "省", NULL}, {"district", "区", NULL}, {"city", "市", NULL}, {"hamlet", "村", NULL},
  {"meeting", "会同", NULL}, {"inside", "里", NULL}, {"through", "通", NULL}, {"and", "和", NULL}};

static int fill(word_classes *w) {
  return row_classes(w, classes, sizeof classes / sizeof *classes, place_class_by_name);
}

static void test_names(const word_classes *w) {
#define FITS(name, known, is) CHECK_EQ(place_acceptable(w, name, strlen(name), known), is)
  FITS("柳湾村", 0, 1);
  FITS("农村", 0, 0);
  FITS("全村", 1, 0);
  FITS("柳湾", 0, 1); /* without a suffix: any */
  FITS("贫困村", 0, 0);
  FITS("大山贫困村", 0, 0);
  FITS("大山贫困县", 1, 1);
  FITS("贫困镇村", 0, 0);
  FITS("会同县", 0, 0);
  FITS("河东省", 0, 0); /* the gazetteer has all of them */
  FITS("老旧小区", 0, 0);
  FITS("锦绣小区", 0, 1);
  FITS("群众村", 0, 0);
  FITS("我们村", 0, 0);
  FITS("美的村", 0, 0);
  FITS("村村", 0, 0);
  FITS("产业富县", 0, 0);
  FITS("国富县", 0, 1);
  FITS("东大疫区", 0, 0);
  FITS("大空心村", 0, 0);
  FITS("各柳村", 0, 0);
  CHECK_EQ(place_suffix(w, "东新区", 9), 6);
  CHECK_EQ(place_suffix(w, "新区", 6), 3); /* it must be more than the suffix */
  CHECK_EQ(place_suffix(w, "村", 3), 0);
}

/* The name whose suffix is the last token, or ends it, begins at token `begin`; -1: none. */
#define NAME(begin, suffix, ...) \
  do { \
    static const tagged list[] = {__VA_ARGS__}; \
    size_t n = sizeof list / sizeof *list; \
    row_set(&x, w, list, n); \
    place_stem s = {x.to[n - 1] - (uint32_t)strlen(suffix), x.to[n - 1], 0, (ptrdiff_t)n - 1}; \
    uint32_t at = place_of_suffix(&x.t, &s, &(place_ends){x.ends}); \
    CHECK_EQ((long)(int32_t)at, (begin) < 0 ? (long)(int32_t)MILL_NONE : (long)x.from[(begin) < 0 ? 0 : begin]); \
  } while (0)
#define T(tag) MILL_TAG_##tag

static void test_walk(const word_classes *w) {
  static row x;
  NAME(1, "村", {"在", T(P)}, {"柳", T(N)}, {"湾", T(N)}, {"村", T(N)});
  NAME(0, "村", {"柳湾村", T(NS)});
  NAME(0, "村", {"上", T(N)}, {"柳湾村", T(N)});
  NAME(-1, "村", {"委托", T(V)}, {"村", T(N)});
  NAME(1, "县", {"助力", T(V)}, {"金坪", T(NS)}, {"县", T(N)});
  NAME(-1, "县", {"大家", T(N)}, {"县", T(N)}); /* no word makes a county */
  NAME(-1, "村", {"柳", T(N)}, {"村", T(N)});
  NAME(-1, "镇", {"柳", T(N)}, {"镇", T(N)});
  NAME(-1, "村", {"十", T(M)}, {"村", T(N)});
  NAME(-1, "区", {"生产", T(VN)}, {"区", T(N)});
}

static void test_behind(const word_classes *w) {
  static const tagged list[] = {{"河东镇", T(NS)}, {"参加", T(V)}, {"村", T(N)}, {"、", T(W)}, {"参加", T(V)}, {"村", T(N)}};
  static row x;
  row_set(&x, w, list, 6);
  place_stem s = {x.from[2], x.to[2], 0, 2};
  CHECK_EQ(place_of_suffix(&x.t, &s, &(place_ends){x.ends}), MILL_NONE);
  x.ends[x.to[0] - 1] = 3; /* a place that is known stands before */
  CHECK_EQ(place_of_suffix(&x.t, &s, &(place_ends){x.ends}), x.from[1]);
  place_stem next = {x.from[5], x.to[5], 0, 5};
  CHECK_EQ(place_of_suffix(&x.t, &next, &(place_ends){x.ends}), MILL_NONE);
  x.ends[x.to[2] - 1] = 3; /* and one of its list */
  CHECK_EQ(place_of_suffix(&x.t, &next, &(place_ends){x.ends}), x.from[4]);
}

/* What is said to end where no text can hold it is not looked at: nothing lies before the text. */
static void test_behind_nothing(word_classes *w) {
  static const tagged list[] = {{"柳", T(N)}, {"、", T(W)}, {"参加", T(V)}, {"社区村社区村社区村", T(N)}};
  row x;
  memset(&x, 0, sizeof x);
  CHECK_EQ(word_classes_add(w, list[3].word, strlen(list[3].word), UINT64_C(1) << PLACE_village), 0);
  row_set(&x, w, list, 4);
  place_stem s = {x.from[3], x.to[3], 0, 3};
  x.ends[2] = (uint8_t)(s.to - s.at);
  CHECK_EQ(place_of_suffix(&x.t, &s, &(place_ends){x.ends}), MILL_NONE);
}

static void test_unled(const word_classes *w) {
  static const tagged list[] = {{"助力", T(V)}, {"金", T(N)}, {"坪", T(N)}, {"县", T(N)}};
  static row x;
  row_set(&x, w, list, 4);
  CHECK_EQ(place_unled(&x.t, 0, x.to[3], 3), x.from[1]);
  CHECK_EQ(place_unled(&x.t, 0, x.to[2], 3), MILL_NONE);
  CHECK_EQ(place_unled(&x.t, 0, x.to[0], 3), 0);
  CHECK_EQ(place_unled(&x.t, x.from[1], x.to[3], 3), x.from[1]);
  row_set(&x, w, list, 0);
  CHECK_EQ(place_unled(&x.t, 0, 3, 3), 0);
}

static void test_random(const word_classes *w) {
  static const char *const words[] = {"村", "县", "柳", "大湾", "在", "十", "贫困", "、", "小区", "a1", "里", "助力", "社区", "新区"};
  static row x;
  tagged list[ROW_TOKENS];
  uint32_t state = 11;
  for (int round = 0; round < 20000; round++) {
    for (size_t k = 0; k < ROW_TOKENS; k++) {
      state = state * 1664525u + 1013904223u;
      const char *word = words[(state >> 16) % (sizeof words / sizeof *words)];
      list[k] = (tagged){word, (uint8_t)((state >> 8) % MILL_TAG_COUNT)};
    }
    row_set(&x, w, list, ROW_TOKENS);
    for (size_t k = 0; k < ROW_TOKENS; k++) x.ends[x.to[k] - 1] = (uint8_t)((state >> k & 1) * 3);
    for (ptrdiff_t k = 0; k < ROW_TOKENS; k++) {
      uint32_t first = x.from[k / 2];
      place_stem s = {x.to[k] - 1, x.to[k], first, k};
      if (x.to[k] - x.from[k] >= 3) s.at = x.to[k] - 3;
      uint32_t at = place_of_suffix(&x.t, &s, &(place_ends){x.ends});
      CHECK(at == MILL_NONE || at < s.at);
    }
  }
}

int main(void) {
  word_classes *w = word_classes_new();
  CHECK(w != NULL && fill(w) == 0);
  CHECK(place_class_by_name("nowhere") == -1);
  test_names(w);
  test_walk(w);
  test_behind(w);
  test_unled(w);
  test_random(w);
  test_behind_nothing(w);
  word_classes_free(w);
  return check_report();
}
