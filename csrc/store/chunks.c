/*
** chunks.c - bytes of a stream, out of the rows that hold its chunks.
**
**   chunk number --low bits--> slot | number | bytes |      kept: no statement
**                  \--another or none there--> row, which takes the slot
**
** Segments never change, so that a chunk read once is good until segments are dropped or
** a transaction that wrote some is undone: segment_store_forget. Long runs, read once to
** be merged or checked, take no slots.
*/
#include "segment.h"

#include "../core/alloc.h"

#define SLOTS 4096u       /* 32 MB at most, as queries come across them */
#define LONG_RUN 64u      /* chunks */

struct chunk_slot { int64_t chunk; uint32_t n; char *bytes; };

int segment_prepare(struct segment_store *s, sqlite3_stmt **slot, const char *sql) {
  if (*slot != NULL) return 0;
  int rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
  return rc == SQLITE_OK ? 0 : sqlite3_errcode(s->db) == SQLITE_NOMEM ? MILL_ENOMEM : MILL_EIO;
}

int segment_failed(const struct segment_store *s) {
  int rc = sqlite3_errcode(s->db) & 0xff;
  return rc == SQLITE_NOMEM ? MILL_ENOMEM : rc == SQLITE_CORRUPT ? MILL_ECORRUPT : MILL_EIO;
}

int64_t segment_chunk_number(int64_t segment, enum segment_stream stream, uint64_t chunk) {
  return segment << 28 | (int64_t)stream << 26 | (int64_t)chunk;
}

/* ---- what is kept */

static struct chunk_slot *slot_of(struct segment_store *s, int64_t chunk) {
  if (s->slots == NULL) s->slots = mem_calloc(SLOTS, sizeof *s->slots);
  uint64_t place = (uint64_t)chunk + ((uint64_t)chunk >> 26) * 517; /* streams do not fall on each other */
  return s->slots != NULL ? &s->slots[place % SLOTS] : NULL;
}

/* Without memory nothing is kept. */
static void keep(struct chunk_slot *slot, int64_t chunk, const char *data, size_t n) {
  if (slot->bytes == NULL) slot->bytes = mem_malloc(SEGMENT_CHUNK + 16);
  slot->n = 0;
  if (slot->bytes == NULL || n > SEGMENT_CHUNK) return;
  memcpy(slot->bytes, data, n);
  memset(slot->bytes + n, 0, 16);
  slot->chunk = chunk;
  slot->n = (uint32_t)n;
}

void segment_store_forget(struct segment_store *s) {
  for (uint32_t k = 0; s->slots != NULL && k < SLOTS; k++) mem_free(s->slots[k].bytes);
  mem_free(s->slots);
  s->slots = NULL;
}

void segment_store_free(struct segment_store *s) {
  segment_store_forget(s);
  mem_free(s->norms);
  sqlite3_finalize(s->put);
  sqlite3_finalize(s->get);
  sqlite3_finalize(s->add);
  memset(s, 0, sizeof *s);
}

/* ---- reading */

/* Appends up to n bytes of a chunk from `skip` on; how many, 0: they are not there. */
static size_t take(mill_buffer *out, const char *data, size_t size, size_t skip, uint64_t n) {
  if (size <= skip || (size < SEGMENT_CHUNK && n > size - skip)) return 0;
  size_t some = size - skip < n ? size - skip : (size_t)n;
  memcpy(out->bytes + out->len, data + skip, some);
  out->len += some;
  return some;
}

static int read_row(struct segment_store *s, int64_t chunk, struct chunk_slot *slot, mill_buffer *out,
                    size_t skip, uint64_t n, size_t *taken) {
  int code = segment_prepare(s, &s->get, "SELECT data FROM mill_postings WHERE chunk = ?1");
  if (code < 0) return code;
  sqlite3_bind_int64(s->get, 1, chunk);
  int rc = sqlite3_step(s->get);
  const char *data = rc == SQLITE_ROW ? sqlite3_column_blob(s->get, 0) : NULL;
  size_t size = data != NULL ? (size_t)sqlite3_column_bytes(s->get, 0) : 0;
  if ((*taken = take(out, data, size, skip, n)) == 0) {
    int no_memory = sqlite3_errcode(s->db) == SQLITE_NOMEM; /* for the blob */
    code = (rc == SQLITE_ROW && !no_memory) || rc == SQLITE_DONE ? MILL_ECORRUPT : segment_failed(s);
  } else if (slot != NULL) {
    keep(slot, chunk, data, size);
  }
  sqlite3_reset(s->get);
  return code;
}

const void *segment_peek(struct segment_store *s, int64_t segment, enum segment_stream stream,
                         uint64_t from, uint64_t n) {
  size_t skip = (size_t)(from % SEGMENT_CHUNK);
  int64_t chunk = segment_chunk_number(segment, stream, from / SEGMENT_CHUNK);
  const struct chunk_slot *slot = slot_of(s, chunk);
  return slot != NULL && slot->chunk == chunk && skip + n <= slot->n ? slot->bytes + skip : NULL;
}

int segment_bytes(struct segment_store *s, int64_t segment, enum segment_stream stream,
                  uint64_t from, uint64_t n, mill_buffer *out) {
  int code = 0, is_long = n > LONG_RUN * SEGMENT_CHUNK;
  if (n > MILL_MAX_BYTES || !mill_buffer_reserve(out, (size_t)n + 16)) return MILL_ENOMEM;
  while (n > 0 && code == 0) {
    size_t skip = (size_t)(from % SEGMENT_CHUNK), taken = 0;
    int64_t chunk = segment_chunk_number(segment, stream, from / SEGMENT_CHUNK);
    struct chunk_slot *slot = is_long ? NULL : slot_of(s, chunk);
    if (slot != NULL && slot->n > 0 && slot->chunk == chunk) taken = take(out, slot->bytes, slot->n, skip, n);
    if (taken == 0) code = read_row(s, chunk, slot, out, skip, n, &taken);
    from += taken;
    n -= taken;
  }
  memset(out->bytes + out->len, 0, 16);
  return code;
}
