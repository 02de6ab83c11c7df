/*
** test_blocks.c - blocks, articles and metadata.
**
**   test_blocks            runs spec/corpus/blocks (.txt: name / input / ---- /
**                          expected) and the invariants
**   test_blocks FILE...    prints what was found in each file, one JSON object
**                          a line; boilerplate as in the raw bytes
**
** Expected: one line for each piece of metadata and each block that is no
** paragraph, then counts. A block line is "kind: text", a heading "heading
** LEVEL ORDINAL: text", boilerplate "boilerplate REASON: text".
*/
#include <dirent.h>
#include <stdlib.h>

#include "../../csrc/textmill.h"
#include "check.h"

#define OUT_MAX 65536
typedef struct out { char s[OUT_MAX]; size_t n; } out;

static void put(out *o, const char *s, size_t n) {
  if (o->n + n + 1 > OUT_MAX) return;
  memcpy(o->s + o->n, s, n);
  o->s[o->n += n] = '\0';
}
static void puts_(out *o, const char *s) { put(o, s, strlen(s)); }

static char *slurp(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  char *s = NULL;
  if (!f) return NULL;
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  if (size >= 0 && (s = malloc((size_t)size + 1)) != NULL) {
    *n = fread(s, 1, (size_t)size, f);
    s[*n] = '\0';
  }
  fclose(f);
  return s;
}

/* ---- the corpus ------------------------------------------------------------- */

static void dump_block(out *o, const mill_text *t, const mill_block *b, unsigned *paragraphs) {
  char line[64];
  switch (b->kind) {
    case MILL_BLOCK_PARAGRAPH: case MILL_BLOCK_LIST: ++*paragraphs; return;
    case MILL_BLOCK_DATELINE: case MILL_BLOCK_BYLINE: case MILL_BLOCK_KEYWORDS: return;
    case MILL_BLOCK_HEADING: snprintf(line, sizeof line, "heading %d %d: ", b->level, b->ordinal); break;
    case MILL_BLOCK_BOILERPLATE: snprintf(line, sizeof line, "boilerplate %s: ", b->reason); break;
    default: snprintf(line, sizeof line, "%s: ", mill_block_name((enum mill_block_kind)b->kind));
  }
  puts_(o, line);
  put(o, t->clean + b->clean.from, b->clean.to - b->clean.from);
  puts_(o, "\n");
}

static void dump(out *o, const mill_text *t) {
  unsigned paragraphs = 0;
  char line[80];
  o->n = 0;
  o->s[0] = '\0';
  for (size_t i = 0; i < t->n_meta; i++) {
    if (strcmp(t->meta[i].key, "description") == 0 || strcmp(t->meta[i].key, "publisher") == 0) continue;
    puts_(o, t->meta[i].key);
    puts_(o, ": ");
    puts_(o, t->meta[i].value);
    puts_(o, "\n");
  }
  for (size_t i = 0; i < t->n_blocks; i++)
    if (t->blocks[i].kind != MILL_BLOCK_TITLE || t->n_articles > 1)
      dump_block(o, t, &t->blocks[i], &paragraphs);
  snprintf(line, sizeof line, "paragraphs: %u\narticles: %zu\n", paragraphs, t->n_articles);
  puts_(o, line);
}

/* Blocks are in order, apart, trimmed, and hold all that is not blank. */
static void check_tiling(const mill_text *t) {
  uint32_t at = 0;
  int tiles = 1, ordered = 1;
  for (size_t i = 0; i <= t->n_blocks; i++) {
    uint32_t next = i < t->n_blocks ? t->blocks[i].clean.from : (uint32_t)t->clean_len;
    if (next < at) ordered = 0;
    for (uint32_t k = at; k < next; k++)
      if (!strchr(" \n\t\r", t->clean[k]) && (unsigned char)t->clean[k] < 0x80 && t->clean[k]) tiles = 0;
    if (i < t->n_blocks) at = t->blocks[i].clean.to;
  }
  CHECK(ordered);
  CHECK(tiles);
  size_t blocks = 0;
  for (size_t a = 0; a < t->n_articles; a++) {
    CHECK_EQ(t->articles[a].first_block, blocks);
    blocks += t->articles[a].n_blocks;
  }
  CHECK_EQ(blocks, t->n_blocks);
}

