/*
** hash.c - SHA-256, which names documents and pins data, and a fast 64-bit
** hash for tables and checksums. Both read bytes in a fixed order, so they are
** the same on every machine (and with the instructions of sha256_ni.c).
**
** References: FIPS 180-4; Y. Collet, XXH64 (xxHash specification 0.1.1).
*/
#include <string.h>

#include "../textmill.h"
#include "sha256.h"

/* ---- SHA-256 ------------------------------------------------------------ */

const uint32_t sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t ror32(uint32_t x, int k) { return x >> k | x << (32 - k); }

static uint32_t load_be32(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Stretches one block of 64 bytes to the 64 words of the message schedule. */
static void sha256_schedule(const unsigned char *block, uint32_t w[64]) {
  for (int i = 0; i < 16; i++) w[i] = load_be32(block + 4 * i);
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = ror32(w[i - 15], 7) ^ ror32(w[i - 15], 18) ^ w[i - 15] >> 3;
    uint32_t s1 = ror32(w[i - 2], 17) ^ ror32(w[i - 2], 19) ^ w[i - 2] >> 10;
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
}

/* One round; the caller turns the names of the eight variables around instead
** of moving their values. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                            \
  do {                                                                              \
    h += (ror32(e, 6) ^ ror32(e, 11) ^ ror32(e, 25)) + ((e & f) ^ (~e & g)) + sha256_constants[i] + w[i]; \
    d += h;                                                                         \
    h += (ror32(a, 2) ^ ror32(a, 13) ^ ror32(a, 22)) + ((a & b) ^ (a & c) ^ (b & c)); \
  } while (0)

static void block_portable(uint32_t s[8], const unsigned char *block) {
  uint32_t w[64], a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
  sha256_schedule(block, w);
  for (int i = 0; i < 64; i += 8) {
    ROUND(a, b, c, d, e, f, g, h, i);
    ROUND(h, a, b, c, d, e, f, g, i + 1);
    ROUND(g, h, a, b, c, d, e, f, i + 2);
    ROUND(f, g, h, a, b, c, d, e, i + 3);
    ROUND(e, f, g, h, a, b, c, d, i + 4);
    ROUND(d, e, f, g, h, a, b, c, i + 5);
    ROUND(c, d, e, f, g, h, a, b, i + 6);
    ROUND(b, c, d, e, f, g, h, a, i + 7);
  }
  s[0] += a, s[1] += b, s[2] += c, s[3] += d, s[4] += e, s[5] += f, s[6] += g, s[7] += h;
}

void sha256_blocks_portable(uint32_t state[8], const unsigned char *blocks, size_t n) {
  for (size_t i = 0; i < n; i++) block_portable(state, blocks + 64 * i);
}

static void sha256_blocks(uint32_t state[8], const unsigned char *blocks, size_t n) {
#if MILL_SHA_NI
  if (sha256_has_ni()) {
    sha256_blocks_ni(state, blocks, n);
    return;
  }
#endif
  sha256_blocks_portable(state, blocks, n);
}

/* The last block or two: the rest, a 1 bit, zeros, the length in bits. */
static void sha256_finish(uint32_t h[8], const unsigned char *rest, size_t n, uint64_t total) {
  unsigned char last[128] = {0};
  size_t len = n < 56 ? 64 : 128;
  if (n > 0) memcpy(last, rest, n);
  last[n] = 0x80;
  for (size_t i = 0; i < 8; i++) last[len - 1 - i] = (unsigned char)(total * 8 >> 8 * i);
  sha256_blocks(h, last, len / 64);
}

void mill_sha256(const void *bytes, size_t n, unsigned char digest[32]) {
  uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const unsigned char *p = bytes;
  size_t whole = n / 64 * 64;
  sha256_blocks(h, p, whole / 64);
  sha256_finish(h, n > whole ? p + whole : NULL, n - whole, n);
  for (int i = 0; i < 32; i++) digest[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

/* ---- XXH64 -------------------------------------------------------------- */

#define P1 UINT64_C(0x9E3779B185EBCA87)
#define P2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define P3 UINT64_C(0x165667B19E3779F9)
#define P4 UINT64_C(0x85EBCA77C2B2AE63)
#define P5 UINT64_C(0x27D4EB2F165667C5)

static uint64_t rol64(uint64_t x, int k) { return x << k | x >> (64 - k); }

/* Compilers turn both loads into one instruction. */
static uint64_t load_le32(const unsigned char *p) {
  return p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}
static uint64_t load_le64(const unsigned char *p) { return load_le32(p) | load_le32(p + 4) << 32; }

static uint64_t xxh_round(uint64_t lane, uint64_t input) {
  return rol64(lane + input * P2, 31) * P1;
}
static uint64_t xxh_merge(uint64_t h, uint64_t lane) {
  return (h ^ xxh_round(0, lane)) * P1 + P4;
}

/* All whole stripes of 32 bytes, in four lanes; *p moves behind them. */
static uint64_t xxh_stripes(const unsigned char **p, const unsigned char *end, uint64_t seed) {
  uint64_t lane[4] = {seed + P1 + P2, seed + P2, seed, seed - P1};
  for (; end - *p >= 32; *p += 32)
    for (int i = 0; i < 4; i++) lane[i] = xxh_round(lane[i], load_le64(*p + 8 * i));
  uint64_t h = rol64(lane[0], 1) + rol64(lane[1], 7) + rol64(lane[2], 12) + rol64(lane[3], 18);
  for (int i = 0; i < 4; i++) h = xxh_merge(h, lane[i]);
  return h;
}

/* The rest, shorter than a stripe. */
static uint64_t xxh_tail(uint64_t h, const unsigned char *p, const unsigned char *end) {
  for (; end - p >= 8; p += 8) h = rol64(h ^ xxh_round(0, load_le64(p)), 27) * P1 + P4;
  if (end - p >= 4) {
    h = rol64(h ^ load_le32(p) * P1, 23) * P2 + P3;
    p += 4;
  }
  for (; p < end; p++) h = rol64(h ^ *p * P5, 11) * P1;
  return h;
}

uint64_t mill_hash64(const void *bytes, size_t n, uint64_t seed) {
  static const unsigned char none[1] = {0};
  const unsigned char *p = n > 0 ? bytes : none, *end = p + n;
  uint64_t h = n >= 32 ? xxh_stripes(&p, end, seed) : seed + P5;
  h = xxh_tail(h + n, p, end);
  h = (h ^ h >> 33) * P2;
  h = (h ^ h >> 29) * P3;
  return h ^ h >> 32;
}
