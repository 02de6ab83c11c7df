/* sha256.h - one step of SHA-256, portable and for processors that have it. */
#ifndef MILL_SHA256_H
#define MILL_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* gcc alone can ask for the extension without executing CPUID every time. */
#if defined(__x86_64__) && defined(__GNUC__) && __GNUC__ >= 11 && !defined(__clang__) && \
    !defined(MILL_PORTABLE)
#define MILL_SHA_NI 1
#else
#define MILL_SHA_NI 0
#endif

extern const uint32_t sha256_constants[64];

/* Takes n blocks of 64 bytes into the state. */
void sha256_blocks_portable(uint32_t state[8], const unsigned char *blocks, size_t n);
#if MILL_SHA_NI
int sha256_has_ni(void);
void sha256_blocks_ni(uint32_t state[8], const unsigned char *blocks, size_t n); /* only where it has */
#endif

#endif
