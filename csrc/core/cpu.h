/*
** cpu.h - choosing between code paths at run time.
**
** A hot loop has a portable version and, where it pays, one for AVX2:
**     #if MILL_AVX2
**     MILL_TARGET_AVX2 static size_t loop_avx2(...) { ... }
**     #endif
**     ...  if (cpu_has_avx2()) loop_avx2(...); else loop_portable(...);
** Both are declared in a header, so that a test can call either and compare.
** A build with -DMILL_PORTABLE never leaves the portable path.
*/
#ifndef MILL_CPU_H
#define MILL_CPU_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(MILL_PORTABLE)
#define MILL_AVX2 1
#define MILL_TARGET_AVX2 __attribute__((target("avx2")))
#define MILL_TARGET_BITS __attribute__((target("avx2,bmi,bmi2,popcnt")))
#else
#define MILL_AVX2 0
#endif

/* May AVX2 instructions be used here, and those on bits that came with them? A
** few loads: ask once per call. */
int cpu_has_avx2(void);

#endif
