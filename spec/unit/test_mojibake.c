/*
** test_mojibake.c - text that went through the wrong charset: single cases,
** what must stay, where the pieces lie, and inputs made to be slow.
*/
#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "textmill.h"

static mill_data *data;

typedef struct repaired { char *s; size_t len; mill_map *m; uint32_t count; } repaired;

static repaired repair(const char *s, size_t n, unsigned kinds) {
  repaired r = {0};
  mill_error err;
  CHECK_EQ(mill_repair(data, s, n, kinds, &r.s, &r.len, &r.m, &r.count, &err), 0);
  return r;
}
static void release(repaired *r) { free(r->s), mill_map_free(r->m); }

static void becomes(const char *s, const char *want) {
  repaired r = repair(s, strlen(s), MILL_REPAIR_ALL);
  if (!CHECK_STR(r.s, want)) fprintf(stderr, "  %s -> %s, expected %s\n", s, r.s, want);
  CHECK_EQ(r.count > 0, strcmp(s, want) != 0);
  release(&r);
}

static void latin(void) {
  becomes("crÃ¨me brÃ»lÃ©e", "crème brûlée");
  becomes("GrÃ¶ÃŸe und MaÃŸ", "Größe und Maß");
  becomes("â€œgutâ€\xC2\x9D â€” Ã\xC2\xA0 bientÃ´t", "“gut” — à bientôt");
  becomes("itâ€™s", "it’s");
  becomes("itÃ¢â‚¬â„¢s", "it’s");                         /* twice */
  becomes("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет");
  becomes("РџСЂРёРІРµС‚", "Привет");                     /* windows-1251 */
  becomes("pâtisserie, cafÃ©", "pâtisserie, café");       /* one word of two */
  becomes("caf√© r√¥ti", "café rôti");                   /* macintosh */
  becomes("ÅšwiÄ™to", "Święto");
  becomes("ä¸­æ–‡", "中文");
  becomes("ðŸ˜€ ok", "😀 ok");
  becomes("ï¼Œ", "，");
  becomes("tests\xC2\x97good", "tests—good");             /* a C1 control */
}

static void clean(void) {
  static const char *const texts[] = {
      "", "plain", "crème brûlée", "Ça va ? Été «français»…", "DÉJÀ VU™", "CAFÉ® NÉE’S", "Ärzte, Öl, Übung",
      "MAÑANA…”", "Привет, «мир» — СССР…", "Ελλάδα «ναι»…", "10 × 3 = 30°", "Ő—Ű", "naïve—é", "ČESKÁ „řeč“",
      "学校“很好”——是的…", "Tiếng Việt—Đà Nẵng", "ÄÖÜ ß", "SMÖRGÅS™", "√2 ≈ 1,41", "║═╬═║", "ÉÉ ÈÈ ÀÀ",
      "Ã", "Ã ", "â", "C’est l’été…”", "한국어 “좋다”", "日本語の「本」", "é\xC2\xA0: à\xC2\xA0!"};
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) becomes(texts[k], texts[k]);
}

/* UTF-8 bytes read as GB18030, as a browser does it. */
static char *garble(const char *s, size_t *len) {
  char *out, charset[32];
  mill_map *m;
  mill_error err;
  if (!CHECK_EQ(mill_decode(s, strlen(s), "gb18030", &out, len, charset, &m, &err), 0)) return NULL;
  mill_map_free(m);
  return out;
}

static void goes_back(const char *s) {
  size_t len;
  char *garbled = garble(s, &len);
  if (garbled == NULL) return;
  becomes(garbled, s);
  free(garbled);
}

static void gbk(void) {
  goes_back("春天来了，校园里开满了花");
  goes_back("学校、医院和车站");
  goes_back("全镇共有一百人、二十户“五保”家庭——都很好。");
  goes_back("二〇二〇年的气氛。");
  goes_back("他说：Hello，再见，ABC学校");
  goes_back("2019年3月5日，学校开学了。\n第二天下雨了。");
  goes_back("繁體中文也可以");
  becomes("鍏ㄩ晣鍏辨湁瀛︽牎", "全镇共有学校");
  becomes("前面很好鍏ㄩ晣鍏辨湁瀛︽牎后面也好", "前面很好全镇共有学校后面也好");
  becomes("锟斤拷锟斤拷", "锟斤拷锟斤拷"); /* what was lost stays lost */
}

