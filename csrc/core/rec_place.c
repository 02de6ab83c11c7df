/*
** rec_place.c - names of places over tokens.
**
**   gazetteer   云南省 | 大理 | 东华门街道     full names; short ones when they
**               are exactly words that the lexicon tags as places
**   by suffix   沙河|村   东风|社区            1-4 characters and 村 社区 小区
**               镇 乡 街道 县; not 全镇, 各村, 行政村
**
** One name at a time: 省, 市, 县 that follow each other are several places. The
** one before decides which of several of the same name is meant.
*/
#include "places.h"
#include "rec.h"
#include "rec_signs.h"

#define MAX_NAMESAKES 256u /* places of one name that are looked at */

/* ---- the gazetteer -------------------------------------------------------------- */

/* Names of districts that are common nouns: places only behind another one. */
static const char *const common_names[] = {
    "城区", "郊区", "矿区", "东区", "西区", "南区", "北区", "新区", "开发区", "经济开发区",
    "高新区", "工业园区", "工业园", "农场", "林场", "产业园区", "示范区", "保税区", "度假区",
    "管理区", "农业园区", "工业区", "渔场", "牧场", "在城镇", "域城镇", "经济技术开发区",
    "中心镇", "建设镇", NULL};

/* Is s[0,n) one of the words of a list? */
static int in_list(const char *s, size_t n, const char *const *list) {
  for (; *list != NULL; list++)
    if (strlen(*list) == n && memcmp(*list, s, n) == 0) return 1;
  return 0;
}

static int is_place_tag(uint8_t tag) {
  return tag == MILL_TAG_NS || tag == MILL_TAG_NZ || tag == MILL_TAG_NR || tag == MILL_TAG_J;
}

/* Is something above x called s[0,n)? Parents come before their children, so
** the way up ends. */
static int lies_in(const mill_data *d, uint32_t x, const char *s, size_t n) {
  mill_place p, found[MAX_NAMESAKES];
  size_t count = mill_places_find(d, s, n, found, MAX_NAMESAKES);
  if (count > MAX_NAMESAKES) count = MAX_NAMESAKES;
  while (mill_places_get(d, x, &p) == 0 && p.parent != MILL_NONE) {
    x = p.parent;
    for (size_t k = 0; k < count; k++)
      if (found[k].index == x) return 1;
  }
  return 0;
}

/* The place of that name that lies in the one s[0,n), the largest of several (阳朔 the
** county, not its town); MILL_NONE when two are as large. */
static uint32_t largest_in(const mill_data *d, const char *s, size_t n, const mill_place *found, size_t count) {
  uint32_t hit = MILL_NONE;
  int level = MILL_PLACE_VILLAGE + 1;
  for (size_t k = 0; k < count; k++) {
    if (found[k].level > level || !lies_in(d, found[k].index, s, n)) continue;
    hit = found[k].level < level ? found[k].index : MILL_NONE;
    level = found[k].level;
  }
  return hit;
}

/* The place of that name that lies in a place named right before it. */
static uint32_t by_context(const mill_view *v, uint32_t at, const mill_place *found, size_t count) {
  for (uint32_t back = 1; back <= 4 && back <= at; back++) {
    const char *s = rec_text(v, at - back);
    size_t n = v->tokens->start[at] - v->tokens->start[at - back];
    if (n > 60 || places_forms(v->data, s, n, NULL) == 0) continue;
    uint32_t hit = largest_in(v->data, s, n, found, count);
    if (hit != MILL_NONE) return hit;
  }
  return MILL_NONE;
}

/* 北京, 新疆, 南京: what shares its name with a province or a city, mostly a township, is
** rarely meant without a place before it. */
static uint32_t prominent(const mill_place *found, size_t count) {
  uint32_t city = MILL_NONE;
  for (size_t k = 0; k < count; k++) {
    if (found[k].level == MILL_PLACE_PROVINCE) return found[k].index;
    if (found[k].level == MILL_PLACE_CITY) city = found[k].index;
  }
  return city;
}

