#include <string.h>

#include "CKernels.h"
#include "hot.h"

// Classes of ASCII, one bit each, told by the two halves of a byte: the bits that stand in both are the byte's.
enum {
  white_control = 1,  // 09 … 0D
  white_space = 2,
  enclosing_low = 4,   // " ( )
  digit = 8,
  letter_first = 16,   // A … O, a … o
  letter_second = 32,  // P … Z, p … z
  enclosing_high = 64,  // [ ]
  stop = 128,           // , .
  white = white_control | white_space,
  letter = letter_first | letter_second,
  enclosing = enclosing_low | enclosing_high,
};
static const uint8_t low_half[16] = {
    white_space | digit | letter_second, digit | letter_first | letter_second, enclosing_low | digit | letter_first | letter_second,
    digit | letter_first | letter_second, digit | letter_first | letter_second, digit | letter_first | letter_second,
    digit | letter_first | letter_second, digit | letter_first | letter_second,
    enclosing_low | digit | letter_first | letter_second,
    white_control | enclosing_low | digit | letter_first | letter_second, white_control | letter_first | letter_second,
    white_control | letter_first | enclosing_high, white_control | letter_first | stop,
    white_control | letter_first | enclosing_high, letter_first | stop, letter_first};
static const uint8_t high_half[16] = {
    white_control, 0, white_space | enclosing_low | stop, digit, letter_first, letter_second | enclosing_high, letter_first,
    letter_second};

static inline uint8_t class_of(uint8_t byte) { return low_half[byte & 15] & high_half[byte >> 4]; }
static inline int is_lower(uint8_t byte) { return (uint8_t)(byte - 'a') < 26; }
static inline int is_alphanumeric(uint8_t byte) { return (class_of(byte) & (letter | digit)) != 0; }
static inline int is_white(uint8_t byte) { return (class_of(byte) & white) != 0; }

// Whether the buckets of three bytes running, looked up by halves, have one in common.
static inline int is_triple(const uint8_t *table, const uint8_t *bytes, size_t left) {
  uint8_t found = 255;
  for (size_t k = 0; k < 3; k++) {
    uint8_t byte = k < left ? bytes[k] : 0;
    found &= table[32 * (k + 1) + (byte & 15)] & table[32 * (k + 1) + 16 + (byte >> 4)];
  }
  return found != 0;
}

size_t kk_mark_offsets_portable(
    const uint8_t *table, int every_space, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out) {
  uint32_t *end = out;
  uint8_t previous = from > 0 ? bytes[from - 1] : 0;
  for (size_t i = from; i < to; i++) {
    uint8_t byte = bytes[i], next = i + 1 < limit ? bytes[i + 1] : 0, kind = class_of(byte);
    int is_mark;
    if (kind & white) {
      int is_plain = is_alphanumeric(previous) ? is_lower(next) : previous == ',' && next < 0x80 && !is_white(next);
      is_mark = !is_white(previous) && (every_space || !is_plain);
    } else if (byte < 0x80) {
      is_mark = (kind & enclosing) != 0 || (byte == '.' && !(class_of(next) & (white | digit)));
    } else {
      is_mark = is_triple(table, bytes + i, limit - i);
    }
    *end = (uint32_t)(i - from);
    end += is_mark;
    previous = byte;
  }
  return (size_t)(end - out);
}

#if KK_X86
// A bit for each of 64 bytes.
struct masks {
  uint64_t white, lower, alphanumeric, digit, enclosing, period, comma, high;
};

KK_AVX2 static inline uint32_t signs(__m256i bytes) { return (uint32_t)_mm256_movemask_epi8(bytes); }

KK_AVX2 static inline void classify(__m256i low, __m256i high, __m256i bytes, int shift, struct masks *masks) {
  __m256i kind = nibbles(low, high, bytes);
  // The bit of a class goes where movemask looks.
  __m256i letters = _mm256_or_si256(_mm256_slli_epi16(kind, 3), _mm256_slli_epi16(kind, 2));
  __m256i digits = _mm256_slli_epi16(kind, 4);
  uint32_t periods = signs(_mm256_and_si256(kind, _mm256_slli_epi16(bytes, 6)));
  masks->white |= (uint64_t)signs(_mm256_or_si256(_mm256_slli_epi16(kind, 7), _mm256_slli_epi16(kind, 6))) << shift;
  masks->lower |= (uint64_t)signs(_mm256_and_si256(letters, _mm256_slli_epi16(bytes, 2))) << shift;
  masks->alphanumeric |= (uint64_t)signs(_mm256_or_si256(letters, digits)) << shift;
  masks->digit |= (uint64_t)signs(digits) << shift;
  masks->enclosing |=
      (uint64_t)signs(_mm256_or_si256(_mm256_slli_epi16(kind, 5), _mm256_slli_epi16(kind, 1))) << shift;
  masks->period |= (uint64_t)periods << shift;
  masks->comma |= (uint64_t)(signs(kind) & ~periods) << shift;
  masks->high |= (uint64_t)signs(bytes) << shift;
}

