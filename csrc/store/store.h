/*
** store.h - the corpus: one SQLite file that holds documents, their words,
** a full-text index and the facts found in them.
**
**   mill_text + mill_tokens --add--> [ file ] --search, kwic, facts--> mill_rows
**
** Conventions are those of textmill.h. A corpus belongs to one thread at a
** time; other processes may read the file meanwhile (WAL: one writer, many
** readers, each reader sees whole commits). Positions are bytes, 0-based,
** half-open. A citation is DOC#FROM,TO in bytes of the raw document.
**
** Documents are named by their id: the one given, else the base name of the
** file up to its first `_` or `.`, else the first 12 digits of the SHA-256.
** A name of the last two kinds that other bytes already carry gets -2, -3...
** Identical bytes are stored once; each further source (id, path, url, date,
** metadata) is kept beside the first. A given id or a path whose bytes have
** changed replaces the old document; when that is another id's or path's, too,
** it stays for them (and is named by the next given id).
*/
#ifndef MILL_STORE_H
#define MILL_STORE_H

#include "../textmill.h"

#define MILL_SCHEMA 10 /* PRAGMA user_version; 1 had no signatures, 2 no user words, 3 only FTS5 for
                      ** an index, 4 positions that counted marks, and did not know what facts were
                      ** made with, 5 other numbers in the index, 6 no blocks of bits, 7 a row for each
                      ** mention of a fact, 8 no seams in the index, 9 wider layouts */
#define MILL_APPLICATION_ID 0x4d494c4c  /* "MILL": PRAGMA application_id */

typedef struct mill_corpus mill_corpus;

/* ---- rows: what every reading function returns ---------------------------- */

enum mill_cell_type { MILL_CELL_NULL, MILL_CELL_INTEGER, MILL_CELL_REAL, MILL_CELL_TEXT,
                      MILL_CELL_BLOB };
typedef struct mill_cell {
  uint8_t type;          /* enum mill_cell_type */
  int64_t integer;
  double real;
  const char *bytes;     /* text and blob; text is terminated; borrowed from the rows */
  size_t len;
} mill_cell;

/* A table of values, complete in memory: it holds no open statement. */
typedef struct mill_rows mill_rows;
MILL_API size_t mill_rows_count(const mill_rows *r);
MILL_API size_t mill_rows_columns(const mill_rows *r);
MILL_API const char *mill_rows_name(const mill_rows *r, size_t column);
MILL_API mill_cell mill_rows_cell(const mill_rows *r, size_t row, size_t column);
MILL_API void mill_rows_free(mill_rows *r);

/* ---- opening ---------------------------------------------------------------- */

enum mill_mode {
  MILL_MODE_READ,   /* "r": the file must exist and is never written */
  MILL_MODE_WRITE,  /* "rw": the file must exist */
  MILL_MODE_CREATE, /* "create": made when absent or empty */
  MILL_MODE_FTS5 = 16 /* added to "create": a file made here keeps an FTS5 table
                      ** mill_fts of its words, too, for other programs */
};
/* Opens `path`, or a corpus in memory when it is NULL (then the mode is
** create). `d` is borrowed and must outlive the corpus.
** MILL_ENOTFOUND no such file; MILL_EFORMAT not a corpus; MILL_EVERSION made
** by a newer textmill; MILL_ECORRUPT damaged; MILL_EREADONLY; MILL_EBUSY. */
MILL_API int mill_corpus_open(const mill_data *d, const char *path, enum mill_mode mode,
                              mill_corpus **out, mill_error *err);
/* Closes; an open batch is rolled back. NULL is allowed. */
MILL_API void mill_corpus_close(mill_corpus *c);
MILL_API const char *mill_corpus_path(const mill_corpus *c); /* NULL: in memory */

/* ---- writing ---------------------------------------------------------------- */

