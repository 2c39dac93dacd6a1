#include <string.h>

#include "CKernels.h"
#include "cpu.h"

// How one byte is escaped: 0 as it is, 1 as \u00xx, 2 where the bytes after it decide, else the letter after "\".
static const uint8_t escapes[256] = {
    1,   1,   1, 1, 1, 1, 1,   1, 'b', 't', 'n', 1, 'f', 'r', 1, 1,
    1,   1,   1, 1, 1, 1, 1,   1, 1,   1,   1,   1, 1,   1,   1, 1,
    ['"'] = '"', ['\\'] = '\\', [0xC2] = 2, [0xE2] = 2,
};

static const char hex_digits[] = "0123456789abcdef";

static inline uint8_t *write_unicode_escape(uint8_t *out, unsigned scalar) {
  out[0] = '\\';
  out[1] = 'u';
  out[2] = (uint8_t)hex_digits[scalar >> 12];
  out[3] = (uint8_t)hex_digits[scalar >> 8 & 15];
  out[4] = (uint8_t)hex_digits[scalar >> 4 & 15];
  out[5] = (uint8_t)hex_digits[scalar & 15];
  return out + 6;
}

// Writes what stands at bytes[*at], escaped or as it is, and moves *at past it.
static inline uint8_t *escape_one(const uint8_t *bytes, size_t byte_count, size_t *at, uint8_t *out) {
  size_t i = *at;
  uint8_t byte = bytes[i], how = escapes[byte];
  if (how == 2) {
    if (byte == 0xC2 && i + 1 < byte_count && bytes[i + 1] == 0x85) {
      *at = i + 2;
      return write_unicode_escape(out, 0x85);
    }
    if (byte == 0xE2 && i + 2 < byte_count && bytes[i + 1] == 0x80 && (bytes[i + 2] & 0xFE) == 0xA8) {
      *at = i + 3;
      return write_unicode_escape(out, 0x2000u | (bytes[i + 2] & 0x3F));
    }
    how = 0;
  }
  *at = i + 1;
  if (how == 0) {
    *out = byte;
    return out + 1;
  }
  if (how == 1) return write_unicode_escape(out, byte);
  out[0] = '\\';
  out[1] = how;
  return out + 2;
}

size_t kk_json_escape_portable(const uint8_t *bytes, size_t byte_count, uint8_t *out) {
  uint8_t *start = out;
  size_t i = 0;
  while (i < byte_count) {
    size_t run = i;
    while (run < byte_count && escapes[bytes[run]] == 0) run++;
    memcpy(out, bytes + i, run - i);
    out += run - i;
    i = run;
    if (i < byte_count) out = escape_one(bytes, byte_count, &i, out);
  }
  return (size_t)(out - start);
}

#if KK_X86
// Bit k: at bytes + k stands something to escape. Reads 34 bytes.
KK_AVX2 static inline uint32_t escape_mask(const uint8_t *bytes, __m256i *first) {
  __m256i here = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i next = _mm256_loadu_si256((const __m256i *)(bytes + 1));
  __m256i third = _mm256_loadu_si256((const __m256i *)(bytes + 2));
  *first = here;
  const __m256i highest_control = _mm256_set1_epi8(0x1F);
  __m256i ascii = _mm256_cmpeq_epi8(_mm256_max_epu8(here, highest_control), highest_control);
  ascii = _mm256_or_si256(ascii, _mm256_cmpeq_epi8(here, _mm256_set1_epi8('"')));
  ascii = _mm256_or_si256(ascii, _mm256_cmpeq_epi8(here, _mm256_set1_epi8('\\')));
  __m256i next_line = _mm256_and_si256(
      _mm256_cmpeq_epi8(here, _mm256_set1_epi8((char)0xC2)), _mm256_cmpeq_epi8(next, _mm256_set1_epi8((char)0x85)));
  __m256i separator = _mm256_and_si256(
      _mm256_cmpeq_epi8(here, _mm256_set1_epi8((char)0xE2)), _mm256_cmpeq_epi8(next, _mm256_set1_epi8((char)0x80)));
  __m256i even_third = _mm256_and_si256(third, _mm256_set1_epi8((char)0xFE));
  separator = _mm256_and_si256(separator, _mm256_cmpeq_epi8(even_third, _mm256_set1_epi8((char)0xA8)));
  return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(ascii, _mm256_or_si256(next_line, separator)));
}

KK_AVX2 static size_t json_escape_avx2(const uint8_t *bytes, size_t byte_count, uint8_t *out) {
  uint8_t *start = out;
  size_t i = 0;
  __m256i block;
  while (i + 34 <= byte_count) {
    uint32_t mask = escape_mask(bytes + i, &block);
    // All 32 are written and what is to be escaped is then written over: cheaper than to branch on how many.
    _mm256_storeu_si256((__m256i *)out, block);
    if (mask == 0) {
      i += 32;
      out += 32;
      continue;
    }
    unsigned clean = (unsigned)__builtin_ctz(mask);
    i += clean;
    out = escape_one(bytes, byte_count, &i, out + clean);
  }
  // The rest from a copy, so that no byte after the end is read.
  uint8_t tail[72] = {0};
  size_t left = byte_count - i, t = 0;
  memcpy(tail, bytes + i, left);
  while (t < left) {
    uint32_t mask = escape_mask(tail + t, &block);
    _mm256_storeu_si256((__m256i *)out, block);
    size_t clean = mask ? (size_t)__builtin_ctz(mask) : 32;
    if (clean > left - t) clean = left - t;
    t += clean;
    out += clean;
    if (mask && t < left) out = escape_one(tail, left, &t, out);
  }
  return (size_t)(out - start);
}
#endif

size_t kk_json_escape(const uint8_t *bytes, size_t byte_count, uint8_t *out) {
#if KK_X86
  if (kk_cpu_avx2()) return json_escape_avx2(bytes, byte_count, out);
#endif
  return kk_json_escape_portable(bytes, byte_count, out);
}
