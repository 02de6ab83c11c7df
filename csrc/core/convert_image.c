/*
** convert_image.c - opens textmill-convert.dat. Opening finds the sections;
** that nothing in them points outside is checked at the first conversion, so
** that programs which never convert do not wait for it.
*/
#include <stdio.h>

#include "alloc.h"
#include "convert.h"
#include "error.h"

static int find_sections(struct mill_convert *v, const mill_image *im, mill_error *err) {
  v->configs = mill_image_section(im, "configs", sizeof *v->configs, &v->n_configs, err);
  v->tables = mill_image_section(im, "tables", sizeof *v->tables, &v->n_tables, err);
  v->index = mill_image_section(im, "index", sizeof *v->index, &v->n_index, err);
  v->values = mill_image_section(im, "values", sizeof *v->values, &v->n_values, err);
  v->filters = mill_image_section(im, "filters", sizeof *v->filters, &v->n_filters, err);
  v->pairs = mill_image_section(im, "pairs", sizeof *v->pairs, &v->n_pairs, err);
  v->phrases = mill_image_section(im, "phrases", sizeof *v->phrases, &v->n_phrases, err);
  v->pool = mill_image_section(im, "pool", 1, &v->n_pool, err);
  return v->configs != NULL && v->tables != NULL && v->index != NULL && v->values != NULL &&
         v->filters != NULL && v->pairs != NULL && v->phrases != NULL && v->pool != NULL;
}

int convert_attach(mill_data *d, const char *dir, mill_error *err) {
  char path[4096];
  int len = snprintf(path, sizeof path, "%s/textmill-convert.dat", dir);
  if (len < 0 || (size_t)len >= sizeof path)
    return mill_fail(err, MILL_EINVAL, 0, "the path of the data images is too long");
  int rc = mill_image_open(&d->convert, path, "convert", err);
  if (rc == MILL_ENOTFOUND) return 0; /* mill_convert says so when it is needed */
  if (rc < 0) return rc;
  if ((d->convert_view = mem_calloc(1, sizeof *d->convert_view)) == NULL)
    return mill_fail_memory(err);
  return find_sections(d->convert_view, &d->convert, err) ? 0 : MILL_EFORMAT;
}

void convert_detach(mill_data *d) {
  mem_free(d->convert_view);
  d->convert_view = NULL;
}

/* ---- checking --------------------------------------------------------------- */

static int check_configs(const struct mill_convert *v) {
  for (size_t i = 0; i < v->n_configs; i++) {
    const convert_config *c = &v->configs[i];
    if (memchr(c->name, 0, sizeof c->name) == NULL || c->n_steps < 1 || c->n_steps > CONVERT_STEPS)
      return 0;
    for (uint32_t k = 0; k < c->n_steps; k++)
      if (c->steps[k].table >= v->n_tables) return 0;
  }
  return 1;
}

/* Has the array `total` items, so that item hash >> shift of those that begin
** at `first`, `per` of them to one, is always there? */
static int fits(uint32_t first, uint32_t shift, uint32_t per, size_t total) {
  return shift >= 5 && shift <= 27 && first <= total &&
         (UINT64_C(1) << (32 - shift)) / per <= total - first;
}

/* A probe ends at an empty slot: there has to be one. */
static int has_empty(const convert_pair *p, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (p[i].list == 0) return 1;
  return 0;
}

static int check_tables(const struct mill_convert *v) {
  if (v->n_tables < 1 || v->n_index != v->n_tables * CONVERT_PAGES || v->n_values % CONVERT_PAGE != 0)
    return 0;
  for (size_t i = 0; i < v->n_tables; i++) {
    const convert_table *t = &v->tables[i];
    if (!fits(t->filter, t->filter_shift, 32, v->n_filters) ||
        !fits(t->effect, t->effect_shift, 32, v->n_filters) ||
        !fits(t->join, t->join_shift, 32, v->n_filters) ||
        !fits(t->pair, t->pair_shift, 1, v->n_pairs) ||
        !has_empty(v->pairs + t->pair, 1u << (32 - t->pair_shift)))
      return 0;
  }
  return 1;
}

static int check_index(const struct mill_convert *v) {
  uint8_t most = 0; /* a maximum vectorises, an early exit does not */
  for (size_t i = 0; i < v->n_index; i++) most = v->index[i] > most ? v->index[i] : most;
  return (size_t)most * CONVERT_PAGE < v->n_values;
}

/* A character of its own in the pool has at most 255 bytes behind its length. */
static int check_values(const struct mill_convert *v) {
  uint32_t most = 0;
  for (size_t i = 0; i < v->n_values; i++) {
    uint32_t at = v->values[i] & CONVERT_POOL ? v->values[i] & CONVERT_BITS : 0;
    most = at > most ? at : most;
  }
  return v->n_pool >= 8 && most < v->n_pool;
}

static int check_singles(const struct mill_convert *v) {
  for (size_t i = 0; i < v->n_values; i++) {
    if (!(v->values[i] & CONVERT_POOL)) continue;
    size_t at = v->values[i] & CONVERT_BITS;
    if ((unsigned char)v->pool[at] > v->n_pool - at - 1) return 0;
  }
  return 1;
}

static int check_phrases(const struct mill_convert *v) {
  int bad = 0;
  for (size_t i = 0; i < v->n_phrases; i++) {
    const convert_phrase *p = &v->phrases[i];
    bad |= (uint64_t)p->text + p->key_len + p->value_len + 8 > v->n_pool || p->key_len == 0 ||
           (p->same && p->key_len != p->value_len) ||
           (p->changes != 0xFF && (p->key_len != p->value_len || p->key_len % 3 != 0 || p->key_len > 21));
  }
  for (size_t i = 0; i < v->n_pairs; i++)
    bad |= (uint64_t)(v->pairs[i].list >> 8) + (v->pairs[i].list & 255u) > v->n_phrases;
  return !bad;
}

int convert_check(struct mill_convert *v, mill_error *err) {
  if (atomic_load_explicit(&v->checked, memory_order_acquire)) return 0;
  if (!check_configs(v) || !check_tables(v) || !check_index(v) || !check_values(v) ||
      !check_singles(v) || !check_phrases(v))
    return mill_fail(err, MILL_ECORRUPT, 0, "the script conversion image is damaged");
  atomic_store_explicit(&v->checked, 1, memory_order_release);
  return 0;
}
