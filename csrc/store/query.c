/*
** query.c - the query language.
**
**   query := term+                          AND
**   term  := '-' term | alt                 NOT (also: the word NOT)
**   alt   := unit (('|' | 'OR') unit)*      binds tighter than AND
**   unit  := '(' query ')' | '"' ... '"' | word
**   word  := characters but blanks ( ) | "   with word:..., ...*, *..., @group
**
** Leaves are folded as the text was. Depth and sizes are limited.
*/
#include "query.h"

#define MAX_DEPTH 32

struct parser {
  const mill_data *data;
  const mill_userwords *groups;
  const char *start, *at;
  struct query *q;
  mill_error *err;
  int depth, negative;
};

static int fail_at(struct parser *p, const char *where, const char *message) {
  return mill_fail(p->err, MILL_ESYNTAX, (size_t)(where - p->start), "query: %s", message);
}

static int is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static void skip_blanks(struct parser *p) {
  for (;;) {
    if (is_blank(*p->at)) p->at++;
    else if (strncmp(p->at, "\xE3\x80\x80", 3) == 0) p->at += 3; /* ideographic space */
    else break;
  }
}

/* Is this keyword here, as a word of its own? */
static int keyword(const char *s, const char *word) {
  size_t n = strlen(word);
  return strncmp(s, word, n) == 0 && (s[n] == 0 || is_blank(s[n]) || s[n] == '(' || s[n] == '"');
}

static int new_node(struct parser *p, enum node_kind kind) {
  struct query *q = p->q;
  if (q->n_nodes == 0) q->n_nodes = 1;
  if (q->n_nodes >= QUERY_NODES) return fail_at(p, p->at, "too long");
  q->nodes[q->n_nodes] = (struct node){kind, 0, 0, 0};
  return q->n_nodes++;
}

/* ---- leaves */

static int new_leaf(struct parser *p, enum leaf_kind kind, const char *s, size_t n) {
  struct query *q = p->q;
  size_t bad;
  if (!mill_utf8_valid(s, n, &bad, NULL)) return fail_at(p, s + bad, "not valid UTF-8");
  if (q->n_leaves >= QUERY_LEAVES) return fail_at(p, s, "too many terms");
  struct leaf *l = &q->leaves[q->n_leaves];
  int code = mill_normalize(p->data, MILL_FOLD, s, n, &l->text, &l->len, NULL, p->err);
  if (code < 0) return code;
  q->n_leaves++;
  l->kind = kind;
  l->negative = p->negative;
  while (l->len > 0 && is_blank(l->text[l->len - 1])) l->text[--l->len] = 0;
  size_t lead = 0;
  while (lead < l->len && is_blank(l->text[lead])) lead++;
  memmove(l->text, l->text + lead, l->len - lead + 1);
  l->len -= lead;
  if (l->len == 0) return fail_at(p, s, "nothing to find here");
  int node = new_node(p, NODE_LEAF);
  if (node > 0) q->nodes[node].leaf = (uint16_t)(q->n_leaves - 1);
  return node;
}

static int phrase(struct parser *p) {
  const char *open = p->at++, *s = p->at;
  while (*p->at != 0 && *p->at != '"') p->at++;
  if (*p->at == 0) return fail_at(p, open, "this quote is not closed");
  size_t n = (size_t)(p->at++ - s);
  return new_leaf(p, LEAF_STRING, s, n);
}

static int is_end(const char *s) {
  return *s == 0 || is_blank(*s) || strchr("()|\"", *s) != NULL ||
         strncmp(s, "\xE3\x80\x80", 3) == 0;
}

/* @name: a string for each word of the group, one of them or another. */
static int group(struct parser *p) {
  const char *sign = p->at++, *name = p->at;
  while (!is_end(p->at)) p->at++;
  size_t n = (size_t)(p->at - name);
  mill_user_entry e;
  int node = new_node(p, NODE_OR), last = 0;
  for (uint32_t k = 0; node > 0 && p->groups != NULL && mill_userwords_get(p->groups, k, &e); k++) {
    if (!userwords_bears(p->groups, &p->groups->entries[k], name, n)) continue;
    int next = new_leaf(p, LEAF_STRING, e.text, e.len);
    if (next < 0) return next;
    if (last == 0) p->q->nodes[node].first = (uint16_t)next;
    else p->q->nodes[last].next = (uint16_t)next;
    last = next;
  }
  if (node > 0 && last == 0) return fail_at(p, sign, "no group has this name (for the characters: \"@...\")");
  return node;
}

