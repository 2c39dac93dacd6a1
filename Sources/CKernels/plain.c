#include "CKernels.h"

#if defined(__SSE2__)
#include <emmintrin.h>

// Bit k: bytes[k] is a control or one of the bytes of `stops`.
static inline unsigned stop_mask(const uint8_t *bytes, const __m128i *stops, size_t stop_count) {
  __m128i here = _mm_loadu_si128((const __m128i *)bytes);
  const __m128i highest_control = _mm_set1_epi8(0x1F);
  __m128i stop = _mm_cmpeq_epi8(_mm_max_epu8(here, highest_control), highest_control);
  for (size_t i = 0; i < stop_count; i++) stop = _mm_or_si128(stop, _mm_cmpeq_epi8(here, stops[i]));
  return (unsigned)_mm_movemask_epi8(stop);
}
#endif

// The offset of the first control or byte of `stops`. Inlined where the stops are known.
__attribute__((always_inline)) static inline size_t run(
    const uint8_t *bytes, size_t byte_count, const uint8_t *stops, size_t stop_count) {
  size_t i = 0;
#if defined(__SSE2__)
  __m128i wide[8];
  for (size_t k = 0; k < stop_count; k++) wide[k] = _mm_set1_epi8((char)stops[k]);
  for (; i + 16 <= byte_count; i += 16) {
    unsigned mask = stop_mask(bytes + i, wide, stop_count);
    if (mask) return i + (size_t)__builtin_ctz(mask);
  }
#endif
  for (; i < byte_count; i++) {
    if (bytes[i] < 0x20) return i;
    for (size_t k = 0; k < stop_count; k++) {
      if (bytes[i] == stops[k]) return i;
    }
  }
  return i;
}

size_t kk_xml_run(const uint8_t *bytes, size_t byte_count) {
  static const uint8_t stops[] = {'&', '<', '>', '"', 0xEF};
  return run(bytes, byte_count, stops, sizeof stops);
}

size_t kk_cell_run(const uint8_t *bytes, size_t byte_count) {
  static const uint8_t stops[] = {'"', '\\', 0x7F};
  return run(bytes, byte_count, stops, sizeof stops);
}