/* A value's raw span, cleaned by itself and displayed, is the value (times and
** counts are written anew, blanks in names go). */
static void check_meta(const mill_data *d, const mill_text *t) {
  mill_clean_options o = {.html = t->html, .no_blocks = 1};
  for (size_t i = 0; i < t->n_meta; i++) {
    const mill_meta *m = &t->meta[i];
    mill_text *part = NULL;
    char *shown = NULL;
    size_t n = 0;
    if (!CHECK(m->raw.from < m->raw.to && m->raw.to <= t->raw_len)) continue;
    if (strcmp(m->key, "published") == 0 || strcmp(m->key, "clicks") == 0 || m->clean.from == MILL_NONE)
      continue;
    if (CHECK(mill_clean(d, t->raw + m->raw.from, m->raw.to - m->raw.from, &o, &part, NULL) == 0) &&
        CHECK(mill_normalize(d, MILL_DISPLAY, part->clean, part->clean_len, &shown, &n, NULL, NULL) >= 0) &&
        !strpbrk(shown, " \n"))
      CHECK_STR(shown, m->value);
    free(shown);
    mill_text_free(part);
  }
}

static void run_case(const mill_data *d, const char *name, const char *input, size_t n,
                     const char *expected) {
  static out o;
  mill_text *t = NULL;
  mill_error err;
  if (!CHECK(mill_clean(d, input, n, NULL, &t, &err) == 0)) return;
  dump(&o, t);
  if (!CHECK(strcmp(o.s, expected) == 0)) {
    fprintf(stderr, "---- %s: got\n%s---- wanted\n%s", name, o.s, expected);
  }
  check_tiling(t);
  check_meta(d, t);
  mill_text_free(t);
}

