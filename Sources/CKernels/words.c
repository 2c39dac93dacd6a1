#include <string.h>

#include "CKernels.h"
#include "blocks.h"

static inline int is_letter(uint8_t byte) { return byte >= 'a' && byte <= 'z'; }
static inline int is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

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
    size_t length = kk_scalar_length(bytes[i]);
    if (kind_of(kk_scalar(bytes + i, length)) != kind_letter) break;
    i += length;
  }
  return i;
}

static inline int has_unspaced_of_three(const uint8_t *bytes, size_t byte_count) {
  return byte_count >= 3 && kk_scalar_length(bytes[0]) == 3 && kind_of(kk_scalar(bytes, 3)) == kind_unspaced;
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
  size_t length = kk_scalar_length(bytes[0]);
  enum kind kind = kind_of(kk_scalar(bytes, length));
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
    uint64_t follows = lexicon.follows[slot];
    int is_key = !(follows >> kk_follow_bit(line + offset + (run < 8 ? run : 8)) & 1);
    if (is_key && !(follows >> 63)) return found;
    hits[found] = (kk_word_hit){(uint16_t)offset, (uint8_t)after_word, (uint8_t)is_key, (uint32_t)slot, bytes};
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

size_t kk_first_hits(const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_word_hit *hits) {
  if (byte_count == 0) return 0;
  size_t length = kk_scalar_length(line[0]);
  enum kind kind = kind_of(kk_scalar(line, length));
  if (kind == kind_space) return 0;
  size_t end = kind == kind_letter ? letters_end(line, length, byte_count) : length;
  size_t found = add_hit(line, 0, end, 0, lexicon, hits, 0);
  return kind == kind_letter ? found : add_longer(line, 0, length, kind, byte_count, 0, lexicon, hits, found);
}

size_t kk_find_words_portable(
    const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits) {
  size_t found = 0;
  int after_word = 0;
  *words = (kk_words){.first_stop = byte_count};
  for (size_t i = 0; i < byte_count;) {
    size_t length = kk_scalar_length(line[i]);
    uint32_t scalar = kk_scalar(line + i, length);
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
// What 64 folded bytes are, a bit a byte: all bytes of letters and of characters of unspaced scripts.
struct masks {
  uint64_t letter, number, space, quote, unspaced;
  // The first bytes of unspaced characters of three bytes, and all but the first bytes of characters.
  uint64_t triple, inner;
};
// What of these a character of the block before reaches into this one.
struct spill {
  uint64_t letter, unspaced;
};

// Adds what is not ASCII: what its first byte tells, or its first two, at once, and the rest one by one.
KK_AVX2 static inline void add_high(
    const uint8_t *bytes, uint64_t here, uint64_t high_bytes, struct masks *block, struct spill *spill) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes), high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  block->inner = high_bytes & ~kk_between(low, high, 0xC0, 0xFF);
  // U+0100 … U+05FF; U+4000 … U+9FFF, U+B000 … U+CFFF.
  uint64_t pair = kk_between(low, high, 0xC4, 0xD7) & here;
  uint64_t triple = kk_between(low, high, 0xE4, 0xE9) | kk_between(low, high, 0xEB, 0xEC);
  uint64_t third = kk_equal(low, high, 0xE3);
  if (third) {
    low = _mm256_loadu_si256((const __m256i *)(bytes + 1));
    high = _mm256_loadu_si256((const __m256i *)(bytes + 33));
    // U+3040 … U+30BF, U+3100 … U+3FFF.
    triple |= third & ~(kk_equal(low, high, 0x80) | kk_equal(low, high, 0x83));
  }
  triple &= here;
  block->letter |= pair | pair << 1 | spill->letter;
  block->unspaced = triple | triple << 1 | triple << 2 | spill->unspaced;
  *spill = (struct spill){pair >> 63, triple >> 63 | triple >> 62};
  for (uint64_t others = here & high_bytes & ~block->inner & ~pair & ~triple; others; others &= others - 1) {
    unsigned k = (unsigned)__builtin_ctzll(others);
    size_t length = kk_scalar_length(bytes[k]);
    uint32_t scalar = kk_scalar(bytes + k, length);
    enum kind kind = kind_of(scalar);
    uint64_t all = ((uint64_t)1 << length) - 1, rest = k > 60 ? all >> (64 - k) : 0;
    if (kind == kind_letter) {
      block->letter |= all << k;
      spill->letter |= rest;
    } else if (kind == kind_unspaced) {
      block->unspaced |= all << k;
      spill->unspaced |= rest;
      if (length == 3) triple |= (uint64_t)1 << k;
    } else if (scalar == 0x300C || scalar == 0x300E) {
      block->quote |= (uint64_t)1 << k;
    }
  }
  block->triple = triple;
}

KK_AVX2 static inline struct masks masks_avx2(const uint8_t *bytes, uint64_t here, struct spill *spill) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes), high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  struct masks block = {0};
  block.letter = kk_between(low, high, 'a', 'z');
  block.number = kk_between(low, high, '0', '9') & here;
  block.space = kk_equal(low, high, ' ');
  block.quote = kk_equal(low, high, '"') | kk_equal(low, high, '\'');
  uint64_t high_bytes = kk_bits(low, high) & here;
  if (high_bytes) {
    add_high(bytes, here, high_bytes, &block, spill);
  } else {
    *spill = (struct spill){0};
  }
  block.letter &= here;
  block.quote &= here;
  block.unspaced &= here;
  return block;
}

