/*
** unicode.c - opens textmill-unicode.dat; look-ups too big for unicode.h.
** The one place that trusts nothing: afterwards every index is in range.
*/
#include "unicode.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "utf8.h"

typedef struct counts {
  size_t tries, mid, values, records, pool, properties, pairs, readings, reading_pool;
} counts;

/* Finds every section; NULL or odd lengths fail here. */
static int find_sections(mill_unicode *u, const mill_image *im, counts *n, mill_error *err) {
  u->tries = mill_image_section(im, "tries", sizeof *u->tries, &n->tries, err);
  u->mid = mill_image_section(im, "mid", 128, &n->mid, err);
  u->values = mill_image_section(im, "values", 128, &n->values, err);
  u->records = mill_image_section(im, "records", 4, &n->records, err);
  u->pool = mill_image_section(im, "pool", 1, &n->pool, err);
  u->properties = mill_image_section(im, "properties", 4, &n->properties, err);
  u->pairs = mill_image_section(im, "pairs", sizeof *u->pairs, &n->pairs, err);
  u->readings = mill_image_section(im, "readings", 4, &n->readings, err);
  u->reading_pool = mill_image_section(im, "reading-pool", 1, &n->reading_pool, err);
  return u->tries != NULL && u->mid != NULL && u->values != NULL && u->records != NULL &&
         u->pool != NULL && u->properties != NULL && u->pairs != NULL && u->readings != NULL &&
         u->reading_pool != NULL;
}

static int all_below(const uint16_t *v, size_t n, size_t limit) {
  uint16_t most = 0; /* a maximum vectorises, an early exit does not */
  for (size_t i = 0; i < n; i++) most = v[i] > most ? v[i] : most;
  return n == 0 || most < limit;
}

/* Does a block hold values below `limit` only? In forms the bit BACK does not
** count, and HANGUL is allowed without it. No branches: to be vectorised. */
static int check_block(const mill_unicode *u, uint32_t block, size_t limit, int form) {
  const uint16_t *v = u->values + (size_t)block * 64;
  uint16_t hangul = form ? UNICODE_HANGUL : 0, any = 0;
  int16_t most = 0;
  for (int i = 0; i < 64; i++) {
    int16_t x = (int16_t)(v[i] == hangul ? 0 : v[i] & 0x7FFF);
    most = x > most ? x : most;
    any |= v[i];
  }
  return (size_t)most < limit && (form || any < UNICODE_BACK);
}

/* n value blocks; neighbours mostly are the same one. */
static int check_blocks(const mill_unicode *u, const uint16_t *blocks, size_t n, size_t limit,
                        int form) {
  for (size_t i = 0; i < n; i++)
    if ((i == 0 || blocks[i] != blocks[i - 1]) && !check_block(u, blocks[i], limit, form)) return 0;
  return 1;
}

static int check_trie(const mill_unicode *u, int trie, size_t limit) {
  const unicode_trie_root *t = &u->tries[trie];
  int form = trie < UNICODE_FORMS;
  if (!check_blocks(u, t->bmp, 1024, limit, form)) return 0;
  for (size_t i = 16; i < 272; i++)
    if (t->high[i] != t->high[i - 1] &&
        !check_blocks(u, u->mid + t->high[i] * 64u, 64, limit, form))
      return 0;
  return check_blocks(u, u->mid + t->high[16] * 64u, 64, limit, form);
}

/* Forms change nothing in ASCII but capitals, and those all (to the small
** letter, for the same reason) or none: normalize.c skips many at a time. */
static int check_ascii(const mill_unicode *u, int form) {
  int capitals = unicode_value(u, form, 'A') != 0;
  enum mill_edit kind = MILL_EDIT_NONE;
  for (uint32_t c = 'A'; c <= 'Z' && capitals; c++) {
    uint32_t value = unicode_value(u, form, c);
    if (value >= UNICODE_HANGUL) return 0;
    unicode_piece p = unicode_record(u, value);
    if (c == 'A') kind = p.kind;
    if (p.len != 1 || p.text[0] != (char)(c | 0x20) || p.kind != kind || kind == MILL_EDIT_NONE)
      return 0;
  }
  for (uint32_t c = 0; c < 0x80; c++)
    if ((unicode_value(u, form, c) != 0) != (capitals && c >= 'A' && c <= 'Z')) return 0;
  return 1;
}

static int check_records(const mill_unicode *u, const counts *n) {
  for (size_t i = 0; i < n->records; i++) {
    uint32_t r = u->records[i];
    if ((r >> 10) + (r >> 4 & 63u) + 16u > n->pool || (r & 15u) > MILL_EDIT_MIXED) return 0;
  }
  for (size_t i = 0; i < n->readings; i++)
    if (u->readings[i] >= n->reading_pool) return 0;
  return n->records > 0 && n->readings > 0 && u->reading_pool[n->reading_pool - 1] == 0;
}