/* ====\nname\n====\ninput\n---\nexpected\n[====...] */
static void run_file(const mill_data *d, const char *path) {
  size_t n = 0;
  char *s = slurp(path, &n), *at = s;
  if (!CHECK(s != NULL)) return;
  while (at && strncmp(at, "====\n", 5) == 0) {
    char *name = at + 5, *input = strstr(name, "\n====\n"), *expected, *next;
    if (!CHECK(input != NULL)) break;
    *input = '\0';
    input += 6;
    if (!CHECK((expected = strstr(input, "\n---\n")) != NULL)) break;
    *expected = '\0';
    expected += 5;
    next = strstr(expected, "\n====\n");
    char kept = next ? next[1] : '\0';
    if (next) next[1] = '\0';
    run_case(d, name, input, strlen(input), expected);
    if (next) next[1] = kept;
    at = next ? next + 1 : NULL;
  }
  free(s);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static void run_corpus(const mill_data *d, const char *dir) {
  struct dirent **list;
  int n = scandir(dir, &list, NULL, by_name);
  CHECK(n > 12);
  for (int i = 0; i < n; i++) {
    char path[512];
    size_t len = strlen(list[i]->d_name);
    snprintf(path, sizeof path, "%s/%s", dir, list[i]->d_name);
    if (len > 4 && strcmp(list[i]->d_name + len - 4, ".txt") == 0) run_file(d, path);
    free(list[i]);
  }
  if (n >= 0) free(list);
}

/* Random pieces of cue words must neither crash nor break the tiling. */
static void run_noise(const mill_data *d) {
  static const char *const bits[] = {
    "来源:", "作者", " ", "\n", "\n", "2020-02-26", "点击:285次", "(", ")", "记者", "周宁", "。", "版权声明:", "本网", "转载",
    "首页", " > ", "一、", "1.", "(一)", "X镇:", "的", "相关新闻", "43", "image.png", "讯(", "关键词:", "|", "【", "】",
    "感受是:", "by ", "/", "、", "“三", "”:", "\xE3\x80\x80", "发布时间:", "16:57", "编辑", ":", "本组稿件由", "采写", "\r",
    "&nbsp;", "<p>"};
  uint64_t state = 88172645463325252u;
  for (int round = 0; round < 1500; round++) {
    char text[2048];
    size_t n = 0;
    unsigned parts = check_below(&state, 60);
    for (unsigned i = 0; i < parts; i++) {
      const char *bit = bits[check_below(&state, sizeof bits / sizeof *bits)];
      memcpy(text + n, bit, strlen(bit));
      n += strlen(bit);
    }
    mill_text *t = NULL;
    if (n == 0) continue;
    if (mill_clean(d, text, n, NULL, &t, NULL) == 0) check_tiling(t);
    mill_text_free(t);
  }
}

/* What only attributes and JSON-LD say, with the raw bytes of each value. */
static void in_attributes(const mill_data *d) {
  static const char page[] =
      "<html><head><meta http-equiv=Content-Type content='text/html; charset=utf-8'>"
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"A \\u0026 "
      "B\",\"datePublished\":"
      "\"2023-04-05T06:07:08+08:00\",\"author\":[{\"name\":\"Ann Lee\"},\"Bo "
      "Li\"],\"publisher\":{\"name\":\"Paper\"}}</script>"
      "</head><body><p>One sentence of text stands here.</p></body></html>";
  static const struct { const char *key, *value, *raw; } want[] = {
      {"title", "A & B", "A \\u0026 B"}, {"published", NULL, "2023-04-05T06:07:08+08:00"},
      {"author", "Ann Lee", "Ann Lee"}, {"author", "Bo Li", "Bo Li"}, {"publisher", "Paper", "Paper"},
      {"charset", "utf-8", "utf-8"}};
  mill_text *t = NULL;
  if (!CHECK_EQ(mill_clean(d, page, sizeof page - 1, NULL, &t, NULL), 0)) return;
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
    int found = 0;
    for (size_t i = 0; i < t->n_meta; i++) {
      const mill_meta *m = &t->meta[i];
      size_t n = m->raw.to - m->raw.from;
      found |= strcmp(m->key, want[k].key) == 0 &&
               (want[k].value == NULL || strcmp(m->value, want[k].value) == 0) && n == strlen(want[k].raw) &&
               memcmp(page + m->raw.from, want[k].raw, n) == 0;
    }
    if (!CHECK(found)) fprintf(stderr, "  no %s from %s\n", want[k].key, want[k].raw);
  }
  mill_text_free(t);
}

/* A long run of lines or attributes that each pass might go through again for
** every one of them: hours when one does, no time at all when none does. */
static void run_long(const mill_data *d) {
  static const struct { const char *head, *unit; } cases[] = {
    {"看完本文心情\n", "1\n"}, {"版权声明\n", "本网\n"}, {"", "记者 周宁\n"}, {"首页 > 新闻\n", "1\n"},
    {"<html>", "<meta property='article:tag' content='a,b,c,d,e,f,g,h'>"}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    size_t head = strlen(cases[k].head), unit = strlen(cases[k].unit), n = head;
    char *text = malloc(head + 200000 + unit);
    if (!text) continue;
    memcpy(text, cases[k].head, head);
    for (; n < 200000; n += unit) memcpy(text + n, cases[k].unit, unit);
    mill_text *t = NULL;
    if (CHECK(mill_clean(d, text, n, NULL, &t, NULL) == 0)) CHECK(t->n_meta < 2000);
    mill_text_free(t);
    free(text);
  }
}

/* ---- printing what a file holds ---------------------------------------------- */