static uint32_t which_place(const mill_view *v, uint32_t at, size_t n) {
  mill_place found[MAX_NAMESAKES];
  size_t count = mill_places_find(v->data, rec_text(v, at), n, found, MAX_NAMESAKES);
  count = places_of_time(found, count > MAX_NAMESAKES ? MAX_NAMESAKES : count, mill_places_vintage(v->ref));
  if (count == 1) return found[0].index;
  uint32_t place = by_context(v, at, found, count);
  return place != MILL_NONE ? place : prominent(found, count);
}

/* A township whose name says so; one called 太平 or 街道 does not. */
static int says_township(const char *s, size_t n) {
  static const char *const tails[] = {"镇", "乡", "街道", "苏木", "办事处", "嘎查", NULL};
  for (int k = 0; tails[k] != NULL; k++) {
    size_t len = strlen(tails[k]);
    if (n > len && memcmp(s + n - len, tails[k], len) == 0) return 1;
  }
  return 0;
}

/* Does a place end right before token `at`? */
static int behind_place(const mill_view *v, uint32_t at) {
  for (uint32_t back = 1; back <= 4 && back <= at; back++)
    if (places_forms(v->data, rec_text(v, at - back),
                     v->tokens->start[at] - v->tokens->start[at - back], NULL) != 0)
      return 1;
  return 0;
}

/* 恩施|州, 恭城县: does the name say its level? */
static int says_level(const char *s, size_t n) {
  static const char *const levels[] = {"州", "县", "旗", NULL};
  return n >= 9 && in_list(s + n - 3, 3, levels);
}

#define COMMON_WORD 4000u /* so frequent is what is no name, behind a place neither: 和平 */

/* 湖北|仙桃, 青岛|即墨: does one place of that name lie in the place before it? */
static int belongs(const mill_view *v, uint32_t at, size_t n) {
  mill_place found[MAX_NAMESAKES];
  if (rec_frequency(v, at) >= COMMON_WORD || !behind_place(v, at)) return 0;
  size_t count = mill_places_find(v->data, rec_text(v, at), n, found, MAX_NAMESAKES);
  return by_context(v, at, found, count > MAX_NAMESAKES ? MAX_NAMESAKES : count) != MILL_NONE;
}

/* 赴|昆山, 来自|垫江; 云阳|等地: do words of the way stand before or behind a place? */
static int on_the_way(const mill_view *v, uint32_t at) {
  static const char *const before[] = {"在", "到", "从", "自", "由", "往", "至", "赴", "去", "来自", "前往", "驰援",
                                       "奔赴", "远赴", "位于", "地处", "抵达", "途经", "去往", "飞往", "来到", NULL};
  static const char *const lists[] = {"、", "和", "与", NULL};
  static const char *const roads[] = {"路", "街", "大道", "大街", "码头", "路段", "中路", "东路", "西路", NULL};
  if (rec_is_any(v, at + 1, roads)) return 0;
  if (rec_is(v, at + 1, "等") && rec_is_any(v, at + 2, (const char *const[]){"地", "县", "市", NULL})) return 1;
  if (at == 0) return 0;
  if (rec_is_any(v, at - 1, before)) return 1;
  return at > 1 && rec_is_any(v, at - 1, lists) && rec_tag(v, at - 2) == MILL_TAG_NS;
}

#define COUNTY_DIGITS 6 /* of a county's code: the last two are 01-20 for districts, more for counties */

/* 昆山, 垫江: the short form of a county or a city of that level, not of a district (江南, 新建)? */
static int of_county(const mill_view *v, uint32_t at, size_t n) {
  mill_place found[MAX_NAMESAKES];
  size_t count = mill_places_find(v->data, rec_text(v, at), n, found, MAX_NAMESAKES);
  for (size_t k = 0; k < count && k < MAX_NAMESAKES; k++)
    if (found[k].level == MILL_PLACE_COUNTY && found[k].code[COUNTY_DIGITS - 2] >= '2') return 1;
  return 0;
}

