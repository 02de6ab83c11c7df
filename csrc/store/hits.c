/*
** hits.c - matching on folded text.
**
** A string's pieces (white space in it) are found one after the other with
** white space between; occurrences do not overlap, leftmost first, counted
** over the whole document. Word leaves are looked up by corpus id, phrases by the next
** indexed word of the same body or rest; of NEAR's members only hits that lie together
** stay.
*/
#include "hits.h"

#include <stdlib.h>

#include "near.h"

void hits_free(struct hits *h) {
  mem_free(h->items);
  mem_free(h->counts);
  mem_free(h->shown);
  mem_free(h->number);
  mem_free(h->next);
  mem_free(h->last);
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
static int record(struct finder *f, uint16_t leaf, size_t from, size_t to, uint32_t position,
    uint32_t *hint) {
  struct hits *h = f->out;
  const struct layout *l = &f->r->layout;
  uint32_t b = layout_block_at(l, (uint32_t)from, hint);
  if (b != MILL_NONE && !f->all && layout_is_rest(&l->blocks[b].block)) return 0;
  if (mill_grow(&h->items, &h->capacity, (size_t)h->n + 1, sizeof *h->items) < 0) return MILL_ENOMEM;
  uint32_t article = b != MILL_NONE ? l->blocks[b].block.article : 0;
  h->items[h->n++] = (struct hit){{(uint32_t)from, (uint32_t)to}, article, b, position, leaf};
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
    if (record(f, leaf, (size_t)(at - text), (size_t)(to - text), 0, &hint) < 0) return MILL_ENOMEM;
    at = to;
  }
  return 0;
}

/* ---- words */

#define NO_TOKEN UINT32_MAX

/* Does the query ask where words stand among words? */
static int wants_numbers(const struct query *q) {
  for (uint16_t k = 1; k < q->n_nodes; k++)
    if (q->nodes[k].kind == NODE_NEAR ||
        (q->nodes[k].kind == NODE_LEAF && leaf_is_phrase(&q->leaves[q->nodes[k].leaf]))) return 1;
  return 0;
}

/* The number of each indexed token in its body or rest, and the token after it there. */
static int number_tokens(const struct reader *r, const struct vocab *v, struct hits *h) {
  uint32_t hint = 0, n_lists = r->layout.n_articles * 2;
  if (mill_grow(&h->number, &h->number_capacity, (size_t)r->n + 1, sizeof *h->number) < 0 ||
      mill_grow(&h->next, &h->next_capacity, (size_t)r->n + 1, sizeof *h->next) < 0 ||
      mill_grow(&h->last, &h->last_capacity, (size_t)n_lists + 1, sizeof *h->last) < 0)
    return MILL_ENOMEM;
  for (uint32_t k = 0; k < n_lists; k++) h->last[k] = NO_TOKEN;
  for (uint32_t k = 0; k < r->n; k++) {
    h->next[k] = NO_TOKEN;
    if (!vocab_indexed(v, r->id[k])) continue;
    uint32_t b = layout_block_at(&r->layout, r->start[k], &hint), rest = 0, list = 0;
    if (b != MILL_NONE) {
      rest = (uint32_t)layout_is_rest(&r->layout.blocks[b].block);
      list = r->layout.blocks[b].block.article * 2 + rest;
    }
    uint32_t before = h->last[list];
    h->number[k] = before != NO_TOKEN ? h->number[before] + 1 : rest ? HIT_REST : 0;
    if (before != NO_TOKEN) h->next[before] = k;
    h->last[list] = k;
  }
  return 0;
}

static int find_words(struct finder *f, uint16_t leaf, const struct vocab *v, const uint32_t *number) {
  const struct leaf *l = &f->q->leaves[leaf];
  const struct reader *r = f->r;
  uint32_t hint = 0;
  if (l->members == NULL) return 0;
  for (uint32_t k = 0; k < r->n; k++) {
    uint32_t id = r->id[k];
    if (id <= v->n && (l->members[id / 8] >> id % 8 & 1) &&
        record(f, leaf, r->start[k], r->start[k + 1], number != NULL ? number[k] : 0, &hint) < 0)
      return MILL_ENOMEM;
  }
  return 0;
}

