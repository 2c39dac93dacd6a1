// Sixty-four bytes at a time as bits, one a byte: shared by what reads lines (fold.c, shape.c, words.c).
#ifndef KALIMAT_BLOCKS_H
#define KALIMAT_BLOCKS_H

#include "CKernels.h"
#include "cpu.h"

static inline size_t kk_scalar_length(uint8_t lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

static inline uint32_t kk_scalar(const uint8_t *bytes, size_t length) {
  switch (length) {
  case 1: return bytes[0];
  case 2: return (uint32_t)(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F);
  case 3: return (uint32_t)(bytes[0] & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
  default:
    return (uint32_t)(bytes[0] & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 | (uint32_t)(bytes[2] & 0x3F) << 6 |
           (bytes[3] & 0x3F);
  }
}

// What a scalar that the table does not reach folds to.
static inline uint32_t kk_fold_beyond(uint32_t scalar) {
  if ((scalar >= 0x3001 && scalar < 0xFE00) || scalar > 0xFF3A) return scalar;
  if (scalar == 0x2212) return '-';
  if (scalar == 0x3000) return ' ';
  if (scalar == 0xFE0E || scalar == 0xFE0F || scalar == 0xFEFF) return 0;
  if (scalar >= 0xFF10 && scalar <= 0xFF19) return '0';
  if (scalar >= 0xFF21) return scalar - 0xFF21 + 'a';
  return scalar >= 0xFF01 ? scalar - 0xFEE0 : scalar;
}

static inline uint32_t kk_fold(uint32_t scalar, const uint16_t *folds) {
  return scalar < KK_FOLD_SCALARS ? folds[scalar] : kk_fold_beyond(scalar);
}

// Whether a character of three bytes begins there that is a letter of an unspaced script and folds to itself: U+3040 …
// U+30BF, U+3100 … U+9FFF, U+B000 … U+CFFF. The first two bytes tell.
static inline int kk_is_plain_triple(const uint8_t *bytes) {
  return *bytes == 0xE3 ? bytes[1] != 0x80 && bytes[1] != 0x83 : *bytes >= 0xE4 && *bytes <= 0xEC && *bytes != 0xEA;
}

#if KK_X86
KK_AVX2 static inline uint64_t kk_bits(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

// Whether bytes are from `first` to `last`: compared without a sign, minus the first, at most so many.
KK_AVX2 static inline __m256i kk_within(__m256i bytes, int first, int last) {
  __m256i above = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)first));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8((char)(last - first))), above);
}

KK_AVX2 static inline uint64_t kk_between(__m256i low, __m256i high, int first, int last) {
  return kk_bits(kk_within(low, first, last), kk_within(high, first, last));
}

KK_AVX2 static inline uint64_t kk_equal(__m256i low, __m256i high, int byte) {
  __m256i wanted = _mm256_set1_epi8((char)byte);
  return kk_bits(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}
#endif

#endif
