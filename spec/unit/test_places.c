/* test_places.c - the gazetteer: names, short forms, codes, parents, scanning. */
#include <stdlib.h>

#include "check.h"
#include "core/places.h"

static mill_data data;

/* The first place of that name and level has this code and this parent. */
static void check_place(const char *name, int level, const char *code, const char *parent) {
  mill_place found[64], above = {.name = ""};
  size_t n = mill_places_find(&data, name, strlen(name), found, 64), k = 0;
  while (k < n && k < 64 && found[k].level != level) k++;
  if (!CHECK(k < n && k < 64)) {
    fprintf(stderr, "  %s: not found\n", name);
    return;
  }
  if (found[k].parent != MILL_NONE) CHECK_EQ(mill_places_get(&data, found[k].parent, &above), 0);
  if (!CHECK(strcmp(found[k].code, code) == 0 && strcmp(above.name, parent) == 0))
    fprintf(stderr, "  %s: code %s, parent %s\n", name, found[k].code, above.name);
}

static void check_absent(const char *name) {
  mill_place found[1];
  if (!CHECK(mill_places_find(&data, name, strlen(name), found, 1) == 0))
    fprintf(stderr, "  %s: %s\n", name, found[0].name);
}

static void check_scan(const char *text, const char *name, int levels) {
  uint8_t got = 0;
  size_t used = mill_places_scan(&data, text, strlen(text), &got);
  if (!CHECK(used == strlen(name) && memcmp(text, name, used) == 0 && (got & levels) == levels))
    fprintf(stderr, "  %s: %.*s, levels %x\n", text, (int)used, text, got);
}

/* Parents are one level or more above, and come before their children. */
static void check_tree(void) {
  mill_place p, up;
  uint32_t index = 0, orphans = 0, wrong = 0;
  for (; mill_places_get(&data, index, &p) == 0; index++) {
    if (p.parent == MILL_NONE) {
      orphans += p.level != MILL_PLACE_PROVINCE;
      continue;
    }
    wrong += mill_places_get(&data, p.parent, &up) != 0 || up.level >= p.level ||
             memcmp(up.code, p.code, 2) != 0;
  }
  CHECK(index > 46000);
  CHECK_EQ(orphans, 0);
  CHECK_EQ(wrong, 0);
}

/* Which of several states of the gazetteer holds, and who was there then. */
static void check_vintages(void) {
  mill_place found[64];
  CHECK_EQ(mill_places_vintage((mill_date){.year = 2010, .month = 1, .day = 1}), 0);
  CHECK_EQ(mill_places_vintage((mill_date){.year = 2020, .month = 2, .day = 26}), 1);
  CHECK_EQ(mill_places_vintage((mill_date){.year = 2020, .month = 6, .day = 30}), 2);
  CHECK_EQ(mill_places_vintage((mill_date){.year = 2026, .month = 1, .day = 1}), 3);
  CHECK_EQ(mill_places_vintage((mill_date){.year = 0}), 3);
  CHECK_STR(mill_places_vintage_name(1), "2019");
  CHECK(mill_places_vintage_name(4) == NULL && mill_places_vintage_name(-1) == NULL);
  size_t n = mill_places_find(&data, "莱芜市", strlen("莱芜市"), found, 64);
  CHECK(n == 1 && found[0].vintages == 1); /* a district of 济南 since 2019 */
  n = mill_places_find(&data, "襄都区", strlen("襄都区"), found, 64);
  CHECK(n == 1 && found[0].vintages == 12);
  n = mill_places_find(&data, "钢城区", strlen("钢城区"), found, 64);
  CHECK_EQ(n, 2); /* 371203, then 370117 */
  CHECK_EQ(places_of_time(found, n, 0), 1);
  CHECK_STR(found[0].code, "371203");
  n = mill_places_find(&data, "钢城区", strlen("钢城区"), found, 64);
  CHECK_EQ(places_of_time(found, n, 3), 1);
  CHECK_STR(found[0].code, "370117");
  n = mill_places_find(&data, "莱芜市", strlen("莱芜市"), found, 64);
  CHECK_EQ(places_of_time(found, n, 3), 1); /* none then: what there was */
}

