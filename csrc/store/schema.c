/*
** schema.c - the tables of a corpus file, and whether a file is one.
**
**   mill_docs 1--1 mill_texts (raw, clean, maps)   1--1 mill_forward (tokens, layout)
**       1--n mill_articles (rows of mill_fts)      1--n mill_sources, mill_metadata
**              1--1 mill_signatures
**       1--n mill_facts 1--n mill_mentions         mill_links between facts
**   mill_segments, mill_postings: the index (segment.h), over articles and words
**   mill_vocabulary (corpus ids)  mill_packs  mill_verdicts  mill_groups  mill_userwords
**
** Everything named mill_ is internal. Public: the views at the end, which
** need no function that a stock SQLite lacks, and the table add_log.
** A file is trusted only when each of these objects reads exactly as here:
** a stranger's trigger or altered view is refused.
*/
#include "internal.h"

#include "../core/image.h"
#include <unicode/uversion.h>

struct object { const char *name, *sql; };

#define OF_DOC " REFERENCES mill_docs ON DELETE CASCADE"
#define DOCS(auto) \
   "CREATE TABLE mill_docs(\n" \
   "  doc INTEGER PRIMARY KEY" auto ", -- internal number, never reused\n" \
   "  id TEXT NOT NULL UNIQUE,               -- name in citations\n" \
   "  sha256 BLOB NOT NULL UNIQUE,           -- of the raw bytes\n" \
   "  bytes INTEGER NOT NULL, clean_bytes INTEGER NOT NULL,\n" \
   "  characters INTEGER NOT NULL, tokens INTEGER NOT NULL,\n" \
   "  charset TEXT, html INTEGER, gloss_mode INTEGER,\n" \
   "  script INTEGER,                        -- 0 neither 1 simplified 2 traditional 3 mixed\n" \
   "  glosses INTEGER, broken INTEGER)"
#define TEXTS(of_doc) \
   "CREATE TABLE mill_texts(\n" \
   "  doc INTEGER PRIMARY KEY" of_doc ",\n" \
   "  map BLOB NOT NULL,      -- raw -> clean\n" \
   "  fold_map BLOB NOT NULL, -- clean -> folded\n" \
   "  notes BLOB NOT NULL,\n" \
   "  clean BLOB,             -- NULL: the same bytes as raw\n" \
   "  raw BLOB NOT NULL)"
#define FORWARD(of_doc) \
   "CREATE TABLE mill_forward(\n" \
   "  doc INTEGER PRIMARY KEY" of_doc ",\n" \
   "  tokens BLOB NOT NULL,   -- see forward.c\n" \
   "  layout BLOB NOT NULL)"
#define METADATA(of_doc) \
   "CREATE TABLE mill_metadata(\n" \
   "  doc INTEGER NOT NULL" of_doc ",\n" \
   "  key TEXT NOT NULL, value TEXT,\n" \
   "  raw_from INTEGER, raw_to INTEGER, clean_from INTEGER, clean_to INTEGER)"
#define ARTICLES(auto, of_doc) \
   "CREATE TABLE mill_articles(\n" \
   "  article INTEGER PRIMARY KEY" auto ", -- rowid in mill_fts\n" \
   "  doc INTEGER NOT NULL" of_doc ",\n" \
   "  number INTEGER NOT NULL,                   -- 1, 2... within the document\n" \
   "  title TEXT, tokens INTEGER NOT NULL,\n" \
   "  clean_from INTEGER NOT NULL, clean_to INTEGER NOT NULL)"