/*
** A batch makes many documents one transaction. Between begin and commit the
** corpus commits by itself whenever 64 MiB of raw bytes or 5 seconds have
** gathered, so that a killed process loses at most that much and no document
** half. Without a batch each call below is a transaction of its own. A call
** that is refused leaves the batch as it was. When the file itself fails in the
** middle of writing (full, I/O, memory) what the batch has not committed is
** undone, the batch is over and the message says how many documents that were;
** commit and rollback without a batch do nothing.
*/
MILL_API int mill_corpus_begin(mill_corpus *c, mill_error *err);
MILL_API int mill_corpus_commit(mill_corpus *c, mill_error *err);
/* Undoes what the batch has not committed. */
MILL_API int mill_corpus_rollback(mill_corpus *c, mill_error *err);
/* Documents of the open batch that are not committed yet. */
MILL_API uint32_t mill_corpus_pending(const mill_corpus *c);

typedef struct mill_source { /* where a document came from; all may be NULL */
  const char *id;    /* name for the document: UTF-8, 1-255 bytes, no controls */
  const char *path;
  const char *url;
  const char *date;  /* ISO 8601, prefixes allowed (2020-02) */
  const char *meta;  /* further metadata: the text of one JSON object */
} mill_source;

enum mill_outcome { MILL_ADDED = 1, MILL_SAME, MILL_REPLACED };
typedef struct mill_receipt {
  int64_t doc;       /* internal number */
  int outcome;       /* enum mill_outcome */
  char id[256];      /* the document's id, cut off when longer */
} mill_receipt;

/* Stores a cleaned and segmented document (tokens of t->folded). */
MILL_API int mill_corpus_add(mill_corpus *c, const mill_text *t, const mill_tokens *tokens,
                             const mill_source *source, mill_receipt *out, mill_error *err);
/* Cleans, segments and stores raw bytes; nothing is done for known bytes. */
MILL_API int mill_corpus_add_raw(mill_corpus *c, const char *raw, size_t n,
                                 const mill_clean_options *options,
                                 const mill_source *source, mill_receipt *out,
                                 mill_error *err);
/* Writes one line to the add_log: what could not be added, and why. */
MILL_API int mill_corpus_log(mill_corpus *c, const char *path, const mill_error *why,
                             mill_error *err);
/* Removes a document with its index entries, sources and facts. */
MILL_API int mill_corpus_remove(mill_corpus *c, const char *id, mill_error *err);

/* ---- reading documents ------------------------------------------------------ */

/* Number of a document by its id, or by an id given with a later source. */
MILL_API int mill_corpus_find(mill_corpus *c, const char *id, int64_t *doc, mill_error *err);
/* The stored document as a text (caller frees) and, when tokens is not NULL,
** its tokens with this lexicon's word ids: nothing is cleaned or segmented
** again. `tokens` must be zeroed or from an earlier call. */
MILL_API int mill_corpus_text(mill_corpus *c, int64_t doc, mill_text **out,
                              mill_tokens *tokens, mill_error *err);
/* One row a document: doc id title published source url bytes characters
** charset script glosses articles sha256 path date meta. id NULL: all. */
MILL_API int mill_corpus_docs(mill_corpus *c, const char *id, mill_rows **out,
                              mill_error *err);
/* The id of every document, in the order they came: one column, doc. */
MILL_API int mill_corpus_ids(mill_corpus *c, mill_rows **out, mill_error *err);
/* The id of a document by its number: 1, 0 there is none, or MILL_E*. */
MILL_API int mill_corpus_name(mill_corpus *c, int64_t doc, char id[256], mill_error *err);
/* Every source of a document: id path url date meta. */
MILL_API int mill_corpus_sources(mill_corpus *c, const char *id, mill_rows **out,
                                 mill_error *err);
/* Resolves a citation. One row: doc raw_from raw_to clean_from clean_to raw
** clean display left right path sha256. */
MILL_API int mill_corpus_cite(mill_corpus *c, const char *citation, mill_rows **out,
                              mill_error *err);
