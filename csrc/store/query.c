/*
** query.c - the query language.
**
**   query := term+                          AND
**   term  := '-' term | alt                 NOT (also: the word NOT)
**   alt   := unit (('|' | 'OR') unit)*      binds tighter than AND
**   unit  := '(' query ')' | '"' ... '"' | '/' regex '/' | near | word
**   word  := characters but blanks ( ) | "   with word:..., ...*, *..., @group
**   near  := 'NEAR(' member+ [',' words between] ')'     members: words, no strings
**
** Leaves are folded as the text was. Depth and sizes are limited.
*/
#include "query.h"

#define MAX_DEPTH 32
#define NEAR_DEFAULT 10u   /* as FTS5 has it */
#define NEAR_MOST 1000000u

struct parser {
  const mill_data *data;
  const mill_userwords *groups;
  const char *start, *at;
  struct query *q;
  mill_error *err;
  int depth, negative, near;   /* near: inside of NEAR( ), whose members are words */
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
  q->nodes[q->n_nodes] = (struct node){kind, 0, 0, 0, 0};
  return q->n_nodes++;
}

/* ---- leaves */

/* Letters of a regular expression in the form of the text; signs stay as they are. */
static int fold_regex(struct parser *p, const char *s, size_t n, struct leaf *l) {
  mill_buffer b = {0};
  for (size_t i = 0, to; i < n; i = to) {
    char *folded = NULL;
    size_t len = 0;
    for (to = i; to < n && (unsigned char)s[to] >= 0x80;) to++;
    if (to > i) {
      int code = mill_normalize(p->data, MILL_FOLD, s + i, to - i, &folded, &len, NULL, p->err);
      if (code < 0) return mill_buffer_free(&b), code;
      int plain = 0; /* a full-width sign must not become one that means something */
      for (size_t k = 0; k < len; k++) plain |= (unsigned char)folded[k] < 0x80;
      mill_buffer_append(&b, plain ? s + i : folded, plain ? to - i : len);
      mem_free(folded);
    } else {
      mill_buffer_byte(&b, s[to++]);
    }
  }
  mill_buffer_byte(&b, 0);
  l->len = b.error ? 0 : b.len - 1;
  return b.error ? mill_buffer_free(&b), mill_fail_memory(p->err) : (l->text = b.bytes, 0);
}

static int new_leaf(struct parser *p, enum leaf_kind kind, const char *s, size_t n) {
  struct query *q = p->q;
  size_t bad;
  if (!mill_utf8_valid(s, n, &bad, NULL)) return fail_at(p, s + bad, "not valid UTF-8");
  if (q->n_leaves >= QUERY_LEAVES) return fail_at(p, s, "too many terms");
  struct leaf *l = &q->leaves[q->n_leaves];
  if (kind == LEAF_STRING && (q->words || p->near)) kind = LEAF_CUT;
  int code = kind == LEAF_REGEX
                 ? fold_regex(p, s, n, l)
                 : mill_normalize(p->data, MILL_FOLD, s, n, &l->text, &l->len, NULL, p->err);
  if (code < 0) return code;
  q->n_leaves++;
  l->kind = kind;
  l->negative = p->negative;
  l->at = (uint32_t)(s - p->start);
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

static int phrase(struct parser *p, enum leaf_kind kind) {
  const char *open = p->at++, *s = p->at;
  while (*p->at != 0 && *p->at != '"') p->at++;
  if (*p->at == 0) return fail_at(p, open, "this quote is not closed");
  size_t n = (size_t)(p->at++ - s);
  return new_leaf(p, kind, s, n);
}

static int is_end(const char *s) {
  return *s == 0 || is_blank(*s) || strchr("()|\"", *s) != NULL ||
         strncmp(s, "\xE3\x80\x80", 3) == 0;
}

/* A comma in NEAR( ) ends a word, too. */
static int ends(const struct parser *p, const char *s) { return is_end(s) || (p->near && *s == ','); }

/* /.../: `\/` is a slash in it. */
static int regex(struct parser *p) {
  const char *open = p->at++, *s = p->at;
  while (*p->at != 0 && *p->at != '/') p->at += p->at[0] == '\\' && p->at[1] != 0 ? 2 : 1;
  if (*p->at == 0)
    return fail_at(p, open, "this regular expression is not closed (for the characters: \"/...\")");
  size_t n = (size_t)(p->at++ - s);
  if (n == 0) return fail_at(p, open, "nothing to find here");
  if (!ends(p, p->at)) return fail_at(p, p->at, "a regular expression ends with its /: a blank is missing");
  return new_leaf(p, LEAF_REGEX, s, n);
}

/* @name: a leaf for each word of the group, one of them or another. */
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
  if (s[0] == '@' && !ends(p, s + 1))
    return p->near ? fail_at(p, s, "a group cannot stand in NEAR( )") : group(p);
  enum leaf_kind kind = LEAF_STRING;
  if (strncmp(s, "word:", 5) == 0) {
    kind = LEAF_WORD;
    s = p->at += 5;
    if (*s == '"') return phrase(p, LEAF_WORD);
  }
  while (!ends(p, p->at)) p->at++;
  size_t n = (size_t)(p->at - s);
  if (n == 0) return fail_at(p, s, "a term is missing here");
  if (kind == LEAF_STRING && n > 1 && s[0] == '*' && s[n - 1] == '*')
    return new_leaf(p, p->q->words || p->near ? LEAF_INFIX : kind, s + 1, n - 2);
  if (kind == LEAF_STRING && s[n - 1] == '*') kind = LEAF_PREFIX, n--;
  else if (kind == LEAF_STRING && s[0] == '*') kind = LEAF_SUFFIX, s++, n--;
  if (n == 0) return fail_at(p, s, "* needs a beginning or an end of a word");
  return new_leaf(p, kind, s, n);
}

