/* test_subwords.c - words in words: against looking every piece of a token up. */
#include <stdlib.h>

#include "check.h"
#include "core/data.h"
#include "core/lexicon.h"

static mill_data *data;
static const mill_lexicon *lx;
static mill_tokens t;
static mill_subwords parts;

static void find(const char *s, const mill_userwords *user) {
  mill_segment_options o = {.user = user};
  CHECK_EQ(mill_segment(lx, s, strlen(s), &o, &t, NULL), 0);
  CHECK_EQ(mill_find_subwords(lx, user, s, &t, &parts, NULL), 0);
}

/* Those of s, as token:word. */
static void check(const char *s, const mill_userwords *user, const char *expected) {
  char got[1024] = "";
  size_t n = 0;
  find(s, user);
  for (size_t k = 0; k < parts.n && n < sizeof got - 100; k++) {
    const mill_subword *w = &parts.list[k];
    n += (size_t)snprintf(got + n, 100, "%s%u:%.*s", k > 0 ? " " : "", w->token, (int)(w->to - w->from),
                          s + w->from);
  }
  CHECK_STR(got, expected);
}

static void test_some(void) {
  check("", NULL, "");
  check("在重庆大学的", NULL, "");
  check("北京大学的水库", NULL, "0:北京 0:大学");
  check("看中华人民共和国", NULL, "1:中华人民 1:中华 1:华人 1:人民共和国 1:人民 1:共和国 1:共和");
  check("t恤衫", NULL, "0:t恤 0:恤衫");
  check("三百六十五天123456工作", NULL, "");
}

static void test_user(void) {
  mill_userwords *u = NULL;
  mill_user_word gate = {.tag = MILL_TAG_NS, .force = 1}, only = {.classes = "gate", .only_class = 1};
  CHECK_EQ(mill_userwords_new(data, &u, NULL), 0);
  CHECK_EQ(mill_userwords_add(u, "京大学生", strlen("京大学生"), &gate, NULL), 0);
  CHECK_EQ(mill_userwords_add(u, "大学", strlen("大学"), &gate, NULL), 0);
  CHECK_EQ(mill_userwords_add(u, "北京大学生ai芯片 x", strlen("北京大学生ai芯片 x"), &gate, NULL), 0);
  CHECK_EQ(mill_userwords_add(u, "学生", strlen("学生"), &only, NULL), 0);
  CHECK_EQ(mill_userwords_add(u, "i芯片", strlen("i芯片"), NULL, NULL), 0);
  CHECK_EQ(mill_userwords_remove(u, "芯片", strlen("芯片"), NULL), 1);
  check("有北京大学生ai芯片  x", u, "1:北京大学 1:北京 1:京大学生 1:大学生 1:大学 1:学生");
  uint32_t n = mill_lexicon_count(lx);
  for (size_t k = 0; k < parts.n; k++) {
    size_t len = parts.list[k].to - parts.list[k].from;
    int mine = strncmp("京大学生", &"有北京大学生ai芯片  x"[parts.list[k].from], len) == 0 || k == 4;
    CHECK_EQ(parts.list[k].word >= n, mine);
    CHECK(!mine || parts.list[k].tag == MILL_TAG_NS);
  }
  mill_userwords_free(u);
}

/* Every piece of a word that mill_lexicon_find knows, by rights in this order. */
static size_t pieces(const char *s, size_t n, mill_subword *out) {
  size_t count = 0;
  mill_word w;
  for (size_t i = 0; i < n; i += 3)
    for (size_t end = n; end > i + 3; end -= 3)
      if (end - i < n && mill_lexicon_find(lx, s + i, end - i, &w))
        out[count++] = (mill_subword){0, (uint32_t)i, (uint32_t)end, w.id, w.tag};
  return count;
}

static void test_all_words(void) {
  static const char marks[] = "·•";
  mill_subword expected[512];
  mill_word w;
  uint32_t wrong = 0, seen = 0;
  for (uint32_t id = 0; id < mill_lexicon_count(lx); id += 3) {
    char s[64];
    uint32_t start[2] = {0}, word = id, value = MILL_NONE;
    uint8_t tag = MILL_TAG_N, kind = MILL_KIND_HAN;
    int plain = mill_lexicon_word(lx, id, &w) == 1 && w.len % 3 == 0 && w.len < 49;
    for (size_t i = 0; plain && i < w.len; i += 3)
      plain = ((unsigned char)w.text[i] & 0xF0) == 0xE0 && memcmp(w.text + i, marks, 2) != 0;
    if (!plain) continue;
    memcpy(s, w.text, w.len);
    start[1] = (uint32_t)w.len;
    mill_tokens one = {.n = 1, .start = start, .word = &word, .tag = &tag, .kind = &kind, .value = &value};
    mill_find_subwords(lx, NULL, s, &one, &parts, NULL);
    size_t n = pieces(s, w.len, expected);
    int same = n == parts.n;
    for (size_t k = 0; same && k < n; k++)
      same = parts.list[k].from == expected[k].from && parts.list[k].to == expected[k].to &&
             parts.list[k].word == expected[k].word && parts.list[k].tag == expected[k].tag;
    wrong += !same;
    seen += (uint32_t)n;
  }
  CHECK_EQ(wrong, 0);
  CHECK(seen > 50000);
}

int main(void) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_error err;
  if (mill_data_open(dir != NULL ? dir : "build/lib/textmill", &data, &err) < 0)
    return fprintf(stderr, "%s\n", err.message), 1;
  lx = mill_data_lexicon(data);
  CHECK_EQ(mill_find_subwords(NULL, NULL, "", &t, &parts, NULL), MILL_EINVAL);
  test_some();
  test_user();
  test_all_words();
  mill_tokens_free(&t);
  mill_subwords_free(&parts);
  mill_data_free(data);
  return check_report();
}