/* A short form must be a province, or one word tagged as a place; of a county
** (安宁, 上街) it must stand behind another place or on the way to one as well. */
static int brief_ok(const mill_view *v, uint32_t at, uint32_t n_tokens, size_t n, uint32_t forms) {
  if (forms & PLACE_BRIEF(MILL_PLACE_PROVINCE) || says_level(rec_text(v, at), n)) return 1;
  if (n_tokens != 1) return 0;
  if (rec_tag(v, at) != MILL_TAG_NS) return belongs(v, at, n);
  if (forms & PLACE_BRIEF(MILL_PLACE_CITY)) return 1;
  return behind_place(v, at) ||
         ((forms & PLACE_BRIEF(MILL_PLACE_COUNTY)) && on_the_way(v, at) && of_county(v, at, n));
}

/* May the name s[0,n), so many tokens, stand for a place in these forms? */
static int name_ok(const mill_view *v, uint32_t at, uint32_t tokens, size_t n, uint32_t forms) {
  const char *s = rec_text(v, at);
  if (!(forms & PLACE_ALL_FULL) && !brief_ok(v, at, tokens, n, forms)) return 0;
  if (in_list(s, n, common_names) && !behind_place(v, at)) return 0;
  return forms != PLACE_FULL(MILL_PLACE_TOWNSHIP) || says_township(s, n) || behind_place(v, at);
}

#define PLACE_BYTES 93u /* the longest that places_lengths speaks of */

static uint32_t lengths_at(const mill_view *v, uint32_t at) {
  return places_lengths(v->data, rec_text(v, at), v->folded_len - v->tokens->start[at]);
}

/* Ends, as tokens, that a place may have which begins like token `at`, the last one
** last. How many. */
static uint32_t fitting(const mill_view *v, uint32_t at, uint32_t lengths, uint32_t ends[PLACE_BYTES]) {
  const uint32_t *start = v->tokens->start;
  uint32_t count = 0;
  for (uint32_t k = at; lengths != 0 && rec_kind(v, k) != MILL_KIND_BREAK; k++) {
    uint32_t bytes = start[k + 1] - start[at];
    if (bytes > PLACE_BYTES || lengths >> (bytes + 2) / 3 == 0) break;
    if (lengths >> (bytes + 2) / 3 & 1) ends[count++] = k + 1;
  }
  return count;
}

int place_fits(const mill_view *v, uint32_t at) {
  uint32_t ends[PLACE_BYTES], lengths = lengths_at(v, at);
  return lengths != 0 && fitting(v, at, lengths, ends) > 0;
}

static int in_gazetteer(const mill_view *v, uint32_t at, mill_found *out) {
  uint32_t ends[PLACE_BYTES];
  for (uint32_t k = fitting(v, at, lengths_at(v, at), ends); k-- > 0;) {
    size_t n = v->tokens->start[ends[k]] - v->tokens->start[at];
    uint32_t forms = places_forms(v->data, rec_text(v, at), n, NULL) & PLACE_USUAL;
    if (forms == 0 || !name_ok(v, at, ends[k] - at, n, forms)) continue;
    out->n_tokens = ends[k] - at;
    out->place_levels = (uint8_t)(forms | forms >> 8);
    out->place = which_place(v, at, n);
    return 1;
  }
  return 0;
}

/* ---- by suffix ---------------------------------------------------------------------- */

static const char *const suffixes[] = {"村", "社区", "小区", "镇", "乡", "街道", "县", NULL};

/* Words that stand before 村, 镇 ... without naming one. */
static const char *const not_names[] = {
    "全",   "各",   "该",   "本",   "我",   "你",   "他",   "每",   "某",   "此",   "这",   "那",
    "农",   "山",   "渔",   "城",   "集",   "场",   "大",   "小",   "外",   "邻",   "同",   "两",
    "几",   "多",   "数",   "整",   "所",   "驻",   "包",   "返",   "到",   "出",   "入",   "进",
    "回",   "离",   "下",   "封",   "辖",   "管",   "联",   "帮",   "护",   "爱",   "建",   "治",
    "赴",   "走",   "在",   "老",   "新",   "古",   "强",   "富",   "美",   "空",   "郡",   "州",
    "府",   "市",   "郊",   "原",   "贫困", "行政", "自然", "示范", "文明", "美丽", "空心", "重点",
    "先进", "试点", "中心", "移民", "居民", "住宅", "生活", "商业", "老旧", "封闭", "自建", "智慧",
    "开放", "农村", "城市", "联防", "基层", "特色", "边境", "沿海", "周边", "相邻", "有关", "相关",
    "自治", "重",   "小城", "新型农", "卫生", "华人", "各乡", "所在地", "村容", "新农", "其他", "其它", "部分", "多数", "所有", "全体", "各个", "多个", "整个", "非本", "高档", "安置",
    "单位", "家属", "辖区", "所在", "所辖", "下辖", "偏远", "山区", "乡",   "镇",   "村",   "县",
    "区",   "省",   "我们", "他们", "自己", "本地", "外地", "困难", "深度", "脱贫", "帮扶", "工业",
    "卫星", "历史", "文化", "旅游", "生态", "城中", "民族", "少数", NULL};

