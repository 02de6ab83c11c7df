/*
** rec_person.c - names of people over tokens.
**
**   李建国/nr          a word tagged as a name
**   周|永|安  郑|海涛  surname and given name, cut anywhere
**   徐|某  李|某某     made anonymous
**   沈| |浩            two characters set apart
**   欧阳|娜  卡尔|·|马克思
**
** A surname is also a common word often enough (和 向 高 于), so how much is
** asked of the given name depends on what stands around it: next to a role
** (书记|郑毅|带领) or alone between signs (编辑:马丽) little, else much.
*/
#include "lexicon.h"
#include "rec.h"

enum trust { BARE, APART, BESIDE_ROLE }; /* what stands around a name */

/* ---- surnames ----------------------------------------------------------------------- */

/* A surname that is first of all another word: 和 向 于 高 解. */
static int weak_surname(const mill_view *v, uint32_t at) {
  if (rec_chars(v, at) != 1) return 0;
  switch (rec_tag(v, at)) {
    case MILL_TAG_C: case MILL_TAG_P: case MILL_TAG_F: case MILL_TAG_U: case MILL_TAG_D:
    case MILL_TAG_R: case MILL_TAG_V: case MILL_TAG_A: case MILL_TAG_AD: case MILL_TAG_B:
    case MILL_TAG_M: case MILL_TAG_T: case MILL_TAG_S: return 1;
    default: return 0;
  }
}

/* ---- what is no name ------------------------------------------------------------------ */

static int ends_like_place(const char *s, size_t n) {
  static const char *const tails[] = {"村", "镇", "乡", "县", "区", "市", "省", "庄", "屯", "街", "路", "港",
                                      "州", "湾", "队", "组", "站", "厂", "店", "场", NULL};
  for (int k = 0; tails[k] != NULL; k++)
    if (n >= 3 && memcmp(s + n - 3, tails[k], 3) == 0) return 1;
  return 0;
}

/* What follows makes it a place or an organisation: 刘庄|村, 王府|超市. */
static int names_something_else(const mill_view *v, uint32_t next) {
  static const char *const words[] = {"村", "镇", "乡", "县", "区", "市", "省", "庄", "屯", "社区", "小区",
                                      "街道", "超市", "公司", "集团", "医院", "学校", "酒店", "商店", "店",
                                      "厂", "路", "街", "桥", "河", "山", "村民", "村口", "村支部", "村党支部",
                                      "村两委", "村委会", "乡党委", "镇党委", "乡政府", "镇政府", "大街", NULL};
  return rec_is_any(v, next, words);
}

/* Characters that end no given name: particles and words of speech. */
static int ends_in_function(const char *s, size_t n) {
  const char *set = "的了着过是在和与为对把被将从向等说讲带率到去来任兼称赴问答看让叫有自同或及"
                    "先也又都还就已正曾则于以跟给由至按因并而但们地得吗呢吧很不没未每各该这那其此"
                    "他她它我你您做当用、表介";
  return n >= 3 && scan_one_of(s, n, n - 3, set) > 0;
}

/* A word of the language in s[0,n), not one tagged as a name, that common. */
static int is_word(const mill_view *v, const char *s, size_t n, uint32_t frequency) {
  mill_word w;
  if (mill_lexicon_find(mill_data_lexicon(v->data), s, n, &w) <= 0) return 0;
  return w.frequency > frequency && w.tag != MILL_TAG_NR && w.tag != MILL_TAG_NZ;
}

/* 伊拉克, 莫斯科: written with characters that spell foreign names. */
static int is_spelled(const char *s, size_t n) {
  const char *set = "阿埃艾安奥巴贝比波伯布达德迪蒂恩尔法菲弗夫福盖戈格古哈赫基加卡科克库拉莱兰劳勒里利列"
                    "卢鲁罗洛马曼麦梅米密莫姆穆纳内尼诺努帕佩皮普齐切瑞萨塞赛沙什史斯索苏塔泰坦特提图"
                    "托瓦维韦温沃乌西希夏谢辛休雅亚伊耶约扎泽兹";
  for (size_t i = 0; i < n; i += 3)
    if (scan_one_of(s, n, i, set) == 0) return 0;
  return 1;
}

/* 通知|书, 高|水平: a word that the list takes for a name, made of words. */
static int is_compound(const mill_view *v, uint32_t k, enum trust trust) {
  const char *s = rec_text(v, k);
  size_t n = rec_len(v, k);
  if (trust != BESIDE_ROLE && scan_one_of(s, n, n - 3, "证性科庙河节费率型湖寺") > 0) return 1;
  if (n != 9 || trust == BESIDE_ROLE) return n == 9 && is_word(v, s + 3, 6, 2000);
  return is_word(v, s, 6, 100) || is_word(v, s + 3, 6, 500);
}

