#include <string.h>

#include "CKernels.h"
#include "cpu.h"

static inline int is_line_end(const uint8_t *bytes, size_t left) {
  if (bytes[0] == '\n' || bytes[0] == '\r') return 1;
  if (bytes[0] == 0xC2) return left > 1 && bytes[1] == 0x85;
  return bytes[0] == 0xE2 && left > 2 && bytes[1] == 0x80 && (bytes[2] & 0xFE) == 0xA8;
}

size_t kk_find_line_end_portable(const uint8_t *bytes, size_t from, size_t to) {
  while (from < to && !is_line_end(bytes + from, to - from)) from++;
  return from;
}

#if KK_X86
// Bit k: a line end begins at bytes[k]. Reads 34 bytes.
KK_AVX2 static inline uint32_t line_end_mask(const uint8_t *bytes) {
  __m256i here = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i next = _mm256_loadu_si256((const __m256i *)(bytes + 1));
  __m256i third = _mm256_loadu_si256((const __m256i *)(bytes + 2));
  __m256i found = _mm256_or_si256(
      _mm256_cmpeq_epi8(here, _mm256_set1_epi8('\n')), _mm256_cmpeq_epi8(here, _mm256_set1_epi8('\r')));
  __m256i next_line = _mm256_and_si256(
      _mm256_cmpeq_epi8(here, _mm256_set1_epi8((char)0xC2)), _mm256_cmpeq_epi8(next, _mm256_set1_epi8((char)0x85)));
  __m256i separator = _mm256_and_si256(
      _mm256_cmpeq_epi8(here, _mm256_set1_epi8((char)0xE2)), _mm256_cmpeq_epi8(next, _mm256_set1_epi8((char)0x80)));
  __m256i even_third = _mm256_and_si256(third, _mm256_set1_epi8((char)0xFE));
  separator = _mm256_and_si256(separator, _mm256_cmpeq_epi8(even_third, _mm256_set1_epi8((char)0xA8)));
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(found, _mm256_or_si256(next_line, separator)));
}

KK_AVX2 static size_t find_line_end_avx2(const uint8_t *bytes, size_t from, size_t to) {
  for (; from + 34 <= to; from += 32) {
    uint32_t mask = line_end_mask(bytes + from);
    if (mask) return from + (size_t)__builtin_ctz(mask);
  }
  return kk_find_line_end_portable(bytes, from, to);
}
#endif

size_t kk_find_line_end(const uint8_t *bytes, size_t from, size_t to) {
#if KK_X86
  if (kk_cpu_avx2()) return find_line_end_avx2(bytes, from, to);
#endif
  return kk_find_line_end_portable(bytes, from, to);
}
