/*
** hits.c - matching on folded text.
**
** A string's pieces (white space in it) are found one after the other with
** white space between; occurrences do not overlap, leftmost first, counted
** over the whole document. Word leaves are looked up by corpus id.
*/
#include "hits.h"

void hits_free(struct hits *h) {
  mem_free(h->items);
  mem_free(h->counts);
}

static int is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Does the rest of the string (after its first piece) stand at `at`? Its end,
** or NULL. `s` begins with white space or is at its end. */
static const char *rest_at(const char *s, const char *s_end, const char *at, const char *end) {
  while (s < s_end) {
    const char *gap = at;
    while (s < s_end && is_space(*s)) s++;
    while (at < end && is_space(*at)) at++;
    if (at == gap) return NULL;
    while (s < s_end && !is_space(*s)) {
      if (at >= end || *at != *s) return NULL;
      at++, s++;
    }
  }
  return at;
}

struct finder { const struct query *q; const struct reader *r; int all; struct hits *out; };

/* Records a hit unless it begins outside of what is searched. */
static int record(struct finder *f, uint16_t leaf, size_t from, size_t to, uint32_t *hint) {
  struct hits *h = f->out;
  const struct layout *l = &f->r->layout;
  uint32_t b = layout_block_at(l, (uint32_t)from, hint);
  if (b != MILL_NONE && !f->all && layout_is_rest(&l->blocks[b].block)) return 0;
  if (mill_grow(&h->items, &h->capacity, (size_t)h->n + 1, sizeof *h->items) < 0) return MILL_ENOMEM;
  uint32_t article = b != MILL_NONE ? l->blocks[b].block.article : 0;
  h->items[h->n++] = (struct hit){{(uint32_t)from, (uint32_t)to}, article, b, leaf};
  h->counts[(size_t)article * f->q->n_leaves + leaf]++;
  return 0;
}

static int find_string(struct finder *f, uint16_t leaf) {
  const struct leaf *l = &f->q->leaves[leaf];
  const char *text = f->r->folded.bytes, *end = text + f->r->folded.len, *at = text;
  size_t first = 0;
  uint32_t hint = 0;
  while (first < l->len && !is_space(l->text[first])) first++;
  while (at < end && (at = memmem(at, (size_t)(end - at), l->text, first)) != NULL) {
    const char *to = rest_at(l->text + first, l->text + l->len, at + first, end);
    if (to == NULL) {
      at++;
      continue;
    }
    if (record(f, leaf, (size_t)(at - text), (size_t)(to - text), &hint) < 0) return MILL_ENOMEM;
    at = to;
  }
  return 0;
}

static int find_words(struct finder *f, uint16_t leaf, const struct vocab *v) {
  const struct leaf *l = &f->q->leaves[leaf];
  const struct reader *r = f->r;
  uint32_t hint = 0;
  if (l->members == NULL) return 0;
  for (uint32_t k = 0; k < r->n; k++) {
    uint32_t id = r->id[k];
    if (id <= v->n && (l->members[id / 8] >> id % 8 & 1) &&
        record(f, leaf, r->start[k], r->start[k + 1], &hint) < 0)
      return MILL_ENOMEM;
  }
  return 0;
}

int hits_find(const struct query *q, const struct reader *r, const struct vocab *v, int all,
              struct hits *out) {
  size_t cells = (size_t)r->layout.n_articles * q->n_leaves;
  struct finder f = {q, r, all, out};
  if (mill_grow(&out->counts, &out->counts_capacity, cells + 1, sizeof *out->counts) < 0)
    return MILL_ENOMEM;
  memset(out->counts, 0, cells * sizeof *out->counts);
  out->n = 0;
  out->doc = r->doc;
  for (uint16_t k = 0; k < q->n_leaves; k++) {
    int code = q->leaves[k].kind == LEAF_STRING ? find_string(&f, k) : find_words(&f, k, v);
    if (code < 0) return code;
  }
  return 0;
}

static int node_matches(const struct query *q, uint16_t node, const uint32_t *counts) {
  const struct node *n = &q->nodes[node];
  if (n->kind == NODE_LEAF) return counts[n->leaf] > 0;
  if (n->kind == NODE_NOT) return !node_matches(q, n->first, counts);
  for (uint16_t k = n->first; k != 0; k = q->nodes[k].next)
    if (node_matches(q, k, counts) != (n->kind == NODE_AND)) return n->kind == NODE_OR;
  return n->kind == NODE_AND;
}

int hits_match(const struct query *q, const struct hits *h, uint32_t article) {
  if (!scope_has(h->scope, h->doc, article)) return 0;
  return node_matches(q, q->root, h->counts + (size_t)article * q->n_leaves);
}
