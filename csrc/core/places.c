/* places.c - looking up division names in the places image; see places.h. */
#include "places.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "utf8.h"

/* ---- keys ------------------------------------------------------------------------ */

static const place_key *find_key(const struct mill_places *p, const char *s, size_t n) {
  if (p == NULL || n == 0 || n > UINT16_MAX) return NULL;
  uint64_t hash = mill_hash64(s, n, 0);
  size_t mask = p->n_slots - 1, at = (size_t)hash & mask;
  uint32_t tag = place_slot_tag(hash);
  for (size_t tries = 0; tries < p->n_slots; tries++, at = (at + 1) & mask) {
    uint32_t slot = p->slots[at];
    if (slot == 0) return NULL;
    if ((slot & ~PLACE_KEY_MASK) != tag) continue;
    const place_key *k = &p->keys[(slot & PLACE_KEY_MASK) - 1];
    if (k->len == n && memcmp(p->keytext + k->text, s, n) == 0) return k;
  }
  return NULL;
}

static uint32_t key_forms(const struct mill_places *p, const place_key *k) {
  uint32_t forms = 0;
  for (uint32_t i = 0; i < k->count; i++) {
    uint32_t posting = p->postings[k->first + i];
    uint32_t level = p->places[posting & ~PLACE_SHORT].level;
    forms |= posting & PLACE_SHORT ? PLACE_BRIEF(level) : PLACE_FULL(level);
  }
  return forms;
}

uint32_t places_forms(const mill_data *d, const char *s, size_t n, uint32_t *first) {
  const struct mill_places *p = d != NULL ? d->places_view : NULL;
  const place_key *k = find_key(p, s, n);
  if (k == NULL) return 0;
  if (first != NULL) *first = p->postings[k->first] & ~PLACE_SHORT;
  return key_forms(p, k);
}

/* ---- places ------------------------------------------------------------------------ */

int mill_places_get(const mill_data *d, uint32_t index, mill_place *out) {
  const struct mill_places *p = d != NULL ? d->places_view : NULL;
  if (p == NULL || index >= p->n_places) return MILL_ENOTFOUND;
  const place_record *r = &p->places[index];
  static const uint32_t scale[] = {1, 10000, 100, 1, 1, 1};
  *out = (mill_place){.level = r->level, .name = p->names + r->name, .index = index,
                      .parent = r->parent, .vintages = r->vintages};
  uint32_t code = r->code * scale[r->level];
  int len = r->level == MILL_PLACE_VILLAGE
                ? snprintf(out->code, sizeof out->code, "%09u%03u", code, r->village % 1000u)
                : snprintf(out->code, sizeof out->code, "%u", code);
  return len > 0 ? 0 : MILL_EINVAL;
}

size_t mill_places_find(const mill_data *d, const char *folded, size_t n, mill_place *out,
                        size_t max) {
  const struct mill_places *p = d != NULL ? d->places_view : NULL;
  const place_key *k = find_key(p, folded, n);
  if (k == NULL) return 0;
  for (size_t i = 0; i < k->count && i < max; i++)
    mill_places_get(d, p->postings[k->first + i] & ~PLACE_SHORT, &out[i]);
  return k->count;
}

/* ---- vintages ------------------------------------------------------------------------ */

static const struct { int year, month, day; const char *name; } vintages[MILL_PLACE_VINTAGES] = {
    {2018, 10, 31, "2018"}, {2019, 10, 31, "2019"}, {2020, 6, 30, "2020"}, {2023, 6, 30, "2023"}};

int mill_places_vintage(mill_date date) {
  int k = MILL_PLACE_VINTAGES - 1, at = (date.year * 16 + date.month) * 32 + date.day;
  if (date.year == 0) return k;
  while (k > 0 && (vintages[k].year * 16 + vintages[k].month) * 32 + vintages[k].day > at) k--;
  return k;
}

const char *mill_places_vintage_name(int vintage) {
  return vintage >= 0 && vintage < MILL_PLACE_VINTAGES ? vintages[vintage].name : NULL;
}

size_t places_of_time(mill_place *found, size_t count, int vintage) {
  size_t kept = 0;
  for (size_t k = 0; k < count; k++)
    if ((unsigned)found[k].vintages >> vintage & 1u) kept++;
  if (kept == 0) return count; /* none then: those of other times are better than nothing */
  kept = 0;
  for (size_t k = 0; k < count; k++)
    if ((unsigned)found[k].vintages >> vintage & 1u) found[kept++] = found[k];
  return kept;
}

/* ---- scanning ------------------------------------------------------------------------ */

/* Ends of the first characters of s: ends[k] = bytes of k characters. */
static int char_ends(const char *s, size_t n, size_t ends[PLACE_MAX_CHARS]) {
  int count = 0;
  size_t i = 0;
  ends[0] = 0;
  while (i < n && count + 1 < PLACE_MAX_CHARS) {
    i += utf8_length((unsigned char)s[i]);
    if (i > n) break;
    ends[++count] = i;
  }
  return count;
}

