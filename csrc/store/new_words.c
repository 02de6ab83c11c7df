/*
** new_words.c - words that the lexicon lacks, offered with evidence.
**
**   tokens of all body texts --symbols--> core/new_words.c: counts, cohesion, entropy
**                                             |
**   rows: the best n, each with its first occurrence in context and a citation
**
** A symbol is a corpus id; 0 (no word goes across) stands for signs, numbers, Latin,
** line breaks and function words: what jieba's list tags as particle, preposition,
** conjunction, pronoun, adverb... (csrc/data/NOTICE), and verbs of one character that
** are as common as these.
*/
#include "../core/new_words.h"
#include "candidates.h"

enum { IN_RUN = 1, NO_FIRST = 2, NO_LAST = 4, IS_WORD = 8 };
#define COMMON_VERB 50000 /* frequency in the list: have, be, want, go... */

struct offer {
  mill_corpus *c;
  mill_new_words_options o;
  new_words words;
  uint8_t *flags, *chars;       /* of each corpus id */
  uint32_t *symbols, *sides; uint32_t symbols_capacity, sides_capacity;
  struct reader reader;
  uint32_t documents;
};

/* ---- symbols -------------------------------------------------------------------- */

static uint32_t characters_of(const char *s, size_t n) {
  uint32_t count = 0;
  for (size_t i = 0; i < n; i++) count += ((unsigned char)s[i] & 0xC0) != 0x80;
  return count < 255 ? count : 255;
}

static uint32_t frequency_of(struct offer *x, uint32_t id) {
  mill_word w;
  uint32_t word = vocab_to_lexicon(&x->c->words, id);
  return word != MILL_NONE && mill_lexicon_word(mill_data_lexicon(x->c->data), word, &w) > 0 ? w.frequency
                                                                                             : 0;
}

static uint8_t flags_of(struct offer *x, uint32_t id) {
  const struct vocab_word *w = &x->c->words.words[id];
  if (w->kind == MILL_KIND_PUNCT || w->kind >= MILL_KIND_BLANK) return 0;
  if (w->kind != MILL_KIND_HAN) return w->kind == MILL_KIND_NUMBER ? 0 : IS_WORD;
  int one = x->chars[id] == 1;
  switch ((enum mill_tag)w->tag) {
    case MILL_TAG_U: case MILL_TAG_P: case MILL_TAG_C: case MILL_TAG_Y: case MILL_TAG_E: case MILL_TAG_O:
    case MILL_TAG_R: case MILL_TAG_D: case MILL_TAG_T: case MILL_TAG_F: return IS_WORD;
    case MILL_TAG_M: case MILL_TAG_Q: return IS_WORD | (one ? IN_RUN | NO_FIRST : 0);
    case MILL_TAG_V: case MILL_TAG_A:
      return one && frequency_of(x, id) > COMMON_VERB ? IS_WORD : IS_WORD | IN_RUN;
    default: return IS_WORD | IN_RUN;
  }
}

static int describe_symbols(struct offer *x) {
  uint32_t n = x->c->words.n;
  x->flags = mem_calloc((size_t)n + 1, 1);
  x->chars = mem_calloc((size_t)n + 1, 1);
  if (x->flags == NULL || x->chars == NULL) return MILL_ENOMEM;
  for (uint32_t id = 1; id <= n; id++) {
    size_t len;
    const char *s = vocab_text(&x->c->words, id, &len);
    x->chars[id] = (uint8_t)characters_of(s, len);
    x->flags[id] = flags_of(x, id);
  }
  return new_words_init(&x->words, n, x->chars);
}

