/* test_clean.c - the whole pipeline: texts, spans, notes, bad input. */
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "core/clean.h"
#include "core/utf8.h"
#include "text_model.h"

static mill_data *data;
static mill_text *t;

static int clean_with(const char *s, size_t n, mill_clean_options o) {
  mill_error err;
  mill_text_free(t);
  t = NULL;
  int rc = mill_clean(data, s, n, &o, &t, &err);
  if (rc == 0) {
    const char *wrong = text_wrong(t);
    if (!CHECK(wrong == NULL)) fprintf(stderr, "  %s\n", wrong);
  }
  return rc;
}

static int clean(const char *s) { return clean_with(s, strlen(s), (mill_clean_options){.html = -1}); }

static void texts(void) {
  static const struct { const char *raw, *clean, *folded; } cases[] = {
      {"春天  来\xC2\xA0了\r\n\r\n\xE3\x80\x80\xE3\x80\x80河边\n", "春天 来 了\n河边", "春天 来 了\n河边"},
      {"Cafe\xCC\x81 A", "Caf\xC3\xA9 A", "caf\xC3\xA9 a"},
      {"a < b 且 c > d", "a < b 且 c > d", "a < b 且 c > d"},
      {"<p>會議&nbsp;在</p><p>三樓</p>", "會議 在\n三樓", "会议 在\n三楼"},
      {"\xEF\xBB\xBF春", "春", "春"},
      {" \n\t ", "", ""},
      {"銀行(háng)和亳(bó)州", "銀行(háng)和亳(bó)州", "银行和亳州"},
      {"會(huì)議(yì)開(kāi)始", "會議開始", "会议开始"},
  };
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    CHECK_EQ(clean(cases[k].raw), 0);
    CHECK_STR(t->clean, cases[k].clean);
    CHECK_STR(t->folded, cases[k].folded);
  }
}

static mill_span find(const char *s) {
  mill_error err;
  mill_span found = {0, 0};
  CHECK_EQ(mill_text_find(t, s, strlen(s), 0, &found, &err), 1);
  return found;
}

/* The raw bytes of what is found. */
static const char *raw_of(const char *s) {
  static char out[256];
  mill_span r = mill_text_raw(t, find(s));
  snprintf(out, sizeof out, "%.*s", (int)(r.to - r.from), t->raw + r.from);
  return out;
}

static void spans(void) {
  clean("今天<b>開(kāi)</b>會(huì)&nbsp;&nbsp; 討(tǎo)論(lùn) <i>ＡＢＣ</i> 計(jì)劃。");
  CHECK_EQ(t->html, 1);
  CHECK_EQ(t->gloss_mode, MILL_GLOSS_JUNK);
  CHECK_EQ(t->n_glosses, 5);
  CHECK_STR(t->clean, "今天開會 討論 ＡＢＣ 計劃。");
  CHECK_STR(raw_of("开"), "開(kāi)");
  CHECK_STR(raw_of("开会"), "開(kāi)</b>會(huì)");
  CHECK_STR(raw_of("abc"), "ＡＢＣ");
  CHECK_STR(raw_of("讨论"), "討(tǎo)論(lùn)");
  CHECK_STR(raw_of("会 讨"), "會(huì)&nbsp;&nbsp; 討(tǎo)");
  mill_span s = mill_text_clean_of_raw(t, mill_text_raw(t, find("計劃")));
  CHECK_EQ(s.from, find("計劃").from);
  CHECK_EQ(s.to, find("計劃").to);
  mill_error err;
  CHECK_EQ(mill_text_find(t, "开", 3, 9, &s, &err), 0);
  CHECK_EQ(mill_text_find(t, "", 0, 5, &s, &err), 1);
  CHECK_EQ(s.from, 5), CHECK_EQ(s.to, 5);
}

static void notes(void) {
  clean_with("a\0b\x01\x02 c\xFF\xE6\x98\xA5\xE5\xA4\xA9\xE6\x9D\xA5\xE4\xBA\x86\xE5\x90\x97", 23,
             (mill_clean_options){.html = -1, .charset = "utf-8"});
  CHECK_STR(t->clean, "ab c\xEF\xBF\xBD春天来了吗");
  CHECK_EQ(t->n_broken, 1);
  if (!CHECK_EQ(t->n_notes, 2)) return;
  CHECK_EQ(t->notes[0].kind, MILL_EDIT_BROKEN);
  CHECK_EQ(t->notes[0].raw.from, 7), CHECK_EQ(t->notes[0].raw.to, 8);
  CHECK_EQ(t->notes[0].clean.from, 4), CHECK_EQ(t->notes[0].clean.to, 7);
  CHECK_EQ(t->notes[1].kind, MILL_EDIT_IGNORABLE);
  CHECK_EQ(t->notes[1].raw.from, 1), CHECK_EQ(t->notes[1].raw.to, 2);
  clean("銀行(háng)业");
  if (!CHECK_EQ(t->n_notes, 1)) return;
  CHECK_EQ(t->notes[0].kept, 1);
  CHECK_EQ(t->notes[0].clean.from, 6), CHECK_EQ(t->notes[0].clean.to, 13);
  CHECK_EQ(mill_text_folded_of_clean(t, (mill_span){3, 6}).from, 3);
  CHECK_EQ(mill_text_clean_of_folded(t, (mill_span){3, 6}).to, 13); /* the gloss belongs */
}

