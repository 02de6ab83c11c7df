/*
** test_org_names.c - names of organisations: each case is a row of words with their tags, and the name whose
** head is one of them. Random rows stay within their clause, wherever one looks.
*/
#include "core/org_names.h"
#include "tagged_row.h"

static row_class classes[] = {
  {"head", "政府", "公司", "队", "点"}, {"head", "党委", "站", "学校", "机关"}, {"head", "小组", "项目", "超市", "局"},
  {"self", "派出所", NULL}, {"short", "队", "点", "站", "局"}, {"placed", "点", "站", NULL},
  {"fits", "隔离点", "管理站", NULL}, {"office", "卫健", NULL}, {"task", "监测", "服务", "防汛", "管理"},
  {"outside", "群众", "成立", NULL}, {"kept", "志愿", NULL}, {"telling", "成立", "通知", NULL},
  {"company", "公司", "超市", "项目", NULL}, {"firm", "公司", NULL}, {"no_part", "在", "的", NULL},
  {"scope", "县", "镇", NULL}, {"bare_scope", "镇", "全镇", NULL}, {"scopes", "镇", "全镇", NULL},
  {"every", "各村", NULL}, {"ruling", "政府", NULL}, {"branched", "超市", NULL}, {"no_end", "点", NULL},
  {"always", "队", NULL}, {"wide", "局", NULL}, {"generic", "工作队", NULL}, {"named_end", "局", "院", NULL},
  {"neighbour_end", "队", "站", NULL}, {"village_body", "小学", NULL}, {"of_law", "公安", NULL},
  {"schooled", "学校", NULL}, {"not_all", "小组", NULL}, {"all", "全", NULL}, {"work", "工作", NULL},
  {"shop", "店", NULL}, {"point", "点", NULL}, {"project", "项目", NULL}, {"bureau", "机关", NULL},
  {"team", "队", NULL}, {"common", "村民小组", NULL}};

static int fill(word_classes *w) {
  return row_classes(w, classes, sizeof classes / sizeof *classes, org_class_by_name);
}

/* The name at token k of the row is a..b, and has just these flags; a < 0: there is none. */
#define NAME(k, first, last, bits, ...) \
  do { \
    static const tagged list[] = {__VA_ARGS__}; \
    row_set(&x, w, list, sizeof list / sizeof *list); \
    org_name o = org_name_at(&x.t, k, (org_clause){0, x.t.n - 1}); \
    CHECK_EQ(o.a, first); \
    if (o.a >= 0) CHECK_EQ(o.b, last); \
    if (o.a >= 0) CHECK_EQ((int)o.flags, bits); \
  } while (0)
#define T(tag) MILL_TAG_##tag

static void test_walk(const word_classes *w) {
  static row x;
  NAME(2, 0, 2, ORG_FITS, {"柳湾", T(NS)}, {"镇", T(N)}, {"政府", T(N)});
  NAME(2, 1, 2, ORG_FITS, {"通知", T(V)}, {"镇", T(N)}, {"政府", T(N)});
  NAME(3, 1, 3, ORG_FITS | ORG_LISTED, {"成立", T(V)}, {"防汛", T(V)}, {"抢险", T(VN)}, {"队", T(N)});
  NAME(1, 0, 2, ORG_FITS, {"镇", T(N)}, {"党委", T(N)}, {"政府", T(N)}); /* heads that go on */
  NAME(2, 1, 2, ORG_FITS, {"群众", T(N)}, {"镇", T(N)}, {"政府", T(N)});
  NAME(0, 0, 0, ORG_FITS, {"派出所", T(N)});
  NAME(0, 0, 0, ORG_FITS, {"税务局", T(NT)});
  NAME(1, -1, -1, 0, {"这", T(R)}, {"队", T(N)});
}

static void test_heads(const word_classes *w) {
  static row x;
  NAME(1, 0, 1, ORG_LISTED, {"工作", T(N)}, {"队", T(N)}); /* one of many */
  NAME(2, 0, 2, ORG_FITS, {"集中", T(VN)}, {"隔离", T(VN)}, {"点", T(N)});
  NAME(1, -1, -1, 0, {"时间", T(N)}, {"点", T(N)}); /* 点 is a head behind some words alone */
  NAME(2, 0, 2, ORG_FITS, {"县", T(N)}, {"公安", T(N)}, {"机关", T(N)});
  NAME(2, 0, 2, 0, {"县", T(N)}, {"国家", T(N)}, {"机关", T(N)});
  NAME(1, -1, -1, 0, {"水利", T(N)}, {"项目", T(N)}, {"28", T(M)});
  NAME(0, 0, 2, ORG_FITS, {"超市", T(N)}, {"河东", T(NS)}, {"店", T(N)});
  NAME(4, 0, 4, ORG_FITS | ORG_COMPANY, {"昆山", T(NS)}, {"盛", T(A)}, {"达", T(V)}, {"建筑", T(N)}, {"公司", T(N)});
  NAME(3, 1, 3, ORG_FITS | ORG_TASK | ORG_LISTED | ORG_EVERY, {"各村", T(R)}, {"村", T(N)}, {"服务", T(VN)}, {"队", T(N)});
  NAME(3, 2, 3, ORG_FITS | ORG_QUOTED | ORG_LISTED, {"护秋", T(N)}, {"”", T(W)}, {"志愿", T(N)}, {"队", T(N)});
}

/* Where one word is the head and what such a name does not begin with, the name stays. */
static void test_point_alone(word_classes *w) {
  static row x;
  const uint64_t both = UINT64_C(1) << ORG_point | UINT64_C(1) << ORG_bare_scope | UINT64_C(1) << ORG_head;
  CHECK_EQ(word_classes_add(w, "岗点", 6, both), 0);
  NAME(1, 1, 1, 0, {"在", T(P)}, {"岗点", T(NT)});
}

static void test_random(const word_classes *w) {
  static const char *const words[] = {"县", "镇", "政府", "党委", "队", "点", "隔离", "监测", "成立", "公司", "达", "第三",
                                      "8", "超市", "店", "小组", "机关", "项目", "的", "局", "工作", "卫健", "”", ","};
  static row x;
  tagged list[ROW_TOKENS];
  uint32_t state = 7;
  for (int round = 0; round < 20000; round++) {
    for (size_t k = 0; k < ROW_TOKENS; k++) {
      state = state * 1664525u + 1013904223u;
      const char *word = words[(state >> 16) % (sizeof words / sizeof *words)];
      list[k] = (tagged){word, (uint8_t)((state >> 8) % MILL_TAG_COUNT)};
    }
    row_set(&x, w, list, ROW_TOKENS);
    org_clause c = {(ptrdiff_t)(state >> 20) % ROW_TOKENS, ROW_TOKENS - 1};
    for (ptrdiff_t k = c.a; k < ROW_TOKENS; k++) {
      org_name o = org_name_at(&x.t, k, c);
      CHECK(o.a < 0 || (o.a >= c.a && o.a <= k && o.b >= k && o.b <= c.b));
    }
  }
}

int main(void) {
  word_classes *w = word_classes_new();
  CHECK(w != NULL && fill(w) == 0);
  CHECK(org_class_by_name("nobody") == -1);
  test_walk(w);
  test_heads(w);
  test_random(w);
  test_point_alone(w);
  word_classes_free(w);
  return check_report();
}
