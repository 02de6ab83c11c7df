/*
** normalize.c - forms in GB/s of input, validation and map included, beside
** ICU's UTF-8 path and utf8proc, which make no map. Texts are put together from
** the words below; with TEXT (Chinese) that too. ICU has no
** form like fold: NFKC_Casefold stands beside it, as beside one pass (mill_fold:
** glosses, too), and ICU with OpenCC behind it. plain: without AVX2. Texts of 1 MB lie in the second cache.
** usage: normalize IMAGES RUNS [TEXT]
*/
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <unicode/uvernum.h>

#include "core/data.h"
#include "core/normalize.h"
#include "row.h"
#include "textmill.h"
#ifdef BENCH_OPENCC
#include <opencc/opencc.h>
#endif
#ifdef BENCH_UTF8PROC
#include <utf8proc.h>
#endif

#define MAX_RUNS 25
#define SIZE (1u << 20)

size_t icu_normalize(int form, const char *s, size_t n, char *out, size_t capacity);

static mill_data data;
static int runs;

_Noreturn static void fail(const char *what) {
  fprintf(stderr, "bench-normalize: %s\n", what);
  exit(1);
}

/* ---- texts ------------------------------------------------------------------------ */

typedef struct text { char *s; size_t n; } text;

static const char *const chinese[] = {
    "农业", "生产", "全镇", "我们", "发展", "经济", "工作", "会议", "的", "和", "在", "了", "干部",
    "群众", "水利", "建设", "项目", "投资", "万元", "同比", "增长", "进一步", "推进", "落实", "责任",
    "学校", "医院", "道路", "维修", "完成", "今年", "以来", "组织", "开展", "活动", "服务", "中心",
    "安全", "检查", "问题", "整改", "农户", "种植", "面积", "亩", "收入", "提高", "有关", "部门",
    "2019", "15", "3.6%", "，", "，", "，", "，", "。", "。", "、", "：", "“", "”", "；", "（", "）", "\n"};
static const char *const traditional[] = {
    "農業", "生產", "全鎮", "我們", "發展", "經濟", "工作", "會議", "的", "和", "在", "了", "幹部",
    "群眾", "水利", "建設", "項目", "投資", "萬元", "同比", "增長", "進一步", "推進", "落實", "責任",
    "學校", "醫院", "道路", "維修", "完成", "今年", "以來", "組織", "開展", "活動", "服務", "中心",
    "安全", "檢查", "問題", "整改", "農戶", "種植", "面積", "畝", "收入", "提高", "有關", "部門",
    "2019", "15", "3.6%", "，", "，", "，", "，", "。", "。", "、", "：", "「", "」", "；", "（", "）", "\n"};
static const char *const english[] = {
    "the ", "of ", "and ", "to ", "in ", "a ", "is ", "that ", "for ", "it ", "was ", "on ", "river ",
    "village ", "council ", "meeting ", "report ", "farmers ", "harvest ", "between ", "several ",
    "however ", "quickly ", "road ", "building ", "school ", "was finished ", "last year ", "during ",
    "improved ", "agreement ", "services ", "people ", "water ", "market, ", "which ", "their ",
    "season. The ", "winter. In ", "again. It ", "Monday ", "Peter ", "2019 ", "price; ", "\n"};
static const char *const french[] = {
    "le ", "la ", "les ", "de ", "des ", "et ", "à ", "en ", "un ", "une ", "que ", "qui ", "dans ",
    "était ", "année ", "déjà ", "récolte ", "marché ", "l’école ", "conseil ", "réunion ", "été ",
    "village ", "rivière ", "pour ", "sur ", "avec ", "première ", "où ", "forêt ", "français ",
    "travaux ", "élèves ", "sans ", "plus ", "produits. Le ", "prix. La ", "Été ", "maison ", "\n"};
static const char *const vietnamese[] = {
    "người ", "được ", "những ", "trong ", "của ", "nước ", "đường ", "trường ", "một ", "các ",
    "nông nghiệp ", "phát triển ", "kinh tế ", "xã hội ", "học sinh ", "bệnh viện ", "mùa vụ ",
    "chợ ", "sông ", "làng ", "năm ", "và ", "với ", "để ", "không ", "rất ", "tốt. ", "Hội đồng ", "\n"};
