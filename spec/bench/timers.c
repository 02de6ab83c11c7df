/*
** timers.c - each stage's own time within one real pass raw -> searchable.
**
** The linker puts the functions below around the library's (--wrap, see
** bench.mk): a call from one of its files to another goes through here.
**
**   add_raw  [ hash ][ clean [ decode [validate] ][ html ]..[ blocks ] ][ segment ]...
**   time of    hash    clean   decode  validate ...      each span to its innermost stage
**
** So the stages and STAGE_REST (glue and allocation between stages) add up to
** the total exactly.
*/
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "../../csrc/core/clean.h"
#include "../../csrc/store/index.h"

const char *const stage_names[STAGES] = {
  [STAGE_REST] = "(unexplained)", [STAGE_HASH] = "SHA-256", [STAGE_VALIDATE] = "validate UTF-8",
  [STAGE_DECODE] = "decode, its map", [STAGE_HTML] = "markup to text", [STAGE_GLOSS] = "glosses",
  [STAGE_NFC] = "NFC", [STAGE_BLANK] = "white space", [STAGE_COMPOSE] = "compose maps",
  [STAGE_CLEAN] = "clean, the rest", [STAGE_BLOCKS] = "blocks, metadata", [STAGE_FOLD] = "fold",
  [STAGE_SEGMENT] = "segment", [STAGE_IDS] = "word ids", [STAGE_FORWARD] = "forward blob",
  [STAGE_MAPS] = "map encode", [STAGE_LAYOUT] = "layout, notes", [STAGE_ROWS] = "rows (SQL)",
  [STAGE_INDEX] = "index insertion", [STAGE_COMMIT] = "commit", [STAGE_FREE] = "free the text",
};

static struct { double of[STAGES], mark; enum stage now; } timer;

/* The time since the last mark goes to the stage at hand. */
static enum stage enter(enum stage stage) {
  double t = seconds();
  enum stage before = timer.now;
  timer.of[before] += t - timer.mark;
  timer.mark = t;
  timer.now = stage;
  return before;
}

#define WRAP(which, type, name, parameters, arguments) \
  type __real_##name parameters;                        \
  type __wrap_##name parameters;                        \
  type __wrap_##name parameters {                       \
    enum stage before = enter(which);                   \
    type result = __real_##name arguments;              \
    enter(before);                                      \
    return result;                                      \
  }
#define WRAP_VOID(which, name, parameters, arguments) \
  void __real_##name parameters;                      \
  void __wrap_##name parameters;                      \
  void __wrap_##name parameters {                     \
    enum stage before = enter(which);                 \
    __real_##name arguments;                          \
    enter(before);                                    \
  }

WRAP_VOID(STAGE_HASH, mill_sha256, (const void *s, size_t n, unsigned char digest[32]), (s, n, digest))
WRAP(STAGE_VALIDATE, int, mill_utf8_valid, (const char *s, size_t n, size_t *at, enum mill_utf8_kind *kind),
     (s, n, at, kind))
WRAP(STAGE_DECODE, int, charset_decode,
     (const char *s, size_t n, const char *hint, char **out, size_t *len, char name[32], mill_map **m,
      mill_error *e), (s, n, hint, out, len, name, m, e))
WRAP(STAGE_HTML, int, html_looks_like, (const char *s, size_t n), (s, n))
WRAP(STAGE_HTML, int, html_to_text,
     (const char *s, size_t n, uint32_t depth, mill_stage *out, html_structure *h, mill_error *e),
     (s, n, depth, out, h, e))
WRAP(STAGE_GLOSS, int, gloss_find, (const struct mill_unicode *u, const char *s, size_t n, gloss_list *l),
     (u, s, n, l))
WRAP(STAGE_GLOSS, int, gloss_strip,
     (const gloss_list *l, const char *s, size_t n, mill_stage *out, mill_error *e), (l, s, n, out, e))
WRAP(STAGE_BLANK, int, blank_collapse, (const char *s, size_t n, int tabs, mill_stage *out, mill_error *e),
     (s, n, tabs, out, e))
WRAP(STAGE_COMPOSE, int, mill_map_compose, (const mill_map *a, const mill_map *b, mill_map **out),
     (a, b, out))
WRAP(STAGE_CLEAN, int, mill_clean,
     (const mill_data *d, const char *s, size_t n, const mill_clean_options *o, mill_text **out,
      mill_error *e),
     (d, s, n, o, out, e))
WRAP(STAGE_BLOCKS, int, mill_find_blocks, (mill_text *t, const html_structure *h, mill_error *e), (t, h, e))
WRAP(STAGE_FOLD, int, mill_text_fold, (mill_text *t, mill_error *e), (t, e))
WRAP(STAGE_SEGMENT, int, mill_segment,
     (const mill_lexicon *lx, const char *s, size_t n, const mill_segment_options *o, mill_tokens *out,
      mill_error *e), (lx, s, n, o, out, e))
