#include <string.h>

#include "CKernels.h"

// 1 where a run may end: at these bytes the slow look begins.
static const uint8_t stops[256] = {
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ['"'] = 1, ['\\'] = 1, [0xC2] = 1, [0xE2] = 1,
};

// Whether the byte at bytes[i], one of `stops`, ends the run.
static inline int ends_run(const uint8_t *bytes, size_t byte_count, size_t i) {
  if (bytes[i] == 0xC2) return i + 1 < byte_count && bytes[i + 1] == 0x85;
  if (bytes[i] == 0xE2) {
    return i + 2 < byte_count && bytes[i + 1] == 0x80 && (bytes[i + 2] & 0xFE) == 0xA8;
  }
  return 1;
}

#if defined(__SSE2__)
#include <emmintrin.h>

// Bit k: bytes[k] is one of `stops`.
static inline unsigned stop_mask(const uint8_t *bytes) {
  __m128i here = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i highest_control = _mm_set1_epi8(0x1F);
  __m128i stop = _mm_cmpeq_epi8(_mm_max_epu8(here, highest_control), highest_control);
  stop = _mm_or_si128(stop, _mm_cmpeq_epi8(here, _mm_set1_epi8('"')));
  stop = _mm_or_si128(stop, _mm_cmpeq_epi8(here, _mm_set1_epi8('\\')));
  stop = _mm_or_si128(stop, _mm_cmpeq_epi8(here, _mm_set1_epi8((char)0xC2)));
  stop = _mm_or_si128(stop, _mm_cmpeq_epi8(here, _mm_set1_epi8((char)0xE2)));
  return (unsigned)_mm_movemask_epi8(stop);
}
#endif

size_t kk_json_plain_run(const uint8_t *bytes, size_t byte_count) {
  size_t i = 0;
#if defined(__SSE2__)
  const __m128i highest_control = _mm_set1_epi8(0x1F), quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');
  for (; i + 16 <= byte_count; i += 16) {
    __m128i here = _mm_loadu_si128((const __m128i *)(bytes + i));
    __m128i stop = _mm_cmpeq_epi8(_mm_max_epu8(here, highest_control), highest_control);
    stop = _mm_or_si128(stop, _mm_or_si128(_mm_cmpeq_epi8(here, quote), _mm_cmpeq_epi8(here, backslash)));
    unsigned mask = (unsigned)_mm_movemask_epi8(stop);
    if (mask) return i + (size_t)__builtin_ctz(mask);
  }
#endif
  while (i < byte_count && bytes[i] >= 0x20 && bytes[i] != '"' && bytes[i] != '\\') i++;
  return i;
}

size_t kk_json_run(const uint8_t *bytes, size_t byte_count) {
  size_t i = 0;
#if defined(__SSE2__)
  while (i + 16 <= byte_count) {
    unsigned mask = stop_mask(bytes + i);
    while (mask) {
      size_t at = i + (size_t)__builtin_ctz(mask);
      if (ends_run(bytes, byte_count, at)) return at;
      mask &= mask - 1;
    }
    i += 16;
  }
#endif
  while (i < byte_count && !(stops[bytes[i]] && ends_run(bytes, byte_count, i))) i++;
  return i;
}
