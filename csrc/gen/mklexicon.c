/*
** mklexicon.c - makes textmill-lexicon.dat; core/lexicon.h draws the image.
**
**   mklexicon DATA-FOLDER IMAGE-FOLDER OUTPUT
**
** Reads DATA/words: dict.txt (jieba: word, frequency, tag), measures.txt, apart.txt,
** surnames.txt, roles.txt, prefectures.txt, charclass.txt; DATA/places: names.
** Words are folded with the Unicode image in IMAGE-FOLDER and merged; words the
** recognisers want apart (三个, 百余, 万元: a numeral with its measure word or 余) are
** left out.
*/
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../core/data.h"
#include "../core/lexicon.h"
#include "../core/number.h"
#include "../core/utf8.h"
#include "lexicon_build.h"
#include "lexicon_seams.h"

static char *fold(const build *b, const char *s, size_t *n) {
  char *out;
  mill_error err;
  if (mill_normalize(&b->data, MILL_FOLD, s, strlen(s), &out, n, NULL, &err) < 0)
    die("cannot fold a word:", err.message);
  return out;
}

/* ---- reading the lists ----------------------------------------------------- */

/* Calls take(b, line) for every line of DATA/NAME that is no comment. */
static void each_line(build *b, const char *folder, const char *name,
                      void (*take)(build *, char *)) {
  char path[4096], line[1024];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *f = fopen(path, "r");
  if (f == NULL) die("cannot read", path);
  while (fgets(line, sizeof line, f) != NULL) {
    line[strcspn(line, "\r\n")] = 0;
    if (line[0] != 0 && line[0] != '#') take(b, line);
  }
  fclose(f);
}

static void take_class(build *b, char *line) {
  static const char *const names[CHAR_CLASSES] = {"punct", "han",   "digit", "latin", "kana",
                                                  "other", "mark", "blank", "break", "flag"};
  unsigned from, to, k;
  char name[16];
  if (sscanf(line, "%x %x %15s", &from, &to, name) != 3 || to > 0x10FFFF) die("bad class:", line);
  for (k = 0; k < CHAR_CLASSES && strcmp(names[k], name) != 0;) k++;
  if (k == CHAR_CLASSES) die("unknown class:", line);
  for (unsigned c = from; c <= to && c < 0x10000; c++) b->chars[c] = k;
  if (to < 0x10000) return;
  b->ranges = must(realloc(b->ranges, (b->n_ranges + 1) * sizeof *b->ranges));
  b->ranges[b->n_ranges++] = (lex_range){from < 0x10000 ? 0x10000 : from, to, k};
}

static void take_jieba(build *b, char *line) {
  char text[512], tag[16];
  unsigned frequency;
  size_t n;
  if (sscanf(line, "%511s %u %15s", text, &frequency, tag) != 3) die("bad entry:", line);
  char *folded = fold(b, text, &n);
  if (n > 0 && n < 256) {
    word *w = add_word(b, folded, n);
    if (frequency == 0) frequency = 1;
    w->frequency += frequency;
    if (frequency > w->best) {
      w->best = frequency;
      w->tag = (uint8_t)lexicon_tag_of(tag);
    }
  }
  free(folded);
}

/* A word of a list of ours: it gets the class; unless the big list knows it,
** it becomes a word, rare but cheaper than its parts. */
static word *class_word(build *b, const char *text, uint32_t classes, enum mill_tag tag) {
  size_t n;
  char *folded = fold(b, text, &n);
  word *w = add_word(b, folded, n);
  if (w->frequency == 0) {
    w->frequency = 3;
    w->tag = (uint8_t)tag;
  }
  w->classes |= classes;
  free(folded);
  return w;
}

static uint32_t measure_class(const char *name) {
  if (strcmp(name, "count") == 0) return MILL_CLASS_MEASURE;
  if (strcmp(name, "unit") == 0) return MILL_CLASS_MEASURE | MILL_CLASS_UNIT;
  if (strcmp(name, "money") == 0) return MILL_CLASS_MEASURE | MILL_CLASS_MONEY;
  if (strcmp(name, "time") == 0) return MILL_CLASS_MEASURE | MILL_CLASS_TIME;
  die("unknown class of measure word:", name);
  return 0;
}

/* In classes, here only: with which numerals this measure word makes words. */
#define OWN_WITH_ONE 0x80000000u   /* 一起, 十分 */
#define OWN_WITH_SHORT 0x40000000u /* and 三面, 二线 */
#define APART 0x20000000u          /* no word to us: 辆车 */