static const char *const korean[] = {"마을 ", "농업 ", "회의 ", "사람들이 ", "학교에서 ", "도로를 ",
                                     "건설하고 ", "발전 ", "올해 ", "시장은 ", "물이 ", "많다. ",
                                     "경제 ", "성장 ", "병원 ", "\n"};
static const char *const kana[] = {"むらの", "ひとびとは", "がっこうで", "みずを", "つくり", "ました。",
                                   "サービス", "データ", "グループ", "センター", "プロジェクト", "ことし、",
                                   "いちばで", "ゆたかな", "バス", "\n"};
static const char *const half_kana[] = {"ｻｰﾋﾞｽ ", "ﾃﾞｰﾀ ", "ｸﾞﾙｰﾌﾟ ", "ｾﾝﾀｰ ", "ﾌﾟﾛｼﾞｪｸﾄ ",
                                        "ｶﾀｶﾅ ",  "ﾊﾞｽ",   "｡",       "\n"};
static const char *const wide[] = {"Ｔｈｅ　", "ｒｉｖｅｒ　", "ｍａｒｋｅｔ，　", "２０１９　", "ＡＢＣ　",
                                   "ｓｃｈｏｏｌ．　", "（１）　", "ｗａｔｅｒ　"};

static text words(const char *const *word, size_t count) {
  uint64_t state = 88172645463325252u;
  text t = {malloc(SIZE + 64), 0};
  if (t.s == NULL) fail("no memory");
  while (t.n < SIZE) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    const char *w = word[state % count];
    size_t n = strlen(w);
    memcpy(t.s + t.n, w, n);
    t.n += n;
  }
  return t;
}

static text decomposed(text in) {
  text out;
  if (mill_normalize(&data, MILL_NFD, in.s, in.n, &out.s, &out.n, NULL, NULL) < 0) fail("NFD");
  free(in.s);
  return out;
}

/* ---- measuring -------------------------------------------------------------------- */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); /* other work on the machine does not count */
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

/* GB/s of the median run. */
static double speed(double *times, text in) {
  qsort(times, (size_t)runs, sizeof *times, by_value);
  return (double)in.n / 1e9 / times[runs / 2];
}

enum way { USUAL, PLAIN, ONE_PASS };

static size_t ours(enum mill_form form, enum way way, text in, char **out) {
  size_t n;
  mill_map *map;
  mill_error err;
  if (way == PLAIN) {
    mill_buffer b = {0};
    map = mill_map_new();
    if (map == NULL || !mill_buffer_reserve(&b, normalize_room(in.n)) || /* as mill_normalize does */
        normalize_append_on(&data, form, in.s, in.n, &b, map, 0) < 0) fail("plain");
    mill_map_free(map);
    *out = mill_buffer_take(&b, &n);
    return n;
  }
  if (way == ONE_PASS) {
    if (mill_fold(&data, in.s, in.n, out, &n, &map, &err) < 0) fail(err.message);
    mill_map_free(map);
    return n;
  }
  if (mill_normalize(&data, form, in.s, in.n, out, &n, &map, &err) < 0) fail(err.message);
  mill_map_free(map);
  return n;
}

static void utf8proc(enum mill_form form, text in) {
#ifdef BENCH_UTF8PROC
  int options = UTF8PROC_STABLE | (form == MILL_NFD ? UTF8PROC_DECOMPOSE : UTF8PROC_COMPOSE);
  if (form >= MILL_NFKC_CF) options |= UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
  utf8proc_uint8_t *out;
  if (utf8proc_map((const utf8proc_uint8_t *)in.s, (utf8proc_ssize_t)in.n, &out,
                   (utf8proc_option_t)options) < 0)
    fail("utf8proc");
  free(out);
#else
  (void)form, (void)in;
#endif
}

