#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "hot.h"

int kk_has_avx2(void) {
#if KK_X86
  return kk_cpu_avx2();
#else
  return 0;
#endif
}

const char *kk_engine_wanted(void) { return getenv("KALIMAT_ENGINE"); }

#if KK_X86
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
  struct tables tables = load_tables(table);
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
    end = write_places(mask, (uint32_t)(i - from), end);
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