static void take_measure(build *b, char *line) {
  char text[64], name[16], lex[8];
  int n = sscanf(line, "%63s %15s %7s", text, name, lex);
  if (n < 2) die("bad measure word:", line);
  uint32_t own = n < 3 ? 0 : strcmp(lex, "lex") == 0 ? OWN_WITH_ONE : OWN_WITH_ONE | OWN_WITH_SHORT;
  class_word(b, text, measure_class(name) | own, MILL_TAG_Q);
}

static void take_surnames(build *b, char *line) {
  for (char *s = strtok(line, " "); s != NULL; s = strtok(NULL, " "))
    class_word(b, s, MILL_CLASS_SURNAME, MILL_TAG_NR);
}

static void take_apart(build *b, char *line) {
  for (char *s = strtok(line, " "); s != NULL; s = strtok(NULL, " ")) {
    word *w = find_word(b, s, strlen(s));
    if (w == NULL) die("to be left out, but no word:", s);
    w->classes |= APART;
  }
}

static void take_roles(build *b, char *line) {
  for (char *s = strtok(line, " "); s != NULL; s = strtok(NULL, " "))
    class_word(b, s, MILL_CLASS_ROLE, MILL_TAG_N);
}

/* A division (code,"name",...): the full name is a word where it says what it
** is (镇, 街道), so that 乡 + 党委 does not become 乡党委 behind a name. */
static void take_division(build *b, char *line, uint32_t level) {
  static const char *const ends[] = {"省", "市", "区", "县", "旗", "盟", "州", "乡", "镇",
                                     "街道", "苏木", NULL};
  char *name = strchr(line, '"'), *end = name != NULL ? strchr(name + 1, '"') : NULL;
  if (end == NULL || strcmp(name, "\"市辖区\"") == 0) return;
  *end = 0;
  name++;
  for (int i = 0; ends[i] != NULL; i++) {
    size_t n = strlen(ends[i]);
    if ((size_t)(end - name) < 9 || memcmp(end - n, ends[i], n) != 0) continue;
    class_word(b, name, level, MILL_TAG_NS);
    return;
  }
}

static void take_province(build *b, char *line) { take_division(b, line, MILL_CLASS_PROVINCE); }
/* 石家庄市 -> 石家庄, which the big list may hold as a person, a verb (保定) or not at all
** (唐山). Some are common nouns first. */
static void take_short_city(build *b, const char *name) {
  static const char *const nouns[] = {"来宾", "日照", "白银", "安康", NULL};
  char brief[64];
  size_t n = strlen(name);
  if (n < 9 || n >= sizeof brief || strcmp(name + n - 3, "市") != 0) return;
  memcpy(brief, name, n - 3);
  brief[n - 3] = 0;
  for (int k = 0; nouns[k] != NULL; k++)
    if (strcmp(brief, nouns[k]) == 0) return;
  class_word(b, brief, 0, MILL_TAG_NS)->tag = MILL_TAG_NS;
}

static void take_prefectures(build *b, char *line) {
  for (char *s = strtok(line, " "); s != NULL; s = strtok(NULL, " "))
    class_word(b, s, 0, MILL_TAG_NS)->tag = MILL_TAG_NS;
}

static void take_city(build *b, char *line) {
  take_division(b, line, MILL_CLASS_CITY);
  char *name = strchr(line, '"'); /* take_division ended it */
  if (name != NULL) take_short_city(b, name + 1);
}

static void take_county(build *b, char *line) { take_division(b, line, MILL_CLASS_COUNTY); }
static void take_township(build *b, char *line) { take_division(b, line, MILL_CLASS_TOWNSHIP); }

/* ---- words to leave out ---------------------------------------------------- */

static const char digits[] = "零〇一二两三四五六七八九十百千万亿廿卅";

static void mark_numerals(build *b) {
  for (size_t i = 0, len; digits[i] != 0; i += len)
    b->chars[utf8_decode(digits + i, &len)] |= CHAR_NUMERAL;
}

/* Bytes of the numeral characters at the start of s. */
static size_t numeral(const char *s) {
  size_t n = 0;
  for (;;) {
    const char *hit;
    if (strlen(s + n) < 3) return n;
    for (hit = digits; *hit != 0; hit += 3)
      if (memcmp(hit, s + n, 3) == 0) break;
    if (*hit == 0) return n;
    n += 3;
  }
}

