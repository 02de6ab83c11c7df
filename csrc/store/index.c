/*
** index.c - a document's tokens into the index: one row an article, columns
** body and rest (captions, keyword lists, boilerplate).
**
**   tokens  t0 t1 t2 | t3 t4 | t5 ...      sorted by counting into 2 lists an
**   blocks  heading  | text  | caption     article: body 0, rest 0, body 1, ...
**
** The lists go to the segments (segments.c) and, where the file has mill_fts,
** to FTS5. FTS5 3.40 has no deletion from contentless tables but the 'delete'
** command with the very tokens of insertion: both go through index_document, fed
** from the stored ids, so they cannot differ.
*/
#include "index.h"

/* Does all of the text go to the body of one article? */
static int is_one_body(const struct layout *l) {
  uint32_t k = 0;
  while (k < l->n_blocks && !layout_is_rest(&l->blocks[k].block)) k++;
  return l->n_articles == 1 && k == l->n_blocks;
}

/* Tokens from k on that go to one list: where they end. A block's tokens begin at or
** behind it and before the next one; those before the first are the first's. */
static uint32_t run_end(const struct index_job *job, int one_body, uint32_t k, uint32_t *block,
                        uint32_t *list) {
  const struct layout *l = job->layout;
  *list = 0;
  if (one_body || l->n_blocks == 0) return job->n;
  while (*block + 1 < l->n_blocks && l->blocks[*block + 1].folded.from <= job->start[k]) ++*block;
  const mill_block *b = &l->blocks[*block].block;
  *list = b->article * 2 + (uint32_t)layout_is_rest(b);
  if (*block + 1 == l->n_blocks) return job->n;
  uint32_t next = l->blocks[*block + 1].folded.from, end = k + 1;
  while (end < job->n && job->start[end] < next) end++;
  return end;
}

static void count(const struct index_job *job, int one_body, struct index_lists *l) {
  for (uint32_t k = 0, block = 0, list, end; k < job->n; k = end) {
    end = run_end(job, one_body, k, &block, &list);
    l->ends[list] += end - k;
  }
}

/* ends[] holds each list's beginning and is moved to its end. */
static void distribute(const struct vocab *v, const struct index_job *job, int one_body,
                       struct index_lists *l) {
  for (uint32_t k = 0, block = 0, list, end; k < job->n; k = end) {
    end = run_end(job, one_body, k, &block, &list);
    uint32_t *to = l->ids + l->ends[list], words = 0;
    l->ends[list] += end - k;
    for (uint32_t i = k; i < end; i++) {
      uint32_t id = job->ids[i], indexed = (uint32_t)vocab_indexed(v, id);
      *to++ = id & (0 - indexed);
      words += indexed;
    }
    l->words[list] += words;
  }
}

int index_lists_make(const struct vocab *v, const struct index_job *job, mill_buffer *room, struct index_lists *l) {
  size_t lists = (size_t)job->layout->n_articles * 2;
  room->len = 0;
  if (!mill_buffer_reserve(room, (job->n + 2 * lists + 3) * sizeof(uint32_t))) {
    mill_buffer_free(room);
    return MILL_ENOMEM;
  }
  uint32_t *ends = (uint32_t *)(void *)room->bytes;
  *l = (struct index_lists){.ends = ends, .words = ends + lists + 1, .ids = ends + 2 * lists + 2, .n = (uint32_t)lists};
  memset(ends, 0, (2 * lists + 2) * sizeof *ends);
  int one_body = is_one_body(job->layout);
  count(job, one_body, l);
  for (uint32_t k = 0, sum = 0; k < l->n; k++) {
    uint32_t here = l->ends[k];
    l->ends[k] = sum;
    sum += here;
  }
  distribute(v, job, one_body, l);
  return 0;
}

/* ---- FTS5 */

static void put_tokens(const struct vocab *v, const struct index_lists *l, uint32_t list,
                       struct fts_token *out) {
  for (uint32_t k = index_list_from(l, list); k < l->ends[list]; k++) {
    size_t len;
    if (l->ids[k] == 0) continue;
    const char *text = vocab_text(v, l->ids[k], &len);
    *out++ = (struct fts_token){text, len < INT32_MAX ? (int)len : INT32_MAX};
  }
}

