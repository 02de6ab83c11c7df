/*
** mkconvert - data/opencc -> textmill-convert.dat
** usage: mkconvert DATA IMAGES OUT (IMAGES is not used)
**
**   config/NAME.json   which dictionaries, in groups, in which steps
**   *.txt              key TAB value [SPACE value...]; the first value counts
**
** Groups become one dictionary a step, to be used by longest match:
**   union          the longest match of all: entries together, the first of
**                  two equal keys
**   short_circuit  the longest match of the first dictionary that has any: an
**                  entry goes when a key of an earlier dictionary begins it
** Dictionaries OpenCC makes when it is built are made here: *Rev (values to
** keys), and phrases of the regional dictionaries with simplified keys. What
** may come out as tofu (TSCharactersExt) is used for that alone, as in OpenCC.
** convert.h shows the image. Reference: OpenCC's data/scripts, src/Config.cpp.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/convert.h"
#include "convert_dict.h"

/* ---- configurations: as much of JSON as they use --------------------------------- */

typedef struct node { /* an object, array, string or word; members hang on `child` */
  char type;          /* { [ " w */
  const char *key, *text;
  struct node *child, *next;
} node;

static const char *skip(const char *s) { return s + strspn(s, " \t\r\n,:"); }

static const char *parse(const char *s, node **out) {
  node *n = calloc(1, sizeof *n);
  if (n == NULL) die("out of memory");
  n->type = *s;
  if (*s == '"') {
    size_t len = strcspn(s + 1, "\"");
    n->text = copy(s + 1, len);
    s += len + 2;
  } else if (*s == '{' || *s == '[') {
    node **last = &n->child, *key = NULL;
    for (s = skip(s + 1); *s != '}' && *s != ']'; s = skip(s)) {
      if (*s == 0) die("JSON ends too early");
      if (n->type == '{') s = skip(parse(s, &key));
      s = parse(s, last);
      if (key != NULL) (*last)->key = key->text;
      last = &(*last)->next;
    }
    s++;
  } else {
    n->type = 'w';
    size_t len = strcspn(s, " \t\r\n,}]");
    if (len == 0) die("bad JSON at %.20s", s);
    n->text = copy(s, len);
    s += len;
  }
  *out = n;
  return s;
}

static const node *member(const node *n, const char *key) {
  for (const node *m = n != NULL ? n->child : NULL; m != NULL; m = m->next)
    if (m->key != NULL && strcmp(m->key, key) == 0) return m;
  return NULL;
}

static const char *text_of(const node *n, const char *key) {
  const node *m = member(n, key);
  return m != NULL && m->text != NULL ? m->text : "";
}

/* What a dictionary is made of: dictionaries with the same one are the same. */
static const char *describe(const node *n) {
  char out[1024];
  if (strcmp(text_of(n, "may_output_tofu"), "true") == 0) return "";
  if (strcmp(text_of(n, "type"), "group") != 0) {
    const char *file = text_of(n, "file");
    return copy(file, strcspn(file, "."));
  }
  int len = snprintf(out, sizeof out, "%s(", text_of(n, "match_policy"));
  for (const node *m = member(n, "dicts")->child; m != NULL; m = m->next) {
    const char *part = describe(m);
    if (*part != 0) len += snprintf(out + len, sizeof out - (size_t)len, " %s", part);
  }
  snprintf(out + len, sizeof out - (size_t)len, " )");
  return copy(out, strlen(out));
}

static dict flatten(const node *n) {
  dict d = {0};
  if (strcmp(text_of(n, "may_output_tofu"), "true") == 0) return d;
  if (strcmp(text_of(n, "type"), "group") != 0) return named(describe(n));
  const char *policy = text_of(n, "match_policy");
  int is_union = strcmp(policy, "union") == 0;
  if (!is_union && strcmp(policy, "short_circuit") != 0) die("unknown match_policy '%s'", policy);
  for (const node *m = member(n, "dicts")->child; m != NULL; m = m->next)
    d = is_union ? join_union(d, flatten(m)) : join_short(d, flatten(m));
  return d;
}

