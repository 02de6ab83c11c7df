/* sweep_blocks.c - block finding when memory is refused, at every request. */
#include "alloc_sweep.h"

static mill_data *data;

static const char plain[] =
    "新闻 视频 图片\n首页 > 县区 > 动态\n青石镇:春耕忙\n"
    "2021-03-05 08:31 来源:临河日报 作者:陈国平 点击:285次 打印\n"
    "临河日报讯(记者 周宁)春分时节,青石镇田间地头一派繁忙景象,农机手们正抢抓农时翻耕土地。(张建国 王 芳)\n12\n13\n"
    "一、抓好春管。全镇组织农技人员三十二名深入各村开展技术指导,确保春播质量。\n"
    "关键词:春耕、农机\n版权声明:\n1.凡本网注明来源的作品,版权均属本网。\n";
static const char markup[] =
    "<html><title>T_x网</title><meta name=keywords content='a,b'><meta name=pubdate content=2021-03-05>"
    "<nav><a>首页</a></nav><h1>青石镇春耕忙起来</h1><p>来源:临河日报</p><p>春分时节,青石镇田间地头一派繁忙景象。</p>";

static int run(const char *s, size_t n) {
  mill_text *t = NULL;
  mill_error err;
  int rc = mill_clean(data, s, n, NULL, &t, &err);
  mill_text_free(t);
  return rc;
}

static int plain_page(void) { return run(plain, sizeof plain - 1); }
static int markup_page(void) { return run(markup, sizeof markup - 1); }

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  sweep("plain page", plain_page);
  sweep("markup page", markup_page);
  mill_data_free(data);
  return check_report();
}