static int write_row(mill_corpus *c, int64_t row, const struct index_lists *l, uint32_t article, int delete,
                     mill_error *err) {
  uint32_t body = l->words[article * 2], rest = l->words[article * 2 + 1];
  sqlite3_stmt *s = sql_get(c, delete ? S_FTS_DELETE : S_FTS_ADD, err);
  if (s == NULL) return MILL_EIO;
  struct fts_token *tokens = mem_malloc(((size_t)body + rest + 1) * sizeof *tokens);
  if (tokens == NULL) return mill_fail_memory(err);
  put_tokens(&c->words, l, article * 2, tokens);
  put_tokens(&c->words, l, article * 2 + 1, tokens + body);
  sqlite3_bind_int64(s, 1, row);
  c->fts.ready[0] = tokens;
  c->fts.ready[1] = tokens + body;
  c->fts.n_ready[0] = (int)body;
  c->fts.n_ready[1] = (int)rest;
  int code = sql_done(c, s, "writing the index", err);
  c->fts.ready[0] = c->fts.ready[1] = NULL;
  mem_free(tokens);
  return code;
}

/* ---- both */

static int put_article(mill_corpus *c, const struct index_job *job, const struct index_lists *l, uint32_t a,
                       mill_error *err) {
  uint32_t from = index_list_from(l, a * 2), middle = l->ends[a * 2], to = l->ends[a * 2 + 1];
  int64_t row = 0;
  int code = 0;
  if (job->rows == NULL)
    code = job->row_of(job->context, a, l->words[a * 2] + l->words[a * 2 + 1], &row, err);
  else row = job->rows[a];
  if (code == 0 && c->has_fts) code = write_row(c, row, l, a, job->rows != NULL, err);
  if (code < 0 || job->rows != NULL || !c->has_segments) return code;
  return segments_add(c, row, job->doc, l->ids + from, middle - from, l->ids + middle, to - middle, err);
}

int index_document(mill_corpus *c, const struct index_job *job, mill_error *err) {
  struct index_lists l;
  int code = 0;
  if (job->rows != NULL && c->has_segments)
    code = segments_remove(c, job->rows, job->layout->n_articles, err);
  if (code < 0 || (job->rows != NULL && !c->has_fts)) return code;
  code = index_lists_make(&c->words, job, &c->scratch2, &l);
  if (code < 0) mill_fail_memory(err);
  for (uint32_t a = 0; a < job->layout->n_articles && code == 0; a++) code = put_article(c, job, &l, a, err);
  return code;
}

int mill_corpus_compact(mill_corpus *c, mill_error *err) {
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  code = segments_compact(c, err);
  if (code == 0 && c->has_fts)
    code = sql_exec(c, "INSERT INTO mill_fts(mill_fts) VALUES('optimize')", "merging the index", err);
  return corpus_leave(c, code, 0, err);
}

/* ---- a file that had no segments */

static int take_row(void *context, uint32_t a, uint32_t words, int64_t *row, mill_error *err) {
  const int64_t *rows = context;
  (void)words, (void)err;
  *row = rows[a];
  return 0;
}

static int index_stored(mill_corpus *c, struct reader *r, mill_error *err) {
  int64_t *rows = mem_malloc(((size_t)r->layout.n_articles + 1) * sizeof *rows);
  if (rows == NULL) return mill_fail_memory(err);
  struct index_job job = {r->doc, r->id, r->start, r->n, &r->layout, NULL, take_row, rows};
  int code = document_articles(c, r->doc, rows, r->layout.n_articles, err), fts = c->has_fts;
  c->has_fts = 0; /* it has them */
  if (code == 0) code = index_document(c, &job, err);
  c->has_fts = fts;
  mem_free(rows);
  return code;
}

int index_everything(mill_corpus *c, mill_error *err) {
  struct reader r = {0};
  sqlite3_stmt *s = NULL;
  int code = 0, rc = sqlite3_prepare_v2(c->db, "SELECT doc, tokens, layout FROM mill_forward ORDER BY doc",
                                        -1, &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "making the index", err);
  while (code == 0 && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    code = reader_load(c, &r, sqlite3_column_int64(s, 0), sqlite3_column_blob(s, 1),
                       (size_t)sqlite3_column_bytes(s, 1), sqlite3_column_blob(s, 2),
                       (size_t)sqlite3_column_bytes(s, 2), err);
    if (code == 0) code = index_stored(c, &r, err);
  }
  if (code == 0 && rc != SQLITE_DONE) code = sql_fail(c, rc, "making the index", err);
  sqlite3_finalize(s);
  reader_free(&r);
  return code == 0 ? segments_commit(c, err) : code;
}
