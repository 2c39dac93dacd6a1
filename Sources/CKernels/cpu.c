#include "cpu.h"

#include <stdlib.h>
#include <string.h>

int kk_cpu_instructions;

// Before main: no thread of ours reads the environment later, where another may change it.
__attribute__((constructor)) static void ask(void) {
  const char *wanted = getenv("KALIMAT_ENGINE");
  if (wanted != NULL && strcmp(wanted, "portable") == 0) return;
#if KK_X86
  __builtin_cpu_init();
  int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  kk_cpu_instructions = KK_MAY_ASK | (avx2 ? KK_HAS_AVX2 : 0);
#endif
}
