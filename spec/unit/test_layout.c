/*
** test_layout.c - layouts of documents as blobs: what is decoded is what was encoded, whatever the
** blocks are; files of schema 9, whose blobs are wider, read the same; damaged blobs are refused or
** decoded, never read beyond.
*/
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "store/codec.h"
#include "store/layout.h"
#include "store/store.h"

static const char page[] =
    "石桥镇人民政府公告\n2020年2月6日\n一、设立检测卡口14个，值守人员3人。\n二、村道封闭。\n\n（三）物资由镇上统一采购。\n"
    "來源：鎮政府\n第四条 Ｗindows　全角。\n\n\n上一篇：无\n关键词：卡口 值守\n";

static mill_text *clean(const mill_data *d) {
  mill_text *t = NULL;
  mill_error err;
  CHECK_EQ(mill_clean(d, page, strlen(page), NULL, &t, &err), 0);
  CHECK(t->n_blocks > 5 && t->n_articles > 0);
  return t;
}

static int same_span(mill_span a, mill_span b) { return a.from == b.from && a.to == b.to; }

static int same_block(const struct layout_block *a, const struct layout_block *b) {
  return a->block.kind == b->block.kind && a->block.level == b->block.level && a->block.ordinal == b->block.ordinal &&
         a->block.article == b->block.article && same_span(a->block.clean, b->block.clean) &&
         same_span(a->folded, b->folded) && a->reason_len == b->reason_len &&
         (a->reason_len == 0 || memcmp(a->reason, b->reason, a->reason_len) == 0);
}

static void check_decoded(const struct layout *as, const mill_buffer *blob) {
  struct layout l = {0};
  if (!CHECK_EQ(layout_decode(blob->bytes, blob->len, &l), 0)) return;
  CHECK_EQ(l.n_blocks, as->n_blocks);
  CHECK_EQ(l.n_articles, as->n_articles);
  for (uint32_t k = 0; k < l.n_blocks; k++) CHECK(same_block(&l.blocks[k], &as->blocks[k]));
  for (uint32_t k = 0; k < l.n_articles; k++) {
    const struct layout_article *a = &l.articles[k], *b = &as->articles[k];
    CHECK(same_span(a->article.clean, b->article.clean) && same_span(a->folded, b->folded) &&
          a->article.n_blocks == b->article.n_blocks && a->article.title == b->article.title);
  }
  layout_free(&l);
}

/* ---- as schema 9 had it */

static void put_span(mill_buffer *b, mill_span s) {
  put_varint(b, s.from);
  put_varint(b, s.to - s.from);
}

static void encode_old(const struct layout *l, mill_buffer *out) {
  mill_buffer_byte(out, 1);
  put_varint(out, l->n_blocks);
  for (uint32_t k = 0; k < l->n_blocks; k++) {
    const struct layout_block *b = &l->blocks[k];
    mill_buffer_byte(out, b->block.kind);
    mill_buffer_byte(out, b->block.level);
    put_varint(out, b->block.ordinal);
    put_varint(out, b->block.article);
    put_span(out, b->block.clean);
    put_span(out, b->folded);
    put_varint(out, b->reason_len);
    mill_buffer_append(out, b->reason, b->reason_len);
  }
  put_varint(out, l->n_articles);
  for (uint32_t k = 0; k < l->n_articles; k++) {
    const struct layout_article *a = &l->articles[k];
    put_span(out, a->article.clean);
    put_span(out, a->folded);
    put_varint(out, a->article.first_block);
    put_varint(out, a->article.n_blocks);
    put_varint(out, (a->article.title + 1) & UINT32_MAX);
  }
}

/* Cut, or with bytes that are others: what is accepted has spans within what a text can have. */
static void damage(uint64_t *seed, const mill_buffer *blob) {
  struct layout l = {0};
  for (int k = 0; k < 300; k++) {
    size_t n = 1 + check_below(seed, (uint32_t)blob->len);
    char *bytes = malloc(n);
    memcpy(bytes, blob->bytes, n);
    for (uint32_t i = check_below(seed, 4); i > 0; i--) bytes[check_below(seed, (uint32_t)n)] = (char)check_below(seed, 256);
    int code = layout_decode(bytes, n, &l);
    CHECK(code == 0 || code == MILL_ECORRUPT);
    for (uint32_t b = 0; code == 0 && b < l.n_blocks; b++)
      CHECK(l.blocks[b].block.clean.from <= l.blocks[b].block.clean.to && l.blocks[b].block.clean.to <= MILL_MAX_BYTES &&
            l.blocks[b].folded.from <= l.blocks[b].folded.to && l.blocks[b].block.article < l.n_articles);
    free(bytes);
  }
  layout_free(&l);
}

static mill_span random_span(uint64_t *seed) {
  uint32_t from = check_below(seed, check_below(seed, 9) == 0 ? MILL_MAX_BYTES : 300);
  return (mill_span){from, from + check_below(seed, check_below(seed, 9) == 0 ? MILL_MAX_BYTES - from : 300)};
}