static void json(const char *s, size_t n) {
  putchar('"');
  for (size_t i = 0; i < n; i++) {
    if (s[i] == '"' || s[i] == '\\') putchar('\\');
    if ((unsigned char)s[i] < 0x20) printf("\\u%04x", (unsigned char)s[i]);
    else putchar(s[i]);
  }
  putchar('"');
}

static void print_list(const mill_text *t, const char *key) {
  int some = 0;
  for (size_t i = 0; i < t->n_meta; i++)
    if (strcmp(t->meta[i].key, key) == 0) {
      if (some++) putchar(',');
      json(t->meta[i].value, strlen(t->meta[i].value));
    }
}

static void print_value(const mill_text *t, const char *key, size_t most) {
  for (size_t i = 0; i < t->n_meta; i++)
    if (strcmp(t->meta[i].key, key) == 0) {
      size_t n = strlen(t->meta[i].value);
      json(t->meta[i].value, n < most ? n : most);
      return;
    }
  fputs("null", stdout);
}

static void print_boilerplate(const mill_text *t) {
  int some = 0;
  for (size_t i = 0; i < t->n_blocks; i++) {
    if (t->blocks[i].kind != MILL_BLOCK_BOILERPLATE || strcmp(t->blocks[i].reason, "advert") == 0) continue;
    mill_span raw = mill_text_raw(t, t->blocks[i].clean);
    if (some++) putchar(',');
    json(t->raw + raw.from, raw.to - raw.from);
  }
}

static void print_blocks(const mill_text *t) {
  for (size_t i = 0; i < t->n_blocks; i++) {
    const mill_block *b = &t->blocks[i];
    fprintf(stderr, "%u %-11s %-10s %d.%d %.*s\n", b->article, mill_block_name((enum mill_block_kind)b->kind),
            b->reason ? b->reason : "", b->level, b->ordinal,
            (int)(b->clean.to - b->clean.from > 90 ? 90 : b->clean.to - b->clean.from),
            t->clean + b->clean.from);
  }
}

static int print_file(const mill_data *d, const char *path) {
  size_t n = 0;
  char *s = slurp(path, &n);
  mill_text *t = NULL;
  mill_error err;
  if (!s || mill_clean(d, s, n, NULL, &t, &err) != 0) {
    fprintf(stderr, "%s: %s\n", path, s ? err.message : "cannot be read");
    free(s);
    return 1;
  }
  const char *base = strrchr(path, '/');
  base = base ? base + 1 : path;
  if (getenv("BLOCKS")) print_blocks(t);
  fputs("{\"id\":", stdout);
  json(base, strcspn(base, "_."));
  fputs(",\"title\":", stdout), print_value(t, "title", 100000);
  fputs(",\"published\":", stdout), print_value(t, "published", 10);
  fputs(",\"source\":", stdout), print_value(t, "source", 100000);
  fputs(",\"authors\":[", stdout), print_list(t, "author");
  fputs("],\"editors\":[", stdout), print_list(t, "editor");
  fputs("],\"keywords\":[", stdout), print_list(t, "keyword");
  fputs("],\"boilerplate\":[", stdout), print_boilerplate(t);
  fputs("]}\n", stdout);
  mill_text_free(t);
  free(s);
  return 0;
}

int main(int argc, char **argv) {
  const char *dir = getenv("TEXTMILL_DATA");
  mill_data *d = NULL;
  mill_error err;
  if (mill_data_open(dir ? dir : "build/lib/textmill", &d, &err) != 0) {
    fprintf(stderr, "%s\n", err.message);
    return 1;
  }
  int code = 0;
  for (int i = 1; i < argc; i++) code |= print_file(d, argv[i]);
  if (argc == 1) {
    run_corpus(d, "spec/corpus/blocks");
    run_noise(d);
    in_attributes(d);
    run_long(d);
    code = check_report();
  }
  mill_data_free(d);
  return code;
}
