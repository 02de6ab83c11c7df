/*
** internal.h - what the files of the store share.
**
**   corpus.c opens   schema.c DDL       sql.c statements, errors   rows.c results
**   ledger.c words, numbers in the file   seen.c what a new file cannot have   early.c pages
**   vocab.c words    forward.c tokens   layout.c blocks, notes     document.c adding
**   workers.c threads that prepare documents   record.c json_text.c lines of NDJSON   gzip.c
**   tokenizer.c FTS5 reader.c decoded documents   candidates.c which ones
**   gather.c segment_*.c the positional index   segments.c in transactions   rank.c bm25
**   query.c parser   terms.c lists.c walk.c over the index   hits.c in the text   stop.c
**   search.c, search_rows.c, facets.c, kwic.c results   facts.c  verify.c
**   similar.c signatures  duplicates.c  userwords.c  resegment.c  scope.c views
**   stream.c node.c collocates.c frequencies.c statistics
**   columns.c types.c tokens in a row   plain*.c doc_view.c match.c patterns over the corpus
*/
#ifndef MILL_STORE_INTERNAL_H
#define MILL_STORE_INTERNAL_H

#include <sqlite3.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/error.h"
#include "../core/userwords.h"
#include "forward.h"
#include "layout.h"
#include "rows.h"
#include "seen.h"
#include "segments.h"
#include "store.h"
#include "tokenizer.h"
#include "vocab.h"

/* Every statement run more than once, prepared on first use (sql.c). */
enum statement {
  S_BEGIN, S_BEGIN_READ, S_COMMIT, S_ROLLBACK,
  S_WORD_MAX, S_WORD_LOAD, S_VOCABULARY_MAX, S_VOCABULARY_LOAD, S_VOCABULARY_ADD,
  S_NUMBERS, S_SOURCE_MAX, S_META_SET,
  S_DOC_BY_SHA, S_DOC_BY_ID, S_DOC_BY_SOURCE_ID, S_DOC_BY_PATH, S_DOC_ADD, S_DOC_DELETE,
  S_TEXT_DELETE, S_FORWARD_DELETE, S_ARTICLES_DELETE, S_META_DELETE, S_SOURCES_DELETE,
  S_TEXT_ADD, S_TEXT_GET, S_FORWARD_ADD, S_FORWARD_GET,
  S_SIGNATURE_ADD, S_ARTICLE_ADD, S_ARTICLES_GET, S_TITLE_GET, S_ARTICLE_TOTALS,
  S_META_ADD, S_META_GET, S_SOURCE_ADD, S_SOURCE_SAME, S_SOURCE_DROP_PATH,
  S_SOURCE_DROP_ID, S_SOURCE_COUNT, S_SOURCE_ID, S_DOC_RENAME,
  S_FTS_ADD, S_FTS_DELETE, S_LOG_ADD,
  S_DOC_FACTS_DELETE, S_PACK_ADD, S_PACK_GET, S_FACTS_DROP, S_FACT_LAST, S_RUN_ADD, S_RUN_GET, S_RUN_DROP,
  S_EXTRACTION_GET, S_EXTRACTION_SET, S_EXTRACTION_ADD,
  S_EXTRACTION_DROP, S_EXTRACTIONS_DROP, S_FACT_ADD, S_MENTION_ADD, S_LINK_ADD,
  S_VERDICT_SET, S_VERDICT_DROP, S_GROUP_ADD, S_GROUP_DROP, S_GROUP_LOAD, S_DOC_HEAD,
  S_USER_EPOCH, S_USER_CHANGED, S_USER_LOAD, S_USER_SET, S_USER_DROP,
  S_FORWARD_SET, S_DOC_TOKENS, S_ARTICLE_TOKENS,
  S_DATA_VERSION, S_SEGMENT_LIST, S_SEGMENT_REMOVED, S_SEGMENT_LEVEL, S_SEGMENT_OF_LEVEL,
  STATEMENTS
};

/* SQL: the rows f of mill_facts that are of the document of the row d. Facts are numbered within
** their document. */
#define FACTS_OF(f, d) f ".fact BETWEEN (" d ".doc << 24) AND (" d ".doc << 24 | 16777215)"
/* ... and of a file of any schema, which mill_older_facts() tells (scope.c). */
#define FACTS_OF_ANY(f, d)                                                         \
  f ".fact BETWEEN (" d ".doc << 24) * (1 - mill_older_facts()) AND (" d ".doc << 24 | 16777215" \
    " | 9223372036854775807 * mill_older_facts())"