/* Blocks as no text has them: in any order, over each other, of any level. */
static void shuffle(uint64_t *seed, struct layout *l) {
  for (uint32_t k = 0; k < l->n_blocks; k++) {
    struct layout_block *b = &l->blocks[k];
    if (check_below(seed, 2)) b->block.clean = random_span(seed), b->folded = random_span(seed);
    if (check_below(seed, 2)) b->block.level = (uint8_t)check_below(seed, 256);
    if (check_below(seed, 2)) b->block.ordinal = (uint16_t)check_below(seed, 65536);
    b->block.kind = (uint8_t)check_below(seed, MILL_BLOCK_BOILERPLATE + 1);
  }
}

static void test_blobs(const mill_data *d) {
  uint64_t seed = 7;
  for (int round = 0; round < 40; round++) {
    mill_text *t = clean(d);
    mill_buffer blob = {0}, old = {0};
    struct layout l = {0};
    CHECK_EQ(layout_of(t, &l), 0);
    if (round > 0) shuffle(&seed, &l);
    layout_encode(&l, &blob);
    check_decoded(&l, &blob);
    encode_old(&l, &old);
    check_decoded(&l, &old);
    CHECK(round > 0 || blob.len * 3 < old.len * 2);
    damage(&seed, &blob);
    damage(&seed, &old);
    layout_free(&l);
    mill_buffer_free(&blob);
    mill_buffer_free(&old);
    mill_text_free(t);
  }
}

/* ---- a file of schema 9 */

static void make_older(const char *path) {
  sqlite3 *db;
  sqlite3_stmt *all, *set;
  CHECK_EQ(sqlite3_open(path, &db), SQLITE_OK);
  sqlite3_prepare_v2(db, "SELECT doc, layout FROM mill_forward", -1, &all, NULL);
  sqlite3_prepare_v2(db, "UPDATE mill_forward SET layout = ?2 WHERE doc = ?1", -1, &set, NULL);
  while (sqlite3_step(all) == SQLITE_ROW) {
    struct layout l = {0};
    mill_buffer old = {0};
    CHECK_EQ(layout_decode(sqlite3_column_blob(all, 1), (size_t)sqlite3_column_bytes(all, 1), &l), 0);
    encode_old(&l, &old);
    sqlite3_bind_int64(set, 1, sqlite3_column_int64(all, 0));
    sqlite3_bind_blob(set, 2, old.bytes, (int)old.len, SQLITE_STATIC);
    CHECK_EQ(sqlite3_step(set), SQLITE_DONE);
    sqlite3_reset(set);
    mill_buffer_free(&old);
    layout_free(&l);
  }
  sqlite3_finalize(all);
  sqlite3_finalize(set);
  CHECK_EQ(sqlite3_exec(db, "PRAGMA user_version = 9; UPDATE mill_meta SET value = '9' WHERE key = 'schema'", NULL,
                        NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void check_file(const mill_data *d, const char *path, enum mill_mode mode) {
  mill_corpus *c = NULL;
  mill_rows *rows = NULL;
  mill_totals t = {0};
  mill_error err = {0};
  if (!CHECK_EQ(mill_corpus_open(d, path, mode, &c, &err), 0)) return;
  CHECK_EQ(mill_corpus_count(c, "卡口", NULL, &t, &err), 0);
  CHECK_EQ(t.documents, 20); /* in the body: the list of keywords alone would not count */
  CHECK_EQ(mill_corpus_verify(c, &rows, &err), 0);
  CHECK_EQ(mill_rows_count(rows), 0);
  mill_rows_free(rows);
  mill_corpus_close(c);
}

static void test_older(const mill_data *d, const char *path) {
  mill_corpus *c = NULL;
  mill_error err = {0};
  char text[1000];
  unlink(path);
  CHECK_EQ(mill_corpus_open(d, path, MILL_MODE_CREATE, &c, &err), 0);
  for (int k = 0; k < 20; k++) {
    mill_receipt r;
    snprintf(text, sizeof text, "%s第%d页\n", page, k);
    CHECK_EQ(mill_corpus_add_raw(c, text, strlen(text), NULL, NULL, &r, &err), 0);
  }
  mill_corpus_close(c);
  make_older(path);
  check_file(d, path, MILL_MODE_READ);
  check_file(d, path, MILL_MODE_WRITE);
  check_file(d, path, MILL_MODE_READ); /* it is of this schema now */
  unlink(path);
}

int main(void) {
  mill_data *d = NULL;
  mill_error err;
  char path[] = "/tmp/test_layout-XXXXXX";
  int file = mkstemp(path);
  if (file >= 0) close(file);
  if (!CHECK_EQ(mill_data_open(getenv("TEXTMILL_DATA"), &d, &err), 0)) return check_report();
  test_blobs(d);
  test_older(d, path);
  mill_data_free(d);
  return check_report();
}
