/*
** gzip.c - compressed input, see gzip.h. zlib does the work; here its errors
** become ours, and a file that was cut off is told from one that ended.
**
**   bytes  | handed out | from ... to: read ahead, for lines | capacity
*/
#include "gzip.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

#include "../core/alloc.h"
#include "../core/buffer.h"
#include "../core/error.h"

#define BUFFER (128u << 10)
#define PIECE (64u << 10) /* read ahead */
#define LONGEST_LINE ((size_t)256 << 20)

struct mill_gzip {
  gzFile file;
  uint64_t at; /* unpacked bytes read so far */
  char *bytes; size_t from, to;
  uint32_t capacity;
  char path[200];
};

/* ---- files ---------------------------------------------------------------------- */

static int fail_open(mill_error *err, const char *path) {
  int code = errno == ENOENT ? MILL_ENOTFOUND : errno == ENOMEM || errno == 0 ? MILL_ENOMEM : MILL_EIO;
  return mill_fail(err, code, 0, "%.180s: %s", path, errno != 0 ? strerror(errno) : "not enough memory");
}

int mill_gzip_open(const char *path, mill_gzip **out, mill_error *err) {
  mill_gzip *z = *out = mem_calloc(1, sizeof *z);
  if (z == NULL) return mill_fail_memory(err);
  strncpy(z->path, path, sizeof z->path - 1);
  errno = 0;
  z->file = gzopen(path, "rbe");
  if (z->file != NULL) return gzbuffer(z->file, BUFFER), 0;
  mem_free(z);
  *out = NULL;
  return fail_open(err, path);
}

static int fail_read(mill_gzip *z, int status, const char *what, mill_error *err) {
  int code = status == Z_ERRNO ? MILL_EIO : status == Z_MEM_ERROR ? MILL_ENOMEM : MILL_ECORRUPT;
  return mill_fail(err, code, (size_t)z->at, "%s: %s", z->path, what);
}

static int64_t unpack_some(mill_gzip *z, char *bytes, size_t n, mill_error *err) {
  int status = Z_OK;
  unsigned most = n > (1u << 30) ? 1u << 30 : (unsigned)n;
  int got = gzread(z->file, bytes, most);
  const char *what = gzerror(z->file, &status);
  if (got < 0) return fail_read(z, status, what, err);
  if (status == Z_BUF_ERROR && got == 0)
    return fail_read(z, Z_DATA_ERROR, "the compressed file ends too early", err);
  z->at += (unsigned)got;
  return got;
}

int64_t mill_gzip_read(mill_gzip *z, char *bytes, size_t n, mill_error *err) {
  size_t ahead = z->to - z->from;
  if (ahead == 0) return unpack_some(z, bytes, n, err);
  if (n > ahead) n = ahead;
  memcpy(bytes, z->bytes + z->from, n);
  z->from += n;
  return (int64_t)n;
}

/* Reads on behind what is read ahead; how many bytes. */
static int64_t more(mill_gzip *z, mill_error *err) {
  if (z->from > 0) memmove(z->bytes, z->bytes + z->from, z->to - z->from);
  z->to -= z->from, z->from = 0;
  if (mill_grow(&z->bytes, &z->capacity, z->to + PIECE, 1) < 0) return mill_fail_memory(err);
  int64_t got = unpack_some(z, z->bytes + z->to, PIECE, err);
  if (got > 0) z->to += (size_t)got;
  return got;
}

int mill_gzip_line(mill_gzip *z, const char **line, size_t *n, mill_error *err) {
  const char *end = NULL;
  for (size_t seen = 0, have;; seen = have) {
    have = z->to - z->from;
    if (have > seen) end = memchr(z->bytes + z->from + seen, '\n', have - seen);
    if (end != NULL) break;
    if (have > LONGEST_LINE) return mill_fail(err, MILL_ELIMIT, 0, "%s: a line of over 256 MiB", z->path);
    int64_t got = more(z, err);
    if (got < 0) return (int)got;
    if (got == 0) break;
  }
  if (end == NULL && z->from == z->to) return 0;
  *line = z->bytes + z->from;
  *n = end != NULL ? (size_t)(end - *line) : z->to - z->from;
  z->from += *n + (end != NULL);
  if (*n > 0 && (*line)[*n - 1] == '\r') --*n;
  return 1;
}

int64_t mill_gzip_offset(const mill_gzip *z) { return gzoffset(z->file); }

void mill_gzip_close(mill_gzip *z) {
  if (z == NULL) return;
  gzclose_r(z->file);
  mem_free(z->bytes);
  mem_free(z);
}

/* ---- one body --------------------------------------------------------------------- */

/* Runs the stream to its end. Z_STREAM_END, or what stopped it. */
static int unpack(z_stream *z, size_t limit, mill_buffer *out) {
  char piece[16384];
  int rc = Z_OK;
  while (rc == Z_OK && out->len <= limit) {
    z->next_out = (Bytef *)piece;
    z->avail_out = sizeof piece;
    rc = inflate(z, Z_NO_FLUSH);
    mill_buffer_append(out, piece, sizeof piece - z->avail_out);
  }
  return rc;
}

/* bits: window bits as zlib wants them: gzip or zlib by its header, or bare. */
static int try_inflate(const char *bytes, size_t n, size_t limit, int bits, mill_buffer *out) {
  z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)n};
  int rc = inflateInit2(&z, bits);
  if (rc == Z_OK) {
    rc = unpack(&z, limit, out);
    inflateEnd(&z);
  }
  return rc;
}

int mill_inflate(const char *bytes, size_t n, size_t limit, char **out, size_t *len, mill_error *err) {
  mill_buffer b = {0};
  *out = NULL;
  if (n > MILL_MAX_BYTES) return mill_fail(err, MILL_ELIMIT, 0, "the compressed body is too long");
  int rc = try_inflate(bytes, n, limit, 15 + 32, &b);
  if (rc == Z_DATA_ERROR && b.len == 0) rc = try_inflate(bytes, n, limit, -15, &b);
  int too_long = b.len > limit, no_memory = rc == Z_MEM_ERROR || b.error;
  if (rc == Z_STREAM_END && !too_long && !no_memory) {
    mill_buffer_byte(&b, 0); /* never an empty buffer */
    *out = mill_buffer_take(&b, len);
    if (*out == NULL) return mill_fail_memory(err);
    --*len;
    return 0;
  }
  mill_buffer_free(&b);
  if (no_memory) return mill_fail_memory(err);
  if (too_long) return mill_fail(err, MILL_ELIMIT, 0, "the unpacked body is over %zu bytes", limit);
  return mill_fail(err, MILL_ECORRUPT, 0, "the compressed body is damaged");
}
