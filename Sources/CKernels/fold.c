#include <string.h>

#include "CKernels.h"
#include "blocks.h"

static inline int is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

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
  __m256i upper = kk_within(block, 'A', 'Z');
  __m256i digits = kk_within(block, '0', '9');
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

static inline size_t put(uint32_t scalar, uint8_t *out) {
  if (scalar < 0x80) {
    out[0] = (uint8_t)scalar;
    return 1;
  }
  if (scalar < 0x800) {
    out[0] = (uint8_t)(0xC0 | scalar >> 6);
    out[1] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar < 0x10000) {
    out[0] = (uint8_t)(0xE0 | scalar >> 12);
    out[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    out[2] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 3;
  }
  out[0] = (uint8_t)(0xF0 | scalar >> 18);
  out[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
  out[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  out[3] = (uint8_t)(0x80 | (scalar & 0x3F));
  return 4;
}

size_t kk_fold_line(
    const uint8_t *text, size_t start, size_t end, const uint16_t *folds, uint8_t *out, size_t filled) {
  // What stands last: nothing or a space, a number, anything else.
  enum { space, number, other } last = filled == 0 || out[filled - 1] == ' ' ? space : other;
  for (size_t here = start; here < end;) {
    uint8_t byte = text[here];
    if (byte >= 0x20 && byte < 0x80 && !is_digit(byte)) {
      size_t run = kk_fold_run(text + here, end - here, out + filled, last == space);
      if (run > 0) {
        here += run;
        filled += run;
        last = out[filled - 1] == ' ' ? space : other;
        continue;
      }
    }
    uint32_t scalar = byte;
    size_t length = byte < 0x80 ? 1 : kk_scalar_length(byte);
    if (here + length > end) break;
    if (length == 3 && kk_is_plain_triple(text + here)) {
      do {
        memcpy(out + filled, text + here, 3);
        here += 3;
        filled += 3;
      } while (here + 3 <= end && kk_is_plain_triple(text + here));
      last = other;
      continue;
    }
    if (length == 2) {
      size_t from = here;
      while (here + 2 <= end && (text[here] & 0xE0) == 0xC0) {
        uint32_t letter = folds[kk_scalar(text + here, 2)];
        if (letter < 0x80) break;
        filled += put(letter, out + filled);
        here += 2;
      }
      if (here > from) {
        last = other;
        continue;
      }
    }
    if (length > 1) scalar = kk_scalar(text + here, length);
    scalar = kk_fold(scalar, folds);
    here += length;
    if (scalar == 0) continue;
    if (scalar == ' ') {
      if (last != space) out[filled++] = ' ';
      last = space;
    } else if (scalar == '0') {
      if (last != number) out[filled++] = '0';
      // 1.204 and 1,204 are one number.
      while (here + 1 < end && (text[here] == '.' || text[here] == ',') && is_digit(text[here + 1])) here++;
      last = number;
    } else {
      filled += put(scalar, out + filled);
      last = other;
    }
  }
  return filled > 0 && out[filled - 1] == ' ' ? filled - 1 : filled;
}
