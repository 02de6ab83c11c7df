/* cpu.c - what this processor can do. */
#include "cpu.h"

int cpu_has_avx2(void) {
#if MILL_AVX2
  return __builtin_cpu_supports("avx2") != 0;
#else
  return 0;
#endif
}