/* One row of totals: documents articles sources tokens words facts bytes
** characters glosses dated schema unicode lexicon. */
MILL_API int mill_corpus_stats(mill_corpus *c, mill_rows **out, mill_error *err);

/* ---- patterns ---------------------------------------------------------------- */

/* Which documents a pattern matches, and how often: what a walk over every document would
** find, but for matches that begin in boilerplate or in articles the present view does not
** read. Holds nothing of the corpus. */
typedef struct mill_matches mill_matches;
typedef struct mill_match_options {
  uint64_t limit;     /* stop after so many matches; 0: no limit */
  uint32_t max_ms;    /* then MILL_ELIMIT; 0: no limit */
  int (*stop)(void *context); /* as in mill_query_options */
  void *stop_context;
} mill_match_options;
MILL_API int mill_corpus_match(mill_corpus *c, const mill_program *prog, const mill_match_options *o,
                               mill_matches **out, mill_error *err);
MILL_API void mill_matches_free(mill_matches *m); /* NULL is allowed */
MILL_API uint64_t mill_matches_count(const mill_matches *m);
MILL_API uint32_t mill_matches_documents(const mill_matches *m);
/* Documents that were looked at: those that the index does not rule out. */
MILL_API uint64_t mill_matches_articles(const mill_matches *m);  /* likewise articles */
MILL_API uint32_t mill_matches_looked_at(const mill_matches *m);
/* The document of match k, from 0; it is match *number, from 0, of the *of in it. 0: there
** is none. */
MILL_API int64_t mill_matches_at(const mill_matches *m, uint64_t k, uint64_t *number, uint64_t *of);

/* ---- searching -------------------------------------------------------------- */

/*
** Queries
**   卡点 值守      both strings, anywhere in one article (AND)
**   "检测 卡口"    the string; white space inside matches any white space
**   卡点|卡口      either; OR is the same
**   -值守          not
**   ( ... )        grouping
**   卡*  *点       words that begin, end so
**   /卡[点口]/     words that match a regular expression (ICU's), whole
**   word:卡点      the word as segmented; word:"检测 卡口": words side by side
**   NEAR(a b, 5)   words with at most 5 between the first and the last of them, in any
**                  order (10 when not said), as FTS5 has it; members: words, "phrases"
**                  of words, a*, *b, /re/
**   @name          any word of a group (mill_corpus_group)
** With `words` every term is words: one of the corpus, or cut as its documents are and
** then side by side, marks and blanks not counting; *点*: words that hold it.
** A string finds every occurrence, wherever segmentation put boundaries, in
** both scripts; occurrences do not overlap (as grep -o counts them).
** MILL_ESYNTAX: err->position points into the query.
*/
typedef struct mill_query_options {
  int words;          /* 1: terms are words, not strings */
  uint32_t max_ms;    /* then MILL_ELIMIT; 0: no limit */
  int (*stop)(void *context); /* asked now and then; not 0: MILL_ECANCEL. NULL: nobody */
  void *stop_context;
  int all;            /* 1: also captions, keyword lists and boilerplate */
  int64_t doc;        /* only this document; 0: all */
  size_t limit, offset; /* rows returned; limit 0: no limit */
  size_t context;     /* characters on each side (kwic 20, snippet 30 when 0) */
  int sort;           /* kwic: enum mill_kwic_sort */
} mill_query_options;
enum mill_kwic_sort { MILL_SORT_NONE, MILL_SORT_LEFT, MILL_SORT_RIGHT, MILL_SORT_CENTRE };

typedef struct mill_totals { uint64_t hits, articles, documents, scanned; } mill_totals;

