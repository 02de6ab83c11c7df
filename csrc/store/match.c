/*
** match.c - a pattern asked of the corpus: how often each document has it.
**
**   strings that every match holds --index--> documents that may have one
**     of words and recognisers      columns of types, in memory (plain.c)
**     any other                     document after document by the machine (doc_view.c)
**   doc 3: 2, doc 7: 1, ...         what is kept; lines are made when they are asked for
**
** Columns of the whole corpus are made, and kept, by the first pattern that has to look at
** much of it; few documents, or more than fits, are read piece by piece.
*/
#include "candidates.h"
#include "doc_view.h"
#include "plain.h"
#include "scope.h"
#include "stop.h"

#define MOST_WORDS (INT64_C(100000000)) /* of a corpus whose columns are kept: about 500 MB */
#define PIECE (UINT32_C(1) << 18)      /* tokens read at a time */
#define FEW_DOCUMENTS 50               /* sooner read than asked more about */

struct found { int64_t doc; uint64_t before; }; /* matches in documents before it */
struct mill_matches {
  struct found *docs; uint32_t n, capacity, looked_at;
  uint64_t hits, articles;
  uint32_t article; /* of the last match */
};

struct job {
  mill_corpus *c;
  const mill_program *prog;
  uint64_t limit;
  struct stop stop;
  mill_matches *out;
  int64_t doc;               /* whose matches come */
  struct plain *plain;       /* NULL: the machine does it */
  struct doc_view view; int has_view;
  struct columns piece;
  mill_error *err;
};

void mill_matches_free(mill_matches *m) {
  if (m == NULL) return;
  mem_free(m->docs);
  mem_free(m);
}

uint64_t mill_matches_count(const mill_matches *m) { return m->hits; }
uint32_t mill_matches_documents(const mill_matches *m) { return m->n; }
uint64_t mill_matches_articles(const mill_matches *m) { return m->articles; }
uint32_t mill_matches_looked_at(const mill_matches *m) { return m->looked_at; }

int64_t mill_matches_at(const mill_matches *m, uint64_t k, uint64_t *number, uint64_t *of) {
  uint32_t low = 0, high = m->n;
  if (k >= m->hits) return 0;
  while (high - low > 1) { /* the last that begins at or before k */
    uint32_t mid = low + (high - low) / 2;
    if (m->docs[mid].before <= k) low = mid;
    else high = mid;
  }
  *number = k - m->docs[low].before;
  *of = (low + 1 < m->n ? m->docs[low + 1].before : m->hits) - m->docs[low].before;
  return m->docs[low].doc;
}

/* ---- taking matches */

enum { ENOUGH = 1 };

static int take(void *context, uint32_t article, int skip) {
  struct job *j = context;
  mill_matches *m = j->out;
  if (skip || !scope_has(j->c->scope, j->doc, article)) return 0;
  if (m->n == 0 || m->docs[m->n - 1].doc != j->doc) {
    if (mill_grow(&m->docs, &m->capacity, (size_t)m->n + 1, sizeof *m->docs) < 0)
      return mill_fail_memory(j->err);
    m->docs[m->n++] = (struct found){j->doc, m->hits};
    m->articles++;
  } else {
    m->articles += article != m->article; /* matches come in the order of the text */
  }
  m->article = article;
  return ++m->hits == j->limit ? ENOUGH : 0;
}

static int run_machine(struct job *j, int64_t doc, mill_error *err) {
  int code = j->has_view ? 0 : doc_view_open(&j->view, j->c, j->prog, err);
  j->has_view = 1;
  if (code < 0) return code;
  j->doc = doc;
  mill_machine_time(j->view.vm, stop_left(&j->stop));
  code = doc_view_each(&j->view, doc, take, j, err);
  if (code == MILL_ELIMIT && stop_look(&j->stop) != 0) return stop_fail(&j->stop, "matching", err);
  return code;
}

