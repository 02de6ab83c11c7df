/*
** image.c - opening and writing data images; image.h draws the file.
**
** An image is trusted as far as its checksums go: opening checks everything a
** later read depends on (header, table, bounds), so that a short, foreign or
** damaged file is refused by name; what stands inside a section is checked by
** the module that attaches it.
*/
#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"

#define MAGIC "TMILLIMG"
#define BYTE_ORDER_MARK 0x01020304u
#define ALIGN 64u
#define MAX_SECTIONS 24

typedef struct header {
  char magic[8];
  uint32_t format, byte_order;
  char kind[16], unicode[8];
  uint32_t fold_version, sections;
  uint64_t length, checksum;
  char description[64];
  uint64_t header_checksum;
} header;

typedef struct entry {
  char name[16];
  uint64_t offset, length;
} entry;

_Static_assert(sizeof(header) == 136 && sizeof(entry) == 32, "the format of image.h");

static size_t aligned(size_t n) { return (n + ALIGN - 1) / ALIGN * ALIGN; }

/* Where the table ends; what is behind it counts for the content's checksum. */
static size_t table_end(size_t sections) { return sizeof(header) + sections * sizeof(entry); }

static uint64_t header_hash(const header *h, const entry *table) {
  uint64_t first = mill_hash64(h, offsetof(header, header_checksum), 0);
  return mill_hash64(table, h->sections * sizeof *table, first);
}

/* ---- opening ------------------------------------------------------------ */

static int fail_errno(mill_error *err, const char *what, const char *path) {
  int code = errno == ENOENT ? MILL_ENOTFOUND : errno == ENOSPC ? MILL_EFULL : MILL_EIO;
  return mill_fail(err, code, 0, "cannot %s %s: %s", what, path, strerror(errno));
}

/* Maps the regular file behind fd. */
static int map_file(mill_image *im, int fd, const char *path, mill_error *err) {
  struct stat st;
  if (fstat(fd, &st) != 0) return fail_errno(err, "read", path);
  if (!S_ISREG(st.st_mode)) return mill_fail(err, MILL_EIO, 0, "%s is not a file", path);
  if ((size_t)st.st_size < sizeof(header))
    return mill_fail(err, MILL_EFORMAT, 0, "%s is too short for a data image", path);
  void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (p == MAP_FAILED) return fail_errno(err, "map", path);
  im->bytes = p;
  im->len = (size_t)st.st_size;
  return 0;
}

/* Is it an image of ours, for this version, of this kind? */
static int check_identity(const header *h, const char *path, const char *kind, mill_error *err) {
  if (memcmp(h->magic, MAGIC, sizeof h->magic) != 0)
    return mill_fail(err, MILL_EFORMAT, 0, "%s is not a textmill data image", path);
  if (h->byte_order != BYTE_ORDER_MARK)
    return mill_fail(err, MILL_EFORMAT, 0, "%s is for machines of another byte order", path);
  if (h->format != MILL_IMAGE_FORMAT)
    return mill_fail(err, MILL_EVERSION, 0, "%s has image format %u, this textmill reads %u", path,
                     (unsigned)h->format, MILL_IMAGE_FORMAT);
  if (strncmp(h->kind, kind, sizeof h->kind) != 0)
    return mill_fail(err, MILL_EFORMAT, 0, "%s holds '%.16s' data, not '%s'", path, h->kind, kind);
  if (h->fold_version != MILL_FOLD_VERSION ||
      strncmp(h->unicode, MILL_UNICODE, sizeof h->unicode) != 0)
    return mill_fail(err, MILL_EVERSION, 0, "%s is made for Unicode %.8s, folding %u", path,
                     h->unicode, (unsigned)h->fold_version);
  return 0;
}

static int check_entry(const mill_image *im, const entry *e, size_t start) {
  return e->offset % ALIGN == 0 && e->offset >= start && e->offset <= im->len &&
         e->length <= im->len - e->offset;
}

/* Are lengths, header checksum and all section bounds right? */
static int check_structure(const mill_image *im, const char *path, mill_error *err) {
  const header *h = (const header *)(const void *)im->bytes;
  const entry *table = (const entry *)(const void *)(im->bytes + sizeof *h);
  if (h->length != im->len)
    return mill_fail(err, MILL_ECORRUPT, 0, "%s is incomplete: %zu of %llu bytes", path, im->len,
                     (unsigned long long)h->length);
  if (h->sections > MAX_SECTIONS || table_end(h->sections) > im->len ||
      h->description[sizeof h->description - 1] != 0 ||
      h->header_checksum != header_hash(h, table))
    return mill_fail(err, MILL_ECORRUPT, 0, "%s has a damaged header", path);
  for (uint32_t i = 0; i < h->sections; i++)
    if (!check_entry(im, &table[i], table_end(h->sections)))
      return mill_fail(err, MILL_ECORRUPT, 0, "%s: section %u lies outside the file", path, i);
  return 0;
}