/* A free slot ends every probe. */
static int check_pairs(const mill_unicode *u, size_t n) {
  size_t used = 0;
  if (n == 0 || (n & (n - 1)) != 0) return 0;
  for (size_t i = 0; i < n; i++) {
    used += u->pairs[i].composite != 0;
    if (u->pairs[i].composite > UNICODE_MAX) return 0;
  }
  return used < n;
}

static int check_tables(const mill_unicode *u, const counts *n) {
  if (n->tries != UNICODE_TRIES || !check_pairs(u, n->pairs) || !check_records(u, n)) return 0;
  for (int t = 0; t < UNICODE_TRIES; t++)
    if (!all_below(u->tries[t].bmp, 1024, n->values) || !all_below(u->tries[t].high, 272, n->mid))
      return 0;
  if (!all_below(u->mid, n->mid * 64, n->values)) return 0;
  for (int t = 0; t < UNICODE_FORMS; t++)
    if (!check_trie(u, t, n->records) || !check_ascii(u, t)) return 0;
  return check_trie(u, UNICODE_PROPERTIES, n->properties) &&
         check_trie(u, UNICODE_READINGS, n->readings);
}

int unicode_attach(mill_data *d, const char *dir, mill_error *err) {
  char path[4096];
  if (snprintf(path, sizeof path, "%s/textmill-unicode.dat", dir) >= (int)sizeof path)
    return mill_fail(err, MILL_EINVAL, 0, "the path of the data folder is too long");
  mill_error problem = {0};
  int rc = mill_image_open(&d->unicode, path, "unicode", err);
  if (rc < 0) return rc;
  mill_unicode *u = mem_calloc(1, sizeof *u);
  if (u == NULL) return mill_fail_memory(err);
  d->unicode_view = u;
  counts n;
  if (!find_sections(u, &d->unicode, &n, &problem))
    return mill_fail(err, problem.code, 0, "%s: %.200s", path, problem.message);
  if (!check_tables(u, &n))
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: its tables are damaged", path);
  u->pair_mask = (uint32_t)n.pairs - 1;
  return unicode_make_looks(u) ? 0 : mill_fail_memory(err);
}

void unicode_detach(mill_data *d) {
  if (d->unicode_view != NULL) {
    mem_free(d->unicode_view->looks);
    mem_free(d->unicode_view->quick);
  }
  mem_free(d->unicode_view);
  d->unicode_view = NULL;
}

uint32_t unicode_simplify(const mill_unicode *u, uint32_t c) {
  uint32_t value = unicode_value(u, MILL_DISPLAY, c);
  unicode_piece p = unicode_record(u, value);
  if (value == 0 || p.kind != MILL_EDIT_SCRIPT) return c;
  const unsigned char *s = (const unsigned char *)p.text;
  return p.len == 4 ? (s[0] & 7u) << 18 | (s[1] & 63u) << 12 | (s[2] & 63u) << 6 | (s[3] & 63u)
                    : (s[0] & 15u) << 12 | (s[1] & 63u) << 6 | (s[2] & 63u);
}

uint32_t unicode_compose(const mill_unicode *u, uint32_t a, uint32_t b) {
  if (a - 0x1100u < 19 && b - 0x1161u < 21)
    return 0xAC00u + (a - 0x1100u) * 588u + (b - 0x1161u) * 28u;
  if (a - 0xAC00u < 11172 && (a - 0xAC00u) % 28 == 0 && b - 0x11A8u < 27) return a + b - 0x11A7u;
  for (uint32_t k = (a * 31u + b * 257u) & u->pair_mask;; k = (k + 1) & u->pair_mask) {
    const unicode_pair *p = &u->pairs[k];
    if (p->composite == 0) return 0;
    if (p->first == a && p->second == b) return p->composite;
  }
}

int unicode_last_class(const mill_unicode *u, uint32_t c) {
  uint32_t value = unicode_value(u, MILL_NFD, c);
  if (value == 0 || value == UNICODE_HANGUL) return 0;
  if (value & UNICODE_BACK) return -1;
  unicode_piece p = unicode_record(u, value);
  if (p.len == 0) return -1;
  size_t len;
  return unicode_ccc(u, utf8_decode(p.text + utf8_prev(p.text, p.len), &len));
}

const char *unicode_readings(const mill_unicode *u, uint32_t c) {
  return u->reading_pool + u->readings[unicode_value(u, UNICODE_READINGS, c)];
}

int unicode_is_reading(const mill_unicode *u, uint32_t c, const char *s, size_t n) {
  const char *list = unicode_readings(u, c);
  if (n == 0) return 0;
  for (const char *p = list; *p != 0;) {
    size_t k = strcspn(p, " ");
    if (k == n && memcmp(p, s, n) == 0) return p == list ? 2 : 1;
    p += k;
    if (*p == ' ') p++;
  }
  return 0;
}
