#include "CKernels.h"

#if defined(__SSE2__)
#include <emmintrin.h>

static inline __m128i is(__m128i bytes, char byte) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)); }

// Bit k: a part may begin at bytes[k]. Reads 17 bytes.
static inline unsigned part_mask(const uint8_t *bytes) {
  __m128i here = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i to_lower = _mm_set1_epi8(0x20);
  __m128i lower = _mm_or_si128(here, to_lower);
  __m128i next = _mm_or_si128(_mm_loadu_si128((const __m128i *)(bytes + 1)), to_lower);
  __m128i digit = _mm_sub_epi8(here, _mm_set1_epi8('0'));
  __m128i hit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
  hit = _mm_or_si128(hit, _mm_cmpeq_epi8(_mm_max_epu8(here, _mm_set1_epi8((char)0xD9)), here));
  hit = _mm_or_si128(hit, _mm_or_si128(is(here, '%'), _mm_or_si128(is(here, '<'), is(here, '{'))));
  hit = _mm_or_si128(hit, _mm_and_si128(is(lower, 'h'), is(next, 't')));
  hit = _mm_or_si128(hit, _mm_and_si128(is(lower, 'w'), is(next, 'w')));
  return (unsigned)_mm_movemask_epi8(hit);
}
#endif

size_t kk_part_run(const uint8_t *bytes, size_t byte_count) {
  size_t i = 0;
#if defined(__SSE2__)
  for (; i + 17 <= byte_count; i += 16) {
    unsigned mask = part_mask(bytes + i);
    if (mask) return i + (size_t)__builtin_ctz(mask);
  }
#endif
  for (; i < byte_count; i++) {
    uint8_t byte = bytes[i], next = i + 1 < byte_count ? bytes[i + 1] | 0x20 : 0;
    if ((byte >= '0' && byte <= '9') || byte >= 0xD9 || byte == '%' || byte == '<' || byte == '{') return i;
    if (((byte | 0x20) == 'h' && next == 't') || ((byte | 0x20) == 'w' && next == 'w')) return i;
  }
  return i;
}

size_t kk_ascii_letter_count(const uint8_t *bytes, size_t byte_count) {
  size_t count = 0;
  for (size_t i = 0; i < byte_count; i++) count += (uint8_t)((bytes[i] | 0x20) - 'a') < 26;
  return count;
}

size_t kk_lead_byte_count(const uint8_t *bytes, size_t byte_count) {
  size_t count = 0;
  for (size_t i = 0; i < byte_count; i++) count += bytes[i] >= 0xC0;
  return count;
}