static const char *const people[] = {"党员", "群众", "干部", "农户", "农民", "人员", "居民", "村民",
                                     "疫情", "防控", "防疫", "返乡", "支部", "党支部", "党组织",
                                     "党委", "政府", "组织", "工作", "乡村", "村镇", "乡镇", "城镇",
                                     "城乡", "集镇", "全村", "全镇", "全乡", "全县",
                                     "和谐", "整个", "两", NULL};

/* May token k be part of a name? first: it begins it. */
static int name_part(const mill_view *v, uint32_t k, int first) {
  uint8_t tag = rec_tag(v, k), kind = rec_kind(v, k);
  uint32_t chars = rec_chars(v, k);
  if (kind == MILL_KIND_NUMBER)
    return chars == 1 && !scan_is_digit(rec_text(v, k), 1, 0) && !rec_is(v, k, "两") &&
           !rec_is(v, k + 1, "个") && (!first || rec_is(v, k + 1, "里"));
  if (kind != MILL_KIND_HAN || rec_is_any(v, k, people)) return 0;
  if (rec_classes(v, k) & MILL_CLASS_ROLE) return 0;
  switch (tag) {
    case MILL_TAG_P: case MILL_TAG_C: case MILL_TAG_U: case MILL_TAG_R: case MILL_TAG_Y:
    case MILL_TAG_E: case MILL_TAG_O: case MILL_TAG_I: case MILL_TAG_L: return 0;
    case MILL_TAG_J: return chars == 1;
    case MILL_TAG_AD: return chars == 1 || rec_frequency(v, k) < 40;
    case MILL_TAG_D: case MILL_TAG_VN: case MILL_TAG_VD: case MILL_TAG_T:
    case MILL_TAG_M: return chars == 1 ? !first : rec_frequency(v, k) < 40;
    case MILL_TAG_F: return chars == 1;
    case MILL_TAG_B: return chars == 1;
    case MILL_TAG_V: return chars == 1 ? (rec_classes(v, k) & MILL_CLASS_SURNAME) != 0
                                       : rec_frequency(v, k) < 60;
    case MILL_TAG_N: return chars == 1 || rec_frequency(v, k) < 3000;
    default: return 1;
  }
}

/* A name of one character: 郭|村, 岳|村; a word like 山 or 全 is none. */
static int single_ok(const mill_view *v, uint32_t at) {
  uint8_t tag = rec_tag(v, at);
  if (tag == MILL_TAG_NR || tag == MILL_TAG_NS || tag == MILL_TAG_G || tag == MILL_TAG_X) return 1;
  return tag != MILL_TAG_V && (rec_classes(v, at) & MILL_CLASS_SURNAME) != 0 &&
         rec_frequency(v, at) < 20000;
}

/* Is the stem, tokens [at, k), the name of something? */
static int stem_ok(const mill_view *v, uint32_t at, uint32_t k, uint32_t chars) {
  if (chars == 0 || chars > 4) return 0;
  if (k == at + 1 && rec_is_any(v, at, not_names)) return 0;
  if (chars == 1) return single_ok(v, at);
  if (k > at + 1 && rec_chars(v, at) > 1 && !is_place_tag(rec_tag(v, at)) && rec_frequency(v, at) > 500)
    return 0; /* a common word before a name */
  return !rec_is_any(v, k - 1, not_names) || chars > rec_chars(v, k - 1) + 1;
}

