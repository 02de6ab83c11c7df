/* shingles.h - shingles of folded text (see shingles.c) and sets of them. */
#ifndef MILL_SHINGLES_H
#define MILL_SHINGLES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { SHINGLE_UNITS = 5, SHINGLE_ROOM = 64 };

/* The units before the one at hand, the last one last; zeroed at the start of a
** text. portable: never the AVX2 path, which gives the same. */
struct shingler { uint64_t unit[SHINGLE_UNITS - 1]; int portable; };

/* Writes hashes of shingles that end in s[*at, n), at most `room` (SHINGLE_ROOM or
** more is fast), and moves *at behind what was read; again until that is n. The
** text goes on in the next piece, but a word ends where a piece does. */
size_t shingles_next(struct shingler *g, const char *s, size_t n, size_t *at, uint64_t *out,
                     size_t room);

/* Sorts hashes and drops equal ones: how many are left. */
size_t shingles_distinct(uint64_t *hashes, size_t n);
/* Jaccard index of two such sets; 1 when both are empty. */
double shingles_jaccard(const uint64_t *a, size_t n, const uint64_t *b, size_t m);

/* ---- what both paths share */

#define UNIT_K1 UINT64_C(0x9E3779B185EBCA87)
#define UNIT_K3 UINT64_C(0xC2B2AE3D27D4EB4E) /* even: a character is no word */
#define SHINGLE_C1 UINT64_C(0x53C5CA59)
#define SHINGLE_C2 UINT64_C(0x74743C1B)

static inline uint64_t unit_rol(uint64_t x, int k) { return x << k | x >> (64 - k); }

/* 8 bytes, the first lowest. */
static inline uint64_t unit_load(const char *s) {
  uint64_t x;
  memcpy(&x, s, sizeof x);
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  x = __builtin_bswap64(x);
#endif
  return x;
}

static inline uint64_t unit_mix(uint64_t hash, uint64_t bytes) {
  return unit_rol((hash ^ bytes) * UNIT_K1, 29);
}

/* A word of which `bytes` are the last 1 to 8, zeros behind. */
static inline uint64_t unit_word(uint64_t hash, uint64_t bytes) {
  hash = (hash ^ bytes) * UNIT_K1;
  return (hash ^ hash >> 32) | 1;
}

/* A character of three bytes, of four; the first byte lowest. */
static inline uint64_t unit_character(uint64_t bytes) { return bytes * UNIT_K3; }
static inline uint64_t unit_long(uint64_t bytes) { return 2 * (bytes * UNIT_K1 | 1); }

/* unit[0, 5): the last one ends the shingle. */
static inline uint64_t shingle_hash(const uint64_t *unit) {
  uint64_t far = unit_rol(unit[0], 32) ^ unit_rol(unit[1], 24);
  uint64_t h = unit[4] ^ unit_rol(unit[3], 8) ^ unit_rol(unit[2], 16) ^ (far & ((unit[4] & 1) - 1));
  return ((h & 0xffffffff) ^ SHINGLE_C1) * ((h >> 32) ^ SHINGLE_C2) ^ unit_rol(h, 24);
}

/* The next units of s, at most `room` (256), as in shingles_next. */
size_t units_portable(const char *s, size_t n, size_t *at, uint64_t *out, size_t room);
size_t units_avx2(const char *s, size_t n, size_t *at, uint64_t *out, size_t room);
/* out[k] is the hash of the shingle unit[k, k + 5). */
void shingles_portable(const uint64_t *unit, size_t n, uint64_t *out);
void shingles_avx2(const uint64_t *unit, size_t n, uint64_t *out);

#endif
