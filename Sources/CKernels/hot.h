// Looking up 32 bytes at once by halves of bytes: shared by what searches for places (scan.c, marks.c).
#ifndef KALIMAT_HOT_H
#define KALIMAT_HOT_H

#include "cpu.h"

#if KK_X86
// Eight look-ups of 16 bytes, as kk_hot_offsets has them.
struct tables {
  __m256i single[2], triple[3][2];
};

KK_AVX2 static inline struct tables load_tables(const uint8_t *table) {
  struct tables tables;
  __m256i *each = (__m256i *)&tables;
  for (int k = 0; k < 8; k++) {
    each[k] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(table + 16 * k)));
  }
  return tables;
}

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

// Writes the places of the bits of `mask`, each `base` more, and returns what comes after them. Four are written whether
// they are there or not: how many there are can't be predicted, so it is not branched on.
KK_AVX2 static inline uint32_t *write_places(uint64_t mask, uint32_t base, uint32_t *end) {
  size_t count = (size_t)__builtin_popcountll(mask);
  for (size_t written = 0;;) {
    for (int k = 0; k < 4; k++) {
      end[written + (size_t)k] = base + (uint32_t)_tzcnt_u64(mask);
      mask = _blsr_u64(mask);
    }
    written += 4;
    if (written >= count) break;
  }
  return end + count;
}
#endif

#endif