/* ---- tables -------------------------------------------------------------------- */

#define MAX_TABLES 32
static const char *descriptions[MAX_TABLES];
static convert_table tables[MAX_TABLES];
static uint32_t n_tables;
static uint8_t index_of[MAX_TABLES * CONVERT_PAGES];
static uint32_t *values, *filters;         /* n_pages * CONVERT_PAGE; words */
static size_t n_pages, n_filters, n_pairs, n_phrases, n_pool;
static convert_pair *pairs;
static convert_phrase *phrases;
static char *pool;
static dict compatible; /* compatibility ideographs */

static size_t pool_add(const char *s, size_t n) {
  for (size_t i = 0; i < n; i++) {
    pool = grow(pool, n_pool, 1);
    pool[n_pool++] = s[i];
  }
  if (n_pool > CONVERT_BITS) die("the pool is full");
  return n_pool - n;
}

static int is_three(const char *s) { return ((unsigned char)*s & 0xF0) == 0xE0; }

/* The value of a single character. */
static uint32_t single(const char *key, const char *value) {
  const unsigned char *k = (const unsigned char *)key, *v = (const unsigned char *)value;
  if (strcmp(key, value) == 0) return 0;
  if (is_three(key) && is_three(value) && strlen(value) == 3)
    return (uint32_t)(k[0] ^ v[0]) | (uint32_t)(k[1] ^ v[1]) << 8 | (uint32_t)(k[2] ^ v[2]) << 16;
  unsigned char len = (unsigned char)strlen(value);
  size_t at = pool_add((const char *)&len, 1);
  pool_add(value, len);
  return CONVERT_SPECIAL | CONVERT_POOL | (uint32_t)at;
}

static uint8_t page_for(const uint32_t *v) {
  for (size_t i = 0; i < n_pages; i++)
    if (memcmp(values + i * CONVERT_PAGE, v, CONVERT_PAGE * sizeof *v) == 0) return (uint8_t)i;
  if (n_pages == 256) die("too many pages");
  values = realloc(values, (n_pages + 1) * CONVERT_PAGE * sizeof *values);
  if (values == NULL) die("out of memory");
  memcpy(values + n_pages * CONVERT_PAGE, v, CONVERT_PAGE * sizeof *v);
  return (uint8_t)n_pages++;
}

/* Does the phrase say no more than its characters one by one, all of three bytes
** and none of them special? */
static int is_neutral(const uint32_t *v, const entry *e) {
  const char *value = e->value;
  size_t len;
  for (const char *key = e->key; *key != 0; key += 3, value += 3) {
    if (!is_three(key) || !is_three(value)) return 0;
    uint32_t x = v[utf8_decode(key, &len)];
    if (x & CONVERT_SPECIAL) return 0;
    if ((convert_bytes(key) ^ (x & CONVERT_BITS)) != convert_bytes(value)) return 0;
  }
  return *value == 0;
}

/* Marks the first and the second characters of phrases that say more. */
static void fill_effects(uint32_t *v, const dict *d) {
  size_t len;
  for (size_t i = 0; i < d->n; i++) {
    uint32_t c = utf8_decode(d->e[i].key, &len), second = utf8_decode(d->e[i].key + len, &(size_t){0});
    if (d->e[i].key[len] == 0 || is_neutral(v, &d->e[i])) continue;
    v[c] |= CONVERT_EFFECT;
    if (second < CONVERT_PLANES) v[second] |= CONVERT_SECOND;
  }
}

