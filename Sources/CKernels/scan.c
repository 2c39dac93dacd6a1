#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "cpu.h"

int kk_has_avx2(void) {
#if KK_X86
  return kk_cpu_avx2();
#else
  return 0;
#endif
}

const char *kk_engine_wanted(void) { return getenv("KALIMAT_ENGINE"); }

#if KK_X86
struct tables {
  __m256i single[2], triple[3][2];
};

KK_AVX2 static inline __m256i nibbles(__m256i low, __m256i high, __m256i bytes) {
  const __m256i four_bits = _mm256_set1_epi8(15);
  return _mm256_and_si256(
      _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, four_bits)),
      _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), four_bits)));
}

KK_AVX2 static inline uint32_t nonzero(__m256i bytes) {
  return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_setzero_si256()));
}

KK_AVX2 static inline __m256i triples(const struct tables *tables, const uint8_t *bytes, __m256i first) {
  __m256i second = _mm256_loadu_si256((const __m256i *)(bytes + 1));
  __m256i third = _mm256_loadu_si256((const __m256i *)(bytes + 2));
  __m256i found = nibbles(tables->triple[0][0], tables->triple[0][1], first);
  found = _mm256_and_si256(found, nibbles(tables->triple[1][0], tables->triple[1][1], second));
  return _mm256_and_si256(found, nibbles(tables->triple[2][0], tables->triple[2][1], third));
}

// Bit k: bytes[k] may begin a hot code point. Reads 66 bytes.
KK_AVX2 static inline uint64_t hot_mask(const struct tables *tables, const uint8_t *bytes) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  __m256i found_low = nibbles(tables->single[0], tables->single[1], low);
  __m256i found_high = nibbles(tables->single[0], tables->single[1], high);
  if (_mm256_movemask_epi8(_mm256_or_si256(low, high))) {
    found_low = _mm256_or_si256(found_low, triples(tables, bytes, low));
    found_high = _mm256_or_si256(found_high, triples(tables, bytes + 32, high));
  }
  return nonzero(found_low) | (uint64_t)nonzero(found_high) << 32;
}

KK_AVX2 static size_t hot_offsets_avx2(
    const uint8_t *table, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out) {
  struct tables tables;
  __m256i *each = (__m256i *)&tables;
  for (int k = 0; k < 8; k++) {
    each[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(table + 16 * k)));
  }
  uint32_t *end = out;
  uint8_t tail[96];
  for (size_t i = from; i < to; i += 64) {
    const uint8_t *block = bytes + i;
    if (limit - i < 66) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, block, limit - i);
      block = tail;
    }
    uint64_t mask = hot_mask(&tables, block);
    if (to - i < 64) mask &= ((uint64_t)1 << (to - i)) - 1;
    // Four are written whether they are there or not: how many there are can't be predicted, so it is not branched on.
    size_t count = (size_t)__builtin_popcountll(mask);
    uint32_t base = (uint32_t)(i - from);
    for (size_t written = 0;;) {
      for (int k = 0; k < 4; k++) {
        end[written + (size_t)k] = base + (uint32_t)_tzcnt_u64(mask);
        mask = _blsr_u64(mask);
      }
      written += 4;
      if (written >= count) break;
    }
    end += count;
  }
  return (size_t)(end - out);
}
#endif

size_t kk_hot_offsets(
    const uint8_t *table, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out) {
#if KK_X86
  if (kk_cpu_avx2()) return hot_offsets_avx2(table, bytes, from, to, limit, out);
#endif
  return SIZE_MAX;
}
