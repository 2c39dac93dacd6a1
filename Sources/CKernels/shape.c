#include <string.h>

#include "CKernels.h"
#include "blocks.h"

// Per scalar of the text, what `kk_shape_table` has of it or would have.
static inline uint8_t class_beyond(uint32_t scalar) {
  if (scalar == 0x3000) return kk_shape_space;
  if (scalar >= 0xFF10 && scalar <= 0xFF19) return kk_shape_digit;
  if (kk_is_word(scalar)) return kk_is_unspaced(scalar) ? kk_shape_unspaced : kk_shape_letter;
  if (scalar == 0xFF5C) return kk_shape_separator;
  if (scalar == 0x3001 || scalar == 0xFF0C) return kk_shape_comma;
  return scalar == 0x300C ? kk_shape_quote : kk_shape_other;
}

static inline int is_cased(uint32_t scalar) { return scalar < 0x590 || (scalar >= 0x1E00 && scalar < 0x2000); }

// What is known of the word that the scan is in.
struct run {
  int begins;
  uint32_t letters, upper;
};

static inline void end_run(kk_shape_counts *counts, struct run *run) {
  if (run->letters > 1 && run->upper == run->letters) counts->shouted++;
  *run = (struct run){.begins = 1};
}

static inline void add_letter(kk_shape_counts *counts, struct run *run, uint32_t scalar, int is_upper) {
  counts->letters++;
  run->letters++;
  if (is_upper) {
    run->upper++;
    if (run->begins) {
      counts->capitalised++;
      if (counts->words == 2 && counts->capitalised == 2) counts->begins_with_name = 1;
    }
  }
  if (run->begins && counts->letters == 1) counts->begins_lowercase = !is_upper && is_cased(scalar);
  run->begins = 0;
}

// A character that is no letter, digit or space.
static inline void add_mark(
    kk_shape_counts *counts, uint8_t kind, const uint8_t *text, size_t here, size_t next, size_t end) {
  switch (kind) {
  case kk_shape_separator: counts->separators++; break;
  case kk_shape_after_space: counts->separators += here > 0 && text[here - 1] == 0x20; break;
  case kk_shape_between_spaces:
    counts->separators += here > 0 && text[here - 1] == 0x20 && next < end && text[next] == 0x20;
    break;
  case kk_shape_comma: counts->commas++; break;
  case kk_shape_quote: counts->has_quote = 1; break;
  case kk_shape_at: counts->has_at = 1; break;
  default: break;
  }
}

void kk_measure_shape_portable(
    const uint8_t *text, size_t start, size_t end, const uint8_t *table, kk_shape_counts *counts) {
  struct run run = {.begins = 1};
  *counts = (kk_shape_counts){0};
  for (size_t here = start; here < end;) {
    uint8_t byte = text[here];
    uint32_t scalar = byte;
    size_t next = here + 1;
    uint8_t kind;
    if (byte < 0x80) {
      kind = table[byte];
    } else {
      size_t length = kk_scalar_length(byte);
      scalar = kk_scalar(text + here, length);
      next = here + length;
      kind = scalar < KK_SHAPE_SCALARS ? table[scalar] : class_beyond(scalar);
      // Wide are the marks of such scripts too.
      counts->width += length == 3 && byte >= 0xE2 && kk_is_unspaced(scalar);
    }
    counts->width++;
    if (kind == kk_shape_space) {
      end_run(counts, &run);
      here = next;
      continue;
    }
    counts->words += (uint32_t)run.begins;
    switch (kind) {
    case kk_shape_digit:
      counts->digits++;
      run.begins = 0;
      break;
    case kk_shape_unspaced:
      counts->unspaced++;
      add_letter(counts, &run, scalar, 0);
      break;
    case kk_shape_upper: add_letter(counts, &run, scalar, 1); break;
    case kk_shape_letter: {
      add_letter(counts, &run, scalar, 0);
      size_t first = next;
      while (next < end && text[next] >= 'a' && text[next] <= 'z') next++;
      counts->letters += (uint32_t)(next - first);
      counts->width += (uint32_t)(next - first);
      run.letters += (uint32_t)(next - first);
      break;
    }
    default: add_mark(counts, kind, text, here, next, end); break;
    }
    here = next;
  }
  end_run(counts, &run);
}

