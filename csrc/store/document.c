/*
** document.c - adding and replacing documents; document_remove.c removes them.
**
**   bytes known?  yes: one more source            (MILL_SAME)
**                 no:  words -> ids -> forward blob, layout, maps, notes
**                      its id or path has other bytes: the old document
**                      goes (MILL_REPLACED), or keeps its other sources
**                      rows, metadata, FTS5       (MILL_ADDED)
**
** Everything that can be refused is refused before the first write.
*/
#include "document.h"
#include "index.h"

void prepared_free(struct prepared *p) {
  for (uint32_t k = 0; p->titles != NULL && k < p->parts.n_articles; k++) mem_free(p->titles[k]);
  mem_free(p->titles);
  mill_buffer_free(&p->layout);
  mill_buffer_free(&p->notes);
  mem_free(p->map);
  mem_free(p->fold_map);
  layout_free(&p->parts);
  memset(p, 0, sizeof *p);
}

/* ---- preparing */

#define OTHERS 1024u

/* Of words of the lexicon that the corpus has had before: the ids of tokens [k, end).
** Lists the other tokens; returns how many. A fifth is others, marks most of them, one
** knows not where: so there is no branch. */
static uint32_t known_ids(const struct vocab *v, const uint32_t *words, uint32_t *ids, size_t k, size_t end,
                          uint32_t *others) {
  const uint32_t *known = v->of_lexicon, last = v->n_lexicon; /* which is 0 */
  uint32_t n = 0;
  for (; k < end; k++) {
    uint32_t id = known[words[k] < last ? words[k] : last];
    ids[k] = id;
    others[n] = (uint32_t)k;
    n += id == 0;
  }
  return n;
}

int document_ids(mill_corpus *c, const char *folded, const mill_tokens *w) {
  if (mill_grow(&c->ids, &c->ids_capacity, w->n + 1, sizeof *c->ids) < 0) return MILL_ENOMEM;
  uint32_t *ids = c->ids, others[OTHERS];
  for (size_t k = 0; k < w->n;) {
    size_t end = w->n - k < OTHERS ? w->n : k + OTHERS;
    uint32_t n = known_ids(&c->words, w->word, ids, k, end, others);
    for (uint32_t q = 0; q < n; q++) {
      uint32_t at = others[q], from = w->start[at], len = w->start[at + 1] - from;
      ids[at] = vocab_of_token(&c->words, w->word[at], folded + from, len, w->tag[at], w->kind[at]);
      if (ids[at] == 0) return MILL_ENOMEM;
    }
    k = end;
  }
  return 0;
}

static int64_t count_characters(const char *s, size_t n) {
  int64_t count = 0;
  for (size_t k = 0; k < n;) {
    size_t end = n - k < 192 ? n : k + 192;
    uint8_t here = 0; /* counted in bytes, many at a time */
    for (; k < end; k++) here = (uint8_t)(here + ((signed char)s[k] >= -64));
    count += here;
  }
  return count;
}

static int tiles(const mill_text *t, const mill_tokens *w) {
  return t->folded != NULL && t->fold_map != NULL && t->map != NULL &&
         (w->n == 0 ? t->folded_len == 0 : w->start[0] == 0 && w->start[w->n] == t->folded_len);
}

/* The title as displayed: of the article's title block, or for the first the
** document's own; NULL when there is none. *out: caller frees. */
static int title_of(const mill_data *d, const mill_text *t, const struct layout *l, uint32_t a, char **out) {
  uint32_t block = l->articles[a].article.title;
  *out = NULL;
  if (block != MILL_NONE) {
    mill_span s = l->blocks[block].block.clean;
    size_t n;
    return mill_normalize(d, mill_text_form(t), t->clean + s.from, s.to - s.from, out, &n, NULL, NULL);
  }
  for (size_t k = 0; a == 0 && k < t->n_meta; k++)
    if (strcmp(t->meta[k].key, "title") == 0 && t->meta[k].value != NULL) {
      size_t n = strlen(t->meta[k].value) + 1;
      if ((*out = mem_malloc(n)) == NULL) return MILL_ENOMEM;
      memcpy(*out, t->meta[k].value, n);
      break;
    }
  return 0;
}

static int make_titles(const mill_data *d, const mill_text *t, struct prepared *p, mill_error *err) {
  int code = 0;
  p->titles = mem_calloc((size_t)p->parts.n_articles + 1, sizeof *p->titles);
  if (p->titles == NULL) return mill_fail_memory(err);
  for (uint32_t k = 0; k < p->parts.n_articles && code >= 0; k++)
    code = title_of(d, t, &p->parts, k, &p->titles[k]);
  return code < 0 ? mill_fail(err, code, 0, "the title cannot be displayed") : 0;
}

