#include <string.h>

#include "CKernels.h"
#include "hot.h"

enum { lanes = 32 };

static inline uint32_t shared_hash(const uint32_t *inputs, size_t k) {
  uint32_t hash = inputs[k] * 0x9E3779B1u;
  hash = (hash ^ inputs[lanes + k]) * 0x85EBCA6Bu;
  hash = (hash ^ hash >> 15 ^ inputs[2 * lanes + k]) * 0xC2B2AE35u;
  hash = (hash ^ hash >> 13 ^ inputs[3 * lanes + k]) * 0x27D4EB2Fu;
  return hash ^ hash >> 16;
}

static inline uint32_t own_hash(uint32_t shared, uint32_t language) {
  uint32_t hash = (shared ^ language) * 0x9E3779B1u;
  hash = (hash ^ hash >> 15) * 0x85EBCA6Bu;
  return hash ^ hash >> 13;
}

size_t kk_feature_hashes(const uint32_t *inputs, size_t count, uint32_t language, uint32_t *out) {
  uint32_t *end = out;
  for (size_t k = 0; k < count; k++) {
    uint32_t shared = shared_hash(inputs, k);
    *end++ = shared;
    if (language != 0) *end++ = own_hash(shared, language);
  }
  return (size_t)(end - out);
}

uint32_t kk_feature_bucket(uint32_t hash, uint32_t bucket_count) {
  return (uint32_t)((uint64_t)hash * bucket_count >> 32);
}

uint8_t kk_feature_fingerprint(uint32_t hash) {
  uint8_t mixed = (uint8_t)(hash * 0x2545F491u >> 24);
  return mixed == 0 ? 1 : mixed;
}

static inline int32_t weight(const uint8_t *buckets, uint32_t bucket_count, uint32_t hash) {
  const uint8_t *bucket = buckets + 8 * (size_t)kk_feature_bucket(hash, bucket_count);
  uint8_t fingerprint = kk_feature_fingerprint(hash);
  for (size_t slot = 0; slot < 8; slot += 2) {
    if (bucket[slot] == fingerprint) return (int8_t)bucket[slot + 1];
  }
  return 0;
}

int32_t kk_model_score_portable(
    const uint8_t *buckets, uint32_t bucket_count, const uint32_t *inputs, size_t count, uint32_t language) {
  int32_t sum = 0;
  for (size_t k = 0; k < count; k++) {
    uint32_t shared = shared_hash(inputs, k);
    sum += weight(buckets, bucket_count, shared);
    if (language != 0) sum += weight(buckets, bucket_count, own_hash(shared, language));
  }
  return sum;
}

#if KK_X86
KK_AVX2 static inline __m256i times(__m256i hash, uint32_t factor) {
  return _mm256_mullo_epi32(hash, _mm256_set1_epi32((int32_t)factor));
}

KK_AVX2 static inline __m256i mixed(__m256i hash, int shift) {
  return _mm256_xor_si256(hash, _mm256_srli_epi32(hash, shift));
}

// The weights of the hashes in the low halves of four numbers: each in one of its number's four words. No two slots of a
// bucket have the same fingerprint, and that of a free one is 0.
KK_AVX2 static inline __m256i weights_of_four(const uint8_t *buckets, __m256i count, __m256i hashes, __m256i prints) {
  const __m256i first_byte = _mm256_setr_epi8(
      0, -1, 0, -1, 0, -1, 0, -1, 8, -1, 8, -1, 8, -1, 8, -1, 0, -1, 0, -1, 0, -1, 0, -1, 8, -1, 8, -1, 8, -1, 8, -1);
  __m256i places = _mm256_srli_epi64(_mm256_mul_epu32(hashes, count), 32);
  __m256i found = _mm256_i64gather_epi64((const long long *)buckets, places, 8);
  __m256i same = _mm256_cmpeq_epi16(
      _mm256_and_si256(found, _mm256_set1_epi16(255)), _mm256_shuffle_epi8(prints, first_byte));
  return _mm256_and_si256(same, _mm256_srai_epi16(found, 8));
}

KK_AVX2 static inline __m256i weights_of_eight(const uint8_t *buckets, __m256i count, __m256i hashes, __m256i valid) {
  __m256i prints = _mm256_srli_epi32(times(hashes, 0x2545F491u), 24);
  // 0 for what is no feature, which is then looked up in vain or finds a free slot of weight 0.
  prints = _mm256_and_si256(_mm256_max_epi32(prints, _mm256_set1_epi32(1)), valid);
  __m256i even = weights_of_four(buckets, count, hashes, prints);
  __m256i odd = weights_of_four(buckets, count, _mm256_srli_epi64(hashes, 32), _mm256_srli_epi64(prints, 32));
  return _mm256_add_epi16(even, odd);
}

KK_AVX2 static int32_t model_score_avx2(
    const uint8_t *buckets, uint32_t bucket_count, const uint32_t *inputs, size_t count, uint32_t language) {
  const __m256i *in = (const __m256i *)inputs;
  __m256i buckets_in_all = _mm256_set1_epi64x((long long)bucket_count);
  __m256i own_language = _mm256_set1_epi32((int32_t)language);
  __m256i number = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  // 64 weights of at most 127 fit in a word.
  __m256i sum = _mm256_setzero_si256();
  for (size_t k = 0; k * 8 < count; k++) {
    __m256i valid = _mm256_cmpgt_epi32(_mm256_set1_epi32((int32_t)(count - k * 8)), number);
    __m256i hash = times(_mm256_loadu_si256(in + k), 0x9E3779B1u);
    hash = times(_mm256_xor_si256(hash, _mm256_loadu_si256(in + 4 + k)), 0x85EBCA6Bu);
    hash = times(_mm256_xor_si256(mixed(hash, 15), _mm256_loadu_si256(in + 8 + k)), 0xC2B2AE35u);
    hash = times(_mm256_xor_si256(mixed(hash, 13), _mm256_loadu_si256(in + 12 + k)), 0x27D4EB2Fu);
    hash = mixed(hash, 16);
    sum = _mm256_add_epi16(sum, weights_of_eight(buckets, buckets_in_all, hash, valid));
    if (language != 0) {
      __m256i own = times(_mm256_xor_si256(hash, own_language), 0x9E3779B1u);
      own = mixed(times(mixed(own, 15), 0x85EBCA6Bu), 13);
      sum = _mm256_add_epi16(sum, weights_of_eight(buckets, buckets_in_all, own, valid));
    }
  }
  __m256i pairs = _mm256_madd_epi16(sum, _mm256_set1_epi16(1));
  __m128i four = _mm_add_epi32(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256(pairs, 1));
  four = _mm_add_epi32(four, _mm_srli_si128(four, 8));
  return _mm_cvtsi128_si32(four) + _mm_extract_epi32(four, 1);
}
#endif

int32_t kk_model_score(
    const uint8_t *buckets, uint32_t bucket_count, const uint32_t *inputs, size_t count, uint32_t language) {
#if KK_X86
  if (kk_cpu_avx2()) return model_score_avx2(buckets, bucket_count, inputs, count, language);
#endif
  return kk_model_score_portable(buckets, bucket_count, inputs, count, language);
}
