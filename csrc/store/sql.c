/* sql.c - statements kept prepared, and SQLite's errors in our codes. */
#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "internal.h"

/* as the view documents has it, whose other columns would cost a look at the texts */
#define PUBLISHED "coalesce((SELECT value FROM mill_metadata m WHERE m.doc = d.doc AND key = 'published' LIMIT 1)," \
                  " (SELECT date FROM mill_sources s WHERE s.doc = d.doc AND date IS NOT NULL ORDER BY source LIMIT 1))"

static const char *const sql_text[STATEMENTS] = {
  [S_BEGIN] = "BEGIN IMMEDIATE",
  [S_BEGIN_READ] = "BEGIN",
  [S_COMMIT] = "COMMIT",
  [S_ROLLBACK] = "ROLLBACK",
  [S_WORD_MAX] = "SELECT coalesce(max(word), 0) FROM mill_words",
  [S_WORD_LOAD] = "SELECT word, text, tag, kind FROM mill_words WHERE word > ?1 ORDER BY word",
  [S_VOCABULARY_MAX] = "SELECT first + n - 1 FROM mill_vocabulary ORDER BY first DESC LIMIT 1",
  [S_VOCABULARY_LOAD] = "SELECT first, n, words FROM mill_vocabulary WHERE first > ?1 ORDER BY first",
  [S_VOCABULARY_ADD] = "INSERT INTO mill_vocabulary(first, n, words) VALUES(?1, ?2, ?3)",
  [S_NUMBERS] = "SELECT max(coalesce((SELECT max(doc) FROM mill_docs), 0), coalesce((SELECT CAST(value AS INTEGER)"
                " FROM mill_meta WHERE key = 'last_doc'), 0)),"
                " max(coalesce((SELECT max(article) FROM mill_articles), 0), coalesce((SELECT CAST(value AS INTEGER)"
                " FROM mill_meta WHERE key = 'last_article'), 0)),"
                " (SELECT CAST(value AS INTEGER) FROM mill_meta WHERE key = 'last_source')",
  [S_SOURCE_MAX] = "SELECT coalesce(max(source), 0) FROM mill_sources",
  [S_META_SET] = "INSERT OR REPLACE INTO mill_meta(key, value) VALUES(?1, ?2)",
  [S_DOC_BY_SHA] = "SELECT doc, id FROM mill_docs WHERE sha256 = ?1",
  [S_DOC_BY_ID] = "SELECT doc FROM mill_docs WHERE id = ?1",
  [S_DOC_BY_SOURCE_ID] = "SELECT doc FROM mill_sources WHERE id = ?1 ORDER BY doc, source LIMIT 1",
  [S_DOC_BY_PATH] = "SELECT doc FROM mill_sources WHERE path = ?1 ORDER BY doc, source LIMIT 1",
  [S_DOC_ADD] = "INSERT INTO mill_docs(id, sha256, bytes, clean_bytes, characters, tokens, charset,"
                " html, gloss_mode, script, glosses, broken, doc)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
  [S_DOC_DELETE] = "DELETE FROM mill_docs WHERE doc = ?1",
  [S_TEXT_DELETE] = "DELETE FROM mill_texts WHERE doc = ?1",
  [S_FORWARD_DELETE] = "DELETE FROM mill_forward WHERE doc = ?1",
  [S_ARTICLES_DELETE] = "DELETE FROM mill_articles WHERE doc = ?1",
  [S_META_DELETE] = "DELETE FROM mill_metadata WHERE doc = ?1",
  [S_SOURCES_DELETE] = "DELETE FROM mill_sources WHERE doc = ?1",
  [S_TEXT_ADD] = "INSERT INTO mill_texts(doc, map, fold_map, notes, clean, raw)"
                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
  [S_TEXT_GET] = "SELECT t.raw, t.clean, t.map, t.fold_map, t.notes, f.tokens, f.layout,"
                 " d.charset, d.html, d.gloss_mode, d.script, d.glosses, d.broken"
                 " FROM mill_docs d JOIN mill_texts t USING(doc) JOIN mill_forward f USING(doc)"
                 " WHERE d.doc = ?1",
  [S_FORWARD_ADD] = "INSERT INTO mill_forward(doc, tokens, layout) VALUES(?1, ?2, ?3)",
  [S_FORWARD_GET] = "SELECT tokens, layout FROM mill_forward WHERE doc = ?1",
  [S_SIGNATURE_ADD] = "INSERT OR REPLACE INTO mill_signatures(article, signature)"
                      " SELECT article, ?2 FROM mill_articles WHERE article = ?1",
  [S_ARTICLE_ADD] = "INSERT INTO mill_articles(doc, number, title, tokens, clean_from, clean_to, article)"
                    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [S_ARTICLES_GET] = "SELECT article FROM mill_articles WHERE doc = ?1 ORDER BY number",
  [S_TITLE_GET] = "SELECT title FROM mill_articles WHERE doc = ?1 AND number = ?2",
  [S_ARTICLE_TOTALS] = "SELECT count(*), coalesce(sum(tokens), 0) FROM mill_articles",
  [S_META_ADD] = "INSERT INTO mill_metadata(doc, key, value, raw_from, raw_to, clean_from,"
                 " clean_to) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [S_META_GET] = "SELECT key, value, raw_from, raw_to, clean_from, clean_to FROM mill_metadata"
                 " WHERE doc = ?1 ORDER BY rowid",
  [S_SOURCE_ADD] = "INSERT INTO mill_sources(doc, id, path, url, date, meta, source)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [S_SOURCE_SAME] = "SELECT source FROM mill_sources WHERE doc = ?1 AND id IS ?2 AND path IS ?3"
                    " AND url IS ?4 AND date IS ?5 AND meta IS ?6",
  [S_SOURCE_DROP_PATH] = "DELETE FROM mill_sources WHERE doc = ?1 AND path = ?2",
  [S_SOURCE_DROP_ID] = "DELETE FROM mill_sources WHERE doc = ?1 AND id = ?2",
  [S_SOURCE_ID] = "SELECT id FROM mill_sources WHERE doc = ?1 AND id IS NOT NULL"
                  " ORDER BY source LIMIT 1",
  [S_DOC_RENAME] = "UPDATE mill_docs SET id = ?2 WHERE doc = ?1",
  [S_SOURCE_COUNT] = "SELECT count(*) FROM mill_sources WHERE doc = ?1",
  [S_FTS_ADD] = "INSERT INTO mill_fts(rowid, body, rest) VALUES(?1, 'b', 'r')",
  [S_FTS_DELETE] = "INSERT INTO mill_fts(mill_fts, rowid, body, rest) VALUES('delete', ?1, 'b', 'r')",
  [S_LOG_ADD] = "INSERT INTO add_log(path, code, message) VALUES(?1, ?2, ?3)",
  [S_PACK_ADD] = "INSERT INTO mill_packs(name, version) VALUES(?1, ?2)"
                 " ON CONFLICT(name) DO UPDATE SET version = excluded.version",
  [S_PACK_GET] = "SELECT pack FROM mill_packs WHERE name = ?1 AND version IS ?2",
  [S_RUN_ADD] = "INSERT INTO mill_runs(inputs) VALUES(?1)",
  [S_RUN_GET] = "SELECT run FROM mill_runs WHERE inputs = ?1",
  [S_RUN_DROP] = "DELETE FROM mill_runs WHERE (SELECT count(*) FROM mill_runs) > 1"
                 " AND run NOT IN (SELECT run FROM mill_extractions)",
  [S_EXTRACTION_GET] = "SELECT d.doc AS number, " PUBLISHED " AS published, r.inputs, e.ref, e.fired, lower(hex(d.sha256)) AS sha256"
                       " FROM mill_docs d LEFT JOIN mill_packs p ON p.name = ?2"
                       " LEFT JOIN mill_extractions e ON e.doc = d.doc AND e.pack = p.pack"
                       " LEFT JOIN mill_runs r ON r.run = e.run WHERE d.doc = ?1",
  [S_EXTRACTION_SET] = "INSERT OR REPLACE INTO mill_extractions(doc, pack, run, ref, fired)"
                       " SELECT d.doc, pack, ?3, ?4, ?5 FROM mill_packs JOIN mill_docs d ON d.doc = ?1 WHERE name = ?2",
  [S_EXTRACTION_ADD] = "INSERT INTO mill_extractions(doc, pack, run, ref, fired) VALUES(?1, ?2, ?3, ?4, ?5)",
  [S_EXTRACTION_DROP] = "DELETE FROM mill_extractions WHERE doc = ?1 AND pack = ?2",
  [S_EXTRACTIONS_DROP] = "DELETE FROM mill_extractions WHERE doc = ?1",
  [S_DOC_FACTS_DELETE] = "DELETE FROM mill_facts WHERE fact BETWEEN (?1 << 24) AND (?1 << 24 | 16777215)",
  [S_FACTS_DROP] = "DELETE FROM mill_facts WHERE fact BETWEEN (?1 << 24) AND (?1 << 24 | 16777215) AND pack = ?2",
  [S_FACT_LAST] = "SELECT max(fact) FROM mill_facts WHERE fact BETWEEN (?1 << 24) AND (?1 << 24 | 16777215)",
  [S_FACT_ADD] = "INSERT OR FAIL INTO mill_facts SELECT * FROM mill_fact_source",
  [S_MENTION_ADD] = "INSERT INTO mill_mentions(fact, number, raw_from, raw_to, clean_from, clean_to, quote,"
                    " rule, rule_version, captures) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
  [S_LINK_ADD] = "INSERT OR IGNORE INTO mill_links(fact, other, kind) VALUES(?1, ?2, ?3)",
  [S_VERDICT_SET] = "INSERT INTO mill_verdicts(id, verdict) VALUES(?1, ?2)"
                    " ON CONFLICT(id) DO UPDATE SET verdict = excluded.verdict",
  [S_VERDICT_DROP] = "DELETE FROM mill_verdicts WHERE id = ?1",
  [S_GROUP_ADD] = "INSERT INTO mill_groups(word, name) VALUES(?1, ?2)"
                  " ON CONFLICT(word) DO UPDATE SET name = excluded.name",
  [S_GROUP_DROP] = "DELETE FROM mill_groups WHERE name = ?1",
  [S_GROUP_LOAD] = "SELECT word, name FROM mill_groups ORDER BY name, word",
  [S_USER_EPOCH] = "SELECT value FROM mill_meta WHERE key = 'userwords'",
  [S_USER_CHANGED] = "INSERT INTO mill_meta(key, value) VALUES('userwords', '1')"
                     " ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
  [S_USER_LOAD] = "SELECT word, weight, tag, class, force, removed FROM mill_userwords ORDER BY word",
  [S_USER_SET] = "INSERT OR REPLACE INTO mill_userwords(word, weight, tag, class, force, removed)"
                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
  [S_USER_DROP] = "DELETE FROM mill_userwords WHERE word = ?1",
  [S_FORWARD_SET] = "UPDATE mill_forward SET tokens = ?2 WHERE doc = ?1",
  [S_DOC_TOKENS] = "UPDATE mill_docs SET tokens = ?2 WHERE doc = ?1",
  [S_ARTICLE_TOKENS] = "UPDATE mill_articles SET tokens = ?2 WHERE article = ?1",
  [S_DATA_VERSION] = "PRAGMA data_version",
  [S_SEGMENT_LIST] = "SELECT segment, removed FROM mill_segments ORDER BY segment",
  [S_SEGMENT_REMOVED] = "UPDATE mill_segments SET removed = ?2 WHERE segment = ?1",
  [S_SEGMENT_LEVEL] = "SELECT level FROM mill_segments GROUP BY level HAVING count(*) >= ?1"
                      " ORDER BY level LIMIT 1",
  [S_SEGMENT_OF_LEVEL] = "SELECT segment FROM mill_segments WHERE level = ?1 ORDER BY segment",
  [S_DOC_HEAD] = "SELECT id, sha256 FROM mill_docs WHERE doc = ?1",
};

