#include <string.h>

#include "CKernels.h"
#include "cpu.h"

static inline int is_letter(uint8_t byte) { return byte >= 'a' && byte <= 'z'; }
static inline int is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

// MARK: Folding

// Bytes that fold to one byte, whatever stands round them: not digits, of which several fold to one, nor controls, of
// which some vanish.
static inline int folds_alone(uint8_t byte) { return byte > 0x20 && byte < 0x80 && !is_digit(byte); }

static size_t fold_run_from(const uint8_t *bytes, size_t i, size_t byte_count, uint8_t *out, int after_space) {
  for (; i < byte_count; i++) {
    uint8_t byte = bytes[i];
    if (byte == 0x20) {
      if (after_space) break;
      after_space = 1;
    } else {
      if (!folds_alone(byte)) break;
      after_space = 0;
    }
    out[i] = byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
  }
  return i;
}

size_t kk_fold_run_portable(const uint8_t *bytes, size_t byte_count, uint8_t *out, int after_space) {
  return fold_run_from(bytes, 0, byte_count, out, after_space);
}

#if KK_X86
// Lower case of 32 bytes; *special: bits where a byte does not fold alone or is a second space.
KK_AVX2 static inline __m256i fold_block(__m256i block, int after_space, uint32_t *special) {
  // Compared without a sign: minus the first, at most so many.
#define KK_WITHIN(v, first, last)                                                         \
  _mm256_cmpeq_epi8(                                                                      \
      _mm256_min_epu8(_mm256_sub_epi8(v, _mm256_set1_epi8(first)), _mm256_set1_epi8((last) - (first))), \
      _mm256_sub_epi8(v, _mm256_set1_epi8(first)))
  __m256i upper = KK_WITHIN(block, 'A', 'Z');
  __m256i digits = KK_WITHIN(block, '0', '9');
  // Signed: above 0x1F is ASCII that is no control.
  __m256i printed = _mm256_cmpgt_epi8(block, _mm256_set1_epi8(0x1F));
  uint32_t spaces = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(block, _mm256_set1_epi8(0x20)));
  *special = ~(uint32_t)_mm256_movemask_epi8(_mm256_andnot_si256(digits, printed));
  *special |= spaces & (spaces << 1 | (uint32_t)after_space);
  return _mm256_or_si256(block, _mm256_and_si256(upper, _mm256_set1_epi8(0x20)));
}

KK_AVX2 static size_t fold_run_avx2(const uint8_t *bytes, size_t byte_count, uint8_t *out, int after_space) {
  size_t i = 0;
  uint32_t special;
  while (i + 32 <= byte_count) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + i));
    _mm256_storeu_si256((__m256i *)(out + i), fold_block(block, after_space, &special));
    if (special) return i + (size_t)__builtin_ctz(special);
    i += 32;
    after_space = bytes[i - 1] == 0x20;
  }
  if (i == byte_count) return i;
  uint8_t tail[32];
  size_t left = byte_count - i;
  memset(tail, 'x', sizeof tail);
  memcpy(tail, bytes + i, left);
  __m256i block = _mm256_loadu_si256((const __m256i *)tail);
  _mm256_storeu_si256((__m256i *)(out + i), fold_block(block, after_space, &special));
  size_t plain = special ? (size_t)__builtin_ctz(special) : 32;
  return i + (plain < left ? plain : left);
}
#endif

size_t kk_fold_run(const uint8_t *bytes, size_t byte_count, uint8_t *out, int after_space) {
#if KK_X86
  if (kk_cpu_avx2()) return fold_run_avx2(bytes, byte_count, out, after_space);
#endif
  return kk_fold_run_portable(bytes, byte_count, out, after_space);
}

// MARK: Words

// What 64 folded bytes are, a bit a byte.
struct masks {
  uint64_t word, zero, space, quote;
};

// Adds what a block is to the result: starts that pass the filter, and counts.
static inline size_t add_block(
    const uint8_t *line, size_t at, struct masks block, uint64_t here, int *after_word, const uint64_t *filter,
    kk_words *words, uint16_t *starts, size_t found) {
  uint64_t follows_word = block.word << 1 | (uint64_t)*after_word;
  uint64_t begins = ~follows_word & ~block.space & here;
  words->word_bytes += (size_t)__builtin_popcountll(block.word & ~block.zero & here);
  words->numbers += (size_t)__builtin_popcountll(block.zero & here);
  uint64_t stops = (block.word | block.quote) & here;
  if (stops && at + (size_t)__builtin_ctzll(stops) < words->first_stop) {
    words->first_stop = at + (size_t)__builtin_ctzll(stops);
  }
  while (begins) {
    size_t offset = at + (size_t)__builtin_ctzll(begins);
    if (kk_may_begin(filter, line + offset)) starts[found++] = (uint16_t)offset;
    begins &= begins - 1;
  }
  *after_word = (int)(block.word >> 63);
  return found;
}

static inline struct masks masks_portable(const uint8_t *bytes) {
  struct masks block = {0};
  for (unsigned k = 0; k < 64; k++) {
    uint64_t bit = (uint64_t)1 << k;
    if (is_letter(bytes[k]) || is_digit(bytes[k])) block.word |= bit;
    if (bytes[k] == '0') block.zero |= bit;
    if (bytes[k] == ' ') block.space |= bit;
    if (bytes[k] == '"' || bytes[k] == '\'') block.quote |= bit;
  }
  return block;
}

size_t kk_ascii_words_portable(
    const uint8_t *line, size_t byte_count, const uint64_t *filter, kk_words *words, uint16_t *starts) {
  size_t found = 0;
  int after_word = 0;
  *words = (kk_words){.first_stop = byte_count};
  for (size_t at = 0; at < byte_count; at += 64) {
    uint64_t here = byte_count - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (byte_count - at)) - 1;
    found = add_block(line, at, masks_portable(line + at), here, &after_word, filter, words, starts, found);
  }
  return found;
}

#if KK_X86
KK_AVX2 static inline uint64_t bits(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

KK_AVX2 static inline struct masks masks_avx2(const uint8_t *bytes) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
#define KK_EQUAL(byte) \
  bits(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(byte)), _mm256_cmpeq_epi8(high, _mm256_set1_epi8(byte)))
  struct masks block;
  block.word = bits(
      _mm256_or_si256(KK_WITHIN(low, 'a', 'z'), KK_WITHIN(low, '0', '9')),
      _mm256_or_si256(KK_WITHIN(high, 'a', 'z'), KK_WITHIN(high, '0', '9')));
  block.zero = KK_EQUAL('0');
  block.space = KK_EQUAL(' ');
  block.quote = KK_EQUAL('"') | KK_EQUAL('\'');
  return block;
}

KK_AVX2 static size_t ascii_words_avx2(
    const uint8_t *line, size_t byte_count, const uint64_t *filter, kk_words *words, uint16_t *starts) {
  size_t found = 0;
  int after_word = 0;
  *words = (kk_words){.first_stop = byte_count};
  for (size_t at = 0; at < byte_count; at += 64) {
    uint64_t here = byte_count - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (byte_count - at)) - 1;
    found = add_block(line, at, masks_avx2(line + at), here, &after_word, filter, words, starts, found);
  }
  return found;
}
#endif

size_t kk_ascii_words(
    const uint8_t *line, size_t byte_count, const uint64_t *filter, kk_words *words, uint16_t *starts) {
#if KK_X86
  if (kk_cpu_avx2()) return ascii_words_avx2(line, byte_count, filter, words, starts);
#endif
  return kk_ascii_words_portable(line, byte_count, filter, words, starts);
}