/* What is asked of a row, after row.h; NULL: nothing. The hard texts must be twice
** as fast as ICU in every form. */
static const char *target_of(const char *name, enum mill_form form, enum way way) {
  static const char *const hard[] = {"Vietnamese, decomposed", "conjoining jamo", "kana", "kana, half width",
                                     "all full width"};
  for (size_t k = 0; k < sizeof hard / sizeof *hard; k++)
    if (strcmp(name, hard[k]) == 0) return "x2";
  if (way == ONE_PASS) return strstr(name, "Chinese") != NULL ? ">=1.2" : NULL;
  if (form != MILL_NFKC_CF) return NULL;
  if (way == PLAIN) return "x2"; /* the portable path */
  if (strcmp(name, "Chinese") == 0) return ">=3";
  return strcmp(name, "English") == 0 ? ">=10" : strcmp(name, "French") == 0 ? ">=6" : NULL;
}

/* All three take turns, so that a busy minute hits them alike. */
static void row(const char *name, text in, enum mill_form form, enum way way, const char *form_name) {
  double times[3][MAX_RUNS];
  enum mill_form known = form > MILL_NFKC_CF ? MILL_NFKC_CF : form;
  size_t capacity = in.n * 4 + 64, icu_len = 0, len = 0;
  char *icu = calloc(1, capacity), *out = NULL;
  if (icu == NULL) fail("no memory");
  for (int i = -1; i < runs; i++) { /* the first round warms up */
    double start = now();
    free(out);
    len = ours(form, way, in, &out);
    double second = now();
    icu_len = icu_normalize((int)known, in.s, in.n, icu, capacity);
    double third = now();
    utf8proc(known, in);
    if (i >= 0) times[0][i] = second - start, times[1][i] = third - second, times[2][i] = now() - third;
  }
  if (form == known && (len != icu_len || memcmp(out, icu, len) != 0)) fail("ICU says something else");
  double a = speed(times[0], in), b = speed(times[1], in), c = speed(times[2], in);
  printf("%-22s %-8s %7.2f %7.2f %6.1fx", name, form_name, a, b, a / b);
#ifdef BENCH_UTF8PROC
  printf(" %9.3f %6.0fx", c, a / c);
#endif
  putchar('\n');
  char label[64];
  snprintf(label, sizeof label, "%s, %s", name, form_name);
  bench_row("normalisation, with map", label, a, "GB/s", form == known ? "ICU" : "ICU NFKC_CF", b,
            target_of(name, form, way));
#ifdef BENCH_UTF8PROC
  bench_row("normalisation, with map", label, a, "GB/s", "utf8proc", c, NULL);
#endif
  (void)c;
  free(icu);
  free(out);
}

/* One pass beside what it stands for: ICU's NFKC_Casefold, then OpenCC's characters
** and phrases to simplified ones; neither keeps a map, nor skips glosses. */
static void chain(const char *name, text in) {
#ifdef BENCH_OPENCC
  double times[2][MAX_RUNS];
  size_t capacity = in.n * 4 + 64, len;
  char *icu = malloc(capacity), *out;
  opencc_t cc = opencc_open("t2s.json");
  if (icu == NULL || cc == (opencc_t)-1) fail("OpenCC");
  for (int i = 0; i < runs; i++) {
    double start = now();
    ours(MILL_FOLD, ONE_PASS, in, &out);
    double second = now();
    free(out);
    len = icu_normalize(MILL_NFKC_CF, in.s, in.n, icu, capacity);
    opencc_convert_utf8_free(opencc_convert_utf8(cc, icu, len));
    times[0][i] = second - start, times[1][i] = now() - second;
  }
  double a = speed(times[0], in) * 1e3, b = speed(times[1], in) * 1e3;
  printf("%-22s one pass %4.0f MB/s, ICU NFKC_CF + OpenCC t2s %.1f MB/s, %.0fx\n", name, a, b, a / b);
  bench_row("fold in one pass, with map", name, a, "MB/s", "ICU + OpenCC (Debian)", b, NULL);
  bench_row("fold in one pass, with map", name, a, "MB/s", "OpenCC 1.4.1 chain (quoted)", 58, NULL);
  opencc_close(cc);
  free(icu);
#else
  (void)name, (void)in;
#endif
}