/* The body's tokens of the decoded document as symbols and sides. */
static int give_symbols(struct offer *x) {
  const struct reader *r = &x->reader;
  uint32_t hint = 0;
  if (mill_grow(&x->symbols, &x->symbols_capacity, (size_t)r->n + 1, sizeof *x->symbols) < 0 ||
      mill_grow(&x->sides, &x->sides_capacity, (size_t)r->n + 1, sizeof *x->sides) < 0)
    return MILL_ENOMEM;
  for (uint32_t k = 0; k < r->n; k++) {
    uint32_t block = layout_block_at(&r->layout, r->start[k], &hint), id = r->id[k];
    uint8_t flags = block == MILL_NONE || !layout_is_rest(&r->layout.blocks[block].block) ? x->flags[id] : 0;
    x->symbols[k] = flags & IN_RUN ? id : 0;
    x->sides[k] = flags & IS_WORD ? id : 0;
  }
  return 0;
}

/* ---- passes --------------------------------------------------------------------- */

static int count_symbols(struct offer *x, uint32_t doc) {
  (void)doc;
  new_words_count_symbols(&x->words, x->symbols, x->reader.n);
  return 0;
}

static int count_runs(struct offer *x, uint32_t doc) {
  (void)doc;
  return new_words_count_runs(&x->words, x->symbols, x->reader.n);
}

static int look(struct offer *x, uint32_t doc) {
  return new_words_look(&x->words, x->symbols, x->sides, x->reader.n, doc);
}

/* Every document through `feed`. */
static int pass(struct offer *x, int (*feed)(struct offer *, uint32_t), mill_error *err) {
  sqlite3_stmt *s = NULL;
  mill_corpus *c = x->c;
  int code, rc = sqlite3_prepare_v2(c->db, "SELECT doc, tokens, layout FROM mill_forward ORDER BY doc", -1,
                                    &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "reading", err);
  x->documents = 0;
  while ((code = sql_row(c, s, "reading", err)) > 0) {
    int64_t doc = sqlite3_column_int64(s, 0);
    code = reader_load(c, &x->reader, doc, sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1),
                       sqlite3_column_blob(s, 2), (size_t)sqlite3_column_bytes(s, 2), err);
    if (code == 0 && (give_symbols(x) < 0 || feed(x, (uint32_t)doc) < 0)) code = mill_fail_memory(err);
    if (code < 0) break;
    x->documents++;
  }
  sqlite3_finalize(s);
  return code;
}

/* ---- candidates ------------------------------------------------------------------ */

/* Joins a run's words; NULL when they are too long. */
static size_t join(const struct offer *x, const uint32_t *run, uint32_t n, char text[256]) {
  size_t at = 0, len;
  for (uint32_t k = 0; k < n; k++) {
    const char *s = vocab_text(&x->c->words, run[k], &len);
    if (at + len > 255) return 0;
    memcpy(text + at, s, len);
    at += len;
  }
  text[at] = 0;
  return at;
}

static int keep(void *context, const uint32_t *run, uint32_t n) {
  struct offer *x = context;
  mill_user_entry e;
  mill_word w;
  char text[256];
  if ((x->flags[run[0]] & NO_FIRST) || (x->flags[run[n - 1]] & NO_LAST)) return 0;
  size_t len = join(x, run, n, text);
  if (len == 0 || mill_lexicon_find(mill_data_lexicon(x->c->data), text, len, &w) > 0) return 0;
  return x->c->user == NULL || !mill_userwords_find(x->c->user, text, len, &e) || !(e.word || e.removed);
}

static void set_defaults(struct offer *x) {
  mill_new_words_options *o = &x->o;
  uint64_t share = x->words.total / 300000;
  if (o->min_count == 0) o->min_count = share > 5 ? (uint32_t)share : 5;
  if (o->min_docs == 0) o->min_docs = x->documents < 3 ? 1 : 2;
  if (o->max_len == 0) o->max_len = 6;
  if (o->n == 0) o->n = 100;
  if (!(o->min_cohesion > 0)) o->min_cohesion = 3;
  if (!(o->min_entropy > 0)) o->min_entropy = 1;
}