/* Spans lead back to the garbled bytes; three characters of GBK hold two. */
static void provenance(void) {
  const char *s = "a鍏ㄩ晣b Ã©";
  repaired r = repair(s, strlen(s), MILL_REPAIR_ALL);
  const mill_run *runs;
  CHECK_STR(r.s, "a全镇b é");
  CHECK_EQ(r.count, 3);
  mill_span two = mill_map_from(r.m, (mill_span){1, 4}), last = mill_map_from(r.m, (mill_span){9, 11});
  CHECK(two.from == 1 && two.to == 10);
  CHECK(last.from == 12 && last.to == 16);
  for (size_t k = mill_map_runs(r.m, &runs); k-- > 0;) CHECK_EQ(runs[k].kind, MILL_EDIT_MOJIBAKE);
  release(&r);
  size_t len, guesses = 0;
  char *garbled = garble( /* 年 loses a byte: 31 cannot end a pair */
      "我们学校有三年1班", &len);
  if (garbled == NULL) return;
  r = repair(garbled, len, MILL_REPAIR_ALL);
  CHECK_STR(r.s, "我们学校有三年1班");
  for (size_t k = mill_map_runs(r.m, &runs); k-- > 0;)
    guesses += runs[k].kind == MILL_EDIT_GUESS ? runs[k].count : 0;
  CHECK(guesses >= 1);
  release(&r);
  free(garbled);
}

static void kinds(void) {
  const char *s = "鍏ㄩ晣鍏辨湁瀛︽牎 Ã©tÃ©";
  repaired r = repair(s, strlen(s), MILL_REPAIR_GBK);
  CHECK_STR(r.s, "全镇共有学校 Ã©tÃ©");
  release(&r);
  r = repair(s, strlen(s), MILL_REPAIR_LATIN);
  CHECK_STR(r.s, "鍏ㄩ晣鍏辨湁瀛︽牎 été");
  release(&r);
  r = repair(s, strlen(s), 0);
  CHECK_STR(r.s, s);
  release(&r);
  mill_error err;
  CHECK_EQ(mill_repair(data, "a\xFF", 2, MILL_REPAIR_ALL, &r.s, &r.len, NULL, &r.count, &err), MILL_EUTF8);
  CHECK_EQ(err.position, 1);
}

/* Notes of a cleaned page: one a stretch, raw span on the garbled bytes. */
static void notes(void) {
  const char *page = "<p>很好鍏ㄩ晣鍏辨湁瀛︽牎<p>Ã©tÃ©";
  mill_text *t = NULL;
  mill_error err;
  uint32_t seen = 0;
  if (!CHECK_EQ(mill_clean(data, page, strlen(page), NULL, &t, &err), 0)) return;
  CHECK_STR(t->clean, "很好全镇共有学校\nété");
  CHECK_EQ(t->n_repaired, 8);
  for (size_t k = 0; k < t->n_notes; k++) {
    if (t->notes[k].kind != MILL_EDIT_MOJIBAKE || seen++ > 0) continue;
    CHECK(t->notes[k].raw.from == 9 && t->notes[k].raw.to == 36);
    CHECK(t->notes[k].clean.from == 6 && t->notes[k].clean.to == 24);
  }
  CHECK_EQ(seen, 3);
  mill_text_free(t);
}

/* Time grows with the length: 1 MB of each pattern. */
static void hostile(void) {
  static const char *const patterns[] = {"鍏?", "鍏", "鍏路", "鍏路路", "鍏ㄩ", "锛?", "Ã", "Ã©x", "Ã ", "â€", "РІ",
    "\xC2\x80", "ë…", "鍏\xEF\xBF\xBD", "鍏a", "ã†â€"};
  const size_t n = 1u << 20;
  char *s = malloc(n);
  for (size_t k = 0; s != NULL && k < sizeof patterns / sizeof *patterns; k++) {
    size_t len = strlen(patterns[k]), full = 0;
    for (; full + len <= n; full += len) memcpy(s + full, patterns[k], len);
    clock_t before = clock();
    repaired r = repair(s, full, MILL_REPAIR_ALL);
    if (!CHECK(clock() - before < 20 * CLOCKS_PER_SEC)) fprintf(stderr, "  slow: %s\n", patterns[k]);
    release(&r);
  }
  free(s);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  latin();
  clean();
  gbk();
  provenance();
  kinds();
  notes();
  hostile();
  mill_data_free(data);
  return check_report();
}
