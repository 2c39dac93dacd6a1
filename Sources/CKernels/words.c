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

static inline size_t scalar_length(uint8_t lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

static inline uint32_t scalar_at(const uint8_t *bytes, size_t length) {
  switch (length) {
  case 1: return bytes[0];
  case 2: return (uint32_t)(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F);
  case 3: return (uint32_t)(bytes[0] & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
  default:
    return (uint32_t)(bytes[0] & 0x07) << 18 | (uint32_t)(bytes[1] & 0x3F) << 12 | (uint32_t)(bytes[2] & 0x3F) << 6 |
           (bytes[3] & 0x3F);
  }
}

// What a scalar of a folded line is.
enum kind { kind_space, kind_letter, kind_number, kind_unspaced, kind_other };

static inline __attribute__((always_inline)) enum kind kind_of(uint32_t scalar) {
  if (scalar < 0x80) {
    if (is_letter((uint8_t)scalar)) return kind_letter;
    return scalar == ' ' ? kind_space : is_digit((uint8_t)scalar) ? kind_number : kind_other;
  }
  // Most of what is not ASCII: Latin, Greek, Cyrillic, Hebrew; Han.
  if (scalar >= 0x100 && scalar < 0x600) return kind_letter;
  if (scalar >= 0x3400 && scalar <= 0x9FFF) return kind_unspaced;
  if (!kk_is_word(scalar)) return kind_other;
  return kk_is_unspaced(scalar) ? kind_unspaced : kind_letter;
}

// Where the letters end that stand from `i` on.
static inline size_t letters_end(const uint8_t *bytes, size_t i, size_t byte_count) {
  while (i < byte_count) {
    if (is_letter(bytes[i])) {
      i++;
      continue;
    }
    size_t length = scalar_length(bytes[i]);
    if (kind_of(scalar_at(bytes + i, length)) != kind_letter) break;
    i += length;
  }
  return i;
}

static inline int has_unspaced_of_three(const uint8_t *bytes, size_t byte_count) {
  return byte_count >= 3 && scalar_length(bytes[0]) == 3 && kind_of(scalar_at(bytes, 3)) == kind_unspaced;
}

// The run of a character of `length` bytes that is no letter, with what follows it; `length` where nothing does.
static inline size_t longer_run(const uint8_t *bytes, size_t length, enum kind kind, size_t byte_count) {
  size_t next = length;
  if (kind != kind_unspaced && next < byte_count && bytes[next] == ' ') next++;
  if (next >= byte_count) return length;
  if (has_unspaced_of_three(bytes + next, byte_count - next)) {
    return kind != kind_unspaced || length == 3 ? next + 3 : length;
  }
  if (kind == kind_unspaced) return length;
  size_t end = letters_end(bytes, next, byte_count);
  return end > next ? end : length;
}

size_t kk_first_run(const uint8_t *bytes, size_t byte_count) {
  if (byte_count == 0) return 0;
  size_t length = scalar_length(bytes[0]);
  enum kind kind = kind_of(scalar_at(bytes, length));
  length = kind == kind_letter ? letters_end(bytes, length, byte_count) : longer_run(bytes, length, kind, byte_count);
  return length < 8 ? length : 8;
}

// Looks up the key of a run and adds it to the hits.
static inline size_t add_hit(
    const uint8_t *line, size_t offset, size_t run, int after_word, kk_lexicon lexicon, kk_word_hit *hits,
    size_t found) {
  uint64_t key;
  memcpy(&key, line + offset, sizeof key);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  key = __builtin_bswap64(key);
#endif
  uint64_t bytes = key;
  if (run < 8) key &= ((uint64_t)1 << (8 * run)) - 1;
  uint64_t hash = kk_key_hash(key);
  size_t bit = kk_filter_bit(hash);
  if (!(lexicon.filter[bit >> 6] >> (bit & 63) & 1)) return found;
  for (size_t slot = kk_key_slot(hash, lexicon.mask); lexicon.keys[slot]; slot = (slot + 1) & lexicon.mask) {
    if (lexicon.keys[slot] != key) continue;
    hits[found] = (kk_word_hit){(uint16_t)offset, (uint16_t)after_word, (uint32_t)slot, bytes};
    return found + 1;
  }
  return found;
}

// The same for the longer run of a character that is no letter.
static inline size_t add_longer(
    const uint8_t *line, size_t offset, size_t length, enum kind kind, size_t byte_count, int after_word,
    kk_lexicon lexicon, kk_word_hit *hits, size_t found) {
  size_t run = longer_run(line + offset, length, kind, byte_count - offset);
  return run > length ? add_hit(line, offset, run, after_word, lexicon, hits, found) : found;
}

size_t kk_find_words_portable(
    const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits) {
  size_t found = 0;
  int after_word = 0;
  *words = (kk_words){.first_stop = byte_count};
  for (size_t i = 0; i < byte_count;) {
    size_t length = scalar_length(line[i]);
    uint32_t scalar = scalar_at(line + i, length);
    enum kind kind = kind_of(scalar);
    size_t end = i + length;
    if (kind == kind_space) {
      after_word = 0;
      i = end;
      continue;
    }
    int is_quote = scalar == '"' || scalar == '\'' || scalar == 0x300C || scalar == 0x300E;
    if ((kind != kind_other || is_quote) && i < words->first_stop) words->first_stop = i;
    if (kind == kind_letter) end = letters_end(line, end, byte_count);
    if (kind == kind_number) words->numbers++;
    if (kind == kind_letter || kind == kind_unspaced) words->word_bytes += end - i;
    if (kind == kind_unspaced) after_word = 0;
    found = add_hit(line, i, end - i, after_word, lexicon, hits, found);
    if (kind != kind_letter) found = add_longer(line, i, length, kind, byte_count, after_word, lexicon, hits, found);
    after_word = kind != kind_other;
    i = end;
  }
  return found;
}

#if KK_X86
KK_AVX2 static inline uint64_t bits(__m256i low, __m256i high) {
  return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

// What 64 folded bytes of ASCII are, a bit a byte.
struct masks {
  uint64_t letter, number, space, quote;
};

KK_AVX2 static inline struct masks masks_avx2(const uint8_t *bytes) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
#define KK_EQUAL(byte) \
  bits(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(byte)), _mm256_cmpeq_epi8(high, _mm256_set1_epi8(byte)))
  struct masks block;
  block.letter = bits(KK_WITHIN(low, 'a', 'z'), KK_WITHIN(high, 'a', 'z'));
  block.number = bits(KK_WITHIN(low, '0', '9'), KK_WITHIN(high, '0', '9'));
  block.space = KK_EQUAL(' ');
  block.quote = KK_EQUAL('"') | KK_EQUAL('\'');
  return block;
}

// How long the run is that begins at bit `k` of a block: its letters, at most eight, or one byte.
static inline size_t run_length(const uint8_t *line, size_t at, unsigned k, uint64_t letters, size_t byte_count) {
  if (!(letters >> k & 1)) return 1;
  uint64_t rest = ~(letters >> k);
  unsigned length = rest ? (unsigned)__builtin_ctzll(rest) : 64;
  if (length >= 8) return 8;
  if (k + length < 64) return length;
  size_t end = at + 64;
  while (end < byte_count && end - at - k < 8 && is_letter(line[end])) end++;
  return end - at - k;
}

KK_AVX2 static size_t find_ascii_avx2(
    const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits) {
  size_t found = 0;
  uint64_t after_letter = 0, after_any = 0;
  *words = (kk_words){.first_stop = byte_count};
  for (size_t at = 0; at < byte_count; at += 64) {
    uint64_t here = byte_count - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (byte_count - at)) - 1;
    struct masks block = masks_avx2(line + at);
    uint64_t letters = block.letter & here;
    uint64_t numbers = block.number & here;
    uint64_t follows_word = (letters | numbers) << 1 | after_any;
    uint64_t begins = here & ~block.space & ~(letters & (letters << 1 | after_letter));
    words->word_bytes += (size_t)__builtin_popcountll(letters);
    words->numbers += (size_t)__builtin_popcountll(numbers);
    uint64_t stops = (letters | numbers | block.quote) & here;
    if (stops && words->first_stop == byte_count) words->first_stop = at + (size_t)__builtin_ctzll(stops);
    for (; begins; begins &= begins - 1) {
      unsigned k = (unsigned)__builtin_ctzll(begins);
      size_t run = run_length(line, at, k, letters, byte_count);
      int after_word = (int)(follows_word >> k & 1);
      found = add_hit(line, at + k, run, after_word, lexicon, hits, found);
      if (letters >> k & 1) continue;
      enum kind kind = numbers >> k & 1 ? kind_number : kind_other;
      found = add_longer(line, at + k, 1, kind, byte_count, after_word, lexicon, hits, found);
    }
    after_letter = letters >> 63;
    after_any = (letters | numbers) >> 63;
  }
  return found;
}
#endif

size_t kk_find_words(
    const uint8_t *line, size_t byte_count, int is_ascii, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits) {
#if KK_X86
  if (is_ascii && kk_cpu_avx2()) return find_ascii_avx2(line, byte_count, lexicon, words, hits);
#endif
  return kk_find_words_portable(line, byte_count, lexicon, words, hits);
}
