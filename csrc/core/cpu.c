/* cpu.c - what this processor can do. */
#include "cpu.h"

int cpu_has_avx2(void) {
#if MILL_AVX2
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#else
  return 0;
#endif
}
