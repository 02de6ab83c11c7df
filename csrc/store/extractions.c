/*
** extractions.c - what a document's facts were made with, so that a pack runs again
** only where something it depends on has changed.
**
**   mill_runs         run -> inputs: the pack's rules with their fingerprints, as the
**                            caller writes them; the same text is kept once
**   mill_extractions  (doc, pack) -> run, ref: what dates were resolved from,
**                            fired: names of the rules that found something
**
** A row goes when its document's facts are replaced, when the document is cut anew
** (userwords) or removed: no row, nothing is known, the pack runs.
*/
#include "internal.h"
#include "table.h"

int mill_corpus_extraction(mill_corpus *c, int64_t doc, const char *pack, mill_rows **out, mill_error *err) {
  char number[32];
  const char *values[] = {number, pack};
  sqlite3_snprintf(sizeof number, number, "%lld", (long long)doc);
  if (!c->has_extractions)
    return table_query(c, "SELECT published, NULL AS inputs, NULL AS ref, NULL AS fired FROM documents"
                          " WHERE id = (SELECT id FROM mill_docs WHERE doc = CAST(?1 AS INTEGER))",
                       values, 1, out, err);
  return table_query(c,
                     "SELECT v.published AS published, r.inputs, e.ref, e.fired"
                     " FROM mill_docs d JOIN documents v ON v.id = d.id LEFT JOIN mill_packs p ON p.name = ?2"
                     " LEFT JOIN mill_extractions e ON e.doc = d.doc AND e.pack = p.pack"
                     " LEFT JOIN mill_runs r ON r.run = e.run WHERE d.doc = CAST(?1 AS INTEGER)",
                     values, 2, out, err);
}

/* The number of the run with these inputs, made when it is new. */
static int run_of(mill_corpus *c, const char *inputs, int64_t *run, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_RUN_ADD, err);
  if (s == NULL) return MILL_EIO;
  sql_bind_text(s, 1, inputs);
  int code = sql_done(c, s, "noting an extraction", err);
  if (code < 0 || (s = sql_get(c, S_RUN_GET, err)) == NULL) return code < 0 ? code : MILL_EIO;
  sql_bind_text(s, 1, inputs);
  code = sql_row(c, s, "noting an extraction", err);
  *run = code > 0 ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_reset(s);
  return code < 0 ? code : 0;
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

int mill_corpus_note_extraction(mill_corpus *c, int64_t doc, const mill_extraction *e, mill_error *err) {
  int code = corpus_enter(c, 0, err);
  return code < 0 ? code : corpus_leave(c, note(c, doc, e, err), 0, err);
}

int extractions_forget(mill_corpus *c, int64_t doc, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_EXTRACTIONS_DROP, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_int64(s, 1, doc);
  return sql_done(c, s, "noting an extraction", err);
}