static const struct object objects[] = {
  {"mill_meta", "CREATE TABLE mill_meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"},
  {"mill_docs", DOCS("")},
  {"mill_texts", TEXTS("")},
  {"mill_forward", FORWARD("")},
  {"mill_vocabulary", VOCABULARY_DDL},
  {"mill_articles", ARTICLES("", "")},
  {"mill_articles_doc", "CREATE INDEX mill_articles_doc ON mill_articles(doc, number)"},
  {"mill_signatures",
   "CREATE TABLE mill_signatures(\n"
   "  article INTEGER PRIMARY KEY REFERENCES mill_articles ON DELETE CASCADE,\n"
   "  signature BLOB NOT NULL)"},
  {"mill_metadata", METADATA("")},
  {"mill_metadata_doc", "CREATE INDEX mill_metadata_doc ON mill_metadata(doc, key)"},
  {"mill_sources",
   "CREATE TABLE mill_sources(\n"
   "  doc INTEGER NOT NULL, source INTEGER NOT NULL, -- ascending as they came\n"
   "  id TEXT, path TEXT, url TEXT, date TEXT, meta TEXT, PRIMARY KEY(doc, source)) WITHOUT ROWID"},
  {"mill_sources_path",
   "CREATE INDEX mill_sources_path ON mill_sources(path) WHERE path IS NOT NULL"},
  {"mill_sources_id", "CREATE INDEX mill_sources_id ON mill_sources(id) WHERE id IS NOT NULL"},
  {"mill_segments", SEGMENT_DDL},
  {"mill_postings", POSTING_DDL},
  {"mill_fts", /* when asked for */
   "CREATE VIRTUAL TABLE mill_fts USING fts5(body, rest, content='',"
   " tokenize='unicode61 remove_diacritics 0')"},
  {"mill_packs",
   "CREATE TABLE mill_packs(pack INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version TEXT)"},
  {"mill_runs", "CREATE TABLE mill_runs(run INTEGER PRIMARY KEY, inputs TEXT NOT NULL UNIQUE)"},
  {"mill_extractions",
   "CREATE TABLE mill_extractions(\n"
   "  doc INTEGER NOT NULL REFERENCES mill_docs ON DELETE CASCADE,\n"
   "  pack INTEGER NOT NULL REFERENCES mill_packs, run INTEGER NOT NULL REFERENCES mill_runs,\n"
   "  ref TEXT, fired TEXT NOT NULL, PRIMARY KEY(doc, pack)) WITHOUT ROWID"},
  {"mill_facts", /* rows of a document lie together: deleting them asks no index */
   "CREATE TABLE mill_facts(\n"
   "  fact INTEGER PRIMARY KEY, -- doc << 24 | number within the document\n"
   "  id TEXT NOT NULL, doc INTEGER NOT NULL,\n"
   "  article INTEGER, pack INTEGER NOT NULL, version TEXT,\n"
   "  type TEXT NOT NULL, subtype TEXT, item TEXT,\n"
   "  value NUMERIC, lo NUMERIC, hi NUMERIC, unit TEXT, approx TEXT,\n"
   "  time_from TEXT, time_to TEXT, time_grain TEXT, time_calendar TEXT, time_source TEXT,\n"
   "  place_code TEXT, place TEXT, place_level TEXT, place_how TEXT,\n"
   "  scope TEXT, polarity TEXT, modality TEXT, status TEXT, args TEXT,\n"
   "  raw_from INTEGER NOT NULL, raw_to INTEGER NOT NULL, -- the first mention\n"
   "  clean_from INTEGER, clean_to INTEGER, quote TEXT, rule TEXT, rule_version TEXT,\n"
   "  captures TEXT)"},
  {"mill_facts_id", "CREATE INDEX mill_facts_id ON mill_facts(id)"},
  {"mill_mentions", /* but the first, which stands with its fact: most facts have no other */
   "CREATE TABLE mill_mentions(\n"
   "  fact INTEGER NOT NULL REFERENCES mill_facts ON DELETE CASCADE,\n"
   "  number INTEGER NOT NULL, -- ascending\n"
   "  raw_from INTEGER NOT NULL, raw_to INTEGER NOT NULL,\n"
   "  clean_from INTEGER, clean_to INTEGER, quote TEXT, rule TEXT, rule_version TEXT,\n"
   "  captures TEXT, PRIMARY KEY(fact, number)) WITHOUT ROWID"},
  {"mill_links",
   "CREATE TABLE mill_links(\n"
   "  fact INTEGER NOT NULL REFERENCES mill_facts ON DELETE CASCADE,\n"
   "  other INTEGER NOT NULL REFERENCES mill_facts ON DELETE CASCADE,\n"
   "  kind TEXT NOT NULL, PRIMARY KEY(fact, other, kind)) WITHOUT ROWID"},
  {"mill_links_other", "CREATE INDEX mill_links_other ON mill_links(other)"},
  {"mill_verdicts",
   "CREATE TABLE mill_verdicts(id TEXT PRIMARY KEY, verdict TEXT NOT NULL) WITHOUT ROWID"},
  {"mill_groups",
   "CREATE TABLE mill_groups(word TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID"},
  {"mill_userwords", /* as mill_user_word has it; removed: one of the lexicon's that is none here */
   "CREATE TABLE mill_userwords(\n"
   "  word TEXT PRIMARY KEY, -- folded\n"
   "  weight INTEGER NOT NULL, tag TEXT NOT NULL, class TEXT NOT NULL,\n"
   "  force INTEGER NOT NULL, removed INTEGER NOT NULL) WITHOUT ROWID"},
  {"add_log",
   "CREATE TABLE add_log(entry INTEGER PRIMARY KEY, path TEXT, code TEXT, message TEXT)"},

  {"documents",
   "CREATE VIEW documents AS SELECT d.id AS id,\n"
   "  (SELECT title FROM mill_articles a WHERE a.doc = d.doc AND number = 1) AS title,\n"
   "  coalesce((SELECT value FROM mill_metadata m WHERE m.doc = d.doc AND key = 'published'"
   " LIMIT 1),\n"
   "    (SELECT date FROM mill_sources s WHERE s.doc = d.doc AND date IS NOT NULL"
   " ORDER BY source LIMIT 1)) AS published,\n"
   "  (SELECT value FROM mill_metadata m WHERE m.doc = d.doc AND key = 'source' LIMIT 1)"
   " AS source,\n"
   "  (SELECT url FROM mill_sources s WHERE s.doc = d.doc AND url IS NOT NULL"
   " ORDER BY source LIMIT 1) AS url,\n"
   "  (SELECT path FROM mill_sources s WHERE s.doc = d.doc AND path IS NOT NULL"
   " ORDER BY source LIMIT 1) AS path,\n"
   "  d.bytes AS bytes, d.characters AS characters, d.tokens AS tokens, d.charset AS charset,\n"
   "  CASE d.script WHEN 1 THEN 'simplified' WHEN 2 THEN 'traditional' WHEN 3 THEN 'mixed' END"
   " AS script,\n"
   "  d.glosses AS glosses,\n"
   "  (SELECT count(*) FROM mill_articles a WHERE a.doc = d.doc) AS articles,\n"
   "  (SELECT meta FROM mill_sources s WHERE s.doc = d.doc AND meta IS NOT NULL"
   " ORDER BY source LIMIT 1) AS meta,\n"
   "  lower(hex(d.sha256)) AS sha256,\n"
   "  CAST(coalesce(t.clean, t.raw) AS TEXT) AS text\n"
   "FROM mill_docs d JOIN mill_texts t USING(doc)"},
  {"sources",
   "CREATE VIEW sources AS SELECT d.id AS doc, s.id AS id, s.path AS path, s.url AS url,"
   " s.date AS date, s.meta AS meta FROM mill_sources s JOIN mill_docs d USING(doc)"},
  {"articles",
   "CREATE VIEW articles AS SELECT a.article AS article, d.id AS doc, a.number AS number,"
   " a.title AS title, a.tokens AS tokens, a.clean_from AS clean_from, a.clean_to AS clean_to,\n"
   "  CAST(substr(CAST(coalesce(t.clean, t.raw) AS BLOB), a.clean_from + 1,"
   " a.clean_to - a.clean_from) AS TEXT) AS text\n"
   "FROM mill_articles a JOIN mill_docs d USING(doc) JOIN mill_texts t USING(doc)"},
  {"facts_flat",
   "CREATE VIEW facts_flat AS SELECT f.id AS id, d.id AS doc, f.type AS type,"
   " f.subtype AS subtype, f.item AS item, g.name AS item_group, f.value AS value, f.lo AS lo,"
   " f.hi AS hi, f.unit AS unit, f.approx AS approx, f.place AS place,"
   " f.place_code AS place_code, f.place_level AS place_level, f.place_how AS place_how,"
   " f.time_from AS time_from, f.time_to AS time_to, f.time_grain AS time_grain,"
   " f.time_calendar AS time_calendar, f.time_source AS time_source, f.scope AS scope,"
   " f.polarity AS polarity, f.modality AS modality, f.status AS status, v.verdict AS verdict,"
   " f.quote AS quote, d.id || '#' || f.raw_from || ',' || f.raw_to AS cite,"
   " f.raw_from AS raw_from, f.raw_to AS raw_to, f.clean_from AS clean_from,"
   " f.clean_to AS clean_to, f.rule AS rule, f.rule_version AS rule_version, p.name AS pack,"
   " f.version AS pack_version, f.args AS args, f.captures AS captures,\n"
   "  1 + (SELECT count(*) FROM mill_mentions n WHERE n.fact = f.fact) AS mentions\n"
   "FROM mill_docs d JOIN mill_facts f ON f.doc = d.doc AND " FACTS_OF("f", "d") " JOIN mill_packs p USING(pack)\n"
   "LEFT JOIN mill_groups g ON g.word = f.item LEFT JOIN mill_verdicts v ON v.id = f.id"},
  {"mentions",
   "CREATE VIEW mentions AS SELECT f.id AS fact, d.id AS doc, f.raw_from AS raw_from,"
   " f.raw_to AS raw_to, f.clean_from AS clean_from, f.clean_to AS clean_to, f.quote AS quote,"
   " d.id || '#' || f.raw_from || ',' || f.raw_to AS cite, f.rule AS rule,"
   " f.rule_version AS rule_version, f.captures AS captures\n"
   "FROM mill_docs d JOIN mill_facts f ON f.doc = d.doc AND " FACTS_OF("f", "d") "\n"
   "UNION ALL SELECT f.id, d.id, m.raw_from, m.raw_to, m.clean_from, m.clean_to, m.quote,"
   " d.id || '#' || m.raw_from || ',' || m.raw_to, m.rule, m.rule_version, m.captures\n"
   "FROM mill_docs d JOIN mill_facts f ON f.doc = d.doc AND " FACTS_OF("f", "d") " JOIN mill_mentions m USING(fact)"},
  {"places",
   "CREATE VIEW places AS SELECT place_code AS code, place AS name, place_level AS level,"
   " count(*) AS facts, count(DISTINCT doc) AS documents FROM mill_facts\n"
   "WHERE place IS NOT NULL GROUP BY place_code, place, place_level"},
  {"checks",
   "CREATE VIEW checks AS SELECT id, doc, subtype AS kind, item AS message, status, quote, cite,"
   " args, pack FROM facts_flat WHERE type = 'check'"},
};
#define OBJECTS (sizeof objects / sizeof *objects)

