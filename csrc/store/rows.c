/*
** rows.c - result tables, complete in memory.
**
**   names   "doc\0left\0node\0"
**   cells   row by row, n_columns each; text lies in `bytes`, by offset,
**           terminated, so that growing never moves what a cell says
*/
#include "rows.h"

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/error.h"

struct cell { uint8_t type; uint32_t len; union { int64_t i; double d; size_t offset; } u; };

struct mill_rows {
  char *names; uint32_t n_columns;
  struct cell *cells; uint32_t n_cells, capacity;
  mill_buffer bytes;
  int error;
};

mill_rows *rows_new(const char *names) {
  mill_rows *r = mem_calloc(1, sizeof *r);
  size_t n = strlen(names);
  if (r == NULL || (r->names = mem_malloc(n + 1)) == NULL) {
    mem_free(r);
    return NULL;
  }
  memcpy(r->names, names, n + 1);
  for (size_t i = 0; i < n; i++)
    if (r->names[i] == ' ') r->names[i] = 0, r->n_columns++;
  if (n > 0) r->n_columns++;
  return r;
}

void mill_rows_free(mill_rows *r) {
  if (r == NULL) return;
  mem_free(r->names);
  mem_free(r->cells);
  mill_buffer_free(&r->bytes);
  mem_free(r);
}

size_t mill_rows_columns(const mill_rows *r) { return r->n_columns; }

size_t mill_rows_count(const mill_rows *r) {
  return r->n_columns == 0 ? 0 : r->n_cells / r->n_columns;
}

const char *mill_rows_name(const mill_rows *r, size_t column) {
  if (column >= r->n_columns) return "";
  const char *s = r->names;
  while (column-- > 0) s += strlen(s) + 1;
  return s;
}

mill_cell mill_rows_cell(const mill_rows *r, size_t row, size_t column) {
  mill_cell out = {0};
  size_t k = row * r->n_columns + column;
  if (column >= r->n_columns || k >= r->n_cells) return out;
  const struct cell *c = &r->cells[k];
  out.type = c->type;
  if (c->type == MILL_CELL_INTEGER) out.integer = c->u.i, out.real = (double)c->u.i;
  else if (c->type == MILL_CELL_REAL) out.real = c->u.d;
  else if (c->type != MILL_CELL_NULL) out.bytes = r->bytes.bytes + c->u.offset, out.len = c->len;
  return out;
}

/* The next cell, or NULL once memory was refused. */
static struct cell *next(mill_rows *r, enum mill_cell_type type) {
  if (r->error) return NULL;
  if (mill_grow(&r->cells, &r->capacity, (size_t)r->n_cells + 1, sizeof *r->cells) < 0) {
    r->error = MILL_ENOMEM;
    return NULL;
  }
  struct cell *c = &r->cells[r->n_cells++];
  memset(c, 0, sizeof *c);
  c->type = (uint8_t)type;
  return c;
}

void rows_null(mill_rows *r) { next(r, MILL_CELL_NULL); }

void rows_integer(mill_rows *r, int64_t i) {
  struct cell *c = next(r, MILL_CELL_INTEGER);
  if (c != NULL) c->u.i = i;
}

void rows_real(mill_rows *r, double d) {
  struct cell *c = next(r, MILL_CELL_REAL);
  if (c != NULL) c->u.d = d;
}

static void put(mill_rows *r, enum mill_cell_type type, const void *bytes, size_t n) {
  struct cell *c = next(r, type);
  if (c == NULL) return;
  c->u.offset = r->bytes.len;
  c->len = (uint32_t)n;
  mill_buffer_append(&r->bytes, bytes, n);
  mill_buffer_byte(&r->bytes, 0);
  if (r->bytes.error || n > MILL_MAX_BYTES) r->error = MILL_ENOMEM;
}

void rows_bytes(mill_rows *r, const char *s, size_t n) { put(r, MILL_CELL_TEXT, s, n); }
void rows_blob(mill_rows *r, const void *bytes, size_t n) { put(r, MILL_CELL_BLOB, bytes, n); }

void rows_text(mill_rows *r, const char *s) {
  if (s == NULL) rows_null(r);
  else rows_bytes(r, s, strlen(s));
}

int rows_reorder(mill_rows *r, const uint32_t *order) {
  size_t n = mill_rows_count(r), width = r->n_columns;
  if (n == 0) return 0;
  struct cell *cells = mem_malloc(n * width * sizeof *cells);
  if (cells == NULL) return MILL_ENOMEM;
  for (size_t k = 0; k < n; k++)
    memcpy(cells + k * width, r->cells + order[k] * width, width * sizeof *cells);
  mem_free(r->cells);
  r->cells = cells;
  r->capacity = (uint32_t)(n * width);
  r->n_cells = r->capacity;
  return 0;
}

int rows_take(mill_rows *r, mill_rows **out, mill_error *err) {
  if (r != NULL && r->error == 0) {
    *out = r;
    return 0;
  }
  mill_rows_free(r);
  return mill_fail_memory(err);
}