#if KK_X86
// What 64 bytes are, a bit a byte: characters by their first one, but spaces by all.
struct masks {
  uint64_t space, inner, digit, upper, small, unspaced;
};

// Adds what is not ASCII: what its first byte tells, or its first two, at once, and the rest one by one. `spill`: bytes
// of the block that a space of the block before reaches into.
KK_AVX2 static inline void add_high(
    const uint8_t *text, size_t at, size_t end, const uint8_t *block, uint64_t here, uint64_t high_bytes,
    const uint8_t *table, kk_shape_counts *counts, struct masks *masks, uint64_t *spill) {
  __m256i low = _mm256_loadu_si256((const __m256i *)block), high = _mm256_loadu_si256((const __m256i *)(block + 32));
  masks->inner = high_bytes & ~kk_between(low, high, 0xC0, 0xFF);
  // U+4000 … U+9FFF, U+B000 … U+CFFF.
  uint64_t unspaced = kk_between(low, high, 0xE4, 0xE9) | kk_between(low, high, 0xEB, 0xEC);
  uint64_t first = kk_equal(low, high, 0xD0), second = kk_equal(low, high, 0xD1), third = kk_equal(low, high, 0xE3);
  low = _mm256_loadu_si256((const __m256i *)(block + 1));
  high = _mm256_loadu_si256((const __m256i *)(block + 33));
  // U+3040 … U+30BF, U+3100 … U+3FFF; U+0400 … U+042F; up to U+045F.
  unspaced |= third & ~(kk_equal(low, high, 0x80) | kk_equal(low, high, 0x83));
  uint64_t upper = first & kk_between(low, high, 0x80, 0xAF);
  uint64_t small = (first & ~upper) | (second & kk_between(low, high, 0x80, 0x9F));
  masks->unspaced = unspaced &= here;
  masks->upper |= upper & here;
  masks->small |= small & here;
  masks->space |= *spill;
  *spill = 0;
  counts->width += (uint32_t)__builtin_popcountll(unspaced);
  uint64_t others = here & high_bytes & ~masks->inner & ~(unspaced | upper | small);
  for (; others; others &= others - 1) {
    unsigned k = (unsigned)__builtin_ctzll(others);
    uint64_t bit = (uint64_t)1 << k;
    const uint8_t *from = text + at + k;
    size_t length = kk_scalar_length(*from);
    uint32_t scalar = kk_scalar(from, length);
    uint8_t kind = scalar < KK_SHAPE_SCALARS ? table[scalar] : class_beyond(scalar);
    counts->width += length == 3 && *from >= 0xE2 && kk_is_unspaced(scalar);
    switch (kind) {
    case kk_shape_space: {
      uint64_t all = ((uint64_t)1 << length) - 1;
      masks->space |= all << k;
      *spill |= k > 60 ? all >> (64 - k) : 0;
      break;
    }
    case kk_shape_digit: masks->digit |= bit; break;
    case kk_shape_letter: masks->small |= bit; break;
    case kk_shape_upper: masks->upper |= bit; break;
    case kk_shape_unspaced: masks->unspaced |= bit; break;
    default: add_mark(counts, kind, text, at + k, at + k + length, end); break;
    }
  }
}

// Carries each bit of `from` up through the bits of `through`, of which it is one, to the first that is none; returns what
// they reach, without themselves unless from below. `carry`: into the lowest bit, and then out of the highest.
KK_AVX2 static inline uint64_t carried(uint64_t from, uint64_t through, uint64_t *carry) {
  uint64_t sum = through + from, all = sum + *carry;
  *carry = (uint64_t)(sum < through) | (uint64_t)(all < sum);
  return all ^ through ^ from;
}

// What is known of the run that a block begins in: whether it has a letter or digit, a letter, two, one that is no capital.
struct carries {
  uint64_t any, letter, two, small;
  // Runs so far, up to two, and which of the two begin with a capital, a bit each.
  unsigned runs, capitals;
};

