/*
** mkplaces - data/places (csv) -> textmill-places.dat
** usage: mkplaces DATA IMAGES OUT (the Unicode image in IMAGES folds the names)
**
** Reads code and name of every division and the vintages it is in (2019's lists
** are whole; vintages.csv has what is not in all four of them), finds each one's
** parent by its code (leaving out administrative place holders: 市辖区, 县, 省直辖县级行政区划),
** and makes one key of its folded full name and, where it has one, of its
** short form. core/places.h draws the result.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/places.h"
#include "../core/utf8.h"

#define MAX_PLACES 65536
#define MAX_TEXT (4u << 20)
#define MAX_NAME 96u

#define ALL_VINTAGES ((1u << MILL_PLACE_VINTAGES) - 1)

typedef struct dated { /* a line of vintages.csv */
  unsigned code, vintages;
  int taken; /* found in the list of 2019 */
  char name[128];
} dated;

typedef struct draft { /* one (key text, place) pair, before keys are merged */
  char *text;
  uint32_t len, posting;
} draft;

static place_record places[MAX_PLACES];
static uint32_t n_places, n_names, n_drafts;
static char names[MAX_TEXT];
static draft drafts[2 * MAX_PLACES];
static mill_data data;
static dated *extras;
static size_t n_extras;

static void die(const char *what, const char *arg) {
  fprintf(stderr, "mkplaces: %s: %s\n", what, arg);
  exit(1);
}

/* ---- short forms -------------------------------------------------------------- */

static size_t ends_with(const char *s, size_t n, const char *tail) {
  size_t len = strlen(tail);
  return n > len && memcmp(s + n - len, tail, len) == 0 ? len : 0;
}

/* Peoples in the names of autonomous divisions. */
static const char *const peoples[] = {
    "哈尼族", "彝族", "壮族", "苗族", "侗族", "布依族", "土家族", "藏族", "羌族", "回族", "白族",
    "傣族", "景颇族", "傈僳族", "朝鲜族", "蒙古族", "满族", "瑶族", "黎族", "畲族", "水族", "仡佬族",
    "拉祜族", "佤族", "纳西族", "普米族", "布朗族", "独龙族", "怒族", "撒拉族", "土族", "裕固族",
    "保安族", "东乡族", "哈萨克族", "达斡尔族", "锡伯族", "塔吉克族", "仫佬族", "毛南族", "各族", "各民族",
    "维吾尔", "哈萨克", "柯尔克孜", "蒙古", "锡伯", "塔吉克", "门巴族", "珞巴族", NULL};

static size_t strip_peoples(const char *s, size_t n) {
  for (int again = 1; again;) {
    again = 0;
    for (int k = 0; peoples[k] != NULL; k++) {
      size_t len = ends_with(s, n, peoples[k]);
      if (len > 0 && n - len >= 6) n -= len, again = 1;
    }
  }
  return n;
}

/* Length of the short form of a folded name; n when it has none. A short form
** has two characters at least: a county of one character keeps its 县. */
static size_t short_form(const char *s, size_t n, int level) {
  static const char *const tails[][7] = {
      {NULL},
      {"特别行政区", "自治区", "省", "市", NULL},
      {"自治州", "地区", "市", "盟", NULL},
      {"自治县", "自治旗", "县", "市", "区", NULL},
      {"街道办事处", "街道", "民族乡", "镇", "乡", NULL}};
  for (int k = 0; tails[level][k] != NULL; k++) {
    size_t len = ends_with(s, n, tails[level][k]);
    if (len == 0) continue;
    size_t rest = len >= 9 ? strip_peoples(s, n - len) : n - len;
    return rest >= 6 ? rest : n;
  }
  return n;
}

