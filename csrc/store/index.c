/*
** index.c - handing a document's tokens to FTS5: one row an article, columns
** body and rest (captions, keyword lists, boilerplate).
**
**   tokens  t0 t1 t2 | t3 t4 | t5 ...      sorted by counting into 2 lists an
**   blocks  heading  | text  | caption     article: body 0, rest 0, body 1, ...
**
** FTS5 3.40 has no deletion from contentless tables but the 'delete' command
** with the very tokens of insertion: both go through index_document, fed from
** the stored ids, so they cannot differ.
*/
#include "index.h"

/* All lists one behind the other; list k is tokens[ends[k-1], ends[k]). */
struct lists { struct fts_token *tokens; uint32_t *ends; uint32_t n; };

/* The list of the block at a folded position. */
static uint32_t list_of(const struct layout *l, uint32_t start, uint32_t *hint) {
  uint32_t b = layout_block_at(l, start, hint);
  if (b == MILL_NONE) return 0;
  const mill_block *block = &l->blocks[b].block;
  return block->article * 2 + (uint32_t)layout_is_rest(block);
}

static void count(const struct vocab *v, const struct index_job *job, uint32_t *counts) {
  uint32_t hint = 0;
  for (uint32_t k = 0; k < job->n; k++)
    if (vocab_indexed(v, job->ids[k])) counts[list_of(job->layout, job->start[k], &hint)]++;
}

/* ends[] holds each list's beginning and is moved to its end. */
static void distribute(const struct vocab *v, const struct index_job *job, struct lists *l) {
  uint32_t hint = 0;
  for (uint32_t k = 0; k < job->n; k++) {
    if (!vocab_indexed(v, job->ids[k])) continue;
    uint32_t list = list_of(job->layout, job->start[k], &hint);
    size_t len;
    const char *text = vocab_text(v, job->ids[k], &len);
    l->tokens[l->ends[list]++] = (struct fts_token){text, len < INT32_MAX ? (int)len : INT32_MAX};
  }
}

static int make_lists(const struct vocab *v, const struct index_job *job, struct lists *l) {
  l->n = job->layout->n_articles * 2;
  l->tokens = mem_malloc(((size_t)job->n + 1) * sizeof *l->tokens);
  l->ends = mem_calloc((size_t)l->n + 1, sizeof *l->ends);
  if (l->tokens == NULL || l->ends == NULL) return MILL_ENOMEM;
  count(v, job, l->ends);
  for (uint32_t k = 0, sum = 0; k < l->n; k++) {
    uint32_t here = l->ends[k];
    l->ends[k] = sum;
    sum += here;
  }
  distribute(v, job, l);
  return 0;
}

static int write_row(mill_corpus *c, int64_t row, const struct lists *l, uint32_t article,
                     int delete, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, delete ? S_FTS_DELETE : S_FTS_ADD, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, row);
  for (uint32_t column = 0; column < 2; column++) {
    uint32_t k = article * 2 + column, from = k == 0 ? 0 : l->ends[k - 1];
    c->fts.ready[column] = l->tokens + from;
    c->fts.n_ready[column] = (int)(l->ends[k] - from);
  }
  int code = sql_done(c, s, "writing the index", err);
  c->fts.ready[0] = c->fts.ready[1] = NULL;
  return code;
}

int index_document(mill_corpus *c, const struct index_job *job, mill_error *err) {
  struct lists l = {0};
  int code = make_lists(&c->words, job, &l);
  if (code < 0) mill_fail_memory(err);
  for (uint32_t a = 0; a < job->layout->n_articles && code == 0; a++) {
    uint32_t words = l.ends[a * 2 + 1] - (a == 0 ? 0 : l.ends[a * 2 - 1]);
    int64_t row = 0;
    if (job->rows == NULL) code = job->row_of(job->context, a, words, &row, err);
    else row = job->rows[a];
    if (code == 0) code = write_row(c, row, &l, a, job->rows != NULL, err);
  }
  mem_free(l.tokens);
  mem_free(l.ends);
  return code;
}
