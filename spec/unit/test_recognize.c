/* test_recognize.c - recognisers over the tokens of fresh sentences: what is
** found from left to right, and what must not be found. */
#include <stdlib.h>

#include "check.h"
#include "textmill.h"

static mill_data *data;

/* All matches of `what` in text, without overlap, joined by '|'. */
static void find_all(enum mill_recognizer what, const char *text, char *out, size_t room) {
  mill_tokens t = {0};
  mill_error err;
  size_t n = strlen(text), used = 0;
  out[0] = 0;
  if (mill_segment(mill_data_lexicon(data), text, n, NULL, &t, &err) < 0) return;
  mill_view v = {.data = data, .folded = text, .folded_len = n, .tokens = &t};
  for (uint32_t k = 0; k < t.n;) {
    mill_found f;
    if (mill_recognize(&v, what, k, &f) <= 0) {
      k++;
      continue;
    }
    size_t len = t.start[k + f.n_tokens] - t.start[k];
    if (used + len + 2 < room) {
      if (used > 0) out[used++] = '|';
      memcpy(out + used, text + t.start[k], len);
      out[used += len] = 0;
    }
    k += f.n_tokens;
  }
  mill_tokens_free(&t);
}

static void check_all(enum mill_recognizer what, const char *text, const char *expected) {
  char got[512];
  find_all(what, text, got, sizeof got);
  if (!CHECK(strcmp(got, expected) == 0)) fprintf(stderr, "  %s: [%s], expected [%s]\n", text, got, expected);
}

static void check_numbers(void) {
  check_all(MILL_REC_NUMBER, "共有三百余人", "三百余");
  check_all(MILL_REC_NUMBER, "约200人,近3000户,2至3名", "约200|近3000|2至3");
  check_all(MILL_REC_NUMBER, "奋战在一线,全县一盘棋", "");
  check_all(MILL_REC_NUMBER, "第一书记第一时间到岗", "");
  check_all(MILL_REC_NUMBER, "一律劝返,万一有事,一定报告", "");
  check_all(MILL_REC_NUMBER, "千万不要出门,十分重要", "");
  check_all(MILL_REC_NUMBER, "村两委干部", "");
  check_all(MILL_REC_NUMBER, "完成百分之九十五", "百分之九十五");
  check_all(MILL_REC_NUMBER, "第三次会议", "第三");
  check_all(MILL_REC_NUMBER, "误差千分之五", "千分之五");
  check_all(MILL_REC_QUANTITY, "成千上万人,三千克盐", "成千上万人|三千克");
}

static void check_quantities(void) {
  check_all(MILL_REC_QUANTITY, "发放传单60余份,口罩1200多个", "60余份|1200多个");
  check_all(MILL_REC_QUANTITY, "派出5—10名队员,约300人", "5—10名|约300人");
  check_all(MILL_REC_QUANTITY, "投入资金3.5万元,种植苹果200亩", "3.5万元|200亩");
  check_all(MILL_REC_QUANTITY, "值守了两个半小时", "两个半小时");
  check_all(MILL_REC_QUANTITY, "历时三年多", "三年多");
  check_all(MILL_REC_QUANTITY, "2020年3月5日召开会议", "");
  check_all(MILL_REC_QUANTITY, "自3月5日起", "");
  check_all(MILL_REC_QUANTITY, "24小时值班", "24小时");
  check_all(MILL_REC_QUANTITY, "第五次会议", "");
  check_all(MILL_REC_QUANTITY, "打了两面铜锣,四面环山", "两面");
  check_all(MILL_REC_QUANTITY, "60岁以上老人", "60岁以上");
  check_all(MILL_REC_QUANTITY, "出生率9.72‰,发病率5.1‰至6.2‰", "9.72‰|5.1‰至6.2‰");
}

/* Blanks inside of a figure, and blanks between figures. */
static void check_spaced(void) {
  check_all(MILL_REC_QUANTITY, "资金15.8 万元,惠及2.6 万余人", "15.8 万元|2.6 万余人");
  check_all(MILL_REC_QUANTITY, "贫困户1 236户3 985人", "1 236户|3 985人");
  check_all(MILL_REC_QUANTITY, "用电量1 280万千瓦时,产值2 345 678元", "1 280万千瓦时|2 345 678元");
  check_all(MILL_REC_QUANTITY, "面积3. 2亩", "3. 2亩");
  check_all(MILL_REC_QUANTITY, "大坪 312 086户", "086户");
  check_all(MILL_REC_QUANTITY, "措施:1. 5个村", "5个");
  check_all(MILL_REC_QUANTITY, "编号1 2368户,户数45 12户", "2368户|12户");
  check_all(MILL_REC_NUMBER, "占地3 万", "3 万");
  check_all(MILL_REC_QUANTITY, "挣了五万来块,5万来自捐款", "五万来块");
}

