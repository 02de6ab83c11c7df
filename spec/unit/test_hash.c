/* test_hash.c - the published test vectors of SHA-256 and XXH64. */
#include <stdlib.h>

#include "check.h"
#include "core/sha256.h"
#include "textmill.h"

static void sha256_is(const void *bytes, size_t n, const char *expected) {
  unsigned char digest[32];
  char hex[65];
  mill_sha256(bytes, n, digest);
  for (int i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
  CHECK_STR(hex, expected);
}

/* FIPS 180-4 examples, and every length around the block size. */
static void test_sha256(void) {
  sha256_is(NULL, 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  sha256_is("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  sha256_is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  char *million = malloc(1000000);
  if (!CHECK(million != NULL)) return;
  memset(million, 'a', 1000000);
  sha256_is(million, 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  free(million);
}

/* The processor's instructions and the portable rounds agree, block after block. */
static void test_sha256_paths(void) {
#if MILL_SHA_NI
  unsigned char bytes[64 * 33];
  uint32_t seed = 1;
  if (!sha256_has_ni()) {
    printf("no SHA instructions here: only the portable rounds are tested\n");
    return;
  }
  for (size_t n = 0; n <= 33; n++) {
    uint32_t a[8], b[8];
    for (size_t i = 0; i < n * 64; i++)
      bytes[i] = (unsigned char)((seed = seed * 1664525u + 1013904223u) >> 24);
    for (int i = 0; i < 8; i++) a[i] = b[i] = (seed = seed * 1664525u + 1013904223u);
    sha256_blocks_portable(a, bytes, n);
    sha256_blocks_ni(b, bytes, n);
    CHECK(memcmp(a, b, sizeof a) == 0);
  }
#else
  printf("this build has no SHA instructions: only the portable rounds are tested\n");
#endif
}

/* The sanity buffer of the reference implementation: PRIME32 powers. */
static void fill(unsigned char *b, size_t n) {
  uint64_t g = 2654435761u;
  for (size_t i = 0; i < n; i++, g *= UINT64_C(11400714785074694797)) b[i] = (unsigned char)(g >> 56);
}

static void test_hash64(void) {
  unsigned char b[222];
  fill(b, sizeof b);
  CHECK(mill_hash64(NULL, 0, 0) == UINT64_C(0xEF46DB3751D8E999));
  CHECK(mill_hash64("a", 1, 0) == UINT64_C(0xD24EC4F1A98C6E5B));
  CHECK(mill_hash64("abc", 3, 0) == UINT64_C(0x44BC2CF5AD770999));
  CHECK(mill_hash64(b, 0, 2654435761u) == UINT64_C(0xAC75FDA2929B17EF));
  CHECK(mill_hash64(b, 1, 0) == UINT64_C(0xE934A84ADB052768));
  CHECK(mill_hash64(b, 14, 0) == UINT64_C(0x8282DCC4994E35C8));
  CHECK(mill_hash64(b, 222, 0) == UINT64_C(0xB641AE8CB691C174));
  CHECK(mill_hash64(b, 222, 2654435761u) == UINT64_C(0x20CB8AB7AE10C14A));
}

int main(void) {
  test_sha256();
  test_sha256_paths();
  test_hash64();
  return check_report();
}
