/*
** node.c - a query as runs of whole words in a stream: what a statistic is about.
**
**   卡点          any run of words whose text is it: 卡点, or 卡 + 点
**   卡*  word:卡点  /卡[点口]/   words
**   a|b  @group   either
**
** As the pattern P"..." has it; a search finds strings inside words, too.
*/
#include "stream.h"
#include "terms.h"

static int bit(const uint8_t *set, uint32_t k) { return set[k / 8] >> k % 8 & 1; }
static void set_bit(uint8_t *set, uint32_t k) { set[k / 8] |= (uint8_t)(1u << k % 8); }

void node_free(struct pattern_node *p) {
  query_free(&p->q);
  mem_free(p->whole);
  mem_free(p->begin);
}

static int is_member(const struct vocab *v, uint32_t id, const struct leaf *l) {
  size_t n;
  const char *s = vocab_text(v, id, &n);
  if (n < l->len) return 0;
  return memcmp(l->kind == LEAF_SUFFIX ? s + n - l->len : s, l->text, l->len) == 0;
}

static void put_string(const struct vocab *v, struct pattern_node *p, struct leaf *l) {
  size_t n = 0;
  for (size_t k = 0; k < l->len; k++) /* blanks are not in the stream */
    if ((unsigned char)l->text[k] > ' ') l->text[n++] = l->text[k];
  l->len = n;
  for (size_t k = 1; k <= n; k++) {
    uint32_t id = vocab_find(v, l->text, k);
    if (id == 0) continue;
    if (k == n) set_bit(p->whole, id);
    else set_bit(p->begin, id), p->strings = 1;
  }
}

static void put_leaf(const struct vocab *v, struct pattern_node *p, struct leaf *l) {
  if (l->kind == LEAF_STRING) {
    put_string(v, p, l);
  } else if (l->kind == LEAF_WORD) {
    uint32_t id = vocab_find(v, l->text, l->len);
    if (id != 0) set_bit(p->whole, id);
  } else if (l->kind == LEAF_REGEX) {
    for (uint32_t k = 0; k < l->term.words.n; k++) set_bit(p->whole, l->term.words.ids[k]);
  } else {
    for (uint32_t id = 1; id <= v->n; id++)
      if (is_member(v, id, l)) set_bit(p->whole, id);
  }
}

int node_parse(mill_corpus *c, const char *query, struct pattern_node *out, mill_error *err) {
  memset(out, 0, sizeof *out);
  int code = query_parse(c->data, c->user, query, &out->q, err), regex = 0;
  for (uint16_t k = 0; k < out->q.n_leaves && code == 0; k++) regex |= out->q.leaves[k].kind == LEAF_REGEX;
  if (regex) code = terms_make(c, &out->q, NULL, err);
  if (code < 0) return code;
  for (uint16_t k = 1; k < out->q.n_nodes; k++) {
    const struct node *x = &out->q.nodes[k];
    if (x->kind == NODE_NOT || x->kind == NODE_NEAR ||
        (x->kind == NODE_AND && out->q.nodes[x->first].next != 0))
      return mill_fail(err, MILL_ESYNTAX, 0, "one word, \"a string\", a|b or @group expected here");
  }
  out->n = c->words.n;
  out->whole = mem_calloc((size_t)out->n / 8 + 1, 1);
  out->begin = mem_calloc((size_t)out->n / 8 + 1, 1);
  if (out->whole == NULL || out->begin == NULL) return mill_fail_memory(err);
  for (uint16_t k = 0; k < out->q.n_leaves; k++) put_leaf(&c->words, out, &out->q.leaves[k]);
  uint32_t found = 0, last = 0;
  for (uint32_t id = 1; id <= out->n && found < 2; id++)
    if (bit(out->whole, id)) found++, last = id;
  out->only = found == 1 && !out->strings ? last : 0;
  return 0;
}

/* Does the string go on word by word up to its end? Words taken, or 0. */
static uint32_t run_at(const struct vocab *v, const struct leaf *l, const uint32_t *ids, uint32_t k,
                       uint32_t end) {
  size_t at = 0, n;
  for (uint32_t i = k; i < end && ids[i] != 0; i++) {
    const char *s = vocab_text(v, ids[i], &n);
    if (n > l->len - at || memcmp(l->text + at, s, n) != 0) return 0;
    if ((at += n) == l->len) return i - k + 1;
  }
  return 0;
}

uint32_t node_at(const struct vocab *v, const struct pattern_node *p, const uint32_t *ids, uint32_t k,
                 uint32_t end) {
  uint32_t id = ids[k];
  if (id == 0 || id > p->n) return 0;
  if (bit(p->whole, id)) return 1;
  if (!bit(p->begin, id)) return 0;
  for (uint16_t i = 0; i < p->q.n_leaves; i++) {
    const struct leaf *l = &p->q.leaves[i];
    uint32_t n = l->kind == LEAF_STRING && l->len > 0 ? run_at(v, l, ids, k, end) : 0;
    if (n > 0) return n;
  }
  return 0;
}

/* One word is looked for sixteen at a time, which compilers make vectors of. */
static uint32_t next_of(uint32_t id, const uint32_t *ids, uint32_t k, uint32_t end) {
  for (; end - k >= 16; k += 16) {
    uint32_t any = 0;
    for (uint32_t j = 0; j < 16; j++) any |= (uint32_t)(ids[k + j] == id);
    if (any) break;
  }
  while (k < end && ids[k] != id) k++;
  return k;
}

uint32_t node_next(const struct pattern_node *p, const uint32_t *ids, uint32_t k, uint32_t end) {
  if (p->only != 0) return next_of(p->only, ids, k, end);
  while (k < end && !bit(p->whole, ids[k]) && !(p->strings && bit(p->begin, ids[k]))) k++;
  return k;
}
