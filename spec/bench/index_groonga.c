/*
** index_groonga.c - Groonga on the same words: texts of words with blanks between for its
** TokenDelimit, no normalizer, no text stored. One part: its offline builder (grn_ii_buffer);
** 8 parts: the first built offline, the rest added to the index while it serves. Scores are
** its default ones (term counts).
*/
#define _GNU_SOURCE
#include <ftw.h>
#include <groonga.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "index.h"

struct groonga { grn_ctx ctx; char folder[4096]; grn_obj *db, *docs, *terms, *index; };

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at) {
  (void)st, (void)type, (void)at;
  return remove(path);
}

static grn_obj *type_of(struct groonga *g, int id) { return grn_ctx_at(&g->ctx, (grn_id)id); }

static void *groonga_new(const char *path) {
  struct groonga *g = calloc(1, sizeof *g);
  char file[4200];
  if (g == NULL) die("out of memory");
  snprintf(g->folder, sizeof g->folder, "%s", path);
  nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  mkdir(path, 0700);
  snprintf(file, sizeof file, "%s/db", path);
  if (grn_init() != GRN_SUCCESS || grn_ctx_init(&g->ctx, 0) != GRN_SUCCESS) die("groonga does not start");
  grn_ctx *c = &g->ctx;
  g->db = grn_db_create(c, file, NULL);
  g->docs = grn_table_create(c, "Docs", 4, NULL, GRN_OBJ_TABLE_NO_KEY | GRN_OBJ_PERSISTENT, NULL, NULL);
  grn_obj *body = grn_column_create(c, g->docs, "body", 4, NULL, GRN_OBJ_COLUMN_SCALAR | GRN_OBJ_PERSISTENT,
                                    type_of(g, GRN_DB_TEXT));
  g->terms = grn_table_create(c, "Terms", 5, NULL, GRN_OBJ_TABLE_PAT_KEY | GRN_OBJ_PERSISTENT,
                              type_of(g, GRN_DB_SHORT_TEXT), NULL);
  grn_obj *delimit = grn_ctx_get(c, "TokenDelimit", -1);
  if (delimit == NULL || body == NULL) die(c->errbuf);
  grn_obj_set_info(c, g->terms, GRN_INFO_DEFAULT_TOKENIZER, delimit);
  g->index = grn_column_create(c, g->terms, "index", 5, NULL,
                               GRN_OBJ_COLUMN_INDEX | GRN_OBJ_WITH_POSITION | GRN_OBJ_PERSISTENT, g->docs);
  if (g->index == NULL) die(c->errbuf);
  return g;
}

static void text_of(struct groonga *g, const struct input *in, uint32_t doc, grn_obj *text) {
  GRN_BULK_REWIND(text);
  for (uint32_t k = in->first[doc]; k < in->first[doc + 1]; k++) {
    const struct word *w = &in->words[in->ids[k]];
    if (k > in->first[doc]) GRN_TEXT_PUTC(&g->ctx, text, ' ');
    GRN_TEXT_PUT(&g->ctx, text, w->text, w->len);
  }
}

static double groonga_build(void *self, const struct input *in, uint32_t parts) {
  struct groonga *g = self;
  grn_ctx *c = &g->ctx;
  grn_obj text;
  uint32_t offline = in->n_docs / parts, doc = 0;
  GRN_TEXT_INIT(&text, 0);
  double from = cpu_seconds();
  for (uint32_t d = 0; d < in->n_docs; d++) grn_table_add(c, g->docs, NULL, 0, NULL);
  grn_ii_buffer *buffer = grn_ii_buffer_open(c, (grn_ii *)g->index, 0);
  if (buffer == NULL) die(c->errbuf);
  for (; doc < offline; doc++) {
    text_of(g, in, doc, &text);
    grn_ii_buffer_append(c, buffer, doc + 1, 1, &text);
  }
  if (grn_ii_buffer_commit(c, buffer) != GRN_SUCCESS) die(c->errbuf);
  grn_ii_buffer_close(c, buffer);
  for (; doc < in->n_docs; doc++) {
    text_of(g, in, doc, &text);
    grn_column_index_update(c, g->index, doc + 1, 1, NULL, &text);
  }
  if (c->rc != GRN_SUCCESS) die(c->errbuf);
  double took = cpu_seconds() - from;
  GRN_OBJ_FIN(c, &text);
  return took;
}