static int find_phrase(struct finder *f, uint16_t leaf) {
  const struct word_list *words = &f->q->leaves[leaf].term.words;
  const struct reader *r = f->r;
  const uint32_t *next = f->out->next;
  uint32_t hint = 0;
  for (uint32_t k = 0; k < r->n; k++) {
    uint32_t at = k, last = k, i = 0;
    if (r->id[k] != words->ids[0]) continue;
    for (; i < words->n && at != NO_TOKEN && r->id[at] == words->ids[i]; i++) last = at, at = next[at];
    if (i == words->n && record(f, leaf, r->start[k], r->start[last + 1], f->out->number[k], &hint) < 0)
      return MILL_ENOMEM;
  }
  return 0;
}

/* ---- NEAR */

static int by_position(const void *a, const void *b) {
  const struct hit *x = *(const struct hit *const *)a, *y = *(const struct hit *const *)b;
  return x->position < y->position ? -1 : x->position > y->position;
}

/* One member's hits in one article, in order of position. */
struct side { struct hit **hits; uint32_t *positions; uint8_t *marks; uint32_t n; };

static void side_free(struct side *s) {
  mem_free(s->hits);
  mem_free(s->positions);
  mem_free(s->marks);
}

static int side_make(struct hits *h, uint32_t article, uint16_t leaf, uint32_t count, struct side *s) {
  s->hits = mem_malloc((size_t)count * sizeof(void *) + 1);
  s->positions = mem_malloc((size_t)count * sizeof *s->positions + 1);
  s->marks = mem_calloc((size_t)count + 1, 1);
  if (s->hits == NULL || s->positions == NULL || s->marks == NULL) return MILL_ENOMEM;
  for (uint32_t k = 0; k < h->n && s->n < count; k++)
    if (h->items[k].leaf == leaf && h->items[k].article == article) s->hits[s->n++] = &h->items[k];
  if (s->n > 0) qsort(s->hits, s->n, sizeof *s->hits, by_position);
  for (uint32_t k = 0; k < s->n; k++) s->positions[k] = s->hits[k]->position;
  return 0;
}

#define GONE UINT16_MAX /* the leaf of a hit that lies alone */

/* Hits of the node's members in one article that do not lie together are gone. */
static int keep_near(const struct query *q, const struct node *node, uint32_t article, struct hits *h) {
  struct near_side near[LIST_TERMS] = {{0}};
  struct side sides[LIST_TERMS] = {{0}};
  uint32_t n = 0, empty = 0, *counts = h->counts + (size_t)article * q->n_leaves;
  int code = 0;
  for (uint16_t m = node->first; m != 0 && n < LIST_TERMS; m = q->nodes[m].next, n++) {
    uint16_t leaf = q->nodes[m].leaf;
    if (code == 0) code = side_make(h, article, leaf, counts[leaf], &sides[n]);
    empty += sides[n].n == 0;
    near[n] = (struct near_side){.positions = sides[n].positions, .n = sides[n].n, .marks = sides[n].marks,
      .words = leaf_is_phrase(&q->leaves[leaf]) ? q->leaves[leaf].term.words.n : 1};
  }
  if (code == 0 && empty == 0) near_match(near, n, node->distance);
  for (uint32_t k = 0; k < n; k++)
    for (uint32_t i = 0; i < sides[k].n && code == 0; i++) {
      if (sides[k].marks[i]) continue;
      counts[sides[k].hits[i]->leaf]--;
      sides[k].hits[i]->leaf = GONE;
    }
  for (uint32_t k = 0; k < n; k++) side_free(&sides[k]);
  return code;
}