int prepare_text(const mill_data *d, const mill_text *t, struct prepared *p, mill_error *err) {
  if (t->folded == NULL || t->fold_map == NULL || t->map == NULL)
    return mill_fail(err, MILL_EINVAL, 0, "a text that is not folded");
  int code = layout_of(t, &p->parts);
  if (code == 0) layout_encode(&p->parts, &p->layout);
  notes_encode(t, &p->notes);
  if (code < 0 || p->layout.error || p->notes.error) return mill_fail_memory(err);
  code = mill_map_encode(t->map, &p->map, &p->map_len);
  if (code == 0) code = mill_map_encode(t->fold_map, &p->fold_map, &p->fold_map_len);
  if (code < 0) return mill_fail(err, code, 0, "the document's maps cannot be stored");
  p->characters = count_characters(t->clean, t->clean_len);
  return make_titles(d, t, p, err);
}

/* A row of SQLite has a limit; MILL_MAX_BYTES is above the usual one. */
static int check_size(mill_corpus *c, const mill_text *t, const struct prepared *p,
                      mill_error *err) {
  size_t most = (size_t)sqlite3_limit(c->db, SQLITE_LIMIT_LENGTH, -1) - 4096;
  size_t row = t->raw_len + t->clean_len + p->map_len + p->fold_map_len + p->notes.len;
  if (row <= most && c->scratch.len <= most && p->layout.len <= most) return 0;
  return mill_fail(err, MILL_ELIMIT, 0, "a document of %zu bytes is too large to be stored",
                   t->raw_len);
}

/* The words' ids, and the blob of them in c->scratch. */
static int prepare_words(mill_corpus *c, const mill_text *t, const mill_tokens *w, const struct prepared *p,
                         mill_error *err) {
  if (!tiles(t, w)) return mill_fail(err, MILL_EINVAL, 0, "the tokens are not those of the folded text");
  if (document_ids(c, t->folded, w) < 0) return mill_fail_memory(err);
  c->scratch.len = 0;
  forward_encode(w, c->ids, &c->words, &c->scratch);
  if (c->scratch.error) return mill_buffer_free(&c->scratch), mill_fail_memory(err);
  return check_size(c, t, p, err);
}

/* ---- looking up */

static enum seen_kind kind_of(enum statement which) {
  return which == S_DOC_BY_PATH ? SEEN_PATH : SEEN_ID;
}

/* Outside of our own transaction another process may have written. */
static int is_absent(const mill_corpus *c, enum seen_kind kind, const void *s, size_t n) {
  return c->writing && !seen_maybe(&c->seen, kind, s, n);
}

static int number_by(mill_corpus *c, enum statement which, const char *text, int64_t *doc,
                     mill_error *err) {
  *doc = 0;
  if (text == NULL || is_absent(c, kind_of(which), text, strlen(text))) return 0;
  sqlite3_stmt *s = sql_get(c, which, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, text);
  int code = sql_row(c, s, "looking a document up", err);
  if (code > 0) *doc = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  return code;
}