/* 恩施州, 恭城县: the name of an autonomous division without its peoples, as it is written
** daily. Bytes in out, or 0 where there is none. */
static size_t daily_form(const char *s, size_t n, int level, char out[MAX_NAME]) {
  static const char *const tails[][2] = {{"自治州", "州"}, {"自治县", "县"}, {"自治旗", "旗"}};
  for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
    size_t len = ends_with(s, n, tails[k][0]), brief = len > 0 ? short_form(s, n, level) : n;
    if (brief + len >= n || brief + 3 > MAX_NAME) continue;
    memcpy(out, s, brief);
    memcpy(out + brief, tails[k][1], 3);
    return brief + 3;
  }
  return 0;
}

/* ---- reading --------------------------------------------------------------------- */

static void add_draft(const char *text, size_t n, uint32_t posting) {
  char *copy = malloc(n);
  if (copy == NULL) die("no memory", "");
  memcpy(copy, text, n);
  drafts[n_drafts++] = (draft){copy, (uint32_t)n, posting};
}

static void add_keys(uint32_t index) {
  char *folded;
  size_t n;
  mill_error err;
  const char *name = names + places[index].name;
  if (mill_normalize(&data, MILL_FOLD, name, strlen(name), &folded, &n, NULL, &err) < 0)
    die(name, err.message);
  add_draft(folded, n, index);
  size_t brief = short_form(folded, n, places[index].level);
  if (brief < n) add_draft(folded, brief, index | PLACE_SHORT);
  char daily[MAX_NAME];
  size_t len = daily_form(folded, n, places[index].level, daily);
  if (len > 0) add_draft(daily, len, index | PLACE_SHORT);
  free(folded);
}

static int is_place_holder(const char *name) {
  static const char *const holders[] = {"市辖区", "县", "省直辖县级行政区划",
                                        "自治区直辖县级行政区划", NULL};
  for (int k = 0; holders[k] != NULL; k++)
    if (strcmp(name, holders[k]) == 0) return 1;
  return 0;
}

/* The division with that code, one of the same time if there are several. */
static uint32_t find_code(uint32_t code, int level, unsigned vintages) {
  uint32_t any = MILL_NONE;
  for (uint32_t i = 0; i < n_places && places[i].level <= level; i++) {
    if (places[i].level != level || places[i].code != code) continue;
    if (places[i].vintages & vintages) return i;
    if (any == MILL_NONE) any = i;
  }
  return any;
}

/* The nearest division above: levels are read in order, provinces first. */
static uint32_t find_parent(uint32_t code, int level, unsigned vintages) {
  static const uint32_t steps[] = {1, 1, 100, 100, 1000};
  for (int up = level; up > 1; up--) {
    code /= steps[up];
    uint32_t i = find_code(code, up - 1, vintages);
    if (i != MILL_NONE) return i;
  }
  return MILL_NONE;
}

static void add_place(uint32_t code, const char *name, int level, unsigned vintages) {
  static uint32_t last_code = 0, last_parent = MILL_NONE;
  static unsigned last_vintages = 0;
  uint32_t above = level == MILL_PLACE_TOWNSHIP ? code / 1000 : 0;
  if (is_place_holder(name)) return;
  if (n_places == MAX_PLACES || n_names + strlen(name) + 1 > MAX_TEXT) die("too much", name);
  if (above == 0 || above != last_code || vintages != last_vintages)
    last_parent = find_parent(code, level, vintages);
  last_code = above;
  last_vintages = vintages;
  places[n_places] = (place_record){n_names, last_parent, code, 0, (uint8_t)level, (uint8_t)vintages};
  memcpy(names + n_names, name, strlen(name) + 1);
  n_names += (uint32_t)strlen(name) + 1;
  add_keys(n_places++);
}

/* "1100" -> bits 0 and 1: 2018 and 2019. */
static unsigned vintage_bits(const char *s) {
  unsigned bits = 0;
  for (int k = 0; k < MILL_PLACE_VINTAGES; k++) bits |= (unsigned)(s[k] == '1') << k;
  return bits;
}