/* One row an article, best first: doc article title score hits snippet from
** to cite. Scores are FTS5's bm25 (greater is better here), to the last bit where the
** query is of words: over counts in the body (all: everywhere), of the parts of the query
** that match. A string's document frequency may count articles that only seemed to have
** it, where other terms decide. The snippet is in display form, hits marked by U+2039 and
** U+203A. totals NULL: nothing is counted, and what cannot get among the first
** offset + limit is passed over. */
MILL_API int mill_corpus_search(mill_corpus *c, const char *query,
                                const mill_query_options *o, mill_rows **out,
                                mill_totals *totals, mill_error *err);
/* The same with all that was found, whatever the limit, counted by each of the keys: rows
** facet value articles hits, the most articles first, value NULL for articles without one.
** Keys: those of mill_scope_new, and month and year of the date. An article with several
** values counts for each. MILL_EINVAL for an unknown key. */
MILL_API int mill_corpus_search_facets(mill_corpus *c, const char *query, const mill_query_options *o,
                                       const char *const *keys, size_t n_keys, mill_rows **out,
                                       mill_rows **facets, mill_totals *totals, mill_error *err);
MILL_API int mill_corpus_count(mill_corpus *c, const char *query,
                               const mill_query_options *o, mill_totals *totals,
                               mill_error *err);
/* One row a hit: doc article title left node right cite raw_from raw_to
** clean_from clean_to. */
MILL_API int mill_corpus_kwic(mill_corpus *c, const char *query,
                              const mill_query_options *o, mill_rows **out,
                              mill_totals *totals, mill_error *err);
/* The same lines, found now and written when they are asked for, by number from 0. It
** belongs to the open corpus and is freed by the caller, before or after closing that; in
** between it may be written to: MILL_ENOTFOUND when there are more or fewer lines then. */
typedef struct mill_concordance mill_concordance;
MILL_API int mill_corpus_concordance(mill_corpus *c, const char *query, const mill_query_options *o,
                                     mill_concordance **out, mill_totals *totals, mill_error *err);
MILL_API size_t mill_concordance_count(const mill_concordance *k);
MILL_API int mill_concordance_lines(mill_concordance *k, size_t from, size_t n, mill_rows **out,
                                    mill_error *err);
MILL_API void mill_concordance_free(mill_concordance *k);

/* ---- views: reading a part ------------------------------------------------------ */

/* Articles chosen by conditions, all of which must hold: for `date` from and to
** (ISO 8601 prefixes, NULL: open; 2020-02 takes in the whole month), for any other
** key one of the values. Keys: doc; place (name or code of a fact in the article);
** title url path charset script; and every key of the documents' or sources'
** metadata. MILL_EINVAL for a key that is none of these, naming them. What is added
** to the corpus later is not in it. */
typedef struct mill_scope mill_scope;
typedef struct mill_condition {
  const char *key, *from, *to;
  const char *const *values; size_t n_values;
} mill_condition;
MILL_API int mill_scope_new(mill_corpus *c, const mill_condition *conditions, size_t n,
                            mill_scope **out, mill_error *err);
MILL_API void mill_scope_free(mill_scope *s);
MILL_API size_t mill_scope_documents(const mill_scope *s);
MILL_API size_t mill_scope_articles(const mill_scope *s);
/* From now on search, count, kwic, docs, ids, stats, facts and mill_scope_new see
** these articles only (NULL: all). Borrowed: it must live until it is taken back. */
MILL_API void mill_corpus_restrict(mill_corpus *c, const mill_scope *s);
/* 1, 0: is the article (from 1; 0: any of the document) in the present scope? */
MILL_API int mill_corpus_in_scope(mill_corpus *c, const char *id, uint32_t article,
                                  mill_error *err);

/* ---- statistics ------------------------------------------------------------------ */

/* All of these count words of body texts in the present scope, as segmented; a query
** is one word, "a string" of whole words, a* *b, a|b or @group. Formulas and sources:
** collocates.c, frequencies.c. */
typedef struct mill_counts { uint64_t nodes, words, window; } mill_counts;