size_t places_prefix(const mill_data *d, const char *s, size_t n, uint32_t forms,
                     uint32_t *found) {
  const struct mill_places *p = d != NULL ? d->places_view : NULL;
  size_t len, ends[PLACE_MAX_CHARS];
  if (p == NULL || n < 3 || utf8_length((unsigned char)s[0]) != 3) return 0;
  uint32_t c = utf8_decode(s, &len);
  if (c < PLACE_FIRST || c - PLACE_FIRST >= PLACE_FIRSTS) return 0;
  uint32_t lengths = p->lengths[c - PLACE_FIRST];
  if (lengths == 0) return 0;
  for (int k = char_ends(s, n, ends); k > 0; k--) {
    if (!(lengths >> k & 1u)) continue;
    const place_key *key = find_key(p, s, ends[k]);
    uint32_t have = key != NULL ? key_forms(p, key) & forms : 0;
    if (have == 0) continue;
    if (found != NULL) *found = have;
    return ends[k];
  }
  return 0;
}

size_t mill_places_scan(const mill_data *d, const char *folded, size_t n, uint8_t *levels) {
  uint32_t found = 0;
  size_t len = places_prefix(d, folded, n, PLACE_USUAL, &found);
  if (levels != NULL) *levels = (uint8_t)(found | found >> 8);
  return len;
}

/* ---- the image ------------------------------------------------------------------------ */

static int valid_records(const struct mill_places *p) {
  for (size_t i = 0; i < p->n_places; i++) {
    const place_record *r = &p->places[i];
    if (r->name >= p->n_names || r->level < 1 || r->level > MILL_PLACE_VILLAGE) return 0;
    if (r->parent != MILL_NONE && r->parent >= i) return 0;
  }
  return p->n_names > 0 && p->names[p->n_names - 1] == 0;
}

static int valid_keys(const struct mill_places *p) {
  for (size_t i = 0; i < p->n_keys; i++) {
    const place_key *k = &p->keys[i];
    if ((size_t)k->text + k->len > p->n_keytext) return 0;
    if (k->count == 0 || (size_t)k->first + k->count > p->n_postings) return 0;
  }
  for (size_t i = 0; i < p->n_postings; i++)
    if ((p->postings[i] & ~PLACE_SHORT) >= p->n_places) return 0;
  for (size_t i = 0; i < p->n_slots; i++)
    if (p->slots[i] != 0 && (p->slots[i] & PLACE_KEY_MASK) - 1 >= p->n_keys) return 0;
  return p->n_slots > 0 && (p->n_slots & (p->n_slots - 1)) == 0;
}

static int read_sections(const mill_image *im, struct mill_places *p, mill_error *err) {
  size_t n, n_pairs, n_begins;
  p->places = mill_image_section(im, "places", sizeof *p->places, &p->n_places, err);
  p->names = mill_image_section(im, "names", 1, &p->n_names, err);
  p->keys = mill_image_section(im, "keys", sizeof *p->keys, &p->n_keys, err);
  p->keytext = mill_image_section(im, "keytext", 1, &p->n_keytext, err);
  p->postings = mill_image_section(im, "postings", 4, &p->n_postings, err);
  p->slots = mill_image_section(im, "slots", 4, &p->n_slots, err);
  p->lengths = mill_image_section(im, "lengths", 4, &n, err);
  p->pairs = mill_image_section(im, "pairs", 4, &n_pairs, err);
  p->begins = mill_image_section(im, "begins", 8, &n_begins, err);
  if (!p->places || !p->names || !p->keys || !p->keytext || !p->postings || !p->slots ||
      !p->lengths || !p->pairs || !p->begins)
    return MILL_EFORMAT;
  int sized = n == PLACE_FIRSTS && n_pairs == PLACE_PAIRS && n_begins == PLACE_BEGINS;
  if (!sized || !valid_records(p) || !valid_keys(p))
    return mill_fail(err, MILL_ECORRUPT, 0, "the places image has a damaged table");
  return 0;
}

int places_attach(mill_data *d, const char *dir, mill_error *err) {
  char path[4096];
  int len = snprintf(path, sizeof path, "%s/textmill-places.dat", dir);
  if (len < 0 || (size_t)len >= sizeof path)
    return mill_fail(err, MILL_EINVAL, 0, "the path of the data images is too long");
  int rc = mill_image_open(&d->places, path, "places", err);
  if (rc < 0) return rc;
  d->places_view = mem_calloc(1, sizeof *d->places_view);
  if (d->places_view == NULL) return mill_fail_memory(err);
  return read_sections(&d->places, d->places_view, err);
}

void places_detach(mill_data *d) {
  mem_free(d->places_view);
  d->places_view = NULL;
}
