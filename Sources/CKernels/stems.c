#include <string.h>

#include "CKernels.h"
#include "blocks.h"

enum { unhashed = 0x811C9DC5u, factor = 0x01000193u, most = 600 };

// What letters and digits of ASCII fold to; 0 for all other bytes.
static const uint8_t plain[256] = {
    ['0'] = '0', '0', '0', '0', '0', '0', '0', '0', '0', '0',
    ['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z',
    ['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
    'w', 'x', 'y', 'z'};

// Puts the numbers in order; `room` is as large.
static void sort(uint32_t *numbers, size_t count, uint32_t *room) {
  if (count > 24) {
    size_t half = count / 2;
    sort(numbers, half, room);
    sort(numbers + half, count - half, room);
    memcpy(room, numbers, half * sizeof *room);
    for (size_t left = 0, right = half, k = 0; left < half; k++) {
      int is_right = right < count && numbers[right] < room[left];
      numbers[k] = is_right ? numbers[right] : room[left];
      right += (size_t)is_right;
      left += (size_t)!is_right;
    }
    return;
  }
  for (size_t k = 1; k < count; k++) {
    uint32_t number = numbers[k];
    size_t place = k;
    for (; place > 0 && numbers[place - 1] > number; place--) numbers[place] = numbers[place - 1];
    numbers[place] = number;
  }
}

static size_t stems_of(const uint8_t *text, size_t byte_count, const uint16_t *folds, uint32_t *out) {
  uint32_t hash = unhashed, letters = 0, before = 0;
  size_t found = 0, last = byte_count < most ? byte_count : most;
  for (size_t here = 0; here < last;) {
    uint8_t byte = text[here];
    if (byte < 0x80) {
      here++;
      if (!plain[byte]) {
        letters = before = 0;
        hash = unhashed;
      } else if (letters < 5) {
        hash = (hash ^ plain[byte]) * factor;
        if (++letters == 5) out[found++] = hash;
      } else {
        letters = 6;
        while (here < last && plain[text[here]]) here++;
      }
      continue;
    }
    size_t length = kk_scalar_length(byte);
    if (here + length > byte_count) break;
    uint32_t scalar = kk_scalar(text + here, length);
    int is_plain = length == 3 && kk_is_plain_triple(text + here);
    if (!is_plain && !kk_is_word(scalar)) {
      letters = before = 0;
      hash = unhashed;
      here += length;
      continue;
    }
    if ((is_plain || kk_is_unspaced(scalar)) && !(scalar >= 0xAC00 && scalar <= 0xD7FF)) {
      int counts = !(scalar >= 0x3040 && scalar <= 0x309F);
      if (before != 0 && counts) out[found++] = (before * factor) ^ (scalar * 0x9E3779B1u);
      before = counts ? scalar : 0;
      here += length;
      continue;
    }
    here += length;
    letters++;
    // None begins behind five.
    if (letters > 5) continue;
    hash = (hash ^ kk_fold(scalar, folds)) * factor;
    if (letters == (scalar >= 0xAC00 ? 2 : 5)) out[found++] = hash;
  }
  return found;
}

size_t kk_line_stems(const uint8_t *text, size_t byte_count, const uint16_t *folds, uint32_t *out) {
  uint32_t room[most];
  size_t found = stems_of(text, byte_count, folds, out);
  sort(out, found, room);
  size_t unique = 0;
  for (size_t k = 0; k < found; k++) {
    if (unique == 0 || out[k] != out[unique - 1]) out[unique++] = out[k];
  }
  return unique;
}