static void read_vintages(const char *dir) {
  char path[4096], line[512], bits[8];
  snprintf(path, sizeof path, "%s/places/vintages.csv", dir);
  FILE *f = fopen(path, "r");
  extras = calloc(MAX_PLACES, sizeof *extras);
  if (f == NULL || extras == NULL || fgets(line, sizeof line, f) == NULL) die("cannot read", path);
  while (n_extras < MAX_PLACES && fgets(line, sizeof line, f) != NULL) {
    dated *e = &extras[n_extras++];
    if (sscanf(line, "%u,\"%127[^\"]\",%4s", &e->code, e->name, bits) != 3) die("bad line", line);
    e->vintages = vintage_bits(bits);
  }
  fclose(f);
}

/* The vintages of a line of 2019's list: all, where vintages.csv does not say. */
static unsigned vintages_of(unsigned code, const char *name) {
  size_t lo = 0, hi = n_extras; /* sorted by number: longer codes are larger */
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (extras[mid].code < code) lo = mid + 1;
    else hi = mid;
  }
  for (; lo < n_extras && extras[lo].code == code; lo++)
    if (strcmp(extras[lo].name, name) == 0) return extras[lo].taken = 1, extras[lo].vintages;
  return ALL_VINTAGES;
}

/* 东华门街道办事处 and 东华门街道 are one name. */
static void cut_office(char *name) {
  size_t n = strlen(name), office = strlen("办事处");
  if (ends_with(name, n, "街道办事处") > 0) name[n - office] = 0;
}

static void read_csv(const char *dir, const char *file, int level) {
  char path[4096], line[512], name[256];
  unsigned code;
  snprintf(path, sizeof path, "%s/places/%s", dir, file);
  FILE *f = fopen(path, "r");
  if (f == NULL || fgets(line, sizeof line, f) == NULL) die("cannot read", path);
  while (fgets(line, sizeof line, f) != NULL) {
    if (sscanf(line, "%u,\"%255[^\"]\"", &code, name) != 2) die("bad line", line);
    cut_office(name);
    add_place(code, name, level, vintages_of(code, name));
  }
  fclose(f);
}

/* What 2019's list does not have, with codes below `limit`. */
static void add_extras(unsigned limit, int level) {
  for (size_t i = 0; i < n_extras; i++) {
    if (extras[i].taken || extras[i].code >= limit) continue;
    extras[i].taken = 1;
    add_place(extras[i].code, extras[i].name, level, extras[i].vintages);
  }
}

/* ---- packing ---------------------------------------------------------------------- */

static int by_text(const void *a, const void *b) {
  const draft *x = a, *y = b;
  size_t n = x->len < y->len ? x->len : y->len;
  int c = memcmp(x->text, y->text, n);
  if (c != 0) return c;
  if (x->len != y->len) return x->len < y->len ? -1 : 1;
  uint32_t i = x->posting & ~PLACE_SHORT, j = y->posting & ~PLACE_SHORT;
  return i < j ? -1 : i > j;
}

static place_key keys[2 * MAX_PLACES];
static uint32_t postings[2 * MAX_PLACES], slots[4 * MAX_PLACES], lengths[PLACE_FIRSTS];
static uint32_t pairs[PLACE_PAIRS];
static uint64_t begins[PLACE_BEGINS];
static char keytext[MAX_TEXT];
static uint32_t n_keys, n_keytext;

static void mark_length(const char *s, size_t n) {
  size_t len, chars = 0;
  uint32_t first = utf8_decode(s, &len);
  for (size_t i = 0; i < n; chars++) i += utf8_length((unsigned char)s[i]);
  if (first >= PLACE_FIRST && first - PLACE_FIRST < PLACE_FIRSTS && chars < PLACE_MAX_CHARS)
    lengths[first - PLACE_FIRST] |= 1u << chars;
}