/* Document d of the columns. What the plain run has taken before it gave up is undone. */
static int run_plain(struct job *j, const struct columns *x, uint32_t d, mill_error *err) {
  uint32_t at = x->docs[d].from, from = 0, n = j->out->n;
  uint64_t hits = j->out->hits, articles = j->out->articles;
  int code = 0, more;
  j->doc = x->docs[d].doc;
  while ((more = plain_next(j->plain, d, &j->stop, &at, &from)) > 0) {
    const struct column_area *a = columns_area(x, d, from);
    int skip = from < x->docs[d + 1].from && a->skip;
    if ((code = take(j, a->article, skip)) != 0) break;
  }
  if (more >= 0) return code;
  if (j->stop.code != 0) return stop_fail(&j->stop, "matching", err);
  j->out->n = n, j->out->hits = hits, j->out->articles = articles;
  return run_machine(j, x->docs[d].doc, err);
}

/* At every document; those in memory are too quick to look at the clock each time. */
static int look(struct job *j, int quick, mill_error *err) {
  j->out->looked_at++;
  return (quick ? stop_check(&j->stop) : stop_look(&j->stop)) != 0 ? stop_fail(&j->stop, "matching", err) : 0;
}

/* ---- columns */

static int use_columns(struct job *j, const struct columns *x, const struct doc_list *docs, mill_error *err) {
  uint32_t next = 0;
  int code = plain_use(j->plain, x) < 0 ? mill_fail_memory(err) : 0;
  for (uint32_t d = 0; code == 0 && d < x->n_docs; d++) {
    int64_t doc = x->docs[d].doc;
    while (!docs->all && next < docs->n && docs->docs[next] < doc) next++;
    if (!docs->all && (next == docs->n || docs->docs[next] != doc)) continue;
    if (!scope_has_document(j->c->scope, doc)) continue;
    if ((code = look(j, x != &j->piece, err)) == 0) code = run_plain(j, x, d, err);
  }
  return code;
}

static int use_piece(struct job *j, mill_error *err) {
  static const struct doc_list everything = {.all = 1};
  int code = use_columns(j, &j->piece, &everything, err);
  j->piece.n = j->piece.n_docs = j->piece.n_areas = 0; /* the types stay */
  return code;
}

static int add_to_piece(struct job *j, int64_t doc, sqlite3_stmt *row, int column, mill_error *err) {
  if (!scope_has_document(j->c->scope, doc)) return 0;
  int code = columns_add(j->c, &j->piece, doc, row, column, err);
  return code == 0 && j->piece.n >= PIECE ? use_piece(j, err) : code;
}

/* Reads documents piece by piece: those of the list, or all. */
static int read_pieces(struct job *j, const struct doc_list *docs, mill_error *err) {
  sqlite3_stmt *q = NULL;
  int code = 0, rc = sqlite3_prepare_v2(j->c->db, docs->all
      ? "SELECT doc, tokens, layout FROM mill_forward ORDER BY doc"
      : "SELECT doc, tokens, layout FROM mill_forward WHERE doc = ?1", -1, &q, NULL);
  if (rc != SQLITE_OK) return sql_fail(j->c, rc, "reading tokens", err);
  columns_clear(j->c, &j->piece);
  for (uint32_t k = 0; code == 0 && (docs->all || k < docs->n); k++) {
    if (!docs->all) sqlite3_reset(q), sqlite3_bind_int64(q, 1, docs->docs[k]);
    rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) code = add_to_piece(j, sqlite3_column_int64(q, 0), q, 1, err);
    else if (rc != SQLITE_DONE) code = sql_fail(j->c, rc, "reading tokens", err);
    else if (docs->all) break;
  }
  sqlite3_finalize(q);
  return code == 0 ? use_piece(j, err) : code;
}

/* ---- which way */

/* About how many documents and words there are, by the index. */
static int sizes(mill_corpus *c, int64_t *docs, int64_t *words, mill_error *err) {
  sqlite3_stmt *q = NULL;
  int rc = sqlite3_prepare_v2(c->db, "SELECT sum(articles), sum(tokens) FROM mill_segments", -1, &q, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "counting documents", err);
  int code = sql_row(c, q, "counting documents", err);
  if (code > 0) *docs = sqlite3_column_int64(q, 0), *words = sqlite3_column_int64(q, 1);
  sqlite3_finalize(q);
  return code < 0 ? code : 0;
}