KK_AVX2 static size_t mark_offsets_avx2(
    const uint8_t *table, int every_space, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out) {
  struct tables tables = load_tables(table);
  __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)low_half));
  __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)high_half));
  uint64_t spaces = every_space ? 0 : ~(uint64_t)0;
  uint8_t previous = from > 0 ? bytes[from - 1] : 0;
  // Of the byte before the block.
  uint64_t was_white = (uint64_t)is_white(previous), was_word = (uint64_t)is_alphanumeric(previous);
  uint64_t was_comma = previous == ',';
  uint32_t *end = out;
  uint8_t tail[96];
  for (size_t i = from; i < to; i += 64) {
    const uint8_t *block = bytes + i;
    if (limit - i < 66) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, block, limit - i);
      block = tail;
    }
    struct masks m = {0};
    __m256i first = _mm256_loadu_si256((const __m256i *)block);
    __m256i second = _mm256_loadu_si256((const __m256i *)(block + 32));
    classify(low, high, first, 0, &m);
    classify(low, high, second, 32, &m);
    uint64_t next = class_of(block[64]);
    uint64_t next_white = m.white >> 1 | (uint64_t)((next & white) != 0) << 63;
    uint64_t next_digit = m.digit >> 1 | (uint64_t)((next & digit) != 0) << 63;
    uint64_t next_lower = m.lower >> 1 | (uint64_t)is_lower(block[64]) << 63;
    uint64_t next_high = m.high >> 1 | (uint64_t)(block[64] >> 7) << 63;
    uint64_t plain = ((m.alphanumeric << 1 | was_word) & next_lower) |
        ((m.comma << 1 | was_comma) & ~(next_high | next_white));
    uint64_t found = (m.white & ~(m.white << 1 | was_white) & ~(plain & spaces)) | m.enclosing |
        (m.period & ~(next_white | next_digit));
    if (m.high) {
      found |= nonzero(triples(&tables, block, first)) | (uint64_t)nonzero(triples(&tables, block + 32, second)) << 32;
    }
    was_white = m.white >> 63;
    was_word = m.alphanumeric >> 63;
    was_comma = m.comma >> 63;
    if (to - i < 64) found &= ((uint64_t)1 << (to - i)) - 1;
    end = write_places(found, (uint32_t)(i - from), end);
  }
  return (size_t)(end - out);
}
#endif

size_t kk_mark_offsets(
    const uint8_t *table, int every_space, const uint8_t *bytes, size_t from, size_t to, size_t limit, uint32_t *out) {
#if KK_X86
  if (kk_cpu_avx2()) return mark_offsets_avx2(table, every_space, bytes, from, to, limit, out);
#endif
  return kk_mark_offsets_portable(table, every_space, bytes, from, to, limit, out);
}

static inline int is_upper(uint8_t byte) { return (uint8_t)(byte - 'A') < 26; }

// Of the first four bytes, in lower case, those after one that is no letter left out.
static inline int may_begin(const uint64_t *beginnings, const uint8_t *word) {
  uint32_t first = word[0] | (uint32_t)word[1] << 8 | (uint32_t)word[2] << 16 | (uint32_t)word[3] << 24;
  if (first & 0x80808080u) return 1;
  uint32_t lower = first | 0x20202020u;
  uint32_t others = (((lower | 0x80808080u) - 0x61616161u) ^ 0x80808080u | (lower + 0x05050505u)) & 0x80808080u;
  if (others) lower &= (1u << (__builtin_ctz(others) & 24)) - 1;
  uint32_t bit = lower * 0x9E3779B1u >> 17;
  return beginnings[bit >> 6] >> (bit & 63) & 1;
}

size_t kk_marks_that_part(
    const uint64_t *beginnings, const uint8_t *bytes, size_t from, size_t limit, uint32_t *marks, size_t count) {
  size_t kept = 0;
  for (size_t k = 0; k < count; k++) {
    const uint8_t *mark = bytes + from + marks[k];
    marks[kept] = marks[k];
    int runs_on = *mark == ' ' && mark > bytes && limit - (size_t)(mark - bytes) > 4 && is_lower(mark[-1]) &&
        is_upper(mark[1]) && mark[2] != ')' && mark[2] != '.' &&
        ((mark[1] == 'I' && (mark[2] == ' ' || mark[2] == '\'')) || !may_begin(beginnings, mark + 1));
    kept += !runs_on;
  }
  return kept;
}