static void search(struct groonga *g, grn_obj *found, const char *s, size_t n, grn_operator mode,
                   grn_operator op) {
  grn_search_optarg arg = {0};
  grn_obj query;
  arg.mode = mode;
  arg.max_interval = NEAR_DISTANCE + 1;
  arg.weight_float = 1;
  GRN_TEXT_INIT(&query, GRN_OBJ_DO_SHALLOW_COPY);
  GRN_TEXT_SET_REF(&query, s, n);
  if (grn_obj_search(&g->ctx, g->index, &query, found, op, &arg) != GRN_SUCCESS) die(g->ctx.errbuf);
  GRN_OBJ_FIN(&g->ctx, &query);
}

static void best(struct groonga *g, grn_obj *found, struct answer *out) {
  grn_ctx *c = &g->ctx;
  grn_obj *sorted = grn_table_create(c, NULL, 0, NULL, GRN_OBJ_TABLE_NO_KEY, NULL, found);
  grn_table_sort_key key = {grn_obj_column(c, found, "_score", 6), GRN_TABLE_SORT_DESC, 0};
  int n = grn_table_sort(c, found, 0, 10, sorted, &key, 1);
  out->n = n > 0 ? (uint32_t)n : 0;
  memset(out->score, 0, sizeof out->score);
  grn_obj_unlink(c, key.key);
  grn_obj_close(c, sorted);
}

static void groonga_ask(void *self, const struct input *in, const struct question *q, struct answer *out) {
  struct groonga *g = self;
  grn_ctx *c = &g->ctx;
  const struct word *a = &in->words[q->a], *b = &in->words[q->b];
  char both[1024];
  int n = snprintf(both, sizeof both, "%.*s %.*s", (int)a->len, a->text, (int)b->len, b->text);
  grn_obj *found =
      grn_table_create(c, NULL, 0, NULL, GRN_OBJ_TABLE_HASH_KEY | GRN_OBJ_WITH_SUBREC, g->docs, NULL);
  size_t len = n < (int)sizeof both ? (size_t)n : sizeof both - 1;
  if (q->kind == K_PHRASE || q->kind == K_NEAR)
    search(g, found, both, len, q->kind == K_NEAR ? GRN_OP_NEAR : GRN_OP_EXACT, GRN_OP_OR);
  else if (q->kind == K_PREFIX)
    search(g, found, q->prefix.text, q->prefix.len, GRN_OP_PREFIX, GRN_OP_OR);
  else
    search(g, found, a->text, a->len, GRN_OP_EXACT, GRN_OP_OR);
  if (q->kind == K_AND || q->kind == K_OR)
    search(g, found, b->text, b->len, GRN_OP_EXACT, q->kind == K_AND ? GRN_OP_AND : GRN_OP_OR);
  best(g, found, out);
  grn_obj_close(c, found);
}

static double groonga_size(void *self) {
  struct groonga *g = self;
  return (double)grn_obj_get_disk_usage(&g->ctx, g->index) +
         (double)grn_obj_get_disk_usage(&g->ctx, g->terms);
}

static void groonga_close(void *self) {
  struct groonga *g = self;
  grn_obj_close(&g->ctx, g->db);
  grn_ctx_fin(&g->ctx);
  grn_fin();
  nftw(g->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  free(g);
}

struct engine groonga_engine(const char *path) {
  return (struct engine){"Groonga",     groonga_build,    NULL, groonga_ask, groonga_size,
                         groonga_close, groonga_new(path)};
}