int mill_image_open(mill_image *im, const char *path, const char *kind, mill_error *err) {
  memset(im, 0, sizeof *im);
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* never waits on a FIFO */
  if (fd < 0) return fail_errno(err, "open", path);
  int rc = map_file(im, fd, path, err);
  close(fd);
  const header *h = (const header *)(const void *)im->bytes;
  if (rc == 0) rc = check_identity(h, path, kind, err);
  if (rc == 0) rc = check_structure(im, path, err);
  if (rc == 0)
    im->description = h->description;
  else
    mill_image_close(im);
  return rc;
}

void mill_image_close(mill_image *im) {
  if (im->bytes != NULL) munmap((void *)(uintptr_t)im->bytes, im->len);
  memset(im, 0, sizeof *im);
}

int mill_image_verify(const mill_image *im, const char *path, mill_error *err) {
  const header *h = (const header *)(const void *)im->bytes;
  size_t start = table_end(h->sections);
  if (mill_hash64(im->bytes + start, im->len - start, 0) == h->checksum) return 0;
  return mill_fail(err, MILL_ECORRUPT, 0, "%s is damaged: its checksum is wrong", path);
}

const void *mill_image_section(const mill_image *im, const char *name, size_t item, size_t *count,
                               mill_error *err) {
  const header *h = (const header *)(const void *)im->bytes;
  const entry *e = (const entry *)(const void *)(im->bytes + sizeof *h);
  for (const entry *end = e + h->sections; e < end; e++) {
    if (strncmp(e->name, name, sizeof e->name) != 0) continue;
    if (e->length % item != 0) break;
    *count = (size_t)e->length / item;
    return im->bytes + e->offset;
  }
  mill_fail(err, MILL_EFORMAT, 0, "the %.16s image has no usable section '%s'", h->kind, name);
  return NULL;
}

/* ---- writing ------------------------------------------------------------ */

void mill_image_add(mill_image_writer *w, const char *name, const void *bytes, size_t len) {
  int i = w->n++;
  if (i >= MAX_SECTIONS) return; /* mill_image_write refuses */
  memset(w->sections[i].name, 0, sizeof w->sections[i].name);
  memcpy(w->sections[i].name, name, strnlen(name, sizeof w->sections[i].name));
  w->sections[i].bytes = bytes;
  w->sections[i].len = len;
}

/* Lays the sections out; returns the length of the whole file. */
static size_t lay_out(const mill_image_writer *w, entry *table) {
  size_t at = aligned(table_end((size_t)w->n));
  for (int i = 0; i < w->n; i++) {
    memcpy(table[i].name, w->sections[i].name, sizeof table[i].name);
    table[i].offset = at;
    table[i].length = w->sections[i].len;
    at += aligned(w->sections[i].len);
  }
  return at;
}

/* Header and content in one block, since the checksum runs over all of it. */
static unsigned char *assemble(const mill_image_writer *w, size_t *len) {
  entry table[MAX_SECTIONS];
  header h = {.format = MILL_IMAGE_FORMAT, .byte_order = BYTE_ORDER_MARK};
  *len = lay_out(w, table);
  unsigned char *file = mem_calloc(1, *len);
  if (file == NULL) return NULL;
  for (int i = 0; i < w->n; i++)
    if (table[i].length > 0) memcpy(file + table[i].offset, w->sections[i].bytes, table[i].length);
  size_t start = table_end((size_t)w->n);
  memcpy(h.magic, MAGIC, sizeof h.magic);
  memcpy(h.kind, w->kind, sizeof h.kind);
  memcpy(h.unicode, MILL_UNICODE, sizeof MILL_UNICODE);
  memcpy(h.description, w->description, sizeof h.description - 1);
  h.fold_version = MILL_FOLD_VERSION;
  h.sections = (uint32_t)w->n;
  h.length = *len;
  h.checksum = mill_hash64(file + start, *len - start, 0);
  h.header_checksum = header_hash(&h, table);
  memcpy(file, &h, sizeof h);
  memcpy(file + sizeof h, table, (size_t)w->n * sizeof *table);
  return file;
}

/* Into a new file that then takes the name: who has the old one mapped keeps it. */
static int write_file(const char *path, const unsigned char *bytes, size_t len, mill_error *err) {
  char fresh[4096];
  int n = snprintf(fresh, sizeof fresh, "%s.%ld.new", path, (long)getpid());
  if (n < 0 || (size_t)n >= sizeof fresh) return mill_fail(err, MILL_EINVAL, 0, "the path is too long");
  FILE *f = fopen(fresh, "wb");
  int rc = f == NULL || fwrite(bytes, 1, len, f) != len ? fail_errno(err, "write", path) : 0;
  if (f != NULL && fclose(f) != 0 && rc == 0) rc = fail_errno(err, "write", path);
  if (rc == 0 && rename(fresh, path) != 0) rc = fail_errno(err, "write", path);
  if (rc < 0 && f != NULL) remove(fresh);
  return rc;
}

int mill_image_write(const mill_image_writer *w, const char *path, mill_error *err) {
  if (w->n > MAX_SECTIONS) return mill_fail(err, MILL_ELIMIT, 0, "%s: too many sections", path);
  size_t len;
  unsigned char *file = assemble(w, &len);
  if (file == NULL) return mill_fail_memory(err);
  int rc = write_file(path, file, len, err);
  mem_free(file);
  return rc;
}
