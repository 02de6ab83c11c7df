/* file.c - a whole file into memory: regular files only, never past a limit. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"

static int fail_path(mill_error *err, const char *path) {
  int code = errno == ENOENT ? MILL_ENOTFOUND : errno == ENOMEM ? MILL_ENOMEM : MILL_EIO;
  return mill_fail(err, code, 0, "%.180s: %s", path, strerror(errno));
}

/* Fills bytes[0,size); the file may have become shorter: *len says. */
static int read_all(int fd, const char *path, char *bytes, size_t size, size_t *len, mill_error *err) {
  *len = 0;
  while (*len < size) {
    ssize_t got = read(fd, bytes + *len, size - *len);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_path(err, path);
    if (got == 0) break;
    *len += (size_t)got;
  }
  bytes[*len] = 0;
  return 0;
}

static int read_open(int fd, const char *path, size_t max_bytes, char **out, size_t *len, mill_error *err) {
  struct stat st;
  if (fstat(fd, &st) != 0) return fail_path(err, path);
  if (!S_ISREG(st.st_mode)) return mill_fail(err, MILL_EIO, 0, "%.180s is not a regular file", path);
  if ((uint64_t)st.st_size > max_bytes)
    return mill_fail(err, MILL_ELIMIT, 0, "%.180s is too large: %lld bytes, the limit is %zu", path,
                     (long long)st.st_size, max_bytes);
  char *bytes = mem_malloc((size_t)st.st_size + 1);
  if (bytes == NULL) return mill_fail_memory(err);
  int rc = read_all(fd, path, bytes, (size_t)st.st_size, len, err);
  if (rc < 0) return mem_free(bytes), rc;
  return *out = bytes, 0;
}

int mill_read_file(const char *path, size_t max_bytes, char **out, size_t *len, mill_error *err) {
  *out = NULL;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not block */
  if (fd < 0) return fail_path(err, path);
  int rc = read_open(fd, path, max_bytes, out, len, err);
  close(fd);
  return rc;
}