static void fill_values(uint32_t *v, const dict *d) {
  size_t len;
  for (size_t i = 0; i < d->n; i++) {
    uint32_t c = utf8_decode(d->e[i].key, &len);
    if (c >= CONVERT_PLANES) die("character too high: %s", d->e[i].key);
    if (d->e[i].key[len] == 0) {
      v[c] |= single(d->e[i].key, d->e[i].value);
      continue;
    }
    v[c] |= CONVERT_PHRASES;
  }
  for (size_t i = 0; i < compatible.n && n_tables > 0; i++) {
    uint32_t c = utf8_decode(compatible.e[i].key, &len);
    if (v[c] != 0) die("compatibility ideograph %s is a key", compatible.e[i].key);
    v[c] = CONVERT_SPECIAL | CONVERT_NORMALIZE;
  }
  for (uint32_t c = 0x2FF0; c <= 0x2FFF; c++) v[c] |= CONVERT_SPECIAL | CONVERT_SKIP;
  fill_effects(v, d);
}

typedef struct sortable { uint32_t hash; size_t len; const entry *e; } sortable;

/* The hash a phrase is filed under. */
static uint32_t hash_of(const char *key) {
  const char *second = key + utf8_length((unsigned char)*key);
  const char *third = second + utf8_length((unsigned char)*second);
  uint32_t hash = convert_hash(convert_bytes(key), convert_bytes(second));
  return *third != 0 ? convert_hash_on(hash, convert_bytes(third)) : hash;
}

static int by_hash(const void *a, const void *b) { /* then the longest first */
  const sortable *x = a, *y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  if (x->len != y->len) return x->len > y->len ? -1 : 1;
  return by_key(x->e, y->e);
}

static void add_phrase(const entry *e) {
  size_t k = strlen(e->key), v = strlen(e->value);
  convert_phrase p = {.key_len = (uint8_t)k, .value_len = (uint8_t)v, .changes = k == v && k <= 21 ? 0 : 255};
  if (k > 255 || v > 255) die("phrase too long: %s", e->key);
  for (size_t i = 0; i < k && p.changes != 255; i += 3)
    if (!is_three(e->key + i) || !is_three(e->value + i))
      p.changes = 255;
    else if (memcmp(e->key + i, e->value + i, 3) != 0)
      p.changes = (uint8_t)(p.changes | 1u << i / 3);
  p.same = strcmp(e->key, e->value) == 0;
  p.text = (uint32_t)pool_add(e->key, k);
  pool_add(e->value, v);
  phrases = grow(phrases, n_phrases, sizeof *phrases);
  phrases[n_phrases++] = p;
}

static uint32_t shift_for(size_t n) { /* 32 - bits of the least power of two >= n */
  uint32_t bits = 5;
  while (((size_t)1 << bits) < n) bits++;
  return 32 - bits;
}

static void zeros(size_t filter_words, size_t slots) {
  for (size_t i = 0; i < filter_words; i++) {
    filters = grow(filters, n_filters, sizeof *filters);
    filters[n_filters++] = 0;
  }
  for (size_t i = 0; i < slots; i++) {
    pairs = grow(pairs, n_pairs, sizeof *pairs);
    pairs[n_pairs++] = (convert_pair){0, 0};
  }
}

static void set_bits(uint32_t first, uint32_t shift, uint32_t hash) {
  filters[first + (hash >> shift >> 5)] |= convert_filter_bits(hash, shift);
}

/* Files the phrases s[0,n), which have one hash, under it. */
static void add_list(const convert_table *t, const sortable *s, size_t n) {
  uint32_t slots = 1u << (32 - t->pair_shift), at = s->hash >> t->pair_shift;
  if (n > 255 || n_phrases >= 1u << 24) die("too many phrases begin like %s", s->e->key);
  while (pairs[t->pair + at].list != 0) at = (at + 1) & (slots - 1);
  pairs[t->pair + at] = (convert_pair){s->hash, (uint32_t)(n_phrases << 8 | n)};
  set_bits(t->filter, t->filter_shift, s->hash);
  for (size_t i = 0; i < n; i++) add_phrase(s[i].e);
}