/* Which of `list` (ended by NULL) s begins with: its index, or -1. */
static int prefix_of(const char *s, const char *const *list) {
  for (int i = 0; list[i] != NULL; i++)
    if (strncmp(s, list[i], strlen(list[i])) == 0) return i;
  return -1;
}

/*
** A counting expression: [before] numeral* [余 多 来 几] rest. `before` says
** how numbers begin without being one: 第三次, 几十名, 数万元, 多万亩.
*/
typedef struct counting {
  int before, more;      /* index in the lists below, or -1 */
  size_t numeral;        /* bytes */
  const char *rest;
} counting;

enum { ORDINAL = 0, HALF = 1, MANY = 2 /* from here on: 多, 余 */ };
static const char *const BEFORE[] = {"第", "半", "多", "余", "好几", "若干", "几",
                                     "数", "上", "近", NULL};
static const char *const MORE[] = {"余", "多", "来", "几", NULL};

static counting analyse(const char *s) {
  counting c = {.before = prefix_of(s, BEFORE)};
  if (c.before >= 0) s += strlen(BEFORE[c.before]);
  c.numeral = numeral(s);
  s += c.numeral;
  c.more = c.numeral > 0 || c.before == ORDINAL ? prefix_of(s, MORE) : -1;
  c.rest = c.more >= 0 ? s + strlen(MORE[c.more]) : s;
  return c;
}

/* Does this expression make a word of its own with a measure word like that? */
static int is_own(const counting *c, const char *text, const word *measure) {
  static const char *const one[] = {"一", NULL};
  static const char *const ones[] = {"一", "十", "百", "千", "万", "亿", NULL};
  int counts = !(measure->classes & (MILL_CLASS_UNIT | MILL_CLASS_MONEY | MILL_CLASS_TIME));
  int is_short = c->more < 0 && c->numeral <= 3 && c->before < MANY && c->before != ORDINAL;
  int is_one = is_short && (c->before == HALF || prefix_of(text, counts ? one : ones) >= 0);
  if (c->before == HALF && (measure->classes & MILL_CLASS_TIME)) return 1; /* 半天 */
  if (is_short && strncmp(text, "百", strlen("百")) == 0) return 1;        /* 百年, 百家 */
  return (is_one && (measure->classes & OWN_WITH_ONE)) ||
         (is_short && c->before < 0 && (measure->classes & OWN_WITH_SHORT));
}

/* Words that recognisers and readers want as several tokens. */
static int is_left_out(build *b, const word *w) {
  if (w->classes & APART) return 1;
  int counts = w->tag == MILL_TAG_M || w->tag == MILL_TAG_Q || w->tag == MILL_TAG_T ||
               w->tag == MILL_TAG_NR || w->frequency <= 25; /* rare ones are mistagged */
  counting c = analyse(w->text);
  if (!counts || w->classes != 0 || (c.before < 0 && c.numeral == 0)) return 0;
  if (c.more >= 0 && c.more < 3 && c.numeral > 0) return 1; /* 百余, 三十多个 */
  if (*c.rest == 0) return c.before >= MANY && c.before <= MANY + 1 && c.numeral > 0; /* 多万 */
  if (strncmp(c.rest, "个", strlen("个")) == 0 && w->tag == MILL_TAG_M) return 1; /* 一个半 */
  const word *measure = find_word(b, c.rest, strlen(c.rest));
  if (measure == NULL || !(measure->classes & MILL_CLASS_MEASURE)) return 0;
  return !is_own(&c, w->text, measure);
}

/* ---- characters -------------------------------------------------------------- */