static int term(struct parser *p) {
  if (*p->at == '"') return phrase(p, LEAF_STRING);
  return *p->at == '/' ? regex(p) : word(p);
}

/* After the comma: how many words may stand between. */
static int distance(struct parser *p, uint32_t *out) {
  p->at++;
  skip_blanks(p);
  const char *s = p->at;
  for (*out = 0; *p->at >= '0' && *p->at <= '9' && *out <= NEAR_MOST; p->at++)
    *out = *out * 10 + (uint32_t)(*p->at - '0');
  if (p->at == s || *out > NEAR_MOST)
    return fail_at(p, s, "NEAR(a b, n): n is a number of words, up to 1000000");
  skip_blanks(p);
  return *p->at == ')' ? 0 : fail_at(p, p->at, "NEAR(a b, n) ends after its number");
}

static int near(struct parser *p) {
  const char *open = p->at;
  int node = new_node(p, NODE_NEAR), last = 0, n = 0;
  uint32_t words = NEAR_DEFAULT;
  if (node < 0) return node;
  p->near = 1;
  for (p->at += 5; skip_blanks(p), *p->at != ')'; n++) {
    int code = *p->at == 0   ? fail_at(p, open + 4, "this parenthesis is not closed")
               : *p->at == ',' ? distance(p, &words)
               : strchr("(|", *p->at) != NULL
                   ? fail_at(p, p->at, "NEAR( ) takes words, \"phrases\" and a*, and a number last")
                                              : term(p);
    if (code < 0) return code;
    if (code == 0) break; /* behind the number */
    if (n == LIST_TERMS) return fail_at(p, open, "NEAR( ) takes 64 words at most");
    if (last == 0) p->q->nodes[node].first = (uint16_t)code;
    else p->q->nodes[last].next = (uint16_t)code;
    last = code;
  }
  if (n < 2) return fail_at(p, open, "NEAR( ) needs two words");
  p->near = 0;
  p->at++;
  p->q->nodes[node].distance = words;
  return node;
}

/* ---- operators */

static int sequence(struct parser *p);

static int unit(struct parser *p) {
  skip_blanks(p);
  if (strncmp(p->at, "NEAR(", 5) == 0) return near(p);
  if (*p->at != '(') return term(p);
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

int query_parse(const mill_data *d, const mill_userwords *groups, const char *text, struct query *q,
    mill_error *err) {
  struct parser p = {d, groups, text, text, q, err, 0, 0, 0};
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
    term_free(&q->leaves[k].term);
  }
}
