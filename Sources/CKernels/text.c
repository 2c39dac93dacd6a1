#include <string.h>

#include "CKernels.h"
#include "cpu.h"

// How many bytes a White_Space scalar other than U+0020 has at bytes + i; 0 where none stands there.
static inline size_t other_space(const uint8_t *bytes, size_t byte_count, size_t i) {
  uint8_t lead = bytes[i];
  if (lead >= 0x09 && lead <= 0x0D) return 1;
  if (lead == 0xC2) return i + 1 < byte_count && (bytes[i + 1] == 0x85 || bytes[i + 1] == 0xA0) ? 2 : 0;
  if (lead < 0xE1 || lead > 0xE3 || i + 2 >= byte_count) return 0;
  uint8_t second = bytes[i + 1], third = bytes[i + 2];
  if (lead == 0xE1) return second == 0x9A && third == 0x80 ? 3 : 0;
  if (lead == 0xE3) return second == 0x80 && third == 0x80 ? 3 : 0;
  if (second == 0x81) return third == 0x9F ? 3 : 0;
  if (second != 0x80) return 0;
  return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0;
}

static size_t plain_run_from(const uint8_t *bytes, size_t byte_count, size_t i) {
  for (; i < byte_count; i++) {
    if (bytes[i] > 0x20 && bytes[i] < 0xC2) continue;
    if (bytes[i] == 0x20 ? i + 1 < byte_count && bytes[i + 1] == 0x20 : other_space(bytes, byte_count, i) > 0) break;
  }
  return i;
}

size_t kk_text_run_portable(const uint8_t *bytes, size_t byte_count) { return plain_run_from(bytes, byte_count, 0); }

#if KK_X86
KK_AVX2 static size_t text_run_avx2(const uint8_t *bytes, size_t byte_count) {
  const __m256i space = _mm256_set1_epi8(0x20), lowest_lead = _mm256_set1_epi8((char)0xE1);
  size_t i = 0;
  while (i + 33 <= byte_count) {
    __m256i here = _mm256_loadu_si256((const __m256i *)(bytes + i));
    __m256i next = _mm256_loadu_si256((const __m256i *)(bytes + i + 1));
    // 0x09 to 0x0D: minus 9, at most 4. C2, and E1 to E3: minus E1, at most 2. Both without a sign.
    __m256i control = _mm256_sub_epi8(here, _mm256_set1_epi8(0x09));
    control = _mm256_cmpeq_epi8(_mm256_min_epu8(control, _mm256_set1_epi8(4)), control);
    __m256i lead = _mm256_sub_epi8(here, lowest_lead);
    lead = _mm256_cmpeq_epi8(_mm256_min_epu8(lead, _mm256_set1_epi8(2)), lead);
    lead = _mm256_or_si256(lead, _mm256_cmpeq_epi8(here, _mm256_set1_epi8((char)0xC2)));
    __m256i twice = _mm256_and_si256(_mm256_cmpeq_epi8(here, space), _mm256_cmpeq_epi8(next, space));
    uint32_t surely = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(control, twice));
    uint32_t maybe = (uint32_t)_mm256_movemask_epi8(lead);
    if (surely) maybe &= (surely & -surely) - 1;
    // The second byte decides nearly all of these, as in Chinese.
    while (maybe) {
      size_t at = i + (size_t)__builtin_ctz(maybe);
      if (other_space(bytes, byte_count, at) > 0) return at;
      maybe &= maybe - 1;
    }
    if (surely) return i + (size_t)__builtin_ctz(surely);
    i += 32;
  }
  return plain_run_from(bytes, byte_count, i);
}
#endif

size_t kk_text_run(const uint8_t *bytes, size_t byte_count) {
#if KK_X86
  if (kk_cpu_avx2()) return text_run_avx2(bytes, byte_count);
#endif
  return kk_text_run_portable(bytes, byte_count);
}