typedef struct mill_collocate_options {
  uint32_t span;      /* words on each side, within the sentence; 0: 5 */
  uint32_t min;       /* least occurrences together; 0: 3 */
  const char *by;     /* logdice ll mi t; NULL: logdice */
  size_t limit;       /* rows; 0: all */
} mill_collocate_options;
/* One row a word, the strongest first: word count left right frequency expected logdice
** ll mi t. */
MILL_API int mill_corpus_collocates(mill_corpus *c, const char *query, const mill_collocate_options *o,
                                    mill_rows **out, mill_counts *totals, mill_error *err);
/* The words of the present scope against those of another (NULL: the whole corpus): word
** count per_million other other_per_million ll log_ratio; least: occurrences in both. */
MILL_API int mill_corpus_keyness(mill_corpus *c, const mill_scope *other, uint32_t least, size_t limit,
                                 mill_rows **out, mill_error *err);

enum mill_frequency_of { MILL_OF_WORDS, MILL_OF_TAGS, MILL_OF_KINDS };
typedef struct mill_frequency_options {
  int of;             /* enum mill_frequency_of */
  uint32_t n;         /* words in a run, up to 8; 0 and 1: single words */
  uint32_t min;       /* least occurrences */
  size_t limit;
} mill_frequency_options;
/* word count per_million docs; of tags and kinds: words (different ones) in place of docs. */
MILL_API int mill_corpus_frequencies(mill_corpus *c, const mill_frequency_options *o, mill_rows **out,
                                     uint64_t *total, mill_error *err);

/* Documents of the present scope that are most like this one, by the cosine of their
** tf-idf weights (likeness.c): doc title similarity. limit 0: 10. */
MILL_API int mill_corpus_similar(mill_corpus *c, const char *id, size_t limit, mill_rows **out,
                                 mill_error *err);

typedef struct mill_dispersion {
  uint64_t hits, words; size_t parts, range; /* documents, documents with it */
  double juilland, dp, dp_norm;
} mill_dispersion;
MILL_API int mill_corpus_dispersion(mill_corpus *c, const char *query, mill_dispersion *out,
                                    mill_error *err);
/* The same of n parts: their occurrences and their words. */
MILL_API void mill_disperse(const uint32_t *hits, const uint32_t *words, size_t n, mill_dispersion *out);
/* Of a fourfold table: a cell, the sums of its row and column, the sum of all. Negative
** where the cell holds less than expected. */
MILL_API double mill_log_likelihood(double o, double row, double column, double n);

/* ---- near duplicates ---------------------------------------------------------- */

/* Groups of articles of which each is like another (Jaccard index of the bodies'
** shingles >= threshold, see mill_signature; 0 < threshold <= 1): marks, blanks,
** script and boilerplate do not count. One row an article, a group's together in
** the order they came: group doc article title similarity cite; similarity: with
** the first of the group, below the threshold where a chain of pairs leads to it.
** Estimates choose whom to compare: of pairs just at the threshold a few in 1000
** may be missed, and more where one article nearly matches very many. The first
** call makes the articles' signatures and stores them where the corpus may be
** written and no batch is open. */
MILL_API int mill_corpus_duplicates(mill_corpus *c, double threshold, mill_rows **out,
                                    mill_error *err);

/* ---- facts ------------------------------------------------------------------ */

typedef struct mill_mention {
  mill_span clean;              /* {MILL_NONE, MILL_NONE}: only raw is known */
  mill_span raw;                /* read when clean is not known */
  const char *rule, *rule_version;
  const mill_argument *args; size_t n_args; /* one span an argument */
} mill_mention;

/* All strings borrowed, NULL = not said. */
typedef struct mill_fact {
  const char *type, *subtype, *item;
  int has_value, has_bounds; double value, lo, hi;
  const char *unit, *approx;
  const char *time_from, *time_to, *time_grain, *time_calendar, *time_source;
  const char *place_code, *place_name, *place_level, *place_how;
  const char *scope, *polarity, *modality, *status;
  const char *args;             /* further arguments: the text of one JSON object */
  const mill_mention *mentions; size_t n_mentions; /* >= 1 */
} mill_fact;