/* Every name in a usual form has a length that its first two characters allow. */
static void check_lengths(void) {
  const struct mill_places *p = data.places_view;
  uint32_t usual = 0, scanned = 0;
  for (size_t i = 0; i < p->n_keys; i++) {
    const char *s = p->keytext + p->keys[i].text;
    uint32_t n = p->keys[i].len, thirds = (n + 2) / 3;
    if (!(places_forms(&data, s, n, NULL) & PLACE_USUAL)) continue;
    usual++;
    if ((unsigned char)s[0] < 0xE4 || (unsigned char)s[0] > 0xE9) continue; /* no scan begins there */
    scanned++;
    if (!CHECK(thirds < 32 && (places_lengths(&data, s, n) >> thirds & 1)))
      fprintf(stderr, "  %.*s\n", (int)n, s);
  }
  CHECK(usual > 40000 && scanned > usual - 20);
}

static void check_random_bytes(void) {
  uint64_t seed = 7;
  for (int round = 0; round < 20000; round++) {
    size_t n = check_below(&seed, 24);
    char *s = malloc(n + 1);
    if (s == NULL) return;
    for (size_t i = 0; i + 3 <= n; i += 3) { /* valid UTF-8, Han */
      uint32_t c = 0x4E00 + check_below(&seed, 0x5200);
      s[i] = (char)(0xE0 | c >> 12), s[i + 1] = (char)(0x80 | (c >> 6 & 63)),
      s[i + 2] = (char)(0x80 | (c & 63));
    }
    uint8_t levels;
    if (mill_places_scan(&data, s, n - n % 3, &levels) > n) CHECK(0);
    free(s);
  }
}

int main(void) {
  mill_error err = {0};
  const char *dir = getenv("TEXTMILL_DATA");
  if (!CHECK(places_attach(&data, dir != NULL ? dir : "build/lib/textmill", &err) == 0)) {
    fprintf(stderr, "%s\n", err.message);
    return check_report();
  }
  CHECK_EQ(mill_image_verify(&data.places, "places", &err), 0);
  check_place("云南省", 1, "530000", "");
  check_place("云南", 1, "530000", "");
  check_place("内蒙古", 1, "150000", "");
  check_place("广西", 1, "450000", "");
  check_place("新疆", 1, "650000", "");
  check_place("香港", 1, "810000", "");
  check_place("北京", 1, "110000", "");
  check_place("昆明市", 2, "530100", "云南省");
  check_place("昆明", 2, "530100", "云南省");
  check_place("大理白族自治州", 2, "532900", "云南省");
  check_place("大理", 2, "532900", "云南省");
  check_place("西双版纳", 2, "532800", "云南省");
  check_place("锡林郭勒盟", 2, "152500", "内蒙古自治区");
  check_place("海淀区", 3, "110108", "北京市");
  check_place("海淀", 3, "110108", "北京市");
  check_place("忠县", 3, "500233", "重庆市");
  check_place("石林彝族自治县", 3, "530126", "昆明市");
  check_place("石林", 3, "530126", "昆明市");
  check_place("济源市", 3, "419001", "河南省");
  check_place("东华门街道", 4, "110101001", "东城区");
  check_place("东华门", 4, "110101001", "东城区");
  check_absent("忠");
  check_absent("市辖区");
  check_absent("县");
  check_absent("");
  check_absent("没有这样的地方");
  check_scan("云南省昆明市", "云南省", 1 << 1);
  check_scan("云南昆明", "云南", 1 << 1);
  check_scan("东华门街道办", "东华门街道", 1 << 4);
  check_scan("吉林省", "吉林省", 1 << 1);
  check_scan("吉林市", "吉林市", 1 << 2);
  check_scan("吉林", "吉林", 1 << 1 | 1 << 2);
  check_scan("我们", "", 0);
  check_scan("abc", "", 0);
  check_tree();
  check_vintages();
  check_lengths();
  check_random_bytes();
  places_detach(&data);
  mill_image_close(&data.places);
  return check_report();
}