/* As files of schema 5 and before have them; they stay so, but for the words, and the facts of
** schema 7, with a row for each mention. */
static const struct object older[] = {
  {"mill_docs", DOCS(" AUTOINCREMENT")},
  {"mill_texts", TEXTS(OF_DOC)},
  {"mill_forward", FORWARD(OF_DOC)},
  {"mill_metadata", METADATA(OF_DOC)},
  {"mill_articles", ARTICLES(" AUTOINCREMENT", OF_DOC)},
  {"mill_sources",
   "CREATE TABLE mill_sources(\n"
   "  source INTEGER PRIMARY KEY,\n"
   "  doc INTEGER NOT NULL" OF_DOC ",\n"
   "  id TEXT, path TEXT, url TEXT, date TEXT,\n"
   "  meta TEXT)"},
  {"mill_sources_doc", "CREATE INDEX mill_sources_doc ON mill_sources(doc)"},
  {"mill_words",
   "CREATE TABLE mill_words(word INTEGER PRIMARY KEY, text BLOB NOT NULL,"
   " tag INTEGER NOT NULL, kind INTEGER NOT NULL)"},
  {"mill_facts",
   "CREATE TABLE mill_facts(\n"
   "  fact INTEGER PRIMARY KEY, id TEXT NOT NULL,\n"
   "  doc INTEGER NOT NULL REFERENCES mill_docs ON DELETE CASCADE,\n"
   "  article INTEGER, pack INTEGER NOT NULL REFERENCES mill_packs, version TEXT,\n"
   "  type TEXT NOT NULL, subtype TEXT, item TEXT,\n"
   "  value NUMERIC, lo NUMERIC, hi NUMERIC, unit TEXT, approx TEXT,\n"
   "  time_from TEXT, time_to TEXT, time_grain TEXT, time_calendar TEXT, time_source TEXT,\n"
   "  place_code TEXT, place TEXT, place_level TEXT, place_how TEXT,\n"
   "  scope TEXT, polarity TEXT, modality TEXT, status TEXT, args TEXT,\n"
   "  UNIQUE(doc, pack, id))"},
  {"mill_mentions",
   "CREATE TABLE mill_mentions(\n"
   "  mention INTEGER PRIMARY KEY,\n"
   "  fact INTEGER NOT NULL REFERENCES mill_facts ON DELETE CASCADE,\n"
   "  raw_from INTEGER NOT NULL, raw_to INTEGER NOT NULL,\n"
   "  clean_from INTEGER, clean_to INTEGER, quote TEXT, rule TEXT, rule_version TEXT,\n"
   "  captures TEXT)"},
  {"mill_mentions_fact", "CREATE INDEX mill_mentions_fact ON mill_mentions(fact)"},
  {"facts_flat",
   "CREATE VIEW facts_flat AS SELECT f.id AS id, d.id AS doc, f.type AS type,"
   " f.subtype AS subtype, f.item AS item, g.name AS item_group, f.value AS value, f.lo AS lo,"
   " f.hi AS hi, f.unit AS unit, f.approx AS approx, f.place AS place,"
   " f.place_code AS place_code, f.place_level AS place_level, f.place_how AS place_how,"
   " f.time_from AS time_from, f.time_to AS time_to, f.time_grain AS time_grain,"
   " f.time_calendar AS time_calendar, f.time_source AS time_source, f.scope AS scope,"
   " f.polarity AS polarity, f.modality AS modality, f.status AS status, v.verdict AS verdict,"
   " m.quote AS quote, d.id || '#' || m.raw_from || ',' || m.raw_to AS cite,"
   " m.raw_from AS raw_from, m.raw_to AS raw_to, m.clean_from AS clean_from,"
   " m.clean_to AS clean_to, m.rule AS rule, m.rule_version AS rule_version, p.name AS pack,"
   " f.version AS pack_version, f.args AS args, m.captures AS captures,\n"
   "  (SELECT count(*) FROM mill_mentions n WHERE n.fact = f.fact) AS mentions\n"
   "FROM mill_facts f JOIN mill_docs d USING(doc) JOIN mill_packs p USING(pack)\n"
   "LEFT JOIN mill_mentions m ON m.mention ="
   " (SELECT min(mention) FROM mill_mentions n WHERE n.fact = f.fact)\n"
   "LEFT JOIN mill_groups g ON g.word = f.item LEFT JOIN mill_verdicts v ON v.id = f.id"},
  {"mentions",
   "CREATE VIEW mentions AS SELECT f.id AS fact, d.id AS doc, m.raw_from AS raw_from,"
   " m.raw_to AS raw_to, m.clean_from AS clean_from, m.clean_to AS clean_to, m.quote AS quote,"
   " d.id || '#' || m.raw_from || ',' || m.raw_to AS cite, m.rule AS rule,"
   " m.rule_version AS rule_version, m.captures AS captures\n"
   "FROM mill_mentions m JOIN mill_facts f USING(fact) JOIN mill_docs d USING(doc)"},
};
#define OLDER (sizeof older / sizeof *older)
enum { OLDER_FACTS = 5 };