/* Is one word, at token k, the name of a person? Only where the lexicon says
** so, and not the common words it tags that way. */
static int is_name_word(const mill_view *v, uint32_t k, size_t first, enum trust trust) {
  static const char *const words[] = {"文明", "高峰", "高潮", "平安", "安康", "方圆", "常规", "关爱", "关怀",
                                      "温馨", "温暖", "严谨", "明白", "安宁", "和平", "康复", "黄金", "白云",
                                      "向上", "和谐", "陈列", "马上", "金融", "时代", "国计民生", "方向",
                                      "方案", "高原", "高速", "任务", "安全", "车辆", "金字塔", "花名册",
                                      "高精尖", NULL};
  uint32_t f = rec_frequency(v, k), chars = rec_chars(v, k);
  mill_word w;
  const mill_lexicon *lx = mill_data_lexicon(v->data);
  if (rec_is_any(v, k, words) || chars > first / 3 + 2 || is_compound(v, k, trust)) return 0;
  if (trust != BESIDE_ROLE && is_spelled(rec_text(v, k), rec_len(v, k))) return 0;
  if (mill_lexicon_find(lx, rec_text(v, k) + first, rec_len(v, k) - first, &w) > 0 &&
      (w.classes & MILL_CLASS_ROLE))
    return 0;
  if (rec_tag(v, k) == MILL_TAG_NR) return chars > 2 || trust != BARE;
  return rec_tag(v, k) == MILL_TAG_NS && trust == BESIDE_ROLE && f < 200;
}

/* How common a word of two characters may be and still be a given name. */
static uint32_t word_limit(enum trust trust, int weak, uint8_t tag) {
  if (weak) return trust == BESIDE_ROLE ? 200 : trust == APART ? 100 : 10;
  if (tag == MILL_TAG_V || tag == MILL_TAG_VN) return trust == BESIDE_ROLE ? 600 : 100;
  return trust == BARE ? 150 : 3000;
}

/* May token k stand inside a given name? */
static int given_part(const mill_view *v, uint32_t k, enum trust trust, int weak) {
  uint32_t chars = rec_chars(v, k);
  uint8_t tag = rec_tag(v, k);
  if (rec_classes(v, k) & MILL_CLASS_ROLE) return 0;
  if (rec_kind(v, k) == MILL_KIND_NUMBER)
    return trust != BARE && chars == 1 && !scan_is_digit(rec_text(v, k), 1, 0);
  if (rec_kind(v, k) != MILL_KIND_HAN) return 0;
  switch (tag) {
    case MILL_TAG_P: case MILL_TAG_C: case MILL_TAG_U: case MILL_TAG_R: case MILL_TAG_Y:
    case MILL_TAG_E: case MILL_TAG_O: case MILL_TAG_W: return 0;
    case MILL_TAG_D: case MILL_TAG_J: case MILL_TAG_I: case MILL_TAG_L: case MILL_TAG_S:
    case MILL_TAG_F: case MILL_TAG_T: case MILL_TAG_M: return chars == 1;
    default: break;
  }
  return chars == 1 || tag == MILL_TAG_NR || rec_frequency(v, k) < word_limit(trust, weak, tag);
}

/* ---- one name --------------------------------------------------------------------------- */

/* Is token k no part of a word: a sign, a blank, the end? */
static int is_edge(const mill_view *v, uint32_t k) {
  uint8_t kind = rec_kind(v, k);
  return kind == MILL_KIND_PUNCT || kind == MILL_KIND_BLANK || kind == MILL_KIND_BREAK;
}

/* An edge that sets names apart; quotes set anything apart, lists too. */
static int sets_apart(const mill_view *v, uint32_t k, int full_name) {
  static const char *const quotes[] = {"“",  "”",  "\"", "‘",  "’", "《", "》",
                                       "「", "」", "『", "』", "<", ">",  NULL};
  static const char *const lists[] = {"、", ",", NULL};
  return is_edge(v, k) && !rec_is_any(v, k, quotes) && (full_name || !rec_is_any(v, k, lists));
}

static int role_before(const mill_view *v, uint32_t at) {
  uint32_t k = at;
  while (k > 0 && (rec_kind(v, k - 1) == MILL_KIND_BLANK || rec_is(v, k - 1, ":"))) k--;
  return k > 0 && (rec_classes(v, k - 1) & MILL_CLASS_ROLE) != 0;
}

/* 王芳|同志, 李建国|介绍; 王建国|书记. */
static int person_behind(const mill_view *v, uint32_t next, int full_name) {
  static const char *const words[] = {"同志", "先生", "女士", "介绍", "表示", "说", "告诉", "坦言", NULL};
  return rec_is_any(v, next, words) || (full_name && (rec_classes(v, next) & MILL_CLASS_ROLE) != 0);
}

static enum trust trust_of(const mill_view *v, uint32_t at, uint32_t next, int full_name) {
  if (role_before(v, at)) return BESIDE_ROLE;
  int left = at == 0 || sets_apart(v, at - 1, full_name);
  if (left && (next >= rec_count(v) || sets_apart(v, next, full_name))) return APART;
  return person_behind(v, next, full_name) ? APART : BARE;
}

/* 某, 某某, 某甲: anonymous whatever stands around. */
static int is_anonymous(const char *s, size_t n) {
  size_t mark = scan_literal(s, n, 0, "某");
  if (mark == 0) return 0;
  return n == mark || (n == 6 && scan_one_of(s, n, 3, "某甲乙丙丁") == 3);
}

