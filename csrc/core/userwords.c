/*
** userwords.c - user words as an object: adding, removing, looking up, sharing.
** userwords.h draws it.
*/
#include "userwords.h"

#include <stdatomic.h>

#include "alloc.h"
#include "buffer.h"
#include "data.h"
#include "error.h"
#include "unicode.h"
#include "utf8.h"

#define FIRST_SLOTS 64u

/* ---- the object ------------------------------------------------------------------ */

static uint32_t new_node(mill_userwords *u) {
  if (mill_grow(&u->word_at, &u->nodes_capacity, (size_t)u->n_nodes + 1, sizeof *u->word_at) < 0) return 0;
  u->word_at[u->n_nodes] = 0;
  return u->n_nodes++;
}

int mill_userwords_new(const mill_data *d, mill_userwords **out, mill_error *err) {
  *out = NULL;
  if (mill_data_lexicon(d) == NULL) return mill_fail(err, MILL_EINVAL, 0, "no lexicon is loaded");
  mill_userwords *u = mem_calloc(1, sizeof *u);
  if (u == NULL) return mill_fail_memory(err);
  u->data = d;
  u->holders = 1;
  u->edges = mem_calloc(FIRST_SLOTS, sizeof *u->edges);
  u->mask = FIRST_SLOTS - 1;
  new_node(u); /* 0: none */
  if (u->edges == NULL || new_node(u) != USER_ROOT) return mill_userwords_free(u), mill_fail_memory(err);
  *out = u;
  return 0;
}

void mill_userwords_free(mill_userwords *u) {
  if (u == NULL || atomic_fetch_sub(&u->holders, 1) > 1) return;
  mem_free(u->arena);
  mem_free(u->entries);
  mem_free(u->groups);
  mem_free(u->names);
  mem_free(u->edges);
  mem_free(u->word_at);
  mem_free(u->scratch);
  mem_free(u);
}

mill_userwords *mill_userwords_share(mill_userwords *u) {
  if (u != NULL) atomic_fetch_add(&u->holders, 1);
  return u;
}

/* A copy of n items, with room for them only; NULL without memory. */
static void *copy_of(const void *items, size_t n, size_t size) {
  void *copy = mem_malloc(n * size + 1);
  if (copy != NULL && n > 0) memcpy(copy, items, n * size);
  return copy;
}

static mill_userwords *copy_all(const mill_userwords *u) {
  mill_userwords *c = mem_malloc(sizeof *c);
  if (c == NULL) return NULL;
  memcpy(c, u, sizeof *c);
  c->holders = 1;
  c->scratch = NULL;
  c->arena = copy_of(u->arena, u->arena_len, 1);
  c->entries = copy_of(u->entries, u->n, sizeof *u->entries);
  c->groups = copy_of(u->groups, u->n_groups, sizeof *u->groups);
  c->names = copy_of(u->names, u->n_names, sizeof *u->names);
  c->edges = copy_of(u->edges, (size_t)u->mask + 1, sizeof *u->edges);
  c->word_at = copy_of(u->word_at, u->n_nodes, sizeof *u->word_at);
  c->arena_capacity = u->arena_len;
  c->capacity = u->n;
  c->groups_capacity = u->n_groups;
  c->names_capacity = u->n_names;
  c->nodes_capacity = u->n_nodes;
  if (c->arena && c->entries && c->groups && c->names && c->edges && c->word_at) return c;
  mill_userwords_free(c);
  return NULL;
}

int mill_userwords_own(mill_userwords **box, mill_error *err) {
  mill_userwords *u = *box;
  if (atomic_load(&u->holders) == 1) return 0;
  mill_userwords *copy = copy_all(u);
  if (copy == NULL) return mill_fail_memory(err);
  mill_userwords_free(u);
  *box = copy;
  return 0;
}

int mill_userwords_copy(const mill_userwords *u, mill_userwords **out, mill_error *err) {
  *out = copy_all(u);
  return *out != NULL ? 0 : mill_fail_memory(err);
}

/* ---- the trie ------------------------------------------------------------------- */

static uint64_t edge_key(uint32_t node, uint32_t c) { return (uint64_t)node << 21 | c; }

