/*
** userwords.c - user words and word groups in the corpus file.
**
**   changes --> mill_userwords --+
**   groups  --> mill_groups -----+--> c->user, an overlay (core/userwords.h)
**                                       |
**               documents that hold them: cut anew (resegment.c)
**
** mill_meta has an epoch that every change raises: whoever reads or writes next
** sees by it that the words must be read again. A word of a group that is no user
** word only bears the group's name as a class and leaves the documents as they are.
*/
#include "internal.h"
#include "table.h"

/* ---- reading ------------------------------------------------------------------- */

static int fail_damaged(mill_corpus *c, mill_error *err) {
  return mill_fail(err, MILL_ECORRUPT, 0, "%s: the user words are damaged", c->path != NULL ? c->path : "");
}

static int load_word(mill_corpus *c, sqlite3_stmt *s, mill_userwords *u, mill_error *err) {
  const char *word = (const char *)sqlite3_column_text(s, 0), *tag = (const char *)sqlite3_column_text(s, 2);
  size_t n = (size_t)sqlite3_column_bytes(s, 0);
  int64_t weight = sqlite3_column_int64(s, 1);
  mill_user_word o = {.classes = (const char *)sqlite3_column_text(s, 3)};
  int known = tag != NULL ? mill_tag_by_name(tag) : -1;
  if (word == NULL || known < 0 || weight < 0 || weight > UINT32_MAX) return fail_damaged(c, err);
  o.tag = (uint8_t)known;
  o.weight = (uint32_t)weight;
  o.force = sqlite3_column_int(s, 4) != 0;
  int code = sqlite3_column_int(s, 5) ? mill_userwords_remove(u, word, n, err)
                                      : mill_userwords_add(u, word, n, &o, err);
  if (code >= 0) return 1;
  return code == MILL_ENOMEM ? code : fail_damaged(c, err);
}

static int load_group_word(mill_corpus *c, sqlite3_stmt *s, mill_userwords *u, mill_error *err) {
  const char *word = (const char *)sqlite3_column_text(s, 0);
  mill_user_word o = {.classes = (const char *)sqlite3_column_text(s, 1), .only_class = 1};
  if (word == NULL) return fail_damaged(c, err);
  int code = mill_userwords_add(u, word, (size_t)sqlite3_column_bytes(s, 0), &o, err);
  return code == MILL_ENOMEM ? code : 1; /* an older file may hold what is no word: it is in no class */
}

/* Every row of a statement through `load`; *rows: how many. */
static int load_rows(mill_corpus *c, enum statement which, mill_userwords *u, uint32_t *rows,
                     int (*load)(mill_corpus *, sqlite3_stmt *, mill_userwords *, mill_error *),
                     mill_error *err) {
  sqlite3_stmt *s = sql_get(c, which, err);
  int code;
  if (s == NULL) return MILL_EIO;
  while ((code = sql_row(c, s, "reading the user words", err)) > 0) {
    if ((code = load(c, s, u, err)) < 0) break;
    ++*rows;
  }
  sqlite3_reset(s);
  return code;
}

static int read_epoch(mill_corpus *c, int64_t *epoch, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_USER_EPOCH, err);
  if (s == NULL) return MILL_EIO;
  int code = sql_row(c, s, "reading the user words", err);
  *epoch = code > 0 ? sqlite3_column_int64(s, 0) : 0;
  sqlite3_reset(s);
  return code < 0 ? code : 0;
}

int userwords_refresh(mill_corpus *c, mill_error *err) {
  int64_t epoch;
  uint32_t rows = 0;
  mill_userwords *u = NULL;
  int code = read_epoch(c, &epoch, err);
  if (code < 0 || epoch == c->user_epoch) return code;
  if (mill_data_lexicon(c->data) != NULL) code = mill_userwords_new(c->data, &u, err);
  if (code == 0 && u != NULL && c->has_userwords) code = load_rows(c, S_USER_LOAD, u, &rows, load_word, err);
  if (code == 0 && u != NULL) code = load_rows(c, S_GROUP_LOAD, u, &rows, load_group_word, err);
  if (code < 0 || rows == 0) {
    mill_userwords_free(u);
    u = NULL;
  }
  if (code < 0) return code;
  mill_userwords_free(c->user);
  c->user = u;
  c->user_epoch = epoch;
  return 0;
}

int mill_corpus_words(mill_corpus *c, mill_userwords **out, mill_error *err) {
  int code = 0;
  *out = NULL;
  if (c->user_epoch < 0 && (code = corpus_read(c, err)) == 0) corpus_read_end(c);
  if (code == 0) *out = mill_userwords_share(c->user);
  return code;
}

