#include "CKernels.h"

#include <string.h>

#include "cpu.h"

// The state machine of RFC 3629, section 4, with a jump over eight ASCII bytes at a time; begins at `i`.
static size_t valid_prefix_from(const uint8_t *bytes, size_t byte_count, size_t i) {
  while (i < byte_count) {
    uint64_t eight;
    while (i + 8 <= byte_count) {
      memcpy(&eight, bytes + i, 8);
      if (eight & 0x8080808080808080u) break;
      i += 8;
    }
    if (i >= byte_count) return byte_count;
    uint8_t lead = bytes[i];
    if (lead < 0x80) {
      i++;
      continue;
    }
    size_t length;
    uint8_t low = 0x80, high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      length = 3;
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      length = 4;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    } else {
      return i;
    }
    if (i + length > byte_count || bytes[i + 1] < low || bytes[i + 1] > high) return i;
    for (size_t k = 2; k < length; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) return i;
    }
    i += length;
  }
  return byte_count;
}

size_t kk_utf8_valid_prefix_portable(const uint8_t *bytes, size_t byte_count) {
  return valid_prefix_from(bytes, byte_count, 0);
}

size_t kk_utf8_count_portable(const uint8_t *bytes, size_t byte_count) {
  size_t count = 0;
  for (size_t i = 0; i < byte_count; i++) count += (bytes[i] & 0xC0) != 0x80;
  return count;
}

#if KK_X86
// What is wrong with two bytes running, as bits (Keiser and Lemire, "Validating UTF-8 In Less Than One Instruction Per
// Byte", 2021, section 6). Three look-ups, by the first byte's halves and the second's high half, have an error in
// common where the pair is wrong. TWO_CONTINUATIONS is wrong only where no lead of three or four bytes asks for a
// third.
enum {
  TOO_SHORT = 1 << 0,          // a lead, then no continuation
  TOO_LONG = 1 << 1,           // ASCII, then a continuation
  OVERLONG_3 = 1 << 2,         // E0, then under A0
  TOO_LARGE = 1 << 3,          // F4, then over 8F; F5 and over
  SURROGATE = 1 << 4,          // ED, then over 9F
  OVERLONG_2 = 1 << 5,         // C0 and C1
  OVERLONG_4 = 1 << 6,         // F0, then under 90
  TOO_LARGE_LEAD = 1 << 6,     // F5 and over, then under 90
  TWO_CONTINUATIONS = 1 << 7,
  ANY_LOW = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
  ANY_SECOND = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS,
};

static const uint8_t first_high[16] = {
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS,
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | TOO_LARGE_LEAD | OVERLONG_4,
};
#define LARGE (ANY_LOW | TOO_LARGE | TOO_LARGE_LEAD)
static const uint8_t first_low[16] = {
    ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4, ANY_LOW | OVERLONG_2, ANY_LOW, ANY_LOW, ANY_LOW | TOO_LARGE,
    LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE | SURROGATE, LARGE, LARGE,
};
static const uint8_t second_high[16] = {
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    ANY_SECOND | OVERLONG_3 | TOO_LARGE_LEAD | OVERLONG_4, ANY_SECOND | OVERLONG_3 | TOO_LARGE,
    ANY_SECOND | SURROGATE | TOO_LARGE, ANY_SECOND | SURROGATE | TOO_LARGE,
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
};

KK_AVX2 static inline __m256i look_up(const uint8_t *table, __m256i halves) {
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table)), halves);
}

