// What the CPU at hand can do, asked once a process. Not part of the header that Swift sees.
#ifndef KALIMAT_CPU_H
#define KALIMAT_CPU_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#define KK_X86 1
#include <immintrin.h>
#define KK_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))

// libgcc and compiler-rt fill their model of the CPU before main, so this is one load and one test.
static inline int kk_cpu_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}
#else
#define KK_X86 0
#endif

#endif