WRAP(STAGE_MAPS, int, mill_map_encode, (const mill_map *m, unsigned char **bytes, size_t *n), (m, bytes, n))
WRAP_VOID(STAGE_LAYOUT, layout_encode, (const struct layout *l, mill_buffer *out), (l, out))
WRAP(STAGE_LAYOUT, int, layout_of, (const mill_text *t, struct layout *l), (t, l))
WRAP_VOID(STAGE_LAYOUT, notes_encode, (const mill_text *t, mill_buffer *out), (t, out))
WRAP(STAGE_INDEX, int, index_document, (mill_corpus * c, const struct index_job *job, mill_error *e),
     (c, job, e))
WRAP(STAGE_INDEX, int, gather_write,
     (struct gather * g, struct segment_store *store, int level, int64_t *segment),
     (g, store, level, segment))
WRAP_VOID(STAGE_FREE, mill_text_free, (mill_text *t), (t))

int __real_mill_normalize(const mill_data *, enum mill_form, const char *, size_t, char **, size_t *,
                          mill_map **, mill_error *);
int __wrap_mill_normalize(const mill_data *, enum mill_form, const char *, size_t, char **, size_t *,
                          mill_map **, mill_error *);
/* The same engine serves NFC within cleaning and other forms elsewhere. */
int __wrap_mill_normalize(const mill_data *d, enum mill_form form, const char *s, size_t n, char **out,
                          size_t *len, mill_map **m, mill_error *e) {
  enum stage before = enter(form == MILL_NFC ? STAGE_NFC : timer.now);
  int result = __real_mill_normalize(d, form, s, n, out, len, m, e);
  enter(before);
  return result;
}

void __real_forward_encode(const mill_tokens *, const uint32_t *, const struct vocab *, mill_buffer *);
void __wrap_forward_encode(const mill_tokens *, const uint32_t *, const struct vocab *, mill_buffer *);
/* Between the look-up of the document and here, words got their ids. */
void __wrap_forward_encode(const mill_tokens *t, const uint32_t *ids, const struct vocab *v,
                           mill_buffer *out) {
  enum stage before = timer.now;
  timer.now = STAGE_IDS;
  enter(STAGE_FORWARD);
  __real_forward_encode(t, ids, v, out);
  enter(before);
}

int __real_sqlite3_step(sqlite3_stmt *s);
int __wrap_sqlite3_step(sqlite3_stmt *s);
/* An article's row is written from within the index's loop. */
int __wrap_sqlite3_step(sqlite3_stmt *s) {
  const char *sql = sqlite3_sql(s);
  int commit = sql != NULL && strncmp(sql, "COMMIT", 6) == 0;
  int fts = sql != NULL && (strstr(sql, "mill_fts") != NULL || strstr(sql, "mill_postings") != NULL);
  enum stage before = enter(commit ? STAGE_COMMIT : fts ? STAGE_INDEX : STAGE_ROWS);
  int rc = __real_sqlite3_step(s);
  enter(before);
  return rc;
}

/* ---- the pass --------------------------------------------------------------- */

void remove_corpus(const char *path) {
  static const char *const suffixes[] = {"", "-wal", "-shm"};
  char name[4096];
  for (int k = 0; k < 3; k++) {
    snprintf(name, sizeof name, "%s%s", path, suffixes[k]);
    unlink(name);
  }
}

static void add_all(mill_corpus *c, const docs *d) {
  mill_error err;
  mill_receipt receipt;
  char id[32];
  for (size_t k = 0; k < d->n; k++) {
    snprintf(id, sizeof id, "d%zu", k + 1);
    if (mill_corpus_add_raw(c, d->doc[k], d->size[k], NULL, &(mill_source){.id = id}, &receipt, &err) < 0)
      die(err.message);
  }
}

pass pass_run(const mill_data *data, const docs *d, const char *path) {
  mill_corpus *c;
  mill_error err;
  pass p;
  remove_corpus(path);
  if (mill_corpus_open(data, path, MILL_MODE_CREATE, &c, &err) < 0) die(err.message);
  memset(&timer, 0, sizeof timer);
  double cpu = cpu_seconds(), from = timer.mark = seconds();
  if (mill_corpus_begin(c, &err) < 0) die(err.message);
  add_all(c, d);
  if (mill_corpus_commit(c, &err) < 0) die(err.message);
  enter(STAGE_REST);
  memcpy(p.of, timer.of, sizeof p.of);
  p.total = seconds() - from;
  p.cpu = cpu_seconds() - cpu;
  from = seconds();
  mill_corpus_close(c);
  p.close = seconds() - from;
  return p;
}