/* ---- making */

static int put_meta(mill_corpus *c, const char *key, const char *value, mill_error *err) {
  sqlite3_stmt *s;
  int rc = sqlite3_prepare_v2(c->db, "INSERT OR REPLACE INTO mill_meta VALUES(?1, ?2)", -1, &s,
                              NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "stamping the file", err);
  sql_bind_text(s, 1, key);
  sql_bind_text(s, 2, value);
  int code = sql_done(c, s, "stamping the file", err);
  sqlite3_finalize(s);
  return code;
}

static const char *describe(const mill_corpus *c, const char *key) {
  const char *s = c->data != NULL ? mill_data_describe(c->data, key) : NULL;
  return s != NULL ? s : "none";
}

int schema_stamp(mill_corpus *c, mill_error *err) {
  char number[64];
  int code = put_meta(c, "textmill", MILL_VERSION, err);
  sqlite3_snprintf(sizeof number, number, "%d", MILL_SCHEMA);
  if (code == 0) code = put_meta(c, "schema", number, err);
  if (code == 0) code = put_meta(c, "unicode", MILL_UNICODE, err);
  sqlite3_snprintf(sizeof number, number, "%u", MILL_FOLD_VERSION);
  if (code == 0) code = put_meta(c, "fold", number, err);
  if (code == 0) code = put_meta(c, "lexicon", describe(c, "lexicon"), err);
  if (code == 0) code = put_meta(c, "places", describe(c, "places"), err);
  UVersionInfo icu;
  u_getVersion(icu); /* of the library that runs, not of its header */
  u_versionToString(icu, number);
  if (code == 0) code = put_meta(c, "icu", number, err);
  return code;
}