// Not zero where something is wrong with one of 32 bytes and those before them. Reads from bytes - 3.
KK_AVX2 static inline __m256i errors(const uint8_t *bytes) {
  const __m256i four_bits = _mm256_set1_epi8(15);
  __m256i here = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i before = _mm256_loadu_si256((const __m256i *)(bytes - 1));
  __m256i second = _mm256_loadu_si256((const __m256i *)(bytes - 2));
  __m256i third = _mm256_loadu_si256((const __m256i *)(bytes - 3));
  __m256i pair = look_up(first_high, _mm256_and_si256(_mm256_srli_epi16(before, 4), four_bits));
  pair = _mm256_and_si256(pair, look_up(first_low, _mm256_and_si256(before, four_bits)));
  pair = _mm256_and_si256(pair, look_up(second_high, _mm256_and_si256(_mm256_srli_epi16(here, 4), four_bits)));
  // Bit 7 where two back is a lead of three or four bytes, or three back one of four.
  __m256i wanted = _mm256_or_si256(
      _mm256_subs_epu8(second, _mm256_set1_epi8((char)(0xE0 - 0x80))),
      _mm256_subs_epu8(third, _mm256_set1_epi8((char)(0xF0 - 0x80))));
  return _mm256_xor_si256(_mm256_and_si256(wanted, _mm256_set1_epi8((char)0x80)), pair);
}

// Where the code point begins that `at` is in the middle of, if what stands before `at` is UTF-8 or begins so.
static size_t begin_of_open(const uint8_t *bytes, size_t at) {
  if (at >= 1 && bytes[at - 1] >= 0xC0) return at - 1;
  if (at >= 2 && bytes[at - 2] >= 0xE0) return at - 2;
  if (at >= 3 && bytes[at - 3] >= 0xF0) return at - 3;
  return at;
}

KK_AVX2 static size_t valid_prefix_avx2(const uint8_t *bytes, size_t byte_count) {
  // The first bytes have none before them to look at.
  static const uint8_t nothing[3] = {0};
  uint8_t head[3 + 64];
  size_t i = 0;
  int open = 0;
  for (; i + 64 <= byte_count; i += 64) {
    const uint8_t *block = bytes + i;
    __m256i either = _mm256_or_si256(
        _mm256_loadu_si256((const __m256i *)block), _mm256_loadu_si256((const __m256i *)(block + 32)));
    int is_ascii = _mm256_movemask_epi8(either) == 0;
    // ASCII is right, unless the block before left a code point open.
    if (is_ascii && !open) continue;
    open = !is_ascii;
    if (i == 0) {
      memcpy(head, nothing, 3);
      memcpy(head + 3, bytes, 64);
      block = head + 3;
    }
    __m256i wrong = _mm256_or_si256(errors(block), errors(block + 32));
    if (!_mm256_testz_si256(wrong, wrong)) break;
  }
  return valid_prefix_from(bytes, byte_count, begin_of_open(bytes, i));
}

KK_AVX2 static size_t count_avx2(const uint8_t *bytes, size_t byte_count) {
  const __m256i last_continuation = _mm256_set1_epi8((char)0xBF);
  __m256i total = _mm256_setzero_si256();
  size_t i = 0;
  while (i + 32 <= byte_count) {
    __m256i counts = _mm256_setzero_si256();
    // A byte's counter holds 255.
    for (int k = 0; k < 255 && i + 32 <= byte_count; k++, i += 32) {
      __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + i));
      counts = _mm256_sub_epi8(counts, _mm256_cmpgt_epi8(block, last_continuation));
    }
    total = _mm256_add_epi64(total, _mm256_sad_epu8(counts, _mm256_setzero_si256()));
  }
  uint64_t sums[4];
  _mm256_storeu_si256((__m256i *)sums, total);
  size_t count = sums[0] + sums[1] + sums[2] + sums[3];
  return count + kk_utf8_count_portable(bytes + i, byte_count - i);
}
#endif

size_t kk_utf8_valid_prefix(const uint8_t *bytes, size_t byte_count) {
#if KK_X86
  if (kk_cpu_avx2()) return valid_prefix_avx2(bytes, byte_count);
#endif
  return kk_utf8_valid_prefix_portable(bytes, byte_count);
}

size_t kk_utf8_count(const uint8_t *bytes, size_t byte_count) {
#if KK_X86
  if (kk_cpu_avx2()) return count_avx2(bytes, byte_count);
#endif
  return kk_utf8_count_portable(bytes, byte_count);
}