#define FACT_OF_DOC(doc) ((int64_t)((uint64_t)(doc) << 24))
#define MOST_FACTS (1u << 24)

enum { BUSY_MS = 5000 }; /* how long a call waits for another process's lock */

struct numbers { int64_t doc, article, source; };

struct mill_corpus {
  sqlite3 *db;
  const mill_data *data;       /* borrowed */
  char *path;                  /* owned; NULL in memory */
  int writable;
  int fresh;                   /* made here, and nothing is committed but its tables: no log yet */
  int has_signatures;          /* 0: an older file, only read */
  int has_userwords;           /* likewise */
  int has_extractions;         /* likewise */
  int has_segments;            /* likewise: searches then read every document */
  int is_older;                /* its schema is: brought up to date when it is written */
  int has_older_facts;         /* an older file, only read: a row a mention, facts not by document */
  int has_fts;                 /* mill_fts is kept, too */
  int has_word_rows;           /* an older file, only read: words one a row */
  mill_userwords *user;        /* words and groups of the file; NULL: none */
  int64_t user_epoch;          /* the file's when they were read; -1: read them again */
  int64_t segmented_epoch;     /* and when `tokens` were made */
  sqlite3_stmt *statements[STATEMENTS];
  struct fts_context fts;      /* ready tokens for the FTS5 tokenizer */
  struct vocab words;
  struct segment_set index;
  int batch;                   /* 1: between begin and commit */
  struct stream *stream;       /* owned; NULL: not asked for yet (stream.c) */
  struct columns *columns;     /* likewise (columns.c) */
  uint64_t read_in_pieces;     /* documents that match.c read without keeping them */
  const mill_scope *scope;     /* borrowed; NULL: everything (scope.c) */
  const struct storing *storing; /* facts that the statement under way stores (fact_source.c) */
  int nested;                  /* corpus_read calls inside another transaction */
  size_t batch_bytes;
  double batch_start;
  uint32_t batch_docs;         /* stored since the last commit */
  int writing;                 /* our own transaction is open: nobody else writes */
  uint32_t transactions;       /* writing ones begun so far */
  uint32_t sought;             /* the one in which the document at hand was not found by its hash; 0 */
  struct seen seen;            /* hashes, ids and paths of a file filled here */
  struct { char *inputs; int64_t run; uint32_t transaction; } known_run; /* noted last (extractions.c) */
  struct known_pack {            /* whose facts were stored last (facts.c) */
    char names[64];              /* name and version, each terminated */
    int64_t pack;
    uint32_t transaction;
    int has_version;
  } known_pack;
  struct numbers numbers, numbers_saved; /* given last, and as they stand in mill_meta */
  int changes;                 /* sqlite3_total_changes when the call began, */
  uint32_t words_before;       /* and words then */
  uint32_t words_saved;        /* words up to here are written, */
  uint32_t words_committed;    /* and up to here committed */
  mill_tokens tokens;          /* scratch of add_raw */
  mill_buffer scratch, scratch2;
  uint32_t *ids; uint32_t ids_capacity; /* scratch: corpus ids of a document */
  uint64_t n_articles, n_tokens; int64_t totals_version; /* for bm25; see search.c */
};

/* ---- sql.c */
int sql_code(sqlite3 *db, int rc);
/* Fills err from the connection's last error; returns the MILL_E* code. */
int sql_fail(mill_corpus *c, int rc, const char *doing, mill_error *err);
/* The statement, reset and without bindings; NULL with err filled. */
sqlite3_stmt *sql_get(mill_corpus *c, enum statement which, mill_error *err);
/* Steps a statement that returns no rows, and resets it. 0 or MILL_E*. */
int sql_done(mill_corpus *c, sqlite3_stmt *s, const char *doing, mill_error *err);
/* Steps: 1 a row, 0 no more (reset), MILL_E* (reset). */
int sql_row(mill_corpus *c, sqlite3_stmt *s, const char *doing, mill_error *err);
int sql_exec(mill_corpus *c, const char *text, const char *doing, mill_error *err);
void sql_bind_text(sqlite3_stmt *s, int at, const char *text); /* NULL: null */
void sql_bind_bytes(sqlite3_stmt *s, int at, const void *bytes, size_t n);
void sql_finalize(mill_corpus *c);
/* Another number once another connection has written; -1: not known. */
int64_t sql_data_version(mill_corpus *c);