/* The slot of a key, or the free one where it would go. */
static uint32_t slot_of(const mill_userwords *u, uint64_t key) {
  uint32_t at = (uint32_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & u->mask;
  while (u->edges[at].key != 0 && u->edges[at].key != key) at = (at + 1) & u->mask;
  return at;
}

uint32_t userwords_step(const mill_userwords *u, uint32_t node, uint32_t c) {
  const user_edge *e = &u->edges[slot_of(u, edge_key(node, c))];
  return e->key != 0 ? e->node : 0;
}

static int is_blank(char c) { return c == ' ' || c == '\t'; }

uint32_t userwords_follow(const mill_userwords *u, uint32_t node, const char *s, size_t n, size_t *used) {
  size_t len = 1;
  if (is_blank(*s)) {
    while (len < n && is_blank(s[len])) len++;
    return *used = len, userwords_step(u, node, ' ');
  }
  if (utf8_length((unsigned char)*s) > n) return *used = n, 0; /* not UTF-8 */
  uint32_t c = utf8_decode(s, &len);
  *used = len;
  if (node == USER_ROOT && !userwords_begins(u, c)) return 0;
  return userwords_step(u, node, c);
}

static int widen_edges(mill_userwords *u) {
  if (u->n_edges < u->mask / 2) return 0;
  user_edge *old = u->edges, *wide;
  uint32_t n = u->mask + 1;
  if (n > UINT32_MAX / 4 || (wide = mem_calloc((size_t)n * 2, sizeof *wide)) == NULL) return MILL_ENOMEM;
  u->edges = wide;
  u->mask = 2 * n - 1;
  for (uint32_t k = 0; k < n; k++)
    if (old[k].key != 0) u->edges[slot_of(u, old[k].key)] = old[k];
  mem_free(old);
  return 0;
}

/* The node of a word, made when it is new; 0 without memory. */
static uint32_t node_of(mill_userwords *u, const char *s, size_t n) {
  uint32_t node = USER_ROOT;
  for (size_t i = 0, len; i < n; i += len) {
    uint32_t c = utf8_decode(s + i, &len), next = userwords_step(u, node, c);
    if (next == 0) {
      if (widen_edges(u) < 0 || (next = new_node(u)) == 0) return 0;
      uint64_t key = edge_key(node, c);
      u->edges[slot_of(u, key)] = (user_edge){key, next};
      u->n_edges++;
    }
    if (node == USER_ROOT) u->begins[c >> 6 & 1023] |= (uint64_t)1 << (c & 63);
    node = next;
  }
  return node;
}

/* ---- words as they come ---------------------------------------------------------- */

/* Folds a word and makes its runs of blanks one, none at its edges. *out: caller
** frees. */
static int fold(const mill_userwords *u, const char *word, size_t n, char **out, size_t *len,
                mill_error *err) {
  size_t to = 0;
  int rc = mill_normalize(u->data, MILL_FOLD, word, n, out, len, NULL, err);
  if (rc < 0) return rc;
  char *s = *out;
  for (size_t i = 0; i < *len; i++) {
    if (!is_blank(s[i])) s[to++] = s[i];
    else if (to > 0 && s[to - 1] != ' ') s[to++] = ' ';
  }
  if (to > 0 && s[to - 1] == ' ') to--;
  s[*len = to] = 0;
  const char *wrong = to == 0                     ? "a word is empty"
                      : memchr(s, '\n', to) != NULL ? "a word holds a line break"
                      : memchr(s, 0, to) != NULL    ? "a word holds a NUL"
                      : to > MILL_MAX_USER_WORD   ? "a word is too long (over 255 bytes folded)" : NULL;
  if (wrong == NULL) return 0;
  mem_free(s);
  *out = NULL;
  return mill_fail(err, MILL_EINVAL, 0, "%s", wrong);
}

static uint32_t keep_text(mill_userwords *u, const char *s, size_t n) {
  if (mill_grow(&u->arena, &u->arena_capacity, (size_t)u->arena_len + n + 8, 1) < 0) return MILL_NONE;
  uint32_t at = u->arena_len;
  memcpy(u->arena + at, s, n);
  memset(u->arena + at + n, 0, 8); /* decoders may look ahead */
  u->arena_len += (uint32_t)n + 1;
  return at;
}

static uint8_t kind_of(const mill_userwords *u, const char *s, size_t n) {
  static const uint8_t kinds[CHAR_CLASS_MASK + 1] = {
      MILL_KIND_PUNCT, MILL_KIND_HAN,   MILL_KIND_NUMBER, MILL_KIND_LATIN, MILL_KIND_KANA,
      MILL_KIND_OTHER, MILL_KIND_PUNCT, MILL_KIND_PUNCT,  MILL_KIND_PUNCT, MILL_KIND_PUNCT};
  uint8_t kind = MILL_KIND_PUNCT;
  for (size_t i = 0, len; i < n; i += len) {
    uint32_t c = utf8_decode(s + i, &len);
    uint8_t k = kinds[lexicon_char(mill_data_lexicon(u->data), c) & CHAR_CLASS_MASK];
    if (k == MILL_KIND_HAN) return k;
    if (kind == MILL_KIND_PUNCT || kind == MILL_KIND_NUMBER) kind = k != MILL_KIND_PUNCT ? k : kind;
  }
  return kind;
}

/* The entry of a folded word, made when it is new; NULL without memory, or when
** there are as many words as ids (over half a million of one's own). */
static user_entry *entry_of(mill_userwords *u, const char *s, size_t n, mill_error *err) {
  uint32_t node = node_of(u, s, n);
  if (node == 0) return mill_fail_memory(err), NULL;
  if (u->word_at[node] != 0) return &u->entries[u->word_at[node] - 1];
  if (mill_lexicon_count(mill_data_lexicon(u->data)) + u->n >= LEX_NO_WORD - 1)
    return mill_fail(err, MILL_ENOMEM, 0, "too many user words"), NULL;
  uint32_t text = MILL_NONE;
  if (mill_grow(&u->entries, &u->capacity, (size_t)u->n + 1, sizeof *u->entries) < 0 ||
      (text = keep_text(u, s, n)) == MILL_NONE)
    return mill_fail_memory(err), NULL;
  user_entry *e = &u->entries[u->n++];
  *e = (user_entry){.text = text, .len = (uint32_t)n, .kind = kind_of(u, s, n)};
  u->word_at[node] = u->n;
  return e;
}

/* ---- classes -------------------------------------------------------------------- */

static uint32_t name_of(mill_userwords *u, const char *s, size_t n) {
  for (uint32_t k = 0; k < u->n_names; k++)
    if (strncmp(u->arena + u->names[k], s, n) == 0 && u->arena[u->names[k] + n] == 0) return k;
  uint32_t at = keep_text(u, s, n);
  if (at == MILL_NONE ||
      mill_grow(&u->names, &u->names_capacity, (size_t)u->n_names + 1, sizeof *u->names) < 0)
    return MILL_NONE;
  u->names[u->n_names] = at;
  return u->n_names++;
}

int userwords_bears(const mill_userwords *u, const user_entry *e, const char *name, size_t n) {
  for (uint32_t k = e->groups; k != 0; k = u->groups[k - 1].next) {
    const char *known = u->arena + u->names[u->groups[k - 1].name];
    if (strncmp(known, name, n) == 0 && known[n] == 0) return 1;
  }
  return 0;
}

/* Names separated by blanks: those textmill knows are bits, others names. */
static int add_classes(mill_userwords *u, uint32_t entry, const char *names, mill_error *err) {
  char name[64];
  for (const char *s = names + strspn(names, " "); *s != 0; s += strspn(s, " ")) {
    size_t n = strcspn(s, " ");
    user_entry *e = &u->entries[entry];
    if (n >= sizeof name) return mill_fail(err, MILL_EINVAL, 0, "the name of a class is too long");
    memcpy(name, s, n);
    name[n] = 0;
    s += n;
    int bit = mill_class_by_name(name);
    if (bit > 0) e->classes |= (uint32_t)bit;
    if (bit > 0 || userwords_bears(u, e, name, n)) continue;
    uint32_t known = name_of(u, name, n);
    if (known == MILL_NONE ||
        mill_grow(&u->groups, &u->groups_capacity, (size_t)u->n_groups + 1, sizeof *u->groups) < 0)
      return mill_fail_memory(err);
    u->groups[u->n_groups] = (user_group){known, e->groups};
    e->groups = ++u->n_groups;
  }
  return 0;
}

/* ---- changing ------------------------------------------------------------------- */

/* Counts what entry e is no longer (-1) or is (+1). */
static void count(mill_userwords *u, const user_entry *e, uint32_t by) {
  if (e->flags & (USER_WORD | USER_FORCE)) u->n_live += by;
  if (e->flags & USER_FORCE) u->n_forced += by;
  if (e->flags & USER_MASK) u->n_masked += by;
}

/* What is in the entry already or in the image stays where nothing new is said. */
static int fill(mill_userwords *u, uint32_t at, const char *s, size_t n, const mill_user_word *o,
                mill_error *err) {
  mill_word base;
  int known = mill_lexicon_find(mill_data_lexicon(u->data), s, n, &base) > 0;
  user_entry *e = &u->entries[at];
  uint32_t chars = 0;
  for (size_t i = 0; i < n; i++) chars += !utf8_is_tail((unsigned char)s[i]);
  if (!(e->flags & USER_WORD)) e->tag = known ? base.tag : MILL_TAG_N, e->weight = 0;
  if (known) e->classes |= base.classes;
  if (o->tag != MILL_TAG_NONE) e->tag = o->tag;
  if (o->weight > 0) e->weight = o->weight;
  int rc = userwords_costs(u, err);
  if (rc < 0) return rc;
  e->cost = e->weight > 0 ? userwords_weight_cost(u, e->weight) : userwords_default_cost(u, s, n);
  e->flags = (uint8_t)((e->flags & ~(USER_MASK | USER_FORCE)) | USER_WORD);
  if (o->force || chars > MAX_EDGE) e->flags |= USER_FORCE;
  return 0;
}

int mill_userwords_add(mill_userwords *u, const char *word, size_t n, const mill_user_word *o,
                       mill_error *err) {
  static const mill_user_word plain = {0};
  char *s;
  int rc = fold(u, word, n, &s, &n, err);
  if (rc < 0) return rc;
  if (o == NULL) o = &plain;
  const user_entry *e = entry_of(u, s, n, err);
  if (e != NULL) {
    uint32_t at = (uint32_t)(e - u->entries);
    rc = o->classes != NULL ? add_classes(u, at, o->classes, err) : 0;
    count(u, &u->entries[at], UINT32_MAX);
    if (rc == 0 && o->only_class) u->entries[at].flags |= USER_GROUP;
    else if (rc == 0) rc = fill(u, at, s, n, o, err);
    count(u, &u->entries[at], 1);
  } else if (rc == 0) {
    rc = MILL_ENOMEM;
  }
  mem_free(s);
  return rc;
}

int mill_userwords_remove(mill_userwords *u, const char *word, size_t n, mill_error *err) {
  mill_word base;
  char *s;
  int rc = fold(u, word, n, &s, &n, err);
  if (rc < 0) return rc;
  int known = mill_lexicon_find(mill_data_lexicon(u->data), s, n, &base) > 0;
  uint32_t node = USER_ROOT;
  for (size_t i = 0, len; i < n && node != 0; i += len)
    node = userwords_step(u, node, utf8_decode(s + i, &len));
  user_entry *e = node != 0 && u->word_at[node] != 0 ? &u->entries[u->word_at[node] - 1] : NULL;
  int was = (e != NULL && (e->flags & USER_WORD)) || (known && !(e != NULL && (e->flags & USER_MASK)));
  if (e == NULL && (e = entry_of(u, s, n, err)) == NULL)
    rc = MILL_ENOMEM; /* remembered: see mill_corpus_userwords */
  if (e != NULL) {
    count(u, e, UINT32_MAX);
    e->flags = known ? USER_MASK : 0;
    e->classes = e->groups = e->weight = 0;
    count(u, e, 1);
  }
  mem_free(s);
  return rc < 0 ? rc : was;
}

/* ---- reading -------------------------------------------------------------------- */

const user_entry *userwords_of_id(const mill_userwords *u, uint32_t word) {
  uint32_t first = u != NULL ? mill_lexicon_count(mill_data_lexicon(u->data)) : MILL_NONE;
  return word != MILL_NONE && word >= first && word - first < u->n ? &u->entries[word - first] : NULL;
}

static void give(const mill_userwords *u, const user_entry *e, mill_user_entry *out) {
  *out = (mill_user_entry){.text = u->arena + e->text, .len = e->len, .id = userwords_id(u, e),
                           .weight = e->weight, .classes = e->classes, .tag = e->tag,
                           .word = (e->flags & USER_WORD) != 0, .force = (e->flags & USER_FORCE) != 0,
                           .removed = (e->flags & USER_MASK) != 0};
}

int mill_userwords_find(const mill_userwords *u, const char *s, size_t n, mill_user_entry *out) {
  uint32_t node = USER_ROOT;
  for (size_t i = 0, used; i < n && node != 0; i += used)
    node = userwords_follow(u, node, s + i, n - i, &used);
  const user_entry *e = node != 0 && n > 0 ? userwords_entry(u, node) : NULL;
  if (e != NULL) give(u, e, out);
  return e != NULL;
}

int mill_userwords_get(const mill_userwords *u, uint32_t index, mill_user_entry *out) {
  if (index >= u->n) return 0;
  give(u, &u->entries[index], out);
  return 1;
}

const char *mill_userwords_class(const mill_userwords *u, uint32_t id, uint32_t k) {
  const user_entry *e = userwords_of_id(u, id);
  uint32_t at = e != NULL ? e->groups : 0;
  while (at != 0 && k-- > 0) at = u->groups[at - 1].next;
  return at != 0 ? u->arena + u->names[u->groups[at - 1].name] : NULL;
}

void mill_userwords_count(const mill_userwords *u, uint32_t *words, uint32_t *removed) {
  *words = u->n_live;
  *removed = u->n_masked;
}