/* Is it time to read, and keep, everything? It is when as much has been read piece by piece. */
static int is_worth(mill_corpus *c, const struct doc_list *docs, int64_t n) {
  if (docs->all) return 1;
  c->read_in_pieces += docs->n;
  return c->read_in_pieces * 2 >= (uint64_t)n;
}

static int run_words(struct job *j, const struct doc_list *docs, mill_error *err) {
  const struct columns *x = j->c->columns;
  int64_t n = 0, words = 0;
  if (columns_kept(j->c)) return use_columns(j, x, docs, err);
  int code = j->c->has_segments ? sizes(j->c, &n, &words, err) : 0;
  if (code < 0) return code;
  if (j->limit > 0 || words > MOST_WORDS || !is_worth(j->c, docs, n)) return read_pieces(j, docs, err);
  j->c->read_in_pieces = 0;
  code = columns_keep(j->c, &j->stop, &x, err);
  return code == 0 ? use_columns(j, x, docs, err) : code;
}

static int run_documents(struct job *j, struct doc_list *docs, mill_error *err) {
  int code = 0;
  if (docs->all) code = doc_list_all(j->c, docs, err);
  for (uint32_t k = 0; code == 0 && k < docs->n; k++) {
    if (!scope_has_document(j->c->scope, docs->docs[k])) continue;
    if ((code = look(j, 0, err)) == 0) code = run_machine(j, docs->docs[k], err);
  }
  return code;
}

/* Documents that hold one of the texts. */
static int holding(const struct job *j, const struct need_text *list, uint32_t n, struct doc_list *docs,
                   mill_error *err) {
  const char *texts[NEED_MOST];
  size_t lens[NEED_MOST];
  for (uint32_t k = 0; k < n; k++) texts[k] = j->prog->text.bytes + list[k].text, lens[k] = list[k].len;
  return holding_candidates(j->c, texts, lens, n, docs, err);
}

static int candidates(struct job *j, struct doc_list *docs, mill_error *err) {
  const program_need *need = &j->prog->need;
  int code = holding(j, need->texts, need->n, docs, err);
  for (uint32_t k = 0; code == 0 && k < need->n_also && (docs->all || docs->n > FEW_DOCUMENTS); k++) {
    struct doc_list other = {0};
    code = holding(j, need->also[k].texts, need->also[k].n, &other, err);
    if (code == 0) doc_list_meet(docs, &other);
    doc_list_free(&other);
  }
  return code;
}

static int run(struct job *j, mill_error *err) {
  struct doc_list docs = {0};
  int code = candidates(j, &docs, err);
  if (code == 0 && (code = plain_new(j->c, j->prog, &j->plain)) < 0) mill_fail_memory(err);
  if (code >= 0) code = code > 0 ? run_words(j, &docs, err) : run_documents(j, &docs, err);
  doc_list_free(&docs);
  return code < 0 ? code : 0;
}

int mill_corpus_match(mill_corpus *c, const mill_program *prog, const mill_match_options *o,
                      mill_matches **out, mill_error *err) {
  struct job j = {.c = c, .prog = prog, .limit = o->limit, .err = err};
  *out = NULL;
  stop_begin(&j.stop, o->max_ms, o->stop, o->stop_context);
  if ((j.out = mem_calloc(1, sizeof *j.out)) == NULL) return mill_fail_memory(err);
  int code = corpus_read(c, err);
  if (code == 0) {
    code = run(&j, err);
    if (j.has_view) doc_view_free(&j.view);
    corpus_read_end(c);
  }
  plain_free(j.plain);
  columns_free(&j.piece);
  if (code < 0) return mill_matches_free(j.out), code;
  *out = j.out;
  return 0;
}

int mill_corpus_name(mill_corpus *c, int64_t doc, char id[256], mill_error *err) {
  int code = corpus_read(c, err);
  if (code < 0) return code;
  sqlite3_stmt *q = sql_get(c, S_DOC_HEAD, err);
  if (q != NULL) sqlite3_bind_int64(q, 1, doc);
  code = q != NULL ? sql_row(c, q, "reading a document", err) : MILL_EIO;
  if (code > 0) sqlite3_snprintf(256, id, "%s", (const char *)sqlite3_column_text(q, 0));
  if (q != NULL) sqlite3_reset(q);
  corpus_read_end(c);
  return code;
}