static int word(struct parser *p) {
  const char *s = p->at;
  if (s[0] == '@' && !is_end(s + 1)) return group(p);
  enum leaf_kind kind = LEAF_STRING;
  if (strncmp(s, "word:", 5) == 0) {
    kind = LEAF_WORD;
    s = p->at += 5;
    if (*s == '"') {
      int node = phrase(p);
      if (node > 0) p->q->leaves[p->q->nodes[node].leaf].kind = LEAF_WORD;
      return node;
    }
  }
  while (!is_end(p->at)) p->at++;
  size_t n = (size_t)(p->at - s);
  if (n == 0) return fail_at(p, s, "a term is missing here");
  if (kind == LEAF_STRING && n > 1 && s[0] == '*' && s[n - 1] == '*') return new_leaf(p, kind, s + 1, n - 2);
  if (kind == LEAF_STRING && s[n - 1] == '*') kind = LEAF_PREFIX, n--;
  else if (kind == LEAF_STRING && s[0] == '*') kind = LEAF_SUFFIX, s++, n--;
  if (n == 0) return fail_at(p, s, "* needs a beginning or an end of a word");
  return new_leaf(p, kind, s, n);
}

/* ---- operators */

static int sequence(struct parser *p);

static int unit(struct parser *p) {
  skip_blanks(p);
  if (*p->at == '"') return phrase(p);
  if (*p->at != '(') return word(p);
  const char *open = p->at++;
  if (++p->depth > MAX_DEPTH) return fail_at(p, open, "nested too deeply");
  int node = sequence(p);
  p->depth--;
  if (node < 0) return node;
  if (*p->at != ')') return fail_at(p, open, "this parenthesis is not closed");
  p->at++;
  return node;
}

/* The operator `|` or OR after a unit; moves behind it. */
static int is_or(struct parser *p) {
  const char *before = p->at;
  skip_blanks(p);
  if (*p->at == '|') return p->at++, 1;
  if (keyword(p->at, "OR")) return p->at += 2, 1;
  p->at = before;
  return 0;
}

static int alternatives(struct parser *p) {
  int first = unit(p), last = first;
  if (first < 0 || !is_or(p)) return first;
  int node = new_node(p, NODE_OR);
  if (node < 0) return node;
  p->q->nodes[node].first = (uint16_t)first;
  do {
    int next = unit(p);
    if (next < 0) return next;
    p->q->nodes[last].next = (uint16_t)next;
    last = next;
  } while (is_or(p));
  return node;
}

static int negated(struct parser *p) {
  const char *sign = p->at;
  p->at += *p->at == '-' ? 1 : 3;
  if (*sign == '-' && is_end(p->at) && *p->at != '(' && *p->at != '"')
    return fail_at(p, sign, "- stands before nothing");
  int node = new_node(p, NODE_NOT);
  if (node < 0) return node;
  p->negative = !p->negative;
  int inner = alternatives(p);
  p->negative = !p->negative;
  if (inner < 0) return inner;
  p->q->nodes[node].first = (uint16_t)inner;
  return node;
}

static int sequence(struct parser *p) {
  int node = new_node(p, NODE_AND), last = 0, positive = 0;
  if (node < 0) return node;
  const char *begin = p->at;
  for (;;) {
    skip_blanks(p);
    if (*p->at == 0 || *p->at == ')') break;
    if (keyword(p->at, "AND")) {
      p->at += 3;
      continue;
    }
    int is_not = *p->at == '-' || keyword(p->at, "NOT");
    int next = is_not ? negated(p) : alternatives(p);
    if (next < 0) return next;
    positive |= !is_not;
    if (last == 0) p->q->nodes[node].first = (uint16_t)next;
    else p->q->nodes[last].next = (uint16_t)next;
    last = next;
  }
  if (last == 0) return fail_at(p, begin, "nothing to find");
  if (!positive) return fail_at(p, begin, "only exclusions: say what to find, too");
  return node;
}

int query_parse(const mill_data *d, const mill_userwords *groups, const char *text, struct query *q, mill_error *err) {
  struct parser p = {d, groups, text, text, q, err, 0, 0};
  int root = sequence(&p);
  if (root < 0) return root;
  if (*p.at == ')') return fail_at(&p, p.at, "this parenthesis was never opened");
  q->root = (uint16_t)root;
  return 0;
}

void query_free(struct query *q) {
  for (uint16_t k = 0; k < q->n_leaves; k++) {
    mem_free(q->leaves[k].text);
    mem_free(q->leaves[k].members);
  }
}
