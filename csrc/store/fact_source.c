/*
** fact_source.c - a document's facts as a table that SQL reads, so that one statement stores
** them all: INSERT INTO mill_facts SELECT * FROM mill_fact_source.
**
** The table is the connection's, not the file's, has the columns of mill_facts in their
** order, and a row for each fact that is the first with its id. It is empty but while facts.c
** stores.
*/
#include "fact_source.h"

enum {
  C_FACT, C_ID, C_DOC, C_ARTICLE, C_PACK, C_VERSION, C_TYPE, C_SUBTYPE, C_ITEM, C_VALUE, C_LO, C_HI,
  C_UNIT, C_ARGS = C_UNIT + FACT_ARGS - FACT_UNIT, C_RAW_FROM, C_RAW_TO, C_CLEAN_FROM, C_CLEAN_TO, C_QUOTE,
  C_RULE, C_RULE_VERSION, C_CAPTURES
};

static const char columns[] =
    "CREATE TABLE x(fact, id, doc, article, pack, version, type, subtype, item, value, lo, hi, unit, approx,"
    " time_from, time_to, time_grain, time_calendar, time_source, place_code, place, place_level, place_how,"
    " scope, polarity, modality, status, args, raw_from, raw_to, clean_from, clean_to, quote, rule,"
    " rule_version, captures)";

struct source { sqlite3_vtab base; mill_corpus *c; };
struct place { sqlite3_vtab_cursor base; const struct storing *x; uint32_t k; };

static int connect(sqlite3 *db, void *c, int n, const char *const *args, sqlite3_vtab **out, char **message) {
  (void)n, (void)args, (void)message;
  sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY); /* not from a stranger's views */
  int rc = sqlite3_declare_vtab(db, columns);
  struct source *s = rc == SQLITE_OK ? sqlite3_malloc(sizeof *s) : NULL;
  if (rc != SQLITE_OK) return rc;
  if (s == NULL) return SQLITE_NOMEM;
  *s = (struct source){.c = c};
  *out = &s->base;
  return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int plan(sqlite3_vtab *table, sqlite3_index_info *info) {
  (void)table;
  info->estimatedCost = 100;
  return SQLITE_OK;
}

static int open_place(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
  struct place *p = sqlite3_malloc(sizeof *p);
  if (p == NULL) return SQLITE_NOMEM;
  *p = (struct place){.x = ((struct source *)table)->c->storing};
  *out = &p->base;
  return SQLITE_OK;
}

static int close_place(sqlite3_vtab_cursor *p) {
  sqlite3_free(p);
  return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *at) {
  const struct place *p = (struct place *)at;
  return p->x == NULL || p->k >= p->x->rows->n;
}

static int next(sqlite3_vtab_cursor *at) {
  struct place *p = (struct place *)at;
  do p->k++; /* facts joined to an earlier one of their id are no rows */
  while (!at_end(at) && p->x->rows->facts[p->k].first != p->k);
  return SQLITE_OK;
}

static int rewind_place(sqlite3_vtab_cursor *at, int number, const char *name, int n,
                        sqlite3_value **values) {
  (void)number, (void)name, (void)n, (void)values;
  ((struct place *)at)->k = 0; /* which is the first with its id */
  return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *at, sqlite3_int64 *out) {
  *out = ((struct place *)at)->k;
  return SQLITE_OK;
}

static void give_text(sqlite3_context *out, const mill_fact_rows *rows, struct row_text t) {
  if (t.at != MILL_NONE) sqlite3_result_text(out, rows->text.bytes + t.at, (int)t.len, SQLITE_STATIC);
}

static void give_mention(sqlite3_context *out, const mill_fact_rows *rows, const struct mention_row *m,
                         int column) {
  int known = m->clean.from != MILL_NONE;
  switch (column) {
    case C_RAW_FROM: sqlite3_result_int64(out, m->raw.from); break;
    case C_RAW_TO: sqlite3_result_int64(out, m->raw.to); break;
    case C_CLEAN_FROM: if (known) sqlite3_result_int64(out, m->clean.from); break;
    case C_CLEAN_TO: if (known) sqlite3_result_int64(out, m->clean.to); break;
    case C_QUOTE: give_text(out, rows, m->quote); break;
    case C_RULE: give_text(out, rows, m->rule); break;
    case C_RULE_VERSION: give_text(out, rows, m->version); break;
    default: give_text(out, rows, m->captures);
  }
}

static int give(sqlite3_vtab_cursor *at, sqlite3_context *out, int column) {
  const struct place *p = (struct place *)at;
  const struct storing *x = p->x;
  const struct fact_row *f = &x->rows->facts[p->k];
  switch (column) {
    case C_FACT: sqlite3_result_int64(out, x->numbers[p->k]); break;
    case C_ID: sqlite3_result_text(out, f->id, -1, SQLITE_STATIC); break;
    case C_DOC: sqlite3_result_int64(out, x->doc); break;
    case C_ARTICLE: sqlite3_result_int64(out, f->article); break;
    case C_PACK: sqlite3_result_int64(out, x->pack); break;
    case C_VERSION: if (x->version != NULL) sqlite3_result_text(out, x->version, -1, SQLITE_STATIC); break;
    case C_VALUE: if (f->has_value) sqlite3_result_double(out, f->value); break;
    case C_LO: if (f->has_bounds) sqlite3_result_double(out, f->lo); break;
    case C_HI: if (f->has_bounds) sqlite3_result_double(out, f->hi); break;
    default:
      if (column < C_VALUE) give_text(out, x->rows, f->texts[FACT_TYPE + column - C_TYPE]);
      else if (column <= C_ARGS) give_text(out, x->rows, f->texts[FACT_UNIT + column - C_UNIT]);
      else give_mention(out, x->rows, &x->rows->mentions[f->mentions], column);
  }
  return SQLITE_OK;
}

int fact_source_register(mill_corpus *c, sqlite3 *db) {
  static const sqlite3_module module = {.xConnect = connect,
                                        .xBestIndex = plan,
                                        .xDisconnect = disconnect,
                                        .xOpen = open_place,
                                        .xClose = close_place,
                                        .xFilter = rewind_place,
                                        .xNext = next,
                                        .xEof = at_end,
                                        .xColumn = give,
                                        .xRowid = rowid};
  return sqlite3_create_module_v2(db, "mill_fact_source", &module, c, NULL);
}
