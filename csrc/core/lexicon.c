/*
** lexicon.c - opening the lexicon image and looking words up in it; lexicon.h
** draws the image. Everything here is read-only and shared by threads.
*/
#include "lexicon.h"

#include <stdio.h>

#include "alloc.h"
#include "data.h"
#include "error.h"
#include "utf8.h"

/* ---- opening ------------------------------------------------------------ */

typedef struct section {
  const char *name;
  size_t item;
  const void **where;
  size_t *count, expected; /* expected: exact count, unless count is given */
} section;

static int read_section(const mill_image *im, const section *s, mill_error *err) {
  size_t n = 0;
  *s->where = mill_image_section(im, s->name, s->item, &n, err);
  if (*s->where == NULL) return MILL_EFORMAT;
  if (s->count != NULL)
    *s->count = n;
  else if (n != s->expected)
    return mill_fail(err, MILL_ECORRUPT, 0, "the lexicon's section '%s' has a wrong length",
                     s->name);
  return 0;
}

static int is_power_of_two(uint32_t n) { return n != 0 && (n & (n - 1)) == 0; }

static int check_params(const lex_params *p, mill_error *err) {
  if (p->layout != LEX_LAYOUT)
    return mill_fail(err, MILL_EVERSION, 0, "the lexicon has layout %u, this textmill reads %u",
                     (unsigned)p->layout, LEX_LAYOUT);
  if (p->n_words == 0 || p->n_words >= LEX_NO_WORD || p->n_ids > LEX_MAX_IDS || p->n_cells <= p->n_ids ||
      !is_power_of_two(p->n_runs) || p->unknown_cost >= LEX_NO_COST || p->run_cost >= LEX_NO_COST ||
      p->number_cost >= LEX_NO_COST)
    return mill_fail(err, MILL_ECORRUPT, 0, "the lexicon's sizes make no sense");
  return 0;
}

#define AT(field) (const void **)(uintptr_t)&lx->field
static int read_sections(mill_lexicon *lx, const mill_image *im, mill_error *err) {
  section first = {"params", sizeof(lex_params), AT(params), NULL, 1};
  int rc = read_section(im, &first, err);
  if (rc == 0) rc = check_params(lx->params, err);
  if (rc < 0) return rc;
  const lex_params *p = lx->params;
  const section all[] = {
      {"chars", sizeof(uint32_t), AT(chars), NULL, 65536},
      {"ranges", sizeof(lex_range), AT(ranges), &lx->n_ranges, 0},
      {"astral", sizeof(lex_astral), AT(astral), &lx->n_astral, 0},
      {"runs", sizeof(lex_run), AT(runs), NULL, p->n_runs},
      {"cells", sizeof(lex_cell), AT(cells), NULL, p->n_cells},
      {"worth", sizeof(uint32_t), AT(worth), NULL, p->n_words},
      {"first", sizeof(lex_first), AT(first), NULL, p->n_ids + 1},
      {"pairs", sizeof(uint32_t), AT(pairs), NULL, LEX_PAIRS},
      {"hotcheck", sizeof(uint16_t), AT(hot_check), NULL, LEX_HOT + 2},
      {"hot", sizeof(lex_hot), AT(hot), NULL, LEX_HOT},
      {"triples", sizeof(uint32_t), AT(triples), NULL, LEX_TRIPLES / 32},
      {"block", sizeof(uint32_t), AT(block), NULL, (p->n_words + 15) / 16},
      {"length", 1, AT(length), NULL, p->n_words},
      {"text", 1, AT(text), &lx->text_len, 0},
      {"frequency", sizeof(lex_step), AT(steps), &lx->n_steps, 0},
      {"class", 1, AT(class_set), NULL, p->n_words},
      {"sets", sizeof(uint32_t), AT(sets), &lx->n_sets, 0},
      {"seams", sizeof(uint32_t), AT(seams), NULL, LEX_SEAMS},
  };
  for (size_t i = 0; i < sizeof all / sizeof *all && rc == 0; i++)
    rc = read_section(im, &all[i], err);
  return rc;
}

/* Are all ids and classes of characters in range? They index other tables. */
static int check_chars(const mill_lexicon *lx, mill_error *err) {
  uint32_t bad = 0, n = lx->params->n_ids;
  for (size_t i = 0; i < 65536; i++)
    bad |= (lx->chars[i] >> 8 > n) | ((lx->chars[i] & CHAR_CLASS_MASK) >= CHAR_CLASSES) |
        ((lx->chars[i] & 0xFFu) >= CHAR_NUMERAL * 2);
  for (size_t i = 0; i < lx->n_astral; i++) bad |= lx->astral[i].id > n;
  for (size_t i = 0; i < lx->n_ranges; i++) bad |= lx->ranges[i].char_class >= CHAR_CLASSES;
  for (size_t i = 0; i < lx->params->n_runs; i++) bad |= lx->runs[i].id > n;
  for (size_t i = 0; i <= n; i++)
    bad |= lx->first[i].edge != LEX_PACK(lx->first[i].edge >> 5 & LEX_NO_COST, 1);
  if (bad) return mill_fail(err, MILL_ECORRUPT, 0, "the lexicon's characters are damaged");
  return 0;
}