/* hashsize: FTS5 gathers this much before it writes a segment. automerge 8,
** crisismerge 16: few merges while loading, few segments when searching. */
static const char finishing[] =
    "INSERT INTO mill_fts(mill_fts, rank) VALUES('hashsize', 67108864);"
    "INSERT INTO mill_fts(mill_fts, rank) VALUES('automerge', 8);"
    "INSERT INTO mill_fts(mill_fts, rank) VALUES('crisismerge', 16);";

int schema_create(mill_corpus *c, mill_error *err) {
  char pragmas[96];
  int code = sql_exec(c, "BEGIN IMMEDIATE", "making the tables", err);
  if (code < 0) return code;
  for (size_t k = 0; k < OBJECTS && code == 0; k++)
    if (c->has_fts || strcmp(objects[k].name, "mill_fts") != 0)
      code = sql_exec(c, objects[k].sql, "making the tables", err);
  if (code == 0 && c->has_fts) code = sql_exec(c, finishing, "making the index", err);
  if (code == 0) code = schema_stamp(c, err);
  sqlite3_snprintf(sizeof pragmas, pragmas, "PRAGMA application_id=%d; PRAGMA user_version=%d",
                   MILL_APPLICATION_ID, MILL_SCHEMA);
  if (code == 0) code = sql_exec(c, pragmas, "stamping the file", err);
  if (code == 0) code = sql_exec(c, "COMMIT", "making the tables", err);
  if (code < 0) sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
  c->has_signatures = c->has_userwords = c->has_segments = c->has_extractions = code == 0;
  return code;
}