KK_AVX2 static inline void add_runs(
    const uint8_t *block, uint64_t here, const struct masks *masks, struct carries *carries, kk_shape_counts *counts) {
  uint64_t text = here & ~masks->space, letters = masks->upper | masks->small | masks->unspaced;
  uint64_t begins = text & ~masks->inner & ~carried(letters | masks->digit, text, &carries->any);
  counts->words += (uint32_t)__builtin_popcountll(begins);
  counts->capitalised += (uint32_t)__builtin_popcountll(begins & masks->upper);
  for (uint64_t rest = begins; rest && carries->runs < 2; rest &= rest - 1) {
    if (rest & -rest & masks->upper) carries->capitals |= 1u << carries->runs;
    carries->runs++;
  }
  if (letters && counts->letters == 0) {
    unsigned k = (unsigned)__builtin_ctzll(letters);
    uint64_t bit = (uint64_t)1 << k;
    // Of two bytes and cased, or of three: U+1E00 … U+1FFF.
    int is_cased = block[k] < 0xD6 || (block[k] == 0xD6 && block[k + 1] < 0x90) ||
                   (block[k] == 0xE1 && block[k + 1] >= 0xB8);
    counts->begins_lowercase = (begins & bit & ~masks->upper) != 0 && is_cased;
  }
  counts->letters += (uint32_t)__builtin_popcountll(letters);
  uint64_t second = letters & carried(letters, text, &carries->letter);
  uint64_t two = carried(second, text, &carries->two);
  uint64_t small = carried(letters & ~masks->upper, text, &carries->small);
  counts->shouted += (uint32_t)__builtin_popcountll(~text & two & ~small);
}

KK_AVX2 static void measure_avx2(
    const uint8_t *text, size_t start, size_t end, const uint8_t *table, kk_shape_counts *counts) {
  struct carries carries = {0};
  uint64_t spill = 0;
  uint8_t tail[96];
  for (size_t at = start; at < end; at += 64) {
    const uint8_t *block = text + at;
    uint64_t here = ~(uint64_t)0;
    if (end - at <= 64) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, block, end - at);
      block = tail;
      if (end - at < 64) here = ((uint64_t)1 << (end - at)) - 1;
    }
    __m256i low = _mm256_loadu_si256((const __m256i *)block), high = _mm256_loadu_si256((const __m256i *)(block + 32));
    struct masks masks = {
        .space = kk_equal(low, high, ' ') | kk_between(low, high, 0x09, 0x0D), .digit = kk_between(low, high, '0', '9'), .upper = kk_between(low, high, 'A', 'Z'),
        .small = kk_between(low, high, 'a', 'z')};
    uint64_t high_bytes = kk_bits(low, high) & here;
    // All marks of ASCII.
    uint64_t marks = here & ~high_bytes & ~(masks.space | masks.digit | masks.upper | masks.small);
    if (high_bytes) {
      add_high(text, at, end, block, here, high_bytes, table, counts, &masks, &spill);
    } else {
      spill = 0;
    }
    for (; marks; marks &= marks - 1) {
      size_t k = at + (size_t)__builtin_ctzll(marks);
      add_mark(counts, table[text[k]], text, k, k + 1, end);
    }
    counts->width += (uint32_t)__builtin_popcountll(here & ~masks.inner);
    counts->digits += (uint32_t)__builtin_popcountll(masks.digit);
    counts->unspaced += (uint32_t)__builtin_popcountll(masks.unspaced);
    add_runs(block, here, &masks, &carries, counts);
  }
  counts->shouted += (uint32_t)(carries.two & ~carries.small);
  counts->begins_with_name = carries.capitals == 3;
}
#endif

void kk_measure_shape(
    const uint8_t *text, size_t start, size_t end, const uint8_t *table, kk_shape_counts *counts) {
#if KK_X86
  if (kk_cpu_avx2()) {
    *counts = (kk_shape_counts){0};
    measure_avx2(text, start, end, table, counts);
    return;
  }
#endif
  kk_measure_shape_portable(text, start, end, table, counts);
}