int lexicon_attach(mill_data *d, const char *dir, mill_error *err) {
  char path[4096];
  int n = snprintf(path, sizeof path, "%s/textmill-lexicon.dat", dir);
  if (n < 0 || (size_t)n >= sizeof path)
    return mill_fail(err, MILL_EINVAL, 0, "the name of the data folder is too long");
  int rc = mill_image_open(&d->lexicon, path, "lexicon", err);
  if (rc < 0) return rc;
  d->lexicon_view = mem_calloc(1, sizeof *d->lexicon_view);
  if (d->lexicon_view == NULL) return mill_fail_memory(err);
  rc = read_sections(d->lexicon_view, &d->lexicon, err);
  return rc < 0 ? rc : check_chars(d->lexicon_view, err);
}

void lexicon_detach(mill_data *d) {
  mem_free(d->lexicon_view);
  d->lexicon_view = NULL;
}

const mill_lexicon *mill_data_lexicon(const mill_data *d) { return d->lexicon_view; }

/* ---- characters and edges ------------------------------------------------ */

/* Binary searches: the first item whose key is above c, minus one. */
static uint32_t astral_class(const mill_lexicon *lx, uint32_t c) {
  size_t low = 0, high = lx->n_ranges;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (lx->ranges[mid].from <= c) low = mid + 1;
    else high = mid;
  }
  if (low == 0 || c > lx->ranges[low - 1].to) return CHAR_PUNCT;
  return lx->ranges[low - 1].char_class;
}

uint32_t lexicon_astral(const mill_lexicon *lx, uint32_t c) {
  size_t low = 0, high = lx->n_astral;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (lx->astral[mid].codepoint <= c) low = mid + 1;
    else high = mid;
  }
  int known = low > 0 && lx->astral[low - 1].codepoint == c;
  return (known ? lx->astral[low - 1].id << 8 : 0) | astral_class(lx, c);
}

uint32_t lexicon_run(const mill_lexicon *lx, const char *s, size_t n, uint32_t *classes) {
  *classes = 0;
  if (n == 0 || n > LEX_RUN_BYTES) return 0;
  uint64_t key = lex_run_key(s, n);
  uint32_t mask = lx->params->n_runs - 1;
  uint32_t i = lex_run_hash(key) & mask;
  for (uint32_t tries = 0; tries <= mask && lx->runs[i].key != 0; tries++, i = (i + 1) & mask)
    if (lx->runs[i].key == key) {
      *classes = lx->runs[i].classes;
      return lx->runs[i].id;
    }
  return 0;
}

uint32_t lexicon_seam(const mill_lexicon *lx, uint32_t first, uint32_t second) {
  first -= LEX_HAN;
  second -= LEX_HAN;
  if (first >= LEX_HANS || second >= LEX_HANS) return MILL_NONE;
  uint32_t key = lex_seam_key(first, second), slot = lex_seam_bucket(key), tries = 0;
  while (lx->seams[slot] != key && lx->seams[slot] != 0 && tries++ < LEX_SEAMS) slot = (slot + 1) % LEX_SEAMS;
  return lx->seams[slot] == key ? slot : MILL_NONE;
}

static lex_edge edge_of(const mill_lexicon *lx, uint32_t node) {
  lex_cell c = lx->cells[node];
  uint32_t word = lex_word(c);
  uint32_t cost = word < lx->params->n_words ? lex_worth_cost(lx->worth[word]) : LEX_NO_COST;
  return (lex_edge){word, cost, node, lex_base(c) != 0};
}

lex_edge lexicon_first(const mill_lexicon *lx, uint32_t id) {
  lex_edge e = edge_of(lx, id);
  e.cost = lx->first[id].edge >> 5; /* a character alone is a way to go, word or not */
  return e;
}

lex_edge lexicon_next(const mill_lexicon *lx, uint32_t node, uint32_t id) {
  uint32_t at = lex_child(lexicon_trie(lx), lex_base(lx->cells[node]), id);
  if (id == 0 || lex_check(lx->cells[at]) != id) return (lex_edge){LEX_NO_WORD, LEX_NO_COST, 0, 0};
  return edge_of(lx, at);
}

/* ---- words --------------------------------------------------------------- */

/* Ids go down in frequency: the last step at or before the word. */
static uint32_t frequency_of(const mill_lexicon *lx, uint32_t id) {
  size_t low = 0, high = lx->n_steps;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (lx->steps[mid].word <= id) low = mid + 1;
    else high = mid;
  }
  return low > 0 ? lx->steps[low - 1].frequency : 0;
}