/* ---- checking */

static int pragma(mill_corpus *c, const char *text, int *value, mill_error *err) {
  sqlite3_stmt *s;
  int rc = sqlite3_prepare_v2(c->db, text, -1, &s, NULL);
  if (rc == SQLITE_OK) {
    rc = sqlite3_step(s);
    *value = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
  }
  return rc == SQLITE_ROW ? 0 : sql_fail(c, rc, "opening", err);
}

static const struct object *object_named(const struct object *list, size_t n, const char *name) {
  for (size_t k = 0; k < n; k++)
    if (sqlite3_stricmp(list[k].name, name) == 0) return &list[k];
  return NULL;
}

int schema_has(const char *name) {
  return object_named(objects, OBJECTS, name) != NULL || object_named(older, OLDER, name) != NULL;
}

/* What FTS5 makes for mill_fts; versions of SQLite may differ in the columns,
** but these are plain tables without expressions. */
static int is_shadow(const char *name, const char *sql) {
  static const char *const names[] = {"mill_fts_data", "mill_fts_idx", "mill_fts_docsize",
                                      "mill_fts_config"};
  int known = 0;
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) known |= strcmp(names[k], name) == 0;
  return known && sqlite3_strnicmp(sql, "CREATE TABLE ", 13) == 0 &&
         sqlite3_strlike("%check%", sql, 0) != 0 && sqlite3_strlike("%default%", sql, 0) != 0 &&
         sqlite3_strlike("%generated%", sql, 0) != 0 && sqlite3_strlike("% as %", sql, 0) != 0;
}

/* One row of sqlite_schema: 1 one of ours as it must be, 0 one that only older files have
** or a stranger's that does not touch ours, -1 wrong. sql is NULL for the indexes of keys. */
static int judge(const char *type, const char *name, const char *table, const char *sql) {
  if (type == NULL || name == NULL || table == NULL || strcmp(type, "trigger") == 0) return -1;
  const struct object *o = object_named(objects, OBJECTS, name), *old = object_named(older, OLDER, name);
  if (o != NULL && sql != NULL && strcmp(sql, o->sql) == 0) return 1;
  if (old != NULL && sql != NULL && strcmp(sql, old->sql) == 0) return o != NULL;
  if (o != NULL || old != NULL) return -1;
  if (sqlite3_strnicmp(table, "mill_", 5) != 0 || sql == NULL) return 0;
  return is_shadow(name, sql) ? 0 : -1;
}

/* Is it one of the OLDER_FACTS objects in which schema 7 keeps facts? */
static int is_older_fact(const char *name, const char *sql) {
  static const char *const names[] = {"mill_facts", "mill_mentions", "mill_mentions_fact", "facts_flat", "mentions"};
  const struct object *old = object_named(older, OLDER, name);
  if (old == NULL || sql == NULL || strcmp(sql, old->sql) != 0) return 0;
  for (size_t k = 0; k < OLDER_FACTS; k++)
    if (strcmp(names[k], name) == 0) return 1;
  return 0;
}

/* What a file has of a corpus's objects. index: mill_segments and mill_postings; runs: mill_runs and
** mill_extractions */
struct census { int seen, index, runs, vocabulary, older_facts; };

static int is_one_of(const char *name, const char *a, const char *b) {
  return strcmp(name, a) == 0 || strcmp(name, b) == 0;
}

static void count_object(mill_corpus *c, struct census *n, const char *name, const char *sql, int verdict) {
  n->older_facts += is_older_fact(name, sql);
  if (strcmp(name, "mill_words") == 0) c->has_word_rows = 1;
  if (verdict == 0) return;
  n->seen++;
  c->has_signatures |= strcmp(name, "mill_signatures") == 0;
  c->has_userwords |= strcmp(name, "mill_userwords") == 0;
  c->has_fts |= strcmp(name, "mill_fts") == 0;
  n->vocabulary |= strcmp(name, "mill_vocabulary") == 0;
  n->runs += is_one_of(name, "mill_runs", "mill_extractions");
  n->index += is_one_of(name, "mill_segments", "mill_postings");
}

static int count_objects(mill_corpus *c, struct census *n, mill_error *err) {
  sqlite3_stmt *s;
  int rc = sqlite3_prepare_v2(c->db, "SELECT type, name, tbl_name, sql FROM sqlite_schema", -1, &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "opening", err);
  while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(s, 1), *sql = (const char *)sqlite3_column_text(s, 3);
    int verdict = judge((const char *)sqlite3_column_text(s, 0), name, (const char *)sqlite3_column_text(s, 2), sql);
    if (verdict < 0) {
      mill_fail(err, MILL_ECORRUPT, 0, "%s: %s is not what a corpus has there", c->path,
                name != NULL ? name : "a nameless object");
      sqlite3_finalize(s);
      return MILL_ECORRUPT;
    }
    count_object(c, n, name, sql, verdict);
  }
  sqlite3_finalize(s);
  return rc == SQLITE_DONE ? 0 : sql_fail(c, rc, "opening", err);
}