static void decisions(void) {
  CHECK_EQ(clean_with("<p>x", 4, (mill_clean_options){.html = 0}), 0);
  CHECK_STR(t->clean, "<p>x");
  CHECK_EQ(clean_with("a<x", 3, (mill_clean_options){.html = 1}), 0);
  CHECK_STR(t->clean, "a<x");
  CHECK_EQ(clean_with("\xB4\xBA\xCC\xEC", 4, (mill_clean_options){.charset = "GB2312"}), 0);
  CHECK_STR(t->clean, "春天");
  CHECK_STR(t->charset, "gb18030");
  CHECK_EQ(clean_with("a\nb", 3, (mill_clean_options){.no_blocks = 1, .no_fold = 1}), 0);
  CHECK_EQ(t->n_blocks, 1);
  CHECK(t->folded == NULL);
  mill_error err;
  CHECK_EQ(mill_text_fold(t, &err), 0);
  CHECK_STR(t->folded, "a\nb");
  clean("春風吹過,樹葉發芽,鳥兒歌唱。");
  CHECK_EQ(t->script, 2);
  clean("春风吹过,树叶发芽,鸟儿歌唱。");
  CHECK_EQ(t->script, 1);
  clean("plain English");
  CHECK_EQ(t->script, 0);
}

static void refused(void) {
  mill_error err;
  mill_text_free(t);
  CHECK_EQ(mill_clean(data, "", 0, NULL, &t, &err), MILL_EEMPTY);
  CHECK(t == NULL);
  CHECK_EQ(clean_with("abcdef", 6, (mill_clean_options){.max_bytes = 5}), MILL_ELIMIT);
  CHECK_EQ(clean_with("abc", 3, (mill_clean_options){.charset = "x-none"}), MILL_ECHARSET);
  CHECK_EQ(mill_clean(NULL, "a", 1, NULL, &t, &err), MILL_EINVAL);
  CHECK(t == NULL);
}

/* Units of dirt, repeated or mixed at random. */
static const char *const dirt[] = {
    "<p>", "</p>", "<div class=nav>", "</div>", "<b>", "<script>", "</script>", "<!--", "-->", "&nbsp;",
    "&#22823;", "&", "<", ">", "\"", "鎮(zhèn)", "點(diǎn)", "行(háng)", "（", "(", ")", "春", "天", "a", "B", " ",
    "\n", "\r", "\xC2\xA0", "\xE3\x80\x80", "\xFF", "\xE6\x98", "e\xCC\x81", "\xCC\x81", "ﬁ", "Ａ", "\x01",
    "<td>", "<li>", "<br>", "<a href='x'>", "\xEA\xB0\x80", "\xE1\x84\x80\xE1\x85\xA1", "\xF0\xA0\x80\x80",
    "<title>", "</title>", "]]>", "<![CDATA[", "\xE2\x80\x8B"};
enum { DIRT = sizeof dirt / sizeof *dirt };

static void mixed(void) {
  uint64_t state = 11;
  char s[4096];
  for (int round = 0; round < 4000; round++) {
    size_t n = 0;
    for (uint32_t k = check_below(&state, 40) + 1; k > 0; k--) {
      const char *unit = dirt[check_below(&state, DIRT)];
      memcpy(s + n, unit, strlen(unit));
      n += strlen(unit);
      if (check_below(&state, 30) == 0) s[n++] = 0;
    }
    int html = (int)check_below(&state, 3) - 1;
    CHECK_EQ(clean_with(s, n, (mill_clean_options){.html = html, .charset = round % 4 ? NULL : "utf-8"}), 0);
  }
}

static void hostile(void) {
  enum { TIMES = 100000 };
  for (size_t k = 0; k < DIRT; k++) {
    size_t len = strlen(dirt[k]);
    char *s = malloc(len * TIMES);
    for (size_t i = 0; i < TIMES; i++) memcpy(s + i * len, dirt[k], len);
    mill_error err;
    mill_clean_options o = {.html = 1};
    mill_text_free(t);
    clock_t begin = clock();
    CHECK_EQ(mill_clean(data, s, len * TIMES, &o, &t, &err), 0);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    if (!CHECK(seconds < 5)) fprintf(stderr, "  100,000 x %s took %.1f s\n", dirt[k], seconds);
    free(s);
  }
}

/* One line of 20 MB here (100 MB takes the sanitizers too long), NULs among it. */
static void long_line(void) {
  size_t n = 20u << 20;
  char *s = malloc(n);
  mill_error err;
  for (size_t i = 0; i < n; i++) s[i] = (char)(i % 1000 == 999 ? 0 : i % 7 == 6 ? ' ' : 'a' + i % 26);
  mill_text_free(t);
  mill_clean_options o = {.html = -1};
  CHECK_EQ(mill_clean(data, s, n, &o, &t, &err), 0);
  CHECK_EQ(mill_map_source_len(t->map), n);
  CHECK(memchr(t->clean, '\n', t->clean_len) == NULL);
  free(s);
}

