/* villages.c - villages of a township, from the optional image; see villages.h. */
#include "villages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "utf8.h"

/* ---- stems ------------------------------------------------------------------- */

static size_t cut(const char *s, size_t n, const char *tail) {
  size_t len = strlen(tail);
  return n >= len + 6 && memcmp(s + n - len, tail, len) == 0 ? n - len : n;
}

size_t village_stem(const char *s, size_t n, int *kind) {
  static const char *const rural[] = {"村民委员会", "村委会", "嘎查委员会", "嘎查", "村"};
  static const char *const urban[] = {"居民委员会", "居委会", "社区"};
  size_t all = n;
  *kind = VILLAGE_ANY;
  for (size_t k = 0; k < 3; k++) n = cut(s, n, urban[k]);
  if (n < all) return *kind = VILLAGE_URBAN, n;
  for (size_t k = 0; k < 5; k++) {
    n = cut(s, n, rural[k]);
    if (n < all) return *kind = VILLAGE_RURAL, k < 2 ? cut(s, n, "村") : n;
  }
  return n;
}

/* ---- looking up ---------------------------------------------------------------- */

int mill_villages_there(const mill_data *d) { return d != NULL && d->villages_view != NULL; }

static const village_town *find_town(const struct mill_villages *v, uint32_t code) {
  size_t lo = 0, hi = v->n_towns;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    if (v->towns[mid].code < code) lo = mid + 1;
    else hi = mid;
  }
  return lo < v->n_towns && v->towns[lo].code == code ? &v->towns[lo] : NULL;
}

/* How well a record answers: 0 not at all; the time counts more than the kind. */
static int fitness(const village_record *r, int kind, int vintage) {
  int same_kind = kind == VILLAGE_ANY || r->kind == VILLAGE_ANY || r->kind == kind;
  return 1 + same_kind + 2 * ((unsigned)r->vintages >> vintage & 1u ? 1 : 0);
}

/* 永乐 for 永乐庄: is `name` the stem and one character more? */
static int is_longer_by_one(const char *name, const char *stem, size_t len) {
  return strncmp(name, stem, len) == 0 && name[len] != 0 &&
         name[len + utf8_length((unsigned char)name[len])] == 0;
}

static void set_village(const struct mill_villages *v, uint32_t town, const village_record *r,
                        mill_village *out) {
  *out =
      (mill_village){.name = v->names + r->name, .vintages = r->vintages, .urban = r->kind == VILLAGE_URBAN};
  snprintf(out->code, sizeof out->code, "%09u%03u", (unsigned)town, (unsigned)(r->code % 1000u));
}

int mill_villages_find(const mill_data *d, const char *town, const char *folded, size_t n,
                       int vintage, mill_village *out) {
  if (!mill_villages_there(d) || strlen(town) != 9 || vintage < 0 || vintage >= MILL_PLACE_VINTAGES) return 0;
  const struct mill_villages *v = d->villages_view;
  const village_town *t = find_town(v, (uint32_t)strtoul(town, NULL, 10));
  const village_record *longer = NULL;
  int kind, best = 0, several = 0;
  size_t len = village_stem(folded, n, &kind);
  if (t == NULL || len == 0) return 0;
  for (uint32_t k = t[0].first; k < t[1].first; k++) {
    const village_record *r = &v->villages[k];
    const char *name = v->names + r->name;
    if (strncmp(name, folded, len) == 0 && name[len] == 0) {
      int fits = fitness(r, kind, vintage);
      if (fits > best) best = fits, set_village(v, t->code, r, out);
    } else if (len >= 6 && is_longer_by_one(name, folded, len)) {
      several = longer != NULL && longer->code != r->code;
      longer = r;
    }
  }
  if (best > 0) return 1;
  if (longer == NULL || several) return 0;
  return set_village(v, t->code, longer, out), 1;
}

/* ---- the image ------------------------------------------------------------------ */

static int is_valid(const struct mill_villages *v) {
  for (size_t i = 0; i < v->n_towns; i++)
    if (v->towns[i].first > v->towns[i + 1].first) return 0;
  for (size_t i = 0; i < v->n_villages; i++)
    if (v->villages[i].name >= v->n_names) return 0;
  return v->towns[v->n_towns].first == v->n_villages && v->n_names > 0 && v->names[v->n_names - 1] == 0;
}

static int read_sections(const mill_image *im, struct mill_villages *v, mill_error *err) {
  v->towns = mill_image_section(im, "towns", sizeof *v->towns, &v->n_towns, err);
  v->villages = mill_image_section(im, "villages", sizeof *v->villages, &v->n_villages, err);
  v->names = mill_image_section(im, "names", 1, &v->n_names, err);
  if (v->towns == NULL || v->villages == NULL || v->names == NULL) return MILL_EFORMAT;
  if (v->n_towns-- > 0 && is_valid(v)) return 0;
  return mill_fail(err, MILL_ECORRUPT, 0, "the image of villages has a damaged table");
}

int villages_attach(mill_data *d, const char *dir, mill_error *err) {
  char path[4096];
  mill_error why = {0};
  int len = snprintf(path, sizeof path, "%s/textmill-villages.dat", dir);
  if (len < 0 || (size_t)len >= sizeof path)
    return mill_fail(err, MILL_EINVAL, 0, "the path of the data images is too long");
  int rc = mill_image_open(&d->villages, path, "villages", &why);
  if (rc == MILL_ENOTFOUND) return 0; /* nobody has built it */
  if (rc < 0) return mill_fail(err, rc, 0, "%s", why.message);
  d->villages_view = mem_calloc(1, sizeof *d->villages_view);
  if (d->villages_view == NULL) return mill_fail_memory(err);
  return read_sections(&d->villages, d->villages_view, err);
}

void villages_detach(mill_data *d) {
  mem_free(d->villages_view);
  d->villages_view = NULL;
}