int mill_corpus_list_userwords(mill_corpus *c, mill_rows **out, mill_error *err) {
  static const char none[] = "SELECT '' AS word, '' AS tag, '' AS class, 0 AS weight, 0 AS force,"
                             " 0 AS removed WHERE 0";
  return table_query(c, c->has_userwords ? "SELECT word, tag, class, nullif(weight, 0) AS weight, force,"
                                           " removed FROM mill_userwords ORDER BY word" : none,
                     NULL, 0, out, err);
}

/* ---- writing ------------------------------------------------------------------- */

int userwords_changed(mill_corpus *c, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_USER_CHANGED, err);
  c->user_epoch = -1;
  return s == NULL ? MILL_EIO : sql_done(c, s, "storing user words", err);
}

static int classes_of(const mill_userwords *u, const mill_user_entry *e, mill_buffer *out) {
  static const char *const known[] = {"surname", "measure", "province", "city", "county", "township",
                                      "unit", "role", "money", "time"};
  const char *name;
  for (size_t k = 0; k < sizeof known / sizeof *known; k++)
    if (e->classes & (uint32_t)mill_class_by_name(known[k])) {
      if (out->len > 0) mill_buffer_byte(out, ' ');
      mill_buffer_append(out, known[k], strlen(known[k]));
    }
  for (uint32_t k = 0; (name = mill_userwords_class(u, e->id, k)) != NULL; k++) {
    if (out->len > 0) mill_buffer_byte(out, ' ');
    mill_buffer_append(out, name, strlen(name));
  }
  mill_buffer_byte(out, 0);
  return out->error ? MILL_ENOMEM : 0;
}

static int set_word(mill_corpus *c, const mill_userwords *u, const mill_user_entry *e, mill_error *err) {
  mill_buffer classes = {0};
  sqlite3_stmt *s = sql_get(c, S_USER_SET, err);
  if (s == NULL) return MILL_EIO;
  int code = classes_of(u, e, &classes);
  if (code < 0) mill_fail_memory(err);
  sqlite3_bind_text64(s, 1, e->text, e->len, SQLITE_STATIC, SQLITE_UTF8);
  sqlite3_bind_int64(s, 2, e->weight);
  sql_bind_text(s, 3, mill_tag_name((enum mill_tag)e->tag));
  sql_bind_text(s, 4, classes.bytes != NULL ? classes.bytes : "");
  sqlite3_bind_int(s, 5, e->force);
  sqlite3_bind_int(s, 6, e->removed);
  if (code == 0) code = sql_done(c, s, "storing user words", err);
  mill_buffer_free(&classes);
  return code;
}

static int drop_word(mill_corpus *c, const mill_user_entry *e, mill_error *err) {
  sqlite3_stmt *s = sql_get(c, S_USER_DROP, err);
  if (s == NULL) return MILL_EIO;
  sqlite3_bind_text64(s, 1, e->text, e->len, SQLITE_STATIC, SQLITE_UTF8);
  return sql_done(c, s, "storing user words", err);
}

/* Does the file say the same of the word already? */
static int is_same(const mill_corpus *c, const mill_userwords *u, const mill_user_entry *e) {
  mill_user_entry old = {0};
  const char *name;
  int known = c->user != NULL && mill_userwords_find(c->user, e->text, e->len, &old);
  if (!known || (!old.word && !old.removed)) return !e->word && !e->removed;
  int kind_same = old.word == e->word && old.removed == e->removed;
  if (!kind_same || !e->word) return kind_same;
  for (uint32_t k = 0; (name = mill_userwords_class(u, e->id, k)) != NULL; k++)
    if (!userwords_bears(c->user, userwords_of_id(c->user, old.id), name, strlen(name))) return 0;
  return old.tag == e->tag && old.weight == e->weight && old.force == e->force && old.classes == e->classes;
}

/* Writes what is new to the file; *touched: those words, for the caller to free. */
static int store_changes(mill_corpus *c, const mill_userwords *u, mill_userwords **touched,
                         mill_words_report *report, mill_error *err) {
  mill_user_entry e;
  mill_user_word mark = {.classes = "touched", .only_class = 1};
  int code = mill_userwords_new(c->data, touched, err);
  for (uint32_t k = 0; code == 0 && mill_userwords_get(u, k, &e); k++) {
    if (is_same(c, u, &e)) continue;
    if (e.word) report->added++;
    else report->removed++;
    code = mill_userwords_add(*touched, e.text, e.len, &mark, err);
    if (code == 0) code = e.word || e.removed ? set_word(c, u, &e, err) : drop_word(c, &e, err);
  }
  return code;
}