static void check_dates(void) {
  check_all(MILL_REC_DATE, "2020年3月5日上午召开", "2020年3月5日上午");
  check_all(MILL_REC_DATE, "发布时间:2020-03-05 16:57:00", "2020-03-05 16:57:00");
  check_all(MILL_REC_DATE, "正月十五闹元宵", "正月十五");
  check_all(MILL_REC_DATE, "隔离14日", "");
  check_all(MILL_REC_DATE, "从3月5日至9日", "3月5日|9日");
  check_all(MILL_REC_DATE, "2月30日", "");
  check_all(MILL_REC_TIME, "早上六点到岗,晚8时换班", "早上六点|晚8时");
  check_all(MILL_REC_TIME, "值班24小时,提出三点要求", "");
  check_all(MILL_REC_TIME, "定于2020年3月5日上午9时召开", "2020年3月5日上午9时");
  check_all(MILL_REC_TIME, "2020年3月5日召开", "");
}

static void check_people(void) {
  check_all(MILL_REC_PERSON, "党支部书记周永安带领大家", "周永安");
  check_all(MILL_REC_PERSON, "村主任郑毅带领大家", "郑毅");
  check_all(MILL_REC_PERSON, "志愿者欧阳晓燕说", "欧阳晓燕");
  check_all(MILL_REC_PERSON, "居民赵某和钱某某", "赵某|钱某某");
  check_all(MILL_REC_PERSON, "(沈 浩 蒋文斌)", "沈 浩|蒋文斌");
  check_all(MILL_REC_PERSON, "书记和主任带头", "");
  check_all(MILL_REC_PERSON, "张贴标语,周边群众,高度重视", "");
  check_all(MILL_REC_PERSON, "党员干部全部上岗", "");
  check_all(MILL_REC_PERSON, "卡尔·马克思", "卡尔·马克思");
}

static void check_places(void) {
  check_all(MILL_REC_PLACE, "云南省昆明市西山区", "云南省|昆明市|西山区");
  check_all(MILL_REC_PLACE, "从北京到云南", "北京|云南");
  check_all(MILL_REC_PLACE, "全镇各村,本县该乡,农村山村", "");
  check_all(MILL_REC_PLACE, "58个行政村,15个自然村", "");
  check_all(MILL_REC_PLACE, "在柳树湾村值守", "柳树湾村");
  check_all(MILL_REC_PLACE, "东风社区的党员", "东风社区");
  check_all(MILL_REC_PLACE, "全村安宁", "");
  check_all(MILL_REC_PLACE, "深入社区下沉小区", "");
}

static void check_roles(void) {
  check_all(MILL_REC_ROLE, "人大主席和党委副书记", "人大主席|党委副书记");
  check_all(MILL_REC_ROLE, "驻村第一书记", "驻村第一书记");
  check_all(MILL_REC_ORG, "西山天然气公司", "西山天然气公司");
  check_all(MILL_REC_ORG, "疫情防控领导小组", "疫情防控领导小组");
  check_all(MILL_REC_ORG, "大家都来了", "");
}

/* One name, several towns: the county before it says which. */
static void check_context(void) {
  const char *text = "陕西省榆林市绥德县名州镇";
  mill_tokens t = {0};
  mill_error err;
  mill_found f = {.place = MILL_NONE};
  mill_place p = {.name = ""};
  CHECK_EQ(mill_segment(mill_data_lexicon(data), text, strlen(text), NULL, &t, &err), 0);
  mill_view v = {.data = data, .folded = text, .folded_len = strlen(text), .tokens = &t};
  for (uint32_t k = 0; k < t.n; k++) {
    mill_found g;
    if (mill_recognize(&v, MILL_REC_PLACE, k, &g) > 0) f = g, k += g.n_tokens - 1;
  }
  CHECK_EQ(mill_places_get(data, f.place, &p), 0);
  CHECK_STR(p.name, "名州镇");
  CHECK_EQ(strncmp(p.code, "610826", 6), 0);
  mill_tokens_free(&t);
}

int main(void) {
  mill_error err = {0};
  const char *dir = getenv("TEXTMILL_DATA");
  if (!CHECK(mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) == 0)) {
    fprintf(stderr, "%s\n", err.message);
    return check_report();
  }
  check_numbers();
  check_quantities();
  check_spaced();
  check_dates();
  check_people();
  check_places();
  check_roles();
  check_context();
  mill_data_free(data);
  return check_report();
}
