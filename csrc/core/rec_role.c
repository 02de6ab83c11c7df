/*
** rec_role.c - roles and organisations, both read from a head word:
**
**   role   [副|原|党委|支部|机关|村 ...]* head of class ROLE     人大|主席
**   org    [noun|place ...]* head noun 党委 政府 公司 派出所 ...  天然气|公司
**
** The longest chain of modifiers that ends in a head wins.
*/
#include "rec.h"

#define MAX_MODIFIERS 8u

/* ---- roles ---------------------------------------------------------------------- */

static int is_role(const mill_view *v, uint32_t k) { return (rec_classes(v, k) & MILL_CLASS_ROLE) != 0; }

/* What may stand before a role and belongs to it. */
static int is_role_prefix(const mill_view *v, uint32_t k) {
  static const char *const words[] = {
      "副",   "原",     "前",   "兼",     "代",   "总",   "首席", "常务", "执行", "名誉", "代理", "临时",
      "党委", "党支部", "支部", "党总支", "总支", "党组", "纪委", "团委", "党政办", "统战",
      "政法", "武装",   "人大", "政协",   "妇联", "工会", "机关", "社区", "小区", "驻",   "驻村", "包村", "包片",
      "村",   "镇",     "乡",   "县",     "市",   "省",   "区",   "村级", "乡级", "镇级", "县级", "村支部",
      "村党支部", "村两委", "两委", "村委", "村委会", "居委会", "街道", "乡党委", "镇党委", "县委", "市委",
      "省委", "区委",   "乡政府", "镇政府", "县政府", "第一", "责任", "办公室", "网格", "高级", "特级",
      "优秀", "退休", "退伍", "普通", "老", "县直", "乡镇", "法律", "新闻", NULL};
  return rec_is_any(v, k, words);
}

int role_may_begin(const mill_view *v, uint32_t at) { return is_role(v, at) || is_role_prefix(v, at); }

int rec_role(const mill_view *v, uint32_t at, mill_found *out) {
  uint32_t end = at, k = at;
  for (; k < rec_count(v) && k < at + MAX_MODIFIERS; k++) {
    if (is_role(v, k))
      end = k + 1;
    else if (!is_role_prefix(v, k))
      break;
  }
  out->n_tokens = end - at;
  return end > at;
}

/* ---- organisations ---------------------------------------------------------------- */

/* Endings of the names of organisations, longer ones first. */
static const char *const heads[] = {
    "委员会", "领导小组", "领导组", "指挥部", "派出所", "党支部", "党总支", "党小组", "卫生院", "卫生所",
    "卫生室", "检查站", "办事处", "办公室", "工作组", "工作队", "服务队", "突击队", "先锋队", "志愿队",
    "巡逻队", "督察队", "督查组", "督导组", "检查组", "小分队", "服务站", "服务中心", "合作社", "有限公司",
    "事务所", "管理局", "管理所", "工商所", "财政所", "司法所", "税务所", "市政所", "公安局", "公安机关",
    "卫健委", "卫健局", "教育局", "民政局", "电视台", "出版社", "日报社", "报社", "集团", "公司", "银行",
    "学校", "小学", "中学", "大学", "学院", "医院", "超市", "商店", "工厂", "协会", "学会", "商会", "联合会",
    "基金会", "红十字会", "工会", "妇联", "团委", "党委", "党组", "党组织", "政府", "支部", "总支", "村委会",
    "村委", "居委会", "村两委", "法院", "检察院", "纪委", "县委", "市委", "省委", "区委", "人大", "政协",
    "专班", "研究所", "研究院", "气站", "加油站", "电站", "派出机构", "部队", "消防队", "医疗队", "交警队",
    "大队", "支队", "中队", NULL};

static int ends_in_head(const mill_view *v, uint32_t k) {
  const char *s = rec_text(v, k);
  size_t n = rec_len(v, k);
  for (int h = 0; heads[h] != NULL; h++) {
    size_t len = strlen(heads[h]);
    if (n >= len && memcmp(s + n - len, heads[h], len) == 0) return 1;
  }
  return 0;
}

/* 工作|小组, 市政|所, 督查|组: heads that are words of their own only behind a
** noun. */
static int is_bound_head(const mill_view *v, uint32_t k) {
  static const char *const words[] = {"所", "局", "厅", "站", "组", "队", "院", "厂", "店", "社", "中心",
                                      "小组", "分队", "队伍", NULL};
  return rec_is_any(v, k, words);
}

static int is_modifier(const mill_view *v, uint32_t k) {
  if (rec_kind(v, k) == MILL_KIND_LATIN) return 1;
  if (rec_kind(v, k) != MILL_KIND_HAN || is_role(v, k)) return 0;
  switch (rec_tag(v, k)) {
    case MILL_TAG_N: case MILL_TAG_NR: case MILL_TAG_NS: case MILL_TAG_NT: case MILL_TAG_NZ:
    case MILL_TAG_VN: case MILL_TAG_B: case MILL_TAG_J: case MILL_TAG_G: case MILL_TAG_X:
    case MILL_TAG_AN: return 1;
    case MILL_TAG_A: case MILL_TAG_V: case MILL_TAG_S: return rec_frequency(v, k) < 3000;
    default: return 0;
  }
}

/* Verbs that take an organisation as their object do not begin its name. */
static int may_begin_org(const mill_view *v, uint32_t k) {
  uint8_t tag = rec_tag(v, k);
  if (rec_chars(v, k) >= 4 && tag != MILL_TAG_NS && tag != MILL_TAG_NT && !ends_in_head(v, k)) return 0;
  return tag != MILL_TAG_V && tag != MILL_TAG_A && tag != MILL_TAG_S && tag != MILL_TAG_AN;
}

int org_may_begin(const mill_view *v, uint32_t at) {
  return ends_in_head(v, at) || (is_modifier(v, at) && may_begin_org(v, at));
}

int rec_org(const mill_view *v, uint32_t at, mill_found *out) {
  uint32_t end = at;
  int counted = at > 0 && rec_kind(v, at - 1) == MILL_KIND_NUMBER;
  if (counted && (rec_classes(v, at) & MILL_CLASS_MEASURE)) return 0; /* 四|支|队伍 */
  for (uint32_t k = at; k < rec_count(v) && k < at + MAX_MODIFIERS; k++) {
    if (ends_in_head(v, k) || (k > at && end < k && is_bound_head(v, k)))
      end = k + 1;
    else if (!is_modifier(v, k) || (k == at && !may_begin_org(v, k)))
      break;
  }
  out->n_tokens = end - at;
  return end > at;
}