/* Is this file about as large as the process may make one? */
static int at_limit(const char *path, const char *suffix, uint64_t limit) {
  struct stat st;
  char *name = sqlite3_mprintf("%s%s", path, suffix);
  int yes = name != NULL && stat(name, &st) == 0 && (uint64_t)st.st_size + (1 << 18) >= limit;
  sqlite3_free(name);
  return yes;
}

/* Did a write fail for want of room? SQLite knows a full disk; a file-size
** limit it reports as an I/O error, and the errno may be gone by then. */
static int is_full(sqlite3 *db, int rc) {
  int e = db != NULL ? sqlite3_system_errno(db) : 0;
  const char *path = db != NULL ? sqlite3_db_filename(db, "main") : NULL;
  struct rlimit limit;
  if (e == ENOSPC || e == EFBIG || e == EDQUOT) return 1;
  if (rc != SQLITE_IOERR_WRITE || path == NULL || getrlimit(RLIMIT_FSIZE, &limit) != 0 ||
      limit.rlim_cur == RLIM_INFINITY)
    return 0;
  return at_limit(path, "", limit.rlim_cur) || at_limit(path, "-wal", limit.rlim_cur);
}

int sql_code(sqlite3 *db, int rc) {
  switch (rc & 0xff) {
    case SQLITE_OK: case SQLITE_ROW: case SQLITE_DONE: return MILL_OK;
    case SQLITE_NOMEM: return MILL_ENOMEM;
    case SQLITE_BUSY: case SQLITE_LOCKED: return MILL_EBUSY;
    case SQLITE_FULL: return MILL_EFULL;
    case SQLITE_IOERR: return rc == SQLITE_IOERR_NOMEM ? MILL_ENOMEM
                              : is_full(db, rc)        ? MILL_EFULL : MILL_EIO;
    case SQLITE_CANTOPEN: case SQLITE_PERM: return MILL_EIO;
    case SQLITE_READONLY: return MILL_EREADONLY;
    case SQLITE_CORRUPT: return MILL_ECORRUPT;
    case SQLITE_NOTADB: return MILL_EFORMAT;
    case SQLITE_INTERRUPT: return MILL_ECANCEL;
    case SQLITE_TOOBIG: return MILL_ELIMIT;
    case SQLITE_AUTH: return MILL_EREADONLY;
    case SQLITE_ERROR: return MILL_ESYNTAX;
    default: return MILL_EINVAL;
  }
}