static uint8_t suffix_level(int which) {
  static const uint8_t levels[] = {MILL_PLACE_VILLAGE,  MILL_PLACE_VILLAGE,  MILL_PLACE_VILLAGE,
                                   MILL_PLACE_TOWNSHIP, MILL_PLACE_TOWNSHIP, MILL_PLACE_TOWNSHIP,
                                   MILL_PLACE_COUNTY};
  return (uint8_t)(1u << levels[which]);
}

/* The suffix token k is, or ends with when the word is a name (西村/ns); -1. */
static int suffix_of(const mill_view *v, uint32_t k, int stem) {
  size_t n = rec_len(v, k);
  for (int w = 0; suffixes[w] != NULL; w++) {
    size_t len = strlen(suffixes[w]);
    if (n < len || memcmp(rec_text(v, k) + n - len, suffixes[w], len) != 0) continue;
    if (n == len) return stem ? w : -1;
    if (in_list(rec_text(v, k), n - len, not_names)) return -1; /* 山村 */
    int named = is_place_tag(rec_tag(v, k)) || rec_tag(v, k) == MILL_TAG_NT ||
                (stem && rec_frequency(v, k) < 50);
    return named && rec_kind(v, k) == MILL_KIND_HAN ? w : -1;
  }
  return -1;
}

/* Does a name of the gazetteer end the tokens (at, end)? Then what stands
** before it is not part of the name: 守好|忠县. */
static int holds_known(const mill_view *v, uint32_t at, uint32_t end) {
  for (uint32_t k = at + 1; k < end; k++) {
    uint32_t forms = places_forms(v->data, rec_text(v, k), v->tokens->start[end] - v->tokens->start[k], NULL);
    if (forms & PLACE_ALL_FULL) return 1;
  }
  return 0;
}

/* Can one of the next tokens be or end with a suffix? Nearly always not, which their last
** characters tell. */
static int suffix_near(const mill_view *v, uint32_t at) {
  const struct rec_signs *signs = rec_signs_of(v->data);
  const uint32_t *start = v->tokens->start;
  uint32_t end = rec_count(v) - at < PLACE_TOKENS ? rec_count(v) : at + PLACE_TOKENS;
  for (uint32_t k = at; k < end && start[k] - start[at] <= PLACE_STEM; k++) {
    if (signs == NULL || (rec_sign_last(signs, rec_text(v, k), rec_len(v, k)) & SIGN_PLACE_TAIL)) return 1;
    if (rec_kind(v, k) > MILL_KIND_NUMBER) return 0; /* no part of a name */
  }
  return 0;
}

static int by_suffix(const mill_view *v, uint32_t at, mill_found *out) {
  uint32_t chars = 0;
  if (!suffix_near(v, at)) return 0;
  for (uint32_t k = at; k < rec_count(v) && k < at + PLACE_TOKENS && chars <= 4; k++) {
    int which = suffix_of(v, k, k > at);
    if (which >= 0) {
      int whole = rec_len(v, k) > strlen(suffixes[which]); /* the word has a stem itself */
      uint32_t more = whole ? rec_chars(v, k) - (uint32_t)strlen(suffixes[which]) / 3 : 0;
      if (!whole && !stem_ok(v, at, k, chars)) return 0;
      if ((whole && chars + more > 4) || holds_known(v, at, k + 1)) return 0;
      out->n_tokens = k + 1 - at;
      out->place_levels = suffix_level(which);
      return 1;
    }
    if (!name_part(v, k, k == at)) return 0;
    chars += rec_chars(v, k);
  }
  return 0;
}

int rec_place(const mill_view *v, uint32_t at, mill_found *out) {
  mill_found named;
  if (v->tokens->kind[at] != MILL_KIND_HAN && v->tokens->kind[at] != MILL_KIND_NUMBER) return 0;
  rec_clear(&named);
  int known = in_gazetteer(v, at, out), like = by_suffix(v, at, &named);
  if (like && (!known || (named.n_tokens > out->n_tokens && out->n_tokens == 1 &&
                          !(out->place_levels & 1u << MILL_PLACE_PROVINCE) &&
                          rec_chars(v, at) == 2)))
    *out = named; /* 永和|村 where 永和 is a county too */
  return known || like;
}