/* 江山|远: the first word runs over the surname. A word that means something
** else is none, unless it is a rare one. */
static int long_first_ok(const mill_view *v, uint32_t at, enum trust trust) {
  uint8_t tag = rec_tag(v, at);
  if (trust == BARE || rec_kind(v, at) != MILL_KIND_HAN || (rec_classes(v, at) & MILL_CLASS_ROLE)) return 0;
  if (tag == MILL_TAG_NR || tag == MILL_TAG_NS) return rec_frequency(v, at) < 2000;
  return rec_frequency(v, at) <= 30;
}

/* 于|洋, 任|双|组长: after a weak surname one character makes a name only
** before a sign, or when it is a rare one. */
static int short_weak_ok(const mill_view *v, uint32_t given, uint32_t end) {
  return is_edge(v, end) || rec_frequency(v, given) < 300;
}

/* Without any help from outside: the lexicon must tag the surname as a name,
** and the given name must have two characters. */
static int bare_ok(const mill_view *v, uint32_t at, uint32_t end, size_t given) {
  if (rec_tag(v, at) != MILL_TAG_NR || given != 6) return 0;
  if (end == at + 2) return 1;
  return rec_tag(v, at + 1) == MILL_TAG_NR || rec_tag(v, at + 2) == MILL_TAG_NR ||
         rec_tag(v, at + 1) == MILL_TAG_G || rec_tag(v, at + 2) == MILL_TAG_G;
}

/* Are the tokens [at, end), n bytes, a surname of `first` bytes and a given
** name? */
static int is_name(const mill_view *v, uint32_t at, uint32_t end, size_t first, size_t n) {
  const char *s = rec_text(v, at);
  enum trust trust = trust_of(v, at, end, n - first >= 6);
  if (is_anonymous(s + first, n - first)) return 1;
  if (names_something_else(v, end) || ends_in_function(s, n)) return 0;
  if (trust != BESIDE_ROLE && ends_like_place(s, n)) return 0;
  if (at > 0 && rec_kind(v, at - 1) == MILL_KIND_NUMBER && trust != BESIDE_ROLE) return 0;
  if (end == at + 1) return is_name_word(v, at, first, trust);
  int weak = weak_surname(v, at) || rec_len(v, at) < first;
  if (rec_len(v, at) > first && !long_first_ok(v, at, trust)) return 0;
  if (trust == BARE && !bare_ok(v, at, end, n - first)) return 0;
  if (weak && n - first == 3 && !short_weak_ok(v, at + 1, end)) return 0;
  for (uint32_t k = at + 1; k < end; k++)
    if (!given_part(v, k, trust, weak)) return 0;
  return 1;
}

/* 沈 浩: a name of two characters set apart, before a sign or a blank. */
static int spaced(const mill_view *v, uint32_t at, mill_found *out) {
  if (rec_chars(v, at) != 1 || !(rec_classes(v, at) & MILL_CLASS_SURNAME)) return 0;
  if (rec_kind(v, at + 1) != MILL_KIND_BLANK || rec_len(v, at + 1) > 3) return 0;
  if (rec_kind(v, at + 2) != MILL_KIND_HAN || rec_chars(v, at + 2) != 1) return 0;
  if (at > 0 && !is_edge(v, at - 1) && !role_before(v, at)) return 0;
  if (!is_edge(v, at + 3) || ends_in_function(rec_text(v, at + 2), rec_len(v, at + 2))) return 0;
  out->n_tokens = 3;
  return 1;
}

/* 卡尔·马克思: words joined by a middle dot. */
static int foreign(const mill_view *v, uint32_t at, mill_found *out) {
  uint32_t k = at;
  while (rec_kind(v, k) == MILL_KIND_HAN && rec_chars(v, k) <= 6 && rec_is(v, k + 1, "·") &&
         rec_kind(v, k + 2) == MILL_KIND_HAN && k < at + 8)
    k += 2;
  if (k == at) return 0;
  while (k < at + 10 && rec_kind(v, k + 1) == MILL_KIND_HAN && rec_chars(v, k + 1) == 1 &&
         (rec_tag(v, k + 1) == MILL_TAG_G || rec_tag(v, k + 1) == MILL_TAG_X))
    k++;
  out->n_tokens = k + 1 - at;
  return 1;
}

int rec_person(const mill_view *v, uint32_t at, mill_found *out) {
  if (v->tokens->kind[at] != MILL_KIND_HAN || mill_data_lexicon(v->data) == NULL) return 0;
  if (foreign(v, at, out) || spaced(v, at, out)) return 1;
  const char *s = rec_text(v, at);
  size_t n = rec_window(v, at), first = lexicon_surname(mill_data_lexicon(v->data), s, n);
  if (first == 0) return 0;
  for (size_t len = first + 6; len > first; len -= 3) {
    uint32_t tokens = len <= n ? rec_tokens(v, at, len) : 0;
    if (tokens == 0 || !is_name(v, at, at + tokens, first, len)) continue;
    out->n_tokens = tokens;
    return 1;
  }
  return 0;
}
