// What of the CPU at hand is used, asked once a process. Not part of the header that Swift sees.
#ifndef KALIMAT_CPU_H
#define KALIMAT_CPU_H

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#define KK_X86 1
#include <immintrin.h>
#define KK_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))

#else
#define KK_X86 0
#endif

// Bits of `kk_cpu_instructions`: none where KALIMAT_ENGINE is `portable`, so that all else is what runs elsewhere.
enum { KK_MAY_ASK = 1, KK_HAS_AVX2 = 2 };
// Set before main.
extern int kk_cpu_instructions;

static inline int kk_cpu_avx2(void) { return (kk_cpu_instructions & KK_HAS_AVX2) != 0; }

#endif
