/*
** mkplaces - data/places (csv) -> textmill-places.dat
** usage: mkplaces DATA IMAGES OUT (the Unicode image in IMAGES folds the names)
**
** Reads code and name of every division, finds each one's parent by its code
** (leaving out administrative place holders: 市辖区, 县, 省直辖县级行政区划),
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

typedef struct draft { /* one (key text, place) pair, before keys are merged */
  char *text;
  uint32_t len, posting;
} draft;

static place_record places[MAX_PLACES];
static uint32_t n_places, n_names, n_drafts;
static char names[MAX_TEXT];
static draft drafts[2 * MAX_PLACES];
static mill_data data;

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
  free(folded);
}

static int is_place_holder(const char *name) {
  static const char *const holders[] = {"市辖区", "县", "省直辖县级行政区划",
                                        "自治区直辖县级行政区划", NULL};
  for (int k = 0; holders[k] != NULL; k++)
    if (strcmp(name, holders[k]) == 0) return 1;
  return 0;
}

/* The nearest division above: codes are read in order, provinces first. */
static uint32_t find_parent(uint32_t code, int level) {
  static const uint32_t steps[] = {1, 1, 100, 100, 1000};
  for (int up = level; up > 1; up--) {
    code /= steps[up];
    for (uint32_t i = 0; i < n_places && places[i].level < up; i++)
      if (places[i].level == up - 1 && places[i].code == code) return i;
  }
  return MILL_NONE;
}

static void add_place(uint32_t code, const char *name, int level) {
  static uint32_t last_code = 0, last_parent = MILL_NONE;
  uint32_t above = level == MILL_PLACE_TOWNSHIP ? code / 1000 : 0;
  if (is_place_holder(name)) return;
  if (n_places == MAX_PLACES || n_names + strlen(name) + 1 > MAX_TEXT) die("too much", name);
  if (above == 0 || above != last_code) last_parent = find_parent(code, level);
  last_code = above;
  places[n_places] = (place_record){n_names, last_parent, code, 0, (uint8_t)level, 0};
  memcpy(names + n_names, name, strlen(name) + 1);
  n_names += (uint32_t)strlen(name) + 1;
  add_keys(n_places++);
}

static void read_csv(const char *dir, const char *file, int level) {
  char path[4096], line[512], name[256];
  unsigned code;
  snprintf(path, sizeof path, "%s/places/%s", dir, file);
  FILE *f = fopen(path, "r");
  if (f == NULL || fgets(line, sizeof line, f) == NULL) die("cannot read", path);
  while (fgets(line, sizeof line, f) != NULL) {
    if (sscanf(line, "%u,\"%255[^\"]\"", &code, name) != 2) die("bad line", line);
    add_place(code, name, level);
  }
  fclose(f);
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
static char keytext[MAX_TEXT];
static uint32_t n_keys, n_keytext;

static void mark_length(const char *s, size_t n) {
  size_t len, chars = 0;
  uint32_t first = utf8_decode(s, &len);
  for (size_t i = 0; i < n; chars++) i += utf8_length((unsigned char)s[i]);
  if (first >= PLACE_FIRST && first - PLACE_FIRST < PLACE_FIRSTS && chars < PLACE_MAX_CHARS)
    lengths[first - PLACE_FIRST] |= 1u << chars;
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
    k->count++;
  }
}

static uint32_t fill_slots(void) {
  uint32_t size = 1;
  while (size < 2 * n_keys) size *= 2;
  if (size > 4 * MAX_PLACES) die("too many names", "");
  for (uint32_t k = 0; k < n_keys; k++) {
    uint32_t at = (uint32_t)mill_hash64(keytext + keys[k].text, keys[k].len, 0) & (size - 1);
    while (slots[at] != 0) at = (at + 1) & (size - 1);
    slots[at] = k + 1;
  }
  return size;
}

int main(int argc, char **argv) {
  mill_error err = {0};
  if (argc != 4) return fprintf(stderr, "usage: mkplaces DATA IMAGES OUT\n"), 2;
  if (unicode_attach(&data, argv[2], &err) < 0) die("cannot fold", err.message);
  read_csv(argv[1], "provinces.csv", MILL_PLACE_PROVINCE);
  read_csv(argv[1], "more.csv", MILL_PLACE_PROVINCE);
  read_csv(argv[1], "cities.csv", MILL_PLACE_CITY);
  read_csv(argv[1], "areas.csv", MILL_PLACE_COUNTY);
  read_csv(argv[1], "streets.csv", MILL_PLACE_TOWNSHIP);
  merge_keys();
  mill_image_writer w = {.kind = "places"};
  snprintf(w.description, sizeof w.description, "2019-10/%u", n_places);
  mill_image_add(&w, "places", places, n_places * sizeof *places);
  mill_image_add(&w, "names", names, n_names);
  mill_image_add(&w, "keys", keys, n_keys * sizeof *keys);
  mill_image_add(&w, "keytext", keytext, n_keytext);
  mill_image_add(&w, "postings", postings, n_drafts * sizeof *postings);
  mill_image_add(&w, "slots", slots, fill_slots() * sizeof *slots);
  mill_image_add(&w, "lengths", lengths, sizeof lengths);
  if (mill_image_write(&w, argv[3], &err) < 0) die("cannot write", err.message);
  return 0;
}