static int count_documents(mill_corpus *c, uint32_t *n, mill_error *err) {
  sqlite3_stmt *s = NULL;
  int rc = sqlite3_prepare_v2(c->db, "SELECT count(*) FROM mill_docs", -1, &s, NULL);
  if (rc != SQLITE_OK) return sql_fail(c, rc, "counting", err);
  int code = sql_row(c, s, "counting", err);
  *n = code > 0 ? (uint32_t)sqlite3_column_int64(s, 0) : 0;
  sqlite3_finalize(s);
  return code < 0 ? code : 0;
}

static int change(mill_corpus *c, const mill_userwords *u, mill_words_report *report, mill_error *err) {
  mill_userwords *touched = NULL;
  int code = count_documents(c, &report->documents, err);
  if (code == 0) code = store_changes(c, u, &touched, report, err);
  if (code == 0 && report->added + report->removed > 0) {
    code = userwords_changed(c, err);
    if (code == 0) code = userwords_refresh(c, err);
    if (code == 0) code = resegment(c, touched, &report->contain, err);
  }
  mill_userwords_free(touched);
  return code;
}

int mill_corpus_userwords(mill_corpus *c, const mill_userwords *changes, mill_words_report *report,
                          mill_error *err) {
  mill_words_report own;
  if (report == NULL) report = &own;
  *report = (mill_words_report){0};
  int code = corpus_enter(c, 0, err);
  return code < 0 ? code : corpus_leave(c, change(c, changes, report, err), 0, err);
}

/* ---- groups -------------------------------------------------------------------- */

/* One word in display form: what facts have as their item. */
static int add_group_word(mill_corpus *c, const char *name, const char *word, size_t n, mill_error *err) {
  char *shown;
  int code = mill_normalize(c->data, MILL_DISPLAY, word, n, &shown, &n, NULL, err);
  if (code < 0) return code;
  sqlite3_stmt *s = sql_get(c, S_GROUP_ADD, err);
  if (s == NULL) return mem_free(shown), MILL_EIO;
  sqlite3_bind_text64(s, 1, shown, n, SQLITE_STATIC, SQLITE_UTF8);
  sql_bind_text(s, 2, name);
  code = sql_done(c, s, "storing a group", err);
  mem_free(shown);
  return code;
}

static int add_group(mill_corpus *c, const char *name, const char *words, mill_error *err) {
  const char *between = strchr(words, '\n') != NULL ? "\r\n" : " \t";
  int code = 0;
  for (const char *at = words; *at != 0 && code == 0;) {
    size_t gap = strspn(at, between), n = strcspn(at + gap, between);
    if (n > 0) code = add_group_word(c, name, at + gap, n, err);
    at += gap + n;
  }
  return code;
}

static int check_group(const char *name, const char *words, mill_error *err) {
  size_t bad;
  if (*name == 0 || strpbrk(name, " \t\r\n()|\"") != NULL || strlen(name) > 63)
    return mill_fail(err, MILL_EINVAL, 0, "the name of a group is one word of at most 63 bytes");
  if (mill_class_by_name(name) > 0)
    return mill_fail(err, MILL_EINVAL, 0, "'%s' is a class textmill knows", name);
  if (mill_utf8_valid(name, strlen(name), &bad, NULL) && mill_utf8_valid(words, strlen(words), &bad, NULL))
    return 0;
  return mill_fail(err, MILL_EUTF8, 0, "a group that is not UTF-8");
}

int mill_corpus_group(mill_corpus *c, const char *name, const char *words, mill_error *err) {
  int code = check_group(name, words, err);
  if (code < 0 || (code = corpus_enter(c, 0, err)) < 0) return code;
  sqlite3_stmt *s = sql_get(c, S_GROUP_DROP, err);
  if (s == NULL) return corpus_leave(c, MILL_EIO, 0, err);
  sql_bind_text(s, 1, name);
  code = sql_done(c, s, "storing a group", err);
  if (code == 0) code = add_group(c, name, words, err);
  if (code == 0) code = userwords_changed(c, err);
  if (code == 0) code = userwords_refresh(c, err);
  return corpus_leave(c, code, 0, err);
}

int mill_corpus_groups(mill_corpus *c, mill_rows **out, mill_error *err) {
  return table_query(c, "SELECT name, word FROM mill_groups ORDER BY name, word", NULL, 0, out, err);
}
