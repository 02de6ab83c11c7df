/*
** plain_view.c - documents of columns as recognisers want them: words, tags and joined text.
**
**   types    17 203 64 ...
**   facts    设立/v 卡点/n 14/m ...      of each type, found when it is first seen
**   view     设立卡点14 ...              of the present document, made when something asks
**
** It is what doc_view.c makes of a forward blob, without reading the blob again.
*/
#include "plain_view.h"

#include "../core/date.h"
#include "doc_view.h"

#define ANSWERS 256u /* kept of the present document, by token and recogniser */

/* What is known of a type. */
struct fact { size_t offset; uint32_t len, lexicon; uint8_t tag, kind, known; };
struct answer { uint32_t at, n; uint8_t what; }; /* at: token + 1 */

struct plain_view {
  mill_corpus *c;
  const struct columns *x;           /* borrowed: the present ones */
  struct fact *facts; uint32_t n_facts, capacity;
  int wants_day;
  sqlite3_stmt *day;
  uint32_t doc;                      /* that the view shows, or MILL_NONE */
  mill_tokens tokens; uint32_t room; /* without values, which no recogniser asks for */
  mill_buffer folded;
  struct mill_dates dates;
  struct answer answers[ANSWERS];
  mill_view view;
};

struct plain_view *plain_view_new(mill_corpus *c, int wants_day) {
  struct plain_view *v = mem_calloc(1, sizeof *v);
  if (v == NULL) return NULL;
  v->c = c;
  v->wants_day = wants_day;
  v->doc = MILL_NONE;
  return v;
}

void plain_view_free(struct plain_view *v) {
  if (v == NULL) return;
  sqlite3_finalize(v->day);
  mill_tokens_free(&v->tokens);
  mill_buffer_free(&v->folded);
  mem_free(v->facts);
  mem_free(v);
}

int plain_view_use(struct plain_view *v, const struct columns *x) {
  uint32_t n = types_count(&x->table) + 1;
  v->x = x;
  v->doc = MILL_NONE;
  if (mill_grow(&v->facts, &v->capacity, n, sizeof *v->facts) < 0) return MILL_ENOMEM;
  if (n > v->n_facts) memset(v->facts + v->n_facts, 0, (n - v->n_facts) * sizeof *v->facts), v->n_facts = n;
  return 0;
}

static const struct fact *fact_of(struct plain_view *v, uint32_t type) {
  struct fact *f = &v->facts[type];
  if (f->known) return f;
  struct word_type t = types_get(&v->x->table, &v->c->words, type);
  const struct vocab_word *w = &v->c->words.words[t.id];
  *f = (struct fact){w->offset, w->len, reader_lexicon_id(v->c, t.id), t.tag, t.kind, 1};
  return f;
}

/* ---- a document */

static int make_room(struct plain_view *v, uint32_t n) {
  mill_tokens *t = &v->tokens;
  if (n < v->room) return 0;
  mill_tokens_free(t);
  memset(t, 0, sizeof *t);
  v->room = 0;
  uint32_t size = n + n / 2 + 64;
  t->start = mem_malloc(size * sizeof *t->start);
  t->word = mem_malloc(size * sizeof *t->word);
  t->tag = mem_malloc(size);
  t->kind = mem_malloc(size);
  if (!t->start || !t->word || !t->tag || !t->kind) return MILL_ENOMEM;
  v->room = size;
  return 0;
}

/* Nearly all words have at most 16 bytes, which go over at once, whatever stands behind them. */
static int join(struct plain_view *v, const uint32_t *types, uint32_t n) {
  const struct vocab *words = &v->c->words;
  mill_tokens *t = &v->tokens;
  mill_buffer *out = &v->folded;
  size_t at = 0;
  for (uint32_t k = 0; k < n; k++) {
    const struct fact *f = fact_of(v, types[k]);
    if (out->capacity - at < (size_t)f->len + 32) {
      out->len = at;
      if (!mill_buffer_reserve(out, (size_t)f->len + 8 * (size_t)(n - k) + 32)) return MILL_ENOMEM;
    }
    const char *s = words->arena + f->offset;
    if (f->len <= 16 && f->offset + 16 <= words->arena_len) memcpy(out->bytes + at, s, 16);
    else memcpy(out->bytes + at, s, f->len);
    t->start[k] = (uint32_t)at;
    t->word[k] = f->lexicon;
    t->tag[k] = f->tag;
    t->kind[k] = f->kind;
    at += f->len;
  }
  t->start[t->n = n] = (uint32_t)at;
  memset(out->bytes + at, 0, 4);
  out->len = at;
  return 0;
}

static int show(struct plain_view *v, uint32_t d) {
  const struct column_doc *docs = v->x->docs;
  uint32_t from = docs[d].from, n = docs[d + 1].from - from;
  mill_error err;
  v->doc = MILL_NONE;
  v->folded.len = 0;
  if (make_room(v, n) < 0 || !mill_buffer_reserve(&v->folded, 64) || join(v, v->x->types + from, n) < 0)
    return MILL_ENOMEM;
  v->view = (mill_view){.data = v->c->data, .user = v->c->user, .tokens = &v->tokens, .dates = &v->dates,
                        .folded = v->folded.bytes, .folded_len = v->folded.len, .ref = date_of_day(NULL)};
  memset(&v->dates, 0, sizeof v->dates);
  memset(v->answers, 0, sizeof v->answers);
  v->doc = d;
  return v->wants_day ? doc_view_day(v->c, &v->day, docs[d].doc, &v->view.ref, &err) : 0;
}

const mill_view *plain_view_find(struct plain_view *v, uint32_t d, int what, uint32_t at, uint32_t *n) {
  struct answer *a = &v->answers[(at * (uint32_t)MILL_REC_COUNT + (uint32_t)what) % ANSWERS];
  mill_found found;
  if (v->doc != d && show(v, d) < 0) return v->doc = MILL_NONE, NULL;
  if (a->at != at + 1 || a->what != what) {
    int yes = mill_recognize(&v->view, (enum mill_recognizer)what, at, &found) > 0;
    yes = yes && found.n_tokens <= v->tokens.n - at;
    *a = (struct answer){at + 1, yes ? found.n_tokens : 0, (uint8_t)what};
  }
  *n = a->n;
  return &v->view;
}
