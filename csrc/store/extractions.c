/*
** extractions.c - what a document's facts were made with, so that a pack runs again
** only where something it depends on has changed.
**
**   mill_runs         run -> inputs: the pack's rules with their fingerprints, as the
**                            caller writes them; the same text is kept once
**   mill_extractions  (doc, pack) -> run, ref: what dates were resolved from,
**                            fired: names of the rules that found something
**
** Inputs that no row names any more go when an extraction ends.
** A row goes when its document's facts are replaced, when the document is cut anew
** (userwords) or removed: no row, nothing is known, the pack runs.
*/
#include "internal.h"
#include "table.h"

/* Of a file that does not know it yet, and is only read. */
static int unknown_extraction(mill_corpus *c, int64_t doc, mill_rows **out, mill_error *err) {
  char number[32];
  sqlite3_snprintf(sizeof number, number, "%lld", (long long)doc);
  return table_query(c, "SELECT CAST(?1 AS INTEGER) AS number, published, NULL AS inputs, NULL AS ref,"
                        " NULL AS fired, sha256 FROM documents"
                        " WHERE id = (SELECT id FROM mill_docs WHERE doc = CAST(?1 AS INTEGER))",
                     &(const char *){number}, 1, out, err);
}

int mill_corpus_extraction(mill_corpus *c, int64_t doc, const char *pack, mill_rows **out, mill_error *err) {
  *out = NULL;
  if (!c->has_extractions) return unknown_extraction(c, doc, out, err);
  int code = corpus_read(c, err);
  if (code < 0) return code;
  sqlite3_stmt *s = sql_get(c, S_EXTRACTION_GET, err);
  if (s == NULL) {
    code = MILL_EIO;
  } else {
    sqlite3_bind_int64(s, 1, doc);
    sql_bind_text(s, 2, pack);
    code = table_read(c, s, out, err);
    sqlite3_reset(s);
  }
  corpus_read_end(c);
  return code;
}

/* The number of the run with these inputs, 0: there is none. */
static int find_run(mill_corpus *c, const char *inputs, int64_t *run, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_RUN_GET, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, inputs);
  int code = sql_row(c, s, "noting an extraction", err);
  *run = code > 0 ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_reset(s);
  return code < 0 ? code : 0;
}

/* The inputs are long, and those of all documents of a transaction the same. */
static void keep_run(mill_corpus *c, const char *inputs, int64_t run) {
  size_t n = strlen(inputs) + 1;
  mem_free(c->known_run.inputs);
  c->known_run.run = run, c->known_run.transaction = c->transactions;
  if ((c->known_run.inputs = mem_malloc(n)) != NULL) memcpy(c->known_run.inputs, inputs, n);
}

static int known_run(const mill_corpus *c, const char *inputs) {
  return c->known_run.inputs != NULL && c->known_run.transaction == c->transactions &&
         strcmp(c->known_run.inputs, inputs) == 0;
}

/* ... made when it is new. */
static int run_of(mill_corpus *c, const char *inputs, int64_t *run, mill_error *err) {
  if (known_run(c, inputs)) return *run = c->known_run.run, 0;
  int code = find_run(c, inputs, run, err);
  if (code == 0 && *run != 0) keep_run(c, inputs, *run);
  if (code < 0 || *run != 0) return code;
  sqlite3_stmt *s = sql_get(c, S_RUN_ADD, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, inputs);
  code = sql_done(c, s, "noting an extraction", err);
  *run = sqlite3_last_insert_rowid(c->db);
  return code;
}

static int note(mill_corpus *c, int64_t doc, const mill_extraction *e, mill_error *err) {
  int64_t run = 0;
  int code = run_of(c, e->inputs, &run, err);
  sqlite3_stmt *s = code == 0 ? sql_get(c, S_EXTRACTION_SET, err) : NULL;
  if (s == NULL) return code < 0 ? code : MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  sql_bind_text(s, 2, e->pack);
  sqlite3_bind_int64(s, 3, run);
  sql_bind_text(s, 4, e->ref);
  sql_bind_text(s, 5, e->fired);
  return sql_done(c, s, "noting an extraction", err);
}

int extraction_add(mill_corpus *c, int64_t doc, int64_t pack, const mill_extraction *e, mill_error *err) {
  int64_t run = 0;
  int code = run_of(c, e->inputs, &run, err);
  sqlite3_stmt *s = code == 0 ? sql_get(c, S_EXTRACTION_ADD, err) : NULL;
  if (s == NULL) return code < 0 ? code : MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  sqlite3_bind_int64(s, 2, pack);
  sqlite3_bind_int64(s, 3, run);
  sql_bind_text(s, 4, e->ref);
  sql_bind_text(s, 5, e->fired);
  return sql_done(c, s, "noting an extraction", err);
}

int mill_corpus_note_extraction(mill_corpus *c, int64_t doc, const mill_extraction *e, mill_error *err) {
  int code = corpus_enter(c, 0, err);
  return code < 0 ? code : corpus_leave(c, note(c, doc, e, err), 0, err);
}

int mill_corpus_forget_runs(mill_corpus *c, mill_error *err) {
  int code = corpus_enter(c, 0, err);
  if (code < 0) return code;
  sqlite3_stmt *s = sql_get(c, S_RUN_DROP, err);
  mem_free(c->known_run.inputs);
  c->known_run.inputs = NULL;
  return corpus_leave(c, s == NULL ? MILL_EIO : sql_done(c, s, "forgetting runs", err), 0, err);
}

int extractions_forget(mill_corpus *c, int64_t doc, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_EXTRACTIONS_DROP, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  return sql_done(c, s, "noting an extraction", err);
}