static void mark_pair(const draft *d) {
  size_t first, second, thirds = (d->len + 2) / 3;
  uint32_t a = utf8_decode(d->text, &first);
  int level = places[d->posting & ~PLACE_SHORT].level;
  if ((d->posting & PLACE_SHORT) && !(PLACE_USUAL & PLACE_BRIEF(level))) return;
  if (first >= d->len || thirds > 31) die("a name of one character, or over 31", d->text);
  uint32_t b = utf8_decode(d->text + first, &second), at = place_pair(pairs, a, b);
  uint32_t hash = place_pair_hash(a, b);
  pairs[at] |= hash << 16 | (thirds < 16 ? 1u << thirds : 1u);
  begins[hash % PLACE_BEGINS] |= place_begin_bits(hash);
}

static void merge_keys(void) {
  qsort(drafts, n_drafts, sizeof *drafts, by_text);
  for (uint32_t i = 0; i < n_drafts; i++) {
    const draft *d = &drafts[i];
    place_key *k = n_keys > 0 ? &keys[n_keys - 1] : NULL;
    if (k == NULL || k->len != d->len || memcmp(keytext + k->text, d->text, d->len) != 0) {
      k = &keys[n_keys++];
      *k = (place_key){n_keytext, i, (uint16_t)d->len, 0};
      if (n_keytext + d->len > MAX_TEXT) die("too many names", d->text);
      memcpy(keytext + n_keytext, d->text, d->len);
      n_keytext += d->len;
      mark_length(d->text, d->len);
    }
    postings[i] = d->posting;
    mark_pair(d);
    k->count++;
  }
}

static uint32_t fill_slots(void) {
  uint32_t size = 1;
  while (size < 2 * n_keys) size *= 2;
  if (size > 4 * MAX_PLACES || n_keys >= PLACE_KEY_MASK) die("too many names", "");
  for (uint32_t k = 0; k < n_keys; k++) {
    uint64_t hash = mill_hash64(keytext + keys[k].text, keys[k].len, 0);
    uint32_t at = (uint32_t)hash & (size - 1);
    while (slots[at] != 0) at = (at + 1) & (size - 1);
    slots[at] = place_slot_tag(hash) | (k + 1);
  }
  return size;
}

int main(int argc, char **argv) {
  mill_error err = {0};
  if (argc != 4) return fprintf(stderr, "usage: mkplaces DATA IMAGES OUT\n"), 2;
  if (unicode_attach(&data, argv[2], &err) < 0) die("cannot fold", err.message);
  read_vintages(argv[1]);
  read_csv(argv[1], "provinces.csv", MILL_PLACE_PROVINCE);
  read_csv(argv[1], "more.csv", MILL_PLACE_PROVINCE);
  read_csv(argv[1], "cities.csv", MILL_PLACE_CITY);
  add_extras(10000, MILL_PLACE_CITY);
  read_csv(argv[1], "areas.csv", MILL_PLACE_COUNTY);
  add_extras(1000000, MILL_PLACE_COUNTY);
  read_csv(argv[1], "streets.csv", MILL_PLACE_TOWNSHIP);
  add_extras(1000000000, MILL_PLACE_TOWNSHIP);
  merge_keys();
  mill_image_writer w = {.kind = "places"};
  snprintf(w.description, sizeof w.description, "2018,2019,2020,2023/%u", n_places);
  mill_image_add(&w, "places", places, n_places * sizeof *places);
  mill_image_add(&w, "names", names, n_names);
  mill_image_add(&w, "keys", keys, n_keys * sizeof *keys);
  mill_image_add(&w, "keytext", keytext, n_keytext);
  mill_image_add(&w, "postings", postings, n_drafts * sizeof *postings);
  mill_image_add(&w, "slots", slots, fill_slots() * sizeof *slots);
  mill_image_add(&w, "lengths", lengths, sizeof lengths);
  mill_image_add(&w, "pairs", pairs, sizeof pairs);
  mill_image_add(&w, "begins", begins, sizeof begins);
  if (mill_image_write(&w, argv[3], &err) < 0) die("cannot write", err.message);
  return 0;
}