static int is_run_byte(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

/* One character of a word: a code point, or a run of letters and digits (then
** *run is its length). Returns 0 when no word can hold it. */
static size_t character(const build *b, const char *s, uint32_t *c, size_t *run) {
  size_t n = 0;
  while (is_run_byte(s[n])) n++;
  *run = n;
  if (n > 0) return n <= LEX_RUN_BYTES ? n : 0;
  *c = utf8_decode(s, &n);
  uint32_t k = lexicon_char(&b->lx, *c) & CHAR_CLASS_MASK;
  return k == CHAR_HAN || k == CHAR_KANA || k == CHAR_OTHER ? n : 0;
}

typedef struct tally { uint64_t key; uint64_t count; } tally; /* key: code point or run key */

static int by_key(const void *x, const void *y) {
  const tally *a = x, *b = y;
  return a->key < b->key ? -1 : a->key > b->key;
}
static int by_count(const void *x, const void *y) {
  const tally *a = x, *b = y;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return by_key(x, y);
}

static lex_run *run_slot(const build *b, uint64_t key) {
  uint32_t mask = b->params.n_runs - 1, i = lex_run_hash(key) & mask;
  while (b->runs[i].key != 0 && b->runs[i].key != key) i = (i + 1) & mask;
  return &b->runs[i];
}

static void set_id(build *b, uint64_t key, uint32_t id) {
  if (key >> 56 != 0) {
    lex_run *r = run_slot(b, key);
    r->key = key;
    r->id = id;
  } else if (key < 0x10000) {
    b->chars[key] |= id << 8;
  } else {
    b->astral = must(realloc(b->astral, (b->n_astral + 1) * sizeof *b->astral));
    b->astral[b->n_astral++] = (lex_astral){(uint32_t)key, id};
  }
}

static int by_codepoint(const void *x, const void *y) {
  const lex_astral *a = x, *b = y;
  return a->codepoint < b->codepoint ? -1 : a->codepoint > b->codepoint;
}

/* Splits w into characters: their keys; 0 when it cannot be a word. */
static int characters(const build *b, const word *w, uint64_t keys[LEX_MAX_CHARS]) {
  int n = 0;
  for (size_t i = 0, len; i < w->len; i += len) {
    uint32_t c = 0;
    size_t run;
    len = character(b, w->text + i, &c, &run);
    if (len == 0 || n == LEX_MAX_CHARS) return 0;
    keys[n++] = run > 0 ? lex_run_key(w->text + i, run) : c;
  }
  return n;
}

/* Gives every character that occurs in words its id, frequent ones first. */
static void number_characters(build *b) {
  tally *all = must(malloc(b->n_words * LEX_MAX_CHARS * sizeof *all));
  size_t n = 0, m = 0;
  uint64_t keys[LEX_MAX_CHARS];
  for (size_t i = 0; i < b->n_words; i++)
    for (int k = 0, len = characters(b, &b->words[i], keys); k < len; k++)
      all[n++] = (tally){keys[k], b->words[i].frequency};
  qsort(all, n, sizeof *all, by_key);
  for (size_t i = 0; i < n; i++)
    if (m > 0 && all[m - 1].key == all[i].key) all[m - 1].count += all[i].count;
    else all[m++] = all[i];
  qsort(all, m, sizeof *all, by_count);
  if (m > LEX_MAX_IDS) die("too many characters", "");
  b->params.n_ids = (uint32_t)m;
  for (size_t i = 0; i < m; i++) set_id(b, all[i].key, (uint32_t)i + 1);
  qsort(b->astral, b->n_astral, sizeof *b->astral, by_codepoint);
  b->lx.astral = b->astral;
  b->lx.n_astral = b->n_astral;
  free(all);
}

static void set_ids(build *b, word *w) {
  uint64_t keys[LEX_MAX_CHARS];
  w->n_ids = (uint8_t)characters(b, w, keys);
  for (int k = 0; k < w->n_ids; k++)
    w->ids[k] = (uint16_t)(keys[k] >> 56 != 0 ? run_slot(b, keys[k])->id
                                              : lexicon_char(&b->lx, (uint32_t)keys[k]) >> 8);
}

/* ---- the trie ------------------------------------------------------------------ */

static uint32_t cost_of(const build *b, double frequency) {
  double cost = -log(frequency / b->total) * LEX_COST_SCALE + 0.5;
  return cost < 1 ? 1 : cost >= LEX_NO_COST ? LEX_NO_COST - 1 : (uint32_t)cost;
}

/* Is the word a number by itself? Of those of several characters only what
** counts and shows it at once (not 三农), and no 万 or 亿 before less (万一). */
static int is_number(const build *b, const word *w) {
  size_t len;
  mill_number number;
  uint32_t first = lexicon_char(&b->lx, utf8_decode(w->text, &len));
  int begins = (first & CHAR_NUMERAL) != 0;
  if (w->n_ids == 1) return begins && number_scan(w->text, w->len, 0, &number) == w->len;
  if (w->tag != MILL_TAG_M || strncmp(w->text, "万", 3) == 0 || strncmp(w->text, "亿", 3) == 0) return 0;
  uint32_t second = lexicon_char(&b->lx, utf8_decode(w->text + len, &len));
  if (!begins && !(second & CHAR_NUMERAL)) return 0;
  int parts = (first & CHAR_CLASS_MASK) == CHAR_HAN && !begins ? NUMBER_BEFORE : 0; /* 上百 */
  return number_scan(w->text, w->len, parts, &number) == w->len;
}

/* The cost of a word. The list has many phrases that are no words for a reader
** (下岗职工): long ones pay on top of what their frequency says. How much was
** chosen on development sets of five corpora. */
static uint32_t word_cost(const build *b, const word *w) {
  static const double on_top[] = {0, 0, 0, 2, 4}; /* by characters; nats */
  uint32_t cost = cost_of(b, w->frequency);
  if (w->classes == 0) cost += (uint32_t)(on_top[w->n_ids < 4 ? w->n_ids : 4] * LEX_COST_SCALE);
  return cost < LEX_NO_COST ? cost : LEX_NO_COST - 1;
}

static void set_cells(build *b, const uint32_t *nodes) {
  b->cells = da_cells(&b->trie);
  b->cost = must(malloc(b->params.n_words * sizeof *b->cost));
  b->worth = must(calloc(b->params.n_words, sizeof *b->worth));
  b->first = must(malloc((b->params.n_ids + 1) * sizeof *b->first));
  for (uint32_t i = 0; i <= b->params.n_ids; i++)
    b->first[i] = (lex_first){LEX_PACK(b->params.unknown_cost, 1), lex_word(b->cells[i])};
  for (uint32_t i = 0; i < b->n_words; i++) {
    const word *w = &b->words[i];
    lex_cell *c = &b->cells[b->trie.nodes[nodes[i]].cell];
    *c = (*c & ~(uint64_t)LEX_NO_WORD) | i;
    uint8_t tag = (uint8_t)(w->tag | (is_number(b, w) ? LEX_NUMBER : 0));
    b->cost[i] = (uint16_t)word_cost(b, w);
    b->worth[i] = b->cost[i] | (uint32_t)tag << 16;
    if (w->n_ids == 1) b->first[w->ids[0]] = (lex_first){LEX_PACK(b->cost[i], 1), LEX_TERM(i, tag)};
  }
}

/* The hash of a pair and its cell's slot among the hot ones, which the pair
** that more words pass gets. */
static void set_pair(build *b, const word *w, double *weights) {
  uint32_t pair = lex_pair(w->ids[0], w->ids[1]), slot = lex_hot_of(pair);
  uint32_t node = da_child(&b->trie, w->ids[0], w->ids[1]), cell = b->trie.nodes[node].cell;
  b->pairs[pair >> 14] |= 1u << (pair & 31) | 1u << (pair >> 5 & 31);
  if (b->trie.nodes[node].weight <= weights[slot]) return;
  weights[slot] = b->trie.nodes[node].weight;
  uint32_t base = lex_base(b->cells[cell]), id = lex_word(b->cells[cell]);
  uint32_t worth = id < b->n_words ? b->worth[id] : 0;
  if (base >= LEX_HOT_BASES) die("too many cells", "");
  b->hot_check[slot] = (uint16_t)lex_hot_check(pair);
  b->hot[slot] = lex_hot_new(base, id, lex_worth_cost(worth), lex_worth_tag(worth));
}

static void set_filters(build *b) {
  double *weights = must(calloc(LEX_HOT, sizeof *weights));
  b->pairs = must(calloc(LEX_PAIRS, sizeof *b->pairs));
  b->hot_check = must(calloc(LEX_HOT + 2, sizeof *b->hot_check));
  b->hot = must(calloc(LEX_HOT, sizeof *b->hot));
  for (uint32_t i = 0; i < LEX_HOT; i++) b->hot[i] = lex_hot_new(0, LEX_NO_WORD, 0, 0); /* of no pair */
  b->triples = must(calloc(LEX_TRIPLES / 32, sizeof *b->triples));
  for (size_t i = 0; i < b->n_words; i++) {
    const word *w = &b->words[i];
    if (w->n_ids < 2) continue;
    set_pair(b, w, weights);
    if (w->n_ids < 3) continue;
    uint32_t bit = lex_triple(lex_base(b->cells[lexicon_next(&b->lx, w->ids[0], w->ids[1]).node]), w->ids[2]);
    b->triples[bit >> 5] |= 1u << (bit & 31);
  }
  free(weights);
}

static void make_trie(build *b) {
  uint32_t *nodes = must(malloc(b->n_words * sizeof *nodes));
  da_begin(&b->trie, b->params.n_ids);
  for (size_t i = 0; i < b->n_words; i++)
    nodes[i] = da_add(&b->trie, b->words[i].ids, b->words[i].n_ids, b->words[i].frequency);
  da_layout(&b->trie);
  b->params.n_cells = b->trie.n_cells;
  set_cells(b, nodes);
  b->lx.cells = b->cells;
  b->lx.worth = b->worth;
  b->lx.params = &b->params;
  set_filters(b);
  for (uint32_t i = 0; i < b->params.n_runs; i++)
    for (size_t k = 0; k < b->n_words && b->runs[i].key != 0; k++)
      if (b->words[k].n_ids == 1 && b->words[k].ids[0] == b->runs[i].id)
        b->runs[i].classes = b->words[k].classes;
  free(nodes);
}

/* ---- putting it together --------------------------------------------------------- */

static int by_frequency(const void *x, const void *y) {
  const word *a = x, *b = y;
  if (a->frequency != b->frequency) return a->frequency > b->frequency ? -1 : 1;
  return strcmp(a->text, b->text);
}

/* Drops what is left out or cannot be a word, sorts the rest. */
static void select_words(build *b) {
  uint64_t keys[LEX_MAX_CHARS];
  size_t m = 0;
  for (size_t i = 0; i < b->n_words; i++) /* marked first: the test looks words up */
    if (is_left_out(b, &b->words[i]) || characters(b, &b->words[i], keys) == 0)
      b->words[i].frequency = 0;
  for (size_t i = 0; i < b->n_words; i++)
    if (b->words[i].frequency > 0) b->words[m++] = b->words[i];
    else free(b->words[i].text);
  b->n_words = m;
  qsort(b->words, m, sizeof *b->words, by_frequency);
  for (size_t i = 0; i < m; i++) {
    b->words[i].classes &= ~(OWN_WITH_ONE | OWN_WITH_SHORT | APART);
    b->total += b->words[i].frequency;
  }
}

static void set_params(build *b) {
  lex_params *p = &b->params;
  p->layout = LEX_LAYOUT;
  p->n_words = (uint32_t)b->n_words;
  if (p->n_words >= LEX_NO_WORD) die("too many words", "");
  p->unknown_cost = cost_of(b, 1) + (uint32_t)LEX_COST_SCALE;
  p->run_cost = (uint32_t)(8 * LEX_COST_SCALE);
  p->number_cost = (uint32_t)(9 * LEX_COST_SCALE);
}

typedef struct columns {
  uint32_t *block; uint8_t *length, *class_set; char *text; size_t text_len;
  lex_step *steps; size_t n_steps; uint32_t sets[256]; size_t n_sets;
} columns;

static uint8_t class_set(columns *c, uint32_t classes) {
  size_t i = 0;
  while (i < c->n_sets && c->sets[i] != classes) i++;
  if (i == 256) die("too many sets of classes", "");
  if (i == c->n_sets) c->sets[c->n_sets++] = classes;
  return (uint8_t)i;
}

static void make_columns(const build *b, columns *c) {
  size_t n = b->n_words, bytes = 0;
  for (size_t i = 0; i < n; i++) bytes += b->words[i].len;
  c->block = must(calloc(n / 16 + 1, sizeof *c->block));
  c->length = must(malloc(n));
  c->class_set = must(malloc(n));
  c->steps = must(malloc(n * sizeof *c->steps));
  c->text = must(malloc(bytes));
  class_set(c, 0);
  for (size_t i = 0; i < n; i++) {
    const word *w = &b->words[i];
    if (i % 16 == 0) c->block[i / 16] = (uint32_t)c->text_len;
    memcpy(c->text + c->text_len, w->text, w->len);
    c->text_len += w->len;
    c->length[i] = (uint8_t)w->len;
    c->class_set[i] = class_set(c, w->classes);
    if (c->n_steps == 0 || c->steps[c->n_steps - 1].frequency != w->frequency)
      c->steps[c->n_steps++] = (lex_step){(uint32_t)i, w->frequency};
  }
}

static void write_image(const build *b, const columns *c, const uint32_t *seams, const char *path) {
  static mill_image_writer w = {.kind = "lexicon"};
  mill_error err;
  size_t n = b->n_words;
  uint64_t hash = mill_hash64(c->text, c->text_len, mill_hash64(b->cost, n * sizeof *b->cost, 0));
  snprintf(w.description, sizeof w.description, "jieba-%zuk/%04x", (n + 500) / 1000,
           (unsigned)(hash & 0xFFFF));
  mill_image_add(&w, "params", &b->params, sizeof b->params);
  mill_image_add(&w, "chars", b->chars, 65536 * sizeof *b->chars);
  mill_image_add(&w, "ranges", b->ranges, b->n_ranges * sizeof *b->ranges);
  mill_image_add(&w, "astral", b->astral, b->n_astral * sizeof *b->astral);
  mill_image_add(&w, "runs", b->runs, b->params.n_runs * sizeof *b->runs);
  mill_image_add(&w, "cells", b->cells, b->params.n_cells * sizeof *b->cells);
  mill_image_add(&w, "worth", b->worth, n * sizeof *b->worth);
  mill_image_add(&w, "first", b->first, (b->params.n_ids + 1) * sizeof *b->first);
  mill_image_add(&w, "pairs", b->pairs, LEX_PAIRS * sizeof *b->pairs);
  mill_image_add(&w, "hotcheck", b->hot_check, (LEX_HOT + 2) * sizeof *b->hot_check);
  mill_image_add(&w, "hot", b->hot, LEX_HOT * sizeof *b->hot);
  mill_image_add(&w, "triples", b->triples, LEX_TRIPLES / 8);
  mill_image_add(&w, "block", c->block, (n + 15) / 16 * sizeof *c->block);
  mill_image_add(&w, "length", c->length, n);
  mill_image_add(&w, "text", c->text, c->text_len);
  mill_image_add(&w, "frequency", c->steps, c->n_steps * sizeof *c->steps);
  mill_image_add(&w, "class", c->class_set, n);
  mill_image_add(&w, "sets", c->sets, c->n_sets * sizeof *c->sets);
  mill_image_add(&w, "seams", seams, LEX_SEAMS * sizeof *seams);
  if (mill_image_write(&w, path, &err) < 0) die(err.message, "");
}

int main(int argc, char **argv) {
  static build b;
  static columns c;
  mill_error err;
  if (argc != 4) die("usage:", "mklexicon DATA-FOLDER IMAGE-FOLDER OUTPUT");
  if (unicode_attach(&b.data, argv[2], &err) < 0) die(err.message, "");
  b.index = must(calloc(INDEX_SIZE, sizeof *b.index));
  b.chars = must(calloc(65536, sizeof *b.chars));
  b.params.n_runs = 512;
  b.runs = must(calloc(b.params.n_runs, sizeof *b.runs));
  each_line(&b, argv[1], "words/charclass.txt", take_class);
  mark_numerals(&b);
  b.lx = (mill_lexicon){.chars = b.chars, .ranges = b.ranges, .n_ranges = b.n_ranges};
  each_line(&b, argv[1], "words/dict.txt", take_jieba);
  each_line(&b, argv[1], "words/measures.txt", take_measure);
  each_line(&b, argv[1], "words/apart.txt", take_apart);
  each_line(&b, argv[1], "words/surnames.txt", take_surnames);
  each_line(&b, argv[1], "words/roles.txt", take_roles);
  each_line(&b, argv[1], "words/prefectures.txt", take_prefectures);
  each_line(&b, argv[1], "places/provinces.csv", take_province);
  each_line(&b, argv[1], "places/more.csv", take_province);
  each_line(&b, argv[1], "places/cities.csv", take_city);
  each_line(&b, argv[1], "places/areas.csv", take_county);
  each_line(&b, argv[1], "places/streets.csv", take_township);
  select_words(&b);
  set_params(&b);
  number_characters(&b);
  for (size_t i = 0; i < b.n_words; i++) set_ids(&b, &b.words[i]);
  make_trie(&b);
  make_columns(&b, &c);
  uint32_t *seams = make_seams(&b); /* before the parameters are written */
  write_image(&b, &c, seams, argv[3]);
  fprintf(stderr, "mklexicon: %zu words, %u characters, %zu nodes in %u cells\n", b.n_words,
          (unsigned)b.params.n_ids, b.trie.n_nodes, (unsigned)b.params.n_cells);
  da_end(&b.trie);
  return 0;
}