uint32_t lexicon_classes(const mill_lexicon *lx, uint32_t word) {
  if (word >= lx->params->n_words) return 0;
  uint8_t set = lx->class_set[word];
  return set < lx->n_sets ? lx->sets[set] : 0;
}

uint32_t mill_lexicon_count(const mill_lexicon *lx) { return lx->params->n_words; }

int mill_lexicon_word(const mill_lexicon *lx, uint32_t id, mill_word *out) {
  if (id >= lx->params->n_words) return 0;
  size_t at = lx->block[id / 16];
  for (uint32_t i = id & ~15u; i < id; i++) at += lx->length[i];
  if (at > lx->text_len || lx->length[id] > lx->text_len - at) return 0; /* damaged */
  out->text = lx->text + at;
  out->len = lx->length[id];
  out->id = id;
  out->frequency = frequency_of(lx, id);
  out->classes = lexicon_classes(lx, id);
  out->tag = lexicon_tag(lx, id);
  return 1;
}

static int is_run_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

uint32_t lexicon_id_at(const mill_lexicon *lx, const char *s, size_t n, size_t *len) {
  uint32_t classes;
  size_t run = 0;
  while (run < n && is_run_byte(s[run])) run++;
  if (run > 0) return *len = run, lexicon_run(lx, s, run, &classes);
  *len = utf8_length((unsigned char)s[0]);
  if (*len > n) return *len = n, 0; /* not UTF-8: no word */
  return lexicon_char(lx, utf8_decode(s, len)) >> 8;
}

int mill_lexicon_find(const mill_lexicon *lx, const char *s, size_t n, mill_word *out) {
  size_t len = 0;
  if (n == 0 || n > 255) return 0;
  uint32_t id = lexicon_id_at(lx, s, n, &len);
  if (id == 0 || id > lx->params->n_ids) return 0;
  lex_edge e = lexicon_first(lx, id);
  for (size_t i = len; i < n; i += len) {
    e = lexicon_next(lx, e.node, lexicon_id_at(lx, s + i, n - i, &len));
    if (e.node == 0) return 0;
  }
  return mill_lexicon_word(lx, e.word, out);
}

/* ---- names of tags and classes ------------------------------------------- */

static const char *const TAGS[MILL_TAG_COUNT] = {
    "",  "n", "nr", "ns", "nt", "nz", "t", "s", "f", "v", "vn", "vd", "a",
    "ad", "an", "b", "z", "d", "r", "m", "q", "p", "c", "u", "y", "e",
    "o", "i", "l", "j", "h", "k", "g", "eng", "w", "blank", "x"};

const char *mill_tag_name(enum mill_tag tag) {
  return (unsigned)tag < MILL_TAG_COUNT ? TAGS[tag] : "";
}

int mill_tag_by_name(const char *name) {
  for (int i = 0; i < MILL_TAG_COUNT; i++)
    if (strcmp(TAGS[i], name) == 0) return i;
  return -1;
}

int lexicon_tag_of(const char *tag) {
  static const struct { char jieba[5]; uint8_t tag; } others[] = {
      {"nrt", MILL_TAG_NR}, {"nrfg", MILL_TAG_NR}, {"zg", MILL_TAG_G}, {"ng", MILL_TAG_G},
      {"vg", MILL_TAG_G},   {"ag", MILL_TAG_G},    {"tg", MILL_TAG_G}, {"dg", MILL_TAG_G},
      {"mg", MILL_TAG_G},   {"rg", MILL_TAG_G},    {"mq", MILL_TAG_M}, {"vq", MILL_TAG_V},
      {"vi", MILL_TAG_V},   {"rr", MILL_TAG_R},    {"rz", MILL_TAG_R}, {"df", MILL_TAG_D}};
  int known = mill_tag_by_name(tag);
  if (known > 0) return known;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (strcmp(others[i].jieba, tag) == 0) return others[i].tag;
  return tag[0] == 'u' ? MILL_TAG_U : MILL_TAG_X;
}

int mill_class_by_name(const char *name) {
  static const struct { const char *name; int bit; } classes[] = {
      {"surname", MILL_CLASS_SURNAME}, {"measure", MILL_CLASS_MEASURE},
      {"province", MILL_CLASS_PROVINCE}, {"city", MILL_CLASS_CITY},
      {"county", MILL_CLASS_COUNTY}, {"township", MILL_CLASS_TOWNSHIP},
      {"unit", MILL_CLASS_UNIT}, {"role", MILL_CLASS_ROLE}, {"money", MILL_CLASS_MONEY},
      {"time", MILL_CLASS_TIME}};
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
    if (strcmp(classes[i].name, name) == 0) return classes[i].bit;
  return -1;
}

size_t lexicon_surname(const mill_lexicon *lx, const char *s, size_t n) {
  mill_word w;
  for (size_t len = 6; lx != NULL && len >= 3; len -= 3)
    if (n >= len && mill_lexicon_find(lx, s, len, &w) > 0 && (w.classes & MILL_CLASS_SURNAME)) return len;
  return 0;
}
