/*
** villages_build.c - makes the image of villages from published lists, one file
** a vintage: lines of  110101001001,"多福巷社区居委会",...  after a heading.
** The state's list has some 600,000 villages a year, so that the image is
** made where it is wanted and not shipped.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "buffer.h"
#include "error.h"
#include "places.h"
#include "villages.h"

#define MAX_CSV (512u << 20)

typedef struct row { uint64_t code; uint32_t name; uint8_t vintages, kind; } row;

typedef struct builder {
  const mill_data *data;
  mill_buffer names;
  row *rows; size_t n; uint32_t capacity;
  village_town *towns; size_t n_towns; uint32_t towns_capacity;
  village_record *villages; size_t n_villages; uint32_t villages_capacity;
} builder;

/* ---- reading ------------------------------------------------------------------- */

static int add_row(builder *b, uint64_t code, const char *name, size_t n, int vintage, mill_error *err) {
  char *folded;
  size_t len;
  int kind, rc = mill_normalize(b->data, MILL_FOLD, name, n, &folded, &len, NULL, err);
  if (rc < 0) return rc;
  len = village_stem(folded, len, &kind);
  rc = mill_grow(&b->rows, &b->capacity, b->n + 1, sizeof *b->rows);
  if (rc == 0) b->rows[b->n++] = (row){code, (uint32_t)b->names.len, (uint8_t)(1u << vintage), (uint8_t)kind};
  mill_buffer_append(&b->names, folded, len);
  mill_buffer_byte(&b->names, 0);
  free(folded);
  return rc < 0 || b->names.error ? mill_fail_memory(err) : 0;
}

/* One line: twelve digits, a comma, a name in quotation marks. */
static int read_line(builder *b, const char *line, const char *end, int vintage, mill_error *err) {
  char *after;
  uint64_t code = strtoull(line, &after, 10);
  if (after - line != 12 || after >= end || *after != ',') return 1;
  const char *name = after + 1, *stop;
  if (name < end && *name == '"') name++;
  for (stop = name; stop < end && *stop != '"' && *stop != ','; stop++) {}
  if (stop == name) return 1;
  return add_row(b, code, name, (size_t)(stop - name), vintage, err);
}

static int read_csv(builder *b, const char *path, int vintage, mill_error *err) {
  char *text;
  size_t n, number = 1;
  int rc = mill_read_file(path, MAX_CSV, &text, &n, err);
  if (rc < 0) return rc;
  const char *line = memchr(text, '\n', n), *end = text + n;
  for (line = line != NULL ? line + 1 : end; line < end && rc >= 0; number++) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    if (stop == NULL) stop = end;
    if (stop > line && (rc = read_line(b, line, stop, vintage, err)) == 1)
      rc = mill_fail(err, MILL_EFORMAT, (size_t)(line - text),
                     "%.150s: line %zu is no village: code,\"name\"", path, number + 1);
    line = stop + 1;
  }
  free(text);
  return rc;
}

/* ---- packing --------------------------------------------------------------------- */

static int by_code(const void *a, const void *b) {
  const row *x = a, *y = b;
  if (x->code != y->code) return x->code < y->code ? -1 : 1;
  return x->name < y->name ? -1 : x->name > y->name; /* as read: the same on every machine */
}

static int same_village(const builder *b, const row *r) {
  if (b->n_villages == 0) return 0;
  const village_record *last = &b->villages[b->n_villages - 1];
  return b->towns[b->n_towns - 1].code == r->code / 1000 && last->code == r->code % 1000 &&
         strcmp(b->names.bytes + last->name, b->names.bytes + r->name) == 0;
}

static int pack_row(builder *b, const row *r) {
  uint32_t town = (uint32_t)(r->code / 1000);
  if (same_village(b, r)) return b->villages[b->n_villages - 1].vintages |= r->vintages, 0;
  if (mill_grow(&b->towns, &b->towns_capacity, b->n_towns + 2, sizeof *b->towns) < 0 ||
      mill_grow(&b->villages, &b->villages_capacity, b->n_villages + 1, sizeof *b->villages) < 0)
    return MILL_ENOMEM;
  if (b->n_towns == 0 || b->towns[b->n_towns - 1].code != town)
    b->towns[b->n_towns++] = (village_town){town, (uint32_t)b->n_villages};
  b->villages[b->n_villages++] = (village_record){r->name, (uint16_t)(r->code % 1000), r->vintages, r->kind};
  return 0;
}

static int write_image(builder *b, const char *out, mill_error *err) {
  qsort(b->rows, b->n, sizeof *b->rows, by_code);
  for (size_t k = 0; k < b->n; k++)
    if (pack_row(b, &b->rows[k]) < 0) return mill_fail_memory(err);
  b->towns[b->n_towns] = (village_town){UINT32_MAX, (uint32_t)b->n_villages};
  mill_image_writer w = {.kind = "villages"};
  snprintf(w.description, sizeof w.description, "%zu villages", b->n_villages);
  mill_image_add(&w, "towns", b->towns, (b->n_towns + 1) * sizeof *b->towns);
  mill_image_add(&w, "villages", b->villages, b->n_villages * sizeof *b->villages);
  mill_image_add(&w, "names", b->names.bytes, b->names.len);
  return mill_image_write(&w, out, err);
}

int mill_villages_build(const mill_data *d, const char *const csv[MILL_PLACE_VINTAGES],
                        const char *out, mill_error *err) {
  builder b = {.data = d};
  int rc = 0;
  for (int k = 0; k < MILL_PLACE_VINTAGES && rc >= 0; k++)
    if (csv[k] != NULL) rc = read_csv(&b, csv[k], k, err);
  if (rc >= 0 && b.n == 0) rc = mill_fail(err, MILL_EEMPTY, 0, "no villages to build an image from");
  if (rc >= 0) rc = write_image(&b, out, err);
  int count = (int)b.n_villages;
  mem_free(b.rows);
  mem_free(b.towns);
  mem_free(b.villages);
  mill_buffer_free(&b.names);
  return rc < 0 ? rc : count;
}