/* ---- extractions.c: nothing is known of this document's extractions any more */
/* Of a document whose row has been dropped, with the pack's number. */
int extraction_add(mill_corpus *c, int64_t doc, int64_t pack, const mill_extraction *e, mill_error *err);
int extractions_forget(mill_corpus *c, int64_t doc, mill_error *err);

/* ---- fact_source.c: gives the connection the table mill_fact_source. An SQLite code. */
int fact_source_register(mill_corpus *c, sqlite3 *db);

/* ---- schema.c */
int schema_create(mill_corpus *c, mill_error *err);
/* Which versions of everything made the file. */
int schema_stamp(mill_corpus *c, mill_error *err);
/* Is there a table, view or index of this name in every corpus? */
int schema_has(const char *name);
/* Is this file ours, of our version, with our tables and no triggers? */
int schema_check(mill_corpus *c, mill_error *err);
/* Makes a checked file of an older schema one of ours. */
int schema_upgrade(mill_corpus *c, mill_error *err);

/* ---- index.c */
/* Writes the postings of every document (a file that had none). */
int index_everything(mill_corpus *c, mill_error *err);

/* ---- corpus.c */
/* A transaction around one writing call, or a part of the open batch. leave
** commits, or undoes when code < 0, and returns code or the commit's own
** failure. A call that fails before its first write (refused, no memory)
** leaves the batch as it was; one that fails later undoes the whole batch and
** ends it: FTS5 writes a segment at every savepoint, so there are none, and
** everything that can be refused is refused first. bytes: how much is coming;
** what does not fit the batch any more gets one of its own. */
int corpus_enter(mill_corpus *c, size_t bytes, mill_error *err);
int corpus_leave(mill_corpus *c, int code, size_t bytes, mill_error *err);
/* A read transaction with a current vocabulary around one reading call. */
int corpus_read(mill_corpus *c, mill_error *err);
/* Inside a transaction: the words another process has added. */
int corpus_words(mill_corpus *c, mill_error *err);
void corpus_read_end(mill_corpus *c);

/* ---- ledger.c, inside a transaction */
/* The words behind those that are known. */
int ledger_load_words(mill_corpus *c, mill_error *err);
int ledger_save_words(mill_corpus *c, mill_error *err); /* those behind words_saved */
int ledger_load_numbers(mill_corpus *c, mill_error *err);
int ledger_save_numbers(mill_corpus *c, mill_error *err);

/* ---- userwords.c */
/* Reads the file's user words and groups when they have changed since. Inside a
** transaction. */
int userwords_refresh(mill_corpus *c, mill_error *err);
/* In this transaction they have: the next refresh, of any process, reads them again. */
int userwords_changed(mill_corpus *c, mill_error *err);

/* ---- resegment.c */
/* Cuts every document anew that holds one of these words (entries of any kind; NULL: all
** documents), with the words of c->user. Inside a writing call. *contain: how many hold one. */
int resegment(mill_corpus *c, const mill_userwords *touched, uint32_t *contain, mill_error *err);

/* ---- document.c, document_remove.c */
/* The ids of the tokens of folded text, in c->ids; new words are appended. */
int document_ids(mill_corpus *c, const char *folded, const mill_tokens *w);
/* The articles' rows in the index, n of them. */
int document_articles(mill_corpus *c, int64_t doc, int64_t *rows, uint32_t n, mill_error *err);
int document_delete(mill_corpus *c, int64_t doc, mill_error *err);
/* ---- reader.c: a document decoded for searching */
struct reader {
  int64_t doc;
  uint32_t n, *id, *start;      /* tokens: corpus id, folded start; start has n+1 */
  uint32_t id_capacity, start_capacity;
  mill_buffer folded;           /* words joined: the folded text */
  struct layout layout;
};
/* From the columns tokens and layout of mill_forward. 0 or MILL_E*. */
int reader_load(mill_corpus *c, struct reader *r, int64_t doc, const void *tokens,
                size_t tokens_len, const void *layout, size_t layout_len, mill_error *err);
int reader_get(mill_corpus *c, struct reader *r, int64_t doc, mill_error *err);
void reader_free(struct reader *r);
/* The id of a corpus word as mill_segment gives it: that of a user word, where it is one. */
uint32_t reader_lexicon_id(mill_corpus *c, uint32_t id);

#endif
