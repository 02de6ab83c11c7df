/*
** mkunicode.c - compiles data/ucd and data/opencc into textmill-unicode.dat.
**
**   mkunicode DATA_DIR IMAGE_DIR OUT
**
** For each form and character: the string it becomes, worked out here with
** plain arrays from the definitions of UAX #15; then everything is packed into
** the tries that core/unicode.h draws. The same input gives the same bytes.
*/
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/image.h"
#include "../core/unicode.h"
#include "../core/utf8.h"

#define N 0x110000u
#define MAX_SEQ 48

typedef struct seq { uint32_t n, c[MAX_SEQ]; } seq; /* a few code points */

enum decomposition { DEC_NONE, DEC_CANONICAL, DEC_COMPAT, DEC_WIDTH };

typedef struct ucd { /* per code point; indices into seqs, 0 = none */
  char gc[N][2];
  uint8_t ccc[N], kind[N], han[N], kana[N], latin[N], excluded[N], ignorable[N], space[N],
      wide[N], second[N];
  uint16_t decomposition[N], fold[N], nfkc_cf[N];
  uint32_t simplified[N];
  uint16_t reading[N];
  seq seqs[32768];
  uint32_t n_seqs;
  unicode_pair pairs[4096];
} ucd;

static void die(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("mkunicode: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
  exit(1);
}

static void *need(size_t n) {
  void *p = calloc(1, n);
  if (p == NULL) die("out of memory");
  return p;
}

/* ---- reading the pinned files -------------------------------------------- */

static void push(seq *s, uint32_t c) {
  if (s->n == MAX_SEQ) die("a mapping of more than %d characters", MAX_SEQ);
  s->c[s->n++] = c;
}

static uint16_t keep(ucd *u, const seq *s) {
  if (u->n_seqs + 1 >= 32768) die("too many mappings");
  u->seqs[++u->n_seqs] = *s;
  return (uint16_t)u->n_seqs;
}

/* "0061 0302" -> code points */
static seq parse_seq(const char *s) {
  seq out = {0};
  for (char *end;; s = end) {
    unsigned long c = strtoul(s, &end, 16);
    if (end == s) return out;
    if (c >= N) die("code point %lX", c);
    push(&out, (uint32_t)c);
  }
}

typedef void row_reader(ucd *u, uint32_t c, char *field[], const char *file);

/* Calls `read` for each code point of each line "0041..005A;a;b"; TAB too
** ends a field. */
static void read_rows(ucd *u, const char *dir, const char *file, row_reader *read) {
  char path[4096], line[4096];
  snprintf(path, sizeof path, "%s/ucd/%s", dir, file);
  FILE *f = fopen(path, "r");
  if (f == NULL) die("cannot open %s", path);
  while (fgets(line, sizeof line, f) != NULL) {
    char *field[4] = {line, "", "", ""};
    int n = 1;
    for (char *p = line; *p != 0; p++) {
      if (*p != ';' && *p != '\t' && *p != '\n') continue;
      if (*p != '\n' && n < 4) field[n++] = p + 1;
      *p = 0;
    }
    char *end;
    unsigned long a = strtoul(line, &end, 16);
    unsigned long b = end[0] == '.' ? strtoul(end + 2, NULL, 16) : a;
    if (end == line || b < a || b >= N) die("%s: bad line: %s", path, line);
    for (; a <= b; a++) read(u, (uint32_t)a, field, file);
  }
  fclose(f);
}

static void read_unicode_data(ucd *u, uint32_t c, char *field[], const char *file) {
  (void)file;
  memcpy(u->gc[c], field[1], 2);
  u->ccc[c] = (uint8_t)atoi(field[2]);
  const char *d = field[3];
  if (*d == 0) return;
  u->kind[c] = DEC_CANONICAL;
  if (*d == '<') {
    int width = strncmp(d, "<wide>", 6) == 0 || strncmp(d, "<narrow>", 8) == 0;
    u->kind[c] = width ? DEC_WIDTH : DEC_COMPAT;
    d = strchr(d, '>') + 1;
  }
  seq s = parse_seq(d);
  u->decomposition[c] = keep(u, &s);
}

static void read_casefold(ucd *u, uint32_t c, char *field[], const char *file) {
  (void)file;
  seq s = parse_seq(field[2]);
  u->fold[c] = keep(u, &s);
}

static void read_nfkc_cf(ucd *u, uint32_t c, char *field[], const char *file) {
  (void)file;
  seq s = parse_seq(field[1]);
  u->nfkc_cf[c] = keep(u, &s);
}

static void read_flag(ucd *u, uint32_t c, char *field[], const char *file) {
  if (strcmp(file, "CompositionExclusion.txt") == 0) u->excluded[c] = 1;
  if (strcmp(file, "DefaultIgnorable.txt") == 0) u->ignorable[c] = 1;
  if (strcmp(file, "WhiteSpace.txt") == 0) u->space[c] = 1;
  if (strcmp(file, "EastAsianWidth.txt") == 0) u->wide[c] = 1;
  if (strcmp(file, "Scripts.txt") != 0) return;
  u->han[c] = strcmp(field[1], "Han") == 0;
  u->latin[c] = strcmp(field[1], "Latin") == 0;
  u->kana[c] = strcmp(field[1], "Hiragana") == 0 || strcmp(field[1], "Katakana") == 0;
}

/* TSCharacters.txt: traditional TAB candidate candidate...: the first counts. */
static void read_simplified(ucd *u, const char *dir) {
  char path[4096], line[1024];
  snprintf(path, sizeof path, "%s/opencc/TSCharacters.txt", dir);
  FILE *f = fopen(path, "r");
  if (f == NULL) die("cannot open %s", path);
  while (fgets(line, sizeof line, f) != NULL) {
    const char *tab = strchr(line, '\t');
    if (line[0] == '#' || tab == NULL) continue;
    size_t n;
    uint32_t c = utf8_decode(line, &n);
    if (line + n != tab) die("%s: a key of several characters: %s", path, line);
    u->simplified[c] = utf8_decode(tab + 1, &n);
    if (strchr(" \n", tab[1 + n]) == NULL) die("%s: a value of several characters: %s", path, line);
  }
  fclose(f);
}

/* ---- normalisation by the book -------------------------------------------- */

#define S_BASE 0xAC00u
#define S_COUNT 11172u

static void decompose(const ucd *u, uint32_t c, int compat, seq *out) {
  if (c - S_BASE < S_COUNT) {
    uint32_t s = c - S_BASE;
    push(out, 0x1100 + s / 588);
    push(out, 0x1161 + s % 588 / 28);
    if (s % 28 != 0) push(out, 0x11A7 + s % 28);
  } else if (u->kind[c] == DEC_CANONICAL || (compat && u->kind[c] != DEC_NONE)) {
    const seq *d = &u->seqs[u->decomposition[c]];
    for (uint32_t i = 0; i < d->n; i++) decompose(u, d->c[i], compat, out);
  } else {
    push(out, c);
  }
}

static void order(const ucd *u, seq *s) {
  for (uint32_t i = 1; i < s->n; i++)
    for (uint32_t k = i; k > 0; k--) {
      uint32_t a = s->c[k - 1], b = s->c[k];
      if (u->ccc[b] == 0 || u->ccc[a] <= u->ccc[b]) break;
      s->c[k - 1] = b;
      s->c[k] = a;
    }
}

static uint32_t pair_slot(uint32_t first, uint32_t second) {
  return (first * 31u + second * 257u) & 4095u;
}

static uint32_t pair(const ucd *u, uint32_t a, uint32_t b) {
  if (a - 0x1100 < 19 && b - 0x1161 < 21) return S_BASE + (a - 0x1100) * 588 + (b - 0x1161) * 28;
  if (a - S_BASE < S_COUNT && (a - S_BASE) % 28 == 0 && b - 0x11A8 < 27) return a + b - 0x11A7;
  for (uint32_t k = pair_slot(a, b);; k = (k + 1) & 4095u) {
    const unicode_pair *p = &u->pairs[k];
    if (p->composite == 0) return 0;
    if (p->first == a && p->second == b) return p->composite;
  }
}

static void compose(const ucd *u, seq *s) {
  uint32_t n = 0, starter = MILL_NONE;
  for (uint32_t i = 0; i < s->n; i++) {
    uint32_t c = s->c[i], before = n > 0 ? u->ccc[s->c[n - 1]] : 0;
    int reach = starter != MILL_NONE && (starter + 1 == n || (before != 0 && before < u->ccc[c]));
    uint32_t both = reach ? pair(u, s->c[starter], c) : 0;
    if (both != 0) {
      s->c[starter] = both;
      continue;
    }
    if (u->ccc[c] == 0) starter = n;
    s->c[n++] = c;
  }
  s->n = n;
}

static seq decomposed(const ucd *u, const seq *s, int compat) {
  seq out = {0};
  for (uint32_t i = 0; i < s->n; i++) decompose(u, s->c[i], compat, &out);
  order(u, &out);
  return out;
}

static seq nfc(const ucd *u, const seq *s) {
  seq out = decomposed(u, s, 0);
  compose(u, &out);
  return out;
}

static void make_pairs(ucd *u) {
  for (uint32_t c = 0; c < N; c++) {
    if (u->kind[c] != DEC_CANONICAL || u->excluded[c]) continue;
    const seq *d = &u->seqs[u->decomposition[c]];
    if (d->n != 2) die("U+%04X: a composite of %u", c, d->n);
    uint32_t k = pair_slot(d->c[0], d->c[1]);
    while (u->pairs[k].composite != 0) k = (k + 1) & 4095u;
    u->pairs[k] = (unicode_pair){d->c[0], d->c[1], c};
    u->second[d->c[1]] = 1;
  }
  for (uint32_t c = 0x1161; c < 0x1161 + 21; c++) u->second[c] = 1;
  for (uint32_t c = 0x11A8; c < 0x11A8 + 27; c++) u->second[c] = 1;
}

/* ---- what a form makes of a character -------------------------------------- */

static seq one(uint32_t c) { return (seq){1, {c}}; }

static int same(const seq *a, const seq *b) {
  return a->n == b->n && memcmp(a->c, b->c, a->n * sizeof a->c[0]) == 0;
}

static seq width_of(const ucd *u, uint32_t c) {
  return u->kind[c] == DEC_WIDTH ? u->seqs[u->decomposition[c]] : one(c);
}

static seq casefold_of(const ucd *u, uint32_t c) {
  return u->fold[c] != 0 ? u->seqs[u->fold[c]] : one(c);
}

/* Simplified, again and again until nothing changes. */
static uint32_t simplified_of(const ucd *u, uint32_t c) {
  for (int i = 0; u->simplified[c] != 0 && u->simplified[c] != c; i++) {
    if (i == 8) die("U+%04X: simplification goes in a circle", c);
    c = u->simplified[c];
  }
  return c;
}

static seq simplified_seq(const ucd *u, const seq *s) {
  seq out = {0};
  for (uint32_t i = 0; i < s->n; i++) push(&out, simplified_of(u, s->c[i]));
  return out;
}

static seq nfkc_cf_seq(const ucd *u, const seq *s) {
  seq out = {0};
  for (uint32_t i = 0; i < s->n; i++) {
    const seq *m = &u->seqs[u->nfkc_cf[s->c[i]]];
    if (u->nfkc_cf[s->c[i]] == 0) push(&out, s->c[i]);
    for (uint32_t k = 0; u->nfkc_cf[s->c[i]] != 0 && k < m->n; k++) push(&out, m->c[k]);
  }
  return nfc(u, &out);
}

/* NFKC_Casefold, then simplified, until nothing changes: so folding twice is
** folding once. */
static seq fold_of(const ucd *u, uint32_t c) {
  seq s = one(c);
  for (int i = 0; i < 8; i++) {
    seq t = nfkc_cf_seq(u, &s);
    t = simplified_seq(u, &t);
    t = nfc(u, &t);
    if (same(&s, &t)) return s;
    s = t;
  }
  die("U+%04X: folding does not end", c);
  return s;
}

static seq nomarks_of(const ucd *u, uint32_t c) {
  seq self = one(c), d = decomposed(u, &self, 0), out = {0};
  for (uint32_t i = 0; i < d.n; i++)
    if (memcmp(u->gc[d.c[i]], "Mn", 2) != 0) push(&out, d.c[i]);
  compose(u, &out);
  return out;
}

static seq mapped(const ucd *u, int form, uint32_t c) {
  seq self = one(c), s;
  switch (form) {
    case MILL_NFC: return nfc(u, &self);
    case MILL_NFD: return decomposed(u, &self, 0);
    case MILL_NFKD: return decomposed(u, &self, 1);
    case MILL_NFKC: s = decomposed(u, &self, 1); return compose(u, &s), s;
    case MILL_NFKC_CF: return nfkc_cf_seq(u, &self);
    case MILL_CASEFOLD: return casefold_of(u, c);
    case MILL_WIDTH: return width_of(u, c);
    case MILL_NOMARKS: return nomarks_of(u, c);
    case MILL_FOLD: return fold_of(u, c);
    default: s = width_of(u, c); return simplified_seq(u, &s);
  }
}

/* Why c became m. */
static enum mill_edit edit_of(const ucd *u, int form, uint32_t c, const seq *m) {
  if (form <= MILL_NFKD || form == MILL_NOMARKS)
    return u->kind[c] == DEC_WIDTH && form != MILL_NOMARKS ? MILL_EDIT_WIDTH : MILL_EDIT_NORMAL;
  if (m->n == 0) return MILL_EDIT_IGNORABLE;
  seq w = width_of(u, c), f = casefold_of(u, c), s = one(simplified_of(u, c));
  if (same(m, &w)) return MILL_EDIT_WIDTH;
  if (same(m, &f)) return MILL_EDIT_CASE;
  if (same(m, &s)) return MILL_EDIT_SCRIPT;
  seq k = mapped(u, MILL_NFKC, c);
  return same(m, &k) ? MILL_EDIT_NORMAL : MILL_EDIT_MIXED;
}

/* May c in this form change what stands before it? */
static int touches_before(const ucd *u, int form, enum mill_edit kind, const seq *m) {
  if (form == MILL_CASEFOLD) return 0;
  if (form == MILL_WIDTH || form == MILL_DISPLAY) /* half-width ﾞ and ﾟ only */
    return kind == MILL_EDIT_WIDTH && u->ccc[m->c[0]] != 0;
  if (m->n == 0) return 1;
  uint32_t first = decomposed(u, m, 0).c[0];
  if (u->ccc[first] != 0) return 1;
  return form != MILL_NFD && form != MILL_NFKD && (u->second[m->c[0]] || u->second[first]);
}

/* ---- packing ---------------------------------------------------------------- */

typedef struct packed {
  unicode_trie_root tries[UNICODE_TRIES];
  uint16_t mid[1024 * 64], values[8192 * 64];
  uint32_t n_mid, n_values; /* in blocks */
  uint32_t records[0x7FFF], n_records;
  uint32_t properties[1024], n_properties;
  uint32_t readings[0x7FFF], n_readings;
  char pool[1 << 20], reading_pool[1 << 20];
  uint32_t pool_len, reading_len;
  uint32_t hash[1 << 16]; /* finds records: record number + 1 */
} packed;

/* The number of a block of 64 equal to b, added when it is new. */
static uint16_t block_of(uint16_t *blocks, uint32_t *n, uint32_t max, const uint16_t *b) {
  for (uint32_t i = *n; i-- > 0;)
    if (memcmp(blocks + i * 64, b, 128) == 0) return (uint16_t)i;
  if (*n == max) die("too many blocks");
  memcpy(blocks + *n * 64, b, 128);
  return (uint16_t)(*n)++;
}

static void pack_trie(packed *p, int trie, const uint16_t *value) {
  unicode_trie_root *t = &p->tries[trie];
  for (uint32_t i = 0; i < 1024; i++)
    t->bmp[i] = block_of(p->values, &p->n_values, 8192, value + i * 64);
  for (uint32_t i = 16; i < 272; i++) {
    uint16_t mid[64];
    for (uint32_t k = 0; k < 64; k++)
      mid[k] = block_of(p->values, &p->n_values, 8192, value + i * 4096 + k * 64);
    t->high[i] = block_of(p->mid, &p->n_mid, 1024, mid);
  }
}

/* The record of a replacement, added when it is new. */
static uint32_t record_of(packed *p, const char *text, uint32_t len, enum mill_edit kind) {
  uint32_t k = (uint32_t)mill_hash64(text, len, (uint64_t)kind) & 0xFFFFu;
  for (; p->hash[k] != 0; k = (k + 1) & 0xFFFFu) {
    uint32_t r = p->records[p->hash[k] - 1];
    if ((r >> 4 & 63u) == len && (r & 15u) == (uint32_t)kind &&
        memcmp(p->pool + (r >> 10), text, len) == 0)
      return p->hash[k] - 1;
  }
  if (p->n_records == UNICODE_HANGUL || len > 63 || p->pool_len + len + 16 > sizeof p->pool)
    die("too many replacements");
  memcpy(p->pool + p->pool_len, text, len);
  p->records[p->n_records] = p->pool_len << 10 | len << 4 | (uint32_t)kind;
  p->pool_len += len;
  p->hash[k] = ++p->n_records;
  return p->n_records - 1;
}

static uint16_t form_value(const ucd *u, packed *p, int form, uint32_t c) {
  if ((form == MILL_NFD || form == MILL_NFKD) && c - S_BASE < S_COUNT) return UNICODE_HANGUL;
  seq m = mapped(u, form, c), self = one(c);
  enum mill_edit kind = same(&m, &self) ? MILL_EDIT_NONE : edit_of(u, form, c, &m);
  uint32_t back = touches_before(u, form, kind, &m) ? UNICODE_BACK : 0;
  if (kind == MILL_EDIT_NONE) return (uint16_t)back;
  char text[MAX_SEQ * 4];
  uint32_t len = 0;
  for (uint32_t i = 0; i < m.n; i++) len += (uint32_t)utf8_encode(m.c[i], text + len);
  return (uint16_t)(record_of(p, text, len, kind) | back);
}

static enum unicode_class class_of(const ucd *u, uint32_t c) {
  char g = u->gc[c][0], h = u->gc[c][1];
  if (u->space[c])
    return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029 ? UNICODE_BREAK
                                                                                : UNICODE_BLANK;
  if (u->han[c]) return UNICODE_HAN;
  if (u->kana[c] || c == 0x30FC || c == 0xFF70) return UNICODE_KANA;
  if (g == 'N' && h == 'd') return UNICODE_DIGIT;
  if (g == 'M') return UNICODE_MARK;
  if (u->latin[c] && (g == 'L' || g == 'N')) return UNICODE_LATIN;
  if (g == 'L' || g == 'N') return UNICODE_LETTER;
  return g == 'P' ? UNICODE_PUNCT : g == 'S' ? UNICODE_SYMBOL : UNICODE_OTHER;
}

static uint32_t width_columns(const ucd *u, uint32_t c) {
  const char *g = u->gc[c];
  if (c == 0xAD) return 1;
  if (u->ignorable[c] || memcmp(g, "Mn", 2) == 0 || memcmp(g, "Me", 2) == 0) return 0;
  if (memcmp(g, "Cc", 2) == 0 || memcmp(g, "Cf", 2) == 0 || (c >= 0x1160 && c <= 0x11FF)) return 0;
  return u->wide[c] ? 2 : 1;
}

static uint16_t property_value(const ucd *u, packed *p, uint32_t c) {
  uint32_t v = (uint32_t)class_of(u, c) | width_columns(u, c) << 4 | (uint32_t)u->ccc[c] << 8;
  if (memcmp(u->gc[c], "Mn", 2) == 0) v |= UNICODE_IS_NONSPACING;
  if (u->space[c]) v |= UNICODE_IS_SPACE;
  if (u->ignorable[c]) v |= UNICODE_IS_IGNORABLE;
  for (uint32_t i = 0; i < p->n_properties; i++)
    if (p->properties[i] == v) return (uint16_t)i;
  if (p->n_properties == 1024) die("too many kinds of characters");
  p->properties[p->n_properties] = v;
  return (uint16_t)p->n_properties++;
}

/* readings.txt: the list of a character, its usual reading first; lists of
** characters without one begin with a blank. */
static void read_readings(ucd *u, packed *p, const char *dir) {
  char path[4096], line[1024], list[1024];
  snprintf(path, sizeof path, "%s/ucd/readings.txt", dir);
  FILE *f = fopen(path, "r");
  if (f == NULL) die("cannot open %s", path);
  while (fgets(line, sizeof line, f) != NULL) {
    char *first = strchr(line, '\t'), *all = first != NULL ? strchr(first + 1, '\t') : NULL;
    uint32_t c = (uint32_t)strtoul(line, NULL, 16);
    if (all == NULL || c >= N) die("%s: bad line: %s", path, line);
    all[strcspn(all, "\n")] = 0;
    snprintf(list, sizeof list, "%s%s", all - first > 1 ? "" : " ", all + 1);
    uint32_t i = 0;
    while (i < p->n_readings && strcmp(p->reading_pool + p->readings[i], list) != 0) i++;
    if (i == p->n_readings) {
      if (i == 0x7FFF || p->reading_len + sizeof list > sizeof p->reading_pool)
        die("too many readings");
      size_t len = strlen(list) + 1;
      memcpy(p->reading_pool + p->reading_len, list, len);
      p->readings[p->n_readings++] = p->reading_len;
      p->reading_len += (uint32_t)len;
    }
    u->reading[c] = (uint16_t)i;
  }
  fclose(f);
}

static void pack(ucd *u, packed *p, const char *dir) {
  uint16_t *value = need(N * sizeof *value);
  p->n_mid = p->n_values = 1;       /* block 0: nothing but zeros */
  p->n_records = 1;                 /* record 0: none */
  p->n_readings = p->reading_len = 1; /* reading 0: "" */
  p->n_properties = 0;
  read_readings(u, p, dir);
  for (int form = 0; form < UNICODE_FORMS; form++) {
    for (uint32_t c = 0; c < N; c++) value[c] = form_value(u, p, form, c);
    pack_trie(p, form, value);
  }
  for (uint32_t c = 0; c < N; c++) value[c] = property_value(u, p, c);
  pack_trie(p, UNICODE_PROPERTIES, value);
  pack_trie(p, UNICODE_READINGS, u->reading);
  p->pool_len += 16; /* may be read behind the last record */
  free(value);
}

static void write_image(const ucd *u, packed *p, const char *path) {
  mill_image_writer w = {.kind = "unicode", .description = "ucd-15.0/opencc-1.4.1"};
  mill_error err;
  mill_image_add(&w, "tries", p->tries, sizeof p->tries);
  mill_image_add(&w, "mid", p->mid, p->n_mid * 128);
  mill_image_add(&w, "values", p->values, p->n_values * 128);
  mill_image_add(&w, "records", p->records, p->n_records * 4);
  mill_image_add(&w, "pool", p->pool, p->pool_len);
  mill_image_add(&w, "properties", p->properties, p->n_properties * 4);
  mill_image_add(&w, "pairs", u->pairs, sizeof u->pairs);
  mill_image_add(&w, "readings", p->readings, p->n_readings * 4);
  mill_image_add(&w, "reading-pool", p->reading_pool, p->reading_len);
  if (mill_image_write(&w, path, &err) < 0) die("%s", err.message);
}

int main(int argc, char **argv) {
  if (argc != 4) die("usage: mkunicode DATA_DIR IMAGE_DIR OUT");
  static const char *const flags[] = {"CompositionExclusion.txt", "DefaultIgnorable.txt",
                                      "WhiteSpace.txt", "EastAsianWidth.txt", "Scripts.txt"};
  ucd *u = need(sizeof *u);
  packed *p = need(sizeof *p);
  read_rows(u, argv[1], "UnicodeData.txt", read_unicode_data);
  read_rows(u, argv[1], "CaseFolding.txt", read_casefold);
  read_rows(u, argv[1], "NFKC_Casefold.txt", read_nfkc_cf);
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    read_rows(u, argv[1], flags[i], read_flag);
  read_simplified(u, argv[1]);
  make_pairs(u);
  pack(u, p, argv[1]);
  write_image(u, p, argv[3]);
  free(p);
  free(u);
  return 0;
}