typedef struct mill_link { size_t from, to; const char *kind; } mill_link;

/* Replaces all facts this pack has found in the document. Links are between
** indices of `facts`. Ids are those of mill_fact_id with the first mention's span
** and arguments. *stored: how many distinct facts. Verdicts hang on ids and stay. */
MILL_API int mill_corpus_store_facts(mill_corpus *c, int64_t doc, const char *pack,
                                     const char *version, const mill_fact *facts,
                                     size_t n, const mill_link *links, size_t n_links,
                                     size_t *stored, mill_error *err);
/* The same in two steps. The rows are made from the text in hand, by any thread: t is the
** document's, sha the SHA-256 of its raw bytes. MILL_EINVAL for what lies outside of it.
** *out before: NULL, or rows that nobody needs any more, whose room is taken. */
typedef struct mill_fact_rows mill_fact_rows;
MILL_API int mill_fact_rows_new(const mill_text *t, const unsigned char sha[32], const mill_fact *facts,
                                size_t n, const mill_link *links, size_t n_links, mill_fact_rows **out,
                                mill_error *err);
MILL_API size_t mill_fact_rows_mentions(const mill_fact_rows *r); /* how many mentions they hold */
/* Is their room so little that it may be kept for another document? */
MILL_API int mill_fact_rows_are_few(const mill_fact_rows *r);
MILL_API void mill_fact_rows_free(mill_fact_rows *r);
/* What a pack's facts of a document were made with. inputs: everything but the document
** that they depend on, as the caller writes it (rules and their fingerprints); ref: the
** date others are resolved from; fired: the rules that found something. */
typedef struct mill_extraction { const char *pack, *inputs, *ref, *fired; } mill_extraction;
/* MILL_EINVAL when the document has other bytes than those of the rows. note: noted with them, unless NULL. */
MILL_API int mill_corpus_store_fact_rows(mill_corpus *c, int64_t doc, const char *pack, const char *version,
                                         const mill_fact_rows *rows, const mill_extraction *note, size_t *stored,
                                         mill_error *err);
/* Noted after mill_corpus_store_facts, which forgets what was noted before. */
MILL_API int mill_corpus_note_extraction(mill_corpus *c, int64_t doc, const mill_extraction *e,
                                         mill_error *err);
/* Forgets inputs that no document's row names any more; there are some where rules changed. */
MILL_API int mill_corpus_forget_runs(mill_corpus *c, mill_error *err);
/* One row: number (doc), published (the document's date), sha256 of its bytes, and inputs, ref, fired, null when the facts
** are to be made anew: nothing was noted, or the document has been cut anew since. */
MILL_API int mill_corpus_extraction(mill_corpus *c, int64_t doc, const char *pack, mill_rows **out,
                                    mill_error *err);
/* Rows of facts_flat where each named column equals its value (NULL value:
** is null). doc, type, item, place... MILL_EINVAL for an unknown column. */
typedef struct mill_filter { const char *column, *value; } mill_filter;
MILL_API int mill_corpus_facts(mill_corpus *c, const mill_filter *where, size_t n,
                               mill_rows **out, mill_error *err);
/* All mentions of a fact, in every document and pack: rows of `mentions`. */
MILL_API int mill_corpus_mentions(mill_corpus *c, const char *fact, mill_rows **out,
                                  mill_error *err);
/* verdict NULL removes it. */
MILL_API int mill_corpus_verdict(mill_corpus *c, const char *fact, const char *verdict,
                                 mill_error *err);
/* ---- user words and groups ----------------------------------------------------- */

