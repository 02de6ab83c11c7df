/*
** tokenizer.c - the FTS5 tokenizer (https://sqlite.org/fts5.html#custom_tokenizers).
**
**   ready tokens   column text "b" | "r"  ->  fts_context.ready[0 | 1]
**   plain text     fold, segment, map each word back to the bytes given
**   verbatim       the whole query string is one token
**
** White space, breaks and punctuation are not indexed and take no position.
*/
#include "tokenizer.h"

#include <stdlib.h>
#include <string.h>

#ifdef MILL_EXTENSION
SQLITE_EXTENSION_INIT3
#endif

/* One tokenizer instance (one FTS5 table) with its scratch memory. */
struct instance { struct fts_context *context; mill_tokens tokens; };

typedef int (*emit)(void *, int, const char *, int, int, int);

static int create(void *context, const char **args, int n, Fts5Tokenizer **out) {
  (void)args, (void)n; /* options of the shadowed tokenizer have no meaning here */
  struct instance *t = calloc(1, sizeof *t);
  if (t == NULL) return SQLITE_NOMEM;
  t->context = context;
  *out = (Fts5Tokenizer *)t;
  return SQLITE_OK;
}

static void destroy_instance(Fts5Tokenizer *tokenizer) {
  struct instance *t = (struct instance *)tokenizer;
  if (t == NULL) return;
  mill_tokens_free(&t->tokens);
  free(t);
}

static int emit_ready(const struct fts_context *c, int column, void *to, emit out) {
  const struct fts_token *t = c->ready[column];
  for (int k = 0; k < c->n_ready[column]; k++) {
    int rc = out(to, 0, t[k].text, t[k].len, 0, 0);
    if (rc != SQLITE_OK) return rc;
  }
  return SQLITE_OK;
}

static int code_of(int mill) {
  return mill == MILL_ENOMEM ? SQLITE_NOMEM : mill == MILL_ELIMIT ? SQLITE_TOOBIG : SQLITE_ERROR;
}

static int emit_words(struct instance *t, const char *folded, const mill_map *map, void *to,
                      emit out) {
  const mill_tokens *w = &t->tokens;
  for (size_t k = 0; k < w->n; k++) {
    if (w->kind[k] >= MILL_KIND_PUNCT) continue;
    mill_span s = mill_map_from(map, (mill_span){w->start[k], w->start[k + 1]});
    int rc = out(to, 0, folded + w->start[k], (int)(w->start[k + 1] - w->start[k]), (int)s.from,
                 (int)s.to);
    if (rc != SQLITE_OK) return rc;
  }
  return SQLITE_OK;
}

/* Broken bytes become U+FFFD, so that no row is refused; the map still leads
** to the bytes given: FTS5 trusts the offsets. */
static int fold_broken(const mill_data *d, const char *s, size_t n, char **folded, size_t *len,
                       mill_map **map) {
  char charset[32], *decoded = NULL;
  size_t decoded_len = 0;
  mill_map *repaired = NULL, *fold = NULL;
  int code = mill_decode(s, n, "utf-8", &decoded, &decoded_len, charset, &repaired, NULL);
  if (code >= 0) code = mill_normalize(d, MILL_FOLD, decoded, decoded_len, folded, len, &fold, NULL);
  if (code >= 0) code = mill_map_compose(repaired, fold, map);
  mill_map_free(repaired);
  mill_map_free(fold);
  free(decoded);
  return code;
}

static int tokenize_text(struct instance *t, const char *s, size_t n, void *to, emit out) {
  const mill_data *d = t->context->data;
  char *folded = NULL;
  mill_map *map = NULL;
  size_t len = 0;
  int code = mill_normalize(d, MILL_FOLD, s, n, &folded, &len, &map, NULL);
  if (code == MILL_EUTF8) code = fold_broken(d, s, n, &folded, &len, &map);
  if (code >= 0) code = mill_segment(mill_data_lexicon(d), folded, len, NULL, &t->tokens, NULL);
  int rc = code < 0 ? code_of(code) : emit_words(t, folded, map, to, out);
  mill_map_free(map);
  free(folded);
  return rc;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *to, int flags, const char *s, int n,
                    emit out) {
  struct instance *t = (struct instance *)tokenizer;
  struct fts_context *c = t->context;
  if (s == NULL || n <= 0) return SQLITE_OK;
  if ((flags & FTS5_TOKENIZE_DOCUMENT) && c->ready[0] != NULL)
    return emit_ready(c, *s == 'r', to, out);
  if (c->verbatim) return out(to, 0, s, n, 0, n);
  return tokenize_text(t, s, (size_t)n, to, out);
}

/* The FTS5 interface of a connection, or NULL. */
static fts5_api *interface_of(sqlite3 *db) {
  fts5_api *api = NULL;
  sqlite3_stmt *s = NULL;
  if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) != SQLITE_OK) return NULL;
  sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(s);
  sqlite3_finalize(s);
  return api;
}

int fts_register(sqlite3 *db, const char *name, struct fts_context *context,
                 void (*destroy)(void *)) {
  fts5_api *api = interface_of(db);
  fts5_tokenizer methods = {create, destroy_instance, tokenize};
  if (api == NULL) return SQLITE_ERROR;
  return api->xCreateTokenizer(api, name, context, &methods, destroy);
}