static void fill_phrases(convert_table *t, const dict *d) {
  sortable *s = NULL;
  size_t n = 0;
  for (size_t i = 0; i < d->n; i++) {
    const char *key = d->e[i].key, *second = key + utf8_length((unsigned char)*key);
    if (*second == 0) continue;
    s = grow(s, n, sizeof *s);
    s[n++] = (sortable){hash_of(key), strlen(key), &d->e[i]};
  }
  if (n > 0) qsort(s, n, sizeof *s, by_hash);
  *t = (convert_table){.filter = (uint32_t)n_filters, .filter_shift = shift_for(n * 16),
                       .pair = (uint32_t)n_pairs, .pair_shift = shift_for(n * 2)};
  zeros((size_t)1 << (27 - t->filter_shift), (size_t)1 << (32 - t->pair_shift));
  for (size_t i = 0, k; i < n; i = k) {
    for (k = i; k < n && s[k].hash == s[i].hash;) k++;
    add_list(t, s + i, k - i);
  }
  free(s);
}

/* The filters of the fast way: phrases that say more than their characters, and
** neighbours within any phrase. */
static void fill_filters(convert_table *t, const dict *d, const uint32_t *v) {
  size_t effects = 0, neighbours = 0;
  for (size_t i = 0; i < d->n; i++) {
    for (const char *s = d->e[i].key; *s != 0; s += utf8_length((unsigned char)*s)) neighbours++;
    effects += !is_neutral(v, &d->e[i]);
  }
  t->effect_shift = shift_for(effects * 16);
  t->effect = (uint32_t)n_filters;
  zeros((size_t)1 << (27 - t->effect_shift), 0);
  t->join_shift = shift_for(neighbours * 8);
  t->join = (uint32_t)n_filters;
  zeros((size_t)1 << (27 - t->join_shift), 0);
  for (size_t i = 0; i < d->n; i++) {
    const char *s = d->e[i].key, *next = s + utf8_length((unsigned char)*s);
    if (*next != 0 && !is_neutral(v, &d->e[i])) set_bits(t->effect, t->effect_shift, hash_of(s));
    for (; *next != 0; s = next, next += utf8_length((unsigned char)*next))
      set_bits(t->join, t->join_shift, convert_hash(convert_bytes(s), convert_bytes(next)));
  }
}

/* The table of this dictionary: made when it is new. */
static uint16_t table_for(const char *description, const node *n, int identity) {
  static uint32_t v[CONVERT_PLANES];
  for (uint32_t i = 0; i < n_tables; i++)
    if (strcmp(descriptions[i], description) == 0) return (uint16_t)i;
  if (n_tables == MAX_TABLES) die("too many tables");
  dict d = flatten(n);
  convert_table *t = &tables[n_tables];
  for (size_t i = 0; i < d.n && identity; i++) d.e[i].value = d.e[i].key;
  memset(v, 0, sizeof v);
  fill_values(v, &d);
  fill_phrases(t, &d);
  fill_filters(t, &d, v);
  for (size_t i = 0; i < d.n; i++) {
    size_t len = strlen(d.e[i].value);
    if (len > t->longest) t->longest = (uint32_t)len;
    if ((unsigned char)d.e[i].key[0] < 0x80) t->ascii = 1;
    for (const char *k = d.e[i].key; *k != 0 && n_tables > 0; k += utf8_length((unsigned char)*k))
      if (find(&compatible, k, utf8_length((unsigned char)*k)) != NULL)
        die("compatibility ideograph in %s", d.e[i].key);
  }
  for (uint32_t i = 0; i < CONVERT_PAGES; i++)
    index_of[n_tables * CONVERT_PAGES + i] = page_for(v + i * CONVERT_PAGE);
  descriptions[n_tables] = description;
  return (uint16_t)n_tables++;
}

/* ---- chains ---------------------------------------------------------------------- */

static void add_step(convert_config *c, uint16_t table, uint16_t flags) {
  if (c->n_steps == CONVERT_STEPS) die("%s: too many steps", c->name);
  c->steps[c->n_steps].table = table;
  c->steps[c->n_steps++].flags = flags;
}