static int number_by_hash(mill_corpus *c, const unsigned char sha[32], mill_receipt *out,
                          mill_error *err) {
  if (is_absent(c, SEEN_HASH, sha, 32)) return 0;
  sqlite3_stmt *s = sql_get(c, S_DOC_BY_SHA, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_bytes(s, 1, sha, 32);
  int code = sql_row(c, s, "looking a document up", err);
  if (code > 0) {
    out->doc = sqlite3_column_int64(s, 0);
    sqlite3_snprintf(sizeof out->id, out->id, "%s", (const char *)sqlite3_column_text(s, 1));
  }
  sqlite3_reset(s);
  return code;
}

static int lookup(mill_corpus *c, const char *id, int64_t *doc, mill_error *err) {
  int code = number_by(c, S_DOC_BY_ID, id, doc, err);
  if (code == 0) code = number_by(c, S_DOC_BY_SOURCE_ID, id, doc, err);
  return code;
}

int mill_corpus_find(mill_corpus *c, const char *id, int64_t *doc, mill_error *err) {
  int code = lookup(c, id, doc, err);
  if (code == 0) return mill_fail(err, MILL_ENOTFOUND, 0, "no document is named '%s'", id);
  return code < 0 ? code : 0;
}

/* ---- naming */

/* A given id stands in citations and lists. */
static int check_id(const char *id, mill_error *err) {
  size_t n = id != NULL ? strlen(id) : 1, bad;
  if (n == 0 || n > 255) return mill_fail(err, MILL_EINVAL, 0, "an id has 1 to 255 bytes");
  for (const char *p = id; p != NULL && *p != 0; p++)
    if ((unsigned char)*p < ' ' || *p == 0x7f)
      return mill_fail(err, MILL_EINVAL, (size_t)(p - id), "a control character in an id");
  if (id == NULL || mill_utf8_valid(id, n, &bad, NULL)) return 0;
  return mill_fail(err, MILL_EUTF8, bad, "an id that is not UTF-8");
}

static void name_from_path(const char *path, char *out, size_t size) {
  const char *slash = strrchr(path, '/');
  const char *base = slash != NULL && slash[1] != 0 ? slash + 1 : path;
  size_t n = strcspn(base, "_.");
  if (n == 0) n = strlen(base);
  if (n >= size) n = size - 1;
  while (n > 0 && (base[n] & 0xC0) == 0x80) n--; /* no half character */
  memcpy(out, base, n);
  out[n] = 0;
}

static void name_from_hash(const unsigned char sha[32], char *out) {
  static const char hex[] = "0123456789abcdef";
  for (int k = 0; k < 6; k++) {
    out[2 * k] = hex[sha[k] >> 4];
    out[2 * k + 1] = hex[sha[k] & 15];
  }
  out[12] = 0;
}

/* Is base-k (for k = 1: base) taken? Leaves it in name. */
static int is_taken(mill_corpus *c, const char *base, unsigned k, char name[256], mill_error *err) {
  int64_t doc;
  sqlite3_snprintf(256, name, k == 1 ? "%s" : "%s-%u", base, k);
  return number_by(c, S_DOC_BY_ID, name, &doc, err);
}

/* base, base-2, base-3...: one that is free though the one before is not, found
** by doubling and halving: a hundred thousand files may all be called index. */
static int make_unique(mill_corpus *c, const char *base, char name[256], mill_error *err) {
  unsigned taken = 0, step = 1;
  int code;
  while ((code = is_taken(c, base, taken + step, name, err)) > 0) taken += step, step *= 2;
  if (code == 0 && step == 1) return 0; /* base itself */
  while (code >= 0 && step > 1) {
    step /= 2;
    if ((code = is_taken(c, base, taken + step, name, err)) > 0) taken += step;
  }
  return code < 0 ? code : is_taken(c, base, taken + 1, name, err);
}

static int choose_name(mill_corpus *c, const mill_source *src, const unsigned char sha[32],
                       mill_receipt *out, mill_error *err) {
  if (src->id != NULL) {
    sqlite3_snprintf(sizeof out->id, out->id, "%s", src->id);
    return 0;
  }
  char base[200] = "";
  size_t bad;
  if (src->path != NULL) name_from_path(src->path, base, sizeof base);
  if (base[0] == 0 || !mill_utf8_valid(base, strlen(base), &bad, NULL)) name_from_hash(sha, base);
  return make_unique(c, base, out->id, err);
}

/* ---- writing rows */

/* A document that is new has no source yet that could be the same. */
static int add_source(mill_corpus *c, int64_t doc, int is_new, const mill_source *src,
                      mill_error *err) {
  static const enum statement both[] = {S_SOURCE_SAME, S_SOURCE_ADD};
  for (int k = is_new; k < 2; k++) {
    sqlite3_stmt *s = sql_get(c, both[k], err);
    if (s == NULL) return MILL_EIO;
    sqlite3_bind_int64(s, 1, doc);
    sql_bind_text(s, 2, src->id);
    sql_bind_text(s, 3, src->path);
    sql_bind_text(s, 4, src->url);
    sql_bind_text(s, 5, src->date);
    sql_bind_text(s, 6, src->meta);
    if (both[k] == S_SOURCE_ADD) sqlite3_bind_int64(s, 7, ++c->numbers.source);
    int code = sql_row(c, s, "storing a source", err);
    sqlite3_reset(s);
    if (code != 0) return code < 0 ? code : 0; /* known already */
  }
  if (src->id != NULL) seen_add(&c->seen, SEEN_ID, src->id, strlen(src->id));
  if (src->path != NULL) seen_add(&c->seen, SEEN_PATH, src->path, strlen(src->path));
  return 0;
}

static int add_head(mill_corpus *c, const mill_text *t, const mill_tokens *w,
                    const struct prepared *p, const unsigned char sha[32], mill_receipt *out,
                    mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_DOC_ADD, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, out->id);
  sql_bind_bytes(s, 2, sha, 32);
  sqlite3_bind_int64(s, 3, (int64_t)t->raw_len);
  sqlite3_bind_int64(s, 4, (int64_t)t->clean_len);
  sqlite3_bind_int64(s, 5, p->characters);
  sqlite3_bind_int64(s, 6, (int64_t)w->n);
  sql_bind_text(s, 7, t->charset);
  sqlite3_bind_int(s, 8, t->html);
  sqlite3_bind_int(s, 9, t->gloss_mode);
  sqlite3_bind_int(s, 10, t->script);
  sqlite3_bind_int64(s, 11, t->n_glosses);
  sqlite3_bind_int64(s, 12, t->n_broken);
  sqlite3_bind_int64(s, 13, out->doc = ++c->numbers.doc);
  seen_add(&c->seen, SEEN_ID, out->id, strlen(out->id));
  seen_add(&c->seen, SEEN_HASH, sha, 32);
  return sql_done(c, s, "storing a document", err);
}

