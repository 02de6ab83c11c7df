/*
** subwords.c - the words that stand in a token: what an index lists beside it,
** so that 大学 finds 北京大学.
**
**   token      中华人民共和国                    position 1
**   subwords   中华 华人 人民 人民共和国 ...      position 1, each with its span
**
** From each character of a token the trie of the lexicon is walked, and that of
** the user's words; both are bounded by the longest word, so time is linear.
** Reference: jieba's cut_for_search, which lists words of two and three
** characters only, and gives no spans.
*/
#include "alloc.h"
#include "buffer.h"
#include "error.h"
#include "userwords.h"
#include "utf8.h"

#define MOST (LEX_MAX_CHARS + MAX_EDGE) /* that begin at one place */

typedef struct search {
  const mill_lexicon *lx;
  const mill_userwords *user; /* or NULL */
  const char *s;
  uint32_t token, from, to;   /* the token looked through */
  mill_subword found[MOST];   /* that begin at one place, shortest first */
  size_t n;
} search;

static int is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

static int is_mark(const search *r, uint32_t i) {
  size_t len;
  if (utf8_length((unsigned char)r->s[i]) > r->to - i) return 0;
  return (lexicon_char(r->lx, utf8_decode(r->s + i, &len)) & CHAR_CLASS_MASK) == CHAR_MARK;
}

/* May a word begin or end before byte i? Not inside letters, not before a mark. */
static int at_edge(const search *r, uint32_t i) {
  if (i == r->from || i == r->to) return 1;
  return !(is_alnum(r->s[i - 1]) && is_alnum(r->s[i])) && !is_mark(r, i);
}

static void find_known(search *r, uint32_t from) {
  size_t len;
  lex_edge e = {0};
  for (uint32_t i = from, steps = 0; i < r->to && steps < LEX_MAX_CHARS; steps++) {
    uint32_t id = lexicon_id_at(r->lx, r->s + i, r->to - i, &len);
    if (id == 0 || id > r->lx->params->n_ids) return;
    e = steps == 0 ? lexicon_first(r->lx, id) : lexicon_next(r->lx, e.node, id);
    i += (uint32_t)len;
    if (steps > 0 && e.word < r->lx->params->n_words && at_edge(r, i))
      r->found[r->n++] = (mill_subword){r->token, from, i, e.word, lexicon_tag(r->lx, e.word)};
    if (!e.more) return;
  }
}

/* Puts a user's word among those found, in the place of one with its span. */
static void put_users(search *r, const user_entry *e, uint32_t from, uint32_t to) {
  size_t k = r->n;
  while (k > 0 && r->found[k - 1].to > to) k--;
  int there = k > 0 && r->found[k - 1].to == to;
  if (e->flags & USER_MASK) {
    if (there) memmove(&r->found[k - 1], &r->found[k], (r->n-- - k) * sizeof *r->found);
  } else if ((e->flags & (USER_WORD | USER_FORCE)) && (there || r->n < MOST)) {
    if (!there) memmove(&r->found[k + 1], &r->found[k], (r->n++ - k) * sizeof *r->found), k++;
    r->found[k - 1] = (mill_subword){r->token, from, to, userwords_id(r->user, e), e->tag};
  }
}

static void find_users(search *r, uint32_t from) {
  uint32_t node = USER_ROOT, i = from;
  size_t len;
  lexicon_id_at(r->lx, r->s + from, r->to - from, &len);
  for (uint32_t steps = 0; i < r->to && steps < MAX_EDGE; steps++) {
    size_t used;
    node = userwords_follow(r->user, node, r->s + i, r->to - i, &used);
    if (node == 0) return;
    i += (uint32_t)used;
    const user_entry *e = i > from + len && at_edge(r, i) ? userwords_entry(r->user, node) : NULL;
    if (e != NULL) put_users(r, e, from, i);
  }
}

/* Appends what begins at `from`, the longest first, without the token itself. */
static int list_found(search *r, mill_subwords *out) {
  if (mill_grow(&out->list, &out->capacity, out->n + r->n, sizeof *out->list) < 0) return MILL_ENOMEM;
  while (r->n > 0) {
    const mill_subword *w = &r->found[--r->n];
    if (w->from != r->from || w->to != r->to) out->list[out->n++] = *w;
  }
  return 0;
}

static int look_through(search *r, mill_subwords *out) {
  size_t len;
  int rc = 0;
  for (uint32_t i = r->from; rc == 0 && i < r->to; i += (uint32_t)len) {
    lexicon_id_at(r->lx, r->s + i, r->to - i, &len);
    if (is_mark(r, i)) continue;
    find_known(r, i);
    if (r->user != NULL) find_users(r, i);
    rc = list_found(r, out);
  }
  return rc;
}

int mill_find_subwords(const mill_lexicon *lx, const mill_userwords *user, const char *folded,
                       const mill_tokens *t, mill_subwords *out, mill_error *err) {
  search r = {.lx = lx, .user = user, .s = folded};
  out->n = 0;
  if (lx == NULL) return mill_fail(err, MILL_EINVAL, 0, "no lexicon is loaded");
  for (size_t k = 0; k < t->n; k++) {
    int users = t->word[k] != MILL_NONE && t->word[k] >= lx->params->n_words;
    r.token = (uint32_t)k;
    r.from = t->start[k];
    r.to = t->start[k + 1];
    if ((t->kind[k] != MILL_KIND_HAN && !users) || r.to - r.from < 5) continue; /* a店b is the shortest */
    if (look_through(&r, out) < 0) return mill_fail_memory(err);
  }
  return 0;
}

void mill_subwords_free(mill_subwords *s) {
  mem_free(s->list);
  *s = (mill_subwords){0};
}