/* How many objects a file of that schema need not have. */
static int pardoned(const mill_corpus *c, const struct census *n, int version) {
  int all = 0;
  if (version < 2 && !c->has_signatures) all++;
  if (version < 3 && !c->has_userwords) all++;
  if (version < 5 && n->runs == 0) all += 2;
  if (version < 4 && n->index == 0) all += 2;
  if (version >= 4 && !c->has_fts) all++;
  if (c->has_word_rows && !n->vocabulary) all++;
  return all;
}

static int check_objects(mill_corpus *c, int version, mill_error *err) {
  struct census n = {0};
  c->has_signatures = c->has_userwords = c->has_fts = c->has_word_rows = 0;
  int code = count_objects(c, &n, err);
  if (code < 0) return code;
  c->has_segments = n.index == 2 && version >= 6; /* before, they are coded otherwise */
  c->has_extractions = n.runs == 2;
  c->has_older_facts = n.older_facts > 0;
  if (c->has_word_rows && n.vocabulary)
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: it has two lists of words", c->path);
  if (n.older_facts != 0 && n.older_facts != OLDER_FACTS)
    return mill_fail(err, MILL_ECORRUPT, 0, "%s: facts in two forms", c->path);
  int missing = (int)OBJECTS - n.seen - pardoned(c, &n, version);
  if (missing == 0) return 0;
  return mill_fail(err, MILL_ECORRUPT, 0, "%s: %d tables or views of a corpus are missing", c->path, missing);
}

int schema_check(mill_corpus *c, mill_error *err) {
  int application = 0, version = 0;
  int code = pragma(c, "PRAGMA application_id", &application, err);
  if (code == MILL_EFORMAT)
    return mill_fail(err, code, 0, "%s: not a textmill corpus (not an SQLite file)", c->path);
  if (code == 0) code = pragma(c, "PRAGMA user_version", &version, err);
  if (code < 0) return code;
  if (application != MILL_APPLICATION_ID)
    return mill_fail(err, MILL_EFORMAT, 0, "%s: an SQLite file, but not a textmill corpus", c->path);
  if (version > MILL_SCHEMA)
    return mill_fail(err, MILL_EVERSION, 0, "%s: made by a newer textmill (schema %d, here %d)",
                     c->path, version, MILL_SCHEMA);
  if (version < 1)
    return mill_fail(err, MILL_EVERSION, 0, "%s: schema %d is not supported (here %d)", c->path,
                     version, MILL_SCHEMA);
  c->is_older = version < MILL_SCHEMA;
  return check_objects(c, version, err);
}

static int make_table(mill_corpus *c, const char *name, mill_error *err) {
  return sql_exec(c, object_named(objects, OBJECTS, name)->sql, "upgrading", err);
}

static int make_index(mill_corpus *c, mill_error *err) {
  int code = sql_exec(c, "DROP TABLE IF EXISTS mill_segments; DROP TABLE IF EXISTS mill_postings", "upgrading", err);
  if (code == 0) code = make_table(c, "mill_segments", err);
  if (code == 0) code = make_table(c, "mill_postings", err);
  c->has_segments = 1;
  if (code == 0) code = corpus_words(c, err);
  return code == 0 ? index_everything(c, err) : code;
}

/* Words one a row become chunks; numbers once given away are known from SQLite's list. */
static int gather_words(mill_corpus *c, mill_error *err) {
  int code = corpus_words(c, err);
  if (code == 0) code = make_table(c, "mill_vocabulary", err);
  c->words_saved = 0;
  if (code == 0) code = ledger_save_words(c, err);
  if (code == 0)
    code = sql_exec(c, "DROP TABLE mill_words; INSERT OR REPLACE INTO mill_meta(key, value)"
                       " SELECT CASE name WHEN 'mill_docs' THEN 'last_doc' ELSE 'last_article' END, seq"
                       " FROM sqlite_sequence WHERE name IN ('mill_docs', 'mill_articles')", "upgrading",
                       err);
  c->has_word_rows = code != 0;
  return code;
}

