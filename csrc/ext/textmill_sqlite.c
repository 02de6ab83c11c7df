/*
** textmill_sqlite.c - the loadable SQLite extension.
**
**   .load textmill_sqlite
**   CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'textmill');
**   SELECT mill_fold('...'), mill_words('...');
**
**   mill_fold(text)   the text as it is matched
**   mill_words(text)  its words, folded, separated by spaces
**
** Images: TEXTMILL_DATA, else the folder of this library or textmill/ in it.
** Each connection has its own; the last of its three users frees them.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "../store/tokenizer.h"

struct shared { struct fts_context fts; mill_data *data; mill_tokens tokens; int users; };

static void release(void *p) {
  struct shared *s = p;
  if (--s->users > 0) return;
  mill_tokens_free(&s->tokens);
  mill_data_free(s->data);
  free(s);
}

/* ---- images */

static int open_images(const char *dir, const char *below, mill_data **out, mill_error *err) {
  char *path = sqlite3_mprintf("%s%s", dir, below);
  int code = path != NULL ? mill_data_open(path, out, err) : MILL_ENOMEM;
  sqlite3_free(path);
  if (code < 0) mill_data_free(*out), *out = NULL;
  return code;
}

static int find_images(mill_data **out, mill_error *err) {
  const char *given = getenv("TEXTMILL_DATA");
  if (given != NULL && *given != 0) return open_images(given, "", out, err);
  Dl_info info;
  memset(&info, 0, sizeof info);
  const char *file = dladdr((void *)(uintptr_t)&find_images, &info) != 0 ? info.dli_fname : NULL;
  const char *slash = file != NULL ? strrchr(file, '/') : NULL;
  char *dir = slash != NULL ? sqlite3_mprintf("%.*s", (int)(slash - file), file)
                            : sqlite3_mprintf(".");
  if (dir == NULL) return MILL_ENOMEM;
  /* a build tree, a rock, make install */
  static const char *const below[] = {"/textmill", "", "/lua/5.4/textmill"};
  int code = MILL_ENOTFOUND;
  for (size_t k = 0; k < sizeof below / sizeof *below && code < 0; k++)
    code = open_images(dir, below[k], out, err);
  sqlite3_free(dir);
  return code;
}

/* ---- functions */

static int fold(sqlite3_context *c, sqlite3_value *v, char **out, size_t *n) {
  const struct shared *s = sqlite3_user_data(c);
  const char *text = (const char *)sqlite3_value_text(v);
  mill_error err = {0};
  if (text == NULL) return 0; /* NULL in, NULL out */
  if (mill_normalize(s->data, MILL_FOLD, text, (size_t)sqlite3_value_bytes(v), out, n, NULL, &err) >= 0)
    return 1;
  sqlite3_result_error(c, err.message, -1);
  return 0;
}

static void fold_function(sqlite3_context *c, int n_args, sqlite3_value **args) {
  char *text = NULL;
  size_t n = 0;
  (void)n_args;
  if (fold(c, args[0], &text, &n)) sqlite3_result_text64(c, text, n, SQLITE_TRANSIENT, SQLITE_UTF8);
  free(text);
}

static void put_words(sqlite3_context *c, const char *text, const mill_tokens *t, char *out) {
  size_t at = 0;
  for (size_t k = 0; k < t->n; k++) {
    size_t len = t->start[k + 1] - t->start[k];
    if (t->kind[k] >= MILL_KIND_BLANK) continue;
    if (at > 0) out[at++] = ' ';
    memcpy(out + at, text + t->start[k], len);
    at += len;
  }
  sqlite3_result_text64(c, out, at, free, SQLITE_UTF8);
}

static void words_function(sqlite3_context *c, int n_args, sqlite3_value **args) {
  struct shared *s = sqlite3_user_data(c);
  char *text = NULL, *out;
  size_t n = 0;
  mill_error err = {0};
  (void)n_args;
  if (!fold(c, args[0], &text, &n)) return;
  if (mill_segment(mill_data_lexicon(s->data), text, n, NULL, &s->tokens, &err) < 0)
    sqlite3_result_error(c, err.message, -1);
  else if ((out = malloc(n + s->tokens.n + 1)) == NULL) sqlite3_result_error_nomem(c);
  else put_words(c, text, &s->tokens, out);
  free(text);
}

/* ---- entry */

static int add_function(sqlite3 *db, const char *name, struct shared *s,
                        void (*f)(sqlite3_context *, int, sqlite3_value **)) {
  s->users++; /* SQLite calls release even when it refuses */
  return sqlite3_create_function_v2(db, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                    s, f, NULL, NULL, release);
}

static int start(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
  SQLITE_EXTENSION_INIT2(api);
  mill_error err = {0};
  struct shared *s = calloc(1, sizeof *s);
  if (s == NULL) return SQLITE_NOMEM;
  s->users = 1;
  int rc = SQLITE_ERROR;
  if (find_images(&s->data, &err) < 0) {
    *message = sqlite3_mprintf("textmill: %s", err.message);
  } else {
    s->fts.data = s->data;
    s->users++;
    rc = fts_register(db, "textmill", &s->fts, release);
    if (rc != SQLITE_OK) {
      s->users--;
      *message = sqlite3_mprintf("textmill: this SQLite has no FTS5");
    }
  }
  if (rc == SQLITE_OK) rc = add_function(db, "mill_fold", s, fold_function);
  if (rc == SQLITE_OK) rc = add_function(db, "mill_words", s, words_function);
  release(s);
  return rc;
}

/* The name SQLite makes from textmill_sqlite.so, and the plain one. */
MILL_API int sqlite3_textmillsqlite_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);
MILL_API int sqlite3_textmill_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

int sqlite3_textmillsqlite_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
  return start(db, message, api);
}
int sqlite3_textmill_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
  return start(db, message, api);
}