static int find_words(struct offer *x, mill_error *err) {
  int more, code = describe_symbols(x) < 0 ? mill_fail_memory(err) : pass(x, count_symbols, err);
  if (code < 0) return code;
  set_defaults(x);
  new_words_limits(&x->words, x->o.min_count, x->o.max_len);
  do {
    if ((code = pass(x, count_runs, err)) < 0) return code;
    more = new_words_next_level(&x->words);
  } while (more > 0);
  if (more < 0 || new_words_choose(&x->words, x->o.min_cohesion, keep, x) < 0) return mill_fail_memory(err);
  if ((code = pass(x, look, err)) < 0) return code;
  new_words_rank(&x->words);
  return 0;
}

/* ---- rows ------------------------------------------------------------------------- */

/* The first occurrence, by a concordance of one line in its document. */
static int put_example(struct offer *x, int64_t doc, const char *word, mill_rows *rows, mill_error *err) {
  char query[264];
  mill_rows *lines = NULL;
  mill_query_options o = {.doc = doc, .limit = 1, .context = 8};
  sqlite3_snprintf(sizeof query, query, "\"%s\"", word);
  int code = mill_corpus_kwic(x->c, query, &o, &lines, NULL, err);
  if (code < 0) return code;
  mill_buffer b = {0};
  for (size_t k = 3; mill_rows_count(lines) > 0 && k <= 5; k++) { /* left node right */
    mill_cell cell = mill_rows_cell(lines, 0, k);
    mill_buffer_append(&b, cell.bytes, cell.len);
  }
  rows_bytes(rows, b.bytes != NULL ? b.bytes : "", b.len);
  rows_text(rows, mill_rows_count(lines) > 0 ? mill_rows_cell(lines, 0, 6).bytes : NULL);
  mill_buffer_free(&b);
  mill_rows_free(lines);
  return 0;
}

static double two_places(double x) { return (double)(int64_t)(x * 100 + 0.5) / 100; }

static int put_row(struct offer *x, const new_candidate *cand, mill_rows *rows, mill_error *err) {
  uint32_t run[NEW_WORDS_RUN], n = new_words_run(&x->words, cand->node, run);
  char text[256];
  join(x, run, n, text);
  rows_text(rows, text);
  rows_integer(rows, cand->count);
  rows_integer(rows, cand->docs);
  rows_real(rows, two_places(cand->cohesion));
  rows_real(rows, two_places(cand->left));
  rows_real(rows, two_places(cand->right));
  return put_example(x, cand->first_doc, text, rows, err);
}

static int put_rows(struct offer *x, mill_rows *rows, mill_error *err) {
  int code = 0;
  uint32_t left = x->o.n;
  for (uint32_t k = 0; k < x->words.n_candidates && left > 0 && code == 0; k++) {
    const new_candidate *cand = &x->words.candidates[k];
    if (cand->docs < x->o.min_docs || cand->count < x->o.min_count || cand->left < x->o.min_entropy ||
        cand->right < x->o.min_entropy)
      continue;
    code = put_row(x, cand, rows, err);
    left--;
  }
  return code;
}

int mill_corpus_new_words(mill_corpus *c, const mill_new_words_options *o, mill_rows **out, mill_error *err) {
  struct offer x = {.c = c};
  *out = NULL;
  if (o != NULL) x.o = *o;
  if (x.o.max_len == 1 || x.o.max_len > 16)
    return mill_fail(err, MILL_EINVAL, 0, "a word has 2 to 16 characters");
  int code = corpus_read(c, err);
  if (code < 0) return code;
  mill_rows *rows = rows_new("word count docs cohesion left right example cite");
  code = rows == NULL ? mill_fail_memory(err) : find_words(&x, err);
  if (code == 0) code = put_rows(&x, rows, err);
  new_words_free(&x.words);
  reader_free(&x.reader);
  mem_free(x.flags);
  mem_free(x.chars);
  mem_free(x.symbols);
  mem_free(x.sides);
  corpus_read_end(c);
  if (code == 0) return rows_take(rows, out, err);
  mill_rows_free(rows);
  return code;
}