/* The dictionary that comes first in a group of them. */
static const char *first_of(const node *n) {
  const node *dicts = member(n, "dicts");
  return dicts != NULL && strcmp(text_of(n, "match_policy"), "short_circuit") == 0 ? describe(dicts->child)
                                                                                   : describe(n);
}

static convert_config read_config(const char *name) {
  convert_config c = {0};
  node *root;
  char path[64], own[1032];
  snprintf(path, sizeof path, "config/%s", name);
  snprintf(c.name, sizeof c.name, "%s", name);
  parse(read_file(path, ".json"), &root);
  const node *normal = member(root, "normalization")->child;
  if (table_for(describe(member(normal, "dict")), member(normal, "dict"), 0) != 0)
    die("%s: another normalization", name);
  const node *cut = member(root, "segmentation"), *chain = member(root, "conversion_chain")->child;
  uint16_t cuts = 0;
  if (cut != NULL) {
    /* where the first step's phrases are those that cut, one pass does both:
    ** a segment that is a phrase is converted as that phrase, and in the
    ** others no phrase begins anywhere */
    const char *by = describe(member(cut, "dict"));
    cuts = CONVERT_CUTS;
    snprintf(own, sizeof own, "= %s", by);
    if (strcmp(by, first_of(member(chain, "dict"))) != 0) {
      add_step(&c, table_for(copy(own, strlen(own)), member(cut, "dict"), 1), cuts);
      cuts = 0;
    }
  } else if (chain->next != NULL) {
    die("%s: several steps need a segmentation", name);
  }
  for (const node *s = chain; s != NULL; s = s->next, cuts = 0)
    add_step(&c, table_for(describe(member(s, "dict")), member(s, "dict"), 0), s->next != NULL ? cuts : 0);
  return c;
}

int main(int argc, char **argv) {
  static const char *const names[] = {"s2t", "t2s", "s2tw", "tw2s", "s2hk", "hk2s", "s2twp", "tw2sp", "s2hkp",
                                      "hk2sp", "t2tw", "tw2t", "t2hk", "hk2t", "t2jp", "jp2t"};
  enum { N = sizeof names / sizeof *names };
  static convert_config configs[N];
  static char root[4096];
  if (argc != 4) return fprintf(stderr, "usage: mkconvert DATA IMAGES OUT\n"), 2;
  snprintf(root, sizeof root, "%s/opencc", argv[1]);
  folder = root;
  compatible = plain("CJK_Compatibility_Ideographs");
  for (int i = 0; i < N; i++) configs[i] = read_config(names[i]);
  for (int i = 0; i < 8; i++) pool_add("", 1); /* they are copied in words */
  mill_image_writer w = {.kind = "convert"};
  snprintf(w.description, sizeof w.description, "opencc-1.4.1/%zu phrases", n_phrases);
  mill_image_add(&w, "configs", configs, sizeof configs);
  mill_image_add(&w, "tables", tables, n_tables * sizeof *tables);
  mill_image_add(&w, "index", index_of, n_tables * CONVERT_PAGES);
  mill_image_add(&w, "values", values, n_pages * CONVERT_PAGE * sizeof *values);
  mill_image_add(&w, "filters", filters, n_filters * sizeof *filters);
  mill_image_add(&w, "pairs", pairs, n_pairs * sizeof *pairs);
  mill_image_add(&w, "phrases", phrases, n_phrases * sizeof *phrases);
  mill_image_add(&w, "pool", pool, n_pool);
  mill_error err = {0};
  if (mill_image_write(&w, argv[3], &err) < 0) return fprintf(stderr, "mkconvert: %s\n", err.message), 1;
  for (int i = 0; i < N && getenv("MKCONVERT_VERBOSE") != NULL; i++)
    for (uint32_t k = 0; k < configs[i].n_steps; k++)
      printf("%s %u%s %s\n", names[i], configs[i].steps[k].table, configs[i].steps[k].flags ? "!" : "",
             descriptions[configs[i].steps[k].table]);
  return 0;
}