typedef struct mill_words_report {
  uint32_t added, removed;      /* words that are new or said otherwise, and taken away */
  uint32_t contain, documents;  /* documents that hold one of them, of so many */
} mill_words_report;
/* Stores words, and words taken away, in the file, and segments every document anew
** that holds one of them: index, counts and totals are those of a corpus that had the
** words before its documents, in one transaction. changes: each of its entries is a
** word, or one that has been removed from it. Facts stay as they are until their pack
** runs again, and what they were made with is forgotten, so that it will. report may be NULL. */
MILL_API int mill_corpus_userwords(mill_corpus *c, const mill_userwords *changes,
                                   mill_words_report *report, mill_error *err);
/* One row a word: word tag class weight force removed. */
MILL_API int mill_corpus_list_userwords(mill_corpus *c, mill_rows **out, mill_error *err);
/* The words and groups that the file had at the last call, for mill_segment_options.user
** and mill_view.user: ids in tokens of mill_corpus_text are theirs; one holder more (mill_userwords_free), *out NULL: none. A text that
** mill_corpus_add is to take must be segmented with them. */
MILL_API int mill_corpus_words(mill_corpus *c, mill_userwords **out, mill_error *err);
/* Gives words one name (views: item_group; queries: @name; P.class). words: separated
** by line breaks, or where there is none by blanks; an empty list removes the group.
** A word is in one group: the last it was put into. */
MILL_API int mill_corpus_group(mill_corpus *c, const char *name, const char *words,
                               mill_error *err);
/* One row a word: name word. */
MILL_API int mill_corpus_groups(mill_corpus *c, mill_rows **out, mill_error *err);

/* ---- words the list lacks -------------------------------------------------------- */

typedef struct mill_new_words_options { /* 0: the default */
  uint32_t min_count;  /* 5, in a large corpus one in 300,000 tokens */
  uint32_t min_docs;   /* 2; of a corpus of fewer than 3 documents 1 */
  uint32_t max_len;    /* characters, 2..16; 6 */
  uint32_t n;          /* rows; 100 */
  double min_cohesion, min_entropy; /* 3 bits; 1 bit */
} mill_new_words_options;
/* Runs of tokens of the body texts that stand as a word would (core/new_words.h) and
** are in neither the lexicon nor the file's user words. Without numbers, Latin, and
** function words; those are what the lexicon tags so. One row a word, the best first:
** word count docs cohesion left right example cite. Linear in the corpus: up to seven
** passes over its tokens. o may be NULL. */
MILL_API int mill_corpus_new_words(mill_corpus *c, const mill_new_words_options *o,
                                   mill_rows **out, mill_error *err);

/* ---- SQL and checking -------------------------------------------------------- */

/* Runs one statement with parameters (text, integer, real, null cells). Only
** statements that read are allowed; with `write` also those that make, fill
** and drop tables of one's own. The corpus changes its own tables itself.
** MILL_EREADONLY for anything else. */
MILL_API int mill_corpus_sql(mill_corpus *c, const char *sql, const mill_cell *values,
                             size_t n, int write, mill_rows **out, mill_error *err);
/* Merges the index's segments into one, without what was removed. Adding merges by
** itself; this makes searches a little quicker and the file's next documents fill the
** room. MILL_EREADONLY. Inside a batch it is part of it. */
MILL_API int mill_corpus_compact(mill_corpus *c, mill_error *err);
/* Cuts every document anew, with the lexicon that is open and the file's user words, and
** indexes it so: for a file that was filled with another lexicon. The next run of rules
** reads every document. *documents, where not NULL: how many. One transaction. */
MILL_API int mill_corpus_reindex(mill_corpus *c, uint32_t *documents, mill_error *err);
/* Checks everything: pages, schema, blobs, hashes, index against tokens,
** orphans. One row a problem: doc problem. No rows: all is well. */
MILL_API int mill_corpus_verify(mill_corpus *c, mill_rows **out, mill_error *err);

#endif
