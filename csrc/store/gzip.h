/* gzip.h - compressed input through zlib: whole files as a stream, and one body. */
#ifndef MILL_GZIP_H
#define MILL_GZIP_H

#include "../textmill.h"

/* A reader of a file, gzip or plain; members behind each other are one stream
** (as in .warc.gz). For one thread at a time. */
typedef struct mill_gzip mill_gzip;
/* 0 or MILL_ENOTFOUND, MILL_EIO, MILL_ENOMEM; *out is owned by the caller. */
int mill_gzip_open(const char *path, mill_gzip **out, mill_error *err);
/* Up to n bytes; 0 at the end; MILL_EIO, MILL_ECORRUPT (position: byte of the
** unpacked stream) when the file is damaged or ends too early. */
int64_t mill_gzip_read(mill_gzip *z, char *bytes, size_t n, mill_error *err);
/* The next line, without its end (LF, CRLF); it is the reader's until the next call. 1; 0 at the end;
** or as mill_gzip_read, and MILL_ELIMIT for one of over 256 MiB. */
int mill_gzip_line(mill_gzip *z, const char **line, size_t *n, mill_error *err);
/* Bytes of the file itself that have been read; -1: not known. */
int64_t mill_gzip_offset(const mill_gzip *z);
void mill_gzip_close(mill_gzip *z); /* NULL is fine */

/* Unpacks one gzip, zlib or bare deflate body, at most `limit` bytes. *out is
** malloc'ed. 0, MILL_ECORRUPT, MILL_ELIMIT, MILL_ENOMEM. */
int mill_inflate(const char *bytes, size_t n, size_t limit, char **out, size_t *len, mill_error *err);

#endif