int sql_fail(mill_corpus *c, int rc, const char *doing, mill_error *err) {
  int code = sql_code(c->db, rc);
  const char *path = c->path != NULL ? c->path : "corpus in memory";
  if (code == MILL_ENOMEM) return mill_fail_memory(err);
  if (code == MILL_EFULL) return mill_fail(err, code, 0, "%s: %s: the disk is full", path, doing);
  if (code == MILL_EBUSY)
    return mill_fail(err, code, 0, "%s: %s: another program is writing to it", path, doing);
  if (code == MILL_EREADONLY)
    return mill_fail(err, code, 0, "%s: %s: the corpus is read-only", path, doing);
  if (code == MILL_ESYNTAX) code = MILL_EINVAL;
  return mill_fail(err, code, 0, "%s: %s: %s", path, doing, sqlite3_errmsg(c->db));
}

sqlite3_stmt *sql_get(mill_corpus *c, enum statement which, mill_error *err) {
  sqlite3_stmt **s = &c->statements[which];
  if (*s == NULL) {
    int rc = sqlite3_prepare_v3(c->db, sql_text[which], -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
    if (rc != SQLITE_OK) {
      sql_fail(c, rc, "preparing a statement", err);
      return NULL;
    }
  }
  sqlite3_reset(*s);
  sqlite3_clear_bindings(*s);
  return *s;
}

int sql_row(mill_corpus *c, sqlite3_stmt *s, const char *doing, mill_error *err) {
  int rc = sqlite3_step(s);
  if (rc == SQLITE_ROW) return 1;
  int code = rc == SQLITE_DONE ? 0 : sql_fail(c, rc, doing, err);
  sqlite3_reset(s);
  return code;
}

int sql_done(mill_corpus *c, sqlite3_stmt *s, const char *doing, mill_error *err) {
  int code = sql_row(c, s, doing, err);
  if (code > 0) sqlite3_reset(s);
  return code < 0 ? code : 0;
}

int sql_exec(mill_corpus *c, const char *text, const char *doing, mill_error *err) {
  int rc = sqlite3_exec(c->db, text, NULL, NULL, NULL);
  return rc == SQLITE_OK ? 0 : sql_fail(c, rc, doing, err);
}

void sql_bind_text(sqlite3_stmt *s, int at, const char *text) {
  if (text != NULL) sqlite3_bind_text(s, at, text, -1, SQLITE_STATIC);
}

void sql_bind_bytes(sqlite3_stmt *s, int at, const void *bytes, size_t n) {
  sqlite3_bind_blob64(s, at, bytes != NULL ? bytes : "", n, SQLITE_STATIC);
}

void sql_finalize(mill_corpus *c) {
  for (int k = 0; k < STATEMENTS; k++) {
    sqlite3_finalize(c->statements[k]);
    c->statements[k] = NULL;
  }
}

int64_t sql_data_version(mill_corpus *c) {
  sqlite3_stmt *q = NULL;
  int64_t version = -1;
  if (sqlite3_prepare_v2(c->db, "PRAGMA data_version", -1, &q, NULL) == SQLITE_OK &&
      sqlite3_step(q) == SQLITE_ROW)
    version = sqlite3_column_int64(q, 0);
  sqlite3_finalize(q);
  return version;
}
