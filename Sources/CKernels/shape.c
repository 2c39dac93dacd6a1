#include "CKernels.h"

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

void kk_measure_shape(
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
    } else if (byte < 0xE0) {
      scalar = (uint32_t)(byte & 0x1F) << 6 | (text[here + 1] & 0x3F);
      next = here + 2;
      kind = table[scalar];
    } else if (byte < 0xF0) {
      scalar = (uint32_t)(byte & 0x0F) << 12 | (uint32_t)(text[here + 1] & 0x3F) << 6 | (text[here + 2] & 0x3F);
      next = here + 3;
      kind = scalar < KK_SHAPE_SCALARS ? table[scalar] : class_beyond(scalar);
      // Wide are the marks of such scripts too.
      counts->width += byte >= 0xE2 && kk_is_unspaced(scalar);
    } else {
      scalar = (uint32_t)(byte & 0x07) << 18 | (uint32_t)(text[here + 1] & 0x3F) << 12 |
               (uint32_t)(text[here + 2] & 0x3F) << 6 | (text[here + 3] & 0x3F);
      next = here + 4;
      kind = class_beyond(scalar);
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