static int add_texts(mill_corpus *c, const mill_text *t, const struct prepared *p, int64_t doc,
                     mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_TEXT_ADD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  sql_bind_bytes(s, 2, p->map, p->map_len);
  sql_bind_bytes(s, 3, p->fold_map, p->fold_map_len);
  sql_bind_bytes(s, 4, p->notes.bytes, p->notes.len);
  if (t->clean_len != t->raw_len || memcmp(t->clean, t->raw, t->raw_len) != 0)
    sql_bind_bytes(s, 5, t->clean, t->clean_len);
  sql_bind_bytes(s, 6, t->raw, t->raw_len);
  int code = sql_done(c, s, "storing a document", err);
  if (code < 0) return code;
  if ((s = sql_get(c, S_FORWARD_ADD, err)) == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  sql_bind_bytes(s, 2, c->scratch.bytes, c->scratch.len);
  sql_bind_bytes(s, 3, p->layout.bytes, p->layout.len);
  return sql_done(c, s, "storing a document", err);
}

static void bind_span(sqlite3_stmt *s, int at, mill_span span) {
  if (span.from == MILL_NONE) return;
  sqlite3_bind_int64(s, at, span.from);
  sqlite3_bind_int64(s, at + 1, span.to);
}

static int add_meta(mill_corpus *c, const mill_text *t, int64_t doc, mill_error *err) {
  for (size_t k = 0; k < t->n_meta; k++) {
    sqlite3_stmt *s = sql_get(c, S_META_ADD, err);
    if (s == NULL) return MILL_EIO;
    sqlite3_bind_int64(s, 1, doc);
    sql_bind_text(s, 2, t->meta[k].key);
    sql_bind_text(s, 3, t->meta[k].value);
    bind_span(s, 4, t->meta[k].raw);
    bind_span(s, 6, t->meta[k].clean);
    int code = sql_done(c, s, "storing metadata", err);
    if (code < 0) return code;
  }
  return 0;
}

struct adding { mill_corpus *c; const struct prepared *p; int64_t doc; };

static int add_article(void *context, uint32_t a, uint32_t words, int64_t *row, mill_error *err) {
  const struct adding *x = context;
  sqlite3_stmt *s = sql_get(x->c, S_ARTICLE_ADD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, x->doc);
  sqlite3_bind_int64(s, 2, (int64_t)a + 1);
  sql_bind_text(s, 3, x->p->titles[a]);
  sqlite3_bind_int64(s, 4, words);
  bind_span(s, 5, x->p->parts.articles[a].article.clean);
  sqlite3_bind_int64(s, 7, *row = ++x->c->numbers.article);
  return sql_done(x->c, s, "storing an article", err);
}

static int insert(mill_corpus *c, const mill_text *t, const mill_tokens *w,
                  const struct prepared *p, const mill_source *src,
                  const unsigned char sha[32], mill_receipt *out, mill_error *err) {
  int code = add_head(c, t, w, p, sha, out, err);
  if (code == 0) code = add_texts(c, t, p, out->doc, err);
  if (code == 0) code = add_meta(c, t, out->doc, err);
  if (code == 0) code = add_source(c, out->doc, 1, src, err);
  struct adding adding = {c, p, out->doc};
  struct index_job job = {out->doc, c->ids, w->start, (uint32_t)w->n, &p->parts, NULL, add_article, &adding};
  if (code == 0) code = index_document(c, &job, err);
  return code;
}

/* ---- replacing */

/* The path or id now has other bytes: the document that came from it loses
** this source, and goes when it has no other. */
static int leave_source(mill_corpus *c, enum statement find, enum statement drop,
                        const char *key, int64_t except, int *gone, mill_error *err) {
  int64_t old, left = 1;
  int code = number_by(c, find, key, &old, err);
  if (code <= 0 || old == except) return code < 0 ? code : 0;
  sqlite3_stmt *s = sql_get(c, drop, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, old);
  sql_bind_text(s, 2, key);
  if ((code = sql_done(c, s, "replacing a document", err)) < 0) return code;
  if ((s = sql_get(c, S_SOURCE_COUNT, err)) == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, old);
  if ((code = sql_row(c, s, "replacing a document", err)) < 0) return code;
  left = sqlite3_column_int64(s, 0);
  sqlite3_reset(s);
  if (left > 0) return 0;
  *gone = 1;
  return document_delete(c, old, err);
}

/* ---- adding */

/* Somebody else's id becomes the document's name; 0 when nobody else has one. */
static int rename_document(mill_corpus *c, int64_t doc, mill_error *err) {
  char base[200] = "", name[256];
  sqlite3_stmt *s = sql_get(c, S_SOURCE_ID, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  int code = sql_row(c, s, "replacing a document", err);
  if (code > 0) sqlite3_snprintf(sizeof base, base, "%s", (const char *)sqlite3_column_text(s, 0));
  sqlite3_reset(s);
  if (code <= 0 || (code = make_unique(c, base, name, err)) < 0) return code;
  if ((s = sql_get(c, S_DOC_RENAME, err)) == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  sql_bind_text(s, 2, name);
  seen_add(&c->seen, SEEN_ID, name, strlen(name));
  code = sql_done(c, s, "replacing a document", err);
  return code < 0 ? code : 1;
}

/* Makes way for the bytes that this path and id name now; they are those of
** the document `except`, or new when it is 0. */
static int displace(mill_corpus *c, const mill_source *src, int64_t except, int *replaced,
                    mill_error *err) {
  int64_t old = 0;
  int code = leave_source(c, S_DOC_BY_PATH, S_SOURCE_DROP_PATH, src->path, except, replaced, err);
  if (code == 0)
    code = leave_source(c, S_DOC_BY_SOURCE_ID, S_SOURCE_DROP_ID, src->id, except, replaced, err);
  if (code == 0) code = number_by(c, S_DOC_BY_ID, src->id, &old, err);
  if (code <= 0 || old == except) return code < 0 ? code : 0;
  if ((code = rename_document(c, old, err)) != 0) return code < 0 ? code : 0;
  *replaced = 1;
  return document_delete(c, old, err);
}

static int same_bytes(mill_corpus *c, const mill_source *src, mill_receipt *out,
                      mill_error *err) {
  int replaced = 0;
  int code = displace(c, src, out->doc, &replaced, err);
  if (code == 0) code = add_source(c, out->doc, 0, src, err);
  out->outcome = MILL_SAME;
  return code;
}

static int add_new(mill_corpus *c, const struct cut *d, const mill_source *src, mill_receipt *out,
                   mill_error *err) {
  struct prepared own = {0};
  const struct prepared *p = d->prepared;
  int replaced = 0, code = 0;
  if (p == NULL) code = prepare_text(c->data, d->text, &own, err), p = &own;
  if (code == 0) code = prepare_words(c, d->text, d->tokens, p, err);
  if (code == 0) code = displace(c, src, 0, &replaced, err);
  if (code == 0) code = choose_name(c, src, d->sha, out, err);
  if (code == 0) code = insert(c, d->text, d->tokens, p, src, d->sha, out, err);
  out->outcome = replaced ? MILL_REPLACED : MILL_ADDED;
  prepared_free(&own);
  return code;
}

static const mill_source nothing = {0};

/* Into c->tokens, with the user words of the file. */
static int corpus_segment(mill_corpus *c, const mill_text *t, mill_error *err) {
  int code = corpus_read(c, err);
  if (code < 0) return code;
  const mill_segment_options o = {.user = c->user};
  c->segmented_epoch = c->user_epoch;
  code = mill_segment(mill_data_lexicon(c->data), t->folded, t->folded_len, &o, &c->tokens, err);
  corpus_read_end(c);
  return code;
}

/* The document, or one more source of it. Inside a writing call. */
static int add_inside(mill_corpus *c, const struct cut *d, const mill_source *source, mill_receipt *out,
                      mill_error *err) {
  memset(out, 0, sizeof *out);
  if (source == NULL) source = &nothing;
  int sought = c->sought == c->transactions; /* just now, by document_add_known */
  int code = sought ? 0 : number_by_hash(c, d->sha, out, err);
  c->sought = 0;
  if (code > 0) return same_bytes(c, source, out, err);
  return code == 0 ? add_new(c, d, source, out, err) : code;
}

static int add_hashed(mill_corpus *c, const struct cut *d, const mill_source *source, mill_receipt *out,
                      mill_error *err) {
  int code = corpus_enter(c, d->text->raw_len, err);
  if (code < 0) return code;
  if (d->tokens == &c->tokens &&
      c->segmented_epoch != c->user_epoch) /* another process has changed the words */
    code = corpus_segment(c, d->text, err);
  if (code == 0) code = add_inside(c, d, source, out, err);
  return corpus_leave(c, code, d->text->raw_len, err);
}

int document_add_cut(mill_corpus *c, const struct cut *d, const mill_source *source, mill_receipt *out,
                     mill_error *err) {
  struct cut own = *d;
  int code = check_id(source != NULL ? source->id : NULL, err);
  if (code == 0) code = corpus_enter(c, d->text->raw_len, err); /* the words cannot change from here on */
  if (code < 0) return code;
  if (c->user != NULL) {
    own.tokens = &c->tokens;
    code = corpus_segment(c, d->text, err);
  }
  if (code == 0) code = add_inside(c, &own, source, out, err);
  return corpus_leave(c, code, d->text->raw_len, err);
}

int mill_corpus_add(mill_corpus *c, const mill_text *t, const mill_tokens *tokens,
                    const mill_source *source, mill_receipt *out, mill_error *err) {
  unsigned char sha[32];
  int code = check_id(source != NULL ? source->id : NULL, err);
  if (code < 0) return code;
  mill_sha256(t->raw, t->raw_len, sha);
  return add_hashed(c, &(struct cut){t, tokens, NULL, sha}, source, out, err);
}

int document_add_known(mill_corpus *c, const unsigned char sha[32], const mill_source *source,
                       mill_receipt *out, mill_error *err) {
  int code = check_id(source != NULL ? source->id : NULL, err);
  if (code == 0) code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  memset(out, 0, sizeof *out);
  int known = code = number_by_hash(c, sha, out, err);
  c->sought = known == 0 && c->batch ? c->transactions : 0;
  if (code > 0) code = same_bytes(c, source != NULL ? source : &nothing, out, err);
  code = corpus_leave(c, code, 0, err);
  return code < 0 ? code : known;
}

int document_is_known(mill_corpus *c, const unsigned char sha[32], mill_error *err) {
  mill_receipt receipt;
  int code = corpus_read(c, err);
  if (code < 0) return code;
  code = number_by_hash(c, sha, &receipt, err);
  corpus_read_end(c);
  return code;
}

int mill_corpus_add_raw(mill_corpus *c, const char *raw, size_t n,
                        const mill_clean_options *options, const mill_source *source,
                        mill_receipt *out, mill_error *err) {
  unsigned char sha[32];
  mill_text *t = NULL;
  mill_sha256(raw, n, sha);
  int code = document_add_known(c, sha, source, out, err);
  if (code != 0) return code < 0 ? code : 0;
  code = mill_clean(c->data, raw, n, options, &t, err);
  if (code >= 0)
    code = corpus_segment(c, t, err);
  if (code >= 0) code = add_hashed(c, &(struct cut){t, &c->tokens, NULL, sha}, source, out, err);
  c->sought = 0;
  mill_text_free(t);
  return code;
}

int mill_corpus_log(mill_corpus *c, const char *path, const mill_error *why, mill_error *err) {
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  sqlite3_stmt *s = sql_get(c, S_LOG_ADD, err);
  if (s == NULL) return corpus_leave(c, MILL_EIO, 0, err);
  sql_bind_text(s, 1, path);
  sql_bind_text(s, 2, mill_code_name(why->code));
  sql_bind_text(s, 3, why->message);
  return corpus_leave(c, sql_done(c, s, "logging", err), 0, err);
}