static int keep_all_near(const struct query *q, uint32_t n_articles, struct hits *h) {
  uint32_t kept = 0;
  int any = 0, code = 0;
  for (uint16_t k = 1; k < q->n_nodes; k++) {
    if (q->nodes[k].kind != NODE_NEAR) continue;
    any = 1;
    for (uint32_t a = 0; a < n_articles && code == 0; a++) code = keep_near(q, &q->nodes[k], a, h);
  }
  for (uint32_t k = 0; any && k < h->n; k++)
    if (h->items[k].leaf != GONE) h->items[kept++] = h->items[k];
  if (any) h->n = kept;
  return code;
}

/* ---- all of a query */

static int node_matches(const struct query *q, uint16_t node, const uint32_t *counts) {
  const struct node *n = &q->nodes[node];
  if (n->kind == NODE_LEAF) return counts[n->leaf] > 0;
  if (n->kind == NODE_NEAR) return counts[q->nodes[n->first].leaf] > 0; /* those left lie together */
  if (n->kind == NODE_NOT) return !node_matches(q, n->first, counts);
  for (uint16_t k = n->first; k != 0; k = q->nodes[k].next)
    if (node_matches(q, k, counts) != (n->kind == NODE_AND)) return n->kind == NODE_OR;
  return n->kind == NODE_AND;
}

/* Marks the leaves of the parts that match. */
static void mark_shown(const struct query *q, uint16_t node, const uint32_t *counts, uint8_t *shown) {
  const struct node *n = &q->nodes[node];
  if (n->kind == NODE_NOT || !node_matches(q, node, counts)) return;
  if (n->kind == NODE_LEAF) shown[n->leaf] = 1;
  else
    for (uint16_t k = n->first; k != 0; k = q->nodes[k].next) mark_shown(q, k, counts, shown);
}

static int find_leaf(struct finder *f, uint16_t leaf, const struct vocab *v, int numbers) {
  const struct leaf *l = &f->q->leaves[leaf];
  if (l->kind == LEAF_STRING) return find_string(f, leaf);
  return leaf_is_phrase(l) ? find_phrase(f, leaf) : find_words(f, leaf, v, numbers ? f->out->number : NULL);
}

int hits_find(const struct query *q, const struct reader *r, const struct vocab *v, int all,
              struct hits *out) {
  size_t cells = (size_t)r->layout.n_articles * q->n_leaves;
  struct finder f = {q, r, all, out};
  int numbers = wants_numbers(q), code = 0;
  if (mill_grow(&out->counts, &out->counts_capacity, cells + 1, sizeof *out->counts) < 0 ||
      mill_grow(&out->shown, &out->shown_capacity, cells + 1, 1) < 0)
    return MILL_ENOMEM;
  memset(out->counts, 0, cells * sizeof *out->counts);
  memset(out->shown, 0, cells);
  out->n = 0;
  out->doc = r->doc;
  if (numbers) code = number_tokens(r, v, out);
  for (uint16_t k = 0; k < q->n_leaves && code == 0; k++) code = find_leaf(&f, k, v, numbers);
  if (code == 0) code = keep_all_near(q, r->layout.n_articles, out);
  for (uint32_t a = 0; a < r->layout.n_articles && code == 0; a++)
    if (scope_has(out->scope, out->doc, a))
      mark_shown(q, q->root, out->counts + (size_t)a * q->n_leaves, out->shown + (size_t)a * q->n_leaves);
  return code;
}

int hits_match(const struct query *q, const struct hits *h, uint32_t article) {
  if (!scope_has(h->scope, h->doc, article)) return 0;
  return node_matches(q, q->root, h->counts + (size_t)article * q->n_leaves);
}

int hits_shows(const struct query *q, const struct hits *h, const struct hit *hit) {
  return h->shown[(size_t)hit->article * q->n_leaves + hit->leaf];
}