/* Every character among others says what it says alone: where many are looked at in one
** step, too. */
static void blanks_anywhere(void) {
  static const char around[] = "河河河河河河河河河河河河"; /* longer than a step */
  char s[100], alone[16];
  mill_stage a = {0}, b = {0};
  mill_error err;
  for (uint32_t c = 1; c < 0x10000; c++) {
    if (c >= 0xD800 && c < 0xE000) continue;
    size_t len = utf8_encode(c, alone + 3), k = 3 * (c % 8), n = strlen(around);
    memcpy(alone, "河", 3);
    memcpy(alone + 3 + len, "河", 3);
    memcpy(s, around, k + 3);
    memcpy(s + k + 3, alone + 3, len);
    memcpy(s + k + 3 + len, around, n);
    int changed = blank_collapse(alone, len + 6, 1, &a, &err);
    CHECK(changed >= 0 && (changed == 0) == (a.text == NULL));
    CHECK_EQ(blank_collapse(s, k + 3 + len + n, 1, &b, &err), changed);
    size_t inside = a.len - 6;
    if (!CHECK(changed == 0 ||
               (b.len == k + 3 + inside + n && memcmp(b.text + k + 3, a.text + 3, inside) == 0)))
      fprintf(stderr, "  U+%04X\n", (unsigned)c);
    mill_stage_free(&a);
    mill_stage_free(&b);
  }
}

/* The same document among others and alone. */
static void same_text(const mill_text *a, const mill_text *b) {
  CHECK(text_wrong(a) == NULL);
  CHECK_STR(a->clean, b->clean);
  CHECK_STR(a->folded, b->folded);
  CHECK_STR(a->charset, b->charset);
  CHECK(a->n_blocks == b->n_blocks && a->n_articles == b->n_articles && a->n_notes == b->n_notes &&
        a->n_meta == b->n_meta && a->html == b->html && a->script == b->script);
  for (size_t k = 0; k < a->n_blocks && k < b->n_blocks; k++) {
    const mill_block *x = &a->blocks[k], *y = &b->blocks[k];
    CHECK(x->clean.from == y->clean.from && x->clean.to == y->clean.to && x->kind == y->kind && x->reason == y->reason);
  }
}

static void several(void) {
  static const mill_clean_options whole = {.html = 0, .no_blocks = 1}, unfolded = {.html = -1, .no_fold = 1},
                                  small = {.html = -1, .max_bytes = 10};
  static const struct { const char *raw; const mill_clean_options *options; } cases[AT_ONCE] = {
      {"北原镇设立14个卡点\n2020-02-26 来源:北原网 作者:王芳\n全镇干部职工坚守岗位,守住了每一个路口。", NULL},
      {"", NULL},
      {"<html><title>春耕</title><body><nav>首页 | 新闻</nav><p>水库开闸放水,春耕开始了。</p></body></html>", NULL},
      {"會(huì)議(yì)開(kāi)始", NULL}, {"a long text, too long", &small}, {"<p>一</p>", &whole},
      {"\xB1\xB1\xD4\xAD\xD5\xF2\xC9\xE8\xC1\xA2\xBF\xA8\xB5\xE3", NULL}, {"春天  来了\r\n\r\n河边", NULL},
      {"一、战线前移。各组抢收。\n二、力量下沉。各组抢种。\n三、服务上门。各组抢修。", NULL}, {" \n\t ", NULL}, {"5", NULL},
      {"首页 > 新闻 > 正文\n题目\n正文里有一句话,说的是春天。", &unfolded}, {"ＡＢＣ，１２３。", NULL}, {"", &small},
      {"某网讯(记者 周宁)入秋以来,全镇抢收抢种。", NULL}, {"\xFF\xFE\x25\x66", NULL}};
  clean_job jobs[AT_ONCE];
  mill_error err;
  for (unsigned n = 1; n <= AT_ONCE; n++) {
    for (unsigned k = 0; k < n; k++)
      jobs[k] = (clean_job){.raw = cases[k].raw, .n = strlen(cases[k].raw), .options = cases[k].options};
    clean_several(data, jobs, n);
    for (unsigned k = 0; k < n; k++) {
      mill_text *alone;
      CHECK_EQ(mill_clean(data, cases[k].raw, strlen(cases[k].raw), cases[k].options, &alone, &err), jobs[k].code);
      CHECK((jobs[k].text == NULL) == (jobs[k].code < 0) && (alone == NULL) == (jobs[k].text == NULL));
      if (jobs[k].code < 0) CHECK_STR(jobs[k].err.message, err.message);
      else if (cases[k].options != &unfolded) same_text(jobs[k].text, alone);
      mill_text_free(alone);
      mill_text_free(jobs[k].text);
    }
  }
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  texts();
  spans();
  notes();
  decisions();
  refused();
  mixed();
  hostile();
  long_line();
  blanks_anywhere();
  several();
  mill_text_free(t);
  mill_data_free(data);
  return check_report();
}