/* The file as it is: normalised and folded. */
static void articles(const char *path) {
  FILE *f = fopen(path, "rb");
  text t = {malloc(SIZE + 64), 0};
  if (f == NULL || t.s == NULL) fail(path);
  t.n = fread(t.s, 1, SIZE, f);
  fclose(f);
  while (t.n > 0 && ((unsigned char)t.s[t.n - 1] & 0xC0) == 0x80) t.n--;
  if (t.n > 0 && (unsigned char)t.s[t.n - 1] >= 0xC0) t.n--;
  row(path + (strlen(path) > 22 ? strlen(path) - 22 : 0), t, MILL_NFKC_CF, USUAL, "NFKC_CF");
  row("", t, MILL_NFKC_CF, PLAIN, "CF plain");
  row("", t, MILL_FOLD, ONE_PASS, "one pass");
  chain("real text", t);
  free(t.s);
}

#define WORDS(list) words(list, sizeof list / sizeof *list)

/* Nanoseconds of a look-up anywhere in a map, and of composing, an edit. */
static void lookups(void) {
  text t = WORDS(chinese);
  char *a, *b;
  size_t n, k;
  mill_map *first, *second, *both;
  const mill_run *run;
  uint64_t state = 1, sum = 0;
  if (mill_normalize(&data, MILL_NFC, t.s, t.n, &a, &n, &first, NULL) < 0 ||
      mill_normalize(&data, MILL_FOLD, a, n, &b, &k, &second, NULL) < 0)
    fail("maps");
  double start = now();
  for (int i = 0; i < 1000000; i++) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    uint32_t at = (uint32_t)(state % k);
    sum += mill_map_from(second, (mill_span){at, at + 1}).from;
  }
  double looked = now();
  for (int i = 0; i < 20; i++) {
    if (mill_map_compose(first, second, &both) < 0) fail("compose");
    sum += mill_map_runs(both, &run);
    mill_map_free(both);
  }
  double composed = now();
  size_t edits = mill_map_runs(second, &run);
  printf("map of %zu runs: a look-up %.0f ns, composing %.1f ns a run (%u)\n", edits,
         (looked - start) * 1e3, (composed - looked) / 20 / (double)edits * 1e9, (unsigned)(sum & 1));
  mill_map_free(first);
  mill_map_free(second);
  free(a);
  free(b);
  free(t.s);
}

int main(int argc, char **argv) {
  mill_error err;
  bench_rows(&argc, argv);
  if (argc < 3) fail("usage: normalize IMAGES RUNS [TEXT]");
  /* memory is kept from run to run, as by a program that does one text after another */
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  runs = atoi(argv[2]) > 0 && atoi(argv[2]) <= MAX_RUNS ? atoi(argv[2]) : 5;
  if (unicode_attach(&data, argv[1], &err) < 0) fail(err.message);
  const struct { const char *name; text in;
  } texts[] = {{"Chinese", WORDS(chinese)},
               {"traditional Chinese", WORDS(traditional)},
               {"English", WORDS(english)},
               {"French", WORDS(french)},
               {"Vietnamese", WORDS(vietnamese)},
               {"Vietnamese, decomposed", decomposed(WORDS(vietnamese))},
               {"Korean", WORDS(korean)},
               {"conjoining jamo", decomposed(WORDS(korean))},
               {"kana", WORDS(kana)},
               {"kana, half width", WORDS(half_kana)},
               {"all full width", WORDS(wide)}};
  bench_version("ICU", U_ICU_VERSION);
#ifdef BENCH_UTF8PROC
  bench_version("utf8proc", utf8proc_version());
#endif
  printf("GB/s of input, %d MB each    textmill     ICU  ratio   utf8proc  ratio\n", (int)(SIZE >> 20));
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    row(texts[i].name, texts[i].in, MILL_NFC, USUAL, "NFC");
    row(texts[i].name, texts[i].in, MILL_NFD, USUAL, "NFD");
    row(texts[i].name, texts[i].in, MILL_NFKC_CF, USUAL, "NFKC_CF");
    row(texts[i].name, texts[i].in, MILL_FOLD, USUAL, "fold");
    row(texts[i].name, texts[i].in, MILL_FOLD, ONE_PASS, "one pass");
    if (i == 0) row(texts[i].name, texts[i].in, MILL_NFKC_CF, PLAIN, "CF plain");
    if (i < 2) chain(texts[i].name, texts[i].in);
    free(texts[i].in.s);
  }
  if (argc > 3) articles(argv[3]);
  lookups();
  unicode_detach(&data);
  mill_image_close(&data.unicode);
  return 0;
}