// How many letters' bytes stand from bit `k` of a block on; of eight and more some number that is at least eight.
static inline size_t run_length(const uint8_t *line, size_t at, unsigned k, uint64_t letters, size_t byte_count) {
  uint64_t rest = ~(letters >> k);
  unsigned length = rest ? (unsigned)__builtin_ctzll(rest) : 64;
  if (length >= 8 || k + length < 64) return length;
  return letters_end(line, at + k, byte_count) - at - k;
}

// `longer_run` by the block's bits, where they reach that far.
static inline size_t longer_avx2(
    const uint8_t *line, size_t at, unsigned k, size_t length, enum kind kind, const struct masks *block,
    size_t byte_count) {
  size_t next = k + length;
  if (next < 55) {
    if (kind == kind_unspaced) return length == 3 && (block->triple >> next & 1) ? 6 : length;
    if (block->space >> next & 1) next++;
    if (at + next >= byte_count) return length;
    if (block->triple >> next & 1) return next + 3 - k;
    if (!(block->letter >> next & 1)) return length;
    size_t letters = run_length(line, at, (unsigned)next, block->letter, byte_count);
    return next + letters - k;
  }
  return longer_run(line + at + k, length, kind, byte_count - at - k);
}

KK_AVX2 static size_t find_words_avx2(
    const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits) {
  size_t found = 0;
  uint64_t after_letter = 0, after_any = 0;
  struct spill spill = {0};
  *words = (kk_words){.first_stop = byte_count};
  for (size_t at = 0; at < byte_count; at += 64) {
    uint64_t here = byte_count - at >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << (byte_count - at)) - 1;
    struct masks block = masks_avx2(line + at, here, &spill);
    uint64_t letters = block.letter, wide = block.unspaced & ~block.inner;
    uint64_t any = letters | block.number | block.unspaced;
    uint64_t follows_word = (any << 1 | after_any) & ~wide;
    uint64_t begins = here & ~block.space & ~block.inner & ~(letters & (letters << 1 | after_letter));
    words->word_bytes += (size_t)__builtin_popcountll(letters | block.unspaced);
    words->numbers += (size_t)__builtin_popcountll(block.number);
    uint64_t stops = (any & ~block.inner) | block.quote;
    if (stops && words->first_stop == byte_count) words->first_stop = at + (size_t)__builtin_ctzll(stops);
    for (; begins; begins &= begins - 1) {
      unsigned k = (unsigned)__builtin_ctzll(begins);
      int after_word = (int)(follows_word >> k & 1);
      if (letters >> k & 1) {
        size_t run = run_length(line, at, k, letters, byte_count);
        found = add_hit(line, at + k, run, after_word, lexicon, hits, found);
        continue;
      }
      size_t length = kk_scalar_length(line[at + k]);
      enum kind kind = wide >> k & 1 ? kind_unspaced : block.number >> k & 1 ? kind_number : kind_other;
      found = add_hit(line, at + k, length, after_word, lexicon, hits, found);
      size_t run = longer_avx2(line, at, k, length, kind, &block, byte_count);
      if (run > length) found = add_hit(line, at + k, run, after_word, lexicon, hits, found);
    }
    after_letter = letters >> 63;
    after_any = any >> 63;
  }
  return found;
}
#endif

size_t kk_find_words(
    const uint8_t *line, size_t byte_count, kk_lexicon lexicon, kk_words *words, kk_word_hit *hits) {
#if KK_X86
  if (kk_cpu_avx2()) return find_words_avx2(line, byte_count, lexicon, words, hits);
#endif
  return kk_find_words_portable(line, byte_count, lexicon, words, hits);
}