/* A fact's first mention goes to the fact, which gets a number within its document. */
static const char facts_set_aside[] =
    "DROP VIEW checks; DROP VIEW places; DROP VIEW facts_flat; DROP VIEW mentions;"
    "DROP INDEX mill_facts_id; DROP INDEX mill_mentions_fact; DROP INDEX mill_links_other;"
    "ALTER TABLE mill_facts RENAME TO mill_older_facts;"
    "ALTER TABLE mill_mentions RENAME TO mill_older_mentions;"
    "ALTER TABLE mill_links RENAME TO mill_older_links;"
    "CREATE TEMP TABLE mill_moved(old INTEGER PRIMARY KEY, new INTEGER, mention INTEGER);"
    "INSERT INTO mill_moved SELECT fact, (doc << 24) + row_number() OVER (PARTITION BY doc ORDER BY fact) - 1,"
    " (SELECT min(mention) FROM mill_older_mentions m WHERE m.fact = f.fact) FROM mill_older_facts f";
static const char facts_moved[] =
    "INSERT INTO mill_facts SELECT v.new, f.id, doc, article, pack, version, type, subtype, item, value, lo, hi, unit,"
    " approx, time_from, time_to, time_grain, time_calendar, time_source, place_code, place, place_level, place_how,"
    " scope, polarity, modality, status, args, raw_from, raw_to, clean_from, clean_to, quote, rule, rule_version,"
    " captures FROM mill_older_facts f JOIN mill_moved v ON v.old = f.fact"
    " JOIN mill_older_mentions m ON m.mention = v.mention ORDER BY v.new;"
    "INSERT INTO mill_mentions SELECT v.new, m.mention, raw_from, raw_to, clean_from, clean_to, quote, rule,"
    " rule_version, captures FROM mill_older_mentions m JOIN mill_moved v ON v.old = m.fact WHERE m.mention <> v.mention;"
    "INSERT INTO mill_links SELECT v.new, w.new, kind FROM mill_older_links l JOIN mill_moved v ON v.old = l.fact"
    " JOIN mill_moved w ON w.old = l.other;"
    "DROP TABLE mill_older_links; DROP TABLE mill_older_mentions; DROP TABLE mill_older_facts; DROP TABLE mill_moved";

/* Views that somebody else made of our tables keep the names they say (legacy_alter_table). */
static int move_facts(mill_corpus *c, mill_error *err) {
  static const char *const names[] = {"mill_facts", "mill_facts_id", "mill_mentions", "mill_links", "mill_links_other",
                                      "facts_flat", "mentions", "places", "checks"};
  sqlite3_db_config(c->db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 1, NULL);
  int code = sql_exec(c, facts_set_aside, "upgrading", err);
  sqlite3_db_config(c->db, SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, 0, NULL);
  for (size_t k = 0; k < sizeof names / sizeof *names && code == 0; k++) code = make_table(c, names[k], err);
  if (code == 0) code = sql_exec(c, facts_moved, "upgrading", err);
  c->has_older_facts = code != 0;
  return code;
}

/* An older file that may be written gets the tables it lacks, and signatures
** when near duplicates are first asked for. Another process may be first: so what
** is lacking is asked again, inside the transaction. */
int schema_upgrade(mill_corpus *c, mill_error *err) {
  char pragmas[64];
  int version = 0, code = sql_exec(c, "BEGIN IMMEDIATE", "upgrading", err);
  if (code < 0) return code;
  code = pragma(c, "PRAGMA user_version", &version, err);
  sqlite3_snprintf(sizeof pragmas, pragmas, "PRAGMA user_version=%d", MILL_SCHEMA);
  if (code == 0 && version < MILL_SCHEMA) {
    code = check_objects(c, version, err);
    if (code == 0 && !c->has_signatures) code = make_table(c, "mill_signatures", err);
    if (code == 0 && !c->has_userwords) code = make_table(c, "mill_userwords", err);
    c->has_userwords |= code == 0;
    if (code == 0 && !c->has_extractions) code = make_table(c, "mill_runs", err);
    if (code == 0 && !c->has_extractions) code = make_table(c, "mill_extractions", err);
    c->has_extractions |= code == 0;
    if (code == 0 && c->has_word_rows) code = gather_words(c, err);
    if (code == 0 && c->has_older_facts) code = move_facts(c, err);
    if (code == 0 && !c->has_segments) code = make_index(c, err);
    if (code == 0) code = sql_exec(c, pragmas, "upgrading", err);
    sqlite3_snprintf(sizeof pragmas, pragmas, "%d", MILL_SCHEMA);
    if (code == 0) code = put_meta(c, "schema", pragmas, err);
  }
  if (code == 0) code = sql_exec(c, "COMMIT", "upgrading", err);
  if (code < 0) {
    sqlite3_exec(c->db, "ROLLBACK", NULL, NULL, NULL);
    segments_undo(c);
  }
  return code;
}
